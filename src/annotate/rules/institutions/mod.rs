//! Bodies by their head nouns, legal forms and acronyms.
//!
//! Read this file, then `legal.rs`, `brackets.rs`, `shape.rs`, `branches.rs`, `small.rs`, `clubs.rs`, `echo.rs` and `series.rs`.

mod brackets;
mod branches;
mod clubs;
mod echo;
mod legal;
mod series;
mod shape;
mod small;

use super::Rule;
use crate::{
    annotate::{
        Confidence, Context, Evidence, Mention, Why,
        names::{Named, Reader, find_heads, opens_body},
    },
    document::{Case, CaseEvidence},
    lexicon::{
        Folds, Kind, Lookup, Profile, Reading, Subtype, Written,
        pack::heads::{Grammar, Joint, Takes},
    },
    text::Span,
};

/// Tokens from which a name is long.
const LONG: usize = 4;

/// How sure a name is that its head noun tells and the lists know as a whole.
const LISTED: Confidence = Confidence::percent(95);

/// Bodies by their head nouns, legal forms and acronyms.
pub(super) const RULE: Rule = Rule {
    name: "institutions",
    about: "Bodies by their head nouns, legal forms and acronyms.",
    find,
    echo: Some(echo::find),
};

fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    for sentence in &context.document.sentences {
        let reader = Reader::new(context, sentence);
        find_heads(&reader, &context.lexicon.packs.institution_heads, &mut |named| {
            let is_other = is_where(&reader, named)
                || is_country(&reader, named)
                || qualifies_office(&reader, named)
                || ends_office(&reader, named)
                || is_field_of_office(&reader, named)
                || is_organizer(&reader, named)
                || is_dedicated(&reader, named);
            if !is_other && !is_known_acronym(&reader, named) && !is_term(&reader, named) {
                found.push(mention(&reader, named));
            }
        });
        legal::find(&reader, found);
        brackets::find(&reader, found);
        shape::find(&reader, found);
        branches::find(&reader, found);
        small::find(&reader, found);
    }
    clubs::find(context, found);
}

fn mention(reader: &Reader<'_>, named: Named<'_>) -> Mention {
    let head = named.head;
    let rule = match head.kind {
        Kind::Institution if head.is_outside => "institutions/cue",
        _ => "institutions/head",
    };
    let mut mention = Mention::new(reader.span(named.first, named.end), head.kind, rule, confidence(reader, named));
    mention.subtype = head.subtype;
    // A noun outside of the name tells less than the lists, and one for people or rooms is that of bodies of any sort.
    mention.is_guess = head.is_outside && !head.takes(Takes::Many);
    link(reader, named.first, &mut mention);
    mention
}

/// Whether a noun that people and rooms of a body are called by announces an acronym of the lists (`i laboratori di FBK`): which
/// body is meant is told by its long form, which the lists look for.
fn is_known_acronym(reader: &Reader<'_>, named: Named<'_>) -> bool {
    let is_acronym =
        named.end == named.first + 1 && reader.token(named.first).is_some_and(|token| token.case == Case::Upper);
    named.head.is_outside
        && named.head.takes(Takes::Bare)
        && is_acronym
        && reader.listed_at(named.first, Kind::Institution).is_some_and(|(_, end)| end == named.end)
}

/// Whether a cue outside the name takes letters that are short for a thing, not a body (`responsabile dell'AIDS`).
fn is_term(reader: &Reader<'_>, named: Named<'_>) -> bool {
    let is_alone =
        named.end == named.first + 1 && reader.token(named.first).is_some_and(|token| token.case == Case::Upper);
    named.head.is_outside && is_alone && reader.sentence.pack.institutions.not_bodies.contains(reader.key(named.first))
}

/// Gives a mention of a body that begins at the token `first` the rows that know it as a whole.
fn link(reader: &Reader<'_>, first: usize, mention: &mut Mention) {
    let whole = reader.lookup_at(first).map(|(lookup, _)| *lookup).filter(|lookup| lookup.span == mention.span);
    let Some(lookup) = whole.or_else(|| lookup_small(reader, first, mention.span)) else { return };
    let kind = mention.kind;
    // Where the name counts for one row, the others that have it may be meant as well (`MSD in Francia`).
    let gazetteer = &reader.context.lexicon.gazetteer;
    let counts = |reading: &Reading| {
        !reading.is_weak && reader.allows(reading.entry, lookup.span) && gazetteer.profile(reading.entry).kind == kind
    };
    if gazetteer.readings(lookup.name).any(|reading| counts(&reading)) {
        take_rows(reader, &lookup, mention, |_, profile| profile.kind == kind);
    }
    if !mention.candidates.is_empty() {
        mention.confidence = mention.confidence.max(LISTED);
    }
}

/// What the lists know as a whole whose head noun the text has in small letters (`la regione Puglia`).
fn lookup_small(reader: &Reader<'_>, first: usize, span: Span) -> Option<Lookup> {
    reader.token(first).filter(|token| token.case == Case::Lower)?;
    let name = reader.context.lexicon.gazetteer.spelling(span.of(reader.context.document.as_str()))?;
    Some(Lookup { span, name, folds: Folds::CASE, written: Written::Any })
}

/// Gives a mention that a rule found those rows of `lookup` that it `may_mean`, the best first.
fn take_rows(
    reader: &Reader<'_>,
    lookup: &Lookup,
    mention: &mut Mention,
    may_mean: impl Fn(&Reading, &Profile<'_>) -> bool,
) {
    let Evidence::Rule(rule) = mention.why.by else { return };
    let gazetteer = &reader.context.lexicon.gazetteer;
    let is_meant = |reading: &Reading| {
        reader.allows(reading.entry, lookup.span) && may_mean(reading, &gazetteer.profile(reading.entry))
    };
    let mut readings: Vec<Reading> = gazetteer.readings(lookup.name).filter(is_meant).collect();
    readings.sort_by_key(|reading| (reading.is_weak, std::cmp::Reverse(gazetteer.profile(reading.entry).priority)));
    mention.candidates = readings.iter().map(|reading| reading.entry).collect();
    if let Some(&row) = mention.candidates.first() {
        mention.why = Why { by: Evidence::Both(row, rule), folds: lookup.folds };
    }
}

/// Whether a territory is meant as a place: `in provincia di`, `nel comune di`, written small.
fn is_where(reader: &Reader<'_>, named: Named<'_>) -> bool {
    if named.head.is_outside || named.head.subtype != Some(Subtype::Government) {
        return false;
    }
    let grammar = &reader.context.lexicon.packs.institution_heads.languages[named.head.language];
    let is_at = |at: usize| {
        matches!(grammar.joint(reader.opening_or_small(at)), Some(Joint::At))
            || is_territory(reader, named) && grammar.joint(reader.small(at)) == Some(Joint::For)
    };
    let before = named.first.wrapping_sub(1);
    if !named.is_small {
        // "il paese in Provincia di Benevento": without an article the territory is meant, whatever its case.
        let is_bare_at = named.first > reader.sentence.first_token
            && reader.sentence.pack.places.before.contains(reader.small(before))
            && is_at(before);
        return is_bare_at
            && is_territory(reader, named)
            && grammar.joint(reader.small(named.head_at + 1)) == Some(Joint::Of);
    }
    if is_foreign_territory(reader, grammar, named) {
        return true;
    }
    // "Originaria della provincia di Cuneo"
    let is_origin = |at: usize| reader.sentence.pack.places.origin.contains(reader.opening_or_small(at));
    if is_territory(reader, named) && (1..=2).any(|n| named.first.checked_sub(n).is_some_and(is_origin)) {
        return true;
    }
    let behind_adjective =
        || reader.token(before).is_some_and(|t| t.case == Case::Lower) && is_at(before.wrapping_sub(1));
    // `Alcamo (provincia di Trapani)`: the territory says where the town lies.
    let behind_town = || {
        let town =
            |n_tokens: usize| reader.place_at(before.wrapping_sub(n_tokens)).is_some_and(|(_, end)| end == before);
        // A town that no list knows stands behind `of`.
        let is_of = |at: usize| grammar.joint(reader.small(at)) == Some(Joint::Of);
        let is_unlisted = || {
            is_territory(reader, named)
                && reader.is_name_word(before - 1)
                && (2..=4).any(|n| before.checked_sub(n).is_some_and(is_of))
        };
        before > reader.sentence.first_token && reader.word(before) == "(" && ((1..=3).any(town) || is_unlisted())
    };
    named.head.takes(Takes::Name) && (is_at(before) || behind_adjective() || behind_town())
}

/// Whether a head noun is that of a territory: places are called by the same noun.
fn is_territory(reader: &Reader<'_>, named: Named<'_>) -> bool {
    let places = &reader.context.lexicon.packs.place_heads;
    places.begin(reader.key(named.head_at)).any(|head| head.subtype == Some(Subtype::Region) && head.words.len() == 1)
}

/// Whether a small noun of a territory stands before a place that the lists do not know as one of the country whose
/// territories have the noun (`la regione di Sidama`): its town halls and councils are not written of so.
fn is_foreign_territory(reader: &Reader<'_>, grammar: &Grammar, named: Named<'_>) -> bool {
    let of = named.head_at + 1;
    if !is_territory(reader, named) || named.end <= of + 1 || grammar.joint(reader.small(of)) != Some(Joint::Of) {
        return false;
    }
    let gazetteer = &reader.context.lexicon.gazetteer;
    let first = (of + 1..named.end).find(|&at| reader.is_name_word(at)).unwrap_or(of + 1);
    let Some((lookup, _)) = reader.place_at(first) else { return false };
    let mut rows = gazetteer.readings(lookup.name).map(|reading| gazetteer.profile(reading.entry));
    let home = &reader.sentence.pack.institutions.territories;
    !home.is_empty() && rows.all(|row| row.kind != Kind::Place || !home.iter().any(|country| country == row.country))
}

/// Whether a small noun ends the words of an office (`il pubblico ministero di Pavia`) and heads nothing.
fn ends_office(reader: &Reader<'_>, named: Named<'_>) -> bool {
    let document = reader.context.document;
    let offices = &reader.sentence.pack.people.offices;
    let before = named.first.checked_sub(1).filter(|&before| before >= reader.sentence.first_token);
    named.is_small
        && !named.head.is_outside
        && before.is_some_and(|before| {
            offices.begin_at(document.as_str(), &document.tokens, before).is_some_and(|(end, _)| end > named.head_at)
        })
}

/// Whether a head noun right behind an office only says what it is about, before the body that has it (`responsabile Scuola del
/// Partito X`).
fn is_field_of_office(reader: &Reader<'_>, named: Named<'_>) -> bool {
    let grammar = &reader.context.lexicon.packs.institution_heads.languages[named.head.language];
    let of = named.head_at + 1;
    let office = named.head_at.checked_sub(1).filter(|&office| office >= reader.sentence.first_token);
    if named.is_small
        || named.head.is_outside
        || named.head.words.len() > 1
        || grammar.joint(reader.small(of)) != Some(Joint::Of)
    {
        return false;
    }
    let document = reader.context.document;
    let offices = &reader.sentence.pack.people.offices;
    let is_office = |at: usize| {
        document.tokens[at].case == Case::Lower && offices.end_at(document.as_str(), &document.tokens, at).is_some()
    };
    let body = of + 1 + usize::from(grammar.joint(reader.small(of + 1)) == Some(Joint::Article));
    office.is_some_and(is_office) && (opens_body(reader, body) || reader.listed_at(body, Kind::Institution).is_some())
}

/// Whether a capital stands right before the noun of a town as a body: a prize or a cup is called by it (`Premio Città di Torino`).
fn is_dedicated(reader: &Reader<'_>, named: Named<'_>) -> bool {
    let is_town = named.head.takes(Takes::Seat)
        && reader
            .context
            .lexicon
            .packs
            .place_heads
            .begin(reader.key(named.head_at))
            .any(|head| head.subtype == Some(Subtype::City));
    let before = named.first.checked_sub(1).filter(|&before| before >= reader.sentence.first_token);
    is_town
        && before.is_some_and(|before| {
            reader.is_name_word(before) && !(reader.opens_sentence(before) && reader.is_function_word(before))
        })
}

/// Whether the noun of a fair with its town alone is a body that the lists know by both (`Fiera Milano`): who holds fairs.
fn is_organizer(reader: &Reader<'_>, named: Named<'_>) -> bool {
    let is_bare = named.first == named.head_at && named.end == named.head_at + 2 && named.head.words.len() == 1;
    named.head.kind == Kind::Nothing
        && is_bare
        && reader.listed_at(named.first, Kind::Institution).is_some_and(|(_, end)| end == named.end)
}

/// Whether a small head noun behind a bare `of` only tells the sort of an office, whose holder's name follows
/// (`il funzionario di polizia Anna Conti`).
fn qualifies_office(reader: &Reader<'_>, named: Named<'_>) -> bool {
    let grammar = &reader.context.lexicon.packs.institution_heads.languages[named.head.language];
    let Some(of) = named.first.checked_sub(1).filter(|&of| of > reader.sentence.first_token) else { return false };
    if !named.is_small || named.head.is_outside || named.end == named.head_at + 1 || !grammar.is_bare(reader.small(of))
    {
        return false;
    }
    let document = reader.context.document;
    let offices = &reader.sentence.pack.people.offices;
    offices.end_at(document.as_str(), &document.tokens, of - 1).is_some()
        && grammar.joint(reader.small(named.head_at + 1)).is_none()
}

/// Whether the lists know the whole as a country and as nothing else (`Unione Sovietica`), or as a town whose own name has the
/// noun (`Città di Castello`).
fn is_country(reader: &Reader<'_>, named: Named<'_>) -> bool {
    let gazetteer = &reader.context.lexicon.gazetteer;
    let is_country = |entry| {
        let profile = gazetteer.profile(entry);
        profile.subtype == Some(Subtype::Country) || profile.kind == Kind::Place && named.head.takes(Takes::Seat)
    };
    let readings = |lookup: &Lookup| gazetteer.readings(lookup.name).all(|reading| is_country(reading.entry));
    reader.lookup_at(named.first).is_some_and(|(lookup, end)| end == named.end && readings(lookup))
}

fn confidence(reader: &Reader<'_>, named: Named<'_>) -> Confidence {
    let usual = match named.head.confidence {
        0 if named.head.is_outside => 75,
        // Whole phrases behind a noun that nothing else has were right in 97 of a hundred.
        0 if named.end - named.first >= LONG && !named.is_small => 92,
        0 => 89,
        given => given.min(89),
    };
    let minus_case = if named.is_small && !named.head.is_outside { 12 } else { 0 };
    let minus_headline = if reader.case == CaseEvidence::Strong { 0 } else { 8 };
    Confidence::percent(usual - minus_case - minus_headline)
}
