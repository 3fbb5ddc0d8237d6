//! Text taken out of markup: what is seen, and what parts it.

use super::{Block, BlockKind, CodePoints, Declared, Edits, Span, Text};
use std::ops::Range;

/// What stands between two stretches of text that are both seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    Nothing,
    Blank,
    /// The end of a cell of a table.
    Cell,
    /// A line end within a block.
    Line,
    /// The end of an item or a row.
    Row,
    Paragraph,
}

impl Gap {
    fn separator(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Blank => " ",
            Self::Cell => "\t",
            Self::Line | Self::Row => "\n",
            Self::Paragraph => "\n\n",
        }
    }
}

/// The text of a source with markup, as it is found: what is seen stays, all between becomes a blank or a line end, so
/// that words never run together.
#[derive(Debug)]
pub(super) struct Flow<'s> {
    pub source: &'s str,
    edits: Edits,
    blocks: Vec<(Range<usize>, BlockKind)>,
    /// Where the last text that is seen ends.
    end: usize,
    gap: Gap,
}

impl<'s> Flow<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, edits: Edits::default(), blocks: Vec::new(), end: 0, gap: Gap::Paragraph }
    }

    /// What is seen next is parted from what was seen before by at least `gap`.
    pub(super) fn part(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// A line ends; two line ends part paragraphs.
    pub(super) fn end_line(&mut self) {
        self.gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
    }

    /// Bytes `range` of the source are seen as they are, in a block of a kind.
    ///
    /// What begins before the end of what was seen last is passed over: every byte is seen once.
    pub(super) fn see(&mut self, range: Range<usize>, kind: BlockKind) {
        if range.start < self.end {
            return;
        }
        let between = self.end..range.start;
        let separator = self.gap.separator();
        if self.blocks.is_empty() || separator.is_empty() {
            self.edits.remove(between);
        } else if self.source[between.clone()] != *separator {
            self.edits.replace_with(between, separator);
        }
        let begins_block = self.begins_block(&range, kind);
        match self.blocks.last_mut() {
            Some((block, _)) if !begins_block => block.end = range.end,
            _ => self.blocks.push((range.clone(), kind)),
        }
        self.end = range.end;
        self.gap = Gap::Nothing;
    }

    /// Whether what is seen next begins a block: also behind a line end, but for headings and lines that go on.
    fn begins_block(&self, range: &Range<usize>, kind: BlockKind) -> bool {
        let goes_on =
            || matches!(kind, BlockKind::Heading(_)) || self.source[range.clone()].starts_with(char::is_lowercase);
        self.gap >= Gap::Row || self.gap == Gap::Line && !goes_on()
    }

    /// Bytes `range` of the source are seen as `text`.
    pub(super) fn see_as(&mut self, range: Range<usize>, text: &str, kind: BlockKind) {
        if range.start < self.end {
            return;
        }
        self.see(range.clone(), kind);
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => self.edits.replace(range, character),
            _ => self.edits.replace_with(range, text),
        }
    }

    /// The edits and blocks of a source that ends here.
    pub(super) fn finish(mut self) -> Layout {
        self.edits.remove(self.end..self.source.len());
        Layout { edits: self.edits, blocks: self.blocks }
    }
}

/// What is to be done with a source, and its blocks in bytes of it.
#[derive(Debug)]
pub(super) struct Layout {
    pub edits: Edits,
    blocks: Vec<(Range<usize>, BlockKind)>,
}

impl Layout {
    /// The text of `source`, which it was made for.
    pub(super) fn apply(self, source: String, declared: Declared) -> Text {
        let mut marks: Vec<usize> = self.blocks.iter().flat_map(|(range, _)| [range.start, range.end]).collect();
        let (clean, map) = self.edits.apply_with(source, &mut marks);
        let spans =
            marks.chunks_exact(2).zip(&self.blocks).map(|(ends, (_, kind))| (Span::new(ends[0], ends[1]), *kind));
        let blocks = spans
            .filter(|(span, _)| !span.of(&clean).trim().is_empty())
            .map(|(span, kind)| Block { span, kind })
            .collect();
        Text { points: CodePoints::new(&clean), clean, map, blocks, declared }
    }
}
