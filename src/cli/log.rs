//! Messages on standard error for a program: a JSON object a line.

use crate::{
    pipeline::{End, Summary},
    raw::Failure,
    sink,
};
use clap::ValueEnum;
use serde_json::{Value, json};
use std::io::{self, Write};

/// How messages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// For a person.
    Text,
    /// A JSON object a line.
    Json,
}

/// Why the program ends.
pub(super) fn error(message: &str) {
    write("error", message, &json!({}));
}

/// What came of a run.
pub(super) fn summary(summary: &Summary, end: End) {
    for failure in &summary.first_failures {
        write("warn", &failure.to_string(), &of_failure(failure));
    }
    write("info", "the run is over", &json!({"end": end.as_str(), "summary": summary}));
}

/// What a run would do.
pub(super) fn plan(counts: &Value) {
    write("info", "nothing was written", &json!({"plan": counts}));
}

fn of_failure(failure: &Failure) -> Value {
    json!({"document": failure.id, "uri": failure.uri, "stage": failure.stage.as_str(), "code": failure.code})
}

fn write(level: &str, message: &str, details: &Value) {
    let mut line = json!({"at": sink::now(), "level": level, "message": message});
    if let (Some(line), Some(details)) = (line.as_object_mut(), details.as_object()) {
        line.extend(details.clone());
    }
    // The reader of standard error may have gone away: that is no reason to end.
    let _ = writeln!(io::stderr().lock(), "{line}");
}
