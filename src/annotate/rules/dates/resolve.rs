//! Which stretch of the calendar an expression means, seen from the day of publication.

mod named;
mod parts;

use super::{
    calendar::{self, Stretch, Tense, add, day, monday, unit_at, weekday_of},
    expression::{Expression, MonthSaid, Named, YearSaid},
};
use crate::{
    annotate::value::{DateWarning, Inferred},
    lexicon::pack::dates::Unit,
};
use jiff::civil::Date;

/// Most days between the ends of a range one of which tells no month.
const MAX_DAYS: i32 = 31;

/// What is known where an expression stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The day of publication.
    pub anchor: Option<Date>,
    /// Whether the document writes the month before the day, or its language does.
    pub is_month_first: bool,
    /// Whether other dates of the document show which stands first.
    pub is_order_shown: bool,
    /// Whether the sentence speaks of what will be, or of what was done then; none where it does not tell.
    pub tense: Option<Tense>,
    /// Whether `next Friday` is the one of the following week.
    pub next_is_of_next_week: bool,
    /// Whether a clock time stands beside it, as in an announcement.
    pub has_hours: bool,
    /// The last year that the sentence has named before.
    pub year_before: Option<i16>,
    /// Whether that year stands right before the expression (`nel 2026, dal 3 al 5 marzo`).
    pub is_year_beside: bool,
}

/// Why an expression has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unresolved {
    /// It is told from the day of publication, which is not known.
    Unanchored,
    /// There is no such day.
    Impossible,
}

/// What was found out beside the value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Notes {
    /// What the text does not say itself.
    pub inferred: Vec<Inferred>,
    /// A doubt.
    pub warning: Option<DateWarning>,
}

const WEEKDAY_MISMATCH: DateWarning =
    DateWarning { code: "date-weekday-mismatch", text: "the day is not that weekday; the day was kept" };
const AMBIGUOUS_ORDER: DateWarning =
    DateWarning { code: "date-ambiguous-order", text: "day and month could be the other way round" };
/// The warning of a date that needs the day of publication where that is not known.
pub(super) const UNANCHORED: DateWarning =
    DateWarning { code: "date-unanchored", text: "told from the day of publication, which is not known" };

type Resolved<T> = Result<T, Unresolved>;

/// Resolves expressions at a place.
pub(super) struct Resolver {
    place: Place,
    /// What was found out on the way.
    pub notes: Notes,
}

fn possible<T>(value: Option<T>) -> Resolved<T> {
    value.ok_or(Unresolved::Impossible)
}

impl Place {
    /// Whether the sentence speaks of what will be.
    fn is_future(&self) -> bool {
        self.tense == Some(Tense::Future)
    }
}

impl Resolver {
    /// A resolver for what stands at `place`.
    pub fn new(place: Place) -> Self {
        Self { place, notes: Notes::default() }
    }

    /// The day of publication, noted as used for `what`.
    fn anchor(&mut self, what: Inferred) -> Resolved<Date> {
        let anchor = self.place.anchor.ok_or(Unresolved::Unanchored)?;
        self.note(what);
        Ok(anchor)
    }

    fn note(&mut self, what: Inferred) {
        if !self.notes.inferred.contains(&what) {
            self.notes.inferred.push(what);
        }
    }

    /// The normal form.
    pub fn iso(&mut self, expression: &Expression) -> Resolved<String> {
        match expression {
            Expression::Range(first, last) => {
                let (first, last) = self.range(first, last)?;
                possible(first.to(last))
            }
            _ => self.stretch(expression).map(Stretch::to_iso),
        }
    }

    fn week_number(&mut self, week: u16, year: YearSaid) -> Resolved<Stretch> {
        let year = match year {
            YearSaid::Number(year) => year,
            YearSaid::Relative(n) => self.anchor(Inferred::Anchor)?.year().saturating_add(n as i16),
            YearSaid::Unsaid => self.anchor(Inferred::Year)?.year(),
        };
        possible(calendar::week_of_year(year, week)).map(Stretch::Week)
    }

    /// The stretch that an expression means.
    pub fn stretch(&mut self, expression: &Expression) -> Resolved<Stretch> {
        match expression {
            Expression::Named(named) => self.named(*named),
            Expression::Nth(nth, piece, container) => self.nth(*nth, *piece, container),
            Expression::Around(unit, day) => {
                let (first, _) = possible(self.stretch(day)?.days())?;
                possible(unit_at(first, *unit, 0))
            }
            Expression::Firsts(unit, n, container) => {
                let (first, last) = possible(self.stretch(container)?.days())?;
                possible(calendar::firsts(first, last, *unit, *n))
            }
            Expression::Season(season, year) => self.season(*season, *year),
            Expression::Holiday(holiday, year, side) => self.holiday(*holiday, *year, *side),
            Expression::Decade(tens) => Ok(Stretch::Decade(*tens)),
            Expression::Century(hundreds) => Ok(Stretch::Century(*hundreds)),
            Expression::Near(edge, container) => {
                let stretch = self.stretch(container)?;
                Ok(parts::near(*edge, stretch))
            }
            Expression::Offset(lengths, base) => {
                let (first, last) = possible(self.stretch(base)?.days())?;
                let base = if lengths.iter().any(|&(_, n)| n < 0) { first } else { last };
                let far = lengths.iter().try_fold(base, |day, &(unit, n)| add(day, unit, n));
                Ok(Stretch::Day(possible(far)?))
            }
            Expression::Lasting(lengths, start) => {
                let (first, _) = possible(self.stretch(start)?.days())?;
                let behind = possible(lengths.iter().try_fold(first, |day, &(unit, n)| add(day, unit, n)))?;
                Ok(calendar::from_to(first, possible(add(behind, Unit::Day, -1))?.max(first)))
            }
            Expression::Weekdays(first, last) => {
                let (first, _) = possible(self.stretch(first)?.days())?;
                let ahead = (i32::from(*last) - i32::from(weekday_of(first))).rem_euclid(7);
                Ok(Stretch::Days(first, possible(add(first, Unit::Day, ahead))?))
            }
            Expression::WeekNumber(week, year) => self.week_number(*week, *year),
            Expression::Recurring => Err(Unresolved::Impossible),
            Expression::Range(first, last) => {
                let (first, last) = self.range(first, last)?;
                let ends = first.days().zip(last.days()).map(|(first, last)| Stretch::Days(first.0, last.1));
                possible(ends)
            }
            Expression::Day(_)
            | Expression::Unit(..)
            | Expression::WeekdayOfWeek(..)
            | Expression::Distance(_)
            | Expression::Length(..)
            | Expression::Within(..)
            | Expression::Passed(_)
            | Expression::Left(_)
            | Expression::Now => {
                let anchor = self.anchor(Inferred::Anchor)?;
                possible(from_anchor(expression, anchor))
            }
        }
    }

    /// Both ends; one without a year takes it from the other.
    fn range(&mut self, first: &Expression, last: &Expression) -> Resolved<(Stretch, Stretch)> {
        let (mut first, mut last) = (first.clone(), last.clone());
        if let (Expression::Named(a), Expression::Named(b)) = (&mut first, &mut last) {
            // from this May to October 2025: the first end tells its year itself.
            let is_told = a.side.is_some() && matches!(b.year, YearSaid::Number(_)) && self.place.anchor.is_some();
            let lacks_year = |it: &Named| {
                it.year == YearSaid::Unsaid && it.month.is_some() && !matches!(it.month, Some(MonthSaid::Relative(_)))
            };
            if lacks_year(a) && lacks_year(b) {
                let (_, end) = possible(self.named(*b)?.days())?;
                b.year = YearSaid::Number(end.year());
            }
            if lacks_year(a)
                && !is_told
                && let YearSaid::Number(year) = b.year
            {
                a.year = YearSaid::Number(if order(a) > order(b) && b.month.is_some() { year - 1 } else { year });
            }
            if lacks_year(b)
                && let YearSaid::Number(year) = a.year
            {
                b.year = YearSaid::Number(if order(a) > order(b) && a.month.is_some() { year + 1 } else { year });
            }
        }
        if let Expression::Named(Named { weekday: Some(weekday), day: None, side: None, .. }) = first
            && let Expression::Named(Named { day: Some(_), month: Some(_), .. }) = last
        {
            // da venerdì a domenica 14 aprile: the Friday before.
            let last = self.stretch(&last)?;
            let (end, _) = possible(last.days())?;
            let back = (i32::from(weekday_of(end)) - i32::from(weekday)).rem_euclid(7);
            let days = if back == 0 { 7 } else { back };
            return Ok((Stretch::Day(possible(add(end, Unit::Day, -days))?), last));
        }
        if let Expression::Named(Named {
            month: None, year: YearSaid::Unsaid, side: None, day: number, weekday, ..
        }) = first
            && matches!(last, Expression::Now | Expression::Day(_))
        {
            // da lunedì 9 a ieri: the last such day before.
            let last = self.stretch(&last)?;
            let (end, _) = possible(last.days())?;
            return Ok((Stretch::Day(possible(near(end, -1, number, weekday))?), last));
        }
        if let Expression::Named(Named {
            month: None, year: YearSaid::Unsaid, side: None, day: number @ Some(_), ..
        }) = last
            && matches!(first, Expression::Day(_))
        {
            // da domani al 20: the next such day.
            let first = self.stretch(&first)?;
            let (start, _) = possible(first.days())?;
            return Ok((first, Stretch::Day(possible(near(start, 1, number, None))?)));
        }
        let mut start = self.stretch(&first)?;
        // between 22 January and now: the last 22 January.
        if last == Expression::Now
            && let Expression::Named(Named { year: YearSaid::Unsaid, side: None, month: Some(_), .. }) = first
            && let (Some(anchor), Some((day, _))) = (self.place.anchor, start.days())
            && day > anchor
            && let Expression::Named(named) = &mut first
        {
            named.year = YearSaid::Number(day.year() - 1);
            start = self.stretch(&first)?;
        }
        let first = start;
        let last = match last {
            // vom 4. bis zum 23.: of the same month.
            Expression::Named(Named { day: Some(number), month: None, weekday: None, .. }) => {
                let (start, _) = possible(first.days())?;
                Stretch::Day(possible(day(start.year(), start.month() as u8, number))?)
            }
            last => self.stretch(&last)?,
        };
        Ok((first, last))
    }
}

/// The stretch of an expression that is told from the day of publication alone.
fn from_anchor(expression: &Expression, anchor: Date) -> Option<Stretch> {
    Some(match expression {
        Expression::Day(n) => Stretch::Day(add(anchor, Unit::Day, *n)?),
        Expression::Unit(unit, n) => unit_at(anchor, *unit, *n)?,
        Expression::WeekdayOfWeek(weekday, n) => {
            let week = add(anchor, Unit::Week, *n).and_then(monday)?;
            Stretch::Day(add(week, Unit::Day, (*weekday).into())?)
        }
        Expression::Distance(lengths) => {
            let far = lengths.iter().try_fold(anchor, |day, &(unit, n)| add(day, unit, n))?;
            // Five years ago is a year, not its day.
            let is_of_years = matches!(lengths[..], [(Unit::Year | Unit::Decade, _)]);
            if is_of_years { Stretch::Year(far.year()) } else { Stretch::Day(far) }
        }
        Expression::Length(unit, n) => calendar::length(anchor, *unit, *n)?,
        Expression::Within(unit, n) => calendar::from_to(anchor, add(add(anchor, *unit, *n)?, Unit::Day, -1)?),
        Expression::Passed(unit) => {
            let (first, _) = unit_at(anchor, *unit, 0).and_then(Stretch::days)?;
            calendar::from_to(first, add(anchor, Unit::Day, -1)?.max(first))
        }
        Expression::Left(unit) => {
            let (_, last) = unit_at(anchor, *unit, 0).and_then(Stretch::days)?;
            calendar::from_to(anchor, last)
        }
        Expression::Now => Stretch::Day(anchor),
        _ => return None,
    })
}

/// Where a date lies within its year.
fn order(named: &Named) -> (u8, u8) {
    let month = match named.month {
        Some(MonthSaid::Number(month)) => month,
        _ => 0,
    };
    (month, named.day.unwrap_or(0))
}

/// The nearest day before (`step` -1) or after (1) another that has the number in its month and the weekday.
fn near(from: Date, step: i32, number: Option<u8>, weekday: Option<u8>) -> Option<Date> {
    let is_it = |day: &Date| {
        number.is_none_or(|number| day.day() as u8 == number) && weekday.is_none_or(|it| weekday_of(*day) == it)
    };
    (1..=MAX_DAYS).filter_map(|n| add(from, Unit::Day, step * n)).find(is_it)
}
