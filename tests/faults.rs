//! Whatever goes wrong: runs that are killed, interrupted, out of space or two at once leave an output that the same
//! command completes.
//!
//! `GAZZETTA_FAULT_ROUNDS=100 cargo test --release --test faults` does as many rounds of each fault; 3 are the default.
#![cfg(all(unix, feature = "sqlite"))]

use std::{
    env, fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Rounds of each fault.
fn n_rounds() -> u32 {
    env::var("GAZZETTA_FAULT_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(3)
}

/// A folder with releases and a short list of names, so that runs are quick.
struct Place {
    folder: TempDir,
    n_documents: usize,
}

impl Place {
    fn new(n_documents: usize) -> Self {
        let place = Self { folder: tempfile::tempdir().expect("a folder"), n_documents };
        let header =
            "id\tkind\tsubtype\tname\taliases\tacronym\tcountry\tparent\tsame_as\tcase\tneeds\tnever\tpriority\tnote\n";
        fs::create_dir_all(place.path("lists/institutions")).expect("made");
        let rows = "local:alfa\tinstitution\tuniversity\tUniversità di Alfa\t\t\tIT\t\t\t\t\t\t\t\nlocal:beta\tinstitution\tcompany\tBeta Spaziale\t\t\tKR\t\t\t\t\t\t\t\n";
        fs::write(place.path("lists/institutions/few.tsv"), format!("{header}{rows}")).expect("written");
        fs::write(place.path("in.jsonl"), releases(0..n_documents)).expect("written");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gazzetta"));
        command
            .current_dir(&self.folder)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for (name, _) in env::vars().filter(|(name, _)| name.starts_with("GAZZETTA_")) {
            command.env_remove(name);
        }
        command
    }

    /// `gazzetta run in.jsonl --gazetteers lists …`
    fn run(&self, arguments: &[&str]) -> Command {
        self.command(&[&["run", "in.jsonl", "--gazetteers", "lists"], arguments].concat())
    }

    #[track_caller]
    fn done(&self, arguments: &[&str]) -> Output {
        let output = self.run(arguments).output().expect("it starts");
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        output
    }

    #[track_caller]
    fn digest(&self, output: &str) -> String {
        let digest = self.command(&["digest", output, "--json"]).output().expect("it starts");
        assert!(digest.status.success(), "{}", text(&digest.stderr));
        text(&digest.stdout)
    }

    /// The digest of a run that nothing disturbs.
    fn undisturbed(&self) -> String {
        self.done(&["-o", "undisturbed.jsonl"]);
        let digest = self.digest("undisturbed.jsonl");
        assert!(digest.contains(&format!("\"n_records\": {}}}", self.n_documents)), "{digest}");
        digest
    }
}

fn releases(numbers: std::ops::Range<usize>) -> String {
    let words = "la delegazione incontra il ministro per firmare un accordo sulla ricerca e le imprese del territorio";
    let line = |number: usize| {
        format!(
            "{{\"id\":\"d{number:06}\",\"url\":\"https://example.org/{number}\",\"published\":\"2024-04-03\",\"text\":\"Alfa, 3 aprile. {words}. L'Università di Alfa incontra Beta Spaziale il {} marzo 2024. {words} {words}.\"}}\n",
            1 + number % 28
        )
    };
    numbers.map(line).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn signal(child: &Child, name: &str) {
    // A process that has just ended takes no signal, and that is fine.
    let _ = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).stderr(Stdio::null()).status();
}

/// Points of time that spread evenly over a run, in an order that looks like chance and is always the same.
fn moments(whole: Duration, n_rounds: u32) -> impl Iterator<Item = Duration> {
    (0..n_rounds).map(move |round| whole.mul_f64(f64::from((round * 37 + 11) % 100) / 100.0))
}

#[track_caller]
fn check_database(path: &Path) {
    if path.exists() {
        let database = rusqlite::Connection::open(path).expect("it opens");
        let found: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it answers");
        assert_eq!(found, "ok");
        let mut query = database.prepare("PRAGMA foreign_key_check").expect("it answers");
        assert!(query.query([]).and_then(|mut rows| Ok(rows.next()?.is_none())).expect("it answers"));
    }
}

/// Every line that a file under its final name has is whole.
#[track_caller]
fn check_lines(path: &Path) {
    for line in fs::read(path).unwrap_or_default().split_inclusive(|&byte| byte == b'\n') {
        assert!(line.ends_with(b"}\n"), "a line is cut");
    }
}

/// Kills runs with `-9` at moments spread over a run, every third one again while it recovers, then completes it.
#[track_caller]
fn check_killed(output: &str, state: &[&str]) {
    let place = Place::new(5000);
    let expected = place.undisturbed();
    let arguments = [&["-o", output], state].concat();
    let began = Instant::now();
    place.done(&arguments);
    let whole = began.elapsed();
    for (round, moment) in moments(whole, n_rounds()).enumerate() {
        for name in [output, &format!("{output}-wal"), &format!("{output}-shm"), "state"] {
            let path = place.path(name);
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
        for _ in 0..1 + u32::from(round % 3 == 2) {
            let mut child = place.run(&arguments).stderr(Stdio::null()).spawn().expect("it starts");
            thread::sleep(moment);
            signal(&child, "KILL");
            child.wait().expect("it ends");
            check_database(&place.path(if output.ends_with(".db") { output } else { "none" }));
            check_lines(&place.path(if output.ends_with(".jsonl") { output } else { "none" }));
        }
        place.done(&arguments);
        assert_eq!(place.digest(output), expected, "{output} in round {round}, killed after {moment:?}");
        let left: Vec<String> = names(place.folder.path());
        assert!(!left.iter().any(|name| name.contains(".piece-") || name.ends_with(".partial")), "{left:?}");
    }
}

fn names(folder: &Path) -> Vec<String> {
    let items = fs::read_dir(folder).expect("a folder").flatten();
    items.map(|item| item.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_killed_run_into_a_database_is_completed_by_the_same_command() {
    check_killed("x.db", &[]);
}

#[test]
fn a_killed_run_into_lines_is_completed_by_the_same_command() {
    check_killed("x.jsonl", &["--state", "state"]);
}

#[test]
fn a_killed_run_into_lines_without_a_manifest_leaves_them_as_they_were() {
    check_killed("x.jsonl", &[]);
}

#[test]
fn a_killed_run_into_a_folder_is_completed_by_the_same_command() {
    check_killed("x/", &["--state", "state"]);
}

#[track_caller]
fn check_signal(name: &str, code: i32) {
    let place = Place::new(5000);
    let expected = place.undisturbed();
    let began = Instant::now();
    place.done(&["-o", "whole.db"]);
    let whole = began.elapsed();
    for (round, moment) in moments(whole, n_rounds().min(20)).enumerate() {
        let output = format!("{round}.db");
        let child = place.run(&["-o", &output]).spawn().expect("it starts");
        // Earlier than this there is nobody who listens yet.
        thread::sleep(moment.max(Duration::from_millis(30)));
        signal(&child, name);
        let began = Instant::now();
        let ended = child.wait_with_output().expect("it ends");
        assert!(began.elapsed() < Duration::from_secs(5));
        check_ending(ended.status, code, &text(&ended.stderr));
        check_database(&place.path(&output));
        place.done(&["-o", &output]);
        assert_eq!(place.digest(&output), expected);
    }
}

/// The run ended by the signal, or it was over before.
#[track_caller]
fn check_ending(status: ExitStatus, code: i32, stderr: &str) {
    match status.code() {
        Some(0) => {}
        Some(ended) => {
            assert_eq!(ended, code, "{stderr}");
            assert!(stderr.contains("the same command"), "{stderr}");
        }
        // The signal came before the program listened.
        None => assert!(stderr.is_empty(), "{stderr}"),
    }
}

#[test]
fn ctrl_c_ends_a_run_soon_and_cleanly() {
    check_signal("INT", 130);
}

#[test]
fn sigterm_ends_a_run_soon_and_cleanly() {
    check_signal("TERM", 143);
}

/// Runs with a bound on the size of files, in blocks of 512 bytes.
fn bounded(place: &Place, n_blocks: u32, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_gazzetta");
    let script = format!("ulimit -f {n_blocks}; exec '{program}' run in.jsonl --gazetteers lists \"$@\"");
    let mut command = Command::new("sh");
    command.current_dir(&place.folder).args(["-c", &script, "sh"]).args(arguments);
    command.output().expect("it starts")
}

#[test]
fn without_room_a_run_says_so_and_goes_on_when_there_is_room() {
    let place = Place::new(3000);
    let expected = place.undisturbed();
    let outputs: [&[&str]; 3] = [&["-o", "x.db"], &["-o", "x.jsonl"], &["-o", "y.jsonl", "--state", "y.state"]];
    for arguments in outputs {
        for n_blocks in [100, 500, 2000] {
            let ended = bounded(&place, n_blocks, arguments);
            let stderr = text(&ended.stderr);
            assert_eq!(ended.status.code(), Some(3), "{stderr}");
            assert_eq!(stderr.lines().count(), 1, "{stderr}");
            assert!(
                stderr.contains(&format!("cannot write '{}'", arguments[1])) && stderr.contains("make room"),
                "{stderr}"
            );
        }
        place.done(arguments);
        assert_eq!(place.digest(arguments[1]), expected);
        let before = fs::read(place.path(arguments[1])).expect("it is there");
        if arguments[1] == "x.jsonl" {
            assert_eq!(bounded(&place, 500, arguments).status.code(), Some(3));
            assert_eq!(fs::read(place.path("x.jsonl")).expect("it is there"), before);
        }
    }
}

#[test]
fn a_second_run_is_refused_at_once_or_waits() {
    let place = Place::new(5000);
    let expected = place.undisturbed();
    for round in 0..n_rounds().min(20) {
        let output = format!("{round}.db");
        let mut first = place.run(&["-o", &output]).spawn().expect("it starts");
        let holder = || fs::read_to_string(place.path(&format!("{output}.lock"))).unwrap_or_default();
        while holder().is_empty() && first.try_wait().expect("it can be asked").is_none() {
            thread::sleep(Duration::from_millis(1));
        }
        let began = Instant::now();
        let second = place.run(&["-o", &output]).output().expect("it starts");
        if second.status.code() == Some(3) {
            let stderr = text(&second.stderr);
            assert!(
                stderr.contains(&format!("process {}, since ", first.id())) && stderr.contains("--wait"),
                "{stderr}"
            );
            assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
        }
        let waiting = place.run(&["-o", &output, "--wait"]).spawn().expect("it starts");
        assert!(first.wait_with_output().expect("it ends").status.success());
        let waited = waiting.wait_with_output().expect("it ends");
        assert!(waited.status.success());
        assert!(text(&waited.stderr).contains("5,000 documents unchanged"), "{}", text(&waited.stderr));
        assert_eq!(place.digest(&output), expected);
    }
}

#[test]
fn the_number_of_threads_and_the_kind_of_output_change_nothing() {
    let place = Place::new(3000);
    let one = place.done(&["--threads", "1"]).stdout;
    for threads in ["2", "8"] {
        assert!(place.done(&["--threads", threads]).stdout == one, "{threads} threads");
    }
    let expected = place.undisturbed();
    for arguments in [["-o", "x.db"], ["-o", "x/"], ["-o", "x.jsonl"]] {
        place.done(&arguments);
        assert_eq!(place.digest(arguments[1]), expected);
    }
    let mut lines: Vec<String> = releases(0..3000).lines().map(str::to_owned).collect();
    lines.reverse();
    fs::write(place.path("in.jsonl"), lines.join("\n")).expect("written");
    place.done(&["-o", "reversed.db"]);
    assert_eq!(place.digest("reversed.db"), expected);
}

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
    place.done(&["-o", "x.db"]);
    fs::write(place.path("in.jsonl"), releases(0..20).replacen("Alfa", "Gamma", 1)).expect("written");
    let ended = place.run(&["-o", "x.db", "--dry-run"]).output().expect("it starts");
    assert_eq!(text(&ended.stdout), "replace d000000\n");
    check_counts(&place, &["-o", "x.db"], 0, [1, 1, 19, 0, 0]);
}

#[test]
fn a_link_to_an_output_stays_a_link() {
    let place = Place::new(5);
    std::os::unix::fs::symlink("real.jsonl", place.path("x.jsonl")).expect("linked");
    fs::write(place.path("real.jsonl"), "").expect("written");
    place.done(&["-o", "x.jsonl"]);
    assert!(place.path("x.jsonl").is_symlink());
    assert_eq!(fs::read_to_string(place.path("real.jsonl")).expect("read").lines().count(), 5);
}

#[test]
fn a_closed_standard_output_is_no_error() {
    let place = Place::new(5000);
    let mut child = place.run(&[]).spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut line).expect("a line");
    assert!(line.starts_with("{\"schema\":\"gazzetta.record/1\",\"id\":\"d000000\""));
    let mut stderr = String::new();
    child.stderr.take().expect("it is piped").read_to_string(&mut stderr).expect("it is text");
    assert_eq!((child.wait().expect("it ends").code(), stderr.as_str()), (Some(0), ""));
}

#[test]
fn an_output_that_cannot_be_written_is_told_before_any_work() {
    let place = Place::new(10);
    fs::write(place.path("file"), "").expect("written");
    fs::create_dir(place.path("folder.jsonl")).expect("made");
    for output in ["missing/x.db", "missing/x.jsonl", "file/x/", "file/x.db", "folder.jsonl", "/proc/x/"] {
        let ended = place.run(&["-o", output]).output().expect("it starts");
        let stderr = text(&ended.stderr);
        assert_eq!(ended.status.code(), Some(3), "{output}: {stderr}");
        assert!(stderr.starts_with(&format!("gazzetta: cannot write '{output}'")), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
    }
}

/// Counts in the summary of a run: read, replaced, unchanged, failed, pruned.
#[track_caller]
fn check_counts(place: &Place, arguments: &[&str], code: i32, counts: [u64; 5]) {
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
fn check_incremental(arguments: &[&str]) {
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
fn check_retry(arguments: &[&str]) {
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
fn too_many_failures_end_a_run() {
    let place = Place::new(3000);
    let broken = "{\n".repeat(50) + &releases(0..3000);
    fs::write(place.path("in.jsonl"), broken).expect("written");
    for arguments in [["--max-failures", "20"], ["--max-failures", "1%"], ["--on-error", "stop"]] {
        let ended = place.run(&[&["-o", "x.db"], &arguments[..]].concat()).output().expect("it starts");
        assert_eq!(ended.status.code(), Some(3), "{arguments:?}: {}", text(&ended.stderr));
    }
    let ended = place.run(&["-o", "x.db", "--max-failures", "5%"]).output().expect("it starts");
    assert_eq!(ended.status.code(), Some(1), "{}", text(&ended.stderr));
}

#[test]
fn settings_come_from_flags_then_environment_then_file() {
    let place = Place::new(10);
    fs::write(place.path("gazzetta.toml"), "inputs = ['in.jsonl']\noutput = ['file.jsonl']\ngazetteers = 'lists'\n")
        .expect("written");
    let run = |environment: Option<&str>, arguments: &[&str]| {
        let mut command = place.command(&[&["run"], arguments].concat());
        command.envs(environment.map(|output| ("GAZZETTA_OUTPUT", output)));
        command.output().expect("it starts")
    };
    assert!(run(None, &[]).status.success() && place.path("file.jsonl").exists());
    assert!(run(Some("environment.jsonl"), &[]).status.success() && place.path("environment.jsonl").exists());
    assert!(run(Some("x.jsonl"), &["-o", "flag.jsonl"]).status.success() && place.path("flag.jsonl").exists());
    assert!(!place.path("x.jsonl").exists());
    fs::write(place.path("gazzetta.toml"), "treads = 2\n").expect("written");
    let ended = run(None, &[]);
    assert_eq!(
        text(&ended.stderr),
        "gazzetta: gazzetta.toml:1: there is no option 'treads'; did you mean 'threads'?\n"
    );
    assert_eq!(ended.status.code(), Some(2));
}

#[test]
fn a_run_reports_to_programs() {
    let place = Place::new(10);
    fs::write(place.path("in.jsonl"), releases(0..10) + "{\n").expect("written");
    let ended = place.run(&["-o", "x.db", "--report", "run.json", "--log", "json"]).output().expect("it starts");
    assert_eq!(ended.status.code(), Some(1));
    for line in text(&ended.stderr).lines() {
        serde_json::from_str::<serde_json::Value>(line).expect(line);
    }
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(place.path("run.json")).expect("read")).expect("JSON");
    assert_eq!(report["end"], "complete");
    assert_eq!(report["summary"]["n_documents"], 10);
    assert_eq!(report["summary"]["failures"]["malformed-json"], 1);
    assert!(report["summary"]["times"]["process"].as_f64().is_some_and(|seconds| seconds > 0.0), "{report}");
    let ended = place.run(&["-o", "missing/x.db", "--log", "json"]).output().expect("it starts");
    let line: serde_json::Value = serde_json::from_slice(&ended.stderr).expect("JSON");
    assert_eq!((line["level"].as_str(), ended.status.code()), (Some("error"), Some(3)));
}

/// Peak memory of a run, in kilobytes.
#[cfg(target_os = "linux")]
fn peak_memory(place: &Place, arguments: &[&str]) -> u64 {
    let mut child = place.run(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut peak = 0;
    while child.try_wait().expect("it can be asked").is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(now.unwrap_or(0));
        thread::sleep(Duration::from_millis(5));
    }
    peak
}

#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_number_of_documents() {
    let is_full = n_rounds() >= 100;
    let (few, many) = if is_full { (10_000, 100_000) } else { (4_000, 12_000) };
    for threads in ["1", "2"] {
        let arguments = ["-o", "x.db", "--threads", threads];
        let [few, many] = [few, many].map(|n_documents| {
            let place = Place::new(0);
            fs::create_dir(place.path("in")).expect("made");
            for part in 0..n_documents / 1000 {
                fs::write(place.path(&format!("in/{part:03}.jsonl")), releases(part * 1000..(part + 1) * 1000))
                    .expect("written");
            }
            fs::remove_file(place.path("in.jsonl")).expect("removed");
            fs::rename(place.path("in"), place.path("in.jsonl")).expect("renamed");
            peak_memory(&place, &arguments)
        });
        println!("{threads} threads: {few} kB, then {many} kB");
        let share = if is_full { 1.1 } else { 1.3 };
        assert!(few > 0 && (many as f64) < few as f64 * share, "{threads} threads: {few} kB, then {many} kB");
    }
}
