//! The words of an office: the noun with what belongs to it, up to the body that has it.
//!
//! The rule `people` asks whether an office stands before a stretch; the relation `roles` reads the words and the body.

use crate::{
    document::{Document, Sentence},
    lexicon::pack::{Office, PeopleWords, Scope, WordClass},
    text::words::{Case, Gap, Token, TokenKind},
};

/// Longest stretch, in tokens, between the beginning of an office and the name behind it.
const MAX_REACH: usize = 24;

/// A name that an office may run into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named {
    /// What it names.
    pub kind: NamedKind,
    /// Number of its mention.
    pub mention: usize,
    /// One past its last token.
    pub end: usize,
}

/// What a name stands for beside an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamedKind {
    /// Somebody.
    Person,
    /// A body.
    Institution,
    /// A country or a region.
    State,
    /// Any other place.
    Town,
}

/// The words of an office.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct OfficePhrase<'w> {
    /// Its first token.
    pub first: usize,
    /// One past the last token of the office.
    pub end: usize,
    /// One past the last token of the body that has it.
    pub reach: usize,
    /// First token and one past the last of the noun.
    pub noun: (usize, usize),
    /// What is known of the noun.
    pub office: &'w Office,
    /// Number of the mention of the body.
    pub body: Option<usize>,
}

/// Reads offices in one sentence.
pub(crate) struct OfficeReader<'a, N> {
    document: &'a Document<'a>,
    sentence: &'a Sentence<'a>,
    words: &'a PeopleWords,
    /// The name that begins at a token.
    named: N,
}

/// What stands where an office may go on.
enum Step {
    /// The office goes on to this token.
    Grow(usize),
    /// Its body is this mention, which ends before this token.
    Body(usize, usize),
    Stop,
}

impl<'a, N: Fn(usize) -> Option<Named>> OfficeReader<'a, N> {
    /// A reader of `sentence`; `named` tells the name that begins at a token.
    pub fn new(document: &'a Document<'a>, sentence: &'a Sentence<'a>, named: N) -> Self {
        Self { document, sentence, words: &sentence.pack.people, named }
    }

    fn token(&self, at: usize) -> Option<&'a Token> {
        self.document.tokens[..self.sentence.end_token].get(at)
    }

    fn word(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.span.of(self.document.as_str()))
    }

    fn class(&self, at: usize) -> WordClass {
        self.token(at).map_or(WordClass::NONE, |token| self.words.class(token))
    }

    /// The widest office that reaches exactly to the token at `at`.
    pub fn before(&self, at: usize) -> Option<OfficePhrase<'a>> {
        let lowest = self.sentence.first_token.max(at.saturating_sub(MAX_REACH));
        let mut widest = None;
        for first in (lowest..at).rev() {
            let token = &self.document.tokens[first];
            let is_open = match token.kind {
                TokenKind::Mark => matches!(self.word(first), "-" | "'" | "’" | "&" | "\"" | "“" | "”" | "«" | "»"),
                _ => true,
            };
            if !is_open || self.class(first).is_any(WordClass::FOLLOWS_SUBJECT.with(WordClass::ACT)) && widest.is_some()
            {
                break;
            }
            if token.kind == TokenKind::Word
                && let Some(phrase) = self.read(first, at)
                && phrase.reach == at
            {
                widest = Some(phrase);
            }
        }
        widest
    }

    /// The office that begins at the token at `first`, as far as it goes.
    pub fn from(&self, first: usize) -> Option<OfficePhrase<'a>> {
        self.read(first, self.sentence.end_token.min(first + MAX_REACH))
    }

    /// The office that begins at the token at `first`; it goes no further than `limit`, where a name may begin.
    fn read(&self, first: usize, limit: usize) -> Option<OfficePhrase<'a>> {
        let tokens = &self.document.tokens[..self.sentence.end_token];
        let start = self.skip_before_office(first);
        let (noun_end, office) = self.words.offices.begin_at(tokens, start)?;
        let mut phrase =
            OfficePhrase { first, end: noun_end, reach: noun_end, noun: (start, noun_end), office, body: None };
        let mut in_complement = false;
        while phrase.reach < limit {
            match self.step(phrase.reach, &phrase, &mut in_complement) {
                Step::Grow(end) => (phrase.end, phrase.reach) = (end, end),
                Step::Body(mention, reach) => {
                    (phrase.body, phrase.reach) = (Some(mention), reach);
                    break;
                }
                Step::Stop => break,
            }
        }
        Some(phrase)
    }

    /// The first token behind `ex-`, `vice` and the like.
    fn skip_before_office(&self, mut at: usize) -> usize {
        while self.class(at).is(WordClass::BEFORE_OFFICE) {
            let after = if self.word(at + 1) == "-" { at + 2 } else { at + 1 };
            if self.token(after).is_none() {
                break;
            }
            at = after;
        }
        at
    }

    fn step(&self, at: usize, phrase: &OfficePhrase<'_>, in_complement: &mut bool) -> Step {
        let Some(token) = self.token(at) else { return Step::Stop };
        if let Some(named) = (self.named)(at) {
            return match named.kind {
                NamedKind::Institution => Step::Body(named.mention, named.end),
                _ => Step::Stop,
            };
        }
        let class = self.class(at);
        if token.kind == TokenKind::Mark {
            let joins = self.word(at) == "-" && token.gap == Gap::None;
            let next = self.token(at + 1).filter(|next| joins && next.gap == Gap::None && next.kind == TokenKind::Word);
            return next.map_or(Step::Stop, |_| Step::Grow(at + 2));
        }
        if token.kind != TokenKind::Word {
            return Step::Stop;
        }
        if class.is(WordClass::QUALIFIER) || token.case == Case::Lower && self.is_adjective(at, class) {
            return Step::Grow(at + 1);
        }
        if class.is(WordClass::AND) {
            return self.coordinate(at, phrase, *in_complement);
        }
        if class.is_any(WordClass::OF.with(WordClass::TO).with(WordClass::AT)) {
            return self.complement(at, class, phrase, in_complement);
        }
        if *in_complement && token.case == Case::Title && !class.is(WordClass::PARTICLE) {
            return Step::Grow(at + 1);
        }
        Step::Stop
    }

    fn is_adjective(&self, at: usize, class: WordClass) -> bool {
        class == WordClass::NONE && self.words.ends_like_adjective(self.word(at))
    }

    /// `and` with a second office, a second matter (`dell'università e della ricerca`), or nothing of the kind.
    fn coordinate(&self, at: usize, phrase: &OfficePhrase<'_>, in_complement: bool) -> Step {
        let tokens = &self.document.tokens[..self.sentence.end_token];
        if let Some((end, office)) = self.words.offices.begin_at(tokens, self.skip_before_office(at + 1)) {
            return if office.is_plural == phrase.office.is_plural { Step::Grow(end) } else { Step::Stop };
        }
        let Some(next) = self.token(at + 1).filter(|_| in_complement && (self.named)(at + 1).is_none()) else {
            return Step::Stop;
        };
        let class = self.class(at + 1);
        if class.is_any(WordClass::OF.with(WordClass::TO)) && self.is_matter(at + 2) {
            return Step::Grow(at + 3);
        }
        // "Sport e Cultura", "ricerca e innovazione": a second noun of the kind of the first.
        let before = &self.document.tokens[at - 1];
        let is_alike = next.kind == TokenKind::Word && next.case == before.case && class == WordClass::NONE;
        if is_alike && self.is_matter(at + 1) { Step::Grow(at + 2) } else { Step::Stop }
    }

    /// Whether the token at `at` can be what an office is about.
    fn is_matter(&self, at: usize) -> bool {
        let closed = WordClass::ARTICLE.with(WordClass::AND).with(WordClass::FOLLOWS_SUBJECT).with(WordClass::ACT);
        // Capitals are the acronym of a body that nobody tagged.
        let is_word = |token: &Token| token.kind == TokenKind::Word && !matches!(token.case, Case::Mixed | Case::Upper);
        self.token(at).is_some_and(is_word) && (self.named)(at).is_none() && !self.class(at).is_any(closed)
    }

    /// A preposition behind the office, with the body, the state or the matter that follows.
    fn complement(&self, at: usize, class: WordClass, phrase: &OfficePhrase<'_>, in_complement: &mut bool) -> Step {
        let mut next = at + 1;
        while self.class(next).is(WordClass::ARTICLE) && (self.named)(next).is_none() {
            next += 1;
        }
        let scope = phrase.office.scope;
        match (self.named)(next) {
            Some(Named { kind: NamedKind::Institution, mention, end }) => Step::Body(mention, end),
            Some(Named { kind: NamedKind::State, end, .. }) if scope == Scope::Country => Step::Grow(end),
            Some(Named { kind: NamedKind::State | NamedKind::Town, mention, end })
                if scope == Scope::Town && class.is(WordClass::OF) =>
            {
                Step::Body(mention, end)
            }
            Some(Named { kind: NamedKind::State, mention, end }) if class.is(WordClass::OF) => Step::Body(mention, end),
            Some(_) => Step::Stop,
            None if self.is_matter(next) => {
                *in_complement = true;
                Step::Grow(next + 1)
            }
            None => Step::Stop,
        }
    }
}
