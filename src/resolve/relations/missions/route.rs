//! Where did the party go?

use super::scene::{Line, Scene, Side};
use crate::{
    document::Zone,
    lexicon::{Kind, Subtype, pack::Cue},
    resolve::{Entity, EntityIdx, relations::Destination},
    text::Span,
};

/// Tokens between a wording of coming back and the place that it names, at most.
const REACH: usize = 6;
/// Tokens between a wording of coming and the place where somebody comes from, at most.
const REACH_OF_HOME: usize = 2;
/// Sentences that say whose journey it is.
const N_OPENING: usize = 3;
/// Points of a place that stands behind a word of going there.
const GOES_TO: i32 = 3;
/// Points of a body that does (`in visita all'Università di Parma`): it may be at home too.
const GOES_TO_BODY: i32 = 1;

/// How much is said of each country by the places and bodies of the story, and how much of it as where the journey goes.
#[derive(Debug, Clone, Copy)]
struct Weight<'a> {
    country: &'a str,
    /// Everything that is named there.
    named: i32,
    /// What stands behind a word of going there.
    goes_to: i32,
}

/// The countries that the journey is said to go to, with points for each, whoever sent it.
pub(super) fn goals<'a>(scene: &Scene<'a>) -> Vec<(&'a str, i32)> {
    let mut weights = weigh(scene, None);
    // Those who are here go back, and our own may return the visit: neither is the journey that is told.
    let guests = super::origin::country_of_guests(scene);
    weights.retain(|weight| Some(weight.country) != guests);
    let most = weights.iter().map(|weight| weight.goes_to).max().unwrap_or(0);
    // A country that is named once beside one that is named again and again is where something else happens.
    let goals = weights.into_iter().filter(|weight| weight.goes_to > 0 && 2 * weight.goes_to > most);
    goals.map(|weight| (weight.country, weight.goes_to)).collect()
}

/// Countries and places visited, with the words that say so.
pub(super) fn destinations(scene: &Scene<'_>, origin: Option<EntityIdx>) -> (Vec<Destination>, Vec<Span>) {
    let home = match origin {
        Some(origin) => home(scene, origin),
        None => {
            let goals = goals(scene);
            let is_left = |country: &&str| goals.is_empty() || is_left(&goals, country);
            country_of_party(scene).filter(is_left).or_else(|| scene.desk_country().filter(is_left))
        }
    };
    let countries = visited_countries(scene, home, origin);
    let mut evidence = Vec::new();
    let mut destinations: Vec<Destination> = countries
        .iter()
        .map(|country| Destination { country: Some((*country).to_owned()), places: Vec::new() })
        .collect();
    for (idx, entity) in scene.context.entities.entities.iter().enumerate() {
        let place = EntityIdx(idx);
        if entity.kind != Kind::Place || Some(place) == origin {
            continue;
        }
        let country = scene.country(place);
        let destination = match destinations.as_mut_slice() {
            // A town that no list has is where the journey goes, when it goes to one country.
            [only] if country.is_none() && is_gone_to(scene, entity) => Some(only),
            all => all.iter_mut().find(|d| d.country.as_deref() == country),
        };
        let Some(destination) = destination else { continue };
        let mention = entity.mentions.iter().copied().find(|&mention| is_visited(scene, mention));
        if entity.subtype == Some(Subtype::City) && mention.is_some() {
            destination.places.push(place);
        }
        evidence.extend(mention.map(|mention| scene.span(mention)));
    }
    (destinations, evidence)
}

/// Whether a sentence on the journey says that it goes to a place.
fn is_gone_to(scene: &Scene<'_>, place: &Entity) -> bool {
    let goes_to = |line: &Line<'_>, mention: usize| {
        (line.is_of_journey() || line.stage.is_some()) && leads_to(line, scene.tokens_of(line, mention).start)
    };
    let told = |mention: usize| scene.told().find(|line| line.mentions.contains(&mention));
    place.mentions.iter().any(|&mention| told(mention).is_some_and(|line| goes_to(line, mention)))
}

/// Adds the towns that are named only inside the name of a body that was met there, unless the name has another town that
/// is visited (`Università di Modena e Reggio Emilia`).
pub(super) fn add_towns_of(scene: &Scene<'_>, met: &[EntityIdx], destinations: &mut [Destination]) {
    for (idx, town) in scene.context.entities.entities.iter().enumerate() {
        if town.kind != Kind::Place || town.subtype != Some(Subtype::City) {
            continue;
        }
        let Some(destination) = destinations.iter_mut().find(|d| d.country == town.country) else { continue };
        if destination.places.contains(&EntityIdx(idx))
            || town.mentions.iter().any(|&mention| !is_apart(scene, mention))
        {
            continue;
        }
        let names_other = |name: &str| destination.places.iter().any(|place| name.contains(&scene.entity(*place).name));
        let is_of = |body: &EntityIdx| {
            let name = &scene.entity(*body).name;
            name.contains(&town.name) && !names_other(name)
        };
        if met.iter().any(is_of) {
            destination.places.push(EntityIdx(idx));
        }
    }
}

/// Whether a mention stands in a sentence on something else.
fn is_apart(scene: &Scene<'_>, mention: usize) -> bool {
    let start = scene.span(mention).start();
    scene.lines.iter().any(|line| (line.is_aside || line.is_apart) && line.sentence.span.holds(start))
}

/// The country that the party comes from: the origin's own, else that of the dateline if the journey does not go there.
pub(super) fn home<'a>(scene: &Scene<'a>, origin: EntityIdx) -> Option<&'a str> {
    let goals = goals(scene);
    scene
        .country(origin)
        .or_else(|| super::bodies::country_beside(scene, origin))
        .or_else(|| country_of_party(scene).filter(|country| goals.is_empty() || is_left(&goals, country)))
        .or_else(|| scene.desk_country().filter(|desk| is_left(&goals, desk)))
        .or_else(|| guests_country(scene))
}

/// The country that those who travel are of: `una delegazione giapponese`, `Dutch visitors`, `guests from Tanzania`.
fn country_of_party<'a>(scene: &Scene<'a>) -> Option<&'a str> {
    let told = || {
        scene.told().find_map(|line| country_told(line, &[Cue::Party, Cue::Guest]).or_else(|| comes_from(scene, line)))
    };
    let of_headline = of_headline(scene).map(|(home, _)| home);
    of_headline.or_else(told).or_else(|| country_of_opening(scene))
}

/// The countries that a headline goes from and to: `Da Samarcanda a Catania`.
pub(super) fn of_headline<'a>(scene: &Scene<'a>) -> Option<(&'a str, &'a str)> {
    scene.story().filter(|line| line.is_headline()).find_map(|line| {
        let mut places = scene.named(line, Kind::Place).map(|(mention, place)| (scene.tokens_of(line, mention), place));
        let (from, home) = places.next().filter(|(at, _)| at.start == 1 && line.side_of(line.key(0)) == Side::From)?;
        let is_goal = |at: usize| at <= from.end + 2 && line.preposition_before(at) == Side::To;
        let (_, goal) = places.next().filter(|(at, _)| is_goal(at.start))?;
        let (home, goal) = (scene.country(home)?, scene.country(goal)?);
        (home != goal).then_some((home, goal))
    })
}

/// The country that the opening gives those who travel by an adjective.
pub(super) fn country_of_opening<'a>(scene: &Scene<'a>) -> Option<&'a str> {
    let of_party = scene.told().take(N_OPENING).find_map(|line| country_told(line, &[Cue::Party]));
    // `Medici kosovari al Santobono`: at home such a headline tells of guests.
    let desk = scene.desk_country();
    let headlines = || scene.told().filter(|line| line.is_headline());
    let of_members = || {
        headlines()
            .find_map(|line| country_told(line, &[Cue::Member]))
            .filter(|country| desk.is_some_and(|desk| desk != *country))
    };
    of_party.or_else(of_members)
}

/// The country of the adjective beside a word for those who travel, or before one for a journey (`a Chilean trade mission`).
fn country_told<'a>(line: &Line<'a>, cues: &[Cue]) -> Option<&'a str> {
    let words = &line.sentence.pack.missions;
    let country = |at: usize| line.token(at).and_then(|token| words.country_of(token.key));
    // "desierto chileno socios": where adjectives of countries have small letters and nouns, too, they stand behind their noun.
    let nouns_are_big = line.sentence.pack.institutions.nouns_are_capitalized;
    let is_big = |at: &usize| nouns_are_big || line.token(*at).is_some_and(|token| token.case.is_capital());
    let before = |hit: &super::scene::Hit| country(hit.first.checked_sub(1).filter(is_big)?);
    // Those whom somebody meets (`con gli importatori canadesi`) are not those who travel.
    let is_with =
        |hit: &&super::scene::Hit| (hit.first.saturating_sub(3)..hit.first).any(|at| words.with.contains(line.key(at)));
    line.hits.iter().filter(|hit| !is_with(hit)).find_map(|hit| match () {
        () if cues.contains(&hit.cue) => country(hit.end).or_else(|| before(hit)),
        () if hit.cue == Cue::Mission => before(hit),
        () => None,
    })
}

/// The country that people are said to come from: `arrivati dal Senegal`, `guests from Tanzania`.
fn comes_from<'a>(scene: &Scene<'a>, line: &Line<'_>) -> Option<&'a str> {
    let mut places =
        scene.named(line, Kind::Place).map(|(mention, place)| (scene.tokens_of(line, mention).start, place));
    let coming = || line.hits.iter().filter(|hit| matches!(hit.cue, Cue::Travel | Cue::Guest));
    let is_from = |at: usize| {
        line.preposition_before(at) == Side::From && coming().any(|hit| hit.first < at && at <= hit.end + REACH_OF_HOME)
    };
    places.find(|&(at, _)| is_from(at) && !line.has(Cue::Return)).and_then(|(_, place)| scene.country(place))
}

/// Whether the journey goes to another country at least as much as to this one.
fn is_left(goals: &[(&str, i32)], country: &str) -> bool {
    let points = goals.iter().find(|(goal, _)| *goal == country).map_or(0, |(_, points)| *points);
    goals.iter().any(|(goal, other)| *goal != country && *other >= points)
}

/// The country that is spoken of most beside that of the desk, where the journey goes to the desk.
fn guests_country<'a>(scene: &Scene<'a>) -> Option<&'a str> {
    let desk = scene.desk_country().filter(|desk| goals(scene).iter().any(|(goal, _)| goal == desk))?;
    weigh(scene, None)
        .into_iter()
        .filter(|weight| weight.country != desk)
        .max_by_key(|weight| weight.named)
        .map(|weight| weight.country)
}

/// Countries other than home, by weight: the first, and those that the journey is said to go to.
fn visited_countries<'a>(scene: &Scene<'a>, home: Option<&str>, origin: Option<EntityIdx>) -> Vec<&'a str> {
    let mut weights: Vec<Weight<'_>> =
        weigh(scene, origin).into_iter().filter(|weight| Some(weight.country) != home).collect();
    weights.sort_by_key(|weight| std::cmp::Reverse(weight.named + weight.goes_to));
    let Some(most) = weights.first().map(|weight| weight.named + weight.goes_to) else { return Vec::new() };
    let mut first = true;
    weights.retain(|weight| {
        std::mem::take(&mut first) || weight.goes_to > 0 && 3 * (weight.named + weight.goes_to) >= most
    });
    weights.into_iter().map(|weight| weight.country).collect()
}

fn weigh<'a>(scene: &Scene<'a>, origin: Option<EntityIdx>) -> Vec<Weight<'a>> {
    let told = of_headline(scene).map(|(_, country)| Weight { country, named: 0, goes_to: GOES_TO });
    let mut weights: Vec<Weight<'_>> = told.into_iter().collect();
    for line in scene.told() {
        let is_journey = line.is_of_journey() || line.stage.is_some();
        let mut led_until = None;
        for mention in line.mentions.clone() {
            let Some(entity) = scene.entity_of(mention).filter(|&entity| Some(entity) != origin) else { continue };
            let is_place = scene.entity(entity).kind == Kind::Place;
            if !is_place && scene.entity(entity).kind != Kind::Institution {
                continue;
            }
            let Some(country) = scene.country(entity) else { continue };
            let at = scene.tokens_of(line, mention).start;
            if is_place && is_seat(line, at) {
                continue;
            }
            let is_led = is_place && led_until.is_some_and(|end| is_joined(line, end, at));
            let goes_to =
                is_journey && (is_led || leads_to(line, at)) && (is_place || line.side_of_body(at) == Side::To);
            if goes_to && is_place {
                led_until = Some(scene.tokens_of(line, mention).end);
            }
            let named = 1 + i32::from(is_place) + 2 * i32::from(is_journey) + i32::from(line.is_headline());
            let is_signing =
                is_place && !is_journey && line.has(Cue::Sign) && leads_to(line, scene.tokens_of(line, mention).start);
            let goes_to = match goes_to {
                true if is_place => GOES_TO,
                true => GOES_TO_BODY,
                false => i32::from(is_signing),
            };
            match weights.iter_mut().find(|known| known.country == country) {
                Some(known) => {
                    known.named += named;
                    known.goes_to += goes_to;
                }
                None => weights.push(Weight { country, named, goes_to }),
            }
        }
    }
    weights
}

/// Whether the place at token `at` is where somebody has a seat: `imprese con sede in Lombardia`.
fn is_seat(line: &Line<'_>, at: usize) -> bool {
    line.of(Cue::Seat).any(|hit| hit.end <= at && at - hit.end <= REACH)
}

/// Whether the place at token `at` is joined to one that ends at `end`: `in Danimarca e Svezia`.
fn is_joined(line: &Line<'_>, end: usize, at: usize) -> bool {
    let is_joint = |at: usize| line.word(at) == "," || line.sentence.pack.sectors.conjunctions.contains(line.key(at));
    (1..=2).contains(&at.saturating_sub(end)) && (end..at).any(is_joint)
}

/// The country that a sentence says the journey goes to.
pub(super) fn goal_of<'a>(scene: &Scene<'a>, line: &Line<'_>) -> Option<&'a str> {
    let named = scene.named(line, Kind::Place);
    named
        .filter(|(mention, _)| leads_to(line, scene.tokens_of(line, *mention).start))
        .find_map(|(_, place)| scene.country(place))
}

/// Whether the words before token `at` say that the journey went there: `in Giappone`, `rientrata dal Giappone`.
fn leads_to(line: &Line<'_>, at: usize) -> bool {
    match line.preposition_before(at) {
        Side::To => !is_home(line, at),
        Side::From => line.of(Cue::Return).any(|hit| hit.first < at && at <= hit.end + REACH),
        Side::None => is_object(line, at) || line.stage == Some(at),
    }
}

/// Whether the place at token `at` is where somebody comes back to: `le retour à Strasbourg`. Who comes back to a town abroad
/// (`torna a Colmar`) is on the way there.
fn is_home(line: &Line<'_>, at: usize) -> bool {
    let is_going = |hit: &super::scene::Hit| line.of(Cue::Travel).any(|going| going.first == hit.first);
    line.of(Cue::Return).any(|hit| hit.first < at && at <= hit.end + REACH_OF_HOME && !is_going(&hit))
}

/// Whether the place at token `at` is what a verb of going is said of: `ha visitato il Giappone`, `toured Ireland`.
fn is_object(line: &Line<'_>, at: usize) -> bool {
    let is_article = at > 0 && line.sentence.pack.missions.subject_articles.contains(line.key(at - 1));
    let first = if is_article { at - 1 } else { at };
    line.hits.iter().any(|hit| matches!(hit.cue, Cue::Travel | Cue::Stay) && hit.end == first)
}

/// Whether a mention of a place stands in the story: not in a dateline, nor where it is said whence somebody came (`i colleghi venuti
/// da Merano`).
fn is_visited(scene: &Scene<'_>, mention: usize) -> bool {
    let start = scene.span(mention).start();
    let tells = |line: &Line<'_>| line.sentence.zone != Zone::Dateline && !line.is_aside && !line.is_apart;
    let is_left = |line: &Line<'_>| {
        let at = scene.tokens_of(line, mention).start;
        let is_behind = |hit: &super::scene::Hit| hit.first < at && at <= hit.end + 1;
        let is_from = line.preposition_before(at) == Side::From && line.of(Cue::Travel).any(|hit| is_behind(&hit));
        is_from && !line.has(Cue::Return)
    };
    let line = scene.lines.iter().find(|line| line.sentence.span.holds(start));
    line.is_some_and(|line| tells(line) && !is_left(line))
}
