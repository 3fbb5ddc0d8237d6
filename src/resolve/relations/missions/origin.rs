//! Who sent the party?

use super::{
    super::Relations,
    Found,
    scene::{Hit, Line, Scene, Side},
};
use crate::{
    lexicon::{Kind, Subtype, pack::Cue},
    resolve::EntityIdx,
    text::Span,
};

/// Tokens between a wording and the name that belongs to it, at most.
const REACH: usize = 14;

/// Tokens between a noun and the name that belongs to it, at most (`missione di sistema in Corea del Sud della Regione …`).
const REACH_OF_NOUN: usize = 9;

/// Points from which on a body goes before any territory.
const ENOUGH_FOR_BODY: i32 = 2;
/// Sentences that say whose journey it is.
const N_OPENING: usize = 4;
/// Points that it has before a territory.
const MORE_FOR_BODY: i32 = 4;
/// Points that a body loses, at most, when the journey goes to its own country.
const MOST_OF_GOAL: i32 = 6;
/// Points that a body loses when it is said to receive the party.
const OF_HOST: i32 = 5;
/// Points of the country that an envoy speaks for.
const OF_ENVOY: i32 = 12;
/// Points of the country whose minister or mayor is the visitor.
const OF_VISITOR: i32 = 6;

/// Who sent it: the entity for which most wordings speak.
pub(super) fn origin(scene: &Scene<'_>, lead: Option<EntityIdx>, relations: &Relations) -> Option<Found> {
    let mut votes: Vec<(EntityIdx, i32, Span)> = Vec::new();
    let mut vote = |entity: EntityIdx, points: i32, evidence: Span| match votes.iter_mut().find(|vote| vote.0 == entity)
    {
        Some(vote) => vote.1 += points,
        None => votes.push((entity, points, evidence)),
    };
    let guests = country_of_guests(scene);
    for line in scene.lines.iter().filter(|line| !line.is_aside) {
        for hit in line
            .hits
            .iter()
            .filter(|hit| matches!(hit.cue, Cue::Party | Cue::Guest | Cue::Mission | Cue::Visit | Cue::Stand))
        {
            let weight = if matches!(hit.cue, Cue::Visit | Cue::Guest) { 2 } else { 5 };
            if let Some((entity, evidence)) = attached(scene, line, *hit) {
                vote(entity, weight, evidence);
            }
        }
        let is_on_way = line.has_any(&[Cue::Travel, Cue::Return, Cue::Hosted]);
        if is_on_way || guests.is_some() {
            // `composta da docenti dell'Università di X`: those are of one body of several.
            let is_one_of = |hit: &Hit| {
                line.of(Cue::Makeup).any(|makeup| makeup.end <= hit.first && super::bodies::is_of_party(line, &makeup))
            };
            let members = line.of(Cue::Member).filter(|hit| !is_one_of(hit));
            for (entity, evidence) in members.filter_map(|hit| attached(scene, line, hit)).take(1) {
                // Where nobody is on the way, those of the guests' country are.
                if !is_on_way && scene.country(entity) != guests {
                    continue;
                }
                vote(entity, 3, evidence);
            }
        }
        let is_of_journey = line.has_any(&[Cue::Mission, Cue::Party, Cue::Visit, Cue::Travel]);
        let is_told_abroad = opens_abroad(scene, line);
        for hit in line.of(Cue::Organize).filter(|hit| is_of_journey && !is_told_abroad && !is_of_gathering(line, *hit))
        {
            if let Some((entity, evidence)) = organizer(scene, line, hit) {
                vote(entity, 4, evidence);
            }
        }
        let mut verbs = line.hits.iter().filter(|hit| matches!(hit.cue, Cue::Travel | Cue::Return));
        if let Some((entity, evidence)) = verbs.find_map(|hit| subject(scene, line, *hit)) {
            vote(entity, 2, evidence);
        }
        let takes_along = line.of(Cue::Bring).find(|_| line.has_any(&[Cue::Member, Cue::Party, Cue::Mission]));
        if let Some((entity, evidence)) = takes_along.and_then(|hit| subject(scene, line, hit)) {
            vote(entity, 3, evidence);
        }
    }
    if let Some((entity, evidence)) = envoy_of(scene) {
        vote(entity, OF_ENVOY, evidence);
    }
    if let Some((territory, evidence)) =
        super::lead::visitor(scene, relations).and_then(|visitor| territory(scene, visitor.country))
    {
        vote(territory, OF_VISITOR, evidence);
    }
    if let Some((entity, evidence)) = scene.lines.iter().find_map(|line| opener(scene, line)) {
        vote(entity, 3, evidence);
    }
    // Who receives the party, or is at home where the journey goes, is a host, and a leader is not of the hosts. A party that is said
    // to be of a territory has people of several bodies, that of its leader among them.
    let hosts: Vec<EntityIdx> = scene.lines.iter().flat_map(|line| hosts(scene, line)).collect();
    let is_of_territory = are_guests_of_country(scene);
    let of_lead =
        lead.and_then(|lead| affiliation(lead, relations)).filter(|body| !hosts.contains(body) && !is_of_territory);
    if let Some(institution) = of_lead {
        let evidence = scene.entity(institution).mentions.first().map(|&mention| scene.span(mention));
        vote(institution, 4, evidence.unwrap_or_default());
    }
    if let Some((entity, evidence)) =
        scene.lines.iter().find_map(|line| body_of_lead(scene, line)).filter(|_| !is_of_territory)
    {
        vote(entity, 5, evidence);
    }
    let goals = super::route::goals(scene);
    if let Some((mention, entity)) =
        scene.story().filter(|line| !line.is_headline()).find_map(|line| first_body(scene, line))
        && goals.iter().any(|(goal, _)| scene.country(entity) != Some(*goal))
    {
        vote(entity, 2, scene.span(mention));
    }
    if let Some((mention, entity)) =
        scene.lines.iter().filter(|line| line.is_headline()).find_map(|line| sender(scene, line))
    {
        vote(entity, 1, scene.span(mention));
    }
    let country_of_party = country_of_party(scene);
    // A Japanese delegation that somebody in Italy writes of is sent by nobody in Italy.
    let desk = guests.and_then(|_| scene.desk_country());
    votes.retain(|vote| desk.is_none() || scene.country(vote.0) != desk);
    for vote in &mut votes {
        let is_other = |party: &str| scene.country(vote.0).is_some_and(|country| country != party);
        vote.1 -= if country_of_party.is_some_and(is_other) { OF_HOST } else { 0 };
        vote.1 -= if hosts.contains(&vote.0) { OF_HOST } else { 0 };
        let goal = scene.country(vote.0).and_then(|country| goals.iter().find(|(goal, _)| *goal == country));
        vote.1 -= goal.map_or(0, |(_, points)| (*points).min(MOST_OF_GOAL));
    }
    // A body goes before a territory, unless much more speaks for the territory.
    let is_body = |entity: EntityIdx| scene.entity(entity).kind == Kind::Institution;
    let rank = |&(entity, points, _): &(EntityIdx, i32, Span)| {
        points + if is_body(entity) && points >= ENOUGH_FOR_BODY { MORE_FOR_BODY } else { 0 }
    };
    let sender = votes
        .into_iter()
        .rev()
        .filter(|&(_, points, _)| points > 0)
        .max_by_key(rank)
        .map(|(entity, _, evidence)| (entity, evidence));
    // Guests whom nobody is said to send are of their country.
    let (entity, evidence) = sender.or_else(|| territory(scene, guests?))?;
    Some(Found { entity: body_of(scene, entity), evidence })
}

/// The country itself where the release names it, else its first region or town.
fn territory(scene: &Scene<'_>, country: &str) -> Option<(EntityIdx, Span)> {
    let is_there = |&idx: &EntityIdx| {
        scene.entity(idx).kind == Kind::Place
            && scene.entity(idx).country.as_deref() == Some(country)
            && can_send(scene, idx)
    };
    let places = || (0..scene.context.entities.entities.len()).map(EntityIdx).filter(is_there);
    let place = places().find(|&idx| scene.is_subtype(idx, Subtype::Country)).or_else(|| places().next())?;
    scene.entity(place).mentions.first().map(|&mention| (place, scene.span(mention)))
}

/// The country that the opening gives the party, by an adjective or by the body or place that it is of.
fn country_of_party<'a>(scene: &Scene<'a>) -> Option<&'a str> {
    let of_headline = super::route::of_headline(scene).map(|(home, _)| home);
    of_headline.or_else(|| super::route::country_of_opening(scene)).or_else(|| country_attached(scene))
}

/// The country of a party that comes to where the release is written.
pub(super) fn country_of_guests<'a>(scene: &Scene<'a>) -> Option<&'a str> {
    let desk = scene.desk_country()?;
    country_of_party(scene).filter(|party| *party != desk)
}

/// Whether the opening says by its name which country such a party is of.
fn are_guests_of_country(scene: &Scene<'_>) -> bool {
    let territory = party_attached(scene).filter(|&entity| scene.is_subtype(entity, Subtype::Country));
    territory.is_some_and(|territory| scene.desk_country().is_some_and(|desk| scene.country(territory) != Some(desk)))
}

/// The country of the body or place that the opening says the party is of.
fn country_attached<'a>(scene: &Scene<'a>) -> Option<&'a str> {
    party_attached(scene).and_then(|entity| scene.country(entity))
}

/// The body or place that the opening says the party is of.
fn party_attached(scene: &Scene<'_>) -> Option<EntityIdx> {
    // "Delegation aus Vietnam zurück": where one comes back from is no sender.
    let opening = scene.told().take(N_OPENING).filter(|line| !line.has(Cue::Return));
    let parties = opening.flat_map(|line| line.of(Cue::Party).map(move |hit| (line, hit)));
    parties.into_iter().find_map(|(line, hit)| attached(scene, line, hit)).map(|(entity, _)| entity)
}

/// The body that a role ties a person to.
pub(super) fn affiliation(person: EntityIdx, relations: &Relations) -> Option<EntityIdx> {
    relations.roles.iter().filter(|role| role.person == person).find_map(|role| role.institution)
}

/// The country that an envoy speaks for, where the envoy is the party: `l'ambasciatrice del Messico`.
fn envoy_of(scene: &Scene<'_>) -> Option<(EntityIdx, Span)> {
    super::lead::lines_of_envoy(scene).find_map(|line| {
        let hit = line.of(Cue::Envoy).next()?;
        scene.named(line, Kind::Place).find_map(|(mention, entity)| {
            let at = scene.tokens_of(line, mention).start;
            let is_of = at >= hit.end && at - hit.end <= 3 && line.preposition_before(at) == Side::From;
            let is_ours = scene.desk_country().is_some_and(|desk| scene.country(entity) == Some(desk));
            (is_of && !is_ours && scene.is_subtype(entity, Subtype::Country))
                .then(|| (entity, scene.span_of_hit(line, hit).cover(scene.span(mention))))
        })
    })
}

/// The name that belongs to a party or a journey: `delegazione della Regione Umbria`, `Ontario delegation`.
fn attached(scene: &Scene<'_>, line: &Line<'_>, hit: Hit) -> Option<(EntityIdx, Span)> {
    for mention in line.mentions.clone() {
        let at = scene.tokens_of(line, mention);
        let Some(entity) = scene.entity_of(mention).filter(|&entity| can_send(scene, entity)) else { continue };
        let evidence = || scene.span_of_hit(line, hit).cover(scene.span(mention));
        // Before the noun, with at most one adjective between: `Ontario clean-tech mission`.
        if at.end <= hit.first && hit.first - at.end <= 3 {
            let is_verb = |other: &Hit| {
                matches!(other.cue, Cue::Host | Cue::Meet) && at.end <= other.first && other.end <= hit.first
            };
            // "Fiera di Lione nello stand": a preposition parts the two.
            let is_parted = at.end == hit.first && line.side_of(line.key(hit.first)) != Side::None;
            let is_joined = !is_parted
                && (at.end..hit.first).all(|at| is_plain(line, line.word(at)))
                && !line.hits.iter().any(is_verb);
            if is_joined && line.preposition_before(at.start) != Side::To {
                return Some((entity, evidence()));
            }
        }
        if at.start >= hit.end && at.start - hit.end <= REACH_OF_NOUN {
            let is_verb = |other: &Hit| {
                let cues =
                    [Cue::Travel, Cue::Stay, Cue::Return, Cue::Meet, Cue::Host, Cue::Join, Cue::Lead, Cue::Organize];
                cues.contains(&other.cue) && other.first >= hit.end && other.first < at.start
            };
            let is_broken = (hit.end..at.start).any(|at| matches!(line.word(at), "," | ":" | ";" | "("));
            let is_broken = is_broken || line.hits.iter().any(is_verb);
            if !is_broken
                && (line.preposition_before(at.start) == Side::From || is_made_for(scene, line, at.start, entity))
            {
                return Some((entity, evidence()));
            }
        }
    }
    None
}

/// `missione in Georgia per il Comune di Lecce`.
fn is_made_for(scene: &Scene<'_>, line: &Line<'_>, at: usize, entity: EntityIdx) -> bool {
    let words = &line.sentence.pack.missions.on_behalf_of;
    scene.entity(entity).kind == Kind::Institution
        && (at.saturating_sub(2)..at).any(|before| words.contains(line.key(before)))
}

fn is_plain(line: &Line<'_>, word: &str) -> bool {
    word.len() > 1 && !line.sentence.pack.prose.function_words.contains(word) || matches!(word, "-" | "'")
}

/// Whether what somebody sets up is no journey but a meeting on it: `un incontro promosso dal Comune`.
fn is_of_gathering(line: &Line<'_>, hit: Hit) -> bool {
    let is_other = |cue: Cue| matches!(cue, Cue::Meet | Cue::Gathering | Cue::Agreement);
    line.hits.iter().any(|other| is_other(other.cue) && other.end <= hit.first && hit.first - other.end <= 1)
}

/// Whether a sentence opens with a place abroad: who sets something up there is a host (`Ad Albacete la cooperativa ha organizzato …`).
fn opens_abroad(scene: &Scene<'_>, line: &Line<'_>) -> bool {
    let Some((mention, place)) = scene.named(line, Kind::Place).next() else { return false };
    let opens = scene.tokens_of(line, mention).start == 1 && line.side_of(line.key(0)) == Side::To;
    let country = scene.country(place);
    opens && !line.has_any(&[Cue::Party, Cue::Mission]) && country.is_some() && country != scene.desk_country()
}

fn organizer(scene: &Scene<'_>, line: &Line<'_>, hit: Hit) -> Option<(EntityIdx, Span)> {
    let bodies: Vec<_> = scene
        .named(line, Kind::Institution)
        .map(|(mention, entity)| (mention, entity, scene.tokens_of(line, mention)))
        .collect();
    // Who helps (`organizzata con l'Agenzia ICE`) is not who sends.
    let is_with = |end: usize| (hit.end..end).any(|at| line.sentence.pack.missions.with.contains(line.key(at)));
    // What an officer is in charge of (`coordinata dalla delegata all'Internazionalizzazione`) sets nothing up.
    let is_by = |at: usize| at - hit.end <= 1 || line.preposition_before(at) != Side::To;
    let behind = bodies.iter().find(|(_, _, at)| at.start >= hit.end && at.start - hit.end <= 4 && is_by(at.start));
    if behind.is_some_and(|(_, _, at)| is_with(at.start)) {
        return None;
    }
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
    // `The university has wrapped up a visit by a delegation`: others came.
    let is_by = |at: usize| line.sentence.pack.missions.of.contains(line.key(at));
    let guests = line.of(Cue::Party).find(|party| party.first > journey.end && party.first - journey.end <= REACH / 2);
    if journey.cue == Cue::Visit && guests.is_some_and(|party| (journey.end..party.first).any(is_by)) {
        return None;
    }
    let (mention, entity) = scene.named(line, Kind::Institution).next()?;
    let at = scene.tokens_of(line, mention);
    // `Le pôle de compétitivité Aerospace Valley`: a noun before a name says what it is.
    let is_said_of = at.start > 0 && is_plain(line, line.word(at.start - 1));
    let is_free = line.side_of_body(at.start) == Side::None || is_said_of && line.side_of_body(at.start) == Side::From;
    let is_before = at.end <= journey.first && is_free && can_send(scene, entity);
    is_before.then(|| (entity, scene.span(mention).cover(scene.span_of_hit(line, *journey))))
}

/// The body that the leader is of: `led by Vice-President Choi of Ewha Womans University`.
fn body_of_lead(scene: &Scene<'_>, line: &Line<'_>) -> Option<(EntityIdx, Span)> {
    line.of(Cue::Lead).find_map(|hit| {
        scene.named(line, Kind::Institution).find_map(|(mention, entity)| {
            let at = scene.tokens_of(line, mention).start;
            let is_near = at >= hit.end && at - hit.end <= REACH && line.side_of_body(at) == Side::From;
            let is_broken = line.hits.iter().any(|other| {
                matches!(other.cue, Cue::Travel | Cue::Meet | Cue::Join | Cue::Return)
                    && other.first >= hit.end
                    && other.first < at
            });
            let is_sender = is_near && !is_broken && can_send(scene, entity);
            is_sender.then(|| (entity, scene.span_of_hit(line, hit).cover(scene.span(mention))))
        })
    })
}

/// The bodies and places that receive somebody: before the verb (`ha accolto`), or behind its passive (`ricevuta da`).
fn hosts(scene: &Scene<'_>, line: &Line<'_>) -> Vec<EntityIdx> {
    let is_host = |at: &std::ops::Range<usize>| {
        line.of(Cue::Host).any(|hit| {
            at.end <= hit.first && hit.first - at.end <= REACH / 2 && line.side_of_body(at.start) == Side::None
        }) || line.of(Cue::Hosted).any(|hit| at.start >= hit.end && at.start - hit.end <= REACH / 3)
    };
    let named =
        line.mentions.clone().filter_map(|mention| Some((scene.tokens_of(line, mention), scene.entity_of(mention)?)));
    named.filter(|(at, entity)| can_send(scene, *entity) && is_host(at)).map(|(_, entity)| entity).collect()
}

/// The first body that the story names, unless something is said to be at it.
fn first_body(scene: &Scene<'_>, line: &Line<'_>) -> Option<(usize, EntityIdx)> {
    scene.named(line, Kind::Institution).find(|&(mention, entity)| {
        let at = scene.tokens_of(line, mention).start;
        // Those around somebody (`Autour d'elle : le CNES`) are not who sends.
        let is_along = line.of(Cue::Join).any(|hit| hit.end <= at);
        !is_along && can_send(scene, entity) && line.side_of_body(scene.tokens_of(line, mention).start) != Side::To
    })
}

/// The body or place before a verb of going: one that no preposition ties to another noun, if there is one.
fn subject(scene: &Scene<'_>, line: &Line<'_>, hit: Hit) -> Option<(EntityIdx, Span)> {
    let subjects = line.mentions.clone().filter_map(|mention| {
        let at = scene.tokens_of(line, mention);
        let entity = scene.entity_of(mention).filter(|&entity| can_send(scene, entity))?;
        let side = line.side_of_body(at.start);
        // "La delegación que ha recorrido Chile aterrizó anoche": what stands right behind a verb of travel is where it goes.
        let articles = &line.sentence.pack.missions.subject_articles;
        let goes_to =
            |other: &Hit| other.end == at.start || other.end + 1 == at.start && articles.contains(line.key(other.end));
        let is_goal =
            line.hits.iter().any(|other| matches!(other.cue, Cue::Travel | Cue::Stay | Cue::Visit) && goes_to(other));
        let is_subject = at.end <= hit.first && side != Side::To && !is_goal && !is_cut_off(line, &at, hit.first);
        is_subject.then(|| (side, (entity, scene.span(mention).cover(scene.span_of_hit(line, hit)))))
    });
    subjects.min_by_key(|(side, _)| *side == Side::From).map(|(_, subject)| subject)
}

/// Whether a name is no subject of a verb at token `verb`: somebody is with it, or another clause lies between.
fn is_cut_off(line: &Line<'_>, at: &std::ops::Range<usize>, verb: usize) -> bool {
    let is_with = (at.start.saturating_sub(2)..at.start)
        .any(|before| line.sentence.pack.missions.with.contains(line.key(before)));
    let is_apart = (at.end..verb).any(|between| matches!(line.word(between), ":" | ";" | "»" | "”"));
    // `The city welcomed guests as the Comune di Ravenna paid a visit`: each verb has a subject of its own.
    let has_verb = line.of(Cue::Host).any(|host| at.end <= host.first && host.end <= verb);
    is_with || is_apart || has_verb
}

/// The first body or territory of a headline that is not where the journey goes.
fn sender(scene: &Scene<'_>, line: &Line<'_>) -> Option<(usize, EntityIdx)> {
    line.mentions.clone().find_map(|mention| {
        let entity = scene.entity_of(mention).filter(|&entity| can_send(scene, entity))?;
        let at = scene.tokens_of(line, mention);
        (line.side_of_body(at.start) != Side::To).then_some((mention, entity))
    })
}

fn can_send(scene: &Scene<'_>, entity: EntityIdx) -> bool {
    let entity = scene.entity(entity);
    match entity.kind {
        Kind::Institution => !matches!(entity.subtype, Some(Subtype::Diplomatic | Subtype::Media)),
        Kind::Place => {
            entity.subtype.is_some_and(|subtype| matches!(subtype, Subtype::Region | Subtype::Country | Subtype::City))
        }
        _ => false,
    }
}

/// The government of a territory, when the release names it too: `Umbria` is sent by `Regione Umbria`.
fn body_of(scene: &Scene<'_>, entity: EntityIdx) -> EntityIdx {
    let place = scene.entity(entity);
    // What a country sends is not sent by the one body of it that has its name (`Enterprise Estonia`).
    if place.kind != Kind::Place || place.subtype == Some(Subtype::Country) || place.name.len() < 4 {
        return entity;
    }
    let is_its_body = |(_, body): &(usize, &crate::resolve::Entity)| {
        body.kind == Kind::Institution && body.subtype == Some(Subtype::Government) && body.name.ends_with(&place.name)
    };
    let bodies = scene.context.entities.entities.iter().enumerate();
    bodies.filter(|(_, body)| !body.mentions.is_empty()).find(is_its_body).map_or(entity, |(idx, _)| EntityIdx(idx))
}
