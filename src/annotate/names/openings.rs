//! What begins at a word of a name: a person, a body of its own, the adjective of a country.

use super::{head::words_end, reader::Reader};
use crate::{
    document::{Case, Gap},
    lexicon::{
        Kind,
        pack::{
            WordClass,
            heads::{Grammar, Joint, Takes},
        },
    },
};

/// Whether the word at `at` is the adjective of a country or region, in lower case.
pub(super) fn is_demonym(reader: &Reader<'_>, at: usize) -> bool {
    let is_small = reader.token(at).is_some_and(|token| token.case == Case::Lower && token.gap == Gap::Blank);
    is_small && reader.sentence.pack.people.class(reader.key(at)).is(WordClass::DEMONYM)
}

/// One past the adjective of a country at `at`, in lower case, which another may be tied to (`italo-vietnamita`).
pub(super) fn demonym_end(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let touches = |at: usize| reader.token(at).is_some_and(|token| token.gap == Gap::None);
    let is_small = reader.token(at).is_some_and(|token| token.case == Case::Lower && token.gap == Gap::Blank);
    let second = at + 2;
    let is_second = || {
        let is_small = reader.token(second).is_some_and(|token| token.case == Case::Lower);
        is_small && reader.sentence.pack.people.class(reader.key(second)).is(WordClass::DEMONYM)
    };
    if is_small && reader.word(at + 1) == "-" && touches(at + 1) && touches(second) && is_second() {
        return Some(second + 1);
    }
    is_demonym(reader, at).then_some(at + 1)
}

/// Whether the word at `at` is an adjective that narrows a head noun, whatever its case.
pub(super) fn narrows(reader: &Reader<'_>, grammar: &Grammar, at: usize) -> bool {
    let key = reader.key(at);
    grammar.joint(key) == Some(Joint::Adjective) || reader.sentence.pack.people.class(key).is(WordClass::DEMONYM)
}

/// Whether a body of its own begins at `at`: a head noun in capitals that a name follows, or that needs none.
pub(crate) fn opens_body(reader: &Reader<'_>, at: usize) -> bool {
    let index = &reader.context.lexicon.packs.institution_heads;
    let Some(token) = reader.token(at).filter(|token| token.case.is_capital()) else { return false };
    index.may_begin(token.key)
        && index.begin(token).any(|head| {
            let grammar = &index.languages[head.language];
            let goes_on = |end: usize| {
                head.takes(Takes::Nothing)
                    || head.takes(Takes::Of) && grammar.joint(reader.small(end)) == Some(Joint::Of)
                    || head.takes(Takes::For) && grammar.joint(reader.small(end)) == Some(Joint::For)
                    || head.takes(Takes::Name) && reader.is_joined(end - 1) && reader.is_name_word(end)
            };
            let is_own =
                head.kind == Kind::Institution && !head.is_outside && grammar.code == reader.sentence.pack.code;
            is_own && words_end(reader, head, at).is_some_and(goes_on)
        })
}

/// Whether a given name with a surname stands at `at`.
pub(in crate::annotate) fn is_person(reader: &Reader<'_>, at: usize) -> bool {
    let parts = &reader.context.lexicon.name_parts;
    let is_given = parts.get(reader.key(at)).is_some_and(|part| part.is_given);
    is_given && reader.is_name_word(at + 1) && parts.get(reader.key(at + 1)).is_some_and(|part| part.is_surname)
}

/// Priority from which a place of a given name's spelling is better known than the name.
const KNOWN_PLACE: i16 = 55;

/// Whether the lists know the word at `at` as a place that counts without a sign beside it.
pub(super) fn is_plain_place(reader: &Reader<'_>, at: usize) -> bool {
    let gazetteer = &reader.context.lexicon.gazetteer;
    reader.place_at(at).is_some_and(|(lookup, _)| {
        let mut rows = gazetteer.readings(lookup.name);
        rows.any(|reading| !reading.is_weak && gazetteer.profile(reading.entry).kind == Kind::Place)
    })
}

/// Whether a person begins at `at`: a given name with a surname, or one before a word that no table has.
pub(super) fn begins_person(reader: &Reader<'_>, at: usize) -> bool {
    is_person(reader, at) || opens_person(reader, at) || opens_romanized(reader, at)
}

/// Whether a surname stands before a given name of two syllables that a hyphen ties (`Park Ji-hoon`).
fn opens_romanized(reader: &Reader<'_>, at: usize) -> bool {
    let is_surname = || reader.context.lexicon.name_parts.get(reader.key(at)).is_some_and(|part| part.is_surname);
    let touches = |at: usize| reader.token(at).is_some_and(|token| token.gap == Gap::None);
    let is_small = |at: usize| reader.token(at).is_some_and(|token| token.case == Case::Lower);
    reader.is_name_word(at)
        && reader.is_name_word(at + 1)
        && reader.word(at + 2) == "-"
        && touches(at + 2)
        && touches(at + 3)
        && is_small(at + 3)
        && is_surname()
}

/// Whether a given name that is no place stands before another capitalized word.
pub(crate) fn opens_person(reader: &Reader<'_>, at: usize) -> bool {
    let is_given = reader.context.lexicon.name_parts.get(reader.key(at)).is_some_and(|part| part.is_given);
    // "In" is a given name of Korea, `in` is none.
    is_given
        && reader.is_name_word(at)
        && reader.is_name_word(at + 1)
        && (!is_plain_place(reader, at) || is_given_at_home(reader, at))
}

/// Whether the word at `at` is a given name of the language of the sentence and a little-known place (`Luca`), and no word of the
/// language stands behind it.
fn is_given_at_home(reader: &Reader<'_>, at: usize) -> bool {
    let lexicon = reader.context.lexicon;
    let home = lexicon.name_parts.origin_bit(&reader.sentence.pack.code);
    let is_home = lexicon.name_parts.get(reader.key(at)).is_some_and(|part| part.origins & home != 0);
    let Some((lookup, end)) = reader.place_at(at).filter(|_| is_home && reader.zipf(at + 1) == 0.0) else {
        return false;
    };
    let mut rows = lexicon.gazetteer.readings(lookup.name);
    let is_known = |entry| {
        let row = lexicon.gazetteer.profile(entry);
        row.kind == Kind::Place && row.priority >= KNOWN_PLACE
    };
    end == at + 1 && rows.all(|row| row.is_weak || !is_known(row.entry))
}
