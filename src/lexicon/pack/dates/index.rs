//! Words and phrases by the keys of their spellings, and a filter that tells most words apart from them by one bit.

use super::{Role, Sense};
use crate::text::{KeyMap, Span, WordKey, words};
use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Words and phrases of one language by the keys of their spellings.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// The number of the word that each spelling is of: with its accents, without them, or with accents set apart.
    spellings: KeyMap<WordNumber>,
    entries: Vec<Entry>,
    /// The number of each folded word, while the index is made.
    folded: FxHashMap<String, WordNumber>,
    triggers: Filter,
    futures: Filter,
}

/// Tells the words of an index apart, whatever their spelling.
pub type WordNumber = u32;

#[derive(Debug, Clone, Default)]
struct Entry {
    sense: Sense,
    is_trigger: bool,
    /// Length of the folded word, in bytes.
    len: usize,
    /// What follows the word in phrases, and what the whole means; longest first.
    phrases: Vec<Phrase>,
}

impl Index {
    /// Adds a meaning of a word or phrase.
    pub(super) fn add(&mut self, written: &str, sense: Sense) {
        let pieces: Vec<WordNumber> = pieces(written).iter().map(|piece| self.number_of(piece)).collect();
        let Some((&first, rest)) = pieces.split_first() else { return };
        let piece_of_phrase = Sense { roles: Role::Piece.bit(), ..Sense::default() };
        for &piece in rest {
            self.entries[piece as usize].sense.merge(piece_of_phrase);
        }
        let entry = &mut self.entries[first as usize];
        entry.is_trigger |= sense.is_trigger() && rest.is_empty();
        if rest.is_empty() {
            entry.sense.merge(sense);
            return;
        }
        entry.sense.merge(piece_of_phrase);
        match entry.phrases.iter_mut().find(|(known, _)| **known == *rest) {
            Some((_, known)) => known.merge(sense),
            None => entry.phrases.push((rest.into(), sense)),
        }
    }

    /// Lets calendar expressions be built around a word that means something already.
    pub(super) fn let_trigger(&mut self, written: &str) {
        if let Some(&number) = self.folded.get(&fold_word(written)) {
            self.entries[number as usize].is_trigger = true;
        }
    }

    /// The number of a word, new or not, which is then met by each of its spellings.
    fn number_of(&mut self, piece: &str) -> WordNumber {
        let folded = fold_word(piece);
        let number = match self.folded.get(&folded) {
            Some(&number) => number,
            None => {
                let number = self.entries.len() as WordNumber;
                self.entries.push(Entry { len: folded.len(), ..Entry::default() });
                self.spellings.extend(spellings(&folded).iter().map(|it| (WordKey::of(it), number)));
                self.folded.insert(folded, number);
                number
            }
        };
        if !piece.is_ascii() {
            self.spellings.extend(spellings(piece).iter().map(|it| (WordKey::of(it), number)));
        }
        number
    }

    /// Sorts the phrases and builds the filters.
    ///
    /// A phrase is met by a word of it that begins a date by itself; only one that has none is met by its longest word, or
    /// articles and prepositions would have nearly every sentence read (`di mattina`, `San Silvestro`).
    pub(super) fn finish(&mut self) {
        let is_trigger = |word: WordNumber| self.entries[word as usize].is_trigger;
        let is_untold = |(rest, sense): &&Phrase| sense.is_trigger() && !rest.iter().any(|&word| is_trigger(word));
        let longest = |first: WordNumber, (rest, _): &Phrase| {
            rest.iter().copied().fold(first, |best, word| {
                let len = |word: WordNumber| self.entries[word as usize].len;
                if len(word) > len(best) { word } else { best }
            })
        };
        let openers = (0..).zip(&self.entries).filter(|(_, entry)| !entry.is_trigger);
        let untold = openers
            .flat_map(|(number, entry)| entry.phrases.iter().filter(is_untold).map(move |phrase| (number, phrase)));
        let met_by: Vec<WordNumber> = untold.map(|(number, phrase)| longest(number, phrase)).collect();
        met_by.into_iter().for_each(|word| self.entries[word as usize].is_trigger = true);
        self.let_articles_run_together();
        for entry in &mut self.entries {
            entry.phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
            entry.phrases.iter_mut().for_each(|(_, sense)| sense.seal(false));
            entry.sense.seal(!entry.phrases.is_empty());
        }
        for (&key, &number) in self.spellings.iter() {
            let entry = &self.entries[number as usize];
            if entry.is_trigger {
                self.triggers.add(key);
            }
            if entry.sense.is(Role::Future) {
                self.futures.add(key);
            }
        }
        self.folded = FxHashMap::default();
    }

    /// A phrase of articles and prepositions alone may stand inside an expression, whatever else it means (`de la`).
    fn let_articles_run_together(&mut self) {
        let is_glue: Vec<bool> = self.entries.iter().map(|entry| entry.sense.is(Role::Glue)).collect();
        let glue = Sense { roles: Role::Glue.bit(), ..Sense::default() };
        for entry in self.entries.iter_mut().filter(|entry| entry.sense.is(Role::Glue)) {
            let runs = entry.phrases.iter_mut().filter(|(rest, _)| rest.iter().all(|&word| is_glue[word as usize]));
            runs.for_each(|(_, sense)| sense.merge(glue));
        }
    }

    /// The number of a word, if it means anything here.
    #[inline]
    pub(super) fn number(&self, key: WordKey) -> Option<WordNumber> {
        self.spellings.get(&key).copied()
    }

    /// What a word means by itself, if anything, and the phrases that it opens.
    #[inline]
    pub(super) fn read(&self, key: WordKey) -> (Option<&Sense>, &[Phrase]) {
        let entry = self.number(key).map(|number| &self.entries[number as usize]);
        (entry.map(|entry| &entry.sense), entry.map_or(&[], |entry| &entry.phrases))
    }

    /// Whether a word may be one around which a calendar expression can be built.
    #[inline]
    pub(super) fn may_trigger(&self, key: WordKey) -> bool {
        self.triggers.may_hold(key)
    }

    #[inline]
    pub(super) fn trigger(&self, key: WordKey) -> Option<Trigger> {
        if !self.triggers.may_hold(key) {
            return None;
        }
        let entry = &self.entries[self.number(key)? as usize];
        // mar, may, ter: most often another word.
        let is_weak = entry.sense.is(Role::Weak) && (entry.sense.month.is_some() || entry.sense.weekday.is_some());
        entry.is_trigger.then_some(if is_weak { Trigger::BesideNumber } else { Trigger::Alone })
    }

    #[inline]
    pub(super) fn is_future(&self, key: WordKey) -> bool {
        self.futures.may_hold(key) && self.read(key).0.is_some_and(|sense| sense.is(Role::Future))
    }
}

/// How a calendar expression can be built around a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// Whatever stands beside it.
    Alone,
    /// Only beside a number, a mark or another such word.
    BesideNumber,
}

/// The words behind the first of a phrase, and what the whole means.
pub type Phrase = (Box<[WordNumber]>, Sense);

/// Tells most words apart from a set by one bit.
#[derive(Debug, Clone)]
struct Filter {
    /// With 4,000 words, the most of any language, six in a hundred other words pass.
    bits: Box<[u64; Self::N_WORDS]>,
}

impl Default for Filter {
    fn default() -> Self {
        Self { bits: Box::new([0; Self::N_WORDS]) }
    }
}

impl Filter {
    const N_WORDS: usize = 1 << 10;

    fn add(&mut self, key: WordKey) {
        self.bits[Self::at(key)] |= 1 << (key.bits() & 63);
    }

    /// Whether the word may be one of the set.
    #[inline]
    fn may_hold(&self, key: WordKey) -> bool {
        self.bits[Self::at(key)] >> (key.bits() & 63) & 1 != 0
    }

    #[inline]
    fn at(key: WordKey) -> usize {
        (key.bits() >> 6) as usize % Self::N_WORDS
    }
}

/// The words of a phrase, as they are met in text: an apostrophe at the end belongs to its word.
fn pieces(written: &str) -> Vec<&str> {
    // A letter behind the apostrophe keeps the two together.
    let stem = written.strip_suffix('\'').map(|_| format!("{written}xx"));
    let text = stem.as_deref().unwrap_or(written);
    let within = |span: Span| written.get(span.start()..span.end().min(written.len()));
    words::tokenize(text).into_iter().filter_map(|token| within(token.span)).filter(|piece| !piece.is_empty()).collect()
}

/// A word with its accents set apart, its dashes, its mark of ordinals and its sharp s as others write them.
fn spellings(word: &str) -> Vec<String> {
    let mut spellings = vec![word.to_owned()];
    let mut add = |spelling: String| {
        if !spellings.contains(&spelling) {
            spellings.push(spelling);
        }
    };
    if !word.is_ascii() {
        add(word.nfd().collect());
        add(word.replace('ß', "ss"));
    }
    if word.contains('-') {
        ['–', '—', '‐', '‑', '−'].iter().for_each(|dash| add(word.replace('-', &dash.to_string())));
    }
    if word.contains('°') {
        ['º', '˚'].iter().for_each(|mark| add(word.replace('°', &mark.to_string())));
    }
    spellings
}

/// The word in lower case, without accents, with one kind of apostrophe, dash and mark of ordinals.
fn fold_word(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let fold = |character| match character {
        '’' | '´' | 'ʼ' | '‘' | '`' => '\'',
        'º' | '˚' => '°',
        '–' | '—' | '‐' | '‑' | '−' => '-',
        _ => character,
    };
    let is_kept = |character: &char| !is_combining_mark(*character) && *character != '\u{ad}';
    word.chars().map(fold).nfd().filter(is_kept).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet_in_one_key() {
        assert_eq!(fold_word("VENERDÌ"), fold_word("venerdi\u{300}"));
        assert_eq!(fold_word("aujourd’"), "aujourd'");
    }

    #[test]
    fn a_word_is_met_with_its_accents_or_without() {
        let mut index = Index::default();
        index.add("venerdì", Sense { weekday: Some(4), ..Sense::default() });
        index.finish();
        for spelling in ["venerdì", "Venerdi", "VENERDÌ", "venerdi\u{300}"] {
            assert_eq!(index.trigger(WordKey::of(spelling)), Some(Trigger::Alone), "{spelling}");
        }
        assert_eq!(index.trigger(WordKey::of("venerde")), None);
    }

    #[test]
    fn a_phrase_is_met_by_its_longest_word() {
        let mut index = Index::default();
        index.add("fin de semana", Sense { unit: Some(super::super::Unit::Weekend), ..Sense::default() });
        index.finish();
        assert_eq!(index.trigger(WordKey::of("Semana")), Some(Trigger::Alone));
        assert_eq!(index.trigger(WordKey::of("fin")), None);
        assert_eq!(index.read(WordKey::of("Fin")).1.len(), 1);
    }
}
