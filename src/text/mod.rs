//! What does the release say, and where did each byte come from?
//!
//! Read `span.rs`, then `edits.rs`, then this file, then one cleaner, then `words.rs`.

mod control;
mod edits;
mod endings;
mod flow;
mod html;
mod key;
mod keyed;
mod markdown;
mod plain;
mod points;
mod span;
pub mod words;
mod wrapping;

pub use edits::{Edits, SourceMap};
pub use endings::Endings;
pub use key::{WordKey, fold};
pub use keyed::{KeyMap, KeySet};
pub use points::CodePoints;
pub use span::{SourceSpan, Span};

use crate::raw::Media;

/// A release as we read it: clean text, the blocks its markup told of, and the way back to the source.
#[derive(Debug, Clone, Default)]
pub struct Text {
    clean: String,
    map: SourceMap,
    points: CodePoints,
    /// Headings, paragraphs, list items and table rows in the order of the text; they do not overlap.
    pub blocks: Vec<Block>,
    /// What the markup says of the document.
    pub declared: Declared,
}

/// A stretch of clean text that the layout sets apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What the layout says it is.
    pub kind: BlockKind,
}

/// What a block is by its layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of a level from 1 (highest) to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// One item of a list.
    Item,
    /// One row of a table.
    Row,
}

/// What a document says of itself in its markup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Declared {
    /// Title of the page or of the front matter.
    pub title: Option<String>,
    /// Publication date as written in the metadata.
    pub published: Option<String>,
    /// Language tag as written (`it-IT`).
    pub language: Option<String>,
}

impl Text {
    /// Applies `edits` to `source`; `layout` finds the blocks of the clean text.
    pub(crate) fn apply(source: String, edits: Edits, layout: impl FnOnce(&str) -> Vec<Block>) -> Self {
        let (clean, map) = edits.apply(source);
        let blocks = layout(&clean);
        Self { points: CodePoints::new(&clean), clean, map, blocks, declared: Declared::default() }
    }

    /// The clean text.
    pub fn as_str(&self) -> &str {
        &self.clean
    }

    /// The code points of the source text that the non-empty `span` came from.
    pub fn source_span(&self, span: Span) -> SourceSpan {
        self.map.source_span(&self.clean, &self.points, span)
    }

    /// The code points of clean text that `span` holds: the first, and one past the last.
    pub fn code_points(&self, span: Span) -> [usize; 2] {
        self.points.of(&self.clean, span)
    }
}

/// Takes out markup and what nobody sees; rewrites nothing.
pub fn clean(media: Media, source: String) -> Text {
    match media {
        Media::Plain => plain::clean(source),
        Media::Markdown => markdown::clean(source),
        Media::Html => html::clean(source),
    }
}
