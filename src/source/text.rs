//! One document a file.

use super::{File, Format};
use crate::raw::{Media, Meta, RawDocument};

/// Plain text.
pub(super) const FORMAT: Format = Format { name: "text", extensions: &["txt"], read };

fn read(file: &File<'_>, arrive: &mut dyn FnMut(crate::raw::Arrival)) {
    let text = String::from_utf8_lossy(&file.bytes).into_owned();
    let meta = Meta {
        id: file.id.clone(),
        uri: file.id.clone(),
        charset: "utf-8".to_owned(),
        n_bytes: file.bytes.len() as u64,
        hash: format!("blake3:{}", blake3::hash(&file.bytes).to_hex()),
        ..Meta::default()
    };
    arrive(Ok(RawDocument { meta, media: Media::Plain, text }));
}
