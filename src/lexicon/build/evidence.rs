//! Tables of evidence: what single words can be, and wordings that are no names.

use super::{
    Built,
    fold::fold_name,
    places::Places,
    rules::Rules,
    source::{SourceError, Sources},
};
use crate::lexicon::{Files, Table, entry};
use std::collections::{BTreeSet, HashSet};

/// Towns of this size and more lend their name as a short form to many bodies.
const LARGE_TOWN: u64 = 100_000;

/// Priority of places that lend their name; villages abroad stand below.
const KNOWN_PLACE: i16 = 45;

/// What the source tables say of single words, by folded word.
#[derive(Debug, Default)]
pub(super) struct Words {
    common: HashSet<String>,
    given: HashSet<String>,
    surnames: HashSet<String>,
    places: HashSet<String>,
}

impl Words {
    pub(super) fn read(sources: &Sources, places: &Places) -> Result<Self, SourceError> {
        let mut words = Self::default();
        for row in sources.table("common_words")?.rows(["word"])? {
            words.common.insert(fold_name(row?[0]));
        }
        for row in sources.table("given_names")?.rows(["name"])? {
            words.given.insert(fold_name(row?[0]));
        }
        for row in sources.table("surnames")?.rows(["name"])? {
            words.surnames.insert(fold_name(row?[0]));
        }
        // The surnames of public people, who have towns named after them.
        for thing in sources.table("public_persons")?.things()? {
            words
                .surnames
                .extend(thing?.name.split(' ').skip(1).map(fold_name).filter(|name| name.chars().count() > 3));
        }
        let known = |draft: &&super::draft::Draft| {
            draft.kind == "place" && (draft.is_chosen || draft.population >= LARGE_TOWN || draft.file == "places/italy")
        };
        for draft in places.drafts.iter().filter(known) {
            words.places.insert(fold_name(&draft.name));
            words.places.extend(draft.names.iter().filter(|name| !name.is_weak).map(|name| fold_name(&name.text)));
        }
        Ok(words)
    }

    /// The same from lists that were made: their tables of evidence, and their places but the smallest.
    pub(super) fn from_files(files: &Files) -> Result<Self, SourceError> {
        let mut words = Self::default();
        for (table, column, set) in [
            ("common_words", "word", &mut words.common),
            ("given_names", "name", &mut words.given),
            ("surnames", "name", &mut words.surnames),
        ] {
            let path = format!("evidence/{table}.tsv");
            let Some(text) = files.text(&path)? else { continue };
            for row in Table::new(&path, text).rows([column]) {
                set.insert(fold_name(row?.cells[0]));
            }
        }
        for row in entry::rows(files) {
            let row = row?;
            if row.kind == "place" && row.priority.parse::<i16>().is_ok_and(|priority| priority >= KNOWN_PLACE) {
                let names = row.spellings().filter(|spelling| !spelling.is_weak);
                words.places.extend(names.map(|spelling| fold_name(spelling.text)));
            }
        }
        Ok(words)
    }

    pub(super) fn is_common(&self, folded: &str) -> bool {
        self.common.contains(folded)
    }

    pub(super) fn is_given(&self, folded: &str) -> bool {
        self.given.contains(folded)
    }

    pub(super) fn is_surname(&self, folded: &str) -> bool {
        self.surnames.contains(folded)
    }

    pub(super) fn is_place(&self, folded: &str) -> bool {
        self.places.contains(folded)
    }

    /// Several words, all of them common.
    pub(super) fn are_common(&self, folded: &str) -> bool {
        folded.split(' ').all(|word| self.is_common(word))
    }

    /// A given name and a surname.
    pub(super) fn is_person(&self, folded: &str) -> bool {
        folded.split_once(' ').is_some_and(|(given, surname)| self.is_given(given) && self.is_surname(surname))
    }

    /// A word, a name of people or a place.
    pub(super) fn is_anything(&self, text: &str) -> bool {
        let folded = fold_name(text);
        self.is_common(&folded) || self.is_given(&folded) || self.is_surname(&folded) || self.is_place(&folded)
    }
}

/// Writes the tables of evidence.
pub(super) fn write(sources: &Sources, rules: &Rules, built: &mut Built) -> Result<(), SourceError> {
    copy(sources, built, "given_names", ["name", "langs", "gender", "risk"], ["name", "langs", "gender", "risk"])?;
    copy(sources, built, "surnames", ["name", "langs", "gender", "risk"], ["name", "langs", "gender", "risk"])?;
    copy(sources, built, "common_words", ["word", "lang", "zipf", "case"], ["word", "lang", "zipf", "case"])?;
    legal_forms(sources, rules, built)?;
    copy(
        sources,
        built,
        "demonyms",
        ["form", "lang", "kind", "target", "country"],
        ["form", "lang", "kind", "target", "country"],
    )?;
    roles(sources, built)
}

/// Writes columns of a source table, sorted and unique.
fn copy<const N: usize>(
    sources: &Sources,
    built: &mut Built,
    table: &str,
    columns: [&str; N],
    header: [&str; N],
) -> Result<(), SourceError> {
    let source = sources.table(table)?;
    let mut lines = BTreeSet::new();
    for row in source.rows(columns)? {
        lines.insert(row?.map(curie).join("\t"));
    }
    put(built, table, &header, lines);
    Ok(())
}

/// Writes the legal forms that are nothing else: `Comune`, which a register of firms has as one, is a body.
fn legal_forms(sources: &Sources, rules: &Rules, built: &mut Built) -> Result<(), SourceError> {
    let source = sources.table("legal_forms")?;
    let mut lines = BTreeSet::new();
    for row in source.rows(["form", "type", "countries"])? {
        let row = row?;
        if !rules.not_legal_forms.iter().any(|other| other == row[0]) {
            lines.insert(row.join("\t"));
        }
    }
    put(built, "legal_forms", &["form", "type", "countries"], lines);
    Ok(())
}

/// Ids of the tables as ids of the lists.
fn curie(cell: &str) -> String {
    match cell.split_once(':') {
        Some(("country", code)) => format!("iso3166:{code}"),
        Some(("region", code)) => format!("iso3166-2:{code}"),
        _ => cell.to_owned(),
    }
}

fn roles(sources: &Sources, built: &mut Built) -> Result<(), SourceError> {
    let source = sources.table("titles_roles")?;
    let mut lines = BTreeSet::new();
    for thing in source.things()? {
        let thing = thing?;
        for (language, form) in thing.names() {
            lines.insert(format!("{}\t{language}\t{form}\t{}", thing.id, thing.subtype));
        }
    }
    put(built, "roles", &["id", "lang", "form", "kind"], lines);
    Ok(())
}

fn put(built: &mut Built, table: &str, header: &[&str], lines: BTreeSet<String>) {
    let mut text = header.join("\t");
    text.push('\n');
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    built.files.insert(format!("evidence/{table}.tsv"), text);
}
