//! Bodies by their head nouns and legal forms.

use super::Rule;
use crate::annotate::{Context, Mention};

/// Bodies by their head nouns and legal forms.
pub(super) const RULE: Rule = Rule { name: "institutions", about: "Bodies by their head nouns and legal forms.", find, echo: None };

fn find(_context: &Context<'_>, _found: &mut Vec<Mention>) {}
