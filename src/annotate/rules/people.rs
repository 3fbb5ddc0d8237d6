//! People by titles, offices and the parts of their names.

use super::Rule;
use crate::annotate::{Context, Mention};

/// People by titles, offices and the parts of their names.
pub(super) const RULE: Rule = Rule { name: "people", about: "People by titles, offices and the parts of their names.", find, echo: None };

fn find(_context: &Context<'_>, _found: &mut Vec<Mention>) {}
