//! Which names mean the same thing, and how are things related?
//!
//! Read `entities.rs`, then `relations`.

mod entities;
mod people;
pub mod relations;

pub use entities::{Entities, Entity, EntityIdx, resolve};
pub use relations::{Relations, relate};
