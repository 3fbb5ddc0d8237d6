//! What a database holds.

use super::{
    address::Address,
    failed::told,
    session::{connect, version},
};
use crate::sink::{Key, Marks, Options, SinkError, Stamp, Take};
use postgres::{Client, Error, fallible_iterator::FallibleIterator};

/// A connection to a database that has our tables; none when there are none yet.
fn open(target: &str) -> Result<Option<(Address, Client)>, SinkError> {
    let address = Address::parse(target)?;
    let mut client = connect(&address)?;
    Ok((version(&address, &mut client)? > 0).then_some((address, client)))
}

fn unreadable(address: &Address, error: &Error) -> SinkError {
    SinkError::Unreadable { target: address.shown.clone(), reason: told(error) }
}

/// What a database holds, without touching it.
pub(super) fn marks(target: &str, _options: &Options) -> Result<Marks, SinkError> {
    match open(target)? {
        Some((address, mut client)) => read_marks(&mut client).map_err(|error| unreadable(&address, &error)),
        None => Ok(Marks::default()),
    }
}

/// Reads the records of a database.
pub(super) fn read(target: &str, take: Take<'_>) -> Result<(), SinkError> {
    let Some((address, mut client)) = open(target)? else {
        let reason = "there are no tables of this program in it".to_owned();
        return Err(SinkError::Unreadable { target: crate::sink::without_password(target), reason });
    };
    let mut read = || -> Result<(), Error> {
        let mut rows = client.query_raw("SELECT record::text FROM documents", std::iter::empty::<&str>())?;
        while let Some(row) = rows.next()? {
            if !take(row.try_get::<_, &str>(0)?.as_bytes()) {
                break;
            }
        }
        Ok(())
    };
    read().map_err(|error| unreadable(&address, &error))
}

/// The done-marks, what failed, and what was asked for.
pub(super) fn read_marks(client: &mut Client) -> Result<Marks, Error> {
    let mut marks = Marks::default();
    let held = "SELECT document_id, hash, gazzetta, gazetteers, config FROM documents";
    let mut rows = client.query_raw(held, std::iter::empty::<&str>())?;
    while let Some(row) = rows.next()? {
        let provenance = [row.try_get(2)?, row.try_get(3)?, row.try_get(4)?];
        marks.insert(Key::new(row.try_get(0)?), Stamp::of_parts(row.try_get(1)?, provenance));
    }
    drop(rows);
    for row in client.query("SELECT document_id, uri FROM failures", &[])? {
        marks.failed.insert(row.try_get(0)?);
        marks.failed.insert(row.try_get(1)?);
    }
    let last = client.query_opt("SELECT arguments, folder FROM runs ORDER BY run DESC LIMIT 1", &[])?;
    if let Some(row) = last {
        // Written by us; one that was changed by hand counts as absent.
        let arguments = serde_json::from_str(row.try_get(0)?).unwrap_or_default();
        marks.last_run = Some((arguments, row.try_get(1)?));
    }
    Ok(marks)
}
