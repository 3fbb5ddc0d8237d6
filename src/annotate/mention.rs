//! A stretch of text that names something, and why we think so.

use super::value::Value;
use crate::{
    lexicon::{EntryId, Folds, Gazetteer, Kind, Subtype},
    text::Span,
};
use std::cmp::Reverse;

/// A stretch of text that names something.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// What sort of thing it names.
    pub kind: Kind,
    /// The finer sort, where the evidence tells.
    pub subtype: Option<Subtype>,
    /// Whether the finer sort is only what most names of the shape are.
    pub is_guess: bool,
    /// Its normal form, for kinds that have one.
    pub value: Option<Value>,
    /// How sure we are.
    pub confidence: Confidence,
    /// The evidence.
    pub why: Why,
    /// Rows that it may name, best first.
    pub candidates: Vec<EntryId>,
    /// Of two rules' mentions of one length the earlier rule wins; set by annotation.
    pub(super) rule_order: usize,
}

impl Mention {
    /// A mention found by the named rule, without value and candidates.
    pub fn new(span: Span, kind: Kind, rule: &'static str, confidence: Confidence) -> Self {
        Self {
            span,
            kind,
            subtype: None,
            is_guess: false,
            value: None,
            confidence,
            why: Why { by: Evidence::Rule(rule), folds: Folds::NONE },
            candidates: Vec::new(),
            rule_order: 0,
        }
    }

    /// The same, by what the lists say as well: of the sort of the best of the rows that it may name.
    pub(super) fn naming(mut self, mut rows: Vec<EntryId>, folds: Folds, gazetteer: &Gazetteer) -> Self {
        rows.sort_by_key(|&row| Reverse(gazetteer.profile(row).priority));
        if let (Some(&best), Evidence::Rule(rule)) = (rows.first(), self.why.by) {
            self.subtype = gazetteer.profile(best).subtype;
            self.why = Why { by: Evidence::Both(best, rule), folds };
        }
        self.candidates = rows;
        self
    }
}

/// Why a stretch was tagged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Why {
    /// Row or rule.
    pub by: Evidence,
    /// What had to be folded to meet the row's name.
    pub folds: Folds,
}

/// What fired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A row of the lists, as it stands.
    Entry(EntryId),
    /// A rule; its name is a word of the registry, with a part behind a slash (`date/range`).
    Rule(&'static str),
    /// A rule that had a row of the lists to go by.
    Both(EntryId, &'static str),
}

/// How sure we are, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u8);

impl Confidence {
    /// `percent` in a hundred; more than 100 is 100.
    pub const fn percent(percent: u8) -> Self {
        Self(if percent > 100 { 100 } else { percent })
    }

    /// From 0 to 1, with two decimals.
    pub fn to_fraction(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}
