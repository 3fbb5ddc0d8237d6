//! Servers that go away.

use crate::{
    place::{Place, Target, check_postgres, moments, n_documents, n_rounds, text},
    proxy::{Cut, Proxy},
    server::Server,
    tally::Tally,
};
use std::{
    process::Output,
    thread,
    time::{Duration, Instant},
};

/// Documents in the rows and in the count of the last run, which a lost answer must not double.
#[track_caller]
fn check_written(address: &str, n_documents: i64) {
    let mut client = ::postgres::Client::connect(address, ::postgres::NoTls).expect("it connects");
    let counts = "SELECT written, (SELECT count(*) FROM documents), ending FROM runs ORDER BY run DESC LIMIT 1";
    let row = client.query_one(counts, &[]).expect("it answers");
    assert_eq!((row.get(0), row.get(1), row.get(2)), (n_documents, n_documents, "complete"));
}

/// A run that was cut off either went on by itself or said so in one line; the same command then completes it.
#[track_caller]
pub fn check_recovers(place: &Place, address: &str, ended: &Output, expected: &str) {
    let stderr = text(&ended.stderr);
    match ended.status.code() {
        Some(0) => check_written(address, place.n_documents as i64),
        Some(3) => {
            assert_eq!(stderr.lines().count(), 1, "{stderr}");
            assert!(stderr.starts_with("gazzetta: cannot write 'postgres://"), "{stderr}");
        }
        code => panic!("{code:?}: {stderr}"),
    }
    check_postgres(address);
    place.done(&["-o", address]);
    assert_eq!(place.digest(address), expected);
    check_postgres(address);
}

pub fn name_of(address: &str) -> &str {
    address.split("@/").nth(1).and_then(|rest| rest.split('?').next()).expect("a database")
}

#[track_caller]
fn check_cut(fault: &str, cuts: impl Iterator<Item = Cut>) {
    let mut tally = Tally::new(fault, "PostgreSQL");
    let place = Place::new(n_documents());
    let expected = place.undisturbed();
    let target = Target::postgres();
    let server = Server::shared();
    for cut in cuts {
        target.wipe(&place);
        let proxy = Proxy::new(&server, cut);
        let ended = place.run(&["-o", &proxy.address(name_of(&target.name))]).output().expect("it starts");
        check_recovers(&place, &target.name, &ended, &expected);
        let is_cut = proxy.has_cut.load(std::sync::atomic::Ordering::Relaxed);
        tally.add("cut", is_cut);
        tally.add("went on by itself", is_cut && ended.status.success());
        tally.round();
    }
    assert!(tally.count("cut") > 0 && tally.count("went on by itself") > 0, "{tally}");
}

#[test]
fn a_connection_that_is_cut_anywhere_is_made_anew() {
    let place = Place::new(n_documents());
    let target = Target::postgres();
    let proxy = Proxy::new(&Server::shared(), Cut::AfterBytes(u64::MAX));
    place.done(&["-o", &proxy.address(name_of(&target.name))]);
    let n_bytes = proxy.n_bytes.load(std::sync::atomic::Ordering::Relaxed);
    let n_points = u64::from(n_rounds().min(20));
    check_cut("connection cut", (0..n_points).map(|point| Cut::AfterBytes(n_bytes * (2 * point + 1) / (2 * n_points))));
}

#[test]
fn an_answer_to_a_commit_that_is_lost_doubles_nothing() {
    // The last commits are those of documents, the first those of the tables: a run goes on by itself behind the last only.
    check_cut("answer to COMMIT lost", (0..n_rounds().min(20)).map(|round| Cut::AtCommit(4 - round % 5)));
}

#[test]
fn a_backend_that_is_terminated_is_replaced() {
    let place = Place::new(n_documents());
    let expected = place.undisturbed();
    let target = Target::postgres();
    let began = Instant::now();
    place.done(&target.arguments());
    let whole = began.elapsed();
    let mut client = ::postgres::Client::connect(&target.name, ::postgres::NoTls).expect("it connects");
    let mut tally = Tally::new("backend terminated", "PostgreSQL");
    for moment in moments(whole, n_rounds().min(20)) {
        target.wipe(&place);
        let run = place.run(&target.arguments()).spawn().expect("it starts");
        thread::sleep(moment);
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE application_name LIKE 'gazzetta%' AND datname = current_database()";
        let n_terminated = client.query(end, &[]).expect("it answers").len();
        let ended = run.wait_with_output().expect("it ends");
        check_recovers(&place, &target.name, &ended, &expected);
        tally.add("terminated", n_terminated as u64);
        tally.add("went on by itself", ended.status.success());
        tally.round();
    }
    assert!(tally.count("terminated") > 0, "{tally}");
}

#[test]
fn a_server_that_is_stopped_for_a_while_is_waited_for() {
    let place = Place::new(n_documents());
    let expected = place.undisturbed();
    // Its own, since other tests need theirs.
    let server = Server::new();
    let address = server.database();
    let began = Instant::now();
    place.done(&["-o", &address]);
    let whole = began.elapsed();
    let pause = Duration::from_secs(if n_rounds() >= 100 { 10 } else { 3 });
    let mut tally = Tally::new("server stopped", "PostgreSQL");
    for moment in [whole / 2, whole.mul_f64(0.8)] {
        let mut client = ::postgres::Client::connect(&address, ::postgres::NoTls).expect("it connects");
        client.batch_execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public").expect("emptied");
        drop(client);
        let run = place.run(&["-o", &address]).spawn().expect("it starts");
        thread::sleep(moment);
        server.stop();
        thread::sleep(pause);
        server.start();
        let ended = run.wait_with_output().expect("it ends");
        check_recovers(&place, &address, &ended, &expected);
        tally.add("went on by itself", ended.status.success());
        tally.round();
    }
}

#[test]
fn a_run_that_waits_for_a_server_can_be_stopped() {
    let place = Place::new(n_documents());
    let server = Server::new();
    let address = server.database();
    let run = place.run(&["-o", &address]).spawn().expect("it starts");
    let mut client = ::postgres::Client::connect(&address, ::postgres::NoTls).expect("it connects");
    let has_begun = "SELECT to_regclass('runs') IS NOT NULL";
    while !client.query_one(has_begun, &[]).expect("it answers").get::<_, bool>(0) {
        thread::sleep(Duration::from_millis(2));
    }
    server.stop();
    thread::sleep(Duration::from_millis(500));
    crate::place::signal(&run, "TERM");
    let began = Instant::now();
    let ended = run.wait_with_output().expect("it ends");
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert_eq!(ended.status.code(), Some(143), "{}", text(&ended.stderr));
}

#[test]
fn a_server_that_does_not_come_back_ends_the_run() {
    let place = Place::new(10);
    let ended = place.run(&["-o", "postgres://nobody@127.0.0.1:1/none"]).output().expect("it starts");
    let stderr = text(&ended.stderr);
    assert_eq!((ended.status.code(), stderr.lines().count()), (Some(3), 1), "{stderr}");
    assert!(stderr.contains("connection refused") || stderr.contains("Connection refused"), "{stderr}");
    if n_rounds() < 100 {
        return;
    }
    let (place, server) = (Place::new(n_documents()), Server::new());
    let address = server.database();
    let run = place.run(&["-o", &address]).spawn().expect("it starts");
    thread::sleep(Duration::from_millis(600));
    server.stop();
    let began = Instant::now();
    let ended = run.wait_with_output().expect("it ends");
    let stderr = text(&ended.stderr);
    assert_eq!(ended.status.code(), Some(3), "{stderr}");
    assert!(stderr.contains("did not come back within 60 s"), "{stderr}");
    assert!(began.elapsed() < Duration::from_secs(80), "{:?}", began.elapsed());
}
