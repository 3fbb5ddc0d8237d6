//! The vocabulary of the rule `sectors`. The names of the fields themselves are lists of the gazetteer.

use super::WordSet;
use serde::Deserialize;

/// `sectors.toml`: what stands around the name of a field.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectorsWords {
    /// Words that announce a field (`settore`, `filiera`): a weak name counts behind them, or before them where the
    /// language puts them last.
    #[serde(default)]
    pub cues: WordSet,
    /// Whether cues may stand behind the field (`automotive sector`).
    #[serde(default)]
    pub cues_follow: bool,
    /// Head nouns that belong to the mention (`industria nautica`).
    #[serde(default)]
    pub inner_heads: WordSet,
    /// Words of an office or ministry: a field behind them is the office's.
    #[serde(default)]
    pub offices: WordSet,
    /// Things that a field word only qualifies (`sala`, `capacità`): no field is meant behind them, or before them
    /// where the language puts them last.
    #[serde(default)]
    pub things: WordSet,
    /// Adjectives behind a field that narrow it (`sostenibile`).
    #[serde(default)]
    pub narrowing: WordSet,
    /// Adjectives before a field that narrow it (`sustainable`).
    #[serde(default)]
    pub narrowing_before: WordSet,
    /// Words that join the members of a list (`e`).
    #[serde(default)]
    pub conjunctions: WordSet,
    /// Ends of compounds that name a field when their beginning does (`technik`), in lower case.
    #[serde(default)]
    pub compound_heads: Vec<String>,
}
