//! Where are a document's zones, sentences and tokens?
//!
//! Read this file, then `dateline.rs`, `sentences.rs`, `capitals.rs`, `zones.rs`, `published.rs`.

mod capitals;
mod dateline;
mod published;
mod sentences;
mod zones;

pub use capitals::CaseEvidence;
pub use published::{Published, PublishedFrom};

use crate::{
    lang::Detection,
    lexicon::{Pack, Packs},
    raw::Meta,
    text::{Span, Text, words},
};
pub use words::{Case, Gap, Token, TokenKind};

/// A release with its structure. It never changes once made.
#[derive(Debug, Clone)]
pub struct Document<'p> {
    /// What the source knew.
    pub meta: Meta,
    /// The clean text.
    pub text: Text,
    /// Its language, and that of each passage.
    pub detection: Detection,
    /// The rules of its language.
    pub pack: &'p Pack,
    /// Its title: declared, or the first line that is a headline.
    pub title: Option<String>,
    /// When it was published, if it says so.
    pub published: Option<Published>,
    /// Words, numbers and marks, in order.
    pub tokens: Vec<Token>,
    /// Sentences, in order; each token lies in exactly one.
    pub sentences: Vec<Sentence<'p>>,
}

/// A stretch of text that is read as a whole. It lies in one block, one zone and one language.
#[derive(Debug, Clone, Copy)]
pub struct Sentence<'p> {
    /// Where it stands, without blanks around it.
    pub span: Span,
    /// Its first token.
    pub first_token: usize,
    /// One past its last token.
    pub end_token: usize,
    /// What part of the release it belongs to.
    pub zone: Zone,
    /// What capitals are worth in it.
    pub case: CaseEvidence,
    /// Whether words in capitals outnumber the others by far.
    pub is_shouted: bool,
    /// Number of the block it lies in.
    pub block_idx: usize,
    /// The rules of its language.
    pub pack: &'p Pack,
}

/// What part a sentence plays in the release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// Titles and subtitles.
    Headline,
    /// Place and date before the first sentence.
    Dateline,
    /// The release itself.
    Body,
    /// About the sender.
    Boilerplate,
    /// Press contacts.
    Contacts,
}

impl Zone {
    /// The zone's word in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Dateline => "dateline",
            Self::Body => "body",
            Self::Boilerplate => "boilerplate",
            Self::Contacts => "contacts",
        }
    }
}

impl<'p> Document<'p> {
    /// Finds the structure of `text`.
    pub fn new(meta: Meta, text: Text, detection: Detection, packs: &'p Packs) -> Self {
        let pack = packs.get(&detection.code);
        let tokens = words::tokenize(text.as_str());
        let datelines = dateline::find(&text, &tokens, &detection, packs);
        let mut sentences = sentences::split(&text, &tokens, &detection, packs, &datelines);
        zones::mark(&text, &mut sentences, &datelines);
        let published = published::find(&meta, &text, &tokens, &sentences);
        let title = meta.title.clone().or_else(|| text.declared.title.clone()).or_else(|| {
            let headline = zones::title(&text, &sentences)?;
            Some(headline.span.of(text.as_str()).to_owned())
        });
        Self { meta, text, detection, pack, title, published, tokens, sentences }
    }

    /// The clean text.
    pub fn as_str(&self) -> &str {
        self.text.as_str()
    }

    /// The tokens of a sentence.
    pub fn tokens_of(&self, sentence: &Sentence<'_>) -> &[Token] {
        &self.tokens[sentence.first_token..sentence.end_token]
    }

    /// The sentence that byte `at` lies in, or the last before it.
    pub fn sentence_at(&self, at: usize) -> Option<&Sentence<'p>> {
        let idx = self.sentences.partition_point(|sentence| sentence.span.start() <= at);
        self.sentences.get(idx.checked_sub(1)?)
    }

    /// Number of the first token that ends behind byte `at`.
    pub fn token_at(&self, at: usize) -> usize {
        self.tokens.partition_point(|token| token.span.end() <= at)
    }

    /// The word of a token, as written.
    pub fn word(&self, token: &Token) -> &str {
        token.span.of(self.as_str())
    }
}
