//! One document: what it may cost the others.

use super::Engine;
use crate::{
    raw::{Failure, RawDocument, Stage},
    sink::Outcome,
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc::sync_channel},
    thread,
    time::Duration,
};

/// What becomes of a document; `replaces` is whether an output holds an older record of it.
pub(super) fn process(engine: &Arc<Engine>, raw: RawDocument, replaces: bool, time_limit: Option<Duration>) -> Outcome {
    let place = Place { id: raw.meta.id.clone(), uri: raw.meta.uri.clone() };
    let (engine, empty) = (Arc::clone(engine), place.clone());
    let work = move || {
        let record = engine.process(raw);
        if record.text.trim().is_empty() {
            // Known only now: a page of scripts, a form, a frame set.
            return empty.failed("empty", "it shows no text".to_owned());
        }
        let line = serde_json::to_vec(&record).expect("a record has string keys and finite numbers only");
        Outcome::Record { record: Box::new(record), line, replaces }
    };
    match time_limit {
        None => guard(&place, work),
        Some(limit) => within(limit, place, work),
    }
}

/// Which document it is.
#[derive(Debug, Clone)]
struct Place {
    id: String,
    uri: String,
}

impl Place {
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
