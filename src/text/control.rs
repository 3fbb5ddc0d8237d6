//! Characters that no reader sees.

use super::Edits;

/// Takes out what no reader sees: byte order marks and control characters other than line ends and tabs.
pub(super) fn control_characters(text: &str, edits: &mut Edits) {
    // Line separators, tabs and the bytes of letters pass the first test; what is left is rare.
    if !text.bytes().any(|byte| {
        byte < b' ' && !matches!(byte, b'\n' | b'\t' | b'\r') || byte == 0x7f || byte == 0xc2 || byte == 0xef
    }) {
        return;
    }
    for (at, character) in text.char_indices().filter(|&(_, character)| is_invisible(character)) {
        edits.remove(at..at + character.len_utf8());
    }
}

/// Whether no reader sees a character.
pub(super) fn is_invisible(character: char) -> bool {
    // A soft hyphen and a zero-width joiner belong to the text as written; a byte order mark belongs to the file.
    character == '\u{feff}' || character.is_control() && !matches!(character, '\n' | '\t' | '\r')
}
