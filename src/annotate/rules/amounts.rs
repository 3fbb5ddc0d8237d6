//! Numbers with their unit or counted noun.

use super::Rule;
use crate::annotate::{Context, Mention};

/// Numbers with their unit or counted noun.
pub(super) const RULE: Rule = Rule { name: "amounts", about: "Numbers with their unit or counted noun.", find, echo: None };

fn find(_context: &Context<'_>, _found: &mut Vec<Mention>) {}
