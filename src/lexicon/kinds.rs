//! The kinds of names: those that every gazetteer has, and those that a folder of lists declares.

use super::{Files, Kind, ListError};
use serde::Deserialize;

/// File in which a folder of lists says what it is.
pub(crate) const PACK: &str = "pack.toml";
/// Most kinds that lists may declare.
pub(crate) const MAX_DECLARED: usize = 25;

/// The kinds that lists declare, in the order of their words: `kinds = ["product", "award"]` in `pack.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kinds {
    declared: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Pack {
    #[serde(default)]
    kinds: Vec<String>,
}

impl Kinds {
    /// The kinds that the `pack.toml` of each layer of `files` declares.
    ///
    /// # Errors
    ///
    /// Returns the first `pack.toml` that cannot be read, or that declares what is no word for a kind.
    pub fn load(files: &Files) -> Result<Self, ListError> {
        let mut declared = Vec::new();
        for text in files.texts(PACK) {
            let text = text?;
            let pack: Pack = toml::from_str(text).map_err(|error| {
                let line = error.span().map_or(0, |span| 1 + text[..span.start].matches('\n').count());
                ListError::at(PACK, line, error.message().to_owned())
            })?;
            if let Some(word) = pack.kinds.iter().find(|word| !is_word(word)) {
                let message = format!(
                    "'{word}' is no word for a kind; write small letters and hyphens, and none of the kinds that are there"
                );
                return Err(ListError::at(PACK, line_of(text, word), message));
            }
            declared.extend(pack.kinds);
        }
        declared.sort();
        declared.dedup();
        if declared.len() > MAX_DECLARED {
            let message = format!("{} kinds are declared; {MAX_DECLARED} are the most", declared.len());
            return Err(ListError::at(PACK, 0, message));
        }
        Ok(Self { declared })
    }

    /// Those of a compiled gazetteer, one a line.
    pub(crate) fn from_lines(lines: &str) -> Self {
        Self { declared: lines.lines().map(str::to_owned).collect() }
    }

    /// The declared kinds, one a line.
    pub(crate) fn to_lines(&self) -> String {
        self.declared.join("\n")
    }

    /// The kind that lists call `word`.
    pub fn from_word(&self, word: &str) -> Option<Kind> {
        let declared = || self.declared.iter().position(|declared| declared == word);
        Kind::from_word(word).or_else(|| Some(Kind::Custom(declared()? as u8)))
    }

    /// The word of a kind, in lists and records.
    pub fn word(&self, kind: Kind) -> &str {
        match kind {
            Kind::Custom(number) => self.declared.get(usize::from(number)).map_or(kind.as_str(), String::as_str),
            _ => kind.as_str(),
        }
    }

    /// What to do about a word that is no kind.
    pub(crate) fn unknown(&self, word: &str) -> String {
        let declared: String = self.declared.iter().map(|word| format!(", {word}")).collect();
        format!(
            "unknown kind '{word}'; write institution, person, place, sector, nothing{declared}, \
             or declare it in pack.toml (kinds = [\"{word}\"])"
        )
    }
}

/// Whether a list may declare a kind of this word.
fn is_word(word: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    !word.is_empty() && word.bytes().all(is_plain) && Kind::from_word(word).is_none() && word != "custom"
}

fn line_of(text: &str, word: &str) -> usize {
    text.lines().position(|line| line.contains(&format!("\"{word}\""))).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(pack: &str) -> Result<Kinds, ListError> {
        Kinds::load(&Files::from_pairs([(PACK, pack)]))
    }

    #[test]
    fn declared_kinds_have_their_words() {
        let kinds = load("name = \"own\"\nkinds = [\"product\", \"award\"]\n").expect("both are words");
        let product = kinds.from_word("product").expect("it is declared");
        assert_eq!((product, kinds.word(product)), (Kind::Custom(1), "product"));
        assert_eq!(kinds.from_word("place"), Some(Kind::Place));
        assert_eq!(kinds.from_word("prodact"), None);
        assert_eq!(Kinds::from_lines(&kinds.to_lines()), kinds);
    }

    #[test]
    fn a_kind_that_is_there_is_not_declared_anew() {
        let error = load("name = \"own\"\nkinds = [\"person\"]\n").expect_err("it is there");
        assert!(error.to_string().starts_with("pack.toml:2: 'person' is no word for a kind"), "{error}");
        assert!(load("kinds = [\"Big Product\"]").is_err());
        assert!(load("kinds = [").is_err());
    }

    #[test]
    fn layers_declare_together() {
        let layer = |word: &str| Files::from_pairs([(PACK, format!("kinds = [\"{word}\"]"))]);
        let kinds = Kinds::load(&layer("zone").with(layer("award"))).expect("both are words");
        assert_eq!(kinds.to_lines(), "award\nzone");
    }
}
