//! Places beside the words that announce one.

use super::Rule;
use crate::annotate::{Context, Mention};

/// Places beside the words that announce one.
pub(super) const RULE: Rule = Rule { name: "places", about: "Places beside the words that announce one.", find, echo: None };

fn find(_context: &Context<'_>, _found: &mut Vec<Mention>) {}
