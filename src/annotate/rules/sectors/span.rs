//! From where to where a field is named.

use super::{Field, Reader};
use crate::{
    document::{Case, Gap, TokenKind},
    lexicon::{EntryId, Folds, Kind, Lookup, Written},
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
    while let Some(first) = behind_outer_head(reader, field) {
        field.first = first;
    }
    if field.first > 0 && words.inner_heads.contains(reader.key(field.first - 1)) {
        field.first -= 1;
    }
    field.first = start_of_adjectives(reader, field.first);
    take_in_adjectives(reader, field);
    let start = start_of_activity(reader, field.first);
    // riuso delle batterie is about what is done, where that is a field by itself.
    if start < field.first
        && words.processes.contains(reader.key(start))
        && let Some((entry, code)) = named(reader, start, start + 1)
    {
        (field.entry, field.code) = (entry, code);
    }
    field.first = start;
    if words.cues_follow && words.activities.contains(reader.key(field.end)) {
        field.end += 1;
    }
    if field.end - field.first == 1 && words.kinds.contains(reader.key(field.first)) {
        field.end = end_of_kind(reader, field.end);
    }
    take_in_joined(reader, field);
    leave_complement(reader, field);
    if !words.without_complement.contains(reader.key(field.first)) {
        take_in_phrase(reader, field);
    }
}

/// The first of the adjectives before a token that narrow what begins there: `surgical`, `low-carbon`.
pub(super) fn start_of_adjectives(reader: &Reader<'_>, mut first: usize) -> usize {
    let words = &reader.sentence.pack.sectors;
    let is_adjective =
        |at: usize| words.narrowing_before.contains(reader.key(at)) || narrows_before_by_ending(reader, at);
    let touches = |at: usize| reader.tokens[at].gap == Gap::None;
    let is_joined = |at: usize| {
        let is_end =
            words.joined_ends.contains(reader.key(at)) && reader.word(at - 1) == "-" && touches(at) && touches(at - 1);
        is_end && reader.tokens[at - 2].case == Case::Lower
    };
    loop {
        match first {
            0 => return 0,
            at if is_adjective(at - 1) => first -= 1,
            at if at > 2 && is_joined(at - 1) => first -= 3,
            _ => return first,
        }
    }
}

/// Takes in the adjectives and participles behind the field.
fn take_in_adjectives(reader: &Reader<'_>, field: &mut Field) {
    let words = &reader.sentence.pack.sectors;
    let is_adjective = |at: usize| words.narrowing.contains(reader.key(at)) || narrows_by_ending(reader, at);
    while is_adjective(field.end) && !is_governing(reader, field.end) || is_participle(reader, field.end) {
        field.end += 1;
    }
}

/// Whether a participle narrows the field before it: `trasporti refrigerati`. One that something depends on says what happens.
fn is_participle(reader: &Reader<'_>, at: usize) -> bool {
    let words = &reader.sentence.pack.sectors;
    let closes = |at: usize| {
        let next = reader.tokens.get(at);
        next.is_none_or(|token| token.kind == TokenKind::Mark && reader.word(at) != "(")
            || words.conjunctions.contains(reader.key(at))
    };
    is_long_adjective(reader, at, &words.narrowing_participles) && closes(at + 1)
}

/// Takes in set phrases that say which kind is meant (`stampaggio a freddo`), and compounds of a prefix (`ricostruzione post-sisma`).
fn take_in_phrase(reader: &Reader<'_>, field: &mut Field) {
    field.end += 3 * usize::from(is_prefixed(reader, field.end));
    let phrases = &reader.sentence.pack.sectors.narrowing_phrases;
    field.end = phrases.begin_at(reader.tokens, field.end).map_or(field.end, |(end, _)| end);
}

/// Whether a prefix, a hyphen and a noun begin at a token: `post-sisma`.
fn is_prefixed(reader: &Reader<'_>, at: usize) -> bool {
    let touches = |at: usize| reader.tokens.get(at).is_some_and(|token| token.gap == Gap::None);
    let is_prefix = reader.sentence.pack.sectors.prefixes.contains(reader.key(at)) && reader.word(at + 1) == "-";
    is_prefix && touches(at + 1) && touches(at + 2) && reader.tokens[at + 2].case == Case::Lower
}

/// The place behind a head word that stays outside, with the preposition behind it (`costruttori di macchine utensili`).
fn behind_outer_head(reader: &Reader<'_>, field: &Field) -> Option<usize> {
    let is_head = field.end - field.first > 1 && is_outer_head(reader, field.first);
    let is_of = |at: usize| reader.sentence.pack.missions.of.contains(reader.key(at)) || reader.is_function_word(at);
    let mut starts = (field.first + 1..field.end.min(field.first + 3)).filter(|_| is_head);
    starts.find(|&first| (first == field.first + 1 || is_of(first - 1)) && is_name(reader, first, field.end))
}

/// Takes in what a hyphen joins to the field: `lattiero-casearia`, `agro-alimentare`.
fn take_in_joined(reader: &Reader<'_>, field: &mut Field) {
    let touches = |at: usize| reader.tokens.get(at).is_some_and(|token| token.gap == Gap::None);
    let is_word = |at: usize| {
        reader.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Lower)
    };
    if reader.sentence.pack.sectors.cues_follow || !is_word(field.end - 1) {
        return;
    }
    if reader.word(field.end) == "-" && touches(field.end) && touches(field.end + 1) && is_word(field.end + 1) {
        field.end += 2;
    }
    let first = field.first;
    if first > 1 && reader.word(first - 1) == "-" && touches(first - 1) && touches(first) && is_word(first - 2) {
        field.first -= 2;
    }
}

/// Leaves outside for whom a field is: `formazione` di tecnici, `automazione` dei magazzini.
fn leave_complement(reader: &Reader<'_>, field: &mut Field) {
    let (words, missions) = (&reader.sentence.pack.sectors, &reader.sentence.pack.missions);
    let head = (field.first..field.end).find(|&at| words.without_complement.contains(reader.key(at)));
    let Some(head) = head.filter(|&head| head <= field.first + 1) else { return };
    let complement = (head + 1..field.end)
        .find(|&at| missions.of.contains(reader.key(at)) || words.complement_openers.contains(reader.key(at)));
    let Some(end) = complement else { return };
    if let Some((entry, code)) = named(reader, field.first, end) {
        (field.end, field.entry, field.code) = (end, entry, code);
    }
}

/// The field that the whole of some tokens names.
fn named(reader: &Reader<'_>, first: usize, end: usize) -> Option<(EntryId, String)> {
    let span = Span::new(reader.tokens[first].span.start(), reader.tokens[end - 1].span.end());
    let name = reader.context.lexicon.gazetteer.spelling(span.of(reader.context.document.as_str()))?;
    let field = reader.field(&Lookup { span, name, folds: Folds::default(), written: Written::Exact })?;
    Some((field.entry, field.code))
}

/// Whether an adjective before or behind a field narrows it.
pub(super) fn is_narrowed(reader: &Reader<'_>, field: &Field) -> bool {
    let words = &reader.sentence.pack.sectors;
    let before = field
        .first
        .checked_sub(1)
        .is_some_and(|at| words.narrowing_before.contains(reader.key(at)) || narrows_before_by_ending(reader, at));
    before
        || (words.narrowing.contains(reader.key(field.end)) || narrows_by_ending(reader, field.end))
            && !is_governing(reader, field.end)
        || is_prefixed(reader, field.end)
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
    is_long_adjective(reader, at, &reader.sentence.pack.sectors.narrowing_endings)
}

/// Whether the word at `at` stands right behind another, has one of `endings` and says more than whose or which.
fn is_long_adjective(reader: &Reader<'_>, at: usize, endings: &[String]) -> bool {
    let words = &reader.sentence.pack.sectors;
    let Some(token) = reader.tokens.get(at) else { return false };
    let word = reader.word(at);
    token.case == Case::Lower
        && token.gap == Gap::Blank
        && word.chars().count() >= MIN_ADJECTIVE_LETTERS
        && endings.iter().any(|ending| word.ends_with(ending.as_str()))
        && !words.not_narrowing.contains(reader.key(at))
        && !reader.is_function_word(at)
}

fn is_name(reader: &Reader<'_>, first: usize, end: usize) -> bool {
    let span = Span::new(reader.tokens[first].span.start(), reader.tokens[end - 1].span.end());
    let gazetteer = &reader.context.lexicon.gazetteer;
    let spelling = gazetteer.spelling(span.of(reader.context.document.as_str()));
    spelling.is_some_and(|name| {
        gazetteer.readings(name).any(|reading| gazetteer.profile(reading.entry).kind == Kind::Sector)
    })
}

fn is_outer_head(reader: &Reader<'_>, at: usize) -> bool {
    let words = &reader.sentence.pack.sectors;
    words.cues.contains(reader.key(at)) && !words.inner_heads.contains(reader.key(at))
}
