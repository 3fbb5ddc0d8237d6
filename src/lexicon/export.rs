//! The lists for other programs: spreadsheets and spaCy.

use super::{Files, ListError, ListRow, entry};
use std::io::{self, Write};

/// A list that cannot be written out.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A row of the lists cannot be read.
    #[error(transparent)]
    List(#[from] ListError),
    /// The output does not take it.
    #[error("cannot be written: {0}")]
    Io(#[from] io::Error),
    /// A row cannot be written as CSV.
    #[error("cannot be written: {0}")]
    Csv(#[from] csv::Error),
}

/// Writes the rows of `files`, of one kind or of all, as CSV with the columns of the lists.
///
/// A cell that a spreadsheet would take for a formula (`=`, `+`, `-`, `@` first) gets a `'` before it, so that a name
/// from a list can start nothing on the reader's machine.
///
/// # Errors
///
/// Returns the first row that cannot be read, or the output's refusal.
pub fn csv(files: &Files, kind: Option<&str>, output: impl Write) -> Result<(), ExportError> {
    let mut writer = csv::Writer::from_writer(output);
    writer.write_record(entry::COLUMNS)?;
    for row in entry::rows(files) {
        let row = row?;
        if kind.is_none_or(|kind| kind == row.kind) {
            writer.write_record(cells(&row).map(harmless))?;
        }
    }
    writer.flush()?;
    Ok(())
}

fn cells<'f>(row: &ListRow<'f>) -> [&'f str; entry::COLUMNS.len()] {
    [
        row.id,
        row.kind,
        row.subtype,
        row.name,
        row.aliases,
        row.acronym,
        row.country,
        row.parent,
        row.same_as,
        row.case,
        row.needs,
        row.never,
        row.priority,
        row.note,
    ]
}

/// The cell as text that no spreadsheet takes for a formula; a plain number is none.
fn harmless(cell: &str) -> String {
    let is_risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if is_risky { format!("'{cell}") } else { cell.to_owned() }
}

/// Writes the spellings of `files` as patterns of spaCy's entity ruler, one JSON object a line.
///
/// Spellings that never count alone are left out: the ruler knows no evidence.
///
/// # Errors
///
/// Returns the first row that cannot be read, or the output's refusal.
pub fn spacy(files: &Files, kind: Option<&str>, mut output: impl Write) -> Result<(), ExportError> {
    for row in entry::rows(files) {
        let row = row?;
        if row.kind == "nothing" || kind.is_some_and(|kind| kind != row.kind) {
            continue;
        }
        let label = row.kind.to_uppercase();
        let id = if row.kind == "sector" && !row.parent.is_empty() { row.parent } else { row.id };
        for spelling in row.spellings().filter(|spelling| !spelling.is_weak) {
            let pattern = serde_json::json!({ "label": label, "pattern": spelling.text, "id": id });
            writeln!(output, "{pattern}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists() -> Files {
        let text = "id\tkind\tname\taliases\tpriority\n\
                    local:a\tinstitution\t=HYPERLINK(\"x\")\tNido, Srl|!Nido\t-5\n\
                    local:b\tplace\tVallombra\t\t\n";
        Files::from_pairs([("institutions/a.tsv", text)])
    }

    #[test]
    fn a_name_cannot_become_a_formula() {
        let mut output = Vec::new();
        csv(&lists(), None, &mut output).expect("memory takes everything");
        let text = String::from_utf8(output).expect("lists are UTF-8");
        assert!(text.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{text}");
        assert!(text.contains(",-5,"), "a number stays a number: {text}");
    }

    #[test]
    fn patterns_leave_out_what_needs_evidence() {
        let mut output = Vec::new();
        spacy(&lists(), Some("institution"), &mut output).expect("memory takes everything");
        let text = String::from_utf8(output).expect("lists are UTF-8");
        assert_eq!(text.lines().count(), 2);
        assert!(text.contains(r#"{"id":"local:a","label":"INSTITUTION","pattern":"Nido, Srl"}"#), "{text}");
    }
}
