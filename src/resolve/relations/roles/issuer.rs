//! Who heads a party belongs to the body that sends it.

use super::{
    NamedKind, Person, Reader, Tie,
    sides::{MAX_OF, MENTIONS_OF_SUBJECT},
};
use crate::{
    annotate::Mention,
    document::Zone,
    lexicon::{
        Kind, Subtype,
        pack::{Scope, WordClass},
    },
    text::Span,
};

/// Most tokens between the one who heads a party and the word for it.
const MAX_TOKENS: usize = 16;

/// Most tokens between a name and the word for the party that it heads (`, a capo della delegazione`).
const MAX_HEADING: usize = 5;

/// Most tokens of a sentence before the word that goes back to a party (`Ne facevano parte`).
const MAX_OPENING: usize = 3;

impl Reader<'_> {
    /// The body of one who heads a party (`la delegazione, guidata dalla segretaria generale Anna Conti`): the one that the
    /// text says sends it, or the one that the release is about.
    pub(super) fn of_party(&self, person: &Person, tie: &Tie) -> Option<usize> {
        // "Il capo delegazione Mario Bianchi"
        if (tie.start..person.first).any(|at| self.class(at).is(WordClass::PARTY) && self.named(at).is_none()) {
            return self.sender(tie.evidence.start());
        }
        let lowest = self.sentence.first_token.max(tie.start.saturating_sub(MAX_TOKENS));
        let is_party = |at: &usize| self.class(*at).is(WordClass::PARTY);
        // "La guidava il rettore Mario Bianchi": the verb right before the one who leads.
        let verb = self
            .skip_honorifics(person.first)
            .checked_sub(1)
            .filter(|&verb| verb >= self.sentence.first_token && tie.start > person.first);
        // "El grupo lo encabezó Anna Conti, directora"
        let is_subject = verb.is_some_and(|verb| self.class(verb).is(WordClass::LEADS));
        let is_active = is_subject
            || tie
                .start
                .checked_sub(2)
                .is_some_and(|verb| verb >= self.sentence.first_token && self.class(verb).is(WordClass::LEADS));
        let is_led = is_active || (lowest..tie.start).any(|at| self.class(at).is(WordClass::LED));
        let before = (lowest..tie.start).rev().find(is_party);
        let behind = (person.end..(person.end + MAX_TOKENS).min(self.sentence.end_token)).find(is_party);
        // ", che ha ricevuto la delegazione": the host heads nobody.
        let receives = |party: usize| (person.end..party).any(|at| self.class(at).is(WordClass::WELCOME));
        let heads =
            |party: usize| self.word(person.end) == "," && party - person.end <= MAX_HEADING && !receives(party);
        let party = match (before, behind) {
            (Some(party), _) if is_led => party,
            // "Guidata dal governatore Anna Conti, una delegazione …"; "…, racconta Anna Conti, a capo della delegazione".
            (_, Some(party)) if is_led || heads(party) => party,
            // "A delegation from X visited Y. At its head was the rector."
            _ if is_led && tie.scope != Scope::None => return self.sender(tie.evidence.start()),
            _ => return None,
        };
        let own = (party + 1..=party + MAX_OF).take_while(|&at| !self.ends_clause(at)).find_map(|at| {
            self.named(at).filter(|named| {
                named.kind == NamedKind::Institution
                    && self.class(at - 1).is_any(WordClass::OF.with(WordClass::ARTICLE))
            })
        });
        own.map(|named| named.mention).or_else(|| self.sender(tie.evidence.start())).or_else(|| self.issuer(tie))
    }

    /// The body of one of a party's people (`una delegazione della X, composta da Anna Conti e Mario Bianchi`, `ne facevano parte …`).
    pub(super) fn of_members(&self, start: usize) -> Option<usize> {
        let first = self.sentence.first_token;
        let composed =
            (first..start).rev().find(|&at| self.class(at).is(WordClass::COMPOSED) && self.named(at).is_none())?;
        // "Comprende il Comune di X e il rettore": those behind another body are not counted here.
        let is_body = |at: usize| self.named(at).is_some_and(|named| named.kind == NamedKind::Institution);
        let party = (first..start).find(|&at| self.class(at).is(WordClass::PARTY) && self.named(at).is_none());
        let goes_back = composed <= first + MAX_OPENING;
        if party.is_none() && !goes_back {
            return None;
        }
        let own = party.and_then(|party| {
            let near = (party + 1..=party + MAX_OF).take_while(|&at| !self.ends_clause(at) && at < start);
            near.filter_map(|at| self.named(at)).find(|named| named.kind == NamedKind::Institution)
        });
        let behind = party.filter(|&party| party > composed).map_or(composed, |party| own.map_or(party, |own| own.end));
        let first_body = (behind + 1..start).find(|&at| is_body(at));
        // "La delegazione comprende tre imprese e il rettore della X": a body between is of the one before.
        let is_open = first_body.is_none_or(|body| {
            (body..start).any(|at| self.named(at).is_some_and(|named| named.kind == NamedKind::Person))
        });
        let limit = self.context.document.tokens[start].span.start();
        own.map(|own| own.mention).or_else(|| self.sender(limit)).filter(|_| is_open)
    }

    /// The same for one of whom nothing else is said, in a list of names alone.
    pub(super) fn member(&self, person: &Person) -> Option<Tie> {
        let start = self.skip_honorifics(person.first);
        let joints = WordClass::AND
            .with(WordClass::OF)
            .with(WordClass::AT)
            .with(WordClass::PRECEDES_PERSON)
            .with(WordClass::COMPOSED);
        let is_joint = |at: usize| matches!(self.word(at), "," | ":") || self.class(at).is_any(joints);
        let last = start.checked_sub(1).filter(|&last| last >= self.sentence.first_token && is_joint(last))?;
        let composed = (self.sentence.first_token..=last).rev().find(|&at| self.class(at).is(WordClass::COMPOSED))?;
        let is_name = |at: usize| self.context.document.tokens[at].case.is_capital();
        // Nothing but names and what joins them.
        let is_list = (composed + 1..start).all(|at| is_joint(at) || is_name(at) || self.skip_honorifics(at + 1) <= at);
        let body = if is_list { self.of_members(start) } else { None };
        Some(self.tie_body(body?, person))
    }

    /// The body that the release is about: the first of all where it is named again, else the last one in the sentences right before.
    fn issuer(&self, tie: &Tie) -> Option<usize> {
        let (mentions, sentences) = (self.context.mentions, &self.context.document.sentences);
        let start = tie.evidence.start();
        let here = sentences.partition_point(|sentence| sentence.span.start() <= start);
        let near = sentences[here.saturating_sub(2)].span.start();
        let is_body = |mention: &Mention| {
            mention.kind == Kind::Institution
                && mention.span.end() <= start
                && !matches!(mention.subtype, Some(Subtype::Media | Subtype::Diplomatic | Subtype::International))
        };
        let last = self.mentions_in(Span::new(near, start)).rfind(|&idx| is_body(&mentions[idx]));
        let before = mentions.partition_point(|mention| mention.span.end() <= start);
        let first = mentions[..before].iter().position(is_body);
        // What the release names first and again, or first of all in a sentence, is what it is about.
        let opens = |mention: &Mention| {
            let sentence = self.context.document.sentence_at(mention.span.start());
            sentence.is_some_and(|sentence| {
                let at = self.context.document.token_at(mention.span.start());
                sentence.zone != Zone::Headline && at <= sentence.first_token + 1
            })
        };
        let is_subject = |&first: &usize| {
            self.is_in_opening(first) && (self.n_mentions(first) >= MENTIONS_OF_SUBJECT || opens(&mentions[first]))
        };
        first.filter(is_subject).or(last).or(first)
    }
}
