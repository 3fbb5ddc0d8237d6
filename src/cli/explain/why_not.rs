//! What became of a name that was expected, in words.

use super::page::{one_line, shortened};
use crate::{
    annotate::{Because, Fate, Mention, WhyNot, word_of},
    lexicon::{Files, Gazetteer, Kind, nearest},
    pipeline::Engine,
    text::Span,
};
use serde::Serialize;
use std::fmt::Write;

/// The answer, in the order in which it is told.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    name: String,
    /// What became of the name at each place that has it.
    places: Vec<Place>,
    /// What the lists say of it.
    lists: Vec<String>,
    /// What to do about it.
    advice: String,
}

#[derive(Debug, Serialize)]
struct Place {
    /// Line of the text, counted from 1.
    line: usize,
    /// The name as written there.
    text: String,
    /// A stable word for programs.
    verdict: &'static str,
    /// The same for a person.
    reason: String,
}

impl Answer {
    pub(super) fn new(engine: &Engine, files: &Files, name: &str, why: &WhyNot<'_>, text: &str) -> Self {
        let places: Vec<Place> =
            why.places.iter().map(|(span, fate)| place(*span, fate, text, &engine.lexicon().gazetteer)).collect();
        let mut lists: Vec<String> = why
            .rows
            .iter()
            .map(|(entry, is_weak)| {
                let weak = if *is_weak { ", a spelling that never counts alone" } else { "" };
                let needs = if entry.needs.is_empty() {
                    String::new()
                } else {
                    format!(", near one of: {}", entry.needs.replace('|', ", "))
                };
                let never = if entry.never.is_empty() {
                    String::new()
                } else {
                    format!(", never near: {}", entry.never.replace('|', ", "))
                };
                format!(
                    "{} '{}' ({}){weak}{needs}{never}",
                    engine.lexicon().gazetteer.kind_word(entry.kind),
                    one_line(entry.name),
                    entry.id
                )
            })
            .collect();
        if lists.is_empty() {
            lists.extend(nearest(files, name).map(|near| {
                let weak = if near.is_weak { ", marked ! as one that never counts alone" } else { "" };
                format!(
                    "nearest: '{}' ({}, {} at {}:{}), alike by {:.2}{weak}",
                    near.text, near.kind, near.id, near.path, near.line, near.likeness
                )
            }));
        }
        let advice = advice(engine, why).to_owned();
        Self { name: name.to_owned(), places, lists, advice }
    }

    pub(super) fn to_text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let name = one_line(&self.name);
        let _ = match self.places.len() {
            0 => writeln!(out, "'{name}' is not in the text"),
            1 => writeln!(out, "'{name}' is in the text once"),
            n => writeln!(out, "'{name}' is in the text {n} times"),
        };
        for place in &self.places {
            let _ = writeln!(out, "  line {}, '{}': {}", place.line, place.text, place.reason);
        }
        let _ = match self.lists.is_empty() {
            true => writeln!(out, "no list has it, or a name like it"),
            false => writeln!(out, "in the lists"),
        };
        for line in &self.lists {
            let _ = writeln!(out, "  {line}");
        }
        if !self.advice.is_empty() {
            let _ = writeln!(out, "{}", self.advice);
        }
        out
    }
}

fn place(span: Span, fate: &Fate, text: &str, gazetteer: &Gazetteer) -> Place {
    let quote = |mention: &Mention| shortened(&one_line(mention.span.of(text)), 60);
    let described = |mention: &Mention| match mention.kind {
        Kind::Nothing => format!("'{}', which is no name by the rule {}", quote(mention), word_of(mention)),
        kind => format!("'{}', {} by {}", quote(mention), gazetteer.kind_word(kind), word_of(mention)),
    };
    let (verdict, reason) = match fate {
        Fate::Found(mention) => {
            ("found", format!("found: {} by {}", gazetteer.kind_word(mention.kind), word_of(mention)))
        }
        Fate::Lost { proposal, winner, because } => {
            let because = match because {
                Because::Longer => "is longer",
                Because::EarlierRule => "comes from a rule that goes before",
                Because::Surer => "is surer, or was proposed first",
            };
            let kind = gazetteer.kind_word(proposal.kind);
            (
                "lost",
                format!("proposed as {kind} by {}; lost to {}, which {because}", word_of(proposal), described(winner)),
            )
        }
        Fate::Overlapped(mention) => ("overlapped", format!("not proposed; there stands {}", described(mention))),
        Fate::OnlyListed => ("only-listed", "the lists know it, but nothing near it says that it is meant".to_owned()),
        Fate::WrittenOtherwise => {
            ("written-otherwise", "the lists know it, but not written so (capitals, word boundaries)".to_owned())
        }
        Fate::Unknown => ("unknown", "no list has it and no rule proposed it".to_owned()),
    };
    let line = 1 + text[..span.start()].matches('\n').count();
    Place { line, text: shortened(&one_line(span.of(text)), 60), verdict, reason }
}

fn advice(engine: &Engine, why: &WhyNot<'_>) -> &'static str {
    let is_unknown = |(_, fate): &(Span, Fate)| matches!(fate, Fate::Unknown | Fate::Overlapped(_));
    if engine.lexicon().gazetteer.is_empty() {
        "no lists are loaded; give some with --gazetteers"
    } else if why.rows.is_empty() && why.places.iter().any(is_unknown) {
        "to have it found, add a row to a list (docs/FORMAT.md, Gazetteer files) and give its folder with --gazetteers"
    } else {
        ""
    }
}
