//! One record a line, to a file or to standard output.

use super::{Format, Outcome, Sink, SinkError};
use std::{
    fs::File,
    io::{self, BufWriter, Write},
};

/// JSON Lines.
pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    pattern: "-, x.jsonl",
    accepts: |target| target == "-" || target.ends_with(".jsonl"),
    open: |target| {
        let writer: Box<dyn Write + Send> = match target {
            "-" => Box::new(io::stdout()),
            path => Box::new(File::create(path).map_err(|cause| SinkError::Io { target: path.to_owned(), cause })?),
        };
        Ok(Box::new(Jsonl { target: target.to_owned(), writer: BufWriter::with_capacity(256 << 10, writer) }))
    },
};

struct Jsonl {
    target: String,
    writer: BufWriter<Box<dyn Write + Send>>,
}

impl Jsonl {
    fn failed(&self, cause: io::Error) -> SinkError {
        match cause.kind() {
            io::ErrorKind::BrokenPipe => SinkError::ClosedPipe,
            _ => SinkError::Io { target: self.target.clone(), cause },
        }
    }
}

impl Sink for Jsonl {
    fn write(&mut self, batch: &[Outcome]) -> Result<(), SinkError> {
        for outcome in batch {
            if let Outcome::Record(_, line) = outcome {
                self.writer
                    .write_all(line)
                    .and_then(|()| self.writer.write_all(b"\n"))
                    .map_err(|cause| self.failed(cause))?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), SinkError> {
        self.writer.flush().map_err(|cause| self.failed(cause))
    }
}
