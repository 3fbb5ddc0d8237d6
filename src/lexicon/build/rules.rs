//! What the words of the source tables mean for us: `build/rules.toml`.

use super::source::SourceError;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `build/rules.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    /// Types of source tables, as `table/type` or `type`.
    pub(super) types: BTreeMap<String, TypeRule>,
    /// Words before which a head noun stands (`of`, `di`).
    pub(super) links: Vec<String>,
    /// Nouns that tell the sort of a body, folded, by subtype.
    pub(super) heads: BTreeMap<String, Heads>,
    /// Generic words at the beginning of names of regions (`provincia di`).
    pub(super) region_heads: Vec<String>,
    /// Legal forms of a source that are bodies and offices of their own, or words: none of ours.
    #[serde(default)]
    pub(super) not_legal_forms: Vec<String>,
    /// Sorts of regions that are the largest of their country.
    pub(super) high_regions: Vec<String>,
    /// Weights by which candidates of one name are ordered.
    pub(super) priority: BTreeMap<String, i16>,
    /// Every file of the lists, whether the build makes it or a person writes it.
    pub(super) file: Vec<FileRule>,
    /// Sectors by their code.
    pub(super) sector: BTreeMap<String, SectorRule>,
    /// Further spellings of rows that no source table has, each with its language before a colon, by the id of the row.
    #[serde(default)]
    pub(super) spellings: BTreeMap<String, Vec<String>>,
    /// Endings of adjectives and their inflected forms, by language.
    #[serde(default)]
    pub(super) inflection: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// What a type of a source table is to us.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TypeRule {
    /// Its subtype, unless a head noun says otherwise.
    pub(super) subtype: String,
    /// Subtypes that a head noun may give it.
    #[serde(default)]
    pub(super) heads: Vec<String>,
    /// It is no body at all (an event, a programme) unless a head noun says otherwise.
    #[serde(default)]
    pub(super) is_nothing: bool,
}

/// Nouns that tell the sort of a body.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Heads {
    /// Words, or phrases of several words, folded.
    pub(super) words: Vec<String>,
    /// Ends of compounds (`universitat` in `Wirtschaftsuniversität`), folded.
    #[serde(default)]
    pub(super) endings: Vec<String>,
}

/// A file of the lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileRule {
    pub(super) path: String,
    /// Written by hand: stated in `pack.toml`, never made.
    #[serde(default)]
    pub(super) by_hand: bool,
    pub(super) source: String,
    pub(super) version: String,
    pub(super) license: String,
    pub(super) attribution: String,
}

/// A sector of the taxonomy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectorRule {
    /// Label by language.
    pub(super) labels: BTreeMap<String, String>,
    /// Areas of the regional specialization strategy.
    #[serde(default)]
    pub(super) s3: Vec<String>,
    /// An activity that every release speaks of: its wordings need more evidence than those of a field.
    #[serde(default)]
    pub(super) is_general: bool,
}

impl Rules {
    /// Reads the text of `rules.toml`.
    pub(super) fn parse(text: &str) -> Result<Self, SourceError> {
        toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(0, |span| 1 + text[..span.start].matches('\n').count());
            SourceError::at("build/rules.toml", line, error.message().to_owned())
        })
    }

    /// The rule for a type of a table.
    pub(super) fn of_type(&self, table: &str, subtype: &str) -> Result<&TypeRule, SourceError> {
        self.types.get(&format!("{table}/{subtype}")).or_else(|| self.types.get(subtype)).ok_or_else(|| {
            let message = format!("'{table}' has the type '{subtype}', which has no rule; add [types.\"{subtype}\"]");
            SourceError::at("build/rules.toml", 0, message)
        })
    }

    /// The further spellings of the row with `id`, each with its language, which may be empty.
    pub(super) fn spellings_of(&self, id: &str) -> impl Iterator<Item = (&str, &str)> {
        let names = self.spellings.get(id).into_iter().flatten();
        names.map(|name| name.split_once(':').unwrap_or(("", name)))
    }

    /// The priority that the rules give `what`; 0 if none.
    pub(super) fn priority(&self, what: &str) -> i16 {
        self.priority.get(what).copied().unwrap_or(0)
    }
}
