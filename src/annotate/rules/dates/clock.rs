//! Clock times beside a date; they give it a finer value and stand outside the mention.

use super::{
    expression::{Clock, Hours},
    reader::Run,
};
use crate::{
    document::Case,
    lexicon::pack::dates::{Part, Role, Unit},
};

/// The end of a day, as a time of that day.
const LAST_MINUTE: u16 = 24 * 60 - 1;

/// Longest stretch that may stand between a date and the clock time before it, in words.
const MAX_BEFORE: usize = 12;

impl Run<'_> {
    /// The clock time behind a date: `alle 10.30`, `, ore 18`, `(h 9-13)`, `from 9:00 to 13:00`.
    pub fn hours_behind(&self, at: usize) -> Option<(Hours, usize)> {
        if let Some(hour) = at
            .checked_sub(1)
            .and_then(|at| self.get(at))
            .filter(|it| it.is_plain())
            .and_then(|it| it.digits?.minutes)
            .filter(|hour| *hour < 24)
        {
            let (minutes, end) = self.minutes(at)?;
            let start = Clock { minutes: hour * 60 + minutes, is_sure: true };
            return Some((Hours { start, end: None }, end));
        }
        let next = at + usize::from(self.is_comma(at) || self.is_mark(at, &['(']) || self.is_dash(at));
        let next = next + usize::from(self.sense(next).part.is_some() && self.is(next + 1, Role::ClockAt));
        self.hours(next)
    }

    /// The clock time before a date, behind what was read at `floor`: `alle 12 di domani`, `dalle 9 alle 13 di sabato`.
    pub fn hours_before(&self, at: usize, floor: usize) -> Option<Hours> {
        let mut end = at;
        while end > 0 && (self.is(end - 1, Role::Glue) || self.is(end - 1, Role::DayArticle) || self.is_comma(end - 1))
        {
            end -= 1;
        }
        (end.saturating_sub(MAX_BEFORE).max(floor)..end)
            .find_map(|start| self.hours(start).filter(|&(_, found)| found >= end && found <= at))
            .map(|(hours, _)| hours)
    }

    fn hours(&self, at: usize) -> Option<(Hours, usize)> {
        let start = at + usize::from(self.is(at, Role::ClockAbout));
        if self.is(start, Role::ClockFrom) {
            let inner = self.glue_of_clock(start + 1);
            let (first, end) = self.clock(inner, true)?;
            if (self.is(end, Role::ClockTo) || self.is_dash(end) || self.is(end, Role::And))
                && let Some((last, end)) = self.clock(self.glue_of_clock(end + 1), true)
            {
                let start = if first.is_sure || !last.is_sure { first } else { first.in_half_of(last) };
                return Some((Hours { start, end: Some(last.after(start)) }, end));
            }
            let is_opened = self.is(start, Role::ClockAt) || self.is(start + 1, Role::Hour);
            return self.clock(inner, is_opened).map(|(start, end)| (Hours { start, end: None }, end));
        }
        let is_led = self.is(start, Role::ClockAt) && self.get(start)?.digits.is_none();
        let is_opened = is_led || start > at;
        let inner = start + usize::from(is_led);
        let (first, end) =
            self.clock(self.glue_of_clock(inner), is_opened || self.opens_hours(self.glue_of_clock(inner)))?;
        // 3pm to 4pm: without an opening word both must be clock times by themselves.
        let last = match self.is_dash(end) {
            true => self.clock(end + 1, is_opened),
            // 1 pm to 4: the first tells that the second is one.
            false => {
                let bare = || self.clock(end + 1, true).filter(|&(_, end)| first.is_sure && self.ends_phrase(end));
                self.clock(end + 1, false)
                    .or_else(bare)
                    .filter(|_| self.is(end, Role::ClockTo) || self.is(end, Role::RangeTo))
            }
        };
        if let Some((last, end)) = last {
            let start = if first.is_sure || !last.is_sure { first } else { first.in_half_of(last) };
            return Some((Hours { start, end: Some(last.after(start)) }, end));
        }
        Some((Hours { start: first, end: None }, end))
    }

    /// Whether the bare number at `at` is an hour because the one it is joined to is (`1-3 pm`, `9 bis 12 Uhr`).
    fn opens_hours(&self, at: usize) -> bool {
        let joins = self.is_dash(at + 1) || self.is(at + 1, Role::ClockTo);
        self.digits(at).is_some_and(|digits| digits.n <= 2) && joins && self.clock(at + 2, false).is_some()
    }

    pub fn glue_of_clock(&self, at: usize) -> usize {
        let next = at + usize::from(self.is(at, Role::ClockAbout));
        // 18h30 begins with its figures, whatever its letter means.
        let is_word = self.get(next).is_some_and(|it| it.digits.is_none());
        let next = next + usize::from(is_word && (self.is(next, Role::ClockAt) || self.is(next, Role::Glue)));
        next + usize::from(
            self.is(next, Role::Hour)
                && self.digits(next).is_none()
                && self.get(next + 1).is_some_and(|it| it.digits.is_some()),
        )
    }

    /// A time of day; a bare hour only where the words before say that it is one.
    pub fn clock(&self, at: usize, is_opened: bool) -> Option<(Clock, usize)> {
        if self.is(at, Role::NoonClock) {
            return Some((Clock { minutes: 12 * 60, is_sure: true }, at + 1));
        }
        if self.is(at, Role::Midnight) {
            return Some((Clock { minutes: LAST_MINUTE, is_sure: true }, at + 1));
        }
        if self.is(at, Role::Hour) && self.get(at)?.digits.is_none() {
            return self.get(at + 1)?.digits.and_then(|_| self.clock(at + 1, true));
        }
        if let Some(told) = self.told_by_parts(at, is_opened) {
            return Some(told);
        }
        let (hour, minutes, end, is_marked) = self.hour_and_minutes(at, is_opened)?;
        if hour > 24 || minutes > 59 || self.is_counted(end) && !is_marked && !self.is(end, Role::Hour) {
            return None;
        }
        // vor zwei Jahren, dopo le due settimane: a length of time.
        if !is_marked && self.sense(end).unit.is_some() && !self.is(end, Role::Hour) {
            return None;
        }
        let (minutes, end) = self.past(end).map_or((minutes, end), |(past, end)| (past, end));
        let has_hour = self.is(end, Role::Hour);
        let end = end + usize::from(has_hour);
        // 18 h 30, 18 heures 30
        let behind = self
            .digits(end)
            .filter(|it| has_hour && minutes == 0 && it.n == 2 && it.value < 60 && !self.is_counted(end + 1));
        let (minutes, end) = match behind.filter(|_| !self.is_lowercase_word(end + 1)) {
            Some(digits) => (digits.value as u16, end + 1),
            // neuf heures et demie
            None => self.past(end).filter(|_| has_hour && minutes == 0).unwrap_or((minutes, end)),
        };
        let (short, end) = self.less(end).filter(|_| minutes == 0 && hour > 0).unwrap_or((0, end));
        let (minutes_of_day, is_sure, end) = self.half_of_day(at, hour * 60 + minutes - short, end);
        let end = self.time_zone(end);
        (is_opened || is_marked || has_hour || is_sure)
            .then_some((Clock { minutes: minutes_of_day.min(LAST_MINUTE), is_sure: is_sure || hour > 12 }, end))
    }

    /// `half past nine`, `quarter to seven`, `ten past five`, `halb zehn`: the minutes stand before the hour.
    fn told_by_parts(&self, at: usize, is_opened: bool) -> Option<(Clock, usize)> {
        const PARTS: [(Role, i16); 4] =
            [(Role::HalfPastBefore, 30), (Role::HalfTo, -30), (Role::QuarterPastBefore, 15), (Role::QuarterTo, -15)];
        let part = PARTS.iter().find(|&&(role, _)| self.is(at, role)).map(|&(_, minutes)| (minutes, at + 1));
        let (offset, hour_at) = part.or_else(|| self.minutes_before_hour(at).filter(|_| is_opened))?;
        let (hour, end) = self.count(hour_at).filter(|&(hour, _)| (1..=24).contains(&hour))?;
        if self.minutes(end).is_some()
            || self.month_said(end).is_some()
            || self.is_counted(end) && !self.is(end, Role::Hour)
        {
            return None;
        }
        let end = end + usize::from(self.is(end, Role::Hour));
        let (minutes, is_sure, end) = self.half_of_day(hour_at, (hour * 60).saturating_add_signed(offset), end);
        Some((Clock { minutes: minutes % (24 * 60), is_sure }, end))
    }

    /// The minutes before an hour, negative where it is short of them, and the place of the hour.
    fn minutes_before_hour(&self, at: usize) -> Option<(i16, usize)> {
        let quarter_at = at + usize::from(self.sense(at).number == Some(1));
        let (minutes, end, is_sure) = match self.sense(quarter_at).unit {
            Some(Unit::Quarter) => (15, quarter_at + 1, true),
            _ => {
                let (minutes, end) = self.count(at).filter(|&(minutes, _)| (1..60).contains(&minutes))?;
                let end = end + usize::from(self.is(end, Role::ClockMinutes));
                // ten to twelve is a stretch of hours
                (
                    minutes as i16,
                    end,
                    self.is(end - 1, Role::ClockMinutes) || minutes > 12 || !self.is(end, Role::ClockTo),
                )
            }
        };
        match () {
            _ if self.is(end, Role::MinutesPast) => Some((minutes, end + 1)),
            _ if self.is(end, Role::MinutesTo) && is_sure => Some((-minutes, end + 1)),
            _ => None,
        }
    }

    /// `meno un quarto`, `moins dix`: what an hour is short of.
    fn less(&self, at: usize) -> Option<(u16, usize)> {
        if self.is(at, Role::QuarterLess) {
            return Some((15, at + 1));
        }
        let (minutes, end) = self.is(at, Role::Less).then(|| self.count(at + 1))??;
        (minutes < 60 && self.sense(end).unit.is_none()).then_some((minutes, end))
    }

    /// The figures or words of a time of day, the place behind them, and whether they look like one by themselves.
    fn hour_and_minutes(&self, at: usize, is_opened: bool) -> Option<(u16, u16, usize, bool)> {
        let lexeme = self.get(at)?;
        Some(match lexeme.digits {
            Some(digits) if digits.n <= 2 && !lexeme.sense.is(Role::OrdinalMark) => {
                let ending_is_hour =
                    lexeme.sense.is(Role::Hour) || lexeme.sense.is(Role::Am) || lexeme.sense.is(Role::Pm);
                match self.minutes(at + 1).filter(|_| !ending_is_hour) {
                    Some((minutes, end)) => (digits.value as u16, minutes, end, true),
                    None => {
                        let split = digits.minutes.or_else(|| self.spaced_minutes(at, ending_is_hour));
                        let n_more = usize::from(split.is_some() && digits.minutes.is_none());
                        (digits.value as u16, split.unwrap_or(0), at + 1 + n_more, ending_is_hour)
                    }
                }
            }
            None if is_opened => {
                let (hour, end) = self.number_words(at)?;
                (hour, 0, end, false)
            }
            _ => return None,
        })
    }

    /// `.30`, `:30`, `,30` behind an hour, with seconds or without.
    pub fn minutes(&self, at: usize) -> Option<(u16, usize)> {
        let digits = self.digits(at + 1).or_else(|| self.get(at + 1)?.digits).filter(|digits| digits.n == 2)?;
        let is_joined = self.is_mark(at, &[':', '.', ',']) && self.touches(at) && self.touches(at + 1);
        let end = at + 2;
        // 12.05.2024 is no clock time; 9.30-12.30 are two.
        let has_year = || self.digits(end + 1).is_some_and(|digits| digits.n == 4);
        if (self.is_mark(end, &['.', '/']) || self.is_mark(end, &['-']) && has_year())
            && self.touches(end)
            && self.touches(end + 1)
            && self.digits(end + 1).is_some()
        {
            return None;
        }
        let is_sure_mark = self.is_mark(at, &[':']);
        let has_seconds = self.is_mark(end, &[':'])
            && self.touches(end)
            && self.get(end + 1).and_then(|it| it.digits).is_some_and(|it| it.n == 2);
        (is_joined && (is_sure_mark || digits.value < 60))
            .then_some((digits.value as u16, end + if has_seconds { 2 } else { 0 }))
    }

    /// `30` behind `18 h` or `18h`.
    fn spaced_minutes(&self, at: usize, is_hour: bool) -> Option<u16> {
        let digits = self.digits(at + 1).filter(|digits| digits.n == 2 && digits.value < 60)?;
        (is_hour && self.is(at, Role::Hour)).then_some(digits.value as u16)
    }

    /// `e mezza`, `and a quarter`, `e 20`.
    fn past(&self, at: usize) -> Option<(u16, usize)> {
        if self.is(at, Role::HalfPast) {
            return Some((30, at + 1));
        }
        if self.is(at, Role::QuarterPast) {
            return Some((15, at + 1));
        }
        let (minutes, end) = self.is(at, Role::NumberJoint).then(|| self.count(at + 1))??;
        let goes_on =
            self.minutes(end).is_some() || [Role::Am, Role::Pm, Role::Hour].iter().any(|&role| self.is(end, role));
        (minutes < 60 && self.sense(end).unit.is_none() && !goes_on).then_some((minutes, end))
    }

    /// The place behind the zone of a clock time (`CET`, `(GMT+1)`, `ora locale`).
    fn time_zone(&self, at: usize) -> usize {
        let opened = at + usize::from(self.is_mark(at, &['(']));
        let is_zone = self.is(opened, Role::TimeZone) && self.is_written_as_zone(opened);
        if !is_zone {
            return at;
        }
        let signed = opened + 1;
        let has_offset = (self.is_mark(signed, &['+']) || self.is_dash(signed))
            && self.touches(signed)
            && self.digits(signed + 1).is_some();
        let end = signed + if has_offset { 2 } else { 0 };
        match opened > at {
            true if self.is_mark(end, &[')']) => end + 1,
            true => at,
            false => end,
        }
    }

    /// Whether the name of a zone is one: in capitals, or of several words.
    fn is_written_as_zone(&self, at: usize) -> bool {
        self.get(at).is_some_and(|it| it.case == Case::Upper || self.text[it.start..it.end].contains(' '))
    }

    /// Moves a time to the half of the day that the words behind or the digits' ending tell.
    fn half_of_day(&self, at: usize, minutes: u16, end: usize) -> (u16, bool, usize) {
        // The half may be written onto the last figures (`6pm`, `6:30pm`).
        let here = self.sense(end.saturating_sub(1).max(at));
        let (sense, next) =
            if here.is(Role::Am) || here.is(Role::Pm) { (here, end) } else { (self.sense(end), end + 1) };
        let noon = 12 * 60;
        if sense.is(Role::Am) {
            return (if minutes >= noon && minutes < noon + 60 { minutes - noon } else { minutes }, true, next);
        }
        if sense.is(Role::Pm) {
            // 8pm in the evening
            let next = next + usize::from(self.part_at(next).is_some_and(|part| part > Part::Noon));
            return (if minutes < noon { minutes + noon } else { minutes }, true, next);
        }
        match self.sense(end).part.filter(|_| self.sense(end).day.is_none()) {
            Some(part) => (move_to_part(minutes, part), true, end + 1),
            None => (minutes, false, end),
        }
    }
}

/// The time in the half of the day where `part` lies.
pub(super) fn move_to_part(minutes: u16, part: Part) -> u16 {
    let noon = 12 * 60;
    match part {
        Part::Afternoon | Part::Evening if minutes < noon => minutes + noon,
        Part::Night if minutes < noon && minutes >= 6 * 60 => minutes + noon,
        _ => minutes,
    }
}

impl Clock {
    fn in_half_of(self, other: Self) -> Self {
        let moved = self.minutes + 12 * 60;
        if other.minutes >= moved { Self { minutes: moved, is_sure: true } } else { self }
    }

    fn after(self, start: Self) -> Self {
        let moved = self.minutes + 12 * 60;
        if self.minutes < start.minutes && !self.is_sure && moved < 24 * 60 {
            Self { minutes: moved, is_sure: true }
        } else {
            self
        }
    }

    /// `THH:MM`.
    pub fn to_iso(self) -> String {
        format!("T{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}
