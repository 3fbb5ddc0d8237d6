//! Calendar expressions.
//!
//! What can begin a date is looked for first; the words around it are read (`reader.rs`), a grammar over them makes
//! expressions (`grammar.rs`, with `ranges.rs`, `timed.rs` and `lists.rs`, and the ways to read a point, listed in `ways.rs`: `named.rs`, `weekdays.rs`,
//! `lone.rs`, `numeric.rs`, `relative.rs`, `periods.rs`, `edges.rs`, `holidays.rs`, `eras.rs`, with `number.rs` and `clock.rs`), and these are resolved beside the
//! day of publication (`resolve.rs`, `calendar.rs`, `iso.rs`, `tense.rs`, `told.rs`). Read `expression.rs` first: it says what there is to say of the calendar.

mod calendar;
mod clock;
mod edges;
mod eras;
mod expression;
mod grammar;
mod holidays;
mod iso;
mod lists;
mod lone;
mod named;
mod number;
mod numeric;
mod periods;
mod ranges;
mod reader;
mod relative;
mod resolve;
mod tense;
mod timed;
mod told;
mod ways;
mod weekdays;

use super::Rule;
use crate::{
    annotate::{
        Confidence, Context, Mention,
        value::{Bound, DateValue, Value},
    },
    document::{Case, Document, Gap, Sentence, Token, TokenKind, Zone},
    lexicon::{
        Kind,
        pack::dates::{DatesWords, Role, Roles, Sense, Traits, Trigger},
    },
};
use expression::{Expression, Hours, MonthSaid, Named, YearSaid};
use grammar::{Found, Item};
use reader::{Lexeme, Run};
use resolve::{Place, Resolver, UNANCHORED, Unresolved};
use std::cell::RefCell;
use tense::{needs_tense, tense_of};
use told::Told;

/// Calendar expressions.
pub(super) const RULE: Rule = Rule { name: "dates", about: "Calendar expressions.", find, echo: None };

fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    let document = context.document;
    let (mut read, mut scratch) = (Vec::new(), Scratch::default());
    let mut per_sentence = Vec::new();
    for (sentence_idx, sentence) in document.sentences.iter().enumerate() {
        read_sentence(document, sentence, &mut scratch, &mut read);
        per_sentence.extend(std::iter::repeat_n(sentence_idx, read.len() - per_sentence.len()));
    }
    plan_days(&mut read);
    let order = Order::shown_by(document.as_str(), &read);
    let anchor = document.published.map(|published| published.date);
    let mut year_before = None;
    let mut told = Vec::with_capacity(read.len());
    for (at, item) in read.iter().enumerate() {
        let sentence_idx = per_sentence[at];
        if at == 0 || per_sentence[at - 1] != sentence_idx {
            year_before = None;
        }
        let tense = needs_tense(&item.point.expression).then(|| tense_of(document, sentence_idx, item)).flatten();
        let words = &document.sentences[sentence_idx].pack.dates;
        let place = Place {
            anchor,
            is_month_first: order == Order::MonthFirst,
            is_order_shown: order != Order::Unshown,
            tense,
            next_is_of_next_week: words.next_is_of_next_week,
            has_hours: item.hours.is_some(),
            year_before,
            is_year_beside: at > 0
                && per_sentence[at - 1] == sentence_idx
                && is_year_beside(document.as_str(), &read[at - 1], item),
        };
        let is_headline = document.sentences[sentence_idx].zone == Zone::Headline;
        told.push(Told { item, tense, is_headline, value: value(item, place) });
        // By 2030 is a goal; it does not tell when other things of the sentence were.
        let is_goal = matches!(item.bound, Some(Bound::Until | Bound::By));
        year_before = said_year(&item.point.expression).filter(|_| !is_goal).or(year_before);
    }
    if let Some(anchor) = anchor {
        told::settle(&mut told, anchor);
    }
    found.extend(told.into_iter().filter_map(|Told { item, value, .. }| {
        let mention = Mention::new(item.span, Kind::Date, item.rule, Confidence::percent(95));
        Some(Mention { value: Some(Value::Date(value?)), ..mention })
    }));
}

/// Whether a bare year stands right before a date, behind which only a comma stands.
fn is_year_beside(text: &str, before: &Found, item: &Found) -> bool {
    let is_bare = matches!(
        before.point.expression,
        Expression::Named(Named { year: YearSaid::Number(_), month: None, day: None, .. })
    );
    is_bare && text.get(before.span.end()..item.span.start()).is_some_and(|between| between.trim() == ",")
}

/// Bytes between two days of a plan, at most.
const PLAN_REACH: usize = 300;
/// Days between two days of a plan, at most.
const PLAN_DAYS: u8 = 14;

/// Gives the days of a plan the month of the day before them (`il 9 febbraio a Roma, il 10 al Ministero`), and leaves out the numbers
/// that follow none.
fn plan_days(read: &mut [Found]) {
    let mut last: Option<(Named, usize)> = None;
    for item in read {
        let day = match &item.point.expression {
            Expression::Named(named) => Some(*named),
            Expression::Range(_, last) => match **last {
                Expression::Named(named) => Some(named),
                _ => None,
            },
            _ => None,
        };
        if item.rule == grammar::PLAN {
            let number = day.and_then(|day| day.day);
            let planned = last.zip(number).filter(|((before, end), number)| {
                let is_later = before.day.is_some_and(|day| *number > day && *number - day <= PLAN_DAYS);
                is_later && item.span.start() - end <= PLAN_REACH
            });
            item.point.expression = planned.map_or(Expression::Recurring, |((before, _), number)| {
                Expression::Named(Named { day: Some(number), weekday: None, ..before })
            });
        }
        if let Expression::Named(named) = &item.point.expression {
            last = (named.day.is_some() && named.month.is_some()).then_some((*named, item.span.end()));
        } else if let Some(day) =
            day.filter(|day| day.day.is_some() && day.month.is_some() && item.rule != grammar::PLAN)
        {
            last = Some((day, item.span.end()));
        }
    }
}

/// Memory that is used again for each run of words.
#[derive(Default)]
struct Scratch<'a> {
    lexemes: Vec<Lexeme<'a>>,
    points: RefCell<Vec<Option<named::Read>>>,
    items: Vec<Item>,
}

/// Reads the dates of a sentence.
fn read_sentence<'a>(
    document: &Document<'_>,
    sentence: &Sentence<'a>,
    scratch: &mut Scratch<'a>,
    read: &mut Vec<Found>,
) {
    let Scratch { lexemes, points, items } = scratch;
    let (text, tokens, words) = (document.as_str(), &document.tokens[..], &sentence.pack.dates);
    let (mut at, mut floor) = (sentence.first_token, sentence.first_token);
    while at < sentence.end_token {
        let ahead = &tokens[at..sentence.end_token];
        let Some(n_passed) = ahead.iter().position(|token| may_trigger(text, token, words)) else { break };
        at += n_passed;
        if !is_trigger(text, tokens, at, words) {
            at += 1;
            continue;
        }
        let start = reader::run_start(text, tokens, at, floor, words);
        let end = reader::read(text, tokens, (start, sentence.end_token), words, lexemes);
        at = end.max(at + 1);
        floor = at;
        let traits = lexemes.iter().fold(Traits::NONE, |all, lexeme| all.and(lexeme.traits));
        if !traits.is_any(MAKERS) {
            continue;
        }
        let neighbor = |at: usize| (sentence.first_token..sentence.end_token).contains(&at).then(|| tokens[at]);
        let before = start.checked_sub(1).and_then(neighbor);
        let is_second = start == sentence.first_token + 1;
        points.get_mut().clear();
        points.get_mut().resize(lexemes.len(), None);
        Run { lexemes, traits, words, text, points, before, is_second, after: neighbor(end) }.read_all(items, read);
    }
}

/// What a date cannot do without; a unit alone makes none (`anni di lavoro`).
const MAKERS: Traits = Traits::COUNTING
    .and(Traits::ROMAN)
    .and(Traits::MONTH)
    .and(Traits::WEEKDAY)
    .and(Traits::DAY)
    .and(Traits::PART)
    .and(Traits::SEASON)
    .and(Traits::PIECE)
    .and(Traits::CENTURY)
    .and(Traits::DECADE)
    .and(Traits::HOLIDAY)
    .and(Traits::EDGE)
    .and(Traits::SIDE)
    .and(Traits::FAR)
    .and(Traits::COUNTED)
    .and(Traits::LAST_ONE)
    .and(Traits::RUNNING)
    .and(Traits::ERA)
    .and(Traits::YEAR_TO_DATE);

/// Whether a date may be built around a token: a look that costs next to nothing and rules out most.
#[inline]
fn may_trigger(text: &str, token: &Token, words: &DatesWords) -> bool {
    let is_digit_at = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    match token.kind {
        TokenKind::Mark => false,
        TokenKind::Number => true,
        TokenKind::Word => {
            words.may_trigger(token.key)
                || is_digit_at(token.span.start())
                || token.case == Case::Upper && is_digit_at(token.span.end() - 1)
        }
    }
}

/// Whether a date can be built around the token at `at`.
fn is_trigger(text: &str, tokens: &[Token], at: usize, words: &DatesWords) -> bool {
    let token = tokens[at];
    let bytes = &text.as_bytes()[token.span.range()];
    match token.kind {
        TokenKind::Mark => false,
        // 90er, 1Q24; FY24
        TokenKind::Word if bytes[0].is_ascii_digit() => true,
        TokenKind::Word if token.case == Case::Upper && bytes[bytes.len() - 1].is_ascii_digit() => true,
        TokenKind::Word => match words.trigger(token.key) {
            Some(Trigger::Alone) => true,
            Some(Trigger::BesideNumber) => stands_beside_number(text, tokens, at, words),
            None => false,
        },
        TokenKind::Number if bytes.len() == 4 => matches!(bytes[0], b'1' | b'2'),
        TokenKind::Number => {
            let is_mark = |at: usize| {
                tokens
                    .get(at)
                    .is_some_and(|mark| matches!(mark.span.of(text), "/" | "-" | "." | "–") && mark.gap == Gap::None)
            };
            let is_numeric = bytes.len() <= 2
                && is_mark(at + 1)
                && tokens.get(at + 2).is_some_and(|next| next.kind == TokenKind::Number);
            // dal '68
            let is_cut = |before: &Token| {
                bytes.len() == 2 && token.gap == Gap::None && matches!(before.span.of(text), "'" | "’")
            };
            let is_cut_year = at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(is_cut);
            // in the 90's
            let is_decade = || {
                matches!(bytes.len(), 2 | 4)
                    && bytes[bytes.len() - 1] == b'0'
                    && tokens.get(at + 1).is_some_and(|next| {
                        next.gap == Gap::None
                            && (words.sense(next).is_some_and(|sense| sense.is(Role::DecadeMark))
                                || matches!(next.span.of(text), "'" | "’")
                                    && tokens.get(at + 2).is_some_and(|mark| {
                                        mark.gap == Gap::None
                                            && words.sense(mark).is_some_and(|sense| sense.is(Role::DecadeMark))
                                    }))
                    })
            };
            let is_of_era =
                || [at.checked_sub(1), Some(at + 1)].into_iter().flatten().any(|at| reader::is_era(tokens, at, words));
            is_numeric
                || is_cut_year
                || is_decade()
                || bytes.len() <= 2 && is_lone_day(tokens, at, words)
                || bytes.len() <= 4 && is_of_era()
        }
    }
}

/// Whether the word at `at` stands beside a number or mark, or behind a word that leads to a month or weekday.
fn stands_beside_number(text: &str, tokens: &[Token], at: usize, words: &DatesWords) -> bool {
    const LEADS: Roles = Roles::of(&[
        Role::Glue,
        Role::Article,
        Role::YearCue,
        Role::This,
        Role::Next,
        Role::Last,
        Role::And,
        Role::Early,
        Role::Middle,
        Role::Late,
        Role::RangeFrom,
        Role::RangeTo,
        Role::BoundFrom,
        Role::BoundUntil,
        Role::BoundBy,
    ]);
    let is_number = |token: &Token| {
        let bytes = &text.as_bytes()[token.span.range()];
        token.kind != TokenKind::Word || bytes[0].is_ascii_digit()
    };
    let leads =
        |token: &Token| is_number(token) || words.sense(token).is_some_and(|it| it.is_any(LEADS) || it.is_said());
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    before.is_none_or(leads) || tokens.get(at + 1).is_none_or(leads)
}

/// Whether a short number stands behind the article of a day and before a mark (`il 15.`).
fn is_lone_day(tokens: &[Token], at: usize, words: &DatesWords) -> bool {
    const BEHIND: Roles = Roles::of(&[Role::ClockAt, Role::Next, Role::Last, Role::Current]);
    let opens_clock = |next: &Token| {
        let (sense, phrases) = words.read(next);
        // c.m., p.v.
        sense.is_some_and(|sense| sense.is_any(BEHIND)) || phrases.iter().any(|(_, sense)| sense.is_any(BEHIND))
    };
    let is_end = |next: &Token| next.kind == TokenKind::Mark || next.gap == Gap::Paragraph;
    let is_closed =
        tokens.get(at + 1).is_none_or(|next| is_end(next) || next.kind == TokenKind::Word && opens_clock(next));
    let is_led = |before: &Token| {
        let roles = [Role::DayNoun, Role::Article, Role::DayArticle, Role::Next, Role::Last];
        let leads = |sense: &Sense| roles.iter().any(|&role| sense.is(role));
        before.kind == TokenKind::Word && words.sense(before).is_some_and(leads)
    };
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let is_day = |before: &Token| {
        words.sense(before).is_some_and(|sense| sense.is(Role::DayArticle) && !sense.is(Role::Several))
    };
    before.is_some_and(|before| is_closed && is_led(before) || before.kind == TokenKind::Word && is_day(before))
}

/// The value of a found date; none where there is no such day.
fn value(item: &Found, place: Place) -> Option<DateValue> {
    let mut resolver = Resolver::new(place);
    let iso = match resolver.iso(&item.point.expression) {
        Ok(iso) => Some(with_time(iso, item)),
        Err(Unresolved::Unanchored) => None,
        Err(Unresolved::Impossible) => return None,
    };
    let (inferred, warning) = match iso {
        Some(_) => (resolver.notes.inferred, resolver.notes.warning),
        None => (Vec::new(), Some(UNANCHORED)),
    };
    Some(DateValue { iso, bound: item.bound, inferred, warning })
}

/// Bytes of a day in its normal form.
const DAY_LEN: usize = "2024-04-02".len();

/// Adds the clock time or the part of the day to the normal form of a day.
fn with_time(iso: String, item: &Found) -> String {
    if let (Some((first, last)), Some(Hours { start, end: Some(end) })) = (iso.split_once('/'), item.hours)
        && first.len() == DAY_LEN
        && last.len() == DAY_LEN
        && !iso.contains(['W', 'Q'])
    {
        return format!("{first}{}/{last}{}", start.to_iso(), end.to_iso());
    }
    if iso.len() != DAY_LEN || iso.contains(['W', 'Q', '/']) {
        return iso;
    }
    let Some(hours) = item.hours else {
        return item.point.part.map_or(iso.clone(), |part| format!("{iso}T{}", calendar::part_code(part)));
    };
    let moved = |mut clock: expression::Clock| {
        if let Some(part) = item.point.part.filter(|_| !clock.is_sure) {
            clock.minutes = clock::move_to_part(clock.minutes, part);
        }
        clock.to_iso()
    };
    let start = moved(hours.start);
    match hours.end {
        Some(end) if moved(end) > start => format!("{iso}{start}/{iso}{}", moved(end)),
        _ => format!("{iso}{start}"),
    }
}

/// Which of day and month a document writes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// No date of the document tells.
    Unshown,
    DayFirst,
    MonthFirst,
}

impl Order {
    /// The order that the dates of a document prove: by a figure above twelve, or by a month that is named.
    fn shown_by(text: &str, read: &[Found]) -> Self {
        let is_ambiguous = |found: &Found| names(&found.point.expression).any(|named| named.is_ambiguous);
        if !read.iter().any(is_ambiguous) {
            return Self::Unshown;
        }
        let mut shown = read.iter().map(|found| Self::of(text, found)).filter(|order| *order != Self::Unshown);
        let first = shown.next().unwrap_or(Self::Unshown);
        // One that writes both ways shows nothing but that it may write the month first.
        if first == Self::DayFirst && shown.any(|order| order == Self::MonthFirst) { Self::MonthFirst } else { first }
    }

    fn of(text: &str, found: &Found) -> Self {
        let expression = match &found.point.expression {
            Expression::Range(first, _) => first,
            expression => expression,
        };
        let &Expression::Named(Named {
            day: Some(day),
            month: Some(MonthSaid::Number(month)),
            is_ambiguous: false,
            ..
        }) = expression
        else {
            return Self::Unshown;
        };
        let written = found.span.of(text);
        let mut figures = written.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty());
        let (first, second) =
            (figures.next().and_then(|it| it.parse().ok()), figures.next().and_then(|it| it.parse().ok()));
        let has_name = written.chars().filter(|it| it.is_alphabetic()).count() > 2;
        let day_at = written.find(|it: char| it.is_ascii_digit()).unwrap_or(0);
        match (has_name, first, second) {
            // 5 June; June 5
            (true, Some(first), _) if first == day => {
                let letters_before = written[..day_at].chars().filter(|it| it.is_alphabetic()).count();
                let letters_behind = written[day_at..].chars().filter(|it| it.is_alphabetic()).count();
                if letters_behind > 2 {
                    Self::DayFirst
                } else if letters_before > 2 {
                    Self::MonthFirst
                } else {
                    Self::Unshown
                }
            }
            (false, Some(first), Some(second)) if day > 12 && written.contains('/') => {
                if (first, second) == (month, day) {
                    Self::MonthFirst
                } else if (first, second) == (day, month) {
                    Self::DayFirst
                } else {
                    Self::Unshown
                }
            }
            _ => Self::Unshown,
        }
    }
}

/// The days that an expression names, those of the ends of a range too.
fn names(expression: &Expression) -> impl Iterator<Item = &Named> {
    let ends = match expression {
        Expression::Range(first, last) => [Some(&**first), Some(&**last)],
        expression => [Some(expression), None],
    };
    ends.into_iter().flatten().filter_map(|end| match end {
        Expression::Named(named) => Some(named),
        _ => None,
    })
}

/// The last year that an expression names itself.
fn said_year(expression: &Expression) -> Option<i16> {
    match expression {
        Expression::Named(Named { year: YearSaid::Number(year), .. }) => Some(*year),
        Expression::Range(_, last) => said_year(last),
        _ => None,
    }
}
