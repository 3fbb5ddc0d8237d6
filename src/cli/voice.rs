//! How much the program says while it works.

use crate::{
    raw::{Failure, harmless},
    sink::{Closing, Ending, Marks, Outcome, Run, Sink, SinkError},
};
use std::sync::Arc;

/// How much is said on standard error.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct Voice {
    /// Say more: -v stages and counts, -vv every document.
    #[arg(short, long, action = clap::ArgAction::Count, global = true, conflicts_with = "quiet")]
    verbose: u8,
    /// Say nothing but errors.
    #[arg(short, long, global = true)]
    quiet: bool,
}

impl Voice {
    /// Whether only errors are said.
    pub(super) fn is_quiet(self) -> bool {
        self.quiet
    }

    /// Whether stages and counts are said.
    pub(super) fn tells_stages(self) -> bool {
        self.verbose >= 1
    }

    /// The output, which tells every document when that is asked for.
    pub(super) fn over(self, sink: Box<dyn Sink>) -> Box<dyn Sink> {
        if self.verbose >= 2 { Box::new(Telling { sink }) } else { sink }
    }
}

/// An output that tells what it takes: the id and what became of it, never the text.
struct Telling {
    sink: Box<dyn Sink>,
}

impl Sink for Telling {
    fn begin(&mut self, run: &Run) -> Result<Arc<Marks>, SinkError> {
        self.sink.begin(run)
    }

    fn write(&mut self, batch: &[Outcome]) -> Result<Vec<Failure>, SinkError> {
        for outcome in batch {
            match outcome {
                Outcome::Record { record, .. } => {
                    let (n_mentions, n_missions) = (record.mentions.len(), record.missions.len());
                    eprintln!(
                        "gazzetta: read '{}': {n_mentions} mentions, {n_missions} missions",
                        harmless(&record.id)
                    );
                }
                Outcome::Unchanged(id) => eprintln!("gazzetta: unchanged '{}'", harmless(id)),
                Outcome::Failed(failure) => eprintln!("gazzetta: {failure}"),
            }
        }
        self.sink.write(batch)
    }

    fn finish(self: Box<Self>, ending: Ending<'_>) -> Result<Closing, SinkError> {
        self.sink.finish(ending)
    }
}
