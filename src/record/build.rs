//! From what was found to what is told. Here alone a span becomes code points.

use super::{
    Acronym, Agreement, Candidate, Destination, Entity, Founding, Language, Meeting, Mention, Mission, Provenance,
    Published, Record, Role, SCHEMA, SectorWeight, Segment, Source, Value, Warning, Why,
};
use crate::{
    annotate::{self, Evidence, value},
    document::{Document, Zone},
    lexicon::{Kind, Lexicon},
    raw::Media,
    resolve::{Entities, EntityIdx, Relations, relations},
    text::{Span, Text},
};

impl Record {
    /// The record of a document.
    pub fn new(
        document: &Document<'_>,
        media: Media,
        mentions: &[annotate::Mention],
        entities: &Entities,
        relations: &Relations,
        lexicon: &Lexicon,
        provenance: &Provenance,
    ) -> Self {
        let builder = Builder { document, lexicon, points: Points { text: &document.text } };
        Self {
            schema: SCHEMA.to_owned(),
            id: document.meta.id.clone(),
            source: builder.source(media),
            title: document.title.clone(),
            published: document.published.map(|published| Published {
                date: published.date.to_string(),
                from: published.from.as_str().to_owned(),
            }),
            language: builder.language(),
            text: document.as_str().to_owned(),
            mentions: mentions
                .iter()
                .enumerate()
                .map(|(idx, mention)| builder.mention(idx, mention, entities))
                .collect(),
            entities: entities.entities.iter().enumerate().map(|(idx, entity)| builder.entity(idx, entity)).collect(),
            roles: relations.roles.iter().map(|role| builder.role(role)).collect(),
            acronyms: relations.acronyms.iter().map(acronym).collect(),
            foundings: relations.foundings.iter().map(|founding| builder.founding(founding)).collect(),
            missions: relations.missions.iter().map(|mission| builder.mission(mission, entities)).collect(),
            sectors: sectors(mentions),
            warnings: builder.warnings(mentions),
            provenance: provenance.clone(),
        }
    }
}

struct Builder<'a> {
    document: &'a Document<'a>,
    lexicon: &'a Lexicon,
    points: Points<'a>,
}

impl Builder<'_> {
    fn source(&self, media: Media) -> Source {
        let meta = &self.document.meta;
        Source {
            uri: meta.uri.clone(),
            media: media.as_str().to_owned(),
            charset: meta.charset.clone(),
            bytes: meta.n_bytes,
            hash: meta.hash.clone(),
        }
    }

    fn language(&self) -> Language {
        let detection = &self.document.detection;
        let segments = detection.segments.iter().map(|segment| {
            let [start, end] = self.points.of(segment.span);
            Segment { start, end, code: segment.code.clone(), confidence: hundredths(segment.confidence) }
        });
        Language {
            code: detection.code.clone(),
            confidence: hundredths(detection.confidence),
            segments: segments.collect(),
        }
    }

    fn mention(&self, idx: usize, mention: &annotate::Mention, entities: &Entities) -> Mention {
        let [start, end] = self.points.of(mention.span);
        let source = self.document.text.source_span(mention.span);
        let date = match &mention.value {
            Some(value::Value::Date(date)) => Some(date),
            _ => None,
        };
        let zone = self.document.sentence_at(mention.span.start()).map_or(Zone::Body, |sentence| sentence.zone);
        Mention {
            id: mention_id(idx),
            kind: self.lexicon.gazetteer.kind_word(mention.kind).to_owned(),
            start,
            end,
            source_start: Some(source.start),
            source_end: Some(source.end),
            text: mention.span.of(self.document.as_str()).to_owned(),
            entity: entities.of_mention[idx].map(entity_id),
            value: mention.value.as_ref().and_then(wire_value),
            bound: date.and_then(|date| date.bound).map(|bound| bound.as_str().to_owned()),
            inferred: date
                .map_or(Vec::new(), |date| date.inferred.iter().map(|part| part.as_str().to_owned()).collect()),
            zone: (zone != Zone::Body).then(|| zone.as_str().to_owned()),
            confidence: mention.confidence.to_fraction(),
            why: self.why(&mention.why),
        }
    }

    fn why(&self, why: &annotate::Why) -> Why {
        let (entry, rule) = match why.by {
            Evidence::Entry(entry) => (Some(entry), None),
            Evidence::Rule(rule) => (None, Some(rule)),
            Evidence::Both(entry, rule) => (Some(entry), Some(rule)),
        };
        Why {
            by: if rule.is_some() { "rule" } else { "gazetteer" }.to_owned(),
            entry: entry.map(|entry| self.lexicon.gazetteer.id(entry).to_owned()),
            rule: rule.map(str::to_owned),
            folds: why.folds.words().map(str::to_owned).collect(),
        }
    }

    fn entity(&self, idx: usize, entity: &crate::resolve::Entity) -> Entity {
        let row = entity.link.map(|link| self.lexicon.gazetteer.entry(link));
        Entity {
            id: entity_id(EntityIdx(idx)),
            kind: self.lexicon.gazetteer.kind_word(entity.kind).to_owned(),
            subtype: entity.subtype.map(|subtype| subtype.as_str().to_owned()),
            name: entity.name.clone(),
            label: row.map(|row| row.name.to_owned()),
            acronym: entity.acronym.clone(),
            link: row.map(|row| row.id.to_owned()),
            same_as: row.map_or(Vec::new(), |row| {
                row.same_as.split('|').filter(|id| !id.is_empty()).map(str::to_owned).collect()
            }),
            country: entity.country.clone(),
            candidates: entity
                .candidates
                .iter()
                .map(|&(entry, score)| Candidate {
                    id: self.lexicon.gazetteer.id(entry).to_owned(),
                    score: f64::from(score) / 100.0,
                })
                .collect(),
            mentions: entity.mentions.iter().map(|&idx| mention_id(idx)).collect(),
        }
    }

    fn role(&self, role: &relations::Role) -> Role {
        let [start, end] = self.points.of(role.evidence);
        Role {
            person: entity_id(role.person),
            role: role.role.clone(),
            text: role.text.clone(),
            institution: role.institution.map(entity_id),
            mentions: role.mentions.iter().map(|&idx| mention_id(idx)).collect(),
            start,
            end,
        }
    }

    fn mission(&self, mission: &relations::Mission, entities: &Entities) -> Mission {
        let ids = |list: &[EntityIdx]| list.iter().copied().map(entity_id).collect();
        Mission {
            origin: mission.origin.map(entity_id),
            destinations: mission
                .destinations
                .iter()
                .map(|destination| Destination {
                    country: destination.country.clone(),
                    places: ids(&destination.places),
                })
                .collect(),
            start: mission.start.clone(),
            end: mission.end.clone(),
            lead: mission.lead.map(entity_id),
            participants: ids(&mission.participants),
            met: ids(&mission.met),
            sectors: mission.sectors.clone(),
            meetings: mission.meetings.iter().map(|meeting| self.meeting(meeting)).collect(),
            agreements: mission.agreements.iter().map(|agreement| self.agreement(agreement)).collect(),
            kind: mission.kind.map(str::to_owned),
            status: mission.status.map(str::to_owned),
            size: mission.size,
            key: self.mission_key(mission, entities),
            completeness: f64::from(mission.completeness) / 100.0,
            confidence: f64::from(mission.confidence) / 100.0,
            evidence: mission
                .evidence
                .iter()
                .map(|(slot, spans)| ((*slot).to_owned(), spans.iter().map(|&span| self.points.of(span)).collect()))
                .collect(),
        }
    }

    /// Origin and first country, so that the documents of one mission meet; null when either is unknown.
    fn mission_key(&self, mission: &relations::Mission, entities: &Entities) -> Option<String> {
        let origin = &entities.entities[mission.origin?.0];
        let origin =
            origin.link.map_or_else(|| origin.name.to_lowercase(), |link| self.lexicon.gazetteer.id(link).to_owned());
        let country = mission.destinations.iter().find_map(|destination| destination.country.as_deref())?;
        Some(format!("{origin}>{country}"))
    }

    fn founding(&self, founding: &relations::Founding) -> Founding {
        let [start, end] = self.points.of(founding.evidence);
        Founding { institution: entity_id(founding.institution), date: founding.date.clone(), start, end }
    }

    fn meeting(&self, meeting: &relations::Meeting) -> Meeting {
        let [start, end] = self.points.of(meeting.span);
        let ids = |list: &[EntityIdx]| list.iter().copied().map(entity_id).collect();
        Meeting {
            with: ids(&meeting.with),
            people: ids(&meeting.people),
            place: meeting.place.map(entity_id),
            date: meeting.date.clone(),
            start,
            end,
        }
    }

    fn agreement(&self, agreement: &relations::Agreement) -> Agreement {
        let [start, end] = self.points.of(agreement.span);
        Agreement {
            text: agreement.text.clone(),
            parties: agreement.parties.iter().copied().map(entity_id).collect(),
            subject: agreement.subject.map(|span| span.of(self.document.as_str()).to_owned()),
            sectors: agreement.sectors.clone(),
            start,
            end,
        }
    }

    fn warnings(&self, mentions: &[annotate::Mention]) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.document.meta.had_replacements {
            warnings.push(Warning {
                code: "charset-replacements".to_owned(),
                mention: None,
                text: format!("some bytes are not {} and were replaced", self.document.meta.charset),
            });
        }
        for (idx, mention) in mentions.iter().enumerate() {
            if let Some(value::Value::Date(value::DateValue { warning: Some(warning), .. })) = &mention.value {
                warnings.push(Warning {
                    code: warning.code.to_owned(),
                    mention: Some(mention_id(idx)),
                    text: warning.text.to_owned(),
                });
            }
        }
        warnings
    }
}

fn acronym(acronym: &relations::Acronym) -> Acronym {
    Acronym { short: acronym.short.clone(), long: acronym.long.clone(), entity: entity_id(acronym.entity) }
}

/// Codes by falling number of mentions, then in the order of the text.
fn sectors(mentions: &[annotate::Mention]) -> Vec<SectorWeight> {
    let mut sectors: Vec<SectorWeight> = Vec::new();
    for mention in mentions.iter().filter(|mention| mention.kind == Kind::Sector) {
        let Some(value::Value::Code(code)) = &mention.value else { continue };
        match sectors.iter_mut().find(|sector| sector.code == *code) {
            Some(sector) => sector.mentions += 1,
            None => sectors.push(SectorWeight { code: code.clone(), mentions: 1 }),
        }
    }
    sectors.sort_by_key(|sector| std::cmp::Reverse(sector.mentions));
    sectors
}

fn wire_value(value: &value::Value) -> Option<Value> {
    match value {
        value::Value::Code(code) => Some(Value::Text(code.clone())),
        value::Value::Date(date) => date.iso.clone().map(Value::Text),
        value::Value::Amount(amount) => {
            Some(Value::Amount { number: amount.number, unit: amount.unit.clone(), approx: amount.is_approximate })
        }
    }
}

fn mention_id(idx: usize) -> String {
    numbered('m', idx + 1)
}

fn entity_id(idx: EntityIdx) -> String {
    numbered('e', idx.0 + 1)
}

/// `letter` with `number`: some thirty of them a record, for which general formatting took a fiftieth of all the time.
fn numbered(letter: char, number: usize) -> String {
    let mut buffer = itoa::Buffer::new();
    let figures = buffer.format(number);
    let mut id = String::with_capacity(1 + figures.len());
    id.push(letter);
    id.push_str(figures);
    id
}

/// Rounds to two decimals, so that no record depends on the last bits of a sum.
fn hundredths(fraction: f64) -> f64 {
    (fraction * 100.0).round() / 100.0
}

/// The code points of spans of clean text.
struct Points<'a> {
    text: &'a Text,
}

impl Points<'_> {
    fn of(&self, span: Span) -> [usize; 2] {
        self.text.code_points(span)
    }
}
