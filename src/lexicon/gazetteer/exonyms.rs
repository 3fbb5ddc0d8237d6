//! Names that others give a body after its town: `Università di Lipsia` and `University of Leipzig` for `Universität
//! Leipzig`.
//!
//! A family of patterns says how languages form such names. A row one of whose names is a pattern with the name of its town
//! gets the other patterns of the family too, with the town's name in each language.

use super::{
    Entry,
    records::{SpellingRecord, language_tag, text_at},
    rows::Rows,
};
use crate::lexicon::{Files, Form, Kind, ListError, Subtype, Table};
use rustc_hash::FxHashMap as HashMap;

const PATH: &str = "evidence/name_patterns.tsv";
const CITY: &str = "{city}";

/// One way to name a body after its town.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pattern<'f> {
    family: &'f str,
    subtype: Subtype,
    pub(super) language: &'f str,
    before: &'f str,
    behind: &'f str,
    /// Whether the town must begin with a vowel, or must not.
    wants_vowel: Option<bool>,
}

/// The patterns of the lists.
///
/// # Errors
///
/// Returns the first row that is no pattern.
pub(super) fn patterns(files: &Files) -> Result<Vec<Pattern<'_>>, ListError> {
    let columns = ["family", "subtype", "lang", "pattern", "initial"];
    let mut patterns = Vec::new();
    for text in files.texts(PATH) {
        for row in Table::new(PATH, text?).require(&columns)?.rows(columns) {
            let row = row?;
            let [family, subtype, language, pattern, initial] = row.cells;
            let Some((before, behind)) = pattern.split_once(CITY) else {
                return Err(row.error(format!("the pattern '{pattern}' has no {CITY}")));
            };
            let Some(subtype) = Subtype::from_word(subtype) else {
                return Err(row.error(format!("unknown subtype '{subtype}'")));
            };
            let wants_vowel = match initial {
                "" => None,
                "vowel" => Some(true),
                "consonant" => Some(false),
                _ => return Err(row.error(format!("'{initial}' is neither vowel nor consonant"))),
            };
            patterns.push(Pattern { family, subtype, language, before, behind, wants_vowel });
        }
    }
    Ok(patterns)
}

impl Pattern<'_> {
    /// The town in a name of this pattern.
    fn town<'n>(&self, name: &'n str) -> Option<&'n str> {
        name.strip_prefix(self.before)?.strip_suffix(self.behind).filter(|town| !town.is_empty())
    }

    fn fill(&self, town: &str) -> Option<String> {
        let town_begins = |letters: &[char]| town.to_lowercase().starts_with(letters);
        // An h may be mute or not in the languages whose patterns ask (`Université d'Helsinki`, `Université de Heidelberg`).
        let has_vowel = || town_begins(&['a', 'e', 'i', 'o', 'u', 'y', 'à', 'é', 'è', 'î', 'ö', 'ü']);
        let fits = self.wants_vowel.is_none_or(|wanted| wanted == has_vowel() || town_begins(&['h']));
        fits.then(|| format!("{}{town}{}", self.before, self.behind))
    }
}

/// A name that a row gets by a pattern.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Exonym<'f> {
    /// Number of the row.
    pub(super) row: u32,
    pub(super) language: &'f str,
    pub(super) text: String,
}

/// The town that a row is named after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Claim {
    town: u32,
    /// Whether the row says that it lies there.
    is_sure: bool,
}

/// Towns of the lists, by what rows say of where they are.
struct Towns<'b> {
    rows: Rows<'b>,
    spellings: &'b [SpellingRecord],
    by_id: HashMap<&'b str, u32>,
    /// The best known town of a country and a name.
    by_name: HashMap<(&'b str, &'b str), u32>,
}

impl<'b> Towns<'b> {
    fn new(rows: Rows<'b>, spellings: &'b [SpellingRecord]) -> Self {
        let mut towns = Self { rows, spellings, by_id: HashMap::default(), by_name: HashMap::default() };
        let names = spellings.iter().filter(|record| record.kind == Kind::Place && record.form == Form::Name);
        for record in names {
            let town = rows.entry(record.entry as usize);
            if town.subtype != Some(Subtype::City) {
                continue;
            }
            towns.by_id.insert(town.id, record.entry);
            let best = towns.by_name.entry((town.country, town.name)).or_insert(record.entry);
            if rows.profile_of(rows.profile_number(*best as usize)).priority < town.priority {
                *best = record.entry;
            }
        }
        towns
    }

    /// The spellings of a row; they stand together.
    fn spellings_of(&self, row: u32) -> impl Iterator<Item = (&'b SpellingRecord, &'b str)> {
        let first = self.spellings.partition_point(|record| record.entry < row);
        let records = self.spellings[first..].iter().take_while(move |record| record.entry == row);
        let heap = self.rows.heap;
        records.map(move |record| (record, text_at(heap, record.at as usize, record.len)))
    }

    /// The town of a row that one of its names, of the given pattern, is formed with.
    fn of_name(&self, pattern: &Pattern<'_>, name: &str, of: &Entry<'_>) -> Option<Claim> {
        let town = pattern.town(name)?;
        let is_named =
            |&row: &u32| self.names(row, "").chain(self.names(row, pattern.language)).any(|name| name == town);
        match self.by_id.get(of.parent) {
            Some(row) => Some(*row).filter(is_named).map(|town| Claim { town, is_sure: true }),
            // Where only the country is known, the town is the one of that name.
            None => self.by_name.get(&(of.country, town)).map(|&town| Claim { town, is_sure: false }),
        }
    }

    /// The names of a town in a language, as its own people write it for none; weak ones are too rare.
    fn names(&self, row: u32, language: &str) -> impl Iterator<Item = &'b str> {
        let is_of = move |record: &SpellingRecord| match record.form {
            Form::Name => language.is_empty(),
            _ => !language.is_empty() && !record.is_weak && language_tag(record.language) == language,
        };
        self.spellings_of(row).filter(move |(record, _)| is_of(record)).map(|(_, name)| name)
    }
}

/// The names that `patterns` give to the rows.
pub(super) fn exonyms<'f>(rows: Rows<'_>, spellings: &[SpellingRecord], patterns: &[Pattern<'f>]) -> Vec<Exonym<'f>> {
    let mut exonyms = Vec::new();
    if patterns.is_empty() {
        return exonyms;
    }
    let towns = Towns::new(rows, spellings);
    let bodies: Vec<(u32, Entry<'_>)> = spellings
        .iter()
        .filter(|record| record.kind == Kind::Institution && record.form == Form::Name)
        .map(|record| (record.entry, rows.entry(record.entry as usize)))
        .filter(|(_, entry)| patterns.iter().any(|pattern| Some(pattern.subtype) == entry.subtype))
        .collect();
    let own = |row: u32| towns.spellings_of(row).map(|(_, name)| name);
    let owners: HashMap<&str, u32> =
        bodies.iter().flat_map(|&(row, _)| own(row).map(move |name| (name, row))).collect();
    for (row, entry) in &bodies {
        let town_of = |pattern: &Pattern<'f>| {
            let names = own(*row).filter(|_| Some(pattern.subtype) == entry.subtype);
            names.filter_map(|name| towns.of_name(pattern, name, entry)).next()
        };
        let mut families: Vec<(&str, Claim)> =
            patterns.iter().filter_map(|pattern| Some((pattern.family, town_of(pattern)?))).collect();
        families.sort_unstable();
        families.dedup();
        for (family, claim) in families {
            let made: Vec<(&str, String)> = patterns
                .iter()
                .filter(|pattern| pattern.family == family)
                .flat_map(|pattern| {
                    let names = towns.names(claim.town, "").chain(towns.names(claim.town, pattern.language));
                    names.filter_map(|name| Some((pattern.language, pattern.fill(name)?)))
                })
                .collect();
            // Miami University lies in Ohio, and the University of Miami is another.
            let is_others = |text: &str| owners.get(text).is_some_and(|owner| owner != row);
            if claim.is_sure || !made.iter().any(|(_, text)| is_others(text)) {
                let new = made.into_iter().filter(|(_, text)| !own(*row).any(|name| name == text));
                exonyms.extend(new.map(|(language, text)| Exonym { row: *row, language, text }));
            }
        }
    }
    exonyms.sort_unstable();
    exonyms.dedup();
    exonyms
}
