//! How a file is replaced as a whole, and how two runs keep off one output.

use super::{Options, SinkError};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, BufWriter, Read, Seek, Write},
    path::{Path, PathBuf},
    time::Duration,
};

/// A file that is written beside its target and takes its place only when it is whole.
#[derive(Debug)]
pub(super) struct Replacement {
    target: PathBuf,
    partial: PathBuf,
    writer: Option<BufWriter<File>>,
}

impl Replacement {
    /// Begins the replacement of `target`, which stays as it is until [`Self::commit`].
    pub fn create(target: &Path) -> io::Result<Self> {
        if target.is_dir() {
            return Err(io::Error::other("it is a folder; end it in / to write one file for each document"));
        }
        // A link stays one: what it points to is replaced.
        let target = if target.is_symlink() { fs::canonicalize(target)? } else { target.to_owned() };
        let partial = beside(&target, ".partial");
        let writer = Some(BufWriter::with_capacity(256 << 10, File::create(&partial)?));
        Ok(Self { target, partial, writer })
    }

    /// Puts the new file into place, lasting also over a power cut.
    pub fn commit(mut self) -> io::Result<()> {
        if let Some(writer) = self.writer.take() {
            let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
        }
        fs::rename(&self.partial, &self.target)?;
        sync_folder(&self.target)
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.as_mut().map_or(Ok(0), |writer| writer.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take() {
            // What is buffered is given up with the file; nothing can be done about a file that stays.
            let _ = writer.into_parts();
            let _ = fs::remove_file(&self.partial);
        }
    }
}

/// The path with an ending added to its last part.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Makes the names in the folder of `path` lasting.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match File::open(folder) {
        Ok(folder) if cfg!(unix) => folder.sync_all(),
        _ => Ok(()),
    }
}

/// The right to write an output, held by the process: it ends with the process, however that ends.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock of the output at `path`, by a file beside it.
    pub fn take(target: &str, path: &Path, options: &Options) -> Result<Self, SinkError> {
        let path = beside(path, ".lock");
        let failed = |cause| SinkError::Io { target: target.to_owned(), cause };
        loop {
            let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
            let mut file = file.map_err(failed)?;
            match file.try_lock() {
                // The run before may have removed the file between our opening and our locking it.
                Ok(()) if is_at(&file, &path) => {
                    let holder = format!("process {}, since {}", std::process::id(), now());
                    file.set_len(0).and_then(|()| file.write_all(holder.as_bytes())).map_err(failed)?;
                    return Ok(Self { path, _file: file });
                }
                Ok(()) => {}
                Err(TryLockError::WouldBlock) if options.wait => options.patience.wait(Duration::from_millis(100))?,
                Err(TryLockError::WouldBlock) => {
                    let holder = holder(&mut file);
                    return Err(SinkError::Busy { target: target.to_owned(), holder });
                }
                Err(TryLockError::Error(cause)) => return Err(failed(cause)),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is held, so that no one takes a file that is about to go. One that stays does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

fn holder(file: &mut File) -> String {
    let mut holder = String::new();
    // The holder writes its name right after it has taken the lock; whoever comes in between sees none.
    let _ = file.rewind().and_then(|()| file.take(200).read_to_string(&mut holder));
    if holder.is_empty() { "just begun".to_owned() } else { holder }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(theirs)) => (ours.dev(), ours.ino()) == (theirs.dev(), theirs.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}

/// The present time, to the second.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
