//! The sort of a body by the words of its name, where its head noun or the lists tell less.

use crate::{
    lexicon::{
        Kind, Subtype,
        pack::{
            Packs,
            heads::{HeadCase, Joint, MIN_COMPOUND_BYTES},
            sorts::words_of,
        },
    },
    text::{WordKey, fold},
};

/// The words of a name, as vocabularies are asked for them.
struct Words {
    keys: Vec<WordKey>,
    folded: Vec<String>,
}

/// The sort of the body called `name`, for which `told` is what its head noun, its row or a noun beside it tells. `code` is the
/// language of the text.
pub(super) fn of_name(packs: &Packs, code: &str, name: &str, told: Option<Subtype>) -> Option<Subtype> {
    let folded: Vec<String> = words_of(name).map(fold).collect();
    let words = Words { keys: folded.iter().map(WordKey::from).collect(), folded };
    let has_head = || of_head(packs, code, &words).is_some();
    let outranks = |over: &[Subtype]| told.is_none_or(|told| over.contains(&told));
    let sorts = packs.body_sorts.find(&words.keys, &words.folded);
    let by_word = sorts.iter().find(|sort| {
        let agrees = told == Some(sort.subtype);
        agrees || outranks(&sort.over) && !(sort.is_alone && has_head())
    });
    if let Some(sort) = by_word {
        return Some(sort.subtype);
    }
    let is_open = told.is_none() && words.keys.len() > 1;
    is_open.then(|| of_head(packs, code, &words)).flatten().or(told)
}

/// The sort that the head noun of any language tells where one stands first, before the first `of`, or last.
fn of_head(packs: &Packs, code: &str, words: &Words) -> Option<Subtype> {
    let index = &packs.institution_heads;
    let n_words = words.keys.len();
    let is_link = |key: &WordKey| {
        index.languages.iter().any(|grammar| matches!(grammar.joint(*key), Some(Joint::Of | Joint::For | Joint::At)))
    };
    let link = words.keys.iter().position(is_link).unwrap_or(n_words);
    let ends_at = |end: usize, at: usize| {
        let word = &words.folded[at];
        let compounds = (word.len() >= MIN_COMPOUND_BYTES && at + 1 == end).then(|| index.end_of(word));
        let whole = index.begin(words.keys[at]).filter(|head| words.keys.get(at..end) == Some(&head.words[..]));
        let mut heads = whole.chain(compounds.into_iter().flatten()).filter(|head| {
            let is_home = index.languages[head.language].code == code;
            let is_here = is_home || !head.is_home;
            head.kind == Kind::Institution && !head.is_outside && head.case != HeadCase::Lower && is_here
        });
        heads.find_map(|head| head.subtype)
    };
    let first = (1..=n_words).rev().find_map(|end| ends_at(end, 0));
    let before = |end: usize| (0..end).find_map(|at| ends_at(end, at));
    first.or_else(|| before(link)).or_else(|| before(n_words))
}
