//! `gazzetta schema`: the shape of what is written.

use super::{
    Exit,
    error::{Error, print},
};
use crate::record;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Which shape.
    #[arg(value_enum, default_value_t = Shape::Record)]
    shape: Shape,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Shape {
    /// One record, as in JSON Lines.
    Record,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let schema = match arguments.shape {
        Shape::Record => record::schema(),
    };
    print(&format!("{schema:#}\n"))
}
