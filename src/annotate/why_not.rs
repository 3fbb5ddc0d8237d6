//! Why a stretch is no mention: for the person who expected one.

use super::{Evidence, Mention, propose, select};
use crate::{
    document::{Document, Token, TokenKind},
    lexicon::{Entry, Kind, Lexicon, Lookup},
    text::{Span, words::tokenize},
};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// What became of a name at each place where the text has it.
#[derive(Debug, Clone)]
pub struct WhyNot<'a> {
    /// The places, in order; none when the text does not have the name.
    pub places: Vec<(Span, Fate)>,
    /// Rows that write the whole name so, and whether the spelling never counts alone.
    pub rows: Vec<(Entry<'a>, bool)>,
}

/// What became of a name at one place.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// It is a mention.
    Found(Mention),
    /// A rule proposed it, and another proposal won.
    Lost {
        /// What was proposed.
        proposal: Mention,
        /// What stands there instead.
        winner: Mention,
        /// Why that one won.
        because: Because,
    },
    /// Nobody proposed just this; a mention covers a part of it or more.
    Overlapped(Mention),
    /// The lists know it here, but no rule takes it from them.
    OnlyListed,
    /// The lists know it, but not as it is written here.
    WrittenOtherwise,
    /// No list has it and no rule proposed it.
    Unknown,
}

/// Why one proposal won over another; the policy is that of `select.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// It is longer.
    Longer,
    /// Its rule stands earlier.
    EarlierRule,
    /// It is surer, or was proposed first.
    Surer,
}

/// Tells what became of `name` in a document.
///
/// Capitals, accents, marks and blanks do not matter in the search for it.
pub fn why_not<'a>(document: &Document<'_>, lexicon: &'a Lexicon, name: &str) -> WhyNot<'a> {
    let mut lookups = Vec::new();
    lexicon.gazetteer.find(document.as_str(), &mut lookups);
    let proposals = propose(std::slice::from_ref(document), lexicon).pop().unwrap_or_default();
    let chosen = select::select(&proposals);
    let rows: Vec<(Entry<'a>, bool)> = lexicon.gazetteer.spelling(name).map_or(Vec::new(), |spelling| {
        let readings = lexicon.gazetteer.readings(spelling);
        readings.map(|reading| (lexicon.gazetteer.entry(reading.entry), reading.is_weak)).collect()
    });
    let scene = Scene { proposals: &proposals, chosen: &chosen, lookups: &lookups, is_listed: !rows.is_empty() };
    let places = occurrences(document, name).into_iter().map(|span| (span, scene.fate(span))).collect();
    WhyNot { places, rows }
}

struct Scene<'s> {
    proposals: &'s [Mention],
    chosen: &'s [Mention],
    lookups: &'s [Lookup],
    is_listed: bool,
}

impl Scene<'_> {
    fn fate(&self, span: Span) -> Fate {
        let is_nothing = |mention: &Mention| mention.kind == Kind::Nothing;
        let there = self.chosen.iter().find(|mention| mention.span.overlaps(span));
        let proposal = self.proposals.iter().find(|mention| mention.span == span && !is_nothing(mention));
        match (there, proposal) {
            (Some(there), _) if there.span == span && !is_nothing(there) => Fate::Found(there.clone()),
            (Some(winner), Some(proposal)) => {
                let because = because(winner, proposal);
                Fate::Lost { proposal: proposal.clone(), winner: winner.clone(), because }
            }
            (Some(other), None) => Fate::Overlapped(other.clone()),
            (None, _) if self.lookups.iter().any(|lookup| lookup.span == span) => Fate::OnlyListed,
            (None, _) if self.is_listed => Fate::WrittenOtherwise,
            (None, _) => Fate::Unknown,
        }
    }
}

fn because(winner: &Mention, loser: &Mention) -> Because {
    if winner.span.len() > loser.span.len() {
        Because::Longer
    } else if winner.rule_order < loser.rule_order {
        Because::EarlierRule
    } else {
        Because::Surer
    }
}

/// Where the words of `name` stand in a row.
fn occurrences(document: &Document<'_>, name: &str) -> Vec<Span> {
    let is_word = |token: &&Token| token.kind != TokenKind::Mark;
    let wanted: Vec<String> = tokenize(name).iter().filter(is_word).map(|token| key(token.span.of(name))).collect();
    let words: Vec<(String, Span)> =
        document.tokens.iter().filter(is_word).map(|token| (key(document.word(token)), token.span)).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let windows = words.windows(wanted.len()).filter(|window| window.iter().map(|(word, _)| word).eq(&wanted));
    windows.map(|window| window[0].1.cover(window[window.len() - 1].1)).collect()
}

fn key(word: &str) -> String {
    let letters = word.nfd().filter(|&letter| !is_combining_mark(letter) && letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The word of the rule, with its part, or of the lists.
pub fn word_of(mention: &Mention) -> &'static str {
    match mention.why.by {
        Evidence::Entry(_) => "lists",
        Evidence::Rule(rule) | Evidence::Both(_, rule) => rule,
    }
}
