//! The compiled gazetteer as one stretch of bytes, in memory or in a file: a header, then sections.
//!
//! All numbers are little-endian. Sections begin at multiples of 64 bytes. The header holds a hash of itself and one of
//! everything behind it; nothing is believed before both agree.

use super::{fold::FOLD_VERSION, map::Bytes};
use std::{fmt, ops::Range};

/// Version of the layout of the file, and of what the compiler makes of a row.
const FORMAT_VERSION: u32 = 7;
const MAGIC: [u8; 8] = *b"gazettr\n";
const HEADER_BYTES: usize = 512;
const ALIGNMENT: usize = 64;

/// Places of the fields of the header.
mod place {
    pub(super) const FORMAT: usize = 8;
    pub(super) const FOLD: usize = 12;
    pub(super) const LEN: usize = 16;
    pub(super) const SEED: usize = 24;
    pub(super) const KEY: usize = 32;
    pub(super) const BODY_HASH: usize = 64;
    pub(super) const SECTIONS: usize = 96;
    pub(super) const N_SPELLINGS: usize = HEADER_HASH - 8;
    pub(super) const HEADER_HASH: usize = super::HEADER_BYTES - 32;
}

/// The parts of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Section {
    /// Bits of the first words of names.
    Filter,
    /// Bits of the first words that may stand in lower case.
    LowerFilter,
    /// Bits of the names of one word, and of the first two words of the others.
    BeginningFilter,
    /// Bits of the first words of legal forms.
    LegalFilter,
    /// Sequences of words.
    Table,
    /// One record a spelling, in the order of groups.
    Spellings,
    /// What rows share.
    Profiles,
    /// Where each row begins.
    Offsets,
    /// Rows by the hash of their id.
    Ids,
    /// Texts.
    Heap,
    /// Words that stand for `&`, one a line.
    Conjunctions,
    /// Particles that may follow a name without a blank, one a line.
    Particles,
    /// Kinds that the lists declare, one a line.
    Kinds,
}

const N_SECTIONS: usize = Section::Kinds as usize + 1;

/// Why a file is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// It is no compiled gazetteer, or it ends early.
    Truncated,
    /// Another version of the program wrote it.
    OtherVersion,
    /// It was compiled from other lists.
    OtherLists,
    /// Its hash is not that of its content.
    Hash,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Truncated => "it is no compiled gazetteer or ends early",
            Self::OtherVersion => "another version of the program wrote it",
            Self::OtherLists => "it was compiled from other lists",
            Self::Hash => "its content is damaged",
        })
    }
}

/// Where the parts of a checked file are.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    pub(super) seed: u64,
    /// Number of spellings, with those that need no record.
    pub(super) n_spellings: u64,
    sections: [Range<usize>; N_SECTIONS],
}

impl Layout {
    /// Reads and checks the header of `bytes`, and the hash of all that follows.
    ///
    /// `key` is the hash of the lists that it should be compiled from; none takes any.
    pub(super) fn check(bytes: &Bytes, key: Option<&[u8; 32]>) -> Result<Self, Damage> {
        let header = bytes.get(..HEADER_BYTES).filter(|header| header.starts_with(&MAGIC)).ok_or(Damage::Truncated)?;
        if number(header, place::FORMAT, 4) != u64::from(FORMAT_VERSION)
            || number(header, place::FOLD, 4) != u64::from(FOLD_VERSION)
        {
            return Err(Damage::OtherVersion);
        }
        if number(header, place::LEN, 8) != bytes.len() as u64 {
            return Err(Damage::Truncated);
        }
        let header_hash = &header[place::HEADER_HASH..];
        if header_hash != blake3::hash(&header[..place::HEADER_HASH]).as_bytes() {
            return Err(Damage::Hash);
        }
        if key.is_some_and(|key| header[place::KEY..place::KEY + 32] != key[..]) {
            return Err(Damage::OtherLists);
        }
        let body = bytes.hash_from(HEADER_BYTES).map_err(|_| Damage::Truncated)?;
        if header[place::BODY_HASH..place::BODY_HASH + 32] != *body.as_bytes() {
            return Err(Damage::Hash);
        }
        Self::read(header, bytes.len())
    }

    fn read(header: &[u8], len: usize) -> Result<Self, Damage> {
        let mut layout = Self {
            seed: number(header, place::SEED, 8),
            n_spellings: number(header, place::N_SPELLINGS, 8),
            ..Self::default()
        };
        for (idx, section) in layout.sections.iter_mut().enumerate() {
            let at = place::SECTIONS + idx * 16;
            let (start, n_bytes) = (number(header, at, 8), number(header, at + 8, 8));
            let end = start.checked_add(n_bytes).filter(|&end| end <= len as u64).ok_or(Damage::Truncated)?;
            *section = start as usize..end as usize;
        }
        Ok(layout)
    }

    /// The bytes of a section.
    #[inline]
    pub(super) fn section<'b>(&self, bytes: &'b [u8], section: Section) -> &'b [u8] {
        bytes.get(self.sections[section as usize].clone()).unwrap_or_default()
    }
}

fn number(header: &[u8], at: usize, n_bytes: usize) -> u64 {
    header[at..at + n_bytes].iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// Puts a file together.
#[derive(Debug)]
pub(super) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// A file compiled from the lists of hash `key`, with hashes of the given seed; `capacity` in bytes.
    pub(super) fn new(key: &[u8; 32], seed: u64, n_spellings: u64, capacity: usize) -> Self {
        let mut bytes = Vec::with_capacity(capacity + HEADER_BYTES + N_SECTIONS * ALIGNMENT);
        bytes.resize(HEADER_BYTES, 0);
        bytes[..MAGIC.len()].copy_from_slice(&MAGIC);
        let mut writer = Self { bytes };
        writer.put(place::FORMAT, &FORMAT_VERSION.to_le_bytes());
        writer.put(place::FOLD, &FOLD_VERSION.to_le_bytes());
        writer.put(place::SEED, &seed.to_le_bytes());
        writer.put(place::N_SPELLINGS, &n_spellings.to_le_bytes());
        writer.put(place::KEY, key);
        writer
    }

    fn put(&mut self, at: usize, field: &[u8]) {
        self.bytes[at..at + field.len()].copy_from_slice(field);
    }

    /// Adds a section.
    pub(super) fn section(&mut self, section: Section, content: &[u8]) {
        self.bytes.resize(self.bytes.len().next_multiple_of(ALIGNMENT), 0);
        let start = self.bytes.len() as u64;
        self.bytes.extend_from_slice(content);
        let at = place::SECTIONS + section as usize * 16;
        self.put(at, &start.to_le_bytes());
        self.put(at + 8, &(content.len() as u64).to_le_bytes());
    }

    /// The whole file.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.put(place::LEN, &(self.bytes.len() as u64).to_le_bytes());
        sign(&mut self.bytes);
        self.bytes
    }
}

/// Puts the hashes of a file into its header.
pub(super) fn sign(bytes: &mut [u8]) {
    let body = *blake3::hash(&bytes[HEADER_BYTES..]).as_bytes();
    bytes[place::BODY_HASH..place::BODY_HASH + 32].copy_from_slice(&body);
    let header = *blake3::hash(&bytes[..place::HEADER_HASH]).as_bytes();
    bytes[place::HEADER_HASH..HEADER_BYTES].copy_from_slice(&header);
}
