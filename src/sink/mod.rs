//! Where does it go?
//!
//! Read this file, then one format.

mod jsonl;

use crate::{raw::Failure, record::Record};
use std::io;

/// What became of a document.
#[derive(Debug)]
pub enum Outcome {
    /// A record, and the same as a line of JSON without its line end.
    Record(Box<Record>, Vec<u8>),
    /// It could not be read or processed.
    Failed(Failure),
}

/// A place that takes outcomes in the order of the input.
pub trait Sink: Send {
    /// Takes a batch; after an error the sink is not used again.
    ///
    /// # Errors
    ///
    /// Returns [`SinkError`] when the batch could not be written.
    fn write(&mut self, batch: &[Outcome]) -> Result<(), SinkError>;

    /// Makes what was taken lasting.
    ///
    /// # Errors
    ///
    /// Returns [`SinkError`] when that failed.
    fn finish(self: Box<Self>) -> Result<(), SinkError>;
}

/// A format of output.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its word in help.
    pub name: &'static str,
    /// How an output of it is written on the command line.
    pub pattern: &'static str,
    /// Whether `-o TARGET` means this format.
    pub accepts: fn(&str) -> bool,
    /// Opens the target.
    pub open: fn(&str) -> Result<Box<dyn Sink>, SinkError>,
}

macro_rules! sinks {
    ($($sink:ident),* $(,)?) => {
        /// The formats of output; the first that accepts a target takes it.
        pub const FORMATS: &[Format] = &[$($sink::FORMAT),*];
    };
}

sinks![jsonl];

/// Opens the output that a target names.
///
/// # Errors
///
/// Returns [`SinkError::Unknown`] when no format accepts it, or what opening it said.
pub fn open(target: &str) -> Result<Box<dyn Sink>, SinkError> {
    let format =
        FORMATS.iter().find(|format| (format.accepts)(target)).ok_or_else(|| SinkError::Unknown(target.to_owned()))?;
    (format.open)(target)
}

/// An output that cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SinkError {
    /// No format takes such a target.
    #[error("cannot tell what to write to '{0}': end it in .jsonl, .db or /, or give -")]
    Unknown(String),
    /// The system refused.
    #[error("cannot write '{target}': {cause}")]
    Io {
        /// As given.
        target: String,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// The reader of standard output went away.
    #[error("the reader of the output went away")]
    ClosedPipe,
}
