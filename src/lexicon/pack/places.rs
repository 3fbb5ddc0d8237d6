//! The vocabulary of the rule `places`.

use serde::Deserialize;

/// `places.toml`: the vocabulary of the rule `places`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlacesWords {}
