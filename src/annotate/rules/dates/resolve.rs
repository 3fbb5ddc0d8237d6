//! Which stretch of the calendar an expression means, seen from the day of publication.

use super::{
    calendar::{self, Stretch, add, day, days_between, monday, unit_at, weekday_of},
    expression::{Edge, Expression, MonthSaid, Named, Nth, Piece, Side, YearSaid},
};
use crate::{
    annotate::value::{DateWarning, Inferred},
    lexicon::pack::dates::{Holiday, Season, Unit},
};
use jiff::civil::Date;

/// What is known where an expression stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The day of publication.
    pub anchor: Option<Date>,
    /// Whether the document writes the month before the day, or its language does.
    pub is_month_first: bool,
    /// Whether other dates of the document show which stands first.
    pub is_order_shown: bool,
    /// Whether the sentence speaks of what will be.
    pub is_future: bool,
    /// Whether `next Friday` is the one of the following week.
    pub next_is_of_next_week: bool,
    /// The last year that the sentence has named before.
    pub year_before: Option<i16>,
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

    /// The stretch that an expression means.
    pub fn stretch(&mut self, expression: &Expression) -> Resolved<Stretch> {
        match expression {
            Expression::Named(named) => self.named(*named),
            Expression::Day(n) => Ok(Stretch::Day(possible(add(self.anchor(Inferred::Anchor)?, Unit::Day, *n))?)),
            Expression::Unit(unit, n) => possible(unit_at(self.anchor(Inferred::Anchor)?, *unit, *n)),
            Expression::WeekdayOfWeek(weekday, n) => {
                let week = add(self.anchor(Inferred::Anchor)?, Unit::Week, *n).and_then(monday);
                Ok(Stretch::Day(possible(week.and_then(|week| add(week, Unit::Day, (*weekday).into())))?))
            }
            // Five years ago is a year, not its day.
            Expression::Distance(lengths) if matches!(lengths[..], [(Unit::Year | Unit::Decade, _)]) => {
                let (unit, n) = lengths[0];
                let far = add(self.anchor(Inferred::Anchor)?, unit, n);
                Ok(Stretch::Year(possible(far)?.year()))
            }
            Expression::Distance(lengths) => {
                let anchor = self.anchor(Inferred::Anchor)?;
                let far = lengths.iter().try_fold(anchor, |day, &(unit, n)| add(day, unit, n));
                Ok(Stretch::Day(possible(far)?))
            }
            Expression::Length(unit, n) => possible(calendar::length(self.anchor(Inferred::Anchor)?, *unit, *n)),
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
            Expression::WeekNumber(week, year) => {
                let year = match year {
                    YearSaid::Number(year) => *year,
                    YearSaid::Relative(n) => self.anchor(Inferred::Anchor)?.year().saturating_add(*n as i16),
                    YearSaid::Unsaid => self.anchor(Inferred::Year)?.year(),
                };
                Ok(Stretch::Week(possible(calendar::week_of_year(year, *week))?))
            }
            Expression::Near(edge, container) => {
                let stretch = self.stretch(container)?;
                Ok(near(*edge, stretch))
            }
            Expression::Passed(unit) => {
                let anchor = self.anchor(Inferred::Anchor)?;
                let (first, _) = possible(unit_at(anchor, *unit, 0).and_then(Stretch::days))?;
                let last = possible(add(anchor, Unit::Day, -1))?.max(first);
                Ok(calendar::from_to(first, last))
            }
            Expression::Left(unit) => {
                let anchor = self.anchor(Inferred::Anchor)?;
                let (_, last) = possible(unit_at(anchor, *unit, 0).and_then(Stretch::days))?;
                Ok(calendar::from_to(anchor, last))
            }
            Expression::Offset(lengths, base) => {
                let (first, last) = possible(self.stretch(base)?.days())?;
                let base = if lengths.iter().any(|&(_, n)| n < 0) { first } else { last };
                let far = lengths.iter().try_fold(base, |day, &(unit, n)| add(day, unit, n));
                Ok(Stretch::Day(possible(far)?))
            }
            Expression::Now => Ok(Stretch::Day(self.anchor(Inferred::Anchor)?)),
            Expression::Weekdays(first, last) => {
                let (first, _) = possible(self.stretch(first)?.days())?;
                let ahead = (i32::from(*last) - i32::from(weekday_of(first))).rem_euclid(7);
                Ok(Stretch::Days(first, possible(add(first, Unit::Day, ahead))?))
            }
            Expression::Recurring => Err(Unresolved::Impossible),
            Expression::Range(first, last) => {
                let (first, last) = self.range(first, last)?;
                let ends = first.days().zip(last.days()).map(|(first, last)| Stretch::Days(first.0, last.1));
                possible(ends)
            }
        }
    }

    fn named(&mut self, mut named: Named) -> Resolved<Stretch> {
        if named.is_ambiguous {
            let swapped = swapped(named);
            let is_told = named.weekday.is_some() && self.fits_weekday(named) != self.fits_weekday(swapped);
            let is_month_first = if is_told { self.fits_weekday(swapped) } else { self.place.is_month_first };
            named = if is_month_first { swapped } else { named };
            if !is_told && !self.place.is_order_shown {
                self.notes.warning = Some(AMBIGUOUS_ORDER);
            }
        }
        let anchor_year = self.place.anchor.map(Date::year);
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
            (Some(number), Some(MonthSaid::Number(month))) => {
                let year = match said_year {
                    Some(year) => year,
                    None => self.year_of(named, |year| {
                        let is_near = anchor_year.is_none_or(|anchor| (anchor - year).abs() <= 1);
                        day(year, month, number).filter(|day| named.weekday.is_none_or(|it| is_near && it == weekday_of(*day)))
                    })
                    .or_else(|why| match why {
                        Unresolved::Impossible => self.year_of(named, |year| day(year, month, number)),
                        Unresolved::Unanchored => Err(why),
                    })?,
                };
                let found = possible(day(year, month, number))?;
                Ok(Stretch::Day(self.check_weekday(found, named.weekday)))
            }
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
    fn year_of(&mut self, named: Named, date_in: impl Fn(i16) -> Option<Date>) -> Resolved<i16> {
        let is_told = self.place.anchor.is_none_or(|anchor| self.place.year_before.is_some_and(|it| (anchor.year() - it).abs() > 1));
        let fits_tense = |year: &i16| self.place.anchor.is_none_or(|anchor| if self.place.is_future { *year >= anchor.year() } else { *year <= anchor.year() });
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
            None => calendar::nearest(candidates.collect(), anchor, self.place.is_future),
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
            None if ahead == 0 || self.place.is_future => ahead,
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
        match side {
            Some(Side::Next | Side::Coming) => {
                return possible(days.into_iter().filter(|day| *day > anchor).min()).map(Stretch::Day);
            }
            Some(Side::Last) => {
                return possible(days.into_iter().filter(|day| *day < anchor).max()).map(Stretch::Day);
            }
            // il 20 c.m.
            Some(Side::This) => return possible(day(anchor.year(), anchor.month() as u8, number)).map(Stretch::Day),
            None => {}
        }
        let is_to_come = weekday.is_none() && self.place.is_future;
        let near = |days: Vec<Date>| match is_to_come {
            true => days.into_iter().filter(|day| *day >= anchor).min(),
            false => days.into_iter().min_by_key(|day| days_between(anchor, *day).abs()),
        };
        let is_meant = |day: &Date| weekday.is_none_or(|it| it == weekday_of(*day));
        let matching = days.iter().copied().filter(is_meant).collect();
        let found = possible(near(matching).or_else(|| near(days)))?;
        Ok(Stretch::Day(self.check_weekday(found, weekday)))
    }

    fn nth(&mut self, nth: Nth, piece: Piece, container: &Expression) -> Resolved<Stretch> {
        let number = match nth {
            Nth::Number(number) => Some(number),
            Nth::Last => None,
        };
        let is_unsaid = *container == Expression::Named(Named::default());
        let stretch = self.stretch(container)?;
        let (mut first, mut last) = possible(stretch.days())?;
        if let (true, Piece::Unit(Unit::Quarter), Some(number)) = (is_unsaid, piece, number) {
            let anchor = self.anchor(Inferred::Year)?;
            let has_begun = (i32::from(number) - 1) * 3 < i32::from(anchor.month());
            let before = possible(add(first, Unit::Year, -1).zip(add(last, Unit::Year, -1)))?;
            // What has not begun is that of the year before only where that has just ended, as in a report.
            const REPORT_DAYS: i32 = 100;
            let end = possible(add(before.0, Unit::Month, 3 * i32::from(number)))?;
            if !has_begun && !self.place.is_future && days_between(end, anchor) <= REPORT_DAYS {
                (first, last) = before;
            }
        }
        let of_year = |n_parts: i8| number.map_or(Some(n_parts), |it| i8::try_from(it).ok()).filter(|it| *it <= n_parts);
        Ok(match (piece, stretch) {
            (Piece::Weekday(weekday), _) => {
                Stretch::Day(possible(calendar::nth_weekday(first, last, weekday, number))?)
            }
            (Piece::Unit(Unit::Quarter), _) => Stretch::Quarter(first.year(), possible(of_year(4))?),
            (Piece::Unit(Unit::Half), Stretch::Year(year)) => Stretch::Half(year, possible(of_year(2))?),
            (Piece::Unit(Unit::Half | Unit::Fortnight), Stretch::Month(..)) => {
                let middle = possible(add(first, Unit::Day, 14))?;
                match possible(of_year(2))? {
                    1 => Stretch::Days(first, middle),
                    _ => Stretch::Days(possible(add(middle, Unit::Day, 1))?, last),
                }
            }
            (Piece::Unit(Unit::Half), _) => stretch,
            (Piece::Unit(Unit::Month), _) => {
                let month = possible(of_year(12).filter(|it| *it > 0))?;
                Stretch::Month(first.year(), month)
            }
            (Piece::Unit(Unit::TwoMonths), _) => calendar::months_of_year(first.year(), 2, possible(of_year(6))?),
            (Piece::Unit(Unit::FourMonths), _) => calendar::months_of_year(first.year(), 4, possible(of_year(3))?),
            (Piece::Unit(unit @ (Unit::Week | Unit::Weekend)), _) => {
                let week = possible(calendar::nth_week(first, last, number))?;
                if unit == Unit::Week { Stretch::Week(week) } else { Stretch::Weekend(self.weekend(first, last, number).unwrap_or(week)) }
            }
            (Piece::Unit(_), _) => match number {
                Some(number) => Stretch::Day(possible(add(first, Unit::Day, i32::from(number) - 1).filter(|it| *it <= last))?),
                None => Stretch::Day(last),
            },
        })
    }

    /// The Monday of the week of the `n`th weekend, told by its Saturday.
    fn weekend(&self, first: Date, last: Date, n: Option<u16>) -> Option<Date> {
        const SATURDAY: u8 = 5;
        monday(calendar::nth_weekday(first, last, SATURDAY, n)?)
    }

    fn holiday(&mut self, holiday: Holiday, year: YearSaid, side: Option<Side>) -> Resolved<Stretch> {
        let year = match year {
            YearSaid::Number(year) => year,
            YearSaid::Relative(n) => self.anchor(Inferred::Anchor)?.year().saturating_add(n as i16),
            YearSaid::Unsaid => {
                let named = Named { day: Some(1), side, ..Named::default() };
                self.year_of(named, |year| calendar::holiday(year, holiday))?
            }
        };
        possible(calendar::holiday(year, holiday)).map(Stretch::Day)
    }

    fn season(&mut self, season: Season, year: YearSaid) -> Resolved<Stretch> {
        let side = match year {
            YearSaid::Number(year) => return Ok(Stretch::Season(year, season)),
            YearSaid::Relative(n) => Some(n),
            YearSaid::Unsaid => None,
        };
        let anchor = self.anchor(if side.is_some() { Inferred::Anchor } else { Inferred::Year })?;
        let seasons = (anchor.year() - 2..=anchor.year() + 2).filter_map(|year| Some((year, Stretch::Season(year, season).days()?)));
        let found = match side {
            Some(1) => seasons.filter(|(_, (first, _))| *first > anchor).map(|it| it.0).min(),
            Some(-1) => seasons.filter(|(_, (_, last))| *last < anchor).map(|it| it.0).max(),
            Some(_) => Some(anchor.year()),
            None if self.place.is_future => seasons.filter(|(_, (_, last))| *last >= anchor).map(|it| it.0).min(),
            None => seasons.min_by_key(|(_, (first, _))| days_between(anchor, *first).abs()).map(|it| it.0),
        };
        Ok(Stretch::Season(possible(found)?, season))
    }

    /// Both ends; one without a year takes it from the other.
    fn range(&mut self, first: &Expression, last: &Expression) -> Resolved<(Stretch, Stretch)> {
        let (mut first, mut last) = (first.clone(), last.clone());
        if let (Expression::Named(a), Expression::Named(b)) = (&mut first, &mut last) {
            let lacks_year = |it: &Named| it.year == YearSaid::Unsaid && it.month.is_some() && !matches!(it.month, Some(MonthSaid::Relative(_)));
            if lacks_year(a) && lacks_year(b) {
                let (_, end) = possible(self.named(*b)?.days())?;
                b.year = YearSaid::Number(end.year());
            }
            if lacks_year(a) && let YearSaid::Number(year) = b.year {
                a.year = YearSaid::Number(if order(a) > order(b) && b.month.is_some() { year - 1 } else { year });
            }
            if lacks_year(b) && let YearSaid::Number(year) = a.year {
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
        let first = self.stretch(&first)?;
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

/// The same with day and month the other way round.
fn swapped(named: Named) -> Named {
    match (named.day, named.month) {
        (Some(day), Some(MonthSaid::Number(month))) => Named { day: Some(month), month: Some(MonthSaid::Number(day)), ..named },
        _ => named,
    }
}

/// Where a date lies within its year.
fn order(named: &Named) -> (u8, u8) {
    let month = match named.month {
        Some(MonthSaid::Number(month)) => month,
        _ => 0,
    };
    (month, named.day.unwrap_or(0))
}

/// A year told by its start, middle or end is the month there; other stretches stay as they are.
fn near(edge: Edge, stretch: Stretch) -> Stretch {
    match (stretch, edge) {
        (Stretch::Year(year), Edge::Early) => Stretch::Month(year, 1),
        (Stretch::Year(year), Edge::Middle) => Stretch::Month(year, 6),
        (Stretch::Year(year), Edge::Late) => Stretch::Month(year, 12),
        _ => stretch,
    }
}
