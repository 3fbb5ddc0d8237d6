//! Normal forms of mentions.

/// The normal form of a mention.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// A code: ISO 3166-1 alpha-2 of a country, or a sector of the taxonomy.
    Code(String),
    /// A point or stretch of the calendar.
    Date(DateValue),
    /// A number with its unit or counted noun.
    Amount(Amount),
}

/// A point or stretch of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DateValue {
    /// The finest normal form (`2024-03-23`, `2024-Q1`, `2024-03-23/2024-03-29`); none when it needs an anchor that is missing.
    pub iso: Option<String>,
    /// What the word before the mention says of it.
    pub bound: Option<Bound>,
    /// What the text does not say itself.
    pub inferred: Vec<Inferred>,
    /// Code and text of a doubt (`date-unanchored`, `date-weekday-mismatch`, `date-ambiguous-order`).
    pub warning: Option<DateWarning>,
}

/// A doubt about a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateWarning {
    /// A stable word for programs.
    pub code: &'static str,
    /// What is doubtful, for a person.
    pub text: &'static str,
}

/// The side on which a date bounds a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// From then on (`dal 2016`).
    From,
    /// Up to then (`fino al 2016`).
    Until,
    /// Then at the latest (`entro ottobre`).
    By,
}

impl Bound {
    /// The word of records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::Until => "until",
            Self::By => "by",
        }
    }
}

/// A part of a value that the text does not say itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inferred {
    /// The year.
    Year,
    /// The month.
    Month,
    /// Everything, counted from the publication date.
    Anchor,
}

impl Inferred {
    /// The word of records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Anchor => "anchor",
        }
    }
}

/// A number with its unit or counted noun.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// The number.
    pub number: f64,
    /// ISO 4217 code, `%`, or the counted noun as written.
    pub unit: String,
    /// Whether the text calls it approximate.
    pub is_approximate: bool,
}
