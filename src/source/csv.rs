//! One document a record of a table with a header.

use super::{
    Arrivals, Format, Input, Options,
    bytes::{reason, utf8_reader},
    charset, failure, too_long,
};
use crate::raw::{Arrival, Media, Meta, RawDocument, Stage};
use csv::{ByteRecord, Reader, ReaderBuilder};
use std::{
    io::{self, BufRead, Read},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Values between commas, semicolons or tabs, as the header has more of.
pub(super) const FORMAT: Format = Format { name: "csv", extensions: &["csv", "tsv"], sniffs: |_| false, read };

fn read(input: Input) -> Arrivals {
    let Input { id, bytes, options } = input;
    let table = utf8_reader(bytes.into_reader())
        .map_err(|error| failure(&id, Stage::Read, "unreadable", reason(&error)))
        .and_then(|reader| Table::open(id, reader, options));
    match table {
        Ok(mut table) => Box::new(std::iter::from_fn(move || table.next())),
        Err(failure) => Box::new([Err(failure)].into_iter()),
    }
}

struct Table {
    id: String,
    options: Options,
    reader: Reader<Limited>,
    /// Bytes read since the last record ended.
    n_read: Arc<AtomicUsize>,
    columns: Columns,
    is_over: bool,
}

/// Places of the columns that are read.
#[derive(Debug, Default)]
struct Columns {
    id: Option<usize>,
    text: usize,
    title: Option<usize>,
    published: Option<usize>,
    url: Option<usize>,
    language: Option<usize>,
}

impl Table {
    fn open(id: String, mut reader: Box<dyn BufRead + Send>, options: Options) -> Result<Self, crate::raw::Failure> {
        let unreadable = |error: &io::Error| failure(&id, Stage::Read, "unreadable", reason(error));
        let delimiter = delimiter(reader.fill_buf().map_err(|error| unreadable(&error))?);
        let n_read = Arc::new(AtomicUsize::new(0));
        let limited = Limited { reader, n_read: Arc::clone(&n_read), limit: options.limit() };
        let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(limited);
        let header = match reader.byte_headers() {
            Ok(header) => header.clone(),
            Err(error) => return Err(table_failure(&id, &error, &options)),
        };
        let column = |name: &str| {
            let wanted = options.field(name);
            header.iter().position(|found| found.trim_ascii().eq_ignore_ascii_case(wanted.as_bytes()))
        };
        let Some(text) = column("text") else {
            let reason = format!("the table has no column '{}'; name it with --field text=NAME", options.field("text"));
            return Err(failure(&id, Stage::Decode, "no-text", reason));
        };
        let columns = Columns {
            id: column("id"),
            text,
            title: column("title"),
            published: column("published"),
            url: column("url"),
            language: column("language"),
        };
        Ok(Self { id, options, reader, n_read, columns, is_over: false })
    }

    fn next(&mut self) -> Option<Arrival> {
        let mut record = ByteRecord::new();
        while !self.is_over {
            self.n_read.store(0, Ordering::Relaxed);
            match self.reader.read_byte_record(&mut record) {
                Ok(true) if record.iter().all(|field| field.trim_ascii().is_empty()) => {}
                Ok(true) => return Some(self.document(&record)),
                Ok(false) => self.is_over = true,
                Err(error) => {
                    self.is_over = true;
                    let line = self.reader.position().line();
                    return Some(Err(table_failure(&format!("{}#{line}", self.id), &error, &self.options)));
                }
            }
        }
        None
    }

    fn document(&self, record: &ByteRecord) -> Arrival {
        let place = format!("{}#{}", self.id, record.position().map_or(0, csv::Position::line));
        let mut hasher = blake3::Hasher::new();
        for field in record {
            hasher.update(&(field.len() as u64).to_le_bytes()).update(field);
        }
        let decode = |at: usize| charset::decode_unmarked(record.get(at).unwrap_or_default().to_vec());
        let field = |at: Option<usize>| {
            let value = decode(at?).text.trim().to_owned();
            (!value.is_empty()).then_some(value)
        };
        let text = decode(self.columns.text);
        let id = field(self.columns.id).unwrap_or_else(|| place.clone());
        if text.text.trim().is_empty() {
            return Err(failure(&id, Stage::Decode, "empty", "there is no text in it"));
        }
        if text.text.len() > self.options.limit() {
            return Err(too_long(&id, self.options.limit()));
        }
        let meta = Meta {
            id,
            uri: field(self.columns.url).unwrap_or(place),
            charset: text.charset,
            had_replacements: text.had_replacements,
            n_bytes: text.text.len() as u64,
            hash: format!("blake3:{}", hasher.finalize().to_hex()),
            title: field(self.columns.title),
            published: field(self.columns.published),
            language: field(self.columns.language),
        };
        Ok(RawDocument { meta, media: Media::Plain, text: text.text })
    }
}

fn table_failure(id: &str, error: &csv::Error, options: &Options) -> crate::raw::Failure {
    match error.kind() {
        csv::ErrorKind::Io(cause) if cause.kind() == io::ErrorKind::FileTooLarge => {
            let mut failure = too_long(id, options.limit());
            failure.reason.push_str("; is a quotation mark never closed?");
            failure
        }
        csv::ErrorKind::Io(cause) => failure(id, Stage::Read, "unreadable", reason(cause)),
        _ => failure(id, Stage::Decode, "malformed-csv", error.to_string()),
    }
}

/// The mark that the first line has most of.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| line.iter().filter(|&&byte| byte == mark).count();
    [b';', b'\t', b','].into_iter().max_by_key(|&mark| count(mark)).unwrap_or(b',')
}

/// Gives up where a record is longer than the limit: a mark that is never closed must not fill the memory.
struct Limited {
    reader: Box<dyn BufRead + Send>,
    n_read: Arc<AtomicUsize>,
    limit: usize,
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // What was read ahead of this record belongs to it or to the next: a buffer more does no harm.
        if self.n_read.load(Ordering::Relaxed) > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let n_bytes = self.reader.read(buffer)?;
        self.n_read.fetch_add(n_bytes, Ordering::Relaxed);
        Ok(n_bytes)
    }
}
