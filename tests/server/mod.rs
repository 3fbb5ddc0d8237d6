//! A PostgreSQL server of the tests' own, from Debian's package `postgresql`: in a temporary folder, stopped at the end.

use postgres::{Client, NoTls};
use std::{
    env, fs,
    io::Write,
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc, Mutex, Weak,
        atomic::{AtomicU32, Ordering},
    },
};
use tempfile::TempDir;

/// The server that the tests of a program share.
static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());
static N_DATABASES: AtomicU32 = AtomicU32::new(0);

/// A server, on a socket and on a port of this machine.
pub struct Server {
    folder: TempDir,
    port: u16,
}

impl Server {
    /// The server of this program's tests; it ends with the last test that holds it.
    pub fn shared() -> Arc<Self> {
        let mut shared = SHARED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        shared.upgrade().unwrap_or_else(|| {
            let server = Arc::new(Self::new());
            *shared = Arc::downgrade(&server);
            server
        })
    }

    /// A server for one test alone, which may stop it.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("pg").tempdir_in("/tmp").expect("a folder");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).expect("opened");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
        let server = Self { folder, port };
        server
            .tool("initdb", &["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "-D", "data"]);
        // Nothing here cuts the power, and disks of test machines are slow.
        let settings = format!(
            "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{}'\nmax_connections = 50\nfsync = off\n",
            server.folder.path().display()
        );
        let path = server.folder.path().join("data/postgresql.auto.conf");
        fs::OpenOptions::new()
            .append(true)
            .open(path)
            .and_then(|mut file| file.write_all(settings.as_bytes()))
            .expect("set");
        server.start();
        server
    }

    /// Starts the server and waits until it answers.
    pub fn start(&self) {
        self.tool("pg_ctl", &["-D", "data", "-l", "log", "-w", "start"]);
    }

    /// Stops it; what is connected is cut off.
    pub fn stop(&self) {
        self.tool("pg_ctl", &["-D", "data", "-m", "fast", "-w", "stop"]);
    }

    /// The folder that the socket is in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Port on this machine.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// A new empty database; its address by the socket.
    pub fn database(&self) -> String {
        let name = format!("press{}", N_DATABASES.fetch_add(1, Ordering::Relaxed));
        self.client("postgres").batch_execute(&format!("CREATE DATABASE {name}")).expect("made");
        self.address(&name)
    }

    /// The address of a database by the socket.
    pub fn address(&self, name: &str) -> String {
        format!("postgres://postgres@/{name}?host={}&port={}", self.folder.path().display(), self.port)
    }

    /// A connection to a database.
    pub fn client(&self, name: &str) -> Client {
        Client::connect(&self.address(name), NoTls).expect("it connects")
    }

    /// Runs one of the server's tools in its folder: as postgres, since a server does not run as root.
    pub fn tool(&self, name: &str, arguments: &[&str]) {
        let is_root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
        let mut command = if is_root { Command::new("setpriv") } else { Command::new(tool(name)) };
        if is_root {
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(tool(name));
        }
        let ended = command
            .args(arguments)
            .current_dir(&self.folder)
            .env("TZ", "UTC")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .status();
        assert!(ended.is_ok_and(|ended| ended.success()), "{name} {arguments:?} in {}", self.folder.path().display());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.folder.path().join("data/postmaster.pid").exists() {
            self.tool("pg_ctl", &["-D", "data", "-m", "immediate", "-w", "stop"]);
        }
    }
}

/// A program of the newest server that is installed.
fn tool(name: &str) -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let found = versions.map(|version| version.path().join("bin").join(name)).filter(|path| path.exists()).max();
    found.unwrap_or_else(|| {
        let on_path = env::split_paths(&env::var_os("PATH").unwrap_or_default())
            .map(|folder| folder.join(name))
            .find(|path| path.exists());
        on_path.unwrap_or_else(|| panic!("{name} is needed: apt-get install postgresql"))
    })
}
