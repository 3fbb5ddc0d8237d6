//! The players of a team as the sports pages print them: `Rossi; Bianchi (46' Neri), Verdi, …`, `Rossi 12, Bianchi 7, Verdi, …`, and
//! those behind the labels of such sheets: `Arbitro: Neri (Roma)`.

use super::{Reader, runs::Unit};
use crate::{
    annotate::{Confidence, Mention},
    lexicon::{Kind, pack::WordClass},
    text::{
        Span,
        words::{Case, Gap, TokenKind},
    },
};

/// Fewest players by which a list is known as a team.
const MIN_PLAYERS: usize = 6;

/// Fewest players with points by which a list without substitutes is known as a team.
const MIN_SCORES: usize = 4;

/// Most words of one player's name, initials included.
const MAX_UNITS: usize = 3;

/// Most tokens of a bracket with those who come on.
const MAX_BRACKET: usize = 16;

/// How sure it is that a name in a line-up is a player's.
const CONFIDENCE: Confidence = Confidence::percent(80);

/// A list that may be a team's.
#[derive(Debug, Default)]
struct LineUp {
    players: Vec<Span>,
    /// Players who come on for another, with the minute.
    n_substitutes: usize,
    /// Players with their points.
    n_scores: usize,
    /// Names that the lists know as something else.
    n_listed: usize,
}

impl LineUp {
    /// Whether somebody is replaced, and the names are hardly those of towns or firms (`Milano (12 Forum), Roma (14 Arena)`).
    fn is_team(&self) -> bool {
        let is_sheet = self.n_substitutes > 0 || self.n_scores >= MIN_SCORES;
        is_sheet && self.players.len() >= MIN_PLAYERS && self.is_mostly_people()
    }

    fn is_mostly_people(&self) -> bool {
        self.n_listed * 3 <= self.players.len()
    }
}

impl Reader<'_> {
    /// Whether a bracket with a number opens at `at`, as behind a player who is replaced.
    pub(super) fn opens_minute(&self, at: usize) -> bool {
        self.word(at) == "(" && self.token(at + 1).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// Whether points stand at `at`, as behind a player (`Rossi 12,`).
    pub(super) fn is_score(&self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|token| token.kind == TokenKind::Number && token.gap == Gap::Blank && token.span.len() <= 2)
            && matches!(self.word(at + 1), "," | ";" | "." | "(")
    }

    /// Whether the label of a sheet ends before the token at `at` (`Arbitro:`).
    fn is_labelled(&self, at: usize) -> bool {
        let colon = at.checked_sub(1).filter(|&colon| colon > self.sentence.first_token && self.word(colon) == ":");
        colon.is_some_and(|colon| {
            self.words.sheet_labels.end_at(self.tokens, colon - 1).is_some_and(|(first, ())| self.opens_clause(first))
        })
    }

    /// Whether a label of a sheet stands at the token at `at`.
    pub(super) fn opens_sheet(&self, at: usize) -> bool {
        self.words
            .sheet_labels
            .begin_at(self.tokens, at)
            .is_some_and(|(end, ())| self.word(end) == ":" && self.opens_clause(at))
    }

    /// The players of the line-ups in the sentence.
    pub(super) fn line_ups(&self, units: &mut Vec<Unit>, found: &mut Vec<Mention>) {
        let mut at = self.sentence.first_token;
        while at < self.sentence.end_token {
            let mut team = LineUp::default();
            let end = self.read_line_up(at, units, &mut team);
            if team.is_team() || team.is_mostly_people() && self.is_labelled(at) {
                found.extend(team.players.iter().map(|&span| self.mention(span, "people/line-up", CONFIDENCE)));
            }
            at = end.max(at + 1);
        }
    }

    /// Reads the players from the token at `at` on; returns the token behind the last.
    fn read_line_up(&self, mut at: usize, units: &mut Vec<Unit>, team: &mut LineUp) -> usize {
        loop {
            at = self.skip_minute(at);
            let Some(mut end) = self.player(at, units, team) else { return at };
            if self.is_score(end) {
                team.n_scores += 1;
                end += 1;
            }
            while self.word(end) == "(" {
                let Some(close) = self.substitutes(end, units, team) else { return end };
                end = close;
            }
            if !matches!(self.word(end), "," | ";" | "-" | "–") {
                return end;
            }
            at = end + 1;
        }
    }

    /// The token behind the minute that stands at `at`, if one does (`40' Rossi`).
    fn skip_minute(&self, at: usize) -> usize {
        let is_number = self.token(at).is_some_and(|token| token.kind == TokenKind::Number && token.span.len() <= 2);
        at + if is_number { 1 + usize::from(matches!(self.word(at + 1), "'" | "’" | "′" | "°")) } else { 0 }
    }

    /// Reads one player; returns the token behind.
    fn player(&self, at: usize, units: &mut Vec<Unit>, team: &mut LineUp) -> Option<usize> {
        let mut first = at;
        while first < at + 2 && self.is_particle(first) {
            first += 1;
        }
        self.token(first).filter(|token| token.case.is_capital())?;
        let end = self.read_run(first, units);
        let last = units.last()?;
        if units.len() > MAX_UNITS {
            return None;
        }
        let span = self.span(at, last.end);
        let is_other = self
            .lookups(span)
            .any(|lookup| lookup.span.contains(span) && self.kind_of(lookup).is_some_and(|kind| kind != Kind::Person));
        team.n_listed += usize::from(is_other);
        team.players.push(span);
        Some(end)
    }

    /// Whether a small word of surnames stands at `at` (`de Jager`).
    fn is_particle(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.case == Case::Lower)
            && self.words.class(self.key(at)).is(WordClass::PARTICLE)
    }

    /// Reads a bracket behind a player (`(46' Neri)`, `(c)`); returns the token behind it.
    fn substitutes(&self, open: usize, units: &mut Vec<Unit>, team: &mut LineUp) -> Option<usize> {
        let mut at = open + 1;
        let mut has_minute = false;
        while at < open + MAX_BRACKET {
            let token = self.token(at)?;
            if self.word(at) == ")" {
                return Some(at + 1);
            }
            has_minute |= token.kind == TokenKind::Number;
            if has_minute && (token.case.is_capital() && token.span.len() > 2 || self.is_particle(at)) {
                at = self.player(at, units, team)?;
                team.n_substitutes += 1;
            } else {
                at += 1;
            }
        }
        None
    }
}
