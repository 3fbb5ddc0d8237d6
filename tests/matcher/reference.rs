//! A matcher that is slow and plain: every name is tried at every word of the text. It shares no code with the engine: no
//! hashes, no table, no scan, and words, folds and joints of its own.

use gazzetta::lexicon::{Folds, Written};
use unicode_normalization::UnicodeNormalization;

/// What a row of the list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub text: String,
    pub kind: &'static str,
    pub case: &'static str,
    pub is_acronym: bool,
}

/// What is found: first and last byte, folds, casing, numbers of the rows.
pub type Found = (usize, usize, Folds, Written, Vec<usize>);

/// Words that the reference knows besides the names.
pub struct Words<'w> {
    pub conjunctions: &'w [&'w str],
    pub legal_forms: &'w [&'w str],
    pub particles: &'w [&'w str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    Mark,
    Word,
    Extend,
    Katakana,
    Single,
    Hangul,
    And,
}

fn class_of(character: char) -> Class {
    match character {
        '&' => Class::And,
        '\u{200b}' => Class::Blank,
        '\u{ad}' | '\u{200d}' | '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}' => Class::Extend,
        '가'..='힣' => Class::Hangul,
        'ァ'..='ヺ' | 'ー' => Class::Katakana,
        'ぁ'..='ゖ' | '一'..='鿿' => Class::Single,
        'º' | 'ª' => Class::Mark,
        _ if character.is_alphanumeric() => Class::Word,
        _ if character.is_whitespace() => Class::Blank,
        _ => Class::Mark,
    }
}

fn is_quote(character: char) -> bool {
    "\"“”„«»「」".contains(character)
}

fn is_apostrophe(character: char) -> bool {
    "'’´`".contains(character)
}

fn is_hyphen(character: char) -> bool {
    "-‑–—‐".contains(character)
}

fn fold(text: &str) -> String {
    let mut folded = String::new();
    for character in text.chars() {
        match class_of(character) {
            Class::Hangul | Class::Katakana | Class::Single => folded.push(character),
            Class::Extend | Class::Mark | Class::Blank => {}
            _ => {
                for part in character.nfd().flat_map(char::to_lowercase).filter(|&part| class_of(part) != Class::Extend)
                {
                    match part {
                        'ß' => folded.push_str("ss"),
                        'ł' => folded.push('l'),
                        'ø' => folded.push('o'),
                        'ς' => folded.push('σ'),
                        other => folded.push(other),
                    }
                }
            }
        }
    }
    folded
}

/// A word with the stretch before the next.
#[derive(Debug, Clone)]
struct Unit<'t> {
    start: usize,
    text: &'t str,
    /// What stands behind it, up to the next word or the end.
    joint: &'t str,
    n_joined: usize,
}

impl Unit<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The words of a text.
fn cut(text: &str) -> Vec<Unit<'_>> {
    let chars: Vec<(usize, char)> = text.char_indices().chain([(text.len(), '\n')]).collect();
    let n_chars = chars.len() - 1;
    let class = |at: usize| if at < n_chars { class_of(chars[at].1) } else { Class::Blank };
    let extends = |mut at: usize| {
        while class(at) == Class::Extend {
            at += 1;
        }
        at
    };
    let mut spans = Vec::new();
    let mut at = 0;
    while at < n_chars {
        let first = class(at);
        let mut end = at + 1;
        match first {
            Class::Blank | Class::Mark | Class::Extend => {
                at += 1;
                continue;
            }
            Class::Word | Class::Katakana => {
                while class(end) == first || class(end) == Class::Extend {
                    end += 1;
                }
            }
            Class::Single | Class::Hangul => end = extends(end),
            Class::And => {}
        }
        let n_letters = |from: usize, to: usize| (from..to).filter(|&at| class(at) == Class::Word).count();
        if first == Class::Word && n_letters(at, end) == 1 && chars[at].1.is_alphabetic() {
            // A letter, a dot, a letter that stands alone …
            let mut last = end;
            while chars[last].1 == '.' && class(last + 1) == Class::Word && chars[last + 1].1.is_alphabetic() {
                let next = extends(last + 2);
                if class(next) == Class::Word {
                    break;
                }
                last = next;
            }
            if last > end {
                end = if last < n_chars && chars[last].1 == '.' { last + 1 } else { last };
            }
        }
        spans.push((chars[at].0, chars[end].0));
        at = end;
    }
    let next = |idx: usize| spans.get(idx + 1).map_or(text.len(), |span: &(usize, usize)| span.0);
    let unit = |(idx, &(start, end)): (usize, &(usize, usize))| Unit {
        start,
        text: &text[start..end],
        joint: &text[end..next(idx)],
        n_joined: 0,
    };
    spans.iter().enumerate().map(unit).collect()
}

/// Whether two words of a name may stand so far apart.
fn is_joint(joint: &str) -> bool {
    joint.len() <= 40 && joint.replace("\r\n", "\n").matches(['\n', '\r']).count() <= 1
}

/// The word at `idx` and the next in one, when the line breaks it.
fn broken<'t>(text: &'t str, units: &[Unit<'t>], idx: usize) -> Option<Unit<'t>> {
    let (unit, next) = (&units[idx], units.get(idx + 1)?);
    let rest = match unit.joint.strip_prefix(['-', '‐']) {
        Some(rest) => rest,
        None if unit.text.ends_with('\u{ad}') => unit.joint,
        None => return None,
    };
    let is_line_end =
        rest.contains('\n') && rest.chars().all(|c| " \t\r\n".contains(c)) && rest.matches('\n').count() == 1;
    let first = next.text.chars().next()?;
    let is_word = |unit: &Unit<'_>| unit.text.chars().next().is_some_and(|c| class_of(c) == Class::Word);
    let is_upper = unit.text.chars().all(|c| !c.is_lowercase());
    let goes_on = is_word(unit) && is_word(next) && first.is_alphabetic() && (!first.is_uppercase() || is_upper);
    (is_line_end && goes_on).then(|| Unit {
        start: unit.start,
        text: &text[unit.start..next.end()],
        joint: next.joint,
        n_joined: 1,
    })
}

#[derive(Debug, Clone)]
struct Met {
    unit_end: usize,
    end: usize,
    folds: Folds,
    written: Written,
    n_joined: usize,
    words: Vec<String>,
}

/// How a comparison stands.
#[derive(Debug, Clone)]
struct State {
    folds: Folds,
    is_same: bool,
    is_capital: bool,
    n_capitals: usize,
    keeps_capitals: bool,
    is_plain_title: bool,
    is_translated: bool,
    n_quotes: [usize; 2],
    n_joined: usize,
}

pub struct Reference<'w> {
    pub names: &'w [Name],
    pub words: Words<'w>,
}

impl Reference<'_> {
    /// What the names are found at in `text`.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let units = cut(text);
        let (mut found, mut free_from) = (Vec::new(), 0);
        for (idx, unit) in units.iter().enumerate() {
            if unit.start < free_from || !begins(text, unit.start) {
                continue;
            }
            if let Some(name) = self.longest(text, &units, idx) {
                free_from = name.1;
                found.push(name);
            }
        }
        found
    }

    fn longest(&self, text: &str, units: &[Unit<'_>], idx: usize) -> Option<Found> {
        let mut met: Vec<(Met, usize, bool)> = Vec::new();
        for (row, name) in self.names.iter().enumerate() {
            for (list, is_stripped) in self.spellings(name) {
                for one in self.meet(&list, name, text, units, idx) {
                    let folds = if is_stripped { one.folds.with(Folds::LEGAL_FORM) } else { one.folds };
                    met.push((Met { folds, ..one }, row, name.kind == "institution"));
                }
            }
        }
        let unit_end = met.iter().map(|(met, ..)| met.unit_end).max()?;
        met.retain(|(met, ..)| met.unit_end == unit_end);
        let mut groups: Vec<Vec<String>> = met.iter().map(|(met, ..)| met.words.clone()).collect();
        groups.sort();
        groups.dedup();
        let rank = |met: &Met| (met.written as u8, met.folds.count());
        let best_of = |words: &Vec<String>| {
            let of_group: Vec<_> = met.iter().filter(|(met, ..)| met.words == *words).collect();
            let end = of_group.iter().map(|(met, ..)| met.end).max()?;
            let longest: Vec<_> = of_group.into_iter().filter(|(met, ..)| met.end == end).collect();
            let best = longest.iter().map(|(met, ..)| met).min_by_key(|met| rank(met))?.clone();
            Some((best, longest.into_iter().cloned().collect::<Vec<_>>()))
        };
        let (mut best, mut rows) =
            groups.iter().filter_map(best_of).min_by_key(|(best, _)| (rank(best), best.n_joined))?;
        if rows.iter().any(|(.., is_institution)| *is_institution)
            && let Some(end) = self.legal_end(text, best.end)
        {
            best = Met { end, folds: best.folds.with(Folds::LEGAL_FORM), ..best };
            rows.retain(|(.., is_institution)| *is_institution);
        }
        let mut rows: Vec<usize> = rows.into_iter().map(|(_, row, _)| row).collect();
        rows.dedup();
        Some((units[idx].start, best.end, best.folds, best.written, rows))
    }

    /// The name, and the name without its legal form.
    fn spellings(&self, name: &Name) -> Vec<(String, bool)> {
        let whole = if name.kind == "institution" { without_acronym(&name.text) } else { &name.text };
        let mut spellings = vec![(whole.to_owned(), false)];
        if name.kind == "institution" && !name.is_acronym {
            let units = cut(whole);
            let is_form = |from: usize| {
                let words: Vec<String> = units[from..].iter().map(|unit| fold(unit.text)).collect();
                self.words.legal_forms.iter().any(|form| cut(form).iter().map(|unit| fold(unit.text)).eq(words.clone()))
            };
            if let Some(from) = (1..units.len()).find(|&from| is_form(from)) {
                let rest = &whole[..units[from - 1].end()];
                if rest.chars().filter(|c| c.is_alphanumeric()).count() >= 2 && units[from - 1].text != "&" {
                    spellings.push((rest.to_owned(), true));
                }
            }
        }
        spellings
    }

    fn is_conjunction(&self, unit: &str) -> bool {
        unit == "&" || self.words.conjunctions.contains(&fold(unit).as_str())
    }

    /// Every way in which the text at the word `idx` can be read as `list`, if the row's case policy allows.
    fn meet(&self, list: &str, name: &Name, text: &str, units: &[Unit<'_>], idx: usize) -> Vec<Met> {
        let list_units = cut(list);
        if list_units.is_empty() {
            return Vec::new();
        }
        let start = State {
            folds: Folds::NONE,
            is_same: true,
            is_capital: true,
            n_capitals: 0,
            keeps_capitals: true,
            is_plain_title: true,
            is_translated: false,
            n_quotes: [0, 0],
            n_joined: 0,
        };
        let mut met = Vec::new();
        self.go(&list_units, 0, text, units, idx, units[idx].start, start, &mut met);
        met.retain(|(met, state)| {
            let is_wording = name.case == "any" && !name.is_acronym || name.kind == "sector";
            is_allowed(list, name, met.written, state.is_plain_title) && !(state.is_translated && is_wording)
        });
        met.into_iter()
            .map(|(met, _)| met)
            .filter(|met| self.is_bounded(text, units[idx].start, met.unit_end))
            .collect()
    }

    #[expect(clippy::too_many_arguments, reason = "a recursion over two lists")]
    fn go(
        &self,
        list: &[Unit<'_>],
        at: usize,
        text: &str,
        units: &[Unit<'_>],
        idx: usize,
        start: usize,
        state: State,
        met: &mut Vec<(Met, State)>,
    ) {
        let Some(plain) = units.get(idx) else { return };
        let readings = [(Some(plain.clone()), 1), (broken(text, units, idx).filter(|_| state.n_joined < 2), 2)];
        for (unit, n_units) in readings.into_iter().filter_map(|(unit, n)| Some((unit?, n))) {
            let mut state = state.clone();
            state.n_joined += unit.n_joined;
            let is_last = at + 1 == list.len();
            if fold(list[at].text) == fold(unit.text) && !fold(unit.text).is_empty()
                || list[at].text == "&" && unit.text == "&"
            {
                state.take(list[at].text, unit.text);
            } else if at > 0 && !is_last && self.is_conjunction(list[at].text) && self.is_conjunction(unit.text) {
                state.is_translated |= list[at].text != "&" && unit.text != "&";
                state.folds = state.folds.with(Folds::AMPERSAND);
                state.capitals(unit.text);
            } else {
                continue;
            }
            if is_last {
                let end = state.close((list[at].text, unit.text), list[at].joint, text, start, unit.end());
                if let Some(end) = end {
                    met.push((state.met(unit.end(), end, list, self), state.clone()));
                }
            } else if idx + n_units < units.len()
                && is_joint(unit.joint)
                && state.joint((list[at].text, unit.text), list[at].joint, unit.joint)
            {
                self.go(list, at + 1, text, units, idx + n_units, start, state, met);
            }
        }
    }

    fn is_bounded(&self, text: &str, start: usize, end: usize) -> bool {
        let (before, inside, after) = (&text[..start], &text[start..end], &text[end..]);
        let class = |c: Option<char>| c.map_or(Class::Blank, class_of);
        let next = class(after.chars().next());
        match class(inside.chars().next_back()) {
            Class::Hangul if next == Class::Hangul => {
                let rest: String = after.chars().take_while(|&c| class_of(c) == Class::Hangul).collect();
                self.words.particles.contains(&rest.as_str())
            }
            Class::Single if inside.chars().count() == 1 => {
                next != Class::Single && class(before.chars().next_back()) != Class::Single
            }
            _ => true,
        }
    }

    /// The end of the legal form behind a name.
    fn legal_end(&self, text: &str, end: usize) -> Option<usize> {
        let rest = &text[end..];
        let units = cut(rest);
        let joint = &rest[..units.first()?.start];
        let blanks = joint.strip_prefix(',').unwrap_or(joint);
        if blanks.is_empty() || !blanks.chars().all(|c| class_of(c) == Class::Blank) || !is_joint(joint) {
            return None;
        }
        let n_words = self.words.legal_forms.iter().filter_map(|form| {
            let words = cut(form);
            let is_here = words.len() <= units.len()
                && words.iter().zip(&units).all(|(word, unit)| fold(word.text) == fold(unit.text))
                && units[..words.len() - 1].iter().all(|unit| is_joint(unit.joint));
            let is_long = form.chars().filter(|c| c.is_alphanumeric()).count() >= 3;
            let has_capital =
                rest[units[0].start..units[words.len().min(units.len()) - 1].end()].contains(char::is_uppercase);
            (is_here && (is_long || has_capital)).then_some(words.len())
        });
        let last = end + units[n_words.max()? - 1].end();
        let behind = text[last..].strip_prefix('.').map(|rest| rest.trim_start_matches([' ', '\u{a0}']).chars().next());
        let dot_belongs = matches!(behind, Some(Some(next)) if next.is_lowercase() || ",;)(".contains(next));
        Some(if dot_belongs { last + 1 } else { last })
    }
}

/// Whether a word begins at `start`, and does not go on one of its script.
fn begins(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev();
    let first = text[start..].chars().next().map(class_of);
    let Some(last) = before.next() else { return true };
    match class_of(last) {
        Class::Hangul => first != Some(Class::Hangul),
        Class::Extend if first == Some(Class::Hangul) => {
            before.find(|&c| class_of(c) != Class::Extend).map(class_of) != Some(Class::Hangul)
        }
        _ => true,
    }
}

fn is_allowed(list: &str, name: &Name, written: Written, is_plain_title: bool) -> bool {
    let looks_so = list.len() < 8 && !list.contains([' ', '-']) && !list.contains(char::is_lowercase);
    let is_acronym = name.is_acronym || looks_so;
    match (name.case, written) {
        ("any", _) if !name.is_acronym => true,
        (_, Written::Exact) => true,
        ("exact", _) | (_, Written::Any) => false,
        (_, Written::Title) if is_acronym => is_plain_title && list.chars().filter(|c| c.is_alphabetic()).count() >= 4,
        _ => true,
    }
}

/// The letters of a word, one for each letter of what it folds to, with whether it is a capital.
fn capitals(word: &str) -> Vec<bool> {
    let of = |c: char| fold(&c.to_string()).chars().map(|_| c.is_uppercase()).collect::<Vec<_>>();
    word.chars().flat_map(of).collect()
}

fn letters(word: &str) -> String {
    let is_letter = |c: &char| !matches!(class_of(*c), Class::Blank | Class::Mark) && !"\u{ad}\u{200d}".contains(*c);
    word.chars().filter(is_letter).flat_map(char::to_lowercase).collect()
}

/// Whether an apostrophe behind `plain` can stand for the accent of `accented`.
fn stands_for_accent(accented: &str, plain: &str) -> bool {
    let last = accented.chars().next_back().filter(|c| !c.is_ascii());
    let is_accented = last.is_some_and(|c| fold(&c.to_string()).chars().next().is_none_or(|c| c.is_ascii_alphabetic()));
    is_accented && plain.chars().next_back().is_some_and(|c| c.is_ascii_alphabetic())
}

impl State {
    fn add(&mut self, fold: Folds) {
        self.folds = self.folds.with(fold);
    }

    fn capitals(&mut self, text: &str) {
        self.is_capital &= !text.contains(char::is_lowercase);
        self.n_capitals += text.chars().filter(|c| c.is_uppercase()).count();
    }

    fn take(&mut self, list: &str, text: &str) {
        let count = |c: &char| !matches!(class_of(*c), Class::Extend | Class::Mark | Class::Blank);
        let is_same = capitals(list) == capitals(text);
        self.is_same &= is_same;
        let first_is_capital = text.chars().find(count).is_some_and(char::is_uppercase);
        self.keeps_capitals &= is_same || !list.contains(char::is_uppercase) || first_is_capital;
        self.is_plain_title &= is_same || !text.chars().filter(count).skip(1).any(char::is_uppercase);
        self.capitals(text);
        if list != text {
            if letters(list) != letters(text) {
                self.add(Folds::ACCENT);
            }
            if list.contains('.') != text.contains('.') {
                self.add(Folds::DOTS);
            }
            if text.contains(['\u{ad}', '\u{200d}', '-', '‐']) {
                self.add(Folds::SOFT_HYPHEN);
            }
        }
    }

    /// Whether the joint of the text may stand for that of the list.
    fn joint(&mut self, (list_word, text_word): (&str, &str), list: &str, text: &str) -> bool {
        let quotes = |joint: &str| joint.chars().filter(|&c| is_quote(c)).collect::<String>();
        if list == text {
            let n_quotes = quotes(text).chars().count();
            self.n_quotes = self.n_quotes.map(|n| n + n_quotes);
            return true;
        }
        let apostrophe = |joint: &str| joint.chars().next().is_some_and(is_apostrophe);
        let without = |joint: &str| joint.chars().skip(1).collect::<String>();
        let (mut list, mut text) = (list.to_owned(), text.to_owned());
        if apostrophe(&text) && !apostrophe(&list) && stands_for_accent(list_word, text_word) {
            self.add(Folds::ACCENT);
            text = without(&text);
        } else if apostrophe(&list) && !apostrophe(&text) && stands_for_accent(text_word, list_word) {
            self.add(Folds::ACCENT);
            list = without(&list);
        }
        let marks = |joint: &str| -> String {
            let all = joint.chars().filter(|&c| class_of(c) != Class::Blank && !is_quote(c));
            all.map(|c| {
                if is_hyphen(c) {
                    '-'
                } else if is_apostrophe(c) {
                    '\''
                } else {
                    c
                }
            })
            .collect()
        };
        let blanks = |joint: &str| joint.chars().filter(|&c| class_of(c) == Class::Blank).collect::<String>();
        let (list_marks, text_marks) = (marks(&list), marks(&text));
        if list_marks.chars().count() > 4 || text_marks.chars().count() > 4 {
            return false;
        }
        self.n_quotes[0] += quotes(&list).chars().count();
        self.n_quotes[1] += quotes(&text).chars().count();
        if quotes(&list) != quotes(&text) {
            self.add(Folds::QUOTES);
        }
        let only = |joint: &str, is_kind: fn(char) -> bool| joint.chars().filter(|&c| is_kind(c)).collect::<String>();
        if list_marks == text_marks {
            if only(&list, is_hyphen) != only(&text, is_hyphen) {
                self.add(Folds::HYPHEN);
            }
            if only(&list, is_apostrophe) != only(&text, is_apostrophe) {
                self.add(Folds::APOSTROPHE);
            }
            if blanks(&list) != blanks(&text) {
                self.add(Folds::BLANK);
            }
            return true;
        }
        if blanks(&text).contains(|c| c != ' ') {
            self.add(Folds::BLANK);
        }
        let is_hyphen_or_blank = |marks: &str| matches!(marks, "" | "-");
        if is_hyphen_or_blank(&list_marks) && is_hyphen_or_blank(&text_marks) {
            self.add(Folds::HYPHEN);
            return true;
        }
        self.add(Folds::DOTS);
        let count = |c: &char| !matches!(class_of(*c), Class::Extend | Class::Mark | Class::Blank);
        let is_short = text_word.chars().filter(count).count() <= 2;
        list_marks.strip_prefix('.') == Some(&text_marks)
            || is_short && text_marks.strip_prefix('.') == Some(&list_marks)
    }

    /// Where the name ends, with the marks that belong to it.
    fn close(&mut self, words: (&str, &str), list: &str, text: &str, start: usize, end: usize) -> Option<usize> {
        let mut end = end;
        let next = |end: usize| text[end..].chars().next();
        let mut tail: Vec<char> = list.chars().collect();
        let has_apostrophe = tail.first().copied().is_some_and(is_apostrophe);
        if let Some(mark) = next(end).filter(|&c| is_apostrophe(c))
            && (stands_for_accent(words.0, words.1) || has_apostrophe)
            && !text[..start].chars().next_back().is_some_and(is_apostrophe)
        {
            end += mark.len_utf8();
            if !has_apostrophe {
                self.add(Folds::ACCENT);
            }
        }
        if has_apostrophe {
            tail.remove(0);
        }
        for mark in tail.into_iter().filter(|&c| class_of(c) == Class::Mark) {
            let is_here = next(end) == Some(mark);
            if ")]}+#*".contains(mark) && !is_here {
                return None;
            }
            if mark == '.' && !is_here && !words.1.ends_with('.') {
                self.add(Folds::DOTS);
            }
            if is_quote(mark) {
                self.n_quotes[0] += 1;
            } else if is_here {
                end += mark.len_utf8();
            }
        }
        if self.n_quotes[1] % 2 == 1 {
            match next(end).filter(|&c| is_quote(c)) {
                Some(quote) => end += quote.len_utf8(),
                None if self.n_quotes[0] % 2 == 1 => {}
                None => return None,
            }
        }
        Some(end)
    }

    fn met(&self, unit_end: usize, end: usize, list: &[Unit<'_>], reference: &Reference<'_>) -> Met {
        let written = match () {
            () if self.is_same => Written::Exact,
            () if self.is_capital && self.n_capitals > 0 => Written::Capitals,
            () if self.keeps_capitals => Written::Title,
            () => Written::Any,
        };
        let case = if written == Written::Exact { Folds::NONE } else { Folds::CASE };
        let word = |(at, unit): (usize, &Unit<'_>)| {
            if unit.text == "&" || at > 0 && reference.is_conjunction(unit.text) {
                "&".to_owned()
            } else {
                fold(unit.text)
            }
        };
        Met {
            unit_end,
            end,
            folds: self.folds.with(case),
            written,
            n_joined: self.n_joined,
            words: list.iter().enumerate().map(word).collect(),
        }
    }
}

/// A name of several words without the acronym in brackets behind it.
fn without_acronym(name: &str) -> &str {
    let Some(open) = name.rfind(" (").filter(|_| name.ends_with(')')) else { return name };
    let (before, acronym) = (name[..open].trim_end(), &name[open + 2..name.len() - 1]);
    let has_capitals = acronym.chars().filter(|c| c.is_uppercase()).count() > 1;
    let is_acronym = has_capitals && acronym.len() < 13 && acronym.chars().all(char::is_alphanumeric);
    if is_acronym && before.trim_start().contains(' ') { before } else { name }
}
