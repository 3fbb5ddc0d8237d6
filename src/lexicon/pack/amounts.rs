//! The vocabulary of the rule `amounts`.

use crate::text::{KeySet, WordKey, words::tokenize};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use serde::Deserialize;

/// `amounts.toml`: how numbers and units are written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountsWords {
    /// Words that an amount may begin with, digits aside; see [`Self::index`].
    #[serde(skip)]
    openers: KeySet,
    /// Signs of currencies that letters may stand before (`$` of `US$`).
    #[serde(skip)]
    signs: KeySet,
    /// The mark before decimals: `,` or `.`; the other one groups digits.
    #[serde(default)]
    pub decimal_mark: String,
    /// Number words in lower case, with their number (`venti = 20`, `mezzo = 0.5`).
    #[serde(default)]
    pub numbers: HashMap<String, f64>,
    /// Number words that are approximate by nature (`centinaio = 100`); they take [`Self::of`] before their noun.
    #[serde(default)]
    pub round_numbers: HashMap<String, f64>,
    /// Words that multiply the number before them (`milioni = 1000000`), abbreviations without their dot.
    #[serde(default)]
    pub multipliers: HashMap<String, f64>,
    /// Multipliers that may be joined to digits (`40mila`, `300m`).
    #[serde(default)]
    pub joined_multipliers: HashMap<String, f64>,
    /// Names and signs of currencies, with their ISO 4217 codes.
    #[serde(default)]
    pub currencies: HashMap<String, String>,
    /// Wordings of the percent sign (`per cento`).
    #[serde(default)]
    pub percent: Wordings,
    /// Wordings before a number that make it approximate (`circa`, `più di`).
    #[serde(default)]
    pub approximate: Wordings,
    /// Wordings that do so before counted nouns only, not before sums of money (`über`).
    #[serde(default)]
    pub approximate_counts: Wordings,
    /// Articles that open a round number (`un centinaio`).
    #[serde(default)]
    pub articles: HashSet<String>,
    /// Prepositions between a multiplier and its unit (`di`, `d'`).
    #[serde(default)]
    pub of: HashSet<String>,
    /// Units of measure that are written as they stand (`MW`, `km`).
    #[serde(default)]
    pub units: HashSet<String>,
    /// Nouns that no amount is counted in: those of durations, ages, clock times and parts of texts.
    #[serde(default)]
    pub not_counted: HashSet<String>,
    /// Adjectives that may stand between a number and its noun (`piccole`).
    #[serde(default)]
    pub adjectives: HashSet<String>,
    /// Words after which a number is a reference, an address or a year (`articolo`, `nel`).
    #[serde(default)]
    pub references: HashSet<String>,
}

/// Wordings of one or more words each, in any case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Wordings(Vec<Vec<WordKey>>);

impl From<Vec<String>> for Wordings {
    fn from(wordings: Vec<String>) -> Self {
        Self(wordings.iter().map(|wording| wording.split(' ').map(WordKey::of).collect()).collect())
    }
}

impl Wordings {
    /// The wordings, word by word, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &[WordKey]> {
        self.0.iter().map(Vec::as_slice)
    }
}

impl AmountsWords {
    /// Notes the words that an amount may begin with.
    pub(super) fn index(&mut self) {
        let first = |written: &String| tokenize(written).first().map(|token| token.key);
        let numbers = self.numbers.keys().chain(self.round_numbers.keys()).chain(self.currencies.keys());
        self.signs = self.currencies.keys().filter_map(|written| Some(tokenize(written).get(1)?.key)).collect();
        self.openers = numbers.chain(&self.articles).filter_map(first).collect();
    }

    /// Whether letters may stand before `mark` as the sign of a currency.
    pub fn is_sign(&self, mark: impl Into<WordKey>) -> bool {
        self.signs.contains(&mark.into())
    }

    /// Whether an amount that does not begin with digits may begin with `word`.
    pub fn opens(&self, word: impl Into<WordKey>) -> bool {
        self.openers.contains(&word.into())
    }
}
