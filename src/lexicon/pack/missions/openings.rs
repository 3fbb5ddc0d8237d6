//! Wordings by the words that they begin with.

use crate::text::WordKey;

/// The wordings that begin with one word, in the order in which they were written.
#[derive(Debug, Clone, Default)]
pub(super) struct Opening {
    /// Those that any word may follow, or none.
    pub(super) alone: Vec<Posting>,
    /// Those that go on with certain words.
    pub(super) more: Vec<Posting>,
}

/// A wording, under its first word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    /// Place in `wordings`.
    pub(super) place: u32,
    pub(super) seconds: Seconds,
}

/// What may stand second in a wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Second {
    /// Whatever it is.
    Any,
    Word(WordKey),
    /// A word that goes on behind letters of this number.
    Letters(u32),
}

impl Second {
    /// Bits that tell it from others.
    fn bits(self) -> u64 {
        match self {
            Self::Any => 0,
            Self::Word(key) => key.bits(),
            Self::Letters(letters) => u64::from(letters),
        }
    }
}

/// Words that may stand second, a bit for each of them; whole words and those that go on apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seconds {
    pub(super) words: u64,
    pub(super) letters: u64,
}

impl Seconds {
    pub(super) const NONE: Self = Self { words: 0, letters: 0 };
    pub(super) const ANY: Self = Self { words: !0, letters: !0 };

    /// These and another one.
    pub(super) fn with(self, second: Second) -> Self {
        let bit = 1 << (second.bits() & 63);
        match second {
            Second::Any => Self::ANY,
            Second::Word(_) => Self { words: self.words | bit, ..self },
            Second::Letters(_) => Self { letters: self.letters | bit, ..self },
        }
    }

    /// Whether something of `other` is among them.
    pub(super) fn meets(self, other: Self) -> bool {
        self.words & self.letters == !0 || self.words & other.words | self.letters & other.letters != 0
    }
}

/// First words with what may stand second, a bit for each pair: most words behind a first word of wordings go on with none.
#[derive(Debug, Clone)]
pub(super) struct Pairs {
    bits: Vec<u64>,
}

/// Bits for pairs: some five thousand are set for a language with many wordings.
const N_PAIR_BITS: usize = 1 << 17;

impl Default for Pairs {
    fn default() -> Self {
        Self { bits: vec![0; N_PAIR_BITS / 64] }
    }
}

impl Pairs {
    pub(super) fn add(&mut self, first: WordKey, second: Second) {
        let bit = bit_of(first, second);
        self.bits[bit / 64] |= 1 << (bit % 64);
    }

    /// False for most pairs that were not added.
    pub(super) fn may_hold(&self, first: WordKey, second: Second) -> bool {
        let bit = bit_of(first, second);
        self.bits[bit / 64] >> (bit % 64) & 1 == 1
    }
}

fn bit_of(first: WordKey, second: Second) -> usize {
    let mixed = (first.bits() ^ second.bits().rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 40) as usize % N_PAIR_BITS
}

/// Takes the posting that was written first off the lists.
pub(super) fn next_posting(lists: &mut [&[Posting]; 3]) -> Option<Posting> {
    let place_of = |list: &&mut &[Posting]| list.first().map_or(u32::MAX, |posting| posting.place);
    let first = lists.iter_mut().min_by_key(place_of)?;
    let (posting, rest) = first.split_first()?;
    *first = rest;
    Some(*posting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wording_that_leaves_its_second_word_open_goes_on_with_any_and_none() {
        let word = |word: &str| Seconds::NONE.with(Second::Word(WordKey::of(word)));
        assert!(Seconds::ANY.meets(Seconds::NONE) && Seconds::ANY.meets(word("in")));
        assert!(word("in").meets(word("in").with(Second::Letters(7))) && !word("in").meets(Seconds::NONE));
        assert!(Seconds::NONE.with(Second::Any).meets(Seconds::NONE));
    }

    #[test]
    fn postings_are_taken_in_the_order_in_which_they_were_written() {
        let list =
            |places: &[u32]| places.iter().map(|&place| Posting { place, seconds: Seconds::ANY }).collect::<Vec<_>>();
        let (one, other) = (list(&[2, 5]), list(&[1, 3, 9]));
        let mut lists = [one.as_slice(), &[], other.as_slice()];
        let taken: Vec<u32> = std::iter::from_fn(|| next_posting(&mut lists)).map(|posting| posting.place).collect();
        assert_eq!(taken, [1, 2, 3, 5, 9]);
    }

    #[test]
    fn a_pair_that_was_added_is_held() {
        let mut pairs = Pairs::default();
        let (first, second) = (WordKey::of("ha"), Second::Word(WordKey::of("visitato")));
        pairs.add(first, second);
        assert!(pairs.may_hold(first, second) && !pairs.may_hold(WordKey::of("di"), second));
    }
}
