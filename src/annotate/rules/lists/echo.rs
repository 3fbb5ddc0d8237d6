//! Listed names that need evidence and find it in what the document established.

use super::{MIN_SURE, each_lookup, evidence, of_sense, senses, towns};
use crate::{
    annotate::{Context, Mention, names::Reader},
    document::{Case, CaseEvidence, TokenKind},
    lexicon::{EntryId, Kind, Lookup, Written, pack::WordClass},
};
use rustc_hash::FxHashSet;

/// Sureness of a name whose row the document established by another name.
const ESTABLISHED: i32 = 88;

/// Finds names of rows that the document established by a surer name: an acronym beside its long form, a weak alias.
pub(super) fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    towns::find(context, found);
    let established: FxHashSet<(Kind, EntryId)> = context
        .established
        .iter()
        .filter(|mention| mention.kind != Kind::Place)
        .flat_map(|mention| mention.candidates.iter().map(|&row| (mention.kind, row)))
        .collect();
    if established.is_empty() {
        return;
    }
    let rows: FxHashSet<EntryId> = established.iter().map(|&(_, row)| row).collect();
    let gazetteer = &context.lexicon.gazetteer;
    each_lookup(context, |reader, lookup| {
        if !gazetteer.readings(lookup.name).any(|reading| rows.contains(&reading.entry)) {
            return;
        }
        let senses = senses(reader, lookup);
        for sense in &senses {
            let Some(at) = sense.rows.iter().position(|&(row, _, _)| established.contains(&(sense.kind, row))) else {
                continue;
            };
            let is_name =
                || !reader.is_common(context.document.token_at(lookup.span.start())) || is_short_name(reader, lookup);
            if evidence::judge(reader, lookup, sense, &senses) < MIN_SURE && is_name() {
                let mut sense = sense.clone();
                sense.rows.swap(0, at);
                found.push(of_sense(context, lookup, &sense, ESTABLISHED));
                return;
            }
        }
    });
}

/// Whether a common word stands as the name that an established one is short for: with its capital inside a sentence, or as the
/// subject that opens one without the article of a noun (`Intesa ha firmato`).
fn is_short_name(reader: &Reader<'_>, lookup: &Lookup) -> bool {
    let at = reader.context.document.token_at(lookup.span.start());
    let people = &reader.sentence.pack.people;
    let is_plain = lookup.written == Written::Exact
        && reader.case == CaseEvidence::Strong
        && !people.nouns_are_capital
        && reader.token(at).is_some_and(|token| token.case == Case::Title && token.span.end() == lookup.span.end())
        && !reader.is_name_word(at + 1);
    let is_subject = || people.class(reader.key(at + 1)).is(WordClass::FOLLOWS_SUBJECT);
    // "Secondo Intesa i tassi": a small word that opens the sentence has its capital from there.
    let opens =
        |at: usize| at == reader.sentence.first_token && people.class(reader.key(at)).is(WordClass::PRECEDES_PERSON);
    let stands_apart = || {
        at > reader.sentence.first_token
            && (!reader.is_name_word(at - 1) || opens(at - 1))
            && reader.token(at - 1).is_some_and(|before| before.kind == TokenKind::Word)
    };
    is_plain && if reader.opens_sentence(at) { is_subject() } else { stands_apart() }
}
