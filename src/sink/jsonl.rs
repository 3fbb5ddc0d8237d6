//! One record a line, to a file or to standard output.

use super::{
    Closing, Ending, Format, Marks, Options, Outcome, Run, Sink, SinkError, Take, lines,
    target::{Lock, Replacement},
};
use crate::raw::Failure;
use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::Path,
    sync::Arc,
};

/// JSON Lines.
pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    pattern: "-, x.jsonl",
    accepts: |target| target == "-" || target.ends_with(".jsonl"),
    open,
    marks: |target, options| match &options.state {
        Some(state) if target != "-" => lines::marks(target, state),
        _ => Ok(Marks::default()),
    },
    read,
};

fn open(target: &str, options: &Options) -> Result<Box<dyn Sink>, SinkError> {
    if target == "-" {
        return Ok(Box::new(Stream { writer: BufWriter::with_capacity(256 << 10, io::stdout()) }));
    }
    if let Some(state) = &options.state {
        return lines::open(target, state, options);
    }
    let path = Path::new(target);
    let lock = Lock::take(target, path, options)?;
    let file = Replacement::create(path).map_err(|cause| SinkError::Io { target: target.to_owned(), cause })?;
    Ok(Box::new(Whole { target: target.to_owned(), file, _lock: lock }))
}

/// Standard output: it promises nothing.
struct Stream {
    writer: BufWriter<io::Stdout>,
}

impl Sink for Stream {
    fn begin(&mut self, _run: &Run) -> Result<Arc<Marks>, SinkError> {
        Ok(Arc::default())
    }

    fn write(&mut self, batch: &[Outcome]) -> Result<Vec<Failure>, SinkError> {
        write_lines(&mut self.writer, batch).map_err(stdout_failed)?;
        Ok(Vec::new())
    }

    fn finish(mut self: Box<Self>, _ending: Ending<'_>) -> Result<Closing, SinkError> {
        self.writer.flush().map_err(stdout_failed)?;
        Ok(Closing::default())
    }
}

fn stdout_failed(cause: io::Error) -> SinkError {
    match cause.kind() {
        io::ErrorKind::BrokenPipe => SinkError::ClosedPipe,
        _ => SinkError::Io { target: "standard output".to_owned(), cause },
    }
}

/// A file that is whole or as it was.
struct Whole {
    target: String,
    file: Replacement,
    _lock: Lock,
}

impl Sink for Whole {
    fn begin(&mut self, _run: &Run) -> Result<Arc<Marks>, SinkError> {
        Ok(Arc::default())
    }

    fn write(&mut self, batch: &[Outcome]) -> Result<Vec<Failure>, SinkError> {
        write_lines(&mut self.file, batch).map_err(|cause| SinkError::Io { target: self.target.clone(), cause })?;
        Ok(Vec::new())
    }

    fn finish(self: Box<Self>, ending: Ending<'_>) -> Result<Closing, SinkError> {
        let Self { target, file, _lock } = *self;
        if !matches!(ending, Ending::Interrupted) {
            file.commit().map_err(|cause| SinkError::Io { target, cause })?;
        }
        Ok(Closing::default())
    }
}

fn write_lines(writer: &mut impl Write, batch: &[Outcome]) -> io::Result<()> {
    for outcome in batch {
        if let Outcome::Record { line, .. } = outcome {
            writer.write_all(line)?;
            writer.write_all(b"\n")?;
        }
    }
    Ok(())
}

fn read(target: &str, take: Take<'_>) -> Result<(), SinkError> {
    if target == "-" {
        return read_lines(io::stdin().lock(), take).map_err(|error| unreadable("standard input", &error));
    }
    let file = File::open(target).map_err(|error| unreadable(target, &error))?;
    read_lines(BufReader::with_capacity(256 << 10, file), take).map_err(|error| unreadable(target, &error))
}

fn unreadable(target: &str, error: &io::Error) -> SinkError {
    SinkError::Unreadable { target: target.to_owned(), reason: error.to_string() }
}

fn read_lines(mut reader: impl BufRead, take: Take<'_>) -> io::Result<()> {
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        if !line.trim_ascii().is_empty() && !take(line.trim_ascii()) {
            break;
        }
        line.clear();
    }
    Ok(())
}
