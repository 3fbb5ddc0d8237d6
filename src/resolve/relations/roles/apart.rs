//! Offices that stand apart from the name: in the line above or below a signature, as a noun for the office, or one for each of two
//! bodies.

use super::{NamedKind, Person, Reader, Side, Tie};
use crate::{
    document::Sentence,
    lexicon::{
        Kind, Subtype,
        pack::{Scope, WordClass},
    },
    text::{Span, words::TokenKind},
};

/// Most small words between a noun for an office and the name (`alla presidenza è stata confermata Anna Conti`).
const MAX_SMALL: usize = 5;

impl<'a> Reader<'a> {
    /// The office in the line above or below a name that has a line of its own: the signature of a letter.
    pub(super) fn signed(&self, person: &Person) -> Option<Tie> {
        let document = self.context.document;
        if self.skip_honorifics(person.first) != self.sentence.first_token || !self.ends_line(person.end, self.sentence)
        {
            return None;
        }
        let here = document.sentences.partition_point(|sentence| sentence.first_token < self.sentence.first_token);
        let above = here.checked_sub(1).map(|above| &document.sentences[above]);
        let below = document.sentences.get(here + 1);
        let lines = [above, below].into_iter().flatten();
        let mut tie = lines.filter_map(|line| self.office_of_line(line, person)).next()?;
        tie.body = tie.body.or_else(|| self.contact(person)).or_else(|| self.first_body());
        Some(tie)
    }

    /// The office that is all of a line.
    fn office_of_line(&self, line: &'a Sentence<'a>, person: &Person) -> Option<Tie> {
        let reader = Reader {
            context: self.context,
            sentence: line,
            words: &line.pack.people,
            text: self.text,
            universities: self.universities,
            body_before: None,
        };
        let is_article = reader.class(line.first_token).is(WordClass::ARTICLE);
        let phrase = reader.offices().from(line.first_token + usize::from(is_article))?;
        // "Ansprechpartner für die Presse:" is the label of a contact.
        let is_label = reader.class(phrase.noun.0).is(WordClass::CONTACT) && phrase.noun.1 == phrase.noun.0 + 1;
        // "Press Officer, Port of Cork"
        let body = reader
            .named(phrase.reach + 1)
            .filter(|named| named.kind == NamedKind::Institution && reader.word(phrase.reach) == ",");
        let end = body.map_or(phrase.reach, |body| body.end);
        let is_all = !phrase.is_plural && !is_label && self.ends_line(end, line);
        let tie = is_all.then(|| reader.tie(&phrase, person, Side::Before))?;
        Some(Tie { body: tie.body.or(body.map(|body| body.mention)), ..tie })
    }

    /// Whether nothing but a mark stands between the token at `at` and the end of a line.
    fn ends_line(&self, at: usize, line: &Sentence<'_>) -> bool {
        (at..line.end_token).all(|at| self.context.document.tokens[at].kind == TokenKind::Mark)
            && line.end_token <= at + 1
    }

    /// The first body of the text that has people who sign.
    fn first_body(&self) -> Option<usize> {
        self.context.mentions.iter().position(|mention| {
            mention.kind == Kind::Institution
                && !matches!(
                    mention.subtype,
                    Some(Subtype::Media | Subtype::Diplomatic | Subtype::International) | None
                )
        })
    }

    /// `Alla presidenza di X è stata confermata Anna Conti`: the noun for an office stands for the office.
    pub(super) fn seated(&self, person: &Person) -> Option<Tie> {
        let joints = WordClass::BECOMES.with(WordClass::FOLLOWS_SUBJECT).with(WordClass::PASSED);
        let first = self.sentence.first_token;
        let mut end = self.skip_honorifics(person.first);
        let is_small = |at: usize| self.class(at).is_any(joints) && self.named(at).is_none() || self.is_day(at);
        for _ in 0..MAX_SMALL {
            end -= usize::from(end > first && is_small(end - 1));
        }
        let is_said = (end..person.first).any(|at| self.class(at).is(WordClass::BECOMES));
        let body = self.body_ending_at(self.skip_bracket_back(end));
        let last = match body {
            Some((_, start)) => {
                let articles = (first..start)
                    .rev()
                    .take_while(|&at| self.class(at).is_any(WordClass::OF.with(WordClass::ARTICLE)))
                    .count();
                (start - articles).checked_sub(1)?
            }
            None => end.checked_sub(1)?,
        };
        let (text, office) = self.words.offices.seat(self.word(last)).filter(|_| is_said && last >= first)?;
        let mentions = self.context.mentions;
        let start = self.context.document.tokens[last].span.start();
        let near = || {
            let before = mentions
                .iter()
                .rposition(|mention| mention.kind == Kind::Institution && mention.span.end() <= start)?;
            (mentions[before].subtype != Some(Subtype::Media)).then_some(before)
        };
        let evidence = self.context.document.tokens[last].span.cover(mentions[person.mention].span);
        Some(Tie {
            office: Some((office.id.to_string(), text.to_owned())),
            body: body.map(|(body, _)| body).or_else(near),
            scope: office.scope,
            needs_body: false,
            is_carried: true,
            is_narrowed: false,
            is_placed: false,
            is_calling: false,
            is_shared: false,
            start: last,
            evidence,
        })
    }

    /// Gives two holders of offices without a body one each of the two bodies that stand together before them (`il protocollo tra X e Y.
    /// A firmarlo il presidente Mario Bianchi e la direttrice Anna Conti`).
    pub(super) fn pair(&self, people: &[Person], ties: &mut [Vec<Tie>]) {
        let free = |ties: &[Tie]| matches!(ties, [tie] if tie.office.is_some() && (tie.body.is_none() || tie.is_carried) && !tie.is_narrowed && !tie.is_calling);
        // A third who has no body either makes a list, not a pair.
        let goes_on = |one: usize, other: usize| {
            free(&ties[other]) && free(&ties[one]) && self.follows(&people[one], &people[other], ties[other].first())
        };
        let is_pair = |&idx: &usize| {
            goes_on(idx - 1, idx)
                && (idx + 1 >= people.len() || !goes_on(idx, idx + 1))
                && (idx < 2 || !goes_on(idx - 2, idx - 1))
        };
        let pairs: Vec<usize> = (1..people.len()).filter(is_pair).collect();
        for idx in pairs {
            let start = ties[idx - 1][0].start.min(people[idx - 1].first);
            if let Some((first, second)) = self.two_bodies(start) {
                ties[idx - 1][0].body = Some(first);
                ties[idx][0].body = Some(second);
            }
        }
    }

    /// Whether a comma or a small word that people are joined by stands at `at`.
    pub(super) fn joins_people(&self, at: usize) -> bool {
        let joints =
            WordClass::AND.with(WordClass::ARTICLE).with(WordClass::ARTICULATED).with(WordClass::PRECEDES_PERSON);
        self.word(at) == "," || self.class(at).is_any(joints)
    }

    /// Whether the office or name of a person follows another right behind `and` or a comma.
    fn follows(&self, known: &Person, person: &Person, tie: Option<&Tie>) -> bool {
        let start = tie
            .map(|tie| tie.start)
            .filter(|&start| start > known.end)
            .map_or(person.first, |start| start.min(person.first));
        start > known.end && start - known.end <= 3 && (known.end..start).all(|at| self.joins_people(at))
    }

    /// The last two bodies before the token `end`, if they stand together (`X (XY) e l'Y`) in this sentence or the one before, and no
    /// third does.
    fn two_bodies(&self, end: usize) -> Option<(usize, usize)> {
        let (document, mentions) = (self.context.document, self.context.mentions);
        let limit = document.tokens.get(end)?.span.start();
        let here = document.sentences.partition_point(|sentence| sentence.span.start() <= limit);
        let lowest = document.sentences[here.saturating_sub(2)].span.start();
        let is_body =
            |idx: &usize| mentions[*idx].kind == Kind::Institution && mentions[*idx].subtype != Some(Subtype::Media);
        let entity = |idx: usize| self.context.entities.of_mention.get(idx).copied().flatten();
        let near: Vec<usize> = self.mentions_in(Span::new(lowest, limit)).filter(is_body).collect();
        let joined =
            near.windows(2).filter(|pair| entity(pair[0]) != entity(pair[1]) && self.are_joined(pair[0], pair[1]));
        let pairs: Vec<_> = joined.map(|pair| (pair[0], pair[1])).collect();
        let [(first, second)] = pairs.as_slice() else { return None };
        let is_other = |idx: &usize| entity(*idx) != entity(*first) && entity(*idx) != entity(*second);
        let mut behind = self.mentions_in(Span::new(mentions[*second].span.end(), limit));
        let has_person = behind.any(|idx| mentions[idx].kind == Kind::Person);
        (!near.iter().any(is_other) && !has_person).then_some((*first, *second))
    }

    /// Whether only `and`, with an article, a short form in brackets or a place, stands between two bodies.
    fn are_joined(&self, one: usize, other: usize) -> bool {
        let document = self.context.document;
        let mentions = self.context.mentions;
        let mut at = document.token_at(mentions[one].span.end() - 1) + 1;
        let end = document.token_at(mentions[other].span.start());
        if document.tokens.get(at).is_some_and(|token| token.span.of(self.text) == "(") {
            at = (at..end).find(|&at| document.tokens[at].span.of(self.text) == ")").map_or(at, |close| close + 1);
        }
        let class = |at: usize| self.words.class(&document.tokens[at]);
        at < end
            && class(at).is(WordClass::AND)
            && (at + 1..end).all(|at| {
                class(at).is_any(WordClass::ARTICLE.with(WordClass::ARTICULATED).with(WordClass::PRECEDES_PERSON))
            })
    }
}

impl Reader<'_> {
    /// The university in whose town somebody teaches (`docente a Spalato`).
    pub(super) fn university_at(&self, reach: usize) -> Option<usize> {
        let town = reach.checked_sub(1).and_then(|last| self.place_ending_at(last))?;
        let mentions = self.context.mentions;
        self.universities.iter().copied().find(|&idx| mentions[idx].span.of(self.text).contains(town))
    }

    /// The name of the town that ends with the token at `last`.
    fn place_ending_at(&self, last: usize) -> Option<&str> {
        (self.sentence.first_token..=last).rev().take(3).find_map(|first| {
            let named = self.named(first).filter(|named| named.kind == NamedKind::Town && named.end == last + 1)?;
            Some(self.context.mentions[named.mention].span.of(self.text))
        })
    }

    /// The university that the text named last, however far back, or names first, for one who heads one: every rector has a
    /// university.
    pub(super) fn university_of(&self, tie: &Tie, first: usize) -> Option<usize> {
        if tie.scope != Scope::University {
            return None;
        }
        let n_before = self.universities.partition_point(|&idx| self.context.mentions[idx].span.end() <= first);
        self.universities[..n_before].last().or_else(|| self.universities.first()).copied()
    }
}
