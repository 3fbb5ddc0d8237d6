//! What went wrong, and whose fault it is.

use super::{address::reason, line::Trouble};
use crate::sink::SinkError;
use postgres::{Error, error::SqlState};
use std::{error::Error as _, io};

/// What is to be done about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The connection is gone, or the server wants the transaction again: the same may go well later.
    Passing,
    /// A document cannot be held.
    Document,
    /// The place refuses.
    Lasting,
}

/// Whose fault it is.
pub(super) fn fault(trouble: &Trouble) -> Fault {
    match trouble {
        Trouble::Said(error) => fault_of(error),
        Trouble::Silent(_) => Fault::Passing,
        Trouble::Interrupted | Trouble::System(_) => Fault::Lasting,
    }
}

fn fault_of(error: &Error) -> Fault {
    let Some(state) = error.code() else {
        return if error.is_closed() || is_of_the_line(error) { Fault::Passing } else { Fault::Lasting };
    };
    let passing = [
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
        SqlState::CANNOT_CONNECT_NOW,
        SqlState::TOO_MANY_CONNECTIONS,
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
    ];
    // Classes of https://www.postgresql.org/docs/current/errcodes-appendix.html: 08 connection; 22 data, 23 constraints,
    // 54 limits of the program.
    match &state.code()[..2] {
        "08" => Fault::Passing,
        "22" | "23" | "54" => Fault::Document,
        _ if passing.contains(state) => Fault::Passing,
        _ => Fault::Lasting,
    }
}

/// Whether a cause is that bytes did not get through.
fn is_of_the_line(error: &Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.is::<io::Error>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// What the server said, for a person.
pub(super) fn told(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Said(error) => match error.as_db_error() {
            Some(said) => said.message().to_owned(),
            None => reason(error),
        },
        Trouble::Silent(time) => format!("the server has not answered for {} s", time.as_secs()),
        Trouble::Interrupted => SinkError::Interrupted.to_string(),
        Trouble::System(error) => reason(error),
    }
}

/// What the server said, and what to do.
pub(super) fn failed(shown: &str, trouble: &Trouble) -> SinkError {
    let state = match trouble {
        Trouble::Interrupted => return SinkError::Interrupted,
        Trouble::Said(error) => error.code(),
        _ => None,
    };
    let advice = match state {
        Some(state) if *state == SqlState::DISK_FULL => {
            "; what was committed is whole: make room and run the same command again"
        }
        Some(state) if *state == SqlState::INSUFFICIENT_PRIVILEGE => "; allow this user to write there",
        Some(state)
            if *state == SqlState::INVALID_PASSWORD || *state == SqlState::INVALID_AUTHORIZATION_SPECIFICATION =>
        {
            "; a password is taken from PGPASSWORD or .pgpass"
        }
        Some(state) if *state == SqlState::INVALID_CATALOG_NAME => "; make it with createdb",
        _ => "",
    };
    SinkError::Database { target: shown.to_owned(), reason: format!("{}{advice}", told(trouble)) }
}
