//! What single words of a name tell of its sort, where its head noun tells less or nothing.

use super::Pack;
use crate::{
    lexicon::Subtype,
    text::{Endings, KeyMap, WordKey},
};
use serde::Deserialize;

/// Words of names that tell the sort of the body, as a pack lists them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SortWords {
    /// The words in lower case; of several where they only count together, with `-` in front where they end longer ones.
    pub words: Vec<String>,
    /// The sort that they tell.
    pub subtype: String,
    /// The sorts that they outrank where a head noun or a list tells one of them; where nothing does, every word counts.
    #[serde(default)]
    pub over: Vec<String>,
    /// Where in the name they stand.
    #[serde(default)]
    pub place: Place,
    /// They count only where no word of the name is a head noun.
    #[serde(default)]
    pub alone: bool,
}

/// Where in a name a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Anywhere.
    #[default]
    Any,
    /// At its beginning.
    First,
    /// At its end.
    Last,
    /// At either end.
    Edge,
}

/// One word that tells a sort, ready for look-up.
#[derive(Debug, Clone)]
pub struct Sort {
    words: Vec<WordKey>,
    /// The sort that it tells.
    pub subtype: Subtype,
    /// The sorts that it outranks.
    pub over: Vec<Subtype>,
    place: Place,
    /// Whether it counts only in names without a head noun.
    pub is_alone: bool,
}

/// The words of all languages that tell a sort: names keep the words of their own language in any text.
#[derive(Debug, Clone, Default)]
pub struct SortIndex {
    sorts: Vec<Sort>,
    by_first: KeyMap<Vec<u32>>,
    by_suffix: Endings<u32>,
}

impl SortIndex {
    pub(super) fn new<'p>(packs: impl Iterator<Item = &'p Pack>) -> Self {
        let mut index = Self::default();
        for list in packs.flat_map(|pack| &pack.institutions.sort) {
            for words in &list.words {
                index.add(list, words);
            }
        }
        index
    }

    fn add(&mut self, list: &SortWords, words: &str) {
        let Some(subtype) = Subtype::from_word(&list.subtype) else { return };
        let at = self.sorts.len() as u32;
        let keys: Vec<WordKey> = words_of(words.trim_start_matches('-')).map(WordKey::of).collect();
        let Some(&first) = keys.first() else { return };
        match words.strip_prefix('-') {
            Some(suffix) => self.by_suffix.push(suffix, at),
            None => self.by_first.entry(first).or_default().push(at),
        }
        let over = list.over.iter().filter_map(|word| Subtype::from_word(word)).collect();
        self.sorts.push(Sort { words: keys, subtype, over, place: list.place, is_alone: list.alone });
    }

    /// The words that tell a sort in a name of the words `keys`, the longest phrase first; `folded` are the words in lower case.
    pub fn find<'s>(&'s self, keys: &[WordKey], folded: &[String]) -> Vec<&'s Sort> {
        let mut found = Vec::new();
        for at in 0..keys.len() {
            let whole = self.by_first.get(&keys[at]).into_iter().flatten().map(|&sort| &self.sorts[sort as usize]);
            found.extend(whole.filter(|sort| sort.stands(keys, at)));
            let word = folded[at].as_str();
            let of_end = self.by_suffix.of(word).filter(|(suffix, _)| word.len() > suffix.len());
            found.extend(
                of_end.map(|(_, &sort)| &self.sorts[sort as usize]).filter(|sort| sort.is_at(keys.len(), at, 1)),
            );
        }
        found.sort_by_key(|sort| std::cmp::Reverse(sort.words.len()));
        found
    }
}

impl Sort {
    fn stands(&self, keys: &[WordKey], at: usize) -> bool {
        let n_words = self.words.len();
        keys.get(at..at + n_words) == Some(&self.words[..]) && self.is_at(keys.len(), at, n_words)
    }

    fn is_at(&self, n_keys: usize, at: usize, n_words: usize) -> bool {
        let (is_first, is_last) = (at == 0, at + n_words == n_keys);
        match self.place {
            Place::Any => true,
            Place::First => is_first,
            Place::Last => is_last,
            Place::Edge => is_first || is_last,
        }
    }
}

/// The words of a name as texts are cut into words: an elided word ends behind its apostrophe, hyphens and marks are left out.
pub fn words_of(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '(' | ')' | ',' | '/' | '.' | '"' | '«' | '»' | '“' | '”')
    })
    .flat_map(|word| word.split_inclusive(['\'', '’']))
    .filter(|word| !word.is_empty())
}
