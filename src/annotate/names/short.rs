//! Whether a short form can stand for a long one.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Whether `short` can abbreviate `long`: one word, whose letters stand in `long` in order, the first at the start of a word.
///
/// Capitals throughout need no more than a word of `long` that begins with the first (translated acronyms do not);
/// a word with one capital must be at most half as long as the name.
pub(crate) fn abbreviates(short: &str, long: &str) -> bool {
    let n_letters = short.chars().count();
    let n_capitals = short.chars().filter(|c| c.is_uppercase()).count();
    if short.contains(' ') || !(2..=12).contains(&n_letters) || n_capitals == 0 || !long.contains([' ', '-', '\u{a0}'])
    {
        return false;
    }
    if n_capitals == 1 && n_letters * 2 > long.chars().count() {
        return false;
    }
    let lower =
        |text: &str| text.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase).collect::<Vec<_>>();
    let (short, long) = (lower(short), lower(long));
    let starts = (0..long.len()).filter(|&at| long[at] == short[0] && (at == 0 || !long[at - 1].is_alphanumeric()));
    starts.into_iter().any(|start| {
        let mut rest = long[start..].iter();
        short.iter().filter(|letter| letter.is_alphanumeric()).all(|letter| rest.any(|other| other == letter))
    })
}

#[cfg(test)]
mod tests {
    use super::abbreviates;

    #[track_caller]
    fn check_pair(short: &str, long: &str, expected: bool) {
        assert_eq!(abbreviates(short, long), expected, "{short} for {long}");
    }

    #[test]
    fn letters_stand_in_order_from_the_start_of_a_word() {
        check_pair("KAIST", "Korea Advanced Institute of Science and Technology", true);
        check_pair("UnivAQ", "Università degli Studi dell’Aquila", true);
        check_pair("UofT", "University of Toronto", true);
        check_pair("NZTE", "New Zealand Trade and Enterprise", true);
        check_pair("ZLA", "Zantrivia Lagoon Alliance", true);
        check_pair("EPC", "École des potiers de Cornebois", true);
    }

    #[test]
    fn a_place_is_no_acronym_of_what_stands_before_it() {
        check_pair("Padova", "Università degli Studi", false);
        check_pair("MI", "Comune di Rho", false);
        check_pair("Roma", "Roma", false);
    }
}
