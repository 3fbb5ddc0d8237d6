//! Batches, done-marks, and the end of a run.

use super::{
    batch::{Batch, storable},
    failed::{failed, told},
    line::Worker,
    read::read_marks,
    send::{Counts, send, send_apart},
    session::{Begun, Session},
};
use crate::{
    raw::Failure,
    record::Provenance,
    sink::{Closing, Ending, Key, Marks, Options, Outcome, Run, Seen, Sink, SinkError, target::now},
};
use postgres::{Error, fallible_iterator::FallibleIterator};
use std::{collections::HashSet, sync::Arc};

/// Documents in a transaction, about: what a kill costs to do again.
const TRANSACTION_DOCUMENTS: usize = 2000;
/// Bytes of rows at which a transaction is full.
const TRANSACTION_BYTES: usize = 16 << 20;

pub(super) fn open(target: &str, options: &Options) -> Result<Box<dyn Sink>, SinkError> {
    Ok(Box::new(Database {
        session: Session::open(target, options)?,
        batch: Batch::default(),
        in_flight: None,
        links: HashSet::new(),
        marks: Arc::default(),
        run: 0,
        counts: Counts::default(),
    }))
}

struct Database {
    session: Session,
    /// What is not sent.
    batch: Batch,
    /// What the server is at work on.
    in_flight: Option<InFlight>,
    /// Rows of the lists that were written in this run.
    links: HashSet<String>,
    marks: Arc<Marks>,
    run: i64,
    counts: Counts,
}

/// A batch that was sent, and of which nobody knows whether it was committed.
struct InFlight {
    batch: Arc<Batch>,
    /// What the run has done with it.
    counts: Counts,
    begun: Begun<()>,
}

impl Sink for Database {
    fn begin(&mut self, run: &Run) -> Result<Arc<Marks>, SinkError> {
        self.marks = Arc::new(self.work(read_marks)?);
        self.run =
            self.work(|client| client.query_one("SELECT coalesce(max(run), 0) + 1 FROM runs", &[])?.try_get(0))?;
        let (number, run) = (self.run, run.clone());
        self.work(move |client| add_run(client, number, &run))?;
        Ok(Arc::clone(&self.marks))
    }

    fn write(&mut self, batch: &[Outcome]) -> Result<Vec<Failure>, SinkError> {
        let mut failures = Vec::new();
        for outcome in batch {
            self.take(outcome, &mut failures)?;
            if self.batch.n_outcomes >= TRANSACTION_DOCUMENTS || self.batch.n_bytes() >= TRANSACTION_BYTES {
                self.commit(&mut failures)?;
            }
        }
        Ok(failures)
    }

    fn finish(mut self: Box<Self>, ending: Ending<'_>) -> Result<Closing, SinkError> {
        let mut failures = Vec::new();
        self.commit(&mut failures)?;
        self.settle(&mut failures)?;
        let gone = match ending {
            Ending::Pruning(seen) => {
                let seen = seen.clone();
                self.work(move |client| gone(client, &seen))?
            }
            _ => Gone::default(),
        };
        let n_pruned = gone.documents.len() as u64;
        let (run, is_interrupted) = (self.run, matches!(ending, Ending::Interrupted));
        let n_documents: i64 = self.work(move |client| close(client, run, &gone, is_interrupted))?;
        Ok(Closing { failures, n_pruned, n_documents: Some(n_documents.cast_unsigned()) })
    }
}

impl Database {
    /// Works on the database; what it refuses ends the run.
    fn work<T: Send + 'static>(
        &mut self,
        work: impl Fn(&mut Worker) -> Result<T, Error> + Send + Sync + 'static,
    ) -> Result<T, SinkError> {
        let done = self.session.work(work)?;
        done.map_err(|trouble| failed(self.session.shown(), &trouble))
    }

    fn take(&mut self, outcome: &Outcome, failures: &mut Vec<Failure>) -> Result<(), SinkError> {
        match outcome {
            Outcome::Record { record, line, .. } => {
                // A transaction holds a document once.
                if self.batch.holds(&record.id) {
                    self.commit(failures)?;
                }
                match self.batch.add(record, line, &self.links) {
                    Ok(()) => {
                        self.counts.written += 1;
                        self.clear(&record.id);
                    }
                    Err(failure) => {
                        failures.push(failure.clone());
                        self.fail(failure);
                    }
                }
            }
            Outcome::Unchanged(id) => {
                self.counts.unchanged += 1;
                self.clear(id);
            }
            Outcome::Failed(failure) => self.fail(failure.clone()),
        }
        self.batch.n_outcomes += 1;
        Ok(())
    }

    fn clear(&mut self, id: &str) {
        if self.marks.failed.contains(id) {
            self.batch.clear(id);
        }
    }

    fn fail(&mut self, failure: Failure) {
        self.counts.failed += 1;
        self.batch.fail(storable_failure(failure));
    }

    /// Sends the batch. The server works on it while the next one is made ready.
    fn commit(&mut self, failures: &mut Vec<Failure>) -> Result<(), SinkError> {
        if self.batch.n_outcomes == 0 {
            return Ok(());
        }
        self.settle(failures)?;
        let (run, counts, whole) = (self.run, self.counts, 0..self.batch.documents.len());
        let batch = Arc::new(std::mem::take(&mut self.batch));
        self.links.extend(batch.links.keys().cloned());
        let sent = Arc::clone(&batch);
        let begun = self.session.begin(move |client| send(client, &sent, whole.clone(), run, Some(counts)));
        self.in_flight = Some(InFlight { batch, counts, begun });
        Ok(())
    }

    /// Waits until what was sent is committed; documents that the database refuses become failures.
    fn settle(&mut self, failures: &mut Vec<Failure>) -> Result<(), SinkError> {
        let Some(InFlight { batch, counts, begun }) = self.in_flight.take() else { return Ok(()) };
        if self.session.end(begun)?.is_err() {
            self.commit_apart(&batch, counts, failures)?;
        }
        Ok(())
    }

    /// Commits a batch once more, by and by without what the database refuses of it.
    fn commit_apart(
        &mut self,
        batch: &Arc<Batch>,
        mut counts: Counts,
        failures: &mut Vec<Failure>,
    ) -> Result<(), SinkError> {
        let run = self.run;
        let mut refused = Vec::new();
        let session = &mut self.session;
        let mut send_range = |range: std::ops::Range<usize>| {
            let sent = Arc::clone(batch);
            let done = session.work(move |client| send(client, &sent, range.clone(), run, None))?;
            Ok(done.err().map(|trouble| told(&trouble)))
        };
        let whole = 0..batch.documents.len();
        send_apart(whole, &batch.documents, &mut send_range, &mut |failure| refused.push(failure))?;
        if refused.len() == batch.documents.len() {
            // Nothing has brought them there, and the next batch counts on them.
            self.batch.take_links(batch);
        }
        let mut rest = batch.without_rows();
        for failure in refused {
            for counts in [&mut counts, &mut self.counts] {
                counts.written -= 1;
                counts.failed += 1;
            }
            rest.cleared.retain(|id| *id != failure.id);
            failures.push(failure.clone());
            rest.fail(storable_failure(failure));
        }
        self.work(move |client| send(client, &rest, 0..0, run, Some(counts)))
    }
}

/// A failure whose id the table of failures can hold.
fn storable_failure(failure: Failure) -> Failure {
    Failure { id: storable(&failure.id), ..failure }
}

fn add_run(client: &mut Worker, number: i64, run: &Run) -> Result<(), Error> {
    let arguments = serde_json::to_string(&run.arguments).expect("a list of strings is JSON");
    let Provenance { gazzetta, gazetteers, config } = &run.provenance;
    let add = "INSERT INTO runs (run, started, gazzetta, gazetteers, config, folder, arguments)
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let folder = storable(&run.folder);
    client.execute(add, &[&number, &run.started, gazzetta, gazetteers, config, &folder, &arguments])?;
    Ok(())
}

/// Documents and failures that are no more in the input.
#[derive(Debug, Default)]
struct Gone {
    documents: Vec<String>,
    failures: Vec<String>,
}

fn gone(client: &mut Worker, seen: &Seen) -> Result<Gone, Error> {
    let mut of = |table: &str| -> Result<Vec<String>, Error> {
        let ids = format!("SELECT DISTINCT document_id FROM {table}");
        let pulse = client.pulse();
        let rows = client.query_raw(ids.as_str(), std::iter::empty::<&str>())?;
        let ids = rows.map(|row| {
            pulse.beat();
            row.try_get::<_, String>(0)
        });
        ids.filter(|id| Ok(!seen.contains(Key::new(id)))).collect()
    };
    Ok(Gone { documents: of("documents")?, failures: of("failures")? })
}

/// The last transaction of a run; the number of documents that the database holds after it.
fn close(client: &mut Worker, run: i64, gone: &Gone, is_interrupted: bool) -> Result<i64, Error> {
    let mut transaction = client.transaction()?;
    transaction.execute("DELETE FROM documents WHERE document_id = ANY($1)", &[&gone.documents])?;
    transaction.execute("DELETE FROM failures WHERE document_id = ANY($1)", &[&gone.failures])?;
    if !is_interrupted {
        let settle = "DELETE FROM failures WHERE code = 'duplicate-id' AND last_run <> $1";
        transaction.execute(settle, &[&run])?;
    }
    transaction.batch_execute(
        "DELETE FROM canonical_entities AS c WHERE NOT EXISTS (SELECT 1 FROM entities AS e WHERE e.link = c.link)",
    )?;
    let word = if is_interrupted { "interrupted" } else { "complete" };
    let end = "UPDATE runs SET ended = $1, ending = $2, pruned = $3 WHERE run = $4";
    transaction.execute(end, &[&now(), &word, &(gone.documents.len() as i64), &run])?;
    let n_documents = transaction.query_one("SELECT count(*) FROM documents", &[])?.try_get(0)?;
    transaction.commit()?;
    Ok(n_documents)
}
