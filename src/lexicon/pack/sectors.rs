//! The vocabulary of the rule `sectors`. The names of the fields themselves are lists of the gazetteer.

use super::{Phrases, WordSet};
use serde::Deserialize;
use std::collections::BTreeMap;

/// `sectors.toml`: what stands around the name of a field.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectorsWords {
    /// Words that announce a field (`settore`, `filiera`): a weak name counts behind them, or before them where the
    /// language puts them last.
    #[serde(default)]
    pub cues: WordSet,
    /// Verbs that close a clause behind what somebody makes (`herstellt`).
    #[serde(default)]
    pub closing_cues: WordSet,
    /// Whether cues may stand behind the field (`automotive sector`).
    #[serde(default)]
    pub cues_follow: bool,
    /// Head nouns that belong to the mention (`industria nautica`).
    #[serde(default)]
    pub inner_heads: WordSet,
    /// Words of an office or ministry: a field behind them is the office's.
    #[serde(default)]
    pub offices: WordSet,
    /// Things that a field word only qualifies (`sala`, `capacità`): no field is meant behind them, or before them
    /// where the language puts them last.
    #[serde(default)]
    pub things: WordSet,
    /// Adjectives behind a field that narrow it (`sostenibile`).
    #[serde(default)]
    pub narrowing: WordSet,
    /// Adjectives before a field that narrow it (`sustainable`).
    #[serde(default)]
    pub narrowing_before: WordSet,
    /// Words that join the members of a list (`e`).
    #[serde(default)]
    pub conjunctions: WordSet,
    /// Things and words of every day (`porti`, `arte`): a field only beside a cue or in a list of fields.
    #[serde(default)]
    pub concrete: WordSet,
    /// Meals and what is done at them (`cena`, `servito`): food behind them is eaten and no field.
    #[serde(default)]
    pub meals: WordSet,
    /// Codes of the fields whose names are those of food.
    #[serde(default)]
    pub eaten: Vec<String>,
    /// Words of every day (`storia`, `giovani`): a field only beside one of [`Self::sector_nouns`].
    #[serde(default)]
    pub everyday: WordSet,
    /// Nouns that open a name when they have a capital (`Polo Meccatronica`, `Premio`): a field with a capital behind them is a
    /// part of it.
    #[serde(default)]
    pub titles: WordSet,
    /// Fields whose name is also what somebody is by calling: none before the name of a person (`la chimica Anna Neri`).
    #[serde(default)]
    pub callings: WordSet,
    /// Words that say whose something is (`nostro`): no weak name behind them is a field.
    #[serde(default)]
    pub possessives: WordSet,
    /// Nouns that nothing but the name of a field stands beside (`settore`, `filiera`).
    #[serde(default)]
    pub sector_nouns: WordSet,
    /// Endings of adjectives behind a field that narrow it (`-ale`), in lower case.
    #[serde(default)]
    pub narrowing_endings: Vec<String>,
    /// Endings of participles that narrow a field where nothing depends on them (`-ato`), in lower case.
    #[serde(default)]
    pub narrowing_participles: Vec<String>,
    /// Phrases behind a field that say which kind is meant (`a freddo`, `di precisione`).
    #[serde(default)]
    pub narrowing_phrases: Phrases<()>,
    /// Words that a hyphen joins to a noun behind a field, to narrow it (`post`).
    #[serde(default)]
    pub prefixes: WordSet,
    /// Words that a hyphen joins to one before them, for an adjective that narrows the field behind it (`low-carbon`).
    #[serde(default)]
    pub joined_ends: WordSet,
    /// Processes that tell the field, whatever they are done to (`riuso delle batterie`).
    #[serde(default)]
    pub processes: WordSet,
    /// Adjectives with such an ending that do not: they say whose the field is, or which (`regionale`).
    #[serde(default)]
    pub not_narrowing: WordSet,
    /// Endings of adjectives before a field that narrow it (`-licher`), in lower case.
    #[serde(default)]
    pub narrowing_before_endings: Vec<String>,
    /// Words that make the adjective before them govern something, so that it narrows nothing (`applicata alla …`).
    #[serde(default)]
    pub complement_openers: WordSet,
    /// Nouns of what is done in a field, which belong to the mention: before it (`lavorazione del legno`), or behind it
    /// where cues follow (`glass recycling`).
    #[serde(default)]
    pub activities: WordSet,
    /// Fields whose complement says which kind is meant, and belongs to the mention (`turismo di comunità`).
    #[serde(default)]
    pub kinds: WordSet,
    /// Names that any cue of the sentence speaks of, near or not (`formazione`): they say little else in a release.
    #[serde(default)]
    pub spoken_of: WordSet,
    /// Fields whose complement says for whom or what they are, and stays outside (`formazione` di tecnici).
    #[serde(default)]
    pub without_complement: WordSet,
    /// What a field of learning uses, and is no field itself: exchanges, grants, degrees (`borse di studio`).
    #[serde(default)]
    pub instruments: WordSet,
    /// Articles and numbers of one thing: what stands behind them is counted, and no field (`una protesi`).
    #[serde(default)]
    pub single: WordSet,
    /// Fields that are none as the complement of another noun (`progetti di ricerca`), or before one.
    #[serde(default)]
    pub idle_complements: WordSet,
    /// Words that name no field before a complement (`mobilità` di studenti, `spazio` a moda e musica).
    #[serde(default)]
    pub before_complement: WordSet,
    /// Head nouns of bodies; with a capital they open a name, and the fields behind them belong to it (`Scuola di Bioscienze
    /// e medicina veterinaria`).
    #[serde(default)]
    pub bodies: WordSet,
    /// Words that open the name of a body as the end of a compound (`gewerkschaft`), in lower case.
    #[serde(default)]
    pub body_ends: Vec<String>,
    /// Words that name a field when a compound ends in them, in lower case, with the code of the field (`logistik`).
    #[serde(default)]
    pub compound_tails: BTreeMap<String, String>,
    /// Products that name a field when a compound ends in them, beside a cue or in a list (`pumpen`), in lower case.
    #[serde(default)]
    pub product_tails: BTreeMap<String, String>,
    /// Ends of compounds that are products of the field that their beginning names (`anlagen`), in lower case.
    #[serde(default)]
    pub product_ends: Vec<String>,
    /// Words that name a field when a compound begins with them and has one of [`Self::compound_ends`] (`batterie`).
    #[serde(default)]
    pub compound_beginnings: BTreeMap<String, String>,
    /// Ends of compounds that name a field when their beginning does (`technik`), in lower case.
    #[serde(default)]
    pub compound_ends: Vec<String>,
}

impl SectorsWords {
    /// The code of the field that a compound names, and whether it counts alone; none for the bare words themselves, which are
    /// rows of the lists.
    ///
    /// ```
    /// # use gazzetta::lexicon::pack::SectorsWords;
    /// let mut words = SectorsWords::default();
    /// words.compound_tails.insert("logistik".to_owned(), "logistics".to_owned());
    /// words.product_tails.insert("pumpen".to_owned(), "mechanics-mechatronics".to_owned());
    /// assert_eq!(words.compound("Hafenlogistik"), Some(("logistics", true)));
    /// assert_eq!(words.compound("Tauchpumpen"), Some(("mechanics-mechatronics", false)));
    /// assert_eq!(words.compound("Logistik"), None);
    /// ```
    pub fn compound(&self, word: &str) -> Option<(&str, bool)> {
        if self.compound_tails.is_empty() || word.len() < MIN_COMPOUND_BYTES {
            return None;
        }
        let word = word.to_lowercase();
        let field = longest_tail(&self.compound_tails, &word).or_else(|| self.by_beginning(&word, &self.compound_ends));
        let product =
            || longest_tail(&self.product_tails, &word).or_else(|| self.by_beginning(&word, &self.product_ends));
        field.map(|code| (code, true)).or_else(|| product().map(|code| (code, false)))
    }

    /// The code of a compound that ends in one of `ends` and whose beginning names a field.
    fn by_beginning(&self, word: &str, ends: &[String]) -> Option<&str> {
        let rests = ends.iter().filter_map(|end| word.strip_suffix(end.as_str()));
        let beginning = |rest: &str| {
            let rest = rest.strip_suffix('s').or(rest.strip_suffix("n")).unwrap_or(rest);
            self.compound_beginnings.iter().find(|(beginning, _)| {
                let beginning = beginning.strip_suffix('s').unwrap_or(beginning.as_str());
                rest == beginning || rest.strip_suffix('n') == Some(beginning)
            })
        };
        rests.filter(|rest| rest.len() > 2).find_map(beginning).map(|(_, code)| code.as_str())
    }
}

/// The code of the longest of `tails` that a word in lower case ends in, with letters before it.
fn longest_tail<'t>(tails: &'t BTreeMap<String, String>, word: &str) -> Option<&'t str> {
    let fitting = tails.iter().filter(|(tail, _)| word.len() > tail.len() + 2 && word.ends_with(tail.as_str()));
    fitting.max_by_key(|(tail, _)| tail.len()).map(|(_, code)| code.as_str())
}

/// Shortest compound that is looked at.
const MIN_COMPOUND_BYTES: usize = 8;
