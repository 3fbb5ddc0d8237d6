//! The office that stands before a name.

use super::{Person, Reader, Side, Tie};
use crate::{
    annotate::offices::OfficePhrase,
    lexicon::{
        Kind,
        pack::{Scope, Standing, WordClass},
    },
    text::words::Case,
};

/// Most words of `is` and `becomes` between an office and a name.
const MAX_COPULA: usize = 3;

impl<'a> Reader<'a> {
    /// The office that opens a sentence before `is` or `becomes` and the name (`Vicepresidente sarà Anna Conti`).
    fn before_copula(&self, at: usize) -> Option<OfficePhrase<'a>> {
        let joints = WordClass::BECOMES.with(WordClass::FOLLOWS_SUBJECT).with(WordClass::AS);
        let first = self.sentence.first_token;
        let is_joint =
            |at: usize| self.class(at).is_any(joints) && !self.class(at).is(WordClass::ACT) && self.named(at).is_none();
        let n_joints = (1..=MAX_COPULA).take_while(|&n| at > first + n && is_joint(at - n)).count();
        let phrase = self.offices().before(at - n_joints).filter(|_| n_joints > 0)?;
        let opens = phrase.start == first || phrase.start == first + 1 && self.is_definite(phrase.start);
        (opens || self.owner_word(phrase.start).is_some()).then_some(phrase)
    }

    /// The relative right before an office that goes back to its body (`X, cuyo presidente es`, `X, il cui presidente è`, `X, dont la
    /// présidente est`).
    pub(super) fn owner_word(&self, start: usize) -> Option<usize> {
        let small = WordClass::ARTICLE.with(WordClass::TO).with(WordClass::AT);
        let is_owner = |at: usize| {
            let class = self.class(at);
            at > self.sentence.first_token
                && class.is_any(WordClass::CARRIES.with(WordClass::RELATIVE))
                && !class.is_any(small)
        };
        let last = start.checked_sub(1)?;
        let behind_article = || last.checked_sub(1).filter(|_| self.class(last).is(WordClass::ARTICLE));
        Some(last)
            .filter(|&last| is_owner(last))
            .or_else(|| behind_article().filter(|&at| is_owner(at) && self.class(at).is(WordClass::RELATIVE)))
    }

    /// Whether the noun of an office is the participle of a verb (`a élu Anna Conti à sa présidence`).
    fn is_verb(&self, phrase: &OfficePhrase<'_>) -> bool {
        let is_alone = phrase.start == phrase.noun.0 && phrase.start > self.sentence.first_token;
        is_alone
            && self.class(phrase.start).is(WordClass::BECOMES)
            && self.class(phrase.start - 1).is(WordClass::FOLLOWS_SUBJECT)
    }

    /// First token of an article with the adjective of a country before the token `at` (`sindaco di X l'argentino Anna Conti`);
    /// `at` itself where none stands there.
    fn skip_demonym(&self, at: usize) -> usize {
        let Some(last) = at.checked_sub(2).filter(|&last| last > self.sentence.first_token) else { return at };
        let is_small = |at: usize| self.context.document.tokens[at].case == Case::Lower;
        // "L'italo-americano" is told by its last part.
        let first = if self.word(last) == "-" { last - 1 } else { last + 1 };
        let is_article = first.checked_sub(1).is_some_and(|article| self.class(article).is(WordClass::ARTICLE));
        let tells = is_small(last + 1) && self.class(last + 1).is(WordClass::DEMONYM);
        if tells && is_article && first > self.sentence.first_token + 1 { first - 1 } else { at }
    }

    /// First token of an article that a comma and a title of politeness have between them (`il direttore, il dott. Mario Bianchi,`);
    /// `at` itself where the name goes on as one of several do (`il sindaco, il dott. Mario Bianchi e …`).
    fn skip_title_apposed(&self, at: usize, person: &Person) -> usize {
        let first = self.sentence.first_token;
        let is_apposed = at < person.first
            && at > first + 2
            && self.class(at - 1).is(WordClass::ARTICLE)
            && self.word(at - 2) == ",";
        let next = person.end + usize::from(self.word(person.end) == ",");
        let goes_on = self.class(next).is_any(WordClass::AND.with(WordClass::ARTICLE));
        if is_apposed && !goes_on { at - 1 } else { at }
    }

    /// The office that stands before the name.
    pub(super) fn before(&self, person: &Person) -> Option<Tie> {
        // Some titles are offices too (`l'ingegner`, `il Santo Padre`).
        if let Some(phrase) =
            self.offices().before(person.first).filter(|phrase| !self.is_inside_body(phrase) && !self.is_verb(phrase))
        {
            // "Gli esponenti della famiglia Bianchi"
            let is_family = || self.words.nouns.end_at(&self.context.document.tokens, person.first - 1).is_some();
            if phrase.is_plural && phrase.has_complement && is_family() {
                return None;
            }
            return Some(self.tie(&self.outer(&phrase).unwrap_or(phrase), person, Side::Before));
        }
        let mut at = self.skip_title_apposed(self.skip_demonym(self.skip_honorifics(person.first)), person);
        if let Some(phrase) = self.office_of_some(at) {
            return Some(self.tie(&phrase, person, Side::Before));
        }
        let mark = if at > self.sentence.first_token { self.word(at - 1) } else { "" };
        let has_comma = mark == ",";
        at -= usize::from(has_comma || mark == ":");
        let phrase = self
            .offices()
            .before(at)
            .filter(|phrase| !self.is_inside_body(phrase) && !self.is_verb(phrase))
            .or_else(|| self.before_copula(at))?;
        // "Presidente: Anna Conti" in a list; elsewhere a colon opens what somebody says, and "Ufficiale: Conti resta" is news.
        let is_label = |at: usize| self.class(at).is(WordClass::CONTACT);
        if mark == ":"
            && (phrase.office.standing != Standing::Office
                || phrase.start != self.sentence.first_token
                || (phrase.first..phrase.end).any(is_label))
        {
            return None;
        }
        // "Secondo il ministro, Conti resta": who said so, and what.
        let opening = phrase.start.checked_sub(2).filter(|&opening| opening == self.sentence.first_token);
        let is_source = opening.is_some_and(|at| {
            self.class(at).is(WordClass::PRECEDES_PERSON)
                && !self.class(at).is_any(WordClass::OF.with(WordClass::AND))
                && !self.words.openers.contains(&self.context.document.tokens[at].key)
        });
        if has_comma && is_source && !self.ends_clause(person.end) {
            return None;
        }
        // "Durante l'intervento dei vigili, Bianchi è fuggito": one who is named alone is none of several.
        let is_alone =
            || phrase.is_plural && self.word(person.end) != "," && !self.class(person.end).is(WordClass::AND);
        if has_comma && (self.is_of_kin(&phrase) || is_alone()) {
            return None;
        }
        let phrase = self.holder_of(&phrase).filter(|_| has_comma).unwrap_or(phrase);
        // "The GDC chair, Anna Conti": the article stands before the body; "X, whose chair, Anna Conti".
        let start = self.owner_start(&phrase);
        let is_owned = start > self.sentence.first_token && self.class(start - 1).is(WordClass::CARRIES);
        // "I cui rispettivi premier, Anna Conti e Mario Bianchi"
        let is_counted = || phrase.is_plural && start > 0 && self.class(start - 1).is(WordClass::PLURAL);
        if has_comma && !self.is_definite(start) && !is_owned && !is_counted() && start > self.sentence.first_token {
            return None;
        }
        Some(self.tie(&phrase, person, Side::Before))
    }

    /// The office that is held for another (`il portavoce del segretario generale, Anna Conti`).
    fn holder_of(&self, phrase: &OfficePhrase<'a>) -> Option<OfficePhrase<'a>> {
        let of = phrase
            .start
            .checked_sub(1)
            .filter(|&of| of > self.sentence.first_token && self.class(of).is(WordClass::OF))?;
        let outer = self.offices().before(of)?;
        // He who speaks for the head of a body belongs to it.
        let body = outer.body.or(phrase.body).filter(|&body| self.is_institution(body));
        let is_held = outer.office.standing == Standing::Office && !outer.is_plural && self.is_definite(outer.start);
        is_held.then_some(OfficePhrase { body, ..outer })
    }

    /// Whether an office is that of another whose kin is named (`il fratello maggiore del cantante, Mario Bianchi`).
    fn is_of_kin(&self, phrase: &OfficePhrase<'_>) -> bool {
        let first = self.sentence.first_token;
        let of = phrase.start.checked_sub(1).filter(|&of| of > first + 1 && self.class(of).is(WordClass::OF));
        let is_kin = |last: usize| self.words.nouns.end_at(&self.context.document.tokens, last).is_some();
        let is_adjective =
            |at: usize| self.class(at).is(WordClass::QUALIFIER) || self.words.ends_like_adjective(self.word(at));
        of.is_some_and(|of| is_kin(of - 1) || is_adjective(of - 1) && is_kin(of - 2))
    }

    /// The office that is said before a title or rank beside the name: `Vice-Chancellor Professor Anna Conti`, `la direttrice
    /// scientifica, la professoressa Anna Conti`, `il capo della Marina, ammiraglio Mario Bianchi`.
    fn outer(&self, title: &OfficePhrase<'a>) -> Option<OfficePhrase<'a>> {
        let first = self.sentence.first_token;
        let is_title = title.office.scope == Scope::Academy || self.class(title.noun.0).is(WordClass::RANK);
        if !is_title || title.has_complement || title.body.is_some() || title.is_plural {
            return None;
        }
        let article = usize::from(title.start > first && self.class(title.start - 1).is(WordClass::ARTICLE));
        let comma = title.start.checked_sub(1 + article).filter(|&comma| comma > first && self.word(comma) == ",");
        let outer = self.offices().before(comma.unwrap_or(title.start))?;
        let is_office =
            outer.office.standing == Standing::Office && outer.office.scope != Scope::Academy && !outer.is_plural;
        (is_office && (comma.is_none() || self.is_definite(outer.start))).then_some(outer)
    }

    /// The office in the plural some of whose holders are named before the token at `at` (`quattro deputati, tra cui`, `attori come`,
    /// `i tre capitani:`).
    fn office_of_some(&self, at: usize) -> Option<OfficePhrase<'a>> {
        let first = self.sentence.first_token;
        let last = at.checked_sub(1).filter(|&last| last > first)?;
        let class = self.class(last);
        let places = WordClass::TO.with(WordClass::AT).with(WordClass::LOCATIVE).with(WordClass::OF);
        let is_example = class.is(WordClass::AS) && !class.is_any(places);
        // "Arrestati quattro deputati: sono Anna Conti e …"
        let is_copula = class.is_any(WordClass::FOLLOWS_SUBJECT.with(WordClass::BECOMES)) && self.word(last - 1) == ":";
        let mut end = match self.words.list_cues.end_at(&self.context.document.tokens, last) {
            Some((cue, ())) => cue,
            None if is_example || is_copula => last,
            None if self.word(last) == ":" => last,
            None => return None,
        };
        while end > first + 1 && matches!(self.word(end - 1), "," | ":") {
            end -= 1;
        }
        let is_member = |phrase: &OfficePhrase<'_>| self.class(phrase.noun.0).is(WordClass::MEMBER);
        self.offices().before(end).filter(|phrase| phrase.is_plural && !is_member(phrase))
    }

    /// Whether the noun of an office lies inside the name of a body (`Camera dei Deputati Mario Bianchi`).
    fn is_inside_body(&self, phrase: &OfficePhrase<'_>) -> bool {
        let noun = self.context.document.tokens[phrase.noun.0].span;
        let mentions = self.context.mentions;
        let around = mentions.get(mentions.partition_point(|mention| mention.span.end() <= noun.start()));
        around.is_some_and(|body| body.kind == Kind::Institution && body.span.start() < noun.start())
    }
}
