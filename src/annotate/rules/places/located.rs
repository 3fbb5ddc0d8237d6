//! Places whose region stands behind them: `Uta, in provincia di Cagliari`, `Vado (provincia di Savona)`.

use crate::{
    annotate::{Confidence, Mention, names::Reader},
    document::{Case, Gap, TokenKind},
    lexicon::{
        Kind, Subtype,
        pack::{WordClass, heads::Joint},
    },
};

/// How sure such a name is.
const SURE: Confidence = Confidence::percent(80);

/// Most words of such a name.
const MAX_WORDS: usize = 4;

/// Most small words between the mark and the noun of the region (`nella stessa provincia di`).
const MAX_SMALL: usize = 3;

/// Finds the places of a sentence that the noun of their region tells.
pub(super) fn find(reader: &Reader<'_>, found: &mut Vec<Mention>) {
    let heads = &reader.context.lexicon.packs.place_heads;
    for at in reader.sentence.first_token + 2..reader.sentence.end_token {
        let token = &reader.context.document.tokens[at];
        if token.case != Case::Lower || !heads.may_begin(token.key) || !is_region(reader, at) {
            continue;
        }
        if let Some(mention) = before_region(reader, at).and_then(|end| named(reader, end)) {
            found.push(mention);
            found.extend(region(reader, at));
        }
    }
}

/// The region whose noun stands at `at`.
fn region(reader: &Reader<'_>, at: usize) -> Option<Mention> {
    let first = (at + 2..at + 4).find(|&first| reader.is_name_word(first))?;
    let end = reader.place_at(first).map_or(first + 1, |(_, end)| end);
    let mut mention = Mention::new(reader.span(first, end), Kind::Place, "places/located", SURE);
    mention.subtype = Some(Subtype::Region);
    Some(mention)
}

/// Whether the noun at `at` is that of a territory whose name follows behind `of`.
fn is_region(reader: &Reader<'_>, at: usize) -> bool {
    let heads = &reader.context.lexicon.packs.place_heads;
    let Some(grammar) = reader.grammar() else { return false };
    let is_noun = heads.begin(reader.key(at)).any(|head| {
        let is_home = heads.languages[head.language].code == grammar.code;
        is_home && head.subtype == Some(Subtype::Region) && head.words.len() == 1 && head.is_outside
    });
    let is_of = |at: usize| grammar.joint(reader.small(at)) == Some(Joint::Of);
    is_noun && is_of(at + 1) && (reader.is_name_word(at + 2) || reader.is_name_word(at + 3))
}

/// The end of what stands before the noun of the region at `at`: before a bracket, or a comma and `in` with an article.
fn before_region(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let grammar = reader.grammar()?;
    if reader.word(at - 1) == "(" {
        return Some(at - 1);
    }
    let lowest = reader.sentence.first_token.max(at.saturating_sub(MAX_SMALL));
    let is_at = |word: usize| {
        let small = reader.small(word);
        let is_locative = || reader.sentence.pack.people.class(small).is(WordClass::LOCATIVE);
        reader.sentence.pack.places.before.contains(small) || grammar.joint(small) == Some(Joint::At) || is_locative()
    };
    let opening = (lowest..at).rev().find(|&word| is_at(word))?;
    let is_small = |word: usize| reader.token(word).is_some_and(|token| token.case == Case::Lower);
    if opening <= reader.sentence.first_token || !(opening..at).all(is_small) {
        return None;
    }
    // "Ardore, piccolo paese in provincia di": a noun for towns stands in apposition.
    let heads = &reader.context.lexicon.packs.place_heads;
    let is_town = |word: usize| {
        heads.begin(reader.key(word)).any(|head| head.subtype == Some(Subtype::City) && head.words.len() == 1)
    };
    let lowest = reader.sentence.first_token.max(opening.saturating_sub(MAX_SMALL));
    let comma = (lowest..opening).rev().find(|&word| reader.word(word) == ",");
    let apposed = comma.filter(|&comma| (comma + 1..opening).all(is_small) && (comma + 1..opening).any(is_town));
    apposed.or_else(|| Some(opening - usize::from(reader.word(opening - 1) == ",")))
}

/// The capitalized words before the token `end`, where a preposition stands before them.
fn named(reader: &Reader<'_>, end: usize) -> Option<Mention> {
    let lowest = reader.sentence.first_token;
    let is_joint = |at: usize| matches!(reader.word(at), "-" | "'" | "’");
    let is_part = |at: usize| {
        let token = &reader.context.document.tokens[at];
        token.kind == TokenKind::Word && token.case == Case::Title || is_joint(at)
    };
    let mut first = end;
    while first > lowest
        && is_part(first - 1)
        && end - first < MAX_WORDS
        && (first == end || reader.token(first)?.gap <= Gap::Blank)
    {
        first -= 1;
    }
    let before = first.checked_sub(1).filter(|&before| before >= lowest && first < end)?;
    let grammar = reader.grammar()?;
    let opens = grammar.joint(reader.small(before)) == Some(Joint::Of)
        || reader.sentence.pack.places.before.contains(reader.small(before));
    if !opens || is_joint(first) || is_joint(end - 1) || reader.is_function_word(first) {
        return None;
    }
    let gazetteer = &reader.context.lexicon.gazetteer;
    let mut mention = Mention::new(reader.span(first, end), Kind::Place, "places/located", SURE);
    mention.subtype = Some(Subtype::City);
    if let Some((lookup, _)) = reader.lookup_at(first).filter(|&(_, listed)| listed == end) {
        let rows = gazetteer.readings(lookup.name).map(|reading| reading.entry);
        let is_town = |row: &_| {
            gazetteer.profile(*row).kind == Kind::Place && gazetteer.profile(*row).subtype == Some(Subtype::City)
        };
        mention.candidates = rows.filter(is_town).collect();
    }
    Some(mention)
}
