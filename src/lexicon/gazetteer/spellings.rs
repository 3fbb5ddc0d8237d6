//! The spellings that the table of names points at.

use super::{
    processor::prefetch,
    records::{SPELLING_BYTES, SpellingRecord, text_at},
    rows::Rows,
    table::row_of,
};

/// The spellings of a compiled gazetteer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spellings<'b> {
    pub(super) rows: Rows<'b>,
    /// Records of the spellings that share their words with others.
    pub(super) records: &'b [u8],
}

impl<'b> Spellings<'b> {
    /// The spellings that the value `first` of the table means.
    #[inline]
    pub(super) fn group(self, first: u32) -> Group<'b> {
        Group { spellings: self, row: row_of(first), next: Some(first as usize) }
    }

    /// Asks for the cache line where a group begins.
    #[inline]
    pub(super) fn prefetch_group(self, first: u32) {
        match row_of(first) {
            Some(row) => prefetch(self.rows.offsets, row as usize * 4),
            None => prefetch(self.records, first as usize * SPELLING_BYTES),
        }
    }

    /// Asks for the cache line of the first text of a group.
    #[inline]
    pub(super) fn prefetch_text(self, first: u32) {
        let place = match row_of(first) {
            Some(row) => self.rows.place(row as usize),
            None => self.group(first).next().map(|record| record.at as usize),
        };
        let place = place.unwrap_or_default();
        prefetch(self.rows.heap, place);
        // A row begins with its id; few names end behind the second line.
        prefetch(self.rows.heap, place + 40);
    }

    /// The spelling of a record, as the heap has it.
    #[inline]
    pub(super) fn bytes_of(self, record: &SpellingRecord) -> &'b [u8] {
        let at = record.at as usize;
        self.rows.heap.get(at..at + record.len).unwrap_or_default()
    }

    /// The spelling of a record.
    pub(super) fn text_of(self, record: &SpellingRecord) -> &'b str {
        text_at(self.rows.heap, record.at as usize, record.len)
    }
}

/// The spellings that share their words.
#[derive(Debug)]
pub(super) struct Group<'b> {
    spellings: Spellings<'b>,
    /// The row whose name is the only one, if it is.
    row: Option<u32>,
    /// Number of the next record.
    next: Option<usize>,
}

impl Iterator for Group<'_> {
    type Item = SpellingRecord;

    #[inline(always)]
    fn next(&mut self) -> Option<SpellingRecord> {
        let at = self.next.take()?;
        if let Some(row) = self.row {
            let (kind, at, len) = self.spellings.rows.name(row as usize)?;
            return Some(SpellingRecord::plain(row, kind, at as u32, len));
        }
        let record = SpellingRecord::read(self.spellings.records, at)?;
        self.next = (!record.is_last).then_some(at + 1);
        Some(record)
    }
}
