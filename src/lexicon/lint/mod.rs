//! What is wrong with lists of names, line by line, and what to do about it.
//!
//! Read `cells.rs` (what a spreadsheet does to a cell), `rows.rs` (one row by itself), `names.rs` (names beside each
//! other), `alike.rs` (names that the matcher takes for one), `pack.rs` (where lists come from).

mod alike;
mod cells;
mod names;
mod pack;
mod rows;

use super::{CommonWords, Files, Kinds, ListError, ListRow, Packs, Table, entry};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The list cannot be used so, or says what is not so.
    Error,
    /// Worth a look; the list works.
    Warning,
}

/// Something wrong in a list: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Path of the file inside the folder.
    pub path: String,
    /// Line, counted from 1; 0 when the file as a whole is meant.
    pub line: usize,
    /// How bad it is.
    pub severity: Severity,
    /// A stable word for programs (`duplicate-id`).
    pub code: &'static str,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, ": {severity}: {} [{}]", self.message, self.code)
    }
}

/// What is found, in the order of files and lines.
#[derive(Debug, Default)]
struct Findings {
    found: Vec<Finding>,
}

impl Findings {
    fn error(&mut self, path: &str, line: usize, code: &'static str, message: impl Into<String>) {
        self.add(Severity::Error, path, line, code, message.into());
    }

    fn warning(&mut self, path: &str, line: usize, code: &'static str, message: impl Into<String>) {
        self.add(Severity::Warning, path, line, code, message.into());
    }

    fn add(&mut self, severity: Severity, path: &str, line: usize, code: &'static str, message: String) {
        self.found.push(Finding { path: path.to_owned(), line, severity, code, message });
    }

    fn list_error(&mut self, error: &ListError, code: &'static str) {
        self.error(&error.path, error.line, code, error.message.clone());
    }
}

/// What a spreadsheet or a wrong encoding did to a cell of a table that is to become a list; `column` is ours.
pub(crate) fn cell(path: &str, line: usize, column: &str, cell: &str) -> Vec<Finding> {
    let mut findings = Findings::default();
    cells::check(path, line, column, cell, &mut findings);
    findings.found
}

/// Whether an id is what a spreadsheet leaves of a number too long for its cell: others may look the same now.
pub(crate) fn is_damaged_id(id: &str) -> bool {
    cells::is_exponent(id.split_once(':').map_or(id, |(_, local)| local))
}

/// Everything wrong in `files`, in the order of files and lines.
///
/// `shipped` are the lists that those of `files` are added to: a parent may be there, and their countries and common
/// words are known. To look at the shipped lists themselves, give them as both.
pub fn lint(files: &Files, shipped: &Files) -> Vec<Finding> {
    let mut findings = Findings::default();
    let known = Known::of(files, shipped);
    let mut ids: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    let mut names = names::Names::default();
    for path in files.paths().filter(|path| path.ends_with(".tsv")) {
        let text = match files.text(path) {
            Ok(text) => text.unwrap_or_default(),
            Err(error) => {
                findings.list_error(&error, "encoding");
                continue;
            }
        };
        if entry::is_list(path) {
            list(path, text, &known, &mut ids, &mut names, &mut findings);
        } else {
            table(path, text, &mut findings);
        }
    }
    names.check(&known.common, &mut findings);
    alike::check(files, shipped, names.rows(), &mut findings);
    pack::check(files, &mut findings);
    if let Err(error) = Packs::load(files) {
        findings.list_error(&error, "language-pack");
    }
    findings.found.sort();
    findings.found
}

/// What rows may refer to.
struct Known {
    ids: BTreeSet<String>,
    /// ISO codes; empty when no list of countries is at hand.
    countries: BTreeSet<String>,
    kinds: Kinds,
    common: CommonWords,
}

impl Known {
    fn of(files: &Files, shipped: &Files) -> Self {
        let mut known = Self {
            ids: BTreeSet::new(),
            countries: BTreeSet::new(),
            kinds: Kinds::load(&shipped.clone().with(files.clone())).unwrap_or_default(),
            common: CommonWords::default(),
        };
        for row in entry::rows(files).chain(entry::rows(shipped)).flatten() {
            if let Some(code) = row.id.strip_prefix("iso3166:") {
                known.countries.insert(code.to_owned());
            }
            // The four letters of a former country begin with the two that it had.
            if let Some(code) = row.id.strip_prefix("iso3166-3:").and_then(|code| code.get(..2)) {
                known.countries.insert(code.to_owned());
            }
            known.ids.insert(row.id.to_owned());
        }
        let own = CommonWords::load(files).unwrap_or_default();
        known.common = if own.is_empty() { CommonWords::load(shipped).unwrap_or_default() } else { own };
        known
    }
}

fn list<'f>(
    path: &'f str,
    text: &'f str,
    known: &Known,
    ids: &mut BTreeMap<&'f str, (&'f str, usize)>,
    names: &mut names::Names<'f>,
    findings: &mut Findings,
) {
    let table = match Table::new(path, text).require(&["id", "kind", "name"]) {
        Ok(table) => table,
        Err(error) => return findings.list_error(&error, "missing-column"),
    };
    for column in table.columns().filter(|column| !entry::COLUMNS.contains(column)) {
        let message = format!("the column '{column}' has no meaning here; it is kept out, take it away or rename it");
        findings.warning(path, 1, "unknown-column", message);
    }
    let mut last = "";
    let mut is_sorted = true;
    for row in table.rows(entry::COLUMNS) {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                findings.list_error(&error, "extra-cells");
                continue;
            }
        };
        for (column, cell) in entry::COLUMNS.iter().zip(row.cells) {
            cells::check(path, row.line, column, cell, findings);
        }
        let row = entry::from_row(row);
        rows::check(&row, known, findings);
        if let Some((other, line)) = ids.insert(row.id, (path, row.line)).filter(|_| !row.id.is_empty()) {
            let message = format!("the id '{}' is already at {other}:{line}; merge the two rows", row.id);
            findings.error(path, row.line, "duplicate-id", message);
        }
        if is_sorted && row.id < last {
            is_sorted = false;
            let message =
                format!("'{}' comes after '{last}'; sort the rows by id, so that changes are easy to see", row.id);
            findings.warning(path, row.line, "unsorted", message);
        }
        last = row.id;
        names.add(row);
    }
}

/// A table of evidence: cells, and lines that repeat.
fn table(path: &str, text: &str, findings: &mut Findings) {
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    let n_columns = text.lines().next().map_or(0, |header| header.split('\t').count());
    for (idx, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
        if line.split('\t').count() > n_columns {
            findings.error(path, idx + 1, "extra-cells", "more cells than columns; take the extra tabs out");
        }
        if let Some(first) = lines.insert(line, idx + 1) {
            findings.warning(path, idx + 1, "duplicate-line", format!("the line repeats line {first}; take it out"));
        }
        for cell in line.split('\t') {
            cells::check(path, idx + 1, "", cell, findings);
        }
    }
}

/// A row as a place to point at.
fn place(row: &ListRow<'_>) -> String {
    format!("{}:{}", row.path, row.line)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str =
        "id\tkind\tsubtype\tname\taliases\tacronym\tcountry\tparent\tsame_as\tcase\tneeds\tnever\tpriority\n";
    const PACK: &str = "name = \"own\"\n[[file]]\npath = \"places/own.tsv\"\nsource = \"own\"\nlicense = \"CC0-1.0\"\n";

    fn shipped() -> Files {
        Files::from_pairs([
            ("places/countries.tsv", "id\tkind\tname\niso3166:IT\tplace\tItaly\n"),
            ("evidence/common_words.tsv", "word\tlang\tzipf\nprato\tit\t4.2\n"),
        ])
    }

    /// Each finding of the rows as `line code`.
    #[track_caller]
    fn check_rows(rows: &str, expected: &[&str]) {
        let files = Files::from_pairs([("places/own.tsv", format!("{HEADER}{rows}")), ("pack.toml", PACK.to_owned())]);
        let findings = lint(&files, &shipped());
        let found: Vec<String> = findings.iter().map(|finding| format!("{} {}", finding.line, finding.code)).collect();
        assert_eq!(found, expected, "{findings:#?}");
    }

    #[test]
    fn a_right_row_has_no_finding() {
        check_rows(
            "local:a\tplace\tcity\tVallombra\tVallombra sul Rio|!de:Fallumber|Sant'Andrea\tVLB\tIT\tiso3166:IT\tror:05apxxy63\tany\tmunicipio\tvia\t5\n\
             local:b\tinstitution\tcompany\t3M\t24/7|50-50|MAR-3|Öko-Straße\t\t\t\t\t\t\t\t\n",
            &[],
        );
    }

    #[test]
    fn names_that_the_matcher_takes_for_one_are_told() {
        let row = |id: &str, name: &str| format!("local:{id}\tinstitution\tcompany\t{name}\t\t\tIT\t\t\t\t\t\t\n");
        check_rows(
            &[
                row("a", "K.A.R.S.T. Prova"),
                row("b", "KARST Prova"),
                row("c", "Neri & Conti Prova"),
                row("d", "Neri & Conti Prove"),
            ]
            .concat(),
            &["3 shared-name"],
        );
    }

    #[test]
    fn an_id_is_mended_as_it_was_meant() {
        let row = "ROR:05 x\tinstitution\tcompany\tAlfa Prova\t\t\tIT\t\t\t\t\t\t\n".to_owned();
        let files = Files::from_pairs([("places/own.tsv", format!("{HEADER}{row}")), ("pack.toml", PACK.to_owned())]);
        let told = lint(&files, &shipped()).iter().map(ToString::to_string).collect::<String>();
        assert!(told.contains("('ror:05-x')"), "{told}");
    }

    #[test]
    fn a_row_that_cannot_be_used_is_told() {
        check_rows("local:a\tplace\tcity\t\n", &["2 missing-cell"]);
        check_rows("a\tplace\tcity\tUno\n", &["2 bad-id"]);
        check_rows("local:a\tplaces\tcity\tUno\n", &["2 unknown-kind"]);
        check_rows("local:a\tplace\ttown\tUno\n", &["2 unknown-subtype"]);
        check_rows("local:a\tplace\tuniversity\tUno\n", &["2 unknown-subtype"]);
        check_rows("local:a\tplace\tcity\tUno\t\t\tit\n", &["2 unknown-country"]);
        check_rows("local:a\tplace\tcity\tUno\t\t\tZZ\n", &["2 unknown-country"]);
        check_rows("local:a\tplace\tcity\tUno\t\t\tIT\tlocal:z\n", &["2 unknown-parent"]);
        check_rows("local:a\tplace\tcity\tUno\t\t\tIT\tlocal:a\n", &["2 unknown-parent"]);
        check_rows("local:a\tplace\tcity\tUno\t\t\t\t\tQ1234\n", &["2 bad-id"]);
        check_rows("local:a\tplace\tcity\tUno\t\t\t\t\t\tlower\n", &["2 bad-case"]);
        check_rows("local:a\tplace\tcity\tUno\t\t\t\t\t\t\t\t\thigh\n", &["2 bad-priority"]);
        check_rows("local:a\tplace\tcity\tUno\t\t\t\t\t\t\tvia\tVia\n", &["2 never-matched"]);
        check_rows(&format!("local:a\tplace\tcity\tUno{}\n", "\t".repeat(12)), &["2 extra-cells"]);
    }

    #[test]
    fn what_a_spreadsheet_did_is_told() {
        check_rows("local:a\tplace\tcity\t01/03/2024\n", &["2 spreadsheet"]);
        check_rows("local:a\tplace\tcity\tUno\t2024-03-01 00:00:00\n", &["2 spreadsheet"]);
        check_rows("local:a\tplace\tcity\tUno\t3-Mar\n", &["2 spreadsheet"]);
        check_rows("local:a\tplace\tcity\tUno\t1,23E+11\n", &["2 spreadsheet"]);
        check_rows("local:a\tplace\tcity\t#NAME?\n", &["2 spreadsheet"]);
        check_rows("istat:37006\tplace\tcity\tUno\n", &["2 spreadsheet"]);
        check_rows("ror:5apxxy63\tinstitution\tother\tUno\n", &["2 spreadsheet"]);
        check_rows("local:a\tplace\tcity\t\"Uno, due\"\n", &["2 quotes"]);
    }

    #[test]
    fn a_wrong_encoding_is_told() {
        check_rows("local:a\tplace\tcity\tForlÃ¬\n", &["2 encoding"]);
        check_rows("local:a\tplace\tcity\tForl\u{fffd}\n", &["2 encoding"]);
        check_rows("local:a\tplace\tcity\tForli\u{300}\n", &["2 not-composed"]);
        check_rows("local:a\tplace\tcity\tUno  Due\n", &["2 blanks"]);
        let files = Files::from_pairs([("places/own.tsv", &b"id\tkind\tname\nlocal:a\tplace\tForl\xec\n"[..])]);
        let codes: Vec<_> = lint(&files, &shipped()).into_iter().map(|finding| (finding.line, finding.code)).collect();
        assert_eq!(codes, [(0, "pack"), (2, "encoding")]);
    }

    #[test]
    fn names_that_get_in_each_others_way_are_told() {
        check_rows("local:a\tplace\tcity\tUno\nlocal:a\tplace\tcity\tDue\n", &["3 duplicate-id"]);
        check_rows("local:b\tplace\tcity\tUno\nlocal:a\tplace\tcity\tDue\n", &["3 unsorted"]);
        check_rows("local:a\tplace\tcity\tUno\nlocal:b\tplace\tcity\tDue\tUno\n", &["3 shared-name"]);
        check_rows("local:a\tplace\tcity\tAgliè\nlocal:b\tplace\tcity\tDue\tAglie\n", &["3 shared-name"]);
        check_rows("local:a\tplace\tcity\tUno\nlocal:b\tplace\tcity\tDue\t!Uno\n", &[]);
        check_rows("local:a\tplace\tcity\tUno Due\tUno-Due\n", &["2 repeated-name"]);
        check_rows("local:a\tplace\tcity\tPrato\n", &["2 common-word"]);
        check_rows("local:a\tplace\tcity\tPrato\t!Prato\n", &[]);
        check_rows("local:a\tplace\tcity\tUno\t…\n", &["2 never-matched"]);
        check_rows("local:a\tplace\tcity\tUno\tDue||Tre\n", &["2 empty-alias"]);
        check_rows("local:a\tplace\tcity\tUno\t\tuno\n", &["2 never-matched"]);
    }

    #[test]
    fn a_pack_states_what_is_there() {
        let codes = |pack: &str| {
            let files = Files::from_pairs([("places/own.tsv", "id\tkind\tname\n"), ("pack.toml", pack)]);
            lint(&files, &shipped()).into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        assert_eq!(codes(PACK), Vec::<String>::new());
        let messages = codes("name = \"own\"\n[[file]]\npath = \"places/gone.tsv\"\nsource = \"x\"\nlicense = \"x\"\n");
        assert_eq!(messages.len(), 2, "{messages:?}");
        assert!(messages[0].starts_with("'places/gone.tsv' is stated but not there"), "{messages:?}");
        let messages = codes("name = ");
        assert_eq!(messages.len(), 1, "{messages:?}");
    }
}
