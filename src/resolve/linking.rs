//! Which row of the lists a mention is, by the rest of the document: countries, neighbors, and how well known a row is.

use crate::{
    annotate::{Evidence, Mention},
    document::Document,
    lexicon::{EntryId, Form, Gazetteer, Kind, Reading, Subtype, pack::WordClass},
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
/// What a town gains beside its region or country: `Cambridge, Massachusetts`, `San José (Costa Rica)`; a body beside the country
/// that its row is named by, too (`MSD in Francia` is `MSD (France)`).
const NEIGHBOR_BONUS: i32 = 90;
/// What a town gains before a preposition and its region or country (`San José in California`), and a body beside its country.
const NEAR_BONUS: i32 = 30;
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
/// A row that is so many points behind another is half as likely.
const HALF: f64 = 10.0;
/// Most rivals that are told.
const MAX_CANDIDATES: usize = 8;

/// The row of each mention, and its rivals.
pub(super) struct Links {
    /// Best row of each mention.
    pub row: Vec<Option<EntryId>>,
    /// Whether the place beside a mention told its row.
    pub is_told: Vec<bool>,
    /// Rows that the name alone would leave in doubt, with scores in hundredths by all that the document tells, best first; empty
    /// where there is no doubt.
    pub rivals: Vec<Vec<(EntryId, u8)>>,
}

/// A row that a mention may mean.
#[derive(Debug, Clone, Copy)]
struct Scored {
    row: EntryId,
    /// Points by the name alone.
    own: i32,
    /// Points by all that the document tells.
    all: i32,
    /// Whether the place beside it speaks for it.
    is_told: bool,
}

/// Ranks the candidates of every mention of the document.
pub(super) fn link(document: &Document<'_>, mentions: &[Mention], gazetteer: &Gazetteer) -> Links {
    let text = document.as_str();
    let scene = Scene {
        gazetteer,
        countries: countries(mentions, gazetteer),
        regions: regions(mentions, gazetteer),
        established: established(mentions),
    };
    let n_mentions = mentions.len();
    let mut links = Links {
        row: Vec::with_capacity(n_mentions),
        is_told: vec![false; n_mentions],
        rivals: Vec::with_capacity(n_mentions),
    };
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
        let neighbor = mentions.get(idx + 1).and_then(|next| neighbor(document, mention.span, mention.kind, next));
        let score = |&row: &EntryId| {
            let loss = losses.iter().find(|&&(weak, _)| weak == row).map_or(0, |&(_, loss)| loss);
            let own = scene.own(row) - loss;
            // Of equals the one whose name is spelled like this.
            let exact = i32::from(gazetteer.entry(row).name == name);
            let beside = scene.beside(row, name, neighbor);
            Scored { row, own, is_told: beside > 0, all: own + exact + scene.bonus(row) + beside }
        };
        let mut scored: Vec<Scored> = mention.candidates.iter().map(score).collect();
        // Stable: rows of one score keep the order in which annotation left them.
        scored.sort_by_key(|one| std::cmp::Reverse(one.all));
        prefer_town(gazetteer, &mut scored);
        links.row.push(scored.first().map(|one| one.row));
        links.is_told[idx] = scored.first().is_some_and(|one| one.is_told);
        links.rivals.push(rivals(gazetteer, &scored));
    }
    links
}

/// Puts the town before the province that is called after it: the name alone means the town.
fn prefer_town(gazetteer: &Gazetteer, scored: &mut [Scored]) {
    let Some(first) = scored.first() else { return };
    let region = gazetteer.profile(first.row);
    if region.kind != Kind::Place || region.subtype != Some(Subtype::Region) {
        return;
    }
    // States have villages of their name (`Oregon`).
    let least = if region.priority >= WELL_KNOWN { WELL_KNOWN } else { TOWN };
    let is_seat = |one: &Scored| {
        let town = gazetteer.profile(one.row);
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

/// A mention that stands right behind another.
#[derive(Debug, Clone, Copy)]
struct Neighbor<'m> {
    mention: &'m Mention,
    /// Whether a comma, a bracket or the like ties them; else a preposition of place does.
    is_tied: bool,
}

/// The mention `next` as the neighbor of one at `first`: nothing but a comma, a bracket or a slash stands between, and a
/// preposition of place.
fn neighbor<'m>(document: &Document<'_>, first: Span, first_kind: Kind, next: &'m Mention) -> Option<Neighbor<'m>> {
    let between = document.as_str().get(first.end()..next.span.start())?.trim();
    let Some(word) = between.strip_prefix([',', '(', '/', '-', '–']) else {
        // "Londra e Canada", "da Londra al Canada": only what nobody comes from or goes to.
        let pack = document.sentence_at(first.start())?.pack;
        let places = &pack.places;
        let is_where = places.before.contains(between) && !places.before_somebody.contains(between);
        // "MSD of Germany": so are bodies of a country, while towns of one are told as a whole.
        let is_of = || first_kind == Kind::Institution && pack.people.class(between).is(WordClass::OF);
        return (is_where || is_of()).then_some(Neighbor { mention: next, is_tied: false });
    };
    let is_preposition = word.len() <= MAX_PREPOSITION && word.trim().chars().all(char::is_lowercase);
    is_preposition.then_some(Neighbor { mention: next, is_tied: true })
}

/// What the mentions of a document tell of where it plays.
struct Scene<'g> {
    gazetteer: &'g Gazetteer,
    countries: BTreeMap<&'g str, u32>,
    regions: Vec<&'g str>,
    established: HashMap<EntryId, u32>,
}

impl Scene<'_> {
    /// Points of a row by itself.
    fn own(&self, row: EntryId) -> i32 {
        let profile = self.gazetteer.profile(row);
        let is_state = || is_country(self.gazetteer, self.gazetteer.entry(row).parent);
        match profile.subtype {
            // A state of a country outranks a town of another country (Ontario), never a million city (New York).
            Some(Subtype::Region) if profile.kind == Kind::Place && is_state() => 69,
            _ => i32::from(profile.priority),
        }
    }

    /// What a row gains by the rest of the document.
    fn bonus(&self, row: EntryId) -> i32 {
        let entry = self.gazetteer.entry(row);
        let n_of_country = self.countries.get(entry.country).copied().unwrap_or(0) as i32;
        let bonus = (n_of_country * 8).min(MAX_COUNTRY_BONUS);
        let known = if self.established.contains_key(&row) { ESTABLISHED_BONUS } else { 0 };
        let is_town = entry.subtype == Some(Subtype::City);
        let region = if is_town && self.regions.contains(&entry.parent) { REGION_BONUS } else { 0 };
        bonus + known + region
    }

    /// What a row of a name gains by the place beside it.
    fn beside(&self, row: EntryId, name: &str, neighbor: Option<Neighbor<'_>>) -> i32 {
        let Some(neighbor) = neighbor else { return 0 };
        let entry = self.gazetteer.entry(row);
        let is_town = entry.subtype == Some(Subtype::City);
        let is_whole = |&whole: &EntryId| {
            let whole = self.gazetteer.entry(whole);
            // The lists do not know the region of every town, and of no body.
            let may_hold = match whole.subtype {
                Some(Subtype::Country) => true,
                Some(Subtype::Region) => is_town && is_country(self.gazetteer, entry.parent),
                _ => false,
            };
            whole.id == entry.parent || may_hold && whole.country == entry.country
        };
        let is_branch = || entry.name.strip_prefix(name).is_some_and(|rest| rest.starts_with(" ("));
        match entry.kind {
            _ if !neighbor.mention.candidates.iter().any(is_whole) => 0,
            _ if is_town && neighbor.is_tied => NEIGHBOR_BONUS,
            Kind::Institution if is_branch() => NEIGHBOR_BONUS,
            _ if is_town || entry.kind == Kind::Institution => NEAR_BONUS,
            _ => 0,
        }
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

/// The rows that the name alone, or the document, leaves in doubt, with their scores in hundredths.
fn rivals(gazetteer: &Gazetteer, scored: &[Scored]) -> Vec<(EntryId, u8)> {
    let most = |points: fn(&Scored) -> i32| scored.iter().map(points).max().unwrap_or(0);
    let (most_own, most_all) = (most(|one| one.own), most(|one| one.all));
    let is_near = |one: &Scored| most_own - one.own <= RIVAL_MARGIN || most_all - one.all <= RIVAL_MARGIN;
    let mut near: Vec<Scored> = Vec::new();
    for one in scored.iter().enumerate().filter(|&(at, one)| at == 0 || is_near(one)).map(|(_, one)| *one) {
        // A row of one's own and the one that it stands for have one id.
        if !near.iter().any(|known| gazetteer.id(known.row) == gazetteer.id(one.row)) {
            near.push(one);
        }
    }
    let Some(&first) = near.first() else { return Vec::new() };
    if !near.iter().any(|one| are_two(gazetteer, first.row, one.row)) {
        return Vec::new();
    }
    near.truncate(MAX_CANDIDATES);
    // The order is that of the points, but where a town comes before its province.
    let mut least = 1.0_f64;
    let weights: Vec<f64> = near
        .iter()
        .map(|one| {
            least = least.min(f64::exp2(f64::from(one.all - first.all.max(most_all)) / HALF));
            least
        })
        .collect();
    let total: f64 = weights.iter().sum();
    near.iter().zip(weights).map(|(one, weight)| (one.row, ((weight * 100.0 / total) as u8).max(1))).collect()
}

/// Whether two rows are two things in two places. Rows of one thing (a town and its province, a body of two lists) are no doubt
/// about where it is.
fn are_two(gazetteer: &Gazetteer, first: EntryId, other: EntryId) -> bool {
    let [one, two] = [first, other].map(|row| gazetteer.entry(row));
    let are_towns = one.subtype == Some(Subtype::City) && two.subtype == one.subtype;
    one.country != two.country || are_towns && one.id != two.id && one.parent != two.parent
}
