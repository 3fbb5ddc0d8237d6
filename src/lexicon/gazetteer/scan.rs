//! Where names may begin in a text: capitals, digits and letters beyond ASCII, at the start of a word.
//!
//! Sixty-four bytes at a time become bit masks; only the set bits are looked at one by one.

#![allow(unsafe_code, reason = "the processor's prefetch takes a pointer, its vectors a promise that it has them")]

use super::raw::{BLOCK, Raw, word_end};
use std::ops::Range;

/// Blocks of text that are asked of memory before they are read.
const AHEAD_BLOCKS: usize = 12;

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
    /// Hyphens that may break a word at the end of a line.
    hyphen: u64,
}

impl Masks {
    #[inline(always)]
    fn of<const WITH_LOWER: bool>(raw: Raw) -> Self {
        let Raw { word, high, second, third, dot, hyphen, blank, is_e2, is_80, above_90, is_c3 } = raw;
        let (lead, trail) = (high & second, high & !second);
        // U+2000 to U+203F are blanks, joiners, dashes and quotation marks; from U+2011 on dashes and quotation marks only.
        let marks = is_e2 & is_80 >> 1;
        let dashes = marks & (trail & above_90) >> 2;
        let small = if WITH_LOWER { 0 } else { second & third };
        let small_latin = if WITH_LOWER { 0 } else { is_c3 & (trail & third) >> 1 };
        Self {
            word,
            start: word & !small | lead & !marks & !small_latin,
            wide: lead & third & !marks,
            high: high & !(dashes | dashes << 1 | dashes << 2),
            dot,
            // What stands behind the block is not seen.
            hyphen: hyphen & ((blank & !high) >> 1 | 1 << (BLOCK - 1)),
        }
    }
}

/// Whether these bytes are a small letter of western Europe with an accent.
#[inline]
pub(super) fn is_small_latin(lead: u8, trail: u8) -> bool {
    lead == 0xc3 && matches!(trail, 0xa0..=0xbf)
}

/// A word with which a name may begin, for sure of ASCII letters and digits only: neither a part of an acronym with dots, nor
/// broken at the end of a line, nor with other letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct PlainWord {
    /// First byte, counted from that of the stretch.
    pub(super) at: u32,
    pub(super) n_bytes: u32,
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

impl Block {
    /// Starts of words of ASCII letters and digits only, for sure; `next` is the block behind this one.
    #[inline(always)]
    fn plain_starts<B: BitMoves>(&self, next: Self) -> u64 {
        let ascii = self.starts & self.words;
        let (ends, is_over) = ends_of(self.words, ascii);
        // A bit for each start whose word may go on behind its end.
        let open = B::deposit(B::extract(self.going_on, ends), ascii);
        let n_more = next.words.trailing_ones();
        let is_open = n_more >= BLOCK as u32 || next.going_on >> n_more & 1 != 0;
        let last = u64::from(is_over & is_open) << (BLOCK as u32 - 1 - (ascii | 1).leading_zeros());
        ascii & !(self.doubtful | open | last)
    }
}

/// The bits behind those runs of `words` that begin at `starts`, and whether the last of them goes over the end.
#[inline(always)]
fn ends_of(words: u64, starts: u64) -> (u64, bool) {
    // What is carried stops behind the run.
    let (sum, is_over) = words.overflowing_add(starts);
    (sum & !words, is_over)
}

/// Room for what one block adds behind the first `n_used`, and one more.
#[inline(always)]
fn make_room<T: Default + Clone>(list: &mut Vec<T>, n_used: usize) {
    if list.len() < n_used + BLOCK + AT_ONCE {
        list.resize((2 * list.len()).max(n_used + BLOCK + AT_ONCE), T::default());
    }
}

/// Moves of single bits in a word.
pub(super) trait BitMoves {
    /// The bits of `bits` that stand at `mask`, side by side from the lowest on.
    fn extract(bits: u64, mask: u64) -> u64;
    /// The lowest bits of `bits`, put where `mask` has bits, from the lowest on.
    fn deposit(bits: u64, mask: u64) -> u64;
}

/// Moves bits one by one, on any processor.
#[derive(Debug, Clone, Copy)]
pub(super) struct OneByOne;

impl BitMoves for OneByOne {
    fn extract(bits: u64, mask: u64) -> u64 {
        set_bits(mask).enumerate().fold(0, |moved, (idx, bit)| moved | u64::from(bits & bit != 0) << idx)
    }

    fn deposit(bits: u64, mask: u64) -> u64 {
        set_bits(mask).enumerate().fold(0, |moved, (idx, bit)| if bits >> idx & 1 != 0 { moved | bit } else { moved })
    }
}

/// Each bit of `mask` by itself, from the lowest on.
fn set_bits(mask: u64) -> impl Iterator<Item = u64> {
    let next = |rest: &u64| Some(rest & rest.wrapping_sub(1)).filter(|&rest| rest != 0);
    std::iter::successors(Some(mask).filter(|&mask| mask != 0), next).map(|rest| rest & rest.wrapping_neg())
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
        {
            if wide::has_widest() {
                // SAFETY: the processor has been asked for them.
                return unsafe { wide::read_widest::<WITH_LOWER>(self, text) };
            }
            if wide::is_there() {
                // SAFETY: likewise.
                return unsafe { wide::read::<WITH_LOWER>(self, text) };
            }
        }
        self.read_by::<WITH_LOWER>(text, Raw::of_words);
    }

    #[inline(always)]
    fn read_by<const WITH_LOWER: bool>(&mut self, text: &[u8], raw_of: impl Fn(&[u8; BLOCK]) -> Raw) {
        // Whether the byte before the block is an ASCII letter or digit, makes a start doubtful, is a start.
        let [mut word_before, mut doubt_before, mut start_before] = [0; 3];
        let mut block_of = |bytes: &[u8; BLOCK]| {
            let Masks { word, start, wide, high, dot, hyphen } = Masks::of::<WITH_LOWER>(raw_of(bytes));
            let (inside, behind_doubt) = (word << 1 | word_before, (high | dot) << 1 | doubt_before);
            word_before = word >> (BLOCK - 1);
            doubt_before = (high | dot) >> (BLOCK - 1);
            let starts = start & !inside | wide & inside;
            // A dot behind one letter may be one of an acronym.
            let going_on = high | hyphen | dot & (starts << 1 | start_before);
            start_before = starts >> (BLOCK - 1);
            Block { words: word, starts, doubtful: starts & behind_doubt, going_on }
        };
        self.blocks.clear();
        let (blocks, rest) = text.as_chunks::<BLOCK>();
        // The processor begins to read ahead by itself only after some misses, and stops at each page.
        (0..AHEAD_BLOCKS).for_each(|idx| prefetch(text, idx * BLOCK));
        self.blocks.extend(blocks.iter().enumerate().map(|(idx, bytes)| {
            prefetch(text, (idx + AHEAD_BLOCKS) * BLOCK);
            block_of(bytes)
        }));
        if !rest.is_empty() {
            let mut padded = [b' '; BLOCK];
            padded[..rest.len()].copy_from_slice(rest);
            self.blocks.push(block_of(&padded));
        }
    }

    /// The ASCII letters and digits that begin at byte `at`: their number, and whether their word may go on behind them. At most
    /// to the end of the next block.
    #[inline(always)]
    fn word_at(&self, at: usize) -> (usize, bool) {
        let Some(block) = self.blocks.get(at / BLOCK) else { return (0, false) };
        let n_bytes = (block.words >> (at % BLOCK)).trailing_ones() as usize;
        let end = at % BLOCK + n_bytes;
        if end < BLOCK {
            return (n_bytes, block.going_on >> end & 1 != 0);
        }
        let next = self.blocks.get(at / BLOCK + 1).copied().unwrap_or_default();
        let n_more = next.words.trailing_ones() as usize;
        (n_bytes + n_more, n_more >= BLOCK || next.going_on >> n_more & 1 != 0)
    }

    /// The end of the ASCII letters and digits that begin at byte `at` of `text`.
    #[inline]
    pub(super) fn word_end(&self, text: &[u8], at: usize) -> usize {
        let end = at + self.word_at(at).0;
        // What is longer than a block may go on behind the next.
        if end - at > BLOCK { word_end(text, end) } else { end }
    }

    /// The end of the word that begins at byte `at` of `text`, if nothing but ASCII letters and digits belongs to it for sure.
    #[inline]
    pub(super) fn plain_end(&self, text: &[u8], at: usize) -> Option<usize> {
        let (n_bytes, goes_on) = self.word_at(at);
        // Behind one small letter, too, a dot may be one of an acronym.
        let is_plain = (n_bytes > 1) & !goes_on || n_bytes == 1 && !goes_on && text.get(at + 1) != Some(&b'.');
        is_plain.then_some(at + n_bytes)
    }

    /// Puts the plain words of `blocks` with which a name may begin to the front of `plain`, the first bytes of all other starts
    /// to the front of `doubtful`: how many of each.
    #[inline(always)]
    pub(super) fn starts<B: BitMoves>(
        &self,
        blocks: Range<usize>,
        plain: &mut Vec<PlainWord>,
        doubtful: &mut Vec<u32>,
    ) -> [usize; 2] {
        let (mut n_plain, mut n_doubtful) = (0, 0);
        let next_blocks = &self.blocks[self.blocks.len().min(blocks.start + 1)..];
        for (idx, block) in self.blocks[blocks].iter().enumerate() {
            make_room(plain, n_plain);
            make_room(doubtful, n_doubtful);
            let from = (idx * BLOCK) as u32;
            let next = next_blocks.get(idx).copied().unwrap_or_default();
            let mut starts = block.plain_starts::<B>(next);
            let mut others = block.starts & !starts;
            let (mut ends, is_over) = ends_of(block.words, starts);
            let mut n_written = n_plain;
            n_plain += starts.count_ones() as usize;
            loop {
                plain[n_written..n_written + AT_ONCE].fill_with(|| {
                    // Where none is left, what is written is written over.
                    let (at, end) = (starts.trailing_zeros(), ends.trailing_zeros());
                    starts &= starts.wrapping_sub(1);
                    ends &= ends.wrapping_sub(1);
                    PlainWord { at: from + at, n_bytes: end.wrapping_sub(at) }
                });
                if starts == 0 {
                    break;
                }
                n_written += AT_ONCE;
            }
            // The last word goes on in the next block; a branch for it nobody could foresee.
            plain[n_plain.saturating_sub(1)].n_bytes += next.words.trailing_ones() * u32::from(is_over);
            let mut n_written = n_doubtful;
            n_doubtful += others.count_ones() as usize;
            loop {
                doubtful[n_written] = from + others.trailing_zeros();
                others &= others.wrapping_sub(1);
                if others == 0 {
                    break;
                }
                n_written += 1;
            }
        }
        [n_plain, n_doubtful]
    }

    /// Number of blocks.
    pub(super) fn n_blocks(&self) -> usize {
        self.blocks.len()
    }
}

/// Work on many single bits.
pub(super) trait Work {
    /// Does it; to be inlined always, or nothing is won.
    fn run<B: BitMoves>(self);
}

/// Does `work`, with the instructions for single bits where the processor has them.
#[inline]
pub(super) fn run_wide(work: impl Work) {
    #[cfg(target_arch = "x86_64")]
    if wide::is_there() {
        // SAFETY: the processor has been asked for them.
        return unsafe { wide::run(work) };
    }
    work.run::<OneByOne>();
}

/// Starts that are written down at once: few blocks have more, and a branch that nobody can foresee costs more than they do.
const AT_ONCE: usize = 4;

/// Many bytes a step, on processors that have the vectors.
#[cfg(target_arch = "x86_64")]
mod wide {
    use super::{
        super::raw::wide::{raw, raw_widest},
        BitMoves, Bits, Work,
    };
    use std::arch::x86_64::{_pdep_u64, _pext_u64};

    /// Whether the processor has what [`read`] and [`run`] take.
    #[inline]
    pub(super) fn is_there() -> bool {
        is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("popcnt")
    }

    /// Whether the processor has what [`read_widest`] takes.
    #[inline]
    pub(super) fn has_widest() -> bool {
        is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("bmi1") && is_x86_feature_detected!("bmi2")
    }

    #[target_feature(enable = "avx2,bmi1,bmi2,popcnt")]
    pub(super) fn run(work: impl Work) {
        work.run::<AtOnce>();
    }

    /// Moves all bits of a word at once; only below [`run`].
    #[derive(Debug, Clone, Copy)]
    struct AtOnce;

    impl BitMoves for AtOnce {
        #[inline(always)]
        fn extract(bits: u64, mask: u64) -> u64 {
            // SAFETY: whoever calls `run` has asked the processor for it.
            unsafe { _pext_u64(bits, mask) }
        }

        #[inline(always)]
        fn deposit(bits: u64, mask: u64) -> u64 {
            // SAFETY: likewise.
            unsafe { _pdep_u64(bits, mask) }
        }
    }

    #[target_feature(enable = "avx2,bmi1,bmi2")]
    pub(super) fn read<const WITH_LOWER: bool>(bits: &mut Bits, text: &[u8]) {
        bits.read_by::<WITH_LOWER>(text, |block| raw(block));
    }

    #[target_feature(enable = "avx512bw,bmi1,bmi2")]
    pub(super) fn read_widest<const WITH_LOWER: bool>(bits: &mut Bits, text: &[u8]) {
        bits.read_by::<WITH_LOWER>(text, |block| raw_widest(block));
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
            (mark[..2] == [0xe2, 0x80] && mark[2..].iter().all(|&third| matches!(third, 0x91..=0xbf))).then_some(())
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
            let is_broken = bytes.get(end + 1).is_none_or(|&behind| behind <= b' ');
            let is_open = |next: u8| next == b'-' && is_broken || is_high(end) || next == b'.' && end - at == 1;
            let is_ended = end > at && !bytes.get(end).is_some_and(|&next| is_open(next));
            Slow { at, n_bytes: end - at, is_begun, is_ended }
        });
        with_end.collect()
    }

    /// All starts in order, with the bytes of those words that are plain.
    fn starts_by<B: BitMoves>(bits: &Bits) -> Vec<(usize, Option<usize>)> {
        let (mut all, mut plain, mut doubtful) = (Vec::new(), Vec::new(), Vec::new());
        let half = bits.n_blocks() / 2;
        for blocks in [0..half, half..bits.n_blocks()] {
            let from = blocks.start * BLOCK;
            let [n_plain, n_doubtful] = bits.starts::<B>(blocks, &mut plain, &mut doubtful);
            all.extend(plain[..n_plain].iter().map(|word| (from + word.at as usize, Some(word.n_bytes as usize))));
            all.extend(doubtful[..n_doubtful].iter().map(|at| (from + *at as usize, None)));
        }
        all.sort_unstable();
        all
    }

    /// The same by what the processor has.
    fn starts_at_once(bits: &Bits) -> Vec<(usize, Option<usize>)> {
        struct Starts<'b>(&'b Bits, &'b mut Vec<(usize, Option<usize>)>);
        impl Work for Starts<'_> {
            fn run<B: BitMoves>(self) {
                *self.1 = starts_by::<B>(self.0);
            }
        }
        let mut all = Vec::new();
        run_wide(Starts(bits, &mut all));
        all
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
            "Ab- c",
        ];
        let mut text = String::new();
        for round in 0..400 {
            text.push_str(words[round * 7 % words.len()]);
            text.push_str(if round % 3 == 0 { "" } else { " " });
            // An acronym over the border of two blocks, too.
            if text.len() % BLOCK > BLOCK - 4 {
                text.push_str(&" ".repeat(BLOCK - 1 - text.len() % BLOCK));
                text.push_str("U.S.");
            }
            for with_lower in [false, true] {
                let bytes = text.as_bytes();
                let mut bits = Bits::default();
                bits.read(bytes, with_lower);
                let all = [starts_by::<OneByOne>(&bits), starts_at_once(&bits)];
                assert_eq!(all[0], all[1], "{text}");
                let expected = slow_starts(&text, with_lower);
                assert_eq!(all[0].len(), expected.len(), "{text}");
                for ((at, n_plain), slow) in all[0].iter().copied().zip(&expected) {
                    let end = slow.at + slow.n_bytes;
                    assert_eq!(at, slow.at, "{text}");
                    assert!(n_plain.is_none_or(|n_bytes| n_bytes == slow.n_bytes), "{slow:?}: {text}");
                    assert_eq!(bits.word_end(bytes, at), end, "{text}");
                    // What stands at the border of blocks may be doubted without need, never the other way round.
                    let is_at_border = at % BLOCK < 3 || end % BLOCK < 3 || end % BLOCK > BLOCK - 3;
                    let is_plain_slow = slow.is_begun && slow.is_ended;
                    assert!(n_plain.is_some() == is_plain_slow || is_at_border && is_plain_slow, "{slow:?}: {text}");
                    let plain_end = bits.plain_end(bytes, at);
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
            let slow_any = read(|bits, text| bits.read_by::<false>(text, Raw::of_words));
            let slow_lower = read(|bits, text| bits.read_by::<true>(text, Raw::of_words));
            if wide::is_there() {
                assert_eq!((&read(wide::read::<false>), &read(wide::read::<true>)), (&slow_any, &slow_lower));
            }
            if wide::has_widest() {
                let widest = (&read(wide::read_widest::<false>), &read(wide::read_widest::<true>));
                assert_eq!(widest, (&slow_any, &slow_lower));
            }
        }
    }
}
