//! The vocabulary of the rule `institutions`.

use super::{
    WordSet,
    heads::{Heads, Joints},
};
use rustc_hash::FxHashMap as HashMap;
use serde::Deserialize;

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
    /// Legal forms as written, without dots (`SpA`, `GmbH`); they end a firm's name.
    #[serde(default)]
    pub legal_forms: Vec<String>,
    /// Words in lower case near which a name that is also a town's is a club's (`gol`, `allenatore`).
    #[serde(default)]
    pub sport_cues: WordSet,
    /// Words in lower case that are listed names and mean the thing as a rule (`repubblica`); they never count alone.
    #[serde(default)]
    pub not_alone: WordSet,
    /// Words in lower case that are in capitals and no bodies (`pil`, `dna`).
    #[serde(default)]
    pub not_bodies: WordSet,
    /// Articles in the singular, with prepositions joined (`della`): an unlisted word in capitals behind one is a body.
    #[serde(default)]
    pub determiners: WordSet,
    /// Whether every noun has a capital, so that a capital tells no name.
    #[serde(default)]
    pub nouns_are_capitalized: bool,
    /// Inflected first words of names with their nominative (`Technischen`).
    #[serde(default)]
    pub nominative: HashMap<String, String>,
    /// Words in lower case that stand before the name of a body (`presso`, `azienda`); evidence for doubtful names.
    #[serde(default)]
    pub cues: WordSet,
}
