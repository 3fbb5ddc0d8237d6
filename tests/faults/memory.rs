//! Memory.

use crate::{
    place::{Place, n_rounds, releases},
    tally::Tally,
};
use std::{
    fs,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

/// Peak memory of a program while it runs, in kilobytes.
#[cfg(target_os = "linux")]
pub fn peak_memory_of(mut command: Command) -> u64 {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut peak = 0;
    while child.try_wait().expect("it can be asked").is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(now.unwrap_or(0));
        thread::sleep(Duration::from_millis(5));
    }
    peak
}

#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_number_of_documents() {
    let is_full = n_rounds() >= 100;
    let (n_few, n_many) = if is_full { (10_000, 100_000) } else { (4_000, 12_000) };
    let mut tally = Tally::new("peak memory", "SQLite");
    for (threads, labels) in
        [("1", ["kB few, 1 thread", "kB many, 1 thread"]), ("2", ["kB few, 2 threads", "kB many, 2 threads"])]
    {
        let peak = |n_documents: usize| {
            let place = Place::new(0);
            fs::create_dir(place.path("in")).expect("made");
            for part in 0..n_documents / 1000 {
                fs::write(place.path(&format!("in/{part:03}.jsonl")), releases(part * 1000..(part + 1) * 1000))
                    .expect("written");
            }
            peak_memory_of(place.command(&["run", "in", "--gazetteers", "lists", "-o", "x.db", "--threads", threads]))
        };
        let share = if is_full { 1.1 } else { 1.3 };
        let (few, mut many) = (peak(n_few), peak(n_many));
        // A machine that is busy with other things holds memory longer, never shorter: what is too much is measured again.
        if many as f64 >= few as f64 * share {
            many = many.min(peak(n_many));
        }
        tally.add(labels[0], few);
        tally.add(labels[1], many);
        assert!(few > 0 && (many as f64) < few as f64 * share, "{threads} threads: {few} kB, then {many} kB");
        assert!(many < 200_000, "{threads} threads: {many} kB");
        tally.round();
    }
}
