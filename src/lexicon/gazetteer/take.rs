//! What a proposal of the table is worth: its spellings are compared with the text, and the case policies asked.

use super::{
    CasePolicy, Folds, Form, Gazetteer, Lookup, NameId, Written,
    compare::{Met, compare, compare_plain},
    fold::{Class, character_at, character_before, class_of},
    hash::{LEGAL_FORMS, step},
    legal::{ANY_CASE, WITH_CAPITAL},
    reader::{Proposal, Reader},
    records::SpellingRecord,
    table::{self, may_have},
    units::{is_mark_at, is_mark_before, next_start, unit_at},
};
use crate::{lexicon::Kind, text::Span};

/// Characters that a particle may have.
const MAX_PARTICLE: usize = 12;

impl Gazetteer {
    /// Whether a name may begin and end where it does, in scripts that set no blanks.
    fn is_bounded(&self, text: &str, start: usize, end: usize) -> bool {
        let bytes = text.as_bytes();
        let is_free_behind = bytes.get(end).is_none_or(|&byte| byte < 0x80) || is_mark_at(bytes, end);
        if is_free_behind && (start == 0 || bytes[start - 1] < 0x80 || is_mark_before(bytes, start)) {
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

impl Reader<'_> {
    /// The name of a proposal, if one of its spellings says so.
    pub(super) fn look_up(&self, proposal: Proposal) -> Option<Lookup> {
        let at = proposal.at;
        if !self.gazetteer.is_bounded(self.text, at, proposal.end) {
            return None;
        }
        let (mut seen, mut classes, mut of_institutions) = (0_u32, 0, 0);
        let mut best: Option<Met> = None;
        for record in self.spellings.group(proposal.group) {
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
            if record.kind == Kind::Institution {
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
        let stripped = if record.is_stripped { Folds::LEGAL_FORM } else { Folds::NONE };
        let bytes = self.text.as_bytes();
        // An apostrophe or a quotation mark behind it may belong to it.
        let is_as_in_list = end - at == record.len
            && bytes[at..end] == *self.spellings.bytes_of(record)
            && bytes.get(end).is_none_or(|next| next.is_ascii() && !matches!(next, b'\'' | b'`' | b'"'));
        if is_as_in_list {
            return Some(Met {
                end,
                folds: stripped,
                written: Written::Exact,
                is_plain_title: true,
                is_translated: false,
            });
        }
        let list = self.spellings.text_of(record);
        let plain = compare_plain(list.as_bytes(), &bytes[at..end], at);
        let met = plain.or_else(|| compare(list, self.text, at, self.gazetteer.conjunctions()))?;
        // Wordings are phrases of one language; names go from one language to another.
        let is_wording = record.case == CasePolicy::Any || record.kind == Kind::Sector;
        let is_met = is_allowed(list, record, &met) && !(met.is_translated && is_wording);
        is_met.then(|| Met { folds: met.folds.with(stripped), ..met })
    }

    /// The end of the legal form behind a name that ends at byte `end`.
    fn legal_end(&self, end: usize) -> Option<usize> {
        let text = self.text;
        let may_begin = |state: u64| may_have(self.legal_filter, state);
        // Most names have a plain word behind them that begins no legal form.
        if let Some((_, hash)) = self.plain_word_behind(end)
            && !may_begin(step(LEGAL_FORMS, self.word(hash)))
        {
            return None;
        }
        let first = next_start(text, end)?;
        let unit = unit_at(text, first, self.seed)?;
        let mut state = step(LEGAL_FORMS, self.word(unit.hash));
        if !may_begin(state) || !is_before_legal_form(&text[end..first]) {
            return None;
        }
        let (mut at, mut last) = (unit.end, None);
        while let Some(slot) = table::find(self.table, state) {
            let has_capital = || text[first..at].contains(char::is_uppercase);
            if slot.value().is_some_and(|value| value == ANY_CASE || value == WITH_CAPITAL && has_capital()) {
                last = Some(at);
            }
            let next = next_start(text, at).filter(|_| slot.goes_on());
            let Some(unit) = next.and_then(|start| unit_at(text, start, self.seed)) else { break };
            state = step(state, self.word(unit.hash));
            at = unit.end;
        }
        last.map(|last| if dot_belongs(text, last) { last + 1 } else { last })
    }
}

/// Whether a row's case policy allows a text that is cased as `met` says.
fn is_allowed(list: &str, record: &SpellingRecord, met: &Met) -> bool {
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
