//! A record as a page for the terminal: each line of the text with what was found in it beneath.

use super::{
    super::paint::{Paint, harmless},
    mission::missions,
};
use crate::record::{Entity, Mention, Record, Value};
use std::{collections::HashMap, fmt::Write};

/// Longest names in the columns, in characters.
const WIDEST_NAME: usize = 44;

pub(super) fn page(record: &Record, paint: Paint) -> String {
    let mut page = paint.legend();
    let entities: HashMap<&str, &Entity> = record.entities.iter().map(|entity| (entity.id.as_str(), entity)).collect();
    let mut out = Page { page: &mut page, paint, entities: &entities, owes_blank: false };
    out.head(record);
    let mut mentions = record.mentions.as_slice();
    let mut start = 0;
    for line in record.text.split_inclusive('\n') {
        let end = start + line.chars().count();
        let n_here = mentions.partition_point(|mention| mention.start < end);
        let (here, rest) = mentions.split_at(n_here);
        out.line(line, start, here);
        (mentions, start) = (rest, end);
    }
    out.roles(record);
    page.push_str(&missions(record, &entities, paint));
    for warning in &record.warnings {
        let mention = record.mentions.iter().find(|mention| Some(&mention.id) == warning.mention.as_ref());
        let of = mention.map_or(String::new(), |mention| format!("'{}': ", one_line(&mention.text)));
        let _ = writeln!(page, "{} {of}{} ({})", paint.strong("doubt"), warning.text, warning.code);
    }
    page
}

struct Page<'p> {
    page: &'p mut String,
    paint: Paint,
    entities: &'p HashMap<&'p str, &'p Entity>,
    /// Whether a blank line must part what comes next from the findings above.
    owes_blank: bool,
}

// Writing to a string cannot fail, so its result is passed over throughout.
impl Page<'_> {
    fn head(&mut self, record: &Record) {
        let language = format!("{} ({:.2})", record.language.code, record.language.confidence);
        let published = record.published.as_ref().map_or("publication date unknown".to_owned(), |published| {
            format!("published {} (from {})", published.date, published.from)
        });
        let id = self.paint.strong(&harmless(&record.id));
        let _ = writeln!(self.page, "{id}  {language}  {published}");
        if let Some(title) = &record.title {
            let _ = writeln!(self.page, "title: {}", harmless(title));
        }
        self.page.push('\n');
    }

    /// One line of the text, its mentions marked, and what they are beneath.
    fn line(&mut self, line: &str, start: usize, mentions: &[Mention]) {
        let characters: Vec<char> = line.trim_end_matches(['\n', '\r']).chars().collect();
        let piece = |from: usize, to: usize| -> String {
            let (from, to) = (from.saturating_sub(start), to.saturating_sub(start));
            harmless(&characters[from.min(characters.len())..to.min(characters.len())].iter().collect::<String>())
        };
        if std::mem::take(&mut self.owes_blank) && !line.trim().is_empty() {
            self.page.push('\n');
        }
        let mut at = start;
        for mention in mentions {
            self.page.push_str(&piece(at, mention.start));
            self.page.push_str(&self.paint.mention(&mention.kind, &piece(mention.start, mention.end)));
            at = mention.end;
        }
        self.page.push_str(&piece(at, start + characters.len()));
        self.page.push('\n');
        let widest = mentions.iter().map(|mention| mention.text.chars().count()).max().unwrap_or(0).min(WIDEST_NAME);
        for mention in mentions {
            self.finding(mention, widest);
        }
        self.owes_blank = !mentions.is_empty();
    }

    fn finding(&mut self, mention: &Mention, widest: usize) {
        let entity = mention.entity.as_deref().and_then(|id| self.entities.get(id));
        let subtype = entity.and_then(|entity| entity.subtype.as_deref());
        let kind = subtype.map_or(mention.kind.clone(), |subtype| format!("{} {subtype}", mention.kind));
        let text = shortened(&one_line(&mention.text), WIDEST_NAME);
        let padding = " ".repeat(widest.saturating_sub(text.chars().count()));
        let text = self.paint.word(&mention.kind, &text);
        let what = [meaning(mention), entity.map(|entity| identity(mention, entity)).unwrap_or_default()];
        let what = what.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ");
        let why = self.paint.faint(&why(mention));
        let _ = writeln!(
            self.page,
            "    {text}{padding}  {kind:<24}  {what}{}{why}",
            if what.is_empty() { "" } else { "  " }
        );
    }

    fn roles(&mut self, record: &Record) {
        let name = |id: &str| self.entities.get(id).map_or("?", |entity| &entity.name);
        self.page.push('\n');
        if !record.roles.is_empty() {
            let _ = writeln!(self.page, "{}", self.paint.strong("roles"));
        }
        for role in &record.roles {
            let office = [role.text.as_deref(), role.institution.as_deref().map(name)];
            let office: Vec<&str> = office.into_iter().flatten().collect();
            let _ = writeln!(self.page, "    {}: {}", one_line(name(&role.person)), one_line(&office.join(", ")));
        }
        if !record.roles.is_empty() {
            self.page.push('\n');
        }
    }
}

/// Value, with what the text does not say itself.
pub(in crate::cli) fn meaning(mention: &Mention) -> String {
    let mut parts: Vec<String> = mention.bound.iter().cloned().collect();
    match &mention.value {
        Some(Value::Text(text)) => parts.push(text.clone()),
        Some(Value::Amount { number, unit, approx }) => {
            parts.push(format!("{}{number} {unit}", if *approx { "about " } else { "" }));
        }
        None if mention.kind == "date" => parts.push("no value".to_owned()),
        None => {}
    }
    if !mention.inferred.is_empty() {
        parts.push(format!("({} inferred)", mention.inferred.join(", ")));
    }
    harmless(&parts.join(" "))
}

/// The entity, where it says more than the mention.
fn identity(mention: &Mention, entity: &Entity) -> String {
    let name = (entity.name != mention.text).then(|| format!("= {}", one_line(&entity.name)));
    let link = entity.link.as_ref().map(|link| format!("→ {link}"));
    let doubt = (!entity.candidates.is_empty()).then(|| format!("(of {} candidates)", entity.candidates.len()));
    [name, link, doubt].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn why(mention: &Mention) -> String {
    let why = &mention.why;
    let by = match (&why.rule, &why.entry) {
        (Some(rule), Some(entry)) => format!("{rule} with {entry}"),
        (Some(rule), None) => rule.clone(),
        (None, Some(entry)) => format!("list {entry}"),
        (None, None) => why.by.clone(),
    };
    let folds = if why.folds.is_empty() { String::new() } else { format!(", folding {}", why.folds.join(" and ")) };
    let zone = mention.zone.as_ref().map_or(String::new(), |zone| format!(", in the {zone}"));
    format!("{by}{folds}{zone}, {:.2}", mention.confidence)
}

pub(super) fn one_line(text: &str) -> String {
    harmless(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some(_) => text.chars().take(most - 1).chain(['…']).collect(),
        None => text.to_owned(),
    }
}
