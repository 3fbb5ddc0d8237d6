//! Why a command could not do what it was asked, and how the shell is told.

use super::Exit;
use crate::{
    lexicon::ListError,
    pipeline::{RunError, Stop},
    raw::reason,
    sink::SinkError,
    source::SourceError,
};
use std::{
    fmt,
    io::{self, Write},
    path::Path,
};

/// A message for a person at a terminal, and the exit code that goes with it.
#[derive(Debug)]
pub(super) struct Error {
    exit: Exit,
    message: String,
}

impl Error {
    /// The command line or the configuration asks for what cannot be.
    pub(super) fn usage(message: impl fmt::Display) -> Self {
        Self { exit: Exit::Usage, message: message.to_string() }
    }

    /// The machine, the disk or a list does not let us.
    pub(super) fn failure(message: impl fmt::Display) -> Self {
        Self { exit: Exit::Failure, message: message.to_string() }
    }

    /// The same, with the exit code of the signal that `stop` heard.
    pub(super) fn of_stop(self, stop: &Stop) -> Self {
        match self.exit {
            Exit::Interrupted if stop.is_from_system() => Self { exit: Exit::Terminated, ..self },
            _ => self,
        }
    }

    /// Tells the message by `tell`, and what the shell is told.
    pub(super) fn told_by(self, tell: fn(&str)) -> Exit {
        if !self.message.is_empty() {
            tell(&self.message);
        }
        self.exit
    }

    /// The file at `path` cannot be read.
    pub(super) fn unreadable(path: &Path, cause: &io::Error) -> Self {
        Self::usage(format_args!("cannot read '{}': {}", path.display(), reason(cause)))
    }
}

impl From<ListError> for Error {
    fn from(error: ListError) -> Self {
        Self::failure(error)
    }
}

impl From<SourceError> for Error {
    fn from(error: SourceError) -> Self {
        Self::usage(error)
    }
}

impl From<SinkError> for Error {
    fn from(error: SinkError) -> Self {
        match error {
            SinkError::Unknown(_) => Self::usage(error),
            SinkError::Interrupted => Self { exit: Exit::Interrupted, message: error.to_string() },
            SinkError::ClosedPipe => Self { exit: Exit::Success, message: String::new() },
            _ => Self::failure(error),
        }
    }
}

impl From<RunError> for Error {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Sink(error) => Self::from(error),
            _ => Self::failure(error),
        }
    }
}

/// Tells the message, if there is one, and what the shell is told.
pub(super) fn exit_of(result: Result<Exit, Error>) -> Exit {
    result.unwrap_or_else(|error| {
        if !error.message.is_empty() {
            eprintln!("gazzetta: {}", error.message);
        }
        error.exit
    })
}

/// Writes `text` to standard output; a reader that went away is no error.
pub(super) fn print(text: &str) -> Result<Exit, Error> {
    match io::stdout().lock().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::failure(format_args!("cannot write to standard output: {}", reason(&error))))
        }
        _ => Ok(Exit::Success),
    }
}
