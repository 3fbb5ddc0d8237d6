//! Lists from outside and back: what a registry's dump says of names survives import, export and import again.
#![cfg(feature = "embedded")]

use gazzetta::lexicon::{
    Files, Gazetteer, Table,
    build::import::{Imported, TableOptions, ror, table},
    export,
};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::LazyLock,
};

const N_RECORDS: usize = 4_000;
const STATUSES: [&str; 10] =
    ["active", "active", "active", "active", "active", "active", "active", "inactive", "withdrawn", "active"];
const TYPES: [&str; 9] =
    ["education", "funder", "healthcare", "company", "archive", "nonprofit", "government", "facility", "other"];
const HEADS: [(&str, &str); 5] = [
    ("University of", "en"),
    ("Università di", "it"),
    ("Université de", "fr"),
    ("Instituto de", "es"),
    ("Institut für", "de"),
];

/// A word that no list has, for a number.
fn word(number: usize) -> String {
    let syllables = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zò", "qué", "łu"];
    let mut word: String = (0..4).map(|at| syllables[number / 16_usize.pow(at) % 16]).collect();
    let first: String = word.remove(0).to_uppercase().collect();
    word.insert_str(0, &first);
    word
}

fn id(number: usize) -> String {
    format!("https://ror.org/0{:06}{:02}", number, number % 97)
}

/// A record of schema 2 with every field that it has.
fn record(number: usize) -> Value {
    let (head, language) = HEADS[number % HEADS.len()];
    let town = word(number);
    let mut names = vec![
        json!({"value": format!("{head} {town}"), "types": ["ror_display", "label"], "lang": language}),
        json!({"value": format!("{town} Polytechnic; Campus {number}"), "types": ["alias"], "lang": null}),
        json!({"value": format!("{town} \"Nova\", {number}"), "types": ["label"], "lang": "la"}),
    ];
    if number.is_multiple_of(3) {
        names.push(json!({"value": format!("{}XQ{number}", town.chars().take(1).collect::<String>()), "types": ["acronym"], "lang": null}));
    }
    if number.is_multiple_of(7) {
        names.push(json!({"value": format!("+{town} Trust"), "types": ["alias"], "lang": "en"}));
        names.push(json!({"value": format!("{town} 대학교"), "types": ["label"], "lang": "ko"}));
    }
    json!({
        "admin": {"created": {"date": "2018-11-14", "schema_version": "1.0"},
                  "last_modified": {"date": "2026-01-02", "schema_version": "2.1"}},
        "domains": if number.is_multiple_of(2) { vec![format!("x{number}.example")] } else { vec![] },
        "established": if number.is_multiple_of(5) { Value::Null } else { json!(1900 + number % 100) },
        "external_ids": [
            {"type": "grid", "preferred": format!("grid.{number}.1"), "all": [format!("grid.{number}.1")]},
            {"type": "isni", "preferred": null, "all": [format!("0000 0001 {:04} 0000", number % 10_000)]}],
        "id": id(number),
        "links": [{"type": "website", "value": "https://x.example"}, {"type": "wikipedia", "value": "https://y.example"}],
        "locations": [{"geonames_id": 9_000_000 + number, "geonames_details": {
            "continent_code": "EU", "continent_name": "Europe", "country_code": "IT", "country_name": "Italy",
            "country_subdivision_code": "25", "country_subdivision_name": "Lombardy",
            "lat": 45.5, "lng": 9.25, "name": town}}],
        "names": names,
        "relationships": [
            {"type": if number == 0 { "related" } else { "parent" }, "label": "A whole", "id": id(number / 2)},
            {"type": "successor", "label": "Another", "id": id(number + 1)}],
        "status": STATUSES[number % STATUSES.len()],
        "types": [TYPES[number % TYPES.len()], "funder"],
    })
}

static SHIPPED: LazyLock<Files> = LazyLock::new(Files::embedded);

static IMPORTED: LazyLock<Imported> = LazyLock::new(|| {
    let dump = serde_json::to_vec_pretty(&(0..N_RECORDS).map(record).collect::<Vec<_>>()).expect("values are JSON");
    ror(Path::new("v2-ror-data_schema_v2.json"), dump.as_slice(), &SHIPPED).expect("the dump is of schema 2")
});

fn list(imported: &Imported) -> Files {
    Files::from_pairs([("institutions/own.tsv", imported.text.clone())])
}

/// Every name of every row: the text alone, without its marks.
fn names(list: &str) -> BTreeMap<String, BTreeSet<String>> {
    let rows = Table::new("own.tsv", list).rows(["id", "name", "aliases", "acronym"]);
    let bare = |text: &str| {
        let text = text.trim().trim_start_matches('!');
        let is_tag = |tag: &str| tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_lowercase());
        text.split_once(':').filter(|(tag, _)| is_tag(tag)).map_or(text, |(_, rest)| rest).to_owned()
    };
    let of_row = |[id, name, aliases, acronym]: [&str; 4]| {
        let all = [name, aliases, acronym].into_iter().flat_map(|cell| cell.split('|'));
        (id.to_owned(), all.filter(|text| !text.is_empty()).map(bare).collect())
    };
    rows.map(|row| of_row(row.expect("the list is right").cells)).collect()
}

#[test]
fn a_dump_keeps_what_lists_can_hold_and_tells_the_rest() {
    let report = &IMPORTED.report;
    assert_eq!(report.rows, N_RECORDS - N_RECORDS / 10);
    assert_eq!(report.notes["withdrawn records"], N_RECORDS / 10);
    assert_eq!(report.notes["web links"], 2 * report.rows);
    let names = names(&IMPORTED.text);
    let expected = ["Università di Cebababa", "Cebababa Polytechnic; Campus 1", "Cebababa \"Nova\", 1"];
    assert_eq!(names["ror:000000101"], expected.map(str::to_owned).into());
    let inactive = IMPORTED.text.lines().filter(|line| line.ends_with("\tinactive")).count();
    assert_eq!(inactive, N_RECORDS / 10);
    Gazetteer::load(&list(&IMPORTED)).expect("the list compiles");
}

#[test]
fn a_table_that_was_exported_comes_back_with_the_same_names() {
    let mut csv = Vec::new();
    export::csv(&list(&IMPORTED), None, &mut csv).expect("memory takes everything");
    let options = TableOptions { kind: "institution".to_owned(), ..TableOptions::default() };
    let again = table(Path::new("own.csv"), &csv, &options, &SHIPPED).expect("it is a table");
    assert_eq!(again.report.findings, []);
    assert_eq!(names(&again.text), names(&IMPORTED.text));
}

#[test]
fn patterns_have_every_name_that_counts_alone() {
    let mut patterns = Vec::new();
    export::spacy(&list(&IMPORTED), Some("institution"), &mut patterns).expect("memory takes everything");
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in String::from_utf8(patterns).expect("it is text").lines() {
        let pattern: Value = serde_json::from_str(line).expect("each line is an object");
        let text = |key: &str| pattern[key].as_str().expect("it is a text").to_owned();
        assert_eq!(text("label"), "INSTITUTION");
        found.entry(text("id")).or_default().insert(text("pattern"));
    }
    let all = names(&IMPORTED.text);
    assert!(found.iter().all(|(id, texts)| texts.is_subset(&all[id])));
    let weak: usize = IMPORTED.text.matches('!').count();
    let count = |names: &BTreeMap<String, BTreeSet<String>>| names.values().map(BTreeSet::len).sum::<usize>();
    assert!(weak > 0 && count(&found) >= count(&all) - weak, "{weak} of {}", count(&all));
}

#[test]
fn what_never_counts_alone_stays_so_and_an_open_quotation_is_told() {
    let options = TableOptions { kind: "institution".to_owned(), ..TableOptions::default() };
    let import =
        |text: &str| table(Path::new("t.csv"), text.as_bytes(), &options, &Files::embedded()).expect("a table");
    let imported = import("name,aliases\nOrsa Bislacca,!Orsa Minor|en:Blue Bear\n");
    assert!(imported.text.contains("\ten:Blue Bear|!Orsa Minor\t"), "{}", imported.text);
    let imported = import("name\nPrima Bislacca\n\"Seconda Bislacca\nTerza Bislacca\n");
    let told: Vec<String> = imported.report.findings.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|told| told.starts_with("t.csv:3: error: a quotation mark is never closed")), "{told:?}");
}

#[test]
fn a_kind_that_a_list_declares_can_be_imported() {
    let own = Files::from_pairs([("pack.toml", "name = \"own\"\nkinds = [\"award\"]\n")]);
    let options = TableOptions { kind: "award".to_owned(), ..TableOptions::default() };
    let text = "name,kind\nAla Rossa Senior,\nPiazza Vallombra,place\nSenza Genere,prodact\n".as_bytes();
    let imported = table(Path::new("own.csv"), text, &options, &SHIPPED.clone().with(own)).expect("it is declared");
    let kinds: Vec<&str> = imported.text.lines().skip(1).filter_map(|line| line.split('\t').nth(1)).collect();
    assert_eq!(kinds, ["award", "place", "award"]);
    assert_eq!(imported.report.notes["kinds that no list declares: 'prodact'"], 1);
    let error = table(Path::new("own.csv"), text, &options, &SHIPPED).expect_err("nobody declares it").to_string();
    assert!(error.starts_with("own.csv: unknown kind 'award'"), "{error}");
}
