//! Where did it come from? Inputs of the command line become documents, one at a time.
//!
//! Read this file, then `files.rs`, then one format.

mod files;
mod jsonl;
mod text;

pub use files::open;

use crate::raw::Arrival;

/// Documents in the order of reading.
pub type Arrivals = Box<dyn Iterator<Item = Arrival> + Send>;

/// What a user may set about reading.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Renamed fields of JSONL and CSV (`text=body`), as pairs of ours and theirs.
    pub fields: Vec<(String, String)>,
    /// Files of folders are read only when one of these patterns matches; empty: all of known formats.
    pub include: Vec<String>,
    /// Longer documents are refused, in bytes.
    pub max_document_bytes: u64,
}

/// Default of [`Options::max_document_bytes`].
pub const MAX_DOCUMENT_BYTES: u64 = 64 << 20;

/// One file, opened and read.
#[derive(Debug)]
pub struct File<'o> {
    /// Key of the document, or of the file that holds several.
    pub id: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// What the user set.
    pub options: &'o Options,
}

/// A format of input.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its word in help.
    pub name: &'static str,
    /// Extensions that tell it, without the dot.
    pub extensions: &'static [&'static str],
    /// Reads the documents of a file, in order.
    pub read: fn(&File<'_>, &mut dyn FnMut(Arrival)),
}

macro_rules! sources {
    ($($source:ident),* $(,)?) => {
        /// The formats of input; the first whose extension fits reads the file.
        pub const FORMATS: &[Format] = &[$($source::FORMAT),*];
    };
}

sources![text, jsonl];

/// Inputs that cannot be read at all.
#[derive(Debug, thiserror::Error)]
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
}
