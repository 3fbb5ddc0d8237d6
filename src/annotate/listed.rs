//! What the lists know of a text, by the tokens it stands on.

use crate::{
    document::Token,
    lexicon::{Gazetteer, Kind, Lookup},
};

/// What the rules ask of every stretch that the lists know, found once: its tokens and the kinds of its rows.
#[derive(Debug, Default)]
pub struct Listed {
    /// For each token one more than the number of the look-up that begins with it; 0 where none does.
    starting: Vec<u32>,
    lookups: Vec<Stretch>,
}

/// A look-up, counted in tokens.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// One past its last token.
    end: u32,
    /// Bit for each kind that one of its rows has, see [`bit`].
    kinds: u32,
    /// The kind of its best row, weak names aside.
    best: Option<Kind>,
}

impl Listed {
    /// The index of `lookups`, which stand in the order of the text.
    pub fn new(tokens: &[Token], lookups: &[Lookup], gazetteer: &Gazetteer) -> Self {
        let mut listed = Self { starting: vec![0; tokens.len()], lookups: Vec::with_capacity(lookups.len()) };
        let mut at = 0;
        for (idx, lookup) in lookups.iter().enumerate() {
            while tokens.get(at).is_some_and(|token| token.span.end() <= lookup.span.start()) {
                at += 1;
            }
            let n_tokens = tokens[at..].iter().take_while(|token| token.span.start() < lookup.span.end()).count();
            let begins = tokens.get(at).is_some_and(|token| token.span.start() == lookup.span.start());
            if begins && listed.starting[at] == 0 {
                listed.starting[at] = idx as u32 + 1;
            }
            listed.lookups.push(Stretch { end: (at + n_tokens) as u32, ..Stretch::of_rows(lookup, gazetteer) });
        }
        listed
    }

    /// The number of the look-up that begins with a token, and one past its last token.
    pub fn starting_at(&self, token_idx: usize) -> Option<(usize, usize)> {
        let idx = self.starting.get(token_idx)?.checked_sub(1)? as usize;
        Some((idx, self.lookups[idx].end as usize))
    }

    /// Whether some row of a look-up is of `kind`.
    pub fn is_of_kind(&self, lookup_idx: usize, kind: Kind) -> bool {
        self.lookups[lookup_idx].kinds & bit(kind) != 0
    }

    /// Whether some row of a look-up is of a kind of things, not of a field, a date or an amount.
    pub fn names_thing(&self, lookup_idx: usize) -> bool {
        let others = bit(Kind::Sector) | bit(Kind::Date) | bit(Kind::Amount);
        self.lookups[lookup_idx].kinds & !others != 0
    }

    /// The kind of the best row of a look-up, weak names aside.
    pub fn best_kind(&self, lookup_idx: usize) -> Option<Kind> {
        self.lookups[lookup_idx].best
    }
}

impl Stretch {
    fn of_rows(lookup: &Lookup, gazetteer: &Gazetteer) -> Self {
        let (mut kinds, mut best) = (0, None);
        for reading in gazetteer.readings(lookup.name) {
            let entry = gazetteer.profile(reading.entry);
            kinds |= bit(entry.kind);
            // Of rows of one priority the last counts, as `max_by_key` has it.
            if !reading.is_weak && best.is_none_or(|(priority, _)| entry.priority >= priority) {
                best = Some((entry.priority, entry.kind));
            }
        }
        Self { end: 0, kinds, best: best.map(|(_, kind)| kind) }
    }
}

/// The bit of a kind; kinds that the lists declare share the last.
fn bit(kind: Kind) -> u32 {
    let number = match kind {
        Kind::Nothing => 0,
        Kind::Institution => 1,
        Kind::Person => 2,
        Kind::Place => 3,
        Kind::Date => 4,
        Kind::Sector => 5,
        Kind::Amount => 6,
        _ => 31,
    };
    1 << number
}
