//! Proposed changes to a source text, and the way back from the clean text they make.

use super::{
    CodePoints,
    span::{SourceSpan, Span},
};
use std::ops::Range;

/// Changes that turn a source text into clean text. A cleaner proposes; [`Edits::apply`] alone does arithmetic.
///
/// Where two edits overlap, the one that starts earlier wins and the other keeps what lies behind it.
#[derive(Debug, Default)]
pub struct Edits {
    edits: Vec<Edit>,
}

#[derive(Debug)]
struct Edit {
    range: Range<usize>,
    replacement: Replacement,
}

#[derive(Debug, Clone)]
enum Replacement {
    Nothing,
    Character(char),
    Text(String),
}

impl Replacement {
    fn push_to(&self, clean: &mut String) {
        match self {
            Self::Nothing => {}
            Self::Character(character) => clean.push(*character),
            Self::Text(text) => clean.push_str(text),
        }
    }
}

impl Edits {
    /// Takes bytes `range` of the source out.
    pub fn remove(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.edits.push(Edit { range, replacement: Replacement::Nothing });
        }
    }

    /// Puts a character in the place of bytes `range`: a line end for a tag, `è` for `&egrave;`.
    pub fn replace(&mut self, range: Range<usize>, character: char) {
        self.edits.push(Edit { range, replacement: Replacement::Character(character) });
    }

    /// Puts `text` in the place of bytes `range`, for the few entities that stand for two characters and for block ends.
    pub fn replace_with(&mut self, range: Range<usize>, text: &str) {
        self.edits.push(Edit { range, replacement: Replacement::Text(text.to_owned()) });
    }

    /// Whether nothing is to be changed.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The clean text, and the way back to `source`.
    pub fn apply(self, source: String) -> (String, SourceMap) {
        self.apply_with(source, &mut [])
    }

    /// The clean text, and the way back; `marks`, bytes of the source in ascending order, become bytes of the clean text.
    ///
    /// A mark at an edit stands before what replaces it; one inside an edit behind it.
    pub fn apply_with(mut self, source: String, marks: &mut [usize]) -> (String, SourceMap) {
        if self.edits.is_empty() {
            return (source, SourceMap::default());
        }
        // Stable: two edits of one place apply in the order they were proposed.
        self.edits.sort_by_key(|edit| edit.range.start);
        let mut clean = String::with_capacity(source.len());
        let mut runs = Vec::with_capacity(self.edits.len() + 1);
        let (mut at, mut source_char) = (0, 0);
        let mut marks = marks.iter_mut().peekable();
        let mut place = |source: Range<usize>, clean: usize| {
            while let Some(mark) = marks.next_if(|mark| **mark <= source.end) {
                *mark = clean + mark.saturating_sub(source.start);
            }
        };
        for edit in &self.edits {
            let start = edit.range.start.max(at);
            let end = edit.range.end.max(start);
            place(at..start, clean.len());
            source_char += copy(&source, at..start, source_char, &mut clean, &mut runs);
            let n_characters = source[start..end].chars().count();
            let clean_start = clean.len();
            edit.replacement.push_to(&mut clean);
            if clean.len() > clean_start {
                runs.push(Run { clean_start, source_char, source_len: n_characters, verbatim: false });
            }
            source_char += n_characters;
            at = end;
        }
        place(at..source.len(), clean.len());
        copy(&source, at..source.len(), source_char, &mut clean, &mut runs);
        (clean, SourceMap { runs })
    }
}

/// Copies a stretch as it is, notes the run, and returns its length in code points.
fn copy(source: &str, range: Range<usize>, source_char: usize, clean: &mut String, runs: &mut Vec<Run>) -> usize {
    if range.is_empty() {
        return 0;
    }
    let piece = &source[range];
    let n_characters = piece.chars().count();
    runs.push(Run { clean_start: clean.len(), source_char, source_len: n_characters, verbatim: true });
    clean.push_str(piece);
    n_characters
}

/// The way from clean text back to code points of the source.
///
/// No runs means that the clean text is the source text.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    /// In the order of both texts; every byte of clean text lies in exactly one.
    runs: Vec<Run>,
}

/// A stretch of clean text that comes from one stretch of the source.
#[derive(Debug, Clone, Copy)]
struct Run {
    clean_start: usize,
    source_char: usize,
    source_len: usize,
    /// Copied, so that offsets inside it move with the text; otherwise it stands for its source as a whole.
    verbatim: bool,
}

impl SourceMap {
    /// The code points of the source that the non-empty `span` of `clean` came from.
    ///
    /// Taken-out markup inside the span is included, beside it is not.
    pub fn source_span(&self, clean: &str, points: &CodePoints, span: Span) -> SourceSpan {
        if self.runs.is_empty() {
            let [start, end] = points.of(clean, span);
            return SourceSpan { start, end };
        }
        let n_between = |run: &Run, at| points.at(clean, at) - points.at(clean, run.clean_start);
        let first = &self.runs[self.runs.partition_point(|run| run.clean_start <= span.start()).saturating_sub(1)];
        let last = &self.runs[self.runs.partition_point(|run| run.clean_start < span.end()).saturating_sub(1)];
        SourceSpan {
            start: first.source_char + if first.verbatim { n_between(first, span.start()) } else { 0 },
            end: last.source_char + if last.verbatim { n_between(last, span.end()) } else { last.source_len },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_source(source: &str, edits: impl Fn(&mut Edits), clean: &str, found: &str, expected: &str) {
        let mut proposed = Edits::default();
        edits(&mut proposed);
        let (text, map) = proposed.apply(source.to_owned());
        assert_eq!(text, clean);
        let start = text.find(found).expect("the case names a piece of the clean text");
        let span = map.source_span(&text, &CodePoints::new(&text), Span::new(start, start + found.len()));
        let piece: String = source.chars().skip(span.start).take(span.end - span.start).collect();
        assert_eq!(piece, expected);
    }

    #[test]
    fn untouched_text_reads_the_same_in_the_source() {
        check_source("città di Forlì", |_| {}, "città di Forlì", "Forlì", "Forlì");
    }

    #[test]
    fn markup_inside_a_span_belongs_to_its_source() {
        let edits = |edits: &mut Edits| {
            edits.remove(0..3);
            edits.remove(6..10);
        };
        check_source("<b>Uni</b>versità", edits, "Università", "Università", "Uni</b>versità");
    }

    #[test]
    fn an_entity_stands_for_its_whole_source() {
        check_source("Forl&igrave; va", |edits| edits.replace(4..12, 'ì'), "Forlì va", "Forlì", "Forl&igrave;");
    }

    #[test]
    fn overlapping_edits_remove_their_union_once() {
        let edits = |edits: &mut Edits| {
            edits.remove(1..4);
            edits.remove(2..5);
        };
        check_source("a1234b", edits, "ab", "b", "b");
    }
}
