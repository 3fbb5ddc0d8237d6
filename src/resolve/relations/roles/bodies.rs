//! The body that an office belongs to, where it does not stand behind the office.

use super::{Person, Reader, Tie, tokens_of};
use crate::{
    annotate::{Mention, offices::OfficePhrase},
    lexicon::{
        Kind, Subtype,
        pack::{Scope, WordClass},
    },
};

/// Most sentences between a body and an office that goes back to it.
const MAX_SENTENCES_BACK: usize = 3;

/// Most tokens between a body and an office of the same sentence.
const MAX_TOKENS_BACK: usize = 25;

impl Reader<'_> {
    /// A body right before the office (`KISTI president`, `KISTI's president`).
    pub(super) fn body_before(&self, phrase: &OfficePhrase<'_>) -> Option<usize> {
        let mut last = phrase.first.checked_sub(1).filter(|&last| last >= self.sentence.first_token)?;
        if self.word(last) == "s" && last >= 2 && matches!(self.word(last - 1), "'" | "’") {
            last -= 2;
        }
        let span = self.context.document.tokens[last].span;
        let mentions = self.context.mentions;
        let idx = mentions.partition_point(|mention| mention.span.end() < span.end());
        let found = mentions.get(idx).filter(|mention| mention.span.end() == span.end())?;
        (found.kind == Kind::Institution).then_some(idx)
    }

    /// The body whose people are named (`i rappresentanti dell'istituto X (IX), tra cui Mario Bianchi e Lucia Conti`).
    pub(super) fn among(&self, person: &Person) -> Option<Tie> {
        let tokens = &self.context.document.tokens;
        let last = person.first.checked_sub(1).filter(|&last| last > self.sentence.first_token)?;
        let (mut at, ()) = self.words.list_cues.end_at(tokens, last)?;
        while at > self.sentence.first_token && matches!(self.word(at - 1), "," | ":") {
            at -= 1;
        }
        let bracket = |open: &usize| *open > self.sentence.first_token && self.word(*open) == "(";
        if self.word(at.wrapping_sub(1)) == ")"
            && let Some(open) = (at.saturating_sub(6)..at).rev().find(bracket)
        {
            at = open;
        }
        let mentions = self.context.mentions;
        let body = mentions[..person.mention].iter().rposition(|mention| {
            mention.kind == Kind::Institution && tokens_of(self.context, mention.span).1 <= at
        })?;
        let (first, end) = tokens_of(self.context, mentions[body].span);
        if end != at || first < self.sentence.first_token {
            return None;
        }
        let evidence = mentions[body].span.cover(mentions[person.mention].span);
        Some(Tie { office: None, scope: Scope::None, body: Some(body), is_carried: false, is_narrowed: false, is_shared: true, evidence })
    }

    /// The body that the text brought up before an office that names none.
    pub(super) fn carried(&self, person: &Person, people: &[Person], tie: &Tie) -> Option<usize> {
        tie.office.as_ref()?;
        if tie.is_narrowed && tie.scope != Scope::Body || matches!(tie.scope, Scope::Country | Scope::Town) {
            return None;
        }
        let first = tie.evidence.start().min(self.context.mentions[person.mention].span.start());
        self.carried_here(person, people, first).or_else(|| self.carried_from_before(tie.scope, first))
    }

    /// A body of the same sentence that a word ties to the office.
    fn carried_here(&self, person: &Person, people: &[Person], first: usize) -> Option<usize> {
        let mentions = self.context.mentions;
        let body = mentions[..person.mention]
            .iter()
            .rposition(|mention| mention.kind == Kind::Institution && mention.span.end() <= first)
            .filter(|&body| mentions[body].subtype != Some(Subtype::Media))
            .filter(|&body| mentions[body].span.start() >= self.sentence.span.start())?;
        let end = tokens_of(self.context, mentions[body].span).1;
        let start = self.context.document.token_at(first);
        let is_between = |other: &Person| other.first >= end && other.end <= start;
        (!people.iter().any(is_between) && self.is_brought_up(end, start)).then_some(body)
    }

    /// Whether what stands between a body and an office ties the two (`, rappresentata dal`, `con il`, a comma).
    fn is_brought_up(&self, end: usize, first: usize) -> bool {
        if first <= end || first - end > MAX_TOKENS_BACK {
            return false;
        }
        let is_small = |at: usize| self.word(at) == "," || self.class(at).is(WordClass::ARTICLE);
        (end..first).all(is_small) || (end..first).any(|at| self.class(at).is(WordClass::CARRIES))
    }

    /// A body of the sentences before that has such offices: a university a rector, a government an assessor.
    fn carried_from_before(&self, scope: Scope, first: usize) -> Option<usize> {
        let is_of_kind = |mention: &Mention| match mention.subtype {
            Some(Subtype::Government) => scope == Scope::Body,
            Some(Subtype::University | Subtype::Research) => scope == Scope::Academy,
            _ => false,
        };
        let sentences = &self.context.document.sentences;
        let here = sentences.partition_point(|sentence| sentence.span.start() <= first);
        let start = sentences[here.saturating_sub(1 + MAX_SENTENCES_BACK)].span.start();
        let mentions = self.context.mentions;
        let is_body = |mention: &Mention| mention.kind == Kind::Institution && is_of_kind(mention);
        let near = mentions.iter().rposition(|mention| {
            mention.span.end() <= first && mention.span.start() >= start && is_body(mention)
        });
        near.or_else(|| mentions.iter().position(|mention| scope == Scope::Body && is_body(mention) && mention.span.end() <= first))
    }
}
