//! Things, with all their mentions.

use crate::{
    annotate::Mention,
    document::Document,
    lexicon::{EntryId, Kind, Lexicon, Subtype},
};
use std::collections::HashMap;

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
    let mut entities = Entities::default();
    let mut known: HashMap<(Kind, String), EntityIdx> = HashMap::new();
    let fullest = super::people::fullest_mentions(document, mentions);
    for (mention_idx, mention) in mentions.iter().enumerate() {
        if matches!(mention.kind, Kind::Date | Kind::Amount | Kind::Sector) {
            entities.of_mention.push(None);
            continue;
        }
        let named = &mentions[fullest[mention_idx]];
        let name = named.span.of(document.as_str());
        let link = named.candidates.first().copied();
        let key = link.map_or_else(|| name.to_lowercase(), |link| lexicon.gazetteer.entry(link).id.to_owned());
        let next = EntityIdx(entities.entities.len());
        let idx = *known.entry((mention.kind, key)).or_insert(next);
        if idx == next {
            let country = link.map(|link| lexicon.gazetteer.entry(link).country).filter(|country| !country.is_empty());
            entities.entities.push(Entity {
                kind: mention.kind,
                subtype: mention.subtype,
                name: name.to_owned(),
                acronym: None,
                link,
                country: country.map(str::to_owned),
                candidates: Vec::new(),
                mentions: Vec::new(),
            });
        }
        entities.entities[idx.0].mentions.push(mention_idx);
        entities.of_mention.push(Some(idx));
    }
    entities
}
