//! Unlisted bodies by the shape of their names and the company they keep: a town or country beside a coined word
//! (`Sviluppo Lucania`), capitals inside a word (`GeoFucina`), an unlisted name behind an article (`all'Unirest`).

use crate::{
    annotate::{
        Confidence, Mention,
        names::{Reader, announces_body, apposed_body, national_firm},
    },
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::{
        Kind, Subtype,
        pack::{
            Scope, Standing, WordClass,
            heads::{Head, Joint},
        },
    },
};

/// Priority from which a place is known well enough to be part of a body's name.
const MIN_PRIORITY: i16 = 50;

/// Priority from which a place, as the last word of two, is likelier a place than a surname nobody lists.
const WELL_KNOWN: i16 = 60;

/// Priority of regions and countries, which surnames of the same spelling do not outweigh.
const HIGH: i16 = 80;

/// Frequency (Zipf) from which a word opens no name of a firm.
const COMMON: f32 = 4.5;

/// Fewest letters of a firm's name of one word that only its end tells.
const MIN_COINED: usize = 7;

/// How sure a firm is that only the shape of its name tells.
const BY_SHAPE: u8 = 68;

/// How sure one is that a noun in apposition tells.
const APPOSED: u8 = 72;

/// Most coined words before a place.
const MAX_COINED: usize = 3;

/// Finds bodies of a sentence by the shape of their names.
pub(super) fn find(reader: &Reader<'_>, found: &mut Vec<Mention>) {
    if reader.case != CaseEvidence::Strong {
        return;
    }
    for at in reader.sentence.first_token..reader.sentence.end_token {
        let Some(token) = reader.token(at).filter(|token| token.kind == TokenKind::Word) else { continue };
        if token.case == Case::Mixed && is_coined(reader, at) {
            found.push(company(reader, at, at + 1, "institutions/coined", 66));
        }
        if token.case == Case::Title && is_determined_name(reader, at) {
            let mut mention = company(reader, at, at + 1, "institutions/article", 56);
            mention.subtype = Some(Subtype::Other);
            found.push(mention);
        }
        if token.case == Case::Upper && is_acronym(reader, at) {
            let mut mention = company(reader, at, at + 1, "institutions/capitals", 58);
            mention.subtype = Some(Subtype::Other);
            found.push(mention);
        }
        if token.case.is_capital()
            && let Some((end, apposed)) = firm(reader, at)
        {
            let percent = if apposed.is_some() { APPOSED } else { BY_SHAPE };
            let mut mention = company(reader, at, end, "institutions/firm", percent);
            mention.subtype = apposed.or(mention.subtype);
            mention.is_guess = apposed.is_none();
            found.push(mention);
        }
        if token.case.is_capital()
            && let Some(end) = national_firm(reader.context, reader.sentence, at)
        {
            found.push(company(reader, at, end, "institutions/national", BY_SHAPE));
        }
        if token.case.is_capital()
            && let Some((first, end)) = around_place(reader, at).filter(|&(first, _)| !is_titled(reader, first))
        {
            let mut mention = company(reader, first, end, "institutions/of-place", 60);
            // "KOTRA Milano": the office of a body that the lists know is of its sort.
            if first < at
                && let Some(subtype) = listed_sort(reader, first, at)
            {
                mention.subtype = Some(subtype);
                mention.is_guess = false;
            }
            found.push(mention);
        }
    }
}

/// The end of a run of capitalized words from `at` on that is told as a firm's by the way its last word ends (`Nivotech`), or by
/// a noun in apposition (`Nivora Telai, una startup`), with the sort that the noun tells.
fn firm(reader: &Reader<'_>, at: usize) -> Option<(usize, Option<Subtype>)> {
    let blank = |at: usize| reader.token(at).is_some_and(|token| token.gap == Gap::Blank);
    let is_plain_capital = |at: usize| {
        reader.is_name_word(at)
            && !reader.is_function_word(at)
            && !announces_body(reader, at)
            && !is_opening_verb(reader, at)
    };
    let goes_back = at > reader.sentence.first_token && blank(at) && is_plain_capital(at - 1);
    let is_tied =
        at > reader.sentence.first_token && matches!(reader.word(at - 1), "-" | "'" | "’" | "&") && !blank(at);
    if goes_back || is_tied || reader.is_function_word(at) || announces_body(reader, at) || is_opening_verb(reader, at)
    {
        return None;
    }
    let mut end = at + 1;
    while end - at <= MAX_COINED && blank(end) && reader.is_name_word(end) {
        end += 1;
    }
    // "Sachsens Mikroelektronik": a place that owns what stands behind it.
    let is_owner = end == at + 2 && reader.sentence.pack.institutions.nouns_are_capitalized && is_genitive(reader, at);
    let is_listed = is_owner
        || reader.lookup_at(at).is_some_and(|(_, listed)| listed >= end)
        || blank(end) && reader.is_name_word(end);
    let is_head =
        |at: usize| reader.context.lexicon.packs.institution_heads.begin(reader.key(at)).any(|head| !head.is_outside);
    // "Referentin International": an office and what it is about.
    let (text, tokens) = (reader.context.document.as_str(), &reader.context.document.tokens);
    let is_office = reader.sentence.pack.people.offices.begin_at(text, tokens, at).is_some();
    if is_listed || is_office || is_head(at) && end == at + 1 {
        return None;
    }
    let last = end - 1;
    let parts = &reader.context.lexicon.name_parts;
    let is_given = parts.get(reader.key(at)).is_some_and(|part| part.is_given);
    let is_part = parts.get(reader.key(last)).is_some();
    let is_unknown = reader.zipf(at) == 0.0;
    let anywhere = &reader.context.lexicon.packs.undetermined().people;
    let is_coined = reader.zipf(last) == 0.0 && !is_part && anywhere.ends_like_firm(reader.word(last));
    let is_word =
        end > at + 1 && anywhere.firm_words.contains(&reader.key(last)) && (is_unknown || !reader.opens_sentence(at));
    let ends_in_noun =
        end > at + 1 && !is_part && anywhere.firm_nouns.contains(&reader.key(last)) && !opens_title(reader, last);
    let is_noun = ends_in_noun && is_unknown;
    let by_shape = is_coined && (end > at + 1 || reader.word(last).chars().count() >= MIN_COINED)
        || is_word && reader.zipf(at) < COMMON
        || is_noun;
    // "Vera Moldes": firms are called by given names before what they make, where a capital makes a name of it.
    let is_called_so =
        || ends_in_noun && !reader.opens_sentence(at) && !reader.sentence.pack.institutions.nouns_are_capitalized;
    if by_shape && !is_given || is_given && is_called_so() {
        return Some((end, None));
    }
    // One word is a name where it is none of the language.
    let token = reader.token(at)?;
    let context = reader.context;
    let noun = || apposed_body(context.document, reader.sentence, &context.lexicon.packs, end);
    // "Feitosa, il gruppo è partito": behind one word an article may open a clause of its own, but where the noun is of something.
    let has_complement = |noun: &Head| {
        let at = (end + 2..end + 5).find(|&at| noun.words.first() == Some(&reader.key(at)));
        at.is_some_and(|at| {
            reader
                .grammar()
                .is_some_and(|grammar| grammar.joint(reader.small(at + noun.words.len())) == Some(Joint::Of))
        })
    };
    let opens_clause = |noun: &Head| {
        token.case == Case::Title
            && reader.sentence.pack.people.class(reader.key(end + 1)).is(WordClass::ARTICLE)
            && !has_complement(noun)
    };
    // Nobody is written in capitals within a sentence.
    let is_name = is_unknown && (!is_part || token.case == Case::Upper);
    let may_be_told = reader.zipf(at) < COMMON && (end > at + 1 || is_name);
    let noun = may_be_told.then(noun).flatten().filter(|noun| end > at + 1 || !opens_clause(noun))?;
    Some((end, Some(noun.subtype?)))
}

/// Fewest bytes before the ending of a verb.
const MIN_STEM: usize = 4;

/// Whether a sentence opens with the word at `at`, a verb of what somebody will do (`Parteciperà Leonardo, società italiana`).
fn is_opening_verb(reader: &Reader<'_>, at: usize) -> bool {
    let word = reader.word(at);
    let people = &reader.sentence.pack.people;
    reader.opens_sentence(at)
        && people.future_endings.of(word).any(|(ending, ())| word.len() >= ending.len() + MIN_STEM)
}

/// Whether the word at `at` is a name of the lists with the ending of the genitive.
fn is_genitive(reader: &Reader<'_>, at: usize) -> bool {
    reader.lookup_at(at).is_none() && reader.genitive_stem(at).is_some()
}

/// The sort of the body that the lists know by the words `first..end`.
fn listed_sort(reader: &Reader<'_>, first: usize, end: usize) -> Option<Subtype> {
    let (lookup, listed) = reader.lookup_at(first)?;
    let gazetteer = &reader.context.lexicon.gazetteer;
    let bodies = gazetteer.readings(lookup.name).map(|reading| gazetteer.profile(reading.entry));
    bodies
        .filter(|entry| entry.kind == Kind::Institution && entry.priority >= WELL_KNOWN && listed == end)
        .max_by_key(|entry| entry.priority)?
        .subtype
}

/// Whether the capitalized noun at `at` and a small one behind `and` are one title (`Firenze Marketing e turismo`).
fn opens_title(reader: &Reader<'_>, at: usize) -> bool {
    let is_small = reader.token(at + 2).is_some_and(|token| token.case == Case::Lower);
    let is_and = reader.grammar().is_some_and(|grammar| grammar.joint(reader.small(at + 1)) == Some(Joint::And));
    is_and && is_small && !reader.is_function_word(at + 2)
}

fn company(reader: &Reader<'_>, first: usize, end: usize, rule: &'static str, percent: u8) -> Mention {
    let mut mention = Mention::new(reader.span(first, end), Kind::Institution, rule, Confidence::percent(percent));
    mention.subtype = Some(Subtype::Company);
    mention.is_guess = true;
    mention
}

/// A word that begins with a capital and has another behind a small letter, unlike surnames (`McAllister`, `DeLuca`).
fn is_coined(reader: &Reader<'_>, at: usize) -> bool {
    let word = reader.word(at);
    let letters: Vec<char> = word.chars().collect();
    let turn = (3..letters.len()).find(|&n| letters[n].is_uppercase() && letters[n - 1].is_lowercase());
    let alone =
        |at: usize| !reader.is_name_word(at) || reader.token(at).is_none_or(|token| token.gap == Gap::Paragraph);
    letters.len() >= 5
        && letters[0].is_uppercase()
        && turn.is_some_and(|turn| letters[turn..].iter().any(|c| c.is_lowercase()))
        && !word.starts_with("Mac")
        && !word.contains(['\'', '’'])
        && reader.lookup_at(at).is_none()
        && reader.context.lexicon.name_parts.get(word).is_none()
        && alone(at + 1)
        && (at == reader.sentence.first_token || alone(at - 1))
        && !matches!(reader.word(at + 1), "-" | ".")
}

/// An unlisted word in capitals behind an article in the singular (`la ABCD`, `dell'ABCD`) that is no term in capitals.
fn is_acronym(reader: &Reader<'_>, at: usize) -> bool {
    let word = reader.word(at);
    let words = &reader.sentence.pack.institutions;
    if !words.determiners.contains(reader.small(at.wrapping_sub(1))) {
        return false;
    }
    let is_term = words.not_bodies.contains(reader.key(at)) || reader.zipf(at) > 0.0;
    let is_numeral = word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C' | 'D' | 'M'));
    let n_letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let is_alone = !reader.is_name_word(at + 1) && !matches!(reader.word(at + 1), "-" | "/" | ".");
    reader.lookup_at(at).is_none()
        && (3..=7).contains(&n_letters)
        && n_letters == word.chars().count()
        && !is_term
        && !is_numeral
        && is_alone
        && !reader.token(at + 1).is_some_and(|next| next.kind == TokenKind::Number)
}

/// A capitalized word that no list explains behind an article that bodies take (`dell'Unirest`).
fn is_determined_name(reader: &Reader<'_>, at: usize) -> bool {
    let words = &reader.sentence.pack.institutions;
    let before = reader.small(at.wrapping_sub(1));
    let is_alone = !reader.is_name_word(at + 1) && !matches!(reader.word(at + 1), "-" | "/" | "'" | "’");
    // "La prorettrice all'Internazionalizzazione": what an officer is in charge of.
    let people = &reader.sentence.pack.people;
    let (text, tokens) = (reader.context.document.as_str(), &reader.context.document.tokens);
    let is_charge = || {
        let office = at
            .checked_sub(2)
            .filter(|&last| last >= reader.sentence.first_token)
            .and_then(|last| people.offices.end_at(text, tokens, last));
        office.is_some_and(|(_, office)| office.standing == Standing::Office && office.scope != Scope::Academy)
            && people.class(reader.key(at - 1)).is(WordClass::TO)
    };
    // "Nell'Ascolano": the land around a town is called by its adjective.
    let is_land = || {
        people.class(before).is(WordClass::TO.with(WordClass::ARTICULATED))
            && people.ends_like_adjective(reader.word(at))
    };
    words.body_articles.contains(before)
        && !is_land()
        && !is_charge()
        && reader.word(at).chars().count() >= 4
        && is_alone
        && reader.lookup_at(at).is_none()
        && reader.zipf(at) == 0.0
        && reader.context.lexicon.packs.institution_heads.begin(reader.key(at)).next().is_none()
        && reader.context.lexicon.name_parts.get(reader.key(at)).is_none()
        && !words.not_bodies.contains(reader.key(at))
}

/// Whether a title of people stands at `at` (`Padre Bernardo Zorvik`).
fn is_titled(reader: &Reader<'_>, at: usize) -> bool {
    let people = &reader.sentence.pack.people;
    people.honorifics.begin_at(&reader.context.document.tokens, at).is_some()
}

/// The capitalized words, up to three, beside a listed town, region or country at `at`, where the others are no names of
/// people, no places and no common words that open a sentence.
fn around_place(reader: &Reader<'_>, at: usize) -> Option<(usize, usize)> {
    let (lookup, place_end) = reader.place_at(at)?;
    let gazetteer = &reader.context.lexicon.gazetteer;
    let is_known = |reading: crate::lexicon::Reading| {
        let entry = gazetteer.profile(reading.entry);
        !reading.is_weak && entry.kind == Kind::Place && entry.priority >= MIN_PRIORITY
    };
    if !gazetteer.readings(lookup.name).any(is_known) {
        return None;
    }
    let priority = gazetteer.readings(lookup.name).map(|reading| gazetteer.profile(reading.entry).priority).max()?;
    let parts = &reader.context.lexicon.name_parts;
    let is_head = reader.context.lexicon.packs.place_heads.begin(reader.key(at)).next().is_some();
    let is_given = place_end == at + 1 && parts.get(reader.key(at)).is_some_and(|part| part.is_given);
    let blank = |at: usize| reader.token(at).is_some_and(|token| token.gap == Gap::Blank);
    let nouns_are_capitalized = reader.sentence.pack.institutions.nouns_are_capitalized;
    // "Pordenone Fiere": what a firm does behind its town, though somebody is called so too.
    let anywhere = &reader.context.lexicon.packs.undetermined().people;
    let is_trade =
        |at: usize| reader.is_name_word(at) && !nouns_are_capitalized && anywhere.firm_nouns.contains(&reader.key(at));
    let has_trade = blank(place_end) && is_trade(place_end) && reader.place_at(place_end).is_none();
    if lookup.span.len() < 4 || is_head || is_given && !has_trade || has_trade && opens_title(reader, place_end) {
        return None;
    }
    // "in Tainan Gespräche": where every noun has a capital, one behind a town is a word of the sentence.
    let is_coined_noun = |at: usize| {
        reader.token(at).is_some_and(|token| matches!(token.case, Case::Upper | Case::Mixed))
            || anywhere.ends_like_firm(reader.word(at))
    };
    let is_coined = |at: usize| {
        is_trade(at) && has_trade
            || reader.is_name_word(at)
                && reader.word(at).chars().count() > 2
                && parts.get(reader.key(at)).is_none()
                && reader.place_at(at).is_none()
                && !reader.is_function_word(at)
                && !(nouns_are_capitalized && reader.zipf(at) > 0.0)
                && !(nouns_are_capitalized && at == place_end && !is_coined_noun(at))
                && reader.context.lexicon.packs.place_heads.begin(reader.key(at)).next().is_none()
    };
    // The first coined word before the place, or one behind it.
    let mut first = at;
    while at - first < MAX_COINED && first > reader.sentence.first_token && blank(first) && is_coined(first - 1) {
        first -= 1;
    }
    let mut end = place_end + usize::from(blank(place_end) && is_coined(place_end));
    // "Longarone Fiere Dolomiti"
    if has_trade
        && blank(end)
        && let Some((_, behind)) = reader.place_at(end)
    {
        end = behind;
    }
    // "Rigoberto Cervino": a small town, or one that is a surname too, behind a word that is none of the language.
    let is_surname = place_end == at + 1 && parts.get(reader.key(at)).is_some_and(|part| part.is_surname);
    let may_be_surname = priority < WELL_KNOWN || is_surname && priority < HIGH;
    // "Frigotecnica Lugo": a word that ends like those of firms is nobody's.
    let is_firm = || {
        first + 1 == at
            && anywhere.ends_like_firm(reader.word(first))
            && reader.word(first).chars().count() >= MIN_COINED
    };
    if first < at && may_be_surname && !is_firm() && (first..at).any(|word| reader.zipf(word) == 0.0) {
        return None;
    }
    let touches_before = first > reader.sentence.first_token
        && blank(first)
        && reader.is_name_word(first - 1)
        && !reader.is_function_word(first - 1);
    let touches_behind = blank(end) && reader.is_name_word(end);
    let is_one_sided = (first < at) != (end > place_end);
    let opens = first < at && reader.opens_sentence(first);
    // "l'ingegner Milton Alderete": who has a title is somebody, though a town is called so too.
    let document = reader.context.document;
    let before = first.checked_sub(1).filter(|&before| before >= reader.sentence.first_token);
    if before.is_some_and(|before| reader.sentence.pack.people.honorifics.end_at(&document.tokens, before).is_some()) {
        return None;
    }
    (is_one_sided && !touches_before && !touches_behind && !opens).then_some((first, end))
}
