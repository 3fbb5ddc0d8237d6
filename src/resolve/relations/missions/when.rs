//! When did the journey take place?
//!
//! A stretch of days beside a wording of the journey says it outright. Else each end is looked for by itself: the day
//! beside a wording of setting out or coming back, the opening word of a date (`dal`, `fino al`), and at last the first and the last
//! of the days on which something of the journey happened.

use super::scene::{Line, Scene};
use crate::{
    annotate::value::{Bound, Value},
    lexicon::{
        Kind,
        pack::{Cue, dates::{Role, Sense}},
    },
    text::Span,
};
use jiff::{ToSpan, civil::Date};

/// Tokens between a wording and the day that belongs to it, at most.
const REACH: usize = 7;
/// The same where the sentence has no other day; what stands behind the day counts twice.
const REACH_OF_ONLY_DAY: usize = 40;
/// Tokens between a wording and the day behind it, at least, for it to be of the day before it.
const REACH_OF_NEXT: usize = 3;
/// Longest journey that is told in days.
const MAX_DAYS: i64 = 30;
/// Sentences that say whether the journey is over.
const N_OPENING: usize = 4;
/// Longest line that is hardly more than its day, in tokens.
const MAX_NOTE_TOKENS: usize = 10;
/// Lines that may be titles.
const N_TITLES: usize = 2;
/// Bytes between the two days of a stretch that was read as two, at most.
const MAX_GAP_BYTES: usize = 8;
/// Latest day of a journey that is told by its number.
const MAX_NTH_DAY: i64 = 14;
/// Tokens of a bullet or article before the day that opens a sentence, at most.
const N_OPENING_TOKENS: usize = 2;

/// First and last day, with the words that say so.
#[derive(Debug, Default)]
pub(super) struct When {
    pub start: Option<String>,
    pub end: Option<String>,
    pub evidence: Vec<Span>,
    /// Whether a wording tells one of the ends.
    is_told: bool,
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
    /// Whether it stands in an item of a programme.
    is_item: bool,
    /// Whether its sentence begins with it.
    opens_line: bool,
    /// Whether it is a weekday without a date.
    is_weekday: bool,
    /// Whether it stands beside a wording of setting out, or of coming back.
    begins: bool,
    ends: bool,
}

/// The days of the journey.
pub(super) fn when(scene: &Scene<'_>) -> When {
    let dates = of_this_journey(scene, in_week_of_journey(scene, dates(scene)));
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
    let is_of_month = |day: &&Day| day.is_meeting && spoken.end.as_ref().is_some_and(|end| end[..7] == day.iso[..7]);
    if let Some(stretch) = stretches().find(is_of_month) {
        return of_stretch(stretch);
    }
    if let Some(stretch) = stretches().find(|stretch| holds(stretch, &spoken)) {
        return of_stretch(stretch);
    }
    let month = dates.iter().find(|day| day.iso.len() == 7 && day.weight > 0);
    // A journey of a month that is yet to come: days of other months are of what prepares it.
    let is_of_month =
        |day: &Option<String>| month.is_some_and(|month| day.as_ref().is_some_and(|day| day.starts_with(&month.iso)));
    let is_told = spoken.is_told || days.iter().any(|day| day.begins || day.ends || day.bound.is_some());
    let is_spoken = spoken.start.is_some() || spoken.end.is_some();
    if is_spoken && (month.is_none() || is_told || is_of_month(&spoken.start)) {
        return spoken;
    }
    if let Some(stretch) = heaviest(0) {
        return of_stretch(stretch);
    }
    match month {
        Some(month) => {
            When { start: Some(month.iso.clone()), end: Some(month.iso.clone()), evidence: vec![month.span], ..When::default() }
        }
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

/// The dates with each bare weekday in the week of the journey: the one that begins on its first day, else that of the first
/// of its days that has a date.
fn in_week_of_journey(scene: &Scene<'_>, mut dates: Vec<Day>) -> Vec<Day> {
    let date = |day: &Day| day.iso.parse::<Date>().ok();
    let published = scene.context.document.published.map(|published| published.date.to_string());
    let is_dated = |day: &&Day| {
        !day.is_weekday && day.iso.len() == 10 && day.weight > 0 && Some(&day.iso) != published.as_ref()
    };
    let counted = counted_start(scene).map(|start| start.date);
    // What begins later than the day that is counted from is a part of the journey.
    if let Some(counted) = counted.map(|counted| counted.to_string()) {
        dates.iter_mut().for_each(|day| day.begins &= day.iso <= counted);
    }
    let told = dates.iter().filter(is_dated).find(|day| day.begins).and_then(date);
    let start = told.or(counted);
    let monday = |date: Date| date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).ok();
    let Some(first) = start.or_else(|| dates.iter().find(is_dated).and_then(date).and_then(monday)) else {
        return dates;
    };
    for day in dates.iter_mut().filter(|day| day.is_weekday) {
        let Some(told) = date(day) else { continue };
        // The day of the return may be in a later week.
        let is_moved = if day.ends { told < first } else { day.opens_line };
        let after = i64::from(first.weekday().until(told.weekday()));
        if let Ok(date) = first.checked_add(after.days())
            && is_moved
        {
            day.iso = date.to_string();
        }
    }
    dates
}

fn days_between(first: &str, last: &str) -> Option<i64> {
    let (first, last) = (first.parse::<Date>().ok()?, last.parse::<Date>().ok()?);
    first.until(last).ok().map(|span| i64::from(span.get_days()))
}

/// The dates without those of other times: what is yet to come where the release tells of a journey that is over (visits
/// in return, next steps), and what is long over where it announces one.
fn of_this_journey(scene: &Scene<'_>, mut dates: Vec<Day>) -> Vec<Day> {
    let Some(published) = scene.context.document.published.map(|published| published.date.to_string()) else {
        return dates;
    };
    let opening = || scene.story().filter(|line| !line.is_headline()).take(N_OPENING);
    let told = |cues: &[Cue]| opening().flat_map(|line| line.hits.iter()).filter(|hit| cues.contains(&hit.cue)).count();
    let (past, future) = (told(&[Cue::Past, Cue::Return]), told(&[Cue::Future]));
    let is_of_journey = |day: &Day| day.weight > 0 && day.iso.len() >= 10 && is_days(&day.iso);
    // Where the tenses do not tell, the first day of the journey that is told does.
    let first = dates.iter().find(|day| is_of_journey(day) && day.iso != published);
    let is_over = past > future || past == future && first.is_some_and(|day| day.iso < published);
    let is_behind_us = |day: &Day| is_of_journey(day) && day.iso.as_str() <= published.as_str();
    if is_over && dates.iter().any(is_behind_us) {
        // A party that is still away says when it comes back.
        let is_return = |day: &Day| day.ends && days_between(&published, &day.iso).is_some_and(|days| days <= MAX_DAYS / 2);
        dates.retain(|day| day.iso.as_str() <= published.as_str() || is_return(day));
        return dates;
    }
    let is_ahead = |day: &Day| is_of_journey(day) && day.iso.as_str() > published.as_str();
    let is_recent = |day: &Day| {
        day.iso.len() < 10 || days_between(&day.iso[..10], &published).is_none_or(|days| days <= MAX_DAYS / 2)
    };
    if !is_over && dates.iter().any(is_ahead) {
        dates.retain(is_recent);
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
    stretches.all(is_inside).then(|| When { start: Some(start.iso.clone()), end: Some(end.iso.clone()), evidence, ..When::default() })
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
            When { start: Some(day.iso.clone()), end: Some(day.iso.clone()), evidence: vec![day.span], ..When::default() }
        }
        (first, last) => {
            let mut evidence: Vec<Span> = first.into_iter().chain(last).map(|day| day.span).collect();
            evidence.dedup();
            When { start: first.map(|day| day.iso.clone()), end: last.map(|day| day.iso.clone()), evidence, ..When::default() }
        }
    }
}

/// The first day of a journey that is on its third day when a sentence says so.
struct Counted {
    date: Date,
    /// The day that is told by its number.
    today: Date,
    span: Span,
}

/// The first day, from the number of the day of a sentence, or of the publication.
fn counted_start(scene: &Scene<'_>) -> Option<Counted> {
    let published = scene.context.document.published?.date;
    let (line, place, nth) =
        scene.story().find_map(|line| ordinal_of_day(line).map(|(place, nth)| (line, place, nth)))?;
    let day_of = |mention: usize| match &scene.context.mentions[mention].value {
        Some(Value::Date(date)) => date.iso.as_deref().and_then(|iso| iso.split('T').next()?.parse::<Date>().ok()),
        _ => None,
    };
    let today = line.mentions.clone().find_map(day_of).filter(|day| *day <= published).unwrap_or(published);
    let span = scene.span_of_hit(line, super::scene::Hit { cue: Cue::Present, first: place, end: place + 2 });
    Some(Counted { date: today.checked_sub((nth - 1).days()).ok()?, today, span })
}

/// The journey whose first day is told by the number of a later one.
fn counted(scene: &Scene<'_>, among: &[&Day], end: Option<&Day>) -> Option<When> {
    let start = counted_start(scene)?;
    let today = start.today.to_string();
    let last = end.or_else(|| among.iter().rev().find(|other| other.iso > today).copied());
    let (start, evidence) = (start.date.to_string(), vec![start.span]);
    Some(When { start: Some(start), end: last.map(|last| last.iso.clone()), evidence, is_told: true })
}

/// Where a sentence on the journey counts its days, and how many: `terzo giorno di lavori`, `the second day`.
fn ordinal_of_day(line: &Line<'_>) -> Option<(usize, i64)> {
    if !line.is_of_journey() {
        return None;
    }
    let words = line.sentence.pack;
    (0..line.n_tokens().saturating_sub(1)).find_map(|at| {
        if !words.missions.days.contains(line.word(at + 1)) {
            return None;
        }
        let ordinal = line.token(at).and_then(|token| words.dates.sense(token.key)).and_then(|sense| sense.ordinal)?;
        (2..=MAX_NTH_DAY).contains(&i64::from(ordinal)).then_some((at, i64::from(ordinal)))
    })
}

/// The journey that begins or ends on a day and takes as many days as a sentence on it says (`una missione di cinque giorni`).
fn lasting(scene: &Scene<'_>, start: Option<&Day>, end: Option<&Day>) -> Option<When> {
    let lines = scene.told().enumerate().filter(|(idx, line)| line.is_of_journey() || *idx < N_TITLES).map(|(_, line)| line);
    let more = lines.into_iter().find_map(length)? - 1;
    let date = |day: &Day| day.iso.parse::<Date>().ok();
    let (first, last) = match (start, end) {
        (Some(start), _) => (date(start)?, date(start)?.checked_add(more.days()).ok()?),
        (None, end) => (date(end?)?.checked_sub(more.days()).ok()?, date(end?)?),
    };
    let evidence = vec![start.or(end)?.span];
    Some(When { start: Some(first.to_string()), end: Some(last.to_string()), evidence, ..When::default() })
}

/// The days that a sentence says it took: `cinque giorni`, `5 Tage`, `a five-day visit`.
fn length(line: &Line<'_>) -> Option<i64> {
    let words = &line.sentence.pack;
    let is_days = |at: usize| words.missions.days.contains(line.word(at));
    (0..line.n_tokens()).find_map(|at| {
        let noun = if line.word(at + 1) == "-" { at + 2 } else { at + 1 };
        let is_counted = is_days(noun);
        let word = line.word(at);
        let stem = words.missions.day_stems.iter().find_map(|stem| word.find(stem.as_str()));
        let number = match stem {
            Some(end) => word.get(..end)?,
            None if is_counted => word,
            None => return None,
        };
        let number = number
            .parse::<i64>()
            .ok()
            .or_else(|| words.amounts.numbers.get(&number.to_lowercase()).map(|number| *number as i64));
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

/// Days, not months or years, at both ends.
fn is_days(iso: &str) -> bool {
    iso.split('/').all(|end| end.len() == 10)
}

/// The dates of the story; those of a list of meetings speak of the journey too.
fn dates(scene: &Scene<'_>) -> Vec<Day> {
    let labels = scene.labels();
    let mut dates = Vec::new();
    for (line, label) in scene.lines.iter().zip(labels) {
        if line.sentence.zone == crate::document::Zone::Dateline || line.is_aside {
            continue;
        }
        let is_listed = label.is_some_and(|label| matches!(label.cue, Cue::Schedule | Cue::Meet));
        let is_item = is_listed || line.has(Cue::Schedule) && line.is_short();
        let of_journey = [Cue::Party, Cue::Mission, Cue::Visit, Cue::Travel, Cue::Return, Cue::Stand, Cue::Guest];
        let journey = of_journey.into_iter().filter(|&cue| line.has(cue)).count();
        // What is agreed on may have days of its own, unless something happens on the journey in the same sentence.
        let of_agreement =
            line.has(Cue::Agreement) && !line.has_any(&[Cue::Travel, Cue::Return, Cue::Meet, Cue::Host, Cue::Hosted]);
        let other = i32::from(line.has(Cue::Gathering)) + i32::from(of_agreement);
        let is_meeting = journey == 0 && line.has_any(&[Cue::Meet, Cue::Host, Cue::Sign]);
        // `Rientro venerdì in serata`: a line that is hardly more than its day.
        let is_of_journey = journey > 0 || other == 0 && (is_listed || line.n_tokens() <= MAX_NOTE_TOKENS);
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
                is_item,
                opens_line: scene.tokens_of(line, mention).start <= N_OPENING_TOKENS,
                is_weekday: is_weekday(scene, line, mention),
                begins: is_beside(scene, line, mention, &[Cue::Begin]) && is_of_journey,
                ends: is_beside(scene, line, mention, &[Cue::End, Cue::Return]) && is_of_journey,
            })
        }));
    }
    dates
}

/// Whether a date is a weekday, with a part of the day or not, that is counted from the day of publication.
fn is_weekday(scene: &Scene<'_>, line: &Line<'_>, mention: usize) -> bool {
    let dates = &line.sentence.pack.dates;
    let mut is_weekday = false;
    for at in scene.tokens_of(line, mention) {
        let Some(token) = line.token(at) else { continue };
        let sense = dates.sense(token.key);
        let is_counted = |sense: &Sense| sense.is(Role::Last) || sense.is(Role::Next) || sense.day.is_some();
        if sense.is_some_and(is_counted) || line.word(at).bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        is_weekday |= sense.is_some_and(|sense| sense.weekday.is_some());
    }
    is_weekday
}

/// Whether the nearest wording of one of `cues` or of the other end belongs to the date: right before or behind it.
fn is_beside(scene: &Scene<'_>, line: &Line<'_>, mention: usize, cues: &[Cue]) -> bool {
    let at = scene.tokens_of(line, mention);
    let is_date = |other: &usize| scene.context.mentions[*other].kind == Kind::Date;
    // The only day of a sentence is that of its verb, wherever that stands.
    let reach = if line.mentions.clone().filter(is_date).count() == 1 { REACH_OF_ONLY_DAY } else { REACH };
    let next = line.mentions.clone().filter(is_date).find(|&other| other > mention).map(|other| scene.tokens_of(line, other).start);
    // `arrive on Monday and fly home on Friday`: a wording right before the next day is of that one.
    let is_of_next =
        |hit: &super::scene::Hit| next.is_some_and(|next| hit.end <= next && next - hit.end < REACH_OF_NEXT);
    let distance = |hit: &super::scene::Hit| match () {
        () if hit.end <= at.start => Some(at.start - hit.end),
        // A wording behind the day may speak of the next one.
        () if hit.first >= at.end && !is_of_next(hit) => Some(2 * (hit.first - at.end) + 2),
        () => None,
    };
    let of_end = |hit: &&super::scene::Hit| matches!(hit.cue, Cue::Begin | Cue::End | Cue::Return);
    let nearest = line
        .hits
        .iter()
        .filter(of_end)
        .filter_map(|hit| Some((distance(hit)?, hit)))
        .min_by_key(|(distance, _)| *distance);
    nearest.is_some_and(|(distance, hit)| distance <= reach && cues.contains(&hit.cue))
}
