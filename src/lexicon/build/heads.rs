//! The sort of a body by the head noun of its name.

use super::{fold::fold_name, rules::Rules};

/// The subtype that the head noun of one of `names` tells, of those `allowed`; none if no name has one.
///
/// A phrase of several words counts anywhere in the name (`university hospital`). A single word counts where heads
/// stand: before the first link word (`University of`), first, or last; and as the end of a compound.
pub(super) fn subtype<'n>(rules: &Rules, names: impl Iterator<Item = &'n str>, allowed: &[String]) -> Option<String> {
    if allowed.is_empty() {
        return None;
    }
    names.map(fold_name).find_map(|name| of_name(rules, &name, allowed)).map(str::to_owned)
}

fn of_name<'r>(rules: &'r Rules, name: &str, allowed: &'r [String]) -> Option<&'r str> {
    let padded = format!(" {name} ");
    let phrase = rules
        .heads
        .iter()
        .flat_map(|(subtype, heads)| heads.words.iter().map(move |words| (subtype, words)))
        .filter(|(_, words)| words.contains(' ') && padded.contains(&format!(" {words} ")))
        .max_by_key(|(_, words)| words.len());
    if let Some((subtype, _)) = phrase {
        return allowed.contains(subtype).then_some(subtype);
    }
    let words: Vec<&str> = name.split(' ').collect();
    let link = words.iter().position(|word| rules.links.iter().any(|link| link == word)).unwrap_or(words.len());
    let places = [link.checked_sub(1), Some(0), words.len().checked_sub(1)];
    let word = places.into_iter().flatten().find_map(|at| of_word(rules, words[at]));
    let compound = || words.iter().find_map(|word| of_ending(rules, word));
    word.or_else(compound).filter(|subtype| allowed.iter().any(|allowed| allowed == subtype))
}

fn of_word<'r>(rules: &'r Rules, word: &str) -> Option<&'r str> {
    rules
        .heads
        .iter()
        .find(|(_, heads)| heads.words.iter().any(|head| head == word))
        .map(|(subtype, _)| subtype.as_str())
}

/// The longest ending tells most of a compound: a `Fachhochschule` is no `Schule`.
fn of_ending<'r>(rules: &'r Rules, word: &str) -> Option<&'r str> {
    let ends = |ending: &str| word.len() > ending.len() + 1 && word.ends_with(ending);
    let endings = rules.heads.iter().flat_map(|(subtype, heads)| heads.endings.iter().map(move |end| (subtype, end)));
    let longest = endings.filter(|(_, ending)| ends(ending)).max_by_key(|(_, ending)| ending.len());
    longest.map(|(subtype, _)| subtype.as_str())
}

/// Whether a word or phrase of the name is a head noun at all.
pub(super) fn has_head(rules: &Rules, folded: &str) -> bool {
    folded.split(' ').any(|word| of_word(rules, word).is_some() || of_ending(rules, word).is_some())
}
