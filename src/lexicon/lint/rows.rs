//! One row by itself.

use super::{Findings, Known};
use crate::lexicon::{Form, Kind, ListRow, Subtype};

/// Longest name that a reader would call one.
const MAX_NAME_CHARS: usize = 120;

pub(super) fn check(row: &ListRow<'_>, known: &Known, findings: &mut Findings) {
    let mut error = |code, message: String| findings.error(row.path, row.line, code, message);
    if row.id.is_empty() || row.name.is_empty() {
        error("missing-cell", "a row needs an id and a name".to_owned());
    }
    if !row.id.is_empty() && !is_curie(row.id) {
        error("bad-id", format!("'{}' is no id; write a scheme and a colon before it ('{}')", row.id, mended(row.id)));
    }
    let kind = known.kinds.from_word(row.kind);
    if kind.is_none() {
        error("unknown-kind", known.kinds.unknown(row.kind));
    }
    if !row.country.is_empty() && !is_country(row.country, known) {
        let message = format!("unknown country '{}'; write the two capitals of ISO 3166-1 (IT, GB)", row.country);
        error("unknown-country", message);
    }
    if !row.parent.is_empty() && !known.ids.contains(row.parent) {
        error(
            "unknown-parent",
            format!("no row has the id '{}' of the parent; add the row or mend the id", row.parent),
        );
    }
    if row.parent == row.id && !row.id.is_empty() {
        error("unknown-parent", format!("'{}' is its own parent; name the whole that it is a part of", row.id));
    }
    if !matches!(row.case, "" | "any" | "exact") {
        error("bad-case", format!("unknown case '{}'; leave it empty, or write any or exact", row.case));
    }
    if !row.priority.is_empty() && row.priority.parse::<i16>().is_err() {
        error("bad-priority", format!("the priority '{}' is no whole number", row.priority));
    }
    if let Some(id) = row.same_as.split('|').find(|id| !id.is_empty() && !is_curie(id)) {
        error("bad-id", format!("'{id}' in same_as is no id; write a scheme and a colon before it (wikidata:Q1234)"));
    }
    subtype(row, kind, findings);
    names(row, findings);
    context(row, findings);
}

fn subtype(row: &ListRow<'_>, kind: Option<Kind>, findings: &mut Findings) {
    let (Some(kind), false) = (kind, row.subtype.is_empty()) else { return };
    let fits = match Subtype::from_word(row.subtype) {
        Some(Subtype::Country | Subtype::Region | Subtype::City) => kind == Kind::Place,
        Some(Subtype::Money | Subtype::Count | Subtype::Percent) => kind == Kind::Amount,
        Some(Subtype::Other) => matches!(kind, Kind::Place | Kind::Institution),
        Some(_) => kind == Kind::Institution,
        None => {
            let words: Vec<&str> = Subtype::ALL.iter().map(|subtype| subtype.as_str()).collect();
            let message = format!("unknown subtype '{}'; write one of {}", row.subtype, words.join(", "));
            return findings.error(row.path, row.line, "unknown-subtype", message);
        }
    };
    if !fits {
        let message = format!("'{}' is no subtype of the kind '{}'; mend one of the two", row.subtype, row.kind);
        findings.error(row.path, row.line, "unknown-subtype", message);
    }
}

fn names(row: &ListRow<'_>, findings: &mut Findings) {
    let mut warn = |code, message: String| findings.warning(row.path, row.line, code, message);
    for cell in [row.aliases, row.acronym] {
        if cell.split('|').any(|part| part.trim().is_empty()) && !cell.is_empty() {
            warn("empty-alias", format!("'{cell}' has an empty name between two |; take one | out"));
        }
    }
    for spelling in row.spellings().filter(|spelling| !spelling.text.is_empty()) {
        let (text, n_chars) = (spelling.text, spelling.text.chars().count());
        if !text.chars().any(char::is_alphanumeric) {
            warn("never-matched", format!("'{text}' has neither letter nor digit and is never found; take it out"));
        } else if n_chars > MAX_NAME_CHARS && spelling.form != Form::Name {
            warn("never-matched", format!("a name of {n_chars} characters is never found as a whole; shorten it"));
        }
        if text.starts_with('!') {
            warn("never-matched", format!("'{text}' is marked ! twice and is never found; leave one"));
        }
        if spelling.form == Form::Acronym && !text.chars().any(char::is_uppercase) && text.is_ascii() {
            warn(
                "never-matched",
                format!("the acronym '{text}' has no capital; acronyms are found in capitals, make it an alias"),
            );
        }
    }
}

fn context(row: &ListRow<'_>, findings: &mut Findings) {
    let words =
        |cell: &'_ str| cell.split('|').filter(|word| !word.is_empty()).map(str::to_lowercase).collect::<Vec<_>>();
    let never = words(row.never);
    if let Some(word) = words(row.needs).iter().find(|word| never.contains(word)) {
        let message = format!("'{word}' is both needed and forbidden; take it out of one");
        findings.error(row.path, row.line, "never-matched", message);
    }
}

/// The id that somebody may have meant: a scheme in small letters, no blanks.
fn mended(id: &str) -> String {
    let id = id.split_whitespace().collect::<Vec<_>>().join("-");
    match id.split_once(':').map(|(scheme, local)| (scheme.to_lowercase(), local)) {
        Some((scheme, local)) if is_curie(&format!("{scheme}:{local}")) => format!("{scheme}:{local}"),
        _ => format!("local:{}", id.trim_matches(':').replace(':', "-")),
    }
}

/// `scheme:local`, without blanks.
fn is_curie(id: &str) -> bool {
    id.split_once(':').is_some_and(|(scheme, local)| {
        !scheme.is_empty()
            && scheme.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !local.is_empty()
            && !local.chars().any(char::is_whitespace)
    })
}

fn is_country(code: &str, known: &Known) -> bool {
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    is_code && (known.countries.is_empty() || known.countries.contains(code) || code == "EU")
}
