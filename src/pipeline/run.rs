//! All documents, on every core, in order.
//!
//! The reader fills a bounded queue of batches, a pool processes them, and the calling thread writes them in the order
//! of reading. The queue holds handles of batches in flight, so that a slow sink holds the reader back.

use super::{
    Choice, Chooser, Engine, Scope, Stop, Summary,
    one::{self, Job},
};
use crate::{
    raw::Arrival,
    sink::{Ending, Outcome, Run, Sink, SinkError},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

/// Documents in the order of reading.
type Arrivals = Box<dyn Iterator<Item = Arrival> + Send>;

/// How to run.
#[derive(Debug, Clone, Copy, Default)]
pub struct Settings {
    /// Threads that process; 0 is one a core. More than 256 are not started.
    pub n_threads: usize,
    /// Which documents are read.
    pub scope: Scope,
    /// Documents that are read at most; unchanged ones do not count.
    pub limit: Option<u64>,
    /// Failures that are borne.
    pub budget: Budget,
    /// Whether documents that are no more are taken out.
    pub prune: bool,
    /// Longest time for one document, by the clock; without it a document takes as long as it takes.
    pub time_limit: Option<Duration>,
}

/// Failures that are borne before a run gives up.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Budget {
    /// Any number.
    #[default]
    Any,
    /// This many.
    Count(u64),
    /// This share of the documents met, in percent; judged from the thousandth document on, and at the end.
    Percent(f64),
}

/// Documents met before a share of failures says something.
const BUDGET_DOCUMENTS: u64 = 1000;

impl Budget {
    /// Whether more documents failed; `is_over` is whether none will follow.
    pub fn is_exceeded(self, summary: &Summary, is_over: bool) -> bool {
        let (n_failures, n_met) = (summary.n_failures(), summary.n_met());
        match self {
            Self::Any => false,
            Self::Count(count) => n_failures > count,
            Self::Percent(share) => {
                (is_over || n_met >= BUDGET_DOCUMENTS) && n_failures as f64 * 100.0 > share * n_met as f64
            }
        }
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Everything was read.
    Complete,
    /// As many documents as were asked for.
    Limit,
    /// Someone asked to stop.
    Interrupted,
    /// More documents failed than the budget bears, and the rest was left.
    TooManyFailures,
}

impl End {
    /// Its word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Limit => "limit",
            Self::Interrupted => "interrupted",
            Self::TooManyFailures => "too-many-failures",
        }
    }
}

/// A run that could not go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// An output refused.
    #[error(transparent)]
    Sink(#[from] SinkError),
    /// The system starts no more threads.
    #[error("cannot start the threads: {0}; ask for fewer with --threads")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// The thread that reads ended by a panic.
    #[error("reading the inputs failed inside the program; please report it")]
    Reader,
}

/// Documents in a batch that are to be processed, at most: those of a batch share what each step fetches.
const BATCH_DOCUMENTS: usize = 32;
/// Documents in a batch in all, at most.
const BATCH_ITEMS: usize = 1024;
/// Bytes of source text in a batch, at which it is full: with twice as many, what is known of the texts no longer fits into the
/// nearer caches, and nothing more was won.
const BATCH_BYTES: usize = 64 << 10;
/// Threads that process, at most: no machine of ours has more cores, and each has batches in flight.
const MAX_THREADS: usize = 256;
/// Batches in flight for each thread: one that it works on, and one that waits for the writer or for it.
const BATCHES_PER_THREAD: usize = 2;
/// How often a wait looks whether it is to end.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Processes `arrivals` and writes what becomes of them, in order; `watch` is told of every batch.
///
/// # Errors
///
/// Returns the first [`SinkError`], or that threads could not be started; what was read and not yet written is given up.
pub fn run(
    engine: &Arc<Engine>,
    arrivals: Arrivals,
    mut sinks: Vec<Box<dyn Sink>>,
    about: &Run,
    settings: Settings,
    stop: &Stop,
    watch: &mut dyn FnMut(&Summary),
) -> Result<(Summary, End), RunError> {
    let began = Instant::now();
    let marks = sinks.iter_mut().map(|sink| sink.begin(about)).collect::<Result<_, _>>()?;
    let chooser = Chooser::new(settings.scope, marks, about.provenance.clone());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.n_threads.min(MAX_THREADS)).build()?;
    let (queue, in_flight) = sync_channel(pool.current_num_threads() * BATCHES_PER_THREAD);
    let times = Arc::new(SharedTimes::default());
    let reader = Reader {
        engine: Arc::clone(engine),
        pool,
        queue,
        limit: settings.limit,
        time_limit: settings.time_limit,
        stop: stop.clone(),
        times: Arc::clone(&times),
    };
    // The thread is its own: one that waits for input that never comes must not keep the program from ending.
    let reader = thread::spawn(move || reader.read(arrivals, chooser));
    let mut writer = Writer { sinks, summary: Summary::default(), settings, stop, watch };
    let is_cut = writer.write(&in_flight)?;
    drop(in_flight);
    let ended = match is_cut {
        Some(end) => (end, None),
        None => {
            let (end, chooser) = reader.join().map_err(|_| RunError::Reader)?;
            (end, Some(chooser))
        }
    };
    let mut summary = writer.finish(ended.0, ended.1)?;
    summary.elapsed = began.elapsed();
    times.tell(&mut summary);
    Ok((summary, ended.0))
}

/// What a run would do, without doing it: `watch` is told of every choice.
pub fn plan(arrivals: Arrivals, mut chooser: Chooser, stop: &Stop, watch: &mut dyn FnMut(&Choice)) {
    for arrival in arrivals.take_while(|_| !stop.is_asked()) {
        watch(&chooser.choose(arrival));
    }
}

type Handle = Receiver<Vec<Outcome>>;

#[derive(Debug, Default)]
struct SharedTimes {
    read: AtomicU64,
    process: AtomicU64,
}

impl SharedTimes {
    fn add(counter: &AtomicU64, since: Instant) {
        counter.fetch_add(u64::try_from(since.elapsed().as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    fn tell(&self, summary: &mut Summary) {
        summary.times.read = Duration::from_nanos(self.read.load(Ordering::Relaxed));
        summary.times.process = Duration::from_nanos(self.process.load(Ordering::Relaxed));
    }
}

/// What a batch holds before it is processed.
enum Item {
    Read(Job),
    Ready(Outcome),
}

struct Reader {
    engine: Arc<Engine>,
    pool: rayon::ThreadPool,
    queue: SyncSender<Handle>,
    limit: Option<u64>,
    time_limit: Option<Duration>,
    stop: Stop,
    times: Arc<SharedTimes>,
}

impl Reader {
    fn read(self, mut arrivals: Arrivals, mut chooser: Chooser) -> (End, Chooser) {
        let mut batch = Vec::new();
        let (mut n_reads, mut n_bytes, mut n_taken) = (0, 0, 0);
        loop {
            if self.stop.is_asked() {
                return (End::Interrupted, chooser);
            }
            if self.limit.is_some_and(|limit| n_taken >= limit) {
                self.send(batch);
                return (End::Limit, chooser);
            }
            let began = Instant::now();
            let arrival = arrivals.next();
            SharedTimes::add(&self.times.read, began);
            let Some(arrival) = arrival else {
                self.send(batch);
                return (End::Complete, chooser);
            };
            match chooser.choose(arrival) {
                Choice::Ignored => continue,
                Choice::Unchanged(id) => batch.push(Item::Ready(Outcome::Unchanged(id))),
                Choice::Failed(failure) => {
                    n_taken += 1;
                    batch.push(Item::Ready(Outcome::Failed(failure)));
                }
                Choice::Read(raw, replaces) => {
                    n_taken += 1;
                    n_reads += 1;
                    n_bytes += raw.text.len();
                    batch.push(Item::Read(Job { raw, replaces }));
                }
            }
            if n_reads == BATCH_DOCUMENTS || n_bytes >= BATCH_BYTES || batch.len() == BATCH_ITEMS {
                (n_reads, n_bytes) = (0, 0);
                if !self.send(std::mem::take(&mut batch)) {
                    return (End::Interrupted, chooser);
                }
            }
        }
    }

    /// False when the writer has given up.
    fn send(&self, batch: Vec<Item>) -> bool {
        if batch.is_empty() {
            return true;
        }
        let (done, handle) = sync_channel(1);
        // The writer waits for handles in the order they are queued: that is the order of the output.
        if self.queue.send(handle).is_err() {
            return false;
        }
        let (engine, times, time_limit) = (Arc::clone(&self.engine), Arc::clone(&self.times), self.time_limit);
        self.pool.spawn(move || {
            let began = Instant::now();
            let outcomes = process(&engine, batch, time_limit);
            SharedTimes::add(&times.process, began);
            // The writer may have given up.
            let _ = done.send(outcomes);
        });
        true
    }
}

/// What becomes of the items of a batch, in their order.
fn process(engine: &Arc<Engine>, batch: Vec<Item>, time_limit: Option<Duration>) -> Vec<Outcome> {
    let mut jobs = Vec::new();
    // None holds the place of a document until it is processed.
    let ready: Vec<Option<Outcome>> = batch
        .into_iter()
        .map(|item| match item {
            Item::Ready(outcome) => Some(outcome),
            Item::Read(job) => {
                jobs.push(job);
                None
            }
        })
        .collect();
    let mut processed = one::process_all(engine, jobs, time_limit).into_iter();
    let mut next = || processed.next().expect("each job has one outcome");
    ready.into_iter().map(|outcome| outcome.unwrap_or_else(&mut next)).collect()
}

struct Writer<'w> {
    sinks: Vec<Box<dyn Sink>>,
    summary: Summary,
    settings: Settings,
    stop: &'w Stop,
    watch: &'w mut dyn FnMut(&Summary),
}

impl Writer<'_> {
    /// Writes until the reader is done; how it ended when it ended before.
    fn write(&mut self, in_flight: &Receiver<Handle>) -> Result<Option<End>, RunError> {
        loop {
            let handle = match in_flight.recv_timeout(LOOK_AGAIN) {
                Ok(handle) => handle,
                Err(RecvTimeoutError::Timeout) if self.stop.is_asked() => return Ok(Some(End::Interrupted)),
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
            };
            let outcomes = loop {
                match handle.recv_timeout(LOOK_AGAIN) {
                    Ok(outcomes) => break outcomes,
                    Err(_) if self.stop.is_asked() => return Ok(Some(End::Interrupted)),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return Err(RunError::Reader),
                }
            };
            let began = Instant::now();
            self.take(&outcomes)?;
            self.summary.times.write += began.elapsed();
            (self.watch)(&self.summary);
            if self.settings.budget.is_exceeded(&self.summary, false) {
                return Ok(Some(End::TooManyFailures));
            }
        }
    }

    fn take(&mut self, outcomes: &[Outcome]) -> Result<(), RunError> {
        for outcome in outcomes {
            match outcome {
                Outcome::Record { record, replaces, .. } => self.summary.add_record(record, *replaces),
                Outcome::Unchanged(_) => self.summary.n_unchanged += 1,
                Outcome::Failed(failure) => self.summary.add_failure(failure),
            }
        }
        for sink in &mut self.sinks {
            for failure in sink.write(outcomes)? {
                self.summary.add_failure(&failure);
            }
        }
        Ok(())
    }

    fn finish(mut self, end: End, chooser: Option<Chooser>) -> Result<Summary, RunError> {
        let began = Instant::now();
        let ending = match (end, &chooser) {
            (End::Complete, Some(chooser)) if self.settings.prune && !chooser.has_gaps => {
                Ending::Pruning(&chooser.seen)
            }
            (End::Complete | End::Limit, _) => Ending::Complete,
            _ => Ending::Interrupted,
        };
        self.summary.has_gaps = chooser.as_ref().is_some_and(|chooser| chooser.has_gaps);
        for sink in self.sinks {
            let closing = sink.finish(ending)?;
            closing.failures.iter().for_each(|failure| self.summary.add_failure(failure));
            self.summary.n_pruned += closing.n_pruned;
            self.summary.n_held = self.summary.n_held.or(closing.n_documents);
        }
        self.summary.times.write += began.elapsed();
        Ok(self.summary)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lexicon::{Files, Lexicon},
        raw::{Media, Meta, RawDocument},
    };

    #[test]
    fn the_outcomes_of_a_batch_stand_in_its_order() {
        let lexicon = Lexicon::load(&Files::embedded()).expect("the shipped lists load");
        let engine = Arc::new(Engine::new(lexicon, String::new()));
        let ready = |id: &str| Item::Ready(Outcome::Unchanged(id.to_owned()));
        let read = |id: &str, text: &str| {
            let meta = Meta { id: id.to_owned(), ..Meta::default() };
            Item::Read(Job {
                raw: RawDocument { meta, media: Media::Plain, text: text.to_owned() },
                replaces: id == "4",
            })
        };
        let batch = || {
            let long = "Il presidente Marco Bianchi ha visitato l'Università di Bologna il 3 maggio 2024.";
            vec![ready("1"), read("2", long), ready("3"), read("4", "Roma, 4 maggio 2024"), read("5", " "), ready("6")]
        };
        let told = |time_limit| -> Vec<(String, bool)> {
            let tell = |outcome| match outcome {
                Outcome::Unchanged(id) => (id, false),
                Outcome::Failed(failure) => (format!("{} {}", failure.id, failure.code), false),
                Outcome::Record { record, replaces, .. } => {
                    (format!("{} {}", record.id, record.mentions.len()), replaces)
                }
            };
            process(&engine, batch(), time_limit).into_iter().map(tell).collect()
        };
        let (together, alone) = (told(None), told(Some(Duration::from_secs(600))));
        assert_eq!(together, alone);
        let ids: Vec<&str> = together.iter().map(|(told, _)| &told[..1]).collect();
        assert_eq!(ids, ["1", "2", "3", "4", "5", "6"]);
        assert_eq!((together[4].0.as_str(), together[3].1, together[1].1), ("5 empty", true, false));
    }

    #[test]
    fn a_share_of_failures_is_judged_late() {
        let summary = |n_documents, n_failures| Summary {
            n_documents,
            failures: [("x", n_failures)].into(),
            ..Summary::default()
        };
        assert!(!Budget::Percent(5.0).is_exceeded(&summary(10, 10), false));
        assert!(Budget::Percent(5.0).is_exceeded(&summary(10, 10), true));
        assert!(Budget::Percent(5.0).is_exceeded(&summary(900, 100), false));
        assert!(!Budget::Count(10).is_exceeded(&summary(0, 10), true));
        assert!(Budget::Count(10).is_exceeded(&summary(0, 11), false));
    }
}
