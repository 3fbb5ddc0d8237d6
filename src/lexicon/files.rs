//! The files of the lexicon, from inside the program or from a folder: everything behind here is one loader.

use super::ListError;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

/// Files by their path inside the gazetteers folder (`institutions/italy.tsv`), in the order of the paths.
///
/// They may lie in layers, see [`Files::with`].
#[derive(Debug, Clone, Default)]
pub struct Files {
    files: BTreeMap<String, Content>,
    /// The layer below, which gives way.
    below: Option<Box<Files>>,
}

/// The content of a file.
#[derive(Debug, Clone)]
enum Content {
    /// In the program, with the hash that was taken when it was built: most of it is never read.
    #[cfg(feature = "embedded")]
    Static(&'static [u8], [u8; 32]),
    /// In memory.
    Owned(Arc<[u8]>),
    /// In a folder: read when it is asked for. Whoever finds the compiled lists in the cache needs no more than its hash.
    OnDisk(Arc<OnDisk>),
}

#[derive(Debug)]
struct OnDisk {
    path: PathBuf,
    content: OnceLock<Result<Vec<u8>, ListError>>,
}

impl Content {
    fn bytes(&self) -> Result<&[u8], ListError> {
        match self {
            #[cfg(feature = "embedded")]
            Self::Static(bytes, _) => Ok(bytes),
            Self::Owned(bytes) => Ok(bytes),
            Self::OnDisk(file) => {
                let read = || fs::read(&file.path).map_err(|error| ListError::unreadable(&file.path, &error));
                file.content.get_or_init(read).as_deref().map_err(Clone::clone)
            }
        }
    }

    /// Length and hash of the bytes, without keeping them.
    fn hash(&self) -> io::Result<(u64, blake3::Hash)> {
        let bytes = match self {
            #[cfg(feature = "embedded")]
            Self::Static(bytes, hash) => return Ok((bytes.len() as u64, blake3::Hash::from_bytes(*hash))),
            Self::OnDisk(file) if file.content.get().is_none() => {
                let (mut input, mut hasher) = (File::open(&file.path)?, blake3::Hasher::new());
                let (mut buffer, mut len) = (vec![0; HASH_BYTES], 0);
                loop {
                    match input.read(&mut buffer)? {
                        0 => return Ok((len, hasher.finalize())),
                        n_read => {
                            hasher.update(&buffer[..n_read]);
                            len += n_read as u64;
                        }
                    }
                }
            }
            // What cannot be read is told by who reads it.
            other => other.bytes().unwrap_or_default(),
        };
        Ok((bytes.len() as u64, blake3::hash(bytes)))
    }
}

/// Bytes of a file that are hashed at once.
const HASH_BYTES: usize = 1 << 18;

#[cfg(feature = "embedded")]
mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

impl Files {
    /// The lists shipped inside the program.
    #[cfg(feature = "embedded")]
    pub fn embedded() -> Self {
        Self {
            files: embedded::FILES
                .iter()
                .map(|&(path, bytes, hash)| (path.to_owned(), Content::Static(bytes, hash)))
                .collect(),
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
                    File::open(&path).map_err(|error| ListError::unreadable(&path, &error))?;
                    files.insert(name, Content::OnDisk(Arc::new(OnDisk { path, content: OnceLock::new() })));
                }
            }
        }
        Ok(Self { files, below: None })
    }

    /// Whether there is any list, table or language pack: they lie in folders.
    pub fn has_tables(&self) -> bool {
        self.paths().any(|path| path.contains('/'))
    }

    /// Files of given paths and contents, for tests and for lists that a program makes.
    pub fn from_pairs<P: Into<String>, B: Into<Vec<u8>>>(pairs: impl IntoIterator<Item = (P, B)>) -> Self {
        let files = pairs.into_iter().map(|(path, bytes)| (path.into(), Content::Owned(bytes.into().into()))).collect();
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
        self.layers().find_map(|layer| layer.files.get(path)).map(|content| as_text(path, content.bytes()?)).transpose()
    }

    /// The text of the file at `path` in each layer that has it, the one that wins first.
    pub(crate) fn texts(&self, path: &str) -> impl Iterator<Item = Result<&str, ListError>> {
        self.layers().filter_map(move |layer| layer.files.get(path)).map(move |content| as_text(path, content.bytes()?))
    }

    /// Number of lines of the files whose path `is_wanted`, at most.
    pub(crate) fn n_lines(&self, is_wanted: impl Fn(&str) -> bool) -> usize {
        self.layers()
            .flat_map(|layer| &layer.files)
            .filter(|(path, _)| is_wanted(path))
            .map(|(_, content)| 1 + memchr::memchr_iter(b'\n', content.bytes().unwrap_or_default()).count())
            .sum()
    }

    /// Path and text of each file of this layer below `folder` (`"institutions/"`), in the order of the paths.
    pub fn below<'f>(&'f self, folder: &'f str) -> impl Iterator<Item = Result<(&'f str, &'f str), ListError>> {
        self.files
            .range(folder.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(folder))
            .map(|(path, content)| Ok((path.as_str(), as_text(path, content.bytes()?)?)))
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
            for (path, content) in &layer.files {
                // What cannot be read hashes like nothing, and is told as soon as its text is asked for.
                let (len, hash) = content.hash().unwrap_or((0, blake3::Hash::from_bytes([0; 32])));
                hasher.update(path.as_bytes()).update(&[0]).update(&len.to_le_bytes()).update(hash.as_bytes());
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
