//! How much the lists hold.

use super::{Files, ListError, entry};
use serde::Serialize;
use std::collections::BTreeMap;

/// How much the lists hold.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Rows of all lists of names.
    pub rows: usize,
    /// Spellings of all rows, with names and acronyms.
    pub names: usize,
    /// Spellings that never count alone.
    pub weak_names: usize,
    /// Acronyms among the spellings.
    pub acronyms: usize,
    /// Rows by kind.
    pub kinds: BTreeMap<String, usize>,
    /// Rows by kind and subtype (`institution/university`).
    pub subtypes: BTreeMap<String, usize>,
    /// Spellings by language; those of none under `-`.
    pub languages: BTreeMap<String, usize>,
    /// Rows by the scheme of their id (`ror`, `geonames`).
    pub schemes: BTreeMap<String, usize>,
    /// Rows by country; those of none under `-`.
    pub countries: BTreeMap<String, usize>,
    /// Rows by file; tables of evidence too.
    pub files: BTreeMap<String, usize>,
}

impl Stats {
    /// Counts what is in `files`.
    ///
    /// # Errors
    ///
    /// Returns the first row that cannot be read.
    pub fn of(files: &Files) -> Result<Self, ListError> {
        let mut stats = Self::default();
        for row in entry::rows(files) {
            let row = row?;
            stats.rows += 1;
            count(&mut stats.kinds, row.kind);
            if !row.subtype.is_empty() {
                count(&mut stats.subtypes, &format!("{}/{}", row.kind, row.subtype));
            }
            count(&mut stats.schemes, row.id.split_once(':').map_or("-", |(scheme, _)| scheme));
            count(&mut stats.countries, if row.country.is_empty() { "-" } else { row.country });
            count(&mut stats.files, row.path);
            for spelling in row.spellings() {
                stats.names += 1;
                stats.weak_names += usize::from(spelling.is_weak);
                stats.acronyms += usize::from(spelling.form == super::Form::Acronym);
                count(&mut stats.languages, if spelling.language.is_empty() { "-" } else { spelling.language });
            }
        }
        for file in files.below("evidence/") {
            let (path, text) = file?;
            if path.ends_with(".tsv") {
                stats.files.insert(path.to_owned(), text.lines().count().saturating_sub(1));
            }
        }
        Ok(stats)
    }
}

fn count(counts: &mut BTreeMap<String, usize>, key: &str) {
    match counts.get_mut(key) {
        Some(n_rows) => *n_rows += 1,
        None => {
            counts.insert(key.to_owned(), 1);
        }
    }
}
