//! Finding names in a text: starts, then sequences of words; `take.rs` decides.
//!
//! Most starts begin no name, and a filter that fits into the nearest cache tells; most of the others begin none with the
//! word behind them, and a second filter tells. What is left is followed together, a word at a time: what one walk needs of
//! memory is asked for while the others are looked at.

use super::{
    Gazetteer, Lookup, NameId,
    blocks::is_small_latin,
    compare::compare,
    fold::{Class, class_of},
    processor::{BitMoves, Work, prefetch, run_wide},
    raw::BLOCK,
    reader::{First, Proposal, Reader, Walk},
    scan::{Bits, PlainWord},
    table::{self, may_have},
    units::{is_mark_at, joined, short_latin_at, unit_at},
};
use std::{cell::Cell, ops::Range};

/// Blocks of text whose starts are followed together: what is known of them fits into the nearest cache.
const STRETCH_BLOCKS: usize = 128;
/// Longest text whose room a thread keeps for the next.
const MAX_KEPT_BYTES: usize = 1 << 20;

thread_local! {
    /// What a text needs while it is looked through, for the next text of the thread: asking for it anew took an eighth of
    /// the time. Nothing of one text is read for another.
    static ROOM: Cell<Room> = Cell::default();
}

/// Memory that a look through a text takes.
#[derive(Debug, Default)]
struct Room {
    bits: Bits,
    starts: Vec<PlainWord>,
    buffers: Buffers,
}

/// Memory that a stretch of text takes; empty between two of them.
#[derive(Debug, Default)]
struct Buffers {
    /// Starts that need a closer look: more room than there are, so that it need not be filled for each stretch.
    doubtful: Vec<u32>,
    /// Plain first words, likewise.
    plain: Vec<First>,
    walks: Vec<Walk>,
    proposals: Vec<Proposal>,
    /// The proposals in the order in which they are asked, as numbers and as themselves.
    order: Vec<u64>,
    sorted: Vec<Proposal>,
    /// Groups of those proposals that will be looked at.
    likely: Vec<u32>,
}

/// Bits of a proposal's number, of its joined words, and of the length that counts: a key has room for both and for the start.
const NUMBER_BITS: u32 = 26;
const JOINED_BITS: u32 = 2;
const LEN_BITS: u32 = 20;

impl Proposal {
    /// Leftmost first, then longest, then with the fewest joined words, then by number. `from` is where the stretch begins. One
    /// number: comparing it takes no branches.
    #[inline]
    fn order(&self, from: usize, number: usize) -> u64 {
        let missing = ((1 << LEN_BITS) - 1_usize).saturating_sub(self.end - self.at);
        let parts = ((self.at - from) << LEN_BITS | missing) << JOINED_BITS | self.n_joined;
        (parts as u64) << NUMBER_BITS | number as u64
    }
}

impl Gazetteer {
    /// Appends the stretches of `text` that the lists know: leftmost, longest, on whole words, in order.
    pub fn find(&self, text: &str, found: &mut Vec<Lookup>) {
        let mut room = ROOM.take();
        self.find_in(text, &mut room, found);
        if text.len() <= MAX_KEPT_BYTES {
            ROOM.set(room);
        }
    }

    fn find_in(&self, text: &str, room: &mut Room, found: &mut Vec<Lookup>) {
        let has_lower = !self.lower_filter().is_empty();
        let Room { bits, starts, buffers } = room;
        bits.read(text.as_bytes(), has_lower);
        let reader = Reader::new(self, text, Some(bits));
        run_wide(Finder { reader, bits, has_lower, starts, buffers, free_from: 0, found });
    }

    /// The spelling that the whole of `text` is, whatever its case.
    pub fn spelling(&self, text: &str) -> Option<NameId> {
        let reader = Reader::new(self, text, None);
        let first = unit_at(text, super::compare::first_start(text)?, reader.seed)?;
        let mut walks = Vec::new();
        reader.begin(Walk { at: first.start, end: first.end, state: first.hash, n_joined: 0 }, &mut walks);
        reader.retain_beginnings(&mut walks);
        let mut proposals = Vec::new();
        while let Some(walk) = walks.pop() {
            proposals.extend(reader.step(walk, &mut walks));
        }
        let is_rest = |character: char| matches!(class_of(character), Class::Blank | Class::Mark | Class::Extend);
        let proposal = proposals.iter().find(|proposal| text[proposal.end..].chars().all(is_rest))?;
        let (mut seen, mut classes) = (0_u32, 0_u32);
        // Many rows have one spelling: it is compared once.
        let mut last: Option<(&str, bool)> = None;
        for record in reader.spellings.group(proposal.group) {
            let class = 1 << record.class;
            // Spellings of a class are met alike; the last class holds what is left over.
            if seen & class != 0 && record.class < super::records::MAX_CLASS {
                continue;
            }
            seen |= class;
            let spelling = reader.spellings.text_of(&record);
            let is_met = match last {
                Some((same, is_met)) if same == spelling => is_met,
                _ => compare(spelling, text, first.start, self.conjunctions()).is_some(),
            };
            last = Some((spelling, is_met));
            if is_met {
                classes |= class;
            }
        }
        (classes != 0).then_some(NameId { group: proposal.group, classes })
    }
}

/// Whether the text has a small letter at byte `at`.
#[inline]
fn is_lower_at(text: &str, at: usize) -> bool {
    match text.as_bytes()[at] {
        byte @ ..0x80 => byte.is_ascii_lowercase(),
        _ => text[at..].starts_with(char::is_lowercase),
    }
}

/// Whether an accented small letter of the most usual ones stands at byte `at`.
#[inline]
fn is_small_latin_at(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at..), Some(&[lead, trail, ..]) if is_small_latin(lead, trail))
}

/// Follows walks and keeps the leftmost, longest names.
struct Finder<'f> {
    reader: Reader<'f>,
    bits: &'f Bits,
    /// Whether some names begin in lower case.
    has_lower: bool,
    starts: &'f mut Vec<PlainWord>,
    buffers: &'f mut Buffers,
    /// Bytes before it are taken.
    free_from: usize,
    found: &'f mut Vec<Lookup>,
}

impl Work for Finder<'_> {
    #[inline(always)]
    fn run<B: BitMoves>(mut self) {
        let n_blocks = self.bits.n_blocks();
        for from in (0..n_blocks).step_by(STRETCH_BLOCKS) {
            self.begin_all::<B>(from..n_blocks.min(from + STRETCH_BLOCKS));
            self.follow(from * BLOCK);
        }
    }
}

impl Finder<'_> {
    /// Remembers the first words of a stretch of blocks.
    #[inline(always)]
    fn begin_all<B: BitMoves>(&mut self, blocks: Range<usize>) {
        let (text, from) = (self.reader.text, blocks.start * BLOCK);
        let Buffers { doubtful, plain, walks, .. } = &mut *self.buffers;
        let [n_starts, n_doubtful] = self.bits.starts::<B>(blocks, self.starts, doubtful);
        let starts = &self.starts[..n_starts];
        if plain.len() < starts.len() {
            plain.resize(starts.len(), First::default());
        }
        let bytes = &text.as_bytes()[from..];
        let n_plain = if self.has_lower {
            self.reader.begin_plain::<true>(bytes, starts, plain)
        } else {
            self.reader.begin_plain::<false>(bytes, starts, plain)
        };
        for &First { at, n_bytes, state } in &plain[..n_plain] {
            let at = from + at as usize;
            self.reader.begin(Walk { at, end: at + n_bytes as usize, state, n_joined: 0 }, walks);
        }
        for idx in 0..n_doubtful {
            self.begin_doubtful(from + self.buffers.doubtful[idx] as usize);
        }
    }

    /// Remembers a first word that may be none, may have other letters, or may go on in the next line.
    #[inline]
    fn begin_doubtful(&mut self, at: usize) {
        let Reader { text, seed, filter, lower_filter, .. } = self.reader;
        let bytes = text.as_bytes();
        let Some((end, state)) = short_latin_at(bytes, at, seed, |at| self.bits.word_end(bytes, at)) else {
            return self.begin_any(at);
        };
        if may_have(if bytes[at].is_ascii_lowercase() { lower_filter } else { filter }, state) {
            self.reader.begin(Walk { at, end, state, n_joined: 0 }, &mut self.buffers.walks);
        }
    }

    /// The same for a word of any letters.
    #[inline(never)]
    fn begin_any(&mut self, at: usize) {
        let Reader { text, seed, filter, lower_filter, .. } = self.reader;
        let (bytes, end) = (text.as_bytes(), self.reader.word_end(at));
        if end == at && (is_mark_at(bytes, at) || !self.has_lower && is_small_latin_at(bytes, at)) {
            return;
        }
        let filter = if is_lower_at(text, at) { lower_filter } else { filter };
        if filter.is_empty() {
            return;
        }
        let Some(unit) = self.reader.first_unit(at, end) else { return };
        let mut begin = |walk: Walk| {
            if may_have(filter, walk.state) {
                self.reader.begin(walk, &mut self.buffers.walks);
            }
        };
        begin(Walk { at, end: unit.end, state: unit.hash, n_joined: 0 });
        if let Some(whole) = joined(text, unit, seed) {
            begin(Walk { at, end: whole.end, state: whole.hash, n_joined: 1 });
        }
    }

    /// Follows all walks of the stretch that begins at byte `from`, all of them a word at a time, then takes the names.
    #[inline(always)]
    fn follow(&mut self, from: usize) {
        let Reader { spellings, table, .. } = self.reader;
        let Buffers { walks, proposals, order, sorted, likely, .. } = &mut *self.buffers;
        self.reader.retain_beginnings(walks);
        for walk in walks.iter() {
            prefetch(table, table::bucket_offset(table, walk.state));
        }
        let mut first = 0;
        while first < walks.len() {
            let end = walks.len();
            for idx in first..end {
                let walk = walks[idx];
                if let Some(proposal) = self.reader.step(walk, walks) {
                    proposals.push(proposal);
                }
            }
            first = end;
        }
        walks.clear();
        order.clear();
        order.extend(proposals.iter().enumerate().map(|(number, proposal)| proposal.order(from, number)));
        order.sort_unstable();
        sorted.clear();
        sorted.extend(order.iter().map(|key| proposals[(key & ((1 << NUMBER_BITS) - 1)) as usize]));
        // What begins inside a longer proposal is rarely asked for.
        let mut free_from = self.free_from;
        let is_likely = |proposal: &&Proposal| {
            let is_likely = proposal.at >= free_from;
            free_from = if is_likely { proposal.end } else { free_from };
            is_likely
        };
        likely.clear();
        likely.extend(sorted.iter().filter(is_likely).map(|proposal| proposal.group));
        likely.iter().for_each(|&group| spellings.prefetch_group(group));
        likely.iter().for_each(|&group| spellings.prefetch_text(group));
        for same_start in sorted.chunk_by(|a, b| a.at == b.at) {
            if same_start[0].at < self.free_from {
                continue;
            }
            if let Some(lookup) = self.reader.longest(same_start) {
                self.free_from = lookup.span.end();
                self.found.push(lookup);
            }
        }
        proposals.clear();
    }
}
