//! The release as a mission sees it: its sentences with the wordings and the mentions in each.

use super::super::Context;
use crate::{
    annotate::value::Value,
    document::{Sentence, Token, Zone},
    lexicon::{Kind, Subtype, pack::Cue},
    resolve::{Entity, EntityIdx},
    text::{Span, WordKey, words::tokenize},
};
use std::{cell::OnceCell, ops::Range};

/// The sentences that may tell of a mission: not the contacts, nor what the sender says of itself.
pub(super) struct Scene<'a> {
    pub context: &'a Context<'a>,
    pub lines: Vec<Line<'a>>,
    /// The country of each entity, once it was asked for: a body's may be looked for in its name.
    countries: Vec<OnceCell<Option<&'a str>>>,
    /// The country of the dateline, once it was asked for.
    desk: OnceCell<Option<&'a str>>,
}

/// A sentence with its wordings and mentions.
pub(super) struct Line<'a> {
    pub context: &'a Context<'a>,
    pub sentence: &'a Sentence<'a>,
    pub hits: Vec<Hit>,
    /// Numbers of the mentions that begin in it.
    pub mentions: Range<usize>,
    /// Whether it says that it tells of another journey than that of the release.
    pub is_aside: bool,
    /// Whether what it tells lies behind the journey or long before it.
    pub is_apart: bool,
    /// Where what it tells begins, behind the day, where it is the item of a day of the programme (`lunedì 9, Maputo – …`).
    pub stage: Option<usize>,
}

/// A wording in a sentence; tokens are counted in the sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub cue: Cue,
    pub first: usize,
    pub end: usize,
}

/// Tokens between a word for a message or for employing and what is said of it, at most.
const REACH_OF_OTHERS: usize = 5;
/// Longest line of a list, or label above one, in bytes.
const MAX_ITEM_BYTES: usize = 160;
/// Bytes between a body and the place that it is of, at most.
const MAX_GAP_BYTES: usize = 6;
/// Longest line of a place and a day, in tokens.
const MAX_DATELINE_TOKENS: usize = 10;
/// Mentions of places and bodies of a country that make it the one where a release is written.
const MENTIONS_OF_HOME: usize = 2;
/// Longest label above a list, in tokens.
const MAX_LABEL_TOKENS: usize = 6;

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
        let countries = context.entities.entities.iter().map(|_| OnceCell::new()).collect();
        let mut scene = Self { context, lines, countries, desk: OnceCell::new() };
        scene.drop_members_in_names();
        scene.read_stages();
        scene.read_journeys();
        scene.read_asides();
        scene
    }

    /// A word for those who travel that is part of a name (`Società Nazionale Ferrovie`) speaks of nobody.
    fn drop_members_in_names(&mut self) {
        for line_idx in 0..self.lines.len() {
            let line = &self.lines[line_idx];
            if !line.has(Cue::Member) {
                continue;
            }
            let names: Vec<_> =
                self.named(line, Kind::Institution).map(|(mention, _)| self.tokens_of(line, mention)).collect();
            let is_in_name = |hit: &Hit| names.iter().any(|name| name.start <= hit.first && hit.end <= name.end);
            self.lines[line_idx].hits.retain(|hit| hit.cue != Cue::Member || !is_in_name(hit));
        }
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

    /// The lines of the story: all but datelines.
    pub fn story(&self) -> impl Iterator<Item = &Line<'a>> {
        self.lines.iter().filter(|line| line.sentence.zone != Zone::Dateline)
    }

    /// The lines of the story that tell of this journey.
    pub fn told(&self) -> impl Iterator<Item = &Line<'a>> {
        self.story().filter(|line| !line.is_aside && !line.is_apart)
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
        *self.countries[idx.0].get_or_init(|| self.find_country(idx))
    }

    fn find_country(&self, idx: EntityIdx) -> Option<&'a str> {
        let entity = self.entity(idx);
        if entity.country.is_some() || entity.kind != Kind::Institution {
            return entity.country.as_deref();
        }
        let mut places = self.context.entities.entities.iter().filter(|place| place.kind == Kind::Place);
        let named =
            places.find(|place| place.country.is_some() && place.name.len() > 3 && entity.name.contains(&place.name));
        let named = named.and_then(|place| place.country.as_deref());
        named.or_else(|| self.country_in_name(&entity.name))
    }

    /// The country of the one adjective of a country in a name (`Agenzia spaziale canadese`): a body of two is of either.
    pub(super) fn country_of_adjective(&self, name: &str) -> Option<&'a str> {
        let words = &self.context.document.pack.missions;
        let tokens = tokenize(name);
        let is_joined = |token: &Token| token.span.of(name) == "-";
        if tokens.iter().any(is_joined) {
            return None;
        }
        let mut countries = tokens.iter().filter_map(|token| words.country_of(token.key));
        let first = countries.next()?;
        countries.all(|country| country == first).then_some(first)
    }

    /// The place right behind a mention of a body: `Carso Robotica di Sgonico`, `Oleificio Greco (Lamezia Terme)`.
    pub fn place_beside(&self, idx: EntityIdx) -> Option<EntityIdx> {
        let (mentions, text) = (&self.context.mentions, self.context.document.as_str());
        self.entity(idx).mentions.iter().find_map(|&mention| {
            let next = mention + 1;
            let between = text.get(mentions[mention].span.end()..mentions.get(next)?.span.start())?;
            let words = &self.context.document.pack.missions;
            // Sedna Acoustics, a Dartmouth manufacturer; Oleificio Greco, di Lamezia Terme
            let (is_aside, joint) =
                between.trim().strip_prefix(',').map_or((false, between.trim()), |rest| (true, rest.trim()));
            let is_of = words.of.contains(joint) || is_aside && words.subject_articles.contains(joint);
            let is_beside = between.len() <= MAX_GAP_BYTES && (is_of || joint == "(");
            self.entity_of(next).filter(|&place| is_beside && self.entity(place).kind == Kind::Place)
        })
    }

    /// The country of the longest place name that the lists know inside a name (`Province de Gangwon`).
    pub(super) fn country_in_name(&self, name: &str) -> Option<&'a str> {
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

    /// The country of the dateline, or of the line of a place and the day of publication (`Macerata, 8 maggio 2025`); without either,
    /// the one country of its language that the release names.
    pub fn desk_country(&self) -> Option<&'a str> {
        *self.desk.get_or_init(|| {
            let datelines = || self.lines.iter().filter(|line| line.sentence.zone == Zone::Dateline);
            let place = |line: &Line<'_>| self.named(line, Kind::Place).next().and_then(|(_, idx)| self.country(idx));
            let signed = || self.lines.iter().filter(|line| self.is_place_and_day(line));
            datelines().find_map(place).or_else(|| signed().find_map(place)).or_else(|| self.country_of_language())
        })
    }

    /// The first of the countries where the language is written, if places or bodies of it are named twice at least, and none of the
    /// others.
    fn country_of_language(&self) -> Option<&'a str> {
        let n_named = |country: &str| {
            let entities = (0..self.context.entities.entities.len()).map(EntityIdx);
            let is_there = |&idx: &EntityIdx| {
                matches!(self.entity(idx).kind, Kind::Place | Kind::Institution) && self.country(idx) == Some(country)
            };
            entities.filter(is_there).map(|idx| self.entity(idx).mentions.len()).sum::<usize>()
        };
        let (home, others) = self.context.document.pack.prose.countries.split_first()?;
        (n_named(home) >= MENTIONS_OF_HOME && others.iter().all(|other| n_named(other) == 0)).then_some(home)
    }

    /// Whether a line is a place with the day of publication, and hardly a word more.
    fn is_place_and_day(&self, line: &Line<'_>) -> bool {
        let Some(published) = self.context.document.published.map(|published| published.date.to_string()) else {
            return false;
        };
        let is_published = |mention: usize| match &self.context.mentions[mention].value {
            Some(Value::Date(date)) => date.iso.as_deref() == Some(published.as_str()),
            _ => false,
        };
        let mut mentions = line.mentions.clone();
        let is_place = mentions.next().is_some_and(|mention| self.context.mentions[mention].kind == Kind::Place);
        line.n_tokens() <= MAX_DATELINE_TOKENS && line.hits.is_empty() && is_place && mentions.any(is_published)
    }

    /// For each line, the label that it stands under as an item of a list; none for other lines.
    ///
    /// What stands right under a heading belongs to it whatever its length, and so do the short items that follow.
    pub fn labels(&self) -> Vec<Option<Hit>> {
        let mut open: Option<(Hit, usize, usize)> = None;
        let mut labels = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            let block = line.sentence.block_idx;
            let is_item = |&(_, labelled, last): &(Hit, usize, usize)| {
                let is_right_under = block <= labelled + 1 && last <= block;
                is_right_under && !line.has(Cue::Party) || block <= last + 1 && line.is_short() && !line.is_of_journey()
            };
            let item_of = open.filter(is_item);
            labels.push(item_of.map(|(hit, _, _)| hit));
            let of_label = line.label().map(|hit| (hit, block, block));
            open = of_label.or(item_of.map(|(hit, labelled, _)| (hit, labelled, block)));
        }
        labels
    }
}

fn count_before(context: &Context<'_>, from: usize, end: usize) -> usize {
    context.mentions[from..].iter().take_while(|mention| mention.span.start() < end).count()
}

impl<'a> Line<'a> {
    fn new(context: &'a Context<'a>, sentence: &'a Sentence<'a>, mentions: Range<usize>) -> Self {
        let mut line =
            Self { context, sentence, hits: Vec::new(), mentions, is_aside: false, is_apart: false, stage: None };
        let mut hits = Vec::new();
        let cues = &sentence.pack.missions.cues;
        let (text, tokens) = (context.document.as_str(), context.document.tokens_of(sentence));
        for first in 0..tokens.len() {
            cues.at(text, &tokens[first..], |cue, n_tokens| hits.push(Hit { cue, first, end: first + n_tokens }));
        }
        // What the party is made of takes part.
        let is_makeup = |hit: &&Hit| hit.cue == Cue::Makeup;
        let joins: Vec<Hit> = hits.iter().filter(is_makeup).map(|hit| Hit { cue: Cue::Join, ..*hit }).collect();
        if !joins.is_empty() {
            hits.splice(0..0, joins);
            hits.sort_by_key(|hit| hit.first);
        }
        line.hits = hits;
        line.drop_unofficial();
        line.drop_said_of_others(Cue::Staff, Cue::Member);
        line.drop_said_of_others(Cue::Message, Cue::Travel);
        line
    }

    /// A token, counted in the sentence.
    pub fn token(&self, at: usize) -> Option<&'a Token> {
        self.context.document.tokens[self.sentence.first_token..self.sentence.end_token].get(at)
    }

    /// The word of a token as written; empty behind the end.
    pub fn word(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.span.of(self.context.document.as_str()))
    }

    /// The key of the word of a token; of none behind the end.
    pub fn key(&self, at: usize) -> WordKey {
        self.token(at).map_or(WordKey::NONE, |token| token.key)
    }

    pub fn n_tokens(&self) -> usize {
        self.sentence.end_token - self.sentence.first_token
    }

    /// A journey that is said to be of another sort is none of ours.
    fn drop_unofficial(&mut self) {
        if !self.has(Cue::Unofficial) {
            return;
        }
        let unofficial: Vec<Hit> = self.of(Cue::Unofficial).collect();
        let is_other = |hit: &Hit| unofficial.iter().any(|other| other.first <= hit.end && hit.first < other.end);
        let is_journey = |cue: Cue| {
            matches!(
                cue,
                Cue::Mission | Cue::Visit | Cue::Meet | Cue::Travel | Cue::Return | Cue::Official | Cue::Party
            )
        };
        self.hits.retain(|hit| !(is_journey(hit.cue) && is_other(hit)));
    }

    /// Those whom a firm employs travel nowhere, and greetings that come from abroad are nobody's journey.
    fn drop_said_of_others(&mut self, other: Cue, cue: Cue) {
        if !self.has(other) {
            return;
        }
        let others: Vec<Hit> = self.of(other).collect();
        let is_said =
            |hit: &Hit| others.iter().any(|other| other.end <= hit.first && hit.first - other.end <= REACH_OF_OTHERS);
        self.hits.retain(|hit| hit.cue != cue || !is_said(hit));
    }

    pub fn of(&self, cue: Cue) -> impl Iterator<Item = Hit> {
        self.hits.iter().copied().filter(move |hit| hit.cue == cue)
    }

    pub fn has(&self, cue: Cue) -> bool {
        self.hits.iter().any(|hit| hit.cue == cue)
    }

    pub fn has_any(&self, cues: &[Cue]) -> bool {
        self.hits.iter().any(|hit| cues.contains(&hit.cue))
    }

    /// Whether it speaks of the journey itself.
    pub fn is_of_journey(&self) -> bool {
        self.has_any(&[Cue::Party, Cue::Mission, Cue::Visit, Cue::Travel, Cue::Return, Cue::Stand, Cue::Guest])
    }

    pub fn is_headline(&self) -> bool {
        self.sentence.zone == Zone::Headline
    }

    pub fn is_short(&self) -> bool {
        self.sentence.span.len() < MAX_ITEM_BYTES
    }

    /// The wording that makes the line a label above a list: it ends in a colon, or is nearly all of the line.
    pub fn label(&self) -> Option<Hit> {
        let opens = |hit: &&Hit| {
            matches!(
                hit.cue,
                Cue::Join | Cue::Among | Cue::Crew | Cue::Meet | Cue::Schedule | Cue::Agreement | Cue::Party
            )
        };
        let ends_open = self.n_tokens() > 0 && self.word(self.n_tokens() - 1) == ":";
        if !ends_open && (self.n_tokens() > MAX_LABEL_TOKENS || self.ends_sentence() && !self.is_in_capitals()) {
            return None;
        }
        // In a longer line the last wording before the colon tells what follows.
        let is_long = self.n_tokens() > 2 * MAX_LABEL_TOKENS;
        let is_at_head =
            |hit: &&Hit| hit.first <= 2 && !is_long || ends_open && hit.end + MAX_LABEL_TOKENS >= self.n_tokens();
        let told = self
            .hits
            .iter()
            .filter(opens)
            .filter(is_at_head)
            .max_by_key(|hit| (hit.end, hit.cue != Cue::Party))
            .copied();
        told.or_else(|| self.label_of_members(ends_open))
    }

    /// A heading that names nothing but those who go along: `Alcune delle imprese`, `tra le aziende:`.
    fn label_of_members(&self, ends_open: bool) -> Option<Hit> {
        let is_near = |hit: &Hit| !ends_open || hit.end + MAX_LABEL_TOKENS >= self.n_tokens();
        let is_heading = self.mentions.is_empty() || ends_open;
        let member = self.of(Cue::Member).filter(is_near).last()?;
        (is_heading && !self.has_any(&[Cue::Meet, Cue::Host, Cue::OtherTopic]))
            .then_some(Hit { cue: Cue::Crew, ..member })
    }

    /// A heading that the paragraph goes on behind: `CHI C'ERA. Per il consorzio …`.
    fn is_in_capitals(&self) -> bool {
        let text = self.sentence.span.of(self.context.document.as_str());
        self.word(self.n_tokens().saturating_sub(1)) == "." && !text.contains(char::is_lowercase)
    }

    fn ends_sentence(&self) -> bool {
        matches!(self.word(self.n_tokens().saturating_sub(1)), "." | "!" | "?" | "»" | "”")
    }

    /// The preposition before token `at`, an article passed over.
    pub fn preposition_before(&self, at: usize) -> Side {
        let words = &self.sentence.pack.missions;
        let Some(nearest) = at.checked_sub(1) else { return Side::None };
        let next = nearest.checked_sub(1).map_or(WordKey::NONE, |next| self.key(next));
        // What opens a sentence, or stands behind another preposition, is an article: `der` Verband, com `a` Universidade.
        let is_article = words.articles.contains(self.key(nearest));
        if is_article && (nearest == 0 || words.with.contains(next)) {
            return Side::None;
        }
        match (self.side_of(self.key(nearest)), self.side_of(next)) {
            (Side::From, Side::To) if is_article => Side::To,
            (Side::None, next) => next,
            (nearest, _) => nearest,
        }
    }

    pub fn side_of(&self, word: WordKey) -> Side {
        let words = &self.sentence.pack.missions;
        match () {
            () if words.of.contains(word) => Side::From,
            () if words.to.contains(word) => Side::To,
            () => Side::None,
        }
    }

    /// The side of the body at token `at`: a body has its article, so that one that is also a preposition is no preposition.
    pub fn side_of_body(&self, at: usize) -> Side {
        let side = self.preposition_before(at);
        let is_article = at > 0 && self.sentence.pack.missions.articles.contains(self.key(at - 1));
        if side == Side::To && is_article && self.side_of(self.key(at - 1)) == Side::To { Side::None } else { side }
    }
}

/// Which end of a journey a preposition points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    From,
    To,
    None,
}
