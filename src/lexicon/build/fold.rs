//! A key under which the same name of two tables meets.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The words of `name` in lower case without accents and marks, joined by a blank.
pub(in crate::lexicon) fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for character in name.nfd().filter(|&character| !is_combining_mark(character)) {
        if character.is_alphanumeric() {
            folded.extend(character.to_lowercase());
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}
