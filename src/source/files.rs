//! Files and folders, in a fixed order.

use super::{Arrivals, FORMATS, File, Options, SourceError};
use crate::raw::{Arrival, Failure, Stage};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The documents of `inputs`, in the order given; folders are read sorted.
///
/// # Errors
///
/// Returns [`SourceError`] for an input that does not exist.
pub fn open(inputs: &[String], options: &Options) -> Result<Arrivals, SourceError> {
    let mut paths: Vec<(String, PathBuf)> = Vec::new();
    for input in inputs {
        let path = Path::new(input);
        let unreadable = |cause| SourceError::Unreadable { path: input.clone(), cause };
        if fs::metadata(path).map_err(unreadable)?.is_dir() {
            collect(path, path, &mut paths);
        } else {
            paths.push((
                path.file_name().map_or_else(|| input.clone(), |name| name.to_string_lossy().into_owned()),
                path.to_owned(),
            ));
        }
    }
    let options = options.clone();
    Ok(Box::new(paths.into_iter().flat_map(move |(id, path)| read(id, &path, &options))))
}

fn collect(root: &Path, folder: &Path, paths: &mut Vec<(String, PathBuf)>) {
    let mut items: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|item| item.path()).collect();
    items.sort();
    for path in items {
        if path.is_dir() {
            collect(root, &path, paths);
        } else if format_of(&path).is_some() {
            let id = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
            paths.push((id, path));
        }
    }
}

fn format_of(path: &Path) -> Option<&'static super::Format> {
    let extension = path.extension()?.to_str()?;
    FORMATS.iter().find(|format| format.extensions.contains(&extension))
}

fn read(id: String, path: &Path, options: &Options) -> Vec<Arrival> {
    let failure = |code, reason: String| Failure { id: id.clone(), uri: id.clone(), stage: Stage::Read, code, reason };
    let Some(format) = format_of(path) else {
        return vec![Err(failure("unknown-format", "no format has this extension".to_owned()))];
    };
    match fs::read(path) {
        Ok(bytes) => {
            let mut arrivals = Vec::new();
            (format.read)(&File { id: id.clone(), bytes, options }, &mut |arrival| arrivals.push(arrival));
            arrivals
        }
        Err(error) => vec![Err(failure("unreadable", error.to_string()))],
    }
}
