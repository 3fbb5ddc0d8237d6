//! One word alone: what its place in the sentence tells of it.

use super::{Candidate, ENOUGH, Reader, runs::Unit};
use crate::{
    annotate::{Confidence, Mention},
    lexicon::{Kind, pack::WordClass},
    text::{
        Endings, KeyMap, Span,
        words::{Case, Gap, TokenKind},
    },
};

/// Fewest letters of a name that no table knows.
const MIN_LETTERS: usize = 4;

/// Fewest bytes before the ending of a verb.
const MIN_STEM: usize = 2;

/// How sure it is that a word that nothing knows and that recurs without an article is somebody.
const RECURRING: Confidence = Confidence::percent(55);

/// Where a word stands that is nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Where people stand and things do not: before a verb, behind `da`.
    Doer,
    /// Where anything may stand.
    Free,
    /// Behind an article, a preposition of place, a noun that it is the name of.
    Tied,
}

/// One word in its places.
#[derive(Debug, Default)]
struct Places {
    spans: Vec<Span>,
    n: usize,
    is_doer: bool,
    is_tied: bool,
}

/// Words that are nothing else, by the places in which they recur.
#[derive(Debug, Default)]
pub(super) struct Recurring {
    words: KeyMap<Places>,
}

impl Recurring {
    /// Keeps in mind the candidates of a sentence that are one word.
    pub fn note(&mut self, reader: &Reader<'_>, candidates: &[Candidate]) {
        for candidate in candidates {
            let Some(standing) = candidate.standing else { continue };
            let word = self.words.entry(reader.key(candidate.first)).or_default();
            word.n += 1;
            word.is_doer |= standing == Standing::Doer;
            word.is_tied |= standing == Standing::Tied;
            if candidate.percent < ENOUGH {
                word.spans.push(reader.span(candidate.first, candidate.end));
            }
        }
    }

    /// Those that recur, never tied and once at least where people stand, are people.
    pub fn find(self, found: &mut Vec<Mention>) {
        let people =
            self.words.iter().map(|(_, word)| word).filter(|word| word.n >= 2 && word.is_doer && !word.is_tied);
        let mut spans: Vec<Span> = people.flat_map(|word| &word.spans).copied().collect();
        spans.sort_by_key(|span| span.start());
        found.extend(spans.into_iter().map(|span| Mention::new(span, Kind::Person, "people/recurring", RECURRING)));
    }
}

impl Reader<'_> {
    /// Where a word stands that is nothing else; none for any other.
    pub(super) fn standing(&self, unit: &Unit, first: usize, end: usize) -> Option<Standing> {
        if !self.is_nothing_else(unit, first, end) {
            return None;
        }
        let is_known = (unit.part.is_surname || unit.part.is_given) && !self.is_listed(unit);
        let before = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        let class = before.map_or(WordClass::NONE, |before| self.words.class(self.key(before)));
        let people = WordClass::OF.with(WordClass::AND).with(WordClass::LOCATIVE);
        let behind_doer = is_known && class.is(WordClass::PRECEDES_PERSON) && !class.is_any(people);
        Some(match () {
            () if before.is_some_and(|before| self.ties(before, is_known)) => Standing::Tied,
            () if behind_doer || self.is_deed_of(unit, end) || is_known && self.follows_subject(end) => Standing::Doer,
            () => Standing::Free,
        })
    }

    /// Whether a place may stand at `first`: behind a preposition of place or one that an office or a body has (`i comuni di`).
    pub(super) fn may_be_where(&self, first: usize) -> bool {
        let before = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        before.is_some_and(|before| {
            let class = self.words.class(self.key(before));
            class.is_any(WordClass::LOCATIVE.with(WordClass::ARTICULATED)) || class.is(WordClass::OF)
        })
    }

    /// Whether the word at `before` makes the next one the name of a thing or a place: an article, a preposition of place, a noun with
    /// its article (`la rete televisiva Zorvik`). Behind `a` stands a place as often as somebody whom no table knows.
    fn ties(&self, before: usize, is_known: bool) -> bool {
        let class = |at: usize| self.words.class(self.key(at));
        let own = class(before);
        let articles = WordClass::ARTICLE.with(WordClass::ARTICULATED);
        let is_noun = || {
            let small = articles
                .with(WordClass::OF)
                .with(WordClass::TO)
                .with(WordClass::AND)
                .with(WordClass::PRECEDES_PERSON)
                .with(WordClass::FOLLOWS_SUBJECT)
                .with(WordClass::ACT);
            let is_plain = |at: usize| {
                let token = &self.tokens[at];
                token.case == Case::Lower && token.kind == TokenKind::Word && !class(at).is_any(small)
            };
            let mut noun = before;
            while noun > self.sentence.first_token && is_plain(noun) && self.words.ends_like_adjective(self.word(noun))
            {
                noun -= 1;
            }
            let heads = WordClass::ARTICLE.with(WordClass::OF);
            // "alla fine Zorvik" is no name of an end.
            let is_behind_article = |at: usize| at > self.sentence.first_token && class(at - 1).is_any(heads);
            !class(before).is(WordClass::SAME) && is_plain(noun) && is_behind_article(noun)
                || noun < before && class(noun).is_any(articles)
        };
        let is_place = own.is(WordClass::LOCATIVE) && !(is_known && own.is(WordClass::AS));
        own.is_any(articles)
            || is_place
            || self.word(before) == "("
            || is_noun()
            || own.is(WordClass::OF) && self.governs_place(before)
    }

    /// Whether nothing before the word at `first` can be what it is called by (`la rete Sportitalia ha annunciato`).
    pub(super) fn stands_free(&self, first: usize) -> bool {
        let Some(before) = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token) else {
            return true;
        };
        let class = self.words.class(self.key(before));
        let ties =
            WordClass::ACT.with(WordClass::PRECEDES_PERSON).with(WordClass::AND).with(WordClass::FOLLOWS_SUBJECT);
        self.begins_sentence(first) || self.word(before) == "," || class.is_any(ties)
    }

    /// Whether a word is a name of people and no word or name of anything else.
    pub(super) fn is_plain_name(&self, unit: &Unit, first: usize) -> bool {
        (unit.part.is_surname || unit.part.is_given)
            && unit.zipf == 0.0
            && unit.case == Case::Title
            && !self.words.nouns_are_capital
            && !self.is_capitals
            && !self.follows_article(first)
            && !self.is_listed_alone(unit)
    }

    /// Whether a surname that is nothing else stands where people stand: behind `da`, before a verb.
    pub(super) fn is_bare_surname(&self, unit: &Unit, first: usize, end: usize) -> bool {
        let is_plain = unit.part.is_surname && !unit.part.is_given && unit.zipf == 0.0 && unit.case == Case::Title;
        let is_other = || self.is_listed_alone(unit);
        if !is_plain || self.words.nouns_are_capital || self.is_capitals || self.begins_sentence(first) || is_other() {
            return false;
        }
        let class = self.words.class(self.key(first - 1));
        // "la Zorvik ha detto": a woman by her surname.
        if self.words.surname_articles.contains(&self.key(first - 1)) {
            return !self.is_called_so(unit) && (self.is_deed_of_people(end) || self.follows_subject(end));
        }
        if class.is_any(WordClass::ARTICLE.with(WordClass::ARTICULATED)) {
            return false;
        }
        // "la città di Valdivia": what is weak in the lists needs a verb.
        if self.is_listed(unit) {
            return self.follows_subject(end) && self.opens_clause(first);
        }
        let is_doer = class.is_any(WordClass::PRECEDES_PERSON.with(WordClass::AND).with(WordClass::AS))
            && !class.is(WordClass::OF);
        let is_owner = class.is(WordClass::OF) && !self.governs_place(first - 1);
        is_doer || is_owner || self.follows_subject(end)
    }

    pub(super) fn follows_subject(&self, at: usize) -> bool {
        self.words.class(self.key(at)).is(WordClass::FOLLOWS_SUBJECT)
    }

    /// Whether a word that is nothing else stands where only people stand: as the subject of what people do, as the object of a
    /// verb without a preposition, behind `insieme a` and the like.
    pub(super) fn stands_as_person(&self, unit: &Unit, first: usize, end: usize) -> bool {
        if !self.is_nothing_else(unit, first, end) {
            return false;
        }
        let is_subject = self.opens_clause(first) && self.is_deed_of(unit, end);
        is_subject || self.is_object(unit, first) || self.is_companion(first) && !self.is_listed(unit)
    }

    /// Whether a word of one token is no word of any language, no listed name and no part of a longer one.
    fn is_nothing_else(&self, unit: &Unit, first: usize, end: usize) -> bool {
        let is_known = unit.part.is_surname || unit.part.is_given;
        let is_single = unit.end == unit.first + 1 && end == first + 1;
        let n_letters = self.word(unit.first).chars().count();
        let is_word = unit.zipf > 0.0 || unit.class != WordClass::NONE || !is_known && self.is_word_of_any(unit);
        let joins = |at: usize| {
            self.token(at).is_some_and(|next| next.case.is_capital() && next.gap < Gap::Line || self.is_tie(at))
        };
        let before = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        let is_joined = joins(end)
            || before.is_some_and(|before| {
                self.tokens[before].case.is_capital() && !self.begins_sentence(before) || self.is_tie(before)
            });
        unit.case == Case::Title
            && is_single
            && n_letters >= if is_known { 3 } else { MIN_LETTERS }
            && !is_word
            && !is_joined
            && !self.words.nouns_are_capital
            && !self.is_capitals
            && !if is_known { self.is_listed_alone(unit) } else { self.is_listed(unit) }
    }

    /// Whether the lists know a word as something that counts alone: many a surname is a town abroad that never does.
    fn is_listed_alone(&self, unit: &Unit) -> bool {
        self.lookups(self.span(unit.first, unit.end)).any(|lookup| self.kind_of(lookup).is_some())
    }

    /// Whether a body of the lists has the word as a name, though it never counts alone (`la Renault`).
    fn is_called_so(&self, unit: &Unit) -> bool {
        let gazetteer = &self.context.lexicon.gazetteer;
        let mut rows = self.lookups(self.span(unit.first, unit.end)).flat_map(|lookup| gazetteer.readings(lookup.name));
        rows.any(|row| gazetteer.profile(row.entry).kind == Kind::Institution)
    }

    fn is_word_of_any(&self, unit: &Unit) -> bool {
        self.context.lexicon.common_words.highest_zipf(self.key(unit.first)).is_some()
    }

    /// Whether the token at `at` is a hyphen or the like that ties words, or a mark of quotation.
    fn is_tie(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.kind == TokenKind::Mark)
            && matches!(self.word(at), "-" | "/" | "\"" | "“" | "”" | "«" | "»" | "'" | "’" | "‘")
    }

    /// Whether a clause begins with the word at `first`: with the sentence, behind a comma or a conjunction.
    pub(super) fn opens_clause(&self, first: usize) -> bool {
        let before = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        before.is_none_or(|before| {
            self.begins_sentence(first)
                || matches!(self.word(before), "," | ";" | "(" | "“" | "«" | "\"")
                || self.words.openers.contains(&self.key(before))
                || self.words.class(self.key(before)).is(WordClass::AND)
        })
    }

    /// Whether a verb of what people do stands at the token at `at`, small words before it.
    pub(super) fn is_deed_of_people(&self, mut at: usize) -> bool {
        let end = at + 2;
        while at < end && self.words.class(self.key(at)).is(WordClass::FOLLOWS_SUBJECT) {
            at += 1;
        }
        self.token(at).is_some_and(|token| token.case == Case::Lower && self.is_verb_of_people(at))
    }

    /// The same of two words that nothing knows: what firms do, too, tells nobody where firms are spoken of.
    pub(super) fn is_deed_of_strangers(&self, at: usize) -> bool {
        self.is_deed_of_people(at) && !(self.has_firms && self.is_told(at))
    }

    /// The same of a word that nothing may know: firms do most of what people do, so that such a word is somebody only by what was
    /// told of once (`annunciò`, `sosteneva`), and where no firm is spoken of.
    fn is_deed_of(&self, unit: &Unit, at: usize) -> bool {
        let is_known = unit.part.is_surname || unit.part.is_given;
        is_known && self.is_deed_of_people(at)
            || !self.has_firms && self.token(at).is_some_and(|token| token.case == Case::Lower) && self.is_told(at)
    }

    /// Whether the word at `at` is a verb of what somebody did, or has the ending of one and is no word of another sort.
    fn is_told(&self, at: usize) -> bool {
        let (key, word) = (self.key(at), self.word(at));
        let is_plain = self.words.class(key) == WordClass::NONE && !self.words.openers.contains(&key);
        self.words.did.contains(&key)
            || is_plain && self.words.verb_endings.of(word).any(|(ending, ())| word.len() >= ending.len() + MIN_STEM)
    }

    /// Whether an auxiliary and a participle, or a verb in the future, stand at the token at `at` (`ha lavorato`, `illustrerà`): of
    /// somebody known by then, since firms do things, too.
    pub(super) fn has_done(&self, at: usize) -> bool {
        let ends_in = |at: usize, endings: &Endings| {
            let is_long = |ending: &str| self.word(at).len() >= ending.len() + MIN_STEM;
            self.token(at).is_some_and(|token| token.case == Case::Lower)
                && endings.of(self.word(at)).any(|(ending, ())| is_long(ending))
        };
        let has_participle = ends_in(at + 1, &self.words.participle_endings);
        let is_told = ends_in(at, &self.words.future_endings) || ends_in(at, &self.words.past_endings);
        self.words.class(self.key(at)).is(WordClass::FOLLOWS_SUBJECT) && has_participle || is_told
    }

    fn is_verb_of_people(&self, at: usize) -> bool {
        let key = self.key(at);
        let class = self.words.class(key);
        class.is(WordClass::ACT) || self.words.does.contains(&key) || self.is_told(at)
    }

    /// Whether a verb stands before the word at `first` that has it as its object, with nothing between: a thing would have an article, a
    /// place a preposition. `il quartiere X` ends like an infinitive, but behind an article. Behind a participle (`ha accusato X`) firms
    /// stand, too, so the word must be a name.
    fn is_object(&self, unit: &Unit, first: usize) -> bool {
        let Some(verb) = first.checked_sub(1).filter(|&verb| verb > self.sentence.first_token) else { return false };
        let word = self.word(verb);
        let ends_in = |endings: &Endings| endings.of(word).any(|(ending, ())| word.len() >= ending.len() + MIN_STEM);
        let before = self.words.class(self.key(verb - 1));
        let articles = WordClass::ARTICLE.with(WordClass::ARTICULATED);
        let is_known = unit.part.is_surname || unit.part.is_given;
        let opens = match () {
            () if self.tokens[verb].case != Case::Lower || self.words.class(self.key(verb)) != WordClass::NONE => false,
            () if ends_in(&self.words.infinitive_endings) => {
                before.is_any(WordClass::FOLLOWS_SUBJECT.with(WordClass::OF).with(WordClass::TO))
            }
            () => {
                is_known
                    && ends_in(&self.words.participle_endings)
                    && self.words.auxiliaries.contains(&self.key(verb - 1))
            }
        };
        opens && !before.is_any(articles)
    }

    /// Whether words stand before the one at `first` behind which people are named (`insieme a`).
    pub(super) fn is_companion(&self, first: usize) -> bool {
        let before = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        before.is_some_and(|before| {
            self.words
                .people_cues
                .end_at(self.tokens, before)
                .is_some_and(|(start, ())| start >= self.sentence.first_token)
        })
    }
}
