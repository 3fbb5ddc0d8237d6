//! A table of a register or a membership file: CSV, with a map from its columns to ours.

use super::{
    Imported, MAX_NAME_BYTES, Report, Shipped,
    decode::{decode, delimiter},
};
use crate::lexicon::{
    Files, Kinds, Subtype,
    build::{
        draft::{Draft, Name},
        fold_name, heads,
        source::SourceError,
    },
    entry, lint,
};
use std::{collections::BTreeSet, path::Path};

/// Columns that a map may fill.
const TARGETS: [&str; 14] = [
    "id", "kind", "subtype", "name", "aliases", "acronym", "country", "parent", "same_as", "case", "needs", "never",
    "priority", "note",
];

/// Columns that several of a table's may fill.
const REPEATED: [&str; 3] = ["aliases", "acronym", "same_as"];
/// A cell of so many lines is none: its quotation mark was never closed.
const MAX_CELL_LINES: usize = 20;

/// How to read a table.
#[derive(Debug, Clone, Default)]
pub struct TableOptions {
    /// Our column and the table's column, as in `name=Nome`; ours may stand several times for aliases.
    pub map: Vec<(String, String)>,
    /// Kind of rows for which the table has none; one that lists declare, too.
    pub kind: String,
    /// Subtype of rows for which the table has none.
    pub subtype: String,
    /// Country of rows for which the table has none.
    pub country: String,
}

/// Reads a CSV table and makes a list of it.
///
/// The delimiter (comma, semicolon or tab) is the one that the header has most of; a table that is neither UTF-8 nor UTF-16
/// is read as Windows-1252, as spreadsheets write it. What is wrong with its cells is told by the lines of the table.
///
/// # Errors
///
/// Returns what is wrong with the options, the header or the shipped rules.
pub fn table(path: &Path, bytes: &[u8], options: &TableOptions, shipped: &Files) -> Result<Imported, SourceError> {
    let name = path.to_string_lossy();
    let wrong = |line: usize, message: String| SourceError::at(&name, line, message);
    let kinds = Kinds::load(shipped)?;
    check(options, &kinds).map_err(|message| wrong(0, message))?;
    let shipped = Shipped::read(shipped)?;
    let mut report = Report::default();
    let text = decode(bytes, &mut report).map_err(|(line, message)| wrong(line, message))?;
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(&text)).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| wrong(1, error.to_string()))?.clone();
    let map = columns(&header, &options.map).map_err(|message| wrong(1, message))?;
    for (at, column) in header.iter().enumerate().filter(|(at, _)| !map.iter().any(|(_, column)| column == at)) {
        let name = if column.is_empty() { format!("number {}", at + 1) } else { format!("'{column}'") };
        report.note(format!("columns without a place in the map: {name}"));
    }
    let mut import = Import { path: &name, map, n_columns: header.len(), options, kinds, shipped: &shipped, report };
    let mut drafts = Vec::new();
    let mut ids = BTreeSet::new();
    let mut lines = Lines { text: &text, at: 0, n_ends: 0 };
    let mut last = (text.len(), 0);
    for record in reader.records() {
        let record = record.map_err(|error| wrong(0, error.to_string()))?;
        let begins = record.position().map_or(0, |position| position.byte() as usize);
        let line = lines.number(begins);
        last = (begins, line);
        match import.take(&record, line) {
            Some(draft) if ids.insert(draft.id.clone()) => drafts.push(draft),
            Some(_) => import.report.note("rows whose id is already taken"),
            None => {}
        }
    }
    let Import { mut report, .. } = import;
    // A cell that lacks its end has all that follows: it is in the last record.
    if text.get(last.0..).unwrap_or_default().matches('"').count() % 2 == 1 {
        let message = "a quotation mark is never closed, and all that follows it is one cell; close it".to_owned();
        report.error(&name, last.1, "quotes", message);
    }
    Ok(shipped.finish(drafts, report))
}

/// Counts lines, further and further into a table. The reader counts them too, but only sees the end of a line that is two
/// characters when it reads on.
struct Lines<'t> {
    text: &'t str,
    /// First byte that is not counted.
    at: usize,
    n_ends: usize,
}

impl Lines<'_> {
    /// The number, from 1 on, of the first line with anything in it from byte `at` on.
    fn number(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let is_end = |byte: &&u8| matches!(byte, b'\n' | b'\r');
        let begins = at + bytes.get(at..).unwrap_or_default().iter().take_while(is_end).count();
        let passed = bytes.get(self.at..begins).unwrap_or_default();
        self.n_ends += passed.iter().filter(|&&byte| byte == b'\n').count();
        self.at = self.at.max(begins);
        self.n_ends + 1
    }
}

/// Whether the options mean something.
fn check(options: &TableOptions, kinds: &Kinds) -> Result<(), String> {
    if kinds.from_word(&options.kind).is_none() {
        return Err(kinds.unknown(&options.kind));
    }
    if !options.subtype.is_empty() && Subtype::from_word(&options.subtype).is_none() {
        let words: Vec<&str> = Subtype::ALL.iter().map(|subtype| subtype.as_str()).collect();
        return Err(format!("unknown subtype '{}'; write one of {}", options.subtype, words.join(", ")));
    }
    if !options.country.is_empty() && !is_code(&options.country) {
        return Err(format!("unknown country '{}'; write two letters (IT, GB)", options.country));
    }
    for (idx, (target, _)) in options.map.iter().enumerate() {
        if !TARGETS.contains(&target.as_str()) {
            return Err(format!("the lists have no column '{target}'; map one of {}", TARGETS.join(", ")));
        }
        if !REPEATED.contains(&target.as_str()) && options.map[..idx].iter().any(|(other, _)| other == target) {
            let message = "is mapped twice; several columns may fill only";
            return Err(format!("'{target}' {message} {}", REPEATED.join(", ")));
        }
    }
    Ok(())
}

/// Our column and the position of the table's for each pair of the map; without a map, columns of our names.
fn columns(header: &csv::StringRecord, map: &[(String, String)]) -> Result<Vec<(String, usize)>, String> {
    let position = |name: &str| header.iter().position(|column| column.trim() == name);
    let wanted = |column: &str| match map {
        [] => TARGETS.contains(&column),
        map => map.iter().any(|(_, theirs)| theirs == column),
    };
    let is_twice = |at: usize, column: &str| position(column.trim()).is_some_and(|first| first < at);
    if let Some((_, column)) =
        header.iter().enumerate().find(|&(at, column)| is_twice(at, column) && wanted(column.trim()))
    {
        return Err(format!("two columns are called '{}'; rename one of them", column.trim()));
    }
    if map.is_empty() {
        let same: Vec<_> = TARGETS.iter().filter_map(|name| Some(((*name).to_owned(), position(name)?))).collect();
        return match same.iter().any(|(target, _)| target == "name") {
            true => Ok(same),
            false => Err("no column is called 'name'; say which one it is (--map name=…)".to_owned()),
        };
    }
    if !map.iter().any(|(target, _)| target == "name") {
        return Err("the map says nothing of the name; add name=…".to_owned());
    }
    let found = map.iter().map(|(target, column)| match position(column) {
        Some(at) => Ok((target.clone(), at)),
        None => {
            let columns = header.iter().map(|column| format!("'{column}'")).collect::<Vec<_>>().join(", ");
            Err(format!("there is no column '{column}'; the table has {columns}"))
        }
    });
    found.collect()
}

/// A table on its way to rows.
struct Import<'i> {
    path: &'i str,
    /// Our column and the position of the table's.
    map: Vec<(String, usize)>,
    n_columns: usize,
    options: &'i TableOptions,
    kinds: Kinds,
    shipped: &'i Shipped,
    report: Report,
}

impl Import<'_> {
    /// A line of the table as a row; what is wrong with it is told by its line.
    fn take(&mut self, record: &csv::StringRecord, line: usize) -> Option<Draft> {
        self.look_at(record, line);
        let name = self.cell(record, "name").replace('|', "/");
        if name.is_empty() {
            self.report.note("rows without a name");
            return None;
        }
        if name.len() > MAX_NAME_BYTES {
            let message = format!("a name of {} bytes is left out; {MAX_NAME_BYTES} are the most", name.len());
            self.report.error(self.path, line, "long-name", message);
            return None;
        }
        Some(self.draft(record, name))
    }

    /// Tells what a spreadsheet or a slip of the hand did to a line.
    fn look_at(&mut self, record: &csv::StringRecord, line: usize) {
        let n_cells = record.len();
        if n_cells != self.n_columns {
            let message = format!(
                "{n_cells} cells under {} columns; a cell with the delimiter in it wants quotation marks around it",
                self.n_columns
            );
            self.report.warning(self.path, line, "number-of-cells", message);
        }
        if let Some(cell) = record.iter().find(|cell| cell.matches('\n').count() > MAX_CELL_LINES) {
            let n_lines = cell.matches('\n').count();
            let message = format!("a cell goes on for {n_lines} lines; close its quotation mark");
            self.report.error(self.path, line, "quotes", message);
        }
        for (target, at) in &self.map {
            let cell = record.get(*at).unwrap_or_default().trim();
            self.report.findings.extend(lint::cell(self.path, line, target, cell));
        }
    }

    /// The cells that our column `target` takes, with single blanks.
    fn cells<'r>(&self, record: &'r csv::StringRecord, target: &str) -> impl Iterator<Item = String> + use<'r> {
        let places: Vec<usize> = self.map.iter().filter(|(ours, _)| ours == target).map(|(_, at)| *at).collect();
        let cells = places.into_iter().filter_map(|at| record.get(at));
        cells.map(|cell| plain(cell).split_whitespace().collect::<Vec<_>>().join(" ")).filter(|cell| !cell.is_empty())
    }

    fn cell(&self, record: &csv::StringRecord, target: &str) -> String {
        self.cells(record, target).next().unwrap_or_default()
    }

    fn draft(&mut self, record: &csv::StringRecord, name: String) -> Draft {
        let cell = |import: &Self, target: &str| import.cell(record, target);
        let id = cell(self, "id");
        // What is left of a number is the id of many.
        let id = id_of(if lint::is_damaged_id(&id) { "" } else { &id }, &name);
        let kind = self.kind(&cell(self, "kind"));
        let mut draft = Draft { kind, id, name, is_chosen: true, ..Draft::default() };
        // Our own lists separate by | alone.
        let separators: &[char] = if self.options.map.is_empty() { &['|'] } else { &['|', ';'] };
        for cell in self.cells(record, "aliases") {
            let aliases =
                cell.split(separators).map(|text| entry::alias(text.trim())).filter(|alias| !alias.text.is_empty());
            draft.names.extend(aliases.map(|alias| Name {
                text: alias.text.to_owned(),
                language: alias.language.to_owned(),
                is_weak: alias.is_weak,
            }));
        }
        for cell in self.cells(record, "acronym") {
            let acronyms = cell.split(separators).map(|text| text.trim().trim_start_matches('!'));
            acronyms.filter(|text| !text.is_empty()).for_each(|acronym| draft.add("acr", acronym));
        }
        draft.country = self.country(&cell(self, "country"));
        draft.subtype = self.subtype(&cell(self, "subtype"), &draft);
        draft.parent = cell(self, "parent");
        for ids in self.cells(record, "same_as") {
            draft.same_as.extend(ids.split('|').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()));
        }
        draft.needs = cell(self, "needs");
        draft.never = cell(self, "never");
        draft.note = cell(self, "note");
        draft.case = match cell(self, "case").as_str() {
            "any" => "any",
            "exact" => "exact",
            _ => "",
        };
        // Without one the row is meant before the shipped ones, as those of one's own lists are.
        draft.priority = cell(self, "priority").parse().unwrap_or_default();
        draft
    }

    fn kind(&mut self, cell: &str) -> String {
        if !cell.is_empty() && self.kinds.from_word(cell).is_none() {
            self.report.note(format!("kinds that no list declares: '{cell}'"));
            return self.options.kind.clone();
        }
        if cell.is_empty() { self.options.kind.clone() } else { cell.to_owned() }
    }

    fn country(&mut self, cell: &str) -> String {
        if !cell.is_empty() && !is_code(cell) {
            self.report.note("countries that are no two-letter code");
        }
        let code = if is_code(cell) { cell } else { &self.options.country };
        code.to_uppercase()
    }

    /// The subtype of the cell, else the one that the options give, else the one that the head noun of the name tells.
    fn subtype(&mut self, cell: &str, draft: &Draft) -> String {
        if Subtype::from_word(cell).is_some() {
            return cell.to_owned();
        }
        if !cell.is_empty() {
            self.report.note("subtypes that the lists do not know");
        }
        if !self.options.subtype.is_empty() || draft.kind != "institution" {
            return self.options.subtype.clone();
        }
        let allowed: Vec<String> = self.shipped.rules.heads.keys().cloned().collect();
        heads::subtype(&self.shipped.rules, [draft.name.as_str()].into_iter(), &allowed).unwrap_or_default()
    }
}

/// A cell without the apostrophe that keeps a spreadsheet from taking it for a formula.
fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

fn is_code(cell: &str) -> bool {
    cell.len() == 2 && cell.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The table's id if it is a CURIE; else one of our own, of the table's id or of the name.
fn id_of(cell: &str, name: &str) -> String {
    match cell {
        "" => format!("local:{}", fold_name(name).replace(' ', "-")),
        cell if cell.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(' ')) => cell.replace(' ', ""),
        cell => format!("local:{}", fold_name(cell).replace(' ', "-")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn import(bytes: &[u8], map: &[(&str, &str)]) -> Result<Imported, SourceError> {
        let rules = "links = []\nregion_heads = []\nhigh_regions = []\nfile = []\n[priority]\norgs_hand = 65\n[types]\n\
                     [heads.company]\nwords = [\"srl\"]\n[sector]\n";
        let shipped = Files::from_pairs([
            ("build/rules.toml", rules),
            ("evidence/common_words.tsv", "word\tlang\tzipf\nnido\tit\t3.9\n"),
        ]);
        let map = map.iter().map(|(ours, theirs)| ((*ours).to_owned(), (*theirs).to_owned())).collect();
        let options = TableOptions { map, kind: "institution".to_owned(), ..TableOptions::default() };
        table(Path::new("soci.csv"), bytes, &options, &shipped)
    }

    #[test]
    fn columns_are_carried_over_by_the_map() {
        let text = "Ragione sociale;Marchio;Sigla;Paese;CAP\nFucina Lucente Srl;Nido;FLU;it;00184\n;;;;\n";
        let imported = import(
            text.as_bytes(),
            &[("name", "Ragione sociale"), ("aliases", "Marchio"), ("acronym", "Sigla"), ("country", "Paese")],
        );
        let imported = imported.expect("the table is right");
        let expected =
            "local:fucina-lucente-srl\tinstitution\tcompany\tFucina Lucente Srl\t!Nido\tFLU\tIT\t\t\t\t\t\t\t";
        assert_eq!(imported.text.lines().nth(1), Some(expected));
        assert_eq!(imported.report.notes["columns without a place in the map: 'CAP'"], 1);
        assert_eq!(imported.report.notes["rows without a name"], 1);
    }

    #[test]
    fn a_table_of_an_old_spreadsheet_keeps_its_accents() {
        let imported = import(b"name\nSociet\xe0 Agricola Vallombra\n", &[]).expect("the table is right");
        assert!(imported.text.contains("\tSocietà Agricola Vallombra\t"), "{}", imported.text);
        assert_eq!(imported.report.notes.len(), 1);
    }

    #[test]
    fn a_missing_column_is_told_with_those_there_are() {
        let error = import(b"Nome,Paese\nUno,IT\n", &[("name", "Name")]).expect_err("there is no such column");
        assert_eq!(error.to_string(), "soci.csv:1: there is no column 'Name'; the table has 'Nome', 'Paese'");
    }

    #[test]
    fn a_damaged_id_is_told_and_not_believed() {
        let text = "id,name\n\"1,23E+11\",Fucina Lucente\n\"1,23E+11\",Vetreria Serena\n";
        let imported = import(text.as_bytes(), &[]).expect("the table is right");
        assert!(
            imported.text.contains("\nlocal:fucina-lucente\t") && imported.text.contains("\nlocal:vetreria-serena\t")
        );
        let told: Vec<String> = imported.report.findings.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("soci.csv:2: error: '1,23E+11' has lost its zeros to a spreadsheet"), "{told:?}");
    }

    #[track_caller]
    fn check_refused(bytes: &[u8], map: &[(&str, &str)], message: &str) {
        let error = import(bytes, map).expect_err("it cannot be read").to_string();
        assert!(error.starts_with(&format!("soci.csv{message}")), "{error}");
    }

    #[test]
    fn what_is_no_table_is_told() {
        check_refused(b"", &[], ": is empty; export the table again");
        check_refused(b"\xef\xbb\xbf\r\n", &[], ": is empty");
        check_refused(b"PK\x03\x04\x14\0", &[], ": is a workbook");
        check_refused(b"\x1f\x8b\x08\0", &[], ": is compressed; unpack it first");
        check_refused(b"name\nUno\0\n", &[], ":2: there is a zero byte");
        check_refused(b"Nome;Nome;CAP\nUno;Due;1\n", &[("name", "Nome")], ":1: two columns are called 'Nome'");
        check_refused(b"name\nUno\n", &[("name", "name"), ("name", "name")], ": 'name' is mapped twice");
    }

    #[test]
    fn lines_that_went_wrong_are_told_by_their_number() {
        let open = format!("name,country\r\nUno, Srl,IT\r\n\"Due,IT\r\n{}", "Tre,IT\r\n".repeat(30));
        let imported = import(open.as_bytes(), &[]).expect("it is a table");
        let told: Vec<String> = imported.report.findings.iter().map(ToString::to_string).collect();
        assert!(told.iter().any(|told| told.starts_with("soci.csv:2: warning: 3 cells under 2 columns")), "{told:?}");
        assert!(told.iter().any(|told| told.starts_with("soci.csv:3: error: a cell goes on for")), "{told:?}");
    }

    #[test]
    fn utf_16_is_read() {
        let bytes: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("name\tcountry\nVallòmbra Srl\tIT\n".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let imported = import(&bytes, &[]).expect("it is a table");
        assert!(imported.text.contains("\tVallòmbra Srl\t"), "{}", imported.text);
    }
}
