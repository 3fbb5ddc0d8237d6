//! Where a body ends and the holder of its office begins, and bodies that only an office and its holder tell.

use super::{
    openings::{begins_person, is_person, is_plain_place},
    reader::Reader,
    right::skip_articles,
};
use crate::{
    document::{Case, CaseEvidence},
    lexicon::{
        Kind,
        pack::{
            WordClass,
            heads::{Grammar, Head, Joint},
        },
    },
};

/// Where the holder of an office begins in the run of capitals `first..end` that begins with the body (`Federsughero Anna
/// Conti`): a given name, or the last two of three words where the lists end the body or know the surname.
pub(super) fn holder_in(reader: &Reader<'_>, first: usize, end: usize) -> Option<usize> {
    let opens = (first + 1..end).find(|&at| begins_person(reader, at));
    let is_surname =
        |at: usize| reader.context.lexicon.name_parts.get(reader.key(at)).is_some_and(|part| part.is_surname);
    let is_unknown = |at: usize| reader.zipf(at) == 0.0 && !is_plain_place(reader, at);
    let ends_body = || reader.listed_at(first, Kind::Institution).is_some_and(|(_, listed)| listed == first + 1);
    opens.or_else(|| {
        let is_pair = end == first + 3 && is_unknown(first + 1) && is_unknown(first + 2);
        (is_pair && (is_surname(first + 2) || ends_body())).then_some(first + 1)
    })
}

/// One word with an article in the plural between an office and its holder (`il segretario dei Radicali Anna Conti`): a field
/// would stand in the singular. A word that the language does not have may stand in the singular (`il patron dell'Ilva`).
pub(super) fn held_body(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> Option<usize> {
    let of = reader.small(at);
    if head.kind != Kind::Institution || grammar.joint(of) != Some(Joint::Of) || grammar.is_bare(of) {
        return None;
    }
    let body = skip_articles(reader, grammar, at + 1);
    let holder = body + 1;
    let people = &reader.sentence.pack.people;
    let document = reader.context.document;
    let is_office = people.offices.begin_at(document.as_str(), &document.tokens, body).is_some();
    let is_title = reader.token(body).is_some_and(|token| token.case == Case::Title);
    let is_open = matches!(people.class(reader.key(body)), WordClass::NONE | WordClass::NOT_NAME);
    let is_other = reader.place_at(body).is_some()
        || is_person(reader, body)
        || reader.context.lexicon.packs.institution_heads.begin(reader.key(body)).next().is_some()
        || grammar.joint(reader.key(body)).is_some()
        || reader.sentence.pack.institutions.not_alone.contains(reader.key(body));
    let is_told = grammar.is_many(of) || reader.zipf(body) == 0.0;
    let may = reader.case == CaseEvidence::Strong
        && is_title
        && is_open
        && is_told
        && !is_office
        && !is_other
        && !people.nouns_are_capital;
    (may && begins_person(reader, holder)).then_some(body)
}
