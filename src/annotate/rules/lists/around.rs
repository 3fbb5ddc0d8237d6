//! What stands around a name of the lists: the place of a look-up in its sentence, and what its neighbors say of it.

use super::Sense;
use crate::{
    annotate::names::{Reader, abbreviated_region, is_person, may_abbreviate},
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::{
        Entry, Kind, Lookup, Subtype,
        pack::heads::{Head, Joint, Takes},
    },
};
use std::cell::OnceCell;

/// Priority from which a town stands in a list of its own country's towns.
pub(super) const LISTED_TOWN: i16 = 55;

/// Most words between a verb of going and the village where it leads.
const MAX_MOTION: usize = 5;

/// What is known of a look-up beside its rows.
pub(super) struct Site {
    /// First token.
    pub(super) first: usize,
    /// One past the last.
    pub(super) end: usize,
    pub(super) n_words: usize,
    /// Highest frequency of its words where they are all common, else 0.
    pub(super) zipf: f32,
    pub(super) is_given: bool,
    pub(super) is_surname: bool,
    /// Whether it is one of a series of places, once it was asked for.
    is_member: OnceCell<bool>,
}

/// The place of a look-up in its sentence.
pub(super) fn site(reader: &Reader<'_>, lookup: &Lookup) -> Site {
    let document = reader.context.document;
    let first = document.token_at(lookup.span.start());
    let end = document.token_at(lookup.span.end() - 1) + 1;
    let words = (first..end).filter(|&at| document.tokens[at].kind != TokenKind::Mark);
    // An article does not make a name of two words (`la Repubblica`).
    let n_words = words.clone().filter(|&at| site_counts(reader, at)).count().max(1);
    let least_common = words.map(|at| reader.zipf(at)).fold(f32::MAX, f32::min);
    let content = (first..end).find(|&at| site_counts(reader, at)).unwrap_or(first);
    let part = (n_words == 1)
        .then(|| reader.context.lexicon.name_parts.get(reader.key(content)))
        .flatten()
        .unwrap_or_default();
    Site {
        first,
        end,
        n_words,
        zipf: if n_words == 0 { 0.0 } else { least_common },
        is_given: part.is_given,
        is_surname: part.is_surname,
        is_member: OnceCell::new(),
    }
}

/// Whether the token at `at` is a word of weight.
fn site_counts(reader: &Reader<'_>, at: usize) -> bool {
    let is_word = reader.token(at).is_some_and(|token| token.kind != TokenKind::Mark);
    let is_small = reader.token(at).is_some_and(|token| token.case == Case::Lower);
    is_word && !(is_small && reader.is_function_word(at))
}

/// Whether a capitalized word that no list explains touches the name: it is part of a longer one.
pub(super) fn is_inside_name(reader: &Reader<'_>, site: &Site) -> bool {
    if reader.case != CaseEvidence::Strong {
        return false;
    }
    let blank = |at: usize| reader.token(at).is_some_and(|token| token.gap == Gap::Blank);
    let is_plain =
        |at: usize| reader.is_name_word(at) && reader.lookup_at(at).is_none() && !reader.is_function_word(at);
    // "L'assessora di Lecce Anna Conti": somebody's name begins behind the place.
    let is_somebody = || site.n_words == 1 && !site.is_given && is_person(reader, site.end);
    let behind = blank(site.end) && is_plain(site.end) && !reader.is_common(site.end) && !is_somebody();
    let before = site.first > reader.sentence.first_token
        && blank(site.first)
        && is_plain(site.first - 1)
        && !reader.opens_sentence(site.first - 1)
        && !reader.is_common(site.first - 1);
    let hyphen = reader.word(site.end) == "-"
        && reader.token(site.end).is_some_and(|token| token.gap == Gap::None)
        && reader.token(site.end + 1).is_some_and(|token| token.gap == Gap::None && token.kind == TokenKind::Word);
    behind || before || hyphen
}

/// Whether a capitalized word stands before the name, an `of` between at most.
pub(super) fn follows_capital(reader: &Reader<'_>, site: &Site) -> bool {
    let grammar = reader.grammar();
    let Some(before) = site.first.checked_sub(1) else { return false };
    let is_of = grammar.is_some_and(|grammar| grammar.joint(reader.small(before)) == Some(Joint::Of));
    let at = if is_of { before.checked_sub(1) } else { Some(before) };
    at.is_some_and(|at| {
        reader.is_name_word(at)
            && reader.token(at + 1).is_some_and(|next| next.gap <= Gap::Blank)
            && !reader.opens_sentence(at)
    })
}

/// Whether two capitalized words that nothing explains stand before the name or behind it: it is part of a firm's or a thing's
/// (`Golfo Alto Namibia`).
pub(super) fn is_inside_long_name(reader: &Reader<'_>, site: &Site) -> bool {
    if reader.case != CaseEvidence::Strong {
        return false;
    }
    let parts = &reader.context.lexicon.name_parts;
    let blank = |at: usize| reader.token(at).is_some_and(|token| token.gap == Gap::Blank);
    let is_plain = |at: usize| {
        reader.is_name_word(at)
            && reader.lookup_at(at).is_none()
            && !reader.is_function_word(at)
            && parts.get(reader.key(at)).is_none()
            && !reader.opens_sentence(at)
    };
    let before = || {
        let one = site.first.wrapping_sub(1);
        let two = site.first.wrapping_sub(2);
        blank(site.first) && blank(one) && is_plain(one) && is_plain(two)
    };
    let behind = || blank(site.end) && blank(site.end + 1) && is_plain(site.end) && is_plain(site.end + 1);
    !reader.sentence.pack.institutions.nouns_are_capitalized && (before() || behind())
}

/// Whether the name opens a dateline: `Potenza, 3 maggio`, `Potenza –`, `Potenza e Matera, …`.
pub(super) fn opens_dateline(reader: &Reader<'_>, site: &Site) -> bool {
    let behind = reader.word(site.end);
    let is_number = |at: usize| reader.token(at).is_some_and(|token| token.kind == TokenKind::Number);
    let is_and = reader.grammar().is_some_and(|grammar| grammar.joint(reader.small(site.end)) == Some(Joint::And));
    let is_pair = is_and && reader.place_at(site.end + 1).is_some_and(|(_, end)| reader.word(end) == ",");
    let is_dash = behind == "-"
        && reader.token(site.end).is_some_and(|token| token.gap == Gap::Blank)
        && reader.token(site.end + 1).is_some_and(|token| token.gap == Gap::Blank);
    matches!(behind, "–" | "—" | "(" | "/")
        || is_dash
        || behind == "," && (is_number(site.end + 1) || is_number(site.end + 2))
        || is_pair
}

/// Whether a given name stands before the name, so that it reads as a surname.
pub(super) fn behind_given_name(reader: &Reader<'_>, site: &Site) -> bool {
    let parts = &reader.context.lexicon.name_parts;
    let before = site.first.wrapping_sub(1);
    let touches = reader.token(site.first).is_some_and(|token| token.gap == Gap::Blank);
    let is_long = |at: usize| reader.token(at).is_some_and(|token| token.span.len() > 2);
    let is_given = |at: usize| {
        is_long(at) && reader.is_name_word(at) && parts.get(reader.key(at)).is_some_and(|part| part.is_given)
    };
    site.n_words == 1
        && touches
        && is_given(before)
        && reader.place_at(before).is_none()
        && (site.is_surname || !reader.is_common(before))
}

/// Whether the country or region that a town lies in stands right behind it: `Praia, Capo Verde`, `Halle (Saxony-Anhalt)`.
pub(super) fn beside_whole(reader: &Reader<'_>, site: &Site, entry: &Entry<'_>) -> bool {
    if is_before_abbreviation(reader, site) {
        return true;
    }
    if entry.subtype != Some(Subtype::City) || !matches!(reader.word(site.end), "," | "(") {
        return false;
    }
    let gazetteer = &reader.context.lexicon.gazetteer;
    // "Tolentino (MC)", "Austin (TX)": the code of a territory of its country.
    let code = reader.word(site.end + 1);
    let is_code =
        reader.token(site.end + 1).is_some_and(|token| token.case == Case::Upper) && reader.word(site.end + 2) == ")";
    if reader.word(site.end) == "("
        && is_code
        && gazetteer.by_id(&format!("iso3166-2:{}-{code}", entry.country)).is_some()
    {
        return true;
    }
    let Some((lookup, _)) = reader.place_at(site.end + 1) else { return false };
    let mut rows = gazetteer
        .readings(lookup.name)
        .filter(|reading| !reading.is_weak)
        .map(|reading| gazetteer.profile(reading.entry));
    rows.any(|row| matches!(row.subtype, Some(Subtype::Country | Subtype::Region)) && row.country == entry.country)
}

/// Whether a town of the region or country stands right before it (`EDMONTON, Alberta`).
pub(super) fn behind_part(reader: &Reader<'_>, site: &Site, entry: &Entry<'_>) -> bool {
    let is_land = matches!(entry.subtype, Some(Subtype::Region | Subtype::Country));
    let Some(mark) = site.first.checked_sub(1).filter(|&mark| is_land && matches!(reader.word(mark), "," | "(")) else {
        return false;
    };
    let gazetteer = &reader.context.lexicon.gazetteer;
    let towns = (1..=3).filter_map(|n| mark.checked_sub(n)).filter_map(|first| reader.place_at(first));
    towns.filter(|&(_, end)| end == mark).flat_map(|(lookup, _)| reader.places(lookup)).any(|row| {
        let row = gazetteer.profile(row);
        row.subtype == Some(Subtype::City) && row.country == entry.country
    })
}

/// Whether an abbreviated region stands behind the name in whose country a town is called so (`VICTORIA, B.C.`).
fn is_before_abbreviation(reader: &Reader<'_>, site: &Site) -> bool {
    if !matches!(reader.word(site.end), "," | "(" | "/" | "-") || !may_abbreviate(reader, site.end + 1) {
        return false;
    }
    let gazetteer = &reader.context.lexicon.gazetteer;
    let rows = reader
        .place_at(site.first)
        .filter(|&(_, end)| end == site.end)
        .map(|(lookup, _)| reader.places(lookup))
        .unwrap_or_default();
    let mut towns = rows.into_iter().map(|row| gazetteer.profile(row)).filter(|row| row.subtype == Some(Subtype::City));
    towns.any(|town| abbreviated_region(reader, site.end + 1, town.country).is_some())
}

/// Whether a preposition of place stands before the name.
pub(super) fn behind_place_word(reader: &Reader<'_>, site: &Site) -> bool {
    reader.sentence.pack.places.before.contains(reader.opening_or_small(site.first.wrapping_sub(1)))
}

/// Whether a preposition that people take too stands before the name (`da Perondi`), without a word of going or staying.
pub(super) fn may_be_somebody(reader: &Reader<'_>, site: &Site) -> bool {
    let before = site.first.wrapping_sub(1);
    // People are not called by three words and more, nor with hyphens.
    let may_be_name = site.n_words <= 2 && (site.first..site.end).all(|at| reader.word(at) != "-");
    may_be_name
        && reader.sentence.pack.places.before_somebody.contains(reader.opening_or_small(before))
        && !is_gone_to(reader, before)
}

/// Whether a word of going or staying stands before the preposition at `before`.
fn is_gone_to(reader: &Reader<'_>, before: usize) -> bool {
    let lowest = reader.sentence.first_token.max(before.saturating_sub(MAX_MOTION));
    (lowest..before).any(|at| reader.sentence.pack.places.motion.contains(reader.small(at)))
}

/// Whether a word of visiting stands right before the name (`besuchten Gleisdorf`).
pub(super) fn is_visited(reader: &Reader<'_>, site: &Site) -> bool {
    let before = reader.small(site.first.wrapping_sub(1));
    reader.sentence.pack.places.motion.contains(before)
}

/// Fewest tokens of a place that is called by so many that nothing else is (`Angra do Heroísmo`).
const LONG_PLACE: usize = 3;

/// Whether the name has small words or hyphens between its capitals, opens with nobody's given name and is a place alone.
pub(super) fn is_long_place(reader: &Reader<'_>, site: &Site, all: &[Sense]) -> bool {
    let parts = &reader.context.lexicon.name_parts;
    let is_given = parts.get(reader.key(site.first)).is_some_and(|part| part.is_given);
    let is_capital = |at: usize| reader.token(at).is_some_and(|token| token.case.is_capital());
    site.end - site.first >= LONG_PLACE
        && site.n_words >= 2
        && is_capital(site.first)
        && is_capital(site.end - 1)
        && !is_given
        && all.iter().all(|sense| sense.kind == Kind::Place)
        && !follows_capital(reader, site)
        && !(reader.is_name_word(site.end) && reader.token(site.end).is_some_and(|token| token.gap == Gap::Blank))
}

/// Most members of a series that are looked at on either side.
const MAX_MEMBERS: usize = 4;

/// Whether the name is one of a series of places: one of the others is nothing else, and so is a second, or it is a series of
/// three, or it stands behind a preposition of place (`a Lanciano, Vasto e Pescara`).
pub(super) fn is_in_series(reader: &Reader<'_>, site: &Site) -> bool {
    *site.is_member.get_or_init(|| find_series(reader, site))
}

fn find_series(reader: &Reader<'_>, site: &Site) -> bool {
    let Some(grammar) = reader.grammar().filter(|_| !reader.is_name_word(site.end)) else { return false };
    let is_joint = |at: usize| reader.word(at) == "," || grammar.joint(reader.small(at)) == Some(Joint::And);
    let place_before = |end: usize| {
        (1..=3)
            .filter_map(|n| end.checked_sub(n))
            .find(|&at| reader.place_at(at).is_some_and(|(_, place_end)| place_end == end))
    };
    let (mut first, mut end, mut n_others, mut n_sure) = (site.first, site.end, 0, 0);
    for _ in 0..MAX_MEMBERS {
        let Some(at) = first.checked_sub(1).filter(|&at| is_joint(at)).and_then(place_before) else { break };
        n_others += 1;
        n_sure += usize::from(is_nothing_else(reader, at));
        first = at;
    }
    for _ in 0..MAX_MEMBERS {
        let Some((_, behind)) = reader.place_at(end + 1).filter(|_| is_joint(end)) else { break };
        n_others += 1;
        n_sure += usize::from(is_nothing_else(reader, end + 1));
        end = behind;
    }
    let is_where = || reader.sentence.pack.places.before.contains(reader.opening_or_small(first.wrapping_sub(1)));
    n_sure > 0 && (n_others >= 2 || is_where())
        || n_others >= 1 && (is_of_firms(reader, first) || is_of_towns(reader, first))
}

/// Whether a noun for several towns and `of` stand before the token `first` (`i comuni di Civitavecchia e Orte`).
fn is_of_towns(reader: &Reader<'_>, first: usize) -> bool {
    is_behind_several(reader, first, |head| head.takes(Takes::Each))
}

/// Whether a noun for several firms and `of` without an article stand before the token `first` (`imprese di Lodi`).
pub(super) fn is_of_firms(reader: &Reader<'_>, first: usize) -> bool {
    let heads = &reader.context.lexicon.packs.institution_heads;
    is_behind_several(reader, first, |head| {
        let is_home = heads.languages[head.language].code == reader.sentence.pack.code;
        is_home && head.is_outside && head.takes(Takes::Many) && head.subtype == Some(Subtype::Company)
    })
}

/// Whether a noun of one word that `is_several` and `of` without an article stand before the token `first`.
fn is_behind_several(reader: &Reader<'_>, first: usize, is_several: impl Fn(&Head) -> bool) -> bool {
    let Some(noun) = first.checked_sub(2).filter(|&noun| noun >= reader.sentence.first_token) else { return false };
    let heads = &reader.context.lexicon.packs.institution_heads;
    let is_of = reader.grammar().is_some_and(|grammar| grammar.is_bare(reader.small(first - 1)));
    is_of && heads.begin(reader.opening_or_small(noun)).any(|head| head.words.len() == 1 && is_several(head))
}

/// Whether the place that begins at the token `at` is a listed one whose name is no word and no person's.
fn is_nothing_else(reader: &Reader<'_>, at: usize) -> bool {
    let Some((lookup, end)) = reader.place_at(at) else { return false };
    let gazetteer = &reader.context.lexicon.gazetteer;
    let is_listed = gazetteer.readings(lookup.name).any(|reading| {
        let row = gazetteer.profile(reading.entry);
        let is_town = row.subtype == Some(Subtype::City);
        row.kind == Kind::Place && if is_town { row.priority >= LISTED_TOWN } else { !reading.is_weak }
    });
    let is_name_part = || reader.context.lexicon.name_parts.get(reader.key(at)).is_some();
    is_listed && (end > at + 1 || !is_name_part() && reader.zipf(at) == 0.0)
}

/// Whether another place stands before the name in a series.
pub(super) fn ends_series(reader: &Reader<'_>, site: &Site) -> bool {
    let Some((grammar, before)) = reader.grammar().zip(site.first.checked_sub(1)) else { return false };
    let ends_place = |end: usize| {
        (1..=3).any(|n| {
            end.checked_sub(n).and_then(|at| reader.place_at(at)).is_some_and(|(_, place_end)| place_end == end)
        })
    };
    (reader.word(before) == "," || grammar.joint(reader.small(before)) == Some(Joint::And)) && ends_place(before)
}

/// Whether something is said to be of the name (`uno stabilimento di Sgonico`), or another place stands before it in a series.
pub(super) fn is_told_of(reader: &Reader<'_>, site: &Site) -> bool {
    let Some(grammar) = reader.grammar() else { return false };
    let Some(before) = site.first.checked_sub(1) else { return false };
    let word = reader.small(before);
    let is_of = grammar.is_bare(word) && !before.checked_sub(1).is_some_and(|at| reader.is_name_word(at));
    is_of || ends_series(reader, site)
}

/// Whether a given name with another word stands before the name, an `of` between (`Claudio Monti di Avvenire`).
pub(super) fn is_of_somebody(reader: &Reader<'_>, site: &Site) -> bool {
    let parts = &reader.context.lexicon.name_parts;
    let Some(given) = site.first.checked_sub(3).filter(|&given| given >= reader.sentence.first_token) else {
        return false;
    };
    let is_of = reader.grammar().is_some_and(|grammar| grammar.joint(reader.small(site.first - 1)) == Some(Joint::Of));
    let is_title =
        |at: usize| reader.token(at).is_some_and(|token| token.case == Case::Title && token.gap <= Gap::Blank);
    is_of
        && is_title(given + 1)
        && reader.is_name_word(given)
        && !reader.is_common(given)
        && parts.get(reader.key(given)).is_some_and(|part| part.is_given)
}

/// Whether an article in the singular stands before the name: towns and people take none. Behind a word of going, one that is a
/// preposition of place, too, is that (`chegou a Braga`).
pub(super) fn behind_article(reader: &Reader<'_>, site: &Site) -> bool {
    let before = site.first.wrapping_sub(1);
    let word = reader.opening_or_small(before);
    let pack = reader.sentence.pack;
    pack.institutions.determiners.contains(word) && !(pack.places.before.contains(word) && is_gone_to(reader, before))
}

/// Whether a word that announces a body stands before the name, one word between at most.
pub(super) fn behind_body_word(reader: &Reader<'_>, site: &Site) -> bool {
    let cues = &reader.sentence.pack.institutions.cues;
    (1..=3).any(|distance| cues.contains(reader.opening_or_small(site.first.wrapping_sub(distance))))
}
