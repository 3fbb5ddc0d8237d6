//! Transactions and done-marks.

use super::{
    database::{failed, open as open_database, open_to_read, unreadable},
    rows::Rows,
};
use crate::{
    raw::{Failure, Stage},
    record::{Provenance, Record},
    sink::{
        Closing, Ending, Key, Marks, Options, Outcome, Run, Sink, SinkError, Stamp,
        target::{Lock, now},
    },
};
use rusqlite::{Connection, ErrorCode, Result as SqlResult, params};
use std::{path::Path, sync::Arc};

/// Documents in a transaction, about: what a kill costs to do again.
const TRANSACTION_DOCUMENTS: usize = 1000;
/// Bytes of records at which a transaction is full.
const TRANSACTION_BYTES: usize = 32 << 20;

pub(super) fn open(target: &str, options: &Options) -> Result<Box<dyn Sink>, SinkError> {
    let lock = Lock::take(target, Path::new(target), options)?;
    let connection = open_database(target)?;
    Ok(Box::new(Database {
        target: target.to_owned(),
        connection,
        rows: Rows::default(),
        marks: Arc::default(),
        run: 0,
        counts: Counts::default(),
        n_open: 0,
        n_open_bytes: 0,
        _lock: lock,
    }))
}

/// What a database holds, without touching it.
pub(super) fn marks(target: &str, _options: &Options) -> Result<Marks, SinkError> {
    match open_to_read(target)? {
        Some(connection) => read_marks(&connection).map_err(|error| unreadable(target, &error)),
        None => Ok(Marks::default()),
    }
}

struct Database {
    target: String,
    connection: Connection,
    rows: Rows,
    marks: Arc<Marks>,
    run: i64,
    counts: Counts,
    /// Documents and bytes of the transaction that is open; none is open at 0.
    n_open: usize,
    n_open_bytes: usize,
    _lock: Lock,
}

/// Written to `runs` with each transaction.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    written: usize,
    unchanged: usize,
    failed: usize,
    removed: usize,
}

impl Sink for Database {
    fn begin(&mut self, run: &Run) -> Result<Arc<Marks>, SinkError> {
        self.marks = Arc::new(read_marks(&self.connection).map_err(|error| unreadable(&self.target, &error))?);
        self.run = self.add_run(run).map_err(|error| failed(&self.target, &error))?;
        Ok(Arc::clone(&self.marks))
    }

    fn write(&mut self, batch: &[Outcome]) -> Result<Vec<Failure>, SinkError> {
        self.try_write(batch).map_err(|error| {
            self.rows.forget();
            failed(&self.target, &error)
        })
    }

    fn finish(mut self: Box<Self>, ending: Ending<'_>) -> Result<Closing, SinkError> {
        self.try_finish(ending).map_err(|error| failed(&self.target, &error))
    }
}

impl Database {
    fn add_run(&self, run: &Run) -> SqlResult<i64> {
        let arguments = serde_json::to_string(&run.arguments).expect("a list of strings is JSON");
        let Provenance { gazzetta, gazetteers, config } = &run.provenance;
        self.connection.execute(
            "INSERT INTO runs (started, gazzetta, gazetteers, config, folder, arguments) VALUES (?,?,?,?,?,?)",
            params![run.started, gazzetta, gazetteers, config, run.folder, arguments],
        )?;
        Ok(self.connection.last_insert_rowid())
    }

    fn try_write(&mut self, batch: &[Outcome]) -> SqlResult<Vec<Failure>> {
        let mut failures = Vec::new();
        for outcome in batch {
            if self.n_open == 0 {
                self.connection.execute_batch("BEGIN IMMEDIATE")?;
            }
            self.n_open += 1;
            match outcome {
                Outcome::Record { record, line, .. } => {
                    self.n_open_bytes += line.len();
                    if let Some(failure) = self.put(record, line)? {
                        self.fail(&failure)?;
                        failures.push(failure);
                    }
                }
                Outcome::Unchanged(id) => {
                    self.counts.unchanged += 1;
                    self.clear_failures(id)?;
                }
                Outcome::Failed(failure) => self.fail(failure)?,
            }
            if self.n_open >= TRANSACTION_DOCUMENTS || self.n_open_bytes >= TRANSACTION_BYTES {
                self.commit()?;
            }
        }
        Ok(failures)
    }

    /// Puts the rows of a document in place of those that it had; a failure when this document cannot be held.
    fn put(&mut self, record: &Record, line: &[u8]) -> SqlResult<Option<Failure>> {
        if self.marks.stamp(Key::new(&record.id)).is_some() {
            self.remove(&record.id)?;
        }
        match self.rows.insert(&self.connection, record, line) {
            Ok(()) => {
                self.counts.written += 1;
                self.clear_failures(&record.id)?;
                Ok(None)
            }
            Err(error) if is_of_the_document(&error) => {
                self.remove(&record.id)?;
                Ok(Some(Failure {
                    id: record.id.clone(),
                    uri: record.source.uri.clone(),
                    stage: Stage::Write,
                    code: "unstorable",
                    reason: error.to_string(),
                }))
            }
            Err(error) => Err(error),
        }
    }

    fn remove(&mut self, id: &str) -> SqlResult<()> {
        self.counts.removed += 1;
        self.connection.prepare_cached("DELETE FROM documents WHERE document_id = ?")?.execute([id])?;
        Ok(())
    }

    fn clear_failures(&mut self, id: &str) -> SqlResult<()> {
        if self.marks.failed.contains(id) {
            self.connection
                .prepare_cached("DELETE FROM failures WHERE document_id = ? AND code <> 'duplicate-id'")?
                .execute([id])?;
        }
        Ok(())
    }

    fn fail(&mut self, failure: &Failure) -> SqlResult<()> {
        self.counts.failed += 1;
        self.connection
            .prepare_cached(
                "INSERT INTO failures VALUES (?1,?2,?3,?4,?5,1,?6,?6,?7) ON CONFLICT DO UPDATE SET stage = ?3,
                 reason = ?4, uri = ?5, attempts = attempts + (last_run <> ?7), last_seen = ?6, last_run = ?7",
            )?
            .execute(params![
                failure.id,
                failure.code,
                failure.stage.as_str(),
                failure.reason,
                failure.uri,
                now(),
                self.run
            ])?;
        Ok(())
    }

    fn commit(&mut self) -> SqlResult<()> {
        if self.n_open == 0 {
            self.connection.execute_batch("BEGIN IMMEDIATE")?;
        }
        self.count(None)?;
        self.connection.execute_batch("COMMIT")?;
        (self.n_open, self.n_open_bytes) = (0, 0);
        Ok(())
    }

    fn count(&self, ending: Option<&str>) -> SqlResult<()> {
        let Counts { written, unchanged, failed, .. } = self.counts;
        self.connection
            .prepare_cached(
                "UPDATE runs SET ended = ?, ending = ?, written = ?, unchanged = ?, failed = ? WHERE run = ?",
            )?
            .execute(params![ending.map(|_| now()), ending, written, unchanged, failed, self.run])?;
        Ok(())
    }

    fn try_finish(&mut self, ending: Ending<'_>) -> SqlResult<Closing> {
        self.commit()?;
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let mut n_pruned = 0;
        if let Ending::Pruning(seen) = ending {
            n_pruned = self.prune(seen)?;
        }
        if !matches!(ending, Ending::Interrupted) {
            self.connection
                .execute("DELETE FROM failures WHERE code = 'duplicate-id' AND last_run <> ?", [self.run])?;
        }
        if self.counts.removed > 0 {
            self.connection.execute(
                "DELETE FROM canonical_entities WHERE NOT EXISTS
                 (SELECT 1 FROM entities WHERE entities.link = canonical_entities.link)",
                [],
            )?;
        }
        self.count(Some(if matches!(ending, Ending::Interrupted) { "interrupted" } else { "complete" }))?;
        self.connection.execute("UPDATE runs SET pruned = ? WHERE run = ?", params![n_pruned, self.run])?;
        self.connection.execute_batch("COMMIT; PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)")?;
        let n_documents = self.connection.query_row("SELECT count(*) FROM documents", [], |row| row.get(0))?;
        Ok(Closing { n_pruned, n_documents: Some(n_documents), ..Closing::default() })
    }

    fn prune(&mut self, seen: &crate::sink::Seen) -> SqlResult<u64> {
        let mut gone = Vec::new();
        let ids = "SELECT document_id FROM documents UNION ALL SELECT document_id FROM failures";
        for id in self.connection.prepare(ids)?.query_map([], |row| row.get::<_, String>(0))? {
            let id = id?;
            if !seen.contains(Key::new(&id)) {
                gone.push(id);
            }
        }
        let mut n_pruned = 0;
        for id in gone {
            self.counts.removed += 1;
            let mut remove = self.connection.prepare_cached("DELETE FROM documents WHERE document_id = ?")?;
            n_pruned += remove.execute([&id])? as u64;
            self.connection.prepare_cached("DELETE FROM failures WHERE document_id = ?")?.execute([&id])?;
        }
        Ok(n_pruned)
    }
}

/// Whether an error is about what was to be stored, and not about the place.
fn is_of_the_document(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::TooBig | ErrorCode::ConstraintViolation))
}

fn read_marks(connection: &Connection) -> SqlResult<Marks> {
    let mut marks = Marks::default();
    let mut query = connection.prepare("SELECT document_id, hash, gazzetta, gazetteers, config FROM documents")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let text = |column: usize| -> SqlResult<&str> { Ok(row.get_ref(column)?.as_str()?) };
        let provenance = [text(2)?, text(3)?, text(4)?];
        marks.insert(Key::new(text(0)?), Stamp::of_parts(text(1)?, provenance));
    }
    let mut query = connection.prepare("SELECT document_id, uri FROM failures")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        marks.failed.insert(row.get(0)?);
        marks.failed.insert(row.get(1)?);
    }
    let last = "SELECT arguments, folder FROM runs ORDER BY run DESC LIMIT 1";
    marks.last_run = connection
        .prepare(last)?
        .query_map([], |row| {
            let arguments: String = row.get(0)?;
            // Written by us; one that was changed by hand counts as absent.
            Ok((serde_json::from_str(&arguments).unwrap_or_default(), row.get(1)?))
        })?
        .next()
        .transpose()?;
    Ok(marks)
}
