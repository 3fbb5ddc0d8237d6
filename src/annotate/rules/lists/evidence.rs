//! What speaks for a reading of a listed name and against it.
//!
//! A name that can be nothing else needs no evidence. One that is also a common word, a surname, a town or a few letters
//! needs some: its exact case where case tells, a word before it that announces its kind, its full form elsewhere.

use super::{
    Sense,
    around::{
        LISTED_TOWN, Site, behind_article, behind_body_word, behind_given_name, behind_part, behind_place_word,
        beside_whole, ends_series, follows_capital, is_in_series, is_inside_long_name, is_inside_name, is_long_place,
        is_of_firms, is_of_somebody, is_told_of, is_visited, may_be_somebody, opens_dateline, site,
    },
};
use crate::{
    annotate::{
        names::{Reader, apposed_body, opens_person},
        offices::is_held,
    },
    document::{Case, CaseEvidence, Gap, TokenKind, Zone},
    lexicon::{
        Entry, EntryId, Form, Kind, Lookup, Subtype, Written,
        pack::{Scope, WordClass, heads::Joint},
    },
};

/// Priority from which a row is well known.
const WELL_KNOWN: i16 = 60;

/// Priority from which a town is well known.
const KNOWN_TOWN: i16 = 70;

/// Priority of villages: people have their names more often than texts name them.
const VILLAGE: i16 = 45;

/// From here on a reading is certain, in hundredths: such readings are right in 97 of a hundred cases in releases that nobody tuned on.
const CERTAIN: i32 = 95;

/// What a place is sure of whose own article stands before it: no body of the name has one there.
const WITH_OWN_ARTICLE: i32 = 98;

/// Most that a reading is sure of where something speaks against it that the lists cannot settle.
const DOUBTFUL: i32 = 88;

/// From here on the reading of a body of one word is sure.
const SURE_BODY: i32 = 85;

/// What such a reading is sure of.
const SURE: i32 = 92;

/// How sure the sense is at this place, in hundredths.
pub(super) fn judge(reader: &Reader<'_>, lookup: &Lookup, sense: &Sense, all: &[Sense]) -> i32 {
    let site = site(reader, lookup);
    let gazetteer = &reader.context.lexicon.gazetteer;
    let (row, form, is_weak) = sense.rows[0];
    let entry = gazetteer.entry(row);
    if lookup.written == Written::Title && has_small_word(reader, &site) {
        return 0;
    }
    // "la OMA di Foligno" is not Omã: capitals amid small letters are an acronym, if the place has one.
    let is_shouted =
        reader.case == CaseEvidence::Strong && reader.token(site.first).is_some_and(|token| token.case == Case::Upper);
    let has_acronym = || sense.rows.iter().any(|&(_, form, _)| form == Form::Acronym);
    if sense.kind == Kind::Place && is_shouted && short_of_letters(reader, lookup) && !has_acronym() {
        return 0;
    }
    let sure = match sense.kind {
        Kind::Place => place(reader, lookup, &site, &entry, all),
        Kind::Institution => institution(reader, lookup, &site, &entry, form, all),
        Kind::Person => {
            if site.n_words > 1 {
                88
            } else {
                30
            }
        }
        Kind::Nothing => 95,
        _ => other(reader, lookup, &site),
    };
    let sure = if is_weak { sure.min(weak(reader, lookup, &site, &entry, all)) } else { sure };
    // What lies between was right in 80 of a hundred only, on releases that nobody tuned on.
    let is_named = matches!(sense.kind, Kind::Place | Kind::Institution);
    match sure {
        // A body of one word that nothing speaks against: right in 98 of a hundred.
        SURE_BODY.. if sense.kind == Kind::Institution && site.n_words == 1 && sure < CERTAIN => SURE,
        DOUBTFUL..CERTAIN if is_named => DOUBTFUL,
        _ => sure,
    }
}

/// The most that a weak alias can be sure of. It never counts alone: a town's needs a preposition of place or a spelling that
/// means nothing else, an acronym its capitals among small letters and a well-known bearer, another body an article.
fn weak(reader: &Reader<'_>, lookup: &Lookup, site: &Site, entry: &Entry<'_>, all: &[Sense]) -> i32 {
    let is_strong = reader.case == CaseEvidence::Strong;
    let is_name_part = site.is_given || site.is_surname;
    let is_plain = site.zipf == 0.0 && !is_name_part && lookup.span.len() >= 5 && !behind_given_name(reader, site);
    let is_determined = behind_article(reader, site);
    let opens_dateline = reader.sentence.zone == Zone::Dateline
        && reader.token(site.end).is_none_or(|next| next.kind == TokenKind::Mark)
        && (reader.opens_sentence(site.first) || reader.word(site.first.wrapping_sub(1)) == "/");
    let is_village = entry.kind == Kind::Place && entry.priority <= VILLAGE;
    // "llegó a Avilés": behind a preposition that people do not take, or a word of going, a surname is that of a town.
    let is_area = || all.iter().any(|sense| sense.kind == Kind::Nothing);
    let is_gone_to =
        || is_strong && !is_village && is_name_part && site.zipf == 0.0 && !may_be_somebody(reader, site) && !is_area();
    let is_town = entry.kind == Kind::Place
        && ((entry.priority >= LISTED_TOWN || is_plain || is_gone_to())
            && behind_place_word(reader, site)
            && !(is_village && may_be_somebody(reader, site))
            || opens_dateline
            || is_strong && beside_whole(reader, site, entry));
    let is_land_of_town = entry.kind == Kind::Place && is_strong && behind_part(reader, site, entry);
    let is_member =
        entry.kind == Kind::Place && is_strong && lookup.written == Written::Exact && is_in_series(reader, site);
    let is_only_place = entry.kind == Kind::Place
        && is_plain
        && is_strong
        && !is_determined
        && lookup.written == Written::Exact
        && all.iter().all(|sense| sense.kind == Kind::Place || sense.rows.iter().all(|&(_, _, is_weak)| is_weak))
        && (is_visited(reader, site) || if is_village { ends_series(reader, site) } else { is_told_of(reader, site) })
        && !is_inside_name(reader, site);
    let is_long =
        entry.kind == Kind::Place && is_strong && lookup.written == Written::Exact && is_long_place(reader, site, all);
    let is_land = entry.kind == Kind::Place
        && matches!(entry.subtype, Some(Subtype::Region | Subtype::Country))
        && is_plain
        && is_strong
        && is_determined
        && lookup.written == Written::Exact;
    // "Leise fällt der Regen": where every noun has a capital, an article tells no body.
    let is_body = entry.kind == Kind::Institution
        && is_determined
        && !reader.sentence.pack.institutions.nouns_are_capitalized
        && is_strong
        && site.zipf == 0.0
        && (!is_name_part || entry.priority >= WELL_KNOWN)
        && lookup.written == Written::Exact
        && reader.token(site.first).is_some_and(|token| {
            token.case == Case::Title && (token.span.len() > 3 || token.span.len() == 3 && entry.priority >= WELL_KNOWN)
        })
        && (!reader.is_name_word(site.end) || has_holder(reader, site));
    let is_acronym = entry.kind == Kind::Institution
        && entry.priority >= WELL_KNOWN
        && lookup.written == Written::Exact
        && is_strong
        && reader.token(site.first).is_some_and(|token| token.case == Case::Upper && token.span.len() > 2)
        && reader.token(site.end).is_none_or(|next| next.kind != TokenKind::Number);
    let is_announced = entry.kind == Kind::Institution
        && entry.priority >= WELL_KNOWN
        && (behind_body_word(reader, site)
            || is_of_somebody(reader, site) && all.iter().all(|sense| sense.kind != Kind::Place));
    let is_shouted = site.n_words == 1
        && !is_name_part
        && reader.token(site.first).is_some_and(|token| token.case == Case::Upper && token.span.len() > 2);
    // "FPInnova, centro di ricerca": the noun in apposition says that it is a body.
    let is_apposed = || {
        let context = reader.context;
        apposed_body(context.document, reader.sentence, &context.lexicon.packs, site.end).is_some()
    };
    // "Leonardo, società italiana": so it is of a well-known one that people are called by, where no clause may begin.
    let opens_clause =
        || reader.grammar().is_some_and(|grammar| grammar.joint(reader.small(site.end + 1)) == Some(Joint::Article));
    let is_namesake = || {
        is_name_part
            && site.n_words == 1
            && entry.priority >= WELL_KNOWN
            && !behind_given_name(reader, site)
            && !opens_clause()
    };
    let is_announced = is_announced
        || entry.kind == Kind::Institution && (is_plain || is_shouted || is_namesake()) && is_strong && is_apposed();
    let is_told = is_strong && is_town && beside_whole(reader, site, entry);
    let is_theirs =
        entry.kind == Kind::Place && is_strong && entry.priority >= LISTED_TOWN && is_of_firms(reader, site.first);
    if is_told
        || is_land_of_town
        || is_member
        || is_long
        || is_theirs
        || is_town && site.zipf < 3.0
        || is_announced && lookup.written == Written::Exact
    {
        62
    } else if is_acronym {
        74
    } else if is_body || is_land {
        60
    } else if is_only_place {
        58
    } else {
        40
    }
}

fn place(reader: &Reader<'_>, lookup: &Lookup, site: &Site, entry: &Entry<'_>, all: &[Sense]) -> i32 {
    let is_country = entry.subtype == Some(Subtype::Country);
    let is_known = is_country || entry.subtype == Some(Subtype::Region) || entry.priority >= KNOWN_TOWN;
    let mut sure = if is_country {
        97
    } else if is_known {
        92
    } else {
        82
    };
    if lookup.written == Written::Any {
        return 0;
    }
    if is_inside_long_name(reader, site) || is_abbreviated_title(reader, site) {
        return 30;
    }
    if is_inside_name(reader, site) {
        sure -= if is_known { 20 } else { 45 };
    }
    if behind_given_name(reader, site) {
        return 20;
    }
    // Mountains, rivers and the like have an article (`le alture del Golan`).
    let is_natural = entry.subtype == Some(Subtype::Other) && all.len() == 1 && behind_article(reader, site);
    let is_member = || is_in_series(reader, site);
    let is_theirs = || entry.priority >= LISTED_TOWN && is_of_firms(reader, site.first);
    let has_cue = behind_place_word(reader, site)
        || is_natural
        || beside_whole(reader, site, entry)
        || behind_part(reader, site, entry)
        || is_member()
        || is_theirs();
    // `alla Toyota`: towns take no article, bodies do.
    let has_body = all.iter().any(|sense| sense.kind == Kind::Institution);
    if has_body && has_own_article(reader, lookup, entry) {
        return WITH_OWN_ARTICLE;
    }
    if entry.subtype == Some(Subtype::City) && has_body && behind_article(reader, site) {
        sure -= 45;
    }
    // Capitals amid small letters are an acronym, save in a dateline.
    let is_shouted = reader.token(site.first).is_some_and(|token| token.case == Case::Upper);
    let is_dateline = reader.sentence.zone == Zone::Dateline || reader.opens_sentence(site.first);
    if is_shouted && !is_known && !is_dateline && reader.case == CaseEvidence::Strong {
        sure -= 40;
    }
    // "Siena, 12.06.2026": a dateline names a town, whatever else the word may be.
    let is_dated = is_dateline && opens_dateline(reader, site);
    if site.n_words == 1 && !has_cue && !is_dated {
        let opens = reader.opens_sentence(site.first) || reader.case != CaseEvidence::Strong;
        if site.zipf >= 3.0 {
            let is_region = entry.subtype == Some(Subtype::Region) && site.zipf < 4.5;
            sure -= match () {
                () if opens && opens_dateline(reader, site) => 10,
                () if opens && is_region => 35,
                () if opens => 50,
                () if is_known => 8,
                () => 40,
            };
        }
        if site.is_given && is_known && !is_country && entry.subtype != Some(Subtype::Region) {
            sure -= 30;
        }
        if short_of_letters(reader, lookup) && !is_country {
            sure -= 40;
        }
    }
    let is_home_town = || entry.priority >= LISTED_TOWN || is_member();
    if site.n_words == 1 && (site.is_surname || site.is_given) && !is_known && !is_dated {
        // `in` stands before no person; a town of some size may stand behind a word of going or staying.
        let is_gone_to = has_cue && !may_be_somebody(reader, site) && entry.priority > VILLAGE;
        sure -= if has_cue && is_home_town() || is_gone_to { 15 } else { 40 };
    }
    if site.is_given && reader.is_name_word(site.end) && !has_cue && !is_country && site.n_words == 1 {
        return 20;
    }
    // The lists know a body of the same name: a place word decides.
    if !has_cue && !is_known && has_body {
        sure -= 15;
    }
    let sure = if has_cue { (sure + 5).min(98) } else { sure };
    // Behind a capitalized word the place may belong to a name that nobody knows (`Camera di Zantrivia`); where case tells
    // nothing, or at the start of a sentence, a town alone may be anything.
    let is_doubtful = follows_capital(reader, site)
        || !has_cue && !is_country && (reader.case != CaseEvidence::Strong || reader.opens_sentence(site.first));
    if is_doubtful { sure.min(DOUBTFUL) } else { sure }
}

/// Whether the name with the full stop behind it is a title of somebody whose name follows (`Mons. Luis Cabrera`).
fn is_abbreviated_title(reader: &Reader<'_>, site: &Site) -> bool {
    let tokens = &reader.context.document.tokens;
    reader.word(site.end) == "."
        && reader.is_name_word(site.end + 1)
        && reader
            .sentence
            .pack
            .people
            .honorifics
            .begin_at(tokens, site.first)
            .is_some_and(|(end, ())| end == site.end + 1)
}

/// Whether the preposition before the name holds the article with which the lists know the place (`al Cairo`, `alla Spezia`).
fn has_own_article(reader: &Reader<'_>, lookup: &Lookup, entry: &Entry<'_>) -> bool {
    let gazetteer = &reader.context.lexicon.gazetteer;
    behind_own_article(reader, lookup).into_iter().any(|row| gazetteer.id(row) == entry.id)
}

/// The places, best first, that the lists know by the name with the article that the preposition before it holds: behind `all'`
/// it is L'Aquila, not another Aquila.
pub(super) fn behind_own_article(reader: &Reader<'_>, lookup: &Lookup) -> Vec<EntryId> {
    let gazetteer = &reader.context.lexicon.gazetteer;
    let document = reader.context.document;
    let before = reader.opening_or_small(document.token_at(lookup.span.start()).wrapping_sub(1));
    let articles = reader.sentence.pack.places.article.iter().filter(|article| article.within.contains(before));
    let name = lookup.span.of(document.as_str());
    let spelled = articles.filter_map(|article| gazetteer.spelling(&format!("{}{name}", article.opening)));
    let mut rows: Vec<EntryId> =
        spelled.flat_map(|name| gazetteer.readings(name)).map(|reading| reading.entry).collect();
    rows.retain(|&row| gazetteer.profile(row).kind == Kind::Place);
    rows.sort_by_key(|&row| std::cmp::Reverse(gazetteer.profile(row).priority));
    rows.dedup();
    rows
}

/// Whether a territory is meant as a place: a preposition of place without an article stands before (`in Provincia di Benevento`).
fn is_where(reader: &Reader<'_>, site: &Site, entry: &Entry<'_>) -> bool {
    let places = &reader.context.lexicon.packs.place_heads;
    let before = reader.opening_or_small(site.first.wrapping_sub(1));
    entry.subtype == Some(Subtype::Government)
        && behind_place_word(reader, site)
        && !reader.sentence.pack.places.before_somebody.contains(before)
        && places
            .begin(reader.key(site.first))
            .any(|head| head.subtype == Some(Subtype::Region) && head.words.len() == 1)
}

/// Whether the name is the organ of an office behind `of` with its article (`il presidente della Repubblica`): a newspaper of the name has
/// none there.
fn is_organ(reader: &Reader<'_>, site: &Site) -> bool {
    let people = &reader.sentence.pack.people;
    let class = |at: usize| people.class(reader.key(at));
    let of = site.first.wrapping_sub(1);
    let document = reader.context.document;
    let heads_state = || {
        let last = of.checked_sub(1).filter(|&last| last >= reader.sentence.first_token);
        let office = last.and_then(|last| people.offices.end_at(document.as_str(), &document.tokens, last));
        office.is_some_and(|(_, office)| matches!(office.scope, Scope::Country | Scope::Chair))
    };
    site.n_words == 1
        && class(site.first).is(WordClass::ORGAN)
        && class(of).is(WordClass::OF.with(WordClass::ARTICULATED))
        && heads_state()
}

/// Whether a name stands between an office and the one who holds it (`il tecnico del Milan Carlo Conti`).
fn has_holder(reader: &Reader<'_>, site: &Site) -> bool {
    reader.token(site.end).is_some_and(|next| next.gap == Gap::Blank)
        && is_held(reader.context.document, reader.sentence, site.first)
        && opens_person(reader, site.end)
}

fn institution(reader: &Reader<'_>, lookup: &Lookup, site: &Site, entry: &Entry<'_>, form: Form, all: &[Sense]) -> i32 {
    if lookup.written == Written::Any && site.zipf > 0.0 {
        return 0;
    }
    if is_where(reader, site, entry) {
        return 20;
    }
    let is_known = entry.priority >= WELL_KNOWN;
    let is_strong = reader.case == CaseEvidence::Strong;
    let mut sure = if site.n_words > 1 {
        93
    } else if is_known {
        90
    } else {
        82
    };
    if behind_given_name(reader, site) {
        return 10;
    }
    let is_town = all.iter().any(|sense| sense.kind == Kind::Place && !sense.rows[0].2);
    let has_cue = has_holder(reader, site)
        || behind_body_word(reader, site)
        || is_town && behind_article(reader, site)
        || !is_town && is_of_somebody(reader, site);
    if site.n_words > 1 {
        // `San Francisco` is a town before it is a body.
        if is_town && !has_cue {
            sure -= 20;
        }
        if site.zipf >= 3.5 && lookup.written != Written::Exact {
            sure -= 45;
        }
        let is_plain = lookup.written == Written::Exact && is_strong && (site.n_words > 2 || site.zipf == 0.0);
        return match is_plain && all.len() == 1 {
            true if site.n_words > 2 => CERTAIN,
            true => sure,
            false => sure.min(DOUBTFUL),
        };
    }
    let words = &reader.sentence.pack.institutions;
    let last = reader.key(site.end - 1);
    if is_organ(reader, site) {
        return 0;
    }
    if !has_cue && (words.not_alone.contains(last) || words.not_bodies.contains(last)) {
        return 0;
    }
    let opens = reader.opens_sentence(site.first) && reader.token(site.first).is_some_and(|t| t.case == Case::Title);
    if site.zipf > 0.0 {
        sure -= match () {
            () if has_cue => 5,
            () if opens || !is_strong => 60,
            () if lookup.written == Written::Exact && site.zipf < 4.5 && form == Form::Acronym => 5,
            () => 35,
        };
    }
    // In capitals amid small letters a well-known body is no surname (`la direzione RAI`).
    let is_shouted = is_strong
        && is_known
        && lookup.written == Written::Exact
        && reader.token(site.first).is_some_and(|token| token.case == Case::Upper);
    if (site.is_surname || site.is_given) && !has_cue && !is_shouted {
        sure -= 40;
    }
    if is_town && !has_cue {
        sure -= 40;
    }
    if short_of_letters(reader, lookup) && !has_cue {
        sure -= if is_known && lookup.written == Written::Exact { 5 } else { 45 };
    } else if form == Form::Acronym && !is_known && !has_cue {
        sure -= 15;
    }
    if lookup.written == Written::Title && form == Form::Acronym {
        sure -= 15;
    }
    if is_inside_name(reader, site) && !has_cue {
        sure -= if reader.word(site.end) == "-" { 45 } else { 25 };
    }
    // A word of title case may be a person's or a thing's; capitals, a cue or a single row tell the body.
    let is_clear = is_strong && lookup.written == Written::Exact && all.len() == 1 && site.zipf == 0.0;
    if is_clear && !follows_capital(reader, site) { sure } else { sure.min(DOUBTFUL) }
}

/// A name of a kind that the lists declare: a common word needs its exact case, and not where every word has it.
fn other(reader: &Reader<'_>, lookup: &Lookup, site: &Site) -> i32 {
    let is_plain = lookup.written == Written::Exact
        && reader.case == CaseEvidence::Strong
        && !(reader.opens_sentence(site.first) && reader.token(site.first).is_some_and(|t| t.case == Case::Title));
    match () {
        () if site.n_words > 1 => 92,
        () if behind_given_name(reader, site) => 20,
        () if site.zipf > 0.0 && !is_plain => 30,
        () if site.zipf > 0.0 || site.is_given || site.is_surname || short_of_letters(reader, lookup) => 60,
        () => 85,
    }
}

/// Whether a word of weight in the stretch is in lower case: no name of title case.
fn has_small_word(reader: &Reader<'_>, site: &Site) -> bool {
    (site.first..site.end).any(|at| {
        reader.token(at).is_some_and(|token| token.case == Case::Lower && token.span.len() > 3)
            && !reader.is_function_word(at)
    }) || reader.token(site.first).is_some_and(|token| token.case == Case::Lower && site.n_words == 2)
}

/// Three letters and less.
fn short_of_letters(reader: &Reader<'_>, lookup: &Lookup) -> bool {
    lookup.span.of(reader.context.document.as_str()).chars().filter(|c| c.is_alphanumeric()).count() <= 3
}
