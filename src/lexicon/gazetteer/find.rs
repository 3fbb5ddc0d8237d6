//! Finding names in a text: starts, then sequences of words, then what the spellings say.

use super::{
    CasePolicy, Folds, Form, Gazetteer, Lookup, NameId, Written,
    compare::{Met, compare},
    fold::{Class, character_at, character_before, class_of},
    hash::{AND, LEGAL_FORMS, NAMES, step},
    legal::{ANY_CASE, WITH_CAPITAL},
    records::SpellingRecord,
    scan::{prefetch, starts},
    table::{self, Slot, may_begin},
    units::{Unit, begins_at, joined, next_start, unit_at},
};
use crate::{lexicon::Kind, text::Span};
use std::cmp::Reverse;

/// Words of one name that may be broken at line ends.
const MAX_JOINED: usize = 2;
/// Characters that a particle may have.
const MAX_PARTICLE: usize = 12;

/// A word with which a name may begin.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    at: usize,
    end: usize,
    state: u64,
    n_joined: usize,
}

/// A name that the table proposes.
#[derive(Debug, Clone, Copy)]
struct Proposal {
    end: usize,
    group: u32,
}

impl Gazetteer {
    /// Appends the stretches of `text` that the lists know: leftmost, longest, on whole words, in order.
    pub fn find(&self, text: &str, found: &mut Vec<Lookup>) {
        let mut finder = Finder { gazetteer: self, text, proposals: Vec::new(), free_from: 0, found };
        let mut candidates: Vec<Candidate> = Vec::with_capacity(64);
        starts(text, !self.lower_filter().is_empty(), |start| {
            if start.is_doubtful && !begins_at(text, start.at) {
                return;
            }
            let Some(unit) = unit_at(text, start.at, self.seed()) else { return };
            let first = if text.as_bytes()[start.at] < 0x80 {
                text.as_bytes()[start.at].is_ascii_lowercase()
            } else {
                text[start.at..].starts_with(char::is_lowercase)
            };
            let filter = if first { self.lower_filter() } else { self.filter() };
            for (n_joined, unit) in [Some(unit), joined(text, unit, self.seed())].into_iter().flatten().enumerate() {
                let state = step(NAMES, unit.hash);
                if may_begin(filter, state) {
                    // The look at the table comes when all candidates are known: their cache misses overlap.
                    prefetch(self.table(), table::bucket_offset(self.table(), state));
                    candidates.push(Candidate { at: start.at, end: unit.end, state, n_joined });
                }
            }
        });
        for same_start in candidates.chunk_by(|a, b| a.at == b.at) {
            finder.take(same_start);
        }
    }

    /// The spelling that the whole of `text` is, whatever its case.
    pub fn spelling(&self, text: &str) -> Option<NameId> {
        let first = unit_at(text, super::compare::first_start(text)?, self.seed())?;
        let state = step(NAMES, first.hash);
        let mut proposals = Vec::new();
        let slot = table::find(self.table(), state)?;
        self.walk(text, Step { slot, state, end: first.end, n_joined: 0 }, &mut proposals);
        let is_rest = |character: char| matches!(class_of(character), Class::Blank | Class::Mark | Class::Extend);
        let proposal = proposals.iter().find(|proposal| text[proposal.end..].chars().all(is_rest))?;
        let classes = self
            .group(proposal.group)
            .filter(|record| compare(self.text_of(record), text, first.start, self.conjunctions()).is_some())
            .fold(0, |classes, record| classes | 1 << record.class);
        (classes != 0).then_some(NameId { group: proposal.group, classes })
    }

    /// The names that begin as `at` says.
    fn walk(&self, text: &str, mut at: Step, proposals: &mut Vec<Proposal>) {
        loop {
            if let Some(group) = at.slot.value() {
                proposals.push(Proposal { end: at.end, group });
            }
            if !at.slot.goes_on() {
                return;
            }
            let Some(start) = next_start(text, at.end) else { return };
            let Some(unit) = unit_at(text, start, self.seed()) else { return };
            if at.n_joined < MAX_JOINED
                && let Some(whole) = joined(text, unit, self.seed())
                && let Some(next) = self.next(at, whole)
            {
                self.walk(text, Step { n_joined: at.n_joined + 1, ..next }, proposals);
            }
            let Some(next) = self.next(at, unit) else { return };
            at = next;
        }
    }

    fn next(&self, at: Step, unit: Unit) -> Option<Step> {
        let word = self.word(unit);
        if !at.slot.may_go_on(word) {
            return None;
        }
        let state = step(at.state, word);
        let slot = table::find(self.table(), state)?;
        Some(Step { slot, state, end: unit.end, n_joined: at.n_joined })
    }

    /// The hash of a word behind the first.
    fn word(&self, unit: Unit) -> u64 {
        if self.conjunction_hashes().contains(&unit.hash) { AND ^ self.seed() } else { unit.hash }
    }

    /// Whether a name may begin and end where it does, in scripts that set no blanks.
    fn is_bounded(&self, text: &str, start: usize, end: usize) -> bool {
        let bytes = text.as_bytes();
        if bytes.get(end).is_none_or(|&byte| byte < 0x80) && (start == 0 || bytes[start - 1] < 0x80) {
            return true;
        }
        let class = |character: Option<char>| character.map_or(Class::Blank, class_of);
        let first = character_at(text, start);
        let after = class(character_at(text, end).map(|(character, _)| character));
        match class(character_before(text, end)) {
            Class::Hangul if after == Class::Hangul => {
                let is_hangul = |character: &char| class_of(*character) == Class::Hangul;
                let rest: String = text[end..].chars().take_while(is_hangul).take(MAX_PARTICLE + 1).collect();
                self.particles().contains(&rest)
            }
            // One character of a script without blanks is no name inside a run of them.
            Class::Single if first.is_some_and(|(_, len)| start + len == end) => {
                after != Class::Single && class(character_before(text, start)) != Class::Single
            }
            _ => true,
        }
    }
}

/// How far a name has been followed.
#[derive(Debug, Clone, Copy)]
struct Step {
    slot: Slot,
    state: u64,
    end: usize,
    n_joined: usize,
}

/// Takes candidates in order and keeps the leftmost, longest names.
struct Finder<'f> {
    gazetteer: &'f Gazetteer,
    text: &'f str,
    proposals: Vec<Proposal>,
    /// Bytes before it are taken.
    free_from: usize,
    found: &'f mut Vec<Lookup>,
}

impl Finder<'_> {
    /// Takes the candidates of one start.
    fn take(&mut self, candidates: &[Candidate]) {
        let Some(&Candidate { at, .. }) = candidates.first().filter(|first| first.at >= self.free_from) else { return };
        self.proposals.clear();
        for candidate in candidates {
            let Some(slot) = table::find(self.gazetteer.table(), candidate.state) else { continue };
            let Candidate { state, end, n_joined, .. } = *candidate;
            self.gazetteer.walk(self.text, Step { slot, state, end, n_joined }, &mut self.proposals);
        }
        // Longest first; of two as long, the one with fewer folds.
        self.proposals.sort_by_key(|proposal| Reverse(proposal.end));
        let best = self.proposals.chunk_by(|a, b| a.end == b.end).find_map(|same_end| {
            let looked_up = same_end.iter().filter_map(|proposal| self.look_up(at, *proposal));
            looked_up.min_by_key(|lookup| (lookup.written.rank(), lookup.folds.count()))
        });
        if let Some(lookup) = best {
            self.free_from = lookup.span.end();
            self.found.push(lookup);
        }
    }

    /// The name of a proposal, if one of its spellings says so.
    fn look_up(&self, at: usize, proposal: Proposal) -> Option<Lookup> {
        if !self.gazetteer.is_bounded(self.text, at, proposal.end) {
            return None;
        }
        let (mut seen, mut classes, mut of_institutions) = (0_u32, 0, 0);
        let mut best: Option<Met> = None;
        for record in self.gazetteer.group(proposal.group) {
            let class = 1 << record.class;
            if seen & class != 0 && record.class < super::records::MAX_CLASS {
                continue;
            }
            seen |= class;
            let Some(met) = self.meet(at, proposal.end, &record) else { continue };
            // A mark behind the last word (`Disney+`) makes one spelling of the group longer than another.
            let end = best.as_ref().map_or(0, |best| best.end);
            if met.end < end {
                continue;
            }
            if met.end > end {
                (best, classes, of_institutions) = (None, 0, 0);
            }
            classes |= class;
            if self.gazetteer.entry_kind(record.entry) == Kind::Institution {
                of_institutions |= class;
            }
            let rank = |met: &Met| (met.written.rank(), met.folds.count());
            if best.as_ref().is_none_or(|best| rank(&met) < rank(best)) {
                best = Some(met);
            }
        }
        let mut met = best?;
        if of_institutions != 0
            && let Some(end) = self.legal_end(met.end)
        {
            met = Met { end, folds: met.folds.with(Folds::LEGAL_FORM), ..met };
            classes = of_institutions;
        }
        Some(Lookup {
            span: Span::new(at, met.end),
            name: NameId { group: proposal.group, classes },
            folds: met.folds,
            written: met.written,
        })
    }

    /// How the text at `at` meets a spelling, if the row's case policy allows.
    fn meet(&self, at: usize, end: usize, record: &SpellingRecord) -> Option<Met> {
        let list = self.gazetteer.text_of(record);
        let stripped = if record.is_stripped { Folds::LEGAL_FORM } else { Folds::NONE };
        let is_as_in_list = self.text.as_bytes().get(at..at + list.len()) == Some(list.as_bytes())
            && at + list.len() == end
            && matches!(self.text.as_bytes().get(end), None | Some(b' ' | b',' | b'.' | b';' | b':' | b')' | b'\n'));
        if is_as_in_list {
            return Some(Met {
                end,
                folds: stripped,
                written: Written::Exact,
                is_plain_title: true,
                is_translated: false,
            });
        }
        let met = compare(list, self.text, at, self.gazetteer.conjunctions())?;
        // Wordings are phrases of one language; names go from one language to another.
        let is_wording = record.case == CasePolicy::Any || self.gazetteer.entry_kind(record.entry) == Kind::Sector;
        let is_met = is_allowed(list, record, &met) && !(met.is_translated && is_wording);
        is_met.then(|| Met { folds: met.folds.with(stripped), ..met })
    }

    /// The end of the legal form behind a name that ends at byte `end`.
    fn legal_end(&self, end: usize) -> Option<usize> {
        let (text, gazetteer) = (self.text, self.gazetteer);
        let first = next_start(text, end)?;
        if !is_before_legal_form(&text[end..first]) {
            return None;
        }
        let (mut state, mut at, mut next, mut last) = (LEGAL_FORMS, end, Some(first), None);
        while let Some(unit) = next.and_then(|start| unit_at(text, start, gazetteer.seed())) {
            state = step(state, gazetteer.word(unit));
            let Some(slot) = table::find(gazetteer.table(), state) else { break };
            at = unit.end;
            let has_capital = || text[first..at].contains(char::is_uppercase);
            if slot.value().is_some_and(|value| value == ANY_CASE || value == WITH_CAPITAL && has_capital()) {
                last = Some(at);
            }
            next = next_start(text, at).filter(|_| slot.goes_on());
        }
        let _ = at;
        last.map(|last| if dot_belongs(text, last) { last + 1 } else { last })
    }
}

/// Whether a row's case policy allows a text that is cased as `met` says.
pub(super) fn is_allowed(list: &str, record: &SpellingRecord, met: &Met) -> bool {
    let is_acronym = record.form == Form::Acronym || is_short_acronym(list);
    match (record.case, met.written) {
        (CasePolicy::Any, _) | (_, Written::Exact) => true,
        (CasePolicy::Exact, _) => false,
        (CasePolicy::Usual, Written::Capitals) => true,
        (CasePolicy::Usual, Written::Title) if is_acronym => met.is_plain_title && n_letters(list) >= 4,
        (CasePolicy::Usual, Written::Title) => true,
        (CasePolicy::Usual, Written::Any) => false,
    }
}

fn n_letters(text: &str) -> usize {
    text.chars().filter(|character| character.is_alphabetic()).count()
}

/// Whether a name is one word of capitals: it is read like an acronym.
fn is_short_acronym(list: &str) -> bool {
    list.len() < 8 && !list.contains([' ', '-']) && !list.contains(char::is_lowercase)
}

/// Whether a joint may stand between a name and a legal form: blanks, with a comma or without.
fn is_before_legal_form(joint: &str) -> bool {
    let joint = joint.strip_prefix(',').unwrap_or(joint);
    !joint.is_empty() && joint.chars().all(|character| class_of(character) == Class::Blank)
}

/// Whether the dot at byte `at` ends an abbreviation and not a sentence: the text goes on in small letters.
fn dot_belongs(text: &str, at: usize) -> bool {
    let Some(rest) = text[at..].strip_prefix('.') else { return false };
    match rest.trim_start_matches([' ', '\u{a0}']).chars().next() {
        Some(next) => next.is_lowercase() || matches!(next, ',' | ';' | ')' | '('),
        None => false,
    }
}
