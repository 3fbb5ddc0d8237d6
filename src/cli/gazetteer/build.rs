//! `gazzetta gazetteer build`: the shipped lists from the source tables.

use crate::{
    cli::{Exit, error::Error},
    lexicon::build,
};
use std::{fs, path::PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folder of the source tables.
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// Folder of the lists; its build/rules.toml says what the tables' words mean.
    #[arg(short, long, value_name = "DIR", default_value = "gazetteers")]
    output: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let path = arguments.output.join("build/rules.toml");
    let rules = fs::read_to_string(&path).map_err(|error| Error::unreadable(&path, &error))?;
    let built = build::build(&arguments.from, &rules).map_err(Error::failure)?;
    built.write(&arguments.output).map_err(Error::failure)?;
    for (path, text) in built.files.iter().filter(|(path, _)| path.ends_with(".tsv")) {
        eprintln!("{:>9} rows  {path}", text.lines().count() - 1);
    }
    for (what, count) in &built.counts {
        eprintln!("{count:>9} {what}");
    }
    Ok(Exit::Success)
}
