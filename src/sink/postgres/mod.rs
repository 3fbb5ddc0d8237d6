//! Rows in a PostgreSQL database.
//!
//! Read `../tables`, then `address.rs` (where it is, who may), `line.rs` (a connection, and how long an answer is waited
//! for), `session.rs` (its lock, what to do when it is lost), `batch.rs` (rows on their way), `send.rs` (one transaction) and `sink.rs`. A document's rows and its done-mark are
//! in one transaction; a transaction of which nobody knows whether it was committed is done again, and changes nothing if
//! it was.

#[cfg(feature = "postgres")]
mod address;
#[cfg(feature = "postgres")]
mod batch;
#[cfg(feature = "postgres")]
mod failed;
#[cfg(feature = "postgres")]
mod line;
#[cfg(feature = "postgres")]
mod read;
#[cfg(feature = "postgres")]
mod send;
#[cfg(feature = "postgres")]
mod session;
#[cfg(feature = "postgres")]
mod sink;
#[cfg(feature = "postgres")]
mod tls;

use super::Format;
#[cfg(not(feature = "postgres"))]
use super::SinkError;

/// PostgreSQL.
#[cfg(feature = "postgres")]
pub(super) const FORMAT: Format =
    Format { name: "postgres", pattern: PATTERN, accepts, open: sink::open, marks: read::marks, read: read::read };

/// What is said of PostgreSQL by a program without it.
#[cfg(not(feature = "postgres"))]
pub(super) const FORMAT: Format = Format {
    name: "postgres",
    pattern: PATTERN,
    accepts,
    open: |target, _| Err(absent(target)),
    marks: |target, _| Err(absent(target)),
    read: |target, _| Err(absent(target)),
};

const PATTERN: &str = "postgres://…";

#[cfg(not(feature = "postgres"))]
fn absent(target: &str) -> SinkError {
    SinkError::Feature { target: super::without_password(target), feature: "postgres" }
}

fn accepts(target: &str) -> bool {
    ["postgres://", "postgresql://"].iter().any(|scheme| target.starts_with(scheme))
}
