//! A connection: brought to our version, locked against other runs, and made anew when it is lost.

use super::{
    address::{Address, NAME, name_of_run, name_of_this_run},
    failed::{Fault, failed, fault, told},
    line::{Answer, Line, Trouble, Worker},
    send::PASSAGES,
    tls::connector,
};
use crate::sink::{
    Options, Patience, SinkError,
    tables::{Dialect, MIGRATIONS, Table, too_new},
};
use postgres::Error;
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long a server that is away is waited for.
const PATIENCE: Duration = Duration::from_secs(60);
/// The first of the pauses between two tries; each is twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest of them.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// How long a run that has just ended is waited for, wherever it was.
const GRACE: Duration = Duration::from_millis(300);
/// How long the server may take to notice that a run of this machine is no more.
const DEATH: Duration = Duration::from_secs(10);
/// How often a lock that another run holds is asked for.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// A connection that writes.
pub(super) struct Session {
    address: Address,
    connector: MakeRustlsConnect,
    line: Line,
    /// The schema, as a number to lock.
    lock: i64,
    patience: Patience,
}

type Work<T> = dyn Fn(&mut Worker) -> Result<T, Error> + Send + Sync;

/// Work that was begun.
pub(super) struct Begun<T> {
    /// To do it once more, when the connection is lost on the way.
    work: Arc<Work<T>>,
    answer: Answer<T>,
}

impl Session {
    /// Connects, takes the lock of the schema, and brings its tables to our version.
    pub fn open(target: &str, options: &Options) -> Result<Self, SinkError> {
        let address = Address::parse(target)?;
        let connector = connector_to(&address)?;
        let patience = options.patience.clone();
        let line = open(&address, &connector, &patience)?;
        check_encoding(&address, &line)?;
        let lock = line.call(lock_number).map_err(|trouble| failed(&address.shown, &trouble))?;
        let mut session = Self { address, connector, line, lock, patience };
        let began = Instant::now();
        while !session.take_lock()? {
            // A run that was killed is gone before the server has noticed.
            let grace = if session.holder_is_gone() { DEATH } else { GRACE };
            if !options.wait && began.elapsed() > grace {
                return Err(session.busy());
            }
            session.patience.wait(LOOK_AGAIN)?;
        }
        session.migrate()?;
        if let Err(trouble) = session.line.call(prepare) {
            session.outlast(Instant::now(), &trouble)?;
        }
        Ok(session)
    }

    /// Brings the tables to our version. What is there is looked at before each try, so that a migration whose answer was
    /// lost is not made twice.
    fn migrate(&mut self) -> Result<(), SinkError> {
        let mut outage: Option<Instant> = None;
        loop {
            let n_migrations = version(&self.address, &self.line)?;
            if n_migrations == MIGRATIONS.len() {
                return Ok(());
            }
            match self.line.call(move |client| migrate_from(client, n_migrations)) {
                Ok(()) => return Ok(()),
                Err(trouble) => self.outlast(*outage.get_or_insert_with(Instant::now), &trouble)?,
            }
        }
    }

    /// The address as it is shown.
    pub fn shown(&self) -> &str {
        &self.address.shown
    }

    /// Works on the database. When the connection is lost on the way, it is made anew and the work is done once more: the
    /// work has to be such that doing it twice does no harm. Inside is what the database refused of a document.
    pub fn work<T: Send + 'static>(
        &mut self,
        work: impl Fn(&mut Worker) -> Result<T, Error> + Send + Sync + 'static,
    ) -> Result<Result<T, Trouble>, SinkError> {
        let begun = self.begin(work);
        self.end(begun)
    }

    /// Begins such work, behind what was begun before. Until its end, nothing else may be begun: what stands behind work
    /// that fails is done without it.
    pub fn begin<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Worker) -> Result<T, Error> + Send + Sync + 'static,
    ) -> Begun<T> {
        let work: Arc<Work<T>> = Arc::new(work);
        let first = Arc::clone(&work);
        Begun { work, answer: self.line.begin(move |client| first(client)) }
    }

    /// Waits for the end of such work.
    pub fn end<T: Send + 'static>(&mut self, begun: Begun<T>) -> Result<Result<T, Trouble>, SinkError> {
        let Begun { work, answer } = begun;
        let mut done = self.line.wait(&answer);
        let mut outage: Option<Instant> = None;
        loop {
            let trouble = match done {
                Ok(done) => return Ok(Ok(done)),
                Err(trouble) => trouble,
            };
            if fault(&trouble) == Fault::Document {
                return Ok(Err(trouble));
            }
            self.outlast(*outage.get_or_insert_with(Instant::now), &trouble)?;
            let again = Arc::clone(&work);
            done = self.line.call(move |client| again(client));
        }
    }

    /// Waits for a connection that was lost at `began`; any other trouble is the end.
    fn outlast(&mut self, began: Instant, trouble: &Trouble) -> Result<(), SinkError> {
        match fault(trouble) {
            Fault::Passing => self.recover(began, trouble),
            Fault::Document | Fault::Lasting => Err(failed(&self.address.shown, trouble)),
        }
    }

    /// Connects anew, and takes the lock anew; `began` is when the connection was lost.
    fn recover(&mut self, began: Instant, lost: &Trouble) -> Result<(), SinkError> {
        let mut pause = FIRST_PAUSE;
        let mut last = told(lost);
        while began.elapsed() < PATIENCE {
            self.patience.wait(pause)?;
            pause = (pause * 2).min(LONGEST_PAUSE);
            match self.reconnect() {
                Ok(true) => return Ok(()),
                // Another run may have come in between: it has the output now.
                Ok(false) => match self.holder() {
                    Ok(Some(holder)) if !holder.starts_with(&name_of_this_run()) => return Err(self.busy()),
                    _ => {}
                },
                Err(trouble) if fault(&trouble) == Fault::Passing => last = told(&trouble),
                Err(trouble) => return Err(failed(&self.address.shown, &trouble)),
            }
        }
        let reason = format!(
            "the connection was lost and did not come back within {} s ({last}); what was committed is whole: run the \
             same command again",
            PATIENCE.as_secs()
        );
        Err(SinkError::Database { target: self.address.shown.clone(), reason })
    }

    /// Whether a connection with the lock came about. The server may not have noticed yet that our last one is gone: what
    /// is left of it is ended, so that it is known what came of its transaction.
    fn reconnect(&mut self) -> Result<bool, Trouble> {
        let line = Line::open(&self.address, &self.connector, &self.patience)?;
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE pid = $1 AND application_name = $2 AND pid <> pg_backend_pid()";
        let lost = self.line.backend;
        line.call(move |client| client.execute(end, &[&lost, &name_of_this_run()]))?;
        let began = Instant::now();
        while !self.locks(&line)? {
            if began.elapsed() > Duration::from_secs(2) {
                self.line = line;
                return Ok(false);
            }
            std::thread::sleep(LOOK_AGAIN);
        }
        line.call(prepare)?;
        self.line = line;
        Ok(true)
    }

    /// Whether a line has the lock now.
    fn locks(&self, line: &Line) -> Result<bool, Trouble> {
        let lock = self.lock;
        line.call(move |client| client.query_one("SELECT pg_try_advisory_lock($1)", &[&lock])?.try_get(0))
    }

    fn take_lock(&self) -> Result<bool, SinkError> {
        self.locks(&self.line).map_err(|trouble| failed(&self.address.shown, &trouble))
    }

    /// The run that holds the lock.
    fn holder(&self) -> Result<Option<String>, Trouble> {
        let holder = "SELECT a.application_name
                || to_char(a.backend_start AT TIME ZONE 'UTC', '\", since \"YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')
             FROM pg_locks l JOIN pg_stat_activity a USING (pid)
             WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND a.datname = current_database()
                AND l.database = a.datid AND (l.classid::bigint << 32) | l.objid::bigint = $1";
        let lock = self.lock;
        self.line.call(move |client| client.query_opt(holder, &[&lock])?.map(|row| row.try_get(0)).transpose())
    }

    /// Whether the run that holds the lock was one of this machine, and its process is no more.
    fn holder_is_gone(&self) -> bool {
        let Ok(Some(holder)) = self.holder() else { return true };
        let holder = holder.split(',').take(2).collect::<Vec<_>>().join(",");
        let process = holder.strip_prefix(NAME).and_then(|rest| rest.strip_prefix("process ")?.split(' ').next());
        let Some(process) = process.and_then(|process| process.parse::<u32>().ok()) else { return false };
        holder == name_of_run(process)
            && Path::new("/proc/self").exists()
            && !Path::new(&format!("/proc/{process}")).exists()
    }

    fn busy(&self) -> SinkError {
        let holder = match self.holder() {
            Ok(Some(holder)) => holder.trim_start_matches(NAME).to_owned(),
            _ => "just ended".to_owned(),
        };
        SinkError::Busy { target: self.address.shown.clone(), holder }
    }
}

/// Connects once.
pub(super) fn connect(address: &Address, patience: &Patience) -> Result<Line, SinkError> {
    open(address, &connector_to(address)?, patience)
}

fn connector_to(address: &Address) -> Result<MakeRustlsConnect, SinkError> {
    connector(&address.trust).map_err(|reason| SinkError::Database { target: address.shown.clone(), reason })
}

fn open(address: &Address, connector: &MakeRustlsConnect, patience: &Patience) -> Result<Line, SinkError> {
    Line::open(address, connector, patience).map_err(|trouble| failed(&address.shown, &trouble))
}

/// Makes a connection ready to write: the tables that rows pass through, and the settings of [`SETTINGS`].
fn prepare(client: &mut Worker) -> Result<(), Error> {
    client.batch_execute(PASSAGES)?;
    client.batch_execute(SETTINGS)
}

/// What a server is asked for that can do it, both since PostgreSQL 14. Else one that works for us goes on after our end until
/// it has something to say; and packing the records in its old way takes a third of its time.
const SETTINGS: &str = "
    SELECT set_config(name, '200ms', false) FROM pg_settings WHERE name = 'client_connection_check_interval';
    SELECT set_config(name, 'lz4', false) FROM pg_settings
    WHERE name = 'default_toast_compression' AND source = 'default' AND 'lz4' = ANY (enumvals)";

/// The number of the schema's lock; locks of one database are not seen in another.
fn lock_number(client: &mut Worker) -> Result<i64, Error> {
    let schema: Option<String> = client.query_one("SELECT current_schema()::text", &[])?.try_get(0)?;
    let hash = blake3::hash(format!("gazzetta {}", schema.unwrap_or_default()).as_bytes());
    Ok(hash.as_bytes().first_chunk().map_or(0, |bytes| i64::from_le_bytes(*bytes)))
}

fn check_encoding(address: &Address, line: &Line) -> Result<(), SinkError> {
    let encoding = line.call(|client| client.query_one("SHOW server_encoding", &[])?.try_get::<_, String>(0));
    let encoding = encoding.map_err(|trouble| failed(&address.shown, &trouble))?;
    if encoding == "UTF8" {
        return Ok(());
    }
    let reason = format!("its encoding is {encoding}; make one with createdb --encoding=UTF8 --template=template0");
    Err(SinkError::Database { target: address.shown.clone(), reason })
}

/// Number of migrations that the schema has had; an error when it is not ours or newer than we know.
pub(super) fn version(address: &Address, line: &Line) -> Result<usize, SinkError> {
    let refused = |reason: String| SinkError::Database { target: address.shown.clone(), reason };
    let failed = |trouble: Trouble| failed(&address.shown, &trouble);
    let names = "SELECT relname::text FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
                 WHERE n.nspname = current_schema() AND relkind IN ('r', 'v', 'p', 'm')";
    let names = line.call(move |client| {
        client.query(names, &[])?.iter().map(|row| row.try_get(0)).collect::<Result<Vec<String>, Error>>()
    });
    let names = names.map_err(failed)?;
    if names.iter().any(|name| name == VERSION) {
        let version = line.call(|client| {
            let row = client.query_opt(format!("SELECT version FROM {VERSION}").as_str(), &[])?;
            row.map_or(Ok(0), |row| row.try_get::<_, i64>(0))
        });
        let version = version.map_err(failed)?;
        return match usize::try_from(version) {
            Ok(version) if version <= MIGRATIONS.len() => Ok(version),
            _ => Err(refused(too_new(version))),
        };
    }
    match names.iter().find(|name| Table::ALL.iter().any(|table| table.name() == *name)) {
        Some(name) => Err(refused(format!(
            "its schema has a table '{name}' of another program; make a schema for this one, and name it with \
             ?options=-csearch_path%3DNAME"
        ))),
        None => Ok(0),
    }
}

/// The table that holds the version.
const VERSION: &str = "gazzetta_version";

/// Makes the tables that come behind the first `n_migrations`.
fn migrate_from(client: &mut Worker, n_migrations: usize) -> Result<(), Error> {
    let mut transaction = client.transaction()?;
    for migration in &MIGRATIONS[n_migrations..] {
        transaction.batch_execute(&migration.statements(Dialect::Postgres))?;
    }
    transaction.batch_execute(&format!(
        "CREATE TABLE IF NOT EXISTS {VERSION} (version BIGINT NOT NULL); DELETE FROM {VERSION};
         INSERT INTO {VERSION} VALUES ({})",
        MIGRATIONS.len()
    ))?;
    transaction.commit()
}
