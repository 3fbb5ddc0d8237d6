//! What part each sentence plays in the release.

use super::{Sentence, Zone, dateline::Dateline};
use crate::{
    lexicon::Pack,
    text::{Block, BlockKind, Text},
};

/// Longest headline, in bytes.
const MAX_HEADLINE_BYTES: usize = 250;
/// Lines that a headline may have, labels and datelines not counted.
const MAX_HEADLINES: usize = 4;
/// Longest line that heads a passage, in bytes.
const MAX_HEADING_BYTES: usize = 90;
/// Longest line of contacts, in bytes.
const MAX_CONTACT_BYTES: usize = 300;
/// Bytes of a block in which a cue is followed by a colon or a dash.
const CUE_BYTES: usize = 100;

/// Marks the zone of each sentence; datelines are marked already.
pub(super) fn mark(text: &Text, sentences: &mut [Sentence<'_>], datelines: &[Dateline]) {
    let n_head = head(text, sentences, datelines);
    let mut tail = Tail { zone: Zone::Body, below: None, n_body: 0 };
    let mut at = 0;
    while at < sentences.len() {
        let block_idx = sentences[at].block_idx;
        let end = at + sentences[at..].partition_point(|sentence| sentence.block_idx <= block_idx);
        let zone = match text.blocks.get(block_idx) {
            None => Zone::Body,
            Some(block) => {
                let line = Line::new(text, block, sentences[at].pack);
                let zone = tail.zone_of(&line, block_idx + 6 >= text.blocks.len());
                if block_idx < n_head && zone == Zone::Body { Zone::Headline } else { zone }
            }
        };
        tail.n_body += usize::from(zone == Zone::Body);
        for sentence in &mut sentences[at..end] {
            if sentence.zone != Zone::Dateline {
                sentence.zone = zone;
            }
        }
        at = end;
    }
}

/// The first sentence that is a headline and no label (`COMUNICATO`) or line of contacts.
pub(super) fn title<'s, 'p>(text: &Text, sentences: &'s [Sentence<'p>]) -> Option<&'s Sentence<'p>> {
    sentences
        .iter()
        .take_while(|sentence| sentence.zone != Zone::Body)
        .find(|sentence| sentence.zone == Zone::Headline && !is_label(sentence.span.of(text.as_str()), sentence.pack))
}

/// Number of blocks that are the head: headlines, labels and datelines.
fn head(text: &Text, sentences: &[Sentence<'_>], datelines: &[Dateline]) -> usize {
    let clean = text.as_str();
    let (mut n_lines, mut end, mut at) = (0, 0, 0);
    for (block_idx, block) in text.blocks.iter().enumerate() {
        let first = at + sentences[at..].partition_point(|sentence| sentence.block_idx < block_idx);
        at = first + sentences[first..].partition_point(|sentence| sentence.block_idx <= block_idx);
        let dateline = datelines.iter().find(|dateline| dateline.block_idx == block_idx);
        if dateline.is_some_and(|dateline| dateline.fills_block) {
            end = block_idx + 1;
            continue;
        }
        let line = block.span.of(clean);
        let is_label = sentences.get(first).is_some_and(|sentence| is_label(line, sentence.pack));
        let is_heading = matches!(block.kind, BlockKind::Heading(_));
        let is_open = !line.ends_with(['.', ';', ':', ',']) && at - first == 1 && line.len() <= MAX_HEADLINE_BYTES;
        let is_headline = is_label || is_heading || is_open && block.kind == BlockKind::Paragraph;
        if dateline.is_some() || !is_headline || n_lines >= MAX_HEADLINES {
            return block_idx;
        }
        n_lines += usize::from(!is_label);
        end = block_idx + 1;
    }
    // Nothing but short lines: the last is the text, as far as there is one.
    end.saturating_sub(1)
}

/// Whether a line is a label above a release: one of them, alone, with a number or with a date.
fn is_label(line: &str, pack: &Pack) -> bool {
    let line = fold(line, MAX_HEADING_BYTES);
    let line = line.trim_start_matches(|character: char| !character.is_alphanumeric());
    pack.prose.release_labels.iter().any(|label| {
        let rest = line.strip_prefix(label.as_str());
        rest.is_some_and(|rest| {
            rest.split(|character: char| !character.is_alphabetic()).map(str::len).sum::<usize>() <= 3
        })
    })
}

/// A block as the cues see it.
struct Line<'t> {
    text: &'t str,
    /// Its beginning, in lower case.
    folded: String,
    pack: &'t Pack,
    kind: BlockKind,
}

impl<'t> Line<'t> {
    fn new(text: &'t Text, block: &Block, pack: &'t Pack) -> Self {
        let text = block.span.of(text.as_str());
        // Only a line that may be a heading, or one with a mark soon behind a cue, is compared with the cues.
        let folded = fold(text, CUE_BYTES);
        Self { text, folded, pack, kind: block.kind }
    }

    fn is_heading(&self) -> bool {
        matches!(self.kind, BlockKind::Heading(_)) || self.text.len() <= MAX_HEADING_BYTES && !self.text.ends_with('.')
    }

    /// What follows the first of `cues` that the line begins with.
    fn behind(&self, cues: &[String]) -> Option<&str> {
        let line = self.folded.trim_start_matches(|character: char| !character.is_alphanumeric());
        let first = line.as_bytes().first();
        let behind = |cue: &String| {
            if cue.as_bytes().first() != first {
                return None;
            }
            let rest = line.strip_prefix(cue.trim_end_matches(':'))?;
            let is_whole = !rest.starts_with(char::is_alphanumeric) || cue.ends_with('\'');
            (is_whole && (!cue.ends_with(':') || rest.trim_start().starts_with(':'))).then_some(rest)
        };
        cues.iter().filter_map(behind).min_by_key(|rest| rest.len())
    }

    /// Whether an address of mail or a telephone number stands in it.
    fn has_address(&self) -> bool {
        let mut n_digits = 0;
        for (at, byte) in self.text.bytes().enumerate().take(MAX_CONTACT_BYTES) {
            match byte {
                b'@' => {
                    let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
                    let bytes = self.text.as_bytes();
                    if is_word(bytes.get(at + 1)) && at > 0 && is_word(bytes.get(at - 1)) {
                        return true;
                    }
                }
                b'0'..=b'9' => n_digits += 1,
                // Telephone numbers are written in groups.
                b' ' | b'-' | b'.' | b'/' | b'(' | b')' | b'+' => {}
                _ => n_digits = 0,
            }
            if n_digits >= 9 {
                return true;
            }
        }
        false
    }

    fn opens_contacts(&self) -> bool {
        let Some(rest) = self.behind(&self.pack.prose.contact_cues) else { return false };
        let has_colon = rest.split('.').next().is_some_and(|rest| rest.contains(':'));
        self.is_heading() || has_colon || self.text.len() <= MAX_CONTACT_BYTES && self.has_address()
    }

    fn opens_boilerplate(&self) -> bool {
        let Some(rest) = self.behind(&self.pack.prose.boilerplate_cues) else { return false };
        // A name follows, in capitals: `About forty` is none.
        let n_before = self.folded.chars().count() - rest.trim_start().chars().count();
        let is_named = self.text.chars().nth(n_before).is_some_and(|character| !character.is_lowercase());
        let rest = rest.trim();
        let is_marked = rest.split('.').next().is_some_and(|rest| {
            rest.find([':', '–', '—']).or_else(|| rest.find(" - ")).is_some_and(|at| at <= MAX_HEADING_BYTES)
        });
        rest.is_empty() || rest == ":" || (self.is_heading() || is_marked) && is_named
    }

    fn is_running(&self) -> bool {
        self.text.len() > MAX_CONTACT_BYTES && !self.has_address()
    }
}

/// The zone at the end of a release, as it is read line by line.
struct Tail {
    zone: Zone,
    /// The zone that running text after contacts belongs to.
    below: Option<Zone>,
    /// Blocks of the body so far.
    n_body: usize,
}

impl Tail {
    fn zone_of(&mut self, line: &Line<'_>, is_near_end: bool) -> Zone {
        if line.opens_contacts() {
            if self.n_body > 0 {
                self.below = self.below.or(Some(self.zone));
                self.zone = Zone::Contacts;
            }
            return Zone::Contacts;
        }
        if self.n_body > 0 && line.opens_boilerplate() {
            (self.zone, self.below) = (Zone::Boilerplate, None);
        } else if self.zone == Zone::Contacts && line.is_running() {
            self.zone = self.below.take().unwrap_or(Zone::Body);
        } else if self.zone == Zone::Body && self.n_body > 0 && is_near_end {
            let is_short = line.text.len() <= MAX_HEADING_BYTES * 2;
            if is_short && line.kind != BlockKind::Item && line.text.contains('@') && line.has_address() {
                return Zone::Contacts;
            }
        }
        self.zone
    }
}

/// The beginning of a line in lower case, with straight apostrophes, character by character.
fn fold(line: &str, n_bytes: usize) -> String {
    let folded = line[..line.floor_char_boundary(n_bytes)].to_lowercase();
    if folded.contains('’') { folded.replace('’', "'") } else { folded }
}
