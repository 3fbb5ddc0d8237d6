//! What is known by word: maps and sets that tell most words that they do not hold by one bit.

use super::WordKey;
use std::{
    collections::{HashMap, hash_map},
    fmt,
    hash::{BuildHasherDefault, Hasher},
};

/// Bits of the filter for each word held: about nine of ten other words meet one that is not set.
const BITS_PER_WORD: usize = 8;
/// Bits of the smallest filter.
const MIN_BITS: usize = 64;

/// What is known by word, whatever its spelling.
///
/// Nearly every look-up is for a word that a vocabulary does not hold. A bit for each word held, in a table small enough for
/// the nearest cache, answers most of them; the map itself is asked for the rest.
#[derive(Clone)]
pub struct KeyMap<V> {
    entries: HashMap<WordKey, V, BuildHasherDefault<KeyHasher>>,
    /// A power of two of bits; none as long as no word is held.
    filter: Vec<u64>,
}

impl<V> KeyMap<V> {
    /// What is known of `word`.
    #[inline]
    pub fn get(&self, word: &WordKey) -> Option<&V> {
        if self.may_hold(*word) { self.entries.get(word) } else { None }
    }

    /// Whether anything is known of `word`.
    #[inline]
    pub fn contains_key(&self, word: &WordKey) -> bool {
        self.may_hold(*word) && self.entries.contains_key(word)
    }

    /// Makes room for `n_words` more: a map that grows word by word leaves the smaller tables behind it in memory.
    pub fn reserve(&mut self, n_words: usize) {
        self.entries.reserve(n_words);
    }

    /// The place of `word`, to be looked at or filled.
    pub fn entry(&mut self, word: WordKey) -> hash_map::Entry<'_, WordKey, V> {
        let n_bits = ((self.entries.len() + 1) * BITS_PER_WORD).next_power_of_two().max(MIN_BITS);
        if self.filter.len() * 64 < n_bits {
            self.filter.clear();
            self.filter.resize(n_bits / 64, 0);
            self.entries.keys().for_each(|&held| note(&mut self.filter, held));
        }
        note(&mut self.filter, word);
        self.entries.entry(word)
    }

    /// Takes in what is known of `word`; what was known of it before is given back.
    pub fn insert(&mut self, word: WordKey, value: V) -> Option<V> {
        match self.entry(word) {
            hash_map::Entry::Occupied(mut held) => Some(held.insert(value)),
            hash_map::Entry::Vacant(place) => {
                place.insert(value);
                None
            }
        }
    }

    /// The words, in no order.
    pub fn keys(&self) -> impl Iterator<Item = &WordKey> {
        self.entries.keys()
    }

    /// The words with what is known of them, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&WordKey, &V)> {
        self.entries.iter()
    }

    /// What is known of the words, in no order.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.values_mut()
    }

    /// Whether nothing is known of any word.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// False for most words that are not held, true for all that are.
    #[inline]
    fn may_hold(&self, word: WordKey) -> bool {
        let (place, bit) = place_of(word, self.filter.len());
        self.filter.get(place).is_some_and(|bits| bits >> bit & 1 == 1)
    }
}

fn note(filter: &mut [u64], word: WordKey) {
    let (place, bit) = place_of(word, filter.len());
    if let Some(bits) = filter.get_mut(place) {
        *bits |= 1 << bit;
    }
}

/// Where the bit of a word stands in a filter of `len` numbers, a power of two. Its lowest bits choose the place in the map,
/// the highest tell words of one place apart.
#[inline]
fn place_of(word: WordKey, len: usize) -> (usize, u32) {
    let bits = word.bits() >> 20;
    ((bits >> 6) as usize & len.wrapping_sub(1), bits as u32 & 63)
}

impl<V> Default for KeyMap<V> {
    fn default() -> Self {
        Self { entries: HashMap::default(), filter: Vec::new() }
    }
}

impl<V: fmt::Debug> fmt::Debug for KeyMap<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<V> Extend<(WordKey, V)> for KeyMap<V> {
    fn extend<I: IntoIterator<Item = (WordKey, V)>>(&mut self, words: I) {
        for (word, value) in words {
            self.insert(word, value);
        }
    }
}

impl<V> FromIterator<(WordKey, V)> for KeyMap<V> {
    fn from_iter<I: IntoIterator<Item = (WordKey, V)>>(words: I) -> Self {
        let mut map = Self::default();
        map.extend(words);
        map
    }
}

/// Words, whatever their spelling.
#[derive(Debug, Clone, Default)]
pub struct KeySet {
    words: KeyMap<()>,
}

impl KeySet {
    /// Whether `word` is one of them.
    #[inline]
    pub fn contains(&self, word: &WordKey) -> bool {
        self.words.contains_key(word)
    }

    /// Takes in `word`.
    pub fn insert(&mut self, word: WordKey) {
        self.words.insert(word, ());
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

impl FromIterator<WordKey> for KeySet {
    fn from_iter<I: IntoIterator<Item = WordKey>>(words: I) -> Self {
        Self { words: words.into_iter().map(|word| (word, ())).collect() }
    }
}

/// Hands a key through: it is a hash already.
#[derive(Debug, Clone, Copy, Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_in_is_held_and_nothing_else() {
        let (mut map, mut plain) = (KeyMap::default(), std::collections::BTreeMap::new());
        assert!(map.is_empty() && map.get(&WordKey::of("none")).is_none());
        for number in 0..3000_u32 {
            let word = format!("word{}", number % 2000);
            assert_eq!(map.insert(WordKey::of(&word), number), plain.insert(word, number));
        }
        for number in 0..4000_u32 {
            let word = format!("word{number}");
            assert_eq!(map.get(&WordKey::of(&word)), plain.get(&word));
            assert_eq!(map.contains_key(&WordKey::of(&word)), number < 2000);
        }
    }

    #[test]
    fn most_other_words_are_told_by_a_bit() {
        let map: KeyMap<()> = (0..1000).map(|number| (WordKey::of(&format!("held{number}")), ())).collect();
        let n_others = 10_000;
        let may_be = (0..n_others).filter(|number| map.may_hold(WordKey::of(&format!("other{number}")))).count();
        assert!(may_be * 6 < n_others, "{may_be} of {n_others} are looked up in vain");
    }
}
