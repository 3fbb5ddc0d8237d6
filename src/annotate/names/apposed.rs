//! What a noun in apposition says that a name is of: `Nivora Telai, una startup di Pavia`.

use crate::{
    document::{Case, Document, Sentence, Token},
    lexicon::{
        Kind, Packs,
        pack::{
            WordClass,
            heads::{Head, Takes},
        },
    },
};

/// Furthest word behind the comma that the noun may be, articles and adjectives before it.
const MAX_SKIPPED: usize = 5;

/// Most words of a noun that announces a name.
const MAX_NOUN: usize = 4;

/// The noun for a body that stands in apposition behind the comma at the token `comma`, in the language of the sentence.
pub(crate) fn apposed_body<'h>(
    document: &Document<'_>,
    sentence: &Sentence<'_>,
    packs: &'h Packs,
    comma: usize,
) -> Option<&'h Head> {
    let token = |at: usize| document.tokens[..sentence.end_token].get(at);
    let word = |at: usize| token(at).map_or("", |token| document.word(token));
    if word(comma) != "," {
        return None;
    }
    let people = &sentence.pack.people;
    let is_article = |at: usize| token(at).is_some_and(|token| people.class(token.key).is(WordClass::ARTICLE));
    // "a Dartmouth maker of": a town says where.
    let is_town = |at: usize| {
        at > comma + 1 && !people.nouns_are_capital && token(at).is_some_and(|token| token.case.is_capital())
    };
    // "the country's cluster": whose it is.
    let is_owner = |at: usize| {
        matches!(word(at), "'s" | "’s" | "'" | "’" | "s")
            || matches!(word(at + 1), "'s" | "’s")
            || matches!(word(at + 1), "'" | "’") && word(at + 2) == "s"
    };
    let is_skipped = |at: usize| is_article(at) || people.ends_like_adjective(word(at)) || is_town(at) || is_owner(at);
    let noun = (comma + 1..=comma + MAX_SKIPPED).find(|&at| !is_skipped(at)).unwrap_or(comma + 1);
    announces(document, sentence, packs, noun).next()
}

/// The noun for a body that stands before the name that begins at the token `first`: `il polo di innovazione Nivora`.
pub(crate) fn announcing_body<'h>(
    document: &Document<'_>,
    sentence: &Sentence<'_>,
    packs: &'h Packs,
    first: usize,
) -> Option<&'h Head> {
    let lowest = sentence.first_token.max(first.saturating_sub(MAX_NOUN));
    (lowest..first).find_map(|at| announces(document, sentence, packs, at).find(|head| at + head.words.len() == first))
}

/// The nouns at the token `at` that announce the name of a body, in the language of the sentence.
fn announces<'h>(
    document: &Document<'_>,
    sentence: &Sentence<'_>,
    packs: &'h Packs,
    at: usize,
) -> impl Iterator<Item = &'h Head> {
    let token = |at: usize| document.tokens[..sentence.end_token].get(at);
    let heads = &packs.institution_heads;
    let is_noun = |noun: &&Token| noun.case == Case::Lower || sentence.pack.people.nouns_are_capital;
    let nouns = token(at).filter(is_noun).map(|noun| heads.begin(noun.key));
    nouns.into_iter().flatten().filter(move |head| {
        let is_home = heads.languages[head.language].code == sentence.pack.code;
        let stands =
            head.words.iter().enumerate().all(|(n, &word)| token(at + n).is_some_and(|token| token.key == word));
        let is_announcing = head.takes(Takes::Name) && !head.takes(Takes::Many) && head.is_outside;
        is_home && stands && is_announcing && head.kind == Kind::Institution
    })
}
