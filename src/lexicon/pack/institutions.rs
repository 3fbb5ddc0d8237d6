//! The vocabulary of the rule `institutions`.

use super::{
    WordSet,
    heads::{Heads, Joints},
    sorts::SortWords,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// `institutions.toml`: the vocabulary of the rule `institutions`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstitutionsWords {
    /// Words that join the parts of names.
    #[serde(default)]
    pub joints: Joints,
    /// Head nouns.
    #[serde(default)]
    pub head: Vec<Heads>,
    /// Words of names that tell the sort of a body.
    #[serde(default)]
    pub sort: Vec<SortWords>,
    /// Legal forms as written, without dots (`SpA`, `GmbH`); they end a firm's name.
    #[serde(default)]
    pub legal_forms: Vec<String>,
    /// How sports clubs are told that are called by their town.
    #[serde(default)]
    pub clubs: ClubWords,
    /// How a sentence says what a body is.
    #[serde(default)]
    pub definition: DefinitionWords,
    /// Words in lower case that are listed names and mean the thing as a rule (`repubblica`); they never count alone.
    #[serde(default)]
    pub not_alone: WordSet,
    /// Words in lower case that are in capitals and no bodies (`pil`, `dna`).
    #[serde(default)]
    pub not_bodies: WordSet,
    /// Nouns in lower case of bodies that are hardly called by anybody: behind an office and such a noun stands who holds it (`il
    /// presidente del Consorzio Anna Bianchi`).
    #[serde(default)]
    pub held_alone: WordSet,
    /// Nouns in lower case for parts of bodies and for things (`unità`), which open no name of a body behind an office; without
    /// any, no common word does.
    #[serde(default)]
    pub units: WordSet,
    /// Articles in the singular, with prepositions joined (`della`): an unlisted word in capitals behind one is a body.
    #[serde(default)]
    pub determiners: WordSet,
    /// Articles, with prepositions joined, behind which an unlisted name is a body's: towns, people and most things take
    /// others (`dell'`).
    #[serde(default)]
    pub body_articles: WordSet,
    /// How the adjective of its country stands for a firm.
    #[serde(default)]
    pub national: NationalWords,
    /// Whether every noun has a capital, so that a capital tells no name.
    #[serde(default)]
    pub nouns_are_capitalized: bool,
    /// Inflected first words of names with their nominative (`Technischen`).
    #[serde(default)]
    pub nominative: BTreeMap<String, String>,
    /// Countries (ISO 3166-1 alpha-2) whose territories are bodies by the nouns of the language (`provincia`); none if it does
    /// not matter.
    #[serde(default)]
    pub territories: Vec<String>,
    /// Words in lower case that stand before the name of a body (`presso`, `azienda`); evidence for doubtful names.
    #[serde(default)]
    pub cues: WordSet,
}

/// The gender of the noun for a firm, by which the adjective of a country that stands for it is told from one for a man.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NationalWords {
    /// Articles of the gender, with prepositions joined (`la`, `dalla`).
    #[serde(default)]
    pub articles: WordSet,
    /// Articles of either gender (`l'`), which need one of `endings`.
    #[serde(default)]
    pub elided: WordSet,
    /// Endings of adjectives of the gender.
    #[serde(default)]
    pub endings: Vec<String>,
}

/// The words by which a sentence says that its first name is a body's (`X è la società …`).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefinitionWords {
    /// Forms of `to be` behind the name (`è`).
    #[serde(default)]
    pub copulas: WordSet,
    /// Nouns for bodies, of which each announces names, too; none that things have as well (`rete`, `piattaforma`).
    #[serde(default)]
    pub nouns: WordSet,
}

/// The words that tell a sports club from the town that it is called by.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClubWords {
    /// Words of sport (`gol`, `allenatore`).
    #[serde(default)]
    pub cues: WordSet,
    /// Articles, with prepositions joined, that no town takes (`il`, `del`).
    #[serde(default)]
    pub articles: WordSet,
    /// Articles that some towns take: they count in sentences with a word of sport only (`la`).
    #[serde(default)]
    pub doubtful_articles: WordSet,
    /// Words that stand before an opponent (`contro`).
    #[serde(default)]
    pub opponents: WordSet,
}
