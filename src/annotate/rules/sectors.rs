//! Fields of economy and research.
//!
//! The gazetteer knows their names; this rule asks whether a field is meant. A strong name counts alone, a weak one
//! beside a cue (`settore`, `filiera`) or in a list with one that counts; the words of an office, and names that only
//! qualify a thing (`sala di supercalcolo`), never do. `evidence.rs` asks for the words around, `span.rs` for both ends.

mod evidence;
mod span;

use super::Rule;
use crate::{
    annotate::{Confidence, Context, Evidence, Mention, Why, value::Value},
    document::{Case, CaseEvidence, Gap, Sentence, Token, TokenKind, Zone},
    lexicon::{EntryId, Folds, Kind, Lookup, Written},
    text::{Span, WordKey},
};

/// Fields of economy and research.
pub(super) const RULE: Rule = Rule { name: "sectors", about: "Fields of economy and research.", find, echo: None };

fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    let document = context.document;
    let mut lookups = context.lookups.iter().enumerate().peekable();
    for sentence in document.sentences.iter().filter(|sentence| sentence.zone != Zone::Contacts) {
        let reader = Reader { context, sentence, tokens: document.tokens_of(sentence) };
        let mut fields = Vec::new();
        while let Some((idx, lookup)) = lookups.next_if(|(_, lookup)| lookup.span.start() < sentence.span.end()) {
            if context.listed.is_of_kind(idx, Kind::Sector) {
                reader.fields(lookup, &mut fields);
            }
        }
        reader.add_compounds(&mut fields);
        reader.join_modifiers(&mut fields);
        if !fields.is_empty() {
            reader.judge(&mut fields);
            found.extend(span::merge(&reader, fields).into_iter().map(|field| reader.mention(field)));
        }
    }
}

/// A name of a field, and what speaks for it.
#[derive(Debug, Clone)]
struct Field {
    /// First token in its sentence.
    first: usize,
    /// One past its last token.
    end: usize,
    folds: Folds,
    written: Written,
    entry: EntryId,
    code: String,
    is_strong: bool,
    /// An activity that every release speaks of (research, training), or a word of another language: it needs a cue
    /// or a list.
    is_general: bool,
    /// An adjective that names a field only beside a noun that says so (`comparto orafo`).
    is_adjective: bool,
    has_cue: bool,
    is_blocked: bool,
    /// Members of the list it stands in, itself included.
    n_listed: usize,
    counts: bool,
}

impl Field {
    fn new(first: usize, end: usize, entry: EntryId, code: String) -> Self {
        Self {
            first,
            end,
            folds: Folds::default(),
            written: Written::Exact,
            entry,
            code,
            is_strong: false,
            is_general: false,
            is_adjective: false,
            has_cue: false,
            is_blocked: false,
            n_listed: 1,
            counts: false,
        }
    }
}

/// Reads the tokens of one sentence.
struct Reader<'a> {
    context: &'a Context<'a>,
    sentence: &'a Sentence<'a>,
    tokens: &'a [Token],
}

/// Fields that are a list without any other evidence, at least.
const MIN_LIST: usize = 3;
/// Words of a complement between two fields of a list, at most.
const MAX_COMPLEMENT: usize = 8;
/// Tokens between a meal and what is eaten at it, at most.
const MAX_MENU: usize = 12;
/// Words among them that are neither of a list nor grammar, at most, beside other food.
const MAX_MENU_WORDS: usize = 3;
/// Priority of the rows that hold adjectives.
const PRIORITY_OF_ADJECTIVES: i16 = -2;
/// Prefix of the ids of sectors.
const CODE_PREFIX: &str = "sector:";

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.span.of(self.context.document.as_str()))
    }

    fn key(&self, at: usize) -> WordKey {
        self.tokens.get(at).map_or(WordKey::NONE, |token| token.key)
    }

    fn is_function_word(&self, at: usize) -> bool {
        self.sentence.pack.prose.function_words.contains(self.key(at))
    }

    /// The fields that a look-up may name: two where its name joins two (`robotica e automazione`).
    fn fields(&self, lookup: &Lookup, fields: &mut Vec<Field>) {
        let Some(field) = self.field(lookup) else { return };
        match self.halves(&field) {
            Some(halves) => fields.extend(halves),
            None => fields.push(field),
        }
    }

    /// The two fields whose names a conjunction joins, if each counts alone.
    fn halves(&self, field: &Field) -> Option<[Field; 2]> {
        let inner = field.first + 1..field.end.saturating_sub(1);
        let at = inner.clone().find(|&at| self.sentence.pack.sectors.conjunctions.contains(self.key(at)))?;
        let half = |first: usize, end: usize| {
            let span = Span::new(self.tokens[first].span.start(), self.tokens[end - 1].span.end());
            let name = self.context.lexicon.gazetteer.spelling(span.of(self.context.document.as_str()))?;
            let half = self.field(&Lookup { span, name, folds: field.folds, written: field.written })?;
            (half.is_strong && !half.is_general && half.code == field.code).then_some(half)
        };
        Some([half(field.first, at)?, half(at + 1, field.end)?])
    }

    /// `timber housing`, `vaccine logistics`: where the head stands last, the field before it is one of its words.
    fn join_modifiers(&self, fields: &mut Vec<Field>) {
        if !self.sentence.pack.sectors.cues_follow {
            return;
        }
        fields.dedup_by(|after, before| {
            let is_modifier =
                before.end == after.first && self.tokens[after.first].gap == Gap::Blank && after.end > after.first;
            if is_modifier {
                let first = before.first;
                let is_strong = before.is_strong || after.is_strong;
                let is_general = before.is_general && after.is_general;
                std::mem::swap(before, after);
                (before.first, before.is_strong, before.is_general) = (first, is_strong, is_general);
            }
            is_modifier
        });
    }

    /// Fields named by compounds that the lists do not have: `Hafenlogistik`.
    fn add_compounds(&self, fields: &mut Vec<Field>) {
        let words = &self.sentence.pack.sectors;
        if words.compound_tails.is_empty() {
            return;
        }
        let n_listed = fields.len();
        for (at, token) in self.tokens.iter().enumerate() {
            if token.case != Case::Title {
                continue;
            }
            let listed = fields[..n_listed].iter().position(|field| field.first <= at && at < field.end);
            // Textilrecycling: what a list has as weak is still a compound that says its field.
            if listed.is_some_and(|idx| fields[idx].is_strong || fields[idx].end - fields[idx].first > 1) {
                continue;
            }
            let Some((code, is_strong)) = words.compound(self.word(at)) else { continue };
            match listed {
                Some(idx) => fields[idx].is_strong |= is_strong && fields[idx].code == code,
                None => {
                    let entry = self.context.lexicon.gazetteer.by_id(&format!("{CODE_PREFIX}{code}"));
                    fields.extend(
                        entry.map(|entry| Field { is_strong, ..Field::new(at, at + 1, entry, code.to_owned()) }),
                    );
                }
            }
        }
        fields.sort_by_key(|field| field.first);
    }

    /// The field that a look-up may name in this sentence's language.
    fn field(&self, lookup: &Lookup) -> Option<Field> {
        let gazetteer = &self.context.lexicon.gazetteer;
        let code = |entry: EntryId| gazetteer.entry(entry).parent.strip_prefix(CODE_PREFIX).map(str::to_owned);
        let reading = gazetteer
            .readings(lookup.name)
            .filter(|reading| gazetteer.profile(reading.entry).kind == Kind::Sector)
            .min_by_key(|reading| {
                let is_foreign = !self.is_of_language(gazetteer.id(reading.entry));
                (is_foreign, reading.is_weak, gazetteer.profile(reading.entry).priority < 0)
            })?;
        let is_foreign = !self.is_of_language(gazetteer.id(reading.entry));
        if is_foreign && (reading.is_weak || self.is_common_word(lookup.span)) {
            return None;
        }
        let first = self.tokens.partition_point(|token| token.span.end() <= lookup.span.start());
        let end = self.tokens.partition_point(|token| token.span.start() < lookup.span.end());
        let is_short = lookup.span.len() <= 3;
        // "AI" is a field, "ai" an Italian preposition.
        if first >= end || is_short && self.tokens[first].case != Case::Upper {
            return None;
        }
        if self.sentence.pack.sectors.instruments.contains(lookup.span.of(self.context.document.as_str())) {
            return None;
        }
        // "financé" is no finance, and "mais" no maïs: who writes an accent means it, and a common word is itself.
        let is_accented = !lookup.span.of(self.context.document.as_str()).is_ascii();
        if lookup.folds.contains(Folds::ACCENT) && (is_accented || self.is_common_word(lookup.span)) {
            return None;
        }
        if self.is_town(lookup, first, end) {
            return None;
        }
        let is_concrete = end - first == 1 && self.sentence.pack.sectors.concrete.contains(self.word(first));
        Some(Field {
            folds: lookup.folds,
            written: lookup.written,
            is_strong: !reading.is_weak && !is_concrete || is_short,
            is_general: is_foreign || gazetteer.profile(reading.entry).priority < 0,
            is_adjective: gazetteer.profile(reading.entry).priority == PRIORITY_OF_ADJECTIVES,
            ..Field::new(first, end, reading.entry, code(reading.entry)?)
        })
    }

    /// Whether one word with a capital inside a sentence is also a place of the lists (`les entreprises de Liège`): a field has none.
    fn is_town(&self, lookup: &Lookup, first: usize, end: usize) -> bool {
        let gazetteer = &self.context.lexicon.gazetteer;
        let is_inside = first > 0 && self.tokens[first - 1].kind == TokenKind::Word && end == first + 1;
        let is_marked = self.sentence.case == CaseEvidence::Strong && !self.sentence.pack.prose.nouns_are_capitalized;
        is_inside
            && is_marked
            && self.tokens[first].case == Case::Title
            && gazetteer
                .readings(lookup.name)
                .any(|row| !row.is_weak && gazetteer.profile(row.entry).kind == Kind::Place)
    }

    fn is_common_word(&self, span: Span) -> bool {
        let word = span.of(self.context.document.as_str());
        self.context.lexicon.common_words.zipf(word, &self.sentence.pack.code).is_some()
    }

    /// Rows of sectors end in the code of their language: `sector:space.it`.
    fn is_of_language(&self, id: &str) -> bool {
        id.rsplit_once('.').is_some_and(|(_, code)| code == self.sentence.pack.code)
    }

    /// Decides which of the sentence's fields count.
    fn judge(&self, fields: &mut Vec<Field>) {
        for field in fields.iter_mut() {
            field.has_cue = self.has_cue(field);
            field.is_blocked = self.is_of_office(field)
                || self.is_of_body(field)
                || self.qualifies_a_thing(field)
                || self.is_everyday(field)
                || self.is_counted(field)
                || self.is_idle(field)
                || self.is_in_title(field)
                || self.opens_adjective(field)
                || self.is_somebodys(field)
                || self.is_served(field);
        }
        // An adjective without its noun is in no list (`istituti alberghieri (formazione)`).
        fields.retain(|field| !(field.is_adjective && field.is_blocked));
        // `energia per le navi in sosta`: the field before it is spoken of.
        let is_complement = |pair: &[Field]| {
            let mut between = pair[0].end..pair[1].first;
            let is_cue = |at: usize| self.sentence.pack.sectors.cues.contains(self.key(at));
            !pair[1].is_strong
                && !between.is_empty()
                && between.all(|at| self.is_function_word(at) && !self.is_joint(at) && !is_cue(at))
        };
        let complements: Vec<bool> = fields.windows(2).map(is_complement).collect();
        let mut is_complement = std::iter::once(false).chain(complements);
        fields.retain(|_| !is_complement.next().unwrap_or(false));
        let mut first = 0;
        while first < fields.len() {
            let n_listed =
                1 + (first + 1..fields.len()).take_while(|&at| self.is_listed(&fields[at - 1], &fields[at])).count();
            self.judge_list(&mut fields[first..first + n_listed]);
            first += n_listed;
        }
    }

    fn judge_list(&self, list: &mut [Field]) {
        let n_listed = list.len();
        let is_office = self.is_of_office(&list[0]);
        let is_sure = |field: &Field| !field.is_blocked && (field.is_strong && !field.is_general || field.has_cue);
        // Three fields in a row are a list of fields, though none of their names is one by itself.
        let is_long = n_listed >= MIN_LIST && !list.iter().any(|field| field.is_blocked);
        let has_evidence = n_listed > 1 && list.iter().any(is_sure) || is_long;
        let has_cue = list[0].has_cue;
        // i reparti di cardiologia e di neurologia
        let is_of_thing = self.qualifies_a_thing(&list[0]);
        for (idx, field) in list.iter_mut().enumerate() {
            field.n_listed = n_listed;
            let is_proper = self.is_part_of_name(field) && !field.has_cue && n_listed == 1;
            let speaks = is_sure(field) || has_cue || has_evidence;
            let is_of_thing =
                is_of_thing && idx > 0 && !field.has_cue && field.first > 0 && self.is_of(field.first - 1);
            field.counts = speaks && !field.is_blocked && !is_office && !is_proper && !is_of_thing;
        }
    }

    /// Whether a token joins the members of a list.
    fn is_joint(&self, at: usize) -> bool {
        matches!(self.word(at), "," | ";" | "/" | "•" | "-" | "–" | "(" | ")" | "&")
            || self.sentence.pack.sectors.conjunctions.contains(self.key(at))
    }

    /// Whether only marks, conjunctions and short function words stand between two fields, or the complement of the first
    /// and then one that joins (`energia per le navi in sosta e formazione`).
    fn is_listed(&self, before: &Field, after: &Field) -> bool {
        let between = before.end..after.first;
        let is_joint = |at: usize| self.is_joint(at);
        if between.len() <= 4
            && between.clone().any(is_joint)
            && between.clone().all(|at| is_joint(at) || self.is_function_word(at))
        {
            return true;
        }
        let joint = between.clone().rev().find(|&at| !self.is_function_word(at) || is_joint(at));
        let opens_complement = between.clone().next().is_some_and(|at| self.is_function_word(at) && !is_joint(at));
        let is_plain = |at: usize| self.tokens[at].case == Case::Lower || self.is_function_word(at);
        joint.is_some_and(|joint| {
            is_joint(joint)
                && between.len() <= MAX_COMPLEMENT
                && opens_complement
                && (between.start..joint).all(is_plain)
        })
    }

    fn mention(&self, field: Field) -> Mention {
        let confidence = match (field.is_strong, field.has_cue || field.n_listed > 1) {
            (true, true) => 92,
            (true, false) => 78,
            (false, _) => 72,
        };
        let span = Span::new(self.tokens[field.first].span.start(), self.tokens[field.end - 1].span.end());
        Mention {
            value: Some(Value::Code(field.code)),
            why: Why { by: Evidence::Both(field.entry, RULE.name), folds: field.folds },
            candidates: vec![field.entry],
            ..Mention::new(span, Kind::Sector, RULE.name, Confidence::percent(confidence))
        }
    }
}
