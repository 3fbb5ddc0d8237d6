//! The vocabulary of the rule `missions`.

use serde::Deserialize;

/// `missions.toml`: the vocabulary of the rule `missions`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissionsWords {}
