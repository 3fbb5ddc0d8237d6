//! Every id once in a run.

use super::failure;
use crate::raw::{Arrival, Stage};
use std::collections::HashSet;

/// Passes arrivals on; the second document with an id is a failure.
pub(super) struct Unique<I> {
    arrivals: I,
    /// Hashes of the ids: eight bytes an id. Two ids with one hash are met once in a billion runs of a million documents.
    seen: HashSet<u64>,
}

impl<I> Unique<I> {
    pub(super) fn new(arrivals: I) -> Self {
        Self { arrivals, seen: HashSet::new() }
    }
}

impl<I: Iterator<Item = Arrival>> Iterator for Unique<I> {
    type Item = Arrival;

    fn next(&mut self) -> Option<Arrival> {
        let raw = match self.arrivals.next()? {
            Ok(raw) => raw,
            Err(failure) => return Some(Err(failure)),
        };
        let hash = blake3::hash(raw.meta.id.as_bytes());
        let key = hash.as_bytes().first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        if self.seen.insert(key) {
            return Some(Ok(raw));
        }
        let reason = "another document of this run has this id; the first is kept";
        let mut twice = failure(&raw.meta.id, Stage::Read, "duplicate-id", reason);
        twice.uri = raw.meta.uri;
        Some(Err(twice))
    }
}
