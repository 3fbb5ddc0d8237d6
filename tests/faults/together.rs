//! Two runs at once, and runs that differ in nothing that counts.

use crate::{
    place::{Place, Target, n_documents, n_rounds, releases, text},
    tally::Tally,
};
use std::{
    fs,
    process::Child,
    thread,
    time::{Duration, Instant},
};

/// Waits until the run has the lock of its output, or is over.
fn wait_for_lock(place: &Place, target: &Target, run: &mut Child) {
    while !target.is_locked(place) && run.try_wait().expect("it can be asked").is_none() {
        thread::sleep(Duration::from_millis(1));
    }
}

#[track_caller]
fn check_second_run(target: &Target) {
    let place = Place::new(n_documents());
    let expected = place.undisturbed();
    let arguments = target.arguments();
    let mut tally = Tally::new("two runs at once", target.label());
    for _ in 0..n_rounds().min(20) {
        target.wipe(&place);
        let mut first = place.run(&arguments).spawn().expect("it starts");
        wait_for_lock(&place, target, &mut first);
        let began = Instant::now();
        let second = place.run(&arguments).output().expect("it starts");
        let took = began.elapsed();
        if second.status.code() == Some(3) {
            let stderr = text(&second.stderr);
            assert!(stderr.contains(&format!("process {}", first.id())) && stderr.contains("--wait"), "{stderr}");
            assert!(stderr.contains(", since ") && !stderr.contains("panic"), "{stderr}");
            assert!(took < Duration::from_secs(1), "{took:?}");
            tally.add("refused", 1_u64);
            tally.longest("ms to refuse", took);
        }
        let waiting = place.run(&[&arguments[..], &["--wait"]].concat()).spawn().expect("it starts");
        assert!(first.wait_with_output().expect("it ends").status.success());
        let waited = waiting.wait_with_output().expect("it ends");
        assert!(waited.status.success(), "{}", text(&waited.stderr));
        let unchanged = format!("{},{:03} documents unchanged", place.n_documents / 1000, place.n_documents % 1000);
        assert!(text(&waited.stderr).contains(&unchanged), "{}", text(&waited.stderr));
        assert_eq!(place.digest(&target.name), expected);
        target.check_opens(&place);
        tally.add("waited", 1_u64);
        tally.round();
    }
    assert!(tally.count("refused") > 0, "no second run met a first one");
}

#[test]
fn a_second_run_into_a_database_is_refused_at_once_or_waits() {
    check_second_run(&Target::file("x.db"));
}

#[test]
fn a_second_run_into_lines_is_refused_at_once_or_waits() {
    check_second_run(&Target::with_state("x.jsonl"));
}

#[cfg(feature = "postgres")]
#[test]
fn a_second_run_into_postgres_is_refused_at_once_or_waits() {
    check_second_run(&Target::postgres());
}

#[test]
fn a_run_that_waits_can_be_stopped() {
    let place = Place::new(5);
    let lock = fs::File::create(place.path("x.db.lock")).expect("made");
    lock.lock().expect("locked");
    let waiting = place.run(&["-o", "x.db", "--wait"]).spawn().expect("it starts");
    thread::sleep(Duration::from_millis(500));
    crate::place::signal(&waiting, "TERM");
    let began = Instant::now();
    let ended = waiting.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(143), "{}", text(&ended.stderr));
    assert!(began.elapsed() < Duration::from_secs(2));
}

#[test]
fn the_number_of_threads_and_the_kind_of_output_change_nothing() {
    let n_documents = n_documents() / 2;
    let place = Place::new(n_documents);
    let one = place.done(&["--threads", "1"]).stdout;
    for threads in ["2", "8"] {
        assert!(place.done(&["--threads", threads]).stdout == one, "{threads} threads");
    }
    let expected = place.undisturbed();
    let targets = Target::all();
    for target in &targets {
        for threads in ["1", "2", "8"] {
            target.wipe(&place);
            place.done(&[&target.arguments()[..], &["--threads", threads]].concat());
            assert_eq!(place.digest(&target.name), expected, "{} by {threads} threads", target.name);
        }
    }
    let mut lines: Vec<String> = releases(0..n_documents).lines().map(str::to_owned).collect();
    lines.sort_by_key(|line| blake3::hash(line.as_bytes()).to_hex());
    fs::write(place.path("in.jsonl"), lines.join("\n")).expect("written");
    for target in &targets {
        target.wipe(&place);
        place.done(&target.arguments());
        assert_eq!(place.digest(&target.name), expected, "{}, shuffled", target.name);
    }
}
