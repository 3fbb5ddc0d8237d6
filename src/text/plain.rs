//! Text without markup.

use super::{Block, BlockKind, Edits, Span, Text, control::control_characters};

/// Reads plain text: the file is the text, but for characters that no reader sees.
pub(super) fn clean(source: String) -> Text {
    let mut edits = Edits::default();
    control_characters(&source, &mut edits);
    Text::apply(source, edits, blocks)
}

/// Lines of this length and longer were wrapped where they do not end a sentence, in characters.
const WRAPPED_LEN: usize = 50;
/// Longest line of a text that was wrapped at a width, in characters.
const MAX_WIDTH: usize = 110;
/// Longest heading in capitals, in bytes.
const MAX_HEADING_BYTES: usize = 200;

/// Longest stretch from a bracket to the end of a line that leaves it open.
const MAX_OPEN_BYTES: usize = 12;

/// Every line that is not blank, as a paragraph: releases pasted as text keep a paragraph on a line.
///
/// Lines that were wrapped at a width belong together. Where the whole text was, a line that reaches near the width goes on
/// in the next; elsewhere a long line that does not end a sentence goes on when the next begins in lower case.
fn blocks(clean: &str) -> Vec<Block> {
    let width = wrapped_width(clean);
    let mut blocks: Vec<Block> = Vec::new();
    let mut before = "";
    for line in lines(clean) {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let start = trimmed.as_ptr() as usize - clean.as_ptr() as usize;
            let span = Span::new(start, start + trimmed.len());
            match blocks.last_mut() {
                Some(last) if goes_on(before, trimmed, width) => {
                    last.span = last.span.cover(span);
                    last.kind = if last.kind == BlockKind::Item { BlockKind::Item } else { BlockKind::Paragraph };
                }
                last => {
                    let kind = kind_of(trimmed, last.is_none());
                    blocks.push(Block { span, kind });
                }
            }
        }
        before = trimmed;
    }
    blocks
}

/// The lines of a text, whatever its line ends.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let end = if text.contains('\n') { '\n' } else { '\r' };
    text.split(end)
}

/// The width at which a text was wrapped; nothing when its paragraphs are lines.
fn wrapped_width(text: &str) -> Option<usize> {
    let (mut longest, mut n_wrapped, mut n_joints) = (0, 0, 0);
    let mut lines = lines(text).map(str::trim).peekable();
    while let Some(line) = lines.next() {
        let len = line.chars().count();
        longest = longest.max(len);
        if longest > MAX_WIDTH {
            return None;
        }
        // A joint: two lines without a blank line between.
        if lines.peek().is_some_and(|next| !next.is_empty()) && !line.is_empty() {
            n_joints += 1;
            n_wrapped += usize::from(len >= WRAPPED_LEN && !line.ends_with(['.', ':', ';', '!', '?']));
        }
    }
    (n_wrapped >= 3 && n_wrapped * 2 > n_joints).then_some(longest)
}

/// Whether `line` goes on what the line `before` begins; that is empty after a blank line.
fn goes_on(before: &str, line: &str, width: Option<usize>) -> bool {
    let len = before.chars().count();
    if len == 0 || is_item(line) {
        return false;
    }
    if line.starts_with(char::is_lowercase) && len >= WRAPPED_LEN && !before.ends_with(['.', '!', '?', ':', ';']) {
        return true;
    }
    if ends_in_bracket(before) {
        return true;
    }
    // The first word of the next line did not fit: else a writer ended the line.
    let first_len = line.split_whitespace().next().map_or(0, |word| word.chars().count());
    width.is_some_and(|width| len >= WRAPPED_LEN && len + 1 + first_len > width && !is_in_capitals(before))
}

/// Whether a bracket that the line opens is still open at its end, a few letters behind (`Zarbik (46`).
fn ends_in_bracket(line: &str) -> bool {
    let open = line.rfind('(').map(|open| &line[open..]);
    open.is_some_and(|open| open.len() <= MAX_OPEN_BYTES && !open.contains(')'))
}

fn kind_of(line: &str, is_first: bool) -> BlockKind {
    if is_item(line) {
        BlockKind::Item
    } else if is_in_capitals(line) {
        BlockKind::Heading(if is_first { 1 } else { 2 })
    } else {
        BlockKind::Paragraph
    }
}

fn is_item(line: &str) -> bool {
    let is_number =
        |number: &str| !number.is_empty() && number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    line.starts_with(['•', '·', '▪', '●', '◦', '–', '-', '*', '➢', '✓']) && line.split_whitespace().nth(1).is_some()
        || line.split_once([')', '.']).is_some_and(|(number, rest)| is_number(number) && rest.starts_with(' '))
}

/// Whether a line of several words is all in capitals and ends no sentence.
fn is_in_capitals(line: &str) -> bool {
    line.len() <= MAX_HEADING_BYTES
        && !line.ends_with(['.', ':', ';', ','])
        && line.split_whitespace().nth(1).is_some()
        && line.chars().filter(|character| character.is_uppercase()).count() >= 6
        && !line.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_blocks(text: &str, expected: &[(&str, BlockKind)]) {
        let found: Vec<(String, BlockKind)> = blocks(text)
            .iter()
            .map(|block| (block.span.of(text).split_whitespace().collect::<Vec<_>>().join(" "), block.kind))
            .collect();
        let expected: Vec<(String, BlockKind)> =
            expected.iter().map(|(text, kind)| ((*text).to_owned(), *kind)).collect();
        assert_eq!(found, expected);
    }

    use BlockKind::{Heading, Item, Paragraph};

    #[test]
    fn a_line_is_a_paragraph() {
        check_blocks(
            "MISSIONE A BUSAN\r\n\r\nPrima riga.\r\nSeconda riga\r\n- Enea\r\n2) Cnr\r\n",
            &[
                ("MISSIONE A BUSAN", Heading(1)),
                ("Prima riga.", Paragraph),
                ("Seconda riga", Paragraph),
                ("- Enea", Item),
                ("2) Cnr", Item),
            ],
        );
        check_blocks("Uno.\rDue.", &[("Uno.", Paragraph), ("Due.", Paragraph)]);
    }

    #[test]
    fn wrapped_lines_belong_together() {
        let text = "MISSIONE A BUSAN\nLe imprese del mare in visita\n\n\
                    La delegazione ha visitato il porto e ha incontrato il rettore della\n\
                    Università di Prova, che ha illustrato i piani del nuovo centro per la\n\
                    ricerca marina, aperto da un anno ai dottorandi di tutti i paesi del\n\
                    Mediterraneo.\n\
                    Le imprese sono dodici e hanno firmato tre intese con i cantieri della\n\
                    costa.\n";
        check_blocks(
            text,
            &[
                ("MISSIONE A BUSAN", Heading(1)),
                ("Le imprese del mare in visita", Paragraph),
                (
                    "La delegazione ha visitato il porto e ha incontrato il rettore della Università di Prova, che ha illustrato \
                     i piani del nuovo centro per la ricerca marina, aperto da un anno ai dottorandi di tutti i paesi del Mediterraneo.",
                    Paragraph,
                ),
                ("Le imprese sono dodici e hanno firmato tre intese con i cantieri della costa.", Paragraph),
            ],
        );
    }

    #[test]
    fn a_line_that_ends_in_a_bracket_goes_on() {
        check_blocks(
            "Zarbik (46\nTambrel), Zorvi\n(1)\nFine\n",
            &[("Zarbik (46 Tambrel), Zorvi", Paragraph), ("(1)", Paragraph), ("Fine", Paragraph)],
        );
    }

    #[test]
    fn long_lines_do_not_glue_their_neighbors() {
        let line = "La missione ha portato in Giappone dodici imprese della meccanica e tre centri di ricerca della costa, con incontri a Osaka";
        check_blocks(&format!("{line}\nNuova riga\n"), &[(line, Paragraph), ("Nuova riga", Paragraph)]);
    }
}
