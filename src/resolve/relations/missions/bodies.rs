//! Who travelled along, who was met, and what was signed?

use super::scene::{Line, Scene};
use crate::{
    document::Zone,
    lexicon::{Kind, Subtype, pack::Cue},
    resolve::{
        EntityIdx,
        relations::{Agreement, Meeting},
    },
    text::Span,
};

/// Bodies with the words that speak for each.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    pub participants: Vec<(EntityIdx, Span)>,
    pub met: Vec<(EntityIdx, Span)>,
}

/// What a list or the rest of a sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Along,
    Met,
}

/// Sorts the bodies of the release: what stands behind a wording of travelling along or of meeting, down to the next
/// wording or the end of the list that it opens; else by country.
pub(super) fn sort(scene: &Scene<'_>, origin: Option<EntityIdx>, visited: &[&str]) -> Bodies {
    let mut bodies = Bodies::default();
    let mut open: Option<(Part, usize)> = None;
    for line in scene.lines.iter().filter(|line| !matches!(line.sentence.zone, Zone::Dateline)) {
        // A list goes on through the items behind its label.
        let mut part = open.filter(|&(_, block)| goes_on(scene, line, block)).map(|(part, _)| part);
        open = part.map(|part| (part, line.sentence.block_idx));
        let marks = marks(line);
        for (mention, entity) in scene.named(line, Kind::Institution) {
            let at = scene.tokens_of(line, mention);
            if let Some(&(_, latest)) = marks.iter().rev().find(|&&(place, _)| place <= at.start) {
                part = Some(latest);
            }
            let span = scene.span(mention);
            match part {
                _ if Some(entity) == origin => {}
                Some(Part::Along) if !is_of(scene, entity, visited) => push(&mut bodies.participants, entity, span),
                Some(_) => push(&mut bodies.met, entity, span),
                None => {}
            }
        }
        if line.words.last().is_some_and(|word| word == ":") || line.hits.is_empty() && open.is_some() {
            open = marks.last().map(|&(_, part)| (part, line.sentence.block_idx)).or(open);
        }
    }
    add_by_country(scene, origin, visited, &mut bodies);
    bodies.met.retain(|(entity, _)| !bodies.participants.iter().any(|(other, _)| other == entity));
    bodies
}

/// Wordings that open a part, in the order of the sentence.
fn marks(line: &Line<'_>) -> Vec<(usize, Part)> {
    let mut marks: Vec<(usize, Part)> = line
        .hits
        .iter()
        .filter_map(|hit| match hit.cue {
            Cue::Join => Some((hit.end, Part::Along)),
            Cue::Meet | Cue::Host | Cue::Schedule => Some((hit.end, Part::Met)),
            _ => None,
        })
        .collect();
    // `la delegazione (Università di …, Fondazione …)`
    marks.extend(line.of(Cue::Party).filter(|hit| line.words.get(hit.end).is_some_and(|word| word == "(")).map(|hit| (hit.end, Part::Along)));
    marks.sort_by_key(|&(at, _)| at);
    marks
}

fn goes_on(scene: &Scene<'_>, line: &Line<'_>, block: usize) -> bool {
    let blocks = &scene.context.document.text.blocks;
    line.sentence.block_idx <= block + 1
        && blocks.get(line.sentence.block_idx).is_some_and(|block| block.span.len() < 160)
        && !line.is_of_journey()
}

fn is_of(scene: &Scene<'_>, entity: EntityIdx, visited: &[&str]) -> bool {
    scene.country(entity).is_some_and(|country| visited.contains(&country)) || scene.is_subtype(entity, Subtype::Diplomatic)
}

fn push(list: &mut Vec<(EntityIdx, Span)>, entity: EntityIdx, span: Span) {
    if !list.iter().any(|(known, _)| *known == entity) {
        list.push((entity, span));
    }
}

/// Bodies of the country visited were met, even where no wording says so.
fn add_by_country(scene: &Scene<'_>, origin: Option<EntityIdx>, visited: &[&str], bodies: &mut Bodies) {
    for line in scene.lines.iter().filter(|line| !line.is_headline() && line.sentence.zone != Zone::Dateline) {
        for (mention, entity) in scene.named(line, Kind::Institution) {
            let is_known = Some(entity) == origin || bodies.participants.iter().any(|(known, _)| *known == entity);
            if !is_known && is_of(scene, entity, visited) {
                push(&mut bodies.met, entity, scene.span(mention));
            }
        }
    }
}

/// Sentences that tell of a single meeting.
pub(super) fn meetings(scene: &Scene<'_>, met: &[EntityIdx]) -> Vec<Meeting> {
    let tells = |line: &&Line<'_>| !line.is_headline() && (line.has(Cue::Meet) || line.has(Cue::Host));
    let mut meetings = Vec::new();
    for line in scene.lines.iter().filter(tells) {
        let with = distinct(scene.named(line, Kind::Institution).map(|(_, entity)| entity).filter(|entity| met.contains(entity)));
        let people = distinct(scene.named(line, Kind::Person).map(|(_, entity)| entity));
        if with.is_empty() && people.is_empty() {
            continue;
        }
        let place = scene.named(line, Kind::Place).map(|(_, entity)| entity).find(|&entity| scene.is_subtype(entity, Subtype::City));
        let date = line.mentions.clone().find_map(|mention| day_of(scene, mention));
        meetings.push(Meeting { with, people, place, date, span: line.sentence.span });
    }
    meetings
}

fn day_of(scene: &Scene<'_>, mention: usize) -> Option<String> {
    match &scene.context.mentions[mention].value {
        Some(crate::annotate::value::Value::Date(date)) => date.iso.clone().filter(|iso| iso.len() == 10),
        _ => None,
    }
}

/// Sentences in which something is signed.
pub(super) fn agreements(scene: &Scene<'_>) -> Vec<Agreement> {
    let mut agreements = Vec::new();
    for line in &scene.lines {
        let Some(hit) = line.of(Cue::Agreement).max_by_key(|hit| hit.end - hit.first).filter(|_| line.has(Cue::Sign)) else { continue };
        let sectors = line.mentions.clone().filter_map(|mention| super::sector_of(scene, mention)).collect();
        agreements.push(Agreement {
            text: scene.span_of_hit(line, hit).of(scene.context.document.as_str()).to_owned(),
            parties: distinct(scene.named(line, Kind::Institution).map(|(_, entity)| entity)),
            sectors,
            span: line.sentence.span,
        });
    }
    agreements
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
