//! Words and phrases by their folded form, and a filter that tells most words apart from them by a few bytes.

use super::{Role, Sense};
use crate::text::words;
use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest word that can mean anything, in bytes.
const MAX_WORD_BYTES: usize = 64;

/// Words and phrases of one language by their folded form.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    senses: FxHashMap<Box<[u8]>, Entry>,
    triggers: Filter,
    futures: Filter,
}

#[derive(Debug, Clone, Default)]
struct Entry {
    sense: Sense,
    is_known: bool,
    is_trigger: bool,
    /// What follows the word in phrases, and what the whole means; longest first.
    phrases: Vec<Phrase>,
}

impl Index {
    /// Adds a meaning of a word or phrase.
    pub(super) fn add(&mut self, written: &str, sense: Sense) {
        let mut pieces = pieces(written).into_iter();
        let Some(first) = pieces.next() else { return };
        let rest: Vec<Box<str>> = pieces.map(String::into_boxed_str).collect();
        for piece in &rest {
            let entry = self.senses.entry(piece.as_bytes().into()).or_default();
            entry.sense.merge(Sense { roles: Role::Piece.bit(), ..Sense::default() });
            entry.is_known = true;
        }
        let entry = self.senses.entry(first.as_bytes().into()).or_default();
        entry.is_trigger |= sense.is_trigger() && rest.is_empty();
        entry.is_known = true;
        if rest.is_empty() {
            entry.sense.merge(sense);
            return;
        }
        entry.sense.merge(Sense { roles: Role::Piece.bit(), ..Sense::default() });
        match entry.phrases.iter_mut().find(|(known, _)| *known == rest) {
            Some((_, known)) => known.merge(sense),
            None => entry.phrases.push((rest, sense)),
        }
    }

    /// Sorts the phrases and builds the filter.
    ///
    /// A phrase is met by a word of it that begins a date by itself; only one that has none begins at its first word,
    /// or articles and prepositions would have nearly every sentence read (`di mattina`).
    pub(super) fn finish(&mut self) {
        let is_trigger = |word: &str| self.senses.get(word.as_bytes()).is_some_and(|entry| entry.is_trigger);
        let opens_untold = |word: &[u8], entry: &Entry| {
            !entry.is_trigger
                && entry
                    .phrases
                    .iter()
                    .any(|(rest, sense)| sense.is_trigger() && !rest.iter().any(|word| is_trigger(word)))
                && !word.is_empty()
        };
        let untold = self.senses.iter().filter(|(word, entry)| opens_untold(word, entry)).map(|(word, _)| word.clone());
        let untold: Vec<Box<[u8]>> = untold.collect();
        for word in untold {
            if let Some(entry) = self.senses.get_mut(&word) {
                entry.is_trigger = true;
            }
        }
        self.let_articles_run_together();
        for (word, entry) in &mut self.senses {
            entry.phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
            if entry.is_trigger {
                self.triggers.add(&String::from_utf8_lossy(word));
            }
            if entry.sense.is(Role::Future) {
                self.futures.add(&String::from_utf8_lossy(word));
            }
        }
    }

    /// A phrase of articles and prepositions alone may stand inside an expression, whatever else it means (`de la`).
    fn let_articles_run_together(&mut self) {
        let glue = Sense { roles: Role::Glue.bit(), ..Sense::default() };
        let is_glue = |word: &[u8]| self.senses.get(word).is_some_and(|entry| entry.sense.is(Role::Glue));
        let mut runs = Vec::new();
        for (word, entry) in self.senses.iter().filter(|(word, _)| is_glue(word)) {
            let is_run = |rest: &[Box<str>]| rest.iter().all(|word| is_glue(word.as_bytes()));
            runs.extend(
                entry.phrases.iter().filter(|(rest, _)| is_run(rest)).map(|(rest, _)| (word.clone(), rest.clone())),
            );
        }
        for (word, run) in runs {
            let phrases = self.senses.get_mut(&word).map(|entry| &mut entry.phrases);
            let known = phrases.and_then(|phrases| phrases.iter_mut().find(|(rest, _)| *rest == run));
            if let Some((_, sense)) = known {
                sense.merge(glue);
            }
        }
    }

    pub(super) fn sense(&self, word: &str) -> Option<&Sense> {
        self.senses.get(word.as_bytes()).filter(|entry| entry.is_known).map(|entry| &entry.sense)
    }

    /// What the word as written means by itself, if anything, and the phrases that it opens.
    pub(super) fn read(&self, written: &str) -> (Option<&Sense>, &[Phrase]) {
        let entry = self.entry(written).filter(|entry| entry.is_known);
        (entry.map(|entry| &entry.sense), entry.map_or(&[], |entry| &entry.phrases))
    }

    pub(super) fn trigger(&self, written: &str) -> Option<Trigger> {
        let entry = self.triggers.may_hold(written).then(|| self.entry(written))??;
        // mar, may, ter: most often another word.
        let is_weak = entry.sense.is(Role::Weak) && (entry.sense.month.is_some() || entry.sense.weekday.is_some());
        entry.is_trigger.then_some(if is_weak { Trigger::BesideNumber } else { Trigger::Alone })
    }

    pub(super) fn is_future(&self, written: &str) -> bool {
        self.futures.may_hold(written) && self.entry(written).is_some_and(|entry| entry.sense.is(Role::Future))
    }

    fn entry(&self, written: &str) -> Option<&Entry> {
        // Nearly all words are folded letter by letter, where they need no memory.
        let mut buffer = [0; MAX_WORD_BYTES];
        match fold_plainly(written, &mut buffer) {
            Some(folded) => self.senses.get(folded),
            None => self.senses.get(fold_word(written).as_bytes()),
        }
    }
}

/// What [`fold_word`] makes of a word of ASCII and the accented letters of Latin-1, written into `buffer`; none of others.
fn fold_plainly<'b>(written: &str, buffer: &'b mut [u8; MAX_WORD_BYTES]) -> Option<&'b [u8]> {
    if written.is_ascii() {
        let folded = buffer.get_mut(..written.len())?;
        folded.copy_from_slice(written.as_bytes());
        folded.make_ascii_lowercase();
        return Some(folded);
    }
    let mut n = 0;
    for character in written.chars() {
        let folded = match character {
            'a'..='z' | '0'..='9' => character as u8,
            'A'..='Z' => character.to_ascii_lowercase() as u8,
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => b'a',
            'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => b'e',
            'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => b'i',
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' => b'o',
            'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => b'u',
            'ç' | 'Ç' => b'c',
            'ñ' | 'Ñ' => b'n',
            '’' | '\'' | '‘' => b'\'',
            '–' | '—' | '‐' | '‑' | '−' | '-' => b'-',
            '«' | '»' | '“' | '”' | '„' | '…' | '•' => b' ',
            _ => return None,
        };
        *buffer.get_mut(n)? = folded;
        n += 1;
    }
    buffer.get(..n)
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
pub type Phrase = (Vec<Box<str>>, Sense);

/// Whether the word as written folds to `folded`.
pub fn folds_to(written: &str, folded: &str) -> bool {
    if let (Some(first), Some(other)) = (written.bytes().next(), folded.bytes().next())
        && first.is_ascii()
        && first.to_ascii_lowercase() != other
    {
        return false;
    }
    let mut buffer = [0; MAX_WORD_BYTES];
    match fold_plainly(written, &mut buffer) {
        Some(plain) => plain == folded.as_bytes(),
        None => fold_word(written) == folded,
    }
}

/// Tells most words apart from a set by their first two bytes and their last.
///
/// The low five bits of a letter of ASCII say which it is, whatever its case; other bytes are told apart from none.
#[derive(Debug, Clone, Default)]
struct Filter {
    /// For each pair of first letters, a bit for each last letter.
    last_letters: Vec<u32>,
}

impl Filter {
    /// Adds a folded word.
    fn add(&mut self, word: &str) {
        self.last_letters.resize(1 << 10, 0);
        if let &[first, second, ..] = word.as_bytes()
            && let Some(last) = word.bytes().last()
        {
            self.last_letters[Self::pair(first, second)] |= 1 << (last & 31);
        }
    }

    /// Whether the word as written may be one of the set.
    #[inline]
    fn may_hold(&self, written: &str) -> bool {
        let bytes = written.as_bytes();
        let (&[first, second, ..], Some(&last)) = (bytes, bytes.last()) else { return false };
        if !(first | second | last).is_ascii() {
            // è, à: one letter of two bytes.
            return !self.last_letters.is_empty() && bytes.len() > 2;
        }
        self.last_letters.get(Self::pair(first, second)).is_some_and(|letters| letters & 1 << (last & 31) != 0)
    }

    fn pair(first: u8, second: u8) -> usize {
        usize::from(first & 31) << 5 | usize::from(second & 31)
    }
}

/// The folded words of a phrase, as they are met in text: an apostrophe at the end belongs to its word.
fn pieces(written: &str) -> Vec<String> {
    // A letter behind the apostrophe keeps the two together.
    let stem = written.strip_suffix('\'').map(|_| format!("{written}xx"));
    let text = stem.as_deref().unwrap_or(written);
    let mut pieces: Vec<String> =
        words::tokenize(text).into_iter().map(|token| fold_word(token.span.of(text))).collect();
    if stem.is_some() {
        pieces.pop();
    }
    pieces
}

/// The key under which the spellings of a word meet: lower case, no accents, one kind of apostrophe.
pub fn fold_word(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    if word.len() > MAX_WORD_BYTES {
        return String::new();
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
    fn both_ways_to_fold_agree() {
        for word in ["VENERDÌ", "août", "Märzes", "mañana", "l’anno", "–", "11", "sábado", "terça", "dès", "Größe", "ˆ"]
        {
            let mut buffer = [0; MAX_WORD_BYTES];
            if let Some(plain) = fold_plainly(word, &mut buffer) {
                assert_eq!(plain, fold_word(word).as_bytes(), "{word}");
            }
        }
    }

    #[test]
    fn a_phrase_is_reached_by_its_first_word() {
        let mut index = Index::default();
        index.add("fin de semana", Sense { unit: Some(super::super::Unit::Weekend), ..Sense::default() });
        index.finish();
        assert_eq!(index.trigger("Fin"), Some(Trigger::Alone));
        assert_eq!(index.trigger("semana"), None);
        assert_eq!(index.read("Fin").1.len(), 1);
    }
}
