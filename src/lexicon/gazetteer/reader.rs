//! Following names through the table, word by word.

use super::{
    Gazetteer, Lookup,
    hash::{AND, WordHasher, step},
    processor::prefetch,
    raw::word_end,
    scan::{Bits, PlainWord},
    spellings::Spellings,
    table::{self, may_have},
    units::{Unit, begins_at, is_mark_at, is_mark_before, joined, next_start, unit_by},
};

/// Words of one name that may be broken at line ends.
const MAX_JOINED: usize = 2;

/// A plain word with which names begin: its place in the stretch, and its hash.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct First {
    pub(super) at: u32,
    pub(super) n_bytes: u32,
    pub(super) state: u64,
}

/// How far a name that begins at `at` has been followed: the table has not been asked for `state` yet.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Walk {
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) state: u64,
    pub(super) n_joined: usize,
}

/// A name that the table proposes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Proposal {
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) group: u32,
    pub(super) n_joined: usize,
}

/// A text beside the parts of the gazetteer that every word of it needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'f> {
    pub(super) gazetteer: &'f Gazetteer,
    pub(super) text: &'f str,
    pub(super) seed: u64,
    /// Where its words end, if that has been worked out.
    bits: Option<&'f Bits>,
    pub(super) filter: &'f [u8],
    pub(super) lower_filter: &'f [u8],
    pub(super) beginning_filter: &'f [u8],
    pub(super) legal_filter: &'f [u8],
    pub(super) table: &'f [u8],
    pub(super) spellings: Spellings<'f>,
}

impl<'f> Reader<'f> {
    pub(super) fn new(gazetteer: &'f Gazetteer, text: &'f str, bits: Option<&'f Bits>) -> Self {
        Self {
            gazetteer,
            text,
            bits,
            seed: gazetteer.seed(),
            filter: gazetteer.filter(),
            lower_filter: gazetteer.lower_filter(),
            beginning_filter: gazetteer.beginning_filter(),
            legal_filter: gazetteer.legal_filter(),
            table: gazetteer.table(),
            spellings: gazetteer.spellings(),
        }
    }

    /// Puts those words of `starts` with which names begin to the front of `plain`, which has room for all: how many.
    #[inline(always)]
    pub(super) fn begin_plain<const WITH_LOWER: bool>(
        &self,
        bytes: &[u8],
        starts: &[PlainWord],
        plain: &mut [First],
    ) -> usize {
        let &Self { seed, filter, lower_filter, .. } = self;
        // Everything is written down, kept or not: a branch that nobody can foresee costs more.
        let mut n_plain = 0;
        for &PlainWord { at, n_bytes } in starts {
            let state = WordHasher::hash_ascii(seed, bytes, at as usize, (at + n_bytes) as usize);
            let is_lower = WITH_LOWER && bytes[at as usize].is_ascii_lowercase();
            let filter = if is_lower { lower_filter } else { filter };
            plain[n_plain] = First { at, n_bytes, state };
            n_plain += usize::from(may_have(filter, state));
        }
        n_plain
    }

    /// Appends what a name that begins with the word of `first` may be: that word alone, and with a second one.
    #[inline(always)]
    pub(super) fn begin(&self, first: Walk, walks: &mut Vec<Walk>) {
        let mut remember = |walk: Walk| {
            prefetch(self.beginning_filter, table::filter_offset(self.beginning_filter, walk.state));
            walks.push(walk);
        };
        remember(first);
        self.go_on(first, |_, walk| remember(walk));
    }

    /// Takes those out of `walks` that begin no name.
    #[inline]
    pub(super) fn retain_beginnings(&self, walks: &mut Vec<Walk>) {
        let mut n_kept = 0;
        for idx in 0..walks.len() {
            let walk = walks[idx];
            // It is written down in any case: a branch that nobody can foresee costs more.
            walks[n_kept] = walk;
            n_kept += usize::from(may_have(self.beginning_filter, walk.state));
        }
        walks.truncate(n_kept);
    }

    /// What the table says of `walk`, and how it goes on: the next walks are appended to `walks`.
    #[inline]
    pub(super) fn step(&self, walk: Walk, walks: &mut Vec<Walk>) -> Option<Proposal> {
        let slot = table::find(self.table, walk.state)?;
        if slot.goes_on() {
            self.go_on(walk, |word, next| {
                if slot.may_go_on(word) {
                    prefetch(self.table, table::bucket_offset(self.table, next.state));
                    walks.push(next);
                }
            });
        }
        let Walk { at, end, n_joined, .. } = walk;
        slot.value().map(|group| Proposal { at, end, group, n_joined })
    }

    /// Hands over `walk` with the next word, and the hash of that word: twice where a line end may break it.
    #[inline(always)]
    fn go_on(&self, walk: Walk, mut hand_over: impl FnMut(u64, Walk)) {
        if let Some((end, hash)) = self.plain_word_behind(walk.end) {
            let word = self.word(hash);
            return hand_over(word, Walk { end, state: step(walk.state, word), ..walk });
        }
        self.go_on_by_any(walk, &mut hand_over);
    }

    /// Hands over `walk` with the next word, whatever stands between them and in it.
    #[inline(never)]
    fn go_on_by_any(&self, walk: Walk, hand_over: &mut dyn FnMut(u64, Walk)) {
        let Some(unit) = next_start(self.text, walk.end).and_then(|start| self.unit_at(start)) else { return };
        let mut go_on = |unit: Unit, n_joined: usize| {
            let word = self.word(unit.hash);
            hand_over(word, Walk { end: unit.end, state: step(walk.state, word), n_joined, ..walk });
        };
        go_on(unit, walk.n_joined);
        if walk.n_joined < MAX_JOINED
            && let Some(whole) = joined(self.text, unit, self.seed)
        {
            go_on(whole, walk.n_joined + 1);
        }
    }

    #[inline]
    fn unit_at(&self, at: usize) -> Option<Unit> {
        unit_by(self.text, at, self.seed, |at| self.word_end(at))
    }

    /// The unit with which a name may begin at byte `at`, where ASCII letters and digits end at byte `end`; none where no word
    /// begins.
    #[inline]
    pub(super) fn first_unit(&self, at: usize, end: usize) -> Option<Unit> {
        let bytes = self.text.as_bytes();
        if end == at && is_mark_at(bytes, at) {
            return None;
        }
        let is_sure = match at.checked_sub(1).map_or(b' ', |before| bytes[before]) {
            b'.' => false,
            0x80.. => is_mark_before(bytes, at),
            _ => end > at,
        };
        if is_sure || begins_at(self.text, at) { self.unit_at(at) } else { None }
    }

    /// The end of the ASCII letters and digits that begin at byte `at`.
    #[inline]
    pub(super) fn word_end(&self, at: usize) -> usize {
        match self.bits {
            Some(bits) => bits.word_end(self.text.as_bytes(), at),
            None => word_end(self.text.as_bytes(), at),
        }
    }

    /// The end and the hash of the word behind byte `end`, where it is the next of a name beyond doubt: behind one blank, and
    /// of ASCII letters and digits only.
    #[inline(always)]
    pub(super) fn plain_word_behind(&self, end: usize) -> Option<(usize, u64)> {
        let bytes = self.text.as_bytes();
        let at = end + 1;
        if bytes.get(end) != Some(&b' ') {
            return None;
        }
        let end = self.bits?.plain_end(bytes, at)?;
        Some((end, WordHasher::hash_ascii(self.seed, bytes, at, end)))
    }

    /// The hash of a word behind the first, from its own.
    #[inline]
    pub(super) fn word(&self, hash: u64) -> u64 {
        if self.gazetteer.is_conjunction(hash) { AND ^ self.seed } else { hash }
    }

    /// The longest name of one start; of two as long, the one with fewer folds.
    pub(super) fn longest(&self, proposals: &[Proposal]) -> Option<Lookup> {
        proposals.chunk_by(|a, b| a.end == b.end).find_map(|same_end| {
            let looked_up = same_end.iter().filter_map(|proposal| self.look_up(*proposal));
            looked_up.min_by_key(|lookup| (lookup.written.rank(), lookup.folds.count()))
        })
    }
}
