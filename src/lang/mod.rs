//! Which language is it in, and each passage of it?

use crate::{
    lexicon::{Packs, UNDETERMINED},
    text::{Span, Text},
};

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
    allowed: Vec<(whatlang::Lang, String)>,
}

/// Bytes that are enough to tell the language of a document.
const SAMPLE_BYTES: usize = 500;

impl Detector {
    /// A detector of the languages in `packs`.
    pub fn new(packs: &Packs) -> Self {
        let allowed = packs
            .iter()
            .filter_map(|pack| Some((whatlang::Lang::from_code(pack.prose.iso639_3.as_deref()?)?, pack.code.clone())))
            .collect();
        Self { allowed }
    }

    /// The language of `text`; one that was `given` with the document is believed.
    pub fn detect(&self, text: &Text, given: Option<&str>) -> Detection {
        let sample = head(text.as_str(), SAMPLE_BYTES);
        let (code, confidence) = match given {
            Some(code) => (code.to_owned(), 1.0),
            None => self.guess(sample),
        };
        let segments = match text.as_str().len() {
            0 => Vec::new(),
            len => vec![Segment { span: Span::new(0, len), code: code.clone(), confidence }],
        };
        Detection { code, confidence, segments }
    }

    fn guess(&self, sample: &str) -> (String, f64) {
        let allowed = self.allowed.iter().map(|(lang, _)| *lang).collect();
        let found = whatlang::Detector::with_allowlist(allowed).detect(sample);
        let code = found.as_ref().and_then(|info| self.allowed.iter().find(|(lang, _)| *lang == info.lang()));
        match (found.as_ref(), code) {
            (Some(info), Some((_, code))) => (code.clone(), info.confidence()),
            _ => (UNDETERMINED.to_owned(), 0.0),
        }
    }
}

/// The first `n_bytes` of `text`, or a little less: whole characters.
fn head(text: &str, n_bytes: usize) -> &str {
    &text[..text.floor_char_boundary(n_bytes)]
}
