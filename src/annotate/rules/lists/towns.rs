//! Towns that few know, in a release that tells of them: named beside a cue elsewhere, or of a country that it is about.

use super::{
    around::{Site, behind_article, behind_given_name, follows_capital, is_inside_name, site},
    each_lookup, of_sense, senses,
};
use crate::{
    annotate::{Confidence, Context, Mention, names::Reader},
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::{Kind, Lookup, Reading, Subtype, Written, pack::WordClass},
};
use rustc_hash::FxHashSet;

/// Sureness of a town that stands beside a cue elsewhere.
const NAMED_ELSEWHERE: i32 = 66;

/// Sureness of a town of a country that the release is about.
const OF_COUNTRY: i32 = 58;

/// Priority of villages.
const VILLAGE: i16 = 45;

/// Fewest letters of a town that stands without a cue.
const MIN_LETTERS: usize = 4;

/// From here on an established place tells what the release is about.
const SURE: Confidence = Confidence::percent(80);

/// What the established mentions say of towns.
struct Told<'a> {
    /// Names of places.
    names: FxHashSet<&'a str>,
    /// Countries of places.
    countries: FxHashSet<&'a str>,
    /// Words of the names of people.
    people: FxHashSet<&'a str>,
}

impl<'a> Told<'a> {
    fn of(context: &Context<'a>) -> Self {
        let gazetteer = &context.lexicon.gazetteer;
        let text = context.document.as_str();
        let places = || context.established.iter().filter(|mention| mention.kind == Kind::Place);
        let is_sure = |mention: &&Mention| mention.confidence >= SURE;
        let row = |mention: &Mention| mention.candidates.first().map(|&row| gazetteer.profile(row).country);
        let names = places().map(|mention| mention.span.of(text)).collect();
        let countries = places().filter(is_sure).filter_map(row).filter(|country| !country.is_empty()).collect();
        let people = context.established.iter().filter(|mention| mention.kind == Kind::Person);
        let people = people.flat_map(|mention| mention.span.of(text).split([' ', '-'])).collect();
        Self { names, countries, people }
    }
}

/// Finds towns that never count alone where the release tells that they are meant.
pub(super) fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    let mut told = None;
    let gazetteer = &context.lexicon.gazetteer;
    let is_town = |reading: Reading| gazetteer.profile(reading.entry).subtype == Some(Subtype::City);
    each_lookup(context, |reader, lookup| {
        let mut rows = gazetteer.readings(lookup.name);
        if lookup.written != Written::Exact
            || !rows.all(|reading| reading.is_weak)
            || !gazetteer.readings(lookup.name).any(is_town)
        {
            return;
        }
        let site = site(reader, lookup);
        if !stands_alone(reader, lookup, &site) {
            return;
        }
        let told = told.get_or_insert_with(|| Told::of(context));
        let name = lookup.span.of(context.document.as_str());
        let is_named = told.names.contains(name)
            && (is_nothing_else(reader, &site) || !told.people.contains(name) && !may_be_surname(reader, &site));
        let sure = match () {
            () if is_named => NAMED_ELSEWHERE,
            () if !is_nothing_else(reader, &site) || !gazetteer.readings(lookup.name).all(is_town) => return,
            () if is_bracketed(reader, &site) => OF_COUNTRY,
            () if is_of_country(reader, lookup, told) && may_be_bare(reader, lookup, &site) => OF_COUNTRY,
            () => return,
        };
        found.extend(
            senses(reader, lookup)
                .iter()
                .find(|sense| sense.kind == Kind::Place)
                .map(|sense| of_sense(context, lookup, sense, sure)),
        );
    });
}

/// Whether the town stands alone in the bracket behind a name (`Anna Conti (Gmunden)`).
fn is_bracketed(reader: &Reader<'_>, site: &Site) -> bool {
    let open = site.first.wrapping_sub(1);
    reader.word(open) == "(" && reader.word(site.end) == ")" && reader.is_name_word(open.wrapping_sub(1))
}

/// Whether the town lies where the language is spoken, or in a country that the release names.
fn is_of_country(reader: &Reader<'_>, lookup: &Lookup, told: &Told<'_>) -> bool {
    let gazetteer = &reader.context.lexicon.gazetteer;
    let places = &reader.sentence.pack.places;
    let mut rows = gazetteer.readings(lookup.name).map(|reading| gazetteer.profile(reading.entry));
    let is_home = |country: &str| places.countries.iter().any(|home| home == country);
    // Villages are called like people: elsewhere one of some size is meant.
    rows.any(|row| is_home(row.country) || row.priority > VILLAGE && told.countries.contains(row.country))
}

/// Whether the town may stand without a preposition of place, or has one.
fn may_be_bare(reader: &Reader<'_>, lookup: &Lookup, site: &Site) -> bool {
    let (gazetteer, places) = (&reader.context.lexicon.gazetteer, &reader.sentence.pack.places);
    let is_of_many = |reading: Reading| {
        let country = gazetteer.profile(reading.entry).country;
        places.every_village.iter().any(|other| other == country)
    };
    !gazetteer.readings(lookup.name).any(is_of_many) || places.before.contains(reader.small(site.first.wrapping_sub(1)))
}

/// Whether a word that people are called by stands where they stand, or is a word of the language (`con Avilés`, `dijo Avilés`).
fn may_be_surname(reader: &Reader<'_>, site: &Site) -> bool {
    let people = &reader.sentence.pack.people;
    let class = |at: usize| people.class(reader.key(at));
    let is_behind_doer = class(site.first.wrapping_sub(1)).is_any(WordClass::PRECEDES_PERSON.with(WordClass::ACT));
    reader.zipf(site.first) > 0.0 || is_behind_doer || class(site.end).is(WordClass::ACT)
}

/// Whether no language has the word, and nobody is called so.
fn is_nothing_else(reader: &Reader<'_>, site: &Site) -> bool {
    let lexicon = reader.context.lexicon;
    lexicon.name_parts.get(reader.key(site.first)).is_none()
        && lexicon.common_words.highest_zipf(reader.key(site.first)).is_none()
}

/// Whether one capitalized word stands by itself, with nothing that makes it part of another name.
fn stands_alone(reader: &Reader<'_>, lookup: &Lookup, site: &Site) -> bool {
    let name = lookup.span.of(reader.context.document.as_str());
    let is_single =
        site.end == site.first + 1 && reader.token(site.first).is_some_and(|token| token.case == Case::Title);
    let touches =
        |at: usize| reader.is_name_word(at) || reader.token(at).is_some_and(|token| token.kind == TokenKind::Number);
    let is_joined = touches(site.end) && reader.token(site.end).is_some_and(|next| next.gap <= Gap::Blank);
    is_single
        && reader.case == CaseEvidence::Strong
        && name.chars().count() >= MIN_LETTERS
        && !behind_given_name(reader, site)
        && !behind_article(reader, site)
        && !is_inside_name(reader, site)
        && !is_joined
        && !follows_title(reader, site)
}

/// Whether a capitalized word touches the name from before, or a mark ties it to one.
fn follows_title(reader: &Reader<'_>, site: &Site) -> bool {
    let Some(before) = site.first.checked_sub(1).filter(|&before| before >= reader.sentence.first_token) else {
        return false;
    };
    // "Luca Cordero di Montezemolo": with an `of` between it may be part of a name, too.
    // "besuchte am Nachmittag Emmendingen": where every noun has a capital, a word of the language tells nothing.
    let is_noun = || reader.sentence.pack.people.nouns_are_capital && reader.zipf(before) > 0.0;
    let is_tied = follows_capital(reader, site) && !is_noun()
        || matches!(reader.word(before), "-" | "'" | "’" | "&" | ".")
            && reader.token(site.first).is_some_and(|token| token.gap == Gap::None);
    let is_quoted = matches!(reader.word(before), "\"" | "“" | "„" | "«")
        && matches!(reader.word(site.end), "\"" | "”" | "“" | "»");
    let pack = &reader.sentence.pack.people;
    let document = reader.context.document;
    let is_title = || {
        pack.honorifics.end_at(&document.tokens, before).is_some()
            || pack.offices.end_at(document.as_str(), &document.tokens, before).is_some()
    };
    is_tied || is_quoted || is_title()
}
