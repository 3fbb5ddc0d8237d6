//! How fast names are found, beside an automaton, and what the lists cost: time to compile and to open, bytes, memory.
//!
//! `cargo bench --bench gazetteer` prints one table; name one or more of `scan`, `file`, `damage` and `memory` behind
//! `--` for a part of it. Register and texts are invented, from fixed seeds (`register`); `GAZZETTA_BENCH_MB` changes how
//! much text is read. Both sides of a ratio are measured in turns, in one run; compare nothing else.

mod clock;
mod register;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use clock::timed;
use gazzetta::lexicon::{Files, Gazetteer, write_whole};
use std::{env, fs, hint::black_box, path::Path, process::Command, time::Duration};

/// Names of each register, as a person says it.
const SIZES: [(usize, &str); 3] = [(10_000, "10 k"), (100_000, "100 k"), (1_000_000, "1 M")];
/// Runs of which the median is taken.
const N_RUNS: usize = 5;

fn main() {
    let parts: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_asked = |part: &str| parts.is_empty() || parts.iter().any(|asked| asked == part);
    let n_megabytes: usize = env::var("GAZZETTA_BENCH_MB").ok().and_then(|mb| mb.parse().ok()).unwrap_or(20);
    let names = register::names(1_000_000);
    let texts = register::texts(&Files::embedded(), &names, n_megabytes * 1_000_000);
    let n_bytes: usize = texts.iter().map(String::len).sum();
    println!("{} texts, {:.1} MB, one thread, CPU time\n", texts.len(), n_bytes as f64 / 1e6);
    println!("| what | measured | target | stretch |\n|---|---|---|---|");
    if is_asked("scan") {
        scan(&names, &texts);
    }
    let folder = env::temp_dir().join(format!("gazzetta-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    if is_asked("file") {
        file(&names, &texts, &folder);
    }
    if is_asked("damage") {
        damage(&names[..20_000], &texts[..texts.len().min(200)], &folder);
    }
    if is_asked("memory") {
        memory(&names, &texts, &folder);
    }
    let _ = fs::remove_dir_all(&folder);
}

/// A line of the table.
fn row(what: &str, measured: &str, target: &str, stretch: &str) {
    println!("| {what} | {measured} | {target} | {stretch} |");
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

/// Finds every name in every text; the number of names.
fn find_all(gazetteer: &Gazetteer, texts: &[String]) -> usize {
    let (mut found, mut n_found) = (Vec::new(), 0);
    for text in texts {
        found.clear();
        gazetteer.find(text, &mut found);
        n_found += black_box(&found).len();
    }
    n_found
}

/// The matcher beside the automaton, both on all texts, in turns.
fn scan(names: &[String], texts: &[String]) {
    let n_bytes: usize = texts.iter().map(String::len).sum();
    let rate = |times: Vec<Duration>| n_bytes as f64 / 1e6 / median(times);
    let mut rates = Vec::new();
    for ((n_names, name), (target, stretch)) in SIZES.into_iter().zip([("3 x", "4 x"), ("4 x", "6 x"), ("5 x", "9 x")])
    {
        let gazetteer = Gazetteer::load(&register::lists(&names[..n_names])).expect("the register loads");
        let mut automaton = None;
        let building = timed(|| {
            let mut builder = AhoCorasick::builder();
            builder.match_kind(MatchKind::LeftmostLongest).kind(Some(AhoCorasickKind::ContiguousNFA));
            automaton = builder.build(&names[..n_names]).ok();
        });
        let automaton = automaton.expect("the automaton is not too large");
        let (mut ours, mut theirs, mut n_found, mut n_theirs) = (Vec::new(), Vec::new(), 0, 0);
        for _ in 0..N_RUNS {
            ours.push(timed(|| n_found = find_all(&gazetteer, texts)));
            theirs.push(timed(|| n_theirs = texts.iter().map(|text| automaton.find_iter(text.as_str()).count()).sum()));
        }
        let (ours, theirs) = (rate(ours), rate(theirs));
        rates.push(ours);
        let what = format!("scan, {name} names, beside the automaton ({:.1} s to build)", building.as_secs_f64());
        let measured =
            format!("{:.1} x: {ours:.0} against {theirs:.0} MB/s ({n_found}, {n_theirs} found)", ours / theirs);
        row(&what, &measured, target, stretch);
    }
    row("scan, 1 M names beside 10 k", &format!("{:.2}", rates[2] / rates[0]), "0.4", "0.6");
}

/// Compiling a million names, and opening what was compiled.
fn file(names: &[String], texts: &[String], folder: &Path) {
    let files = register::lists(names);
    let mut bytes = Vec::new();
    let compiling =
        median((0..3).map(|_| timed(|| bytes = Gazetteer::compile(&files).expect("they compile"))).collect());
    row("compile 1 M names", &format!("{compiling:.2} s"), "2 s", "1 s");
    row("compiled file", &format!("{:.1} MB", bytes.len() as f64 / 1e6), "64 MB", "");
    let path = folder.join("register.gazetteer");
    write_whole(&path, &bytes).expect("the file can be written");
    drop((bytes, files));
    let text = texts.first().expect("there is a text");
    let opening = |_| {
        timed(|| {
            let gazetteer = Gazetteer::open(&path).expect("the file is whole");
            let mut found = Vec::new();
            gazetteer.find(text, &mut found);
            assert!(!found.is_empty(), "the text names something");
        })
    };
    let opening = median((0..N_RUNS).map(opening).collect());
    row("open it, to the first names", &format!("{:.1} ms", opening * 1e3), "60 ms", "15 ms");
}

/// Files with a byte flipped or an end cut off: opened, they must fail or answer as before.
fn damage(names: &[String], texts: &[String], folder: &Path) {
    let bytes = Gazetteer::compile(&register::lists(names)).expect("they compile");
    let path = folder.join("damaged.gazetteer");
    let answer = |bytes: &[u8]| {
        write_whole(&path, bytes).expect("the file can be written");
        let gazetteer = Gazetteer::open(&path).ok()?;
        let mut found = Vec::new();
        texts.iter().for_each(|text| gazetteer.find(text, &mut found));
        let ids = |lookup: &gazzetta::lexicon::Lookup| -> Vec<String> {
            gazetteer.readings(lookup.name).map(|reading| gazetteer.entry(reading.entry).id.to_owned()).collect()
        };
        Some(found.iter().map(|lookup| (*lookup, ids(lookup))).collect::<Vec<_>>())
    };
    let expected = answer(&bytes);
    let mut numbers = register::Numbers::new(0x6461_6D61_6765);
    let (mut n_detected, mut n_harmless, mut n_wrong) = (0, 0, 0);
    for case in 0..250 {
        let mut damaged = bytes.clone();
        let at = numbers.below(bytes.len());
        if case < 200 {
            damaged[at] ^= 1 << numbers.below(8);
        } else {
            damaged.truncate(at);
        }
        match answer(&damaged) {
            None => n_detected += 1,
            same if same == expected => n_harmless += 1,
            Some(_) => n_wrong += 1,
        }
    }
    let measured = format!("{n_detected} detected, {n_harmless} harmless, {n_wrong} another result");
    row("200 bytes flipped, 50 ends cut off", &measured, "250 detected or harmless", "");
}

/// Peak memory of the program that reads all texts with a million names, on two threads.
fn memory(names: &[String], texts: &[String], folder: &Path) {
    let lists = folder.join("lists/institutions");
    fs::create_dir_all(&lists).expect("a temporary folder");
    for file in register::lists(names).below("") {
        let (path, text) = file.expect("it is text");
        fs::write(folder.join("lists").join(path), text).expect("the lists can be written");
    }
    let input = folder.join("in.jsonl");
    let line = |(idx, text)| format!("{}\n", serde_json::json!({"id": format!("{idx}"), "text": text}));
    fs::write(&input, texts.iter().enumerate().map(line).collect::<String>()).expect("the input can be written");
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gazzetta"));
        command.args(["run", "--quiet", "--threads", "2", "-o"]).arg(folder.join("out.jsonl")).arg(&input);
        command.arg("--gazetteers").arg(folder.join("lists")).env("GAZZETTA_CACHE", folder.join("cache"));
        peak_of(&mut command)
    };
    let what = ["and compiles the lists", "with the lists compiled"];
    for what in what {
        let peak = run().map_or("unknown".to_owned(), |kilobytes| format!("{:.0} MB", kilobytes / 1e3));
        row(
            &format!("peak memory of the program, 1 M names and those shipped, 2 threads, {what}"),
            &peak,
            "150 MB",
            "120 MB",
        );
    }
}

/// Highest memory that a program had, in kB; none where the system does not tell.
fn peak_of(command: &mut Command) -> Option<f64> {
    let mut child = command.spawn().expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait().expect("the program can be waited for").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).map(|rest| rest.trim().to_owned());
        peak = line.and_then(|line| line.split(' ').next()?.parse().ok()).or(peak);
        std::thread::sleep(Duration::from_millis(5));
    }
    peak
}
