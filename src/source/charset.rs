//! Which characters do the bytes stand for? By mark, by declaration, by being UTF-8, by guess; in that order.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

/// Text with what is known of its encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    pub text: String,
    /// Name in lower case.
    pub charset: String,
    /// Whether bytes that are no characters of it became U+FFFD.
    pub had_replacements: bool,
}

/// Bytes in which a page must declare its encoding; the standard says 1024, pages take more.
const DECLARATION_BYTES: usize = 4096;
/// Bytes that are looked at for a guess.
const GUESS_BYTES: usize = 1 << 20;
/// Bytes that are looked at to tell text from other files.
const BINARY_BYTES: usize = 64 << 10;

/// Decodes a file; `declares` says whether it may declare its encoding as pages do.
///
/// Nothing when the bytes are no text.
pub(super) fn decode(bytes: Vec<u8>, declares: bool) -> Option<Decoded> {
    if let Some((encoding, mark_len)) = Encoding::for_bom(&bytes) {
        return not_binary(decode_as(encoding, &bytes[mark_len..]));
    }
    if let Some(encoding) = wide(&bytes) {
        return not_binary(decode_as(encoding, &bytes));
    }
    if is_binary(&bytes) {
        return None;
    }
    let declared = if declares { declared(&bytes) } else { None };
    match declared {
        Some(encoding) if encoding != UTF_8 => Some(decode_as(encoding, &bytes)),
        _ => Some(decode_unmarked(bytes)),
    }
}

/// Decodes bytes without mark or declaration: UTF-8 where they are, else by guess.
pub(super) fn decode_unmarked(bytes: Vec<u8>) -> Decoded {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Decoded { text, charset: "utf-8".to_owned(), had_replacements: false },
        Err(error) => error.into_bytes(),
    };
    if is_damaged_utf8(&bytes) {
        return decode_as(UTF_8, &bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESS_BYTES)], true);
    decode_as(detector.guess(None, Utf8Detection::Deny), &bytes)
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, had_replacements) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), charset: encoding.name().to_ascii_lowercase(), had_replacements }
}

fn not_binary(decoded: Decoded) -> Option<Decoded> {
    (!is_binary(decoded.text.as_bytes())).then_some(decoded)
}

/// UTF-16 without a mark: in European text every other byte is 0.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(BINARY_BYTES)];
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    let is_wide = |zeros: usize, others: usize| half >= 2 && zeros * 10 > half * 7 && others * 20 < half;
    if is_wide(odd, even) {
        Some(UTF_16LE)
    } else if is_wide(even, odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether bytes are no text: they begin as other files do, or hold many characters that text does not.
fn is_binary(bytes: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 10] = [
        b"%PDF-",
        b"PK\x03\x04",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\x1f\x8b",
        b"\x7fELF",
        b"\xd0\xcf\x11\xe0",
        b"BZh",
        b"\x28\xb5\x2f\xfd",
    ];
    if BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning)) {
        return true;
    }
    let head = &bytes[..bytes.len().min(BINARY_BYTES)];
    let n_controls = head.iter().filter(|&&byte| byte < b' ' && !matches!(byte, b'\t'..=b'\r' | b'\x1b')).count();
    // A stray control character is taken out of a text; a file of them is none.
    n_controls >= 2 && n_controls * 200 > head.len()
}

/// Whether most of the characters beyond ASCII are UTF-8, so that the others are damage.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut n_valid, mut n_damaged) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        n_valid += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        n_damaged += usize::from(!chunk.invalid().is_empty());
    }
    n_valid > n_damaged
}

/// The encoding that a page declares (`<meta charset=…>`) or an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARATION_BYTES)].to_ascii_lowercase();
    if head.trim_ascii_start().starts_with(b"<?xml") {
        let end = memchr::memchr(b'>', &head).unwrap_or(head.len());
        if let Some(encoding) = label_after(&head[..end], b"encoding") {
            return Some(encoding);
        }
    }
    memmem::find_iter(&head, b"<meta").find_map(|at| {
        let tag = &head[at..];
        let end = memchr::memchr(b'>', tag).unwrap_or(tag.len());
        label_after(&tag[..end], b"charset")
    })
}

/// The encoding named behind `key` and an equals sign.
fn label_after(tag: &[u8], key: &[u8]) -> Option<&'static Encoding> {
    let rest = &tag[memmem::find(tag, key)? + key.len()..];
    let value = rest.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b';' | b'/' | b'?');
    let label = &value[..value.iter().position(is_end).unwrap_or(value.len())];
    // A page that could say so in ASCII is not in UTF-16, whatever it says.
    Encoding::for_label(label).map(|encoding| encoding.output_encoding())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_decoded(bytes: &[u8], text: &str, charset: &str) {
        let decoded = decode(bytes.to_vec(), true).expect("the case is text");
        assert_eq!((decoded.text.as_str(), decoded.charset.as_str()), (text, charset));
        assert_eq!(decoded.had_replacements, text.contains('\u{fffd}'));
    }

    fn wide_bytes(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn a_mark_tells_the_encoding() {
        check_decoded("\u{feff}Forlì".as_bytes(), "Forlì", "utf-8");
        check_decoded(&wide_bytes("\u{feff}Forlì", u16::to_le_bytes), "Forlì", "utf-16le");
        check_decoded(&wide_bytes("\u{feff}Forlì", u16::to_be_bytes), "Forlì", "utf-16be");
        check_decoded(b"\xef\xbb\xbf", "", "utf-8");
    }

    #[test]
    fn wide_characters_are_told_without_a_mark() {
        check_decoded(&wide_bytes("La Città di Forlì", u16::to_le_bytes), "La Città di Forlì", "utf-16le");
        check_decoded(&wide_bytes("La Città di Forlì", u16::to_be_bytes), "La Città di Forlì", "utf-16be");
    }

    #[test]
    fn a_declaration_comes_before_a_guess() {
        check_decoded(b"<meta charset='iso-8859-15'>\xa4", "<meta charset='iso-8859-15'>€", "iso-8859-15");
        let http = b"<META http-equiv=x content=\"text/html; charset=windows-1250\">\xe8";
        check_decoded(http, "<META http-equiv=x content=\"text/html; charset=windows-1250\">č", "windows-1250");
        check_decoded(
            b"<?xml version='1.0' encoding='ISO-8859-1'?>\xe8",
            "<?xml version='1.0' encoding='ISO-8859-1'?>è",
            "windows-1252",
        );
        check_decoded("<meta charset=utf-16>è".as_bytes(), "<meta charset=utf-16>è", "utf-8");
    }

    #[test]
    fn what_is_not_utf8_is_guessed() {
        let text = "La città di Forlì è più grande; perché no? «Sì», l’università costerà 5 €.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        check_decoded(&bytes, text, "windows-1252");
    }

    #[test]
    fn damage_does_not_change_the_encoding() {
        check_decoded(b"citt\xc3\xa0 di Forl\xc3\xac \xff e Cant\xc3\xb9", "città di Forlì \u{fffd} e Cantù", "utf-8");
        check_decoded(
            b"<meta charset=utf-8>citt\xc3\xa0 \xc3\xa8 \xe8",
            "<meta charset=utf-8>città è \u{fffd}",
            "utf-8",
        );
    }

    #[test]
    fn other_files_are_no_text() {
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n".to_vec(), false), None);
        assert_eq!(decode(b"abc\0\x01\x02def".to_vec(), false), None);
        assert_eq!(decode((0..=255).cycle().take(4096).collect(), false), None);
        assert!(decode(b"una riga\0 con uno zero".to_vec(), false).is_some());
    }
}
