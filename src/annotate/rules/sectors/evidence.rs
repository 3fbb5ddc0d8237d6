//! What the words around a name say: that a field is meant, or that none is.

use super::{Field, Reader};
use crate::document::{Case, TokenKind, Zone};

/// Words between a cue and its field, at most.
const CUE_REACH: usize = 3;

impl Reader<'_> {
    pub(super) fn has_cue(&self, field: &Field) -> bool {
        let words = &self.sentence.pack.sectors;
        let is_cue = |at: usize| words.cues.contains(self.key(at));
        let before = (0..field.first).rev().take(CUE_REACH);
        let is_quote = |at: usize| matches!(self.word(at), ":" | "«" | "“" | "„" | "\"");
        let mut reached = before.take_while(|&at| is_cue(at) || self.is_function_word(at) || is_quote(at));
        let is_behind = || words.cues_follow && (is_cue(field.end) || self.word(field.end) == "-" && is_cue(field.end + 1));
        reached.any(is_cue) || self.is_topic(field) || is_behind() || self.heads_item(field)
    }

    /// `accordo triennale sulla formazione`; `Alla formazione è dedicato un corso`.
    fn is_topic(&self, field: &Field) -> bool {
        let (words, missions) = (&self.sentence.pack.sectors, &self.sentence.pack.missions);
        let is_cue = |at: usize| words.cues.contains(self.key(at));
        let is_about = |at: usize| missions.about.contains(self.key(at));
        let is_behind_about = (field.first.saturating_sub(2)..field.first).any(is_about);
        let opens = || {
            let is_to = |at: usize| is_about(at) || missions.to.contains(self.key(at));
            (0..field.first).all(|at| self.is_function_word(at) || is_to(at)) && (0..field.first).any(is_to)
        };
        is_behind_about && (0..field.first).any(is_cue) || opens() && (field.end..self.tokens.len()).any(is_cue)
    }

    /// `– pescaturismo: visita a …`: the head of an item of a list.
    fn heads_item(&self, field: &Field) -> bool {
        let is_word = |at: usize| self.tokens[at].kind == TokenKind::Word && self.word(at).chars().count() > 1;
        let opens = (1..=MAX_LABEL_TOKENS).contains(&field.first) && !(0..field.first).any(is_word);
        opens && matches!(self.word(field.end), ":" | ";" | "–" | "")
    }

    /// `i giovani`, `la storia`, but not `il settore casa`.
    pub(super) fn is_everyday(&self, field: &Field) -> bool {
        let words = &self.sentence.pack.sectors;
        if field.end - field.first > 1 || !words.everyday.contains(self.key(field.first)) {
            return false;
        }
        let is_noun = |at: usize| words.sector_nouns.contains(self.key(at));
        let before = (0..field.first).rev().find(|&at| !self.is_function_word(at));
        !(before.is_some_and(is_noun) || words.cues_follow && is_noun(field.end))
    }

    /// `assessora al Turismo`, `Ministero della Cultura`: within the noun phrase that an office opens.
    pub(super) fn is_of_office(&self, field: &Field) -> bool {
        let offices = &self.sentence.pack.sectors.offices;
        let mut before = (0..field.first).rev().take(5).take_while(|&at| {
            offices.contains(self.key(at)) || self.is_function_word(at) || self.tokens[at].case == Case::Lower
        });
        let is_behind = before.any(|at| offices.contains(self.key(at)));
        is_behind && (self.tokens[field.first].case.is_capital() || offices.contains(self.key(field.first.saturating_sub(2))))
    }

    /// `sala di supercalcolo`, `supercomputing room`; but `scambio nel turismo` is about it.
    pub(super) fn qualifies_a_thing(&self, field: &Field) -> bool {
        let words = &self.sentence.pack.sectors;
        let is_thing = |at: usize| words.things.contains(self.key(at));
        let is_of = |at: usize| self.sentence.pack.missions.of.contains(self.key(at));
        let is_behind = match field.first {
            0 => false,
            first if is_thing(first - 1) => true,
            first => first > 1 && is_of(first - 1) && is_thing(first - 2),
        };
        is_behind || words.cues_follow && is_thing(field.end)
    }

    /// A capital inside a sentence, beside another: part of a name that nobody knows.
    pub(super) fn is_part_of_name(&self, field: &Field) -> bool {
        let token = &self.tokens[field.first];
        if token.case != Case::Title || field.first == 0 || self.sentence.pack.prose.nouns_are_capitalized {
            return false;
        }
        let is_name = |at: usize| self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word && token.case.is_capital());
        let opens_item = matches!(self.word(field.first - 1), "," | ";" | ":" | "-" | "–" | "•" | "«" | "“" | "\"" | "(");
        !opens_item && (is_name(field.end) || is_name(field.first - 1) || self.sentence.zone == Zone::Body)
    }
}

/// Marks, numbers and letters before the first word of an item, at most.
const MAX_LABEL_TOKENS: usize = 3;
