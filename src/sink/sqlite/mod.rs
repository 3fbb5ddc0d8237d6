//! Rows in a SQLite database.
//!
//! Read `schema.sql` and `views.sql`, then this file (transactions, done-marks), then `rows.rs` (a record as rows).
//! A document's rows and its done-mark are in one transaction; there is no other journal.

#[cfg(feature = "sqlite")]
mod database;
#[cfg(feature = "sqlite")]
mod rows;
#[cfg(feature = "sqlite")]
mod sink;

use super::Format;
#[cfg(not(feature = "sqlite"))]
use super::SinkError;

/// SQLite.
#[cfg(feature = "sqlite")]
pub(super) const FORMAT: Format =
    Format { name: "sqlite", pattern: "x.db", accepts, open: sink::open, marks: sink::marks, read: database::read };

/// What is said of SQLite by a program without it.
#[cfg(not(feature = "sqlite"))]
pub(super) const FORMAT: Format = Format {
    name: "sqlite",
    pattern: "x.db",
    accepts,
    open: |target, _| Err(absent(target)),
    marks: |target, _| Err(absent(target)),
    read: |target, _| Err(absent(target)),
};

#[cfg(not(feature = "sqlite"))]
fn absent(target: &str) -> SinkError {
    SinkError::Feature { target: target.to_owned(), feature: "sqlite" }
}

fn accepts(target: &str) -> bool {
    [".db", ".sqlite", ".sqlite3"].iter().any(|ending| target.ends_with(ending))
}

/// What each version added; the version of a database is the number of these that it has.
const MIGRATIONS: &[&str] = &[concat!(include_str!("schema.sql"), "\n", include_str!("views.sql"))];

/// The statements that make a database of the newest version.
pub fn schema() -> String {
    MIGRATIONS.join("\n")
}
