//! What the letters of a sentence tell.

use super::{Case, Token, TokenKind};

/// What capitals are worth in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseEvidence {
    /// A capital inside the sentence tells a name.
    Strong,
    /// Most words begin with a capital (a headline of English kind).
    Titled,
    /// All words are in capitals.
    Capitals,
}

/// Fewest words of what a full stop ends as a sentence, whatever its capitals.
const MIN_SENTENCE: usize = 12;

impl CaseEvidence {
    /// What capitals are worth among `tokens`.
    ///
    /// Words that count have four bytes at least: articles are small in any headline. A headline in title case has few of
    /// them, and no full stop behind many words: a sentence that names many bodies has both.
    pub(super) fn of(text: &str, tokens: &[Token]) -> Self {
        let (mut n_all, mut n_words, mut n_upper, mut n_capital) = (0, 0, 0, 0);
        for token in tokens.iter().filter(|token| token.kind == TokenKind::Word) {
            n_all += 1;
            if token.span.len() > 3 {
                n_words += 1;
                n_upper += usize::from(token.case == Case::Upper);
                n_capital += usize::from(token.case.is_capital());
            }
        }
        let is_sentence = n_all >= MIN_SENTENCE && tokens.last().is_some_and(|last| last.span.of(text) == ".");
        match () {
            () if n_words >= 2 && n_upper * 10 >= n_words * 8 => Self::Capitals,
            () if !is_sentence && n_words >= 4 && n_capital * 10 >= n_words * 8 && n_capital * 10 >= n_all * 7 => {
                Self::Titled
            }
            () => Self::Strong,
        }
    }
}

/// Whether words in capitals outnumber the others by far; among them, too, those of acronyms.
pub(super) fn are_shouted(tokens: &[Token]) -> bool {
    let (mut n_upper, mut n_lower) = (0_usize, 0_usize);
    for token in tokens {
        match token.case {
            Case::Upper => n_upper += 1,
            Case::Lower | Case::Title | Case::Mixed if token.span.len() > 2 => n_lower += 1,
            _ => {}
        }
    }
    n_upper >= 3 && n_upper > 2 * n_lower
}
