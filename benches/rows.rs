//! Rows a CPU second into SQLite: through the sink, and by bare inserts of the same rows into the same tables.
//!
//! `cargo bench --bench rows -- 20000` writes as many records. Counted is the time of this process on all cores; on systems
//! without `/proc` the time on the clock.

mod invented;

use gazzetta::{
    record::Provenance,
    sink::{self, Ending, Options, Outcome, Run},
};
use rusqlite::{Connection, types::Value};
use std::{env, fs, path::Path, time::Instant};

fn main() {
    let n_records = env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(20_000);
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("sink.db");
    let outcomes: Vec<Vec<Outcome>> = (0..n_records / 32)
        .map(|batch| (0..32).map(|idx| invented::outcome(batch * 32 + idx, "Ente", 40, 16)).collect())
        .collect();
    let through_sink = cpu_seconds(|| write(&target, &outcomes));
    let tables = read(&target);
    let n_rows: usize = tables.iter().map(|(_, rows)| rows.len()).sum();
    let bare = cpu_seconds(|| insert(&folder.path().join("bare.db"), &tables));
    println!("{n_rows} rows of {} records", outcomes.len() * 32);
    println!("sink  {:>10.0} rows a CPU second", n_rows as f64 / through_sink);
    println!("bare  {:>10.0} rows a CPU second", n_rows as f64 / bare);
    println!("sink is {:.0} % of bare", 100.0 * bare / through_sink);
}

fn write(target: &Path, batches: &[Vec<Outcome>]) {
    let mut sink = sink::open(&target.to_string_lossy(), &Options::default()).expect("it opens");
    let provenance = Provenance { gazzetta: "1".to_owned(), gazetteers: "g".to_owned(), config: "c".to_owned() };
    let (arguments, folder, started) = (Vec::new(), String::new(), String::new());
    sink.begin(&Run { provenance, arguments, folder, started }).expect("it begins");
    for batch in batches {
        sink.write(batch).expect("it takes");
    }
    sink.finish(Ending::Complete).expect("it ends");
}

type Rows = Vec<Vec<Value>>;

/// All rows, by table.
fn read(target: &Path) -> Vec<(String, Rows)> {
    let connection = Connection::open(target).expect("it opens");
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let mut query = connection.prepare(names).expect("it reads");
    let names: Vec<String> = query.query_map([], |row| row.get(0)).expect("it reads").flatten().collect();
    names.into_iter().map(|name| (name.clone(), rows(&connection, &name))).collect()
}

fn rows(connection: &Connection, table: &str) -> Rows {
    // The text of a document is made from its record, and not stored.
    let stored = "SELECT group_concat(name) FROM pragma_table_info(?)";
    let columns: String = connection.query_row(stored, [table], |row| row.get(0)).expect("it reads");
    let mut query = connection.prepare(&format!("SELECT {columns} FROM {table}")).expect("it reads");
    let n_columns = query.column_count();
    let row = |row: &rusqlite::Row<'_>| (0..n_columns).map(|idx| row.get(idx)).collect();
    query.query_map([], row).expect("it reads").flatten().collect()
}

/// One statement a table, one transaction for all, no checks of foreign keys.
fn insert(target: &Path, tables: &[(String, Rows)]) {
    let connection = Connection::open(target).expect("it opens");
    connection.execute_batch(&sink::sql_schema(sink::Dialect::Sqlite)).expect("tables");
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF; BEGIN").expect("it begins");
    for (table, rows) in tables.iter().filter(|(_, rows)| !rows.is_empty()) {
        let marks = vec!["?"; rows[0].len()].join(",");
        let mut insert = connection.prepare(&format!("INSERT INTO {table} VALUES ({marks})")).expect("it is prepared");
        for row in rows {
            insert.execute(rusqlite::params_from_iter(row)).expect("it takes");
        }
    }
    connection.execute_batch("COMMIT").expect("it ends");
}

fn cpu_seconds(work: impl FnOnce()) -> f64 {
    let (before, began) = (spent(), Instant::now());
    work();
    match (before, spent()) {
        (Some(before), Some(after)) if after > before => after - before,
        _ => began.elapsed().as_secs_f64(),
    }
}

/// User and system time of this process; the kernel counts in hundredths.
fn spent() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    Some((fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?) / 100.0)
}
