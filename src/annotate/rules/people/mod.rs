//! People by titles, offices and the parts of their names.
//!
//! Read `runs.rs` (what can be a name at all) with `joined.rs` (surnames of several words), `weigh.rs` (how likely it is one) with
//! `parts.rs` (by the tables of names), `known.rs` (by the lists) and `beside.rs` (by what stands beside it), `alone.rs` (one word),
//! `cues.rs` and `bodies.rs` (what stands around it), then this file (the order of things), then `rolls.rs` (lists that tell of
//! each), `lineups.rs` (teams), `echo.rs` (later mentions) and `holders.rs` (behind established bodies).

mod alone;
mod beside;
mod bodies;
mod cues;
mod echo;
mod holders;
mod joined;
mod known;
mod lineups;
mod parts;
mod rolls;
mod runs;
mod weigh;

use super::Rule;
use crate::{
    annotate::{Confidence, Context, Evidence, Mention, Why, names::speaks_of_firms},
    document::{Sentence, Token},
    lexicon::{
        Kind, Lookup, Zipfs,
        pack::{PeopleWords, WordClass},
    },
    text::{Span, WordKey},
};
use alone::{Recurring, Standing};
use runs::{Shape, Unit};

/// People by titles, offices and the parts of their names.
pub(super) const RULE: Rule = Rule {
    name: "people",
    about: "People by titles, offices and the parts of their names.",
    find,
    echo: Some(echo::find),
};

/// A stretch that may be a person's name.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    /// First token.
    first: usize,
    /// One past the last token.
    end: usize,
    /// How sure we are, in hundredths; below [`ENOUGH`] it is none yet.
    percent: u8,
    /// Part of the rule that spoke for it.
    why: &'static str,
    /// Whether a list of people may take it in.
    may_join: bool,
    /// Whether it is one word that is a name and nothing else: a list of people may take it in, too.
    is_plain_name: bool,
    /// Whether others in its list hold its office, named once in the plural.
    shares_office: bool,
    /// Where it stands, if it is one word that is nothing else.
    standing: Option<Standing>,
}

/// What makes a candidate a mention, in hundredths.
const ENOUGH: u8 = 50;

/// Priority of villages in the lists.
const VILLAGE: i16 = 45;

/// Reads one sentence.
struct Reader<'a> {
    context: &'a Context<'a>,
    text: &'a str,
    tokens: &'a [Token],
    sentence: &'a Sentence<'a>,
    words: &'a PeopleWords,
    /// Bits of the origins whose names begin with the surname.
    surname_first: u64,
    /// What holds in any language.
    anywhere: &'a PeopleWords,
    /// Whether the sentence is in capitals.
    is_capitals: bool,
    /// How common words are in its language.
    zipfs: Option<&'a Zipfs>,
    /// Whether the document speaks of firms: a word that nothing knows may be one of them then, whatever it does.
    has_firms: bool,
}

impl<'a> Reader<'a> {
    fn new(context: &'a Context<'a>, sentence: &'a Sentence<'a>, surname_first: u64) -> Self {
        let document = context.document;
        Self {
            context,
            text: document.as_str(),
            tokens: &document.tokens,
            sentence,
            words: &sentence.pack.people,
            surname_first,
            anywhere: &context.lexicon.packs.undetermined().people,
            is_capitals: sentence.is_shouted,
            zipfs: context.lexicon.common_words.of(&sentence.pack.code),
            has_firms: false,
        }
    }

    /// The token at `at`, if it lies in the sentence.
    fn token(&self, at: usize) -> Option<&'a Token> {
        if at < self.sentence.first_token { None } else { self.tokens[..self.sentence.end_token].get(at) }
    }

    fn word(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.span.of(self.text))
    }

    /// The key of the word at `at`; of none outside of the sentence.
    fn key(&self, at: usize) -> WordKey {
        self.token(at).map_or(WordKey::NONE, |token| token.key)
    }

    fn span(&self, first: usize, end: usize) -> Span {
        self.tokens[first].span.cover(self.tokens[end - 1].span)
    }

    /// The lookups that share a byte with `span`, in order.
    fn lookups(&self, span: Span) -> impl Iterator<Item = &'a Lookup> {
        let lookups = self.context.lookups;
        let first = lookups.partition_point(|lookup| lookup.span.end() <= span.start());
        lookups[first..].iter().take_while(move |lookup| lookup.span.start() < span.end())
    }

    /// Whether a lookup is more than the name of a village, or a field's that never counts alone (`Mel` is honey elsewhere).
    fn is_known(&self, lookup: &Lookup) -> bool {
        let gazetteer = &self.context.lexicon.gazetteer;
        let mut rows = gazetteer.readings(lookup.name).map(|reading| gazetteer.profile(reading.entry));
        self.kind_of(lookup).is_some()
            || rows.any(|row| row.kind != Kind::Sector && (row.kind != Kind::Place || row.priority > VILLAGE))
    }

    /// The kind that the lists give a lookup, weak names aside.
    fn kind_of(&self, lookup: &Lookup) -> Option<Kind> {
        let start = lookup.span.start();
        self.context.listed.best_kind(self.context.lookups.partition_point(|other| other.span.start() < start))
    }
}

impl Reader<'_> {
    /// A person, with the rows of the lists that bear the name.
    fn mention(&self, span: Span, rule: &'static str, confidence: Confidence) -> Mention {
        let mention = Mention::new(span, Kind::Person, rule, confidence);
        let gazetteer = &self.context.lexicon.gazetteer;
        let Some(lookup) = self.lookups(span).find(|lookup| lookup.span == span) else { return mention };
        let people = gazetteer.readings(lookup.name).map(|reading| reading.entry);
        let candidates: Vec<_> = people.filter(|&entry| gazetteer.profile(entry).kind == Kind::Person).collect();
        let Some(&best) = candidates.first() else { return mention };
        Mention { candidates, why: Why { by: Evidence::Both(best, rule), folds: lookup.folds }, ..mention }
    }
}

/// Bits of the origins whose names begin with the surname.
fn surname_first(context: &Context<'_>) -> u64 {
    let lexicon = context.lexicon;
    let origins = &lexicon.packs.undetermined().people.surname_first;
    origins.iter().fold(0, |bits, origin| bits | lexicon.name_parts.origin_bit(origin))
}

fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    let surname_first = surname_first(context);
    let (mut units, mut candidates) = (Vec::new(), Vec::new());
    let mut recurring = Recurring::default();
    let has_firms = speaks_of_firms(context);
    for sentence in &context.document.sentences {
        let reader = Reader { has_firms, ..Reader::new(context, sentence, surname_first) };
        candidates.clear();
        let mut at = sentence.first_token;
        let mut has_minutes = false;
        while at < sentence.end_token {
            if !reader.tokens[at].case.is_capital() && !reader.begins_with_particle(at) {
                has_minutes |= reader.opens_sheet(at);
                at += 1;
                continue;
            }
            // "S.E. Marta Olivieri", "M. Paul Martin": the letters of a title are no initials.
            if let Some((end, ())) = reader.words.honorifics.begin_at(reader.tokens, at) {
                at = end;
                continue;
            }
            let end = reader.read_run(at, &mut units);
            reader.read_names(&units, &mut candidates, found);
            has_minutes |= reader.opens_minute(end) || reader.is_score(end) || reader.opens_sheet(at);
            at = end.max(at + 1);
        }
        reader.join_lists(&mut candidates);
        reader.join_surnames(&mut candidates);
        recurring.note(&reader, &candidates);
        found.extend(candidates.iter().filter(|candidate| candidate.percent >= ENOUGH).map(|candidate| {
            let span = reader.span(candidate.first, candidate.end);
            reader.mention(span, candidate.why, Confidence::percent(candidate.percent))
        }));
        if has_minutes {
            reader.line_ups(&mut units, found);
        }
    }
    recurring.find(found);
}

impl Reader<'_> {
    /// Cuts a run of capitalized words where a name cannot go on, and weighs each piece.
    fn read_names(&self, units: &[Unit], candidates: &mut Vec<Candidate>, found: &mut Vec<Mention>) {
        let mut start = 0;
        while start < units.len() {
            if let Some(end) = self.trap(units, start, found) {
                start = end;
                continue;
            }
            // "Santa Maria della Scala": the particle goes on with the saint; elsewhere it is a preposition ("Accolto da Anna Conti").
            if start > 0 && units[start].shape == Shape::Particle {
                let is_saint = units[..start].iter().any(|unit| unit.class.is(WordClass::SAINT));
                start += if is_saint { 2 } else { 1 };
                continue;
            }
            if self.cuts(units, start) {
                start += 1;
                continue;
            }
            let mut end = start + 1;
            while end < units.len() && !self.cuts(units, end) {
                end += 1;
            }
            if let Some(candidate) = self.weigh(units, start, end) {
                candidates.push(candidate);
            }
            start = end;
        }
    }

    /// Takes in the stretches that stand in a list with a person.
    fn join_lists(&self, candidates: &mut [Candidate]) {
        for idx in 1..candidates.len() {
            let before = candidates[idx - 1];
            self.join(before, &mut candidates[idx]);
        }
        for idx in (1..candidates.len()).rev() {
            let after = candidates[idx];
            if !after.shares_office {
                self.join(after, &mut candidates[idx - 1]);
            }
        }
    }

    /// Takes in lists of three and more words that are nothing else, where two of them at least are names of people (`Nencini, Coppi e
    /// Zorvik`).
    fn join_surnames(&self, candidates: &mut [Candidate]) {
        let mut first = 0;
        while first < candidates.len() {
            let mut end = first + 1;
            while end < candidates.len() && self.are_listed(candidates[end - 1].end, candidates[end].first) {
                end += 1;
            }
            let list = &mut candidates[first..end];
            let is_plain = list.iter().all(|one| one.percent >= ENOUGH || one.standing.is_some());
            let n_names = list.iter().filter(|one| one.percent >= ENOUGH || one.is_plain_name).count();
            if list.len() >= 3
                && is_plain
                && n_names >= 2
                && !self.may_be_where(list[0].first)
                && !self.is_second_town(list[0].first, list[0].end)
            {
                for one in list.iter_mut().filter(|one| one.percent < ENOUGH) {
                    (one.percent, one.why) = (60, "people/list");
                }
            }
            first = end;
        }
    }

    fn join(&self, known: Candidate, other: &mut Candidate) {
        let (before, after) = if known.first < other.first { (&known, &*other) } else { (&*other, &known) };
        if known.percent < ENOUGH || !self.are_in_roll(before, after) {
            return;
        }
        let takes_single = known.shares_office && known.first < other.first;
        if other.percent < ENOUGH && (other.may_join || takes_single && other.percent > 0) {
            (other.percent, other.why) = (if takes_single { 88 } else { 75 }, "people/list");
        }
        if other.percent < ENOUGH && other.is_plain_name {
            (other.percent, other.why) = (55, "people/list");
        }
        other.shares_office |= takes_single && other.percent >= ENOUGH;
    }
}
