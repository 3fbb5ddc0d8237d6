//! The vocabulary of the rule `institutions`.

use serde::Deserialize;

/// `institutions.toml`: the vocabulary of the rule `institutions`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstitutionsWords {}
