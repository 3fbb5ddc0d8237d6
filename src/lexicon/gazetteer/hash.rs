//! Hashes of folded words, and of sequences of them.

/// The hash of no words: where every legal form begins. A name begins with the hash of its first word.
pub(super) const LEGAL_FORMS: u64 = 0xd1b5_4a32_d192_ed03;
/// Stands for `&` and its words.
pub(super) const AND: u64 = 0x8cb9_2ba7_2f3d_8dd7;

const WORD: u64 = 0xa076_1d64_78bd_642f;
const CHUNK: u64 = 0xe703_7ed1_a0b4_28db;
const TAIL: u64 = 0x8ebc_6af0_9c88_c6e3;
const STEP: u64 = 0x5895_58cb_1ba6_4d3d;

/// Turns ASCII capitals into small letters and leaves digits as they are.
const LOWER: u128 = 0x2020_2020_2020_2020_2020_2020_2020_2020;
/// Bytes that one product takes in: most words are shorter.
const CHUNK_BYTES: usize = 16;
/// Keeps so many bytes of a chunk.
const MASKS: [u128; CHUNK_BYTES + 1] = {
    let mut masks = [u128::MAX; CHUNK_BYTES + 1];
    let mut n_kept = 0;
    while n_kept < CHUNK_BYTES {
        masks[n_kept] = (1 << (8 * n_kept)) - 1;
        n_kept += 1;
    }
    masks
};

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
    chunk: u128,
    len: u32,
}

impl WordHasher {
    /// A hasher; words meet only under the same `seed`.
    #[inline]
    pub(super) fn new(seed: u64) -> Self {
        Self { hash: WORD ^ seed, chunk: 0, len: 0 }
    }

    /// A hasher that has taken in `bytes[at..end]`, ASCII letters and digits, in lower case.
    #[inline]
    pub(super) fn of_ascii(seed: u64, bytes: &[u8], at: usize, end: usize) -> Self {
        let (mut hash, mut from) = (WORD ^ seed, at);
        while end - from > CHUNK_BYTES {
            hash = take_in(hash, chunk_at(bytes, from) | LOWER);
            from += CHUNK_BYTES;
        }
        let chunk = (chunk_at(bytes, from) | LOWER) & MASKS[(end - from).min(CHUNK_BYTES)];
        Self { hash, chunk, len: (end - at) as u32 }
    }

    /// Adds a byte of the folded word.
    #[inline]
    pub(super) fn push(&mut self, byte: u8) {
        let at = self.len as usize % CHUNK_BYTES;
        if at == 0 && self.len > 0 {
            self.hash = take_in(self.hash, self.chunk);
            self.chunk = 0;
        }
        self.chunk |= u128::from(byte) << (8 * at);
        self.len += 1;
    }

    /// Adds `bytes[at..end]`, ASCII letters and digits, in lower case.
    #[inline]
    pub(super) fn push_ascii(&mut self, bytes: &[u8], at: usize, end: usize) {
        let (n_bytes, used) = (end - at, self.len as usize % CHUNK_BYTES);
        let has_room = used + n_bytes <= CHUNK_BYTES && (used > 0 || self.len == 0);
        if !has_room {
            return bytes[at..end].iter().for_each(|byte| self.push(byte.to_ascii_lowercase()));
        }
        if n_bytes > 0 {
            self.chunk |= ((chunk_at(bytes, at) | LOWER) & MASKS[n_bytes]) << (8 * used);
            self.len += n_bytes as u32;
        }
    }

    /// Number of bytes added.
    pub(super) fn len(&self) -> usize {
        self.len as usize
    }

    /// The hash of what was added.
    #[inline]
    pub(super) fn finish(self) -> u64 {
        end_with(self.hash, self.chunk, self.len as usize)
    }

    /// The hash of `bytes[at..end]`, ASCII letters and digits; the same as [`Self::push`] of each in lower case.
    #[inline(always)]
    pub(super) fn hash_ascii(seed: u64, bytes: &[u8], at: usize, end: usize) -> u64 {
        let n_bytes = end - at;
        if n_bytes > CHUNK_BYTES {
            return Self::hash_long(seed, bytes, at, end);
        }
        end_with(WORD ^ seed, (chunk_at(bytes, at) | LOWER) & MASKS[n_bytes], n_bytes)
    }

    #[cold]
    #[inline(never)]
    fn hash_long(seed: u64, bytes: &[u8], at: usize, end: usize) -> u64 {
        Self::of_ascii(seed, bytes, at, end).finish()
    }
}

/// Hashes words that fold to at most one chunk: the same as [`WordHasher`], in fewer steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct ShortHasher {
    chunk: u128,
    n_bytes: usize,
}

impl ShortHasher {
    /// A hasher that has taken in `bytes[at..end]`, ASCII letters and digits, in lower case; none if they are too many.
    #[inline(always)]
    pub(super) fn of_ascii(bytes: &[u8], at: usize, end: usize) -> Option<Self> {
        let n_bytes = end - at;
        Some(Self { chunk: (chunk_at(bytes, at) | LOWER) & MASKS.get(n_bytes)?, n_bytes })
    }

    /// Adds one or two bytes of the folded word, and `bytes[at..end]`, ASCII letters and digits, in lower case; none if they are
    /// too many. A second byte of zero stands for none.
    #[inline(always)]
    pub(super) fn push(self, [first, second]: [u8; 2], bytes: &[u8], at: usize, end: usize) -> Option<Self> {
        let Self { chunk, n_bytes } = self;
        let n_before = n_bytes + 1 + usize::from(second != 0);
        let rest = Self::of_ascii(bytes, at, end).filter(|rest| n_before + rest.n_bytes <= CHUNK_BYTES)?;
        // Nothing is left of the rest where nothing of it has room.
        let rest_chunk = rest.chunk.checked_shl(8 * n_before as u32).unwrap_or(0);
        let folded = u128::from(u16::from_le_bytes([first, second])).checked_shl(8 * n_bytes as u32).unwrap_or(0);
        Some(Self { chunk: chunk | folded | rest_chunk, n_bytes: n_before + rest.n_bytes })
    }

    /// Number of bytes added.
    pub(super) fn len(self) -> usize {
        self.n_bytes
    }

    /// The hash of what was added, under `seed`.
    #[inline(always)]
    pub(super) fn finish(self, seed: u64) -> u64 {
        end_with(WORD ^ seed, self.chunk, self.n_bytes)
    }
}

#[inline]
fn take_in(hash: u64, chunk: u128) -> u64 {
    fold_product(hash ^ chunk as u64, CHUNK ^ (chunk >> 64) as u64)
}

#[inline]
fn end_with(hash: u64, chunk: u128, len: usize) -> u64 {
    fold_product(hash ^ chunk as u64, TAIL ^ (chunk >> 64) as u64 ^ (len as u64) << 56)
}

/// The bytes from `at` on; zeros behind the last.
#[inline]
fn chunk_at(bytes: &[u8], at: usize) -> u128 {
    match bytes.get(at..at + CHUNK_BYTES).and_then(<[u8]>::first_chunk) {
        Some(chunk) => u128::from_le_bytes(*chunk),
        None => last_chunk(bytes, at),
    }
}

#[cold]
#[inline(never)]
fn last_chunk(bytes: &[u8], at: usize) -> u128 {
    bytes[at..].iter().rev().fold(0, |chunk, &byte| chunk << 8 | u128::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_hash_a_word_agree() {
        let text = b"UniversityOfSomewhere42 in capitals";
        for end in 0..35 {
            for start in 0..=end {
                let mut hasher = WordHasher::new(7);
                text[start..end].iter().for_each(|byte| hasher.push(byte.to_ascii_lowercase()));
                assert_eq!(WordHasher::hash_ascii(7, text, start, end), hasher.finish());
                assert_eq!(WordHasher::hash_ascii(7, &text[..end], start, end), hasher.finish());
                for middle in start..=end {
                    let mut halves = WordHasher::of_ascii(7, text, start, middle);
                    halves.push_ascii(text, middle, end);
                    assert_eq!(halves.finish(), hasher.finish());
                    let short = ShortHasher::of_ascii(text, start, middle)
                        .filter(|_| middle < end)
                        .and_then(|short| short.push([text[middle].to_ascii_lowercase(), 0], text, middle + 1, end));
                    if middle < end {
                        assert_eq!(short.is_some(), end - start <= CHUNK_BYTES);
                    }
                    short.into_iter().for_each(|short| assert_eq!(short.finish(7), hasher.finish()));
                    // A letter that folds to two, before the rest.
                    let mut long = WordHasher::of_ascii(7, text, start, middle);
                    [b's', b's'].into_iter().for_each(|byte| long.push(byte));
                    long.push_ascii(text, middle, end);
                    let short = ShortHasher::of_ascii(text, start, middle)
                        .and_then(|short| short.push([b's', b's'], text, middle, end));
                    assert_eq!(short.is_some(), end - start + 2 <= CHUNK_BYTES);
                    short.into_iter().for_each(|short| assert_eq!(short.finish(7), long.finish()));
                }
            }
        }
    }
}
