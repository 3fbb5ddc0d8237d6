//! People right behind the body whose office they hold: `il presidente della Fondazione Torino Musei Anna Bianchi`.
//!
//! In one run of capitals nothing tells where the body ends and the person begins, until the body is established.

use super::{Reader, runs::Shape, surname_first};
use crate::{
    annotate::{Confidence, Context, Mention},
    document::Gap,
    lexicon::{Kind, Lookup, Profile, pack::WordClass},
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
    for (idx, body) in context.established.iter().enumerate().filter(|(_, body)| body.kind == Kind::Institution) {
        let (first, end) = (document.token_at(body.span.start()), document.token_at(body.span.end() - 1) + 1);
        let Some(sentence) = document.sentence_at(body.span.start()) else { continue };
        let reader = Reader::new(context, sentence, eastern);
        if !reader.may_name_holder(end) || !reader.is_held(first) {
            continue;
        }
        reader.read_run(end, &mut units);
        let is_name = units.iter().all(|unit| matches!(unit.shape, Shape::Name | Shape::Initial | Shape::Particle));
        let is_whole = (2..=MAX_UNITS).contains(&units.len()) && (1..units.len()).all(|at| !reader.cuts(&units, at));
        let Some(span) = units.last().filter(|_| is_name && is_whole).map(|last| reader.span(end, last.end)) else { continue };
        if context.established.get(idx + 1).is_none_or(|next| next.span.start() >= span.end()) {
            found.push(reader.mention(span, "people/holder", SURE));
        }
    }
}

impl Reader<'_> {
    /// Whether a given name stands at the token at `at`, a blank before it, that no body and no well-known place has (`Marta`).
    fn may_name_holder(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.case.is_capital() && token.gap == Gap::Blank) else { return false };
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

    /// Whether an office stands before the body that begins at the token at `first`: `il presidente della`, `la direttrice
    /// generale del`.
    fn is_held(&self, first: usize) -> bool {
        let class = |at: usize| self.words.class(self.key(at));
        let Some(nearest) = first.checked_sub(1).filter(|&nearest| nearest > self.sentence.first_token) else { return false };
        let is_article = class(nearest).is(WordClass::ARTICLE) && !class(nearest).is(WordClass::OF);
        let of = nearest - usize::from(is_article);
        let is_office = |at: usize| {
            at >= self.sentence.first_token && self.words.offices.end_at(self.text, self.tokens, at).is_some()
        };
        let is_adjective = |at: usize| self.token(at).is_some_and(|token| token.case == crate::document::Case::Lower);
        class(of).is_any(WordClass::OF.with(WordClass::ARTICULATED))
            && of.checked_sub(1).is_some_and(|at| is_office(at) || at > 0 && is_adjective(at) && is_office(at - 1))
    }
}
