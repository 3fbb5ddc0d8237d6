//! How the words of a run make mentions: ranges, lists, single dates, with what stands around them.
//!
//! Every way to read a date is a method of [`Run`] that takes a place and gives what it read with the place behind it.
//! Of the ways that fit at a place, the one that reads furthest wins.

use super::{
    expression::{Expression, Hours, Named, Point, YearSaid},
    lists::share_year,
    named::Read,
    reader::Run,
    ways,
};
use crate::{
    annotate::value::Bound,
    document::Case,
    lexicon::pack::dates::{Part, Role, Traits, Unit},
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
pub(super) struct Item {
    /// Its first word.
    pub start: usize,
    /// The place behind its last word.
    pub end: usize,
    /// What it says.
    pub point: Point,
    /// The clock times of both ends of a range.
    pub hours: Option<Hours>,
    /// The way in which it was read.
    pub rule: &'static str,
}

/// The way of a day that only a plan makes one: see [`Run::planned_day`].
pub(super) const PLAN: &str = "dates/plan";

/// The reading that goes furthest; of two, the earlier.
pub(super) fn furthest<T>(readings: impl Iterator<Item = (T, usize)>) -> Option<(T, usize)> {
    readings.fold(None, |best, new| match best {
        Some((_, end)) if end >= new.1 => best,
        _ => Some(new),
    })
}

impl Run<'_> {
    /// Reads every mention of the run, from left to right.
    pub fn read_all(&self, items: &mut Vec<Item>, found: &mut Vec<Found>) {
        let (mut at, mut floor, mut follows_date) = (0, 0, false);
        let first_new = found.len();
        while at < self.lexemes.len() {
            let Some(end) = self.items(at, follows_date, items) else {
                follows_date &= self.is_comma(at) || self.is(at, Role::And) || self.is(at, Role::Glue);
                at += 1;
                continue;
            };
            let has_hours = items.iter().any(|item| is_of_days(&item.point.expression));
            let hours_end = if has_hours { self.hours_behind(end).map_or(end, |(_, end)| end) } else { end };
            for item in items.drain(..) {
                if self.is_mention(&item) && !self.is_told_again(&item, floor) {
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

    /// Reads what stands at `at` into `items`; returns the place behind it.
    fn items(&self, at: usize, follows_date: bool, items: &mut Vec<Item>) -> Option<usize> {
        let first = self.get(at)?.traits;
        if !first.is_any(Self::OPENERS.and(Traits::RANGE_OPENER))
            || self.get(at)?.mark.is_some() && !first.is_any(Traits::APOSTROPHE)
        {
            return None;
        }
        let mut best: Option<Item> = None;
        let mut offer = |rule, hours, read: Read| {
            if let Some((point, end)) = read
                && best.as_ref().is_none_or(|best| end > best.end)
            {
                best = Some(Item { start: at, end, point, hours, rule });
            }
        };
        // Of what reads as far, the earlier counts: a range before a list, and that before a single point.
        if first.is_any(Traits::RANGE_OPENER) {
            if let Some((point, hours, end)) = self.timed_range(at) {
                offer("dates/range", Some(hours), Some((point, end)));
            }
            offer("dates/range", None, self.opened_range(at));
        }
        offer("dates/range", None, self.joined_range(at));
        if first.is_any(Traits::MONTH.and(Traits::SIDE).and(Traits::UNIT))
            && self.traits.is_any(Traits::FIGURES.and(Traits::ORDINAL))
        {
            offer("dates/range", None, self.month_and_days(at));
        }
        let listed =
            furthest([self.day_list(at), self.month_list(at), self.weekdays_and_days(at)].into_iter().flatten());
        let listed = listed.filter(|(_, end)| best.as_ref().is_none_or(|best| *end > best.end));
        let n_before = listed.as_ref().map_or(0, |(_, end)| *end);
        let mut rest = |rule, read: Read| {
            if let Some((point, end)) = read
                && end > n_before
                && best.as_ref().is_none_or(|best| end > best.end)
            {
                best = Some(Item { start: at, end, point, hours: None, rule });
            }
        };
        if first.is_any(Traits::YEAR_FIGURES) {
            rest("dates/range", self.pair_of_years(at));
        }
        rest("dates/point", self.point(at));
        if first.is_any(Traits::FIGURES.and(Traits::NUMBER).and(Traits::APOSTROPHE)) {
            rest("dates/year", self.bare_year(at, follows_date));
        }
        if first.is_any(Traits::DAY_FIGURES) {
            rest(PLAN, self.planned_day(at));
        }
        match (listed, best) {
            (Some((list, end)), best) if best.as_ref().is_none_or(|best| best.end <= end) => {
                items.extend(list);
                Some(end)
            }
            (_, best) => {
                let best = best?;
                let end = best.end;
                items.push(best);
                Some(end)
            }
        }
    }

    /// What a point can begin with.
    const OPENERS: Traits =
        Traits::FIGURES.and(Traits::ROMAN).and(Traits::SAID).and(Traits::APOSTROPHE).and(Traits::OPENER);

    /// Whether a point can begin at `at`.
    fn can_open_point(&self, at: usize) -> bool {
        self.traits(at).is_any(Self::OPENERS)
    }

    /// A single point with the part of the day behind it; read once, however often it is asked for.
    pub fn point(&self, at: usize) -> Read {
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
        // A number in words or a unit says nothing where no other word follows.
        if self.get(at + 1).is_none()
            && self
                .get(at)
                .is_some_and(|it| it.digits.is_none() && it.sense.only_counts() && !it.traits.is_any(Traits::OPENER))
            && !self.continues_decades(at)
        {
            return None;
        }
        let first = self.get(at)?.traits;
        let ways = if first.is_any(Traits::FIGURES) { &ways::BY_FIGURES } else { &ways::BY_WORDS };
        let (mut point, mut end) = ways.furthest(self, at, first)?;
        if point.part.is_none() && is_of_days(&point.expression) {
            // martedì, in mattinata; but not "martedì, serata di gala".
            let behind = self.comma(end);
            let part = self.part_at(behind).filter(|_| {
                behind == end || self.get(behind).is_some_and(|it| self.text[it.start..it.end].contains(' '))
            });
            // Tuesday AM; in small letters it is another word in some languages.
            let half = [(Role::Am, Part::Morning), (Role::Pm, Part::Afternoon)]
                .into_iter()
                .find(|&(role, _)| self.is(end, role));
            let half = half.filter(|_| self.get(end).is_some_and(|it| it.case == Case::Upper && it.digits.is_none()));
            if let Some(part) = part {
                (point.part, end) = (Some(part), behind + 1);
            } else if let Some((_, part)) = half {
                (point.part, end) = (Some(part), end + 1);
            }
        }
        Some((point, end))
    }

    /// Whether an item is the weekday in brackets of the date that ends at `floor` (`12 May (Monday)`).
    fn is_told_again(&self, item: &Item, floor: usize) -> bool {
        let is_weekday =
            matches!(item.point.expression, Expression::Named(Named { weekday: Some(_), day: None, month: None, .. }));
        let is_enclosed = self.is_mark(floor, &['(']) && self.is_mark(item.end, &[')']);
        is_weekday && floor > 0 && item.start == floor + 1 && is_enclosed
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
        let is_event =
            before > 0 && before == item.start && self.is(before - 1, Role::Event) && self.is_capital(before - 1);
        // tout le 1er trimestre is the whole of it; ogni lunedì comes back.
        let is_whole = item.start > before && (before..item.start).any(|at| self.is(at, Role::Article));
        let recurs = before > 0 && self.is(before - 1, Role::Every) && !is_whole;
        let is_numbered = item.rule == "dates/year" && self.is_never(item.start);
        let recurs = recurs || item.point.expression == Expression::Recurring;
        !is_street && !is_event && !recurs && !is_numbered
    }

    fn found(&self, item: Item, floor: usize) -> Found {
        let Item { start, end, mut point, hours: hours_of_ends, rule } = item;
        // The dot of a German ordinal is that of the sentence where nothing follows.
        let is_closed = end > start + 1 && self.is_mark(end - 1, &['.']) && self.following(end).is_none();
        let end = end - usize::from(is_closed);
        let behind = self.hours_behind(end);
        if let (
            Expression::Named(named @ Named { day: Some(_), month: Some(_), year: YearSaid::Unsaid, .. }),
            Some((_, hours_end)),
        ) = (&mut point.expression, behind)
            && let Some(year) = self.year_behind_clock(hours_end)
        {
            named.year = YearSaid::Number(year);
        }
        let hours = behind.map(|(hours, _)| hours).or_else(|| self.hours_before(start, floor));
        let hours = hours.filter(|_| is_of_days(&point.expression)).or(hours_of_ends);
        if point.part.is_none() && is_of_days(&point.expression) {
            point.part = self.part_before(start, floor);
        }
        let bound_by = self.bound_before(start);
        // entro i prossimi dieci mesi: from today on.
        if let Expression::Length(unit, n @ 1..) = &point.expression
            && (bound_by == Some(Bound::By) || self.is_within(start))
        {
            point.expression = Expression::Within(*unit, *n);
        }
        let span = Span::new(self.start_behind_article(start), self.lexemes[end - 1].end);
        // before 2010 or after 2018: what follows is another year's.
        let is_start = self.is(end, Role::OrLater) && self.year_number(end + 1).is_none();
        let bound = bound_by.or(is_start.then_some(Bound::From)).filter(|_| rule != "dates/range");
        Found { span, point, bound, hours, rule }
    }

    /// The year in figures that follows a clock time at once, as machines write it (`Oct 26 15:50:06 2016`).
    fn year_behind_clock(&self, at: usize) -> Option<i16> {
        let (year, end) = self.year_number(at).filter(|_| self.digits(at).is_some())?;
        let has_seconds =
            [2, 4].into_iter().all(|back| at.checked_sub(back).is_some_and(|mark| self.is_mark(mark, &[':'])));
        (!self.is_counted(end) && (has_seconds || self.ends_phrase(end))).then_some(year)
    }

    /// Where the word at `at` starts, without the article that a part of the day is listed with (`la noche`).
    fn start_behind_article(&self, at: usize) -> usize {
        let lexeme = &self.lexemes[at];
        if !lexeme.is_phrase || !lexeme.traits.is_any(Traits::PART) {
            return lexeme.start;
        }
        let is_article = |word: &str| self.words.sense(word).is_some_and(|sense| sense.is(Role::Article));
        let first = self.text[lexeme.start..lexeme.end].split_once(' ').map(|(first, _)| first);
        lexeme.start + first.filter(|first| is_article(first)).map_or(0, |first| first.len() + 1)
    }

    /// `nel pomeriggio di` before a date.
    fn part_before(&self, at: usize, floor: usize) -> Option<crate::lexicon::pack::dates::Part> {
        let mut before = at;
        while before > 0
            && (self.is(before - 1, Role::Glue) || self.is(before - 1, Role::DayArticle) || self.is_comma(before - 1))
        {
            before -= 1;
        }
        self.part_at(before.checked_sub(1).filter(|&part| part >= floor)?)
    }

    /// Whether what begins at `at` is said to begin today.
    fn is_within(&self, at: usize) -> bool {
        let mut before = at;
        while before > 0
            && !self.is(before - 1, Role::Within)
            && (self.is(before - 1, Role::Glue) || self.is(before - 1, Role::DayArticle))
        {
            before -= 1;
        }
        before > 0 && self.is(before - 1, Role::Within)
    }

    /// What the words before `at` say of it: from then, until then, by then.
    fn bound_before(&self, at: usize) -> Option<Bound> {
        for before in (at.saturating_sub(4)..at).rev() {
            let sense = self.sense(before);
            if sense.is(Role::Accented) && self.get(before).is_some_and(|it| self.text[it.start..it.end].is_ascii()) {
                continue;
            }
            if sense.is(Role::BoundBy) {
                return Some(Bound::By);
            }
            if sense.is(Role::BoundUntil) {
                return Some(Bound::Until);
            }
            if sense.is(Role::BoundFrom) {
                return Some(Bound::From);
            }
            if !sense.is(Role::Glue)
                && !sense.is(Role::DayArticle)
                && !sense.is(Role::DayNoun)
                && !sense.is(Role::YearNoun)
            {
                return None;
            }
        }
        None
    }
}

/// Whether an expression names a single day, so that a clock time or part of the day can stand with it.
pub(super) fn is_of_days(expression: &Expression) -> bool {
    match expression {
        Expression::Named(named) => named.day.is_some() || named.weekday.is_some(),
        Expression::Day(_) | Expression::WeekdayOfWeek(..) | Expression::Holiday(..) => true,
        Expression::Offset(lengths, _) => lengths.iter().all(|(unit, _)| *unit <= Unit::Week),
        Expression::Distance(lengths) => lengths.iter().all(|(unit, _)| *unit <= Unit::Week),
        Expression::Nth(_, super::expression::Piece::Weekday(_), _) => true,
        _ => false,
    }
}
