//! From the chosen stretches of a page to edits and blocks.

use super::{
    entities,
    main_text::Segment,
    page::{Event, Page},
    tags::Display,
};
use crate::text::{
    BlockKind, control,
    flow::{Flow, Gap},
};
use std::ops::Range;

/// How an element lays out what it holds.
#[derive(Debug, Clone, Copy)]
struct Layout {
    edge: Gap,
    kind: BlockKind,
    /// Blanks are shown as written.
    is_pre: bool,
}

/// Shows the chosen segments of a page in `flow`; the page begins at byte `offset` of the source.
pub(super) fn flatten(page: &Page<'_>, segments: &[Segment], chosen: &[bool], flow: &mut Flow<'_>, offset: usize) {
    let layouts = layouts(page);
    let mut kept =
        segments.iter().zip(chosen).filter(|(_, chosen)| **chosen).map(|(segment, _)| &segment.events).peekable();
    for (at, event) in page.events.iter().enumerate() {
        while kept.peek().is_some_and(|events| events.end <= at) {
            kept.next();
        }
        match event {
            Event::Edge(element) => flow.part(layouts[*element].edge),
            Event::Break(_) => flow.end_line(),
            Event::Text(element, range) => {
                let is_kept = kept.peek().is_some_and(|events| events.contains(&at));
                if is_kept && page.elements[*element].display != Display::Hidden {
                    let range = range.start + offset..range.end + offset;
                    Flattener { flow, layout: layouts[*element] }.text(range);
                }
            }
        }
    }
}

fn layouts(page: &Page<'_>) -> Vec<Layout> {
    let is_layout_row = layout_rows(page);
    let mut layouts =
        vec![Layout { edge: Gap::Paragraph, kind: BlockKind::Paragraph, is_pre: false }; page.elements.len()];
    for (at, element) in page.elements.iter().enumerate().skip(1) {
        let outer = layouts[element.parent];
        let is_inner = matches!(outer.kind, BlockKind::Item | BlockKind::Row);
        let row = |inner, kind| if is_layout_row[at] { (Gap::Paragraph, BlockKind::Paragraph) } else { (inner, kind) };
        let block = if is_inner { Gap::Row } else { Gap::Paragraph };
        let (edge, kind) = match element.display {
            Display::Inline | Display::Hidden | Display::Break => (Gap::Nothing, outer.kind),
            Display::Object => (Gap::Blank, outer.kind),
            Display::Heading(level) => (Gap::Paragraph, BlockKind::Heading(level)),
            Display::Item => (Gap::Row, BlockKind::Item),
            Display::Row => row(Gap::Row, BlockKind::Row),
            Display::Cell => match outer.kind {
                BlockKind::Row => (Gap::Cell, BlockKind::Row),
                kind => (Gap::Paragraph, kind),
            },
            Display::Group => (block, BlockKind::Paragraph),
            Display::Block => (block, outer.kind),
        };
        layouts[at] = Layout { edge, kind, is_pre: outer.is_pre || element.name == "pre" };
    }
    layouts
}

/// Longest text of a row of facts, in bytes.
const MAX_ROW_BYTES: usize = 600;

/// Rows that hold headings, lists, tables or long text: a table that lays out a page, not one of facts.
fn layout_rows(page: &Page<'_>) -> Vec<bool> {
    let mut n_text = vec![0; page.elements.len()];
    for event in &page.events {
        if let Event::Text(element, range) = event {
            n_text[*element] += range.len();
        }
    }
    let mut holds = vec![false; page.elements.len()];
    for at in (1..page.elements.len()).rev() {
        let element = &page.elements[at];
        holds[at] |= n_text[at] > MAX_ROW_BYTES;
        n_text[element.parent] += n_text[at];
        let is_group = matches!(element.display, Display::Heading(_) | Display::Group | Display::Item);
        holds[element.parent] |= is_group || holds[at];
    }
    holds
}

/// Shows the text of one element.
struct Flattener<'f, 's> {
    flow: &'f mut Flow<'s>,
    layout: Layout,
}

impl Flattener<'_, '_> {
    fn text(&mut self, range: Range<usize>) {
        let bytes = self.flow.source.as_bytes();
        let mut at = range.start;
        while at < range.end {
            let start = at;
            match bytes[at] {
                b'&' => at = self.reference(at, range.end),
                b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' => {
                    at += 1;
                    if self.layout.is_pre && bytes[start] != b'\r' {
                        self.flow.see(start..at, self.layout.kind);
                    } else {
                        self.flow.part(Gap::Blank);
                    }
                }
                byte if is_plain(byte) || byte >= 0x80 => {
                    at = self.run_end(at, range.end);
                    if at > start {
                        self.flow.see(start..at, self.layout.kind);
                    } else {
                        at += self.unseen_len(start);
                    }
                }
                _ => at += 1,
            }
        }
    }

    /// End of what is seen as it is written: words, and single blanks between them.
    fn run_end(&self, start: usize, end: usize) -> usize {
        let bytes = self.flow.source.as_bytes();
        let mut at = start;
        while at < end {
            let goes_on = match bytes[at] {
                b' ' => at > start && at + 1 < end && is_plain(bytes[at + 1]),
                // These bytes begin the characters that no reader sees, and others.
                0xc2 | 0xef => self.unseen_len(at) == 0,
                byte => is_plain(byte) || byte >= 0x80,
            };
            if !goes_on {
                break;
            }
            at += 1;
        }
        at
    }

    /// Length of the character at `at` when no reader sees it, else 0.
    fn unseen_len(&self, at: usize) -> usize {
        let character = self.flow.source[at..].chars().next().filter(|character| control::is_invisible(*character));
        character.map_or(0, char::len_utf8)
    }

    /// Shows what a reference at `at` stands for, or the `&`; returns where it ends.
    fn reference(&mut self, at: usize, end: usize) -> usize {
        let Some((len, text)) = entities::reference(&self.flow.source[at..end]) else {
            self.flow.see(at..at + 1, self.layout.kind);
            return at + 1;
        };
        if text.trim_matches([' ', '\t', '\n', '\r', '\x0c']).is_empty() {
            self.flow.part(Gap::Blank);
        } else if !text.chars().all(control::is_invisible) {
            self.flow.see_as(at..at + len, &text, self.layout.kind);
        }
        at + len
    }
}

/// Whether a byte of ASCII is seen as it is.
fn is_plain(byte: u8) -> bool {
    byte > b' ' && byte < 0x7f && byte != b'&'
}
