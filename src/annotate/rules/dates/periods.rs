//! Parts of months and years: quarters, halves, weeks, seasons, decades, centuries, `inizio`, `fine`.

use super::{
    expression::{Expression, MonthSaid, Named, Nth, Piece, Point, YearSaid},
    named::{Read, is_bound},
    number::{YEARS, full_year},
    reader::Run,
};
use crate::lexicon::pack::dates::{Role, Unit};

/// The year of two figures or four that is written onto a word.
fn written_year(written: u16) -> Option<i16> {
    let year = i16::try_from(written).ok()?;
    match year {
        0..=99 => Some(full_year(year)),
        _ => YEARS.contains(&u32::from(written)).then_some(year),
    }
}

impl Run<'_> {
    /// `primo trimestre 2024`, `third Friday of May`, `l'ultimo fine settimana di aprile`, `XIX secolo`.
    pub fn nth(&self, at: usize) -> Read {
        let (nth, end) = if self.is(at, Role::LastOne) || self.is(at, Role::LastOf) {
            (Nth::Last, at + 1)
        } else {
            let (number, end) = self.ordinal(at)?;
            (Nth::Number(number), end + usize::from(self.is_dash(end) && self.touches(end)))
        };
        let sense = self.sense(end);
        if let (Some(Unit::Century), Nth::Number(number)) = (sense.unit, nth) {
            return self.century_with_era(number as i16 - 1, end + 1);
        }
        // secondo Ottocento: the second half, which has no value of its own.
        if let Some(hundreds) = sense.century {
            return self.is_capital(end).then(|| (Point::new(Expression::Century(i16::from(hundreds))), end + 1));
        }
        if let (Nth::Number(number), true) = (nth, sense.is(Role::CalendarWeek)) {
            let (year, year_end) = self.year_behind(end + 1);
            let end = if year == YearSaid::Unsaid { end + 1 } else { year_end };
            return (number <= 53).then(|| (Point::new(Expression::WeekNumber(number, year)), end));
        }
        let is_of = self.is(end, Role::DayOf);
        let piece = if is_of { Piece::Unit(Unit::Day) } else { self.piece(end)? };
        if let Some((month, end)) = self.month_of_unit(end) {
            return Some((Point::new(Expression::Nth(nth, piece, Box::new(month))), end));
        }
        let inner = self.glue(self.comma(end + 1));
        let is_led = is_of || inner > end + 1;
        if let Some((point, end)) =
            self.decade(inner).or_else(|| self.century(inner)).filter(|_| piece == Piece::Unit(Unit::Half))
        {
            return Some((point, end));
        }
        match self
            .container(inner)
            .filter(|_| is_led || self.year_number(inner).is_some() || self.side(inner).is_some())
        {
            Some((container, end)) => Some((Point::new(Expression::Nth(nth, piece, Box::new(container))), end)),
            // the third quarter; half and quarter are also those of a match or a whole.
            None if matches!(piece, Piece::Unit(Unit::Quarter | Unit::Half)) && self.is_part_of_year(at, end) => {
                let year = Expression::Named(Named::default());
                Some((Point::new(Expression::Nth(nth, piece, Box::new(year))), end + 1))
            }
            None => None,
        }
    }

    /// What an ordinal before `at` counts in a larger stretch.
    fn piece(&self, at: usize) -> Option<Piece> {
        let sense = self.sense(at);
        Some(match (sense.unit, sense.weekday) {
            (Some(Unit::Half), _) => Piece::Unit(Unit::Half),
            (
                Some(
                    unit @ (Unit::Quarter
                    | Unit::TwoMonths
                    | Unit::FourMonths
                    | Unit::Fortnight
                    | Unit::Week
                    | Unit::Weekend
                    | Unit::Month
                    | Unit::Day
                    | Unit::TenDays),
                ),
                _,
            ) if !self.is(at, Role::Plural) => Piece::Unit(unit),
            (None, Some(weekday)) => Piece::Weekday(weekday),
            _ => return None,
        })
    }

    /// Whether the unit at `end` is that of a year, though no year is said.
    fn is_part_of_year(&self, at: usize, end: usize) -> bool {
        let is_led = at > 0 && self.is(at - 1, Role::Article);
        let is_alone = !self.is(end + 1, Role::Glue) && !self.is_lowercase_word(end + 1);
        !self.is(end, Role::Weak) || is_led && is_alone && self.sense(end).unit == Some(Unit::Quarter)
    }

    /// `2016 per il terzo trimestre`, `2016 H2`: the year stands first.
    pub fn year_and_nth(&self, at: usize) -> Read {
        let (year, end) = self.year_number(at).filter(|_| self.digits(at).is_some())?;
        let start = self.glue(end + usize::from(self.is_dash(end)));
        let named = Expression::Named(Named { year: YearSaid::Number(year), ..Named::default() });
        if let Some((piece, number)) = self.short_piece(start) {
            let nth = Expression::Nth(Nth::Number(number), Piece::Unit(piece), Box::new(named));
            return Some((Point::new(nth), start + 1));
        }
        let (number, unit_at) = self.ordinal(start)?;
        let unit = self.sense(unit_at).unit.filter(|unit| matches!(unit, Unit::Quarter | Unit::Half))?;
        let nth = Expression::Nth(Nth::Number(number), Piece::Unit(unit), Box::new(named));
        Some((Point::new(nth), unit_at + 1))
    }

    /// `3Q`, `1H`: the number stands before the letter; the year may be written onto it (`1Q25`).
    fn marked_piece(&self, at: usize) -> Option<(Unit, u16, Option<i16>)> {
        let lexeme = self.get(at)?;
        let digits = lexeme.digits.filter(|digits| digits.n == 1)?;
        let number = u16::try_from(digits.value).ok()?;
        let unit = match lexeme.sense {
            sense if sense.is(Role::QuarterMark) && (1..=4).contains(&number) => Unit::Quarter,
            sense if sense.is(Role::HalfMark) && (1..=2).contains(&number) => Unit::Half,
            _ => return None,
        };
        // 1h is an hour, 1H a half-year.
        let is_capital = self.text[lexeme.start..lexeme.end].contains(char::is_uppercase);
        is_capital.then(|| (unit, number, digits.minutes.and_then(written_year)))
    }

    /// `2018Q4`, `2016H2`: a year with a piece of it written onto it.
    fn year_with_piece(&self, at: usize) -> Read {
        let lexeme = self.get(at)?;
        let digits = lexeme.digits.filter(|digits| digits.n == 4 && YEARS.contains(&digits.value))?;
        let number = digits.minutes?;
        let unit = match lexeme.sense {
            sense if sense.is(Role::QuarterMark) && (1..=4).contains(&number) => Unit::Quarter,
            sense if sense.is(Role::HalfMark) && (1..=2).contains(&number) => Unit::Half,
            _ => return None,
        };
        let year =
            Expression::Named(Named { year: YearSaid::Number(i16::try_from(digits.value).ok()?), ..Named::default() });
        let is_capital = self.text[lexeme.start..lexeme.end].contains(char::is_uppercase);
        is_capital
            .then(|| (Point::new(Expression::Nth(Nth::Number(number), Piece::Unit(unit), Box::new(year))), at + 1))
    }

    fn short_piece(&self, at: usize) -> Option<(Unit, u16)> {
        let sense = self.sense(at);
        let quarter = sense.quarter.map(|number| (Unit::Quarter, u16::from(number)));
        quarter.or(sense.half.map(|number| (Unit::Half, u16::from(number))))
    }

    /// `Q3 2025`, `H1 of this year`.
    pub fn short_nth(&self, at: usize) -> Read {
        if let Some(read) = self.year_with_piece(at) {
            return Some(read);
        }
        let marked = self.marked_piece(at);
        if let Some((unit, number, Some(year))) = marked {
            let year = Expression::Named(Named { year: YearSaid::Number(year), ..Named::default() });
            return Some((Point::new(Expression::Nth(Nth::Number(number), Piece::Unit(unit), Box::new(year))), at + 1));
        }
        let end = at + 1;
        let (unit, number) = marked.map(|(unit, number, _)| (unit, number)).or_else(|| self.short_piece(at))?;
        let joint = end + usize::from(self.is_dash(end) || self.is_mark(end, &['/']));
        let inner = self.glue(self.comma(joint));
        let short_year = || {
            let (year, end) = self.short_year(joint).filter(|_| joint > end)?;
            Some((Expression::Named(Named { year: YearSaid::Number(year), ..Named::default() }), end))
        };
        if let Some((container, end)) = self.container(inner).or_else(short_year) {
            return Some((
                Point::new(Expression::Nth(Nth::Number(number), Piece::Unit(unit), Box::new(container))),
                end,
            ));
        }
        // in Q3, nel Q1: of the running year; a car of that name stands behind its make.
        let is_led =
            at > 0 && (self.is(at - 1, Role::Glue) || self.is(at - 1, Role::YearCue) || self.is(at - 1, Role::And));
        let year = Expression::Named(Named::default());
        (is_led && end == at + 1 && self.short_piece(at).is_some() && self.is_capital(at))
            .then(|| (Point::new(Expression::Nth(Nth::Number(number), Piece::Unit(unit), Box::new(year))), end))
    }

    /// `siglo XIX`, `secolo XX`, `Ottocento`.
    pub fn century(&self, at: usize) -> Read {
        let sense = self.sense(at);
        if let Some(hundreds) = sense.century {
            // Teatro Ottocento: a name.
            let is_name = at == 0 && self.preceding(at).is_some_and(|(word, case)| case.is_capital() && word.len() > 3);
            return (self.is_capital(at) && !is_name)
                .then(|| (Point::new(Expression::Century(i16::from(hundreds))), at + 1));
        }

        if sense.unit != Some(Unit::Century) {
            return None;
        }
        let number_at = self.dot(at + 1);
        let number = self.get(number_at)?.roman?;
        self.century_with_era(i16::from(number) - 1, number_at + 1)
    }

    /// `anni '90`, `anni Ottanta`, `the 1990s`, `die 90er Jahre`, `the nineties`.
    pub fn decade(&self, at: usize) -> Read {
        if let Some(tens) = self.sense(at).decade {
            let end = at + 1 + usize::from(self.is(at + 1, Role::DecadeNoun));
            return Some((Point::new(Expression::Decade(190 + i16::from(tens) / 10)), end));
        }
        // the nineteen seventies
        if let Some((hundreds, tens)) =
            self.sense(at).number.filter(|n| (10..=20).contains(n)).zip(self.sense(at + 1).decade)
        {
            return Some((Point::new(Expression::Decade(hundreds as i16 * 10 + i16::from(tens) / 10)), at + 2));
        }
        let decade = |value: u32, n: u8| match n {
            4 if value.is_multiple_of(10) && YEARS.contains(&value) => Some(value as i16 / 10),
            2 if value.is_multiple_of(10) => {
                Some(190 + value as i16 / 10).map(|tens| if tens < 193 { tens + 10 } else { tens })
            }
            _ => None,
        };
        if self.is(at, Role::DecadeNoun) {
            let inner = self.glue(at + 1);
            let number_at = inner + usize::from(self.is_mark(inner, &['\'', '’']));
            let found = match self.digits(number_at) {
                Some(digits) if !self.is_dash(number_at + 1) => decade(digits.value, digits.n),
                Some(_) => None,
                None => {
                    let (number, end) = self.number_words(number_at).filter(|(number, _)| number % 10 == 0)?;
                    let n_digits = if number >= 1000 { 4 } else { 2 };
                    return Some((Point::new(Expression::Decade(decade(number.into(), n_digits)?)), end));
                }
            };
            return Some((Point::new(Expression::Decade(found?)), number_at + 1));
        }
        if self.continues_decades(at) {
            let number_at = at + usize::from(self.is_mark(at, &['\'', '’']));
            let tens = match self.digits(number_at).filter(|digits| digits.n == 2) {
                Some(digits) => decade(digits.value, digits.n),
                None => self.number_words(number_at).and_then(|(number, _)| decade(number.into(), 2)),
            };
            return Some((Point::new(Expression::Decade(tens?)), number_at + 1));
        }
        let (digits, end) = self.marked_decade(at)?;
        let tens = decade(digits.value, digits.n)?;
        let noun = end + usize::from(self.is_dash(end) && self.touches(end));
        let is_named = self.is(noun, Role::DecadeNoun) || self.sense(noun).unit == Some(Unit::Year);
        Some((Point::new(Expression::Decade(tens)), if is_named { noun + 1 } else { end }))
    }

    /// Whether the decades before go on at `at`: `anni '80 e '90`, `anni Settanta e Ottanta`.
    pub fn continues_decades(&self, at: usize) -> bool {
        let is_between = |at: usize| {
            let it = self.sense(at);
            it.is(Role::And)
                || self.is_comma(at)
                || self.is_mark(at, &['\'', '’'])
                || self.digits(at).is_some_and(|digits| digits.value.is_multiple_of(10))
                || it.number.is_some_and(|number| number.is_multiple_of(10) && number < 100)
        };
        let Some(last) = at.checked_sub(1).filter(|&last| self.is(last, Role::And) || self.is_comma(last)) else {
            return false;
        };
        let first = (0..=last).rev().take(8).take_while(|&at| is_between(at)).last().unwrap_or(at);
        first > 0 && first < last && self.is(first - 1, Role::DecadeNoun)
    }

    /// Digits with the ending of a decade: `1990s`, `90er`, `1990's`.
    fn marked_decade(&self, at: usize) -> Option<(super::reader::Digits, usize)> {
        let number_at = at + usize::from(self.is_mark(at, &['\'', '’']) && self.touches(at + 1));
        let lexeme = self.get(number_at)?;
        let digits = lexeme.digits?;
        if lexeme.sense.is(Role::DecadeMark) {
            return Some((digits, number_at + 1));
        }
        let quoted = at + 1 + usize::from(self.is_mark(at + 1, &['\'', '’']) && self.touches(at + 1));
        let is_led = at > 0 && self.is(at - 1, Role::Glue);
        (is_led && self.is(quoted, Role::DecadeMark) && self.touches(quoted)).then_some((digits, quoted + 1))
    }

    /// `Maiwoche`, `Juniwochenende 2024`, behind a word that tells which: the month, with its year.
    fn month_of_unit(&self, at: usize) -> Option<(Expression, usize)> {
        let month = Some(MonthSaid::Number(self.sense(at).month_of_unit?));
        let (year, year_end) = self.year_behind(at + 1);
        let end = if year == YearSaid::Unsaid { at + 1 } else { year_end };
        Some((Expression::Named(Named { month, year, ..Named::default() }), end))
    }

    /// `9M 2024`, `9M24`: the first months of a year, with the year written onto them or behind.
    pub fn first_months(&self, at: usize) -> Read {
        let lexeme = self.get(at)?;
        let digits = lexeme.digits.filter(|digits| digits.n <= 2 && (1..=12).contains(&digits.value))?;
        // 9m are meters.
        if !lexeme.sense.is(Role::MonthMark) || !self.text[lexeme.start..lexeme.end].contains(char::is_uppercase) {
            return None;
        }
        let (year, end) = match digits.minutes {
            Some(written) => (written_year(written)?, at + 1),
            None => self.year_number(self.glue(at + 1))?,
        };
        let year = Expression::Named(Named { year: YearSaid::Number(year), ..Named::default() });
        Some((Point::new(Expression::Firsts(Unit::Month, digits.value as i32, Box::new(year))), end))
    }

    /// `primi anni Novanta`, `ultimi anni Ottanta`: the decade, since a part of it has no value.
    pub fn part_of_decade(&self, at: usize) -> Read {
        let is_part = self.is(at, Role::FirstOf) || self.is(at, Role::LastOf);
        (is_part && self.is(at + 1, Role::DecadeNoun)).then(|| self.decade(at + 1))?
    }

    /// `estate 2024`, `la prossima estate`, `inverno 2023-2024`, `in autunno`.
    pub fn season(&self, at: usize) -> Read {
        let (side, season_at) = self.side(at).map_or((None, at), |(side, end)| (Some(side), end));
        let season = self.sense(season_at).season?;
        let end = season_at + 1;
        let said = |year, end| Some((Point::new(Expression::Season(season, year)), end));
        if let Some(side) = side.or_else(|| self.side(end).map(|(side, _)| side)) {
            let end = end + usize::from(season_at == at);
            return said(YearSaid::Relative(side.offset()), end);
        }
        let inner = self.glue(self.comma(end));
        if let Some((point, end)) = self.pair_of_years(inner)
            && let Expression::Range(first, _) = point.expression
            && let Expression::Named(first) = *first
        {
            return said(first.year, end);
        }
        let (year, year_end) = self.year_behind(end);
        if year != YearSaid::Unsaid {
            return said(year, year_end);
        }
        let is_cued = |back: usize| season_at >= back && self.is(season_at - back, Role::YearCue);
        let is_led = at > 0
            && (self.is(at - 1, Role::Glue) || is_cued(1) || is_bound(self.sense(at - 1)))
            && !self.is(at - 1, Role::Of)
            && !self.lacks_accent(at - 1);
        // la primavera dei popoli, la Primavera Árabe: an article alone leads to a name.
        let is_alone_led = at > 0
            && self.is(at - 1, Role::Article)
            && !is_cued(1)
            && !(at > 1
                && (self.is(at - 2, Role::Glue) || self.is(at - 2, Role::HolidayCue) || is_bound(self.sense(at - 2))));
        let is_name = is_alone_led
            && (self.is(end, Role::Glue) || self.following(end).is_some_and(|(_, case)| case.is_capital()));
        if is_name || self.is(end, Role::FirmForm) {
            return None;
        }
        // in the summer; but not "the summer school", "in fall out boy".
        let is_alone =
            || !self.is_lowercase_word(end) && !self.following(end).is_some_and(|(_, case)| case.is_capital());
        let is_season = || !self.is(season_at, Role::Weak) || (is_cued(1) || is_cued(2)) && is_alone();
        (is_led && is_season()).then_some(())?;
        said(YearSaid::Unsaid, end)
    }

    /// `la settimana del 15 aprile`, `mese del 16 settembre`.
    pub fn around(&self, at: usize) -> Read {
        let unit = self.sense(at).unit.filter(|unit| matches!(unit, Unit::Week | Unit::Month))?;
        let verb = at + 1 + usize::from(self.is(at + 1, Role::Commencing));
        let inner = self.glue(verb);
        if unit == Unit::Week
            && let Some(weeks) = self.week_numbers(at + 1)
        {
            return Some(weeks);
        }
        if self.is(at, Role::Plural) {
            return None;
        }
        if unit == Unit::Week && inner == at + 1 && !self.is(at, Role::Commencing) {
            return self.week_number(inner);
        }
        let day = || {
            let (day, end) =
                self.digits(inner).and_then(|_| self.day_number(inner)).or_else(|| self.ordinal_day(inner))?;
            let named = Named { day: Some(day), ..Named::default() };
            (self.ends_phrase(end) && !self.is_range_to(end)).then(|| (Point::new(Expression::Named(named)), end))
        };
        let (point, end) = self
            .day_and_month(inner)
            .or_else(|| self.numeric_date(inner))
            .or_else(|| self.month_and_day(inner))
            .or_else(day)?;
        (inner > at + 1 || self.is(at, Role::Commencing))
            .then(|| (Point::new(Expression::Around(unit, Box::new(point.expression))), end))
    }

    /// The place behind the sign of a number (`n. 12`).
    fn number_sign(&self, at: usize) -> usize {
        let end = self.dot(at + 1);
        if self.is(at, Role::NeverBefore) && self.digits(end).is_some() { end } else { at }
    }

    /// `settimana 27 del 2024`, behind the word week.
    fn week_number(&self, at: usize) -> Read {
        let (noun, at) = (at - 1, self.number_sign(at));
        let digits = self.digits(at).filter(|digits| digits.n <= 2 && (1..=53).contains(&digits.value))?;
        let is_slash = self.is_mark(at + 1, &['/']) && self.year_number(at + 2).is_some();
        let (year, end) = self.year_behind(at + 1 + usize::from(is_slash));
        let end = if year == YearSaid::Unsaid { at + 1 } else { end };
        // nella settimana 12: a week of a course or season has no article before it, or its name behind it.
        let leads = |at: usize| {
            [Role::Glue, Role::RangeFrom, Role::RangeTo, Role::RangeBetween, Role::And]
                .iter()
                .any(|&role| self.is(at, role))
        };
        let goes_on = self.is(end, Role::Glue)
            && !(self.is(end, Role::Article) && self.words.has_month_before_day)
            && !(self.is_range_to(end) && self.sense(self.glue(end + 1)).unit == Some(Unit::Week));
        let is_led = noun > 0 && leads(noun - 1) && !goes_on && !self.is_counted(end);
        // giovedì, settimana 23; week 10, 8 p.m.
        let follows_weekday = noun > 1 && self.is_comma(noun - 1) && self.sense(noun - 2).weekday.is_some();
        let is_dated = follows_weekday
            || year == YearSaid::Unsaid && self.hours_behind(end).is_some_and(|(hours, _)| hours.start.is_sure);
        let is_said = year != YearSaid::Unsaid || is_led || is_dated || self.is(noun, Role::CalendarWeek);
        is_said.then(|| (Point::new(Expression::WeekNumber(digits.value as u16, year)), end))
    }

    /// `12-14`, `12 to 14`, `12/13` behind the word week or weeks.
    fn week_numbers(&self, at: usize) -> Read {
        let number = |at: usize| {
            self.digits(at)
                .filter(|digits| digits.n <= 2 && (1..=53).contains(&digits.value))
                .map(|digits| digits.value as u16)
        };
        let joins = self.is_dash(at + 1)
            || self.is_range_to(at + 1)
            || self.is_mark(at + 1, &['/'])
            || self.is(at + 1, Role::And);
        let (first, last) = number(at).zip(number(at + 2).filter(|_| joins))?;
        let (year, end) = self.year_behind(at + 3);
        let end = if year == YearSaid::Unsaid { at + 3 } else { end };
        let is_calendar = self.is(at - 1, Role::CalendarWeek) || year != YearSaid::Unsaid;
        let is_led = is_calendar || at > 1 && [Role::Glue, Role::RangeFrom].iter().any(|&role| self.is(at - 2, role));
        if first >= last || !is_led || self.is_counted(end) || self.month_said(self.glue(end)).is_some() {
            return None;
        }
        let week = |number| Box::new(Expression::WeekNumber(number, year));
        Some((Point::new(Expression::Range(week(first), week(last))), end))
    }

    pub fn nth_period(&self, at: usize) -> Option<(Expression, usize)> {
        self.nth(at).or_else(|| self.short_nth(at)).map(|(point, end)| (point.expression, end))
    }

    /// `gennaio-marzo 2024`: a month that shares its year with the one behind it.
    pub fn pair_of_months(&self, at: usize) -> Read {
        let first = self.sense(at).month?;
        let next = self.dot(at + 1);
        if !self.is_dash(next) && !self.is_mark(next, &['/']) {
            return None;
        }
        let last = self.sense(next + 1).month?;
        let (year, end) = self.year_behind(self.dot(next + 2));
        let end = if year == YearSaid::Unsaid { next + 2 } else { end };
        let month =
            |number| Expression::Named(Named { month: Some(MonthSaid::Number(number)), year, ..Named::default() });
        let mut first_month = month(first);
        if let Expression::Named(named) = &mut first_month {
            named.year = YearSaid::Unsaid;
        }
        Some((Point::new(Expression::Range(Box::new(first_month), Box::new(month(last)))), end))
    }
}
