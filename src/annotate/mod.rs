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
    text::Span,
};
use std::{cell::OnceCell, collections::HashSet};

/// What a rule may look at.
#[derive(Debug, Clone)]
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
    /// Whether nameless firms may be named by their country: the document speaks of firms, and not of sport.
    names_firms: OnceCell<bool>,
}

impl<'a> Context<'a> {
    /// What the first pass looks at.
    pub fn new(document: &'a Document<'a>, lexicon: &'a Lexicon, lookups: &'a [Lookup], listed: &'a Listed) -> Self {
        Self { document, lexicon, lookups, listed, established: &[], names_firms: OnceCell::new() }
    }
}

/// The mentions of a release, in order; they never overlap.
///
/// The rules run twice: first on the text alone, then once more beside what the first pass established, so that a
/// surname or a short form is found in its other places.
pub fn annotate(document: &Document<'_>, lexicon: &Lexicon) -> Vec<Mention> {
    annotate_all(std::slice::from_ref(document), lexicon).pop().unwrap_or_default()
}

/// The mentions of each release, as [`annotate`] gives them.
///
/// All releases walk down the corridor together, each rule over all of them before the next: the rules are more code than the
/// nearest caches hold, and fetching it for each release takes longer than the work.
pub fn annotate_all(documents: &[Document<'_>], lexicon: &Lexicon) -> Vec<Vec<Mention>> {
    let mut all = propose(documents, lexicon);
    for mentions in &mut all {
        *mentions = select::select_last(std::mem::take(mentions));
        mentions.retain(|mention| mention.kind != Kind::Nothing);
    }
    all
}

/// Everything that the rules propose for each release, of both passes.
fn propose(documents: &[Document<'_>], lexicon: &Lexicon) -> Vec<Vec<Mention>> {
    let look_up = |document: &Document<'_>| {
        let mut lookups = Vec::new();
        lexicon.gazetteer.find(document.as_str(), &mut lookups);
        lookups
    };
    let lookups: Vec<Vec<Lookup>> = documents.iter().map(look_up).collect();
    let with_lookups = || documents.iter().zip(&lookups);
    let listed: Vec<Listed> =
        with_lookups().map(|(document, lookups)| Listed::new(&document.tokens, lookups, &lexicon.gazetteer)).collect();
    let mut contexts: Vec<Context<'_>> = with_lookups()
        .zip(&listed)
        .map(|((document, lookups), listed)| Context::new(document, lexicon, lookups, listed))
        .collect();
    let mut found = vec![Vec::new(); documents.len()];
    for (order, rule) in RULES.iter().enumerate() {
        collect(rule, rule.find, order, &contexts, &mut found);
    }
    let established: Vec<Vec<Mention>> = found.iter().map(|found| select::select(found)).collect();
    for (context, established) in contexts.iter_mut().zip(&established) {
        context.established = established;
    }
    for (order, rule) in RULES.iter().enumerate() {
        if let Some(echo) = rule.echo {
            collect(rule, echo, order, &contexts, &mut found);
        }
    }
    for (context, found) in contexts.iter().zip(&mut found) {
        withdraw_guesses(context.document.as_str(), context.established, found);
        withdraw_dates(found);
    }
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

/// Takes back dates of one word that are the surname of somebody who does something there (`Gerlinde März … März begrüßte`).
fn withdraw_dates(found: &mut Vec<Mention>) {
    let is_echo = |mention: &&Mention| mention.kind == Kind::Person && mention.why.by == Evidence::Rule("people/echo");
    let people: HashSet<Span> = found.iter().filter(is_echo).map(|mention| mention.span).collect();
    if !people.is_empty() {
        found.retain(|mention| mention.kind != Kind::Date || !people.contains(&mention.span));
    }
}

/// Adds what `find` proposes for each release to what was found there.
fn collect(rule: &Rule, find: rules::Find, order: usize, contexts: &[Context<'_>], found: &mut [Vec<Mention>]) {
    for (context, found) in contexts.iter().zip(found) {
        let first_new = found.len();
        find(context, found);
        for mention in &mut found[first_new..] {
            mention.rule_order = order;
            debug_assert!(!mention.span.is_empty(), "the rule '{}' found an empty mention", rule.name);
        }
    }
}
