//! The shipped lists are as the rules of lists want them.
#![cfg(feature = "embedded")]

use gazzetta::lexicon::{
    Files,
    lint::{Finding, Severity, lint},
    stats::Stats,
};
use std::sync::LazyLock;

/// What the lint says of the shipped lists, asked once.
static FINDINGS: LazyLock<Vec<Finding>> = LazyLock::new(|| {
    let files = Files::embedded();
    lint(&files, &files)
});

#[test]
fn the_shipped_lists_have_no_errors() {
    let errors: Vec<String> =
        FINDINGS.iter().filter(|finding| finding.severity == Severity::Error).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{} errors:\n{}", errors.len(), errors.join("\n"));
}

#[test]
fn every_shipped_list_is_sorted_and_states_its_source() {
    let wrong: Vec<String> = FINDINGS
        .iter()
        .filter(|finding| matches!(finding.code, "unsorted" | "duplicate-line" | "pack" | "not-composed"))
        .map(ToString::to_string)
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_shipped_lists_are_whole() {
    let stats = Stats::of(&Files::embedded()).expect("the shipped lists can be read");
    assert!(stats.kinds["institution"] >= 100_000, "{:?}", stats.kinds);
    assert!(stats.kinds["place"] >= 35_000, "{:?}", stats.kinds);
    assert!(stats.kinds["person"] >= 2_000, "{:?}", stats.kinds);
    // 32 codes, each in six languages, and what lists of further wordings add.
    assert!(stats.kinds["sector"] >= 32 + 6 * 32, "{:?}", stats.kinds);
}
