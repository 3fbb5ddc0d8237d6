//! `gazzetta gazetteer stats` and `diff`: how much lists hold, and what changed.

use crate::{
    cli::{
        Exit,
        error::{Error, print},
    },
    lexicon::{diff as changes, stats::Stats},
};
use std::{collections::BTreeMap, fmt::Write, path::PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folder of lists; without it those in the program.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// The counts as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Diff {
    /// Folder of lists before.
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// Folder of lists after; without it those in the program.
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,
    /// The changes as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let stats = Stats::of(&super::files(arguments.folder.as_ref())?)?;
    if arguments.json {
        let text = serde_json::to_string_pretty(&stats).map_err(Error::failure)?;
        return print(&format!("{text}\n"));
    }
    let mut text = format!(
        "{} rows, {} names, of which {} acronyms and {} that never count alone\n",
        stats.rows, stats.names, stats.acronyms, stats.weak_names
    );
    for (title, counts, n_shown) in [
        ("kind", &stats.kinds, usize::MAX),
        ("subtype", &stats.subtypes, usize::MAX),
        ("names by language", &stats.languages, 15),
        ("id", &stats.schemes, usize::MAX),
        ("country", &stats.countries, 15),
        ("file", &stats.files, usize::MAX),
    ] {
        table(&mut text, title, counts, n_shown);
    }
    print(&text)
}

/// The counts, most first; of equals the earlier name.
fn table(text: &mut String, title: &str, counts: &BTreeMap<String, usize>, n_shown: usize) {
    let mut sorted: Vec<_> = counts.iter().collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    // A string takes everything.
    let _ = writeln!(text, "\n{title}");
    for (name, count) in sorted.iter().take(n_shown) {
        let _ = writeln!(text, "{count:>9}  {name}");
    }
    if sorted.len() > n_shown {
        let rest: usize = sorted[n_shown..].iter().map(|(_, count)| **count).sum();
        let _ = writeln!(text, "{rest:>9}  {} others", sorted.len() - n_shown);
    }
}

pub(super) fn diff(arguments: &Diff) -> Result<Exit, Error> {
    let diff = changes::diff(&super::open(&arguments.old)?, &super::files(arguments.new.as_ref())?)?;
    if arguments.json {
        let text = serde_json::to_string_pretty(&diff).map_err(Error::failure)?;
        return print(&format!("{text}\n"));
    }
    print(&diff.to_string())
}
