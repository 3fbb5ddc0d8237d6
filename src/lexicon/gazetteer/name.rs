//! What the gazetteer says of a stretch of text: which name it is, who bears it, and how it is written.

use super::folds::Folds;
use crate::{
    lexicon::entry::{Kind, Subtype},
    text::Span,
};

/// A row of the lists, as the matcher keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub(crate) u32);

/// One spelling under which names meet; several rows may share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameId {
    /// Number of the first spelling of the group.
    pub(super) group: u32,
    /// Bit for each class of spellings that the case policy allows.
    pub(super) classes: u32,
}

/// What a list says of one entity. Texts are empty where the list is silent.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'g> {
    /// CURIE of the entity.
    pub id: &'g str,
    /// Its kind.
    pub kind: Kind,
    /// Its subtype.
    pub subtype: Option<Subtype>,
    /// Canonical name.
    pub name: &'g str,
    /// First acronym.
    pub acronym: &'g str,
    /// ISO 3166-1 alpha-2 code.
    pub country: &'g str,
    /// Id of the whole that it is a part of; for a sector term its code.
    pub parent: &'g str,
    /// Other CURIEs, joined by `|`.
    pub same_as: &'g str,
    /// Words of which one must stand near, joined by `|`.
    pub needs: &'g str,
    /// Words of which none may stand near, joined by `|`.
    pub never: &'g str,
    /// The higher wins where names are shared.
    pub priority: i16,
}

/// What a row shares with many others. It is at hand without reading the texts of the row.
#[derive(Debug, Clone, Copy)]
pub struct Profile<'g> {
    /// Its kind.
    pub kind: Kind,
    /// Its subtype.
    pub subtype: Option<Subtype>,
    /// ISO 3166-1 alpha-2 code; empty where the list is silent.
    pub country: &'g str,
    /// The higher wins where names are shared.
    pub priority: i16,
    /// Whether the row asks for words near its names, or forbids some: [`Entry::needs`], [`Entry::never`].
    pub has_conditions: bool,
}

impl Profile<'_> {
    /// That of no row.
    pub(super) const NONE: Self =
        Self { kind: Kind::Nothing, subtype: None, country: "", priority: 0, has_conditions: false };
}

/// A stretch of text that a list knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lookup {
    /// Where it stands, exactly as written.
    pub span: Span,
    /// The spelling that was met.
    pub name: NameId,
    /// What had to be folded to meet it.
    pub folds: Folds,
    /// How it is cased, beside the spelling of the list.
    pub written: Written,
}

/// How a stretch of text is cased, beside the spelling of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// As in the list.
    Exact,
    /// In capitals throughout (`UNIVERSITÀ DI BOLOGNA`).
    Capitals,
    /// Otherwise, but every word that has a capital in the list has one here too.
    Title,
    /// Otherwise: only spellings whose case policy is `any` are found so.
    Any,
}

impl Written {
    /// The lower, the closer to the list.
    pub(super) fn rank(self) -> u8 {
        self as u8
    }
}

/// One way in which a row uses a spelling.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The row.
    pub entry: EntryId,
    /// What the spelling is to it.
    pub form: Form,
    /// Language that the list gives for the spelling; empty if none.
    pub language: &'static str,
    /// Marked `!`: never counts alone.
    pub is_weak: bool,
    /// The row's case policy.
    pub case: CasePolicy,
    /// Whether the list has a legal form behind the spelling that was left out.
    pub is_stripped: bool,
}

/// Which casings of a spelling count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CasePolicy {
    /// As in the list, in capitals, or in title case; acronyms as in the list, and from four letters on in title case.
    Usual,
    /// Any.
    Any,
    /// As in the list.
    Exact,
}

/// What a spelling is to its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Its canonical name.
    Name,
    /// Another name.
    Alias,
    /// An acronym.
    Acronym,
}
