//! Pages of the web: the release without the page around it.
//!
//! Read `scan.rs` (where markup is), `page.rs` (elements and events), `main_text.rs` with `parts.rs` (what is the
//! release), `flatten.rs` (edits and blocks), `metadata.rs` (what the page says of itself).

mod entities;
mod flatten;
mod main_text;
mod metadata;
mod page;
mod parts;
mod scan;
mod tags;

use super::{Text, flow::Flow};
use page::Page;

/// Reads a page: its main text, and title, day and language from its metadata.
pub(super) fn clean(source: String) -> Text {
    let page = Page::new(&source);
    let declared = metadata::declared(&page);
    let segments = main_text::segments(&page);
    let chosen = main_text::choose(&page, &segments, declared.title.as_deref());
    let mut flow = Flow::new(&source);
    flatten::flatten(&page, &segments, &chosen, &mut flow, 0);
    flow.finish().apply(source, declared)
}

/// Shows all text of a piece of markup, which begins at byte `offset` of the source.
pub(super) fn flatten_piece(piece: &str, flow: &mut Flow<'_>, offset: usize) {
    let page = Page::new(piece);
    let segments = main_text::segments(&page);
    flatten::flatten(&page, &segments, &vec![true; segments.len()], flow, offset);
}
