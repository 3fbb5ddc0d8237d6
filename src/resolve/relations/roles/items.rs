//! Items of lists of those who take part: people and a body with nothing but marks between, in either order.

use super::{NamedKind, Person, Reader, Tie, behind::MAX_BRACKET};
use crate::{
    lexicon::{
        Kind,
        pack::{Scope, WordClass},
    },
    text::words::{Case, TokenKind},
};

/// Most things said of a body behind its name: its short form, where it is.
const MAX_SEATS: usize = 3;

/// Most words of the name of a town that no list has.
const MAX_TOWN: usize = 4;

/// Most tokens of what somebody is, between the name and the body.
const MAX_CALLING: usize = 7;

/// Most tokens between the bracket behind a body and one of the people in it.
const MAX_PEOPLE: usize = 30;

/// Most tokens of an item of a list.
const MAX_ITEM: usize = 200;

impl Reader<'_> {
    /// `• Anna Conti, Camera di commercio di X`: an item of a list that holds names, a body and where it is, and nothing else.
    pub(super) fn listed_body(&self, person: &Person, at: usize) -> Option<Tie> {
        let named =
            self.named(at).filter(|named| named.kind == NamedKind::Institution && self.word(person.end) == ",")?;
        let first = self.first_of_people(self.skip_honorifics(person.first));
        let opens = self.opens_item_at(first) || self.is_programme(person);
        // "Nivora Ltda., Ipojuca": a full stop that shortens the form of the firm.
        let is_short = self.word(named.end) == "." && matches!(self.word(named.end + 1), "," | ";" | "(");
        let behind = named.end + usize::from(is_short);
        let bracket = self.skip_bracket(behind);
        // "Anna Conti, 39 anni, CSU, è molto amata": a party by its acronym between commas.
        let token = &self.context.document.tokens[at];
        let is_acronym = named.end == at + 1 && token.case == Case::Upper && self.word(bracket) == ",";
        let closes = |at: usize| {
            self.is_last(at)
                || matches!(self.word(at), ";" | "•" | "-" | "–" | "·" | "*")
                || self.word(at) == ":" && !self.begins_person(at + 1)
        };
        let end = self.skip_seat(behind);
        let town = end + usize::from(self.word(end) == ",");
        let is_item = || opens && (closes(bracket) || closes(end) || closes(self.skip_capitals(town)));
        (is_acronym || is_item()).then(|| self.tie_body(named.mention, person))
    }

    /// `• Anna Conti, maestra d'ascia, Cantieri X`: what somebody is, in words that no list has, stands between the name and the body.
    pub(super) fn listed_calling(&self, person: &Person, at: usize) -> Option<Tie> {
        let is_item =
            self.word(person.end) == "," && self.is_marked(self.skip_honorifics(person.first)) && self.tells_nothing();
        let is_word =
            |at: usize| self.named(at).is_none() && !self.ends_clause(at) || matches!(self.word(at), "'" | "’" | "-");
        let comma = at + (at..at + MAX_CALLING).take_while(|&at| is_item && is_word(at)).count();
        let named = self
            .named(comma + 1)
            .filter(|named| comma > at && self.word(comma) == "," && named.kind == NamedKind::Institution)?;
        self.is_last(self.skip_seat(named.end)).then(|| self.tie_body(named.mention, person))
    }

    /// Whether an item of a list begins with the token at `first`.
    fn opens_item_at(&self, first: usize) -> bool {
        first == self.sentence.first_token
            || matches!(self.word(first - 1), "•" | "-" | "–" | "*" | "·" | ";" | ":" | ">")
            || self.context.document.tokens[first - 1].kind == TokenKind::Number
            || self.is_numbered(first)
    }

    /// Whether nothing but a number or letter with its mark stands before the token at `first` (`1. Anna Conti`, `b) Anna Conti`).
    fn is_numbered(&self, first: usize) -> bool {
        let opening = &self.context.document.tokens[self.sentence.first_token];
        let is_number = opening.kind == TokenKind::Number || self.context.document.word(opening).chars().count() == 1;
        first == self.sentence.first_token + 2 && is_number && matches!(self.word(first - 1), "." | ")")
    }

    /// Whether the sentence opens with the mark or number of an item right before the token at `first`.
    fn is_marked(&self, first: usize) -> bool {
        let opening = self.sentence.first_token;
        first == opening + 1 && matches!(self.word(opening), "•" | "-" | "–" | "*" | "·" | ">")
            || self.is_numbered(first)
    }

    /// Whether nothing but marks stands between the token at `at` and the end of the sentence.
    fn is_last(&self, at: usize) -> bool {
        (at..self.sentence.end_token).all(|at| self.context.document.tokens[at].kind == TokenKind::Mark)
    }

    /// One past a bracket that opens at `at`; `at` itself where none does.
    pub(super) fn skip_bracket(&self, at: usize) -> usize {
        let close =
            (self.word(at) == "(").then(|| (at + 1..at + MAX_BRACKET).find(|&at| self.word(at) == ")")).flatten();
        close.map_or(at, |close| close + 1)
    }

    /// One past what tells more of a body that ends before the token `end`: its short form, where it is (`X (XY), Lecco`, `X di Lecco`).
    fn skip_seat(&self, mut end: usize) -> usize {
        for _ in 0..MAX_SEATS {
            let next = match self.word(end) {
                "(" => self.skip_bracket(end),
                "," | "-" | "–" | "/" => self.end_of_place(end + 1).unwrap_or(end),
                _ => self.end_of_place(end).unwrap_or(end),
            };
            if next == end {
                break;
            }
            end = next;
        }
        end
    }

    /// One past the place that begins at the token `at`, with a preposition before it.
    fn end_of_place(&self, mut at: usize) -> Option<usize> {
        while self.named(at).is_none()
            && self.class(at).is_any(WordClass::OF.with(WordClass::LOCATIVE).with(WordClass::ARTICLE))
        {
            at += 1;
        }
        self.named(at).filter(|named| matches!(named.kind, NamedKind::Town | NamedKind::State)).map(|named| named.end)
    }

    /// One past the words with a capital from the token `first` on that may be the name of a town.
    pub(super) fn skip_capitals(&self, first: usize) -> usize {
        let tokens = &self.context.document.tokens[..self.sentence.end_token];
        let is_part = |at: usize| {
            tokens.get(at).is_some_and(|token| token.case.is_capital() || self.class(at).is(WordClass::PARTICLE))
        };
        let is_open =
            |at: usize| self.named(at).is_none_or(|named| matches!(named.kind, NamedKind::Town | NamedKind::State));
        first + (first..first + MAX_TOWN).take_while(|&at| is_open(at) && is_part(at)).count()
    }

    /// The body whose name, with where it is behind it, ends before the token `end`, and its first token.
    pub(super) fn body_seated_before(&self, mut end: usize) -> Option<(usize, usize)> {
        let lowest = self.sentence.first_token;
        for _ in 0..=MAX_SEATS {
            if let Some(found) = self.body_ending_at(end) {
                return Some(found);
            }
            let bracket = self.skip_bracket_back(end);
            let (_, mut at) = if bracket < end { (0, bracket) } else { self.place_ending_before(end)? };
            while at > lowest + 1
                && self.class(at - 1).is_any(WordClass::OF.with(WordClass::LOCATIVE).with(WordClass::ARTICLE))
            {
                at -= 1;
            }
            at -= usize::from(at > lowest + 1 && matches!(self.word(at - 1), "," | "-" | "–"));
            end = at;
        }
        None
    }

    /// The mention of a place that ends before the token `end`, and its first token.
    pub(super) fn place_ending_before(&self, end: usize) -> Option<(usize, usize)> {
        let lowest = self.sentence.first_token.max(end.saturating_sub(MAX_TOWN));
        (lowest..end).rev().find_map(|first| {
            let is_place = |kind: NamedKind| matches!(kind, NamedKind::Town | NamedKind::State);
            let named = self.named(first).filter(|named| is_place(named.kind) && named.end == end)?;
            Some((named.mention, first))
        })
    }

    /// Whether no body and nobody else is named in the sentence before a name: what a comma ties to it at its end is its body (`Saluto
    /// dell'ambasciatrice Anna Conti, Ambasciata di X`).
    fn is_programme(&self, person: &Person) -> bool {
        let is_open = |at: usize| {
            self.named(at).is_none_or(|named| !matches!(named.kind, NamedKind::Institution | NamedKind::Person))
        };
        let first = self.skip_honorifics(person.first);
        // "C'erano la Nivora, Mario Bianchi, Confindustria": a list.
        let is_listed = first > self.sentence.first_token && self.word(first - 1) == ",";
        !is_listed && (self.sentence.first_token..person.first).all(is_open)
    }

    /// The body before the people that an item names: in a bracket right behind it (`Università di X (la rettrice Anna Conti)`,
    /// `Nivora (Anna Conti, Mario Bianchi)`), behind a colon in a line of its own (`Nivora, di Lecco: Anna Conti e Mario Bianchi`), or
    /// behind a comma in an item of a list (`• Nivora, Anna Conti, direttrice`).
    pub(super) fn body_of_item(&self, person: &Person, tie: Option<&Tie>) -> Option<usize> {
        if tie.is_some_and(|tie| tie.scope == Scope::Country || tie.is_placed) {
            return None;
        }
        let own = self.skip_honorifics(person.first);
        let own = tie.map_or(own, |tie| own.min(tie.start));
        if let Some(open) = self.bracket_around(own) {
            return self.body_seated_before(open).map(|(body, _)| body);
        }
        let first = self.first_of_people(own);
        let mark = first.checked_sub(1).filter(|&mark| mark > self.sentence.first_token)?;
        if !matches!(self.word(mark), ":" | "," | "–" | "-") {
            return None;
        }
        let (body, opening) = self.body_seated_before(mark)?;
        let is_item = match self.word(mark) {
            ":" => self.is_labelled(opening, person),
            _ => self.is_marked(opening) && self.tells_nothing(),
        };
        is_item.then_some(body)
    }

    /// The body in the bracket that ends a line of a program, for those whom it opens with (`Anna Conti e Mario Bianchi: il mare d'inverno
    /// (Università di X)`).
    pub(super) fn body_of_talk(&self, person: &Person) -> Option<usize> {
        let first = self.first_of_people(self.skip_honorifics(person.first));
        let tokens = &self.context.document.tokens;
        let last = (person.end..self.sentence.end_token)
            .rev()
            .find(|&at| self.word(at) != ".")
            .filter(|&at| self.word(at) == ")")?;
        if first != self.sentence.first_token && !self.is_marked(first) {
            return None;
        }
        let open = (person.end.max(last.saturating_sub(MAX_PEOPLE))..last).rev().find(|&at| self.word(at) == "(")?;
        let named = self.named(open + 1).filter(|named| named.kind == NamedKind::Institution && named.end <= last)?;
        let colon = (person.end..open).find(|&at| self.word(at) == ":")?;
        let is_person = |at: usize| self.named(at).is_some_and(|named| named.kind == NamedKind::Person);
        let is_joint = |at: usize| tokens[at].kind == TokenKind::Mark || self.class(at).is(WordClass::AND);
        // Behind the people nothing but where they are.
        let mut at = person.end;
        while at < colon && (is_joint(at) || is_person(at)) {
            at = self.named(at).map_or(at + 1, |named| named.end);
        }
        let is_where = at == colon || self.word(at - 1) == "," && (at..colon).all(|at| !is_person(at));
        (is_where && !(colon..open).any(is_person)).then_some(named.mention)
    }

    /// Whether a body from the token `opening` on before a colon is what the text tells people of (`Ministero di X: Anna Conti Ministero
    /// di Y: Mario Bianchi`).
    fn is_labelled(&self, opening: usize, person: &Person) -> bool {
        let is_item =
            opening > self.sentence.first_token && matches!(self.word(opening - 1), ":" | "•" | "-" | "–" | ">" | ";");
        let opens =
            opening == self.sentence.first_token || is_item || self.is_marked(opening) || self.ends_person(opening);
        let closes = person.end == self.sentence.end_token
            || matches!(self.word(person.end), ";" | "," | "(" | ".")
            || self.class(person.end).is(WordClass::AND)
            || self.named(person.end).is_some_and(|named| named.kind == NamedKind::Institution);
        opens && closes
    }

    /// Whether the sentence has no verb, as an item of a list has none.
    fn tells_nothing(&self) -> bool {
        let verbs = WordClass::FOLLOWS_SUBJECT.with(WordClass::ACT).with(WordClass::RELATIVE);
        let tokens = self.sentence.first_token..self.sentence.end_token;
        tokens.len() <= MAX_ITEM && tokens.clone().all(|at| !self.class(at).is_any(verbs) || self.named(at).is_some())
    }

    /// The bracket around the token at `at`, where it holds people and what they are, and no other body before.
    fn bracket_around(&self, at: usize) -> Option<usize> {
        let verbs = WordClass::FOLLOWS_SUBJECT.with(WordClass::ACT);
        let lowest = self.sentence.first_token.max(at.saturating_sub(MAX_PEOPLE));
        let open = (lowest..at).rev().find(|&at| matches!(self.word(at), "(" | ")" | ":"))?;
        let is_other = |at: usize| self.named(at).is_some_and(|named| named.kind == NamedKind::Institution);
        let holds = (open + 1..at).all(|at| !is_other(at) && !self.class(at).is_any(verbs));
        let closes = (at..(at + MAX_PEOPLE).min(self.sentence.end_token)).any(|at| self.word(at) == ")");
        (self.word(open) == "(" && holds && closes).then_some(open)
    }

    /// First token of the people in a row before the name that begins at `first` (`Anna Conti, Mario Bianchi e …`).
    fn first_of_people(&self, mut first: usize) -> usize {
        for _ in 0..MAX_PEOPLE {
            let Some(before) = self.person_listed_before(first) else { break };
            first = self.skip_honorifics(before);
        }
        first
    }

    /// First token of the name before a comma or `and` that ends before the token `first`.
    fn person_listed_before(&self, first: usize) -> Option<usize> {
        let mut end = first;
        end -= usize::from(end > self.sentence.first_token && self.class(end - 1).is(WordClass::AND));
        end -= usize::from(end > self.sentence.first_token && self.word(end - 1) == ",");
        if end == first { None } else { self.person_ending_at(end) }
    }

    /// First token of the name of a person that ends right before the token `end`.
    fn person_ending_at(&self, end: usize) -> Option<usize> {
        let last = end.checked_sub(1).filter(|&last| last >= self.sentence.first_token)?;
        let (span, mentions) = (self.context.document.tokens[last].span, self.context.mentions);
        let idx = mentions.partition_point(|mention| mention.span.end() < span.end());
        let found =
            mentions.get(idx).filter(|mention| mention.kind == Kind::Person && mention.span.end() == span.end())?;
        Some(self.context.document.token_at(found.span.start()))
    }

    /// Whether the name of a person ends right before the token at `at`, with a bracket or mark between at most.
    pub(super) fn ends_person(&self, at: usize) -> bool {
        let marks = usize::from(matches!(self.word(at - 1), ";" | ","));
        self.person_ending_at(self.skip_bracket_back(at - marks)).is_some()
    }
}
