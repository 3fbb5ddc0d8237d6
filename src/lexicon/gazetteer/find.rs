//! Finding names in a text: starts, then sequences of words; `take.rs` decides.
//!
//! Most starts begin no name, and a filter that fits into the nearest cache tells; most of the others begin none with the
//! word behind them, and a second filter tells. What is left is followed together, a word at a time: what one walk needs of
//! memory is asked for while the others are looked at.

use super::{
    Gazetteer, Lookup, NameId,
    compare::compare,
    fold::{Class, class_of},
    hash::{AND, WordHasher, step},
    raw::{BLOCK, word_end},
    scan::{BitMoves, Bits, PlainWord, Work, is_small_latin, prefetch, run_wide},
    spellings::Spellings,
    table::{self, may_have},
    units::{Unit, begins_at, is_mark_at, is_mark_before, joined, next_start, short_latin_at, unit_at, unit_by},
};
use std::{cell::Cell, ops::Range};

/// Words of one name that may be broken at line ends.
const MAX_JOINED: usize = 2;
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

/// A plain word with which names begin: its place in the stretch, and its hash.
#[derive(Debug, Clone, Copy, Default)]
struct First {
    at: u32,
    n_bytes: u32,
    state: u64,
}

/// How far a name that begins at `at` has been followed: the table has not been asked for `state` yet.
#[derive(Debug, Clone, Copy, Default)]
struct Walk {
    at: usize,
    end: usize,
    state: u64,
    n_joined: usize,
}

/// A name that the table proposes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Proposal {
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) group: u32,
    n_joined: usize,
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

/// A text beside the parts of the gazetteer that every word of it needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'f> {
    pub(super) gazetteer: &'f Gazetteer,
    pub(super) text: &'f str,
    pub(super) seed: u64,
    /// Where its words end, if that has been worked out.
    bits: Option<&'f Bits>,
    filter: &'f [u8],
    lower_filter: &'f [u8],
    beginning_filter: &'f [u8],
    pub(super) legal_filter: &'f [u8],
    pub(super) table: &'f [u8],
    pub(super) spellings: Spellings<'f>,
}

impl<'f> Reader<'f> {
    fn new(gazetteer: &'f Gazetteer, text: &'f str, bits: Option<&'f Bits>) -> Self {
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
    fn begin_plain<const WITH_LOWER: bool>(&self, bytes: &[u8], starts: &[PlainWord], plain: &mut [First]) -> usize {
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
    fn begin(&self, first: Walk, walks: &mut Vec<Walk>) {
        let mut remember = |walk: Walk| {
            prefetch(self.beginning_filter, table::filter_offset(self.beginning_filter, walk.state));
            walks.push(walk);
        };
        remember(first);
        self.go_on(first, |_, walk| remember(walk));
    }

    /// Takes those out of `walks` that begin no name.
    #[inline]
    fn retain_beginnings(&self, walks: &mut Vec<Walk>) {
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
    fn step(&self, walk: Walk, walks: &mut Vec<Walk>) -> Option<Proposal> {
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
    fn first_unit(&self, at: usize, end: usize) -> Option<Unit> {
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
    fn word_end(&self, at: usize) -> usize {
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

impl Reader<'_> {
    /// The longest name of one start; of two as long, the one with fewer folds.
    fn longest(&self, proposals: &[Proposal]) -> Option<Lookup> {
        proposals.chunk_by(|a, b| a.end == b.end).find_map(|same_end| {
            let looked_up = same_end.iter().filter_map(|proposal| self.look_up(*proposal));
            looked_up.min_by_key(|lookup| (lookup.written.rank(), lookup.folds.count()))
        })
    }
}
