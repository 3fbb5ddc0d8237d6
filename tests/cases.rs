//! Tables of text and expected findings: every file of `tests/cases`, all languages side by side.
//!
//! A file names the kind that it is about; a case marks the expected mentions with brackets, and gives what is known of
//! them as lists in the same order. A case with `gap` is a known gap: it must fail until it is mended.

mod shipped;

use gazzetta::{
    Engine, RawDocument, Record,
    annotate::{self, Fate, word_of},
    raw::{Media, Meta},
    record::{Mention, Value},
};
use serde::Deserialize;
use std::{fs, path::Path, sync::LazyLock};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// Kind of the mentions that are compared.
    kind: String,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    lang: String,
    /// The text, with `[` and `]` around each expected mention.
    text: String,
    published: Option<String>,
    /// Expected values, one a mention; an empty one is none. Amounts read `8000000000 EUR` or `~50 operatori`.
    value: Option<Vec<String>>,
    bound: Option<Vec<String>>,
    inferred: Option<Vec<String>>,
    subtype: Option<Vec<String>>,
    link: Option<Vec<String>>,
    folds: Option<Vec<String>>,
    /// Fullest name of the entity.
    name: Option<Vec<String>>,
    /// Roles of the document: `person | words of the office | institution`, with `-` for nothing.
    roles: Option<Vec<String>>,
    /// Foundings of the document: `body | date`.
    foundings: Option<Vec<String>>,
    /// Why it is known to fail.
    gap: Option<String>,
}

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(shipped::lexicon(), String::new()));

#[test]
fn every_case_is_found_as_marked() {
    let mut wrong = Vec::new();
    let mut n_cases = 0;
    for path in tables(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases"))) {
        let text = fs::read_to_string(&path).expect("a table can be read");
        let table: Table = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in &table.case {
            n_cases += 1;
            match (check(&table.kind, case), &case.gap) {
                (Err(what), None) => wrong.push(format!("{}: [{}] {what}", path.display(), case.lang)),
                (Ok(()), Some(gap)) => {
                    wrong.push(format!("{}: mended, take the gap '{gap}' out: {}", path.display(), case.text));
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {n_cases} cases:\n{}", wrong.len(), wrong.join("\n"));
}

/// Most dates that may be found in a hundred sentences that hold none.
const MAX_INVENTED: f64 = 3.0;

#[test]
fn dates_are_rarely_invented() {
    let (mut n_sentences, mut n_invented) = (0, 0);
    for path in tables(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases"))) {
        let text = fs::read_to_string(&path).expect("a table can be read");
        let table: Table = toml::from_str(&text).expect("a table can be read");
        // Known gaps count: they are what would be invented in the wild.
        for case in table.case.iter().filter(|case| table.kind == "date" && !case.text.contains('[')) {
            n_sentences += 1;
            n_invented += process(case, &case.text).mentions.iter().filter(|mention| mention.kind == "date").count();
        }
    }
    let share = 100.0 * n_invented as f64 / f64::from(n_sentences);
    println!("{n_invented} dates in {n_sentences} sentences without one: {share:.1} in a hundred");
    assert!(n_sentences >= 300, "{n_sentences} sentences are too few to say anything");
    assert!(share <= MAX_INVENTED, "{share:.1} in a hundred");
}

/// What became of a name that someone may have expected, in the words of the overlap policy.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    lang: String,
    text: String,
    /// The expected name.
    name: String,
    /// Its fate at each place, see [`told`].
    fate: Vec<String>,
    /// How many rows of the lists write it so, weak ones in brackets: `2 (1)`.
    rows: String,
}

#[test]
fn every_name_that_is_no_mention_is_answered_for() {
    #[derive(Deserialize)]
    struct Questions {
        question: Vec<Question>,
    }
    let questions: Questions = toml::from_str(include_str!("why_not.toml")).expect("a table of questions");
    let mut wrong = Vec::new();
    for question in &questions.question {
        let meta = Meta { id: "case".to_owned(), language: Some(question.lang.clone()), ..Meta::default() };
        let raw = RawDocument { meta, media: Media::Plain, text: question.text.clone() };
        let (answer, text) = ENGINE.why_not(raw, &question.name);
        let fate: Vec<String> = answer.places.iter().map(|(_, fate)| told(fate, &text)).collect();
        let rows = format!("{} ({})", answer.rows.len(), answer.rows.iter().filter(|(_, is_weak)| *is_weak).count());
        if fate != question.fate || rows != question.rows {
            wrong.push(format!("'{}' in '{}': fate {fate:?}, rows {rows:?}", question.name, question.text));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), questions.question.len(), wrong.join("\n"));
}

fn told(fate: &Fate, text: &str) -> String {
    let quoted = |mention: &annotate::Mention| {
        format!("'{}', {} by {}", mention.span.of(text), mention.kind.as_str(), word_of(mention))
    };
    match fate {
        Fate::Found(mention) => format!("found: {}", quoted(mention)),
        Fate::Lost { proposal, winner, because } => {
            format!("lost: {} by {} to {}: {because:?}", proposal.kind.as_str(), word_of(proposal), quoted(winner))
        }
        Fate::Overlapped(mention) => format!("overlapped: {}", quoted(mention)),
        Fate::OnlyListed => "only listed".to_owned(),
        Fate::WrittenOtherwise => "written otherwise".to_owned(),
        Fate::Unknown => "unknown".to_owned(),
    }
}

fn tables(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().map(|item| item.path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { tables(&path) } else { vec![path] }).collect()
}

fn check(kind: &str, case: &Case) -> Result<(), String> {
    let (text, spans) = unmark(&case.text);
    let record = process(case, &text);
    let found: Vec<&Mention> = record.mentions.iter().filter(|mention| mention.kind == kind).collect();
    let found_spans: Vec<(usize, usize)> = found.iter().map(|mention| (mention.start, mention.end)).collect();
    if found_spans != spans {
        return Err(format!("{}\n    found {}", case.text, mark(&text, &found)));
    }
    let entity = |mention: &Mention| record.entities.iter().find(|entity| Some(&entity.id) == mention.entity.as_ref());
    let of_entity = |pick: fn(&gazzetta::record::Entity) -> Option<String>| {
        move |mention: &Mention| entity(mention).and_then(pick).unwrap_or_default()
    };
    compare(case, "value", &case.value, &found, |mention| mention.value.as_ref().map(show_value).unwrap_or_default())?;
    compare(case, "bound", &case.bound, &found, |mention| mention.bound.clone().unwrap_or_default())?;
    compare(case, "inferred", &case.inferred, &found, |mention| mention.inferred.join("+"))?;
    compare(case, "folds", &case.folds, &found, |mention| mention.why.folds.join("+"))?;
    compare(case, "subtype", &case.subtype, &found, of_entity(|entity| entity.subtype.clone()))?;
    compare(case, "link", &case.link, &found, of_entity(|entity| entity.link.clone()))?;
    compare(case, "name", &case.name, &found, of_entity(|entity| Some(entity.name.clone())))?;
    let foundings = foundings(&record);
    if case.foundings.as_ref().is_some_and(|expected| *expected != foundings) {
        return Err(format!("{}\n    foundings {foundings:?}, expected {:?}", case.text, case.foundings));
    }
    let roles = roles(&record);
    match &case.roles {
        Some(expected) if *expected != roles => {
            Err(format!("{}\n    roles {roles:?}, expected {expected:?}", case.text))
        }
        _ => Ok(()),
    }
}

fn compare(
    case: &Case,
    what: &str,
    expected: &Option<Vec<String>>,
    found: &[&Mention],
    show: impl Fn(&Mention) -> String,
) -> Result<(), String> {
    let Some(expected) = expected else { return Ok(()) };
    let shown: Vec<String> = found.iter().map(|mention| show(mention)).collect();
    if shown == *expected { Ok(()) } else { Err(format!("{}\n    {what} {shown:?}, expected {expected:?}", case.text)) }
}

fn foundings(record: &Record) -> Vec<String> {
    let name = |id: &String| record.entities.iter().find(|entity| entity.id == *id).map_or("?", |entity| &entity.name);
    record.foundings.iter().map(|founding| format!("{} | {}", name(&founding.institution), founding.date)).collect()
}

fn roles(record: &Record) -> Vec<String> {
    let name = |id: &String| record.entities.iter().find(|entity| entity.id == *id).map_or("?", |entity| &entity.name);
    let show = |role: &gazzetta::record::Role| {
        let institution = role.institution.as_ref().map_or("-", name);
        format!("{} | {} | {institution}", name(&role.person), role.text.as_deref().unwrap_or("-"))
    };
    record.roles.iter().map(show).collect()
}

fn show_value(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Amount { number, unit, approx } => format!("{}{number} {unit}", if *approx { "~" } else { "" }),
    }
}

fn process(case: &Case, text: &str) -> Record {
    let meta = Meta {
        id: "case".to_owned(),
        published: case.published.clone(),
        language: Some(case.lang.clone()),
        ..Meta::default()
    };
    let record = ENGINE.process(RawDocument { meta, media: Media::Plain, text: text.to_owned() });
    for mention in &record.mentions {
        let slice: String = text.chars().skip(mention.start).take(mention.end - mention.start).collect();
        assert_eq!(slice, mention.text, "a mention's offsets hold in {text:?}");
    }
    record
}

/// The text without brackets, and the code points that they enclosed.
fn unmark(marked: &str) -> (String, Vec<(usize, usize)>) {
    let (mut text, mut spans, mut open, mut n_characters) = (String::new(), Vec::new(), 0, 0);
    for character in marked.chars() {
        match character {
            '[' => open = n_characters,
            ']' => spans.push((open, n_characters)),
            _ => {
                text.push(character);
                n_characters += 1;
            }
        }
    }
    (text, spans)
}

fn mark(text: &str, found: &[&Mention]) -> String {
    let mut marked = String::new();
    for (at, character) in text.chars().enumerate() {
        marked.extend(found.iter().filter(|mention| mention.end == at).map(|_| ']'));
        marked.extend(found.iter().filter(|mention| mention.start == at).map(|_| '['));
        marked.push(character);
    }
    let n_characters = text.chars().count();
    marked.extend(found.iter().filter(|mention| mention.end == n_characters).map(|_| ']'));
    marked
}
