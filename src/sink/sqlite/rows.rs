//! A record as rows. Every statement is prepared once and kept by the connection.

use crate::record::{Agreement, Entity, Meeting, Mention, Mission, Record, Value};
use rusqlite::{Connection, Result, params};
use std::collections::HashSet;

/// Writes the rows of records.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Rows of the lists that were written in this run.
    links: HashSet<String>,
}

impl Rows {
    /// Adds the rows of a document that the database does not hold.
    pub fn insert(&mut self, connection: &Connection, record: &Record, line: &[u8]) -> Result<()> {
        insert_document(connection, record, line)?;
        self.insert_entities(connection, record)?;
        insert_mentions(connection, record)?;
        insert_roles(connection, record)?;
        insert_lists(connection, record)?;
        for (idx, mission) in record.missions.iter().enumerate() {
            insert_mission(connection, &record.id, idx + 1, mission)?;
        }
        Ok(())
    }

    /// Forgets what was written, after a transaction was given up.
    pub fn forget(&mut self) {
        self.links.clear();
    }

    fn insert_entities(&mut self, connection: &Connection, record: &Record) -> Result<()> {
        let mut insert = connection.prepare_cached("INSERT INTO entities VALUES (?,?,?,?,?,?,?,?,?,?,?)")?;
        for entity in &record.entities {
            if let Some(link) = entity.link.as_deref()
                && !self.links.contains(link)
            {
                insert_canonical(connection, link, entity)?;
                self.links.insert(link.to_owned());
            }
            let candidates = (!entity.candidates.is_empty()).then(|| json(&entity.candidates));
            insert.execute(params![
                record.id,
                entity.id,
                entity.kind,
                entity.subtype,
                entity.name,
                entity.label,
                entity.acronym,
                entity.link,
                entity.country,
                candidates,
                entity.mentions.len(),
            ])?;
        }
        Ok(())
    }
}

/// A list as JSON.
fn json<T: serde::Serialize>(list: &T) -> String {
    serde_json::to_string(list).expect("the parts of a record have string keys and finite numbers only")
}

fn insert_document(connection: &Connection, record: &Record, line: &[u8]) -> Result<()> {
    let line = std::str::from_utf8(line).expect("JSON is UTF-8");
    connection.prepare_cached("INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")?.execute(params![
        record.id,
        record.source.uri,
        record.source.media,
        record.source.charset,
        record.source.bytes.cast_signed(),
        record.source.hash,
        record.provenance.gazzetta,
        record.provenance.gazetteers,
        record.provenance.config,
        record.title,
        record.published.as_ref().map(|published| &published.date),
        record.published.as_ref().map(|published| &published.from),
        record.language.code,
        record.language.confidence,
        line,
    ])?;
    Ok(())
}

/// The newest lists win; the row is untouched when nothing changed.
fn insert_canonical(connection: &Connection, link: &str, entity: &Entity) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO canonical_entities VALUES (?1,?2,?3,?4,?5,?6) ON CONFLICT (link) DO UPDATE
             SET kind = ?2, subtype = ?3, label = ?4, country = ?5, same_as = ?6
             WHERE (kind, subtype, label, country, same_as) IS NOT (?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![link, entity.kind, entity.subtype, entity.label, entity.country, json(&entity.same_as)])?;
    Ok(())
}

fn insert_mentions(connection: &Connection, record: &Record) -> Result<()> {
    let mut insert = connection.prepare_cached("INSERT INTO mentions VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")?;
    for mention in &record.mentions {
        insert.execute(params![
            record.id,
            mention.id,
            mention.kind,
            mention.start,
            mention.end,
            mention.source_start,
            mention.source_end,
            mention.text,
            mention.entity,
            match &mention.value {
                Some(Value::Text(text)) => Some(text),
                _ => None,
            },
            mention.bound,
            words(&mention.inferred),
            mention.zone,
            mention.confidence,
            mention.why.by,
            mention.why.entry,
            mention.why.rule,
            words(&mention.why.folds),
        ])?;
        insert_amount(connection, &record.id, mention)?;
    }
    Ok(())
}

/// Words of ours in one cell; null for none.
fn words(words: &[String]) -> Option<String> {
    (!words.is_empty()).then(|| words.join(" "))
}

fn insert_amount(connection: &Connection, document: &str, mention: &Mention) -> Result<()> {
    if let Some(Value::Amount { number, unit, approx }) = &mention.value {
        connection
            .prepare_cached("INSERT INTO amounts VALUES (?,?,?,?,?)")?
            .execute(params![document, mention.id, number, unit, approx])?;
    }
    Ok(())
}

fn insert_roles(connection: &Connection, record: &Record) -> Result<()> {
    let mut insert = connection.prepare_cached("INSERT INTO roles VALUES (?,?,?,?,?,?,?,?)")?;
    for (idx, role) in record.roles.iter().enumerate() {
        insert.execute(params![
            record.id,
            idx + 1,
            role.person,
            role.role,
            role.text,
            role.institution,
            role.start,
            role.end
        ])?;
    }
    Ok(())
}

fn insert_lists(connection: &Connection, record: &Record) -> Result<()> {
    let mut insert = connection.prepare_cached("INSERT INTO acronyms VALUES (?,?,?,?,?)")?;
    for (idx, acronym) in record.acronyms.iter().enumerate() {
        insert.execute(params![record.id, idx + 1, acronym.short, acronym.long, acronym.entity])?;
    }
    let mut insert = connection.prepare_cached("INSERT INTO document_sectors VALUES (?,?,?,?)")?;
    for (idx, sector) in record.sectors.iter().enumerate() {
        insert.execute(params![record.id, idx + 1, sector.code, sector.mentions])?;
    }
    Ok(())
}

fn insert_mission(connection: &Connection, document: &str, mission_no: usize, mission: &Mission) -> Result<()> {
    connection.prepare_cached("INSERT INTO missions VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)")?.execute(params![
        document,
        mission_no,
        mission.origin,
        mission.lead,
        mission.start,
        mission.end,
        mission.kind,
        mission.status,
        mission.size,
        mission.key,
        mission.completeness,
        mission.confidence,
        json(&mission.evidence),
    ])?;
    insert_destinations(connection, document, mission_no, mission)?;
    let mut insert = connection.prepare_cached("INSERT INTO mission_parties VALUES (?,?,?,?,?)")?;
    let origin = mission.origin.as_slice();
    for (part, ids) in [("origin", origin), ("participant", &mission.participants), ("met", &mission.met)] {
        for (idx, id) in ids.iter().enumerate() {
            insert.execute(params![document, mission_no, part, idx + 1, id])?;
        }
    }
    let mut insert = connection.prepare_cached("INSERT INTO mission_sectors VALUES (?,?,?,?)")?;
    for (idx, sector) in mission.sectors.iter().enumerate() {
        insert.execute(params![document, mission_no, idx + 1, sector])?;
    }
    for (idx, meeting) in mission.meetings.iter().enumerate() {
        insert_meeting(connection, document, mission_no, idx + 1, meeting)?;
    }
    for (idx, agreement) in mission.agreements.iter().enumerate() {
        insert_agreement(connection, document, mission_no, idx + 1, agreement)?;
    }
    Ok(())
}

fn insert_destinations(connection: &Connection, document: &str, mission_no: usize, mission: &Mission) -> Result<()> {
    let mut insert = connection.prepare_cached("INSERT INTO mission_destinations VALUES (?,?,?,?,?,?)")?;
    for (idx, destination) in mission.destinations.iter().enumerate() {
        if destination.places.is_empty() {
            insert.execute(params![document, mission_no, idx + 1, 0, destination.country, None::<&str>])?;
        }
        for (place_idx, place) in destination.places.iter().enumerate() {
            insert.execute(params![document, mission_no, idx + 1, place_idx + 1, destination.country, place])?;
        }
    }
    Ok(())
}

fn insert_meeting(
    connection: &Connection,
    document: &str,
    mission_no: usize,
    meeting_no: usize,
    meeting: &Meeting,
) -> Result<()> {
    connection.prepare_cached("INSERT INTO meetings VALUES (?,?,?,?,?,?,?)")?.execute(params![
        document,
        mission_no,
        meeting_no,
        meeting.place,
        meeting.date,
        meeting.start,
        meeting.end
    ])?;
    let mut insert = connection.prepare_cached("INSERT INTO meeting_parties VALUES (?,?,?,?,?,?)")?;
    for (part, ids) in [("institution", &meeting.with), ("person", &meeting.people)] {
        for (idx, id) in ids.iter().enumerate() {
            insert.execute(params![document, mission_no, meeting_no, part, idx + 1, id])?;
        }
    }
    Ok(())
}

fn insert_agreement(
    connection: &Connection,
    document: &str,
    mission_no: usize,
    agreement_no: usize,
    agreement: &Agreement,
) -> Result<()> {
    connection.prepare_cached("INSERT INTO agreements VALUES (?,?,?,?,?,?,?,?)")?.execute(params![
        document,
        mission_no,
        agreement_no,
        agreement.text,
        json(&agreement.parties),
        json(&agreement.sectors),
        agreement.start,
        agreement.end
    ])?;
    Ok(())
}
