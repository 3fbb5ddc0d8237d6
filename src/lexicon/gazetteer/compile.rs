//! From the rows of the lists to the compiled gazetteer.
//!
//! Every spelling becomes a sequence of folded words. The sequences go into the table, the spellings that share one
//! into a group of records, the texts into the heap.

use super::{
    CasePolicy, Entry, Form,
    compare::first_start,
    exonyms::{Pattern, exonyms, patterns},
    file::{Section, Writer},
    hash::{AND, step},
    ids::Ids,
    legal::LegalForms,
    records::{MAX_CLASS, MAX_SPELLING_BYTES, SPELLING_BYTES, SpellingRecord, language_number, text_at},
    rows::{MAX_ROW, RowWriter},
    table::{self, Clash, MAX_GROUP, Node},
    units::{Unit, next_start, unit_at},
};
use crate::lexicon::{
    Files, Kinds, ListError, Packs, Spelling,
    entry::{Kind, ListRow, Subtype, is_list, rows},
};
use rustc_hash::FxHashSet as HashSet;

/// Shorter names of places are abbreviations of something else, too.
const MIN_TOWN_BYTES: usize = 5;
/// Priority of a row in a layer over the lowest that states none: above those of capitals and the best known bodies.
const OWN_PRIORITY: i16 = 99;
/// Longest acronym in brackets behind a name, in bytes.
const MAX_ACRONYM_BYTES: usize = 12;

/// The compiled gazetteer of the lists in `files`.
///
/// # Errors
///
/// Returns the first row that cannot be used.
pub(super) fn compile(files: &Files, key: &[u8; 32]) -> Result<Vec<u8>, ListError> {
    let conjunctions = conjunctions(files)?;
    let particles = super::particles(files)?;
    let kinds = Kinds::load(files)?;
    let mut lists = Lists::read(files, &kinds)?;
    lists.add_exonyms(&patterns(files)?);
    let mut seed = 0;
    loop {
        let legal_forms = LegalForms::load(files, seed, &conjunctions, &lists.towns(seed))?;
        // Hashes of another seed put apart what these could not.
        match lists.write(
            key,
            seed,
            &[&conjunctions.join("\n"), &particles.join("\n"), &kinds.to_lines()],
            &conjunctions,
            &legal_forms,
        ) {
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

/// A name without the acronym in brackets that a list has behind it (`Universidad de Alfa (UNIALFA)`): a text that has the
/// acronym too names the body twice.
fn without_acronym(name: &str) -> &str {
    let Some((before, acronym)) = name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")) else { return name };
    let n_capitals = acronym.chars().filter(|character| character.is_uppercase()).count();
    let is_acronym =
        n_capitals >= 2 && acronym.len() <= MAX_ACRONYM_BYTES && acronym.chars().all(char::is_alphanumeric);
    if is_acronym && before.trim().contains(' ') { before.trim_end() } else { name }
}

/// The rows, read once.
#[derive(Debug, Default)]
struct Lists {
    rows: RowWriter,
    spellings: Vec<SpellingRecord>,
    /// Of the spellings, those that the lists themselves have; the others give way to them.
    n_listed: usize,
    ids: Ids,
    /// Number of the layer that every other lies over.
    lowest_layer: usize,
}

impl Lists {
    fn read(files: &Files, kinds: &Kinds) -> Result<Self, ListError> {
        let lowest_layer = files.layers().count() - 1;
        let mut lists = Self { ids: Ids::with_room(files.n_lines(is_list)), lowest_layer, ..Self::default() };
        for row in rows(files) {
            lists.add(&row?, kinds)?;
        }
        Ok(lists)
    }

    fn add(&mut self, row: &ListRow<'_>, kinds: &Kinds) -> Result<(), ListError> {
        let wrong = |message: String| ListError::at(row.path, row.line, message);
        let kind = kinds.from_word(row.kind).ok_or_else(|| wrong(kinds.unknown(row.kind)))?;
        if row.id.is_empty() || row.name.is_empty() {
            return Err(wrong("a row needs an id and a name".to_owned()));
        }
        let idx = self.rows.rows().len();
        if idx > MAX_ROW {
            return Err(wrong(format!("too many rows; {MAX_ROW} are the most")));
        }
        let entry = idx as u32;
        if let Some(taken) = self.ids.take(row, entry, self.rows.rows()) {
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
            // What a user lists is meant before what the program brings.
            "" if row.layer < self.lowest_layer => OWN_PRIORITY,
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
        let name_at = self.rows.write(&stored);
        for spelling in row.spellings() {
            self.spell((entry, kind), name_at, row, spelling)?;
        }
        if self.rows.heap.len() > u32::MAX as usize {
            return Err(wrong("the lists are too long; 4 GiB of names are the most".to_owned()));
        }
        Ok(())
    }

    fn spell(
        &mut self,
        (entry, kind): (u32, Kind),
        name_at: u32,
        row: &ListRow<'_>,
        spelling: Spelling<'_>,
    ) -> Result<(), ListError> {
        if spelling.text.len() > MAX_SPELLING_BYTES {
            let message = format!("a name of {} bytes; {MAX_SPELLING_BYTES} are the most", spelling.text.len());
            return Err(ListError::at(row.path, row.line, message));
        }
        let at = match spelling.form {
            Form::Name => name_at,
            _ => self.rows.text(spelling.text),
        };
        let text = match kind {
            Kind::Institution => without_acronym(spelling.text),
            _ => spelling.text,
        };
        let case = match row.case {
            "any" if spelling.form != Form::Acronym => CasePolicy::Any,
            "exact" => CasePolicy::Exact,
            _ => CasePolicy::Usual,
        };
        self.spellings.push(SpellingRecord {
            entry,
            kind,
            at,
            len: text.len(),
            // What is not the whole name of its row cannot be read out of it.
            form: if text.len() < spelling.text.len() && spelling.form == Form::Name {
                Form::Alias
            } else {
                spelling.form
            },
            case,
            is_weak: spelling.is_weak,
            is_stripped: false,
            is_last: false,
            language: language_number(spelling.language),
            class: 0,
        });
        Ok(())
    }

    /// Hashes of the places whose name is one word of some letters: behind a name, such a word says where, and is no
    /// legal form (`Canton`).
    fn towns(&self, seed: u64) -> HashSet<u64> {
        let places = self.spellings.iter().filter(|record| record.kind == Kind::Place);
        let names = places.map(|record| text_at(&self.rows.heap, record.at as usize, record.len));
        let words = names.filter(|name| name.len() >= MIN_TOWN_BYTES && name.chars().all(char::is_alphabetic));
        words.filter_map(|word| Some(unit_at(word, 0, seed)?.hash)).collect()
    }

    /// Adds the names that others give a body after its town.
    fn add_exonyms(&mut self, patterns: &[Pattern<'_>]) {
        self.n_listed = self.spellings.len();
        for exonym in exonyms(self.rows.rows(), &self.spellings, patterns) {
            let (at, len) = (self.rows.text(&exonym.text), exonym.text.len());
            if len <= MAX_SPELLING_BYTES {
                let plain = SpellingRecord::plain(exonym.row, Kind::Institution, at, len);
                let language = language_number(exonym.language);
                self.spellings.push(SpellingRecord { form: Form::Alias, language, is_last: false, ..plain });
            }
        }
    }

    fn write(
        &mut self,
        key: &[u8; 32],
        seed: u64,
        [conjunction_lines, particles, kinds]: &[&str; 3],
        conjunctions: &[String],
        legal_forms: &LegalForms,
    ) -> Result<Vec<u8>, Clash> {
        let hash = |word: &String| unit_at(word, 0, seed).map(|unit| unit.hash);
        let conjunctions = conjunctions.iter().filter_map(hash).collect();
        let mut names = Names { seed, conjunctions, legal_forms, ..Names::new(self.spellings.len()) };
        let heap = &self.rows.heap;
        let (listed, exonyms) = self.spellings.split_at(self.n_listed);
        listed.iter().for_each(|&record| names.add(record, heap));
        names.n_listed = names.records.len() as u32;
        exonyms.iter().for_each(|&record| names.add(record, heap));
        let spellings = names.group(heap);
        names.nodes.extend_from_slice(&legal_forms.nodes);
        let table = table::build(names.nodes)?;
        let n_names = names.records.len() as u64;
        let filters = [names.first_states, names.lower_states, names.beginnings, legal_forms.first_states.clone()]
            .map(table::build_filter);
        // The lists are not asked again: what they took up is given back before the file is put together.
        drop((names.records, names.states));
        let Lists { rows: RowWriter { offsets, profiles, heap, .. }, ids, .. } = std::mem::take(self);
        let ids = ids.into_bytes();
        let [first, lower, beginning, legal] = filters;
        let parts = [
            (Section::Filter, first),
            (Section::LowerFilter, lower),
            (Section::BeginningFilter, beginning),
            (Section::LegalFilter, legal),
            (Section::Table, table),
            (Section::Spellings, spellings),
            (Section::Profiles, profiles),
            (Section::Offsets, offsets),
            (Section::Ids, ids),
            (Section::Heap, heap),
            (Section::Conjunctions, conjunction_lines.as_bytes().to_vec()),
            (Section::Particles, particles.as_bytes().to_vec()),
            (Section::Kinds, kinds.as_bytes().to_vec()),
        ];
        let capacity = parts.iter().map(|(_, content)| content.len()).sum();
        let mut writer = Writer::new(key, seed, n_names, capacity);
        for (section, content) in parts {
            writer.section(section, &content);
        }
        Ok(writer.finish())
    }
}

/// Spellings as sequences of words.
struct Names<'c> {
    seed: u64,
    /// Hashes of the words that stand for `&`.
    conjunctions: Vec<u64>,
    legal_forms: &'c LegalForms,
    records: Vec<SpellingRecord>,
    /// Number of records that are of the lists themselves.
    n_listed: u32,
    /// Hash of the words of each record, and its number.
    states: Vec<(u64, u32)>,
    nodes: Vec<Node>,
    first_states: Vec<u64>,
    lower_states: Vec<u64>,
    /// Hashes of the names of one word, and of the first two words of the others.
    beginnings: Vec<u64>,
}

impl<'c> Names<'c> {
    fn new(n_spellings: usize) -> Self {
        Self {
            seed: 0,
            conjunctions: Vec::new(),
            legal_forms: LegalForms::none(),
            records: Vec::with_capacity(n_spellings),
            n_listed: 0,
            states: Vec::with_capacity(n_spellings),
            nodes: Vec::with_capacity(n_spellings * 3),
            first_states: Vec::with_capacity(n_spellings),
            lower_states: Vec::new(),
            beginnings: Vec::with_capacity(n_spellings),
        }
    }

    fn add(&mut self, record: SpellingRecord, heap: &[u8]) {
        let text = text_at(heap, record.at as usize, record.len);
        let Some(first) = first_start(text).and_then(|start| unit_at(text, start, self.seed)) else { return };
        let state = first.hash;
        self.first_states.push(state);
        let may_be_lower = text[first.start..].starts_with(char::is_lowercase);
        if may_be_lower || record.case == CasePolicy::Any {
            self.lower_states.push(state);
        }
        let Some((state, last)) = self.rest(text, first, state) else { return };
        if state == first.hash {
            self.beginnings.push(state);
        }
        self.push(record, state);
        let may_be_stripped = record.form != Form::Acronym && record.kind == Kind::Institution;
        if may_be_stripped && self.legal_forms.may_end_with(last) {
            let Some((len, state, is_word)) = self.legal_forms.strip(text, self.seed) else { return };
            let is_weak = record.is_weak || is_word;
            if state == first.hash {
                self.beginnings.push(state);
            }
            self.push(SpellingRecord { len, is_weak, is_stripped: true, ..record }, state);
        }
    }

    fn push(&mut self, record: SpellingRecord, state: u64) {
        self.states.push((state, self.records.len() as u32));
        self.records.push(record);
    }

    /// Adds the words behind the first; the hash of all of them and that of the last, or none when they stand too
    /// far apart.
    fn rest(&mut self, text: &str, first: Unit, mut state: u64) -> Option<(u64, u64)> {
        let (mut unit, mut last) = (first, first.hash);
        let mut second = None;
        let n_nodes = self.nodes.len();
        while let Some(start) = next_start(text, unit.end) {
            let Some(next) = unit_at(text, start, self.seed) else { break };
            unit = next;
            let word = if self.conjunctions.contains(&unit.hash) { AND ^ self.seed } else { unit.hash };
            // The filter of beginnings says how a first word goes on.
            if second.is_some() {
                self.nodes.push(Node::beginning(state, word));
            }
            state = step(state, word);
            second = second.or(Some(state));
            last = word;
        }
        let is_whole = first_start(&text[unit.end..]).is_none();
        if is_whole {
            self.beginnings.extend(second);
        } else {
            self.nodes.truncate(n_nodes);
        }
        is_whole.then_some((state, last))
    }

    /// The records in the order of their groups; adds the groups to the nodes. What a row tells by itself needs no record.
    fn group(&mut self, heap: &[u8]) -> Vec<u8> {
        // Inside a group the order of the lists stays.
        self.states.sort_unstable();
        let mut bytes = Vec::new();
        for group in self.states.chunk_by(|a, b| a.0 == b.0) {
            // What a list says stands before what a pattern makes.
            let n_listed = group.iter().filter(|(_, number)| *number < self.n_listed).count();
            let group = if n_listed > 0 { &group[..n_listed] } else { group };
            let first = self.records[group[0].1 as usize];
            if group.len() == 1 && (SpellingRecord { is_last: true, ..first }).is_plain() {
                self.nodes.push(Node::whole(group[0].0, table::of_row(first.entry)));
                continue;
            }
            let idx = (bytes.len() / SPELLING_BYTES) as u32;
            self.nodes.push(Node::whole(group[0].0, idx.min(MAX_GROUP)));
            let mut classes: Vec<(&str, CasePolicy, bool, bool, bool)> = Vec::new();
            for (at, &(_, number)) in group.iter().enumerate() {
                let record = self.records[number as usize];
                let key = (
                    text_at(heap, record.at as usize, record.len),
                    record.case,
                    record.form == Form::Acronym,
                    record.is_stripped,
                    record.kind == Kind::Institution,
                );
                let known = classes.iter().position(|class| *class == key);
                let class = known.map_or(classes.len() as u32, |class| class as u32).min(MAX_CLASS);
                if class as usize == classes.len() {
                    classes.push(key);
                }
                let record = SpellingRecord { class, is_last: at + 1 == group.len(), ..record };
                bytes.extend_from_slice(&record.to_bytes());
            }
        }
        bytes
    }
}
