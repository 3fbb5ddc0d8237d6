//! Runs of capitalized words, with the small ones that join them.

use super::{openings::begins_person, reader::Reader};
use crate::{
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::{
        Kind, Subtype,
        pack::{
            WordClass,
            heads::{Grammar, Head, Joint},
        },
    },
};

/// Longest run of capitalized words.
const MAX_RUN: usize = 7;

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
    let Some(token) = reader.token(at).filter(|_| reader.is_name_word(at + 1) || ties_noun(reader, at)) else {
        return false;
    };
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

/// Whether a hyphen at `at` ties a noun in small letters to a common one with a capital (`Máquinas-herramienta`).
fn ties_noun(reader: &Reader<'_>, at: usize) -> bool {
    let gap = |at: usize| reader.token(at).map(|token| token.gap);
    let is_noun = |at: usize| {
        let is_small = reader.token(at).is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Lower);
        is_small && reader.word(at).len() > 3 && !reader.is_function_word(at) && reader.zipf(at) > 0.0
    };
    let is_tied = gap(at) == Some(Gap::None) && gap(at + 1) == Some(Gap::None) && reader.word(at) == "-";
    let is_word = || reader.context.lexicon.common_words.highest_zipf(reader.key(at - 1)).is_some();
    is_tied && reader.case == CaseEvidence::Strong && is_word() && is_noun(at + 1)
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
        || reader.sentence.pack.prose.abbreviations.contains(reader.key(at))
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
pub(super) fn is_union(head: &Head) -> bool {
    head.subtype == Some(Subtype::Association) && !head.is_outside
}

/// Whether bodies of this head are named after people.
pub(super) fn bears_person(head: &Head) -> bool {
    use Subtype::{Association, Foundation, Hospital, Other, Research, School, University};
    let subtypes = [Association, Foundation, Hospital, Other, Research, School, University];
    head.kind != Kind::Institution || head.is_outside || head.subtype.is_some_and(|subtype| subtypes.contains(&subtype))
}
