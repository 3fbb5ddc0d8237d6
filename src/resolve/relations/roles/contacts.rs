//! Press contacts: the body that their line names (`Ufficio stampa X: Anna Conti, tel. …`), or a line of their block.

use super::{Person, Reader};
use crate::{
    document::{Sentence, Zone},
    lexicon::{Kind, pack::WordClass},
    text::words::TokenKind,
};

/// Most tokens of a line before the label of a press contact ends (`Per informazioni e contatti`).
const MAX_LABEL: usize = 5;

/// Most lines between a press contact and the line that names the body.
const MAX_LINES: usize = 2;

/// Most tokens of a line of a block of contacts.
const MAX_LINE: usize = 24;

impl Reader<'_> {
    /// The body of a press contact: the one that the line names, else one in the lines right below or above.
    pub(super) fn contact(&self, person: &Person) -> Option<usize> {
        if self.sentence.zone != Zone::Contacts && !self.is_contact_line(person) {
            return None;
        }
        let in_line = self.body_of_line(person);
        in_line.or_else(|| if self.sentence.zone == Zone::Contacts { self.body_of_block() } else { None })
    }

    /// Whether the sentence is a label with a colon and what it labels, and tells nothing.
    fn is_contact_line(&self, person: &Person) -> bool {
        let tells = WordClass::FOLLOWS_SUBJECT.with(WordClass::ACT).with(WordClass::RELATIVE);
        let first = self.sentence.first_token;
        let is_label = |at: usize| self.class(at).is(WordClass::CONTACT);
        (first..person.first.min(first + MAX_LABEL)).any(is_label)
            && (first..person.first).any(|at| matches!(self.word(at), ":" | "-" | "–"))
            && !(first..self.sentence.end_token).any(|at| self.class(at).is_any(tells))
    }

    /// The one body that the line names; of several the next behind the name, before a number or somebody else, or the last before it.
    fn body_of_line(&self, person: &Person) -> Option<usize> {
        let mentions = self.context.mentions;
        let bodies: Vec<usize> = self.bodies_of(self.sentence).collect();
        let entity = |idx: usize| self.context.entities.of_mention.get(idx).copied().flatten();
        let (first, rest) = bodies.split_first()?;
        if rest.iter().all(|&other| entity(other) == entity(*first)) {
            return Some(*first).filter(|&body| !self.is_of_next(person, body));
        }
        let number = self.context.document.tokens[person.end..self.sentence.end_token]
            .iter()
            .position(|token| token.kind == TokenKind::Number);
        let limit = number.map_or(self.sentence.span.end(), |n_tokens| {
            self.context.document.tokens[person.end + n_tokens].span.start()
        });
        let behind = mentions.iter().enumerate().skip(person.mention + 1);
        let next = behind.take_while(|(_, mention)| mention.kind != Kind::Person && mention.span.start() < limit);
        let next = next.map(|(idx, _)| idx).find(|idx| bodies.contains(idx));
        next.or_else(|| bodies.iter().copied().rfind(|&body| body < person.mention))
    }

    /// Whether a body is that of somebody else, behind the number of a person (`Anna Conti, tel. 0471 123456, o Mario Bianchi, Nivora`).
    fn is_of_next(&self, person: &Person, body: usize) -> bool {
        let mentions = self.context.mentions;
        let next = mentions
            .iter()
            .enumerate()
            .skip(person.mention + 1)
            .take_while(|(idx, _)| *idx < body)
            .find(|(_, mention)| mention.kind == Kind::Person);
        let end = next.map(|(_, next)| self.context.document.token_at(next.span.start()));
        end.is_some_and(|end| {
            self.context.document.tokens[person.end.min(end)..end].iter().any(|token| token.kind == TokenKind::Number)
        })
    }

    /// The body in the lines below or above in the same block of contacts.
    fn body_of_block(&self) -> Option<usize> {
        let sentences = &self.context.document.sentences;
        let here = sentences.partition_point(|sentence| sentence.first_token < self.sentence.first_token);
        let below = sentences[here + 1..].iter().take(MAX_LINES);
        let above = || sentences[..here].iter().rev().take(MAX_LINES);
        // Behind an address the next contact begins.
        let tokens = &self.context.document.tokens[self.sentence.first_token..self.sentence.end_token];
        let has_address = tokens.iter().any(|token| token.kind == TokenKind::Number);
        let below = if has_address { None } else { self.body_of_lines(below) };
        below.or_else(|| self.body_of_lines(above()))
    }

    /// The body in the first of some lines that names one, before one that holds a number or names somebody.
    fn body_of_lines<'s>(&self, lines: impl Iterator<Item = &'s Sentence<'s>>) -> Option<usize> {
        let mentions = self.context.mentions;
        for line in lines {
            let is_person = self.mentions_in(line.span).any(|idx| mentions[idx].kind == Kind::Person);
            let is_short = line.end_token - line.first_token <= MAX_LINE;
            // "Source : X" may stand above what opens the contacts.
            let tokens = &self.context.document.tokens[line.first_token..line.end_token];
            let is_label = || tokens.first().is_some_and(|token| self.words.class(token).is(WordClass::CONTACT));
            if is_person || !is_short || line.zone != Zone::Contacts && !is_label() && !self.is_sender(line) {
                return None;
            }
            if let Some(body) = self.bodies_of(line).next() {
                return Some(body);
            }
            if tokens.iter().any(|token| token.kind == TokenKind::Number) {
                return None;
            }
        }
        None
    }

    /// Whether a line is the name of a body with a part of it (`Università di X - Area della Comunicazione`).
    fn is_sender(&self, line: &Sentence<'_>) -> bool {
        let tokens = &self.context.document.tokens;
        let named = self
            .bodies_of(line)
            .next()
            .map(|idx| self.context.mentions[idx].span)
            .filter(|span| span.start() == line.span.start());
        let Some(span) = named else { return false };
        let end = self.context.document.token_at(span.end() - 1) + 1;
        let tells = WordClass::FOLLOWS_SUBJECT.with(WordClass::ACT).with(WordClass::RELATIVE);
        let is_part = |at: usize| tokens[at].kind == TokenKind::Word && !self.words.class(&tokens[at]).is_any(tells);
        let dash = end == line.end_token || matches!(tokens[end].span.of(self.text), "-" | "–" | "," | "|");
        dash && (end + 1..line.end_token).all(is_part)
    }

    fn bodies_of(&self, line: &Sentence<'_>) -> impl Iterator<Item = usize> {
        self.mentions_in(line.span).filter(|&idx| self.context.mentions[idx].kind == Kind::Institution)
    }
}
