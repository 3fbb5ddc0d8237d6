//! The slots of the mission.

use super::{
    fold::{fold, fold_date},
    gold::{Annotation, Gold, Label, Mission},
    groups::groups,
    scores::{Counts, Scores},
};
use std::collections::{BTreeSet, HashMap};

/// How the values of a slot are compared.
#[derive(Clone, Copy)]
enum Sort {
    Name,
    Country,
    Day,
    Code,
}

type Slot = (&'static str, Sort, fn(&Mission) -> &[String]);

/// The slots, in the order of the tables.
const SLOTS: [Slot; 9] = [
    ("origin", Sort::Name, |mission| &mission.origin),
    ("countries", Sort::Country, |mission| &mission.countries),
    ("cities", Sort::Name, |mission| &mission.cities),
    ("start", Sort::Day, |mission| &mission.start),
    ("end", Sort::Day, |mission| &mission.end),
    ("lead", Sort::Name, |mission| &mission.lead),
    ("participants", Sort::Name, |mission| &mission.participants),
    ("met", Sort::Name, |mission| &mission.met),
    ("sectors", Sort::Code, |mission| &mission.sectors),
];

/// Compares the missions of a document; `found` are its predicted mentions.
pub(super) fn compare(
    gold: &Gold,
    predicted: Option<&Mission>,
    found: &[&Annotation],
    scores: &mut Scores,
    differences: &mut Vec<String>,
) {
    let none = Mission::default();
    let (expected, predicted) = (gold.mission.as_ref().unwrap_or(&none), predicted.unwrap_or(&none));
    scores.ask("mission.present", is_present(expected) == is_present(predicted));
    let names = Names::new(gold, found);
    for (slot, sort, values) in SLOTS {
        let [expected, predicted] = [expected, predicted].map(|mission| names.keys(values(mission), sort));
        let n_common = expected.intersection(&predicted).count();
        scores.count("mission.slot", slot, Counts::of_sets(n_common, predicted.len(), expected.len()));
        let list = |keys: Vec<&String>| keys.into_iter().cloned().collect::<Vec<_>>().join(", ");
        let missing = list(expected.difference(&predicted).collect());
        let extra = list(predicted.difference(&expected).collect());
        if !(missing.is_empty() && extra.is_empty()) {
            differences.push(format!("{} MISSION {slot}: missing '{missing}', extra '{extra}'", gold.id));
        }
    }
}

fn is_present(mission: &Mission) -> bool {
    mission.present.unwrap_or_else(|| SLOTS.iter().any(|(_, _, values)| !values(mission).is_empty()))
}

/// What the surfaces of a document stand for.
struct Names {
    /// The annotated name of every surface.
    of_surface: HashMap<String, String>,
    /// The country of every surface of one.
    countries: HashMap<String, String>,
}

impl Names {
    fn new(gold: &Gold, found: &[&Annotation]) -> Self {
        let annotated: Vec<&Annotation> = gold.mentions.iter().collect();
        let mut of_surface = HashMap::new();
        for label in [Label::Institution, Label::Person, Label::Place] {
            for group in groups(&annotated, label) {
                for alias in group.aliases {
                    of_surface.entry(alias).or_insert_with(|| group.key.clone());
                }
            }
        }
        for pair in &gold.pairs {
            of_surface.entry(fold(&pair.acronym)).or_insert_with(|| fold(&pair.long));
        }
        let mut countries = HashMap::new();
        for place in annotated.iter().chain(found).filter(|mention| mention.is(Label::Place)) {
            if let (Some(text), Some(value)) = (&place.text, &place.value) {
                countries.entry(fold(text)).or_insert_with(|| value.clone());
            }
        }
        Self { of_surface, countries }
    }

    fn keys(&self, values: &[String], sort: Sort) -> BTreeSet<String> {
        let known = |map: &HashMap<String, String>, value: &str| {
            let key = fold(value);
            map.get(&key).cloned().unwrap_or(key)
        };
        let key = |value: &String| match sort {
            Sort::Name => known(&self.of_surface, value),
            Sort::Country if value.chars().count() == 2 => value.to_uppercase(),
            Sort::Country => known(&self.countries, value),
            Sort::Day => fold_date(value),
            Sort::Code => fold(value),
        };
        values.iter().map(key).collect()
    }
}
