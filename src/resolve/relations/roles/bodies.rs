//! The body that an office belongs to, where it does not stand behind the office.

use super::{NamedKind, Person, Reader, Tie, tokens_of};
use crate::{
    annotate::{Mention, offices::OfficePhrase},
    lexicon::{
        Kind, Subtype,
        pack::{Scope, WordClass},
    },
    text::{Span, words::Case},
};

/// Most sentences between a body and an office that goes back to it.
const MAX_SENTENCES_BACK: usize = 3;

/// Most sentences without a body or a place between a body and an office that goes back to it.
const MAX_EMPTY: usize = 2;

/// Most tokens between a body and an office of the same sentence.
const MAX_TOKENS_BACK: usize = 25;

/// Most tokens between where somebody is (`davanti a`) and the body there.
const MAX_WHERE: usize = 7;

impl Reader<'_> {
    /// A body right before the office (`KISTI president`, `KISTI's president`, `KISTI-Chef`).
    pub(super) fn body_before(&self, phrase: &OfficePhrase<'_>) -> Option<usize> {
        let mut end = phrase.start;
        if self.word(end.checked_sub(1)?) == "s" && end >= 2 && matches!(self.word(end - 2), "'" | "’") {
            end -= 2;
        } else if matches!(self.word(end - 1), "-" | "’" | "'" | "’s" | "'s") {
            end -= 1;
        }
        // "The chamber's president"
        let is_meant = || end.checked_sub(1).filter(|_| end < phrase.start).and_then(|last| self.body_meant(last));
        self.body_ending_at(end).map(|(body, _)| body).or_else(is_meant).or_else(|| self.body_within(phrase))
    }

    /// The body that a noun for one inside the office or right before it stands for (`cluster manager`, `council leader`).
    fn body_within(&self, phrase: &OfficePhrase<'_>) -> Option<usize> {
        let first = phrase.start.saturating_sub(1).max(self.sentence.first_token);
        let is_small =
            |at: usize| self.context.document.tokens[at].case == Case::Lower || at == self.sentence.first_token;
        let mut nouns = (first..phrase.noun.1 - 1).filter(|&at| self.words.adjectives_lead && is_small(at));
        nouns.find_map(|at| self.body_meant(at)).filter(|&body| self.is_institution(body))
    }

    /// First token of the body or noun for one right before an office (`the chamber's president`); of the office where none stands.
    pub(super) fn owner_start(&self, phrase: &OfficePhrase<'_>) -> usize {
        let Some(last) = phrase.start.checked_sub(1).filter(|&last| last > self.sentence.first_token) else {
            return phrase.start;
        };
        let end = match self.word(last) {
            "s" if matches!(self.word(last - 1), "'" | "’") => last - 1,
            "'" | "’" | "'s" | "’s" => last,
            _ => phrase.start,
        };
        // "Nova Scotia's Minister of Energy"
        let place =
            || self.place_ending_before(end).filter(|_| self.words.adjectives_lead && !self.words.nouns_are_capital);
        match self.body_ending_at(end).or_else(place) {
            Some((_, first)) => first,
            // "The Polish authority's director"
            None if end < phrase.start && end >= 2 && self.class(end - 2).is(WordClass::DEMONYM) => end - 2,
            None if end < phrase.start => end - 1,
            None => phrase.start,
        }
    }

    /// The body whose people are named (`i rappresentanti dell'istituto X (IX), tra cui Mario Bianchi e Lucia Conti`).
    pub(super) fn among(&self, person: &Person) -> Option<Tie> {
        let tokens = &self.context.document.tokens;
        let last = person.first.checked_sub(1).filter(|&last| last > self.sentence.first_token)?;
        let (mut at, ()) = self.words.list_cues.end_at(tokens, last)?;
        while at > self.sentence.first_token && matches!(self.word(at - 1), "," | ":") {
            at -= 1;
        }
        let (body, _) = self.body_ending_at(self.skip_bracket_back(at))?;
        Some(Tie { is_shared: true, ..self.tie_body(body, person) })
    }

    /// The token at which a bracket that ends before `at` opens; `at` itself where none ends there.
    pub(super) fn skip_bracket_back(&self, at: usize) -> usize {
        let is_open = |open: &usize| *open > self.sentence.first_token && self.word(*open) == "(";
        if at == 0 || self.word(at - 1) != ")" {
            return at;
        }
        (at.saturating_sub(6)..at).rev().find(is_open).unwrap_or(at)
    }

    /// First token of the office before the name; of a definite one before a comma, too (`il direttore commerciale, Anna Conti`).
    pub(super) fn office_start(&self, person: &Person) -> Option<usize> {
        let at = self.skip_honorifics(person.first);
        let before = self.offices().before(at).map(|phrase| phrase.start);
        let comma = || at.checked_sub(1).filter(|&comma| comma > self.sentence.first_token && self.word(comma) == ",");
        before.or_else(|| {
            let phrase = self.offices().before(comma()?)?;
            self.is_definite(phrase.start).then_some(phrase.start)
        })
    }

    /// The body that an adjective of the office tells (`il presidente camerale`, `l'assessora regionale`), and whether one does.
    ///
    /// Governments have assessors; who presides something regional may be of any body.
    pub(super) fn told_by_adjective(&self, tie: &Tie) -> Option<(String, Option<usize>)> {
        let (_, text) = tie.office.as_ref()?;
        let told = |word: &str| Some((word.to_lowercase(), self.words.offices.nouns_of(word)?));
        let (word, nouns) = text.split([' ', '’', '\'']).find_map(told)?;
        let body = self.body_called(nouns, tie.evidence.start());
        match tie.scope {
            Scope::Body => Some((word, body)),
            // "Il presidente della Regione"
            _ if nouns.contains(&word) => Some((word, Some(body?))),
            _ => body.filter(|&body| !self.is_government(body)).map(|body| (word, Some(body))),
        }
    }

    pub(super) fn is_government(&self, body: usize) -> bool {
        self.context.mentions[body].subtype == Some(Subtype::Government)
    }

    /// The body that the text brought up before an office that names none.
    pub(super) fn carried(&self, person: &Person, people: &[Person], tie: &Tie) -> Option<usize> {
        tie.office.as_ref()?;
        // "La oficina comercial, cuyo consejero, Anna Conti"
        if let Some((body, first)) = self
            .owner_word(tie.start)
            .and_then(|word| self.body_seated_before(word - usize::from(self.word(word - 1) == ",")))
        {
            return Some(self.head_of(first).unwrap_or(body));
        }
        if let Some(body) = self.there(tie).or_else(|| self.possessed(tie)) {
            return Some(body);
        }
        let is_open = !tie.is_placed && !tie.is_calling && !matches!(tie.scope, Scope::Country | Scope::Town);
        if let Some(body) = self.of_members(tie.start).filter(|_| is_open) {
            return Some(body);
        }
        let may_be_narrowed = !matches!(tie.scope, Scope::None | Scope::Country | Scope::Chair) && !tie.is_calling;
        if tie.is_narrowed && !may_be_narrowed {
            // "La missione, guidata dal delegato agli Affari esteri Mario Bianchi"
            // and "la vicepresidente con delega all'export Anna Conti".
            let is_of_state =
                || self.mentions_in(tie.evidence).any(|idx| self.context.mentions[idx].kind == Kind::Place);
            let may_lead = tie.scope == Scope::None || tie.scope == Scope::Chair && !tie.is_calling && !is_of_state();
            // "Une délégation de la République et Canton du Jura, conduite par le ministre de l'Économie, …"
            let may_govern = || tie.scope == Scope::Country && !is_of_state();
            let governing = |&body: &usize| tie.scope != Scope::Country || self.is_government(body);
            return (may_lead || may_govern()).then(|| self.of_party(person, tie)).flatten().filter(governing);
        }
        if tie.scope == Scope::Country {
            return self.fitting(tie);
        }
        let first = tie.evidence.start().min(self.context.mentions[person.mention].span.start());
        let here = self.carried_here(person, people, tie);
        if tie.scope == Scope::Town {
            // "Le maire Marc Lenoir de Rennes", "Bürgermeister Georg Pichler aus Linz"
            let behind = self.named(person.end + 1).filter(|named| named.kind == NamedKind::Town);
            let is_tied = self.class(person.end).is(WordClass::OF)
                || self.words.nouns_are_capital && self.class(person.end).is(WordClass::LOCATIVE);
            if let Some(town) = behind.filter(|_| is_tied) {
                return Some(town.mention);
            }
            let is_town = |&body: &usize| self.context.mentions[body].subtype == Some(Subtype::Government);
            let own = || self.own_town(tie).or_else(|| self.town_here(person, tie));
            return here.filter(is_town).or_else(own).or_else(|| self.fitting(tie));
        }
        // A deputy minister is one of a ministry, whatever body stands nearer.
        if let Some(body) = self.fitting(tie).filter(|_| tie.scope == Scope::Chair) {
            return Some(body);
        }
        // A government has assessors, and a university a rector.
        let has_such = |&body: &usize| match (tie.scope, self.context.mentions[body].subtype) {
            (Scope::Body, subtype) => subtype == Some(Subtype::Government) && self.may_have(tie, body),
            (Scope::University, subtype) => matches!(subtype, Some(Subtype::University | Subtype::School)),
            _ => true,
        };
        // "Ad accogliere la delegazione del X è stata la direttrice": she is not of the guests.
        let entity = |mention: usize| self.context.entities.of_mention.get(mention).copied().flatten();
        let here = here.filter(has_such);
        let host = here
            .and_then(|_| self.receiving(tie))
            .filter(|&host| has_such(&host) && here.map(entity) != Some(entity(host)));
        let guests = host.and_then(|_| self.sender(first)).map(entity);
        let here = if host.is_some() && guests.is_some() && guests == here.map(entity) { host } else { here };
        let told = here
            .or_else(|| self.of_party(person, tie))
            .or_else(|| self.of_led_party(person, tie))
            .or_else(|| self.receiving(tie))
            .or_else(|| self.about(person, tie))
            .or_else(|| self.met(tie))
            .or_else(|| self.host_before(tie))
            .or_else(|| self.carried_from_before(person, tie, first))
            .filter(|&body| has_such(&body) && !self.is_where(self.context.mentions[body].span));
        told.or_else(|| self.fitting(tie))
            .or_else(|| self.university_of(tie, first))
            .or_else(|| self.subject(person, tie).filter(has_such))
    }

    /// The body that the one from the token `first` on is a part of the name of (`das Zentrum X der Kammer Y, dessen Leiterin`).
    fn head_of(&self, first: usize) -> Option<usize> {
        let of =
            first.checked_sub(1).filter(|&of| of > self.sentence.first_token && self.class(of).is(WordClass::OF))?;
        self.body_ending_at(of).map(|(body, _)| body)
    }

    /// Whether a body may have the office, where the language has nouns for those that do: the police have no assessors.
    fn may_have(&self, tie: &Tie, body: usize) -> bool {
        let packs = &self.context.lexicon.packs;
        let Some((id, _)) = &tie.office else { return true };
        let name = self.context.mentions[body].span.of(self.text);
        !self.words.offices.has_bodies(id) || packs.iter().any(|pack| pack.people.offices.is_of(id, name))
    }

    /// The government body that by a noun of its name has such an office (`il viceministro` and the one `Ministero` of the text):
    /// the last one before the office, the first behind it in the sentence, or the only one of the text.
    fn fitting(&self, tie: &Tie) -> Option<usize> {
        let (id, _) = tie.office.as_ref()?;
        let packs = &self.context.lexicon.packs;
        packs.iter().find(|pack| pack.people.offices.has_bodies(id))?;
        let (mentions, sentences) = (self.context.mentions, &self.context.document.sentences);
        let start = tie.evidence.start();
        let is_of = |mention: &Mention| {
            mention.kind == Kind::Institution
                && mention.subtype == Some(Subtype::Government)
                && packs.iter().any(|pack| pack.people.offices.is_of(id, mention.span.of(self.text)))
        };
        let fitting: Vec<usize> = (0..mentions.len()).filter(|&idx| is_of(&mentions[idx])).collect();
        let here = sentences.partition_point(|sentence| sentence.span.start() <= start);
        let near = sentences[here.saturating_sub(1 + MAX_SENTENCES_BACK)].span.start();
        let before = fitting
            .iter()
            .rev()
            .copied()
            .find(|&idx| mentions[idx].span.end() <= start && mentions[idx].span.start() >= near);
        let behind = || {
            fitting
                .iter()
                .copied()
                .find(|&idx| mentions[idx].span.start() >= start && self.sentence.span.contains(mentions[idx].span))
        };
        let entity = |mention: usize| self.context.entities.of_mention.get(mention).copied().flatten();
        let only = || fitting.first().copied().filter(|&first| fitting.iter().all(|&idx| entity(idx) == entity(first)));
        before.or_else(behind).or_else(only)
    }

    /// A body of the same sentence that a word ties to the office.
    fn carried_here(&self, person: &Person, people: &[Person], tie: &Tie) -> Option<usize> {
        let mentions = self.context.mentions;
        let start = self.skip_honorifics(person.first).min(tie.start);
        let first = self.context.document.tokens[start].span.start();
        let body = self
            .mentions_in(Span::new(self.sentence.span.start(), first))
            .rfind(|&idx| mentions[idx].kind == Kind::Institution)
            .filter(|&body| mentions[body].subtype != Some(Subtype::Media) && !self.is_supporter(mentions[body].span))
            .filter(|&body| tie.scope != Scope::Body || mentions[body].subtype == Some(Subtype::Government))?;
        let end = tokens_of(self.context, mentions[body].span).1;
        let is_between = |other: &Person| other.first >= end && other.end <= start;
        let has_own =
            matches!(tie.scope, Scope::Chair | Scope::Staff | Scope::Academy | Scope::University | Scope::Body);
        // "Alla X il gruppo ha incontrato il professor Anna Conti": where the sentence begins.
        let opening = self.context.document.token_at(mentions[body].span.start());
        let article =
            usize::from(opening > self.sentence.first_token && self.class(opening - 1).is(WordClass::ARTICLE));
        let place = opening.checked_sub(1 + article).filter(|&place| place == self.sentence.first_token);
        let opens = place.is_some_and(|place| self.class(place).is_any(WordClass::AT.with(WordClass::LOCATIVE)));
        let is_near = start >= end && start - end <= MAX_TOKENS_BACK && has_own && (opens || self.is_definite(start));
        (!people.iter().any(is_between) && (is_near || self.is_brought_up(end, start))).then_some(body)
    }

    /// Whether a body is only where somebody is (`uscito dalla Casa Bianca, seguito dal portavoce`).
    fn is_where(&self, body: Span) -> bool {
        let opening = self.context.document.token_at(body.start());
        let first = self.sentence.first_token.max(opening.saturating_sub(MAX_WHERE));
        (first..opening).any(|at| self.class(at).is(WordClass::WHEREABOUTS))
    }

    /// Whether what stands between a body and an office ties the two (`, rappresentata dal`, `con il`, a comma).
    fn is_brought_up(&self, end: usize, first: usize) -> bool {
        if first <= end || first - end > MAX_TOKENS_BACK {
            return false;
        }
        let is_small = |at: usize| matches!(self.word(at), "," | ":") || self.class(at).is(WordClass::ARTICLE);
        (end..first).all(is_small) || (end..first).any(|at| self.class(at).is(WordClass::CARRIES))
    }

    /// A body of the sentences before that has such offices: a university a rector, a government an assessor.
    fn carried_from_before(&self, person: &Person, tie: &Tie, first: usize) -> Option<usize> {
        let scope = tie.scope;
        let is_body = |mention: &Mention| {
            mention.kind == Kind::Institution
                && match self.sort_of(mention) {
                    Some(Subtype::Media | Subtype::Diplomatic | Subtype::International) | None => false,
                    Some(Subtype::Government) => matches!(scope, Scope::Body | Scope::Staff),
                    Some(Subtype::University | Subtype::Research) => {
                        matches!(scope, Scope::Academy | Scope::University | Scope::Staff | Scope::Chair)
                    }
                    // "Il presidente" of a text on parties and clubs is most often that of a country.
                    Some(Subtype::Other) => scope == Scope::Staff,
                    Some(_) => matches!(scope, Scope::Staff | Scope::Chair),
                }
        };
        let max_back = if matches!(scope, Scope::Staff | Scope::Chair) { 1 } else { MAX_SENTENCES_BACK };
        let sentences = &self.context.document.sentences;
        let here = sentences.partition_point(|sentence| sentence.span.start() <= first);
        let mentions = self.context.mentions;
        // "Il presidente, Anna Conti, ha aperto i lavori. La direttrice …": sentences that name no body and no place lie between.
        let names_nothing = |at: usize| {
            self.mentions_in(sentences[at].span)
                .all(|idx| !matches!(mentions[idx].kind, Kind::Institution | Kind::Place))
        };
        let nearest = here.saturating_sub(1 + max_back);
        // Who is known to all holds an office of the country.
        let is_known = self.context.entities.of(person.mention).is_some_and(|entity| entity.link.is_some());
        let may_reach = !is_known && !tie.is_narrowed && self.is_definite(tie.start);
        let n_empty = (0..MAX_EMPTY).take_while(|&n| may_reach && nearest > n && names_nothing(nearest - n)).count();
        let start = sentences[nearest - n_empty].span.start();
        let is_far = |idx: &usize| mentions[*idx].span.end() <= sentences[nearest].span.start();
        // Who names no body is no guest, where the release is not that of the guests.
        let entity = |mention: usize| self.context.entities.of_mention.get(mention).copied().flatten();
        let own = mentions.iter().position(|mention| mention.kind == Kind::Institution).and_then(entity);
        let guests = self.sender(first).and_then(entity).filter(|guests| Some(*guests) != own);
        // "Siedono nel consiglio Anna Conti per X e Mario Bianchi per Y. Direttore resta …": whom others speak for is not meant.
        let is_spoken_for = |mention: &Mention| {
            let at = self.context.document.token_at(mention.span.start());
            let before = |n: usize| {
                at.checked_sub(n).map_or(WordClass::NONE, |at| self.words.class(&self.context.document.tokens[at]))
            };
            let has_article = before(1).is(WordClass::ARTICLE) && !before(1).is(WordClass::FOR);
            let known = mentions.partition_point(|other| other.span.start() < mention.span.start()).checked_sub(1);
            let ends_at = |end: usize| {
                known.is_some_and(|known| mentions[known].kind == Kind::Person && mentions[known].span.end() == end)
            };
            let tokens = &self.context.document.tokens;
            let is_in_bracket =
                at > 1 && tokens[at - 1].span.of(self.text) == "(" && ends_at(tokens[at - 2].span.end());
            is_in_bracket || before(1 + usize::from(has_article)).is(WordClass::FOR) && at > 0
        };
        let is_near = |idx: &usize| {
            is_body(&mentions[*idx]) && !is_spoken_for(&mentions[*idx]) && (!is_far(idx) || self.is_in_opening(*idx))
        };
        let is_host = |idx: &usize| {
            let span = mentions[*idx].span;
            is_near(idx) && entity(*idx) != guests && !self.is_supporter(span) && !self.is_companion(span)
        };
        let near = || self.mentions_in(Span::new(start, first)).rev();
        let found = near().find(is_host).or_else(|| near().find(is_near));
        let before = || mentions[..mentions.partition_point(|mention| mention.span.end() <= first)].iter();
        found
            .or_else(|| (scope == Scope::Body).then(|| before().position(is_body)).flatten())
            .or_else(|| self.university_of(tie, first))
    }
}
