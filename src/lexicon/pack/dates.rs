//! The vocabulary of the rule `dates`.

use serde::Deserialize;

/// `dates.toml`: the vocabulary of the rule `dates`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatesWords {}
