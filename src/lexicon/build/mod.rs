//! Making the shipped lists from the source tables: one command, the same bytes each time.
//!
//! Read `source.rs` (what comes in), `draft.rs` (a row in the making), then one file for each family of tables
//! (`places.rs`, `bodies.rs`, `people.rs`, `sectors.rs`, `evidence.rs`), `merge.rs` (one body, one row), `risk.rs`
//! (which spellings never count alone), and `write.rs` (what goes out). What a table's words mean for us is data:
//! `build/rules.toml` in the gazetteers folder.

mod bodies;
mod draft;
mod evidence;
mod fold;
mod heads;
pub mod import;
mod merge;
mod people;
mod places;
mod risk;
mod rules;
mod sectors;
mod source;
mod write;

pub(super) use fold::fold_name;
pub use source::SourceError;

use rules::Rules;
use source::Sources;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The lists that a build makes, and what it left out.
#[derive(Debug, Default)]
pub struct Built {
    /// Content of each file, by its path inside the gazetteers folder.
    pub files: BTreeMap<String, String>,
    /// How often each thing was done or left out, in words.
    pub counts: BTreeMap<&'static str, usize>,
}

impl Built {
    fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    /// Writes the files into `folder`; lists there that are written by hand stay as they are.
    ///
    /// # Errors
    ///
    /// Returns the first file that cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), SourceError> {
        for (path, text) in &self.files {
            let path = folder.join(path);
            let unwritable = |error: std::io::Error| SourceError::file(&path, format!("cannot be written: {error}"));
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).map_err(unwritable)?;
            }
            fs::write(&path, text).map_err(unwritable)?;
        }
        Ok(())
    }
}

/// Makes the lists from the tables in `from`, by the rules in `rules` (the text of `rules.toml`).
///
/// # Errors
///
/// Returns the first table that is missing or cannot be read, with its line, or the mistake in the rules.
pub fn build(from: &Path, rules: &str) -> Result<Built, SourceError> {
    let rules = Rules::parse(rules)?;
    let sources = Sources::new(from);
    let mut built = Built::default();
    let places = places::read(&sources, &rules, &mut built)?;
    let words = evidence::Words::read(&sources, &places)?;
    let mut drafts = bodies::read(&sources, &rules, &places, &mut built)?;
    drafts.extend(places.drafts);
    drafts.extend(people::read(&sources)?);
    drafts.extend(sectors::read(&sources, &rules)?);
    spell(&mut drafts, &rules)?;
    let shares = risk::Shares::of(&drafts);
    for draft in &mut drafts {
        draft.finish();
        risk::mark(draft, &words, &shares, &rules);
    }
    write::lists(drafts, &mut built);
    evidence::write(&sources, &rules, &mut built)?;
    write::pack(&rules, &mut built)?;
    Ok(built)
}

/// Gives rows the further spellings of the rules.
fn spell(drafts: &mut [draft::Draft], rules: &Rules) -> Result<(), SourceError> {
    let mut missing: BTreeSet<&str> = rules.spellings.keys().map(String::as_str).collect();
    for draft in drafts {
        let id = draft.id.clone();
        missing.remove(id.as_str());
        for (language, text) in rules.spellings_of(&id) {
            draft.add(language, text);
        }
    }
    match missing.first() {
        Some(id) => {
            let message = format!(
                "[spellings] has names for '{id}', which no source table has; take its line out or mend the id"
            );
            Err(SourceError::at("build/rules.toml", 0, message))
        }
        None => Ok(()),
    }
}
