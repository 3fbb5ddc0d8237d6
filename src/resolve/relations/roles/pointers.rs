//! The body that a small word goes back to (`where`, `its`), and bodies that only help another.

use super::{NamedKind, Reader, Tie};
use crate::{
    lexicon::{
        Kind,
        pack::{Scope, WordClass},
    },
    text::{Span, words::Case},
};

/// Most tokens between a relative of place and the office there.
const MAX_THERE: usize = 7;

/// Most tokens of an apposition to a body (`azienda di Udine`).
const MAX_APPOSITION: usize = 8;

/// Most sentences between a body and a possessive that goes back to it.
const MAX_SENTENCES: usize = 2;

/// Most copulas before a participle of leading (`has been led`).
const MAX_COPULA: usize = 2;

/// Most small words between a noun for help and the body that gives it.
const MAX_JOINTS: usize = 3;

/// Most tokens of an organ (`consiglio di amministrazione`).
const MAX_ORGAN: usize = 3;

impl Reader<'_> {
    /// The body where somebody is met (`Università di X (UX), dove la linguista Anna Conti studia …`).
    pub(super) fn there(&self, tie: &Tie) -> Option<usize> {
        let first = self.sentence.first_token;
        let is_joint = |at: usize| self.class(at).is_any(WordClass::ARTICLE.with(WordClass::ARTICULATED));
        let near = tie.start.checked_sub(1 + usize::from(tie.start > first && is_joint(tie.start - 1)))?;
        let lowest = if tie.is_calling { near } else { tie.start.saturating_sub(MAX_THERE) };
        let at = (lowest.max(first + 1)..tie.start).rev().find(|&at| self.class(at).is(WordClass::WHERE))?;
        let is_free = tie.scope != Scope::Country && (at..tie.start).all(|at| self.named(at).is_none());
        let (body, _) = self.body_seated_before(at - usize::from(self.word(at - 1) == ","))?;
        is_free.then_some(body)
    }

    /// The body that a possessive goes back to (`La X produce pompe. Lo spiega il suo fondatore, Anna Conti`): the last one of the
    /// sentence, else the first of the nearest sentence before that names one, save the one that sends a party.
    pub(super) fn possessed(&self, tie: &Tie) -> Option<usize> {
        let at = tie
            .start
            .checked_sub(1)
            .filter(|&at| at >= self.sentence.first_token && self.class(at).is(WordClass::POSSESSIVE))?;
        if matches!(tie.scope, Scope::Country | Scope::Town) || tie.is_calling {
            return None;
        }
        let (document, mentions) = (self.context.document, self.context.mentions);
        let limit = document.tokens[at].span.start();
        let is_body = |idx: &usize| mentions[*idx].kind == Kind::Institution && mentions[*idx].span.end() <= limit;
        // "The university signed, and the chamber by its president": the nearest of names and nouns for bodies.
        let is_small = |at: usize| document.tokens[at].case == Case::Lower;
        let here = (self.sentence.first_token + 1..=at).rev().find_map(|end| {
            let noun = || (is_small(end - 1) && self.is_definite(end - 1)).then(|| self.body_meant(end - 1)).flatten();
            self.body_ending_at(end).map(|(body, _)| body).or_else(|| noun().filter(is_body))
        });
        if here.is_some() {
            return here;
        }
        // "Encabezó la delegación su presidente"
        let is_party =
            (self.sentence.first_token..at).any(|at| self.class(at).is(WordClass::PARTY) && self.named(at).is_none());
        if let Some(sender) = self.sender(limit).filter(|_| is_party) {
            return Some(sender);
        }
        let n_before =
            document.sentences.partition_point(|sentence| sentence.span.start() < self.sentence.span.start());
        let sender = self.sender(limit);
        document.sentences[..n_before].iter().rev().take(MAX_SENTENCES).find_map(|sentence| {
            let mut bodies = self.mentions_in(sentence.span).filter(is_body);
            let first = bodies.next()?;
            if sender == Some(first) { bodies.next().or(Some(first)) } else { Some(first) }
        })
    }

    /// The body that an apposition ending before the token `end` tells of (`X, azienda di Udine`), and its first token.
    pub(super) fn apposition_of(&self, end: usize) -> Option<(usize, usize)> {
        let lowest = end.saturating_sub(MAX_APPOSITION).max(self.sentence.first_token + 1);
        let comma = (lowest..end).rev().find(|&at| self.word(at) == ",")?;
        let noun = (comma + 1..=comma + 2).find(|&at| !self.class(at).is(WordClass::ARTICLE))?;
        let is_open =
            |at: usize| self.named(at).is_none_or(|named| matches!(named.kind, NamedKind::Town | NamedKind::State));
        let tells = self.words.body_noun(self.word(noun)).is_some() && (comma + 1..end).all(is_open);
        if tells { self.body_ending_at(self.skip_bracket_back(comma)) } else { None }
    }

    /// The token behind a body before the copula (`X è presieduta`) or the noun for its people (`the X team, led`) that end before `end`.
    pub(super) fn skip_copula_back(&self, end: usize) -> usize {
        let first = self.sentence.first_token;
        let copula = WordClass::FOLLOWS_SUBJECT.with(WordClass::BECOMES);
        let n_copulas = (1..=MAX_COPULA)
            .take_while(|&n| end > first + n && self.class(end - n).is_any(copula) && self.named(end - n).is_none())
            .count();
        let is_party = |at: usize| {
            self.words.adjectives_lead && self.class(at).is(WordClass::PARTY) && self.body_ending_at(at).is_some()
        };
        let end = end - n_copulas;
        if end > first + 1 && is_party(end - 1) { end - 1 } else { end }
    }

    /// Whether a body only goes along with another (`lancia il corso con la X`).
    pub(super) fn is_companion(&self, body: Span) -> bool {
        let class = |at: usize| self.words.class(&self.context.document.tokens[at]);
        let opening = self.context.document.token_at(body.start());
        let article = usize::from(opening > 0 && class(opening - 1).is(WordClass::ARTICLE));
        opening > article && class(opening - article - 1).is(WordClass::WITH)
    }

    /// Whether a body only helps another (`con il sostegno della X`).
    pub(super) fn is_supporter(&self, body: Span) -> bool {
        let joints = WordClass::OF
            .with(WordClass::ARTICLE)
            .with(WordClass::ARTICULATED)
            .with(WordClass::TO)
            .with(WordClass::PRECEDES_PERSON)
            .with(WordClass::CARRIES);
        let class = |at: usize| self.words.class(&self.context.document.tokens[at]);
        let opening = self.context.document.token_at(body.start());
        let n_joints = (1..=MAX_JOINTS).take_while(|&n| opening > n && class(opening - n).is_any(joints)).count();
        opening > n_joints && class(opening - n_joints - 1).is(WordClass::SUPPORT)
    }

    /// The body named last before its organ (`Sace … il consiglio di amministrazione presieduto da Anna Conti`), and the organ's token.
    pub(super) fn owner_of_organ(&self, end: usize) -> Option<(usize, usize)> {
        let first = self.sentence.first_token;
        let organ =
            (end.saturating_sub(MAX_ORGAN).max(first)..end).rev().find(|&at| self.class(at).is(WordClass::ORGAN))?;
        let is_small = |at: usize| self.context.document.tokens[at].case == Case::Lower;
        let limit = self.context.document.tokens[organ].span.start();
        let lowest = self.context.document.sentences[self.sentence_before()].span.start();
        let body = self
            .mentions_in(Span::new(lowest, limit))
            .rfind(|&idx| self.context.mentions[idx].kind == Kind::Institution)?;
        (organ..end).all(is_small).then_some((body, organ))
    }

    /// The number of the sentence before this one; of this one where it is the first.
    fn sentence_before(&self) -> usize {
        let sentences = &self.context.document.sentences;
        sentences.partition_point(|sentence| sentence.first_token < self.sentence.first_token).saturating_sub(1)
    }
}
