//! The name that a noun outside of it announces (`l'azienda X`, `il presidente di X`).

use super::{
    held::{held_body, holder_in},
    openings::{begins_person, is_demonym, is_person, opens_body},
    reader::Reader,
    right::{is_lone_adjective, quote_end, skip_articles},
    run::run_end,
};
use crate::{
    document::{Case, CaseEvidence, TokenKind},
    lexicon::{
        Kind, Subtype,
        pack::{
            WordClass,
            heads::{Grammar, Head, Joint, Takes},
        },
    },
    text::WordKey,
};

/// Most small words between a noun in the plural and the wording for its examples.
const MAX_SMALL: usize = 6;

/// The name that a noun outside of it announces: tokens of a capitalized run or of a quotation behind `at`.
pub(super) fn announced(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> Option<(usize, usize)> {
    let mut at = at;
    let is_of = |at: usize| grammar.joint(reader.small(at)) == Some(Joint::Of);
    if head.takes(Takes::Many) {
        let behind = behind_such(reader, grammar, at)
            .or_else(|| {
                behind_towns(reader, at)
                    .and_then(|at| behind_such(reader, grammar, at))
                    .filter(|&first| !begins_person(reader, first))
            })
            .or_else(|| behind_colon(reader, grammar, at));
        at = behind.or_else(|| behind_counted(reader, grammar, head, at)).unwrap_or(at);
    }
    if head.takes(Takes::Adjective) && is_lone_adjective(reader, grammar, at)
        // "il villaggio ucraino di X"
        || head.kind == Kind::Place && head.takes(Takes::Of) && is_demonym(reader, at) && is_of(at + 1)
    {
        at += 1;
    } else if head.takes(Takes::Adjective) && is_adjective_of_country(reader, at) {
        at += 2;
    } else if head.takes(Takes::Adjective)
        && let Some(behind) = trade(reader, grammar, at)
    {
        at = behind;
    }
    if head.takes(Takes::Of) {
        if grammar.joint(reader.small(at)) != Some(Joint::Of) {
            return None;
        }
        at = skip_articles(reader, grammar, at + 1);
    } else if head.takes(Takes::Bare) {
        at = office_complement(reader, grammar, head, at)?;
    }
    if !reader.is_joined(at - 1) {
        return None;
    }
    if let Some(end) = quote_end(reader, reader.word(at), at) {
        // "FIFTY FIRMS MEET: “THE WORD WAS A NAME”": where all is in capitals, somebody is quoted.
        let may_be_said = head.takes(Takes::Many) && reader.case != CaseEvidence::Strong;
        return (!may_be_said).then_some((at + 1, end - 1));
    }
    let may = head.takes(Takes::Name) || head.takes(Takes::Of) || head.takes(Takes::Bare);
    if !may
        || !reader.is_name_word(at)
        || reader.case != CaseEvidence::Strong
            && (grammar.joint(reader.key(at)).is_some() || reader.is_listed_function_word(at))
    {
        return None;
    }
    let end = with_origin(reader, grammar, head, at, run_end(reader, grammar, head, at));
    // "The firms are Italian", "le imprese sono Sicilia e Calabria": an adjective and a place are no examples.
    let is_adjective = || end == at + 1 && reader.sentence.pack.people.class(reader.key(at)).is(WordClass::DEMONYM);
    // "Unternehmen wie Banken und Versicherungen": where every noun has a capital, a word of the language is no example.
    let is_word = || end == at + 1 && reader.sentence.pack.institutions.nouns_are_capitalized && reader.zipf(at) > 0.0;
    if head.takes(Takes::Many)
        && (is_adjective() || is_word() || reader.place_at(at).is_some_and(|(_, place)| place == end))
    {
        return None;
    }
    // "L'associazione Un ponte per Roccabruna": an article with a capital opens a name that goes on in small letters.
    if end == at + 1 && grammar.joint(reader.key(at)) == Some(Joint::Article) {
        return None;
    }
    // "il presidente di Federsughero Anna Conti": behind the body of an office its holder may stand.
    let holder = if head.takes(Takes::Bare) { holder_in(reader, at, end) } else { None };
    Some((at, holder.unwrap_or(end)))
}

/// One past the of-phrase with a capital that goes on the name `first..end` of an announced firm: behind what it makes (`Aceites
/// de Jaén`), or with an article (`Cítricos del Turia`).
fn with_origin(reader: &Reader<'_>, grammar: &Grammar, head: &Head, first: usize, end: usize) -> usize {
    let of = reader.small(end);
    let is_firm =
        head.subtype == Some(Subtype::Company) && !head.takes(Takes::Bare) && reader.case == CaseEvidence::Strong;
    if !is_firm || grammar.joint(of) != Some(Joint::Of) || reader.sentence.pack.institutions.nouns_are_capitalized {
        return end;
    }
    let parts = &reader.context.lexicon.name_parts;
    let is_known = (first..end).any(|at| parts.get(reader.key(at)).is_some())
        || reader.listed_at(first, Kind::Institution).is_some();
    let is_trade = end == first + 1 && (reader.zipf(first) > 0.0 || reader.listed_at(first, Kind::Sector).is_some());
    let next = skip_articles(reader, grammar, end + 1);
    let is_articled = !grammar.is_bare(of) || next > end + 1;
    let goes_on = !is_known && (is_trade || is_articled) && reader.is_joined(end) && reader.is_name_word(next);
    if goes_on && !is_person(reader, next) && !opens_body(reader, next) {
        run_end(reader, grammar, head, next)
    } else {
        end
    }
}

/// The token behind a wording for examples (`aziende del settore come X`, `firms, among them X`), a few small words before.
fn behind_such(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> Option<usize> {
    let is_small =
        |at: usize| reader.token(at).is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Lower);
    let n_small = (0..MAX_SMALL).take_while(|&n_small| is_small(at + n_small)).count();
    let stands = |at: usize| {
        let words =
            grammar.such().iter().filter(|words| words.iter().enumerate().all(|(n, &word)| reader.key(at + n) == word));
        words.map(Vec::len).max().map(|len| at + len)
    };
    let comma = at + n_small;
    let end =
        (at..=comma).find_map(stands).or_else(|| if reader.word(comma) == "," { stands(comma + 1) } else { None })?;
    // "le aziende presenti sono A e B", "i partecipanti, tra cui A e B"
    let end = stands(end).or_else(|| if reader.word(end) == "," { stands(end + 1) } else { None }).unwrap_or(end);
    let end = if matches!(reader.word(end), ":" | ",") { end + 1 } else { end };
    Some(skip_articles(reader, grammar, end))
}

/// Most tokens of the towns that several firms are of.
const MAX_TOWNS: usize = 16;

/// The token behind the towns of several firms, before the wording for examples (`aziende di Roccabruna e Pietrafitta, tra cui X`).
fn behind_towns(reader: &Reader<'_>, first: usize) -> Option<usize> {
    let is_small = |at: usize| reader.token(at).is_some_and(|token| token.case == Case::Lower);
    let (mut at, mut behind) = (first, None);
    while at - first < MAX_TOWNS {
        match reader.place_at(at) {
            Some((_, end)) => (at, behind) = (end, Some(end)),
            None if is_small(at) || behind == Some(at) && reader.word(at) == "," => at += 1,
            None => break,
        }
    }
    behind
}

/// The token behind the colon before a list, a few small words before it (`Tra le aziende presenti: A, B e C`): no clause opens there.
fn behind_colon(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> Option<usize> {
    let is_small =
        |at: usize| reader.token(at).is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Lower);
    let colon = at + (0..MAX_SMALL).take_while(|&n_small| is_small(at + n_small)).count();
    let first = skip_articles(reader, grammar, colon + 1);
    let opens_clause =
        colon > at && reader.is_common(first) && !reader.is_name_word(first + 1) && reader.word(first + 1) != ",";
    (reader.word(colon) == ":" && !opens_clause).then_some(first)
}

/// Most words between a number and the noun that it counts.
const MAX_COUNTED: usize = 3;

/// The token behind the comma before a list of as many as a number says (`due fornitori della zona, A e B`).
fn behind_counted(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> Option<usize> {
    let noun = at.checked_sub(head.words.len().max(1))?;
    let numbers = &reader.sentence.pack.amounts.numbers;
    let is_number = |at: usize| {
        let kind = reader.token(at).map(|token| token.kind);
        kind == Some(TokenKind::Number) || kind.is_some() && numbers.contains_key(reader.folded(at).as_ref())
    };
    let is_counted = (noun.saturating_sub(MAX_COUNTED)..noun).any(is_number);
    let is_small =
        |at: usize| reader.token(at).is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Lower);
    let comma = at + (0..MAX_SMALL).take_while(|&n_small| is_small(at + n_small)).count();
    if !is_counted || reader.word(comma) != "," || reader.case != CaseEvidence::Strong {
        return None;
    }
    let first = skip_articles(reader, grammar, comma + 1);
    let is_other =
        begins_person(reader, first) || reader.place_at(first).is_some_and(|(_, end)| !reader.is_name_word(end));
    (reader.is_name_word(first) && !is_other).then_some(first)
}

/// Whether an adjective and that of a country stand at `at` before a name (`gruppo automobilistico tedesco X`).
fn is_adjective_of_country(reader: &Reader<'_>, at: usize) -> bool {
    let is_small = reader.token(at).is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Lower);
    is_small
        && is_demonym(reader, at + 1)
        && reader.is_name_word(at + 2)
        && reader.sentence.pack.people.ends_like_adjective(reader.word(at))
}

/// The token behind what a firm does, where a name that is neither a person's nor a place's follows: `catena di supermercati X`,
/// `firma de software X`.
fn trade(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> Option<usize> {
    let is_noun = |at: usize| {
        reader
            .token(at)
            .is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Lower && token.span.len() > 3)
            && !reader.is_function_word(at)
    };
    if reader.case != CaseEvidence::Strong || !grammar.is_bare(reader.small(at)) || !is_noun(at + 1) {
        return None;
    }
    let behind = if is_noun(at + 2) { at + 3 } else { at + 2 };
    let is_other = begins_person(reader, behind) || reader.place_at(behind).is_some();
    (reader.is_name_word(behind) && reader.zipf(behind) == 0.0 && !is_other).then_some(behind)
}

/// Whether several words with capitals name a body behind an office, though the first is common or a place (`Marca Tre Colli`).
fn is_long_name(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> bool {
    let units = &reader.sentence.pack.institutions.units;
    if reader.case != CaseEvidence::Strong || !reader.is_name_word(at) || units.is_empty() {
        return false;
    }
    let end = run_end(reader, grammar, head, at);
    // "impianti di Roccabruna Città": a town with one word behind it may be a quarter.
    let is_place = reader.place_at(at).is_some_and(|(_, place)| place + 1 >= end)
        || reader.listed_at(at, Kind::Institution).is_some()
        || reader.context.lexicon.packs.place_heads.begin(reader.key(at)).next().is_some();
    let is_person = begins_person(reader, at);
    end > at + 1 && !is_place && !is_person && !units.contains(reader.key(at)) && !opens_body(reader, at)
}

/// Where the body begins that an office is said of: behind a bare `of`, or behind one with article where two words and more
/// are capitalized (`CEO della Fucine Alfa`). Places, people and common words are none.
fn office_complement(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> Option<usize> {
    let of = reader.small(at);
    let next = at + 1;
    if let Some(body) = held_body(reader, grammar, head, at) {
        return Some(body);
    }
    // Behind a noun that announces places the lists may know the place.
    let is_other = head.kind == Kind::Institution && reader.place_at(next).is_some();
    if head.kind == Kind::Institution && grammar.is_bare(of) && is_long_name(reader, grammar, head, next) {
        return Some(next);
    }
    if of == WordKey::NONE || is_other || is_person(reader, next) || reader.zipf(next) > 0.0 {
        return None;
    }
    let is_title = reader.token(next).is_some_and(|token| token.case == Case::Title);
    match (grammar.is_bare(of), head.kind) {
        (true, Kind::Institution) => return Some(next),
        // An acronym is no place.
        (true, _) => return is_title.then_some(next),
        (false, Kind::Institution) => {}
        (false, _) => return None,
    }
    let next = skip_articles(reader, grammar, next);
    if grammar.joint(of) != Some(Joint::Of) || !reader.is_name_word(next) || reader.zipf(next) > 0.0 {
        return None;
    }
    let end = run_end(reader, grammar, head, next);
    // "il presidente della Federbirra Anna Conti": the holder follows.
    let end = (next + 1..end).find(|&at| begins_person(reader, at)).unwrap_or(end);
    let is_person = begins_person(reader, next);
    // "il leader della Urmandia": one word is a body's if no table knows it at all.
    let is_unknown = end == next + 1
        && reader.lookup_at(next).is_none()
        && reader.context.lexicon.name_parts.get(reader.key(next)).is_none()
        && reader.word(next).chars().count() >= 4
        && reader.context.lexicon.packs.institution_heads.begin(reader.key(next)).next().is_none()
        && reader.sentence.pack.people.class(reader.key(next)) == WordClass::NONE
        && !reader.sentence.pack.institutions.nouns_are_capitalized;
    if is_unknown {
        return Some(next);
    }
    (end > next + 1 && !is_person && reader.place_at(next).is_none_or(|(_, place_end)| place_end < end)).then_some(next)
}
