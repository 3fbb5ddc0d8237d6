//! What a page says of itself: title, day of publication, language.

use super::{
    entities::decode,
    page::{Event, Page},
    parts::letters,
};
use crate::text::Declared;
use std::{borrow::Cow, ops::Range};

/// Names of `meta` elements with the day of publication, the surest first.
const DATE_NAMES: [&str; 21] = [
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date.published",
    "publication_date",
    "publish_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date.issued",
    "dc.date.created",
    "dc.date",
    "dc.created",
    "citation_publication_date",
    "date",
];

/// Longest JSON-LD that is read, in bytes.
const MAX_JSON_BYTES: usize = 1 << 20;
/// Longest title that is kept, in bytes.
const MAX_TITLE_BYTES: usize = 500;

/// What the page declares.
pub(super) fn declared(page: &Page<'_>) -> Declared {
    let metas: Vec<(String, &str)> = metas(page);
    let meta = |name: &str| {
        let found = metas.iter().find(|(found, value)| found == name && !value.trim().is_empty());
        found.map(|(_, value)| tidy(&decode(value)))
    };
    let title = meta("og:title").or_else(|| title(page)).or_else(|| meta("twitter:title"));
    let published = DATE_NAMES.iter().find_map(|name| meta(name)).or_else(|| published(page));
    let html = (1..page.elements.len()).find(|&at| page.elements[at].name == "html");
    let language = html
        .and_then(|html| page.attribute(html, "lang").or_else(|| page.attribute(html, "xml:lang")))
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())
        .or_else(|| meta("og:locale"))
        .or_else(|| meta("content-language"));
    Declared { title: title.filter(|title| !title.is_empty()), published, language }
}

/// Names in lower case and contents of the `meta` elements.
fn metas<'s>(page: &Page<'s>) -> Vec<(String, &'s str)> {
    let is_meta = |at: &usize| {
        let tag = page.elements[*at].tag.as_ref();
        tag.is_some_and(|tag| page.source[tag.name.clone()].eq_ignore_ascii_case("meta"))
    };
    let mut metas = Vec::new();
    for at in (1..page.elements.len()).filter(is_meta) {
        let Some(content) = page.attribute(at, "content") else { continue };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = page.attribute(at, key) {
                metas.push((name.trim().to_ascii_lowercase(), content));
            }
        }
    }
    metas
}

/// The first main heading when the title of the page contains it, else the title, else the heading.
fn title(page: &Page<'_>) -> Option<String> {
    let text_of = |name: &str| {
        let named = (1..page.elements.len()).filter(|&at| page.elements[at].name == name);
        named.map(|at| page.text_of(at)).find(|text| !text.is_empty())
    };
    match (text_of("title"), text_of("h1")) {
        (Some(title), Some(heading)) if letters(&title).contains(&letters(&heading)) => Some(heading),
        (title, heading) => title.or(heading),
    }
}

/// The day of publication by JSON-LD, by property, or by the first moment that the page marks up.
fn published(page: &Page<'_>) -> Option<String> {
    let is_json = |at: &usize| {
        page.elements[*at].name == "script"
            && page.attribute(*at, "type").is_some_and(|media| media.trim().eq_ignore_ascii_case("application/ld+json"))
    };
    let by_json = || {
        (1..page.elements.len())
            .filter(is_json)
            .find_map(|at| published_in_json(&page.raw_text(&page.elements[at].events)))
    };
    let moment = |at: usize| {
        let value =
            page.attribute(at, "content").or_else(|| page.attribute(at, "datetime")).map(|value| tidy(&decode(value)));
        value.filter(|value| !value.is_empty()).or_else(|| Some(page.text_of(at)).filter(|text| !text.is_empty()))
    };
    let by_property = || {
        let has_property = |at: &usize| {
            page.attribute(*at, "itemprop").is_some_and(|value| value.eq_ignore_ascii_case("datePublished"))
        };
        (1..page.elements.len()).filter(has_property).find_map(moment)
    };
    let by_time = || {
        let times = (1..page.elements.len()).filter(|&at| page.elements[at].name == "time");
        times.filter(|&at| page.attribute(at, "datetime").is_some()).find_map(moment)
    };
    by_json().or_else(by_property).or_else(by_time)
}

fn published_in_json(json: &str) -> Option<String> {
    let json = json.trim().trim_start_matches("<!--").trim_end_matches("-->");
    if json.len() > MAX_JSON_BYTES {
        return None;
    }
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    // Breadth first: the article stands above what it cites.
    let mut queue = std::collections::VecDeque::from([&value]);
    while let Some(value) = queue.pop_front() {
        match value {
            serde_json::Value::Object(fields) => {
                if let Some(date) = fields.get("datePublished").and_then(serde_json::Value::as_str) {
                    return Some(date.trim().to_owned());
                }
                queue.extend(fields.values());
            }
            serde_json::Value::Array(values) => queue.extend(values),
            _ => {}
        }
    }
    None
}

impl Page<'_> {
    /// The text that an element holds, decoded, on one line.
    pub(super) fn text_of(&self, element: usize) -> String {
        self.text_of_events(&self.elements[element].events)
    }

    /// Whether an element is or lies in a heading of the first or second level.
    pub(super) fn is_in_heading(&self, mut element: usize) -> bool {
        while element > 0 {
            if matches!(self.elements[element].name, "h1" | "h2") {
                return true;
            }
            element = self.elements[element].parent;
        }
        false
    }

    /// The text of some events, decoded, on one line.
    pub(super) fn text_of_events(&self, events: &Range<usize>) -> String {
        tidy(&decode(&self.raw_text(events)))
    }

    fn raw_text(&self, events: &Range<usize>) -> Cow<'_, str> {
        let mut text = Cow::Borrowed("");
        for event in &self.events[events.start..events.end.min(self.events.len())] {
            match event {
                Event::Text(_, range) => text += &self.source[range.clone()],
                Event::Break(_) => text += "\n",
                Event::Edge(_) => {}
            }
        }
        text
    }
}

/// A value on one line, without blanks around it.
fn tidy(text: &str) -> String {
    let mut tidy = text.split_whitespace().collect::<Vec<_>>().join(" ");
    tidy.truncate(tidy.floor_char_boundary(MAX_TITLE_BYTES));
    tidy
}
