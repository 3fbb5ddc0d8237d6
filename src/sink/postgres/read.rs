//! What a database holds.

use super::{
    address::Address,
    failed::told,
    line::{Line, Trouble, Worker},
    session::{connect, version},
};
use crate::sink::{Key, Marks, Options, Patience, SinkError, Stamp, Take};
use postgres::{Error, fallible_iterator::FallibleIterator};

/// Records that are fetched at once: few enough to come over a slow network before the server counts as silent.
const N_FETCHED: usize = 50;

/// A connection to a database that has our tables; none when there are none yet.
fn open(target: &str, patience: &Patience) -> Result<Option<(Address, Line)>, SinkError> {
    let address = Address::parse(target)?;
    let line = connect(&address, patience)?;
    Ok((version(&address, &line)? > 0).then_some((address, line)))
}

fn unreadable(address: &Address, trouble: &Trouble) -> SinkError {
    match trouble {
        Trouble::Interrupted => SinkError::Interrupted,
        _ => SinkError::Unreadable { target: address.shown.clone(), reason: told(trouble) },
    }
}

/// What a database holds, without touching it.
pub(super) fn marks(target: &str, options: &Options) -> Result<Marks, SinkError> {
    match open(target, &options.patience)? {
        Some((address, line)) => line.call(read_marks).map_err(|trouble| unreadable(&address, &trouble)),
        None => Ok(Marks::default()),
    }
}

/// Reads the records of a database, all as they are at one moment.
pub(super) fn read(target: &str, take: Take<'_>) -> Result<(), SinkError> {
    let Some((address, line)) = open(target, &Patience::default())? else {
        let reason = "there are no tables of this program in it".to_owned();
        return Err(SinkError::Unreadable { target: crate::sink::without_password(target), reason });
    };
    let mut read = || -> Result<(), Trouble> {
        let begin = "BEGIN READ ONLY; DECLARE held NO SCROLL CURSOR FOR SELECT record::text FROM documents";
        line.call(move |client| client.batch_execute(begin))?;
        loop {
            let fetch = format!("FETCH {N_FETCHED} FROM held");
            let rows = line.call(move |client| client.query(fetch.as_str(), &[]))?;
            for row in &rows {
                if !take(row.try_get::<_, &str>(0).map_err(Trouble::Said)?.as_bytes()) {
                    return Ok(());
                }
            }
            if rows.len() < N_FETCHED {
                return Ok(());
            }
        }
    };
    read().map_err(|trouble| unreadable(&address, &trouble))
}

/// The done-marks, what failed, and what was asked for.
pub(super) fn read_marks(client: &mut Worker) -> Result<Marks, Error> {
    let mut marks = Marks::default();
    let pulse = client.pulse();
    let held = "SELECT document_id, hash, gazzetta, gazetteers, config FROM documents";
    let mut rows = client.query_raw(held, std::iter::empty::<&str>())?;
    while let Some(row) = rows.next()? {
        pulse.beat();
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
