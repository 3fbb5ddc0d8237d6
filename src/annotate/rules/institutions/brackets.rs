//! Bodies by the acronym in brackets behind their name: `Alfa Beta Council (ABC)`.

use crate::{
    annotate::{
        Confidence, Mention,
        names::{Reader, abbreviates},
    },
    document::{Case, Gap, TokenKind},
    lexicon::{
        Kind, Subtype,
        pack::heads::{Head, HeadCase},
    },
};

/// Longest name before a bracket, in tokens.
const MAX_TOKENS: usize = 14;

/// Finds the names of a sentence whose initials stand in brackets behind them.
pub(super) fn find(reader: &Reader<'_>, found: &mut Vec<Mention>) {
    let sentence = reader.sentence;
    for at in sentence.first_token + 2..sentence.end_token {
        if reader.word(at) != "(" || !matches!(reader.word(at + 2), ")" | "," | ";") {
            continue;
        }
        let acronym = reader.word(at + 1);
        if reader.token(at + 1).is_none_or(|token| !matches!(token.case, Case::Upper | Case::Mixed)) {
            continue;
        }
        let spelled = spelled_by(reader, acronym, at).map(|first| (first, Some(Subtype::Other)));
        let Some((first, subtype)) = headed_by(reader, acronym, at).or(spelled) else { continue };
        for (first, end, percent) in [(first, at, 76), (at + 1, at + 2, 80)] {
            let rule = "institutions/acronym";
            let mut mention =
                Mention::new(reader.span(first, end), Kind::Institution, rule, Confidence::percent(percent));
            mention.subtype = subtype;
            super::link(reader, first, &mut mention);
            found.push(mention);
        }
    }
}

/// The head noun before the token `end` that the acronym begins with, where the words from there on can be abbreviated so, in
/// small letters too (`École de technologie supérieure`); with its subtype.
fn headed_by(reader: &Reader<'_>, acronym: &str, end: usize) -> Option<(usize, Option<Subtype>)> {
    let initial = |word: &str| word.chars().next().map(|c| c.to_lowercase().to_string());
    let heads = &reader.context.lexicon.packs.institution_heads;
    let first = reader.sentence.first_token.max(end.saturating_sub(MAX_TOKENS));
    for at in (first..end).rev() {
        let token = reader.token(at)?;
        if token.kind == TokenKind::Mark && !matches!(reader.word(at), "-" | "’" | "'" | "&") {
            return None;
        }
        if end - at < 2 || initial(reader.word(at)) != initial(acronym) {
            continue;
        }
        let is_small = token.case == Case::Lower;
        let is_home = |head: &&Head| heads.languages[head.language].code == reader.sentence.pack.code;
        let is_head = |head: &&Head| {
            let allows = head.case == HeadCase::Any && is_home(head) || !is_small && head.case == HeadCase::Capital;
            head.kind == Kind::Institution && !head.is_outside && allows
        };
        if let Some(head) = heads.begin(reader.key(at)).find(is_head)
            && abbreviates(acronym, reader.span(at, end).of(reader.context.document.as_str()))
        {
            return Some((at, head.subtype));
        }
    }
    None
}

/// The first token of the capitalized words before the token `end` whose initials are `acronym`.
fn spelled_by(reader: &Reader<'_>, acronym: &str, end: usize) -> Option<usize> {
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_uppercase()).collect();
    if letters.len() < 2 || letters.len() > 8 {
        return None;
    }
    let mut missing = letters.len();
    let mut at = end;
    while at > reader.sentence.first_token && end - at < MAX_TOKENS {
        at -= 1;
        let token = reader.token(at)?;
        if token.kind != TokenKind::Word && !matches!(reader.word(at), "-" | "&" | "," | "’" | "'") {
            return None;
        }
        let initial = reader.word(at).chars().next()?.to_uppercase().next()?;
        if missing > 0 && token.case.is_capital() && letters[missing - 1] == initial {
            missing -= 1;
            if missing == 0 {
                return (reader.token(at + 1)?.gap <= Gap::Blank).then_some(at);
            }
        } else if token.case == Case::Lower && token.span.len() > 6 {
            return None;
        }
    }
    None
}
