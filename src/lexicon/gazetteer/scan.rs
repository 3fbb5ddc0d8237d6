//! Where names may begin in a text: capitals, digits and letters beyond ASCII, at the start of a word.
//!
//! Sixty-four bytes at a time become bit masks; only the set bits are looked at one by one.

#![allow(unsafe_code, reason = "the processor's prefetch takes a pointer, its vectors a promise that it has them")]

use super::units::IS_ASCII_WORD;
use std::ops::Range;

const BLOCK: usize = 64;
/// The bytes of a block by their class, a bit for each.
#[derive(Debug, Clone, Copy, Default)]
struct Masks {
    /// ASCII letters and digits.
    word: u64,
    /// Bytes with which a word may begin.
    start: u64,
    /// First bytes of characters of a script that may touch an ASCII word and yet begin a name.
    wide: u64,
}

impl Masks {
    /// The masks of a block, eight bytes a step, for any processor.
    #[inline]
    fn of_words<const WITH_LOWER: bool>(block: &[u8; BLOCK]) -> Self {
        let mut masks = Self::default();
        for (idx, bytes) in block.as_chunks::<8>().0.iter().enumerate() {
            let bytes = u64::from_le_bytes(*bytes);
            let word = words::of(bytes);
            let lead = bytes & bytes << 1 & words::HIGH;
            let first = if WITH_LOWER { word.letter } else { word.letter & !(bytes << 2) };
            masks.word |= bits(word.letter | word.digit) << (8 * idx);
            masks.start |= bits(first | word.digit | lead) << (8 * idx);
            masks.wide |= bits(lead & bytes << 2) << (8 * idx);
        }
        let mut rest = masks.start & !masks.word;
        while rest != 0 {
            let at = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            if let Some(&[lead, trail]) = block.get(at..at + 2).and_then(<[u8]>::first_chunk)
                && (is_general_mark(lead, trail) || !WITH_LOWER && is_small_latin(lead, trail))
            {
                masks.start &= !(1 << at);
                masks.wide &= !(1 << at);
            }
        }
        masks
    }
}

/// Whether a character of U+2000 to U+203F begins with these bytes: blanks, joiners, dashes and quotation marks.
#[inline]
fn is_general_mark(lead: u8, trail: u8) -> bool {
    lead == 0xe2 && trail == 0x80
}

/// Whether these bytes are a small letter of western Europe with an accent.
#[inline]
pub(super) fn is_small_latin(lead: u8, trail: u8) -> bool {
    lead == 0xc3 && matches!(trail, 0xa0..=0xbf)
}

/// Eight bytes at a time in one register.
mod words {
    /// The highest bit of each byte.
    pub(super) const HIGH: u64 = each(0x80);

    /// Every byte of a number the same.
    const fn each(byte: u8) -> u64 {
        byte as u64 * 0x0101_0101_0101_0101
    }

    /// The highest bits of those bytes that are ASCII letters, and of those that are digits.
    pub(super) struct Word {
        pub(super) letter: u64,
        pub(super) digit: u64,
    }

    #[inline]
    pub(super) fn of(bytes: u64) -> Word {
        let (is_ascii, low) = (!bytes & HIGH, bytes & !HIGH);
        // A byte plus the distance to 0x80 has its highest bit set from that byte on; nothing is carried over.
        let lower = low | each(0x20);
        Word {
            letter: (lower + each(0x80 - b'a')) & !(lower + each(0x7f - b'z')) & is_ascii,
            digit: (low + each(0x80 - b'0')) & !(low + each(0x7f - b'9')) & is_ascii,
        }
    }
}

/// The end of the ASCII letters and digits that begin at byte `at`.
#[inline]
pub(super) fn word_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while let Some(chunk) = bytes.get(end..end + 8).and_then(|chunk| chunk.first_chunk()) {
        let word = words::of(u64::from_le_bytes(*chunk));
        let n_bytes = ((!(word.letter | word.digit) & words::HIGH).trailing_zeros() / 8) as usize;
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

/// A place where a name may begin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Start {
    /// First byte.
    pub(super) at: usize,
    /// The end of the ASCII letters and digits that stand there.
    pub(super) end: usize,
}

/// The words and starts of a text as bits, 64 bytes of text a number.
#[derive(Debug, Default)]
pub(super) struct Bits {
    /// ASCII letters and digits.
    words: Vec<u64>,
    /// Places where a name may begin.
    starts: Vec<u64>,
}

impl Bits {
    /// Holds the bits of `text` from now on; words in lower case begin names only `with_lower`. The character before a start
    /// may still show that no word begins.
    pub(super) fn read(&mut self, text: &[u8], with_lower: bool) {
        if with_lower { self.read_blocks::<true>(text) } else { self.read_blocks::<false>(text) }
    }

    fn read_blocks<const WITH_LOWER: bool>(&mut self, text: &[u8]) {
        #[cfg(target_arch = "x86_64")]
        if wide::is_there() {
            // SAFETY: the processor has been asked for them.
            return unsafe { wide::read::<WITH_LOWER>(self, text) };
        }
        self.read_by(text, Masks::of_words::<WITH_LOWER>);
    }

    #[inline(always)]
    fn read_by(&mut self, text: &[u8], masks_of: impl Fn(&[u8; BLOCK]) -> Masks) {
        let n_blocks = text.len().div_ceil(BLOCK);
        for bits in [&mut self.words, &mut self.starts] {
            bits.clear();
            bits.resize(n_blocks, 0);
        }
        // Whether the byte before the block is an ASCII letter or digit.
        let mut before = 0;
        let mut take = |masks: Masks, words: &mut u64, starts: &mut u64| {
            let inside = masks.word << 1 | before;
            before = masks.word >> (BLOCK - 1);
            *words = masks.word;
            *starts = masks.start & !inside | masks.wide & inside;
        };
        let (blocks, rest) = text.as_chunks::<BLOCK>();
        let mut places = self.words.iter_mut().zip(&mut self.starts);
        // The places first: what a zip takes from the longer side is lost.
        for ((words, starts), block) in places.by_ref().take(blocks.len()).zip(blocks) {
            take(masks_of(block), words, starts);
        }
        if let Some((words, starts)) = places.next() {
            let mut padded = [b' '; BLOCK];
            padded[..rest.len()].copy_from_slice(rest);
            take(masks_of(&padded), words, starts);
        }
    }

    /// The end of the ASCII letters and digits that begin at byte `at` of `text`.
    #[inline]
    pub(super) fn word_end(&self, text: &[u8], at: usize) -> usize {
        let Some(words) = self.words.get(at / BLOCK) else { return at };
        let end = at + (!(words >> (at % BLOCK))).trailing_zeros() as usize;
        // The last word of a block may go on in the next.
        if end.is_multiple_of(BLOCK) && end > at { word_end(text, end) } else { end }
    }

    /// Puts the starts of `blocks` into `found`.
    pub(super) fn starts(&self, text: &[u8], blocks: Range<usize>, found: &mut Vec<Start>) {
        found.clear();
        for (block, &starts) in blocks.clone().zip(&self.starts[blocks]) {
            let mut rest = starts;
            let n_found = found.len() + starts.count_ones() as usize;
            while rest != 0 {
                found.extend_from_slice(&std::array::from_fn::<_, AT_ONCE, _>(|_| {
                    // Where none is left, what is written goes below.
                    let at = block * BLOCK + (rest.trailing_zeros() as usize & (BLOCK - 1));
                    rest &= rest.wrapping_sub(1);
                    Start { at, end: at + (!(self.words[block] >> (at % BLOCK))).trailing_zeros() as usize }
                }));
            }
            found.truncate(n_found);
            // The last word may go on in the next block.
            let block_end = (block + 1) * BLOCK;
            if let Some(last) = found.last_mut().filter(|last| last.end == block_end && last.at < block_end) {
                last.end = word_end(text, block_end);
            }
        }
    }

    /// Number of blocks.
    pub(super) fn n_blocks(&self) -> usize {
        self.starts.len()
    }
}

/// Starts that are written down at once: few blocks have more, and a branch that nobody can foresee costs more than them.
const AT_ONCE: usize = 4;

/// Thirty-two bytes a step, on processors that have the vectors.
#[cfg(target_arch = "x86_64")]
mod wide {
    use super::{BLOCK, Bits, Masks};
    use std::arch::x86_64::{
        _mm256_add_epi8, _mm256_cmpeq_epi8, _mm256_cmpgt_epi8, _mm256_loadu_si256, _mm256_movemask_epi8,
        _mm256_or_si256, _mm256_set1_epi8,
    };

    /// Whether the processor has what [`read`] takes.
    #[inline]
    pub(super) fn is_there() -> bool {
        is_x86_feature_detected!("avx2")
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn read<const WITH_LOWER: bool>(bits: &mut Bits, text: &[u8]) {
        bits.read_by(text, |block| masks::<WITH_LOWER>(block));
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn masks<const WITH_LOWER: bool>(block: &[u8; BLOCK]) -> Masks {
        let mut masks = Masks::default();
        // The bytes of `is_general_mark` and `is_small_latin`.
        let [mut mark_leads, mut mark_trails, mut latin_leads, mut latin_trails] = [0_u64; 4];
        for (idx, half) in block.as_chunks::<{ BLOCK / 2 }>().0.iter().enumerate() {
            // SAFETY: the half is as long as a vector, and no alignment is asked for.
            let bytes = unsafe { _mm256_loadu_si256(half.as_ptr().cast()) };
            // Moved to the lowest of the signed numbers, a range is all that is less than one bound.
            let is_in = |bytes, first: u8, n: u8| {
                let moved = _mm256_add_epi8(bytes, _mm256_set1_epi8(0x80_u8.wrapping_sub(first) as i8));
                _mm256_cmpgt_epi8(_mm256_set1_epi8(0x80_u8.wrapping_add(n) as i8), moved)
            };
            let letter = is_in(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), b'a', 26);
            let first = if WITH_LOWER { letter } else { is_in(bytes, b'A', 26) };
            let digit = is_in(bytes, b'0', 10);
            let start = _mm256_or_si256(_mm256_or_si256(first, digit), is_in(bytes, 0xc0, 0x40));
            let bits = |bytes| u64::from(_mm256_movemask_epi8(bytes) as u32) << (BLOCK / 2 * idx);
            masks.word |= bits(_mm256_or_si256(letter, digit));
            masks.start |= bits(start);
            masks.wide |= bits(is_in(bytes, 0xe0, 0x20));
            let is = |byte: u8| _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte.cast_signed()));
            mark_leads |= bits(is(0xe2));
            mark_trails |= bits(is(0x80));
            if !WITH_LOWER {
                latin_leads |= bits(is(0xc3));
                latin_trails |= bits(is_in(bytes, 0xa0, 0x20));
            }
        }
        let no_start = mark_leads & mark_trails >> 1 | latin_leads & latin_trails >> 1;
        masks.start &= !no_start;
        masks.wide &= !no_start;
        masks
    }
}

/// Asks for the cache line of `bytes` at `at`, so that a later look at it need not wait.
#[inline]
pub(super) fn prefetch(bytes: &[u8], at: usize) {
    #[cfg(target_arch = "x86_64")]
    if let Some(byte) = bytes.get(at) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: a prefetch changes nothing that a program can see, and the byte is inside the slice.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(byte).cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (bytes, at);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The starts by the definition, byte by byte.
    fn slow_starts(text: &str, with_lower: bool) -> Vec<(usize, usize)> {
        let bytes = text.as_bytes();
        let is_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        let starts = (0..bytes.len()).filter(|&at| {
            // What the next byte says is not seen at the end of a block.
            if let Some(&[lead, trail]) = bytes.get(at..at + 2).and_then(<[u8]>::first_chunk)
                && (at + 1) % BLOCK != 0
                && (is_general_mark(lead, trail) || !with_lower && is_small_latin(lead, trail))
            {
                return false;
            }
            let is_inside = at > 0 && is_word(at - 1);
            match bytes[at] {
                b'A'..=b'Z' | b'0'..=b'9' | 0xc0..=0xdf => !is_inside,
                b'a'..=b'z' => with_lower && !is_inside,
                0xe0.. => true,
                _ => false,
            }
        });
        starts.map(|at| (at, (at..).find(|&end| !is_word(end)).unwrap_or(at))).collect()
    }

    #[test]
    fn the_masks_see_what_a_look_at_each_byte_sees() {
        let words =
            ["L’Università", "di", "Bo", "東京", "A1", "e", "È", "–", "x_y", "서울", "@[`{Zz09/:", "Ж", "\u{7f}"];
        let mut text = String::new();
        for round in 0..400 {
            text.push_str(words[round * 7 % words.len()]);
            text.push_str(if round % 3 == 0 { "" } else { " " });
            for with_lower in [false, true] {
                let (bytes, mut all, mut found) = (text.as_bytes(), Vec::new(), Vec::new());
                let mut bits = Bits::default();
                bits.read(bytes, with_lower);
                let half = bits.n_blocks() / 2;
                for blocks in [0..half, half..bits.n_blocks()] {
                    bits.starts(bytes, blocks, &mut found);
                    all.extend(found.iter().map(|start| (start.at, start.end)));
                }
                assert_eq!(all, slow_starts(&text, with_lower), "{text}");
                assert!(all.iter().all(|&(at, end)| bits.word_end(bytes, at) == end), "{text}");
            }
        }
    }

    #[test]
    #[cfg(target_arch = "x86_64")]
    fn vectors_and_words_agree() {
        if !wide::is_there() {
            return;
        }
        for from in 0..=255_u8 {
            // Two blocks and a rest.
            let mut text: Vec<u8> = (0..150).map(|idx: usize| from.wrapping_add((idx * 37) as u8)).collect();
            text[61..67].copy_from_slice(&[0xc3, from, 0xe2, 0x80, 0x94, b'a']);
            let mut bits: [Bits; 4] = Default::default();
            let [any, lower, slow_any, slow_lower] = &mut bits;
            // SAFETY: the processor has been asked for them.
            unsafe {
                wide::read::<false>(any, &text);
                wide::read::<true>(lower, &text);
            }
            slow_any.read_by(&text, Masks::of_words::<false>);
            slow_lower.read_by(&text, Masks::of_words::<true>);
            assert_eq!((&any.words, &any.starts), (&slow_any.words, &slow_any.starts));
            assert_eq!((&lower.words, &lower.starts), (&slow_lower.words, &slow_lower.starts));
        }
    }
}
