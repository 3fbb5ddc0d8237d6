//! Further members of a name or of a list of names: behind a comma, behind `and`.

use super::{
    common,
    head::words_end,
    openings::{is_person, is_plain_place, opens_body, opens_person},
    reader::Reader,
    right::{Step, for_phrase, narrowed, of_phrase, skip_articles},
    run::run_end,
    seat::behind_seat,
};
use crate::{
    document::{Case, CaseEvidence},
    lexicon::{
        Kind, Reading,
        pack::{
            WordClass,
            heads::{Grammar, Head, Joint, Left, Takes},
        },
    },
};

/// A further member behind `and`: `della Cooperazione`, `Technology`, `finanze`.
pub(super) fn member(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> Option<Step> {
    if grammar.joint(reader.small(at)) == Some(Joint::Of) {
        let next = skip_articles(reader, grammar, at + 1);
        // "y de la agencia Santa Clara": a noun that announces another body.
        let heads = &reader.context.lexicon.packs.institution_heads;
        let announces = |head: &Head| head.is_outside && head.kind == Kind::Institution && head.takes(Takes::Name);
        let is_announced = || {
            let is_small = reader.token(next).is_some_and(|token| token.case == Case::Lower);
            is_small && reader.is_name_word(next + 1) && heads.begin(reader.key(next)).any(announces)
        };
        if opens_body(reader, next) || is_article(reader, at) || is_announced() {
            return None;
        }
        let may_be_common = head.takes(Takes::Common) && reader.case == CaseEvidence::Strong;
        return of_phrase(reader, grammar, head, at)
            .or_else(|| may_be_common.then(|| common::phrase(reader, grammar, at)).flatten());
    }
    if head.takes(Takes::To) && grammar.is_to(reader.small(at)) {
        return for_phrase(reader, grammar, head, at, false);
    }
    // "Economía, Hacienda y Empleo": a field of office that some village is called by.
    let is_place = || is_plain_place(reader, at) && grammar.joint(reader.key(at)) != Some(Joint::Field);
    let is_other = is_place() || reader.listed_at(at, Kind::Person).is_some();
    // "Federazione Nivora e Assoimprenditori Alto Adige": a noun of bodies that is no word of the language opens one of its own.
    let is_own = || opens_body(reader, at) && reader.zipf(at) == 0.0;
    if reader.is_name_word(at) && !is_other && !is_person(reader, at) && !opens_person(reader, at) && !is_own() {
        let end = run_end(reader, grammar, head, at);
        if is_body(reader, head, at, end) || is_acronym(reader, at) {
            return None;
        }
        // "all'Agricoltura, Sviluppo rurale e Pesca"
        let end = if end == at + 1 { narrowed(reader, grammar, at, end) } else { end };
        return Some(Step { end, is_name: false, is_place: false });
    }
    let is_field = head.takes(Takes::Field) && grammar.joint(reader.small(at)) == Some(Joint::Field);
    is_field.then_some(Step { end: at + 1, is_name: false, is_place: false })
}

/// Most bytes of letters that may be short for a body beside others that are (`AdSP MAO e KTZ`).
const MAX_ACRONYM_BYTES: usize = 5;

/// Whether letters that no language has as a word, or that head names, stand at `at` among words in small letters: a body of its
/// own (`et CCI France`), unless they are a term (`Ministry of Science and ICT`).
fn is_acronym(reader: &Reader<'_>, at: usize) -> bool {
    let lexicon = &reader.context.lexicon;
    let is_term = || {
        let mut packs = lexicon.packs.iter();
        packs.any(|pack| pack.institutions.not_bodies.contains(reader.key(at)))
    };
    let is_head = || lexicon.packs.institution_heads.begin(reader.key(at)).any(|head| !head.is_outside);
    reader.case == CaseEvidence::Strong
        && reader.token(at).is_some_and(|token| token.case == Case::Upper && token.span.len() > 2)
        && reader.token(at - 2).is_some_and(|token| token.case != Case::Upper || token.span.len() <= MAX_ACRONYM_BYTES)
        && (lexicon.common_words.highest_zipf(reader.key(at)).is_none() || is_head())
        && !is_term()
}

/// Whether what joins a name behind `of` is the article of something else as well (`dem Ministerium für Handel und der Kammer`).
fn is_article(reader: &Reader<'_>, at: usize) -> bool {
    reader.sentence.pack.people.class(reader.key(at)).is(WordClass::ARTICLE)
}

/// Whether the run `first..end` is a body of its own: the lists know it, or its last words are a head noun that stands behind
/// its name (`and SOAS University`).
fn is_body(reader: &Reader<'_>, head: &Head, first: usize, end: usize) -> bool {
    // "Center for Democracy and Technology" in any language: a word is a field.
    if reader.context.lexicon.common_words.highest_zipf(reader.key(first)).is_some() {
        return false;
    }
    // Firms are called by fields, too (`Innovation`, `Hacienda`): a spelling that never counts alone tells nothing.
    let gazetteer = &reader.context.lexicon.gazetteer;
    let is_body = |row: Reading| !row.is_weak && gazetteer.profile(row.entry).kind == Kind::Institution;
    let is_listed = || {
        let found = reader.listed_at(first, Kind::Institution).filter(|&(_, listed)| listed == end);
        found.is_some_and(|(lookup, _)| gazetteer.readings(lookup.name).any(is_body))
    };
    let heads = &reader.context.lexicon.packs.institution_heads;
    let is_head = |at: usize| {
        let mut heads = heads.begin(reader.key(at));
        heads.any(|other| other.language == head.language && other.left == Left::Any && !other.is_outside)
    };
    is_listed() || (first + 1..end).any(is_head)
}

/// A further field behind `and`: one common word in capitals.
pub(super) fn field_member(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> Option<Step> {
    let step = member(reader, grammar, head, at)?;
    // Nouns that are put together are in no list of words.
    let is_compound = || {
        reader.sentence.pack.institutions.nouns_are_capitalized
            && reader.lookup_at(at).is_none()
            && reader.context.lexicon.name_parts.get(reader.key(at)).is_none()
    };
    (step.end == at + 1 && (reader.zipf(at) > 0.0 || is_compound()) && !reader.is_name_word(at + 1)).then_some(step)
}

/// Whether a coordination of halved words ends before the comma at the token `comma` (`Schnee- und Lawinenforschung, …`): what
/// has its `and` is no list that goes on.
fn is_behind_halves(reader: &Reader<'_>, grammar: &Grammar, comma: usize) -> bool {
    comma >= reader.sentence.first_token + 4
        && grammar.joint(reader.small(comma - 2)) == Some(Joint::And)
        && reader.word(comma - 3) == "-"
}

/// A further member behind a comma: only where the list ends with `and`, or the member begins with `of`.
pub(super) fn list_member(reader: &Reader<'_>, grammar: &Grammar, head: &Head, comma: usize) -> Option<Step> {
    if is_behind_halves(reader, grammar, comma) {
        return None;
    }
    let step = member(reader, grammar, head, comma + 1)?;
    if grammar.joint(reader.small(comma + 1)) == Some(Joint::Of) {
        return Some(step);
    }
    let last = |at: usize| member(reader, grammar, head, at).or_else(|| articled_member(reader, grammar, head, at));
    ends_with_and(reader, grammar, step.end, last).then_some(step)
}

/// The last member of a list behind `and`, a common noun with its article (`Trade, Industry and the Environment`).
pub(super) fn articled_member(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> Option<Step> {
    let noun = skip_articles(reader, grammar, at);
    // "und die Bau-, Verkehrs- und Energiedirektion" opens another name.
    let is_halved = reader.sentence.pack.institutions.nouns_are_capitalized && reader.word(noun + 1) == "-";
    let is_noun = noun > at
        && !is_halved
        && reader.case == CaseEvidence::Strong
        && reader.is_name_word(noun)
        && reader.is_common(noun)
        && !opens_body(reader, noun);
    is_noun.then(|| member(reader, grammar, head, noun)).flatten()
}

/// Most further members of a list.
const MAX_MEMBERS: usize = 6;

/// Whether the list that goes on at `at`, behind one member, ends with `and` and a last `member`.
fn ends_with_and(
    reader: &Reader<'_>,
    grammar: &Grammar,
    mut at: usize,
    member: impl Fn(usize) -> Option<Step>,
) -> bool {
    for _ in 0..MAX_MEMBERS {
        let and = if reader.word(at) == "," { at + 1 } else { at };
        if grammar.joint(reader.small(and)) == Some(Joint::And) {
            return member(and + 1).is_some();
        }
        match member(at + 1).filter(|_| reader.word(at) == ",") {
            Some(next) => at = next.end,
            None => return false,
        }
    }
    false
}

/// A further purpose of a body at `at`: with `for` again, or a common noun with its article (`l'Innovazione`).
pub(super) fn purpose(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> Option<Step> {
    if grammar.joint(reader.small(at)) == Some(Joint::For) {
        return for_phrase(reader, grammar, head, at, false);
    }
    // Where nouns have capitals no article leads to them (`für Wirtschaft und Ausfuhrkontrolle`).
    let is_bare = reader.sentence.pack.institutions.nouns_are_capitalized && reader.is_name_word(at);
    let noun = if is_bare { at } else { at + 1 };
    let heads = &reader.context.lexicon.packs.institution_heads;
    let is_head = || {
        let mut others =
            heads.begin(reader.key(noun)).filter(|other| other.language == head.language && !other.is_outside);
        others.any(|other| words_end(reader, other, noun).is_some())
    };
    // "und die Bau-, Verkehrs- und Energiedirektion": so does a halved word behind an article.
    let is_halved =
        |noun: usize| reader.sentence.pack.institutions.nouns_are_capitalized && reader.word(noun + 1) == "-";
    // "für Deutschland und die Deutsch-Indische Handelskammer": an adjective of two parts opens another name.
    let is_tied = || !is_bare && reader.word(noun + 1) == "-" && (reader.is_name_word(noun + 2) || is_halved(noun));
    let is_other = || is_head() || is_tied() || reader.place_at(noun).is_some() || opens_person(reader, noun);
    let is_listed =
        || reader.listed_at(noun, Kind::Institution).is_some() || reader.listed_at(noun, Kind::Person).is_some();
    let is_noun = if is_bare {
        !is_listed()
    } else {
        grammar.joint(reader.small(at)) == Some(Joint::Article) && reader.is_common(noun)
    };
    if !reader.is_name_word(noun) && !is_bare && is_article_before_field(reader, grammar, head, at) {
        return common::phrase(reader, grammar, at - 1);
    }
    if !reader.is_name_word(noun) || !is_noun || is_other() {
        return None;
    }
    let end = run_end(reader, grammar, head, noun);
    let end = if end == noun + 1 { narrowed(reader, grammar, noun, end) } else { end };
    Some(Step { end, is_name: false, is_place: false })
}

/// Whether an article at `at` leads to a common noun in small letters that a body may be there for (`sur l'alimentation, la pêche et
/// l'aquaculture`): neither people nor bodies.
fn is_article_before_field(reader: &Reader<'_>, grammar: &Grammar, head: &Head, at: usize) -> bool {
    let people = &reader.sentence.pack.people;
    let document = reader.context.document;
    let is_office = || {
        people.offices.begin_at(document.as_str(), &document.tokens, at + 1).is_some()
            || people.class(reader.key(at + 1)).is(WordClass::PLURAL)
    };
    head.takes(Takes::Common)
        && reader.case == CaseEvidence::Strong
        && at > 0
        && grammar.joint(reader.small(at)) == Some(Joint::Article)
        && people.body_noun(reader.word(at + 1)).is_none()
        && !is_office()
}

/// A further purpose behind the comma at the token `comma`, where the list ends with `and` and another.
pub(super) fn purpose_in_list(reader: &Reader<'_>, grammar: &Grammar, head: &Head, comma: usize) -> Option<Step> {
    if is_behind_halves(reader, grammar, comma) {
        return None;
    }
    let step = purpose(reader, grammar, head, comma + 1)?;
    ends_with_and(reader, grammar, step.end, |at| purpose(reader, grammar, head, at)).then_some(step)
}

/// The second place behind `and` at the token `and`, where nothing of its own follows it (`di Roccabruna e Pietrafitta`).
pub(super) fn second_place(reader: &Reader<'_>, and: usize) -> Option<Step> {
    let (_, end) = reader.place_at(and + 1).filter(|_| !opens_body(reader, and + 1))?;
    (!reader.is_name_word(end)).then_some(Step { end, is_name: true, is_place: true })
}

/// Where the next member of a list begins behind `at`: after a comma or `and`, and an article.
pub(super) fn next_member(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> Option<usize> {
    let is_and = |at| grammar.joint(reader.small(at)) == Some(Joint::And);
    let at = behind_seat(reader, at);
    let next = match reader.word(at) {
        "," if is_and(at + 1) => at + 2,
        "," => at + 1,
        _ if is_and(at) => at + 1,
        _ => return None,
    };
    let name = skip_articles(reader, grammar, next);
    // An article that is a preposition, too (`a Nivora, a Telai`).
    let is_article = !reader.is_name_word(name) && reader.is_name_word(name + 1) && is_article(reader, name);
    Some(if is_article { name + 1 } else { name })
}
