//! What the program tells the shell.

use std::process::ExitCode;

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All well.
    Success,
    /// Done, but some documents failed or a threshold was missed.
    Incomplete,
    /// Wrong usage or configuration.
    Usage,
    /// Could not run or go on.
    Failure,
    /// Interrupted from the terminal.
    Interrupted,
    /// Asked to end by the system.
    Terminated,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Success => 0,
            Exit::Incomplete => 1,
            Exit::Usage => 2,
            Exit::Failure => 3,
            Exit::Interrupted => 130,
            Exit::Terminated => 143,
        })
    }
}
