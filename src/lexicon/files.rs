//! The files of the lexicon, from inside the program or from a folder: everything behind here is one loader.

use super::ListError;
use std::{borrow::Cow, collections::BTreeMap, fs, path::Path};

/// Files by their path inside the gazetteers folder (`institutions/italy.tsv`), in the order of the paths.
#[derive(Debug, Clone, Default)]
pub struct Files {
    files: BTreeMap<String, Cow<'static, [u8]>>,
}

#[cfg(feature = "embedded")]
mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

impl Files {
    /// The lists shipped inside the program.
    #[cfg(feature = "embedded")]
    pub fn embedded() -> Self {
        Self { files: embedded::FILES.iter().map(|&(path, bytes)| (path.to_owned(), Cow::Borrowed(bytes))).collect() }
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
        Ok(Self { files })
    }

    /// Files of given paths and contents, for tests and for lists that a program makes.
    pub fn from_pairs<P: Into<String>, B: Into<Vec<u8>>>(pairs: impl IntoIterator<Item = (P, B)>) -> Self {
        Self { files: pairs.into_iter().map(|(path, bytes)| (path.into(), Cow::Owned(bytes.into()))).collect() }
    }

    /// The text of the file at `path`; nothing when there is no such file.
    ///
    /// # Errors
    ///
    /// Returns [`ListError`] with the line at which the file is not UTF-8.
    pub fn text(&self, path: &str) -> Result<Option<&str>, ListError> {
        self.files.get(path).map(|bytes| as_text(path, bytes)).transpose()
    }

    /// Path and text of each file below `folder` (`"institutions/"`), in the order of the paths.
    pub fn below<'f>(&'f self, folder: &'f str) -> impl Iterator<Item = Result<(&'f str, &'f str), ListError>> {
        self.files
            .range(folder.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(folder))
            .map(|(path, bytes)| Ok((path.as_str(), as_text(path, bytes)?)))
    }

    /// The paths, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// A hash of all paths and contents (`blake3:…`).
    pub fn hash(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for (path, bytes) in &self.files {
            hasher.update(path.as_bytes()).update(&[0]).update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
        }
        format!("blake3:{}", hasher.finalize().to_hex())
    }
}

fn as_text<'f>(path: &str, bytes: &'f [u8]) -> Result<&'f str, ListError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        ListError::at(path, line, "the file is not UTF-8 from here on; save it as UTF-8")
    })
}
