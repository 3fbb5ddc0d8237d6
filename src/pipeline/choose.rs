//! Which documents a run reads.

use crate::{
    raw::{Arrival, Failure, RawDocument, Stage},
    record::Provenance,
    sink::{Key, Marks, Seen, Stamp},
};
use std::sync::Arc;

/// Which documents are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// Those that are new or changed, or that failed before.
    #[default]
    Changed,
    /// All.
    All,
    /// Only those that failed the last time.
    Failed,
}

/// What is to be done with an arrival.
#[derive(Debug)]
pub enum Choice {
    /// Read it; whether an output holds an older record.
    Read(RawDocument, bool),
    /// Every output holds its record.
    Unchanged(String),
    /// It cannot be read.
    Failed(Failure),
    /// The run does not ask for it.
    Ignored,
}

/// Decides on one arrival after the other.
#[derive(Debug)]
pub struct Chooser {
    scope: Scope,
    marks: Vec<Arc<Marks>>,
    provenance: Provenance,
    /// Ids that were met.
    pub seen: Seen,
    /// Whether something could not be read that may have held documents: then nothing can be said to be gone.
    pub has_gaps: bool,
}

impl Chooser {
    /// Decides by what the outputs hold (`marks`, one each) and by what will make the records.
    pub fn new(scope: Scope, marks: Vec<Arc<Marks>>, provenance: Provenance) -> Self {
        Self { scope, marks, provenance, seen: Seen::default(), has_gaps: false }
    }

    /// Decides on an arrival.
    pub fn choose(&mut self, arrival: Arrival) -> Choice {
        let raw = match arrival {
            Ok(raw) => raw,
            Err(failure) => {
                self.has_gaps |= self.may_hide(&failure);
                self.seen.insert(Key::new(&failure.id));
                return if self.wants(&failure.id, &failure.uri) { Choice::Failed(failure) } else { Choice::Ignored };
            }
        };
        let key = Key::new(&raw.meta.id);
        let is_first = self.seen.insert(key);
        if !self.wants(&raw.meta.id, &raw.meta.uri) {
            return Choice::Ignored;
        }
        if !is_first {
            return Choice::Failed(duplicate(&raw));
        }
        let stamp = Stamp::new(&raw.meta.hash, &self.provenance);
        let is_held = !self.marks.is_empty() && self.marks.iter().all(|marks| marks.stamp(key) == Some(stamp));
        if is_held && self.scope != Scope::All {
            return Choice::Unchanged(raw.meta.id);
        }
        let replaces = self.marks.iter().any(|marks| marks.stamp(key).is_some());
        Choice::Read(raw, replaces)
    }

    /// Whether documents that an output holds may lie behind a failure: a file of many that does not open, a line whose
    /// id cannot be read.
    fn may_hide(&self, failure: &Failure) -> bool {
        let is_opaque =
            matches!(failure.code, "unreadable" | "too-long" | "no-text") || failure.code.starts_with("malformed");
        is_opaque && !self.marks.iter().any(|marks| marks.stamp(Key::new(&failure.id)).is_some())
    }

    fn wants(&self, id: &str, uri: &str) -> bool {
        self.scope != Scope::Failed || self.marks.iter().any(|marks| marks.may_have_failed(id, uri))
    }
}

fn duplicate(raw: &RawDocument) -> Failure {
    Failure {
        id: raw.meta.id.clone(),
        uri: raw.meta.uri.clone(),
        stage: Stage::Read,
        code: "duplicate-id",
        reason: "another document of this run has this id; the first is kept".to_owned(),
    }
}
