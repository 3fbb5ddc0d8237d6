//! What an office is about, where it takes several words: `head of business development`, `responsabile dell'area promozione`,
//! `Minister for Enterprise, Trade and Employment`.

use super::{NamedKind, Names, OfficePhrase, OfficeReader};
use crate::{
    lexicon::pack::WordClass,
    text::words::{Case, Gap, TokenKind},
};

/// Most words of a field that stands behind an office without a preposition.
const MAX_FIELD: usize = 4;

/// Most words of one of several matters in a list.
const MAX_MATTER: usize = 3;

/// Most matters in a list.
const MAX_MATTERS: usize = 5;

impl<N: Names> OfficeReader<'_, N> {
    /// The token behind nouns that say without a preposition what an office is about, where its body follows (`direttore ricerca e
    /// sviluppo di X`).
    pub(super) fn end_of_field(&self, at: usize, phrase: &OfficePhrase<'_>) -> Option<usize> {
        if phrase.has_complement || phrase.end != at || self.words.adjectives_lead {
            return None;
        }
        // "Il responsabile Giustizia del Pd"
        let is_common = |at: usize| {
            let is_title = self.token(at).is_some_and(|token| token.case == Case::Title);
            is_title && !self.words.nouns_are_capital && !self.names.is_proper(at)
        };
        let nouns = WordClass::NOT_NAME.with(WordClass::ORGAN).with(WordClass::NAMED_AFTER).with(WordClass::PASSED);
        let has_open_class = |at: usize| self.class(at).is_only(nouns);
        let is_noun = |at: usize| {
            let is_small = self.is_lower(at) && self.class(at) == WordClass::NONE;
            self.is_matter(at) && (is_small || is_common(at) && has_open_class(at))
        };
        // "Direttrice Promozione, Agenzia ICE"
        let is_title = |at: usize| self.token(at).is_some_and(|token| token.case == Case::Title) && self.is_matter(at);
        let joins = |at: usize| self.class(at).is(WordClass::AND) && is_title(at + 1);
        let n_titles = (0..MAX_FIELD).take_while(|&n| is_title(at + n) || n > 0 && joins(at + n)).count();
        let comma = at + n_titles;
        let body = self.names.named(comma + 1).filter(|_| n_titles > 0 && self.word(comma) == ",");
        if body.is_some_and(|named| named.kind == NamedKind::Institution) {
            return Some(comma);
        }
        // "Anna Conti, responsabile Ricerca"
        let opening = self.token_before(phrase.start).map_or("", |mark| mark.span.of(self.document.as_str()));
        let is_apposed = matches!(opening, "," | "(" | "–" | ":");
        let ends = |at: usize| {
            self.token(at).is_none_or(|token| {
                token.kind == TokenKind::Mark
                    && token.gap != Gap::Blank
                    && !matches!(self.word(at), "-" | "'" | "’" | "&")
            })
        };
        if is_apposed && n_titles > 0 && ends(comma) && (at..comma).all(|at| is_common(at) || joins(at)) {
            return Some(comma);
        }
        let is_joint = |at: usize| self.class(at).is(WordClass::AND) && is_noun(at + 1);
        let n_words = (0..MAX_FIELD).take_while(|&n| is_noun(at + n) || n > 0 && is_joint(at + n)).count();
        let of = at + n_words;
        let is_of = n_words > 0 && self.class(of).is(WordClass::OF);
        let named = self.names.named(self.skip_articles(of + 1)).filter(|_| is_of)?;
        (named.kind == NamedKind::Institution).then_some(of)
    }

    /// Whether a small noun ends a field whose first word alone has a capital (`Pari opportunità`, `Affari esteri`): the name or
    /// a mark stands behind it.
    pub(super) fn is_second_noun(&self, at: usize) -> bool {
        let is_title = at > 0 && self.document.tokens[at - 1].case == Case::Title;
        let closes =
            |at: usize| self.token(at).is_none_or(|next| next.kind == TokenKind::Mark || next.case.is_capital());
        is_title
            && self.is_lower(at)
            && self.is_matter(at)
            && matches!(self.class(at), WordClass::NONE | WordClass::ORGAN)
            && closes(at + 1)
    }

    /// One past the noun phrase that begins at `at` where adjectives and nouns stand before the noun that they narrow (`of international
    /// trade`): it has to end at a mark, a preposition or a name, since a verb that no list has is a small word too.
    pub(super) fn end_of_matter(&self, at: usize) -> usize {
        if !self.words.adjectives_lead {
            return at + 1;
        }
        let open = WordClass::NOT_NAME
            .with(WordClass::ORGAN)
            .with(WordClass::QUALIFIER)
            .with(WordClass::DEMONYM)
            .with(WordClass::BEFORE_OFFICE)
            .with(WordClass::CONTACT);
        self.end_of_words(at, |class| class.is_only(open)).unwrap_or(at + 1)
    }

    /// One past the words at `at` that tell what a unit is for (`dell'ufficio relazioni internazionali`).
    pub(super) fn end_of_unit(&self, at: usize, phrase: &OfficePhrase<'_>) -> Option<usize> {
        let is_unit = phrase.has_complement && self.class(at.checked_sub(1)?).is(WordClass::UNIT);
        let open = WordClass::NOT_NAME
            .with(WordClass::ORGAN)
            .with(WordClass::QUALIFIER)
            .with(WordClass::CONTACT)
            .with(WordClass::AND);
        let end = self.end_of_words(at, |class| class.is_only(open)).filter(|_| is_unit)?;
        (!self.class(at).is(WordClass::AND) && !self.class(end - 1).is(WordClass::AND)).then_some(end)
    }

    /// One past the words from `at` on of which `is_open` holds, where what stands behind them cannot be a verb.
    fn end_of_words(&self, at: usize, is_open: impl Fn(WordClass) -> bool) -> Option<usize> {
        let is_part = |at: usize| is_open(self.class(at)) && (self.class(at).is(WordClass::AND) || self.is_matter(at));
        let n_words = (0..MAX_FIELD).take_while(|&n| is_part(at + n)).count();
        let end = at + n_words;
        let joints =
            WordClass::OF.with(WordClass::TO).with(WordClass::AT).with(WordClass::LOCATIVE).with(WordClass::AND);
        let closes = self.token(end).is_none_or(|token| token.kind == TokenKind::Mark)
            || self.class(end).is_any(joints)
            || self.names.named(end).is_some()
            || self.token(end).is_some_and(|token| token.case.is_capital() && self.is_lower(end - 1));
        (n_words > 0 && closes).then_some(end)
    }

    /// One past the matter behind a word for a charge right behind the noun of an office (`vice-présidente chargée de l'international`).
    pub(super) fn end_of_charge(&self, at: usize, phrase: &OfficePhrase<'_>) -> Option<usize> {
        let tokens = &self.document.tokens[..self.sentence.end_token];
        let (end, ()) =
            self.words.charges.begin_at(tokens, at).filter(|_| !phrase.has_complement && phrase.end == at)?;
        let joints = WordClass::OF.with(WordClass::TO).with(WordClass::ARTICLE).with(WordClass::ARTICULATED);
        let next = (end..end + 2).find(|&at| !self.class(at).is_any(joints))?;
        let is_open = self.names.named(next).is_none() && self.is_matter(next);
        is_open.then(|| self.end_of_matter(next))
    }

    /// One past a list of matters with capitals that the comma at `at` goes on with (`for Enterprise, Trade and Employment`).
    pub(super) fn end_of_list(&self, at: usize, phrase: &OfficePhrase<'_>) -> Option<usize> {
        let is_title = |at: usize| self.token(at).is_some_and(|token| token.case == Case::Title);
        if self.word(at) != "," || !phrase.has_complement || !is_title(at.checked_sub(1)?) {
            return None;
        }
        let joints = WordClass::OF.with(WordClass::TO).with(WordClass::ARTICLE).with(WordClass::ARTICULATED);
        let mut joint = at;
        for _ in 0..MAX_MATTERS {
            let is_last = self.class(joint).is(WordClass::AND);
            let first = (joint + 1..joint + 3).find(|&at| !self.class(at).is_any(joints) || is_title(at))?;
            let is_part = |at: usize| {
                is_title(at) && self.is_matter(at) || at > first && self.is_lower(at) && self.is_second_noun(at)
            };
            let n_words = (0..MAX_MATTER).take_while(|&n| is_part(first + n)).count();
            if n_words == 0 {
                return None;
            }
            joint = first + n_words;
            if is_last {
                return Some(joint);
            }
            if self.word(joint) != "," && !self.class(joint).is(WordClass::AND) {
                return None;
            }
        }
        None
    }

    /// The noun of an office behind the first part of its compound (`Wirtschafts-Landesrat`, `Wirtschafts- und Sozialministerin`), where
    /// the language knows that part: a firm is none (`Nivotech-Chef`).
    pub(super) fn head_of_hyphen(&self, at: usize) -> Option<usize> {
        let is_title = |at: usize| self.token(at).is_some_and(|token| token.case == Case::Title);
        let touches = |at: usize| self.token(at).is_some_and(|token| token.gap == Gap::None);
        if !self.words.nouns_are_capital || !is_title(at) || self.word(at + 1) != "-" || !touches(at + 1) {
            return None;
        }
        let head = match touches(at + 2) {
            true => at + 2,
            false if self.class(at + 2).is(WordClass::AND) => at + 3,
            false => return None,
        };
        let is_office = is_title(head) && self.begins_office(head) && !self.begins_office(at);
        (is_office && self.names.named(at).is_none() && self.names.is_common(at)).then_some(head)
    }
}
