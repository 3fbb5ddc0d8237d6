//! Making keys under which spellings meet: what each character is, and what it folds to.

use std::sync::LazyLock;
use unicode_normalization::char::{compose, decompose_canonical, is_combining_mark};

/// Raised whenever folding, units or hashing change: compiled files of another version are not read.
pub(super) const FOLD_VERSION: u32 = 2;

/// What a character is to the matcher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Blank,
    /// Neither blank nor part of a word.
    Mark,
    /// A letter or digit of a script that sets words apart.
    Word,
    /// Belongs to the character before it: accents, soft hyphens, joiners.
    Extend,
    /// A run of it is a word, whatever stands beside it.
    Katakana,
    /// A word of its own: Han, hiragana, and the scripts of South-East Asia that set no blanks.
    Single,
    /// A word of its own, but names begin where a run begins and end before a particle or the run's end.
    Hangul,
    /// `&`.
    And,
}

/// The class of a character.
pub(super) fn class_of(character: char) -> Class {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Class::Word,
        '\0'..=' ' | '\u{7f}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => Class::Blank,
        '&' | '＆' => Class::And,
        '!'..='\u{7e}' | 'º' | 'ª' | '°' | 'ʼ' | 'ʻ' => Class::Mark,
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => Class::Extend,
        'À'..='ɏ' if !matches!(character, '×' | '÷') => Class::Word,
        '가'..='힣' | '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' => Class::Hangul,
        'ァ'..='ヺ' | 'ー'..='ヿ' | 'ㇰ'..='ㇿ' | 'ｦ'..='ﾟ' => Class::Katakana,
        _ if is_combining_mark(character) => Class::Extend,
        'ぁ'..='ゟ' | '々'..='〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => Class::Single,
        '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Class::Single,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' if character.is_alphanumeric() => {
            Class::Single
        }
        _ if character.is_alphanumeric() => Class::Word,
        _ if character.is_whitespace() => Class::Blank,
        _ => Class::Mark,
    }
}

/// Whether folding leaves the character out: accents and points of alphabets, soft hyphens, joiners.
pub(super) fn is_dropped(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}'
        | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// Whether the character is taken for an apostrophe.
pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '´' | 'ʼ' | '‘' | '`' | '′' | '＇')
}

/// Whether the character is taken for a hyphen.
pub(super) fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－')
}

/// Whether the character opens or closes a quotation.
pub(super) fn is_quote(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』')
}

/// Hands over what a character folds to: lower case, without accents.
pub(super) fn fold(character: char, mut push: impl FnMut(char)) {
    match character {
        '\0'..='\u{7f}' => push(character.to_ascii_lowercase()),
        // Composed on purpose: the marks of kana and the letters of Hangul are no accents.
        '가'..='힣' | 'ぁ'..='ヿ' => push(character),
        _ => decompose_canonical(character, |part| {
            for lower in part.to_lowercase().filter(|&lower| !is_dropped(lower)) {
                match lower {
                    'ß' => ['s', 's'].into_iter().for_each(&mut push),
                    'æ' => ['a', 'e'].into_iter().for_each(&mut push),
                    'œ' => ['o', 'e'].into_iter().for_each(&mut push),
                    'þ' => ['t', 'h'].into_iter().for_each(&mut push),
                    'ø' => push('o'),
                    'ł' => push('l'),
                    'đ' | 'ð' => push('d'),
                    'ı' => push('i'),
                    'ħ' => push('h'),
                    'ς' => push('σ'),
                    other => push(other),
                }
            }
        }),
    }
}

/// First and last character whose folding is in [`LATIN`].
const LATIN_FROM: u32 = 0xc0;
const LATIN_TO: u32 = 0x24f;

/// What the accented Latin letters fold to, where that is ASCII; two zeros where it is not.
static LATIN: LazyLock<[[u8; 2]; (LATIN_TO - LATIN_FROM + 1) as usize]> = LazyLock::new(|| {
    let mut table = [[0; 2]; (LATIN_TO - LATIN_FROM + 1) as usize];
    for (slot, code) in table.iter_mut().zip(LATIN_FROM..) {
        let mut folded = String::new();
        fold(char::from_u32(code).unwrap_or('\0'), |part| folded.push(part));
        if folded.is_ascii() && folded.len() <= 2 {
            slot[..folded.len()].copy_from_slice(folded.as_bytes());
        }
    }
    table
});

/// What the Latin letter of these two bytes folds to; zeros where that is not ASCII, or where it is no letter.
#[inline]
pub(super) fn latin_fold(lead: u8, trail: u8) -> [u8; 2] {
    let code = u32::from(lead & 0x1f) << 6 | u32::from(trail & 0x3f);
    LATIN.get((code - LATIN_FROM) as usize).copied().unwrap_or_default()
}

/// Hands over the UTF-8 bytes of what a character folds to.
pub(super) fn fold_bytes(character: char, mut push: impl FnMut(u8)) {
    let code = character as u32;
    if (LATIN_FROM..=LATIN_TO).contains(&code) {
        let [first, second] = LATIN[(code - LATIN_FROM) as usize];
        if first != 0 {
            push(first);
            if second != 0 {
                push(second);
            }
            return;
        }
    }
    fold(character, |part| part.encode_utf8(&mut [0; 4]).bytes().for_each(&mut push));
}

/// The character at byte `at`, with its length; letters of Hangul and marks of kana that follow are put together.
pub(super) fn character_at(text: &str, at: usize) -> Option<(char, usize)> {
    let mut rest = text.get(at..)?.chars();
    let mut character = rest.next()?;
    let mut len = character.len_utf8();
    if matches!(character, '\u{1100}'..='\u{1112}' | 'ぁ'..='ヿ') {
        // At most a vowel and a closing consonant follow, or one mark.
        for next in rest.take(2) {
            let Some(whole) = compose(character, next).filter(|_| is_part(next)) else { break };
            character = whole;
            len += next.len_utf8();
        }
    }
    Some((character, len))
}

fn is_part(next: char) -> bool {
    matches!(next, '\u{1161}'..='\u{1175}' | '\u{11a8}'..='\u{11c2}' | '\u{3099}' | '\u{309a}')
}

/// The character that ends before byte `at`.
pub(super) fn character_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}
