//! Hashes of folded words, and of sequences of them.

/// The hash of no words: where every name begins.
pub(super) const NAMES: u64 = 0x9e37_79b9_7f4a_7c15;
/// The hash of no words: where every legal form begins.
pub(super) const LEGAL_FORMS: u64 = 0xd1b5_4a32_d192_ed03;
/// Stands for `&` and its words.
pub(super) const AND: u64 = 0x8cb9_2ba7_2f3d_8dd7;

const WORD: u64 = 0xa076_1d64_78bd_642f;
const CHUNK: u64 = 0xe703_7ed1_a0b4_28db;
const TAIL: u64 = 0x8ebc_6af0_9c88_c6e3;
const STEP: u64 = 0x5895_58cb_1ba6_4d3d;

/// Turns ASCII capitals into small letters and leaves digits as they are.
const LOWER: u64 = 0x2020_2020_2020_2020;

/// Both halves of the product: every bit of the result depends on every bit of `a` and `b` ("multiply and fold" of wyhash).
#[inline]
fn fold_product(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// The hash of a sequence of words that goes on with `word`.
#[inline]
pub(super) fn step(state: u64, word: u64) -> u64 {
    fold_product(state ^ word, STEP)
}

/// Hashes the folded bytes of one word.
#[derive(Debug, Clone, Copy)]
pub(super) struct WordHasher {
    hash: u64,
    chunk: u64,
    len: u32,
}

impl WordHasher {
    /// A hasher; words meet only under the same `seed`.
    #[inline]
    pub(super) fn new(seed: u64) -> Self {
        Self { hash: WORD ^ seed, chunk: 0, len: 0 }
    }

    /// Adds a byte of the folded word.
    #[inline]
    pub(super) fn push(&mut self, byte: u8) {
        self.chunk |= u64::from(byte) << (8 * (self.len & 7));
        self.len += 1;
        if self.len & 7 == 0 {
            self.hash = fold_product(self.hash ^ self.chunk, CHUNK);
            self.chunk = 0;
        }
    }

    /// Number of bytes added.
    pub(super) fn len(&self) -> usize {
        self.len as usize
    }

    /// The hash of what was added.
    #[inline]
    pub(super) fn finish(self) -> u64 {
        fold_product(self.hash ^ self.chunk, TAIL ^ u64::from(self.len))
    }

    /// The hash of `bytes[at..end]`, ASCII letters and digits; the same as [`Self::push`] of each in lower case.
    #[inline]
    pub(super) fn hash_ascii(seed: u64, bytes: &[u8], at: usize, end: usize) -> u64 {
        let mut hash = WORD ^ seed;
        let mut from = at;
        while end - from >= 8 {
            hash = fold_product(hash ^ (chunk_at(bytes, from) | LOWER), CHUNK);
            from += 8;
        }
        let n_left = end - from;
        let chunk = match n_left {
            0 => 0,
            _ if from + 8 <= bytes.len() => (chunk_at(bytes, from) | LOWER) & (u64::MAX >> (64 - 8 * n_left)),
            _ => bytes[from..end].iter().rev().fold(0, |chunk, &byte| chunk << 8 | u64::from(byte | 0x20)),
        };
        fold_product(hash ^ chunk, TAIL ^ (end - at) as u64)
    }
}

#[inline]
fn chunk_at(bytes: &[u8], at: usize) -> u64 {
    let mut chunk = [0; 8];
    chunk.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(chunk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_hash_a_word_agree() {
        let text = b"UniversityOfSomewhere42 in capitals";
        for end in 0..23 {
            for start in 0..=end {
                let mut hasher = WordHasher::new(7);
                text[start..end].iter().for_each(|byte| hasher.push(byte.to_ascii_lowercase()));
                assert_eq!(WordHasher::hash_ascii(7, text, start, end), hasher.finish());
                assert_eq!(WordHasher::hash_ascii(7, &text[..end], start, end), hasher.finish());
            }
        }
    }
}
