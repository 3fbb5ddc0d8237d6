//! The words of an office, in the singular.

use super::Reader;
use crate::{annotate::offices::OfficePhrase, text::words::Gap};

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
            match self.words.singulars.get(self.word(at)) {
                Some(singular) => text.push_str(singular),
                None => text.push_str(self.word(at)),
            }
            at += 1;
        }
        text
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
