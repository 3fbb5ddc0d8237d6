//! A folder with releases and the program, and the outputs that are tried.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tempfile::TempDir;

/// Rounds of each fault.
pub fn n_rounds() -> u32 {
    env::var("GAZZETTA_FAULT_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(3)
}

/// Documents of a run that is disturbed: fewer when the rounds are few, and still a hundred batches.
pub fn n_documents() -> usize {
    if n_rounds() >= 20 { 5000 } else { 1600 }
}

/// A folder with releases and a short list of names, so that runs are quick.
pub struct Place {
    pub folder: TempDir,
    pub n_documents: usize,
}

impl Place {
    pub fn new(n_documents: usize) -> Self {
        let place = Self { folder: tempfile::tempdir().expect("a folder"), n_documents };
        let header =
            "id\tkind\tsubtype\tname\taliases\tacronym\tcountry\tparent\tsame_as\tcase\tneeds\tnever\tpriority\tnote\n";
        fs::create_dir_all(place.path("lists/institutions")).expect("made");
        let rows = "local:alfa\tinstitution\tuniversity\tUniversità di Alfa\t\t\tIT\t\t\t\t\t\t\t\nlocal:beta\tinstitution\tcompany\tBeta Spaziale\t\t\tKR\t\t\t\t\t\t\t\n";
        fs::write(place.path("lists/institutions/few.tsv"), format!("{header}{rows}")).expect("written");
        fs::write(place.path("in.jsonl"), releases(0..n_documents)).expect("written");
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gazzetta"));
        command
            .current_dir(&self.folder)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for (name, _) in env::vars().filter(|(name, _)| name.starts_with("GAZZETTA_")) {
            command.env_remove(name);
        }
        command
    }

    /// `gazzetta run in.jsonl --gazetteers lists …`
    pub fn run(&self, arguments: &[&str]) -> Command {
        self.command(&[&["run", "in.jsonl", "--gazetteers", "lists"], arguments].concat())
    }

    #[track_caller]
    pub fn done(&self, arguments: &[&str]) -> Output {
        let output = self.run(arguments).output().expect("it starts");
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        output
    }

    #[track_caller]
    pub fn digest(&self, output: &str) -> String {
        let digest = self.command(&["digest", output, "--json"]).output().expect("it starts");
        assert!(digest.status.success(), "{}", text(&digest.stderr));
        text(&digest.stdout)
    }

    /// The digest of a run that nothing disturbs. Places of as many documents have the same: it is run once.
    pub fn undisturbed(&self) -> String {
        static KNOWN: Mutex<BTreeMap<usize, String>> = Mutex::new(BTreeMap::new());
        // A run that failed in another test has nothing in it that could be half done.
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(digest) = known.get(&self.n_documents) {
            return digest.clone();
        }
        self.done(&["-o", "undisturbed.jsonl"]);
        let digest = self.digest("undisturbed.jsonl");
        assert!(digest.contains(&format!("\"n_records\": {}}}", self.n_documents)), "{digest}");
        known.insert(self.n_documents, digest.clone());
        digest
    }
}

/// Short releases, one a line; when the rounds are few, three of four are shorter still.
pub fn releases(numbers: std::ops::Range<usize>) -> String {
    let line = |number: usize| {
        let day = 1 + number % 28;
        let text = if n_rounds() >= 20 || number.is_multiple_of(4) {
            format!(
                "Alfa, 3 aprile. L'Università di Alfa incontra Beta Spaziale il {day} marzo 2024: la delegazione firma un accordo."
            )
        } else {
            format!("Beta Spaziale, {day} marzo 2024.")
        };
        format!(
            "{{\"id\":\"d{number:06}\",\"url\":\"https://example.org/{number}\",\"published\":\"2024-04-03\",\"text\":\"{text}\"}}\n"
        )
    };
    numbers.map(line).collect()
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub fn signal(child: &Child, name: &str) {
    // A process that has just ended takes no signal, and that is fine.
    let _ = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).stderr(Stdio::null()).status();
}

/// Shares of a run that spread evenly over it, in an order that looks like chance and is always the same.
pub fn shares(n_rounds: u32) -> impl Iterator<Item = f64> {
    (0..n_rounds).map(|round| f64::from((round * 37 + 11) % 100) / 100.0)
}

/// The same as points of time.
pub fn moments(whole: Duration, n_rounds: u32) -> impl Iterator<Item = Duration> {
    shares(n_rounds).map(move |share| whole.mul_f64(share))
}

#[track_caller]
pub fn check_database(path: &Path) {
    if path.exists() {
        let database = rusqlite::Connection::open(path).expect("it opens");
        let found: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it answers");
        assert_eq!(found, "ok");
        let mut query = database.prepare("PRAGMA foreign_key_check").expect("it answers");
        assert!(query.query([]).and_then(|mut rows| Ok(rows.next()?.is_none())).expect("it answers"));
    }
}

/// Every line that a file under its final name has is whole.
#[track_caller]
pub fn check_lines(path: &Path) {
    for line in fs::read(path).unwrap_or_default().split_inclusive(|&byte| byte == b'\n') {
        assert!(line.ends_with(b"}\n"), "a line is cut");
    }
}

/// Names in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let items = fs::read_dir(folder).expect("a folder").flatten();
    items.map(|item| item.file_name().to_string_lossy().into_owned()).collect()
}

/// An output that is tried.
pub struct Target {
    /// As it is given with `-o`.
    pub name: String,
    /// Whether it has a manifest.
    pub has_state: bool,
    #[cfg(feature = "postgres")]
    server: Option<std::sync::Arc<crate::server::Server>>,
}

impl Target {
    /// A file or folder.
    pub fn file(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            has_state: false,
            #[cfg(feature = "postgres")]
            server: None,
        }
    }

    /// The same with a manifest.
    pub fn with_state(name: &str) -> Self {
        Self { has_state: true, ..Self::file(name) }
    }

    /// A database of its own on the tests' server.
    #[cfg(feature = "postgres")]
    pub fn postgres() -> Self {
        let server = crate::server::Server::shared();
        Self { name: server.database(), has_state: false, server: Some(server) }
    }

    /// One of each kind that this program has.
    pub fn all() -> Vec<Self> {
        vec![
            Self::file("x.db"),
            Self::file("x.jsonl"),
            Self::with_state("y.jsonl"),
            Self::file("x/"),
            #[cfg(feature = "parquet")]
            Self::file("x.parquet"),
            #[cfg(feature = "postgres")]
            Self::postgres(),
        ]
    }

    /// What it is called in the table of faults.
    pub fn label(&self) -> &'static str {
        match (&self.name, self.has_state) {
            (name, true) if name.ends_with('/') => "folder with state",
            (_, true) => "JSONL with state",
            (name, _) if name.ends_with(".db") => "SQLite",
            (name, _) if name.ends_with(".parquet") => "Parquet",
            (name, _) if name.ends_with(".jsonl") => "JSONL",
            _ => "PostgreSQL",
        }
    }

    /// Whether a run holds the output.
    pub fn is_locked(&self, place: &Place) -> bool {
        #[cfg(feature = "postgres")]
        if self.server.is_some() {
            let mut client = ::postgres::Client::connect(&self.name, ::postgres::NoTls).expect("it connects");
            let locks = "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
                         WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()";
            return client.query_one(locks, &[]).expect("it answers").get::<_, i64>(0) > 0;
        }
        fs::metadata(place.path(&format!("{}.lock", self.name))).is_ok_and(|meta| meta.len() > 0)
    }

    /// `-o OUT`, and the manifest if there is one.
    pub fn arguments(&self) -> Vec<&str> {
        let state: &[&str] = if self.has_state { &["--state", "state"] } else { &[] };
        [&["-o", self.name.as_str()], state].concat()
    }

    /// Makes the output as if it had never been written.
    pub fn wipe(&self, place: &Place) {
        #[cfg(feature = "postgres")]
        if self.server.is_some() {
            let mut client = ::postgres::Client::connect(&self.name, ::postgres::NoTls).expect("it connects");
            client.batch_execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public").expect("emptied");
            return;
        }
        for name in [&self.name, &format!("{}-wal", self.name), &format!("{}-shm", self.name), "state"] {
            let path = place.path(name);
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
    }

    /// What is there is whole, wherever the run was killed.
    #[track_caller]
    pub fn check_opens(&self, place: &Place) {
        let path = place.path(&self.name);
        if self.name.ends_with(".db") {
            check_database(&path);
        } else if self.name.ends_with(".jsonl") {
            check_lines(&path);
        } else if self.name.ends_with(".parquet") && path.exists() {
            place.digest(&self.name);
        }
        #[cfg(feature = "postgres")]
        if self.server.is_some() {
            check_postgres(&self.name);
        }
    }
}

/// No rows without their document, none twice.
#[cfg(feature = "postgres")]
#[track_caller]
pub fn check_postgres(address: &str) {
    let mut client = ::postgres::Client::connect(address, ::postgres::NoTls).expect("it connects");
    let tables = client.query_one("SELECT to_regclass('documents') IS NOT NULL", &[]).expect("it answers");
    if tables.get(0) {
        let orphans = "SELECT count(*) FROM mentions m WHERE NOT EXISTS
                       (SELECT 1 FROM documents d WHERE d.document_id = m.document_id)";
        assert_eq!(client.query_one(orphans, &[]).expect("it answers").get::<_, i64>(0), 0);
        // Every record has a place, dates and bodies: a document without rows is half written.
        let bare = "SELECT count(*) FROM documents d WHERE NOT EXISTS
                    (SELECT 1 FROM mentions m WHERE d.document_id = m.document_id)";
        assert_eq!(client.query_one(bare, &[]).expect("it answers").get::<_, i64>(0), 0);
    }
}
