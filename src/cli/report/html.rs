//! The page: missions first, then names that the lists do not know, then the texts with their mentions.

use crate::record::{Entity, Mission, Record};
use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write,
};

/// Unknown names that are shown.
const MOST_UNKNOWN: usize = 100;

/// What the page will show, gathered record by record.
#[derive(Debug)]
pub(super) struct Page {
    n_texts_left: usize,
    n_documents: u64,
    counts: BTreeMap<String, u64>,
    missions: String,
    n_missions: u64,
    /// Documents of each name without a link, by kind and name.
    unknown: BTreeMap<(String, String), u64>,
    texts: String,
}

// Writing to a string cannot fail, so its result is passed over throughout. Whatever comes from a record goes through
// `escaped`.
impl Page {
    /// An empty page that will show the texts of `n_texts` documents.
    pub(super) fn new(n_texts: usize) -> Self {
        Self {
            n_texts_left: n_texts,
            n_documents: 0,
            counts: BTreeMap::new(),
            missions: String::new(),
            n_missions: 0,
            unknown: BTreeMap::new(),
            texts: String::new(),
        }
    }

    /// Documents so far.
    pub(super) fn n_documents(&self) -> u64 {
        self.n_documents
    }

    /// Takes one record.
    pub(super) fn add(&mut self, record: &Record) {
        self.n_documents += 1;
        let number = self.n_documents;
        for mention in &record.mentions {
            *self.counts.entry(mention.kind.clone()).or_default() += 1;
        }
        for entity in record.entities.iter().filter(|entity| entity.link.is_none() && entity.candidates.is_empty()) {
            *self.unknown.entry((entity.kind.clone(), entity.name.clone())).or_default() += 1;
        }
        let entities: HashMap<&str, &Entity> =
            record.entities.iter().map(|entity| (entity.id.as_str(), entity)).collect();
        for mission in &record.missions {
            self.n_missions += 1;
            self.missions.push_str(&row(record, mission, &entities, (self.n_texts_left > 0).then_some(number)));
        }
        if self.n_texts_left > 0 {
            self.n_texts_left -= 1;
            self.texts.push_str(&text(record, &entities, number));
        }
    }

    /// The whole page.
    pub(super) fn to_html(&self) -> String {
        let mut out = String::from(HEAD);
        let counts =
            self.counts.iter().map(|(kind, n)| format!("<li><mark class=\"{0}\">{0}</mark> {n}</li>", escaped(kind)));
        let counts: String = counts.collect();
        let _ = write!(
            out,
            "<h1>{} releases, {} missions</h1>\n<ul class=\"counts\">{counts}</ul>\n",
            self.n_documents, self.n_missions
        );
        let _ = write!(
            out,
            "<h2>Missions</h2>\n<div class=\"wide\"><table><thead><tr><th>When<th>From<th>To<th>Lead<th>With<th>Met<th>About<th>Document</tr></thead>\n<tbody>\n{}</tbody></table></div>\n",
            self.missions
        );
        out.push_str("<h2>Names that the lists do not know</h2>\n<table><thead><tr><th>Name<th>Kind<th>Documents</tr></thead>\n<tbody>\n");
        let mut unknown: Vec<_> = self.unknown.iter().collect();
        unknown.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
        for ((kind, name), n) in unknown.into_iter().take(MOST_UNKNOWN) {
            let _ = writeln!(out, "<tr><td>{}<td>{}<td>{n}</tr>", escaped(name), escaped(kind));
        }
        let _ = write!(out, "</tbody></table>\n<h2>Texts</h2>\n{}</main>\n</html>\n", self.texts);
        out
    }
}

/// One mission as a row.
fn row(record: &Record, mission: &Mission, entities: &HashMap<&str, &Entity>, anchor: Option<u64>) -> String {
    let names = |ids: &[String]| {
        let names = ids.iter().filter_map(|id| entities.get(id.as_str())).map(|entity| escaped(&entity.name));
        names.collect::<Vec<_>>().join(", ")
    };
    let places = mission.destinations.iter().map(|destination| {
        let country = escaped(destination.country.as_deref().unwrap_or(""));
        [country, names(&destination.places)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
    });
    let days = [&mission.start, &mission.end].into_iter().flatten().map(|day| escaped(day));
    let mut days: Vec<String> = days.collect();
    days.dedup();
    let title = escaped(record.title.as_deref().unwrap_or(&record.id));
    let document = anchor.map_or(title.clone(), |number| format!("<a href=\"#d{number}\">{title}</a>"));
    let cells = [
        days.join(" to "),
        names(mission.origin.as_slice()),
        places.collect::<Vec<_>>().join("; "),
        names(mission.lead.as_slice()),
        names(&mission.participants),
        names(&mission.met),
        mission.sectors.iter().map(|sector| escaped(sector)).collect::<Vec<_>>().join(", "),
        document,
    ];
    format!("<tr><td>{}</tr>\n", cells.join("<td>"))
}

/// A text with its mentions; what they are shows when the pointer rests on them.
fn text(record: &Record, entities: &HashMap<&str, &Entity>, number: u64) -> String {
    let characters: Vec<char> = record.text.chars().collect();
    let piece = |from: usize, to: usize| {
        let to = to.min(characters.len());
        escaped(&characters[from.min(to)..to].iter().collect::<String>())
    };
    let mut out = String::new();
    let title = escaped(record.title.as_deref().unwrap_or(&record.id));
    let published =
        record.published.as_ref().map_or(String::new(), |published| format!(", {}", escaped(&published.date)));
    let _ = writeln!(
        out,
        "<details id=\"d{number}\"><summary>{title} <small>{}{published}</small></summary><p>",
        escaped(&record.id)
    );
    let mut at = 0;
    for mention in &record.mentions {
        let entity = mention.entity.as_deref().and_then(|id| entities.get(id));
        let kind = escaped(&mention.kind);
        let parts = [
            entity.map(|entity| entity.name.as_str()),
            entity.and_then(|entity| entity.link.as_deref()),
            mention.why.rule.as_deref(),
        ];
        let value = crate::cli::explain::meaning(mention);
        let about = parts.into_iter().flatten().chain([value.as_str()]).filter(|part| !part.is_empty());
        let about = escaped(&about.collect::<Vec<_>>().join(" · "));
        let before = piece(at, mention.start);
        let _ = write!(
            out,
            "{before}<mark class=\"{kind}\" title=\"{kind}: {about}\">{}</mark>",
            piece(mention.start, mention.end)
        );
        at = mention.end;
    }
    let _ = writeln!(out, "{}</p></details>", piece(at, characters.len()));
    out
}

/// `text` as text of HTML, in content and in attributes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
    out
}

/// No script, no network, no form: a name that got through the escaping could still do nothing.
const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gazzetta report</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; color: #222; background: #fff }
main { max-width: 70rem; margin: 0 auto; padding: 1rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #ddd }
.wide { overflow-x: auto }
details { border-bottom: 1px solid #ddd; padding: .4rem 0 }
details p { white-space: pre-wrap; max-width: 50rem }
summary { cursor: pointer }
small { color: #666 }
mark { border-radius: .2rem; padding: 0 .15rem; background: #eee }
.institution { background: #cfe2ff } .person { background: #d1f0d1 } .place { background: #fff0b8 }
.date { background: #c9f2f2 } .sector { background: #f5d5f5 } .amount { background: #ffd9cc }
.counts { list-style: none; display: flex; flex-wrap: wrap; gap: 1rem; padding: 0 }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 } mark { color: #111 } th, td, details { border-color: #444 } a { color: #9cf } }
</style>
</head>
<main>
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_name_is_markup() {
        assert_eq!(escaped("<b title=\"x\">'&'</b>"), "&lt;b title=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/b&gt;");
    }
}
