//! Invented records and failures, for tests of outputs.

use gazzetta::{
    Record,
    raw::{Failure, Stage},
    record::Provenance,
    sink::{Outcome, Run},
};
use serde_json::{Value, json};

/// A run.
pub fn about() -> Run {
    Run {
        provenance: Provenance { gazzetta: "1".to_owned(), gazetteers: "g".to_owned(), config: "c".to_owned() },
        arguments: vec!["run".to_owned(), "in".to_owned()],
        folder: "/somewhere".to_owned(),
        started: "2026-01-01T00:00:00Z".to_owned(),
    }
}

/// An invented mission of the body `origin` to Korea.
pub fn record(id: &str, origin: &str, start: &str, end: &str) -> Record {
    let entity = |id: &str, kind: &str, name: &str, link: Value, country: &str| {
        json!({"id": id, "kind": kind, "subtype": null, "name": name, "label": if link.is_null() { Value::Null } else { json!(format!("{name} (list)")) },
               "acronym": null, "link": link, "same_as": [], "country": country, "candidates": [], "mentions": ["m1"]})
    };
    let why = json!({"by": "gazetteer", "entry": "local:alfa", "rule": null, "folds": ["case", "accent"]});
    serde_json::from_value(json!({
        "schema": "gazzetta.record/1", "id": id,
        "source": {"uri": id, "media": "text/plain", "charset": "utf-8", "bytes": 20, "hash": format!("blake3:{id}{start}")},
        "title": "L'ente 'Alfa'; DROP TABLE documents", "published": {"date": "2026-03-01", "from": "meta"},
        "language": {"code": "it", "confidence": 0.99, "segments": []}, "text": "Alfa incontra Beta a Seul",
        "mentions": [
            {"id": "m1", "kind": "institution", "start": 0, "end": 4, "source_start": 0, "source_end": 4, "text": "Alfa",
             "entity": "e1", "value": null, "confidence": 0.9, "why": why},
            {"id": "m2", "kind": "date", "start": 5, "end": 9, "source_start": null, "source_end": null, "text": "inco",
             "entity": null, "value": "2026-03-02", "bound": "from", "inferred": ["year"], "zone": "headline", "confidence": 0.9, "why": why},
            {"id": "m3", "kind": "amount", "start": 10, "end": 12, "source_start": 10, "source_end": 12, "text": "tr",
             "entity": null, "value": {"number": 109.0, "unit": "aziende", "approx": true}, "confidence": 0.9, "why": why}],
        "entities": [
            entity("e1", "institution", origin, json!(format!("local:{origin}")), "IT"),
            entity("e2", "institution", "Beta", Value::Null, "KR"),
            entity("e3", "person", "Ada Neri", Value::Null, "IT"),
            entity("e4", "place", "Seul", json!("geonames:1835848"), "KR"),
            entity("e5", "institution", "Gamma", json!("local:gamma"), "IT")],
        "roles": [{"person": "e3", "role": "role:president", "text": "presidente", "institution": "e1", "mentions": ["m1"], "start": 0, "end": 4}],
        "acronyms": [{"short": "A", "long": "Alfa", "entity": "e1"}],
        "foundings": [{"institution": "e2", "date": "1998", "start": 14, "end": 18}],
        "missions": [{"origin": "e1", "destinations": [{"country": "KR", "places": ["e4"]}], "start": start, "end": end, "lead": "e3",
            "participants": ["e5"], "met": ["e2"], "sectors": ["energy", "aerospace"],
            "meetings": [{"with": ["e2"], "people": ["e3"], "place": "e4", "date": "2026-03-03", "start": 0, "end": 25}],
            "agreements": [{"text": "accordo", "parties": ["e2", "e1"], "subject": "sull'energia", "sectors": ["energy"], "start": 0, "end": 25}],
            "kind": "outgoing", "status": "concluded", "size": 12, "key": "k", "completeness": 0.8, "confidence": 0.7,
            "evidence": {"start": [[0, 4]]}}],
        "sectors": [{"code": "energy", "mentions": 2}], "warnings": [],
        "provenance": {"gazzetta": "1", "gazetteers": "g", "config": "c"}
    }))
    .expect("it is a record")
}

/// A record as a run hands it over.
pub fn outcome(record: &Record) -> Outcome {
    Outcome::Record {
        record: Box::new(record.clone()),
        line: serde_json::to_vec(record).expect("a record is JSON"),
        replaces: false,
    }
}

/// A document that failed.
pub fn failure(id: &str, code: &'static str) -> Outcome {
    Outcome::Failed(Failure {
        id: id.to_owned(),
        uri: id.to_owned(),
        stage: Stage::Read,
        code,
        reason: "it does not open".to_owned(),
    })
}
