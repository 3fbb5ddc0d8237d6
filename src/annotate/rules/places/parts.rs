//! Parts of countries and regions by the point of the compass (`West Yorkshire`, `Nordhessen`), and territories with a capital.

use crate::{
    annotate::{Confidence, Mention, names::Reader},
    document::{Case, Gap},
    lexicon::{Kind, Subtype, pack::heads::Joint},
};

/// How sure such a name is: the whole is longer than what the lists know.
const SURE: Confidence = Confidence::percent(82);

/// Most tokens behind the noun of a lake, a mountain or the like.
const MAX_BEHIND_NOUN: usize = 4;

/// Finds the parts of a sentence's countries and regions.
pub(super) fn find(reader: &Reader<'_>, found: &mut Vec<Mention>) {
    let words = &reader.sentence.pack.places;
    for at in reader.sentence.first_token..reader.sentence.end_token {
        let token = &reader.context.document.tokens[at];
        if token.case == Case::Lower {
            found.extend(small_noun(reader, at));
        }
        if token.case != Case::Title {
            continue;
        }
        found.extend(territory(reader, at));
        let end = if words.compass.contains(token.key) { behind_point(reader, at) } else { None };
        if let Some(end) = end.or_else(|| is_compound(reader, at).then_some(at + 1)) {
            let mut mention = Mention::new(reader.span(at, end), Kind::Place, "places/part", SURE);
            mention.subtype = Some(Subtype::Region);
            found.push(mention);
        }
    }
}

/// A lake, a mountain or the like that the lists write with a capital noun (`lago Maggiore`, `golfo di Napoli`).
fn small_noun(reader: &Reader<'_>, at: usize) -> Option<Mention> {
    let heads = &reader.context.lexicon.packs.place_heads;
    let is_noun = heads.may_begin(reader.key(at))
        && heads
            .begin(reader.key(at))
            .any(|head| head.kind == Kind::Place && !head.is_outside && head.words.len() == 1);
    if !is_noun || reader.is_name_word(at + 1) && reader.token(at + 1)?.gap > Gap::Blank {
        return None;
    }
    let gazetteer = &reader.context.lexicon.gazetteer;
    let text = reader.context.document.as_str();
    (at + 2..at + 2 + MAX_BEHIND_NOUN).rev().filter(|&end| reader.is_name_word(end - 1)).find_map(|end| {
        let span = reader.span(at, end);
        let mut letters = span.of(text).chars();
        let name: String = letters.next()?.to_uppercase().chain(letters).collect();
        let rows = gazetteer.spelling(&name).into_iter().flat_map(|name| gazetteer.readings(name));
        let places = rows.map(|reading| reading.entry).filter(|&row| gazetteer.profile(row).kind == Kind::Place);
        let mut mention = Mention::new(span, Kind::Place, "places/head", SURE);
        mention.candidates = places.collect();
        mention.subtype = gazetteer.profile(*mention.candidates.first()?).subtype;
        Some(mention)
    })
}

/// The place of a territory whose noun has a capital behind a preposition without an article (`in Provincia di Benevento`).
fn territory(reader: &Reader<'_>, at: usize) -> Option<Mention> {
    let before = at.checked_sub(1).filter(|&before| before >= reader.sentence.first_token)?;
    let heads = &reader.context.lexicon.packs.place_heads;
    let is_noun = reader.sentence.pack.places.before.contains(reader.small(before))
        && heads
            .begin(reader.key(at))
            .any(|head| head.subtype == Some(Subtype::Region) && head.words.len() == 1 && head.is_outside);
    let grammar = reader.grammar()?;
    let first = at + 2;
    if !is_noun || grammar.joint(reader.small(at + 1)) != Some(Joint::Of) || !reader.is_name_word(first) {
        return None;
    }
    let end = reader.place_at(first).map_or(first + 1, |(_, end)| end);
    let mut mention = Mention::new(reader.span(first, end), Kind::Place, "places/cue", SURE);
    mention.subtype = Some(Subtype::Region);
    Some(mention)
}

/// One past the country or region of the lists behind the point of the compass at `at`.
fn behind_point(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let next = reader.token(at + 1).filter(|next| next.gap <= Gap::Blank)?;
    let behind = if reader.word(at + 1) == "-" && next.gap == Gap::None { at + 2 } else { at + 1 };
    let (lookup, end) = reader.place_at(behind)?;
    let gazetteer = &reader.context.lexicon.gazetteer;
    let mut rows = gazetteer
        .readings(lookup.name)
        .filter(|reading| !reading.is_weak)
        .map(|reading| gazetteer.profile(reading.entry));
    let is_land =
        rows.any(|row| row.kind == Kind::Place && matches!(row.subtype, Some(Subtype::Region | Subtype::Country)));
    let is_free = at == reader.sentence.first_token || !reader.is_name_word(at - 1) || reader.opens_sentence(at);
    (is_land && is_free && !reader.is_name_word(end)).then_some(end)
}

/// Whether a word is the point of the compass with a country or region of the lists.
fn is_compound(reader: &Reader<'_>, at: usize) -> bool {
    let word = reader.word(at);
    let prefixes = &reader.sentence.pack.places.compass_prefixes;
    let Some(rest) = prefixes.iter().find_map(|prefix| word.strip_prefix(prefix.as_str())) else { return false };
    let mut letters = rest.chars();
    let Some(first) = letters.next().filter(|_| rest.len() >= 5 && reader.lookup_at(at).is_none()) else {
        return false;
    };
    let name: String = first.to_uppercase().chain(letters).collect();
    let gazetteer = &reader.context.lexicon.gazetteer;
    gazetteer.spelling(&name).into_iter().flat_map(|name| gazetteer.readings(name)).any(|reading| {
        let row = gazetteer.profile(reading.entry);
        !reading.is_weak && row.kind == Kind::Place && matches!(row.subtype, Some(Subtype::Region | Subtype::Country))
    })
}
