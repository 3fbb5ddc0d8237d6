//! A firm behind the adjective of its country, which stands for the noun (`la tedesca Kraftwald`).

use crate::{
    annotate::Context,
    document::{Case, Sentence, Token, TokenKind},
    lexicon::{Subtype, pack::WordClass},
    text::WordKey,
};

/// Fewest letters of a firm's name of one word.
const MIN_LETTERS: usize = 4;

/// Whether a noun for firms stands in the document.
pub(crate) fn speaks_of_firms(context: &Context<'_>) -> bool {
    let heads = &context.lexicon.packs.institution_heads;
    let is_firm = |token: &Token| {
        heads.begin(token.key).any(|head| head.words.len() == 1 && head.subtype == Some(Subtype::Company))
    };
    context.document.tokens.iter().any(|token| heads.may_begin(token.key) && is_firm(token))
}

/// One past the name of a firm that begins at the token `first`, if the adjective of a country stands before it with an article of
/// the gender of firms. Women are told of so, too: no part of the name is one of people, and the document speaks of firms and
/// not of sport.
pub(crate) fn national_firm(context: &Context<'_>, sentence: &Sentence<'_>, first: usize) -> Option<usize> {
    let document = context.document;
    let tokens = &document.tokens[..sentence.end_token];
    let adjective = first.checked_sub(1).filter(|&at| at > sentence.first_token)?;
    let people = &sentence.pack.people;
    let is_adjective =
        tokens[adjective].case == Case::Lower && people.class(tokens[adjective].key).is(WordClass::DEMONYM);
    if !is_adjective
        || people.nouns_are_capital
        || !has_gender(document.word(&tokens[adjective]), tokens[adjective - 1].key, sentence)
    {
        return None;
    }
    let is_part = |token: &Token| token.kind == TokenKind::Word && token.case.is_capital();
    let n_parts = tokens[first..].iter().take_while(|token| is_part(token)).count();
    let name = &tokens[first..first + n_parts];
    let is_unknown = |(n, token): (usize, &Token)| {
        let lexicon = context.lexicon;
        lexicon.name_parts.get(token.key).is_none()
            && context.listed.starting_at(first + n).is_none()
            && (n > 0 || lexicon.common_words.highest_zipf(token.key).is_none())
    };
    let is_long = n_parts > 1 || name.first().is_some_and(|token| document.word(token).chars().count() >= MIN_LETTERS);
    let is_name = n_parts > 0 && is_long && name.iter().enumerate().all(is_unknown);
    let may_be_firm = || speaks_of_firms(context) && !speaks_of_sport(context);
    (is_name && *context.names_firms.get_or_init(may_be_firm)).then_some(first + n_parts)
}

/// Whether `article` before the adjective `word` is one of the gender of firms.
fn has_gender(word: &str, article: WordKey, sentence: &Sentence<'_>) -> bool {
    let national = &sentence.pack.institutions.national;
    national.articles.contains(article)
        || national.elided.contains(article) && national.endings.iter().any(|ending| word.ends_with(ending))
}

/// Whether a word of sport stands in the document.
fn speaks_of_sport(context: &Context<'_>) -> bool {
    let document = context.document;
    let mut sentences = document.sentences.iter();
    sentences.any(|sentence| {
        let cues = &sentence.pack.institutions.clubs.cues;
        document.tokens_of(sentence).iter().any(|token| cues.contains(token.key))
    })
}
