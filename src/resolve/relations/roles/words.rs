//! The words of an office, in the singular.

use super::Reader;
use crate::{annotate::offices::OfficePhrase, lexicon::pack::WordClass, text::words::Gap};

impl Reader<'_> {
    /// The words of the text that name the office, without its body; a plural is put in the singular.
    pub(super) fn office_text(&self, phrase: &OfficePhrase<'_>) -> String {
        let tokens = &self.context.document.tokens;
        let Some(full) = &phrase.office.full else {
            let span = tokens[phrase.first].span.cover(tokens[phrase.end - 1].span);
            return span.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ");
        };
        let mut text = String::new();
        let mut at = phrase.first;
        // "I volontari italiani dell'associazione": what stands behind a preposition is no adjective of the noun.
        let joints = WordClass::OF.with(WordClass::TO).with(WordClass::AT);
        let complement = (phrase.noun.1..phrase.end).find(|&at| self.class(at).is_any(joints)).unwrap_or(phrase.end);
        while at < phrase.end {
            if at > phrase.first && tokens[at].gap != Gap::None {
                text.push(' ');
            }
            if at == phrase.noun.0 {
                match singular_compound(self.word(at), full) {
                    Some(compound) => text.push_str(compound),
                    None => push_cased_like(self.word(at), full, &mut text),
                }
                at = phrase.noun.1;
                continue;
            }
            let word = self.word(at);
            let is_adjective = phrase.is_plural && (phrase.noun.1..complement).contains(&at);
            match self.words.singulars.get(word) {
                Some(singular) => text.push_str(singular),
                None if is_adjective => self.push_singular(at, &mut text),
                None => text.push_str(word),
            }
            at += 1;
        }
        text
    }

    /// Appends the adjective at the token `at`, put in the singular by its ending.
    fn push_singular(&self, at: usize, text: &mut String) {
        let word = self.word(at);
        let is_adjective = self.class(at).is_any(WordClass::DEMONYM.with(WordClass::QUALIFIER))
            || self.words.ends_like_adjective(word);
        let endings = self.words.singular_endings.iter().filter(|_| is_adjective);
        match endings.filter_map(|(plural, singular)| Some((word.strip_suffix(plural.as_str())?, singular))).next() {
            Some((stem, singular)) => text.extend([stem, singular]),
            None => text.push_str(word),
        }
    }
}

/// A compound that ends in a form of `full`, cut to the singular (`Abteilungsleitern` to `Abteilungsleiter`).
fn singular_compound<'w>(word: &'w str, full: &str) -> Option<&'w str> {
    let lower = full.to_lowercase();
    let at = word.rfind(lower.as_str()).filter(|&at| at > 0)?;
    Some(&word[..at + lower.len()])
}

/// Appends `word` with a capital first letter if `model` has one.
fn push_cased_like(model: &str, word: &str, text: &mut String) {
    let mut characters = word.chars();
    match characters.next() {
        Some(first) if model.starts_with(char::is_uppercase) => {
            text.extend(first.to_uppercase());
            text.push_str(characters.as_str());
        }
        _ => text.push_str(word),
    }
}
