//! The missions of a record, with the words that each slot came from.

use super::{
    super::paint::Paint,
    page::{one_line, shortened},
};
use crate::record::{Entity, Mission, Record};
use std::{collections::HashMap, fmt::Write};

/// Longest piece of evidence that is shown, in characters.
const LONGEST_EVIDENCE: usize = 60;

pub(super) fn missions(record: &Record, entities: &HashMap<&str, &Entity>, paint: Paint) -> String {
    let characters: Vec<char> = record.text.chars().collect();
    let mut out = String::new();
    for mission in &record.missions {
        Writer { characters: &characters, entities, paint, out: &mut out }.mission(mission);
    }
    out
}

struct Writer<'w> {
    characters: &'w [char],
    entities: &'w HashMap<&'w str, &'w Entity>,
    paint: Paint,
    out: &'w mut String,
}

// Writing to a string cannot fail, so its result is passed over throughout.
impl Writer<'_> {
    fn mission(&mut self, mission: &Mission) {
        let sort: Vec<&str> = [mission.kind.as_deref(), mission.status.as_deref()].into_iter().flatten().collect();
        let title = self.paint.strong(&format!("mission {}", sort.join(", ")));
        let _ = writeln!(self.out, "{title}  completeness {:.2}, {:.2}", mission.completeness, mission.confidence);
        let days = match (&mission.start, &mission.end) {
            (Some(start), Some(end)) if start != end => format!("{start} to {end}"),
            (Some(day), _) | (None, Some(day)) => day.clone(),
            (None, None) => String::new(),
        };
        let destinations = mission.destinations.iter().map(|destination| {
            let places = self.names(&destination.places);
            let country = destination.country.clone().unwrap_or_else(|| "?".to_owned());
            if places.is_empty() { country } else { format!("{country}: {places}") }
        });
        let destinations = destinations.collect::<Vec<_>>().join("; ");
        self.slot(mission, "origin", self.names(mission.origin.as_slice()), &["origin"]);
        self.slot(mission, "destinations", destinations, &["destinations", "countries", "cities"]);
        self.slot(mission, "when", days, &["start", "end"]);
        self.slot(mission, "lead", self.names(mission.lead.as_slice()), &["lead"]);
        self.slot(mission, "participants", self.names(&mission.participants), &["participants"]);
        self.slot(mission, "met", self.names(&mission.met), &["met"]);
        self.slot(mission, "sectors", mission.sectors.join(", "), &["sectors"]);
        self.slot(mission, "status", mission.status.clone().unwrap_or_default(), &["status"]);
        let size = mission.size.map_or(String::new(), |size| size.to_string());
        self.slot(mission, "size", size, &["size"]);
        for meeting in &mission.meetings {
            let place = self.names(meeting.place.as_slice());
            let date = meeting.date.clone().unwrap_or_default();
            let with = [self.names(&meeting.with), self.names(&meeting.people), place, date];
            let with = with.into_iter().filter(|names| !names.is_empty()).collect::<Vec<_>>().join("; ");
            let sentence = self.quote(meeting.start, meeting.end);
            let _ = writeln!(self.out, "    {:<14}{with}{}", "meeting", self.paint.faint(&sentence));
        }
        for agreement in &mission.agreements {
            let parties = self.names(&agreement.parties);
            let subject =
                agreement.subject.as_deref().map_or(String::new(), |subject| format!(" {}", one_line(subject)));
            let sentence = self.paint.faint(&self.quote(agreement.start, agreement.end));
            let _ = writeln!(
                self.out,
                "    {:<14}{}{subject}: {parties}{sentence}",
                "agreement",
                one_line(&agreement.text)
            );
        }
        self.out.push('\n');
    }

    fn slot(&mut self, mission: &Mission, name: &str, value: String, evidence: &[&str]) {
        if value.is_empty() {
            return;
        }
        let mut spans: Vec<[usize; 2]> =
            evidence.iter().filter_map(|slot| mission.evidence.get(*slot)).flatten().copied().collect();
        spans.dedup();
        let quotes: String = spans.iter().take(3).map(|&[start, end]| self.quote(start, end)).collect();
        let _ = writeln!(self.out, "    {name:<14}{value}{}", self.paint.faint(&quotes));
    }

    fn quote(&self, start: usize, end: usize) -> String {
        let end = end.min(self.characters.len());
        let text: String = self.characters[start.min(end)..end].iter().collect();
        format!("  «{}»", shortened(&one_line(&text), LONGEST_EVIDENCE))
    }

    fn names(&self, ids: &[String]) -> String {
        let names =
            ids.iter().map(|id| self.entities.get(id.as_str()).map_or("?".to_owned(), |entity| one_line(&entity.name)));
        names.collect::<Vec<_>>().join(", ")
    }
}
