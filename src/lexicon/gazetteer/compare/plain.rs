//! The usual case of a comparison: the letters of the list, cased in another way.

use super::{Cased, Folds, Met};

/// The same for the usual case, where the text has the letters of the list and differs in nothing but case: plain ASCII and
/// accented letters of western Europe, apart by single blanks, hyphens and apostrophes. None says nothing: [`compare`](super::compare) decides.
///
/// `list` and `text` are as long; the text that begins at byte `at` ends where its last word does.
pub(in crate::lexicon::gazetteer) fn compare_plain(list: &[u8], text: &[u8], at: usize) -> Option<Met> {
    let is_end = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    if list.len() != text.len() || !is_end(list.first()) || !is_end(list.last()) {
        return None;
    }
    let mut cased = Cased::default();
    let mut word = PlainWord::default();
    let mut before = b' ';
    for (&a, &b) in list.iter().zip(text) {
        match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' if a | 0x20 == b | 0x20 && a.is_ascii_alphanumeric() => {
                word.push(a.is_ascii_uppercase(), b.is_ascii_uppercase(), b.is_ascii_lowercase());
            }
            0xc3 if a == b => {}
            // Behind its lead byte; the signs of multiplication and division are no letters.
            0x80..=0xbf if a == b && before == 0xc3 && !matches!(b, 0x97 | 0xb7) => {
                let is_upper = b < 0x9f;
                word.push(is_upper, is_upper, !is_upper);
            }
            b' ' | b'-' | b'\'' if a == b && !matches!(before, b' ' | b'-' | b'\'') => {
                cased.word(std::mem::take(&mut word))
            }
            _ => return None,
        }
        before = b;
    }
    cased.word(word);
    Some(cased.met(at + text.len(), Folds::NONE))
}

/// How the letters of one word of a list and a text are cased.
#[derive(Default)]
struct PlainWord {
    is_begun: bool,
    differs: bool,
    list_has_capital: bool,
    first_is_capital: bool,
    has_inner_capital: bool,
    has_lower: bool,
    n_capitals: usize,
}

impl PlainWord {
    #[inline]
    fn push(&mut self, list_is_upper: bool, text_is_upper: bool, text_is_lower: bool) {
        self.differs |= list_is_upper != text_is_upper;
        self.list_has_capital |= list_is_upper;
        self.first_is_capital |= text_is_upper & !self.is_begun;
        self.has_inner_capital |= text_is_upper & self.is_begun;
        self.has_lower |= text_is_lower;
        self.n_capitals += usize::from(text_is_upper);
        self.is_begun = true;
    }
}

impl Cased {
    /// Takes in a pair of words with the same letters.
    fn word(&mut self, word: PlainWord) {
        self.all_same &= !word.differs;
        self.capitals_kept &= !word.differs || !word.list_has_capital || word.first_is_capital;
        self.plain_title &= !word.differs || !word.has_inner_capital;
        self.all_capital &= !word.has_lower;
        self.n_capitals += word.n_capitals;
    }
}

#[cfg(test)]
mod tests {
    use super::{super::compare, *};

    #[test]
    fn the_quick_comparison_agrees_with_the_full_one() {
        let lists = [
            "Università di Bologna",
            "École normale",
            "energia rinnovabile",
            "CNR-ISMAR",
            "l'Aquila 5G",
            "eBay",
            "Ærø Havn",
            "a×b",
            "Forlì",
            "S.p.A. Alfa",
            "9",
        ];
        let (mut n_plain, mut n_pairs) = (0, 0);
        for list in lists {
            // Every way to change the case of every third letter, from each of the first three on, and of whole words.
            let texts = (0..8_usize).map(|bits| {
                let change =
                    |(at, character): (usize, char)| match (bits >> (at % 3) & 1 == 1, character.is_uppercase()) {
                        (true, false) if character != 'ß' => character.to_uppercase().next().unwrap_or(character),
                        (true, true) => character.to_lowercase().next().unwrap_or(character),
                        _ => character,
                    };
                list.chars().enumerate().map(change).collect::<String>()
            });
            for text in texts.chain([list.to_lowercase(), list.to_uppercase(), "Università di Padova".to_owned()]) {
                n_pairs += 1;
                if let Some(met) = compare_plain(list.as_bytes(), text.as_bytes(), 0) {
                    n_plain += 1;
                    assert_eq!(Some(met), compare(list, &text, 0, &[]), "{list} and {text}");
                }
            }
        }
        assert!(n_plain * 3 > n_pairs, "{n_plain} of {n_pairs} pairs are plain");
    }
}
