//! The bytes of a compiled gazetteer: a file that processes share, or memory of this one.
//!
//! This is the file that maps; [`Bytes::read`] is its twin without `unsafe`.

#![expect(unsafe_code, reason = "a mapping is unsafe because others may write the file while it is read")]

use memmap2::{Advice, Mmap};
use std::{fs::File, io, ops::Deref, path::Path};

/// Where the bytes of a compiled gazetteer are.
#[derive(Debug)]
pub(super) enum Bytes {
    /// In a file, shared with other processes.
    Mapped(Mmap),
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
        // All of it is read at once, for the check; if the system knows no such advice, it comes page by page.
        let _ = map.advise(Advice::WillNeed);
        #[cfg(target_os = "linux")]
        let _ = map.advise(Advice::PopulateRead);
        Ok(Self::Mapped(map))
    }

    /// Reads the file at `path`.
    #[cfg(test)]
    pub(super) fn read(path: &Path) -> io::Result<Self> {
        std::fs::read(path).map(Self::Owned)
    }
}

impl Deref for Bytes {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Owned(bytes) => bytes,
        }
    }
}
