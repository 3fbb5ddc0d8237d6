//! The measures, beside figures that were worked out by another program: an independent script that scores the same
//! predictions against the same annotations wrote `tests/eval/expected.json`.

use gazzetta::eval::{Gold, Missing, Prediction, evaluate};
use std::{fs, path::Path};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/eval").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn gold() -> Vec<Gold> {
    let read_one = |id: &str| Gold {
        text: Some(read(&format!("gold/{id}.txt"))),
        ..serde_json::from_str(&read(&format!("gold/{id}.json"))).expect("an annotated document")
    };
    ["en-signing", "it-quiet", "it-visit"].map(read_one).into()
}

fn predictions() -> Vec<Prediction> {
    read("predictions.jsonl").lines().map(|line| serde_json::from_str(line).expect("a prediction")).collect()
}

#[test]
fn every_counter_is_that_of_the_independent_script() {
    let report = evaluate(&gold(), &predictions(), Missing::Empty);
    let found = serde_json::to_value(&report).expect("a report is plain data");
    let expected: serde_json::Value = serde_json::from_str(&read("expected.json")).expect("the script's figures");
    assert_eq!(found, expected);
}

#[test]
fn a_document_without_a_prediction_can_be_left_out() {
    let report = evaluate(&gold(), &predictions(), Missing::LeftOut);
    assert_eq!((report.total.n_documents, report.missing.as_slice()), (2, ["it-quiet".to_owned()].as_slice()));
}

#[test]
fn a_prediction_for_no_document_is_told() {
    let stranger = Prediction { id: "nobody".to_owned(), ..Prediction::default() };
    assert_eq!(evaluate(&gold(), &[stranger], Missing::Empty).unknown, ["nobody"]);
}
