//! Where names may begin in a text: capitals, digits and letters beyond ASCII, at the start of a word.
//!
//! Sixty-four bytes at a time become bit masks; only the set bits are looked at one by one.

#![allow(unsafe_code, reason = "the processor's vectors take a promise that it has them")]

use super::{
    blocks::{Block, Masks, ends_of},
    processor::{self, BitMoves, prefetch},
    raw::{BLOCK, Raw, word_end},
};
use std::ops::Range;

/// Blocks of text that are asked of memory before they are read.
const AHEAD_BLOCKS: usize = 12;
/// Starts that are written down at once: few blocks have more, and a branch that nobody can foresee costs more than they do.
const AT_ONCE: usize = 4;

/// A word with which a name may begin, for sure of ASCII letters and digits only: neither a part of an acronym with dots, nor
/// broken at the end of a line, nor with other letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct PlainWord {
    /// First byte, counted from that of the stretch.
    pub(super) at: u32,
    pub(super) n_bytes: u32,
}

/// Room for what one block adds behind the first `n_used`, and one more.
#[inline(always)]
fn make_room<T: Default + Clone>(list: &mut Vec<T>, n_used: usize) {
    if list.len() < n_used + BLOCK + AT_ONCE {
        list.resize((2 * list.len()).max(n_used + BLOCK + AT_ONCE), T::default());
    }
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
            if processor::wide::has_widest() {
                // SAFETY: the processor has been asked for them.
                return unsafe { wide::read_widest::<WITH_LOWER>(self, text) };
            }
            if processor::wide::is_there() {
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

/// Reading blocks with vectors, on processors that have them.
#[cfg(target_arch = "x86_64")]
mod wide {
    use super::{
        super::raw::wide::{raw, raw_widest},
        Bits,
    };

    #[target_feature(enable = "avx2,bmi1,bmi2")]
    pub(super) fn read<const WITH_LOWER: bool>(bits: &mut Bits, text: &[u8]) {
        bits.read_by::<WITH_LOWER>(text, |block| raw(block));
    }

    #[target_feature(enable = "avx512bw,bmi1,bmi2")]
    pub(super) fn read_widest<const WITH_LOWER: bool>(bits: &mut Bits, text: &[u8]) {
        bits.read_by::<WITH_LOWER>(text, |block| raw_widest(block));
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            blocks::is_small_latin,
            processor::{OneByOne, Work, run_wide},
        },
        *,
    };

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
            if processor::wide::is_there() {
                assert_eq!((&read(wide::read::<false>), &read(wide::read::<true>)), (&slow_any, &slow_lower));
            }
            if processor::wide::has_widest() {
                let widest = (&read(wide::read_widest::<false>), &read(wide::read_widest::<true>));
                assert_eq!(widest, (&slow_any, &slow_lower));
            }
        }
    }
}
