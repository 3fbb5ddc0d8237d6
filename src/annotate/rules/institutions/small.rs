//! Listed bodies whose first noun is written small, as the press does (`il partito Democratico`, `la guardia di Finanza`).

use crate::{
    annotate::{
        Confidence, Mention,
        names::{Reader, is_person},
    },
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::{Folds, Kind, Lookup, Subtype, Written},
};

/// Most tokens of a name.
const MAX_TOKENS: usize = 5;

/// Most small words between the noun and the capital behind it.
const MAX_SMALL: usize = 1;

/// How sure a body is whose noun is small and whose other words are as the lists have them.
const SURE: Confidence = Confidence::percent(88);

/// Finds the bodies of a sentence that the lists know but for the capital of their first noun.
pub(super) fn find(reader: &Reader<'_>, found: &mut Vec<Mention>) {
    if reader.case != CaseEvidence::Strong || reader.sentence.pack.institutions.nouns_are_capitalized {
        return;
    }
    let heads = &reader.context.lexicon.packs.institution_heads;
    for at in reader.sentence.first_token..reader.sentence.end_token {
        let Some(token) = reader.token(at).filter(|token| token.case == Case::Lower) else { continue };
        if heads.may_begin(token.key) && heads.begin(token.key).next().is_some() {
            found.extend(listed(reader, at));
        }
    }
}

/// The longest body of the lists that begins with the small noun at `at`.
fn listed(reader: &Reader<'_>, at: usize) -> Option<Mention> {
    let is_small =
        |at: usize| reader.token(at).is_some_and(|token| token.case == Case::Lower && token.gap == Gap::Blank);
    let n_small = (1..=MAX_SMALL).take_while(|&n| is_small(at + n)).count();
    let first = at + 1 + n_small;
    if !reader.is_name_word(first) || is_other(reader, at, first) {
        return None;
    }
    let is_part = |at: &usize| {
        let is_word =
            |at: usize| reader.token(at).is_some_and(|token| token.kind == TokenKind::Word && token.case.is_capital());
        reader.token(*at).is_some_and(|token| token.gap <= Gap::Blank)
            && (is_word(*at) || is_small(*at) && is_word(at + 1))
    };
    let n_parts = (first..at + MAX_TOKENS).take_while(is_part).count();
    (first + 1..=first + n_parts).rev().find_map(|end| known(reader, at, end))
}

/// Whether the small noun at `at` tells something else of the name that begins at `first`: which territory a place is, which port
/// (`provincia di Trapani`), which unit of letters (`l'ufficio ICE`), or what somebody's are (`les laboratoires Anna Conti`). The bank of a
/// country is a body, and so is one whose other words are some village's as well (`la croce Rossa`).
fn is_other(reader: &Reader<'_>, at: usize, first: usize) -> bool {
    let gazetteer = &reader.context.lexicon.gazetteer;
    let is_country = |lookup: &Lookup| {
        let mut rows = gazetteer.readings(lookup.name).map(|reading| gazetteer.profile(reading.entry));
        rows.any(|row| row.subtype == Some(Subtype::Country))
    };
    let is_place = reader.zipf(first) == 0.0 && reader.place_at(first).is_some_and(|(lookup, _)| !is_country(lookup));
    let is_letters = reader.token(first).is_some_and(|token| token.case == Case::Upper);
    let mut nouns = reader.context.lexicon.packs.place_heads.begin(reader.key(at));
    let mut is_territory =
        || nouns.any(|head| head.words.len() == 1 && matches!(head.subtype, Some(Subtype::Region | Subtype::City)));
    is_place || is_letters || is_territory() || is_person(reader, first)
}

/// The body that the lists know by the tokens `first..end` with a capital on the first.
fn known(reader: &Reader<'_>, first: usize, end: usize) -> Option<Mention> {
    let span = reader.span(first, end);
    let mut letters = span.of(reader.context.document.as_str()).chars();
    let spelled: String = letters.next()?.to_uppercase().chain(letters).collect();
    let gazetteer = &reader.context.lexicon.gazetteer;
    let name = gazetteer.spelling(&spelled)?;
    let lookup = Lookup { span, name, folds: Folds::CASE, written: Written::Any };
    let mut mention = Mention::new(span, Kind::Institution, "institutions/small", SURE);
    super::take_rows(reader, &lookup, &mut mention, |reading, profile| {
        !reading.is_weak && profile.kind == Kind::Institution
    });
    let subtype = gazetteer.profile(*mention.candidates.first()?).subtype;
    // "L'agenzia Nuova Cina": what firms and media are is told outside of their names.
    let is_announced = matches!(subtype, Some(Subtype::Company | Subtype::Media));
    if is_announced
        && reader.context.lexicon.packs.institution_heads.begin(reader.key(first)).any(|head| head.is_outside)
    {
        return None;
    }
    mention.subtype = subtype;
    Some(mention)
}
