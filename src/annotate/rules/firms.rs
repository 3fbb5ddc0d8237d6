//! Firms that a list or a line counts up, with the towns they are of, and bodies that a sentence says what they are.
//!
//! Read this file, then `items.rs`, `enumeration.rs`, `defined.rs` and `press.rs`. The rule stands before that for people: what is counted up
//! among firms, or said to be one, is one, though it is called by surnames.

mod defined;
mod enumeration;
mod items;
mod press;

use super::Rule;
use crate::{
    annotate::{Context, Mention},
    document::Sentence,
    lexicon::{Subtype, pack::heads::Takes},
};

/// Firms that a list or a line counts up, and bodies that a sentence defines.
pub(super) const RULE: Rule = Rule {
    name: "firms",
    about: "Firms that a list or a line counts up, and bodies that a sentence says what they are.",
    find,
    echo: Some(defined::echo),
};

fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    items::find(context, found);
    enumeration::find(context, found);
    defined::find(context, found);
    press::find(context, found);
}

/// Whether the tokens `first..end` of a sentence have a noun of its language for several firms.
fn names_firms(context: &Context<'_>, sentence: &Sentence<'_>, first: usize, end: usize) -> bool {
    let heads = &context.lexicon.packs.institution_heads;
    context.document.tokens[first..end].iter().any(|token| {
        heads.may_begin(token.key)
            && heads.begin(token.key).any(|head| {
                let is_home = heads.languages[head.language].code == sentence.pack.code;
                is_home && head.words.len() == 1 && head.takes(Takes::Many) && head.subtype == Some(Subtype::Company)
            })
    })
}
