//! When bodies came into being.
//!
//! A wording (`fondata`, `gegründet`), a date beside it, and a body right before it, or right behind a sentence's beginning:
//! `Fondata nel 1822, la Camera …`. What says nothing of its body takes that of the sentence before (`Sie wurde 1990 gegründet`).

use super::{Context, Founding, Relation, Relations};
use crate::{
    annotate::{Mention, value::Value},
    document::{Sentence, Token},
    lexicon::Kind,
    resolve::EntityIdx,
    text::Span,
};
use std::ops::Range;

/// When bodies came into being.
pub(super) const RELATION: Relation = Relation { name: "foundings", about: "When bodies came into being.", find };

/// Tokens between a wording and its date, and between it and its body, at most.
const REACH_OF_DATE: usize = 4;
const REACH_OF_BODY: usize = 9;
/// Tokens before a wording that opens its sentence, at most.
const MAX_OPENING: usize = 1;

fn find(context: &Context<'_>, relations: &mut Relations) {
    let mut before = None;
    for sentence in &context.document.sentences {
        let first = context.mentions.partition_point(|mention| mention.span.start() < sentence.span.start());
        let end =
            first + context.mentions[first..].iter().take_while(|it| it.span.start() < sentence.span.end()).count();
        let reader = Reader { context, sentence, tokens: context.document.tokens_of(sentence), mentions: first..end };
        if (first..end).any(|idx| reader.year(idx).is_some())
            && let Some(founding) = reader.founding(before)
            && !relations.foundings.iter().any(|known| known.institution == founding.institution)
        {
            relations.foundings.push(founding);
        }
        before = (first..end).rev().find_map(|idx| reader.body(idx)).or(before.filter(|_| first == end));
    }
}

/// Reads one sentence.
struct Reader<'a> {
    context: &'a Context<'a>,
    sentence: &'a Sentence<'a>,
    tokens: &'a [Token],
    mentions: Range<usize>,
}

impl Reader<'_> {
    fn founding(&self, before: Option<EntityIdx>) -> Option<Founding> {
        let text = self.context.document.as_str();
        (0..self.tokens.len()).find_map(|first| {
            let mut found = None;
            self.sentence.pack.foundings.wordings.at(text, &self.tokens[first..], |(), n_tokens| {
                found = found.max(Some(n_tokens));
            });
            let wording = first..first + found?;
            let (date, year) = self.date_beside(&wording)?;
            let institution = self.body_of(&wording, date).or(before.filter(|_| self.names_nobody()))?;
            let span = self.tokens[wording.start].span.cover(self.tokens[wording.end - 1].span).cover(date);
            Some(Founding { institution, date: year, evidence: span })
        })
    }

    fn mention(&self, idx: usize) -> &Mention {
        &self.context.mentions[idx]
    }

    fn body(&self, idx: usize) -> Option<EntityIdx> {
        let is_body = self.mention(idx).kind == Kind::Institution;
        self.context.entities.of_mention.get(idx).copied().flatten().filter(|_| is_body)
    }

    fn names_nobody(&self) -> bool {
        let is_named = |idx: usize| matches!(self.mention(idx).kind, Kind::Institution | Kind::Person);
        !self.mentions.clone().any(is_named)
    }

    /// The year, month or day of a date; none for a stretch, or for a date that was worked out from another.
    fn year(&self, idx: usize) -> Option<String> {
        match &self.mention(idx).value {
            Some(Value::Date(date)) => {
                let is_plain = |iso: &&String| iso.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
                date.iso.as_ref().filter(is_plain).filter(|_| date.inferred.is_empty()).cloned()
            }
            _ => None,
        }
    }

    fn tokens_of(&self, span: Span) -> Range<usize> {
        self.tokens.partition_point(|token| token.span.end() <= span.start())
            ..self.tokens.partition_point(|token| token.span.start() < span.end())
    }

    /// The date right behind the wording, else right before it.
    fn date_beside(&self, wording: &Range<usize>) -> Option<(Span, String)> {
        let dates = self.mentions.clone().filter_map(|idx| Some((self.mention(idx).span, self.year(idx)?)));
        let distance = |span: Span| {
            let at = self.tokens_of(span);
            match () {
                () if at.start >= wording.end => Some(at.start - wording.end),
                () if at.end <= wording.start => Some(wording.start - at.end),
                () => None,
            }
        };
        let near = dates.filter_map(|(span, year)| Some((distance(span).filter(|&n| n <= REACH_OF_DATE)?, span, year)));
        near.min_by_key(|(distance, span, _)| (*distance, span.start())).map(|(_, span, year)| (span, year))
    }

    /// The body that the wording speaks of: the nearest before it, with nobody else between, else the first behind a wording
    /// that opens the sentence.
    fn body_of(&self, wording: &Range<usize>, date: Span) -> Option<EntityIdx> {
        let start = self.tokens[wording.start].span.start();
        let named = |idx: &usize| matches!(self.mention(*idx).kind, Kind::Institution | Kind::Person);
        let before = self.mentions.clone().rev().filter(named).find(|&idx| self.mention(idx).span.end() <= start);
        if let Some(idx) = before {
            let is_near = wording.start - self.tokens_of(self.mention(idx).span).end <= REACH_OF_BODY;
            return self.body(idx).filter(|_| is_near);
        }
        let opens = wording.start <= MAX_OPENING || self.tokens_of(date).start <= MAX_OPENING;
        let behind = self.mentions.clone().filter(named).find(|&idx| self.mention(idx).span.start() > start);
        // `Nata nel 1987, la fiera è la maggiore tra …`: what stands far behind is not what was founded.
        let opened = wording.end.max(self.tokens_of(date).end);
        let is_near = |idx: usize| self.tokens_of(self.mention(idx).span).start.saturating_sub(opened) <= REACH_OF_DATE;
        behind.filter(|&idx| opens && is_near(idx)).and_then(|idx| self.body(idx))
    }
}
