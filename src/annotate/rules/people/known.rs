//! What the lists say of a word or a stretch that may be a name.

use super::{
    Reader,
    runs::{Shape, Unit},
};
use crate::{lexicon::Kind, text::words::Case};

/// Priority from which a place is known well enough to be no surname behind a given name.
const KNOWN_PLACE: i16 = 50;

/// Priority from which a place is known so well that a given name is hardly meant.
const WELL_KNOWN_PLACE: i16 = 60;

/// What the lists say of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listed {
    No,
    Person,
    /// The stretch is the name of something else.
    Whole,
    /// The stretch lies inside a longer name.
    Inside,
}

impl Reader<'_> {
    /// Whether hyphens tie a small word between others, as they do in names of towns (`Montemor-o-Novo`).
    pub(super) fn is_tied_like_place(&self, unit: &Unit) -> bool {
        let is_small =
            |at: usize| self.tokens[at].case == Case::Lower && self.word(at + 1) == "-" && self.word(at - 1) == "-";
        unit.shape == Shape::Name && unit.end >= unit.first + 5 && (unit.first + 2..unit.end - 2).any(is_small)
    }

    pub(super) fn ends_with_place(&self, unit: &Unit) -> bool {
        self.lookups(self.span(unit.first, unit.end)).any(|lookup| self.kind_of(lookup) == Some(Kind::Place))
    }

    /// Whether the unit ends a name of the lists, no person's, that begins before it.
    pub(super) fn is_tail_of_listed(&self, unit: &Unit) -> bool {
        let span = self.span(unit.first, unit.end);
        self.lookups(span).any(|lookup| {
            lookup.span.start() < span.start()
                && lookup.span.end() == span.end()
                && self.kind_of(lookup).is_some_and(|kind| kind != Kind::Person)
        })
    }

    /// Whether the first word of several is a place or a body and no given name (`Samsung Italia`).
    pub(super) fn begins_with_listed(&self, head: &Unit) -> bool {
        !head.part.is_given
            && head.part.surname_origins & self.surname_first == 0
            && self
                .lookups(self.span(head.first, head.end))
                .any(|lookup| self.kind_of(lookup).is_some_and(|kind| kind != Kind::Person))
    }

    /// Whether the lists know a word as something, villages aside: nobody knows them, and their names are like people's.
    pub(super) fn is_listed(&self, unit: &Unit) -> bool {
        self.lookups(self.span(unit.first, unit.end)).any(|lookup| self.is_known(lookup))
    }

    /// Whether the lists know a word as something, and not only as a small place.
    pub(super) fn is_of_note(&self, unit: &Unit) -> bool {
        let gazetteer = &self.context.lexicon.gazetteer;
        self.lookups(self.span(unit.first, unit.end)).any(|lookup| {
            let mut rows = gazetteer.readings(lookup.name).map(|reading| gazetteer.profile(reading.entry));
            rows.any(|row| row.kind != Kind::Place || row.priority >= KNOWN_PLACE)
        })
    }

    /// Whether the lists know a word as nothing but places that count alone.
    pub(super) fn is_only_place(&self, unit: &Unit) -> bool {
        let gazetteer = &self.context.lexicon.gazetteer;
        self.lookups(self.span(unit.first, unit.end)).all(|lookup| {
            let mut rows = gazetteer.readings(lookup.name).map(|reading| gazetteer.profile(reading.entry));
            rows.all(|row| row.kind == Kind::Place)
        })
    }

    /// Whether the lists know a given name as something else that counts alone; small places aside (`Luca` is Lucca elsewhere), if
    /// people of the language have it.
    pub(super) fn is_thing_too(&self, head: &Unit) -> bool {
        let lexicon = self.context.lexicon;
        if head.part.origins & lexicon.name_parts.origin_bit(&self.sentence.pack.code) == 0 {
            return self.is_listed(head);
        }
        self.is_firmly_listed(head)
    }

    /// Whether the lists know a word as something that counts alone, people and small places aside.
    pub(super) fn is_firmly_listed(&self, unit: &Unit) -> bool {
        let gazetteer = &self.context.lexicon.gazetteer;
        self.lookups(self.span(unit.first, unit.end)).any(|lookup| {
            let mut rows = gazetteer
                .readings(lookup.name)
                .filter(|reading| !reading.is_weak)
                .map(|reading| gazetteer.profile(reading.entry));
            rows.any(|row| row.kind != Kind::Person && (row.kind != Kind::Place || row.priority >= WELL_KNOWN_PLACE))
        })
    }

    pub(super) fn listed(&self, first: usize, end: usize) -> Listed {
        let span = self.span(first, end);
        let mut listed = Listed::No;
        for lookup in self.lookups(span) {
            let Some(kind) = self.kind_of(lookup) else { continue };
            if matches!(kind, Kind::Sector | Kind::Date | Kind::Amount) {
                continue;
            }
            if lookup.span.contains(span) {
                listed = match kind {
                    Kind::Person => Listed::Person,
                    _ if lookup.span.len() > span.len() => return Listed::Inside,
                    _ => Listed::Whole,
                };
            } else if !span.contains(lookup.span) && kind != Kind::Person {
                return Listed::Inside;
            }
        }
        listed
    }
}
