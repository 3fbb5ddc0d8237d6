//! Calendar expressions.

use super::Rule;
use crate::annotate::{Context, Mention};

/// Calendar expressions.
pub(super) const RULE: Rule = Rule { name: "dates", about: "Calendar expressions.", find, echo: None };

fn find(_context: &Context<'_>, _found: &mut Vec<Mention>) {}
