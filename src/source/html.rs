//! One page a file.

use super::{Format, text::read_whole};
use crate::raw::Media;

/// A page of the web.
pub(super) const FORMAT: Format = Format {
    name: "html",
    extensions: &["html", "htm", "xhtml"],
    sniffs: is_page,
    read: |input| read_whole(input, Media::Html),
};

fn is_page(head: &[u8]) -> bool {
    let head = head.trim_ascii_start().to_ascii_lowercase();
    [&b"<!doctype html"[..], b"<html", b"<head", b"<body", b"<?xml"].iter().any(|start| head.starts_with(start))
}
