//! The vocabulary of the rule `amounts`.

use serde::Deserialize;

/// `amounts.toml`: the vocabulary of the rule `amounts`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountsWords {}
