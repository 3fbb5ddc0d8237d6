//! What running text is made of: words that tell a language, abbreviations, and the cues of zones.

use serde::Deserialize;

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
    /// Function words in lower case, most frequent first; an elided one with its apostrophe (`dell'`).
    #[serde(default)]
    pub function_words: Vec<String>,
    /// Words that end in a dot inside a sentence, without the dot (`prof`, `S.p.A`).
    #[serde(default)]
    pub abbreviations: Vec<String>,
    /// Whether a dot after a number makes an ordinal (`3. Mai`).
    #[serde(default)]
    pub dot_makes_ordinal: bool,
    /// Words that open or head a passage about the sender (`chi siamo`, `about`).
    #[serde(default)]
    pub boilerplate_cues: Vec<String>,
    /// Words that open or head the press contacts (`contatti`, `ufficio stampa`).
    #[serde(default)]
    pub contact_cues: Vec<String>,
    /// Words that stand above a release and are not its headline (`comunicato stampa`).
    #[serde(default)]
    pub release_labels: Vec<String>,
}
