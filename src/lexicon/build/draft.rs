//! A row of the lists in the making.

use super::{fold::fold_name, source::Thing};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

/// Names longer than this are titles of documents more often than names; they are not matched.
const MAX_NAME_CHARS: usize = 120;

/// A row of the lists in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    /// File of the lists, without folder and ending.
    pub(super) file: &'static str,
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) subtype: String,
    pub(super) name: String,
    pub(super) names: Vec<Name>,
    pub(super) acronyms: Vec<Acronym>,
    pub(super) country: String,
    pub(super) parent: String,
    pub(super) same_as: BTreeSet<String>,
    pub(super) case: &'static str,
    pub(super) never: String,
    pub(super) needs: String,
    pub(super) priority: i16,
    pub(super) note: String,
    /// The name never counts alone.
    pub(super) is_weak: bool,
    /// Names that someone made by a pattern; they enter when another table has them.
    pub(super) generated: Vec<Name>,
    /// How well known the thing is: inhabitants of a place.
    pub(super) population: u64,
    /// Listed by a person who thought it worth listing.
    pub(super) is_chosen: bool,
}

/// Another name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    pub(super) text: String,
    /// Two-letter tag, or empty.
    pub(super) language: String,
    pub(super) is_weak: bool,
}

/// An acronym.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Acronym {
    pub(super) text: String,
    pub(super) is_weak: bool,
}

impl Draft {
    /// The names, acronyms and foreign ids of a source row.
    pub(super) fn from_thing(thing: &Thing<'_>, file: &'static str, kind: &'static str) -> Self {
        let mut draft = Self {
            file,
            kind: kind.to_owned(),
            name: thing.name.to_owned(),
            country: if thing.country.len() == 2 { thing.country.to_owned() } else { String::new() },
            note: thing.note.to_owned(),
            population: thing.population(),
            ..Self::default()
        };
        for (tag, text) in thing.names() {
            draft.add(tag, text);
        }
        draft.generated = thing.generated().map(|(tag, text)| Name::new(tag, text)).collect();
        for (scheme, id) in [("wikidata", thing.wikidata)].into_iter().chain(thing.others()) {
            if !id.is_empty() && ["wikidata", "grid", "isni", "fundref", "isin", "lei", "mep"].contains(&scheme) {
                draft.same_as.insert(format!("{scheme}:{id}"));
            }
        }
        draft
    }

    /// Adds a name by the tag of its table.
    pub(super) fn add(&mut self, tag: &str, text: &str) {
        if tag == "acr" && !text.contains(' ') && text.chars().any(char::is_uppercase) {
            self.acronyms.push(Acronym { text: text.to_owned(), is_weak: false });
        } else {
            self.names.push(Name::new(tag, text));
        }
    }

    /// Takes over what `other`, the same thing in another table, says beyond this row.
    pub(super) fn union(&mut self, other: Self) {
        self.names.push(Name::new("", &other.name));
        self.names.extend(other.names);
        self.generated.extend(other.generated);
        self.acronyms.extend(other.acronyms);
        self.same_as.extend(other.same_as);
        self.is_chosen |= other.is_chosen;
        self.population = self.population.max(other.population);
        self.priority = self.priority.max(other.priority);
        // A town says more than its country.
        if self.parent.starts_with("iso3166:") && !other.parent.is_empty() {
            self.parent.clear();
        }
        for (mine, theirs) in
            [(&mut self.country, other.country), (&mut self.parent, other.parent), (&mut self.note, other.note)]
        {
            if mine.is_empty() {
                *mine = theirs;
            }
        }
    }

    /// Brings the spellings to their final form: an acronym leaves the name cell where there is a full name; every
    /// spelling stands once; what cannot be matched is left out.
    pub(super) fn finish(&mut self) {
        self.names.retain(|name| is_matchable(&name.text));
        let full = self.names.iter().find(|name| name.text.split(' ').count() > 2).map(|name| name.text.clone());
        if let Some(full) = full.filter(|_| self.kind != "sector" && is_acronym(&self.name)) {
            let text = std::mem::replace(&mut self.name, full);
            self.acronyms.push(Acronym { text, is_weak: false });
        }
        self.names.sort();
        let mut names: Vec<Name> = Vec::with_capacity(self.names.len());
        for name in std::mem::take(&mut self.names) {
            let Some(last) = names.last_mut().filter(|last| last.text == name.text) else {
                names.push(name);
                continue;
            };
            last.is_weak &= name.is_weak;
            if last.language.is_empty() {
                last.language = name.language;
            } else if !last.language.ends_with(&name.language) {
                last.language.push_str(&name.language);
            }
        }
        // One spelling in several languages is of none.
        names.iter_mut().filter(|name| name.language.len() > 2).for_each(|name| name.language.clear());
        let mut names = without_folds(names, &self.name);
        self.acronyms
            .retain(|acronym| acronym.text.chars().any(char::is_alphabetic) && acronym.text.chars().count() > 1);
        self.acronyms.sort();
        self.acronyms.dedup_by(|a, b| a.text == b.text);
        names.retain(|name| !self.acronyms.iter().any(|acronym| acronym.text == name.text));
        self.names = names;
    }
}

impl Name {
    fn new(tag: &str, text: &str) -> Self {
        let language = if tag.len() == 2 { tag.to_owned() } else { String::new() };
        Self { text: text.trim().to_owned(), language, is_weak: tag == "alt" }
    }
}

/// The names of which none is but a fold away from another: of those that meet in any text, the one with fewest
/// capitals stays, since lists allow capitals where they have none. The canonical name has its own cell.
fn without_folds(names: Vec<Name>, canonical: &str) -> Vec<Name> {
    let n_capitals = |text: &str| text.chars().filter(|character| character.is_uppercase()).count();
    let mut kept: BTreeMap<String, Name> = BTreeMap::new();
    for name in names {
        match kept.entry(fold_name(&name.text)) {
            Entry::Vacant(vacant) => {
                vacant.insert(name);
            }
            Entry::Occupied(mut other) => {
                let other = other.get_mut();
                let is_weak = other.is_weak && name.is_weak;
                if n_capitals(&name.text) < n_capitals(&other.text) {
                    *other = name;
                }
                other.is_weak = is_weak;
            }
        }
    }
    let same = kept.get_mut(&fold_name(canonical));
    if let Some(same) = same.filter(|same| n_capitals(&same.text) >= n_capitals(canonical)) {
        same.text = canonical.to_owned();
    }
    kept.into_values().collect()
}

/// Whether a text can meet the name at all: it has letters, is no novel, and no mark of our own format.
fn is_matchable(name: &str) -> bool {
    let n_chars = name.chars().count();
    let folded = fold_name(name);
    (2..=MAX_NAME_CHARS).contains(&n_chars)
        && folded.chars().any(char::is_alphabetic)
        && !name.starts_with('!')
        && name.split_once(':').is_none_or(|(tag, _)| tag.len() != 2 || tag.chars().any(|c| !c.is_ascii_lowercase()))
}

/// A single word in capitals (`CNR`, `ENEA`, `H2020`), or the like with few lower-case letters (`AfDB`).
pub(super) fn is_acronym(name: &str) -> bool {
    let n_upper = name.chars().filter(|character| character.is_uppercase()).count();
    let n_lower = name.chars().filter(|character| character.is_lowercase()).count();
    name.chars().all(char::is_alphanumeric) && name.chars().count() <= 7 && n_upper >= 2 && n_lower < n_upper
}
