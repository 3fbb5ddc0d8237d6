//! What part each sentence plays in the release.

use super::{Sentence, Zone};
use crate::text::{BlockKind, Text, words::Token};

/// Longest headline, in bytes.
const MAX_HEADLINE_BYTES: usize = 250;

/// Marks the zone of each sentence.
pub(super) fn mark(text: &Text, tokens: &[Token], sentences: &mut [Sentence<'_>]) {
    let clean = text.as_str();
    let mut in_head = true;
    let mut tail = None;
    for at in 0..sentences.len() {
        let sentence = sentences[at];
        let block = text.blocks.get(sentence.block_idx);
        let starts_block = at == 0 || sentences[at - 1].block_idx != sentence.block_idx;
        if starts_block {
            let block_text = block.map_or("", |block| block.span.of(clean)).to_lowercase();
            let opens = |cues: &[String]| cues.iter().any(|cue| block_text.starts_with(cue.as_str()));
            if opens(&sentence.pack.prose.contact_cues) {
                tail = Some(Zone::Contacts);
            } else if opens(&sentence.pack.prose.boilerplate_cues) {
                tail = Some(Zone::Boilerplate);
            }
            let ends_open = !sentence.span.of(clean).ends_with(['.', ';', ':']);
            let is_alone = sentences.get(at + 1).is_none_or(|next| next.block_idx != sentence.block_idx);
            let is_heading = block.is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)));
            in_head &= is_heading || ends_open && is_alone && sentence.span.len() <= MAX_HEADLINE_BYTES;
        }
        sentences[at].zone = match tail {
            Some(zone) if at > 0 => zone,
            _ if in_head && sentences.len() > 1 => Zone::Headline,
            _ => Zone::Body,
        };
    }
    let _ = tokens;
}
