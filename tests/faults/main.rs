//! Whatever goes wrong: runs that are killed, interrupted, out of space, cut off or two at once leave an output that the
//! same command completes.
//!
//! `GAZZETTA_FAULT_ROUNDS=100 cargo test --release --features full --test faults -- --nocapture` does as many rounds of each
//! fault, or 20 where that is enough, and prints a table of what it counted; 3 are the default. `place.rs` has what all of
//! them use, `tally.rs` the list of faults.
#![cfg(all(unix, feature = "sqlite"))]

mod hostile;
mod incremental;
mod killed;
mod memory;
mod place;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "postgres")]
mod proxy;
mod room;
#[cfg(feature = "postgres")]
#[path = "../server/mod.rs"]
mod server;
mod settings;
#[cfg(feature = "postgres")]
mod silent;
mod tally;
mod together;
