//! What a spreadsheet, a wrong encoding or a slip of the hand does to a cell.

use super::Findings;
use unicode_normalization::is_nfc;

/// Cells longer than this are cut by spreadsheets.
const MAX_SPREADSHEET_CHARS: usize = 32_767;
/// What spreadsheets write where a formula fails.
const FORMULA_ERRORS: [&str; 6] = ["#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!"];

/// Checks one cell of a column; the column of a table of evidence has no name.
pub(super) fn check(path: &str, line: usize, column: &str, cell: &str, findings: &mut Findings) {
    if cell.is_empty() {
        return;
    }
    if !cell.is_ascii() {
        encoding(path, line, cell, findings);
    }
    for part in cell.split('|').map(bare).filter(|part| FORMULA_ERRORS.contains(part)) {
        let message = format!("'{part}' is the mark of a failed formula; write the text back");
        findings.error(path, line, "spreadsheet", message);
    }
    if cell.len() >= MAX_SPREADSHEET_CHARS && cell.chars().count() >= MAX_SPREADSHEET_CHARS {
        findings.error(
            path,
            line,
            "spreadsheet",
            "the cell is as long as a spreadsheet allows and may be cut; look at its end",
        );
    }
    if cell.contains('\0') {
        let message = "the cell has a zero byte: the encoding of the file is broken; save it as UTF-8";
        findings.error(path, line, "encoding", message);
    }
    let n_quotes = cell.matches('"').count();
    let is_quoted = cell.len() > 1 && cell.starts_with('"') && cell.ends_with('"');
    if is_quoted && (n_quotes == 2 || cell.contains("\"\"")) {
        let message = format!("{cell} stands in quotes; lists have no quoting, take them out");
        findings.warning(path, line, "quotes", message);
    }
    if cell.contains("  ") || cell.contains('\u{a0}') || cell.chars().any(char::is_control) {
        let message = format!("'{}' has double, no-break or invisible blanks; leave one blank", cell.escape_debug());
        findings.warning(path, line, "blanks", message);
    }
    let is_name = matches!(column, "name" | "aliases" | "acronym");
    for part in cell.split('|').filter(|_| is_name) {
        damaged_name(path, line, bare(part), findings);
    }
    for part in cell.split('|').filter(|_| matches!(column, "id" | "parent" | "same_as")) {
        damaged_id(path, line, part, findings);
    }
}

/// A name without its marks.
fn bare(part: &str) -> &str {
    let part = part.strip_prefix('!').unwrap_or(part);
    match part.split_once(':') {
        Some((tag, rest)) if tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_lowercase()) => rest,
        _ => part,
    }
}

fn encoding(path: &str, line: usize, cell: &str, findings: &mut Findings) {
    if cell.contains('\u{fffd}') {
        findings.error(
            path,
            line,
            "encoding",
            format!("'{cell}' has lost letters (\u{fffd}); write them back, save as UTF-8"),
        );
    }
    for part in cell.split('|') {
        if let Some(mended) = mended(part) {
            let message = format!("'{part}' is UTF-8 read as something else; '{mended}' is meant, save as UTF-8");
            findings.error(path, line, "encoding", message);
        }
    }
    if !is_nfc(cell) {
        findings.warning(
            path,
            line,
            "not-composed",
            format!("'{cell}' has accents apart from their letters; save in composed form (NFC)"),
        );
    }
}

/// What a text was before its UTF-8 was read as Windows-1252, if that happened.
fn mended(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let (bytes, _, has_unmappable) = encoding_rs::WINDOWS_1252.encode(text);
    // Numeric references stand in for what cannot be mapped.
    if has_unmappable {
        return None;
    }
    // Letters of Europe and the marks of print; other scripts come out by chance.
    let is_likely = |c: char| c.is_ascii() || matches!(c, '\u{a1}'..='\u{17f}' | '\u{2010}'..='\u{2026}' | '\u{20ac}');
    String::from_utf8(bytes.into_owned()).ok().filter(|mended| mended != text && mended.chars().all(is_likely))
}

fn damaged_name(path: &str, line: usize, name: &str, findings: &mut Findings) {
    let what_to_do = "write the name back, format the column as text";
    if is_date(name) {
        let message = format!("'{name}' is a date that a spreadsheet made of a name; {what_to_do}");
        findings.error(path, line, "spreadsheet", message);
    } else if is_short_date(name) {
        let message = format!("'{name}' may be a date that a spreadsheet made of a name; if so, {what_to_do}");
        findings.warning(path, line, "spreadsheet", message);
    } else if is_exponent(name) {
        let message = format!(
            "'{name}' is a number that a spreadsheet made of a name; write the name back, format the column as text"
        );
        findings.error(path, line, "spreadsheet", message);
    }
}

/// `2024-03-01`, `01/03/2024`, `3-Mar-24`.
fn is_date(name: &str) -> bool {
    let name = name.split(' ').next().filter(|_| name.ends_with(":00")).unwrap_or(name);
    let parts: Vec<&str> = name.split(['-', '/']).collect();
    let &[first, second, third] = parts.as_slice() else { return false };
    is_digits(first) && is_digits(third) && (is_digits(second) && second.len() < 3 || is_month(second))
}

/// `3-Mar`, `mar-24`; `24/7` and `CNR-3` are names.
fn is_short_date(name: &str) -> bool {
    let Some((first, second)) = name.split_once('-') else { return false };
    is_digits(first) && is_month(second) || is_month(first) && is_digits(second)
}

fn is_digits(part: &str) -> bool {
    matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// `Mar` or `mar`, as spreadsheets write months; `MAR` is an acronym.
fn is_month(part: &str) -> bool {
    part.chars().count() == 3 && part.chars().all(char::is_alphabetic) && part.chars().skip(1).all(char::is_lowercase)
}

/// `1,23E+11`: a number too long for its cell.
pub(super) fn is_exponent(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['E', 'e']) else { return false };
    let Some(power) = power.strip_prefix(['+', '-']) else { return false };
    let is_number =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    is_number(number) && is_number(power)
}

fn damaged_id(path: &str, line: usize, id: &str, findings: &mut Findings) {
    let (scheme, local) = id.split_once(':').unwrap_or(("", id));
    // Length of the ids that begin with zeros, which a spreadsheet takes away.
    let length = match scheme {
        "ror" => 9,
        "istat" => 6,
        "isni" => 16,
        _ => 0,
    };
    let number = local.parse::<f64>().is_ok() || local.bytes().all(|byte| byte.is_ascii_digit());
    if is_exponent(local) || length > 0 && local.len() < length && (number || scheme == "ror") {
        let message =
            format!("'{id}' has lost its zeros to a spreadsheet; write the id back, format the column as text");
        findings.error(path, line, "spreadsheet", message);
    } else if length > 0 && local.len() != length {
        findings.error(path, line, "bad-id", format!("'{id}' has {} characters in place of {length}", local.len()));
    }
}
