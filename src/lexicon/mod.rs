//! What do we know beforehand? Language packs, lists of names, and the gazetteer made of them.
//!
//! Read `files.rs`, then `list.rs` and `entry.rs`, then `gazetteer`, then `pack`.

pub mod build;
mod cache;
pub mod diff;
mod entry;
pub mod export;
mod files;
pub mod gazetteer;
mod kinds;
pub mod lint;
mod list;
mod names;
mod nearest;
pub mod pack;
pub mod stats;

pub use cache::{Cache, write_whole};
pub use entry::{Kind, ListRow, Spelling, Subtype};
pub use files::Files;
pub use gazetteer::{CasePolicy, Entry, EntryId, Folds, Form, Gazetteer, Lookup, NameId, Profile, Reading, Written};
pub use kinds::Kinds;
pub use list::{ListError, Table};
pub use names::{CommonWords, NamePart, NameParts, Zipfs};
pub use nearest::{Nearest, nearest};
pub use pack::{Pack, Packs, UNDETERMINED};

/// Everything known beforehand; built once, shared by reference, never changed.
#[derive(Debug)]
pub struct Lexicon {
    /// A pack for each language, and one for texts of unknown language.
    pub packs: Packs,
    /// All lists of names in one matcher.
    pub gazetteer: Gazetteer,
    /// Given names and surnames: evidence for people, no names of anyone.
    pub name_parts: NameParts,
    /// Words that are no names, by language.
    pub common_words: CommonWords,
    /// Hash of every file that was loaded (`blake3:…`).
    pub hash: String,
}

impl Lexicon {
    /// Loads everything in `files`.
    ///
    /// # Errors
    ///
    /// Returns the first [`ListError`]: a file that is missing, is not UTF-8 or holds a row that cannot be used,
    /// with its line.
    pub fn load(files: &Files) -> Result<Self, ListError> {
        Self::load_cached(files, &Cache::none())
    }

    /// Loads everything in `files`; the compiled gazetteer comes from `cache`, or is put there for the next start.
    ///
    /// # Errors
    ///
    /// Those of [`Lexicon::load`]. A cache that is damaged or cannot be written is no error.
    pub fn load_cached(files: &Files, cache: &Cache) -> Result<Self, ListError> {
        let key = files.key();
        Ok(Self {
            packs: Packs::load(files)?,
            gazetteer: Gazetteer::load_cached(files, cache, &key)?,
            name_parts: NameParts::load(files)?,
            common_words: CommonWords::load(files)?,
            hash: format!("blake3:{}", blake3::Hash::from_bytes(key).to_hex()),
        })
    }
}
