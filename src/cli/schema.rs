//! `gazzetta schema`: the shape of what is written.

use super::{
    Exit,
    error::{Error, print},
};
use crate::{config, record, sink};

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
    /// The settings of gazzetta.toml.
    Config,
    /// The tables and views of a SQLite database.
    Sql,
    /// The same in PostgreSQL.
    Postgres,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let schema = match arguments.shape {
        Shape::Record => record::schema(),
        Shape::Config => config::schema(),
        Shape::Sql => return print(&sink::sql_schema(sink::Dialect::Sqlite)),
        Shape::Postgres => return print(&sink::sql_schema(sink::Dialect::Postgres)),
    };
    print(&format!("{schema:#}\n"))
}
