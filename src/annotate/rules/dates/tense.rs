//! What the verbs around a date tell of it: whether it lies ahead.

use super::{
    calendar::Tense,
    expression::{self, Expression, Named, YearSaid},
    grammar::Found,
};
use crate::{
    annotate::value::Bound,
    document::{Document, Token, TokenKind},
    lexicon::pack::dates::{DatesWords, Role},
};

/// Whether the tense of its sentence tells the year or the week of an expression.
pub(super) fn needs_tense(expression: &Expression) -> bool {
    match expression {
        Expression::Named(named) => named.year == YearSaid::Unsaid && named.side.is_none(),
        Expression::Season(_, year) => *year == YearSaid::Unsaid,
        Expression::Holiday(_, year, side) => *year == YearSaid::Unsaid && side.is_none(),
        Expression::Nth(_, _, container)
        | Expression::Near(_, container)
        | Expression::Firsts(_, _, container)
        | Expression::Around(_, container) => needs_tense(container),
        Expression::Range(_, last) => needs_tense(last),
        Expression::Lasting(_, start) => needs_tense(start),
        _ => false,
    }
}

/// What the sentence tells of when a date is. By a day is one to come.
pub(super) fn tense_of(document: &Document<'_>, sentence_idx: usize, item: &Found) -> Option<Tense> {
    if item.bound == Some(Bound::By) {
        Some(Tense::Future)
    } else if tells_what_was_done(document, sentence_idx, item) {
        Some(Tense::Past)
    } else {
        speaks_of_future(document, sentence_idx, item).then_some(Tense::Future)
    }
}

/// Furthest word that can tell the tense of a date, in tokens.
const TENSE_REACH: usize = 25;

/// Whether a verb near the date speaks of what will be.
fn speaks_of_future(document: &Document<'_>, sentence_idx: usize, item: &Found) -> bool {
    let sentence = &document.sentences[sentence_idx];
    let words = &sentence.pack.dates;
    let at = document.token_at(item.span.start());
    let first = at.saturating_sub(TENSE_REACH).max(sentence.first_token);
    let end = (at + TENSE_REACH).min(sentence.end_token);
    // What stands behind a semicolon is another statement.
    let is_break = |token: &Token| token.kind == TokenKind::Mark && token.span.of(document.as_str()) == ";";
    let first = (first..at).rev().find(|&at| is_break(&document.tokens[at])).map_or(first, |mark| mark + 1);
    let end = (at..end).find(|&at| is_break(&document.tokens[at])).unwrap_or(end);
    // è partita sabato e rientrerà: what is joined behind a weekday is another statement.
    let is_weekday =
        matches!(item.point.expression, Expression::Named(Named { weekday: Some(_), day: None, month: None, .. }));
    let has_statement = at - first > 2;
    let is_joint = |token: &Token| words.sense(token.key).is_some_and(|sense| sense.is(Role::And));
    let joint = (at..end).find(|&at| is_weekday && has_statement && is_joint(&document.tokens[at]));
    let end = joint.filter(|&joint| !is_weekday_behind(document, joint, words)).unwrap_or(end);
    let is_wide = is_of_months(&item.point.expression);
    document.tokens[first..end].iter().filter(|token| token.kind == TokenKind::Word).any(|token| {
        words.is_future(token.key, document.word(token))
            || is_wide && words.sense(token.key).is_some_and(|sense| sense.is(Role::Intent))
    })
}

/// Furthest word that tells that a date has passed, in tokens.
const DONE_REACH: usize = 6;
/// Furthest verb or infinitive before such a word that puts it off (`will have been signed`), in tokens.
const PUT_OFF_REACH: usize = 3;

/// Whether the words right around the date tell what was done on it: `firmato il 3 marzo`, `signed in Rome on 3 March`, `das am
/// 3. März unterzeichnete Abkommen`.
fn tells_what_was_done(document: &Document<'_>, sentence_idx: usize, item: &Found) -> bool {
    let sentence = &document.sentences[sentence_idx];
    let words = &sentence.pack.dates;
    let at = document.token_at(item.span.start());
    let is_done = |at: usize| words.sense(document.tokens[at].key).is_some_and(|sense| sense.is(Role::Done));
    let is_put_off = |at: usize| {
        let token = &document.tokens[at];
        words.is_future(token.key, document.word(token))
            || words.sense(token.key).is_some_and(|sense| sense.is(Role::Intent))
    };
    let behind = document.token_at(item.span.end());
    if behind < sentence.end_token && document.tokens[behind].span.start() >= item.span.end() && is_done(behind) {
        return !(sentence.first_token..at).any(is_put_off);
    }
    let first = at.saturating_sub(DONE_REACH).max(sentence.first_token);
    let mut before = (first..at).rev().take_while(|&at| document.tokens[at].kind != TokenKind::Mark && !is_put_off(at));
    let is_undone = |at: usize| words.sense(document.tokens[at].key).is_some_and(|sense| sense.is(Role::Undone));
    before.find(|&at| is_done(at)).is_some_and(|done| {
        !(done.saturating_sub(PUT_OFF_REACH).max(sentence.first_token)..done).any(|at| is_put_off(at) || is_undone(at))
    })
}

/// Whether another weekday is joined at `joint` (`lunedì e martedì partirà`).
fn is_weekday_behind(document: &Document<'_>, joint: usize, words: &DatesWords) -> bool {
    let sense = |at: usize| document.tokens.get(at).and_then(|token| words.sense(token.key));
    let behind = joint + 1 + usize::from(sense(joint + 1).is_some_and(|sense| sense.is(Role::Article)));
    sense(behind).is_some_and(|sense| sense.weekday.is_some())
}

/// Whether an expression names months, quarters or seasons, and no day.
fn is_of_months(expression: &Expression) -> bool {
    match expression {
        Expression::Named(named) => named.day.is_none() && named.weekday.is_none(),
        Expression::Season(..) => true,
        Expression::Nth(_, piece, container) => {
            !matches!(piece, expression::Piece::Weekday(_)) && is_of_months(container)
        }
        Expression::Near(_, container) | Expression::Firsts(_, _, container) => is_of_months(container),
        Expression::Range(first, last) => is_of_months(first) && is_of_months(last),
        _ => false,
    }
}
