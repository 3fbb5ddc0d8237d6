//! Compiled gazetteers on disk: made when first needed, keyed by the hash of the lists, shared by processes.

use std::{
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    time::Duration,
};

/// The folder of compiled gazetteers, or none.
#[derive(Debug, Clone, Default)]
pub struct Cache {
    folder: Option<PathBuf>,
}

/// Compiled files that are kept; older ones make room.
const MAX_FILES: usize = 8;
/// How the names of files begin that are not whole yet.
const PARTIAL: &str = ".partial-";
/// Nobody writes for longer than this.
const MAX_PARTIAL_AGE: Duration = Duration::from_secs(24 * 60 * 60);
const EXTENSION: &str = "gazetteer";

impl Cache {
    /// No folder: gazetteers are compiled in memory at every start.
    pub fn none() -> Self {
        Self::default()
    }

    /// The folder at `folder`, which need not exist yet.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: Some(folder.into()) }
    }

    /// The user's folder: `GAZZETTA_CACHE`, else `gazzetta` in `XDG_CACHE_HOME`, `LOCALAPPDATA` or `~/.cache`.
    pub fn of_user() -> Self {
        let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let folder = set("GAZZETTA_CACHE").or_else(|| {
            let caches = set("XDG_CACHE_HOME").filter(|folder| folder.is_absolute()).or_else(|| set("LOCALAPPDATA"));
            Some(caches.or_else(|| Some(set("HOME")?.join(".cache")))?.join("gazzetta"))
        });
        Self { folder }
    }

    /// Where the gazetteer compiled from `files` is kept; none without a folder.
    pub fn file_of(&self, files: &super::Files) -> Option<PathBuf> {
        self.path(&files.key())
    }

    /// Where the gazetteer compiled from the lists of hash `key` is kept.
    pub(super) fn path(&self, key: &[u8; 32]) -> Option<PathBuf> {
        let name = blake3::Hash::from_bytes(*key).to_hex();
        Some(self.folder.as_ref()?.join(format!("{}.{EXTENSION}", &name[..32])))
    }
}

/// Writes a compiled gazetteer to `path`, whole or not at all: beside its place first, then renamed into it.
///
/// Two processes may do so at once; they write the same bytes.
///
/// # Errors
///
/// Returns the error of the system when the folder cannot be made or written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut partial = tempfile::Builder::new().prefix(PARTIAL).tempfile_in(folder)?;
    partial.write_all(bytes)?;
    partial.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Removes the oldest compiled files beside `path` when there are too many, and what runs left behind that were killed while
/// they wrote; what cannot be removed stays.
pub(super) fn make_room(path: &Path) {
    let items = path.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let paths: Vec<PathBuf> = items.map(|item| item.path()).collect();
    let is_partial = |path: &&PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PARTIAL));
    let is_old = |path: &Path| {
        let age =
            fs::metadata(path).and_then(|data| data.modified()).map(|modified| modified.elapsed().unwrap_or_default());
        age.is_ok_and(|age| age > MAX_PARTIAL_AGE)
    };
    for left in paths.iter().filter(is_partial).filter(|path| is_old(path)) {
        let _ = fs::remove_file(left);
    }
    let mut files: Vec<_> = paths
        .into_iter()
        .filter(|other| other.extension().is_some_and(|extension| extension == EXTENSION) && other != path)
        .filter_map(|other| Some((fs::metadata(&other).ok()?.modified().ok()?, other)))
        .collect();
    files.sort();
    for (_, old) in files.iter().rev().skip(MAX_FILES - 1) {
        // Another process may have been faster.
        let _ = fs::remove_file(old);
    }
}
