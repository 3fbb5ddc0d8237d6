//! The program.

use std::process::ExitCode;

/// A release makes and drops thousands of short texts: measured, a quicker allocator is a tenth of the whole.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    gazzetta::cli::main()
}
