//! Common nouns in small letters that end a name: `Museo della seta`, `Syndicat des énergies renouvelables`, and further
//! phrases behind them.

use super::{
    openings::{is_person, opens_body},
    reader::Reader,
    right::{Step, skip_articles},
};
use crate::{
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::{
        Kind,
        pack::heads::{Grammar, Head, Joint, Takes},
    },
};

/// Fewest letters of a common noun that is part of a name.
const MIN_NOUN: usize = 4;

/// Most adjectives behind a noun.
const MAX_ADJECTIVES: usize = 3;

/// Most tokens of the members of a union and of what they make.
const MAX_MEMBERS: usize = 6;

/// Whether the name of `head`, at the token `head_at`, may go on with common nouns: a capital tells a name only within a
/// sentence.
pub(super) fn may(reader: &Reader<'_>, head: &Head, head_at: usize) -> bool {
    head.takes(Takes::Common) && reader.case == CaseEvidence::Strong && !reader.opens_sentence(head_at)
}

/// The phrase with `of`, at the token `of`, and a common noun with its adjectives in small letters.
pub(super) fn phrase(reader: &Reader<'_>, grammar: &Grammar, of: usize) -> Option<Step> {
    let noun = skip_articles(reader, grammar, of + 1);
    let noun = if grammar.leads(reader.small(noun)) { noun + 1 } else { noun };
    if !is_noun(reader, grammar, noun) {
        return None;
    }
    // "des experts-comptables"
    let is_tied = reader.word(noun + 1) == "-" && reader.token(noun + 1).is_some_and(|token| token.gap == Gap::None);
    let noun = if is_tied && is_noun(reader, grammar, noun + 2) { noun + 2 } else { noun };
    let end = behind_adjectives(reader, grammar, noun, noun + 1);
    Some(Step { end: behind_twin(reader, grammar, noun, end), is_name: false, is_place: false })
}

/// The phrase with `for`, at the token `at`, and a common noun: nobody sets a council up "for the year".
pub(super) fn purpose(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> Option<Step> {
    let noun = skip_articles(reader, grammar, at + 1);
    let is_time = reader.sentence.pack.dates.sense(reader.key(noun)).is_some_and(|sense| {
        sense.weekday.is_some()
            || sense.month.is_some()
            || sense.unit.is_some()
            || sense.ordinal.is_some()
            || sense.part.is_some()
    });
    let is_counted = grammar.narrows(reader.key(noun), reader.word(noun));
    if is_time || is_counted {
        return None;
    }
    phrase(reader, grammar, at)
}

/// Adjectives in small letters that complete a name (`Partito liberale unito`), the noun of which stands at `head_at`, from `at`
/// on: two at least, or the name is none.
pub(super) fn narrowed(reader: &Reader<'_>, grammar: &Grammar, head_at: usize, at: usize) -> Option<Step> {
    let end = behind_adjectives(reader, grammar, at - 1, at);
    let is_capital = reader.token(head_at).is_some_and(|token| token.case == Case::Title);
    let is_name = is_capital && reader.case == CaseEvidence::Strong && !reader.opens_sentence(head_at);
    (is_name && end > at + 1).then_some(Step { end, is_name: true, is_place: false })
}

/// The members of a union from `at` on, behind its adjective and without `of`, with what they make or are (`Federazione italiana
/// produttori latte`).
pub(super) fn members(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> Option<Step> {
    let is_member = |at: usize| {
        let is_time = reader.sentence.pack.dates.sense(reader.key(at)).is_some();
        is_noun(reader, grammar, at) && grammar.names_members(reader.word(at)) && !is_time
    };
    if !is_member(at) {
        return None;
    }
    let trade = |at: usize| reader.listed_at(at, Kind::Sector).map(|(_, end)| end);
    let mut end = trade(at).unwrap_or(at + 1);
    while end - at < MAX_MEMBERS {
        let is_and = grammar.joint(reader.small(end)) == Some(Joint::And);
        match () {
            () if is_member(end) => end += 1,
            () if is_and && is_member(end + 1) => end += 2,
            () if let Some(behind) = trade(end) => end = behind,
            () => break,
        }
    }
    Some(Step { end, is_name: false, is_place: false })
}

/// The token behind adjectives in small letters from `at` on that narrow the word at `noun`, `and` between two of them included.
pub(super) fn behind_adjectives(reader: &Reader<'_>, grammar: &Grammar, noun: usize, at: usize) -> usize {
    let is_adjective = |at: usize| {
        let token = reader.token(at);
        let is_small = token.is_some_and(|token| token.case == Case::Lower && token.gap < Gap::Paragraph);
        is_small
            && !reader.is_function_word(at)
            && grammar.narrows(reader.key(at), reader.word(at))
            && grammar.agrees(reader.word(noun), reader.word(at))
    };
    let mut end = at;
    while end - at < MAX_ADJECTIVES {
        let is_and = end > at && grammar.joint(reader.small(end)) == Some(Joint::And);
        match () {
            () if is_adjective(end) => end += 1,
            () if is_and && is_adjective(end + 1) => end += 2,
            () => break,
        }
    }
    end
}

/// The token behind adjectives from `at` on that lead from the noun before them to a phrase with `of` or `for` (`Union maritime et
/// fluviale du Rhin`).
pub(super) fn leading_adjectives(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> Option<usize> {
    let behind = behind_adjectives(reader, grammar, at - 1, at);
    matches!(grammar.joint(reader.small(behind)), Some(Joint::Of | Joint::For))
        .then_some(behind)
        .filter(|&behind| behind > at)
}

/// The token behind a second noun in the plural that shares the article of the noun at `noun`: `des villes et communes`.
fn behind_twin(reader: &Reader<'_>, grammar: &Grammar, noun: usize, end: usize) -> usize {
    let is_and = grammar.joint(reader.small(end)) == Some(Joint::And);
    let is_plural = |at: usize| is_noun(reader, grammar, at) && grammar.is_plural(reader.word(at));
    let document = reader.context.document;
    let is_office =
        |at| reader.sentence.pack.people.offices.begin_at(document.as_str(), &document.tokens, at).is_some();
    if is_and && is_plural(noun) && is_plural(end + 1) && !is_office(end + 1) {
        return behind_adjectives(reader, grammar, end + 1, end + 2);
    }
    end
}

/// Whether `and` at the token `and` leads to a second phrase of the name that goes on from `start` with a first one: both have
/// the article in their `of`, and the second is neither a body nor a person of its own.
pub(super) fn pairs(reader: &Reader<'_>, grammar: &Grammar, start: usize, and: usize) -> bool {
    let has_article = |of: usize| {
        grammar.joint(reader.small(of)) == Some(Joint::Of)
            && (!grammar.is_bare(reader.small(of)) || grammar.joint(reader.small(of + 1)) == Some(Joint::Article))
    };
    let next = skip_articles(reader, grammar, and + 2);
    let heads = &reader.context.lexicon.packs.institution_heads;
    let is_other =
        opens_body(reader, next) || is_person(reader, next) || heads.begin(reader.key(next)).next().is_some();
    (start..and).any(has_article) && has_article(and + 1) && !is_other
}

/// Whether a word in small letters that is neither a joint nor a function word stands at `at`.
fn is_noun(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> bool {
    let is_small = |at: usize| {
        reader.token(at).is_some_and(|token| {
            token.kind == TokenKind::Word && token.case == Case::Lower && token.gap < Gap::Paragraph
        })
    };
    let joint = grammar.joint(reader.small(at));
    is_small(at)
        && reader.word(at).chars().count() >= MIN_NOUN
        && !matches!(joint, Some(Joint::Of | Joint::And | Joint::At | Joint::For | Joint::Article | Joint::Adjective))
        && (joint == Some(Joint::Field) || !reader.is_function_word(at))
}
