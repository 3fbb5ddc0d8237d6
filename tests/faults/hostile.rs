//! Inputs, clocks and places that a run should not be handed, and is.

use crate::{
    incremental::check_counts,
    memory::peak_memory_of,
    place::{Place, releases, text},
};
use std::{
    fs::{self, File},
    io::Write,
    os::unix::fs::{PermissionsExt, symlink},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

/// The arguments of a run of everything in the folder `in`.
const RUN: [&str; 4] = ["run", "in", "--gazetteers", "lists"];

fn place_with(files: &[(&str, &str)]) -> Place {
    let place = Place::new(3);
    fs::create_dir(place.path("in")).expect("made");
    for (name, content) in files {
        fs::write(place.path(&format!("in/{name}")), content).expect("written");
    }
    place
}

/// Runs the folder `in`, within the time that a person waits, and gives what failed: id and code.
#[track_caller]
fn failures(place: &Place) -> Vec<String> {
    let began = Instant::now();
    let ended = place.command(&[&RUN[..], &["-o", "x.db", "--report", "report.json"]].concat()).output();
    let ended = ended.expect("it starts");
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
    assert!(matches!(ended.status.code(), Some(0 | 1)), "{}", text(&ended.stderr));
    let database = rusqlite::Connection::open(place.path("x.db")).expect("it opens");
    let mut query = database.prepare("SELECT document_id || ' ' || code FROM failures ORDER BY 1").expect("it answers");
    let found = query.query_map([], |row| row.get(0)).expect("it answers").collect::<Result<_, _>>();
    found.expect("it answers")
}

const GOOD: &str = "L'Università di Alfa incontra Beta Spaziale il 4 marzo 2024.";

#[test]
fn pipes_sockets_and_devices_are_never_opened() {
    let place = place_with(&[("a.txt", GOOD)]);
    assert!(Command::new("mkfifo").arg(place.path("in/pipe.txt")).status().is_ok_and(|ended| ended.success()));
    let _socket = std::os::unix::net::UnixListener::bind(place.path("in/socket.txt")).expect("bound");
    symlink("/dev/zero", place.path("in/zero.txt")).expect("linked");
    assert_eq!(failures(&place), ["pipe.txt not-a-file", "socket.txt not-a-file", "zero.txt link"]);
    let named =
        place.command(&["run", "/dev/zero", "in/pipe.txt", "--gazetteers", "lists"]).output().expect("it starts");
    assert_eq!(named.status.code(), Some(1));
    assert_eq!(text(&named.stderr).matches("never opened").count(), 2, "{}", text(&named.stderr));
}

#[test]
fn a_loop_of_links_ends() {
    let place = place_with(&[("a.txt", GOOD)]);
    symlink("two.txt", place.path("in/one.txt")).expect("linked");
    symlink("one.txt", place.path("in/two.txt")).expect("linked");
    symlink(".", place.path("in/again")).expect("linked");
    symlink("..", place.path("in/up")).expect("linked");
    assert_eq!(failures(&place), ["one.txt link", "two.txt link", "up/ link"]);
}

#[test]
fn json_that_is_nested_200_000_deep_costs_its_line() {
    let deep = |inner: &str| "[".repeat(200_000) + inner + &"]".repeat(200_000);
    let lines = [
        format!("{{\"id\":\"other\",\"text\":\"{GOOD}\",\"other\":{}}}", deep("1")),
        format!("{{\"id\":\"text\",\"text\":{}}}", deep("1")),
        deep(""),
        "{\"text\":".repeat(200_000),
        format!("{{\"id\":\"last\",\"text\":\"{GOOD}\"}}"),
    ];
    let place = place_with(&[("a.jsonl", &lines.join("\n"))]);
    let failed = failures(&place);
    let places: Vec<&str> = failed.iter().filter_map(|failure| failure.split(' ').next()).collect();
    assert!(places.contains(&"a.jsonl#3") && places.contains(&"a.jsonl#4") && places.len() <= 4, "{failed:?}");
    let database = rusqlite::Connection::open(place.path("x.db")).expect("it opens");
    let last = "SELECT count(*) FROM documents WHERE document_id = 'last'";
    assert_eq!(database.query_row(last, [], |row| row.get::<_, i64>(0)), Ok(1));
}

#[test]
#[cfg(target_os = "linux")]
fn a_line_of_a_gigabyte_is_a_failure_and_fills_no_memory() {
    let place = place_with(&[("z.txt", GOOD)]);
    for (name, first) in [("line.jsonl", "{\"id\":\"1\",\"text\":\""), ("line.csv", "id,text\n1,\""), ("line.txt", "")]
    {
        let mut file = File::create(place.path(&format!("in/{name}"))).expect("made");
        file.write_all(first.as_bytes()).expect("written");
        file.set_len(1 << 30).expect("a file with a hole");
    }
    let last = format!("\n{{\"id\":\"last\",\"text\":\"{GOOD}\"}}\n");
    let mut lines = File::options().append(true).open(place.path("in/line.jsonl")).expect("opened");
    lines.write_all(last.as_bytes()).expect("written");
    let peak = peak_memory_of(place.command(&[&RUN[..], &["-o", "y.db"]].concat()));
    assert!((1..400_000).contains(&peak), "{peak} kB");
    assert_eq!(failures(&place), ["line.csv#2 too-long", "line.jsonl#1 too-long", "line.txt too-long"]);
    assert!(place.digest("x.db").contains("\"n_records\": 2"));
}

/// Runs as a user who may not do everything, as root may.
fn as_nobody(place: &Place, arguments: &[&str]) -> Output {
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
    // Where the program lies, nobody may not look.
    let program = place.path("gazzetta");
    // By a process of its own: a child of another test would hold a copy made here open for writing, and no such file can be run.
    let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_gazzetta")).arg(&program).status();
    assert!(copied.is_ok_and(|status| status.success()), "the program can be copied");
    let mut command = Command::new(if is_root { "setpriv".as_ref() } else { program.as_os_str() });
    if is_root {
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program);
    }
    let cache = place.path("cache");
    fs::create_dir_all(&cache).expect("made");
    fs::set_permissions(&cache, fs::Permissions::from_mode(0o777)).expect("set");
    fs::set_permissions(place.folder.path(), fs::Permissions::from_mode(0o755)).expect("set");
    command.current_dir(&place.folder).args(arguments).env("XDG_CACHE_HOME", cache).stdin(Stdio::null());
    command.output().expect("it starts")
}

#[test]
fn a_file_that_may_not_be_read_is_a_failure_of_its_own() {
    let place = place_with(&[("a.txt", GOOD), ("b.txt", GOOD)]);
    fs::create_dir(place.path("in/c")).expect("made");
    for name in ["in/b.txt", "in/c"] {
        fs::set_permissions(place.path(name), fs::Permissions::from_mode(0o0)).expect("set");
    }
    let ended = as_nobody(&place, &RUN);
    fs::set_permissions(place.path("in/c"), fs::Permissions::from_mode(0o755)).expect("set");
    let stderr = text(&ended.stderr);
    assert_eq!(ended.status.code(), Some(1), "{stderr}");
    assert_eq!(text(&ended.stdout).lines().count(), 1);
    for name in ["b.txt", "c/"] {
        assert!(stderr.contains(&format!("cannot read '{name}': permission denied; skipped")), "{stderr}");
    }
}

#[test]
fn an_output_that_may_only_be_read_is_told_before_any_work() {
    let place = Place::new(10);
    for name in ["x.db", "x.jsonl"] {
        place.done(&["-o", name]);
    }
    let before = [place.digest("x.db"), place.digest("x.jsonl")];
    for name in ["x.db", "x.jsonl", "new.db", "new.jsonl", "new/"] {
        let ended = as_nobody(&place, &["run", "in.jsonl", "--gazetteers", "lists", "-o", name]);
        let stderr = text(&ended.stderr);
        assert_eq!(ended.status.code(), Some(3), "{name}: {stderr}");
        assert!(stderr.starts_with(&format!("gazzetta: cannot write '{name}'")), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
    }
    assert_eq!(before, [place.digest("x.db"), place.digest("x.jsonl")]);
}

/// A clock of the machine that shows whatever `CLOCK` says.
const CLOCK: &str = "
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
int clock_gettime(clockid_t clock, struct timespec *now) {
    int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, \"clock_gettime\");
    int answer = real(clock, now);
    if (clock == CLOCK_REALTIME) now->tv_sec = atoll(getenv(\"CLOCK\"));
    return answer;
}
";

#[test]
#[cfg(target_os = "linux")]
fn the_clock_and_the_time_zone_change_no_record() {
    let place = Place::new(50);
    fs::write(place.path("clock.c"), CLOCK).expect("written");
    let arguments = ["-shared", "-fPIC", "clock.c", "-o", "clock.so", "-ldl"];
    let built = Command::new("cc").current_dir(&place.folder).args(arguments).status();
    assert!(built.is_ok_and(|ended| ended.success()), "a C compiler is needed");
    let run = |clock: &str, zone: &str, arguments: &[&str]| {
        let mut command = place.run(arguments);
        command.env("LD_PRELOAD", place.path("clock.so")).env("CLOCK", clock).env("TZ", zone);
        let ended = command.output().expect("it starts");
        assert!(ended.status.success(), "{}", text(&ended.stderr));
        ended
    };
    let expected = run("1700000000", "UTC", &[]).stdout;
    for (clock, zone) in [("0", "UTC"), ("2147483648", "Pacific/Kiritimati"), ("4102444800", "America/St_Johns")] {
        assert!(run(clock, zone, &[]).stdout == expected, "{clock} in {zone}");
    }
    // A clock that was set back, and files that are younger than their records, make nothing anew.
    run("1700000000", "UTC", &["-o", "x.db"]);
    let file = File::options().append(true).open(place.path("in.jsonl")).expect("opened");
    file.set_modified(std::time::SystemTime::UNIX_EPOCH).expect("set");
    let ended = run("1600000000", "UTC", &["-o", "x.db"]);
    assert!(text(&ended.stderr).contains("50 documents unchanged"), "{}", text(&ended.stderr));
    let database = rusqlite::Connection::open(place.path("x.db")).expect("it opens");
    let started = "SELECT started FROM runs ORDER BY run DESC LIMIT 1";
    let started: String = database.query_row(started, [], |row| row.get(0)).expect("it answers");
    assert!(started.starts_with("2020-09-13"), "the clock was not changed: {started}");
}

#[test]
fn a_standard_output_that_was_never_open_is_no_error() {
    let place = Place::new(50);
    let script = format!("exec '{}' run in.jsonl --gazetteers lists >&-", env!("CARGO_BIN_EXE_gazzetta"));
    let ended = Command::new("sh").current_dir(&place.folder).args(["-c", &script]).output().expect("it starts");
    assert!(matches!(ended.status.code(), Some(0 | 3)), "{}", text(&ended.stderr));
    assert!(!text(&ended.stderr).contains("panic"), "{}", text(&ended.stderr));
}

#[test]
fn a_second_document_with_an_id_keeps_the_first() {
    let place = Place::new(0);
    let second = releases(0..1).replace("Università", "Accademia");
    fs::write(place.path("in.jsonl"), releases(0..2) + &second).expect("written");
    check_counts(&place, &["-o", "x.db"], 1, [2, 0, 0, 1, 0]);
    let database = rusqlite::Connection::open(place.path("x.db")).expect("it opens");
    let kept = "SELECT count(*) FROM documents WHERE document_id = 'd000000' AND text LIKE '%Università%'";
    assert_eq!(database.query_row(kept, [], |row| row.get::<_, i64>(0)), Ok(1));
}
