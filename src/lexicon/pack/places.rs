//! The vocabulary of the rule `places`.

use super::{WordSet, heads::Heads};
use serde::Deserialize;
use std::collections::BTreeMap;

/// An article that opens names of places.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnArticle {
    /// As it stands before the rest of the name, with the blank if there is one (`Il `, `L'`).
    pub opening: String,
    /// Prepositions of place that hold it, in lower case (`al`, `nel`); genitives stand before firms and clubs as well.
    pub within: WordSet,
}

/// How the regions of a country are abbreviated behind their towns.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Abbreviated {
    /// Code of the country.
    pub country: String,
    /// Whether the codes of ISO 3166-2 are written so, too (`SP` for `BR-SP`).
    #[serde(default)]
    pub codes: bool,
    /// Abbreviations as written (`N.S.`), with what follows the country in the code of ISO 3166-2.
    #[serde(default)]
    pub forms: BTreeMap<String, String>,
}

/// `places.toml`: the vocabulary of the rule `places`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlacesWords {
    /// Head nouns of places (`monte`), words that announce one (`città di`), and names that hold no place (`via`).
    #[serde(default)]
    pub head: Vec<Heads>,
    /// Prepositions in lower case after which a capitalized word is a place as a rule (`a`, `in`).
    #[serde(default)]
    pub before: WordSet,
    /// Those of them that stand before people as well (`a`, `da`).
    #[serde(default)]
    pub before_somebody: WordSet,
    /// Articles that open names of places, and the prepositions into which they go (`al Cairo` for `Il Cairo`).
    #[serde(default)]
    pub article: Vec<OwnArticle>,
    /// Second words of the names of hamlets, in lower case, behind the name of their town (`Marina`).
    #[serde(default)]
    pub second: WordSet,
    /// Points of the compass and the like, in lower case, that open the name of a part of a country (`West` of `West Yorkshire`).
    #[serde(default)]
    pub compass: WordSet,
    /// The same where they are one word with it, in title case (`Nord` of `Nordhessen`).
    #[serde(default)]
    pub compass_prefixes: Vec<String>,
    /// Endings that the language writes onto places in the genitive (`s` of `Sachsens`).
    #[serde(default)]
    pub genitive_endings: Vec<String>,
    /// Codes of the countries where the language is spoken and even small towns are named without a word that announces them.
    #[serde(default)]
    pub countries: Vec<String>,
    /// Codes of countries of which the lists have every village: many are called like people and stars, so that those which few
    /// know count behind a preposition of place only.
    #[serde(default)]
    pub every_village: Vec<String>,
    /// Words before the place where somebody or something is from, in lower case (`originaria della`).
    #[serde(default)]
    pub origin: WordSet,
    /// How regions are abbreviated behind their towns, by country.
    #[serde(default)]
    pub abbreviated: Vec<Abbreviated>,
    /// Verbs of going and staying, in lower case, that make such a preposition sure (`atterrato`).
    #[serde(default)]
    pub motion: WordSet,
}
