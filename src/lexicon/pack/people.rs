//! The vocabulary of the rule `people`.

use serde::Deserialize;

/// `people.toml`: the vocabulary of the rule `people`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleWords {}
