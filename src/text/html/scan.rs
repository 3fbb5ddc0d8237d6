//! Where markup begins and ends in a page. Every position is one of the source by construction: nothing is copied.
//!
//! Follows the tokenizer of <https://html.spec.whatwg.org/#tokenization> but for what can only be lost by it: where a
//! comment or a title is never closed, it is passed over and the text behind it stays.

use memchr::{memchr, memmem};
use std::ops::Range;

/// A stretch of a page; together they cover it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Text with its entities as written.
    Text(Range<usize>),
    /// Content of an element that holds no markup (`script`, `title`).
    Raw(Range<usize>),
    /// A start tag or an end tag.
    Tag(Tag),
    /// A comment, a doctype, a processing instruction, or a tag that the page ends inside of.
    Nothing(Range<usize>),
}

/// A tag of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// From `<` to behind `>`.
    pub range: Range<usize>,
    /// Its name, as written.
    pub name: Range<usize>,
    /// Between name and `>`.
    pub attributes: Range<usize>,
    /// Whether it is an end tag.
    pub is_end: bool,
}

/// Elements whose content holds no markup.
const RAW: [&str; 8] = ["script", "style", "title", "textarea", "iframe", "xmp", "noembed", "noframes"];

/// Splits a page into tokens, in linear time whatever the page.
pub(super) struct Scanner<'s> {
    source: &'s str,
    at: usize,
    /// The element of [`RAW`] whose content comes next.
    raw: Option<usize>,
    /// Elements of [`RAW`] that no end tag follows any more.
    unclosed: [bool; RAW.len()],
    /// Whether no end of a comment follows any more.
    comments_unclosed: bool,
}

impl<'s> Scanner<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, at: 0, raw: None, unclosed: [false; RAW.len()], comments_unclosed: false }
    }

    /// End of the raw content that begins here, if its end tag follows.
    fn raw_end(&mut self, raw: usize) -> Option<usize> {
        if self.unclosed[raw] {
            return None;
        }
        let bytes = self.source.as_bytes();
        let mut from = self.at;
        while let Some(found) = memmem::find(&bytes[from..], b"</") {
            let (start, name) = (from + found, from + found + 2);
            let end = name + RAW[raw].len();
            let is_name = bytes.get(name..end).is_some_and(|name| name.eq_ignore_ascii_case(RAW[raw].as_bytes()));
            if is_name && bytes.get(end).is_none_or(|byte| is_blank(*byte) || matches!(byte, b'/' | b'>')) {
                return Some(start);
            }
            from = name;
        }
        self.unclosed[raw] = true;
        None
    }

    /// End of the text that begins here: the next markup.
    fn text_end(&self) -> usize {
        let bytes = self.source.as_bytes();
        let mut from = self.at;
        while let Some(found) = memchr(b'<', &bytes[from..]) {
            if opens_markup(&bytes[from + found..]) {
                return from + found;
            }
            from += found + 1;
        }
        bytes.len()
    }

    fn markup(&mut self) -> Token {
        let start = self.at;
        let bytes = &self.source.as_bytes()[start..];
        let is_end = bytes[1] == b'/';
        let name = start + 1 + usize::from(is_end);
        if self.source.as_bytes().get(name).is_some_and(u8::is_ascii_alphabetic) {
            return self.tag(start, name, is_end);
        }
        let end = if bytes.starts_with(b"<!--") { self.comment_end() } else { self.past(b'>', start + 1) };
        Token::Nothing(start..end)
    }

    fn past(&self, byte: u8, from: usize) -> usize {
        let rest = &self.source.as_bytes()[from..];
        memchr(byte, rest).map_or(self.source.len(), |at| from + at + 1)
    }

    fn comment_end(&mut self) -> usize {
        let body = self.at + 4;
        let rest = &self.source.as_bytes()[body..];
        if let Some(len) = [&b">"[..], b"->"].iter().find_map(|end| rest.starts_with(end).then_some(end.len())) {
            return body + len;
        }
        let mut from = if self.comments_unclosed { rest.len() } else { 0 };
        while let Some(found) = memmem::find(&rest[from..], b"--") {
            let behind = from + found + 2;
            match rest.get(behind) {
                Some(b'>') => return body + behind + 1,
                Some(b'!') if rest.get(behind + 1) == Some(&b'>') => return body + behind + 2,
                _ => from += found + 1,
            }
        }
        self.comments_unclosed = true;
        self.past(b'>', body)
    }

    fn tag(&mut self, start: usize, name: usize, is_end: bool) -> Token {
        let bytes = self.source.as_bytes();
        let name_end = name + bytes[name..].iter().position(|&byte| ends_name(byte)).unwrap_or(bytes.len() - name);
        let mut attributes = Attributes { source: self.source, at: name_end };
        while attributes.next().is_some() {}
        if bytes.get(attributes.at) != Some(&b'>') {
            return Token::Nothing(start..bytes.len());
        }
        let end = attributes.at + 1;
        if !is_end {
            let written = &self.source[name..name_end];
            self.raw = RAW.iter().position(|raw| written.eq_ignore_ascii_case(raw));
        }
        Token::Tag(Tag { range: start..end, name: name..name_end, attributes: name_end..end - 1, is_end })
    }
}

impl Iterator for Scanner<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if self.at >= self.source.len() {
            return None;
        }
        let start = self.at;
        if let Some(raw) = self.raw.take()
            && let Some(end) = self.raw_end(raw)
            && end > start
        {
            self.at = end;
            return Some(Token::Raw(start..end));
        }
        let token = match opens_markup(&self.source.as_bytes()[start..]) {
            true => self.markup(),
            false => Token::Text(start..self.text_end()),
        };
        self.at = match &token {
            Token::Text(range) | Token::Raw(range) | Token::Nothing(range) => range.end,
            Token::Tag(tag) => tag.range.end,
        };
        Some(token)
    }
}

/// The attributes of a tag, in order: names and values as written.
#[derive(Debug, Clone)]
pub(super) struct Attributes<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Attributes<'s> {
    /// The attributes of a tag of `source`.
    pub(super) fn of(source: &'s str, tag: &Tag) -> Self {
        Self { source: &source[..tag.attributes.end], at: tag.attributes.start }
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        while self.source.as_bytes().get(self.at).is_some_and(|&byte| is_skipped(byte)) {
            self.at += 1;
        }
    }

    fn value(&mut self) -> Option<Range<usize>> {
        let bytes = self.source.as_bytes();
        match bytes.get(self.at) {
            Some(&quote @ (b'"' | b'\'')) => {
                let start = self.at + 1;
                let len = memchr(quote, &bytes[start..]);
                self.at = len.map_or(bytes.len(), |len| start + len + 1);
                len.map(|len| start..start + len)
            }
            _ => {
                let start = self.at;
                self.skip(|byte| !is_blank(byte) && byte != b'>');
                Some(start..self.at)
            }
        }
    }
}

impl<'s> Iterator for Attributes<'s> {
    type Item = (&'s str, &'s str);

    /// Stops before the `>` of the tag, or at the end of the page.
    fn next(&mut self) -> Option<Self::Item> {
        self.skip(|byte| is_blank(byte) || byte == b'/');
        if matches!(self.source.as_bytes().get(self.at), None | Some(b'>')) {
            return None;
        }
        let start = self.at;
        self.at += 1;
        self.skip(|byte| !ends_name(byte) && byte != b'=');
        let name = start..self.at;
        self.skip(is_blank);
        let mut value = 0..0;
        if self.source.as_bytes().get(self.at) == Some(&b'=') {
            self.at += 1;
            self.skip(is_blank);
            value = self.value()?;
        }
        // A name may begin inside no character: the first byte was stepped over, the others end at ASCII.
        Some((self.source.get(name)?, &self.source[value]))
    }
}

/// Whether a tag, a comment or the like begins with these bytes.
fn opens_markup(bytes: &[u8]) -> bool {
    match bytes {
        [b'<', b'!' | b'?', ..] => true,
        [b'<', b'/', _, ..] => true,
        [b'<', next, ..] => next.is_ascii_alphabetic(),
        _ => false,
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

fn ends_name(byte: u8) -> bool {
    is_blank(byte) || matches!(byte, b'/' | b'>')
}
