//! What is told from the day of publication: `ieri sera`, `la settimana scorsa`, `tre giorni fa`, `gli ultimi due anni`.

use super::{
    expression::{Expression, Named, Point, Side},
    named::Read,
    reader::Run,
};
use crate::lexicon::pack::dates::{Role, Unit};

impl Run<'_> {
    /// `ieri`, `domani mattina`, `stasera`; with the date beside it that says the same (`oggi, 5 luglio`).
    pub fn relative_day(&self, at: usize) -> Read {
        let sense = self.sense(at);
        let day = sense.day?;
        if self.is(at, Role::Weak) && self.is_capital(at) && self.preceding(at).is_some() {
            return None;
        }
        let mut point = Point { expression: Expression::Day(i32::from(day)), part: sense.part };
        let end = at + 1;
        let next = self.glue_of_day(self.comma(end));
        if let Some((beside, end)) = self.day_and_month(next).or_else(|| self.numeric_date(next))
            && !self.is_dash(end)
            && !self.is(end, Role::RangeTo)
        {
            point.expression = beside.expression;
            return Some((point, end));
        }
        // ieri martedì; oggi, giovedì, …; ontem, segunda-feira (8); but not "domani, giovedì e venerdì".
        if let Some((weekday, end)) =
            self.weekday_alone(next).filter(|&(_, end)| self.sense(next).weekday.is_some() && self.stands_alone(end))
            && let Expression::Named(Named { month: None, side: None, .. }) = weekday.expression
        {
            point.part = point.part.or(weekday.part);
            return Some((point, end));
        }
        Some((point, end))
    }

    /// Whether what ends before `end` is neither the first of a list nor of a range.
    fn stands_alone(&self, end: usize) -> bool {
        let goes_on = self.is(end, Role::And) || self.is_dash(end) || self.is_range_to(end);
        !(goes_on || self.is_comma(end) && self.sense(end + 1).weekday.is_some())
    }

    /// `questa mattina`, `last night`.
    pub fn relative_part(&self, at: usize) -> Read {
        // la notte scorsa, la nuit dernière
        if let Some(part) = self.part_at(at)
            && let Some((side @ (Side::Last | Side::Next), end)) = self.side(at + 1)
            && self.sense(end).unit.is_none()
        {
            return Some((Point { expression: Expression::Day(side.offset()), part: Some(part) }, end));
        }
        let (side, next) = self.side(at)?;
        let next = next + usize::from(self.is(next, Role::Early) || self.is(next, Role::Late));
        let part = self.part_at(next)?;
        Some((Point { expression: Expression::Day(side.offset()), part: Some(part) }, next + 1))
    }

    /// `la scorsa settimana`, `quest'anno`, `the week after next`.
    pub fn relative_unit(&self, at: usize) -> Read {
        const UNITS: [Unit; 10] = [
            Unit::Week,
            Unit::WorkWeek,
            Unit::Weekend,
            Unit::Fortnight,
            Unit::Month,
            Unit::Quarter,
            Unit::Half,
            Unit::Year,
            Unit::Decade,
            Unit::Century,
        ];
        // The unit stands first or behind one or two words that say which.
        let is_near = |unit: &&Unit| (at..at + 3).any(|at| self.sense(at).unit == Some(**unit));
        let found = UNITS.iter().filter(is_near).find_map(|&unit| Some((unit, self.unit_offset(at, unit)?)));
        let (unit, (offset, end)) = found?;
        // per questo metà delle risorse: half of anything.
        if unit == Unit::Half && (at..end).any(|at| self.sense(at).unit == Some(unit) && self.is(at, Role::Weak)) {
            return None;
        }
        Some((Point::new(Expression::Unit(unit, offset)), end))
    }

    /// Lengths of time that add up: `due anni e tre mesi`.
    fn lengths(&self, at: usize) -> Option<(Vec<(Unit, i32)>, usize)> {
        let (mut lengths, mut end) = (Vec::new(), at);
        while lengths.len() < 4 {
            let joint =
                end + usize::from(!lengths.is_empty() && (self.is_comma(end) || self.is(end, Role::NumberJoint)));
            let Some((count, next)) = self.count(joint) else { break };
            let Some(unit) = self.sense(next).unit else { break };
            lengths.push((unit, i32::from(count)));
            end = next + 1;
        }
        (!lengths.is_empty()).then_some((lengths, end))
    }

    /// `tre giorni fa`, `vor drei Tagen`, `tra due settimane`, `in two weeks`.
    pub fn distance(&self, at: usize) -> Read {
        let opens_ago = self.is(at, Role::AgoBefore);
        let opens_ahead = self.is(at, Role::AheadBefore);
        let start = at + usize::from(opens_ago || opens_ahead);
        let (mut lengths, end) = self.lengths(start)?;
        let (sign, end) = if self.is(end, Role::AgoAfter) {
            (-1, end + 1)
        } else if self.is(end, Role::AheadAfter) {
            (1, end + 1)
        } else if opens_ago {
            (-1, end)
        } else if opens_ahead
            && !self.is(end, Role::Of)
            && (!self.is(end, Role::And) || self.get(at).is_some_and(|it| it.is_phrase))
        {
            (1, end)
        } else {
            return None;
        };
        lengths.iter_mut().for_each(|(_, count)| *count *= sign);
        Some((Point::new(Expression::Distance(lengths)), end))
    }

    /// `three weeks from tomorrow`, `due giorni dopo il 25 aprile`, `2 weeks before May 13, 1999`.
    pub fn distance_from(&self, at: usize) -> Read {
        let (mut lengths, end) = self.lengths(at + usize::from(self.is(at, Role::AheadBefore)))?;
        if self.is(end, Role::Commencing) && self.is(end, Role::BoundFrom) {
            return self.lasting(lengths, self.glue(end + 1));
        }
        let (sign, is_start) = match self.sense(end) {
            sense if sense.is(Role::Before) => (-1, false),
            sense if sense.is(Role::After) => (1, false),
            sense if sense.is(Role::BoundFrom) => (1, true),
            _ => return None,
        };
        let base_at = self.glue(end + 1);
        let relative = |at| self.sense(at).day.and_then(|_| self.relative_day(at));
        let base = match is_start {
            true => relative(base_at),
            false => relative(base_at)
                .or_else(|| self.day_and_month(base_at))
                .or_else(|| self.numeric_date(base_at))
                .or_else(|| self.month_and_day(base_at))
                .or_else(|| self.holiday_named(base_at)),
        };
        let (base, end) = base?;
        lengths.iter_mut().for_each(|(_, count)| *count *= sign);
        Some((Point::new(Expression::Offset(lengths, Box::new(base.expression))), end))
    }

    /// `two weeks starting May 20`, `a week starting tomorrow`: the day at `at` and what follows it for so long.
    fn lasting(&self, lengths: Vec<(Unit, i32)>, at: usize) -> Read {
        let start = self
            .relative_day(at)
            .or_else(|| self.day_and_month(at))
            .or_else(|| self.numeric_date(at))
            .or_else(|| self.month_and_day(at))
            .or_else(|| self.weekday_alone(at));
        let (start, end) = start?;
        Some((Point::new(Expression::Lasting(lengths, Box::new(start.expression))), end))
    }

    /// `earlier this month`, `später in diesem Jahr`, `più avanti nell'anno`.
    pub fn part_of_running_unit(&self, at: usize) -> Read {
        let is_passed = self.is(at, Role::Earlier);
        if !is_passed && !self.is(at, Role::Later) {
            return None;
        }
        let inner = self.glue(at + 1);
        let said = |unit| matches!(self.unit_offset(inner, unit), Some((0, _)));
        let unit = [Unit::Week, Unit::Month, Unit::Year].into_iter().find(|&unit| said(unit));
        let (unit, end) = match unit {
            Some(unit) => (unit, self.unit_offset(inner, unit)?.1),
            None => {
                let unit =
                    self.sense(inner).unit.filter(|unit| matches!(unit, Unit::Week | Unit::Month | Unit::Year))?;
                (inner > at + 1 && !self.is(inner, Role::Plural)).then_some((unit, inner + 1))?
            }
        };
        let expression = if is_passed { Expression::Passed(unit) } else { Expression::Left(unit) };
        Some((Point::new(expression), end))
    }

    /// `year to date`, `lo que va de año`.
    pub fn year_to_date(&self, at: usize) -> Read {
        self.is(at, Role::YearToDate).then(|| (Point::new(Expression::Passed(Unit::Year)), at + 1))
    }

    /// `gli ultimi tre anni`, `the next two weeks`, `ultimi tre mesi del 2023`.
    pub fn length(&self, at: usize) -> Read {
        let sign = |at| match () {
            _ if self.is(at, Role::LastOf) || self.is(at, Role::Last) => Some(-1),
            _ if self.is(at, Role::FirstOf) => Some(0),
            _ if self.is(at, Role::Next) => Some(1),
            _ => None,
        };
        // The word that says which may stand before the number, behind it or at the end.
        let (sign, count, unit_at) = match sign(at) {
            Some(before) => {
                // È passata una settimana: a verb; one alone is not counted.
                let (count, end) = self.count(at + 1).filter(|&(count, _)| count > 1)?;
                (before, count, end)
            }
            None => {
                let (count, end) = self.count(at)?;
                match sign(end) {
                    Some(between) => (between, count, end + 1),
                    None => (sign(end + 1)?, count, end),
                }
            }
        };
        // 23 next month: a day.
        let unit = self.sense(unit_at).unit.filter(|_| count < 2 || self.counts_many(at, unit_at))?;
        let is_behind = sign_is_behind(self, at, unit_at);
        let end = unit_at + 1 + usize::from(is_behind);
        let inner = self.glue(end);
        if sign <= 0
            && (inner > end || self.digits(inner).is_some())
            && let Some((container, end)) = self.container(inner)
        {
            let count = if sign == 0 { i32::from(count) } else { -i32::from(count) };
            return Some((Point::new(Expression::Firsts(unit, count, Box::new(container))), end));
        }
        (sign != 0 && count > 0).then(|| (Point::new(Expression::Length(unit, sign * i32::from(count))), end))
    }

    /// Whether the words from `at` to the unit are those of several: the unit, or where it has one form, the word beside it.
    fn counts_many(&self, at: usize, unit_at: usize) -> bool {
        (at..=unit_at + 1).any(|at| self.is(at, Role::Plural))
    }

    /// A month, year or season in which something lies: `del 2023`, `dell'anno`, `di quest'anno`, `di maggio`.
    pub fn container(&self, at: usize) -> Option<(Expression, usize)> {
        let labeled = at + usize::from(self.is(at, Role::YearNoun));
        if let Some((year, end)) = self.year_number(labeled) {
            let year = super::expression::YearSaid::Number(year);
            return (!self.is_counted(end)).then_some((Expression::Named(Named { year, ..Named::default() }), end));
        }
        if let Some((point, end)) = self.relative_unit(at) {
            return Some((point.expression, end));
        }
        // fine del mese di marzo 2025, Ende des Monats März
        let inner = self.glue(at + 1);
        if self.sense(at).unit == Some(Unit::Month) && !self.is(at, Role::Plural) && self.sense(inner).month.is_some() {
            return self
                .month_alone(inner)
                .or_else(|| self.month_named(inner))
                .map(|(point, end)| (point.expression, end));
        }
        if let Some(unit @ (Unit::Year | Unit::Month)) = self.sense(at).unit.filter(|_| !self.is(at, Role::Plural)) {
            return Some((Expression::Unit(unit, 0), at + 1));
        }
        if self.sense(at).month.is_some() || self.side(at).is_some() {
            return self.month_alone(at).or_else(|| self.month_named(at)).map(|(point, end)| (point.expression, end));
        }
        self.season(at).map(|(point, end)| (point.expression, end))
    }

    /// A month that needs no evidence, since the words before it lead to one.
    pub fn month_named(&self, at: usize) -> Read {
        let month = self.sense(at).month?;
        let named = Named { month: Some(super::expression::MonthSaid::Number(month)), ..Named::default() };
        Some((Point::new(Expression::Named(named)), at + 1))
    }
}

/// Whether the word that says which stands behind the unit (`3 settimane precedenti`).
fn sign_is_behind(run: &Run<'_>, at: usize, unit_at: usize) -> bool {
    let is_before = |at| run.is(at, Role::LastOf) || run.is(at, Role::FirstOf) || run.side(at).is_some();
    !(at..unit_at).any(is_before) && run.side(unit_at + 1).is_some_and(|(side, _)| side != Side::This)
}
