//! Where does it go?
//!
//! Read this file, then `marks.rs` (what an output remembers), `target.rs` (how a file is replaced and locked), then one format.

mod folder;
mod jsonl;
mod lines;
mod marks;
mod parquet;
mod postgres;
mod sqlite;
mod state;
#[cfg_attr(
    not(any(feature = "sqlite", feature = "postgres")),
    allow(
        dead_code,
        unused_imports,
        reason = "without a database its tables are described, and nothing is put into them"
    )
)]
mod tables;
mod target;

pub use marks::{Key, Marks, Seen, Stamp};
pub use tables::{Dialect, schema as sql_schema};
pub use target::now;

use crate::{
    raw::{Failure, reason},
    record::{Provenance, Record},
};
use std::{
    fmt,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

/// What became of a document.
#[derive(Debug)]
pub enum Outcome {
    /// A record.
    Record {
        /// The record.
        record: Box<Record>,
        /// The same as a line of JSON, without its line end.
        line: Vec<u8>,
        /// Whether the output holds an older record of the document.
        replaces: bool,
    },
    /// The output holds its record already; the id and its key.
    Unchanged(String),
    /// It could not be read or processed.
    Failed(Failure),
}

/// What an output is told before the first batch.
#[derive(Debug, Clone)]
pub struct Run {
    /// What makes the records.
    pub provenance: Provenance,
    /// Arguments of the run without its outputs, so that it can be repeated.
    pub arguments: Vec<String>,
    /// Folder that the arguments are relative to.
    pub folder: String,
    /// When it began, by the clock of the machine (`2026-03-01T02:00:00Z`).
    pub started: String,
}

/// How a run ended.
#[derive(Debug, Clone, Copy)]
pub enum Ending<'s> {
    /// Every input was read.
    Complete,
    /// Every input was read; what was not seen goes.
    Pruning(&'s Seen),
    /// It was asked to stop.
    Interrupted,
}

/// What an output says at the end of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closing {
    /// Documents of the last batches that this output could not hold.
    pub failures: Vec<Failure>,
    /// Documents that were taken out.
    pub n_pruned: u64,
    /// Documents that the output holds now, where it knows.
    pub n_documents: Option<u64>,
}

/// A place that takes outcomes in the order of the input.
pub trait Sink: Send {
    /// Prepares for a run, and tells what the output holds from earlier ones.
    ///
    /// # Errors
    ///
    /// Returns [`SinkError`] when the output cannot be read or written.
    fn begin(&mut self, run: &Run) -> Result<Arc<Marks>, SinkError>;

    /// Takes a batch, and tells which of its documents this output could not hold. After an error the sink is not used
    /// again.
    ///
    /// # Errors
    ///
    /// Returns [`SinkError`] when the output as a whole could not be written.
    fn write(&mut self, batch: &[Outcome]) -> Result<Vec<Failure>, SinkError>;

    /// Makes what was taken lasting.
    ///
    /// # Errors
    ///
    /// Returns [`SinkError`] when that failed.
    fn finish(self: Box<Self>, ending: Ending<'_>) -> Result<Closing, SinkError>;
}

/// What a user may set about outputs.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Manifest of an output of files, by which unchanged documents are known again.
    pub state: Option<PathBuf>,
    /// Whether to wait for another run that writes the same output.
    pub wait: bool,
    /// How long any wait may last.
    pub patience: Patience,
}

/// Whether waiting goes on: for another run, for a server that is away.
#[derive(Clone)]
pub struct Patience(Arc<dyn Fn() -> bool + Send + Sync>);

impl Patience {
    /// Waits end when `is_over` says so.
    pub fn until(is_over: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(is_over))
    }

    /// Whether waits are to end.
    pub(crate) fn is_over(&self) -> bool {
        (self.0)()
    }

    /// Waits a moment.
    ///
    /// # Errors
    ///
    /// Returns [`SinkError::Interrupted`] when it is over.
    pub(crate) fn wait(&self, moment: Duration) -> Result<(), SinkError> {
        let end = Instant::now() + moment;
        loop {
            if self.is_over() {
                return Err(SinkError::Interrupted);
            }
            match end.checked_duration_since(Instant::now()) {
                Some(rest) if !rest.is_zero() => thread::sleep(rest.min(Duration::from_millis(50))),
                _ => return Ok(()),
            }
        }
    }
}

impl Default for Patience {
    fn default() -> Self {
        Self::until(|| false)
    }
}

impl fmt::Debug for Patience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Patience")
    }
}

/// Takes one record as JSON; false ends the reading.
pub type Take<'t> = &'t mut dyn FnMut(&[u8]) -> bool;

/// Opens a target to write.
pub type Open = fn(&str, &Options) -> Result<Box<dyn Sink>, SinkError>;

/// A format of output.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its word in help.
    pub name: &'static str,
    /// How an output of it is written on the command line.
    pub pattern: &'static str,
    /// Whether `-o TARGET` means this format.
    pub accepts: fn(&str) -> bool,
    /// Opens the target to write.
    pub open: Open,
    /// What a target holds, without touching it.
    pub marks: fn(&str, &Options) -> Result<Marks, SinkError>,
    /// Reads the records of a target, in any order.
    pub read: fn(&str, Take<'_>) -> Result<(), SinkError>,
}

macro_rules! sinks {
    ($($sink:ident),* $(,)?) => {
        /// The formats of output; the first that accepts a target takes it.
        pub const FORMATS: &[Format] = &[$($sink::FORMAT),*];
    };
}

// PostgreSQL first: an address may end in anything.
sinks![postgres, jsonl, sqlite, parquet, folder];

/// Opens the output that a target names.
///
/// # Errors
///
/// Returns [`SinkError::Unknown`] when no format accepts it, or what opening it said.
pub fn open(target: &str, options: &Options) -> Result<Box<dyn Sink>, SinkError> {
    (format_of(target)?.open)(target, options)
}

/// What the output that a target names holds; it is not touched.
///
/// # Errors
///
/// Returns [`SinkError`] when it cannot be read.
pub fn marks(target: &str, options: &Options) -> Result<Marks, SinkError> {
    (format_of(target)?.marks)(target, options)
}

/// Reads the records of the output that a target names, in any order.
///
/// # Errors
///
/// Returns [`SinkError`] when it cannot be read.
pub fn read(target: &str, take: Take<'_>) -> Result<(), SinkError> {
    (format_of(target)?.read)(target, take)
}

/// Replaces a file as a whole.
///
/// # Errors
///
/// Returns [`SinkError::Io`] when it cannot be written; it is then as it was.
pub fn replace(target: &str, content: &[u8]) -> Result<(), SinkError> {
    let replace = || {
        let mut file = target::Replacement::create(Path::new(target))?;
        file.write_all(content)?;
        file.commit()
    };
    replace().map_err(|cause| SinkError::Io { target: target.to_owned(), cause })
}

/// The address of a database without its password: what is kept or shown is read by others. Anything else is as it was.
pub fn without_password(target: &str) -> String {
    let Some((scheme, rest)) = target.split_once("://") else { return target.to_owned() };
    let (place, options) = rest.split_once('?').map_or((rest, None), |(place, options)| (place, Some(options)));
    let place = match place.rsplit_once('@') {
        Some((user, host)) => format!("{}@{host}", user.split_once(':').map_or(user, |(user, _)| user)),
        None => place.to_owned(),
    };
    let kept = options.iter().flat_map(|options| options.split('&')).filter(|option| !option.starts_with("password="));
    let kept: Vec<&str> = kept.collect();
    format!("{scheme}://{place}{}{}", if kept.is_empty() { "" } else { "?" }, kept.join("&"))
}

fn format_of(target: &str) -> Result<&'static Format, SinkError> {
    FORMATS.iter().find(|format| (format.accepts)(target)).ok_or_else(|| SinkError::Unknown(target.to_owned()))
}

/// An output that cannot be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SinkError {
    /// No format takes such a target.
    #[error("cannot tell what to write to '{0}': give one of {patterns}", patterns = Patterns)]
    Unknown(String),
    /// The system refused.
    #[error("cannot write '{target}': {}{}", reason(cause), Advice(cause))]
    Io {
        /// As given.
        target: String,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// The output cannot be read.
    #[error("cannot read '{target}': {reason}")]
    Unreadable {
        /// As given.
        target: String,
        /// What was wrong.
        reason: String,
    },
    /// A database refused.
    #[error("cannot write '{target}': {reason}")]
    Database {
        /// As given, without a password.
        target: String,
        /// What the database said, and what to do.
        reason: String,
    },
    /// Another run writes there.
    #[error("'{target}' is being written by another run ({holder}); wait for it with --wait")]
    Busy {
        /// As given.
        target: String,
        /// Which run.
        holder: String,
    },
    /// This program was built without the format.
    #[error("this program was built without {feature}, which '{target}' needs: build it with --features {feature}")]
    Feature {
        /// As given.
        target: String,
        /// Name of the feature.
        feature: &'static str,
    },
    /// It was asked to stop while it waited.
    #[error("interrupted; the same command goes on from here")]
    Interrupted,
    /// The reader of standard output went away.
    #[error("the reader of the output went away")]
    ClosedPipe,
}

/// What to do about a refusal of the system.
struct Advice<'c>(&'c io::Error);

impl fmt::Display for Advice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::FileTooLarge | io::ErrorKind::QuotaExceeded => {
                "; make room and run the same command again"
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "; choose another place with -o, or allow writing there"
            }
            io::ErrorKind::NotFound => "; the folder must exist",
            _ => "",
        })
    }
}

/// How the outputs of all formats are written, for the message that none fits.
struct Patterns;

impl fmt::Display for Patterns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let patterns: Vec<&str> = FORMATS.iter().map(|format| format.pattern).collect();
        f.write_str(&patterns.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_neither_kept_nor_shown() {
        assert_eq!(without_password("postgres://ada:secret@host/db"), "postgres://ada@host/db");
        assert_eq!(without_password("postgres://ada@host/db"), "postgres://ada@host/db");
        assert_eq!(without_password("postgres://host/db?password=secret&user=ada"), "postgres://host/db?user=ada");
        assert_eq!(
            without_password("--output=postgres://ada:s@cret@host/db?password=s"),
            "--output=postgres://ada@host/db"
        );
        assert_eq!(without_password("a:b@c"), "a:b@c");
    }
}
