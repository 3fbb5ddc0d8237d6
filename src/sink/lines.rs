//! A file of JSON lines that remembers: `-o x.jsonl --state FILE`.
//!
//! A run writes a piece beside the output, in the order of the input; lines of unchanged documents are copied from the
//! output or from the pieces of runs that were broken off. The manifest says how much of each piece is lasting. At the
//! end the piece is the whole output and takes its place.

use super::{
    Closing, Ending, Key, Marks, Options, Outcome, Run, Sink, SinkError, Stamp,
    state::{Piece, State, mark_of},
    target::{Lock, beside, sync_folder},
};
use crate::raw::Failure;
use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

/// Documents after which the manifest is replaced, about: what a kill costs to do again.
const COMMIT_DOCUMENTS: usize = 1000;
/// Bytes after which it is replaced.
const COMMIT_BYTES: u64 = 32 << 20;

pub(super) fn open(target: &str, state: &Path, options: &Options) -> Result<Box<dyn Sink>, SinkError> {
    let path = PathBuf::from(target);
    let failed = |cause| SinkError::Io { target: target.to_owned(), cause };
    let lock = Lock::take(target, &path, options)?;
    let mut state = State::open(state, target)?;
    recover(&path, &mut state).map_err(failed)?;
    let number = 1 + state.pieces().iter().filter_map(|piece| number_of(&piece.file)).max().unwrap_or(0);
    let piece = beside(&path, &format!("{PIECE}{number}"));
    let writer = BufWriter::with_capacity(256 << 10, File::create(&piece).map_err(failed)?);
    Ok(Box::new(Lines {
        target: target.to_owned(),
        path,
        state,
        sources: Vec::new(),
        index: HashMap::new(),
        piece,
        writer,
        n_bytes: 0,
        n_documents: 0,
        uncommitted: (0, 0),
        _lock: lock,
    }))
}

/// What the output holds, without touching it.
pub(super) fn marks(target: &str, state: &Path) -> Result<Marks, SinkError> {
    let state = State::open(state, target)?;
    let mut marks = state.marks();
    let unreadable = |error: io::Error| SinkError::Unreadable { target: target.to_owned(), reason: error.to_string() };
    for (key, place) in scan(Path::new(target), &state.settled_pieces()).map_err(unreadable)?.1 {
        marks.insert(key, place.stamp);
    }
    Ok(marks)
}

/// Ending of the pieces, before their number.
const PIECE: &str = ".piece-";

fn number_of(file: &str) -> Option<u64> {
    file.rsplit_once(PIECE)?.1.parse().ok()
}

/// Ends what a run that was broken off had begun: its whole piece takes its place, and what no manifest knows goes.
fn recover(path: &Path, state: &mut State) -> io::Result<()> {
    if let Some(whole) = state.whole().cloned() {
        let piece = path.with_file_name(&whole.file);
        if piece.exists() {
            fs::rename(&piece, path)?;
            sync_folder(path)?;
        }
        state.set_pieces(vec![Piece { file: name_of(path), n_bytes: whole.n_bytes }], None);
        state.save()?;
    }
    remove_strays(path, state.pieces())
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn remove_strays(path: &Path, pieces: &[Piece]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let ours = name_of(path) + PIECE;
    for item in fs::read_dir(folder)? {
        let name = item?.file_name().to_string_lossy().into_owned();
        if name.starts_with(&ours) && number_of(&name).is_some() && pieces.iter().all(|piece| piece.file != name) {
            fs::remove_file(folder.join(name))?;
        }
    }
    Ok(())
}

/// Where the line of a document is.
#[derive(Debug, Clone, Copy)]
struct Place {
    source: u32,
    n_bytes: u32,
    start: u64,
    stamp: Stamp,
}

/// The files of the pieces, and where each document is; the newest line of a document counts.
fn scan(path: &Path, pieces: &[Piece]) -> io::Result<(Vec<File>, HashMap<Key, Place>)> {
    let (mut sources, mut index) = (Vec::new(), HashMap::new());
    for piece in pieces {
        // A file that was taken away or cut is read as far as it goes: its documents are then done again.
        let Ok(file) = File::open(path.with_file_name(&piece.file)) else { continue };
        let source = u32::try_from(sources.len()).unwrap_or(u32::MAX);
        let mut reader = BufReader::with_capacity(256 << 10, file.try_clone()?).take(piece.n_bytes);
        let (mut line, mut start) = (Vec::new(), 0);
        loop {
            line.clear();
            let n_read = reader.read_until(b'\n', &mut line)?;
            if n_read == 0 || line.pop() != Some(b'\n') {
                break;
            }
            if let (Some((key, stamp)), Ok(n_bytes)) = (mark_of(&line), u32::try_from(line.len())) {
                index.insert(key, Place { source, n_bytes, start, stamp });
            }
            start += n_read as u64;
        }
        sources.push(file);
    }
    Ok((sources, index))
}

struct Lines {
    target: String,
    path: PathBuf,
    state: State,
    /// Files of the earlier pieces.
    sources: Vec<File>,
    /// Documents of the earlier pieces that this run has not written yet.
    index: HashMap<Key, Place>,
    piece: PathBuf,
    writer: BufWriter<File>,
    n_bytes: u64,
    n_documents: u64,
    /// Documents and bytes since the manifest was replaced.
    uncommitted: (usize, u64),
    _lock: Lock,
}

impl Sink for Lines {
    fn begin(&mut self, run: &Run) -> Result<Arc<Marks>, SinkError> {
        self.try_begin(run).map_err(|cause| SinkError::Io { target: self.target.clone(), cause })
    }

    fn write(&mut self, batch: &[Outcome]) -> Result<Vec<Failure>, SinkError> {
        self.try_write(batch).map_err(|cause| SinkError::Io { target: self.target.clone(), cause })?;
        Ok(Vec::new())
    }

    fn finish(mut self: Box<Self>, ending: Ending<'_>) -> Result<Closing, SinkError> {
        self.try_finish(ending).map_err(|cause| SinkError::Io { target: self.target.clone(), cause })
    }
}

impl Lines {
    fn try_begin(&mut self, run: &Run) -> io::Result<Arc<Marks>> {
        (self.sources, self.index) = scan(&self.path, self.state.pieces())?;
        let mut marks = self.state.marks();
        for (&key, place) in &self.index {
            marks.insert(key, place.stamp);
        }
        self.state.begin(run);
        self.state.save()?;
        Ok(Arc::new(marks))
    }

    fn try_write(&mut self, batch: &[Outcome]) -> io::Result<()> {
        for outcome in batch {
            match outcome {
                Outcome::Record { record, line, .. } => {
                    self.index.remove(&Key::new(&record.id));
                    self.state.clear(&record.id);
                    self.append(line)?;
                }
                Outcome::Unchanged(id) => {
                    self.state.clear(id);
                    self.keep(Key::new(id))?;
                }
                Outcome::Failed(failure) => {
                    self.state.fail(failure);
                    self.keep(Key::new(&failure.id))?;
                }
            }
            if self.uncommitted.0 >= COMMIT_DOCUMENTS || self.uncommitted.1 >= COMMIT_BYTES {
                self.commit(false)?;
            }
        }
        Ok(())
    }

    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        self.writer.write_all(line)?;
        self.writer.write_all(b"\n")?;
        let n_bytes = line.len() as u64 + 1;
        self.n_bytes += n_bytes;
        self.n_documents += 1;
        self.uncommitted = (self.uncommitted.0 + 1, self.uncommitted.1 + n_bytes);
        Ok(())
    }

    /// Copies the line of a document from an earlier piece, if one has it.
    fn keep(&mut self, key: Key) -> io::Result<()> {
        let Some(place) = self.index.remove(&key) else { return Ok(()) };
        let mut line = vec![0; place.n_bytes as usize];
        let mut source = &self.sources[place.source as usize];
        source.seek(SeekFrom::Start(place.start))?;
        source.read_exact(&mut line)?;
        self.append(&line)
    }

    /// Makes what was written lasting; with `is_whole` it is all that there is.
    fn commit(&mut self, is_whole: bool) -> io::Result<()> {
        self.writer.flush()?;
        self.writer.get_ref().sync_data()?;
        let ours = Piece { file: name_of(&self.piece), n_bytes: self.n_bytes };
        let mut pieces = self.state.pieces().to_vec();
        pieces.retain(|piece| piece.file != ours.file);
        pieces.push(ours.clone());
        self.state.set_pieces(pieces, is_whole.then_some(ours));
        self.state.save()?;
        self.uncommitted = (0, 0);
        Ok(())
    }

    fn try_finish(&mut self, ending: Ending<'_>) -> io::Result<Closing> {
        if matches!(ending, Ending::Interrupted) {
            self.commit(false)?;
            return Ok(Closing::default());
        }
        let mut n_pruned = 0;
        if let Ending::Pruning(seen) = ending {
            n_pruned = self.index.len() as u64;
            self.state.settle(Some(seen));
        } else {
            self.keep_the_rest()?;
            self.state.settle(None);
        }
        self.commit(true)?;
        recover(&self.path, &mut self.state)?;
        Ok(Closing { n_pruned, n_documents: Some(self.n_documents), ..Closing::default() })
    }

    /// Copies the lines of documents that this run did not meet, in their order.
    fn keep_the_rest(&mut self) -> io::Result<()> {
        let mut rest: Vec<(Key, Place)> = self.index.iter().map(|(&key, &place)| (key, place)).collect();
        rest.sort_by_key(|(_, place)| (place.source, place.start));
        rest.into_iter().try_for_each(|(key, _)| self.keep(key))
    }
}
