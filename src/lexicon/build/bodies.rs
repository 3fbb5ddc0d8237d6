//! Bodies of every sort, from the surest table to the least sure.

use super::{
    Built,
    draft::{Draft, is_acronym},
    heads,
    merge::Merger,
    places::{Places, seat},
    rules::Rules,
    source::{SourceError, Sources, Thing},
};

/// A table of bodies.
struct Table {
    name: &'static str,
    /// File of the lists that its rows go to.
    file: &'static str,
    /// Listed by a person.
    is_chosen: bool,
}

/// The tables, surest first: an earlier row gives name and subtype where the same body is in several.
const TABLES: [Table; 8] = [
    Table { name: "ecosystem_it", file: "institutions/ecosystem", is_chosen: true },
    Table { name: "public_bodies", file: "institutions/public", is_chosen: true },
    Table { name: "intl_bodies", file: "institutions/international", is_chosen: true },
    Table { name: "orgs_hand", file: "institutions/organizations", is_chosen: true },
    Table { name: "companies", file: "institutions/companies", is_chosen: true },
    Table { name: "research_orgs", file: "institutions/ror", is_chosen: false },
    Table { name: "universities_domains", file: "institutions/universities", is_chosen: false },
    Table { name: "research_orgs_nameonly", file: "institutions/ror_names", is_chosen: false },
];

pub(super) fn read(
    sources: &Sources,
    rules: &Rules,
    places: &Places,
    built: &mut Built,
) -> Result<Vec<Draft>, SourceError> {
    let mut merger = Merger::default();
    for table in &TABLES {
        let source = sources.table(table.name)?;
        for thing in source.things()? {
            let thing = thing?;
            // The registry withdraws what should never have been a record of its own.
            if thing.note == "withdrawn" {
                built.count("withdrawn records left out");
                continue;
            }
            let draft = draft(table, &thing, rules, places)?;
            let outcome = merger.add(draft, table.name);
            built.count(outcome);
        }
    }
    Ok(merger.into_drafts())
}

fn draft(table: &Table, thing: &Thing<'_>, rules: &Rules, places: &Places) -> Result<Draft, SourceError> {
    let rule = rules.of_type(table.name, thing.subtype)?;
    let names =
        || std::iter::once(thing.name).chain(thing.names().filter(|&(tag, _)| tag != "acr").map(|(_, text)| text));
    let head = heads::subtype(rules, names(), &rule.heads);
    let is_nothing = rule.is_nothing && head.is_none();
    let mut draft = Draft::from_thing(thing, table.file, if is_nothing { "nothing" } else { "institution" });
    draft.subtype = if is_nothing { String::new() } else { head.unwrap_or_else(|| rule.subtype.clone()) };
    draft.id = id(thing);
    draft.is_chosen = table.is_chosen;
    draft.parent = seat(places, thing);
    // The Union is no country, and its bodies have no other.
    if draft.country != "EU" && !places.ids.contains(&format!("iso3166:{}", draft.country)) {
        draft.country.clear();
    }
    let status = if thing.note == "inactive" { "inactive" } else { table.name };
    draft.priority = rules.priority(status);
    if !table.is_chosen && draft.note != "inactive" {
        draft.note.clear();
    }
    let (country, names) = (draft.country.clone(), std::mem::take(&mut draft.names));
    for name in names {
        let is_short = !country.is_empty() && is_acronym(&name.text) && name.text != draft.name;
        draft.add(if is_short { "acr" } else { name.language.as_str() }, &name.text);
    }
    Ok(draft)
}

/// The id of the registry where there is one; else the table's own, which stays the same from build to build.
fn id(thing: &Thing<'_>) -> String {
    match (thing.ror, thing.id.split_once(':')) {
        ("", Some(("ror2021", rest))) => format!("local:{}", rest.replace(':', "-").to_lowercase()),
        ("", Some(("domain", rest))) => format!("local:{}", rest.to_lowercase()),
        ("", Some((table, rest))) => format!("local:{table}-{}", rest.to_lowercase()),
        ("", None) => format!("local:{}", thing.id.to_lowercase()),
        (ror, _) => format!("ror:{ror}"),
    }
}
