//! Where names may begin in a text: capitals, digits and letters beyond ASCII, at the start of a word.
//!
//! Sixty-four bytes at a time become bit masks; only the set bits are looked at one by one.

#![allow(unsafe_code, reason = "the processor's prefetch takes a pointer, its vectors a promise that it has them")]

use super::units::{IS_ASCII_WORD, MAX_UNIT_BYTES};
use std::ops::Range;

/// Bytes whose classes fit into a number.
pub(super) const BLOCK: usize = 64;

/// The bytes of a block by their class, a bit for each.
#[derive(Debug, Clone, Copy, Default)]
struct Masks {
    /// ASCII letters and digits.
    word: u64,
    /// Bytes with which a word may begin.
    start: u64,
    /// First bytes of characters of a script that may touch an ASCII word and yet begin a name.
    wide: u64,
    /// Bytes beyond ASCII, but those of dashes and quotation marks.
    high: u64,
    dot: u64,
    hyphen: u64,
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
            masks.high |= bits(bytes & words::HIGH) << (8 * idx);
            masks.dot |= bits(words::equal(bytes, b'.')) << (8 * idx);
            masks.hyphen |= bits(words::equal(bytes, b'-')) << (8 * idx);
        }
        let mut rest = masks.start & !masks.word;
        while rest != 0 {
            let at = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let Some(&[lead, trail]) = block.get(at..at + 2).and_then(<[u8]>::first_chunk) else { continue };
            let is_mark = is_general_mark(lead, trail);
            if is_mark || !WITH_LOWER && is_small_latin(lead, trail) {
                masks.start &= !(1 << at);
                masks.wide &= !(1 << at);
            }
            if is_mark && block.get(at + 2).is_some_and(|&third| is_dash_or_quote(third)) {
                masks.high &= !(0b111 << at);
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

/// Whether a character of [`is_general_mark`] with this third byte is a dash or a mark: no blank, no joiner, not the hyphen
/// that breaks a word.
#[inline]
fn is_dash_or_quote(third: u8) -> bool {
    matches!(third, 0x91..=0xbf)
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

    /// The highest bits of those bytes that are `byte`, which is ASCII.
    #[inline]
    pub(super) fn equal(bytes: u64, byte: u8) -> u64 {
        let others = bytes ^ each(byte);
        !(((others & !HIGH) + each(0x7f)) | others) & HIGH
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
    /// First byte, counted from that of the stretch.
    pub(super) at: u32,
    /// Bytes of the ASCII letters and digits that stand there.
    pub(super) n_bytes: u16,
    /// Whether they are a word for sure, and nothing but it: neither a part of an acronym with dots, nor broken at the end
    /// of a line, nor with letters beyond ASCII.
    pub(super) is_plain: bool,
}

/// What 64 bytes of a text are, a bit for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Block {
    /// ASCII letters and digits.
    words: u64,
    /// Places where a name may begin.
    starts: u64,
    /// Starts before which something stands that may take them into a word of its own.
    doubtful: u64,
    /// Bytes that may be a part of the word before them, or broken away from it.
    going_on: u64,
}

/// What the bytes of a text are.
#[derive(Debug, Default)]
pub(super) struct Bits {
    blocks: Vec<Block>,
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
        // Whether the byte before the block is an ASCII letter or digit, and whether it makes a start doubtful.
        let [mut word_before, mut doubt_before] = [0; 2];
        let mut block_of = |bytes: &[u8; BLOCK]| {
            let Masks { word, start, wide, high, dot, hyphen } = masks_of(bytes);
            let (inside, behind_doubt) = (word << 1 | word_before, (high | dot) << 1 | doubt_before);
            word_before = word >> (BLOCK - 1);
            doubt_before = (high | dot) >> (BLOCK - 1);
            let starts = start & !inside | wide & inside;
            // A dot behind one letter may be one of an acronym.
            let going_on = high | hyphen | dot & starts << 1;
            Block { words: word, starts, doubtful: starts & behind_doubt, going_on }
        };
        self.blocks.clear();
        let (blocks, rest) = text.as_chunks::<BLOCK>();
        self.blocks.extend(blocks.iter().map(&mut block_of));
        if !rest.is_empty() {
            let mut padded = [b' '; BLOCK];
            padded[..rest.len()].copy_from_slice(rest);
            self.blocks.push(block_of(&padded));
        }
    }

    /// The end of the ASCII letters and digits that begin at byte `at` of `text`.
    #[inline]
    pub(super) fn word_end(&self, text: &[u8], at: usize) -> usize {
        let Some(block) = self.blocks.get(at / BLOCK) else { return at };
        let end = at + (!(block.words >> (at % BLOCK))).trailing_zeros() as usize;
        // The last word of a block may go on in the next.
        if end.is_multiple_of(BLOCK) && end > at { word_end(text, end) } else { end }
    }

    /// The end of the word that begins at byte `at` of `text`, if nothing but ASCII letters and digits belongs to it for sure.
    #[inline]
    pub(super) fn plain_end(&self, text: &[u8], at: usize) -> Option<usize> {
        let block = self.blocks.get(at / BLOCK)?;
        let n_bytes = (!(block.words >> (at % BLOCK))).trailing_zeros() as usize;
        let end = at % BLOCK + n_bytes;
        if n_bytes == 0 || end >= BLOCK || block.going_on >> end & 1 != 0 {
            return None;
        }
        // Behind one small letter, too, a dot may be one of an acronym.
        (n_bytes > 1 || text.get(at + 1) != Some(&b'.')).then_some(at + n_bytes)
    }

    /// Puts the starts of `blocks`, a stretch of `text`, into `found`.
    pub(super) fn starts(&self, text: &[u8], blocks: Range<usize>, found: &mut Vec<Start>) {
        found.clear();
        let first_byte = blocks.start * BLOCK;
        for (idx, block) in self.blocks[blocks].iter().enumerate() {
            let (mut starts, n_before) = (block.starts, found.len());
            let n_found = n_before + starts.count_ones() as usize;
            while starts != 0 {
                found.extend_from_slice(&std::array::from_fn::<_, AT_ONCE, _>(|_| {
                    // Where none is left, what is written goes below.
                    let at = starts.trailing_zeros() & (BLOCK - 1) as u32;
                    starts &= starts.wrapping_sub(1);
                    let n_bytes = (!(block.words >> at)).trailing_zeros();
                    let is_doubtful = block.doubtful >> at | block.going_on >> ((at + n_bytes) % BLOCK as u32);
                    let is_plain = n_bytes > 0 && is_doubtful & 1 == 0;
                    Start { at: (idx * BLOCK) as u32 + at, n_bytes: n_bytes as u16, is_plain }
                }));
            }
            found.truncate(n_found);
            // The last word may go on in the next block.
            if let Some(last) = found[n_before..].last_mut()
                && last.n_bytes > 0
                && last.at as usize + usize::from(last.n_bytes) == (idx + 1) * BLOCK
            {
                let at = first_byte + last.at as usize;
                let end = word_end(text, first_byte + (idx + 1) * BLOCK);
                last.n_bytes = u16::try_from(end - at).unwrap_or(u16::MAX);
                last.is_plain = end - at > 1
                    && end - at <= MAX_UNIT_BYTES
                    && block.doubtful >> (at % BLOCK) & 1 == 0
                    && !text.get(end).is_some_and(|&next| next == b'-' || next >= 0x80);
            }
        }
    }

    /// Number of blocks.
    pub(super) fn n_blocks(&self) -> usize {
        self.blocks.len()
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
        let [mut mark_leads, mut mark_trails, mut mark_thirds, mut latin_leads, mut latin_trails] = [0_u64; 5];
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
            mark_thirds |= bits(is_in(bytes, 0x91, 0x2f));
            masks.high |= bits(bytes);
            masks.dot |= bits(is(b'.'));
            masks.hyphen |= bits(is(b'-'));
            if !WITH_LOWER {
                latin_leads |= bits(is(0xc3));
                latin_trails |= bits(is_in(bytes, 0xa0, 0x20));
            }
        }
        let marks = mark_leads & mark_trails >> 1;
        let dashes = marks & mark_thirds >> 2;
        masks.high &= !(dashes | dashes << 1 | dashes << 2);
        let no_start = marks | latin_leads & latin_trails >> 1;
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

    /// A start, with whether a word begins there and ends behind its letters for sure.
    #[derive(Debug)]
    struct Slow {
        at: usize,
        n_bytes: usize,
        is_begun: bool,
        is_ended: bool,
    }

    /// The starts by the definition, byte by byte.
    fn slow_starts(text: &str, with_lower: bool) -> Vec<Slow> {
        let bytes = text.as_bytes();
        let is_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        // What the next bytes say is not seen at the end of a block.
        let mark_at = |at: usize, n_bytes: usize| {
            let mark = bytes.get(at..at + n_bytes).filter(|_| at % BLOCK + n_bytes <= BLOCK)?;
            (is_general_mark(mark[0], mark[1]) && mark[2..].iter().all(|&byte| is_dash_or_quote(byte))).then_some(())
        };
        let is_high = |at: usize| {
            bytes[at] >= 0x80 && (0..3).all(|back| at.checked_sub(back).and_then(|at| mark_at(at, 3)).is_none())
        };
        let starts = (0..bytes.len()).filter(|&at| {
            let pair = bytes.get(at..at + 2).and_then(<[u8]>::first_chunk).filter(|_| (at + 1) % BLOCK != 0);
            let is_latin = pair.is_some_and(|&[lead, trail]| !with_lower && is_small_latin(lead, trail));
            if mark_at(at, 2).is_some() || is_latin {
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
        let with_end = starts.map(|at| {
            let end = (at..).find(|&end| !is_word(end)).unwrap_or(at);
            let is_begun = at == 0 || bytes[at - 1] != b'.' && !is_high(at - 1);
            let is_open = |next: u8| next == b'-' || is_high(end) || next == b'.' && end - at == 1;
            let is_ended = end > at && !bytes.get(end).is_some_and(|&next| is_open(next));
            Slow { at, n_bytes: end - at, is_begun, is_ended }
        });
        with_end.collect()
    }

    #[test]
    fn the_masks_see_what_a_look_at_each_byte_sees() {
        let words = [
            "L’Università",
            "di",
            "Bo",
            "東京",
            "A1",
            "e",
            "È",
            "–",
            "x_y",
            "서울",
            "@[`{Zz09/:",
            "Ж",
            "\u{7f}",
            "A.B.",
            "C-D",
        ];
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
                    let from = blocks.start * BLOCK;
                    bits.starts(bytes, blocks, &mut found);
                    all.extend(found.iter().map(|start| (from + start.at as usize, *start)));
                }
                let expected = slow_starts(&text, with_lower);
                assert_eq!(all.len(), expected.len(), "{text}");
                for ((at, start), slow) in all.iter().zip(&expected) {
                    let (n_bytes, end) = (usize::from(start.n_bytes), slow.at + slow.n_bytes);
                    assert_eq!((*at, n_bytes), (slow.at, slow.n_bytes), "{text}");
                    assert_eq!(bits.word_end(bytes, *at), end, "{text}");
                    // What stands at the border of blocks may be doubted without need, never the other way round.
                    let is_at_border = at % BLOCK < 3 || at % BLOCK + n_bytes + 3 > BLOCK;
                    let is_plain = slow.is_begun && slow.is_ended;
                    assert!(start.is_plain == is_plain || is_at_border && is_plain, "{slow:?}: {text}");
                    let plain_end = bits.plain_end(bytes, *at);
                    assert!(
                        plain_end == slow.is_ended.then_some(end) || is_at_border && plain_end.is_none(),
                        "{slow:?}: {text}"
                    );
                }
            }
        }
    }

    #[test]
    #[cfg(target_arch = "x86_64")]
    fn vectors_and_words_agree() {
        for from in 0..=255_u8 {
            // Two blocks and a rest.
            let mut text: Vec<u8> = (0..150).map(|idx: usize| from.wrapping_add((idx * 37) as u8)).collect();
            text[61..67].copy_from_slice(&[0xc3, from, 0xe2, 0x80, 0x94, b'a']);
            text[80..88].copy_from_slice(&[b'A', 0xe2, 0x80, from, b'B', b'.', b'C', b'-']);
            let read = |read: unsafe fn(&mut Bits, &[u8])| {
                let mut bits = Bits::default();
                // SAFETY: the processor has been asked for what is taken.
                unsafe { read(&mut bits, &text) };
                bits.blocks
            };
            let slow_any = read(|bits, text| bits.read_by(text, Masks::of_words::<false>));
            let slow_lower = read(|bits, text| bits.read_by(text, Masks::of_words::<true>));
            if wide::is_there() {
                assert_eq!((&read(wide::read::<false>), &read(wide::read::<true>)), (&slow_any, &slow_lower));
            }
        }
    }
}
