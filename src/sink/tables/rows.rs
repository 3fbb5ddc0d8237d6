//! A record as rows.

use super::Table;
use crate::record::{Agreement, Entity, Meeting, Mention, Mission, Record, Value};

/// What stands in a column of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'r> {
    /// Nothing.
    Null,
    /// Words, or a list as JSON.
    Text(&'r str),
    /// A whole number, or 0 and 1.
    Integer(i64),
    /// Any other number.
    Real(f64),
}

/// Takes rows: each after those that it refers to.
pub trait Put {
    /// Why a row was not taken.
    type Error;

    /// Whether it has taken the row of the lists with this id already, and wants it no second time.
    fn has_taken(&self, link: &str) -> bool;

    /// Takes a row.
    fn put(&mut self, table: Table, cells: &[Cell<'_>]) -> Result<(), Self::Error>;
}

/// Hands over the rows of a document; `line` is its record as JSON.
pub fn put_record<P: Put>(record: &Record, line: &str, put: &mut P) -> Result<(), P::Error> {
    put_document(record, line, put)?;
    for entity in &record.entities {
        put_entity(&record.id, entity, put)?;
    }
    for mention in &record.mentions {
        put_mention(&record.id, mention, put)?;
    }
    put_lists(record, put)?;
    for (idx, mission) in record.missions.iter().enumerate() {
        put_mission(&Place { document: &record.id, mission_no: idx + 1 }, mission, put)?;
    }
    Ok(())
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(text)
}

fn optional(text: Option<&String>) -> Cell<'_> {
    text.map_or(Cell::Null, |text| Cell::Text(text))
}

/// Counts and offsets are bounded by the length of a text.
fn number(number: usize) -> Cell<'static> {
    Cell::Integer(number as i64)
}

/// A list as JSON.
fn json<T: serde::Serialize>(list: &T) -> String {
    serde_json::to_string(list).expect("the parts of a record have string keys and finite numbers only")
}

/// Words of ours in one cell; null for none.
fn words(words: &[String]) -> Option<String> {
    (!words.is_empty()).then(|| words.join(" "))
}

fn put_document<P: Put>(record: &Record, line: &str, put: &mut P) -> Result<(), P::Error> {
    let cells = [
        text(&record.id),
        text(&record.source.uri),
        text(&record.source.media),
        text(&record.source.charset),
        Cell::Integer(record.source.bytes.cast_signed()),
        text(&record.source.hash),
        text(&record.provenance.gazzetta),
        text(&record.provenance.gazetteers),
        text(&record.provenance.config),
        optional(record.title.as_ref()),
        optional(record.published.as_ref().map(|published| &published.date)),
        optional(record.published.as_ref().map(|published| &published.from)),
        text(&record.language.code),
        Cell::Real(record.language.confidence),
        text(line),
    ];
    put.put(Table::Documents, &cells)
}

fn put_entity<P: Put>(document: &str, entity: &Entity, put: &mut P) -> Result<(), P::Error> {
    if let Some(link) = entity.link.as_ref().filter(|link| !put.has_taken(link)) {
        let same_as = json(&entity.same_as);
        let cells = [
            text(link),
            text(&entity.kind),
            optional(entity.subtype.as_ref()),
            optional(entity.label.as_ref()),
            optional(entity.country.as_ref()),
            text(&same_as),
        ];
        put.put(Table::CanonicalEntities, &cells)?;
    }
    let candidates = (!entity.candidates.is_empty()).then(|| json(&entity.candidates));
    let cells = [
        text(document),
        text(&entity.id),
        text(&entity.kind),
        optional(entity.subtype.as_ref()),
        text(&entity.name),
        optional(entity.label.as_ref()),
        optional(entity.acronym.as_ref()),
        optional(entity.link.as_ref()),
        optional(entity.country.as_ref()),
        optional(candidates.as_ref()),
        number(entity.mentions.len()),
    ];
    put.put(Table::Entities, &cells)
}

fn put_mention<P: Put>(document: &str, mention: &Mention, put: &mut P) -> Result<(), P::Error> {
    let value = match &mention.value {
        Some(Value::Text(value)) => Cell::Text(value),
        _ => Cell::Null,
    };
    let (inferred, folds) = (words(&mention.inferred), words(&mention.why.folds));
    let cells = [
        text(document),
        text(&mention.id),
        text(&mention.kind),
        number(mention.start),
        number(mention.end),
        mention.source_start.map_or(Cell::Null, number),
        mention.source_end.map_or(Cell::Null, number),
        text(&mention.text),
        optional(mention.entity.as_ref()),
        value,
        optional(mention.bound.as_ref()),
        optional(inferred.as_ref()),
        optional(mention.zone.as_ref()),
        Cell::Real(mention.confidence),
        text(&mention.why.by),
        optional(mention.why.entry.as_ref()),
        optional(mention.why.rule.as_ref()),
        optional(folds.as_ref()),
    ];
    put.put(Table::Mentions, &cells)?;
    if let Some(Value::Amount { number, unit, approx }) = &mention.value {
        let cells =
            [text(document), text(&mention.id), Cell::Real(*number), text(unit), Cell::Integer(i64::from(*approx))];
        put.put(Table::Amounts, &cells)?;
    }
    Ok(())
}

fn put_lists<P: Put>(record: &Record, put: &mut P) -> Result<(), P::Error> {
    for (idx, role) in record.roles.iter().enumerate() {
        let cells = [
            text(&record.id),
            number(idx + 1),
            text(&role.person),
            optional(role.role.as_ref()),
            optional(role.text.as_ref()),
            optional(role.institution.as_ref()),
            number(role.start),
            number(role.end),
        ];
        put.put(Table::Roles, &cells)?;
    }
    for (idx, acronym) in record.acronyms.iter().enumerate() {
        let cells =
            [text(&record.id), number(idx + 1), text(&acronym.short), text(&acronym.long), text(&acronym.entity)];
        put.put(Table::Acronyms, &cells)?;
    }
    for (idx, founding) in record.foundings.iter().enumerate() {
        let cells = [
            text(&record.id),
            number(idx + 1),
            text(&founding.institution),
            text(&founding.date),
            number(founding.start),
            number(founding.end),
        ];
        put.put(Table::Foundings, &cells)?;
    }
    for (idx, sector) in record.sectors.iter().enumerate() {
        let cells = [text(&record.id), number(idx + 1), text(&sector.code), number(sector.mentions)];
        put.put(Table::DocumentSectors, &cells)?;
    }
    Ok(())
}

/// Whose rows follow.
struct Place<'r> {
    document: &'r str,
    mission_no: usize,
}

fn put_mission<P: Put>(place: &Place<'_>, mission: &Mission, put: &mut P) -> Result<(), P::Error> {
    let evidence = json(&mission.evidence);
    let cells = [
        text(place.document),
        number(place.mission_no),
        optional(mission.origin.as_ref()),
        optional(mission.lead.as_ref()),
        optional(mission.start.as_ref()),
        optional(mission.end.as_ref()),
        optional(mission.kind.as_ref()),
        optional(mission.status.as_ref()),
        mission.size.map_or(Cell::Null, |size| Cell::Integer(i64::from(size))),
        optional(mission.key.as_ref()),
        Cell::Real(mission.completeness),
        Cell::Real(mission.confidence),
        text(&evidence),
    ];
    put.put(Table::Missions, &cells)?;
    put_destinations(place, mission, put)?;
    let origin = mission.origin.as_slice();
    for (part, ids) in [("origin", origin), ("participant", &mission.participants), ("met", &mission.met)] {
        for (idx, id) in ids.iter().enumerate() {
            let cells = [text(place.document), number(place.mission_no), text(part), number(idx + 1), text(id)];
            put.put(Table::MissionParties, &cells)?;
        }
    }
    for (idx, sector) in mission.sectors.iter().enumerate() {
        let cells = [text(place.document), number(place.mission_no), number(idx + 1), text(sector)];
        put.put(Table::MissionSectors, &cells)?;
    }
    for (idx, meeting) in mission.meetings.iter().enumerate() {
        put_meeting(place, idx + 1, meeting, put)?;
    }
    for (idx, agreement) in mission.agreements.iter().enumerate() {
        put_agreement(place, idx + 1, agreement, put)?;
    }
    Ok(())
}

fn put_destinations<P: Put>(place: &Place<'_>, mission: &Mission, put: &mut P) -> Result<(), P::Error> {
    for (idx, destination) in mission.destinations.iter().enumerate() {
        let mut put_place = |place_no: usize, id: Cell<'_>| {
            let cells = [
                text(place.document),
                number(place.mission_no),
                number(idx + 1),
                number(place_no),
                optional(destination.country.as_ref()),
                id,
            ];
            put.put(Table::MissionDestinations, &cells)
        };
        if destination.places.is_empty() {
            put_place(0, Cell::Null)?;
        }
        for (place_idx, id) in destination.places.iter().enumerate() {
            put_place(place_idx + 1, text(id))?;
        }
    }
    Ok(())
}

fn put_meeting<P: Put>(place: &Place<'_>, meeting_no: usize, meeting: &Meeting, put: &mut P) -> Result<(), P::Error> {
    let cells = [
        text(place.document),
        number(place.mission_no),
        number(meeting_no),
        optional(meeting.place.as_ref()),
        optional(meeting.date.as_ref()),
        number(meeting.start),
        number(meeting.end),
    ];
    put.put(Table::Meetings, &cells)?;
    for (part, ids) in [("institution", &meeting.with), ("person", &meeting.people)] {
        for (idx, id) in ids.iter().enumerate() {
            let cells = [
                text(place.document),
                number(place.mission_no),
                number(meeting_no),
                text(part),
                number(idx + 1),
                text(id),
            ];
            put.put(Table::MeetingParties, &cells)?;
        }
    }
    Ok(())
}

fn put_agreement<P: Put>(
    place: &Place<'_>,
    agreement_no: usize,
    agreement: &Agreement,
    put: &mut P,
) -> Result<(), P::Error> {
    let (parties, sectors) = (json(&agreement.parties), json(&agreement.sectors));
    let cells = [
        text(place.document),
        number(place.mission_no),
        number(agreement_no),
        text(&agreement.text),
        text(&parties),
        text(&sectors),
        number(agreement.start),
        number(agreement.end),
        optional(agreement.subject.as_ref()),
    ];
    put.put(Table::Agreements, &cells)
}
