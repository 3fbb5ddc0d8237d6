//! Files packed by gzip: what they hold is read as it is unpacked, and never kept as a whole.

use flate2::read::MultiGzDecoder;
use std::io::{self, Read};

/// What a packed file begins with (<https://www.rfc-editor.org/rfc/rfc1952#page-6>).
const BEGINNING: &[u8] = b"\x1f\x8b";
/// Most bytes that a byte of a packed file may unpack to. Text comes to ten, a table of equal lines to a hundred; a file
/// made to fill a disk comes to a thousand.
const MAX_RATIO: u64 = 200;
/// Bytes that are unpacked whatever the ratio is.
const FREE_BYTES: u64 = 1 << 20;

/// The name of the file inside a packed one, by its extension.
pub(super) fn inner_name(name: &str) -> Option<&str> {
    let (inner, extension) = name.rsplit_once('.')?;
    extension.eq_ignore_ascii_case("gz").then_some(inner)
}

/// Whether bytes are packed, by how they begin.
pub(super) fn is_packed(head: &[u8]) -> bool {
    head.starts_with(BEGINNING)
}

/// Reads what a packed file holds; one layer of packing, with any number of parts behind each other.
pub(super) struct Unpacked<R> {
    decoder: MultiGzDecoder<Counted<R>>,
    n_unpacked: u64,
}

impl<R: Read> Unpacked<R> {
    pub(super) fn new(packed: R) -> Self {
        Self { decoder: MultiGzDecoder::new(Counted { reader: packed, n_bytes: 0 }), n_unpacked: 0 }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.decoder.read(buffer)?;
        self.n_unpacked += n_bytes as u64;
        if self.n_unpacked > FREE_BYTES && self.n_unpacked / MAX_RATIO > self.decoder.get_ref().n_bytes {
            let reason = format!("it unpacks to more than {MAX_RATIO} times its size, as no text does");
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        Ok(n_bytes)
    }
}

/// Counts what is read.
struct Counted<R> {
    reader: R,
    n_bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.reader.read(buffer)?;
        self.n_bytes += n_bytes as u64;
        Ok(n_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_tells_the_name_inside() {
        assert_eq!(inner_name("2024/x.jsonl.GZ"), Some("2024/x.jsonl"));
        assert_eq!(inner_name("x.gz"), Some("x"));
        assert_eq!(inner_name("x.txt"), None);
        assert_eq!(inner_name("gz"), None);
    }
}
