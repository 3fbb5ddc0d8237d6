//! The dump of the Research Organization Registry, schema 2 (<https://ror.readme.io/docs/ror-data-structure>).

use super::{Imported, MAX_NAME_BYTES, Report, Shipped};
use crate::lexicon::{
    Files,
    build::{draft::Draft, heads, source::SourceError},
};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, SeqAccess, Visitor},
};
use std::{
    collections::BTreeSet,
    fmt,
    io::{BufRead, Read},
    path::Path,
};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

#[derive(Debug, Deserialize)]
struct Record {
    id: String,
    /// Where schema 1 has the name.
    name: Option<IgnoredAny>,
    #[serde(default)]
    status: String,
    #[serde(default)]
    types: Vec<String>,
    #[serde(default)]
    names: Vec<RecordName>,
    #[serde(default)]
    locations: Vec<Location>,
    #[serde(default)]
    external_ids: Vec<ExternalId>,
    #[serde(default)]
    relationships: Vec<Relationship>,
    #[serde(default)]
    links: Vec<IgnoredAny>,
    #[serde(default)]
    domains: Vec<IgnoredAny>,
}

#[derive(Debug, Deserialize)]
struct RecordName {
    value: String,
    #[serde(default)]
    types: Vec<String>,
    lang: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Location {
    geonames_id: u64,
    geonames_details: Option<Details>,
}

#[derive(Debug, Deserialize)]
struct Details {
    country_code: Option<String>,
}

#[derive(Debug, Deserialize)]
struct ExternalId {
    r#type: String,
    preferred: Option<String>,
    #[serde(default)]
    all: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Relationship {
    r#type: String,
    id: String,
}

/// Reads a dump (a JSON array of records) record by record and makes a list of it.
///
/// # Errors
///
/// Returns the first record that is no record of schema 2, with its line, or a mistake in the shipped rules.
pub fn ror(path: &Path, input: impl Read, shipped: &Files) -> Result<Imported, SourceError> {
    let shipped = Shipped::read(shipped)?;
    let mut import = Import { shipped: &shipped, drafts: Vec::new(), ids: BTreeSet::new(), report: Report::default() };
    let mut input = std::io::BufReader::new(input);
    let unreadable = |error: std::io::Error| SourceError::at(&path.to_string_lossy(), 0, error.to_string());
    if input.fill_buf().map_err(unreadable)?.starts_with(BYTE_ORDER_MARK) {
        input.consume(BYTE_ORDER_MARK.len());
    }
    let mut json = serde_json::Deserializer::from_reader(input);
    json.deserialize_seq(&mut import).and_then(|()| json.end()).map_err(|error| {
        let message = match error.is_eof() {
            true => format!("ends in the middle: {error}; unpack or download it once more"),
            false => format!("is no dump of schema 2: {error}; take the file whose name ends in schema_v2.json"),
        };
        SourceError::at(&path.to_string_lossy(), error.line(), message)
    })?;
    let Import { drafts, report, .. } = import;
    Ok(shipped.finish(drafts, report))
}

struct Import<'s> {
    shipped: &'s Shipped,
    drafts: Vec<Draft>,
    ids: BTreeSet<String>,
    report: Report,
}

impl<'de> Visitor<'de> for &mut Import<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut records: A) -> Result<(), A::Error> {
        while let Some(record) = records.next_element::<Record>()? {
            if record.names.is_empty() && record.name.is_some() {
                return Err(serde::de::Error::custom("its records have 'name', as in schema 1"));
            }
            self.take(&record);
        }
        Ok(())
    }
}

impl Import<'_> {
    fn take(&mut self, record: &Record) {
        if record.status == "withdrawn" {
            return self.report.note("withdrawn records");
        }
        let displayed = record.names.iter().find(|name| name.types.iter().any(|kind| kind == "ror_display"));
        let Some(name) = displayed.or(record.names.first()) else { return self.report.note("records without a name") };
        if name.value.len() > MAX_NAME_BYTES {
            return self.report.note(format!("records whose name is longer than {MAX_NAME_BYTES} bytes"));
        }
        let id = last_part(&record.id);
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return self.report.note("records whose id is none of the registry");
        }
        if !self.ids.insert(id.to_owned()) {
            return self.report.note("records whose id is already taken");
        }
        let rules = &self.shipped.rules;
        let mut draft = Draft {
            id: format!("ror:{id}"),
            kind: "institution".to_owned(),
            name: plain(&name.value),
            priority: rules.priority(if record.status == "inactive" { "inactive" } else { "research_orgs" }),
            note: if record.status == "inactive" { "inactive".to_owned() } else { String::new() },
            ..Draft::default()
        };
        for name in &record.names {
            let is_acronym = name.types.iter().any(|kind| kind == "acronym");
            let tag = if is_acronym { "acr" } else { name.lang.as_deref().unwrap_or_default() };
            draft.add(tag, &plain(&name.value));
        }
        self.place(record, &mut draft);
        self.identify(record, &mut draft);
        let word = record.types.iter().find(|word| *word != "funder").or(record.types.first());
        let names = || record.names.iter().map(|name| name.value.as_str());
        match word.and_then(|word| rules.of_type("research_orgs", word).ok()) {
            Some(rule) => {
                draft.subtype = heads::subtype(rules, names(), &rule.heads).unwrap_or_else(|| rule.subtype.clone());
            }
            None => self.report.note("records of an unknown type, without subtype"),
        }
        for (what, n_values) in [("web links", record.links.len()), ("web domains", record.domains.len())] {
            *self.report.notes.entry(what.to_owned()).or_default() += n_values;
        }
        self.drafts.push(draft);
    }

    /// Country, and the whole that the body is a part of: its parent in the registry, else its town.
    fn place(&mut self, record: &Record, draft: &mut Draft) {
        let mut parents: Vec<&str> =
            record.relationships.iter().filter(|to| to.r#type == "parent").map(|to| last_part(&to.id)).collect();
        parents.sort_unstable();
        let n_other = record.relationships.len() - parents.len().min(1);
        *self.report.notes.entry("relations other than the first parent".to_owned()).or_default() += n_other;
        if let Some(location) = record.locations.first() {
            let code = location.geonames_details.as_ref().and_then(|details| details.country_code.as_deref());
            let is_code = |code: &&str| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
            match code.filter(is_code) {
                Some(code) => code.clone_into(&mut draft.country),
                None => self.report.note("locations without a country code"),
            }
            draft.parent = format!("geonames:{}", location.geonames_id);
        }
        if let Some(parent) = parents.first() {
            draft.parent = format!("ror:{parent}");
        }
        if record.locations.len() > 1 {
            self.report.note("second locations");
        }
    }

    fn identify(&mut self, record: &Record, draft: &mut Draft) {
        for external in &record.external_ids {
            let scheme = external.r#type.to_lowercase();
            let ids = external.preferred.iter().chain(&external.all);
            draft
                .same_as
                .extend(ids.map(|id| format!("{scheme}:{}", id.replace(|c: char| c.is_whitespace() || c == '|', ""))));
        }
    }
}

/// A name with single blanks, without the mark that parts the names of a row.
fn plain(name: &str) -> String {
    name.replace('|', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The end of an address (`https://ror.org/05apxxy63`).
fn last_part(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"
        links = ["of"]
        region_heads = []
        high_regions = []
        file = []
        [priority]
        research_orgs = 48
        inactive = 20
        [types.education]
        subtype = "school"
        heads = ["university"]
        [heads.university]
        words = ["university"]
        [sector]
    "#;

    fn import(json: &str) -> Imported {
        let shipped = Files::from_pairs([
            ("build/rules.toml", RULES),
            ("places/a.tsv", "id\tkind\tname\ngeonames:1\tplace\tVallombra\n"),
        ]);
        ror(Path::new("dump.json"), json.as_bytes(), &shipped).expect("the dump is right")
    }

    #[test]
    fn a_record_becomes_a_row() {
        let imported = import(
            r#"[{"id": "https://ror.org/00xyz1234", "status": "active", "types": ["funder", "education"],
                 "names": [{"value": "University of Vallombra", "types": ["ror_display", "label"], "lang": "en"},
                           {"value": "Ateneo Vallombrano", "types": ["alias"], "lang": "it"},
                           {"value": "UNIVALL", "types": ["acronym"], "lang": null}],
                 "locations": [{"geonames_id": 1, "geonames_details": {"country_code": "IT"}}],
                 "external_ids": [{"type": "wikidata", "preferred": null, "all": ["Q1"]}],
                 "links": [{"type": "website", "value": "https://example.org"}]},
                {"id": "https://ror.org/00xyz1235", "status": "withdrawn", "names": [{"value": "X"}]}]"#,
        );
        let expected = "ror:00xyz1234\tinstitution\tuniversity\tUniversity of Vallombra\t\
                        it:Ateneo Vallombrano|en:University of Vallombra\tUNIVALL\tIT\tgeonames:1\twikidata:Q1\t\t\t\t48\t";
        assert_eq!(imported.text.lines().nth(1), Some(expected));
        assert_eq!(imported.report.rows, 1);
        assert_eq!(imported.report.notes["withdrawn records"], 1);
        assert_eq!(imported.report.notes["web links"], 1);
    }

    #[test]
    fn a_school_is_no_university() {
        let imported = import(
            r#"[{"id": "https://ror.org/00xyz1236", "types": ["education"], "names": [{"value": "Vallombra School of Arts"}]}]"#,
        );
        assert!(imported.text.contains("\tschool\tVallombra School of Arts\t"), "{}", imported.text);
    }

    #[test]
    fn what_no_list_can_hold_is_told() {
        let long = "Ateneo ".repeat(200);
        let record = |id: &str, name: &str| {
            format!(
                r#"{{"id": "{id}", "names": [{{"value": "{name}"}}], "locations": [{{"geonames_id": 1, "geonames_details": {{"country_code": "Italy"}}}}]}}"#
            )
        };
        let records = [
            record("https://ror.org/00xyz1237", "Ateneo\\tVallombrano"),
            record("https://ror.org/00xyz1237", "Ateneo Due"),
            record("", "Ateneo Tre"),
            record("https://ror.org/00xyz1238", &long),
        ];
        let imported = import(&format!("\u{feff}[{}]", records.join(",")));
        assert_eq!(imported.report.rows, 1);
        assert!(imported.text.contains("ror:00xyz1237\tinstitution\t\tAteneo Vallombrano\t"), "{}", imported.text);
        for what in [
            "records whose id is already taken",
            "records whose id is none of the registry",
            "records whose name is longer than 1023 bytes",
            "locations without a country code",
        ] {
            assert_eq!(imported.report.notes[what], 1, "{what}");
        }
    }

    #[test]
    fn an_older_dump_is_told() {
        let shipped = Files::from_pairs([("build/rules.toml", RULES)]);
        let old = r#"[{"id": "https://ror.org/00xyz1234", "name": "University of Vallombra"}]"#;
        let error = ror(Path::new("dump.json"), old.as_bytes(), &shipped).expect_err("schema 1").to_string();
        assert!(error.contains("as in schema 1") && error.ends_with("schema_v2.json"), "{error}");
    }

    #[test]
    fn another_shape_is_told_with_its_line() {
        let shipped = Files::from_pairs([("build/rules.toml", RULES)]);
        let error = ror(Path::new("dump.json"), "{\n\"items\": []}".as_bytes(), &shipped).expect_err("no array");
        assert!(error.to_string().starts_with("dump.json:1: is no dump of schema 2"), "{error}");
    }
}
