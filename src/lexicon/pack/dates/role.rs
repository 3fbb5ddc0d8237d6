//! The parts that words play in calendar expressions.

use serde::Deserialize;

macro_rules! role {
    ($($(#[$about:meta])* $name:ident,)*) => {
        /// The part that a word plays in a calendar expression.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Role { $($(#[$about])* $name,)* }
    };
}

role! {
    /// Articles and prepositions that may stand inside an expression (`di`, `the`, `of`).
    Glue,
    /// `questo`, `this`.
    This,
    /// `prossimo`, `next`.
    Next,
    /// `scorso`, `last`.
    Last,
    /// The one after the next (`dopo la prossima`).
    AfterNext,
    /// The one before the last.
    BeforeLast,
    /// Behind a length of time: that long before (`fa`, `ago`).
    AgoAfter,
    /// Before a length of time: that long before (`vor`, `il y a`).
    AgoBefore,
    /// Before a length of time: that long from now (`tra`, `in`).
    AheadBefore,
    /// Behind a length of time: that long from now (`from now`).
    AheadAfter,
    /// Opens a range (`dal`, `from`).
    RangeFrom,
    /// Opens a range whose ends are joined by "and" (`tra`, `between`).
    RangeBetween,
    /// Joins the ends of a range (`al`, `to`).
    RangeTo,
    /// Joins the members of a list (`e`, `and`).
    And,
    /// What follows is the start (`da`, `since`).
    BoundFrom,
    /// What follows is the end (`fino a`, `until`).
    BoundUntil,
    /// What follows is the last moment (`entro`, `by`).
    BoundBy,
    /// Before a bare year, tells that it is one (`nel`, `since`).
    YearCue,
    /// Before or behind a bare year, tells that it is one (`anno`, `edition`).
    YearNoun,
    /// Before numbers that stand for days (`il`, `on the`).
    DayArticle,
    /// The word day before the number of one (`giorno 12`, `dia 3`).
    DayNoun,
    /// The noun of a day with the preposition behind it (`giorno di`), where it counts one of a month.
    DayOf,
    /// `inizio`, `early`.
    Early,
    /// `metà`, `mid`.
    Middle,
    /// `fine`, `late`.
    Late,
    /// Words that open a clock time (`alle`, `at`).
    ClockAt,
    /// Words that may stand before those (`verso`, `about`).
    ClockAbout,
    /// Opens a range of clock times (`dalle`, `from`).
    ClockFrom,
    /// Joins a range of clock times (`alle`, `to`).
    ClockTo,
    /// The word hour beside a clock time (`ore`, `h`, `Uhr`).
    Hour,
    /// Before noon.
    Am,
    /// After noon.
    Pm,
    /// Twelve o'clock.
    NoonClock,
    /// Twenty-four o'clock.
    Midnight,
    /// Half an hour past.
    HalfPast,
    /// A quarter past.
    QuarterPast,
    /// Marks and endings of ordinals (`°`, `er`, `st`).
    OrdinalMark,
    /// Endings of decades (`s`, `er`).
    DecadeMark,
    /// The word before the tens of a decade (`anni`, `años`).
    DecadeNoun,
    /// Says that something recurs (`ogni`, `every`).
    Every,
    /// Before a number, tells that it is no date (`articolo`, `n`).
    NeverBefore,
    /// Behind a number, tells that it is no date (`euro`, `metri`).
    NeverAfter,
    /// Before a capitalized word, tells that it is a surname (`signor`).
    Title,
    /// Behind a capitalized word, tells that it is the name of a firm (`Srl`).
    FirmForm,
    /// Opens the name of a street (`via`, `piazza`).
    Street,
    /// Opens the name of an event or programme that carries a year (`Expo`, `Agenda`).
    Event,
    /// Says that the sentence speaks of what will be (`will`).
    Future,
    /// A name of a month or weekday that is also another word: it needs a number beside it.
    Weak,
    /// A negligible word inside an expression: `circa`, `about`.
    Vague,
    /// A word of a phrase, which has no meaning alone.
    Piece,
    /// `primi`, `first` of several units.
    FirstOf,
    /// `ultimi`, `last` of several units.
    LastOf,
    /// `ultimo`, `last` of its kind.
    LastOne,
    /// Opens a time that lies before (`prima di`, `before`).
    Before,
    /// Opens a time that lies after (`dopo`, `after`).
    After,
    /// A unit in the plural (`settimane`).
    Plural,
    /// Joins number words (`e`, `and`, `und`).
    NumberJoint,
    /// Says that the year or time is the running one (`in corso`, `corrente`).
    Current,
    /// A definite article that may stand between a weekday and its day (`the`, `l'`).
    Article,
    /// What has passed of a running unit (`earlier this month`).
    Earlier,
    /// What is left of a running unit (`later this year`).
    Later,
    /// Behind the word week, tells its first day (`commencing`, `beginning`).
    Commencing,
    /// Ends a range at the publication (`now`, `to date`).
    Now,
    /// Behind the number of a quarter (`3Q`).
    QuarterMark,
    /// Behind the number of a half-year (`1H`).
    HalfMark,
    /// A word that is only meant where its accents are written: without them it is an article (`dès`, `des`).
    Accented,
    /// Joins a noun to the one before it: what follows says of what kind that is (`hora de verano`).
    Of,
    /// Opens a range of weekdays that recurs (`dal lunedì al venerdì`).
    Habitual,
    /// Says with `next` that the nearest to come is meant, in this week or the following (`kommend`, `upcoming`).
    Coming,
    /// Behind or before a year or century, counts it backwards from the year 1 (`a.C.`).
    BeforeChrist,
    /// Behind or before a year or century, counts it from the year 1 (`d.C.`).
    AfterChrist,
    /// Behind the number of the months from January (`9M 2024`).
    MonthMark,
    /// The zone of a clock time behind it (`CET`).
    TimeZone,
    /// Leads to a holiday that is a time and no custom (`a Natale`, but not `mercatini di Natale`).
    HolidayCue,
    /// The name of a holiday that needs no such word before it (`Ostermontag`).
    DayName,
    /// A word for the week that is counted from the start of the year (`Kalenderwoche`).
    CalendarWeek,
    /// Opens a range without an article: of two bare numbers it is none of days (`da 20 a 24`).
    BareRange,
    /// An abbreviation of a month or weekday, which is also another word (`set`, `mar`).
    Abbreviated,
    /// Means these times, not a day (`al giorno d'oggi`).
    Nowadays,
    /// Says in what something lies: behind a word for the start or end of a stretch it makes a verb's object of that word (`prendra fin en 2027`).
    Inside,
    /// Before an hour: half an hour behind it (`half past nine`).
    HalfPastBefore,
    /// Before an hour: half an hour short of it (`halb zehn`).
    HalfTo,
    /// Before an hour: a quarter of an hour behind it (`quarter past nine`).
    QuarterPastBefore,
    /// Before an hour: a quarter of an hour short of it (`quarter to seven`).
    QuarterTo,
    /// The word minutes between their number and what leads to the hour (`ten minutes past nine`).
    ClockMinutes,
    /// Between minutes and their hour, which they are behind (`ten past nine`).
    MinutesPast,
    /// Between minutes and their hour, which they are short of (`ten to nine`).
    MinutesTo,
    /// Behind an hour: the minutes that follow are short of it (`sette meno dieci`).
    Less,
    /// Behind an hour: a quarter of an hour short of it (`sette meno un quarto`).
    QuarterLess,
    /// Behind a weekday, says that it is the next after another day (`martedì successivo, 22 agosto`).
    Following,
    /// Behind a date, makes it the start (`or later`, `in poi`).
    OrLater,
    /// Articles of several: the number behind them counts what follows (`i 12 comuni`).
    Several,
    /// Speaks of what someone may or wants to do: a month or season beside it is one to come (`potrebbe`, `will`).
    Intent,
    /// Tells what was done: a date behind it in the statement has passed (`firmato a Roma il 3 marzo`, `signed on 3 March`).
    Done,
    /// Before a word of what was done, says that it is not yet (`are signed on 3 March`, `viene firmato`).
    Undone,
    /// Names what has passed of the running year (`year to date`).
    YearToDate,
    /// Before the name of a month that is also a surname, tells that it is the month (`im Mai`, `since May`).
    MonthCue,
    /// Before the next so many units, says that they begin with today (`within the next ten months`).
    Within,
    /// Joins the evening of one day to the morning of the next (`in der Nacht vom 12. auf den 13. April`).
    Overnight,
}

/// A set of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roles(pub(super) u128);

impl Roles {
    /// The set of `roles`.
    pub const fn of(roles: &[Role]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < roles.len() {
            bits |= roles[at].bit();
            at += 1;
        }
        Self(bits)
    }
}

impl Role {
    #[inline]
    pub(super) const fn bit(self) -> u128 {
        1 << (self as u32)
    }
}
