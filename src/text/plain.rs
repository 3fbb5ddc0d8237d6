//! Text without markup.

use super::{Block, BlockKind, Edits, Span, Text, control::control_characters};

/// Reads plain text: the file is the text, but for characters that no reader sees.
pub(super) fn clean(source: String) -> Text {
    let mut edits = Edits::default();
    control_characters(&source, &mut edits);
    Text::apply(source, edits, lines)
}

/// Every line that is not blank, as a paragraph: releases pasted as text keep a paragraph on a line.
///
/// Lines that were wrapped at a width belong together: a line of 50 bytes and more that does not end a sentence
/// goes on in the next line when that begins in lower case.
fn lines(clean: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    let mut after_blank = true;
    for line in clean.split_inclusive('\n') {
        let (start, trimmed) = (at + (line.len() - line.trim_start().len()), line.trim());
        at += line.len();
        if trimmed.is_empty() {
            after_blank = true;
            continue;
        }
        let span = Span::new(start, start + trimmed.len());
        match blocks.last_mut() {
            Some(last) if !after_blank && goes_on(last.span.of(clean), trimmed) => last.span = last.span.cover(span),
            _ => blocks.push(Block { span, kind: kind_of(trimmed) }),
        }
        after_blank = false;
    }
    blocks
}

fn goes_on(before: &str, line: &str) -> bool {
    let last_line_len = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    last_line_len >= 50 && !before.ends_with(['.', '!', '?', ':', ';']) && line.starts_with(char::is_lowercase)
}

fn kind_of(line: &str) -> BlockKind {
    let is_item = line.starts_with(['-', '•', '*', '–', '·'])
        || line.split_once([')', '.']).is_some_and(|(number, rest)| {
            number.len() <= 2
                && !number.is_empty()
                && number.bytes().all(|b| b.is_ascii_digit())
                && rest.starts_with(' ')
        });
    if is_item { BlockKind::Item } else { BlockKind::Paragraph }
}
