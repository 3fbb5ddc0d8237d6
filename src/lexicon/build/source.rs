//! The source tables: tab-separated, plain or gzipped.

use super::super::{ListError, Table};
use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

/// A build that cannot be made: where, what, and what to do.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct SourceError(#[from] ListError);

impl SourceError {
    pub(super) fn file(path: &Path, message: impl Into<String>) -> Self {
        Self(ListError::at(&path.to_string_lossy(), 0, message))
    }

    pub(super) fn at(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self(ListError::at(path, line, message))
    }
}

/// The folder of the source tables.
#[derive(Debug)]
pub(super) struct Sources {
    folder: PathBuf,
}

/// One source table.
#[derive(Debug)]
pub(super) struct SourceTable {
    path: String,
    text: String,
}

impl Sources {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf() }
    }

    /// The table `name`, from `name.tsv` or `name.tsv.gz`.
    pub(super) fn table(&self, name: &str) -> Result<SourceTable, SourceError> {
        let plain = self.folder.join(format!("{name}.tsv"));
        let zipped = self.folder.join(format!("{name}.tsv.gz"));
        let (path, bytes) = if plain.exists() { (&plain, fs::read(&plain)) } else { (&zipped, unzip(&zipped)) };
        let bytes = bytes.map_err(|error| SourceError::file(path, format!("cannot be read: {error}")))?;
        let text = String::from_utf8(bytes).map_err(|_| SourceError::file(path, "is not UTF-8"))?;
        Ok(SourceTable { path: path.to_string_lossy().into_owned(), text: without_slips(&text) })
    }
}

/// The text without the slips of those who made the table: Windows-1252 marks that were taken for control characters
/// (`\u{8a}` is `Š`), no-break and repeated blanks.
fn without_slips(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{80}'..='\u{9f}' => {
                clean.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[character as u8]).0)
            }
            '\u{a0}' | ' ' if clean.ends_with(' ') => {}
            '\u{a0}' => clean.push(' '),
            '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{fffd}' => {}
            _ if character.is_control() && !matches!(character, '\n' | '\t') => {}
            _ => clean.push(character),
        }
    }
    clean
}

fn unzip(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    flate2::read::MultiGzDecoder::new(fs::File::open(path)?).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl SourceTable {
    /// The cells of `columns`, row by row.
    pub(super) fn rows<const N: usize>(
        &self,
        columns: [&str; N],
    ) -> Result<impl Iterator<Item = Result<[&str; N], SourceError>>, SourceError> {
        let table = Table::new(&self.path, &self.text).require(&columns)?;
        Ok(table.rows(columns).map(|row| row.map(|row| row.cells).map_err(SourceError::from)))
    }

    /// The rows as bodies, places or people.
    pub(super) fn things(&self) -> Result<impl Iterator<Item = Result<Thing<'_>, SourceError>>, SourceError> {
        let columns = [
            "id",
            "subtype",
            "name",
            "country",
            "names",
            "gen",
            "ror",
            "wikidata",
            "geonames",
            "other_ids",
            "src",
            "note",
        ];
        Ok(self.rows(columns)?.map(|row| {
            let [id, subtype, name, country, names, generated, ror, wikidata, geonames, other_ids, origin, note] = row?;
            Ok(Thing { id, subtype, name, country, names, generated, ror, wikidata, geonames, other_ids, origin, note })
        }))
    }
}

/// A row of a table of bodies, places, people or sectors.
#[derive(Debug, Clone, Copy)]
pub(super) struct Thing<'t> {
    pub(super) id: &'t str,
    pub(super) subtype: &'t str,
    pub(super) name: &'t str,
    pub(super) country: &'t str,
    names: &'t str,
    generated: &'t str,
    pub(super) ror: &'t str,
    pub(super) wikidata: &'t str,
    pub(super) geonames: &'t str,
    other_ids: &'t str,
    pub(super) origin: &'t str,
    pub(super) note: &'t str,
}

impl<'t> Thing<'t> {
    /// Tag and text of each name; the tag is a language or one of the table's own words (`acr`, `alt`, `nat`, `und`).
    pub(super) fn names(&self) -> impl Iterator<Item = (&'t str, &'t str)> {
        tagged(self.names)
    }

    /// Names that someone made by a pattern.
    pub(super) fn generated(&self) -> impl Iterator<Item = (&'t str, &'t str)> {
        tagged(self.generated)
    }

    /// The value of a key of `other_ids`; empty when there is none.
    pub(super) fn other(&self, key: &str) -> &'t str {
        self.others().find(|&(name, _)| name == key).map_or("", |(_, value)| value)
    }

    /// Every key and value of `other_ids`.
    pub(super) fn others(&self) -> impl Iterator<Item = (&'t str, &'t str)> {
        self.other_ids.split(';').filter_map(|pair| pair.split_once('='))
    }

    /// Population; 0 when the table gives none.
    pub(super) fn population(&self) -> u64 {
        self.other("pop").parse().unwrap_or(0)
    }
}

fn tagged(joined: &str) -> impl Iterator<Item = (&str, &str)> {
    joined.split('|').filter_map(|name| name.split_once(':')).filter(|(_, text)| !text.trim().is_empty())
}
