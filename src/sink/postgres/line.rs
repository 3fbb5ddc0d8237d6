//! A line to a server that is not waited for forever.
//!
//! The client library waits for as long as a connection is open, and it is open for as long as the other machine is on the
//! network: a server that is frozen, or something between that takes bytes and passes none on, would never be given up. So
//! a connection belongs to a thread of its own, and we wait for that thread. One that is given up stays behind until its
//! connection ends, and nobody listens to it any more.

use super::address::{Address, name_of_this_run};
use crate::sink::Patience;
use postgres::{Client, Config, Error};
use std::{
    io,
    ops::{Deref, DerefMut},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError},
    },
    thread,
    time::{Duration, Instant},
};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How often we look whether the run is to end.
const LOOK: Duration = Duration::from_millis(50);
/// How long answers are waited for when the run is to end, all together.
const LAST_WORD: Duration = Duration::from_secs(3);

type Call = Box<dyn FnOnce(&mut Worker) + Send>;

/// Where the end of work is told.
pub(super) type Answer<T> = Receiver<Result<T, Error>>;

/// A connection, in its thread.
pub(super) struct Worker {
    client: Client,
    pulse: Pulse,
}

impl Worker {
    /// To be felt by what goes on for long: much that is sent, or received, over a slow network.
    pub fn pulse(&self) -> Pulse {
        self.pulse.clone()
    }
}

impl Deref for Worker {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl DerefMut for Worker {
    fn deref_mut(&mut self) -> &mut Client {
        &mut self.client
    }
}

/// Beats when something got through.
#[derive(Debug, Clone, Default)]
pub(super) struct Pulse(Arc<AtomicU64>);

impl Pulse {
    /// Something got through.
    pub fn beat(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn n_beats(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The server, or the network, said so.
    Said(Error),
    /// The server keeps the connection open, and has been silent for so long.
    Silent(Duration),
    /// The run is to end.
    Interrupted,
    /// This machine has no thread left.
    System(io::Error),
}

/// A connection, and the thread that it belongs to.
pub(super) struct Line {
    calls: Sender<Call>,
    /// Process of the server that answers us.
    pub backend: i32,
    pulse: Pulse,
    end: OnceLock<Instant>,
    address: Address,
    connector: MakeRustlsConnect,
    patience: Patience,
}

impl Line {
    /// Connects.
    pub fn open(address: &Address, connector: &MakeRustlsConnect, patience: &Patience) -> Result<Self, Trouble> {
        let (calls, inbox) = mpsc::channel::<Call>();
        let (tell, answer) = mpsc::channel();
        let (config, tls, pulse) = (address.config.clone(), connector.clone(), Pulse::default());
        let felt = pulse.clone();
        spawn(move || match connect(&config, tls) {
            Ok((client, backend)) => {
                let mut worker = Worker { client, pulse };
                if tell.send(Ok(backend)).is_ok() {
                    inbox.into_iter().for_each(|call| call(&mut worker));
                }
            }
            // Nobody may listen any more.
            Err(error) => drop(tell.send(Err(error))),
        })?;
        let nobody = &mut || mpsc::channel().1;
        let end = OnceLock::new();
        let backend = wait(&answer, &felt, (patience, &end), address.answer_to_connect(), nobody)?;
        let (address, connector, patience) = (address.clone(), connector.clone(), patience.clone());
        Ok(Self { calls, backend, pulse: felt, end, address, connector, patience })
    }

    /// Works on the database.
    pub fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Worker) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Trouble> {
        self.wait(&self.begin(work))
    }

    /// Begins to work on the database, behind what was begun before.
    pub fn begin<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Worker) -> Result<T, Error> + Send + 'static,
    ) -> Answer<T> {
        let (tell, answer) = mpsc::channel();
        // Where the thread is gone, the way of the answer is closed, and whoever waits for it learns so.
        let _ = self.calls.send(Box::new(move |worker| drop(tell.send(work(worker)))));
        answer
    }

    /// Waits for the end of what was begun.
    pub fn wait<T>(&self, answer: &Answer<T>) -> Result<T, Trouble> {
        wait(answer, &self.pulse, (&self.patience, &self.end), self.address.silence(), &mut || self.is_at_work())
    }

    /// Asks on another connection whether the server is at work for us: a statement may take long. One that waits for us
    /// is not, since we wait for it: what we sent was lost, or what it sent.
    fn is_at_work(&self) -> Receiver<bool> {
        let (tell, answer) = mpsc::channel();
        let (config, tls, backend) = (self.address.config.clone(), self.connector.clone(), self.backend);
        let ask = move || {
            let at_work = "SELECT count(*) > 0 FROM pg_stat_activity
                           WHERE pid = $1 AND application_name = $2 AND state NOT LIKE 'idle%'
                              AND wait_event_type IS DISTINCT FROM 'Client'";
            let found = config.connect(tls).and_then(|mut client| {
                client.query_one(at_work, &[&backend, &name_of_this_run()]).and_then(|row| row.try_get(0))
            });
            // One that refuses another connection is awake.
            let _ = tell.send(found.unwrap_or_else(|error| error.code().is_some()));
        };
        // Without a thread there is no answer, which counts as a no.
        let _ = spawn(ask);
        answer
    }
}

fn spawn(work: impl FnOnce() + Send + 'static) -> Result<(), Trouble> {
    thread::Builder::new().name("postgres".to_owned()).spawn(work).map(drop).map_err(Trouble::System)
}

fn connect(config: &Config, connector: MakeRustlsConnect) -> Result<(Client, i32), Error> {
    let mut client = config.connect(connector)?;
    let backend = client.query_one("SELECT pg_backend_pid()", &[])?.try_get(0)?;
    Ok((client, backend))
}

/// Waits for an answer. When there is none, and no pulse, within the limit, it is asked whether there will be one, for as
/// long again. Beside the patience is when it was first seen to be over.
fn wait<T>(
    answer: &Answer<T>,
    pulse: &Pulse,
    (patience, end): (&Patience, &OnceLock<Instant>),
    limit: Duration,
    ask: &mut dyn FnMut() -> Receiver<bool>,
) -> Result<T, Trouble> {
    let mut began = Instant::now();
    let mut asked: Option<Receiver<bool>> = None;
    let mut n_beats = pulse.n_beats();
    loop {
        match answer.recv_timeout(LOOK) {
            Ok(answer) => return answer.map_err(Trouble::Said),
            // The thread is gone, and the connection with it.
            Err(RecvTimeoutError::Disconnected) => return Err(Trouble::Silent(began.elapsed())),
            Err(RecvTimeoutError::Timeout) => {}
        }
        if patience.is_over() && end.get_or_init(Instant::now).elapsed() > LAST_WORD {
            return Err(Trouble::Interrupted);
        }
        if n_beats != pulse.n_beats() {
            (began, asked, n_beats) = (Instant::now(), None, pulse.n_beats());
        }
        if began.elapsed() < limit {
            continue;
        }
        match asked.get_or_insert_with(&mut *ask).try_recv() {
            Ok(true) => (began, asked) = (Instant::now(), None),
            Err(TryRecvError::Empty) if began.elapsed() < limit * 2 => {}
            _ => return Err(Trouble::Silent(began.elapsed())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_millis(100);

    #[test]
    fn a_server_at_work_is_waited_for_and_a_silent_one_is_not() {
        let (tell, answer) = mpsc::channel::<Result<i32, Error>>();
        let mut n_asked = 0;
        let silent = wait(&answer, &Pulse::default(), (&Patience::default(), &OnceLock::new()), SHORT, &mut || {
            n_asked += 1;
            let (tell, answer) = mpsc::channel();
            let _ = tell.send(n_asked < 3);
            answer
        });
        assert!(matches!(silent, Err(Trouble::Silent(_))), "{silent:?}");
        assert_eq!(n_asked, 3);
        let (_keep, never) = mpsc::channel();
        let mut never = Some(never);
        let silent = wait(&answer, &Pulse::default(), (&Patience::default(), &OnceLock::new()), SHORT, &mut || {
            never.take().expect("asked once")
        });
        assert!(matches!(silent, Err(Trouble::Silent(_))), "{silent:?}");
        tell.send(Ok(7)).expect("it is taken");
        assert_eq!(
            wait(&answer, &Pulse::default(), (&Patience::default(), &OnceLock::new()), SHORT, &mut || mpsc::channel()
                .1)
            .ok(),
            Some(7)
        );
    }

    #[test]
    fn a_run_that_is_to_end_waits_for_a_last_word_and_no_longer() {
        let (_tell, answer) = mpsc::channel::<Result<(), Error>>();
        let (over, end, began) = (Patience::until(|| true), OnceLock::new(), Instant::now());
        // The second answer shares what time there is.
        for _ in 0..2 {
            let ended =
                wait(&answer, &Pulse::default(), (&over, &end), Duration::from_secs(60), &mut || mpsc::channel().1);
            assert!(matches!(ended, Err(Trouble::Interrupted)), "{ended:?}");
        }
        assert!((LAST_WORD..LAST_WORD * 2).contains(&began.elapsed()));
    }
}
