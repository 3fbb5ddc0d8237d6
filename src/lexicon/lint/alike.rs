//! Names that the matcher takes for one: dots in acronyms, legal forms, `&` and `and`.

use super::{Findings, place};
use crate::lexicon::{Files, Form, Gazetteer, ListRow, build::fold_name, entry};
use std::collections::{HashMap, HashSet};

/// Tables of the shipped lists that the matcher reads names by.
const TABLES: [&str; 2] = ["evidence/legal_forms.tsv", "evidence/particles.tsv"];
const LANGUAGES: &str = "languages/";

/// Tells strong names of two rows of equal rights that the matcher takes for one, though they are written otherwise.
///
/// Lists that cannot be compiled have other mistakes, which are told already.
pub(super) fn check(files: &Files, shipped: &Files, rows: &[ListRow<'_>], findings: &mut Findings) {
    let Some(gazetteer) = compile(files, shipped) else { return };
    let by_id: HashMap<&str, usize> = rows.iter().enumerate().map(|(at, row)| (row.id, at)).collect();
    let priority = |row: &ListRow<'_>| row.priority.parse().unwrap_or(0);
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.kind != "sector") {
        let mut told = HashSet::new();
        for spelling in row.spellings().filter(|spelling| !spelling.is_weak) {
            let readings = gazetteer.spelling(spelling.text).into_iter().flat_map(|name| gazetteer.readings(name));
            let strong = readings.filter(|reading| !reading.is_weak || reading.is_stripped);
            let others =
                strong.filter_map(|reading| by_id.get(gazetteer.id(reading.entry)).map(|&other| (other, reading.form)));
            for (other_at, form) in others.filter(|&(other, _)| other < at) {
                let other = &rows[other_at];
                let is_acronym = spelling.form == Form::Acronym || form == Form::Acronym;
                let are_abroad = !row.country.is_empty() && !other.country.is_empty() && row.country != other.country;
                let are_equal = row.kind == other.kind && priority(row) == priority(other);
                // Bodies share acronyms as a matter of course, and what is written alike is told elsewhere.
                if is_acronym || are_abroad || !are_equal || has_name(other, spelling.text) || !told.insert(other_at) {
                    continue;
                }
                let message = format!(
                    "'{}' is read like a name of {} ('{}') at {}; merge the rows, mark one !, or give the likelier a higher priority",
                    spelling.text,
                    other.id,
                    other.name,
                    place(other)
                );
                findings.warning(row.path, row.line, "shared-name", message);
            }
        }
    }
}

/// Whether a row has a strong name that is the same but for case, accents and marks.
fn has_name(row: &ListRow<'_>, text: &str) -> bool {
    let folded = fold_name(text);
    row.spellings().any(|spelling| !spelling.is_weak && fold_name(spelling.text) == folded)
}

/// The lists of `files`, compiled with what the shipped lists say of legal forms and small words.
fn compile(files: &Files, shipped: &Files) -> Option<Gazetteer> {
    let is_needed = |path: &str| TABLES.contains(&path) || path.starts_with(LANGUAGES);
    let tables = shipped.paths().filter(|path| is_needed(path));
    let lists = files.paths().filter(|path| entry::is_list(path) || is_needed(path) || *path == "pack.toml");
    let texts = |files: &Files, path: &str| Some((path.to_owned(), files.text(path).ok()??.to_owned()));
    let pairs = tables.map(|path| texts(shipped, path)).chain(lists.map(|path| texts(files, path)));
    Gazetteer::load(&Files::from_pairs(pairs.collect::<Option<Vec<_>>>()?)).ok()
}
