//! `gazzetta retry`: only what failed the last time.

use super::{
    Command, Exit,
    error::Error,
    options,
    run::{Repeat, run_as},
    voice::Voice,
};
use crate::{pipeline::Scope, sink};
use clap::Parser;
use std::{
    env, iter,
    path::{Path, PathBuf},
};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The inputs and options are those of the last run, which the output remembers.

Examples:
  gazzetta retry -o missions.db
  gazzetta retry -o records.jsonl --state records.state")]
pub(super) struct Arguments {
    /// The output of the run: x.db, postgres://…, or x.jsonl or dir/ with --state.
    #[arg(short, long, value_name = "OUT", env = "GAZZETTA_OUTPUT")]
    output: String,
    /// Manifest of the output, if it is one of files.
    #[arg(long, value_name = "FILE", env = "GAZZETTA_STATE")]
    state: Option<PathBuf>,
    /// Say what would be read, and do nothing.
    #[arg(long)]
    dry_run: bool,
    /// Wait for another run that writes the same output.
    #[arg(long)]
    wait: bool,
}

pub(super) fn run(arguments: Arguments, voice: Voice) -> Result<Exit, Error> {
    let options = sink::Options { state: arguments.state.clone(), wait: arguments.wait, ..sink::Options::default() };
    let marks = sink::marks(&arguments.output, &options)?;
    let Some((kept, folder)) = marks.last_run.clone() else {
        return Err(Error::usage(format_args!("'{}' remembers no run; use gazzetta run", arguments.output)));
    };
    let absolute = |path: &Path| env::current_dir().map_or_else(|_| path.to_owned(), |here| here.join(path));
    let is_address = arguments.output.contains("://");
    let is_folder = arguments.output.ends_with('/');
    let output = match is_address {
        true => arguments.output.clone(),
        false => absolute(Path::new(arguments.output.trim_end_matches('/'))).to_string_lossy().into_owned(),
    };
    let state = arguments.state.as_deref().map(absolute);
    // The kept arguments are relative to the folder in which they were given.
    env::set_current_dir(&folder)
        .map_err(|error| Error::failure(format_args!("the last run was in '{folder}': {error}")))?;
    let mut repeated = parse(&kept)?;
    repeated.output = vec![if is_folder { output + "/" } else { output }];
    (repeated.state, repeated.dry_run, repeated.wait) = (state, arguments.dry_run, arguments.wait);
    run_as(repeated, voice, Repeat { arguments: kept, scope: Some(Scope::Failed) })
}

/// Reads the arguments of an earlier run.
fn parse(kept: &[String]) -> Result<options::Arguments, Error> {
    let program = "gazzetta".to_owned();
    let arguments = super::Arguments::try_parse_from(iter::once(&program).chain(kept)).map_err(Error::usage)?;
    match arguments.command {
        Command::Run(run) => Ok(*run),
        _ => Err(Error::usage("the last run was none of gazzetta run; use that")),
    }
}
