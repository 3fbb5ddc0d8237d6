//! Where sentences end.

use super::{
    Sentence, Zone,
    capitals::{CaseEvidence, are_shouted},
    dateline::Dateline,
};
use crate::{
    lang::Detection,
    lexicon::{Pack, Packs},
    text::{
        BlockKind, Span, Text,
        words::{Case, Gap, Token, TokenKind},
    },
};

/// Splits every block into sentences; text outside blocks belongs to the block before it.
///
/// A dateline is a sentence of its own, and so is each cell of a table.
pub(super) fn split<'p>(
    text: &Text,
    tokens: &[Token],
    detection: &Detection,
    packs: &'p Packs,
    datelines: &[Dateline],
) -> Vec<Sentence<'p>> {
    let mut sentences: Vec<Sentence<'p>> = Vec::with_capacity(tokens.len() / 20 + 1);
    let mut packs = PacksAt::new(detection, packs);
    let mut datelines = datelines.iter().peekable();
    let (mut first_token, mut block_idx, mut first_of_block) = (0, 0, 0);
    let mut next_block = block_start(text, 1);
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        let ends_block = next.is_none_or(|next| next_block <= next.span.start());
        let ends_dateline = datelines.peek().is_some_and(|dateline| dateline.end_token == at + 1);
        let is_inside =
            datelines.peek().is_some_and(|dateline| dateline.first_token <= at && at + 1 < dateline.end_token);
        let is_end = ends_block
            || ends_dateline
            || !is_inside && {
                let pack = packs.at(tokens[first_token].span.start());
                token.kind == TokenKind::Mark && Ends { text: text.as_str(), tokens, pack, first_of_block }.at(at)
                    || ends_cell(text, block_idx, token, next)
            };
        if is_end {
            let is_dateline = datelines.next_if(|dateline| dateline.end_token <= at + 1).is_some();
            let own = &tokens[first_token..=at];
            sentences.push(Sentence {
                case: CaseEvidence::of(text.as_str(), own),
                is_shouted: are_shouted(own),
                span: Span::new(tokens[first_token].span.start(), token.span.end()),
                first_token,
                end_token: at + 1,
                zone: if is_dateline { Zone::Dateline } else { Zone::Body },
                block_idx,
                pack: packs.at(tokens[first_token].span.start()),
            });
            first_token = at + 1;
        }
        while next.is_some_and(|next| next_block <= next.span.start()) {
            block_idx += 1;
            next_block = block_start(text, block_idx + 1);
            first_of_block = at + 1;
        }
    }
    sentences
}

/// First byte of a block; past every byte when there is none.
fn block_start(text: &Text, block_idx: usize) -> usize {
    text.blocks.get(block_idx).map_or(usize::MAX, |block| block.span.start())
}

/// Whether a tab in a row of a table follows.
fn ends_cell(text: &Text, block_idx: usize, token: &Token, next: Option<&Token>) -> bool {
    text.blocks.get(block_idx).is_some_and(|block| block.kind == BlockKind::Row)
        && next.is_some_and(|next| text.as_str()[token.span.end()..next.span.start()].contains('\t'))
}

/// The pack of each passage, asked for in the order of the text.
struct PacksAt<'d, 'p> {
    detection: &'d Detection,
    packs: &'p Packs,
    segment_idx: usize,
    pack: &'p Pack,
}

impl<'d, 'p> PacksAt<'d, 'p> {
    fn new(detection: &'d Detection, packs: &'p Packs) -> Self {
        let code = detection.segments.first().map_or(&detection.code, |segment| &segment.code);
        Self { detection, packs, segment_idx: 0, pack: packs.get(code) }
    }

    fn at(&mut self, byte: usize) -> &'p Pack {
        while let Some(next) =
            self.detection.segments.get(self.segment_idx + 1).filter(|next| next.span.start() <= byte)
        {
            self.segment_idx += 1;
            self.pack = self.packs.get(&next.code);
        }
        self.pack
    }
}

/// Decides whether a mark ends a sentence.
struct Ends<'t> {
    text: &'t str,
    tokens: &'t [Token],
    pack: &'t Pack,
    first_of_block: usize,
}

impl Ends<'_> {
    /// Whether the sentence ends behind the mark at `at`; a token follows it.
    fn at(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return true };
        if next.gap == Gap::None {
            return false;
        }
        let mut end = at;
        while end > self.first_of_block && self.tokens[end].gap == Gap::None && self.is_closing(end) {
            end -= 1;
        }
        let begins = next.case.is_capital() || next.case == Case::None;
        match self.word(end) {
            "!" | "?" | "…" => begins,
            "." => begins && !self.belongs_to_word(end, at),
            _ => false,
        }
    }

    fn word(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.text)
    }

    /// Whether the mark at `at` closes what a sentence may end inside of.
    fn is_closing(&self, at: usize) -> bool {
        matches!(self.word(at), "»" | "”" | "\"" | ")" | "]" | "’" | "'" | "“" | "›")
    }

    /// Whether the dot at `dot` belongs to the word before it: an abbreviation, an initial, an ordinal, the number of an
    /// item. `at` is the last of the marks behind it.
    fn belongs_to_word(&self, dot: usize, at: usize) -> bool {
        let Some(before) = dot.checked_sub(1).filter(|before| *before >= self.first_of_block) else { return true };
        let next = &self.tokens[at + 1];
        if self.tokens[dot].gap != Gap::None {
            return false;
        }
        let token = &self.tokens[before];
        let word = self.word(before);
        let is_short = token.span.len() <= 2;
        let opens_item = before == self.first_of_block && is_short;
        match token.kind {
            TokenKind::Number => {
                opens_item || self.pack.prose.dot_makes_ordinal && is_short && !self.opens_sentence(next)
            }
            TokenKind::Word if opens_item && token.case != Case::Upper => true,
            TokenKind::Word => self.is_abbreviation(before, word, next),
            TokenKind::Mark => false,
        }
    }

    fn is_abbreviation(&self, at: usize, word: &str, next: &Token) -> bool {
        let start = self.dotted_start(at);
        let whole = &self.text[start..self.tokens[at].span.end()];
        let prose = &self.pack.prose;
        let is_dotted = whole.len() > word.len();
        if prose.closing_abbreviations.contains(whole) || !is_dotted && prose.closing_abbreviations.contains(word) {
            return !self.opens_sentence(next);
        }
        let is_initial = self.tokens[at].case == Case::Title && word.chars().nth(1).is_none();
        // "h. 12", but "George H. Conti".
        if prose.number_abbreviations.contains(whole) && !(is_initial && next.kind == TokenKind::Word) {
            return next.kind == TokenKind::Number;
        }
        // nel 50 a. C., v. Chr.: one small letter, a capital, and a dot behind it.
        if self.opens_pair(at, word) {
            return true;
        }
        prose.abbreviations.contains(whole)
            || prose.abbreviations.contains(word)
            || is_initial && !(is_dotted && self.opens_sentence(next))
    }

    /// Whether the word at `at` is the small letter of an abbreviation whose second part is a capital with a dot of its own.
    fn opens_pair(&self, at: usize, word: &str) -> bool {
        let is_letter = |at: usize| {
            self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word) && self.word(at).chars().count() == 1
        };
        let closes = |at: usize| self.tokens.get(at).is_some_and(|dot| dot.gap == Gap::None) && self.word(at) == ".";
        let is_single = word.chars().count() == 1 && self.tokens[at].case == Case::Lower;
        is_single && is_letter(at + 2) && self.tokens[at + 2].case.is_capital() && closes(at + 3)
    }

    /// Whether a token is a function word with a capital letter, as at the beginning of a sentence.
    fn opens_sentence(&self, next: &Token) -> bool {
        next.case == Case::Title && self.pack.prose.function_words.contains(next.span.of(self.text))
    }

    /// First byte of the dotted run that ends with the word at `at` (`S.p.A`).
    fn dotted_start(&self, mut at: usize) -> usize {
        while at >= self.first_of_block + 2
            && self.tokens[at].gap == Gap::None
            && self.tokens[at - 1].gap == Gap::None
            && matches!(self.word(at - 1), "." | "-")
            && self.tokens[at - 2].kind == TokenKind::Word
        {
            at -= 2;
        }
        self.tokens[at].span.start()
    }
}
