//! What is counted, and the figures that follow.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Right, wrong and missed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Found and right.
    pub n_right: usize,
    /// Found and wrong.
    pub n_wrong: usize,
    /// Not found.
    pub n_missed: usize,
}

impl Counts {
    /// Share of what was found that is right.
    pub fn precision(self) -> Option<f64> {
        share(self.n_right, self.n_right + self.n_wrong)
    }

    /// Share of what there is that was found.
    pub fn recall(self) -> Option<f64> {
        share(self.n_right, self.n_right + self.n_missed)
    }

    /// Harmonic mean of the two.
    pub fn f1(self) -> Option<f64> {
        share(2 * self.n_right, 2 * self.n_right + self.n_wrong + self.n_missed)
    }

    /// Counts of two sets with `n_common` members in common.
    pub(super) fn of_sets(n_common: usize, n_found: usize, n_gold: usize) -> Self {
        Self { n_right: n_common, n_wrong: n_found - n_common, n_missed: n_gold - n_common }
    }
}

/// How many of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ratio {
    /// Those that are right.
    pub n_right: usize,
    /// All.
    pub n: usize,
}

impl Ratio {
    /// Share of those that are right.
    pub fn accuracy(self) -> Option<f64> {
        share(self.n_right, self.n)
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// All counters of a group of documents, by dotted name (`mention.strict.PERSON`, `subtype.PLACE`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scores {
    /// Documents compared.
    pub n_documents: usize,
    /// Sets of findings.
    pub counts: BTreeMap<String, Counts>,
    /// Yes-or-no questions; one that was never asked is absent.
    pub ratios: BTreeMap<String, Ratio>,
}

impl Scores {
    /// Adds to the counters of a label and to those of `ALL`.
    pub(super) fn count(&mut self, name: &str, label: &str, counts: Counts) {
        for label in [label, "ALL"] {
            let sum = self.counts.entry(format!("{name}.{label}")).or_default();
            sum.n_right += counts.n_right;
            sum.n_wrong += counts.n_wrong;
            sum.n_missed += counts.n_missed;
        }
    }

    /// Asks a question once.
    pub(super) fn ask(&mut self, name: &str, is_right: bool) {
        let ratio = self.ratios.entry(name.to_owned()).or_default();
        ratio.n += 1;
        ratio.n_right += usize::from(is_right);
    }

    /// Adds the counters of other documents.
    pub(super) fn add(&mut self, other: &Self) {
        self.n_documents += other.n_documents;
        for (name, counts) in &other.counts {
            let sum = self.counts.entry(name.clone()).or_default();
            sum.n_right += counts.n_right;
            sum.n_wrong += counts.n_wrong;
            sum.n_missed += counts.n_missed;
        }
        for (name, ratio) in &other.ratios {
            let sum = self.ratios.entry(name.clone()).or_default();
            sum.n_right += ratio.n_right;
            sum.n += ratio.n;
        }
    }

    /// F1 or accuracy of the counter of that name; a word without a dot means the strict F1 of a label.
    ///
    /// The outer option is none for a name that no counter has, the inner for a counter that counted nothing.
    pub fn figure(&self, name: &str) -> Option<Option<f64>> {
        let label = || format!("mention.strict.{}", name.to_uppercase());
        let counts = || self.counts.get(name).or_else(|| self.counts.get(&label()));
        match self.ratios.get(name) {
            Some(ratio) => Some(ratio.accuracy()),
            None => counts().map(|counts| counts.f1()),
        }
    }
}

/// Nested by the parts of the names, so that scripts can dig.
impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut root = Map::new();
        root.insert("docs".to_owned(), json!(self.n_documents));
        for (name, counts) in &self.counts {
            let (p, r, f1) = (counts.precision(), counts.recall(), counts.f1());
            let figures =
                json!({"p": p, "r": r, "f1": f1, "tp": counts.n_right, "fp": counts.n_wrong, "fn": counts.n_missed});
            nest(&mut root, name, figures);
        }
        for (name, ratio) in &self.ratios {
            nest(&mut root, name, json!({"acc": ratio.accuracy(), "ok": ratio.n_right, "n": ratio.n}));
        }
        root.serialize(serializer)
    }
}

fn nest(map: &mut Map<String, Value>, name: &str, value: Value) {
    match name.split_once('.') {
        None => {
            map.insert(name.to_owned(), value);
        }
        Some((first, rest)) => {
            let inner = map.entry(first).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                nest(inner, rest, value);
            }
        }
    }
}
