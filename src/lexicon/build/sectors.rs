//! The sectors: their codes, and the wordings of each in each language.

use super::{
    draft::{Draft, Name},
    rules::Rules,
    source::{SourceError, Sources},
};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn read(sources: &Sources, rules: &Rules) -> Result<Vec<Draft>, SourceError> {
    let table = sources.table("sector_terms")?;
    let mut nace: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut terms: BTreeMap<(String, String), Vec<Name>> = BTreeMap::new();
    for row in table.rows(["code", "lang", "term", "strength", "nace"])? {
        let [code, language, term, strength, classes] = row?;
        if !rules.sector.contains_key(code) {
            let message = format!("'{code}' is no sector of the taxonomy; add [sector.{code}]");
            return Err(SourceError::at("build/rules.toml", 0, message));
        }
        nace.entry(code.to_owned())
            .or_default()
            .extend(classes.split(';').filter(|c| !c.is_empty()).map(|c| format!("nace2:{c}")));
        let name = Name { text: term.to_owned(), language: String::new(), is_weak: strength != "strong" };
        terms.entry((code.to_owned(), language.to_owned())).or_default().push(name);
    }
    let mut drafts: Vec<Draft> = Vec::new();
    for (code, sector) in &rules.sector {
        drafts.push(taxon(code, &sector.labels, &sector.s3, nace.remove(code).unwrap_or_default()));
    }
    for ((code, language), mut names) in terms {
        let label = rules.sector[&code].labels.get(&language).cloned().unwrap_or_else(|| code.clone());
        inflect(&mut names, rules.inflection.get(&language));
        let is_weak = !names.iter().any(|name| name.text == label && !name.is_weak);
        if is_weak && !names.iter().any(|name| name.text == label) {
            names.push(Name { text: label.clone(), language: String::new(), is_weak });
        }
        drafts.push(Draft {
            file: "sectors/terms",
            id: format!("sector:{code}.{language}"),
            kind: "sector".to_owned(),
            name: label,
            names,
            parent: format!("sector:{code}"),
            case: "any",
            priority: if rules.sector[&code].is_general { -1 } else { 0 },
            ..Draft::default()
        });
    }
    Ok(drafts)
}

/// The row of a code: labels that are for readers, never matched.
fn taxon(code: &str, labels: &BTreeMap<String, String>, s3: &[String], nace: BTreeSet<String>) -> Draft {
    Draft {
        file: "sectors/taxonomy",
        id: format!("sector:{code}"),
        kind: "sector".to_owned(),
        name: code.to_owned(),
        is_weak: true,
        names: labels
            .iter()
            .map(|(language, text)| Name { text: text.clone(), language: language.clone(), is_weak: true })
            .collect(),
        same_as: nace,
        note: s3.join("; "),
        ..Draft::default()
    }
}

/// Adds the inflected forms of the last word of each term, where an ending of the rules fits.
fn inflect(names: &mut Vec<Name>, endings: Option<&BTreeMap<String, Vec<String>>>) {
    let Some(endings) = endings else { return };
    let mut known: BTreeSet<String> = names.iter().map(|name| name.text.clone()).collect();
    for at in 0..names.len() {
        let name = names[at].clone();
        if name.text.contains(' ') {
            continue;
        }
        let fitting = endings.iter().filter(|(ending, _)| name.text.ends_with(ending.as_str()));
        let Some((ending, forms)) = fitting.max_by_key(|(ending, _)| ending.len()) else { continue };
        let stem = &name.text[..name.text.len() - ending.len()];
        for form in forms.iter().map(|form| format!("{stem}{form}")) {
            if known.insert(form.clone()) {
                names.push(Name { text: form, ..name.clone() });
            }
        }
    }
}
