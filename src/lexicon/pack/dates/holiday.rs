//! Holidays, by the rule that tells their day in a year.

use serde::{Deserialize, de};

/// The rule that tells the day of a holiday in a year.
///
/// A pack writes it as `12-25`, as days from Easter Sunday (`easter-2`), or as the first weekday from a day on
/// (`11-22+TH`, the fourth Thursday of November).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holiday {
    /// The same day of the same month each year.
    Fixed {
        /// Month.
        month: u8,
        /// Day of the month.
        day: u8,
    },
    /// Days after Easter Sunday.
    Easter(i16),
    /// The first weekday of a name from a day on.
    Weekday {
        /// Month.
        month: u8,
        /// First day of the month that it can be.
        day: u8,
        /// Days after Monday.
        weekday: u8,
    },
}

/// Codes of weekdays from Monday, as in iCalendar (RFC 5545).
const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

impl Holiday {
    fn from_rule(rule: &str) -> Option<Self> {
        if let Some(offset) = rule.strip_prefix("easter") {
            return Some(Self::Easter(if offset.is_empty() { 0 } else { offset.parse().ok()? }));
        }
        let (date, weekday) = rule.split_once('+').map_or((rule, None), |(date, weekday)| (date, Some(weekday)));
        let (month, day) = date.split_once('-')?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let Some(weekday) = weekday else { return Some(Self::Fixed { month, day }) };
        let weekday = WEEKDAYS.iter().position(|code| *code == weekday)? as u8;
        Some(Self::Weekday { month, day, weekday })
    }
}

impl<'de> Deserialize<'de> for Holiday {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rule = String::deserialize(deserializer)?;
        Self::from_rule(&rule).ok_or_else(|| {
            de::Error::custom(format!("'{rule}' is no rule of a holiday; write '12-25', 'easter-2' or '11-22+TH'"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_a_day_an_offset_or_a_weekday() {
        assert_eq!(Holiday::from_rule("12-25"), Some(Holiday::Fixed { month: 12, day: 25 }));
        assert_eq!(Holiday::from_rule("easter"), Some(Holiday::Easter(0)));
        assert_eq!(Holiday::from_rule("easter-2"), Some(Holiday::Easter(-2)));
        assert_eq!(Holiday::from_rule("easter+49"), Some(Holiday::Easter(49)));
        assert_eq!(Holiday::from_rule("11-22+TH"), Some(Holiday::Weekday { month: 11, day: 22, weekday: 3 }));
        for wrong in ["", "25", "13-01", "12-25+XX", "easter+x"] {
            assert_eq!(Holiday::from_rule(wrong), None, "{wrong}");
        }
    }
}
