//! Names that a list knows, as they stand.

use super::Rule;
use crate::{
    annotate::{Confidence, Context, Evidence, Mention, Why, value::Value},
    lexicon::{Kind, Lookup, Subtype},
};

/// Names that a list knows, as they stand.
pub(super) const RULE: Rule = Rule { name: "lists", about: "Names that a list knows, as they stand.", find, echo: None };

fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    found.extend(context.lookups.iter().filter_map(|lookup| mention(context, lookup)));
}

fn mention(context: &Context<'_>, lookup: &Lookup) -> Option<Mention> {
    let gazetteer = &context.lexicon.gazetteer;
    let mut readings: Vec<_> = gazetteer.readings(lookup.name).filter(|reading| !reading.is_weak && gazetteer.entry(reading.entry).kind != Kind::Sector).collect();
    readings.sort_by_key(|reading| -gazetteer.entry(reading.entry).priority);
    let best = readings.first()?;
    let entry = gazetteer.entry(best.entry);
    let value = match entry.kind {
        Kind::Place if entry.subtype == Some(Subtype::Country) => Some(Value::Code(entry.country.to_owned())),
        Kind::Sector => Some(Value::Code(entry.parent.to_owned())),
        _ => None,
    };
    Some(Mention {
        subtype: entry.subtype,
        value,
        why: Why { by: Evidence::Entry(best.entry), folds: lookup.folds },
        candidates: readings.iter().map(|reading| reading.entry).collect(),
        ..Mention::new(lookup.span, entry.kind, RULE.name, Confidence::percent(80))
    })
}
