//! `gazzetta gazetteer lint`: what is wrong in lists.

use crate::{
    cli::{
        Exit,
        error::{Error, print},
        lists,
    },
    lexicon::lint::{Finding, Severity, lint},
};
use std::{collections::BTreeMap, fmt::Write, path::PathBuf};

/// Findings of one sort that are shown without `--all`.
pub(super) const N_SHOWN: usize = 10;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folder of lists; without it those in the program.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Show every finding, also of a sort that has many.
    #[arg(long)]
    all: bool,
    /// Every finding as one JSON array.
    #[arg(long)]
    json: bool,
}

/// Warnings leave the exit code alone: the lists work.
pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let files = super::files(arguments.folder.as_ref())?;
    let shipped = if arguments.folder.is_some() { lists::shipped()? } else { files.clone() };
    let findings = lint(&files, &shipped);
    if arguments.json {
        let text = serde_json::to_string_pretty(&findings).map_err(Error::failure)?;
        print(&format!("{text}\n"))?;
    } else {
        print(&show(&findings, if arguments.all { usize::MAX } else { N_SHOWN }))?;
    }
    let has_errors = findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if has_errors { Exit::Incomplete } else { Exit::Success })
}

pub(super) fn show(findings: &[Finding], n_shown: usize) -> String {
    let mut text = String::new();
    let mut counts: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    for finding in findings {
        let count = counts.entry((finding.severity, finding.code)).or_default();
        *count += 1;
        if *count <= n_shown {
            // A string takes everything.
            let _ = writeln!(text, "{finding}");
        }
    }
    for ((_, code), count) in counts.iter().filter(|(_, count)| **count > n_shown) {
        let _ = writeln!(text, "… and {} more [{code}]; --all shows them", count - n_shown);
    }
    let n_of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let _ = writeln!(text, "{} errors, {} warnings", n_of(Severity::Error), n_of(Severity::Warning));
    text
}
