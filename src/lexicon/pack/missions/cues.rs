//! Wordings, met in a text word by word without regard to case.

use super::Cue;
use crate::text::words::{Gap, TokenKind, tokenize};
use rustc_hash::FxHashMap as HashMap;
use std::collections::BTreeMap;

/// Wordings, indexed by the first letters of their first word.
///
/// Each tells something of the type `T`.
#[derive(Debug, Clone)]
pub struct CueTable<T = Cue> {
    wordings: Vec<(T, Vec<Part>)>,
    forms: Vec<Vec<Vec<Word>>>,
    adverbs: Vec<Vec<Word>>,
    /// Places in `wordings` by the first letters of a first word.
    index: HashMap<u32, Vec<u32>>,
    /// A bit for each key of `index`, so that most words of a text are passed over at once.
    filter: Vec<u64>,
}

/// A piece of a wording.
#[derive(Debug, Clone)]
enum Part {
    Word(Word),
    /// Place in `forms`.
    Form(usize),
}

#[derive(Debug, Clone)]
struct Word {
    /// In lower case, with a straight apostrophe.
    letters: String,
    /// Whether more letters may follow.
    is_open: bool,
}

/// Letters that index a word; shorter words are indexed whole.
const N_INDEX_LETTERS: usize = 4;
/// Bits of the filter; few enough to stay in the first cache.
const N_FILTER_BITS: u32 = 1 << 15;
/// Adverbs that may stand between two parts of a wording.
const MAX_ADVERBS: usize = 2;

impl<T> Default for CueTable<T> {
    fn default() -> Self {
        Self {
            wordings: Vec::new(),
            forms: Vec::new(),
            adverbs: Vec::new(),
            index: HashMap::default(),
            filter: Vec::new(),
        }
    }
}

impl<T: Copy> CueTable<T> {
    /// Reads the wordings of one language.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the first wording that is empty, opens with too few letters or names a form that is not there.
    pub(in crate::lexicon::pack) fn new(
        cues: &BTreeMap<T, Vec<String>>,
        forms: &BTreeMap<String, Vec<String>>,
        adverbs: &[String],
    ) -> Result<Self, String> {
        let mut table = Self {
            forms: forms
                .values()
                .map(|members| longest_first(members.iter().map(|member| words(member)).collect()))
                .collect(),
            adverbs: longest_first(adverbs.iter().map(|adverb| words(adverb)).collect()),
            filter: vec![0; N_FILTER_BITS as usize / 64],
            ..Self::default()
        };
        let names: Vec<&str> = forms.keys().map(String::as_str).collect();
        for (cue, wordings) in cues {
            for wording in wordings {
                let parts = parts(wording, &names)?;
                table.add(*cue, parts, wording)?;
            }
        }
        Ok(table)
    }

    fn add(&mut self, cue: T, parts: Vec<Part>, wording: &str) -> Result<(), String> {
        let place = self.wordings.len() as u32;
        let first: Vec<&Word> = match parts.first() {
            Some(Part::Word(word)) => vec![word],
            Some(Part::Form(form)) => self.forms[*form].iter().filter_map(|member| member.first()).collect(),
            None => return Err("a wording is empty".to_owned()),
        };
        let mut keys = Vec::new();
        for word in first {
            if word.is_open && word.letters.chars().count() < N_INDEX_LETTERS {
                return Err(format!("'{wording}' begins with fewer than {N_INDEX_LETTERS} letters before its *"));
            }
            keys.push(key(&word.letters));
        }
        for key in keys {
            let bit = key % N_FILTER_BITS;
            self.filter[bit as usize / 64] |= 1 << (bit % 64);
            let places = self.index.entry(key).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        self.wordings.push((cue, parts));
        Ok(())
    }

    /// Calls `found` with what each wording tells that begins with the first of `words`, and its length in words.
    ///
    /// `words` gives the words of a text from a place on, as they are written; an empty one behind the end.
    pub fn at<'w>(&self, words: impl Fn(usize) -> &'w str, mut found: impl FnMut(T, usize)) {
        let key = key(words(0));
        let bit = key % N_FILTER_BITS;
        if self.filter.is_empty() || self.filter[bit as usize / 64] & 1 << (bit % 64) == 0 {
            return;
        }
        for &place in self.index.get(&key).into_iter().flatten() {
            let (cue, parts) = &self.wordings[place as usize];
            if let Some(n_words) = self.fits(parts, &words) {
                found(*cue, n_words);
            }
        }
    }

    fn fits<'w>(&self, parts: &[Part], words: &impl Fn(usize) -> &'w str) -> Option<usize> {
        let mut at = 0;
        for (n_part, part) in parts.iter().enumerate() {
            if n_part > 0 {
                at = self.behind_adverbs(part, at, words);
            }
            at = self.behind(part, at, words)?;
        }
        Some(at)
    }

    /// One past the words that `part` stands for, from `at` on.
    fn behind<'w>(&self, part: &Part, at: usize, words: &impl Fn(usize) -> &'w str) -> Option<usize> {
        match part {
            Part::Word(word) => word.fits(words(at)).then_some(at + 1),
            Part::Form(form) => self.forms[*form].iter().find_map(|member| all_fit(member, at, words)),
        }
    }

    /// Where `part` is to be looked for: behind the adverbs, if it does not stand at `at` itself.
    fn behind_adverbs<'w>(&self, part: &Part, at: usize, words: &impl Fn(usize) -> &'w str) -> usize {
        let mut behind = at;
        for _ in 0..MAX_ADVERBS {
            if self.behind(part, behind, words).is_some() {
                break;
            }
            match self.adverbs.iter().find_map(|adverb| all_fit(adverb, behind, words)) {
                Some(next) => behind = next,
                None => break,
            }
        }
        behind
    }
}

fn all_fit<'w>(member: &[Word], at: usize, words: &impl Fn(usize) -> &'w str) -> Option<usize> {
    member.iter().enumerate().all(|(n_word, word)| word.fits(words(at + n_word))).then_some(at + member.len())
}

impl Word {
    fn fits(&self, word: &str) -> bool {
        let mut letters = self.letters.bytes();
        if word.is_ascii() && self.letters.is_ascii() {
            let same = word.bytes().zip(&mut letters).take_while(|(a, b)| a.to_ascii_lowercase() == *b).count();
            return same == self.letters.len() && (self.is_open || word.len() == same);
        }
        let mut folded = folded(word);
        self.letters.chars().all(|letter| folded.next() == Some(letter)) && (self.is_open || folded.next().is_none())
    }
}

/// Letters in lower case, with straight apostrophes.
fn folded(word: &str) -> impl Iterator<Item = char> {
    word.chars().map(|letter| if letter == '’' { '\'' } else { letter }).flat_map(char::to_lowercase)
}

/// A number made of the first letters of a word.
fn key(word: &str) -> u32 {
    let mix = |key: u32, letter: u32| (key ^ letter).wrapping_mul(0x9E37_79B1).rotate_left(13);
    let bytes = word.as_bytes();
    let first = &bytes[..bytes.len().min(N_INDEX_LETTERS)];
    if first.is_ascii() {
        return first.iter().fold(0, |key, byte| mix(key, u32::from(byte.to_ascii_lowercase())));
    }
    folded(word).take(N_INDEX_LETTERS).fold(0, |key, letter| mix(key, letter as u32))
}

/// The words of a wording as the text is split too: `dell'accordo` is two of them, `deslocou-se` three.
fn words(wording: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for token in tokenize(wording) {
        let letters = token.span.of(wording);
        match words.last_mut() {
            Some(word) if letters == "*" && token.kind == TokenKind::Mark => word.is_open = true,
            // An elided article that ends the wording: its noun stands in the text.
            Some(word) if letters == "'" && token.gap == Gap::None => word.letters.push('\''),
            _ => words.push(Word { letters: letters.to_owned(), is_open: false }),
        }
    }
    words
}

fn parts(wording: &str, forms: &[&str]) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    for piece in wording.split_whitespace() {
        match piece.strip_prefix('<').and_then(|piece| piece.strip_suffix('>')) {
            Some(name) => {
                let form = forms.iter().position(|form| *form == name);
                parts.push(Part::Form(form.ok_or_else(|| format!("'{wording}': there is no form '{name}'"))?));
            }
            None => parts.extend(words(piece).into_iter().map(Part::Word)),
        }
    }
    Ok(parts)
}

fn longest_first(mut members: Vec<Vec<Word>>) -> Vec<Vec<Word>> {
    members.retain(|member| !member.is_empty());
    members.sort_by_key(|member| std::cmp::Reverse(member.len()));
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(wordings: &[&str]) -> CueTable {
        let list = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let forms = BTreeMap::from([("by".to_owned(), list(&["da", "dall'", "da parte di"]))]);
        CueTable::new(&BTreeMap::from([(Cue::Meet, list(wordings))]), &forms, &list(&["poi", "nel pomeriggio"]))
            .unwrap()
    }

    #[track_caller]
    fn check_length(wording: &str, text: &str, expected: Option<usize>) {
        let tokens = tokenize(text);
        let mut found = None;
        table(&[wording])
            .at(|at| tokens.get(at).map_or("", |token| token.span.of(text)), |_, n_words| found = Some(n_words));
        assert_eq!(found, expected, "{wording:?} in {text:?}");
    }

    #[test]
    fn a_wording_is_met_in_any_case_and_form() {
        check_length("ricevut* <by>", "Ricevuta dall’Università", Some(2));
        check_length("ricevut* <by>", "RICEVUTI DA PARTE DI", Some(4));
        check_length("ricevut* <by>", "ricevuta a", None);
        check_length("è rientrato", "È rientrato", Some(2));
    }

    #[test]
    fn words_are_split_as_the_text_is() {
        check_length("deslocou-se", "deslocou-se", Some(3));
        check_length("s'est rendu*", "s’est rendue", Some(3));
    }

    #[test]
    fn adverbs_may_stand_inside() {
        check_length("ha incontrato", "ha poi nel pomeriggio incontrato", Some(5));
        check_length("ha incontrato", "ha mai incontrato", None);
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        let cues = |wording: &str| BTreeMap::from([(Cue::Meet, vec![wording.to_owned()])]);
        assert!(CueTable::new(&cues("visto <da>"), &BTreeMap::new(), &[]).is_err());
        assert!(CueTable::new(&cues("vi*"), &BTreeMap::new(), &[]).is_err());
        assert!(CueTable::new(&cues(""), &BTreeMap::new(), &[]).is_err());
    }
}
