//! How right is it? Records beside annotated documents.
//!
//! Read `gold.rs` (what is compared with what), then this file, then `scores.rs` (what is counted), then `document.rs` and
//! the files that it names. The scheme of the annotations is `docs/ANNOTATION.md`.

mod calibration;
mod document;
mod fold;
mod gold;
mod groups;
mod mission;
mod prediction;
mod scores;

pub use calibration::Calibration;
pub use gold::{Annotation, Gold, Label, Mission, Pair, Stretch};
pub use prediction::Prediction;
pub use scores::{Counts, Ratio, Scores};

use serde::Serialize;
use std::collections::BTreeMap;

/// What came of a comparison.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// Over all documents.
    pub total: Scores,
    /// By the language of the annotated document.
    pub by_language: BTreeMap<String, Scores>,
    /// What confidence is worth, where the predictions have one.
    #[serde(skip_serializing_if = "Calibration::is_empty")]
    pub calibration: Calibration,
    /// Annotated documents without a prediction.
    pub missing: Vec<String>,
    /// Predictions for documents that are not annotated.
    pub unknown: Vec<String>,
    /// Every difference, a line each, in the order of the documents.
    #[serde(skip)]
    pub differences: Vec<String>,
}

/// What becomes of annotated documents that have no prediction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// They count as if nothing had been found in them.
    Empty,
    /// They are left out.
    LeftOut,
}

/// Compares `predictions` with the annotations of the documents of the same id.
pub fn evaluate(gold: &[Gold], predictions: &[Prediction], missing: Missing) -> Report {
    let by_id: BTreeMap<&str, &Prediction> = predictions.iter().map(|found| (found.id.as_str(), found)).collect();
    let annotated: BTreeMap<&str, &Gold> = gold.iter().map(|gold| (gold.id.as_str(), gold)).collect();
    let mut report = Report {
        unknown: by_id.keys().filter(|id| !annotated.contains_key(*id)).map(|id| (*id).to_owned()).collect(),
        ..Report::default()
    };
    let empty = Prediction::default();
    for (id, gold) in annotated {
        let prediction = by_id.get(id).copied();
        if prediction.is_none() {
            report.missing.push(id.to_owned());
            if missing == Missing::LeftOut {
                continue;
            }
        }
        let (scores, calibration, differences) = document::compare(gold, prediction.unwrap_or(&empty));
        report.calibration.add(&calibration);
        report.total.add(&scores);
        report.by_language.entry(gold.lang.clone()).or_default().add(&scores);
        report.differences.extend(differences);
    }
    report
}
