//! Which sentences tell of this journey without a word of going, and which of another one?

use super::scene::{Hit, Line, Scene, Side};
use crate::{
    annotate::value::Value,
    document::Zone,
    lexicon::{Kind, pack::Cue},
};
use jiff::{
    ToSpan,
    civil::{Date, ISOWeekDate, Weekday},
};
use std::ops::Range;

/// Sentences that say what the release is about.
const N_OPENING_LINES: usize = 2;
/// Letters of `2024-03-23`, and of its year.
const N_LETTERS_OF_DAY: usize = 10;
const N_LETTERS_OF_YEAR: usize = 4;
/// Tokens of the head of a day of a programme before its town.
const N_TOKENS_OF_STAGE: usize = 3;
/// Items of days that make a programme, at least, and the tokens of a bullet or article before their day, at most.
const N_STAGES: usize = 2;
const N_TOKENS_BEFORE_DAY: usize = 2;
/// Tokens between a wording of leading and those who are led, at most.
const REACH_OF_LED: usize = 4;
/// Tokens between a journey and its year, at most.
const REACH_OF_YEAR: usize = 8;
/// Days before and behind the journey that still belong to it: its preparation, its report.
const MARGIN_DAYS: i64 = 10;

impl<'a> Scene<'a> {
    /// Journeys that no word of going tells: who takes firms along to a place abroad is on the way with them, and so is an
    /// officer who is in a town from one day to another (`il rettore sarà a Malta dal 10 al 12`).
    pub fn read_journeys(&mut self) {
        for line_idx in 0..self.lines.len() {
            let line = &self.lines[line_idx];
            let of_party = line.has_any(&[Cue::Member, Cue::Party]);
            // Who leads a group of firms somewhere abroad is on the way, where it is known what is abroad.
            let leads = of_party && is_party_led(line) && self.desk_country().is_some();
            let takes_along = of_party && line.has(Cue::Bring);
            let stays = line.mentions.clone().any(|mention| self.is_stretch_of_days(mention));
            if let Some(stage) = self.stage(line) {
                self.lines[line_idx].hits.push(stage);
                continue;
            }
            // `Dieci startup partecipano dal 10 al 13 novembre alla fiera di Lisbona`
            let attends = stays && line.has(Cue::Member) && line.has(Cue::Attend) && self.names_abroad(line);
            // `È stata a Gaeta ieri l'ambasciatrice di …`: an envoy on a visit here.
            let calls = line.has(Cue::Envoy) && line.sentence.pack.missions.be.contains(line.key(0));
            if !takes_along && !leads && !stays && !calls {
                continue;
            }
            let goals: Vec<Range<usize>> = self.places_abroad(line).collect();
            let mut journeys = Vec::new();
            if takes_along {
                journeys.extend(line.of(Cue::Bring).filter(|hit| goals.iter().any(|goal| hit.end <= goal.start)));
            }
            if leads {
                journeys.extend(line.of(Cue::Lead).filter(|hit| goals.iter().any(|goal| hit.end <= goal.start)));
            }
            journeys.extend(self.stay(line, &goals).filter(|_| stays));
            journeys.extend(line.of(Cue::Attend).find(|_| attends));
            if calls && journeys.is_empty() {
                let towns: Vec<Range<usize>> =
                    self.named(line, Kind::Place).map(|(mention, _)| self.tokens_of(line, mention)).collect();
                journeys.extend(self.stay(line, &towns));
            }
            self.lines[line_idx].hits.extend(journeys.into_iter().map(|hit| Hit { cue: Cue::Travel, ..hit }));
        }
    }

    /// Whether a sentence names a place or body abroad, where it is known what is abroad.
    fn names_abroad(&self, line: &Line<'_>) -> bool {
        let Some(desk) = self.desk_country() else { return false };
        let mut named = self.named(line, Kind::Place).chain(self.named(line, Kind::Institution));
        named.any(|(_, entity)| self.country(entity).is_some_and(|country| country != desk))
    }

    /// Where the places stand that a sentence points to, but for those of the country of the desk.
    fn places_abroad(&self, line: &Line<'_>) -> impl Iterator<Item = Range<usize>> {
        let desk = self.desk_country();
        let places =
            self.named(line, Kind::Place).filter(move |(_, place)| self.country(*place) != desk || desk.is_none());
        let places = places.map(|(mention, _)| self.tokens_of(line, mention));
        places.filter(|at| line.preposition_before(at.start) == Side::To)
    }

    /// The head of a day of the programme that names a town abroad: `GIORNO 1 – Bratislava`.
    fn stage(&self, line: &Line<'_>) -> Option<Hit> {
        let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        let opens = line.sentence.pack.missions.days.contains(line.key(0)) && is_number(line.word(1));
        let goal = N_TOKENS_OF_STAGE;
        let is_head = opens && matches!(line.word(goal - 1), "–" | "-" | ":" | "—" | "|" | ",");
        let desk = self.desk_country().filter(|_| is_head)?;
        let mut places = self
            .named(line, Kind::Place)
            .filter(|(_, place)| self.country(*place).is_some_and(|country| country != desk));
        places.any(|(mention, _)| self.tokens_of(line, mention).start == goal).then_some(Hit {
            cue: Cue::Travel,
            first: 0,
            end: goal,
        })
    }

    /// Notes which lines are items of days of the programme: two or more that open with a day and go on behind a dash or comma.
    pub fn read_stages(&mut self) {
        let stages: Vec<(usize, usize)> = self
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.sentence.zone == Zone::Body && !line.has(Cue::Past))
            .filter_map(|(line_idx, line)| Some((line_idx, self.behind_day(line)?)))
            .collect();
        if stages.len() >= N_STAGES {
            stages.into_iter().for_each(|(line_idx, at)| self.lines[line_idx].stage = Some(at));
        }
    }

    /// The token behind the day or hour that opens an item, and behind the mark that parts them.
    fn behind_day(&self, line: &Line<'_>) -> Option<usize> {
        let is_day = |mention: &usize| matches!(self.context.mentions[*mention].value, Some(Value::Date(_)));
        let is_mark = |at: usize| matches!(line.word(at), "–" | "-" | ":" | "—" | "|" | ",");
        let mut end = None;
        for day in line.mentions.clone().take_while(is_day).map(|mention| self.tokens_of(line, mention)) {
            if day.start > end.map_or(N_TOKENS_BEFORE_DAY, |end: usize| end + 1) {
                break;
            }
            end = Some(day.end);
        }
        let goal = end.filter(|&end| is_mark(end) && line.is_short())? + 1;
        // Behind a comma a sentence may go on (`Il 3 maggio, la Regione …`): only a place makes it an item.
        let is_place = self.named(line, Kind::Place).any(|(mention, _)| self.tokens_of(line, mention).start == goal);
        (is_place || line.word(goal - 1) != ",").then_some(goal)
    }

    /// The form of being that says of somebody named before it that he or she is in one of `goals`.
    fn stay(&self, line: &Line<'_>, goals: &[Range<usize>]) -> Option<Hit> {
        let words = &line.sentence.pack.missions;
        let person = self.named(line, Kind::Person).map(|(mention, _)| self.tokens_of(line, mention).end).min()?;
        // `Sarà in Mozambico, da lunedì a giovedì, il viceministro …`: the sentence opens with the verb.
        let person = if words.be.contains(line.key(0)) { 0 } else { person };
        let dates: Vec<Range<usize>> = line
            .mentions
            .clone()
            .filter(|&mention| self.days_of(mention).is_some())
            .map(|mention| self.tokens_of(line, mention))
            .collect();
        let is_of_day = |at: usize| dates.iter().any(|date| date.contains(&at));
        let is_passed = |at: usize| {
            is_of_day(at)
                || line.side_of(line.key(at)) == Side::To
                || words.subject_articles.contains(line.key(at))
                || line.word(at) == ","
        };
        let is_there = |at: usize| goals.iter().any(|goal| goal.start > at && (at + 1..goal.start).all(is_passed));
        let first = (person..line.n_tokens()).find(|&at| words.be.contains(line.key(at)) && is_there(at))?;
        Some(Hit { cue: Cue::Travel, first, end: first + 1 })
    }

    /// What is said of another journey, once the opening has said what this one is.
    pub fn read_asides(&mut self) {
        let told =
            (0..self.lines.len()).filter(|&idx| self.lines[idx].sentence.zone == Zone::Body).skip(N_OPENING_LINES);
        let mut open = None;
        for line_idx in told.collect::<Vec<_>>() {
            let is_aside = self.has_aside(&self.lines[line_idx]);
            let line = &mut self.lines[line_idx];
            // What follows in the paragraph goes on with it, as long as nothing that is over is told.
            let is_back = line.has_any(&[Cue::Party, Cue::Mission, Cue::Past, Cue::Return]);
            line.is_aside = is_aside || open == Some(line.sentence.block_idx) && !is_back;
            open = line.is_aside.then_some(line.sentence.block_idx);
        }
    }

    /// Whether a sentence is on another journey, and does not compare it with this one, whose days it has told before (`La visita, dal 3
    /// al 5, ricambia quella di marzo`).
    fn has_aside(&self, line: &Line<'_>) -> bool {
        let days: Vec<usize> = line
            .mentions
            .clone()
            .filter(|&mention| self.is_stretch_of_days(mention))
            .map(|mention| self.tokens_of(line, mention).end)
            .collect();
        line.of(Cue::Aside).any(|hit| days.iter().all(|&end| end > hit.first))
    }

    /// Sets apart what lies behind the journey or long before it, now that its days are known.
    pub fn set_apart(&mut self, start: Option<&str>, end: Option<&str>) {
        let (Some(start), Some(end)) = (start.or(end), end.or(start)) else { return };
        let published = self.context.document.published.map(|published| published.date.to_string());
        let is_over = published.as_deref().is_some_and(|published| end < &published[..end.len().min(published.len())]);
        let told =
            self.lines.iter().enumerate().filter(|(_, line)| line.sentence.zone == Zone::Body).skip(N_OPENING_LINES);
        let is_of_others = |line: &Line<'_>| {
            let is_told = |(mention, (first, _)): &(usize, (String, String))| {
                published.as_ref() != Some(first)
                    && (first.len() > N_LETTERS_OF_YEAR || is_year_of_journey(self, line, *mention))
            };
            let days =
                line.mentions.clone().filter_map(|mention| Some((mention, self.days_of(mention)?))).filter(is_told);
            let published = published.as_deref().filter(|_| !line.has(Cue::Party));
            let mut sides =
                days.map(|(_, days)| days).map(|(first, last)| is_within(&first, &last, start, end, published));
            match sides.next() {
                Some(first) => !first && !sides.any(|is_within| is_within),
                None => is_over && is_to_come(line),
            }
        };
        let apart: Vec<usize> = told.filter(|(_, line)| is_of_others(line)).map(|(line_idx, _)| line_idx).collect();
        apart.into_iter().for_each(|line_idx| self.lines[line_idx].is_apart = true);
    }

    /// The first and the last day, month or year that a mention tells.
    fn days_of(&self, mention: usize) -> Option<(String, String)> {
        let Some(Value::Date(date)) = &self.context.mentions[mention].value else { return None };
        let iso = date.iso.as_deref()?;
        let (first, last) = iso.split_once('/').unwrap_or((iso, iso));
        Some((ends_of(first)?.0, ends_of(last)?.1))
    }

    /// Whether a mention is a stretch from one day to another.
    pub fn is_stretch_of_days(&self, mention: usize) -> bool {
        let is_stretch =
            |iso: &String| iso.len() == 2 * N_LETTERS_OF_DAY + 1 && iso.as_bytes()[N_LETTERS_OF_DAY] == b'/';
        matches!(&self.context.mentions[mention].value, Some(Value::Date(date)) if date.iso.as_ref().is_some_and(is_stretch))
    }
}

/// Whether those whom somebody leads stand before the wording or right behind it (`guida dodici imprese`), and not only far behind
/// (`la testimonianza è affidata a Mario Bianchi, export manager`).
fn is_party_led(line: &Line<'_>) -> bool {
    let is_right_behind = |lead: &Hit, party: &Hit| {
        let between = lead.end..party.first;
        party.first >= lead.end && between.len() <= REACH_OF_LED && !between.into_iter().any(|at| line.word(at) == ",")
    };
    let is_led = |lead: &Hit, party: &Hit| party.end <= lead.first || is_right_behind(lead, party);
    let parties = || line.hits.iter().filter(|hit| matches!(hit.cue, Cue::Party | Cue::Member));
    line.of(Cue::Lead).any(|lead| parties().any(|party| is_led(&lead, party)))
}

/// Whether a year stands beside a word of a journey: `la missione del 2024 in Canada`.
fn is_year_of_journey(scene: &Scene<'_>, line: &Line<'_>, mention: usize) -> bool {
    let at = scene.tokens_of(line, mention);
    let nouns = line.hits.iter().filter(|hit| matches!(hit.cue, Cue::Mission | Cue::Visit | Cue::Party));
    nouns.into_iter().any(|hit| hit.first <= at.end + REACH_OF_YEAR && at.start <= hit.end + REACH_OF_YEAR)
}

/// Whether a sentence tells of what is yet to come, and of nothing that is over.
fn is_to_come(line: &Line<'_>) -> bool {
    let dates = &line.sentence.pack.dates;
    let is_future = |at: usize| line.token(at).is_some_and(|token| dates.is_future(token.key, line.word(at)));
    !line.has_any(&[Cue::Past, Cue::Return]) && (line.has(Cue::Future) || (0..line.n_tokens()).any(is_future))
}

/// Whether a day, month or stretch touches the journey from `start` to `end`, or the days from its end to its report.
///
/// What comes after the report of a journey is another one.
fn is_within(first: &str, last: &str, start: &str, end: &str, published: Option<&str>) -> bool {
    let widen = |day: &str, by: i64| match day.parse::<Date>().ok().and_then(|date| date.checked_add(by.days()).ok()) {
        Some(date) => date.to_string(),
        None => day.to_owned(),
    };
    let start = widen(start, -MARGIN_DAYS);
    let end = match published.filter(|published| *published > end) {
        Some(published) => published.to_owned(),
        None => widen(end, MARGIN_DAYS),
    };
    // Months and days are compared by what both tell.
    let is_before = |a: &str, b: &str| a[..a.len().min(b.len())] < b[..a.len().min(b.len())];
    !is_before(last, &start) && !is_before(&end, first)
}

/// The first and the last day or month of a normal form (`2026-W10`, `2026-Q2`, `2026-SU`), as far as it tells them.
fn ends_of(iso: &str) -> Option<(String, String)> {
    let day = iso.split('T').next().unwrap_or(iso);
    let (year, code) =
        day.split_at_checked(N_LETTERS_OF_YEAR).filter(|(year, _)| year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let number = |code: &str| code.parse::<i16>().ok();
    let months = |first: i16, last: i16| Some((format!("{year}-{first:02}"), format!("{year}-{last:02}")));
    match code.get(..2) {
        _ if code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') => Some((day.to_owned(), day.to_owned())),
        Some("-W") if number(&code[2..]).is_some() => {
            let week = ISOWeekDate::new(number(year)?, number(&code[2..])? as i8, Weekday::Monday).ok()?;
            Some((week.date().to_string(), week.date().checked_add(6.days()).ok()?.to_string()))
        }
        Some("-Q") => number(&code[2..]).and_then(|quarter| months(3 * quarter - 2, 3 * quarter)),
        Some("-H") => number(&code[2..]).and_then(|half| months(6 * half - 5, 6 * half)),
        _ => match code {
            "-SP" => months(3, 5),
            "-SU" => months(6, 8),
            "-FA" => months(9, 11),
            _ => None,
        },
    }
}
