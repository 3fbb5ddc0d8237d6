//! The wish to end early.

use signal_hook::{
    consts::{SIGINT, SIGTERM},
    flag,
};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

/// `SIGXFSZ`, which has the same number on all systems that have it.
#[cfg(unix)]
const FILE_TOO_LARGE: i32 = 25;

/// Whether a run is to end early, and which signal asked for it.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicUsize>);

impl Stop {
    /// Listens to Ctrl-C and to the system; the second time ends the program at once.
    ///
    /// # Errors
    ///
    /// Returns what the system said when it does not let us listen.
    pub fn on_signals() -> io::Result<Self> {
        let stop = Self::default();
        for (signal, code) in [(SIGINT, 130), (SIGTERM, 143)] {
            let is_second = Arc::new(AtomicBool::new(false));
            flag::register_conditional_shutdown(signal, code, Arc::clone(&is_second))?;
            flag::register(signal, is_second)?;
            flag::register_usize(signal, Arc::clone(&stop.0), signal.unsigned_abs() as usize)?;
        }
        // A file that may not grow is an error of writing, with a message, and not the end of the process.
        #[cfg(unix)]
        flag::register(FILE_TOO_LARGE, Arc::default())?;
        Ok(stop)
    }

    /// Asks to end, as Ctrl-C does.
    pub fn ask(&self) {
        self.0.store(SIGINT.unsigned_abs() as usize, Ordering::Relaxed);
    }

    /// Whether the run is to end.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed) != 0
    }

    /// Whether it was the system that asked, and not a person at the terminal.
    pub fn is_from_system(&self) -> bool {
        self.0.load(Ordering::Relaxed) == SIGTERM.unsigned_abs() as usize
    }
}
