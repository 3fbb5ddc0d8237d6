//! Who a body is called by behind what it is for, in small letters (`Scuola dei mestieri Maria Lai`).

use super::{openings::begins_person, reader::Reader, right::skip_articles, run::run_end};
use crate::{
    annotate::offices::is_held,
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::pack::{
        WordClass,
        heads::{Grammar, Head, Joint},
    },
};

/// Most small words between the noun of a body and who it is called by.
const MAX_SMALL: usize = 7;

/// One past the name of the person whom a body is called by, behind a phrase in small letters that begins at the token `at`. The
/// holder of an office at the body stands there, too, and the subject of a sentence that begins with the body.
pub(super) fn behind_phrase(
    reader: &Reader<'_>,
    grammar: &Grammar,
    head: &Head,
    head_at: usize,
    at: usize,
) -> Option<usize> {
    let opens = matches!(grammar.joint(reader.small(at)), Some(Joint::Of | Joint::For));
    if !opens || reader.case != CaseEvidence::Strong {
        return None;
    }
    let first = skip_articles(reader, grammar, at + 1);
    let is_small = |at: usize| {
        reader
            .token(at)
            .is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Lower && token.gap <= Gap::Line)
    };
    let n_small = (0..MAX_SMALL).take_while(|n| is_small(first + n)).count();
    let person = first + n_small;
    let is_word = |at: usize| grammar.joint(reader.small(at)).is_some() || is_plain(reader, at);
    let is_told = n_small > 0 && is_plain(reader, person - 1) && (first..person).all(is_word);
    if !is_told || !reader.is_joined(person - 1) || !begins_person(reader, person) {
        return None;
    }
    let end = run_end(reader, grammar, head, person);
    // "La direttrice del Museo della ceramica Mario Bianchi, Anna Conti": the holder comes behind.
    let has_holder = || reader.word(end) == "," && begins_person(reader, end + 1);
    let is_holder = is_held(reader.context.document, reader.sentence, head_at) && !has_holder();
    (!is_holder && !begins_clause(reader, head_at, end)).then_some(end)
}

/// Whether the word at `at` may be a noun or an adjective: no small word, no verb, no office or title.
fn is_plain(reader: &Reader<'_>, at: usize) -> bool {
    let people = &reader.sentence.pack.people;
    let tokens = &reader.context.document.tokens;
    let closed = WordClass::FOLLOWS_SUBJECT
        .with(WordClass::ACT)
        .with(WordClass::LED)
        .with(WordClass::LEADS)
        .with(WordClass::RELATIVE)
        .with(WordClass::WHERE)
        .with(WordClass::PRECEDES_PERSON)
        .with(WordClass::AS);
    let key = reader.key(at);
    let is_office = || people.offices.end_at(reader.context.document.as_str(), tokens, at).is_some();
    let is_title = || people.honorifics.end_at(tokens, at).is_some() || people.nouns.end_at(tokens, at).is_some();
    !people.class(key).is_any(closed)
        && !reader.is_function_word(at)
        && !people.openers.contains(&key)
        && !is_office()
        && !is_title()
}

/// Whether a sentence begins with the body at `head_at` behind a preposition, so that the person who ends before `end` is the
/// subject of the verb there (`Per il Centro di calcolo Anna Conti ha scritto`).
fn begins_clause(reader: &Reader<'_>, head_at: usize, end: usize) -> bool {
    let people = &reader.sentence.pack.people;
    let class = |at: usize| people.class(reader.key(at));
    let prepositions = WordClass::OF
        .with(WordClass::TO)
        .with(WordClass::AT)
        .with(WordClass::LOCATIVE)
        .with(WordClass::PRECEDES_PERSON)
        .with(WordClass::ARTICULATED);
    let before = reader.sentence.first_token..head_at;
    let is_opening = before.len() <= 2 && before.clone().any(|at| class(at).is_any(prepositions));
    is_opening && class(end).is_any(WordClass::FOLLOWS_SUBJECT.with(WordClass::ACT))
}
