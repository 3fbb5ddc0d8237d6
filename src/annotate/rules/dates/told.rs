//! Bare weekdays that another date of the document tells: `venerdì il convegno … si terrà venerdì 22 maggio`, `dal 2 al 5 giugno …
//! mercoledì la visita`.

use super::{
    DAY_LEN,
    calendar::{Tense, days_between, weekday_of},
    expression::{Expression, Named, YearSaid},
    grammar::Found,
};
use crate::{annotate::value::DateValue, lexicon::pack::dates::Unit};
use jiff::civil::Date;

/// Most days between the publication and the day that is meant.
const MAX_DISTANCE: i32 = 14;

/// Most days of a stretch whose weekdays are known by their names: no name comes twice.
const MAX_STRETCH: i32 = 7;

/// A date that was read, with what is known of its sentence.
pub(super) struct Told<'a> {
    pub item: &'a Found,
    pub tense: Option<Tense>,
    /// It stands in a headline, which has no tense.
    pub is_headline: bool,
    pub value: Option<DateValue>,
}

/// Days that a document tells by their numbers.
struct Known {
    first: Date,
    last: Date,
    /// The weekday stands beside the number.
    has_weekday: bool,
}

/// Gives bare weekdays the day that the other dates of the document tell, where that is one, in the tense of the sentence.
pub(super) fn settle(read: &mut [Told<'_>], anchor: Date) {
    if !read.iter().any(|told| bare_weekday(told.item).is_some()) {
        return;
    }
    let known: Vec<Known> = read.iter().filter_map(known).collect();
    for told in read {
        let Some(weekday) = bare_weekday(told.item) else { continue };
        let Some(value) = &mut told.value else { continue };
        let is_meant = |day: &Date| {
            let distance = days_between(anchor, *day);
            let agrees = match told.tense {
                Some(Tense::Past) => distance <= 0,
                Some(Tense::Future) => distance >= 0,
                // What a sentence without a tense reports is past, but for what a headline announces.
                None => told.is_headline || distance <= 0,
            };
            weekday_of(*day) == weekday && distance.abs() <= MAX_DISTANCE && agrees
        };
        let days = |has_weekday: bool| {
            let stretches = known.iter().filter(move |known| known.has_weekday == has_weekday);
            let mut days: Vec<Date> = stretches.flat_map(Known::days).filter(is_meant).collect();
            days.sort_unstable();
            days.dedup();
            days
        };
        let beside = days(true);
        let meant = if beside.is_empty() { days(false) } else { beside };
        if let ([day], Some(iso)) = (meant.as_slice(), &mut value.iso) {
            // With hours it stands there twice: `2024-04-02T09:00/2024-04-02T12:00`.
            if let Some(nearest) = iso.get(..DAY_LEN) {
                *iso = iso.replace(nearest, &day.to_string());
            }
        }
    }
}

impl Known {
    fn days(&self) -> impl Iterator<Item = Date> {
        let (first, last) = (self.first, self.last);
        (0..MAX_STRETCH)
            .filter_map(move |n| super::calendar::add(first, Unit::Day, n))
            .take_while(move |day| *day <= last)
    }
}

/// The weekday of a date that says nothing else but a clock time.
fn bare_weekday(item: &Found) -> Option<u8> {
    match &item.point.expression {
        Expression::Named(Named { weekday, day: None, month: None, side: None, year: YearSaid::Unsaid, .. }) => {
            *weekday
        }
        _ => None,
    }
}

/// The days of a date with its number, or of a range of such.
fn known(told: &Told<'_>) -> Option<Known> {
    let is_dated = |it: &Expression| matches!(it, Expression::Named(Named { day: Some(_), .. }));
    let (last, is_range) = match &told.item.point.expression {
        Expression::Range(_, last) => (&**last, true),
        expression => (expression, false),
    };
    if !is_dated(last) {
        return None;
    }
    let iso = told.value.as_ref()?.iso.as_deref()?;
    let day = |text: &str| text.get(..DAY_LEN)?.parse::<Date>().ok();
    let (first, last_iso) = iso.split_once('/').unwrap_or((iso, iso));
    let (first, end) = (day(first)?, day(last_iso)?);
    let has_weekday = !is_range && matches!(last, Expression::Named(Named { weekday: Some(_), .. }));
    (days_between(first, end) < MAX_STRETCH).then_some(Known { first, last: end, has_weekday })
}
