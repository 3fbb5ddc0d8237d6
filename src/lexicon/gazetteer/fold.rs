//! Making a key under which spellings meet.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The folded form of one word: lower case, no accents, no soft hyphens, `'` for every apostrophe left out.
pub(super) fn fold_word(word: &str) -> String {
    if word.is_ascii() {
        return word
            .chars()
            .filter(|character| !is_apostrophe(*character))
            .map(|character| character.to_ascii_lowercase())
            .collect();
    }
    word.nfd()
        .filter(|&character| !is_combining_mark(character) && character != '\u{ad}' && !is_apostrophe(character))
        .flat_map(char::to_lowercase)
        .collect()
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '´' | 'ʼ' | '‘' | '`')
}
