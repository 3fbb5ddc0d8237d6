//! Documents a second into PostgreSQL: through the sink, and by an upsert of the same rows one by one.
//!
//! `cargo bench --features full --bench upsert -- 4000` writes as many records. Counted is the time on the clock, since the
//! server works in processes of its own. Both commit 2,000 documents at a time at most, over the same socket, into tables that
//! were made before. On Linux the time on processors is told too, of this program and of the server: it says the same on a
//! machine that has other work to do.

#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../tests/server/mod.rs"]
mod server;

mod invented;

use gazzetta::{
    record::Provenance,
    sink::{self, Ending, Options, Outcome, Run},
};
use postgres::{Client, NoTls, SimpleQueryMessage, types::ToSql};
use std::{
    fs,
    time::{Duration, Instant},
};

/// Rows of a table as text.
struct Table {
    insert: String,
    rows: Vec<Vec<Option<String>>>,
}

fn main() {
    let n_records: usize = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(4000);
    let server = server::Server::new();
    let [through, single] = [(); 2].map(|()| server.database());
    let batches: Vec<Vec<Outcome>> = (0..n_records / 32)
        .map(|batch| (0..32).map(|idx| invented::outcome(batch * 32 + idx, "Ente", 20, 8)).collect())
        .collect();
    let n_records = batches.len() * 32;
    for target in [&through, &single] {
        drop(sink::open(target, &Options::default()).expect("tables"));
    }
    let by_sink = Time::of(&server, || write(&through, &batches));
    let unchanged = Time::of(&server, || write(&through, &batches));
    let tables = read(&through);
    let one_by_one = Time::of(&server, || insert(&single, &tables));
    let n_rows: usize = tables.iter().map(|table| table.rows.len()).sum();
    println!("{n_rows} rows of {n_records} records");
    by_sink.print("sink", n_records);
    unchanged.print("unchanged", n_records);
    one_by_one.print("one by one", n_records);
    println!("sink is {:.1} times one by one", one_by_one.clock / by_sink.clock);
}

/// Seconds that work took.
struct Time {
    clock: f64,
    /// On processors: in this program, and in the server.
    spent: Option<[f64; 2]>,
}

impl Time {
    fn of(server: &server::Server, work: impl FnOnce()) -> Self {
        let spent = || Some([spent(std::process::id())?, spent(first_process(server)?)?]);
        let (before, began) = (spent(), Instant::now());
        work();
        let clock = began.elapsed().as_secs_f64();
        // A process of the server is counted when it has ended, a moment after its connection.
        std::thread::sleep(Duration::from_millis(300));
        let spent = before.zip(spent()).map(|(before, after)| [after[0] - before[0], after[1] - before[1]]);
        Self { clock, spent }
    }

    fn print(&self, name: &str, n_records: usize) {
        print!("{name:<10}  {:>8.0} documents a second", n_records as f64 / self.clock);
        if let Some(spent) = self.spent {
            let [own, server] = spent.map(|seconds| seconds / n_records as f64 * 1e6);
            print!("; each {own:.0} µs on a processor here and {server:.0} µs in the server");
        }
        println!();
    }
}

/// The process of a server that is the parent of its others.
fn first_process(server: &server::Server) -> Option<u32> {
    fs::read_to_string(server.folder().join("data/postmaster.pid")).ok()?.lines().next()?.parse().ok()
}

/// Time that a process has spent on processors, with those that it started and that have ended; counted in hundredths.
fn spent(process: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11).take(4);
    Some(fields.map(|field| field.parse::<f64>().unwrap_or(0.0)).sum::<f64>() / 100.0)
}

fn write(target: &str, batches: &[Vec<Outcome>]) {
    let mut sink = sink::open(target, &Options::default()).expect("it opens");
    let provenance = Provenance { gazzetta: "1".to_owned(), gazetteers: "g".to_owned(), config: "c".to_owned() };
    let (arguments, folder, started) = (Vec::new(), String::new(), String::new());
    sink.begin(&Run { provenance, arguments, folder, started }).expect("it begins");
    for batch in batches {
        sink.write(batch).expect("it takes");
    }
    sink.finish(Ending::Complete).expect("it ends");
}

/// The tables that have rows, those that others refer to first.
fn read(target: &str) -> Vec<Table> {
    let mut client = Client::connect(target, NoTls).expect("it connects");
    let names = ["documents", "canonical_entities", "entities", "mentions", "document_sectors"];
    names.iter().map(|name| read_table(&mut client, name)).collect()
}

fn read_table(client: &mut Client, name: &str) -> Table {
    let columns = "SELECT attname::text, format_type(atttypid, NULL), attnum = ANY(conkey)
                   FROM pg_attribute JOIN pg_constraint ON conrelid = attrelid AND contype = 'p'
                   WHERE attrelid = to_regclass($1) AND attnum > 0 ORDER BY attnum";
    let columns = client.query(columns, &[&name]).expect("it answers");
    let (mut values, mut key, mut set) = (Vec::new(), Vec::new(), Vec::new());
    for (idx, column) in columns.iter().enumerate() {
        let (column, kind, is_key): (String, String, bool) = (column.get(0), column.get(1), column.get(2));
        values.push(format!("${}::text::{kind}", idx + 1));
        if is_key { key.push(column) } else { set.push(format!("{column} = excluded.{column}")) }
    }
    let insert = format!(
        "INSERT INTO {name} VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}",
        values.join(", "),
        key.join(", "),
        set.join(", ")
    );
    let row = |message: SimpleQueryMessage| match message {
        SimpleQueryMessage::Row(row) => Some((0..row.len()).map(|idx| row.get(idx).map(str::to_owned)).collect()),
        _ => None,
    };
    let rows = client.simple_query(&format!("SELECT * FROM {name}")).expect("it answers");
    Table { insert, rows: rows.into_iter().filter_map(row).collect() }
}

/// One prepared statement a table, 2,000 documents' worth of rows a transaction.
fn insert(target: &str, tables: &[Table]) {
    let mut client = Client::connect(target, NoTls).expect("it connects");
    let n_documents = tables[0].rows.len();
    for table in tables {
        let statement = client.prepare(&table.insert).expect("it is prepared");
        for rows in table.rows.chunks((table.rows.len() * 2000).div_ceil(n_documents).max(1)) {
            let mut transaction = client.transaction().expect("it begins");
            for row in rows {
                let cells: Vec<&(dyn ToSql + Sync)> = row.iter().map(|cell| cell as &(dyn ToSql + Sync)).collect();
                transaction.execute(&statement, &cells).expect("it takes");
            }
            transaction.commit().expect("it ends");
        }
    }
}
