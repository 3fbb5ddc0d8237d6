//! The office or body that stands behind a name.

use super::{Context, Person, Reader, Side, Tie};
use crate::{
    annotate::offices::{NamedKind, OfficePhrase},
    document::Sentence,
    lexicon::{
        Kind,
        pack::{Standing, WordClass},
    },
    text::words::{Case, TokenKind},
};

/// Most small words between a name and the office that somebody has or gets (`è stato ieri nominato il nuovo …`).
const MAX_SMALL: usize = 7;

/// Most words for what somebody did before those for whom (`ha firmato ieri in rappresentanza di X`).
const MAX_ACT: usize = 6;

/// Most tokens of a bracket behind a name.
pub(super) const MAX_BRACKET: usize = 12;

/// Most words between a verb of leading and the body (`che coordina le operazioni per X`).
const MAX_LED: usize = 6;

impl<'a> Reader<'a> {
    /// The office or body that stands behind the name.
    pub(super) fn behind(&self, person: &Person) -> Option<Tie> {
        let mark = self.word(person.end);
        if matches!(mark, "," | "(" | "–" | "—") {
            let inner = self.behind_mark(person, self.skip_age(person.end + 1));
            return self.behind_bracket(person, inner);
        }
        let is_lower = self.context.document.tokens.get(person.end).is_some_and(|token| token.case == Case::Lower);
        if is_lower && self.class(person.end).is(WordClass::LEADS) {
            return self.led_body(person, person.end + 1);
        }
        if let Some(phrase) = self.becomes(person.end).or_else(|| self.is_the_new(person)) {
            return Some(self.tie(&phrase, person, Side::Before));
        }
        if is_lower && let Some(phrase) = self.offices().from(person.end) {
            // "Ha nominato Anna Conti prorettrice e Mario Bianchi delegato"
            let goes_on = self.class(phrase.reach).is(WordClass::AND) && self.begins_person(phrase.reach + 1);
            let is_own = !phrase.is_plural && (goes_on || self.ends_clause(phrase.reach));
            return is_own.then(|| self.tie(&phrase, person, Side::Behind));
        }
        // "An der Reise nimmt Anna Conti teil, Präsidentin der Hochschule X": a word of the verb may stand between.
        if is_lower
            && self.word(person.end + 1) == ","
            && let Some(phrase) = self.offices().from(person.end + 2)
        {
            let is_own = !phrase.is_plural && phrase.body.is_some() && self.ends_clause(phrase.reach);
            return is_own.then(|| self.tie(&phrase, person, Side::Behind));
        }
        self.on_behalf(person, person.end)
            .or_else(|| self.body_behind(person, person.end))
            .or_else(|| self.acts_on_behalf(person))
    }

    /// `Anna Conti ha firmato, in rappresentanza di X`: what somebody did stands between the name and the words for the body.
    fn acts_on_behalf(&self, person: &Person) -> Option<Tie> {
        let others = WordClass::AND.with(WordClass::RELATIVE).with(WordClass::WHERE).with(WordClass::WITH);
        let tokens = &self.context.document.tokens[..self.sentence.end_token];
        let is_small =
            |at: usize| tokens.get(at).is_some_and(|token| token.case == Case::Lower) && self.named(at).is_none();
        let is_said = |at: usize| is_small(at) && !self.class(at).is_any(others);
        let mut at = person.end;
        while at < person.end + MAX_ACT && is_said(at) {
            at += 1;
            if let Some(tie) = self.on_behalf(person, at) {
                return Some(tie);
            }
        }
        if at > person.end && self.word(at) == "," { self.on_behalf(person, at + 1) } else { None }
    }

    /// The office that somebody has or gets (`è stato nominato presidente`, `si è dimesso dalla carica di presidente`), from
    /// the token behind the name on.
    fn becomes(&self, at: usize) -> Option<OfficePhrase<'a>> {
        let joints = WordClass::OF.with(WordClass::ARTICULATED).with(WordClass::ARTICLE);
        let small = WordClass::FOLLOWS_SUBJECT.with(WordClass::BECOMES).with(WordClass::AS).with(joints);
        // "si è dimesso ieri dall'incarico di"
        let is_small = |at: usize| self.class(at).is_any(small) && self.named(at).is_none() || self.is_day(at);
        let n_small = (0..MAX_SMALL).take_while(|&n_small| is_small(at + n_small)).count();
        let is_said = |at: usize| self.class(at).is_any(WordClass::AS.with(WordClass::BECOMES));
        // "Mario Bianchi è stato accolto dal presidente": nothing is said when the last word before the office is a mere joint.
        let last =
            (0..n_small).rev().find(|&n_small| !self.class(at + n_small).is_any(joints) || is_said(at + n_small))?;
        let phrase = is_said(at + last).then(|| self.offices().from(at + n_small)).flatten()?;
        (!phrase.is_plural && !self.begins_person(phrase.reach)).then_some(phrase)
    }

    /// Whether the token at `at` is a date of one word.
    pub(super) fn is_day(&self, at: usize) -> bool {
        let Some(token) = self.context.document.tokens[..self.sentence.end_token].get(at) else { return false };
        let mentions = self.context.mentions;
        let idx = mentions.partition_point(|mention| mention.span.start() < token.span.start());
        mentions.get(idx).is_some_and(|mention| mention.kind == Kind::Date && mention.span == token.span)
    }

    /// The office behind a name that a copula opens (`Sarà Anna Conti la nuova presidente di X`).
    fn is_the_new(&self, person: &Person) -> Option<OfficePhrase<'a>> {
        let copula = self.skip_honorifics(person.first).checked_sub(1).filter(|&at| at >= self.sentence.first_token)?;
        let follows = self.class(copula).is(WordClass::BECOMES) && self.class(person.end).is(WordClass::ARTICLE);
        if !follows {
            return None;
        }
        let first = (person.end + 1..person.end + MAX_SMALL).find(|&at| !self.class(at).is(WordClass::PASSED))?;
        let phrase = self.offices().from(first)?;
        (!phrase.is_plural && !self.begins_person(phrase.reach)).then_some(phrase)
    }

    /// Passes over an age (`68 anni,`).
    fn skip_age(&self, at: usize) -> usize {
        let is_number = self.context.document.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number);
        match (is_number, self.class(at + 1).is(WordClass::AGE)) {
            (true, true) if self.word(at + 2) == "," => at + 3,
            (true, false) if self.word(at + 1) == "," => at + 2,
            _ => at,
        }
    }

    fn behind_mark(&self, person: &Person, mut at: usize) -> Option<Tie> {
        let start = at;
        if let Some(tie) = self.on_behalf(person, at) {
            return Some(tie);
        }
        // "Anna Conti, che è direttrice di X"
        let is_told = self.class(at).is(WordClass::RELATIVE) && self.class(at + 1).is(WordClass::BECOMES);
        if let Some(phrase) = if is_told { self.becomes(at + 1) } else { None } {
            return Some(self.tie(&phrase, person, Side::Before));
        }
        while self.class(at).is_any(WordClass::ARTICLE.with(WordClass::PASSED).with(WordClass::PLURAL))
            && self.named(at).is_none()
        {
            at += 1;
        }
        if let Some(phrase) = self.offices().from(at).or_else(|| self.office_near(at)) {
            let names_another = self.begins_person(phrase.reach) && !self.opens_item(phrase.reach)
                || at > start && self.word(phrase.reach) == "," && self.begins_person(phrase.reach + 1);
            // "Accolto da Anna Conti, il sindaco ha detto": an office with its article and a verb right behind is another's.
            let is_subject = at > start
                && self.word(person.end) == ","
                && !self.is_participle(phrase.reach)
                && self.class(phrase.reach).is_any(WordClass::FOLLOWS_SUBJECT.with(WordClass::ACT))
                && !self.class(phrase.reach).is(WordClass::RELATIVE);
            let is_plain =
                !names_another && !is_subject && (!phrase.is_plural || !self.begins_person(phrase.reach + 1));
            let tie = is_plain.then(|| self.tie(&phrase, person, Side::Behind))?;
            let tie = Tie { body: tie.body.or_else(|| self.apposed(&phrase)), ..tie };
            return Some(Tie { needs_body: tie.needs_body && !self.is_told_more(&phrase), ..tie });
        }
        if let Some(tie) = self.office_of_body_before(person, at) {
            return Some(tie);
        }
        if self.word(person.end) == "(" {
            // "Mario Bianchi (della X)", "Mario Bianchi (PX, PY)": the first of several parties counts.
            let inner = if self.class(at).is(WordClass::OF) { at + 1 } else { at };
            let named = self.named(inner).filter(|named| named.kind == NamedKind::Institution)?;
            if self.closes_bracket(named.end) {
                return Some(self.tie_body(named.mention, person));
            }
            // "Anna Conti (Università di X, presidente)"
            let phrase = self
                .offices()
                .from(named.end + 1)
                .filter(|phrase| self.word(named.end) == "," && self.word(phrase.reach) == ")")?;
            let tie = self.tie(&phrase, person, Side::Behind);
            return Some(Tie { body: phrase.body.or(Some(named.mention)), needs_body: false, ..tie });
        }
        // "Anna Conti e Mario Bianchi, entrambi dell'Università di X"
        let all = if at > start
            && at <= start + 2
            && self.class(start).is(WordClass::PLURAL)
            && self.class(at).is_any(WordClass::OF.with(WordClass::AT))
        {
            self.body_behind(person, at)
        } else {
            None
        };
        if let Some(tie) = all {
            return Some(Tie { is_shared: true, start: at, ..tie });
        }
        self.leads(person, start)
            .or_else(|| self.body_behind(person, start))
            .or_else(|| self.listed_body(person, start))
            .or_else(|| self.listed_calling(person, start))
    }

    /// The body tied by `of` behind a calling between commas (`il deputato Carlo Conti, avvocato, del Partito X`), or the office with its
    /// body there.
    pub(super) fn body_behind_calling(&self, person: &Person) -> Option<Tie> {
        let phrase = self.offices().from(person.end + 1).filter(|_| self.word(person.end) == ",")?;
        let is_calling = !phrase.is_plural && phrase.body.is_none() && self.word(phrase.reach) == ",";
        if !is_calling {
            return None;
        }
        if self.class(phrase.reach + 1).is(WordClass::OF) {
            return self.body_behind(person, phrase.reach + 1);
        }
        // "Anna Conti, giornalista e scrittrice, direttrice del X": the office behind a calling.
        let office =
            if phrase.office.standing == Standing::Calling { self.offices().from(phrase.reach + 1) } else { None };
        let office =
            office.filter(|office| !office.is_plural && office.body.is_some() && self.ends_clause(office.reach))?;
        let is_small = self.context.document.tokens[phrase.reach + 1].case == Case::Lower;
        (is_small && !self.begins_person(office.reach + 1)).then(|| self.tie(&office, person, Side::Behind))
    }

    /// The body between commas behind an office (`Anna Conti, Chief Executive, X, said`).
    fn apposed(&self, phrase: &OfficePhrase<'_>) -> Option<usize> {
        let named = self
            .named(phrase.reach + 1)
            .filter(|named| named.kind == NamedKind::Institution && self.word(phrase.reach) == ",")?;
        let ends = self.ends_clause(named.end) && !matches!(self.word(named.end), "'" | "’" | "-");
        // "Il presidente, Regione Umbria, Comune di X": a list of bodies.
        let is_list = self.word(named.end) == ","
            && self.named(named.end + 1).is_some_and(|next| next.kind == NamedKind::Institution);
        (ends && !is_list && !phrase.is_plural).then_some(named.mention)
    }

    /// Whether the small word at `at` ends like a participle (`il faccendiere arrestato`).
    fn is_participle(&self, at: usize) -> bool {
        let is_small = self.context.document.tokens.get(at).is_some_and(|token| token.case == Case::Lower);
        is_small && self.words.participle_endings.of(self.word(at)).next().is_some()
    }

    /// Whether the text goes on behind a calling with its article as it does behind an apposition (`, il chirurgo che lo operò`, `, la
    /// legale di X, ha detto`): the next of a list has a name.
    fn is_told_more(&self, phrase: &OfficePhrase<'_>) -> bool {
        let class = self.class(phrase.reach);
        let acts = WordClass::FOLLOWS_SUBJECT.with(WordClass::ACT);
        // "Il faccendiere arrestato alla vigilia"
        let is_participle = self.is_participle(phrase.reach);
        phrase.office.standing == Standing::Calling
            && (class.is(WordClass::RELATIVE)
                || is_participle
                || self.word(phrase.reach) == "," && self.class(phrase.reach + 1).is_any(acts))
    }

    /// Whether the person at the token `at` opens an item of a list that the layout ran together (`A, Senatore di X B, Deputato`):
    /// an office with a capital stands behind the comma behind the name, too.
    fn opens_item(&self, at: usize) -> bool {
        let Some(named) = self.named(at).filter(|named| named.kind == NamedKind::Person) else { return false };
        let office = named.end + 1;
        let is_title = self.context.document.tokens.get(office).is_some_and(|token| token.case == Case::Title);
        !self.words.nouns_are_capital
            && self.word(named.end) == ","
            && is_title
            && self.offices().from(office).is_some()
    }

    /// `Anna Conti, in rappresentanza della Fondazione X`.
    fn on_behalf(&self, person: &Person, at: usize) -> Option<Tie> {
        let tokens = &self.context.document.tokens[..self.sentence.end_token];
        let (mut next, ()) = self.words.behalf.begin_at(tokens, at)?;
        while self.class(next).is_any(WordClass::ARTICLE.with(WordClass::OF)) && self.named(next).is_none() {
            next += 1;
        }
        let named = self.named(next).filter(|named| named.kind == NamedKind::Institution)?;
        Some(self.tie_body(named.mention, person))
    }

    /// Whether nothing but further bodies and where they are stands between the token at `at` and the end of the bracket.
    fn closes_bracket(&self, mut at: usize) -> bool {
        while matches!(self.word(at), "," | "-" | "–" | "/") {
            at = match self.named(at + 1) {
                Some(named) if named.kind != NamedKind::Person => named.end,
                Some(_) => return false,
                None => return self.word(self.skip_capitals(at + 1)) == ")",
            };
        }
        self.word(at) == ")"
    }

    /// `Anna Conti (Lega Verde), sindaca di Fiesole`: the office behind a bracket that holds a body or nothing of the kind.
    fn behind_bracket(&self, person: &Person, inner: Option<Tie>) -> Option<Tie> {
        if self.word(person.end) != "(" || inner.as_ref().is_some_and(|tie| tie.office.is_some()) {
            return inner;
        }
        let close = (person.end + 2..person.end + MAX_BRACKET).find(|&at| self.word(at) == ")");
        let outer = close.and_then(|close| {
            let at = close + 1 + usize::from(self.word(close + 1) == ",");
            // "Anna Conti (PX) è stata eletta presidente della Camera"
            if let Some(phrase) = self.becomes(close + 1) {
                return Some(self.tie(&phrase, person, Side::Before));
            }
            let phrase = self.offices().from(at)?;
            let is_lower = self.context.document.tokens.get(at)?.case == Case::Lower;
            (is_lower && !phrase.is_plural && !self.begins_person(phrase.reach))
                .then(|| self.tie(&phrase, person, Side::Behind))
        });
        match (outer, inner) {
            (Some(outer), Some(inner)) => Some(Tie { body: outer.body.or(inner.body), ..outer }),
            (outer, inner) => outer.or(inner),
        }
    }

    /// `Anna Conti, X's deputy director`: the body stands before the office behind the name.
    fn office_of_body_before(&self, person: &Person, at: usize) -> Option<Tie> {
        let owned = match (self.word(at + 1), self.word(at + 2)) {
            ("'s" | "’s", _) => Some(at + 2),
            ("'" | "’", "s") => Some(at + 3),
            _ => None,
        };
        if let Some(owned) = owned.filter(|_| self.words.adjectives_lead && self.named(at).is_none()) {
            // "Colin Fraser, the province's minister of trade"
            let phrase = self.offices().from(owned)?;
            let body = phrase.body.or_else(|| self.body_meant(at));
            let is_own = !phrase.is_plural && self.ends_clause(phrase.reach);
            return is_own.then(|| Tie { body, ..self.tie(&phrase, person, Side::Behind) });
        }
        let named =
            self.named(at).filter(|named| self.words.adjectives_lead && named.kind == NamedKind::Institution)?;
        let is_owner = |at: usize| matches!(self.word(at), "'s" | "’s" | "'" | "’" | "s" | "-");
        let next = (named.end..named.end + 2).find(|&at| !is_owner(at)).unwrap_or(named.end + 2);
        let phrase = self.offices().from(next).or_else(|| self.office_near(next))?;
        let body = phrase.body.or(Some(named.mention));
        (!phrase.is_plural && self.ends_clause(phrase.reach)).then(|| Tie {
            body,
            needs_body: false,
            ..self.tie(&phrase, person, Side::Behind)
        })
    }

    /// `Anna Conti, che dirige X`.
    fn leads(&self, person: &Person, at: usize) -> Option<Tie> {
        let is_led =
            self.class(at + 1).is(WordClass::LEADS) && self.context.document.tokens.get(at)?.case == Case::Lower;
        if !is_led {
            return None;
        }
        self.led_body(person, at + 2)
    }

    /// The body within a few words from the token at `first` on, before any other name.
    fn led_body(&self, person: &Person, first: usize) -> Option<Tie> {
        let words = (first..first + MAX_LED).take_while(|&at| !self.ends_clause(at));
        let body = words.filter_map(|at| self.named(at)).next().filter(|named| named.kind == NamedKind::Institution)?;
        Some(self.tie_body(body.mention, person))
    }

    /// An office within a few words that narrow it (`, lead researcher`), where nothing else stands between.
    fn office_near(&self, at: usize) -> Option<OfficePhrase<'a>> {
        let closed = WordClass::FOLLOWS_SUBJECT
            .with(WordClass::OF)
            .with(WordClass::AND)
            .with(WordClass::TO)
            .with(WordClass::ACT);
        let is_open = |at: usize| {
            self.context.document.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word)
                && self.named(at).is_none()
                && !self.class(at).is_any(
                    closed.with(WordClass::LEADS).with(WordClass::LED).with(WordClass::AS).with(WordClass::PLURAL),
                )
        };
        let n_words = (0..3).take_while(|&n_words| is_open(at + n_words)).count();
        (1..=n_words).find_map(|n_words| {
            let phrase = self.offices().from(at + n_words)?;
            // "moglie del presidente", "figlio dell'ex ministro": of somebody else.
            let is_own =
                !(at..at + n_words).any(|at| self.class(at).is_any(WordClass::ARTICULATED.with(WordClass::ARTICLE)));
            // "Mario Bianchi, giovane attaccante del Parma": what stands before the noun is only told of him.
            let first = if self.words.adjectives_lead { at } else { phrase.first };
            is_own.then_some(OfficePhrase { first, start: at, ..phrase })
        })
    }

    pub(super) fn ends_clause(&self, at: usize) -> bool {
        at >= self.sentence.end_token || self.context.document.tokens[at].kind == TokenKind::Mark
    }

    /// `Mario Bianchi dell'Università di Pisa`: a body tied by a preposition alone.
    fn body_behind(&self, person: &Person, at: usize) -> Option<Tie> {
        let class = self.class(at);
        // "Anna Conti de La Voce"
        let is_particle = class.is(WordClass::PARTICLE)
            && !class.is(WordClass::ARTICLE)
            && self.context.document.tokens[at].case == Case::Lower;
        let joints = WordClass::OF
            .with(WordClass::AT)
            .with(WordClass::LOCATIVE)
            .with(WordClass::ARTICULATED)
            .with(WordClass::TO)
            .with(WordClass::FOR);
        if !class.is_any(joints) && !is_particle {
            return None;
        }
        // "Le proteste per la morte di Mario Bianchi alla Casa Bianca", "Mario Bianchi, nel gruppo X": where something is.
        let is_where = class.is(WordClass::TO) && !class.is_any(WordClass::OF.with(WordClass::FOR));
        if is_where && self.offices().before(person.first).is_none() {
            return None;
        }
        let mut next = at + 1;
        while self.class(next).is(WordClass::ARTICLE) && self.named(next).is_none() {
            next += 1;
        }
        let named = self.named(next).filter(|named| named.kind == NamedKind::Institution)?;
        // "l'assessora Anna Conti per la Regione Lazio e il rettore"
        let is_for = class.is(WordClass::FOR) && self.class(named.end).is(WordClass::AND);
        // "Anna Conti per la Nivora di Rimini"
        let ends_at_town = || {
            let town = self.named(named.end + 1).filter(|town| matches!(town.kind, NamedKind::Town | NamedKind::State));
            self.class(named.end).is(WordClass::OF)
                && town.is_some_and(|town| self.ends_clause(town.end) || self.class(town.end).is(WordClass::AND))
        };
        // "The study was led by Mary Byrne at X with colleagues": where one works, not where one is.
        let first = self.skip_honorifics(person.first);
        let is_led =
            (first.saturating_sub(2).max(self.sentence.first_token)..first).any(|at| self.class(at).is(WordClass::LED));
        let is_tie = class.is(WordClass::OF)
            || is_particle
            || class.is(WordClass::AT) && is_led
            || is_for
            || self.ends_clause(named.end)
            || class.is(WordClass::FOR) && ends_at_town();
        if !is_tie {
            return None;
        }
        // "Anna Conti dell'Università di X, coordinatrice del progetto"
        let tokens = &self.context.document.tokens[..self.sentence.end_token];
        let is_small = |at: usize| tokens.get(at).is_some_and(|token| token.case == Case::Lower);
        let office = if self.word(named.end) == "," && is_small(named.end + 1) {
            self.offices().from(named.end + 1)
        } else {
            None
        };
        let office = office
            .filter(|phrase| !phrase.is_plural && self.ends_clause(phrase.reach) && phrase.first == named.end + 1);
        Some(match office {
            Some(phrase) => {
                Tie { body: phrase.body.or(Some(named.mention)), ..self.tie(&phrase, person, Side::Behind) }
            }
            None => self.tie_body(named.mention, person),
        })
    }
}

/// One past the letters of degrees and seats behind a name (`Anna Conti TD,`, `Anna Conti, PhD,`).
pub(super) fn skip_letters(context: &Context<'_>, sentence: &Sentence<'_>, end: usize) -> usize {
    let tokens = &context.document.tokens[..sentence.end_token];
    let is_comma = |at: usize| tokens.get(at).is_some_and(|token| token.span.of(context.document.as_str()) == ",");
    let is_letters = |at: usize| {
        let token = tokens.get(at).filter(|token| matches!(token.case, Case::Upper | Case::Mixed));
        token.is_some_and(|token| sentence.pack.people.class(token).is(WordClass::POSTNOMINAL))
    };
    let mut end = end;
    loop {
        let letters = end + usize::from(is_comma(end));
        // "Anna Conti, MP for X": behind a comma, what follows is told by the letters, not by the name.
        let closes = letters == end || letters + 1 >= tokens.len() || is_comma(letters + 1);
        if !is_letters(letters) || !closes {
            return end;
        }
        end = letters + 1;
    }
}
