//! Short and long forms that the document pairs.

use super::{Acronym, Context, Relation, Relations};
use crate::{annotate::abbreviates, lexicon::Kind};
use std::collections::HashSet;

/// Short and long forms that the document pairs.
pub(super) const RELATION: Relation =
    Relation { name: "acronyms", about: "Short and long forms that the document pairs.", find };

/// The short forms of an entity with its fullest name, in the order of the text.
fn find(context: &Context<'_>, relations: &mut Relations) {
    let text = context.document.as_str();
    let mut told = HashSet::new();
    for (at, mention) in context.mentions.iter().enumerate().filter(|(_, mention)| mention.kind == Kind::Institution) {
        let Some(idx) = context.entities.of_mention[at] else { continue };
        let entity = &context.entities.entities[idx.0];
        let short = mention.span.of(text);
        if abbreviates(short, &entity.name) && told.insert((short, idx)) {
            relations.acronyms.push(Acronym { short: short.to_owned(), long: entity.name.clone(), entity: idx });
        }
    }
}
