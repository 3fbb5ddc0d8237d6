//! Years and centuries with their era: `44 a.C.`, `AD 79`, `III secolo a.C.`.

use super::{
    expression::{Expression, Named, Point, YearSaid},
    named::Read,
    reader::Run,
};
use crate::lexicon::pack::dates::Role;

/// On which side of the year 1 years are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Era {
    Before,
    After,
}

impl Run<'_> {
    /// `44 a.C.`, `79 AD`, `AD 79`: a year of any length that its era tells.
    pub fn year_of_era(&self, at: usize) -> Read {
        let before = self.era(at);
        let number_at = before.map_or(at, |(_, end)| end);
        let digits = self.digits(number_at).filter(|digits| digits.n <= 4 && digits.value > 0)?;
        let (era, end) = before.map(|(era, end)| (era, end + 1)).or_else(|| self.era(number_at + 1))?;
        let year = i16::try_from(digits.value).ok()?;
        let year = match era {
            Era::Before => 1 - year,
            Era::After => year,
        };
        Some((Point::new(Expression::Named(Named { year: YearSaid::Number(year), ..Named::default() })), end))
    }

    /// A century with the era behind it.
    pub fn century_with_era(&self, hundreds: i16, end: usize) -> Read {
        let dot = self.dot(end);
        let (hundreds, end) = match self.era(dot) {
            Some((Era::Before, end)) => (-1 - hundreds, end),
            Some((Era::After, end)) => (hundreds, end),
            None => (hundreds, end),
        };
        Some((Point::new(Expression::Century(hundreds)), end))
    }

    /// The era at `at`; it is written with a capital.
    fn era(&self, at: usize) -> Option<(Era, usize)> {
        let lexeme = self.get(at)?;
        let era = match lexeme.sense {
            sense if sense.is(Role::BeforeChrist) => Era::Before,
            sense if sense.is(Role::AfterChrist) => Era::After,
            _ => return None,
        };
        self.text[lexeme.start..lexeme.end].contains(char::is_uppercase).then_some((era, at + 1))
    }
}
