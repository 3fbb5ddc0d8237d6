//! Weekdays: `venerdì`, `sabato 10`, `terça-feira (10)`, `martedì della prossima settimana`, `next week from Tuesday to Thursday`.

use super::{
    expression::{Expression, Named, Point},
    grammar::Item,
    named::Read,
    reader::Run,
};
use crate::lexicon::pack::dates::{Part, Role, Traits, Unit};

impl Run<'_> {
    /// A weekday with the part of the day that is written onto it or behind it, and the place behind.
    pub fn weekday_and_part(&self, at: usize) -> Option<(u8, Option<Part>, usize)> {
        let sense = self.sense(at);
        let (weekday, end) = (sense.weekday?, self.accent(self.dot(at + 1)));
        match self.part_at(end).filter(|_| sense.part.is_none()) {
            Some(part) => Some((weekday, Some(part), end + 1)),
            None => Some((weekday, sense.part, end)),
        }
    }

    /// The place behind an apostrophe that stands for the accent of a capital (`LUNEDI' 8`), where a day follows.
    fn accent(&self, at: usize) -> usize {
        let is_accent = self.is_mark(at, &['\'', '’'])
            && self.touches(at)
            && !self.touches(at + 1)
            && self.digits(at + 1).is_some();
        at + usize::from(is_accent)
    }

    /// A weekday and what may stand between it and its day: a part of the day, a dot, a comma, an article.
    pub fn weekday_lead(&self, at: usize) -> Option<(u8, Option<Part>, usize)> {
        let (weekday, part, end) = self.weekday_and_part(at)?;
        let end = end + usize::from(self.is(end, Role::Following));
        let joint = self.comma(end);
        let end = if joint == end { self.glue_of_day(joint) } else { self.glue(joint) };
        Some((weekday, part, end + usize::from(self.is(end, Role::DayNoun))))
    }

    /// `venerdì`, `sabato scorso`, `next Friday`, `sabato 10`, `Thursday the 21st`, `terça-feira (10)`.
    pub fn weekday_alone(&self, at: usize) -> Read {
        let (side, weekday_at) = self.side(at).map_or((None, at), |(side, end)| (Some(side), end));
        let (weekday, part, part_end) = self.weekday_and_part(weekday_at)?;
        let mut named = Named { weekday: Some(weekday), side, ..Named::default() };
        let end = self.side_behind(weekday_at + 1, &mut named);
        let point = |expression, part, end| Some((Point { expression, part }, end));
        if let Some((bracketed, end)) = self.day_in_brackets(self.dot(end)) {
            let side = None;
            return point(Expression::Named(Named { weekday: Some(weekday), side, ..bracketed }), part, end);
        }
        // il prossimo lunedì 30; lunedì prossimo, 30
        let told = if side.is_some() { part_end } else { end };
        let has_side = named.side.is_some();
        if let Some((day, end)) =
            self.day_behind_weekday(told).filter(|&(_, end)| has_side && self.month_said(self.glue(end)).is_none())
        {
            named.day = Some(day);
            return point(Expression::Named(named), part, end);
        }
        // el próximo martes, día 26
        if let Some((day, end)) = self.labeled_day(part_end).filter(|_| side.is_some()) {
            named.day = Some(day);
            return point(Expression::Named(named), part, end);
        }
        if named.side.is_none() {
            // the Thursday after next
            if self.is(part_end, Role::AfterNext) {
                return point(Expression::WeekdayOfWeek(weekday, 2), part, part_end + 1);
            }
            if let Some(week) = self.week_behind_list(part_end) {
                return point(Expression::WeekdayOfWeek(weekday, week), part, part_end);
            }
            // Montag in zwei Wochen, lunedì tra due settimane
            if let Some((Point { expression: Expression::Distance(lengths), .. }, end)) =
                self.distance(self.comma(part_end))
                && let [(unit @ (Unit::Week | Unit::Day), n)] = lengths[..]
            {
                let told = if unit == Unit::Week {
                    Expression::WeekdayOfWeek(weekday, n)
                } else {
                    Expression::Distance(lengths)
                };
                return point(told, part, end);
            }
            if let Some((week, end)) = self.week_behind(part_end) {
                return point(Expression::WeekdayOfWeek(weekday, week), part, end);
            }
            if let Some((day, end)) = self.day_behind_weekday(part_end) {
                named.day = Some(day);
                let end = self.side_behind(end, &mut named);
                return point(Expression::Named(named), part, end);
            }
            // the Sunday paper
            let is_kind =
                self.words.capitalizes_names && at > 0 && self.is(at - 1, Role::Article) && self.is_lowercase_word(end);
            // Mardi matin: the part of the day tells that it is one.
            let has_part = part.is_some() && part_end > end && !self.is(weekday_at, Role::Weak);
            if is_kind || !has_part && !self.is_name_of_time(weekday_at, end) {
                return None;
            }
        }
        point(Expression::Named(named), self.sense(weekday_at).part, end)
    }

    /// `sabato e domenica 20 e 21 aprile`, `Samstag und Sonntag, 20./21. April`: weekdays, then as many days.
    pub fn weekdays_and_days(&self, at: usize) -> Option<(Vec<Item>, usize)> {
        if !self.traits(at).is_any(Traits::WEEKDAY)
            || !self.traits.is_any(Traits::LIST_JOINT)
            || !self.traits.is_any(Traits::COUNTING)
        {
            return None;
        }
        let (mut n_weekdays, mut end) = (0, at);
        while let Some((_, _, behind)) = self.weekday_and_part(end) {
            n_weekdays += 1;
            let joint = self.comma(behind);
            let joint = self.glue(joint + usize::from(self.is(joint, Role::And)));
            end = if joint > behind && self.sense(joint).weekday.is_some() { joint } else { behind };
            if end == behind {
                break;
            }
        }
        if n_weekdays < 2 {
            return None;
        }
        let opening = self.comma(end);
        let days = self.glue(opening);
        let days = days + usize::from(self.is(days, Role::DayNoun));
        let range = |(point, end)| (vec![Item { start: at, end, point, hours: None, rule: "dates/range" }], end);
        let listed = || self.day_list(days).or_else(|| self.month_list(days));
        let (mut items, end) =
            self.opened_range(opening).or_else(|| self.joined_range(days)).map(range).or_else(listed)?;
        if let [pair] = &mut items[..] {
            pair.start = at;
        }
        let n_days = match &items[..] {
            [Item { point: Point { expression: Expression::Range(first, last), .. }, .. }] => match (&**first, &**last)
            {
                (Expression::Named(first), Expression::Named(last)) if first.month == last.month => {
                    usize::from(last.day?.checked_sub(first.day?)?) + 1
                }
                _ => n_weekdays,
            },
            items => items.len(),
        };
        (n_days == n_weekdays).then_some((items, end))
    }

    /// `(10)`, `(15 giugno)`, `(3/5)` behind a weekday.
    fn day_in_brackets(&self, at: usize) -> Option<(Named, usize)> {
        if !self.is_mark(at, &['(']) {
            return None;
        }
        let day = || {
            let (day, end) = self.digits(at + 1).and_then(|_| self.day_number(at + 1))?;
            Some((Point::new(Expression::Named(Named { day: Some(day), ..Named::default() })), end))
        };
        let inner = self
            .day_and_month(at + 1)
            .or_else(|| self.month_and_day(at + 1))
            .or_else(|| self.numeric_date(at + 1))
            .or_else(day);
        let (Point { expression: Expression::Named(named), .. }, end) = inner? else { return None };
        self.is_mark(end, &[')']).then_some((named, end + 1))
    }

    /// The week behind other weekdays of a list: `Thursday and Friday next week`, `martedì o giovedì della prossima settimana`.
    fn week_behind_list(&self, at: usize) -> Option<i32> {
        let (mut at, mut n) = (at, 0);
        loop {
            let joint = self.comma(at);
            let joint = joint + usize::from(self.is(joint, Role::And));
            let Some((_, _, end)) = self.weekday_and_part(self.glue(joint)).filter(|_| joint > at && n < 6) else {
                break;
            };
            (at, n) = (end, n + 1);
        }
        (n > 0).then(|| self.week_behind(at))?.map(|(week, _)| week)
    }

    /// `della prossima settimana` behind a weekday.
    pub fn week_behind(&self, at: usize) -> Option<(i32, usize)> {
        self.unit_offset(self.glue(self.comma(at)), Unit::Week)
    }

    /// `, dia 26` behind a weekday: the day under the word for one.
    fn labeled_day(&self, at: usize) -> Option<(u8, usize)> {
        let noun = self.comma(at);
        self.is(noun, Role::DayNoun).then(|| self.digits(noun + 1).and_then(|_| self.day_number(noun + 1)))?
    }

    /// The day behind a weekday that has no month: no hour, no score, no count of things.
    fn day_behind_weekday(&self, at: usize) -> Option<(u8, usize)> {
        let at = self.comma(at);
        let at = at + usize::from(self.is(at, Role::Article));
        let day_at = at + usize::from(self.is(at, Role::DayNoun));
        let (day, end) = self.day_number(day_at)?;
        // venerdì la prima missione, venerdì una buca: a word that counts what follows.
        if self.get(day_at)?.digits.is_none() && !self.ends_phrase(end) {
            return None;
        }
        // lunedì 30 alle ore 15: a day and its hour; lunes 9 a 14 horas: hours.
        let is_range_of_hours = !self.is(end, Role::ClockAt)
            && (self.is_dash(end) || self.is(end, Role::ClockTo))
            && self.get(end + 1).is_some_and(|it| it.digits.is_some())
            || !self.is(end, Role::ClockAt) && self.is(end, Role::RangeTo) && self.is(end + 1, Role::Hour);
        let is_hour = self.is_mark(end, &['/'])
            || self.is_mark(end, &[':']) && self.touches(end + 1)
            || [Role::Hour, Role::Am, Role::Pm].iter().any(|&role| self.is(end, role))
            || self.minutes(end).is_some()
            || is_range_of_hours;
        (!is_hour && !self.is_counted(end) && self.sense(end).unit.is_none()).then_some((day, end))
    }

    /// `la prossima settimana, di venerdì`.
    pub fn week_and_weekday(&self, at: usize) -> Read {
        let (week, end) = self.unit_offset(at, Unit::Week)?;
        let joint = self.comma(end);
        let weekday_at = self.glue(joint + usize::from(self.is_dash(joint)));
        let (weekday, part, end) = self.weekday_and_part(weekday_at)?;
        // la semaine dernière, du lundi 17 au jeudi 20 mars
        if self.day_behind_weekday(end).is_some() || self.is(end, Role::RangeTo) {
            return None;
        }
        Some((Point { expression: Expression::WeekdayOfWeek(weekday, week), part }, end))
    }

    /// `next week between Wednesday and Friday`, `questa settimana da martedì a giovedì`.
    pub fn week_and_weekdays(&self, at: usize) -> Read {
        let (week, end) = self.unit_offset(at, Unit::Week)?;
        let opening = self.comma(end);
        if !self.is(opening, Role::RangeFrom) && !self.is(opening, Role::RangeBetween) {
            return None;
        }
        let first = self.glue(opening + 1);
        let joint = self.dot(first + 1);
        let joins = self.is(joint, Role::RangeTo) || self.is(joint, Role::And) && self.is(opening, Role::RangeBetween);
        let last = self.glue(joint + 1);
        let (first, last_day) = (self.sense(first).weekday?, self.sense(last).weekday?);
        let first = Box::new(Expression::WeekdayOfWeek(first, week));
        joins.then(|| (Point::new(Expression::Weekdays(first, last_day)), last + 1))
    }
}
