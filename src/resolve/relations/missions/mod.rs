//! Who went where, when, to meet whom, about what.
//!
//! Read `scene.rs`, then `presence.rs`, then `origin.rs`, `route.rs` and `bodies.rs` for the slots.

mod bodies;
mod origin;
mod presence;
mod route;
mod scene;

use super::{Context, Mission, Relation, Relations};
use crate::{
    annotate::value::Value,
    document::Zone,
    lexicon::{Kind, Subtype, pack::Cue},
    resolve::EntityIdx,
    text::Span,
};
use scene::Scene;

/// Who went where, when, to meet whom, about what.
pub(super) const RELATION: Relation =
    Relation { name: "missions", about: "Who went where, when, to meet whom, about what.", find };

fn find(context: &Context<'_>, relations: &mut Relations) {
    let scene = Scene::new(context);
    let Some(points) = presence::points(&scene) else { return };
    let lead = origin::lead(&scene);
    let origin = origin::origin(&scene, lead.as_ref().map(|lead| lead.entity), relations);
    let sender = origin.as_ref().map(|origin| origin.entity);
    let (destinations, places) = route::destinations(&scene, sender);
    let visited: Vec<&str> = destinations.iter().filter_map(|destination| destination.country.as_deref()).collect();
    let lead = lead.or_else(|| spokesperson(&scene, sender, relations));
    let bodies = bodies::sort(&scene, sender, &visited);
    let when = route::when(&scene);
    let met: Vec<EntityIdx> = bodies.met.iter().map(|(entity, _)| *entity).collect();
    let mut mission = Mission {
        origin: sender,
        kind: Some(if is_incoming(&scene, &visited) { "incoming" } else { "outgoing" }),
        status: Some(status(&scene, when.start.as_deref(), when.end.as_deref())),
        start: when.start,
        end: when.end,
        lead: lead.as_ref().map(|lead| lead.entity),
        participants: bodies.participants.iter().map(|(entity, _)| *entity).collect(),
        meetings: bodies::meetings(&scene, &met),
        met,
        sectors: sectors(&scene),
        agreements: bodies::agreements(&scene),
        size: size(&scene),
        confidence: (40 + 6 * points).clamp(0, 95) as u8,
        ..Mission::default()
    };
    mission.destinations = destinations;
    mission.completeness = completeness(&mission);
    mission.evidence = vec![
        ("origin", origin.map(|found| found.evidence).into_iter().collect()),
        ("destinations", places),
        ("start", when.evidence.first().copied().into_iter().collect()),
        ("end", when.evidence.last().copied().into_iter().collect()),
        ("lead", lead.map(|found| found.evidence).into_iter().collect()),
        ("participants", bodies.participants.iter().map(|(_, span)| *span).collect()),
        ("met", bodies.met.iter().map(|(_, span)| *span).collect()),
    ];
    mission.evidence.retain(|(_, spans): &(_, Vec<Span>)| !spans.is_empty());
    relations.missions.push(mission);
}

/// Without a word on who heads the party: the first of the sender's people who is named with an office.
fn spokesperson(scene: &Scene<'_>, sender: Option<EntityIdx>, relations: &Relations) -> Option<origin::Found> {
    let role = relations.roles.iter().find(|role| role.institution.is_some() && role.institution == sender && role.text.is_some())?;
    let mention = *scene.entity(role.person).mentions.first()?;
    Some(origin::Found { entity: role.person, evidence: scene.span(mention) })
}

/// The party comes to where the release is written.
fn is_incoming(scene: &Scene<'_>, visited: &[&str]) -> bool {
    match scene.desk_country() {
        Some(desk) => visited.contains(&desk),
        None => scene.lines.iter().any(|line| line.has(Cue::Host) && line.has(Cue::Party)),
    }
}

/// From the days where they are known beside the day of publication, else from the tenses.
fn status(scene: &Scene<'_>, start: Option<&str>, end: Option<&str>) -> &'static str {
    if let (Some(start), Some(end), Some(published)) = (start, end, scene.context.document.published) {
        let published = published.date.to_string();
        let (start, end) = (start, &end[..end.len().min(published.len())]);
        return match () {
            () if start > published.as_str() => "announced",
            () if *end < published[..end.len()] => "concluded",
            () => "under-way",
        };
    }
    let count = |cue: Cue| scene.lines.iter().map(|line| line.of(cue).count()).sum::<usize>();
    match (count(Cue::Future), count(Cue::Past), count(Cue::Present)) {
        (future, past, _) if future > past => "announced",
        (_, past, present) if present > past => "under-way",
        _ => "concluded",
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

/// Codes by falling number of mentions, then in the order of the text.
fn sectors(scene: &Scene<'_>) -> Vec<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    let mentions = scene.lines.iter().flat_map(|line| line.mentions.clone());
    for code in mentions.filter_map(|mention| sector_of(scene, mention)) {
        match counts.iter_mut().find(|(known, _)| *known == code) {
            Some((_, count)) => *count += 1,
            None => counts.push((code, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(code, _)| code).collect()
}

/// The counted members of the party.
fn size(scene: &Scene<'_>) -> Option<u32> {
    let lines = scene.lines.iter().filter(|line| line.has(Cue::Party) || line.has(Cue::Travel));
    for line in lines.filter(|line| line.sentence.zone != Zone::Dateline) {
        let cues = &line.sentence.pack.missions.cues;
        let is_member = |unit: &str| cues.at(|at| if at == 0 { unit } else { "" }).any(|(cue, _)| cue == Cue::Member);
        for mention in line.mentions.clone() {
            let mention = &scene.context.mentions[mention];
            if let (Some(Value::Amount(amount)), Some(Subtype::Count)) = (&mention.value, mention.subtype)
                && is_member(&amount.unit)
                && (1.0..10_000.0).contains(&amount.number)
            {
                return Some(amount.number as u32);
            }
        }
    }
    None
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
