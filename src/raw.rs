//! What arrived? The document as a source hands it over, before anything is read into it.

use std::{fmt, io};

/// A decoded document with what its source knew of it.
#[derive(Debug, Clone, PartialEq)]
pub struct RawDocument {
    /// What the source knew.
    pub meta: Meta,
    /// How `text` is to be read.
    pub media: Media,
    /// The source text: decoded, otherwise as it arrived.
    pub text: String,
}

/// What a source knows of a document beside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// Key of the document in every output; a second document with it is refused by the run.
    pub id: String,
    /// Where it was found: a path relative to the input, or the URL that came with it.
    pub uri: String,
    /// Name of the character encoding it was decoded from, in lower case (`utf-8`).
    pub charset: String,
    /// Whether bytes that are not of that encoding were replaced by U+FFFD.
    pub had_replacements: bool,
    /// Length as it arrived, in bytes.
    pub n_bytes: u64,
    /// Content hash of the bytes as they arrived and of the fields that came with them (`blake3:…`).
    pub hash: String,
    /// Title that came beside the text (a JSONL field), if any.
    pub title: Option<String>,
    /// Publication date that came beside the text, as written there.
    pub published: Option<String>,
    /// Language that came beside the text; it is believed.
    pub language: Option<String>,
}

/// How the source text is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Media {
    /// The text is the document.
    Plain,
    /// CommonMark.
    Markdown,
    /// A page of the web.
    Html,
}

impl Media {
    /// The media type, as the record names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "text/plain",
            Self::Markdown => "text/markdown",
            Self::Html => "text/html",
        }
    }
}

/// A document that could not be turned into a record, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Key of the document, as its record would have had it.
    pub id: String,
    /// Where it was found.
    pub uri: String,
    /// The step that failed.
    pub stage: Stage,
    /// A stable word for programs (`empty`, `binary`, `duplicate-id`).
    pub code: &'static str,
    /// What was wrong, for a person.
    pub reason: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} '{}': {}; skipped", self.stage.verb(), harmless(&self.id), self.reason)
    }
}

/// The step of the corridor at which a document failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Opening and reading bytes.
    Read,
    /// Finding the characters, or the fields of a line.
    Decode,
    /// Everything between the text and the record.
    Process,
    /// Handing the record to a sink.
    Write,
}

impl Stage {
    /// The stage's name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Decode => "decode",
            Self::Process => "process",
            Self::Write => "write",
        }
    }

    fn verb(self) -> &'static str {
        self.as_str()
    }
}

/// What a source yields: a document, or the failure to make one.
pub type Arrival = Result<RawDocument, Failure>;

/// `text` without what would steer a terminal or begin a line: an id may hold anything.
pub fn harmless(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).collect()
}

/// What the system said, for a person: without its number, in lower case.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
