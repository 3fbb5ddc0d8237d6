//! The bytes of a table as text, and the mark between its cells.

use super::Report;

/// How files begin that are no tables of text, and what to do about them.
const OTHERS: [(&[u8], &str); 3] = [
    (b"PK\x03\x04", "is a workbook (.xlsx, .ods) or a zip file; save the sheet as CSV"),
    (b"\xd0\xcf\x11\xe0", "is an old workbook (.xls); save the sheet as CSV"),
    (b"\x1f\x8b", "is compressed; unpack it first (gunzip)"),
];

/// The text of a table: UTF-8, UTF-16 with its mark, else Windows-1252, as spreadsheets write it.
///
/// # Errors
///
/// Returns the line, or 0 for the file, and what to do where it is no text.
pub(super) fn decode(bytes: &[u8], report: &mut Report) -> Result<String, (usize, String)> {
    if let Some((_, message)) = OTHERS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Err((0, (*message).to_owned()));
    }
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding != encoding_rs::UTF_8 => {
            report.note("the table is UTF-16 and was read so; UTF-8 is safer");
            encoding.decode(bytes).0.into_owned()
        }
        _ => match std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
            Ok(text) => text.to_owned(),
            Err(_) => {
                report.note("the table is not UTF-8 and was read as Windows-1252; look at the accents");
                encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
            }
        },
    };
    if text.trim().is_empty() {
        return Err((0, "is empty; export the table again, with a line of column names".to_owned()));
    }
    match text.find('\0') {
        Some(at) => {
            let line = 1 + text[..at].matches('\n').count();
            Err((
                line,
                "there is a zero byte; this is no table of text, or its encoding is unknown: save it as UTF-8"
                    .to_owned(),
            ))
        }
        None => Ok(text),
    }
}

/// The mark (comma, semicolon or tab) that the header has most of.
pub(super) fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let n_of = |delimiter: u8| header.bytes().filter(|&byte| byte == delimiter).count();
    // The first of equals wins: a header of one column has none of them.
    [b'\t', b';', b','].into_iter().rev().max_by_key(|&delimiter| n_of(delimiter)).unwrap_or(b',')
}
