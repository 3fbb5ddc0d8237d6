//! One document a record of a table with a header.

use super::{Arrivals, Format, Input, Options, bytes::utf8_reader, charset, failure, too_long};
use crate::raw::{Arrival, Media, Meta, RawDocument, Stage, reason};
use csv::{ByteRecord, Reader, ReaderBuilder};
use std::{
    collections::VecDeque,
    io::{self, BufRead, Read},
    sync::{
        Arc, Mutex, PoisonError,
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
    lines: Arc<Mutex<Lines>>,
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
        let lines = Arc::new(Mutex::new(Lines::default()));
        let limited = Limited {
            reader,
            n_read: Arc::clone(&n_read),
            lines: Arc::clone(&lines),
            limit: options.limit(),
            is_over: false,
        };
        let mut reader =
            ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(limited);
        let header = header(&mut reader).map_err(|error| table_failure(&id, &error, &options))?;
        if is_unclosed(&header) {
            return Err(unclosed(&id));
        }
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
        Ok(Self { id, options, reader, n_read, lines, columns, is_over: false })
    }

    fn next(&mut self) -> Option<Arrival> {
        let mut record = ByteRecord::new();
        while !self.is_over {
            self.n_read.store(0, Ordering::Relaxed);
            match self.reader.read_byte_record(&mut record) {
                Ok(true) if record.iter().all(|field| field.trim_ascii().is_empty()) || is_end(&record) => {}
                Ok(true) if is_unclosed(&record) => return Some(Err(unclosed(&self.place(&record)))),
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

    fn place(&self, record: &ByteRecord) -> String {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let line = record.position().map_or(0, |position| lines.number(position.byte()));
        format!("{}#{line}", self.id)
    }

    fn document(&self, record: &ByteRecord) -> Arrival {
        let place = self.place(record);
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

/// The first record; spreadsheets write the mark between values before it (`sep=;`).
fn header(reader: &mut Reader<Limited>) -> Result<ByteRecord, csv::Error> {
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record)? && record.get(0).is_some_and(|field| field.starts_with(b"sep=")) {}
    Ok(record)
}

/// The mark that the first line that is not blank has most of, between its quotation marks aside.
fn delimiter(head: &[u8]) -> u8 {
    let mut lines = head.split(|byte| matches!(byte, b'\n' | b'\r'));
    let line = lines.find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let unquoted: Vec<u8> = line.split(|&byte| byte == b'"').step_by(2).flatten().copied().collect();
    // "sep=," has its mark within the quotation marks that the mark makes necessary.
    let line = if unquoted.is_empty() { line } else { &unquoted };
    let count = |mark: u8| line.iter().filter(|&&byte| byte == mark).count();
    [b';', b'\t', b','].into_iter().max_by_key(|&mark| count(mark)).unwrap_or(b',')
}

/// Stands behind the last record as one of its own. Where it turns up inside a value instead, that value has a quotation
/// mark that is never closed, and has taken in the records behind it.
const END: &[u8] = b"\n\0end\n";

fn is_end(record: &ByteRecord) -> bool {
    record.len() == 1 && record.get(0) == Some(END.trim_ascii())
}

fn is_unclosed(record: &ByteRecord) -> bool {
    record.iter().next_back().is_some_and(|field| field.ends_with(END))
}

fn unclosed(id: &str) -> crate::raw::Failure {
    let reason = "a quotation mark that opens a value here is never closed; what follows it was taken for that value";
    failure(id, Stage::Decode, "malformed-csv", reason)
}

/// Gives up where a record is longer than the limit: a mark that is never closed must not fill the memory.
struct Limited {
    reader: Box<dyn BufRead + Send>,
    n_read: Arc<AtomicUsize>,
    lines: Arc<Mutex<Lines>>,
    limit: usize,
    /// Whether [`END`] was read.
    is_over: bool,
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // What was read ahead of this record belongs to it or to the next: a buffer more does no harm.
        if self.n_read.load(Ordering::Relaxed) > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let n_bytes = self.reader.read(buffer)?;
        self.n_read.fetch_add(n_bytes, Ordering::Relaxed);
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).take(&buffer[..n_bytes]);
        if n_bytes > 0 || self.is_over || buffer.len() < END.len() {
            return Ok(n_bytes);
        }
        self.is_over = true;
        buffer[..END.len()].copy_from_slice(END);
        Ok(END.len())
    }
}

/// Where the lines of a table begin that have anything in them. The reader of the table counts lines too, but takes a record
/// to begin where the one before ended, which is before the second half of a line's end of two bytes, and before blank lines.
#[derive(Debug, Default)]
struct Lines {
    /// First byte and number of each line that was read and not yet asked for.
    starts: VecDeque<(u64, u64)>,
    /// Bytes read.
    n_bytes: u64,
    /// Line ends read.
    n_ends: u64,
    /// The last byte.
    last: Option<u8>,
}

impl Lines {
    fn take(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            let is_end = matches!(byte, b'\n' | b'\r');
            if is_end {
                self.n_ends += u64::from(!(byte == b'\n' && self.last == Some(b'\r')));
            } else if matches!(self.last, None | Some(b'\n' | b'\r')) {
                self.starts.push_back((self.n_bytes, self.n_ends + 1));
            }
            self.last = Some(byte);
            self.n_bytes += 1;
        }
    }

    /// The number, from 1 on, of the first line with anything in it from byte `at` on; of later records only.
    fn number(&mut self, at: u64) -> u64 {
        while self.starts.front().is_some_and(|&(start, _)| start < at) {
            self.starts.pop_front();
        }
        self.starts.front().map_or(self.n_ends, |&(_, line)| line)
    }
}
