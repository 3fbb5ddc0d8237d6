//! What a run is asked to do: flags, then the environment, then `gazzetta.toml`, then defaults.

use super::{error::Error, lists::Lists, log::LogFormat, places};
use crate::{
    pipeline::{Budget, Engine, Scope, Settings},
    sink, source,
};
use clap::ValueEnum;
use jiff::civil::Date;
use std::{path::PathBuf, time::Duration};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folders, files, patterns, or - for standard input.
    #[arg(value_name = "IN")]
    inputs: Vec<String>,
    /// Where the records go: -, x.jsonl, dir/, x.db, x.parquet, postgres://…; may be given several times.
    #[arg(short, long, value_name = "OUT", env = "GAZZETTA_OUTPUT")]
    pub output: Vec<String>,
    /// Manifest by which x.jsonl or dir/ know unchanged documents again; databases need none.
    #[arg(long, value_name = "FILE", env = "GAZZETTA_STATE")]
    pub state: Option<PathBuf>,
    /// Threads that process; 0 is one a core.
    #[arg(long, value_name = "N", env = "GAZZETTA_THREADS")]
    threads: Option<usize>,
    /// Of the files in folders, read those that match the pattern; may be given several times.
    #[arg(long, value_name = "GLOB", env = "GAZZETTA_INCLUDE")]
    include: Vec<String>,
    /// Take a field of JSONL or CSV from another column: text=body; may be given several times.
    #[arg(long, value_name = "OURS=THEIRS", env = "GAZZETTA_FIELD")]
    field: Vec<String>,
    /// Day of publication of documents that do not say theirs: relative dates and dates without a year go by it.
    #[arg(long, value_name = "YYYY-MM-DD", env = "GAZZETTA_DEFAULT_PUBLISHED")]
    default_published: Option<String>,
    /// Leave out mentions that are less sure than this, from 0 to 1, and what follows from them.
    #[arg(long, value_name = "SURENESS", env = "GAZZETTA_MIN_CONFIDENCE", value_parser = sureness)]
    min_confidence: Option<f64>,
    /// Read what is named, and standard input, as this format: text, html, markdown, jsonl or csv.
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// Read all documents, also those that did not change.
    #[arg(long)]
    full: bool,
    /// Take documents out of the output that are no more in the input.
    #[arg(long, env = "GAZZETTA_PRUNE")]
    prune: bool,
    /// Read at most N documents; unchanged ones do not count.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    limit: Option<u64>,
    /// Say what would be read and replaced, and do nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Wait for another run that writes the same output.
    #[arg(long, env = "GAZZETTA_WAIT")]
    pub wait: bool,
    /// What to do when a document fails [default: skip].
    #[arg(long, value_name = "WHAT", env = "GAZZETTA_ON_ERROR")]
    on_error: Option<OnError>,
    /// Give up when more documents fail: a number, or a share such as 5%.
    #[arg(long, value_name = "N|N%", env = "GAZZETTA_MAX_FAILURES", allow_negative_numbers = true)]
    max_failures: Option<String>,
    /// Write what came of the run to a file, as JSON.
    #[arg(long, value_name = "FILE", env = "GAZZETTA_REPORT")]
    report: Option<PathBuf>,
    /// How messages are written [default: text].
    #[arg(long, value_name = "FORMAT", env = "GAZZETTA_LOG")]
    log: Option<LogFormat>,
    #[command(flatten)]
    lists: Lists,
}

/// What to do when a document fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OnError {
    /// Note it and go on.
    Skip,
    /// Keep what was done and end.
    Stop,
}

/// Everything that a run needs to know.
#[derive(Debug)]
pub(super) struct Plan {
    pub inputs: Vec<String>,
    pub outputs: Vec<String>,
    pub source: source::Options,
    pub sink: sink::Options,
    pub settings: Settings,
    pub is_dry: bool,
    pub report: Option<PathBuf>,
    pub log: LogFormat,
    pub lists: Lists,
    /// Day of publication of documents that do not say theirs.
    pub default_published: Option<Date>,
    /// Least confidence of a mention, from 0 to 1.
    pub min_confidence: f64,
    /// Hash of the settings that change records.
    pub config_hash: String,
}

impl Arguments {
    /// Completes the arguments from the configuration file.
    pub(super) fn plan(self) -> Result<Plan, Error> {
        let config = self.lists.config()?;
        let inputs = or(self.inputs, config.inputs);
        if inputs.is_empty() {
            return Err(Error::usage("there is nothing to read: give folders, files, or - for standard input"));
        }
        let mut outputs = or(self.output, config.output);
        if outputs.is_empty() {
            outputs.push("-".to_owned());
        }
        let (state, wait) = (self.state.or(config.state), self.wait || config.wait);
        let sink = sink::Options { state, wait, ..sink::Options::default() };
        check_state(&outputs, &sink)?;
        let report = self.report.or(config.report);
        places::check(&inputs, &outputs, sink.state.as_deref(), report.as_deref())?;
        let fields = fields(&or(self.field, config.field))?;
        let on_error = parse_or(self.on_error, config.on_error.as_deref(), "on_error")?.unwrap_or(OnError::Skip);
        let default_published = day(self.default_published.or(config.default_published).as_deref())?;
        let min_confidence = self.min_confidence.or(config.min_confidence);
        Ok(Plan {
            config_hash: hash(&fields, default_published, min_confidence),
            default_published,
            min_confidence: min_confidence.unwrap_or(0.0),
            source: source::Options {
                fields,
                include: or(self.include, config.include),
                format: self.format,
                max_document_bytes: config.limits.max_document_bytes.unwrap_or(source::MAX_DOCUMENT_BYTES),
            },
            settings: Settings {
                n_threads: self.threads.or(config.threads).unwrap_or(0),
                scope: if self.full { Scope::All } else { Scope::Changed },
                limit: self.limit,
                budget: budget(on_error, self.max_failures.or(config.max_failures).as_deref())?,
                prune: self.prune || config.prune,
                time_limit: config.limits.max_document_ms.map(Duration::from_millis),
            },
            inputs,
            outputs,
            sink,
            is_dry: self.dry_run,
            report,
            log: parse_or(self.log, config.log.as_deref(), "log")?.unwrap_or(LogFormat::Text),
            lists: self.lists,
        })
    }
}

impl Plan {
    /// The engine that the run goes by.
    pub(super) fn engine(&self) -> Result<Engine, Error> {
        let engine = self.lists.engine_with(self.config_hash.clone())?;
        Ok(engine.default_published(self.default_published).min_confidence(self.min_confidence))
    }
}

/// The list of the command line, or else the one of the file.
fn or(given: Vec<String>, configured: Option<Vec<String>>) -> Vec<String> {
    if given.is_empty() { configured.unwrap_or_default() } else { given }
}

fn parse_or<T: ValueEnum>(given: Option<T>, configured: Option<&str>, key: &str) -> Result<Option<T>, Error> {
    let parse = |word: &str| {
        T::from_str(word, false).map_err(|_| {
            let known =
                T::value_variants().iter().filter_map(|value| Some(value.to_possible_value()?.get_name().to_owned()));
            Error::usage(format_args!(
                "{key} cannot be '{word}'; it is one of {}",
                known.collect::<Vec<_>>().join(", ")
            ))
        })
    };
    match given {
        Some(value) => Ok(Some(value)),
        None => configured.map(parse).transpose(),
    }
}

/// One manifest belongs to one output of files.
fn check_state(outputs: &[String], options: &sink::Options) -> Result<(), Error> {
    let n_files = outputs.iter().filter(|target| is_of_files(target)).count();
    if options.state.is_some() && n_files != 1 {
        return Err(Error::usage("--state goes with exactly one output of files (x.jsonl or dir/)"));
    }
    Ok(())
}

fn is_of_files(target: &str) -> bool {
    !target.contains("://") && (target.ends_with(".jsonl") || target.ends_with('/'))
}

fn fields(pairs: &[String]) -> Result<Vec<(String, String)>, Error> {
    let split = |pair: &String| match pair.split_once('=') {
        Some((ours, theirs)) if !ours.is_empty() && !theirs.is_empty() => Ok((ours.to_owned(), theirs.to_owned())),
        _ => Err(Error::usage(format_args!("a field is renamed as in text=body, not '{pair}'"))),
    };
    pairs.iter().map(split).collect()
}

/// The day of publication as an option gives it.
pub(super) fn day(written: Option<&str>) -> Result<Option<Date>, Error> {
    let read = |written: &str| {
        let why = || Error::usage(format_args!("a day of publication is written as in 2024-04-02, not '{written}'"));
        written.parse().map_err(|_| why())
    };
    written.map(read).transpose()
}

fn budget(on_error: OnError, max_failures: Option<&str>) -> Result<Budget, Error> {
    if on_error == OnError::Stop {
        return Ok(Budget::Count(0));
    }
    let Some(text) = max_failures else { return Ok(Budget::Any) };
    let budget = match text.strip_suffix('%') {
        Some(share) => share.trim().parse().ok().filter(|share| (0.0..=100.0).contains(share)).map(Budget::Percent),
        None => text.parse().ok().map(Budget::Count),
    };
    budget.ok_or_else(|| Error::usage(format_args!("failures are borne by number or share, as 20 or 5%, not '{text}'")))
}

fn sureness(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(sureness) if (0.0..=1.0).contains(&sureness) => Ok(sureness),
        _ => Err(format!("'{text}' is no figure from 0 to 1")),
    }
}

/// What does not change records (threads, places, limits) is left out, so that changing it makes nothing anew.
fn hash(fields: &[(String, String)], default_published: Option<Date>, min_confidence: Option<f64>) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort();
    for (ours, theirs) in fields {
        hasher.update(format!("field {ours}={theirs}\n").as_bytes());
    }
    if let Some(day) = default_published {
        hasher.update(format!("default_published {day}\n").as_bytes());
    }
    if let Some(least) = min_confidence {
        hasher.update(format!("min_confidence {least}\n").as_bytes());
    }
    format!("blake3:{}", hasher.finalize().to_hex())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_day_of_publication_is_a_day() {
        assert_eq!(day(Some("2024-04-02")).ok().flatten().map(|day| day.to_string()).as_deref(), Some("2024-04-02"));
        assert!(day(Some("April 2024")).is_err());
        assert_ne!(hash(&[], None, None), hash(&[], day(Some("2024-04-02")).ok().flatten(), None));
        assert_ne!(hash(&[], None, None), hash(&[], None, Some(0.9)));
    }

    #[test]
    fn a_budget_is_a_number_or_a_share() {
        let read = |text| budget(OnError::Skip, Some(text)).ok();
        assert_eq!(read("20"), Some(Budget::Count(20)));
        assert_eq!(read("2.5%"), Some(Budget::Percent(2.5)));
        assert_eq!([read("-1"), read("101%"), read("many")], [None; 3]);
        assert_eq!(budget(OnError::Stop, Some("20")).ok(), Some(Budget::Count(0)));
    }
}
