//! What a calendar expression says, before it is resolved.

use crate::lexicon::pack::dates::{Holiday, Part, Season, Unit};

/// What an expression says of the calendar.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    /// A day, month or year by its names and numbers.
    Named(Named),
    /// Days after the publication.
    Day(i32),
    /// A unit so many units after the one of the publication (`la settimana scorsa`).
    Unit(Unit, i32),
    /// A weekday of the week that is so many weeks away.
    WeekdayOfWeek(u8, i32),
    /// Lengths of time before (negative) or after the publication (`tre giorni fa`).
    Distance(Vec<(Unit, i32)>),
    /// So many units up to (negative) or from the publication (`gli ultimi tre anni`).
    Length(Unit, i32),
    /// So many units that begin with the day of publication (`entro i prossimi dieci mesi`).
    Within(Unit, i32),
    /// A part of a larger stretch, counted from its start or its end.
    Nth(Nth, Piece, Box<Expression>),
    /// The week or month of a day (`la settimana del 15 aprile`).
    Around(Unit, Box<Expression>),
    /// The first so many units of a stretch, or the last (negative).
    Firsts(Unit, i32, Box<Expression>),
    /// A season of a year.
    Season(Season, YearSaid),
    /// A holiday, of a year or on a side of the publication.
    Holiday(Holiday, YearSaid, Option<Side>),
    /// A decade by its first three digits.
    Decade(i16),
    /// A century by the first two digits of its years; one before the year 1 by its number, negative.
    Century(i16),
    /// A week by its number.
    WeekNumber(u16, YearSaid),
    /// A point near the start, middle or end of a stretch.
    Near(Edge, Box<Expression>),
    /// What has passed of the running unit.
    Passed(Unit),
    /// What is left of the running unit.
    Left(Unit),
    /// Lengths of time before (negative) or after another point (`three weeks from tomorrow`).
    Offset(Vec<(Unit, i32)>, Box<Expression>),
    /// Lengths of time that begin with a day (`two weeks starting May 20`).
    Lasting(Vec<(Unit, i32)>, Box<Expression>),
    /// The publication, as the end of a range (`bis heute`).
    Now,
    /// From a day to the next weekday of a name.
    Weekdays(Box<Expression>, u8),
    /// What comes back every week or year, which is no mention.
    Recurring,
    /// From the one to the other.
    Range(Box<Expression>, Box<Expression>),
}

/// A day, month or year by its names and numbers; what is not said is none.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Named {
    /// Days after Monday.
    pub weekday: Option<u8>,
    /// Day of the month.
    pub day: Option<u8>,
    /// Month.
    pub month: Option<MonthSaid>,
    /// Year.
    pub year: YearSaid,
    /// Whether it is said to lie before or after the publication.
    pub side: Option<Side>,
    /// Whether day and month may be the other way round.
    pub is_ambiguous: bool,
}

/// What is said of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MonthSaid {
    /// Its number.
    Number(u8),
    /// Months after that of the publication.
    Relative(i32),
}

/// What is said of a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum YearSaid {
    /// Nothing.
    #[default]
    Unsaid,
    /// Its number.
    Number(i16),
    /// Years after that of the publication.
    Relative(i32),
}

/// Where an expression says that it lies, seen from the publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// `scorso`.
    Last,
    /// `questo`.
    This,
    /// `prossimo`.
    Next,
    /// `kommend`: the nearest to come.
    Coming,
}

impl Side {
    /// The number of units that it is away.
    pub fn offset(self) -> i32 {
        match self {
            Self::Last => -1,
            Self::This => 0,
            Self::Next | Self::Coming => 1,
        }
    }
}

/// Which of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nth {
    /// Counted from the start, from 1.
    Number(u16),
    /// The last.
    Last,
}

/// What is counted in a larger stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// A unit.
    Unit(Unit),
    /// A weekday, in days after Monday.
    Weekday(u8),
}

/// A place in a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// `inizio`.
    Early,
    /// `metà`.
    Middle,
    /// `fine`.
    Late,
}

/// An expression with what stands with it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Point {
    /// What it says of the calendar.
    pub expression: Expression,
    /// Part of the day.
    pub part: Option<Part>,
}

impl Point {
    /// A point without a part of day.
    pub fn new(expression: Expression) -> Self {
        Self { expression, part: None }
    }
}

/// A time of day, in minutes from midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    /// Minutes from midnight.
    pub minutes: u16,
    /// Whether the text says which half of the day it is.
    pub is_sure: bool,
}

/// A time of day or a stretch of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hours {
    /// The time, or where it starts.
    pub start: Clock,
    /// Where it ends.
    pub end: Option<Clock>,
}
