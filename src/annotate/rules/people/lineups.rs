//! The players of a team as the sports pages print them: `Rossi; Bianchi (46' Neri), Verdi, …`.

use super::{Reader, runs::Unit};
use crate::{
    annotate::{Confidence, Mention},
    lexicon::Kind,
    text::{
        Span,
        words::TokenKind,
    },
};

/// Fewest players by which a list is known as a team.
const MIN_PLAYERS: usize = 6;

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
    /// Names that the lists know as something else.
    n_listed: usize,
}

impl LineUp {
    /// Whether somebody is replaced, and the names are hardly those of towns or firms (`Milano (12 Forum), Roma (14 Arena)`).
    fn is_team(&self) -> bool {
        self.n_substitutes > 0 && self.players.len() >= MIN_PLAYERS && self.n_listed * 3 <= self.players.len()
    }
}

impl Reader<'_> {
    /// Whether a bracket with a number opens at `at`, as behind a player who is replaced.
    pub(super) fn opens_minute(&self, at: usize) -> bool {
        self.word(at) == "(" && self.token(at + 1).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// The players of the line-ups in the sentence.
    pub(super) fn line_ups(&self, units: &mut Vec<Unit>, found: &mut Vec<Mention>) {
        let mut at = self.sentence.first_token;
        while at < self.sentence.end_token {
            let mut team = LineUp::default();
            let end = self.read_line_up(at, units, &mut team);
            if team.is_team() {
                found.extend(team.players.iter().map(|&span| self.mention(span, "people/line-up", CONFIDENCE)));
            }
            at = end.max(at + 1);
        }
    }

    /// Reads the players from the token at `at` on; returns the token behind the last.
    fn read_line_up(&self, mut at: usize, units: &mut Vec<Unit>, team: &mut LineUp) -> usize {
        loop {
            let Some(mut end) = self.player(at, units, team) else { return at };
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

    /// Reads one player; returns the token behind.
    fn player(&self, at: usize, units: &mut Vec<Unit>, team: &mut LineUp) -> Option<usize> {
        self.token(at).filter(|token| token.case.is_capital())?;
        let end = self.read_run(at, units);
        let (first, last) = (units.first()?, units.last()?);
        if units.len() > MAX_UNITS {
            return None;
        }
        let span = self.span(first.first, last.end);
        let is_other = self.lookups(span).any(|lookup| lookup.span.contains(span) && self.kind_of(lookup).is_some_and(|kind| kind != Kind::Person));
        team.n_listed += usize::from(is_other);
        team.players.push(span);
        Some(end)
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
            if has_minute && token.case.is_capital() && token.span.len() > 2 {
                at = self.player(at, units, team)?;
                team.n_substitutes += 1;
            } else {
                at += 1;
            }
        }
        None
    }
}
