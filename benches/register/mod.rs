//! An invented register of names, and texts that name some of them: both from fixed seeds, both as large as is asked for.
//!
//! A shorter register is the beginning of a longer one, so that one text serves all of them. Proportions follow what was
//! counted in press text and in public registers: 56 % people, 24 % bodies, 20 % places, one in 200 in Hangul; one word in
//! seven names, three in the longest; one name in ten is a longer form of the one before it.

use gazzetta::lexicon::{Files, Table};
use std::collections::HashSet;

/// A small generator of numbers (xorshift64*): what is made of it must be the same everywhere, forever.
pub struct Numbers(u64);

impl Numbers {
    /// The numbers that follow from `seed`, which is not 0.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// Whether something happens that happens `n` times in a thousand.
    fn in_thousand(&mut self, n: usize) -> bool {
        self.below(1_000) < n
    }

    /// A number below `end`; the lower, the more often.
    fn skewed(&mut self, end: usize) -> usize {
        let (a, b) = (self.below(1 << 20) as u64, self.below(1 << 20) as u64);
        ((a * b * end as u64) >> 40) as usize
    }

    fn pick<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list[self.below(list.len())]
    }
}

const ONSETS: [&str; 24] = [
    "b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "tr", "st", "gr", "ch", "fl", "pr",
    "sc", "k", "w",
];
const VOWELS: [&str; 10] = ["a", "e", "i", "o", "u", "a", "e", "i", "o", "ie"];
/// One syllable in twenty-five: one word in eight is not plain ASCII.
const ACCENTED: [&str; 5] = ["ò", "é", "ü", "ã", "ł"];
const CODAS: [&str; 10] = ["", "", "", "", "n", "r", "l", "s", "nt", "rd"];
const HEADS: [&str; 20] = [
    "Università di",
    "Banca di",
    "Istituto",
    "Fondazione",
    "Officine",
    "Consorzio",
    "Associazione",
    "Comune di",
    "Centro",
    "Agenzia",
    "University of",
    "Institute of",
    "Foundation",
    "Université de",
    "Institut",
    "Universität",
    "Gesellschaft",
    "Universidad de",
    "Cámara de",
    "Azienda",
];
const FORMS: [&str; 10] = ["", "", "", "S.r.l.", "S.p.A.", "GmbH", "Ltd", "Group", "Holding", "Italia"];
const PLACES: [&str; 8] = ["San", "Monte", "Villa", "Saint", "Bad", "Santa", "Castel", "Rio"];
const SYLLABLES: [&str; 12] = ["한", "국", "서", "울", "대", "학", "교", "기", "술", "원", "전", "자"];

/// A word nobody has read before, with a capital.
fn invent(numbers: &mut Numbers) -> String {
    let mut word = String::new();
    for _ in 0..2 + numbers.below(3) {
        word.push_str(numbers.pick(&ONSETS));
        word.push_str(if numbers.in_thousand(40) { numbers.pick(&ACCENTED) } else { numbers.pick(&VOWELS) });
        word.push_str(numbers.pick(&CODAS));
    }
    let first = word.remove(0).to_ascii_uppercase();
    word.insert(0, first);
    word
}

/// The first `n` names of the register; no two are alike.
pub fn names(n: usize) -> Vec<String> {
    let mut numbers = Numbers::new(0x7265_6769_7374_6572);
    let given: Vec<String> = (0..6_000).map(|_| invent(&mut numbers)).collect();
    let mut words: Vec<String> = (0..20_000).map(|_| invent(&mut numbers)).collect();
    let (mut names, mut seen) = (Vec::with_capacity(n), HashSet::with_capacity(n));
    while names.len() < n {
        // The longer the register, the more words it has: one new one in four names.
        if numbers.in_thousand(260) {
            words.push(invent(&mut numbers));
        }
        let mut word = || words[numbers.skewed(words.len())].clone();
        let (first, second) = (word(), word());
        let name = match numbers.below(1_000) {
            0..100 if !names.is_empty() => format!("{} {first}", names[names.len() - 1]),
            0..560 => match numbers.below(6) {
                0 => format!("{} {} {first}", given[numbers.skewed(6_000)], given[numbers.skewed(6_000)]),
                _ => format!("{} {first}", given[numbers.skewed(6_000)]),
            },
            560..800 => match numbers.below(4) {
                0 => first,
                1 => format!("{first} {second} {}", numbers.pick(&FORMS)).trim_end().to_owned(),
                _ => format!("{} {first}", numbers.pick(&HEADS)),
            },
            800..995 => match numbers.below(3) {
                0 => format!("{} {first}", numbers.pick(&PLACES)),
                1 => format!("{first}-{second}"),
                _ => words.last().cloned().unwrap_or(first),
            },
            _ => (0..3 + numbers.below(5)).map(|_| numbers.pick(&SYLLABLES)).collect(),
        };
        if seen.insert(name.clone()) {
            names.push(name);
        }
    }
    names
}

/// The names as lists of rows, one kind a file.
pub fn lists(names: &[String]) -> Files {
    let mut text = String::from("id\tkind\tsubtype\tname\tcountry\n");
    for (idx, name) in names.iter().enumerate() {
        text.push_str(&format!("register:{idx:07}\tinstitution\tcompany\t{name}\tIT\n"));
    }
    Files::from_pairs([("institutions/register.tsv", text)])
}

/// Words of running text of one language, the most common first.
fn common_words(shipped: &Files, language: &str) -> Vec<String> {
    let text = shipped.text("evidence/common_words.tsv").expect("the list is text").expect("it is shipped");
    let mut words: Vec<(f32, &str)> = Table::new("evidence/common_words.tsv", text)
        .rows(["word", "lang", "zipf"])
        .filter_map(Result::ok)
        .filter(|row| row.cells[1] == language)
        .filter_map(|row| Some((row.cells[2].parse().ok()?, row.cells[0])))
        .collect();
    words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    words.into_iter().map(|(_, word)| word.to_owned()).collect()
}

/// One name every so many words; the first thousand names, those up to ten thousand and so on share the mentions so.
const SHARES: [(usize, usize); 4] = [(1_000, 265), (10_000, 145), (100_000, 215), (1_000_000, 375)];

/// Texts of about 4 kB, `n_bytes` in all: seven in ten Italian, with names of the register, with names that are not in
/// it, and with figures.
pub fn texts(shipped: &Files, names: &[String], n_bytes: usize) -> Vec<String> {
    let mut numbers = Numbers::new(0x7465_7874_7465_7874);
    let languages: Vec<Vec<String>> =
        ["it", "en", "fr", "es", "de", "pt"].iter().map(|language| common_words(shipped, language)).collect();
    let (mut texts, mut n_done) = (Vec::new(), 0);
    while n_done < n_bytes {
        let language = if numbers.in_thousand(700) { 0 } else { 1 + numbers.below(5) };
        let len = 2_000 + numbers.below(4_000);
        let text = text(&mut numbers, &languages[language], names, len);
        n_done += text.len();
        texts.push(text);
    }
    texts
}

fn text(numbers: &mut Numbers, words: &[String], names: &[String], len: usize) -> String {
    let mut text = String::with_capacity(len + 100);
    while text.len() < len {
        let n_words = 8 + numbers.below(24);
        for at in 0..n_words {
            let from = text.len();
            match numbers.below(1_000) {
                0..54 => text.push_str(mention(numbers, names)),
                54..90 => text.push_str(&format!("{} {}", invent(numbers), invent(numbers))),
                90..105 => text.push_str(&numbers.below(3_000).to_string()),
                _ => text.push_str(common(numbers, words)),
            }
            if at == 0 {
                let first = text[from..].chars().next().map_or(0, char::len_utf8);
                let capital = text[from..from + first].to_uppercase();
                text.replace_range(from..from + first, &capital);
            }
            match numbers.below(100) {
                0..6 => text.push_str(", "),
                6..8 => text.push_str(" – "),
                8..10 => text.push_str(" l’"),
                _ => text.push(' '),
            }
        }
        text.pop();
        text.push_str(if numbers.in_thousand(250) { ".\n\n" } else { ". " });
    }
    text
}

/// A common word; one in two is among the fifty most common.
fn common<'w>(numbers: &mut Numbers, words: &'w [String]) -> &'w str {
    let range = match numbers.below(100) {
        0..50 => words.len().min(50),
        50..75 => words.len().min(1_000),
        _ => words.len(),
    };
    &words[numbers.below(range)]
}

fn mention<'n>(numbers: &mut Numbers, names: &'n [String]) -> &'n str {
    let share = numbers.below(1_000);
    let (mut from, mut so_far) = (0, 0);
    for (to, part) in SHARES {
        so_far += part;
        if share < so_far || names.len() <= to {
            return &names[from + numbers.below(to.min(names.len()) - from)];
        }
        from = to;
    }
    &names[0]
}
