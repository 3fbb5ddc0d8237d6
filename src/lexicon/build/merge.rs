//! One body, one row: rows of several tables that are the same body meet here.

use super::{draft::Draft, fold::fold_name};
use std::collections::{BTreeSet, HashMap};

/// Rows so far, and how to find the one that a new row repeats.
#[derive(Debug, Default)]
pub(super) struct Merger {
    drafts: Vec<Draft>,
    /// Table of each row.
    tables: Vec<&'static str>,
    by_id: HashMap<String, usize>,
    /// Rows by country and folded name.
    by_name: HashMap<(String, String), Vec<usize>>,
    /// Companies that a person listed, by folded name.
    brands: HashMap<String, usize>,
}

impl Merger {
    /// Takes a row of `table` in, alone or into the row of the same body; says in words what happened.
    ///
    /// Rows are the same body when they have one id of the registry of research organizations, or come from
    /// different tables and have one folded name, one country and subtypes that go together. A row that could be
    /// one of several stays alone if a person wrote it and is left out otherwise, since its names are known already.
    pub(super) fn add(&mut self, draft: Draft, table: &'static str) -> &'static str {
        if let Some(&at) = self.by_id.get(&draft.id) {
            self.merge(at, draft);
            return "rows merged by id";
        }
        let same = self.same(&draft, table);
        match same.as_slice() {
            &[at] => {
                self.merge(at, draft);
                "rows merged by name and country"
            }
            [_, _, ..] if !draft.is_chosen && !draft.id.starts_with("ror:") => {
                "rows left out, name known several times"
            }
            _ => {
                self.push(draft, table);
                "bodies"
            }
        }
    }

    fn same(&self, draft: &Draft, table: &'static str) -> Vec<usize> {
        let has_registry_id = draft.id.starts_with("ror:");
        let mut same: BTreeSet<usize> = BTreeSet::new();
        for name in full_names(draft) {
            same.extend(self.by_name.get(&(draft.country.clone(), name)).into_iter().flatten());
        }
        let goes = |&at: &usize| {
            let other = &self.drafts[at];
            // A table of stock lists has a company once for each stock.
            (self.tables[at] != table || draft.subtype == "company" && !has_registry_id && draft.is_chosen)
                && !(has_registry_id && other.id.starts_with("ror:"))
                && draft.kind == other.kind
                && go_together(&draft.subtype, &other.subtype)
        };
        same.into_iter().filter(goes).collect()
    }

    fn merge(&mut self, at: usize, draft: Draft) {
        for name in full_names(&draft) {
            let rows = self.by_name.entry((draft.country.clone(), name)).or_default();
            if !rows.contains(&at) {
                rows.push(at);
            }
        }
        let mine = &mut self.drafts[at];
        if draft.id.starts_with("ror:") && !mine.id.starts_with("ror:") {
            self.by_id.insert(draft.id.clone(), at);
            mine.same_as.insert(std::mem::replace(&mut mine.id, draft.id.clone()));
        }
        mine.union(draft);
    }

    fn push(&mut self, mut draft: Draft, table: &'static str) {
        let at = self.drafts.len();
        while self.by_id.contains_key(&draft.id) {
            draft.id.push_str("-2");
        }
        self.by_id.insert(draft.id.clone(), at);
        for name in full_names(&draft) {
            if table == "companies" {
                self.brands.entry(name.clone()).or_insert(at);
            }
            self.by_name.entry((draft.country.clone(), name)).or_default().push(at);
        }
        self.drafts.push(draft);
        self.tables.push(table);
    }

    /// The rows. A branch of a listed company abroad, which the registry has as `Name (Country)`, gets it as parent
    /// and stands behind it.
    pub(super) fn into_drafts(mut self) -> Vec<Draft> {
        for at in 0..self.drafts.len() {
            let draft = &self.drafts[at];
            let brand = draft.name.split_once(" (").and_then(|(brand, _)| self.brands.get(&fold_name(brand)));
            if let Some(&owner) = brand.filter(|&&owner| owner != at && draft.subtype == "company") {
                let (id, priority) = (self.drafts[owner].id.clone(), self.drafts[owner].priority);
                self.drafts[at].parent = id;
                self.drafts[at].priority = priority - 20;
            }
            let generated = std::mem::take(&mut self.drafts[at].generated);
            let confirmed =
                generated.into_iter().filter(|name| self.is_confirmed(&self.drafts[at].country, &name.text));
            let confirmed: Vec<_> = confirmed.collect();
            self.drafts[at].names.extend(confirmed);
        }
        self.drafts
    }

    /// Whether a table has the name, for this body or another of the country.
    fn is_confirmed(&self, country: &str, name: &str) -> bool {
        self.by_name.contains_key(&(country.to_owned(), fold_name(name)))
    }
}

/// Folded names that are long enough to tell a body by.
fn full_names(draft: &Draft) -> BTreeSet<String> {
    let names = draft.names.iter().filter(|name| !name.is_weak).map(|name| name.text.as_str());
    names.chain([draft.name.as_str()]).map(fold_name).filter(|name| name.chars().count() > 3).collect()
}

/// Whether two tables may call one body by these subtypes. What a company is, no other body of its name is.
fn go_together(a: &str, b: &str) -> bool {
    a == b || (a != "company") == (b != "company")
}
