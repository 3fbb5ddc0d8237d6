//! Finding names in a text: starts, then sequences of words; `take.rs` decides.
//!
//! Most starts begin no name, and a filter that fits into the nearest cache tells. The others are followed together, all
//! of them a word at a time: what one needs of memory is asked for while the others are looked at.

use super::{
    Gazetteer, Lookup, NameId,
    compare::compare,
    fold::{Class, class_of},
    hash::{AND, WordHasher, step},
    scan::{Start, prefetch, starts},
    table::{self, may_begin},
    units::{MAX_UNIT_BYTES, Unit, begins_at, is_mark_at, is_mark_before, joined, next_start, unit_at, unit_ending_at},
};
use std::cmp::Reverse;

/// Words of one name that may be broken at line ends.
const MAX_JOINED: usize = 2;
/// Starts that are followed together.
const BATCH: usize = 128;
/// Bytes whose starts are looked for before any is followed; a multiple of a block.
const STRETCH: usize = 4096;

/// Bytes that leave a word of ASCII letters and digits beside them as it is: neither letters of it, nor dots of an acronym,
/// nor hyphens of a broken line.
const IS_PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    while at < 0x80 {
        table[at] = !matches!(at as u8, b'.' | b'-');
        at += 1;
    }
    table
};

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

impl Gazetteer {
    /// Appends the stretches of `text` that the lists know: leftmost, longest, on whole words, in order.
    pub fn find(&self, text: &str, found: &mut Vec<Lookup>) {
        let mut finder = Finder {
            reader: Reader::new(self, text),
            fresh: [Walk::default(); BATCH],
            n_fresh: 0,
            walks: Vec::with_capacity(BATCH * 2),
            proposals: Vec::with_capacity(BATCH),
            likely: Vec::with_capacity(BATCH),
            free_from: 0,
            found,
        };
        let has_lower = !finder.reader.lower_filter.is_empty();
        let mut found = Vec::with_capacity(STRETCH / 8);
        for from in (0..text.len()).step_by(STRETCH) {
            found.clear();
            starts(text.as_bytes(), from..text.len().min(from + STRETCH), has_lower, &mut found);
            finder.begin_all(&found, has_lower);
        }
        finder.follow();
    }

    /// The spelling that the whole of `text` is, whatever its case.
    pub fn spelling(&self, text: &str) -> Option<NameId> {
        let reader = Reader::new(self, text);
        let first = unit_at(text, super::compare::first_start(text)?, reader.seed)?;
        let mut walks = vec![Walk { at: first.start, end: first.end, state: first.hash, n_joined: 0 }];
        let mut proposals = Vec::new();
        while let Some(walk) = walks.pop() {
            proposals.extend(reader.step(walk, &mut walks));
        }
        let is_rest = |character: char| matches!(class_of(character), Class::Blank | Class::Mark | Class::Extend);
        let proposal = proposals.iter().find(|proposal| text[proposal.end..].chars().all(is_rest))?;
        let (mut seen, mut classes) = (0_u32, 0_u32);
        for record in self.group(proposal.group) {
            let class = 1 << record.class;
            // Spellings of a class are met alike; the last class holds what is left over.
            if seen & class != 0 && record.class < super::records::MAX_CLASS {
                continue;
            }
            seen |= class;
            if compare(self.text_of(&record), text, first.start, self.conjunctions()).is_some() {
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
    filter: &'f [u8],
    lower_filter: &'f [u8],
    pub(super) legal_filter: &'f [u8],
    pub(super) table: &'f [u8],
}

impl<'f> Reader<'f> {
    fn new(gazetteer: &'f Gazetteer, text: &'f str) -> Self {
        Self {
            gazetteer,
            text,
            seed: gazetteer.seed(),
            filter: gazetteer.filter(),
            lower_filter: gazetteer.lower_filter(),
            legal_filter: gazetteer.legal_filter(),
            table: gazetteer.table(),
        }
    }

    /// What the table says of `walk`, and how it goes on: the next walks are handed to `next`.
    #[inline]
    fn step(&self, walk: Walk, next: &mut Vec<Walk>) -> Option<Proposal> {
        let slot = table::find(self.table, walk.state)?;
        let Walk { at, end, n_joined, .. } = walk;
        if slot.goes_on()
            && let Some(unit) = next_start(self.text, end).and_then(|start| unit_at(self.text, start, self.seed))
        {
            let mut go_on = |unit: Unit, n_joined: usize| {
                let word = self.word(unit);
                if slot.may_go_on(word) {
                    let state = step(walk.state, word);
                    prefetch(self.table, table::bucket_offset(self.table, state));
                    next.push(Walk { at, end: unit.end, state, n_joined });
                }
            };
            go_on(unit, n_joined);
            if n_joined < MAX_JOINED
                && let Some(whole) = joined(self.text, unit, self.seed)
            {
                go_on(whole, n_joined + 1);
            }
        }
        slot.value().map(|group| Proposal { at, end, group, n_joined })
    }

    /// The hash of a word behind the first.
    #[inline]
    pub(super) fn word(&self, unit: Unit) -> u64 {
        if self.gazetteer.is_conjunction(unit.hash) { AND ^ self.seed } else { unit.hash }
    }
}

/// The unit with which a name may begin at byte `at`, where ASCII letters and digits end at byte `end`; none where no word
/// begins.
#[inline]
fn first_unit(text: &str, at: usize, end: usize, seed: u64) -> Option<Unit> {
    let bytes = text.as_bytes();
    if end == at && is_mark_at(bytes, at) {
        return None;
    }
    let is_sure = match at.checked_sub(1).map_or(b' ', |before| bytes[before]) {
        b'.' => false,
        0x80.. => is_mark_before(bytes, at),
        _ => end > at,
    };
    if !is_sure && !begins_at(text, at) {
        return None;
    }
    unit_ending_at(text, at, end, seed)
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
fn is_small_latin(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at..), Some([0xc3, 0xa0..=0xbf, ..]))
}

/// Follows walks and keeps the leftmost, longest names.
struct Finder<'f> {
    reader: Reader<'f>,
    /// First words that have not been followed yet.
    fresh: [Walk; BATCH],
    n_fresh: usize,
    walks: Vec<Walk>,
    proposals: Vec<Proposal>,
    /// Groups of those proposals that will be looked at.
    likely: Vec<u32>,
    /// Bytes before it are taken.
    free_from: usize,
    found: &'f mut Vec<Lookup>,
}

impl Finder<'_> {
    /// Remembers the first words of all `starts`.
    fn begin_all(&mut self, starts: &[Start], has_lower: bool) {
        let Reader { text, seed, filter, lower_filter, .. } = self.reader;
        let bytes = text.as_bytes();
        for &Start { at, end } in starts {
            // Both readings of a start are followed together.
            if self.n_fresh + 2 > BATCH {
                self.follow();
            }
            let before = if at == 0 { b' ' } else { bytes[at - 1] };
            let next = bytes.get(end).copied().unwrap_or(b' ');
            if end > at && IS_PLAIN[usize::from(before)] && IS_PLAIN[usize::from(next)] && end - at <= MAX_UNIT_BYTES {
                let state = WordHasher::hash_ascii(seed, bytes, at, end);
                let filter = if has_lower && bytes[at].is_ascii_lowercase() { lower_filter } else { filter };
                self.begin(Walk { at, end, state, n_joined: 0 }, filter);
            } else if end > at || !is_mark_at(bytes, at) && (has_lower || !is_small_latin(bytes, at)) {
                self.begin_doubtful(at, end);
            }
        }
    }

    /// Remembers a first word, if the filter knows it.
    #[inline]
    fn begin(&mut self, walk: Walk, filter: &[u8]) {
        // It is written down in any case: a branch that nobody can foresee costs more.
        self.fresh[self.n_fresh] = walk;
        self.n_fresh += usize::from(may_begin(filter, walk.state));
    }

    /// Remembers a first word that may be none, may have other letters, or may go on in the next line.
    #[inline(never)]
    fn begin_doubtful(&mut self, at: usize, end: usize) {
        let Reader { text, seed, filter, lower_filter, .. } = self.reader;
        let filter = if is_lower_at(text, at) { lower_filter } else { filter };
        if filter.is_empty() {
            return;
        }
        let Some(unit) = first_unit(text, at, end, seed) else { return };
        self.begin(Walk { at, end: unit.end, state: unit.hash, n_joined: 0 }, filter);
        if let Some(whole) = joined(text, unit, seed) {
            self.begin(Walk { at, end: whole.end, state: whole.hash, n_joined: 1 }, filter);
        }
    }

    /// Follows all walks word by word, all of them a word at a time, then takes the names.
    fn follow(&mut self) {
        let gazetteer = self.reader.gazetteer;
        let table = self.reader.table;
        self.walks.extend_from_slice(&self.fresh[..self.n_fresh]);
        self.n_fresh = 0;
        for walk in &self.walks {
            prefetch(table, table::bucket_offset(table, walk.state));
        }
        let mut first = 0;
        while first < self.walks.len() {
            let end = self.walks.len();
            for idx in first..end {
                let walk = self.walks[idx];
                if let Some(proposal) = self.reader.step(walk, &mut self.walks) {
                    self.proposals.push(proposal);
                }
            }
            first = end;
        }
        self.walks.clear();
        self.proposals.sort_by_key(|proposal| (proposal.at, Reverse(proposal.end), proposal.n_joined));
        // What begins inside a longer proposal is rarely asked for.
        let mut free_from = self.free_from;
        let is_likely = |proposal: &&Proposal| {
            let is_likely = proposal.at >= free_from;
            free_from = if is_likely { proposal.end } else { free_from };
            is_likely
        };
        self.likely.clear();
        self.likely.extend(self.proposals.iter().filter(is_likely).map(|proposal| proposal.group));
        self.likely.iter().for_each(|&group| gazetteer.prefetch_group(group));
        self.likely.iter().for_each(|&group| gazetteer.prefetch_text(group));
        for same_start in self.proposals.chunk_by(|a, b| a.at == b.at) {
            if same_start[0].at < self.free_from {
                continue;
            }
            if let Some(lookup) = self.reader.longest(same_start) {
                self.free_from = lookup.span.end();
                self.found.push(lookup);
            }
        }
        self.proposals.clear();
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
