//! What running text is made of: words that tell a language, abbreviations, and the cues of zones.

use crate::text::{KeySet, WordKey};
use serde::Deserialize;
use std::collections::BTreeMap;

/// `prose.toml`: words and marks of running text.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prose {
    /// The language's own name.
    #[serde(default)]
    pub name: String,
    /// ISO 639-3 code, as the statistical detector names it; without one the function words decide alone.
    #[serde(default)]
    pub iso639_3: Option<String>,
    /// ISO 3166-1 codes of the countries where the language is written, first the one that most releases in it come from: a release
    /// that tells no town where it was written is of that one, if it names it and none of the others.
    #[serde(default)]
    pub countries: Vec<String>,
    /// Function words in lower case, most frequent first; an elided one with its apostrophe (`dell'`).
    #[serde(default)]
    pub function_words: WordSet,
    /// Words that stand for `&` inside names (`e`, `ed`).
    #[serde(default)]
    pub ampersand_words: WordSet,
    /// Words that end in a dot and never end a sentence, without the dot (`prof`, `dott.ssa`).
    #[serde(default)]
    pub abbreviations: WordSet,
    /// Abbreviations that belong to a number behind them (`art`, `no`); elsewhere their dot ends the sentence.
    #[serde(default)]
    pub number_abbreviations: WordSet,
    /// Abbreviations that may end a sentence (`ecc`, `s.p.a`): they do when a function word follows in title case.
    #[serde(default)]
    pub closing_abbreviations: WordSet,
    /// Whether a dot after a number makes an ordinal (`3. Mai`).
    #[serde(default)]
    pub dot_makes_ordinal: bool,
    /// Whether common nouns are written with a capital.
    #[serde(default)]
    pub nouns_are_capitalized: bool,
    /// Words that open or head a passage about the sender (`chi siamo`, `about`).
    #[serde(default)]
    pub boilerplate_cues: Vec<String>,
    /// Words that open or head the press contacts (`contatti`, `ufficio stampa`).
    #[serde(default)]
    pub contact_cues: Vec<String>,
    /// Words that stand above a release and are not its headline (`comunicato stampa`).
    #[serde(default)]
    pub release_labels: Vec<String>,
    /// Words in lower case that a dateline may hold between its places and its date (`den`, `le`).
    #[serde(default)]
    pub dateline_words: WordSet,
    /// In the pack for unknown languages: function words of languages that there is no pack for, by their codes.
    ///
    /// They keep a text in one of these languages from being taken for one in a language like it.
    #[serde(default)]
    pub other_languages: BTreeMap<String, WordSet>,
}

/// Words that are looked up without regard to case; a typographic apostrophe counts as a straight one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct WordSet {
    /// In the order of the file.
    words: Vec<String>,
    keys: KeySet,
}

impl From<Vec<String>> for WordSet {
    fn from(words: Vec<String>) -> Self {
        Self { keys: words.iter().map(WordKey::from).collect(), words }
    }
}

impl WordSet {
    /// Whether `word` is one of them.
    ///
    /// ```
    /// # use gazzetta::lexicon::pack::WordSet;
    /// let words = WordSet::from(vec!["dell'".to_owned()]);
    /// assert!(words.contains("Dell’"));
    /// assert!(!words.contains("dell"));
    /// ```
    pub fn contains(&self, word: impl Into<WordKey>) -> bool {
        self.keys.contains(&word.into())
    }

    /// The words, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}
