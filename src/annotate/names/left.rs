//! How a name goes on before its head noun.

use super::{openings::is_plain_place, reader::Reader};
use crate::{
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::{
        Kind,
        pack::{
            WordClass,
            heads::{Grammar, Head, Joint, Takes},
        },
    },
};

/// Longest stretch before a head, in tokens.
const MAX_TOKENS: usize = 9;

/// The first token of the capitalized words that end before the token `head`.
pub(super) fn any(reader: &Reader<'_>, grammar: &Grammar, head: usize) -> usize {
    let mut first = head;
    let mut at = head;
    while at > reader.sentence.first_token && head - at < MAX_TOKENS && touches(reader, at) {
        let before = at - 1;
        let is_joiner = is_inner_mark(reader, before) || reader.word(before) == "&";
        if is_joiner && before > reader.sentence.first_token && reader.is_name_word(before - 1) {
            at = before;
        } else if reader.is_name_word(before) && !ends_other(reader, before) && !announces_body(reader, before) {
            at = before;
            first = at;
        } else if let Some(owner) = possessive(reader, at).or_else(|| dotted_place(reader, at)) {
            at = owner;
            first = at;
        } else {
            break;
        }
    }
    while first < head && is_outside(reader, grammar, first) {
        first += 1;
        while first < head && reader.token(first).is_some_and(|token| token.kind == TokenKind::Mark) {
            first += 1;
        }
    }
    coordinated(reader, grammar, first, head).unwrap_or(first)
}

/// Most tokens of a place that is cut to letters with dots.
const MAX_DOTTED: usize = 4;

/// The first token of the place of the lists, cut to letters with dots, that ends before the token `at` (`U.S. Embassy`).
fn dotted_place(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let is_dotted = at >= reader.sentence.first_token + 2 && reader.word(at - 1) == ".";
    let is_blank = reader.token(at).is_some_and(|token| token.gap == Gap::Blank);
    let first = at.saturating_sub(MAX_DOTTED).max(reader.sentence.first_token);
    let is_letter = |at: usize| reader.word(at).chars().count() == 1;
    let is_place = |&start: &usize| is_letter(start) && reader.place_at(start).is_some_and(|(_, end)| end == at);
    (first..at.saturating_sub(1)).find(is_place).filter(|_| is_dotted && is_blank)
}

/// The capitalized word whose genitive stands before the token `at` (`Governor's Office`, `Farmers' Union`).
fn possessive(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let gap = |at: usize| reader.token(at).map(|token| token.gap);
    let is_mark = |at: usize| matches!(reader.word(at), "'" | "’") && gap(at) == Some(Gap::None);
    let before = at.checked_sub(1)?;
    let owner = match reader.word(before) {
        "'s" | "’s" if gap(before) == Some(Gap::None) => before.checked_sub(1),
        "s" if gap(before) == Some(Gap::None) => before.checked_sub(2).filter(|owner| is_mark(owner + 1)),
        "'" | "’" if gap(before) == Some(Gap::None) => {
            before.checked_sub(1).filter(|&owner| reader.word(owner).ends_with('s'))
        }
        _ => None,
    };
    let owner = owner.filter(|&owner| owner >= reader.sentence.first_token)?;
    let is_somebody = || reader.context.lexicon.name_parts.get(reader.key(owner)).is_some() && !reader.is_common(owner);
    let is_noun = reader.is_name_word(owner) && !is_somebody() && reader.place_at(owner).is_none();
    (is_noun && gap(at) == Some(Gap::Blank)).then_some(owner)
}

/// Most words of the first part of a coordination before a head.
const MAX_COORDINATED: usize = 3;

/// Where a coordination of common words before the head begins (`the Environment and Resources Authority`): an article opens
/// it, and nothing in it is a name by itself but a place at its start (`the Vietnam Textile and Apparel Association`).
fn coordinated(reader: &Reader<'_>, grammar: &Grammar, first: usize, head: usize) -> Option<usize> {
    let and = first.checked_sub(1).filter(|&and| and > reader.sentence.first_token)?;
    if first == head || grammar.joint(reader.small(and)) != Some(Joint::And) {
        return None;
    }
    let is_free = |at: usize| reader.is_name_word(at) && !is_named(reader, grammar, at);
    let is_common = |at: usize| is_free(at) && reader.zipf(at) > 0.0;
    let n_before = |is_word: &dyn Fn(usize) -> bool| {
        (1..=MAX_COORDINATED).take_while(|&n| and >= reader.sentence.first_token + n && is_word(and - n)).count()
    };
    if (first..head).all(is_common) {
        let start = and - n_before(&is_common);
        if start < and && behind_article(reader, grammar, start) {
            return Some(start);
        }
    }
    // Words of trades are in no list of common words; there may be more than two ("the Vietnam Leather, Footwear and Handbag …").
    let mut start = and - n_before(&is_free);
    while start < and && start >= reader.sentence.first_token + 2 && reader.word(start - 1) == "," && is_free(start - 2)
    {
        start -= 2;
    }
    let place = start.checked_sub(1).filter(|&place| place > reader.sentence.first_token && start < and)?;
    let is_place = || reader.place_at(place).is_some_and(|(_, end)| end == start);
    (reader.is_name_word(place) && is_place() && (first..head).all(is_free) && behind_article(reader, grammar, place))
        .then_some(place)
}

/// Whether an article stands before the word at `start`.
fn behind_article(reader: &Reader<'_>, grammar: &Grammar, start: usize) -> bool {
    start > reader.sentence.first_token && is_article(reader, grammar, start - 1)
}

/// Whether an article of the name's language or the text's stands at `at`, alone or inside a preposition.
fn is_article(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> bool {
    let class = reader.sentence.pack.people.class(reader.key(at));
    grammar.joint(reader.opening_or_small(at)) == Some(Joint::Article)
        || class.is_any(WordClass::ARTICLE.with(WordClass::ARTICULATED)) && grammar.code != reader.sentence.pack.code
}

/// Whether a place or a body of the lists, or the head noun of one, stands at `at`; a noun before `and` heads nothing.
fn is_named(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> bool {
    let heads = &reader.context.lexicon.packs.institution_heads;
    // "Energy" ends names of firms and opens none.
    let opens = |head: &Head| head.takes(Takes::Of) || head.takes(Takes::Name);
    let is_head = heads
        .begin(reader.key(at))
        .any(|head| head.kind == Kind::Institution && !head.is_outside && head.words.len() == 1 && opens(head));
    is_head && grammar.joint(reader.small(at + 1)) != Some(Joint::And)
        || is_plain_place(reader, at)
        || reader.listed_at(at, Kind::Institution).is_some_and(|(_, end)| end > at + 1)
}

/// Whether the token before `at` can belong to the same name by what stands between them.
fn touches(reader: &Reader<'_>, at: usize) -> bool {
    reader.token(at).is_some_and(|token| token.gap != Gap::Paragraph)
}

fn is_inner_mark(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.word(at), "-" | "‑" | "'" | "’") && reader.token(at + 1).is_some_and(|next| next.gap == Gap::None)
}

/// Whether the word at `at` announces a body in a language whose nouns all have a capital (`Firma Nivora Systems`).
pub(in crate::annotate) fn announces_body(reader: &Reader<'_>, at: usize) -> bool {
    if !reader.sentence.pack.institutions.nouns_are_capitalized {
        return false;
    }
    let heads = &reader.context.lexicon.packs.institution_heads;
    let is_home = |language: usize| heads.languages[language].code == reader.sentence.pack.code;
    let announces = |head: &Head| head.is_outside && head.words.len() <= 1 && is_home(head.language);
    heads.begin(reader.key(at)).any(announces)
        || heads.may_end(reader.word(at)) && heads.end_of(&reader.folded(at)).any(announces)
}

/// Whether a person or a country ends at the token `at` by the lists: a name goes on before a head with a country only as its first word.
fn ends_other(reader: &Reader<'_>, at: usize) -> bool {
    reader.listed_at(at, Kind::Person).is_some_and(|(_, end)| end == at + 1) && reader.place_at(at).is_none()
}

/// Whether the word at `at` opens the stretch without belonging to the name: an article, a preposition, a common word where
/// case tells nothing.
fn is_outside(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> bool {
    let is_upper = reader.token(at).is_some_and(|token| token.case == Case::Upper);
    if is_upper && reader.case == CaseEvidence::Strong {
        return false;
    }
    // "the National Dairy Authority": a common word that has a capital within a sentence is part of the name.
    let is_marked = reader.case == CaseEvidence::Strong && !reader.opens_sentence(at);
    // "The New Energy Coalition", "New Zealand Food Agency": behind an article, or as the first of a place, a small word of the
    // language is a part, too.
    let is_part = || behind_article(reader, grammar, at) || reader.place_at(at).is_some_and(|(_, end)| end > at + 1);
    matches!(grammar.joint(reader.key(at)), Some(Joint::Of | Joint::For | Joint::At | Joint::And | Joint::Article))
        || if is_marked { reader.is_listed_function_word(at) && !is_part() } else { reader.is_function_word(at) }
}

/// The first token of the modifiers that stand before the token `head`: `Technische`, `Karlsruher`, `Fraunhofer-`.
pub(super) fn modifiers(reader: &Reader<'_>, grammar: &Grammar, head: usize) -> usize {
    let mut first = head;
    while first > reader.sentence.first_token && head - first < MAX_TOKENS && touches(reader, first) {
        let before = first - 1;
        let is_hyphen = reader.word(before) == "-" && reader.token(first).is_some_and(|token| token.gap == Gap::None);
        if is_hyphen
            && before > reader.sentence.first_token
            && reader.token(before).is_some_and(|t| t.gap == Gap::None)
            && reader.is_name_word(before - 1)
        {
            first = before - 1;
        } else if reader.is_name_word(before)
            && (grammar.is_modifier(&reader.folded(before)) || is_of_place(reader, grammar, before))
            && !(reader.opens_sentence(before) && reader.is_function_word(before))
        {
            first = before;
        } else if let Some(start) = halved(reader, grammar, first).filter(|_| first == head) {
            first = start;
        } else {
            break;
        }
    }
    first
}

/// Whether the adjective of a town or region stands at `at`, where those have a capital as part of names (`Bremer`, `Hessischer`).
pub(super) fn is_of_place(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> bool {
    if !reader.sentence.pack.institutions.nouns_are_capitalized || !reader.is_name_word(at) {
        return false;
    }
    let gazetteer = &reader.context.lexicon.gazetteer;
    let is_place = |town: String| {
        let name = gazetteer.spelling(&town);
        name.is_some_and(|name| gazetteer.readings(name).any(|row| gazetteer.profile(row.entry).kind == Kind::Place))
    };
    reader.sentence.pack.people.class(reader.key(at)).is(WordClass::DEMONYM)
        || grammar.towns_of(reader.word(at)).any(is_place)
}

/// The first token of the halved word that shares its end with the head at `head` (`Wirtschaftsförderungs- und
/// Entwicklungsgesellschaft`).
fn halved(reader: &Reader<'_>, grammar: &Grammar, head: usize) -> Option<usize> {
    let and = head.checked_sub(1).filter(|&and| and >= reader.sentence.first_token + 2)?;
    let is_halved = grammar.joint(reader.small(and)) == Some(Joint::And)
        && reader.token(and).is_some_and(|token| token.gap == Gap::Blank)
        && reader.word(and - 1) == "-"
        && reader.token(and - 1).is_some_and(|token| token.gap == Gap::None);
    (is_halved && reader.is_name_word(and - 2)).then_some(and - 2)
}
