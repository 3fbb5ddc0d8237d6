//! What an output remembers: done-marks, by which a document is known again.
//!
//! An id and a mark are kept as 128 bits of their hash, so that ten million documents fit in memory.

use crate::record::Provenance;
use std::collections::{BTreeSet, HashMap, HashSet};

/// An id, hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(u128);

impl Key {
    /// The key of a document's id.
    pub fn new(id: &str) -> Self {
        Self(first_bits(&blake3::hash(id.as_bytes())))
    }
}

/// What a record was made from, hashed: content, program, lists and settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp(u128);

impl Stamp {
    /// The stamp of a document with this content hash, read by what `provenance` names.
    pub fn new(content: &str, provenance: &Provenance) -> Self {
        Self::of_parts(content, [&provenance.gazzetta, &provenance.gazetteers, &provenance.config])
    }

    /// The same, of the parts of the provenance in their order.
    pub(super) fn of_parts(content: &str, provenance: [&str; 3]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in std::iter::once(content).chain(provenance) {
            hasher.update(part.as_bytes()).update(&[0]);
        }
        Self(first_bits(&hasher.finalize()))
    }
}

fn first_bits(hash: &blake3::Hash) -> u128 {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_bytes()[..16]);
    u128::from_le_bytes(bytes)
}

/// Ids that a run has met.
#[derive(Debug, Clone, Default)]
pub struct Seen(HashSet<Key>);

impl Seen {
    /// Adds an id; false when it was there.
    pub fn insert(&mut self, key: Key) -> bool {
        self.0.insert(key)
    }

    /// Whether the id was met.
    pub fn contains(&self, key: Key) -> bool {
        self.0.contains(&key)
    }
}

/// What an output holds from earlier runs.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    done: HashMap<Key, Stamp>,
    /// Ids and places of the documents that failed last time.
    pub failed: BTreeSet<String>,
    /// Arguments of the run before, and the folder that they are relative to.
    pub last_run: Option<(Vec<String>, String)>,
}

impl Marks {
    /// Remembers a document.
    pub fn insert(&mut self, key: Key, stamp: Stamp) {
        self.done.insert(key, stamp);
    }

    /// The mark of a document, if the output holds it.
    pub fn stamp(&self, key: Key) -> Option<Stamp> {
        self.done.get(&key).copied()
    }

    /// Number of documents that the output holds.
    pub fn len(&self) -> usize {
        self.done.len()
    }

    /// Whether the output holds nothing.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }

    /// Whether a document failed last time, or the file that it lies in did. A place inside a file (`feed.jsonl#3`)
    /// that could not be read hid the id of its document: that is then any that the output does not hold.
    pub fn may_have_failed(&self, id: &str, uri: &str) -> bool {
        let is_hidden = |place: &String| place.contains(['#', '!']);
        self.has_failed(id, uri) || self.stamp(Key::new(id)).is_none() && self.failed.iter().any(is_hidden)
    }

    fn has_failed(&self, id: &str, uri: &str) -> bool {
        [id, uri].into_iter().any(|place| {
            self.failed.contains(place)
                || place.match_indices(['#', '!']).any(|(at, _)| self.failed.contains(&place[..at]))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_of_a_file_that_failed_has_failed() {
        let marks = Marks { failed: ["feed.jsonl".to_owned()].into(), ..Marks::default() };
        assert!(marks.has_failed("n1", "feed.jsonl#3"));
        assert!(marks.has_failed("feed.jsonl!a.txt#2", "x"));
        assert!(!marks.has_failed("n1", "feed.jsonl.bak#3"));
    }

    #[test]
    fn every_part_of_a_stamp_counts() {
        let provenance = |gazzetta: &str, config: &str| Provenance {
            gazzetta: gazzetta.to_owned(),
            gazetteers: String::new(),
            config: config.to_owned(),
        };
        let stamp = Stamp::new("a", &provenance("1", ""));
        assert_ne!(stamp, Stamp::new("a", &provenance("2", "")));
        assert_ne!(stamp, Stamp::new("a", &provenance("", "1")));
        assert_ne!(stamp, Stamp::new("b", &provenance("1", "")));
        assert_eq!(stamp, Stamp::new("a", &provenance("1", "")));
    }
}
