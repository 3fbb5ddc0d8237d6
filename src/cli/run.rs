//! `gazzetta run`: the nightly batch.

use super::{Exit, error::Error, lists::Lists, progress::Progress, summary, voice::Voice};
use crate::{
    pipeline::{self, End, Scope, Settings, Stop, Summary},
    record::Provenance,
    sink::{self, Run},
    source,
};
use std::{env, sync::Arc};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folders, files, patterns, or - for standard input.
    #[arg(value_name = "IN", required = true)]
    pub(super) inputs: Vec<String>,
    /// Where the records go: -, x.jsonl, dir/, x.db.
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    pub(super) output: Vec<String>,
    /// Threads that process; 0 is one a core.
    #[arg(long, default_value_t = 0)]
    threads: usize,
    #[command(flatten)]
    lists: Lists,
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

pub(super) fn run(arguments: &Arguments, voice: Voice) -> Result<Exit, Error> {
    // The outputs come first: one that cannot be written is told before any work is done.
    let stop = Stop::on_signals().map_err(Error::failure)?;
    let options = sink::Options { state: None, wait: arguments.wait };
    let sinks = arguments
        .output
        .iter()
        .map(|target| sink::open(target, &options).map(|sink| voice.over(sink)))
        .collect::<Result<Vec<_>, _>>()?;
    let engine = Arc::new(arguments.lists.engine()?);
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
    let progress = Progress::new(&arguments.inputs, voice.is_quiet());
    let done = pipeline::run(&engine, arrivals, sinks, &about, settings, &stop, &mut |summary| progress.show(summary));
    progress.end();
    let (summary, end) = done?;
    eprint!("{}", summary::summary(&summary, end, arguments, voice));
    Ok(exit(&summary, end, &stop))
}

fn about(provenance: Provenance) -> Run {
    Run {
        provenance,
        arguments: env::args().skip(1).collect(),
        folder: env::current_dir().unwrap_or_default().to_string_lossy().into_owned(),
        started: sink::now(),
    }
}

fn exit(summary: &Summary, end: End, stop: &Stop) -> Exit {
    match end {
        End::Interrupted if stop.is_from_system() => Exit::Terminated,
        End::Interrupted => Exit::Interrupted,
        End::TooManyFailures => Exit::Failure,
        End::Complete | End::Limit if summary.n_failures() > 0 => Exit::Incomplete,
        End::Complete | End::Limit => Exit::Success,
    }
}
