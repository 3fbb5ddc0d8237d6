//! Things, with all their mentions.

use super::{
    groups, inner,
    linking::{self, Links},
    naming, sorts,
};
use crate::{
    annotate::{Evidence, Mention, abbreviates, announcing_body, apposed_body},
    document::Document,
    lexicon::{EntryId, Kind, Lexicon, Subtype},
};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// Number of an entity in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityIdx(pub usize);

/// A thing, with all its mentions.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// What sort of thing it is.
    pub kind: Kind,
    /// The finer sort.
    pub subtype: Option<Subtype>,
    /// The fullest form in the document, in the nominative singular.
    pub name: String,
    /// Its short form in the document or the lists.
    pub acronym: Option<String>,
    /// The row that it is.
    pub link: Option<EntryId>,
    /// ISO 3166-1 alpha-2 code, where known.
    pub country: Option<String>,
    /// Rows that it may be, with scores in hundredths, best first; empty when there is no doubt.
    pub candidates: Vec<(EntryId, u8)>,
    /// Numbers of its mentions, in order. None for a city that stands only inside another name.
    pub mentions: Vec<usize>,
}

/// The entities of a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entities {
    /// In the order of their first mention.
    pub entities: Vec<Entity>,
    /// The entity of each mention; dates, amounts and sectors have none.
    pub of_mention: Vec<Option<EntityIdx>>,
}

impl Entities {
    /// The entity of a mention.
    pub fn of(&self, mention_idx: usize) -> Option<&Entity> {
        self.of_mention.get(mention_idx).copied().flatten().map(|idx| &self.entities[idx.0])
    }
}

/// Which mentions name the same thing.
pub fn resolve(document: &Document<'_>, mentions: &[Mention], lexicon: &Lexicon) -> Entities {
    let links = linking::link(document, mentions, &lexicon.gazetteer);
    let fullest = super::people::fullest_mentions(document, mentions);
    let groups = groups::group(document, mentions, &links, &fullest, lexicon);
    let mut entities = Entities::default();
    let mut known: FxHashMap<usize, EntityIdx> = FxHashMap::default();
    for (mention_idx, mention) in mentions.iter().enumerate() {
        if !groups::is_thing(mention.kind) {
            entities.of_mention.push(None);
            continue;
        }
        let next = EntityIdx(entities.entities.len());
        let idx = *known.entry(groups.lead(mention_idx)).or_insert(next);
        if idx == next {
            entities.entities.push(empty(mention.kind));
        }
        entities.entities[idx.0].mentions.push(mention_idx);
        entities.of_mention.push(Some(idx));
    }
    let describer = Describer { document, mentions, lexicon, links: &links, fullest: &fullest };
    for entity in &mut entities.entities {
        describer.describe(entity);
    }
    inner::add_places(document, mentions, lexicon, &mut entities);
    entities
}

fn empty(kind: Kind) -> Entity {
    Entity {
        kind,
        subtype: None,
        name: String::new(),
        acronym: None,
        link: None,
        country: None,
        candidates: Vec::new(),
        mentions: Vec::new(),
    }
}

/// Priority from which a row's subtype outranks what the head noun tells.
const WELL_KNOWN: i16 = 60;

/// Fewest letters of a word that tells which body of an acronym is meant.
const MIN_WORD: usize = 4;

/// Fills what an entity is from what its mentions say.
struct Describer<'a> {
    document: &'a Document<'a>,
    mentions: &'a [Mention],
    lexicon: &'a Lexicon,
    links: &'a Links,
    fullest: &'a [usize],
}

impl Describer<'_> {
    fn describe(&self, entity: &mut Entity) {
        let best = self.best_mention(entity);
        // The row of the fullest name, else of the first mention that has one.
        let linked = std::iter::once(best)
            .chain(entity.mentions.iter().copied())
            .find(|&at| self.links.row[at].is_some_and(|row| at == best || self.may_lead(row, at, best)));
        entity.link = linked.and_then(|at| self.links.row[at]);
        entity.candidates = linked.map_or(Vec::new(), |at| self.links.rivals[at].clone());
        let row = entity.link.map(|link| self.lexicon.gazetteer.entry(link));
        entity.country = row.map(|row| row.country).filter(|country| !country.is_empty()).map(str::to_owned);
        entity.name = naming::name(self.document, &self.mentions[best], row.as_ref());
        entity.subtype = self.subtype(entity, best);
        entity.acronym = self.acronym(entity, row.map_or("", |row| row.acronym));
    }

    /// Whether a short form may lead to the row that the lists have for it: many bodies share an acronym, so that the row
    /// must have words of the fullest name (`MIC`, the museum, is no ministry).
    fn may_lead(&self, row: EntryId, short: usize, best: usize) -> bool {
        let text = self.document.as_str();
        let [short, long] = [short, best].map(|at| self.mentions[at].span.of(text));
        if self.mentions[best].kind != Kind::Institution || !abbreviates(short, long) {
            return true;
        }
        let long = groups::key(long);
        let words: Vec<&str> = long.split(' ').filter(|word| word.chars().count() >= MIN_WORD).collect();
        let name = groups::key(self.lexicon.gazetteer.entry(row).name);
        let n_shared = words.iter().filter(|word| name.split(' ').any(|other| other == **word)).count();
        let is_alike = self.mentions[best].subtype == self.lexicon.gazetteer.profile(row).subtype;
        n_shared > 0 && (is_alike || n_shared * 2 >= words.len())
    }

    /// The mention that has the fullest name: of people the full name, of others the longest that is not in capitals only
    /// because its sentence is.
    fn best_mention(&self, entity: &Entity) -> usize {
        let first = entity.mentions[0];
        if entity.kind == Kind::Person {
            return self.fullest[first];
        }
        let text = self.document.as_str();
        let rank = |&at: &usize| {
            let name = self.mentions[at].span.of(text);
            let n_letters = name.chars().filter(|c| c.is_alphanumeric()).count();
            (!naming::is_shouted(self.document, &self.mentions[at]), n_letters, Reverse(at))
        };
        entity.mentions.iter().copied().max_by_key(rank).unwrap_or(first)
    }

    /// The subtype that the fullest name's head noun tells, else the row's, as far as no other word of the name tells more;
    /// else what the name's shape or another mention makes likely.
    fn subtype(&self, entity: &Entity, best: usize) -> Option<Subtype> {
        let row = entity.link.and_then(|link| self.lexicon.gazetteer.profile(link).subtype);
        let fullest = &self.mentions[best];
        let is_told = matches!(fullest.why.by, Evidence::Rule(_) | Evidence::Both(..)) && !fullest.is_guess;
        let by_head = fullest.subtype.filter(|_| is_told);
        let of_any = || entity.mentions.iter().find_map(|&at| self.mentions[at].subtype);
        if entity.kind != Kind::Institution {
            return by_head.or(row).or_else(of_any);
        }
        let is_well_known = |link| self.lexicon.gazetteer.profile(link).priority >= WELL_KNOWN;
        let told = match by_head {
            _ if entity.link.is_some_and(is_well_known) => row.or(by_head),
            _ => by_head.filter(|&subtype| subtype != Subtype::Other).or(row).or(by_head),
        };
        let told = told.or_else(|| entity.mentions.iter().find_map(|&at| self.announced(&self.mentions[at])));
        let code = &self.document.pack.code;
        sorts::of_name(&self.lexicon.packs, code, &entity.name, told).or(fullest.subtype).or_else(of_any)
    }

    /// The sort that a noun before a name tells, or one in apposition behind it.
    fn announced(&self, mention: &Mention) -> Option<Subtype> {
        let sentence = self.document.sentence_at(mention.span.start())?;
        let [first, last] = [mention.span.start(), mention.span.end() - 1].map(|at| self.document.token_at(at));
        let packs = &self.lexicon.packs;
        let before = announcing_body(self.document, sentence, packs, first);
        before.or_else(|| apposed_body(self.document, sentence, packs, last + 1))?.subtype
    }

    fn acronym(&self, entity: &Entity, of_row: &str) -> Option<String> {
        if entity.kind != Kind::Institution {
            return None;
        }
        let text = self.document.as_str();
        let mut names = entity.mentions.iter().map(|&at| self.mentions[at].span.of(text));
        let in_text = names.find(|name| abbreviates(name, &entity.name)).map(str::to_owned);
        in_text.or_else(|| (!of_row.is_empty()).then(|| of_row.to_owned()))
    }
}
