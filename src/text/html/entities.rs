//! What character references stand for, by the table and the rules of html5gum.

use html5gum::{Token, Tokenizer};
use memchr::memchr;
use std::borrow::Cow;

/// Longest reference, in bytes: `&CounterClockwiseContourIntegral;` has 33; numbers may have leading zeros.
const MAX_LEN: usize = 40;

/// The reference that `text` begins with: its length in bytes and what it stands for.
///
/// Nothing when the `&` stands for itself. Names without a semicolon count where HTML says so (`&eacute` does, `&ensp`
/// does not).
pub(super) fn reference(text: &str) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    let starts = bytes.get(1).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
    if bytes.first() != Some(&b'&') || !starts {
        return None;
    }
    let body = 1 + usize::from(bytes[1] == b'#');
    let len = bytes[body..].iter().take(MAX_LEN).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let end = body + len + usize::from(bytes.get(body + len) == Some(&b';'));
    let written = &text[..end];
    let decoded = decode_one(written)?;
    // What follows a name without a semicolon stays as written: `&notit;` is `¬it;`.
    decoded.char_indices().skip(1).map(|(at, _)| at).chain([decoded.len()]).find_map(|at| {
        let (character, rest) = decoded.split_at(at);
        let len = written.len() - rest.len().min(written.len());
        (written.ends_with(rest) && len > 1).then(|| (len, character.to_owned()))
    })
}

fn decode_one(written: &str) -> Option<String> {
    let mut decoded = String::new();
    for token in Tokenizer::new(written) {
        if let Ok(Token::String(piece)) = token {
            decoded.push_str(std::str::from_utf8(&piece.value).ok()?);
        }
    }
    (decoded != written).then_some(decoded)
}

/// `text` with its references replaced, for values that have no way back (titles, attributes).
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    let Some(mut found) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let (mut decoded, mut rest) = (String::with_capacity(text.len()), text);
    loop {
        decoded.push_str(&rest[..found]);
        rest = &rest[found..];
        match reference(rest) {
            Some((len, character)) => {
                decoded.push_str(&character);
                rest = &rest[len..];
            }
            None => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
        match memchr(b'&', rest.as_bytes()) {
            Some(next) => found = next,
            None => {
                decoded.push_str(rest);
                return Cow::Owned(decoded);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_reference(text: &str, expected: Option<(usize, &str)>) {
        assert_eq!(reference(text).as_ref().map(|(len, text)| (*len, text.as_str())), expected, "{text}");
    }

    #[test]
    fn names_and_numbers_stand_for_characters() {
        check_reference("&egrave; vero", Some((8, "è")));
        check_reference("&#232;", Some((6, "è")));
        check_reference("&#xE8;x", Some((6, "è")));
        check_reference("&#128;", Some((6, "€")));
        check_reference("&#00000000000232;", Some((17, "è")));
    }

    #[test]
    fn some_names_do_without_a_semicolon() {
        check_reference("&eacute", Some((7, "é")));
        check_reference("&notit;", Some((4, "¬")));
        check_reference("&amp;amp;", Some((5, "&")));
        check_reference("&ensp", None);
    }

    #[test]
    fn a_reference_may_stand_for_two_characters() {
        check_reference("&NotEqualTilde;", Some((15, "≂\u{338}")));
    }

    #[test]
    fn a_lone_ampersand_stands_for_itself() {
        check_reference("& Figli", None);
        check_reference("&", None);
        check_reference("&#;", None);
        check_reference("&perché;", None);
        assert_eq!(decode("R&D &amp; Co. &eacute"), "R&D & Co. é");
    }
}
