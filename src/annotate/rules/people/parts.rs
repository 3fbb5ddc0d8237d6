//! How likely words are a name by what the tables of names know of them.

use super::{
    Reader,
    runs::{Shape, Unit},
};
use crate::{document::Zone, lexicon::pack::WordClass, text::words::Case};

/// Zipf frequency from which a word of another language is hardly a surname.
const VERY_COMMON_ELSEWHERE: f32 = 4.6;

impl Reader<'_> {
    /// Two words and more by what the tables know of them.
    pub(super) fn parts(&self, name: &[Unit]) -> u8 {
        let (head, last) = (&name[0], &name[name.len() - 1]);
        let is_behind_surname = name.len() > 1 && matches!(last.shape, Shape::Numeral | Shape::Suffix);
        let last = if is_behind_surname { &name[name.len() - 2] } else { last };
        let is_surname_last = last.part.is_surname;
        let is_common = |unit: &Unit| unit.zipf >= 3.0;
        let is_known_place = |unit: &Unit| self.is_listed(unit);
        let starts_common = is_common(head) && (self.begins_sentence(head.first) || self.words.nouns_are_capital);
        if starts_common && self.is_given_with_surname(name) {
            return 66;
        }
        if starts_common && self.sentence.zone == Zone::Contacts && self.is_given_in_contacts(name) {
            return 60;
        }
        if head.part.is_given && !starts_common {
            let sure = !is_common(head) && !self.is_thing_too(head);
            return match (
                is_surname_last,
                is_common(last) && !self.is_word_elsewhere(head, last) || self.is_of_note(last),
            ) {
                (true, false) if sure => 96,
                (true, false) => 88,
                (true, true) if sure => 90,
                (true, true) => 55,
                // "il Wanda Metropolitano", "l'Enea di Casaccia": names of people have no article.
                (false, false)
                    if sure && (name.len() == 2 || self.is_of_somewhere(name)) && self.follows_article(head.first) =>
                {
                    45
                }
                (false, false) if sure => 90,
                (false, false) => 62,
                (false, true) if sure && !self.words.nouns_are_capital && !self.is_capitals => 66,
                (false, true) if self.begins_sentence(head.first) && self.sentence.zone == Zone::Contacts => 60,
                (false, true) => 25,
            };
        }
        if head.part.surname_origins & self.surname_first != 0 && self.is_eastern_given(&name[1..]) {
            return 92;
        }
        let other_given =
            name[1..].iter().any(|unit| unit.part.is_given && unit.part.origins & self.surname_first != 0);
        match head.shape {
            Shape::Initial if is_surname_last && !is_common(last) => 88,
            Shape::Initial if !is_common(last) => 70,
            Shape::Initial => 30,
            _ if starts_common || is_known_place(head) => 20,
            _ if is_surname_last && last.part.surname_origins & self.surname_first != 0 && other_given => 75,
            _ if is_surname_last && !is_common(last) && !is_common(head) && !is_known_place(last) => 66,
            _ if head.part.is_surname && last.part.is_given && !is_common(last) && !is_common(head) => 66,
            // "Weiguang Li": what is a pronoun here is a surname there.
            _ if name.len() == 2
                && self.is_eastern_surname(last)
                && head.zipf == 0.0
                && !self.is_listed(head)
                && !self.follows_article(head.first) =>
            {
                60
            }
            // "Adilson Cabral dos Reis": a surname that is nothing else stands in the middle.
            _ if name.len() >= 3
                && !is_common(head)
                && !self.follows_article(head.first)
                && self.has_surname_inside(name) =>
            {
                60
            }
            _ if is_common(head) || is_common(last) => 20,
            _ if self.follows_article(head.first) => 25,
            _ if name.len() == 2 && self.is_like_subject(head.first, last.end) => 52,
            _ => 32,
        }
    }

    /// Whether it is one word and another behind `of`.
    pub(super) fn is_of_somewhere(&self, name: &[Unit]) -> bool {
        matches!(name, [_, of, _] if of.shape == Shape::Particle && of.class.is(WordClass::OF))
    }

    /// Whether a surname that is no word and nothing of the lists stands between an unknown word and a particle with the last surname.
    pub(super) fn has_surname_inside(&self, name: &[Unit]) -> bool {
        let [_, inner, .., particle, last] = name else { return false };
        let is_plain = |unit: &Unit| unit.part.is_surname && unit.zipf == 0.0 && !self.is_listed(unit);
        particle.shape == Shape::Particle && last.part.is_surname && is_plain(inner)
    }

    /// Whether a given name that is a word, too, has a surname behind it, which villages may bear: of those who answer the press
    /// that is enough (`Ufficio stampa: Chiara Parodi`).
    pub(super) fn is_given_in_contacts(&self, name: &[Unit]) -> bool {
        let [head, last] = name else { return false };
        let are_titled = head.case == Case::Title && last.case == Case::Title;
        are_titled && head.part.is_given && last.part.is_surname && last.zipf == 0.0 && !self.is_listed(head)
    }

    /// Whether a given name that is a word, too, has a surname behind it that is nothing else (`Massimo Capuano resta`).
    pub(super) fn is_given_with_surname(&self, name: &[Unit]) -> bool {
        let [head, last] = name else { return false };
        let small = WordClass::ARTICLE
            .with(WordClass::OF)
            .with(WordClass::TO)
            .with(WordClass::PRECEDES_PERSON)
            .with(WordClass::NOT_NAME);
        head.part.is_given
            && last.part.is_surname
            && last.zipf == 0.0
            && head.case == Case::Title
            && last.case == Case::Title
            && !head.class.is_any(small)
            && !self.words.nouns_are_capital
            && !self.is_capitals
            && !self.is_listed(head)
            && !self.is_listed(last)
    }

    /// Whether the last word is one of another language only, behind a given name that is no word at all (`Adam Lanza`: to
    /// Spaniards a lance).
    pub(super) fn is_word_elsewhere(&self, head: &Unit, last: &Unit) -> bool {
        head.zipf == 0.0
            && last.case == Case::Title
            && last.zipf < VERY_COMMON_ELSEWHERE
            && self.zipfs.is_some_and(|zipfs| zipfs.get(self.key(last.first)).is_none())
            && !self.is_capitals
    }

    /// Whether two unknown words without an article stand where people stand: before a verb, behind `secondo` and the like.
    pub(super) fn is_like_subject(&self, first: usize, end: usize) -> bool {
        let before = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        let class = before.map_or(WordClass::NONE, |before| self.words.class(self.key(before)));
        let has_verb = self.follows_subject(end) || self.is_deed_of_strangers(end);
        let is_all_title = self.token(first).is_some_and(|token| token.case == Case::Title)
            && self.tokens[end - 1].case == Case::Title;
        let is_doer = class.is(WordClass::PRECEDES_PERSON) && !class.is_any(WordClass::OF.with(WordClass::AND));
        is_all_title && (has_verb && self.opens_clause(first) || is_doer || self.is_companion(first))
    }

    /// Whether a word with a capital inside a sentence is a surname of the East.
    pub(super) fn is_eastern_surname(&self, unit: &Unit) -> bool {
        unit.part.surname_origins & self.surname_first != 0
            && unit.case == Case::Title
            && !self.is_capitals
            && !self.words.nouns_are_capital
    }

    /// Whether the units behind a surname are a given name of the East: hyphenated, two syllables, or known there.
    pub(super) fn is_eastern_given(&self, rest: &[Unit]) -> bool {
        match rest {
            [one] => {
                let is_hyphenated = one.end - one.first == 3 && self.word(one.end - 1).len() <= 6;
                is_hyphenated || one.part.is_given && one.part.origins & self.surname_first != 0 && one.zipf < 3.0
            }
            [_, _] | [_, _, _] => rest.iter().all(|unit| {
                unit.shape == Shape::Name
                    && self.word(unit.first).len() <= 8
                    && unit.part.origins & self.surname_first != 0
            }),
            _ => false,
        }
    }

    pub(super) fn single(&self, unit: &Unit) -> u8 {
        if unit.zipf >= 3.0 || self.is_listed(unit) {
            return if unit.part.is_surname { 10 } else { 0 };
        }
        10
    }
}
