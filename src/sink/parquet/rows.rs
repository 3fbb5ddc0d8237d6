//! A record as a row: what has more shapes than a column may have is laid out.

use crate::record::{
    Acronym, Agreement, Destination, Entity, Founding, Meeting, Mention, Mission, Record, Role, SectorWeight, Value,
    Warning,
};
use serde::Serialize;

/// A row.
#[derive(Debug, Serialize)]
pub(super) struct Row<'r> {
    id: &'r str,
    uri: &'r str,
    media: &'r str,
    charset: &'r str,
    bytes: u64,
    hash: &'r str,
    title: Option<&'r str>,
    published: Option<&'r str>,
    published_from: Option<&'r str>,
    language: &'r str,
    language_confidence: f64,
    text: &'r str,
    mentions: Vec<MentionRow<'r>>,
    entities: &'r [Entity],
    roles: &'r [Role],
    acronyms: &'r [Acronym],
    foundings: &'r [Founding],
    missions: Vec<MissionRow<'r>>,
    sectors: &'r [SectorWeight],
    warnings: &'r [Warning],
    gazzetta: &'r str,
    gazetteers: &'r str,
    config: &'r str,
    record: &'r str,
}

impl<'r> Row<'r> {
    /// The row of a record; `line` is the same as JSON.
    pub fn new(record: &'r Record, line: &'r str) -> Self {
        Self {
            id: &record.id,
            uri: &record.source.uri,
            media: &record.source.media,
            charset: &record.source.charset,
            bytes: record.source.bytes,
            hash: &record.source.hash,
            title: record.title.as_deref(),
            published: record.published.as_ref().map(|published| published.date.as_str()),
            published_from: record.published.as_ref().map(|published| published.from.as_str()),
            language: &record.language.code,
            language_confidence: record.language.confidence,
            text: &record.text,
            mentions: record.mentions.iter().map(MentionRow::new).collect(),
            entities: &record.entities,
            roles: &record.roles,
            acronyms: &record.acronyms,
            foundings: &record.foundings,
            missions: record.missions.iter().map(MissionRow::new).collect(),
            sectors: &record.sectors,
            warnings: &record.warnings,
            gazzetta: &record.provenance.gazzetta,
            gazetteers: &record.provenance.gazetteers,
            config: &record.provenance.config,
            record: line,
        }
    }
}

#[derive(Debug, Serialize)]
struct MentionRow<'r> {
    id: &'r str,
    kind: &'r str,
    start: usize,
    end: usize,
    source_start: Option<usize>,
    source_end: Option<usize>,
    text: &'r str,
    entity: Option<&'r str>,
    value: Option<&'r str>,
    amount: Option<Amount<'r>>,
    bound: Option<&'r str>,
    inferred: &'r [String],
    zone: Option<&'r str>,
    confidence: f64,
    found_by: &'r str,
    entry: Option<&'r str>,
    rule: Option<&'r str>,
    folds: &'r [String],
}

#[derive(Debug, Serialize)]
struct Amount<'r> {
    number: f64,
    unit: &'r str,
    approx: bool,
}

impl<'r> MentionRow<'r> {
    fn new(mention: &'r Mention) -> Self {
        let (value, amount) = match &mention.value {
            Some(Value::Text(value)) => (Some(value.as_str()), None),
            Some(Value::Amount { number, unit, approx }) => {
                (None, Some(Amount { number: *number, unit, approx: *approx }))
            }
            None => (None, None),
        };
        Self {
            id: &mention.id,
            kind: &mention.kind,
            start: mention.start,
            end: mention.end,
            source_start: mention.source_start,
            source_end: mention.source_end,
            text: &mention.text,
            entity: mention.entity.as_deref(),
            value,
            amount,
            bound: mention.bound.as_deref(),
            inferred: &mention.inferred,
            zone: mention.zone.as_deref(),
            confidence: mention.confidence,
            found_by: &mention.why.by,
            entry: mention.why.entry.as_deref(),
            rule: mention.why.rule.as_deref(),
            folds: &mention.why.folds,
        }
    }
}

#[derive(Debug, Serialize)]
struct MissionRow<'r> {
    origin: Option<&'r str>,
    destinations: &'r [Destination],
    start: Option<&'r str>,
    end: Option<&'r str>,
    lead: Option<&'r str>,
    participants: &'r [String],
    met: &'r [String],
    sectors: &'r [String],
    meetings: &'r [Meeting],
    agreements: &'r [Agreement],
    kind: Option<&'r str>,
    status: Option<&'r str>,
    size: Option<u32>,
    key: Option<&'r str>,
    completeness: f64,
    confidence: f64,
    evidence: Vec<Evidence<'r>>,
}

/// Words that a slot of a mission came from.
#[derive(Debug, Serialize)]
struct Evidence<'r> {
    slot: &'r str,
    start: usize,
    end: usize,
}

impl<'r> MissionRow<'r> {
    fn new(mission: &'r Mission) -> Self {
        let evidence = mission
            .evidence
            .iter()
            .flat_map(|(slot, spans)| spans.iter().map(move |&[start, end]| Evidence { slot, start, end }));
        Self {
            origin: mission.origin.as_deref(),
            destinations: &mission.destinations,
            start: mission.start.as_deref(),
            end: mission.end.as_deref(),
            lead: mission.lead.as_deref(),
            participants: &mission.participants,
            met: &mission.met,
            sectors: &mission.sectors,
            meetings: &mission.meetings,
            agreements: &mission.agreements,
            kind: mission.kind.as_deref(),
            status: mission.status.as_deref(),
            size: mission.size,
            key: mission.key.as_deref(),
            completeness: mission.completeness,
            confidence: mission.confidence,
            evidence: evidence.collect(),
        }
    }
}
