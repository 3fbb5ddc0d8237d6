//! Bodies that a sentence says what they are: `Padana Expo è la società fieristica …`, as a release tells of who sends it.

use crate::{
    annotate::{
        Confidence, Context, Evidence, Mention,
        names::{Reader, is_person},
    },
    document::{CaseEvidence, Gap},
    lexicon::{
        Kind, Subtype,
        pack::heads::{Head, Joint, Takes},
    },
    text::{KeyMap, WordKey},
};

/// Name of this part of the rule.
const NAME: &str = "firms/definition";
/// Longest name that is defined, in tokens.
const MAX_TOKENS: usize = 5;
/// Tokens between the article and the noun (`a family-run company`).
const MAX_TOKENS_BEFORE_NOUN: usize = 4;
/// How sure a defined body is.
const DEFINED: Confidence = Confidence::percent(85);

/// Finds the bodies that open a sentence and are defined by it.
pub(super) fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    for sentence in &context.document.sentences {
        let reader = Reader::new(context, sentence);
        if reader.case == CaseEvidence::Strong && !sentence.pack.institutions.definition.copulas.is_empty() {
            found.extend(defined(&reader));
        }
    }
}

/// The body that opens the sentence, if the sentence says that it is one.
fn defined(reader: &Reader<'_>) -> Option<Mention> {
    let (first, end) = opening_name(reader)?;
    let head = defining_head(reader, behind_brackets(reader, end))?;
    if is_other_name(reader, first, end) {
        return None;
    }
    let mut mention = Mention::new(reader.span(first, end), Kind::Institution, NAME, DEFINED);
    mention.subtype = head.subtype;
    Some(mention)
}

/// The words with capitals that open the sentence, behind marks and an article.
fn opening_name(reader: &Reader<'_>) -> Option<(usize, usize)> {
    let sentence = reader.sentence;
    let mut first = (sentence.first_token..sentence.end_token).find(|&at| reader.is_name_word(at))?;
    if !reader.opens_sentence(first) {
        return None;
    }
    let is_article = reader.grammar().is_some_and(|grammar| grammar.joint(reader.key(first)) == Some(Joint::Article));
    first += usize::from(is_article);
    let goes_on = |at: &usize| {
        let is_apart = reader.token(*at).is_some_and(|token| matches!(token.gap, Gap::Blank | Gap::Line));
        reader.is_name_word(*at) && (*at == first || is_apart)
    };
    let end = first + (first..sentence.end_token).take_while(goes_on).count();
    // "C'era il consorzio": what is cut off before a vowel is no name.
    let is_cut = matches!(reader.word(end - 1).chars().last(), Some('\'' | '’'));
    (end > first && end - first <= MAX_TOKENS && !is_cut).then_some((first, end))
}

/// The token behind a short form in brackets.
fn behind_brackets(reader: &Reader<'_>, at: usize) -> usize {
    if reader.word(at) == "(" && reader.word(at + 2) == ")" { at + 3 } else { at }
}

/// The noun for bodies that stands behind a copula and an article at `at`.
fn defining_head<'a>(reader: &Reader<'a>, at: usize) -> Option<&'a Head> {
    let words = &reader.sentence.pack.institutions.definition;
    let is_article =
        |at: usize| reader.grammar().is_some_and(|grammar| grammar.joint(reader.small(at)) == Some(Joint::Article));
    if !words.copulas.contains(reader.small(at)) || !is_article(at + 1) {
        return None;
    }
    // "è la direttrice della società": behind a small word another thing is told.
    let may_stand_before = |at: &usize| {
        reader.word(*at) == "-" || !reader.is_listed_function_word(*at) && reader.small(*at) != WordKey::NONE
    };
    let is_noun_word = |at: usize| {
        let has_case = reader.sentence.pack.institutions.nouns_are_capitalized || reader.small(at) != WordKey::NONE;
        has_case && words.nouns.contains(reader.key(at))
    };
    let n_before =
        (at + 2..).take_while(|&at| !is_noun_word(at) && may_stand_before(&at)).take(MAX_TOKENS_BEFORE_NOUN).count();
    let noun = Some(at + 2 + n_before).filter(|&noun| is_noun_word(noun))?;
    let index = &reader.context.lexicon.packs.institution_heads;
    let is_noun = |head: &&Head| {
        let is_home = index.languages[head.language].code == reader.sentence.pack.code;
        let stands = (0..head.words.len()).all(|nth| reader.key(noun + nth) == head.words[nth]);
        head.kind == Kind::Institution && is_home && stands && !head.takes(Takes::Bare)
    };
    // The noun of more words tells more of the sort (`agenzia regionale`), one that announces names the sort of firms.
    index
        .begin(reader.token(noun)?)
        .filter(is_noun)
        .max_by_key(|head| (head.words.len(), head.is_outside, head.subtype == Some(Subtype::Company)))
}

/// Whether the words name something else, or nothing: somebody, a place, a common word.
fn is_other_name(reader: &Reader<'_>, first: usize, end: usize) -> bool {
    let parts = &reader.context.lexicon.name_parts;
    let is_whole = |(_, listed)| listed == end;
    let is_listed_otherwise = reader.place_at(first).is_some_and(is_whole)
        || reader.lookup_at(first).is_some_and(is_whole)
            && !reader.listed_at(first, Kind::Institution).is_some_and(is_whole);
    let is_word = |at: usize| reader.zipf(at) > 0.0 || parts.get(reader.key(at)).is_some();
    let is_lone_word = end == first + 1 && is_word(first) && reader.listed_at(first, Kind::Institution).is_none();
    let all_common = (first..end).all(|at| reader.is_common(at));
    is_listed_otherwise || is_lone_word || all_common || is_person(reader, first)
}

/// The bodies that the first pass found to be defined, in their other places.
pub(super) fn echo(context: &Context<'_>, found: &mut Vec<Mention>) {
    let document = context.document;
    let mut by_first: KeyMap<Vec<(&Mention, Vec<&str>)>> = KeyMap::default();
    for body in context.established.iter().filter(|mention| matches!(mention.why.by, Evidence::Rule(NAME))) {
        let first = document.token_at(body.span.start());
        let inside = document.tokens[first..].iter().take_while(|token| token.span.start() < body.span.end());
        let words: Vec<&str> = inside.map(|token| document.word(token)).collect();
        let same_first = by_first.entry(document.tokens[first].key).or_default();
        // One that is defined twice stands once.
        if !same_first.iter().any(|(_, other)| *other == words) {
            same_first.push((body, words));
        }
    }
    if by_first.is_empty() {
        return;
    }
    for sentence in &document.sentences {
        let reader = Reader::new(context, sentence);
        for at in sentence.first_token..sentence.end_token {
            let stands = |words: &[&str]| words.iter().enumerate().all(|(nth, word)| reader.word(at + nth) == *word);
            for (body, words) in by_first.get(&reader.key(at)).into_iter().flatten().filter(|(_, words)| stands(words))
            {
                let mut mention = Mention::new(reader.span(at, at + words.len()), Kind::Institution, NAME, DEFINED);
                mention.subtype = body.subtype;
                found.push(mention);
            }
        }
    }
}
