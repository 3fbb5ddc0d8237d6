//! Stretches from a clock time of one day to one of another: `dalle 9 del 3 giugno alle 18 del 5 luglio`,
//! `from 9 a.m. on June 3 to 6 p.m. on July 5`, `von Montag, 7 Uhr, bis Freitag, 15 Uhr`.

use super::{
    expression::{Clock, Expression, Hours, MonthSaid, Named, Point},
    grammar::is_of_days,
    reader::Run,
};
use crate::lexicon::pack::dates::Role;

impl Run<'_> {
    /// A range whose ends are days with their clock times, the times, and the place behind it.
    pub fn timed_range(&self, at: usize) -> Option<(Point, Hours, usize)> {
        let is_between = self.is(at, Role::RangeBetween);
        if !is_between && !self.is(at, Role::RangeFrom) && !self.is(at, Role::ClockFrom) {
            return None;
        }
        let (first, start, end) = self.timed_end(at + 1)?;
        let joint = self.comma(end);
        let joins = self.is_range_to(joint) || self.is(joint, Role::ClockTo) || self.is_dash(joint);
        if !joins || self.is(joint, Role::And) && !is_between && !self.is(at, Role::ClockFrom) {
            return None;
        }
        let (last, stop, end) = self.timed_end(joint + 1)?;
        // dalle 9 alle 13 di sabato 3, e dalle 15 alle 18 di domenica 4: two days, told apart by more than their hours.
        if first == last {
            return None;
        }
        let range = Expression::Range(Box::new(first), Box::new(last));
        Some((Point::new(range), Hours { start, end: Some(stop) }, end))
    }

    /// A day with its clock time before it or behind, and the place behind both.
    fn timed_end(&self, at: usize) -> Option<(Expression, Clock, usize)> {
        let day = |at: usize| {
            self.point(at).filter(|(point, _)| is_of_days(&point.expression) && is_anchored(&point.expression))
        };
        let clock_at = self.glue_of_clock(at);
        if let Some((clock, end)) = self.clock(clock_at, true)
            && let Some((point, end)) = day(self.glue(self.comma(end)))
        {
            return Some((point.expression, clock, end));
        }
        let (point, end) = day(self.glue(at))?;
        let behind = self.comma(end);
        let clock_at = self.glue_of_clock(behind);
        let is_led = clock_at > behind;
        let (clock, end) = self.clock(clock_at, is_led)?;
        Some((point.expression, clock, self.comma_before_joint(end)))
    }

    /// The place behind a comma at `at` where the joint of a range follows.
    fn comma_before_joint(&self, at: usize) -> usize {
        let behind = self.comma(at);
        if self.is_range_to(behind) { behind } else { at }
    }
}

/// Whether a day is told by itself: its month or its distance from the publication.
fn is_anchored(expression: &Expression) -> bool {
    match expression {
        Expression::Named(Named { month, weekday, .. }) => {
            matches!(month, Some(MonthSaid::Number(_) | MonthSaid::Relative(_))) || weekday.is_some()
        }
        _ => true,
    }
}
