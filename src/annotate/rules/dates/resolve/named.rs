//! Days, months and years by their names and numbers, beside the day of publication.

use super::{
    super::{
        calendar::{self, Stretch, add, day, days_between, unit_at, weekday_of},
        expression::{MonthSaid, Named, Side, YearSaid},
    },
    AMBIGUOUS_ORDER, Resolved, Resolver, Unresolved, WEEKDAY_MISMATCH, possible,
};
use crate::{annotate::value::Inferred, lexicon::pack::dates::Unit};
use jiff::civil::Date;

impl Resolver {
    /// The day, month or year that is named.
    pub(super) fn named(&mut self, mut named: Named) -> Resolved<Stretch> {
        if named.is_ambiguous {
            named = self.in_told_order(named);
        }
        let said_year = match named.year {
            YearSaid::Number(year) => Some(year),
            YearSaid::Relative(n) => Some(self.anchor(Inferred::Anchor)?.year().saturating_add(n as i16)),
            YearSaid::Unsaid => None,
        };
        match (named.day, named.month) {
            (Some(number), Some(MonthSaid::Relative(n))) => {
                let month = possible(add(self.anchor(Inferred::Anchor)?.first_of_month(), Unit::Month, n))?;
                let found = possible(day(month.year(), month.month() as u8, number))?;
                Ok(Stretch::Day(self.check_weekday(found, named.weekday)))
            }
            (None, Some(MonthSaid::Relative(n))) => possible(unit_at(self.anchor(Inferred::Anchor)?, Unit::Month, n)),
            (Some(number), Some(MonthSaid::Number(month))) => self.day_of_month(named, said_year, (month, number)),
            (None, Some(MonthSaid::Number(month))) => {
                let year = match said_year {
                    Some(year) => year,
                    None => self.year_of(named, |year| day(year, month, 15))?,
                };
                Ok(Stretch::Month(year, month as i8))
            }
            (Some(number), None) => self.day_of_unsaid_month(number, named),
            (None, None) => match (named.weekday, said_year) {
                (Some(weekday), _) => self.weekday(weekday, named.side),
                (None, Some(year)) => Ok(Stretch::Year(year)),
                (None, None) => Ok(Stretch::Year(self.anchor(Inferred::Year)?.year())),
            },
        }
    }

    /// The day of a month, in the year that is said or the one that lies sensibly beside the publication.
    fn day_of_month(&mut self, named: Named, said_year: Option<i16>, (month, number): (u8, u8)) -> Resolved<Stretch> {
        let anchor_year = self.place.anchor.map(Date::year);
        let on_weekday = |year: i16| {
            let is_near = anchor_year.is_none_or(|anchor| (anchor - year).abs() <= 1);
            day(year, month, number).filter(|day| named.weekday.is_none_or(|it| is_near && it == weekday_of(*day)))
        };
        let year = match said_year {
            Some(year) => year,
            None => self.year_of(named, on_weekday).or_else(|why| match why {
                Unresolved::Impossible => self.year_of(named, |year| day(year, month, number)),
                Unresolved::Unanchored => Err(why),
            })?,
        };
        let found = possible(day(year, month, number))?;
        Ok(Stretch::Day(self.check_weekday(found, named.weekday)))
    }

    /// Day and month in the order that the weekday beside them tells, or the document.
    fn in_told_order(&mut self, named: Named) -> Named {
        let swapped = swapped(named);
        let is_told = named.weekday.is_some() && self.fits_weekday(named) != self.fits_weekday(swapped);
        let is_month_first = if is_told { self.fits_weekday(swapped) } else { self.place.is_month_first };
        if !is_told && !self.place.is_order_shown {
            self.notes.warning = Some(AMBIGUOUS_ORDER);
        }
        if is_month_first { swapped } else { named }
    }

    /// Whether a date is of the weekday that stands beside it.
    fn fits_weekday(&self, named: Named) -> bool {
        let year = match (named.year, self.place.anchor) {
            (YearSaid::Number(year), _) => year,
            (YearSaid::Unsaid, Some(anchor)) => anchor.year(),
            _ => return false,
        };
        let (Some(number), Some(MonthSaid::Number(month))) = (named.day, named.month) else { return false };
        day(year, month, number).is_some_and(|day| named.weekday == Some(weekday_of(day)))
    }

    fn check_weekday(&mut self, found: Date, weekday: Option<u8>) -> Date {
        if weekday.is_some_and(|weekday| weekday != weekday_of(found)) {
            self.notes.warning = Some(WEEKDAY_MISMATCH);
        }
        found
    }

    /// The year of a date that has none: the sentence's own, or the one that lies sensibly beside the publication.
    pub(super) fn year_of(&mut self, named: Named, date_in: impl Fn(i16) -> Option<Date>) -> Resolved<i16> {
        let is_told = self.place.is_year_beside
            || self
                .place
                .anchor
                .is_none_or(|anchor| self.place.year_before.is_some_and(|it| (anchor.year() - it).abs() > 1));
        let fits_tense = |year: &i16| {
            self.place.anchor.is_none_or(|anchor| {
                if self.place.is_future() { *year >= anchor.year() } else { *year <= anchor.year() }
            })
        };
        if let Some(year) = self.place.year_before.filter(fits_tense).filter(|_| is_told && named.side.is_none()) {
            self.note(Inferred::Year);
            return Ok(year);
        }
        let anchor = self.anchor(Inferred::Year)?;
        let candidates = (anchor.year() - 4..=anchor.year() + 4).filter_map(date_in);
        let is_month = named.day.is_none();
        let (from, to) = if is_month { (anchor.first_of_month(), anchor.last_of_month()) } else { (anchor, anchor) };
        let found = match named.side {
            Some(Side::Next | Side::Coming) => candidates.filter(|date| *date > to).min(),
            Some(Side::Last) => candidates.filter(|date| *date < from).max(),
            Some(Side::This) => candidates.min_by_key(|date| (date.year() - anchor.year()).abs()),
            None => calendar::nearest(candidates.collect(), anchor, self.place.tense),
        };
        possible(found).map(Date::year)
    }

    /// A weekday: the last one of a report, the next one where the sentence speaks of what will be.
    fn weekday(&mut self, weekday: u8, side: Option<Side>) -> Resolved<Stretch> {
        let anchor = self.anchor(Inferred::Anchor)?;
        let ahead = (i32::from(weekday) - i32::from(weekday_of(anchor))).rem_euclid(7);
        let in_week = i32::from(weekday) - i32::from(weekday_of(anchor));
        let offset = match side {
            Some(Side::Next) if self.place.next_is_of_next_week => in_week + 7,
            Some(Side::Next | Side::Coming) if ahead == 0 => 7,
            Some(Side::Next | Side::Coming) => ahead,
            Some(Side::Last) if ahead == 0 => -7,
            Some(Side::Last) => ahead - 7,
            Some(Side::This) => in_week,
            None if self.place.is_future() || ahead == 0 && self.place.has_hours => ahead,
            // A report of Monday that says Monday means the one before: of its own day it says today.
            None => ahead - 7,
        };
        Ok(Stretch::Day(possible(add(anchor, Unit::Day, offset))?))
    }

    /// `sabato 10`: the nearest month whose day of that number is that weekday.
    fn day_of_unsaid_month(&mut self, number: u8, Named { weekday, side, .. }: Named) -> Resolved<Stretch> {
        let anchor = self.anchor(Inferred::Month)?;
        self.note(Inferred::Year);
        let months = (-12..=12).filter_map(|n| add(anchor.first_of_month(), Unit::Month, n));
        let days: Vec<Date> = months.filter_map(|month| day(month.year(), month.month() as u8, number)).collect();
        let is_meant = |day: &Date| weekday.is_none_or(|it| it == weekday_of(*day));
        let on_side = |is_there: fn(&Date, &Date) -> bool| -> Vec<Date> {
            let there: Vec<Date> = days.iter().copied().filter(|day| is_there(day, &anchor)).collect();
            let matching: Vec<Date> = there.iter().copied().filter(is_meant).collect();
            if matching.is_empty() { there } else { matching }
        };
        match side {
            Some(Side::Next | Side::Coming) => {
                let found = possible(on_side(|day, anchor| day > anchor).into_iter().min())?;
                return Ok(Stretch::Day(self.check_weekday(found, weekday)));
            }
            Some(Side::Last) => {
                let found = possible(on_side(|day, anchor| day < anchor).into_iter().max())?;
                return Ok(Stretch::Day(self.check_weekday(found, weekday)));
            }
            // il 20 c.m.
            Some(Side::This) => return possible(day(anchor.year(), anchor.month() as u8, number)).map(Stretch::Day),
            None => {}
        }
        let is_to_come = weekday.is_none() && self.place.is_future();
        let near = |days: Vec<Date>| match is_to_come {
            true => days.into_iter().filter(|day| *day >= anchor).min(),
            false => days.into_iter().min_by_key(|day| days_between(anchor, *day).abs()),
        };
        let matching = days.iter().copied().filter(is_meant).collect();
        let found = possible(near(matching).or_else(|| near(days)))?;
        Ok(Stretch::Day(self.check_weekday(found, weekday)))
    }
}

/// The same with day and month the other way round.
fn swapped(named: Named) -> Named {
    match (named.day, named.month) {
        (Some(day), Some(MonthSaid::Number(month))) => {
            Named { day: Some(month), month: Some(MonthSaid::Number(day)), ..named }
        }
        _ => named,
    }
}
