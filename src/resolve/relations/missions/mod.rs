//! Who went where, when, to meet whom, about what.
//!
//! Read `scene.rs` and `journeys.rs`, then `presence.rs`, then `origin.rs`, `lead.rs`, `route.rs`, `when.rs` (with `days.rs` and `lengths.rs`) and `bodies.rs` for the slots, and `events.rs`.

mod bodies;
mod days;
mod events;
mod journeys;
mod lead;
mod lengths;
mod origin;
mod presence;
mod route;
mod scene;
mod when;

use super::{Context, Mission, Relation, Relations};
use crate::{
    annotate::value::Value,
    lexicon::{Kind, Subtype, pack::Cue},
    resolve::EntityIdx,
    text::{Span, words::tokenize},
};
use scene::Scene;

/// Who went where, when, to meet whom, about what.
pub(super) const RELATION: Relation =
    Relation { name: "missions", about: "Who went where, when, to meet whom, about what.", find };

fn find(context: &Context<'_>, relations: &mut Relations) {
    let mut scene = Scene::new(context);
    let Some(points) = presence::points(&scene, relations) else { return };
    let when = when::when(&scene);
    scene.set_apart(when.start.as_deref(), when.end.as_deref());
    let scene = scene;
    let lead = lead::lead(&scene, relations);
    let origin = origin::origin(&scene, lead.as_ref().map(|lead| lead.entity), relations);
    let sender = origin.as_ref().map(|origin| origin.entity);
    let (mut destinations, places) = route::destinations(&scene, sender);
    let visited: Vec<String> = destinations.iter().filter_map(|destination| destination.country.clone()).collect();
    let visited: Vec<&str> = visited.iter().map(String::as_str).collect();
    let lead = lead
        .or_else(|| lead::spokesperson(&scene, sender, relations))
        .or_else(|| lead::traveller(&scene, relations))
        .or_else(|| lead::first_guest(&scene, relations))
        .or_else(|| lead::first_of_party(&scene, relations));
    let bodies = bodies::sort(&scene, sender, &visited);
    let (size, counted) = size(&scene).unzip();
    let n_known = [
        size.is_some(),
        sender.is_some(),
        lead.is_some(),
        when.start.is_some() || when.end.is_some(),
        !bodies.participants.is_empty(),
        !bodies.met.is_empty(),
    ];
    if !presence::says_enough(&scene, points, n_known.into_iter().filter(|&is_known| is_known).count()) {
        return;
    }
    let [participants, met] =
        [&bodies.participants, &bodies.met].map(|list| list.iter().map(|(entity, _)| *entity).collect::<Vec<_>>());
    route::add_towns_of(&scene, &met, &mut destinations);
    let people = people_of_party(lead.as_ref(), sender, &participants, relations);
    let party = events::Party { origin: sender, participants: &participants, met: &met, people: &people };
    let (meetings, agreements) = (events::meetings(&scene, &party), events::agreements(&scene, &party));
    let (sectors, fields) = sectors(&scene);
    let (status, told) = status(&scene, when.start.as_deref(), when.end.as_deref());
    let mut mission = Mission {
        origin: sender,
        kind: Some(if is_incoming(&scene, &visited) { "incoming" } else { "outgoing" }),
        status: Some(status),
        lead: lead.as_ref().map(|lead| lead.entity),
        sectors,
        size,
        confidence: (40 + 6 * points).clamp(0, 95) as u8,
        evidence: vec![
            ("origin", origin.map(|found| found.evidence).into_iter().collect()),
            ("destinations", places),
            ("start", when.evidence.first().copied().into_iter().collect()),
            ("end", when.evidence.last().copied().into_iter().collect()),
            ("status", told),
            ("lead", lead.map(|found| found.evidence).into_iter().collect()),
            ("participants", bodies.participants.iter().map(|(_, span)| *span).collect()),
            ("met", bodies.met.iter().map(|(_, span)| *span).collect()),
            ("sectors", fields),
            ("size", counted.into_iter().collect()),
            ("meetings", meetings.iter().map(|meeting| meeting.span).collect()),
            ("agreements", agreements.iter().map(|agreement| agreement.span).collect()),
        ],
        start: when.start,
        end: when.end,
        participants,
        met,
        meetings,
        agreements,
        destinations,
        completeness: 0,
    };
    mission.completeness = completeness(&mission);
    mission.evidence.retain(|(_, spans): &(_, Vec<Span>)| !spans.is_empty());
    relations.missions.push(mission);
}

/// An entity and the words that speak for it.
struct Found {
    entity: EntityIdx,
    evidence: Span,
}

/// The leader, and those who hold an office in a body of the party.
fn people_of_party(
    lead: Option<&Found>,
    origin: Option<EntityIdx>,
    participants: &[EntityIdx],
    relations: &Relations,
) -> Vec<EntityIdx> {
    let is_of_party = |body: EntityIdx| Some(body) == origin || participants.contains(&body);
    let officers =
        relations.roles.iter().filter(|role| role.institution.is_some_and(is_of_party)).map(|role| role.person);
    lead.map(|lead| lead.entity).into_iter().chain(officers).collect()
}

/// The party comes to where the release is written.
fn is_incoming(scene: &Scene<'_>, visited: &[&str]) -> bool {
    match scene.desk_country() {
        Some(desk) => visited.contains(&desk),
        None => scene.lines.iter().any(|line| line.has(Cue::Host) && line.has(Cue::Party)),
    }
}

/// From the days where they are known beside the day of publication, else from the tenses, with the words that tell.
fn status(scene: &Scene<'_>, start: Option<&str>, end: Option<&str>) -> (&'static str, Vec<Span>) {
    if let (Some(start), Some(end), Some(published)) = (start, end, scene.context.document.published) {
        let published = published.date.to_string();
        let status = match () {
            () if start > published.as_str() => "announced",
            () if *end < published[..end.len().min(published.len())] => "concluded",
            () => "under-way",
        };
        return (status, Vec::new());
    }
    let told = |cue: Cue| -> Vec<Span> {
        scene.lines.iter().flat_map(|line| line.of(cue).map(|hit| scene.span_of_hit(line, hit))).collect()
    };
    let (future, past, present) = (told(Cue::Future), told(Cue::Past), told(Cue::Present));
    match () {
        () if future.len() > past.len() => ("announced", future),
        () if present.len() > past.len() => ("under-way", present),
        () => ("concluded", past),
    }
}

/// The code of a sector mention.
fn sector_of(scene: &Scene<'_>, mention: usize) -> Option<String> {
    let mention = &scene.context.mentions[mention];
    match &mention.value {
        Some(Value::Code(code)) if mention.kind == Kind::Sector => Some(code.clone()),
        _ => None,
    }
}

/// Codes by falling number of mentions, then in the order of the text, with the mentions.
fn sectors(scene: &Scene<'_>) -> (Vec<String>, Vec<Span>) {
    let mut counts: Vec<(String, usize)> = Vec::new();
    let mut spans = Vec::new();
    for mention in scene.lines.iter().flat_map(|line| line.mentions.clone()) {
        let Some(code) = sector_of(scene, mention) else { continue };
        spans.push(scene.span(mention));
        match counts.iter_mut().find(|(known, _)| *known == code) {
            Some((_, count)) => *count += 1,
            None => counts.push((code, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    (counts.into_iter().map(|(code, _)| code).collect(), spans)
}

/// The counted members of the party, with the words that count them.
fn size(scene: &Scene<'_>) -> Option<(u32, Span)> {
    let lines = scene.story().filter(|line| line.has_any(&[Cue::Party, Cue::Travel, Cue::Mission, Cue::Stand]));
    for line in lines {
        for idx in line.mentions.clone() {
            let mention = &scene.context.mentions[idx];
            if let (Some(Value::Amount(amount)), Some(Subtype::Count)) = (&mention.value, mention.subtype)
                && is_member(line, &amount.unit)
                && (1.0..10_000.0).contains(&amount.number)
            {
                return Some((amount.number as u32, mention.span));
            }
        }
    }
    None
}

/// Whether the size of a party is counted in `unit`.
fn is_member(line: &scene::Line<'_>, unit: &str) -> bool {
    let mut is_member = false;
    let word = tokenize(unit);
    line.sentence.pack.missions.cues.at(unit, &word[..word.len().min(1)], |cue, _| is_member |= cue == Cue::Member);
    is_member
}

/// Share of the slots that are filled, in hundredths.
fn completeness(mission: &Mission) -> u8 {
    let filled = [
        mission.origin.is_some(),
        !mission.destinations.is_empty(),
        mission.destinations.iter().any(|destination| !destination.places.is_empty()),
        mission.start.is_some(),
        mission.end.is_some(),
        mission.lead.is_some(),
        !mission.participants.is_empty(),
        !mission.met.is_empty(),
        !mission.sectors.is_empty(),
        !mission.meetings.is_empty(),
    ];
    (filled.iter().filter(|&&is_filled| is_filled).count() * 100 / filled.len()) as u8
}
