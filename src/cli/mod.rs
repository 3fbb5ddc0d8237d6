//! What did the user ask for?
//!
//! Read this file, then the command that you are after.

mod digest;
mod error;
mod eval;
mod exit;
mod explain;
mod gazetteer;
mod lists;
mod log;
mod options;
mod paint;
mod places;
mod progress;
mod report;
mod retry;
mod run;
mod schema;
mod summary;
mod voice;

pub use exit::Exit;

use clap::{CommandFactory, Parser, Subcommand};
use std::process::ExitCode;

/// Press releases in, records out: who went where, when, to meet whom, about what.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    voice: voice::Voice,
}

const EXAMPLES: &str = "\
Examples:
  gazzetta run releases/ -o missions.db        every release below a folder, into a database
  gazzetta run releases/ -o records.jsonl      the same, one JSON record a line
  gazzetta explain release.txt                 one release with what is found in it, and why
  gazzetta eval samples/gold                   how right it is, against annotated documents
  gazzetta schema record                       what a record looks like, as JSON Schema

Exit: 0 all well; 1 done, but some documents failed or a threshold was missed; 2 wrong usage;
3 could not run or go on; 130 or 143 interrupted, and the same command resumes.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Read releases and write a record for each.
    Run(Box<options::Arguments>),
    /// Read again only what failed the last time.
    Retry(retry::Arguments),
    /// Print one hash of all records of an output.
    Digest(digest::Arguments),
    /// Show a release with what is found in it, and why.
    Explain(explain::Arguments),
    /// Make a page to look at from what was written.
    Report(report::Arguments),
    /// Compare what is found with annotated documents.
    Eval(eval::Arguments),
    /// Print the shape of what is written, as JSON Schema.
    Schema(schema::Arguments),
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Look after the lists of names.
    Gazetteer(gazetteer::Arguments),
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
        Command::Run(run) => error::exit_of(run::run(*run, arguments.voice)),
        Command::Retry(retry) => error::exit_of(retry::run(retry, arguments.voice)),
        Command::Digest(arguments) => error::exit_of(digest::run(&arguments)),
        Command::Explain(arguments) => error::exit_of(explain::run(&arguments)),
        Command::Report(arguments) => error::exit_of(report::run(&arguments)),
        Command::Eval(arguments) => error::exit_of(eval::run(&arguments)),
        Command::Schema(arguments) => error::exit_of(schema::run(&arguments)),
        Command::Completions { shell } => error::exit_of(completions(shell)),
        Command::Gazetteer(arguments) => error::exit_of(gazetteer::run(&arguments)),
    };
    exit.into()
}

fn completions(shell: clap_complete::Shell) -> Result<Exit, error::Error> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "gazzetta", &mut script);
    error::print(&String::from_utf8_lossy(&script))
}
