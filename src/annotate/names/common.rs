//! Common nouns in small letters that end a name: `Museo della seta`, and a second phrase of a pair.

use super::{
    openings::{is_person, opens_body},
    reader::Reader,
    right::{Step, skip_articles},
};
use crate::{
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::pack::heads::{Grammar, Joint},
};

/// Fewest letters of a common noun that is part of a name.
const MIN_NOUN: usize = 4;

/// The phrase with `of`, at the token `of`, and a common noun with its adjective in small letters.
pub(super) fn phrase(reader: &Reader<'_>, grammar: &Grammar, of: usize) -> Option<Step> {
    let noun = skip_articles(reader, grammar, of + 1);
    if reader.case != CaseEvidence::Strong || !is_noun(reader, grammar, noun) {
        return None;
    }
    let is_adjective =
        is_noun(reader, grammar, noun + 1) && reader.sentence.pack.people.ends_like_adjective(reader.word(noun + 1));
    let is_narrowed = is_adjective || grammar.joint(reader.small(noun + 1)) == Some(Joint::Adjective);
    Some(Step { end: noun + 1 + usize::from(is_narrowed), is_name: false, is_place: false })
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
    is_small(at)
        && reader.word(at).chars().count() >= MIN_NOUN
        && !matches!(
            grammar.joint(reader.small(at)),
            Some(Joint::Of | Joint::And | Joint::At | Joint::For | Joint::Article)
        )
        && !reader.is_function_word(at)
}
