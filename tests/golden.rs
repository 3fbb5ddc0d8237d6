//! What is found in each sample, one finding a line, in `tests/golden/*.ann`.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden` rewrites the listings; the diff is reviewed, and the commit says which finding
//! is right by `docs/ANNOTATION.md`.

mod samples;

use gazzetta::record::{Entity, Mention, Mission, Record, Value};
use std::{collections::BTreeSet, env, fmt::Write, fs, path::PathBuf};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

#[test]
fn every_sample_is_read_as_its_listing_says() {
    let is_update = env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    let mut expected_files = BTreeSet::new();
    for record in samples::records() {
        let name = format!("{}.ann", record.id.replace(['/', '#', '!'], "_"));
        let (path, found) = (folder().join(&name), listing(record));
        expected_files.insert(name.clone());
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if found == expected {
            continue;
        }
        if is_update {
            fs::write(&path, found).expect("a listing can be written");
        } else {
            wrong.push(format!("{name}\n{}", difference(&expected, &found)));
        }
    }
    let items = fs::read_dir(folder()).expect("there are listings").flatten();
    for item in items.filter(|item| !expected_files.contains(&*item.file_name().to_string_lossy())) {
        match is_update {
            true => fs::remove_file(item.path()).expect("a listing can be removed"),
            false => wrong.push(format!("{}: there is no such sample", item.path().display())),
        }
    }
    assert!(wrong.is_empty(), "{} listings differ; UPDATE_GOLDEN=1 rewrites them:\n{}", wrong.len(), wrong.join("\n"));
}

/// The lines that only one of the two has.
fn difference(expected: &str, found: &str) -> String {
    let gone =
        expected.lines().filter(|line| !found.lines().any(|other| other == *line)).map(|line| format!("  - {line}\n"));
    let new =
        found.lines().filter(|line| !expected.lines().any(|other| other == *line)).map(|line| format!("  + {line}\n"));
    gone.chain(new).collect()
}

fn listing(record: &Record) -> String {
    let published = record.published.as_ref().map_or("-".to_owned(), |day| format!("{} ({})", day.date, day.from));
    let mut out = format!("{}\t{}\t{published}\n", record.id, record.language.code);
    for mention in &record.mentions {
        writeln!(out, "{}", finding(record, mention)).expect("a string takes everything");
    }
    let name = |id: &String| entity(record, id).map_or("?", |entity| entity.name.as_str());
    for role in &record.roles {
        let (text, institution) = (role.text.as_deref().unwrap_or("-"), role.institution.as_ref().map_or("-", name));
        writeln!(out, "role\t{}\t{text}\t{institution}", name(&role.person)).expect("a string takes everything");
    }
    for acronym in &record.acronyms {
        writeln!(out, "acronym\t{}\t{}", acronym.short, acronym.long).expect("a string takes everything");
    }
    for mission in &record.missions {
        writeln!(out, "mission\t{}", summary(record, mission)).expect("a string takes everything");
    }
    for warning in &record.warnings {
        writeln!(out, "warning\t{}\t{}", warning.code, warning.text).expect("a string takes everything");
    }
    out
}

/// Kind, offsets, text, value, entity, why.
fn finding(record: &Record, mention: &Mention) -> String {
    let named = mention.entity.as_ref().and_then(|id| entity(record, id));
    let kind = match named.and_then(|entity| entity.subtype.as_deref()) {
        Some(subtype) => format!("{}/{subtype}", mention.kind),
        None => mention.kind.clone(),
    };
    let value = match &mention.value {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Amount { number, unit, approx }) => format!("{}{number} {unit}", if *approx { "~" } else { "" }),
        None => "-".to_owned(),
    };
    let bound = mention.bound.as_ref().map_or(String::new(), |bound| format!("{bound} "));
    let entity = named.map_or("-".to_owned(), |entity| {
        format!(
            "{} {}",
            entity.name.split_whitespace().collect::<Vec<_>>().join(" "),
            entity.link.as_deref().unwrap_or("?")
        )
    });
    let by = mention.why.rule.as_deref().or(mention.why.entry.as_deref()).unwrap_or("-");
    let zone = mention.zone.as_ref().map_or(String::new(), |zone| format!(" in {zone}"));
    let folds = mention.why.folds.iter().map(|fold| format!(" +{fold}")).collect::<String>();
    let text = mention.text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{kind}\t{}-{}\t{text}\t{bound}{value}\t{entity}\t{by}{zone}{folds}", mention.start, mention.end)
}

fn entity<'r>(record: &'r Record, id: &str) -> Option<&'r Entity> {
    record.entities.iter().find(|entity| entity.id == id)
}

fn summary(record: &Record, mission: &Mission) -> String {
    let names = |ids: &[String]| {
        let names = ids.iter().map(|id| entity(record, id).map_or("?", |entity| entity.name.as_str()));
        names.collect::<Vec<_>>().join(", ")
    };
    let destinations = mission.destinations.iter().map(|destination| {
        format!("{}: {}", destination.country.as_deref().unwrap_or("-"), names(&destination.places))
    });
    let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    format!(
        "{} {}\tfrom {}\tto {}\t{} / {}\tlead {}\twith {}\tmet {}\tabout {}",
        or_none(&mission.kind),
        or_none(&mission.status),
        names(mission.origin.as_slice()),
        destinations.collect::<Vec<_>>().join("; "),
        or_none(&mission.start),
        or_none(&mission.end),
        names(mission.lead.as_slice()),
        names(&mission.participants),
        names(&mission.met),
        mission.sectors.join(", "),
    )
}
