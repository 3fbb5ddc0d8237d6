//! Regions that are written by their abbreviation behind a town: `Halifax, N.S.`, `Sobral (CE)`, `Campinas/SP`.

use super::reader::Reader;
use crate::{
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::{EntryId, pack::Abbreviated},
};

/// The region of `country` whose abbreviation begins at the token `at`, with the token behind its end.
pub(crate) fn abbreviated_region(reader: &Reader<'_>, at: usize, country: &str) -> Option<(EntryId, usize)> {
    let of_country = reader.sentence.pack.places.abbreviated.iter().filter(|regions| regions.country == country);
    of_country.filter_map(|regions| region(reader, at, regions)).next()
}

/// Whether the word at `at` may be the abbreviation of a region, by its letters.
pub(crate) fn may_abbreviate(reader: &Reader<'_>, at: usize) -> bool {
    let may_be = |regions: &Abbreviated| {
        let is_code = || {
            regions.codes && reader.token(at).is_some_and(|token| token.case == Case::Upper && token.span.len() <= 3)
        };
        is_code() || regions.forms.keys().any(|form| form.starts_with(reader.word(at)))
    };
    reader.token(at).is_some_and(|token| token.case.is_capital())
        && reader.sentence.pack.places.abbreviated.iter().any(may_be)
}

fn region(reader: &Reader<'_>, at: usize, regions: &Abbreviated) -> Option<(EntryId, usize)> {
    let document = reader.context.document;
    let start = reader.token(at)?.span.start();
    let rest = &document.as_str()[start..reader.sentence.span.end()];
    let gazetteer = &reader.context.lexicon.gazetteer;
    let row = |code: &str| gazetteer.by_id(&format!("iso3166-2:{}-{code}", regions.country));
    let dotted =
        regions.forms.iter().filter(|(form, _)| rest.starts_with(form.as_str())).max_by_key(|(form, _)| form.len());
    if let Some((form, code)) = dotted {
        return Some((row(code)?, document.token_at(start + form.len() - 1) + 1));
    }
    let is_free = reader
        .token(at + 1)
        .is_none_or(|next| next.gap > Gap::None || next.kind == TokenKind::Mark && reader.word(at + 1) != "-");
    // "TRADE MISSION TO BOSTON, IN COOPERATION": where all is in capitals a small word is one.
    let is_code = || reader.case == CaseEvidence::Strong || !reader.is_listed_function_word(at);
    (regions.codes && is_free && is_code()).then(|| row(reader.word(at))).flatten().map(|row| (row, at + 1))
}
