//! The records of spellings, as the compiled file keeps them.

use super::{
    CasePolicy, Form,
    rows::{kind_number, kind_of},
};
use crate::lexicon::entry::Kind;

/// Bytes of the record of a spelling.
pub(super) const SPELLING_BYTES: usize = 12;
/// Bits of a record's first number that tell the row; the kind is above them.
const KIND_SHIFT: u32 = 27;
/// Longest spelling, in bytes.
pub(super) const MAX_SPELLING_BYTES: usize = 1023;
/// Highest class of a spelling within its group; spellings beyond share it.
pub(super) const MAX_CLASS: u32 = 31;

/// The record of one way in which a row is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SpellingRecord {
    /// Number of the row.
    pub(super) entry: u32,
    /// Kind of the row.
    pub(super) kind: Kind,
    /// Where the spelling stands in the heap.
    pub(super) at: u32,
    /// Its length in bytes.
    pub(super) len: usize,
    pub(super) form: Form,
    pub(super) case: CasePolicy,
    /// Marked `!`.
    pub(super) is_weak: bool,
    /// Whether a legal form was left out.
    pub(super) is_stripped: bool,
    /// Whether it is the last of its group.
    pub(super) is_last: bool,
    /// Number of its language, see [`language_number`].
    pub(super) language: u16,
    /// Spellings of a group that are met alike have one class.
    pub(super) class: u32,
}

impl SpellingRecord {
    /// The spelling of a row that has its name alone, and nothing to say of it.
    #[inline]
    pub(super) fn plain(entry: u32, kind: Kind, at: u32, len: usize) -> Self {
        Self {
            entry,
            kind,
            at,
            len,
            form: Form::Name,
            case: CasePolicy::Usual,
            is_weak: false,
            is_stripped: false,
            is_last: true,
            language: 0,
            class: 0,
        }
    }

    /// Whether row and name tell all of it.
    pub(super) fn is_plain(&self) -> bool {
        *self == Self::plain(self.entry, self.kind, self.at, self.len)
    }

    /// The record.
    pub(super) fn to_bytes(self) -> [u8; SPELLING_BYTES] {
        let (form, case) = (form_number(self.form), case_number(self.case));
        let first = self.len as u16 | form << 10 | case << 12 | u16::from(self.is_weak) << 14;
        let second = self.language | (self.class as u16) << 10 | u16::from(self.is_stripped) << 15;
        let mut bytes = [0; SPELLING_BYTES];
        let entry = self.entry | u32::from(kind_number(self.kind)) << KIND_SHIFT;
        bytes[..4].copy_from_slice(&entry.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.at.to_le_bytes());
        bytes[8..10].copy_from_slice(&(first | u16::from(self.is_last) << 15).to_le_bytes());
        bytes[10..].copy_from_slice(&second.to_le_bytes());
        bytes
    }

    /// The spelling of record number `idx`.
    #[inline]
    pub(super) fn read(records: &[u8], idx: usize) -> Option<Self> {
        let bytes: &[u8; SPELLING_BYTES] = records.get(idx * SPELLING_BYTES..)?.first_chunk()?;
        let first = u16::from_le_bytes([bytes[8], bytes[9]]);
        let second = u16::from_le_bytes([bytes[10], bytes[11]]);
        let entry = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        Some(Self {
            entry: entry & ((1 << KIND_SHIFT) - 1),
            kind: kind_of((entry >> KIND_SHIFT) as u8),
            at: u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]),
            len: usize::from(first & 0x3ff),
            form: match first >> 10 & 3 {
                0 => Form::Name,
                1 => Form::Alias,
                _ => Form::Acronym,
            },
            case: match first >> 12 & 3 {
                0 => CasePolicy::Usual,
                1 => CasePolicy::Any,
                _ => CasePolicy::Exact,
            },
            is_weak: first >> 14 & 1 == 1,
            is_last: first >> 15 == 1,
            language: second & 0x3ff,
            class: u32::from(second >> 10 & 31),
            is_stripped: second >> 15 == 1,
        })
    }
}

fn form_number(form: Form) -> u16 {
    match form {
        Form::Name => 0,
        Form::Alias => 1,
        Form::Acronym => 2,
    }
}

fn case_number(case: CasePolicy) -> u16 {
    match case {
        CasePolicy::Usual => 0,
        CasePolicy::Any => 1,
        CasePolicy::Exact => 2,
    }
}

/// Every pair of letters, one after the other.
const LANGUAGES: [u8; 26 * 26 * 2] = {
    let mut pairs = [0; 26 * 26 * 2];
    let mut at = 0;
    while at < 26 * 26 {
        pairs[at * 2] = b'a' + (at / 26) as u8;
        pairs[at * 2 + 1] = b'a' + (at % 26) as u8;
        at += 1;
    }
    pairs
};

/// The number of a language tag of two letters; 0 for any other.
pub(super) fn language_number(tag: &str) -> u16 {
    match *tag.as_bytes() {
        [first @ b'a'..=b'z', second @ b'a'..=b'z'] => 1 + u16::from(first - b'a') * 26 + u16::from(second - b'a'),
        _ => 0,
    }
}

/// The language tag of a number; empty for 0.
pub(super) fn language_tag(number: u16) -> &'static str {
    let Some(at) = usize::from(number).checked_sub(1) else { return "" };
    LANGUAGES.get(at * 2..at * 2 + 2).and_then(|tag| std::str::from_utf8(tag).ok()).unwrap_or_default()
}

/// The text of a place in the heap; empty where there is none.
#[inline]
pub(super) fn text_at(heap: &[u8], at: usize, len: usize) -> &str {
    if len == 0 {
        return "";
    }
    let bytes = at.checked_add(len).and_then(|end| heap.get(at..end)).unwrap_or_default();
    std::str::from_utf8(bytes).unwrap_or_default()
}
