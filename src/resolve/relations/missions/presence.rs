//! Is there a mission in the release at all?
//!
//! Points are given for what speaks of an official party on a journey, once for each sort of evidence, and taken for
//! another subject. The weights were set on cases of both sorts; what matters is that no single word decides.

use super::scene::{Line, Scene};
use crate::lexicon::{Kind, Subtype, pack::Cue};

/// Points from which on a mission is seen.
const ENOUGH: i32 = 6;

/// Points for a mission, or none when they are too few.
pub(super) fn points(scene: &Scene<'_>) -> Option<i32> {
    let has = |cue: Cue| scene.lines.iter().any(|line| line.has(cue));
    let is_journey = has(Cue::Party) || has(Cue::Mission) || has(Cue::Visit) || has(Cue::Travel);
    if !is_journey || !scene.lines.iter().any(|line| goes_somewhere(scene, line)) {
        return None;
    }
    let headline = |cue: Cue| scene.lines.iter().any(|line| line.is_headline() && line.has(cue));
    let mut points = 2;
    points += if has(Cue::Party) { 3 } else { 0 };
    points += if scene.lines.iter().any(is_official_mission) { 2 } else { 0 };
    points += if has(Cue::Mission) || has(Cue::Visit) { 1 } else { 0 };
    points += if headline(Cue::Mission) || headline(Cue::Visit) || headline(Cue::Party) { 1 } else { 0 };
    points += if has(Cue::Travel) { 1 } else { 0 };
    points += if has(Cue::Meet) || has(Cue::Host) { 1 } else { 0 };
    points += if has(Cue::Lead) { 1 } else { 0 };
    points += if scene.lines.iter().any(|line| is_envoy_received(line)) { 2 } else { 0 };
    let n_other: usize = scene.lines.iter().map(|line| line.of(Cue::OtherTopic).count()).sum();
    points -= 2 * n_other.min(3) as i32;
    points -= if has(Cue::Gathering) && !has(Cue::Party) { 3 } else { 0 };
    (points >= ENOUGH).then_some(points)
}

/// `missione istituzionale`, `trade mission`; a mission that somebody sets up or leads.
fn is_official_mission(line: &Line<'_>) -> bool {
    let beside = |cue: Cue| line.of(cue).any(|hit| line.of(Cue::Mission).any(|m| m.end <= hit.end + 4 && hit.first <= m.end + 4));
    line.has(Cue::Mission) && (beside(Cue::Official) || beside(Cue::Organize) || line.has(Cue::Lead) || line.has(Cue::Join))
}

fn is_envoy_received(line: &Line<'_>) -> bool {
    line.has(Cue::Envoy) && (line.has(Cue::Host) || line.has(Cue::Visit))
}

/// A sentence that speaks of the journey names a place, or a body that has one.
fn goes_somewhere(scene: &Scene<'_>, line: &Line<'_>) -> bool {
    line.is_of_journey()
        && (scene.named(line, Kind::Place).next().is_some()
            || scene.named(line, Kind::Institution).any(|(_, idx)| {
                scene.is_subtype(idx, Subtype::Diplomatic) || scene.country(idx).is_some()
            }))
}
