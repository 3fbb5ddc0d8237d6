//! `gazzetta report`: what was read, on one page to look at.

mod html;

use super::{
    Exit,
    error::{Error, print},
};
use crate::{record::Record, sink};
use html::Page;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The page needs nothing but itself: no script, no network. It can be sent by mail.

Examples:
  gazzetta report missions.db -o report.html
  gazzetta report records.jsonl -o report.html --texts 1000")]
pub(super) struct Arguments {
    /// Records: x.jsonl, dir/, x.db, x.parquet, postgres://….
    #[arg(value_name = "OUT")]
    records: String,
    /// The page; - is standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: String,
    /// Show the text of at most N documents.
    #[arg(long, value_name = "N", default_value_t = 200)]
    texts: usize,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let mut page = Page::new(arguments.texts);
    let mut broken = None;
    sink::read(&arguments.records, &mut |json| {
        match serde_json::from_slice::<Record>(json) {
            Ok(record) => page.add(&record),
            Err(error) => broken = Some(error),
        }
        broken.is_none()
    })?;
    if let Some(error) = broken {
        let number = page.n_documents() + 1;
        return Err(Error::failure(format_args!("record {number} of '{}' is no record: {error}", arguments.records)));
    }
    let html = page.to_html();
    match arguments.output.as_str() {
        "-" => print(&html),
        path => {
            sink::replace(path, html.as_bytes())?;
            Ok(Exit::Success)
        }
    }
}
