//! Names beside each other: what two rows share, what hides in running text.

use super::{Findings, place};
use crate::lexicon::{CommonWords, Form, ListRow, build::fold_name};
use std::collections::{BTreeMap, HashMap};

/// A name as rows may share it: kind, priority, folded spelling.
type Shared<'f> = (&'f str, i32, String);

/// Every row, for the comparison of names.
#[derive(Debug, Default)]
pub(super) struct Names<'f> {
    rows: Vec<ListRow<'f>>,
}

impl<'f> Names<'f> {
    /// The rows, in the order of reading.
    pub(super) fn rows(&self) -> &[ListRow<'f>] {
        &self.rows
    }

    pub(super) fn add(&mut self, row: ListRow<'f>) {
        self.rows.push(row);
    }

    pub(super) fn check(&self, common: &CommonWords, findings: &mut Findings) {
        let mut strong: HashMap<Shared<'_>, Vec<(usize, &str)>> = HashMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            repeated(row, findings);
            for spelling in row.spellings().filter(|spelling| !spelling.is_weak) {
                if row.kind != "sector" && spelling.form != Form::Acronym && row.case.is_empty() {
                    common_word(row, spelling.text, common, findings);
                }
                let folded = fold_name(spelling.text);
                let priority = row.priority.parse().unwrap_or(0);
                let rows = strong.entry((row.kind, priority, folded)).or_default();
                if rows.last().is_none_or(|&(last, _)| last != at) && spelling.form != Form::Acronym {
                    rows.push((at, spelling.text));
                }
            }
        }
        let shared: BTreeMap<_, _> = strong.into_iter().filter(|(_, rows)| rows.len() > 1).collect();
        for rows in shared.values() {
            self.shared(rows, findings);
        }
    }

    /// One name of several rows of equal rights: nothing but the text around it can tell them apart.
    fn shared(&self, rows: &[(usize, &str)], findings: &mut Findings) {
        let (first, first_text) = rows[0];
        for &(at, text) in &rows[1..] {
            let (row, other) = (&self.rows[at], &self.rows[first]);
            if row.id == other.id
                || !row.country.is_empty() && !other.country.is_empty() && row.country != other.country
            {
                continue;
            }
            let what = if text == first_text {
                format!("'{text}' is also a name of {} at {}", other.id, place(other))
            } else {
                format!("'{text}' is only a fold away from '{first_text}' of {} at {}", other.id, place(other))
            };
            let message = format!("{what}; merge the rows, mark one !, or give the likelier a higher priority");
            findings.warning(row.path, row.line, "shared-name", message);
        }
    }
}

/// Names of one row that meet in any text.
fn repeated(row: &ListRow<'_>, findings: &mut Findings) {
    let mut seen: HashMap<(String, bool), &str> = HashMap::new();
    for spelling in row.spellings().filter(|spelling| spelling.form != Form::Acronym) {
        let folded = fold_name(spelling.text);
        if folded.is_empty() {
            continue;
        }
        if let Some(other) = seen.insert((folded, spelling.is_weak), spelling.text) {
            let message = if other == spelling.text {
                format!("the name '{other}' stands twice in the row; take one out")
            } else {
                format!("'{}' is only a fold away from '{other}' in the same row; take one out", spelling.text)
            };
            findings.warning(row.path, row.line, "repeated-name", message);
        }
    }
}

/// A strong name of one word that is a word of running text.
fn common_word(row: &ListRow<'_>, text: &str, common: &CommonWords, findings: &mut Findings) {
    if text.contains(' ') {
        return;
    }
    let languages: Vec<&str> = common.languages(text).collect();
    if !languages.is_empty() {
        let languages = languages.join(", ");
        let message = format!("'{text}' is a common word ({languages}); mark it !, or set the case to exact");
        findings.warning(row.path, row.line, "common-word", message);
    }
}
