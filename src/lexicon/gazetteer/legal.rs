//! Legal forms of companies, which a text may leave out, add or change.

use super::{
    compare::{first_start, is_conjunction},
    hash::{AND, LEGAL_FORMS, step},
    table::Node,
    units::{next_start, unit_at},
};
use crate::lexicon::{Files, ListError, Table};
use rustc_hash::FxHashSet as HashSet;

/// A form that counts in any case.
pub(super) const ANY_CASE: u32 = 1;
/// A form that counts only with a capital: in small letters it is a word too, or too short.
pub(super) const WITH_CAPITAL: u32 = 0;

/// The legal forms of the lists, as sequences of words.
#[derive(Debug, Default)]
pub(super) struct LegalForms {
    /// Their sequences, for the table.
    pub(super) nodes: Vec<Node>,
    /// Hashes that their first words lead to.
    pub(super) first_states: Vec<u64>,
    whole: HashSet<u64>,
    last_words: HashSet<u64>,
    /// Words that no name should be cut down to.
    words: HashSet<u64>,
    conjunctions: Vec<String>,
}

const PATH: &str = "evidence/legal_forms.tsv";
/// The list of common words.
const COMMON_WORDS: &str = "evidence/common_words.tsv";

impl LegalForms {
    /// No forms at all.
    pub(super) fn none() -> &'static Self {
        static NONE: std::sync::LazyLock<LegalForms> = std::sync::LazyLock::new(LegalForms::default);
        &NONE
    }

    /// The forms in `evidence/legal_forms.tsv`, but for those that are words of the hashes `others`.
    pub(super) fn load(
        files: &Files,
        seed: u64,
        conjunctions: &[String],
        others: &HashSet<u64>,
    ) -> Result<Self, ListError> {
        let mut forms = Self { conjunctions: conjunctions.to_vec(), ..Self::default() };
        let tables = crate::lexicon::names::TABLES.iter().map(|&(path, _)| (path, "name"));
        // Words and names of people: no names of bodies.
        for (path, column) in tables.chain([(COMMON_WORDS, "word")]) {
            for text in files.texts(path) {
                for row in Table::new(path, text?).rows([column]) {
                    let [word] = row?.cells;
                    forms
                        .words
                        .extend(unit_at(word, 0, seed).filter(|unit| unit.end == word.len()).map(|unit| unit.hash));
                }
            }
        }
        for text in files.texts(PATH) {
            for row in Table::new(PATH, text?).require(&["form"])?.rows(["form"]) {
                let [form] = row?.cells;
                forms.add(form, seed, others);
            }
        }
        Ok(forms)
    }

    fn add(&mut self, form: &str, seed: u64, others: &HashSet<u64>) {
        let mut words = self.words_of(form, seed);
        let Some(first) = words.first_mut() else { return };
        if is_conjunction(&form[first.0..first.1], &self.conjunctions) {
            first.2 = AND ^ seed;
        }
        let Some(&(_, _, last)) = words.last() else { return };
        let n_letters = form.chars().filter(|character| character.is_alphanumeric()).count();
        let is_word = words.len() == 1 && self.words.contains(&last);
        if n_letters < 2 || words.len() == 1 && others.contains(&last) {
            return;
        }
        let value = if is_word || n_letters < 3 { WITH_CAPITAL } else { ANY_CASE };
        let mut state = LEGAL_FORMS;
        for &(_, _, word) in &words {
            if state != LEGAL_FORMS {
                self.nodes.push(Node::beginning(state, word));
            }
            state = step(state, word);
        }
        self.first_states.push(step(LEGAL_FORMS, words[0].2));
        self.nodes.push(Node::whole(state, value));
        self.whole.insert(state);
        self.last_words.insert(last);
    }

    /// Start, end and hash of each word of `text`.
    fn words_of(&self, text: &str, seed: u64) -> Vec<(usize, usize, u64)> {
        let mut words = Vec::new();
        let mut next = first_start(text);
        while let Some(unit) = next.and_then(|start| unit_at(text, start, seed)) {
            let is_first = words.is_empty();
            let is_and = !is_first && is_conjunction(&text[unit.start..unit.end], &self.conjunctions);
            words.push((unit.start, unit.end, if is_and { AND ^ seed } else { unit.hash }));
            next = next_start(text, unit.end);
        }
        words
    }

    /// Whether a legal form may end with the word of this hash.
    pub(super) fn may_end_with(&self, word: u64) -> bool {
        self.last_words.contains(&word)
    }

    /// The length of `name` without the legal form at its end, the hash of what is left, and whether that is a single
    /// word that means something else; none when there is no form or nothing is left.
    pub(super) fn strip(&self, name: &str, seed: u64) -> Option<(usize, u64, bool)> {
        let words = self.words_of(name, seed);
        if words.len() < 2 || !self.last_words.contains(&words.last()?.2) {
            return None;
        }
        let cut = (1..words.len()).find(|&cut| {
            let state = words[cut..].iter().fold(LEGAL_FORMS, |state, &(_, _, word)| step(state, word));
            self.whole.contains(&state)
        })?;
        let (first, last) = (words[0], words[cut - 1]);
        let n_letters = name[..last.1].chars().filter(|character| character.is_alphanumeric()).count();
        if n_letters < 2 || matches!(&name[last.0..last.1], "&") {
            return None;
        }
        let state = words[1..cut].iter().fold(first.2, |state, &(_, _, word)| step(state, word));
        Some((last.1, state, cut == 1 && self.words.contains(&first.2)))
    }
}
