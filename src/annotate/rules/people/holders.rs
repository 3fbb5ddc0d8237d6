//! People right behind the body whose office they hold: `il presidente della Fondazione Torino Musei Anna Bianchi`.
//!
//! In one run of capitals nothing tells where the body ends and the person begins, until the body is established.

use super::{Reader, runs::Shape, surname_first};
use crate::{
    annotate::{Confidence, Context, Mention, offices::is_held},
    document::{Case, Gap},
    lexicon::{Kind, Lookup, Profile},
};

/// How sure a person is whom an office, its body and a given name tell.
const SURE: Confidence = Confidence::percent(88);

/// Priority from which a place is known well enough to stand behind a body.
const WELL_KNOWN: i16 = 60;

/// Most parts of a holder's name.
const MAX_UNITS: usize = 4;

/// Finds the holders of offices behind established bodies.
pub(super) fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    let document = context.document;
    let eastern = surname_first(context);
    let mut units = Vec::new();
    let may_have_office = |mention: &&Mention| matches!(mention.kind, Kind::Institution | Kind::Place);
    for (idx, body) in context.established.iter().enumerate().filter(|(_, body)| may_have_office(body)) {
        let (first, end) = (document.token_at(body.span.start()), document.token_at(body.span.end() - 1) + 1);
        let Some(sentence) = document.sentence_at(body.span.start()) else { continue };
        let reader = Reader::new(context, sentence, eastern);
        let is_body = body.kind == Kind::Institution;
        let may_name = reader.may_name_holder(end) || is_body && reader.may_be_holder(end, !body.candidates.is_empty());
        if !may_name || !is_held(document, sentence, first) {
            continue;
        }
        reader.read_run(end, &mut units);
        let is_name = units.iter().all(|unit| matches!(unit.shape, Shape::Name | Shape::Initial | Shape::Particle));
        let is_whole = (2..=MAX_UNITS).contains(&units.len()) && (1..units.len()).all(|at| !reader.cuts(&units, at));
        let Some(span) = units.last().filter(|_| is_name && is_whole).map(|last| reader.span(end, last.end)) else {
            continue;
        };
        if context.established.get(idx + 1).is_none_or(|next| next.span.start() >= span.end()) {
            found.push(reader.mention(span, "people/holder", SURE));
        }
    }
}

impl Reader<'_> {
    /// Whether two capitalized words that the language does not have, nor any body or place, stand at the token at `at`, and no
    /// third (`Duvan Zapatero`); behind a body that no list knows the second is a surname.
    fn may_be_holder(&self, at: usize, is_listed: bool) -> bool {
        let is_name = |at: usize| {
            self.token(at).is_some_and(|token| token.case == Case::Title && token.gap == Gap::Blank)
                && self.zipfs.and_then(|zipfs| zipfs.get(self.key(at))).is_none()
                && self
                    .lookups(self.tokens[at].span)
                    .all(|lookup| matches!(self.kind_of(lookup), None | Some(Kind::Person)))
        };
        let is_surname =
            |at: usize| self.context.lexicon.name_parts.get(self.key(at)).is_some_and(|part| part.is_surname);
        let goes_on = self.token(at + 2).is_some_and(|next| next.case.is_capital());
        !self.words.nouns_are_capital
            && !self.is_capitals
            && is_name(at)
            && is_name(at + 1)
            && (is_listed || is_surname(at + 1))
            && !goes_on
    }

    /// Whether a given name stands at the token at `at`, a blank before it, that no body and no well-known place has (`Marta`).
    fn may_name_holder(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.case.is_capital() && token.gap == Gap::Blank) else {
            return false;
        };
        let is_given = self.context.lexicon.name_parts.get(token).is_some_and(|part| part.is_given);
        let gazetteer = &self.context.lexicon.gazetteer;
        let is_other = |lookup: &Lookup| {
            let mut rows = gazetteer.readings(lookup.name).filter(|reading| !reading.is_weak);
            rows.any(|reading| match gazetteer.profile(reading.entry) {
                Profile { kind: Kind::Place, priority, .. } => priority >= WELL_KNOWN,
                Profile { kind, .. } => kind == Kind::Institution,
            })
        };
        is_given && !self.lookups(token.span).any(is_other)
    }
}
