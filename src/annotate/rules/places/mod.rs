//! Places beside the words that announce one.
//!
//! Read this file, then `parts.rs` (parts of countries by the point of the compass), then `located.rs` (places whose region
//! stands behind them), then `regions.rs` (regions that are abbreviated), then `seats.rs` (the towns of firms), then `owners.rs` (places in the genitive) and
//! `series.rs` (unlisted places among listed ones).

mod located;
mod owners;
mod parts;
mod regions;
mod seats;
mod series;

use super::Rule;
use crate::{
    annotate::{
        Confidence, Context, Evidence, Mention, Why,
        names::{Named, Reader, find_heads, opens_body},
        offices::{NoNames, OfficeReader},
        value::Value,
    },
    document::{Case, CaseEvidence, Gap, TokenKind, Zone},
    lexicon::{Kind, Profile, Subtype, pack::heads::Joint},
    text::WordKey,
};

/// Places beside the words that announce one.
pub(super) const RULE: Rule =
    Rule { name: "places", about: "Places beside the words that announce one.", find, echo: Some(echo) };

fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    for sentence in &context.document.sentences {
        let reader = Reader::new(context, sentence);
        find_heads(&reader, &context.lexicon.packs.place_heads, &mut |named| {
            let is_other =
                is_field(&reader, named) || is_listed_otherwise(&reader, named) || opens_country(&reader, named);
            if !is_other
                && !is_somebody(&reader, named)
                && !is_public_firm(&reader, named)
                && !is_house_of_body(&reader, named)
            {
                found.push(headed(&reader, named));
            }
        });
        if sentence.zone == Zone::Dateline {
            found.extend(opening(&reader));
        } else if reader.case == CaseEvidence::Strong {
            visited(&reader, found);
        }
        regions::find(&reader, found);
        if reader.case == CaseEvidence::Strong {
            hamlets(&reader, found);
            parts::find(&reader, found);
            located::find(&reader, found);
            owners::find(&reader, found);
            series::find(&reader, found);
        }
    }
}

fn headed(reader: &Reader<'_>, named: Named<'_>) -> Mention {
    let head = named.head;
    let rule = if head.is_outside { "places/cue" } else { "places/head" };
    let end = if head.is_outside { whole_place(reader, named.first, named.end) } else { named.end };
    let percent = if head.confidence == 0 { 85 } else { head.confidence };
    let mut mention = Mention::new(reader.span(named.first, end), head.kind, rule, Confidence::percent(percent));
    mention.subtype = head.subtype;
    if head.subtype == Some(Subtype::Country) {
        country_inside(reader, named, &mut mention);
        return mention;
    }
    if let Some((lookup, _)) = reader.place_at(named.first).filter(|&(_, place_end)| place_end == end) {
        let gazetteer = &reader.context.lexicon.gazetteer;
        let rows = gazetteer.readings(lookup.name).filter(|reading| head.is_outside || !reading.is_weak);
        let is_meant = |profile: &Profile<'_>| {
            profile.kind == Kind::Place && (!head.is_outside || profile.subtype == head.subtype)
        };
        let rows = rows.map(|reading| reading.entry).filter(|&row| is_meant(&gazetteer.profile(row)));
        mention.candidates = rows.filter(|&row| reader.allows(row, lookup.span)).collect();
        mention.candidates.sort_by_key(|&row| std::cmp::Reverse(gazetteer.profile(row).priority));
        if let Some(&row) = mention.candidates.first().filter(|_| !head.is_outside) {
            mention.subtype = gazetteer.profile(row).subtype.or(mention.subtype);
            mention.why = Why { by: Evidence::Both(row, rule), folds: lookup.folds };
        }
    }
    mention
}

/// Whether the name goes on with a body (`Palazzo centrale dell'Università di Roccabruna`): the body is named, and its house is no
/// place of its own.
fn is_house_of_body(reader: &Reader<'_>, named: Named<'_>) -> bool {
    let Some(grammar) = reader.grammar() else { return false };
    let opens = |at: usize| grammar.joint(reader.small(at - 1)) == Some(Joint::Of) && opens_body(reader, at);
    !named.head.is_outside && (named.head_at + 2..named.end.saturating_sub(1)).any(opens)
}

/// Whether a noun for a region stands before a common word that is no place of the lists: a field (`dipartimento di Agraria`,
/// `distretto della Ceramica`).
fn is_field(reader: &Reader<'_>, named: Named<'_>) -> bool {
    let is_region = named.head.is_outside && named.head.subtype == Some(Subtype::Region);
    is_region && reader.zipf(named.first) > 0.0 && reader.place_at(named.first).is_none()
}

/// Whether a noun that tells no sort (`stazione di`) stands before a place whose sort the lists know, or one of towns before a
/// country (`la capitale del Benin`).
fn is_listed_otherwise(reader: &Reader<'_>, named: Named<'_>) -> bool {
    let gazetteer = &reader.context.lexicon.gazetteer;
    let is_country = |(lookup, end): (&crate::lexicon::Lookup, usize)| {
        let mut rows = gazetteer.readings(lookup.name).filter(|reading| !reading.is_weak);
        end >= named.end && rows.any(|reading| gazetteer.profile(reading.entry).subtype == Some(Subtype::Country))
    };
    let is_of_town = named.head.is_outside && matches!(named.head.subtype, Some(Subtype::City | Subtype::Region));
    if is_of_town && reader.place_at(named.first).is_some_and(is_country) {
        return true;
    }
    let is_sorted = |(lookup, end): (&crate::lexicon::Lookup, usize)| {
        let mut rows = gazetteer.readings(lookup.name).filter(|reading| !reading.is_weak);
        end >= named.end && rows.any(|reading| gazetteer.profile(reading.entry).kind == Kind::Place)
    };
    named.head.is_outside
        && named.head.subtype == Some(Subtype::Other)
        && reader.place_at(named.first).is_some_and(is_sorted)
}

/// Whether the lists know the whole as a firm, a cluster or a public body (`Canal de Isabel II`): it is called by the waters that
/// it serves, or the valley that it is in.
fn is_public_firm(reader: &Reader<'_>, named: Named<'_>) -> bool {
    let gazetteer = &reader.context.lexicon.gazetteer;
    let is_firm = |row: crate::lexicon::Reading| {
        let profile = gazetteer.profile(row.entry);
        !row.is_weak
            && profile.kind == Kind::Institution
            && matches!(
                profile.subtype,
                Some(Subtype::Company | Subtype::Government | Subtype::Cluster | Subtype::Association)
            )
    };
    let listed =
        reader.listed_at(named.first, Kind::Institution).filter(|&(_, end)| end == named.end && !named.head.is_outside);
    listed.is_some_and(|(lookup, _)| gazetteer.readings(lookup.name).all(is_firm))
}

/// Whether the noun is the surname of a given name (`Franco Arena`), or of somebody whose office stands before the name or inside the
/// stretch (`Deputy Mayor Tory Marsh`).
fn is_somebody(reader: &Reader<'_>, named: Named<'_>) -> bool {
    if named.end != named.head_at + 1 || named.first == named.head_at || named.head.is_outside {
        return false;
    }
    let parts = &reader.context.lexicon.name_parts;
    let is_given = |at: usize| parts.get(reader.key(at)).is_some_and(|part| part.is_given);
    let is_surname = parts.get(reader.key(named.head_at)).is_some_and(|part| part.is_surname);
    named.first + 1 == named.head_at && is_surname && is_given(named.first) || has_office(reader, named)
}

/// Whether an office or a title ends before the name, a comma between at most, or before its last two words.
fn has_office(reader: &Reader<'_>, named: Named<'_>) -> bool {
    let document = reader.context.document;
    let people = &reader.sentence.pack.people;
    let is_title = |last: usize| {
        people.honorifics.end_at(&document.tokens, last).is_some()
            || people.offices.end_at(document.as_str(), &document.tokens, last).is_some()
    };
    let given = named.head_at - 1;
    let Some(before) = given.checked_sub(1).filter(|&before| before >= reader.sentence.first_token) else {
        return false;
    };
    let phrase = || OfficeReader::new(document, reader.sentence, NoNames).before(before).is_some();
    is_title(before) || given == named.first && reader.word(before) == "," && phrase()
}

/// Whether the noun is the first word of a country's name: `Cabo Verde`, `Costa Rica`.
fn opens_country(reader: &Reader<'_>, named: Named<'_>) -> bool {
    let gazetteer = &reader.context.lexicon.gazetteer;
    let is_country = |lookup: &crate::lexicon::Lookup| {
        gazetteer
            .readings(lookup.name)
            .any(|row| !row.is_weak && gazetteer.profile(row.entry).subtype == Some(Subtype::Country))
    };
    let is_form_of_state = named.head.subtype == Some(Subtype::Country);
    // "Palau" is a palace in Catalan, too.
    let goes_on = |end: usize| end > named.head_at + 1;
    !named.head.is_outside
        && !is_form_of_state
        && reader.place_at(named.first).is_some_and(|(lookup, end)| goes_on(end) && is_country(lookup))
}

/// The country that a form of state is said of: `Repubblica di Corea`. Without one the stretch names none.
fn country_inside(reader: &Reader<'_>, named: Named<'_>, mention: &mut Mention) {
    let gazetteer = &reader.context.lexicon.gazetteer;
    // The whole may be listed behind an article of another name: it is looked up by itself.
    let whole = gazetteer.spelling(mention.span.of(reader.context.document.as_str()));
    let inside = (named.first..named.end).filter_map(|at| reader.place_at(at)).map(|(lookup, _)| lookup.name);
    let rows = whole
        .into_iter()
        .chain(inside)
        .flat_map(|name| gazetteer.readings(name))
        .map(|reading| reading.entry)
        .filter(|&row| gazetteer.profile(row).subtype == Some(Subtype::Country));
    mention.candidates = rows.collect();
    match mention.candidates.first() {
        Some(&row) => mention.value = Some(Value::Code(gazetteer.profile(row).country.to_owned())),
        // The noun alone, so that a name behind it stays free ("il presidente della Repubblica Anna Conti").
        None => {
            mention.kind = Kind::Nothing;
            mention.span = reader.span(named.first, named.first + 1);
        }
    }
}

/// The end of the place that the lists know at `first`, where the capitals run on.
fn whole_place(reader: &Reader<'_>, first: usize, end: usize) -> usize {
    reader.place_at(first).map_or(end, |(_, place_end)| place_end)
}

/// The unlisted town that opens a dateline: `(Roccabruna, 3 maggio)`.
fn opening(reader: &Reader<'_>) -> Option<Mention> {
    let is_word = |&at: &usize| reader.token(at).is_some_and(|token| token.kind == TokenKind::Word);
    let first = (reader.sentence.first_token..reader.sentence.end_token).find(is_word)?;
    let token = reader.token(first).filter(|token| matches!(token.case, Case::Title | Case::Upper))?;
    let is_closed = matches!(reader.word(first + 1), "," | "–" | "—" | "-" | "/" | "(" | "." | ":");
    let is_unknown = reader.lookup_at(first).is_none() && reader.zipf(first) == 0.0;
    (token.span.len() >= 4 && is_closed && is_unknown).then(|| {
        let mut mention = Mention::new(token.span, Kind::Place, "places/dateline", Confidence::percent(70));
        mention.subtype = Some(Subtype::City);
        mention
    })
}

/// Hamlets that are called by their town and a second word: `Roccabruna Marina`.
fn hamlets(reader: &Reader<'_>, found: &mut Vec<Mention>) {
    let second = &reader.sentence.pack.places.second;
    if second.is_empty() {
        return;
    }
    for at in reader.sentence.first_token + 1..reader.sentence.end_token {
        let token = &reader.context.document.tokens[at];
        if token.case != Case::Title || token.gap != Gap::Blank || !second.contains(token.key) {
            continue;
        }
        let town = (1..=3).filter_map(|n_tokens| at.checked_sub(n_tokens)).find(|&first| {
            let is_capital = reader.token(first).is_some_and(|token| token.case.is_capital());
            is_capital && reader.place_at(first).is_some_and(|(_, end)| end == at)
        });
        // A person, a body or a longer name goes on.
        let is_alone = !reader.is_name_word(at + 1) || reader.token(at + 1).is_some_and(|next| next.gap == Gap::None);
        let opens = |first: usize| first == reader.sentence.first_token || !reader.is_name_word(first - 1);
        if let Some(first) = town.filter(|&first| is_alone && opens(first)) {
            let mut mention =
                Mention::new(reader.span(first, at + 1), Kind::Place, "places/hamlet", Confidence::percent(84));
            mention.subtype = Some(Subtype::City);
            found.push(mention);
        }
    }
}

/// Capitalized words that no list knows behind a preposition of place and a word of going or staying.
fn visited(reader: &Reader<'_>, found: &mut Vec<Mention>) {
    let words = &reader.sentence.pack.places;
    if words.before.is_empty() {
        return;
    }
    let mut n_words_since_motion = usize::MAX;
    // The preposition behind which a listed town stands.
    let mut behind = WordKey::NONE;
    for at in reader.sentence.first_token..reader.sentence.end_token {
        let key = reader.key(at);
        let is_small = reader.token(at).is_some_and(|token| token.case == Case::Lower);
        if !is_small {
            n_words_since_motion = n_words_since_motion.saturating_add(1);
            continue;
        }
        if words.motion.contains(key) {
            n_words_since_motion = 0;
            continue;
        }
        n_words_since_motion = n_words_since_motion.saturating_add(1);
        if words.before.contains(key) {
            // A listed town behind the same preposition goes before: `a Sapporo …, a Niseko`.
            if reader.place_at(at + 1).is_some() && !is_village(reader, at + 1) {
                behind = key;
            } else if n_words_since_motion <= 4 || behind == key {
                found.extend(unlisted(reader, at + 1));
            }
        }
    }
}

/// Whether the lists know the word at `at` as a place that never counts alone, and as nothing else.
fn is_village(reader: &Reader<'_>, at: usize) -> bool {
    let gazetteer = &reader.context.lexicon.gazetteer;
    reader.lookup_at(at).is_some_and(|(lookup, end)| {
        let is_weak_place =
            |reading: crate::lexicon::Reading| reading.is_weak && gazetteer.profile(reading.entry).kind == Kind::Place;
        end == at + 1 && gazetteer.readings(lookup.name).all(is_weak_place)
    })
}

fn unlisted(reader: &Reader<'_>, at: usize) -> Option<Mention> {
    let token = reader.token(at).filter(|token| token.case == Case::Title && token.gap == Gap::Blank)?;
    let parts = &reader.context.lexicon.name_parts;
    let is_alone = !reader.is_name_word(at + 1) || reader.token(at + 1).is_some_and(|next| next.gap == Gap::None);
    let is_unknown = (reader.lookup_at(at).is_none() || is_village(reader, at))
        && !reader.is_common(at)
        && parts.get(reader.key(at)).is_none();
    if token.span.len() < 4
        || !is_alone
        || !is_unknown
        || reader.zipf(at) > 0.0
        || matches!(reader.word(at + 1), "-" | "&" | "'" | "’")
    {
        return None;
    }
    let mut mention = Mention::new(token.span, Kind::Place, "places/visited", Confidence::percent(65));
    mention.subtype = Some(Subtype::City);
    Some(mention)
}

/// Unlisted places that the first pass established, in their other places.
fn echo(context: &Context<'_>, found: &mut Vec<Mention>) {
    seats::find(context, found);
    let document = context.document;
    let text = document.as_str();
    let mut known: Vec<(&str, &Mention)> = context
        .established
        .iter()
        .filter(|mention| mention.kind == Kind::Place && mention.candidates.is_empty())
        .map(|mention| (mention.span.of(text), mention))
        .filter(|(name, _)| !name.contains(' '))
        .collect();
    known.sort_by_key(|(name, _)| *name);
    known.dedup_by_key(|(name, _)| *name);
    if known.is_empty() {
        return;
    }
    for token in document.tokens.iter().filter(|token| token.case.is_capital()) {
        if let Ok(at) = known.binary_search_by_key(&document.word(token), |(name, _)| *name) {
            let model = known[at].1;
            let mut mention =
                Mention::new(token.span, Kind::Place, "places/echo", Confidence::percent(65).min(model.confidence));
            mention.subtype = model.subtype;
            found.push(mention);
        }
    }
}
