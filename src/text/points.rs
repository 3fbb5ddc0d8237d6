//! From bytes to code points, without counting from the start each time.

use super::Span;

/// The number of code points before every 64th byte of a text, so that a look-up counts a few bytes only.
///
/// Empty when the text is ASCII: bytes are code points.
#[derive(Debug, Clone, Default)]
pub struct CodePoints {
    counts: Vec<u32>,
}

const STRIDE: usize = 64;

impl CodePoints {
    /// Counts `text` once.
    pub fn new(text: &str) -> Self {
        let mut counts = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for chunk in text.as_bytes().chunks(STRIDE) {
                counts.push(count);
                count += starts(chunk);
            }
        }
        Self { counts }
    }

    /// First code point of `span` in `text`, and one past its last; `text` is the one that was counted.
    pub fn of(&self, text: &str, span: Span) -> [usize; 2] {
        [self.at(text, span.start()), self.at(text, span.end())]
    }

    /// Code points before `byte`.
    pub fn at(&self, text: &str, byte: usize) -> usize {
        if self.counts.is_empty() {
            return byte;
        }
        let chunk = (byte / STRIDE).min(self.counts.len() - 1);
        (self.counts[chunk] + starts(&text.as_bytes()[chunk * STRIDE..byte])) as usize
    }
}

/// Number of characters that begin in `bytes`.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| u32::from(byte & 0xc0 != 0x80)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_has_the_count_of_the_characters_before_it() {
        for text in ["", "plain", &"è € 𝄞 a".repeat(50), &"a".repeat(64), &"é".repeat(64)] {
            let points = CodePoints::new(text);
            for (count, (at, _)) in text.char_indices().enumerate() {
                assert_eq!(points.at(text, at), count);
            }
            assert_eq!(points.at(text, text.len()), text.chars().count());
        }
    }
}
