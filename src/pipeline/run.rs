//! All documents, on every core, in order.
//!
//! The reader fills a bounded queue of batches, a pool processes them, and the calling thread writes them in the order
//! of reading. The queue holds handles of batches in flight, so that a slow sink holds the reader back.

use super::Engine;
use crate::{
    raw::{Arrival, Failure, Stage},
    sink::{Outcome, Sink, SinkError},
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

/// How to run.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Threads that process; 0 is one a core.
    pub n_threads: usize,
}

/// What came of a run.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Documents that became records.
    pub n_documents: usize,
    /// Documents that failed.
    pub n_failures: usize,
    /// Bytes of text in the records.
    pub n_text_bytes: u64,
}

/// Documents in a batch, at most.
const BATCH_DOCUMENTS: usize = 32;
/// Bytes of source text in a batch, at which it is full.
const BATCH_BYTES: usize = 256 << 10;
/// Batches in flight for each thread.
const BATCHES_PER_THREAD: usize = 4;

/// Processes `arrivals` and writes what becomes of them, in order.
///
/// # Errors
///
/// Returns the first [`SinkError`]; what was read and not yet written is given up.
pub fn run(
    engine: &Engine,
    arrivals: Box<dyn Iterator<Item = Arrival> + Send>,
    sinks: &mut [Box<dyn Sink>],
    settings: Settings,
) -> Result<Summary, SinkError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.n_threads).build().expect("threads can be started");
    let (queue, in_flight) = sync_channel(pool.current_num_threads() * BATCHES_PER_THREAD);
    let mut summary = Summary::default();
    pool.in_place_scope(|scope| {
        thread::scope(|threads| {
            threads.spawn(|| read(engine, arrivals, scope, &queue_of(queue)));
            write(&in_flight, sinks, &mut summary)
        })
    })?;
    Ok(summary)
}

type Handle = Receiver<Vec<Outcome>>;

fn queue_of(queue: SyncSender<Handle>) -> SyncSender<Handle> {
    queue
}

fn read<'e>(
    engine: &'e Engine,
    arrivals: Box<dyn Iterator<Item = Arrival> + Send>,
    scope: &rayon::Scope<'e>,
    queue: &SyncSender<Handle>,
) {
    let mut batch = Vec::with_capacity(BATCH_DOCUMENTS);
    let mut n_bytes = 0;
    let send = |batch: Vec<Arrival>| {
        let (done, handle) = sync_channel(1);
        // The writer waits for handles in the order they are queued: that is the order of the output.
        if queue.send(handle).is_err() {
            return false;
        }
        scope.spawn(move |_| {
            let outcomes = batch.into_iter().map(|arrival| process(engine, arrival)).collect();
            // The writer may have given up.
            let _ = done.send(outcomes);
        });
        true
    };
    for arrival in arrivals {
        n_bytes += arrival.as_ref().map_or(0, |raw| raw.text.len());
        batch.push(arrival);
        if batch.len() == BATCH_DOCUMENTS || n_bytes >= BATCH_BYTES {
            n_bytes = 0;
            if !send(std::mem::take(&mut batch)) {
                return;
            }
        }
    }
    if !batch.is_empty() {
        send(batch);
    }
}

/// A panic costs its document, never the run.
fn process(engine: &Engine, arrival: Arrival) -> Outcome {
    let raw = match arrival {
        Ok(raw) => raw,
        Err(failure) => return Outcome::Failed(failure),
    };
    let (id, uri) = (raw.meta.id.clone(), raw.meta.uri.clone());
    match catch_unwind(AssertUnwindSafe(|| engine.process(raw))) {
        Ok(record) => {
            let line = serde_json::to_vec(&record).expect("a record has string keys and finite numbers only");
            Outcome::Record(Box::new(record), line)
        }
        Err(_) => Outcome::Failed(Failure {
            id,
            uri,
            stage: Stage::Process,
            code: "panic",
            reason: "the program failed on this document; please report it".to_owned(),
        }),
    }
}

fn write(in_flight: &Receiver<Handle>, sinks: &mut [Box<dyn Sink>], summary: &mut Summary) -> Result<(), SinkError> {
    for handle in in_flight {
        let Ok(outcomes) = handle.recv() else { continue };
        for outcome in &outcomes {
            match outcome {
                Outcome::Record(record, _) => {
                    summary.n_documents += 1;
                    summary.n_text_bytes += record.text.len() as u64;
                }
                Outcome::Failed(_) => summary.n_failures += 1,
            }
        }
        for sink in sinks.iter_mut() {
            sink.write(&outcomes)?;
        }
    }
    Ok(())
}
