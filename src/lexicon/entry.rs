//! The rows of the lists of names.

use super::{Files, Form, ListError, Table};
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
    /// Layer of its file: 0 wins over 1.
    pub layer: usize,
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
    /// A word for those who edit the list.
    pub note: &'f str,
}

/// One way in which a row writes its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spelling<'f> {
    /// The spelling.
    pub text: &'f str,
    /// What it is to the row.
    pub form: Form,
    /// Language that the row gives for it; empty if none.
    pub language: &'f str,
    /// Marked `!`: never counts alone.
    pub is_weak: bool,
}

impl<'f> ListRow<'f> {
    /// The name, the other names and the acronyms, in this order.
    ///
    /// An alias that repeats the name says what the name cell cannot: its language, and by `!` that it never counts
    /// alone. An acronym may be marked `!` too.
    pub fn spellings(&self) -> impl Iterator<Item = Spelling<'f>> {
        let name = self.name;
        let aliases = || cells(self.aliases).map(alias);
        let own = aliases().find(|alias| alias.text == name);
        let name = Spelling {
            form: Form::Name,
            ..own.unwrap_or(Spelling { text: name, form: Form::Name, language: "", is_weak: false })
        };
        let acronyms = cells(self.acronym).map(|text| Spelling { form: Form::Acronym, ..marked(text) });
        std::iter::once(name).chain(aliases().filter(move |alias| alias.text != name.text)).chain(acronyms)
    }
}

fn cells(joined: &str) -> impl Iterator<Item = &str> {
    joined.split('|').map(str::trim).filter(|cell| !cell.is_empty())
}

/// Reads `[!]name`.
fn marked(text: &str) -> Spelling<'_> {
    let (is_weak, text) = text.strip_prefix('!').map_or((false, text), |text| (true, text.trim_start()));
    Spelling { text, form: Form::Alias, language: "", is_weak }
}

/// Reads `[!][lang:]name`.
pub(crate) fn alias(text: &str) -> Spelling<'_> {
    let spelling = marked(text);
    match spelling.text.split_once(':') {
        Some((tag, rest)) if tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_lowercase()) => {
            Spelling { text: rest.trim_start(), language: tag, ..spelling }
        }
        _ => spelling,
    }
}

/// Folders of `gazetteers/` that hold no lists of names.
const OTHER_FOLDERS: [&str; 3] = ["languages/", "evidence/", "build/"];

/// The rows of every list of names in `files`: the layer that wins first, in the order of paths and lines.
pub(crate) fn rows<'f>(files: &'f Files) -> impl Iterator<Item = Result<ListRow<'f>, ListError>> {
    files
        .layers()
        .enumerate()
        .flat_map(|(layer, files)| rows_of(files).map(move |row| row.map(|row| ListRow { layer, ..row })))
}

fn rows_of<'f>(files: &'f Files) -> impl Iterator<Item = Result<ListRow<'f>, ListError>> {
    files.below("").filter(|file| file.as_ref().map_or(true, |(path, _)| is_list(path))).flat_map(|file| {
        match file.and_then(|(path, text)| Table::new(path, text).require(&["id", "kind", "name"])) {
            Ok(table) => Rows::Some(table.rows(COLUMNS).map(|row| row.map(from_row))),
            Err(error) => Rows::Failed(Some(error)),
        }
    })
}

/// Whether the file at `path` is a list of names.
pub(crate) fn is_list(path: &str) -> bool {
    path.ends_with(".tsv") && path.contains('/') && !OTHER_FOLDERS.iter().any(|folder| path.starts_with(folder))
}

pub(crate) fn from_row<'f>(row: super::list::Row<'f, 14>) -> ListRow<'f> {
    let [id, kind, subtype, name, aliases, acronym, country, parent, same_as, case, needs, never, priority, note] =
        row.cells;
    let (path, line) = (row.path, row.line);
    ListRow {
        layer: 0,
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
        note,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_spellings(row: &str, expected: &[&str]) {
        let text = format!("id\tkind\tname\taliases\tacronym\n{row}\n");
        let files = Files::from_pairs([("places/x.tsv", text)]);
        let row = rows(&files).next().expect("there is a row").expect("the row is right");
        let show =
            |s: Spelling<'_>| format!("{:?} {}{}:{}", s.form, if s.is_weak { "!" } else { "" }, s.language, s.text);
        assert_eq!(row.spellings().map(show).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn an_alias_that_repeats_the_name_marks_it() {
        check_spellings(
            "local:x\tinstitution\tNido\t!it:Nido|Nido S.r.l.|!Il Nido\t!ND|NIDO",
            &["Name !it:Nido", "Alias :Nido S.r.l.", "Alias !:Il Nido", "Acronym !:ND", "Acronym :NIDO"],
        );
    }

    #[test]
    fn a_colon_in_a_name_is_no_language() {
        check_spellings("local:x\tinstitution\tTerra: Onlus\tal:x:y\t", &["Name :Terra: Onlus", "Alias al:x:y"]);
    }
}
