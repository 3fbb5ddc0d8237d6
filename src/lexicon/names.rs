//! Evidence about single words: which are given names, which surnames, which no names at all.

use super::{Files, ListError, Table};
use rustc_hash::FxHashMap as HashMap;

/// Longest word, in bytes, that is folded without a heap allocation; few words of any language are longer.
const MAX_STACK_BYTES: usize = 64;

/// Hands `read` the key of `word` under which spellings meet: lower case, straight apostrophes, no soft hyphens.
///
/// Nearly every word of a release passes here, so the key lives on the stack.
pub(crate) fn with_key<R>(word: &str, read: impl FnOnce(&str) -> R) -> R {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return read(word);
    }
    let mut buffer = [0; MAX_STACK_BYTES];
    let mut len = 0;
    if word.len() <= MAX_STACK_BYTES && word.is_ascii() && !word.contains('`') {
        buffer[..word.len()].copy_from_slice(word.as_bytes());
        buffer[..word.len()].make_ascii_lowercase();
        return read(std::str::from_utf8(&buffer[..word.len()]).unwrap_or_default());
    }
    for character in word.chars().filter(|&character| character != '\u{ad}') {
        let straight = if matches!(character, '’' | '´' | 'ʼ' | '‘' | '`') { '\'' } else { character };
        for lower in straight.to_lowercase() {
            if len + lower.len_utf8() > MAX_STACK_BYTES {
                return read(&key(word));
            }
            len += lower.encode_utf8(&mut buffer[len..]).len();
        }
    }
    read(std::str::from_utf8(&buffer[..len]).unwrap_or_default())
}

/// What a word can be in a person's name. Counts as evidence only; nobody is named here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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

/// Given names and surnames of all origins, by the word as written in title case.
#[derive(Debug, Default)]
pub struct NameParts {
    parts: HashMap<String, NamePart>,
    origins: Vec<String>,
}

impl NameParts {
    /// Loads `evidence/given_names.tsv` and `evidence/surnames.tsv` (columns `name`, `langs`).
    ///
    /// # Errors
    ///
    /// Returns the first row that cannot be used.
    pub fn load(files: &Files) -> Result<Self, ListError> {
        let mut names = Self::default();
        for (path, is_given) in [("evidence/given_names.tsv", true), ("evidence/surnames.tsv", false)] {
            let Some(text) = files.text(path)? else { continue };
            for row in Table::new(path, text).require(&["name"])?.rows(["name", "langs"]) {
                let [name, langs] = row?.cells;
                let origins = langs
                    .split(',')
                    .filter(|lang| !lang.is_empty())
                    .map(|lang| names.intern(lang))
                    .fold(0, |a, b| a | b);
                let part = names.parts.entry(key(name)).or_default();
                part.is_given |= is_given;
                part.is_surname |= !is_given;
                part.origins |= origins;
                part.surname_origins |= if is_given { 0 } else { origins };
            }
        }
        Ok(names)
    }

    /// What `word` can be in a person's name; case does not matter.
    pub fn get(&self, word: &str) -> Option<NamePart> {
        with_key(word, |key| self.parts.get(key).copied())
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

fn key(word: &str) -> String {
    word.replace('\u{ad}', "").replace(['’', '´', 'ʼ', '‘', '`'], "'").to_lowercase()
}

/// Words that stand in running text in lower case (German nouns: outside names), by language.
#[derive(Debug, Default)]
pub struct CommonWords {
    words: HashMap<String, Vec<(u8, f32)>>,
    languages: Vec<String>,
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
            let zipf =
                zipf.parse().map_err(|_| row.error(format!("'{zipf}' is no number; give the Zipf frequency")))?;
            let language = common.language(lang).unwrap_or_else(|| {
                common.languages.push(lang.to_owned());
                (common.languages.len() - 1) as u8
            });
            common.words.entry(key(word)).or_default().push((language, zipf));
        }
        Ok(common)
    }

    fn language(&self, code: &str) -> Option<u8> {
        self.languages.iter().position(|known| known == code).map(|at| at as u8)
    }

    /// The languages in which `word` is common.
    pub fn languages(&self, word: &str) -> impl Iterator<Item = &str> {
        let languages = self.words.get(&key(word)).into_iter().flatten();
        languages.filter_map(|&(language, _)| self.languages.get(usize::from(language))).map(String::as_str)
    }

    /// Whether no word is known.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How common `word` is in `language` (Zipf scale: 3 once in a million words, 7 once in a hundred); none if it is no common word there.
    pub fn zipf(&self, word: &str, language: &str) -> Option<f32> {
        let language = self.language(language)?;
        with_key(word, |key| self.words.get(key)?.iter().find(|(lang, _)| *lang == language).map(|&(_, zipf)| zipf))
    }

    /// How common `word` is in the language in which it is most common.
    pub fn highest_zipf(&self, word: &str) -> Option<f32> {
        with_key(word, |key| self.words.get(key)?.iter().map(|&(_, zipf)| zipf).max_by(f32::total_cmp))
    }
}
