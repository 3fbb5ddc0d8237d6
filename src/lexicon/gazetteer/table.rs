//! The table of names: an open-addressed hash table over sequences of folded words, in buckets of one cache line, and
//! the bit filters before it.
//!
//! A slot says of one sequence of words which spelling group it is, if any, and by which words longer names go on. A first
//! word that is no name by itself has no slot: a filter says by which second words it may go on.

/// Slots in a bucket: eight of eight bytes are one cache line.
const BUCKET_SLOTS: usize = 8;
/// Bytes of a bucket.
pub(super) const BUCKET_BYTES: usize = BUCKET_SLOTS * 8;
/// Share of the slots that may be taken, in percent.
const LOAD_PERCENT: usize = 80;
/// Buckets that a search looks at; the builder makes room before it needs more.
const MAX_PROBES: usize = 24;
/// Bits of a filter for each sequence in it.
const FILTER_BITS_EACH: usize = 12;

const VALUE_BITS: u32 = 27;
const BRANCH_BITS: u32 = 8;
const TAG_SHIFT: u32 = VALUE_BITS + BRANCH_BITS;
const TAG_MASK: u64 = (1 << (64 - TAG_SHIFT)) - 1;
/// Bit of a value that is the number of a row, not of a group of spellings.
const ROW: u32 = 1 << (VALUE_BITS - 1);
/// Highest number of a group of spellings.
pub(super) const MAX_GROUP: u32 = ROW - 2;

/// The value that says: the name of this row alone.
pub(super) fn of_row(row: u32) -> u32 {
    ROW | row
}

/// The row whose name alone a value means; none when it means a group of spellings.
#[inline]
pub(super) fn row_of(value: u32) -> Option<u32> {
    (value & ROW != 0).then_some(value & (ROW - 1))
}

/// What the table says of a sequence of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot(u64);

impl Slot {
    /// The value of the sequence, if it is whole.
    #[inline]
    pub(super) fn value(self) -> Option<u32> {
        ((self.0 & ((1 << VALUE_BITS) - 1)) as u32).checked_sub(1)
    }

    /// Whether some longer sequence goes on.
    #[inline]
    pub(super) fn goes_on(self) -> bool {
        self.branches() != 0
    }

    /// Whether a longer sequence may go on with the word of this hash.
    #[inline]
    pub(super) fn may_go_on(self, word: u64) -> bool {
        self.branches() & branch(word) != 0
    }

    fn branches(self) -> u64 {
        self.0 >> VALUE_BITS & ((1 << BRANCH_BITS) - 1)
    }
}

fn branch(word: u64) -> u64 {
    1 << (word >> 61)
}

#[inline]
fn tag(state: u64) -> u64 {
    state & TAG_MASK
}

#[inline]
fn bucket_of(state: u64, n_buckets: usize) -> usize {
    ((u128::from(state) * n_buckets as u128) >> 64) as usize
}

/// The first byte of the bucket where a search for `state` begins.
#[inline]
pub(super) fn bucket_offset(table: &[u8], state: u64) -> usize {
    bucket_of(state, table.len() / BUCKET_BYTES) * BUCKET_BYTES
}

/// What `table` says of the sequence whose hash is `state`.
#[inline]
pub(super) fn find(table: &[u8], state: u64) -> Option<Slot> {
    let n_buckets = table.len() / BUCKET_BYTES;
    let mut bucket = bucket_of(state, n_buckets);
    for _ in 0..MAX_PROBES {
        let line: &[u8; BUCKET_BYTES] = table.get(bucket * BUCKET_BYTES..)?.first_chunk()?;
        let slots = line.as_chunks::<8>().0;
        // Every slot is looked at: a branch that nobody can foresee costs more.
        let mut found = BUCKET_SLOTS;
        for (at, slot) in slots.iter().enumerate().rev() {
            found = if u64::from_le_bytes(*slot) >> TAG_SHIFT == tag(state) { at } else { found };
        }
        match slots.get(found).map(|slot| u64::from_le_bytes(*slot)) {
            // The tag of a free slot may be asked for, too.
            Some(slot) => return (slot != 0).then_some(Slot(slot)),
            None if slots[BUCKET_SLOTS - 1] == [0; 8] => return None,
            None => {}
        }
        bucket = if bucket + 1 == n_buckets { 0 } else { bucket + 1 };
    }
    None
}

/// One sequence of words for [`build`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Node {
    /// Hash of the sequence.
    pub(super) state: u64,
    /// Its value and one more; 0 when it is only the beginning of longer ones.
    value: u32,
    /// Words by which longer sequences go on.
    branches: u8,
}

impl Node {
    /// A whole sequence.
    pub(super) fn whole(state: u64, value: u32) -> Self {
        Self { state, value: value + 1, branches: 0 }
    }

    /// A sequence that goes on with the word of this hash.
    pub(super) fn beginning(state: u64, word: u64) -> Self {
        Self { state, value: 0, branches: branch(word) as u8 }
    }
}

/// Two sequences that the table cannot tell apart: another seed of the hashes is needed.
#[derive(Debug)]
pub(super) struct Clash;

/// Builds the table of `nodes`; nodes of one sequence become one.
pub(super) fn build(mut nodes: Vec<Node>) -> Result<Vec<u8>, Clash> {
    nodes.sort_unstable();
    nodes.dedup_by(|next, kept| {
        let is_same = next.state == kept.state;
        if is_same {
            kept.branches |= next.branches;
            kept.value = kept.value.max(next.value);
        }
        is_same
    });
    let mut n_buckets = (nodes.len() * 100).div_ceil(LOAD_PERCENT * BUCKET_SLOTS).max(1);
    loop {
        match fill(&nodes, n_buckets)? {
            Some(table) => return Ok(table),
            None => n_buckets += n_buckets / 8 + 1,
        }
    }
}

/// The table with `n_buckets`; none when a search would take too long.
fn fill(nodes: &[Node], n_buckets: usize) -> Result<Option<Vec<u8>>, Clash> {
    let mut table = vec![0; n_buckets * BUCKET_BYTES];
    for node in nodes {
        let mut bucket = bucket_of(node.state, n_buckets);
        let free = 'search: {
            for _ in 0..MAX_PROBES {
                let from = bucket * BUCKET_BYTES;
                for (at, slot) in table[from..from + BUCKET_BYTES].as_chunks::<8>().0.iter().enumerate() {
                    let slot = u64::from_le_bytes(*slot);
                    if slot == 0 {
                        break 'search from + at * 8;
                    }
                    if slot >> TAG_SHIFT == tag(node.state) {
                        return Err(Clash);
                    }
                }
                bucket = if bucket + 1 == n_buckets { 0 } else { bucket + 1 };
            }
            return Ok(None);
        };
        let slot = u64::from(node.value) | u64::from(node.branches) << VALUE_BITS | tag(node.state) << TAG_SHIFT;
        table[free..free + 8].copy_from_slice(&slot.to_le_bytes());
    }
    Ok(Some(table))
}

/// Whether the sequence of words that leads to `state` may be one of those that `filter` was built of: false is certain.
#[inline]
pub(super) fn may_have(filter: &[u8], state: u64) -> bool {
    let words = filter.as_chunks::<8>().0;
    let bits = filter_bits(state);
    words.get(filter_word(state, words.len())).is_some_and(|word| u64::from_le_bytes(*word) & bits == bits)
}

/// The first byte of the bits of `state`.
#[inline]
pub(super) fn filter_offset(filter: &[u8], state: u64) -> usize {
    filter_word(state, filter.len() / 8) * 8
}

/// The word of a filter of `n_words` where the bits of `state` are.
#[inline]
fn filter_word(state: u64, n_words: usize) -> usize {
    (((state >> 32) * n_words as u64) >> 32) as usize
}

fn filter_bits(state: u64) -> u64 {
    1 << (state & 63) | 1 << (state >> 6 & 63)
}

/// The filter of sequences that lead to `states`; empty if there are none.
pub(super) fn build_filter(mut states: Vec<u64>) -> Vec<u8> {
    states.sort_unstable();
    states.dedup();
    let n_words = (states.len() * FILTER_BITS_EACH).div_ceil(64);
    let mut words = vec![0_u64; n_words];
    for &state in &states {
        words[filter_word(state, n_words)] |= filter_bits(state);
    }
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}
