//! All lists of names in one matcher.
//!
//! Read `name.rs` and `folds.rs` (what is said of a find), then `units.rs` (what names are made of) and `fold.rs`, then
//! `compare.rs` (when a stretch of text is a spelling), then `compile.rs` with `table.rs`, `rows.rs`, `records.rs` and
//! `file.rs` (from lists to bytes), then `find.rs` with `scan.rs`
//! (and `raw.rs`, `blocks.rs`, `processor.rs`), `reader.rs` and `take.rs`.

mod blocks;
mod compare;
mod compile;
mod exonyms;
mod file;
mod find;
mod fold;
mod folds;
mod hash;
mod ids;
mod legal;
mod map;
mod name;
mod processor;
mod raw;
mod reader;
mod records;
mod rows;
mod scan;
mod spellings;
mod table;
mod take;
mod units;

pub use file::Damage;
pub use folds::Folds;
pub use name::{CasePolicy, Entry, EntryId, Form, Lookup, NameId, Profile, Reading, Written};

use super::{Cache, Files, Kind, Kinds, ListError, Subtype, Table, cache};
use file::{Layout, Section};
use map::Bytes;

use rows::Rows;
use spellings::Spellings;
use std::{io, path::Path};

/// All lists of names in one matcher.
#[derive(Debug)]
pub struct Gazetteer {
    bytes: Bytes,
    layout: Layout,
    conjunctions: Vec<String>,
    conjunction_hashes: Vec<u64>,
    /// A bit for each hash of a conjunction, by its lowest bits.
    conjunction_bits: u64,
    particles: Vec<String>,
    kinds: Kinds,
    /// What rows share, taken out of the file once: every reading of a name asks for it.
    profiles: Vec<Shared>,
}

/// A profile that borrows nothing.
#[derive(Debug)]
struct Shared {
    kind: Kind,
    subtype: Option<Subtype>,
    country: Box<str>,
    priority: i16,
    has_conditions: bool,
}

impl Gazetteer {
    /// Compiles every list of names in `files`, in memory.
    ///
    /// # Errors
    ///
    /// Returns the first row that cannot be used.
    pub fn load(files: &Files) -> Result<Self, ListError> {
        Self::load_cached(files, &Cache::none(), &files.key())
    }

    /// The gazetteer of the lists in `files`, whose hash is `key`: from `cache` when it is there and whole, else compiled
    /// and put there. A cache that cannot be written costs time only.
    ///
    /// # Errors
    ///
    /// Returns the first row that cannot be used.
    pub(super) fn load_cached(files: &Files, cache: &Cache, key: &[u8; 32]) -> Result<Self, ListError> {
        let path = cache.path(key);
        let open = |path: &Path| Self::check(Bytes::map(path).ok()?, Some(key)).ok();
        if let Some(gazetteer) = path.as_deref().and_then(open) {
            return Ok(gazetteer);
        }
        let bytes = compile::compile(files, key)?;
        if let Some(path) = path.filter(|path| cache::write_whole(path, &bytes).is_ok()) {
            cache::make_room(&path);
            // The file is shared with the next process; the copy in memory can go.
            if let Some(gazetteer) = open(&path) {
                return Ok(gazetteer);
            }
        }
        Ok(Self::check(Bytes::in_memory(bytes), Some(key)).expect("what was compiled just now is whole"))
    }

    /// The compiled gazetteer of the lists in `files`, as [`Gazetteer::open`] takes it.
    ///
    /// # Errors
    ///
    /// Returns the first row that cannot be used.
    pub fn compile(files: &Files) -> Result<Vec<u8>, ListError> {
        compile::compile(files, &files.key())
    }

    /// Maps the compiled gazetteer at `path`; processes that map the same file share its memory.
    ///
    /// # Errors
    ///
    /// Returns an error when the file cannot be read, or is not wholly what a program of this version wrote.
    pub fn open(path: &Path) -> io::Result<Self> {
        Self::check(Bytes::map(path)?, None)
            .map_err(|damage| io::Error::new(io::ErrorKind::InvalidData, damage.to_string()))
    }

    /// The gazetteer that `bytes` hold; `key` is the hash of the lists that it should be compiled from.
    fn check(bytes: Bytes, key: Option<&[u8; 32]>) -> Result<Self, Damage> {
        let layout = Layout::check(&bytes, key)?;
        let lines = |section| -> Vec<String> {
            let text = std::str::from_utf8(layout.section(&bytes, section)).unwrap_or_default();
            text.lines().map(str::to_owned).collect()
        };
        let (conjunctions, particles) = (lines(Section::Conjunctions), lines(Section::Particles));
        let kinds = Kinds::from_lines(std::str::from_utf8(layout.section(&bytes, Section::Kinds)).unwrap_or_default());
        let hash = |word: &String| units::unit_at(word, 0, layout.seed).map(|unit| unit.hash);
        let conjunction_hashes: Vec<u64> = conjunctions.iter().filter_map(hash).collect();
        let conjunction_bits = conjunction_hashes.iter().fold(0, |bits, hash| bits | 1 << (hash & 63));
        let profiles = Vec::new();
        let mut gazetteer =
            Self { bytes, layout, conjunctions, conjunction_hashes, conjunction_bits, particles, kinds, profiles };
        gazetteer.profiles = gazetteer.rows().profiles().map(Shared::from).collect();
        Ok(gazetteer)
    }

    /// How rows use a spelling, in the order of the lists.
    pub fn readings(&self, name: NameId) -> impl Iterator<Item = Reading> {
        self.spellings().group(name.group).filter(move |record| name.classes >> record.class & 1 == 1).map(|record| {
            Reading {
                entry: EntryId(record.entry),
                form: record.form,
                language: records::language_tag(record.language),
                is_weak: record.is_weak,
                case: record.case,
                is_stripped: record.is_stripped,
            }
        })
    }

    /// What the lists say of a row.
    pub fn entry(&self, id: EntryId) -> Entry<'_> {
        self.rows().entry_of(id.0 as usize, self.profile(id))
    }

    /// The CURIE of a row: cheaper than [`Gazetteer::entry`].
    pub fn id(&self, id: EntryId) -> &str {
        self.rows().id(id.0 as usize)
    }

    /// What a row shares with many others: cheaper than [`Gazetteer::entry`].
    pub fn profile(&self, id: EntryId) -> Profile<'_> {
        self.profiles.get(self.rows().profile_number(id.0 as usize)).map_or(Profile::NONE, Shared::profile)
    }

    /// The row of a CURIE.
    pub fn by_id(&self, id: &str) -> Option<EntryId> {
        ids::find(self.layout.section(&self.bytes, Section::Ids), self.rows(), id).map(EntryId)
    }

    /// The word of a kind, in lists and records; of those that the lists declare, too.
    pub fn kind_word(&self, kind: Kind) -> &str {
        self.kinds.word(kind)
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows().len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of spellings, with those that a legal form was left out of.
    pub fn n_spellings(&self) -> usize {
        self.layout.n_spellings as usize
    }

    /// The parts of the file that tell spellings, looked up once.
    fn spellings(&self) -> Spellings<'_> {
        Spellings { rows: self.rows(), records: self.layout.section(&self.bytes, Section::Spellings) }
    }

    fn seed(&self) -> u64 {
        self.layout.seed
    }

    fn filter(&self) -> &[u8] {
        self.layout.section(&self.bytes, Section::Filter)
    }

    fn lower_filter(&self) -> &[u8] {
        self.layout.section(&self.bytes, Section::LowerFilter)
    }

    fn beginning_filter(&self) -> &[u8] {
        self.layout.section(&self.bytes, Section::BeginningFilter)
    }

    fn legal_filter(&self) -> &[u8] {
        self.layout.section(&self.bytes, Section::LegalFilter)
    }

    fn table(&self) -> &[u8] {
        self.layout.section(&self.bytes, Section::Table)
    }

    fn rows(&self) -> Rows<'_> {
        let section = |section| self.layout.section(&self.bytes, section);
        Rows { offsets: section(Section::Offsets), profiles: section(Section::Profiles), heap: self.heap() }
    }

    fn heap(&self) -> &[u8] {
        self.layout.section(&self.bytes, Section::Heap)
    }

    fn conjunctions(&self) -> &[String] {
        &self.conjunctions
    }

    /// Whether a word of this hash stands for `&`.
    #[inline]
    fn is_conjunction(&self, word: u64) -> bool {
        self.conjunction_bits >> (word & 63) & 1 == 1 && self.conjunction_hashes.contains(&word)
    }

    fn particles(&self) -> &[String] {
        &self.particles
    }
}

impl From<Profile<'_>> for Shared {
    fn from(profile: Profile<'_>) -> Self {
        let Profile { kind, subtype, country, priority, has_conditions } = profile;
        Self { kind, subtype, country: country.into(), priority, has_conditions }
    }
}

impl Shared {
    #[inline]
    fn profile(&self) -> Profile<'_> {
        let Self { kind, subtype, ref country, priority, has_conditions } = *self;
        Profile { kind, subtype, country, priority, has_conditions }
    }
}

/// Particles that may follow a name without a blank (`evidence/particles.tsv`, column `particle`).
fn particles(files: &Files) -> Result<Vec<String>, ListError> {
    let path = "evidence/particles.tsv";
    let mut particles = Vec::new();
    for text in files.texts(path) {
        for row in Table::new(path, text?).require(&["particle"])?.rows(["particle"]) {
            let [particle] = row?.cells;
            particles.push(particle.to_owned());
        }
    }
    Ok(particles)
}

#[cfg(test)]
mod tests;
