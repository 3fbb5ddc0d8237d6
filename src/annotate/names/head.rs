//! Where a head noun stands, and the name it heads.

use super::{
    announced::announced,
    left::{self, announces_body},
    members, namesake, openings,
    reader::Reader,
    right,
};
use crate::{
    annotate::offices::is_held,
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::{
        Kind, Subtype,
        pack::{
            HeadIndex, WordClass,
            heads::{Grammar, Head, HeadCase, Joint, Left, Takes},
        },
    },
};

/// Frequency (Zipf) from which a given name is a word all the same.
const COMMON_NAME: f32 = 4.0;

/// A name found around a head noun: tokens `first..end`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'h> {
    /// First token of the name.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    /// The noun.
    pub head: &'h Head,
    /// First token of the noun.
    pub head_at: usize,
    /// Whether the noun is written in lower case.
    pub is_small: bool,
}

/// Calls `found` for every name around a head of `index` in the sentence; of the heads at one place the longest name counts.
pub(crate) fn find_heads<'h>(reader: &Reader<'_>, index: &'h HeadIndex, found: &mut dyn FnMut(Named<'h>)) {
    let mut at = reader.sentence.first_token;
    while at < reader.sentence.end_token {
        let names = at_token(reader, index, at);
        match names {
            Some(named) => {
                found(named);
                if named.head.takes(Takes::Many) {
                    further(reader, index, named, found);
                }
                // A name may stand in the complement of another (`TAR della Regione Calabria`): selection keeps the longer.
                at = named.head_at + named.head.words.len().max(1);
            }
            None => at += 1,
        }
    }
}

/// The longest name whose head begins at the token `at`.
fn at_token<'h>(reader: &Reader<'_>, index: &'h HeadIndex, at: usize) -> Option<Named<'h>> {
    let token = reader.token(at)?;
    let is_small = token.case == Case::Lower;
    // The end of a word is a head in compounds, which are nouns and have a capital.
    let may_end = !is_small && index.may_end(reader.word(at));
    if token.kind != TokenKind::Word || !may_end && !index.may_begin(token.key) {
        return None;
    }
    let folded = may_end.then(|| reader.folded(at));
    let suffixed = folded.iter().flat_map(|folded| index.end_of(folded));
    let heads = index
        .begin(token)
        .map(|head| (head, words_end(reader, head, at)))
        .chain(suffixed.map(|head| (head, Some(at + 1))));
    let mut best: Option<Named<'h>> = None;
    for (head, end) in heads {
        let Some(end) = end else { continue };
        if !allows_case(reader, index, head, at, is_small) {
            continue;
        }
        let Some(named) = name_around(reader, index, head, at, end, is_small) else { continue };
        if !head.is_outside && stands_before_coined(reader, named, end) {
            continue;
        }
        // The head of more words knows more of the name (`consiglio di amministrazione`), then the longer name counts.
        let rank =
            |named: &Named<'_>| (named.head.words.len(), named.end - named.first, is_home(reader, index, named.head));
        let is_better = best.is_none_or(|best| rank(&named) > rank(&best));
        if is_better {
            best = Some(named);
        }
    }
    best
}

/// Whether a noun that announces bodies, too, stands before one word that no list and no language has, where all nouns have a
/// capital (`das Netzwerk OptoNiv`): the noun is none of the name.
fn stands_before_coined(reader: &Reader<'_>, named: Named<'_>, head_end: usize) -> bool {
    announces_body(reader, named.head_at)
        && named.end == head_end + 1
        && named.first == named.head_at
        && reader.zipf(head_end) == 0.0
        && reader.place_at(head_end).is_none()
        && reader.lookup_at(named.first).is_none_or(|(_, end)| end < named.end)
}

fn is_home(reader: &Reader<'_>, index: &HeadIndex, head: &Head) -> bool {
    index.languages[head.language].code == reader.sentence.pack.code
}

/// One past the last token of the head's words, when they stand there.
pub(super) fn words_end(reader: &Reader<'_>, head: &Head, at: usize) -> Option<usize> {
    let mut token_idx = at + 1;
    for &word in &head.words[1..] {
        if reader.word(token_idx) == "-" {
            token_idx += 1;
        }
        if reader.key(token_idx) != word {
            return None;
        }
        token_idx += 1;
    }
    Some(token_idx)
}

fn allows_case(reader: &Reader<'_>, index: &HeadIndex, head: &Head, at: usize, is_small: bool) -> bool {
    let is_home = is_home(reader, index, head);
    let by_case = match head.case {
        HeadCase::Capital => !is_small,
        HeadCase::Told => !is_small && reader.case != CaseEvidence::Capitals,
        HeadCase::Any => !is_small || is_home,
        // An announcing noun may open a sentence or stand in a headline.
        HeadCase::Lower => {
            // Short ones are written in capitals (`il CEO di`).
            let is_acronym = reader.token(at).is_some_and(|token| token.case == Case::Upper && token.span.len() <= 4);
            is_home && (is_small || is_acronym || reader.case != CaseEvidence::Strong || reader.opens_sentence(at))
        }
    };
    // Where all is in capitals, an event cannot be told from a common word.
    let is_blind = head.kind == Kind::Nothing && reader.case == CaseEvidence::Capitals;
    by_case && (is_home || !head.is_home) && !is_blind
}

fn name_around<'h>(
    reader: &Reader<'_>,
    index: &'h HeadIndex,
    head: &'h Head,
    at: usize,
    head_end: usize,
    is_small: bool,
) -> Option<Named<'h>> {
    let grammar = &index.languages[head.language];
    // "Claudio Monti di Avvenire": behind a given name the noun is a surname.
    if head.kind == Kind::Place && is_surname(reader, at) {
        return None;
    }
    if head.is_outside {
        let (first, end) = announced(reader, grammar, head, head_end)?;
        return Some(Named { first, end, head, head_at: at, is_small });
    }
    let first = match head.left {
        _ if is_small => at,
        Left::Nothing => at,
        Left::Any => left::any(reader, grammar, at),
        Left::Modifiers => left::modifiers(reader, grammar, at),
    };
    let first = namesake(reader, head, at).filter(|&namesake| namesake < first && !is_small).unwrap_or(first);
    let end = right::extend(reader, grammar, head, at, head_end)
        .map(|end| winner_behind(reader, head, head_end).unwrap_or(end))
        .map(|end| before_holder(reader, grammar, head, first, head_end, end))
        .filter(|&end| end > head_end || head.kind != Kind::Institution)
        .map(|end| listed_end(reader, head, first, head_end, end));
    let called = || namesake::behind_phrase(reader, grammar, head, at, head_end);
    let end = if head.takes(Takes::Namesake) && !is_small { called().or(end) } else { end };
    let is_placed = || head.takes(Takes::Placed) && (first..at).any(|at| left::is_of_place(reader, grammar, at));
    let is_named = end.is_some()
        || first < at && head.left == Left::Any
        || head.takes(Takes::Nothing)
        || is_placed()
        || first < at && namesake(reader, head, at).is_some()
        || is_tied_to_name(reader, head, first, at);
    is_named.then_some(Named { first, end: end.unwrap_or(head_end), head, head_at: at, is_small })
}

/// The token behind the name of a prize, where somebody stands behind it who has won it (`Premio Nobel Anna Conti`).
fn winner_behind(reader: &Reader<'_>, head: &Head, head_end: usize) -> Option<usize> {
    let anywhere = &reader.context.lexicon.packs.undetermined().people;
    let is_prize = |at: usize| anywhere.class(reader.key(at)).is(WordClass::PRIZE);
    let name = (head_end - 1..=head_end).find(|&at| head.kind == Kind::Nothing && is_prize(at))?;
    openings::begins_person(reader, name + 1).then_some(name + 1)
}

/// Whether a name that is no word of the language is tied by a hyphen to the head at `at` (`Thang-Long-Universität`).
fn is_tied_to_name(reader: &Reader<'_>, head: &Head, first: usize, at: usize) -> bool {
    let is_tied = first < at && at >= 2 && reader.word(at - 1) == "-" && reader.is_name_word(at - 2);
    is_tied && has_namesake(head) && reader.zipf(at - 2) == 0.0
}

/// Whether bodies of this head are often called by somebody.
fn has_namesake(head: &Head) -> bool {
    use Subtype::{Foundation, Hospital, Research, School, University};
    let is_often = matches!(head.subtype, Some(University | School | Research | Foundation | Hospital));
    is_often && head.kind == Kind::Institution && !head.is_outside
}

/// The first token of the person whose name stands before the head at `at` without hyphens, in a language that has its nouns
/// behind their modifiers (`Paul Scherrer Institut`).
fn namesake(reader: &Reader<'_>, head: &Head, at: usize) -> Option<usize> {
    let first = at.checked_sub(2).filter(|&first| first >= reader.sentence.first_token)?;
    let is_joined = reader.token(at).is_some_and(|token| token.gap == Gap::Blank);
    let stands_behind = head.left == Left::Modifiers && has_namesake(head) && head.words.len() == 1;
    (stands_behind && is_joined && openings::is_person(reader, first)).then_some(first)
}

/// Whether a given name stands right before the capitalized word at `at` and nothing before that is of one name with it.
fn is_surname(reader: &Reader<'_>, at: usize) -> bool {
    let parts = &reader.context.lexicon.name_parts;
    let Some(before) = at.checked_sub(1).filter(|_| reader.case == CaseEvidence::Strong) else { return false };
    let is_title =
        |at: usize| reader.token(at).is_some_and(|token| token.case == Case::Title && token.gap == Gap::Blank);
    let is_given = parts.get(reader.key(before)).is_some_and(|part| part.is_given);
    is_title(at)
        && reader.token(before).is_some_and(|token| token.case == Case::Title)
        && is_given
        && !openings::is_plain_place(reader, before)
        && reader.zipf(before) < COMMON_NAME
        && !(is_title(before) && reader.is_name_word(before.wrapping_sub(1)))
}

/// Where the lists know the name as a whole and a person follows, its end (`WWF Italia` of `WWF Italia Ada Neri`), or anything in
/// capitals, which do not tell where a name ends (`REGIONE MARCHE APRE`); where they
/// know a body that begins inside the name, the end of that (`Fondazione Teatro alla Scala`).
fn listed_end(reader: &Reader<'_>, head: &Head, first: usize, head_end: usize, end: usize) -> usize {
    let body_at = |at: usize| reader.listed_at(at, Kind::Institution).map(|(_, listed)| listed);
    // "el Instituto Ada Neri": a list may have the noun alone, which is that of bodies called by people.
    let is_noun = |listed: usize| listed == head_end && has_namesake(head);
    if let Some(listed) = body_at(first).filter(|&listed| (head_end..end).contains(&listed) && !is_noun(listed))
        && (openings::opens_person(reader, listed) || listed > head_end && reader.case == CaseEvidence::Capitals)
    {
        return listed;
    }
    (head_end..end).filter_map(body_at).max().unwrap_or(end).max(end)
}

/// Where the holder of an office begins inside a name whose body has the office (`il presidente della Fondazione Torino Musei
/// Anna Bianchi`): bodies are called by people too, so that the office must be told, and something else must name the body.
fn before_holder(
    reader: &Reader<'_>,
    grammar: &Grammar,
    head: &Head,
    first: usize,
    head_end: usize,
    end: usize,
) -> usize {
    // "del Teatro Comunale Luciano Bianchi di Modena", "del Conservatorio di Milano Giuseppe Verdi, Anna Bianchi": where the
    // name goes on, or the holder comes behind it, its person is part of it.
    let is_followed = reader.word(end) == "," && openings::opens_person(reader, end + 1);
    if is_followed
        || grammar.joint(reader.small(end)) == Some(Joint::Of)
        || !is_held(reader.context.document, reader.sentence, first)
    {
        return end;
    }
    let is_bare = first + 1 == head_end && reader.sentence.pack.institutions.held_alone.contains(reader.key(first));
    let is_known = || reader.listed_at(first, Kind::Institution).is_some_and(|(_, listed)| listed > head_end);
    if is_bare && reader.zipf(head_end) < COMMON_NAME && openings::opens_person(reader, head_end) && !is_known() {
        return head_end;
    }
    let parts = &reader.context.lexicon.name_parts;
    let is_given = |at: usize| parts.get(reader.key(at)).is_some_and(|part| part.is_given);
    // "il deputato della Lega Mario Bianchi": the lists know the noun as a body by itself.
    let gazetteer = &reader.context.lexicon.gazetteer;
    let is_whole = reader.lookup_at(first).is_some_and(|(lookup, listed)| {
        let mut rows = gazetteer.readings(lookup.name);
        listed == head_end && rows.any(|reading| gazetteer.profile(reading.entry).kind == Kind::Institution)
    });
    if is_whole && head.kind == Kind::Institution && head_end == first + 1 && openings::opens_person(reader, head_end) {
        return head_end;
    }
    // Schools and the like have adjectives and a person in their names (`Liceo Scientifico Anna Bianchi`).
    let is_plain = matches!(head.subtype, Some(Subtype::Association | Subtype::Foundation | Subtype::Company))
        || head.takes(Takes::Runs);
    let is_named = |at: usize| {
        let is_name = reader.is_name_word(at - 1) && !is_given(at - 1);
        // "dell'Associazione Calciatori Anna Bianchi", but "dell'Associazione Culturale Anna Bianchi": whose members they are.
        let names_members = || {
            let adjective = reader.sentence.pack.people.ends_like_adjective(&reader.folded(at - 1));
            at == head_end + 1 && head.subtype == Some(Subtype::Association) && !adjective
        };
        reader.ends_place(at)
            || is_name && (!reader.is_common(at - 1) || is_plain && at - head_end >= 2 || names_members())
    };
    let opens = |at: usize| openings::begins_person(reader, at);
    // "del Gwangju Food Cluster Anna Bianchi": what stands before the noun names the body.
    if head.left == Left::Any && first + head.words.len() < head_end && opens(head_end) {
        return head_end;
    }
    (head_end + 1..end.saturating_sub(1)).find(|&at| is_named(at) && opens(at)).unwrap_or(end)
}

/// The further names behind a noun in the plural: `A, B e C`.
fn further<'h>(reader: &Reader<'_>, index: &'h HeadIndex, first: Named<'h>, found: &mut dyn FnMut(Named<'h>)) {
    let grammar = &index.languages[first.head.language];
    let mut at = first.end;
    while let Some(next) = members::next_member(reader, grammar, at) {
        let Some((start, end)) = announced(reader, grammar, first.head, next) else { return };
        found(Named { first: start, end, ..first });
        at = end;
    }
}
