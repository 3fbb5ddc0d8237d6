//! `gazzetta gazetteer import`: a list from a registry's dump or a table.

use crate::{
    cli::{
        Exit,
        error::{Error, print},
        lists,
    },
    lexicon::{
        build::import::{self, Report, TableOptions},
        lint::Severity,
    },
};
use std::{fs, path::PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The dump (.json, schema 2 of the Research Organization Registry) or the table (.csv, .tsv).
    #[arg(value_name = "FILE")]
    input: PathBuf,
    /// Columns of a table, as ours=theirs: name=Nome,country=Paese; ours are id, kind, subtype, name, aliases, acronym,
    /// country, parent, same_as, case, needs, never, priority, note.
    #[arg(long, value_name = "MAP", value_delimiter = ',')]
    map: Vec<String>,
    /// Kind of the rows for which the table has no column kind.
    #[arg(long, value_name = "KIND", default_value = "institution")]
    kind: String,
    /// Subtype of rows that have none; else the head noun of the name tells.
    #[arg(long, value_name = "SUBTYPE", default_value = "")]
    subtype: String,
    /// Country of rows that have none, as two capitals.
    #[arg(long, value_name = "CODE", default_value = "")]
    country: String,
    /// Lists of your own: kinds that their pack.toml declares may be given, and parents may be there.
    #[arg(long, value_name = "DIR", env = "GAZZETTA_GAZETTEERS")]
    gazetteers: Option<PathBuf>,
    /// File to write; without it standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The report as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit, Error> {
    let shipped = lists::with_own(arguments.gazetteers.as_deref())?;
    let path = &arguments.input;
    let is_dump = path.extension().is_some_and(|extension| extension == "json");
    let imported = if is_dump {
        let file = fs::File::open(path).map_err(|error| Error::unreadable(path, &error))?;
        import::ror(path, file, &shipped)
    } else {
        let bytes = fs::read(path).map_err(|error| Error::unreadable(path, &error))?;
        import::table(path, &bytes, &options(arguments)?, &shipped)
    };
    let imported = imported.map_err(Error::usage)?;
    report(&imported.report, arguments.json)?;
    let done = match imported.report.findings.iter().any(|finding| finding.severity == Severity::Error) {
        true => Exit::Incomplete,
        false => Exit::Success,
    };
    match &arguments.output {
        Some(path) => fs::write(path, imported.text)
            .map_err(|error| Error::failure(format_args!("cannot write '{}': {error}", path.display())))
            .map(|()| done),
        None => print(&imported.text).map(|_| done),
    }
}

fn options(arguments: &Arguments) -> Result<TableOptions, Error> {
    let pair = |pair: &String| match pair.split_once('=') {
        Some((ours, theirs)) => Ok((ours.trim().to_owned(), theirs.trim().to_owned())),
        None => Err(Error::usage(format_args!("'{pair}' maps nothing; write ours=theirs, as in name=Nome"))),
    };
    Ok(TableOptions {
        map: arguments.map.iter().map(pair).collect::<Result<_, _>>()?,
        kind: arguments.kind.clone(),
        subtype: arguments.subtype.clone(),
        country: arguments.country.clone(),
    })
}

fn report(report: &Report, is_json: bool) -> Result<(), Error> {
    if is_json {
        eprintln!("{}", serde_json::to_string(report).map_err(Error::failure)?);
        return Ok(());
    }
    eprintln!("{} rows made", report.rows);
    if report.notes.values().any(|&count| count > 0) {
        eprintln!("not carried over:");
    }
    for (what, count) in report.notes.iter().filter(|(_, count)| **count > 0) {
        eprintln!("{count:>9}  {what}");
    }
    if !report.findings.is_empty() {
        eprint!("{}", super::lint::show(&report.findings, super::lint::N_SHOWN));
    }
    Ok(())
}
