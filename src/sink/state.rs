//! The manifest of an output of files (`--state FILE`): what is whole, what failed, what was asked for.
//!
//! It is replaced as a whole, and holds no done-marks: those are in the records themselves.

use super::{Key, Marks, Run, Seen, SinkError, Stamp, now, target::Replacement};
use crate::{raw::Failure, record::Provenance};
use serde::{Deserialize, Serialize};
use std::{
    borrow::Cow,
    collections::BTreeMap,
    fs,
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

/// The schema of the manifest.
const SCHEMA: &str = "gazzetta.state/1";

/// Code of the failure of a second document with an id that is taken.
const DUPLICATE: &str = "duplicate-id";

/// What is written to the manifest.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    schema: String,
    output: String,
    pieces: Vec<Piece>,
    /// A piece that is the whole output, about to take its place.
    whole: Option<Piece>,
    failures: BTreeMap<String, Failed>,
    arguments: Vec<String>,
    folder: String,
    n_runs: u64,
}

/// A file beside the output, of which the first bytes are lasting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Piece {
    /// Its name in the folder of the output.
    pub file: String,
    /// Bytes that count; what follows was not finished.
    pub n_bytes: u64,
}

/// A document that failed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Failed {
    id: String,
    code: String,
    stage: String,
    reason: String,
    uri: String,
    attempts: u64,
    first_seen: String,
    last_seen: String,
    last_run: u64,
}

/// The manifest and where it lies.
#[derive(Debug)]
pub(super) struct State {
    path: PathBuf,
    manifest: Manifest,
}

impl State {
    /// Reads the manifest at `path`; an empty one when there is none.
    pub fn open(path: &Path, target: &str) -> Result<Self, SinkError> {
        let unreadable = |reason: String| SinkError::Unreadable { target: path.display().to_string(), reason };
        let output = Path::new(target).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let manifest = match fs::read(path) {
            Ok(bytes) => serde_json::from_slice::<Manifest>(&bytes).map_err(|error| {
                unreadable(format!("it is no manifest of this program ({error}); remove it to read everything anew"))
            })?,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Manifest { schema: SCHEMA.to_owned(), output: output.clone(), ..Manifest::default() }
            }
            Err(error) => return Err(unreadable(error.to_string())),
        };
        if manifest.schema != SCHEMA {
            return Err(unreadable(format!(
                "it has the schema '{}' and this program knows '{SCHEMA}'",
                manifest.schema
            )));
        }
        if manifest.output != output {
            return Err(unreadable(format!(
                "it belongs to the output '{}'; give each output its own",
                manifest.output
            )));
        }
        Ok(Self { path: path.to_owned(), manifest })
    }

    /// Notes that a run begins.
    pub fn begin(&mut self, run: &Run) {
        self.manifest.n_runs += 1;
        self.manifest.arguments.clone_from(&run.arguments);
        self.manifest.folder.clone_from(&run.folder);
    }

    /// Files that hold records, the newest last.
    pub fn pieces(&self) -> &[Piece] {
        &self.manifest.pieces
    }

    /// The same after a whole piece has taken its place, or would have.
    pub fn settled_pieces(&self) -> Vec<Piece> {
        match &self.manifest.whole {
            Some(whole) => vec![Piece { file: self.manifest.output.clone(), n_bytes: whole.n_bytes }, whole.clone()],
            None => self.manifest.pieces.clone(),
        }
    }

    /// Sets the files that hold records.
    pub fn set_pieces(&mut self, pieces: Vec<Piece>, whole: Option<Piece>) {
        (self.manifest.pieces, self.manifest.whole) = (pieces, whole);
    }

    /// The piece that was about to take the place of the output.
    pub fn whole(&self) -> Option<&Piece> {
        self.manifest.whole.as_ref()
    }

    /// Notes a failure.
    pub fn fail(&mut self, failure: &Failure) {
        let (run, now) = (self.manifest.n_runs, now());
        let key = format!("{}\t{}", failure.id, failure.code);
        let failed = self.manifest.failures.entry(key).or_insert_with(|| Failed {
            id: failure.id.clone(),
            code: failure.code.to_owned(),
            stage: failure.stage.as_str().to_owned(),
            reason: String::new(),
            uri: failure.uri.clone(),
            attempts: 0,
            first_seen: now.clone(),
            last_seen: String::new(),
            last_run: 0,
        });
        failed.attempts += u64::from(failed.last_run != run);
        failed.reason.clone_from(&failure.reason);
        (failed.last_seen, failed.last_run) = (now, run);
    }

    /// Forgets that a document failed, since the output holds it.
    pub fn clear(&mut self, id: &str) {
        let own = format!("{id}\t");
        let keys = self.manifest.failures.range(own.clone()..).take_while(|(key, _)| key.starts_with(&own));
        let keys: Vec<String> =
            keys.filter(|(_, failed)| failed.code != DUPLICATE).map(|(key, _)| key.clone()).collect();
        for key in keys {
            self.manifest.failures.remove(&key);
        }
    }

    /// Forgets duplicates that did not come again, and, when `seen` is given, what is no more.
    pub fn settle(&mut self, seen: Option<&Seen>) {
        let run = self.manifest.n_runs;
        self.manifest.failures.retain(|_, failed| {
            (failed.code != DUPLICATE || failed.last_run == run)
                && seen.is_none_or(|seen| seen.contains(Key::new(&failed.id)))
        });
    }

    /// Replaces the manifest.
    pub fn save(&self) -> io::Result<()> {
        let mut file = Replacement::create(&self.path)?;
        serde_json::to_writer_pretty(&mut file, &self.manifest)?;
        file.write_all(b"\n")?;
        file.commit()
    }

    /// What the manifest says of earlier runs; the done-marks are in the records.
    pub fn marks(&self) -> Marks {
        let places = self.manifest.failures.values().flat_map(|failed| [failed.id.clone(), failed.uri.clone()]);
        let arguments = (self.manifest.arguments.clone(), self.manifest.folder.clone());
        let mut marks = Marks::default();
        marks.failed.extend(places);
        marks.last_run = (self.manifest.n_runs > 0).then_some(arguments);
        marks
    }
}

/// What a record says of its document.
#[derive(Debug, Deserialize)]
struct Head<'l> {
    #[serde(borrow)]
    id: Cow<'l, str>,
    #[serde(borrow)]
    source: HeadSource<'l>,
    provenance: Provenance,
}

#[derive(Debug, Deserialize)]
struct HeadSource<'l> {
    #[serde(borrow)]
    hash: Cow<'l, str>,
}

/// The id and the mark of the document of a record; none when it is no record.
pub(super) fn mark_of(line: &[u8]) -> Option<(Key, Stamp)> {
    let head: Head<'_> = serde_json::from_slice(line).ok()?;
    Some((Key::new(&head.id), Stamp::new(&head.source.hash, &head.provenance)))
}
