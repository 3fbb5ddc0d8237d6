//! Ranges: `dal 23 al 29 marzo 2024`, `23-29 marzo`, `from Monday to Friday`, `between 2019 and 2022`.

use super::{
    expression::{Expression, MonthSaid, Named, Point, Side, YearSaid},
    grammar::{furthest, is_of_days},
    named::Read,
    reader::Run,
};
use crate::lexicon::pack::dates::{Role, Traits, Unit};

impl Run<'_> {
    /// An end of a range: a point, a bare year, or a bare day that takes its month from the other end.
    fn range_end(&self, at: usize) -> Read {
        let year = || {
            let (year, end) = self.year_number(at)?;
            let named = Named { year: YearSaid::Number(year), ..Named::default() };
            Some((Point::new(Expression::Named(named)), end))
        };
        let day = || {
            let (day, end) = self.day_number(at).filter(|_| !self.ends_number(at))?;
            Some((Point::new(Expression::Named(Named { day: Some(day), ..Named::default() })), end))
        };
        let now = || self.is(at, Role::Now).then(|| (Point::new(Expression::Now), at + 1));
        furthest([self.point(at), self.month_named(at), year(), day(), now()].into_iter().flatten())
    }

    /// `dal 23 al 29 marzo 2024`, `between 2019 and 2022`, `vom 3. bis zum 8. Mai`.
    pub fn opened_range(&self, at: usize) -> Read {
        let (from, between) = (self.is(at, Role::RangeFrom), self.is(at, Role::RangeBetween));
        if !from && !between {
            return None;
        }
        let (first, end) = self.range_end(self.day_noun(self.glue(at + 1)))?;
        // von Montag, 8., bis Freitag: only behind a day does the range go on after a comma.
        let end = self.dot_of_end(end);
        let joint = if is_of_days(&first.expression) { self.comma(end) } else { end };
        if self.is(joint, Role::Now) && joint == end {
            return self.close_range(first, joint, true);
        }
        if let Some(lent) = self.month_of_next_range(&first.expression, joint) {
            return Some(lent);
        }
        let joins = self.is_range_to(joint) || self.is_dash(joint) || between && self.is(joint, Role::And);
        if !joins {
            return self.night(first, joint);
        }
        let is_habitual = self.is(at, Role::Habitual);
        let (point, end) = self.close_range(first, self.glue(joint + 1), true)?;
        match point.expression {
            // du lundi prochain au vendredi is one week's.
            Expression::Weekdays(ref first, _)
                if starts_weekdays(first) == Some(false) && (is_habitual || from && self.has_hours(at, end)) =>
            {
                Some((Point::new(Expression::Recurring), end))
            }
            _ => Some((point, end)),
        }
    }

    /// `12. auf den 13. April`, `12 para 13 de abril`: the night between two days, which other words join than a range.
    fn night(&self, first: Point, joint: usize) -> Read {
        let (point, end) =
            self.is(joint, Role::Overnight).then(|| self.close_range(first, self.glue(joint + 1), true))??;
        let Expression::Range(first, last) = &point.expression else { return None };
        let (Expression::Named(first), Expression::Named(last)) = (&**first, &**last) else { return None };
        let (one, two) = (first.day?, last.day?);
        (one + 1 == two && first.month == last.month || one >= 28 && two == 1).then_some((point, end))
    }

    /// `a maggio, dal 12 al 15`, `nächsten Monat vom 4. bis zum 23.`, `novembre 19-20`: days of the month that stands before them.
    pub fn month_and_days(&self, at: usize) -> Read {
        let month = || {
            let (offset, end) = self.unit_offset(at, Unit::Month)?;
            let month = Some(MonthSaid::Relative(offset));
            Some((Point::new(Expression::Named(Named { month, ..Named::default() })), end))
        };
        let (point, end) = self.month_alone(at).or_else(month)?;
        let Expression::Named(month @ Named { day: None, month: Some(_), .. }) = point.expression else { return None };
        let opening = self.comma(end);
        if !self.traits(opening).is_any(Traits::RANGE_OPENER) {
            return self.days_behind_month(month, self.dot(end));
        }
        let day = |at: usize| self.day_number(self.day_noun(self.glue(at))).filter(|_| !self.ends_number(at));
        let (first, joint) = day(opening + 1)?;
        let joins = self.is_range_to(joint)
            || self.is_dash(joint)
            || self.is(opening, Role::RangeBetween) && self.is(joint, Role::And);
        let (last, end) = day(joint + 1).filter(|&(last, _)| joins && first < last)?;
        let is_free = !self.is_counted(end)
            && self.month_said(self.glue(end)).is_none()
            && self.minutes(end).is_none()
            && !self.is(end, Role::Hour);
        is_free.then(|| (days_of(month, first, last), end))
    }

    /// `19-20` behind a month, where the language writes the day first, so that one figure alone would tell nothing.
    fn days_behind_month(&self, month: Named, at: usize) -> Read {
        if self.words.has_month_before_day || month.year != YearSaid::Unsaid || month.side.is_some() {
            return None;
        }
        let day = |at: usize| {
            self.digits(at)
                .filter(|digits| digits.n <= 2 && (1..=31).contains(&digits.value))
                .map(|digits| digits.value as u8)
        };
        let (first, last) = day(at).zip(day(at + 2)).filter(|(first, last)| first < last && self.is_dash(at + 1))?;
        let (year, end) = self.year_behind(at + 3);
        let end = if year == YearSaid::Unsaid { at + 3 } else { end };
        (self.ends_phrase(end)).then(|| (days_of(Named { year, ..month }, first, last), end))
    }

    /// The place behind the dot of a month cut short that ends the first end of a range (`30 jul. y 30 sept.`).
    fn dot_of_end(&self, end: usize) -> usize {
        let behind = self.dot(end);
        let joins = self.is_range_to(behind) || self.is(behind, Role::And);
        if joins { behind } else { end }
    }

    /// Whether the two numbers around the joint before `at` stand behind a word without an article (`da 20 a 24`).
    fn opens_bare_range(&self, at: usize) -> bool {
        (1..=4)
            .filter_map(|back| at.checked_sub(back))
            .any(|at| self.is(at, Role::BareRange) && self.digits(at + 1).is_some())
    }

    /// `dal 3 al 5 e dal 10 al 12 maggio`: days that take their month from the range behind them.
    fn month_of_next_range(&self, first: &Expression, joint: usize) -> Read {
        let lone_day = |it: &Expression| match it {
            Expression::Named(Named { day: Some(day), month: None, weekday: None, .. }) => Some(*day),
            _ => None,
        };
        let first = lone_day(first).filter(|_| self.is_range_to(joint))?;
        let (last, end) = self.day_number(self.day_noun(self.glue(joint + 1)))?;
        let next = self.comma(end);
        let next = next + usize::from(self.is(next, Role::And));
        if next == end || first >= last || !self.is(next, Role::RangeFrom) {
            return None;
        }
        let (Point { expression: Expression::Range(behind, _), .. }, _) = self.opened_range(next)? else { return None };
        let Expression::Named(Named { day: Some(from), month: month @ Some(_), year, .. }) = *behind else {
            return None;
        };
        let day = |day| Expression::Named(Named { day: Some(day), month, year, ..Named::default() });
        (last <= from).then(|| (Point::new(Expression::Range(Box::new(day(first)), Box::new(day(last)))), end))
    }

    /// Whether a clock time stands beside a stretch: weekdays with their hours come back every week.
    fn has_hours(&self, start: usize, end: usize) -> bool {
        self.hours_behind(end).is_some() || self.hours_before(start, 0).is_some()
    }

    /// `23-29 marzo 2024`, `23 marzo - 2 aprile 2024`, `March 23-29, 2024`, `25/29 marzo`.
    pub fn joined_range(&self, at: usize) -> Read {
        if !self.traits.is_any(Traits::RANGE_JOINT) {
            return None;
        }
        let (first, end) = self.range_end(at)?;
        if self.is_touched_by_number(at) || self.follows_number(at) {
            return None;
        }
        let is_year = matches!(
            &first.expression,
            Expression::Named(Named { day: None, month: None, weekday: None, year: YearSaid::Number(_), .. })
        );
        if is_year && self.is_dash(end) && !self.is_led(at) && !self.is_year_noun_before(at) && self.is_name_before(at)
        {
            return None;
        }
        let is_slash = self.is_mark(end, &['/']) && self.touches(end) && self.touches(end + 1);
        let dotted = end + usize::from(self.is_mark(end, &['.']) && self.is_dash(end + 1));
        if self.is_dash(dotted) || is_slash {
            return self.close_range(first, self.glue(dotted + 1), false);
        }
        let is_bare_year =
            matches!(&first.expression, Expression::Named(Named { day: None, month: None, weekday: None, .. }));
        let is_led = || self.is_led(at) || self.is_year_noun_before(at) || self.joins_near_years(at, end);
        let end = if is_bare_year { end } else { self.dot_of_end(end) };
        if !self.is_range_to(end) || is_bare_year && !is_led() {
            return None;
        }
        self.close_range(first, self.glue(end + 1), false)
    }

    /// Whether two years in figures that a life could see are joined at `end` (`2021 a 2024`).
    fn joins_near_years(&self, at: usize, end: usize) -> bool {
        let year = |at: usize| {
            self.digits(at).and_then(|_| self.year_number(at)).filter(|(year, _)| (1900..2100).contains(year))
        };
        let pair = year(at).zip(year(self.glue(end + 1)));
        pair.is_some_and(|((first, _), (last, end))| first < last && last - first <= 60 && !self.is_lowercase_word(end))
    }

    fn is_touched_by_number(&self, at: usize) -> bool {
        at > 0
            && self.touches(at)
            && (self.digits(at - 1).is_some() || self.is_mark(at - 1, &['.', ',', '/', '-', ':']))
    }

    /// The second end of a range at `at`, and what the ends take from each other.
    fn close_range(&self, first: Point, at: usize, is_opened: bool) -> Read {
        // da 20 a 24, one for each state: numbers, where no article makes days of them.
        let is_bare = !self.is_mark(at.saturating_sub(2), &['.']) && self.opens_bare_range(at);
        let (last, mut end) = self.range_end(self.day_noun(at))?;
        let (mut a, mut b) = (first.expression, last.expression);
        if let Some(weekday) = bare_weekday(&b)
            && let Some(is_told) = starts_weekdays(&a)
        {
            if let Some((week, end)) = self.week_behind(end) {
                let first = bare_weekday(&a).map(|weekday| Expression::WeekdayOfWeek(weekday, week))?;
                return Some((Point::new(Expression::Weekdays(Box::new(first), weekday)), end));
            }
            // lunedì-venerdì: what is not opened as a range comes back every week.
            let expression =
                if is_told || is_opened { Expression::Weekdays(Box::new(a), weekday) } else { Expression::Recurring };
            return Some((Point::new(expression), end));
        }
        // Monday through Friday next week: the week behind is that of both.
        if let (Some(weekday), Expression::WeekdayOfWeek(last, week)) = (bare_weekday(&a), &b) {
            let first = Expression::WeekdayOfWeek(weekday, *week);
            return Some((Point::new(Expression::Weekdays(Box::new(first), *last)), end));
        }
        // da lunedì a giovedì prossimi: the word behind is that of both.
        if is_opened
            && let Some(weekday) = bare_weekday(&a)
            && let Expression::Named(Named {
                weekday: Some(last),
                side: side @ Some(Side::Next | Side::Coming),
                day: None,
                month: None,
                ..
            }) = b
        {
            let first = Expression::Named(Named { weekday: Some(weekday), side, ..Named::default() });
            return Some((Point::new(Expression::Weekdays(Box::new(first), last)), end));
        }
        let is_now = |it: &Expression| *it == Expression::Now;
        if is_now(&a) && is_now(&b) || !is_opened && (is_now(&a) || is_now(&b)) {
            return None;
        }
        if is_opened && self.are_lone_days(&a, &b, end) && !is_bare {
            return Some((Point::new(Expression::Range(Box::new(a), Box::new(b))), end));
        }
        if let (Expression::Named(a), Expression::Named(b)) = (&mut a, &mut b) {
            let year_end = share(a, b, is_opened, |end| self.year_behind(end), end)?;
            end = year_end;
        } else if let (Expression::Named(Named { month: None, year: YearSaid::Unsaid, .. }), _)
        | (_, Expression::Named(Named { month: None, year: YearSaid::Unsaid, .. })) = (&a, &b)
            && !(is_opened && (is_day_until(&a, &b) || is_day_from(&a, &b)))
        {
            return None;
        }
        // le 12 mai à 18 h 30
        let is_hour = self.is(end, Role::Hour)
            || self.get(end - 1).is_some_and(|it| it.digits.is_some() && it.sense.is(Role::Hour));
        if self.is_counted(end) || is_hour {
            return None;
        }
        Some((Point::new(Expression::Range(Box::new(a), Box::new(b))), end))
    }

    /// Whether a range is one of days without a month (`vom 4. bis zum 23.`), and not of what the numbers count.
    fn are_lone_days(&self, first: &Expression, last: &Expression, end: usize) -> bool {
        let day = |it: &Expression| match it {
            Expression::Named(Named { day, month: None, weekday: None, year: YearSaid::Unsaid, .. }) => *day,
            _ => None,
        };
        let is_ordinal = self.is_mark(end - 1, &['.']);
        day(first).zip(day(last)).is_some_and(|(first, last)| first < last) && (is_ordinal || self.ends_phrase(end))
    }

    /// The place behind the word day before the number of one.
    fn day_noun(&self, at: usize) -> usize {
        at + usize::from(self.is(at, Role::DayNoun))
    }
}

/// The stretch of two days of a month.
fn days_of(month: Named, first: u8, last: u8) -> Point {
    let day = |day| Box::new(Expression::Named(Named { day: Some(day), ..month }));
    Point::new(Expression::Range(day(first), day(last)))
}

/// The month before that of a day, and its year where the two have one.
fn month_before(day: &Named) -> Option<(Option<MonthSaid>, YearSaid)> {
    match day.month? {
        MonthSaid::Number(1) => Some((Some(MonthSaid::Number(12)), YearSaid::Unsaid)),
        MonthSaid::Number(month) => Some((Some(MonthSaid::Number(month - 1)), day.year)),
        MonthSaid::Relative(_) => None,
    }
}

/// The weekday of an expression that says nothing else.
fn bare_weekday(expression: &Expression) -> Option<u8> {
    match expression {
        Expression::Named(Named { weekday, day: None, month: None, side: None, .. }) => *weekday,
        _ => None,
    }
}

/// Whether a range leads from a day without its month to one that the publication tells (`da lunedì 9 a ieri`).
fn is_day_until(first: &Expression, last: &Expression) -> bool {
    let is_bare = matches!(
        first,
        Expression::Named(Named { month: None, side: None, day: Some(_), .. })
            | Expression::Named(Named { month: None, side: None, weekday: Some(_), .. })
    );
    is_bare && matches!(last, Expression::Now | Expression::Day(..=0))
}

/// The same the other way round (`da domani al 20`).
fn is_day_from(first: &Expression, last: &Expression) -> bool {
    let is_bare = matches!(last, Expression::Named(Named { month: None, side: None, day: Some(_), .. }));
    is_bare && matches!(first, Expression::Day(_))
}

/// Whether a range of weekdays can start with an expression, and whether that says which week it is.
fn starts_weekdays(expression: &Expression) -> Option<bool> {
    match expression {
        Expression::WeekdayOfWeek(..) | Expression::Day(_) => Some(true),
        Expression::Named(Named { weekday: Some(_), side, .. }) => Some(side.is_some()),
        _ => None,
    }
}

/// Gives each end of a range what only the other says; none where they are no range.
fn share(
    a: &mut Named,
    b: &mut Named,
    is_opened: bool,
    year_behind: impl Fn(usize) -> (YearSaid, usize),
    end: usize,
) -> Option<usize> {
    let is_year = |it: &Named| it.day.is_none() && it.month.is_none() && it.weekday.is_none();
    let is_bare_weekday = |it: &Named| it.weekday.is_some() && it.day.is_none() && it.side.is_none();
    let is_day_of_month = |it: &Named| it.day.is_some() && it.month.is_some();
    // da venerdì a domenica 14 aprile, from next Friday to 1 October: the weekday before the day, or the one that is said.
    if is_opened && a.weekday.is_some() && a.day.is_none() && is_day_of_month(b) {
        return Some(end);
    }
    if is_year(a) && is_year(b) {
        return is_opened.then_some(end).or(Some(end));
    }
    if is_bare_weekday(a) || is_bare_weekday(b) {
        return None;
    }
    // da venerdì 11 a martedì 15: the weekdays tell the month.
    let is_weekday_and_day = |it: &Named| it.weekday.is_some() && it.day.is_some() && it.month.is_none();
    if is_weekday_and_day(a) && is_weekday_and_day(b) {
        return is_opened.then_some(end);
    }
    let mut range_end = end;
    if b.day.is_some() && b.month.is_none() {
        // March 23-29, 2024; dal 3 maggio al 5.
        b.month = a.month;
        a.day.filter(|first| b.day.is_some_and(|last| last > *first))?;
        let (year, end) = if a.year == YearSaid::Unsaid { year_behind(range_end) } else { (a.year, range_end) };
        (b.year, range_end) = (year, end);
        if year == YearSaid::Unsaid {
            range_end = end;
        }
    }
    if a.day.is_some() && a.month.is_none() {
        (a.month, a.year) = match (a.day?, b.day?) {
            (first, last) if first < last => (b.month, b.year),
            // dal 28 al 3 maggio: from the month before.
            (first, last) if is_opened && first >= last + 7 => month_before(b)?,
            _ => return None,
        };
    }
    let has_month = |it: &Named| it.month.is_some() || is_year(it);
    let is_mixed = is_year(a) && b.day.is_none() && b.month.is_some() && b.year == YearSaid::Unsaid;
    (has_month(a) && has_month(b) && !is_mixed).then_some(range_end)
}
