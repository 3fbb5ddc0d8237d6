//! Fields of economy and research.

use super::Rule;
use crate::annotate::{Context, Mention};

/// Fields of economy and research.
pub(super) const RULE: Rule = Rule { name: "sectors", about: "Fields of economy and research.", find, echo: None };

fn find(_context: &Context<'_>, _found: &mut Vec<Mention>) {}
