//! A PostgreSQL server of the tests' own, from Debian's package `postgresql`: in a temporary folder, stopped at the end.

use postgres::{Client, NoTls};
use std::{
    env, fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::{fs::PermissionsExt, net::UnixStream},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc, Mutex, Weak,
        atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering},
    },
    thread,
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
        let settings = format!(
            "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{}'\nmax_connections = 50\n",
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

/// What a proxy does to a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Cuts it after so many bytes have gone to the server.
    AfterBytes(u64),
    /// Cuts it when a transaction is to be committed: the server hears it, its answer is lost.
    AtCommit(u32),
}

/// Stands between a run and the server, and cuts the first connection that it is told to cut.
pub struct Proxy {
    port: u16,
    /// Whether it has cut.
    pub has_cut: Arc<AtomicBool>,
    /// Bytes that went to the server.
    pub n_bytes: Arc<AtomicU64>,
    is_over: Arc<AtomicBool>,
}

impl Proxy {
    pub fn new(server: &Server, cut: Cut) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let socket = server.folder().join(format!(".s.PGSQL.{}", server.port()));
        let [has_cut, is_over] = [(); 2].map(|()| Arc::new(AtomicBool::new(false)));
        let (cuts, ends) = (Arc::clone(&has_cut), Arc::clone(&is_over));
        let n_bytes = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&n_bytes);
        let n_commits = Arc::new(AtomicU32::new(0));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if ends.load(Ordering::Relaxed) {
                    break;
                }
                let Ok(server) = UnixStream::connect(&socket) else { continue };
                let link = Link {
                    cut,
                    has_cut: Arc::clone(&cuts),
                    n_bytes: Arc::clone(&count),
                    n_commits: Arc::clone(&n_commits),
                };
                thread::spawn(move || link.carry(client, server));
            }
        });
        Self { port, has_cut, n_bytes, is_over }
    }

    /// The address of a database through it.
    pub fn address(&self, name: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{name}?sslmode=disable", self.port)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        // Wakes the one who listens.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

struct Link {
    cut: Cut,
    has_cut: Arc<AtomicBool>,
    n_bytes: Arc<AtomicU64>,
    n_commits: Arc<AtomicU32>,
}

impl Link {
    /// Carries bytes both ways until one side ends or the link is cut.
    fn carry(&self, mut client: TcpStream, mut server: UnixStream) {
        let (Ok(mut answers), Ok(mut back)) = (server.try_clone(), client.try_clone()) else { return };
        let mutes = Arc::new(AtomicBool::new(false));
        let is_mute = Arc::clone(&mutes);
        thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(n_read @ 1..) = answers.read(&mut buffer) {
                if is_mute.load(Ordering::Relaxed) || back.write_all(&buffer[..n_read]).is_err() {
                    break;
                }
            }
            let _ = back.shutdown(std::net::Shutdown::Both);
        });
        let mut buffer = [0; 8192];
        while let Ok(n_read @ 1..) = client.read(&mut buffer) {
            let n_before = self.n_bytes.fetch_add(n_read as u64, Ordering::Relaxed);
            let is_commit = buffer[..n_read].windows(6).any(|window| window.eq_ignore_ascii_case(b"COMMIT"));
            let is_due = match self.cut {
                Cut::AfterBytes(n_bytes) => n_before + n_read as u64 > n_bytes,
                Cut::AtCommit(number) => is_commit && self.n_commits.fetch_add(1, Ordering::Relaxed) == number,
            };
            let cuts = is_due && !self.has_cut.swap(true, Ordering::Relaxed);
            if cuts && matches!(self.cut, Cut::AfterBytes(_)) {
                break;
            }
            mutes.fetch_or(cuts, Ordering::Relaxed);
            if server.write_all(&buffer[..n_read]).is_err() {
                break;
            }
        }
        let _ = server.shutdown(std::net::Shutdown::Both);
        let _ = client.shutdown(std::net::Shutdown::Both);
    }
}
