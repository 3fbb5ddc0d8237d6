//! What a noun in apposition says that a name is of: `Nivora Telai, una startup di Pavia`.

use crate::{
    document::{Case, Document, Sentence},
    lexicon::{
        Kind, Packs,
        pack::{
            WordClass,
            heads::{Head, Takes},
        },
    },
};

/// Furthest word behind the comma that the noun may be, articles and adjectives before it.
const MAX_SKIPPED: usize = 3;

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
    let (people, heads) = (&sentence.pack.people, &packs.institution_heads);
    let is_article = |at: usize| token(at).is_some_and(|token| people.class(token.key).is(WordClass::ARTICLE));
    let is_skipped = |at: usize| is_article(at) || people.ends_like_adjective(word(at));
    let noun = (comma + 1..=comma + MAX_SKIPPED).find(|&at| !is_skipped(at)).unwrap_or(comma + 1);
    let noun = token(noun).filter(|noun| noun.case == Case::Lower || people.nouns_are_capital)?;
    heads.begin(noun.key).find(|head| {
        let is_home = heads.languages[head.language].code == sentence.pack.code;
        let is_single = head.words.len() == 1 && head.takes(Takes::Name) && !head.takes(Takes::Many);
        is_home && is_single && head.is_outside && head.kind == Kind::Institution
    })
}
