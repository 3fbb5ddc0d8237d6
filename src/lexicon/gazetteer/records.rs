//! The records of rows and spellings, as the compiled file keeps them.

use super::{CasePolicy, Entry, Form};
use crate::lexicon::entry::{Kind, Subtype};

/// Bytes of the record of a spelling.
pub(super) const SPELLING_BYTES: usize = 12;
/// Bytes of the record of a row.
pub(super) const ENTRY_BYTES: usize = 8;
/// Longest spelling, in bytes.
pub(super) const MAX_SPELLING_BYTES: usize = 1023;
/// Highest class of a spelling within its group; spellings beyond share it.
pub(super) const MAX_CLASS: u32 = 31;

/// The record of one way in which a row is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SpellingRecord {
    /// Number of the row.
    pub(super) entry: u32,
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
    /// The record.
    pub(super) fn to_bytes(self) -> [u8; SPELLING_BYTES] {
        let (form, case) = (form_number(self.form), case_number(self.case));
        let first = self.len as u16 | form << 10 | case << 12 | u16::from(self.is_weak) << 14;
        let second = self.language | (self.class as u16) << 10 | u16::from(self.is_stripped) << 15;
        let mut bytes = [0; SPELLING_BYTES];
        bytes[..4].copy_from_slice(&self.entry.to_le_bytes());
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
        Some(Self {
            entry: u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]),
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

/// Texts of a row, in the order in which the heap holds them.
pub(super) const N_TEXTS: usize = 8;

/// Adds a row to the heap and its record to `records`; the place of its name in the heap.
pub(super) fn write_entry(entry: &Entry<'_>, records: &mut Vec<u8>, heap: &mut Vec<u8>) -> u32 {
    records.extend_from_slice(&(heap.len() as u32).to_le_bytes());
    records.push(kind_number(entry.kind));
    let subtype = entry.subtype.and_then(|subtype| Subtype::ALL.iter().position(|&other| other == subtype));
    records.push(subtype.map_or(0, |at| at as u8 + 1));
    records.extend_from_slice(&entry.priority.to_le_bytes());
    let texts: [&str; N_TEXTS] =
        [entry.id, entry.name, entry.acronym, entry.country, entry.parent, entry.same_as, entry.needs, entry.never];
    for text in texts {
        let mut len = text.len();
        while len >= 0x80 {
            heap.push(len as u8 | 0x80);
            len >>= 7;
        }
        heap.push(len as u8);
    }
    let name = heap.len() + entry.id.len();
    texts.iter().for_each(|text| heap.extend_from_slice(text.as_bytes()));
    name as u32
}

/// The row of number `idx`; an empty one when there is none.
pub(super) fn read_entry<'b>(records: &[u8], heap: &'b [u8], idx: usize) -> Entry<'b> {
    let record: [u8; ENTRY_BYTES] =
        records.get(idx * ENTRY_BYTES..).and_then(|rest| rest.first_chunk().copied()).unwrap_or_default();
    let [a, b, c, d, kind, subtype, low, high] = record;
    let texts = read_texts(heap, u32::from_le_bytes([a, b, c, d]) as usize).unwrap_or_default();
    let [id, name, acronym, country, parent, same_as, needs, never] = texts;
    Entry {
        id,
        kind: kind_of(kind),
        subtype: usize::from(subtype).checked_sub(1).and_then(|at| Subtype::ALL.get(at)).copied(),
        name,
        acronym,
        country,
        parent,
        same_as,
        needs,
        never,
        priority: i16::from_le_bytes([low, high]),
    }
}

fn read_texts(heap: &[u8], at: usize) -> Option<[&str; N_TEXTS]> {
    let mut lens = [0; N_TEXTS];
    let mut from = at;
    for len in &mut lens {
        let mut shift = 0;
        loop {
            let byte = *heap.get(from)?;
            from += 1;
            *len |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                break;
            }
            if shift > 28 {
                return None;
            }
        }
    }
    let mut texts = [""; N_TEXTS];
    for (text, len) in texts.iter_mut().zip(lens) {
        *text = text_at(heap, from, len);
        from = from.checked_add(len)?;
    }
    Some(texts)
}

/// The text of a place in the heap; empty where there is none.
#[inline]
pub(super) fn text_at(heap: &[u8], at: usize, len: usize) -> &str {
    let bytes = at.checked_add(len).and_then(|end| heap.get(at..end)).unwrap_or_default();
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// The kind of a row, without its texts.
pub(super) fn entry_kind(records: &[u8], idx: usize) -> Kind {
    records.get(idx * ENTRY_BYTES + 4).map_or(Kind::Nothing, |&kind| kind_of(kind))
}

const KINDS: [Kind; 7] =
    [Kind::Nothing, Kind::Institution, Kind::Person, Kind::Place, Kind::Date, Kind::Sector, Kind::Amount];

fn kind_number(kind: Kind) -> u8 {
    match kind {
        Kind::Custom(number) => KINDS.len() as u8 + number,
        _ => KINDS.iter().position(|&other| other == kind).unwrap_or_default() as u8,
    }
}

fn kind_of(number: u8) -> Kind {
    KINDS.get(usize::from(number)).copied().unwrap_or(Kind::Custom(number.saturating_sub(KINDS.len() as u8)))
}
