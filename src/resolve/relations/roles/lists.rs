//! One office of several people: `i rettori A e B`, `i sindaci di A, N, e di B, M`, `N e M, soci di X`.

use super::{Named, NamedKind, Person, Reader, Tie};
use crate::{
    lexicon::pack::{Scope, WordClass},
    text::words::TokenKind,
};

/// Most tokens between one who heads a party and the words for those who go along.
const MAX_BETWEEN: usize = 4;

/// Most tokens of what an office is about, where it is said apart from the office (`quello del turismo e dello sport`).
const MAX_MATTER: usize = 8;

impl Reader<'_> {
    /// The office of the person before, where the list goes on with this one.
    pub(super) fn listed(&self, known: &Person, tie: &Tie, others: &[Tie], person: &Person) -> Option<Tie> {
        // "Quattro esponenti, tra cui Anna Conti, leader di X, e Mario Bianchi": the list goes on behind what is said of one.
        let own = others.iter().filter(|other| other.start >= known.end && !other.is_shared);
        let own_end = own.map(|other| self.context.document.token_at(other.evidence.end() - 1) + 1).next();
        // "I capigruppo Anna Conti (PX) e Mario Bianchi (PY)"
        let close = (known.end..person.first).find(|&at| self.word(known.end) == "(" && self.word(at) == ")");
        let own_end = own_end.or(close.map(|close| close + 1));
        let is_next = |end: usize| end < person.first && self.are_listed(end, person.first);
        if tie.is_shared && (self.are_listed(known.end, person.first) || own_end.is_some_and(is_next)) {
            return Some(tie.clone());
        }
        tie.office.as_ref()?;
        self.distributed(known, tie, person)
    }

    /// `i sindaci di A, Anna Conti, e di B, Mario Bianchi`; `il rettore di A, Anna Conti, e quello di B, Mario Bianchi`.
    fn distributed(&self, known: &Person, tie: &Tie, person: &Person) -> Option<Tie> {
        let mut at = known.end;
        let is_joint = |at: usize| self.joins_people(at) && !self.class(at).is(WordClass::OF);
        while at < person.first && is_joint(at) {
            at += 1;
        }
        let is_that = self.class(at).is(WordClass::THAT);
        at += usize::from(is_that);
        // "Quello al lavoro"
        let is_of = self.class(at).is(WordClass::OF) || is_that && self.class(at).is(WordClass::TO);
        let is_adjective = is_that && self.class(at).is(WordClass::DEMONYM);
        if at == known.end || !(is_that || tie.is_shared) || !(is_of || is_adjective) {
            return None;
        }
        let opening = at;
        at += usize::from(is_of);
        while self.class(at).is(WordClass::ARTICLE) && self.named(at).is_none() {
            at += 1;
        }
        let named = self.named(at);
        let body = match named.map(|named| named.kind) {
            Some(NamedKind::Institution) => named?.mention,
            Some(NamedKind::Town | NamedKind::State) if !matches!(tie.scope, Scope::Country) => named?.mention,
            Some(NamedKind::Person) if is_of => return None,
            _ => return self.retold(tie, opening, person),
        };
        let named = named?;
        let end = named.end + usize::from(self.word(named.end) == ",");
        let office = tie.office.as_ref().filter(|_| is_that).map(|(id, text)| (id.clone(), self.noun_of(text)));
        (end == self.skip_honorifics(person.first)).then(|| Tie {
            body: Some(body),
            office: office.or(tie.office.clone()),
            ..tie.clone()
        })
    }

    /// The office of another with what is said from the token `first` up to the name in place of what it is about (`il ministro
    /// dell'economia Anna Conti e quello del turismo Mario Bianchi`, `il presidente francese Anna Conti e quello russo …`).
    fn retold(&self, tie: &Tie, first: usize, person: &Person) -> Option<Tie> {
        let end = self.skip_honorifics(person.first);
        let end = end - usize::from(self.word(end - 1) == ",");
        let tokens = &self.context.document.tokens;
        let verbs = WordClass::FOLLOWS_SUBJECT.with(WordClass::ACT);
        let is_part = |at: usize| {
            let is_place = |named: Named| matches!(named.kind, NamedKind::Town | NamedKind::State);
            tokens[at].kind == TokenKind::Word && !self.class(at).is_any(verbs) && self.named(at).is_none_or(is_place)
        };
        if end <= first || end - first > MAX_MATTER || !(first..end).all(is_part) {
            return None;
        }
        let matter = tokens[first].span.cover(tokens[end - 1].span).of(self.text);
        let (id, text) = tie.office.as_ref()?;
        let text = format!("{} {matter}", self.noun_of(text));
        Some(Tie {
            office: Some((id.clone(), text)),
            body: None,
            is_narrowed: true,
            is_shared: false,
            start: first,
            ..tie.clone()
        })
    }

    /// The words of an office without what it is about and the country that it is of.
    fn noun_of(&self, text: &str) -> String {
        let is_matter = |word: &&str| {
            let head = word
                .find(['\'', '’'])
                .map_or(*word, |at| &word[..at + word[at..].chars().next().map_or(0, char::len_utf8)]);
            self.words.class(head).is_any(WordClass::OF.with(WordClass::DEMONYM))
        };
        text.split(' ').take_while(|word| !is_matter(word)).collect::<Vec<_>>().join(" ")
    }

    /// Gives an office in the plural behind the last of several to all of them (`Anna Conti e Mario Bianchi, soci di X`).
    pub(super) fn share_backward(&self, people: &[Person], ties: &mut [Vec<Tie>]) {
        for idx in (1..people.len()).rev() {
            let shared = ties[idx].iter().find(|tie| tie.is_shared && tie.start >= people[idx].end).cloned();
            let Some(shared) = shared.filter(|_| self.are_listed(people[idx - 1].end, people[idx].first)) else {
                continue;
            };
            if ties[idx - 1].iter().all(|tie| tie.office.is_none()) {
                // What the list shares stands behind each of its people.
                ties[idx - 1] = vec![shared];
            }
        }
    }

    /// Gives the body behind the last of several people, of the others of whom nothing is said, to all (`Anna Conti e Mario Bianchi
    /// (PX)`, `Anna Conti, Lucia Ferri e Mario Bianchi, per la Nivora`).
    pub(super) fn share_body_behind(&self, people: &[Person], ties: &mut [Vec<Tie>]) {
        let mut is_list = false;
        for idx in (1..people.len()).rev() {
            let (one, other) = (&people[idx - 1], &people[idx]);
            let is_pair = self.class(one.end).is(WordClass::AND) && self.skip_honorifics(other.first) == one.end + 1;
            let [tie] = &ties[idx][..] else { continue };
            let shared = tie.office.is_none()
                && (is_pair && self.is_apposed(other, tie) || is_list && self.are_listed(one.end, other.first));
            is_list = shared && ties[idx - 1].is_empty();
            if is_list {
                ties[idx - 1] = vec![tie.clone()];
            }
        }
    }

    /// Whether the body of a tie stands behind the name in a bracket, or behind a comma alone or with `for`.
    fn is_apposed(&self, person: &Person, tie: &Tie) -> bool {
        let tokens = &self.context.document.tokens;
        let next = person.end + 1;
        let is_own = || self.named(next).is_some_and(|named| Some(named.mention) == tie.body);
        let joints = WordClass::FOR.with(WordClass::OF);
        let speaks = || self.class(next).is_any(joints) || self.words.behalf.begin_at(tokens, next).is_some();
        match self.word(person.end) {
            "(" => true,
            "," => is_own() || speaks(),
            // "Anna Conti e Mario Bianchi dell'Università di X"
            _ => self.class(person.end).is(WordClass::OF),
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

    /// Whether an office of the staff goes with the body of the one who heads it, said right before (`il rettore di X, Mario Bianchi, e la
    /// delegata alla ricerca Anna Conti`).
    pub(super) fn is_staff_of(&self, known: &Tie, tie: &Tie) -> bool {
        let id = |tie: &Tie| tie.office.as_ref().map(|(id, _)| id.clone());
        let is_other = matches!(tie.scope, Scope::Chair | Scope::None) && id(tie) != id(known);
        let is_staff = (is_other || matches!(tie.scope, Scope::Staff | Scope::Academy | Scope::Body))
            && self.is_definite(tie.start);
        let heads = matches!(known.scope, Scope::Chair | Scope::University) && !known.is_shared && !known.is_calling;
        is_staff && heads && known.body.is_some_and(|body| self.is_institution(body))
    }

    /// Whether the sentence opens with words for going along before an office (`Con lei il preside Mario Bianchi`).
    pub(super) fn opens_with_companions(&self, tie: &Tie) -> bool {
        let companions = self.words.companions.begin_at(&self.context.document.tokens, self.sentence.first_token);
        companions.is_some_and(|(end, ())| {
            end <= tie.start && tie.start - end <= MAX_BETWEEN && (end..tie.start).all(|at| self.named(at).is_none())
        })
    }

    /// Whether only `and` with an article stands between a person and the office of the next.
    pub(super) fn is_colleague(&self, known: &Person, tie: &Tie) -> bool {
        self.goes_along(known, tie)
            || tie.start > known.end
                && tie.start - known.end <= 2
                && self.class(known.end).is(WordClass::AND)
                && (known.end + 1..tie.start)
                    .all(|at| self.class(at).is_any(WordClass::ARTICLE.with(WordClass::ARTICULATED)))
    }

    /// Whether nothing but a comma, `and` and an article stands between a person and the office of the next.
    pub(super) fn is_in_list(&self, known: &Person, tie: &Tie) -> bool {
        let joints =
            WordClass::AND.with(WordClass::ARTICLE).with(WordClass::ARTICULATED).with(WordClass::PRECEDES_PERSON);
        // "Il presidente di X Mario Bianchi (che è di Y), la segretaria generale Anna Conti"
        let end = self.skip_bracket(known.end);
        tie.start > end
            && tie.start - end <= 3
            && (self.word(end) == "," || self.class(end).is(WordClass::AND))
            && (end + 1..tie.start).all(|at| self.class(at).is_any(joints))
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
