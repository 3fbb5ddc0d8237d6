//! Which language is it in, and each passage of it?
//!
//! Read this file, then `words.rs`. The script is asked first, then the function words of every passage, which is cheap;
//! the statistical detector gives a second opinion where they say little.

mod words;

use crate::{
    lexicon::{Packs, UNDETERMINED},
    text::{BlockKind, Span, Text},
};
use words::{FunctionWords, Tally, Vote};

/// The language of a document, and of each passage that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Detection {
    /// ISO 639-1 code, or `und`.
    pub code: String,
    /// From 0 to 1.
    pub confidence: f64,
    /// Passages in the order of the text; together they cover it.
    pub segments: Vec<Segment>,
}

/// A passage in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Where it stands.
    pub span: Span,
    /// ISO 639-1 code, or `und`.
    pub code: String,
    /// From 0 to 1.
    pub confidence: f64,
}

/// Tells languages apart: those for which there is a pack.
#[derive(Debug, Clone)]
pub struct Detector {
    /// Languages as the statistical detector names them, and as they are named in given codes.
    names: Vec<Names>,
    words: FunctionWords,
}

#[derive(Debug, Clone)]
struct Names {
    code: String,
    iso639_3: Option<String>,
    name: String,
    statistical: Option<whatlang::Lang>,
}

/// Bytes of a document that the statistical detector is shown.
const SAMPLE_BYTES: usize = 500;
/// Bytes of a passage whose function words are counted.
const PASSAGE_BYTES: usize = 160;
/// Bytes of function words in all that tell the language of a document.
const DOCUMENT_BYTES: usize = 8 << 10;
/// Letters from which on a passage has a language of its own.
const MIN_PASSAGE_LETTERS: u32 = 60;
/// Words from which on a text without function words is in none of our languages.
const MIN_WORDS: u32 = 12;

/// A language by its number and how sure that is.
#[derive(Debug, Clone, Copy)]
struct Guess {
    /// None for an unknown language.
    language: Option<usize>,
    confidence: f64,
}

impl Detector {
    /// A detector of the languages in `packs`.
    pub fn new(packs: &Packs) -> Self {
        let names = packs.iter().map(|pack| Names {
            code: pack.code.clone(),
            iso639_3: pack.prose.iso639_3.clone(),
            name: pack.prose.name.to_lowercase(),
            statistical: pack.prose.iso639_3.as_deref().and_then(whatlang::Lang::from_code),
        });
        Self { names: names.collect(), words: FunctionWords::new(packs) }
    }

    /// The language of `text`; one that was `given` with the document is believed.
    ///
    /// A passage is a block of running text; it has a language of its own when that is sure. A headline and other short
    /// blocks have the language of the document, or of the passages on both sides.
    pub fn detect(&self, text: &Text, given: Option<&str>) -> Detection {
        let clean = text.as_str();
        let tallies: Vec<Tally> =
            text.blocks.iter().map(|block| self.words.tally(head(block.span.of(clean), PASSAGE_BYTES))).collect();
        let (code, confidence) = match given.and_then(|given| self.code_of(given)) {
            Some(code) => (code, 1.0),
            None => {
                let guess = self.document(text, &tallies);
                (self.code(guess.language), round(guess.confidence))
            }
        };
        let segments = self.segments(text, &tallies, &code, confidence);
        Detection { code, confidence, segments }
    }

    fn code(&self, language: Option<usize>) -> String {
        language.map_or(UNDETERMINED, |language| self.words.code(language)).to_owned()
    }

    /// The code that a given name of a language means (`it`, `it-IT`, `ita`, `Italiano`); nothing when it is no name.
    fn code_of(&self, given: &str) -> Option<String> {
        let given = given.trim().to_lowercase();
        let tag = given.split(['-', '_']).next().unwrap_or_default();
        let names = self
            .names
            .iter()
            .find(|names| names.code == tag || names.iso639_3.as_deref() == Some(tag) || names.name == given);
        let is_tag = matches!(tag.len(), 2 | 3) && tag.bytes().all(|byte| byte.is_ascii_lowercase());
        names.map(|names| names.code.clone()).or_else(|| is_tag.then(|| tag.to_owned()))
    }

    fn document(&self, text: &Text, tallies: &[Tally]) -> Guess {
        let mut whole = Tally::default();
        let mut n_bytes = 0;
        for (block, tally) in text.blocks.iter().zip(tallies) {
            if n_bytes > DOCUMENT_BYTES {
                break;
            }
            n_bytes += block.span.len().min(PASSAGE_BYTES);
            whole.add(tally);
        }
        // A page that says its language may be made from a template that says another: it counts as two words.
        let declared = text.declared.language.as_deref().and_then(|declared| self.code_of(declared));
        if let Some(language) = declared.and_then(|code| self.words.language(&code)) {
            whole.favor(language, 2.0);
        }
        self.guess(head(text.as_str().trim_start(), SAMPLE_BYTES), &whole)
    }

    /// The language of a text by its function words, and by statistics where they say little.
    fn guess(&self, sample: &str, tally: &Tally) -> Guess {
        let vote = tally.vote();
        if tally.is_of_other_script() && vote.coverage < 0.1 || tally.n_words == 0 {
            return Guess { language: None, confidence: if tally.n_words == 0 { 0.0 } else { 0.95 } };
        }
        if vote.n_hits >= 4 && vote.coverage >= 0.2 && vote.score >= 1.6 * vote.runner_up {
            return Guess { language: Some(vote.language), confidence: confidence(&vote) };
        }
        self.second_opinion(sample, tally, &vote)
    }

    fn second_opinion(&self, sample: &str, tally: &Tally, vote: &Vote) -> Guess {
        let none = Guess { language: None, confidence: 0.0 };
        // Running text in one of our languages is full of its function words.
        if tally.n_words >= MIN_WORDS && tally.n_lower * 2 > tally.n_words && vote.coverage < 0.12 {
            return none;
        }
        let allowed = self.names.iter().filter_map(|names| names.statistical).collect();
        let Some(found) = whatlang::Detector::with_allowlist(allowed).detect(sample) else { return none };
        let statistical = self.names.iter().position(|names| names.statistical == Some(found.lang()));
        let total = (vote.score + vote.runner_up).max(0.01);
        let strength = f64::from(vote.score.min(2.0)) * 0.6;
        let by_words = strength * f64::from(vote.score / total);
        let by_statistics = 0.5 + 0.5 * found.confidence();
        match statistical {
            Some(language) if language == vote.language && vote.score > 0.0 => {
                Guess { language: Some(language), confidence: (0.5 * (by_words + by_statistics)).clamp(0.3, 0.95) }
            }
            _ if vote.score > 0.0 && by_words >= by_statistics => {
                Guess { language: Some(vote.language), confidence: (0.5 * by_words).clamp(0.2, 0.8) }
            }
            Some(language) if found.confidence() >= 0.1 && tally.n_latin >= 12 => {
                Guess { language: Some(language), confidence: (0.5 * by_statistics).clamp(0.2, 0.7) }
            }
            // One function word says more than statistics that are not sure.
            _ if vote.score > 0.0 => Guess { language: Some(vote.language), confidence: 0.2 },
            _ => none,
        }
    }

    /// The passages: runs of blocks in one language.
    fn segments(&self, text: &Text, tallies: &[Tally], code: &str, confidence: f64) -> Vec<Segment> {
        let len = text.as_str().len();
        if len == 0 {
            return Vec::new();
        }
        let own = self.passages(text, tallies, self.words.language(code));
        let mut segments: Vec<Segment> = Vec::new();
        for (at, guess) in own.iter().enumerate() {
            let (found, sure) = guess
                .map_or((code.to_owned(), confidence), |guess| (self.code(guess.language), round(guess.confidence)));
            let span = Span::new(if at == 0 { 0 } else { text.blocks[at].span.start() }, len);
            match segments.last_mut() {
                Some(last) if last.code == found => last.confidence = last.confidence.max(sure),
                Some(last) => {
                    last.span = Span::new(last.span.start(), span.start());
                    segments.push(Segment { span, code: found, confidence: sure });
                }
                None => segments.push(Segment { span, code: found, confidence: sure }),
            }
        }
        if segments.is_empty() {
            segments.push(Segment { span: Span::new(0, len), code: code.to_owned(), confidence });
        }
        segments
    }

    /// For each block, its language where that is surely not the document's.
    fn passages(&self, text: &Text, tallies: &[Tally], language: Option<usize>) -> Vec<Option<Guess>> {
        let is_short = |at: usize| tallies[at].n_latin + 2 * tallies[at].n_other < MIN_PASSAGE_LETTERS;
        let mut own: Vec<Option<Guess>> = (0..text.blocks.len())
            .map(|at| {
                let block = text.blocks[at];
                let is_running = !matches!(block.kind, BlockKind::Heading(_)) && !is_short(at);
                if is_running { self.differs(block.span.of(text.as_str()), &tallies[at], language) } else { None }
            })
            .collect();
        // A short block between two passages in one language is part of them.
        let mut before: Option<Guess> = None;
        for at in 0..own.len() {
            if own[at].is_none() && is_short(at) && before.is_some() {
                let next = (at + 1..own.len()).take(4).find(|&next| !is_short(next)).and_then(|next| own[next]);
                own[at] = before.filter(|before| next.is_some_and(|next| next.language == before.language));
            }
            before = own[at];
        }
        own
    }

    /// The language of a passage when it is surely not `language`.
    fn differs(&self, passage: &str, tally: &Tally, language: Option<usize>) -> Option<Guess> {
        let vote = tally.vote();
        if tally.is_of_other_script() && vote.coverage < 0.1 {
            return language.map(|_| Guess { language: None, confidence: 0.95 });
        }
        let ours = language.map_or(0.0, |language| tally.score(language));
        if Some(vote.language) == language || vote.coverage < 0.2 || vote.score < 2.0 * ours + 1.5 {
            return None;
        }
        let guess = self.guess(head(passage, SAMPLE_BYTES), tally);
        let differs = guess.language.map(|language| self.words.code(language))
            != language.map(|language| self.words.code(language));
        (differs && guess.language == Some(vote.language) && guess.confidence >= 0.6).then_some(guess)
    }
}

/// How sure a vote is: the lead over the next language, and the share of function words.
fn confidence(vote: &Vote) -> f64 {
    let lead = f64::from(vote.score / (vote.score + vote.runner_up));
    let evidence = (f64::from(vote.n_hits) / 10.0).min(1.0);
    (lead * (0.8 + 0.2 * evidence)).min(0.99)
}

fn round(confidence: f64) -> f64 {
    (confidence * 100.0).round() / 100.0
}

/// The first `n_bytes` of `text`, or a little less: whole characters.
fn head(text: &str, n_bytes: usize) -> &str {
    &text[..text.floor_char_boundary(n_bytes)]
}
