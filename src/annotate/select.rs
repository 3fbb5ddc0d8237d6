//! The one overlap policy: which of the mentions that rules propose become mentions.
//!
//! Where two proposals share a byte, the longer wins; of two as long, the one whose rule stands earlier in `rules!`;
//! of one rule, the surer; then the one proposed first. A loser is dropped whole. Stretches that are no mentions
//! ([`crate::lexicon::Kind::Nothing`]) compete by the same policy.

use super::Mention;
use std::{cmp::Reverse, collections::BTreeMap};

/// The winners, in the order of the text.
pub(super) fn select(proposed: &[Mention]) -> Vec<Mention> {
    winners(proposed).into_iter().map(|number| proposed[number].clone()).collect()
}

/// The same of proposals that nobody asks for any more.
pub(super) fn select_last(proposed: Vec<Mention>) -> Vec<Mention> {
    let winners = winners(&proposed);
    let mut proposed: Vec<Option<Mention>> = proposed.into_iter().map(Some).collect();
    winners.into_iter().filter_map(|number| proposed[number].take()).collect()
}

/// The numbers of the winners, in the order of the text.
fn winners(proposed: &[Mention]) -> Vec<usize> {
    let mut ranked: Vec<usize> = (0..proposed.len()).collect();
    // Of equals the one proposed first: the number decides.
    ranked.sort_unstable_by_key(|&number| {
        let mention = &proposed[number];
        (Reverse(mention.span.len()), mention.rule_order, Reverse(mention.confidence), number)
    });
    // Longest first, so a proposal can only be hit by what is already chosen. Those are disjoint, so that the last one to
    // start before the proposal ends is the only one that can reach into it.
    let mut chosen: BTreeMap<usize, usize> = BTreeMap::new();
    for number in ranked {
        let span = proposed[number].span;
        let before = chosen.range(..span.end()).next_back();
        if before.is_none_or(|(_, &other)| !proposed[other].span.overlaps(span)) {
            chosen.insert(span.start(), number);
        }
    }
    chosen.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{annotate::Confidence, lexicon::Kind, text::Span};

    fn mention(start: usize, end: usize, rule_order: usize) -> Mention {
        Mention { rule_order, ..Mention::new(Span::new(start, end), Kind::Place, "test", Confidence::percent(50)) }
    }

    #[test]
    fn the_longer_wins_then_the_earlier_rule() {
        let chosen = winners(&[mention(0, 4, 0), mention(2, 9, 5), mention(9, 12, 3), mention(9, 12, 1)]);
        assert_eq!(chosen, [1, 3]);
    }

    #[test]
    fn of_equals_the_one_proposed_first_wins() {
        assert_eq!(winners(&[mention(5, 9, 2), mention(0, 4, 2), mention(0, 4, 2)]), [1, 0]);
    }
}
