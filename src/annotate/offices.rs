//! The words of an office: the noun with what belongs to it, up to the body that has it.
//!
//! The rule `people` asks whether an office stands before a stretch; the relation `roles` reads the words and the body.

mod complement;
mod fields;

use crate::{
    document::{Document, Sentence},
    lexicon::pack::{Number, Office, PeopleWords, Scope, Standing, WordClass},
    text::{
        WordKey,
        words::{Case, Gap, Token, TokenKind},
    },
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

/// Tells the names of a sentence.
pub(crate) trait Names {
    /// The name that begins at the token at `at`.
    fn named(&self, at: usize) -> Option<Named>;

    /// The body, named elsewhere, that the common noun at `at` stands for (`presidente dell'associazione`).
    fn stands_for(&self, at: usize) -> Option<Named>;

    /// Whether the token at `at` is a capitalized word that the language does not know, and so a name.
    fn is_proper(&self, at: usize) -> bool;

    /// Whether the language knows the word at `at`, as it stands or without the `s` that joins it to the next part of a compound.
    fn is_common(&self, at: usize) -> bool;

    /// Whether the mention of this number is a place.
    fn is_place(&self, mention: usize) -> bool;
}

/// Before anything is named.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NoNames;

impl Names for NoNames {
    fn named(&self, _: usize) -> Option<Named> {
        None
    }

    fn stands_for(&self, _: usize) -> Option<Named> {
        None
    }

    fn is_proper(&self, _: usize) -> bool {
        false
    }

    fn is_common(&self, _: usize) -> bool {
        true
    }

    fn is_place(&self, _: usize) -> bool {
        false
    }
}

/// The words of an office.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct OfficePhrase<'w> {
    /// Its first token, with words that are no part of the office (`nuovo`).
    pub start: usize,
    /// The first token of the office.
    pub first: usize,
    /// One past the last token of the office.
    pub end: usize,
    /// One past the last token of the body that has it.
    pub reach: usize,
    /// First token and one past the last of the noun.
    pub noun: (usize, usize),
    /// What is known of the noun.
    pub office: &'w Office,
    /// Whether it names several people.
    pub is_plural: bool,
    /// Whether it says what or where the office is about.
    pub has_complement: bool,
    /// Number of the mention of the body.
    pub body: Option<usize>,
}

/// Whether an office stands before the body that begins at the token `first`, which has it: `il presidente della`, `la
/// direttrice generale del`.
pub(crate) fn is_held(document: &Document<'_>, sentence: &Sentence<'_>, first: usize) -> bool {
    let (words, tokens) = (&sentence.pack.people, &document.tokens);
    let Some(nearest) = first.checked_sub(1).filter(|&nearest| nearest > sentence.first_token) else { return false };
    let class = |at: usize| words.class(&tokens[at]);
    let is_article = class(nearest).is(WordClass::ARTICLE) && !class(nearest).is(WordClass::OF);
    let of = nearest - usize::from(is_article);
    let is_office =
        |at: usize| at >= sentence.first_token && words.offices.end_at(document.as_str(), tokens, at).is_some();
    class(of).is_any(WordClass::OF.with(WordClass::ARTICULATED))
        && of
            .checked_sub(1)
            .is_some_and(|at| is_office(at) || at > 0 && tokens[at].case == Case::Lower && is_office(at - 1))
}

/// Reads offices in one sentence.
pub(crate) struct OfficeReader<'a, N> {
    document: &'a Document<'a>,
    sentence: &'a Sentence<'a>,
    words: &'a PeopleWords,
    names: N,
}

/// What stands where an office may go on.
enum Step {
    /// The office goes on to this token.
    Grow(usize),
    /// It goes on to this token with what it is about.
    Complement(usize),
    /// Its body is this mention, which ends before this token.
    Body(usize, usize),
    /// What ends before this token says where the office is, and is no part of it.
    Pass(usize),
    Stop,
}

impl<'a, N: Names> OfficeReader<'a, N> {
    /// A reader of `sentence`; `names` tells what is named in it.
    pub fn new(document: &'a Document<'a>, sentence: &'a Sentence<'a>, names: N) -> Self {
        Self { document, sentence, words: &sentence.pack.people, names }
    }

    fn token(&self, at: usize) -> Option<&'a Token> {
        self.document.tokens[..self.sentence.end_token].get(at)
    }

    fn word(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.span.of(self.document.as_str()))
    }

    /// The token before the one at `at`, in the same sentence.
    fn token_before(&self, at: usize) -> Option<&'a Token> {
        at.checked_sub(1).filter(|&before| before >= self.sentence.first_token).and_then(|before| self.token(before))
    }

    /// The key of the word before the token at `at`, in the same sentence.
    fn key_before(&self, at: usize) -> WordKey {
        self.token_before(at).map_or(WordKey::NONE, |token| token.key)
    }

    fn class(&self, at: usize) -> WordClass {
        self.token(at).map_or(WordClass::NONE, |token| self.words.class(token))
    }

    fn is_lower(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.case == Case::Lower)
    }

    /// The widest office that reaches exactly to the token at `at`.
    pub fn before(&self, at: usize) -> Option<OfficePhrase<'a>> {
        let lowest = self.sentence.first_token.max(at.saturating_sub(MAX_REACH));
        let mut widest: Option<OfficePhrase<'a>> = None;
        for first in (lowest..at).rev() {
            let token = &self.document.tokens[first];
            let is_open = match token.kind {
                TokenKind::Mark => {
                    // "La presidente di Nivora S.p.A., Anna Conti"
                    let is_short = |first: usize| {
                        self.word(first) == "."
                            && token.gap == Gap::None
                            && self.token_before(first).is_some_and(|before| before.span.len() <= 4)
                    };
                    self.joins_places(first)
                        || is_short(first)
                        || matches!(self.word(first), "-" | "'" | "’" | "&" | "\"" | "“" | "”" | "«" | "»" | "(" | ")")
                }
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

    /// Whether the comma at the token `at` stands before one more place (`per Vietnam, Laos e Cambogia`).
    fn joins_places(&self, at: usize) -> bool {
        let is_place = |named: Named| matches!(named.kind, NamedKind::State | NamedKind::Town);
        self.word(at) == "," && self.names.named(at + 1).is_some_and(is_place)
    }

    /// The office that begins at the token at `first`, as far as it goes.
    pub fn from(&self, first: usize) -> Option<OfficePhrase<'a>> {
        self.read(first, self.sentence.end_token.min(first + MAX_REACH))
    }

    /// The office that begins at the token at `start`; it goes no further than `limit`, where a name may begin.
    fn read(&self, start: usize, limit: usize) -> Option<OfficePhrase<'a>> {
        let (text, tokens) = (self.document.as_str(), &self.document.tokens[..self.sentence.end_token]);
        let (first, noun) = self.skip_before_office(start);
        let (mut noun_end, mut office) = self.words.offices.begin_at(text, tokens, noun)?;
        // "Presidente da Câmara Municipal de X": a body that begins inside the noun and goes on behind it is no part of it.
        let is_body = |at: &usize| {
            self.names.named(*at).is_some_and(|named| named.kind == NamedKind::Institution && named.end >= noun_end)
        };
        if let Some(body) = (noun + 1..noun_end).find(is_body) {
            (noun_end, office) = self.words.offices.begin_at(text, &tokens[..body], noun)?;
        }
        if self.words.is_adjective_there(office, self.token_before(start)) {
            return None;
        }
        let is_plural = self.words.names_several(office, self.key_before(start));
        let mut phrase = OfficePhrase {
            start,
            first,
            end: noun_end,
            reach: noun_end,
            noun: (noun, noun_end),
            office,
            is_plural,
            has_complement: false,
            body: None,
        };
        while phrase.reach < limit {
            match self.step(phrase.reach, &phrase) {
                Step::Grow(end) => (phrase.end, phrase.reach) = (end, end),
                Step::Complement(end) => {
                    (phrase.end, phrase.reach) = (end, end);
                    phrase.has_complement = true;
                }
                Step::Body(mention, reach) => {
                    (phrase.body, phrase.reach) = (Some(mention), reach);
                    self.pass_behind_body(&mut phrase, limit);
                    break;
                }
                Step::Pass(reach) => {
                    phrase.reach = reach.min(limit);
                    phrase.has_complement = true;
                    self.body_behind_place(&mut phrase, limit);
                    break;
                }
                Step::Stop => break,
            }
        }
        self.pass_bracket(&mut phrase, limit);
        Some(phrase)
    }

    /// The first token of the office and that of its noun, behind `ex-`, `vice` and words like `nuovo` that are no part of it.
    fn skip_before_office(&self, start: usize) -> (usize, usize) {
        let (mut first, mut at) = (None, start);
        loop {
            if let Some(head) = self.head_of_hyphen(at) {
                return (first.unwrap_or(at), head);
            }
            let class = self.class(at);
            // "Il ventenne calciatore"
            let has_age = || self.is_lower(at) && self.words.age_endings.of(self.word(at)).next().is_some();
            let is_passed = class.is(WordClass::PASSED) || class == WordClass::NONE && has_age();
            if !is_passed && !class.is(WordClass::BEFORE_OFFICE) && !self.is_leading_adjective(at, class) {
                break;
            }
            let after = if self.word(at + 1) == "-" { at + 2 } else { at + 1 };
            // "Il suo vice Mario Bianchi", but "il vice direttore".
            let goes_on = class.is(WordClass::BEFORE_OFFICE) && self.begins_office(after);
            let is_office = self.office_end(at).is_some_and(|end| end > after || !goes_on);
            if self.token(after).is_none() || is_office {
                break;
            }
            if !is_passed {
                first = first.or(Some(at));
            }
            at = after;
        }
        (first.unwrap_or(at), at)
    }

    fn begins_office(&self, at: usize) -> bool {
        self.office_end(at).is_some()
    }

    /// One past the noun for an office that begins at the token `at`.
    fn office_end(&self, at: usize) -> Option<usize> {
        let tokens = &self.document.tokens[..self.sentence.end_token];
        self.words.offices.begin_at(self.document.as_str(), tokens, at).map(|(end, _)| end)
    }

    /// An adjective before the noun, in languages that put it there (`der wissenschaftliche Leiter`, `French president`).
    fn is_leading_adjective(&self, at: usize, class: WordClass) -> bool {
        self.words.adjectives_lead
            && (class.is(WordClass::DEMONYM)
                || self.is_lower(at) && class == WordClass::NONE && self.words.ends_like_adjective(self.word(at)))
    }

    fn step(&self, at: usize, phrase: &OfficePhrase<'_>) -> Step {
        let Some(token) = self.token(at) else { return Step::Stop };
        if let Some(named) = self.names.named(at) {
            return match named.kind {
                NamedKind::Institution => Step::Body(named.mention, named.end),
                // "il vicepresidente USA"
                NamedKind::State
                    if token.case == Case::Upper && matches!(phrase.office.scope, Scope::Country | Scope::Chair) =>
                {
                    Step::Complement(named.end)
                }
                // "Gouverneur der Präfektur Aichi": where nothing stands between a noun and its place.
                NamedKind::State | NamedKind::Town
                    if self.words.nouns_are_capital
                        && phrase.has_complement
                        && phrase.office.scope == Scope::Country =>
                {
                    Step::Complement(named.end)
                }
                _ => Step::Stop,
            };
        }
        let class = self.class(at);
        if let Some((end, ())) = self.words.actings.begin_at(&self.document.tokens[..self.sentence.end_token], at) {
            return Step::Grow(end);
        }
        if let Some(end) = self.end_of_charge(at, phrase) {
            return Step::Complement(end);
        }
        if let Some(end) = self.end_of_list(at, phrase) {
            return Step::Complement(end);
        }
        if token.kind == TokenKind::Mark {
            let joins = self.word(at) == "-" && token.gap == Gap::None;
            // "La nazionale U-21"
            let is_part =
                |next: &&Token| next.kind == TokenKind::Word || next.kind == TokenKind::Number && phrase.has_complement;
            let next = self.token(at + 1).filter(|next| joins && next.gap == Gap::None && is_part(next));
            return next.map_or(Step::Stop, |_| Step::Grow(at + 2));
        }
        // "Responsabile del campionato di Formula 1"
        let is_numbered = phrase.has_complement && at > 0 && self.document.tokens[at - 1].case == Case::Title;
        if token.kind == TokenKind::Number && is_numbered && token.span.len() <= 2 {
            return Step::Grow(at + 1);
        }
        if token.kind != TokenKind::Word {
            return Step::Stop;
        }
        if class.is(WordClass::QUALIFIER) || token.case == Case::Lower && self.is_adjective(class, at) {
            return Step::Grow(at + 1);
        }
        if class.is(WordClass::AND) {
            return self.coordinate(at, phrase);
        }
        if class.is_any(WordClass::OF.with(WordClass::TO).with(WordClass::AT).with(WordClass::LOCATIVE)) {
            return self.complement(at, class, phrase);
        }
        // "L'inviato de La Stampa"
        let behind = if class.is(WordClass::PARTICLE) { self.names.named(at + 1) } else { None };
        if let Some(body) = behind.filter(|named| named.kind == NamedKind::Institution && self.is_lower(at)) {
            return Step::Body(body.mention, body.end);
        }
        if class.is(WordClass::PARTICLE)
            && let Some(body) = self.quoted_body(at + 1)
        {
            return Step::Body(body.mention, body.end + 1);
        }
        if let Some(of) = self.end_of_field(at, phrase) {
            return Step::Grow(of);
        }
        if let Some(end) = self.end_of_unit(at, phrase) {
            return Step::Grow(end);
        }
        let is_in_complement = phrase.has_complement && !self.is_lower(at);
        if phrase.has_complement && self.is_second_noun(at) {
            return Step::Grow(at + 1);
        }
        if is_in_complement && token.case == Case::Title && !class.is(WordClass::PARTICLE) {
            return Step::Grow(at + 1);
        }
        Step::Stop
    }

    fn is_adjective(&self, class: WordClass, at: usize) -> bool {
        if self.words.adjectives_lead {
            return false;
        }
        // "il vicepresidente democratico": no part of a name, and an adjective all the same.
        let is_open = class == WordClass::NONE || class == WordClass::NOT_NAME;
        class.is(WordClass::DEMONYM) || is_open && self.words.ends_like_adjective(self.word(at))
    }

    /// `and` with a second office, a second matter (`dell'università e della ricerca`), or nothing of the kind.
    fn coordinate(&self, at: usize, phrase: &OfficePhrase<'_>) -> Step {
        let (text, tokens) = (self.document.as_str(), &self.document.tokens[..self.sentence.end_token]);
        let (_, second) = self.skip_before_office(at + 1);
        // "L'ex procuratore ed attuale presidente del Senato": two offices, of which the name has the nearer one.
        if (at + 1..second).any(|at| self.class(at).is(WordClass::PASSED)) {
            return Step::Stop;
        }
        if let Some((end, office)) = self.words.offices.begin_at(text, tokens, second) {
            let is_alike = office.number == Number::Either || (office.number == Number::Several) == phrase.is_plural;
            return if is_alike { Step::Grow(end) } else { Step::Stop };
        }
        // "Head of policy" is an office of the lists that says its matter.
        let tells_matter = || (phrase.noun.0..phrase.noun.1).any(|at| self.class(at).is(WordClass::OF));
        if !(phrase.has_complement || self.words.adjectives_lead && tells_matter()) {
            return Step::Stop;
        }
        let class = self.class(at + 1);
        if class.is_any(WordClass::OF.with(WordClass::TO)) {
            // "presidente del Ghana e dell'Unione Africana"
            let next = self.skip_articles(at + 2);
            return match self.names.named(next) {
                Some(Named { kind: NamedKind::Institution, mention, end }) => Step::Body(mention, end),
                None if self.is_matter(next) => Step::Complement(next + 1),
                _ => Step::Stop,
            };
        }
        let Some(next) = self.token(at + 1).filter(|_| self.names.named(at + 1).is_none()) else { return Step::Stop };
        // "Sport e Cultura", "ricerca e innovazione": a second noun of the kind of the first.
        let before = &self.document.tokens[at - 1];
        // "I presidenti di Camera e Senato"
        let is_open = class.is_only(WordClass::NOT_NAME.with(WordClass::ORGAN).with(WordClass::BEFORE_OFFICE));
        let is_alike = next.kind == TokenKind::Word && next.case == before.case && is_open;
        if is_alike && self.is_matter(at + 1) { Step::Complement(self.end_of_matter(at + 1)) } else { Step::Stop }
    }

    fn skip_articles(&self, mut at: usize) -> usize {
        while self.class(at).is(WordClass::ARTICLE) && self.names.named(at).is_none() {
            at += 1;
        }
        at
    }

    /// Whether the token at `at` is a calling of several of whom no more is said (`degli industriali`).
    fn is_trade(&self, at: usize) -> bool {
        let tokens = &self.document.tokens[..self.sentence.end_token];
        let office = self.words.offices.begin_at(self.document.as_str(), tokens, at);
        let is_trade = |(end, office): (usize, &Office)| {
            (office.standing == Standing::Calling || office.scope == Scope::None)
                && office.number == Number::Several
                && (end == at + 1 || office.standing == Standing::Calling)
        };
        self.is_lower(at)
            && self.class(at.wrapping_sub(1)).is_any(WordClass::PLURAL.with(WordClass::ARTICULATED))
            && office.is_some_and(is_trade)
    }

    /// Whether the token at `at` can be what an office is about.
    fn is_matter(&self, at: usize) -> bool {
        let closed = WordClass::ARTICLE
            .with(WordClass::AND)
            .with(WordClass::FOLLOWS_SUBJECT)
            .with(WordClass::ACT)
            .with(WordClass::PLURAL)
            .with(WordClass::TENURE);
        // Capitals are the acronym of a body that nobody tagged.
        let is_word = |token: &Token| token.kind == TokenKind::Word && !matches!(token.case, Case::Mixed | Case::Upper);
        // "il portavoce del presidente Bianchi": the inner office is that of the name behind; "il presidente degli industriali" has
        // them all.
        self.token(at).is_some_and(is_word)
            && self.names.named(at).is_none()
            && !self.class(at).is_any(closed)
            // "Responsabile Nuovi Mercati"
            && (!self.class(at).is(WordClass::PASSED) || self.is_title_of_matter(at))
            && (!self.begins_office(at) || self.is_trade(at))
            && self.somebody_at(at).is_none()
    }

    /// Whether the token at `at` is an adjective with a capital before another word with one (`Nuovi Mercati`).
    fn is_title_of_matter(&self, at: usize) -> bool {
        let is_title = |at: usize| self.token(at).is_some_and(|token| token.case == Case::Title);
        is_title(at) && is_title(at + 1) && self.names.named(at + 1).is_none() && !self.begins_office(at + 1)
    }

    /// One past the noun for somebody at `at` behind a preposition with its article (`l'avvocato dell'uomo`, `dell'ex brigatista`).
    fn somebody_at(&self, at: usize) -> Option<usize> {
        let is_tied = at > 0 && self.class(at - 1).is(WordClass::ARTICULATED) && self.is_lower(at);
        let tokens = &self.document.tokens[..self.sentence.end_token];
        let noun = || self.words.nouns.begin_at(tokens, at).map(|(end, ())| end);
        let is_former = self.class(at).is(WordClass::BEFORE_OFFICE);
        if is_tied { noun().or_else(|| if is_former { self.office_end(at + 1) } else { None }) } else { None }
    }
}
