//! One mission over several releases: announcement, bulletins and report meet in the database, other missions do not.

#![cfg(feature = "sqlite")]

mod shipped;

use gazzetta::{
    Engine, RawDocument,
    raw::{Media, Meta},
    record::Provenance,
    sink::{self, Ending, Options, Outcome, Run},
};
use rusqlite::Connection;
use std::sync::LazyLock;

/// Id, language, day of publication and text of invented releases.
const RELEASES: &[(&str, &str, &str, &str)] = &[
    (
        "umbria-1-announced",
        "it",
        "2026-03-05",
        "Umbria, missione in Giappone dal 10 al 14 marzo

Partirà martedì 10 marzo la missione della Regione Umbria in Giappone, guidata dall'assessora Ilaria Monticelli. La delegazione incontrerà a Kyoto la Kyoto University e rientrerà sabato 14 marzo 2026.",
    ),
    (
        "umbria-2-bulletin",
        "it",
        "2026-03-11",
        "Giappone, la delegazione umbra all'Università di Kyoto

Seconda giornata in Giappone per la delegazione della Regione Umbria: oggi, mercoledì 11 marzo, l'assessora Ilaria Monticelli ha incontrato i ricercatori della Kyoto University.",
    ),
    (
        "umbria-3-bulletin",
        "en",
        "2026-03-13",
        "Umbrian delegation tours Osaka

The delegation of the Regione Umbria, led by Ilaria Monticelli, visited Osaka University in Japan on Thursday 12 March 2026.",
    ),
    (
        "umbria-4-report",
        "it",
        "2026-03-17",
        "Umbria, bilancio della missione in Giappone

Si è conclusa la missione in Giappone della Regione Umbria. Dal 10 al 14 marzo 2026 la delegazione ha visitato Kyoto e Osaka, dove ha firmato un accordo con la Osaka University.",
    ),
    (
        "padova-same-week",
        "it",
        "2026-03-16",
        "Padova in Giappone

Una delegazione della Camera di Commercio di Padova ha visitato il Giappone dal 9 al 13 marzo 2026. A Tokyo ha incontrato la Japan External Trade Organization.",
    ),
    (
        "umbria-other-country",
        "it",
        "2026-03-16",
        "Umbria in Vietnam

Negli stessi giorni una seconda delegazione della Regione Umbria è stata in Vietnam: la missione ad Hanoi è durata dal 12 al 15 marzo 2026 e ha incontrato la Vietnam National University.",
    ),
    (
        "umbria-autumn",
        "it",
        "2026-10-12",
        "Umbria, si torna in Giappone

La Regione Umbria è tornata in Giappone con una missione istituzionale dal 5 al 9 ottobre 2026. La delegazione ha visitato Nagoya.",
    ),
];

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(shipped::lexicon(), String::new()));

fn outcome(&(id, language, published, text): &(&str, &str, &str, &str)) -> Outcome {
    let meta = Meta {
        id: id.to_owned(),
        published: Some(published.to_owned()),
        language: Some(language.to_owned()),
        ..Meta::default()
    };
    let record = ENGINE.process(RawDocument { meta, media: Media::Plain, text: text.to_owned() });
    let line = serde_json::to_vec(&record).expect("a record is JSON");
    Outcome::Record { record: Box::new(record), line, replaces: false }
}

/// What the view of joined missions says of `releases`, written in this order.
fn joined(releases: &[&(&str, &str, &str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("series.db");
    let mut sink = sink::open(&target.to_string_lossy(), &Options::default()).expect("it opens");
    let run = Run {
        provenance: Provenance { gazzetta: "1".to_owned(), gazetteers: "g".to_owned(), config: "c".to_owned() },
        arguments: Vec::new(),
        folder: String::new(),
        started: "2026-01-01T00:00:00Z".to_owned(),
    };
    sink.begin(&run).expect("it begins");
    sink.write(&releases.iter().map(|release| outcome(release)).collect::<Vec<_>>()).expect("it takes");
    sink.finish(Ending::Complete).expect("it ends");
    let connection = Connection::open(&target).expect("it opens");
    let sql =
        "SELECT country || ' ' || first_day || ' ' || last_day || ': ' || documents FROM v_joined_missions ORDER BY 1";
    let mut query = connection.prepare(sql).expect("the view is there");
    query.query_map([], |row| row.get(0)).expect("it runs").collect::<Result<_, _>>().expect("rows of text")
}

#[test]
fn the_releases_of_one_mission_are_joined_and_no_others() {
    let expected = [
        "JP 2026-03-09 2026-03-13: padova-same-week",
        "JP 2026-03-10 2026-03-14: umbria-1-announced; umbria-2-bulletin; umbria-3-bulletin; umbria-4-report",
        "JP 2026-10-05 2026-10-09: umbria-autumn",
        "VN 2026-03-12 2026-03-15: umbria-other-country",
    ];
    assert_eq!(joined(&RELEASES.iter().collect::<Vec<_>>()), expected);
}

#[test]
fn the_order_of_arrival_does_not_matter() {
    assert_eq!(joined(&RELEASES.iter().collect::<Vec<_>>()), joined(&RELEASES.iter().rev().collect::<Vec<_>>()));
}
