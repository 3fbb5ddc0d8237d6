//! The vocabulary of the relation `foundings`.

use super::CueTable;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `foundings.toml`: wordings that tell when a body came into being, written like those of `missions.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "Written")]
pub struct FoundingsWords {
    /// Wordings before or behind the date (`fondata nel`).
    pub wordings: CueTable<()>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    adverbs: Vec<String>,
    #[serde(default)]
    wordings: Vec<String>,
    #[serde(default)]
    forms: BTreeMap<String, Vec<String>>,
}

impl TryFrom<Written> for FoundingsWords {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let wordings = BTreeMap::from([((), written.wordings)]);
        Ok(Self { wordings: CueTable::new(&wordings, &written.forms, &written.adverbs)? })
    }
}
