//! What a night costs: many small files beside the same documents as lines, and a second run over what did not change.
//!
//! `cargo bench --bench nightly -- 24000 100000` takes as many files and as many lines. Counted is the processor time of the
//! program on all cores, and the time on the clock beside it.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse().ok());
    let n_files: usize = numbers.next().unwrap_or(24_000);
    let n_lines: usize = numbers.next().unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();

    fs::create_dir(path.join("files")).expect("made");
    for number in 0..n_files {
        fs::write(path.join(format!("files/{number:06}.txt")), release(number)).expect("written");
    }
    write_lines(&path.join("files.jsonl"), n_files);
    // Once for whatever is read for the first time.
    run(path, &["files.jsonl", "-o", "warm.jsonl", "--limit", "1000"]);
    let lines = run(path, &["files.jsonl", "-o", "lines.db"]);
    let files = run(path, &["files", "-o", "files.db"]);
    println!("{n_files} lines  {lines}");
    println!("{n_files} files  {files}, {:.0} % of the rate of lines", 100.0 * lines.cpu / files.cpu);

    write_lines(&path.join("all.jsonl"), n_lines);
    let first = run(path, &["all.jsonl", "-o", "all.db"]);
    let second = run(path, &["all.jsonl", "-o", "all.db"]);
    println!("{n_lines} documents, first run   {first}");
    println!("{n_lines} documents, second run  {second}, {:.1} % of the first", 100.0 * second.cpu / first.cpu);
}

fn release(number: usize) -> String {
    let words =
        "La delegazione incontra il ministro per firmare un accordo sulla ricerca e le imprese del territorio. ";
    let day = 1 + number % 28;
    format!(
        "Bologna, {day} aprile 2024. {words}L'Università di Bologna incontra l'ente {number} a Seoul il {day} marzo 2024. {words}"
    )
}

fn write_lines(path: &Path, n_lines: usize) {
    let line = |number| format!("{{\"id\":\"{number:06}.txt\",\"text\":\"{}\"}}\n", release(number));
    fs::write(path, (0..n_lines).map(line).collect::<String>()).expect("written");
}

/// Seconds of a run.
struct Cost {
    cpu: f64,
    clock: f64,
}

impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2} s of processors, {:.2} s on the clock", self.cpu, self.clock)
    }
}

fn run(folder: &Path, arguments: &[&str]) -> Cost {
    let (before, began) = (of_children(), Instant::now());
    let mut command = Command::new(env!("CARGO_BIN_EXE_gazzetta"));
    command.current_dir(folder).arg("run").args(arguments).arg("--quiet").stdin(Stdio::null());
    assert!(command.status().is_ok_and(|ended| ended.success()), "{arguments:?}");
    Cost { cpu: of_children() - before, clock: began.elapsed().as_secs_f64() }
}

/// User and system time of the programs that have ended; the kernel counts in hundredths.
fn of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("a system with /proc");
    let fields: Vec<&str> = stat.rsplit_once(')').expect("a name").1.split_whitespace().collect();
    let ticks = |at: usize| fields[at].parse::<f64>().expect("a number");
    (ticks(13) + ticks(14)) / 100.0
}
