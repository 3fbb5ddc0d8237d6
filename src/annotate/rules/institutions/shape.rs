//! Unlisted bodies by the shape of their names and the company they keep: a town or country beside a coined word
//! (`Sviluppo Basilicata`), capitals inside a word (`GeoMatera`), a list of bodies.

use crate::{
    annotate::{Confidence, Mention, names::{CaseEvidence, Reader}},
    document::{Case, Gap, TokenKind},
    lexicon::{Kind, Subtype},
};

/// Finds bodies of a sentence by the shape of their names.
pub(super) fn find(reader: &Reader<'_>, found: &mut Vec<Mention>) {
    if reader.case != CaseEvidence::Strong {
        return;
    }
    for at in reader.sentence.first_token..reader.sentence.end_token {
        let Some(token) = reader.token(at).filter(|token| token.kind == TokenKind::Word) else { continue };
        if token.case == Case::Mixed && is_coined(reader, at) {
            found.push(company(reader, at, at + 1, "institutions/coined", 66));
        }
        if token.case == Case::Upper && is_acronym(reader, at) {
            let mut mention = company(reader, at, at + 1, "institutions/capitals", 58);
            mention.subtype = Some(Subtype::Other);
            found.push(mention);
        }
        if let Some((first, end)) = around_place(reader, at).filter(|_| token.case.is_capital()) {
            found.push(company(reader, first, end, "institutions/of-place", 60));
        }
    }
}

fn company(reader: &Reader<'_>, first: usize, end: usize, rule: &'static str, percent: u8) -> Mention {
    let mut mention = Mention::new(reader.span(first, end), Kind::Institution, rule, Confidence::percent(percent));
    mention.subtype = Some(Subtype::Company);
    mention
}

/// A word that begins with a capital and has another behind a small letter, unlike surnames (`McAllister`, `DeLuca`).
fn is_coined(reader: &Reader<'_>, at: usize) -> bool {
    let word = reader.word(at);
    let letters: Vec<char> = word.chars().collect();
    let turn = (3..letters.len()).find(|&n| letters[n].is_uppercase() && letters[n - 1].is_lowercase());
    let alone = |at: usize| !reader.is_name_word(at) || reader.token(at).is_none_or(|token| token.gap == Gap::Paragraph);
    letters.len() >= 5
        && letters[0].is_uppercase()
        && turn.is_some_and(|turn| letters[turn..].iter().any(|c| c.is_lowercase()))
        && !word.starts_with("Mac")
        && !word.contains(['\'', '’'])
        && reader.lookup_at(at).is_none()
        && reader.context.lexicon.name_parts.get(word).is_none()
        && alone(at + 1)
        && (at == reader.sentence.first_token || alone(at - 1))
        && !matches!(reader.word(at + 1), "-" | ".")
}

/// An unlisted word in capitals behind an article in the singular (`la ABCD`, `dell'ABCD`) that is no term in capitals.
fn is_acronym(reader: &Reader<'_>, at: usize) -> bool {
    let word = reader.word(at);
    let words = &reader.sentence.pack.institutions;
    if !words.determiners.contains(reader.small(at.wrapping_sub(1))) {
        return false;
    }
    let is_term = words.not_bodies.contains(reader.key(at)) || reader.zipf(at) > 0.0;
    let is_numeral = word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C' | 'D' | 'M'));
    let n_letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let is_alone = !reader.is_name_word(at + 1) && !matches!(reader.word(at + 1), "-" | "/" | ".");
    reader.lookup_at(at).is_none()
        && (3..=7).contains(&n_letters)
        && n_letters == word.chars().count()
        && !is_term
        && !is_numeral
        && is_alone
        && !reader.token(at + 1).is_some_and(|next| next.kind == TokenKind::Number)
}

/// The capitalized words, two, around a listed town, region or country at `at`, where the others are no names of
/// people, no places and no common words that open a sentence.
fn around_place(reader: &Reader<'_>, at: usize) -> Option<(usize, usize)> {
    let (lookup, place_end) = reader.place_at(at)?;
    let parts = &reader.context.lexicon.name_parts;
    let is_head = reader.context.lexicon.packs.place_heads.begin(reader.key(at)).next().is_some();
    if lookup.span.len() < 4 || is_head || parts.get(reader.key(at)).is_some_and(|part| part.is_given) {
        return None;
    }
    let blank = |at: usize| reader.token(at).is_some_and(|token| token.gap == Gap::Blank);
    let is_coined = |at: usize| {
        reader.is_name_word(at)
            && reader.word(at).chars().count() > 2
            && parts.get(reader.key(at)).is_none()
            && reader.place_at(at).is_none()
            && !reader.is_function_word(at)
            && !(reader.sentence.pack.institutions.nouns_are_capitalized && reader.zipf(at) > 0.0)
            && reader.context.lexicon.packs.place_heads.begin(reader.key(at)).next().is_none()
    };
    let before = at > reader.sentence.first_token && blank(at) && is_coined(at - 1) && !reader.opens_sentence(at - 1);
    let behind = blank(place_end) && is_coined(place_end);
    let is_closed = |end: usize| !reader.is_name_word(end) || !blank(end);
    match (before, behind) {
        (true, false) if is_closed(place_end) && (at < 2 || !reader.is_name_word(at - 2) || !blank(at - 1)) => Some((at - 1, place_end)),
        (false, true) => {
            let end = place_end + 1;
            let starts = at == reader.sentence.first_token || !reader.is_name_word(at - 1) || !blank(at);
            (starts && is_closed(end)).then_some((at, end))
        }
        _ => None,
    }
}
