//! Who sent the party, and who heads it?

use super::super::Relations;
use super::scene::{Hit, Line, Scene, Side};
use crate::{
    lexicon::{Kind, Subtype, pack::Cue},
    resolve::EntityIdx,
    text::Span,
};

/// Tokens between a wording and the name that belongs to it, at most.
const REACH: usize = 14;

/// Points from which on a body goes before any territory.
const ENOUGH_FOR_BODY: i32 = 2;

/// An entity and the words that speak for it.
pub(super) struct Found {
    pub entity: EntityIdx,
    pub evidence: Span,
}

/// Who heads the party.
pub(super) fn lead(scene: &Scene<'_>) -> Option<Found> {
    let led = scene.lines.iter().flat_map(|line| line.of(Cue::Lead).map(move |hit| (line, hit)));
    led.filter_map(|(line, hit)| person_beside(scene, line, hit)).next()
}

/// The person behind a wording, else the nearest before it.
fn person_beside(scene: &Scene<'_>, line: &Line<'_>, hit: Hit) -> Option<Found> {
    let people: Vec<(usize, EntityIdx, std::ops::Range<usize>)> = scene
        .named(line, Kind::Person)
        .map(|(mention, entity)| (mention, entity, scene.tokens_of(line, mention)))
        .collect();
    let behind = people.iter().find(|(_, _, at)| at.start >= hit.end && at.start - hit.end <= REACH);
    let before = people.iter().rev().find(|(_, _, at)| at.end <= hit.first && hit.first - at.end <= REACH / 2);
    let (mention, entity, _) = behind.or(before)?;
    Some(Found { entity: *entity, evidence: scene.span_of_hit(line, hit).cover(scene.span(*mention)) })
}

/// Who sent it: the entity for which most wordings speak.
pub(super) fn origin(scene: &Scene<'_>, lead: Option<EntityIdx>, relations: &Relations) -> Option<Found> {
    let mut votes: Vec<(EntityIdx, i32, Span)> = Vec::new();
    let mut vote = |entity: EntityIdx, points: i32, evidence: Span| match votes.iter_mut().find(|vote| vote.0 == entity) {
        Some(vote) => vote.1 += points,
        None => votes.push((entity, points, evidence)),
    };
    for line in &scene.lines {
        for hit in line.hits.iter().filter(|hit| matches!(hit.cue, Cue::Party | Cue::Mission | Cue::Visit)) {
            let weight = if hit.cue == Cue::Visit { 2 } else { 5 };
            if let Some((entity, evidence)) = attached(scene, line, *hit) {
                vote(entity, weight, evidence);
            }
        }
        for hit in line.of(Cue::Organize).filter(|_| line.has(Cue::Mission) || line.has(Cue::Party) || line.has(Cue::Visit)) {
            if let Some((entity, evidence)) = organizer(scene, line, hit) {
                vote(entity, 4, evidence);
            }
        }
        if let Some((entity, evidence)) = line.of(Cue::Travel).next().and_then(|hit| subject(scene, line, hit)) {
            vote(entity, 2, evidence);
        }
    }
    if let Some((entity, evidence)) = scene.lines.iter().find_map(|line| opener(scene, line)) {
        vote(entity, 3, evidence);
    }
    if let Some(institution) = lead.and_then(|lead| affiliation(lead, relations)) {
        let evidence = scene.entity(institution).mentions.first().map(|&mention| scene.span(mention));
        vote(institution, 4, evidence.unwrap_or_default());
    }
    if let Some((mention, entity)) = scene.lines.iter().filter(|line| line.is_headline()).find_map(|line| sender(scene, line)) {
        vote(entity, 1, scene.span(mention));
    }
    // A territory is the origin only when no body of it is named.
    let is_body = |entity: EntityIdx| scene.entity(entity).kind == Kind::Institution;
    let rank = |&(entity, points, _): &(EntityIdx, i32, Span)| (is_body(entity) && points >= ENOUGH_FOR_BODY, points);
    let (entity, _, evidence) = votes.into_iter().rev().max_by_key(rank)?;
    Some(Found { entity: body_of(scene, entity), evidence })
}

/// The body that a role ties a person to.
pub(super) fn affiliation(person: EntityIdx, relations: &Relations) -> Option<EntityIdx> {
    relations.roles.iter().filter(|role| role.person == person).find_map(|role| role.institution)
}

/// The name that belongs to a party or a journey: `delegazione della Regione Umbria`, `Ontario delegation`.
fn attached(scene: &Scene<'_>, line: &Line<'_>, hit: Hit) -> Option<(EntityIdx, Span)> {
    for mention in line.mentions.clone() {
        let at = scene.tokens_of(line, mention);
        let Some(entity) = scene.entity_of(mention).filter(|&entity| can_send(scene, entity)) else { continue };
        let evidence = || scene.span_of_hit(line, hit).cover(scene.span(mention));
        // Before the noun, with at most one adjective between: `Ontario clean-tech mission`.
        if at.end <= hit.first && hit.first - at.end <= 3 && !line.words[at.end..hit.first].iter().any(|word| word == ",") {
            let is_joined = line.words[at.end..hit.first].iter().all(|word| is_plain(line, word));
            if is_joined && line.preposition_before(at.start) != Side::To {
                return Some((entity, evidence()));
            }
        }
        if at.start >= hit.end && at.start - hit.end <= REACH {
            let is_broken = line.words[hit.end..at.start].iter().any(|word| matches!(word.as_ref(), "," | ":" | ";" | "("));
            if !is_broken && line.preposition_before(at.start) == Side::From {
                return Some((entity, evidence()));
            }
        }
    }
    None
}

fn is_plain(line: &Line<'_>, word: &str) -> bool {
    word.len() > 1 && !line.sentence.pack.prose.function_words.contains(word) || word == "-" || word == "'"
}

fn organizer(scene: &Scene<'_>, line: &Line<'_>, hit: Hit) -> Option<(EntityIdx, Span)> {
    let bodies: Vec<_> =
        scene.named(line, Kind::Institution).map(|(mention, entity)| (mention, entity, scene.tokens_of(line, mention))).collect();
    let behind = bodies.iter().find(|(_, _, at)| at.start >= hit.end && at.start - hit.end <= 4);
    let before = bodies.iter().rev().find(|(_, _, at)| at.end <= hit.first);
    let (mention, entity, _) = behind.or(before)?;
    Some((*entity, scene.span_of_hit(line, hit).cover(scene.span(*mention))))
}

/// The first body of the story, when a journey is spoken of behind it: `La Regione Basilicata chiude la missione`.
fn opener(scene: &Scene<'_>, line: &Line<'_>) -> Option<(EntityIdx, Span)> {
    if line.is_headline() {
        return None;
    }
    let journey = line.hits.iter().find(|hit| matches!(hit.cue, Cue::Party | Cue::Mission | Cue::Visit))?;
    let (mention, entity) = scene.named(line, Kind::Institution).next()?;
    let at = scene.tokens_of(line, mention);
    let is_before = at.end <= journey.first && line.preposition_before(at.start) != Side::To && can_send(scene, entity);
    is_before.then(|| (entity, scene.span(mention).cover(scene.span_of_hit(line, *journey))))
}

/// The body or place before a verb of going.
fn subject(scene: &Scene<'_>, line: &Line<'_>, hit: Hit) -> Option<(EntityIdx, Span)> {
    line.mentions.clone().find_map(|mention| {
        let at = scene.tokens_of(line, mention);
        let entity = scene.entity_of(mention).filter(|&entity| can_send(scene, entity))?;
        let is_subject = at.end <= hit.first && line.preposition_before(at.start) != Side::To;
        is_subject.then(|| (entity, scene.span(mention).cover(scene.span_of_hit(line, hit))))
    })
}

/// The first body or territory of a headline that is not where the journey goes.
fn sender(scene: &Scene<'_>, line: &Line<'_>) -> Option<(usize, EntityIdx)> {
    line.mentions.clone().find_map(|mention| {
        let entity = scene.entity_of(mention).filter(|&entity| can_send(scene, entity))?;
        let at = scene.tokens_of(line, mention);
        (line.preposition_before(at.start) != Side::To).then_some((mention, entity))
    })
}

fn can_send(scene: &Scene<'_>, entity: EntityIdx) -> bool {
    let entity = scene.entity(entity);
    match entity.kind {
        Kind::Institution => !matches!(entity.subtype, Some(Subtype::Diplomatic | Subtype::Media)),
        Kind::Place => entity.subtype.is_some_and(|subtype| matches!(subtype, Subtype::Region | Subtype::Country | Subtype::City)),
        _ => false,
    }
}

/// The government of a territory, when the release names it too: `Umbria` is sent by `Regione Umbria`.
fn body_of(scene: &Scene<'_>, entity: EntityIdx) -> EntityIdx {
    let place = scene.entity(entity);
    if place.kind != Kind::Place || place.name.len() < 4 {
        return entity;
    }
    let is_its_body = |(_, body): &(usize, &crate::resolve::Entity)| {
        body.kind == Kind::Institution && body.subtype == Some(Subtype::Government) && body.name.ends_with(&place.name)
    };
    let bodies = scene.context.entities.entities.iter().enumerate();
    bodies.filter(|(_, body)| !body.mentions.is_empty()).find(is_its_body).map_or(entity, |(idx, _)| EntityIdx(idx))
}
