//! The documents of a batch: what one of them may cost the others.

use super::Engine;
use crate::{
    raw::{Failure, RawDocument, Stage},
    record::Record,
    sink::Outcome,
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc::sync_channel},
    thread,
    time::Duration,
};

/// A document that is to be processed.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub(super) raw: RawDocument,
    /// Whether an output holds an older record of it.
    pub(super) replaces: bool,
}

/// What becomes of each document, in their order. They walk side by side, but where each has a clock of its own, or is alone.
pub(super) fn process_all(engine: &Arc<Engine>, jobs: Vec<Job>, time_limit: Option<Duration>) -> Vec<Outcome> {
    let alone = |job: Job, limit| {
        let (engine, place) = (Arc::clone(engine), Place::of(&job));
        let work = move || process(&engine, vec![job]).pop().expect("one document has one outcome");
        match limit {
            None => guard(&place, work),
            Some(limit) => within(limit, place, work),
        }
    };
    match time_limit {
        None if jobs.len() > 1 => together_or_alone(jobs, |jobs| process(engine, jobs), |job| alone(job, None)),
        limit => jobs.into_iter().map(|job| alone(job, limit)).collect(),
    }
}

fn process(engine: &Engine, jobs: Vec<Job>) -> Vec<Outcome> {
    let known: Vec<(Place, bool)> = jobs.iter().map(|job| (Place::of(job), job.replaces)).collect();
    let records = engine.process_all(jobs.into_iter().map(|job| job.raw).collect());
    records.into_iter().zip(known).map(|(record, (place, replaces))| outcome(record, &place, replaces)).collect()
}

fn outcome(record: Record, place: &Place, replaces: bool) -> Outcome {
    if record.text.trim().is_empty() {
        // Known only now: a page of scripts, a form, a frame set.
        return place.failed("empty", "it shows no text".to_owned());
    }
    let line = serde_json::to_vec(&record).expect("a record has string keys and finite numbers only");
    Outcome::Record { record: Box::new(record), line, replaces }
}

/// What `together` makes of all jobs; where it panics, what `alone` makes of each. The panic is told on standard error twice then,
/// and counted once.
fn together_or_alone<J: Clone>(
    jobs: Vec<J>,
    together: impl FnOnce(Vec<J>) -> Vec<Outcome>,
    alone: impl FnMut(J) -> Outcome,
) -> Vec<Outcome> {
    let copies = jobs.clone();
    catch_unwind(AssertUnwindSafe(|| together(jobs))).unwrap_or_else(|_| copies.into_iter().map(alone).collect())
}

/// Which document it is.
#[derive(Debug, Clone)]
struct Place {
    id: String,
    uri: String,
}

impl Place {
    fn of(job: &Job) -> Self {
        Self { id: job.raw.meta.id.clone(), uri: job.raw.meta.uri.clone() }
    }

    fn failed(&self, code: &'static str, reason: String) -> Outcome {
        Outcome::Failed(Failure { id: self.id.clone(), uri: self.uri.clone(), stage: Stage::Process, code, reason })
    }
}

/// A panic costs its document, never the run.
fn guard(place: &Place, work: impl FnOnce() -> Outcome) -> Outcome {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| place.failed("panic", "the program failed on this document; please report it".to_owned()))
}

/// A document that takes too long is given up, never waited for. A thread cannot be ended from outside: the one that has the
/// document goes on beside the others until it is done, or until the program ends, and what it says is not heard.
fn within(limit: Duration, place: Place, work: impl FnOnce() -> Outcome + Send + 'static) -> Outcome {
    let (done, handle) = sync_channel(1);
    let worker = place.clone();
    let begun = thread::Builder::new().name("document".to_owned()).spawn(move || {
        // Whoever waited may have given up.
        let _ = done.send(guard(&worker, work));
    });
    if let Err(error) = begun {
        return place.failed("no-thread", format!("the system starts no more threads: {error}"));
    }
    handle.recv_timeout(limit).unwrap_or_else(|_| {
        place.failed("timeout", format!("it took longer than {} ms, the most that one document may", limit.as_millis()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place {
        Place { id: "1".to_owned(), uri: "1.txt".to_owned() }
    }

    #[track_caller]
    fn check_failed(outcome: Outcome, code: &str) {
        let Outcome::Failed(failure) = outcome else { panic!("it is a failure") };
        assert_eq!((failure.id.as_str(), failure.code, failure.stage), ("1", code, Stage::Process));
    }

    #[test]
    fn a_panic_costs_its_document() {
        check_failed(guard(&place(), || panic!("on purpose")), "panic");
        check_failed(within(Duration::from_secs(60), place(), || panic!("on purpose")), "panic");
    }

    #[test]
    fn a_panic_spares_the_documents_beside_it() {
        let process = |id: &str| {
            assert_ne!(id, "2", "on purpose");
            Outcome::Unchanged(id.to_owned())
        };
        let together = |ids: Vec<&str>| ids.into_iter().map(process).collect();
        let alone = |id: &str| guard(&Place { id: id.to_owned(), uri: String::new() }, || process(id));
        let outcomes = together_or_alone(vec!["1", "2", "3"], together, alone);
        let [Outcome::Unchanged(first), Outcome::Failed(failure), Outcome::Unchanged(third)] = outcomes.as_slice()
        else {
            panic!("{outcomes:?}")
        };
        assert_eq!((first.as_str(), failure.id.as_str(), failure.code, third.as_str()), ("1", "2", "panic", "3"));
    }

    #[test]
    fn a_document_that_takes_too_long_is_given_up() {
        let slow = || {
            thread::sleep(Duration::from_secs(5));
            Outcome::Unchanged("1".to_owned())
        };
        check_failed(within(Duration::from_millis(20), place(), slow), "timeout");
        let quick = || Outcome::Unchanged("1".to_owned());
        assert!(matches!(within(Duration::from_secs(60), place(), quick), Outcome::Unchanged(_)));
    }
}
