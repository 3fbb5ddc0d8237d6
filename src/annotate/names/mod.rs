//! How names are built around a head noun, in any language; shared by the rules that look for such names.
//!
//! Read `reader.rs` (one sentence, word by word) with `conditions.rs` (whether a row of the lists counts there), then `head.rs`
//! (where a head stands), then `right.rs` and `left.rs` (how the name goes on behind it and before it; `run.rs` through capitalized
//! words, `members.rs` behind commas and `and`, `common.rs` and `product.rs` where common nouns are part of it, `held.rs` where the
//! holder of an office follows, `namesake.rs` where somebody whom the body is called by does), then `announced.rs` (the name that a
//! noun outside of it announces), `apposed.rs` (what a noun in apposition says of a name), `national.rs` (the adjective of a country
//! that stands for a firm), `form.rs` (the legal form of a firm), `seat.rs` (the town that it is of) and `abbreviated.rs` (the
//! region that a town is in).

mod abbreviated;
mod announced;
mod apposed;
mod common;
mod conditions;
mod form;
mod head;
mod held;
mod left;
mod members;
mod namesake;
mod national;
mod openings;
mod product;
mod reader;
mod right;
mod run;
mod seat;
mod short;

pub(crate) use abbreviated::{abbreviated_region, may_abbreviate};
pub(crate) use apposed::{announcing_body, apposed_body};
pub(crate) use form::form_end;
pub(super) use head::{Named, find_heads};
pub(super) use left::announces_body;
pub(crate) use national::{national_firm, speaks_of_firms};
pub(super) use openings::is_person;
pub(crate) use openings::{opens_body, opens_person};
pub(super) use reader::Reader;
pub(super) use run::behind_brothers;
pub(crate) use seat::{Seat, SeatForm, behind_seat, seat};
pub(crate) use short::abbreviates;
