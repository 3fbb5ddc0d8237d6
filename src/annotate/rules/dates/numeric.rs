//! Days, months and years in figures: `23/03/2024`, `23.3.24`, `2024-03-23`, `2023/2024`, and bare years.

use super::{
    expression::{Expression, MonthSaid, Named, Point, YearSaid},
    named::{Read, is_bound},
    number::{YEARS, full_year},
    reader::{Digits, Run},
};
use crate::{
    document::{Case, Gap},
    lexicon::pack::dates::Role,
};

/// Longest town of a dateline, in bytes.
const MAX_DATELINE_BYTES: usize = 48;

/// A part of a date between its marks.
#[derive(Clone, Copy)]
enum Field {
    Number(Digits),
    Month(u8),
}

/// What the words around two fields tell.
#[derive(Clone, Copy)]
struct Evidence {
    /// Words before lead to a date.
    is_led: bool,
    /// The fields stand apart, and nothing follows.
    is_spaced: bool,
    /// A dot follows.
    is_dotted: bool,
}

impl Run<'_> {
    /// `23/03/2024`, `2024-03-23`, `22/Jan/2019`, with a weekday before or without.
    pub fn numeric_date(&self, at: usize) -> Read {
        let (weekday, part, start) = match self.weekday_lead(at) {
            Some((weekday, part, end)) => (Some(weekday), part, end),
            None => (None, None, at),
        };
        let (first, mark) = (self.field(start)?, self.field_mark(start + 1)?);
        let roman = || {
            self.get(start + 2)?
                .roman
                .filter(|month| *month <= 12 && self.field_mark(start + 3) == Some(mark))
                .map(Field::Month)
        };
        let second = self.field(start + 2).or_else(roman)?;
        let third = self.field(start + 4).or_else(|| self.day_of_timestamp(start + 4));
        let Some(third) =
            third.filter(|_| self.field_mark(start + 3) == Some(mark) && !self.opens_range(start + 3, mark))
        else {
            return self.short_numeric_date(start, weekday, (first, second, mark));
        };
        let end = start + 5;
        let goes_on = self.field_mark(end) == Some(mark) && self.touches(end + 1) && self.digits(end + 1).is_some();
        let touches_all = (start + 1..end).all(|at| self.touches_field(at, mark));
        if goes_on || !touches_all || self.is_touched(start) && !self.follows_day(start, mark) {
            return None;
        }
        let mut named = three_fields(first, second, third, self.words.has_month_before_day && mark != '.')?;
        named.weekday = weekday;
        Some((Point { expression: Expression::Named(named), part }, end))
    }

    /// `12 03 2024`: day, month and year with blanks between them, and no other figures beside them, as a telephone number has.
    pub fn spaced_date(&self, at: usize) -> Read {
        let field = |at: usize| {
            self.digits(at).filter(|_| self.get(at).is_some_and(|it| it.gap == Gap::Blank || it.gap == Gap::Paragraph))
        };
        let (day, month, year) = (
            field(at)?,
            field(at + 1)?,
            field(at + 2).filter(|year| year.n == 4 && (1900..2100).contains(&year.value))?,
        );
        let goes_on = self.digits(at + 3).is_some()
            || self.is_counted(at + 3)
            || self.is_dash(at + 3)
            || self.is_mark(at + 3, &['/']);
        if month.n > 2
            || goes_on
            || self.follows_number(at)
            || self.is_never(at)
            || self.is_mark(at.wrapping_sub(1), &['+', '/', '-', ')', '.'])
        {
            return None;
        }
        let named = Named {
            day: Some(valid_day(day)?),
            month: Some(MonthSaid::Number(valid_month(month)?)),
            year: valid_year(year)?,
            ..Named::default()
        };
        Some((Point::new(Expression::Named(named)), at + 3))
    }

    /// The day of a timestamp by ISO 8601, with the hour written onto it (`2024-03-23T10:00`).
    fn day_of_timestamp(&self, at: usize) -> Option<Field> {
        let lexeme = self.get(at)?;
        let digits = lexeme.digits.filter(|digits| digits.n == 2 && digits.minutes.is_some())?;
        lexeme.is_plain().then_some(Field::Number(digits))
    }

    /// Whether two fields alone look like a date, day before month as the language has it: `22/04`, `05/11`.
    fn is_written_as_date(&self, at: usize, end: usize, (first, second, mark): (Field, Field, char)) -> bool {
        let (Field::Number(a), Field::Number(b)) = (first, second) else { return false };
        let is_in_order =
            a.value <= 31 && b.value <= 12 || self.words.has_month_before_day && a.value <= 12 && b.value <= 31;
        let is_clock = self.is_mark(end, &[':']) || at > 0 && self.is_mark(at - 1, &[':']);
        // 20/11, 22/11 o 25/11
        let joint = (1..=2)
            .map_while(|n| at.checked_sub(n))
            .take_while(|&it| self.is_comma(it) || self.is(it, Role::And))
            .last();
        let follows_date = joint
            .and_then(|joint| joint.checked_sub(2))
            .is_some_and(|before| self.field_mark(before) == Some('/') && self.digits(before + 1).is_some());
        if mark == '/' && a.n == 2 && b.n == 2 && follows_date {
            return true;
        }
        // 13/4 | Belgrado: the first cell of a line.
        let is_cell = || {
            at == 0
                && self.preceding(at).is_none()
                && self.following(end).is_some_and(|(word, _)| matches!(word, "|" | ":" | "–" | "—"))
        };
        // Bolzano, 28/1 - : the day of a dateline.
        let is_dateline =
            || self.closes_dateline(at) && self.following(end).is_some_and(|(word, _)| matches!(word, "-" | "–" | "—"));
        // 26. 1. Kulim: the first cell of a line; 1. 2. might number it.
        let is_dotted_cell = || {
            at == 0
                && a.value > 12
                && self.preceding(at).is_none()
                && self.is_mark(end, &['.'])
                && self.following(end + 1).is_some_and(|(_, case)| case.is_capital())
        };
        if mark == '.' && b.n <= 2 && b.value >= 1 && is_in_order && is_dotted_cell() {
            return true;
        }
        // 29/2: all of a line; 1/2 might number its page.
        let is_line = at == 0 && self.preceding(at).is_none() && self.following(end).is_none() && a.value > 12;
        if mark == '/' && is_line && a.n <= 2 && b.n <= 2 && b.value >= 1 && is_in_order {
            return true;
        }
        if mark == '/'
            && a.value >= 1
            && b.value >= 1
            && a.n <= 2
            && b.n <= 2
            && is_in_order
            && (is_cell() || is_dateline())
        {
            return true;
        }
        mark == '/'
            && a.n == 2
            && b.n == 2
            && (is_zero_padded(first) || is_zero_padded(second))
            && is_in_order
            && !is_clock
    }

    /// Whether the line up to `at` is a town and a comma: capitalized words alone.
    fn closes_dateline(&self, at: usize) -> bool {
        let Some(start) = self.get(at).map(|it| it.start) else { return false };
        let from = self.text.floor_char_boundary(start.saturating_sub(MAX_DATELINE_BYTES));
        let before = &self.text[from..start];
        let line = before.rfind('\n').map(|at| &before[at + 1..]).or_else(|| (from == 0).then_some(before));
        let Some(town) = line.and_then(|line| line.trim_end().strip_suffix(',')) else { return false };
        let mut words = town.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).peekable();
        words.peek().is_some()
            && words.all(|word| word.starts_with(char::is_uppercase))
            && !town.contains(|c: char| c.is_ascii_digit())
    }

    /// Whether the field or mark at `at` goes on with what is before it; behind a dot a blank may stand (`27. 11. 2024`).
    fn touches_field(&self, at: usize, mark: char) -> bool {
        let is_number = self.get(at).is_some_and(|it| it.mark.is_none() && it.gap == Gap::Blank);
        self.touches(at) || mark == '.' && is_number
    }

    /// Whether one field is a year of four figures and the other a month, and not the next year in two figures.
    fn is_month_and_year(&self, first: Field, second: Field) -> bool {
        let (Field::Number(a), Field::Number(b)) = (first, second) else { return false };
        let (year, month) = if a.n == 4 { (a, b) } else { (b, a) };
        let is_next_year = a.n == 4 && month.value == year.value % 100 + 1;
        year.n == 4 && YEARS.contains(&year.value) && month.n <= 2 && (1..=12).contains(&month.value) && !is_next_year
    }

    /// Whether a dash and a second date of the same make follow at `end` (`28.2.-1.3.2024`, `10/1-11/2`).
    fn opens_range(&self, end: usize, mark: char) -> bool {
        let dash = end + usize::from(mark == '.' && self.is_mark(end, &['.']));
        mark != '-'
            && self.is_dash(dash)
            && self.digits(dash + 1).is_some_and(|digits| digits.n <= 2)
            && self.field_mark(dash + 2) == Some(mark)
            && self.field(dash + 3).is_some()
    }

    /// Whether a day or a date and a dash stand before `at` (`03.–05.05.2024`, `23-29/03/2024`).
    fn follows_day(&self, at: usize, mark: char) -> bool {
        let Some(dash) = at.checked_sub(1).filter(|&dash| mark != '-' && self.is_dash(dash)) else { return false };
        let last = dash.saturating_sub(1 + usize::from(dash > 0 && self.is_mark(dash - 1, &['.'])));
        dash > 0 && self.digits(last).is_some_and(|digits| digits.n <= 2) || self.closes_range(at, mark)
    }

    /// Whether a dash and a date of the same make stand before `at`.
    fn closes_range(&self, at: usize, mark: char) -> bool {
        let Some(dash) = at.checked_sub(1).filter(|&dash| mark != '-' && self.is_dash(dash)) else { return false };
        let first = dash.saturating_sub(if self.is_mark(dash.saturating_sub(1), &[mark]) { 3 } else { 2 });
        self.field_mark(first) == Some(mark)
    }

    /// Whether a date of the same make is joined to the one at `at` (`entre 1/10 y 7/11`).
    fn follows_joint(&self, at: usize, mark: char) -> bool {
        let mut start = at;
        while start > 0 && self.is(start - 1, Role::Glue) && !self.is_range_to(start - 1) {
            start -= 1;
        }
        let Some(last) =
            start.checked_sub(2).filter(|&last| self.is(last + 1, Role::And) || self.is_range_to(last + 1))
        else {
            return false;
        };
        let first = last.checked_sub(2);
        first.is_some_and(|first| {
            self.digits(first).is_some()
                && self.field_mark(first + 1) == Some(mark)
                && self.digits(last).is_some()
                && self.is_led(first)
        })
    }

    /// `il prossimo 12/05`, `el próximo 12/05`: the word before tells the year.
    pub fn side_and_numeric(&self, at: usize) -> Read {
        let (side, start) = self.side(at).filter(|_| !self.is(at, Role::Plural) && !self.words.has_month_before_day)?;
        self.digits(start)?;
        let (mut point, end) = self.numeric_date(start)?;
        let Expression::Named(named) = &mut point.expression else { return None };
        named.day?;
        named.side = Some(side).filter(|_| named.year == YearSaid::Unsaid);
        Some((point, end))
    }

    /// Whether the number at `at` goes on with what stands before it (`1.23/03/2024`).
    pub fn is_touched(&self, at: usize) -> bool {
        self.touches(at) && at > 0 && (self.digits(at - 1).is_some() || self.field_mark(at - 1).is_some())
    }

    fn field(&self, at: usize) -> Option<Field> {
        match self.digits(at) {
            Some(digits) => Some(Field::Number(digits)),
            None => self.sense(at).month.map(Field::Month),
        }
    }

    fn field_mark(&self, at: usize) -> Option<char> {
        let mark = self.get(at)?.mark?;
        match mark {
            '/' | '.' => Some(mark),
            _ if self.is_dash(at) => Some('-'),
            _ => None,
        }
    }

    /// `25/3`, `07/2024`, `2024-05`, `22/Jan`: two fields, which need evidence.
    fn short_numeric_date(&self, at: usize, weekday: Option<u8>, (first, second, mark): (Field, Field, char)) -> Read {
        let end = at + 3;
        let is_closed = self.is_mark(end, &['.']) && self.touches(end);
        let touches_all =
            (at + 1..end).all(|at| if is_closed { self.touches_field(at, mark) } else { self.touches(at) });
        let is_range = self.opens_range(end, mark);
        let goes_on = self.field_mark(end).is_some() && self.touches(end) && self.touches(end + 1) && !is_range;
        // 20.–22. 1.: the day and month behind another day.
        let ends_range =
            mark == '.' && is_closed && at >= 2 && self.is_mark(at - 2, &['.']) && self.follows_day(at, mark);
        let is_touched = self.is_touched(at) && !self.closes_range(at, mark) && !ends_range;
        // 11 / 2016, 2016 - 11: a month and its year set apart, where nothing follows.
        let is_spaced =
            !touches_all && self.is_month_and_year(first, second) && self.ends_phrase(end) && !self.follows_number(at);
        if !touches_all && !is_spaced || goes_on || is_touched || self.is_counted(end) || self.is_never(at) {
            return None;
        }
        // 4-23 gennaio, 1-3 pm: the ends of a range.
        let is_hour = [Role::Hour, Role::Am, Role::Pm, Role::ClockAt]
            .iter()
            .any(|&role| self.is(end, role) && self.digits(end).is_none());
        let follows_weekday = weekday.is_some() || at > 0 && self.sense(at - 1).weekday.is_some();
        let follows_side = !self.words.has_month_before_day && at > 0 && self.side(at - 1).is_some();
        // sabato scorso 3-1: a score.
        let follows_named = follows_weekday || follows_side;
        if mark == '-'
            && (is_hour || self.month_said(self.glue(end)).is_some() || follows_named)
            && !is_zero_padded(second)
        {
            return None;
        }
        let is_led = weekday.is_some()
            || follows_side
            || ends_range
            || self.is_led(at)
            || is_range
            || self.closes_range(at, mark)
            || self.follows_joint(at, mark)
            || self.is_written_as_date(at, end, (first, second, mark));
        let evidence = Evidence { is_led, is_spaced, is_dotted: self.is_mark(end, &['.']) };
        let mut named = Named { weekday, ..self.two_fields((first, second, mark), evidence)? };
        // am 28.10.: the dot behind the month is not the one of the sentence.
        let is_dotted =
            mark == '.' && self.is_mark(end, &['.']) && self.touches(end) && self.following(end + 1).is_some();
        let end = end + usize::from(is_dotted);
        let end = if named.day.is_some() { self.side_behind(end, &mut named) } else { end };
        Some((Point::new(Expression::Named(named)), end))
    }

    /// The day and month or month and year that two fields name, as far as the words around allow.
    fn two_fields(&self, (first, second, mark): (Field, Field, char), evidence: Evidence) -> Option<Named> {
        let Evidence { is_led, is_spaced, is_dotted } = evidence;
        let mut named = Named::default();
        match (first, second) {
            (Field::Number(day), Field::Month(month)) | (Field::Month(month), Field::Number(day)) if day.n <= 2 => {
                (named.day, named.month) = (Some(valid_day(day)?), Some(MonthSaid::Number(month)));
            }
            (Field::Number(month), Field::Number(year))
                if year.n == 4 && month.n <= 2 && (is_led || is_spaced || month.n == 2) =>
            {
                named.month = Some(MonthSaid::Number(valid_month(month)?));
                named.year = valid_year(year)?;
            }
            (Field::Number(year), Field::Number(month))
                if year.n == 4 && month.n <= 2 && (is_led || is_spaced || mark == '-' || month.n == 2) =>
            {
                named.month = Some(MonthSaid::Number(valid_month(month)?));
                named.year = valid_year(year)?;
            }
            (Field::Number(a), Field::Number(b)) if a.n <= 2 && b.n <= 2 && is_led && mark != '.' => {
                let (day, month) = if b.value > 12 { (b, a) } else { (a, b) };
                (named.day, named.month) = (Some(valid_day(day)?), Some(MonthSaid::Number(valid_month(month)?)));
                named.is_ambiguous = self.words.has_month_before_day && a.value <= 12 && b.value <= 12 && a != b;
            }
            (Field::Month(month), Field::Number(year)) if year.n == 4 => {
                named.month = Some(MonthSaid::Number(month));
                named.year = valid_year(year)?;
            }
            // A dot behind the month makes both ordinals: am 28.10.
            (Field::Number(day), Field::Number(month)) if day.n <= 2 && month.n <= 2 && is_led => {
                if !is_dotted && month.n < 2 {
                    return None;
                }
                (named.day, named.month) = (Some(valid_day(day)?), Some(MonthSaid::Number(valid_month(month)?)));
            }
            _ => return None,
        }
        Some(named)
    }

    /// Whether the words before `at` lead to a date.
    pub fn is_led(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let is_bracket = self.is_mark(before, &['(']) && before > 0;
        let sense = self.sense(if is_bracket { before - 1 } else { before });
        if is_bracket {
            return sense.weekday.is_some();
        }
        [Role::DayArticle, Role::RangeFrom, Role::RangeBetween, Role::YearCue, Role::DayNoun]
            .iter()
            .any(|&role| sense.is(role))
            || is_bound(sense)
            || sense.weekday.is_some()
    }

    /// Whether another number stands right before, as in a telephone number.
    pub fn follows_number(&self, at: usize) -> bool {
        at > 0 && self.digits(at - 1).is_some() && self.digits(at).is_some()
    }

    /// Whether the words before `at` say that a number is no date.
    pub fn is_never(&self, at: usize) -> bool {
        let mut before = at;
        while before > 0 && self.is_mark(before - 1, &['.', '(']) {
            before -= 1;
        }
        (before.saturating_sub(1)..at).any(|at| self.is(at, Role::NeverBefore))
            || at == 0
                && self.before.is_some_and(|it| matches!(it.span.of(self.text), "€" | "$" | "£" | "#" | "§" | "+"))
    }

    /// `2023-2025`, `2023/24`: two years, the second later.
    pub fn pair_of_years(&self, at: usize) -> Read {
        let first = self.digits(at).filter(|digits| digits.n == 4 && YEARS.contains(&digits.value))?;
        let is_slash = self.is_mark(at + 1, &['/']);
        let second = self.digits(at + 2)?;
        if !is_slash && !self.is_dash(at + 1) || self.is_touched(at) || self.is_never(at) || self.follows_number(at) {
            return None;
        }
        let (from, end) = (first.value as i16, at + 3);
        let goes_on = self.field_mark(end).is_some() && self.touches(end) && self.digits(end + 1).is_some();
        let to = match second.n {
            4 if YEARS.contains(&second.value) => second.value as i16,
            2 => from / 100 * 100 + second.value as i16,
            _ => return None,
        };
        let is_labeled = self.is_year_noun_before(at);
        // 2024-05 is a month.
        let is_month = second.n == 2 && second.value <= 12 && !is_labeled && to != from + 1;
        let is_name = !is_labeled && !self.is_led(at) && self.is_name_before(at);
        if goes_on || to <= from || to - from > 60 || is_month || is_name || self.is_counted(end) {
            return None;
        }
        let year = |number| Named { year: YearSaid::Number(number), ..Named::default() };
        let range = Expression::Range(Box::new(Expression::Named(year(from))), Box::new(Expression::Named(year(to))));
        Some((Point::new(range), end))
    }

    pub fn is_year_noun_before(&self, at: usize) -> bool {
        let mut before = at;
        while before > 0 && self.is(before - 1, Role::Glue) {
            before -= 1;
        }
        before > 0 && self.is(before - 1, Role::YearNoun)
    }

    /// Whether a capitalized word that is no part of an expression stands before: the name of a programme.
    pub fn is_name_before(&self, at: usize) -> bool {
        let is_name = |word: &str, case: crate::document::Case| case.is_capital() && word.chars().count() > 1;
        match at.checked_sub(1) {
            Some(before) => self.is_capital(before) && self.is(before, Role::Event),
            None => self.preceding(at).is_some_and(|(word, case)| is_name(word, case)),
        }
    }

    /// A bare year, where the words around say that it is one; `follows_date` tells of a date just before.
    pub fn bare_year(&self, at: usize, follows_date: bool) -> Read {
        let (year, end) = self.year_number(at)?;
        let touches_more = self.touches(end)
            && self.is_mark(end, &['/', '-', '.', ',', ':'])
            && self.touches(end + 1)
            && self.digits(end + 1).is_some();
        if self.is_counted(end) || touches_more || self.is_touched(at) || self.is_never(at) {
            return None;
        }
        let is_spelled = self.digits(at).is_none();
        let is_between = at > 0 && self.is(at - 1, Role::RangeBetween) && self.is(end, Role::And);
        let joins_number =
            (self.is(end, Role::RangeTo) || self.is_dash(end) || is_between) && self.digits(end + 1).is_some();
        if joins_number && self.year_number(end + 1).is_none_or(|(_, end)| self.is_counted(end)) {
            return None;
        }
        let is_cued = at > 0 && (self.is(at - 1, Role::YearCue) || is_bound(self.sense(at - 1)))
            || self.is_year_noun_before(at)
            || at > 1
                && self.is(at - 1, Role::Glue)
                && (self.is(at - 2, Role::YearCue) || is_bound(self.sense(at - 2)));
        let is_enclosed = at > 0 && self.is_mark(at - 1, &['(']) && self.is_mark(end, &[')']);
        let is_listed = follows_date
            && at > 0
            && (self.is(at - 1, Role::And) || self.is_comma(at - 1) || self.is(at - 1, Role::Glue));
        // FY24 carries its label.
        let is_labeled = !is_spelled
            && (self.is(end, Role::YearNoun)
                || self.is(end, Role::OrLater)
                || self.get(at).is_some_and(|it| it.case == Case::Upper));
        let named = Named { year: YearSaid::Number(year), ..Named::default() };
        (is_cued || !is_spelled && (is_enclosed || is_listed || is_labeled))
            .then(|| (Point::new(Expression::Named(named)), end))
    }
}

fn is_zero_padded(field: Field) -> bool {
    matches!(field, Field::Number(digits) if digits.n == 2 && digits.value < 10)
}

fn valid_day(digits: Digits) -> Option<u8> {
    u8::try_from(digits.value).ok().filter(|day| (1..=31).contains(day))
}

fn valid_month(digits: Digits) -> Option<u8> {
    u8::try_from(digits.value).ok().filter(|month| (1..=12).contains(month))
}

fn valid_year(digits: Digits) -> Option<YearSaid> {
    match digits.n {
        4 if YEARS.contains(&digits.value) => Some(YearSaid::Number(digits.value as i16)),
        2 => Some(YearSaid::Number(full_year(digits.value as i16))),
        _ => None,
    }
}

/// Day, month and year in the order that their sizes allow; day first where both orders are possible.
fn three_fields(first: Field, second: Field, third: Field, is_doubtful: bool) -> Option<Named> {
    let mut named = Named::default();
    let (day, month, year) = match (first, second, third) {
        (Field::Number(year), Field::Number(month), Field::Number(day)) if year.n == 4 && day.n <= 2 => {
            (Field::Number(day), Field::Number(month), year)
        }
        (Field::Number(year), Field::Month(month), Field::Number(day)) if year.n == 4 => {
            (Field::Number(day), Field::Month(month), year)
        }
        (Field::Number(year), Field::Number(day), Field::Month(month)) if year.n == 4 => {
            (Field::Number(day), Field::Month(month), year)
        }
        (Field::Number(day), Field::Number(year), Field::Month(month))
        | (Field::Month(month), Field::Number(year), Field::Number(day))
            if year.n == 4 =>
        {
            (Field::Number(day), Field::Month(month), year)
        }
        (Field::Month(month), Field::Number(day), Field::Number(year)) => {
            (Field::Number(day), Field::Month(month), year)
        }
        (Field::Number(_), _, Field::Number(year)) => (first, second, year),
        _ => return None,
    };
    let year = valid_year(year)?;
    let Field::Number(day) = day else { return None };
    if day.n > 2 {
        return None;
    }
    // Where the year stands first, the month comes before the day.
    let is_iso = matches!(first, Field::Number(digits) if digits.n == 4);
    let (day, month) = match month {
        Field::Month(month) => (valid_day(day)?, month),
        Field::Number(month) if month.n > 2 => return None,
        Field::Number(month) if month.value > 12 && !is_iso => (valid_day(month)?, valid_month(day)?),
        Field::Number(month) => {
            named.is_ambiguous = is_doubtful && !is_iso && day.value <= 12 && day.value != month.value;
            (valid_day(day)?, valid_month(month)?)
        }
    };
    (named.day, named.month, named.year) = (Some(day), Some(MonthSaid::Number(month)), year);
    Some(named)
}
