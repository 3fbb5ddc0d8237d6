//! The rows of the lists of names.

use super::{Files, ListError, Table};
use std::fmt;

/// What sort of thing a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// A named body.
    Institution,
    /// A named person.
    Person,
    /// A named place.
    Place,
    /// A calendar expression.
    Date,
    /// A field of economy or research.
    Sector,
    /// A number with its unit or counted noun.
    Amount,
    /// A kind that a list declares; the number counts the gazetteer's own kinds.
    Custom(u8),
    /// No mention: a stretch (the name of an event, a street) inside which shorter readings do not count.
    /// It competes for its place like a mention and never leaves annotation.
    Nothing,
}

impl Kind {
    /// The kind that a list calls `word`, of those that every gazetteer has.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "institution" => Self::Institution,
            "person" => Self::Person,
            "place" => Self::Place,
            "date" => Self::Date,
            "sector" => Self::Sector,
            "amount" => Self::Amount,
            "nothing" => Self::Nothing,
            _ => return None,
        })
    }

    /// The kind's word in records; the gazetteer knows those of [`Kind::Custom`].
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Institution => "institution",
            Self::Person => "person",
            Self::Place => "place",
            Self::Date => "date",
            Self::Sector => "sector",
            Self::Amount => "amount",
            Self::Custom(_) => "custom",
            Self::Nothing => "nothing",
        }
    }
}

macro_rules! subtypes {
    ($($name:ident = $word:literal,)*) => {
        /// The finer sort of an institution, a place or an amount.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Subtype { $(#[doc = concat!("`", $word, "`.")] $name,)* }

        impl Subtype {
            /// Every subtype, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word of lists and records.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }
        }
    };
}

subtypes! {
    University = "university",
    Research = "research",
    Government = "government",
    Company = "company",
    Association = "association",
    Cluster = "cluster",
    Hospital = "hospital",
    Diplomatic = "diplomatic",
    International = "international",
    Foundation = "foundation",
    School = "school",
    Media = "media",
    Other = "other",
    Country = "country",
    Region = "region",
    City = "city",
    Money = "money",
    Count = "count",
    Percent = "percent",
}

impl Subtype {
    /// The subtype that lists call `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|subtype| subtype.as_str() == word)
    }
}

impl fmt::Display for Subtype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The columns of a list of names, in the order of the documentation.
pub(crate) const COLUMNS: [&str; 14] = [
    "id", "kind", "subtype", "name", "aliases", "acronym", "country", "parent", "same_as", "case", "needs", "never",
    "priority", "note",
];

/// One row of a list of names, as written.
#[derive(Debug, Clone, Copy)]
pub struct ListRow<'f> {
    /// File it stands in.
    pub path: &'f str,
    /// Line, counted from 1.
    pub line: usize,
    /// CURIE of the entity.
    pub id: &'f str,
    /// Word of its kind.
    pub kind: &'f str,
    /// Word of its subtype, or empty.
    pub subtype: &'f str,
    /// Canonical name.
    pub name: &'f str,
    /// `[!][lang:]name`, joined by `|`.
    pub aliases: &'f str,
    /// Acronyms, joined by `|`.
    pub acronym: &'f str,
    /// ISO 3166-1 alpha-2 code, or empty.
    pub country: &'f str,
    /// Id of the whole that it is a part of.
    pub parent: &'f str,
    /// Other CURIEs, joined by `|`.
    pub same_as: &'f str,
    /// Case policy: empty, `any` or `exact`.
    pub case: &'f str,
    /// Words of which one must stand near, joined by `|`.
    pub needs: &'f str,
    /// Words of which none may stand near, joined by `|`.
    pub never: &'f str,
    /// Tie-break: the higher wins; empty is 0.
    pub priority: &'f str,
}

/// Folders of `gazetteers/` that hold no lists of names.
const OTHER_FOLDERS: [&str; 2] = ["languages/", "evidence/"];

/// The rows of every list of names in `files`, in the order of paths and lines.
pub(crate) fn rows<'f>(files: &'f Files) -> impl Iterator<Item = Result<ListRow<'f>, ListError>> {
    files
        .below("")
        .filter(|file| {
            file.as_ref().map_or(true, |(path, _)| {
                path.ends_with(".tsv")
                    && path.contains('/')
                    && !OTHER_FOLDERS.iter().any(|folder| path.starts_with(folder))
            })
        })
        .flat_map(|file| match file.and_then(|(path, text)| Table::new(path, text).require(&["id", "kind", "name"])) {
            Ok(table) => Rows::Some(table.rows(COLUMNS).map(|row| row.map(from_row))),
            Err(error) => Rows::Failed(Some(error)),
        })
}

fn from_row<'f>(row: super::list::Row<'f, 14>) -> ListRow<'f> {
    let [id, kind, subtype, name, aliases, acronym, country, parent, same_as, case, needs, never, priority, _] =
        row.cells;
    let (path, line) = (row.path, row.line);
    ListRow {
        path,
        line,
        id,
        kind,
        subtype,
        name,
        aliases,
        acronym,
        country,
        parent,
        same_as,
        case,
        needs,
        never,
        priority,
    }
}

enum Rows<I> {
    Some(I),
    Failed(Option<ListError>),
}

impl<T, I: Iterator<Item = Result<T, ListError>>> Iterator for Rows<I> {
    type Item = Result<T, ListError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Some(rows) => rows.next(),
            Self::Failed(error) => error.take().map(Err),
        }
    }
}
