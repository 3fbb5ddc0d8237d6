//! All lists of names in one matcher.

mod fold;
mod naive;

pub use naive::Gazetteer;

use super::entry::{Kind, Subtype};

/// A row of the lists, as the matcher keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub(crate) u32);

/// One spelling under which names meet; several rows may share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameId(pub(crate) u32);

/// What a list says of one entity. Texts are empty where the list is silent.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'g> {
    /// CURIE of the entity.
    pub id: &'g str,
    /// Its kind.
    pub kind: Kind,
    /// Its subtype.
    pub subtype: Option<Subtype>,
    /// Canonical name.
    pub name: &'g str,
    /// First acronym.
    pub acronym: &'g str,
    /// ISO 3166-1 alpha-2 code.
    pub country: &'g str,
    /// Id of the whole that it is a part of; for a sector term its code.
    pub parent: &'g str,
    /// Other CURIEs, joined by `|`.
    pub same_as: &'g str,
    /// Words of which one must stand near, joined by `|`.
    pub needs: &'g str,
    /// Words of which none may stand near, joined by `|`.
    pub never: &'g str,
    /// The higher wins where names are shared.
    pub priority: i16,
}

/// A stretch of text that a list knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lookup {
    /// Where it stands, exactly as written.
    pub span: crate::text::Span,
    /// The spelling that was met.
    pub name: NameId,
    /// What had to be folded to meet it.
    pub folds: Folds,
    /// How it is cased, beside the spelling of the list.
    pub written: Written,
}

/// How a stretch of text is cased, beside the spelling of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// As in the list.
    Exact,
    /// In capitals throughout (`UNIVERSITÀ DI BOLOGNA`).
    Capitals,
    /// Otherwise, but every word that has a capital in the list has one here too.
    Title,
    /// Otherwise: only spellings whose case policy is `any` are found so.
    Any,
}

/// One way in which a row uses a spelling.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'g> {
    /// The row.
    pub entry: EntryId,
    /// What the spelling is to it.
    pub form: Form,
    /// Language that the list gives for the spelling; empty if none.
    pub language: &'g str,
    /// Marked `!`: never counts alone.
    pub is_weak: bool,
}

/// What a spelling is to its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Its canonical name.
    Name,
    /// Another name.
    Alias,
    /// An acronym.
    Acronym,
}

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
    AMPERSAND = 8 "ampersand" "`&`, `e` and `and` for one another.",
}
