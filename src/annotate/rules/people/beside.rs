//! What titles, verbs and lists beside a name make of it.

use super::{
    Reader,
    cues::Title,
    known::Listed,
    runs::{Shape, Unit},
};
use crate::{
    lexicon::{Kind, Lookup, pack::WordClass},
    text::words::Case,
};

/// Zipf frequency from which a given name is rather the word that it also is.
const COMMON_WORD: f32 = 5.0;

/// Zipf frequency of the small words that every text has.
const EVERYDAY: f32 = 5.7;

impl Reader<'_> {
    /// Whether a town stands behind a comma or `and` where a name of the lists ends (`i rettori delle Università di Pisa, Siena e Firenze`).
    fn goes_on_with_town(&self, first: usize, end: usize) -> bool {
        let is_town = |lookup: &Lookup| {
            let number = self.context.lookups.partition_point(|other| other.span.start() < lookup.span.start());
            self.context.listed.is_of_kind(number, Kind::Place)
        };
        let ends_listed = |last: usize| {
            let end = self.tokens[last].span.end();
            self.lookups(self.tokens[last].span)
                .any(|lookup| lookup.span.end() == end && self.kind_of(lookup).is_some())
        };
        let Some(last) = first.checked_sub(2).filter(|&last| last >= self.sentence.first_token) else { return false };
        let is_joined = self.word(last + 1) == "," || self.words.class(self.key(last + 1)).is(WordClass::AND);
        is_joined && ends_listed(last) && self.lookups(self.span(first, end)).any(is_town)
    }

    /// Whether a town stands behind `and` where a name of the lists ends: the first of a list of people is none.
    pub(super) fn is_second_town(&self, first: usize, end: usize) -> bool {
        self.words.class(self.key(first.wrapping_sub(1))).is(WordClass::AND) && self.goes_on_with_town(first, end)
    }

    /// Whether a word that is nothing else stands as the surname behind a small place, with a calling or office before them (`il
    /// giornalista Edo Parpaglioni`).
    fn has_strange_surname(&self, name: &[Unit], title: Title) -> bool {
        let [head, last] = name else { return false };
        let is_single =
            |unit: &Unit| unit.end == unit.first + 1 && unit.case == Case::Title && unit.shape == Shape::Name;
        let is_word = |unit: &Unit| self.context.lexicon.common_words.highest_zipf(self.key(unit.first)).is_some();
        matches!(title, Title::Office | Title::Noun)
            && self.is_only_place(head)
            && is_single(head)
            && is_single(last)
            && !is_word(last)
            && !self.is_listed(last)
    }

    /// What a title right before the name makes of it.
    pub(super) fn with_title(&self, name: &[Unit], n_names: usize, title: Title, listed: Listed) -> Option<u8> {
        let unit = &name[name.len() - 1];
        let is_known = name.iter().any(|unit| unit.part.is_given || unit.part.is_surname);
        let is_common =
            name.iter().all(|unit| unit.zipf >= 3.0 || unit.class != WordClass::NONE && unit.shape == Shape::Name);
        if n_names >= 2
            && listed != Listed::Person
            && self.begins_with_listed(&name[0])
            && !self.has_strange_surname(name, title)
        {
            return None;
        }
        if n_names >= 2 {
            let base = if title == Title::Noun { 80 } else { 92 };
            return match listed {
                // "il quotidiano La Stampa": a listed body without a given name in it.
                Listed::Whole if !name.iter().any(|unit| unit.part.is_given) => None,
                Listed::Whole => Some(70),
                _ if is_common && !is_known => None,
                _ => Some(if is_known { base + 4 } else { base - 2 }),
            };
        }
        // "il prof. Prato": towns have no such title.
        // "I rapporti fra Puglia e Albania": a friar, and a small word.
        let before = unit.first.saturating_sub(1);
        let is_small = || self.zipfs.and_then(|zipfs| zipfs.get(self.key(before))).is_some_and(|zipf| zipf >= EVERYDAY);
        let is_saint = || self.words.class(self.key(before)).is(WordClass::SAINT);
        if title == Title::Honorific
            && listed == Listed::Whole
            && unit.case == Case::Title
            && self.ends_with_place(unit)
            && !is_saint()
            && !is_small()
        {
            return Some(94);
        }
        if listed == Listed::Whole && !unit.part.is_surname
            || title == Title::Offices && self.goes_on_with_town(unit.first, unit.end)
        {
            return None;
        }
        // "Papa Francesco", "suor Maria": a title has the given name alone, too.
        let is_given =
            unit.part.is_given && unit.zipf < COMMON_WORD && unit.class == WordClass::NONE && !self.is_of_note(unit);
        if unit.zipf >= 3.0 && !unit.part.is_surname && !is_given || unit.case == Case::Upper && !is_known {
            return None;
        }
        if !is_known && self.is_place_in_genitive(unit) {
            return None;
        }
        // "la nazionale U-21": a letter.
        if self.word(unit.first).chars().count() == 1 && unit.end == unit.first + 1 {
            return None;
        }
        // "il presidente Rai": an acronym written like a name.
        if (!is_known || self.is_listed(unit)) && self.word(unit.first).chars().count() <= 3 {
            return None;
        }
        // "Capo di Stato Ghanese", "gli imprenditori Zantriken": an adjective, a body.
        if !is_known
            && (self.words.ends_like_adjective(&self.word(unit.first).to_lowercase()) || unit.case == Case::Mixed)
        {
            return None;
        }
        // "un lettore Blu-ray"
        let is_eastern = (unit.part.origins | unit.part.surname_origins) & self.surname_first != 0;
        if !is_eastern && unit.end > unit.first + 1 && self.tokens[unit.end - 1].case == Case::Lower {
            return None;
        }
        let is_first_of_several = self.words.class(self.key(unit.end)).is(WordClass::AND) || self.word(unit.end) == ",";
        let goes_on = self.token(unit.end + 1).is_some_and(|next| next.case.is_capital());
        if title == Title::Offices && !(is_first_of_several && goes_on) {
            return None;
        }
        Some(match (title, listed) {
            (_, Listed::Whole) => 60,
            (Title::Honorific, _) => 92,
            (Title::Office | Title::Offices, _) if is_known => 90,
            (Title::Office | Title::Offices, _) => 80,
            (Title::Noun, _) if is_known => 72,
            (Title::Noun, _) => 55,
        })
    }

    /// Whether the word is a place of the lists with the ending of the genitive (`den Botschafter Kameruns`).
    fn is_place_in_genitive(&self, unit: &Unit) -> bool {
        let gazetteer = &self.context.lexicon.gazetteer;
        let endings = self.sentence.pack.places.genitive_endings.iter();
        let stems = endings.filter_map(|ending| self.word(unit.first).strip_suffix(ending.as_str()));
        let rows = stems.filter_map(|stem| gazetteer.spelling(stem)).flat_map(|name| gazetteer.readings(name));
        rows.filter(|reading| !reading.is_weak).any(|reading| gazetteer.profile(reading.entry).kind == Kind::Place)
    }

    /// Whether a preposition or article ties the word at `at` to what stands before.
    pub(super) fn follows_preposition(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        let ties = WordClass::ARTICLE.with(WordClass::OF).with(WordClass::LOCATIVE).with(WordClass::ARTICULATED);
        before.is_some_and(|before| self.words.class(self.key(before)).is_any(ties))
    }

    /// Whether it is a surname with its particle, and no article or place (`Di Pietro si è`, `De Benedictis sarebbe`).
    fn is_particled(&self, name: &[Unit]) -> bool {
        let [particle, surname] = name else { return false };
        particle.is_capital_particle()
            && !particle.class.is(WordClass::ARTICLE)
            && surname.zipf == 0.0
            && surname.case == Case::Title
            && surname.class == WordClass::NONE
            && !self.is_listed(surname)
            && (surname.part.is_surname || !self.begins_sentence(particle.first))
    }

    /// What verbs of saying, appositions and lists make of a name that the tables do not settle.
    pub(super) fn with_cues(&self, name: &[Unit], n_names: usize, first: usize, end: usize) -> u8 {
        let is_known = name.iter().any(|unit| unit.part.is_given || unit.part.is_surname);
        let is_body = n_names == 1 && (name[0].case == Case::Mixed || self.follows_preposition(first));
        // "Il Blackout Zorvik è nato": names of people have no article.
        let is_thing = n_names >= 2 && !is_known && self.follows_article(first);
        let acts = !is_body && !is_thing && self.acts(first, end);
        let is_apposed = self.has_apposition(end);
        let is_listed = self.opens_list(first);
        match (n_names >= 2, is_known) {
            (true, true) if acts || is_apposed || is_listed => 90,
            (true, true) if self.opens_contact_line(name, first, end) => 72,
            (true, false) if is_apposed && acts => 88,
            (true, false) if acts || is_apposed || is_listed || self.is_contact(first, end) => 72,
            (true, _) if self.is_particled(name) && (self.follows_subject(end) || self.is_deed_of_people(end)) => 66,
            (true, _)
                if name.len() == 2 && name[0].is_capital_particle() && self.is_owner_of_deed(&name[1], first, end) =>
            {
                66
            }
            (false, true) if acts => 70,
            (false, false) if acts && name[0].zipf == 0.0 && self.stands_free(first) => 55,
            (false, true) if is_apposed => 55,
            (false, true) if self.is_bare_surname(&name[0], first, end) => 54,
            (false, _) if self.is_owner_of_deed(&name[0], first, end) => 60,
            (false, true)
                if self.begins_sentence(first)
                    && name[0].part.is_surname
                    && name[0].zipf == 0.0
                    && self.follows_subject(end) =>
            {
                58
            }
            (false, _) if n_names == 1 && self.stands_as_person(&name[0], first, end) => {
                if is_known {
                    60
                } else {
                    54
                }
            }
            _ => 0,
        }
    }
}
