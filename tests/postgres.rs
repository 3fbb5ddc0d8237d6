//! Rows in PostgreSQL: the same as in SQLite, whatever the text holds, whoever asks.
#![cfg(all(unix, feature = "postgres", feature = "sqlite"))]

mod invented;
mod server;

use gazzetta::{
    Record,
    sink::{self, Closing, Ending, Key, Options, Outcome, Seen},
};
use invented::{about, failure, outcome, record};
use postgres::{Client, NoTls};
use rusqlite::Connection;
use server::Server;
use std::{env, fs, os::unix::fs::PermissionsExt, process::Command, thread, time::Duration};

#[track_caller]
fn write(target: &str, outcomes: &[Outcome], ending: Ending<'_>) -> Closing {
    let mut sink = sink::open(target, &Options::default()).expect("it opens");
    sink.begin(&about()).expect("it begins");
    let refused = sink.write(outcomes).expect("it takes");
    let mut closing = sink.finish(ending).expect("it ends");
    closing.failures.splice(..0, refused);
    closing
}

/// All rows of a query, cells joined by `|`.
#[track_caller]
fn rows(target: &str, query: &str) -> Vec<String> {
    let mut client = Client::connect(target, NoTls).expect("it connects");
    let messages = client.simple_query(query).expect(query);
    let row = |message: &postgres::SimpleQueryMessage| match message {
        postgres::SimpleQueryMessage::Row(row) => {
            Some((0..row.len()).map(|idx| row.get(idx).unwrap_or("-")).collect::<Vec<_>>().join("|"))
        }
        _ => None,
    };
    messages.iter().filter_map(row).collect()
}

/// Tables that rows of records fill.
const TABLES: [&str; 16] = [
    "documents",
    "canonical_entities",
    "entities",
    "mentions",
    "amounts",
    "roles",
    "acronyms",
    "document_sectors",
    "missions",
    "mission_destinations",
    "mission_parties",
    "mission_sectors",
    "meetings",
    "meeting_parties",
    "agreements",
    "foundings",
];
const VIEWS: [&str; 7] =
    ["v_missions", "v_joined_missions", "v_who_met_whom", "v_people", "v_unlinked", "v_agreements", "v_foundings"];

/// Every row of every table and view, as JSON with the names of the columns.
fn dump(target: &str) -> Vec<String> {
    let all = |table: &&str| {
        let json = format!("SELECT '{table} ' || to_jsonb(t)::text FROM {table} AS t");
        rows(target, &json)
    };
    let mut dump: Vec<String> = TABLES.iter().chain(&VIEWS).flat_map(all).collect();
    dump.sort();
    dump
}

fn missions() -> [Record; 4] {
    [
        record("1", "alfa", "2026-03-02", "2026-03-05"),
        record("2", "alfa", "2026-03-05", "2026-03-06"),
        record("4", "delta", "2026-03-02", "2026-03-05"),
        record("5", "alfa", "2024-02", "2024-02"),
    ]
}

fn outcomes(records: &[Record]) -> Vec<Outcome> {
    records.iter().map(outcome).collect()
}

#[test]
fn tables_and_views_say_what_those_of_sqlite_say() {
    let (server, folder) = (Server::shared(), tempfile::tempdir().expect("a folder"));
    let (target, lite) = (server.database(), folder.path().join("x.db"));
    let outcomes = outcomes(&missions());
    write(&target, &outcomes, Ending::Complete);
    write(&lite.to_string_lossy(), &outcomes, Ending::Complete);
    let lite = Connection::open(lite).expect("it opens");
    for table in TABLES.iter().chain(&VIEWS) {
        let columns = format!("SELECT group_concat(name, ', ') FROM pragma_table_xinfo('{table}')");
        let columns: String = lite.query_row(&columns, [], |row| row.get(0)).expect("it answers");
        let columns: Vec<&str> = columns.split(", ").collect();
        let of_lite = columns.iter().map(|column| format!("coalesce(CAST({column} AS TEXT), '-')")).collect::<Vec<_>>();
        let query = format!("SELECT {} FROM {table}", of_lite.join(" || '|' || "));
        let mut expected: Vec<String> =
            lite.prepare(&query).and_then(|mut query| query.query_map([], |row| row.get(0))?.collect()).expect(table);
        // A whole number is written 109.0 by one and 109 by the other.
        let plain = |row: &String| row.replace(".0|", "|");
        let mut found: Vec<String> =
            rows(&target, &format!("SELECT {} FROM {table}", columns.join(", "))).iter().map(plain).collect();
        expected = expected.iter().map(plain).collect();
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{table}");
        assert!(!found.is_empty(), "{table}");
    }
    let place = "SELECT substr(d.text, m.start_char::int + 1, (m.end_char - m.start_char)::int) = m.text
                 FROM mentions m JOIN documents d USING (document_id) WHERE mention_id = 'm1' LIMIT 1";
    assert_eq!(rows(&target, place), ["t"]);
}

#[test]
fn writing_twice_gives_the_same_rows_and_leaves_no_dead_ones() {
    let server = Server::shared();
    let [once, twice] = [(); 2].map(|()| server.database());
    let old = [record("1", "old", "2026-03-02", "2026-03-05"), record("2", "alfa", "2026-03-05", "2026-03-06")];
    // One that is new, one that has changed, one that has not, and another new one.
    let new = [
        record("3", "delta", "2026-03-01", "2026-03-05"),
        record("1", "new", "2026-03-03", "2026-03-05"),
        record("2", "alfa", "2026-03-05", "2026-03-06"),
        record("0", "delta", "2026-03-01", "2026-03-05"),
    ];
    write(&once, &outcomes(&new), Ending::Complete);
    write(&twice, &outcomes(&old), Ending::Complete);
    let place = "SELECT document_id, ctid FROM documents WHERE document_id = '2'";
    let before = rows(&twice, place);
    write(&twice, &outcomes(&new), Ending::Complete);
    assert_eq!(dump(&once), dump(&twice));
    assert_eq!(before, rows(&twice, place), "a row that did not change was written");
}

#[test]
fn a_failure_is_a_row_until_its_document_is_read_and_what_is_no_more_goes() {
    let server = Server::shared();
    let target = server.database();
    let failures = || rows(&target, "SELECT document_id, code, stage, reason, attempts, last_run FROM failures");
    write(&target, &[failure("1", "unreadable"), failure("1", "unreadable")], Ending::Complete);
    write(&target, &[failure("1", "unreadable")], Ending::Complete);
    assert_eq!(failures(), ["1|unreadable|read|it does not open|2|2"]);
    let read = [outcome(&record("1", "alfa", "2026-03-02", "2026-03-05")), failure("1", "duplicate-id")];
    write(&target, &read, Ending::Complete);
    assert_eq!(failures(), ["1|duplicate-id|read|it does not open|1|3"]);
    write(&target, &[Outcome::Unchanged("1".to_owned()), failure("9", "unreadable")], Ending::Interrupted);
    assert_eq!(failures().len(), 2);
    let closing = write(&target, &[], Ending::Pruning(&Seen::default()));
    assert_eq!((closing.n_pruned, closing.n_documents), (1, Some(0)));
    assert_eq!(failures(), [""; 0]);
    assert_eq!(dump(&target), [""; 0]);
    assert_eq!(
        rows(&target, "SELECT run, ending, written, unchanged, failed, pruned FROM runs ORDER BY run"),
        [
            "1|complete|0|0|2|0",
            "2|complete|0|0|1|0",
            "3|complete|1|0|1|0",
            "4|interrupted|0|1|1|0",
            "5|complete|0|0|0|1"
        ]
    );
}

#[test]
fn a_nul_is_held_in_the_record_and_shown_in_the_cells() {
    let server = Server::shared();
    let target = server.database();
    let mut nul = record("1", "alfa", "2026-03-02", "2026-03-05");
    nul.title = Some("una\0missione \\N \t\n'; DROP TABLE documents; --".to_owned());
    nul.entities[1].name = "Be\0ta".to_owned();
    let closing = write(&target, &[outcome(&nul)], Ending::Complete);
    assert_eq!(closing.failures, []);
    assert_eq!(rows(&target, "SELECT count(*) FROM entities WHERE name = U&'Be\\FFFDta'"), ["1"]);
    let mut found = Vec::new();
    sink::read(&target, &mut |line| {
        found.push(serde_json::from_slice::<Record>(line).expect("a record"));
        true
    })
    .expect("it is read");
    assert_eq!(found, [nul]);
}

#[test]
fn a_document_that_cannot_be_held_costs_no_other() {
    let server = Server::shared();
    let target = server.database();
    let mut long = record("long", "alfa", "2026-03-02", "2026-03-05");
    long.id = "x".repeat(5000);
    let mut nul = record("n\0l", "alfa", "2026-03-02", "2026-03-05");
    nul.entities.clear();
    // Two mentions with one id: a record that no run makes, and that no table takes.
    let mut twice = record("twice", "alfa", "2026-03-02", "2026-03-05");
    twice.mentions[1].id = "m1".to_owned();
    let [one, two] = [record("1", "a", "2026-03-02", "2026-03-05"), record("2", "b", "2026-03-02", "2026-03-05")];
    let closing = write(&target, &outcomes(&[one, long, twice, nul, two]), Ending::Complete);
    let mut refused: Vec<&str> = closing.failures.iter().map(|failure| failure.id.as_str()).collect();
    refused.sort_by_key(|id| id.len());
    assert_eq!(refused[..2], ["n\0l", "twice"]);
    assert_eq!(refused.len(), 3);
    assert_eq!(rows(&target, "SELECT document_id FROM documents ORDER BY 1"), ["1", "2"]);
    assert_eq!(rows(&target, "SELECT count(*), count(DISTINCT code), min(code) FROM failures"), ["3|1|unstorable"]);
    assert_eq!(rows(&target, "SELECT written, failed FROM runs"), ["2|3"]);
}

#[test]
fn what_a_refused_batch_has_read_of_the_lists_is_there_for_the_next() {
    let server = Server::shared();
    let target = server.database();
    let mut twice = record("twice", "alfa", "2026-03-02", "2026-03-05");
    twice.mentions[1].id = "m1".to_owned();
    // The first batch is full, and all of its documents are refused; the second names the same rows of the lists.
    let mut outcomes = vec![outcome(&twice)];
    outcomes.extend((1..2000).map(|number| Outcome::Unchanged(number.to_string())));
    outcomes.push(outcome(&record("1", "alfa", "2026-03-02", "2026-03-05")));
    let closing = write(&target, &outcomes, Ending::Complete);
    assert_eq!(closing.failures.iter().map(|failure| failure.id.as_str()).collect::<Vec<_>>(), ["twice"]);
    assert_eq!(rows(&target, "SELECT document_id FROM documents"), ["1"]);
    assert_eq!(rows(&target, "SELECT document_id, code FROM failures"), ["twice|unstorable"]);
    assert_eq!(rows(&target, "SELECT written, unchanged, failed FROM runs"), ["1|1999|1"]);
    let links = "SELECT link FROM canonical_entities ORDER BY link";
    assert_eq!(rows(&target, links), ["geonames:1835848", "local:alfa", "local:gamma"]);
}

#[test]
fn a_document_that_another_program_puts_there_meanwhile_is_replaced() {
    let server = Server::shared();
    let new =
        outcomes(&[record("1", "new", "2026-03-03", "2026-03-05"), record("2", "alfa", "2026-03-05", "2026-03-06")]);
    let expected = server.database();
    write(&expected, &new, Ending::Complete);
    // In place of one that is there, and where none is.
    for meanwhile in ["BEGIN; DELETE FROM documents", "DELETE FROM documents; COMMIT; BEGIN"] {
        let target = server.database();
        write(&target, &outcomes(&[record("1", "old", "2026-03-02", "2026-03-05")]), Ending::Complete);
        rows(&target, "CREATE TABLE kept AS SELECT * FROM documents");
        let mut other = Client::connect(&target, NoTls).expect("it connects");
        let put = format!("{meanwhile}; INSERT INTO documents SELECT * FROM kept");
        other.batch_execute(&put).expect("put, and seen by nobody yet");
        let closing = thread::scope(|scope| {
            let run = scope.spawn(|| write(&target, &new, Ending::Complete));
            let waits = "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database()
                         AND application_name LIKE 'gazzetta%' AND wait_event_type = 'Lock'";
            // Asked on a connection of its own: a transaction sees who waits as it was at its first look.
            while rows(&target, waits) != ["t"] {
                assert!(!run.is_finished(), "it has not met the row");
                thread::sleep(Duration::from_millis(2));
            }
            other.batch_execute("COMMIT").expect("seen");
            run.join().expect("it ends")
        });
        assert_eq!(closing.failures, []);
        assert!(dump(&target) == dump(&expected), "{meanwhile}: {:?}", rows(&target, "SELECT hash FROM documents"));
        assert_eq!(rows(&target, "SELECT written, failed FROM runs ORDER BY run DESC LIMIT 1"), ["2|0"]);
    }
}

#[test]
fn tables_that_are_newer_or_not_ours_are_refused() {
    let server = Server::shared();
    let target = server.database();
    write(&target, &[], Ending::Complete);
    let refused = |target: &str| sink::open(target, &Options::default()).err().expect("it is refused").to_string();
    rows(&target, "UPDATE gazzetta_version SET version = 99");
    assert!(refused(&target).contains("its tables have version 99"), "{}", refused(&target));
    assert!(sink::marks(&target, &Options::default()).is_err());
    let other = server.database();
    rows(&other, "CREATE TABLE documents (x int)");
    assert!(refused(&other).contains("a table 'documents' of another program"), "{}", refused(&other));
    // A schema of its own is free.
    rows(&other, "CREATE SCHEMA press");
    let own = format!("{other}&options=-csearch_path%3Dpress");
    write(&own, &outcomes(&missions()), Ending::Complete);
    assert_eq!(rows(&other, "SELECT count(*) FROM press.documents"), ["4"]);
    let empty = server.database();
    assert!(sink::marks(&empty, &Options::default()).expect("it is read").is_empty());
    let latin = "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0";
    server.client("postgres").batch_execute(latin).expect("made");
    let latin = server.address("latin");
    assert!(refused(&latin).contains("its encoding is LATIN1"), "{}", refused(&latin));
    assert!(
        refused(&latin.replace("latin", "missing")).contains("createdb"),
        "{}",
        refused(&latin.replace("latin", "missing"))
    );
}

#[test]
fn older_tables_are_brought_to_the_newest_version_with_their_rows() {
    let server = Server::shared();
    let target = server.database();
    // What has a NUL cannot be taken apart by the server, and is read again.
    let mut nul = record("2", "alfa", "2026-03-02", "2026-03-05");
    nul.missions[0].agreements[0].subject = Some("sull'ener\0gia".to_owned());
    write(&target, &[outcome(&missions()[0]), outcome(&nul)], Ending::Complete);
    let newest = ["agreements", "foundings", "v_agreements", "v_foundings"]
        .map(|name| format!("SELECT * FROM {name} ORDER BY 1"));
    let before = newest.clone().map(|query| rows(&target, &query));
    assert!(before.iter().all(|rows| rows.len() == 2), "{before:?}");
    rows(
        &target,
        "DROP FUNCTION delete_rows_of_documents CASCADE;
         ALTER TABLE mentions ADD FOREIGN KEY (document_id) REFERENCES documents ON DELETE CASCADE;
         ALTER TABLE entities ADD FOREIGN KEY (document_id) REFERENCES documents ON DELETE CASCADE,
            ADD FOREIGN KEY (link) REFERENCES canonical_entities;
         DROP VIEW v_agreements; DROP VIEW v_foundings; DROP TABLE foundings;
         ALTER TABLE agreements DROP COLUMN subject; UPDATE gazzetta_version SET version = 1",
    );
    write(&target, &[], Ending::Complete);
    let keys = "SELECT count(*) FROM pg_constraint
                WHERE contype = 'f' AND conrelid IN ('mentions'::regclass, 'entities'::regclass)";
    assert_eq!(rows(&target, keys), ["0"]);
    assert_eq!(
        newest.clone().map(|query| rows(&target, &query)[0].clone()),
        before.clone().map(|rows| rows[0].clone())
    );
    assert_eq!(rows(&target, "SELECT version FROM gazzetta_version"), ["3"]);
    assert_eq!(rows(&target, "SELECT document_id FROM documents WHERE hash = ''"), ["2"]);
    write(&target, &[outcome(&nul)], Ending::Complete);
    assert_eq!(newest.map(|query| rows(&target, &query)), before);
}

#[test]
fn rows_of_a_document_go_with_it() {
    let server = Server::shared();
    let target = server.database();
    rows(&target, "CREATE SCHEMA press; DROP ROLE IF EXISTS clerk; CREATE ROLE clerk");
    let own = format!("{target}&options=-csearch_path%3Dpress");
    write(&own, &outcomes(&missions()), Ending::Complete);
    // Neither a search path nor a right on the other tables is needed.
    rows(
        &target,
        "GRANT USAGE ON SCHEMA press TO clerk; GRANT SELECT, DELETE ON press.documents TO clerk; SET ROLE clerk;
         DELETE FROM press.documents WHERE document_id IN ('1', '5')",
    );
    let may = "SELECT has_function_privilege('clerk', 'press.delete_rows_of_documents()', 'EXECUTE')";
    assert_eq!(rows(&target, may), ["f"]);
    let of_documents = TABLES.iter().filter(|table| **table != "canonical_entities");
    for table in of_documents.clone() {
        let held = rows(&own, &format!("SELECT DISTINCT document_id FROM {table} ORDER BY 1"));
        assert_eq!(held, ["2", "4"], "{table}");
    }
    rows(&target, "TRUNCATE press.documents CASCADE");
    for table in of_documents {
        assert_eq!(rows(&own, &format!("SELECT count(*) FROM {table}")), ["0"], "{table}");
    }
    rows(&target, "DROP OWNED BY clerk; DROP ROLE clerk");
}

#[test]
fn what_is_there_is_remembered() {
    let server = Server::shared();
    let target = server.database();
    write(&target, &[outcome(&missions()[0]), failure("9", "unreadable")], Ending::Complete);
    let marks = sink::marks(&target, &Options::default()).expect("it is read");
    assert!(marks.stamp(Key::new("1")).is_some() && marks.len() == 1);
    assert!(marks.failed.contains("9"));
    assert_eq!(marks.last_run, Some((about().arguments, about().folder)));
}

#[test]
fn a_second_run_is_told_who_holds_the_schema() {
    let server = Server::shared();
    let target = server.database();
    let first = sink::open(&target, &Options::default()).expect("it opens");
    let message = sink::open(&target, &Options::default()).err().expect("it is refused").to_string();
    assert!(
        message.contains(&format!("process {}", std::process::id())) && message.contains(", since 20"),
        "{message}"
    );
    rows(&target, "CREATE SCHEMA press");
    drop(sink::open(&format!("{target}&options=-csearch_path%3Dpress"), &Options::default()).expect("another schema"));
    drop(first);
    sink::open(&target, &Options::default()).expect("it opens again");
}

/// `gazzetta digest` of a database, by whoever the environment says.
fn digest(address: &str, environment: &[(&str, &str)]) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gazzetta"));
    for (name, _) in env::vars().filter(|(name, _)| name.starts_with("PG")) {
        command.env_remove(name);
    }
    let ended =
        command.args(["digest", address]).env("HOME", "/nonexistent").envs(environment.iter().copied()).output();
    let ended = ended.expect("it starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if ended.status.success() { Ok(text(&ended.stdout)) } else { Err(text(&ended.stderr)) }
}

#[test]
fn passwords_and_certificates_are_asked_for() {
    let server = Server::new();
    let socket = server.database();
    write(&socket, &outcomes(&missions()), Ending::Complete);
    let expected = digest(&socket, &[]).expect("it is read");
    rows(&socket, "CREATE ROLE ada LOGIN PASSWORD 'se:cret'; GRANT ALL ON ALL TABLES IN SCHEMA public TO ada");
    let certificate = "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
                       -keyout data/server.key -out data/server.crt 2> /dev/null && chmod 600 data/server.key && chown --reference=data/PG_VERSION data/server.*";
    let made = Command::new("sh").args(["-c", certificate]).current_dir(server.folder()).status();
    assert!(made.is_ok_and(|ended| ended.success()), "openssl is needed");
    let data = server.folder().join("data");
    fs::write(data.join("pg_hba.conf"), "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n")
        .expect("written");
    rows(&socket, "ALTER SYSTEM SET ssl = on");
    server.stop();
    server.start();

    let name = socket.split("@/").nth(1).and_then(|rest| rest.split('?').next()).expect("a database");
    let address = |user: &str, host: &str, mode: &str| {
        format!("postgres://{user}@{host}:{}/{name}?hostaddr=127.0.0.1&sslmode={mode}", server.port())
    };
    let password: &[(&str, &str)] = &[("PGPASSWORD", "se:cret")];
    // The password: in the address, in the environment, in a file that only its owner may read.
    assert_eq!(digest(&address("ada:se%3Acret", "localhost", "prefer"), &[]).as_ref(), Ok(&expected));
    assert_eq!(digest(&address("ada", "localhost", "require"), password).as_ref(), Ok(&expected));
    let wrong = digest(&address("ada:no-secret", "localhost", "require"), &[]).expect_err("it is refused");
    assert!(wrong.contains("PGPASSWORD") && !wrong.contains("no-secret"), "{wrong}");
    let file = server.folder().join("pgpass");
    fs::write(&file, format!("localhost:{}:*:ada:se\\:cret\n", server.port())).expect("written");
    let file_of = [("PGPASSFILE", file.to_str().expect("UTF-8"))];
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("set");
    assert!(digest(&address("ada", "localhost", "require"), &file_of).is_err(), "others may read the file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("set");
    assert_eq!(digest(&address("ada", "localhost", "require"), &file_of).as_ref(), Ok(&expected));

    // The certificate: none, any, one of the authority, one of the authority with the name of the host.
    assert!(digest(&address("ada", "localhost", "disable"), password).is_err());
    assert!(digest(&address("ada", "localhost", "verify-full"), password).is_err(), "nobody vouches for it");
    let root = format!("&sslrootcert={}", data.join("server.crt").display().to_string().replace('/', "%2F"));
    let with_root = |host: &str, mode: &str| digest(&(address("ada", host, mode) + &root), password);
    assert_eq!(with_root("localhost", "verify-full").as_ref(), Ok(&expected));
    assert_eq!(with_root("elsewhere.example", "verify-ca").as_ref(), Ok(&expected));
    assert!(with_root("elsewhere.example", "verify-full").is_err(), "it is the certificate of another host");
}
