//! The unique things of a document: mentions that share a name, or a value.

use super::{
    fold::{fold, fold_date},
    gold::{Annotation, Label},
};
use std::collections::BTreeSet;

/// Mentions of one thing.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// The name or value they share, folded.
    pub key: String,
    /// Every surface of the thing, folded.
    pub aliases: BTreeSet<String>,
    /// The mentions.
    pub mentions: Vec<&'a Annotation>,
}

/// The groups of `mentions` with a label, in the order of their first mentions. Without a name or value there is none.
pub(super) fn groups<'a>(mentions: &[&'a Annotation], label: Label) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for &mention in mentions.iter().filter(|mention| mention.is(label)) {
        let name = || named(&mention.canonical).or(named(&mention.text)).unwrap_or_default();
        let key = match label {
            Label::Sector => fold(mention.value.as_deref().unwrap_or_default()),
            Label::Date => fold_date(mention.value.as_deref().unwrap_or_default()),
            _ => fold(name()),
        };
        if key.is_empty() {
            continue;
        }
        let at = groups.iter().position(|group| group.key == key).unwrap_or_else(|| {
            groups.push(Group { aliases: BTreeSet::from([key.clone()]), key, mentions: Vec::new() });
            groups.len() - 1
        });
        if let (Label::Institution | Label::Person | Label::Place, Some(text)) = (label, named(&mention.text)) {
            groups[at].aliases.insert(fold(text));
        }
        groups[at].mentions.push(mention);
    }
    groups
}

fn named(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}

/// Which found group is which annotated one: those of equal key first, then those that share a surface.
///
/// The number of the found group for each annotated one.
pub(super) fn pair(gold: &[Group<'_>], found: &[Group<'_>]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> =
        gold.iter().map(|group| found.iter().position(|other| other.key == group.key)).collect();
    let mut is_taken = vec![false; found.len()];
    pairs.iter().flatten().for_each(|&at| is_taken[at] = true);
    for (group, pair) in gold.iter().zip(&mut pairs).filter(|(_, pair)| pair.is_none()) {
        *pair = (0..found.len()).find(|&at| !is_taken[at] && !group.aliases.is_disjoint(&found[at].aliases));
        pair.iter().for_each(|&at| is_taken[at] = true);
    }
    pairs
}
