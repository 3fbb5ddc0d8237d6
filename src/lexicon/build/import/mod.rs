//! Lists of others as lists of ours: a dump of the Research Organization Registry, a table of a register.
//!
//! What cannot be carried over is counted and reported, never dropped in silence.

mod decode;
mod ror;
mod table;

pub use ror::ror;
pub use table::{TableOptions, table};

use super::{draft::Draft, evidence::Words, risk, rules::Rules, source::SourceError, write};
use crate::lexicon::{
    Files, entry,
    lint::{Finding, Severity},
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Longest name that a list may have, in bytes.
const MAX_NAME_BYTES: usize = 1023;

/// A list made of another's, and what could not be carried over.
#[derive(Debug, Default)]
pub struct Imported {
    /// The list, with its header.
    pub text: String,
    /// What was done.
    pub report: Report,
}

/// What an import did.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Rows that were made.
    pub rows: usize,
    /// What was left out or changed, in words, and how often.
    pub notes: BTreeMap<String, usize>,
    /// What is wrong with cells of the table, by its lines.
    pub findings: Vec<Finding>,
}

impl Report {
    fn note(&mut self, what: impl Into<String>) {
        *self.notes.entry(what.into()).or_default() += 1;
    }

    fn error(&mut self, path: &str, line: usize, code: &'static str, message: String) {
        self.findings.push(Finding { path: path.to_owned(), line, severity: Severity::Error, code, message });
    }

    fn warning(&mut self, path: &str, line: usize, code: &'static str, message: String) {
        self.findings.push(Finding { path: path.to_owned(), line, severity: Severity::Warning, code, message });
    }
}

/// What imports go by: the rules and the evidence of the shipped lists.
struct Shipped {
    rules: Rules,
    words: Words,
    ids: BTreeSet<String>,
}

impl Shipped {
    fn read(shipped: &Files) -> Result<Self, SourceError> {
        let path = "build/rules.toml";
        let rules = shipped.text(path)?.ok_or_else(|| SourceError::at(path, 0, "is missing; imports go by it"))?;
        let ids = entry::rows(shipped).flatten().map(|row| row.id.to_owned()).collect();
        Ok(Self { rules: Rules::parse(rules)?, words: Words::from_files(shipped)?, ids })
    }

    /// Finishes the rows as a build does: risky names marked, sorted by id.
    fn finish(&self, mut drafts: Vec<Draft>, mut report: Report) -> Imported {
        let shares = risk::Shares::of(&drafts);
        let own: BTreeSet<String> = drafts.iter().map(|draft| draft.id.clone()).collect();
        for draft in &mut drafts {
            let n_names = draft.names.len();
            draft.finish();
            if draft.names.len() < n_names {
                let left_out = n_names - draft.names.len();
                *report
                    .notes
                    .entry("names that repeat another or cannot be found in a text".to_owned())
                    .or_default() += left_out;
            }
            let marked: BTreeSet<String> =
                draft.names.iter().filter(|name| name.is_weak).map(|name| name.text.clone()).collect();
            risk::mark(draft, &self.words, &shares, &self.rules);
            // What the table says never counts alone does not, whatever the words are.
            draft.names.iter_mut().for_each(|name| name.is_weak |= marked.contains(&name.text));
            if !draft.parent.is_empty() && !own.contains(&draft.parent) && !self.ids.contains(&draft.parent) {
                report.note("parents that are in no list");
                draft.parent.clear();
            }
        }
        drafts.sort_by(|a, b| a.id.cmp(&b.id));
        report.rows = drafts.len();
        let mut text = entry::COLUMNS.join("\t");
        text.push('\n');
        for draft in &drafts {
            text.push_str(&write::line(draft));
            text.push('\n');
        }
        Imported { text, report }
    }
}
