//! Head nouns: the words that say what a name is the name of, and how the name goes on behind or before them.

use super::Pack;
use crate::{
    lexicon::{Kind, Subtype},
    text::{Endings, KeyMap, KeySet, WordKey},
};
use rustc_hash::FxHashMap as HashMap;
use serde::Deserialize;

/// A family of head nouns that continue alike, as a pack lists it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heads {
    /// The nouns in lower case; of several words where they only count together.
    pub words: Vec<String>,
    /// Kind of what they head: `institution`, `place`, or `nothing` for names that are neither.
    pub kind: String,
    /// Finer sort.
    #[serde(default)]
    pub subtype: String,
    /// How the name goes on, see [`Takes`].
    #[serde(default)]
    pub takes: Vec<Takes>,
    /// In which case the noun heads a name.
    #[serde(default)]
    pub case: HeadCase,
    /// The noun announces the name and stands outside of it (`l'azienda X`).
    #[serde(default)]
    pub outside: bool,
    /// What may stand before the noun inside the name.
    #[serde(default)]
    pub left: Left,
    /// Counts in texts of its own language only.
    #[serde(default)]
    pub home: bool,
    /// How sure a name is that is found by it, in hundredths; 0 for the usual.
    #[serde(default)]
    pub confidence: u8,
}

/// A way in which a name goes on behind its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Takes {
    /// Capitalized words (`Fondazione Montagna Sicura`) or a name in quotation marks.
    Name,
    /// A name in quotation marks only.
    Quoted,
    /// Phrases with `of` and a capitalized word.
    Of,
    /// A phrase with `of` without article, behind an office (`direttore di X`), of which neither a place nor a person is the end.
    Bare,
    /// Phrases with `for` and a capitalized word.
    For,
    /// Phrases with `to` and a capitalized word, where an office is one `to` its field (`Assessorato al Turismo`).
    To,
    /// Phrases with `of` and a field of office in lower case (`ministero del tesoro`).
    Field,
    /// A phrase with `of` and common nouns in small letters behind a noun with a capital (`Museo della seta`), and a second one
    /// behind `and` (`della Valle e del Monte`).
    Common,
    /// Somebody whom the body is called by, behind a phrase in small letters (`Scuola dei mestieri Maria Lai`).
    Namesake,
    /// Adjectives in small letters behind a noun with a capital (`Partito liberale unito`).
    Narrowed,
    /// Further members behind commas and `and` (`Ministry of Trade, Industry and Energy`).
    Runs,
    /// A product with its adjectives in small letters and the places where it grows (`Cipolla rossa di Roccabruna IGP`).
    Product,
    /// A second place behind `and` (`Centro Servizi di Roccabruna e Pietrafitta`), where one body is called by two.
    Pairs,
    /// A place behind `in` or `at` (`Ambasciata d'Italia a Seoul`).
    At,
    /// A listed place behind `of`, and nothing else (`borsa di Milano`).
    Seat,
    /// A town behind `of` that others follow, behind a noun in the plural: each has a body of its own (`Comuni di Roccabruna e
    /// Pietrafitta`), and the first is named in full.
    Each,
    /// Nothing is needed: the noun is a name by itself (`Bundestag`).
    Nothing,
    /// Nothing is needed where the adjective of a town or region stands before it (`Thurgauer Kantonalbank`).
    Placed,
    /// One lower-case word that is no function word before the rest (`ambasciata statunitense in …`).
    Adjective,
    /// Several names behind one noun in the plural (`le aziende A, B e C`).
    Many,
    /// A number before or behind (`Expo 2025`).
    Number,
}

/// In which case a head noun heads a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeadCase {
    /// With a capital.
    #[default]
    Capital,
    /// With a capital among small letters: with a small one, or where all are capitals, a place is meant (`porto`).
    Told,
    /// With a capital or without.
    Any,
    /// Without a capital.
    Lower,
}

/// What may stand before a head noun inside a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Left {
    /// Nothing.
    #[default]
    Nothing,
    /// Capitalized words (`Korea University`).
    Any,
    /// Words joined by a hyphen and the pack's modifiers (`Technische Universität`).
    Modifiers,
}

/// The words that join the parts of names, as a pack lists them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Joints {
    /// `of` with its articles (`della`, `d'`).
    #[serde(default)]
    pub of: Vec<String>,
    /// `of` without article, where only names of bodies and places follow it bare (`di`).
    #[serde(default)]
    pub bare: Vec<String>,
    /// Those of `of` whose article is one of the plural (`dei`).
    #[serde(default)]
    pub of_many: Vec<String>,
    /// `for`.
    #[serde(default, rename = "for")]
    pub for_: Vec<String>,
    /// `in` and `at` before a place.
    #[serde(default)]
    pub at: Vec<String>,
    /// `to` with its articles, before those whom a body is there for (`Centro de apoio às empresas`).
    #[serde(default)]
    pub to: Vec<String>,
    /// `in` before the field that a body works in (`Centro de Excelencia en Movilidad`).
    #[serde(default)]
    pub within: Vec<String>,
    /// Nouns that such a field stands behind (`Research in Biomedicine`).
    #[serde(default)]
    pub pursuit: Vec<String>,
    /// `and`.
    #[serde(default)]
    pub and: Vec<String>,
    /// Articles.
    #[serde(default)]
    pub article: Vec<String>,
    /// Adjectives that may stand in lower case inside a name (`nazionale`).
    #[serde(default)]
    pub adjective: Vec<String>,
    /// Fields of office that complete a name in lower case (`esteri`).
    #[serde(default)]
    pub field: Vec<String>,
    /// What stands between a noun in the plural and its examples (`come`, `tra cui`).
    #[serde(default)]
    pub such: Vec<String>,
    /// What stands between a name and its short form, where no bracket does (`noto con la sigla`).
    #[serde(default)]
    pub alias: Vec<String>,
    /// Capitalized words that may stand before a head noun, where not every word may (`Technische`).
    #[serde(default)]
    pub modifier: Vec<String>,
    /// Ends of words that may stand before a head noun (`er` of `Karlsruher Institut`).
    #[serde(default)]
    pub modifier_end: Vec<String>,
    /// What a town's adjective ends with, and what the town ends with instead (`er` of `Berliner`, `ner` for `en` of `Dresdner`).
    #[serde(default)]
    pub of_town: Vec<[String; 2]>,
    /// Ends of head nouns in the genitive, which head names as well (`des Instituts für`).
    #[serde(default)]
    pub genitive: Vec<String>,
    /// `of` before a place of the lists and nothing else (`zu`).
    #[serde(default)]
    pub seat: Vec<String>,
    /// Words of `at` with the article of a town (`al Cairo`); before anything else they lead to no place.
    #[serde(default)]
    pub at_town: Vec<String>,
    /// Ends of adjectives in small letters behind a common noun of a name (`iques` of `énergies électriques`).
    #[serde(default)]
    pub adjective_end: Vec<String>,
    /// Words that end so without being adjectives: verbs that follow a name (`indique`).
    #[serde(default)]
    pub no_adjective: Vec<String>,
    /// Adjectives in small letters that stand before a common noun of a name (`hautes études`).
    #[serde(default)]
    pub leading: Vec<String>,
    /// Ends of nouns in the plural, two of which may share an article (`des villes et communes`), and of their adjectives.
    #[serde(default)]
    pub plural_end: Vec<String>,
    /// Ends of nouns for the members of a union that stand behind its adjective without `of` (`Federazione italiana produttori`).
    #[serde(default)]
    pub member_end: Vec<String>,
}

/// What a word does between the parts of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// `of`.
    Of,
    /// `for`.
    For,
    /// `in`, `at`.
    At,
    /// `and`.
    And,
    /// An article.
    Article,
    /// An adjective inside names.
    Adjective,
    /// A field of office.
    Field,
}

/// One head noun, ready for look-up.
#[derive(Debug, Clone)]
pub struct Head {
    /// Its words.
    pub words: Vec<WordKey>,
    /// Kind of what it heads.
    pub kind: Kind,
    /// Finer sort.
    pub subtype: Option<Subtype>,
    /// How the name goes on.
    pub takes: Vec<Takes>,
    /// In which case it heads a name.
    pub case: HeadCase,
    /// Whether it stands outside of the name.
    pub is_outside: bool,
    /// What may stand before it.
    pub left: Left,
    /// Whether it counts in its own language only.
    pub is_home: bool,
    /// In hundredths; 0 for the usual.
    pub confidence: u8,
    /// Number of its language in [`HeadIndex::languages`].
    pub language: usize,
}

impl Head {
    /// Whether the name may go on in the given way.
    pub fn takes(&self, takes: Takes) -> bool {
        self.takes.contains(&takes)
    }
}

/// The joints of one language, ready for look-up.
#[derive(Debug, Clone, Default)]
pub struct Grammar {
    /// ISO 639-1 code.
    pub code: String,
    joints: KeyMap<Joint>,
    modifiers: KeySet,
    modifier_ends: Endings,
    of_town: Endings<String>,
    seat: KeySet,
    at_town: KeySet,
    adjective_ends: Endings,
    no_adjectives: KeySet,
    to: KeySet,
    within: KeySet,
    pursuits: KeySet,
    leading: KeySet,
    plural_ends: Endings,
    member_ends: Endings,
    bare: KeySet,
    of_many: KeySet,
    such: Vec<Vec<WordKey>>,
    aliases: Vec<String>,
}

impl Grammar {
    fn new(pack: &Pack) -> Self {
        let joints = &pack.institutions.joints;
        let lists = [
            (&joints.of, Joint::Of),
            (&joints.for_, Joint::For),
            (&joints.at, Joint::At),
            (&joints.and, Joint::And),
            (&joints.article, Joint::Article),
            (&joints.adjective, Joint::Adjective),
            (&joints.field, Joint::Field),
        ];
        let mut map = KeyMap::default();
        for (words, joint) in lists {
            for word in words {
                map.entry(WordKey::from(word)).or_insert(joint);
            }
        }
        Self {
            code: pack.code.clone(),
            joints: map,
            modifiers: joints.modifier.iter().map(WordKey::from).collect(),
            modifier_ends: joints.modifier_end.iter().cloned().collect(),
            of_town: joints.of_town.iter().map(|[ending, town]| (ending.clone(), town.clone())).collect(),
            seat: joints.seat.iter().map(WordKey::from).collect(),
            at_town: joints.at_town.iter().map(WordKey::from).collect(),
            adjective_ends: joints.adjective_end.iter().cloned().collect(),
            no_adjectives: joints.no_adjective.iter().map(WordKey::from).collect(),
            to: joints.to.iter().map(WordKey::from).collect(),
            within: joints.within.iter().map(WordKey::from).collect(),
            pursuits: joints.pursuit.iter().map(WordKey::from).collect(),
            leading: joints.leading.iter().map(WordKey::from).collect(),
            plural_ends: joints.plural_end.iter().cloned().collect(),
            member_ends: joints.member_end.iter().cloned().collect(),
            bare: joints.bare.iter().map(WordKey::from).collect(),
            of_many: joints.of_many.iter().map(WordKey::from).collect(),
            such: joints.such.iter().map(|words| words.split(' ').map(WordKey::of).collect()).collect(),
            aliases: joints.alias.clone(),
        }
    }

    /// What `word` does between parts of a name.
    pub fn joint(&self, word: impl Into<WordKey>) -> Option<Joint> {
        self.joints.get(&word.into()).copied()
    }

    /// Whether `word` is `at` with the article of a town.
    pub fn is_at_town(&self, word: impl Into<WordKey>) -> bool {
        self.at_town.contains(&word.into())
    }

    /// Whether `word` is `of` before a place only.
    pub fn is_of_seat(&self, word: impl Into<WordKey>) -> bool {
        self.seat.contains(&word.into())
    }

    /// The towns whose adjective the capitalized `word` may be by its end (`Bremer`).
    pub fn towns_of<'w>(&self, word: &'w str) -> impl Iterator<Item = String> + use<'_, 'w> {
        let ends = self.of_town.of(word).filter(|(ending, _)| word.len() > ending.len() + 2);
        ends.map(|(ending, town)| format!("{}{town}", &word[..word.len() - ending.len()]))
    }

    /// Whether `word` is `of` without article.
    pub fn is_bare(&self, word: impl Into<WordKey>) -> bool {
        self.bare.contains(&word.into())
    }

    /// Whether `word`, in small letters, is or ends like an adjective that narrows a common noun of a name.
    pub fn narrows(&self, key: WordKey, word: &str) -> bool {
        let ends = || self.adjective_ends.of(word).any(|(ending, ())| word.len() > ending.len() + 1);
        let singular = word.strip_suffix('s').filter(|_| self.is_plural(word));
        self.joint(key) == Some(Joint::Adjective)
            || singular.is_some_and(|singular| self.joint(WordKey::of(singular)) == Some(Joint::Adjective))
            || ends() && !self.no_adjectives.contains(&key)
    }

    /// Whether `word` is `to` with an article, before those whom a body is there for.
    pub fn is_to(&self, word: impl Into<WordKey>) -> bool {
        self.to.contains(&word.into())
    }

    /// Whether `word` is `in` before a field.
    pub fn is_within(&self, word: impl Into<WordKey>) -> bool {
        self.within.contains(&word.into())
    }

    /// Whether a field that one works in may stand behind the noun `key`.
    pub fn is_pursuit(&self, key: WordKey) -> bool {
        self.pursuits.contains(&key)
    }

    /// Whether `word` is an adjective that stands before the common noun that it narrows.
    pub fn leads(&self, key: WordKey) -> bool {
        self.leading.contains(&key)
    }

    /// Whether `word`, in small letters, ends like a noun in the plural.
    pub fn is_plural(&self, word: &str) -> bool {
        self.plural_ends.of(word).next().is_some()
    }

    /// Whether a word in small letters ends like the members of a union that stand behind its adjective.
    pub fn names_members(&self, word: &str) -> bool {
        self.member_ends.of(word).next().is_some()
    }

    /// Whether an adjective may narrow a noun by the number of both.
    pub fn agrees(&self, noun: &str, adjective: &str) -> bool {
        self.plural_ends.is_empty() || self.is_plural(noun) == self.is_plural(adjective)
    }

    /// Whether `word` is `of` with an article of the plural.
    pub fn is_many(&self, word: impl Into<WordKey>) -> bool {
        self.of_many.contains(&word.into())
    }

    /// The wordings between a noun in the plural and its examples, word by word.
    pub fn such(&self) -> &[Vec<WordKey>] {
        &self.such
    }

    /// Whether the folded `word` may stand before a head noun where not every word may.
    pub fn is_modifier(&self, word: &str) -> bool {
        self.modifiers.contains(&WordKey::of(word)) || word.len() > 5 && self.modifier_ends.of(word).next().is_some()
    }
}

/// Most bytes of the words between a name and its short form.
const MAX_ALIAS_BYTES: usize = 48;

/// Shortest word, in bytes, whose end may be a head.
pub const MIN_COMPOUND_BYTES: usize = 10;

/// The head nouns of all languages by their first word: names keep the grammar of their own language in any text.
#[derive(Debug, Clone, Default)]
pub struct HeadIndex {
    heads: Vec<Head>,
    by_first: KeyMap<Vec<u32>>,
    by_suffix: Endings<u32>,
    /// The joints of each language.
    pub languages: Vec<Grammar>,
    /// Legal forms of firms, of all languages, without dots.
    pub legal_forms: HashMap<String, ()>,
    /// What such a form may begin with, dotted or not.
    pub legal_starts: KeySet,
}

impl HeadIndex {
    /// How a language joins the parts of names.
    pub fn grammar(&self, language: &str) -> Option<&Grammar> {
        self.languages.iter().find(|grammar| grammar.code == language)
    }

    /// Whether `between`, with marks around it, says in some language that the name behind it is short for the one before.
    pub fn is_alias(&self, between: &str) -> bool {
        if between.len() > MAX_ALIAS_BYTES {
            return false;
        }
        let words = between.trim_matches(|c: char| !c.is_alphanumeric()).replace('’', "'").to_lowercase();
        self.languages.iter().any(|language| language.aliases.contains(&words))
    }

    /// The heads that `list` gives of each pack; a word with `-` in front is the end of longer words.
    pub(super) fn new(packs: &[Pack], list: impl Fn(&Pack) -> &[Heads]) -> Self {
        let mut index = Self { languages: packs.iter().map(Grammar::new).collect(), ..Self::default() };
        let forms = packs.iter().flat_map(|pack| &pack.institutions.legal_forms);
        index.legal_forms = forms.map(|form| (form.clone(), ())).collect();
        let starts =
            |form: &String| form.char_indices().skip(1).map(|(end, _)| end).chain([form.len()]).collect::<Vec<_>>();
        index.legal_starts = index
            .legal_forms
            .keys()
            .flat_map(|form| starts(form).into_iter().map(|end| WordKey::of(&form[..end])))
            .collect();
        for (language, pack) in packs.iter().enumerate() {
            for heads in list(pack) {
                for words in &heads.words {
                    index.add(language, heads, words);
                    let endings = pack
                        .institutions
                        .joints
                        .genitive
                        .iter()
                        .filter(|_| heads.kind == "institution" && !words.contains(' '));
                    endings.for_each(|ending| index.add(language, heads, &format!("{words}{ending}")));
                }
            }
        }
        for of_first in index.by_first.values_mut() {
            of_first.sort_by_key(|&at| std::cmp::Reverse(index.heads[at as usize].words.len()));
        }
        index
    }

    fn add(&mut self, language: usize, heads: &Heads, words: &str) {
        let at = self.heads.len() as u32;
        // As texts are cut into words: an elided word ends behind its apostrophe, hyphens and dots are left out.
        let words_alone = words.trim_start_matches('-').replace(['-', '.'], " ").replace('\'', "' ");
        let list: Vec<WordKey> = words_alone.split_whitespace().map(WordKey::of).collect();
        let Some(first) = list.first() else { return };
        match words.strip_prefix('-') {
            Some(suffix) => self.by_suffix.push(suffix, at),
            None => self.by_first.entry(*first).or_default().push(at),
        }
        self.heads.push(Head {
            words: list,
            kind: Kind::from_word(&heads.kind).unwrap_or(Kind::Nothing),
            subtype: Subtype::from_word(&heads.subtype),
            takes: heads.takes.clone(),
            case: heads.case,
            is_outside: heads.outside,
            left: heads.left,
            is_home: heads.home,
            confidence: heads.confidence,
            language,
        });
    }

    /// Whether a head may begin with `word`.
    pub fn may_begin(&self, word: WordKey) -> bool {
        self.by_first.contains_key(&word)
    }

    /// Whether a head may be the end of `word`, written in any case.
    pub fn may_end(&self, word: &str) -> bool {
        word.len() >= MIN_COMPOUND_BYTES && self.by_suffix.may_end(word)
    }

    /// The heads that begin with `word`, the longest first.
    pub fn begin(&self, word: impl Into<WordKey>) -> impl Iterator<Item = &Head> {
        self.by_first.get(&word.into()).into_iter().flatten().map(|&at| &self.heads[at as usize])
    }

    /// The heads that the folded `word` ends with (`Wirtschaftsministerium`).
    pub fn end_of(&self, word: &str) -> impl Iterator<Item = &Head> {
        let longer = self.by_suffix.of(word).filter(|(suffix, _)| word.len() > suffix.len());
        longer.map(|(_, &at)| &self.heads[at as usize])
    }
}
