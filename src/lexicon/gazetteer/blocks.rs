//! Sixty-four bytes of a text, as bits: where words and names may begin in them.

use super::{
    processor::BitMoves,
    raw::{BLOCK, Raw},
};

/// The bytes of a block by their class, a bit for each.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Masks {
    /// ASCII letters and digits.
    pub(super) word: u64,
    /// Bytes with which a word may begin.
    pub(super) start: u64,
    /// First bytes of characters of a script that may touch an ASCII word and yet begin a name.
    pub(super) wide: u64,
    /// Bytes beyond ASCII, but those of dashes and quotation marks.
    pub(super) high: u64,
    pub(super) dot: u64,
    /// Hyphens that may break a word at the end of a line.
    pub(super) hyphen: u64,
}

impl Masks {
    #[inline(always)]
    pub(super) fn of<const WITH_LOWER: bool>(raw: Raw) -> Self {
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

/// What 64 bytes of a text are, a bit for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// ASCII letters and digits.
    pub(super) words: u64,
    /// Places where a name may begin.
    pub(super) starts: u64,
    /// Starts before which something stands that may take them into a word of its own.
    pub(super) doubtful: u64,
    /// Bytes that may be a part of the word before them, or broken away from it.
    pub(super) going_on: u64,
}

impl Block {
    /// Starts of words of ASCII letters and digits only, for sure; `next` is the block behind this one.
    #[inline(always)]
    pub(super) fn plain_starts<B: BitMoves>(&self, next: Self) -> u64 {
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
pub(super) fn ends_of(words: u64, starts: u64) -> (u64, bool) {
    // What is carried stops behind the run.
    let (sum, is_over) = words.overflowing_add(starts);
    (sum & !words, is_over)
}
