//! Outputs: the same records in every kind, tables and views, and what is left when a run is broken off.

#![cfg(feature = "sqlite")]

mod invented;

use gazzetta::{
    Record,
    sink::{self, Ending, Key, Options, Outcome, Seen},
};
use invented::{about, failure, outcome, record};
use rusqlite::Connection;
use std::{fs, path::Path};

#[track_caller]
fn write(target: &Path, outcomes: &[Outcome], ending: Ending<'_>) {
    let mut sink = sink::open(&target.to_string_lossy(), &Options::default()).expect("it opens");
    sink.begin(&about()).expect("it begins");
    sink.write(outcomes).expect("it takes");
    sink.finish(ending).expect("it ends");
}

/// All rows of a query, cells joined by `|`.
#[track_caller]
fn rows(target: &Path, sql: &str) -> Vec<String> {
    let connection = Connection::open(target).expect("it opens");
    let mut query = connection.prepare(sql).expect(sql);
    let n_columns = query.column_count();
    let cell = |value: rusqlite::types::Value| match value {
        rusqlite::types::Value::Null => "-".to_owned(),
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Real(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text,
        rusqlite::types::Value::Blob(_) => "blob".to_owned(),
    };
    let row =
        |row: &rusqlite::Row<'_>| Ok((0..n_columns).map(|idx| cell(row.get_unwrap(idx))).collect::<Vec<_>>().join("|"));
    query.query_map([], row).expect(sql).collect::<Result<_, _>>().expect(sql)
}

/// Every row of every table but those that tell of runs.
fn dump(target: &Path) -> Vec<String> {
    let tables = rows(
        target,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('runs', 'failures') AND name NOT LIKE 'sqlite_%' ORDER BY 1",
    );
    assert_eq!(tables.len(), 16, "{tables:?}");
    let all = |table: &String| rows(target, &format!("SELECT '{table}', * FROM {table} ORDER BY 1, 2, 3, 4"));
    tables.iter().flat_map(all).collect()
}

#[test]
fn every_part_of_a_record_becomes_a_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("x.db");
    write(&target, &[outcome(&record("a/1.txt", "alfa", "2026-03-02", "2026-03-05"))], Ending::Complete);
    let one = |sql: &str| rows(&target, sql).join("\n");
    assert_eq!(
        one("SELECT document_id, title, published, language, text FROM documents"),
        "a/1.txt|L'ente 'Alfa'; DROP TABLE documents|2026-03-01|it|Alfa incontra Beta a Seul"
    );
    assert_eq!(one("SELECT record ->> '$.id' FROM documents"), "a/1.txt");
    assert_eq!(
        one("SELECT mention_id, value, bound, inferred, zone, folds FROM mentions WHERE kind = 'date'"),
        "m2|2026-03-02|from|year|headline|case accent"
    );
    assert_eq!(one("SELECT * FROM amounts"), "a/1.txt|m3|109|aziende|1");
    assert_eq!(
        one(
            "SELECT substr(d.text, start_char + 1, end_char - start_char) = m.text FROM mentions m JOIN documents d USING (document_id) WHERE mention_id = 'm1'"
        ),
        "1"
    );
    assert_eq!(
        one("SELECT link, label FROM canonical_entities ORDER BY 1"),
        "geonames:1835848|Seul (list)\nlocal:alfa|alfa (list)\nlocal:gamma|Gamma (list)"
    );
    assert_eq!(one("SELECT part, entity_id FROM mission_parties ORDER BY 1"), "met|e2\norigin|e1\nparticipant|e5");
    assert_eq!(one("SELECT country, place_id FROM mission_destinations"), "KR|e4");
    assert_eq!(one("SELECT part, entity_id FROM meeting_parties ORDER BY 1"), "institution|e2\nperson|e3");
    assert_eq!(one("SELECT parties, sectors, subject FROM agreements"), "[\"e2\",\"e1\"]|[\"energy\"]|sull'energia");
    assert_eq!(one("SELECT institution_id, date, start_char, end_char FROM foundings"), "e2|1998|14|18");
    assert_eq!(one("SELECT institution, date FROM v_foundings"), "Beta|1998");
    assert_eq!(
        one("SELECT parties, subject, origin, country FROM v_agreements"),
        "Beta; alfa (list)|sull'energia|alfa (list)|KR"
    );
    assert_eq!(one("SELECT sector, mentions FROM document_sectors"), "energy|2");
    assert_eq!(one("SELECT short, long FROM acronyms"), "A|Alfa");
    assert_eq!(one("PRAGMA foreign_key_check"), "");
    assert_eq!(one("PRAGMA integrity_check"), "ok");
}

#[test]
fn views_tell_who_went_where_to_meet_whom() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("x.db");
    let documents = [
        record("1", "alfa", "2026-03-02", "2026-03-05"),
        record("2", "alfa", "2026-03-05", "2026-03-06"),
        record("3", "alfa", "2026-03-07", "2026-03-09"),
        record("4", "delta", "2026-03-02", "2026-03-05"),
        record("5", "alfa", "2026-02", "2026-02"),
    ];
    write(&target, &documents.iter().map(outcome).collect::<Vec<_>>(), Ending::Complete);
    let one = |sql: &str| rows(&target, sql).join("\n");
    assert_eq!(
        one(
            "SELECT origin, countries, places, start_date, lead, participants, met, sectors, n_meetings FROM v_missions WHERE document_id = '1'"
        ),
        "alfa (list)|KR|Seul (list)|2026-03-02|Ada Neri|Gamma (list)|Beta|energy; aerospace|1"
    );
    assert_eq!(
        one(
            "SELECT origin_key, country, first_day, last_day, n_documents, documents FROM v_joined_missions ORDER BY 1, 3"
        ),
        "local:alfa|KR|2026-02-01|2026-02-28|1|5\nlocal:alfa|KR|2026-03-02|2026-03-06|2|1; 2\n\
         local:alfa|KR|2026-03-07|2026-03-09|1|3\nlocal:delta|KR|2026-03-02|2026-03-05|1|4"
    );
    assert_eq!(
        one("SELECT visitor, visitor_part, host, country, date FROM v_who_met_whom WHERE document_id = '1' ORDER BY 1"),
        "Gamma (list)|participant|Beta|KR|2026-03-03\nalfa (list)|origin|Beta|KR|2026-03-03"
    );
    assert_eq!(
        one("SELECT name, role, institution, document_id, published FROM v_people WHERE document_id = '4'"),
        "Ada Neri|role:president|delta (list)|4|2026-03-01"
    );
    assert_eq!(one("SELECT * FROM v_unlinked"), "institution|Beta|5|5|1");
}

#[test]
fn writing_twice_gives_the_same_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let [once, twice] = ["once.db", "twice.db"].map(|name| folder.path().join(name));
    let old = [record("1", "old", "2026-03-02", "2026-03-05"), record("2", "alfa", "2026-03-05", "2026-03-06")];
    let new = [record("1", "new", "2026-03-03", "2026-03-05"), record("2", "alfa", "2026-03-05", "2026-03-06")];
    let outcomes = |records: &[Record]| records.iter().map(outcome).collect::<Vec<_>>();
    write(&once, &outcomes(&new), Ending::Complete);
    write(&twice, &outcomes(&old), Ending::Complete);
    write(&twice, &outcomes(&new), Ending::Complete);
    assert_eq!(dump(&once), dump(&twice));
}

#[test]
fn what_is_no_more_is_pruned_with_all_its_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let [kept, pruned] = ["kept.db", "pruned.db"].map(|name| folder.path().join(name));
    let [one, two] = [record("1", "one", "2026-03-02", "2026-03-05"), record("2", "two", "2026-03-05", "2026-03-06")];
    write(&kept, &[outcome(&one)], Ending::Complete);
    write(&pruned, &[outcome(&one), outcome(&two), failure("3", "unreadable")], Ending::Complete);
    let mut seen = Seen::default();
    seen.insert(Key::new("1"));
    write(&pruned, &[Outcome::Unchanged("1".to_owned())], Ending::Pruning(&seen));
    assert_eq!(dump(&kept), dump(&pruned));
    assert_eq!(rows(&pruned, "SELECT * FROM failures"), [""; 0]);
    assert_eq!(
        rows(&pruned, "SELECT ending, written, unchanged, failed, pruned FROM runs"),
        ["complete|2|0|1|0", "complete|0|1|0|1"]
    );
}

#[test]
fn a_failure_is_a_row_until_its_document_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("x.db");
    let failures = || rows(&target, "SELECT document_id, code, stage, reason, attempts, last_run FROM failures");
    write(&target, &[failure("1", "unreadable")], Ending::Complete);
    write(&target, &[failure("1", "unreadable")], Ending::Complete);
    assert_eq!(failures(), ["1|unreadable|read|it does not open|2|2"]);
    let outcomes = [outcome(&record("1", "alfa", "2026-03-02", "2026-03-05")), failure("1", "duplicate-id")];
    write(&target, &outcomes, Ending::Complete);
    assert_eq!(failures(), ["1|duplicate-id|read|it does not open|1|3"]);
    write(&target, &[Outcome::Unchanged("1".to_owned())], Ending::Complete);
    assert_eq!(failures(), [""; 0]);
}

#[test]
fn an_older_database_is_brought_to_the_newest_version_with_its_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("x.db");
    write(&target, &[outcome(&record("1", "alfa", "2026-03-02", "2026-03-05"))], Ending::Complete);
    let newest = ["agreements", "foundings", "v_agreements", "v_foundings"].map(|name| format!("SELECT * FROM {name}"));
    let before = newest.clone().map(|query| rows(&target, &query));
    Connection::open(&target)
        .and_then(|older| {
            older.execute_batch(
                "DROP VIEW v_agreements; DROP VIEW v_foundings; DROP TABLE foundings;
                 ALTER TABLE agreements DROP COLUMN subject; PRAGMA user_version = 1",
            )
        })
        .expect("made older");
    write(&target, &[], Ending::Complete);
    assert_eq!(newest.map(|query| rows(&target, &query)), before);
    assert!(before.iter().all(|rows| rows.len() == 1), "{before:?}");
    assert_eq!(rows(&target, "PRAGMA user_version"), ["3"]);
}

#[test]
fn an_output_that_is_not_ours_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let refused = |name: &str| {
        let target = folder.path().join(name);
        sink::open(&target.to_string_lossy(), &Options::default()).err().expect("it is refused").to_string()
    };
    Connection::open(folder.path().join("other.db"))
        .and_then(|other| other.execute_batch("CREATE TABLE t (x)"))
        .expect("made");
    assert!(refused("other.db").contains("a database of another program"));
    write(&folder.path().join("newer.db"), &[], Ending::Complete);
    Connection::open(folder.path().join("newer.db"))
        .and_then(|newer| newer.pragma_update(None, "user_version", 99))
        .expect("changed");
    assert!(refused("newer.db").contains("its tables have version 99"));
    fs::write(
        folder.path().join("text.db"),
        "no database, but long enough to be read as the header of one, to be sure of that. ".repeat(20),
    )
    .expect("written");
    assert!(refused("text.db").contains("give a new file"));
    assert!(refused("missing/x.db").contains("folder must exist"));
    assert!(refused("missing/x.jsonl").contains("folder must exist"));
    assert!(refused("x.xyz").contains("cannot tell what to write"));
    assert!(refused("x.xyz").contains(".jsonl"));
}

#[test]
fn a_file_is_replaced_as_a_whole_or_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("x.jsonl");
    let one = record("1", "alfa", "2026-03-02", "2026-03-05");
    write(&target, &[outcome(&one)], Ending::Complete);
    let whole = fs::read(&target).expect("it is there");
    assert_eq!(whole, [serde_json::to_vec(&one).expect("JSON"), b"\n".to_vec()].concat());
    write(&target, &[], Ending::Interrupted);
    assert_eq!(fs::read(&target).expect("it is there"), whole);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left beside it");
}

#[test]
fn a_folder_gets_a_file_for_each_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("out/");
    let ids = ["a/1.txt", "../2", "/etc/3"];
    let records = ids.map(|id| record(id, "alfa", "2026-03-02", "2026-03-05"));
    write(&target, &records.iter().map(outcome).collect::<Vec<_>>(), Ending::Complete);
    for name in ["a/1.txt.json", ".%2E/2.json", "%/etc/3.json"] {
        assert!(target.join(name).is_file(), "{name}");
    }
    let mut found = Vec::new();
    sink::read(&target.to_string_lossy(), &mut |line| {
        found.push(serde_json::from_slice::<Record>(line).expect("a record").id);
        true
    })
    .expect("it is read");
    found.sort();
    assert_eq!(found, ["../2", "/etc/3", "a/1.txt"]);
}

#[test]
fn a_second_run_is_told_who_holds_the_output() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["x.db", "x.jsonl", "out/"] {
        let target = folder.path().join(name).to_string_lossy().into_owned();
        let first = sink::open(&target, &Options::default()).expect("it opens");
        let message = sink::open(&target, &Options::default()).err().expect("it is refused").to_string();
        assert!(message.contains(&format!("process {}", std::process::id())), "{message}");
        drop(first);
        sink::open(&target, &Options::default()).expect("it opens again");
    }
}
