//! How a name goes on before its head noun.

use super::reader::Reader;
use crate::{
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::{
        Kind,
        pack::heads::{Grammar, Head, Joint, Takes},
    },
};

/// Longest stretch before a head, in tokens.
const MAX_TOKENS: usize = 9;

/// The first token of the capitalized words that end before the token `head`.
pub(super) fn any(reader: &Reader<'_>, grammar: &Grammar, head: usize) -> usize {
    let mut first = head;
    let mut at = head;
    while at > reader.sentence.first_token && head - at < MAX_TOKENS && touches(reader, at) {
        let before = at - 1;
        let is_joiner = is_inner_mark(reader, before) || reader.word(before) == "&";
        if is_joiner && before > reader.sentence.first_token && reader.is_name_word(before - 1) {
            at = before;
        } else if reader.is_name_word(before) && !ends_other(reader, before) && !announces_body(reader, before) {
            at = before;
            first = at;
        } else {
            break;
        }
    }
    while first < head && is_outside(reader, grammar, first) {
        first += 1;
        while first < head && reader.token(first).is_some_and(|token| token.kind == TokenKind::Mark) {
            first += 1;
        }
    }
    coordinated(reader, grammar, first, head).unwrap_or(first)
}

/// Most words of the first part of a coordination before a head.
const MAX_COORDINATED: usize = 3;

/// Where a coordination of common words before the head begins (`the Environment and Resources Authority`): an article opens
/// it, and nothing in it is a name by itself.
fn coordinated(reader: &Reader<'_>, grammar: &Grammar, first: usize, head: usize) -> Option<usize> {
    let is_common = |at: usize| reader.is_name_word(at) && reader.zipf(at) > 0.0 && !is_named(reader, at);
    let and = first.checked_sub(1).filter(|&and| and > reader.sentence.first_token)?;
    if first == head || grammar.joint(reader.small(and)) != Some(Joint::And) || !(first..head).all(is_common) {
        return None;
    }
    let n_words =
        (1..=MAX_COORDINATED).take_while(|&n| and >= reader.sentence.first_token + n && is_common(and - n)).count();
    let start = and - n_words;
    let before = start.checked_sub(1).filter(|&before| n_words > 0 && before >= reader.sentence.first_token)?;
    (grammar.joint(reader.opening_or_small(before)) == Some(Joint::Article)).then_some(start)
}

/// Whether a place or a body of the lists, or the head noun of one, stands at `at`.
fn is_named(reader: &Reader<'_>, at: usize) -> bool {
    let heads = &reader.context.lexicon.packs.institution_heads;
    // "Energy" ends names of firms and opens none.
    let opens = |head: &Head| head.takes(Takes::Of) || head.takes(Takes::Name);
    let is_head = heads
        .begin(reader.key(at))
        .any(|head| head.kind == Kind::Institution && !head.is_outside && head.words.len() == 1 && opens(head));
    is_head
        || reader.place_at(at).is_some()
        || reader.listed_at(at, Kind::Institution).is_some_and(|(_, end)| end > at + 1)
}

/// Whether the token before `at` can belong to the same name by what stands between them.
fn touches(reader: &Reader<'_>, at: usize) -> bool {
    reader.token(at).is_some_and(|token| token.gap != Gap::Paragraph)
}

fn is_inner_mark(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.word(at), "-" | "‑" | "'" | "’") && reader.token(at + 1).is_some_and(|next| next.gap == Gap::None)
}

/// Whether the word at `at` announces a body in a language whose nouns all have a capital (`Firma Nivora Systems`).
pub(in crate::annotate) fn announces_body(reader: &Reader<'_>, at: usize) -> bool {
    let heads = &reader.context.lexicon.packs.institution_heads;
    let is_home = |language: usize| heads.languages[language].code == reader.sentence.pack.code;
    reader.sentence.pack.institutions.nouns_are_capitalized
        && heads.begin(reader.key(at)).any(|head| head.is_outside && head.words.len() == 1 && is_home(head.language))
}

/// Whether a person or a country ends at the token `at` by the lists: a name goes on before a head with a country only as its first word.
fn ends_other(reader: &Reader<'_>, at: usize) -> bool {
    reader.listed_at(at, Kind::Person).is_some_and(|(_, end)| end == at + 1) && reader.place_at(at).is_none()
}

/// Whether the word at `at` opens the stretch without belonging to the name: an article, a preposition, a common word where
/// case tells nothing.
fn is_outside(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> bool {
    let is_upper = reader.token(at).is_some_and(|token| token.case == Case::Upper);
    if is_upper && reader.case == CaseEvidence::Strong {
        return false;
    }
    // "the National Dairy Authority": a common word that has a capital within a sentence is part of the name.
    let is_marked = reader.case == CaseEvidence::Strong && !reader.opens_sentence(at);
    matches!(grammar.joint(reader.key(at)), Some(Joint::Of | Joint::For | Joint::At | Joint::And | Joint::Article))
        || if is_marked { reader.is_listed_function_word(at) } else { reader.is_function_word(at) }
}

/// The first token of the modifiers that stand before the token `head`: `Technische`, `Karlsruher`, `Fraunhofer-`.
pub(super) fn modifiers(reader: &Reader<'_>, grammar: &Grammar, head: usize) -> usize {
    let mut first = head;
    while first > reader.sentence.first_token && head - first < MAX_TOKENS && touches(reader, first) {
        let before = first - 1;
        let is_hyphen = reader.word(before) == "-" && reader.token(first).is_some_and(|token| token.gap == Gap::None);
        if is_hyphen
            && before > reader.sentence.first_token
            && reader.token(before).is_some_and(|t| t.gap == Gap::None)
            && reader.is_name_word(before - 1)
        {
            first = before - 1;
        } else if reader.is_name_word(before)
            && grammar.is_modifier(&reader.folded(before))
            && !(reader.opens_sentence(before) && reader.is_function_word(before))
        {
            first = before;
        } else {
            break;
        }
    }
    first
}
