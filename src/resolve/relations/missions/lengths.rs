//! How long did the journey take, and which of its days is told by its number?

use super::{
    days::MAX_DAYS,
    scene::{Hit, Line, Scene},
};
use crate::{annotate::value::Value, lexicon::pack::Cue, text::Span};
use jiff::{ToSpan, civil::Date};

/// Latest day of a journey that is told by its number.
const MAX_NTH_DAY: i64 = 14;

/// The first day of a journey that is on its third day when a sentence says so.
pub(super) struct Counted {
    pub date: Date,
    /// The day that is told by its number.
    pub today: Date,
    pub span: Span,
}

/// The first day, from the number of the day of a sentence, or of the publication.
pub(super) fn counted_start(scene: &Scene<'_>) -> Option<Counted> {
    let published = scene.context.document.published?.date;
    let (line, place, nth) =
        scene.story().find_map(|line| ordinal_of_day(line).map(|(place, nth)| (line, place, nth)))?;
    let day_of = |mention: usize| match &scene.context.mentions[mention].value {
        Some(Value::Date(date)) => date.iso.as_deref().and_then(|iso| iso.split('T').next()?.parse::<Date>().ok()),
        _ => None,
    };
    let today = line.mentions.clone().find_map(day_of).filter(|day| *day <= published).unwrap_or(published);
    let span = scene.span_of_hit(line, Hit { cue: Cue::Present, first: place, end: place + 2 });
    Some(Counted { date: today.checked_sub((nth - 1).days()).ok()?, today, span })
}

/// Where a sentence on the journey counts its days, and how many: `terzo giorno di lavori`, `the second day`.
fn ordinal_of_day(line: &Line<'_>) -> Option<(usize, i64)> {
    if !line.is_of_journey() {
        return None;
    }
    let words = line.sentence.pack;
    (0..line.n_tokens().saturating_sub(1)).find_map(|at| {
        if !words.missions.days.contains(line.key(at + 1)) {
            return None;
        }
        let ordinal = line.token(at).and_then(|token| words.dates.sense(token.key)).and_then(|sense| sense.ordinal)?;
        (2..=MAX_NTH_DAY).contains(&i64::from(ordinal)).then_some((at, i64::from(ordinal)))
    })
}

/// The days that a sentence says it took: `cinque giorni`, `5 Tage`, `a five-day visit`.
pub(super) fn length(line: &Line<'_>) -> Option<i64> {
    let words = &line.sentence.pack;
    let is_days = |at: usize| words.missions.days.contains(line.key(at));
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
