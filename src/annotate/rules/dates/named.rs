//! Days, months and years by their names: `lunedì 25 marzo 2024`, `March 23rd, 2024`, `lo scorso gennaio`, `sabato 10`.

use super::{
    expression::{Expression, MonthSaid, Named, Point, Side, YearSaid},
    reader::Run,
};
use crate::{
    document::{Gap, TokenKind},
    lexicon::pack::dates::{Part, Role, Roles, Sense, Unit},
};

/// What a way to read a point found, and the place behind it.
pub(super) type Read = Option<(Point, usize)>;

impl Run<'_> {
    /// `next`, `last`, `this`, the running one; `this past` and `this coming` are told by the second word.
    pub fn side(&self, at: usize) -> Option<(Side, usize)> {
        let is_told_twice =
            self.is(at, Role::This) && [Role::Next, Role::Last].iter().any(|&role| self.is(at + 1, role));
        let at = at + usize::from(is_told_twice && self.sense(at + 2).unit.is_none());
        let sense = self.sense(at);
        let side = if sense.is(Role::Coming) {
            Side::Coming
        } else if sense.is(Role::Next) {
            Side::Next
        } else if sense.is(Role::Last) {
            Side::Last
        } else if sense.is(Role::This) || sense.is(Role::Current) {
            Side::This
        } else {
            return None;
        };
        Some((side, at + 1))
    }

    /// The part of a day that is said by itself at `at`.
    pub fn part_at(&self, at: usize) -> Option<Part> {
        let sense = self.sense(at);
        sense.part.filter(|_| sense.day.is_none() && sense.weekday.is_none())
    }

    /// What stands before a day: a weekday, `next`, `the`, in any order; with the part of the day behind the weekday.
    fn lead(&self, at: usize) -> (Named, Option<Part>, usize) {
        let (mut named, mut part, mut end) = (Named::default(), None, at);
        if self.get(at).is_some_and(|it| it.digits.is_some()) {
            return (named, part, end);
        }
        for _ in 0..2 {
            if let Some((weekday, said, next)) = self.weekday_lead(end).filter(|_| named.weekday.is_none()) {
                (named.weekday, part, end) = (Some(weekday), said, next);
            } else if let Some((side, next)) = self.side(end).filter(|_| named.side.is_none()) {
                let joint = self.comma(next);
                let behind = if joint == next { self.glue_of_day(joint) } else { self.glue(joint) };
                (named.side, end) = (Some(side), behind);
            }
        }
        (named, part, end + usize::from(end > at && self.is(end, Role::DayNoun)))
    }

    /// A month by its name, or seen from the publication (`del prossimo mese`).
    pub fn month_said(&self, at: usize) -> Option<(MonthSaid, usize)> {
        if let Some(month) = self.sense(at).month {
            return Some((MonthSaid::Number(month), at + 1));
        }
        // dal 12 al 15 del mese di maggio
        let is_noun = self.sense(at).unit == Some(Unit::Month)
            && !self.is(at, Role::Plural)
            && at > 0
            && self.is(at - 1, Role::Glue);
        let name = self.glue(at + 1);
        if let Some(month) = self.sense(name).month.filter(|_| is_noun) {
            return Some((MonthSaid::Number(month), name + 1));
        }
        let (offset, end) = self.unit_offset(at, Unit::Month)?;
        Some((MonthSaid::Relative(offset), end))
    }

    /// A unit with a word that says which: `prossimo mese`, `mese scorso`.
    pub fn unit_offset(&self, at: usize, unit: Unit) -> Option<(i32, usize)> {
        // letztes Aprilwochenende: the last of April.
        let is_unit = |at| {
            self.sense(at).unit == Some(unit) && !self.is(at, Role::Plural) && self.sense(at).month_of_unit.is_none()
        };
        for (role, offset) in [(Role::AfterNext, 2), (Role::BeforeLast, -2)] {
            if self.is(at, role) && is_unit(at + 1) {
                return Some((offset, at + 2));
            }
        }
        if let Some((side, next)) = self.side(at).filter(|_| !self.is(at, Role::Plural)) {
            // ce mois-ci
            let has_suffix = side == Side::This
                && self.is_dash(next + 1)
                && self.touches(next + 1)
                && self.is(next + 2, Role::Current);
            return is_unit(next).then(|| (side.offset(), next + if has_suffix { 3 } else { 1 }));
        }
        if !is_unit(at) {
            return None;
        }
        let next = self.glue(at + 1);
        if self.is(at + 1, Role::AfterNext) {
            return Some((2, at + 2));
        }
        if self.is(at + 1, Role::BeforeLast) {
            return Some((-2, at + 2));
        }
        let (side, end) = self.side(at + 1).or_else(|| self.side(next))?;
        (side != Side::This || self.is(end - 1, Role::Current)).then_some((side.offset(), end))
    }

    /// A year behind a day or month, with the words that may stand between: `, 2024`, `del 2024`, `dell'anno scorso`.
    pub fn year_behind(&self, at: usize) -> (YearSaid, usize) {
        let inner = self.glue(self.comma(at));
        let labeled = inner + usize::from(self.is(inner, Role::YearNoun));
        if let Some((year, end)) = self.year_number(labeled) {
            let is_amount = self.is_counted(end) || self.is_comma(at) && self.is_range_of_years(labeled);
            return if is_amount { (YearSaid::Unsaid, at) } else { (YearSaid::Number(year), end) };
        }
        if let Some((year, end)) = self.short_year(inner).filter(|&(year, _)| (1932..2000).contains(&year)) {
            let is_word_next = self.following(end).is_some_and(|(word, _)| word.starts_with(char::is_alphanumeric));
            let goes_on = self.is_mark(end, &[':', '/']) || self.is_mark(end, &['.']) && self.touches(end + 1);
            if self.digits(inner).is_some_and(|digits| digits.n == 2) && !is_word_next && !goes_on {
                return (YearSaid::Number(year), end);
            }
        }
        match self.unit_offset(inner, Unit::Year) {
            Some((offset, end)) if inner > at || self.side(inner).is_some() => (YearSaid::Relative(offset), end),
            _ => (YearSaid::Unsaid, at),
        }
    }

    /// Whether the year at `at` is the first of two, as in `2023-2024`.
    fn is_range_of_years(&self, at: usize) -> bool {
        self.is_dash(at + 1) && self.digits(at + 2).is_some_and(|digits| digits.n == 4)
    }

    /// Whether what stands at `at` counts or measures what is before it.
    pub fn is_counted(&self, at: usize) -> bool {
        self.is(at, Role::NeverAfter)
            || self.is_mark(at, &['.', ','])
                && self.touches(at)
                && self.touches(at + 1)
                && self.digits(at + 1).is_some()
            || self
                .following(at)
                .is_some_and(|(word, _)| matches!(word, "%" | "€" | "$" | "£" | "‰" | "+" | "m²" | "°C"))
    }

    /// `next` or `last` behind a date, unless it belongs to a unit that follows (`marzo scorso anno`).
    pub fn side_behind(&self, at: usize, named: &mut Named) -> usize {
        match self.side(at) {
            Some((Side::This, end))
                if self.is(at, Role::Current)
                    && named.year == YearSaid::Unsaid
                    && named.month.is_some()
                    && self.sense(end).unit.is_none() =>
            {
                named.year = YearSaid::Relative(0);
                end
            }
            Some((side, end)) if side != Side::This && named.side.is_none() && self.sense(end).unit.is_none() => {
                named.side = Some(side);
                end + usize::from(self.is_mark(end, &['.']) && self.touches(end) && self.touches(end + 1))
            }
            _ => at,
        }
    }

    /// Whether the name of a month at `at` is another word in small letters: "this may take long".
    fn is_other_word(&self, at: usize) -> bool {
        self.words.capitalizes_names && self.is(at, Role::Weak) && !self.is_capital(at)
    }

    /// `lunedì 25 marzo 2024`, `il 20 del prossimo mese`, `the 4th of July`.
    pub fn day_and_month(&self, at: usize) -> Read {
        let (mut named, part, lead_end) = self.lead(at);
        if self.ends_number(lead_end) {
            return None;
        }
        let (day, end) = self.day_number(lead_end)?;
        let behind = self.dot(end);
        // la primera en julio: the first of several things.
        if self.digits(lead_end).is_none() && self.is(behind, Role::Inside) {
            return None;
        }
        let end = self.glue(behind);
        let dashed = end + usize::from(self.is_dash(end) && self.touches(end) && self.touches(end + 1));
        let (month, month_end) = self.month_said(dashed)?;
        if self.digits(end - 1).is_none() && self.is_other_word(dashed) && self.get(lead_end)?.digits.is_none() {
            return None;
        }
        // il secondo set: an ordinal right before a word that is a month only when it is cut short.
        let is_ordinal = self.sense(lead_end).ordinal.is_some() && dashed == lead_end + 1;
        let is_cut =
            self.is(dashed, Role::Abbreviated) && self.is(dashed, Role::Weak) && !self.is_mark(month_end, &['.']);
        if is_ordinal && is_cut && self.year_behind(month_end).0 == YearSaid::Unsaid {
            return None;
        }
        (named.day, named.month) = (Some(day), Some(month));
        let (year, end) = self.year_behind(self.dot_before_year(month_end));
        let end = if year == YearSaid::Unsaid { month_end } else { end };
        named.year = match year {
            YearSaid::Unsaid => self.year_of_law(at).map_or(YearSaid::Unsaid, YearSaid::Number),
            said => said,
        };
        let end = self.side_behind(end, &mut named);
        Some((Point { expression: Expression::Named(named), part }, end))
    }

    /// Whether the figures at `at` are the last of a clock time, a decimal or a sum of money (`12:30 December 27`, `$12 December 27`).
    pub fn ends_number(&self, at: usize) -> bool {
        let is_inner = at > 1
            && self.is_mark(at - 1, &[':', '.'])
            && self.touches(at - 1)
            && self.touches(at)
            && self.digits(at - 2).is_some();
        let is_money = || matches!(self.preceding(at), Some(("$" | "€" | "£" | "¥", _)));
        self.digits(at).is_some() && (is_inner || is_money())
    }

    /// The year of the number before a date: `ley 39/2015, de 1 de octubre`, `legge 145/2018 del 30 dicembre`.
    fn year_of_law(&self, at: usize) -> Option<i16> {
        let mut before = at.checked_sub(1)?;
        while before > 0 && (self.is(before, Role::Glue) || self.is_comma(before)) {
            before -= 1;
        }
        let slash = before.checked_sub(1)?;
        let is_number = slash > 0 && self.is_mark(slash, &['/']) && self.touches(slash) && self.touches(before);
        let year = self.digits(before).filter(|digits| is_number && digits.n == 4)?;
        i16::try_from(year.value).ok().filter(|year| (1850..2200).contains(year))
    }

    /// The place behind the dot of an abbreviated month.
    fn dot_before_year(&self, at: usize) -> usize {
        self.dot(at)
    }

    /// `March 23rd, 2024`, `Sunday, March 24`, `May the fourth`.
    pub fn month_and_day(&self, at: usize) -> Read {
        let (mut named, part, lead_end) = self.lead(at);
        let month = self.sense(lead_end).month?;
        let behind = self.dot(lead_end + 1);
        let day = || self.day_number(self.glue(behind));
        // October, 1st
        let (day, end) =
            day().or_else(|| self.ordinal_day(self.comma(behind)).filter(|_| self.words.has_month_before_day))?;
        if self.is_counted(end) || self.is_mark(end, &[':']) {
            return None;
        }
        let (year, year_end) = self.year_behind(end);
        if !self.words.has_month_before_day && year == YearSaid::Unsaid {
            return None;
        }
        (named.day, named.month, named.year) = (Some(day), Some(MonthSaid::Number(month)), year);
        let end = self.side_behind(year_end, &mut named);
        Some((Point { expression: Expression::Named(named), part }, end))
    }

    /// `settembre 2025`, `lo scorso gennaio`, `maggio di quest'anno`, `giugno`.
    pub fn month_alone(&self, at: usize) -> Read {
        let (side, month_at) = self.side(at).map_or((None, at), |(side, end)| (Some(side), end));
        // lo scorso mese di marzo
        let is_noun =
            side.is_some() && self.sense(month_at).unit == Some(Unit::Month) && !self.is(month_at, Role::Plural);
        let month_at = if is_noun { self.glue(month_at + 1) } else { month_at };
        let month = self.sense(month_at).month.filter(|_| !self.is_other_word(month_at))?;
        let mut named = Named { month: Some(MonthSaid::Number(month)), side, ..Named::default() };
        let behind = self.dot(month_at + 1);
        let joined = behind + usize::from(self.is_joint_of_year(behind));
        let (year, year_end) = self.year_behind(joined);
        let end = if year == YearSaid::Unsaid { month_at + 1 } else { year_end };
        named.year = year;
        let end = self.side_behind(end, &mut named);
        let is_alone = named.year == YearSaid::Unsaid && named.side.is_none();
        (!is_alone || self.is_name_of_time(month_at, end)).then(|| (Point::new(Expression::Named(named)), end))
    }

    /// Whether a dash or slash at `at` binds a month to its year (`Dec-2024`).
    fn is_joint_of_year(&self, at: usize) -> bool {
        let is_joint = self.is_dash(at) || self.is_mark(at, &['/', '.']);
        let is_year = self.digits(at + 1).is_some_and(|digits| digits.n == 4);
        // Dec/2018-May/2019: each end has its own.
        let goes_on = self.is_dash(at + 2) && self.sense(at + 3).month.is_none();
        is_joint && is_year && self.touches(at) && self.touches(at + 1) && !goes_on
    }

    /// `2024 March`, `2024, marzo 5`: the year stands first.
    pub fn year_and_month(&self, at: usize) -> Read {
        let year = self.digits(at).filter(|digits| digits.n == 4)?;
        let (year, end) = self.year_number(at).filter(|_| year.value >= 1500)?;
        let month_at = self.comma(end);
        let month =
            self.sense(month_at).month.filter(|_| !self.is(month_at, Role::Weak) || self.is_capital(month_at))?;
        let mut named =
            Named { month: Some(MonthSaid::Number(month)), year: YearSaid::Number(year), ..Named::default() };
        let end = self.dot(month_at + 1);
        let has_own_year = self.year_behind(end).0 != YearSaid::Unsaid;
        if has_own_year || self.is_touched(at) || self.is_never(at) || self.day_number(at.wrapping_sub(1)).is_some() {
            return None;
        }
        match self
            .digits(end)
            .and_then(|_| self.day_number(end))
            .filter(|&(_, end)| !self.is_counted(end) && !self.is_mark(end, &[':']))
        {
            Some((day, end)) => {
                named.day = Some(day);
                Some((Point::new(Expression::Named(named)), end))
            }
            None => Some((Point::new(Expression::Named(named)), month_at + 1)),
        }
    }

    /// Whether a lone month or weekday at `at` is one, and no surname, firm or other word.
    pub fn is_name_of_time(&self, at: usize, end: usize) -> bool {
        let before = at.checked_sub(1).map_or(&Sense::NONE, |at| self.sense(at));
        let is_led = before.is(Role::Glue)
            || before.is(Role::YearCue)
            || is_bound(before)
            || before.is(Role::RangeTo)
            || before.unit.is_some();
        let is_capital = self.is_capital(at);
        let (next_is_capital, next_is_firm) = match self.following(end) {
            Some((_, case)) => (case.is_capital(), self.is(end, Role::FirmForm)),
            None => (false, false),
        };
        if before.is(Role::Title) || next_is_firm || self.opens_compound(end) {
            return false;
        }
        let opens_sentence = at == 0 && self.is_second && self.sense(at).weekday.is_some();
        let follows_name =
            !opens_sentence && self.preceding(at).is_some_and(|(word, case)| case.is_capital() && word.len() > 3);
        // Tue: a cell, or the day of a programme.
        let opens_line = at == 0 && self.preceding(at).is_none() && self.sense(at).weekday.is_some();
        if opens_line
            && is_capital
            && self.following(end).is_some_and(|(word, _)| matches!(word, ":" | "|" | "–" | "—"))
        {
            return true;
        }
        // en mer: without a dot it is the other word.
        let is_short = self.is(at, Role::Weak) && self.is(at, Role::Abbreviated) && !self.is_cut(end);
        if is_short && !self.words.capitalizes_names && (self.sense(at).month.is_some() || !is_capital) {
            return false;
        }
        // segunda e terça-feira: the weekday behind it tells that it is one.
        let joint = self.comma(end);
        let joint = joint + usize::from(self.is(joint, Role::And));
        let is_weekday = |at: usize| self.sense(at).weekday.is_some();
        if is_weekday(at) && joint > end && is_weekday(joint) && !self.is(joint, Role::Weak) {
            return true;
        }
        if self.is(at, Role::Weak) {
            let is_written = is_capital == self.words.capitalizes_names;
            return is_written
                && (is_led && !self.is_lowercase_word(end)
                    || is_capital && !next_is_capital && before.is(Role::MonthCue) && self.sense(at).month.is_some());
        }
        if is_capital && !self.words.capitalizes_names {
            let is_first = self.preceding(at).is_none();
            let is_month = self.sense(at).month.is_some();
            return (is_led || is_first && !is_month || self.is_capital_text(at)) && !next_is_capital;
        }
        !(is_capital && follows_name && !is_led)
    }

    /// Whether the dot at `at` is one of a word that is cut, and not of a sentence.
    fn is_cut(&self, at: usize) -> bool {
        self.is_mark(at, &['.']) && (self.digits(at + 1).is_some() || self.is_lowercase_word(at + 1))
    }

    /// Whether a dash at `at` ties what is before it to another word (`Mai-Ausflug`).
    fn opens_compound(&self, at: usize) -> bool {
        let is_tied = self.is_dash(at) && self.touches(at);
        is_tied
            && self.get(at + 1).is_none()
            && self.after.is_some_and(|token| token.gap == Gap::None && token.kind == TokenKind::Word)
    }

    /// Whether a noun or another word in lower case that is no part of an expression stands at `at`.
    pub fn is_lowercase_word(&self, at: usize) -> bool {
        /// What stands only beside an expression, never in one.
        const BESIDE: Roles = Roles::of(&[
            Role::Piece,
            Role::HolidayCue,
            Role::TimeZone,
            Role::BeforeChrist,
            Role::AfterChrist,
            Role::Nowadays,
            Role::Less,
            Role::HalfTo,
            Role::ClockMinutes,
            Role::MinutesPast,
        ]);
        let sense = self.sense(at);
        let is_plain = self.get(at).is_some_and(|it| {
            it.mark.is_none() && it.digits.is_none() && it.roman.is_none() && it.sense.is_within(BESIDE)
        });
        let is_noun = sense.is(Role::YearNoun) || sense.unit.is_some() || sense.is(Role::NeverAfter);
        is_noun
            || (is_plain || self.get(at).is_none())
                && self.following(at).is_some_and(|(_, case)| case == crate::document::Case::Lower)
    }

    /// Whether the text around is set in capitals, so that they say nothing.
    fn is_capital_text(&self, at: usize) -> bool {
        use crate::document::Case::Upper;
        let is_upper = |case: Option<crate::document::Case>| case == Some(Upper);
        is_upper(self.get(at).map(|it| it.case)) && is_upper(self.preceding(at).map(|it| it.1))
    }
}

/// Whether a word bounds a stretch of time.
pub(super) fn is_bound(sense: &crate::lexicon::pack::dates::Sense) -> bool {
    [Role::BoundFrom, Role::BoundUntil, Role::BoundBy, Role::Before, Role::After].iter().any(|&role| sense.is(role))
}
