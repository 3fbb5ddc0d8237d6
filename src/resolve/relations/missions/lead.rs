//! Who heads the party?

use super::{
    super::Relations,
    Found,
    scene::{Hit, Line, Scene},
};
use crate::{
    lexicon::{Kind, pack::Cue},
    resolve::EntityIdx,
    text::Span,
};

/// Sentences that say who visits whom.
const N_OPENING: usize = 4;
/// Tokens between a wording and the name that belongs to it, at most.
const REACH: usize = 14;

/// Who heads the party by the words of the release, or who is a party of one.
pub(super) fn lead(scene: &Scene<'_>, relations: &Relations) -> Option<Found> {
    let led = || {
        scene.lines.iter().filter(|line| !line.is_aside).flat_map(|line| line.of(Cue::Lead).map(move |hit| (line, hit)))
    };
    led()
        .find_map(|(line, hit)| person_beside(scene, line, hit))
        .or_else(|| scene.lines.iter().find_map(|line| with_party(scene, line)))
        .or_else(|| led().find_map(|(line, hit)| officer(scene, line, hit, relations)))
        .or_else(|| visitor(scene, relations).map(|visitor| visitor.found))
        .or_else(|| envoy(scene, relations))
}

/// Somebody who holds an office of another country, on a visit here.
pub(super) struct Visitor<'a> {
    pub found: Found,
    pub country: &'a str,
}

/// The minister, mayor or governor of another country whom the opening tells of as a guest: `la visita del ministro dell'Energia del
/// Kenya`.
pub(super) fn visitor<'a>(scene: &Scene<'a>, relations: &Relations) -> Option<Visitor<'a>> {
    let desk = scene.desk_country()?;
    let goals = super::route::goals(scene);
    // Whom our own go to see abroad is no guest.
    let is_host = |country: &str| goals.iter().any(|(goal, _)| *goal == country);
    let tells = |line: &&Line<'_>| {
        line.has_any(&[Cue::Visit, Cue::Travel, Cue::Host, Cue::Hosted, Cue::Meet]) && !line.is_headline()
    };
    scene.told().take(N_OPENING).filter(tells).find_map(|line| {
        scene.named(line, Kind::Person).find_map(|(mention, person)| {
            let country =
                country_of_office(scene, person, relations).filter(|country| *country != desk && !is_host(country))?;
            Some(Visitor { found: Found { entity: person, evidence: scene.span(mention) }, country })
        })
    })
}

/// The first holder of an office of the guests' country whom the story names.
pub(super) fn first_guest(scene: &Scene<'_>, relations: &Relations) -> Option<Found> {
    let country = super::origin::country_of_guests(scene)?;
    scene.told().filter(|line| !line.is_headline()).find_map(|line| {
        let mut people = scene.named(line, Kind::Person);
        let (mention, entity) =
            people.find(|(_, person)| country_of_office(scene, *person, relations) == Some(country))?;
        Some(Found { entity, evidence: scene.span(mention) })
    })
}

/// The country of an office of state or town: that of its town, or in its words (`ministro dell'Energia del Kenya`).
fn country_of_office<'a>(scene: &Scene<'a>, person: EntityIdx, relations: &Relations) -> Option<&'a str> {
    relations.roles.iter().filter(|role| role.person == person).find_map(|role| {
        let text = role.text.as_deref()?;
        let town = role.institution.filter(|&body| scene.entity(body).kind == Kind::Place);
        let said = || scene.country_in_name(text).or_else(|| scene.country_of_adjective(text));
        town.and_then(|town| scene.country(town)).or_else(said)
    })
}

/// The person behind a wording, else the nearest before it.
fn person_beside(scene: &Scene<'_>, line: &Line<'_>, hit: Hit) -> Option<Found> {
    let people: Vec<(usize, EntityIdx, std::ops::Range<usize>)> = scene
        .named(line, Kind::Person)
        .map(|(mention, entity)| (mention, entity, scene.tokens_of(line, mention)))
        .collect();
    // Behind a semicolon somebody else is spoken of.
    let is_apart = |first: usize, end: usize| (first..end).any(|at| line.word(at) == ";");
    let behind = people
        .iter()
        .find(|(_, _, at)| at.start >= hit.end && at.start - hit.end <= REACH && !is_apart(hit.end, at.start));
    let before = people.iter().rev().find(|(_, _, at)| at.end <= hit.first && hit.first - at.end <= REACH / 2);
    // `il presidente Massimo Conti, capodelegazione, e la direttrice …`: in apposition it is said of whom it follows.
    let closes = |at: usize| matches!(line.word(at), "," | ")" | "." | ";");
    let is_noun = hit.end == hit.first + 1;
    let is_apposed = is_noun
        && before.is_some_and(|(_, _, at)| {
            at.end + 1 == hit.first && matches!(line.word(at.end), "," | "(") && closes(hit.end)
        });
    let (mention, entity, _) = if is_apposed { before } else { behind.or(before) }?;
    Some(Found { entity: *entity, evidence: scene.span_of_hit(line, hit).cover(scene.span(*mention)) })
}

/// Who is on the way with a party: `die Staatsrätin … mit einer Delegation`.
fn with_party(scene: &Scene<'_>, line: &Line<'_>) -> Option<Found> {
    let is_with = |at: usize| line.sentence.pack.missions.with.contains(line.key(at));
    let party = line.of(Cue::Party).find(|hit| (hit.first.saturating_sub(3)..hit.first).any(is_with))?;
    let (mention, entity) = scene
        .named(line, Kind::Person)
        .filter(|(mention, _)| scene.tokens_of(line, *mention).end <= party.first)
        .last()?;
    Some(Found { entity, evidence: scene.span(mention).cover(scene.span_of_hit(line, party)) })
}

/// Who holds the office that a wording names without the person: `guidata dal rettore`.
fn officer(scene: &Scene<'_>, line: &Line<'_>, hit: Hit, relations: &Relations) -> Option<Found> {
    let words: Vec<String> =
        (hit.end..line.n_tokens().min(hit.end + 3)).map(|at| line.word(at).to_lowercase()).collect();
    let role = relations.roles.iter().find(|role| {
        let office = role.text.as_deref().and_then(|text| text.split_whitespace().next()).map(str::to_lowercase);
        office.is_some_and(|office| office.chars().count() > 3 && words.contains(&office))
    })?;
    Some(Found { entity: role.person, evidence: scene.span_of_hit(line, hit) })
}

/// An envoy who is received heads his or her own visit; one of our own country is seen abroad.
fn envoy(scene: &Scene<'_>, relations: &Relations) -> Option<Found> {
    let desk = scene.desk_country();
    let is_guest = |found: &Found| desk.is_none() || country_of_office(scene, found.entity, relations) != desk;
    lines_of_envoy(scene)
        .find_map(|line| line.of(Cue::Envoy).filter_map(|hit| person_beside(scene, line, hit)).find(is_guest))
}

/// Lines on the visit of an envoy, who is the party: none where a delegation is spoken of first.
pub(super) fn lines_of_envoy<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = &'s Line<'s>> {
    let visits = |line: &&Line<'_>| line.has(Cue::Envoy) && line.has_any(&[Cue::Visit, Cue::Travel, Cue::Host]);
    let until_party = scene
        .lines
        .iter()
        .filter(|line| !line.is_headline())
        .take_while(|line| !line.has_any(&[Cue::Party, Cue::Mission]) || line.has(Cue::Envoy));
    until_party.filter(visits)
}

/// The holder of an office who is said to go or to come back: the subject of the verb.
pub(super) fn traveller(scene: &Scene<'_>, relations: &Relations) -> Option<Found> {
    let has_office =
        |person: EntityIdx| relations.roles.iter().any(|role| role.person == person && role.text.is_some());
    scene.told().filter(|line| !line.is_headline()).find_map(|line| {
        let verb = line.hits.iter().find(|hit| matches!(hit.cue, Cue::Travel | Cue::Return))?;
        let (mention, entity) = scene.named(line, Kind::Person).find(|(_, person)| has_office(*person))?;
        let end = scene.tokens_of(line, mention).end;
        let is_subject = end <= verb.first && verb.first - end <= REACH;
        is_subject.then(|| Found { entity, evidence: scene.span(mention).cover(scene.span_of_hit(line, *verb)) })
    })
}

/// Without a word on who heads the party: the first of the sender's people who is named with an office.
pub(super) fn spokesperson(scene: &Scene<'_>, sender: Option<EntityIdx>, relations: &Relations) -> Option<Found> {
    let of_sender = relations
        .roles
        .iter()
        .filter(|role| role.institution.is_some() && role.institution == sender && role.text.is_some());
    let first =
        of_sender.filter_map(|role| Some((role.person, scene.span(*scene.entity(role.person).mentions.first()?))));
    let is_told = |span: &Span| scene.told().any(|line| line.sentence.span.holds(span.start()));
    first.filter(|(_, span)| is_told(span)).map(|(entity, evidence)| Found { entity, evidence }).next()
}

/// Without any of these: the first holder of an office whom a sentence on the party names.
pub(super) fn first_of_party(scene: &Scene<'_>, relations: &Relations) -> Option<Found> {
    let has_office =
        |person: EntityIdx| relations.roles.iter().any(|role| role.person == person && role.text.is_some());
    let of_party = |line: &&Line<'_>| line.has_any(&[Cue::Party, Cue::Join, Cue::Joined, Cue::Return, Cue::Sign]);
    scene.told().filter(of_party).find_map(|line| {
        let (mention, entity) = scene.named(line, Kind::Person).find(|(_, person)| has_office(*person))?;
        Some(Found { entity, evidence: scene.span(mention) })
    })
}
