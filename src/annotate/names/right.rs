//! How a name goes on behind its head noun.

use super::{
    common,
    held::{held_body, holder_in},
    members::{field_member, list_member, member, purpose, purpose_in_list, second_place},
    openings::{begins_person, is_demonym, is_person, narrows, opens_body},
    product,
    reader::Reader,
};
use crate::{
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::{
        Kind, Subtype,
        pack::{
            WordClass,
            heads::{Grammar, Head, Joint, Takes},
        },
    },
    text::WordKey,
};

/// Longest name behind a head, in tokens.
const MAX_TOKENS: usize = 24;
/// Longest run of capitalized words.
const MAX_RUN: usize = 7;
/// Longest name in quotation marks, in tokens.
const MAX_QUOTED: usize = 12;
/// Most small words between a noun in the plural and the wording for its examples.
const MAX_SMALL: usize = 6;

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
                let is_holder = last_is_common || !bears_person(head) || is_union(head) && reader.ends_listed(at);
                if is_holder && begins_person(reader, at) {
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
                    is_place: reader.place_at(at).is_some(),
                })
            }
            // "Institut für Agrartechnik der Universität Hohenheim": a unit with a name of its own, and its parent.
            Some(Joint::Of)
                if committed.is_some()
                    && is_unit(head)
                    && opens_body(reader, skip_articles(reader, grammar, at + 1)) =>
            {
                break;
            }
            Some(Joint::Of)
                if head.takes(Takes::Of)
                    && !last_is_place
                    && (!last_is_name || is_town_of_university(reader, grammar, head, at)) =>
            {
                let may_be_common = may_be_common && (committed.is_none() || last_is_common);
                of_phrase(reader, grammar, head, at)
                    .or_else(|| may_be_common.then(|| common::phrase(reader, grammar, at)).flatten())
            }
            Some(Joint::And) if committed == Some(at) && may_be_common && common::pairs(reader, grammar, start, at) => {
                of_phrase(reader, grammar, head, at + 1).or_else(|| common::phrase(reader, grammar, at + 1))
            }
            Some(Joint::Of) if head.takes(Takes::Seat) && committed.is_none() => seat(reader, at),
            // "l'Agenzia ICE per Vietnam e Laos": the places that an office is for do not name the body.
            Some(Joint::For) if committed == Some(at) && reader.place_at(at + 1).is_some() => break,
            Some(Joint::For) if head.takes(Takes::For) && !last_is_place => {
                for_phrase(reader, grammar, head, at, last_is_name)
                    .or_else(|| may_be_common.then(|| common::purpose(reader, grammar, at)).flatten())
            }
            Some(Joint::At) if may_be_common && committed.is_none() && grammar.is_to(reader.small(at)) => {
                common::phrase(reader, grammar, at)
            }
            Some(Joint::And) if is_for && committed == Some(at) && purpose(reader, grammar, head, at + 1).is_some() => {
                purpose(reader, grammar, head, at + 1)
            }
            Some(Joint::And) if last_is_place && head.takes(Takes::Pairs) => second_place(reader, at),
            Some(Joint::At) if head.takes(Takes::At) => place_phrase(reader, at),
            Some(Joint::And) if head.takes(Takes::Runs) && committed.is_some() => member(reader, grammar, head, at + 1),
            Some(Joint::And) if committed == Some(at) && last_is_field => field_member(reader, grammar, head, at + 1),
            None | Some(Joint::Adjective) if head.takes(Takes::Narrowed) && at == start => {
                common::narrowed(reader, grammar, head_at, at)
            }
            Some(Joint::Adjective) if committed.is_none() => {
                at = if may_be_common { common::behind_adjectives(reader, grammar, start - 1, at) } else { at }
                    .max(at + 1);
                continue;
            }
            None if at == start && head.takes(Takes::Adjective) && is_demonym(reader, at) => {
                Some(Step { end: at + 1, is_name: true, is_place: false })
            }
            // "Union maritime et fluviale du Rhin": adjectives lead on to a phrase.
            None if may_be_common && at == start && common::leading_adjectives(reader, grammar, at).is_some() => {
                at = common::leading_adjectives(reader, grammar, at).unwrap_or(at + 1);
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
                "," if is_for && purpose_in_list(reader, grammar, head, at).is_some() => {
                    purpose_in_list(reader, grammar, head, at)
                }
                "," if head.takes(Takes::Runs) && committed.is_some() => list_member(reader, grammar, head, at),
                mark if committed.is_none() || !last_is_name => quoted(reader, head, mark, at),
                _ => None,
            },
        };
        let Some(step) = step else { break };
        is_for = joint == Some(Joint::For) || is_for && joint != Some(Joint::Of);
        last_is_common = !step.is_name
            && !step.is_place
            && reader.token(step.end - 1).is_some_and(|token| token.case == Case::Lower);
        last_is_field =
            joint == Some(Joint::Of) && !last_is_common && !step.is_place && reader.zipf(step.end - 1) > 0.0;
        committed = Some(step.end);
        at = step.end;
        last_is_name = step.is_name && !head.takes(Takes::Runs);
        last_is_place = step.is_place && (!head.takes(Takes::Runs) || head.takes(Takes::Pairs));
        if head.takes(Takes::At) {
            (last_is_name, last_is_place) = (false, false);
        }
    }
    committed
}

/// Whether the town of a university follows its name (`Università Vento Alto di Roccabruna`).
fn is_town_of_university(reader: &Reader<'_>, grammar: &Grammar, head: &Head, of: usize) -> bool {
    head.subtype == Some(Subtype::University)
        && head.takes(Takes::Name)
        && grammar.is_bare(reader.small(of))
        && reader.place_at(of + 1).is_some()
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

/// Whether the name at `next` behind the `of` at the token `of` is a place: a town has no article, so that a common word with one
/// is none (`Distretto del Mobile`).
fn is_place(reader: &Reader<'_>, grammar: &Grammar, of: usize, next: usize) -> bool {
    let is_noun = || !grammar.is_bare(reader.small(of)) && reader.is_common(next);
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

/// The place of the lists behind `of`.
fn seat(reader: &Reader<'_>, at: usize) -> Option<Step> {
    let (_, end) = reader.place_at(at + 1)?;
    Some(Step { end, is_name: true, is_place: true })
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
fn quote_end(reader: &Reader<'_>, mark: &str, at: usize) -> Option<usize> {
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

/// One past the last token of the capitalized run that begins at `at`; a place of the lists counts as a whole.
pub(super) fn run_end(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> usize {
    let mut end = reader.place_at(at).map_or(at + 1, |(_, end)| end);
    while end - at < MAX_RUN + 4 {
        let Some(token) = reader.token(end) else { break };
        if token.gap == Gap::Paragraph {
            break;
        }
        if reader.is_name_word(end) && !breaks(reader, grammar, head, end) {
            end = reader.place_at(end).map_or(end + 1, |(_, place_end)| place_end);
        } else if joins(reader, end) {
            end += 2;
        } else if let Some(behind) = behind_brothers(reader, end).or_else(|| behind_halved(reader, grammar, end)) {
            end = behind;
        } else if ends_in_number(reader, end) {
            end += 1;
        } else {
            break;
        }
    }
    end
}

/// Whether the token at `at` joins the words around it into one name.
fn joins(reader: &Reader<'_>, at: usize) -> bool {
    let Some(token) = reader.token(at).filter(|_| reader.is_name_word(at + 1)) else { return false };
    let touches = reader.token(at + 1).is_some_and(|next| next.gap == Gap::None);
    match reader.word(at) {
        "&" => true,
        "-" | "‑" | "–" => touches && token.gap == Gap::None,
        "'" | "’" => touches,
        "." => token.gap == Gap::None && is_initial(reader, at - 1),
        _ if touches => is_elided(reader, at) && reader.case == CaseEvidence::Strong,
        _ => is_foreign_particle(reader, at),
    }
}

/// Whether a small particle of names that is no word of the language stands at `at`: `Flor de Ribalta` in an Italian text.
fn is_foreign_particle(reader: &Reader<'_>, at: usize) -> bool {
    let anywhere = &reader.context.lexicon.packs.undetermined().people;
    let is_small = reader.token(at).is_some_and(|token| token.case == Case::Lower && token.gap == Gap::Blank);
    let is_foreign = || reader.grammar().is_some_and(|grammar| grammar.joint(reader.small(at)).is_none());
    is_small
        && reader.case == CaseEvidence::Strong
        && anywhere.class(reader.key(at)).is(WordClass::PARTICLE)
        && is_foreign()
        && !reader.is_function_word(at)
}

/// `dell’` and `d'` inside a run (`Valle d'Aosta`): only the shortest, which is part of names.
fn is_elided(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.word(at), "d'" | "d’" | "D'" | "D’")
}

/// The token behind the rest of a coordination whose words share a part: `- und Raumfahrt` of `Luft- und Raumfahrt`, `und
/// -prüfung` of `Materialforschung und -prüfung`.
fn behind_halved(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> Option<usize> {
    let gap = |at: usize| reader.token(at).map(|token| token.gap);
    let is_hyphen = |at: usize| reader.word(at) == "-";
    let is_and = |at: usize| gap(at) == Some(Gap::Blank) && grammar.joint(reader.small(at)) == Some(Joint::And);
    if is_and(at) && is_hyphen(at + 1) && gap(at + 1) == Some(Gap::Blank) && gap(at + 2) == Some(Gap::None) {
        return Some(at + 3);
    }
    let mut at = at;
    while is_hyphen(at) && gap(at) == Some(Gap::None) {
        match () {
            () if is_and(at + 1) && reader.is_name_word(at + 2) => return Some(at + 3),
            () if reader.word(at + 1) == "," && reader.is_name_word(at + 2) => at += 3,
            () => return None,
        }
    }
    None
}

/// The token behind the rest of a shortened word and one with a capital: `.lli Bianchi` of `F.lli Bianchi`.
pub(in crate::annotate) fn behind_brothers(reader: &Reader<'_>, dot: usize) -> Option<usize> {
    let touches = |at: usize| reader.token(at).is_some_and(|token| token.gap == Gap::None);
    let is_rest = |at: usize| {
        touches(at) && reader.token(at).is_some_and(|token| token.case == Case::Lower && token.span.len() <= 4)
    };
    let is_short = dot > 0 && reader.word(dot - 1).chars().count() <= 2;
    (is_short && reader.word(dot) == "." && touches(dot) && is_rest(dot + 1) && reader.is_name_word(dot + 2))
        .then_some(dot + 3)
}

fn is_initial(reader: &Reader<'_>, at: usize) -> bool {
    reader.token(at).is_some_and(|token| token.case == Case::Title && token.span.len() <= 2)
        || matches!(reader.word(at), "St" | "Ss" | "Geom" | "Ing" | "Dott")
}

/// Numbers belong to names only at their end (`Liceo Artistico 2`), so that an amount never does.
fn ends_in_number(reader: &Reader<'_>, at: usize) -> bool {
    let is_number = reader.token(at).is_some_and(|token| token.kind == TokenKind::Number && token.gap == Gap::Blank);
    is_number
        && reader.word(at).len() <= 2
        && reader.token(at + 1).is_none_or(|next| next.kind == TokenKind::Mark && reader.word(at + 1) != "%")
}

/// Whether a capitalized word opens something else: a joint where every word has a capital, or a person behind a body that is
/// not named after one (`Unione Africana John Kufuor`).
fn breaks(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> bool {
    let is_joint = reader.case != CaseEvidence::Strong && grammar.joint(reader.key(at)).is_some();
    // "Regione Toscana Ginevra Bianchi": behind the place that ends the name a given name is none, though a town has it.
    let is_given = || reader.context.lexicon.name_parts.get(reader.key(at)).is_some_and(|part| part.is_given);
    let opens = || begins_person(reader, at) || reader.ends_listed(at) && is_given() && reader.is_name_word(at + 1);
    // "Confindustria Alta Lucania Anna Bianchi": unions of firms are seldom called by a person, and never behind a name.
    let behind_name = || reader.ends_listed(at) || at >= 2 && !reader.is_common(at - 1) && reader.is_name_word(at - 2);
    is_joint || !bears_person(head) && opens() || is_union(head) && behind_name() && begins_person(reader, at)
}

/// Whether bodies of this head have members, and are seldom called by a person.
fn is_union(head: &Head) -> bool {
    head.subtype == Some(Subtype::Association) && !head.is_outside
}

/// Whether bodies of this head are named after people.
fn bears_person(head: &Head) -> bool {
    use Subtype::{Association, Foundation, Hospital, Other, Research, School, University};
    let subtypes = [Association, Foundation, Hospital, Other, Research, School, University];
    head.kind != Kind::Institution || head.is_outside || head.subtype.is_some_and(|subtype| subtypes.contains(&subtype))
}

/// `ambasciata statunitense in …`: one word in lower case that leads on to a joint or a capital.
fn is_lone_adjective(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> bool {
    let is_word = reader.token(at).is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Lower);
    if !is_word || reader.is_function_word(at) || reader.word(at).len() < 5 {
        return false;
    }
    let next_joint = grammar.joint(reader.small(at + 1));
    reader.is_name_word(at + 1)
        || matches!(next_joint, Some(Joint::At | Joint::Of))
        || QUOTES.iter().any(|(open, _)| *open == reader.word(at + 1))
}

/// The name that a noun outside of it announces: tokens of a capitalized run or of a quotation behind `at`.
pub(super) fn announced(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> Option<(usize, usize)> {
    let mut at = at;
    let is_of = |at: usize| grammar.joint(reader.small(at)) == Some(Joint::Of);
    if head.takes(Takes::Many) {
        at = behind_such(reader, grammar, at).or_else(|| behind_colon(reader, grammar, at)).unwrap_or(at);
    }
    if head.takes(Takes::Adjective) && is_lone_adjective(reader, grammar, at)
        // "il villaggio ucraino di X"
        || head.kind == Kind::Place && head.takes(Takes::Of) && is_demonym(reader, at) && is_of(at + 1)
    {
        at += 1;
    } else if head.takes(Takes::Adjective)
        && let Some(behind) = trade(reader, grammar, at)
    {
        at = behind;
    }
    if head.takes(Takes::Of) {
        if grammar.joint(reader.small(at)) != Some(Joint::Of) {
            return None;
        }
        at = skip_articles(reader, grammar, at + 1);
    } else if head.takes(Takes::Bare) {
        at = office_complement(reader, grammar, head, at)?;
    }
    if !reader.is_joined(at - 1) {
        return None;
    }
    if let Some(end) = quote_end(reader, reader.word(at), at) {
        // "FIFTY FIRMS MEET: “THE WORD WAS A NAME”": where all is in capitals, somebody is quoted.
        let may_be_said = head.takes(Takes::Many) && reader.case != CaseEvidence::Strong;
        return (!may_be_said).then_some((at + 1, end - 1));
    }
    let may = head.takes(Takes::Name) || head.takes(Takes::Of) || head.takes(Takes::Bare);
    if !may
        || !reader.is_name_word(at)
        || reader.case != CaseEvidence::Strong
            && (grammar.joint(reader.key(at)).is_some() || reader.is_listed_function_word(at))
    {
        return None;
    }
    let end = with_origin(reader, grammar, head, at, run_end(reader, grammar, head, at));
    // "The firms are Italian", "le imprese sono Sicilia e Calabria": an adjective and a place are no examples.
    let is_adjective = || end == at + 1 && reader.sentence.pack.people.class(reader.key(at)).is(WordClass::DEMONYM);
    if head.takes(Takes::Many) && (is_adjective() || reader.place_at(at).is_some_and(|(_, place)| place == end)) {
        return None;
    }
    // "il presidente di Federsughero Anna Conti": behind the body of an office its holder may stand.
    let holder = if head.takes(Takes::Bare) { holder_in(reader, at, end) } else { None };
    Some((at, holder.unwrap_or(end)))
}

/// One past the of-phrase with a capital that goes on the name `first..end` of an announced firm: behind what it makes (`Aceites
/// de Jaén`), or with an article (`Cítricos del Turia`).
fn with_origin(reader: &Reader<'_>, grammar: &Grammar, head: &Head, first: usize, end: usize) -> usize {
    let of = reader.small(end);
    let is_firm =
        head.subtype == Some(Subtype::Company) && !head.takes(Takes::Bare) && reader.case == CaseEvidence::Strong;
    if !is_firm || grammar.joint(of) != Some(Joint::Of) || reader.sentence.pack.institutions.nouns_are_capitalized {
        return end;
    }
    let parts = &reader.context.lexicon.name_parts;
    let is_known = (first..end).any(|at| parts.get(reader.key(at)).is_some())
        || reader.listed_at(first, Kind::Institution).is_some();
    let is_trade = end == first + 1 && (reader.zipf(first) > 0.0 || reader.listed_at(first, Kind::Sector).is_some());
    let next = skip_articles(reader, grammar, end + 1);
    let is_articled = !grammar.is_bare(of) || next > end + 1;
    let goes_on = !is_known && (is_trade || is_articled) && reader.is_joined(end) && reader.is_name_word(next);
    if goes_on && !is_person(reader, next) && !opens_body(reader, next) {
        run_end(reader, grammar, head, next)
    } else {
        end
    }
}

/// The token behind a wording for examples (`aziende del settore come X`, `firms, among them X`), a few small words before.
fn behind_such(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> Option<usize> {
    let is_small =
        |at: usize| reader.token(at).is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Lower);
    let n_small = (0..MAX_SMALL).take_while(|&n_small| is_small(at + n_small)).count();
    let stands = |at: usize| {
        let words =
            grammar.such().iter().filter(|words| words.iter().enumerate().all(|(n, &word)| reader.key(at + n) == word));
        words.map(Vec::len).max().map(|len| at + len)
    };
    let comma = at + n_small;
    let end =
        (at..=comma).find_map(stands).or_else(|| if reader.word(comma) == "," { stands(comma + 1) } else { None })?;
    // "le aziende presenti sono A e B", "i partecipanti, tra cui A e B"
    let end = stands(end).or_else(|| if reader.word(end) == "," { stands(end + 1) } else { None }).unwrap_or(end);
    let end = if matches!(reader.word(end), ":" | ",") { end + 1 } else { end };
    Some(skip_articles(reader, grammar, end))
}

/// The token behind the colon before a list, a few small words before it (`Tra le aziende presenti: A, B e C`): no clause opens there.
fn behind_colon(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> Option<usize> {
    let is_small =
        |at: usize| reader.token(at).is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Lower);
    let colon = at + (0..MAX_SMALL).take_while(|&n_small| is_small(at + n_small)).count();
    let first = skip_articles(reader, grammar, colon + 1);
    let opens_clause =
        colon > at && reader.is_common(first) && !reader.is_name_word(first + 1) && reader.word(first + 1) != ",";
    (reader.word(colon) == ":" && !opens_clause).then_some(first)
}

/// The token behind what a firm does, where a name that is neither a person's nor a place's follows: `catena di supermercati X`,
/// `firma de software X`.
fn trade(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> Option<usize> {
    let is_noun = |at: usize| {
        reader
            .token(at)
            .is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Lower && token.span.len() > 3)
            && !reader.is_function_word(at)
    };
    if reader.case != CaseEvidence::Strong || !grammar.is_bare(reader.small(at)) || !is_noun(at + 1) {
        return None;
    }
    let behind = if is_noun(at + 2) { at + 3 } else { at + 2 };
    let is_other = begins_person(reader, behind) || reader.place_at(behind).is_some();
    (reader.is_name_word(behind) && reader.zipf(behind) == 0.0 && !is_other).then_some(behind)
}

/// Whether several words with capitals name a body behind an office, though the first is common or a place (`Marca Tre Colli`).
fn is_long_name(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> bool {
    let units = &reader.sentence.pack.institutions.units;
    if reader.case != CaseEvidence::Strong || !reader.is_name_word(at) || units.is_empty() {
        return false;
    }
    let end = run_end(reader, grammar, head, at);
    // "impianti di Roccabruna Città": a town with one word behind it may be a quarter.
    let is_place = reader.place_at(at).is_some_and(|(_, place)| place + 1 >= end)
        || reader.listed_at(at, Kind::Institution).is_some()
        || reader.context.lexicon.packs.place_heads.begin(reader.key(at)).next().is_some();
    let is_person = begins_person(reader, at);
    end > at + 1 && !is_place && !is_person && !units.contains(reader.key(at)) && !opens_body(reader, at)
}

/// Where the body begins that an office is said of: behind a bare `of`, or behind one with article where two words and more
/// are capitalized (`CEO della Fucine Alfa`). Places, people and common words are none.
fn office_complement(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> Option<usize> {
    let of = reader.small(at);
    let next = at + 1;
    if let Some(body) = held_body(reader, grammar, head, at) {
        return Some(body);
    }
    // Behind a noun that announces places the lists may know the place.
    let is_other = head.kind == Kind::Institution && reader.place_at(next).is_some();
    if head.kind == Kind::Institution && grammar.is_bare(of) && is_long_name(reader, grammar, head, next) {
        return Some(next);
    }
    if of == WordKey::NONE || is_other || is_person(reader, next) || reader.zipf(next) > 0.0 {
        return None;
    }
    let is_title = reader.token(next).is_some_and(|token| token.case == Case::Title);
    match (grammar.is_bare(of), head.kind) {
        (true, Kind::Institution) => return Some(next),
        // An acronym is no place.
        (true, _) => return is_title.then_some(next),
        (false, Kind::Institution) => {}
        (false, _) => return None,
    }
    let next = skip_articles(reader, grammar, next);
    if grammar.joint(of) != Some(Joint::Of) || !reader.is_name_word(next) || reader.zipf(next) > 0.0 {
        return None;
    }
    let end = run_end(reader, grammar, head, next);
    // "il presidente della Federbirra Anna Conti": the holder follows.
    let end = (next + 1..end).find(|&at| begins_person(reader, at)).unwrap_or(end);
    let is_person = begins_person(reader, next);
    // "il leader della Urmandia": one word is a body's if no table knows it at all.
    let is_unknown = end == next + 1
        && reader.lookup_at(next).is_none()
        && reader.context.lexicon.name_parts.get(reader.key(next)).is_none()
        && reader.word(next).chars().count() >= 4
        && reader.context.lexicon.packs.institution_heads.begin(reader.key(next)).next().is_none()
        && reader.sentence.pack.people.class(reader.key(next)) == WordClass::NONE
        && !reader.sentence.pack.institutions.nouns_are_capitalized;
    if is_unknown {
        return Some(next);
    }
    (end > next + 1 && !is_person && reader.place_at(next).is_none_or(|(_, place_end)| place_end < end)).then_some(next)
}
