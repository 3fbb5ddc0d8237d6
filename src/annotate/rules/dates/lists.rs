//! Lists of days, which take their month and year from one another: `il 3, 4 e 5 maggio`, `June 3 and 4, 2025`.

use super::{
    expression::{Expression, MonthSaid, Named, Point, YearSaid},
    grammar::{Found, Item},
    reader::Run,
};
use crate::lexicon::pack::dates::{Role, Traits};

impl Run<'_> {
    /// `il 3, 4 e 5 maggio`, `sabato 6 e domenica 7 aprile`, `4-5 e 7-8 maggio`, `4-5-6 maggio`: days that take their month from
    /// the last; two in a row under one article are one stretch (`il 5 e 6 dicembre`).
    pub fn day_list(&self, at: usize) -> Option<(Vec<Item>, usize)> {
        const BEGINS: Traits = Traits::COUNTING.and(Traits::WEEKDAY).and(Traits::SIDE);
        let has_month = self.traits.is_any(Traits::MONTH.and(Traits::UNIT));
        if !self.traits(at).is_any(BEGINS)
            || !has_month
            || !self.traits.is_any(Traits::LIST_JOINT.and(Traits::RANGE_JOINT))
        {
            return None;
        }
        let (mut days, mut start, mut has_and, mut n_slashes, mut is_dashed) = (Vec::new(), at, false, 0, false);
        while days.len() < 31 {
            if let Some((Point { expression: Expression::Named(last), .. }, end)) = self.day_and_month(start) {
                days.push(Listed { start, end, named: last, is_dashed });
                break;
            }
            // dalle ore 8 alle ore 22, e lunedì 18 aprile
            if start > 0 && (self.is(start - 1, Role::Hour) || self.last_word(start - 1).is(Role::Hour)) {
                return None;
            }
            let lead = self.sense(start).weekday.map(|_| self.glue(self.comma(self.dot(start + 1))));
            let (day, end) = self.day_number(lead.unwrap_or(start))?;
            let weekday = self.sense(start).weekday;
            days.push(Listed { start, end, named: Named { day: Some(day), weekday, ..Named::default() }, is_dashed });
            // 4/5/6 luglio
            let is_slash = self.is_mark(end, &['/']) && self.touches(end) && self.touches(end + 1);
            n_slashes += usize::from(is_slash);
            is_dashed = self.is_dash(end) && self.digits(end + 1).is_some();
            let joint = if is_slash || is_dashed { end + 1 } else { self.comma(end) };
            let is_and = self.is(joint, Role::And);
            if joint == end && !is_and {
                return None;
            }
            has_and |= is_and;
            start = if is_slash || is_dashed { joint } else { self.glue(joint + usize::from(is_and)) };
        }
        // 20/11, 12 novembre: a date in figures and another.
        if n_slashes > 0 && n_slashes + 1 < days.len() {
            return None;
        }
        let &Listed { end, named: last, .. } = days.last()?;
        let runs: Vec<&[Listed]> = days.chunk_by(|_, next| next.is_dashed).collect();
        // Two days with a dash between them are no list.
        if !(runs.len() > 2 || runs.len() == 2 && has_and || runs.len() == 1 && days.len() > 2) {
            return None;
        }
        if let [first, second] = days[..]
            && self.is_one_word_between(first.end, second.start)
            && [first, second].iter().all(|day| day.named.weekday.is_none())
            && let Some(pair) = two_days(Named { day: first.named.day, ..last }, last)
        {
            return Some((vec![pair.at(first.start, end)], end));
        }
        let named = |day: &Listed| Named { day: day.named.day, weekday: day.named.weekday, ..last };
        let mut items = Vec::with_capacity(days.len());
        for run in runs {
            match run {
                [first, .., last] if is_stretch(run) => {
                    items.push(Pair::of(named(first), named(last)).at(first.start, last.end));
                }
                // From the 5th to the 4th: no days of one month.
                [_, _] => return None,
                _ => items.extend(run.iter().map(|day| {
                    let point = Point::new(Expression::Named(named(day)));
                    Item { start: day.start, end: day.end, point, hours: None, rule: "dates/list" }
                })),
            }
        }
        Some((items, end))
    }

    /// Whether two days are apart by one word: a second article would make each a date of its own.
    fn is_one_word_between(&self, first_end: usize, start: usize) -> bool {
        let before = first_end.checked_sub(1).and_then(|at| self.get(at));
        let between = before.zip(self.get(start)).and_then(|(before, next)| self.text.get(before.end..next.start));
        between.is_some_and(|between| between.split_whitespace().filter(|word| *word != ".").count() == 1)
    }

    /// `June 3 and 5`, `March 3, 4 and 5, 2024`: days that take their month from the first and their year from the last; two in
    /// a row are one stretch.
    pub fn month_list(&self, at: usize) -> Option<(Vec<Item>, usize)> {
        let month = self
            .sense(at)
            .month
            .filter(|_| self.words.has_month_before_day && self.traits.is_any(Traits::LIST_JOINT))?;
        let (mut days, mut start, mut has_and) = (Vec::new(), self.dot(at + 1), false);
        while days.len() < 31 {
            let Some((day, end)) = self.day_number(start).filter(|&(_, end)| !self.is_counted(end)) else { break };
            days.push((start, end, day));
            let joint = self.comma(end);
            let is_and = self.is(joint, Role::And);
            if has_and || joint == end && !is_and {
                break;
            }
            has_and |= is_and;
            start = joint + usize::from(is_and);
        }
        let &(_, end, _) = days.last().filter(|_| days.len() > 1 && has_and)?;
        let (year, year_end) = self.year_behind(end);
        let is_noun_next = year == YearSaid::Unsaid && self.is_lowercase_word(end);
        if is_noun_next || !days.is_sorted_by_key(|&(_, _, day)| day) {
            return None;
        }
        let end = if year == YearSaid::Unsaid { end } else { year_end };
        let named = |day| Named { day: Some(day), month: Some(MonthSaid::Number(month)), year, ..Named::default() };
        if let [(_, first_end, first), (start, _, second)] = days[..]
            && self.is_one_word_between(first_end, start)
            && let Some(pair) = two_days(named(first), named(second))
        {
            return Some((vec![pair.at(at, end)], end));
        }
        let last = days.len() - 1;
        let items = days.into_iter().enumerate().map(|(idx, (start, day_end, day))| {
            let named = named(day);
            let start = if idx == 0 { at } else { start };
            let end = if idx == last { end } else { day_end };
            Item { start, end, point: Point::new(Expression::Named(named)), hours: None, rule: "dates/list" }
        });
        Some((items.collect(), end))
    }
}

/// A day of a list.
#[derive(Debug, Clone, Copy)]
struct Listed {
    start: usize,
    end: usize,
    named: Named,
    /// Whether a dash joins it to the day before.
    is_dashed: bool,
}

/// Whether days with dashes between them are a stretch: two, the later behind, or more that follow one another.
fn is_stretch(run: &[Listed]) -> bool {
    let days = || run.iter().filter_map(|day| day.named.day);
    match run {
        [_] => false,
        [_, _] => days().is_sorted_by(|one, next| one < next),
        _ => days().is_sorted_by(|one, next| one + 1 == *next),
    }
}

/// A stretch that has no place yet.
struct Pair(Point);

impl Pair {
    fn of(first: Named, last: Named) -> Self {
        let [first, last] = [first, last].map(|day| Box::new(Expression::Named(day)));
        Self(Point::new(Expression::Range(first, last)))
    }

    fn at(self, start: usize, end: usize) -> Item {
        Item { start, end, point: self.0, hours: None, rule: "dates/range" }
    }
}

/// The stretch of two days of a month, if one follows the other.
fn two_days(first: Named, last: Named) -> Option<Pair> {
    let (one, two) = (first.day?, last.day?);
    (one + 1 == two).then(|| Pair::of(first, last))
}

/// Gives the year of the last of several dates to those right before it that have none: `dal 12 al 14 marzo e il 20 aprile
/// 2026`. One that comes later in the year was the year before (`il 20 dicembre e il 5 gennaio 2027`).
pub(super) fn share_year(found: &mut [Found]) {
    let Some((last, before)) = found.split_last_mut() else { return };
    let Expression::Named(Named { year: YearSaid::Number(year), month: Some(_), .. }) =
        *last_end(&mut last.point.expression)
    else {
        return;
    };
    let mut next = first_end(&last.point.expression);
    for earlier in before.iter_mut().rev() {
        let begins = first_end(&earlier.point.expression);
        let Expression::Named(named) = last_end(&mut earlier.point.expression) else { return };
        let is_alike = begins.day.is_some() == next.day.is_some();
        if named.year != YearSaid::Unsaid
            || begins.year != YearSaid::Unsaid
            || named.month.is_none()
            || named.side.is_some()
            || !is_alike
        {
            return;
        }
        let is_later = order(*named).zip(order(next)).is_some_and(|(one, other)| one > other);
        named.year = YearSaid::Number(year - i16::from(is_later));
        next = Named { year: named.year, ..begins };
    }
}

/// Month and day, if the month is told by its name.
fn order(named: Named) -> Option<(u8, Option<u8>)> {
    match named.month {
        Some(MonthSaid::Number(month)) => Some((month, named.day)),
        _ => None,
    }
}

/// The last day or month of a stretch; the whole of anything else.
fn last_end(expression: &mut Expression) -> &mut Expression {
    match expression {
        Expression::Range(_, last) => last,
        _ => expression,
    }
}

/// The first day or month that an expression names; the month of the last where the first has none.
fn first_end(expression: &Expression) -> Named {
    match expression {
        Expression::Named(named) => *named,
        Expression::Range(first, last) => match (&**first, &**last) {
            (Expression::Named(first), Expression::Named(last)) => {
                Named { month: first.month.or(last.month), ..*first }
            }
            _ => Named::default(),
        },
        _ => Named::default(),
    }
}
