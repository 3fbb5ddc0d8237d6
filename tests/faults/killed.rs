//! Runs that are killed or asked to end.

use crate::place::{Place, Target, moments, n_rounds, names, signal, text};
use std::{
    process::{ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Kills runs with `-9` at moments spread over a run, every third one again while it recovers, then completes it.
#[track_caller]
fn check_killed(target: &Target, n_rounds: u32) {
    let place = Place::new(5000);
    let expected = place.undisturbed();
    let arguments = target.arguments();
    let began = Instant::now();
    place.done(&arguments);
    let whole = began.elapsed();
    for (round, moment) in moments(whole, n_rounds).enumerate() {
        target.wipe(&place);
        for _ in 0..1 + u32::from(round % 3 == 2) {
            let mut child = place.run(&arguments).stderr(Stdio::null()).spawn().expect("it starts");
            thread::sleep(moment);
            signal(&child, "KILL");
            child.wait().expect("it ends");
            target.check_opens(&place);
        }
        place.done(&arguments);
        assert_eq!(place.digest(&target.name), expected, "{} in round {round}, killed after {moment:?}", target.name);
        target.check_opens(&place);
        let left: Vec<String> = names(place.folder.path());
        assert!(!left.iter().any(|name| name.contains(".piece-") || name.ends_with(".partial")), "{left:?}");
    }
    println!("{}: killed in {n_rounds} rounds", target.name);
}

#[test]
fn a_killed_run_into_a_database_is_completed_by_the_same_command() {
    check_killed(&Target::file("x.db"), n_rounds());
}

#[test]
fn a_killed_run_into_lines_is_completed_by_the_same_command() {
    check_killed(&Target::with_state("x.jsonl"), n_rounds());
}

#[test]
fn a_killed_run_into_lines_without_a_manifest_leaves_them_as_they_were() {
    check_killed(&Target::file("x.jsonl"), n_rounds());
}

#[test]
fn a_killed_run_into_a_folder_is_completed_by_the_same_command() {
    check_killed(&Target::with_state("x/"), n_rounds());
}

#[cfg(feature = "parquet")]
#[test]
fn a_killed_run_into_columns_leaves_them_as_they_were() {
    check_killed(&Target::file("x.parquet"), n_rounds().min(20));
}

#[cfg(feature = "postgres")]
#[test]
fn a_killed_run_into_postgres_is_completed_by_the_same_command() {
    check_killed(&Target::postgres(), n_rounds());
}

#[track_caller]
fn check_signal(name: &str, code: i32, target: &Target) {
    let place = Place::new(5000);
    let expected = place.undisturbed();
    let arguments = target.arguments();
    let began = Instant::now();
    place.done(&arguments);
    let whole = began.elapsed();
    for moment in moments(whole, n_rounds().min(20)) {
        target.wipe(&place);
        let child = place.run(&arguments).spawn().expect("it starts");
        // Earlier than this there is nobody who listens yet.
        thread::sleep(moment.max(Duration::from_millis(30)));
        signal(&child, name);
        let began = Instant::now();
        let ended = child.wait_with_output().expect("it ends");
        assert!(began.elapsed() < Duration::from_secs(5));
        check_ending(ended.status, code, &text(&ended.stderr));
        target.check_opens(&place);
        place.done(&arguments);
        assert_eq!(place.digest(&target.name), expected);
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
    check_signal("INT", 130, &Target::file("x.db"));
    check_signal("INT", 130, &Target::with_state("x.jsonl"));
}

#[test]
fn sigterm_ends_a_run_soon_and_cleanly() {
    check_signal("TERM", 143, &Target::file("x.db"));
}

#[cfg(feature = "postgres")]
#[test]
fn signals_end_a_run_into_postgres_soon_and_cleanly() {
    let target = Target::postgres();
    check_signal("INT", 130, &target);
    check_signal("TERM", 143, &target);
}
