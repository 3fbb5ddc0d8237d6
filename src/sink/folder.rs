//! One file for each document, in a folder.
//!
//! The id gives the path: `2024/corea.txt` becomes `2024/corea.txt.json`. Whatever an id holds, the path stays inside the
//! folder, and two ids never share one.

use super::{
    Closing, Ending, Format, Marks, Options, Outcome, Run, Sink, SinkError, Take,
    state::{State, mark_of},
    target::{Lock, beside},
};
use crate::raw::Failure;
use std::{
    fmt::Write as _,
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::Arc,
};

/// JSON files.
pub(super) const FORMAT: Format = Format {
    name: "folder",
    pattern: "dir/",
    accepts: |target| target.ends_with('/') || Path::new(target).is_dir(),
    open,
    marks,
    read,
};

fn open(target: &str, options: &Options) -> Result<Box<dyn Sink>, SinkError> {
    let root = PathBuf::from(target.trim_end_matches('/'));
    let failed = |cause| SinkError::Io { target: target.to_owned(), cause };
    fs::create_dir_all(&root).map_err(failed)?;
    let lock = Lock::take(target, &root, options)?;
    // Whether files can be made there is learned now, not after hours of work.
    let probe = root.join(".gazzetta.partial");
    fs::write(&probe, b"").and_then(|()| fs::remove_file(&probe)).map_err(failed)?;
    let state = options.state.as_ref().map(|state| State::open(state, target)).transpose()?;
    Ok(Box::new(Folder { target: target.to_owned(), root, state, _lock: lock }))
}

/// What the folder holds, without touching it.
fn marks(target: &str, options: &Options) -> Result<Marks, SinkError> {
    match &options.state {
        Some(state) => read_marks(target, &State::open(state, target)?),
        None => Ok(Marks::default()),
    }
}

fn read_marks(target: &str, state: &State) -> Result<Marks, SinkError> {
    let mut marks = state.marks();
    if Path::new(target).exists() {
        walk(target, &mut |_, line| {
            if let Some((key, stamp)) = mark_of(line) {
                marks.insert(key, stamp);
            }
            true
        })?;
    }
    Ok(marks)
}

struct Folder {
    target: String,
    root: PathBuf,
    state: Option<State>,
    _lock: Lock,
}

impl Sink for Folder {
    fn begin(&mut self, run: &Run) -> Result<Arc<Marks>, SinkError> {
        let Some(state) = &mut self.state else { return Ok(Arc::default()) };
        let marks = read_marks(&self.target, state)?;
        state.begin(run);
        state.save().map_err(|cause| SinkError::Io { target: self.target.clone(), cause })?;
        Ok(Arc::new(marks))
    }

    fn write(&mut self, batch: &[Outcome]) -> Result<Vec<Failure>, SinkError> {
        for outcome in batch {
            if let Outcome::Record { record, line, .. } = outcome {
                let path = self.root.join(file_name(&record.id));
                write_whole(&path, line).map_err(|cause| SinkError::Io { target: self.target.clone(), cause })?;
            }
            let Some(state) = &mut self.state else { continue };
            match outcome {
                Outcome::Record { record, .. } => state.clear(&record.id),
                Outcome::Unchanged(id) => state.clear(id),
                Outcome::Failed(failure) => state.fail(failure),
            }
        }
        Ok(Vec::new())
    }

    fn finish(mut self: Box<Self>, ending: Ending<'_>) -> Result<Closing, SinkError> {
        let failed = |cause| SinkError::Io { target: self.target.clone(), cause };
        let (mut gone, mut n_documents) = (Vec::new(), None);
        if let Ending::Pruning(seen) = ending {
            n_documents = Some(0);
            walk(&self.target, &mut |path, line| {
                match mark_of(line) {
                    Some((key, _)) if !seen.contains(key) => gone.push(path.to_owned()),
                    Some(_) => n_documents = n_documents.map(|count| count + 1),
                    None => {}
                }
                true
            })?;
        }
        gone.iter().try_for_each(fs::remove_file).map_err(failed)?;
        if let Some(state) = &mut self.state {
            match ending {
                Ending::Pruning(seen) => state.settle(Some(seen)),
                Ending::Complete => state.settle(None),
                Ending::Interrupted => {}
            }
            state.save().map_err(failed)?;
        }
        Ok(Closing { n_pruned: gone.len() as u64, n_documents, ..Closing::default() })
    }
}

/// A file is there whole or not at all; a power cut may take the last ones.
fn write_whole(path: &Path, line: &[u8]) -> io::Result<()> {
    let partial = beside(path, ".partial");
    let mut content = Vec::with_capacity(line.len() + 1);
    content.extend_from_slice(line);
    content.push(b'\n');
    match fs::write(&partial, &content) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(path.parent().unwrap_or(path))?;
            fs::write(&partial, &content)?;
        }
        other => other?,
    }
    fs::rename(&partial, path)
}

/// Longer names than this are cut, in bytes; file systems take 255.
const MAX_PART_BYTES: usize = 180;
/// Longer paths than this are replaced by their hash, in bytes; systems take 4096, some 1024.
const MAX_PATH_BYTES: usize = 700;

/// The path of the document with this id, inside the folder.
///
/// A `%` is always followed by two digits, by `~` (a hash follows) or by nothing (an empty part), so that every id can
/// be told from every other.
fn file_name(id: &str) -> PathBuf {
    let mut name = String::with_capacity(id.len() + 8);
    let mut parts = id.split('/').peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        name.push_str(&escape(part, !is_last));
        name.push_str(if is_last { ".json" } else { "/" });
    }
    if name.len() > MAX_PATH_BYTES { format!("%~{}.json", hash(id)).into() } else { name.into() }
}

fn escape(part: &str, is_folder: bool) -> String {
    let mut name = String::with_capacity(part.len() + 8);
    // A folder never looks like one of our files.
    let is_reserved =
        matches!(part, "." | "..") || is_folder && (part.ends_with(".json") || part.ends_with(".partial"));
    let last_dot = is_reserved.then(|| part.rfind('.')).flatten();
    for (at, byte) in part.bytes().enumerate() {
        if Some(at) != last_dot && (byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b' ' | b'+')) {
            name.push(char::from(byte));
        } else {
            write!(name, "%{byte:02X}").expect("a string takes everything");
        }
    }
    if name.is_empty() {
        name.push('%');
    }
    if name.len() > MAX_PART_BYTES {
        name.truncate(MAX_PART_BYTES - 40);
        write!(name, "%~{}", hash(part)).expect("a string takes everything");
    }
    name
}

fn hash(name: &str) -> String {
    blake3::hash(name.as_bytes()).to_hex()[..32].to_owned()
}

fn read(target: &str, take: Take<'_>) -> Result<(), SinkError> {
    walk(target, &mut |_, line| take(line))
}

/// Reads every file of the folder that ends as ours do; false ends the walk.
fn walk(target: &str, take: &mut dyn FnMut(&Path, &[u8]) -> bool) -> Result<(), SinkError> {
    let unreadable = |path: &Path, error: io::Error| SinkError::Unreadable {
        target: path.display().to_string(),
        reason: error.to_string(),
    };
    let mut folders = vec![PathBuf::from(target)];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(&folder).map_err(|error| unreadable(&folder, error))? {
            let item = item.map_err(|error| unreadable(&folder, error))?;
            let path = item.path();
            if item.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                let line = fs::read(&path).map_err(|error| unreadable(&path, error))?;
                if !take(&path, line.trim_ascii()) {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::HashSet, path::Component};

    #[test]
    fn no_id_leaves_the_folder_and_no_two_share_a_file() {
        let long = "x".repeat(300);
        let ids = [
            "a",
            "a/b",
            "a.json/b",
            "a.json",
            "a%2Ejson/b",
            "/etc/passwd",
            "../up",
            "..",
            ".",
            "",
            "/",
            "//",
            "a//b",
            "a/%/b",
            "a/\0/b",
            "a\\b",
            "C:\\x",
            "A",
            "à",
            "a\u{300}",
            &long,
            &format!("{long}y"),
            &format!("{long}/{long}/{long}/{long}"),
            "%",
            "%~",
            "a.partial/b",
            "con\n",
            "a b",
        ];
        let mut names = HashSet::new();
        for id in ids {
            let name = file_name(id);
            assert!(name.components().all(|part| matches!(part, Component::Normal(_))), "{id:?} gives {name:?}");
            assert!(name.components().all(|part| part.as_os_str().len() <= 255), "{id:?} gives {name:?}");
            assert!(names.insert(name.clone()), "{id:?} gives {name:?} again");
        }
        let folders: HashSet<PathBuf> =
            names.iter().flat_map(|name| name.ancestors().skip(1).map(Path::to_owned).collect::<Vec<_>>()).collect();
        assert!(names.is_disjoint(&folders));
    }

    #[test]
    fn an_ordinary_id_keeps_its_path() {
        assert_eq!(file_name("2024/corea 1.txt"), Path::new("2024/corea 1.txt.json"));
    }
}
