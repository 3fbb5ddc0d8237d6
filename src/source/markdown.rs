//! One Markdown file, one document.

use super::{Format, text::read_whole};
use crate::raw::Media;

/// CommonMark with tables, footnotes and front matter.
pub(super) const FORMAT: Format = Format {
    name: "markdown",
    extensions: &["md", "markdown"],
    sniffs: |_| false,
    read: |input| read_whole(input, Media::Markdown),
};
