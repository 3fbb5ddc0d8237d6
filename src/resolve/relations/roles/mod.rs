//! Who is what, where.
//!
//! Read this file, then `words.rs` (the office in the singular), then `bodies.rs` (the body that the office belongs to).

mod bodies;
mod words;

use super::{Context, Relation, Relations, Role};
use crate::{
    annotate::offices::{Named, NamedKind, OfficePhrase, OfficeReader},
    document::Sentence,
    lexicon::{
        Kind, Subtype,
        pack::{PeopleWords, Scope, WordClass},
    },
    text::{Span, words::{Case, TokenKind}},
};

/// Who is what, where.
pub(super) const RELATION: Relation = Relation { name: "roles", about: "Who is what, where.", find };

/// A mention of a person with its tokens.
#[derive(Debug, Clone, Copy)]
struct Person {
    /// Number of the mention.
    mention: usize,
    /// First token.
    first: usize,
    /// One past the last token.
    end: usize,
}

/// What the text says of one mention of a person.
#[derive(Debug, Clone)]
struct Tie {
    /// Id and words of the office.
    office: Option<(String, String)>,
    /// What becomes of a place or body with the office.
    scope: Scope,
    /// Number of the mention of the body.
    body: Option<usize>,
    /// Whether the body stands elsewhere than beside the office.
    is_carried: bool,
    /// Whether the office says what it is about, so that no body is to be looked for.
    is_narrowed: bool,
    /// Whether others in the same list hold the office.
    is_shared: bool,
    /// The words that say so.
    evidence: Span,
}

/// Reads one sentence.
struct Reader<'a> {
    context: &'a Context<'a>,
    sentence: &'a Sentence<'a>,
    words: &'a PeopleWords,
    text: &'a str,
}

fn find(context: &Context<'_>, relations: &mut Relations) {
    let document = context.document;
    let mut next = 0;
    for sentence in &document.sentences {
        let mut people = Vec::new();
        while let Some(mention) = context.mentions.get(next).filter(|mention| mention.span.start() < sentence.span.end()) {
            if mention.kind == Kind::Person && sentence.span.contains(mention.span) {
                let (first, end) = tokens_of(context, mention.span);
                people.push(Person { mention: next, first, end });
            }
            next += 1;
        }
        if !people.is_empty() {
            let reader = Reader { context, sentence, words: &sentence.pack.people, text: document.as_str() };
            reader.relate(&people, relations);
        }
    }
}

/// First token of a span and one past its last.
fn tokens_of(context: &Context<'_>, span: Span) -> (usize, usize) {
    (context.document.token_at(span.start()), context.document.token_at(span.end() - 1) + 1)
}

impl<'a> Reader<'a> {
    fn word(&self, at: usize) -> &'a str {
        match self.context.document.tokens[..self.sentence.end_token].get(at) {
            Some(token) if at >= self.sentence.first_token => token.span.of(self.text),
            _ => "",
        }
    }

    fn class(&self, at: usize) -> WordClass {
        match self.context.document.tokens[..self.sentence.end_token].get(at) {
            Some(token) if at >= self.sentence.first_token => self.words.class(token),
            _ => WordClass::NONE,
        }
    }

    /// The name that begins at the token at `at`.
    fn named(&self, at: usize) -> Option<Named> {
        let start = self.context.document.tokens.get(at)?.span.start();
        let mention = self.context.mentions.binary_search_by_key(&start, |mention| mention.span.start()).ok()?;
        let found = &self.context.mentions[mention];
        let kind = match (found.kind, found.subtype) {
            (Kind::Person, _) => NamedKind::Person,
            (Kind::Institution, _) => NamedKind::Institution,
            (Kind::Place, Some(Subtype::Country | Subtype::Region)) => NamedKind::State,
            (Kind::Place, _) => NamedKind::Town,
            _ => return None,
        };
        Some(Named { kind, mention, end: tokens_of(self.context, found.span).1 })
    }

    fn offices(&self) -> OfficeReader<'a, impl Fn(usize) -> Option<Named>> {
        OfficeReader::new(self.context.document, self.sentence, |at| self.named(at))
    }

    fn relate(&self, people: &[Person], relations: &mut Relations) {
        let mut ties: Vec<Option<Tie>> = Vec::with_capacity(people.len());
        for (idx, person) in people.iter().enumerate() {
            let before = self.before(person);
            let listed = || {
                let (known, tie) = (people[idx.checked_sub(1)?], ties[idx - 1].as_ref()?);
                let is_listed = tie.is_shared && self.are_listed(known.end, person.first);
                is_listed.then(|| tie.clone())
            };
            let mut tie = before.or_else(listed).or_else(|| self.among(person));
            if let Some(behind) = self.behind(person) {
                tie = Some(match tie {
                    Some(mut tie) => {
                        tie.body = tie.body.or(behind.body);
                        tie.office = tie.office.or(behind.office);
                        tie
                    }
                    None => behind,
                });
            }
            if let Some(tie) = &mut tie
                && tie.body.is_none()
            {
                let before = idx.checked_sub(1).and_then(|before| ties[before].as_ref().map(|tie| (people[before], tie)));
                tie.body = self.carried(person, people, tie).or_else(|| {
                    let (_, known) = before.filter(|(known, other)| other.is_carried && self.is_colleague(known, tie))?;
                    known.body
                });
                tie.is_carried = tie.body.is_some();
            }
            ties.push(tie);
        }
        for (person, tie) in people.iter().zip(ties) {
            if let Some(tie) = tie {
                self.add(person, tie, relations);
            }
        }
    }

    fn add(&self, person: &Person, tie: Tie, relations: &mut Relations) {
        let entity = |mention: usize| self.context.entities.of_mention.get(mention).copied().flatten();
        let Some(somebody) = entity(person.mention) else { return };
        let institution = tie.body.and_then(entity);
        let (role, text) = tie.office.map_or((None, None), |(role, text)| (Some(role), Some(text)));
        let known = relations.roles.iter_mut().find(|known| {
            known.person == somebody
                && (known.role == role || role.is_none() || known.role.is_none())
                && (known.institution == institution || known.institution.is_none() || institution.is_none())
        });
        if let Some(known) = known {
            known.mentions.push(person.mention);
            if known.text.is_none() {
                (known.role, known.text) = (role, text);
            }
            known.institution = known.institution.or(institution);
            return;
        }
        let mentions = vec![person.mention];
        relations.roles.push(Role { person: somebody, role, text, institution, mentions, evidence: tie.evidence });
    }

    /// First token of the titles of politeness right before the token at `at`.
    fn skip_honorifics(&self, mut at: usize) -> usize {
        let tokens = &self.context.document.tokens;
        while let Some((first, ())) =
            at.checked_sub(1).and_then(|last| self.words.honorifics.end_at(tokens, last)).filter(|&(first, ())| first >= self.sentence.first_token)
        {
            at = first;
        }
        at
    }

    /// The office that stands before the name.
    fn before(&self, person: &Person) -> Option<Tie> {
        let mut at = self.skip_honorifics(person.first);
        let has_comma = at > self.sentence.first_token && self.word(at - 1) == ",";
        at -= usize::from(has_comma);
        let phrase = self.offices().before(at)?;
        if has_comma && !self.is_definite(phrase.first) {
            return None;
        }
        Some(self.tie(&phrase, person))
    }

    /// Whether an article stands before the token at `at`, alone or inside a preposition.
    fn is_definite(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or(WordClass::NONE, |before| self.class(before));
        before.is_any(WordClass::ARTICLE.with(WordClass::ARTICULATED))
    }

    /// The office or body that stands behind the name.
    fn behind(&self, person: &Person) -> Option<Tie> {
        let mark = self.word(person.end);
        if matches!(mark, "," | "(") {
            return self.behind_mark(person, self.skip_age(person.end + 1));
        }
        let is_lower = self.context.document.tokens.get(person.end).is_some_and(|token| token.case == Case::Lower);
        if let Some(phrase) = self.becomes(person.end) {
            return Some(self.tie(&phrase, person));
        }
        if is_lower && let Some(phrase) = self.offices().from(person.end) {
            return (!phrase.office.is_plural && self.ends_clause(phrase.reach)).then(|| self.tie(&phrase, person));
        }
        self.body_behind(person, person.end)
    }

    /// The office that somebody has or gets (`è stato nominato presidente`, `a presidente`), from the token behind the name on.
    fn becomes(&self, at: usize) -> Option<OfficePhrase<'a>> {
        let small = WordClass::FOLLOWS_SUBJECT.with(WordClass::BECOMES).with(WordClass::AS).with(WordClass::ARTICLE);
        let n_small = (0..5).take_while(|&n_small| self.class(at + n_small).is_any(small) && self.named(at + n_small).is_none()).count();
        let is_said = (0..n_small).any(|n_small| self.class(at + n_small).is_any(WordClass::AS.with(WordClass::BECOMES)));
        let phrase = is_said.then(|| self.offices().from(at + n_small)).flatten()?;
        (!phrase.office.is_plural && !self.begins_person(phrase.reach)).then_some(phrase)
    }

    /// Passes over an age (`68 anni,`).
    fn skip_age(&self, at: usize) -> usize {
        let is_number = self.context.document.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number);
        if is_number && self.class(at + 1).is(WordClass::AGE) && self.word(at + 2) == "," { at + 3 } else { at }
    }

    fn behind_mark(&self, person: &Person, mut at: usize) -> Option<Tie> {
        let start = at;
        while self.class(at).is(WordClass::ARTICLE) && self.named(at).is_none() {
            at += 1;
        }
        if let Some(phrase) = self.offices().from(at).or_else(|| self.office_near(at)) {
            let names_another = self.begins_person(phrase.reach)
                || at > start && self.word(phrase.reach) == "," && self.begins_person(phrase.reach + 1);
            return (!names_another && !phrase.office.is_plural).then(|| self.tie(&phrase, person));
        }
        if self.word(person.end) == "(" {
            let named = self.named(at).filter(|named| named.kind == NamedKind::Institution && self.word(named.end) == ")")?;
            return Some(self.tie_body(named.mention, person));
        }
        self.body_behind(person, start)
    }

    /// An office within a few words that narrow it (`, lead researcher`), where nothing else stands between.
    fn office_near(&self, at: usize) -> Option<OfficePhrase<'a>> {
        let is_open = |at: usize| {
            self.context.document.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word)
                && self.named(at).is_none()
                && !self.class(at).is_any(WordClass::FOLLOWS_SUBJECT.with(WordClass::OF).with(WordClass::AND).with(WordClass::TO).with(WordClass::ACT))
        };
        let n_words = (0..3).take_while(|&n_words| is_open(at + n_words)).count();
        (1..=n_words).find_map(|n_words| {
            let phrase = self.offices().from(at + n_words)?;
            Some(OfficePhrase { first: at, ..phrase })
        })
    }

    fn begins_person(&self, at: usize) -> bool {
        let tokens = &self.context.document.tokens;
        let behind = self.words.honorifics.begin_at(tokens, at).map_or(at, |(end, ())| end);
        self.named(behind).is_some_and(|named| named.kind == NamedKind::Person)
    }

    fn ends_clause(&self, at: usize) -> bool {
        at >= self.sentence.end_token || self.context.document.tokens[at].kind == TokenKind::Mark
    }

    /// `Mario Bianchi dell'Università di Pisa`: a body tied by a preposition alone.
    fn body_behind(&self, person: &Person, at: usize) -> Option<Tie> {
        if !self.class(at).is_any(WordClass::OF.with(WordClass::AT)) {
            return None;
        }
        let mut next = at + 1;
        while self.class(next).is(WordClass::ARTICLE) && self.named(next).is_none() {
            next += 1;
        }
        let named = self.named(next).filter(|named| named.kind == NamedKind::Institution)?;
        let is_tie = self.class(at).is(WordClass::OF) || self.ends_clause(named.end);
        is_tie.then(|| self.tie_body(named.mention, person))
    }

    /// Whether only `and` with an article stands between a person and the office of the next.
    fn is_colleague(&self, known: &Person, tie: &Tie) -> bool {
        let first = self.context.document.token_at(tie.evidence.start());
        first > known.end
            && first - known.end <= 2
            && self.class(known.end).is(WordClass::AND)
            && (known.end + 1..first).all(|at| self.class(at).is_any(WordClass::ARTICLE.with(WordClass::ARTICULATED)))
    }

    fn are_listed(&self, end: usize, first: usize) -> bool {
        let first = self.skip_honorifics(first);
        match first.checked_sub(end) {
            Some(1) => self.word(end) == "," || self.class(end).is(WordClass::AND),
            Some(2) => self.word(end) == "," && self.class(end + 1).is(WordClass::AND),
            _ => false,
        }
    }

    fn tie(&self, phrase: &OfficePhrase<'_>, person: &Person) -> Tie {
        let tokens = &self.context.document.tokens;
        let evidence = tokens[phrase.first].span.cover(self.context.mentions[person.mention].span);
        let evidence = evidence.cover(tokens[phrase.reach - 1].span);
        let office = Some((phrase.office.id.to_string(), self.office_text(phrase)));
        let body = phrase.body.or_else(|| self.body_before(phrase));
        let hangs = WordClass::OF.with(WordClass::TO).with(WordClass::AT);
        let is_narrowed = (phrase.noun.1..phrase.end.max(phrase.reach) + 1).any(|at| self.class(at).is_any(hangs) && at < person.first.max(phrase.reach + 1));
        Tie { office, scope: phrase.office.scope, body, is_carried: false, is_narrowed, is_shared: phrase.office.is_plural, evidence }
    }

    fn tie_body(&self, body: usize, person: &Person) -> Tie {
        let evidence = self.context.mentions[person.mention].span.cover(self.context.mentions[body].span);
        Tie { office: None, scope: Scope::None, body: Some(body), is_carried: false, is_narrowed: false, is_shared: false, evidence }
    }
}
