//! Who is what, where.

use super::{Context, Relation, Relations};

/// Who is what, where.
pub(super) const RELATION: Relation = Relation { name: "roles", about: "Who is what, where.", find };

fn find(_context: &Context<'_>, _relations: &mut Relations) {}
