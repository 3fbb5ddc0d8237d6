//! `gazzetta run`: the nightly batch.

use super::Exit;
use crate::{
    lexicon::{Files, Lexicon},
    pipeline::{self, Engine, Settings},
    sink, source,
};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folders, files, patterns, or - for standard input.
    #[arg(value_name = "IN", required = true)]
    inputs: Vec<String>,
    /// Where the records go: -, x.jsonl, dir/, x.db.
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    output: Vec<String>,
    /// Threads that process; 0 is one a core.
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Lists to use in place of those in the program.
    #[arg(long, value_name = "DIR")]
    gazetteers: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    match try_run(arguments) {
        Ok(exit) => exit,
        Err(error) => {
            eprintln!("gazzetta: {error}");
            Exit::Failure
        }
    }
}

fn try_run(arguments: &Arguments) -> Result<Exit, Box<dyn std::error::Error>> {
    let files = match &arguments.gazetteers {
        Some(folder) => Files::open(folder)?,
        None => Files::embedded(),
    };
    let engine = Engine::new(Lexicon::load(&files)?, String::new());
    let options = source::Options { max_document_bytes: source::MAX_DOCUMENT_BYTES, ..Default::default() };
    let arrivals = source::open(&arguments.inputs, &options)?;
    let mut sinks = arguments.output.iter().map(|target| sink::open(target)).collect::<Result<Vec<_>, _>>()?;
    let summary = pipeline::run(&engine, arrivals, &mut sinks, Settings { n_threads: arguments.threads })?;
    for sink in sinks {
        sink.finish()?;
    }
    eprintln!("{} documents, {} failures", summary.n_documents, summary.n_failures);
    Ok(if summary.n_failures == 0 { Exit::Success } else { Exit::Incomplete })
}
