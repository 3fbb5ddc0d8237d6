//! The bytes of a compiled gazetteer: a file that processes share, or memory of this one.
//!
//! This is the file that maps; [`Bytes::read`] is its twin without `unsafe`.

#![expect(unsafe_code, reason = "a mapping is unsafe because others may write the file while it is read")]

use memmap2::{Mmap, MmapMut};
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    ops::Deref,
    path::Path,
};

/// Bytes of a file that are hashed at once.
const HASH_BYTES: usize = 1 << 18;

/// Where the bytes of a compiled gazetteer are.
#[derive(Debug)]
pub(super) enum Bytes {
    /// In a file, shared with other processes.
    Mapped(Mmap, File),
    /// In memory, on pages as large as the system has.
    Copied(MmapMut),
    /// In memory.
    Owned(Vec<u8>),
}

impl Bytes {
    /// Maps the file at `path`.
    pub(super) fn map(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        // SAFETY: a compiled file is written beside its place and renamed into it, and never written to afterwards. Who
        // truncates it in place all the same ends this process by a signal; who changes bytes after the check can make it
        // find other names, and nothing worse: every read of the bytes is checked, and texts are checked for UTF-8.
        let map = unsafe { Mmap::map(&file) }?;
        Ok(Self::Mapped(map, file))
    }

    /// Keeps `bytes` in memory.
    ///
    /// Who looks into many small pages waits for their addresses more than for what they hold.
    pub(super) fn in_memory(bytes: Vec<u8>) -> Self {
        let Ok(mut map) = MmapMut::map_anon(bytes.len()) else { return Self::Owned(bytes) };
        #[cfg(target_os = "linux")]
        // A system without large pages gives small ones.
        let _ = map.advise(memmap2::Advice::HugePage);
        map.copy_from_slice(&bytes);
        Self::Copied(map)
    }

    /// Reads the file at `path`.
    #[cfg(test)]
    pub(super) fn read(path: &Path) -> io::Result<Self> {
        std::fs::read(path).map(Self::Owned)
    }

    /// The hash of all bytes from `at` on. Those of a file are read for it and not mapped: only what a text asks for
    /// should take up memory.
    ///
    /// # Errors
    ///
    /// Returns the error of the system when the file cannot be read.
    pub(super) fn hash_from(&self, at: usize) -> io::Result<blake3::Hash> {
        let mut file = match self {
            Self::Mapped(_, file) => file,
            bytes => return Ok(blake3::hash(bytes.get(at..).unwrap_or_default())),
        };
        file.seek(SeekFrom::Start(at as u64))?;
        let (mut hasher, mut buffer) = (blake3::Hasher::new(), vec![0; HASH_BYTES]);
        loop {
            match file.read(&mut buffer)? {
                0 => return Ok(hasher.finalize()),
                n_read => hasher.update(&buffer[..n_read]),
            };
        }
    }
}

impl Deref for Bytes {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match self {
            Self::Mapped(map, _) => map,
            Self::Copied(map) => map,
            Self::Owned(bytes) => bytes,
        }
    }
}
