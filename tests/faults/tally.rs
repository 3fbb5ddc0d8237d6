//! What was counted, fault by fault: a line when a test ends, and the table of all when the last one does.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// Every fault that is tried in rounds, and the output that it is tried on.
const FAULTS: &[(&str, &str)] = &[
    ("kill -9", "SQLite"),
    ("kill -9", "JSONL with state"),
    ("kill -9", "JSONL"),
    ("kill -9", "folder with state"),
    #[cfg(feature = "parquet")]
    ("kill -9", "Parquet"),
    #[cfg(feature = "postgres")]
    ("kill -9", "PostgreSQL"),
    ("SIGINT", "SQLite"),
    ("SIGINT", "JSONL with state"),
    ("SIGTERM", "SQLite"),
    ("SIGTERM", "JSONL with state"),
    #[cfg(feature = "postgres")]
    ("SIGINT", "PostgreSQL"),
    #[cfg(feature = "postgres")]
    ("SIGTERM", "PostgreSQL"),
    ("limit on files", "SQLite"),
    ("limit on files", "JSONL"),
    ("limit on files", "JSONL with state"),
    #[cfg(feature = "parquet")]
    ("limit on files", "Parquet"),
    ("full disk", "SQLite"),
    ("full disk", "JSONL"),
    ("full disk", "JSONL with state"),
    #[cfg(feature = "parquet")]
    ("full disk", "Parquet"),
    #[cfg(feature = "postgres")]
    ("connection cut", "PostgreSQL"),
    #[cfg(feature = "postgres")]
    ("answer to COMMIT lost", "PostgreSQL"),
    #[cfg(feature = "postgres")]
    ("backend terminated", "PostgreSQL"),
    #[cfg(feature = "postgres")]
    ("server stopped", "PostgreSQL"),
    #[cfg(feature = "postgres")]
    ("server falls silent", "PostgreSQL"),
    ("two runs at once", "SQLite"),
    ("two runs at once", "JSONL with state"),
    #[cfg(feature = "postgres")]
    ("two runs at once", "PostgreSQL"),
    ("peak memory", "SQLite"),
];

/// The lines of the tests that have ended.
static LINES: Mutex<Vec<(usize, String)>> = Mutex::new(Vec::new());

/// The rounds of a fault; told when it is dropped, also by a test that fails.
pub struct Tally {
    /// Its place in [`FAULTS`].
    number: usize,
    began: Instant,
    n_rounds: u32,
    counts: Vec<(&'static str, u64)>,
}

impl Tally {
    /// Begins to count. A fault that is not in the list would be missed in the table.
    #[track_caller]
    pub fn new(fault: &str, output: &str) -> Self {
        let number = FAULTS.iter().position(|&known| known == (fault, output));
        let number = number.unwrap_or_else(|| panic!("'{fault}' of '{output}' is not in the list of faults"));
        Self { number, began: Instant::now(), n_rounds: 0, counts: Vec::new() }
    }

    /// A round that held.
    pub fn round(&mut self) {
        self.n_rounds += 1;
    }

    /// Adds to one of its counts.
    pub fn add(&mut self, what: &'static str, n_more: impl Into<u64>) {
        let n_more = n_more.into();
        match self.counts.iter_mut().find(|(name, _)| *name == what) {
            Some((_, count)) => *count += n_more,
            None => self.counts.push((what, n_more)),
        }
    }

    /// The longest of something, in milliseconds.
    pub fn longest(&mut self, what: &'static str, time: Duration) {
        let time_ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        match self.counts.iter_mut().find(|(name, _)| *name == what) {
            Some((_, longest)) => *longest = time_ms.max(*longest),
            None => self.counts.push((what, time_ms)),
        }
    }

    /// One of its counts.
    pub fn count(&self, what: &str) -> u64 {
        self.counts.iter().find(|(name, _)| *name == what).map_or(0, |(_, count)| *count)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (fault, output) = FAULTS[self.number];
        let held = if thread::panicking() { "FAILED" } else { "held" };
        let counts: Vec<String> = self.counts.iter().map(|(what, count)| format!("{count} {what}")).collect();
        let (n_rounds, seconds) = (self.n_rounds, self.began.elapsed().as_secs());
        write!(
            out,
            "| {fault:<21} | {output:<17} | {n_rounds:>6} | {held:<6} | {seconds:>5} s | {} |",
            counts.join(", ")
        )
    }
}

impl Drop for Tally {
    fn drop(&mut self) {
        let line = self.to_string();
        println!("{line}");
        let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
        lines.push((self.number, line));
        if lines.len() == FAULTS.len() {
            lines.sort();
            let lines: Vec<&str> = lines.iter().map(|(_, line)| line.as_str()).collect();
            println!(
                "\n| fault | output | rounds | | time | counted |\n|---|---|---|---|---|---|\n{}\n",
                lines.join("\n")
            );
        }
    }
}
