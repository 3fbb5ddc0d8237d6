//! Every place that a run writes to is its own: what two options name, one of them would lose.

use super::error::Error;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What a place is to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Input,
    Output,
    State,
    Report,
}

impl Use {
    fn name(self) -> &'static str {
        match self {
            Self::Input => "an input",
            Self::Output => "an output",
            Self::State => "the manifest (--state)",
            Self::Report => "the report",
        }
    }
}

/// Refuses a place that is written to and has another use too. Inputs are looked at where they are files: a folder that
/// is read may well hold what is written.
pub(super) fn check(
    inputs: &[String],
    outputs: &[String],
    state: Option<&Path>,
    report: Option<&Path>,
) -> Result<(), Error> {
    let outputs = outputs.iter().map(|output| (Use::Output, output.trim_end_matches('/')));
    let outputs = outputs.filter(|(_, output)| *output != "-").map(|(used, output)| (used, Path::new(output)));
    let written =
        outputs.chain(state.map(|state| (Use::State, state))).chain(report.map(|report| (Use::Report, report)));
    let inputs = inputs.iter().map(|input| (Use::Input, Path::new(input))).filter(|(_, input)| input.is_file());
    let mut known: Vec<(Use, PathBuf)> = Vec::new();
    for (used, path) in inputs.chain(written) {
        let place = place(path);
        match known.iter().find(|(_, known)| *known == place) {
            // The same release twice is told as a duplicate, by its id.
            Some((Use::Input, _)) if used == Use::Input => {}
            Some((other, _)) => return Err(shared(path, *other, used)),
            None => known.push((used, place)),
        }
    }
    report.map_or(Ok(()), check_report)
}

fn shared(path: &Path, one: Use, other: Use) -> Error {
    let path = crate::sink::without_password(&path.to_string_lossy());
    let uses =
        if one == other { "an output, twice".to_owned() } else { format!("{} and {}", one.name(), other.name()) };
    Error::usage(format_args!("'{path}' is named as {uses}; give each a place of its own"))
}

/// Where a path leads, whether or not something is there; an address is as it is written.
fn place(path: &Path) -> PathBuf {
    let beside = || {
        let folder = path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?;
        Some(fs::canonicalize(folder).ok()?.join(path.file_name()?))
    };
    fs::canonicalize(path).ok().or_else(beside).unwrap_or_else(|| path.to_owned())
}

/// A report that cannot be written is told before any work, not at its end.
fn check_report(path: &Path) -> Result<(), Error> {
    let refused = |reason: &str| Err(Error::failure(format_args!("cannot write '{}': {reason}", path.display())));
    match path.parent() {
        _ if path.is_dir() => refused("it is a folder; give the report a file"),
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            refused("no such file or directory; the folder must exist")
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_known_by_every_path_to_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let [one, missing] = ["one.jsonl", "missing.jsonl"].map(|name| folder.path().join(name));
        fs::write(&one, "").expect("written");
        fs::create_dir(folder.path().join("in")).expect("made");
        for path in [&one, &missing] {
            let around = folder.path().join("in/..").join(path.file_name().expect("a name"));
            assert_eq!(place(path), place(&around));
        }
        assert_ne!(place(&one), place(&missing));
        assert_eq!(place(Path::new("postgres://h/d")), Path::new("postgres://h/d"));
    }
}
