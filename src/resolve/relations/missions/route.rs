//! Where did the party go, and when?

use super::scene::{Scene, Side};
use crate::{
    annotate::value::Value,
    document::Zone,
    lexicon::{Kind, Subtype, pack::Cue},
    resolve::{EntityIdx, relations::Destination},
    text::Span,
};

/// Countries and places visited, with the words that say so.
pub(super) fn destinations(scene: &Scene<'_>, origin: Option<EntityIdx>) -> (Vec<Destination>, Vec<Span>) {
    let home = origin.and_then(|origin| scene.country(origin));
    let countries = visited_countries(scene, home, origin);
    let mut evidence = Vec::new();
    let mut destinations: Vec<Destination> =
        countries.iter().map(|country| Destination { country: Some((*country).to_owned()), places: Vec::new() }).collect();
    for (idx, entity) in scene.context.entities.entities.iter().enumerate() {
        let place = EntityIdx(idx);
        if entity.kind != Kind::Place || Some(place) == origin {
            continue;
        }
        let Some(destination) = destinations.iter_mut().find(|d| d.country.as_deref() == scene.country(place)) else { continue };
        let mention = entity.mentions.iter().copied().find(|&mention| is_visited(scene, mention));
        if entity.subtype == Some(Subtype::City) && (mention.is_some() || entity.mentions.is_empty()) {
            destination.places.push(place);
        }
        evidence.extend(mention.map(|mention| scene.span(mention)));
    }
    (destinations, evidence)
}

/// Countries other than home, by weight: the first, and those that the journey is said to go to.
fn visited_countries<'a>(scene: &Scene<'a>, home: Option<&str>, origin: Option<EntityIdx>) -> Vec<&'a str> {
    let mut weights: Vec<(&str, i32, bool)> = Vec::new();
    for line in scene.lines.iter().filter(|line| line.sentence.zone != Zone::Dateline) {
        let is_journey = line.is_of_journey();
        for mention in line.mentions.clone() {
            let Some(entity) = scene.entity_of(mention).filter(|&entity| Some(entity) != origin) else { continue };
            let is_place = scene.entity(entity).kind == Kind::Place;
            if !is_place && scene.entity(entity).kind != Kind::Institution {
                continue;
            }
            let Some(country) = scene.country(entity).filter(|country| Some(*country) != home) else { continue };
            let goes_to = is_place && is_journey && line.preposition_before(scene.tokens_of(line, mention).start) == Side::To;
            let weight = 1 + i32::from(is_place) + 2 * i32::from(is_journey) + i32::from(line.is_headline());
            match weights.iter_mut().find(|(known, _, _)| *known == country) {
                Some(known) => {
                    known.1 += weight;
                    known.2 |= goes_to;
                }
                None => weights.push((country, weight, goes_to)),
            }
        }
    }
    weights.sort_by_key(|&(_, weight, _)| std::cmp::Reverse(weight));
    let Some(&(_, most, _)) = weights.first() else { return Vec::new() };
    let mut first = true;
    weights.retain(|&(_, weight, goes_to)| std::mem::take(&mut first) || goes_to && weight * 3 >= most);
    weights.into_iter().map(|(country, _, _)| country).collect()
}

/// Whether a mention of a place stands in the story, not in the dateline or after an office.
fn is_visited(scene: &Scene<'_>, mention: usize) -> bool {
    let start = scene.span(mention).start();
    scene.lines.iter().any(|line| line.sentence.zone != Zone::Dateline && line.sentence.span.holds(start))
}

/// First and last day, with the words that say so.
#[derive(Debug, Default)]
pub(super) struct When {
    pub start: Option<String>,
    pub end: Option<String>,
    pub evidence: Vec<Span>,
}

/// When the journey took place: a stretch of days beside a wording of it, else the days around it.
pub(super) fn when(scene: &Scene<'_>) -> When {
    let dates: Vec<(String, Span, i32)> = scene.lines.iter().flat_map(|line| dates_of(scene, line)).collect();
    let stretch = dates.iter().filter(|(iso, _, _)| iso.contains('/') && is_days(iso)).max_by_key(|(_, span, weight)| {
        (*weight, std::cmp::Reverse(span.start()))
    });
    if let Some((iso, span, _)) = stretch {
        let (start, end) = iso.split_once('/').unwrap_or((iso, iso));
        return When { start: Some(start.to_owned()), end: Some(end.to_owned()), evidence: vec![*span] };
    }
    let mut days: Vec<&(String, Span, i32)> = dates.iter().filter(|(iso, _, weight)| iso.len() == 10 && *weight > 0).collect();
    days.sort();
    if let (Some(first), Some(last)) = (days.first(), days.last()) {
        return When { start: Some(first.0.clone()), end: Some(last.0.clone()), evidence: days.iter().map(|day| day.1).collect() };
    }
    match dates.iter().find(|(iso, _, weight)| iso.len() == 7 && *weight > 0) {
        Some((month, span, _)) => When { start: Some(month.clone()), end: Some(month.clone()), evidence: vec![*span] },
        None => When::default(),
    }
}

/// Days, not months or years, at both ends.
fn is_days(iso: &str) -> bool {
    iso.split('/').all(|end| end.len() == 10)
}

/// The dates of a sentence, weighed by how much it speaks of the journey.
fn dates_of(scene: &Scene<'_>, line: &super::scene::Line<'_>) -> Vec<(String, Span, i32)> {
    if line.sentence.zone == Zone::Dateline {
        return Vec::new();
    }
    let journey = [Cue::Party, Cue::Mission, Cue::Visit, Cue::Travel].into_iter().filter(|&cue| line.has(cue)).count() as i32;
    let other = i32::from(line.has(Cue::Gathering)) + i32::from(line.has(Cue::Agreement));
    line.mentions
        .clone()
        .filter_map(|mention| match &scene.context.mentions[mention].value {
            Some(Value::Date(date)) if date.bound.is_none() => Some((date.iso.clone()?, scene.span(mention), journey - other)),
            _ => None,
        })
        .collect()
}
