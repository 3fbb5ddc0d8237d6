//! When did the journey take place?
//!
//! A stretch of days beside a wording of the journey says it outright. Else each end is looked for by itself: the day
//! beside a wording of setting out or coming back, the opening word of a date (`dal`, `fino al`), and at last the first and the last
//! of the days on which something of the journey happened.

use super::{
    days::{Day, MAX_DAYS, days, days_between, is_days},
    lengths::{counted_start, length},
    scene::Scene,
};
use crate::{annotate::value::Bound, text::Span};
use jiff::{ToSpan, civil::Date};

/// Lines that may be titles.
const N_TITLES: usize = 2;
/// Bytes between the two days of a stretch that was read as two, at most.
const MAX_GAP_BYTES: usize = 8;

/// First and last day, with the words that say so.
#[derive(Debug, Default)]
pub(super) struct When {
    pub start: Option<String>,
    pub end: Option<String>,
    pub evidence: Vec<Span>,
    /// Whether a wording tells one of the ends.
    is_told: bool,
}

/// The days of the journey.
pub(super) fn when(scene: &Scene<'_>) -> When {
    let dates = days(scene);
    if let Some(when) = told_ends(&dates) {
        return when;
    }
    let stretches = || dates.iter().filter(|day| day.iso.contains('/') && is_days(&day.iso));
    let heaviest = |least: i32| {
        stretches()
            .filter(|day| day.weight >= least)
            .max_by_key(|day| (day.weight, std::cmp::Reverse(day.span.start())))
    };
    if let Some(stretch) = heaviest(1).filter(|stretch| !is_stop(stretch, &dates)) {
        return of_stretch(stretch);
    }
    let single = single_days(&dates);
    let days: Vec<&Day> = single.iter().collect();
    let spoken = ends(scene, &days);
    // A stretch of meetings says more than the day of the return, if both are of one month.
    let is_of_month = |day: &&Day| {
        !is_stop(day, &dates) && day.is_meeting && spoken.end.as_ref().is_some_and(|end| end[..7] == day.iso[..7])
    };
    if let Some(stretch) = stretches().find(is_of_month) {
        return of_stretch(stretch);
    }
    if let Some(stretch) = stretches().find(|stretch| holds(stretch, &spoken)) {
        return of_stretch(stretch);
    }
    // `ambasciatrice dallo scorso febbraio`: a month that something has lasted from is of no journey.
    let month = dates.iter().find(|day| day.iso.len() == 7 && day.weight > 0 && day.bound != Some(Bound::From));
    // A journey of a month that is yet to come: days of other months are of what prepares it.
    let is_of_month =
        |day: &Option<String>| month.is_some_and(|month| day.as_ref().is_some_and(|day| day.starts_with(&month.iso)));
    let is_end = |day: &Day| matches!(day.bound, Some(Bound::From | Bound::Until)) && day.weight > 0;
    let is_told = spoken.is_told || days.iter().any(|day| day.begins || day.ends || is_end(day));
    let is_spoken = spoken.start.is_some() || spoken.end.is_some();
    if is_spoken && (month.is_none() || is_told || is_of_month(&spoken.start)) {
        return spoken;
    }
    if let Some(stretch) = heaviest(0) {
        return of_stretch(stretch);
    }
    match month {
        Some(month) => When {
            start: Some(month.iso.clone()),
            end: Some(month.iso.clone()),
            evidence: vec![month.span],
            ..When::default()
        },
        None => When::default(),
    }
}

/// Whether a stretch is an item of a programme that has other days too: a stop, not the journey.
fn is_stop(stretch: &Day, dates: &[Day]) -> bool {
    let is_other = |day: &&Day| day.iso.len() >= 10 && is_days(&day.iso) && day.weight > 0 && day.span != stretch.span;
    stretch.is_item && dates.iter().any(|day| is_other(&day))
}

/// Whether the days that were told one by one lie in a stretch of a journey's length, which then says more.
fn holds(stretch: &Day, spoken: &When) -> bool {
    let Some((first, last)) = stretch.iso.split_once('/') else { return false };
    let is_inside =
        |day: &Option<String>| day.as_deref().is_none_or(|day| day.len() == 10 && first <= day && day <= last);
    let is_told = spoken.start.is_some() || spoken.end.is_some();
    let is_short = days_between(first, last).is_some_and(|days| days <= MAX_DAYS);
    is_told && is_short && stretch.weight >= 0 && is_inside(&spoken.start) && is_inside(&spoken.end)
}

/// Days, and both ends of each stretch of a programme.
fn single_days(dates: &[Day]) -> Vec<Day> {
    let mut days = Vec::new();
    for day in dates.iter().filter(|day| is_days(&day.iso)) {
        match day.iso.split_once('/') {
            None => days.push(day.clone()),
            Some(ends) if day.is_item && day.weight > 0 => {
                days.extend([ends.0, ends.1].map(|end| Day {
                    iso: end.to_owned(),
                    begins: false,
                    ends: false,
                    bound: None,
                    ..day.clone()
                }));
            }
            Some(_) => {}
        }
    }
    days
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
    let mut stretches =
        dates.iter().filter(|day| day.has_number && day.iso.contains('/') && is_days(&day.iso) && day.weight > 0);
    let evidence = vec![start.span, end.span];
    stretches.all(is_inside).then(|| When {
        start: Some(start.iso.clone()),
        end: Some(end.iso.clone()),
        evidence,
        ..When::default()
    })
}

fn of_stretch(stretch: &Day) -> When {
    let (start, end) = stretch.iso.split_once('/').unwrap_or((&stretch.iso, &stretch.iso));
    When { start: Some(start.to_owned()), end: Some(end.to_owned()), evidence: vec![stretch.span], ..When::default() }
}

/// Each end by itself.
fn ends(scene: &Scene<'_>, days: &[&Day]) -> When {
    let start =
        days.iter().find(|day| day.bound == Some(Bound::From) && day.weight > 0).or(days.iter().find(|day| day.begins));
    let is_until = |day: &&&Day| matches!(day.bound, Some(Bound::Until)) && day.weight > 0;
    let end = days
        .iter()
        .find(|day| day.ends)
        .or(days.iter().find(is_until))
        .or_else(|| start.and_then(|start| other_end(days, start)));
    let (start, end) = (start.copied(), end.copied());
    let among = around(scene, days, start.or(end));
    // One end and how long it took give the other, unless days beyond it are told; the only day is that of the beginning.
    let only = among.first().copied().filter(|first| among.iter().all(|day| day.iso == first.iso) && end.is_none());
    let is_one_told = start.is_some() != end.is_some() || only.is_some();
    if is_one_told
        && let Some(when) = lasting(scene, start.or(only), end)
        && among
            .iter()
            .all(|day| Some(day.iso.as_str()) >= when.start.as_deref() && Some(day.iso.as_str()) <= when.end.as_deref())
    {
        return when;
    }
    if let Some(when) = counted(scene, &among, end)
        && start.is_none_or(|start| Some(&start.iso) > when.start.as_ref())
    {
        return when;
    }
    // The day of the departure is not that of the return.
    let is_other = |day: &&&Day| Some(day.iso.as_str()) != start.or(end).map(|day| day.iso.as_str());
    let (first, last) = match (start, end) {
        (Some(start), None) => (Some(start), among.iter().rev().find(is_other).copied()),
        (None, Some(end)) => (among.iter().find(is_other).copied(), Some(end)),
        (start, end) => (start.or(among.first().copied()), end.or(among.last().copied())),
    };
    match (first, last) {
        // Ends that cross are of two things; the day that something is said of stands alone.
        (Some(first), Some(last)) if first.iso > last.iso => {
            let day = if among.contains(&last) { last } else { first };
            When {
                start: Some(day.iso.clone()),
                end: Some(day.iso.clone()),
                evidence: vec![day.span],
                ..When::default()
            }
        }
        (first, last) => {
            let mut evidence: Vec<Span> = first.into_iter().chain(last).map(|day| day.span).collect();
            evidence.dedup();
            When {
                start: first.map(|day| day.iso.clone()),
                end: last.map(|day| day.iso.clone()),
                evidence,
                ..When::default()
            }
        }
    }
}

/// The journey whose first day is told by the number of a later one.
fn counted(scene: &Scene<'_>, among: &[&Day], end: Option<&Day>) -> Option<When> {
    let start = counted_start(scene)?;
    let today = start.today.to_string();
    let last = end.or_else(|| among.iter().rev().find(|other| other.iso > today).copied());
    let (start, evidence) = (start.date.to_string(), vec![start.span]);
    Some(When { start: Some(start), end: last.map(|last| last.iso.clone()), evidence, is_told: true })
}

/// The journey that begins or ends on a day and takes as many days as a sentence on it says (`una missione di cinque giorni`).
fn lasting(scene: &Scene<'_>, start: Option<&Day>, end: Option<&Day>) -> Option<When> {
    let lines =
        scene.told().enumerate().filter(|(idx, line)| line.is_of_journey() || *idx < N_TITLES).map(|(_, line)| line);
    let more = lines.into_iter().find_map(length)? - 1;
    let date = |day: &Day| day.iso.parse::<Date>().ok();
    let (first, last) = match (start, end) {
        (Some(start), _) => (date(start)?, date(start)?.checked_add(more.days()).ok()?),
        (None, end) => (date(end?)?.checked_sub(more.days()).ok()?, date(end?)?),
    };
    let evidence = vec![start.or(end)?.span];
    Some(When { start: Some(first.to_string()), end: Some(last.to_string()), evidence, ..When::default() })
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
    let known = known.or_else(|| days.iter().find(|day| day.weight > 0).copied());
    let near = |day: &Day| {
        known.is_some_and(|known| days_between(&known.iso, &day.iso).is_some_and(|days| days.abs() <= MAX_DAYS / 2))
    };
    let no_other = known.is_none() && !days.iter().any(|day| day.weight > 0);
    let counts = |day: &&Day| {
        // `Martedì il gruppo …`: what opens a sentence says when the story went on.
        let goes_on = day.opens_line && day.weight >= 0 && near(day);
        (day.weight > 0 && (known.is_none() || near(day))) || goes_on || day.is_meeting && (no_other || near(day))
    };
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
