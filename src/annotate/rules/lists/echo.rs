//! Listed names that need evidence and find it in what the document established.

use super::{MIN_SURE, each_lookup, evidence, of_sense, senses, towns};
use crate::{
    annotate::{Context, Mention},
    lexicon::{EntryId, Kind},
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
            let Some(at) = sense.rows.iter().position(|&(row, _, _)| established.contains(&(sense.kind, row))) else { continue };
            if evidence::judge(reader, lookup, sense, &senses) < MIN_SURE && !reader.is_common(context.document.token_at(lookup.span.start())) {
                let mut sense = sense.clone();
                sense.rows.swap(0, at);
                found.push(of_sense(context, lookup, &sense, ESTABLISHED));
                return;
            }
        }
    });
}
