//! Outputs that find no room.

use crate::{
    place::{Place, Target, releases, text},
    tally::Tally,
};
use std::{
    fs,
    process::{Command, Output},
};

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
    let outputs = [
        Target::file("x.db"),
        Target::file("x.jsonl"),
        Target::with_state("y.jsonl"),
        #[cfg(feature = "parquet")]
        Target::file("x.parquet"),
    ];
    for target in &outputs {
        let arguments = &target.arguments()[..];
        let mut tally = Tally::new("limit on files", target.label());
        // What is compressed finds room in the last of them.
        let bounds = if arguments[1].ends_with(".parquet") { &[100, 400][..] } else { &[100, 500, 2000] };
        for &n_blocks in bounds {
            let ended = bounded(&place, n_blocks, arguments);
            let stderr = text(&ended.stderr);
            assert_eq!(ended.status.code(), Some(3), "{stderr}");
            assert_eq!(stderr.lines().count(), 1, "{stderr}");
            assert!(
                stderr.contains(&format!("cannot write '{}'", arguments[1])) && stderr.contains("make room"),
                "{stderr}"
            );
            tally.round();
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

/// Fills a small disk, makes it larger, and runs again. `disk` is mounted for this script alone.
const SMALL_DISK: &str = r#"
set -e
mount -t tmpfs -o size=64m tmpfs disk
"$PROGRAM" run few.jsonl --gazetteers lists -o "disk/$1" $2 --quiet
mount -o remount,size=$(($(df --output=used -B1 disk | tail -1) + 262144)) disk
set +e
"$PROGRAM" run in.jsonl --gazetteers lists -o "disk/$1" $2 --full 2> stderr
echo $? > code
"$PROGRAM" digest "disk/$1" > after
set -e
mount -o remount,size=200m disk
"$PROGRAM" run in.jsonl --gazetteers lists -o "disk/$1" $2 --quiet
"$PROGRAM" digest "disk/$1" > end
"#;

/// A disk that is full: one message, exit 3, what was there is there, and the same command completes it.
#[track_caller]
fn check_full_disk(target: &str, state: &str, is_replaced_whole: bool) {
    let output = if state.is_empty() { Target::file(target) } else { Target::with_state(target) };
    let mut tally = Tally::new("full disk", output.label());
    let place = Place::new(3000);
    fs::write(place.path("few.jsonl"), releases(0..100).replace("delegazione", "missione")).expect("written");
    fs::create_dir(place.path("disk")).expect("made");
    let mut command = Command::new("unshare");
    command.current_dir(&place.folder).env("PROGRAM", env!("CARGO_BIN_EXE_gazzetta"));
    let ended = command.args(["-rm", "sh", "-c", SMALL_DISK, "sh", target, state]).output().expect("it starts");
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let read = |name: &str| fs::read_to_string(place.path(name)).expect(name);
    let stderr = read("stderr");
    assert_eq!(read("code").trim(), "3", "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.starts_with(&format!("gazzetta: cannot write 'disk/{target}'")), "{stderr}");
    assert!(stderr.contains("make room"), "{stderr}");
    let digest = |input: &str| {
        place
            .command(&["run", input, "--gazetteers", "lists", "-o", "y.jsonl", "--quiet"])
            .output()
            .expect("it starts");
        text(&place.command(&["digest", "y.jsonl"]).output().expect("it starts").stdout)
    };
    if is_replaced_whole {
        assert_eq!(read("after"), digest("few.jsonl"), "the earlier output was touched");
    }
    assert!(!read("after").is_empty());
    assert_eq!(read("end"), digest("in.jsonl"));
    tally.round();
}

#[test]
fn a_full_disk_is_told_and_the_run_goes_on_when_there_is_room() {
    check_full_disk("x.db", "", false);
    check_full_disk("x.jsonl", "", true);
    check_full_disk("y.jsonl", "--state disk/state", false);
    #[cfg(feature = "parquet")]
    check_full_disk("x.parquet", "", true);
}
