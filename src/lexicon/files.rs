//! The files of the lexicon, from inside the program or from a folder: everything behind here is one loader.

use super::ListError;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Files by their path inside the gazetteers folder (`institutions/italy.tsv`), in the order of the paths.
///
/// They may lie in layers, see [`Files::with`].
#[derive(Debug, Clone, Default)]
pub struct Files {
    files: BTreeMap<String, Cow<'static, [u8]>>,
    /// The layer below, which gives way.
    below: Option<Box<Files>>,
}

#[cfg(feature = "embedded")]
mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

impl Files {
    /// The lists shipped inside the program.
    #[cfg(feature = "embedded")]
    pub fn embedded() -> Self {
        Self {
            files: embedded::FILES.iter().map(|&(path, bytes)| (path.to_owned(), Cow::Borrowed(bytes))).collect(),
            below: None,
        }
    }

    /// Every `.tsv` and `.toml` file below `folder`.
    ///
    /// # Errors
    ///
    /// Returns [`ListError`] when the folder or a file in it cannot be read.
    pub fn open(folder: &Path) -> Result<Self, ListError> {
        let mut files = BTreeMap::new();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(next) = folders.pop() {
            let unreadable = |error: std::io::Error| ListError::unreadable(&next, &error);
            for item in fs::read_dir(&next).map_err(unreadable)? {
                let path = item.map_err(unreadable)?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "tsv" || extension == "toml") {
                    let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    let bytes = fs::read(&path).map_err(|error| ListError::unreadable(&path, &error))?;
                    files.insert(name, Cow::Owned(bytes));
                }
            }
        }
        Ok(Self { files, below: None })
    }

    /// Files of given paths and contents, for tests and for lists that a program makes.
    pub fn from_pairs<P: Into<String>, B: Into<Vec<u8>>>(pairs: impl IntoIterator<Item = (P, B)>) -> Self {
        let files = pairs.into_iter().map(|(path, bytes)| (path.into(), Cow::Owned(bytes.into()))).collect();
        Self { files, below: None }
    }

    /// These files with a layer `over` them that wins: its rows come first, a row with the id of one below stands for
    /// it, and any other file of a path that both have replaces the one below.
    #[must_use]
    pub fn with(self, over: Self) -> Self {
        let below = match over.below {
            Some(middle) => self.with(*middle),
            None => self,
        };
        Self { files: over.files, below: Some(Box::new(below)) }
    }

    /// The layers, the one that wins first.
    pub(crate) fn layers(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |files| files.below.as_deref())
    }

    /// The text of the file at `path`; nothing when there is no such file.
    ///
    /// # Errors
    ///
    /// Returns [`ListError`] with the line at which the file is not UTF-8.
    pub fn text(&self, path: &str) -> Result<Option<&str>, ListError> {
        self.layers().find_map(|layer| layer.files.get(path)).map(|bytes| as_text(path, bytes)).transpose()
    }

    /// The text of the file at `path` in each layer that has it, the one that wins first.
    pub(crate) fn texts(&self, path: &str) -> impl Iterator<Item = Result<&str, ListError>> {
        self.layers().filter_map(move |layer| layer.files.get(path)).map(move |bytes| as_text(path, bytes))
    }

    /// Number of lines of the files whose path `is_wanted`, at most.
    pub(crate) fn n_lines(&self, is_wanted: impl Fn(&str) -> bool) -> usize {
        self.layers()
            .flat_map(|layer| &layer.files)
            .filter(|(path, _)| is_wanted(path))
            .map(|(_, bytes)| 1 + memchr::memchr_iter(b'\n', bytes).count())
            .sum()
    }

    /// Path and text of each file of this layer below `folder` (`"institutions/"`), in the order of the paths.
    pub fn below<'f>(&'f self, folder: &'f str) -> impl Iterator<Item = Result<(&'f str, &'f str), ListError>> {
        self.files
            .range(folder.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(folder))
            .map(|(path, bytes)| Ok((path.as_str(), as_text(path, bytes)?)))
    }

    /// The paths of all layers, in order, each once.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let paths: BTreeSet<&str> = self.layers().flat_map(|layer| layer.files.keys()).map(String::as_str).collect();
        paths.into_iter()
    }

    /// A hash of all paths and contents (`blake3:…`).
    pub fn hash(&self) -> String {
        format!("blake3:{}", blake3::Hash::from_bytes(self.key()).to_hex())
    }

    /// The bytes of the hash of all paths and contents.
    pub(crate) fn key(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        for layer in self.layers() {
            for (path, bytes) in &layer.files {
                hasher.update(path.as_bytes()).update(&[0]).update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
            }
            hasher.update(&[0]);
        }
        *hasher.finalize().as_bytes()
    }
}

fn as_text<'f>(path: &str, bytes: &'f [u8]) -> Result<&'f str, ListError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        ListError::at(path, line, "the file is not UTF-8 from here on; save it as UTF-8")
    })
}
