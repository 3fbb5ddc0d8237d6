//! Firms in the lines of a list: `Le imprese: / Alfa Pack (Sassuolo), imballaggi / …`. A noun in the plural announces it, or a legal
//! form and the towns of its lines tell it.

use super::names_firms;
use crate::{
    annotate::{
        Confidence, Context, Mention,
        names::{Reader, Seat, SeatForm, form_end, seat},
    },
    document::{Case, CaseEvidence, Gap, Sentence, TokenKind},
    lexicon::{Kind, Subtype, pack::heads::Joint},
};

/// Most lines that are read behind the line that announces them.
const MAX_LINES: usize = 30;

/// Longest line that can be a heading without a colon, in tokens.
const MAX_HEADING: usize = 7;

/// Last tokens of a line before a colon that may announce firms.
const MAX_OPENING: usize = 14;

/// Fewest lines of a list that nothing announces.
const MIN_LINES: usize = 3;

/// Longest name, in tokens.
const MAX_TOKENS: usize = 5;

/// What opens a line of a list.
struct Item<'a> {
    reader: Reader<'a>,
    first: usize,
    end: usize,
    seat: Option<Seat>,
    /// A legal form ends the name: it is found by that.
    has_legal_form: bool,
    /// Why it is no firm that its line alone tells.
    doubt: Option<Doubt>,
}

/// What else the words that open a line may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doubt {
    /// Somebody, or what a list knows.
    Other,
    /// Words of the language.
    Words,
}

/// Finds the firms that open the lines of lists.
pub(super) fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    let sentences = &context.document.sentences;
    let mut at = 0;
    while at < sentences.len() {
        let is_announced = announces(context, &sentences[at]);
        let first = at + usize::from(is_announced);
        let items: Vec<_> = sentences[first..].iter().take(MAX_LINES).map_while(|line| item(context, line)).collect();
        if is_announced || is_told(&items) {
            let shares_form = shares_form(&items);
            let is_firm = |item: &&Item<'_>| match item.doubt {
                _ if item.has_legal_form => false,
                Some(Doubt::Other) => false,
                Some(Doubt::Words) => item.seat.is_some_and(|seat| Some(seat.form) == shares_form),
                None => is_announced || item.seat.is_some_and(|seat| Some(seat.form) == shares_form),
            };
            found.extend(items.iter().filter(is_firm).map(mention));
        }
        at = (first + items.len()).max(at + 1);
    }
}

fn mention(item: &Item<'_>) -> Mention {
    let span = item.reader.span(item.first, item.end);
    let mut mention = Mention::new(span, Kind::Institution, "firms/item", Confidence::percent(72));
    mention.subtype = Some(Subtype::Company);
    mention
}

/// Whether lines tell by themselves that they are a list of firms: one has a legal form, and most have a town in one form.
fn is_told(items: &[Item<'_>]) -> bool {
    let has_firm = items.iter().any(|item| item.has_legal_form && item.seat.is_some());
    let n_seats = items.iter().filter(|item| item.seat.is_some()).count();
    items.len() >= MIN_LINES && has_firm && n_seats * 2 > items.len() && shares_form(items).is_some()
}

/// The form in which two towns and more of a list stand, one of which is a listed one.
fn shares_form(items: &[Item<'_>]) -> Option<SeatForm> {
    let seats = || items.iter().filter_map(|item| item.seat);
    let is_shared = |form: &SeatForm| {
        seats().filter(|seat| seat.form == *form).count() >= 2
            && seats().any(|seat| seat.form == *form && seat.is_listed)
    };
    [SeatForm::Bracket, SeatForm::Comma, SeatForm::Dash, SeatForm::Of].into_iter().find(is_shared)
}

/// Whether a line ends with the announcement of firms: a colon, or a heading of a few words, with a noun for several.
pub(super) fn announces(context: &Context<'_>, line: &Sentence<'_>) -> bool {
    let tokens = context.document.tokens_of(line);
    let Some(last) = tokens.last() else { return false };
    let ends_open = context.document.word(last) == ":";
    let is_heading = tokens.len() <= MAX_HEADING && last.kind == TokenKind::Word;
    if !ends_open && !is_heading {
        return false;
    }
    names_firms(context, line, line.end_token.saturating_sub(MAX_OPENING).max(line.first_token), line.end_token)
}

/// What opens a line; none where the line is no line of a list.
fn item<'a>(context: &'a Context<'a>, line: &'a Sentence<'a>) -> Option<Item<'a>> {
    let reader = Reader::new(context, line).in_list();
    let is_mark = |at: &usize| reader.token(*at).is_some_and(|token| token.kind != TokenKind::Word);
    let first = line.first_token + (line.first_token..line.end_token).take_while(is_mark).count();
    let token = reader.token(first).filter(|token| token.case.is_capital())?;
    if reader.case == CaseEvidence::Capitals || token.kind != TokenKind::Word {
        return None;
    }
    let (end, form_end) = name_end(&reader, first);
    let seat = seat(&reader, form_end.unwrap_or(end));
    let mark = form_end.unwrap_or(end);
    let closes = matches!(reader.word(mark), "(" | "|" | "," | ";" | "–" | "—" | "-" | ":" | "." | "\t")
        || mark >= line.end_token
        || seat.is_some();
    closes.then(|| Item {
        first,
        end,
        seat,
        has_legal_form: form_end.is_some(),
        doubt: doubt(&reader, first, end),
        reader,
    })
}

/// One past the name that opens an item at `first`, and past the legal form behind it.
fn name_end(reader: &Reader<'_>, first: usize) -> (usize, Option<usize>) {
    let mut end = words_end(reader, first);
    // "Algues de Roscoff (Plouézoc’h)": what a firm makes is of somewhere, and what has its town behind it is not of another.
    if let Some(behind) = of_phrase(reader, end) {
        let is_alone = end == first + 1 && (reader.zipf(first) > 0.0 || behind.is_articled);
        let has_seat = seat(reader, behind.end).is_some_and(|seat| seat.form != SeatForm::Of);
        if is_alone || behind.is_articled || has_seat {
            end = behind.end;
        }
    }
    let form = if reader.word(end) == "," { end + 1 } else { end };
    (end, form_end(reader, form))
}

/// A phrase of `of` and capitals behind the first words of a name.
struct OfPhrase {
    end: usize,
    is_articled: bool,
}

fn of_phrase(reader: &Reader<'_>, at: usize) -> Option<OfPhrase> {
    let grammar = reader.grammar()?;
    let of = reader.small(at);
    if grammar.joint(of) != Some(Joint::Of) || reader.sentence.pack.institutions.nouns_are_capitalized {
        return None;
    }
    let next = at + 1 + usize::from(grammar.joint(reader.small(at + 1)) == Some(Joint::Article));
    let is_articled = !grammar.is_bare(of) || next > at + 1;
    reader.is_name_word(next).then(|| OfPhrase { end: words_end(reader, next), is_articled })
}

/// One past the capitals from `first` on, with the marks that join them.
fn words_end(reader: &Reader<'_>, first: usize) -> usize {
    let joins = |at: usize| matches!(reader.word(at), "&" | "-" | "'" | "’") && reader.is_name_word(at + 1);
    let is_number = |at: usize| reader.token(at).is_some_and(|token| token.kind == TokenKind::Number);
    let mut end = first + 1;
    while end < first + MAX_TOKENS && reader.token(end).is_some_and(|next| next.gap <= Gap::Blank) {
        match () {
            () if form_end(reader, end).is_some() => break,
            () if reader.is_name_word(end) => end += 1,
            () if joins(end) => end += 2,
            // "Concia Solofra 1958 (Solofra)": the year of its founding ends a name.
            () if is_number(end) && !reader.is_name_word(end + 1) => return end + 1,
            () => break,
        }
    }
    end
}

/// What else the words that open a line may be.
fn doubt(reader: &Reader<'_>, first: usize, end: usize) -> Option<Doubt> {
    let parts = &reader.context.lexicon.name_parts;
    let is_person = parts.get(reader.key(first)).is_some_and(|part| part.is_given) && end > first + 1;
    let is_listed = reader.lookup_at(first).is_some_and(|(_, listed)| listed >= end);
    let is_shouted = reader.token(first).is_some_and(|token| token.case == Case::Upper && end == first + 1);
    match () {
        () if is_person || is_listed || reader.is_function_word(first) => Some(Doubt::Other),
        () if is_shouted || (first..end).all(|at| reader.zipf(at) > 0.0) => Some(Doubt::Words),
        () => None,
    }
}
