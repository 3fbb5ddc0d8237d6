//! What is read again and what is not.

use crate::place::{Place, check_database, releases, text};
use std::fs;

#[test]
fn a_dry_run_touches_nothing() {
    let place = Place::new(20);
    let ended = place.run(&["-o", "x.db", "--dry-run"]).output().expect("it starts");
    assert!(ended.status.success() && text(&ended.stdout).starts_with("read d000000\n"), "{}", text(&ended.stderr));
    assert!(
        text(&ended.stderr).starts_with("would read 20 new, replace 0, skip 0 unchanged"),
        "{}",
        text(&ended.stderr)
    );
    assert!(!place.path("x.db").exists());
    let told = place.run(&["-o", "x.db", "--dry-run", "--log", "json"]).output().expect("it starts");
    let first: serde_json::Value =
        serde_json::from_str(text(&told.stdout).lines().next().expect("a line")).expect("JSON");
    assert_eq!((first["choice"].as_str(), first["document"].as_str()), (Some("read"), Some("d000000")));
    let plan: serde_json::Value = serde_json::from_slice(&told.stderr).expect("JSON");
    assert_eq!(plan["plan"]["n_read"], 20);
    place.done(&["-o", "x.db"]);
    fs::write(place.path("in.jsonl"), releases(0..20).replacen("Alfa", "Gamma", 1)).expect("written");
    let ended = place.run(&["-o", "x.db", "--dry-run"]).output().expect("it starts");
    assert_eq!(text(&ended.stdout), "replace d000000\n");
    check_counts(&place, &["-o", "x.db"], 0, [1, 1, 19, 0, 0]);
}

/// Counts in the summary of a run: read, replaced, unchanged, failed, pruned.
#[track_caller]
pub fn check_counts(place: &Place, arguments: &[&str], code: i32, counts: [u64; 5]) {
    let ended = place.run(&[arguments, &["--report", "report.json"]].concat()).output().expect("it starts");
    assert_eq!(ended.status.code(), Some(code), "{}", text(&ended.stderr));
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(place.path("report.json")).expect("read")).expect("JSON");
    let summary = |name: &str| report["summary"][name].as_u64().expect(name);
    let failed = report["n_failures"].as_u64().expect("a count");
    let found = ["n_documents", "n_replaced", "n_unchanged"].map(summary);
    assert_eq!([found[0], found[1], found[2], failed, summary("n_pruned")], counts);
}

#[track_caller]
pub fn check_incremental(arguments: &[&str]) {
    let place = Place::new(100);
    let with = |more: &[&'static str]| [arguments, more].concat();
    check_counts(&place, &with(&["--limit", "30"]), 0, [30, 0, 0, 0, 0]);
    check_counts(&place, arguments, 0, [70, 0, 30, 0, 0]);
    check_counts(&place, arguments, 0, [0, 0, 100, 0, 0]);
    check_counts(&place, &with(&["--full"]), 0, [100, 100, 0, 0, 0]);
    let changed = releases(20..100).replacen("la delegazione", "una delegazione", 1) + &releases(100..110);
    fs::write(place.path("in.jsonl"), &changed).expect("written");
    check_counts(&place, arguments, 0, [11, 1, 79, 0, 0]);
    check_counts(&place, &with(&["--prune"]), 0, [0, 0, 90, 0, 20]);
    check_counts(&place, &with(&["--prune", "--full"]), 0, [90, 90, 0, 0, 0]);
    let incremental = place.digest(arguments[1]);
    place.done(&["-o", "anew.jsonl"]);
    assert_eq!(incremental, place.digest("anew.jsonl"));
    // Other lists make all records anew.
    let lists = place.path("lists/institutions/few.tsv");
    let text = fs::read_to_string(&lists).expect("it is there");
    fs::write(&lists, text.replace("Beta Spaziale", "Beta Orbitale")).expect("written");
    check_counts(&place, arguments, 0, [90, 90, 0, 0, 0]);
    place.done(&["-o", "other.jsonl"]);
    assert_eq!(place.digest(arguments[1]), place.digest("other.jsonl"));
}

#[test]
fn a_database_takes_only_what_changed() {
    check_incremental(&["-o", "x.db"]);
}

#[cfg(feature = "postgres")]
#[test]
fn postgres_takes_only_what_changed() {
    check_incremental(&crate::place::Target::postgres().arguments());
}

#[test]
fn lines_take_only_what_changed() {
    check_incremental(&["-o", "x.jsonl", "--state", "state"]);
}

#[test]
fn a_folder_takes_only_what_changed() {
    check_incremental(&["-o", "x/", "--state", "state"]);
}

#[test]
fn lines_with_a_manifest_are_in_the_order_of_the_input() {
    let place = Place::new(200);
    place.done(&["-o", "x.jsonl", "--state", "state", "--limit", "50"]);
    fs::write(place.path("in.jsonl"), releases(150..200) + &releases(0..150)).expect("written");
    place.done(&["-o", "x.jsonl", "--state", "state"]);
    place.done(&["-o", "anew.jsonl"]);
    assert!(fs::read(place.path("x.jsonl")).expect("read") == fs::read(place.path("anew.jsonl")).expect("read"));
}

#[track_caller]
pub fn check_retry(arguments: &[&str]) {
    let place = Place::new(10);
    let whole = fs::read_to_string(place.path("in.jsonl")).expect("it is there");
    let broken = whole.replacen("{\"id\":\"d000003\"", "{\"id\":broken", 1) + &releases(0..1);
    fs::write(place.path("in.jsonl"), &broken).expect("written");
    check_counts(&place, arguments, 1, [9, 0, 0, 2, 0]);
    check_counts(&place, arguments, 1, [0, 0, 9, 2, 0]);
    fs::write(place.path("in.jsonl"), whole).expect("written");
    let ended = place.command(&[&["retry"], arguments].concat()).output().expect("it starts");
    let stderr = text(&ended.stderr);
    assert!(ended.status.success() && stderr.starts_with("1 document read"), "{stderr}");
    check_counts(&place, arguments, 0, [0, 0, 10, 0, 0]);
}

#[test]
fn retry_reads_only_what_failed() {
    check_retry(&["-o", "x.db"]);
    check_retry(&["-o", "x.jsonl", "--state", "state"]);
    check_retry(&["-o", "x/", "--state", "state"]);
    #[cfg(feature = "postgres")]
    check_retry(&crate::place::Target::postgres().arguments());
}

#[test]
fn nothing_is_pruned_behind_what_cannot_be_read() {
    let place = Place::new(20);
    check_counts(&place, &["-o", "x.db"], 0, [20, 0, 0, 0, 0]);
    fs::write(place.path("in.jsonl"), releases(0..10) + "{\n").expect("written");
    check_counts(&place, &["-o", "x.db", "--prune"], 1, [0, 0, 10, 1, 0]);
    fs::write(place.path("in.jsonl"), releases(0..10)).expect("written");
    check_counts(&place, &["-o", "x.db", "--prune"], 0, [0, 0, 10, 0, 10]);
}

#[test]
fn a_second_document_with_an_id_is_a_failure_with_any_number_of_threads() {
    let place = Place::new(500);
    let twice = releases(0..500) + &releases(100..200).replace("Università", "Accademia");
    fs::write(place.path("in.jsonl"), twice).expect("written");
    for threads in ["1", "8"] {
        let output = format!("{threads}.db");
        check_counts(&place, &["-o", &output, "--threads", threads], 1, [500, 0, 0, 100, 0]);
        check_counts(&place, &["-o", &output, "--threads", threads], 1, [0, 0, 500, 100, 0]);
        check_database(&place.path(&output));
    }
    assert_eq!(place.digest("1.db"), place.digest("8.db"));
}

#[test]
fn a_document_that_takes_too_long_is_a_failure_and_holds_up_no_other() {
    let place = Place::new(20);
    let long = releases(0..1).replace("d000000", "long").replace("la delegazione", &"la delegazione ".repeat(400_000));
    fs::write(place.path("in.jsonl"), long + &releases(0..20)).expect("written");
    fs::write(place.path("gazzetta.toml"), "[limits]\nmax_document_ms = 1000\n").expect("written");
    check_counts(&place, &["-o", "x.db"], 1, [20, 0, 0, 1, 0]);
    let database = rusqlite::Connection::open(place.path("x.db")).expect("it opens");
    let failed = "SELECT document_id || ' ' || stage || ' ' || code FROM failures";
    let failed: String = database.query_row(failed, [], |row| row.get(0)).expect("it answers");
    assert_eq!(failed, "long process timeout");
}
