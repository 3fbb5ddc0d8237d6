//! The records of `samples/`, read once.

#[path = "../shipped/mod.rs"]
mod shipped;

use gazzetta::{Engine, Record, source};
use std::sync::LazyLock;

/// An engine with the shipped lists.
pub static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(shipped::lexicon(), String::new()));

static RECORDS: LazyLock<Vec<Record>> = LazyLock::new(|| {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples").to_owned();
    let options = source::Options { max_document_bytes: source::MAX_DOCUMENT_BYTES, ..Default::default() };
    let arrivals = source::open(&[samples], &options).expect("the samples are there");
    let records: Vec<Record> =
        arrivals.map(|arrival| ENGINE.process(arrival.unwrap_or_else(|failure| panic!("{failure}")))).collect();
    assert!(records.len() >= 16, "only {} samples", records.len());
    records
});

/// Every document of every sample, in the order of reading.
pub fn records() -> &'static [Record] {
    &RECORDS
}
