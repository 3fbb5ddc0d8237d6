//! The town that a firm is of, right behind its name: `Alfa Pack di Sassuolo`, `Alfa Pack (Sassuolo)`, `Alfa Pack, Sassuolo`.

use super::{Reader, openings::opens_body};
use crate::{
    annotate::{Confidence, Mention},
    document::{Case, Gap, TokenKind},
    lexicon::{
        Kind, Subtype,
        pack::{WordClass, heads::Joint},
    },
};

/// How sure a town of the lists is behind a firm.
const LISTED: Confidence = Confidence::percent(78);

/// How sure one is that only its shape tells.
const UNLISTED: Confidence = Confidence::percent(66);

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
    /// Behind `of` or `from`.
    Of,
    /// The same behind a comma (`Alfa Pack, de Durango, y`).
    Apposed,
    /// Behind a comma, at the end of a line or before a semicolon.
    Comma,
    /// Behind a dash, at the end of a line or before another.
    Dash,
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

impl Seat {
    /// The town as a place, unless something else than a body or a part of it is established where it stands.
    pub fn mention(&self, reader: &Reader<'_>) -> Option<Mention> {
        let span = reader.span(self.first, self.end);
        let established = reader.context.established;
        let idx = established.partition_point(|mention| mention.span.end() <= span.start());
        let is_other = |mention: &Mention| {
            mention.span.overlaps(span) && mention.kind != Kind::Institution && mention.span.len() >= span.len()
        };
        if established.get(idx).is_some_and(is_other) {
            return None;
        }
        let percent = if self.is_listed { LISTED } else { UNLISTED };
        let mut mention = Mention::new(span, Kind::Place, "places/seat", percent);
        mention.subtype = Some(Subtype::City);
        let listed = reader.place_at(self.first).filter(|&(_, end)| self.is_listed && end == self.end);
        let gazetteer = &reader.context.lexicon.gazetteer;
        Some(match listed {
            Some((lookup, _)) => mention.naming(reader.places(lookup), lookup.folds, gazetteer),
            None => mention,
        })
    }
}

/// The town behind the name that ends before the token `at`, by the shape alone where no list knows it.
pub(crate) fn seat(reader: &Reader<'_>, at: usize) -> Option<Seat> {
    if reader.token(at)?.gap > Gap::Blank {
        return None;
    }
    // In a line of a list all words may have capitals, and a town's do in any case.
    let reader = &reader.in_list();
    let found = |first, form, closes: &dyn Fn(usize) -> Option<usize>| {
        let mut towns = towns(reader, first).into_iter().flatten();
        towns.find_map(|(end, is_listed)| Some(Seat { first, end, behind: closes(end)?, form, is_listed }))
    };
    match reader.word(at) {
        "(" => found(at + 1, SeatForm::Bracket, &|end| {
            let is_closed = matches!(reader.word(end), ")" | "," | ";" | "-" | "–");
            let closing = (end..at + MAX_BRACKET).find(|&at| reader.word(at) == ")")?;
            is_closed.then_some(closing + 1)
        }),
        "," if leads_to_town(reader, at + 1) && !is_article(reader, at + 1) => {
            found(at + 2, SeatForm::Apposed, &|end| {
                let is_closed = matches!(reader.word(end), "," | ";" | "." | "") || is_and(reader, end);
                is_closed.then_some(end)
            })
        }
        "," => found(at + 1, SeatForm::Comma, &|end| matches!(reader.word(end), ";" | "").then_some(end)),
        "–" | "—" | "-" if is_dash(reader, at) => found(at + 1, SeatForm::Dash, &|end| {
            (matches!(reader.word(end), ";" | "") || is_dash(reader, end)).then_some(end)
        }),
        _ if leads_to_town(reader, at) => found(at + 1, SeatForm::Of, &Some),
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

/// Whether a dash stands at `at` with a space on either side.
fn is_dash(reader: &Reader<'_>, at: usize) -> bool {
    let blank = |at: usize| reader.token(at).is_some_and(|token| token.gap == Gap::Blank);
    matches!(reader.word(at), "–" | "—" | "-") && blank(at) && blank(at + 1)
}

fn is_and(reader: &Reader<'_>, at: usize) -> bool {
    reader.grammar().is_some_and(|grammar| grammar.joint(reader.small(at)) == Some(Joint::And))
}

/// Whether the word at `at` is an article, whatever else it is (`a Nivora, a Telai e`).
fn is_article(reader: &Reader<'_>, at: usize) -> bool {
    reader.sentence.pack.people.class(reader.key(at)).is(WordClass::ARTICLE)
}

/// Whether a small word at `at` says where from: `of` without an article, or a preposition of place that people do not take alone.
fn leads_to_town(reader: &Reader<'_>, at: usize) -> bool {
    let small = reader.small(at);
    reader.grammar().is_some_and(|grammar| grammar.is_bare(small)) || reader.sentence.pack.places.before.contains(small)
}

/// Where the town at `first` may end, with whether the lists know it: as they have it, then as its words run on.
fn towns(reader: &Reader<'_>, first: usize) -> [Option<(usize, bool)>; 2] {
    if !reader.is_name_word(first) {
        return [None; 2];
    }
    let listed = reader.place_at(first).filter(|&(_, end)| !goes_on(reader, end)).map(|(_, end)| (end, true));
    let parts = &reader.context.lexicon.name_parts;
    let is_person = parts.get(reader.key(first)).is_some_and(|part| part.is_given) && reader.is_name_word(first + 1);
    let is_other = is_person || reader.listed_at(first, Kind::Institution).is_some() || opens_body(reader, first);
    let end = run_end(reader, first);
    let is_title = (first..end).all(|at| reader.token(at).is_some_and(|token| token.case != Case::Upper));
    let is_word = end == first + 1 && reader.zipf(first) > 0.0 || reader.is_function_word(first);
    let n_letters = reader.word(first).chars().count();
    let run = (is_title && !is_other && !is_word && n_letters >= MIN_LETTERS).then_some((end, false));
    [listed, run]
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
