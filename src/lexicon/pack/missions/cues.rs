//! Wordings, met in a text word by word without regard to case.

use super::{
    Cue,
    openings::{Opening, Pairs, Posting, Second, Seconds, next_posting},
};
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
    by_word: KeyMap<Opening>,
    /// First words with what may stand second.
    pairs: Pairs,
    /// Wordings by the first letters of a first word that goes on.
    by_letters: HashMap<u32, Vec<Posting>>,
    /// A bit for each key of `by_letters`, so that most words of a text are passed over at once.
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
            pairs: Pairs::default(),
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
        let behind_first = parts.get(1).map_or(vec![Second::Any], |part| self.firsts(part));
        match parts.first() {
            Some(Part::Word(Word { open: Some(letters), .. })) => {
                if letters.chars().count() < N_INDEX_LETTERS {
                    return Err(format!("'{wording}' begins with fewer than {N_INDEX_LETTERS} letters before its *"));
                }
                let bit = first_letters(letters) % N_FILTER_BITS;
                self.filter[bit as usize / 64] |= 1 << (bit % 64);
                let seconds = behind_first.into_iter().fold(Seconds::NONE, Seconds::with);
                self.by_letters.entry(first_letters(letters)).or_default().push(Posting { place, seconds });
            }
            Some(Part::Word(word)) => self.post(word.key, place, &behind_first),
            Some(Part::Form(form)) => {
                let of_member = |member: &Vec<Word>| match member.get(1) {
                    Some(word) => vec![word.as_second()],
                    None => behind_first.clone(),
                };
                let members = self.forms[*form].by_first.iter();
                let firsts: Vec<(WordKey, Vec<Second>)> =
                    members.map(|(&first, members)| (first, members.iter().flat_map(of_member).collect())).collect();
                firsts.iter().for_each(|(first, seconds)| self.post(*first, place, seconds));
            }
            None => return Err("a wording is empty".to_owned()),
        }
        self.wordings.push((cue, parts));
        Ok(())
    }

    /// Notes that a wording begins with `first`, and what may stand second in it then.
    fn post(&mut self, first: WordKey, place: u32, seconds: &[Second]) {
        let posting = Posting { place, seconds: seconds.iter().copied().fold(Seconds::NONE, Seconds::with) };
        let opening = self.by_word.entry(first).or_default();
        if seconds.contains(&Second::Any) {
            opening.alone.push(posting);
            return;
        }
        opening.more.push(posting);
        seconds.iter().for_each(|&second| self.pairs.add(first, second));
    }

    /// What `part` may begin with.
    fn firsts(&self, part: &Part) -> Vec<Second> {
        match part {
            Part::Word(word) => vec![word.as_second()],
            Part::Form(form) => self.forms[*form].by_first.keys().map(|&first| Second::Word(first)).collect(),
        }
    }

    /// Calls `found` with what each wording tells that begins with the first of `tokens`, and its length in tokens.
    ///
    /// `tokens` are those of `text` from a place on; a wording does not go beyond them.
    pub fn at(&self, text: &str, tokens: &[Token], mut found: impl FnMut(T, usize)) {
        let Some(first) = tokens.first() else { return };
        let (opening, open) = (self.by_word.get(&first.key), self.open_at(first.span.of(text)));
        if opening.is_none() && open.is_empty() {
            return;
        }
        let (second, goes_on) = self.second_of(text, tokens);
        let alone = opening.map_or(&[][..], |opening| &opening.alone);
        let more = opening.filter(|_| goes_on).map_or(&[][..], |opening| &opening.more);
        let mut sides = [alone, more, open];
        // In the order in which the wordings were written.
        while let Some(posting) = next_posting(&mut sides) {
            if !posting.seconds.meets(second) {
                continue;
            }
            let (cue, parts) = &self.wordings[posting.place as usize];
            if let Some(n_tokens) = self.fits(parts, Place { text, tokens }) {
                found(*cue, n_tokens);
            }
        }
    }

    /// What the second of `tokens` may be in a wording, and whether wordings that begin with the first may go on with it.
    fn second_of(&self, text: &str, tokens: &[Token]) -> (Seconds, bool) {
        let (Some(first), Some(second)) = (tokens.first(), tokens.get(1)) else { return (Seconds::NONE, false) };
        if self.adverbs.begin(second.key) {
            return (Seconds::ANY, true);
        }
        let word = second.span.of(text);
        let whole = Second::Word(second.key);
        let open = (word.len() >= N_INDEX_LETTERS).then(|| Second::Letters(first_letters(word)));
        let is_pair = |second: Second| self.pairs.may_hold(first.key, second);
        let seconds = Seconds::NONE.with(whole);
        (open.map_or(seconds, |open| seconds.with(open)), is_pair(whole) || open.is_some_and(is_pair))
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
    fn as_second(&self) -> Second {
        match &self.open {
            None => Second::Word(self.key),
            Some(letters) if letters.chars().count() < N_INDEX_LETTERS => Second::Any,
            Some(letters) => Second::Letters(first_letters(letters)),
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
