//! Half-open ranges of bytes.

use std::ops::Range;

/// A half-open range of bytes of clean text.
///
/// Invariant: `start <= end`; both lie on character boundaries of the text it was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span of bytes `start..end`.
    ///
    /// # Panics
    ///
    /// When `start > end`, or `end` does not fit 32 bits: sources refuse documents that long.
    #[track_caller]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span cannot end before it starts");
        let end = u32::try_from(end).expect("documents are limited to less than 4 GiB");
        Self { start: start as u32, end }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range, to index with.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The stretch of `text` that the span names.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Whether the two share at least one byte; touching spans do not.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether every byte of `other` lies in this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether byte `at` lies in this span.
    pub fn holds(self, at: usize) -> bool {
        self.start() <= at && at < self.end()
    }

    /// The smallest span that contains both.
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A half-open range of code points of the source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceSpan {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_spans_do_not_overlap() {
        assert!(!Span::new(0, 4).overlaps(Span::new(4, 6)));
        assert!(Span::new(0, 5).overlaps(Span::new(4, 6)));
    }

    #[test]
    fn a_span_contains_itself() {
        let span = Span::new(2, 5);
        assert!(span.contains(span));
        assert_eq!(span.cover(Span::new(7, 9)), Span::new(2, 9));
    }
}
