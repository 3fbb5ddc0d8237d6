//! The one overlap policy: which of the mentions that rules propose become mentions.
//!
//! Where two proposals share a byte, the longer wins; of two as long, the one whose rule stands earlier in `rules!`;
//! of one rule, the surer; then the one proposed first. A loser is dropped whole. Stretches that are no mentions
//! ([`crate::lexicon::Kind::Nothing`]) compete by the same policy.

use super::Mention;
use std::{cmp::Reverse, collections::BTreeMap};

/// The winners, in the order of the text.
pub(super) fn select(mut proposed: Vec<Mention>) -> Vec<Mention> {
    proposed.sort_by_key(|mention| (Reverse(mention.span.len()), mention.rule_order, Reverse(mention.confidence)));
    // Longest first, so a proposal can only be hit by what is already chosen. Those are disjoint, so that the last one to
    // start before the proposal ends is the only one that can reach into it.
    let mut chosen: BTreeMap<usize, Mention> = BTreeMap::new();
    for mention in proposed {
        let before = chosen.range(..mention.span.end()).next_back();
        if before.is_none_or(|(_, other)| !other.span.overlaps(mention.span)) {
            chosen.insert(mention.span.start(), mention);
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
        let chosen = select(vec![mention(0, 4, 0), mention(2, 9, 5), mention(9, 12, 3), mention(9, 12, 1)]);
        let spans: Vec<_> = chosen.iter().map(|m| (m.span.start(), m.span.end(), m.rule_order)).collect();
        assert_eq!(spans, [(2, 9, 5), (9, 12, 1)]);
    }
}
