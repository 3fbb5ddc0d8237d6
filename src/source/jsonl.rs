//! One document a line, as a JSON object.

use super::{File, Format};
use crate::raw::{Arrival, Failure, Media, Meta, RawDocument, Stage};

/// JSON Lines.
pub(super) const FORMAT: Format = Format { name: "jsonl", extensions: &["jsonl"], read };

fn read(file: &File<'_>, arrive: &mut dyn FnMut(Arrival)) {
    for (idx, line) in
        file.bytes.split(|&byte| byte == b'\n').enumerate().filter(|(_, line)| !line.trim_ascii().is_empty())
    {
        let place = format!("{}#{}", file.id, idx + 1);
        arrive(document(&place, line));
    }
}

fn document(place: &str, line: &[u8]) -> Arrival {
    let failure = |reason: String| Failure {
        id: place.to_owned(),
        uri: place.to_owned(),
        stage: Stage::Decode,
        code: "malformed-json",
        reason,
    };
    let value: serde_json::Value = serde_json::from_slice(line).map_err(|error| failure(error.to_string()))?;
    let field = |name: &str| value.get(name).and_then(|value| value.as_str()).map(str::to_owned);
    let text = field("text").ok_or_else(|| failure("the object has no field 'text'".to_owned()))?;
    let meta = Meta {
        id: field("id").unwrap_or_else(|| place.to_owned()),
        uri: field("url").unwrap_or_else(|| place.to_owned()),
        charset: "utf-8".to_owned(),
        n_bytes: text.len() as u64,
        hash: format!("blake3:{}", blake3::hash(line).to_hex()),
        title: field("title"),
        published: field("published"),
        language: field("language"),
        ..Meta::default()
    };
    Ok(RawDocument { meta, media: Media::Plain, text })
}
