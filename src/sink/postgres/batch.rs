//! Rows on their way, in the
//! [binary form of COPY](https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.55.9.4). They are kept until their
//! transaction is known to be committed, so that it can be done again.

use crate::{
    raw::{Failure, Stage},
    record::Record,
    sink::tables::{Cell, Put, Table, put_record},
};
use std::{
    collections::{BTreeMap, HashSet},
    convert::Infallible,
    ops::Range,
};

/// Begins what is copied: a signature, no flags, no extension.
pub(super) const HEADER: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// Ends what is copied.
pub(super) const TRAILER: &[u8] = &(-1_i16).to_be_bytes();

/// Longer ids and links find no place in an index, in bytes: a third of a page of 8 kB, less what stands beside them.
const MAX_KEY_BYTES: usize = 2000;

/// What is written in one transaction.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Documents with rows, in their order.
    pub documents: Vec<Document>,
    ids: HashSet<String>,
    /// The rows of each table, in the order of [`Table::ALL`].
    tables: Vec<Rows>,
    /// Rows of the lists, by their link.
    pub links: BTreeMap<String, Vec<u8>>,
    /// Documents that have failed no more.
    pub cleared: Vec<String>,
    /// Documents that failed, by id and code.
    pub failures: BTreeMap<(String, &'static str), Failure>,
    /// Outcomes that were taken.
    pub n_outcomes: usize,
    n_bytes: usize,
}

/// Whose rows they are.
#[derive(Debug, Clone)]
pub(super) struct Document {
    pub id: String,
    pub uri: String,
}

impl Document {
    /// A failure, since the database refused its rows.
    pub fn unstorable(&self, reason: String) -> Failure {
        Failure { id: self.id.clone(), uri: self.uri.clone(), stage: Stage::Write, code: "unstorable", reason }
    }
}

/// Rows of one table.
#[derive(Debug, Default)]
struct Rows {
    bytes: Vec<u8>,
    /// Where the rows of each document end.
    ends: Vec<usize>,
}

impl Batch {
    /// Whether a document has rows in it.
    pub fn holds(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Length of all rows, in bytes.
    pub fn n_bytes(&self) -> usize {
        self.n_bytes
    }

    /// Takes the rows of a document; `known` are the rows of the lists that the database holds.
    pub fn add(&mut self, record: &Record, line: &[u8], known: &HashSet<String>) -> Result<(), Failure> {
        let document = Document { id: record.id.clone(), uri: record.source.uri.clone() };
        if let Some(reason) = unstorable(record) {
            return Err(document.unstorable(reason));
        }
        let line = std::str::from_utf8(line).expect("JSON is UTF-8");
        self.tables.resize_with(Table::ALL.len(), Rows::default);
        let mut encoder = Encoder { batch: self, text: &record.text, known };
        let Ok(()) = put_record(record, line, &mut encoder);
        for rows in &mut self.tables {
            rows.ends.push(rows.bytes.len());
        }
        self.n_bytes = self.tables.iter().map(|rows| rows.bytes.len()).sum();
        self.ids.insert(document.id.clone());
        self.documents.push(document);
        Ok(())
    }

    /// Takes the rows of the lists of an earlier batch that did not get through.
    pub fn take_links(&mut self, earlier: &Self) {
        for (link, row) in &earlier.links {
            self.links.entry(link.clone()).or_insert_with(|| row.clone());
        }
    }

    /// What it holds besides rows.
    pub fn without_rows(&self) -> Self {
        Self {
            cleared: self.cleared.clone(),
            failures: self.failures.clone(),
            n_outcomes: self.n_outcomes,
            ..Self::default()
        }
    }

    /// Notes a failure.
    pub fn fail(&mut self, failure: Failure) {
        self.failures.insert((failure.id.clone(), failure.code), failure);
    }

    /// Notes that a document has failed no more.
    pub fn clear(&mut self, id: &str) {
        self.failures.retain(|(failed, code), _| failed != id || *code == "duplicate-id");
        self.cleared.push(id.to_owned());
    }

    /// The rows of a table that belong to the documents of a range for which `is_wanted`, in stretches.
    pub fn stretches(
        &self,
        table: Table,
        range: Range<usize>,
        is_wanted: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = &[u8]> {
        let rows = &self.tables[table as usize];
        let wanted = range.filter(move |&idx| is_wanted(idx));
        wanted.map(|idx| &rows.bytes[idx.checked_sub(1).map_or(0, |before| rows.ends[before])..rows.ends[idx]])
    }
}

/// Why a document cannot be held, if it cannot.
fn unstorable(record: &Record) -> Option<String> {
    let keys = std::iter::once(&record.id).chain(record.entities.iter().filter_map(|entity| entity.link.as_ref()));
    for key in keys {
        if key.len() > MAX_KEY_BYTES {
            return Some(format!(
                "its id or a link is longer than {MAX_KEY_BYTES} bytes, which PostgreSQL cannot index"
            ));
        }
        if key.contains('\0') {
            return Some("its id or a link has a NUL character, which PostgreSQL cannot hold".to_owned());
        }
    }
    None
}

/// An id of a document that may be no document's, such as is in the table of failures: short, and without NUL.
pub(super) fn storable(id: &str) -> String {
    let id = id.replace('\0', "\u{fffd}");
    if id.len() <= MAX_KEY_BYTES {
        return id;
    }
    format!("{}…{}", &id[..id.floor_char_boundary(1000)], blake3::hash(id.as_bytes()).to_hex())
}

struct Encoder<'b> {
    batch: &'b mut Batch,
    /// The text of the document, which SQLite reads out of the record.
    text: &'b str,
    known: &'b HashSet<String>,
}

impl Put for Encoder<'_> {
    type Error = Infallible;

    fn has_taken(&self, link: &str) -> bool {
        self.known.contains(link) || self.batch.links.contains_key(link)
    }

    fn put(&mut self, table: Table, cells: &[Cell<'_>]) -> Result<(), Infallible> {
        if let (Table::CanonicalEntities, Some(Cell::Text(link))) = (table, cells.first()) {
            let mut row = Vec::new();
            encode(cells.iter().copied(), cells.len(), &mut row);
            self.batch.links.insert((*link).to_owned(), row);
            return Ok(());
        }
        let text = (table == Table::Documents).then_some(Cell::Text(self.text));
        let n_cells = cells.len() + text.iter().len();
        let bytes = &mut self.batch.tables[table as usize].bytes;
        encode(cells.iter().copied().chain(text), n_cells, bytes);
        Ok(())
    }
}

fn encode<'c>(cells: impl Iterator<Item = Cell<'c>>, n_cells: usize, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(&(n_cells as i16).to_be_bytes());
    for cell in cells {
        match cell {
            Cell::Null => bytes.extend_from_slice(&(-1_i32).to_be_bytes()),
            Cell::Integer(number) => encode_bytes(&number.to_be_bytes(), bytes),
            Cell::Real(number) => encode_bytes(&number.to_be_bytes(), bytes),
            // No text of PostgreSQL holds a NUL. The record has it escaped.
            Cell::Text(text) if text.contains('\0') => encode_bytes(text.replace('\0', "\u{fffd}").as_bytes(), bytes),
            Cell::Text(text) => encode_bytes(text.as_bytes(), bytes),
        }
    }
}

fn encode_bytes(value: &[u8], bytes: &mut Vec<u8>) {
    // The limit on documents keeps every value far below two gigabytes.
    bytes.extend_from_slice(&(value.len() as i32).to_be_bytes());
    bytes.extend_from_slice(value);
}
