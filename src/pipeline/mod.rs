//! How does it all run, in order, on every core?
//!
//! Read `engine.rs` (one document), then `run.rs` (all of them).

mod engine;
mod run;

pub use engine::Engine;
pub use run::{Settings, Summary, run};
