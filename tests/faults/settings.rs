//! Where settings come from, and what programs and people are told.

use crate::place::{Place, releases, text};
use std::{
    fs,
    io::{BufRead, BufReader, Read},
};

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

#[test]
fn a_place_that_two_options_name_is_refused_and_stays_as_it_is() {
    let place = Place::new(5);
    place.done(&["-o", "x.db"]);
    place.done(&["-o", "x.jsonl"]);
    let state = |path: &str| fs::read(place.path(path)).expect("read");
    let before = ["in.jsonl", "x.db", "x.jsonl"].map(state);
    for (arguments, path, uses) in [
        (&["-o", "x.db", "--report", "./x.db"][..], "./x.db", "an output and the report"),
        (&["-o", "x.jsonl", "--state", "x.jsonl"], "x.jsonl", "an output and the manifest (--state)"),
        (
            &["-o", "y.jsonl", "--state", "y.state", "--report", "y.state"],
            "y.state",
            "the manifest (--state) and the report",
        ),
        (&["-o", "x.db", "-o", "lists/../x.db"], "lists/../x.db", "an output, twice"),
        (&["-o", "in.jsonl"], "in.jsonl", "an input and an output"),
        (&["-o", "x.db", "--report", "in.jsonl"], "in.jsonl", "an input and the report"),
    ] {
        let ended = place.run(arguments).output().expect("it starts");
        let expected = format!("gazzetta: '{path}' is named as {uses}; give each a place of its own\n");
        assert_eq!((ended.status.code(), text(&ended.stderr)), (Some(2), expected));
    }
    assert!(before == ["in.jsonl", "x.db", "x.jsonl"].map(state));
    for (report, reason) in [("lists", "it is a folder"), ("missing/run.json", "no such file or directory")] {
        let ended = place.run(&["-o", "z.db", "--report", report]).output().expect("it starts");
        assert_eq!(ended.status.code(), Some(3));
        assert!(text(&ended.stderr).starts_with(&format!("gazzetta: cannot write '{report}': {reason}")));
        assert!(!place.path("z.db").exists(), "told before any work");
    }
}

#[test]
fn too_many_failures_end_a_run() {
    let place = Place::new(3000);
    let broken = "{\n".repeat(50) + &releases(0..3000);
    fs::write(place.path("in.jsonl"), broken).expect("written");
    for arguments in [["--max-failures", "20"], ["--max-failures", "1%"], ["--on-error", "stop"]] {
        let ended = place.run(&[&["-o", "x.db"], &arguments[..]].concat()).output().expect("it starts");
        assert_eq!(ended.status.code(), Some(3), "{arguments:?}: {}", text(&ended.stderr));
        assert!(text(&ended.stderr).contains("Too many documents failed"), "{}", text(&ended.stderr));
    }
    // A share that is judged when all is read, since before there is too little of it, is told too.
    fs::write(place.path("in.jsonl"), "{\n".to_owned() + &releases(0..5)).expect("written");
    let ended = place.run(&["-o", "y.db", "--max-failures", "5%", "--report", "run.json"]).output().expect("it starts");
    assert_eq!(ended.status.code(), Some(3));
    assert!(text(&ended.stderr).contains("Too many documents failed"), "{}", text(&ended.stderr));
    assert!(fs::read_to_string(place.path("run.json")).expect("read").contains("\"end\": \"too-many-failures\""));
    fs::write(place.path("in.jsonl"), "{\n".repeat(50) + &releases(0..3000)).expect("written");
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
    assert!(report["n_threads"].as_u64().is_some_and(|n_threads| n_threads > 0), "{report}");
    assert_eq!(report["summary"]["failures"]["malformed-json"], 1);
    assert!(report["summary"]["times"]["process"].as_f64().is_some_and(|seconds| seconds > 0.0), "{report}");
    let ended = place.run(&["-o", "missing/x.db", "--log", "json"]).output().expect("it starts");
    let line: serde_json::Value = serde_json::from_slice(&ended.stderr).expect("JSON");
    assert_eq!((line["level"].as_str(), ended.status.code()), (Some("error"), Some(3)));
}
