//! Evidence about single words: which are given names, which surnames, which no names at all.

use super::{Files, ListError, Table};
use crate::text::{KeyMap, WordKey};
use rustc_hash::FxHashMap as HashMap;

/// What a word can be in a person's name. Counts as evidence only; nobody is named here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct NamePart {
    /// It is a given name somewhere.
    pub is_given: bool,
    /// It is a surname somewhere.
    pub is_surname: bool,
    /// Bit for each origin that the tables name, see [`NameParts::origin_bit`].
    pub origins: u64,
    /// Those of the origins in which it is a surname.
    pub surname_origins: u64,
}

/// The tables of names, with whether they hold given names.
pub(super) const TABLES: [(&str, bool); 4] = [
    ("evidence/given_names.tsv", true),
    ("evidence/surnames.tsv", false),
    ("evidence/more_given_names.tsv", true),
    ("evidence/more_surnames.tsv", false),
];

/// Given names and surnames of all origins, by the word as written in title case.
#[derive(Debug, Default)]
pub struct NameParts {
    /// Number of what the word is, in `kinds`: few are different.
    words: KeyMap<u16>,
    kinds: Vec<NamePart>,
    origins: Vec<String>,
}

impl NameParts {
    /// Loads the tables of given names and surnames in `evidence/` (columns `name`, `langs`).
    ///
    /// # Errors
    ///
    /// Returns the first row that cannot be used.
    pub fn load(files: &Files) -> Result<Self, ListError> {
        let mut names = Self::default();
        let texts = TABLES.iter().filter_map(|(path, _)| files.text(path).ok().flatten());
        names.words.reserve(texts.map(|text| text.lines().count()).sum());
        let mut numbers: HashMap<NamePart, u16> = HashMap::default();
        for (path, is_given) in TABLES {
            let Some(text) = files.text(path)? else { continue };
            for row in Table::new(path, text).require(&["name"])?.rows(["name", "langs"]) {
                let row = row?;
                let [name, langs] = row.cells;
                let origins = langs
                    .split(',')
                    .filter(|lang| !lang.is_empty())
                    .map(|lang| names.intern(lang))
                    .fold(0, |a, b| a | b);
                let key = WordKey::of(name);
                let mut part = names.get(key).unwrap_or_default();
                part.is_given |= is_given;
                part.is_surname |= !is_given;
                part.origins |= origins;
                part.surname_origins |= if is_given { 0 } else { origins };
                let kinds = &mut names.kinds;
                let number = *numbers.entry(part).or_insert_with(|| {
                    kinds.push(part);
                    // Too many are told below.
                    u16::try_from(kinds.len() - 1).unwrap_or(u16::MAX)
                });
                if names.kinds.len() > usize::from(u16::MAX) {
                    return Err(row.error("there are more combinations of origins than 65,535; name fewer"));
                }
                *names.words.entry(key).or_default() = number;
            }
        }
        Ok(names)
    }

    /// What `word` can be in a person's name; case does not matter.
    pub fn get(&self, word: impl Into<WordKey>) -> Option<NamePart> {
        self.words.get(&word.into()).map(|&number| self.kinds[usize::from(number)])
    }

    /// The bit of `NamePart::origins` that stands for a language tag; 0 for one that the tables do not name.
    pub fn origin_bit(&self, language: &str) -> u64 {
        self.origins.iter().position(|origin| origin == language).map_or(0, |at| 1 << at.min(63))
    }

    fn intern(&mut self, language: &str) -> u64 {
        if !self.origins.iter().any(|origin| origin == language) {
            self.origins.push(language.to_owned());
        }
        self.origin_bit(language)
    }
}

/// Words that stand in running text in lower case (German nouns: outside names), by language.
#[derive(Debug, Default)]
pub struct CommonWords {
    languages: Vec<(String, Zipfs)>,
}

/// How common the words of one language are (Zipf scale: 3 once in a million words, 7 once in a hundred).
#[derive(Debug, Default)]
pub struct Zipfs {
    words: KeyMap<f32>,
}

impl Zipfs {
    /// How common `word` is; none if it is no common word.
    pub fn get(&self, word: impl Into<WordKey>) -> Option<f32> {
        self.words.get(&word.into()).copied()
    }
}

impl CommonWords {
    /// Loads `evidence/common_words.tsv` (columns `word`, `lang`, `zipf`).
    ///
    /// # Errors
    ///
    /// Returns the first row that cannot be used.
    pub fn load(files: &Files) -> Result<Self, ListError> {
        let path = "evidence/common_words.tsv";
        let mut common = Self::default();
        let Some(text) = files.text(path)? else { return Ok(common) };
        for row in Table::new(path, text).require(&["word", "lang", "zipf"])?.rows(["word", "lang", "zipf"]) {
            let row = row?;
            let [word, lang, zipf] = row.cells;
            let zipf: f32 =
                zipf.parse().map_err(|_| row.error(format!("'{zipf}' is no number; give the Zipf frequency")))?;
            let at = common.languages.iter().position(|(known, _)| known == lang).unwrap_or_else(|| {
                common.languages.push((lang.to_owned(), Zipfs::default()));
                common.languages.len() - 1
            });
            common.languages[at].1.words.entry(WordKey::of(word)).or_insert(zipf);
        }
        Ok(common)
    }

    /// The common words of `language`, if the list has any.
    pub fn of(&self, language: &str) -> Option<&Zipfs> {
        self.languages.iter().find(|(known, _)| known == language).map(|(_, zipfs)| zipfs)
    }

    /// The languages in which `word` is common.
    pub fn languages(&self, word: impl Into<WordKey>) -> impl Iterator<Item = &str> {
        let key = word.into();
        self.languages.iter().filter(move |(_, zipfs)| zipfs.words.contains_key(&key)).map(|(code, _)| code.as_str())
    }

    /// Whether no word is known.
    pub fn is_empty(&self) -> bool {
        self.languages.is_empty()
    }

    /// How common `word` is in `language` (Zipf scale: 3 once in a million words, 7 once in a hundred); none if it is no common word there.
    pub fn zipf(&self, word: impl Into<WordKey>, language: &str) -> Option<f32> {
        self.of(language)?.get(word)
    }

    /// How common `word` is in the language in which it is most common.
    pub fn highest_zipf(&self, word: impl Into<WordKey>) -> Option<f32> {
        let key = word.into();
        self.languages.iter().filter_map(|(_, zipfs)| zipfs.get(key)).max_by(f32::total_cmp)
    }
}
