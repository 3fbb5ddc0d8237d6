//! Which row of the lists a mention is, by the rest of the document: countries, neighbors, and how well known a row is.

use crate::{
    annotate::Mention,
    lexicon::{EntryId, Gazetteer, Kind, Subtype},
};
use std::collections::{BTreeMap, HashMap};

/// Weight of a country that is named itself, in mentions of its towns.
const NAMED_COUNTRY: u32 = 3;
/// Most that the countries of a document add to a row, in points of priority.
const MAX_COUNTRY_BONUS: i32 = 24;
/// What a row gains that another mention names without doubt.
const ESTABLISHED_BONUS: i32 = 60;
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

/// Ranks the candidates of every mention.
pub(super) fn link(mentions: &[Mention], gazetteer: &Gazetteer) -> Links {
    let countries = countries(mentions, gazetteer);
    let established = established(mentions);
    let mut links = Links { row: Vec::with_capacity(mentions.len()), rivals: Vec::with_capacity(mentions.len()) };
    for mention in mentions {
        let mut scored: Vec<(i32, EntryId)> =
            mention.candidates.iter().map(|&row| (score(gazetteer, row, &countries, &established), row)).collect();
        // Stable: rows of one score keep the order in which annotation left them.
        scored.sort_by_key(|&(score, _)| std::cmp::Reverse(score));
        links.row.push(scored.first().map(|&(_, row)| row));
        links.rivals.push(rivals(gazetteer, &scored));
    }
    links
}

fn score(
    gazetteer: &Gazetteer,
    row: EntryId,
    countries: &BTreeMap<&str, u32>,
    established: &HashMap<EntryId, u32>,
) -> i32 {
    let entry = gazetteer.entry(row);
    let priority = match entry.subtype {
        // A state of a country outranks a town of another country (Ontario), never a million city (New York).
        Some(Subtype::Region) if entry.kind == Kind::Place && is_country(gazetteer, entry.parent) => 69,
        _ => i32::from(entry.priority),
    };
    let n_of_country = countries.get(entry.country).copied().unwrap_or(0) as i32;
    let bonus = (n_of_country * 8).min(MAX_COUNTRY_BONUS);
    let known = if established.contains_key(&row) { ESTABLISHED_BONUS } else { 0 };
    priority + bonus + known
}

fn is_country(gazetteer: &Gazetteer, id: &str) -> bool {
    gazetteer.by_id(id).is_some_and(|row| gazetteer.entry(row).subtype == Some(Subtype::Country))
}

/// How often each country is named, by itself or by what lies in it, as far as there is no doubt.
fn countries<'g>(mentions: &[Mention], gazetteer: &'g Gazetteer) -> BTreeMap<&'g str, u32> {
    let mut counts = BTreeMap::new();
    for mention in mentions {
        let mut of_rows = mention.candidates.iter().map(|&row| gazetteer.entry(row).country);
        let Some(first) = of_rows.next().filter(|country| !country.is_empty()) else { continue };
        if of_rows.all(|country| country == first) {
            let weight = if mention.subtype == Some(Subtype::Country) { NAMED_COUNTRY } else { 1 };
            *counts.entry(first).or_default() += weight;
        }
    }
    counts
}

/// Rows that a mention names without doubt, with the number of such mentions.
fn established(mentions: &[Mention]) -> HashMap<EntryId, u32> {
    let mut rows = HashMap::new();
    for mention in mentions {
        if let [row] = mention.candidates[..] {
            *rows.entry(row).or_default() += 1;
        }
    }
    rows
}

fn rivals(gazetteer: &Gazetteer, scored: &[(i32, EntryId)]) -> Vec<(EntryId, u8)> {
    let Some(&(best, first)) = scored.first() else { return Vec::new() };
    // Two rows of one thing (a town and its province, a body of two lists) are no doubt about where it is.
    let country = gazetteer.entry(first).country;
    let is_doubt =
        |&&(score, row): &&(i32, EntryId)| best - score <= RIVAL_MARGIN && gazetteer.entry(row).country != country;
    if scored.iter().skip(1).find(is_doubt).is_none() {
        return Vec::new();
    }
    let near = scored.iter().take_while(|(score, _)| best - score <= RIVAL_MARGIN).take(MAX_CANDIDATES);
    let total: i32 = near.clone().map(|&(score, _)| score.max(1)).sum();
    near.map(|&(score, row)| (row, (score.max(1) * 100 / total.max(1)) as u8)).collect()
}
