//! Records for the benches of outputs.

use gazzetta::{Record, sink::Outcome};
use serde_json::json;

/// A record with `n_entities` entities, named `name` and a number, and as many mentions as `n_mentions`.
pub fn outcome(number: usize, name: &str, n_mentions: usize, n_entities: usize) -> Outcome {
    let entity = |idx: usize| {
        json!({"id": format!("e{idx}"), "kind": "institution", "subtype": "company", "name": format!("{name} {idx}"),
               "label": format!("Ente {idx}"), "acronym": null, "link": idx.is_multiple_of(2).then(|| format!("local:{}", idx * 7 + number % 50)),
               "same_as": [], "country": "IT", "candidates": [], "mentions": ["m1"]})
    };
    let mention = |idx: usize| {
        json!({"id": format!("m{idx}"), "kind": "institution", "start": idx * 50, "end": idx * 50 + 6, "source_start": idx * 50,
               "source_end": idx * 50 + 6, "text": "Ente 1", "entity": format!("e{}", 1 + idx % n_entities), "value": null,
               "confidence": 0.9, "why": {"by": "gazetteer", "entry": "local:1", "rule": null, "folds": []}})
    };
    let record: Record = serde_json::from_value(json!({
        "schema": "gazzetta.record/1", "id": format!("2024/{number:07}.txt"),
        "source": {"uri": format!("2024/{number:07}.txt"), "media": "text/plain", "charset": "utf-8", "bytes": 3000, "hash": format!("blake3:{number:064}")},
        "title": "Una missione", "published": {"date": "2026-03-01", "from": "meta"},
        "language": {"code": "it", "confidence": 0.99, "segments": []}, "text": "parole ".repeat(430),
        "mentions": (1..=n_mentions).map(mention).collect::<Vec<_>>(), "entities": (1..=n_entities).map(entity).collect::<Vec<_>>(),
        "roles": [], "acronyms": [], "missions": [], "sectors": [{"code": "energy", "mentions": 2}], "warnings": [],
        "provenance": {"gazzetta": "1", "gazetteers": "g", "config": "c"}
    }))
    .expect("it is a record");
    let line = serde_json::to_vec(&record).expect("a record is JSON");
    Outcome::Record { record: Box::new(record), line, replaces: false }
}
