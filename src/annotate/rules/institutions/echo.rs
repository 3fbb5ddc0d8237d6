//! Names of bodies that the document established, in their other places; acronyms in brackets behind them.

use super::{brackets, clubs, series};
use crate::{
    annotate::{
        Confidence, Context, Evidence, Mention,
        names::{Reader, abbreviates},
    },
    document::{Case, TokenKind},
    lexicon::{Kind, Subtype},
    text::KeyMap,
};

/// A name that stands for an established body.
struct Known<'t> {
    words: Vec<&'t str>,
    subtype: Option<Subtype>,
    confidence: Confidence,
}

/// Finds established names in their other places.
pub(super) fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    let first_new = found.len();
    series::find(context, found);
    let series = found[first_new..].to_vec();
    let mut known: KeyMap<Vec<Known<'_>>> = KeyMap::default();
    for mention in context.established.iter().filter(|mention| mention.kind == Kind::Institution) {
        // A club has the name of its town, which stands for the town elsewhere.
        if matches!(mention.why.by, Evidence::Rule(rule) if rule != clubs::RULE_NAME) {
            learn(context, mention, &mut known);
        }
        if let Some(acronym) = bracketed(context, mention) {
            let span = context.document.tokens[acronym].span;
            let mut short = Mention::new(span, Kind::Institution, "institutions/acronym", Confidence::percent(95));
            short.subtype = mention.subtype;
            short.candidates.clone_from(&mention.candidates);
            learn(context, &short, &mut known);
            found.push(short);
        }
    }
    let bracketed = brackets::beside_established(context);
    for mention in &bracketed {
        learn(context, mention, &mut known);
    }
    found.extend(bracketed);
    for mention in &series {
        learn(context, mention, &mut known);
    }
    if known.is_empty() {
        return;
    }
    for sentence in &context.document.sentences {
        let reader = Reader::new(context, sentence);
        let mut at = sentence.first_token;
        while at < sentence.end_token {
            at = known.get(&reader.key(at)).and_then(|known| longest(&reader, known, at, found)).unwrap_or(at + 1);
        }
    }
}

/// Proposes the longest known name at the token `at` and returns what lies behind it.
fn longest(reader: &Reader<'_>, known: &[Known<'_>], at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let stands = |known: &&Known<'_>| known.words.iter().enumerate().all(|(n, word)| reader.word(at + n) == *word);
    let name = known.iter().filter(stands).max_by_key(|known| known.words.len())?;
    let end = at + name.words.len();
    let mut mention = Mention::new(reader.span(at, end), Kind::Institution, "institutions/echo", name.confidence);
    mention.subtype = name.subtype;
    found.push(mention);
    Some(end)
}

/// Keeps the words of a mention, unless they are too short or too common to be found alone.
fn learn<'t>(context: &Context<'t>, mention: &Mention, known: &mut KeyMap<Vec<Known<'t>>>) {
    let document = context.document;
    let first = document.token_at(mention.span.start());
    let words: Vec<&'t str> = document.tokens[first..]
        .iter()
        .take_while(|token| token.span.start() < mention.span.end())
        .map(|token| document.word(token))
        .collect();
    let Some(&opening) = words.first() else { return };
    let token = &document.tokens[first];
    let is_common = |word: &str| {
        let common = &context.lexicon.common_words;
        token.case == Case::Title && common.zipf(word, &document.pack.code).is_some()
    };
    // "Originaria della provincia di Cuneo": a noun in small letters heads a name by itself, or a place.
    let is_small = words.len() > 1 && token.case == Case::Lower;
    let is_organ = words.len() == 1 && document.pack.institutions.not_alone.contains(token.key);
    if is_small
        || is_organ
        || words.len() == 1 && (opening.chars().count() < 2 || is_common(opening))
        || token.kind == TokenKind::Mark
    {
        return;
    }
    let of_first = known.entry(token.key).or_default();
    if !of_first.iter().any(|other| other.words == words) {
        let confidence = Confidence::percent(91).min(mention.confidence);
        of_first.push(Known { words, subtype: mention.subtype, confidence });
    }
}

/// The token of the acronym that stands in brackets behind a mention.
fn bracketed(context: &Context<'_>, mention: &Mention) -> Option<usize> {
    let document = context.document;
    let open = document.token_at(mention.span.end());
    let word = |at: usize| document.tokens.get(at).map_or("", |token| document.word(token));
    if word(open) != "(" || !matches!(word(open + 2), ")" | "," | ";" | "-" | "–") {
        return None;
    }
    let token = &document.tokens[open + 1];
    let is_short = token.span.len() <= 12 && token.kind == TokenKind::Word;
    let long = mention.span.of(document.as_str());
    // "Rubiera Vision (Rubiera)": a town.
    let is_town =
        context.listed.starting_at(open + 1).is_some_and(|(idx, _)| context.listed.best_kind(idx) == Some(Kind::Place));
    let is_short = is_short && !(token.case == Case::Title && is_town);
    (is_short && abbreviates(word(open + 1), long)).then_some(open + 1)
}
