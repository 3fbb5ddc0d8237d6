//! The corridor that a document walks down.

use crate::{
    annotate::{WhyNot, annotate, why_not},
    document::{Document, Published, PublishedFrom},
    lang::{Detection, Detector},
    lexicon::Lexicon,
    raw::{Meta, RawDocument},
    record::{Provenance, Record},
    resolve::{relate, resolve},
    text::{Text, clean},
};
use jiff::civil::Date;

/// Turns documents into records. Built once, shared by reference, never changed.
#[derive(Debug)]
pub struct Engine {
    lexicon: Lexicon,
    detector: Detector,
    provenance: Provenance,
    default_published: Option<Date>,
    min_confidence: f64,
}

impl Engine {
    /// An engine that knows `lexicon`; `config_hash` goes into every record.
    pub fn new(lexicon: Lexicon, config_hash: String) -> Self {
        let provenance = Provenance {
            gazzetta: env!("CARGO_PKG_VERSION").to_owned(),
            gazetteers: lexicon.hash.clone(),
            config: config_hash,
        };
        Self {
            detector: Detector::new(&lexicon.packs),
            lexicon,
            provenance,
            default_published: None,
            min_confidence: 0.0,
        }
    }

    /// The same engine, which takes documents that do not say when they were published to be of `day`.
    #[must_use]
    pub fn default_published(self, day: Option<Date>) -> Self {
        Self { default_published: day, ..self }
    }

    /// The same engine, which leaves out mentions that are less sure than `least`, from 0 to 1.
    #[must_use]
    pub fn min_confidence(self, least: f64) -> Self {
        Self { min_confidence: least, ..self }
    }

    /// The record of a document.
    pub fn process(&self, raw: RawDocument) -> Record {
        let RawDocument { meta, media, text } = raw;
        let text = clean(media, text);
        let detection = self.detector.detect(&text, meta.language.as_deref()); // the document's language, and each passage's
        let document = self.document(meta, text, detection);
        let mut mentions = annotate(&document, &self.lexicon); // each passage by the rules of its language
        mentions.retain(|mention| mention.confidence.to_fraction() >= self.min_confidence);
        let entities = resolve(&document, &mentions, &self.lexicon);
        let relations = relate(&document, &mentions, &entities, &self.lexicon);
        Record::new(&document, media, &mentions, &entities, &relations, &self.lexicon, &self.provenance)
    }

    /// What became of a name in a document, for the person who expected it to be found.
    pub fn why_not(&self, raw: RawDocument, name: &str) -> (WhyNot<'_>, String) {
        let RawDocument { meta, media, text } = raw;
        let text = clean(media, text);
        let detection = self.detector.detect(&text, meta.language.as_deref());
        let document = self.document(meta, text, detection);
        (why_not(&document, &self.lexicon, name), document.as_str().to_owned())
    }

    fn document(&self, meta: Meta, text: Text, detection: Detection) -> Document<'_> {
        let mut document = Document::new(meta, text, detection, &self.lexicon.packs);
        let by_option = |date| Published { date, from: PublishedFrom::Option };
        document.published = document.published.or(self.default_published.map(by_option));
        document
    }

    /// What the engine knows beforehand.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }
    /// What goes into every record as its origin.
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }
}
