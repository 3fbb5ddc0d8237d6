//! `gazzetta explain`: the text in the terminal, and why.

mod mission;
mod page;
mod why_not;

pub(super) use page::meaning;

use super::{
    Exit,
    error::{Error, print},
    lists::Lists,
    options,
    paint::{Paint, When},
};
use crate::source;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A release, or a file of several; - for standard input.
    #[arg(value_name = "FILE")]
    file: String,
    /// Say what became of a name that was expected.
    #[arg(long, value_name = "NAME")]
    why_not: Option<String>,
    /// Only the document of this id, when the file has several.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Day of publication of documents that do not say theirs, as in `run`.
    #[arg(long, value_name = "YYYY-MM-DD", env = "GAZZETTA_DEFAULT_PUBLISHED")]
    default_published: Option<String>,
    /// Print the record, or the answer, as JSON.
    #[arg(long)]
    json: bool,
    /// Use colors.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    color: When,
    #[command(flatten)]
    lists: Lists,
}

const EXAMPLES: &str = "\
Examples:
  gazzetta explain samples/it-01.txt
  gazzetta explain samples/it-01.txt --color always | less -R
  gazzetta explain samples/it-01.txt --why-not \"Sviluppo economico\"";

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let files = arguments.lists.files()?;
    let config = arguments.lists.config()?;
    let published = arguments.default_published.as_deref().or(config.default_published.as_deref());
    let published = options::day(published)?;
    let engine = arguments.lists.engine()?.default_published(published);
    let paint = Paint::new(arguments.color);
    let options = source::Options { max_document_bytes: source::MAX_DOCUMENT_BYTES, ..Default::default() };
    let mut exit = Exit::Success;
    let mut n_shown = 0;
    for arrival in source::open(std::slice::from_ref(&arguments.file), &options)? {
        let raw = match arrival {
            Ok(raw) if arguments.id.as_ref().is_some_and(|id| *id != raw.meta.id) => continue,
            Ok(raw) => raw,
            Err(failure) => {
                eprintln!("gazzetta: {failure}");
                exit = Exit::Incomplete;
                continue;
            }
        };
        n_shown += 1;
        let text = match &arguments.why_not {
            Some(name) => {
                let (answer, text) = engine.why_not(raw, name);
                let answer = why_not::Answer::new(&engine, &files, name, &answer, &text);
                if arguments.json { to_json(&answer)? } else { answer.to_text() }
            }
            None => {
                let record = engine.process(raw);
                if arguments.json { to_json(&record)? } else { page::page(&record, paint) }
            }
        };
        print(&text)?;
    }
    match &arguments.id {
        Some(id) if n_shown == 0 => {
            Err(Error::usage(format_args!("no document of '{}' has the id '{id}'", arguments.file)))
        }
        _ => Ok(exit),
    }
}

fn to_json(value: &impl serde::Serialize) -> Result<String, Error> {
    Ok(serde_json::to_string_pretty(value).map_err(Error::failure)? + "\n")
}
