//! How many function words of each language a text has.

use crate::lexicon::{Packs, UNDETERMINED};
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// Languages that can be told apart at once.
const MAX_LANGUAGES: usize = 32;
/// Longest function word, in bytes; longer ones are never looked up.
const MAX_WORD_BYTES: usize = 16;

/// The function words of all languages in one table.
#[derive(Debug, Clone)]
pub(super) struct FunctionWords {
    /// Codes of the languages; those behind [`FunctionWords::n_packs`] have no pack and stand for `und`.
    codes: Vec<String>,
    n_packs: usize,
    /// For each word, a bit for each language that has it.
    table: HashMap<u128, u32, BuildHasherDefault<KeyHasher>>,
}

/// What the function words of a text say.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    /// For each language, its function words; one that several languages share counts less.
    scores: [f32; MAX_LANGUAGES],
    /// For each language, its function words.
    hits: [u16; MAX_LANGUAGES],
    /// Words.
    pub n_words: u32,
    /// Words in lower case.
    pub n_lower: u32,
    /// Letters of the Latin alphabet.
    pub n_latin: u32,
    /// Letters of other alphabets.
    pub n_other: u32,
}

/// A language and how strongly the function words speak for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Vote {
    pub language: usize,
    pub score: f32,
    /// The score of the next best.
    pub runner_up: f32,
    /// Share of the words that are function words of the language.
    pub coverage: f32,
    pub n_hits: u16,
}

impl FunctionWords {
    pub(super) fn new(packs: &Packs) -> Self {
        let ours = packs.iter().map(|pack| (pack.code.as_str(), &pack.prose.function_words));
        let others = &packs.get(UNDETERMINED).prose.other_languages;
        // A language that has a pack by now speaks for itself.
        let others =
            others.iter().map(|(code, words)| (code.as_str(), words)).filter(|(code, _)| packs.find(code).is_none());
        let mut words =
            Self { codes: Vec::new(), n_packs: packs.iter().count().min(MAX_LANGUAGES), table: HashMap::default() };
        for (idx, (code, list)) in ours.chain(others).take(MAX_LANGUAGES).enumerate() {
            words.codes.push(code.to_owned());
            for key in list.iter().filter_map(key_of) {
                *words.table.entry(key).or_default() |= 1 << idx;
            }
        }
        words
    }

    /// The code of a language, or `und` where there is no pack.
    pub(super) fn code(&self, language: usize) -> &str {
        if language < self.n_packs { &self.codes[language] } else { UNDETERMINED }
    }

    /// The number of the language with a pack of code `code`.
    pub(super) fn language(&self, code: &str) -> Option<usize> {
        self.codes[..self.n_packs].iter().position(|found| found == code)
    }

    /// Counts the function words of `text`.
    pub(super) fn tally(&self, text: &str) -> Tally {
        let mut tally = Tally::default();
        each_word(text, &mut tally, |key, tally| {
            let Some(&languages) = self.table.get(&key) else { return };
            let weight = WEIGHTS[(languages.count_ones() as usize).min(WEIGHTS.len() - 1)];
            let mut rest = languages;
            while rest != 0 {
                let language = rest.trailing_zeros() as usize;
                tally.scores[language] += weight;
                tally.hits[language] += 1;
                rest &= rest - 1;
            }
        });
        tally
    }
}

/// What a word counts that this many languages have.
const WEIGHTS: [f32; 7] = [0.0, 1.0, 0.5, 0.3, 0.2, 0.1, 0.05];

impl Default for Tally {
    fn default() -> Self {
        Self { scores: [0.0; MAX_LANGUAGES], hits: [0; MAX_LANGUAGES], n_words: 0, n_lower: 0, n_latin: 0, n_other: 0 }
    }
}

impl Tally {
    /// Adds what another text says.
    pub(super) fn add(&mut self, other: &Self) {
        for (score, more) in self.scores.iter_mut().zip(&other.scores) {
            *score += more;
        }
        for (hits, more) in self.hits.iter_mut().zip(&other.hits) {
            *hits = hits.saturating_add(*more);
        }
        self.n_words += other.n_words;
        self.n_lower += other.n_lower;
        self.n_latin += other.n_latin;
        self.n_other += other.n_other;
    }

    /// Counts `score` more for a language.
    pub(super) fn favor(&mut self, language: usize, score: f32) {
        self.scores[language] += score;
    }

    /// The score of a language.
    pub(super) fn score(&self, language: usize) -> f32 {
        self.scores[language]
    }

    /// Share of the words that are function words of a language.
    pub(super) fn coverage(&self, language: usize) -> f32 {
        f32::from(self.hits[language]) / self.n_words.max(1) as f32
    }

    /// The language that the function words speak for; the first of equals.
    pub(super) fn vote(&self) -> Vote {
        let (mut language, mut score, mut runner_up) = (0, f32::MIN, 0.0);
        for (idx, &found) in self.scores.iter().enumerate() {
            if found > score {
                runner_up = score.max(0.0);
                (language, score) = (idx, found);
            } else if found > runner_up {
                runner_up = found;
            }
        }
        Vote { language, score, runner_up, coverage: self.coverage(language), n_hits: self.hits[language] }
    }

    /// Whether most of the letters are of another alphabet than the Latin; a syllable of Korean counts for two.
    pub(super) fn is_of_other_script(&self) -> bool {
        self.n_other * 2 > self.n_latin
    }
}

fn key_of(word: &str) -> Option<u128> {
    let (mut key, mut n_keys) = (0, 0);
    each_word(word, &mut Tally::default(), |found, _| {
        key = found;
        n_keys += 1;
    });
    // A word of several parts (`aujourd'hui`) is met part by part.
    (n_keys == 1).then_some(key)
}

/// Calls `visit` with the key of each word that is short enough; counts words and letters in `tally`.
///
/// An apostrophe ends a word and belongs to it (`dell'`).
fn each_word(text: &str, tally: &mut Tally, mut visit: impl FnMut(u128, &mut Tally)) {
    let bytes = text.as_bytes();
    let (mut key, mut len, mut is_lower) = (0_u128, 0_usize, true);
    let mut at = 0;
    let mut end_word = |key: &mut u128, len: &mut usize, is_lower: &mut bool, tally: &mut Tally| {
        if *len > 0 {
            tally.n_words += 1;
            tally.n_lower += u32::from(*is_lower);
            if *len <= MAX_WORD_BYTES {
                visit(*key, tally);
            }
        }
        (*key, *len, *is_lower) = (0, 0, true);
    };
    while at < bytes.len() {
        let byte = bytes[at];
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {
                is_lower &= byte >= b'a';
                key = key << 8 | u128::from(byte | 0x20);
                len += 1;
                tally.n_latin += 1;
                at += 1;
            }
            _ if byte < 0x80 => {
                if byte == b'\'' && len > 0 {
                    key = key << 8 | u128::from(b'\'');
                    len += 1;
                }
                end_word(&mut key, &mut len, &mut is_lower, tally);
                at += 1;
            }
            _ => {
                let character = text[at..].chars().next().unwrap_or(' ');
                at += character.len_utf8();
                if character == '’' && len > 0 {
                    key = key << 8 | u128::from(b'\'');
                    len += 1;
                }
                if !character.is_alphabetic() {
                    end_word(&mut key, &mut len, &mut is_lower, tally);
                    continue;
                }
                is_lower &= !character.is_uppercase();
                let is_latin = matches!(character, '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
                tally.n_latin += u32::from(is_latin);
                tally.n_other += u32::from(!is_latin);
                for character in character.to_lowercase() {
                    for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                        key = key << 8 | u128::from(byte);
                        len += 1;
                    }
                }
            }
        }
    }
    end_word(&mut key, &mut len, &mut is_lower, tally);
}

/// Hashes a key by one multiplication: the keys are short words of our own lists, so nobody can choose them to collide.
#[derive(Debug, Clone, Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u128(&mut self, key: u128) {
        let folded = (key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = folded ^ folded >> 32;
    }
}
