//! How a name goes on behind its head noun.

use super::{
    common,
    members::{
        articled_member, field_member, list_member, member, next_member, purpose, purpose_in_list, second_place,
    },
    openings::{begins_person, demonym_end, is_demonym, is_person, is_plain_place, narrows, opens_body},
    product,
    reader::Reader,
    run::{bears_person, is_union, run_end},
};
use crate::{
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::{
        Kind, Lookup, Subtype,
        pack::heads::{Grammar, Head, Joint, Takes},
    },
};

/// Longest name behind a head, in tokens.
const MAX_TOKENS: usize = 24;
/// Longest name in quotation marks, in tokens.
const MAX_QUOTED: usize = 12;

/// Opening quotation marks with what closes them.
const QUOTES: [(&str, &[&str]); 6] =
    [("“", &["”", "“", "\""]), ("«", &["»"]), ("\"", &["\"", "”"]), ("„", &["“", "”"]), ("‘", &["’"]), ("”", &["”"])];

/// One past the last token of the name whose head begins at the token `head_at` and ends before `at`; none when nothing names it.
pub(super) fn extend(
    reader: &Reader<'_>,
    grammar: &Grammar,
    head: &Head,
    head_at: usize,
    mut at: usize,
) -> Option<usize> {
    let start = at;
    let mut committed = None;
    // What the last committed part was: a name of its own takes no further of-phrase (`Fondazione Rossi di Forlì`).
    let mut last_is_name = false;
    let mut last_is_place = false;
    // "la Cámara de Bilbao y Adegi": behind a place only a word of the language goes on a list of fields.
    let mut is_behind_place = false;
    let is_field = |at: usize| {
        let noun = skip_articles(reader, grammar, at);
        reader.is_common(noun) || reader.zipf(noun) > 0.0 || !reader.is_name_word(noun)
    };
    // A capitalized common word (`University of Oil`) may have another beside it (`and Gas`); a town has a body of its own.
    let mut last_is_field = false;
    // Common nouns in small letters go on with others (`des amis du musée`), and with the name that they announce.
    let may_be_common = common::may(reader, head, head_at);
    let mut last_is_common = false;
    // What a body is for has further members with their articles (`per lo Sviluppo e l'Innovazione`).
    let mut is_for = false;
    if head.takes(Takes::Product)
        && let Some(end) = product::phrase(reader, grammar, at)
    {
        return Some(end);
    }
    while at - start < MAX_TOKENS && at > 0 && reader.is_joined(at - 1) {
        let joint = grammar.joint(reader.small(at));
        let step = match joint {
            _ if reader.is_name_word(at) && !matches!(joint, Some(Joint::Of | Joint::And | Joint::At | Joint::For)) => {
                // "Il presidente del Consiglio dei ministri italiano Mario Bianchi": what is complete bears nobody's name.
                let is_complete = head.kind == Kind::Nothing && head.takes(Takes::Nothing) && at > start;
                let is_holder =
                    is_complete || last_is_common || !bears_person(head) || is_union(head) && reader.ends_listed(at);
                if is_holder && begins_person(reader, at) && !is_chain_of_places(reader, at) {
                    break;
                }
                let may = head.takes(Takes::Name) || at > start && !last_is_name && committed.is_none();
                // `British Embassy Astana`.
                let is_seat = head.takes(Takes::At) && reader.place_at(at).is_some();
                let end = run_end(reader, grammar, head, at);
                (may || is_seat).then(|| Step {
                    end,
                    // `Enoteca Regionale di …`: an adjective in capitals leaves the body without a name of its own.
                    is_name: at > start
                        || !(at..end).all(|at| narrows(reader, grammar, at) || describes(reader, head, at)),
                    // "Fundação Luso-Americana": a part of a word is none.
                    is_place: reader.place_at(at).is_some_and(|(_, end)| reader.word(end) != "-"),
                })
            }
            // "Institut für Agrartechnik der Universität Hohenheim": a unit with a name of its own, and its parent.
            Some(Joint::Of)
                if committed.is_some()
                    && is_unit(head)
                    && is_parent(reader, skip_articles(reader, grammar, at + 1)) =>
            {
                break;
            }
            Some(Joint::Of)
                if head.takes(Takes::Of)
                    && (!last_is_place || is_field_of_region(reader, grammar, head, at))
                    && (!last_is_name || last_is_place || is_town_of_university(reader, grammar, head, at)) =>
            {
                let may_be_common = may_be_common && (committed.is_none() || last_is_common);
                of_phrase(reader, grammar, head, at)
                    .or_else(|| may_be_common.then(|| common::phrase(reader, grammar, at)).flatten())
            }
            Some(Joint::And) if committed == Some(at) && may_be_common && common::pairs(reader, grammar, start, at) => {
                of_phrase(reader, grammar, head, at + 1).or_else(|| common::phrase(reader, grammar, at + 1))
            }
            Some(Joint::Of) if head.takes(Takes::Seat) && committed.is_none() => seat(reader, at),
            Some(Joint::Of) if head.takes(Takes::Each) && committed.is_none() => first_town(reader, grammar, head, at),
            // "ASL 2"
            _ if at == start
                && head.takes(Takes::Number)
                && head.kind == Kind::Institution
                && is_ordinal(reader, at) =>
            {
                Some(Step { end: at + 1, is_name: true, is_place: false })
            }
            _ if head.takes(Takes::To) && committed.is_none() && grammar.is_to(reader.small(at)) => {
                for_phrase(reader, grammar, head, at, false)
            }
            // "l'Agenzia ICE per Vietnam e Laos": the places that an office is for do not name the body.
            Some(Joint::For) if committed == Some(at) && reader.place_at(at + 1).is_some() => break,
            Some(Joint::For) if head.takes(Takes::For) && !last_is_place => {
                for_phrase(reader, grammar, head, at, last_is_name)
                    .or_else(|| may_be_common.then(|| common::purpose(reader, grammar, at)).flatten())
            }
            Some(Joint::At) if may_be_common && committed.is_none() && grammar.is_to(reader.small(at)) => {
                common::phrase(reader, grammar, at)
            }
            Some(Joint::And)
                if is_for
                    && committed == Some(at)
                    && let Some(step) = purpose(reader, grammar, head, at + 1) =>
            {
                Some(step)
            }
            Some(Joint::And) if last_is_place && head.takes(Takes::Pairs) => second_place(reader, at),
            Some(Joint::At) if head.takes(Takes::At) => place_phrase(reader, at),
            // "Ambasciata d'Italia al Cairo"
            None if head.takes(Takes::At) && grammar.is_at_town(reader.small(at)) => place_phrase(reader, at),
            Some(Joint::At) if at > start && !last_is_name && !last_is_place => field_phrase(reader, grammar, head, at)
                .or_else(|| {
                    let is_pursuit = may_be_common && is_within_field(reader, grammar, at);
                    is_pursuit.then(|| common::phrase(reader, grammar, at)).flatten()
                }),
            Some(Joint::And) if is_behind_place && !is_field(at + 1) => None,
            Some(Joint::And) if head.takes(Takes::Runs) && committed.is_some() => {
                let is_list = (start..at).any(|at| reader.word(at) == ",");
                member(reader, grammar, head, at + 1)
                    .or_else(|| is_list.then(|| articled_member(reader, grammar, head, at + 1)).flatten())
            }
            Some(Joint::And) if committed == Some(at) && last_is_field => field_member(reader, grammar, head, at + 1),
            None | Some(Joint::Adjective) if head.takes(Takes::Narrowed) && at == start => {
                common::narrowed(reader, grammar, head_at, at)
            }
            Some(Joint::Adjective) if committed.is_none() => {
                at = if may_be_common { common::behind_adjectives(reader, grammar, start - 1, at) } else { at }
                    .max(at + 1);
                continue;
            }
            None if at == start
                && head.takes(Takes::Adjective)
                && let Some(end) = demonym_end(reader, at) =>
            {
                Some(Step { end, is_name: true, is_place: false })
            }
            None if may_be_common
                && committed.is_none()
                && (at > start || head.words.len() > 1)
                && is_union(head)
                && let Some(step) = common::members(reader, grammar, at) =>
            {
                Some(step)
            }
            // "Union maritime et fluviale du Rhin": adjectives lead on to a phrase.
            None if may_be_common
                && at == start
                && let Some(end) = common::leading_adjectives(reader, grammar, at) =>
            {
                at = end;
                continue;
            }
            None if committed.is_none()
                && at == start
                && head.takes(Takes::Adjective)
                && is_lone_adjective(reader, grammar, at) =>
            {
                at += 1;
                continue;
            }
            _ => match reader.word(at) {
                "," if is_for && let Some(step) = purpose_in_list(reader, grammar, head, at) => Some(step),
                "," if head.takes(Takes::Runs) && committed.is_some() => list_member(reader, grammar, head, at),
                mark if committed.is_none() || !last_is_name => quoted(reader, head, mark, at),
                _ => None,
            },
        };
        let Some(step) = step else { break };
        is_for = matches!(joint, Some(Joint::For | Joint::At)) || is_for && joint != Some(Joint::Of);
        last_is_common = !step.is_name
            && !step.is_place
            && reader.token(step.end - 1).is_some_and(|token| token.case == Case::Lower);
        last_is_field =
            joint == Some(Joint::Of) && !last_is_common && !step.is_place && reader.zipf(step.end - 1) > 0.0;
        committed = Some(step.end);
        at = step.end;
        last_is_name = step.is_name && !head.takes(Takes::Runs);
        is_behind_place = step.is_place;
        last_is_place = step.is_place && (!head.takes(Takes::Runs) || head.takes(Takes::Pairs));
        if head.takes(Takes::At) {
            (last_is_name, last_is_place) = (false, false);
        }
    }
    committed
}

/// Most digits of a number that tells one body of several from the others.
const MAX_DIGITS: usize = 2;

/// Whether a number that no amount or date has stands at `at`: a name or what is no noun follows.
fn is_ordinal(reader: &Reader<'_>, at: usize) -> bool {
    let is_number = reader.token(at).is_some_and(|token| token.kind == TokenKind::Number && token.gap == Gap::Blank);
    let counts = reader.token(at + 1).is_some_and(|next| next.kind == TokenKind::Word && next.case == Case::Lower)
        && !reader.is_function_word(at + 1);
    is_number && reader.word(at).len() <= MAX_DIGITS && !counts
}

/// Whether the town of a university follows its name (`Università Vento Alto di Roccabruna`).
fn is_town_of_university(reader: &Reader<'_>, grammar: &Grammar, head: &Head, of: usize) -> bool {
    head.subtype == Some(Subtype::University)
        && head.takes(Takes::Name)
        && grammar.is_bare(reader.small(of))
        && reader.place_at(of + 1).is_some()
}

/// Whether `of` with an article leads from the region of a union or cluster to its trade (`Cluster Trentino del Legno`).
fn is_field_of_region(reader: &Reader<'_>, grammar: &Grammar, head: &Head, of: usize) -> bool {
    let noun = skip_articles(reader, grammar, of + 1);
    matches!(head.subtype, Some(Subtype::Cluster | Subtype::Association))
        && !grammar.is_bare(reader.small(of))
        && reader.is_name_word(noun)
        && reader.is_common(noun)
        && reader.place_at(noun).is_none()
        && reader.context.lexicon.packs.institution_heads.begin(reader.key(noun)).next().is_none()
        && !is_person(reader, noun)
}

/// Whether a capitalized word behind the head only describes the body (`Fondazione Comunitaria`, `Distretto Orafo`): an
/// adjective by its end that is nobody's name, or any such word behind the noun of a cluster.
fn describes(reader: &Reader<'_>, head: &Head, at: usize) -> bool {
    let is_part =
        || reader.context.lexicon.name_parts.get(reader.key(at)).is_some_and(|part| part.is_given || part.is_surname);
    let is_described = !matches!(head.subtype, Some(Subtype::Company | Subtype::Media | Subtype::Other) | None);
    let is_adjective = reader.sentence.pack.people.ends_like_adjective(&reader.folded(at)) && !is_part();
    let is_title = reader.token(at).is_some_and(|token| token.case == Case::Title);
    let is_trade = head.subtype == Some(Subtype::Cluster) && is_title && !is_part();
    is_described && (is_adjective || is_trade) && reader.place_at(at).is_none()
}

/// Whether a body begins at the token `at`, by its noun or as letters that the lists know (`Centro Ricerche Altavalle dell'ENEA`).
fn is_parent(reader: &Reader<'_>, at: usize) -> bool {
    let is_upper = reader.token(at).is_some_and(|token| token.case == Case::Upper);
    opens_body(reader, at) || is_upper && reader.listed_at(at, Kind::Institution).is_some()
}

/// Whether bodies of this head have names of their own inside a greater one.
fn is_unit(head: &Head) -> bool {
    head.subtype == Some(Subtype::Research) && head.kind == Kind::Institution
}

/// A part of a name.
pub(super) struct Step {
    /// One past its last token.
    pub end: usize,
    /// Whether it is a name of its own.
    pub is_name: bool,
    /// Whether it is a place.
    pub is_place: bool,
}

/// `of` with its article and a capitalized name, or a field of office, or the adjective that leads to one.
pub(super) fn of_phrase(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> Option<Step> {
    if grammar.is_of_seat(reader.small(at)) && reader.place_at(at + 1).is_none() {
        return None;
    }
    let next = skip_articles(reader, grammar, at + 1);
    if reader.is_name_word(next) && reader.is_joined(next - 1) {
        // "la Corte Suprema di Anna Conti": nobody's name ends that of a public body.
        if head.subtype == Some(Subtype::Government) && reader.place_at(next).is_none() && is_person(reader, next) {
            return None;
        }
        let mut end = run_end(reader, grammar, head, next);
        // `della Sovranità alimentare`: what narrows a field of office belongs to it.
        while head.takes(Takes::Runs)
            && matches!(grammar.joint(reader.small(end)), Some(Joint::Field | Joint::Adjective))
        {
            end += 1;
        }
        end = behind_landscape(reader, grammar, next, end);
        if end <= next + 2 && (head.takes(Takes::Runs) || head.takes(Takes::For)) {
            end = narrowed(reader, grammar, next, end);
        }
        return Some(Step { end, is_name: false, is_place: is_place(reader, grammar, at, next) });
    }
    if let Some(step) = quoted(reader, head, reader.word(next), next) {
        return Some(step);
    }
    let mut end = next;
    while matches!(grammar.joint(reader.small(end)), Some(Joint::Field | Joint::Adjective)) {
        end += 1;
    }
    if end == next {
        return None;
    }
    if head.takes(Takes::Field) {
        return Some(Step { end, is_name: false, is_place: false });
    }
    // `degli studi di Perugia`: the field alone names nothing, the phrase behind it does.
    let is_of = grammar.joint(reader.small(end)) == Some(Joint::Of);
    if reader.is_name_word(end) {
        return Some(Step { end: run_end(reader, grammar, head, end), is_name: true, is_place: false });
    }
    if is_of { of_phrase(reader, grammar, head, end) } else { None }
}

/// One past the place that the noun of a landscape at `noun` is of (`Autoridad Portuaria de la Bahía de Roccabruna`): the two are
/// one place, which no list need know.
fn behind_landscape(reader: &Reader<'_>, grammar: &Grammar, noun: usize, end: usize) -> usize {
    let places = &reader.context.lexicon.packs.place_heads;
    let is_noun = || places.begin(reader.key(noun)).any(|head| head.words.len() == 1 && !head.is_outside);
    if end != noun + 1 || grammar.joint(reader.small(end)) != Some(Joint::Of) || !is_noun() {
        return end;
    }
    let name = skip_articles(reader, grammar, end + 1);
    let Some((_, mut behind)) = reader.place_at(name) else { return end };
    // "l'Aéroport de Strasbourg-Entzheim"
    let touches = |at: usize| reader.token(at).is_some_and(|token| token.gap == Gap::None);
    while reader.word(behind) == "-" && touches(behind) && touches(behind + 1) && reader.is_name_word(behind + 1) {
        behind += 2;
    }
    behind
}

/// Whether two places stand at `at`, the first of which somebody may be called by (`CCI Paris Île-de-France`).
fn is_chain_of_places(reader: &Reader<'_>, at: usize) -> bool {
    let second = reader.place_at(at).filter(|_| is_plain_place(reader, at)).map(|(_, end)| end);
    second.is_some_and(|second| {
        reader.is_name_word(second)
            && is_plain_place(reader, second)
            && reader.context.lexicon.name_parts.get(reader.key(second)).is_none()
    })
}

/// Whether the name at `next` behind the `of` at the token `of` is a place: a town has no article, so that a common word with one
/// is none (`Distretto del Mobile`).
fn is_place(reader: &Reader<'_>, grammar: &Grammar, of: usize, next: usize) -> bool {
    // "Università di Medicina e Farmacia di …": two subjects, the first of which is a town's name, too.
    let is_subject = |at: usize| reader.is_name_word(at) && reader.is_common(at) && reader.place_at(at).is_none();
    let is_pair =
        || grammar.joint(reader.small(next + 1)) == Some(Joint::And) && is_subject(next + 2) && reader.zipf(next) > 0.0;
    let is_noun = || reader.is_common(next) && (!grammar.is_bare(reader.small(of)) || is_pair());
    reader.place_at(next).is_some_and(|(_, end)| end > next + 1 || !is_noun())
}

/// One past the adjective in small letters behind `end` that narrows the common noun with a capital at `noun` (`della Protezione
/// ambientale`, `del Mare Adriatico centro-settentrionale`).
pub(super) fn narrowed(reader: &Reader<'_>, grammar: &Grammar, noun: usize, end: usize) -> usize {
    let people = &reader.sentence.pack.people;
    let is_adjective = |at: usize| {
        reader.token(at).is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Lower)
            && grammar.narrows(reader.key(at), reader.word(at))
            && (grammar.joint(reader.key(at)).is_some() || people.ends_like_adjective(reader.word(at)))
            && !reader.is_function_word(at)
            && !is_demonym(reader, at)
    };
    if reader.case != CaseEvidence::Strong || !reader.is_common(noun) {
        return end;
    }
    // "riconducibili all'operato": an adjective that something depends on says more of the body.
    let next = reader.small(end + 1);
    let governs = matches!(grammar.joint(next), Some(Joint::At | Joint::For)) || grammar.is_to(next);
    match reader.word(end + 1) {
        "-" if is_adjective(end + 2) => end + 3,
        _ if is_adjective(end) && !governs && reader.token(end).is_some_and(|token| token.gap == Gap::Blank) => end + 1,
        _ => end,
    }
}

/// `for` and a capitalized name behind a name, if `is_behind_name`.
pub(super) fn for_phrase(
    reader: &Reader<'_>,
    grammar: &Grammar,
    head: &Head,
    at: usize,
    is_behind_name: bool,
) -> Option<Step> {
    let next = skip_articles(reader, grammar, at + 1);
    let next = if grammar.joint(reader.small(next)) == Some(Joint::Of) { next + 1 } else { next };
    // "A museum on Saturday"
    let is_date = reader
        .sentence
        .pack
        .dates
        .sense(reader.key(next))
        .is_some_and(|sense| sense.weekday.is_some() || sense.month.is_some());
    if !reader.is_name_word(next) || is_person(reader, next) || is_date {
        return None;
    }
    let end = run_end(reader, grammar, head, next);
    let is_noun = end == next + 1 && reader.is_common(next);
    let end = if is_noun { narrowed(reader, grammar, next, end) } else { end };
    // "para el Fomento de la Innovación": a noun with an article is no name.
    let is_name = !head.takes(Takes::Runs) && !is_noun && (is_behind_name || next == at + 1);
    Some(Step { end, is_name, is_place: false })
}

/// Whether the token at `at` is `in` behind a noun for what is done in a field (`Investigación en`).
fn is_within_field(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> bool {
    grammar.is_within(reader.small(at)) && grammar.is_pursuit(reader.key(at - 1))
}

/// `in` and the field that a body works in, behind a noun that has one (`Centro de Excelencia en Movilidad`) or an adjective of a
/// body of research (`Laboratorio Nacional en Salud Animal`).
fn field_phrase(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> Option<Step> {
    let is_adjective = || {
        head.subtype == Some(Subtype::Research)
            && grammar.is_within(reader.small(at))
            && grammar.narrows(reader.small(at - 1), &reader.folded(at - 1))
    };
    let next = skip_articles(reader, grammar, at + 1);
    let is_pursuit = is_within_field(reader, grammar, at);
    let is_part = || reader.context.lexicon.name_parts.get(reader.key(next)).is_some();
    let is_field = reader.is_name_word(next)
        && (reader.is_common(next) || is_pursuit && !is_part())
        && reader.token(next).is_some_and(|token| token.case == Case::Title)
        && reader.place_at(next).is_none()
        && reader.context.lexicon.packs.place_heads.begin(reader.key(next)).next().is_none()
        && !is_person(reader, next);
    if !is_field || !(is_pursuit || is_adjective()) {
        return None;
    }
    let end = narrowed(reader, grammar, next, run_end(reader, grammar, head, next));
    Some(Step { end, is_name: false, is_place: false })
}

/// The place of the lists behind `of`.
fn seat(reader: &Reader<'_>, at: usize) -> Option<Step> {
    let (_, end) = reader.place_at(at + 1)?;
    Some(Step { end, is_name: true, is_place: true })
}

/// The first of several towns behind `of` at the token `of`: behind one with an article, a town of the lists.
fn first_town(reader: &Reader<'_>, grammar: &Grammar, head: &Head, of: usize) -> Option<Step> {
    let name = of + 1;
    let gazetteer = &reader.context.lexicon.gazetteer;
    let is_town = |lookup: &Lookup| {
        let mut rows = gazetteer.readings(lookup.name);
        rows.any(|row| gazetteer.profile(row.entry).subtype == Some(Subtype::City))
    };
    let is_bare = grammar.is_bare(reader.small(of));
    let listed = reader.place_at(name).filter(|(lookup, _)| is_bare || is_town(lookup)).map(|(_, end)| end);
    // "Cities of Culture": a word of the language is no town.
    let is_unlisted = is_bare && reader.is_name_word(name) && reader.zipf(name) == 0.0 && !opens_body(reader, name);
    let end = listed.or_else(|| is_unlisted.then(|| run_end(reader, grammar, head, name)))?;
    let and = next_member(reader, grammar, end)?;
    let next = if grammar.joint(reader.small(and)) == Some(Joint::Of) { and + 1 } else { and };
    (reader.is_name_word(next) && !opens_body(reader, next)).then_some(Step { end, is_name: true, is_place: true })
}

fn place_phrase(reader: &Reader<'_>, at: usize) -> Option<Step> {
    let (_, end) =
        reader.place_at(at + 1).or_else(|| reader.place_at(at + 2).filter(|_| !reader.is_name_word(at + 1)))?;
    Some(Step { end, is_name: true, is_place: true })
}

pub(super) fn skip_articles(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> usize {
    if grammar.joint(reader.small(at)) == Some(Joint::Article) { at + 1 } else { at }
}

/// A name in quotation marks that open at `at`.
fn quoted(reader: &Reader<'_>, head: &Head, mark: &str, at: usize) -> Option<Step> {
    if !(head.takes(Takes::Name) || head.takes(Takes::Quoted) || head.takes(Takes::Of)) {
        return None;
    }
    let end = quote_end(reader, mark, at)?;
    Some(Step { end, is_name: true, is_place: false })
}

/// One past the closing mark of the short capitalized quotation that opens at `at`.
pub(super) fn quote_end(reader: &Reader<'_>, mark: &str, at: usize) -> Option<usize> {
    let (_, closing) = QUOTES.iter().find(|(open, _)| *open == mark)?;
    let first = reader.token(at + 1)?;
    // An opening mark touches what follows it and nothing before it.
    let opens = first.gap == Gap::None
        && reader.token(at).is_some_and(|token| token.gap != Gap::None || is_elision(reader, at));
    if !opens || !(first.case.is_capital() || first.kind == TokenKind::Number) {
        return None;
    }
    let close = (at + 2..at + 2 + MAX_QUOTED).find(|&close| closing.contains(&reader.word(close)))?;
    Some(close + 1)
}

/// Whether an elided article stands before the token at `at` (`dell'“Università`).
fn is_elision(reader: &Reader<'_>, at: usize) -> bool {
    reader.word(at.wrapping_sub(1)).ends_with(['\'', '’']) || matches!(reader.word(at.wrapping_sub(1)), "(" | "[")
}

/// `ambasciata statunitense in …`: one word in lower case that leads on to a joint or a capital.
pub(super) fn is_lone_adjective(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> bool {
    let is_word = reader.token(at).is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Lower);
    // "L'azienda italiana X": the adjective of a country is as common as small words are.
    let is_closed = reader.is_listed_function_word(at) || reader.is_function_word(at) && !is_demonym(reader, at);
    if !is_word || is_closed || reader.word(at).len() < 5 {
        return false;
    }
    let next_joint = grammar.joint(reader.small(at + 1));
    reader.is_name_word(at + 1)
        || matches!(next_joint, Some(Joint::At | Joint::Of))
        || QUOTES.iter().any(|(open, _)| *open == reader.word(at + 1))
}
