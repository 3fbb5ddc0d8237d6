//! The corridor that a document walks down.

use crate::{
    annotate::{WhyNot, annotate_all, why_not},
    document::{Document, Published, PublishedFrom},
    lang::Detector,
    lexicon::Lexicon,
    raw::{Media, RawDocument},
    record::{Provenance, Record},
    resolve::{Entities, Relations, relate_all, relations::Context, resolve},
    text::clean,
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
        self.process_all(vec![raw]).pop().expect("each document has a record")
    }

    /// The record of each document, in their order. They walk down the corridor side by side, each step over all of them before
    /// the next: what a step needs of code and lists is fetched once, which takes longer than the work on one release.
    pub fn process_all(&self, raws: Vec<RawDocument>) -> Vec<Record> {
        let media: Vec<Media> = raws.iter().map(|raw| raw.media).collect();
        let documents: Vec<Document<'_>> = raws.into_iter().map(|raw| self.read(raw)).collect();
        let mut mentions = annotate_all(&documents, &self.lexicon); // each passage by the rules of its language
        for mentions in &mut mentions {
            mentions.retain(|mention| mention.confidence.to_fraction() >= self.min_confidence);
        }
        let with_mentions = || documents.iter().zip(&mentions);
        let entities: Vec<Entities> =
            with_mentions().map(|(document, mentions)| resolve(document, mentions, &self.lexicon)).collect();
        let contexts: Vec<Context<'_>> = with_mentions()
            .zip(&entities)
            .map(|((document, mentions), entities)| Context { document, mentions, entities, lexicon: &self.lexicon })
            .collect();
        let relations = relate_all(&contexts);
        let record = |((context, relations), media): ((&Context<'_>, &Relations), Media)| {
            let &Context { document, mentions, entities, lexicon } = context;
            Record::new(document, media, mentions, entities, relations, lexicon, &self.provenance)
        };
        contexts.iter().zip(&relations).zip(media).map(record).collect()
    }

    /// What became of a name in a document, for the person who expected it to be found.
    pub fn why_not(&self, raw: RawDocument, name: &str) -> (WhyNot<'_>, String) {
        let document = self.read(raw);
        (why_not(&document, &self.lexicon, name), document.as_str().to_owned())
    }

    /// Its clean text, language, day of publication, zones, sentences and tokens.
    fn read(&self, raw: RawDocument) -> Document<'_> {
        let RawDocument { meta, media, text } = raw;
        let text = clean(media, text);
        let detection = self.detector.detect(&text, meta.language.as_deref()); // the document's language, and each passage's
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
