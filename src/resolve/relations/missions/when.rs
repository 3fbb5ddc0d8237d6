//! When did the journey take place?
//!
//! A stretch of days beside a wording of the journey says it outright. Else each end is looked for by itself: the day
//! beside a wording of setting out or coming back, the opening word of a date (`dal`, `fino al`), and at last the first and the last
//! of the days on which something of the journey happened.

use super::scene::{Line, Scene};
use crate::{
    annotate::value::{Bound, Value},
    lexicon::pack::Cue,
    text::Span,
};
use jiff::{ToSpan, civil::Date};

/// Tokens between a wording and the day that belongs to it, at most.
const REACH: usize = 7;
/// Longest journey that is told in days.
const MAX_DAYS: i64 = 30;
/// Sentences that say whether the journey is over.
const N_OPENING: usize = 4;
/// Bytes between the two days of a stretch that was read as two, at most.
const MAX_GAP_BYTES: usize = 8;

/// First and last day, with the words that say so.
#[derive(Debug, Default)]
pub(super) struct When {
    pub start: Option<String>,
    pub end: Option<String>,
    pub evidence: Vec<Span>,
}

/// A date of the story.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Day {
    iso: String,
    span: Span,
    bound: Option<Bound>,
    /// How much its sentence speaks of the journey.
    weight: i32,
    /// Whether its sentence tells of a meeting and not of the journey.
    is_meeting: bool,
    /// Whether it stands beside a wording of setting out, or of coming back.
    begins: bool,
    ends: bool,
}

/// The days of the journey.
pub(super) fn when(scene: &Scene<'_>) -> When {
    let dates = of_this_journey(scene, dates(scene));
    if let Some(when) = told_ends(&dates) {
        return when;
    }
    let stretches = || dates.iter().filter(|day| day.iso.contains('/') && is_days(&day.iso));
    let heaviest = |least: i32| {
        stretches().filter(|day| day.weight >= least).max_by_key(|day| (day.weight, std::cmp::Reverse(day.span.start())))
    };
    if let Some(stretch) = heaviest(1) {
        return of_stretch(stretch);
    }
    let days: Vec<&Day> = dates.iter().filter(|day| day.iso.len() == 10).collect();
    let spoken = ends(scene, &days);
    // A stretch of meetings says more than the day of the return, if both are of one month.
    let is_of_month = |day: &&Day| day.is_meeting && spoken.end.as_ref().is_some_and(|end| end[..7] == day.iso[..7]);
    if let Some(stretch) = stretches().find(is_of_month) {
        return of_stretch(stretch);
    }
    let month = dates.iter().find(|day| day.iso.len() == 7 && day.weight > 0);
    // A journey of a month that is yet to come: days of other months are of what prepares it.
    let is_of_month = |day: &Option<String>| month.is_some_and(|month| day.as_ref().is_some_and(|day| day.starts_with(&month.iso)));
    let is_told = days.iter().any(|day| day.begins || day.ends || day.bound.is_some());
    if spoken.start.is_some() && (month.is_none() || is_told || is_of_month(&spoken.start)) {
        return spoken;
    }
    if let Some(stretch) = heaviest(0) {
        return of_stretch(stretch);
    }
    match month {
        Some(month) => When { start: Some(month.iso.clone()), end: Some(month.iso.clone()), evidence: vec![month.span] },
        None => When::default(),
    }
}

/// The dates without those yet to come, where the release tells of a journey that is over: visits in return, next steps.
fn of_this_journey(scene: &Scene<'_>, mut dates: Vec<Day>) -> Vec<Day> {
    let Some(published) = scene.context.document.published.map(|published| published.date.to_string()) else { return dates };
    let opening = || scene.story().filter(|line| !line.is_headline()).take(N_OPENING);
    let told = |cues: &[Cue]| opening().flat_map(|line| line.hits.iter()).filter(|hit| cues.contains(&hit.cue)).count();
    let is_over = told(&[Cue::Past, Cue::Return]) > told(&[Cue::Future]);
    let is_behind_us = |day: &Day| day.weight > 0 && day.iso.as_str() <= published.as_str();
    if is_over && dates.iter().any(is_behind_us) {
        dates.retain(|day| day.iso.as_str() <= published.as_str());
    }
    dates
}

/// Both ends as the release tells them, when they are wider than each stretch inside: a stop has days of its own.
fn told_ends(dates: &[Day]) -> Option<When> {
    let days = || dates.iter().filter(|day| day.iso.len() == 10);
    let start = days().find(|day| day.begins && !day.ends)?;
    let end = days().find(|day| day.ends && day.iso > start.iso && day.iso[..4] == start.iso[..4])?;
    let is_inside = |day: &Day| {
        let (first, last) = day.iso.split_once('/').unwrap_or((&day.iso, &day.iso));
        start.iso.as_str() <= first && last <= end.iso.as_str()
    };
    let mut stretches = dates.iter().filter(|day| day.iso.contains('/') && is_days(&day.iso) && day.weight > 0);
    let evidence = vec![start.span, end.span];
    stretches.all(is_inside).then(|| When { start: Some(start.iso.clone()), end: Some(end.iso.clone()), evidence })
}

fn of_stretch(stretch: &Day) -> When {
    let (start, end) = stretch.iso.split_once('/').unwrap_or((&stretch.iso, &stretch.iso));
    When { start: Some(start.to_owned()), end: Some(end.to_owned()), evidence: vec![stretch.span] }
}

/// Each end by itself.
fn ends(scene: &Scene<'_>, days: &[&Day]) -> When {
    let start = days.iter().find(|day| day.bound == Some(Bound::From) && day.weight > 0).or(days.iter().find(|day| day.begins));
    let is_until = |day: &&&Day| matches!(day.bound, Some(Bound::Until)) && day.weight > 0;
    let end = days.iter().find(|day| day.ends).or(days.iter().find(is_until)).or_else(|| start.and_then(|start| other_end(days, start)));
    let among = around(scene, days, start.or(end).copied());
    // One end and how long it took give the other.
    if start.is_some() != end.is_some()
        && among.iter().all(|day| Some(*day) == start.or(end).copied())
        && let Some(when) = lasting(scene, start.copied(), end.copied())
    {
        return when;
    }
    let first = start.or(among.first()).or(end);
    let last = end.or(among.last()).or(start);
    match (first, last) {
        (Some(first), Some(last)) if first.iso <= last.iso => {
            let mut evidence = vec![first.span];
            evidence.extend((first.span != last.span).then_some(last.span));
            When { start: Some(first.iso.clone()), end: Some(last.iso.clone()), evidence }
        }
        // Ends that cross are of two things; the day that something is said of stands alone.
        (Some(first), Some(last)) => {
            let day = if among.contains(last) { last } else { first };
            When { start: Some(day.iso.clone()), end: Some(day.iso.clone()), evidence: vec![day.span] }
        }
        _ => When::default(),
    }
}

/// The journey that begins or ends on a day and takes as many days as a sentence on it says (`una missione di cinque giorni`).
fn lasting(scene: &Scene<'_>, start: Option<&Day>, end: Option<&Day>) -> Option<When> {
    let more = scene.story().filter(|line| line.is_of_journey()).find_map(length)? - 1;
    let date = |day: &Day| day.iso.parse::<Date>().ok();
    let (first, last) = match (start, end) {
        (Some(start), _) => (date(start)?, date(start)?.checked_add(more.days()).ok()?),
        (None, end) => (date(end?)?.checked_sub(more.days()).ok()?, date(end?)?),
    };
    let evidence = vec![start.or(end)?.span];
    Some(When { start: Some(first.to_string()), end: Some(last.to_string()), evidence })
}

/// The days that a sentence says it took: `cinque giorni`, `5 Tage`, `a five-day visit`.
fn length(line: &Line<'_>) -> Option<i64> {
    let words = &line.sentence.pack;
    let is_days = |at: usize| words.missions.days.contains(line.word(at));
    (0..line.n_tokens()).find_map(|at| {
        let noun = if line.word(at + 1) == "-" { at + 2 } else { at + 1 };
        if !is_days(noun) {
            return None;
        }
        let word = line.word(at);
        let number = word.parse::<i64>().ok().or_else(|| words.amounts.numbers.get(&word.to_lowercase()).map(|number| *number as i64));
        number.filter(|number| (2..=MAX_DAYS).contains(number))
    })
}

/// The day right behind one that opens a stretch: `da lunedì a mercoledì`.
fn other_end<'d, 'a>(days: &'a [&'d Day], start: &Day) -> Option<&'a &'d Day> {
    let next = days.iter().find(|day| day.span.start() > start.span.start())?;
    let is_near = start.bound == Some(Bound::From) && next.span.start() - start.span.end() <= MAX_GAP_BYTES;
    (is_near && next.iso > start.iso).then_some(next)
}

/// The days on which something of the journey happened, in their order.
fn around<'d>(scene: &Scene<'_>, days: &[&'d Day], known: Option<&Day>) -> Vec<&'d Day> {
    // A meeting lies in the journey: its day counts when it is near a day that does.
    let near = |day: &Day| known.is_some_and(|known| known.iso[..7] == day.iso[..7]);
    let no_other = known.is_none() && !days.iter().any(|day| day.weight > 0);
    let counts = |day: &&Day| day.weight > 0 || day.is_meeting && (no_other || near(day));
    let mut days: Vec<&Day> = days.iter().copied().filter(counts).filter(|day| day.bound.is_none()).collect();
    // The day of publication is when it is told, unless nothing else is said.
    if let Some(published) = scene.context.document.published.map(|published| published.date.to_string()) {
        if days.iter().any(|day| day.iso != published) {
            days.retain(|day| day.iso != published);
        }
        // What is over when it is told has no day to come; later days are of other things.
        if days.iter().any(|day| day.iso < published) {
            days.retain(|day| day.iso < published);
        }
    }
    days.sort_by(|a, b| a.iso.cmp(&b.iso).then(a.span.start().cmp(&b.span.start())));
    days
}

/// Days, not months or years, at both ends.
fn is_days(iso: &str) -> bool {
    iso.split('/').all(|end| end.len() == 10)
}

/// The dates of the story; those of a list of meetings speak of the journey too.
fn dates(scene: &Scene<'_>) -> Vec<Day> {
    let labels = scene.labels();
    let mut dates = Vec::new();
    for (line, label) in scene.lines.iter().zip(labels) {
        if line.sentence.zone == crate::document::Zone::Dateline {
            continue;
        }
        let is_item = label.is_some_and(|label| matches!(label.cue, Cue::Schedule | Cue::Meet))
            || line.has(Cue::Schedule) && line.is_short();
        let of_journey = [Cue::Party, Cue::Mission, Cue::Visit, Cue::Travel, Cue::Return, Cue::Stand, Cue::Guest];
        let journey = of_journey.into_iter().filter(|&cue| line.has(cue)).count();
        // What is agreed on may have days of its own, unless something happens on the journey in the same sentence.
        let of_agreement = line.has(Cue::Agreement) && !line.has_any(&[Cue::Travel, Cue::Return, Cue::Meet]);
        let other = i32::from(line.has(Cue::Gathering)) + i32::from(of_agreement);
        let is_meeting = journey == 0 && line.has_any(&[Cue::Meet, Cue::Host, Cue::Sign]);
        let weight = journey as i32 + i32::from(is_item) - other;
        dates.extend(line.mentions.clone().filter_map(|mention| {
            let Some(Value::Date(date)) = &scene.context.mentions[mention].value else { return None };
            let iso = date.iso.as_ref()?;
            Some(Day {
                iso: iso.split('T').next().unwrap_or(iso).to_owned(),
                span: scene.span(mention),
                bound: date.bound,
                weight,
                is_meeting,
                begins: is_beside(scene, line, mention, &[Cue::Begin]) && journey > 0,
                ends: is_beside(scene, line, mention, &[Cue::End, Cue::Return]) && journey > 0,
            })
        }));
    }
    dates
}

/// Whether the nearest wording of one of `cues` or of the other end belongs to the date: right before or behind it.
fn is_beside(scene: &Scene<'_>, line: &Line<'_>, mention: usize, cues: &[Cue]) -> bool {
    let at = scene.tokens_of(line, mention);
    let distance = |hit: &super::scene::Hit| match () {
        () if hit.end <= at.start => Some(at.start - hit.end),
        // A wording behind the day may speak of the next one.
        () if hit.first >= at.end => Some(2 * (hit.first - at.end) + 2),
        () => None,
    };
    let of_end = |hit: &&super::scene::Hit| matches!(hit.cue, Cue::Begin | Cue::End | Cue::Return);
    let nearest = line.hits.iter().filter(of_end).filter_map(|hit| Some((distance(hit)?, hit))).min_by_key(|(distance, _)| *distance);
    nearest.is_some_and(|(distance, hit)| distance <= REACH && cues.contains(&hit.cue))
}
