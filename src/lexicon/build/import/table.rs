//! A table of a register or a membership file: CSV, with a map from its columns to ours.

use super::{Imported, Report, Shipped};
use crate::lexicon::{
    Files, Kind, Subtype,
    build::{draft::Draft, fold_name, heads, source::SourceError},
};
use std::{collections::BTreeSet, path::Path};

/// Columns that a map may fill.
const TARGETS: [&str; 13] = [
    "id", "subtype", "name", "aliases", "acronym", "country", "parent", "same_as", "case", "needs", "never",
    "priority", "note",
];

/// How to read a table.
#[derive(Debug, Clone, Default)]
pub struct TableOptions {
    /// Our column and the table's column, as in `name=Nome`; ours may stand several times for aliases.
    pub map: Vec<(String, String)>,
    /// Kind of all rows.
    pub kind: String,
    /// Subtype of rows for which the table has none.
    pub subtype: String,
    /// Country of rows for which the table has none.
    pub country: String,
}

/// Reads a CSV table and makes a list of it.
///
/// The delimiter (comma, semicolon or tab) is the one that the header has most of; a table that is not UTF-8 is read
/// as Windows-1252, as spreadsheets write it.
///
/// # Errors
///
/// Returns what is wrong with the options, the header or the shipped rules.
pub fn table(path: &Path, bytes: &[u8], options: &TableOptions, shipped: &Files) -> Result<Imported, SourceError> {
    let wrong = |line: usize, message: String| SourceError::at(&path.to_string_lossy(), line, message);
    if Kind::from_word(&options.kind).is_none() {
        return Err(wrong(0, format!("unknown kind '{}'; write institution, person, place or sector", options.kind)));
    }
    if let Some((target, _)) = options.map.iter().find(|(target, _)| !TARGETS.contains(&target.as_str())) {
        return Err(wrong(0, format!("the lists have no column '{target}'; map one of {}", TARGETS.join(", "))));
    }
    let shipped = Shipped::read(shipped)?;
    let mut report = Report::default();
    let text = decode(bytes, &mut report);
    let delimiter = delimiter(&text);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| wrong(1, error.to_string()))?.clone();
    let map = columns(&header, &options.map).map_err(|message| wrong(1, message))?;
    for (at, column) in header.iter().enumerate().filter(|(at, _)| !map.iter().any(|(_, column)| column == at)) {
        let name = if column.is_empty() { format!("number {}", at + 1) } else { format!("'{column}'") };
        report.note(format!("columns without a place in the map: {name}"));
    }
    let mut drafts = Vec::new();
    let mut ids = BTreeSet::new();
    for record in reader.records() {
        let Ok(record) = record else {
            report.note("lines that cannot be read");
            continue;
        };
        match draft(&record, &map, options, &shipped, &mut report) {
            Some(draft) if ids.insert(draft.id.clone()) => drafts.push(draft),
            Some(_) => report.note("rows whose id is already taken"),
            None => report.note("rows without a name"),
        }
    }
    Ok(shipped.finish(drafts, report))
}

fn decode(bytes: &[u8], report: &mut Report) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            report.note("the table is not UTF-8 and was read as Windows-1252; look at the accents");
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
        }
    }
}

fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let n_of = |delimiter: u8| header.bytes().filter(|&byte| byte == delimiter).count();
    // The first of equals wins: a header of one column has none of them.
    [b'\t', b';', b','].into_iter().rev().max_by_key(|&delimiter| n_of(delimiter)).unwrap_or(b',')
}

/// Our column and the position of the table's for each pair of the map; without a map, columns of our names.
fn columns(header: &csv::StringRecord, map: &[(String, String)]) -> Result<Vec<(String, usize)>, String> {
    let position = |name: &str| header.iter().position(|column| column.trim() == name);
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

fn draft(
    record: &csv::StringRecord,
    map: &[(String, usize)],
    options: &TableOptions,
    shipped: &Shipped,
    report: &mut Report,
) -> Option<Draft> {
    let cells = |wanted: &str| {
        let wanted = wanted.to_owned();
        let cells = map.iter().filter(move |(target, _)| *target == wanted).filter_map(|(_, at)| record.get(*at));
        cells.map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|cell| !cell.is_empty())
    };
    let cell = |target: &str| cells(target).next().unwrap_or_default();
    let name = cell("name").replace('|', "/");
    if name.is_empty() {
        return None;
    }
    let kind = Kind::from_word(&options.kind).map_or("institution", Kind::as_str);
    let mut draft = Draft { kind, id: id(&cell("id"), &name), name, is_chosen: true, ..Draft::default() };
    for alias in cells("aliases") {
        for alias in alias.split(['|', ';']).map(str::trim) {
            draft.add("", alias);
        }
    }
    for acronym in cells("acronym") {
        acronym.split(['|', ';']).for_each(|acronym| draft.add("acr", acronym.trim()));
    }
    draft.country = country(&cell("country"), options, report);
    draft.subtype = subtype(&cell("subtype"), &draft.name, options, shipped, report);
    draft.parent = cell("parent");
    draft.same_as.extend(cells("same_as").flat_map(|ids| ids.split('|').map(str::to_owned).collect::<Vec<_>>()));
    draft.needs = cell("needs");
    draft.never = cell("never");
    draft.note = cell("note");
    draft.case = match cell("case").as_str() {
        "any" => "any",
        "exact" => "exact",
        _ => "",
    };
    let priority = cell("priority");
    draft.priority = priority.parse().unwrap_or_else(|_| shipped.rules.priority("orgs_hand"));
    Some(draft)
}

/// The table's id if it is a CURIE; else one of our own, of the table's id or of the name.
fn id(cell: &str, name: &str) -> String {
    match cell {
        "" => format!("local:{}", fold_name(name).replace(' ', "-")),
        cell if cell.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(' ')) => cell.replace(' ', ""),
        cell => format!("local:{}", fold_name(cell).replace(' ', "-")),
    }
}

fn country(cell: &str, options: &TableOptions, report: &mut Report) -> String {
    let is_code = cell.len() == 2 && cell.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !cell.is_empty() && !is_code {
        report.note("countries that are no two-letter code");
    }
    if is_code { cell.to_uppercase() } else { options.country.clone() }
}

/// The subtype of the cell, else the one that the options give, else the one that the head noun of the name tells.
fn subtype(cell: &str, name: &str, options: &TableOptions, shipped: &Shipped, report: &mut Report) -> String {
    if Subtype::from_word(cell).is_some() {
        return cell.to_owned();
    }
    if !cell.is_empty() {
        report.note("subtypes that the lists do not know");
    }
    if !options.subtype.is_empty() || options.kind != "institution" {
        return options.subtype.clone();
    }
    let allowed: Vec<String> = shipped.rules.heads.keys().cloned().collect();
    heads::subtype(&shipped.rules, [name].into_iter(), &allowed).unwrap_or_default()
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
            "local:fucina-lucente-srl\tinstitution\tcompany\tFucina Lucente Srl\t!Nido\tFLU\tIT\t\t\t\t\t\t65\t";
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
}
