//! One document a file.

use super::{Arrivals, Format, Input, charset, failure, too_long};
use crate::raw::{Arrival, Media, Meta, RawDocument, Stage, reason};

/// Plain text.
pub(super) const FORMAT: Format = Format {
    name: "text",
    extensions: &["txt", "text"],
    sniffs: |_| true,
    read: |input| read_whole(input, Media::Plain),
};

/// The one document of an input that is read whole.
pub(super) fn read_whole(input: Input, media: Media) -> Arrivals {
    let mut input = Some(input);
    Box::new(std::iter::from_fn(move || input.take().map(|input| document(input, media))))
}

fn document(mut input: Input, media: Media) -> Arrival {
    let limit = input.options.limit();
    let id = input.id;
    let bytes = match input.bytes.read_all(limit) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Err(too_long(&id, limit)),
        Err(error) => return Err(failure(&id, Stage::Read, "unreadable", reason(&error))),
    };
    let (n_bytes, hash) = (bytes.len() as u64, format!("blake3:{}", blake3::hash(&bytes).to_hex()));
    let Some(decoded) = charset::decode(bytes, media == Media::Html) else {
        return Err(failure(&id, Stage::Decode, "binary", "it is not text, whatever its name says"));
    };
    if decoded.text.trim().is_empty() {
        return Err(failure(&id, Stage::Decode, "empty", "there is no text in it"));
    }
    let meta = Meta {
        uri: id.clone(),
        id,
        charset: decoded.charset,
        had_replacements: decoded.had_replacements,
        n_bytes,
        hash,
        ..Meta::default()
    };
    Ok(RawDocument { meta, media, text: decoded.text })
}
