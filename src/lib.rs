//! Press releases in, records out: who went where, when, to meet whom, about what.
//!
//! A release walks down one corridor, [`pipeline::Engine::process_all`]; read it first, then the folders in the order in
//! which it names them. `docs/ARCHITECTURE.md` is the map.

#![deny(missing_docs)]
#![deny(unsafe_code)]

pub mod annotate;
pub mod cli;
pub mod config;
pub mod document;
pub mod eval;
pub mod lang;
pub mod lexicon;
pub mod pipeline;
pub mod raw;
pub mod record;
pub mod resolve;
pub mod sink;
pub mod source;
pub mod text;

pub use lexicon::Lexicon;
pub use pipeline::Engine;
pub use raw::RawDocument;
pub use record::Record;
