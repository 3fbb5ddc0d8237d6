//! Names that a list knows, as far as the text bears them out.
//!
//! Read this file, then `evidence.rs` (what speaks for a reading and against it) with `around.rs` (what its
//! neighbors say), then `echo.rs` and `towns.rs` (towns that few know).

mod around;
mod echo;
mod evidence;
mod towns;

use super::Rule;
use crate::{
    annotate::{Confidence, Context, Evidence, Mention, Why, names::Reader, value::Value},
    document::Case,
    lexicon::{Entry, EntryId, Form, Kind, Lookup, Subtype},
    text::Span,
};

/// Names that a list knows, as far as the text bears them out.
pub(super) const RULE: Rule = Rule {
    name: "lists",
    about: "Names that a list knows, as far as the text bears them out.",
    find,
    echo: Some(echo::find),
};

/// Sureness, in hundredths, below which a reading is dropped.
const MIN_SURE: i32 = 50;

fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    each_lookup(context, |reader, lookup| {
        let is_whole = lookup.span.end() <= reader.sentence.span.end();
        match is_whole.then(|| mention(reader, lookup)).flatten() {
            Some(mention) => found.push(mention),
            None => inside(reader, lookup, is_whole, found),
        }
    });
}

/// The names inside a longer one that does not count: `ANSA` of `agenzia ANSA`, or what a sentence ends with.
fn inside(reader: &Reader<'_>, lookup: &Lookup, is_whole: bool, found: &mut Vec<Mention>) {
    let document = reader.context.document;
    let first = document.token_at(lookup.span.start()) + usize::from(is_whole);
    // A name that does not count as a whole gives way to what stands behind the word in small letters that opens it.
    let opening = &document.tokens[document.token_at(lookup.span.start())];
    if is_whole && opening.case != Case::Lower {
        return;
    }
    let Some(start) = document.tokens.get(first).map(|token| token.span.start()) else { return };
    let end = lookup.span.end().min(reader.sentence.span.end());
    if start >= end {
        return;
    }
    let mut shorter = Vec::new();
    reader.context.lexicon.gazetteer.find(&document.as_str()[start..end], &mut shorter);
    for lookup in shorter {
        let span = Span::new(lookup.span.start() + start, lookup.span.end() + start);
        found.extend(mention(reader, &Lookup { span, ..lookup }));
    }
}

/// Calls `visit` for every look-up that may name a thing with the reader of its sentence.
fn each_lookup<'a>(context: &'a Context<'a>, mut visit: impl FnMut(&Reader<'a>, &'a Lookup)) {
    let mut lookups = context.lookups.iter().enumerate().peekable();
    for sentence in &context.document.sentences {
        let mut reader = None;
        while let Some((idx, lookup)) = lookups.next_if(|(_, lookup)| lookup.span.start() < sentence.span.end()) {
            if context.listed.names_thing(idx) {
                visit(reader.get_or_insert_with(|| Reader::new(context, sentence)), lookup);
            }
        }
    }
}

/// A kind that a look-up can be of, with the rows that say so, best first.
#[derive(Debug, Clone)]
struct Sense {
    kind: Kind,
    rows: Vec<(EntryId, Form, bool)>,
}

/// The senses of a look-up, by the priority of their best row.
fn senses(reader: &Reader<'_>, lookup: &Lookup) -> Vec<Sense> {
    let gazetteer = &reader.context.lexicon.gazetteer;
    let mut senses: Vec<Sense> = Vec::new();
    for reading in gazetteer.readings(lookup.name) {
        let entry = gazetteer.profile(reading.entry);
        if matches!(entry.kind, Kind::Sector | Kind::Date | Kind::Amount) || !reader.allows(reading.entry, lookup.span)
        {
            continue;
        }
        let row = (reading.entry, reading.form, reading.is_weak);
        match senses.iter_mut().find(|sense| sense.kind == entry.kind) {
            Some(sense) => sense.rows.push(row),
            None => senses.push(Sense { kind: entry.kind, rows: vec![row] }),
        }
    }
    for sense in &mut senses {
        // Stable: rows of one priority keep the order of the lists.
        sense.rows.sort_by_key(|&(row, _, is_weak)| (is_weak, -gazetteer.profile(row).priority));
    }
    senses
}

fn mention(reader: &Reader<'_>, lookup: &Lookup) -> Option<Mention> {
    let senses = senses(reader, lookup);
    let judged = senses.iter().map(|sense| (evidence::judge(reader, lookup, sense, &senses), sense));
    let (sure, sense) = judged.max_by_key(|(sure, sense)| (*sure, sense.kind == Kind::Place))?;
    let mut mention = (sure >= MIN_SURE).then(|| of_sense(reader.context, lookup, sense, sure))?;
    if mention.kind == Kind::Place {
        let own = evidence::behind_own_article(reader, lookup);
        if let Some(&best) = own.first() {
            mention.subtype = reader.context.lexicon.gazetteer.profile(best).subtype;
            mention.why.by = Evidence::Entry(best);
            mention.candidates = own;
        }
    }
    Some(mention)
}

fn of_sense(context: &Context<'_>, lookup: &Lookup, sense: &Sense, sure: i32) -> Mention {
    let (best, _, _) = sense.rows[0];
    let entry = context.lexicon.gazetteer.entry(best);
    Mention {
        subtype: entry.subtype,
        value: value(&entry),
        why: Why { by: Evidence::Entry(best), folds: lookup.folds },
        candidates: sense.rows.iter().map(|&(row, _, _)| row).collect(),
        ..Mention::new(lookup.span, sense.kind, RULE.name, Confidence::percent(sure.clamp(1, 99) as u8))
    }
}

fn value(entry: &Entry<'_>) -> Option<Value> {
    let is_country = entry.kind == Kind::Place && entry.subtype == Some(Subtype::Country);
    (is_country && !entry.country.is_empty()).then(|| Value::Code(entry.country.to_owned()))
}
