//! When a release was published: from its metadata, its dateline, its file name or the option, in that order.

use super::Sentence;
use crate::{
    raw::Meta,
    text::{Text, words::Token},
};
use jiff::civil::Date;

/// The day of publication and where it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The day.
    pub date: Date,
    /// Where it was read.
    pub from: PublishedFrom,
}

/// Where a publication date was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishedFrom {
    /// A field beside the text, or the page's metadata.
    Meta,
    /// The dateline.
    Dateline,
    /// The file name.
    FileName,
    /// The option `--default-published`.
    Option,
}

impl PublishedFrom {
    /// The word of records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Dateline => "dateline",
            Self::FileName => "file-name",
            Self::Option => "option",
        }
    }
}

/// Finds the day of publication. The clock is never asked.
pub(super) fn find(meta: &Meta, text: &Text, _tokens: &[Token], _sentences: &[Sentence<'_>]) -> Option<Published> {
    let read = |written: &Option<String>| iso_day(written.as_deref()?);
    if let Some(date) = read(&meta.published).or_else(|| read(&text.declared.published)) {
        return Some(Published { date, from: PublishedFrom::Meta });
    }
    let name = meta.id.rsplit('/').next().unwrap_or_default();
    iso_day(name).map(|date| Published { date, from: PublishedFrom::FileName })
}

/// The day that a text begins with (`2024-04-02T10:00:00Z`, `2024-04-02-corea.txt`).
fn iso_day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}
