//! What do we tell the reader? The record `gazzetta.record/1`: wire types, apart from the types inside.
//!
//! Read this file, then `build.rs`, which alone turns spans into code points.

mod build;
mod digest;

pub use digest::Digest;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The schema that this program writes.
pub const SCHEMA: &str = "gazzetta.record/1";

/// One record: everything that was read in one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "gazzetta.record/1")]
pub struct Record {
    /// Always `gazzetta.record/1`.
    pub schema: String,
    /// Key of the document in every output.
    pub id: String,
    /// What arrived.
    pub source: Source,
    /// Title, declared or read.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<Published>,
    /// Language of the document and of its passages.
    pub language: Language,
    /// The text that offsets count over, as written.
    pub text: String,
    /// Stretches that name something, in order; they never overlap.
    pub mentions: Vec<Mention>,
    /// Things named, with all their mentions.
    pub entities: Vec<Entity>,
    /// Who is what, where.
    pub roles: Vec<Role>,
    /// Short and long forms that the document pairs.
    pub acronyms: Vec<Acronym>,
    /// When bodies came into being.
    #[serde(default)]
    pub foundings: Vec<Founding>,
    /// Who went where, when, to meet whom, about what.
    pub missions: Vec<Mission>,
    /// Codes of the sectors of the document, the weightiest first.
    #[serde(default)]
    pub sectors: Vec<SectorWeight>,
    /// Doubts.
    pub warnings: Vec<Warning>,
    /// What made the record.
    pub provenance: Provenance,
}

/// What arrived.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Path relative to the input, or the URL that came with the document.
    pub uri: String,
    /// Media type.
    pub media: String,
    /// Character encoding it was decoded from.
    pub charset: String,
    /// Length in bytes, as it arrived.
    pub bytes: u64,
    /// Content hash.
    pub hash: String,
}

/// Day of publication and where it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// `meta`, `dateline`, `file-name` or `option`.
    pub from: String,
}

/// Language of the document and of its passages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Language {
    /// ISO 639-1 code, or `und`.
    pub code: String,
    /// From 0 to 1.
    pub confidence: f64,
    /// Passages in the order of the text.
    pub segments: Vec<Segment>,
}

/// A passage in one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Segment {
    /// First code point of `text`.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// ISO 639-1 code, or `und`.
    pub code: String,
    /// From 0 to 1.
    pub confidence: f64,
}

/// A stretch that names something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// `m1`, `m2`, … in the order of the text.
    pub id: String,
    /// `institution`, `person`, `place`, `date`, `sector`, `amount`, or a kind that a list declares.
    pub kind: String,
    /// First code point of `text`.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// First code point of the decoded source; null where a format has no character positions.
    pub source_start: Option<usize>,
    /// One past the last.
    pub source_end: Option<usize>,
    /// `text[start..end]`.
    pub text: String,
    /// The entity it names; null for dates, sectors and amounts.
    pub entity: Option<String>,
    /// Normal form: a date, a code, or an amount.
    pub value: Option<Value>,
    /// What the word before a date says of it: `from`, `until` or `by`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<String>,
    /// Parts of a date that the text does not say itself: `year`, `month`, `anchor`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inferred: Vec<String>,
    /// Part of the release, if not the body: `headline`, `dateline`, `boilerplate`, `contacts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// From 0 to 1.
    pub confidence: f64,
    /// Why it was tagged.
    pub why: Why,
}

/// Normal form of a mention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Value {
    /// A date or a code.
    Text(String),
    /// An amount.
    Amount {
        /// The number.
        number: f64,
        /// ISO 4217 code, `%`, or the counted noun.
        unit: String,
        /// Whether the text calls it approximate.
        approx: bool,
    },
}

/// Why a stretch was tagged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Why {
    /// `gazetteer` or `rule`.
    pub by: String,
    /// Row of the lists that fired or that a rule went by.
    pub entry: Option<String>,
    /// Rule that fired.
    pub rule: Option<String>,
    /// What had to be folded to meet the row's name.
    pub folds: Vec<String>,
}

/// A thing, with all its mentions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// `e1`, `e2`, … in the order of first mention.
    pub id: String,
    /// Kind of its mentions.
    pub kind: String,
    /// Finer sort.
    pub subtype: Option<String>,
    /// Fullest form in the document.
    pub name: String,
    /// Canonical name of the row it is linked to.
    pub label: Option<String>,
    /// Short form.
    pub acronym: Option<String>,
    /// Row of the lists; null for an unknown name.
    pub link: Option<String>,
    /// Other ids of the row.
    pub same_as: Vec<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Rows that it may be, best first; empty when there is no doubt.
    pub candidates: Vec<Candidate>,
    /// Its mentions, in order.
    pub mentions: Vec<String>,
}

/// A row that an entity may be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Candidate {
    /// Id of the row.
    pub id: String,
    /// From 0 to 1.
    pub score: f64,
}

/// A person's office or affiliation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Role {
    /// Entity of the person.
    pub person: String,
    /// Id of the office.
    pub role: Option<String>,
    /// Words of the text, in the singular; null for an affiliation without an office.
    pub text: Option<String>,
    /// Entity of the body, or of the town of a mayor.
    pub institution: Option<String>,
    /// Mentions that say so.
    pub mentions: Vec<String>,
    /// Code points of the words that say so.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// A short and a long form that the document pairs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Acronym {
    /// As written.
    pub short: String,
    /// As written.
    pub long: String,
    /// Entity that has both.
    pub entity: String,
}

/// Who went where, when, to meet whom, about what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mission {
    /// Entity of the sending body or territory.
    pub origin: Option<String>,
    /// Countries visited.
    pub destinations: Vec<Destination>,
    /// First day or month.
    pub start: Option<String>,
    /// Last day or month.
    pub end: Option<String>,
    /// Entity of the person who heads the party.
    pub lead: Option<String>,
    /// Entities of bodies that travel with the origin.
    pub participants: Vec<String>,
    /// Entities of bodies met or visited.
    pub met: Vec<String>,
    /// Codes of sectors.
    pub sectors: Vec<String>,
    /// Single meetings.
    pub meetings: Vec<Meeting>,
    /// What was signed.
    pub agreements: Vec<Agreement>,
    /// `outgoing` or `incoming`.
    pub kind: Option<String>,
    /// `announced`, `under-way` or `concluded`.
    pub status: Option<String>,
    /// Size of the party.
    pub size: Option<u32>,
    /// Joins the missions of several documents: same origin, country and week.
    pub key: Option<String>,
    /// Share of the slots that are filled.
    pub completeness: f64,
    /// From 0 to 1.
    pub confidence: f64,
    /// Code points of the words that each slot came from.
    pub evidence: BTreeMap<String, Vec<[usize; 2]>>,
}

/// When a body came into being.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Founding {
    /// Entity of the body.
    pub institution: String,
    /// Year, month or day.
    pub date: String,
    /// First code point of the words that say so.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// A country visited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Destination {
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Entities of places in it.
    pub places: Vec<String>,
}

/// One meeting of a mission.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Meeting {
    /// Entities of bodies met.
    pub with: Vec<String>,
    /// Entities of people met.
    pub people: Vec<String>,
    /// Entity of the place.
    pub place: Option<String>,
    /// Day.
    pub date: Option<String>,
    /// First code point of the sentence that tells of it.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// Something signed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Agreement {
    /// Words that name it.
    pub text: String,
    /// Entities that signed.
    pub parties: Vec<String>,
    /// What it is about, as written.
    #[serde(default)]
    pub subject: Option<String>,
    /// Codes of sectors it is about.
    pub sectors: Vec<String>,
    /// First code point of the sentence that tells of it.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// A sector of the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SectorWeight {
    /// Code of the taxonomy.
    pub code: String,
    /// Number of mentions.
    pub mentions: usize,
}

/// A doubt about the document or a mention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// A stable word for programs.
    pub code: String,
    /// Mention that is meant, if one is.
    pub mention: Option<String>,
    /// What is doubtful, for a person.
    pub text: String,
}

/// What made the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Provenance {
    /// Version of the program.
    pub gazzetta: String,
    /// Hash of the lists.
    pub gazetteers: String,
    /// Hash of the configuration.
    pub config: String,
}

/// The JSON Schema of [`Record`].
pub fn schema() -> serde_json::Value {
    serde_json::Value::from(schemars::schema_for!(Record))
}
