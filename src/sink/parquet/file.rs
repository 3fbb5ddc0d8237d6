//! Writing and reading a file.

use super::{
    columns::{LONG, RECORD, schema},
    rows::Row,
};
use crate::{
    raw::Failure,
    sink::{
        Closing, Ending, Marks, Options, Outcome, Run, Sink, SinkError, Take,
        target::{Lock, Replacement},
    },
};
use arrow_array::{StringArray, cast::AsArray};
use arrow_json::{ReaderBuilder, reader::Decoder};
use parquet::{
    arrow::{ArrowWriter, ProjectionMask, arrow_reader::ParquetRecordBatchReaderBuilder},
    basic::{Compression, ZstdLevel},
    errors::ParquetError,
    file::properties::WriterProperties,
    schema::types::ColumnPath,
};
use std::{error::Error, fs::File, io, path::Path, sync::Arc};

/// Rows of a group, at most: whoever reads the file holds a group of a column at a time.
const GROUP_ROWS: usize = 10_000;
/// Bytes of a group, at which it is written: until then it is held in memory.
const GROUP_BYTES: usize = 16 << 20;
/// Rows that are read at a time.
const READ_ROWS: usize = 64;

pub(super) fn open(target: &str, options: &Options) -> Result<Box<dyn Sink>, SinkError> {
    let path = Path::new(target);
    let lock = Lock::take(target, path, options)?;
    let file = Replacement::create(path).map_err(|cause| SinkError::Io { target: target.to_owned(), cause })?;
    let failed = |error: ParquetError| failed(target, error);
    let writer = ArrowWriter::try_new(file, schema(), Some(properties())).map_err(failed)?;
    let decoder = ReaderBuilder::new(schema()).build_decoder().map_err(|error| failed(error.into()))?;
    Ok(Box::new(Whole { target: target.to_owned(), writer, decoder, _lock: lock }))
}

fn properties() -> WriterProperties {
    let mut properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default()));
    for column in LONG {
        properties = properties.set_column_dictionary_enabled(ColumnPath::from(column), false);
    }
    properties.build()
}

/// A file that is whole or as it was.
struct Whole {
    target: String,
    writer: ArrowWriter<Replacement>,
    /// Makes columns of rows.
    decoder: Decoder,
    _lock: Lock,
}

impl Sink for Whole {
    fn begin(&mut self, _run: &Run) -> Result<Arc<Marks>, SinkError> {
        Ok(Arc::default())
    }

    fn write(&mut self, batch: &[Outcome]) -> Result<Vec<Failure>, SinkError> {
        self.try_write(batch).map_err(|error| failed(&self.target, error))?;
        Ok(Vec::new())
    }

    fn finish(self: Box<Self>, ending: Ending<'_>) -> Result<Closing, SinkError> {
        let Self { target, writer, decoder: _, _lock } = *self;
        if !matches!(ending, Ending::Interrupted) {
            let file = writer.into_inner().map_err(|error| failed(&target, error))?;
            file.commit().map_err(|cause| SinkError::Io { target, cause })?;
        }
        Ok(Closing::default())
    }
}

impl Whole {
    fn try_write(&mut self, batch: &[Outcome]) -> Result<(), ParquetError> {
        let rows = batch.iter().filter_map(|outcome| match outcome {
            Outcome::Record { record, line, .. } => {
                Some(Row::new(record, std::str::from_utf8(line).expect("JSON is UTF-8")))
            }
            _ => None,
        });
        let rows: Vec<Row<'_>> = rows.collect();
        self.decoder.serialize(&rows)?;
        if let Some(columns) = self.decoder.flush()? {
            self.writer.write(&columns)?;
        }
        if self.writer.in_progress_rows() >= GROUP_ROWS || self.writer.in_progress_size() >= GROUP_BYTES {
            self.writer.flush()?;
        }
        Ok(())
    }
}

/// What the system said, if it was the system.
fn failed(target: &str, error: ParquetError) -> SinkError {
    let target = target.to_owned();
    let said = |error: &(dyn Error + 'static)| error.downcast_ref().map(|said: &io::Error| said.kind());
    let cause = match &error {
        ParquetError::External(inner) => said(inner.as_ref()).map(io::Error::from),
        _ => None,
    };
    SinkError::Io { target, cause: cause.unwrap_or_else(|| io::Error::other(error)) }
}

/// Reads the records of a file.
pub(super) fn read(target: &str, take: Take<'_>) -> Result<(), SinkError> {
    let unreadable = |reason: String| SinkError::Unreadable { target: target.to_owned(), reason };
    let file = File::open(target).map_err(|error| unreadable(crate::raw::reason(&error)))?;
    let no_parquet = |error: ParquetError| unreadable(error.to_string());
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(no_parquet)?;
    let Ok(column) = builder.schema().index_of(RECORD) else {
        return Err(unreadable(format!("it has no column '{RECORD}'; it is a file of another program")));
    };
    let mask = ProjectionMask::roots(builder.parquet_schema(), [column]);
    let batches = builder.with_projection(mask).with_batch_size(READ_ROWS).build().map_err(no_parquet)?;
    for batch in batches {
        let batch = batch.map_err(|error| unreadable(error.to_string()))?;
        let Some(records): Option<&StringArray> = batch.column(0).as_string_opt() else {
            return Err(unreadable(format!("its column '{RECORD}' is no text; it is a file of another program")));
        };
        if !records.iter().flatten().all(|record| take(record.as_bytes())) {
            break;
        }
    }
    Ok(())
}
