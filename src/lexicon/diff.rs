//! What changed between two states of the lists.

use super::{Files, ListError, entry};
use serde::Serialize;
use std::{collections::BTreeMap, fmt};

/// What changed between two states of the lists.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// Id and name of rows that are new.
    pub added: Vec<(String, String)>,
    /// Id and name of rows that are gone.
    pub removed: Vec<(String, String)>,
    /// Rows that say something else.
    pub changed: Vec<Change>,
}

/// A row that says something else.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// CURIE of the row.
    pub id: String,
    /// Each column that changed, with what it said and says.
    pub columns: BTreeMap<&'static str, (String, String)>,
}

type Rows<'f> = BTreeMap<&'f str, [(&'static str, &'f str); 13]>;

/// What changed from `old` to `new`, by id.
///
/// # Errors
///
/// Returns the first row that cannot be read.
pub fn diff(old: &Files, new: &Files) -> Result<Diff, ListError> {
    let (old, new) = (rows(old)?, rows(new)?);
    let named = |(id, cells): (&&str, &[(&str, &str); 13])| ((*id).to_owned(), cells[2].1.to_owned());
    let mut diff = Diff {
        added: new.iter().filter(|(id, _)| !old.contains_key(*id)).map(named).collect(),
        removed: old.iter().filter(|(id, _)| !new.contains_key(*id)).map(named).collect(),
        changed: Vec::new(),
    };
    for (id, after) in &new {
        let Some(before) = old.get(id).filter(|before| *before != after) else { continue };
        let differing = before.iter().zip(after).filter(|(before, after)| before != after);
        let columns = differing.map(|(before, after)| (before.0, (before.1.to_owned(), after.1.to_owned()))).collect();
        diff.changed.push(Change { id: (*id).to_owned(), columns });
    }
    Ok(diff)
}

fn rows(files: &Files) -> Result<Rows<'_>, ListError> {
    let mut rows = Rows::new();
    for row in entry::rows(files) {
        let row = row?;
        let cells = [
            ("kind", row.kind),
            ("subtype", row.subtype),
            ("name", row.name),
            ("aliases", row.aliases),
            ("acronym", row.acronym),
            ("country", row.country),
            ("parent", row.parent),
            ("same_as", row.same_as),
            ("case", row.case),
            ("needs", row.needs),
            ("never", row.never),
            ("priority", row.priority),
            ("note", row.note),
        ];
        rows.insert(row.id, cells);
    }
    Ok(rows)
}

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (id, name) in &self.removed {
            writeln!(f, "- {id}  {name}")?;
        }
        for (id, name) in &self.added {
            writeln!(f, "+ {id}  {name}")?;
        }
        for change in &self.changed {
            for (column, (before, after)) in &change.columns {
                writeln!(f, "~ {}  {column}: '{before}' is now '{after}'", change.id)?;
            }
        }
        let (n_added, n_removed, n_changed) = (self.added.len(), self.removed.len(), self.changed.len());
        writeln!(f, "{n_added} rows new, {n_removed} gone, {n_changed} changed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_meet_by_id_whatever_their_file() {
        let lists = |path: &str, text: &str| Files::from_pairs([(path, format!("id\tkind\tname\n{text}"))]);
        let old = lists("places/a.tsv", "local:a\tplace\tUno\nlocal:b\tplace\tDue\n");
        let new = lists("places/z.tsv", "local:b\tplace\tDue II\nlocal:c\tplace\tTre\n");
        let shown = diff(&old, &new).expect("the rows are right").to_string();
        let expected =
            "- local:a  Uno\n+ local:c  Tre\n~ local:b  name: 'Due' is now 'Due II'\n1 rows new, 1 gone, 1 changed\n";
        assert_eq!(shown, expected);
    }
}
