//! What holds for every record, and how right the samples are read.

mod samples;

use gazzetta::{
    Record,
    annotate::RULES,
    eval::{self, Gold, Missing, Prediction},
    raw::{Media, Meta, RawDocument},
    record,
};
use std::{
    collections::{HashMap, HashSet},
    fs,
    path::Path,
};

#[test]
fn every_record_is_as_the_schema_says() {
    let validator = jsonschema::validator_for(&record::schema()).expect("the schema is one");
    for record in samples::records() {
        let json = serde_json::to_value(record).expect("a record is plain data");
        let errors: Vec<String> =
            validator.iter_errors(&json).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {}", record.id, errors.join("\n"));
        let back: Record = serde_json::from_value(json).expect("a record can be read back");
        assert_eq!(&back, record, "{}", record.id);
    }
}

#[test]
fn a_record_is_the_same_in_any_company() {
    let documents: Vec<RawDocument> = samples::records()
        .iter()
        .map(|record| {
            let meta = Meta { id: record.id.clone(), ..Meta::default() };
            RawDocument { meta, media: Media::Plain, text: record.text.clone() }
        })
        .collect();
    let together = samples::ENGINE.process_all(documents.clone());
    assert_eq!(together.len(), documents.len());
    for (record, document) in together.iter().zip(documents).rev() {
        assert_eq!(record, &samples::ENGINE.process(document), "{}", record.id);
    }
}

/// Least share of the mentions of the samples that are found as well where their lines are wrapped.
const MIN_KEPT: f64 = 0.95;

#[test]
fn wrapped_lines_hide_few_names() {
    for (width, raggedness) in [(40, 0), (60, 0), (60, 15), (76, 19)] {
        let (mut n_found, mut n_kept) = (0, 0);
        for record in samples::records().iter().filter(|record| record.id.ends_with(".txt")) {
            // Wrapping puts a line end for a blank: every name stays where it is.
            let meta = Meta {
                id: record.id.clone(),
                published: record.published.as_ref().map(|day| day.date.clone()),
                ..Meta::default()
            };
            let text = wrap(&record.text, width, raggedness);
            let wrapped = samples::ENGINE.process(RawDocument { meta, media: Media::Plain, text });
            let found: HashSet<_> =
                wrapped.mentions.iter().map(|mention| (&mention.kind, mention.start, mention.end)).collect();
            n_found += record.mentions.len();
            n_kept += record
                .mentions
                .iter()
                .filter(|mention| found.contains(&(&mention.kind, mention.start, mention.end)))
                .count();
        }
        let share = n_kept as f64 / n_found as f64;
        assert!(
            n_found > 300 && share >= MIN_KEPT,
            "{share:.3} of {n_found} at {width} columns less up to {raggedness}"
        );
    }
}

/// The text with lines of at most `width` bytes, some shorter by up to `raggedness`.
fn wrap(text: &str, width: usize, raggedness: usize) -> String {
    let (mut wrapped, mut line_len, mut limit) = (String::with_capacity(text.len()), 0, width);
    for (idx, word) in text.split_inclusive([' ', '\n']).enumerate() {
        if line_len + word.trim_end().len() > limit && wrapped.ends_with(' ') {
            wrapped.pop();
            wrapped.push('\n');
            (line_len, limit) = (0, width - idx * 7 % (raggedness + 1));
        }
        wrapped.push_str(word);
        line_len = if word.ends_with('\n') { 0 } else { line_len + word.len() };
    }
    wrapped
}

#[test]
fn the_schema_refuses_what_is_no_record() {
    let validator = jsonschema::validator_for(&record::schema()).expect("the schema is one");
    let mut json = serde_json::to_value(&samples::records()[0]).expect("a record is plain data");
    json["mentions"][0]["start"] = "4".into();
    assert!(!validator.is_valid(&json));
    assert!(!validator.is_valid(&serde_json::json!({"schema": "gazzetta.record/1"})));
}

#[test]
fn offsets_are_those_of_the_text() {
    for record in samples::records() {
        let characters: Vec<char> = record.text.chars().collect();
        let mut end_before = 0;
        for mention in &record.mentions {
            let slice: String = characters[mention.start..mention.end].iter().collect();
            assert_eq!(slice, mention.text, "{} {}", record.id, mention.id);
            assert!(
                mention.start >= end_before && mention.end > mention.start,
                "{} {} overlaps",
                record.id,
                mention.id
            );
            end_before = mention.end;
        }
        for segment in &record.language.segments {
            assert!(segment.start < segment.end && segment.end <= characters.len(), "{} {segment:?}", record.id);
        }
        let evidence = record.missions.iter().flat_map(|mission| mission.evidence.values().flatten());
        for &[start, end] in evidence {
            assert!(start < end && end <= characters.len(), "{}: evidence {start}..{end}", record.id);
        }
    }
}

/// Of a plain text file the text is the file, and the offsets in the source are those in the text.
#[test]
fn the_source_of_plain_text_is_the_text() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let plain: Vec<&Record> = samples::records().iter().filter(|record| record.source.media == "text/plain").collect();
    let files: Vec<&&Record> = plain.iter().filter(|record| record.id.ends_with(".txt")).collect();
    assert!(files.len() >= 16, "{} plain text files", files.len());
    for record in files {
        assert_eq!(fs::read_to_string(samples.join(&record.id)).expect("a sample"), record.text);
        for mention in &record.mentions {
            assert_eq!((mention.source_start, mention.source_end), (Some(mention.start), Some(mention.end)));
        }
    }
}

#[test]
fn everything_that_is_named_is_there() {
    for record in samples::records() {
        let mentions: HashMap<&str, Option<&str>> =
            record.mentions.iter().map(|mention| (mention.id.as_str(), mention.entity.as_deref())).collect();
        let entities: HashMap<&str, &str> =
            record.entities.iter().map(|entity| (entity.id.as_str(), entity.kind.as_str())).collect();
        assert_eq!(mentions.len(), record.mentions.len(), "{}: mention ids are unique", record.id);
        assert_eq!(entities.len(), record.entities.len(), "{}: entity ids are unique", record.id);
        for entity in &record.entities {
            for mention in &entity.mentions {
                assert_eq!(mentions.get(mention.as_str()), Some(&Some(entity.id.as_str())), "{} {mention}", record.id);
            }
        }
        for mention in &record.mentions {
            let owner = record.entities.iter().find(|entity| entity.mentions.contains(&mention.id));
            assert_eq!(
                owner.map(|entity| entity.id.as_str()),
                mention.entity.as_deref(),
                "{} {}",
                record.id,
                mention.id
            );
        }
        for id in named_entities(record) {
            assert!(entities.contains_key(id.as_str()), "{}: no entity {id}", record.id);
        }
        for role in &record.roles {
            assert_eq!(entities.get(role.person.as_str()), Some(&"person"), "{}: a role is a person's", record.id);
            assert!(role.mentions.iter().all(|mention| mentions.contains_key(mention.as_str())), "{}", record.id);
        }
        for warning in record.warnings.iter().filter_map(|warning| warning.mention.as_deref()) {
            assert!(mentions.contains_key(warning), "{}: no mention {warning}", record.id);
        }
    }
}

/// Every entity that roles, acronyms and missions name.
fn named_entities(record: &Record) -> Vec<String> {
    let mut ids: Vec<&String> = record.acronyms.iter().map(|acronym| &acronym.entity).collect();
    for role in &record.roles {
        ids.push(&role.person);
        ids.extend(&role.institution);
    }
    for mission in &record.missions {
        ids.extend(mission.origin.iter().chain(&mission.lead).chain(&mission.participants).chain(&mission.met));
        ids.extend(mission.destinations.iter().flat_map(|destination| &destination.places));
        for meeting in &mission.meetings {
            ids.extend(meeting.with.iter().chain(&meeting.people).chain(&meeting.place));
        }
        ids.extend(mission.agreements.iter().flat_map(|agreement| &agreement.parties));
    }
    ids.into_iter().cloned().collect()
}

#[test]
fn every_mention_says_why() {
    let rules: HashSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    let gazetteer = &samples::ENGINE.lexicon().gazetteer;
    for record in samples::records() {
        for mention in &record.mentions {
            let why = &mention.why;
            assert!(why.rule.is_some() || why.entry.is_some(), "{} {}", record.id, mention.id);
            let rule = why.rule.as_deref().map(|rule| rule.split('/').next().unwrap_or(rule));
            assert!(rule.is_none_or(|rule| rules.contains(rule)), "{} {}: {rule:?}", record.id, mention.id);
            assert!(
                why.entry.as_deref().is_none_or(|entry| gazetteer.by_id(entry).is_some()),
                "{}: {why:?}",
                record.id
            );
        }
    }
}

/// The least figures on `samples/gold`, a little below what is reached; they only rise.
const FLOORS: &[(&str, f64)] = &[
    ("language", 1.0),
    ("all", 0.88),
    ("institution", 0.90),
    ("person", 0.89),
    ("place", 0.88),
    ("date", 0.96),
    ("sector", 0.69),
    ("docset.canonical.ALL", 0.90),
    ("subtype.INSTITUTION", 0.91),
    ("value.DATE.all", 0.97),
    ("person.role.lenient", 0.87),
    ("person.affiliation.lenient", 0.58),
    ("mission.present", 0.93),
    ("mission.slot.ALL", 0.82),
];

#[test]
fn the_samples_are_read_as_well_as_before() {
    let gold = gold();
    let predictions: Vec<Prediction> = gold.iter().map(predict).collect();
    let report = eval::evaluate(&gold, &predictions, Missing::Empty);
    let below: Vec<String> = FLOORS
        .iter()
        .filter_map(|&(name, floor)| {
            let figure = report.total.figure(name).flatten().unwrap_or_default();
            (figure < floor).then(|| format!("{name} is {figure:.4}, less than {floor}"))
        })
        .collect();
    assert!(below.is_empty(), "{}", below.join("\n"));
}

fn gold() -> Vec<Gold> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut gold: Vec<Gold> = fs::read_dir(samples.join("gold"))
        .expect("the samples are annotated")
        .flatten()
        .map(|item| {
            let json = fs::read_to_string(item.path()).expect("an annotation can be read");
            let mut gold: Gold =
                serde_json::from_str(&json).unwrap_or_else(|error| panic!("{}: {error}", item.path().display()));
            gold.text = Some(fs::read_to_string(samples.join(format!("{}.txt", gold.id))).expect("its text is there"));
            gold
        })
        .collect();
    gold.sort_by(|one, other| one.id.cmp(&other.id));
    gold
}

fn predict(gold: &Gold) -> Prediction {
    let meta = Meta { id: gold.id.clone(), published: gold.reference_date.clone(), ..Meta::default() };
    let text = gold.text.clone().expect("its text is there");
    Prediction::from_record(&samples::ENGINE.process(RawDocument { meta, media: Media::Plain, text }))
}

/// An annotation that its text does not bear out would teach the wrong thing.
#[test]
fn the_annotations_are_those_of_their_texts() {
    let gold = gold();
    assert_eq!(gold.len(), 16);
    for document in gold {
        let characters: Vec<char> = document.text.as_deref().unwrap_or_default().chars().collect();
        let mut end_before = 0;
        for mention in &document.mentions {
            let slice: String = characters[mention.start..mention.end].iter().collect();
            assert_eq!(Some(&slice), mention.text.as_ref(), "{}", document.id);
            assert!(mention.start >= end_before, "{}: '{slice}' overlaps the mention before it", document.id);
            end_before = mention.end;
        }
    }
}
