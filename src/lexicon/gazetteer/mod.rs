//! All lists of names in one matcher.
//!
//! Read `units.rs` (what names are made of) and `fold.rs`, then `compare.rs` (when a stretch of text is a spelling), then
//! `compile.rs` with `table.rs`, `records.rs` and `file.rs` (from lists to bytes), then `find.rs` with `scan.rs`.

mod compare;
mod compile;
mod file;
mod find;
mod fold;
mod hash;
mod legal;
mod records;
mod scan;
mod table;
mod units;

pub use file::Damage;

use super::{
    Files, ListError, Table,
    entry::{Kind, Subtype},
};
use file::{Layout, Section};
use hash::WordHasher;
use records::{SPELLING_BYTES, SpellingRecord};

/// All lists of names in one matcher.
#[derive(Debug)]
pub struct Gazetteer {
    bytes: Vec<u8>,
    layout: Layout,
    conjunctions: Vec<String>,
    conjunction_hashes: Vec<u64>,
    particles: Vec<String>,
}

impl Gazetteer {
    /// Compiles every list of names in `files`, in memory.
    ///
    /// # Errors
    ///
    /// Returns the first row that cannot be used.
    pub fn load(files: &Files) -> Result<Self, ListError> {
        let key = files.key();
        let bytes = compile::compile(files, &key)?;
        Ok(Self::from_bytes(bytes, Some(&key)).expect("what was compiled just now is whole"))
    }

    /// The gazetteer that `bytes` hold; `key` is the hash of the lists that it should be compiled from.
    fn from_bytes(bytes: Vec<u8>, key: Option<&[u8; 32]>) -> Result<Self, Damage> {
        let layout = Layout::check(&bytes, key)?;
        let lines = |section| -> Vec<String> {
            let text = std::str::from_utf8(layout.section(&bytes, section)).unwrap_or_default();
            text.lines().map(str::to_owned).collect()
        };
        let (conjunctions, particles) = (lines(Section::Conjunctions), lines(Section::Particles));
        let hash = |word: &String| units::unit_at(word, 0, layout.seed).map(|unit| unit.hash);
        let conjunction_hashes = conjunctions.iter().filter_map(hash).collect();
        Ok(Self { bytes, layout, conjunctions, conjunction_hashes, particles })
    }

    /// How rows use a spelling, in the order of the lists.
    pub fn readings(&self, name: NameId) -> impl Iterator<Item = Reading<'_>> {
        self.group(name.group).filter(move |record| name.classes >> record.class & 1 == 1).map(|record| Reading {
            entry: EntryId(record.entry),
            form: record.form,
            language: records::language_tag(record.language),
            is_weak: record.is_weak,
            surface: self.text_of(&record),
            case: record.case,
            is_stripped: record.is_stripped,
        })
    }

    /// What the lists say of a row.
    pub fn entry(&self, id: EntryId) -> Entry<'_> {
        records::read_entry(self.entries(), self.heap(), id.0 as usize)
    }

    /// The row of a CURIE.
    pub fn by_id(&self, id: &str) -> Option<EntryId> {
        let slots = self.layout.section(&self.bytes, Section::Ids).as_chunks::<4>().0;
        let first = id_slot(id, slots.len());
        let (before, from) = slots.split_at_checked(first)?;
        for slot in from.iter().chain(before) {
            let entry = u32::from_le_bytes(*slot).checked_sub(1)?;
            if records::read_entry(self.entries(), self.heap(), entry as usize).id == id {
                return Some(EntryId(entry));
            }
        }
        None
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.entries().len() / records::ENTRY_BYTES
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of spellings, with those that a legal form was left out of.
    pub fn n_spellings(&self) -> usize {
        self.layout.section(&self.bytes, Section::Spellings).len() / SPELLING_BYTES
    }

    fn group(&self, first: u32) -> impl Iterator<Item = SpellingRecord> {
        let records = self.layout.section(&self.bytes, Section::Spellings);
        let mut next = Some(first as usize);
        std::iter::from_fn(move || {
            let record = SpellingRecord::read(records, next?)?;
            next = next.filter(|_| !record.is_last).map(|at| at + 1);
            Some(record)
        })
    }

    fn text_of(&self, record: &SpellingRecord) -> &str {
        records::text_at(self.heap(), record.at as usize, record.len)
    }

    fn entry_kind(&self, entry: u32) -> Kind {
        records::entry_kind(self.entries(), entry as usize)
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

    fn table(&self) -> &[u8] {
        self.layout.section(&self.bytes, Section::Table)
    }

    fn entries(&self) -> &[u8] {
        self.layout.section(&self.bytes, Section::Entries)
    }

    fn heap(&self) -> &[u8] {
        self.layout.section(&self.bytes, Section::Heap)
    }

    fn conjunctions(&self) -> &[String] {
        &self.conjunctions
    }

    fn conjunction_hashes(&self) -> &[u64] {
        &self.conjunction_hashes
    }

    fn particles(&self) -> &[String] {
        &self.particles
    }
}

/// The slot where the search for an id begins, among `n_slots`, a power of two.
fn id_slot(id: &str, n_slots: usize) -> usize {
    let mut hasher = WordHasher::new(0);
    id.bytes().for_each(|byte| hasher.push(byte));
    hasher.finish() as usize & n_slots.wrapping_sub(1)
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

/// A row of the lists, as the matcher keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub(crate) u32);

/// One spelling under which names meet; several rows may share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameId {
    /// Number of the first spelling of the group.
    group: u32,
    /// Bit for each class of spellings that the case policy allows.
    classes: u32,
}

/// What a list says of one entity. Texts are empty where the list is silent.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'g> {
    /// CURIE of the entity.
    pub id: &'g str,
    /// Its kind.
    pub kind: Kind,
    /// Its subtype.
    pub subtype: Option<Subtype>,
    /// Canonical name.
    pub name: &'g str,
    /// First acronym.
    pub acronym: &'g str,
    /// ISO 3166-1 alpha-2 code.
    pub country: &'g str,
    /// Id of the whole that it is a part of; for a sector term its code.
    pub parent: &'g str,
    /// Other CURIEs, joined by `|`.
    pub same_as: &'g str,
    /// Words of which one must stand near, joined by `|`.
    pub needs: &'g str,
    /// Words of which none may stand near, joined by `|`.
    pub never: &'g str,
    /// The higher wins where names are shared.
    pub priority: i16,
}

/// A stretch of text that a list knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lookup {
    /// Where it stands, exactly as written.
    pub span: crate::text::Span,
    /// The spelling that was met.
    pub name: NameId,
    /// What had to be folded to meet it.
    pub folds: Folds,
    /// How it is cased, beside the spelling of the list.
    pub written: Written,
}

/// How a stretch of text is cased, beside the spelling of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// As in the list.
    Exact,
    /// In capitals throughout (`UNIVERSITÀ DI BOLOGNA`).
    Capitals,
    /// Otherwise, but every word that has a capital in the list has one here too.
    Title,
    /// Otherwise: only spellings whose case policy is `any` are found so.
    Any,
}

impl Written {
    /// The lower, the closer to the list.
    fn rank(self) -> u8 {
        self as u8
    }
}

/// One way in which a row uses a spelling.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'g> {
    /// The row.
    pub entry: EntryId,
    /// What the spelling is to it.
    pub form: Form,
    /// Language that the list gives for the spelling; empty if none.
    pub language: &'g str,
    /// Marked `!`: never counts alone.
    pub is_weak: bool,
    /// The spelling as the list has it.
    pub surface: &'g str,
    /// The row's case policy.
    pub case: CasePolicy,
    /// Whether the list has a legal form behind the spelling that was left out.
    pub is_stripped: bool,
}

/// Which casings of a spelling count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CasePolicy {
    /// As in the list, in capitals, or in title case; acronyms as in the list, and from four letters on in title case.
    Usual,
    /// Any.
    Any,
    /// As in the list.
    Exact,
}

/// What a spelling is to its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Its canonical name.
    Name,
    /// Another name.
    Alias,
    /// An acronym.
    Acronym,
}

macro_rules! folds {
    ($($name:ident = $bit:literal $word:literal $doc:literal,)*) => {
        impl Folds {
            $(#[doc = $doc] pub const $name: Self = Self(1 << $bit);)*

            /// The words of the foldings, in a fixed order.
            pub fn words(self) -> impl Iterator<Item = &'static str> {
                [$((Self::$name, $word)),*].into_iter().filter(move |&(fold, _)| self.contains(fold)).map(|(_, word)| word)
            }
        }
    };
}

/// Foldings that were needed to meet a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Folds(u16);

impl Folds {
    /// None at all.
    pub const NONE: Self = Self(0);

    /// Whether every folding of `other` is among these.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// How many there are.
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// These and `other`.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

folds! {
    CASE = 0 "case" "Letters in capitals or title case.",
    ACCENT = 1 "accent" "Accents left out, decomposed, or written as an apostrophe.",
    APOSTROPHE = 2 "apostrophe" "`’` or `´` for `'`.",
    HYPHEN = 3 "hyphen" "Hyphen, dash and blank for one another.",
    BLANK = 4 "blank" "No-break, double and missing blanks, and line ends.",
    SOFT_HYPHEN = 5 "soft-hyphen" "Soft hyphens and hyphens at a line end.",
    DOTS = 6 "dots" "`K.A.I.S.T.` for `KAIST`.",
    LEGAL_FORM = 7 "legal-form" "A legal form left out or added.",
    AMPERSAND = 8 "ampersand" "`&` and its words in any language for one another.",
    QUOTES = 9 "quotes" "Quotation marks of another kind, left out or added.",
}
