//! Names that a title announces, whatever their words mean, and surnames of several words behind one: with a particle before a town (`l'ambassadeur Hugues de Wavre`), two joined by an `and`
//! (`el ingeniero Juan Tapia y Franco`).

use super::{
    Reader,
    cues::Title,
    runs::{Shape, Unit},
};
use crate::{
    lexicon::{Kind, Profile, Subtype, pack::WordClass},
    text::words::{Case, Gap},
};

/// Zipf frequency from which a name is cut off at a word.
const WORD: f32 = 3.0;

/// Most parts of a name that a title alone tells.
const MAX_ANNOUNCED: usize = 4;

/// Zipf frequency from which a given name is rather a word.
const COMMON: f32 = 4.5;

impl Reader<'_> {
    /// Whether a given name that the title or office of one announces begins the units: nobody is called so by it alone.
    pub(super) fn is_titled(&self, units: &[Unit]) -> bool {
        let Some(given) = units.first().filter(|given| given.shape == Shape::Name) else { return false };
        let is_name = given.part.is_given && given.zipf < COMMON && given.case == Case::Title;
        // "a vice-presidente da entidade, Marta Rocha e Castro": the office may end with its body and a comma.
        let title = || self.title_before(given.first).or_else(|| self.cue_before(given.first).map(|(title, _)| title));
        is_name && matches!(title(), Some(Title::Honorific | Title::Office))
    }

    /// Whether the unit at `idx` is part of a name that a title or the label of contacts announces, though its word is one of another
    /// language (`deputada Any Ortiz`), or one of this behind a given name (`Dr. Vroni Morgen`, `Contact presse : Gwenola Lac`).
    pub(super) fn is_announced(&self, units: &[Unit], idx: usize) -> bool {
        let unit = &units[idx];
        // "a professora Isabel Vaz Serra": the word for a range of mountains is a surname, too.
        let may_be_name = unit.class == WordClass::NONE || unit.part.is_surname && unit.class == WordClass::NOT_NAME;
        let is_plain = unit.case == Case::Title && unit.end == unit.first + 1 && may_be_name;
        // What is no word is not cut off anyway, and titles are dear to look for.
        let is_word = unit.zipf >= WORD || unit.class != WordClass::NONE;
        if !is_word || !is_plain || self.is_capitals || units.len() > MAX_ANNOUNCED {
            return false;
        }
        let is_strange = || self.zipfs.is_none_or(|zipfs| zipfs.get(self.key(unit.first)).is_none());
        let is_title = |first: usize| matches!(self.title_before(first), Some(Title::Honorific | Title::Office));
        match idx {
            0 => units.len() == 2 && is_strange() && is_title(unit.first),
            _ if units[idx - 1].shape == Shape::Particle => self.is_titled(units),
            _ => {
                idx + 1 == units.len()
                    && (self.is_titled(units) || idx == 1 && self.is_contact(units[0].first, unit.end))
            }
        }
    }

    /// Whether the word at `at` behind a particle ends the name that a title announces: a surname, or behind the given name alone a
    /// town of the lists or what they do not know.
    pub(super) fn ends_titled(&self, at: usize, units: &[Unit]) -> bool {
        let Some(token) = self.token(at).filter(|token| token.case == Case::Title) else { return false };
        let gazetteer = &self.context.lexicon.gazetteer;
        let may_be_name = |row: Profile<'_>| match row.kind {
            Kind::Place => row.subtype == Some(Subtype::City),
            kind => kind == Kind::Person,
        };
        let is_name = self.lookups(token.span).filter(|lookup| self.kind_of(lookup).is_some()).all(|lookup| {
            gazetteer
                .readings(lookup.name)
                .filter(|reading| !reading.is_weak)
                .all(|reading| may_be_name(gazetteer.profile(reading.entry)))
        });
        let is_surname = self.context.lexicon.name_parts.get(token.key).is_some_and(|part| part.is_surname);
        is_name && (is_surname || units.len() == 1) && self.is_titled(units)
    }

    /// Whether the word at `at` joins a second surname to a full name that a title announces.
    pub(super) fn joins_surname(&self, at: usize, units: &[Unit]) -> bool {
        let [given, .., last] = units else { return false };
        if !self.words.surname_joints.contains(&self.key(at)) || last.shape != Shape::Name || last.first == given.first
        {
            return false;
        }
        let next = self.token(at + 1).filter(|next| next.case == Case::Title && next.gap == Gap::Blank);
        let is_surname = next.is_some_and(|next| {
            let is_word = self.words.class(next.key) != WordClass::NONE;
            !is_word && self.context.lexicon.name_parts.get(next.key).is_some_and(|part| part.is_surname)
        });
        let goes_on = self.token(at + 2).is_some_and(|next| next.case.is_capital() && next.gap == Gap::Blank);
        is_surname && !goes_on && self.is_titled(units)
    }
}
