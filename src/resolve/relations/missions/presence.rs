//! Is there a mission in the release at all?
//!
//! Points are given for what speaks of an official party on a journey, once for each sort of evidence, and taken for
//! another subject. The weights were set on cases of both sorts; what matters is that no single word decides.

use super::super::Relations;
use super::scene::{Line, Scene};
use crate::{
    annotate::value::Value,
    document::Zone,
    lexicon::{Kind, Subtype, pack::Cue},
};

/// Points from which on a mission is seen.
const ENOUGH: i32 = 6;
/// Of size, sender, leader, days, participants and hosts, how many have to be known.
const LEAST_KNOWN: usize = 2;
/// Sentences of a short note, at most.
const N_LINES_OF_NOTE: usize = 5;
/// Tokens between a noun and what makes it official, at most.
const NEAR: usize = 4;
/// Points for one wording of another subject, and how many of them count.
const OTHER_POINTS: i32 = 2;
const MAX_OTHER: usize = 6;
/// Lines that are weighed together; each window overlaps the next.
const N_TOGETHER: usize = 8;
/// Members of the largest party.
const MAX_PARTY: f64 = 200.0;
/// Tokens that open a release.
const N_OPENING_TOKENS: usize = 60;

/// Points for a mission, or none when they are too few.
///
/// What speaks for it has to stand together: a text that joins several news has a visit here and a meeting there.
pub(super) fn points(scene: &Scene<'_>, relations: &Relations) -> Option<i32> {
    let lines: Vec<&Line<'_>> = scene.lines.iter().collect();
    let first_of_windows = (0..=lines.len().saturating_sub(N_TOGETHER)).step_by(N_TOGETHER / 2);
    let windows = first_of_windows.map(|first| &lines[first..lines.len().min(first + N_TOGETHER + N_TOGETHER / 2)]);
    let points = windows.filter_map(|window| points_of(scene, window, relations)).max()?;
    let points = points - OTHER_POINTS * other_topics(&lines).min(MAX_OTHER) as i32;
    (points >= ENOUGH).then_some(points)
}

/// Whether enough is known of a mission for it to be one: a release on a mission says who, when or whom, and the fewer wordings
/// speak of a journey, the more of it. A short note may say little.
pub(super) fn says_enough(scene: &Scene<'_>, points: i32, n_known: usize) -> bool {
    let least = match () {
        () if scene.lines.len() <= N_LINES_OF_NOTE => 1,
        () if points <= ENOUGH => LEAST_KNOWN + 1,
        () => LEAST_KNOWN,
    };
    n_known >= least
}

fn points_of(scene: &Scene<'_>, lines: &[&Line<'_>], relations: &Relations) -> Option<i32> {
    if !lines.iter().any(|line| goes_somewhere(scene, line)) {
        return None;
    }
    let any = |test: &dyn Fn(&Line<'_>) -> bool| lines.iter().any(|line| test(line));
    let has = |cue: Cue| any(&|line| line.has(cue));
    let of_journey = [Cue::Mission, Cue::Visit, Cue::Party, Cue::Travel, Cue::Return];
    let given = [
        (has(Cue::Party), 3),
        (is_group_abroad(scene, lines) && !has(Cue::Party), 3),
        (any(&|line| is_body_abroad(scene, line)), 2),
        (has(Cue::Stand), 2),
        (has(Cue::Guest) && !has(Cue::Party), 1),
        (any(&is_official_journey), 2),
        (has(Cue::Mission) || has(Cue::Visit), 1),
        (any(&|line| line.is_headline() && line.has_any(&of_journey)), 1),
        (has(Cue::Travel) || has(Cue::Return) || has(Cue::Stay), 1),
        (has(Cue::Meet) || has(Cue::Host), 1),
        (has(Cue::Lead), 1),
        (any(&is_envoy_received), 2),
        (any(&|line| is_officer_abroad(scene, line, relations)), 2),
        (any(&|line| has_days_of_journey(scene, line)), 1),
    ];
    let mut points: i32 = 2 + given.iter().filter(|(is_given, _)| *is_given).map(|(_, weight)| weight).sum::<i32>();
    points -= if has(Cue::Gathering) && !has(Cue::Party) { 3 } else { 0 };
    Some(points)
}

/// Wordings of another subject: what opens the release counts, one word far below may be said by the way.
fn other_topics(lines: &[&Line<'_>]) -> usize {
    let of_line = |line: &Line<'_>| line.of(Cue::OtherTopic).count();
    let (mut above, mut below, mut n_body) = (0, 0, 0);
    for line in lines {
        n_body += usize::from(line.sentence.zone == Zone::Body);
        *(if n_body <= 2 { &mut above } else { &mut below }) += of_line(line);
    }
    above + below / 2
}

/// `missione istituzionale`, `trade mission`; a mission that somebody sets up or leads.
fn is_official_journey(line: &Line<'_>) -> bool {
    let is_beside = |noun: Cue, cue: Cue| {
        line.of(cue).any(|hit| line.of(noun).any(|noun| noun.end <= hit.end + NEAR && hit.first <= noun.end + NEAR))
    };
    let is_made = is_beside(Cue::Mission, Cue::Official) || is_beside(Cue::Mission, Cue::Organize);
    let is_staffed = line.has(Cue::Lead) || line.has(Cue::Join);
    line.has(Cue::Mission) && (is_made || is_staffed) || is_beside(Cue::Visit, Cue::Official)
}

fn is_envoy_received(line: &Line<'_>) -> bool {
    line.has(Cue::Envoy) && line.has_any(&[Cue::Host, Cue::Visit, Cue::Travel, Cue::Stay])
}

/// Firms or people of a trade who set out, come back or are received: a party that nobody calls one. What opens the text, or
/// one sentence, says so.
fn is_group_abroad(scene: &Scene<'_>, lines: &[&Line<'_>]) -> bool {
    let goes = |line: &Line<'_>| line.has_any(&[Cue::Travel, Cue::Return, Cue::Hosted]);
    let is_member = |line: &Line<'_>| line.has(Cue::Member) && !has_crowd(scene, line);
    let opening = lines.iter().take_while(|line| line.sentence.first_token < N_OPENING_TOKENS).collect::<Vec<_>>();
    opening.windows(2).any(|pair| is_member(pair[0]) && goes(pair[1]))
        || lines.iter().any(|line| is_member(line) && goes(line))
}

/// A count of more than any party: visitors of a fair, students of a year.
fn has_crowd(scene: &Scene<'_>, line: &Line<'_>) -> bool {
    line.mentions.clone().any(|mention| {
        let mention = &scene.context.mentions[mention];
        matches!(&mention.value, Some(Value::Amount(amount)) if mention.subtype == Some(Subtype::Count) && amount.number > MAX_PARTY)
    })
}

/// A body or territory is said to go to another country than its own, or that of the desk.
fn is_body_abroad(scene: &Scene<'_>, line: &Line<'_>) -> bool {
    if !line.has_any(&[Cue::Travel, Cue::Return, Cue::Visit, Cue::Mission]) {
        return false;
    }
    let goal = super::route::goal_of(scene, line);
    let home = || {
        scene
            .named(line, Kind::Institution)
            .filter_map(|(_, body)| scene.country(body))
            .next()
            .or_else(|| scene.desk_country())
    };
    goal.is_some_and(|goal| home().is_some_and(|home| home != goal))
}

/// Somebody who holds an office is on the way.
fn is_officer_abroad(scene: &Scene<'_>, line: &Line<'_>, relations: &Relations) -> bool {
    line.has_any(&[Cue::Travel, Cue::Return, Cue::Visit, Cue::Stay])
        && scene.named(line, Kind::Person).any(|(_, person)| {
            relations
                .roles
                .iter()
                .any(|role| role.person == person && role.text.is_some() && role.institution.is_some())
        })
}

/// A stretch of days in a sentence that speaks of the journey.
fn has_days_of_journey(scene: &Scene<'_>, line: &Line<'_>) -> bool {
    line.is_of_journey() && line.mentions.clone().any(|mention| scene.is_stretch_of_days(mention))
}

/// A sentence that speaks of the journey names a place, or a body that has one; guests of a known country are somewhere.
fn goes_somewhere(scene: &Scene<'_>, line: &Line<'_>) -> bool {
    if line.has(Cue::Party) && line.has(Cue::Hosted) && super::origin::country_of_guests(scene).is_some() {
        return true;
    }
    line.has_any(&[Cue::Party, Cue::Mission, Cue::Visit, Cue::Travel, Cue::Return, Cue::Stand, Cue::Hosted])
        && (scene.named(line, Kind::Place).next().is_some()
            || scene
                .named(line, Kind::Institution)
                .any(|(_, idx)| scene.is_subtype(idx, Subtype::Diplomatic) || scene.country(idx).is_some()))
}
