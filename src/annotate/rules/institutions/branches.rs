//! Daughters of listed firms that are called by the country or region where they are: `Samsung Italia`, `Bank Nivora Albania`.

use crate::{
    annotate::{Confidence, Mention, names::Reader},
    document::{Case, CaseEvidence, Gap},
    lexicon::{Kind, Lookup, Profile, Reading, Subtype, Written},
};

/// How sure a daughter is.
const DAUGHTER: Confidence = Confidence::percent(86);

/// Finds the daughters of a sentence.
pub(super) fn find(reader: &Reader<'_>, found: &mut Vec<Mention>) {
    if reader.case != CaseEvidence::Strong {
        return;
    }
    for at in reader.sentence.first_token..reader.sentence.end_token {
        let firm = reader.listed_at(at, Kind::Institution).filter(|(lookup, _)| is_firm(reader, lookup));
        let Some((_, end)) = firm.filter(|_| !is_inside_name(reader, at)) else { continue };
        let country = reader.place_at(end).filter(|(lookup, _)| is_capital(reader, end) && is_country(reader, lookup));
        let Some((_, behind)) = country else { continue };
        let touches = reader
            .token(behind)
            .is_some_and(|next| next.gap == Gap::None && matches!(reader.word(behind), "-" | "'" | "’" | "/"));
        let goes_on = is_capital(reader, behind) && reader.is_name_word(behind);
        if !touches && !goes_on {
            let mut mention =
                Mention::new(reader.span(at, behind), Kind::Institution, "institutions/daughter", DAUGHTER);
            mention.subtype = Some(Subtype::Company);
            found.push(mention);
        }
    }
}

/// Priority from which a firm is known better than the town or the people that have its name (`Toyota`).
const WELL_KNOWN: i16 = 60;

/// Whether the lists know the name as a firm's, as it is written: a well-known one, or nothing else.
fn is_firm(reader: &Reader<'_>, lookup: &Lookup) -> bool {
    let gazetteer = &reader.context.lexicon.gazetteer;
    let rows = || gazetteer.readings(lookup.name).filter(|row| !row.is_weak).map(|row| gazetteer.profile(row.entry));
    let is_firm = |row: &Profile<'_>| row.kind == Kind::Institution && row.subtype == Some(Subtype::Company);
    let is_known = || rows().any(|row| is_firm(&row) && row.priority >= WELL_KNOWN);
    let is_alone = || {
        rows().any(|row| is_firm(&row))
            && gazetteer.readings(lookup.name).all(|row| gazetteer.profile(row.entry).kind == Kind::Institution)
    };
    lookup.written == Written::Exact && (is_known() || is_alone())
}

/// Whether the lists know the name as a country's.
fn is_country(reader: &Reader<'_>, lookup: &Lookup) -> bool {
    let gazetteer = &reader.context.lexicon.gazetteer;
    let is_country = |row: Reading| !row.is_weak && gazetteer.profile(row.entry).subtype == Some(Subtype::Country);
    lookup.written == Written::Exact && gazetteer.readings(lookup.name).any(is_country)
}

/// Whether a word in title case stands at `at` right behind the one before.
fn is_capital(reader: &Reader<'_>, at: usize) -> bool {
    reader.token(at).is_some_and(|token| token.case == Case::Title && token.gap == Gap::Blank)
}

/// Whether a capitalized word stands right before the name: it may be part of a longer one, or somebody's.
fn is_inside_name(reader: &Reader<'_>, at: usize) -> bool {
    let blank = reader.token(at).is_some_and(|token| token.gap == Gap::Blank);
    at > reader.sentence.first_token && blank && reader.is_name_word(at - 1) && !reader.opens_sentence(at - 1)
}
