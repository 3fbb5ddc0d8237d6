//! Who receives and who is received: an office that names no body is that of the host or of the guests.

use super::{NamedKind, Person, Reader, Tie};
use crate::{
    annotate::Mention,
    document::Zone,
    lexicon::{
        Kind, Subtype,
        pack::{Scope, WordClass},
    },
    text::Span,
};

/// Most tokens between the word for a party and the body that sends it (`delegation of the X`).
pub(super) const MAX_OF: usize = 4;

/// Most sentences between the word for a party with its body and one who belongs to it.
const MAX_SENTENCES: usize = 12;

/// Most sentences between a body that is visited and one of its people who is met.
const MAX_SENTENCES_MET: usize = 3;

/// Most tokens between the word for a party and the participle for who leads it (`mission to X led by`).
const MAX_LED: usize = 8;

/// Most tokens between a participle of receiving and the body where somebody is received (`ricevuti lunedì scorso al`).
const MAX_WELCOME: usize = 6;

/// Most small words between a participle of leading and the office or body (`guidati dal`, `headed by its`).
const MAX_SMALL: usize = 3;

/// Sentences that a release tells its sender in.
const N_OPENING: usize = 4;

/// Mentions that make a body the one that a release is about.
pub(super) const MENTIONS_OF_SUBJECT: usize = 2;

impl Reader<'_> {
    /// The body that the party of visitors belongs to, as the text said last before the byte `first`.
    pub(super) fn sender(&self, first: usize) -> Option<usize> {
        let document = self.context.document;
        let here = document.sentences.partition_point(|sentence| sentence.span.start() <= first);
        let lowest = document.sentences[here.saturating_sub(MAX_SENTENCES)].first_token;
        let end = document.tokens.partition_point(|token| token.span.end() <= first);
        let class = |at: usize| document.tokens.get(at).map_or(WordClass::NONE, |token| self.words.class(token));
        (lowest..end).rev().filter(|&at| class(at).is(WordClass::PARTY)).find_map(|party| {
            // "La delegazione del KISTI", "la missione promossa dalla Camera".
            // Not where it goes: "la delegazione in visita alla Nivora", "la delegazione ha visitato la Nivora".
            let places = WordClass::TO.with(WordClass::AT).with(WordClass::LOCATIVE);
            let joints = WordClass::OF.with(WordClass::ARTICULATED).with(WordClass::PRECEDES_PERSON);
            let is_joint =
                |at: usize| class(at).is(WordClass::OF) || class(at).is_any(joints) && !class(at).is_any(places);
            let is_tied = |at: usize| is_joint(at - 1) || class(at - 1).is(WordClass::ARTICLE) && is_joint(at - 2);
            let near = (party + 1..=party + MAX_OF)
                .take_while(|&at| !class(at).is_any(WordClass::FOLLOWS_SUBJECT.with(WordClass::ACT)));
            let named = near.filter(|&at| is_tied(at)).filter_map(|at| self.named(at)).next()?;
            (named.kind == NamedKind::Institution).then_some(named.mention)
        })
    }

    /// The body that leads the party at the token `party` (`trade mission to X led by the Chamber`), before the token `end`.
    fn leader(&self, party: usize, end: usize) -> Option<usize> {
        let tokens = &self.context.document.tokens;
        let class = |at: usize| tokens.get(at).map_or(WordClass::NONE, |token| self.words.class(token));
        let led = (party + 1..end.min(party + MAX_LED)).find(|&at| class(at).is(WordClass::LED))?;
        let named = (led + 1..=led + MAX_SMALL).filter_map(|at| self.named(at)).next()?;
        (named.kind == NamedKind::Institution && named.end <= end).then_some(named.mention)
    }

    /// The body of the party that somebody leads by an office that names none (`La delegazione, guidata dalla direttrice …`): the
    /// one that sends it, else the first of the text.
    pub(super) fn of_led_party(&self, person: &Person, tie: &Tie) -> Option<usize> {
        let first = self.sentence.first_token;
        // "Die Delegation wurde von Präsident Mario Bianchi angeführt"
        let is_led_behind = self.words.nouns_are_capital && self.class(person.end).is(WordClass::LED);
        let behind = if is_led_behind { Some(tie.start) } else { None };
        let led = (tie.start.saturating_sub(MAX_SMALL).max(first)..tie.start)
            .find(|&at| self.class(at).is(WordClass::LED))
            .or(behind)?;
        (first..led).rev().find(|&at| self.class(at).is(WordClass::PARTY))?;
        let start = tie.evidence.start();
        let own =
            || self.context.mentions.iter().position(|mention| has_offices(mention) && mention.span.end() <= start);
        let end = self.context.document.tokens.partition_point(|token| token.span.end() <= start);
        let class = |at: usize| self.words.class(self.context.document.tokens[at].key);
        let leader = || (0..end).filter(|&at| class(at).is(WordClass::PARTY)).find_map(|party| self.leader(party, end));
        self.sender(start).or_else(leader).or_else(own)
    }

    /// The town hall or town that the sentence names elsewhere, for a mayor whose town is not said beside the office.
    pub(super) fn town_here(&self, person: &Person, tie: &Tie) -> Option<usize> {
        let (document, mentions) = (self.context.document, self.context.mentions);
        let end = document.tokens[person.end - 1].span.end();
        let is_hall = |mention: &Mention| {
            let head = mention.span.of(self.text).split([' ', '’', '\'']).next().unwrap_or_default();
            let is_town = self.words.body_noun(head).is_some_and(|subtypes| subtypes.contains(&Subtype::City));
            mention.kind == Kind::Institution && mention.subtype == Some(Subtype::Government) && is_town
        };
        let hall = self.mentions_in(Span::new(end, self.sentence.span.end())).find(|&idx| is_hall(&mentions[idx]));
        let start = document.tokens[tie.start].span.start();
        let town = || {
            let before = &self.sentence.pack.places.before;
            let is_town =
                |idx: usize| self.context.entities.of(idx).is_some_and(|entity| entity.subtype == Some(Subtype::City));
            // "a Lucca", not "le vittime di Lucca".
            let is_at = |mention: &Mention| {
                let first = document.token_at(mention.span.start());
                first > self.sentence.first_token && before.contains(document.tokens[first - 1].key)
            };
            let mut before = self.mentions_in(Span::new(self.sentence.span.start(), start));
            before.rfind(|&idx| mentions[idx].kind == Kind::Place && is_town(idx) && is_at(&mentions[idx]))
        };
        hall.or_else(town)
    }

    /// The host, for one who stands in a sentence that tells of a welcome (`Ad accoglierli la prorettrice Anna Conti`): the
    /// first body of the text that sends no party.
    pub(super) fn receiving(&self, tie: &Tie) -> Option<usize> {
        let is_welcome = (self.sentence.first_token..tie.start).any(|at| self.class(at).is(WordClass::WELCOME));
        if !is_welcome {
            return None;
        }
        let first = tie.evidence.start();
        let entity = |mention: usize| self.context.entities.of_mention.get(mention).copied().flatten();
        let guests = self.sender(first).map(entity);
        // "Si è recata alla Fondazione X. Accolta dalla direttrice, …": who was named last is visited.
        let start = start_of_sentence_before(self, tie);
        let mentions = self.context.mentions;
        let is_near = |idx: &usize| has_offices(&mentions[*idx]) && Some(entity(*idx)) != guests;
        let near = self.mentions_in(Span::new(start, first)).rfind(is_near);
        // "La X ha ospitato la Y. Ad accogliere gli ospiti, …": who is received is no host.
        let is_guest = |mention: &Mention| {
            let at = self.context.document.token_at(mention.span.start());
            (at.saturating_sub(MAX_OF)..at)
                .any(|at| self.words.class(&self.context.document.tokens[at]).is(WordClass::WELCOME))
        };
        let opening = self.sentence.first_token;
        let opens = guests.is_none() || (opening..opening + 2).any(|at| self.class(at).is(WordClass::WELCOME));
        if let Some(near) = near.filter(|&near| opens && !is_guest(&mentions[near])) {
            return Some(near);
        }
        let mut before = 0..mentions.partition_point(|mention| mention.span.end() <= first);
        before.find(is_near)
    }

    /// The body where somebody receives (`ricevuti al Politecnico di X da Anna Conti`, `visita al Politecnico di X, accolti dalla
    /// direttrice Anna Conti`): the one that the words of welcome stand beside.
    pub(super) fn receives_at(&self, person: &Person, tie: Option<&Tie>) -> Option<usize> {
        if tie.is_some_and(|tie| tie.is_placed || tie.is_calling || tie.scope == Scope::Country) {
            return None;
        }
        let first = self.sentence.first_token;
        let name = self.skip_honorifics(person.first);
        let start = tie.map_or(name, |tie| tie.start.min(name));
        let by = start.checked_sub(1).filter(|&by| by > first)?;
        let by =
            by - usize::from(self.class(by).is(WordClass::ARTICLE) && !self.class(by).is(WordClass::PRECEDES_PERSON));
        let class = self.class(by);
        let is_by = class.is_any(WordClass::PRECEDES_PERSON.with(WordClass::ARTICULATED))
            && !class.is_any(WordClass::AND.with(WordClass::WITH));
        if !is_by || by < first + 2 {
            return None;
        }
        if self.class(by - 1).is(WordClass::WELCOME) {
            let end = by - 1 - usize::from(self.word(by - 2) == ",");
            return self
                .body_seated_before(end)
                .map(|(body, _)| body)
                .filter(|_| tie.is_none_or(|tie| tie.scope != Scope::Town));
        }
        // A mayor is of a town hall.
        let may_have =
            |&(body, _): &(usize, usize)| tie.is_none_or(|tie| tie.scope != Scope::Town) || self.is_government(body);
        let (body, opening) = self.body_seated_before(by).filter(may_have)?;
        let lowest = opening.saturating_sub(MAX_WELCOME).max(first);
        let welcome = (lowest..opening).rev().find(|&at| self.class(at).is(WordClass::WELCOME))?;
        let is_open = |at: usize| self.named(at).is_none() && !self.ends_clause(at);
        let places = WordClass::AT.with(WordClass::LOCATIVE).with(WordClass::TO);
        let is_there = (welcome + 1..opening).any(|at| self.class(at).is_any(places));
        (is_there && (welcome + 1..opening).all(is_open)).then_some(body)
    }

    /// The body visited last, for one who is met (`Hanno visitato la X. Durante l'incontro con il presidente Mario Bianchi …`): the last
    /// one in the sentences before that neither the release is about nor sends the party.
    pub(super) fn met(&self, tie: &Tie) -> Option<usize> {
        if !matches!(tie.scope, Scope::Staff | Scope::Chair | Scope::University) || tie.is_narrowed {
            return None;
        }
        let (document, mentions) = (self.context.document, self.context.mentions);
        let lowest = tie.start.saturating_sub(MAX_LED).max(self.sentence.first_token);
        (lowest..tie.start).find(|&at| self.class(at).is(WordClass::MEETS) && self.named(at).is_none())?;
        let limit = tie.evidence.start();
        let here = document.sentences.partition_point(|sentence| sentence.span.start() <= limit);
        let start = document.sentences[here.saturating_sub(1 + MAX_SENTENCES_MET)].span.start();
        let entity = |mention: usize| self.context.entities.of_mention.get(mention).copied().flatten();
        let own = mentions.iter().position(has_offices).and_then(entity);
        let sender = self.sender(limit).and_then(entity);
        self.mentions_in(Span::new(start, limit)).rfind(|&idx| {
            has_offices(&mentions[idx])
                && entity(idx) != own
                && entity(idx) != sender
                && !self.is_supporter(mentions[idx].span)
        })
    }

    /// The body that receives in the sentence before (`Il centro X ha accolto tecnici di Y. La direttrice …`): the subject of an
    /// active verb.
    pub(super) fn host_before(&self, tie: &Tie) -> Option<usize> {
        if !matches!(tie.scope, Scope::Staff | Scope::Chair | Scope::Academy | Scope::University) {
            return None;
        }
        let (document, mentions) = (self.context.document, self.context.mentions);
        let here = document.sentences.partition_point(|sentence| sentence.span.start() <= tie.evidence.start());
        let before = &document.sentences[here.checked_sub(2)?];
        let class = |at: usize| self.words.class(document.tokens[at].key);
        let welcome = (before.first_token..before.end_token).find(|&at| class(at).is(WordClass::WELCOME))?;
        let is_passive = welcome > before.first_token && class(welcome - 1).is(WordClass::BECOMES);
        let end = document.tokens[welcome].span.start();
        let found = mentions.partition_point(|mention| mention.span.end() <= end).checked_sub(1)?;
        let is_host = has_offices(&mentions[found]) && mentions[found].span.start() >= before.span.start();
        (is_host && !is_passive).then_some(found)
    }

    /// The town hall that the release is about, for a mayor whose town is not said again.
    pub(super) fn own_town(&self, tie: &Tie) -> Option<usize> {
        let first = tie.evidence.start();
        let found = self
            .receiving(tie)
            .or_else(|| self.context.mentions.iter().position(|mention| mention.kind == Kind::Institution))?;
        let mention = &self.context.mentions[found];
        let head = mention.span.of(self.text).split([' ', '’', '\'']).next().unwrap_or_default();
        let is_town = mention.subtype == Some(Subtype::Government)
            && self.words.body_noun(head).is_some_and(|subtypes| subtypes.contains(&Subtype::City));
        (is_town && mention.span.end() <= first).then_some(found)
    }

    /// The body that the release is about, for one of its people who says something: its first one, if it is named again.
    pub(super) fn about(&self, person: &Person, tie: &Tie) -> Option<usize> {
        if !matches!(tie.scope, Scope::Staff | Scope::Chair | Scope::Academy | Scope::University)
            || !self.says_something(person, tie)
        {
            return None;
        }
        let entity = |mention: usize| self.context.entities.of_mention.get(mention).copied().flatten();
        let mentions = self.context.mentions;
        let found = mentions
            .iter()
            .position(has_offices)
            .filter(|&found| mentions[found].span.end() <= tie.evidence.start())?;
        let subject = entity(found)?;
        let n_mentions = self.n_mentions(found);
        // A release that names nobody else is its sender's, whom it opens with.
        let opening = self.is_in_opening(found);
        let is_only =
            || opening && (0..mentions.len()).all(|idx| !has_offices(&mentions[idx]) || entity(idx) == Some(subject));
        if n_mentions >= MENTIONS_OF_SUBJECT || is_only() {
            return Some(found);
        }
        // The one that the headline names.
        let headlines = || self.context.document.sentences.iter().filter(|sentence| sentence.zone == Zone::Headline);
        let is_headline = |mention: &Mention| headlines().any(|headline| headline.span.contains(mention.span));
        let mut of_headline =
            (0..mentions.len()).filter(|&idx| has_offices(&mentions[idx]) && is_headline(&mentions[idx]));
        let first = of_headline.next()?;
        of_headline.all(|idx| entity(idx) == entity(first)).then_some(first)
    }

    /// How often the text names the entity of a mention.
    pub(super) fn n_mentions(&self, mention: usize) -> usize {
        self.context.entities.of(mention).map_or(0, |entity| entity.mentions.len())
    }

    /// In how many sentences the text names the entity of a mention.
    fn n_sentences(&self, mention: usize) -> usize {
        let same = self.context.entities.of(mention).map_or(&[][..], |entity| &entity.mentions);
        let sentences = &self.context.document.sentences;
        let mut last = None;
        let is_new = |&&other: &&usize| {
            let start = self.context.mentions[other].span.start();
            let sentence = Some(sentences.partition_point(|sentence| sentence.span.start() <= start));
            std::mem::replace(&mut last, sentence) != sentence
        };
        same.iter().filter(is_new).count()
    }

    /// The body that the release is about, for one of its people whom it names without saying whose they are: its first one, if it
    /// is named again.
    pub(super) fn subject(&self, person: &Person, tie: &Tie) -> Option<usize> {
        // Who is known to all holds an office of the country.
        let is_known = self.context.entities.of(person.mention).is_some_and(|entity| entity.link.is_some());
        let is_own = matches!(tie.scope, Scope::Chair | Scope::Staff)
            && !tie.is_narrowed
            && !is_known
            && self.is_definite(tie.start);
        let found = self.context.mentions.iter().position(has_offices).filter(|_| is_own)?;
        let is_before = self.context.mentions[found].span.end() <= tie.evidence.start();
        let has_such = match self.context.mentions[found].subtype {
            Some(Subtype::Other) => false,
            Some(Subtype::Government) => tie.scope == Scope::Chair,
            _ => true,
        };
        // A long form with its short form in brackets is named once.
        let n_sentences = self.n_sentences(found);
        let bodies = self.context.mentions.iter().enumerate().filter(|(_, mention)| has_offices(mention));
        let is_chief = || bodies.map(|(idx, _)| self.n_sentences(idx)).max() == Some(n_sentences);
        let is_subject = has_such && is_before && self.is_in_opening(found) && n_sentences >= MENTIONS_OF_SUBJECT;
        (is_subject && is_chief()).then_some(found)
    }

    /// Whether a mention stands in the sentences that a release tells its sender in.
    pub(super) fn is_in_opening(&self, mention: usize) -> bool {
        let span = self.context.mentions[mention].span;
        self.context.document.sentences.iter().take(N_OPENING).any(|sentence| sentence.span.contains(span))
    }

    /// Whether a verb of saying stands right before the office or behind the name.
    fn says_something(&self, person: &Person, tie: &Tie) -> bool {
        let articles = WordClass::ARTICLE.with(WordClass::FOLLOWS_SUBJECT);
        let before = (self.sentence.first_token..tie.start).rev().find(|&at| !self.class(at).is_any(articles));
        let behind =
            (person.end..self.sentence.end_token).find(|&at| self.word(at) != "," && !self.class(at).is_any(articles));
        [before, behind].into_iter().flatten().any(|at| self.class(at).is(WordClass::ACT))
    }
}

/// Where the sentence before that of an office begins.
fn start_of_sentence_before(reader: &Reader<'_>, tie: &Tie) -> usize {
    let sentences = &reader.context.document.sentences;
    let here = sentences.partition_point(|sentence| sentence.span.start() <= tie.evidence.start());
    sentences[here.saturating_sub(2)].span.start()
}

/// Whether a body has people of the kinds that a release quotes without saying whose they are.
pub(super) fn has_offices(mention: &Mention) -> bool {
    mention.kind == Kind::Institution
        && !matches!(mention.subtype, Some(Subtype::Media | Subtype::Diplomatic | Subtype::International) | None)
}
