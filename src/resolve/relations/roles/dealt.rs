//! Two offices that are dealt out to two people, the first to the first: `Anna Conti e Mario Bianchi, presidente e direttore di X`.

use super::{Person, Reader, Side, Tie};
use crate::{
    annotate::offices::OfficePhrase,
    document::{Case, TokenKind},
    lexicon::pack::WordClass,
};

/// Longest way between the word that joins two offices and where they begin or end, in tokens.
const MAX_OFFICE: usize = 10;

impl<'a> Reader<'a> {
    /// Gives each of two people who stand together one of the two offices behind or before them, in their order.
    pub(super) fn deal(&self, people: &[Person], ties: &mut [Vec<Tie>]) {
        for idx in 1..people.len() {
            let (one, other) = (&people[idx - 1], &people[idx]);
            let is_pair = self.stands_behind_and(one, other) && !idx.checked_sub(2).is_some_and(|before| self.is_listed_before(&people[before], one));
            if !is_pair {
                continue;
            }
            let found = self.two_offices_behind(other.end).map(|two| (two, Side::Behind));
            let found = found.or_else(|| Some((self.two_offices_before(self.skip_honorifics(one.first))?, Side::Before)));
            let Some(([first, second], side)) = found else { continue };
            let (mut first, mut second) = (self.tie(&first, one, side), self.tie(&second, other, side));
            let both = match side {
                Side::Behind => other.end..second.start + 1,
                Side::Before => first.start..second.start + 1,
            };
            // Somebody has an office of one's own already.
            let is_own = |tie: &Tie| tie.office.is_some() && !both.contains(&tie.start) && !tie.is_shared && !tie.is_carried;
            let known = || ties[idx - 1].iter().chain(&ties[idx]);
            if known().any(is_own) {
                continue;
            }
            let body = known().find_map(|tie| tie.body);
            first.body = first.body.or(second.body).or(body);
            second.body = second.body.or(first.body);
            ties[idx - 1] = vec![first];
            ties[idx] = vec![second];
        }
    }

    /// Whether only `and` stands between two people, with titles of politeness.
    fn stands_behind_and(&self, one: &Person, other: &Person) -> bool {
        self.class(one.end).is(WordClass::AND) && self.skip_honorifics(other.first) == one.end + 1
    }

    /// Whether a comma stands between two people: a third makes a list.
    fn is_listed_before(&self, before: &Person, one: &Person) -> bool {
        self.word(before.end) == "," && self.skip_honorifics(one.first) == before.end + 1
    }

    /// The two offices that begin behind the token `end`, with a comma and an adverb before them (`, rispettivamente presidente e …`).
    fn two_offices_behind(&self, end: usize) -> Option<[OfficePhrase<'a>; 2]> {
        if self.word(end) != "," {
            return None;
        }
        let token = self.context.document.tokens[..self.sentence.end_token].get(end + 1)?;
        let is_adverb = token.kind == TokenKind::Word && token.case == Case::Lower && self.offices().from(end + 1).is_none();
        let at = end + 1 + usize::from(is_adverb);
        let begins = |[first, _]: &[OfficePhrase<'a>; 2]| first.start - usize::from(self.is_definite(first.start)) <= at;
        (at + 1..(at + MAX_OFFICE).min(self.sentence.end_token)).find_map(|and| self.offices_joined_at(and)).filter(begins)
    }

    /// The two offices that end before a comma before the token `end` (`il presidente e il direttore di X, Anna Conti e …`).
    fn two_offices_before(&self, end: usize) -> Option<[OfficePhrase<'a>; 2]> {
        let comma = end.checked_sub(1).filter(|&comma| comma > self.sentence.first_token && self.word(comma) == ",")?;
        let lowest = comma.saturating_sub(MAX_OFFICE).max(self.sentence.first_token + 1);
        (lowest..comma).rev().find_map(|and| self.offices_joined_at(and).filter(|[_, second]| second.reach == comma))
    }

    /// The offices before and behind the `and` at the token `and`, each of one person.
    fn offices_joined_at(&self, and: usize) -> Option<[OfficePhrase<'a>; 2]> {
        if !self.class(and).is(WordClass::AND) {
            return None;
        }
        let first = self.offices().before(and)?;
        let second = self.offices().from(and + 1 + usize::from(self.is_definite(and + 2)))?;
        (!first.is_plural && !second.is_plural).then_some([first, second])
    }
}
