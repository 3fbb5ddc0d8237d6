//! One document a line, as a JSON object.

use super::{
    Arrivals, Format, Input, Options,
    bytes::utf8_reader,
    charset, failure,
    lines::{Line, Lines},
    too_long,
};
use crate::raw::{Arrival, Media, Meta, RawDocument, Stage, reason};
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use std::fmt;

/// JSON Lines.
pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    extensions: &["jsonl", "ndjson"],
    sniffs: |head| head.trim_ascii_start().starts_with(b"{"),
    read,
};

fn read(input: Input) -> Arrivals {
    let Input { id, bytes, options } = input;
    let limit = options.limit();
    let reader = match utf8_reader(bytes.into_reader()) {
        Ok(reader) => reader,
        Err(error) => return Box::new([Err(failure(&id, Stage::Read, "unreadable", reason(&error)))].into_iter()),
    };
    let mut lines = Some(Lines::new(reader, limit));
    Box::new(std::iter::from_fn(move || {
        loop {
            match lines.as_mut()?.next()? {
                Ok(Line::Whole(_, line)) if line.trim_ascii().is_empty() => {}
                Ok(Line::Whole(at, line)) => return Some(document(format!("{id}#{at}"), line, &options)),
                Ok(Line::TooLong(at)) => return Some(Err(too_long(&format!("{id}#{at}"), limit))),
                Err(error) => {
                    lines = None;
                    return Some(Err(failure(&id, Stage::Read, "unreadable", reason(&error))));
                }
            }
        }
    }))
}

fn document(place: String, line: Vec<u8>, options: &Options) -> Arrival {
    let hash = format!("blake3:{}", blake3::hash(&line).to_hex());
    let decoded = charset::decode_unmarked(line);
    let (fields, had_lone_surrogates) =
        parse(&decoded.text, options).map_err(|reason| failure(&place, Stage::Decode, "malformed-json", reason))?;
    let Some(text) = fields.text else {
        let reason = format!("the object has no field '{}'; name it with --field text=NAME", options.field("text"));
        return Err(failure(&place, Stage::Decode, "no-text", reason));
    };
    let id = fields.id.unwrap_or_else(|| place.clone());
    if text.trim().is_empty() {
        return Err(failure(&id, Stage::Decode, "empty", "there is no text in it"));
    }
    let meta = Meta {
        id,
        uri: fields.url.unwrap_or(place),
        charset: decoded.charset,
        had_replacements: decoded.had_replacements || had_lone_surrogates,
        n_bytes: text.len() as u64,
        hash,
        title: fields.title,
        published: fields.published,
        language: fields.language,
    };
    Ok(RawDocument { meta, media: Media::Plain, text })
}

/// The fields of a line, and whether halves of characters in it were replaced.
fn parse(line: &str, options: &Options) -> Result<(Fields, bool), String> {
    let parse = |line: &str| {
        let mut reader = serde_json::Deserializer::from_str(line);
        let fields = Seed { options }.deserialize(&mut reader)?;
        reader.end().map(|()| fields)
    };
    match parse(line) {
        Ok(fields) => Ok((fields, false)),
        Err(error) => match without_lone_surrogates(line).map(|mended| parse(&mended)) {
            Some(Ok(fields)) => Ok((fields, true)),
            _ => Err(told(&error)),
        },
    }
}

/// What is wrong with a line: where it stands is a column.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default();
    format!("{what} at column {}", error.column())
}

/// The line with U+FFFD for halves of characters (`\ud83d` alone), which some writers leave where they cut a text.
fn without_lone_surrogates(line: &str) -> Option<String> {
    let bytes = line.as_bytes();
    let half = |at: usize| {
        let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        let code = u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        (0xd800..0xe000).contains(&code).then_some(code < 0xdc00)
    };
    let (mut mended, mut from, mut at) = (String::new(), 0, 0);
    while let Some(found) = memchr::memchr(b'\\', &bytes[at..]) {
        at += found;
        match (half(at), half(at + 6)) {
            (Some(true), Some(false)) => at += 12,
            (Some(_), _) => {
                mended.push_str(&line[from..at]);
                mended.push_str("\\ufffd");
                at += 6;
                from = at;
            }
            // The character behind a backslash is no backslash that escapes.
            _ => at = (at + 2).min(bytes.len()),
        }
    }
    mended.push_str(&line[from..]);
    (from > 0).then_some(mended)
}

/// The fields that are read.
#[derive(Debug, Default)]
struct Fields {
    id: Option<String>,
    text: Option<String>,
    title: Option<String>,
    published: Option<String>,
    url: Option<String>,
    language: Option<String>,
}

struct Seed<'o> {
    options: &'o Options,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Fields;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Fields, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Fields::default();
        while let Some(key) = map.next_key::<String>()? {
            let is = |name: &str| self.options.field(name) == key;
            let field = if is("text") {
                &mut fields.text
            } else if is("id") {
                &mut fields.id
            } else if is("title") {
                &mut fields.title
            } else if is("published") {
                &mut fields.published
            } else if is("url") {
                &mut fields.url
            } else if is("language") {
                &mut fields.language
            } else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let Word(value) = map.next_value()?;
            let is_number = value.as_ref().is_some_and(|(_, is_number)| *is_number);
            if is_number && is("text") {
                return Err(A::Error::custom("the text is a number"));
            }
            *field = value.map(|(text, _)| text).filter(|text| is("text") || !text.trim().is_empty());
        }
        Ok(fields)
    }
}

/// A string, a number written as one, or nothing; with whether it was a number.
struct Word(Option<(String, bool)>);

impl<'de> serde::Deserialize<'de> for Word {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordVisitor;
        impl Visitor<'_> for WordVisitor {
            type Value = Word;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E>(self, text: &str) -> Result<Word, E> {
                Ok(Word(Some((text.to_owned(), false))))
            }

            fn visit_string<E>(self, text: String) -> Result<Word, E> {
                Ok(Word(Some((text, false))))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Word, E> {
                Ok(Word(Some((number.to_string(), true))))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Word, E> {
                Ok(Word(Some((number.to_string(), true))))
            }

            fn visit_unit<E>(self) -> Result<Word, E> {
                Ok(Word(None))
            }
        }
        deserializer.deserialize_any(WordVisitor)
    }
}
