//! Who is what, where.
//!
//! Read this file, then `before.rs` and `behind.rs` (what stands before and behind a name), `lists.rs` (one office of several
//! people), `items.rs` (lists of those who take part), `words.rs` (the office in the singular), then `bodies.rs`, `heads.rs`,
//! `meant.rs`, `issuer.rs`, `sides.rs`, `pointers.rs` and `contacts.rs` (the body that the office belongs to).

mod apart;
mod before;
mod behind;
mod bodies;
mod contacts;
mod dealt;
mod heads;
mod issuer;
mod items;
mod lists;
mod meant;
mod pointers;
mod sides;
mod words;

use super::{super::EntityIdx, Context, Relation, Relations, Role};
use crate::{
    annotate::offices::{Named, NamedKind, Names, OfficePhrase, OfficeReader},
    document::Sentence,
    lexicon::{
        Kind, Subtype,
        pack::{PeopleWords, Scope, Standing, WordClass},
    },
    text::{Span, words::Case},
};
use std::{collections::HashMap, ops::Range};

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
    /// Whether the office is one only together with a body.
    needs_body: bool,
    /// Number of the mention of the body.
    body: Option<usize>,
    /// Whether the body stands elsewhere than beside the office.
    is_carried: bool,
    /// Whether the office says what it is about, so that no body is to be looked for.
    is_narrowed: bool,
    /// Whether what narrows it may be the name of a body or a place, and not only its matter.
    is_placed: bool,
    /// Whether it is a calling rather than an office.
    is_calling: bool,
    /// Whether others in the same list hold the office.
    is_shared: bool,
    /// First token of the office, with what is no part of it.
    start: usize,
    /// The words that say so.
    evidence: Span,
}

/// The numbers of the roles of each person.
type ByPerson = HashMap<EntityIdx, Vec<usize>>;

/// Reads one sentence.
struct Reader<'a> {
    context: &'a Context<'a>,
    sentence: &'a Sentence<'a>,
    words: &'a PeopleWords,
    text: &'a str,
    /// The numbers of the mentions of universities, in order.
    universities: &'a [usize],
    /// The body of the last person of the sentence before.
    body_before: Option<usize>,
}

fn find(context: &Context<'_>, relations: &mut Relations) {
    let document = context.document;
    let is_university = |idx: &usize| {
        let mention = &context.mentions[*idx];
        mention.kind == Kind::Institution && mention.subtype == Some(Subtype::University)
    };
    let universities: Vec<usize> = (0..context.mentions.len()).filter(is_university).collect();
    let (mut next, mut body_before) = (0, None);
    let mut by_person = HashMap::new();
    for sentence in &document.sentences {
        let mut people = Vec::new();
        while let Some(mention) =
            context.mentions.get(next).filter(|mention| mention.span.start() < sentence.span.end())
        {
            if mention.kind == Kind::Person && sentence.span.contains(mention.span) {
                let (first, end) = tokens_of(context, mention.span);
                people.push(Person { mention: next, first, end: behind::skip_letters(context, sentence, end) });
            }
            next += 1;
        }
        if !people.is_empty() {
            let reader = Reader {
                context,
                sentence,
                words: &sentence.pack.people,
                text: document.as_str(),
                universities: &universities,
                body_before,
            };
            body_before = reader.relate(&people, relations, &mut by_person);
        } else {
            body_before = None;
        }
    }
}

/// First token of a span and one past its last.
fn tokens_of(context: &Context<'_>, span: Span) -> (usize, usize) {
    (context.document.token_at(span.start()), context.document.token_at(span.end() - 1) + 1)
}

impl Names for &Reader<'_> {
    fn named(&self, at: usize) -> Option<Named> {
        Reader::named(self, at)
    }

    fn stands_for(&self, at: usize) -> Option<Named> {
        let mention = self.body_meant(at).or_else(|| self.body_headed(at))?;
        let kind = if self.is_institution(mention) { NamedKind::Institution } else { NamedKind::Town };
        Some(Named { kind, mention, end: at + 1 })
    }

    fn is_proper(&self, at: usize) -> bool {
        let is_title = self.context.document.tokens.get(at).is_some_and(|token| token.case == Case::Title);
        let common = &self.context.lexicon.common_words;
        is_title && !self.words.nouns_are_capital && common.zipf(self.word(at), &self.sentence.pack.code).is_none()
    }

    fn is_common(&self, at: usize) -> bool {
        let (word, code) = (self.word(at), &self.sentence.pack.code);
        let common = &self.context.lexicon.common_words;
        common.zipf(word, code).is_some()
            || word.strip_suffix('s').is_some_and(|stem| common.zipf(stem, code).is_some())
    }

    fn is_place(&self, mention: usize) -> bool {
        self.context.mentions[mention].kind == Kind::Place
    }
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

    /// The body whose name ends before the token at `end`, and its first token.
    fn body_ending_at(&self, end: usize) -> Option<(usize, usize)> {
        let last = end.checked_sub(1).filter(|&last| last >= self.sentence.first_token)?;
        let (span, mentions) = (self.context.document.tokens[last].span, self.context.mentions);
        let idx = mentions.partition_point(|mention| mention.span.end() < span.end());
        let found = mentions.get(idx).filter(|mention| mention.span.end() == span.end())?;
        (found.kind == Kind::Institution).then(|| (idx, tokens_of(self.context, found.span).0))
    }

    /// The numbers of the mentions inside a stretch: they are in order and never overlap.
    fn mentions_in(&self, span: Span) -> Range<usize> {
        let mentions = self.context.mentions;
        let first = mentions.partition_point(|mention| mention.span.start() < span.start());
        let end = mentions.partition_point(|mention| mention.span.end() <= span.end());
        first..end.max(first)
    }

    fn offices(&self) -> OfficeReader<'a, &Self> {
        OfficeReader::new(self.context.document, self.sentence, self)
    }

    /// Finds what the sentence says of its people; the body of the last of them.
    fn relate(&self, people: &[Person], relations: &mut Relations, by_person: &mut ByPerson) -> Option<usize> {
        let mut ties: Vec<Vec<Tie>> = Vec::with_capacity(people.len());
        for (idx, person) in people.iter().enumerate() {
            let mut found: Vec<Tie> = Vec::new();
            let known = idx.checked_sub(1).and_then(|before| Some((people[before], ties[before].last()?)));
            // What stands behind the person before is that one's, in a list that runs together.
            let is_taken = |tie: &Tie| {
                let before = idx.checked_sub(1).map(|before| (people[before].end, &ties[before]));
                before.is_some_and(|(end, others)| {
                    tie.start >= end && others.iter().any(|other| other.start == tie.start)
                })
            };
            found.extend(
                self.before(person)
                    .filter(|tie| !is_taken(tie))
                    .or_else(|| known.and_then(|(known, tie)| self.listed(&known, tie, &ties[idx - 1], person))),
            );
            if found.is_empty() {
                found.extend(self.signed(person).or_else(|| self.seated(person)));
            }
            if let Some(behind) = self.behind(person) {
                match found.first_mut() {
                    // "Il ministro keniano Anna Conti al Politecnico di X": where one who speaks for a country is.
                    Some(before)
                        if behind.office.is_none() && before.scope == Scope::Country && self.is_at(person.end) => {}
                    // "I capigruppo Anna Conti (PX) e Mario Bianchi (PY)"
                    Some(before) if behind.office.is_none() && before.is_shared => {
                        before.body = behind.body.or(before.body)
                    }
                    Some(before) if behind.office.is_none() => before.body = before.body.or(behind.body),
                    // "Tra i rappresentanti dello sport, Mario Bianchi, allenatore": what is said of one goes before what is said of all.
                    Some(before)
                        if before.is_shared && before.body.is_none() && !behind.is_shared && behind.body.is_some() =>
                    {
                        found.insert(0, behind)
                    }
                    // "La console Anna Conti, il presidente di X e i delegati": the next in a list, who has no name.
                    Some(before)
                        if behind.office.is_some()
                            && before.office.is_some()
                            && !before.is_calling
                            && self.opens_next(person, before) => {}
                    // "Ammiraglio Mario Bianchi, capo di stato maggiore": the office goes before the rank.
                    Some(before) if (before.is_calling || self.is_rank(before)) && !behind.is_calling => {
                        found.insert(0, behind)
                    }
                    _ => found.push(behind),
                }
            }
            if found.iter().all(|tie| tie.body.is_none())
                && let Some(tie) = self.body_behind_calling(person)
            {
                match found.first_mut().filter(|first| !first.is_calling && tie.office.is_none()) {
                    Some(first) => first.body = tie.body,
                    None if tie.office.is_some() => found.insert(0, tie),
                    None => found.push(tie),
                }
            }
            if found.iter().all(|tie| tie.body.is_none()) {
                self.find_body(person, people, known, &mut found);
            }
            found.retain(|tie| !tie.needs_body || tie.body.is_some());
            ties.push(found);
        }
        self.share_backward(people, &mut ties);
        self.share_body_behind(people, &mut ties);
        self.pair(people, &mut ties);
        self.deal(people, &mut ties);
        self.deal_bodies(people, &mut ties);
        let last = ties.last().and_then(|ties| ties.iter().find_map(|tie| tie.body));
        for (person, ties) in people.iter().zip(ties) {
            ties.into_iter().for_each(|tie| self.add(person, tie, relations, by_person));
        }
        last
    }

    /// Whether an office is a rank that goes with a name (`il cardinale Mario Bianchi, vescovo di X`).
    fn is_rank(&self, tie: &Tie) -> bool {
        tie.office.as_ref().is_some_and(|(_, text)| self.words.class(text.as_str()).is(WordClass::RANK))
    }

    /// Whether the token at `at` says where somebody is, and not whose one is.
    fn is_at(&self, at: usize) -> bool {
        let class = self.class(at);
        class.is_any(WordClass::AT.with(WordClass::TO).with(WordClass::LOCATIVE)) && !class.is(WordClass::OF)
    }

    /// Looks for the body of a person that stands neither beside the name nor beside the office.
    fn find_body(&self, person: &Person, people: &[Person], known: Option<(Person, &Tie)>, found: &mut Vec<Tie>) {
        if let Some(body) = self.contact(person) {
            match found.first_mut() {
                Some(tie) => tie.body = Some(body),
                None => found.push(self.tie_body(body, person)),
            }
            return;
        }
        let Some(tie) = found.first_mut() else {
            let item = || {
                self.body_of_item(person, None)
                    .or_else(|| self.receives_at(person, None))
                    .or_else(|| self.body_of_talk(person))
            };
            let paired = || item().map(|body| self.tie_body(body, person));
            found.extend(
                self.among(person).or_else(|| self.headed(person)).or_else(paired).or_else(|| self.member(person)),
            );
            return;
        };
        if let Some(body) = self.body_of_item(person, Some(tie)).or_else(|| self.receives_at(person, Some(tie))) {
            (tie.body, tie.is_carried) = (Some(body), true);
            return;
        }
        if let Some((word, body)) = self.told_by_adjective(tie) {
            tie.body = body;
            let is_free = body.is_some_and(|body| !self.is_government(body));
            if let Some((_, text)) = tie.office.as_mut().filter(|_| is_free) {
                // The adjective of the body is no part of the office (`presidente camerale`), that of a government is, and so is that
                // of a field (`responsabile della Farmacia ospedaliera`).
                let is_field = text.split(' ').any(|other| self.words.class(other).is(WordClass::OF));
                if !is_field {
                    *text = text
                        .split(' ')
                        .filter(|other| !other.eq_ignore_ascii_case(&word))
                        .collect::<Vec<_>>()
                        .join(" ");
                }
            }
            return;
        }
        let is_free = !tie.needs_body && !tie.is_narrowed;
        // "Il rettore di X, Mario Bianchi, accompagnato dalla prorettrice Anna Conti"
        // "Affiancato dal presidente francese Anna Conti": who is of a country is not of the body of the other.
        let is_of_country = tie.scope == Scope::Country || tie.is_calling;
        let companion =
            known.filter(|(known, _)| !is_of_country && self.goes_along(known, tie)).and_then(|(_, other)| other.body);
        // "A guidare il gruppo la rettrice di X, Anna Conti. Con lei il preside Mario Bianchi"
        let companion = companion.or(self.body_before.filter(|_| {
            known.is_none() && is_free && !is_of_country && tie.scope != Scope::Town && self.opens_with_companions(tie)
        }));
        let is_open = !is_of_country && !tie.needs_body && !tie.is_placed && tie.scope != Scope::Town;
        let in_list = known
            .filter(|(known, other)| {
                is_open && (other.is_carried || self.is_staff_of(other, tie)) && self.is_in_list(known, tie)
            })
            .and_then(|(_, other)| other.body);
        // "Il sindaco di X Mario Bianchi e l'assessora alla Cultura Anna Conti"
        let of_town = |(known, other): &(Person, &Tie)| {
            other.scope == Scope::Town && tie.scope == Scope::Body && !tie.is_placed && self.is_in_list(known, tie)
        };
        let in_list = in_list.or_else(|| known.filter(of_town).and_then(|(_, other)| other.body));
        tie.body = companion
            .or(in_list)
            .or_else(|| self.headed(person).and_then(|headed| headed.body))
            .or_else(|| self.carried(person, people, tie))
            .or_else(|| {
                let is_town = tie.scope == Scope::Town;
                let (_, other) = known.filter(|(known, other)| {
                    is_free && !is_town && other.is_carried && self.is_colleague(known, tie)
                })?;
                other.body
            });
        tie.is_carried = tie.body.is_some();
    }

    fn add(&self, person: &Person, tie: Tie, relations: &mut Relations, by_person: &mut ByPerson) {
        let entity = |mention: usize| self.context.entities.of_mention.get(mention).copied().flatten();
        let Some(somebody) = entity(person.mention) else { return };
        let institution = tie.body.and_then(entity);
        let (role, text) = tie.office.map_or((None, None), |(role, text)| (Some(role), Some(text)));
        if role.is_none() && institution.is_none() {
            return;
        }
        let own = by_person.entry(somebody).or_default();
        let known = own.iter().copied().find(|&at| {
            let known = &relations.roles[at];
            (known.role == role || role.is_none() || known.role.is_none())
                && (known.institution == institution || known.institution.is_none() || institution.is_none())
        });
        if let Some(at) = known {
            let known = &mut relations.roles[at];
            known.mentions.push(person.mention);
            let said = text.clone();
            // The headline's "ministro Conti" is the "ministro della Difesa" below.
            let is_fuller = || matches!((&known.text, &text), (Some(known), Some(text)) if goes_on(known, text));
            if known.text.is_none() || is_fuller() {
                (known.role, known.text) = (role, text);
            }
            // "Il presidente Conti", who was that of the Republic before: no body at hand is his.
            let is_said = || matches!((&known.text, &said), (Some(known), Some(said)) if goes_on(said, known));
            if !(tie.is_carried && is_said()) {
                known.institution = known.institution.or(institution);
            }
            return;
        }
        let mentions = vec![person.mention];
        own.push(relations.roles.len());
        relations.roles.push(Role { person: somebody, role, text, institution, mentions, evidence: tie.evidence });
    }

    /// First token of the titles of politeness right before the token at `at`.
    fn skip_honorifics(&self, mut at: usize) -> usize {
        let tokens = &self.context.document.tokens;
        while let Some((first, ())) = at
            .checked_sub(1)
            .and_then(|last| self.words.honorifics.end_at(tokens, last))
            .filter(|&(first, ())| first >= self.sentence.first_token)
        {
            at = first;
        }
        at
    }

    /// Whether an article stands before the token at `at`, alone or inside a preposition.
    fn is_definite(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or(WordClass::NONE, |before| self.class(before));
        before.is_any(WordClass::ARTICLE.with(WordClass::ARTICULATED))
    }

    /// Whether an indefinite article stands before the token at `at` (`Anna Conti, un'antiquaria`).
    fn is_one_of_many(&self, at: usize) -> bool {
        let indefinite = &self.sentence.pack.people.indefinite;
        at.checked_sub(1).is_some_and(|before| indefinite.contains(&self.context.document.tokens[before].key))
    }

    fn begins_person(&self, at: usize) -> bool {
        let tokens = &self.context.document.tokens;
        let behind = self.words.honorifics.begin_at(tokens, at).map_or(at, |(end, ())| end);
        // The headline's last word may stand before the first name of the text.
        let named = if behind < self.sentence.end_token { self.named(behind) } else { None };
        named.is_some_and(|named| named.kind == NamedKind::Person)
    }

    fn tie(&self, phrase: &OfficePhrase<'_>, person: &Person, side: Side) -> Tie {
        let tokens = &self.context.document.tokens;
        let evidence = tokens[phrase.first].span.cover(self.context.mentions[person.mention].span);
        let evidence = evidence.cover(tokens[phrase.reach - 1].span);
        // "il presidente francese" is that of a country.
        let has_demonym = (phrase.first..phrase.end).any(|at| self.class(at).is(WordClass::DEMONYM));
        // "docente a Spalato": the university there.
        let is_teacher = matches!(phrase.office.scope, Scope::Academy | Scope::University) && phrase.body.is_none();
        let of_town = || if is_teacher && phrase.has_complement { self.university_at(phrase.reach) } else { None };
        // "l'artista di Faenza": a calling is exercised for a body, not for a place.
        let is_office = phrase.office.standing == Standing::Office;
        Tie {
            office: Some((phrase.office.id.to_string(), self.office_text(phrase))),
            scope: phrase.office.scope,
            needs_body: match phrase.office.standing {
                Standing::Office => false,
                // "Anna Conti, fabbra di Sgonico", but not "Conti, la scultrice di Sgonico".
                Standing::Calling => {
                    side == Side::Behind && self.is_definite(phrase.start) && !self.is_one_of_many(phrase.start)
                }
                Standing::Tied => true,
            },
            body: phrase
                .body
                .or_else(|| self.body_before(phrase))
                .or_else(of_town)
                .filter(|&body| is_office || self.is_institution(body)),
            is_carried: false,
            is_narrowed: phrase.has_complement || !is_office || has_demonym,
            is_placed: phrase.reach > phrase.end || (phrase.noun.1..phrase.end).any(|at| self.named(at).is_some()),
            is_calling: !is_office || has_demonym,
            is_shared: phrase.is_plural,
            start: phrase.start,
            evidence,
        }
    }

    fn is_institution(&self, mention: usize) -> bool {
        self.context.mentions[mention].kind == Kind::Institution
    }

    fn tie_body(&self, body: usize, person: &Person) -> Tie {
        let evidence = self.context.mentions[person.mention].span.cover(self.context.mentions[body].span);
        Tie {
            office: None,
            scope: Scope::None,
            needs_body: true,
            body: Some(body),
            is_carried: false,
            is_narrowed: false,
            is_placed: false,
            is_calling: false,
            is_shared: false,
            start: person.first,
            evidence,
        }
    }
}

/// Where an office stands beside a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

/// Whether `longer` is `text` with more words behind it.
fn goes_on(text: &str, longer: &str) -> bool {
    let rest = longer.get(text.len()..).filter(|_| longer.is_char_boundary(text.len()));
    rest.is_some_and(|rest| rest.starts_with(' ') && longer[..text.len()].to_lowercase() == text.to_lowercase())
}
