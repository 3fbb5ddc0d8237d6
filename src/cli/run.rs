//! `gazzetta run`: the nightly batch.

use super::Exit;
use crate::{
    lexicon::{Files, Lexicon},
    pipeline::{self, End, Engine, RunError, Scope, Settings, Stop, Summary},
    record::Provenance,
    sink::{self, Run, SinkError},
    source,
};
use std::{env, path::PathBuf, sync::Arc};

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
    /// Read all documents, also those that did not change.
    #[arg(long)]
    full: bool,
    /// Take documents out of the output that are no more in the input.
    #[arg(long)]
    prune: bool,
    /// Read at most N documents; unchanged ones do not count.
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// Wait for another run that writes the same output.
    #[arg(long)]
    wait: bool,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    match try_run(arguments) {
        Ok(exit) => exit,
        Err(error) => match error.downcast_ref::<RunError>() {
            Some(RunError::Sink(SinkError::ClosedPipe)) => Exit::Success,
            _ => {
                eprintln!("gazzetta: {error}");
                Exit::Failure
            }
        },
    }
}

fn try_run(arguments: &Arguments) -> Result<Exit, Box<dyn std::error::Error>> {
    // The outputs come first: one that cannot be written is told before any work is done.
    let stop = Stop::on_signals()?;
    let options = sink::Options { state: None, wait: arguments.wait };
    let sinks = arguments.output.iter().map(|target| sink::open(target, &options)).collect::<Result<Vec<_>, _>>()?;
    let files = match &arguments.gazetteers {
        Some(folder) => Files::open(folder)?,
        None => Files::embedded(),
    };
    let engine = Arc::new(Engine::new(Lexicon::load(&files)?, String::new()));
    let options = source::Options { max_document_bytes: source::MAX_DOCUMENT_BYTES, ..Default::default() };
    let arrivals = source::open(&arguments.inputs, &options)?;
    let about = about(engine.provenance().clone());
    let settings = Settings {
        n_threads: arguments.threads,
        scope: if arguments.full { Scope::All } else { Scope::Changed },
        limit: arguments.limit,
        prune: arguments.prune,
        ..Settings::default()
    };
    let (summary, end) = pipeline::run(&engine, arrivals, sinks, &about, settings, &stop, &mut |_| {})?;
    Ok(tell(&summary, end, &stop))
}

fn about(provenance: Provenance) -> Run {
    Run {
        provenance,
        arguments: env::args().skip(1).collect(),
        folder: env::current_dir().unwrap_or_default().to_string_lossy().into_owned(),
        started: sink::now(),
    }
}

fn tell(summary: &Summary, end: End, stop: &Stop) -> Exit {
    eprintln!(
        "{} documents, {} unchanged, {} failures",
        summary.n_documents,
        summary.n_unchanged,
        summary.n_failures()
    );
    match end {
        End::Interrupted if stop.is_from_system() => Exit::Terminated,
        End::Interrupted => Exit::Interrupted,
        End::TooManyFailures => Exit::Failure,
        End::Complete | End::Limit if summary.n_failures() > 0 => Exit::Incomplete,
        End::Complete | End::Limit => Exit::Success,
    }
}
