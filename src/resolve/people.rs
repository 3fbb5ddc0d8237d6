//! Which mentions of people name the same one: a surname, a given name, initials and capitals meet the full name.
//!
//! A wrong merge is worse than a missed one: a short form that fits two people stays by itself.

use crate::{
    annotate::Mention,
    document::Document,
    lexicon::Kind,
    text::words::{TokenKind, tokenize},
};
use rustc_hash::FxHashMap as HashMap;

/// For each mention, the number of the one that gives its entity the name; of all but people that is itself.
pub(super) fn fullest_mentions(document: &Document<'_>, mentions: &[Mention]) -> Vec<usize> {
    let mut fullest: Vec<usize> = (0..mentions.len()).collect();
    let people: Vec<Person> = mentions
        .iter()
        .enumerate()
        .filter(|(_, mention)| mention.kind == Kind::Person)
        .map(|(idx, mention)| Person::new(idx, mention.span.of(document.as_str())))
        .collect();
    // People whose names share a last or first word: only these can be the same.
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::default();
    let mut whole: Vec<usize> = Vec::new();
    for (idx, person) in people.iter().enumerate() {
        if let Some(&known) = whole.iter().rev().take(MAX_KNOWN).find(|&&known| people[known].words == person.words) {
            if people[known].is_capitals && !person.is_capitals {
                fullest[people[known].mention] = person.mention;
            }
            continue;
        }
        whole.push(idx);
        for word in &person.words {
            by_word.entry(word).or_default().push(idx);
        }
    }
    for person in &people {
        let longer: Vec<&Person> = person
            .words
            .last()
            .and_then(|word| by_word.get(word.as_str()))
            .into_iter()
            .flatten()
            .map(|&idx| &people[idx])
            .filter(|other| other.includes(person))
            .collect();
        if let Some(best) = unique_longest(&longer) {
            fullest[person.mention] = best.mention;
        }
    }
    for person in &people {
        let mut last = fullest[person.mention];
        while fullest[last] != last && people.len() > 1 && fullest[last] != person.mention {
            last = fullest[last];
        }
        fullest[person.mention] = last;
    }
    fullest
}

/// Most people whose names are compared with a new one.
const MAX_KNOWN: usize = 400;

/// The longest of several names, if it includes all others.
fn unique_longest<'p>(longer: &[&'p Person]) -> Option<&'p Person> {
    let best = longer.iter().max_by_key(|person| (person.words.len(), std::cmp::Reverse(person.mention)))?;
    longer.iter().all(|person| person.words == best.words || best.includes(person)).then_some(*best)
}

/// A mention of a person, in words.
struct Person {
    mention: usize,
    /// Its words in lower case; hyphens and apostrophes divide.
    words: Vec<String>,
    is_capitals: bool,
}

impl Person {
    fn new(mention: usize, name: &str) -> Self {
        let words = tokenize(name)
            .iter()
            .filter(|token| token.kind != TokenKind::Mark)
            .map(|token| token.span.of(name).replace('’', "'").to_lowercase())
            .collect();
        Self { mention, words, is_capitals: !name.chars().any(char::is_lowercase) }
    }

    /// Whether `shorter` is a short form of this name: its words in the same order, initials for words, and fewer of them.
    fn includes(&self, shorter: &Self) -> bool {
        let mut rest = self.words.iter();
        self.words != shorter.words
            && self.words.len() >= shorter.words.len()
            && shorter
                .words
                .iter()
                .all(|word| rest.any(|own| own == word || word.chars().count() == 1 && own.starts_with(word.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_includes(longer: &str, shorter: &str, expected: bool) {
        assert_eq!(Person::new(0, longer).includes(&Person::new(1, shorter)), expected, "{longer} / {shorter}");
    }

    #[test]
    fn a_short_form_keeps_the_order_of_the_words() {
        check_includes("Saverio Del Gatto", "Del Gatto", true);
        check_includes("Maria Grazia Conti", "M. Conti", true);
        check_includes("Kim Do-hyun", "Kim", true);
        check_includes("Mario Bianchi", "Bianchi Mario", false);
        check_includes("Mario Bianchi", "Lucia Bianchi", false);
        check_includes("Mario Bianchi", "Mario Bianchi", false);
    }
}
