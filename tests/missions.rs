//! Short releases with a mission in them or without: `tests/missions/*.toml`.

mod shipped;

use gazzetta::{
    Engine, RawDocument, Record,
    raw::{Media, Meta},
};
use serde::Deserialize;
use std::{collections::BTreeSet, fs};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    lang: String,
    published: Option<String>,
    text: String,
    /// Whether an official party travels.
    mission: bool,
    kind: Option<String>,
    status: Option<String>,
    origin: Option<String>,
    countries: Option<Vec<String>>,
    start: Option<String>,
    end: Option<String>,
    lead: Option<String>,
    /// Names of bodies that travel too.
    participants: Option<Vec<String>>,
    /// Names of bodies met.
    met: Option<Vec<String>>,
    /// Why it is known to fail.
    gap: Option<String>,
}

#[test]
fn a_mission_is_told_from_what_is_none() {
    let engine = Engine::new(shipped::lexicon(), String::new());
    let mut wrong = Vec::new();
    let folder = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/missions")).expect("the folder is there");
    for path in folder.map(|item| item.expect("it can be listed").path()) {
        let table: Table = toml::from_str(&fs::read_to_string(&path).expect("a table can be read"))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in &table.case {
            let title = case.text.lines().next().unwrap_or_default();
            match (check(case, &process(&engine, case)), &case.gap) {
                (Err(what), None) => wrong.push(format!("[{}] {title}: {what}", case.lang)),
                (Ok(()), Some(gap)) => wrong.push(format!("[{}] {title}: mended, take the gap '{gap}' out", case.lang)),
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

fn process(engine: &Engine, case: &Case) -> Record {
    let meta = Meta {
        id: "case".to_owned(),
        published: case.published.clone(),
        language: Some(case.lang.clone()),
        ..Meta::default()
    };
    engine.process(RawDocument { meta, media: Media::Plain, text: case.text.clone() })
}

fn check(case: &Case, record: &Record) -> Result<(), String> {
    let Some(mission) = record.missions.first() else {
        return if case.mission { Err("no mission found".to_owned()) } else { Ok(()) };
    };
    if !case.mission {
        return Err("a mission found".to_owned());
    }
    let name = |id: &String| {
        record.entities.iter().find(|entity| entity.id == *id).map_or_else(String::new, |entity| entity.name.clone())
    };
    let names = |ids: &[String]| ids.iter().map(name).collect::<BTreeSet<_>>();
    let countries: BTreeSet<String> = mission.destinations.iter().filter_map(|place| place.country.clone()).collect();
    same("kind", &case.kind, &mission.kind)?;
    same("status", &case.status, &mission.status)?;
    same("origin", &case.origin, &mission.origin.as_ref().map(name))?;
    same("start", &case.start, &mission.start)?;
    same("end", &case.end, &mission.end)?;
    same("lead", &case.lead, &mission.lead.as_ref().map(name))?;
    same_set("countries", &case.countries, &countries)?;
    same_set("participants", &case.participants, &names(&mission.participants))?;
    same_set("met", &case.met, &names(&mission.met))
}

fn same(slot: &str, expected: &Option<String>, found: &Option<String>) -> Result<(), String> {
    match expected {
        Some(_) if expected != found => Err(format!("{slot} {found:?}, expected {expected:?}")),
        _ => Ok(()),
    }
}

fn same_set(slot: &str, expected: &Option<Vec<String>>, found: &BTreeSet<String>) -> Result<(), String> {
    match expected {
        Some(expected) if expected.iter().cloned().collect::<BTreeSet<_>>() != *found => {
            Err(format!("{slot} {found:?}, expected {expected:?}"))
        }
        _ => Ok(()),
    }
}
