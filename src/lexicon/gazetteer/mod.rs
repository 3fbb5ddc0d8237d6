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
mod map;
mod records;
mod scan;
mod table;
mod units;

pub use file::Damage;

use super::{
    Cache, Files, ListError, Table, cache,
    entry::{Kind, Subtype},
};
use file::{Layout, Section};
use hash::WordHasher;
use map::Bytes;
use records::{SPELLING_BYTES, SpellingRecord};
use std::{io, path::Path};

/// All lists of names in one matcher.
#[derive(Debug)]
pub struct Gazetteer {
    bytes: Bytes,
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
        Ok(Self::check(Bytes::Owned(bytes), Some(key)).expect("what was compiled just now is whole"))
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const TEXT: &str = "Il Banco del Nido e l’ARPAB a Vico: BANCO DEL NIDO.";

    fn files() -> Files {
        let list = "id\tkind\tname\taliases\tacronym\tcountry\n\
            local:nido\tinstitution\tBanco del Nido\tit:Nido Banco\tBDN\tIT\n\
            local:vico\tplace\tVico\t\t\tIT\nlocal:arpab\tinstitution\tAgenzia del Nido\t\tARPAB\tIT\n";
        Files::from_pairs([("institutions/x.tsv", list)])
    }

    /// What is found in [`TEXT`], with all that is known of it.
    fn answer(gazetteer: &Gazetteer) -> String {
        let mut found = Vec::new();
        gazetteer.find(TEXT, &mut found);
        let show = |lookup: &Lookup| {
            let readings: Vec<_> =
                gazetteer.readings(lookup.name).map(|reading| (reading, gazetteer.entry(reading.entry))).collect();
            format!("{lookup:?} {readings:?}")
        };
        found.iter().map(show).collect::<Vec<_>>().join("\n") + &format!("{:?}", gazetteer.by_id("local:vico"))
    }

    #[test]
    fn a_file_and_memory_give_the_same_answers() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.gazetteer");
        cache::write_whole(&path, &Gazetteer::compile(&files()).expect("the list is right")).expect("a file");
        let mapped = Gazetteer::check(Bytes::map(&path).expect("a file"), None).expect("it is whole");
        let read = Gazetteer::check(Bytes::read(&path).expect("a file"), None).expect("it is whole");
        let loaded = Gazetteer::load(&files()).expect("the list is right");
        assert_eq!(answer(&mapped), answer(&read));
        assert_eq!(answer(&mapped), answer(&loaded));
        assert_eq!(answer(&mapped).matches("local:nido").count(), 2);
    }

    #[test]
    fn a_damaged_file_is_never_read() {
        let bytes = Gazetteer::compile(&files()).expect("the list is right");
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << (at % 8);
            assert!(Gazetteer::check(Bytes::Owned(damaged), None).is_err(), "byte {at}");
        }
        for len in 0..bytes.len() {
            assert!(Gazetteer::check(Bytes::Owned(bytes[..len].to_vec()), None).is_err(), "length {len}");
        }
    }

    #[test]
    fn damage_behind_a_right_hash_does_not_end_the_program() {
        let bytes = Gazetteer::compile(&files()).expect("the list is right");
        let mut n_read = 0;
        for at in 0..bytes.len() {
            for value in [0, 0xff, bytes[at] ^ 0x10] {
                let mut damaged = bytes.clone();
                damaged[at] = value;
                file::sign(&mut damaged);
                if let Ok(gazetteer) = Gazetteer::check(Bytes::Owned(damaged), None) {
                    n_read += usize::from(!answer(&gazetteer).is_empty());
                    let _ = gazetteer.spelling("Banco del Nido");
                }
            }
        }
        assert!(n_read > bytes.len());
    }

    #[test]
    fn a_cache_is_made_used_and_mended() {
        let folder = tempfile::tempdir().expect("a folder");
        let (cache, files) = (Cache::at(folder.path().join("new")), files());
        let key = files.key();
        let path = cache.path(&key).expect("there is a folder");
        let load = || answer(&Gazetteer::load_cached(&files, &cache, &key).expect("the list is right"));
        let expected = load();
        let whole = fs::read(&path).expect("it is written");
        for damaged in [&whole[..whole.len() - 1], &whole[..100], b"", &[0; 4000]] {
            fs::write(&path, damaged).expect("the folder can be written");
            assert_eq!(load(), expected);
            assert_eq!(fs::read(&path).expect("it is mended"), whole);
        }
        let other = Files::from_pairs([("institutions/x.tsv", "id\tkind\tname\nlocal:a\tplace\tVico\n")]);
        let other = Gazetteer::compile(&other).expect("the list is right");
        fs::write(&path, other).expect("the folder can be written");
        assert_eq!(load(), expected, "a file of other lists is not read");
    }

    #[test]
    fn two_starts_at_once_share_a_cache() {
        let folder = tempfile::tempdir().expect("a folder");
        let (cache, files) = (Cache::at(folder.path()), files());
        let load = || answer(&Gazetteer::load_cached(&files, &cache, &files.key()).expect("the list is right"));
        let expected = load();
        fs::remove_file(cache.path(&files.key()).expect("there is a folder")).expect("it is there");
        std::thread::scope(|threads| {
            let starts: Vec<_> = (0..8).map(|_| threads.spawn(load)).collect();
            assert!(starts.into_iter().all(|start| start.join().expect("no start fails") == expected));
        });
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1, "nothing is left behind");
    }

    #[test]
    fn a_cache_that_cannot_be_written_costs_time_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        fs::write(&file, "no folder").expect("the folder can be written");
        let files = files();
        let gazetteer = Gazetteer::load_cached(&files, &Cache::at(file.join("x")), &files.key());
        assert_eq!(gazetteer.expect("the list is right").len(), 3);
    }

    #[test]
    fn own_rows_come_first_and_stand_for_shipped_ones() {
        let own = "id\tkind\tname\nlocal:vico\tplace\tVico Nuovo\nlocal:own\tplace\tBanco del Nido\n";
        let layers = files().with(Files::from_pairs([("places/own.tsv", own)]));
        let gazetteer = Gazetteer::load(&layers).expect("an id may be in two layers");
        let id = gazetteer.by_id("local:vico").expect("the row is there");
        assert_eq!(gazetteer.entry(id).name, "Vico Nuovo");
        let name = gazetteer.spelling("Banco del Nido").expect("it is a name");
        let ids: Vec<&str> = gazetteer.readings(name).map(|reading| gazetteer.entry(reading.entry).id).collect();
        assert_eq!(ids, ["local:own", "local:nido"]);
        assert_eq!(gazetteer.spelling("Vico"), None);
    }

    #[test]
    fn an_id_twice_in_a_layer_is_told_with_both_lines() {
        let list = "id\tkind\tname\nlocal:a\tplace\tVico\nlocal:a\tplace\tNido\n";
        let error = Gazetteer::load(&Files::from_pairs([("places/x.tsv", list)])).expect_err("the id is there twice");
        assert_eq!(
            error.to_string(),
            "places/x.tsv:3: the id 'local:a' is already taken at places/x.tsv:2; merge the two rows"
        );
    }
}
