//! Agencies that answer the press for others, in the lines of the contacts: `Ufficio stampa: Nivora Comunicazione, Anna Conti`.

use crate::{
    annotate::{Confidence, Context, Mention, names::Reader},
    document::{Case, Gap, TokenKind, Zone},
    lexicon::{Kind, Subtype, pack::WordClass},
};

/// Longest name, in tokens.
const MAX_TOKENS: usize = 4;

/// How common a word may be that is the name of an agency.
const COMMON: f32 = 3.5;

/// Finds the agencies beside the names in the contacts.
pub(super) fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    let words = &context.lexicon.packs.undetermined().people.press_words;
    for sentence in context.document.sentences.iter().filter(|sentence| sentence.zone == Zone::Contacts) {
        if !context.document.tokens_of(sentence).iter().any(|token| words.contains(&token.key)) {
            continue;
        }
        let reader = Reader::new(context, sentence);
        let mut at = sentence.first_token;
        while at < sentence.end_token {
            let end = end_of_run(&reader, at);
            if end - at >= 2
                && is_agency(&reader, at, end)
                && (names_somebody_behind(&reader, end) || names_somebody_before(&reader, at))
            {
                let mut mention =
                    Mention::new(reader.span(at, end), Kind::Institution, "firms/press", Confidence::percent(68));
                mention.subtype = Some(Subtype::Company);
                found.push(mention);
            }
            at = end.max(at + 1);
        }
    }
}

/// One past the words with a capital from `first` on, on one line.
fn end_of_run(reader: &Reader<'_>, first: usize) -> usize {
    let is_next = |at: usize| at == first || reader.token(at).is_some_and(|token| token.gap == Gap::Blank);
    (first..first + MAX_TOKENS).find(|&at| !is_next(at) || !is_capital(reader, at)).unwrap_or(first + MAX_TOKENS)
}

fn is_capital(reader: &Reader<'_>, at: usize) -> bool {
    reader
        .token(at)
        .is_some_and(|token| token.kind == TokenKind::Word && token.case.is_capital() && at < reader.sentence.end_token)
}

/// Whether the words are the name of an agency: one tells so at either end, and another is no word that all use (`Media Relations`,
/// `Area Comunicazione`).
fn is_agency(reader: &Reader<'_>, first: usize, end: usize) -> bool {
    let words = &reader.context.lexicon.packs.undetermined().people.press_words;
    let tells = |at: usize| words.contains(&reader.key(at));
    let people = &reader.sentence.pack.people;
    let is_part = people.class(reader.key(first)).is_any(WordClass::UNIT.with(WordClass::CONTACT));
    let parts = &reader.context.lexicon.name_parts;
    let is_own = |at: usize| {
        let is_surname = || parts.get(reader.key(at)).is_some_and(|part| part.is_surname);
        !tells(at)
            && reader.token(at).is_some_and(|token| token.case != Case::None)
            && (reader.zipf(at) < COMMON || tells(first) && is_surname())
    };
    let (text, tokens) = (reader.context.document.as_str(), &reader.context.document.tokens);
    let is_office = people.offices.begin_at(text, tokens, first).is_some();
    (tells(first) || tells(end - 1)) && (first..end).any(is_own) && !is_part && !is_office
}

/// Whether a comma or dash and a name stand behind the token before `end`.
fn names_somebody_behind(reader: &Reader<'_>, end: usize) -> bool {
    matches!(reader.word(end), "," | "–" | "-" | "—" | ":") && opens_name(reader, end + 1)
}

/// Whether a name and a comma or dash stand before the token `first`, and nothing more behind the name.
fn names_somebody_before(reader: &Reader<'_>, first: usize) -> bool {
    let lowest = reader.sentence.first_token;
    let Some(mark) =
        first.checked_sub(1).filter(|&mark| mark > lowest && matches!(reader.word(mark), "," | "–" | "-" | "—"))
    else {
        return false;
    };
    let n_words = (lowest..mark).rev().take_while(|&at| is_capital(reader, at)).count();
    n_words >= 2 && opens_name(reader, mark - n_words)
}

/// Whether a given name and another word with a capital begin at the token `at`.
fn opens_name(reader: &Reader<'_>, at: usize) -> bool {
    let parts = &reader.context.lexicon.name_parts;
    is_capital(reader, at) && is_capital(reader, at + 1) && parts.get(reader.key(at)).is_some_and(|part| part.is_given)
}
