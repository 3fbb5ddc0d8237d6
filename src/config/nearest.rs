//! The known word that a mistyped one was meant to be.

/// The word with the fewest letters to change, if that is at most a third of them.
pub(super) fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let bound = word.chars().count().div_ceil(3);
    known
        .map(|known| (distance(word, known), known))
        .filter(|&(distance, _)| distance <= bound)
        .min()
        .map(|(_, known)| known)
}

/// Letters to put in, take out or replace (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (idx, letter) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], idx + 1);
        for (at, &theirs) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != theirs);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_near() {
        assert_eq!(distance("treads", "threads"), 1);
        assert_eq!(nearest("outputs", ["inputs", "output"].into_iter()), Some("output"));
        assert_eq!(nearest("x", ["output"].into_iter()), None);
    }
}
