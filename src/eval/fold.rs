//! Keys under which equal names, roles and dates of annotators and programs meet.

use std::collections::BTreeSet;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Words that do not tell two roles apart. They are part of the measure, not of what is read.
const STOP_WORDS: &str = include_str!("../../gazetteers/measure/stop_words.txt");

/// Letters and digits in lower case, without accents.
pub(super) fn fold(text: &str) -> String {
    decompose(text).filter(|&character| character.is_alphanumeric()).collect()
}

/// Whether one set of words contains the other, or they agree by half and more.
///
/// Words are cut to five letters, so that most inflected forms of an office agree.
pub(super) fn agree(one: &str, other: &str) -> bool {
    let (one, other) = (stems(one), stems(other));
    let n_common = one.intersection(&other).count();
    let agrees_by_half = 4 * n_common >= one.len() + other.len();
    n_common > 0 && (one.is_subset(&other) || other.is_subset(&one) || agrees_by_half)
}

/// A date value without clock and part of day, with one mark between the ends of an interval.
pub(super) fn fold_date(value: &str) -> String {
    let value = value.trim().replace("--", "/").replace("..", "/");
    let ends: Vec<&str> = value.split('/').map(|end| end.trim().split('T').next().unwrap_or_default()).collect();
    ends.join("/")
}

fn stems(text: &str) -> BTreeSet<String> {
    let plain: String = decompose(text).collect();
    let words = plain.split(|character: char| !character.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty() && !STOP_WORDS.lines().any(|stop| stop == *word));
    words.map(|word| word.chars().take(5).collect()).collect()
}

fn decompose(text: &str) -> impl Iterator<Item = char> {
    let lower: String = text.nfkd().collect::<String>().to_lowercase();
    lower.chars().filter(|&character| !is_combining_mark(character)).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_marks_do_not_tell_names_apart() {
        assert_eq!(fold("Università dell’Aquila"), fold("UNIVERSITA' DELL'AQUILA"));
        assert_ne!(fold("Parma"), fold("Palma"));
    }

    #[test]
    fn inflected_offices_agree_and_different_ones_do_not() {
        assert!(agree("presidente della Regione", "presidente"));
        assert!(agree("assessora al Turismo", "assessore al Turismo e Moda"));
        assert!(!agree("rettore", "sindaco"));
        assert!(!agree("", "sindaco"));
    }

    #[test]
    fn a_clock_beside_a_day_does_not_count() {
        assert_eq!(fold_date("2024-03-23T10:00/2024-03-24TMO"), "2024-03-23/2024-03-24");
        assert_eq!(fold_date("2024-03-23..2024-03-24"), "2024-03-23/2024-03-24");
    }
}
