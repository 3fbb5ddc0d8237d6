//! What a word of calendar expressions is at a glance, in the bits of one number.
//!
//! A way to read a date says by [`Traits`] what it can begin with and what must stand somewhere behind: most ways are ruled out
//! by two comparisons, without a look at any word.

use super::{Role, Roles, Sense};

/// A set of traits: of a word, of all words of a stretch, or of those that a way to read a date asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traits(u64);

macro_rules! traits {
    ($($(#[$about:meta])* $name:ident,)*) => {
        #[derive(Clone, Copy)]
        #[expect(clippy::upper_case_acronyms, non_camel_case_types, reason = "they number the constants below")]
        enum Bit { $($name,)* }

        impl Traits {
            /// How many there are.
            pub const N: usize = [$(Bit::$name),*].len();
            $($(#[$about])* pub const $name: Self = Self(1 << Bit::$name as u64);)*
        }
    };
}

traits! {
    /// Figures, with letters behind them or without.
    FIGURES,
    /// Two figures at most, as of a day.
    DAY_FIGURES,
    /// Four figures, as of a year.
    YEAR_FIGURES,
    /// A Roman numeral.
    ROMAN,
    /// A mark between the fields of a date in figures: a slash, dot or dash.
    FIELD_MARK,
    /// Joins the ends of a range: a dash, a slash or a word.
    RANGE_JOINT,
    /// Joins the members of a list: a comma, a slash or a word.
    LIST_JOINT,
    /// An apostrophe.
    APOSTROPHE,
    /// The name of a month.
    MONTH,
    /// The name of a weekday.
    WEEKDAY,
    /// A unit of time.
    UNIT,
    /// A day told from the day of publication.
    DAY,
    /// A part of the day.
    PART,
    /// A season.
    SEASON,
    /// A quarter or half-year by its number, or the letter behind that number.
    PIECE,
    /// A century by its name.
    CENTURY,
    /// A decade by its name, or the word or ending that tells one.
    DECADE,
    /// A number word.
    NUMBER,
    /// An ordinal.
    ORDINAL,
    /// A holiday.
    HOLIDAY,
    /// The start, middle or end of a stretch.
    EDGE,
    /// The last, this, the next.
    SIDE,
    /// The one after the next, the one before the last.
    FAR,
    /// The first or last of several.
    COUNTED,
    /// The last of its kind.
    LAST_ONE,
    /// Before a length of time, tells how far away that is.
    DISTANCE_BEFORE,
    /// Behind a length of time, tells how far away that is.
    DISTANCE_BEHIND,
    /// Before, after or from.
    AWAY,
    /// What has passed or is left of a running unit.
    RUNNING,
    /// An era.
    ERA,
    /// Behind the number of months from January.
    MONTH_MARK,
    /// What has passed of the year.
    YEAR_TO_DATE,
    /// A word for the week that is counted from the start of the year.
    CALENDAR_WEEK,
    /// Opens a range.
    RANGE_OPENER,
    /// A role with which a point of the calendar can begin.
    OPENER,
    /// A name or number of the calendar, whatever its roles.
    SAID,
    /// Something else of the calendar than a number or unit.
    MORE_THAN_COUNT,
    /// Means anything at all.
    MEANT,
    /// Opens a phrase of several words.
    OPENS_PHRASE,
    /// Tells the tense of a date and stands in none.
    BESIDE,
}

/// Roles of words that tell the tense.
const TENSE: Roles = Roles::of(&[Role::Done, Role::Undone, Role::Future, Role::Intent]);

/// Roles of the words that can open a point; so can digits, and what names or counts something of the calendar.
const OPENERS: Roles = Roles::of(&[
    Role::This,
    Role::Next,
    Role::Last,
    Role::Current,
    Role::AfterNext,
    Role::BeforeLast,
    Role::AgoBefore,
    Role::AheadBefore,
    Role::FirstOf,
    Role::LastOf,
    Role::LastOne,
    Role::Early,
    Role::Middle,
    Role::Late,
    Role::Earlier,
    Role::Later,
    Role::DecadeNoun,
    Role::Commencing,
    Role::AfterChrist,
    Role::YearToDate,
]);

/// The traits that roles give a word.
const BY_ROLE: [(Traits, Roles); 20] = [
    (Traits::UNIT, Roles::of(&[Role::DayOf])),
    (Traits::RANGE_JOINT, Roles::of(&[Role::RangeTo])),
    (Traits::LIST_JOINT, Roles::of(&[Role::And])),
    (Traits::PIECE, Roles::of(&[Role::QuarterMark, Role::HalfMark])),
    (Traits::DECADE, Roles::of(&[Role::DecadeNoun, Role::DecadeMark])),
    (Traits::EDGE, Roles::of(&[Role::Early, Role::Middle, Role::Late])),
    (Traits::SIDE, Roles::of(&[Role::This, Role::Next, Role::Last, Role::Current, Role::Coming])),
    (Traits::FAR, Roles::of(&[Role::AfterNext, Role::BeforeLast])),
    (Traits::COUNTED, Roles::of(&[Role::FirstOf, Role::LastOf])),
    (Traits::LAST_ONE, Roles::of(&[Role::LastOne, Role::LastOf])),
    (Traits::DISTANCE_BEFORE, Roles::of(&[Role::AgoBefore, Role::AheadBefore])),
    (Traits::DISTANCE_BEHIND, Roles::of(&[Role::AgoAfter, Role::AheadAfter])),
    (Traits::AWAY, Roles::of(&[Role::Before, Role::After, Role::BoundFrom])),
    (Traits::RUNNING, Roles::of(&[Role::Earlier, Role::Later])),
    (Traits::ERA, Roles::of(&[Role::BeforeChrist, Role::AfterChrist])),
    (Traits::MONTH_MARK, Roles::of(&[Role::MonthMark])),
    (Traits::YEAR_TO_DATE, Roles::of(&[Role::YearToDate])),
    (Traits::CALENDAR_WEEK, Roles::of(&[Role::CalendarWeek])),
    (Traits::RANGE_OPENER, Roles::of(&[Role::RangeFrom, Role::RangeBetween, Role::ClockFrom])),
    (Traits::OPENER, OPENERS),
];

impl Traits {
    /// No trait.
    pub const NONE: Self = Self(0);
    /// What a number can be read from: figures and words.
    pub const COUNTING: Self = Self::FIGURES.and(Self::NUMBER).and(Self::ORDINAL);

    /// These traits and those of `other`.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any of `others` is among these.
    #[inline]
    pub const fn is_any(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Whether the trait of that number is among these.
    pub const fn has_number(self, number: usize) -> bool {
        self.0 >> number & 1 != 0
    }

    /// The numbers of these traits, from the lowest.
    #[inline]
    pub fn numbers(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let number = left.trailing_zeros() as usize;
            (left != 0).then(|| left &= left - 1)?;
            Some(number)
        })
    }

    /// The traits of a word that means `sense`.
    pub(super) fn of(sense: &Sense) -> Self {
        let said = [
            (sense.month.is_some(), Self::MONTH),
            (sense.weekday.is_some(), Self::WEEKDAY),
            (sense.unit.is_some(), Self::UNIT),
            (sense.day.is_some(), Self::DAY),
            (sense.part.is_some(), Self::PART),
            (sense.season.is_some(), Self::SEASON),
            (sense.quarter.is_some() || sense.half.is_some(), Self::PIECE),
            (sense.century.is_some(), Self::CENTURY),
            (sense.decade.is_some(), Self::DECADE),
            (sense.number.is_some(), Self::NUMBER),
            (sense.ordinal.is_some(), Self::ORDINAL),
            (sense.holiday.is_some(), Self::HOLIDAY),
            (sense.says_anything(), Self::SAID),
            (sense.says_more_than_count(), Self::MORE_THAN_COUNT),
            (sense.means_anything(), Self::MEANT),
            (sense.roles != 0 && sense.roles & !TENSE.0 == 0 && !sense.says_anything(), Self::BESIDE),
        ];
        let by_role = BY_ROLE.iter().map(|&(traits, roles)| (sense.is_any(roles), traits));
        said.into_iter().chain(by_role).filter(|(holds, _)| *holds).fold(Self::NONE, |all, (_, traits)| all.and(traits))
    }
}
