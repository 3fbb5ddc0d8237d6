//! The vocabulary of the relation `missions`.

use super::WordSet;
use rustc_hash::FxHashMap as HashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `missions.toml`: wordings that tell of a mission.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissionsWords {
    /// Wordings by what they tell. Words are in lower case; one that ends in `*` stands for all that begin so, and
    /// a wording of several words stands for these words one behind the other.
    #[serde(default)]
    pub cues: CueTable,
    /// Prepositions before the place or body that a party comes from (`della`).
    #[serde(default)]
    pub of: WordSet,
    /// Prepositions before the place that it goes to (`in`).
    #[serde(default)]
    pub to: WordSet,
}

/// What a wording tells of a mission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Cue {
    /// People who travel together on behalf of a body (`delegazione`).
    Party,
    /// A journey on behalf of a body (`missione`).
    Mission,
    /// A journey of any sort (`visita`, `viaggio`).
    Visit,
    /// Makes a journey official (`istituzionale`, `imprenditoriale`).
    Official,
    /// Makes it something else (`umanitaria`, `guidata`).
    Unofficial,
    /// Somebody goes, comes or comes back.
    Travel,
    /// Somebody receives somebody.
    Host,
    /// People or bodies meet; what follows is met.
    Meet,
    /// Opens who heads the party, behind it or before it (`guidata da`).
    Lead,
    /// Opens who takes part (`composta da`, `con lui`).
    Join,
    /// Opens a list of meetings (`incontri`, `programma`).
    Schedule,
    /// Says who set the mission up (`promossa da`).
    Organize,
    /// What is yet to come.
    Future,
    /// What is over.
    Past,
    /// What is going on.
    Present,
    /// Something that is signed (`protocollo d'intesa`).
    Agreement,
    /// The signing itself.
    Sign,
    /// Another subject altogether: a match, a funeral, an offer of a holiday.
    OtherTopic,
    /// A gathering that people travel to, and that is no mission (`convegno`).
    Gathering,
    /// Those whom the size of a party is counted in (`persone`, `imprese`).
    Member,
    /// An envoy, who is a party of one (`ambasciatore`, `console`).
    Envoy,
}

/// Wordings, indexed by their first word.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "BTreeMap<Cue, Vec<String>>")]
pub struct CueTable {
    wordings: Vec<(Cue, Vec<Word>)>,
    /// Places in `wordings` by their first word.
    exact: HashMap<String, Vec<usize>>,
    /// Places in `wordings` by the first letters of a first word that ends in `*`.
    open: HashMap<String, Vec<usize>>,
}

#[derive(Debug, Clone)]
enum Word {
    Exact(String),
    Open(String),
}

impl Word {
    fn fits(&self, word: &str) -> bool {
        match self {
            Self::Exact(exact) => exact == word,
            Self::Open(beginning) => word.starts_with(beginning.as_str()),
        }
    }
}

/// Letters of an open word that index it; shorter ones are indexed whole.
const N_INDEX_LETTERS: usize = 4;

impl From<BTreeMap<Cue, Vec<String>>> for CueTable {
    fn from(cues: BTreeMap<Cue, Vec<String>>) -> Self {
        let mut table = Self::default();
        for (cue, wording) in cues.into_iter().flat_map(|(cue, wordings)| wordings.into_iter().map(move |w| (cue, w))) {
            let words: Vec<Word> = wording
                .split_whitespace()
                .map(|word| match word.strip_suffix('*') {
                    Some(beginning) => Word::Open(beginning.to_owned()),
                    None => Word::Exact(word.to_owned()),
                })
                .collect();
            let place = table.wordings.len();
            match words.first() {
                Some(Word::Exact(word)) => table.exact.entry(word.clone()).or_default().push(place),
                Some(Word::Open(beginning)) => {
                    table.open.entry(first_letters(beginning).to_owned()).or_default().push(place)
                }
                None => continue,
            }
            table.wordings.push((cue, words));
        }
        table
    }
}

fn first_letters(word: &str) -> &str {
    word.char_indices().nth(N_INDEX_LETTERS).map_or(word, |(at, _)| &word[..at])
}

impl CueTable {
    /// What the wordings that begin with the first of `words` tell, each with its length in words.
    ///
    /// `words` gives the words of a text from a place on, in lower case.
    pub fn at<'w>(&self, words: impl Fn(usize) -> &'w str) -> impl Iterator<Item = (Cue, usize)> {
        let first = words(0);
        let exact = self.exact.get(first);
        // Beginnings of fewer letters than the index are rare enough to be looked up one by one.
        let open = first
            .char_indices()
            .map(|(at, character)| at + character.len_utf8())
            .take(N_INDEX_LETTERS)
            .filter_map(|end| self.open.get(&first[..end]));
        let found: Vec<(Cue, usize)> = exact
            .into_iter()
            .chain(open)
            .flatten()
            .map(|&place| &self.wordings[place])
            .filter(|(_, wording)| wording.iter().enumerate().all(|(at, word)| word.fits(words(at))))
            .map(|(cue, wording)| (*cue, wording.len()))
            .collect();
        found.into_iter()
    }

    /// Whether there are no wordings.
    pub fn is_empty(&self) -> bool {
        self.wordings.is_empty()
    }
}
