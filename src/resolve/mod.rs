//! Which names mean the same thing, and how are things related?
//!
//! Read `entities.rs`, then `linking.rs` (which row), `groups.rs` (which mentions), `naming.rs` (which name),
//! `sorts.rs` (which sort of body), then `relations`.

mod entities;
mod groups;
mod inner;
mod linking;
mod naming;
mod people;
pub mod relations;
mod sorts;

pub use entities::{Entities, Entity, EntityIdx, resolve};
pub use relations::{Relations, relate, relate_all};
