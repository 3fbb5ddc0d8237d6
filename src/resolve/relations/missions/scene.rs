//! The release as a mission sees it: its sentences with the wordings and the mentions in each.

use super::super::Context;
use crate::{
    document::{Sentence, Zone},
    lexicon::{Kind, Subtype, pack::Cue},
    resolve::{Entity, EntityIdx},
    text::Span,
};
use std::{borrow::Cow, ops::Range};

/// The sentences that may tell of a mission: not the contacts, nor what the sender says of itself.
pub(super) struct Scene<'a> {
    pub context: &'a Context<'a>,
    pub lines: Vec<Line<'a>>,
}

/// A sentence with its wordings and mentions.
pub(super) struct Line<'a> {
    pub sentence: &'a Sentence<'a>,
    /// Words in lower case, with straight apostrophes; one a token.
    pub words: Vec<Cow<'a, str>>,
    pub hits: Vec<Hit>,
    /// Numbers of the mentions that begin in it.
    pub mentions: Range<usize>,
}

/// A wording in a sentence; tokens are counted in the sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub cue: Cue,
    pub first: usize,
    pub end: usize,
}

impl<'a> Scene<'a> {
    pub fn new(context: &'a Context<'a>) -> Self {
        let mut next_mention = 0;
        let mut lines = Vec::new();
        for sentence in &context.document.sentences {
            let first = next_mention + count_before(context, next_mention, sentence.span.start());
            let end = first + count_before(context, first, sentence.span.end());
            next_mention = end;
            if !matches!(sentence.zone, Zone::Contacts | Zone::Boilerplate) {
                lines.push(Line::new(context, sentence, first..end));
            }
        }
        Self { context, lines }
    }

    pub fn entity(&self, idx: EntityIdx) -> &'a Entity {
        &self.context.entities.entities[idx.0]
    }

    pub fn entity_of(&self, mention_idx: usize) -> Option<EntityIdx> {
        self.context.entities.of_mention.get(mention_idx).copied().flatten()
    }

    pub fn span(&self, mention_idx: usize) -> Span {
        self.context.mentions[mention_idx].span
    }

    /// The mentions of `kind` in a line, with their entities.
    pub fn named(&self, line: &Line<'_>, kind: Kind) -> impl Iterator<Item = (usize, EntityIdx)> {
        let of_kind = line.mentions.clone().filter(move |&idx| self.context.mentions[idx].kind == kind);
        of_kind.filter_map(|idx| Some((idx, self.entity_of(idx)?)))
    }

    /// First token of a mention, and one past its last, counted in its sentence.
    pub fn tokens_of(&self, line: &Line<'_>, mention_idx: usize) -> Range<usize> {
        let tokens = self.context.document.tokens_of(line.sentence);
        let span = self.span(mention_idx);
        tokens.partition_point(|token| token.span.end() <= span.start())
            ..tokens.partition_point(|token| token.span.start() < span.end())
    }

    /// Where the tokens of a hit stand.
    pub fn span_of_hit(&self, line: &Line<'_>, hit: Hit) -> Span {
        let tokens = self.context.document.tokens_of(line.sentence);
        tokens[hit.first].span.cover(tokens[hit.end - 1].span)
    }

    /// The country of an entity: its own, or that of a place whose name is part of its name.
    pub fn country(&self, idx: EntityIdx) -> Option<&'a str> {
        let entity = self.entity(idx);
        if entity.country.is_some() || entity.kind != Kind::Institution {
            return entity.country.as_deref();
        }
        let mut places = self.context.entities.entities.iter().filter(|place| place.kind == Kind::Place);
        let named = places.find(|place| place.country.is_some() && place.name.len() > 3 && entity.name.contains(&place.name));
        named.and_then(|place| place.country.as_deref()).or_else(|| self.country_in_name(&entity.name))
    }

    /// The country of the longest place name that the lists know inside a name (`Province de Gangwon`).
    fn country_in_name(&self, name: &str) -> Option<&'a str> {
        let gazetteer = &self.context.lexicon.gazetteer;
        let words: Vec<&str> = name.split_whitespace().collect();
        let pieces = (1..=words.len().min(3)).rev().flat_map(|n_words| words.windows(n_words));
        for piece in pieces.filter(|piece| piece[0].starts_with(char::is_uppercase)) {
            let Some(spelling) = gazetteer.spelling(&piece.join(" ")) else { continue };
            let place = gazetteer
                .readings(spelling)
                .filter(|reading| !reading.is_weak)
                .map(|reading| gazetteer.entry(reading.entry))
                .filter(|entry| entry.kind == Kind::Place && !entry.country.is_empty())
                .max_by_key(|entry| (entry.priority, std::cmp::Reverse(entry.id)));
            if let Some(place) = place {
                return Some(place.country);
            }
        }
        None
    }

    pub fn is_subtype(&self, idx: EntityIdx, subtype: Subtype) -> bool {
        self.entity(idx).subtype == Some(subtype)
    }

    /// The country of the dateline, or of the first place that has one.
    pub fn desk_country(&self) -> Option<&'a str> {
        let places = |zone: Zone| {
            self.lines
                .iter()
                .filter(move |line| line.sentence.zone == zone)
                .flat_map(|line| self.named(line, Kind::Place))
                .find_map(|(_, idx)| self.country(idx))
        };
        places(Zone::Dateline)
    }
}

fn count_before(context: &Context<'_>, from: usize, end: usize) -> usize {
    context.mentions[from..].iter().take_while(|mention| mention.span.start() < end).count()
}

impl<'a> Line<'a> {
    fn new(context: &'a Context<'a>, sentence: &'a Sentence<'a>, mentions: Range<usize>) -> Self {
        let tokens = context.document.tokens_of(sentence);
        let words: Vec<Cow<'a, str>> = tokens.iter().map(|token| lower(token.span.of(context.document.as_str()))).collect();
        let cues = &sentence.pack.missions.cues;
        let mut hits = Vec::new();
        if !cues.is_empty() {
            for first in 0..words.len() {
                let found = cues.at(|at| words.get(first + at).map_or("", |word| word));
                hits.extend(found.map(|(cue, n_words)| Hit { cue, first, end: first + n_words }));
            }
        }
        let mut line = Self { sentence, words, hits, mentions };
        line.drop_unofficial();
        line
    }

    /// A journey that is said to be of another sort is none of ours.
    fn drop_unofficial(&mut self) {
        let unofficial: Vec<Hit> = self.of(Cue::Unofficial).collect();
        let is_other = |hit: &Hit| unofficial.iter().any(|other| other.first <= hit.end && hit.first < other.end);
        self.hits.retain(|hit| !(matches!(hit.cue, Cue::Mission | Cue::Visit | Cue::Meet | Cue::Travel) && is_other(hit)));
    }

    pub fn of(&self, cue: Cue) -> impl Iterator<Item = Hit> {
        self.hits.iter().copied().filter(move |hit| hit.cue == cue)
    }

    pub fn has(&self, cue: Cue) -> bool {
        self.of(cue).next().is_some()
    }

    /// Whether it speaks of the journey itself.
    pub fn is_of_journey(&self) -> bool {
        [Cue::Party, Cue::Mission, Cue::Visit, Cue::Travel].into_iter().any(|cue| self.has(cue))
    }

    pub fn is_headline(&self) -> bool {
        self.sentence.zone == Zone::Headline
    }

    /// The nearest preposition before token `at`, articles passed over.
    pub fn preposition_before(&self, at: usize) -> Side {
        let words = &self.sentence.pack.missions;
        for word in self.words[..at].iter().rev().take(2) {
            if words.of.contains(word) {
                return Side::From;
            }
            if words.to.contains(word) {
                return Side::To;
            }
        }
        Side::None
    }
}

/// Which end of a journey a preposition points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    From,
    To,
    None,
}

fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.to_lowercase().replace('’', "'"))
}
