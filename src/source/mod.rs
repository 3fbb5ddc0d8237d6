//! Where did it come from? Inputs of the command line become documents, one at a time.
//!
//! Read this file, then `files.rs` (which files, in which order), `bytes.rs`, `gzip.rs` and `charset.rs`, then one format.

mod bytes;
mod charset;
mod csv;
mod files;
mod gzip;
mod html;
mod jsonl;
mod lines;
mod markdown;
mod text;
mod walk;

pub use files::open;

use crate::raw::{Arrival, Failure, Stage};
use bytes::Bytes;

/// Documents in the order of reading.
pub type Arrivals = Box<dyn Iterator<Item = Arrival> + Send>;

/// What a user may set about reading.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Renamed fields of JSONL and CSV (`text=body`), as pairs of ours and theirs.
    pub fields: Vec<(String, String)>,
    /// Files of folders are read only when one of these patterns matches; empty: all of known formats.
    pub include: Vec<String>,
    /// Word of the format that everything is read as, whatever its extension.
    pub format: Option<String>,
    /// Longer documents are refused, in bytes; 0 stands for [`MAX_DOCUMENT_BYTES`].
    pub max_document_bytes: u64,
}

/// Default of [`Options::max_document_bytes`].
pub const MAX_DOCUMENT_BYTES: u64 = 64 << 20;

impl Options {
    /// The limit in force. Spans count 32 bits, and decoding may make a text three times as long.
    fn limit(&self) -> usize {
        let limit = if self.max_document_bytes == 0 { MAX_DOCUMENT_BYTES } else { self.max_document_bytes };
        limit.min(1 << 30) as usize
    }

    /// What the field `name` is called in the inputs.
    fn field<'o>(&'o self, name: &'o str) -> &'o str {
        self.fields.iter().find(|(ours, _)| ours == name).map_or(name, |(_, theirs)| theirs)
    }
}

/// One input, opened.
#[derive(Debug)]
pub struct Input {
    /// Key of the document, or of the file that holds several.
    pub id: String,
    /// Its content.
    bytes: Bytes,
    /// What the user set.
    pub options: Options,
}

/// A format of input.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its word in help.
    pub name: &'static str,
    /// Extensions that tell it, in lower case and without the dot.
    pub extensions: &'static [&'static str],
    /// Whether input without a name, of which these are the first bytes, is of this format.
    pub sniffs: fn(&[u8]) -> bool,
    /// The documents of an input, in order; they are read as they are asked for.
    pub read: fn(Input) -> Arrivals,
}

macro_rules! sources {
    ($($source:ident),* $(,)?) => {
        /// The formats of input; the first whose extension fits reads the file.
        pub const FORMATS: &[Format] = &[$($source::FORMAT),*];
    };
}

// Text last: whatever is nothing else is text.
sources![html, markdown, jsonl, csv, text];

/// Inputs that cannot be read at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// No such file or folder.
    #[error("cannot read '{path}': {cause}; give a file, a folder, a pattern or -")]
    Unreadable {
        /// As given.
        path: String,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// A pattern that means nothing.
    #[error("cannot read the pattern '{pattern}': {reason}")]
    Pattern {
        /// As given.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A pattern that no file matches.
    #[error("no file matches '{0}'; quote a pattern so that the shell leaves it as it is, or give a folder")]
    NoMatch(String),
    /// A format that there is none of.
    #[error("there is no format '{0}'; take one of {known}", known = known_formats())]
    UnknownFormat(String),
    /// A field that there is none of.
    #[error("there is no field '{0}'; the fields are id, text, title, published, url and language")]
    UnknownField(String),
}

fn known_formats() -> String {
    FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ")
}

fn format_named(name: &str) -> Result<&'static Format, SourceError> {
    let found = FORMATS.iter().find(|format| format.name == name || format.extensions.contains(&name));
    found.ok_or_else(|| SourceError::UnknownFormat(name.to_owned()))
}

/// A failure to read or decode the document `id`.
fn failure(id: &str, stage: Stage, code: &'static str, reason: impl Into<String>) -> Failure {
    Failure { id: id.to_owned(), uri: id.to_owned(), stage, code, reason: reason.into() }
}

fn too_long(id: &str, limit: usize) -> Failure {
    failure(id, Stage::Read, "too-long", format!("it is longer than {}, the most that is read", size(limit)))
}

/// A number of bytes for a person.
fn size(n_bytes: usize) -> String {
    match n_bytes {
        n if n >= 1 << 20 && n.is_multiple_of(1 << 20) => format!("{} MiB", n >> 20),
        n if n >= 1 << 10 && n.is_multiple_of(1 << 10) => format!("{} KiB", n >> 10),
        n => format!("{n} bytes"),
    }
}
