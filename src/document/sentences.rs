//! Where sentences end.

use super::{Sentence, Zone};
use crate::{
    lang::Detection,
    lexicon::{Pack, Packs},
    text::{
        Span, Text,
        words::{Case, Gap, Token, TokenKind},
    },
};

/// Splits every block into sentences; text outside blocks belongs to the block before it.
pub(super) fn split<'p>(text: &Text, tokens: &[Token], detection: &Detection, packs: &'p Packs) -> Vec<Sentence<'p>> {
    let mut sentences: Vec<Sentence<'p>> = Vec::new();
    let (mut first_token, mut block_idx) = (0, 0);
    for at in 0..tokens.len() {
        let token = &tokens[at];
        while text.blocks.get(block_idx + 1).is_some_and(|next| next.span.start() <= token.span.start()) {
            block_idx += 1;
        }
        let next = tokens.get(at + 1);
        let ends_block = next.is_none_or(|next| {
            text.blocks.get(block_idx + 1).is_some_and(|block| block.span.start() <= next.span.start())
        });
        let pack = packs.get(language_at(detection, token.span.start()));
        if ends_block || ends_sentence(text.as_str(), tokens, at, pack) {
            sentences.push(Sentence {
                span: Span::new(tokens[first_token].span.start(), token.span.end()),
                first_token,
                end_token: at + 1,
                zone: Zone::Body,
                block_idx,
                pack: packs.get(language_at(detection, tokens[first_token].span.start())),
            });
            first_token = at + 1;
        }
    }
    sentences
}

fn language_at(detection: &Detection, at: usize) -> &str {
    let idx = detection.segments.partition_point(|segment| segment.span.start() <= at);
    detection.segments.get(idx.saturating_sub(1)).map_or(&detection.code, |segment| &segment.code)
}

/// Marks that close what a sentence may end inside of.
const CLOSING: [&str; 9] = ["»", "”", "\"", ")", "]", "’", "'", "“", "›"];

fn ends_sentence(text: &str, tokens: &[Token], at: usize, pack: &Pack) -> bool {
    let Some(next) = tokens.get(at + 1) else { return true };
    if next.gap == Gap::None {
        return false;
    }
    let mut end = at;
    while CLOSING.contains(&tokens[end].span.of(text)) && end > 0 && tokens[end].gap == Gap::None {
        end -= 1;
    }
    let begins = next.case.is_capital() || next.case == Case::None;
    match tokens[end].span.of(text) {
        "!" | "?" | "…" => begins,
        "." => begins && !is_abbreviation(text, tokens, end, pack) && !is_calendar_name(text, tokens, end, pack),
        _ => false,
    }
}

/// Whether the dot at `at` cuts the name of a month or weekday that a number follows (`30 set. 2024`, `sab. 13 aprile`).
fn is_calendar_name(text: &str, tokens: &[Token], at: usize, pack: &Pack) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| tokens[at].span.of(text)) else { return false };
    tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Number) && pack.dates.is_short_name(before)
}

/// Whether the dot at `at` belongs to the word before it: an abbreviation, an initial or an ordinal.
fn is_abbreviation(text: &str, tokens: &[Token], at: usize, pack: &Pack) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| &tokens[at]) else { return false };
    if tokens[at].gap != Gap::None {
        return false;
    }
    let word = before.span.of(text);
    match before.kind {
        TokenKind::Number => pack.prose.dot_makes_ordinal && word.len() <= 2,
        TokenKind::Word if before.case == Case::Title && word.chars().count() == 1 => true,
        TokenKind::Word => {
            let start = abbreviation_start(text, tokens, at - 1);
            let whole = &text[start..before.span.end()];
            pack.prose.abbreviations.contains(word) || pack.prose.abbreviations.contains(whole)
        }
        TokenKind::Mark => false,
    }
}

/// First byte of the dotted run that ends with the word at `at` (`S.p.A`).
fn abbreviation_start(text: &str, tokens: &[Token], mut at: usize) -> usize {
    while at >= 2
        && tokens[at].gap == Gap::None
        && tokens[at - 1].gap == Gap::None
        && tokens[at - 1].span.of(text) == "."
    {
        at -= 2;
    }
    tokens[at].span.start()
}
