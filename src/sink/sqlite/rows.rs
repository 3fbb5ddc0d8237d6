//! Rows into a database. Every statement is prepared once and kept by the connection.

use crate::{
    record::Record,
    sink::tables::{Cell, Put, Table, put_record},
};
use rusqlite::{
    Connection, Result, ToSql, params_from_iter,
    types::{ToSqlOutput, Value, ValueRef},
};
use std::collections::HashSet;

/// Writes the rows of records.
#[derive(Debug)]
pub(super) struct Rows {
    /// The statement for each table, in the order of [`Table::ALL`].
    inserts: Vec<String>,
    /// Rows of the lists that were written in this run.
    links: HashSet<String>,
}

impl Default for Rows {
    fn default() -> Self {
        Self { inserts: Table::ALL.iter().map(|&table| insert(table)).collect(), links: HashSet::new() }
    }
}

impl Rows {
    /// Adds the rows of a document that the database does not hold.
    pub fn insert(&mut self, connection: &Connection, record: &Record, line: &[u8]) -> Result<()> {
        let line = std::str::from_utf8(line).expect("JSON is UTF-8");
        put_record(record, line, &mut Writer { connection, rows: self })
    }

    /// Forgets what was written, after a transaction was given up.
    pub fn forget(&mut self) {
        self.links.clear();
    }
}

fn insert(table: Table) -> String {
    let marks = vec!["?"; table.n_columns()].join(",");
    let insert = format!("INSERT INTO {} VALUES ({marks})", table.name());
    match table {
        // The newest lists win; the row is untouched when nothing changed.
        Table::CanonicalEntities => format!(
            "{insert} ON CONFLICT (link) DO UPDATE SET kind = excluded.kind, subtype = excluded.subtype,
             label = excluded.label, country = excluded.country, same_as = excluded.same_as
             WHERE (canonical_entities.kind, canonical_entities.subtype, canonical_entities.label,
                    canonical_entities.country, canonical_entities.same_as)
             IS NOT (excluded.kind, excluded.subtype, excluded.label, excluded.country, excluded.same_as)"
        ),
        _ => insert,
    }
}

struct Writer<'w> {
    connection: &'w Connection,
    rows: &'w mut Rows,
}

impl Put for Writer<'_> {
    type Error = rusqlite::Error;

    fn has_taken(&self, link: &str) -> bool {
        self.rows.links.contains(link)
    }

    fn put(&mut self, table: Table, cells: &[Cell<'_>]) -> Result<()> {
        self.connection.prepare_cached(&self.rows.inserts[table as usize])?.execute(params_from_iter(cells))?;
        if let (Table::CanonicalEntities, Some(Cell::Text(link))) = (table, cells.first()) {
            self.rows.links.insert((*link).to_owned());
        }
        Ok(())
    }
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>> {
        Ok(match *self {
            Cell::Null => ToSqlOutput::Owned(Value::Null),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Integer(number) => ToSqlOutput::Owned(Value::Integer(number)),
            Cell::Real(number) => ToSqlOutput::Owned(Value::Real(number)),
        })
    }
}
