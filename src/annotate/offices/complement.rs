//! What stands behind an office with a preposition: its body, its country, its matter, or only where it is.

use super::{Named, NamedKind, Names, OfficePhrase, OfficeReader, Step};
use crate::{
    lexicon::{
        Subtype,
        pack::{Scope, WordClass},
    },
    text::words::{Case, TokenKind},
};

/// Most adjectives between a common noun and the body that it announces.
const MAX_ADJECTIVES: usize = 3;

/// Most tokens of a name in brackets behind a body (`(AGCC)`).
const MAX_BRACKET: usize = 4;

impl<N: Names> OfficeReader<'_, N> {
    /// A preposition behind the office, with the body, the state or the matter that follows.
    pub(super) fn complement(&self, at: usize, class: WordClass, phrase: &OfficePhrase<'_>) -> Step {
        let mut next = self.skip_articles(at + 1);
        // "l'assessore dello stesso comune"
        while self.is_lower(next) && self.class(next).is(WordClass::PASSED) {
            next += 1;
        }
        if let Some(named) = self.names.named(next) {
            // "Candidato alla Casa Bianca": nobody belongs to what they only strive for.
            let is_sought = self.class(phrase.noun.0).is(WordClass::RUNNER) && !class.is(WordClass::OF);
            return match named.kind {
                NamedKind::Institution if is_sought => Step::Pass(named.end),
                _ => self.place_or_body(named, class, phrase.office.scope),
            };
        }
        if let Some(named) = self.quoted_body(next) {
            return Step::Body(named.mention, named.end + 1);
        }
        if let Some(named) = self.apposed_body(next) {
            return Step::Body(named.mention, named.end);
        }
        if phrase.office.scope == Scope::Town
            && let Some(town) = self.announced_town(next)
        {
            return Step::Body(town.mention, town.end);
        }
        // "il sindaco della cittadina": a town counts for those who belong to one. "La provincia di X" is named here.
        let is_named_here = self.class(next + 1).is(WordClass::OF)
            && self.token(self.skip_articles(next + 2)).is_some_and(|token| token.case.is_capital());
        // "L'amministratore della società dei trasporti": a firm that is told of, and none that was named.
        let is_told = self.class(next + 1).is(WordClass::OF)
            && self.is_lower(next)
            && self.is_lower(self.skip_articles(next + 2));
        let is_meant =
            |named: &Named| !is_told && (named.kind == NamedKind::Institution || phrase.office.scope == Scope::Town);
        if let Some(named) = self.names.stands_for(next).filter(|named| !is_named_here && is_meant(named)) {
            return Step::Body(named.mention, named.end);
        }
        // "Direttrice per la provincia di X", but "l'assessore alla cultura di X", who is of the town.
        let is_of_government = phrase.office.scope == Scope::Body;
        let place = self
            .names
            .named(self.skip_articles(next + 2))
            .filter(|named| matches!(named.kind, NamedKind::State | NamedKind::Town));
        if let Some(place) = place.filter(|_| {
            is_named_here
                && !is_of_government
                && !class.is(WordClass::OF)
                && self.is_lower(next)
                && class.is(WordClass::TO)
        }) {
            return Step::Complement(place.end);
        }
        // "La direttrice dell'agenzia, Anna Conti": the noun stands for a body that nothing more is said of.
        // "Il sindaco della città dal 2011"
        let joints = WordClass::OF.with(WordClass::TO).with(WordClass::AT).with(WordClass::LOCATIVE);
        let is_since = |class: WordClass| class.is(WordClass::ARTICULATED) && !class.is_any(joints);
        let closes =
            self.token(next + 1).is_none_or(|token| token.kind == TokenKind::Mark) || is_since(self.class(next + 1));
        if class.is(WordClass::OF)
            && closes
            && self.is_lower(next)
            && self.words.body_noun(self.word(next)).is_some()
            && !self.class(next).is(WordClass::ORGAN)
        {
            return Step::Pass(next + 1);
        }
        // "Un'attrice per interpretare Anna": what somebody is to do.
        let word = self.word(next);
        let is_infinitive = self.words.infinitive_endings.of(word).any(|(ending, ())| word.len() > ending.len() + 1);
        if class.is(WordClass::TO) && next == at + 1 && self.is_lower(next) && is_infinitive {
            return Step::Stop;
        }
        if let Some(end) = self.somebody_at(next).filter(|_| class.is(WordClass::OF)) {
            return Step::Pass(end);
        }
        if !class.is_any(WordClass::OF.with(WordClass::TO).with(WordClass::AT)) || !self.is_matter(next) {
            return Step::Stop;
        }
        // "Docente di Botanica", "responsabile dell'unità di Cardiologia"
        let is_unit = at > 0 && self.class(at - 1).is(WordClass::UNIT);
        let is_portfolio = is_unit || matches!(phrase.office.scope, Scope::Country | Scope::Body | Scope::Academy);
        // "Direttrice di Politica di Impresa": a second matter without an article is none.
        let is_second = phrase.has_complement && next == at + 1 && !class.is(WordClass::ARTICULATED);
        if self.is_unknown_body(next) && !is_second
            || !is_portfolio
                && class.is(WordClass::OF)
                && self.names.is_proper(next)
                && !self.is_half(next)
                && !self.class(next).is(WordClass::ORGAN)
        {
            return Step::Pass(self.end_of_unknown(next));
        }
        Step::Complement(self.end_of_matter(next))
    }

    /// The body in quotation marks that open at `at` (`giornalista de «La Voce»`).
    pub(super) fn quoted_body(&self, at: usize) -> Option<Named> {
        let is_quoted = matches!(self.word(at), "«" | "“" | "\"" | "„" | "‘");
        let named = if is_quoted { self.names.named(at + 1) } else { None };
        named.filter(|named| {
            named.kind == NamedKind::Institution && matches!(self.word(named.end), "»" | "”" | "\"" | "“" | "’")
        })
    }

    /// The body that a common noun announces (`direttore del quotidiano X`, `titolare dell'azienda agricola X`).
    fn apposed_body(&self, at: usize) -> Option<Named> {
        if !self.is_lower(at) || self.words.body_noun(self.document.tokens[at].key).is_none() {
            return None;
        }
        let is_adjective = |at: usize| self.is_lower(at) && self.words.ends_like_adjective(self.word(at));
        let end = (at + 1..at + 1 + MAX_ADJECTIVES).find(|&at| !is_adjective(at))?;
        // "Dirigente della società “X”"
        let is_quoted = matches!(self.word(end), "\"" | "“" | "«");
        let named =
            self.names.named(end + usize::from(is_quoted)).filter(|named| named.kind == NamedKind::Institution)?;
        let closes = is_quoted && matches!(self.word(named.end), "\"" | "”" | "»");
        (closes || !is_quoted).then_some(Named { end: named.end + usize::from(closes), ..named })
    }

    /// The town that a common noun announces (`sindaco della città di X`, `della capitale sudcoreana X`).
    fn announced_town(&self, at: usize) -> Option<Named> {
        let sorts = if self.is_lower(at) { self.words.body_noun(self.document.tokens[at].key) } else { None };
        sorts.filter(|sorts| sorts.contains(&Subtype::City))?;
        let is_adjective = |at: usize| {
            self.is_lower(at)
                && (self.class(at).is(WordClass::DEMONYM) || self.words.ends_like_adjective(self.word(at)))
        };
        let end = (at + 1..at + 1 + MAX_ADJECTIVES).find(|&at| !is_adjective(at))?;
        let end = if self.class(end).is(WordClass::OF) { self.skip_articles(end + 1) } else { end };
        self.names.named(end).filter(|named| matches!(named.kind, NamedKind::Town | NamedKind::State))
    }

    fn place_or_body(&self, named: Named, class: WordClass, scope: Scope) -> Step {
        let is_of = class.is(WordClass::OF);
        match (named.kind, scope) {
            (NamedKind::Person, _) => Step::Stop,
            (NamedKind::Institution, _) => Step::Body(named.mention, named.end),
            (NamedKind::State, Scope::Country | Scope::Chair) => Step::Complement(named.end),
            // "console generale a Osaka" is one office, "presidente di Fiesole" the head of something there.
            (NamedKind::Town, Scope::Country) => Step::Complement(named.end),
            _ if is_of => Step::Body(named.mention, named.end),
            _ => Step::Pass(named.end),
        }
    }

    /// Whether the capitalized noun at `at` heads the name of a body that nobody tagged (`presidente della Lega Canottieri`).
    fn is_unknown_body(&self, at: usize) -> bool {
        let is_title = self.token(at).is_some_and(|token| token.case == Case::Title);
        is_title
            && !self.words.nouns_are_capital
            && self.words.body_noun(self.word(at)).is_some()
            && !self.class(at).is(WordClass::ORGAN)
    }

    /// Whether the word at `at` is the first half of a compound whose second one the language knows (`Agro-Processing`).
    fn is_half(&self, at: usize) -> bool {
        self.word(at + 1) == "-" && !self.names.is_proper(at + 2)
    }

    /// One past the last token of a name that nobody tagged.
    fn end_of_unknown(&self, first: usize) -> usize {
        let joins = WordClass::OF.with(WordClass::ARTICLE).with(WordClass::AND);
        let is_part = |at: usize| {
            self.names.named(at).is_none_or(|named| !matches!(named.kind, NamedKind::Person | NamedKind::Institution))
                && self.token(at).is_some_and(|token| token.kind == TokenKind::Word && token.case.is_capital())
        };
        let mut end = first + 1;
        loop {
            // "La Nazionale U-21", "la Nazionale Under 21"
            let is_number = |at: usize| {
                self.token(at).is_some_and(|token| token.kind == TokenKind::Number && token.span.len() <= 2)
            };
            if self.word(end) == "-" && is_number(end + 1) {
                end += 2;
            } else if is_number(end) {
                end += 1;
            }
            let mut next = end;
            while self.class(next).is_any(joins) && next < end + 2 {
                next += 1;
            }
            if !is_part(next) {
                return end;
            }
            // "Manpower Italia": a country may end the name.
            end = self.names.named(next).map_or(next + 1, |named| named.end);
        }
    }

    /// The body behind the place or field that an office is for: `direttore per l'Italia di X`, `head for Europe at X`.
    pub(super) fn body_behind_place(&self, phrase: &mut OfficePhrase<'_>, limit: usize) {
        let joints = WordClass::OF.with(WordClass::AT);
        if phrase.reach >= limit || !self.class(phrase.reach).is_any(joints) {
            return;
        }
        let named = self.names.named(self.skip_articles(phrase.reach + 1));
        if let Some(named) = named.filter(|named| named.kind == NamedKind::Institution && named.end <= limit) {
            (phrase.body, phrase.reach) = (Some(named.mention), named.end);
        }
    }

    /// Passes over what may stand between a body and the name: an adjective, its short form in brackets, where it is.
    pub(super) fn pass_behind_body(&self, phrase: &mut OfficePhrase<'_>, limit: usize) {
        // "Del consorzio piemontese", "dell'ente camerale": a common noun has adjectives of any sort.
        // "Del Centro per la Mobilità sostenibile di X": an adjective before the parent belongs to the name.
        let joints = WordClass::OF.with(WordClass::LOCATIVE).with(WordClass::TO).with(WordClass::AT);
        let ends_name = |at: usize| {
            let parent = self.names.named(self.skip_articles(at + 2)).map(|named| named.kind);
            self.is_adjective(self.class(at), at)
                && self.class(at + 1).is(WordClass::OF)
                && parent == Some(NamedKind::Institution)
        };
        let is_told = |at: usize| {
            self.is_lower(at)
                && (ends_name(at)
                    || self.class(at).is_any(WordClass::DEMONYM.with(WordClass::QUALIFIER))
                    || self.is_lower(at - 1) && self.is_adjective(self.class(at), at))
        };
        while phrase.reach < limit && is_told(phrase.reach) {
            phrase.reach += 1;
        }
        if self.token(phrase.reach).is_some_and(|token| token.kind == TokenKind::Number) && phrase.reach < limit {
            phrase.reach += 1;
        }
        self.pass_bracket(phrase, usize::MAX);
        if phrase.reach < limit && self.class(phrase.reach).is_any(joints) {
            let next = self.skip_articles(phrase.reach + 1);
            let place = self.names.named(next).filter(|named| named.kind != NamedKind::Person);
            let is_organ = self.class(next).is(WordClass::ORGAN) && !self.is_lower(next);
            match place {
                // "Direttrice per la provincia di X dell'ente Y": the body goes before the place where the office is.
                Some(named)
                    if named.kind == NamedKind::Institution
                        && phrase.body.is_some_and(|body| self.names.is_place(body))
                        && self.class(phrase.reach).is(WordClass::OF) =>
                {
                    (phrase.body, phrase.reach) = (Some(named.mention), named.end);
                }
                Some(named) => phrase.reach = self.end_of_places(named.end, limit),
                None if is_organ => phrase.reach = next + 1,
                // "Il generale delle forze NATO in Europa, Mario Bianchi": where no place of the lists is.
                None if self.is_area(phrase.reach, next) => phrase.reach = next + 1,
                None => {}
            }
        }
        self.pass_charge(phrase, limit);
        self.pass_second_office(phrase, limit);
    }

    /// Passes over a short form in brackets that ends before the token at `limit`, at the latest.
    pub(super) fn pass_bracket(&self, phrase: &mut OfficePhrase<'_>, limit: usize) {
        if self.word(phrase.reach) == "("
            && let Some(close) = (phrase.reach + 1..=phrase.reach + MAX_BRACKET).find(|&at| self.word(at) == ")")
            && close < limit
        {
            phrase.reach = close + 1;
        }
    }

    /// Whether a capitalized word that a mark closes stands at `at` behind a preposition of place.
    fn is_area(&self, preposition: usize, at: usize) -> bool {
        let is_title = self.token(at).is_some_and(|token| token.case == Case::Title);
        let closes = self.token(at + 1).is_some_and(|token| token.kind == TokenKind::Mark);
        self.class(preposition).is(WordClass::LOCATIVE) && is_title && closes && self.names.named(at).is_none()
    }

    /// One past the last of the places that follow one another (`per Vietnam, Laos e Cambogia`).
    fn end_of_places(&self, mut end: usize, limit: usize) -> usize {
        loop {
            let is_joint = self.word(end) == "," || self.class(end).is(WordClass::AND);
            let next = self.skip_articles(end + 1);
            let place = self.names.named(next).filter(|named| is_joint && named.end <= limit);
            match place {
                Some(named) if matches!(named.kind, NamedKind::State | NamedKind::Town) => end = named.end,
                _ => return end,
            }
        }
    }

    /// Passes over a second office of the same holder that ends where the name may begin (`presidente di X e capo delegazione`).
    fn pass_second_office(&self, phrase: &mut OfficePhrase<'_>, limit: usize) {
        let and = phrase.reach + usize::from(self.word(phrase.reach) == ",");
        if and >= limit || !self.class(and).is(WordClass::AND) {
            return;
        }
        let first = self.skip_before_office(and + 1).1;
        let second = if first < limit { self.read(first, limit) } else { None };
        if second.is_some_and(|second| second.reach == limit && second.is_plural == phrase.is_plural) {
            phrase.reach = limit;
        }
    }

    /// Passes over what the holder is in charge of (`con delega ai mercati esteri`), up to the name or the mark before it.
    fn pass_charge(&self, phrase: &mut OfficePhrase<'_>, limit: usize) {
        let tokens = &self.document.tokens[..self.sentence.end_token];
        let Some((end, ())) = self.words.charges.begin_at(tokens, phrase.reach) else { return };
        let is_plain = |at: usize| {
            self.token(at).is_some_and(|token| token.kind == TokenKind::Word)
                && self.names.named(at).is_none_or(|named| named.kind != NamedKind::Person)
        };
        let close = (end..limit).find(|&at| !is_plain(at)).unwrap_or(limit);
        phrase.reach = close;
    }
}
