//! Speed of each step and of the whole, in MB of text a CPU second on one thread, and what it costs to start.
//!
//! `cargo bench --bench pipeline` prints one table. The corpus is made by `releases` from a fixed seed;
//! `GAZZETTA_BENCH_MB` changes its size. A plain `main` rather than a harness: what is measured takes seconds, and is
//! compared within one run, not between runs.

mod clock;
mod releases;

use clock::timed;
use gazzetta::{
    Engine, Lexicon, RawDocument,
    annotate::annotate_all,
    document::Document,
    lang::Detector,
    lexicon::{Files, Gazetteer},
    raw::{Media, Meta},
    resolve::{Entities, relate_all, relations::Context, resolve},
    text::{Text, clean},
};
use std::{
    env, fs,
    hint::black_box,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Releases that go through a step together, as in a run.
const BATCH_DOCUMENTS: usize = 32;
/// Rows of the short list of names.
const SHORT_LIST: usize = 10_000;

fn main() {
    let n_megabytes: usize = env::var("GAZZETTA_BENCH_MB").ok().and_then(|mb| mb.parse().ok()).unwrap_or(50);
    let shipped = Files::embedded();
    let short = shorten(&shipped);
    let texts = releases::corpus(&shipped, n_megabytes * 1_000_000);
    let n_bytes: usize = texts.iter().map(String::len).sum();
    println!("{} releases, {:.1} MB of text, one thread\n", texts.len(), n_bytes as f64 / 1e6);
    println!("| step | MB a CPU second |");
    println!("|---|---|");
    let table = Table { n_bytes };
    let lexicon = Lexicon::load(&shipped).expect("the shipped lists load");
    let cleaned = steps_on_text(&table, &texts, &lexicon);
    table.row("look-up, 10,000 rows", || look_up(&cleaned, &Gazetteer::load(&short).expect("the short list loads")));
    table.row("look-up, everything shipped", || look_up(&cleaned, &lexicon.gazetteer));
    steps_on_documents(&table, &cleaned, &lexicon);
    for (name, files) in [("pipeline, 10,000 rows", &short), ("pipeline, everything shipped", &shipped)] {
        let engine = Engine::new(Lexicon::load(files).expect("the lists load"), String::new());
        table.row(name, || whole(&texts, &engine));
    }
    drop((cleaned, lexicon));
    program(&texts, n_bytes);
}

struct Table {
    n_bytes: usize,
}

impl Table {
    /// Runs a step over the corpus and prints its rate.
    fn row(&self, name: &str, step: impl FnOnce() -> Duration) {
        let spent = step();
        println!("| {name} | {:.1} |", self.n_bytes as f64 / 1e6 / spent.as_secs_f64());
    }
}

fn steps_on_text(table: &Table, texts: &[String], lexicon: &Lexicon) -> Vec<Text> {
    let mut cleaned = Vec::with_capacity(texts.len());
    table.row("clean, plain text", || {
        timed(|| cleaned.extend(texts.iter().map(|text| clean(Media::Plain, text.clone()))))
    });
    let pages: Vec<String> = texts.iter().map(|text| releases::page(text)).collect();
    table.row("clean, HTML (by the text in the page)", || {
        timed(|| pages.iter().for_each(|page| drop(black_box(clean(Media::Html, page.clone())))))
    });
    let detector = Detector::new(&lexicon.packs);
    table.row("detect", || timed(|| cleaned.iter().for_each(|text| drop(black_box(detector.detect(text, None))))));
    cleaned
}

fn look_up(texts: &[Text], gazetteer: &Gazetteer) -> Duration {
    let mut found = Vec::new();
    timed(|| {
        for text in texts {
            found.clear();
            gazetteer.find(text.as_str(), &mut found);
            black_box(&found);
        }
    })
}

fn steps_on_documents(table: &Table, texts: &[Text], lexicon: &Lexicon) {
    let detector = Detector::new(&lexicon.packs);
    let [mut splitting, mut annotating, mut relating] = [Duration::ZERO; 3];
    for batch in texts.chunks(BATCH_DOCUMENTS) {
        let detections: Vec<_> = batch.iter().map(|text| detector.detect(text, None)).collect();
        let (mut documents, mut mentions) = (Vec::new(), Vec::new());
        splitting += timed(|| {
            let split =
                |(text, detection): (&Text, _)| Document::new(Meta::default(), text.clone(), detection, &lexicon.packs);
            documents.extend(batch.iter().zip(detections).map(split));
        });
        annotating += timed(|| mentions = annotate_all(&documents, lexicon));
        relating += timed(|| {
            let both = || documents.iter().zip(&mentions);
            let entities: Vec<Entities> =
                both().map(|(document, mentions)| resolve(document, mentions, lexicon)).collect();
            let contexts: Vec<Context<'_>> = both()
                .zip(&entities)
                .map(|((document, mentions), entities)| Context { document, mentions, entities, lexicon })
                .collect();
            black_box(relate_all(&contexts));
        });
    }
    table.row("split into zones, sentences, tokens", || splitting);
    table.row("annotate (look-up and rules)", || annotating);
    table.row("resolve and relate", || relating);
}

/// From text to a line of JSON.
fn whole(texts: &[String], engine: &Engine) -> Duration {
    let raw = |(idx, text): (usize, &String)| {
        let meta = Meta { id: idx.to_string(), ..Meta::default() };
        RawDocument { meta, media: Media::Plain, text: text.clone() }
    };
    let raws: Vec<RawDocument> = texts.iter().enumerate().map(raw).collect();
    timed(|| {
        for batch in raws.chunks(BATCH_DOCUMENTS) {
            for record in engine.process_all(batch.to_vec()) {
                black_box(serde_json::to_vec(&record).expect("a record is plain data"));
            }
        }
    })
}

/// The languages and evidence of `files`, and its first rows of names.
fn shorten(files: &Files) -> Files {
    let mut n_left = SHORT_LIST;
    let pairs = files.below("").map(|file| {
        let (path, text) = file.expect("the shipped files are text");
        let is_names = path.ends_with(".tsv") && path.contains('/') && !path.starts_with("evidence/");
        let n_lines = if is_names { n_left + 1 } else { usize::MAX };
        let kept: Vec<&str> = text.lines().take(n_lines).collect();
        if is_names {
            n_left -= kept.len().saturating_sub(1).min(n_left);
        }
        (path.to_owned(), kept.join("\n") + "\n")
    });
    Files::from_pairs(pairs.collect::<Vec<_>>())
}

/// The program itself: start to the first record, and JSONL to JSONL with its memory.
fn program(texts: &[String], n_bytes: usize) {
    let folder = env::temp_dir().join(format!("gazzetta-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    let (input, output) = (folder.join("in.jsonl"), folder.join("out.jsonl"));
    let lines: String = texts
        .iter()
        .enumerate()
        .map(|(idx, text)| format!("{}\n", serde_json::json!({"id": idx.to_string(), "text": text})))
        .collect();
    let first = lines.lines().next().expect("the corpus is not empty");
    let one = folder.join("one.jsonl");
    fs::write(&one, first).expect("the input can be written");
    fs::write(&input, &lines).expect("the input can be written");
    let run = |input: &std::path::Path, output: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gazzetta"));
        command.args(["run", "--quiet", "--threads", "1", "-o", output]).arg(input);
        command
    };
    println!("\n| program | |\n|---|---|");
    let began = Instant::now();
    let mut child = run(&one, "-").stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut line).expect("a record comes");
    println!("| start to first record | {:.2} s |", began.elapsed().as_secs_f64());
    child.wait().expect("the program ends");
    let began = Instant::now();
    let mut child = run(&input, &output.to_string_lossy()).spawn().expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = String::from("unknown");
    while child.try_wait().expect("the program can be waited for").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        if let Some(high) = text.lines().find_map(|line| line.strip_prefix("VmHWM:")) {
            peak = high.trim().to_owned();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "| JSONL to JSONL, by the clock, start included | {:.1} MB of text a second |",
        n_bytes as f64 / 1e6 / seconds
    );
    println!("| peak memory | {peak} |");
    let _ = fs::remove_dir_all(&folder);
}
