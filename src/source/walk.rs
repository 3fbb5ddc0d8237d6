//! The files of a folder and of the folders in it, sorted, as they are asked for.

use super::{failure, files::special};
use crate::raw::{Failure, Stage, reason};
use std::{
    ffi::OsString,
    fs::{self, FileType},
    path::{Path, PathBuf},
    vec,
};

/// What a folder holds.
#[derive(Debug)]
pub(super) enum Found {
    /// Not in a folder at all.
    StandardInput,
    /// A regular file.
    File {
        /// Its path below the folder, with `/` between the names.
        id: String,
        path: PathBuf,
    },
    /// Something that cannot be read.
    Failed(Failure),
}

/// Walks a folder. Hidden files and folders are passed over.
///
/// A link to a file in the same folder is read; one to a folder in it is not, since that is read by itself; one that leads
/// out of it or nowhere is a failure.
#[derive(Debug)]
pub(super) struct Walk {
    root: PathBuf,
    /// The folder as it was written, before its ids.
    prefix: String,
    /// Where the folder really is, asked when the first link is met.
    real_root: Option<PathBuf>,
    /// The folders on the way, each with what is left of it.
    levels: Vec<Level>,
    is_begun: bool,
}

#[derive(Debug)]
struct Level {
    id: String,
    path: PathBuf,
    items: vec::IntoIter<(OsString, FileType)>,
}

impl Walk {
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root, prefix: String::new(), real_root: None, levels: Vec::new(), is_begun: false }
    }

    /// The same walk, of a folder that was written `prefix`.
    pub(super) fn under(mut self, prefix: &str) -> Self {
        prefix.clone_into(&mut self.prefix);
        self
    }

    /// The folder as it was written.
    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    fn enter(&mut self, id: String, path: PathBuf) -> Option<Found> {
        let listed: Result<Vec<_>, _> = fs::read_dir(&path).and_then(|items| {
            items.map(|item| item.and_then(|item| Ok((item.file_name(), item.file_type()?)))).collect()
        });
        match listed {
            Ok(mut items) => {
                items.retain(|(name, _)| !name.as_encoded_bytes().starts_with(b"."));
                items.sort_by(|a, b| a.0.cmp(&b.0));
                self.levels.push(Level { id, path, items: items.into_iter() });
                None
            }
            Err(error) => Some(Found::Failed(failure(&id, Stage::Read, "unreadable", reason(&error)))),
        }
    }

    fn meet(&mut self, id: String, path: PathBuf, kind: FileType) -> Option<Found> {
        if kind.is_dir() {
            self.enter(id + "/", path)
        } else if kind.is_file() {
            Some(Found::File { id, path })
        } else if kind.is_symlink() {
            self.follow(id, path)
        } else {
            Some(Found::Failed(special(&id)))
        }
    }

    fn follow(&mut self, id: String, path: PathBuf) -> Option<Found> {
        // A folder is told by its slash.
        let name = if path.is_dir() { format!("{id}/") } else { id.clone() };
        let failed = |reason: &str| Some(Found::Failed(failure(&name, Stage::Read, "link", reason)));
        let (Ok(target), Ok(meta)) = (fs::canonicalize(&path), fs::metadata(&path)) else {
            return failed("the link leads nowhere");
        };
        if !target.starts_with(self.real_root()) {
            return failed("the link leads out of the folder; give what it leads to as an input of its own");
        }
        match meta.file_type() {
            kind if kind.is_dir() => None,
            kind if kind.is_file() => Some(Found::File { id, path }),
            _ => Some(Found::Failed(special(&id))),
        }
    }

    fn real_root(&mut self) -> &Path {
        self.real_root.get_or_insert_with(|| fs::canonicalize(&self.root).unwrap_or_else(|_| self.root.clone()))
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        if !self.is_begun {
            self.is_begun = true;
            if let Some(failed) = self.enter(String::new(), self.root.clone()) {
                return Some(failed);
            }
        }
        loop {
            let level = self.levels.last_mut()?;
            let Some((name, kind)) = level.items.next() else {
                self.levels.pop();
                continue;
            };
            let id = format!("{}{}", level.id, name.to_string_lossy());
            let path = level.path.join(&name);
            if let Some(found) = self.meet(id, path, kind) {
                return Some(found);
            }
        }
    }
}
