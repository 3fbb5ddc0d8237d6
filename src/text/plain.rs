//! Text without markup.

use super::{
    Block, BlockKind, Edits, Span, Text,
    control::control_characters,
    wrapping::{Line, Stanza, Wrapping, goes_on, is_in_capitals},
};

/// Reads plain text: the file is the text, but for characters that no reader sees.
pub(super) fn clean(source: String) -> Text {
    let mut edits = Edits::default();
    control_characters(&source, &mut edits);
    Text::apply(source, edits, blocks)
}

/// Every line that is not blank, as a paragraph: releases pasted as text keep a paragraph on a line. Lines that were wrapped
/// belong together, and so do an item and the lines below it that stand further in.
fn blocks(clean: &str) -> Vec<Block> {
    let lines: Vec<Line<'_>> = lines(clean).map(Line::new).collect();
    let wrapping = Wrapping::of(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    let (mut stanza, mut item_indent) = (Stanza::default(), None);
    let mut before: Option<&Line<'_>> = None;
    for (idx, line) in lines.iter().enumerate() {
        if line.text.is_empty() {
            before = None;
            continue;
        }
        if before.is_none() {
            stanza = Stanza::of(&lines[idx..], blocks.is_empty());
        }
        let start = line.text.as_ptr() as usize - clean.as_ptr() as usize;
        let span = Span::new(start, start + line.text.len());
        let is_new = is_item(line.text);
        let hangs = || item_indent.is_some_and(|indent| line.indent > indent);
        let joins = before.is_some_and(|before| !is_new && (hangs() || goes_on(before, line, stanza, wrapping)));
        match blocks.last_mut() {
            Some(last) if joins => {
                stanza.may_have_title = false;
                last.span = last.span.cover(span);
                last.kind = if last.kind == BlockKind::Item { BlockKind::Item } else { BlockKind::Paragraph };
            }
            last => {
                let kind = kind_of(line.text, last.is_none());
                blocks.push(Block { span, kind });
                item_indent = is_new.then_some(line.indent);
            }
        }
        before = Some(line);
    }
    blocks
}

/// The lines of a text, whatever its line ends.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let end = if text.contains('\n') { '\n' } else { '\r' };
    text.split(end)
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
    fn lines_of_a_narrow_column_belong_together() {
        let text = "Cinque giorni in Corea\nLecce, 4 aprile 2024 - È partita per Busan\nla delegazione della Camera di\n\
                    Commercio di Lecce, che dal 19 al\n21 marzo incontra i cantieri e i porti\ndel Mar del Giappone.\n\n\
                    La guida il vicepresidente Dario\nRossi-Verdi.\n\nUfficio stampa\nDario Neri, relazioni esterne e stampa\n\
                    d.neri@example.org\n";
        check_blocks(
            text,
            &[
                ("Cinque giorni in Corea", Paragraph),
                (
                    "Lecce, 4 aprile 2024 - È partita per Busan la delegazione della Camera di Commercio di Lecce, che dal 19 al \
                     21 marzo incontra i cantieri e i porti del Mar del Giappone.",
                    Paragraph,
                ),
                ("La guida il vicepresidente Dario Rossi-Verdi.", Paragraph),
                ("Ufficio stampa", Paragraph),
                ("Dario Neri, relazioni esterne e stampa", Paragraph),
                ("d.neri@example.org", Paragraph),
            ],
        );
    }

    #[test]
    fn an_item_has_the_lines_that_stand_further_in() {
        check_blocks(
            "Con noi:\n- Dario Neri, Università di\n  Prova\n- Anna Conti\nFine\n",
            &[
                ("Con noi:", Paragraph),
                ("- Dario Neri, Università di Prova", Item),
                ("- Anna Conti", Item),
                ("Fine", Paragraph),
            ],
        );
    }

    #[test]
    fn a_list_without_marks_stays_a_list() {
        let prose = "La delegazione ha visitato il porto e\nha incontrato il rettore della scuola di\nmare, che ha \
                     illustrato i piani per il\nnuovo centro.\n\n";
        let list =
            "Dario Neri, presidente della Camera di Lecce\nAnna Conti, direttrice della Scuola di Prova\nUgo Leoni";
        let mut expected = vec![(
            "La delegazione ha visitato il porto e ha incontrato il rettore della scuola di mare, che ha illustrato i piani per \
             il nuovo centro.",
            Paragraph,
        )];
        expected.extend(list.lines().map(|line| (line, Paragraph)));
        check_blocks(&format!("{prose}{list}\n"), &expected);
    }

    #[test]
    fn a_line_that_ends_in_the_hyphen_of_a_name_goes_on() {
        check_blocks(
            "La delegazione della Emilia-\nRomagna è partita\nOrario -\nLunedì\n",
            &[
                ("La delegazione della Emilia- Romagna è partita", Paragraph),
                ("Orario -", Paragraph),
                ("Lunedì", Paragraph),
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
