//! The ways to find mentions, in the order in which they win.

mod amounts;
mod dates;
mod firms;
mod institutions;
mod lists;
mod people;
mod places;
mod sectors;

use super::{Context, Mention};

/// Proposes mentions of a release.
pub type Find = fn(&Context<'_>, &mut Vec<Mention>);

/// A way to find mentions.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its word in `why.rule`, in help and in `explain`.
    pub name: &'static str,
    /// What it finds, in one sentence.
    pub about: &'static str,
    /// Finds mentions by the text alone.
    pub find: Find,
    /// Finds further mentions beside the established ones.
    pub echo: Option<Find>,
}

/// The rules, in the order in which they win; each is the file of its name.
pub const RULES: &[Rule] = &[
    dates::RULE,
    firms::RULE,
    people::RULE,
    institutions::RULE,
    places::RULE,
    sectors::RULE,
    amounts::RULE,
    lists::RULE,
];
