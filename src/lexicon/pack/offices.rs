//! The vocabulary of offices: what somebody can be, in all its forms.

use super::people::Phrases;
use crate::{
    lexicon::Subtype,
    text::{
        KeyMap, WordKey,
        words::{Case, Token, TokenKind},
    },
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Shortest ending of a compound, in bytes, that can be an office by itself (`-rat`).
const MIN_HEAD_BYTES: usize = 4;

/// Shortest beginning of a compound, in bytes (`EU`, `Ex`).
const MIN_MODIFIER_BYTES: usize = 2;

/// `offices.toml`: offices and callings, ready to be met token by token.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "OfficesFile")]
pub struct Offices {
    forms: Phrases<Office>,
    /// Common nouns that stand for bodies named elsewhere, with the sorts of bodies.
    body_nouns: KeyMap<Vec<Subtype>>,
    /// By the id of an office, nouns in the names of the bodies that have it (`ministero` for a minister).
    bodies: BTreeMap<Box<str>, Vec<String>>,
    /// By a noun for an office, the office (`presidente` for `presidenza`).
    seats: KeyMap<Box<str>>,
    /// By an adjective, nouns in the names of the bodies that it is of (`camera` for `camerale`).
    adjectives: KeyMap<Vec<String>>,
    /// Whether the language writes compounds in one word, so that any word may end in an office (`Abteilungsleiterin`).
    has_compounds: bool,
}

impl Offices {
    /// The longest office noun that begins with the token at `at`: one past its last token, and what is known of it.
    pub fn begin_at(&self, text: &str, tokens: &[Token], at: usize) -> Option<(usize, &Office)> {
        if let Some((end, office)) = self.forms.begin_at(tokens, at) {
            return office.is_cased_like(&tokens[at]).then_some((end, office));
        }
        Some((at + 1, self.head_of_compound(text, tokens.get(at)?)?))
    }

    /// The longest office noun that ends with the token at `at`: its first token, and what is known of it.
    pub fn end_at(&self, text: &str, tokens: &[Token], at: usize) -> Option<(usize, &Office)> {
        if let Some((first, office)) = self.forms.end_at(tokens, at) {
            return office.is_cased_like(&tokens[first]).then_some((first, office));
        }
        Some((at, self.head_of_compound(text, tokens.get(at)?)?))
    }

    /// The sorts of bodies that the common noun `word` stands for (`associazione`), if it stands for any.
    pub fn body_noun(&self, word: impl Into<WordKey>) -> Option<&[Subtype]> {
        self.body_nouns.get(&word.into()).map(Vec::as_slice)
    }

    /// The office that the noun `word` stands for (`presidente` for `presidenza`), and its id.
    pub fn seat(&self, word: impl Into<WordKey>) -> Option<(&str, &Office)> {
        let office = self.seats.get(&word.into())?;
        Some((office, self.forms.word(WordKey::of(office))?))
    }

    /// Nouns in the names of the bodies that the adjective `word` is of, if it is of any.
    pub fn nouns_of(&self, word: impl Into<WordKey>) -> Option<&[String]> {
        self.adjectives.get(&word.into()).map(Vec::as_slice)
    }

    /// Whether the language has nouns for the bodies that have the office of the id `id`.
    pub fn has_bodies(&self, id: &str) -> bool {
        self.bodies.contains_key(id)
    }

    /// Whether a body called `name` may have the office of the id `id`, by a noun of its name in this language.
    pub fn is_of(&self, id: &str, name: &str) -> bool {
        self.bodies.get(id).is_some_and(|nouns| self.has_noun(name, nouns))
    }

    /// Whether one of `nouns` is a word of `name`.
    pub fn has_noun(&self, name: &str, nouns: &[String]) -> bool {
        name.split([' ', '’', '\'', '-']).any(|word| {
            let word = word.to_lowercase();
            nouns.iter().any(|noun| word == *noun || self.has_compounds && word.ends_with(noun.as_str()))
        })
    }

    /// The office that a compound ends in.
    fn head_of_compound(&self, text: &str, token: &Token) -> Option<&Office> {
        let is_open = self.has_compounds
            && token.kind == TokenKind::Word
            && token.span.len() >= MIN_HEAD_BYTES + MIN_MODIFIER_BYTES;
        if !is_open {
            return None;
        }
        let word = token.span.of(text);
        let ends = MIN_MODIFIER_BYTES..=word.len().checked_sub(MIN_HEAD_BYTES)?;
        let heads =
            ends.filter(|&at| word.is_char_boundary(at)).filter_map(|at| self.forms.word(WordKey::of(&word[at..])));
        heads.into_iter().find(|office| !office.is_acronym)
    }
}

/// An office noun in one of its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Id of the office (`role:president`).
    pub id: Box<str>,
    /// The form to write where it is not the one met: the singular of a plural, the full form of a short one.
    pub full: Option<Box<str>>,
    /// How many people the form names.
    pub number: Number,
    /// What becomes of a place behind it.
    pub scope: Scope,
    /// What it takes to be an office.
    pub standing: Standing,
    /// Whether it is written in capitals (`CEO`).
    is_acronym: bool,
}

impl Office {
    fn is_cased_like(&self, token: &Token) -> bool {
        !self.is_acronym || token.case == Case::Upper
    }
}

/// What it takes for a noun to be an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Nothing: it always is one.
    #[default]
    Office,
    /// It is a calling: one before a name (`l'architetto X`), or with a body (`X, attaccante del Parma`).
    Calling,
    /// It is one together with a body only (`soldato del reggimento X`).
    Tied,
}

/// How many people a form of an office names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// One.
    One,
    /// Several (`i ministri`).
    Several,
    /// One or several: the words before it tell (`il leader`, `i leader`).
    Either,
}

/// What becomes of a place behind an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// It is only where the office is.
    #[default]
    None,
    /// Countries and regions are part of the office (`ambasciatore del Giappone in Italia`).
    Country,
    /// As [`Scope::Country`]; where none is named, the office belongs to the body at hand (`presidente`).
    Chair,
    /// It is the body that the office belongs to (`sindaco di Forlì`).
    Town,
    /// The office belongs to the body at hand (`segretaria generale`).
    Staff,
    /// The office belongs to the government at hand even where the text does not say so again (`assessore`).
    Body,
    /// The office belongs to the university or institute at hand (`professoressa`).
    Academy,
    /// As [`Scope::Academy`], and there is no such office without a university, however far back the text names it (`rettore`).
    University,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficesFile {
    #[serde(default)]
    has_compounds: bool,
    #[serde(default)]
    stands_for: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    adjectives: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    seats: BTreeMap<String, String>,
    #[serde(default)]
    office: Vec<OfficeRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficeRow {
    id: String,
    /// Singular forms, masculine and feminine.
    forms: Vec<String>,
    /// Plural forms with their singular.
    #[serde(default)]
    plurals: Vec<(String, String)>,
    /// Short and declined forms with the full one.
    #[serde(default)]
    short: Vec<(String, String)>,
    #[serde(default)]
    scope: Scope,
    #[serde(default)]
    standing: Standing,
    /// Nouns, in small letters, in the names of the bodies that have it.
    #[serde(default)]
    bodies: Vec<String>,
}

impl TryFrom<OfficesFile> for Offices {
    type Error = String;

    fn try_from(file: OfficesFile) -> Result<Self, String> {
        let mut body_nouns = KeyMap::<Vec<Subtype>>::default();
        for (subtype, words) in &file.stands_for {
            let subtype = Subtype::from_word(subtype).ok_or_else(|| format!("'{subtype}' is no sort of body"))?;
            for word in words {
                body_nouns.entry(WordKey::of(word)).or_default().push(subtype);
            }
        }
        let mut forms = Phrases::default();
        for row in &file.office {
            let mut add = |form: &String, full: Option<&String>, number| {
                let office = Office {
                    id: row.id.as_str().into(),
                    full: full.map(|full| full.as_str().into()),
                    number,
                    scope: row.scope,
                    standing: row.standing,
                    is_acronym: form.chars().count() > 1 && !form.chars().any(char::is_lowercase),
                };
                forms.add(form, office);
            };
            let is_plural = |form: &str| row.plurals.iter().any(|(plural, _)| plural == form);
            let is_singular = |form: &str| {
                row.forms.iter().chain(row.short.iter().map(|(short, _)| short)).any(|other| other == form)
            };
            let number = |form: &str| if is_plural(form) { Number::Either } else { Number::One };
            row.forms.iter().for_each(|form| add(form, None, number(form)));
            row.short.iter().for_each(|(form, full)| add(form, Some(full), number(form)));
            let plurals = row.plurals.iter().filter(|(form, _)| !is_singular(form));
            plurals.for_each(|(form, full)| add(form, Some(full), Number::Several));
        }
        let bodies = file.office.into_iter().filter(|row| !row.bodies.is_empty());
        let bodies = bodies.map(|row| (row.id.into(), row.bodies)).collect();
        let adjectives = file.adjectives.into_iter().map(|(word, nouns)| (WordKey::of(&word), nouns)).collect();
        let seats = file.seats.into_iter().map(|(word, office)| (WordKey::of(&word), office.into())).collect();
        Ok(Self { forms, body_nouns, bodies, adjectives, seats, has_compounds: file.has_compounds })
    }
}
