//! Lists of people in which something is told of each: a body or town in brackets, an office up to a semicolon.

use super::{Candidate, Reader};
use crate::lexicon::pack::WordClass;

/// Most tokens that are told of one.
const MAX_TOLD: usize = 14;

impl Reader<'_> {
    /// Whether one stretch follows the other in a list, with no more between them than what is told of the first.
    pub(super) fn are_in_roll(&self, before: &Candidate, after: &Candidate) -> bool {
        let is_told = || {
            self.are_listed(self.behind_bracket(before.end), after.first)
                || self.follows_semicolon(before.end, after.first)
        };
        // "general manager of Anadolu; X": what is told of somebody is no member.
        self.are_listed(before.end, after.first) || !self.follows_preposition(before.first) && is_told()
    }

    /// One past the bracket that opens at the token `at`; `at` where none does.
    fn behind_bracket(&self, at: usize) -> usize {
        if self.word(at) != "(" {
            return at;
        }
        (at + 2..at + MAX_TOLD).find(|&close| self.word(close) == ")").map_or(at, |close| close + 1)
    }

    /// Whether a semicolon alone, or with an `and` behind it, separates the two (`A, président du port ; B, maire`).
    fn follows_semicolon(&self, end: usize, first: usize) -> bool {
        if first <= end || first > end + MAX_TOLD {
            return false;
        }
        let mark = first - 1 - usize::from(self.words.class(self.key(first - 1)).is(WordClass::AND));
        let is_inside = |at: usize| !matches!(self.word(at), ";" | "." | ":" | "?" | "!");
        mark >= end && self.word(mark) == ";" && (end..mark).all(is_inside)
    }
}
