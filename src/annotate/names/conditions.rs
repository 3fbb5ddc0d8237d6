//! Does a row of the lists count in this sentence? Rows may ask for words near their names, and forbid others.

use super::Reader;
use crate::{lexicon::EntryId, text::Span};

/// Bytes before and behind a name that are looked through, of a sentence that is longer.
const NEAR: usize = 2000;

impl Reader<'_> {
    /// Whether one of the words that the row needs stands in the sentence of the name at `span`, if it needs any, and none of
    /// those that it forbids.
    pub fn allows(&self, row: EntryId, span: Span) -> bool {
        let gazetteer = &self.context.lexicon.gazetteer;
        if !gazetteer.profile(row).has_conditions {
            return true;
        }
        let row = gazetteer.entry(row);
        let text = self.context.document.as_str();
        let (mut start, mut end) = (span.start().saturating_sub(NEAR), (span.end() + NEAR).min(text.len()));
        start = start.max(self.sentence.span.start());
        end = end.min(self.sentence.span.end()).max(start);
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        let sentence = text[start..end].to_lowercase();
        let stands = |words: &str| words.split('|').any(|word| has_word(&sentence, &word.trim().to_lowercase()));
        (row.needs.is_empty() || stands(row.needs)) && !stands(row.never)
    }
}

/// Whether `word`, which may have blanks, stands in `sentence` with no letter or digit beside it.
fn has_word(sentence: &str, word: &str) -> bool {
    let is_whole = |at: usize| {
        let (before, after) = (sentence[..at].chars().next_back(), sentence[at + word.len()..].chars().next());
        !before.into_iter().chain(after).any(char::is_alphanumeric)
    };
    !word.is_empty() && sentence.match_indices(word).any(|(at, _)| is_whole(at))
}
