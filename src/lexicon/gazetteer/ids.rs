//! Rows by the hash of their id: open addressing, three quarters full at most.

use super::{hash::WordHasher, rows::Rows};
use crate::lexicon::ListRow;

/// Rows by id, while they are read.
#[derive(Debug, Default)]
pub(super) struct Ids {
    slots: Vec<Slot>,
    /// Where each row stands, for messages.
    places: Vec<Place>,
    paths: Vec<String>,
}

/// A place of the table.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// Number of the row and one more; 0 where there is none.
    row: u32,
    /// Part of the hash of its id: most other ids are told apart by it alone.
    tag: u32,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    layer: usize,
    path: u32,
    line: u32,
}

/// The row that has an id already.
pub(super) struct Taken<'i> {
    pub(super) layer: usize,
    pub(super) path: &'i str,
    pub(super) line: u32,
}

impl Ids {
    /// A table for at most `n_rows`.
    pub(super) fn with_room(n_rows: usize) -> Self {
        Self { slots: vec![Slot::default(); n_rows * 4 / 3 + 2], places: Vec::with_capacity(n_rows), paths: Vec::new() }
    }

    /// Takes the id of `row` for the row of number `entry`; who has it already, if any.
    pub(super) fn take(&mut self, row: &ListRow<'_>, entry: u32, rows: Rows<'_>) -> Option<Taken<'_>> {
        let hash = hash_of(row.id);
        let mut at = slot_of(hash, self.slots.len());
        while self.slots[at].row != 0 {
            let other = self.slots[at].row as usize - 1;
            if self.slots[at].tag == hash as u32 && rows.id(other) == row.id {
                let place = self.places[other];
                return Some(Taken { layer: place.layer, path: &self.paths[place.path as usize], line: place.line });
            }
            at = if at + 1 == self.slots.len() { 0 } else { at + 1 };
        }
        self.slots[at] = Slot { row: entry + 1, tag: hash as u32 };
        if self.paths.last().is_none_or(|path| path != row.path) {
            self.paths.push(row.path.to_owned());
        }
        self.places.push(Place { layer: row.layer, path: self.paths.len() as u32 - 1, line: row.line as u32 });
        None
    }

    /// The table, as [`find`] reads it.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.slots.iter().flat_map(|slot| slot.row.to_le_bytes()).collect()
    }
}

/// The row of an id, in a table of [`Ids::into_bytes`].
pub(super) fn find(table: &[u8], rows: Rows<'_>, id: &str) -> Option<u32> {
    let slots = table.as_chunks::<4>().0;
    let (before, from) = slots.split_at_checked(slot_of(hash_of(id), slots.len()))?;
    for slot in from.iter().chain(before) {
        let row = u32::from_le_bytes(*slot).checked_sub(1)?;
        if rows.id(row as usize) == id {
            return Some(row);
        }
    }
    None
}

fn hash_of(id: &str) -> u64 {
    let mut hasher = WordHasher::new(0);
    id.bytes().for_each(|byte| hasher.push(byte));
    hasher.finish()
}

/// The slot where the search for the id of a hash begins.
fn slot_of(hash: u64, n_slots: usize) -> usize {
    ((u128::from(hash) * n_slots as u128) >> 64) as usize
}
