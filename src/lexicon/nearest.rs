//! Which name of the lists is most like one that was not found.

use super::{Files, entry::rows};
use std::collections::HashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A name of the lists that is like the one asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    /// File it stands in.
    pub path: String,
    /// Line, counted from 1.
    pub line: usize,
    /// CURIE of the row.
    pub id: String,
    /// Word of the row's kind.
    pub kind: String,
    /// The spelling.
    pub text: String,
    /// Whether it is marked as one that never counts alone.
    pub is_weak: bool,
    /// From 0 to 1, where 1 is equal but for capitals, accents and marks.
    pub likeness: f64,
}

/// Names less like than this are no help.
const LEAST_LIKENESS: f64 = 0.5;

/// The name in `files` that is most like `name`, by shared pairs of letters (Dice's coefficient).
///
/// Rows that cannot be read are passed over: loading the lists tells of them.
pub fn nearest(files: &Files, name: &str) -> Option<Nearest> {
    let wanted = letters(name);
    let pairs = pairs(&wanted);
    let n_pairs: usize = pairs.values().sum();
    let mut best: Option<Nearest> = None;
    for row in rows(files).flatten() {
        for spelling in row.spellings() {
            let found = letters(spelling.text);
            let likeness = match found == wanted {
                true => 1.0,
                false => likeness(&pairs, n_pairs, &found),
            };
            if likeness >= LEAST_LIKENESS && best.as_ref().is_none_or(|best| likeness > best.likeness) {
                best = Some(Nearest {
                    path: row.path.to_owned(),
                    line: row.line,
                    id: row.id.to_owned(),
                    kind: row.kind.to_owned(),
                    text: spelling.text.to_owned(),
                    is_weak: spelling.is_weak,
                    likeness,
                });
            }
        }
    }
    best
}

/// Letters and digits in lower case, without accents; words stay apart.
fn letters(name: &str) -> Vec<char> {
    let plain = name.nfd().filter(|&character| !is_combining_mark(character)).flat_map(char::to_lowercase);
    let words: String = plain.map(|character| if character.is_alphanumeric() { character } else { ' ' }).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect()
}

type Pairs = HashMap<(char, char), usize>;

fn pairs(letters: &[char]) -> Pairs {
    let mut pairs = Pairs::new();
    for pair in letters.windows(2) {
        *pairs.entry((pair[0], pair[1])).or_default() += 1;
    }
    pairs
}

fn likeness(wanted: &Pairs, n_wanted: usize, found: &[char]) -> f64 {
    let n_found = found.len().saturating_sub(1);
    let most = 2 * n_wanted.min(n_found);
    // Most names differ so much in length that their letters need no look.
    if (most as f64) < LEAST_LIKENESS * (n_wanted + n_found) as f64 || n_found == 0 {
        return 0.0;
    }
    let mut left = wanted.clone();
    let mut n_common = 0;
    for pair in found.windows(2) {
        if let Some(n @ 1..) = left.get_mut(&(pair[0], pair[1])) {
            *n -= 1;
            n_common += 1;
        }
    }
    (2 * n_common) as f64 / (n_wanted + n_found) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_nearest(name: &str, expected: Option<&str>) {
        let list = "id\tkind\tname\taliases\nlocal:nord\tinstitution\tFondazione Ricerca Nord\tFRN Onlus\n\
                    local:sud\tinstitution\tBanca del Sud\t\n";
        let files = Files::from_pairs([("institutions/x.tsv", list)]);
        assert_eq!(nearest(&files, name).map(|nearest| nearest.text).as_deref(), expected);
    }

    #[test]
    fn a_letter_more_or_less_is_near() {
        check_nearest("Fondazione Ricerche Nord", Some("Fondazione Ricerca Nord"));
        check_nearest("BANCA DEL SÙD", Some("Banca del Sud"));
    }

    #[test]
    fn other_names_count_too_and_strangers_do_not() {
        check_nearest("frn onlus", Some("FRN Onlus"));
        check_nearest("Comune di Prova", None);
        check_nearest("", None);
    }
}
