//! Where a release says where and when it was given out: `PERUGIA, 28 marzo 2025 –`.

use crate::{
    lang::Detection,
    lexicon::{Pack, Packs},
    text::{
        BlockKind, Text,
        words::{Case, Gap, Token, TokenKind},
    },
};

/// The tokens of a dateline, with the dash behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dateline {
    /// Its first token.
    pub first_token: usize,
    /// One past its last token.
    pub end_token: usize,
    /// Whether its block holds nothing else.
    pub fills_block: bool,
    /// Number of its block.
    pub block_idx: usize,
}

/// Blocks at the head of a release in which a dateline may stand.
const MAX_BLOCKS: usize = 12;
/// Longest dateline, in tokens.
const MAX_TOKENS: usize = 32;
/// Shortest running text, in bytes: no dateline is looked for behind it.
const BODY_BYTES: usize = 250;

/// The datelines of a release: lines of their own, and one before the first sentence.
pub(super) fn find(text: &Text, tokens: &[Token], detection: &Detection, packs: &Packs) -> Vec<Dateline> {
    let pack = packs.get(&detection.code);
    let mut datelines = Vec::new();
    for (block_idx, block) in text.blocks.iter().take(MAX_BLOCKS).enumerate() {
        let first = tokens.partition_point(|token| token.span.end() <= block.span.start());
        let end = first + tokens[first..].partition_point(|token| token.span.end() <= block.span.end());
        if block.kind != BlockKind::Item && end > first {
            let reader = Reader { text: text.as_str(), tokens: &tokens[first..end], pack };
            if let Some(n_tokens) = reader.dateline() {
                let fills_block = n_tokens == end - first;
                datelines.push(Dateline { first_token: first, end_token: first + n_tokens, fills_block, block_idx });
                if !fills_block {
                    break;
                }
            }
        }
        if block.span.len() >= BODY_BYTES {
            break;
        }
    }
    datelines
}

/// Reads the tokens of a block from its beginning.
struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    pack: &'t Pack,
}

impl Reader<'_> {
    /// Number of tokens of the dateline that the block begins with.
    fn dateline(&self) -> Option<usize> {
        let limit = self.tokens.len().min(MAX_TOKENS);
        for at in 0..limit {
            // The date stands at the beginning, or behind a mark or a place.
            if at > 0 && !self.is_place(at - 1) {
                break;
            }
            if let Some((end, is_sure)) = self.date(at) {
                let is_parted = at > 0 && self.tokens[at - 1].kind == TokenKind::Mark;
                let is_likely = is_parted || is_sure && at <= 4 && !self.opens_sentence();
                if let Some(end) = self.past_end(end, at, is_sure).filter(|_| is_likely) {
                    return Some(end);
                }
            }
        }
        self.place_alone()
    }

    /// Whether the block begins with a function word and a word, as a sentence does.
    fn opens_sentence(&self) -> bool {
        self.tokens[0].case == Case::Title && self.pack.prose.function_words.contains(self.word(0))
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.span.of(self.text))
    }

    /// Whether a token may stand in the places before a date.
    fn is_place(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        match token.kind {
            TokenKind::Word => {
                token.case.is_capital() || at > 0 && self.pack.prose.dateline_words.contains(self.word(at))
            }
            TokenKind::Mark => matches!(
                self.word(at),
                "," | "/" | "(" | ")" | "-" | "–" | "—" | "." | "’" | "'" | "|" | ";" | "+" | "*"
            ),
            TokenKind::Number => false,
        }
    }

    fn number(&self, at: usize) -> Option<u32> {
        let token = self.tokens.get(at).filter(|token| token.kind == TokenKind::Number && token.span.len() <= 4)?;
        token.span.of(self.text).parse().ok()
    }

    /// Whether a token is the number of a day, with the letters of an ordinal (`1er`, `3rd`) or without.
    fn is_day(&self, at: usize) -> bool {
        let word = self.word(at);
        let (digits, letters) = word.split_at(word.bytes().take_while(u8::is_ascii_digit).count());
        let is_ordinal = letters.len() == 2 && letters.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_number = digits.len() <= 2 && digits.parse().is_ok_and(|day: u32| (1..=31).contains(&day));
        is_number && (letters.is_empty() || is_ordinal)
    }

    fn is_year(&self, at: usize) -> bool {
        self.number(at).is_some_and(|year| (1900..2100).contains(&year))
    }

    fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word)
    }

    /// Past the words that a date may begin with (`le`, `den`, `am`), at most two; a weekday counts as one.
    fn past_words(&self, mut at: usize) -> usize {
        let start = at;
        while at < start + 2 && self.is_word(at) && !self.is_day(at) {
            at += 1;
            at += usize::from(matches!(self.word(at), "," | "."));
        }
        at
    }

    /// The end of the date that begins at `at`, and whether it can be nothing else.
    fn date(&self, at: usize) -> Option<(usize, bool)> {
        self.day_first(at).or_else(|| self.month_first(at)).or_else(|| {
            let behind = self.past_words(at);
            let is_date_word = |at: usize| self.tokens[at].case == Case::Lower || self.word(at + 1) == ",";
            (behind > at && (at..behind).filter(|&at| self.is_word(at)).all(is_date_word))
                .then(|| self.day_first(behind))?
        })
    }

    /// `28 marzo 2025`, `1er avril`, `9 de mayo de 2025`, `07.11.2025`, `12 MAR`.
    fn day_first(&self, at: usize) -> Option<(usize, bool)> {
        let behind = at + 1;
        let is_iso = self.is_year(at) && self.word(behind) == "-" && self.is_day(at + 4);
        if is_iso {
            return Some((at + 5, true));
        }
        if !self.is_day(at) {
            return None;
        }
        if matches!(self.word(behind), "." | "/" | "-")
            && self.is_day(behind + 1)
            && self.word(behind) == self.word(behind + 2)
        {
            return self.number(behind + 3).map(|_| (behind + 4, true));
        }
        let mut month = behind + usize::from(matches!(self.word(behind), "." | "º" | "°" | "ª"));
        let is_link = |at: usize| self.pack.prose.dateline_words.contains(self.word(at));
        month += usize::from(is_link(month));
        if !self.is_word(month) || is_link(month) {
            return None;
        }
        let mut year = month + 1 + usize::from(matches!(self.word(month + 1), "." | ","));
        year += usize::from(is_link(year));
        match self.is_year(year) {
            true => Some((year + 1, true)),
            false => Some((month + 1 + usize::from(self.word(month + 1) == "."), false)),
        }
    }

    /// `March 3, 2025`, `Feb. 21, 2025`.
    fn month_first(&self, at: usize) -> Option<(usize, bool)> {
        if !self.is_word(at) || !self.tokens[at].case.is_capital() {
            return None;
        }
        let day = at + 1 + usize::from(self.word(at + 1) == ".");
        if !self.is_day(day) {
            return None;
        }
        let year = day + 1 + usize::from(self.word(day + 1) == ",");
        Some(if self.is_year(year) { (year + 1, true) } else { (day + 1, false) })
    }

    /// Past what ends a dateline: a dash, a bracket, the end of the line; with a sure date also a dot or a colon.
    fn past_end(&self, mut end: usize, date: usize, is_sure: bool) -> Option<usize> {
        if self.word(end) == ")" {
            end += 1;
            let is_opened = (0..date).any(|at| self.word(at) == "(");
            if is_opened && self.tokens.get(end).is_none_or(|next| next.case.is_capital()) {
                return Some(end);
            }
        }
        end += usize::from(self.word(end) == "." && self.is_dash(end + 1));
        match self.tokens.get(end) {
            None => is_sure.then_some(end),
            Some(_) if self.is_dash(end) => Some(end + 1 + usize::from(self.word(end + 1) == "-")),
            Some(mark) if is_sure && matches!(self.word(end), "." | ":") => {
                let begins =
                    self.tokens.get(end + 1).is_none_or(|next| next.gap != Gap::None && next.case != Case::Lower);
                (mark.gap <= Gap::Blank && begins && date > 0).then_some(end + 1)
            }
            Some(next) => (is_sure && date > 0 && next.gap >= Gap::Line && next.case != Case::Lower).then_some(end),
        }
    }

    /// Whether a dash between two words stands at `at`: blanks on a side.
    fn is_dash(&self, at: usize) -> bool {
        let is_dash = matches!(self.word(at), "-" | "–" | "—" | "―" | "|");
        is_dash
            && (self.tokens[at].gap != Gap::None || self.tokens.get(at + 1).is_none_or(|next| next.gap != Gap::None))
    }

    /// `ROMA –` and `(AGENZIA) - ROMA -`: places in capitals before a dash, without a date.
    fn place_alone(&self) -> Option<usize> {
        let mut end = None;
        let mut n_words = 0;
        for at in 0..self.tokens.len().min(8) {
            let token = &self.tokens[at];
            match token.kind {
                TokenKind::Word if token.case == Case::Upper && token.span.len() >= 3 && n_words < 4 => n_words += 1,
                TokenKind::Mark if self.is_dash(at) && n_words > 0 && token.gap != Gap::None => end = Some(at + 1),
                TokenKind::Mark if matches!(self.word(at), "(" | ")" | "/" | ",") => {}
                _ => break,
            }
        }
        // A sentence must follow, or it is a headline.
        end.filter(|&end| self.tokens.len() > end + 8 && matches!(self.tokens[end].case, Case::Title | Case::None))
    }
}
