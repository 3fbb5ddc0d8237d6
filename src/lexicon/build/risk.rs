//! Which spellings never count alone.

use super::{
    draft::{Draft, Name, is_acronym},
    evidence::Words,
    fold::fold_name,
    heads::has_head,
    rules::Rules,
};
use std::collections::{BTreeSet, HashMap};

/// A given name that is also a town of this size may be the town.
const METROPOLIS: u64 = 1_000_000;
/// A word, or a surname, that is also a town of this size may be the town.
const LARGE_TOWN: u64 = 500_000;
/// Towns below are known to few: any spelling of one word may be something else.
const SMALL_TOWN: u64 = 40_000;
/// Italian towns below this, which readers of Italian releases know less than the surnames made of them.
const VILLAGE: u64 = 5_000;
/// A town is well known where this many bodies have their seat.
const N_SEATS: usize = 5;
/// A word that stands inside the names of so many other bodies is a word of names, no name.
const N_NAMES: usize = 20;

/// How often spellings and towns occur in the whole of the lists.
#[derive(Debug, Default)]
pub(super) struct Shares {
    /// Rows that have an acronym.
    acronyms: HashMap<String, usize>,
    /// Bodies that have a folded word inside a name, beyond its first word.
    words: HashMap<String, usize>,
    /// Bodies that have their seat in a place.
    seats: HashMap<String, usize>,
}

impl Shares {
    pub(super) fn of(drafts: &[Draft]) -> Self {
        let mut shares = Self::default();
        for acronym in drafts.iter().flat_map(|draft| &draft.acronyms) {
            *shares.acronyms.entry(acronym.text.clone()).or_default() += 1;
        }
        for draft in drafts.iter().filter(|draft| draft.kind == "institution") {
            *shares.seats.entry(draft.parent.clone()).or_default() += 1;
            let names = draft.names.iter().map(|name| name.text.as_str()).chain([draft.name.as_str()]);
            let words =
                names.flat_map(|name| fold_name(name).split(' ').skip(1).map(str::to_owned).collect::<Vec<_>>());
            for word in words.collect::<BTreeSet<_>>() {
                *shares.words.entry(word).or_default() += 1;
            }
        }
        shares
    }
}

/// Marks the spellings of a row that need evidence beside them.
pub(super) fn mark(draft: &mut Draft, words: &Words, shares: &Shares, rules: &Rules) {
    let kind = (draft.kind.as_str(), draft.subtype.as_str());
    let is_chosen = draft.is_chosen;
    let town = Town {
        population: draft.population,
        is_chosen,
        is_home: draft.file == "places/italy",
        is_seat: shares.seats.get(&draft.id).is_some_and(|&n_bodies| n_bodies >= N_SEATS),
    };
    let spelled: Vec<&str> = rules.spellings_of(&draft.id).map(|(_, text)| text).collect();
    let is_spelled = |text: &str| spelled.contains(&text);
    let is_weak = |text: &str| match kind {
        ("place", "country") => false,
        ("place", "region") => !is_chosen && is_risky_region(text, words),
        ("place", _) => town.is_risky(text, words),
        ("institution" | "nothing", _) => {
            is_risky_body(text, is_chosen || is_spelled(text), words, rules)
                || shares.words.get(&fold_name(text)).is_some_and(|&n_bodies| n_bodies >= N_NAMES)
        }
        ("person", _) => !text.contains(' '),
        _ => false,
    };
    // Whoever lists a name in any case means the word.
    let means_word = is_chosen && draft.case == "any";
    let is_weak = |text: &str| !means_word && is_weak(text);
    let name_is_weak = draft.is_weak || is_weak(&draft.name);
    for name in &mut draft.names {
        name.is_weak = match kind.0 {
            "sector" => name.is_weak,
            // Another spelling of unknown language, a surname.
            "place" | "person" if name.is_weak => true,
            _ => is_weak(&name.text),
        };
    }
    if name_is_weak {
        let name = Name { text: draft.name.clone(), language: String::new(), is_weak: true };
        draft.names.retain(|other| other.text != name.text || !other.language.is_empty());
        if !draft.names.iter().any(|other| other.text == name.text) {
            draft.names.push(name);
        }
    }
    for acronym in &mut draft.acronyms {
        // Two letters are listed too seldom to trust any but those of states and their unions.
        let is_short = acronym.text.chars().count() < 3 && !matches!(kind.1, "country" | "international");
        let is_country = kind.1 == "country" && acronym.text.chars().count() > 2;
        let is_risky = || is_short || is_risky_acronym(&acronym.text, is_chosen, words, shares);
        acronym.is_weak = !is_country && is_risky();
    }
    let capitals = draft.acronyms.iter().map(|acronym| &acronym.text).chain([&draft.name]);
    if kind.0 == "institution" && capitals.filter(|text| is_acronym(text)).any(|text| words.is_anything(text)) {
        draft.case = "exact";
    }
}

fn is_risky_region(text: &str, words: &Words) -> bool {
    let folded = fold_name(text);
    words.are_common(&folded) || words.is_given(&folded) || words.is_surname(&folded)
}

/// What tells whether a town is meant by its bare name.
#[derive(Debug, Clone, Copy)]
struct Town {
    population: u64,
    is_chosen: bool,
    is_home: bool,
    is_seat: bool,
}

impl Town {
    fn is_risky(self, text: &str, words: &Words) -> bool {
        let folded = fold_name(text);
        let population = if self.is_chosen { self.population * 10 } else { self.population };
        let least = if self.is_home { VILLAGE } else { SMALL_TOWN };
        let is_known = self.is_chosen || self.is_seat || self.population >= least;
        if text.is_ascii() && folded.chars().filter(|character| character.is_alphanumeric()).count() <= 3 {
            return population < if self.is_home { SMALL_TOWN } else { METROPOLIS };
        }
        if folded.contains(' ') {
            let is_small = self.population < SMALL_TOWN;
            return words.is_person(&folded) && is_small || words.are_common(&folded) && !self.is_home && !is_known;
        }
        !is_known
            || words.is_given(&folded) && population < METROPOLIS
            || words.is_common(&folded) && population < LARGE_TOWN
            || words.is_surname(&folded) && population < if self.is_home { SMALL_TOWN } else { LARGE_TOWN }
    }
}

fn is_risky_body(text: &str, is_chosen: bool, words: &Words, rules: &Rules) -> bool {
    let folded = fold_name(text);
    let n_letters = folded.chars().filter(|character| character.is_alphanumeric()).count();
    if text.is_ascii() && (n_letters < 3 || n_letters == 3 && !(is_chosen && is_acronym(text))) {
        return true;
    }
    // A description, no name: "sede di Bruxelles della Regione".
    let first = text.split(' ').next().unwrap_or(text);
    if first.chars().any(char::is_alphabetic) && !first.chars().any(|c| c.is_uppercase() || !c.is_lowercase()) {
        return true;
    }
    let parts: Vec<&str> = folded.split(' ').collect();
    match parts.as_slice() {
        // Registries have many firms whose name is one word; a release means something else by most of them.
        [word] if !is_chosen => true,
        [word] => words.is_common(word) || words.is_given(word) || words.is_surname(word) || words.is_place(word),
        _ if words.is_place(&folded) || words.is_person(&folded) => true,
        [_, _] => parts.iter().all(|part| words.is_common(part)) && !is_chosen,
        [_, _, _] => parts.iter().all(|part| words.is_common(part)) && !is_chosen && !has_head(rules, &folded),
        _ => false,
    }
}

/// Acronyms of two letters, and those that are words when a headline writes them in capitals; of those that no person
/// listed, all of few letters and of several bodies. Four letters that a person listed are enough (`NATO`, `ENEA`).
fn is_risky_acronym(text: &str, is_chosen: bool, words: &Words, shares: &Shares) -> bool {
    let n_chars = text.chars().count();
    let folded = fold_name(text);
    let is_word = words.is_common(&folded) || words.is_given(&folded);
    if is_chosen {
        return n_chars < 4 && is_word || n_chars < 2;
    }
    n_chars < 5 || is_word || shares.acronyms.get(text).is_some_and(|&n_rows| n_rows > 1) || words.is_anything(text)
}
