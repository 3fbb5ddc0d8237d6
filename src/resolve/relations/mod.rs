//! How things are related: the ways to find out, in the order in which they run.

mod acronyms;
mod foundings;
mod missions;
mod roles;

use super::{Entities, EntityIdx};
use crate::{annotate::Mention, document::Document, lexicon::Lexicon, text::Span};

/// What a relation may look at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The release.
    pub document: &'a Document<'a>,
    /// Its mentions, in order.
    pub mentions: &'a [Mention],
    /// Their entities.
    pub entities: &'a Entities,
    /// What is known beforehand.
    pub lexicon: &'a Lexicon,
}

/// What was found out; each relation fills its own list and may read those of the relations before it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Relations {
    /// Who is what, where.
    pub roles: Vec<Role>,
    /// Short and long forms that the document pairs.
    pub acronyms: Vec<Acronym>,
    /// When bodies came into being.
    pub foundings: Vec<Founding>,
    /// Who went where, when, to meet whom, about what.
    pub missions: Vec<Mission>,
}

/// A person's office or affiliation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The person.
    pub person: EntityIdx,
    /// Id of the office (`role:president`), if there is one.
    pub role: Option<String>,
    /// The words of the text in the singular; none for an affiliation without an office.
    pub text: Option<String>,
    /// The body, or the town of a mayor.
    pub institution: Option<EntityIdx>,
    /// Numbers of the mentions that say so.
    pub mentions: Vec<usize>,
    /// The words that say so.
    pub evidence: Span,
}

/// A short and a long form that the document pairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acronym {
    /// As written.
    pub short: String,
    /// As written.
    pub long: String,
    /// The body that has both.
    pub entity: EntityIdx,
}

/// When a body came into being.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founding {
    /// The body.
    pub institution: EntityIdx,
    /// Year, month or day.
    pub date: String,
    /// The words that say so.
    pub evidence: Span,
}

/// Who went where, when, to meet whom, about what.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mission {
    /// The sending body or territory.
    pub origin: Option<EntityIdx>,
    /// Countries visited, with the places in each.
    pub destinations: Vec<Destination>,
    /// First day or month.
    pub start: Option<String>,
    /// Last day or month.
    pub end: Option<String>,
    /// Who heads the party.
    pub lead: Option<EntityIdx>,
    /// Bodies that travel with the origin.
    pub participants: Vec<EntityIdx>,
    /// Bodies met or visited.
    pub met: Vec<EntityIdx>,
    /// Codes of the sectors, by weight.
    pub sectors: Vec<String>,
    /// Single meetings.
    pub meetings: Vec<Meeting>,
    /// What was signed.
    pub agreements: Vec<Agreement>,
    /// `outgoing` or `incoming`.
    pub kind: Option<&'static str>,
    /// `announced`, `under-way` or `concluded`.
    pub status: Option<&'static str>,
    /// Size of the party, if said.
    pub size: Option<u32>,
    /// Share of the slots that are filled, in hundredths.
    pub completeness: u8,
    /// How sure we are that it is a mission, in hundredths.
    pub confidence: u8,
    /// The words that each slot came from, by the name of the slot.
    pub evidence: Vec<(&'static str, Vec<Span>)>,
}

/// A country visited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Destination {
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Cities, regions and other places in it.
    pub places: Vec<EntityIdx>,
}

/// One meeting of a mission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Bodies met.
    pub with: Vec<EntityIdx>,
    /// People met.
    pub people: Vec<EntityIdx>,
    /// Where.
    pub place: Option<EntityIdx>,
    /// When.
    pub date: Option<String>,
    /// The sentence that tells of it.
    pub span: Span,
}

/// Something signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The words that name it (`protocollo d'intesa`).
    pub text: String,
    /// Who signed.
    pub parties: Vec<EntityIdx>,
    /// The words that say what it is about.
    pub subject: Option<Span>,
    /// Codes of the sectors it is about.
    pub sectors: Vec<String>,
    /// The sentence that tells of it.
    pub span: Span,
}

/// A way to find out how things are related.
#[derive(Debug, Clone, Copy)]
pub struct Relation {
    /// Its word in help.
    pub name: &'static str,
    /// What it finds out, in one sentence.
    pub about: &'static str,
    /// Finds it out.
    pub find: fn(&Context<'_>, &mut Relations),
}

/// The relations, in the order in which they run; each is the file of its name.
pub const RELATIONS: &[Relation] = &[acronyms::RELATION, roles::RELATION, foundings::RELATION, missions::RELATION];

/// How the entities of a release are related.
pub fn relate(document: &Document<'_>, mentions: &[Mention], entities: &Entities, lexicon: &Lexicon) -> Relations {
    relate_all(&[Context { document, mentions, entities, lexicon }]).pop().unwrap_or_default()
}

/// How the entities of each release are related: one way to find out over all of them before the next, as in
/// [`annotate_all`](crate::annotate::annotate_all).
pub fn relate_all(contexts: &[Context<'_>]) -> Vec<Relations> {
    let mut all = vec![Relations::default(); contexts.len()];
    for relation in RELATIONS {
        for (context, relations) in contexts.iter().zip(&mut all) {
            (relation.find)(context, relations);
        }
    }
    all
}
