//! Numbers, in digits or in words, as days, years and counts.

use super::reader::Run;
use crate::lexicon::pack::dates::Role;

impl Run<'_> {
    /// A number in words, of any number of words: `ventuno`, `dos mil veinticuatro`, `twenty-one`.
    ///
    /// The value of each word is added to what comes before it, save that a hundred and a thousand multiply it.
    pub fn number_words(&self, at: usize) -> Option<(u16, usize)> {
        let mut sum = Composer::default();
        sum.add(self.sense(at).number?);
        let mut end = at + 1;
        loop {
            let joint = end + usize::from(self.is(end, Role::NumberJoint) || self.is_dash(end));
            let Some(number) = self.sense(joint).number else { break };
            // "and" joins within a number only after a hundred, a thousand or tens: "due e tre" are two.
            if joint > end && !sum.takes(number) || !sum.can_take(number, self.words.reads_years_in_pairs) {
                break;
            }
            sum.add(number);
            end = joint + 1;
        }
        Some((sum.total()?, end))
    }

    /// A number in digits or in words.
    pub fn count(&self, at: usize) -> Option<(u16, usize)> {
        match self.digits(at) {
            Some(digits) if digits.n <= 3 => Some((digits.value as u16, at + 1)),
            Some(_) => None,
            None => self.number_words(at),
        }
    }

    /// An ordinal in digits, Roman figures or words: `3°`, `21st`, `II`, `primo`, `twenty-first`.
    pub fn ordinal(&self, at: usize) -> Option<(u16, usize)> {
        let lexeme = self.get(at)?;
        if let Some(digits) = lexeme.digits.filter(|digits| digits.n <= 2) {
            let has_ending = lexeme.sense.is(Role::OrdinalMark);
            let end = self.ordinal_mark(at + 1);
            return (has_ending || end > at + 1).then_some((digits.value as u16, end));
        }
        if let Some(ordinal) = lexeme.sense.ordinal {
            // vigésimo segundo
            let unit = self.sense(at + 1).ordinal.filter(|unit| *unit < 10 && matches!(ordinal, 20 | 30));
            if let Some(unit) = unit {
                return Some((ordinal + unit, at + 2));
            }
            return Some((ordinal, at + 1));
        }
        if let Some(roman) = lexeme.roman {
            return Some((u16::from(roman), self.ordinal_mark(at + 1)));
        }
        // "twenty-first", "vigésimo segundo": tens, then the ordinal of a unit.
        let tens = lexeme.sense.number.filter(|tens| (20..100).contains(tens) && tens % 10 == 0)?;
        let next = at + 1 + usize::from(self.is_dash(at + 1) || self.is(at + 1, Role::NumberJoint));
        let unit = self.sense(next).ordinal.filter(|unit| *unit < 10)?;
        Some((tens + unit, next + 1))
    }

    /// The place behind the marks of an ordinal at `at` (`°`, `.º`).
    pub fn ordinal_mark(&self, at: usize) -> usize {
        let dotted = at + usize::from(self.is_mark(at, &['.']) && self.is(at + 1, Role::OrdinalMark));
        if self.touches(dotted) && self.is(dotted, Role::OrdinalMark) { dotted + 1 } else { at }
    }

    /// A day of the month: `3`, `03`, `1°`, `21st`, `ventuno`, `primo`, with the place behind it.
    pub fn day_number(&self, at: usize) -> Option<(u8, usize)> {
        let (value, end) = match self.digits(at) {
            Some(digits) if digits.n <= 2 => (digits.value as u16, self.ordinal_mark(at + 1)),
            Some(_) => return None,
            None => {
                // un maggio, a May: an article.
                let spelled = self.number_words(at).filter(|&(_, end)| end > at + 1 || !self.is(at, Role::Weak));
                match self.ordinal(at) {
                    Some(ordinal) if self.get(at)?.roman.is_none() && spelled.is_none_or(|it| ordinal.1 > it.1) => {
                        ordinal
                    }
                    _ => spelled?,
                }
            }
        };
        (1..=31).contains(&value).then_some((value as u8, end))
    }

    /// A year of four digits, in words, or cut to two digits behind an apostrophe.
    pub fn year_number(&self, at: usize) -> Option<(i16, usize)> {
        if let Some(digits) = self.digits(at) {
            return (digits.n == 4 && YEARS.contains(&digits.value)).then_some((digits.value as i16, at + 1));
        }
        if self.is_mark(at, &['\'', '’']) {
            return self.short_year(at + 1).filter(|_| self.touches(at + 1));
        }
        let (value, end) = self.number_words(at)?;
        YEARS.contains(&u32::from(value)).then_some((value as i16, end))
    }

    /// A year of two digits: up to 40 of this century, above of the last.
    pub fn short_year(&self, at: usize) -> Option<(i16, usize)> {
        let digits = self.digits(at).filter(|digits| digits.n == 2)?;
        Some((full_year(digits.value as i16), at + 1))
    }
}

/// The years that a bare number can stand for.
pub(super) const YEARS: std::ops::RangeInclusive<u32> = 1000..=2199;

/// The year that two digits stand for.
pub(super) fn full_year(two_digits: i16) -> i16 {
    if two_digits <= 40 { 2000 + two_digits } else { 1900 + two_digits }
}

/// Adds up the words of a number.
#[derive(Default)]
struct Composer {
    /// Whole thousands, or the first half of a year in pairs.
    high: u16,
    /// What may still be multiplied.
    low: u16,
}

impl Composer {
    /// Whether `number` may follow what came so far, "and" or not.
    fn takes(&self, number: u16) -> bool {
        let ends_in = |step: u16| self.low.is_multiple_of(step);
        match number {
            1000.. => false,
            100..=999 => self.low == 0 && self.high > 0,
            10..=99 => ends_in(100) && (self.low > 0 || self.high > 0),
            _ => ends_in(10) && (self.low >= 20 || self.low == 0 && self.high > 0),
        }
    }

    /// Whether `number` may follow what came so far without "and".
    fn can_take(&self, number: u16, in_pairs: bool) -> bool {
        match number {
            1000 => self.high == 0 && self.low < 100,
            100 => self.low > 0 && self.low < 22 || self.low == 0 && self.high > 0,
            1001.. => false,
            20..=99 if self.is_eighty(number) => true,
            _ => self.takes(number) || in_pairs && self.starts_pair(number),
        }
    }

    /// Four times twenty.
    fn is_eighty(&self, number: u16) -> bool {
        number == 20 && self.low == 4
    }

    /// "nineteen" before "ninety-nine".
    fn starts_pair(&self, number: u16) -> bool {
        self.high == 0 && (10..=21).contains(&self.low) && (10..100).contains(&number)
    }

    fn add(&mut self, number: u16) {
        match number {
            1000 => (self.high, self.low) = (self.high.saturating_add(self.low.clamp(1, 60) * 1000), 0),
            100 => self.low = self.low.clamp(1, 60) * 100,
            _ if self.is_eighty(number) => self.low = 80,
            _ if self.starts_pair(number) => (self.high, self.low) = (self.low * 100, number),
            _ => self.low = self.low.saturating_add(number),
        }
    }

    fn total(&self) -> Option<u16> {
        self.high.checked_add(self.low)
    }
}
