//! What goes out: sorted lists and the statement of their sources.

use super::{Built, draft::Draft, rules::Rules, source::SourceError};
use crate::lexicon::entry::COLUMNS;
use std::collections::{BTreeMap, BTreeSet};

/// Writes each row into its file, by id.
pub(super) fn lists(drafts: Vec<Draft>, built: &mut Built) {
    let mut files: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for draft in drafts {
        let language = draft.id.strip_prefix("sector:").and_then(|id| id.split_once('.'));
        let path = match language {
            Some((_, language)) => format!("{}.{language}.tsv", draft.file),
            None => format!("{}.tsv", draft.file),
        };
        let line = line(&draft);
        files.entry(path).or_default().insert(draft.id, line);
    }
    for (path, lines) in files {
        let mut text = COLUMNS.join("\t");
        text.push('\n');
        for line in lines.values() {
            text.push_str(line);
            text.push('\n');
        }
        built.files.insert(path, text);
    }
}

/// The row as a line, without its end.
pub(super) fn line(draft: &Draft) -> String {
    let alias = |name: &super::draft::Name| {
        let mark = if name.is_weak { "!" } else { "" };
        let colon = if name.language.is_empty() { "" } else { ":" };
        format!("{mark}{}{colon}{}", name.language, name.text)
    };
    // The name again only where that tells more than the name cell.
    let tells = |name: &&super::draft::Name| name.text != draft.name || name.is_weak || !name.language.is_empty();
    let mut names: Vec<&super::draft::Name> = draft.names.iter().filter(tells).collect();
    names.sort_by_key(|name| (&name.text, &name.language));
    let aliases = names.into_iter().map(alias).collect::<Vec<_>>().join("|");
    let acronym =
        |acronym: &super::draft::Acronym| format!("{}{}", if acronym.is_weak { "!" } else { "" }, acronym.text);
    let acronyms = draft.acronyms.iter().map(acronym).collect::<Vec<_>>().join("|");
    let same_as = draft.same_as.iter().filter(|id| **id != draft.id).cloned().collect::<Vec<_>>().join("|");
    let priority = if draft.priority == 0 { String::new() } else { draft.priority.to_string() };
    let cells: [&str; COLUMNS.len()] = [
        &draft.id,
        &draft.kind,
        &draft.subtype,
        &draft.name,
        &aliases,
        &acronyms,
        &draft.country,
        &draft.parent,
        &same_as,
        draft.case,
        &draft.needs,
        &draft.never,
        &priority,
        &draft.note,
    ];
    cells.join("\t")
}

/// Writes `pack.toml`; every file that the build makes must be in the rules, and the other way around; those
/// written by hand are in the rules alone.
pub(super) fn pack(rules: &Rules, built: &mut Built) -> Result<(), SourceError> {
    let made: BTreeSet<&str> = built.files.keys().map(String::as_str).collect();
    let stated: BTreeSet<&str> =
        rules.file.iter().filter(|file| !file.by_hand).map(|file| file.path.as_str()).collect();
    if let Some(path) = made.symmetric_difference(&stated).next() {
        let message = format!("'{path}' must be made and stated in a [[file]] alike");
        return Err(SourceError::at("build/rules.toml", 0, message));
    }
    let quote = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut text = String::from("name = \"gazzetta\"\nversion = \"0.1.0\"\n");
    for file in &rules.file {
        text.push_str(&format!("\n[[file]]\npath = {}\n", quote(&file.path)));
        for (key, value) in [
            ("source", &file.source),
            ("version", &file.version),
            ("license", &file.license),
            ("attribution", &file.attribution),
        ] {
            text.push_str(&format!("{key} = {}\n", quote(value)));
        }
    }
    built.files.insert("pack.toml".to_owned(), text);
    Ok(())
}
