//! One Parquet file: a row for each document, with its mentions, entities and missions nested in it.
//!
//! Read `columns.rs` (which there are), then `rows.rs` (a record as a row), then `file.rs`. The file is written whole and
//! takes its place at the end, as a file of JSON lines without a manifest does.

#[cfg(feature = "parquet")]
mod columns;
#[cfg(feature = "parquet")]
mod file;
#[cfg(feature = "parquet")]
mod rows;

use super::Format;
#[cfg(feature = "parquet")]
use super::Marks;
#[cfg(not(feature = "parquet"))]
use super::SinkError;

/// Parquet.
#[cfg(feature = "parquet")]
pub(super) const FORMAT: Format = Format {
    name: "parquet",
    pattern: PATTERN,
    accepts,
    open: file::open,
    marks: |_, _| Ok(Marks::default()),
    read: file::read,
};

/// What is said of Parquet by a program without it.
#[cfg(not(feature = "parquet"))]
pub(super) const FORMAT: Format = Format {
    name: "parquet",
    pattern: PATTERN,
    accepts,
    open: |target, _| Err(absent(target)),
    marks: |target, _| Err(absent(target)),
    read: |target, _| Err(absent(target)),
};

const PATTERN: &str = "x.parquet";

#[cfg(not(feature = "parquet"))]
fn absent(target: &str) -> SinkError {
    SinkError::Feature { target: target.to_owned(), feature: "parquet" }
}

fn accepts(target: &str) -> bool {
    target.ends_with(".parquet")
}
