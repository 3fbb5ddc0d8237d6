//! How words end.

use rustc_hash::FxHashMap;

/// Endings of words, each with what it tells, found without comparing a word with every one of them.
#[derive(Debug, Clone)]
pub struct Endings<T = ()> {
    /// By their last two bytes.
    by_last: FxHashMap<[u8; 2], Vec<(Box<str>, T)>>,
    /// Those of one byte.
    short: Vec<(Box<str>, T)>,
}

impl<T> Default for Endings<T> {
    fn default() -> Self {
        Self { by_last: FxHashMap::default(), short: Vec::new() }
    }
}

impl<T> Endings<T> {
    /// Adds an ending; an empty one is none.
    pub fn push(&mut self, ending: &str, told: T) {
        match ending.as_bytes().last_chunk() {
            Some(last) => self.by_last.entry(*last).or_default().push((ending.into(), told)),
            None if ending.is_empty() => {}
            None => self.short.push((ending.into(), told)),
        }
    }

    /// The endings that `word` has, the whole of it too, in the order in which they were added; those of one byte come last.
    pub fn of<'w>(&self, word: &'w str) -> impl Iterator<Item = (&str, &T)> + use<'_, 'w, T> {
        let long = word.as_bytes().last_chunk().and_then(|last| self.by_last.get(last));
        let endings = long.map_or(&[][..], Vec::as_slice).iter().chain(&self.short);
        endings.filter(|(ending, _)| word.ends_with(&**ending)).map(|(ending, told)| (&**ending, told))
    }

    /// False for most words that, in lower case, have none of the endings, as far as those are of two bytes and more.
    pub fn may_end(&self, word: &str) -> bool {
        match word.as_bytes().last_chunk::<2>() {
            Some(last) if last.is_ascii() => self.by_last.contains_key(&last.map(|byte| byte.to_ascii_lowercase())),
            last => last.is_some() && !self.by_last.is_empty(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_last.is_empty() && self.short.is_empty()
    }
}

impl<T> FromIterator<(String, T)> for Endings<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(endings: I) -> Self {
        let mut all = Self::default();
        endings.into_iter().for_each(|(ending, told)| all.push(&ending, told));
        all
    }
}

impl FromIterator<String> for Endings {
    fn from_iter<I: IntoIterator<Item = String>>(endings: I) -> Self {
        endings.into_iter().map(|ending| (ending, ())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_the_endings_that_it_ends_with() {
        let endings: Endings<u8> = [("ini", 1), ("oli", 2), ("i", 3), ("ni", 4), ("è", 5)]
            .map(|(e, n)| (e.to_owned(), n))
            .into_iter()
            .collect();
        let of = |word| endings.of(word).map(|(_, &told)| told).collect::<Vec<_>>();
        assert_eq!(of("Bellini"), [1, 4, 3]);
        assert_eq!(of("ini"), [1, 4, 3]);
        assert_eq!(of("i"), [3]);
        assert_eq!(of("caffè"), [5]);
        assert!(endings.may_end("BELLINI") && endings.may_end("CAFFÈ") && !endings.may_end("Rossa"));
        assert!(of("Rossa").is_empty() && of("").is_empty());
        assert!(Endings::<()>::default().is_empty() && !endings.is_empty());
    }
}
