//! The town that a firm is of, right behind its name: `Alfa Pack di Sassuolo`, `Alfa Pack (Sassuolo)`, `Alfa Pack, Sassuolo`.

use super::Reader;
use crate::{
    document::{Case, Gap, TokenKind},
    lexicon::{Kind, pack::heads::Joint},
};

/// Most tokens of an unlisted town (`Grumello del Monte`).
const MAX_TOKENS: usize = 6;

/// Most tokens of a bracket.
const MAX_BRACKET: usize = 10;

/// Fewest letters of an unlisted town.
const MIN_LETTERS: usize = 4;

/// How a town stands behind a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SeatForm {
    /// In brackets.
    Bracket,
    /// Behind `of` or `from`, with a comma before it or none.
    Of,
    /// Behind a comma, at the end of a line or before a semicolon.
    Comma,
}

/// A town behind a name: tokens `first..end`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seat {
    /// First token of the town.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    /// The token behind all that says it: a bracket that closes, a comma.
    pub behind: usize,
    /// How it stands there.
    pub form: SeatForm,
    /// Whether the lists know the town.
    pub is_listed: bool,
}

/// The town behind the name that ends before the token `at`, by the shape alone where no list knows it.
pub(crate) fn seat(reader: &Reader<'_>, at: usize) -> Option<Seat> {
    if reader.token(at)?.gap > Gap::Blank {
        return None;
    }
    match reader.word(at) {
        "(" => {
            let (first, end, is_listed) = town(reader, at + 1)?;
            let closing = (end..at + MAX_BRACKET).find(|&at| reader.word(at) == ")")?;
            let is_alone = closing == end || matches!(reader.word(end), "," | ";" | "-" | "–");
            is_alone.then_some(Seat { first, end, behind: closing + 1, form: SeatForm::Bracket, is_listed })
        }
        "," if leads_to_town(reader, at + 1) => {
            let (first, end, is_listed) = town(reader, at + 2)?;
            let is_closed = matches!(reader.word(end), "," | ";" | "." | "") || is_and(reader, end);
            is_closed.then_some(Seat { first, end, behind: end, form: SeatForm::Of, is_listed })
        }
        "," => {
            let (first, end, is_listed) = town(reader, at + 1)?;
            let is_closed = matches!(reader.word(end), ";" | "");
            is_closed.then_some(Seat { first, end, behind: end, form: SeatForm::Comma, is_listed })
        }
        _ if leads_to_town(reader, at) => {
            let (first, end, is_listed) = town(reader, at + 1)?;
            Some(Seat { first, end, behind: end, form: SeatForm::Of, is_listed })
        }
        _ => None,
    }
}

/// The token behind the town at `at` and behind a bracket that says in small letters what the firm makes (`(stampi)`).
pub(crate) fn behind_seat(reader: &Reader<'_>, at: usize) -> usize {
    let at = seat(reader, at).map_or(at, |seat| seat.behind);
    let is_trade = reader.word(at) == "(" && reader.token(at + 1).is_some_and(|token| token.case == Case::Lower);
    let closing = is_trade.then(|| (at + 2..at + MAX_BRACKET).find(|&at| reader.word(at) == ")")).flatten();
    closing.map_or(at, |closing| closing + 1)
}

fn is_and(reader: &Reader<'_>, at: usize) -> bool {
    reader.grammar().is_some_and(|grammar| grammar.joint(reader.small(at)) == Some(Joint::And))
}

/// Whether a small word at `at` says where from: `of` without an article, or a preposition of place that people do not take alone.
fn leads_to_town(reader: &Reader<'_>, at: usize) -> bool {
    let small = reader.small(at);
    reader.grammar().is_some_and(|grammar| grammar.is_bare(small)) || reader.sentence.pack.places.before.contains(small)
}

/// The town at `first`, with whether the lists know it.
fn town(reader: &Reader<'_>, first: usize) -> Option<(usize, usize, bool)> {
    if !reader.is_name_word(first) {
        return None;
    }
    if let Some((_, end)) = reader.place_at(first).filter(|&(_, end)| !goes_on(reader, end)) {
        return Some((first, end, true));
    }
    let parts = &reader.context.lexicon.name_parts;
    let is_person = parts.get(reader.key(first)).is_some_and(|part| part.is_given) && reader.is_name_word(first + 1);
    let is_other = is_person
        || reader.listed_at(first, Kind::Institution).is_some()
        || reader.context.lexicon.packs.institution_heads.begin(reader.key(first)).next().is_some();
    let end = run_end(reader, first);
    let is_title = (first..end).all(|at| reader.token(at).is_some_and(|token| token.case != Case::Upper));
    let is_word = end == first + 1 && reader.zipf(first) > 0.0 || reader.is_function_word(first);
    let n_letters = reader.word(first).chars().count();
    (is_title && !is_other && !is_word && n_letters >= MIN_LETTERS).then_some((first, end, false))
}

/// Whether the name of a town goes on at `at`: another capital, a hyphen.
fn goes_on(reader: &Reader<'_>, at: usize) -> bool {
    let touches = reader.token(at).is_some_and(|token| token.gap == Gap::None);
    reader.is_name_word(at) && reader.token(at).is_some_and(|token| token.gap <= Gap::Blank)
        || touches
            && matches!(reader.word(at), "-" | "'" | "’")
            && reader.token(at + 1).is_some_and(|next| next.gap == Gap::None)
}

/// One past the words of an unlisted town, with the small ones that join them (`Plouézoc’h`, `Freixo de Espada à Cinta`).
fn run_end(reader: &Reader<'_>, first: usize) -> usize {
    let gap = |at: usize| reader.token(at).map(|token| token.gap);
    let is_word = |at: usize| reader.token(at).is_some_and(|token| token.kind == TokenKind::Word);
    let is_joint = |at: usize| {
        let grammar = reader.grammar();
        grammar.is_some_and(|grammar| {
            matches!(grammar.joint(reader.small(at)), Some(Joint::Of | Joint::At | Joint::Article))
        })
    };
    let mut end = first + 1;
    while end - first < MAX_TOKENS {
        match () {
            () if reader.is_name_word(end) && gap(end) <= Some(Gap::Blank) => end += 1,
            () if matches!(reader.word(end), "-" | "'" | "’")
                && gap(end) == Some(Gap::None)
                && gap(end + 1) == Some(Gap::None)
                && is_word(end + 1) =>
            {
                end += 2
            }
            () if is_joint(end) && reader.is_name_word(end + 1) => end += 2,
            () if is_joint(end) && is_joint(end + 1) && reader.is_name_word(end + 2) => end += 3,
            () => break,
        }
    }
    end
}
