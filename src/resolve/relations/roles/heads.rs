//! Who heads a body, has it or speaks for it, without an office.

use super::{NamedKind, Person, Reader, Tie, tokens_of};
use crate::{
    lexicon::{Kind, Subtype, pack::WordClass},
    text::words::Case,
};

/// Most words between the body that somebody speaks for and the name or office.
const MAX_SPEAKING: usize = 7;

/// Most people who head a body side by side.
const MAX_LEADERS: usize = 3;

/// Most tokens between the body that a sentence opens with and the words for who did something for it.
const MAX_DONE: usize = 10;

impl Reader<'_> {
    /// The body that somebody heads (`la società X, guidata da Anna Conti`) or has (`la X di Anna Conti`).
    pub(super) fn headed(&self, person: &Person) -> Option<Tie> {
        self.headed_with(person, MAX_LEADERS)
    }

    /// The same, where at most `n_leaders` others head it as well.
    fn headed_with(&self, person: &Person, n_leaders: usize) -> Option<Tie> {
        if let Some(tie) = self.speaks_for(person).or_else(|| self.owned(person)).or_else(|| self.signs_for(person)) {
            return Some(tie);
        }
        let office = self.skip_honorifics(person.first);
        let by =
            self.office_start(person).unwrap_or(office).checked_sub(1).filter(|&by| by > self.sentence.first_token)?;
        let has_article = self.class(by).is(WordClass::ARTICLE) && !self.class(by).is(WordClass::PRECEDES_PERSON);
        let mut by = by - usize::from(has_article);
        // "X, guidato oggi da Anna Conti"
        let is_led = |at: usize| at > self.sentence.first_token && self.class(at).is(WordClass::LED);
        if by >= 2 && self.class(by - 1).is(WordClass::PASSED) && is_led(by - 2) {
            by -= 1;
        }
        let led =
            by.checked_sub(1).filter(|&led| led > self.sentence.first_token && self.class(led).is(WordClass::LED));
        if let Some(led) = led {
            let end = self.skip_copula_back(led - usize::from(self.word(led - 1) == ","));
            // "La X, presieduta da Anna Conti e diretta da Mario Bianchi"
            let with_other = || if end <= led { self.led_with(end, n_leaders) } else { None };
            let found =
                self.body_seated_before(end).or_else(|| self.owner_of_organ(end)).or_else(|| self.apposition_of(end));
            let Some((body, first)) = found else { return with_other().map(|body| self.tie_body(body, person)) };
            // "Il talent show di X, condotto da Anna Conti": of a broadcaster, one leads what it shows.
            let is_media = self.context.mentions[body].subtype == Some(Subtype::Media);
            if is_media && first > self.sentence.first_token && self.class(first - 1).is(WordClass::OF) {
                return None;
            }
            return Some(self.tie_body(body, person));
        }
        // "la Lega dei Casari, con Anna Conti"
        let carries = self.class(by).is(WordClass::CARRIES) && self.class(by).is_any(WordClass::TO.with(WordClass::AT));
        // "Incontri con X, con l'assessora Anna Conti": one of those met is not of the other.
        let is_listed = |body: usize| {
            let first = self.context.document.token_at(self.context.mentions[body].span.start());
            let same = |at: usize| self.context.document.tokens[at].key == self.context.document.tokens[by].key;
            (first.saturating_sub(2).max(self.sentence.first_token)..first).any(same)
        };
        let opens = by + 1 == person.first || has_article && self.office_start(person) == Some(by + 2);
        // "L'Università di X con il prof. Mario Bianchi"
        let is_titled = has_article && by + 2 < person.first && self.skip_honorifics(person.first) == by + 2;
        if carries
            && is_titled
            && let Some((body, _)) = self.body_seated_before(by)
        {
            let is_academic = matches!(
                self.context.mentions[body].subtype,
                Some(Subtype::University | Subtype::Research | Subtype::School)
            );
            return (is_academic && !is_listed(body)).then(|| self.tie_body(body, person));
        }
        if carries && opens && by > self.sentence.first_token && self.word(by - 1) == "," {
            let (body, _) = self.body_seated_before(by - 1)?;
            return (!is_listed(body)).then(|| self.tie_body(body, person));
        }
        if by + 1 != person.first || !self.class(by).is(WordClass::OF) || self.class(by).is(WordClass::ARTICULATED) {
            return None;
        }
        let has_owner = |subtype: Option<Subtype>| {
            matches!(subtype, Some(Subtype::Company | Subtype::Other | Subtype::Association))
        };
        let body = self
            .body_ending_at(self.skip_bracket_back(by))
            .map(|(body, _)| body)
            .or_else(|| self.body_meant(by.checked_sub(1)?))?;
        has_owner(self.context.mentions[body].subtype).then(|| self.tie_body(body, person))
    }

    /// The body that somebody else heads whose name ends before the joint before the token `end`.
    fn led_with(&self, end: usize, n_leaders: usize) -> Option<usize> {
        let n_others = n_leaders.checked_sub(1)?;
        let first = self.sentence.first_token;
        let is_joint = |at: usize| self.class(at).is(WordClass::AND) || self.word(at) == ",";
        // A comma may have been passed over already.
        let joint = if is_joint(end) { end } else { end.checked_sub(1).filter(|&at| at > first && is_joint(at))? };
        let (span, mentions) = (self.context.document.tokens[joint.checked_sub(1)?].span, self.context.mentions);
        let mention = mentions.partition_point(|mention| mention.span.end() < span.end());
        let other =
            mentions.get(mention).filter(|other| other.kind == Kind::Person && other.span.end() == span.end())?;
        let (start, _) = tokens_of(self.context, other.span);
        self.headed_with(&Person { mention, first: start, end: joint }, n_others)?.body
    }

    /// The body that somebody speaks for (`per la Regione X ha parlato Anna Conti`).
    fn speaks_for(&self, person: &Person) -> Option<Tie> {
        let joints = WordClass::ACT.with(WordClass::FOLLOWS_SUBJECT).with(WordClass::ARTICLE).with(WordClass::WELCOME);
        let first = self.sentence.first_token;
        let mut end = self.office_start(person).unwrap_or_else(|| self.skip_honorifics(person.first));
        for _ in 0..MAX_SPEAKING {
            if let Some((body, start)) = self.body_ending_at(self.skip_bracket_back(end)) {
                let article =
                    start.checked_sub(1).is_some_and(|at| at >= first && self.class(at).is(WordClass::ARTICLE));
                let before = start.checked_sub(1 + usize::from(article)).filter(|&before| before >= first)?;
                // "In rappresentanza della Fondazione X, Anna Conti"
                let is_behalf = || {
                    (before.saturating_sub(1).max(first)..start)
                        .any(|last| self.words.behalf.end_at(&self.context.document.tokens, last).is_some())
                };
                // "Mario Rossi per l'ENEA, Anna Conti per X": the body is of the one before it.
                let is_of_another =
                    before > first && !matches!(self.word(before - 1), ";" | ",") && self.ends_person(before);
                let speaks = !is_of_another && (self.class(before).is(WordClass::FOR) || is_behalf());
                return speaks.then(|| self.tie_body(body, person));
            }
            let last = end.checked_sub(1).filter(|&last| last > first)?;
            // "Per l'ateneo era presente Anna Conti"
            let for_noun = last.checked_sub(1).filter(|&before| before >= first).map(|before| {
                let is_article = self.class(before).is(WordClass::ARTICLE) && before > first;
                before - usize::from(is_article)
            });
            if for_noun.is_some_and(|before| self.class(before).is(WordClass::FOR))
                && let Some(body) = self.body_meant(last)
            {
                return self.is_institution(body).then(|| self.tie_body(body, person));
            }
            // A verb that no list has is a small word all the same.
            let is_verb = self.context.document.tokens[last].case == Case::Lower && self.class(last) == WordClass::NONE;
            if self.word(last) != "," && !is_verb && !self.class(last).is_any(joints) {
                return None;
            }
            end = last;
        }
        None
    }

    /// The body that a sentence opens with, for one by whom something was done in it (`Per la Regione X l'accordo è stato firmato da Anna
    /// Conti`).
    fn signs_for(&self, person: &Person) -> Option<Tie> {
        let first = self.sentence.first_token;
        if !self.class(first).is(WordClass::FOR) {
            return None;
        }
        let start = self.skip_honorifics(person.first);
        let start = self.office_start(person).map_or(start, |office| office.min(start));
        let by = start.checked_sub(1).filter(|&by| by > first)?;
        let by =
            by - usize::from(self.class(by).is(WordClass::ARTICLE) && !self.class(by).is(WordClass::PRECEDES_PERSON));
        let places = WordClass::AND.with(WordClass::WITH).with(WordClass::ARTICLE);
        let is_by = self.class(by).is_any(WordClass::PRECEDES_PERSON.with(WordClass::ARTICULATED))
            && !self.class(by).is_any(places);
        let is_done = by > first && self.words.participle_endings.of(self.word(by - 1)).next().is_some();
        let opening = first + 1 + usize::from(self.class(first + 1).is(WordClass::ARTICLE));
        let named = self
            .named(opening)
            .filter(|named| is_by && is_done && named.kind == NamedKind::Institution && named.end < by)?;
        let is_open = |at: usize| {
            self.named(at).is_none_or(|named| !matches!(named.kind, NamedKind::Institution | NamedKind::Person))
        };
        (by - named.end <= MAX_DONE && (named.end..by).all(is_open)).then(|| self.tie_body(named.mention, person))
    }

    /// The body whose genitive stands before a name (`X's Mary Byrne said`).
    fn owned(&self, person: &Person) -> Option<Tie> {
        let last = self.skip_honorifics(person.first).checked_sub(1)?;
        let end = match self.word(last) {
            "'s" | "’s" => last,
            "s" => last.checked_sub(1)?,
            _ => return None,
        };
        let (body, _) = self.body_ending_at(end).filter(|_| self.words.adjectives_lead)?;
        Some(self.tie_body(body, person))
    }
}
