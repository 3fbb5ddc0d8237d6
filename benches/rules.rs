//! Speed of each rule by itself, in MB of text a CPU second on one thread.
//!
//! `cargo bench --bench rules` prints one table; `cargo bench --bench rules -- dates` one row. The corpus is that of
//! `pipeline`; `GAZZETTA_BENCH_MB` changes its size. What a rule is given (sentences, tokens, what the lists know) is made
//! before the clock starts: the row says what the rule adds to it.

mod clock;
#[expect(dead_code, reason = "the other bench makes pages too")]
mod releases;

use clock::timed;
use gazzetta::{
    annotate::{Context, Listed, RULES},
    document::Document,
    lang::Detector,
    lexicon::{Files, Lexicon, Lookup},
    raw::{Media, Meta},
    text::clean,
};
use std::{env, hint::black_box};

fn main() {
    let n_megabytes: usize = env::var("GAZZETTA_BENCH_MB").ok().and_then(|mb| mb.parse().ok()).unwrap_or(20);
    let wanted: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let files = Files::embedded();
    let texts = releases::corpus(&files, n_megabytes * 1_000_000);
    let n_bytes: usize = texts.iter().map(String::len).sum();
    let lexicon = Lexicon::load(&files).expect("the shipped lists load");
    let detector = Detector::new(&lexicon.packs);
    let documents: Vec<Document<'_>> = texts
        .into_iter()
        .map(|text| {
            let text = clean(Media::Plain, text);
            let detection = detector.detect(&text, None);
            Document::new(Meta::default(), text, detection, &lexicon.packs)
        })
        .collect();
    println!("{} releases, {:.1} MB of text, one thread\n", documents.len(), n_bytes as f64 / 1e6);
    println!("| rule | MB a CPU second | mentions a KB |");
    println!("|---|---|---|");
    let known: Vec<(Vec<Lookup>, Listed)> = documents.iter().map(|document| find(&lexicon, document)).collect();
    for rule in RULES.iter().filter(|rule| wanted.is_empty() || wanted.iter().any(|name| name == rule.name)) {
        let (mut n_found, mut found) = (0, Vec::new());
        let spent = timed(|| {
            for (document, (lookups, listed)) in documents.iter().zip(&known) {
                let context = Context::new(document, &lexicon, lookups, listed);
                (rule.find)(&context, &mut found);
                n_found += found.len();
                black_box(&found);
                found.clear();
            }
        });
        let rate = n_bytes as f64 / 1e6 / spent.as_secs_f64();
        println!("| {} | {rate:.1} | {:.2} |", rule.name, n_found as f64 * 1e3 / n_bytes as f64);
    }
}

/// What the lists know of a release.
fn find(lexicon: &Lexicon, document: &Document<'_>) -> (Vec<Lookup>, Listed) {
    let mut lookups = Vec::new();
    lexicon.gazetteer.find(document.as_str(), &mut lookups);
    let listed = Listed::new(&document.tokens, &lookups, &lexicon.gazetteer);
    (lookups, listed)
}
