//! What tells a body from a person by the words around the name: a noun for a firm before it or in apposition.

use super::Reader;
use crate::{
    annotate::names::{announcing_body, apposed_body, national_firm},
    lexicon::{
        Kind, Profile, Subtype,
        pack::{
            WordClass,
            heads::{Head, Left, Takes},
        },
    },
    text::words::Case,
};

/// Most tokens between a noun for several firms and the last of its examples.
const MAX_LIST: usize = 16;

impl Reader<'_> {
    /// Whether a noun for a firm stands right before the name (`la startup Nivora Bianchi`), or one for several before the wording
    /// for examples (`imprese come Nivora Bianchi`).
    pub(super) fn is_announced_body(&self, first: usize) -> bool {
        let heads = &self.context.lexicon.packs.institution_heads;
        let announces = |at: usize, takes: Takes| self.announces(at, takes).is_some();
        let Some(before) = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token) else {
            return false;
        };
        if announces(before, Takes::Name) {
            return true;
        }
        let Some(grammar) = heads.grammar(&self.sentence.pack.code) else { return false };
        let lowest = self.sentence.first_token.max(first.saturating_sub(MAX_LIST));
        let noun = (lowest..first)
            .rev()
            .take_while(|&at| !matches!(self.word(at), ";" | "." | ":" | "(" | ")"))
            .find(|&at| announces(at, Takes::Many));
        let is_such = |at: usize| {
            grammar.such().iter().any(|words| words.iter().enumerate().all(|(n, &word)| self.key(at + n) == word))
        };
        noun.is_some_and(|noun| (noun + 1..first).any(is_such))
    }

    /// The noun of one word at `at` that stands outside of the names of bodies, if they go on with it in the given way.
    fn announces(&self, at: usize, takes: Takes) -> Option<&Head> {
        let heads = &self.context.lexicon.packs.institution_heads;
        let noun = self.token(at).filter(|token| token.case == Case::Lower || self.words.nouns_are_capital)?;
        heads.begin(noun.key).find(|head| {
            let is_home = heads.languages[head.language].code == self.sentence.pack.code;
            is_home && head.is_outside && head.kind == Kind::Institution && head.takes(takes) && head.words.len() == 1
        })
    }

    /// Whether a noun for several firms stands before the name, an adjective and other names between at most (`i gruppi bancari Orsetti
    /// e Tavani`, `le aziende Oleificio Trasimeno e Norcia Salumi`).
    pub(super) fn is_among_firms(&self, first: usize) -> bool {
        if self.words.adjectives_lead || self.words.nouns_are_capital || self.is_capitals {
            return false;
        }
        let lowest = self.sentence.first_token.max(first.saturating_sub(MAX_LIST));
        let joins = |at: &usize| {
            let is_name = self.token(*at).is_some_and(|token| token.case.is_capital());
            is_name
                || self.word(*at) == ","
                || self.words.class(self.key(*at)).is_any(WordClass::AND.with(WordClass::ARTICLE))
        };
        let n_names = (lowest..first).rev().take_while(joins).count();
        let last = (first - n_names).checked_sub(1).filter(|&at| at > lowest);
        let is_firms =
            |at: usize| self.announces(at, Takes::Many).is_some_and(|head| head.subtype == Some(Subtype::Company));
        last.is_some_and(|at| is_firms(at) || self.words.ends_like_adjective(self.word(at)) && is_firms(at - 1))
    }

    /// Whether the first word is the noun of a body: one that is nobody's name (`Oleificio Conti`), or a shortened one in capitals
    /// (`GAL Valle Alta`) in a sentence that is not.
    pub(super) fn opens_with_head(&self, first: usize, last: usize) -> bool {
        let heads = &self.context.lexicon.packs.institution_heads;
        let is_upper = |at: usize| self.token(at).is_some_and(|token| token.case == Case::Upper);
        let is_name = || {
            self.context.lexicon.name_parts.get(self.key(first)).is_some_and(|part| part.is_given || part.is_surname)
        };
        let is_head = || {
            heads.begin(self.key(first)).any(|head| {
                let is_home = heads.languages[head.language].code == self.sentence.pack.code;
                is_home
                    && !head.is_outside
                    && head.kind == Kind::Institution
                    && head.words.len() == 1
                    && head.takes(Takes::Name)
            })
        };
        let is_short = || is_upper(first) && !is_upper(last - 1);
        !self.is_capitals && last > first + 1 && (is_short() || !is_upper(first) && !is_name()) && is_head()
    }

    /// Whether the last word is a noun that stands behind what bodies are called by, in any language (`Paul Scherrer Institut`), and
    /// is nobody's name.
    pub(super) fn closes_with_head(&self, first: usize, last: usize) -> bool {
        let heads = &self.context.lexicon.packs.institution_heads;
        let noun = last - 1;
        let is_name =
            || self.context.lexicon.name_parts.get(self.key(noun)).is_some_and(|part| part.is_given || part.is_surname);
        let is_head = || {
            heads.begin(self.key(noun)).any(|head| {
                let stands_behind = matches!(head.left, Left::Any | Left::Modifiers) && !head.is_home;
                stands_behind && !head.is_outside && head.kind == Kind::Institution && head.words.len() == 1
            })
        };
        !self.is_capitals && last > first + 2 && is_head() && !is_name()
    }

    /// Whether a firm of the lists and a country stand there (`Samsung Italia`).
    pub(super) fn is_daughter(&self, first: usize, last: usize) -> bool {
        let gazetteer = &self.context.lexicon.gazetteer;
        let reads = |at: usize, is_meant: &dyn Fn(&Profile<'_>) -> bool| {
            let (idx, end) = self.context.listed.starting_at(at)?;
            let mut rows = gazetteer.readings(self.context.lookups[idx].name).filter(|row| !row.is_weak);
            rows.any(|row| is_meant(&gazetteer.profile(row.entry))).then_some(end)
        };
        let is_firm = |row: &Profile<'_>| row.kind == Kind::Institution && row.subtype == Some(Subtype::Company);
        let country = reads(first, &is_firm).filter(|&end| end < last);
        country.and_then(|at| reads(at, &|row| row.subtype == Some(Subtype::Country))) == Some(last)
    }

    /// Whether a noun of several words for a body stands right before the name, which nobody has (`l'agenzia di stampa Cihan`).
    pub(super) fn is_announced_by_phrase(&self, first: usize) -> bool {
        announcing_body(self.context.document, self.sentence, &self.context.lexicon.packs, first)
            .is_some_and(|head| head.words.len() > 1)
    }

    /// Whether the adjective of a country before the name stands for a firm (`la tedesca Kraftwald`).
    pub(super) fn is_national_firm(&self, first: usize, end: usize) -> bool {
        national_firm(self.context, self.sentence, first) == Some(end)
    }

    /// Whether a noun for a firm or another body stands in apposition (`Nivora Bianchi, una startup di Pavia`).
    pub(super) fn is_told_body(&self, end: usize) -> bool {
        apposed_body(self.context.document, self.sentence, &self.context.lexicon.packs, end).is_some()
    }
}
