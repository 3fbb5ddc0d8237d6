//! Where words begin and end, whatever the language.

use super::{Span, WordKey};

/// A word, a number or a single mark of clean text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// How its letters are cased; [`Case::None`] for numbers and marks.
    pub case: Case,
    /// What stands between it and the token before.
    pub gap: Gap,
    /// The key under which its spellings meet.
    pub key: WordKey,
}

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with digits or without (`Forlì`, `5G`, `dell'`).
    Word,
    /// Digits only.
    Number,
    /// One character that is neither.
    Mark,
}

/// How the letters of a word are cased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// No letter that has case.
    None,
    /// `città`.
    Lower,
    /// `Città`; a single capital letter too.
    Title,
    /// `CITTÀ`, two capital letters and more.
    Upper,
    /// Anything else: `McDonald`, `eBay`, `UnivAQ`.
    Mixed,
}

impl Case {
    /// Whether the word begins a name by its letters: title case, capitals or mixed.
    pub fn is_capital(self) -> bool {
        matches!(self, Self::Title | Self::Upper | Self::Mixed)
    }
}

/// What stands between two tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing: the tokens touch.
    None,
    /// Blanks within a line.
    Blank,
    /// At least one line end.
    Line,
    /// At least one blank line, or the start of the text.
    Paragraph,
}

impl From<&Token> for WordKey {
    fn from(token: &Token) -> Self {
        token.key
    }
}

/// Splits `text` into tokens; blanks are left out.
///
/// An apostrophe between letters goes with what stands before it, so that an elided article is a token of its own
/// (`dell'|Università`, `O'|Brien`), save where a single letter follows (`Ontario|'s`). Hyphens, dots, commas and
/// slashes are always tokens of their own.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at: 0 };
    let mut gap = Gap::Paragraph;
    while let Some(class) = scanner.class_at(scanner.at) {
        if class == Class::Blank {
            gap = gap.max(scanner.skip_blanks());
            continue;
        }
        let start = scanner.at;
        // Most words are short, of ASCII letters alone.
        if matches!(class, Class::Lower | Class::Upper)
            && let Some(letters) = WordKey::of_letters(scanner.bytes, start)
        {
            scanner.at += letters.len;
            let case = case_of(letters.n_upper < letters.len, letters.n_upper, letters.begins_upper);
            let span = Span::new(start, scanner.at);
            tokens.push(Token { span, kind: TokenKind::Word, case, gap, key: letters.key });
            gap = Gap::None;
            continue;
        }
        let (kind, case) = match class {
            Class::Mark => {
                scanner.advance();
                (TokenKind::Mark, Case::None)
            }
            _ => scanner.word(),
        };
        let key = WordKey::in_text(text, start..scanner.at);
        tokens.push(Token { span: Span::new(start, scanner.at), kind, case, gap, key });
        gap = Gap::None;
    }
    tokens
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    Lower,
    Upper,
    /// A letter without case, or a mark that belongs to the letter before it.
    Letter,
    Digit,
    Apostrophe,
    Mark,
}

/// Classes of the ASCII characters.
const ASCII: [Class; 128] = {
    let mut classes = [Class::Mark; 128];
    let mut at = 0;
    while at < 128 {
        classes[at] = match at as u8 {
            b'a'..=b'z' => Class::Lower,
            b'A'..=b'Z' => Class::Upper,
            b'0'..=b'9' => Class::Digit,
            b'\'' => Class::Apostrophe,
            0..=b' ' | 0x7f => Class::Blank,
            _ => Class::Mark,
        };
        at += 1;
    }
    classes
};

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
}

impl Scanner<'_> {
    /// The class of the character at byte `at`; none at the end. A lone apostrophe is a mark.
    fn class_at(&self, at: usize) -> Option<Class> {
        match self.raw_class(at)?.0 {
            Class::Apostrophe => Some(Class::Mark),
            class => Some(class),
        }
    }

    #[inline]
    fn raw_class(&self, at: usize) -> Option<(Class, usize)> {
        let byte = *self.bytes.get(at)?;
        if byte < 128 { Some((ASCII[byte as usize], 1)) } else { self.other_class(at) }
    }

    /// The class of a character that is no ASCII.
    #[inline(never)]
    fn other_class(&self, at: usize) -> Option<(Class, usize)> {
        let character = self.text[at..].chars().next()?;
        Some((class_of(character), character.len_utf8()))
    }

    fn advance(&mut self) {
        self.at += self.raw_class(self.at).map_or(0, |(_, len)| len);
    }

    fn skip_blanks(&mut self) -> Gap {
        let mut n_lines = 0;
        while let Some((Class::Blank, len)) = self.raw_class(self.at) {
            n_lines += usize::from(
                self.bytes[self.at] == b'\n'
                    || self.bytes[self.at] == b'\r' && self.bytes.get(self.at + 1) != Some(&b'\n'),
            );
            self.at += len;
        }
        match n_lines {
            0 => Gap::Blank,
            1 => Gap::Line,
            _ => Gap::Paragraph,
        }
    }

    fn word(&mut self) -> (TokenKind, Case) {
        let (mut has_lower, mut n_upper, mut has_letters, mut first_upper) = (false, 0, false, false);
        // Most words are ASCII letters to the end.
        while let Some(&byte) = self.bytes.get(self.at) {
            let is_lower = byte.is_ascii_lowercase();
            let is_upper = byte.is_ascii_uppercase();
            if !is_lower && !is_upper {
                break;
            }
            has_lower |= is_lower;
            first_upper |= is_upper & !has_letters;
            n_upper += usize::from(is_upper);
            has_letters = true;
            self.at += 1;
        }
        while let Some((class, len)) = self.raw_class(self.at) {
            match class {
                Class::Lower => has_lower = true,
                Class::Upper => {
                    first_upper |= !has_letters;
                    n_upper += 1;
                }
                Class::Letter | Class::Digit => {}
                Class::Apostrophe if has_letters && self.elides(self.at + len) => {
                    self.at += len;
                    break;
                }
                _ => break,
            }
            has_letters |= class != Class::Digit;
            self.at += len;
        }
        let kind = if has_letters { TokenKind::Word } else { TokenKind::Number };
        (kind, case_of(has_lower, n_upper, first_upper))
    }

    /// Whether an apostrophe before byte `at` belongs to the word before it: a digit or two letters follow.
    fn elides(&self, at: usize) -> bool {
        let is_letter = |class| matches!(class, Class::Lower | Class::Upper | Class::Letter);
        match self.raw_class(at) {
            Some((Class::Digit, _)) => true,
            Some((class, len)) if is_letter(class) => {
                class == Class::Upper || self.raw_class(at + len).is_some_and(|(next, _)| is_letter(next))
            }
            // An opening quotation mark: dell'“Università”.
            Some((Class::Mark, _)) => self.text[at..].starts_with(['“', '«', '"', '„']),
            _ => false,
        }
    }
}

/// The case of a word by its letters.
#[inline]
fn case_of(has_lower: bool, n_upper: usize, first_upper: bool) -> Case {
    match (has_lower, n_upper) {
        (false, 0) => Case::None,
        (true, 0) => Case::Lower,
        (_, 1) if first_upper => Case::Title,
        (false, _) => Case::Upper,
        (true, _) => Case::Mixed,
    }
}

fn class_of(character: char) -> Class {
    match character {
        // The letters of western Europe, ahead of the tables for all of Unicode.
        'ß'..='ö' | 'ø'..='ÿ' => Class::Lower,
        'À'..='Ö' | 'Ø'..='Þ' => Class::Upper,
        '’' | '´' | 'ʼ' | '‘' | '`' => Class::Apostrophe,
        // A soft hyphen is inside its word.
        '\u{ad}' | '\u{200d}' | '\u{200c}' => Class::Letter,
        '\u{300}'..='\u{36f}' => Class::Letter,
        'º' | 'ª' | '°' => Class::Mark,
        _ if character.is_lowercase() => Class::Lower,
        _ if character.is_uppercase() => Class::Upper,
        _ if character.is_alphabetic() => Class::Letter,
        _ if character.is_numeric() => Class::Digit,
        _ if character.is_whitespace() => Class::Blank,
        '\u{200b}' | '\u{2060}' | '\u{feff}' => Class::Blank,
        _ => Class::Mark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_tokens(text: &str, expected: &str) {
        let tokens: Vec<&str> = tokenize(text).iter().map(|token| token.span.of(text)).collect();
        assert_eq!(tokens.join("|"), expected);
    }

    #[test]
    fn an_elided_article_is_a_token_of_its_own() {
        check_tokens("dell'Università", "dell'|Università");
        check_tokens("l’8 marzo", "l’|8|marzo");
        check_tokens("Rebecca O’Brien", "Rebecca|O’|Brien");
    }

    #[test]
    fn a_possessive_letter_stands_apart() {
        check_tokens("Ontario's firms", "Ontario|'|s|firms");
    }

    #[test]
    fn marks_are_single() {
        check_tokens("S.p.A. (23/03/2024)", "S|.|p|.|A|.|(|23|/|03|/|2024|)");
        check_tokens("Emilia-Romagna", "Emilia|-|Romagna");
    }

    #[test]
    fn a_soft_hyphen_is_inside_its_word() {
        check_tokens("Univer\u{ad}sità", "Univer\u{ad}sità");
    }

    #[test]
    fn gaps_tell_lines_from_paragraphs() {
        let gaps: Vec<Gap> = tokenize("a b\nc\r\n\r\nd").iter().map(|token| token.gap).collect();
        assert_eq!(gaps, [Gap::Paragraph, Gap::Blank, Gap::Line, Gap::Paragraph]);
    }
}
