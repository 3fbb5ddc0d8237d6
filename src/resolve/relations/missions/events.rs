//! Single meetings, and what was signed.

use super::scene::{Hit, Line, Scene};
use crate::{
    annotate::value::Value,
    document::Zone,
    lexicon::{Kind, Subtype, pack::Cue},
    resolve::{
        EntityIdx,
        relations::{Agreement, Meeting},
    },
    text::Span,
};

/// Who is on the side of the party.
pub(super) struct Party<'m> {
    pub origin: Option<EntityIdx>,
    pub participants: &'m [EntityIdx],
    pub met: &'m [EntityIdx],
    /// People who belong to the party.
    pub people: &'m [EntityIdx],
}

/// Sentences and items of a programme that tell of a single meeting.
pub(super) fn meetings(scene: &Scene<'_>, party: &Party<'_>) -> Vec<Meeting> {
    let mut meetings = Vec::new();
    let (mut block, mut place_before, mut date_before) = (usize::MAX, None, None);
    for (line, label) in scene.lines.iter().zip(scene.labels()) {
        if line.is_headline() || line.is_aside || line.sentence.zone == Zone::Dateline {
            continue;
        }
        if line.sentence.block_idx != block {
            (block, place_before, date_before) = (line.sentence.block_idx, None, None);
        }
        // A place or day that is said once holds for the sentences behind it in the paragraph.
        let place = town(scene, line).or(place_before);
        let date = line.mentions.clone().find_map(|mention| day_of(scene, mention)).or_else(|| date_before.clone());
        let is_item = label.is_some_and(|label| matches!(label.cue, Cue::Meet | Cue::Schedule));
        if is_item || line.has_any(&[Cue::Meet, Cue::Host]) {
            let with = distinct(bodies(scene, line).filter(|entity| party.met.contains(entity)));
            let people = distinct(people(scene, line).filter(|person| !party.people.contains(person)));
            if !with.is_empty() || !people.is_empty() && !is_item {
                meetings.push(Meeting { with, people, place, date: date.clone(), span: line.sentence.span });
            }
        }
        (place_before, date_before) = (place, date);
    }
    meetings
}

fn bodies(scene: &Scene<'_>, line: &Line<'_>) -> impl Iterator<Item = EntityIdx> {
    scene.named(line, Kind::Institution).map(|(_, entity)| entity)
}

fn people(scene: &Scene<'_>, line: &Line<'_>) -> impl Iterator<Item = EntityIdx> {
    scene.named(line, Kind::Person).map(|(_, entity)| entity)
}

fn town(scene: &Scene<'_>, line: &Line<'_>) -> Option<EntityIdx> {
    scene.named(line, Kind::Place).map(|(_, entity)| entity).find(|&entity| scene.is_subtype(entity, Subtype::City))
}

fn day_of(scene: &Scene<'_>, mention: usize) -> Option<String> {
    match &scene.context.mentions[mention].value {
        Some(Value::Date(date)) => {
            date.iso.as_deref().and_then(|iso| iso.split('T').next()).filter(|day| day.len() == 10).map(str::to_owned)
        }
        _ => None,
    }
}

/// Sentences in which something is signed, and the items of a list of agreements.
pub(super) fn agreements(scene: &Scene<'_>, party: &Party<'_>) -> Vec<Agreement> {
    let mut agreements = Vec::new();
    for (line, label) in scene.lines.iter().zip(scene.labels()) {
        let named = line.of(Cue::Agreement).max_by_key(|hit| hit.end - hit.first);
        let signed = named.filter(|_| line.has(Cue::Sign) && line.label().is_none());
        let listed = label.filter(|label| label.cue == Cue::Agreement && bodies(scene, line).next().is_some());
        let (text, subject_from) = match (signed, listed) {
            (Some(hit), _) => (scene.span_of_hit(line, hit), hit.end),
            (None, Some(_)) => (named.map_or(line.sentence.span, |hit| scene.span_of_hit(line, hit)), 0),
            (None, None) => continue,
        };
        if line.is_headline()
            && agreements.is_empty()
            && scene.lines.iter().filter(|line| line.has(Cue::Sign)).count() > 1
        {
            continue;
        }
        agreements.push(Agreement {
            text: text.of(scene.context.document.as_str()).to_owned(),
            parties: parties(scene, line, party),
            subject: subject(scene, line, subject_from),
            sectors: distinct_codes(line.mentions.clone().filter_map(|mention| super::sector_of(scene, mention))),
            span: line.sentence.span,
        });
    }
    agreements
}

/// The bodies that the sentence names; the sender stands for a side that it does not name.
fn parties(scene: &Scene<'_>, line: &Line<'_>, party: &Party<'_>) -> Vec<EntityIdx> {
    let mut parties = distinct(bodies(scene, line));
    let is_of_party = |entity: &EntityIdx| Some(*entity) == party.origin || party.participants.contains(entity);
    if !parties.is_empty() && !parties.iter().any(is_of_party) {
        parties.splice(0..0, party.origin);
    }
    parties
}

/// What an agreement is about: the rest of the clause behind the words of `about`, or behind the colon of an item.
fn subject(scene: &Scene<'_>, line: &Line<'_>, from: usize) -> Option<Span> {
    let about = &line.sentence.pack.missions.about;
    let first = (from..line.n_tokens()).find(|&at| about.contains(line.key(at)) || line.word(at) == ":")?;
    let first = if line.word(first) == ":" { first + 1 } else { first };
    let end =
        (first..line.n_tokens()).find(|&at| matches!(line.word(at), "." | ";" | "»" | "”")).unwrap_or(line.n_tokens());
    (first < end).then(|| scene.span_of_hit(line, Hit { cue: Cue::Agreement, first, end }))
}

fn distinct(entities: impl Iterator<Item = EntityIdx>) -> Vec<EntityIdx> {
    let mut list = Vec::new();
    for entity in entities {
        if !list.contains(&entity) {
            list.push(entity);
        }
    }
    list
}

fn distinct_codes(codes: impl Iterator<Item = String>) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for code in codes {
        if !list.contains(&code) {
            list.push(code);
        }
    }
    list
}
