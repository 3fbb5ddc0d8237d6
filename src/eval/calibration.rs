//! What confidence is worth: how many mentions of a band of confidence are right.

use super::scores::Ratio;
use serde::{Serialize, Serializer};
use serde_json::{Map, json};
use std::collections::BTreeMap;

/// Confidence, in hundredths, from which a mention counts as sure.
const SURE: u8 = 90;

/// Right mentions by label and band; a band is called by its least confidence, in hundredths, and the lowest is 0.
///
/// Mentions without a confidence are left out: predictions of other programs may have none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calibration {
    bands: BTreeMap<String, BTreeMap<u8, Ratio>>,
}

impl Calibration {
    /// Counts a found mention of `label`.
    pub(super) fn count(&mut self, label: &str, confidence: f64, is_right: bool) {
        let hundredths = (confidence * 100.0).round().clamp(0.0, 100.0) as u8;
        for label in [label, "ALL"] {
            let ratio = self.bands.entry(label.to_owned()).or_default().entry(band(hundredths)).or_default();
            ratio.n += 1;
            ratio.n_right += usize::from(is_right);
        }
    }

    /// Adds the counters of other documents.
    pub(super) fn add(&mut self, other: &Self) {
        for (label, bands) in &other.bands {
            for (&least, ratio) in bands {
                let sum = self.bands.entry(label.clone()).or_default().entry(least).or_default();
                sum.n += ratio.n;
                sum.n_right += ratio.n_right;
            }
        }
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.bands.is_empty()
    }

    /// The bands of `label`, the lowest first.
    pub fn of(&self, label: &str) -> impl DoubleEndedIterator<Item = (u8, Ratio)> {
        self.bands.get(label).into_iter().flatten().map(|(&least, &ratio)| (least, ratio))
    }

    /// How many of the sure mentions of `label` are right.
    pub fn sure(&self, label: &str) -> Ratio {
        self.sum(label, |least| least >= SURE)
    }

    /// How many of the right mentions of `label` are sure.
    pub fn share_of_right(&self, label: &str) -> Ratio {
        Ratio { n_right: self.sure(label).n_right, n: self.sum(label, |_| true).n_right }
    }

    fn sum(&self, label: &str, counts: impl Fn(u8) -> bool) -> Ratio {
        let bands = self.of(label).filter(|&(least, _)| counts(least));
        bands.fold(Ratio::default(), |sum, (_, ratio)| Ratio {
            n_right: sum.n_right + ratio.n_right,
            n: sum.n + ratio.n,
        })
    }
}

/// Bands are ten hundredths wide from 50 on; from 95 on they are five.
fn band(hundredths: u8) -> u8 {
    match hundredths {
        95.. => 95,
        50.. => hundredths / 10 * 10,
        _ => 0,
    }
}

impl Serialize for Calibration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let told = |ratio: Ratio| json!({"acc": ratio.accuracy(), "ok": ratio.n_right, "n": ratio.n});
        let mut root = Map::new();
        for label in self.bands.keys() {
            let bands = self.of(label).map(|(least, ratio)| (format!("from_{least}"), told(ratio)));
            let mut figures: Map<_, _> = bands.collect();
            figures.insert("sure".to_owned(), told(self.sure(label)));
            figures.insert("share_of_right".to_owned(), told(self.share_of_right(label)));
            root.insert(label.clone(), figures.into());
        }
        root.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sure_mention_counts_among_the_right_ones_only_when_it_is_right() {
        let mut calibration = Calibration::default();
        for (confidence, is_right) in
            [(0.97, true), (0.9, true), (0.91, false), (0.899, true), (0.42, true), (0.1, false)]
        {
            calibration.count("PLACE", confidence, is_right);
        }
        assert_eq!(calibration.sure("PLACE"), Ratio { n_right: 3, n: 4 });
        assert_eq!(calibration.share_of_right("ALL"), Ratio { n_right: 3, n: 4 });
        let bands: Vec<_> = calibration.of("PLACE").map(|(least, ratio)| (least, ratio.n_right, ratio.n)).collect();
        assert_eq!(bands, [(0, 1, 2), (90, 2, 3), (95, 1, 1)]);
    }
}
