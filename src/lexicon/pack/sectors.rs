//! The vocabulary of the rule `sectors`.

use serde::Deserialize;

/// `sectors.toml`: the vocabulary of the rule `sectors`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectorsWords {}
