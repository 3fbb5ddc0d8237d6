//! Which stretches name something?
//!
//! Read `mention.rs`, then this file, then `select.rs` (the one overlap policy), then any rule.

mod listed;
mod mention;
mod names;
pub(crate) mod offices;
pub mod rules;
mod select;
pub mod value;
mod why_not;

pub use listed::Listed;
pub use mention::{Confidence, Evidence, Mention, Why};
pub(crate) use names::{abbreviates, announcing_body, apposed_body};
pub use rules::{RULES, Rule};
pub use why_not::{Because, Fate, WhyNot, why_not, word_of};

use crate::{
    document::Document,
    lexicon::{Kind, Lexicon, Lookup},
};
use std::collections::HashSet;

/// What a rule may look at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The release.
    pub document: &'a Document<'a>,
    /// What is known beforehand.
    pub lexicon: &'a Lexicon,
    /// Every stretch that the lists know, in order.
    pub lookups: &'a [Lookup],
    /// The same by the tokens they stand on.
    pub listed: &'a Listed,
    /// Mentions that an earlier pass established, in order; empty in the first pass.
    pub established: &'a [Mention],
}

/// The mentions of a release, in order; they never overlap.
///
/// The rules run twice: first on the text alone, then once more beside what the first pass established, so that a
/// surname or a short form is found in its other places.
pub fn annotate(document: &Document<'_>, lexicon: &Lexicon) -> Vec<Mention> {
    let mut mentions = select::select_last(propose(document, lexicon));
    mentions.retain(|mention| mention.kind != Kind::Nothing);
    mentions
}

/// Everything that the rules propose, of both passes.
fn propose(document: &Document<'_>, lexicon: &Lexicon) -> Vec<Mention> {
    let mut lookups = Vec::new();
    lexicon.gazetteer.find(document.as_str(), &mut lookups);
    let listed = Listed::new(&document.tokens, &lookups, &lexicon.gazetteer);
    let mut context = Context { document, lexicon, lookups: &lookups, listed: &listed, established: &[] };
    let mut found = Vec::new();
    for (order, rule) in RULES.iter().enumerate() {
        collect(rule, rule.find, order, &context, &mut found);
    }
    let established = select::select(&found);
    context.established = &established;
    for (order, rule) in RULES.iter().enumerate() {
        if let Some(echo) = rule.echo {
            collect(rule, echo, order, &context, &mut found);
        }
    }
    withdraw_guesses(document.as_str(), &established, &mut found);
    found
}

/// How sure somebody is whom only the place of one word tells, at most.
const GUESS: Confidence = Confidence::percent(60);

/// Takes back guesses that a word is somebody, where the same word is established as the name of a body (`la startup Nivora … Nivora
/// presentò`).
fn withdraw_guesses(text: &str, established: &[Mention], found: &mut Vec<Mention>) {
    let is_guess = |mention: &Mention| mention.kind == Kind::Person && mention.confidence <= GUESS;
    if !found.iter().any(is_guess) {
        return;
    }
    let bodies = established.iter().filter(|mention| mention.kind == Kind::Institution && mention.confidence > GUESS);
    let names: HashSet<&str> = bodies.map(|mention| mention.span.of(text)).collect();
    found.retain(|mention| !(is_guess(mention) && names.contains(mention.span.of(text))));
}

fn collect(rule: &Rule, find: rules::Find, order: usize, context: &Context<'_>, found: &mut Vec<Mention>) {
    let first_new = found.len();
    find(context, found);
    for mention in &mut found[first_new..] {
        mention.rule_order = order;
        debug_assert!(!mention.span.is_empty(), "the rule '{}' found an empty mention", rule.name);
    }
}
