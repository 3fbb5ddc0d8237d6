//! Products in the names of those who protect them: `della Cipolla rossa di Roccabruna IGP`.

use super::{
    openings::{is_person, opens_body, opens_person},
    reader::Reader,
    right::skip_articles,
};
use crate::{
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::pack::{
        WordClass,
        heads::{Grammar, Joint},
    },
};

/// Longest product with its places, in tokens.
const MAX_TOKENS: usize = 14;

/// Most words in small letters between two with capitals.
const MAX_SMALL: usize = 3;

/// Fewest letters of an adjective or noun in small letters.
const MIN_WORD: usize = 3;

/// One past the last word of the product that begins at `at`, with `of` and its article or without; none where it is no common
/// noun, or goes on in no way of its own that other names would not.
pub(super) fn phrase(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> Option<usize> {
    let is_of = |at: usize| grammar.joint(reader.small(at)) == Some(Joint::Of);
    let first = if is_of(at) { skip_articles(reader, grammar, at + 1) } else { at };
    if reader.case != CaseEvidence::Strong || !reader.is_joined(first - 1) || !is_common_noun(reader, first, first > at)
    {
        return None;
    }
    let mut end = first;
    let mut next = first;
    // How many words with a capital stand in a row before `next`.
    let mut n_capitals = 0;
    let mut n_small = 0;
    while next < first + MAX_TOKENS && (next == first || reader.is_joined(next - 1)) {
        if reader.is_name_word(next) && (next == first || !opens_other(reader, grammar, next)) {
            end = reader.place_at(next).map_or(next + 1, |(_, place)| place);
            n_capitals += end - next;
            next = end;
            n_small = 0;
            continue;
        }
        let joint = grammar.joint(reader.small(next));
        let step = match joint {
            // "Pecorino Romano di Macomer": a name of two words has its seat behind it.
            Some(Joint::Of) if grammar.is_bare(reader.small(next)) && n_capitals >= 2 => return done(first, end),
            Some(Joint::Of) => skip_articles(reader, grammar, next + 1),
            Some(Joint::And) if adds_place(reader, grammar, next + 1) => next + 1,
            Some(Joint::At | Joint::For | Joint::And | Joint::Article) => return done(first, end),
            _ if is_apostrophe(reader, next) => next + 1,
            _ if is_small_word(reader, next) => next + 1,
            _ => return done(first, end),
        };
        n_small += step - next;
        n_capitals = 0;
        if n_small > MAX_SMALL {
            break;
        }
        next = step;
    }
    done(first, end)
}

fn done(first: usize, end: usize) -> Option<usize> {
    (end > first + 1).then_some(end)
}

/// Whether the noun of a product stands at `at`, with a capital or without: a word of the language, or behind `of` any.
fn is_common_noun(reader: &Reader<'_>, at: usize, is_behind_of: bool) -> bool {
    let is_word = reader.token(at).is_some_and(|token| token.kind == TokenKind::Word);
    // "Pecorino Romano": an adjective of a territory stands beside it.
    let is_narrowed = || reader.sentence.pack.people.class(reader.key(at + 1)).is(WordClass::DEMONYM);
    let is_told = is_behind_of && reader.place_at(at).is_none() || reader.zipf(at) > 0.0 || is_narrowed();
    is_word && is_told && !reader.is_function_word(at) && !is_person(reader, at)
}

/// Whether a body or a person of its own begins at `at`.
fn opens_other(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> bool {
    let heads = &reader.context.lexicon.packs.institution_heads;
    let is_home = |language: usize| heads.languages[language].code == grammar.code;
    let is_firm = |at: usize| heads.begin(reader.key(at)).any(|head| is_home(head.language) && !head.is_outside);
    is_person(reader, at) || opens_person(reader, at) && !reader.is_common(at) || opens_body(reader, at) && is_firm(at)
}

/// Whether a further product or place stands behind `and`: one that the lists or the language know, and no body.
fn adds_place(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> bool {
    let next =
        if grammar.joint(reader.small(at)) == Some(Joint::Of) { skip_articles(reader, grammar, at + 1) } else { at };
    let heads = &reader.context.lexicon.packs.institution_heads;
    let is_head = heads.begin(reader.key(next)).any(|head| heads.languages[head.language].code == grammar.code);
    let has_place = grammar.joint(reader.small(next + 1)) == Some(Joint::Of) && reader.place_at(next + 2).is_some();
    let is_known = reader.place_at(next).is_some() || reader.zipf(next) > 0.0 || next > at || has_place;
    reader.is_name_word(next) && is_known && !is_head && !opens_other(reader, grammar, next)
}

/// An adjective or noun in small letters: no joint, no function word, on the same line.
fn is_small_word(reader: &Reader<'_>, at: usize) -> bool {
    let is_small = reader
        .token(at)
        .is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Lower && token.gap <= Gap::Line);
    is_small && reader.word(at).chars().count() >= MIN_WORD && !reader.is_function_word(at)
}

fn is_apostrophe(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.word(at), "'" | "’" | "-") && reader.token(at + 1).is_some_and(|next| next.gap == Gap::None)
}
