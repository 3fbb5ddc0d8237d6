//! Stretches of the calendar, and their normal forms.

use super::iso::{iso_day, iso_month, iso_week, joined};
use crate::lexicon::pack::dates::{Holiday, Part, Season, Unit};
use jiff::{
    ToSpan,
    civil::{Date, ISOWeekDate, Weekday},
};

/// A stretch of the calendar of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch {
    /// A day.
    Day(Date),
    /// A week, by its Monday.
    Week(Date),
    /// A weekend, by the Monday of its week.
    Weekend(Date),
    /// A month.
    Month(i16, i8),
    /// A quarter of a year, from 1.
    Quarter(i16, i8),
    /// A half of a year, from 1.
    Half(i16, i8),
    /// A season; winter by the year in which it starts.
    Season(i16, Season),
    /// A year.
    Year(i16),
    /// Ten years, by the first three digits.
    Decade(i16),
    /// A hundred years, by the first two digits; before the year 1 by their number, negative.
    Century(i16),
    /// From the first day to the last.
    Days(Date, Date),
    /// From the first month to the last.
    Months((i16, i8), (i16, i8)),
}

impl Stretch {
    /// The normal form.
    pub fn to_iso(self) -> String {
        match self {
            Self::Day(day) => iso_day(day),
            Self::Week(monday) => iso_week(monday),
            Self::Weekend(monday) => format!("{}-WE", iso_week(monday)),
            Self::Month(year, month) => iso_month(year, month),
            Self::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Self::Half(year, half) => format!("{year:04}-H{half}"),
            Self::Season(year, season) => format!("{year:04}-{}", season_code(season)),
            // Astronomical years, as in ISO 8601: 44 BC is -0043, the third century BC from -0299 to -0200.
            Self::Year(year) if year < 0 => format!("-{:04}", -i32::from(year)),
            Self::Year(year) => format!("{year:04}"),
            Self::Decade(tens) => format!("{tens:03}X"),
            Self::Century(hundreds) if hundreds < 0 => format!("-{:02}XX", -1 - hundreds),
            Self::Century(hundreds) => format!("{hundreds:02}XX"),
            Self::Days(first, last) => joined(iso_day(first), &iso_day(last)),
            Self::Months(first, last) => joined(iso_month(first.0, first.1), &iso_month(last.0, last.1)),
        }
    }

    /// The first and the last day.
    pub fn days(self) -> Option<(Date, Date)> {
        Some(match self {
            Self::Day(day) => (day, day),
            Self::Week(monday) => (monday, add(monday, Unit::Day, 6)?),
            Self::Weekend(monday) => (add(monday, Unit::Day, 5)?, add(monday, Unit::Day, 6)?),
            Self::Month(year, month) => {
                let first = Date::new(year, month, 1).ok()?;
                (first, first.last_of_month())
            }
            Self::Quarter(year, quarter) => (first_of(year, quarter * 3 - 2)?, last_of(year, quarter * 3)?),
            Self::Half(year, half) => (first_of(year, half * 6 - 5)?, last_of(year, half * 6)?),
            Self::Season(year, season) => {
                let first = first_of(year, season_month(season))?;
                (first, add(first, Unit::Month, 2)?.last_of_month())
            }
            Self::Year(year) => (first_of(year, 1)?, last_of(year, 12)?),
            Self::Decade(tens) => (first_of(tens.checked_mul(10)?, 1)?, last_of(tens * 10 + 9, 12)?),
            Self::Century(before) if before < 0 => {
                (first_of(before.checked_mul(100)? + 1, 1)?, last_of((before + 1) * 100, 12)?)
            }
            Self::Century(hundreds) => (first_of(hundreds.checked_mul(100)?, 1)?, last_of(hundreds * 100 + 99, 12)?),
            Self::Days(first, last) => (first, last),
            Self::Months(first, last) => (first_of(first.0, first.1)?, last_of(last.0, last.1)?),
        })
    }

    /// From the start of this to the end of `last`, each as precise as written.
    pub fn to(self, last: Self) -> Option<String> {
        let (first_day, _) = self.days()?;
        let (last_first_day, last_day) = last.days()?;
        if last_day < first_day || last_first_day < first_day {
            return None;
        }
        let is_plain = |stretch| matches!(stretch, Self::Day(_) | Self::Month(..) | Self::Year(_));
        Some(match (is_plain(self), is_plain(last)) {
            (true, true) if self == last => self.to_iso(),
            (true, true) => joined(self.to_iso(), &last.to_iso()),
            (true, false) => format!("{}/{last_day}", self.to_iso()),
            (false, true) => format!("{first_day}/{}", last.to_iso()),
            (false, false) => format!("{first_day}/{last_day}"),
        })
    }
}

fn first_of(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok()
}

fn last_of(year: i16, month: i8) -> Option<Date> {
    first_of(year, month).map(Date::last_of_month)
}

fn season_code(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}

fn season_month(season: Season) -> i8 {
    match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    }
}

/// The code of a part of a day.
pub(super) fn part_code(part: Part) -> &'static str {
    match part {
        Part::Morning => "MO",
        Part::Noon => "MI",
        Part::Afternoon => "AF",
        Part::Evening => "EV",
        Part::Night => "NI",
    }
}

/// From the one day to the other, or the day where they are one.
pub(super) fn from_to(first: Date, last: Date) -> Stretch {
    if first == last { Stretch::Day(first) } else { Stretch::Days(first, last) }
}

/// The Monday of the week of `day`.
pub(super) fn monday(day: Date) -> Option<Date> {
    add(day, Unit::Day, -i32::from(day.weekday().to_monday_zero_offset()))
}

/// `n` units after `day`; months and years keep the day where the month has it.
pub(super) fn add(day: Date, unit: Unit, n: i32) -> Option<Date> {
    if n.abs() > 40_000 {
        return None;
    }
    let n = i64::from(n);
    let span = match unit {
        Unit::Day => n.days(),
        Unit::Workday => return add_workdays(day, n),
        Unit::Week | Unit::WorkWeek | Unit::Weekend => n.weeks(),
        Unit::TenDays => (10 * n).days(),
        Unit::Fortnight => (2 * n).weeks(),
        Unit::Month => n.months(),
        Unit::TwoMonths => (2 * n).months(),
        Unit::FourMonths => (4 * n).months(),
        Unit::Quarter => (3 * n).months(),
        Unit::Half => (6 * n).months(),
        Unit::Year => span_of_years(n)?,
        Unit::Decade => span_of_years(n * 10)?,
        Unit::Century => span_of_years(n * 100)?,
    };
    day.checked_add(span).ok()
}

fn span_of_years(n: i64) -> Option<jiff::Span> {
    jiff::Span::new().try_years(n).ok()
}

fn add_workdays(day: Date, n: i64) -> Option<Date> {
    let (mut day, step) = (day, n.signum());
    // A working year has about 250 days; longer counts are no dates.
    for _ in 0..n.abs().min(2000) {
        day = day.checked_add(step.days()).ok()?;
        while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            day = day.checked_add(step.days()).ok()?;
        }
    }
    Some(day)
}

/// The stretch of a unit that is `n` units away from the one that holds `day`.
pub(super) fn unit_at(day: Date, unit: Unit, n: i32) -> Option<Stretch> {
    let moved = |n| add(if unit < Unit::Month { day } else { day.first_of_month() }, unit, n);
    Some(match unit {
        Unit::Day | Unit::Workday => Stretch::Day(moved(n)?),
        Unit::TenDays => {
            let first = moved(n)?;
            Stretch::Days(first, add(first, Unit::Day, 9)?)
        }
        Unit::Week => Stretch::Week(monday(moved(n)?)?),
        Unit::WorkWeek => {
            let monday = monday(moved(n)?)?;
            Stretch::Days(monday, add(monday, Unit::Day, 4)?)
        }
        Unit::Weekend => Stretch::Weekend(monday(moved(n)?)?),
        Unit::Fortnight => {
            let first = monday(moved(n)?)?;
            Stretch::Days(first, add(first, Unit::Day, 13)?)
        }
        Unit::Month => Stretch::Month(moved(n)?.year(), moved(n)?.month()),
        Unit::TwoMonths => months_of_year(moved(n)?.year(), 2, (moved(n)?.month() + 1) / 2),
        Unit::FourMonths => months_of_year(moved(n)?.year(), 4, (moved(n)?.month() + 3) / 4),
        Unit::Quarter => Stretch::Quarter(moved(n)?.year(), (moved(n)?.month() + 2) / 3),
        Unit::Half => Stretch::Half(moved(n)?.year(), (moved(n)?.month() + 5) / 6),
        Unit::Year => Stretch::Year(moved(n)?.year()),
        Unit::Decade => Stretch::Decade(moved(n)?.year().div_euclid(10)),
        Unit::Century => Stretch::Century(moved(n)?.year().div_euclid(100)),
    })
}

/// The `n`th stretch of so many months of a year.
pub(super) fn months_of_year(year: i16, length: i8, n: i8) -> Stretch {
    Stretch::Months((year, (n - 1) * length + 1), (year, n * length))
}

/// The day of a holiday in a year.
pub(super) fn holiday(year: i16, holiday: Holiday) -> Option<Date> {
    match holiday {
        Holiday::Fixed { month, day: number } => day(year, month, number),
        Holiday::Easter(offset) => add(easter(year)?, Unit::Day, offset.into()),
        Holiday::Weekday { month, day: number, weekday } => {
            let first = day(year, month, number)?;
            add(first, Unit::Day, (i32::from(weekday) - i32::from(weekday_of(first))).rem_euclid(7))
        }
    }
}

/// Easter Sunday of the Western churches, by Butcher's algorithm (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let (golden, century, rest) = (year_number % 19, year_number / 100, year_number % 100);
    let skipped_leaps = (century + 8) / 25;
    let epact = (19 * golden + century - century / 4 - (century - skipped_leaps + 1) / 3 + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let correction = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days = epact + to_sunday - 7 * correction + 114;
    day(year, u8::try_from(days / 31).ok()?, u8::try_from(days % 31 + 1).ok()?)
}

/// The `n`th week of a month or year; the last where `n` is none. The first week of a month is the one of its first Thursday.
pub(super) fn nth_week(first: Date, last: Date, n: Option<u16>) -> Option<Date> {
    match n {
        Some(n) => add(monday(add(first, Unit::Day, 3)?)?, Unit::Week, i32::from(n) - 1)
            .filter(|monday| *monday >= add(first, Unit::Day, -4).unwrap_or(first)),
        None => {
            let start = monday(last)?;
            // A week belongs where its Thursday lies.
            if add(start, Unit::Day, 3)? > last { add(start, Unit::Week, -1) } else { Some(start) }
        }
    }
}

/// The `n`th weekday (days after Monday) from `first` to `last`; the last where `n` is none.
pub(super) fn nth_weekday(first: Date, last: Date, weekday: u8, n: Option<u16>) -> Option<Date> {
    let ahead = |from: Date| (i32::from(weekday) - i32::from(from.weekday().to_monday_zero_offset())).rem_euclid(7);
    let found = match n {
        Some(n) => add(add(first, Unit::Day, ahead(first))?, Unit::Week, i32::from(n) - 1)?,
        None => add(last, Unit::Day, ahead(last) - if ahead(last) == 0 { 0 } else { 7 })?,
    };
    (first <= found && found <= last).then_some(found)
}

/// The Monday of an ISO week.
pub(super) fn week_of_year(year: i16, week: u16) -> Option<Date> {
    Some(ISOWeekDate::new(year, i8::try_from(week).ok()?, Weekday::Monday).ok()?.date())
}

/// The weekday of `day`, in days after Monday.
pub(super) fn weekday_of(day: Date) -> u8 {
    day.weekday().to_monday_zero_offset() as u8
}

/// The day, if there is such a day.
pub(super) fn day(year: i16, month: u8, number: u8) -> Option<Date> {
    Date::new(year, month as i8, number as i8).ok()
}

/// Days from `a` to `b`.
pub(super) fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span| span.get_days())
}

/// What the words around a date tell of when it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
}

/// The date that is meant beside the publication: in the same year, unless one of another is far nearer.
pub(super) fn nearest(candidates: Vec<Date>, anchor: Date, tense: Option<Tense>) -> Option<Date> {
    let far = |date: &Date| days_between(anchor, *date).abs();
    let by_distance = candidates.iter().copied().min_by_key(far)?;
    let same_year = candidates.iter().copied().find(|date| date.year() == anchor.year());
    let found = same_year.filter(|date| far(date) <= 2 * far(&by_distance)).unwrap_or(by_distance);
    // A verb moves what is not near to its own side; what was two months ago may stand in any sentence, and a release may be
    // written before what it tells of.
    const NEAR_DAYS: i32 = 60;
    let candidates = candidates.into_iter();
    let moved = match tense.filter(|_| far(&found) > NEAR_DAYS) {
        Some(Tense::Future) if found < anchor => candidates.filter(|date| *date >= anchor).min(),
        Some(Tense::Past) if found > anchor => candidates.filter(|date| *date <= anchor).max(),
        _ => None,
    };
    moved.or(Some(found))
}

/// So many units up to the day before `anchor`, or from the day after it.
pub(super) fn length(anchor: Date, unit: Unit, n: i32) -> Option<Stretch> {
    if matches!(unit, Unit::TwoMonths | Unit::Quarter | Unit::FourMonths | Unit::Half | Unit::Decade | Unit::Century) {
        let first = unit_at(anchor, unit, if n < 0 { n } else { 1 })?.days()?.0;
        let last = unit_at(anchor, unit, if n < 0 { -1 } else { n })?.days()?.1;
        return Some(Stretch::Days(first, last));
    }
    let far = add(anchor, unit, n)?;
    Some(if n < 0 {
        Stretch::Days(far, add(anchor, Unit::Day, -1)?)
    } else {
        Stretch::Days(add(anchor, Unit::Day, 1)?, far)
    })
}

/// The first so many units from `first` to `last`, or the last (negative).
pub(super) fn firsts(first: Date, last: Date, unit: Unit, n: i32) -> Option<Stretch> {
    let (from, to) = match unit {
        Unit::Week if n > 0 => {
            let start = nth_week(first, last, Some(1))?;
            (start, add(add(start, Unit::Week, n)?, Unit::Day, -1)?)
        }
        Unit::Week => {
            let end = add(nth_week(first, last, None)?, Unit::Day, 6)?;
            (add(add(end, Unit::Week, n)?, Unit::Day, 1)?, end)
        }
        _ if n > 0 => (first, add(add(first, unit, n)?, Unit::Day, -1)?),
        _ => (add(add(last, Unit::Day, 1)?, unit, n)?, last),
    };
    if unit >= Unit::Month {
        return Some(Stretch::Months((from.year(), from.month()), (to.year(), to.month())));
    }
    Some(Stretch::Days(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_first_week_of_a_month_holds_its_first_thursday() {
        let (first, last) = (date(2024, 5, 1), date(2024, 5, 31));
        assert_eq!(nth_week(first, last, Some(1)).map(iso_week).as_deref(), Some("2024-W18"));
        assert_eq!(nth_week(first, last, None).map(iso_week).as_deref(), Some("2024-W22"));
    }

    #[test]
    fn holidays_move_with_easter_and_weekdays() {
        for (year, expected) in
            [(2000, date(2000, 4, 23)), (2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2038, date(2038, 4, 25))]
        {
            assert_eq!(holiday(year, Holiday::Easter(0)), Some(expected));
        }
        let thanksgiving = Holiday::Weekday { month: 11, day: 22, weekday: 3 };
        assert_eq!(holiday(2024, thanksgiving), Some(date(2024, 11, 28)));
        assert_eq!(holiday(2023, thanksgiving), Some(date(2023, 11, 23)));
        assert_eq!(holiday(2024, Holiday::Fixed { month: 2, day: 30 }), None);
    }

    #[test]
    fn years_before_the_first_are_counted_from_zero() {
        assert_eq!(Stretch::Year(-43).to_iso(), "-0043");
        assert_eq!(Stretch::Century(-3).to_iso(), "-02XX");
        assert_eq!(Stretch::Century(-3).days(), Some((date(-299, 1, 1), date(-200, 12, 31))));
        assert_eq!(Stretch::Century(0).to_iso(), "00XX");
    }

    #[test]
    fn a_month_is_moved_within_its_length() {
        assert_eq!(add(date(2024, 3, 31), Unit::Month, -1), Some(date(2024, 2, 29)));
        assert_eq!(unit_at(date(2024, 3, 31), Unit::Month, -1), Some(Stretch::Month(2024, 2)));
    }

    #[test]
    fn a_range_ends_behind_its_start() {
        let (may, june) = (Stretch::Month(2024, 5), Stretch::Month(2024, 6));
        assert_eq!(may.to(june).as_deref(), Some("2024-05/2024-06"));
        assert_eq!(june.to(may), None);
    }
}
