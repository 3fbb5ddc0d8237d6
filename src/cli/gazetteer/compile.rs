//! `gazzetta gazetteer compile`: the lists as the file that every start maps.

use crate::{
    cli::{Exit, error::Error, lists::Lists},
    lexicon::{Gazetteer, write_whole},
};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// File to write; without it, the one in the cache folder that the next start looks for.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    lists: Lists,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let files = arguments.lists.files()?;
    let path = arguments.output.clone().or_else(|| arguments.lists.cache().file_of(&files));
    let path = path.ok_or_else(|| Error::usage("there is no cache folder; name a file with --output"))?;
    let bytes = Gazetteer::compile(&files)?;
    let unwritable = |error| Error::failure(format_args!("cannot write '{}': {error}", path.display()));
    write_whole(&path, &bytes).map_err(unwritable)?;
    let gazetteer = Gazetteer::open(&path).map_err(unwritable)?;
    eprintln!(
        "{} rows with {} spellings, {:.1} MB, in {}",
        gazetteer.len(),
        gazetteer.n_spellings(),
        bytes.len() as f64 / 1e6,
        path.display()
    );
    Ok(Exit::Success)
}
