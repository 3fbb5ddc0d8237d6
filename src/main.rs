//! The program.

use std::process::ExitCode;

fn main() -> ExitCode {
    gazzetta::cli::main()
}
