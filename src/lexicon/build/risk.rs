//! Which spellings never count alone.

use super::{
    draft::{Draft, Name, is_acronym},
    evidence::Words,
    fold::fold_name,
    heads::has_head,
    rules::Rules,
};
use std::collections::HashMap;

/// Towns below are known to few: a word, a given name or a surname of the same spelling is likelier.
const LARGE_TOWN: u64 = 100_000;
/// Towns below are not meant by a surname that is also theirs.
const TOWN: u64 = 15_000;

/// How many rows share an acronym.
#[derive(Debug, Default)]
pub(super) struct Shares {
    acronyms: HashMap<String, usize>,
}

impl Shares {
    pub(super) fn of(drafts: &[Draft]) -> Self {
        let mut shares = Self::default();
        for acronym in drafts.iter().flat_map(|draft| &draft.acronyms) {
            *shares.acronyms.entry(acronym.text.clone()).or_default() += 1;
        }
        shares
    }
}

/// Marks the spellings of a row that need evidence beside them.
pub(super) fn mark(draft: &mut Draft, words: &Words, shares: &Shares, rules: &Rules) {
    let kind = (draft.kind, draft.subtype.as_str());
    let (population, is_chosen) = (draft.population, draft.is_chosen);
    let is_weak = |text: &str| match kind {
        ("place", "country") => false,
        ("place", "region") => !is_chosen && is_small_place(text, 0, words),
        ("place", _) => is_small_place(text, if is_chosen { population * 10 } else { population }, words),
        ("institution" | "nothing", _) => is_risky_body(text, is_chosen, words, rules),
        ("person", _) => !text.contains(' '),
        _ => false,
    };
    let name_is_weak = draft.is_weak || is_weak(&draft.name);
    for name in &mut draft.names {
        name.is_weak = match kind.0 {
            "sector" => name.is_weak,
            // A name of unknown language that is anything else too is left to the others.
            "place" if name.is_weak => words.is_anything(&name.text) || name.text.chars().count() < 5,
            "person" if name.is_weak => true,
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
        acronym.is_weak = is_risky_acronym(&acronym.text, is_chosen || kind.0 == "place", words, shares);
    }
    let capitals = draft.acronyms.iter().map(|acronym| &acronym.text).chain([&draft.name]);
    if kind.0 == "institution" && capitals.filter(|text| is_acronym(text)).any(|text| words.is_anything(text)) {
        draft.case = "exact";
    }
}

fn is_small_place(text: &str, population: u64, words: &Words) -> bool {
    let folded = fold_name(text);
    if folded.chars().filter(|character| character.is_alphanumeric()).count() <= 3 && text.is_ascii() {
        return population < 1_000_000;
    }
    if folded.contains(' ') {
        return words.is_person(&folded) && population < TOWN;
    }
    let is_word = words.is_common(&folded) || words.is_given(&folded);
    is_word && population < LARGE_TOWN || words.is_surname(&folded) && population < TOWN
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
        [word] => words.is_common(word) || words.is_given(word) || words.is_surname(word) || words.is_place(word),
        _ if words.is_place(&folded) || words.is_person(&folded) => true,
        [_, _] => parts.iter().all(|part| words.is_common(part)) && !is_chosen,
        [_, _, _] => parts.iter().all(|part| words.is_common(part)) && !is_chosen && !has_head(rules, &folded),
        _ => false,
    }
}

/// Acronyms of few letters, those of several bodies, and those that are words when a headline writes them in capitals.
fn is_risky_acronym(text: &str, is_chosen: bool, words: &Words, shares: &Shares) -> bool {
    let n_chars = text.chars().count();
    let folded = fold_name(text);
    if n_chars < 3 || words.is_common(&folded) || words.is_given(&folded) {
        return true;
    }
    !is_chosen
        && (n_chars < 5 || shares.acronyms.get(text).is_some_and(|&n_rows| n_rows > 1) || words.is_anything(text))
}
