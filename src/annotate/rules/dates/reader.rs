//! Reads the words around a trigger: what each means, phrases as one.

use super::named::Read;
use crate::{
    document::{Case, Gap, Token, TokenKind},
    lexicon::pack::dates::{DatesWords, Phrase, Role, Roles, Sense, Traits},
};
use std::cell::RefCell;

/// Longest stretch of words that is read at once, in tokens.
const MAX_TOKENS: usize = 60;

/// Longest stretch that is read before a trigger, in tokens.
const MAX_BEFORE: usize = 24;

/// A word, number, mark or phrase with what it means in a calendar expression.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lexeme<'a> {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What the word means; for digits with an ending (`21st`, `15h`) what the ending means.
    pub sense: &'a Sense,
    /// What it is at a glance.
    pub traits: Traits,
    /// Its digits.
    pub digits: Option<Digits>,
    /// Its value as a Roman numeral.
    pub roman: Option<u8>,
    /// The character of a mark.
    pub mark: Option<char>,
    /// What stands before it.
    pub gap: Gap,
    /// How it is cased.
    pub case: Case,
    /// Whether it is a phrase of several words.
    pub is_phrase: bool,
}

impl Lexeme<'_> {
    /// Whether it means nothing by itself, as plain digits do.
    pub fn is_plain(&self) -> bool {
        !self.traits.is_any(Traits::MEANT)
    }
}

/// The digits of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digits {
    /// Their value; numbers of more than six digits are none.
    pub value: u32,
    /// How many there are.
    pub n: u8,
    /// Digits behind the letter of an hour (`18h30`, `23T10`).
    pub minutes: Option<u16>,
}

/// The words around a trigger, with the vocabulary that reads them.
pub(super) struct Run<'a> {
    /// What each word means.
    pub lexemes: &'a [Lexeme<'a>],
    /// What all of them are at a glance.
    pub traits: Traits,
    /// The vocabulary of the sentence's language.
    pub words: &'a DatesWords,
    /// The clean text.
    pub text: &'a str,
    /// The point read at each place, once it was.
    pub points: &'a RefCell<Vec<Option<Read>>>,
    /// The token before the run, if it stands in the same sentence.
    pub before: Option<Token>,
    /// Whether that token is the first of the sentence, so that its capital says nothing.
    pub is_second: bool,
    /// The token behind the run, if it stands in the same sentence.
    pub after: Option<Token>,
}

/// Where a trigger's words begin: at most [`MAX_BEFORE`] tokens back, no further than `floor`.
pub(super) fn run_start(text: &str, tokens: &[Token], trigger: usize, floor: usize, words: &DatesWords) -> usize {
    let mut at = trigger;
    while at > floor && trigger - at < MAX_BEFORE && is_readable(text, tokens, at - 1, words) {
        at -= 1;
    }
    at
}

/// Reads the words from token `start` into `lexemes`, up to one that means nothing or to `end`; returns the token behind the last.
pub(super) fn read<'a>(
    text: &str,
    tokens: &[Token],
    (start, end): (usize, usize),
    words: &'a DatesWords,
    lexemes: &mut Vec<Lexeme<'a>>,
) -> usize {
    lexemes.clear();
    let mut at = start;
    while at < end && at - start < MAX_TOKENS {
        if at > start && tokens[at].gap == Gap::Paragraph {
            break;
        }
        let Some((lexeme, n_tokens)) = lexeme(text, &tokens[at..end], words) else { break };
        lexemes.push(lexeme);
        at += n_tokens;
    }
    at
}

/// Marks that may stand inside an expression.
const MARKS: [char; 15] = ['/', '-', '–', '—', '.', ',', '(', ')', '\'', '’', ':', '‑', '−', '~', '+'];

fn is_readable(text: &str, tokens: &[Token], at: usize, words: &DatesWords) -> bool {
    let token = &tokens[at];
    tokens[at + 1].gap != Gap::Paragraph
        && match token.kind {
            TokenKind::Word if !text.as_bytes()[token.span.start()].is_ascii_digit() => {
                words.sense(token).is_some_and(|sense| !stands_beside(sense))
                    || roman(token.span.of(text), words).is_some()
            }
            _ => lexeme(text, &tokens[at..=at], words).is_some(),
        }
}

/// The first of `tokens`, or the phrase that begins with it, with what it means.
fn lexeme<'a>(text: &str, tokens: &[Token], words: &'a DatesWords) -> Option<(Lexeme<'a>, usize)> {
    let token = tokens[0];
    let written = token.span.of(text);
    let mut lexeme = Lexeme {
        start: token.span.start(),
        end: token.span.end(),
        sense: &Sense::NONE,
        traits: Traits::NONE,
        digits: None,
        roman: None,
        mark: None,
        gap: token.gap,
        case: token.case,
        is_phrase: false,
    };
    let n_tokens = match token.kind {
        TokenKind::Number => {
            lexeme.digits = Some(digits(written)?);
            1
        }
        TokenKind::Mark => {
            lexeme.mark = written.chars().next();
            match words.sense(&token) {
                Some(sense) => lexeme.sense = sense,
                None if !lexeme.mark.is_some_and(|mark| MARKS.contains(&mark)) => return None,
                None => {}
            }
            1
        }
        TokenKind::Word if written.as_bytes()[0].is_ascii_digit() => {
            figures_and_letters(written, tokens, &mut lexeme, words)?
        }
        TokenKind::Word => word(text, tokens, &mut lexeme, words)?,
    };
    lexeme.traits = lexeme.sense.traits().and(traits_as_written(&lexeme));
    Some((lexeme, n_tokens))
}

/// What figures, numerals and marks are at a glance.
fn traits_as_written(lexeme: &Lexeme<'_>) -> Traits {
    let by_mark = match lexeme.mark {
        None => Traits::NONE,
        Some('/') => Traits::FIELD_MARK.and(Traits::RANGE_JOINT).and(Traits::LIST_JOINT),
        Some('-' | '–' | '—' | '‑' | '−' | '~') => Traits::FIELD_MARK.and(Traits::RANGE_JOINT),
        Some('.') => Traits::FIELD_MARK,
        Some(',') => Traits::LIST_JOINT,
        Some('\'' | '’') => Traits::APOSTROPHE,
        Some(_) => Traits::NONE,
    };
    let figures = match lexeme.digits {
        None => Traits::NONE,
        Some(Digits { n: ..=2, .. }) => Traits::FIGURES.and(Traits::DAY_FIGURES),
        Some(Digits { n: 4, .. }) => Traits::FIGURES.and(Traits::YEAR_FIGURES),
        Some(_) => Traits::FIGURES,
    };
    let roman = if lexeme.roman.is_some() { Traits::ROMAN } else { Traits::NONE };
    by_mark.and(figures).and(roman)
}

/// Reads figures with letters behind them: `21st`, `15h`, `1Q24`, `1p.m.`, the day of a timestamp; returns the number of tokens.
fn figures_and_letters<'a>(
    written: &str,
    tokens: &[Token],
    lexeme: &mut Lexeme<'a>,
    words: &'a DatesWords,
) -> Option<usize> {
    let n = written.bytes().take_while(u8::is_ascii_digit).count();
    let mut digits = digits(&written[..n])?;
    let ending = &written[n..];
    let letters = ending.trim_end_matches(|letter: char| letter.is_ascii_digit());
    digits.minutes = ending[letters.len()..].parse().ok();
    lexeme.digits = Some(digits);
    // The hour of a timestamp by ISO 8601 is written onto its day: 2024-03-23T10:30.
    if digits.n == 2 && digits.minutes.is_some() && written.as_bytes()[n] == b'T' {
        lexeme.end = lexeme.start + n;
    } else {
        let (sense, phrases) = words.read(letters);
        // 1p.m.: the letter opens what the marks go on with.
        if let Some((sense, n_tokens)) = phrase(tokens, phrases, words).filter(|_| letters.len() == ending.len()) {
            lexeme.sense = sense;
            lexeme.end = tokens[n_tokens - 1].span.end();
            return Some(n_tokens);
        }
        lexeme.sense = sense?;
    }
    Some(1)
}

/// Reads a word, or the phrase that it opens; returns the number of its tokens.
fn word<'a>(text: &str, tokens: &[Token], lexeme: &mut Lexeme<'a>, words: &'a DatesWords) -> Option<usize> {
    let token = tokens[0];
    let written = token.span.of(text);
    lexeme.roman = roman(written, words);
    let (sense, phrases) = words.read(&token);
    if sense.is_some_and(|sense| sense.traits().is_any(Traits::OPENS_PHRASE))
        && let Some((sense, n_tokens)) = phrase(tokens, phrases, words)
    {
        lexeme.sense = sense;
        lexeme.end = tokens[n_tokens - 1].span.end();
        lexeme.is_phrase = n_tokens > 1;
        return Some(n_tokens);
    }
    if sense.is_none()
        && let Some((n_letters, year)) = labeled_year(written, words)
    {
        lexeme.start += n_letters;
        lexeme.digits = Some(year);
        return Some(1);
    }
    match sense.filter(|sense| !stands_beside(sense)) {
        Some(sense) => lexeme.sense = sense,
        None if lexeme.roman.is_none() => return None,
        None => {}
    }
    Some(1)
}

/// Whether a word tells of a date and stands in none: it ends what is read together like any other word.
fn stands_beside(sense: &Sense) -> bool {
    sense.traits().is_any(Traits::BESIDE) && !sense.traits().is_any(Traits::OPENS_PHRASE)
}

/// Whether the token at `at` opens the name of an era (`a.C.`, `BC`).
pub(super) fn is_era(tokens: &[Token], at: usize, words: &DatesWords) -> bool {
    const ERAS: Roles = Roles::of(&[Role::BeforeChrist, Role::AfterChrist]);
    let Some(token) = tokens.get(at).filter(|token| token.kind == TokenKind::Word) else { return false };
    let (sense, phrases) = words.read(token);
    sense.is_some_and(|sense| sense.is_any(ERAS)) || phrases.iter().any(|(_, sense)| sense.is_any(ERAS))
}

/// The longest of `phrases` that begins with the first of `tokens`.
fn phrase<'a>(tokens: &[Token], phrases: &'a [Phrase], words: &DatesWords) -> Option<(&'a Sense, usize)> {
    if phrases.is_empty() {
        return None;
    }
    let number = |token: &Token| words.number(token).filter(|_| token.gap < Gap::Paragraph);
    let second = number(tokens.get(1)?)?;
    phrases.iter().filter(|(rest, _)| rest.first() == Some(&second)).find_map(|(rest, sense)| {
        let following = tokens.get(2..=rest.len())?;
        let meets = following.iter().zip(&rest[1..]).all(|(token, &word)| number(token) == Some(word));
        meets.then_some((sense, rest.len() + 1))
    })
}

/// The year that is written onto its label (`FY24`, `FY2023`), with the number of letters before it.
fn labeled_year(written: &str, words: &DatesWords) -> Option<(usize, Digits)> {
    let letters = written.trim_end_matches(|it: char| it.is_ascii_digit());
    let year = digits(&written[letters.len()..]).filter(|year| matches!(year.n, 2 | 4))?;
    let is_label = letters.len() == 2 && words.sense(letters).is_some_and(|sense| sense.is(Role::YearNoun));
    let value = if year.n == 2 { 2000 + year.value } else { year.value };
    is_label.then_some((letters.len(), Digits { value, n: 4, minutes: None }))
}

fn digits(written: &str) -> Option<Digits> {
    if written.len() > 6 || !written.is_ascii() {
        return None;
    }
    Some(Digits { value: written.parse().ok()?, n: written.len() as u8, minutes: None })
}

/// The value of a Roman numeral up to 39 in capitals, endings of ordinals left out (`XIXe`).
fn roman(written: &str, words: &DatesWords) -> Option<u8> {
    if !matches!(written.as_bytes().first(), Some(b'I' | b'V' | b'X')) {
        return None;
    }
    let letters = written.trim_end_matches(|letter: char| letter.is_lowercase());
    let ending = &written[letters.len()..];
    let is_ordinal = || words.sense(ending).is_some_and(|sense| sense.is(Role::OrdinalMark));
    if letters.is_empty() || letters.len() > 6 || !ending.is_empty() && !is_ordinal() {
        return None;
    }
    let values: Vec<u8> = letters
        .bytes()
        .map(|letter| match letter {
            b'I' => Some(1),
            b'V' => Some(5),
            b'X' => Some(10),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let mut sum = 0_i16;
    for (at, &value) in values.iter().enumerate() {
        let is_subtracted = values.get(at + 1).is_some_and(|&next| next > value);
        sum += if is_subtracted { -i16::from(value) } else { i16::from(value) };
    }
    u8::try_from(sum).ok().filter(|value| (1..=39).contains(value))
}

impl<'a> Run<'a> {
    /// The word at `at`.
    #[inline]
    pub fn get(&self, at: usize) -> Option<&'a Lexeme<'a>> {
        self.lexemes.get(at)
    }

    /// What the word at `at` means; nothing behind the end.
    #[inline]
    pub fn sense(&self, at: usize) -> &'a Sense {
        self.lexemes.get(at).map_or(&Sense::NONE, |lexeme| lexeme.sense)
    }

    /// What the word at `at` is at a glance; nothing behind the end.
    #[inline]
    pub fn traits(&self, at: usize) -> Traits {
        self.lexemes.get(at).map_or(Traits::NONE, |lexeme| lexeme.traits)
    }

    /// Whether the word at `at` can play `role`.
    #[inline]
    pub fn is(&self, at: usize, role: Role) -> bool {
        self.lexemes.get(at).is_some_and(|lexeme| lexeme.sense.is(role))
    }

    /// Whether one of `marks` stands at `at`.
    #[inline]
    pub fn is_mark(&self, at: usize, marks: &[char]) -> bool {
        self.lexemes.get(at).and_then(|lexeme| lexeme.mark).is_some_and(|mark| marks.contains(&mark))
    }

    /// Whether a comma stands at `at`.
    pub fn is_comma(&self, at: usize) -> bool {
        self.is_mark(at, &[','])
    }

    /// Whether a dash stands at `at`.
    pub fn is_dash(&self, at: usize) -> bool {
        self.is_mark(at, &['-', '–', '—', '‑', '−', '~'])
    }

    /// Whether nothing stands between the words `at - 1` and `at`.
    pub fn touches(&self, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|lexeme| lexeme.gap == Gap::None)
    }

    /// The digits at `at`, without an ending.
    pub fn digits(&self, at: usize) -> Option<Digits> {
        let lexeme = self.lexemes.get(at)?;
        lexeme.digits.filter(|digits| lexeme.is_plain() && digits.minutes.is_none())
    }

    /// The place behind articles and prepositions from `at` on, three at most.
    pub fn glue(&self, at: usize) -> usize {
        let n = (at..at + 3).take_while(|&at| self.is(at, Role::Glue)).count();
        at + n
    }

    /// The same, up to a word that also joins the ends of a range (`Friday to October 1`).
    pub fn glue_of_day(&self, at: usize) -> usize {
        let n = (at..at + 3).take_while(|&at| self.is(at, Role::Glue) && !self.is_range_to(at)).count();
        at + n
    }

    /// Whether the word at `at` joins the ends of a range; one that lost its accent is a verb or an article (`a été`).
    pub fn is_range_to(&self, at: usize) -> bool {
        self.is(at, Role::RangeTo) && !(self.lacks_accent(at) && self.get(at + 1).is_none_or(|it| it.digits.is_none()))
    }

    /// Whether the word at `at` is only meant where its accent is written, and stands without it in small letters.
    pub fn lacks_accent(&self, at: usize) -> bool {
        self.is(at, Role::Accented)
            && self.get(at).is_some_and(|it| it.case == Case::Lower && self.text[it.start..it.end].is_ascii())
    }

    /// The place behind the dot of an abbreviation at `at`, if there is one.
    pub fn dot(&self, at: usize) -> usize {
        at + usize::from(self.is_mark(at, &['.']) && self.touches(at))
    }

    /// The place behind a comma at `at`, if there is one.
    pub fn comma(&self, at: usize) -> usize {
        at + usize::from(self.is_comma(at))
    }

    /// The case of the word at `at`.
    pub fn is_capital(&self, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|lexeme| lexeme.case.is_capital())
    }

    /// The token that follows the word before `end`, as written, with its token.
    pub fn following(&self, end: usize) -> Option<(&str, Case)> {
        match self.lexemes.get(end) {
            Some(lexeme) => Some((&self.text[lexeme.start..lexeme.end], lexeme.case)),
            None => self.after.map(|token| (token.span.of(self.text), token.case)),
        }
    }

    /// The token that stands before the word at `start`.
    pub fn preceding(&self, start: usize) -> Option<(&str, Case)> {
        match start.checked_sub(1) {
            Some(at) => self.lexemes.get(at).map(|it| (&self.text[it.start..it.end], it.case)),
            None => self.before.map(|token| (token.span.of(self.text), token.case)),
        }
    }
}
