//! One office of several people: `i rettori A e B`, `i sindaci di A, N, e di B, M`, `N e M, soci di X`.

use super::{NamedKind, Person, Reader, Tie};
use crate::lexicon::pack::{Scope, WordClass};

/// Most tokens between one who heads a party and the words for those who go along.
const MAX_BETWEEN: usize = 4;

impl Reader<'_> {
    /// The office of the person before, where the list goes on with this one.
    pub(super) fn listed(&self, known: &Person, tie: &Tie, person: &Person) -> Option<Tie> {
        tie.office.as_ref()?;
        if tie.is_shared && self.are_listed(known.end, person.first) {
            return Some(tie.clone());
        }
        self.distributed(known, tie, person)
    }

    /// `i sindaci di A, Anna Conti, e di B, Mario Bianchi`; `il rettore di A, Anna Conti, e quello di B, Mario Bianchi`.
    fn distributed(&self, known: &Person, tie: &Tie, person: &Person) -> Option<Tie> {
        let mut at = known.end;
        let is_joint = |at: usize| {
            self.word(at) == "," || self.class(at).is_any(WordClass::AND.with(WordClass::ARTICLE).with(WordClass::ARTICULATED).with(WordClass::PRECEDES_PERSON))
                && !self.class(at).is(WordClass::OF)
        };
        while at < person.first && is_joint(at) {
            at += 1;
        }
        let is_that = self.class(at).is(WordClass::THAT);
        at += usize::from(is_that);
        if at == known.end || !(is_that || tie.is_shared) || !self.class(at).is(WordClass::OF) {
            return None;
        }
        at += 1;
        while self.class(at).is(WordClass::ARTICLE) && self.named(at).is_none() {
            at += 1;
        }
        let named = self.named(at)?;
        let body = match named.kind {
            NamedKind::Institution => named.mention,
            NamedKind::Town | NamedKind::State if !matches!(tie.scope, Scope::Country) => named.mention,
            _ => return None,
        };
        let end = named.end + usize::from(self.word(named.end) == ",");
        (end == self.skip_honorifics(person.first)).then(|| Tie { body: Some(body), ..tie.clone() })
    }

    /// Gives an office in the plural behind the last of several to all of them (`Anna Conti e Mario Bianchi, soci di X`).
    pub(super) fn share_backward(&self, people: &[Person], ties: &mut [Vec<Tie>]) {
        for idx in (1..people.len()).rev() {
            let shared = ties[idx].iter().find(|tie| tie.is_shared && tie.start >= people[idx].end).cloned();
            let Some(shared) = shared.filter(|_| self.are_listed(people[idx - 1].end, people[idx].first)) else { continue };
            if ties[idx - 1].iter().all(|tie| tie.office.is_none()) {
                // What the list shares stands behind each of its people.
                ties[idx - 1] = vec![shared];
            }
        }
    }

    /// Whether words for going along stand between a person and the office of the next
    /// (`Anna Conti; con lei il segretario generale Mario Bianchi`).
    pub(super) fn goes_along(&self, known: &Person, tie: &Tie) -> bool {
        let tokens = &self.context.document.tokens;
        (known.end..tie.start.min(known.end + MAX_BETWEEN)).any(|at| {
            self.words.companions.begin_at(tokens, at).is_some_and(|(end, ())| {
                end <= tie.start && tie.start - end <= 1 && (known.end..tie.start).all(|at| self.named(at).is_none())
            })
        })
    }

    /// Whether only `and` with an article stands between a person and the office of the next.
    pub(super) fn is_colleague(&self, known: &Person, tie: &Tie) -> bool {
        self.goes_along(known, tie)
            || tie.start > known.end
            && tie.start - known.end <= 2
            && self.class(known.end).is(WordClass::AND)
            && (known.end + 1..tie.start).all(|at| self.class(at).is_any(WordClass::ARTICLE.with(WordClass::ARTICULATED)))
    }

    pub(super) fn are_listed(&self, end: usize, first: usize) -> bool {
        let first = self.skip_honorifics(first);
        match first.checked_sub(end) {
            Some(1) => self.word(end) == "," || self.class(end).is(WordClass::AND),
            Some(2) => self.word(end) == "," && self.class(end + 1).is(WordClass::AND),
            _ => false,
        }
    }

    /// Whether the office behind the comma behind a name that has one is that of somebody else in a list: it has an article, as the
    /// one before the name does.
    pub(super) fn opens_next(&self, person: &Person, before: &Tie) -> bool {
        let has_article = |at: usize| self.class(at).is(WordClass::ARTICLE) && !self.words.adjectives_lead;
        self.word(person.end) == ","
            && before.start < person.first
            && before.scope != Scope::Academy
            && has_article(person.end + 1)
            && !self.is_one_of_many(person.end + 2)
            && self.is_definite(before.start)
    }
}
