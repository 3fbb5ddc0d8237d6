//! The key under which the spellings of a word meet.

use std::ops::Range;

/// Longest word, in bytes, that is folded on the stack; few words of any language are longer.
const MAX_STACK_BYTES: usize = 64;

/// The key under which the spellings of a word meet: in any case, with any apostrophe, with soft hyphens or without.
///
/// Each token carries its key, so that asking a vocabulary for a word costs one probe and folds nothing. The key is a hash
/// of 64 bits; that two words of a vocabulary of 200,000 and a text share one by chance has a probability below 1 in 10^11
/// a word, and would cost a misread word.
///
/// ```
/// # use gazzetta::text::WordKey;
/// assert_eq!(WordKey::of("Dell’"), WordKey::of("dell'"));
/// assert_ne!(WordKey::of("dell"), WordKey::of("dell'"));
/// assert_eq!(WordKey::of(""), WordKey::NONE);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordKey(u64);

impl WordKey {
    /// The key of no word at all.
    pub const NONE: Self = Self(0);

    /// The key of `word`.
    pub fn of(word: &str) -> Self {
        Self::of_ascii(word.as_bytes()).unwrap_or_else(|| Self::of_any(word))
    }

    /// The key of the word that stands in `text` at `range`: the same as that of the word alone, and cheaper.
    #[inline]
    pub(super) fn in_text(text: &str, range: Range<usize>) -> Self {
        let len = range.len();
        // Most words are short, and the text goes on behind them.
        if let Some(eight) = text.as_bytes().get(range.start..).and_then(<[u8]>::first_chunk)
            && (1..8).contains(&len)
            && let Some(last) = lower_ascii(u64::from_le_bytes(*eight) & ((1 << (8 * len)) - 1))
        {
            return Self::finish(mix(Self::seed(len) ^ last, LAST));
        }
        Self::of(&text[range])
    }

    /// The word of ASCII letters that begins at byte `at` of `text`, where it is short and what follows shows that it ends
    /// there: neither a digit nor an apostrophe, nor a character beyond ASCII.
    #[inline]
    pub(super) fn of_letters(text: &[u8], at: usize) -> Option<Letters> {
        let two = text.get(at..)?.first_chunk::<16>()?;
        let both = u128::from_le_bytes(*two);
        let (first, second) = (both as u64, (both >> 64) as u64);
        let (len, upper) = letters_of(first);
        let (len, n_upper, state) = if len < 8 {
            let last = first & ((1 << (8 * len)) - 1) | upper;
            (len, upper.count_ones(), mix(Self::seed(len) ^ last, LAST))
        } else {
            let (more, more_upper) = letters_of(second);
            if more == 8 {
                return None;
            }
            let last = second & ((1 << (8 * more)) - 1) | more_upper;
            let state = mix(Self::seed(8 + more) ^ (first | upper), CHUNK);
            (8 + more, upper.count_ones() + more_upper.count_ones(), mix(state ^ last, LAST))
        };
        let is_end = len > 0 && !matches!(two[len], b'\'' | b'`' | b'0'..=b'9' | 0x80..);
        is_end.then(|| Letters {
            len,
            n_upper: n_upper as usize,
            begins_upper: upper & 0x20 != 0,
            key: Self::finish(state),
        })
    }

    /// Its bits, each of which is as likely set as not.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// The key of a word of ASCII characters without a grave accent, eight of them at a time; none for any other.
    fn of_ascii(word: &[u8]) -> Option<Self> {
        if word.is_empty() {
            return Some(Self::NONE);
        }
        let mut state = Self::seed(word.len());
        let (chunks, rest) = word.as_chunks::<8>();
        for chunk in chunks {
            state = mix(state ^ lower_ascii(u64::from_le_bytes(*chunk))?, CHUNK);
        }
        let mut last = 0;
        for &byte in rest.iter().rev() {
            last = last << 8 | u64::from(byte);
        }
        Some(Self::finish(mix(state ^ lower_ascii(last)?, LAST)))
    }

    fn of_any(word: &str) -> Self {
        let mut buffer = [0; MAX_STACK_BYTES];
        let mut len = 0;
        each_folded(word, |character| {
            if let Some(place) = buffer.get_mut(len..len + character.len_utf8()) {
                character.encode_utf8(place);
            }
            len += character.len_utf8();
        });
        match buffer.get(..len) {
            Some(folded) => Self::of_folded(folded),
            None => Self::of_folded(fold(word).as_bytes()),
        }
    }

    fn of_folded(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return Self::NONE;
        }
        let mut state = Self::seed(bytes.len());
        let (chunks, rest) = bytes.as_chunks::<8>();
        for chunk in chunks {
            state = mix(state ^ u64::from_le_bytes(*chunk), CHUNK);
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        Self::finish(mix(state ^ u64::from_le_bytes(last), LAST))
    }

    fn seed(len: usize) -> u64 {
        0x9e37_79b9_7f4a_7c15 ^ len as u64
    }

    fn finish(state: u64) -> Self {
        Self(mix(state, 0x5899_65cc_7537_4cc3).max(1))
    }
}

/// A word of ASCII letters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters {
    /// In bytes.
    pub(super) len: usize,
    pub(super) n_upper: usize,
    pub(super) begins_upper: bool,
    pub(super) key: WordKey,
}

/// How many of eight characters are ASCII letters, up to the first that is none; with the bit set, for each capital among
/// them, that makes a small letter of it.
#[inline]
fn letters_of(eight: u64) -> (usize, u64) {
    const HIGH: u64 = each(0x80);
    // In lower case; a character plus the distance to 0x80 has its highest bit set from that character on.
    let lower = eight & !HIGH | each(0x20);
    let letters = (lower + each(0x80 - b'a')) & !(lower + each(0x7f - b'z')) & !eight & HIGH;
    let n_bits = (!letters & HIGH).trailing_zeros() & !7;
    let word = if n_bits == 64 { HIGH } else { HIGH & ((1 << n_bits) - 1) };
    ((n_bits / 8) as usize, word >> 2 & !eight)
}

// Multiplications of 64 by 64 bits folded together, and its constants, as in wyhash (https://github.com/wangyi-fudan/wyhash).
const CHUNK: u64 = 0xe703_7ed1_a0b4_28db;
const LAST: u64 = 0x8ebc_6af0_9c88_c6e3;

/// A bit pattern in each of eight bytes.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Eight ASCII characters in lower case; none where one is no ASCII, or a grave accent, which counts as an apostrophe.
fn lower_ascii(eight: u64) -> Option<u64> {
    let grave = eight ^ each(b'`');
    // The classic test for a zero byte; it may be wrong only above a true one, and then the slow way is right as well.
    let has_grave = grave.wrapping_sub(each(1)) & !grave & each(0x80) != 0;
    if eight & each(0x80) != 0 || has_grave {
        return None;
    }
    let from_a = eight + each(0x80 - b'A');
    let behind_z = eight + each(0x7f - b'Z');
    Some(eight | (from_a & !behind_z & each(0x80)) >> 2)
}

fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// `word` in lower case, with straight apostrophes and without soft hyphens.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    each_folded(word, |character| folded.push(character));
    folded
}

/// Calls `take` with the characters of `word` in lower case, with straight apostrophes and without soft hyphens.
#[inline]
fn each_folded(word: &str, mut take: impl FnMut(char)) {
    for character in word.chars().filter(|&character| character != '\u{ad}') {
        let straight = if matches!(character, '’' | '´' | 'ʼ' | '‘' | '`') { '\'' } else { character };
        match small_latin(straight) {
            Some(small) => take(small),
            None => straight.to_lowercase().for_each(&mut take),
        }
    }
}

/// The small letter of a character of western Europe; none of one that the tables of Unicode are to be asked for.
#[inline]
fn small_latin(character: char) -> Option<char> {
    match character {
        '\0'..='\u{7f}' => Some(character.to_ascii_lowercase()),
        'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(character as u32 | 0x20),
        '\u{80}'..='ÿ' => Some(character),
        _ => None,
    }
}

impl From<&str> for WordKey {
    fn from(word: &str) -> Self {
        Self::of(word)
    }
}

impl From<&String> for WordKey {
    fn from(word: &String) -> Self {
        Self::of(word)
    }
}

impl From<&std::borrow::Cow<'_, str>> for WordKey {
    fn from(word: &std::borrow::Cow<'_, str>) -> Self {
        Self::of(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_same(one: &str, other: &str, expected: bool) {
        assert_eq!(WordKey::of(one) == WordKey::of(other), expected, "{one} and {other}");
    }

    #[test]
    fn spellings_of_a_word_meet() {
        check_same("CITTÀ", "città", true);
        check_same("Univer\u{ad}sità", "università", true);
        check_same("l`", "L’", true);
        check_same(&"Ä".repeat(40), &"ä".repeat(40), true);
        check_same("citta", "città", false);
    }

    #[test]
    fn small_letters_of_western_europe_are_those_of_unicode() {
        for character in (0..0x180).filter_map(char::from_u32) {
            let small: Vec<char> = character.to_lowercase().collect();
            assert!(small_latin(character).is_none_or(|letter| small == [letter]), "{character}");
        }
        assert_eq!(small_latin('È'), Some('è'));
    }

    #[test]
    fn a_word_has_one_key_wherever_it_stands() {
        for text in ["dell’Università di L`Aquila", "a", "MÜNCHEN 2024", "Ricercatori, è così"] {
            for token in super::super::words::tokenize(text) {
                assert_eq!(token.key, WordKey::of(token.span.of(text)), "{text}");
            }
        }
    }

    #[test]
    fn a_word_of_letters_has_the_key_of_any_word() {
        let rest = " and sixteen bytes behind";
        for word in [
            "a",
            "Ab",
            "Rettore",
            "RETTORE",
            "Ateneo|",
            "università",
            "ministro",
            "Internazionale",
            "aZ@[`{",
            "x9",
            "l'",
        ] {
            let text = format!("{word}{rest}");
            let len = word.bytes().take_while(u8::is_ascii_alphabetic).count();
            let is_end = len < 16 && !matches!(text.as_bytes()[len], b'\'' | b'`' | b'0'..=b'9' | 0x80..);
            let found = WordKey::of_letters(text.as_bytes(), 0);
            assert_eq!(found.is_some(), is_end, "{word}");
            let Some(found) = found else { continue };
            assert_eq!(found.key, WordKey::of(&word[..len]), "{word}");
            let n_upper = word[..len].bytes().filter(u8::is_ascii_uppercase).count();
            assert_eq!((found.len, found.n_upper), (len, n_upper), "{word}");
            assert_eq!(found.begins_upper, word.as_bytes()[0].is_ascii_uppercase(), "{word}");
        }
        assert!(WordKey::of_letters(b"Straordinariamente lungo", 0).is_none());
        assert!(WordKey::of_letters(b"short", 0).is_none());
    }

    #[test]
    fn words_of_one_beginning_differ() {
        check_same("delega", "delegat", false);
        check_same("delegate", "delegate\0", false);
        check_same("a", "a\0", false);
        check_same("@[", "`{", false);
        check_same("L`Aquila@Z[", "l'aquila@z[", true);
    }
}
