//! The vocabulary of the rule `dates`: what the words of calendar expressions mean, in one language.
//!
//! Read this file (what a word can mean), then `dates/file.rs` (how a pack says it), then `dates/index.rs`.

mod file;
mod holiday;
mod index;
mod role;
mod traits;

use crate::text::WordKey;
use serde::Deserialize;

pub use holiday::Holiday;
pub use index::{Phrase, Trigger, WordNumber};
pub use role::{Role, Roles};
pub use traits::Traits;

/// `dates.toml`: the words of calendar expressions and what each means.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "file::DatesFile")]
pub struct DatesWords {
    index: index::Index,
    /// Whether a month stands before its day in running text (`May 14`).
    pub has_month_before_day: bool,
    /// Whether months and weekdays are always capitalized.
    pub capitalizes_names: bool,
    /// Whether a year may be read in two halves (`nineteen ninety-nine`).
    pub reads_years_in_pairs: bool,
    /// Whether `next Friday` is the one of the following week, not the one to come.
    pub next_is_of_next_week: bool,
    /// Endings of verbs in the future.
    future_endings: Vec<String>,
    /// Whether one of them ends in a byte.
    ends_future: LastBytes,
}

/// What a word of calendar expressions means; a word may mean several things.
///
/// It fills a line of the cache, since a release asks for a hundred words all over the vocabulary.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(align(64))]
pub struct Sense {
    roles: u128,
    /// What it is at a glance; known once the index is finished.
    traits: Traits,
    /// Number of the month.
    pub month: Option<u8>,
    /// Days after Monday.
    pub weekday: Option<u8>,
    /// A number word.
    pub number: Option<u16>,
    /// An ordinal.
    pub ordinal: Option<u16>,
    /// A unit of time.
    pub unit: Option<Unit>,
    /// Days after the day of publication.
    pub day: Option<i8>,
    /// Part of a day.
    pub part: Option<Part>,
    /// Season.
    pub season: Option<Season>,
    /// Number of a quarter, where one word tells it (`Q3`).
    pub quarter: Option<u8>,
    /// Number of a half-year, where one word tells it (`H1`).
    pub half: Option<u8>,
    /// First two digits of the years of a century that has a name of its own (`Ottocento`).
    pub century: Option<u8>,
    /// The tens of a decade that has a name of its own (`nineties`).
    pub decade: Option<u8>,
    /// The unit whose start, middle or end the word names by itself (`Jahresende`).
    pub edge_of: Option<Unit>,
    /// The month whose unit the word names by itself (`Maiwoche`).
    pub month_of_unit: Option<u8>,
    /// A holiday.
    pub holiday: Option<Holiday>,
}

impl Sense {
    /// Nothing.
    pub const NONE: Self = Self {
        roles: 0,
        traits: Traits::NONE,
        month: None,
        weekday: None,
        number: None,
        ordinal: None,
        unit: None,
        day: None,
        part: None,
        season: None,
        quarter: None,
        half: None,
        century: None,
        decade: None,
        edge_of: None,
        month_of_unit: None,
        holiday: None,
    };

    /// Whether the word can play any of `roles`.
    #[inline]
    pub fn is_any(&self, roles: Roles) -> bool {
        self.roles & roles.0 != 0
    }

    /// What the word is at a glance.
    #[inline]
    pub fn traits(&self) -> Traits {
        self.traits
    }

    /// Whether the word is nothing of the calendar but a number or unit.
    pub fn only_counts(&self) -> bool {
        !self.traits.is_any(Traits::MORE_THAN_COUNT)
    }

    /// Whether the word is a name or number of the calendar, whatever its roles.
    #[inline]
    pub fn is_said(&self) -> bool {
        self.traits.is_any(Traits::SAID)
    }

    /// Whether the word is nothing of the calendar and plays none but these `roles`.
    pub fn is_within(&self, roles: Roles) -> bool {
        self.roles & !roles.0 == 0 && !self.is_said()
    }

    /// Whether the word can play `role`.
    #[inline]
    pub fn is(&self, role: Role) -> bool {
        self.roles & role.bit() != 0
    }

    /// Notes what the word is at a glance, once it is known what it means.
    fn seal(&mut self, opens_phrase: bool) {
        let phrase = if opens_phrase { Traits::OPENS_PHRASE } else { Traits::NONE };
        self.traits = Traits::of(self).and(phrase);
    }

    fn says_anything(&self) -> bool {
        Self { roles: 0, traits: Traits::NONE, ..*self } != Self::NONE
    }

    fn says_more_than_count(&self) -> bool {
        Self { roles: 0, traits: Traits::NONE, number: None, unit: None, ..*self } != Self::NONE
    }

    fn means_anything(&self) -> bool {
        self.roles != 0 || self.says_anything()
    }

    /// Adds what `other` means to what this means.
    fn merge(&mut self, other: Self) {
        self.roles |= other.roles;
        self.month = self.month.or(other.month);
        self.weekday = self.weekday.or(other.weekday);
        self.number = self.number.or(other.number);
        self.ordinal = self.ordinal.or(other.ordinal);
        self.unit = self.unit.or(other.unit);
        self.day = self.day.or(other.day);
        self.part = self.part.or(other.part);
        self.season = self.season.or(other.season);
        self.quarter = self.quarter.or(other.quarter);
        self.half = self.half.or(other.half);
        self.century = self.century.or(other.century);
        self.decade = self.decade.or(other.decade);
        self.edge_of = self.edge_of.or(other.edge_of);
        self.month_of_unit = self.month_of_unit.or(other.month_of_unit);
        self.holiday = self.holiday.or(other.holiday);
    }

    /// Whether a calendar expression can be built around the word.
    fn is_trigger(&self) -> bool {
        self.month.is_some()
            || self.weekday.is_some()
            || self.unit.is_some()
            || self.day.is_some()
            || self.part.is_some()
            || self.season.is_some()
            || self.quarter.is_some()
            || self.half.is_some()
            || self.century.is_some()
            || self.decade.is_some()
            || self.edge_of.is_some()
            || self.holiday.is_some()
            || self.number.is_some_and(|number| number >= 1000)
    }
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Day.
    Day,
    /// Working day.
    Workday,
    /// Week from Monday.
    Week,
    /// Monday to Friday.
    WorkWeek,
    /// Saturday and Sunday.
    Weekend,
    /// A third of a month.
    TenDays,
    /// Two weeks.
    Fortnight,
    /// Month.
    Month,
    /// Two months, counted from January.
    TwoMonths,
    /// Quarter of a year.
    Quarter,
    /// Four months, counted from January.
    FourMonths,
    /// Half of a year.
    Half,
    /// Year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// Part of a day; the words of records are `TMO` and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Part {
    /// Morning.
    #[serde(rename = "MO")]
    Morning,
    /// Noon.
    #[serde(rename = "MI")]
    Noon,
    /// Afternoon.
    #[serde(rename = "AF")]
    Afternoon,
    /// Evening.
    #[serde(rename = "EV")]
    Evening,
    /// Night.
    #[serde(rename = "NI")]
    Night,
}

/// Season of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Season {
    /// Spring.
    #[serde(rename = "SP")]
    Spring,
    /// Summer.
    #[serde(rename = "SU")]
    Summer,
    /// Autumn.
    #[serde(rename = "FA")]
    Autumn,
    /// Winter, counted to the year in which it starts.
    #[serde(rename = "WI")]
    Winter,
}

/// The last bytes of some endings.
#[derive(Debug, Clone, Copy, Default)]
struct LastBytes([u64; 4]);

impl LastBytes {
    fn of(endings: &[String]) -> Self {
        let mut bits = [0; 4];
        endings
            .iter()
            .filter_map(|ending| ending.bytes().last())
            .for_each(|last| bits[usize::from(last >> 6)] |= 1 << (last & 63));
        Self(bits)
    }

    fn holds(self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] >> (byte & 63) & 1 != 0
    }
}

impl DatesWords {
    /// What a word means by itself.
    #[inline]
    pub fn sense(&self, word: impl Into<WordKey>) -> Option<&Sense> {
        self.read(word).0
    }

    /// What a word means by itself, if anything, and what may follow it in phrases, longest first, with what the whole means.
    pub fn read(&self, word: impl Into<WordKey>) -> (Option<&Sense>, &[Phrase]) {
        self.index.read(word.into())
    }

    /// The number of a word, as phrases hold it.
    #[inline]
    pub fn number(&self, word: impl Into<WordKey>) -> Option<WordNumber> {
        self.index.number(word.into())
    }

    /// Whether the word as written says that something will be.
    #[inline]
    pub fn is_future(&self, key: WordKey, written: &str) -> bool {
        self.index.is_future(key)
            || written.as_bytes().last().is_some_and(|&last| self.ends_future.holds(last))
                && self
                    .future_endings
                    .iter()
                    .any(|ending| written.len() > ending.len() + 1 && written.ends_with(ending))
    }

    /// Whether a word may be one of those that [`Self::trigger`] knows: a look at one bit, which few others pass.
    #[inline]
    pub fn may_trigger(&self, word: WordKey) -> bool {
        self.index.may_trigger(word)
    }

    /// Whether and how a calendar expression can be built around a word.
    #[inline]
    pub fn trigger(&self, word: WordKey) -> Option<Trigger> {
        self.index.trigger(word)
    }
}
