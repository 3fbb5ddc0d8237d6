//! One document beside its annotations.

use super::{
    calibration::Calibration,
    fold::{agree, fold, fold_date},
    gold::{Annotation, Gold, Label},
    groups::{Group, groups, pair},
    mission,
    prediction::Prediction,
    scores::{Counts, Scores},
};
use std::collections::{BTreeSet, HashSet};

/// The scores of one document, what its confidence is worth, and its differences, a line each.
pub(super) fn compare(gold: &Gold, prediction: &Prediction) -> (Scores, Calibration, Vec<String>) {
    let found = counted(gold, prediction);
    let found: Vec<&Annotation> = found.iter().collect();
    let mut comparison = Comparison { gold, scores: Scores::default(), differences: Vec::new() };
    comparison.scores.n_documents = 1;
    comparison.scores.ask("language", prediction.lang.as_deref() == Some(&gold.lang));
    for label in Label::ALL {
        comparison.mentions(label, &found);
        comparison.things(label, &found);
    }
    let Comparison { mut scores, mut differences, .. } = comparison;
    mission::compare(gold, prediction.mission.as_ref(), &found, &mut scores, &mut differences);
    (scores, calibrate(gold, &found), differences)
}

fn calibrate(gold: &Gold, found: &[&Annotation]) -> Calibration {
    let mut calibration = Calibration::default();
    let is_right = |mention: &Annotation| {
        let is_same = |other: &Annotation| (other.start, other.end) == (mention.start, mention.end);
        gold.mentions.iter().any(|other| other.label == mention.label && is_same(other))
    };
    for mention in found {
        if let Some(confidence) = mention.confidence {
            calibration.count(&mention.label, confidence, is_right(mention));
        }
    }
    calibration
}

/// The predicted mentions that count: each once, and none that only meets wording on which the scheme is silent.
fn counted(gold: &Gold, prediction: &Prediction) -> Vec<Annotation> {
    let mut seen = HashSet::new();
    let is_label = |mention: &&Annotation| Label::ALL.iter().any(|&label| mention.is(label));
    let mut counted = Vec::new();
    for mention in prediction.mentions.iter().filter(is_label) {
        let is_new = seen.insert((mention.start, mention.end, &mention.label));
        let is_silent = gold.ignore.iter().any(|stretch| mention.touches(stretch.start, stretch.end));
        let meets = |other: &Annotation| other.label == mention.label && other.touches(mention.start, mention.end);
        if !is_new || is_silent && !gold.mentions.iter().any(meets) {
            continue;
        }
        let mut mention = mention.clone();
        if let (None | Some(""), Some(text)) = (mention.text.as_deref(), &gold.text) {
            let len = mention.end.saturating_sub(mention.start);
            mention.text = Some(text.chars().skip(mention.start).take(len).collect());
        }
        counted.push(mention);
    }
    counted
}

/// The best one-to-one matching of mentions that share characters: the number of the found one for each annotated.
fn overlaps(gold: &[&Annotation], found: &[&Annotation]) -> Vec<Option<usize>> {
    let mut candidates = Vec::new();
    for (gold_idx, one) in gold.iter().enumerate() {
        for (found_idx, other) in found.iter().enumerate().filter(|(_, other)| one.touches(other.start, other.end)) {
            let shared = one.end.min(other.end) - one.start.max(other.start);
            let difference = (one.end - one.start).abs_diff(other.end - other.start);
            // Of two that share as much, the one of the more similar length.
            candidates.push((shared as f64 - 0.001 * difference as f64, gold_idx, found_idx));
        }
    }
    candidates.sort_by(|one, other| other.0.total_cmp(&one.0).then((other.1, other.2).cmp(&(one.1, one.2))));
    let (mut pairs, mut is_taken) = (vec![None; gold.len()], vec![false; found.len()]);
    for (_, gold_idx, found_idx) in candidates {
        if pairs[gold_idx].is_none() && !is_taken[found_idx] {
            pairs[gold_idx] = Some(found_idx);
            is_taken[found_idx] = true;
        }
    }
    pairs
}

struct Comparison<'g> {
    gold: &'g Gold,
    scores: Scores,
    differences: Vec<String>,
}

impl Comparison<'_> {
    fn mentions(&mut self, label: Label, found: &[&Annotation]) {
        let gold: Vec<&Annotation> = self.gold.mentions.iter().filter(|mention| mention.is(label)).collect();
        let found: Vec<&Annotation> = found.iter().copied().filter(|mention| mention.is(label)).collect();
        let spans = |mentions: &[&Annotation]| -> BTreeSet<(usize, usize)> {
            mentions.iter().map(|mention| (mention.start, mention.end)).collect()
        };
        let (gold_spans, found_spans) = (spans(&gold), spans(&found));
        let n_common = gold_spans.intersection(&found_spans).count();
        let strict = Counts::of_sets(n_common, found_spans.len(), gold_spans.len());
        self.scores.count("mention.strict", label.as_str(), strict);
        let pairs = overlaps(&gold, &found);
        let n_pairs = pairs.iter().flatten().count();
        self.scores.count("mention.overlap", label.as_str(), Counts::of_sets(n_pairs, found.len(), gold.len()));
        self.tell(label, &gold, &found, &pairs);
        for (mention, pair) in gold.iter().zip(&pairs) {
            self.finer(label, mention, pair.map(|at| found[at]));
        }
    }

    fn tell(&mut self, label: Label, gold: &[&Annotation], found: &[&Annotation], pairs: &[Option<usize>]) {
        let text = |mention: &Annotation| mention.text.clone().unwrap_or_default();
        let say = |what: &str, of: String| format!("{} {what} {} {of}", self.gold.id, label.as_str());
        let mut lines = Vec::new();
        for (mention, pair) in gold.iter().zip(pairs) {
            match pair.map(|at| found[at]) {
                None => lines.push(say("MISS", format!("'{}'", text(mention)))),
                Some(other) if (mention.start, mention.end) != (other.start, other.end) => {
                    lines.push(say("SPAN", format!("'{}' for '{}'", text(other), text(mention))));
                }
                Some(_) => {}
            }
        }
        let is_extra = |at: &usize| !pairs.contains(&Some(*at));
        lines.extend((0..found.len()).filter(is_extra).map(|at| say("EXTRA", format!("'{}'", text(found[at])))));
        self.differences.extend(lines);
    }

    /// Subtype and value of a mention; `found` is what was found in its place.
    fn finer(&mut self, label: Label, gold: &Annotation, found: Option<&Annotation>) {
        let word = label.as_str();
        if let (Label::Institution | Label::Place, Some(subtype), Some(found)) = (label, &gold.subtype, found) {
            self.scores.ask(&format!("subtype.{word}"), found.subtype.as_ref() == Some(subtype));
        }
        let Some(value) = &gold.value else { return };
        let is_same = found.is_some_and(|found| match label {
            Label::Date => found.value.as_deref().map(fold_date) == Some(fold_date(value)),
            _ => fold(found.value.as_deref().unwrap_or_default()) == fold(value),
        });
        self.scores.ask(&format!("value.{word}.all"), is_same);
        if let Some(found) = found {
            self.scores.ask(&format!("value.{word}.found"), is_same);
            if !is_same {
                let (text, other) = (gold.text.as_deref().unwrap_or_default(), found.value.as_deref().unwrap_or("-"));
                self.differences.push(format!("{} VALUE {word} '{text}': {other}, annotated {value}", self.gold.id));
            }
        }
    }

    /// The unique things of a label.
    fn things(&mut self, label: Label, found: &[&Annotation]) {
        let annotated: Vec<&Annotation> = self.gold.mentions.iter().collect();
        let gold = groups(&annotated, label);
        let mut found = groups(found, label);
        if label == Label::Date {
            // Nothing is asked of dates whose value nobody knows.
            let dates: Vec<&&Annotation> = annotated.iter().filter(|mention| mention.is(label)).collect();
            found.retain(|group| gold.iter().any(|other| other.key == group.key) || !is_unknown(group, &dates));
        }
        let n_equal = gold.iter().filter(|group| found.iter().any(|other| other.key == group.key)).count();
        let pairs = pair(&gold, &found);
        let n_pairs = pairs.iter().flatten().count();
        let counts = |n| Counts::of_sets(n, found.len(), gold.len());
        self.scores.count("docset.canonical", label.as_str(), counts(n_equal));
        self.scores.count("docset.alias", label.as_str(), counts(n_pairs));
        if label == Label::Person {
            let institutions = groups(&annotated, Label::Institution);
            for (group, pair) in gold.iter().zip(pairs) {
                let found = pair.map(|at| &found[at]);
                self.office("role", |mention| mention.role.as_deref(), group, found, &[]);
                self.office("affiliation", |mention| mention.affiliation.as_deref(), group, found, &institutions);
            }
        }
    }

    /// Role or affiliation of a person.
    fn office(
        &mut self,
        name: &str,
        value: fn(&Annotation) -> Option<&str>,
        gold: &Group<'_>,
        found: Option<&Group<'_>>,
        institutions: &[Group<'_>],
    ) {
        let said = |group: &Group<'_>| -> Vec<String> {
            group
                .mentions
                .iter()
                .filter_map(|mention| value(mention))
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let accepted: BTreeSet<String> = said(gold).iter().flat_map(|text| alternatives(text)).collect();
        let predicted = found.map(said).unwrap_or_default();
        if accepted.is_empty() {
            if found.is_some() {
                self.scores.ask(&format!("person.{name}.spurious"), !predicted.is_empty());
            }
            return;
        }
        let mut keys: BTreeSet<String> = accepted.iter().map(|text| fold(text)).collect();
        let same = institutions.iter().filter(|institution| !institution.aliases.is_disjoint(&keys));
        let aliases: Vec<String> = same.flat_map(|institution| institution.aliases.iter().cloned()).collect();
        keys.extend(aliases);
        let is_exact = predicted.iter().any(|text| keys.contains(&fold(text)));
        let is_near = is_exact || predicted.iter().any(|text| accepted.iter().any(|other| agree(text, other)));
        self.scores.ask(&format!("person.{name}.exact"), is_exact);
        self.scores.ask(&format!("person.{name}.lenient"), is_near);
        if found.is_some() {
            self.scores.ask(&format!("person.{name}.lenient_found"), is_near);
            if !is_near {
                let (word, list) = (name.to_uppercase(), accepted.into_iter().collect::<Vec<_>>().join("', '"));
                let person = gold.mentions[0].canonical.as_deref().unwrap_or_default();
                let line =
                    format!("{} {word} {person}: '{}', annotated '{list}'", self.gold.id, predicted.join("', '"));
                self.differences.push(line);
            }
        }
    }
}

/// `A; B` as it stands, `A` and `B`.
fn alternatives(text: &str) -> Vec<String> {
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
    std::iter::once(text).chain(parts).map(str::to_owned).collect()
}

/// Whether every mention of the group falls on annotated dates, and none of these has a value.
fn is_unknown(group: &Group<'_>, dates: &[&&Annotation]) -> bool {
    group.mentions.iter().all(|mention| {
        let mut hits = dates.iter().filter(|date| date.touches(mention.start, mention.end)).peekable();
        hits.peek().is_some() && hits.all(|date| date.value.as_deref().is_none_or(str::is_empty))
    })
}
