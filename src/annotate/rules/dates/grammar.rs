//! How the words of a run make mentions: ranges, lists, single dates, with what stands around them.
//!
//! Every way to read a date is a method of [`Run`] that takes a place and gives what it read with the place behind it.
//! Of the ways that fit at a place, the one that reads furthest wins.

use super::{
    expression::{Expression, Hours, MonthSaid, Named, Point, YearSaid},
    named::Read,
    reader::Run,
};
use crate::{
    annotate::value::Bound,
    document::Case,
    lexicon::pack::dates::{Part, Role, Roles, Unit},
    text::Span,
};

/// A mention before its value is worked out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub point: Point,
    /// What the word before says of it.
    pub bound: Option<Bound>,
    /// The clock time beside it.
    pub hours: Option<Hours>,
    /// The way in which it was read.
    pub rule: &'static str,
}

/// An item with the words that it spans.
struct Item {
    start: usize,
    end: usize,
    point: Point,
    rule: &'static str,
}

/// The reading that goes furthest; of two, the earlier.
fn furthest<T>(readings: impl Iterator<Item = (T, usize)>) -> Option<(T, usize)> {
    readings.fold(None, |best, new| match best {
        Some((_, end)) if end >= new.1 => best,
        _ => Some(new),
    })
}

impl Run<'_> {
    /// The ways to read a single point of the calendar.
    const WAYS: [fn(&Self, usize) -> Read; 26] = [
        Self::numeric_date,
        Self::length,
        Self::day_and_month,
        Self::month_and_day,
        Self::month_alone,
        Self::weekday_alone,
        Self::week_and_weekday,
        Self::relative_day,
        Self::relative_part,
        Self::near,
        Self::relative_unit,
        Self::distance,
        Self::distance_from,
        Self::part_of_running_unit,
        Self::week_and_weekdays,
        Self::nth,
        Self::year_and_nth,
        Self::short_nth,
        Self::century,
        Self::decade,
        Self::season,
        Self::around,
        Self::pair_of_months,
        Self::year_and_month,
        Self::day_alone,
        Self::day_and_side,
    ];

    /// Reads every mention of the run, from left to right.
    pub fn read_all(&self, found: &mut Vec<Found>) {
        let (mut at, mut floor, mut follows_date) = (0, 0, false);
        let first_new = found.len();
        while at < self.lexemes.len() {
            let Some((items, end)) = self.items(at, follows_date) else {
                follows_date &= self.is_comma(at) || self.is(at, Role::And) || self.is(at, Role::Glue);
                at += 1;
                continue;
            };
            let hours_end = self.hours_behind(end).map_or(end, |(_, end)| end);
            for item in items {
                if self.is_mention(&item) {
                    found.push(self.found(item, floor));
                    if follows_date {
                        share_year(&mut found[first_new..]);
                    }
                }
            }
            (at, follows_date) = (hours_end.max(end), true);
            floor = at;
        }
    }

    /// What can be read at `at`, with the place behind it.
    fn items(&self, at: usize, follows_date: bool) -> Option<(Vec<Item>, usize)> {
        if self.get(at)?.mark.is_some() && !self.is_mark(at, &['\'', '’']) {
            return None;
        }
        let opens_range = || self.sense(at).is_any(Roles::of(&[Role::RangeFrom, Role::RangeBetween]));
        if !self.can_open_point(at) && !opens_range() && self.get(at)?.mark.is_none() {
            return None;
        }
        let single = |rule, (point, end)| (vec![Item { start: at, end, point, rule }], end);
        let readings = [
            self.opened_range(at).map(|read| single("dates/range", read)),
            self.joined_range(at).map(|read| single("dates/range", read)),
            self.day_list(at),
            self.month_list(at),
            self.pair_of_years(at).map(|read| single("dates/range", read)),
            self.point(at).map(|read| single("dates/point", read)),
            self.bare_year(at, follows_date).map(|read| single("dates/year", read)),
        ];
        furthest(readings.into_iter().flatten())
    }

    /// Roles of the words that can open a point; so can digits, and what names or counts something of the calendar.
    const OPENERS: Roles = Roles::of(&[
        Role::This,
        Role::Next,
        Role::Last,
        Role::Current,
        Role::AfterNext,
        Role::BeforeLast,
        Role::AgoBefore,
        Role::AheadBefore,
        Role::FirstOf,
        Role::LastOf,
        Role::LastOne,
        Role::Early,
        Role::Middle,
        Role::Late,
        Role::Earlier,
        Role::Later,
        Role::DecadeNoun,
        Role::Commencing,
    ]);

    /// Whether a point can begin at `at`.
    fn can_open_point(&self, at: usize) -> bool {
        self.get(at).is_some_and(|it| {
            it.digits.is_some() || it.roman.is_some() || self.is_mark(at, &['\'', '’']) || it.sense.is_any(Self::OPENERS) || it.sense.is_said()
        })
    }

    /// A single point with the part of the day behind it; read once, however often it is asked for.
    fn point(&self, at: usize) -> Read {
        if !self.can_open_point(at) {
            return None;
        }
        if let Some(known) = self.points.borrow().get(at).and_then(Option::as_ref) {
            return known.clone();
        }
        let read = self.read_point(at);
        if let Some(slot) = self.points.borrow_mut().get_mut(at) {
            *slot = Some(read.clone());
        }
        read
    }

    fn read_point(&self, at: usize) -> Read {
        let (mut point, mut end) = furthest(Self::WAYS.iter().filter_map(|way| way(self, at)))?;
        if point.part.is_none() && is_of_days(&point.expression) {
            // martedì, in mattinata; but not "martedì, serata di gala".
            let behind = self.comma(end);
            let part = self.part_at(behind).filter(|_| behind == end || self.get(behind).is_some_and(|it| self.text[it.start..it.end].contains(' ')));
            // Tuesday AM; in small letters it is another word in some languages.
            let half = [(Role::Am, Part::Morning), (Role::Pm, Part::Afternoon)].into_iter().find(|&(role, _)| self.is(end, role));
            let half = half.filter(|_| self.get(end).is_some_and(|it| it.case == Some(Case::Upper) && it.digits.is_none()));
            if let Some(part) = part {
                (point.part, end) = (Some(part), behind + 1);
            } else if let Some((_, part)) = half {
                (point.part, end) = (Some(part), end + 1);
            }
        }
        Some((point, end))
    }

    /// An end of a range: a point, a bare year, or a bare day that takes its month from the other end.
    fn range_end(&self, at: usize) -> Read {
        let year = || {
            let (year, end) = self.year_number(at)?;
            let named = Named { year: YearSaid::Number(year), ..Named::default() };
            Some((Point::new(Expression::Named(named)), end))
        };
        let day = || {
            let (day, end) = self.day_number(at)?;
            Some((Point::new(Expression::Named(Named { day: Some(day), ..Named::default() })), end))
        };
        let now = || self.is(at, Role::Now).then(|| (Point::new(Expression::Now), at + 1));
        furthest([self.point(at), self.month_named(at), year(), day(), now()].into_iter().flatten())
    }

    /// `dal 23 al 29 marzo 2024`, `between 2019 and 2022`, `vom 3. bis zum 8. Mai`.
    fn opened_range(&self, at: usize) -> Read {
        let (from, between) = (self.is(at, Role::RangeFrom), self.is(at, Role::RangeBetween));
        if !from && !between {
            return None;
        }
        let (first, end) = self.range_end(self.day_noun(self.glue(at + 1)))?;
        // von Montag, 8., bis Freitag: only behind a day does the range go on after a comma.
        let joint = if is_of_days(&first.expression) { self.comma(end) } else { end };
        if self.is(joint, Role::Now) && joint == end {
            return self.close_range(first, joint, true);
        }
        let joins = self.is(joint, Role::RangeTo) || self.is_dash(joint) || between && self.is(joint, Role::And);
        if !joins {
            return None;
        }
        let is_habitual = self.is(at, Role::Habitual);
        let (point, end) = self.close_range(first, self.glue(joint + 1), true)?;
        match point.expression {
            Expression::Weekdays(..) if is_habitual || from && self.has_hours(at, end) => Some((Point::new(Expression::Recurring), end)),
            _ => Some((point, end)),
        }
    }

    /// Whether a clock time stands beside a stretch: weekdays with their hours come back every week.
    fn has_hours(&self, start: usize, end: usize) -> bool {
        self.hours_behind(end).is_some() || self.hours_before(start, 0).is_some()
    }

    /// The place behind the word day before the number of one.
    fn day_noun(&self, at: usize) -> usize {
        at + usize::from(self.is(at, Role::DayNoun))
    }

    /// `23-29 marzo 2024`, `23 marzo - 2 aprile 2024`, `March 23-29, 2024`, `25/29 marzo`.
    fn joined_range(&self, at: usize) -> Read {
        let (first, end) = self.range_end(at)?;
        if self.is_touched_by_number(at) || self.follows_number(at) {
            return None;
        }
        let is_year = matches!(&first.expression, Expression::Named(Named { day: None, month: None, weekday: None, year: YearSaid::Number(_), .. }));
        if is_year && self.is_dash(end) && !self.is_led(at) && !self.is_year_noun_before(at) && self.is_name_before(at) {
            return None;
        }
        let is_slash = self.is_mark(end, &['/']) && self.touches(end) && self.touches(end + 1);
        let dotted = end + usize::from(self.is_mark(end, &['.']) && self.is_dash(end + 1));
        if self.is_dash(dotted) || is_slash {
            return self.close_range(first, self.glue(dotted + 1), false);
        }
        let is_bare_year = matches!(&first.expression, Expression::Named(Named { day: None, month: None, weekday: None, .. }));
        let is_led = || self.is_led(at) || self.is_year_noun_before(at) || self.joins_near_years(at, end);
        if !self.is(end, Role::RangeTo) || is_bare_year && !is_led() {
            return None;
        }
        self.close_range(first, self.glue(end + 1), false)
    }

    /// Whether two years in figures that a life could see are joined at `end` (`2021 a 2024`).
    fn joins_near_years(&self, at: usize, end: usize) -> bool {
        let year = |at: usize| self.digits(at).and_then(|_| self.year_number(at)).filter(|(year, _)| (1900..2100).contains(year));
        let pair = year(at).zip(year(self.glue(end + 1)));
        pair.is_some_and(|((first, _), (last, end))| first < last && last - first <= 60 && !self.is_lowercase_word(end))
    }

    fn is_touched_by_number(&self, at: usize) -> bool {
        at > 0 && self.touches(at) && (self.digits(at - 1).is_some() || self.is_mark(at - 1, &['.', ',', '/', '-', ':']))
    }

    /// The second end of a range at `at`, and what the ends take from each other.
    fn close_range(&self, first: Point, at: usize, is_opened: bool) -> Read {
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
            let expression = if is_told || is_opened { Expression::Weekdays(Box::new(a), weekday) } else { Expression::Recurring };
            return Some((Point::new(expression), end));
        }
        let is_now = |it: &Expression| *it == Expression::Now;
        if is_now(&a) && is_now(&b) {
            return None;
        }
        if is_opened && self.are_lone_days(&a, &b, end) {
            return Some((Point::new(Expression::Range(Box::new(a), Box::new(b))), end));
        }
        if let (Expression::Named(a), Expression::Named(b)) = (&mut a, &mut b) {
            let year_end = share(a, b, is_opened, |end| self.year_behind(end), end)?;
            end = year_end;
        } else if let (Expression::Named(Named { month: None, year: YearSaid::Unsaid, .. }), _)
        | (_, Expression::Named(Named { month: None, year: YearSaid::Unsaid, .. })) = (&a, &b)
        {
            return None;
        }
        if self.is_counted(end) {
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

    /// `il 3, 4 e 5 maggio`, `sabato 6 e domenica 7 aprile`: days that take their month from the last.
    fn day_list(&self, at: usize) -> Option<(Vec<Item>, usize)> {
        let (mut items, mut start, mut has_and) = (Vec::new(), at, false);
        while items.len() < 31 {
            if let Some((Point { expression: Expression::Named(last), .. }, end)) = self.day_and_month(start) {
                items.push((start, end, last));
                break;
            }
            // dalle ore 8 alle ore 22, e lunedì 18 aprile
            if start > 0 && (self.is(start - 1, Role::Hour) || self.last_word(start - 1).is(Role::Hour)) {
                return None;
            }
            let lead = self.sense(start).weekday.map(|_| self.glue(self.comma(self.dot(start + 1))));
            let (day, end) = self.day_number(lead.unwrap_or(start))?;
            let weekday = self.sense(start).weekday;
            items.push((start, end, Named { day: Some(day), weekday, ..Named::default() }));
            let joint = self.comma(end);
            let is_and = self.is(joint, Role::And);
            if joint == end && !is_and {
                return None;
            }
            has_and |= is_and;
            start = self.glue(joint + usize::from(is_and));
        }
        let &(_, end, last) = items.last().filter(|_| items.len() > 2 || items.len() == 2 && has_and)?;
        let item = |(start, end, named): (usize, usize, Named)| {
            let named = Named { day: named.day, weekday: named.weekday, ..last };
            Item { start, end, point: Point::new(Expression::Named(named)), rule: "dates/list" }
        };
        Some((items.into_iter().map(item).collect(), end))
    }

    /// `June 3 and 4`, `March 3, 4 and 5, 2024`: days that take their month from the first and their year from the last.
    fn month_list(&self, at: usize) -> Option<(Vec<Item>, usize)> {
        let month = self.sense(at).month.filter(|_| self.words.has_month_before_day)?;
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
        let last = days.len() - 1;
        let items = days.into_iter().enumerate().map(|(idx, (start, day_end, day))| {
            let named = Named { day: Some(day), month: Some(MonthSaid::Number(month)), year, ..Named::default() };
            let start = if idx == 0 { at } else { start };
            let end = if idx == last { end } else { day_end };
            Item { start, end, point: Point::new(Expression::Named(named)), rule: "dates/list" }
        });
        Some((items.collect(), end))
    }

    /// Whether an item is a mention: not what recurs, not the name of a street.
    fn is_mention(&self, item: &Item) -> bool {
        let mut before = item.start;
        while before > 0 && (self.is(before - 1, Role::Glue) || self.is(before - 1, Role::DayArticle)) {
            before -= 1;
        }
        // Via 4 Novembre, via del 25 aprile; but not "via per gli ultimi tre anni".
        let is_street = before + 1 >= item.start
            && matches!(item.point.expression, Expression::Named(Named { month: Some(_), year: YearSaid::Unsaid, .. }))
            && (before.saturating_sub(1)..item.start).any(|at| self.is(at, Role::Street));
        let is_event = before > 0 && before == item.start && self.is(before - 1, Role::Event) && self.is_capital(before - 1);
        let recurs = before > 0 && self.is(before - 1, Role::Every);
        let is_numbered = item.rule == "dates/year" && self.is_never(item.start);
        let recurs = recurs || item.point.expression == Expression::Recurring;
        !is_street && !is_event && !recurs && !is_numbered
    }

    fn found(&self, item: Item, floor: usize) -> Found {
        let Item { start, end, mut point, rule } = item;
        // The dot of a German ordinal is that of the sentence where nothing follows.
        let is_closed = end > start + 1 && self.is_mark(end - 1, &['.']) && self.following(end).is_none();
        let end = end - usize::from(is_closed);
        let hours = self.hours_behind(end).map(|(hours, _)| hours).or_else(|| self.hours_before(start, floor));
        let hours = hours.filter(|_| is_of_days(&point.expression));
        if point.part.is_none() && is_of_days(&point.expression) {
            point.part = self.part_before(start);
        }
        let span = Span::new(self.lexemes[start].start, self.lexemes[end - 1].end);
        let bound = self.bound_before(start).filter(|_| rule != "dates/range");
        Found { span, point, bound, hours, rule }
    }

    /// `nel pomeriggio di` before a date.
    fn part_before(&self, at: usize) -> Option<crate::lexicon::pack::dates::Part> {
        let mut before = at;
        while before > 0 && (self.is(before - 1, Role::Glue) || self.is(before - 1, Role::DayArticle) || self.is_comma(before - 1)) {
            before -= 1;
        }
        self.part_at(before.checked_sub(1)?)
    }

    /// What the words before `at` say of it: from then, until then, by then.
    fn bound_before(&self, at: usize) -> Option<Bound> {
        for before in (at.saturating_sub(4)..at).rev() {
            let sense = self.sense(before);
            if sense.is(Role::BoundBy) {
                return Some(Bound::By);
            }
            if sense.is(Role::BoundUntil) {
                return Some(Bound::Until);
            }
            if sense.is(Role::BoundFrom) {
                return Some(Bound::From);
            }
            if !sense.is(Role::Glue) && !sense.is(Role::DayArticle) && !sense.is(Role::DayNoun) && !sense.is(Role::YearNoun) {
                return None;
            }
        }
        None
    }
}

/// The weekday of an expression that says nothing else.
fn bare_weekday(expression: &Expression) -> Option<u8> {
    match expression {
        Expression::Named(Named { weekday, day: None, month: None, side: None, .. }) => *weekday,
        _ => None,
    }
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
        b.day.filter(|last| a.day.is_some_and(|first| first < *last))?;
        (a.month, a.year) = (b.month, b.year);
    }
    let has_month = |it: &Named| it.month.is_some() || is_year(it);
    let is_mixed = is_year(a) && b.day.is_none() && b.month.is_some() && b.year == YearSaid::Unsaid;
    (has_month(a) && has_month(b) && !is_mixed).then_some(range_end)
}

/// Gives the year of the last of several dates to those right before it that have none.
fn share_year(found: &mut [Found]) {
    let Some((last, before)) = found.split_last_mut() else { return };
    let Expression::Named(Named { year: year @ YearSaid::Number(_), month: Some(_), day, .. }) = last.point.expression else {
        return;
    };
    for earlier in before.iter_mut().rev() {
        match &mut earlier.point.expression {
            Expression::Named(named) if named.year == YearSaid::Unsaid && named.month.is_some() && named.side.is_none() && named.day.is_some() == day.is_some() => {
                named.year = year;
            }
            _ => return,
        }
    }
}

/// Whether an expression names a single day, so that a clock time or part of the day can stand with it.
fn is_of_days(expression: &Expression) -> bool {
    match expression {
        Expression::Named(named) => named.day.is_some() || named.weekday.is_some(),
        Expression::Day(_) | Expression::WeekdayOfWeek(..) => true,
        Expression::Offset(lengths, _) => lengths.iter().all(|(unit, _)| *unit <= Unit::Week),
        Expression::Distance(lengths) => lengths.iter().all(|(unit, _)| *unit <= Unit::Week),
        Expression::Nth(_, super::expression::Piece::Weekday(_), _) => true,
        _ => false,
    }
}
