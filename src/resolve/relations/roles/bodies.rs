//! The body that an office belongs to, where it does not stand behind the office.

use super::{Person, Reader, Tie};
use crate::{annotate::offices::{NamedKind, OfficePhrase}, lexicon::{Kind, pack::WordClass}};

impl Reader<'_> {
    /// A body right before the office (`KISTI president`, `Italy's ministry's director`).
    pub(super) fn body_before(&self, phrase: &OfficePhrase<'_>) -> Option<usize> {
        let mut end = phrase.first.checked_sub(1).filter(|&last| last >= self.sentence.first_token)?;
        if self.word(end) == "s" && end >= 2 && matches!(self.word(end - 1), "'" | "’") {
            end = end.checked_sub(2)?;
        }
        let last = self.context.document.tokens[end].span;
        let mentions = self.context.mentions;
        let idx = mentions.partition_point(|mention| mention.span.end() < last.end());
        let found = mentions.get(idx).filter(|mention| mention.span.end() == last.end())?;
        (found.kind == Kind::Institution).then_some(idx)
    }

    /// The body that the sentence brought up before an office that names none.
    pub(super) fn carried(&self, person: &Person, people: &[Person], tie: &Tie) -> Option<usize> {
        tie.office.as_ref()?;
        let mentions = self.context.mentions;
        let first = tie.evidence.start().min(mentions[person.mention].span.start());
        let before = mentions[..person.mention]
            .iter()
            .enumerate()
            .rev()
            .take_while(|(_, mention)| mention.span.start() >= self.sentence.span.start())
            .find(|(_, mention)| mention.kind == Kind::Institution && mention.span.end() <= first)?
            .0;
        let end = super::tokens_of(self.context, mentions[before].span).1;
        let start = self.context.document.token_at(first);
        let is_between = |other: &Person| other.first >= end && other.end <= start;
        (!people.iter().any(is_between) && self.is_brought_up(end, start)).then_some(before)
    }

    /// Whether what stands between a body and an office ties the two (`, rappresentata dal`, `con il`).
    fn is_brought_up(&self, end: usize, first: usize) -> bool {
        let ties = |at: usize| self.class(at).is(WordClass::CARRIES);
        first > end && first - end <= 8 && (end..first).any(ties) && (end..first).all(|at| self.named(at).is_none_or(|named| named.kind != NamedKind::Institution))
    }
}
