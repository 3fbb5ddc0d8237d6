//! Places in the genitive, where a language writes its ending onto them: `Sachsens Wirtschaft`, `Taiwans Hafenstädte`.

use crate::{
    annotate::{Confidence, Mention, names::Reader},
    document::{Case, Gap, Token},
    lexicon::{EntryId, Folds, Kind, NameId, Subtype},
};

/// How sure such a place is.
const SURE: Confidence = Confidence::percent(85);

/// Priority from which a town is known well enough to be told with an ending.
const MIN_PRIORITY: i16 = 60;

/// Finds the places of a sentence that bear the ending of the genitive.
pub(super) fn find(reader: &Reader<'_>, found: &mut Vec<Mention>) {
    let endings = &reader.sentence.pack.places.genitive_endings;
    if endings.is_empty() {
        return;
    }
    for at in reader.sentence.first_token..reader.sentence.end_token {
        let is_tied = || {
            matches!(reader.word(at + 1), "-" | "'" | "’")
                && reader.token(at + 1).is_some_and(|next| next.gap == Gap::None)
        };
        let is_free = |token: &&Token| token.case == Case::Title && reader.lookup_at(at).is_none() && !is_tied();
        if reader.token(at).filter(is_free).is_some() && !is_word(reader, at) {
            found.extend(reader.genitive_stem(at).and_then(|stem| owner(reader, at, stem)));
        }
    }
}

/// Whether the word at `at` is one of the language, or a name of people.
fn is_word(reader: &Reader<'_>, at: usize) -> bool {
    reader.zipf(at) > 0.0 || reader.context.lexicon.name_parts.get(reader.key(at)).is_some()
}

/// The place that the lists know by `stem`: a country, a region, or a town that is well known.
fn owner(reader: &Reader<'_>, at: usize, stem: NameId) -> Option<Mention> {
    let gazetteer = &reader.context.lexicon.gazetteer;
    let rows = gazetteer.readings(stem).filter(|reading| !reading.is_weak).map(|reading| reading.entry);
    let may_own = |row: &EntryId| {
        let entry = gazetteer.profile(*row);
        let is_land = matches!(entry.subtype, Some(Subtype::Country | Subtype::Region));
        entry.kind == Kind::Place && (is_land || entry.priority >= MIN_PRIORITY)
    };
    let rows: Vec<EntryId> = rows.filter(may_own).collect();
    let mention = Mention::new(reader.span(at, at + 1), Kind::Place, "places/owner", SURE);
    (!rows.is_empty()).then(|| mention.naming(rows, Folds::NONE, gazetteer))
}
