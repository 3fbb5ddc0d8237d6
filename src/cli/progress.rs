//! How far the run is: a bar on a terminal, nothing elsewhere.

use super::summary::grouped;
use crate::pipeline::Summary;
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    fs,
    io::{self, IsTerminal},
    path::Path,
};

/// A bar with rate and remaining time; hidden where standard error is no terminal.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar for `inputs`; hidden when `is_quiet`.
    pub(super) fn new(inputs: &[String], is_quiet: bool) -> Self {
        if is_quiet || !io::stderr().is_terminal() {
            return Self { bar: ProgressBar::hidden() };
        }
        let (bar, template) = match total_bytes(inputs) {
            Some(n_bytes) => (
                ProgressBar::new(n_bytes),
                "{bar:30} {percent:>3}%  {bytes} of {total_bytes}  {bytes_per_sec}  {msg}, {eta} left",
            ),
            None => (ProgressBar::new_spinner(), "{spinner} {bytes}  {bytes_per_sec}  {msg}"),
        };
        // A template that indicatif cannot read would show its own default.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// Shows what came of the run so far.
    pub(super) fn show(&self, summary: &Summary) {
        if self.bar.is_hidden() {
            return;
        }
        self.bar.set_position(summary.n_source_bytes);
        let failed = match summary.n_failures() {
            0 => String::new(),
            n => format!(", {} failed", grouped(n)),
        };
        self.bar.set_message(format!("{} documents{failed}", grouped(summary.n_met())));
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// Bytes of all files; none for inputs whose size nobody knows, such as standard input.
fn total_bytes(inputs: &[String]) -> Option<u64> {
    inputs.iter().map(|input| size_of(Path::new(input), 0)).sum()
}

/// Folders deeper than this are not measured: links may go round in circles.
const DEEPEST_FOLDER: usize = 32;

fn size_of(path: &Path, depth: usize) -> Option<u64> {
    let metadata = fs::metadata(path).ok()?;
    if metadata.is_file() {
        return Some(metadata.len());
    }
    if !metadata.is_dir() || depth > DEEPEST_FOLDER {
        return None;
    }
    let items = fs::read_dir(path).ok()?.flatten().map(|item| item.path());
    Some(items.filter_map(|item| size_of(&item, depth + 1)).sum())
}
