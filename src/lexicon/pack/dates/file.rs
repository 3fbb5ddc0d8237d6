//! How a pack writes down the words of calendar expressions.

use super::{DatesWords, Holiday, LastBytes, Part, Role, Season, Sense, Unit, index::Index};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The fields of `dates.toml`. Words are in lower case; a phrase is written with its blanks and marks.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DatesFile {
    has_month_before_day: bool,
    capitalizes_names: bool,
    reads_years_in_pairs: bool,
    next_is_of_next_week: bool,
    future_endings: Vec<String>,
    /// Names and abbreviations of each month from January.
    months: Vec<Vec<String>>,
    /// Names and abbreviations of each weekday from Monday.
    weekdays: Vec<Vec<String>>,
    seasons: BTreeMap<Season, Vec<String>>,
    parts: BTreeMap<Part, Vec<String>>,
    units: BTreeMap<Unit, Vec<String>>,
    /// Days told from the day of publication.
    days: BTreeMap<String, i8>,
    /// Parts of a day told from the day of publication (`stasera`).
    moments: BTreeMap<String, (i8, Part)>,
    numbers: BTreeMap<String, u16>,
    ordinals: BTreeMap<String, u16>,
    quarters: BTreeMap<String, u8>,
    halves: BTreeMap<String, u8>,
    centuries: BTreeMap<String, u8>,
    decades: BTreeMap<String, u8>,
    /// Words that name the start, middle or end of a unit by themselves (`Jahresende`).
    edges: BTreeMap<Unit, BTreeMap<Role, Vec<String>>>,
    /// Holidays that are also customs: dates only where a word leads to them (`a Natale`).
    holidays: BTreeMap<String, Holiday>,
    /// Holidays whose name is that of a day (`Ostermontag`).
    holiday_days: BTreeMap<String, Holiday>,
    fused: Fused,
    roles: BTreeMap<Role, Vec<String>>,
}

/// Pieces of number words that are written as one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Fused {
    thousands: BTreeMap<String, u16>,
    hundreds: BTreeMap<String, u16>,
    /// Tens as they stand before units, elided forms too (`vent`).
    tens: BTreeMap<String, u16>,
    /// Units as they stand beside tens.
    units: BTreeMap<String, u16>,
    /// Between units and tens where the units come first (`und`).
    units_first: Option<String>,
    /// Parts of a day as they are written onto a weekday (`Montagabend`).
    parts: BTreeMap<String, Part>,
    /// Units as they are written onto a month (`Maiwoche`).
    month_units: BTreeMap<String, Unit>,
    /// Endings that make ordinals of what ends in tens (`sten`).
    ordinal_endings: Vec<String>,
}

impl From<DatesFile> for DatesWords {
    fn from(file: DatesFile) -> Self {
        let mut index = Index::default();
        file.fill(&mut index);
        index.finish();
        Self {
            index,
            has_month_before_day: file.has_month_before_day,
            capitalizes_names: file.capitalizes_names,
            reads_years_in_pairs: file.reads_years_in_pairs,
            next_is_of_next_week: file.next_is_of_next_week,
            ends_future: LastBytes::of(&file.future_endings),
            future_endings: file.future_endings,
        }
    }
}

impl DatesFile {
    fn fill(&self, index: &mut Index) {
        let none = Sense::default();
        for (months, number) in self.months.iter().zip(1..) {
            months.iter().for_each(|word| index.add(word, Sense { month: Some(number), ..none }));
        }
        for (weekdays, number) in self.weekdays.iter().zip(0..) {
            weekdays.iter().for_each(|word| index.add(word, Sense { weekday: Some(number), ..none }));
        }
        for names in self.months.iter().chain(&self.weekdays) {
            let is_short = |word: &&String| word.chars().count() <= MAX_ABBREVIATED;
            names
                .iter()
                .skip(1)
                .filter(is_short)
                .for_each(|word| index.add(word, Sense { roles: Role::Abbreviated.bit(), ..none }));
        }
        for (&season, words) in &self.seasons {
            words.iter().for_each(|word| index.add(word, Sense { season: Some(season), ..none }));
        }
        for (&part, words) in &self.parts {
            words.iter().for_each(|word| index.add(word, Sense { part: Some(part), ..none }));
        }
        for (&unit, words) in &self.units {
            words.iter().for_each(|word| index.add(word, Sense { unit: Some(unit), ..none }));
        }
        for (&role, words) in &self.roles {
            words.iter().for_each(|word| index.add(word, Sense { roles: role.bit(), ..none }));
        }
        self.days.iter().for_each(|(word, &day)| index.add(word, Sense { day: Some(day), ..none }));
        for (word, &(day, part)) in &self.moments {
            index.add(word, Sense { day: Some(day), part: Some(part), ..none });
        }
        for (&unit, edges) in &self.edges {
            for (role, words) in edges {
                let sense = Sense { roles: role.bit(), edge_of: Some(unit), ..none };
                words.iter().for_each(|word| index.add(word, sense));
            }
        }
        self.fill_compounds(index);
        self.fill_numbers(index);
    }

    /// Words made of a name and what is written onto it, and holidays.
    fn fill_compounds(&self, index: &mut Index) {
        let none = Sense::default();
        for (weekdays, number) in self.weekdays.iter().zip(0..) {
            for (part, &is) in &self.fused.parts {
                let sense = Sense { weekday: Some(number), part: Some(is), ..none };
                weekdays.iter().for_each(|weekday| index.add(&format!("{weekday}{part}"), sense));
            }
        }
        for (months, number) in self.months.iter().zip(1..) {
            for (unit, &is) in &self.fused.month_units {
                let sense = Sense { month_of_unit: Some(number), unit: Some(is), ..none };
                months.iter().for_each(|month| index.add(&format!("{month}{unit}"), sense));
            }
        }
        for (word, &holiday) in &self.holidays {
            index.add(word, Sense { holiday: Some(holiday), ..none });
        }
        for (word, &holiday) in &self.holiday_days {
            index.add(word, Sense { holiday: Some(holiday), roles: Role::DayName.bit(), ..none });
        }
    }

    fn fill_numbers(&self, index: &mut Index) {
        let none = Sense::default();
        self.fused.each(|word, number| index.add(word, Sense { number: Some(number), ..none }));
        self.fused.each_ordinal(|word, number| index.add(word, Sense { ordinal: Some(number), ..none }));
        self.numbers.iter().for_each(|(word, &number)| index.add(word, Sense { number: Some(number), ..none }));
        self.ordinals.iter().for_each(|(word, &number)| index.add(word, Sense { ordinal: Some(number), ..none }));
        self.quarters.iter().for_each(|(word, &number)| index.add(word, Sense { quarter: Some(number), ..none }));
        self.halves.iter().for_each(|(word, &number)| index.add(word, Sense { half: Some(number), ..none }));
        self.centuries.iter().for_each(|(word, &number)| index.add(word, Sense { century: Some(number), ..none }));
        self.decades.iter().for_each(|(word, &number)| index.add(word, Sense { decade: Some(number), ..none }));
        if self.reads_years_in_pairs {
            let opens_year = |number: &u16| FIRST_OF_PAIR.contains(number);
            let openers = self.numbers.iter().filter(|(_, number)| opens_year(number));
            openers.for_each(|(word, _)| index.let_trigger(word));
        }
    }
}

/// Longest abbreviation of a month or weekday, in letters.
const MAX_ABBREVIATED: usize = 4;

/// The first halves of years in pairs (`nineteen ninety-six`) that texts speak of.
const FIRST_OF_PAIR: std::ops::RangeInclusive<u16> = 15..=19;

/// Years that are written in words end here.
const MAX_FUSED: u16 = 2199;

impl Fused {
    /// Every number below a hundred that the pieces make.
    fn below_hundred(&self) -> Vec<(String, u16)> {
        let mut made: Vec<(String, u16)> = self.units.iter().map(|(word, &unit)| (word.clone(), unit)).collect();
        for (tens, ten) in &self.tens {
            made.push((tens.clone(), *ten));
            for (units, unit) in self.units.iter().filter(|&(_, &unit)| unit < 10) {
                made.push(match &self.units_first {
                    Some(joint) => (format!("{units}{joint}{tens}"), ten + unit),
                    None => (format!("{tens}{units}"), ten + unit),
                });
            }
        }
        made
    }

    /// Every number that the pieces make.
    fn each(&self, mut add: impl FnMut(&str, u16)) {
        let small = self.below_hundred();
        let empty = || [(String::new(), 0)].into_iter();
        let owned = |pieces: &BTreeMap<String, u16>| -> Vec<(String, u16)> {
            empty().chain(pieces.iter().map(|(word, &number)| (word.clone(), number))).collect()
        };
        for (thousands, thousand) in owned(&self.thousands) {
            for (hundreds, hundred) in owned(&self.hundreds) {
                for (rest, number) in empty().chain(small.iter().cloned()) {
                    let sum = thousand + hundred + number;
                    if sum > 0 && sum <= MAX_FUSED {
                        add(&format!("{thousands}{hundreds}{rest}"), sum);
                    }
                }
            }
        }
    }

    fn each_ordinal(&self, mut add: impl FnMut(&str, u16)) {
        for (word, number) in self.below_hundred().iter().filter(|&&(_, number)| number >= 20) {
            self.ordinal_endings.iter().for_each(|ending| add(&format!("{word}{ending}"), *number));
        }
    }
}
