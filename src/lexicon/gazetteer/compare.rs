//! Whether a stretch of text is a spelling of the lists, and what had to be folded.
//!
//! The table of names proposes by hashes; what is said here decides.

mod plain;

pub(super) use plain::compare_plain;

use super::{
    Folds, Written,
    fold::{Class, character_before, class_of, fold, is_apostrophe, is_hyphen, is_quote},
    units::{Characters, Unit, joined, next_start, unit_at},
};

/// Seed of hashes that no table keeps.
const ANY_SEED: u64 = 0;

/// A spelling that was met in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Met {
    /// One past the last byte in the text.
    pub(super) end: usize,
    /// What had to be folded.
    pub(super) folds: Folds,
    /// How it is cased.
    pub(super) written: Written,
    /// Whether each word is in title case, small letters or as in the list.
    pub(super) is_plain_title: bool,
    /// Whether a word stands for the word of another language, not for `&`.
    pub(super) is_translated: bool,
}

/// Compares the spelling `list` with what begins at byte `at` of `text`, where a unit begins.
///
/// `conjunctions` are the folded words that stand for `&`.
pub(super) fn compare(list: &str, text: &str, at: usize, conjunctions: &[String]) -> Option<Met> {
    let mut list_unit = unit_at(list, first_start(list)?, ANY_SEED)?;
    let mut text_unit = unit_at(text, at, ANY_SEED)?;
    let mut cased = Cased::default();
    let mut joints = Joints::default();
    let mut is_first = true;
    loop {
        let next_in_list = next_start(list, list_unit.end);
        if !cased.compare(list, list_unit, text, text_unit) {
            match joined(text, text_unit, ANY_SEED).filter(|&joined| cased.compare(list, list_unit, text, joined)) {
                Some(joined) => text_unit = joined,
                None => {
                    let are_conjunctions = [(list, list_unit), (text, text_unit)]
                        .iter()
                        .all(|&(whole, unit)| is_conjunction(&whole[unit.start..unit.end], conjunctions));
                    if is_first || next_in_list.is_none() || !are_conjunctions {
                        return None;
                    }
                    cased.conjunction([list_unit, text_unit], &text[text_unit.start..text_unit.end]);
                }
            }
        }
        is_first = false;
        let words = Words { list: &list[list_unit.start..list_unit.end], text: &text[text_unit.start..text_unit.end] };
        let Some(next_in_list) = next_in_list else {
            let end = joints.close(words, &list[list_unit.end..], text, at, text_unit.end)?;
            return Some(cased.met(end, joints.folds));
        };
        let next_in_text = next_start(text, text_unit.end)?;
        if !joints.compare(words, &list[list_unit.end..next_in_list], &text[text_unit.end..next_in_text]) {
            return None;
        }
        list_unit = unit_at(list, next_in_list, ANY_SEED)?;
        text_unit = unit_at(text, next_in_text, ANY_SEED)?;
    }
}

/// The start of the first unit; marks before it are no part of the name.
pub(super) fn first_start(list: &str) -> Option<usize> {
    let is_start = |character| !matches!(class_of(character), Class::Blank | Class::Mark | Class::Extend);
    list.char_indices().find(|&(_, character)| is_start(character)).map(|(at, _)| at)
}

/// Whether `unit` is `&` or one of its words.
pub(super) fn is_conjunction(unit: &str, conjunctions: &[String]) -> bool {
    matches!(unit, "&" | "＆") || {
        let folded = Characters::of(unit).flat_map(folded);
        conjunctions.iter().any(|word| word.chars().eq(folded.clone()))
    }
}

/// What a character folds to.
fn folded(character: char) -> impl Iterator<Item = char> + Clone {
    let mut parts = ['\0'; 4];
    let mut n_parts = 0;
    fold(character, |part| {
        if n_parts < parts.len() {
            parts[n_parts] = part;
            n_parts += 1;
        }
    });
    parts.into_iter().take(n_parts)
}

/// Two units that meet, as written.
#[derive(Clone, Copy)]
struct Words<'a> {
    list: &'a str,
    text: &'a str,
}

/// How the letters of a text are cased beside those of a spelling.
struct Cased {
    folds: Folds,
    all_same: bool,
    all_capital: bool,
    n_capitals: usize,
    capitals_kept: bool,
    plain_title: bool,
    translated: bool,
}

impl Default for Cased {
    fn default() -> Self {
        Self {
            folds: Folds::NONE,
            all_same: true,
            all_capital: true,
            n_capitals: 0,
            capitals_kept: true,
            plain_title: true,
            translated: false,
        }
    }
}

impl Cased {
    /// Takes in a pair of units; false, and nothing is taken in, when they fold to different words.
    fn compare(&mut self, list: &str, list_unit: Unit, text: &str, text_unit: Unit) -> bool {
        let (list, text) = (&list[list_unit.start..list_unit.end], &text[text_unit.start..text_unit.end]);
        let of_list =
            || Characters::of(list).flat_map(|character| folded(character).map(move |part| (part, character)));
        let of_text =
            || Characters::of(text).flat_map(|character| folded(character).map(move |part| (part, character)));
        if !of_list().map(|(part, _)| part).eq(of_text().map(|(part, _)| part)) {
            return false;
        }
        let same = of_list().zip(of_text()).all(|((_, a), (_, b))| a.is_uppercase() == b.is_uppercase());
        let list_has_capital = Characters::of(list).any(char::is_uppercase);
        let first_is_capital = Characters::of(text).next().is_some_and(char::is_uppercase);
        self.all_same &= same;
        self.capitals_kept &= same || !list_has_capital || first_is_capital;
        self.plain_title &= same || !Characters::of(text).skip(1).any(char::is_uppercase);
        self.capitals(text);
        self.fold_marks(list, text);
        true
    }

    /// Takes in a conjunction that stands for another.
    fn conjunction(&mut self, units: [Unit; 2], text: &str) {
        self.translated |= units.iter().all(|unit| unit.class != Class::And);
        self.folds = self.folds.with(Folds::AMPERSAND);
        self.capitals(text);
    }

    fn capitals(&mut self, text: &str) {
        self.all_capital &= !text.chars().any(char::is_lowercase);
        self.n_capitals += text.chars().filter(|character| character.is_uppercase()).count();
    }

    fn fold_marks(&mut self, list: &str, text: &str) {
        if list == text {
            return;
        }
        let lower =
            |unit: &'_ str| unit.chars().filter(|&c| is_letter(c)).flat_map(char::to_lowercase).collect::<String>();
        if lower(list) != lower(text) {
            self.folds = self.folds.with(Folds::ACCENT);
        }
        if list.contains('.') != text.contains('.') {
            self.folds = self.folds.with(Folds::DOTS);
        }
        if text.contains(['\u{ad}', '\u{200c}', '\u{200d}', '-', '‐']) {
            self.folds = self.folds.with(Folds::SOFT_HYPHEN);
        }
    }

    fn met(self, end: usize, folds: Folds) -> Met {
        let written = match () {
            () if self.all_same => Written::Exact,
            () if self.all_capital && self.n_capitals > 0 => Written::Capitals,
            () if self.capitals_kept => Written::Title,
            () => Written::Any,
        };
        let case = if written == Written::Exact { Folds::NONE } else { Folds::CASE };
        Met {
            end,
            folds: self.folds.with(folds).with(case),
            written,
            is_plain_title: self.plain_title,
            is_translated: self.translated,
        }
    }
}

/// Whether a character of a unit is more than a dot, a soft hyphen or what stands at a broken line end.
fn is_letter(character: char) -> bool {
    match class_of(character) {
        Class::Extend => !matches!(character, '\u{ad}' | '\u{200c}' | '\u{200d}'),
        Class::Blank | Class::Mark => false,
        _ => true,
    }
}

/// What stands between the units of a text beside what stands between those of a spelling.
#[derive(Default)]
struct Joints {
    folds: Folds,
    /// Quotation marks in the text so far.
    n_quotes: usize,
    n_list_quotes: usize,
}

impl Joints {
    fn fold(&mut self, fold: Folds) {
        self.folds = self.folds.with(fold);
    }

    /// Whether the joint `text` may stand for the joint `list`, behind the pair `words`.
    fn compare(&mut self, words: Words<'_>, list: &str, text: &str) -> bool {
        if list == text {
            let n_quotes = text.chars().filter(|&character| is_quote(character)).count();
            self.n_quotes += n_quotes;
            self.n_list_quotes += n_quotes;
            return true;
        }
        let (list, text) = self.without_accents(words, list, text);
        let marks = |joint: &str| {
            let mut marks = joint.chars().filter(|&c| class_of(c) != Class::Blank && !is_quote(c)).map(mark);
            let first: [char; 4] = std::array::from_fn(|_| marks.next().unwrap_or('\0'));
            marks.next().is_none().then_some(first)
        };
        let (Some(list_marks), Some(text_marks)) = (marks(list), marks(text)) else { return false };
        self.quotes(list, text);
        let blanks = |joint: &'_ str| joint.chars().filter(|&c| class_of(c) == Class::Blank).collect::<String>();
        if list_marks == text_marks {
            let raw =
                |joint: &'_ str, is_kind: fn(char) -> bool| joint.chars().filter(|&c| is_kind(c)).collect::<String>();
            for (is_kind, fold) in [(is_hyphen as fn(char) -> bool, Folds::HYPHEN), (is_apostrophe, Folds::APOSTROPHE)]
            {
                if raw(list, is_kind) != raw(text, is_kind) {
                    self.fold(fold);
                }
            }
            if blanks(list) != blanks(text) {
                self.fold(Folds::BLANK);
            }
            return true;
        }
        if blanks(text).contains(|character| character != ' ') {
            self.fold(Folds::BLANK);
        }
        let is_hyphen_or_blank = |marks: [char; 4]| marks == ['\0'; 4] || marks == ['-', '\0', '\0', '\0'];
        if is_hyphen_or_blank(list_marks) && is_hyphen_or_blank(text_marks) {
            self.fold(Folds::HYPHEN);
            return true;
        }
        let is_short = Characters::of(words.text).count() <= 2;
        let dot_dropped = list_marks[0] == '.' && without_first(list_marks) == text_marks;
        let dot_added = text_marks[0] == '.' && is_short && without_first(text_marks) == list_marks;
        self.fold(Folds::DOTS);
        dot_dropped || dot_added
    }

    /// The joints without an apostrophe that stands for the accent of the word before it.
    fn without_accents<'j>(&mut self, words: Words<'_>, list: &'j str, text: &'j str) -> (&'j str, &'j str) {
        match (apostrophe_len(list), apostrophe_len(text)) {
            (0, len) if len > 0 && stands_for_accent(words.list, words.text) => {
                self.fold(Folds::ACCENT);
                (list, &text[len..])
            }
            (len, 0) if len > 0 && stands_for_accent(words.text, words.list) => {
                self.fold(Folds::ACCENT);
                (&list[len..], text)
            }
            _ => (list, text),
        }
    }

    fn quotes(&mut self, list: &str, text: &str) {
        let quotes = |joint: &'_ str| joint.chars().filter(|&character| is_quote(character)).collect::<String>();
        let (list_quotes, text_quotes) = (quotes(list), quotes(text));
        self.n_list_quotes += list_quotes.chars().count();
        self.n_quotes += text_quotes.chars().count();
        if list_quotes != text_quotes {
            self.fold(Folds::QUOTES);
        }
    }

    /// Where the match ends, with the marks that belong to it: `list` is what stands behind the last unit of the
    /// spelling; none where a mark of the spelling is missing.
    fn close(&mut self, words: Words<'_>, list: &str, text: &str, start: usize, end: usize) -> Option<usize> {
        let mut end = end;
        let rest = |end: usize| text[end..].chars().next();
        let accent = [apostrophe_len(&text[end..]), apostrophe_len(list)];
        if accent[0] > 0
            && (stands_for_accent(words.list, words.text) || accent[1] > 0)
            && !character_before(text, start).is_some_and(is_apostrophe)
        {
            end += accent[0];
            self.fold(if accent[1] > 0 { Folds::NONE } else { Folds::ACCENT });
        }
        for mark in list[accent[1]..].chars().filter(|&mark| class_of(mark) == Class::Mark) {
            let is_here = rest(end) == Some(mark);
            match mark {
                ')' | ']' | '}' | '+' | '#' | '*' if !is_here => return None,
                '.' if !is_here && !words.text.ends_with('.') => self.fold(Folds::DOTS),
                _ if is_quote(mark) => self.n_list_quotes += 1,
                _ => {}
            }
            if is_here && !is_quote(mark) {
                end += mark.len_utf8();
            }
        }
        if self.n_quotes % 2 == 1 {
            match rest(end).filter(|&character| is_quote(character)) {
                Some(quote) => end += quote.len_utf8(),
                // The list leaves it open too.
                None if self.n_list_quotes % 2 == 1 => {}
                None => return None,
            }
        }
        Some(end)
    }
}

/// Length of the apostrophe that `joint` begins with; 0 if it begins otherwise.
fn apostrophe_len(joint: &str) -> usize {
    joint.chars().next().filter(|&character| is_apostrophe(character)).map_or(0, char::len_utf8)
}

/// Whether an apostrophe behind `plain` can stand for the accent at the end of `accented`.
fn stands_for_accent(accented: &str, plain: &str) -> bool {
    let last = |word: &'_ str| word.chars().next_back();
    let is_accented = |last: Option<char>| {
        last.is_some_and(|character| {
            !character.is_ascii() && {
                let folded = folded(character).next();
                folded.is_none_or(|first| first.is_ascii_alphabetic())
            }
        })
    };
    is_accented(last(accented)) && last(plain).is_some_and(|character| character.is_ascii_alphabetic())
}

/// One mark for all that are taken for one another.
fn mark(character: char) -> char {
    match character {
        _ if is_hyphen(character) => '-',
        _ if is_apostrophe(character) => '\'',
        _ => character,
    }
}

fn without_first(marks: [char; 4]) -> [char; 4] {
    [marks[1], marks[2], marks[3], '\0']
}
