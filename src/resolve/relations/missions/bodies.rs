//! Who travelled along, and who was met?
//!
//! Each mention of a body gives points for one of the two: the wording that it stands behind or before, the label of its list,
//! and where its body is at home. The sums decide, so that no single sentence does.

use super::scene::{Hit, Line, Scene, Side};
use crate::{
    lexicon::{Kind, Subtype, pack::Cue},
    resolve::EntityIdx,
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
    /// What the party is said to be made of.
    Within,
    Met,
    /// Bodies that set the mission up, or that a leader is of.
    Neither,
    /// Bodies that helped it from afar: where they are at home says nothing.
    Afar,
}

/// Points of one body.
#[derive(Debug, Clone, Copy)]
struct Tally {
    entity: EntityIdx,
    along: i32,
    met: i32,
    /// Whether nothing is said of it but that it helped.
    is_afar: bool,
    /// The mention with most points, for the evidence.
    span: Span,
    best: i32,
}

/// Points for the country that a body is of: those of the country visited are met, those at home may travel along.
const OF_COUNTRY: i32 = 6;
const OF_HOME: i32 = 1;
const OF_GUESTS: i32 = 4;
/// A firm at home is named because it went.
const OF_HOME_FIRM: i32 = 2;
/// Points for a wording in the sentence, and for the label of a list.
const OF_WORDING: i32 = 2;
const OF_LABEL: i32 = 4;
/// Points for a wording that says what the party is made of: more than its country can say.
const OF_MAKEUP: i32 = 7;
/// Tokens before a wording of what the party is made of, at most, where nothing before it says so (`Ne fanno parte`).
const N_BEFORE_MAKEUP: usize = 1;
/// The same where a comma parts it from its noun (`Il gruppo, composto da`).
const N_BEFORE_APPOSED: usize = 3;
/// Tokens from the opening of a sentence to the body that something was done with, at most.
const REACH_OF_PARTNER: usize = 5;
/// Points from which on a body counts.
const ENOUGH: i32 = 2;
/// Tokens between a body and the wording behind it that speaks of it, at most.
const REACH: usize = 12;

/// Sorts the bodies of the release.
pub(super) fn sort(scene: &Scene<'_>, origin: Option<EntityIdx>, visited: &[&str]) -> Bodies {
    let home = origin.and_then(|origin| super::route::home(scene, origin)).filter(|home| !visited.contains(home));
    // A host that tells of its guests names nobody else of their country, and their envoys come with them.
    let are_guests = home.is_some() && scene.desk_country().is_some_and(|desk| visited.contains(&desk));
    let of_home = if are_guests { OF_GUESTS } else { OF_HOME };
    let mut tallies: Vec<Tally> = Vec::new();
    let mut open = None;
    for (line, label) in scene.lines.iter().zip(scene.labels()) {
        if line.sentence.zone == crate::document::Zone::Dateline || line.is_aside {
            continue;
        }
        let marks = marks(scene, line, open);
        open = marks.last().map(|&(_, part)| part);
        let is_told_there = is_told_there(scene, line, visited);
        for (mention, entity) in scene.named(line, Kind::Institution) {
            if Some(entity) == origin || scene.is_subtype(entity, Subtype::Media) {
                continue;
            }
            let at = scene.tokens_of(line, mention).start;
            let mut points = points(line, label, &marks, at);
            // Items of a programme, and what is told of a place, name hosts.
            if points == (0, 0) && part_at(&marks, at).is_none() {
                points.1 += if line.stage.is_some() || is_told_there { OF_WORDING } else { 0 };
            }
            let is_afar = points == (0, 0) && part_at(&marks, at) == Some(Part::Afar);
            add(
                &mut tallies,
                Tally {
                    entity,
                    along: points.0,
                    met: points.1,
                    is_afar,
                    span: scene.span(mention),
                    best: points.0.max(points.1),
                },
            );
        }
    }
    // The embassy of the country whose envoy travels is at home, wherever it stands.
    let is_envoy = super::lead::lines_of_envoy(scene).next().is_some();
    let country_of_envoy =
        origin.map(|origin| scene.entity(origin)).filter(|origin| is_envoy && origin.kind == Kind::Place);
    let is_of_envoy = |body: EntityIdx| {
        scene.is_subtype(body, Subtype::Diplomatic)
            && country_of_envoy.is_some_and(|country| scene.entity(body).name.contains(&country.name))
    };
    tallies.retain(|tally| !is_of_envoy(tally.entity));
    for tally in tallies.iter_mut().filter(|tally| !tally.is_afar) {
        let country = scene.country(tally.entity).or_else(|| country_beside(scene, tally.entity));
        let is_diplomatic = scene.is_subtype(tally.entity, Subtype::Diplomatic);
        // `Agenzia spaziale canadese`; at home such an adjective is in the name of many who only say where they are from.
        let is_there = |country: &str| visited.contains(&country);
        let country = country.or_else(|| {
            scene.country_of_adjective(&scene.entity(tally.entity).name).filter(|country| is_there(country))
        });
        if is_diplomatic && are_guests && tally.met == 0 {
            // Whose envoys only stand by at a meeting here is not said.
            tally.along += if tally.along > 0 { OF_COUNTRY } else { 0 };
        } else if is_diplomatic || country.is_some_and(is_there) {
            tally.met += OF_COUNTRY;
        } else if country.is_some() && country == home {
            let is_firm = scene.is_subtype(tally.entity, Subtype::Company);
            tally.along += if is_firm { of_home.max(OF_HOME_FIRM) } else { of_home };
        }
    }
    let mut bodies = Bodies::default();
    for tally in tallies {
        let list = match () {
            () if tally.along > tally.met && tally.along >= ENOUGH => &mut bodies.participants,
            () if tally.met >= ENOUGH => &mut bodies.met,
            () => continue,
        };
        list.push((tally.entity, tally.span));
    }
    bodies
}

fn add(tallies: &mut Vec<Tally>, more: Tally) {
    match tallies.iter_mut().find(|tally| tally.entity == more.entity) {
        Some(tally) => {
            tally.along += more.along;
            tally.met += more.met;
            tally.is_afar &= more.is_afar;
            if more.best > tally.best {
                (tally.best, tally.span) = (more.best, more.span);
            }
        }
        None => tallies.push(more),
    }
}

/// The part of its sentence that a token stands in.
fn part_at(marks: &[(usize, Part)], at: usize) -> Option<Part> {
    marks.iter().rev().find(|&&(place, _)| place <= at).map(|&(_, part)| part)
}

/// What one mention says of its body: points for travelling along, and for being met.
fn points(line: &Line<'_>, label: Option<Hit>, marks: &[(usize, Part)], at: usize) -> (i32, i32) {
    let mut points = (0, 0);
    let of_label = if line.is_short() { OF_LABEL } else { OF_WORDING };
    match label.map(|label| label.cue) {
        Some(Cue::Join | Cue::Among | Cue::Party) => points.0 += of_label,
        Some(Cue::Crew) => points.0 += OF_LABEL,
        Some(Cue::Meet | Cue::Schedule) => points.1 += of_label,
        _ => {}
    }
    match part_at(marks, at) {
        Some(Part::Along) => points.0 += OF_WORDING,
        Some(Part::Within) => points.0 += OF_MAKEUP,
        Some(Part::Met) => points.1 += OF_WORDING,
        Some(Part::Neither | Part::Afar) => return points,
        None => {}
    }
    // `Al Politecnico di Milano …`: the sentence tells what happened there.
    if (1..=2).contains(&at) && line.side_of_body(at) == Side::To && !line.is_headline() {
        points.1 += OF_WORDING;
    }
    // `Martedì il gruppo è stato al Museo Egizio, mercoledì ai Musei Reali`.
    if points == (0, 0) && is_visited_at(line, at) {
        points.1 += OF_WORDING;
    }
    // `Con l'Università di Fez è stato definito …`: the sentence tells what was done with it.
    if points == (0, 0) && is_done_with(line, at) {
        points.1 += OF_WORDING;
    }
    points.0 += i32::from(line.has(Cue::Party) && !line.has(Cue::Meet) && !line.is_headline());
    let spoken_of_behind = |cue: Cue| line.of(cue).any(|hit| hit.first > at && is_subject_of(line, at, hit));
    if spoken_of_behind(Cue::Joined) {
        points.0 += OF_WORDING;
    }
    if spoken_of_behind(Cue::Host) {
        points.1 += OF_WORDING;
    }
    points
}

/// Whether a sentence on the way of the party says that something was at the body at token `at`.
fn is_visited_at(line: &Line<'_>, at: usize) -> bool {
    let words = &line.sentence.pack.missions;
    let is_made_for = (at.saturating_sub(2)..at).any(|before| words.on_behalf_of.contains(line.key(before)));
    let is_on_way = line.has_any(&[Cue::Travel, Cue::Visit, Cue::Guest, Cue::Meet]) && !line.is_headline();
    is_on_way && !is_made_for && line.side_of_body(at) == Side::To
}

/// Whether a sentence opens with the body at token `at` as the partner of what it tells, and not as a fellow traveller.
fn is_done_with(line: &Line<'_>, at: usize) -> bool {
    let words = &line.sentence.pack.missions;
    let is_direct = words.with.contains(line.key(0)) && (1..=REACH_OF_PARTNER).contains(&at);
    let is_broken = (1..at).any(|between| matches!(line.word(between), "," | ":" | ";"));
    let is_of_party =
        line.has_any(&[Cue::Party, Cue::Travel, Cue::Return, Cue::Join, Cue::Joined, Cue::Member, Cue::Support]);
    is_direct && !is_broken && !is_of_party
}

/// Whether a sentence opens with a place that is visited: what it tells of bodies it tells of those there (`À Lyon, le musée a ouvert …`).
fn is_told_there(scene: &Scene<'_>, line: &Line<'_>, visited: &[&str]) -> bool {
    let opens = |(mention, place): (usize, EntityIdx)| {
        let at = scene.tokens_of(line, mention).start;
        (1..=2).contains(&at)
            && line.side_of(line.key(0)) == Side::To
            && scene.country(place).is_some_and(|country| visited.contains(&country))
    };
    !line.is_headline()
        && !line.has_any(&[Cue::Party, Cue::Travel])
        && scene.named(line, Kind::Place).next().is_some_and(opens)
}

/// Whether the body at token `at` is what a wording behind it says something of.
fn is_subject_of(line: &Line<'_>, at: usize, hit: Hit) -> bool {
    hit.first - at <= REACH && line.side_of_body(at) != Side::To
}

/// Wordings that open a part, in the order of the sentence.
///
/// `before` is the part that the sentence before ends with.
fn marks(scene: &Scene<'_>, line: &Line<'_>, before: Option<Part>) -> Vec<(usize, Part)> {
    // The longest wording counts: `in collaborazione con` says of whom it names that they go along, not that they were met.
    let is_part = |hit: &Hit| {
        line.hits.iter().any(|other| other.cue != hit.cue && is_of_part(other.cue) && is_inside(hit, other))
    };
    let mut marks: Vec<(usize, Part)> = line
        .hits
        .iter()
        .filter(|hit| !is_part(hit))
        .filter_map(|hit| match hit.cue {
            Cue::Join if is_subject(line, hit) => None,
            Cue::Makeup if is_of_party(line, hit) => Some((hit.end, Part::Within)),
            Cue::Join => Some((hit.end, Part::Along)),
            Cue::Meet => Some((hit.end, Part::Met)),
            Cue::Organize | Cue::Partner => Some((hit.end, Part::Neither)),
            Cue::Support => Some((hit.end, Part::Afar)),
            Cue::Schedule if line.word(hit.end) == ":" => Some((hit.end, Part::Met)),
            // `la delegazione (Università di …, Fondazione …)`
            Cue::Party if matches!(line.word(hit.end), "(" | ":") => Some((hit.end, Part::Along)),
            _ => None,
        })
        .collect();
    // What leads a party is of the sender, unless somebody else is named first.
    marks.extend(line.of(Cue::Lead).map(|hit| (hit.end, Part::Neither)));
    // `è partita con l'Università di …`
    let of_party = [Cue::Travel, Cue::Return, Cue::Stay, Cue::Party, Cue::Mission, Cue::Lead, Cue::Begin];
    for at in (0..line.n_tokens()).filter(|&at| line.sentence.pack.missions.with.contains(line.key(at))) {
        let is_behind = |hit: &Hit| hit.end <= at && at - hit.end <= REACH && of_party.contains(&hit.cue);
        // Who is received with others came with them.
        let is_guest = |hit: &Hit| line.of(Cue::Hosted).any(|hosted| hosted.first == hit.first);
        let is_meeting = |hit: &Hit| {
            !is_guest(hit)
                && matches!(hit.cue, Cue::Meet | Cue::Sign | Cue::Agreement)
                && hit.first <= at
                && at < hit.end + REACH
        };
        if line.hits.iter().any(is_behind) && !line.hits.iter().any(is_meeting) {
            marks.push((at + 1, Part::Along));
        }
    }
    marks.extend(inverted(line));
    // `Tra questi la Fondazione …` goes on with those whom the sentence before ended with.
    let is_of_journey = line.has_any(&[Cue::Party, Cue::Member, Cue::Mission, Cue::Travel, Cue::Lead]);
    let is_told = |hit: &Hit| is_of_journey || hit.first == 0;
    let is_of_hosts = |hit: &Hit| {
        hit.first == 0 && before == Some(Part::Met)
            || marks.iter().any(|&(mark, part)| mark <= hit.first && part == Part::Met)
    };
    let among: Vec<_> =
        line.of(Cue::Among).filter(|hit| is_told(hit) && !is_of_hosts(hit)).map(|hit| (hit.end, Part::Along)).collect();
    marks.extend(among);
    // `Completa il gruppo la Fondazione …`: what closes who takes part opens it where nobody is named before.
    let first_body =
        scene.named(line, Kind::Institution).map(|(mention, _)| scene.tokens_of(line, mention).start).min();
    marks.extend(
        line.of(Cue::Joined).filter(|hit| first_body.is_some_and(|at| hit.end <= at)).map(|hit| (hit.end, Part::Along)),
    );
    marks.sort_by_key(|&(at, part)| (at, part != Part::Neither, part == Part::Within));
    // Who represents a body that goes along is no host.
    let items: Vec<usize> = line.of(Cue::Meet).filter(|hit| is_item(line, hit)).map(|hit| hit.end).collect();
    let mut open = None;
    marks.retain(|&(at, part)| {
        let goes_on = matches!(open, Some(Part::Along | Part::Within))
            && matches!(part, Part::Along | Part::Met)
            && items.contains(&at);
        open = if goes_on { open } else { Some(part) };
        !goes_on
    });
    marks
}

/// Whether a wording of what something is made of speaks of the party: the noun before it says so, or nothing stands before it.
pub(super) fn is_of_party(line: &Line<'_>, makeup: &Hit) -> bool {
    let nouns =
        [Cue::Party, Cue::Guest, Cue::Member, Cue::Schedule, Cue::Mission, Cue::Visit, Cue::Agreement, Cue::Gathering];
    let before = line.hits.iter().filter(|hit| hit.end <= makeup.first && nouns.contains(&hit.cue));
    let nearest = before.max_by_key(|hit| (hit.end, matches!(hit.cue, Cue::Party | Cue::Guest)));
    let is_apposed = makeup.first > 0 && line.word(makeup.first - 1) == ",";
    let n_before = if is_apposed { N_BEFORE_APPOSED } else { N_BEFORE_MAKEUP };
    nearest.map_or(makeup.first <= n_before, |hit| matches!(hit.cue, Cue::Party | Cue::Guest | Cue::Member))
}

/// Whether a wording is one more member of a list (`composta da X, rappresentanti di Y e vertici di Z`), and opens no part.
fn is_item(line: &Line<'_>, hit: &Hit) -> bool {
    let conjunctions = &line.sentence.pack.sectors.conjunctions;
    let is_mark = |at: usize| {
        line.word(at) == ","
            || conjunctions.contains(line.key(at))
            || line.hits.iter().any(|other| other.cue == Cue::Makeup && other.end == at + 1)
    };
    let is_article = |at: usize| line.sentence.pack.missions.subject_articles.contains(line.key(at));
    let before = hit
        .first
        .checked_sub(1)
        .and_then(|before| if is_article(before) { before.checked_sub(1) } else { Some(before) });
    line.side_of(line.key(hit.end - 1)) == Side::From && before.is_some_and(is_mark)
}

/// Whether a wording opens a part of a sentence.
fn is_of_part(cue: Cue) -> bool {
    matches!(cue, Cue::Join | Cue::Makeup | Cue::Meet | Cue::Organize | Cue::Partner | Cue::Support)
}

/// Whether a word for those who take part is the subject of a verb of meeting before it: `besichtigten die Teilnehmer ein Werk von …`.
fn is_subject(line: &Line<'_>, hit: &Hit) -> bool {
    let is_list = matches!(line.word(hit.end), ":" | "(" | ",");
    let is_verb = |verb: Hit| verb.end <= hit.first && hit.first - verb.end <= 1;
    hit.end - hit.first == 1 && !is_list && line.of(Cue::Meet).any(is_verb)
}

/// Whether a wording is a piece of a longer one.
fn is_inside(hit: &Hit, other: &Hit) -> bool {
    other.first <= hit.first && hit.end <= other.end && hit.end - hit.first < other.end - other.first
}

/// Verbs of going whose subject stands behind them: `sono partiti l'Università di …`.
fn inverted<'l>(line: &'l Line<'_>) -> impl Iterator<Item = (usize, Part)> + 'l {
    let is_met_too = |verb: &Hit| line.of(Cue::Meet).any(|hit| hit.first <= verb.first && verb.first < hit.end);
    let is_subject = |at: usize| line.sentence.pack.missions.subject_articles.contains(line.key(at));
    line.of(Cue::Travel)
        .filter(move |verb| is_subject(verb.end) && !is_met_too(verb))
        .map(|verb| (verb.end, Part::Along))
}

/// The country of the place right behind a mention of a body.
pub(super) fn country_beside<'a>(scene: &Scene<'a>, entity: EntityIdx) -> Option<&'a str> {
    scene.place_beside(entity).and_then(|place| scene.country(place))
}
