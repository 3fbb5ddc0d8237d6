//! The words of the matcher and what stands between them.
//!
//! A unit is what one step of a name is made of: a word, a dotted acronym, one character of a script without blanks, or
//! `&`. Names and text are cut by the same functions, so that they meet.

use super::{
    fold::{Class, character_at, character_before, class_of, fold_bytes, is_dropped, latin_fold},
    hash::{AND, ShortHasher, WordHasher},
    raw::word_end,
};

/// Longest unit, in bytes; a longer one is in no name.
pub(super) const MAX_UNIT_BYTES: usize = 255;
/// Longest stretch between two units of a name, in bytes.
const MAX_JOINT_BYTES: usize = 40;
/// Accents and soft hyphens in a row that are looked over, at most.
const MAX_EXTENDS: usize = 8;

/// One step of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Hash of what it folds to.
    pub(super) hash: u64,
    /// Class of its first character.
    pub(super) class: Class,
}

/// Letters and digits among the ASCII characters.
pub(super) const IS_ASCII_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    while at < 128 {
        table[at] = (at as u8).is_ascii_alphanumeric();
        at += 1;
    }
    table
};

/// The unit that begins at byte `at`; none where no unit begins, or one too long for a name.
#[inline]
pub(super) fn unit_at(text: &str, at: usize, seed: u64) -> Option<Unit> {
    unit_by(text, at, seed, |at| word_end(text.as_bytes(), at))
}

/// The unit that begins at byte `at`, where `word_end` tells the end of the ASCII letters and digits that begin at a byte.
#[inline]
pub(super) fn unit_by(text: &str, at: usize, seed: u64, word_end: impl Fn(usize) -> usize) -> Option<Unit> {
    let (bytes, end) = (text.as_bytes(), word_end(at));
    let next = bytes.get(end).copied().unwrap_or(b' ');
    if end == at || next >= 0x80 && !is_mark_at(bytes, end) || next == b'.' && end - at == 1 {
        return latin_unit_at(text, at, seed, word_end).or_else(|| other_unit_at(text, at, seed));
    }
    if end - at > MAX_UNIT_BYTES {
        return None;
    }
    Some(Unit { start: at, end, hash: WordHasher::hash_ascii(seed, bytes, at, end), class: Class::Word })
}

/// Whether a mark or a blank of the most usual ones beyond ASCII stands at byte `at`: dashes, quotation marks, no-break
/// blank.
#[inline]
pub(super) fn is_mark_at(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at..) {
        // U+2010 to U+203F have neither letters nor joiners.
        Some([0xe2, 0x80, 0x90..=0xbf, ..]) => true,
        Some([0xc2, 0xa0 | 0xab | 0xb7 | 0xbb, ..]) => true,
        _ => false,
    }
}

/// Whether such a mark or blank ends before byte `at`.
#[inline]
pub(super) fn is_mark_before(bytes: &[u8], at: usize) -> bool {
    at >= 2 && is_mark_at(bytes, at - 2) || at >= 3 && is_mark_at(bytes, at - 3)
}

/// A word of ASCII and accented Latin letters only; none where other characters belong to it, or may.
#[inline]
fn latin_unit_at(text: &str, at: usize, seed: u64, word_end: impl Fn(usize) -> usize) -> Option<Unit> {
    let (bytes, mut end) = (text.as_bytes(), word_end(at));
    let mut hasher = WordHasher::of_ascii(seed, bytes, at, end);
    let mut n_characters = end - at;
    while let Some(&[lead @ 0xc3..=0xc8, trail]) = bytes.get(end..end + 2).and_then(<[u8]>::first_chunk) {
        let [first, second] = latin_fold(lead, trail);
        if first == 0 {
            return None;
        }
        hasher.push(first);
        if second != 0 {
            hasher.push(second);
        }
        let run_end = word_end(end + 2);
        hasher.push_ascii(bytes, end + 2, run_end);
        n_characters += run_end - end - 1;
        end = run_end;
    }
    let is_over = match bytes.get(end) {
        Some(0x80..) => is_mark_at(bytes, end),
        Some(b'.') => n_characters > 1,
        _ => true,
    };
    (is_over && end > at && end - at <= MAX_UNIT_BYTES).then(|| Unit {
        start: at,
        end,
        hash: hasher.finish(),
        class: Class::Word,
    })
}

/// The end and the hash of the short word of ASCII and accented Latin letters that begins at byte `at` with one of ASCII; none
/// where something about it is unusual.
#[inline(always)]
pub(super) fn short_latin_at(
    bytes: &[u8],
    at: usize,
    seed: u64,
    word_end: impl Fn(usize) -> usize,
) -> Option<(usize, u64)> {
    let is_begun = at == 0 || bytes[at - 1].is_ascii() && bytes[at - 1] != b'.';
    let mut end = word_end(at);
    if !is_begun || end == at {
        return None;
    }
    let mut hasher = ShortHasher::of_ascii(bytes, at, end)?;
    while let Some(&[lead @ 0xc3..=0xc8, trail]) = bytes.get(end..end + 2).and_then(<[u8]>::first_chunk) {
        let folded = latin_fold(lead, trail);
        if folded[0] == 0 {
            return None;
        }
        let run_end = word_end(end + 2);
        hasher = hasher.push(folded, bytes, end + 2, run_end)?;
        end = run_end;
    }
    let is_over = match bytes.get(end) {
        // A line end may break it; a dot may belong to it.
        Some(b'-' | 0x80..) => false,
        Some(b'.') => hasher.len() > 1,
        _ => true,
    };
    is_over.then(|| (end, hasher.finish(seed)))
}

/// A unit of any script.
fn other_unit_at(text: &str, at: usize, seed: u64) -> Option<Unit> {
    let (first, len) = character_at(text, at)?;
    let class = class_of(first);
    let mut hasher = WordHasher::new(seed);
    match class {
        Class::Blank | Class::Mark | Class::Extend => return None,
        Class::And => return Some(Unit { start: at, end: at + len, hash: AND ^ seed, class }),
        _ => {}
    }
    fold_bytes(first, |byte| hasher.push(byte));
    let is_run = matches!(class, Class::Word | Class::Katakana);
    let (mut end, mut n_characters) = (at + len, 1);
    while let Some((character, len)) = character_at(text, end) {
        match class_of(character) {
            Class::Extend if is_dropped(character) => {}
            Class::Extend => fold_bytes(character, |byte| hasher.push(byte)),
            same if is_run && same == class => {
                n_characters += 1;
                fold_bytes(character, |byte| hasher.push(byte));
            }
            _ => break,
        }
        end += len;
        if end - at > MAX_UNIT_BYTES {
            return None;
        }
    }
    if class == Class::Word && n_characters == 1 && first.is_alphabetic() {
        end = dotted_end(text, end, &mut hasher).unwrap_or(end);
    }
    if hasher.len() == 0 {
        return None;
    }
    Some(Unit { start: at, end, hash: hasher.finish(), class })
}

/// The end of a dotted acronym whose first letter ends at byte `at`: `.A.I.S.T.`; none if there is no second letter.
fn dotted_end(text: &str, at: usize, hasher: &mut WordHasher) -> Option<usize> {
    let mut end = None;
    let mut from = at;
    while let Some((letter, letter_end)) = letter_after_dot(text, from) {
        if letter_end - at > MAX_UNIT_BYTES {
            break;
        }
        fold_bytes(letter, |byte| hasher.push(byte));
        from = letter_end;
        end = Some(from);
    }
    end.map(|end| if text[end..].starts_with('.') { end + 1 } else { end })
}

/// The letter after a dot at byte `at`, if it is a word of its own, and its end with its accents.
fn letter_after_dot(text: &str, at: usize) -> Option<(char, usize)> {
    if text.as_bytes().get(at) != Some(&b'.') {
        return None;
    }
    let (letter, len) = character_at(text, at + 1)?;
    if class_of(letter) != Class::Word || !letter.is_alphabetic() {
        return None;
    }
    let mut end = at + 1 + len;
    // Accents of one letter only: a hostile run of them is no acronym.
    for _ in 0..4 {
        match character_at(text, end) {
            Some((next, len)) if class_of(next) == Class::Extend => end += len,
            Some((next, _)) if class_of(next) == Class::Word => return None,
            _ => return Some((letter, end)),
        }
    }
    None
}

/// Whether a unit may begin at byte `at`: not inside a word, a run of Hangul, or a dotted acronym.
pub(super) fn begins_at(text: &str, at: usize) -> bool {
    let Some(before) = character_before(text, at) else { return true };
    let Some((first, len)) = character_at(text, at) else { return false };
    let class = class_of(first);
    match class_of(before) {
        // An accent or a soft hyphen goes on with the word before it.
        Class::Extend if matches!(class, Class::Word | Class::Katakana | Class::Hangul) => {
            let is_extend = |character: &char| class_of(*character) == Class::Extend;
            let n_extends = text[..at].chars().rev().take(MAX_EXTENDS + 1).take_while(is_extend).count();
            let base = text[..at].chars().rev().nth(n_extends);
            n_extends <= MAX_EXTENDS && base.is_none_or(|base| class_of(base) != class)
        }
        same if same == class && matches!(class, Class::Word | Class::Katakana | Class::Hangul) => false,
        _ if before == '.' && class == Class::Word => !is_inside_dotted(text, at, len),
        _ => true,
    }
}

/// Whether the letter at `at`, behind a dot, belongs to an acronym that began before it.
fn is_inside_dotted(text: &str, at: usize, len: usize) -> bool {
    let is_extend = |character: &char| class_of(*character) == Class::Extend;
    let is_word = |character: Option<char>| character.is_some_and(|character| class_of(character) == Class::Word);
    let after = |rest: &mut dyn Iterator<Item = char>| rest.take(MAX_EXTENDS).find(|character| !is_extend(character));
    let is_letter = |character: Option<char>| is_word(character) && character.is_some_and(char::is_alphabetic);
    if !is_letter(text[at..].chars().next()) || is_word(after(&mut text[at + len..].chars())) {
        return false;
    }
    let mut before = text[..at - 1].chars().rev();
    is_letter(after(&mut before)) && !is_word(after(&mut before))
}

/// The start of the next unit of a name whose last unit ended at byte `at`; none across a blank line, at the end of
/// the text, or when it is too far.
#[inline]
pub(super) fn next_start(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.get(at) == Some(&b' ') && bytes.get(at + 1).is_some_and(|&byte| IS_ASCII_WORD[usize::from(byte)]) {
        return Some(at + 1);
    }
    // A mark, then a word, with a blank between them or without.
    if let Some(&[mark @ b'!'..=b'~', next, after]) = bytes.get(at..at + 3)
        && !IS_ASCII_WORD[usize::from(mark)]
        && mark != b'&'
    {
        if IS_ASCII_WORD[usize::from(next)] {
            return Some(at + 1);
        }
        if next == b' ' && IS_ASCII_WORD[usize::from(after)] {
            return Some(at + 2);
        }
    }
    other_next_start(text, at)
}

fn other_next_start(text: &str, at: usize) -> Option<usize> {
    let mut n_lines = 0;
    let mut after_return = false;
    for (offset, character) in text.get(at..)?.char_indices() {
        match class_of(character) {
            Class::Blank => {
                n_lines += u32::from(character == '\r' || character == '\n' && !after_return);
                if n_lines > 1 || matches!(character, '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}') {
                    return None;
                }
            }
            Class::Mark | Class::Extend => {}
            _ => return Some(at + offset),
        }
        after_return = character == '\r';
        if offset >= MAX_JOINT_BYTES {
            return None;
        }
    }
    None
}

/// The word that `unit` makes with the next line, when a hyphen at the end of the line breaks it.
#[inline]
pub(super) fn joined(text: &str, unit: Unit, seed: u64) -> Option<Unit> {
    let bytes = text.as_bytes();
    // A hyphen, or the soft hyphen that ends the unit; anything else is the usual case and leaves at once.
    let next = *bytes.get(unit.end)?;
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let after = if bytes[unit.start..unit.end].ends_with("\u{ad}".as_bytes()) && is_blank(&next) {
        unit.end
    } else if next == b'-' && bytes.get(unit.end + 1).is_some_and(is_blank) {
        unit.end + 1
    } else if next == 0xe2 && text[unit.end..].starts_with('‐') {
        unit.end + '‐'.len_utf8()
    } else {
        return None;
    };
    joined_across(text, unit, after, seed)
}

fn joined_across(text: &str, unit: Unit, after: usize, seed: u64) -> Option<Unit> {
    let bytes = text.as_bytes();
    if unit.class != Class::Word {
        return None;
    }
    let start = next_line(bytes, after)?;
    let (first, _) = character_at(text, start)?;
    let is_capital = |character: char| !character.is_lowercase();
    let goes_on = first.is_alphabetic()
        && class_of(first) == Class::Word
        && (!first.is_uppercase() || text[unit.start..unit.end].chars().all(is_capital));
    if !goes_on {
        return None;
    }
    let rest = unit_at(text, start, seed).filter(|rest| rest.end - unit.start <= MAX_UNIT_BYTES)?;
    let mut hasher = WordHasher::new(seed);
    for character in Characters::of(&text[unit.start..unit.end]).chain(Characters::of(&text[start..rest.end])) {
        fold_bytes(character, |byte| hasher.push(byte));
    }
    Some(Unit { end: rest.end, hash: hasher.finish(), ..unit })
}

/// The first byte of the next line behind blanks, if only blanks stand before the line end.
fn next_line(bytes: &[u8], at: usize) -> Option<usize> {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r');
    let skip =
        |from: usize| from + bytes[from..].iter().take(MAX_JOINT_BYTES).take_while(|byte| is_blank(byte)).count();
    let line_end = skip(at);
    (bytes.get(line_end) == Some(&b'\n')).then(|| skip(line_end + 1))
}

/// The characters of a unit that count: no dots, soft hyphens, or what stands at a broken line end.
#[derive(Clone)]
pub(super) struct Characters<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Characters<'t> {
    /// The characters of `unit`.
    pub(super) fn of(unit: &'t str) -> Self {
        Self { text: unit, at: 0 }
    }
}

impl Iterator for Characters<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        loop {
            let (character, len) = character_at(self.text, self.at)?;
            self.at += len;
            match class_of(character) {
                Class::Extend if is_dropped(character) => {}
                Class::Blank | Class::Mark => {}
                _ => return Some(character),
            }
        }
    }
}
