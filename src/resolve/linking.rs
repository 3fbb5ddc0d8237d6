//! Which row of the lists a mention is, by the rest of the document: countries, neighbors, and how well known a row is.

use crate::{
    annotate::{Evidence, Mention},
    lexicon::{EntryId, Form, Gazetteer, Kind, Reading, Subtype},
    text::Span,
};
use rustc_hash::FxHashMap as HashMap;
use std::collections::BTreeMap;

/// Weight of a country that is named itself, in mentions of its towns.
const NAMED_COUNTRY: u32 = 3;
/// Most that the countries of a document add to a row, in points of priority.
const MAX_COUNTRY_BONUS: i32 = 24;
/// What a row gains that another mention names without doubt.
const ESTABLISHED_BONUS: i32 = 60;
/// What a town gains when the region that it lies in is named without doubt.
const REGION_BONUS: i32 = 30;
/// What a town gains beside its region or country: `Cambridge, Massachusetts`, `San José (Costa Rica)`.
const NEIGHBOR_BONUS: i32 = 90;
/// Bytes of a preposition of place with the blank before it (`in`, `nel`, `nella`).
const MAX_PREPOSITION: usize = 6;
/// What a row loses whose name never counts alone; a well-known one loses nothing.
const WEAK_NAME: i32 = 15;
/// Priority from which a row is well known.
const WELL_KNOWN: i16 = 70;
/// Priority of towns that every list of the world has.
const TOWN: i16 = 50;
/// What a row loses that only another name, one that never counts alone, leads to: more than a country can add.
const WEAK_ALIAS: i32 = 50;
/// Rows further behind the best than this, in points, are no rivals.
const RIVAL_MARGIN: i32 = 15;
/// Most rivals that are told.
const MAX_CANDIDATES: usize = 8;

/// The row of each mention, and its rivals.
pub(super) struct Links {
    /// Best row of each mention.
    pub row: Vec<Option<EntryId>>,
    /// Rows in doubt with scores in hundredths, best first; empty where there is none.
    pub rivals: Vec<Vec<(EntryId, u8)>>,
}

/// Ranks the candidates of every mention of `text`.
pub(super) fn link(text: &str, mentions: &[Mention], gazetteer: &Gazetteer) -> Links {
    let scene = Scene {
        gazetteer,
        countries: countries(mentions, gazetteer),
        regions: regions(mentions, gazetteer),
        established: established(mentions),
    };
    let mut links = Links { row: Vec::with_capacity(mentions.len()), rivals: Vec::with_capacity(mentions.len()) };
    // A name stands in a release again and again.
    let mut known: HashMap<&str, Vec<(EntryId, i32)>> = HashMap::default();
    for (idx, mention) in mentions.iter().enumerate() {
        if mention.candidates.len() <= 1 {
            links.row.push(mention.candidates.first().copied());
            links.rivals.push(Vec::new());
            continue;
        }
        let name = mention.span.of(text);
        let losses = known.entry(name).or_insert_with(|| losses(name, gazetteer));
        let neighbor = mentions.get(idx + 1).filter(|next| stands_beside(text, mention.span, next.span));
        let score = |&row: &EntryId| {
            let loss = losses.iter().find(|&&(weak, _)| weak == row).map_or(0, |&(_, loss)| loss);
            (scene.score(row, neighbor) - loss, row)
        };
        let mut scored: Vec<(i32, EntryId)> = mention.candidates.iter().map(score).collect();
        // Stable: rows of one score keep the order in which annotation left them.
        scored.sort_by_key(|&(score, _)| std::cmp::Reverse(score));
        prefer_town(gazetteer, &mut scored);
        links.row.push(scored.first().map(|&(_, row)| row));
        links.rivals.push(rivals(gazetteer, &scored));
    }
    links
}

/// Puts the town before the province that is called after it: the name alone means the town.
fn prefer_town(gazetteer: &Gazetteer, scored: &mut [(i32, EntryId)]) {
    let Some(&(_, first)) = scored.first() else { return };
    let region = gazetteer.profile(first);
    if region.kind != Kind::Place || region.subtype != Some(Subtype::Region) {
        return;
    }
    // States have villages of their name (`Oregon`).
    let least = if region.priority >= WELL_KNOWN { WELL_KNOWN } else { TOWN };
    let is_seat = |&(_, row): &(i32, EntryId)| {
        let town = gazetteer.profile(row);
        town.subtype == Some(Subtype::City) && town.country == region.country && town.priority >= least
    };
    if let Some(at) = scored.iter().position(is_seat) {
        scored[..=at].rotate_right(1);
    }
}

/// What a row loses, as far as the name leads to it by a way that never counts alone.
fn losses(name: &str, gazetteer: &Gazetteer) -> Vec<(EntryId, i32)> {
    let readings = gazetteer.spelling(name).into_iter().flat_map(|name| gazetteer.readings(name));
    let loss = |reading: &Reading| match reading.form {
        _ if !reading.is_weak || reading.is_stripped => 0,
        Form::Name if gazetteer.profile(reading.entry).priority >= WELL_KNOWN => 0,
        Form::Name => WEAK_NAME,
        _ => WEAK_ALIAS,
    };
    let mut losses: Vec<_> = readings.map(|reading| (reading.entry, loss(&reading))).collect();
    // Of several ways to a row the one that costs least counts: it comes first.
    losses.sort_unstable();
    losses.dedup_by_key(|&mut (row, _)| row);
    // Where no other country has the name in its own right, the country of the release misleads nobody.
    let country = |row: EntryId| gazetteer.profile(row).country;
    let strong: Vec<&str> = losses.iter().filter(|&&(_, loss)| loss == 0).map(|&(row, _)| country(row)).collect();
    losses.retain(|&(row, _)| strong.iter().any(|&other| other != country(row)));
    losses
}

/// Whether nothing but a comma, a bracket or a slash stands between two mentions, and a preposition.
fn stands_beside(text: &str, first: Span, second: Span) -> bool {
    let between = text.get(first.end()..second.start()).unwrap_or_default().trim();
    let Some(word) = between.strip_prefix([',', '(', '/', '-', '–']) else { return false };
    word.len() <= MAX_PREPOSITION && word.trim().chars().all(char::is_lowercase)
}

/// What the mentions of a document tell of where it plays.
struct Scene<'g> {
    gazetteer: &'g Gazetteer,
    countries: BTreeMap<&'g str, u32>,
    regions: Vec<&'g str>,
    established: HashMap<EntryId, u32>,
}

impl Scene<'_> {
    fn score(&self, row: EntryId, neighbor: Option<&Mention>) -> i32 {
        let entry = self.gazetteer.entry(row);
        let priority = match entry.subtype {
            // A state of a country outranks a town of another country (Ontario), never a million city (New York).
            Some(Subtype::Region) if entry.kind == Kind::Place && is_country(self.gazetteer, entry.parent) => 69,
            _ => i32::from(entry.priority),
        };
        let n_of_country = self.countries.get(entry.country).copied().unwrap_or(0) as i32;
        let bonus = (n_of_country * 8).min(MAX_COUNTRY_BONUS);
        let known = if self.established.contains_key(&row) { ESTABLISHED_BONUS } else { 0 };
        let is_town = entry.subtype == Some(Subtype::City);
        let region = if is_town && self.regions.contains(&entry.parent) { REGION_BONUS } else { 0 };
        let is_whole = |&whole: &EntryId| {
            let whole = self.gazetteer.entry(whole);
            // The lists do not know the region of every town.
            let may_hold = match whole.subtype {
                Some(Subtype::Country) => true,
                Some(Subtype::Region) => is_country(self.gazetteer, entry.parent),
                _ => false,
            };
            whole.id == entry.parent || may_hold && whole.country == entry.country
        };
        let beside = match neighbor {
            Some(neighbor) if is_town && neighbor.candidates.iter().any(is_whole) => NEIGHBOR_BONUS,
            _ => 0,
        };
        priority + bonus + known + region + beside
    }
}

fn is_country(gazetteer: &Gazetteer, id: &str) -> bool {
    gazetteer.by_id(id).is_some_and(|row| gazetteer.profile(row).subtype == Some(Subtype::Country))
}

/// How often each country is named, by itself or by what lies in it, as far as there is no doubt.
fn countries<'g>(mentions: &[Mention], gazetteer: &'g Gazetteer) -> BTreeMap<&'g str, u32> {
    let mut counts = BTreeMap::new();
    for mention in mentions {
        // A country is meant, though towns elsewhere have its name (`Costa Rica`).
        let is_country = mention.subtype == Some(Subtype::Country);
        let rows = mention.candidates.iter().map(|&row| gazetteer.profile(row));
        let mut of_rows = rows.filter(|row| !is_country || row.subtype == mention.subtype).map(|row| row.country);
        let Some(first) = of_rows.next().filter(|country| !country.is_empty()) else { continue };
        if of_rows.all(|country| country == first) {
            let weight = if is_country { NAMED_COUNTRY } else { 1 };
            *counts.entry(first).or_default() += weight;
        }
    }
    counts
}

/// Ids of the regions that are named without doubt.
fn regions<'g>(mentions: &[Mention], gazetteer: &'g Gazetteer) -> Vec<&'g str> {
    let of_region = mentions.iter().filter(|mention| mention.subtype == Some(Subtype::Region));
    let only = |mention: &Mention| {
        let is_region = |row: &EntryId| gazetteer.profile(*row).subtype == Some(Subtype::Region);
        let mut regions = mention.candidates.iter().copied().filter(is_region).map(|row| gazetteer.id(row));
        regions.next().filter(|_| regions.next().is_none())
    };
    of_region.filter_map(only).collect()
}

/// Rows that a mention names without doubt, with the number of such mentions.
fn established(mentions: &[Mention]) -> HashMap<EntryId, u32> {
    let mut rows = HashMap::default();
    // "il distretto di Viseu" does not make the town a district where it stands alone.
    let is_announced = |mention: &Mention| mention.kind == Kind::Place && matches!(mention.why.by, Evidence::Rule(_));
    for mention in mentions.iter().filter(|mention| !is_announced(mention)) {
        if let [row] = mention.candidates[..] {
            *rows.entry(row).or_default() += 1;
        }
    }
    rows
}

fn rivals(gazetteer: &Gazetteer, scored: &[(i32, EntryId)]) -> Vec<(EntryId, u8)> {
    let Some(&(best, first)) = scored.first() else { return Vec::new() };
    // Two rows of one thing (a town and its province, a body of two lists) are no doubt about where it is.
    let country = gazetteer.profile(first).country;
    let is_doubt =
        |&&(score, row): &&(i32, EntryId)| best - score <= RIVAL_MARGIN && gazetteer.profile(row).country != country;
    if scored.iter().skip(1).find(is_doubt).is_none() {
        return Vec::new();
    }
    let near = scored.iter().take_while(|(score, _)| best - score <= RIVAL_MARGIN).take(MAX_CANDIDATES);
    let total: i32 = near.clone().map(|&(score, _)| score.max(1)).sum();
    near.map(|&(score, row)| (row, (score.max(1) * 100 / total.max(1)) as u8)).collect()
}
