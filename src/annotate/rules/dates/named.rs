//! Days, months and years by their names: `lunedì 25 marzo 2024`, `March 23rd, 2024`, `lo scorso gennaio`, `sabato 10`.

use super::{
    expression::{Expression, MonthSaid, Named, Point, Side, YearSaid},
    reader::Run,
};
use crate::lexicon::pack::dates::{Role, Unit};

/// What a way to read a point found, and the place behind it.
pub(super) type Read = Option<(Point, usize)>;

impl Run<'_> {
    /// `next`, `last`, `this`, the running one.
    pub fn side(&self, at: usize) -> Option<(Side, usize)> {
        let sense = self.sense(at);
        let side = if sense.is(Role::Next) {
            Side::Next
        } else if sense.is(Role::Last) {
            Side::Last
        } else if sense.is(Role::This) || sense.is(Role::Current) {
            Side::This
        } else {
            return None;
        };
        Some((side, at + 1))
    }

    /// A weekday and what may stand between it and its day: a dot, a comma, an article.
    fn weekday_lead(&self, at: usize) -> Option<(u8, usize)> {
        let weekday = self.sense(at).weekday?;
        let end = self.glue(self.comma(self.dot(at + 1)));
        Some((weekday, end + usize::from(self.is(end, Role::DayNoun))))
    }

    /// What stands before a day: a weekday, `next`, `the`, in any order.
    fn lead(&self, at: usize) -> (Named, usize) {
        let (mut named, mut end) = (Named::default(), at);
        for _ in 0..2 {
            if let Some((weekday, next)) = self.weekday_lead(end).filter(|_| named.weekday.is_none()) {
                (named.weekday, end) = (Some(weekday), next);
            } else if let Some((side, next)) = self.side(end).filter(|_| named.side.is_none()) {
                (named.side, end) = (Some(side), self.glue(self.comma(next)));
            }
        }
        (named, end + usize::from(end > at && self.is(end, Role::DayNoun)))
    }

    /// A month by its name, or seen from the publication (`del prossimo mese`).
    pub fn month_said(&self, at: usize) -> Option<(MonthSaid, usize)> {
        if let Some(month) = self.sense(at).month {
            return Some((MonthSaid::Number(month), at + 1));
        }
        let (offset, end) = self.unit_offset(at, Unit::Month)?;
        Some((MonthSaid::Relative(offset), end))
    }

    /// A unit with a word that says which: `prossimo mese`, `mese scorso`.
    pub fn unit_offset(&self, at: usize, unit: Unit) -> Option<(i32, usize)> {
        let is_unit = |at| self.sense(at).unit == Some(unit) && !self.is(at, Role::Plural);
        if let Some((side, next)) = self.side(at) {
            return is_unit(next).then(|| (side.offset(), next + 1));
        }
        if !is_unit(at) {
            return None;
        }
        let next = self.glue(at + 1);
        if self.is(at + 1, Role::AfterNext) {
            return Some((2, at + 2));
        }
        if self.is(at + 1, Role::BeforeLast) {
            return Some((-2, at + 2));
        }
        let (side, end) = self.side(at + 1).or_else(|| self.side(next))?;
        (side != Side::This || self.is(end - 1, Role::Current)).then_some((side.offset(), end))
    }

    /// A year behind a day or month, with the words that may stand between: `, 2024`, `del 2024`, `dell'anno scorso`.
    pub fn year_behind(&self, at: usize) -> (YearSaid, usize) {
        let inner = self.glue(self.comma(at));
        let labeled = inner + usize::from(self.is(inner, Role::YearNoun));
        if let Some((year, end)) = self.year_number(labeled) {
            let is_amount = self.is_counted(end) || self.is_comma(at) && self.is_range_of_years(labeled);
            return if is_amount { (YearSaid::Unsaid, at) } else { (YearSaid::Number(year), end) };
        }
        if let Some((year, end)) = self.short_year(inner).filter(|&(year, _)| (1932..2000).contains(&year)) {
            let is_word_next = self.following(end).is_some_and(|(word, _)| word.starts_with(char::is_alphanumeric));
            if self.digits(inner).is_some_and(|digits| digits.n == 2) && !is_word_next && !self.is_mark(end, &['.', ':', '/']) {
                return (YearSaid::Number(year), end);
            }
        }
        match self.unit_offset(inner, Unit::Year) {
            Some((offset, end)) if inner > at => (YearSaid::Relative(offset), end),
            _ => (YearSaid::Unsaid, at),
        }
    }

    /// Whether the year at `at` is the first of two, as in `2023-2024`.
    fn is_range_of_years(&self, at: usize) -> bool {
        self.is_dash(at + 1) && self.digits(at + 2).is_some_and(|digits| digits.n == 4)
    }

    /// Whether what stands at `at` counts or measures what is before it.
    pub fn is_counted(&self, at: usize) -> bool {
        self.is(at, Role::NeverAfter)
            || self.is_mark(at, &['.', ',']) && self.touches(at) && self.touches(at + 1) && self.digits(at + 1).is_some()
            || self.following(at).is_some_and(|(word, _)| matches!(word, "%" | "€" | "$" | "£" | "‰" | "+" | "m²" | "°C"))
    }

    /// `next` or `last` behind a date, unless it belongs to a unit that follows (`marzo scorso anno`).
    fn side_behind(&self, at: usize, named: &mut Named) -> usize {
        match self.side(at) {
            Some((side, end)) if side != Side::This && named.side.is_none() && self.sense(end).unit.is_none() => {
                named.side = Some(side);
                end + usize::from(self.is_mark(end, &['.']) && self.touches(end) && self.touches(end + 1))
            }
            _ => at,
        }
    }

    /// `lunedì 25 marzo 2024`, `il 20 del prossimo mese`, `the 4th of July`.
    pub fn day_and_month(&self, at: usize) -> Read {
        let (mut named, lead_end) = self.lead(at);
        let (day, end) = self.day_number(lead_end)?;
        let end = self.glue(self.dot(end));
        let dashed = end + usize::from(self.is_dash(end) && self.touches(end) && self.touches(end + 1));
        let (month, month_end) = self.month_said(dashed)?;
        (named.day, named.month) = (Some(day), Some(month));
        let (year, end) = self.year_behind(self.dot_before_year(month_end));
        let end = if year == YearSaid::Unsaid { month_end } else { end };
        named.year = year;
        let end = self.side_behind(end, &mut named);
        Some((Point::new(Expression::Named(named)), end))
    }

    /// The place behind the dot of an abbreviated month.
    fn dot_before_year(&self, at: usize) -> usize {
        self.dot(at)
    }

    /// `March 23rd, 2024`, `Sunday, March 24`, `May the fourth`.
    pub fn month_and_day(&self, at: usize) -> Read {
        let (mut named, lead_end) = self.lead(at);
        let month = self.sense(lead_end).month?;
        let (day, end) = self.day_number(self.glue(self.dot(lead_end + 1)))?;
        if self.is_counted(end) || self.is_mark(end, &[':']) {
            return None;
        }
        let (year, year_end) = self.year_behind(end);
        if !self.words.has_month_before_day && year == YearSaid::Unsaid {
            return None;
        }
        (named.day, named.month, named.year) = (Some(day), Some(MonthSaid::Number(month)), year);
        Some((Point::new(Expression::Named(named)), self.side_behind(year_end, &mut named.clone())))
    }

    /// `settembre 2025`, `lo scorso gennaio`, `maggio di quest'anno`, `giugno`.
    pub fn month_alone(&self, at: usize) -> Read {
        let (side, month_at) = self.side(at).map_or((None, at), |(side, end)| (Some(side), end));
        let month = self.sense(month_at).month?;
        let mut named = Named { month: Some(MonthSaid::Number(month)), side, ..Named::default() };
        let (year, year_end) = self.year_behind(self.dot(month_at + 1));
        let end = if year == YearSaid::Unsaid { month_at + 1 } else { year_end };
        named.year = year;
        let end = self.side_behind(end, &mut named);
        let is_alone = named.year == YearSaid::Unsaid && named.side.is_none();
        (!is_alone || self.is_name_of_time(month_at, end)).then(|| (Point::new(Expression::Named(named)), end))
    }

    /// `venerdì`, `sabato scorso`, `next Friday`, `sabato 10`, `Thursday the 21st`.
    pub fn weekday_alone(&self, at: usize) -> Read {
        let (side, weekday_at) = self.side(at).map_or((None, at), |(side, end)| (Some(side), end));
        let weekday = self.sense(weekday_at).weekday?;
        let mut named = Named { weekday: Some(weekday), side, ..Named::default() };
        let end = self.side_behind(weekday_at + 1, &mut named);
        if named.side.is_none() {
            if let Some((week, end)) = self.week_behind(end) {
                return Some((Point::new(Expression::WeekdayOfWeek(weekday, week)), end));
            }
            if let Some((day, end)) = self.weekday_lead(weekday_at).and_then(|(_, end)| self.day_of_weekday(end)) {
                named.day = Some(day);
                return Some((Point::new(Expression::Named(named)), end));
            }
            if !self.is_name_of_time(weekday_at, end) {
                return None;
            }
        }
        Some((Point::new(Expression::Named(named)), end))
    }

    /// `della prossima settimana` behind a weekday.
    fn week_behind(&self, at: usize) -> Option<(i32, usize)> {
        self.unit_offset(self.glue(self.comma(at)), Unit::Week)
    }

    /// The day behind a weekday that has no month: no hour, no score, no count of things.
    fn day_of_weekday(&self, at: usize) -> Option<(u8, usize)> {
        let (day, end) = self.day_number(at)?;
        let is_hour = self.is_mark(end, &[':', '/']) || self.is(end, Role::Hour) || self.is_dash(end) && self.touches(end);
        (!is_hour && !self.is_counted(end) && self.sense(end).unit.is_none()).then_some((day, end))
    }

    /// `la prossima settimana, di venerdì`.
    pub fn week_and_weekday(&self, at: usize) -> Read {
        let (week, end) = self.unit_offset(at, Unit::Week)?;
        let weekday_at = self.glue(self.comma(end));
        let weekday = self.sense(weekday_at).weekday?;
        Some((Point::new(Expression::WeekdayOfWeek(weekday, week)), weekday_at + 1))
    }

    /// Whether a lone month or weekday at `at` is one, and no surname, firm or other word.
    fn is_name_of_time(&self, at: usize, end: usize) -> bool {
        let before = at.checked_sub(1).map(|at| self.sense(at)).unwrap_or_default();
        let is_led = before.is(Role::Glue) || before.is(Role::YearCue) || is_bound(&before) || before.is(Role::RangeTo) || before.unit.is_some();
        let is_capital = self.is_capital(at);
        let (next_is_capital, next_is_firm) = match self.following(end) {
            Some((_, case)) => (case.is_capital(), self.is(end, Role::FirmForm)),
            None => (false, false),
        };
        if before.is(Role::Title) || next_is_firm {
            return false;
        }
        let follows_name = self.preceding(at).is_some_and(|(word, case)| case.is_capital() && word.len() > 3);
        if self.is(at, Role::Weak) {
            return is_led && is_capital == self.words.capitalizes_names && !self.is_lowercase_word(end);
        }
        if is_capital && !self.words.capitalizes_names {
            let is_first = self.preceding(at).is_none();
            let is_month = self.sense(at).month.is_some();
            return (is_led || is_first && !is_month || self.is_capital_text(at)) && !next_is_capital;
        }
        !(is_capital && follows_name && !is_led)
    }

    /// Whether a noun or another word in lower case that is no part of an expression stands at `at`.
    fn is_lowercase_word(&self, at: usize) -> bool {
        let sense = self.sense(at);
        let is_noun = sense.is(Role::YearNoun) || sense.unit.is_some() || sense.is(Role::NeverAfter);
        is_noun || self.get(at).is_none() && self.following(at).is_some_and(|(_, case)| case == crate::document::Case::Lower)
    }

    /// Whether the text around is set in capitals, so that they say nothing.
    fn is_capital_text(&self, at: usize) -> bool {
        use crate::document::Case::Upper;
        let is_upper = |case: Option<crate::document::Case>| case == Some(Upper);
        is_upper(self.get(at).and_then(|it| it.case)) && is_upper(self.preceding(at).map(|it| it.1))
    }
}

/// Whether a word bounds a stretch of time.
pub(super) fn is_bound(sense: &crate::lexicon::pack::dates::Sense) -> bool {
    [Role::BoundFrom, Role::BoundUntil, Role::BoundBy, Role::Before, Role::After].iter().any(|&role| sense.is(role))
}
