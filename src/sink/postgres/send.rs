//! One transaction. Done twice, it does nothing the second time.

use super::{
    batch::{Batch, Document, HEADER, TRAILER, storable},
    line::{Pulse, Worker},
};
use crate::{raw::Failure, sink::tables::Table, sink::target::now};
use postgres::{Error, Transaction};
use std::{collections::HashSet, io::Write, ops::Range};

/// What the run has done so far, written with each transaction.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub written: i64,
    pub unchanged: i64,
    pub failed: i64,
}

/// Tables of a session that rows pass through.
pub(super) const PASSAGES: &str = "
    CREATE TEMPORARY TABLE IF NOT EXISTS incoming_documents (LIKE documents) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE IF NOT EXISTS incoming_entities (LIKE canonical_entities) ON COMMIT DELETE ROWS";

/// Writes the documents of a range, and, when `counts` are given, what else the batch holds.
///
/// It fails when another program puts one of the documents there meanwhile; done again, it finds that one there.
pub(super) fn send(
    client: &mut Worker,
    batch: &Batch,
    range: Range<usize>,
    run: i64,
    counts: Option<Counts>,
) -> Result<(), Error> {
    let pulse = client.pulse();
    let mut transaction = client.transaction()?;
    put_links(&mut transaction, batch, &pulse)?;
    if !range.is_empty() {
        let same = put_documents(&mut transaction, batch, range.clone(), &pulse)?;
        let is_put = |idx: usize| !same.contains(&batch.documents[idx].id);
        let tables = Table::ALL.iter().filter(|table| !matches!(table, Table::Documents | Table::CanonicalEntities));
        for &table in tables {
            copy(&mut transaction, table.name(), batch.stretches(table, range.clone(), is_put), &pulse)?;
        }
    }
    if let Some(counts) = counts {
        put_failures(&mut transaction, batch, run)?;
        put_counts(&mut transaction, run, counts)?;
    }
    transaction.commit()
}

/// The newest lists win; a row is untouched when nothing changed.
fn put_links(transaction: &mut Transaction<'_>, batch: &Batch, pulse: &Pulse) -> Result<(), Error> {
    if batch.links.is_empty() {
        return Ok(());
    }
    copy(transaction, "incoming_entities", batch.links.values().map(Vec::as_slice), pulse)?;
    transaction.batch_execute(
        "INSERT INTO canonical_entities AS held SELECT * FROM incoming_entities ORDER BY link
         ON CONFLICT (link) DO UPDATE SET kind = excluded.kind, subtype = excluded.subtype, label = excluded.label,
            country = excluded.country, same_as = excluded.same_as
         WHERE (held.kind, held.subtype, held.label, held.country, held.same_as)
            IS DISTINCT FROM (excluded.kind, excluded.subtype, excluded.label, excluded.country, excluded.same_as)",
    )
}

/// Puts documents where none is, and in place of those with other marks or another record; the ids of those that were
/// there just so.
///
/// What is new is written once, straight into its table. An older document goes with all its rows; one that is there
/// already stays, and leaves no dead rows behind.
fn put_documents(
    transaction: &mut Transaction<'_>,
    batch: &Batch,
    range: Range<usize>,
    pulse: &Pulse,
) -> Result<HashSet<String>, Error> {
    let mut held = held(transaction, &batch.documents[range.clone()])?;
    let is_held = |idx: usize| held.contains(&batch.documents[idx].id);
    let new = batch.stretches(Table::Documents, range.clone(), |idx| !is_held(idx));
    copy(transaction, Table::Documents.name(), new, pulse)?;
    if held.is_empty() {
        return Ok(held);
    }
    copy(transaction, "incoming_documents", batch.stretches(Table::Documents, range, is_held), pulse)?;
    transaction.batch_execute(
        "DELETE FROM documents AS held USING incoming_documents AS incoming
         WHERE held.document_id = incoming.document_id
            AND ((held.hash, held.gazzetta, held.gazetteers, held.config)
                IS DISTINCT FROM (incoming.hash, incoming.gazzetta, incoming.gazetteers, incoming.config)
                OR held.record::text IS DISTINCT FROM incoming.record::text)",
    )?;
    let put = "INSERT INTO documents SELECT * FROM incoming_documents ORDER BY document_id
               ON CONFLICT (document_id) DO NOTHING RETURNING document_id";
    for row in transaction.query(put, &[])? {
        held.remove(row.try_get::<_, &str>(0)?);
    }
    Ok(held)
}

/// Ids of those documents of which the database holds a version, which nobody else changes until the end of the transaction.
fn held(transaction: &mut Transaction<'_>, documents: &[Document]) -> Result<HashSet<String>, Error> {
    let ids: Vec<&str> = documents.iter().map(|document| document.id.as_str()).collect();
    let held = "SELECT document_id FROM documents WHERE document_id = ANY($1) FOR UPDATE";
    let held = transaction.query(held, &[&ids])?;
    held.iter().map(|row| row.try_get(0)).collect()
}

/// Bytes that are sent at once, about. Every message costs a turn of the client, the network and the server.
const PART_BYTES: usize = 64 << 10;

fn copy<'r>(
    transaction: &mut Transaction<'_>,
    table: &str,
    rows: impl Iterator<Item = &'r [u8]>,
    pulse: &Pulse,
) -> Result<(), Error> {
    let mut rows = rows.filter(|rows| !rows.is_empty()).peekable();
    if rows.peek().is_none() {
        return Ok(());
    }
    let mut writer = transaction.copy_in(format!("COPY {table} FROM STDIN (FORMAT binary)").as_str())?;
    let mut part = HEADER.to_vec();
    for piece in rows.flat_map(|rows| rows.chunks(PART_BYTES)).chain([TRAILER]) {
        part.extend_from_slice(piece);
        if part.len() >= PART_BYTES {
            pulse.beat();
            // What goes wrong on the way is told, better, when the copy is finished.
            let _ = writer.write_all(&part);
            part.clear();
        }
    }
    let _ = writer.write_all(&part);
    writer.finish().map(drop)
}

fn put_failures(transaction: &mut Transaction<'_>, batch: &Batch, run: i64) -> Result<(), Error> {
    if !batch.cleared.is_empty() {
        let clear = "DELETE FROM failures WHERE document_id = ANY($1) AND code <> 'duplicate-id'";
        transaction.execute(clear, &[&batch.cleared])?;
    }
    let failures: Vec<&Failure> = batch.failures.values().collect();
    if failures.is_empty() {
        return Ok(());
    }
    let column = |cell: fn(&Failure) -> &str| failures.iter().map(|failure| storable(cell(failure))).collect();
    let ids: Vec<String> = column(|failure| &failure.id);
    let codes: Vec<String> = column(|failure| failure.code);
    let stages: Vec<String> = column(|failure| failure.stage.as_str());
    let reasons: Vec<String> = column(|failure| &failure.reason);
    let uris: Vec<String> = column(|failure| &failure.uri);
    transaction.execute(
        "INSERT INTO failures AS held SELECT id, code, stage, reason, uri, 1, $6::text, $6::text, $7::bigint
         FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS f (id, code, stage, reason, uri)
         ON CONFLICT (document_id, code) DO UPDATE SET stage = excluded.stage, reason = excluded.reason,
            uri = excluded.uri, attempts = held.attempts + (held.last_run <> excluded.last_run)::int,
            last_seen = excluded.last_seen, last_run = excluded.last_run",
        &[&ids, &codes, &stages, &reasons, &uris, &now(), &run],
    )?;
    Ok(())
}

fn put_counts(transaction: &mut Transaction<'_>, run: i64, counts: Counts) -> Result<(), Error> {
    let Counts { written, unchanged, failed } = counts;
    let update = "UPDATE runs SET written = $1, unchanged = $2, failed = $3 WHERE run = $4";
    transaction.execute(update, &[&written, &unchanged, &failed, &run])?;
    Ok(())
}

/// Writes a range of documents; those that the database refuses are taken out one by one, and `refuse` is told.
pub(super) fn send_apart(
    range: Range<usize>,
    documents: &[Document],
    send: &mut dyn FnMut(Range<usize>) -> Result<Option<String>, crate::sink::SinkError>,
    refuse: &mut dyn FnMut(Failure),
) -> Result<(), crate::sink::SinkError> {
    let Some(reason) = send(range.clone())? else { return Ok(()) };
    if range.len() <= 1 {
        documents[range].iter().for_each(|document| refuse(document.unstorable(reason.clone())));
        return Ok(());
    }
    let middle = range.start + range.len() / 2;
    send_apart(range.start..middle, documents, send, refuse)?;
    send_apart(middle..range.end, documents, send, refuse)
}
