//! What a record says, in the terms of the annotations.

use super::gold::{Annotation, Label, Mission};
use crate::record::{self, Record, Value};
use jiff::{
    ToSpan,
    civil::{ISOWeekDate, Weekday},
};
use serde::Deserialize;
use std::collections::HashMap;

/// What was found in a document, in the terms of the annotations.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Prediction {
    /// Id of the annotated document.
    pub id: String,
    /// ISO 639-1 code.
    #[serde(default)]
    pub lang: Option<String>,
    /// Its mentions.
    #[serde(default, rename = "entities")]
    pub mentions: Vec<Annotation>,
    /// Its mission.
    #[serde(default)]
    pub mission: Option<Mission>,
}

impl Prediction {
    /// What `record` says. Its id is the file name of the record's id, without the extension.
    pub fn from_record(record: &Record) -> Self {
        let reader = Reader::new(record);
        let name = record.id.rsplit('/').next().unwrap_or_default();
        let id = name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem });
        let mission = match record.missions.first() {
            Some(mission) => reader.mission(mission),
            None => Mission { present: Some(false), ..Mission::default() },
        };
        Self {
            id: id.to_owned(),
            lang: Some(record.language.code.clone()),
            mentions: record.mentions.iter().filter_map(|mention| reader.mention(mention)).collect(),
            mission: Some(mission),
        }
    }
}

struct Reader<'r> {
    entities: HashMap<&'r str, &'r record::Entity>,
    /// A person's first office and first institution, wherever each is said.
    offices: HashMap<&'r str, (Option<&'r str>, Option<&'r str>)>,
}

impl<'r> Reader<'r> {
    fn new(record: &'r Record) -> Self {
        let entities = record.entities.iter().map(|entity| (entity.id.as_str(), entity)).collect();
        let mut offices: HashMap<&str, (Option<&str>, Option<&str>)> = HashMap::new();
        for role in &record.roles {
            let (text, institution) = offices.entry(&role.person).or_default();
            *text = text.or(role.text.as_deref().filter(|text| !text.is_empty()));
            *institution = institution.or(role.institution.as_deref());
        }
        Self { entities, offices }
    }

    fn name(&self, id: &str) -> Option<String> {
        self.entities.get(id).map(|entity| entity.name.clone())
    }

    fn names(&self, ids: &[String]) -> Vec<String> {
        ids.iter().filter_map(|id| self.name(id)).collect()
    }

    fn mention(&self, mention: &record::Mention) -> Option<Annotation> {
        let label = Label::of_kind(&mention.kind)?;
        let entity = mention.entity.as_deref().and_then(|id| self.entities.get(id));
        let (role, institution) = match (label, mention.entity.as_deref()) {
            (Label::Person, Some(id)) => self.offices.get(id).copied().unwrap_or_default(),
            _ => (None, None),
        };
        let mut value = match &mention.value {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        if label == Label::Date {
            value = value.and_then(|value| coarse(&value));
        }
        if label == Label::Place && value.is_none() {
            let country = entity.filter(|entity| entity.subtype.as_deref() == Some("country"));
            value = country.and_then(|entity| entity.country.clone());
        }
        Some(Annotation {
            start: mention.source_start.unwrap_or(mention.start),
            end: mention.source_end.unwrap_or(mention.end),
            label: label.as_str().to_owned(),
            text: Some(mention.text.clone()),
            subtype: entity.and_then(|entity| entity.subtype.clone()),
            value,
            canonical: entity.map(|entity| entity.name.clone()),
            role: role.map(str::to_owned),
            affiliation: institution.and_then(|id| self.name(id)),
            confidence: Some(mention.confidence),
        })
    }

    fn mission(&self, mission: &record::Mission) -> Mission {
        let one = |value: &Option<String>| value.iter().cloned().collect::<Vec<_>>();
        let one_name = |id: &Option<String>| id.iter().filter_map(|id| self.name(id)).collect();
        Mission {
            present: Some(true),
            origin: one_name(&mission.origin),
            countries: mission.destinations.iter().filter_map(|destination| destination.country.clone()).collect(),
            cities: mission.destinations.iter().flat_map(|destination| self.names(&destination.places)).collect(),
            start: one(&mission.start),
            end: one(&mission.end),
            lead: one_name(&mission.lead),
            participants: self.names(&mission.participants),
            met: self.names(&mission.met),
            sectors: mission.sectors.clone(),
        }
    }
}

/// A date value in the coarser terms of the annotations: no clock, weeks, quarters and halves as intervals, no seasons.
fn coarse(value: &str) -> Option<String> {
    if let Some((first, last)) = value.split_once('/') {
        let end = |end: &str| if end == ".." { Some(end.to_owned()) } else { coarse(end) };
        let (first, last) = (end(first)?, end(last)?);
        return Some(match (first.as_str(), last.as_str()) {
            ("..", _) => last,
            (_, "..") => first,
            _ if first == last => first,
            _ => {
                let start = first.split('/').next().unwrap_or(&first);
                let end = last.rsplit('/').next().unwrap_or(&last);
                format!("{start}/{end}")
            }
        });
    }
    let value = value.split('T').next().unwrap_or(value);
    let (year, rest) = value.split_at_checked(4).filter(|(year, _)| is_digits(year))?;
    let parts: Vec<&str> = rest.split('-').collect();
    match parts.as_slice() {
        [""] => Some(value.to_owned()),
        ["", month] if is_digits(month) && month.len() == 2 => Some(value.to_owned()),
        ["", month, day] if [month, day].iter().all(|part| is_digits(part) && part.len() == 2) => {
            Some(value.to_owned())
        }
        ["", part] if part.starts_with(['Q', 'H']) => months(year, part),
        ["", week] | ["", week, "WE"] if week.starts_with('W') => days(year, &week[1..], parts.len() == 3),
        _ => None,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `Q2` is `04` to `06`, `H2` is `07` to `12`.
fn months(year: &str, part: &str) -> Option<String> {
    let n_months = if part.starts_with('Q') { 3 } else { 6 };
    let number: u32 = part[1..].parse().ok().filter(|number| (1..=12 / n_months).contains(number))?;
    Some(format!("{year}-{:02}/{year}-{:02}", (number - 1) * n_months + 1, number * n_months))
}

/// Monday to Sunday of an ISO week, or Saturday to Sunday.
fn days(year: &str, week: &str, is_weekend: bool) -> Option<String> {
    let monday = ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, Weekday::Monday).ok()?.date();
    let first = if is_weekend { monday.checked_add(5.days()).ok()? } else { monday };
    Some(format!("{first}/{}", monday.checked_add(6.days()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_coarse(value: &str, expected: Option<&str>) {
        assert_eq!(coarse(value).as_deref(), expected, "{value}");
    }

    #[test]
    fn weeks_quarters_and_halves_are_intervals() {
        check_coarse("2024-W13", Some("2024-03-25/2024-03-31"));
        check_coarse("2024-W13-WE", Some("2024-03-30/2024-03-31"));
        check_coarse("2025-Q1", Some("2025-01/2025-03"));
        check_coarse("2025-H2", Some("2025-07/2025-12"));
        check_coarse("2025-Q1/2025-Q2", Some("2025-01/2025-06"));
    }

    #[test]
    fn days_lose_their_clock_and_seasons_their_value() {
        check_coarse("2024-12-05T18:30", Some("2024-12-05"));
        check_coarse("2024-12-05TMO/2024-12-05TEV", Some("2024-12-05"));
        check_coarse("2024-SU", None);
        check_coarse("199X", None);
        check_coarse("2024-05-01/..", Some("2024-05-01"));
    }
}
