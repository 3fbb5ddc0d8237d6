//! The name of an entity as the document has it: one line, straight blanks, no shouting.

use super::groups::{is_capitals, key};
use crate::{
    annotate::Mention,
    document::{Case, Document, TokenKind},
    lexicon::{Entry, Kind},
};

/// The name that a mention gives, mended where the sentence is in capitals.
pub(super) fn name(document: &Document<'_>, mention: &Mention, row: Option<&Entry<'_>>) -> String {
    let written = mention.span.of(document.as_str());
    let mut name = in_one_line(written);
    if is_shouted(document, mention) {
        name = match row {
            Some(row) if key(row.name) == key(&name) => row.name.to_owned(),
            Some(row) if key(row.acronym) == key(&name) => name,
            _ => unshout(document, &name),
        };
    }
    match mention.kind {
        Kind::Institution => nominative(document, name),
        _ => name,
    }
}

/// What is written, with single blanks and without soft hyphens.
fn in_one_line(written: &str) -> String {
    let mut line = String::with_capacity(written.len());
    for word in written.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.split('\u{ad}'));
    }
    line
}

/// Whether a mention is in capitals only because its sentence is.
pub(super) fn is_shouted(document: &Document<'_>, mention: &Mention) -> bool {
    if !is_capitals(mention.span.of(document.as_str())) {
        return false;
    }
    let Some(sentence) = document.sentence_at(mention.span.start()) else { return false };
    let words =
        document.tokens_of(sentence).iter().filter(|token| token.kind == TokenKind::Word && token.span.len() > 3);
    let (n_words, n_small) =
        words.fold((0, 0), |(n, small), token| (n + 1, small + usize::from(token.case == Case::Lower)));
    // A dateline shouts its town: `PERUGIA, 3 marzo`.
    let opens = mention.span.start() == sentence.span.start() && mention.kind == Kind::Place;
    n_small * 4 <= n_words || opens
}

/// Title case, with the function words of the language in lower case.
fn unshout(document: &Document<'_>, name: &str) -> String {
    let small = &document.pack.prose.function_words;
    let mut told = String::with_capacity(name.len());
    let mut starts_word = true;
    for (n, word) in name.split_inclusive([' ', '-', '\'', '’']).enumerate() {
        let lower = word.to_lowercase();
        let is_small = n > 0 && small.iter().any(|known| known == lower.trim_end());
        for character in lower.chars() {
            if starts_word && character.is_alphabetic() && !is_small {
                told.extend(character.to_uppercase());
            } else {
                told.push(character);
            }
            starts_word &= !character.is_alphabetic();
        }
        starts_word = true;
    }
    told
}

/// The nominative of a name whose first word is inflected in the text (`der Technischen Universität`), or ends in such a word
/// (`des Holzclusters Süd`).
fn nominative(document: &Document<'_>, name: String) -> String {
    let (first, rest) = name.split_once(' ').map_or((name.as_str(), None), |(first, rest)| (first, Some(rest)));
    let words = &document.pack.institutions;
    let inner = || {
        let (inflected, word) = words.nominative.iter().find(|(inflected, _)| ends_with_word(first, inflected))?;
        let start = first.len() - inflected.len();
        Some(format!("{}{}", &first[..start], word.to_lowercase()))
    };
    let told = words.nominative.get(first).cloned().or_else(inner);
    match (told, rest) {
        (Some(word), Some(rest)) => format!("{word} {rest}"),
        (Some(word), None) => word,
        (None, _) => name,
    }
}

/// Whether a word is put together with `last` at its end, which has a capital where it stands alone.
fn ends_with_word(word: &str, last: &str) -> bool {
    let start = word.len().saturating_sub(last.len());
    start > 2 && word.is_char_boundary(start) && word[start..].chars().eq(last.chars().flat_map(char::to_lowercase))
}
