//! The body that a common noun stands for (`il presidente dell'ente`, `l'ateneo pavese`).

use super::{Reader, sides::has_offices};
use crate::{
    annotate::Mention,
    lexicon::{Kind, Subtype, pack::WordClass},
    text::{
        fold,
        words::{Case, Gap},
    },
};

/// Mentions back from a short form to the name that it is short for, at most.
const MAX_BACK: usize = 200;

/// Letters that the adjective of a town shares with it.
const N_ORIGIN: usize = 4;

/// Most tokens between a participle of leading and the noun for the body of the one who leads (`guidata dal presidente della`).
const MAX_LED: usize = 6;

impl Reader<'_> {
    /// The body that the common noun at `at` stands for: the last one named before that the noun fits.
    pub(super) fn body_meant(&self, at: usize) -> Option<usize> {
        let word = self.word(at);
        let subtypes = if word.is_empty() { None } else { self.words.body_noun(word) }?;
        // "Dell'ente camerale": the adjective tells more than the noun.
        if let Some(nouns) = self.words.offices.nouns_of(self.word(at + 1)) {
            return self.body_called(nouns, self.context.document.tokens[at].span.start());
        }
        let is_organ = self.class(at).is(WordClass::ORGAN);
        let (tokens, mentions) = (&self.context.document.tokens, self.context.mentions);
        let start = tokens[at].span.start();
        let is_town = subtypes.contains(&Subtype::City);
        let fits = |mention: &Mention| {
            if is_town && mention.kind == Kind::Place {
                return mention.subtype == Some(Subtype::City);
            }
            let head = mention.span.of(self.text).split([' ', '’', '\'']).next().unwrap_or_default();
            mention.kind == Kind::Institution
                && (!is_organ && self.sorts_of(mention).iter().flatten().any(|sort| subtypes.contains(sort))
                    || is_same_word(head, word))
                && !(is_organ && mention.subtype == Some(Subtype::Government))
        };
        let n_before = mentions.partition_point(|mention| mention.span.end() <= start);
        // "Il presidente della federazione": the one that has the noun in its name goes before others of its sort.
        let is_called_so = |mention: &Mention| {
            let name = mention.span.of(self.text);
            let mut words = name.split([' ', '’', '\'']);
            let is_head = if self.words.adjectives_lead {
                words.any(|other| is_same_word(other, word))
            } else {
                words.next().is_some_and(|head| is_same_word(head, word))
            };
            !is_town && mention.kind == Kind::Institution && is_head
        };
        let called = mentions[..n_before].iter().rposition(|mention| is_called_so(mention) && fits(mention));
        // "La delegazione, guidata dal presidente della Camera": of two that are called so, the one that sends it.
        let is_led = || {
            (at.saturating_sub(MAX_LED).max(self.sentence.first_token)..at).any(|at| self.class(at).is(WordClass::LED))
        };
        let sender = if is_led() { self.sender(start).filter(|&sender| fits(&mentions[sender])) } else { None };
        let origin = if self.words.adjectives_lead { at.checked_sub(1) } else { Some(at + 1) };
        if let Some(told) = origin.and_then(|origin| self.told_by_origin(origin, n_before, fits)) {
            return Some(told);
        }
        let near = || mentions[..n_before].iter().rposition(fits).map(|near| self.subject_before(near, fits));
        sender.or(called).or_else(near)
    }

    /// The body named last whose name begins with the capitalized word at `at` (`il presidente del Comitato`), where no noun of the
    /// lists stands for one.
    pub(super) fn body_headed(&self, at: usize) -> Option<usize> {
        let token = &self.context.document.tokens[..self.sentence.end_token].get(at)?;
        let is_tied = at > self.sentence.first_token
            && self.class(at - 1).is_any(WordClass::ARTICLE.with(WordClass::ARTICULATED));
        if token.case != Case::Title || !is_tied || self.class(at).is(WordClass::ORGAN) {
            return None;
        }
        let mentions = self.context.mentions;
        let n_before = mentions.partition_point(|mention| mention.span.end() <= token.span.start());
        let is_called_so = |mention: &Mention| {
            let head = || mention.span.of(self.text).split(' ').next().unwrap_or_default();
            mention.kind == Kind::Institution
                && head().len() < mention.span.len()
                && is_same_word(head(), self.word(at))
        };
        let from = n_before.saturating_sub(MAX_BACK);
        mentions[from..n_before].iter().rposition(is_called_so).map(|near| from + near)
    }

    /// The sort that a mention has by its words, and that of what it names: `Lega` heads unions, and the lists know a party.
    fn sorts_of(&self, mention: &Mention) -> [Option<Subtype>; 2] {
        let idx = self.context.mentions.binary_search_by_key(&mention.span.start(), |other| other.span.start());
        let entity = idx.ok().and_then(|idx| self.context.entities.of(idx));
        [mention.subtype, entity.and_then(|entity| entity.subtype)]
    }

    /// The sort of a mention: that of what it names, where its words tell none or one of many (`KIST`).
    pub(super) fn sort_of(&self, mention: &Mention) -> Option<Subtype> {
        let [own, named] = self.sorts_of(mention);
        if matches!(own, None | Some(Subtype::Other)) { named.or(own) } else { own }
    }

    /// The body before the mention `n_before` that the adjective at `at` tells: by the town in its name (`l'ateneo pavese`), or as the
    /// last one that the release is not about, where it is that of a country (`l'autorità indiana`).
    fn told_by_origin(&self, at: usize, n_before: usize, fits: impl Fn(&Mention) -> bool) -> Option<usize> {
        let token = self.context.document.tokens[..self.sentence.end_token].get(at)?;
        let is_adjective =
            token.case == Case::Lower && token.gap == Gap::Blank && self.words.ends_like_adjective(self.word(at));
        if !is_adjective && !self.class(at).is(WordClass::DEMONYM) {
            return None;
        }
        let mentions = &self.context.mentions[..n_before];
        let folded = fold(self.word(at));
        let named_like = |n_letters: usize| {
            let start: String = folded.chars().take(n_letters).collect();
            let is_named_so = |mention: &Mention| {
                let mut words = mention.span.of(self.text).split([' ', '’', '\'', '-']);
                words.any(|word| {
                    word.starts_with(char::is_uppercase) && word.len() > n_letters && fold(word).starts_with(&start)
                })
            };
            mentions.iter().rposition(|mention| fits(mention) && is_named_so(mention))
        };
        // "Pavese" and "Pavia" share three, by which no country is told.
        let is_town = || !self.class(at).is(WordClass::DEMONYM);
        let named = named_like(N_ORIGIN).or_else(|| is_town().then(|| named_like(N_ORIGIN - 1)).flatten());
        let entity = |idx: usize| self.context.entities.of_mention.get(idx).copied().flatten();
        let subject = self.context.mentions.iter().position(has_offices).and_then(entity);
        let other = || (0..n_before).rev().find(|&idx| fits(&mentions[idx]) && entity(idx) != subject);
        named.or_else(|| self.class(at).is(WordClass::DEMONYM).then(other).flatten())
    }

    /// The body that the release is about, where it may be meant as well as the one at `near`, which the text names but once and not
    /// in this sentence.
    fn subject_before(&self, near: usize, fits: impl Fn(&Mention) -> bool) -> usize {
        let is_once = self.n_mentions(near) == 1 && !self.sentence.span.contains(self.context.mentions[near].span);
        let subject = self.context.mentions[..near]
            .iter()
            .position(has_offices)
            .filter(|&first| fits(&self.context.mentions[first]));
        subject.filter(|&first| is_once && self.n_mentions(first) > 1 && self.is_in_opening(first)).unwrap_or(near)
    }

    /// The body with one of `nouns` in its name that the text named last before the byte `start`, or first behind it.
    pub(super) fn body_called(&self, nouns: &[String], start: usize) -> Option<usize> {
        let mentions = self.context.mentions;
        let is_called = |mention: &Mention| {
            mention.kind == Kind::Institution && self.words.offices.has_noun(mention.span.of(self.text), nouns)
        };
        let n_before = mentions.partition_point(|mention| mention.span.end() <= start);
        mentions[..n_before].iter().rposition(is_called).or_else(|| mentions.iter().position(is_called))
    }
}

/// Whether two words are the same but for their case.
fn is_same_word(one: &str, other: &str) -> bool {
    one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase))
}
