//! Items of lists of those who take part: a name and a body with nothing but a mark between.

use super::{NamedKind, Person, Reader, Tie, behind::MAX_BRACKET};
use crate::{
    lexicon::Kind,
    text::words::{Case, TokenKind},
};

impl Reader<'_> {
    /// `• Anna Conti, Camera di commercio di X`: an item of a list that holds a name and a body and nothing else.
    pub(super) fn listed_body(&self, person: &Person, at: usize) -> Option<Tie> {
        let named = self.named(at).filter(|named| named.kind == NamedKind::Institution && self.word(person.end) == ",")?;
        let first = self.skip_honorifics(person.first);
        let opens = first == self.sentence.first_token
            || matches!(self.word(first - 1), "•" | "-" | "–" | "*" | "·" | ";" | ":")
            || self.context.document.tokens[first - 1].kind == TokenKind::Number
            || self.is_programme(person);
        let mut end = named.end;
        if self.word(end) == "(" {
            end = (end + 1..end + MAX_BRACKET).find(|&at| self.word(at) == ")").map_or(end, |close| close + 1);
        }
        let is_last = (end..self.sentence.end_token).all(|at| self.context.document.tokens[at].kind == TokenKind::Mark);
        let closes = is_last || matches!(self.word(end), ";" | "•" | "-" | "–" | "·" | "*");
        // "Anna Conti, 39 anni, CSU, è molto amata": a party by its acronym between commas.
        let token = &self.context.document.tokens[at];
        let is_acronym = named.end == at + 1 && token.case == Case::Upper && self.word(end) == ",";
        (opens && closes || is_acronym).then(|| self.tie_body(named.mention, person))
    }

    /// Whether no body and nobody else is named in the sentence before a name: what a comma ties to it at its end is its body (`Saluto
    /// dell'ambasciatrice Anna Conti, Ambasciata di X`).
    fn is_programme(&self, person: &Person) -> bool {
        let is_open = |at: usize| self.named(at).is_none_or(|named| !matches!(named.kind, NamedKind::Institution | NamedKind::Person));
        let first = self.skip_honorifics(person.first);
        // "C'erano la Nivora, Mario Bianchi, Confindustria": a list.
        let is_listed = first > self.sentence.first_token && self.word(first - 1) == ",";
        !is_listed && (self.sentence.first_token..person.first).all(is_open)
    }

    /// The body whose person a bracket right behind it names (`Università di X (prof.ssa Anna Conti)`), or a colon in a line
    /// of its own (`Ministero di X: Anna Conti`).
    pub(super) fn paired(&self, person: &Person) -> Option<Tie> {
        let mark = self.skip_honorifics(person.first).checked_sub(1).filter(|&mark| mark > self.sentence.first_token)?;
        let (body, first) = self.body_ending_at(mark)?;
        let is_pair = match self.word(mark) {
            "(" => matches!(self.word(person.end), ")" | ","),
            // "Ministero di X: Anna Conti Ministero di Y: Mario Bianchi"
            ":" => {
                let is_item = first > self.sentence.first_token && matches!(self.word(first - 1), ":" | "•" | "-" | "–");
                let opens = first == self.sentence.first_token || is_item || self.ends_person(first);
                let closes = person.end == self.sentence.end_token
                    || matches!(self.word(person.end), ";" | "," | "(" | ".")
                    || self.named(person.end).is_some_and(|named| named.kind == NamedKind::Institution);
                opens && closes
            }
            _ => false,
        };
        is_pair.then(|| self.tie_body(body, person))
    }

    /// Whether the name of a person ends right before the token at `at`, with a bracket or mark between at most.
    pub(super) fn ends_person(&self, at: usize) -> bool {
        let marks = usize::from(matches!(self.word(at - 1), ";" | ","));
        let end = self.skip_bracket_back(at - marks);
        let Some(last) = end.checked_sub(1).filter(|&last| last >= self.sentence.first_token) else { return false };
        let (span, mentions) = (self.context.document.tokens[last].span, self.context.mentions);
        let idx = mentions.partition_point(|mention| mention.span.end() < span.end());
        mentions.get(idx).is_some_and(|mention| mention.kind == Kind::Person && mention.span.end() == span.end())
    }
}
