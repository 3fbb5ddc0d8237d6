//! Short and long forms that the document pairs.

use super::{Context, Relation, Relations};

/// Short and long forms that the document pairs.
pub(super) const RELATION: Relation = Relation { name: "acronyms", about: "Short and long forms that the document pairs.", find };

fn find(_context: &Context<'_>, _relations: &mut Relations) {}
