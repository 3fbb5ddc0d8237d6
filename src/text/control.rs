//! Characters that no reader sees.

use super::Edits;

/// Bytes that are looked at together.
const CHUNK: usize = 64;

/// Takes out what no reader sees: byte order marks and control characters other than line ends and tabs.
pub(super) fn control_characters(text: &str, edits: &mut Edits) {
    for (number, chunk) in text.as_bytes().chunks(CHUNK).enumerate() {
        // Without an early end, so that the processor takes many bytes at a time.
        if !chunk.iter().fold(false, |may_be, &byte| may_be | may_begin_invisible(byte)) {
            continue;
        }
        for (offset, _) in chunk.iter().enumerate().filter(|&(_, &byte)| may_begin_invisible(byte)) {
            let at = number * CHUNK + offset;
            if let Some(character) = text[at..].chars().next().filter(|&character| is_invisible(character)) {
                edits.remove(at..at + character.len_utf8());
            }
        }
    }
}

/// Whether a byte is a control character, or the first of one or of a byte order mark; few others are.
fn may_begin_invisible(byte: u8) -> bool {
    (byte < b' ') & (byte != b'\n') & (byte != b'\t') & (byte != b'\r')
        | (byte == 0x7f)
        | (byte == 0xc2)
        | (byte == 0xef)
}

/// Whether no reader sees a character.
pub(super) fn is_invisible(character: char) -> bool {
    // A soft hyphen and a zero-width joiner belong to the text as written; a byte order mark belongs to the file.
    character == '\u{feff}' || character.is_control() && !matches!(character, '\n' | '\t' | '\r')
}
