//! Servers that keep a connection open and say nothing.

use crate::{
    place::{Place, Target, n_documents, n_rounds, signal, text},
    postgres::{check_recovers, name_of},
    proxy::{Cut, Proxy},
    server::Server,
    tally::Tally,
};
use std::{
    net::TcpListener,
    sync::atomic::Ordering,
    thread,
    time::{Duration, Instant},
};

#[test]
fn a_server_that_never_greets_is_not_waited_for() {
    let place = Place::new(10);
    // Nobody takes what comes in; the system completes the connections.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("bound").port();
    for mode in ["disable", "prefer", "require"] {
        let address = format!("postgres://ada@127.0.0.1:{port}/press?sslmode={mode}&connect_timeout=1");
        for arguments in [
            &["run", "in.jsonl", "--gazetteers", "lists", "-o", &address][..],
            &["run", "in.jsonl", "--gazetteers", "lists", "-o", &address, "--dry-run"],
            &["digest", &address],
        ] {
            let began = Instant::now();
            let ended = place.command(arguments).output().expect("it starts");
            let stderr = text(&ended.stderr);
            assert_eq!((ended.status.code(), stderr.lines().count()), (Some(3), 1), "{stderr}");
            assert!(stderr.contains("the server has not answered for 2 s"), "{stderr}");
            assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
        }
    }
}

#[test]
fn a_connection_that_falls_silent_is_made_anew() {
    let place = Place::new(n_documents());
    let expected = place.undisturbed();
    let target = Target::postgres();
    let server = Server::shared();
    let mut tally = Tally::new("server falls silent", "PostgreSQL");
    let proxy = Proxy::new(&server, Cut::Mute(u64::MAX));
    place.done(&["-o", &proxy.address(name_of(&target.name))]);
    let n_bytes = proxy.n_bytes.load(Ordering::Relaxed);
    let n_points = u64::from(n_rounds().min(20));
    for point in 0..n_points {
        target.wipe(&place);
        let proxy = Proxy::new(&server, Cut::Mute(n_bytes * (2 * point + 1) / (2 * n_points)));
        let began = Instant::now();
        let ended = place.run(&["-o", &proxy.impatient_address(name_of(&target.name))]).output().expect("it starts");
        tally.longest("ms at most", began.elapsed());
        assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
        check_recovers(&place, &target.name, &ended, &expected);
        tally.add("fell silent", proxy.has_cut.load(Ordering::Relaxed));
        tally.add("went on by itself", ended.status.success());
        tally.round();
    }
    assert!(tally.count("fell silent") > 0 && tally.count("went on by itself") > 0, "{tally}");
}

#[test]
fn a_long_statement_is_waited_for() {
    let place = Place::new(500);
    let target = Target::postgres();
    place.done(&target.arguments());
    // Holds the table that the run has to write, for longer than it waits for an answer.
    let mut client = ::postgres::Client::connect(&target.name, ::postgres::NoTls).expect("it connects");
    client.batch_execute("BEGIN; LOCK TABLE documents IN EXCLUSIVE MODE").expect("locked");
    let address = format!("{}&connect_timeout=1&tcp_user_timeout=1", target.name);
    let run = place.run(&["-o", &address, "--full"]).spawn().expect("it starts");
    let waits =
        "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
    let mut watch = ::postgres::Client::connect(&target.name, ::postgres::NoTls).expect("it connects");
    while !watch.query_one(waits, &[]).expect("it answers").get::<_, bool>(0) {
        thread::sleep(Duration::from_millis(5));
    }
    thread::sleep(Duration::from_secs(4));
    client.batch_execute("ROLLBACK").expect("let go");
    let ended = run.wait_with_output().expect("it ends");
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    assert_eq!(place.digest(&target.name), place.undisturbed());
}

#[test]
fn a_run_into_a_silent_server_can_be_stopped() {
    let place = Place::new(n_documents());
    let target = Target::postgres();
    let proxy = Proxy::new(&Server::shared(), Cut::MuteAll(20_000));
    let run = place.run(&["-o", &proxy.address(name_of(&target.name))]).spawn().expect("it starts");
    while !proxy.has_cut.load(Ordering::Relaxed) {
        thread::sleep(Duration::from_millis(2));
    }
    thread::sleep(Duration::from_millis(300));
    signal(&run, "TERM");
    let began = Instant::now();
    let ended = run.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(143), "{}", text(&ended.stderr));
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    place.done(&target.arguments());
    assert_eq!(place.digest(&target.name), place.undisturbed());
}

#[test]
fn a_server_that_stays_silent_ends_the_run() {
    // More than a minute: only in full.
    if n_rounds() < 100 {
        return;
    }
    let place = Place::new(n_documents());
    let target = Target::postgres();
    let proxy = Proxy::new(&Server::shared(), Cut::MuteAll(20_000));
    let ended = place.run(&["-o", &proxy.impatient_address(name_of(&target.name))]).output().expect("it starts");
    let stderr = text(&ended.stderr);
    assert_eq!((ended.status.code(), stderr.lines().count()), (Some(3), 1), "{stderr}");
    assert!(stderr.contains("did not come back within 60 s (the server has not answered for"), "{stderr}");
    place.done(&target.arguments());
    assert_eq!(place.digest(&target.name), place.undisturbed());
}
