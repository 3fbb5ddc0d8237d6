//! Wordings, met in a text word by word without regard to case.

use super::Cue;
use crate::text::{
    KeyMap, WordKey,
    words::{Gap, Token, TokenKind, tokenize},
};
use rustc_hash::FxHashMap as HashMap;
use std::collections::BTreeMap;

/// Wordings, indexed by their first word.
///
/// Each tells something of the type `T`.
#[derive(Debug, Clone)]
pub struct CueTable<T = Cue> {
    wordings: Vec<(T, Vec<Part>)>,
    forms: Vec<Members>,
    adverbs: Members,
    /// Wordings by a whole first word.
    by_word: KeyMap<Vec<Posting>>,
    /// Wordings by the first letters of a first word that goes on.
    by_letters: HashMap<u32, Vec<Posting>>,
    /// A bit for each key of `by_letters`, so that most words of a text are passed over at once.
    filter: Vec<u64>,
}

/// A wording, under its first word.
#[derive(Debug, Clone, Copy)]
struct Posting {
    /// Place in `wordings`.
    place: u32,
    seconds: Seconds,
}

/// Words that may stand second, a bit for each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seconds {
    /// By the whole word.
    words: u64,
    /// By the first letters of a word that goes on.
    letters: u64,
}

impl Seconds {
    const NONE: Self = Self { words: 0, letters: 0 };
    /// Whatever stands second, or nothing.
    const ANY: Self = Self { words: !0, letters: !0 };

    fn word(key: WordKey) -> Self {
        Self { words: 1 << (key.bits() & 63), letters: 0 }
    }

    /// What the second word of a text may be.
    fn of_token(text: &str, token: &Token) -> Self {
        let word = token.span.of(text);
        let letters = if word.len() < N_INDEX_LETTERS { 0 } else { 1 << (first_letters(word) & 63) };
        Self { letters, ..Self::word(token.key) }
    }

    fn or(self, other: Self) -> Self {
        Self { words: self.words | other.words, letters: self.letters | other.letters }
    }

    fn meets(self, other: Self) -> bool {
        self == Self::ANY || self.words & other.words != 0 || self.letters & other.letters != 0
    }
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
    key: WordKey,
    /// In lower case, with a straight apostrophe, where more letters may follow.
    open: Option<String>,
}

/// Phrases that stand for one another, by their first word, the longest first.
#[derive(Debug, Clone, Default)]
struct Members {
    by_first: KeyMap<Vec<Vec<Word>>>,
}

/// Letters that index a word that goes on.
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
            adverbs: Members::default(),
            by_word: KeyMap::default(),
            by_letters: HashMap::default(),
            filter: Vec::new(),
        }
    }
}

impl<T: Copy> CueTable<T> {
    /// Reads the wordings of one language.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the first wording that is empty, opens with too few letters or names a form that is not
    /// there, and with a form or adverb that opens with a word that goes on.
    pub(in crate::lexicon::pack) fn new(
        cues: &BTreeMap<T, Vec<String>>,
        forms: &BTreeMap<String, Vec<String>>,
        adverbs: &[String],
    ) -> Result<Self, String> {
        let mut table = Self {
            forms: forms.values().map(|members| Members::new(members)).collect::<Result<_, _>>()?,
            adverbs: Members::new(adverbs)?,
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
        let posting = |seconds| Posting { place, seconds };
        let behind_first = parts.get(1).map_or(Seconds::ANY, |part| self.firsts(part));
        match parts.first() {
            Some(Part::Word(Word { open: Some(letters), .. })) => {
                if letters.chars().count() < N_INDEX_LETTERS {
                    return Err(format!("'{wording}' begins with fewer than {N_INDEX_LETTERS} letters before its *"));
                }
                let bit = first_letters(letters) % N_FILTER_BITS;
                self.filter[bit as usize / 64] |= 1 << (bit % 64);
                self.by_letters.entry(first_letters(letters)).or_default().push(posting(behind_first));
            }
            Some(Part::Word(word)) => self.by_word.entry(word.key).or_default().push(posting(behind_first)),
            Some(Part::Form(form)) => {
                for (first, members) in self.forms[*form].by_first.iter() {
                    let second = |member: &Vec<Word>| member.get(1).map_or(behind_first, Word::as_second);
                    let seconds = members.iter().fold(Seconds::NONE, |all, member| all.or(second(member)));
                    self.by_word.entry(*first).or_default().push(posting(seconds));
                }
            }
            None => return Err("a wording is empty".to_owned()),
        }
        self.wordings.push((cue, parts));
        Ok(())
    }

    /// The words that `part` may begin with.
    fn firsts(&self, part: &Part) -> Seconds {
        match part {
            Part::Word(word) => word.as_second(),
            Part::Form(form) => {
                self.forms[*form].by_first.keys().fold(Seconds::NONE, |all, &first| all.or(Seconds::word(first)))
            }
        }
    }

    /// Calls `found` with what each wording tells that begins with the first of `tokens`, and its length in tokens.
    ///
    /// `tokens` are those of `text` from a place on; a wording does not go beyond them.
    pub fn at(&self, text: &str, tokens: &[Token], mut found: impl FnMut(T, usize)) {
        let Some(first) = tokens.first() else { return };
        let place = Place { text, tokens };
        let mut whole = self.by_word.get(&first.key).map_or(&[][..], Vec::as_slice);
        let mut open = self.open_at(first.span.of(text));
        if whole.is_empty() && open.is_empty() {
            return;
        }
        let second = match tokens.get(1) {
            Some(token) if self.adverbs.begin(token.key) => Seconds::ANY,
            Some(token) => Seconds::of_token(text, token),
            None => Seconds::NONE,
        };
        let place_of = |side: &[Posting]| side.first().map_or(u32::MAX, |posting| posting.place);
        // In the order in which the wordings were written.
        loop {
            let side = if place_of(whole) < place_of(open) { &mut whole } else { &mut open };
            let Some((posting, rest)) = side.split_first() else { return };
            *side = rest;
            if !posting.seconds.meets(second) {
                continue;
            }
            let (cue, parts) = &self.wordings[posting.place as usize];
            if let Some(n_tokens) = self.fits(parts, place) {
                found(*cue, n_tokens);
            }
        }
    }

    /// The wordings whose first word may begin as `word` does and go on.
    fn open_at(&self, word: &str) -> &[Posting] {
        // No word that goes on has fewer letters in common.
        if word.len() < N_INDEX_LETTERS {
            return &[];
        }
        let letters = first_letters(word);
        let bit = letters % N_FILTER_BITS;
        let may_go_on = self.filter.get(bit as usize / 64).is_some_and(|bits| bits & 1 << (bit % 64) != 0);
        if may_go_on { self.by_letters.get(&letters).map_or(&[], Vec::as_slice) } else { &[] }
    }

    fn fits(&self, parts: &[Part], place: Place<'_>) -> Option<usize> {
        let mut at = 0;
        for (n_part, part) in parts.iter().enumerate() {
            at = match self.behind(part, at, place) {
                Some(end) => end,
                None if n_part > 0 => self.behind_adverbs(part, at, place)?,
                None => return None,
            };
        }
        Some(at)
    }

    /// One past the tokens that `part` stands for, from `at` on.
    fn behind(&self, part: &Part, at: usize, place: Place<'_>) -> Option<usize> {
        match part {
            Part::Word(word) => word.fits(at, place).then_some(at + 1),
            Part::Form(form) => self.forms[*form].behind(at, place),
        }
    }

    /// One past the tokens that `part` stands for behind one adverb or two.
    fn behind_adverbs(&self, part: &Part, mut at: usize, place: Place<'_>) -> Option<usize> {
        for _ in 0..MAX_ADVERBS {
            at = self.adverbs.behind(at, place)?;
            if let Some(end) = self.behind(part, at, place) {
                return Some(end);
            }
        }
        None
    }
}

/// Tokens of a text from a place on.
#[derive(Debug, Clone, Copy)]
struct Place<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

impl Word {
    /// Itself as the second of a wording.
    fn as_second(&self) -> Seconds {
        match &self.open {
            None => Seconds::word(self.key),
            Some(letters) if letters.chars().count() < N_INDEX_LETTERS => Seconds::ANY,
            Some(letters) => Seconds { words: 0, letters: 1 << (first_letters(letters) & 63) },
        }
    }

    fn fits(&self, at: usize, place: Place<'_>) -> bool {
        let Some(token) = place.tokens.get(at) else { return false };
        match &self.open {
            Some(letters) => begins_with(token.span.of(place.text), letters),
            None => token.key == self.key,
        }
    }
}

impl Members {
    fn new(members: &[String]) -> Result<Self, String> {
        let mut by_first: KeyMap<Vec<Vec<Word>>> = KeyMap::default();
        for member in members {
            let words = words(member);
            match words.first() {
                Some(Word { open: Some(_), .. }) => return Err(format!("'{member}' opens with a word that goes on")),
                Some(first) => by_first.entry(first.key).or_default().push(words),
                None => {}
            }
        }
        by_first.values_mut().for_each(|members| members.sort_by_key(|member| std::cmp::Reverse(member.len())));
        Ok(Self { by_first })
    }

    /// Whether a member begins with a word.
    fn begin(&self, first: WordKey) -> bool {
        self.by_first.contains_key(&first)
    }

    /// One past the longest member that begins at `at`.
    fn behind(&self, at: usize, place: Place<'_>) -> Option<usize> {
        let members = self.by_first.get(&place.tokens.get(at)?.key)?;
        let fits = |member: &&Vec<Word>| (1..member.len()).all(|n_word| member[n_word].fits(at + n_word, place));
        members.iter().find(fits).map(|member| at + member.len())
    }
}

/// Whether `word`, in any case, begins with `letters` in lower case.
fn begins_with(word: &str, letters: &str) -> bool {
    match word.as_bytes().get(..letters.len()) {
        Some(first) if first.is_ascii() => first.eq_ignore_ascii_case(letters.as_bytes()),
        _ => {
            let mut of_word = folded(word);
            letters.chars().all(|letter| of_word.next() == Some(letter))
        }
    }
}

/// Letters in lower case, with straight apostrophes.
fn folded(word: &str) -> impl Iterator<Item = char> {
    word.chars().map(|letter| if letter == '’' { '\'' } else { letter }).flat_map(char::to_lowercase)
}

/// A number made of the first letters of a word.
fn first_letters(word: &str) -> u32 {
    let mix = |key: u32, letter: u32| (key ^ letter).wrapping_mul(0x9E37_79B1).rotate_left(13);
    if let Some(&first) = word.as_bytes().first_chunk::<N_INDEX_LETTERS>()
        && first.is_ascii()
    {
        return mix(0, u32::from_le_bytes(first.map(|byte| byte.to_ascii_lowercase())));
    }
    folded(word).take(N_INDEX_LETTERS).fold(0, |key, letter| mix(key, letter as u32))
}

/// The words of a wording as the text is split too: `dell'accordo` is two of them, `deslocou-se` three.
fn words(wording: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut last = String::new();
    for token in tokenize(wording) {
        let letters = token.span.of(wording);
        match words.last_mut() {
            Some(word) if letters == "*" && token.kind == TokenKind::Mark => word.open = Some(last.clone()),
            // An elided article that ends the wording: its noun stands in the text.
            Some(word) if letters == "'" && token.gap == Gap::None => {
                last.push('\'');
                word.key = WordKey::of(&last);
            }
            _ => {
                last = folded(letters).collect();
                words.push(Word { key: token.key, open: None });
            }
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
        table(&[wording]).at(text, &tokens, |_, n_tokens| found = Some(n_tokens));
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
