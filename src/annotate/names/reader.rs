//! A sentence as the grammar of names sees it: word by word, with what the letters' case is worth.

use crate::{
    annotate::Context,
    document::{Case, CaseEvidence, Gap, Sentence, Token, TokenKind},
    lexicon::{EntryId, Form, Kind, Lookup, NameId, Zipfs, pack::heads::Grammar},
    text::{Span, WordKey},
};
use std::borrow::Cow;

/// Frequency (Zipf) above which a word is no part of a name where case tells nothing.
const COMMON_ZIPF: f32 = 3.3;

/// A sentence, word by word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    /// What the rule may look at.
    pub context: &'a Context<'a>,
    /// The sentence.
    pub sentence: &'a Sentence<'a>,
    /// What capitals are worth in it.
    pub case: CaseEvidence,
    /// How common words are in its language.
    zipfs: Option<&'a Zipfs>,
}

impl<'a> Reader<'a> {
    /// A reader of `sentence`.
    pub fn new(context: &'a Context<'a>, sentence: &'a Sentence<'a>) -> Self {
        let zipfs = context.lexicon.common_words.of(&sentence.pack.code);
        Self { context, sentence, case: sentence.case, zipfs }
    }

    /// The same for a line of a list, where a few words with capitals are names and no title.
    pub fn in_list(&self) -> Self {
        let case = if self.case == CaseEvidence::Titled { CaseEvidence::Strong } else { self.case };
        Self { case, ..*self }
    }

    /// The token at `at`, if it lies in the sentence.
    pub fn token(&self, at: usize) -> Option<&'a Token> {
        (self.sentence.first_token..self.sentence.end_token).contains(&at).then(|| &self.context.document.tokens[at])
    }

    /// The token at `at` as written; empty outside of the sentence.
    pub fn word(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| self.context.document.word(token))
    }

    /// The key of the word at `at`; of none outside of the sentence.
    pub fn key(&self, at: usize) -> WordKey {
        self.token(at).map_or(WordKey::NONE, |token| token.key)
    }

    /// The word at `at` in lower case with straight apostrophes, for questions about its ending.
    pub fn folded(&self, at: usize) -> Cow<'a, str> {
        fold(self.word(at), self.token(at).map_or(Case::None, |token| token.case))
    }

    /// The key of the word when it is in lower case, or when case tells nothing; of none otherwise.
    pub fn small(&self, at: usize) -> WordKey {
        match self.token(at) {
            Some(token) if token.case == Case::Lower || self.case == CaseEvidence::Capitals => token.key,
            _ => WordKey::NONE,
        }
    }

    /// As [`Reader::small`], also for the first word of the sentence (`Nel New Jersey`, `La Rai`).
    pub fn opening_or_small(&self, at: usize) -> WordKey {
        match self.token(at) {
            Some(token) if token.case == Case::Title && self.opens_sentence(at) => token.key,
            _ => self.small(at),
        }
    }

    /// How the language of the sentence joins the parts of names.
    pub fn grammar(&self) -> Option<&'a Grammar> {
        self.context.lexicon.packs.institution_heads.grammar(&self.sentence.pack.code)
    }

    /// Whether the tokens `at` and `at + 1` belong together by what stands between them.
    pub fn is_joined(&self, at: usize) -> bool {
        self.token(at + 1).is_some_and(|next| matches!(next.gap, Gap::None | Gap::Blank | Gap::Line))
    }

    /// Whether the token at `at` can be a word of a name by its letters.
    pub fn is_name_word(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        if token.kind != TokenKind::Word || !token.case.is_capital() {
            return false;
        }
        match self.case {
            CaseEvidence::Strong => true,
            CaseEvidence::Titled => !self.is_common(at) || self.lookup_at(at).is_some(),
            CaseEvidence::Capitals => !self.is_common(at) || self.is_more_than_letters(at),
        }
    }

    /// Whether the lists know the common word at `at` as more than one that letters are short for (`REGIONE MARCHE APRE UN UFFICIO`):
    /// where all is in capitals, these tell nothing.
    fn is_more_than_letters(&self, at: usize) -> bool {
        let gazetteer = &self.context.lexicon.gazetteer;
        self.lookup_at(at).is_some_and(|(lookup, end)| {
            end > at + 1 || gazetteer.readings(lookup.name).any(|reading| reading.form != Form::Acronym)
        })
    }

    /// Whether the word at `at` is common in the language of the sentence.
    pub fn is_common(&self, at: usize) -> bool {
        self.zipf(at) >= COMMON_ZIPF
    }

    /// How common the word at `at` is in the language of the sentence; 0 if it is no common word.
    pub fn zipf(&self, at: usize) -> f32 {
        self.zipfs.and_then(|zipfs| zipfs.get(self.key(at))).unwrap_or(0.0)
    }

    /// Whether the pack lists the word at `at` as a function word, however often it is used.
    pub fn is_listed_function_word(&self, at: usize) -> bool {
        self.sentence.pack.prose.function_words.contains(self.key(at))
    }

    /// Whether the word at `at` is a function word of the sentence's language.
    pub fn is_function_word(&self, at: usize) -> bool {
        self.is_listed_function_word(at) || self.zipf(at) >= 5.5
    }

    /// Whether the token at `at` opens the sentence, leaving marks aside.
    pub fn opens_sentence(&self, at: usize) -> bool {
        (self.sentence.first_token..at).all(|before| self.token(before).is_none_or(|t| t.kind == TokenKind::Mark))
    }

    /// The look-up that starts at the token `at`, with the token behind its end.
    pub fn lookup_at(&self, at: usize) -> Option<(&'a Lookup, usize)> {
        self.token(at)?;
        let (idx, end) = self.context.listed.starting_at(at)?;
        Some((&self.context.lookups[idx], end))
    }

    /// The look-up of a place that starts at the token `at`, with the token behind its end.
    pub fn place_at(&self, at: usize) -> Option<(&'a Lookup, usize)> {
        self.listed_at(at, Kind::Place)
    }

    /// The rows of places that a look-up may mean.
    pub fn places(&self, lookup: &Lookup) -> Vec<EntryId> {
        let gazetteer = &self.context.lexicon.gazetteer;
        let rows = gazetteer.readings(lookup.name).map(|reading| reading.entry);
        rows.filter(|&row| gazetteer.profile(row).kind == Kind::Place).collect()
    }

    /// The spelling that the lists know for the word at `at` without the ending of the genitive, where a language has one.
    pub fn genitive_stem(&self, at: usize) -> Option<NameId> {
        let gazetteer = &self.context.lexicon.gazetteer;
        let endings = &self.sentence.pack.places.genitive_endings;
        endings
            .iter()
            .filter_map(|ending| self.word(at).strip_suffix(ending.as_str()))
            .find_map(|stem| gazetteer.spelling(stem))
    }

    /// Whether a place of at most three tokens ends before the token `at`.
    pub fn ends_place(&self, at: usize) -> bool {
        (1..=3).any(|n| at.checked_sub(n).and_then(|first| self.place_at(first)).is_some_and(|(_, end)| end == at))
    }

    /// Whether a place or a body of the lists, of at most four tokens, ends before the token `at`.
    pub fn ends_listed(&self, at: usize) -> bool {
        let is_listed = |first: usize| {
            let found = self.place_at(first).or_else(|| self.listed_at(first, Kind::Institution));
            found.is_some_and(|(_, end)| end == at)
        };
        (1..=4).any(|n| at.checked_sub(n).is_some_and(is_listed))
    }

    /// The look-up of `kind` that starts at the token `at`, with the token behind its end.
    pub fn listed_at(&self, at: usize, kind: Kind) -> Option<(&'a Lookup, usize)> {
        self.token(at)?;
        let (idx, end) = self.context.listed.starting_at(at)?;
        self.context.listed.is_of_kind(idx, kind).then(|| (&self.context.lookups[idx], end))
    }

    /// The span of the tokens `first..end`.
    pub fn span(&self, first: usize, end: usize) -> Span {
        let tokens = &self.context.document.tokens;
        Span::new(tokens[first].span.start(), tokens[end - 1].span.end())
    }
}

fn fold(word: &str, case: Case) -> Cow<'_, str> {
    if case == Case::Lower && (word.is_ascii() || !word.contains(['’', '´', 'ʼ', '‘', '`'])) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.to_lowercase().replace(['’', '´', 'ʼ', '‘', '`'], "'"))
}
