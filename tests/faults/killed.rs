//! Runs that are killed or asked to end.

use crate::{
    place::{Place, Target, moments, n_documents, n_rounds, names, shares, signal, text},
    tally::Tally,
};
use std::{
    os::unix::process::ExitStatusExt,
    process::{ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Kills runs with `-9` at moments spread over a run, every third one again while it recovers, then completes it. A run that
/// was over before its moment came is no round: the time that a run takes is what the quickest of them took.
#[track_caller]
fn check_killed(target: &Target, n_rounds: u32) {
    let place = Place::new(n_documents());
    let expected = place.undisturbed();
    let arguments = target.arguments();
    let mut tally = Tally::new("kill -9", target.label());
    let began = Instant::now();
    place.done(&arguments);
    let mut whole = began.elapsed();
    for (round, share) in shares(n_rounds).enumerate() {
        target.wipe(&place);
        while !kill(&place, target, share, &mut whole) {
            tally.add("over before", 1_u64);
            target.wipe(&place);
        }
        tally.add("killed at work", 1_u64);
        if round % 3 == 2 {
            let is_killed = kill(&place, target, share, &mut whole);
            tally.add(if is_killed { "killed in recovery" } else { "over before" }, 1_u64);
        }
        place.done(&arguments);
        assert_eq!(
            place.digest(&target.name),
            expected,
            "{} in round {round}, killed at {share} of {whole:?}",
            target.name
        );
        target.check_opens(&place);
        let left: Vec<String> = names(place.folder.path());
        assert!(!left.iter().any(|name| name.contains(".piece-") || name.ends_with(".partial")), "{left:?}");
        tally.round();
    }
}

/// Starts a run and kills it after a share of the time that one takes; false when it was over before.
#[track_caller]
fn kill(place: &Place, target: &Target, share: f64, whole: &mut Duration) -> bool {
    let began = Instant::now();
    let mut child = place.run(&target.arguments()).stderr(Stdio::null()).spawn().expect("it starts");
    thread::sleep(whole.mul_f64(share));
    signal(&child, "KILL");
    let ended = child.wait().expect("it ends");
    target.check_opens(place);
    if ended.signal() != Some(9) {
        *whole = began.elapsed().min(*whole).mul_f64(0.9);
    }
    ended.signal() == Some(9)
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
    check_killed(&Target::file("x.jsonl"), n_rounds().min(20));
}

#[test]
fn a_killed_run_into_a_folder_is_completed_by_the_same_command() {
    check_killed(&Target::with_state("x/"), n_rounds().min(20));
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
    let place = Place::new(n_documents());
    let expected = place.undisturbed();
    let arguments = target.arguments();
    let mut tally = Tally::new(&format!("SIG{name}"), target.label());
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
        let end = began.elapsed();
        assert!(end < Duration::from_secs(5), "{end:?}");
        check_ending(ended.status, code, &text(&ended.stderr));
        target.check_opens(&place);
        place.done(&arguments);
        assert_eq!(place.digest(&target.name), expected);
        tally.add(if ended.status.code() == Some(code) { "ended early" } else { "over before" }, 1_u64);
        tally.longest("ms to end", end);
        tally.round();
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
    check_signal("TERM", 143, &Target::with_state("x.jsonl"));
}

#[cfg(feature = "postgres")]
#[test]
fn signals_end_a_run_into_postgres_soon_and_cleanly() {
    let target = Target::postgres();
    check_signal("INT", 130, &target);
    check_signal("TERM", 143, &target);
}
