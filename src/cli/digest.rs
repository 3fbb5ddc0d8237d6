//! `gazzetta digest`: one hash of all records.

use super::{
    Exit,
    error::{Error, print},
};
use crate::{record::Digest, sink};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Two outputs with the same records have the same digest, whatever their kind and order.

Examples:
  gazzetta digest missions.db
  gazzetta digest records.jsonl --json")]
pub(super) struct Arguments {
    /// x.jsonl, dir/, x.db, x.parquet, postgres://…, or - for JSON lines from standard input.
    #[arg(value_name = "OUT")]
    output: String,
    /// Print the digest and the number of records as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let mut digest = Digest::default();
    let mut broken = None;
    sink::read(&arguments.output, &mut |record| {
        broken = digest.add(record).err();
        broken.is_none()
    })?;
    if let Some(error) = broken {
        let number = digest.n_records() + 1;
        return Err(Error::failure(format_args!("record {number} of '{}' is no JSON: {error}", arguments.output)));
    }
    if arguments.json {
        print(&format!("{{\"digest\": \"{digest}\", \"n_records\": {}}}\n", digest.n_records()))
    } else {
        print(&format!("{digest}\n"))
    }
}
