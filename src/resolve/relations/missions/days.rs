//! Which dates of the release tell of the journey, and what is said beside each?

use super::{
    lengths::counted_start,
    scene::{Line, Scene},
};
use crate::{
    annotate::value::{Bound, Value},
    lexicon::{
        Kind,
        pack::{
            Cue,
            dates::{Role, Sense},
        },
    },
    text::Span,
};
use jiff::{ToSpan, civil::Date};

/// Longest journey that is told in days.
pub(super) const MAX_DAYS: i64 = 30;
/// Tokens between a wording and the day that belongs to it, at most.
const REACH: usize = 7;
/// The same where the sentence has no other day; what stands behind the day counts twice.
const REACH_OF_ONLY_DAY: usize = 40;
/// Tokens between a wording and the day behind it, at least, for it to be of the day before it.
const REACH_OF_NEXT: usize = 3;
/// Sentences that say whether the journey is over.
const N_OPENING: usize = 4;
/// Longest line that is hardly more than its day, in tokens.
const MAX_NOTE_TOKENS: usize = 10;
/// Days for which something is news: an announcement names no earlier day of its journey.
const MAX_DAYS_OF_NEWS: i64 = 2;
/// Tokens of a bullet or article before the day that opens a sentence, at most.
const N_OPENING_TOKENS: usize = 2;

/// A date of the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Day {
    pub iso: String,
    pub span: Span,
    pub bound: Option<Bound>,
    /// How much its sentence speaks of the journey.
    pub weight: i32,
    /// Whether its sentence tells of a meeting and not of the journey.
    pub is_meeting: bool,
    /// Whether it stands in an item of a programme.
    pub is_item: bool,
    /// Whether its sentence names those who travel.
    pub is_of_party: bool,
    /// Whether its sentence begins with it.
    pub opens_line: bool,
    /// Whether its words have a number: a day that nobody has to count from the day of publication.
    pub has_number: bool,
    /// Whether it is a weekday without a date.
    pub is_weekday: bool,
    /// Whether it stands beside a wording of setting out, or of coming back.
    pub begins: bool,
    pub ends: bool,
}

/// The dates that tell of this journey, in the order of the text.
pub(super) fn days(scene: &Scene<'_>) -> Vec<Day> {
    let mut days = of_this_journey(scene, in_week_of_journey(scene, read(scene)));
    // On the day of the release something else begins (`ha aperto oggi l'incontro con la stampa`), if another day is told.
    let published = scene.context.document.published.map(|published| published.date.to_string());
    let is_published = |day: &Day| Some(&day.iso) == published.as_ref();
    if days.iter().any(|day| day.begins && day.iso.len() == 10 && !is_published(day)) {
        days.iter_mut().filter(|day| is_published(day)).for_each(|day| day.begins = false);
    }
    days
}

/// The dates with each bare weekday in the week of the journey: the one that begins on its first day, else that of the first
/// of its days that has a date.
fn in_week_of_journey(scene: &Scene<'_>, mut dates: Vec<Day>) -> Vec<Day> {
    let date = |day: &Day| day.iso.parse::<Date>().ok();
    let published = scene.context.document.published.map(|published| published.date.to_string());
    // Who is back has no day of the journey before him.
    let opening = || scene.story().filter(|line| !line.is_headline()).take(N_OPENING);
    let is_back = opening().any(|line| line.has(Cue::Return)) && !opening().any(|line| line.has(Cue::Future));
    let is_ahead = |day: &Day| is_back && published.as_ref().is_some_and(|published| day.iso > *published);
    let is_dated = |day: &&Day| {
        !is_ahead(day)
            && day.has_number
            && day.iso.len() == 10
            && day.weight > 0
            && Some(&day.iso) != published.as_ref()
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
    // Where the tenses do not tell, the first day of the journey that is told does; one that is just over may be that of the
    // announcement.
    let first = dates.iter().find(|day| is_of_journey(day) && day.iso != published);
    let days_ago = first.and_then(|day| days_between(&day.iso[..10], &published)).unwrap_or(0);
    let is_over = past > future || days_ago > if past == future { 0 } else { MAX_DAYS_OF_NEWS };
    let is_behind_us = |day: &Day| is_of_journey(day) && day.iso.as_str() <= published.as_str();
    if is_over && dates.iter().any(is_behind_us) {
        // A party that is still away says where it goes next, and when it comes back.
        let is_ahead = |day: &Day| {
            let is_near =
                days_between(&published, &day.iso[..day.iso.len().min(10)]).is_some_and(|days| days <= MAX_DAYS / 2);
            is_near && (day.ends || day.is_of_party)
        };
        dates.retain(|day| day.iso.as_str() <= published.as_str() || is_ahead(day));
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

/// The days from one to another; none where one is no day.
pub(super) fn days_between(first: &str, last: &str) -> Option<i64> {
    let (first, last) = (first.parse::<Date>().ok()?, last.parse::<Date>().ok()?);
    first.until(last).ok().map(|span| i64::from(span.get_days()))
}

/// Days, not months or years, at both ends.
pub(super) fn is_days(iso: &str) -> bool {
    iso.split('/').all(|end| end.len() == 10)
}

/// The dates of the story; those of a list of meetings speak of the journey too.
fn read(scene: &Scene<'_>) -> Vec<Day> {
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
        let is_of_journey =
            journey > 0 || other == 0 && (line.has(Cue::Lead) || is_listed || line.n_tokens() <= MAX_NOTE_TOKENS);
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
                is_of_party: line.has(Cue::Party),
                opens_line: scene.tokens_of(line, mention).start <= N_OPENING_TOKENS,
                has_number: scene
                    .span(mention)
                    .of(scene.context.document.as_str())
                    .bytes()
                    .any(|byte| byte.is_ascii_digit()),
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
    let next = line
        .mentions
        .clone()
        .filter(is_date)
        .find(|&other| other > mention)
        .map(|other| scene.tokens_of(line, other).start);
    // `arrive on Monday and fly home on Friday`: a wording right before the next day is of that one.
    let is_of_next =
        |hit: &super::scene::Hit| next.is_some_and(|next| hit.end <= next && next - hit.end < REACH_OF_NEXT);
    // `da lunedì a ieri`: a wording that another day stands behind, or is part of, is of that one.
    let last = line.mentions.clone().filter(is_date).take_while(|&other| other < mention).last();
    let last = last.map(|other| scene.tokens_of(line, other));
    let is_of_last = |hit: &super::scene::Hit| last.as_ref().is_some_and(|last| hit.first < last.end);
    let distance = |hit: &super::scene::Hit| match () {
        () if hit.end <= at.start && !is_of_last(hit) => Some(at.start - hit.end),
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
