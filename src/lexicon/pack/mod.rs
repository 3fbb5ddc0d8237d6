//! A language as data: one folder of `languages/`, one file of it for each concern.
//!
//! Each rule's vocabulary is a type of its own in a file of this folder, read from the TOML file of the same name.

mod amounts;
pub mod dates;
mod foundings;
pub mod heads;
mod institutions;
mod missions;
mod offices;
mod people;
mod places;
mod prose;
mod sectors;
pub mod sorts;

pub use amounts::AmountsWords;
pub use dates::DatesWords;
pub use foundings::FoundingsWords;
pub use heads::HeadIndex;
pub use institutions::InstitutionsWords;
pub use missions::{Cue, CueTable, MissionsWords};
pub use offices::{Number, Office, Offices, Scope, Standing};
pub use people::{PeopleWords, Phrases, WordClass};
pub use places::{Abbreviated, PlacesWords};
pub use prose::{Prose, WordSet};
pub use sectors::SectorsWords;
pub use sorts::SortIndex;

use super::{Files, ListError, Table};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

/// Code of the pack for texts of unknown language.
pub const UNDETERMINED: &str = "und";

/// What we know of one language.
#[derive(Debug, Clone)]
pub struct Pack {
    /// ISO 639-1 code, or [`UNDETERMINED`].
    pub code: String,
    /// Words and marks of running text (`prose.toml`).
    pub prose: Prose,
    /// Vocabulary of the rule `amounts` (`amounts.toml`).
    pub amounts: AmountsWords,
    /// Vocabulary of the rule `dates` (`dates.toml`).
    pub dates: DatesWords,
    /// Vocabulary of the relation `foundings` (`foundings.toml`).
    pub foundings: FoundingsWords,
    /// Vocabulary of the rule `institutions` (`institutions.toml`).
    pub institutions: InstitutionsWords,
    /// Vocabulary of the rule `missions` (`missions.toml`).
    pub missions: MissionsWords,
    /// Vocabulary of the rule `people` (`people.toml`, `offices.toml`).
    pub people: PeopleWords,
    /// Vocabulary of the rule `places` (`places.toml`).
    pub places: PlacesWords,
    /// Vocabulary of the rule `sectors` (`sectors.toml`).
    pub sectors: SectorsWords,
}

impl Pack {
    fn load(files: &Files, code: &str) -> Result<Self, ListError> {
        Ok(Self {
            code: code.to_owned(),
            prose: read(files, code, "prose")?,
            amounts: read(files, code, "amounts").map(|mut words: AmountsWords| {
                words.index();
                words
            })?,
            dates: read(files, code, "dates")?,
            foundings: read(files, code, "foundings")?,
            institutions: read(files, code, "institutions")?,
            missions: read(files, code, "missions")?,
            people: read::<PeopleWords>(files, code, "people")?.with_offices(read(files, code, "offices")?),
            places: read(files, code, "places")?,
            sectors: read(files, code, "sectors")?,
        })
    }
}

/// Reads `languages/<code>/<concern>.toml`; a language without the file has the empty vocabulary.
fn read<T: DeserializeOwned + Default>(files: &Files, code: &str, concern: &str) -> Result<T, ListError> {
    let path = format!("languages/{code}/{concern}.toml");
    let Some(text) = files.text(&path)? else { return Ok(T::default()) };
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(0, |span| 1 + text[..span.start].matches('\n').count());
        ListError::at(&path, line, error.message().to_owned())
    })
}

/// Adjectives of countries and regions with their language and country (`evidence/demonyms.tsv`).
fn demonyms(files: &Files) -> Result<Vec<[&str; 3]>, ListError> {
    let path = "evidence/demonyms.tsv";
    let Some(text) = files.text(path)? else { return Ok(Vec::new()) };
    Table::new(path, text)
        .require(&["form", "lang", "country"])?
        .rows(["form", "lang", "country"])
        .map(|row| row.map(|row| row.cells))
        .collect()
}

/// The packs of all languages, in the order of their codes.
#[derive(Debug, Clone)]
pub struct Packs {
    packs: Vec<Pack>,
    undetermined: Pack,
    /// Head nouns of institutions, of all languages.
    pub institution_heads: HeadIndex,
    /// Head nouns of places and what announces them, of all languages.
    pub place_heads: HeadIndex,
    /// Words that tell the sort of an institution, of all languages.
    pub body_sorts: SortIndex,
}

impl Packs {
    /// Loads every folder of `languages/`.
    ///
    /// # Errors
    ///
    /// Returns the first file that cannot be read as what it should hold.
    pub fn load(files: &Files) -> Result<Self, ListError> {
        let codes: BTreeSet<&str> = files
            .paths()
            .filter_map(|path| path.strip_prefix("languages/")?.split_once('/').map(|(code, _)| code))
            .filter(|&code| code != UNDETERMINED)
            .collect();
        let mut packs = codes.into_iter().map(|code| Pack::load(files, code)).collect::<Result<Vec<_>, _>>()?;
        let demonyms = demonyms(files)?;
        for pack in &mut packs {
            let own = || demonyms.iter().filter(|[_, lang, _]| *lang == pack.code);
            pack.people.add_demonyms(own().map(|&[form, _, _]| form));
            pack.missions.add_demonyms(own().map(|&[form, _, country]| (form, country)));
        }
        let undetermined = Pack::load(files, UNDETERMINED)?;
        Ok(Self {
            body_sorts: SortIndex::new(packs.iter().chain([&undetermined])),
            institution_heads: HeadIndex::new(&packs, |pack| pack.institutions.head.as_slice()),
            place_heads: HeadIndex::new(&packs, |pack| pack.places.head.as_slice()),
            packs,
            undetermined,
        })
    }

    /// The pack of a language; the one for unknown languages when there is none.
    pub fn get(&self, code: &str) -> &Pack {
        self.find(code).unwrap_or(&self.undetermined)
    }

    /// The pack for texts of unknown language.
    pub fn undetermined(&self) -> &Pack {
        &self.undetermined
    }

    /// The pack of a language, if there is one.
    pub fn find(&self, code: &str) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.code == code)
    }

    /// Every pack but the one for unknown languages.
    pub fn iter(&self) -> impl Iterator<Item = &Pack> {
        self.packs.iter()
    }
}
