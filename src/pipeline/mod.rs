//! How does it all run, in order, on every core?
//!
//! Read `engine.rs` (one document), then `choose.rs` (which documents), `one.rs` (what
//! one may cost the others), `run.rs` (all of them), `stop.rs` (when not) and
//! `summary.rs` (what came of it).

mod choose;
mod engine;
mod one;
mod run;
mod stop;
mod summary;

pub use choose::{Choice, Chooser, Scope};
pub use engine::Engine;
pub use run::{Budget, End, RunError, Settings, plan, run};
pub use stop::Stop;
pub use summary::{Summary, Times};
