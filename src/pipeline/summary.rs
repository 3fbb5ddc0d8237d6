//! What came of a run.

use crate::{raw::Failure, record::Record};
use serde::Serialize;
use std::{collections::BTreeMap, time::Duration};

/// What came of a run, counted in the order of the input.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Documents that became records in this run.
    pub n_documents: u64,
    /// Those of them of which the output held an older record.
    pub n_replaced: u64,
    /// Documents that the output held already, and that were not read again.
    pub n_unchanged: u64,
    /// Documents that were taken out of the output, since they are no more.
    pub n_pruned: u64,
    /// Documents that the output holds now, where it knows.
    pub n_held: Option<u64>,
    /// Documents that failed, by the code of the failure.
    pub failures: BTreeMap<&'static str, u64>,
    /// The first failures, for a person.
    #[serde(skip)]
    pub first_failures: Vec<Failure>,
    /// Mentions in the records, by kind.
    pub mentions: BTreeMap<String, u64>,
    /// Entities in the records.
    pub n_entities: u64,
    /// Those of them that are linked to a row of the lists.
    pub n_linked: u64,
    /// Missions in the records.
    pub n_missions: u64,
    /// Bytes of the sources of the records.
    pub n_source_bytes: u64,
    /// Bytes of text in the records.
    pub n_text_bytes: u64,
    /// Whether something could not be read that may have held documents.
    pub has_gaps: bool,
    /// From the first document to the last.
    #[serde(serialize_with = "seconds")]
    pub elapsed: Duration,
    /// Where the time went.
    pub times: Times,
}

/// Time spent in each part of a run; processing is summed over all threads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Times {
    /// Opening, reading and decoding.
    #[serde(serialize_with = "seconds")]
    pub read: Duration,
    /// From text to record.
    #[serde(serialize_with = "seconds")]
    pub process: Duration,
    /// Handing records to the outputs.
    #[serde(serialize_with = "seconds")]
    pub write: Duration,
}

fn seconds<S: serde::Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64())
}

/// Failures that are kept for the message at the end.
const FIRST_FAILURES: usize = 10;

impl Summary {
    /// Documents that failed.
    pub fn n_failures(&self) -> u64 {
        self.failures.values().sum()
    }

    /// Documents that were met: read, unchanged or failed.
    pub fn n_met(&self) -> u64 {
        self.n_documents + self.n_unchanged + self.n_failures()
    }

    pub(super) fn add_record(&mut self, record: &Record, replaces: bool) {
        self.n_documents += 1;
        self.n_replaced += u64::from(replaces);
        for mention in &record.mentions {
            match self.mentions.get_mut(&mention.kind) {
                Some(count) => *count += 1,
                None => drop(self.mentions.insert(mention.kind.clone(), 1)),
            }
        }
        self.n_entities += record.entities.len() as u64;
        self.n_linked += record.entities.iter().filter(|entity| entity.link.is_some()).count() as u64;
        self.n_missions += record.missions.len() as u64;
        self.n_source_bytes += record.source.bytes;
        self.n_text_bytes += record.text.len() as u64;
    }

    pub(super) fn add_failure(&mut self, failure: &Failure) {
        *self.failures.entry(failure.code).or_default() += 1;
        if self.first_failures.len() < FIRST_FAILURES {
            self.first_failures.push(failure.clone());
        }
    }
}
