//! The corridor that a document walks down.

use crate::{
    annotate::{WhyNot, annotate, why_not},
    document::Document,
    lang::Detector,
    lexicon::Lexicon,
    raw::RawDocument,
    record::{Provenance, Record},
    resolve::{relate, resolve},
    text::clean,
};

/// Turns documents into records. Built once, shared by reference, never changed.
#[derive(Debug)]
pub struct Engine {
    lexicon: Lexicon,
    detector: Detector,
    provenance: Provenance,
}

impl Engine {
    /// An engine that knows `lexicon`; `config_hash` goes into every record.
    pub fn new(lexicon: Lexicon, config_hash: String) -> Self {
        let provenance = Provenance {
            gazzetta: env!("CARGO_PKG_VERSION").to_owned(),
            gazetteers: lexicon.hash.clone(),
            config: config_hash,
        };
        Self { detector: Detector::new(&lexicon.packs), lexicon, provenance }
    }

    /// The record of a document.
    pub fn process(&self, raw: RawDocument) -> Record {
        let RawDocument { meta, media, text } = raw;
        let text = clean(media, text);
        let detection = self.detector.detect(&text, meta.language.as_deref()); // the document's language, and each passage's
        let document = Document::new(meta, text, detection, &self.lexicon.packs);
        let mentions = annotate(&document, &self.lexicon); // each passage by the rules of its language
        let entities = resolve(&document, &mentions, &self.lexicon);
        let relations = relate(&document, &mentions, &entities, &self.lexicon);
        Record::new(&document, media, &mentions, &entities, &relations, &self.lexicon, &self.provenance)
    }

    /// What became of a name in a document, for the person who expected it to be found.
    pub fn why_not(&self, raw: RawDocument, name: &str) -> (WhyNot<'_>, String) {
        let RawDocument { meta, media, text } = raw;
        let text = clean(media, text);
        let detection = self.detector.detect(&text, meta.language.as_deref());
        let document = Document::new(meta, text, detection, &self.lexicon.packs);
        (why_not(&document, &self.lexicon, name), document.as_str().to_owned())
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
