//! What is dealt out to people in their order, the first to the first: two offices (`Anna Conti e Mario Bianchi, presidente e direttore
//! di X`), or the bodies and towns of one office (`i sindaci di X e Y, Anna Conti e Mario Bianchi`).

use super::{NamedKind, Person, Reader, Side, Tie};
use crate::{
    annotate::offices::OfficePhrase,
    document::{Case, TokenKind},
    lexicon::pack::{Scope, WordClass},
};

/// Longest way between the word that joins two offices and where they begin or end, in tokens.
const MAX_OFFICE: usize = 10;

/// Longest name of a town, in tokens.
const MAX_TOWN: usize = 5;

impl<'a> Reader<'a> {
    /// Gives each of two people who stand together one of the two offices behind or before them, in their order.
    pub(super) fn deal(&self, people: &[Person], ties: &mut [Vec<Tie>]) {
        for idx in 1..people.len() {
            let (one, other) = (&people[idx - 1], &people[idx]);
            let is_pair = self.stands_behind_and(one, other)
                && !idx.checked_sub(2).is_some_and(|before| self.is_listed_before(&people[before], one));
            if !is_pair {
                continue;
            }
            let found = self.two_offices_behind(other.end).map(|two| (two, Side::Behind));
            let found =
                found.or_else(|| Some((self.two_offices_before(self.skip_honorifics(one.first))?, Side::Before)));
            let Some(([first, second], side)) = found else { continue };
            let (mut first, mut second) = (self.tie(&first, one, side), self.tie(&second, other, side));
            let both = match side {
                Side::Behind => other.end..second.start + 1,
                Side::Before => first.start..second.start + 1,
            };
            // Somebody has an office of one's own already.
            let is_own =
                |tie: &Tie| tie.office.is_some() && !both.contains(&tie.start) && !tie.is_shared && !tie.is_carried;
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

    /// Gives each of several people who stand together one of as many bodies or towns of the office in the plural before them.
    pub(super) fn deal_bodies(&self, people: &[Person], ties: &mut [Vec<Tie>]) {
        let mut from = 0;
        while from < people.len() {
            let goes_on = |idx: &usize| self.are_listed(people[idx - 1].end, people[*idx].first);
            let end = from + 1 + (from + 1..people.len()).take_while(goes_on).count();
            // Who has an office of one's own is none of several.
            let is_free = |ties: &Vec<Tie>| ties.iter().all(|tie| tie.office.is_none() || tie.is_shared);
            if end - from >= 2
                && ties[from..end].iter().all(is_free)
                && let Some((phrase, bodies)) = self.office_of_bodies(&people[from..end])
            {
                // "I presidenti delle Camere di commercio di X e Y": the body of the second is not said.
                let has_body = self.is_institution(bodies[0]);
                for ((person, ties), body) in people[from..end].iter().zip(&mut ties[from..end]).zip(bodies) {
                    let body = Some(body).filter(|&body| !has_body || self.is_institution(body));
                    *ties = vec![Tie { body, is_shared: false, ..self.tie(&phrase, person, Side::Before) }];
                }
            }
            if end - from == 2
                && ties[from..end].iter().all(is_free)
                && let Some(phrase) = self.office_of_organs(&people[from])
            {
                for (person, ties) in people[from..end].iter().zip(&mut ties[from..end]) {
                    *ties = vec![Tie { is_shared: false, ..self.tie(&phrase, person, Side::Before) }];
                }
            }
            from = end;
        }
    }

    /// The office in the plural of two organs before two people, without the organs (`i presidenti di Camera e Senato, Anna Conti e …`).
    fn office_of_organs(&self, person: &Person) -> Option<OfficePhrase<'a>> {
        let comma = self
            .skip_honorifics(person.first)
            .checked_sub(1)
            .filter(|&comma| comma > self.sentence.first_token && self.word(comma) == ",")?;
        let phrase = self.offices().before(comma).filter(|phrase| phrase.is_plural)?;
        let n_organs = (phrase.noun.1..phrase.end).filter(|&at| self.class(at).is(WordClass::ORGAN)).count();
        (n_organs == 2).then_some(OfficePhrase { end: phrase.noun.1, ..phrase })
    }

    /// The office in the plural before a list of people, and its bodies, where there are as many of them.
    fn office_of_bodies(&self, people: &[Person]) -> Option<(OfficePhrase<'a>, Vec<usize>)> {
        let lowest = self.sentence.first_token;
        let before = self.skip_honorifics(people[0].first).checked_sub(1).filter(|&before| before > lowest)?;
        // ", rispettivamente Anna Conti e …"
        let is_adverb =
            self.context.document.tokens[before].case == Case::Lower && self.class(before) == WordClass::NONE;
        let comma = before - usize::from(is_adverb);
        // "I segretari di X e Y Anna Conti e Mario Bianchi"
        let mut end = if self.word(comma) == "," { comma } else { before + 1 };
        let last = end;
        let mut bodies = Vec::new();
        let phrase = loop {
            let (body, start) = self.body_or_town_ending_at(end)?;
            bodies.push(body);
            if bodies.len() == people.len() {
                break self.offices().before(end)?;
            }
            let is_article =
                |at: usize| self.class(at).is_any(WordClass::ARTICLE.with(WordClass::ARTICULATED).with(WordClass::OF));
            let before = start.checked_sub(1).filter(|&before| before > lowest)?;
            let joint = before - usize::from(is_article(before));
            if !(self.word(joint) == "," || self.class(joint).is(WordClass::AND)) {
                return None;
            }
            end = joint;
        };
        bodies.reverse();
        let is_whole =
            phrase.reach <= last && phrase.body == bodies.first().copied() && phrase.office.scope != Scope::Country;
        (phrase.is_plural && is_whole).then_some((phrase, bodies))
    }

    /// The mention of a body or of a town that ends before the token at `end`, and its first token.
    fn body_or_town_ending_at(&self, end: usize) -> Option<(usize, usize)> {
        self.body_ending_at(end).or_else(|| {
            let first = (self.sentence.first_token..end).rev().take(MAX_TOWN).find(|&first| {
                self.named(first).is_some_and(|named| named.kind == NamedKind::Town && named.end == end)
            })?;
            Some((self.named(first)?.mention, first))
        })
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
        let is_adverb =
            token.kind == TokenKind::Word && token.case == Case::Lower && self.offices().from(end + 1).is_none();
        let at = end + 1 + usize::from(is_adverb);
        let begins =
            |[first, _]: &[OfficePhrase<'a>; 2]| first.start - usize::from(self.is_definite(first.start)) <= at;
        (at + 1..(at + MAX_OFFICE).min(self.sentence.end_token))
            .find_map(|and| self.offices_joined_at(and))
            .filter(begins)
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
