//! From where to where a field is named.

use super::{Field, Reader};
use crate::{
    document::{Case, Gap, TokenKind},
    lexicon::Kind,
    text::Span,
};

/// Letters of the shortest adjective that is known by its ending.
const MIN_ADJECTIVE_LETTERS: usize = 7;

/// The fields that count, each with the words that belong to it; members of one theme become one.
///
/// A theme is what marks stronger than commas set apart: in `Big data, AI e HPC; Automotive` there are two.
pub(super) fn merge(reader: &Reader<'_>, fields: Vec<Field>) -> Vec<Field> {
    let has_strong_marks = fields.windows(2).any(|pair| between(reader, &pair[0], &pair[1]).any(|mark| mark == ";"));
    let mut merged: Vec<Field> = Vec::new();
    for mut field in fields.into_iter().filter(|field| field.counts) {
        widen(reader, &mut field);
        match merged.last_mut() {
            Some(last) if field.first < last.end => {
                last.end = last.end.max(field.end);
            }
            Some(last) if has_strong_marks && is_one_theme(reader, last, &field) => last.end = field.end,
            _ => merged.push(field),
        }
    }
    merged
}

fn between<'r>(reader: &'r Reader<'_>, before: &Field, after: &Field) -> impl Iterator<Item = &'r str> {
    (before.end..after.first).map(|at| reader.word(at))
}

fn is_one_theme(reader: &Reader<'_>, before: &Field, after: &Field) -> bool {
    let conjunctions = &reader.sentence.pack.sectors.conjunctions;
    before.code == after.code
        && after.first - before.end == 1
        && between(reader, before, after).all(|word| word == "," || conjunctions.contains(word))
}

/// Takes in the head noun that belongs to the mention, and the adjectives that narrow the field.
fn widen(reader: &Reader<'_>, field: &mut Field) {
    let words = &reader.sentence.pack.sectors;
    // A list may hold "settore farmaceutico": the head word stays outside, where the rest names the field too.
    while field.end - field.first > 1 && is_outer_head(reader, field.first) && is_name(reader, field.first + 1, field.end) {
        field.first += 1;
    }
    if field.first > 0 && words.inner_heads.contains(reader.key(field.first - 1)) {
        field.first -= 1;
    }
    while field.first > 0 && words.narrowing_before.contains(reader.key(field.first - 1)) {
        field.first -= 1;
    }
    while field.first > 0 && narrows_before_by_ending(reader, field.first - 1) {
        field.first -= 1;
    }
    while (words.narrowing.contains(reader.key(field.end)) || narrows_by_ending(reader, field.end)) && !is_governing(reader, field.end) {
        field.end += 1;
    }
    field.first = start_of_activity(reader, field.first);
    if words.cues_follow && words.activities.contains(reader.key(field.end)) {
        field.end += 1;
    }
    if field.end - field.first == 1 && words.kinds.contains(reader.key(field.first)) {
        field.end = end_of_kind(reader, field.end);
    }
}

/// `applicata alla classificazione`: what goes on is no adjective of the field.
fn is_governing(reader: &Reader<'_>, at: usize) -> bool {
    reader.sentence.pack.sectors.complement_openers.contains(reader.key(at + 1))
}

/// The noun of an activity that a field is the object of: `lavorazione del legno`.
fn start_of_activity(reader: &Reader<'_>, first: usize) -> usize {
    let words = &reader.sentence.pack.sectors;
    let is_object = first > 1 && reader.sentence.pack.missions.of.contains(reader.key(first - 1));
    if is_object && words.activities.contains(reader.key(first - 2)) { first - 2 } else { first }
}

/// One past the complement that says which kind is meant: `turismo di comunità`, not `turismo della regione`.
fn end_of_kind(reader: &Reader<'_>, at: usize) -> usize {
    let words = &reader.sentence.pack.sectors;
    let is_noun = |at: usize| {
        reader.tokens.get(at).is_some_and(|token| token.case == Case::Lower && token.kind == TokenKind::Word)
            && !reader.is_function_word(at)
            && !words.not_narrowing.contains(reader.key(at))
    };
    let is_kind = reader.sentence.pack.missions.of.contains(reader.key(at)) && is_noun(at + 1);
    if is_kind { at + 2 } else { at }
}

/// Whether the word at `at` is an adjective before the field that narrows it by its ending: `nachhaltigem Bauen`.
fn narrows_before_by_ending(reader: &Reader<'_>, at: usize) -> bool {
    let words = &reader.sentence.pack.sectors;
    let word = reader.word(at);
    reader.tokens[at].case == Case::Lower
        && word.chars().count() >= MIN_ADJECTIVE_LETTERS
        && words.narrowing_before_endings.iter().any(|ending| word.ends_with(ending.as_str()))
        && !words.not_narrowing.contains(reader.key(at))
        && !reader.is_function_word(at)
}

/// Whether the word at `at` is an adjective that narrows by its ending: `logistica intermodale`, not `regionale`.
fn narrows_by_ending(reader: &Reader<'_>, at: usize) -> bool {
    let words = &reader.sentence.pack.sectors;
    let Some(token) = reader.tokens.get(at) else { return false };
    let word = reader.word(at);
    token.case == Case::Lower
        && token.gap == Gap::Blank
        && word.chars().count() >= MIN_ADJECTIVE_LETTERS
        && words.narrowing_endings.iter().any(|ending| word.ends_with(ending.as_str()))
        && !words.not_narrowing.contains(reader.key(at))
        && !reader.is_function_word(at)
}

fn is_name(reader: &Reader<'_>, first: usize, end: usize) -> bool {
    let span = Span::new(reader.tokens[first].span.start(), reader.tokens[end - 1].span.end());
    let gazetteer = &reader.context.lexicon.gazetteer;
    let spelling = gazetteer.spelling(span.of(reader.context.document.as_str()));
    spelling.is_some_and(|name| gazetteer.readings(name).any(|reading| gazetteer.profile(reading.entry).kind == Kind::Sector))
}

fn is_outer_head(reader: &Reader<'_>, at: usize) -> bool {
    let words = &reader.sentence.pack.sectors;
    words.cues.contains(reader.key(at)) && !words.inner_heads.contains(reader.key(at))
}
