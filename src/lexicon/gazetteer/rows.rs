//! The rows of the lists, as the compiled file keeps them.
//!
//! What many rows share (kind, subtype, priority, country) is written once, as a profile. A row is its profile's number,
//! the lengths of its texts and the texts themselves, in the heap; `Offsets` says where each begins.

use super::{Entry, Profile, records::text_at};
use crate::lexicon::{
    entry::{Kind, Subtype},
    kinds::MAX_DECLARED,
};
use rustc_hash::FxHashMap as HashMap;

/// Bytes of a profile.
const PROFILE_BYTES: usize = 12;
/// Bytes of the place of a row.
const OFFSET_BYTES: usize = 4;
/// Bit of the number of a subtype that says that rows have conditions.
const HAS_CONDITIONS: u8 = 0x80;
/// Texts that few rows have; a bit each says which.
const N_RARE: usize = 5;
/// Highest number of a row: the table of names keeps 26 bits of it.
pub(super) const MAX_ROW: usize = (1 << 26) - 2;

/// The rows of a compiled gazetteer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows<'b> {
    /// Where each row begins in the heap.
    pub(super) offsets: &'b [u8],
    /// What rows share.
    pub(super) profiles: &'b [u8],
    /// Texts.
    pub(super) heap: &'b [u8],
}

/// The beginning of a row: its numbers.
#[derive(Debug, Clone, Copy, Default)]
struct Head {
    profile: usize,
    id_len: usize,
    name_len: usize,
    rare_lens: [usize; N_RARE],
    /// Where its texts begin.
    at: usize,
}

impl<'b> Rows<'b> {
    /// Number of rows.
    pub(super) fn len(self) -> usize {
        self.offsets.len() / OFFSET_BYTES
    }

    /// Where the row of number `idx` begins in the heap.
    #[inline]
    pub(super) fn place(self, idx: usize) -> Option<usize> {
        let place = self.offsets.get(idx * OFFSET_BYTES..)?.first_chunk()?;
        Some(u32::from_le_bytes(*place) as usize)
    }

    /// The beginning of a row; none when there is no such row.
    fn head(self, idx: usize) -> Option<Head> {
        let mut at = self.place(idx)?;
        let mut number = || -> Option<usize> {
            let byte = *self.heap.get(at)?;
            at += 1;
            if byte < 0x80 { Some(usize::from(byte)) } else { long_number(self.heap, &mut at, byte) }
        };
        let mut head = Head { profile: number()?, ..Head::default() };
        let rare = number()?;
        (head.id_len, head.name_len) = (number()?, number()?);
        if rare != 0 {
            for (bit, len) in head.rare_lens.iter_mut().enumerate().filter(|(bit, _)| rare >> bit & 1 == 1) {
                let _ = bit;
                *len = number()?;
            }
        }
        Some(Head { at, ..head })
    }

    /// Kind of the row of number `idx`, with place and length of its name in the heap.
    #[inline]
    pub(super) fn name(self, idx: usize) -> Option<(Kind, usize, usize)> {
        // The most usual row: numbers of one byte, no rare texts.
        let at = self.place(idx)?;
        if let Some(&[profile @ 0..0x80, 0, id_len @ 0..0x80, name_len @ 0..0x80]) = self.heap.get(at..at + 4) {
            let kind =
                self.profiles.get(usize::from(profile) * PROFILE_BYTES).map_or(Kind::Nothing, |&kind| kind_of(kind));
            return Some((kind, at + 4 + usize::from(id_len), usize::from(name_len)));
        }
        let head = self.head(idx)?;
        let kind = self.profiles.get(head.profile * PROFILE_BYTES).map_or(Kind::Nothing, |&kind| kind_of(kind));
        Some((kind, head.at + head.id_len, head.name_len))
    }

    /// The id of the row of number `idx`; empty when there is no such row.
    pub(super) fn id(self, idx: usize) -> &'b str {
        self.head(idx).map_or("", |head| text_at(self.heap, head.at, head.id_len))
    }

    /// The number of the profile of the row of number `idx`, see [`Rows::profiles`]; 0 when there is no such row.
    #[inline]
    pub(super) fn profile_number(self, idx: usize) -> usize {
        match self.place(idx).and_then(|at| Some((at, *self.heap.get(at)?))) {
            Some((_, number @ 0..0x80)) => usize::from(number),
            Some((at, first)) => long_number(self.heap, &mut (at + 1), first).unwrap_or_default(),
            None => 0,
        }
    }

    /// What rows share with many others, by the number of the profile.
    pub(super) fn profiles(self) -> impl Iterator<Item = Profile<'b>> {
        (0..self.profiles.len() / PROFILE_BYTES).map(move |number| self.profile_of(number))
    }

    /// The profile of a number; an empty one when there is none.
    pub(super) fn profile_of(self, number: usize) -> Profile<'b> {
        let profile: [u8; PROFILE_BYTES] = self
            .profiles
            .get(number * PROFILE_BYTES..)
            .and_then(|rest| rest.first_chunk().copied())
            .unwrap_or_default();
        let [kind, subtype, low, high, a, b, c, d, e, f, g, h] = profile;
        let (at, len) = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
        Profile {
            kind: kind_of(kind),
            subtype: usize::from(subtype & !HAS_CONDITIONS).checked_sub(1).and_then(|at| Subtype::ALL.get(at)).copied(),
            country: text_at(self.heap, at as usize, len as usize),
            priority: i16::from_le_bytes([low, high]),
            has_conditions: subtype & HAS_CONDITIONS != 0,
        }
    }

    /// The row of number `idx`; an empty one when there is none.
    pub(super) fn entry(self, idx: usize) -> Entry<'b> {
        self.entry_of(idx, self.profile_of(self.profile_number(idx)))
    }

    /// The row of number `idx`, whose profile is known; an empty one when there is none.
    pub(super) fn entry_of(self, idx: usize, profile: Profile<'b>) -> Entry<'b> {
        let head = self.head(idx).unwrap_or_default();
        let Profile { kind, subtype, country, priority, .. } = profile;
        let lens = [head.id_len, head.name_len].into_iter().chain(head.rare_lens);
        // Checked once, and cut afterwards: each cut lies between characters, or nothing is read.
        let mut rest = text_at(self.heap, head.at, lens.fold(0, usize::saturating_add));
        let mut next = |len: usize| match rest.split_at_checked(len) {
            Some((text, behind)) => {
                rest = behind;
                text
            }
            None => "",
        };
        let (id, name) = (next(head.id_len), next(head.name_len));
        let [acronym, parent, same_as, needs, never] = head.rare_lens.map(next);
        Entry { id, kind, subtype, name, acronym, country, parent, same_as, needs, never, priority }
    }
}

/// A number of seven bits a byte, lowest first, whose first byte is `first`; `at` stands behind it.
#[cold]
fn long_number(heap: &[u8], at: &mut usize, first: u8) -> Option<usize> {
    let mut number = usize::from(first & 0x7f);
    for shift in [7, 14, 21, 28] {
        let byte = *heap.get(*at)?;
        *at += 1;
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Writes rows, one after the other.
#[derive(Debug, Default)]
pub(super) struct RowWriter {
    pub(super) offsets: Vec<u8>,
    pub(super) profiles: Vec<u8>,
    pub(super) heap: Vec<u8>,
    /// Numbers of profiles; the last part is where the country stands in the heap.
    numbers: HashMap<(u8, u8, i16, u32), usize>,
    countries: HashMap<Box<str>, u32>,
}

impl RowWriter {
    /// The rows so far.
    pub(super) fn rows(&self) -> Rows<'_> {
        Rows { offsets: &self.offsets, profiles: &self.profiles, heap: &self.heap }
    }

    /// Adds a row; the place of its name in the heap.
    pub(super) fn write(&mut self, entry: &Entry<'_>) -> u32 {
        let profile = self.profile(entry);
        self.offsets.extend_from_slice(&(self.heap.len() as u32).to_le_bytes());
        let rare = [entry.acronym, entry.parent, entry.same_as, entry.needs, entry.never];
        let mask =
            rare.iter().enumerate().filter(|(_, text)| !text.is_empty()).fold(0, |mask, (bit, _)| mask | 1 << bit);
        let lens =
            [entry.id.len(), entry.name.len()].into_iter().chain(rare.map(str::len).into_iter().filter(|&len| len > 0));
        for number in [profile, mask].into_iter().chain(lens) {
            let mut rest = number;
            while rest >= 0x80 {
                self.heap.push(rest as u8 | 0x80);
                rest >>= 7;
            }
            self.heap.push(rest as u8);
        }
        let name = self.heap.len() + entry.id.len();
        for text in [entry.id, entry.name].into_iter().chain(rare) {
            self.heap.extend_from_slice(text.as_bytes());
        }
        name as u32
    }

    /// Adds a text; its place in the heap.
    pub(super) fn text(&mut self, text: &str) -> u32 {
        let at = self.heap.len() as u32;
        self.heap.extend_from_slice(text.as_bytes());
        at
    }

    fn profile(&mut self, entry: &Entry<'_>) -> usize {
        let subtype = entry.subtype.and_then(|subtype| Subtype::ALL.iter().position(|&other| other == subtype));
        let has_conditions = !entry.needs.is_empty() || !entry.never.is_empty();
        let (kind, subtype) = (kind_number(entry.kind), subtype.map_or(0, |at| at as u8 + 1));
        let subtype = subtype | if has_conditions { HAS_CONDITIONS } else { 0 };
        let country = match self.countries.get(entry.country) {
            Some(&at) => at,
            None => {
                let at = self.text(entry.country);
                self.countries.insert(entry.country.into(), at);
                at
            }
        };
        let (profiles, n_known) = (&mut self.profiles, self.numbers.len());
        *self.numbers.entry((kind, subtype, entry.priority, country)).or_insert_with(|| {
            profiles.extend_from_slice(&[kind, subtype]);
            profiles.extend_from_slice(&entry.priority.to_le_bytes());
            profiles.extend_from_slice(&country.to_le_bytes());
            profiles.extend_from_slice(&(entry.country.len() as u32).to_le_bytes());
            n_known
        })
    }
}

const KINDS: [Kind; 7] =
    [Kind::Nothing, Kind::Institution, Kind::Person, Kind::Place, Kind::Date, Kind::Sector, Kind::Amount];
// Five bits of a record tell the kind.
const _: () = assert!(KINDS.len() + MAX_DECLARED <= 32);
// And seven bits of a profile the subtype.
const _: () = assert!(Subtype::ALL.len() < HAS_CONDITIONS as usize);

/// The number of a kind in records, below 32.
pub(super) fn kind_number(kind: Kind) -> u8 {
    match kind {
        Kind::Custom(number) => KINDS.len() as u8 + number,
        _ => KINDS.iter().position(|&other| other == kind).unwrap_or_default() as u8,
    }
}

/// The kind of a number.
#[inline]
pub(super) fn kind_of(number: u8) -> Kind {
    KINDS.get(usize::from(number)).copied().unwrap_or(Kind::Custom(number.saturating_sub(KINDS.len() as u8)))
}
