//! The plain matcher: a map from folded words to rows.

use super::super::{
    Files, ListError,
    entry::{Kind, ListRow, Spelling, Subtype, rows},
};
use super::{Entry, EntryId, Folds, Form, Lookup, NameId, Reading, Written, fold::fold_word};
use crate::text::{
    Span,
    words::{Case, Token, TokenKind, tokenize},
};
use std::collections::HashMap;

/// All lists of names in one matcher.
#[derive(Debug, Default)]
pub struct Gazetteer {
    entries: Vec<Stored>,
    ids: HashMap<String, EntryId>,
    /// Folded words, joined by a blank, of every name.
    names: HashMap<String, NameId>,
    readings: Vec<Vec<StoredReading>>,
    /// Longest name, in words, that begins with a folded word.
    longest: HashMap<String, usize>,
}

#[derive(Debug)]
struct Stored {
    id: String,
    kind: Kind,
    subtype: Option<Subtype>,
    name: String,
    acronym: String,
    country: String,
    parent: String,
    same_as: String,
    needs: String,
    never: String,
    priority: i16,
}

#[derive(Debug)]
struct StoredReading {
    entry: EntryId,
    form: Form,
    language: String,
    is_weak: bool,
    any_case: bool,
    surface: String,
}

impl Gazetteer {
    /// Loads every list of names in `files`.
    ///
    /// # Errors
    ///
    /// Returns the first row that cannot be used.
    pub fn load(files: &Files) -> Result<Self, ListError> {
        let mut gazetteer = Self::default();
        for row in rows(files) {
            gazetteer.add(&row?)?;
        }
        Ok(gazetteer)
    }

    fn add(&mut self, row: &ListRow<'_>) -> Result<(), ListError> {
        let wrong = |message: String| ListError::at(row.path, row.line, message);
        let kind = Kind::from_word(row.kind).ok_or_else(|| wrong(format!("unknown kind '{}'", row.kind)))?;
        if row.id.is_empty() || row.name.is_empty() {
            return Err(wrong("a row needs an id and a name".to_owned()));
        }
        let entry = EntryId(self.entries.len() as u32);
        if self.ids.insert(row.id.to_owned(), entry).is_some() {
            return Err(wrong(format!("the id '{}' is already taken; merge the two rows", row.id)));
        }
        let priority = match row.priority {
            "" => 0,
            text => text.parse().map_err(|_| wrong(format!("the priority '{text}' is no whole number")))?,
        };
        let any_case = row.case == "any";
        for spelling in row.spellings() {
            self.spell(entry, spelling, any_case && spelling.form != Form::Acronym);
        }
        self.entries.push(Stored {
            id: row.id.to_owned(),
            kind,
            subtype: Subtype::from_word(row.subtype),
            name: row.name.to_owned(),
            acronym: row.acronym.split('|').next().unwrap_or_default().to_owned(),
            country: row.country.to_owned(),
            parent: row.parent.to_owned(),
            same_as: row.same_as.to_owned(),
            needs: row.needs.to_owned(),
            never: row.never.to_owned(),
            priority,
        });
        Ok(())
    }

    fn spell(&mut self, entry: EntryId, spelling: Spelling<'_>, any_case: bool) {
        let words: Vec<String> = keys(spelling.text, &tokenize(spelling.text)).map(|(key, _)| key).collect();
        let Some(first) = words.first() else { return };
        let longest = self.longest.entry(first.clone()).or_default();
        *longest = words.len().max(*longest);
        let next = NameId(self.readings.len() as u32);
        let name = *self.names.entry(words.join(" ")).or_insert(next);
        if name == next {
            self.readings.push(Vec::new());
        }
        self.readings[name.0 as usize].push(StoredReading {
            entry,
            form: spelling.form,
            language: spelling.language.to_owned(),
            is_weak: spelling.is_weak,
            any_case,
            surface: spelling.text.to_owned(),
        });
    }

    /// Appends the stretches of `text` that the lists know: leftmost, longest, on whole words, in order.
    pub fn find(&self, text: &str, found: &mut Vec<Lookup>) {
        let tokens = tokenize(text);
        let words: Vec<(String, usize)> = keys(text, &tokens).collect();
        let mut at = 0;
        while at < words.len() {
            match self.longest_at(text, &tokens, &words[at..]) {
                Some((lookup, n_words)) => {
                    found.push(lookup);
                    at += n_words;
                }
                None => at += 1,
            }
        }
    }

    fn longest_at(&self, text: &str, tokens: &[Token], words: &[(String, usize)]) -> Option<(Lookup, usize)> {
        let longest = (*self.longest.get(&words[0].0)?).min(words.len());
        (1..=longest).rev().find_map(|n_words| {
            let key = words[..n_words].iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ");
            let name = *self.names.get(&key)?;
            let (first, last) = (words[0].1, words[n_words - 1].1);
            let span = Span::new(tokens[first].span.start(), tokens[last].span.end());
            let written = self.written(name, span.of(text), &tokens[first..=last])?;
            let folds = if written == Written::Exact { Folds::NONE } else { Folds::CASE };
            Some((Lookup { span, name, folds, written }, n_words))
        })
    }

    fn written(&self, name: NameId, found: &str, tokens: &[Token]) -> Option<Written> {
        let readings = &self.readings[name.0 as usize];
        let straight = found.replace('’', "'");
        if readings.iter().any(|reading| reading.surface == straight || reading.surface == found) {
            return Some(Written::Exact);
        }
        let words = || tokens.iter().filter(|token| token.kind == TokenKind::Word);
        let is_long = |reading: &&StoredReading| reading.form != Form::Acronym || reading.surface.chars().count() >= 4;
        if words().all(|token| matches!(token.case, Case::Upper | Case::None))
            && found.chars().count() > 3
            && readings.iter().any(|r| r.form != Form::Acronym)
        {
            return Some(Written::Capitals);
        }
        if words().next()?.case.is_capital() && readings.iter().any(|reading| is_long(&reading)) {
            return Some(Written::Title);
        }
        readings.iter().any(|reading| reading.any_case).then_some(Written::Any)
    }

    /// How rows use a spelling, in the order of the lists.
    pub fn readings(&self, name: NameId) -> impl Iterator<Item = Reading<'_>> {
        self.readings[name.0 as usize].iter().map(|reading| Reading {
            entry: reading.entry,
            form: reading.form,
            language: &reading.language,
            is_weak: reading.is_weak,
        })
    }

    /// What the lists say of a row.
    pub fn entry(&self, id: EntryId) -> Entry<'_> {
        let stored = &self.entries[id.0 as usize];
        Entry {
            id: &stored.id,
            kind: stored.kind,
            subtype: stored.subtype,
            name: &stored.name,
            acronym: &stored.acronym,
            country: &stored.country,
            parent: &stored.parent,
            same_as: &stored.same_as,
            needs: &stored.needs,
            never: &stored.never,
            priority: stored.priority,
        }
    }

    /// The row of a CURIE.
    pub fn by_id(&self, id: &str) -> Option<EntryId> {
        self.ids.get(id).copied()
    }

    /// The spelling that the whole of `text` is.
    pub fn spelling(&self, text: &str) -> Option<NameId> {
        let tokens = tokenize(text);
        let words: Vec<String> = keys(text, &tokens).map(|(key, _)| key).collect();
        self.names.get(&words.join(" ")).copied()
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Folded words of a text, with the place of each in `tokens`; marks are left out.
fn keys<'t>(text: &'t str, tokens: &'t [Token]) -> impl Iterator<Item = (String, usize)> + 't {
    let words = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.kind != TokenKind::Mark || is_part_of_names(token.span.of(text)));
    words.map(move |(at, token)| (fold_word(token.span.of(text)), at))
}

/// Marks that break a name where they stand: only what joins words inside names is passed over.
fn is_part_of_names(mark: &str) -> bool {
    !matches!(mark, "-" | "‑" | "–" | "." | "'" | "’" | "\"" | "“" | "”")
}
