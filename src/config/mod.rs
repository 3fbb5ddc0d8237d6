//! What was set, and where? The file `gazzetta.toml`; flags and the environment come before it, defaults after.

mod nearest;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};
use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

/// Name of the file that is read from the present folder when none is named.
pub const FILE_NAME: &str = "gazzetta.toml";

/// Everything that `gazzetta.toml` may say. Paths are relative to the folder of the file.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Folders, files and patterns to read.
    #[serde(default, deserialize_with = "list")]
    #[schemars(with = "Option<OneOrMore>")]
    pub inputs: Option<Vec<String>>,
    /// Where the records go.
    #[serde(default, deserialize_with = "list")]
    #[schemars(with = "Option<OneOrMore>")]
    pub output: Option<Vec<String>>,
    /// Manifest of an output of files, by which unchanged documents are known again.
    pub state: Option<PathBuf>,
    /// Lists of one's own, over those in the program.
    pub gazetteers: Option<PathBuf>,
    /// Threads that process; 0 is one a core.
    pub threads: Option<usize>,
    /// Files of folders are read only when one of these patterns matches.
    #[serde(default, deserialize_with = "list")]
    #[schemars(with = "Option<OneOrMore>")]
    pub include: Option<Vec<String>>,
    /// Renamed fields of JSONL and CSV, as `text=body`.
    #[serde(default, deserialize_with = "list")]
    #[schemars(with = "Option<OneOrMore>")]
    pub field: Option<Vec<String>>,
    /// Day of publication of documents that do not say theirs, as `2024-04-02`.
    pub default_published: Option<String>,
    /// Mentions that are less sure than this are left out, from 0 to 1.
    #[serde(default, deserialize_with = "share")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub min_confidence: Option<f64>,
    /// Whether documents that are no more in the input are taken out of the output.
    #[serde(default)]
    pub prune: bool,
    /// Whether to wait for another run that writes the same output.
    #[serde(default)]
    pub wait: bool,
    /// What to do when a document fails: `skip` or `stop`.
    pub on_error: Option<String>,
    /// Failures that are borne: a number, or a share such as `5%`.
    #[serde(default, deserialize_with = "amount")]
    #[schemars(with = "Option<Amount>")]
    pub max_failures: Option<String>,
    /// File for the report of the run, as JSON.
    pub report: Option<PathBuf>,
    /// How messages are written: `text` or `json`.
    pub log: Option<String>,
    /// Limits for each document.
    #[serde(default)]
    pub limits: Limits,
}

/// Limits for each document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Longer documents are refused, in bytes.
    pub max_document_bytes: Option<u64>,
    /// Documents that take longer are given up, in milliseconds by the clock: a busy machine may give up what another does
    /// not. Without it a document takes as long as it takes.
    pub max_document_ms: Option<u64>,
}

/// A list, or the one thing that would be in it.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "here stands one text, or a list of them as in [\"a\", \"b\"]")]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

fn list<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<String>>, D::Error> {
    OneOrMore::deserialize(from).map(|list| match list {
        OneOrMore::One(item) => Some(vec![item]),
        OneOrMore::More(items) => Some(items),
    })
}

/// A number, or a share such as `5%`.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "here stands a number, or a share as in \"5%\"")]
enum Amount {
    Number(u64),
    Share(String),
}

fn amount<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Amount::deserialize(from).map(|amount| match amount {
        Amount::Number(number) => Some(number.to_string()),
        Amount::Share(share) => Some(share),
    })
}

fn share<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    let share = f64::deserialize(from)?;
    let error = || serde::de::Error::custom(format_args!("'{share}' is no figure from 0 to 1"));
    (0.0..=1.0).contains(&share).then_some(Some(share)).ok_or_else(error)
}

impl Config {
    /// Reads the file at `path`; without a path, the one in the present folder, if it is there.
    ///
    /// # Errors
    ///
    /// Returns [`ConfigError`] when the file cannot be read, or with the line of its first mistake.
    pub fn load(path: Option<&Path>) -> Result<Self, ConfigError> {
        let file = path.unwrap_or(Path::new(FILE_NAME));
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if path.is_none() && error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(ConfigError { place: file.display().to_string(), reason: error.to_string() }),
        };
        let mut config = Self::parse(&text, &file.display().to_string())?;
        config.resolve(file.parent().unwrap_or(Path::new("")));
        Ok(config)
    }

    /// Reads the text of a file that is called `name` in messages.
    ///
    /// # Errors
    ///
    /// Returns [`ConfigError`] with the line of the first mistake.
    pub fn parse(text: &str, name: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            let line = 1 + text[..span.start].matches('\n').count();
            let reason = match error.message().strip_prefix("unknown field") {
                Some(expected) => unknown(text[span].trim(), expected),
                None => error.message().to_owned(),
            };
            ConfigError { place: format!("{name}:{line}"), reason }
        })
    }

    /// Makes paths relative to the folder of the file.
    fn resolve(&mut self, folder: &Path) {
        if folder.as_os_str().is_empty() {
            return;
        }
        let join = |path: &mut PathBuf| *path = folder.join(&path);
        [&mut self.state, &mut self.gazetteers, &mut self.report].into_iter().flatten().for_each(join);
        for target in [&mut self.inputs, &mut self.output].into_iter().flatten().flatten() {
            if target != "-" && !target.contains("://") {
                *target = folder.join(&target).to_string_lossy().into_owned();
            }
        }
    }
}

/// `expected` holds the known keys in backticks, after the unknown one.
fn unknown(key: &str, expected: &str) -> String {
    let known = expected.split('`').skip(1).step_by(2).filter(|known| *known != key);
    match nearest::nearest(key, known) {
        Some(nearest) => format!("there is no option '{key}'; did you mean '{nearest}'?"),
        None => format!("there is no option '{key}'; `gazzetta schema config` lists all"),
    }
}

/// A configuration that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    place: String,
    reason: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

impl std::error::Error for ConfigError {}

/// The JSON Schema of [`Config`].
pub fn schema() -> serde_json::Value {
    serde_json::Value::from(schemars::schema_for!(Config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_refused(text: &str, message: &str) {
        let error = Config::parse(text, "gazzetta.toml").expect_err("it is refused");
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn an_unknown_key_names_its_line_and_the_nearest_known_one() {
        check_refused(
            "threads = 2\n\ntreads = 4\n",
            "gazzetta.toml:3: there is no option 'treads'; did you mean 'threads'?",
        );
        check_refused(
            "[limits]\nmax_document_byte = 4",
            "gazzetta.toml:2: there is no option 'max_document_byte'; did you mean 'max_document_bytes'?",
        );
        check_refused("colour = 1", "gazzetta.toml:1: there is no option 'colour'; `gazzetta schema config` lists all");
    }

    #[test]
    fn a_value_of_the_wrong_kind_names_its_line() {
        let error = Config::parse("prune = true\nthreads = \"two\"", "x.toml").expect_err("it is refused");
        assert!(error.to_string().starts_with("x.toml:2: invalid type: string \"two\""), "{error}");
    }

    #[test]
    fn one_thing_needs_no_list_and_a_number_no_quotes() {
        let read = |text: &str| Config::parse(text, "x").expect("read");
        assert_eq!(read("output = 'x.db'\nmax_failures = 20"), read("output = ['x.db']\nmax_failures = '20'"));
        check_refused("\noutput = 3", "gazzetta.toml:2: here stands one text, or a list of them as in [\"a\", \"b\"]");
        check_refused("min_confidence = 1.5", "gazzetta.toml:1: '1.5' is no figure from 0 to 1");
        check_refused("max_failures = true", "gazzetta.toml:1: here stands a number, or a share as in \"5%\"");
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let mut config =
            Config::parse("inputs = ['in', '/abs', '-']\noutput = ['postgres://h/d']\nstate = 's'", "x").expect("read");
        config.resolve(Path::new("/etc/g"));
        assert_eq!(config.inputs, Some(vec!["/etc/g/in".to_owned(), "/abs".to_owned(), "-".to_owned()]));
        assert_eq!(config.output, Some(vec!["postgres://h/d".to_owned()]));
        assert_eq!(config.state, Some(PathBuf::from("/etc/g/s")));
    }
}
