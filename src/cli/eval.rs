//! `gazzetta eval`: how right is it?

use super::{
    Exit,
    error::{Error, print},
    lists::Lists,
};
use crate::{
    eval::{self, Calibration, Gold, Label, Missing, Prediction, Ratio, Report, Scores},
    pipeline::Engine,
    raw::{Media, Meta, RawDocument},
    record::{Record, SCHEMA},
};
use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Folders of annotated documents: ID.json, with ID.txt beside it or in the folder above.
    #[arg(value_name = "GOLD", required = true)]
    folders: Vec<PathBuf>,
    /// Compare these records or predictions (JSON Lines) instead of reading the texts.
    #[arg(long, value_name = "FILE")]
    pred: Option<PathBuf>,
    /// Folder of the texts, when they lie elsewhere.
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// Leave out annotated documents without a prediction.
    #[arg(long)]
    only_predicted: bool,
    /// Print every counter as JSON.
    #[arg(long)]
    json: bool,
    /// List every difference.
    #[arg(long, conflicts_with = "json")]
    show: bool,
    /// Least F1 of a kind (`person=0.8`, `all=0.7`) or of any counter by its name (`docset.canonical.PLACE=0.8`).
    #[arg(long = "min", value_name = "KIND=F1", value_parser = threshold)]
    thresholds: Vec<(String, f64)>,
    #[command(flatten)]
    lists: Lists,
}

const EXAMPLES: &str = "\
Examples:
  gazzetta eval samples/gold                            read the texts and compare
  gazzetta eval samples/gold --show | less              and say what is missed
  gazzetta eval samples/gold --min all=0.7 --min date=0.75
                                                        exit 1 when it is worse than that
  gazzetta eval gold --pred records.jsonl --json        compare what was written before";

fn threshold(text: &str) -> Result<(String, f64), String> {
    let (name, least) = text.split_once('=').ok_or("give a kind and a figure, as in person=0.8")?;
    match least.parse() {
        Ok(least) if (0.0..=1.0).contains(&least) => Ok((name.to_owned(), least)),
        _ => Err(format!("'{least}' is no figure from 0 to 1")),
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let gold = read_gold(arguments)?;
    let predictions = match &arguments.pred {
        Some(path) => read_predictions(path)?,
        None => predict(&arguments.lists.engine()?, &gold)?,
    };
    let missing = if arguments.only_predicted { Missing::LeftOut } else { Missing::Empty };
    let report = eval::evaluate(&gold, &predictions, missing);
    if let (Some(unknown), false) = (report.unknown.first(), arguments.only_predicted) {
        let n = report.unknown.len();
        return Err(Error::usage(format_args!(
            "{n} of {} predicted documents are not annotated, such as '{unknown}'; give the right folder, or --only-predicted",
            predictions.len()
        )));
    }
    let text = if arguments.json {
        serde_json::to_string_pretty(&report).map_err(Error::failure)? + "\n"
    } else {
        let differences = report.differences.iter().filter(|_| arguments.show).map(|line| format!("{line}\n"));
        differences.collect::<String>() + &table(&report)
    };
    print(&text)?;
    check_thresholds(&report.total, &arguments.thresholds)
}

fn check_thresholds(scores: &Scores, thresholds: &[(String, f64)]) -> Result<Exit, Error> {
    let mut exit = Exit::Success;
    for (name, least) in thresholds {
        let figure = scores.figure(name).ok_or_else(|| {
            let labels = Label::ALL.map(|label| label.as_str().to_lowercase()).join(", ");
            Error::usage(format_args!("nothing is counted under '{name}'; give {labels}, all, or a name as in --json"))
        })?;
        if figure.is_none_or(|figure| figure < *least) {
            let figure = figure.map_or("nothing".to_owned(), |figure| format!("{figure:.4}"));
            eprintln!("gazzetta: {name} is {figure}, less than {least}");
            exit = Exit::Incomplete;
        }
    }
    Ok(exit)
}

fn read_gold(arguments: &Arguments) -> Result<Vec<Gold>, Error> {
    let mut gold = Vec::new();
    for folder in &arguments.folders {
        let items = fs::read_dir(folder).map_err(|error| Error::unreadable(folder, &error))?;
        let mut paths: Vec<PathBuf> = items.flatten().map(|item| item.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        paths.sort();
        for path in paths {
            let bytes = fs::read(&path).map_err(|error| Error::unreadable(&path, &error))?;
            let malformed = |error| Error::failure(format_args!("{}: {error}", path.display()));
            let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(malformed)?;
            // Other JSON may lie beside the annotations.
            if value.get("entities").is_some() && value.get("id").is_some() {
                let mut document: Gold = serde_json::from_value(value).map_err(malformed)?;
                document.text = text_of(&document.id, folder, arguments.texts.as_deref());
                gold.push(document);
            }
        }
    }
    match gold.is_empty() {
        true => Err(Error::usage("no annotated documents found; give a folder with ID.json files")),
        false => Ok(gold),
    }
}

fn text_of(id: &str, folder: &Path, texts: Option<&Path>) -> Option<String> {
    let name = format!("{id}.txt");
    let folders = texts.into_iter().map(Path::to_path_buf).chain([folder.to_owned(), folder.join("..")]);
    folders.map(|folder| folder.join(&name)).find_map(|path| fs::read_to_string(path).ok())
}

/// Records as they are written, or predictions in the terms of the annotations.
fn read_predictions(path: &Path) -> Result<Vec<Prediction>, Error> {
    let text = fs::read_to_string(path).map_err(|error| Error::unreadable(path, &error))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(idx, line): (usize, &str)| {
        let is_record = line.contains(SCHEMA);
        let prediction = match is_record {
            true => serde_json::from_str::<Record>(line).map(|record| Prediction::from_record(&record)),
            false => serde_json::from_str(line),
        };
        prediction.map_err(|error| Error::usage(format_args!("{}:{}: {error}", path.display(), idx + 1)))
    };
    lines.map(read).collect()
}

/// Reads the texts, each told its day of publication.
fn predict(engine: &Engine, gold: &[Gold]) -> Result<Vec<Prediction>, Error> {
    let read = |document: &Gold| {
        let text = document.text.clone().ok_or_else(|| {
            Error::usage(format_args!("cannot find '{}.txt'; give its folder with --texts", document.id))
        })?;
        let meta = Meta { id: document.id.clone(), published: document.reference_date.clone(), ..Meta::default() };
        let record = engine.process(RawDocument { meta, media: Media::Plain, text });
        Ok(Prediction { id: document.id.clone(), ..Prediction::from_record(&record) })
    };
    gold.iter().map(read).collect()
}

/// The figures for a person.
fn table(report: &Report) -> String {
    let mut out = String::new();
    write_scores(&mut out, "all languages", &report.total);
    for (language, scores) in report.by_language.iter().filter(|_| report.by_language.len() > 1) {
        write_scores(&mut out, language, scores);
    }
    write_calibration(&mut out, &report.calibration);
    if !report.missing.is_empty() {
        let _ = writeln!(out, "no prediction for {}", report.missing.join(" "));
    }
    out
}

fn write_scores(out: &mut String, name: &str, scores: &Scores) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{name}: {} documents", scores.n_documents);
    let head = ["strict P/R/F1", "overlap P/R/F1", "unique P/R/F1", "unique, any alias"];
    let _ = writeln!(out, "  {:<12} {}", "", head.map(|title| format!("{title:<19}")).join(" ").trim_end());
    for label in Label::ALL.map(Label::as_str).into_iter().chain(["ALL"]) {
        let cells = ["mention.strict", "mention.overlap", "docset.canonical", "docset.alias"].map(|name| {
            let counts = scores.counts.get(&format!("{name}.{label}")).copied().unwrap_or_default();
            [counts.precision(), counts.recall(), counts.f1()].map(show).join(" ")
        });
        let _ = writeln!(
            out,
            "  {:<12} {}",
            label.to_lowercase(),
            cells.map(|cell| format!("{cell:<19}")).join(" ").trim_end()
        );
    }
    for (title, names) in RATIOS {
        let shown = names.iter().map(|(word, name)| {
            let ratio = scores.ratios.get(*name).copied().unwrap_or_default();
            format!("{word} {} ({}/{})", show(ratio.accuracy()), ratio.n_right, ratio.n)
        });
        let _ = writeln!(out, "  {title:<12} {}", shown.collect::<Vec<_>>().join("  "));
    }
    let slots = scores.counts.iter().filter_map(|(name, counts)| Some((name.strip_prefix("mission.slot.")?, counts)));
    let shown: Vec<String> =
        slots.map(|(slot, counts)| format!("{} {}", slot.to_lowercase(), show(counts.f1()))).collect();
    let _ = writeln!(out, "  {:<12} {}", "mission F1", shown.join("  "));
}

/// How many mentions of each band of confidence are right.
fn write_calibration(out: &mut String, calibration: &Calibration) {
    if calibration.is_empty() {
        return;
    }
    let told = |ratio: Ratio| format!("{} ({}/{})", show(ratio.accuracy()), ratio.n_right, ratio.n);
    let _ = writeln!(out, "confidence: right at 0.9 and more, share of the right ones there, right by band");
    for label in Label::ALL.map(Label::as_str).into_iter().chain(["ALL"]) {
        let (sure, share) = (told(calibration.sure(label)), told(calibration.share_of_right(label)));
        let bands = calibration.of(label).rev().map(|(least, ratio)| format!(".{least:02} {}", told(ratio)));
        let bands = bands.collect::<Vec<_>>().join("  ");
        let _ = writeln!(out, "  {:<12} {sure:<18} {share:<18} {bands}", label.to_lowercase());
    }
}

type Row = (&'static str, &'static [(&'static str, &'static str)]);

const RATIOS: [Row; 5] = [
    ("document", &[("language", "language"), ("mission or none", "mission.present")]),
    (
        "value",
        &[
            ("dates", "value.DATE.all"),
            ("dates found", "value.DATE.found"),
            ("sectors found", "value.SECTOR.found"),
            ("countries found", "value.PLACE.found"),
        ],
    ),
    ("subtype", &[("institutions", "subtype.INSTITUTION"), ("places", "subtype.PLACE")]),
    (
        "role",
        &[
            ("exact", "person.role.exact"),
            ("near", "person.role.lenient"),
            ("near, of found", "person.role.lenient_found"),
            ("spurious", "person.role.spurious"),
        ],
    ),
    (
        "affiliation",
        &[
            ("exact", "person.affiliation.exact"),
            ("near", "person.affiliation.lenient"),
            ("near, of found", "person.affiliation.lenient_found"),
            ("spurious", "person.affiliation.spurious"),
        ],
    ),
];

fn show(figure: Option<f64>) -> String {
    figure.map_or("  -  ".to_owned(), |figure| format!("{figure:.3}"))
}
