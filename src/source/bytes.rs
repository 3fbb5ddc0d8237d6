//! The bytes of an input: a file or standard input, read as they are needed.

use super::gzip::Unpacked;
use encoding_rs::{Decoder, Encoding, UTF_8};
use std::{
    fmt,
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

/// Bytes that tell the format of an input without a name.
const SNIFF_BYTES: usize = 4096;
const BUFFER_BYTES: usize = 64 << 10;

/// What is read from.
pub(super) struct Bytes {
    reader: Box<dyn BufRead + Send>,
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bytes")
    }
}

impl Bytes {
    /// The bytes of a regular file.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let n_bytes = file.metadata().map_or(BUFFER_BYTES as u64, |meta| meta.len());
        let capacity = usize::try_from(n_bytes).map_or(BUFFER_BYTES, |len| len.clamp(1024, BUFFER_BYTES));
        Ok(Self { reader: Box::new(BufReader::with_capacity(capacity, file)) })
    }

    /// What these packed bytes unpack to.
    pub(super) fn unpacked(self) -> Self {
        Self::from_reader(Unpacked::new(self.reader))
    }

    /// What arrives at standard input.
    pub(super) fn standard_input() -> Self {
        Self::from_reader(io::stdin())
    }

    pub(super) fn from_reader(reader: impl Read + Send + 'static) -> Self {
        Self { reader: Box::new(BufReader::with_capacity(BUFFER_BYTES, reader)) }
    }

    /// The first bytes, which stay to be read.
    pub(super) fn sniff(&mut self) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        // A pipe may give less than was asked for at a time.
        (&mut self.reader).take(SNIFF_BYTES as u64).read_to_end(&mut head)?;
        let rest = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        self.reader = Box::new(io::Cursor::new(head.clone()).chain(rest));
        Ok(head)
    }

    /// Everything, or nothing when that is more than `limit` bytes.
    pub(super) fn read_all(&mut self, limit: usize) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        (&mut self.reader).take(limit as u64 + 1).read_to_end(&mut bytes)?;
        Ok((bytes.len() <= limit).then_some(bytes))
    }

    pub(super) fn into_reader(self) -> Box<dyn BufRead + Send> {
        self.reader
    }
}

/// A reader of UTF-8 where the bytes begin with the mark of another encoding; a mark itself is passed over.
pub(super) fn utf8_reader(mut reader: Box<dyn BufRead + Send>) -> io::Result<Box<dyn BufRead + Send>> {
    let head = reader.fill_buf()?;
    match Encoding::for_bom(head) {
        None => Ok(reader),
        Some((encoding, mark_len)) => {
            reader.consume(mark_len);
            if encoding == UTF_8 {
                return Ok(reader);
            }
            let decoder = encoding.new_decoder_without_bom_handling();
            Ok(Box::new(BufReader::new(Transcoder { reader, decoder, text: Vec::new(), at: 0, is_over: false })))
        }
    }
}

/// Reads UTF-8 out of bytes of another encoding.
struct Transcoder {
    reader: Box<dyn BufRead + Send>,
    decoder: Decoder,
    text: Vec<u8>,
    at: usize,
    is_over: bool,
}

impl Read for Transcoder {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() && !self.is_over {
            let bytes = self.reader.fill_buf()?;
            self.is_over = bytes.is_empty();
            self.text.resize(BUFFER_BYTES, 0);
            let (_, n_read, n_written, _) = self.decoder.decode_to_utf8(bytes, &mut self.text, self.is_over);
            self.reader.consume(n_read);
            self.text.truncate(n_written);
            self.at = 0;
        }
        let n_bytes = buffer.len().min(self.text.len() - self.at);
        buffer[..n_bytes].copy_from_slice(&self.text[self.at..self.at + n_bytes]);
        self.at += n_bytes;
        Ok(n_bytes)
    }
}
