//! `gazzetta gazetteer export`: lists for other programs.

use crate::{
    cli::{
        Exit,
        error::{Error, print},
    },
    lexicon::export,
};
use std::{fs, path::PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folder of lists; without it those in the program.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// What to write.
    #[arg(long, value_enum)]
    to: Format,
    /// Only rows of this kind.
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// File to write; without it standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// A table for a spreadsheet; no cell can start a formula.
    Csv,
    /// Patterns of spaCy's entity ruler, one a line.
    Spacy,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let files = super::files(arguments.folder.as_ref())?;
    let mut text = Vec::new();
    match arguments.to {
        Format::Csv => export::csv(&files, arguments.kind.as_deref(), &mut text),
        Format::Spacy => export::spacy(&files, arguments.kind.as_deref(), &mut text),
    }
    .map_err(Error::failure)?;
    match &arguments.output {
        Some(path) => fs::write(path, text)
            .map_err(|error| Error::failure(format_args!("cannot write '{}': {error}", path.display())))
            .map(|()| Exit::Success),
        None => print(&String::from_utf8_lossy(&text)),
    }
}
