//! Towns that stand only inside the name of a body (`Ambasciata d'Italia a Seoul`): entities without mentions.

use super::{
    entities::{Entities, Entity},
    groups::key,
};
use crate::{
    annotate::Mention,
    document::Document,
    lexicon::{EntryId, Kind, Lexicon, Subtype},
};
use std::collections::HashSet;

/// Priority below which a town's name is too rare to be read into a body's name.
const MIN_PRIORITY: i16 = 55;

/// Adds the towns that the names of bodies hold and no mention names.
pub(super) fn add_places(document: &Document<'_>, mentions: &[Mention], lexicon: &Lexicon, entities: &mut Entities) {
    let gazetteer = &lexicon.gazetteer;
    let mut known: HashSet<EntryId> = entities.entities.iter().filter_map(|entity| entity.link).collect();
    let mut read: HashSet<String> = HashSet::new();
    let mut lookups = Vec::new();
    for mention in mentions.iter().filter(|mention| mention.kind == Kind::Institution) {
        let name = mention.span.of(document.as_str());
        if !name.contains([' ', '\u{a0}', '\n']) || !read.insert(key(name)) {
            continue;
        }
        // What stands in the name is looked up without its first word, which is the head or a listed name's own.
        let start = name.find([' ', '\u{a0}', '\n', '’', '\'']).map_or(0, |at| name.ceil_char_boundary(at + 1));
        lookups.clear();
        gazetteer.find(&name[start..], &mut lookups);
        for lookup in &lookups {
            let towns = gazetteer.readings(lookup.name).filter(|reading| !reading.is_weak).map(|reading| reading.entry);
            let best = towns
                .filter(|&row| gazetteer.profile(row).subtype == Some(Subtype::City))
                .max_by_key(|&row| (gazetteer.profile(row).priority, std::cmp::Reverse(row)));
            let Some(row) = best.filter(|&row| gazetteer.profile(row).priority >= MIN_PRIORITY) else { continue };
            if known.insert(row) {
                let entry = gazetteer.entry(row);
                entities.entities.push(Entity {
                    kind: Kind::Place,
                    subtype: Some(Subtype::City),
                    name: lookup.span.of(&name[start..]).to_owned(),
                    acronym: None,
                    link: Some(row),
                    country: (!entry.country.is_empty()).then(|| entry.country.to_owned()),
                    candidates: Vec::new(),
                    mentions: Vec::new(),
                });
            }
        }
    }
}
