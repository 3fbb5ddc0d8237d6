//! From the rows of the lists to the compiled gazetteer.
//!
//! Every spelling becomes a sequence of folded words. The sequences go into the table, the spellings that share one
//! into a group of records, the texts into the heap.

use super::{
    CasePolicy, Entry, Form,
    compare::{first_start, is_conjunction},
    file::{Section, Writer},
    hash::{AND, NAMES, step},
    legal::LegalForms,
    records::{
        ENTRY_BYTES, MAX_CLASS, MAX_SPELLING_BYTES, SPELLING_BYTES, SpellingRecord, entry_kind, language_number,
        read_entry, text_at, write_entry,
    },
    table::{self, Clash, MAX_VALUE, Node},
    units::{Unit, next_start, unit_at},
};
use crate::lexicon::{
    Files, ListError, Packs, Spelling,
    entry::{Kind, ListRow, Subtype, rows},
};

/// The compiled gazetteer of the lists in `files`.
///
/// # Errors
///
/// Returns the first row that cannot be used.
pub(super) fn compile(files: &Files, key: &[u8; 32]) -> Result<Vec<u8>, ListError> {
    let conjunctions = conjunctions(files)?;
    let particles = super::particles(files)?;
    let mut lists = Lists::read(files)?;
    let mut seed = 0;
    loop {
        let legal_forms = LegalForms::load(files, seed, &conjunctions)?;
        // Hashes of another seed put apart what these could not.
        match lists.write(key, seed, &conjunctions, &legal_forms, &particles) {
            Ok(bytes) => return Ok(bytes),
            Err(Clash) => seed += 1,
        }
    }
}

/// The folded words of every language that stand for `&`.
fn conjunctions(files: &Files) -> Result<Vec<String>, ListError> {
    let packs = Packs::load(files)?;
    let mut words: Vec<String> =
        packs.iter().flat_map(|pack| pack.prose.ampersand_words.iter()).map(str::to_lowercase).collect();
    words.sort();
    words.dedup();
    Ok(words)
}

/// A spelling on its way into a group.
#[derive(Debug, Clone, Copy)]
struct Spelled {
    record: SpellingRecord,
    /// Hash of its words.
    state: u64,
}

/// The rows, read once.
#[derive(Debug, Default)]
struct Lists {
    entries: Vec<u8>,
    heap: Vec<u8>,
    spelled: Vec<Spelled>,
    ids: Ids,
}

impl Lists {
    fn read(files: &Files) -> Result<Self, ListError> {
        let mut lists = Self { ids: Ids::with_room(files.n_lines()), ..Self::default() };
        for row in rows(files) {
            lists.add(&row?)?;
        }
        Ok(lists)
    }

    fn add(&mut self, row: &ListRow<'_>) -> Result<(), ListError> {
        let wrong = |message: String| ListError::at(row.path, row.line, message);
        let kind = Kind::from_word(row.kind).ok_or_else(|| wrong(format!("unknown kind '{}'", row.kind)))?;
        if row.id.is_empty() || row.name.is_empty() {
            return Err(wrong("a row needs an id and a name".to_owned()));
        }
        let entry = (self.entries.len() / ENTRY_BYTES) as u32;
        if let Some(taken) = self.ids.take(row, entry, &self.entries, &self.heap) {
            // A row of a later layer stands for one of an earlier: the first one read wins.
            return match taken.layer == row.layer {
                true => Err(wrong(format!(
                    "the id '{}' is already taken at {}:{}; merge the two rows",
                    row.id, taken.path, taken.line
                ))),
                false => Ok(()),
            };
        }
        let priority = match row.priority {
            "" => 0,
            text => text.parse().map_err(|_| wrong(format!("the priority '{text}' is no whole number")))?,
        };
        let acronym = row.acronym.split('|').next().unwrap_or_default();
        let stored = Entry {
            id: row.id,
            kind,
            subtype: Subtype::from_word(row.subtype),
            name: row.name,
            acronym: acronym.trim().trim_start_matches('!'),
            country: row.country,
            parent: row.parent,
            same_as: row.same_as,
            needs: row.needs,
            never: row.never,
            priority,
        };
        let name_at = write_entry(&stored, &mut self.entries, &mut self.heap);
        for spelling in row.spellings() {
            self.spell(entry, name_at, row, spelling)?;
        }
        if self.heap.len() > u32::MAX as usize {
            return Err(wrong("the lists are too long; 4 GiB of names are the most".to_owned()));
        }
        Ok(())
    }

    fn spell(&mut self, entry: u32, name_at: u32, row: &ListRow<'_>, spelling: Spelling<'_>) -> Result<(), ListError> {
        if spelling.text.len() > MAX_SPELLING_BYTES {
            let message = format!("a name of {} bytes; {MAX_SPELLING_BYTES} are the most", spelling.text.len());
            return Err(ListError::at(row.path, row.line, message));
        }
        let at = match spelling.form {
            Form::Name => name_at,
            _ => {
                self.heap.extend_from_slice(spelling.text.as_bytes());
                (self.heap.len() - spelling.text.len()) as u32
            }
        };
        let case = match row.case {
            "any" if spelling.form != Form::Acronym => CasePolicy::Any,
            "exact" => CasePolicy::Exact,
            _ => CasePolicy::Usual,
        };
        let record = SpellingRecord {
            entry,
            at,
            len: spelling.text.len(),
            form: spelling.form,
            case,
            is_weak: spelling.is_weak,
            is_stripped: false,
            is_last: false,
            language: language_number(spelling.language),
            class: 0,
        };
        self.spelled.push(Spelled { record, state: 0 });
        Ok(())
    }

    fn write(
        &mut self,
        key: &[u8; 32],
        seed: u64,
        conjunctions: &[String],
        legal_forms: &LegalForms,
        particles: &[String],
    ) -> Result<Vec<u8>, Clash> {
        let mut names = Names { seed, conjunctions, legal_forms, ..Names::new(self.spelled.len()) };
        for spelled in &self.spelled {
            names.add(spelled.record, &self.entries, &self.heap);
        }
        let spellings = names.group(&self.entries, &self.heap);
        names.nodes.extend_from_slice(&legal_forms.nodes);
        let table = table::build(names.nodes)?;
        let capacity = table.len() + spellings.len() + self.entries.len() + self.heap.len() + (4 << 20);
        let mut writer = Writer::new(key, seed, capacity);
        writer.section(Section::Filter, &table::build_filter(&unique(names.first_states)));
        writer.section(Section::LowerFilter, &table::build_filter(&unique(names.lower_states)));
        writer.section(Section::Table, &table);
        writer.section(Section::Spellings, &spellings);
        writer.section(Section::Entries, &self.entries);
        writer.section(Section::Ids, &self.ids.to_bytes());
        writer.section(Section::Heap, &self.heap);
        writer.section(Section::Conjunctions, conjunctions.join("\n").as_bytes());
        writer.section(Section::Particles, particles.join("\n").as_bytes());
        Ok(writer.finish())
    }
}

fn unique(mut states: Vec<u64>) -> Vec<u64> {
    states.sort_unstable();
    states.dedup();
    states
}

/// Spellings as sequences of words.
struct Names<'c> {
    seed: u64,
    conjunctions: &'c [String],
    legal_forms: &'c LegalForms,
    spelled: Vec<Spelled>,
    nodes: Vec<Node>,
    first_states: Vec<u64>,
    lower_states: Vec<u64>,
}

impl<'c> Names<'c> {
    fn new(n_spellings: usize) -> Self {
        Self {
            seed: 0,
            conjunctions: &[],
            legal_forms: LegalForms::none(),
            spelled: Vec::with_capacity(n_spellings),
            nodes: Vec::with_capacity(n_spellings * 3),
            first_states: Vec::with_capacity(n_spellings),
            lower_states: Vec::new(),
        }
    }

    fn add(&mut self, record: SpellingRecord, entries: &[u8], heap: &[u8]) {
        let text = text_at(heap, record.at as usize, record.len);
        let Some(first) = first_start(text).and_then(|start| unit_at(text, start, self.seed)) else { return };
        let state = step(NAMES, first.hash);
        self.first_states.push(state);
        let may_be_lower = text[first.start..].starts_with(char::is_lowercase);
        if may_be_lower || record.case == CasePolicy::Any {
            self.lower_states.push(state);
        }
        let Some(state) = self.rest(text, first, state) else { return };
        self.spelled.push(Spelled { record, state });
        if record.form != Form::Acronym && entry_kind(entries, record.entry as usize) == Kind::Institution {
            let Some((len, state, is_word)) = self.legal_forms.strip(text, self.seed) else { return };
            let is_weak = record.is_weak || is_word;
            let record = SpellingRecord { len, is_weak, is_stripped: true, ..record };
            self.spelled.push(Spelled { record, state });
        }
    }

    /// Adds the words behind the first; the hash of all of them, or none when they stand too far apart.
    fn rest(&mut self, text: &str, first: Unit, mut state: u64) -> Option<u64> {
        let mut unit = first;
        let n_nodes = self.nodes.len();
        while let Some(start) = next_start(text, unit.end) {
            let Some(next) = unit_at(text, start, self.seed) else { break };
            unit = next;
            let is_conjunction = is_conjunction(&text[unit.start..unit.end], self.conjunctions);
            let word = if is_conjunction { AND ^ self.seed } else { unit.hash };
            self.nodes.push(Node::beginning(state, word));
            state = step(state, word);
        }
        let is_whole = first_start(&text[unit.end..]).is_none();
        if !is_whole {
            self.nodes.truncate(n_nodes);
        }
        is_whole.then_some(state)
    }

    /// The records in the order of their groups; adds the groups to the nodes.
    fn group(&mut self, entries: &[u8], heap: &[u8]) -> Vec<u8> {
        // Stable: inside a group the order of the lists stays.
        self.spelled.sort_by_key(|spelled| spelled.state);
        let mut records = Vec::with_capacity(self.spelled.len() * SPELLING_BYTES);
        for group in self.spelled.chunk_by(|a, b| a.state == b.state) {
            let idx = (records.len() / SPELLING_BYTES) as u32;
            self.nodes.push(Node::whole(group[0].state, idx.min(MAX_VALUE)));
            let mut classes: Vec<(&str, CasePolicy, bool, bool, bool)> = Vec::new();
            for (at, Spelled { record, .. }) in group.iter().enumerate() {
                let key = (
                    text_at(heap, record.at as usize, record.len),
                    record.case,
                    record.form == Form::Acronym,
                    record.is_stripped,
                    entry_kind(entries, record.entry as usize) == Kind::Institution,
                );
                let known = classes.iter().position(|class| *class == key);
                let class = known.map_or(classes.len() as u32, |class| class as u32).min(MAX_CLASS);
                if class as usize == classes.len() {
                    classes.push(key);
                }
                let record = SpellingRecord { class, is_last: at + 1 == group.len(), ..*record };
                records.extend_from_slice(&record.to_bytes());
            }
        }
        records
    }
}

/// Rows by the hash of their id: open addressing, half full at most; a slot is the number of the row and one more.
#[derive(Debug, Default)]
struct Ids {
    slots: Vec<u32>,
    /// Where each row stands, for messages.
    places: Vec<Place>,
    paths: Vec<String>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    layer: usize,
    path: u32,
    line: u32,
}

/// The row that has an id already.
struct Taken<'i> {
    layer: usize,
    path: &'i str,
    line: u32,
}

impl Ids {
    fn with_room(n_rows: usize) -> Self {
        Self { slots: vec![0; (n_rows * 2).next_power_of_two().max(2)], places: Vec::new(), paths: Vec::new() }
    }

    /// Takes the id of `row` for the row of number `entry`; who has it already, if any.
    fn take(&mut self, row: &ListRow<'_>, entry: u32, entries: &[u8], heap: &[u8]) -> Option<Taken<'_>> {
        let mut at = super::id_slot(row.id, self.slots.len());
        while self.slots[at] != 0 {
            let other = self.slots[at] as usize - 1;
            if read_entry(entries, heap, other).id == row.id {
                let place = self.places[other];
                return Some(Taken { layer: place.layer, path: &self.paths[place.path as usize], line: place.line });
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = entry + 1;
        if self.paths.last().is_none_or(|path| path != row.path) {
            self.paths.push(row.path.to_owned());
        }
        self.places.push(Place { layer: row.layer, path: self.paths.len() as u32 - 1, line: row.line as u32 });
        None
    }

    fn to_bytes(&self) -> Vec<u8> {
        self.slots.iter().flat_map(|slot| slot.to_le_bytes()).collect()
    }
}
