//! The vocabulary of the rule `people` and of the relation `roles`.

use super::offices::{Number, Office, Offices, Standing};
use crate::{
    lexicon::Subtype,
    text::{
        Endings, KeyMap, KeySet, WordKey,
        words::{Case, Gap, Token, TokenKind, tokenize},
    },
};
use rustc_hash::FxHashMap as HashMap;
use serde::Deserialize;

/// Fewest bytes before an ending that firms have.
const MIN_FIRM_BYTES: usize = 3;

/// `people.toml`: titles, offices and the small words around names, ready to be met token by token.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "PeopleFile")]
pub struct PeopleWords {
    classes: KeyMap<WordClass>,
    /// Titles that stand before a name and tell no office (`dott.ssa`, `S.E.`).
    pub honorifics: Phrases<()>,
    /// Nouns for people that are no office (`cantante`, `figlia`).
    pub nouns: Phrases<()>,
    /// Office nouns, from a file of their own.
    pub offices: Offices,
    /// Words that single out some of a group (`tra cui`).
    pub list_cues: Phrases<()>,
    /// Words behind the body of an office that open what its holder is in charge of (`con delega`).
    pub charges: Phrases<()>,
    /// Words between one who heads a party and those who go along (`con lei`).
    pub companions: Phrases<()>,
    /// Words between somebody and the body that they stand for (`in rappresentanza di`).
    pub behalf: Phrases<()>,
    /// Words behind an office that somebody holds for a time (`ad interim`).
    pub actings: Phrases<()>,
    /// Articles of one among many (`un'`, `a`).
    pub indefinite: KeySet,
    /// Marks behind the name of a firm (`S.p.A.`).
    pub firm_marks: Phrases<()>,
    /// Endings of adjectives that may follow an office (`-ale`), where the language puts them there.
    pub adjective_endings: Endings,
    /// Singular of plural words that go with an office (`regionali` is `regionale`).
    pub singulars: HashMap<String, String>,
    /// Whether every noun is written with a capital letter.
    pub nouns_are_capital: bool,
    /// Whether adjectives stand before an office (`der technische Leiter`, `the Italian minister`).
    pub adjectives_lead: bool,
    /// Origins whose names begin with the surname, as the tables of name parts call them.
    pub surname_first: Vec<String>,
    /// Endings that make an unknown word a surname.
    pub surname_endings: Endings,
    /// Ends of words that firms are called by and people are not (`tech` of `Nivotech`), in small letters.
    pub firm_endings: Endings,
    /// Words that end the names of firms and of no people (`Export`).
    pub firm_words: KeySet,
    /// Verbs of what people do and bodies hardly (`sorpassa`, `sposò`).
    pub does: KeySet,
    /// Verbs of what somebody did once, of any sort (`disse`, `decise`).
    pub did: KeySet,
    /// Words with which a clause begins (`che`, `mentre`).
    pub openers: KeySet,
    /// Words behind which people are named (`insieme a`).
    pub people_cues: Phrases<()>,
    /// Endings of participles.
    pub participle_endings: Endings,
    /// Endings of verbs of what somebody will do.
    pub future_endings: Endings,
    /// Verbs before a participle of what somebody did (`ha accusato`).
    pub auxiliaries: KeySet,
    /// Articles that a surname may have, which names a woman then (`la Bianchi`).
    pub surname_articles: KeySet,
    /// Small words that join two surnames of one (`y` of `Ortega y Gasset`).
    pub surname_joints: KeySet,
    /// Endings of adjectives of an age, which are no part of an office (`-enne`).
    pub age_endings: Endings,
    /// Endings of adjectives in the plural with those of the singular, the longest first (`-iani`, `-iano`).
    pub singular_endings: Vec<(String, String)>,
    /// Words between a thing and the name that it bears (`scuola materna X`, `sala conferenze X`).
    pub thing_kinds: KeySet,
    /// Labels of the sheet of a match, before a colon and names (`Arbitro`).
    pub sheet_labels: Phrases<()>,
    /// Endings of what somebody known did, which other words have, too (`-ed`).
    pub past_endings: Endings,
    /// Endings of verbs in forms of their own, which tell what somebody did (`-arono`).
    pub verb_endings: Endings,
    /// Endings of infinitives.
    pub infinitive_endings: Endings,
    /// Words of the language of a trade that end the names of firms behind a word that is none (`Nivora Costruzioni`).
    pub firm_nouns: KeySet,
    /// Words in the names of agencies that answer the press for others (`Nivora Comunicazione`, `Studio Nivora`).
    pub press_words: KeySet,
}

impl PeopleWords {
    /// What `word` is, whatever its case.
    pub fn class(&self, word: impl Into<WordKey>) -> WordClass {
        self.classes.get(&word.into()).copied().unwrap_or(WordClass::NONE)
    }

    /// The same with the offices of the language.
    pub(super) fn with_offices(self, offices: Offices) -> Self {
        Self { offices, ..self }
    }

    /// Adds adjectives of countries and regions.
    pub(super) fn add_demonyms<'d>(&mut self, demonyms: impl Iterator<Item = &'d str>) {
        for word in demonyms.filter(|word| !word.contains(' ')) {
            let class = self.classes.entry(WordKey::of(word)).or_insert(WordClass::NONE);
            *class = class.with(WordClass::DEMONYM);
        }
    }

    /// Whether `office`, behind `before`, names several people.
    pub fn names_several(&self, office: &Office, before: WordKey) -> bool {
        match office.number {
            Number::One => false,
            Number::Several => true,
            Number::Either => self.class(before).is(WordClass::PLURAL),
        }
    }

    /// Whether a calling behind `before` only narrows the noun there (`movimento pacifista`, `corpo diplomatico`). Where
    /// adjectives stand before nouns none does.
    pub fn is_adjective_there(&self, office: &Office, before: Option<&Token>) -> bool {
        // "Gruppo industriale", "scuola militare": what is named after people and travels together are nouns, too.
        let nouns = WordClass::DEED.with(WordClass::PARTY).with(WordClass::NAMED_AFTER);
        let is_noun = |before: &Token| {
            before.kind == TokenKind::Word && before.case == Case::Lower && self.class(before).is_only(nouns)
        };
        office.standing != Standing::Office
            && !self.adjectives_lead
            && !self.nouns_are_capital
            && before.is_some_and(is_noun)
    }

    /// The sorts of bodies that the common noun `word` stands for, if it stands for any.
    pub fn body_noun(&self, word: impl Into<WordKey>) -> Option<&[Subtype]> {
        self.offices.body_noun(word)
    }

    /// Whether a word ends as names of firms do, behind three letters and more.
    pub fn ends_like_firm(&self, word: &str) -> bool {
        self.firm_endings.of(word).any(|(ending, ())| word.len() - ending.len() >= MIN_FIRM_BYTES)
    }

    /// Whether `word` ends like an adjective that may follow an office.
    pub fn ends_like_adjective(&self, word: &str) -> bool {
        self.adjective_endings.of(word).any(|(ending, ())| word.len() > ending.len() + 1)
    }
}

macro_rules! word_classes {
    ($($name:ident = $bit:literal $field:ident $doc:literal,)*) => {
        impl WordClass {
            $(#[doc = $doc] pub const $name: Self = Self(1 << $bit);)*
        }

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct PeopleFile {
            $(#[serde(default)] $field: Vec<String>,)*
            #[serde(default)]
            honorifics: Vec<String>,
            #[serde(default)]
            nouns: Vec<String>,
            #[serde(default)]
            list_cues: Vec<String>,
            #[serde(default)]
            charges: Vec<String>,
            #[serde(default)]
            indefinite: Vec<String>,
            #[serde(default)]
            companions: Vec<String>,
            #[serde(default)]
            behalf: Vec<String>,
            #[serde(default)]
            actings: Vec<String>,
            #[serde(default)]
            firm_marks: Vec<String>,
            #[serde(default)]
            adjective_endings: Vec<String>,
            #[serde(default)]
            singulars: HashMap<String, String>,
            #[serde(default)]
            nouns_are_capital: bool,
            #[serde(default)]
            adjectives_lead: bool,
            #[serde(default)]
            surname_first: Vec<String>,
            #[serde(default)]
            surname_endings: Vec<String>,
            #[serde(default)]
            firm_endings: Vec<String>,
            #[serde(default)]
            firm_words: Vec<String>,
            #[serde(default)]
            firm_nouns: Vec<String>,
            #[serde(default)]
            press_words: Vec<String>,
            #[serde(default)]
            does: Vec<String>,
            #[serde(default)]
            did: Vec<String>,
            #[serde(default)]
            openers: Vec<String>,
            #[serde(default)]
            people_cues: Vec<String>,
            #[serde(default)]
            participle_endings: Vec<String>,
            #[serde(default)]
            future_endings: Vec<String>,
            #[serde(default)]
            auxiliaries: Vec<String>,
            #[serde(default)]
            surname_articles: Vec<String>,
            #[serde(default)]
            surname_joints: Vec<String>,
            #[serde(default)]
            singular_endings: Vec<(String, String)>,
            #[serde(default)]
            age_endings: Vec<String>,
            #[serde(default)]
            thing_kinds: Vec<String>,
            #[serde(default)]
            sheet_labels: Vec<String>,
            #[serde(default)]
            verb_endings: Vec<String>,
            #[serde(default)]
            past_endings: Vec<String>,
            #[serde(default)]
            infinitive_endings: Vec<String>,
        }

        impl PeopleFile {
            fn classes(&self) -> KeyMap<WordClass> {
                let mut classes: KeyMap<WordClass> = KeyMap::default();
                $(for word in &self.$field {
                    let class = classes.entry(WordKey::from(word)).or_insert(WordClass::NONE);
                    *class = class.with(WordClass::$name);
                })*
                classes
            }
        }
    };
}

/// What a word is to the rules about people: any number of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordClass(u64);

impl WordClass {
    /// None at all.
    pub const NONE: Self = Self(0);

    /// Whether the word is of every class in `other`.
    pub fn is(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether the word is of any class in `other`.
    pub fn is_any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the word is of no class but those in `other`.
    pub fn is_only(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Both classes.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

word_classes! {
    ARTICLE = 0 articles "Articles (`il`, `the`).",
    OF = 1 of "Prepositions that tie an office to its body (`della`, `of`).",
    AT = 2 at "Prepositions that tie a person to a body where they work (`presso`, `at`).",
    TO = 3 to "Prepositions that go on with an office (`allo`, `for`).",
    AND = 4 and "Words that join two (`e`, `and`).",
    PARTICLE = 5 particles "Small words inside names (`van`, `de`).",
    ELISION = 6 elisions "Beginnings of surnames with an apostrophe (`d'`, `o'`).",
    BEFORE_OFFICE = 7 before_office "Words before an office that belong to it (`ex`, `vice`).",
    QUALIFIER = 8 qualifiers "Adjectives of offices (`generale`, `delegato`).",
    ACT = 9 acts "Verbs of what people do (`detto`, `dichiara`, `said`).",
    FOLLOWS_SUBJECT = 10 follow_subject "Small words that follow the subject of a sentence (`ha`, `is`).",
    PRECEDES_PERSON = 11 precede_person "Words before one who does or says something (`secondo`, `con`).",
    LOCATIVE = 12 locatives "Prepositions of places (`a`, `in`).",
    STREET = 13 streets "Words before the name of a street or square (`via`).",
    NAMED_AFTER = 14 named_after "Things that bear a person's name: bodies, buildings (`fondazione`).",
    AWARD = 15 awards "Awards, laws and the like that bear a person's name (`premio`, `legge`).",
    SAINT = 16 saints "Words before the name of a saint (`san`).",
    AGE = 17 ages "Words of an age behind a name (`anni`, `aged`).",
    CONTACT = 18 contacts "Words that label a press contact and are no office (`stampa`).",
    NOT_NAME = 19 not_names "Words that begin with a capital and are no part of a name (`Regione`).",
    ARTICULATED = 20 articulated "Prepositions with an article inside (`della`).",
    CARRIES = 21 carries "Words that tie a body to the office behind (`rappresentata`, `con`).",
    AS = 22 as_office "Words before the office that somebody has or gets (`come`, `as`).",
    BECOMES = 23 becomes "Words between somebody and the office they get (`nominato`, `elected`).",
    PLURAL = 24 plural "Words before the office of several (`i`, `due`).",
    DEMONYM = 25 demonyms "Adjectives of countries and regions, taken from the list of demonyms (`francese`).",
    PASSED = 26 passed "Words before an office that are no part of it (`nuovo`, `allora`).",
    LED = 27 led "Participles between a body and the one who heads it (`guidata`).",
    LEADS = 28 leads "Verbs between one who heads a body and the body (`dirige`).",
    PARTY = 29 parties "Words for people who travel together (`delegazione`).",
    THAT = 30 that "Words that stand for an office named before (`quello`).",
    ORGAN = 31 organs "Organs that belong to the office when nothing more is said of them (`presidente del Consiglio`).",
    WELCOME = 32 welcome "Words for receiving guests (`accogliere`, `benvenuto`).",
    FOR = 33 represents "Prepositions between somebody and the body that they speak for (`per la Regione`).",
    DEED = 34 deeds "Nouns for what only people do, suffer or have (`la morte di`, `il gol di`).",
    SAME = 35 same "Words between an article and one who was named before (`lo stesso Rossi`).",
    WHEREABOUTS = 36 whereabouts "Words before a body that is only where somebody is (`uscito da`, `davanti a`).",
    RANK = 38 ranks "Ranks and titles that go with a name while the office is said apart (`il presidente di X, l'ammiraglio Conti`).",
    RELATIVE = 39 relatives "Words with which the text goes on to say something of somebody (`che`, `who`).",
    TENURE = 40 tenures "Words behind an office that are no part of it: that it is held, where the holder is from (`al potere`, `originario`).",
    RUNNER = 41 runners "Those who strive for what stands behind (`candidato alla presidenza di X`).",
    MEMBER = 42 members "Nouns in the plural for people who belong to a body and hold no office (`rappresentanti`).",
    WHERE = 43 where_words "Relatives of places (`dove`, `where`).",
    SUPPORT = 44 supports "Nouns for the help of a body that goes along with another (`sostegno`).",
    POSSESSIVE = 45 possessives "Possessives of bodies and people (`suo`, `its`).",
    POSTNOMINAL = 46 postnominals "Letters of degrees, orders and seats behind a name (`PhD`, `MP`).",
    UNIT = 47 units "Parts of a body that have their matter right behind them (`ufficio relazioni esterne`).",
    COMPOSED = 48 composed "Words between a party and its people (`composta da`, `ne fanno parte`).",
    MEETS = 49 meets "Words before one who is met (`incontro con`, `met`).",
    WITH = 50 company "Prepositions of company (`con`, `with`).",
    SUFFIX = 51 suffixes "Words behind a surname that tell the son from the father, the same in all languages (`Jr`).",
    PRIZE = 37 prizes "Names of prizes, the same in all languages: who stands behind one has won it (`premio Nobel Anna Conti`).",
}

impl From<PeopleFile> for PeopleWords {
    fn from(file: PeopleFile) -> Self {
        let plain = |phrases: &[String]| {
            let mut set = Phrases::default();
            phrases.iter().for_each(|phrase| set.add(phrase, ()));
            set
        };
        Self {
            classes: file.classes(),
            honorifics: plain(&file.honorifics),
            nouns: plain(&file.nouns),
            offices: Offices::default(),
            list_cues: plain(&file.list_cues),
            charges: plain(&file.charges),
            companions: plain(&file.companions),
            behalf: plain(&file.behalf),
            actings: plain(&file.actings),
            indefinite: file.indefinite.iter().map(|word| WordKey::of(word)).collect(),
            firm_marks: plain(&file.firm_marks),
            adjective_endings: file.adjective_endings.into_iter().collect(),
            singulars: file.singulars,
            nouns_are_capital: file.nouns_are_capital,
            adjectives_lead: file.adjectives_lead,
            surname_first: file.surname_first,
            surname_endings: file.surname_endings.into_iter().collect(),
            firm_endings: file.firm_endings.into_iter().collect(),
            firm_words: file.firm_words.iter().map(|word| WordKey::of(word)).collect(),
            does: file.does.iter().map(|word| WordKey::of(word)).collect(),
            did: file.did.iter().map(|word| WordKey::of(word)).collect(),
            openers: file.openers.iter().map(|word| WordKey::of(word)).collect(),
            people_cues: plain(&file.people_cues),
            participle_endings: file.participle_endings.into_iter().collect(),
            future_endings: file.future_endings.into_iter().collect(),
            auxiliaries: file.auxiliaries.iter().map(|word| WordKey::of(word)).collect(),
            surname_joints: file.surname_joints.iter().map(|word| WordKey::of(word)).collect(),
            surname_articles: file.surname_articles.iter().map(|word| WordKey::of(word)).collect(),
            singular_endings: file.singular_endings,
            age_endings: file.age_endings.into_iter().collect(),
            thing_kinds: file.thing_kinds.iter().map(|word| WordKey::of(word)).collect(),
            sheet_labels: plain(&file.sheet_labels),
            past_endings: file.past_endings.into_iter().collect(),
            verb_endings: file.verb_endings.into_iter().collect(),
            infinitive_endings: file.infinitive_endings.into_iter().collect(),
            press_words: file.press_words.iter().map(|word| WordKey::of(word)).collect(),
            firm_nouns: file.firm_nouns.iter().map(|word| WordKey::of(word)).collect(),
        }
    }
}

/// Phrases of a few words, each with what is known of it; met in either direction, whatever their case.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "Vec<String>", bound = "Self: From<Vec<String>>")]
pub struct Phrases<T> {
    phrases: Vec<(Box<[WordKey]>, T)>,
    by_first: KeyMap<Vec<usize>>,
    by_last: KeyMap<Vec<usize>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { phrases: Vec::new(), by_first: KeyMap::default(), by_last: KeyMap::default() }
    }
}

impl From<Vec<String>> for Phrases<()> {
    fn from(phrases: Vec<String>) -> Self {
        let mut set = Self::default();
        phrases.iter().for_each(|phrase| set.add(phrase, ()));
        set
    }
}

impl<T> Phrases<T> {
    pub(super) fn add(&mut self, phrase: &str, value: T) {
        let words: Box<[WordKey]> = tokenize(phrase).iter().map(WordKey::from).collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let idx = self.phrases.len();
        self.by_first.entry(*first).or_default().push(idx);
        self.by_last.entry(*last).or_default().push(idx);
        self.phrases.push((words, value));
    }

    /// The longest phrase that begins with the token at `at`: one past its last token, and what is known of it.
    pub fn begin_at(&self, tokens: &[Token], at: usize) -> Option<(usize, &T)> {
        let known = self.by_first.get(&tokens.get(at)?.key)?;
        let longest =
            known.iter().filter(|&&idx| self.is_at(idx, tokens, at)).max_by_key(|&&idx| self.phrases[idx].0.len())?;
        let (words, value) = &self.phrases[*longest];
        Some((at + words.len(), value))
    }

    /// The longest phrase that ends with the token at `at`: its first token, and what is known of it.
    pub fn end_at(&self, tokens: &[Token], at: usize) -> Option<(usize, &T)> {
        let known = self.by_last.get(&tokens.get(at)?.key)?;
        let start = |idx: usize| (at + 1).checked_sub(self.phrases[idx].0.len());
        let longest = known
            .iter()
            .filter(|&&idx| start(idx).is_some_and(|start| self.is_at(idx, tokens, start)))
            .max_by_key(|&&idx| self.phrases[idx].0.len())?;
        Some((start(*longest)?, &self.phrases[*longest].1))
    }

    /// What is known of the phrase that is the single word `word`.
    pub(super) fn word(&self, word: WordKey) -> Option<&T> {
        let known = self.by_first.get(&word)?;
        known.iter().map(|&idx| &self.phrases[idx]).find(|(words, _)| words.len() == 1).map(|(_, value)| value)
    }

    fn is_at(&self, idx: usize, tokens: &[Token], at: usize) -> bool {
        let words = &self.phrases[idx].0;
        tokens.get(at..at + words.len()).is_some_and(|tokens| {
            tokens.iter().zip(words).all(|(token, word)| token.key == *word)
                && tokens[1..].iter().all(|token| token.gap < Gap::Paragraph)
        })
    }
}
