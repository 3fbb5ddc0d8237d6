//! Parts of a stretch: quarters and weeks of a year, seasons, holidays, its start and its end.

use super::{
    super::{
        calendar::{self, Stretch, add, days_between, monday},
        expression::{Edge, Expression, Named, Nth, Piece, Side, YearSaid},
    },
    Resolved, Resolver, Unresolved, possible,
};
use crate::{
    annotate::value::Inferred,
    lexicon::pack::dates::{Holiday, Season, Unit},
};
use jiff::civil::Date;

impl Resolver {
    /// A part of a larger stretch.
    pub(super) fn nth(&mut self, nth: Nth, piece: Piece, container: &Expression) -> Resolved<Stretch> {
        let number = match nth {
            Nth::Number(number) => Some(number),
            Nth::Last => None,
        };
        let is_unsaid = *container == Expression::Named(Named::default());
        let stretch = self.stretch(container)?;
        let (mut first, mut last) = possible(stretch.days())?;
        if let (true, Piece::Unit(Unit::Quarter), Some(number)) = (is_unsaid, piece, number) {
            (first, last) = self.year_of_quarter(number, (first, last))?;
        }
        let of_year =
            |n_parts: i8| number.map_or(Some(n_parts), |it| i8::try_from(it).ok()).filter(|it| *it <= n_parts);
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
                if unit == Unit::Week {
                    Stretch::Week(week)
                } else {
                    Stretch::Weekend(self.weekend(first, last, number).unwrap_or(week))
                }
            }
            (Piece::Unit(Unit::TenDays), Stretch::Month(..)) => {
                let nth = i32::from(number.unwrap_or(3)).clamp(1, 3);
                let start = possible(add(first, Unit::Day, 10 * (nth - 1)))?;
                let end = if nth == 3 { last } else { possible(add(start, Unit::Day, 9))? };
                Stretch::Days(start, end)
            }
            (Piece::Unit(Unit::TenDays), _) => return Err(Unresolved::Impossible),
            (Piece::Unit(_), _) => match number {
                Some(number) => {
                    Stretch::Day(possible(add(first, Unit::Day, i32::from(number) - 1).filter(|it| *it <= last))?)
                }
                None => Stretch::Day(last),
            },
        })
    }

    /// The year of a quarter that has none: the running one, or the one before as in a report.
    fn year_of_quarter(&mut self, number: u16, (first, last): (Date, Date)) -> Resolved<(Date, Date)> {
        let anchor = self.anchor(Inferred::Year)?;
        let has_begun = (i32::from(number) - 1) * 3 < i32::from(anchor.month());
        let before = possible(add(first, Unit::Year, -1).zip(add(last, Unit::Year, -1)))?;
        // What has not begun is that of the year before only where that has just ended, as in a report.
        const REPORT_DAYS: i32 = 100;
        let end = possible(add(before.0, Unit::Month, 3 * i32::from(number)))?;
        if !has_begun && !self.place.is_future() && days_between(end, anchor) <= REPORT_DAYS {
            return Ok(before);
        }
        let is_over = possible(add(first, Unit::Month, 3 * i32::from(number)))? <= anchor;
        if self.place.is_future() && is_over {
            return possible(add(first, Unit::Year, 1).zip(add(last, Unit::Year, 1)));
        }
        Ok((first, last))
    }

    /// The Monday of the week of the `n`th weekend, told by its Saturday.
    fn weekend(&self, first: Date, last: Date, n: Option<u16>) -> Option<Date> {
        const SATURDAY: u8 = 5;
        monday(calendar::nth_weekday(first, last, SATURDAY, n)?)
    }

    /// The day of a holiday.
    pub(super) fn holiday(&mut self, holiday: Holiday, year: YearSaid, side: Option<Side>) -> Resolved<Stretch> {
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

    /// A season of the year that is said, or of the one that lies sensibly beside the publication.
    pub(super) fn season(&mut self, season: Season, year: YearSaid) -> Resolved<Stretch> {
        let side = match year {
            YearSaid::Number(year) => return Ok(Stretch::Season(year, season)),
            YearSaid::Relative(n) => Some(n),
            YearSaid::Unsaid => None,
        };
        let anchor = self.anchor(if side.is_some() { Inferred::Anchor } else { Inferred::Year })?;
        let seasons = (anchor.year() - 2..=anchor.year() + 2)
            .filter_map(|year| Some((year, Stretch::Season(year, season).days()?)));
        let found = match side {
            Some(1) => seasons.filter(|(_, (first, _))| *first > anchor).map(|it| it.0).min(),
            Some(-1) => seasons.filter(|(_, (_, last))| *last < anchor).map(|it| it.0).max(),
            Some(_) => Some(anchor.year()),
            None if self.place.is_future() => seasons.filter(|(_, (_, last))| *last >= anchor).map(|it| it.0).min(),
            None => seasons.min_by_key(|(_, (first, _))| days_between(anchor, *first).abs()).map(|it| it.0),
        };
        Ok(Stretch::Season(possible(found)?, season))
    }
}

/// A year told by its start, middle or end is the month there; other stretches stay as they are.
pub(super) fn near(edge: Edge, stretch: Stretch) -> Stretch {
    match (stretch, edge) {
        (Stretch::Year(year), Edge::Early) => Stretch::Month(year, 1),
        (Stretch::Year(year), Edge::Middle) => Stretch::Month(year, 6),
        (Stretch::Year(year), Edge::Late) => Stretch::Month(year, 12),
        _ => stretch,
    }
}
