//! Lines of any length in bounded memory.

use std::io::{self, BufRead};

/// Reads lines of bytes; one that is longer than the limit is passed over without being kept.
pub(super) struct Lines {
    reader: Box<dyn BufRead + Send>,
    limit: usize,
    n_lines: usize,
}

/// A line with its number, counted from 1.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Without its line end.
    Whole(usize, Vec<u8>),
    /// Longer than the limit.
    TooLong(usize),
}

impl Lines {
    pub(super) fn new(reader: Box<dyn BufRead + Send>, limit: usize) -> Self {
        Self { reader, limit, n_lines: 0 }
    }

    /// The next line.
    pub(super) fn next(&mut self) -> Option<io::Result<Line>> {
        let (mut line, mut is_too_long, mut has_bytes) = (Vec::new(), false, false);
        loop {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Some(Err(error)),
            };
            let end = memchr::memchr(b'\n', buffer);
            let piece = &buffer[..end.unwrap_or(buffer.len())];
            let n_taken = piece.len() + usize::from(end.is_some());
            has_bytes |= n_taken > 0;
            is_too_long |= line.len() + piece.len() > self.limit;
            if is_too_long {
                line = Vec::new();
            } else {
                line.extend_from_slice(piece);
            }
            self.reader.consume(n_taken);
            if end.is_some() || n_taken == 0 {
                break;
            }
        }
        if !has_bytes {
            return None;
        }
        self.n_lines += 1;
        Some(Ok(if is_too_long { Line::TooLong(self.n_lines) } else { Line::Whole(self.n_lines, line) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_costs_itself_alone() {
        let text = format!("uno\n{}\n\ndue", "x".repeat(100_000));
        let mut lines = Lines::new(Box::new(io::BufReader::with_capacity(16, io::Cursor::new(text))), 10);
        let mut found = Vec::new();
        while let Some(line) = lines.next() {
            found.push(line.expect("memory can be read"));
        }
        let whole = |at, text: &str| Line::Whole(at, text.as_bytes().to_vec());
        assert_eq!(found, [whole(1, "uno"), Line::TooLong(2), whole(3, ""), whole(4, "due")]);
    }
}
