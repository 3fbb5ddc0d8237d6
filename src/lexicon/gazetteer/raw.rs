//! What the bytes of a text are: classes of sixty-four at a time, a bit for each.

#![allow(unsafe_code, reason = "vectors are read from a pointer")]

use super::units::IS_ASCII_WORD;

/// Bytes whose classes fit into a number.
pub(super) const BLOCK: usize = 64;

/// The bytes of a block that are this or that, a bit for each.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Raw {
    /// ASCII letters and digits.
    pub(super) word: u64,
    /// Bytes whose highest, second and third bit are set: beyond ASCII; with them, the first of a character.
    pub(super) high: u64,
    pub(super) second: u64,
    pub(super) third: u64,
    pub(super) dot: u64,
    pub(super) hyphen: u64,
    /// Blanks, line ends and control characters.
    pub(super) blank: u64,
    /// Bytes 0xe2 and 0x80, with which dashes and quotation marks begin.
    pub(super) is_e2: u64,
    pub(super) is_80: u64,
    /// Bytes above 0x90; what it says of others than the second and later of a character is not asked for.
    pub(super) above_90: u64,
    /// Bytes 0xc3, with which the accented letters of western Europe begin.
    pub(super) is_c3: u64,
}

impl Raw {
    /// What the bytes of a block are, eight a step, for any processor.
    #[inline]
    pub(super) fn of_words(block: &[u8; BLOCK]) -> Self {
        let mut raw = Self::default();
        for (idx, bytes) in block.as_chunks::<8>().0.iter().enumerate() {
            let bytes = u64::from_le_bytes(*bytes);
            let bits = |high: u64| bits(high & words::HIGH) << (8 * idx);
            raw.word |= bits(words::of(bytes));
            raw.high |= bits(bytes);
            raw.second |= bits(bytes << 1);
            raw.third |= bits(bytes << 2);
            raw.dot |= bits(words::equal(bytes, b'.'));
            raw.hyphen |= bits(words::equal(bytes, b'-'));
            raw.blank |= bits(!words::above(bytes, b' '));
            raw.is_e2 |= bits(words::equal(bytes, 0xe2));
            raw.is_80 |= bits(words::equal(bytes, 0x80));
            raw.above_90 |= bits(words::above(bytes, 0x10));
            raw.is_c3 |= bits(words::equal(bytes, 0xc3));
        }
        raw
    }
}

/// Eight bytes at a time in one register.
mod words {
    /// The highest bit of each byte.
    pub(super) const HIGH: u64 = each(0x80);

    /// Every byte of a number the same.
    const fn each(byte: u8) -> u64 {
        byte as u64 * 0x0101_0101_0101_0101
    }

    /// The highest bits of those bytes that are `byte`.
    #[inline]
    pub(super) fn equal(bytes: u64, byte: u8) -> u64 {
        let others = bytes ^ each(byte);
        !(((others & !HIGH) + each(0x7f)) | others) & HIGH
    }

    /// The highest bits of those bytes whose lower seven bits are above `bound`.
    #[inline]
    pub(super) fn above(bytes: u64, bound: u8) -> u64 {
        // A byte plus the distance to 0x80 has its highest bit set from that byte on; nothing is carried over.
        (bytes & !HIGH) + each(0x7f - bound)
    }

    /// The highest bits of those bytes that are ASCII letters or digits.
    #[inline]
    pub(super) fn of(bytes: u64) -> u64 {
        let is_in = |bytes: u64, first: u8, last: u8| above(bytes, first - 1) & !above(bytes, last);
        (is_in(bytes | each(0x20), b'a', b'z') | is_in(bytes, b'0', b'9')) & !bytes & HIGH
    }
}

/// The end of the ASCII letters and digits that begin at byte `at`.
#[inline]
pub(super) fn word_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while let Some(chunk) = bytes.get(end..end + 8).and_then(|chunk| chunk.first_chunk()) {
        let word = words::of(u64::from_le_bytes(*chunk));
        let n_bytes = ((!word & words::HIGH).trailing_zeros() / 8) as usize;
        end += n_bytes;
        if n_bytes < 8 {
            return end;
        }
    }
    while bytes.get(end).is_some_and(|&byte| IS_ASCII_WORD[usize::from(byte)]) {
        end += 1;
    }
    end
}

/// The highest bit of each byte, side by side.
#[inline]
fn bits(high: u64) -> u64 {
    (high >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Many bytes a step, on processors that have the vectors.
#[cfg(target_arch = "x86_64")]
pub(super) mod wide {
    use super::{BLOCK, Raw};
    use std::arch::x86_64::{
        _mm256_add_epi8, _mm256_cmpeq_epi8, _mm256_cmpgt_epi8, _mm256_loadu_si256, _mm256_movemask_epi8,
        _mm256_or_si256, _mm256_set1_epi8, _mm256_slli_epi16, _mm512_cmpeq_epi8_mask, _mm512_cmpgt_epu8_mask,
        _mm512_cmplt_epu8_mask, _mm512_loadu_si512, _mm512_movepi8_mask, _mm512_or_si512, _mm512_set1_epi8,
        _mm512_sub_epi8, _mm512_test_epi8_mask,
    };

    #[target_feature(enable = "avx2,bmi1,bmi2")]
    #[inline]
    pub(in super::super) fn raw(block: &[u8; BLOCK]) -> Raw {
        let mut raw = Raw::default();
        for (idx, half) in block.as_chunks::<{ BLOCK / 2 }>().0.iter().enumerate() {
            // SAFETY: the half is as long as a vector, and no alignment is asked for.
            let bytes = unsafe { _mm256_loadu_si256(half.as_ptr().cast()) };
            let each = |byte: u8| _mm256_set1_epi8(byte.cast_signed());
            // Moved to the lowest of the signed numbers, a range is all that is less than one bound.
            let is_in = |bytes, first: u8, n: u8| {
                let moved = _mm256_add_epi8(bytes, each(0x80_u8.wrapping_sub(first)));
                _mm256_cmpgt_epi8(each(0x80_u8.wrapping_add(n)), moved)
            };
            let bits = |bytes| u64::from(_mm256_movemask_epi8(bytes) as u32) << (BLOCK / 2 * idx);
            let is = |byte: u8| bits(_mm256_cmpeq_epi8(bytes, each(byte)));
            let letter = is_in(_mm256_or_si256(bytes, each(0x20)), b'a', 26);
            raw.word |= bits(_mm256_or_si256(letter, is_in(bytes, b'0', 10)));
            raw.high |= bits(bytes);
            raw.second |= bits(_mm256_slli_epi16::<1>(bytes));
            raw.third |= bits(_mm256_slli_epi16::<2>(bytes));
            raw.dot |= is(b'.');
            raw.hyphen |= is(b'-');
            raw.blank |= bits(_mm256_cmpgt_epi8(each(b' ' + 1), bytes));
            raw.is_e2 |= is(0xe2);
            raw.is_80 |= is(0x80);
            raw.above_90 |= bits(_mm256_cmpgt_epi8(bytes, each(0x90)));
            raw.is_c3 |= is(0xc3);
        }
        raw
    }

    #[target_feature(enable = "avx512bw,bmi1,bmi2")]
    #[inline]
    pub(in super::super) fn raw_widest(block: &[u8; BLOCK]) -> Raw {
        // SAFETY: the block is as long as a vector, and no alignment is asked for.
        let bytes = unsafe { _mm512_loadu_si512(block.as_ptr().cast()) };
        let each = |byte: u8| _mm512_set1_epi8(byte.cast_signed());
        let is = |byte: u8| _mm512_cmpeq_epi8_mask(bytes, each(byte));
        let is_in = |bytes, first: u8, n: u8| _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, each(first)), each(n));
        Raw {
            word: is_in(_mm512_or_si512(bytes, each(0x20)), b'a', 26) | is_in(bytes, b'0', 10),
            high: _mm512_movepi8_mask(bytes),
            second: _mm512_test_epi8_mask(bytes, each(0x40)),
            third: _mm512_test_epi8_mask(bytes, each(0x20)),
            dot: is(b'.'),
            hyphen: is(b'-'),
            blank: _mm512_cmplt_epu8_mask(bytes, each(b' ' + 1)),
            is_e2: is(0xe2),
            is_80: is(0x80),
            above_90: _mm512_cmpgt_epu8_mask(bytes, each(0x90)),
            is_c3: is(0xc3),
        }
    }
}
