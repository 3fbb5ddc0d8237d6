//! What did the user ask for?

mod exit;
mod run;

pub use exit::Exit;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Press releases in, records out: who went where, when, to meet whom, about what.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read releases and write a record for each.
    Run(run::Arguments),
}

/// Runs the program on the arguments of the process.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { Exit::Usage } else { Exit::Success };
            // A closed pipe is no error.
            let _ = error.print();
            return code.into();
        }
    };
    let exit = match arguments.command {
        Command::Run(arguments) => run::run(&arguments),
    };
    exit.into()
}
