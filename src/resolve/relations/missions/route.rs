//! Where did the party go, and when?

use super::scene::{Scene, Side};
use crate::{
    annotate::value::Value,
    document::Zone,
    lexicon::{Kind, Subtype, pack::Cue},
    resolve::{EntityIdx, relations::Destination},
    text::Span,
};

/// Longest item of a list of meetings, in bytes.
const MAX_ITEM_BYTES: usize = 160;

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

/// A date of the story.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Day {
    iso: String,
    span: Span,
    /// How much its sentence speaks of the journey.
    weight: i32,
}

/// When the journey took place: a stretch of days beside a wording of it, else the days around it.
pub(super) fn when(scene: &Scene<'_>) -> When {
    let dates = dates(scene);
    let stretches = dates.iter().filter(|day| day.iso.contains('/') && is_days(&day.iso));
    if let Some(stretch) = stretches.max_by_key(|day| (day.weight, std::cmp::Reverse(day.span.start()))) {
        let (start, end) = stretch.iso.split_once('/').unwrap_or((&stretch.iso, &stretch.iso));
        return When { start: Some(start.to_owned()), end: Some(end.to_owned()), evidence: vec![stretch.span] };
    }
    let mut days: Vec<&Day> = dates.iter().filter(|day| day.iso.len() == 10 && day.weight > 0).collect();
    // The day of publication is when it is told, unless nothing else is said.
    let published = scene.context.document.published.map(|published| published.date.to_string());
    if let Some(published) = published {
        if days.iter().any(|day| day.iso != published) {
            days.retain(|day| day.iso != published);
        }
        // What is over when it is told has no day to come; later days are of other things.
        if days.iter().any(|day| day.iso < published) {
            days.retain(|day| day.iso < published);
        }
    }
    days.sort();
    if let (Some(first), Some(last)) = (days.first(), days.last()) {
        let evidence = days.iter().map(|day| day.span).collect();
        return When { start: Some(first.iso.clone()), end: Some(last.iso.clone()), evidence };
    }
    match dates.iter().find(|day| day.iso.len() == 7 && day.weight > 0) {
        Some(month) => When { start: Some(month.iso.clone()), end: Some(month.iso.clone()), evidence: vec![month.span] },
        None => When::default(),
    }
}

/// Days, not months or years, at both ends.
fn is_days(iso: &str) -> bool {
    iso.split('/').all(|end| end.len() == 10)
}

/// The dates of the story; those of a list of meetings speak of the journey too.
fn dates(scene: &Scene<'_>) -> Vec<Day> {
    let mut dates = Vec::new();
    let mut schedule = None;
    for line in scene.lines.iter().filter(|line| line.sentence.zone != Zone::Dateline) {
        let block = line.sentence.block_idx;
        let is_item = schedule.is_some_and(|last| block <= last + 1) && line.sentence.span.len() < MAX_ITEM_BYTES;
        if is_item || line.has(Cue::Schedule) && line.sentence.span.len() < MAX_ITEM_BYTES {
            schedule = Some(block);
        }
        let journey = [Cue::Party, Cue::Mission, Cue::Visit, Cue::Travel].into_iter().filter(|&cue| line.has(cue)).count();
        let other = i32::from(line.has(Cue::Gathering)) + i32::from(line.has(Cue::Agreement));
        let weight = journey as i32 + i32::from(is_item) - other;
        dates.extend(line.mentions.clone().filter_map(|mention| match &scene.context.mentions[mention].value {
            Some(Value::Date(date)) if date.bound.is_none() => {
                let iso = date.iso.as_ref()?;
                Some(Day { iso: iso.split('T').next().unwrap_or(iso).to_owned(), span: scene.span(mention), weight })
            }
            _ => None,
        }));
    }
    dates
}
