//! The matcher beside a slow and plain one: on lists and texts made at random, both must find the same.

#[path = "matcher/reference.rs"]
mod reference;

use gazzetta::lexicon::{Files, Folds, Gazetteer};
use reference::{Found, Name, Reference, Words};

const N_LISTS: usize = 5_000;
/// One for each share of the lists; shares are compared side by side.
const SEEDS: [u64; 4] = [0x6D61_7463_6865_7273, 0x6E61_6D65_735F_6F6E, 0x7465_7874_735F_7477, 0x666F_6C64_735F_7468];
const N_TEXTS_OF_LIST: usize = 20;
const CONJUNCTIONS: [&str; 4] = ["e", "ed", "and", "und"];
const LEGAL_FORMS: [&str; 6] = ["s.r.l.", "srl", "s.p.a.", "gmbh", "ltd", "as"];
const PARTICLES: [&str; 3] = ["에서", "는", "과"];

/// Words of which names and texts are made; they share beginnings, letters and foldings.
const WORDS: [&str; 56] = [
    "Banca",
    "Intesa",
    "San",
    "Sandra",
    "Università",
    "Universita",
    "di",
    "Bologna",
    "Bo",
    "logna",
    "Forlì",
    "Città",
    "e",
    "and",
    "KAIST",
    "AIST",
    "ICE",
    "Ice",
    "CNR",
    "K",
    "A",
    "I",
    "Emilia",
    "Romagna",
    "L",
    "Aquila",
    "D",
    "Annunzio",
    "St",
    "S.r.l.",
    "srl",
    "GmbH",
    "As",
    "서울",
    "대학교",
    "대",
    "東京",
    "東",
    "大学",
    "タワー",
    "Москва",
    "МГУ",
    "الرياض",
    "Straße",
    "Łódź",
    "José",
    "3M",
    "eBay",
    "Disney+",
    "Yahoo!",
    "(ISMAR)",
    "Napoli",
    "\"Federico",
    "II\"",
    "Zürich",
    "ΑΘΗΝΑ",
];
const JOINTS: [&str; 22] = [
    " ", " ", " ", " ", " ", " ", "-", "'", "’", ", ", " & ", "&", ". ", ".", "", "\n", "  ", "\u{a0}", " – ", "\n\n",
    " \"", "\" ",
];

/// A small generator of numbers (xorshift64*), so that a failure can be repeated.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((u128::from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)) * end as u128) >> 64) as usize
    }

    fn pick<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list[self.below(list.len())]
    }

    fn words(&mut self, n_words: usize) -> String {
        let mut text = self.pick(&WORDS).to_owned();
        for _ in 1..n_words {
            text.push_str(self.pick(&JOINTS));
            text.push_str(self.pick(&WORDS));
        }
        text
    }

    /// The names of a list; some go on where others end.
    fn names(&mut self) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        for _ in 0..2 + self.below(8) {
            let n_words = 1 + self.below(4);
            let mut text = self.words(n_words);
            if let Some(other) = names.last().filter(|_| self.0.is_multiple_of(4)) {
                text = format!("{} {text}", other.text);
            }
            // A line end or a tab ends the cell of a table, blanks around it are taken off.
            let text = text.replace(['\n', '\t'], " ").trim().to_owned();
            let kind = ["institution", "institution", "place", "sector"][self.below(4)];
            let case = ["", "", "", "any", "exact"][self.below(5)];
            names.push(Name { text, kind, case, is_acronym: false });
        }
        names
    }

    /// A name as somebody else writes it.
    fn rewritten(&mut self, name: &str) -> String {
        let mut text = String::new();
        let case = self.below(8);
        let rate = [400, 25, 8][self.below(3)];
        for character in name.chars() {
            let cased: String = match case {
                0 => character.to_uppercase().collect(),
                1 => character.to_lowercase().collect(),
                _ if self.below(rate) == 0 => character.to_uppercase().collect(),
                _ => character.to_string(),
            };
            let n = self.below(rate * 3);
            let character = cased.chars().next().unwrap_or(character);
            match (n, character) {
                (0, _) => text.push_str(&format!("{cased}\u{ad}")),
                (1, _) => text.push_str(&format!("{cased}-\n")),
                (2, _) => text.push_str(&format!("{cased}\u{301}")),
                (3, _) => text.push_str(&format!("{cased}.")),
                (4, _) => text.push_str(&format!("{cased}\u{ad}\n")),
                (0..20, 'à') => text.push_str(["a", "a'", "a’", "a\u{300}", "á"][self.below(5)]),
                (0..20, 'ì') => text.push_str(["i", "i'", "i`", "i\u{300}"][self.below(4)]),
                (0..20, 'é' | 'ü' | 'ó' | 'ß') => text.push_str(["e", "u", "o", "ss"][self.below(4)]),
                (0..20, ' ') => text.push_str(self.pick(&JOINTS)),
                (0..20, '-') => text.push_str(["–", " - ", " ", "‑", "-\n", ""][self.below(6)]),
                (0..20, '\'') => text.push_str(["’", "´", "' ", ""][self.below(4)]),
                (0..20, '&') => text.push_str(["e", "and", "und", "o"][self.below(4)]),
                (0..20, 'e') if rate == 8 => text.push('&'),
                (0..20, '"') => text.push_str(["“", "»", "", "\""][self.below(4)]),
                (0..20, '.') => {}
                _ => text.push_str(&cased),
            }
        }
        text
    }

    fn text(&mut self, names: &[Name]) -> String {
        let mut text = String::new();
        for _ in 0..1 + self.below(6) {
            match self.below(5) {
                0 => {
                    let n_words = 1 + self.below(3);
                    text.push_str(&self.words(n_words));
                }
                1 => text.push_str(self.pick(&[
                    "S.r.l.",
                    "K.A.I.S.T.",
                    "l’",
                    "un'",
                    "에서",
                    "는",
                    "C.N.R",
                    "SRL",
                    "per",
                    "(",
                    "'",
                    "«",
                ])),
                _ => {
                    let name = &names[self.below(names.len())].text;
                    text.push_str(&self.rewritten(name));
                }
            }
            text.push_str(self.pick(&JOINTS));
        }
        text
    }
}

fn gazetteer(names: &[Name]) -> Gazetteer {
    let mut list = String::from("id\tkind\tname\tcase\n");
    for (row, name) in names.iter().enumerate() {
        list.push_str(&format!("x:{row}\t{}\t{}\t{}\n", name.kind, name.text, name.case));
    }
    let words = CONJUNCTIONS.map(|word| format!("{word:?}")).join(", ");
    let files = Files::from_pairs([
        ("names/list.tsv", list),
        ("languages/xx/prose.toml", format!("ampersand_words = [{words}]\n")),
        ("evidence/legal_forms.tsv", format!("form\n{}\n", LEGAL_FORMS.join("\n"))),
        ("evidence/particles.tsv", format!("particle\n{}\n", PARTICLES.join("\n"))),
    ]);
    Gazetteer::load(&files).expect("the list is right")
}

fn found_by_engine(gazetteer: &Gazetteer, text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    gazetteer.find(text, &mut found);
    let row = |id: &str| id[2..].parse().expect("the id is a number");
    let show = |lookup: &gazzetta::lexicon::Lookup| {
        let mut rows: Vec<usize> =
            gazetteer.readings(lookup.name).map(|reading| row(gazetteer.entry(reading.entry).id)).collect();
        rows.dedup();
        (lookup.span.start(), lookup.span.end(), lookup.folds, lookup.written, rows)
    };
    found.iter().map(show).collect()
}

fn show(text: &str, found: &[Found]) -> String {
    let one = |(start, end, folds, written, rows): &Found| {
        let folds: Vec<&str> = folds.words().collect();
        format!("{start}..{end} {:?} {folds:?} {written:?} {rows:?}", &text[*start..*end])
    };
    found.iter().map(one).collect::<Vec<_>>().join("\n    ")
}

/// What came of a share of the lists.
struct Tally {
    n_cases: usize,
    n_found: usize,
    all_folds: Folds,
    wrong: Vec<String>,
}

/// Compares the two on lists and texts made from `seed`.
fn compare(seed: u64) -> Tally {
    let mut numbers = Numbers(seed);
    let (mut n_cases, mut n_found, mut all_folds, mut wrong) = (0, 0, Folds::NONE, Vec::new());
    for _ in 0..N_LISTS / SEEDS.len() {
        let names = numbers.names();
        let gazetteer = gazetteer(&names);
        let words = Words { conjunctions: &CONJUNCTIONS, legal_forms: &LEGAL_FORMS, particles: &PARTICLES };
        let reference = Reference { names: &names, words };
        for _ in 0..N_TEXTS_OF_LIST {
            let text = numbers.text(&names);
            let (engine, plain) = (found_by_engine(&gazetteer, &text), reference.find(&text));
            n_cases += 1;
            n_found += plain.len();
            all_folds = plain.iter().fold(all_folds, |all, found| all.with(found.2));
            if engine != plain && wrong.len() < 5 {
                let list: Vec<String> =
                    names.iter().map(|name| format!("{}|{}|{:?}", name.kind, name.case, name.text)).collect();
                let (engine, plain) = (show(&text, &engine), show(&text, &plain));
                wrong.push(format!("in {text:?}\n  names {}\n  engine {engine}\n  plain  {plain}", list.join(", ")));
            }
        }
    }
    Tally { n_cases, n_found, all_folds, wrong }
}

#[test]
fn the_matcher_and_a_plain_one_find_the_same() {
    let tallies = std::thread::scope(|scope| {
        let threads = SEEDS.map(|seed| scope.spawn(move || compare(seed)));
        threads.map(|thread| thread.join().expect("it compares to the end"))
    });
    let n_cases: usize = tallies.iter().map(|tally| tally.n_cases).sum();
    let n_found: usize = tallies.iter().map(|tally| tally.n_found).sum();
    let all_folds = tallies.iter().fold(Folds::NONE, |all, tally| all.with(tally.all_folds));
    let wrong: Vec<String> = tallies.into_iter().flat_map(|tally| tally.wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(n_cases >= 100_000 && n_found > n_cases, "{n_found} names in {n_cases} texts");
    assert_eq!(all_folds.count(), 10, "every fold is met: {:?}", all_folds.words().collect::<Vec<_>>());
}
