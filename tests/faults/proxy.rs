//! A line to the server that can be cut.

use crate::server::Server;
use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    os::unix::net::UnixStream,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering},
    },
    thread,
};

/// What a proxy does to a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Cuts it after so many bytes have gone to the server.
    AfterBytes(u64),
    /// Cuts it when a transaction is to be committed: the server hears it, its answer is lost.
    AtCommit(u32),
    /// Keeps it open after so many bytes, and passes nothing on.
    Mute(u64),
    /// The same, and every later connection too.
    MuteAll(u64),
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

    /// The same, for a run that takes a second of silence for the end.
    pub fn impatient_address(&self, name: &str) -> String {
        self.address(name) + "&connect_timeout=1&tcp_user_timeout=1"
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
        let keeps_open = matches!(self.cut, Cut::Mute(_) | Cut::MuteAll(_));
        thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(n_read @ 1..) = answers.read(&mut buffer) {
                if keeps_open && is_mute.load(Ordering::Relaxed) {
                    continue;
                }
                if is_mute.load(Ordering::Relaxed) || back.write_all(&buffer[..n_read]).is_err() {
                    break;
                }
            }
            if !keeps_open || !is_mute.load(Ordering::Relaxed) {
                let _ = back.shutdown(Shutdown::Both);
            }
        });
        let mut buffer = [0; 8192];
        while let Ok(n_read @ 1..) = client.read(&mut buffer) {
            let n_before = self.n_bytes.fetch_add(n_read as u64, Ordering::Relaxed);
            let is_commit = buffer[..n_read].windows(6).any(|window| window.eq_ignore_ascii_case(b"COMMIT"));
            let is_due = match self.cut {
                Cut::AfterBytes(n_bytes) | Cut::Mute(n_bytes) | Cut::MuteAll(n_bytes) => {
                    n_before + n_read as u64 > n_bytes
                }
                Cut::AtCommit(number) => is_commit && self.n_commits.fetch_add(1, Ordering::Relaxed) == number,
            };
            let cuts = is_due && (!self.has_cut.swap(true, Ordering::Relaxed) || matches!(self.cut, Cut::MuteAll(_)));
            if cuts && matches!(self.cut, Cut::AfterBytes(_)) {
                break;
            }
            mutes.fetch_or(cuts, Ordering::Relaxed);
            if cuts && matches!(self.cut, Cut::Mute(_) | Cut::MuteAll(_)) {
                // Takes what comes, as something between two machines would, until the client goes away.
                while let Ok(1..) = client.read(&mut buffer) {}
                break;
            }
            if server.write_all(&buffer[..n_read]).is_err() {
                break;
            }
        }
        let _ = server.shutdown(Shutdown::Both);
        let _ = client.shutdown(Shutdown::Both);
    }
}
