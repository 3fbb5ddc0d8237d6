//! Holidays: `Natale 2024`, `lunedì dell'Angelo`, `entro Pasqua`, `last Christmas`.

use super::{
    expression::{Expression, Named, Point, YearSaid},
    named::{Read, is_bound},
    reader::Run,
};
use crate::lexicon::pack::dates::{Role, Unit};

impl Run<'_> {
    /// A holiday that is a time and no custom: with its year, behind a word that leads to it, or one that is named as a day.
    pub fn holiday(&self, at: usize) -> Read {
        self.holiday_led(at, false)
    }

    /// The same where the words before it lead to one (`two days before Christmas`).
    pub fn holiday_named(&self, at: usize) -> Read {
        self.holiday_led(at, true)
    }

    fn holiday_led(&self, at: usize, is_led: bool) -> Read {
        let (side, name_at) = self.side(at).map_or((None, at), |(side, end)| (Some(side), end));
        let sense = self.sense(name_at);
        let holiday = sense.holiday?;
        // città natale: of a name that is also another word the capital tells.
        if sense.is(Role::Weak) && !self.is_capital(name_at) {
            return None;
        }
        let (year, year_end) = self.year_behind(name_at + 1);
        let end = if year == YearSaid::Unsaid { name_at + 1 } else { year_end };
        let mut named = Named { side, ..Named::default() };
        let end = self.side_behind(end, &mut named);
        let is_dated = year != YearSaid::Unsaid || named.side.is_some();
        // Good Friday Agreement; Natale Rossi
        let is_name = || self.following(end).is_some_and(|(_, case)| case.is_capital());
        let is_day = || is_led || sense.is(Role::DayName) || self.is_led_to_holiday(name_at);
        (is_dated || !is_name() && is_day()).then(|| (Point::new(Expression::Holiday(holiday, year, named.side)), end))
    }

    /// Whether the words before `at` lead to a time: `a Natale`, `prima della Pentecoste`; but not `mercatini di Natale`.
    fn is_led_to_holiday(&self, at: usize) -> bool {
        let leads = |at: usize| self.is(at, Role::HolidayCue) || is_bound(self.sense(at)) || self.is(at, Role::RangeTo);
        let Some(before) = at.checked_sub(1) else { return false };
        // nella notte di San Silvestro, nel giorno dell'Epifania
        let is_day = |at: usize| {
            self.is(at, Role::DayNoun) || self.is(at, Role::DayOf) || self.sense(at).unit == Some(Unit::Day)
        };
        let is_part = |at: usize| self.part_at(at).is_some() || is_day(at);
        let is_of_part = self.is(before, Role::Glue) && before > 0 && is_part(before - 1);
        is_of_part
            || self.is(before, Role::DayOf)
            || leads(before)
            || self.is(before, Role::Article) && before > 0 && leads(before - 1)
    }
}
