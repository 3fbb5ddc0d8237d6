//! `gazzetta gazetteer`: looking after the lists of names.

mod build;
mod compile;
mod export;
mod import;
mod lint;
mod stats;

use super::{Exit, error::Error};
use crate::lexicon::Files;
use clap::Subcommand;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say what is wrong in lists, line by line, and what to do.
    Lint(lint::Arguments),
    /// Count rows and names by kind, language, source.
    Stats(stats::Arguments),
    /// Make a list from a registry's dump or a table.
    Import(import::Arguments),
    /// Write lists for a spreadsheet or for spaCy.
    Export(export::Arguments),
    /// Say what changed between two folders of lists.
    Diff(stats::Diff),
    /// Compile the lists into the file that every start maps.
    Compile(compile::Arguments),
    /// Make the shipped lists from the source tables; the hand-written language packs stay as they are.
    Build(build::Arguments),
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    match &arguments.command {
        Command::Lint(arguments) => lint::run(arguments),
        Command::Stats(arguments) => stats::run(arguments),
        Command::Import(arguments) => import::run(arguments),
        Command::Export(arguments) => export::run(arguments),
        Command::Diff(arguments) => stats::diff(arguments),
        Command::Compile(arguments) => compile::run(arguments),
        Command::Build(arguments) => build::run(arguments),
    }
}

/// The lists of a folder; those in the program when there is none.
fn files(folder: Option<&PathBuf>) -> Result<Files, Error> {
    match folder {
        Some(folder) => open(folder),
        None => super::lists::shipped(),
    }
}

/// The lists of a folder that is there.
fn open(folder: &Path) -> Result<Files, Error> {
    if !folder.is_dir() {
        return Err(Error::usage(format_args!("there is no folder '{}'", folder.display())));
    }
    Ok(Files::open(folder)?)
}
