//! What had to be folded for a text to meet a name.

macro_rules! folds {
    ($($name:ident = $bit:literal $word:literal $doc:literal,)*) => {
        impl Folds {
            $(#[doc = $doc] pub const $name: Self = Self(1 << $bit);)*

            /// The words of the foldings, in a fixed order.
            pub fn words(self) -> impl Iterator<Item = &'static str> {
                [$((Self::$name, $word)),*].into_iter().filter(move |&(fold, _)| self.contains(fold)).map(|(_, word)| word)
            }
        }
    };
}

/// Foldings that were needed to meet a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Folds(u16);

impl Folds {
    /// None at all.
    pub const NONE: Self = Self(0);

    /// Whether every folding of `other` is among these.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// How many there are.
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// These and `other`.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

folds! {
    CASE = 0 "case" "Letters in capitals or title case.",
    ACCENT = 1 "accent" "Accents left out, decomposed, or written as an apostrophe.",
    APOSTROPHE = 2 "apostrophe" "`’` or `´` for `'`.",
    HYPHEN = 3 "hyphen" "Hyphen, dash and blank for one another.",
    BLANK = 4 "blank" "No-break, double and missing blanks, and line ends.",
    SOFT_HYPHEN = 5 "soft-hyphen" "Soft hyphens and hyphens at a line end.",
    DOTS = 6 "dots" "`K.A.I.S.T.` for `KAIST`.",
    LEGAL_FORM = 7 "legal-form" "A legal form left out or added.",
    AMPERSAND = 8 "ampersand" "`&` and its words in any language for one another.",
    QUOTES = 9 "quotes" "Quotation marks of another kind, left out or added.",
}
