//! Who went where, when, to meet whom, about what.

use super::{Context, Relation, Relations};

/// Who went where, when, to meet whom, about what.
pub(super) const RELATION: Relation = Relation { name: "missions", about: "Who went where, when, to meet whom, about what.", find };

fn find(_context: &Context<'_>, _relations: &mut Relations) {}
