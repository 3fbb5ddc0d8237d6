//! Regions that are abbreviated behind their town: `Halifax, N.S.`, `Sobral (CE)`, `Campinas/SP`.

use crate::{
    annotate::{
        Confidence, Mention,
        names::{Reader, abbreviated_region, may_abbreviate},
    },
    lexicon::{Folds, Kind},
};

/// How sure such a region is: its town stands before it.
const SURE: Confidence = Confidence::percent(88);

/// Most tokens of the town.
const MAX_TOWN: usize = 4;

/// Finds the abbreviated regions of a sentence.
pub(super) fn find(reader: &Reader<'_>, found: &mut Vec<Mention>) {
    if reader.sentence.pack.places.abbreviated.is_empty() {
        return;
    }
    for mark in reader.sentence.first_token + 1..reader.sentence.end_token {
        if matches!(reader.word(mark), "," | "(" | "/" | "-" | "–") && may_abbreviate(reader, mark + 1) {
            found.extend(region(reader, mark));
        }
    }
}

/// The region behind the mark at `mark`, where a town of its country ends before it.
fn region(reader: &Reader<'_>, mark: usize) -> Option<Mention> {
    let gazetteer = &reader.context.lexicon.gazetteer;
    let towns = (1..=MAX_TOWN).filter_map(|n| mark.checked_sub(n)).filter_map(|first| reader.place_at(first));
    let rows = towns.filter(|&(_, end)| end == mark).flat_map(|(lookup, _)| reader.places(lookup));
    let (row, end) = rows
        .map(|row| gazetteer.profile(row).country)
        .find_map(|country| abbreviated_region(reader, mark + 1, country))?;
    if reader.word(mark) == "(" && reader.word(end) != ")" {
        return None;
    }
    let mention = Mention::new(reader.span(mark + 1, end), Kind::Place, "places/region", SURE);
    Some(mention.naming(vec![row], Folds::NONE, gazetteer))
}
