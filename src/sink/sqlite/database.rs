//! Opening a database: whose it is, which version it has.

use crate::sink::{
    SinkError, Take,
    tables::{Dialect, MIGRATIONS, too_new},
};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::{path::Path, time::Duration};

/// Written into the header of every database of ours (`gazz`).
const APPLICATION_ID: i32 = 0x6761_7a7a;

/// Opens a database to write: made if it is absent, brought to our version if it is older.
pub(super) fn open(target: &str) -> Result<Connection, SinkError> {
    let failed = |error| failed(target, &error);
    let mut connection = Connection::open(target).map_err(failed)?;
    connection.busy_timeout(Duration::from_secs(10)).map_err(failed)?;
    let n_migrations = version(target, &connection)?;
    // A commit outlasts a power cut; readers go on reading while we write.
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -8192;",
        )
        .map_err(failed)?;
    connection.set_prepared_statement_cache_capacity(64);
    if n_migrations < MIGRATIONS.len() {
        let transaction = connection.transaction().map_err(failed)?;
        for migration in &MIGRATIONS[n_migrations..] {
            transaction.execute_batch(&migration.statements(Dialect::Sqlite)).map_err(failed)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed)?;
        transaction.pragma_update(None, "user_version", MIGRATIONS.len()).map_err(failed)?;
        transaction.commit().map_err(failed)?;
    }
    Ok(connection)
}

/// Opens a database to read; nothing when there is none.
pub(super) fn open_to_read(target: &str) -> Result<Option<Connection>, SinkError> {
    if !Path::new(target).exists() {
        return Ok(None);
    }
    // Read-write, since a reader of a database that was not closed must be able to mend its index of the log.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(target, flags).map_err(|error| unreadable(target, &error))?;
    connection.busy_timeout(Duration::from_secs(10)).map_err(|error| unreadable(target, &error))?;
    version(target, &connection)?;
    connection.pragma_update(None, "query_only", true).map_err(|error| unreadable(target, &error))?;
    Ok(Some(connection))
}

/// Number of migrations that the database has had; an error when it is not ours or newer than we know.
fn version(target: &str, connection: &Connection) -> Result<usize, SinkError> {
    let number = |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, i64>(0));
    let failed = |error| failed(target, &error);
    let n_tables = number("SELECT count(*) FROM sqlite_schema").map_err(failed)?;
    let application = number("PRAGMA application_id").map_err(failed)?;
    if n_tables == 0 {
        return Ok(0);
    }
    let refused = |reason: String| SinkError::Database { target: target.to_owned(), reason };
    if application != i64::from(APPLICATION_ID) {
        return Err(refused("it is a database of another program; give a new file with -o".to_owned()));
    }
    let version = number("PRAGMA user_version").map_err(failed)?;
    match usize::try_from(version) {
        Ok(version) if version <= MIGRATIONS.len() => Ok(version),
        _ => Err(refused(too_new(version))),
    }
}

/// What the database said, and what to do.
pub(super) fn failed(target: &str, error: &rusqlite::Error) -> SinkError {
    let advice = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => {
            "; what was committed is whole: make room and run the same command again"
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "; another program is writing it: close that and run the same command again"
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            "; choose another place with -o, or allow writing there and in its folder"
        }
        Some(ErrorCode::CannotOpen) => "; its folder must exist and be writable",
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => "; give a new file with -o",
        _ => "",
    };
    SinkError::Database { target: target.to_owned(), reason: format!("{error}{advice}") }
}

pub(super) fn unreadable(target: &str, error: &rusqlite::Error) -> SinkError {
    SinkError::Unreadable { target: target.to_owned(), reason: error.to_string() }
}

/// Reads the records of a database.
pub(super) fn read(target: &str, take: Take<'_>) -> Result<(), SinkError> {
    let unreadable = |error| unreadable(target, &error);
    let Some(connection) = open_to_read(target)? else {
        return Err(SinkError::Unreadable { target: target.to_owned(), reason: "there is no such file".to_owned() });
    };
    let mut query = connection.prepare("SELECT record FROM documents").map_err(unreadable)?;
    let mut rows = query.query([]).map_err(unreadable)?;
    while let Some(row) = rows.next().map_err(unreadable)? {
        let record = row.get_ref(0).map_err(unreadable)?;
        if !record.as_bytes().is_ok_and(&mut *take) {
            break;
        }
    }
    Ok(())
}
