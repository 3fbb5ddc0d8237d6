//! Rows in a SQLite database.
//!
//! Read `../tables`, then `sink.rs` (transactions, done-marks), `database.rs` (whose it is) and `rows.rs`.
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
