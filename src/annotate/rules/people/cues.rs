//! What stands around a name: titles, offices, verbs of saying, the marks of lists, and what is only named after people.

use super::{
    Reader,
    runs::{Shape, Unit},
};
use crate::{
    annotate::{
        Confidence, Mention,
        offices::{NoNames, OfficePhrase, OfficeReader, is_held},
    },
    lexicon::{
        Kind,
        pack::{Number, Office, Scope, Standing, WordClass, heads::Joint},
    },
    text::{
        WordKey,
        words::{Case, Gap, TokenKind},
    },
};

/// Most tokens of an office with its body before a comma.
const MAX_OFFICE: usize = 14;

/// Most words of a name behind a noun for somebody and a comma, and one more.
const MAX_WORDS: usize = 4;

/// What stands before a name and announces a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    /// A title of politeness or learning.
    Honorific,
    /// The office of one.
    Office,
    /// The office of several (`i ministri`).
    Offices,
    /// A noun for a person.
    Noun,
}

impl<'a> Reader<'a> {
    /// The offices of the sentence, names aside.
    fn offices(&self) -> OfficeReader<'a, NoNames> {
        OfficeReader::new(self.context.document, self.sentence, NoNames)
    }

    /// The title, office or noun that ends right before the token at `at`.
    pub(super) fn title_before(&self, at: usize) -> Option<Title> {
        let last = at.checked_sub(1).filter(|&last| last >= self.sentence.first_token)?;
        let tokens = self.tokens;
        if self.words.honorifics.end_at(tokens, last).is_some_and(|(first, ())| first >= self.sentence.first_token) {
            return Some(Title::Honorific);
        }
        if self.tokens[last].kind != TokenKind::Word {
            return None;
        }
        if let Some((first, office)) = self.words.offices.end_at(self.text, tokens, last) {
            let before = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
            if self.words.is_adjective_there(office, before.and_then(|before| self.token(before))) {
                return None;
            }
            return Some(
                match self.words.names_several(office, before.map_or(WordKey::NONE, |before| self.key(before))) {
                    true => Title::Offices,
                    false if office.standing != Standing::Office => Title::Noun,
                    false => Title::Office,
                },
            );
        }
        // "Il colombiano X": the adjective of a country behind an article names somebody.
        let is_somebody = || {
            let article = last.checked_sub(1).filter(|&article| article >= self.sentence.first_token);
            self.tokens[last].case == Case::Lower
                // "die japanische Handelskammer": where all nouns have a capital, any follows.
                && !self.words.nouns_are_capital
                && self.words.class(self.key(last)).is(WordClass::DEMONYM)
                && article.is_some_and(|article| self.words.class(self.key(article)).is_any(WordClass::ARTICLE.with(WordClass::ARTICULATED)))
        };
        self.words.nouns.end_at(tokens, last).map(|_| Title::Noun).or_else(|| is_somebody().then_some(Title::Noun))
    }

    /// As [`Reader::title_before`], also with the words that belong to the office between it and the name; and whether
    /// such words stand there.
    pub(super) fn cue_before(&self, at: usize) -> Option<(Title, bool)> {
        if let Some(title) = self.title_before(at) {
            return Some((title, false));
        }
        let last = at.checked_sub(1).filter(|&last| last >= self.sentence.first_token)?;
        let has_comma = self.word(last) == ",";
        // "der Senatorin für Wirtschaft, Häfen und Transformation": fields of office in a list, which have capitals as names do.
        let is_capital = |at: usize| self.token(at).is_some_and(|token| token.case.is_capital());
        let heads = &self.context.lexicon.packs.institution_heads;
        let is_field = || {
            let grammar = heads.grammar(&self.sentence.pack.code);
            self.words.nouns_are_capital
                || grammar.is_some_and(|grammar| grammar.joint(self.key(at)) == Some(Joint::Field))
        };
        if has_comma && self.words.class(self.key(at + 1)).is(WordClass::AND) && is_capital(at + 2) && is_field() {
            return None;
        }
        let at = if has_comma { last } else { at };
        if has_comma && self.title_before(at) == Some(Title::Office) {
            return self.is_definite(at).then_some((Title::Office, false));
        }
        if has_comma && self.office_of_body_before(at) {
            return Some((Title::Office, false));
        }
        if has_comma && self.is_relative(at, last + 1) {
            return Some((Title::Noun, false));
        }
        let phrase = self.offices().before(at)?;
        if has_comma && !self.is_definite(at) {
            return None;
        }
        let may_be_called = !has_comma && !self.ends_with_field(&phrase, at);
        Some((if phrase.is_plural { Title::Offices } else { Title::Office }, may_be_called))
    }

    /// Whether a noun for somebody ends before the comma at `comma` and a given name alone, or two words that a mark closes, stand at
    /// `first` (`una figlia, Cristiana, che`, `le figlie, Bice e Carla`, `un cittadino somalo, Abdi Harale.`).
    fn is_relative(&self, comma: usize, first: usize) -> bool {
        let lowest = self.sentence.first_token + 1;
        let is_adjective = |at: usize| {
            let is_told =
                self.words.class(self.key(at)).is(WordClass::DEMONYM) || self.words.ends_like_adjective(self.word(at));
            self.tokens[at].case == Case::Lower && is_told
        };
        let last = comma.checked_sub(1).filter(|&last| last > lowest);
        let is_kin = |last: usize| self.words.nouns.end_at(self.tokens, last).is_some();
        let is_calling = |last: usize| {
            let office = self.words.offices.end_at(self.text, self.tokens, last);
            office.is_some_and(|(_, office)| office.standing == Standing::Calling && office.number != Number::Several)
        };
        let last =
            last.map(|last| if is_adjective(last) && !is_kin(last) && !is_calling(last) { last - 1 } else { last });
        let n_words = (0..MAX_WORDS)
            .take_while(|&n| self.token(first + n).is_some_and(|token| token.case == Case::Title))
            .count();
        let end = first + n_words;
        let closes = self.ends_clause(end) || self.words.class(self.key(end)).is(WordClass::AND);
        let is_given = || self.context.lexicon.name_parts.get(self.key(first)).is_some_and(|part| part.is_given);
        let last = last.filter(|&last| self.tokens[last].case == Case::Lower && closes);
        let is_full = (2..MAX_WORDS).contains(&n_words);
        last.is_some_and(|last| is_kin(last) && (is_full || n_words == 1 && is_given()) || is_calling(last) && is_full)
    }

    /// Whether the office that ends before the token at `at` is one of a government and ends with its field (`ministro dei
    /// Trasporti`, `assessora alla cultura`), which has no name.
    fn ends_with_field(&self, phrase: &OfficePhrase<'_>, at: usize) -> bool {
        let governs = matches!(phrase.office.scope, Scope::Country | Scope::Body);
        let joints = WordClass::OF.with(WordClass::TO).with(WordClass::ARTICULATED).with(WordClass::AND);
        let class = |at: usize| self.words.class(self.key(at));
        let is_noun = |at: usize| {
            self.zipfs.and_then(|zipfs| zipfs.get(self.key(at))).is_some()
                && self.words.body_noun(self.key(at)).is_none()
        };
        governs && at >= phrase.noun.1 + 2 && is_noun(at - 1) && class(at - 2).is_any(joints)
    }

    /// Whether an office with its body ends before the comma at `comma` (`la vicedirettrice di GDC, X`): a noun with its article,
    /// `of` and no verb up to the comma.
    fn office_of_body_before(&self, comma: usize) -> bool {
        let lowest = self.sentence.first_token.max(comma.saturating_sub(MAX_OFFICE));
        let verbs = WordClass::FOLLOWS_SUBJECT.with(WordClass::ACT);
        for at in (lowest + 1..comma).rev() {
            let token = &self.tokens[at];
            let is_closed =
                token.kind == TokenKind::Mark && !matches!(self.word(at), "-" | "'" | "’" | "(" | ")" | "&");
            if is_closed
                || token.case == Case::Lower
                    && self.words.class(token.key).is_any(verbs)
                    && !self.words.class(token.key).is(WordClass::ARTICLE)
            {
                return false;
            }
            if !self.words.class(self.key(at + 1)).is(WordClass::OF) {
                continue;
            }
            if let Some((first, office)) =
                self.words.offices.end_at(self.text, self.tokens, at).filter(|&(first, _)| first > lowest)
            {
                let before = self.key(first - 1);
                let is_one = office.standing == Standing::Office && !self.words.names_several(office, before);
                let tied = WordClass::ARTICLE.with(WordClass::ARTICULATED).with(WordClass::OF);
                let names_body = (at + 2..comma).any(|at| self.tokens[at].case.is_capital());
                return is_one && names_body && self.words.class(before).is_any(tied);
            }
        }
        false
    }

    /// Whether the name `first..end` is a press contact's: behind a label (`Media contact: X`), or alone on the line below it.
    pub(super) fn is_contact(&self, first: usize, end: usize) -> bool {
        let Some(before) = first.checked_sub(1) else { return false };
        if self.word(before) == ":" {
            return before > self.sentence.first_token && self.words.class(self.key(before - 1)).is(WordClass::CONTACT);
        }
        let is_alone = self.tokens.get(end).is_none_or(|next| next.gap >= Gap::Line);
        let is_word = |at: usize| self.zipfs.and_then(|zipfs| zipfs.get(self.key(at))).is_some();
        is_alone && self.is_below_label(first) && !(first..end).any(is_word)
    }

    /// Whether the name is a press contact's with a firm, a number or an address behind it (`Chiara Conti, Ufficio stampa`): a given
    /// name counts there though it is a word.
    pub(super) fn opens_contact_line(&self, name: &[Unit], first: usize, end: usize) -> bool {
        let is_given = name.len() == 2 && name[0].part.is_given;
        is_given && matches!(self.word(end), "," | "|" | "-" | "–" | ":") && self.is_below_label(first)
    }

    /// Whether the line above ends with a label of press contacts.
    fn is_below_label(&self, first: usize) -> bool {
        let is_label = |before: usize| self.words.class(self.tokens[before].key).is(WordClass::CONTACT);
        self.tokens[first].gap >= Gap::Line && first.checked_sub(1).is_some_and(is_label)
    }

    /// Whether the office that ends before the comma at `at` has the article of one who is named next (`dal presidente, X`).
    fn is_definite(&self, at: usize) -> bool {
        self.offices().before(at).is_some_and(|phrase| {
            phrase.start > self.sentence.first_token
                && self
                    .words
                    .class(self.key(phrase.start - 1))
                    .is_any(WordClass::ARTICLE.with(WordClass::OF).with(WordClass::TO))
        })
    }

    /// Whether the stretch that ends before the token at `at` is followed by an office or age in apposition.
    pub(super) fn has_apposition(&self, at: usize) -> bool {
        if !matches!(self.word(at), "," | "(") {
            return self.token(at).is_some_and(|token| token.case == Case::Lower)
                && self.offices().from(at).is_some_and(|phrase| !phrase.is_plural && self.ends_clause(phrase.reach));
        }
        let mut next = at + 1;
        while self.words.class(self.key(next)).is(WordClass::ARTICLE) {
            next += 1;
        }
        let opens_bracket = self.word(at) == "(";
        if self.token(next).is_some_and(|token| token.kind == TokenKind::Number) {
            return !opens_bracket && self.words.class(self.key(next + 1)).is(WordClass::AGE);
        }
        // "Anna Conti, del Center for Alpine Law,": one who belongs to a body.
        let belongs = !opens_bracket
            && next == at + 1
            && self.words.class(self.key(next)).is(WordClass::OF)
            && self.names_body(next + 1);
        if belongs {
            return true;
        }
        let Some(phrase) = self.offices().from(next) else {
            let is_definite = next > at + 1;
            return self
                .words
                .nouns
                .begin_at(self.tokens, next)
                .is_some_and(|(end, ())| is_definite || self.ends_clause(end));
        };
        let is_last = self.ends_clause(phrase.reach)
            || next == at + 1 && !self.token(phrase.reach).is_some_and(|t| t.case.is_capital());
        !phrase.is_plural && is_last
    }

    /// Whether a listed body or a capitalized head noun of one stands at the token at `at`.
    fn names_body(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.case.is_capital()) else { return false };
        let is_body = |lookup: &crate::lexicon::Lookup| {
            lookup.span.start() == token.span.start() && self.kind_of(lookup) == Some(Kind::Institution)
        };
        self.words.body_noun(token.key).is_some() || self.lookups(token.span).any(is_body)
    }

    fn ends_clause(&self, at: usize) -> bool {
        self.token(at).is_none_or(|token| token.kind == TokenKind::Mark)
    }

    /// Whether a verb of saying or the like stands right before `first` or right behind `end`.
    pub(super) fn acts(&self, first: usize, end: usize) -> bool {
        let before = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        if before.is_some_and(|before| self.words.class(self.key(before)).is(WordClass::ACT)) {
            return true;
        }
        let mut next = end;
        while next < end + 2 && self.words.class(self.key(next)).is(WordClass::FOLLOWS_SUBJECT) {
            next += 1;
        }
        let opens_quote = |at: usize| matches!(self.word(at), "«" | "\"" | "“" | "„");
        self.words.class(self.key(next)).is(WordClass::ACT) || self.word(end) == ":" && opens_quote(end + 1)
    }

    /// Whether only a comma or `and` stands between two stretches.
    pub(super) fn are_listed(&self, end: usize, first: usize) -> bool {
        match first.checked_sub(end) {
            Some(1) => self.word(end) == "," || self.words.class(self.key(end)).is(WordClass::AND),
            Some(2) => self.word(end) == "," && self.words.class(self.key(end + 1)).is(WordClass::AND),
            _ => false,
        }
    }

    /// Whether some of a group are named from the token at `at` on (`tra cui`).
    pub(super) fn opens_list(&self, at: usize) -> bool {
        let last = at.checked_sub(1).filter(|&last| last >= self.sentence.first_token);
        let last = last.map(|last| if matches!(self.word(last), "," | ":") { last.saturating_sub(1) } else { last });
        last.is_some_and(|last| self.words.list_cues.end_at(self.tokens, last).is_some())
    }

    /// Whether a name cannot go on with the unit at `idx`: a title, an office, an acronym, a word that is no name.
    pub(super) fn cuts(&self, units: &[Unit], idx: usize) -> bool {
        let unit = &units[idx];
        if unit.shape != Shape::Name {
            return idx == 0 && matches!(unit.shape, Shape::Numeral | Shape::Nickname | Shape::Suffix);
        }
        let is_known = unit.part.is_given || unit.part.is_surname;
        // "Virginia Pittore": behind a given name the word for a calling is a surname.
        let is_behind_given =
            |zipf: f32| idx > 0 && units[idx - 1].part.is_given && units[idx - 1].zipf < zipf && !self.is_capitals;
        // "Serena Vicari": so is an office in the plural, as many surnames of Italy are.
        let is_surname_too = |office: &Office| {
            office.standing != Standing::Office && is_behind_given(3.0)
                || office.number == Number::Several && is_behind_given(4.5)
        };
        let is_office = |office: &Office| !is_surname_too(office);
        let is_title = self
            .words
            .offices
            .begin_at(self.text, self.tokens, unit.first)
            .is_some_and(|(_, office)| is_office(office))
            || self.words.honorifics.begin_at(self.tokens, unit.first).is_some()
            || self
                .words
                .offices
                .end_at(self.text, self.tokens, unit.end - 1)
                .is_some_and(|(_, office)| is_office(office));
        // "Ieri Papa Francesco": the word that the sentence begins with is no name before the title.
        let goes_on = idx > 0
            && (units[idx - 1].shape != Shape::Name || units[idx - 1].part.is_given || units[idx - 1].part.is_surname);
        if is_title && !(is_known && goes_on) {
            return true;
        }
        let small = WordClass::ARTICLE
            .with(WordClass::OF)
            .with(WordClass::AND)
            .with(WordClass::TO)
            .with(WordClass::FOLLOWS_SUBJECT);
        // "the Italian minister": adjectives of countries have capitals in languages that put them first.
        let is_adjective = self.words.adjectives_lead && unit.class.is(WordClass::DEMONYM) && !unit.part.is_given;
        if is_adjective && (idx == 0 || !units[idx - 1].part.is_given) {
            return true;
        }
        if unit.class.is(WordClass::PARTICLE) && (idx > 0 || !self.begins_sentence(unit.first)) {
            return false;
        }
        // "Ignazio La Russa": behind a particle with a capital stands a surname, whatever it means.
        let is_behind_particle =
            idx > 0 && units[idx - 1].is_capital_particle() && !self.is_capitals && !self.words.nouns_are_capital;
        if is_behind_particle || self.begins_eastern(units, idx) || self.is_announced(units, idx) {
            return false;
        }
        if unit.class.is_any(small) {
            return true;
        }
        // A surname may be any word at all behind a given name that is no word ("Elena Maggio").
        let is_behind_given = idx > 0
            && units[idx - 1].part.is_given
            && units[idx - 1].zipf < 3.0
            && units[idx - 1].class == WordClass::NONE;
        // "Monica Fedeli, Prorektorin": where every noun has a capital, a word of another language is none.
        let is_strange = || self.zipfs.is_some_and(|zipfs| zipfs.get(self.key(unit.first)).is_none());
        let may_be_surname =
            is_known || is_behind_given && (!self.words.nouns_are_capital || is_strange()) && !self.is_capitals;
        let heads = WordClass::NOT_NAME.with(WordClass::NAMED_AFTER).with(WordClass::AWARD).with(WordClass::STREET);
        let is_thing = unit.class.is(WordClass::NAMED_AFTER.with(WordClass::NOT_NAME));
        let opens_name = idx == 0 && unit.part.is_given && units.len() > 1 && !is_thing;
        let is_name_too = opens_name || is_known && !unit.class.is(WordClass::NOT_NAME);
        if unit.class.is_any(heads) && !is_behind_given && !is_name_too {
            return true;
        }
        if unit.case == Case::Upper && !self.is_capitals && !is_known && self.word(unit.first).chars().count() <= 6 {
            return true;
        }
        // A word of everyday language that no table knows as a name.
        let limit = if idx == 0 { 3.0 } else { 3.6 };
        // "Elena Como": what other languages say most often is a word like any other here.
        let is_word_here = || self.zipfs.and_then(|zipfs| zipfs.get(self.key(unit.first))).is_some();
        let most = if is_behind_given { 6.2 } else { 5.7 };
        unit.zipf >= limit && !may_be_surname || unit.zipf >= most && (!is_behind_given || is_word_here())
    }

    /// The end of a stretch that is only named after people, if one begins at `start`; a street, prize or law is
    /// marked as no mention.
    pub(super) fn trap(&self, units: &[Unit], start: usize, found: &mut Vec<Mention>) -> Option<usize> {
        let unit = &units[start];
        // "AL VIA LA SPERIMENTAZIONE": in capitals a street and a start look the same, but no street has the article next.
        if self.is_capitals
            && unit.class.is(WordClass::STREET)
            && units.get(start + 1).is_some_and(|next| next.class.is_any(WordClass::ARTICLE.with(WordClass::TO)))
        {
            return None;
        }
        if self.is_abbreviated_saint(units, start) {
            return Some(start + 2);
        }
        // "il presidente del Consorzio Anna Bianchi": nobody gave the body a name.
        let is_held_alone = || {
            units.len() > start + 2
                && units[start + 1].part.is_given
                && units[start + 1].zipf < 3.0
                && self.sentence.pack.institutions.held_alone.contains(self.key(unit.first))
        };
        if unit.class.is(WordClass::NAMED_AFTER)
            && is_held_alone()
            && is_held(self.context.document, self.sentence, unit.first)
        {
            return Some(start + 1);
        }
        let blocking = WordClass::STREET.with(WordClass::AWARD).with(WordClass::SAINT);
        let own = unit.class.is_any(blocking.with(WordClass::NAMED_AFTER))
            && unit.shape == Shape::Name
            && !(unit.part.is_given && start == 0 && !unit.class.is(WordClass::SAINT))
            // "Gran Bretagna" is no grand prix.
            && !(unit.class.is(WordClass::AWARD) && self.begins_longer(self.tokens[unit.first].span));
        let head = if own {
            unit.first
        } else {
            if start > 0 {
                return None;
            }
            self.named_after_before(unit.first)?
        };
        let class = self.words.class(self.key(head));
        let mut end = start + usize::from(own);
        // "Il premio Nobel Anna Conti": the prize has its name, and who stands behind has won it.
        if units.get(end).is_some_and(|unit| self.is_prize(unit.first)) {
            return Some(end + 1);
        }
        while end < units.len() && (end == start || !self.is_title_unit(&units[end])) {
            end += 1;
        }
        if own && end == start + 1 && !class.is(WordClass::SAINT) {
            return Some(end);
        }
        if class.is_any(blocking) && !class.is(WordClass::NAMED_AFTER) {
            let end = if class.is(WordClass::SAINT) { end.min(start + 1 + usize::from(own)) } else { end };
            let span = self.span(head, units[end - 1].end);
            // A town may bear a saint's name: the lists know it.
            let is_listed = |lookup: &crate::lexicon::Lookup| {
                lookup.span.contains(span) && self.kind_of(lookup).is_some_and(|kind| kind != Kind::Person)
            };
            if !self.lookups(span).any(is_listed) && !self.is_noun_of_body(head, unit.first) {
                found.push(Mention::new(span, Kind::Nothing, "people/named-after", Confidence::percent(80)));
            }
            return Some(end);
        }
        Some(end)
    }

    /// Whether a word that is nothing else stands behind what only people do, suffer or have (`la morte di Grovis`), or behind
    /// `lo stesso`.
    pub(super) fn is_owner_of_deed(&self, unit: &Unit, first: usize, end: usize) -> bool {
        let is_plain = unit.zipf == 0.0
            && unit.case == Case::Title
            && unit.class == WordClass::NONE
            && self.tokens[unit.first].span.len() >= 4;
        let goes_on = self
            .token(end)
            .is_some_and(|next| next.case.is_capital() || self.word(end) == "-" && next.gap == Gap::None);
        let key_before = |n: usize| first.checked_sub(n).map_or(WordKey::NONE, |at| self.key(at));
        let (before, head) = (self.words.class(key_before(1)), self.words.class(key_before(2)));
        let tied = WordClass::ARTICLE.with(WordClass::ARTICULATED);
        let is_same = before.is(WordClass::SAME) && head.is_any(tied);
        // "Lo stesso Gilbert": a surname, whatever town is called so.
        let is_other = self.is_listed(unit) && !(is_same && unit.part.is_surname);
        if !is_plain || goes_on || self.words.nouns_are_capital || self.is_capitals || is_other {
            return false;
        }
        before.is(WordClass::OF) && !before.is_any(tied) && head.is(WordClass::DEED) || is_same
    }

    /// Whether a prize has its name at the token `at`, behind the word for one (`premio Nobel`).
    pub(super) fn is_prize(&self, at: usize) -> bool {
        let is_award = |before: usize| self.words.class(self.key(before)).is(WordClass::AWARD);
        self.anywhere.class(self.key(at)).is(WordClass::PRIZE) && at > self.sentence.first_token && is_award(at - 1)
    }

    /// Whether the tokens `first..end` are a noun of several words for a body (`parco scientifico`): what follows is its name.
    fn is_noun_of_body(&self, first: usize, end: usize) -> bool {
        let heads = &self.context.lexicon.packs.institution_heads;
        heads.begin(self.key(first)).any(|head| {
            let words = head.words.iter().enumerate();
            head.kind == Kind::Institution
                && head.words.len() > 1
                && first + head.words.len() == end
                && words.skip(1).all(|(n, &word)| self.key(first + n) == word)
        })
    }

    /// `S. Andrea`
    fn is_abbreviated_saint(&self, units: &[Unit], start: usize) -> bool {
        let [initial, name, rest @ ..] = &units[start..] else { return false };
        initial.shape == Shape::Initial
            && self.words.class(self.key(initial.first)).is(WordClass::SAINT)
            && name.part.is_given
            && rest.first().is_none_or(|next| !next.part.is_surname)
    }

    /// Whether a surname that is also a word begins a name of the East (`Park Chan-ho`).
    fn begins_eastern(&self, units: &[Unit], idx: usize) -> bool {
        let [surname, given, ..] = &units[idx..] else { return false };
        surname.part.surname_origins & self.surname_first != 0
            && given.end - given.first == 3
            && given.shape == Shape::Name
            && self.word(given.end - 1).len() <= 6
            && self.token(given.end - 1).is_some_and(|token| token.case == Case::Lower)
    }

    fn is_title_unit(&self, unit: &Unit) -> bool {
        self.words.offices.begin_at(self.text, self.tokens, unit.first).is_some()
    }

    /// The word before the token at `at` that names a thing after a person, with at most a quotation mark and an
    /// adjective between (`Istituto comprensivo "Ada Negri"`).
    fn named_after_before(&self, at: usize) -> Option<usize> {
        let step = |at: usize| at.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        let traps = WordClass::STREET.with(WordClass::AWARD).with(WordClass::NAMED_AFTER).with(WordClass::SAINT);
        let is_quoted = step(at).is_some_and(|before| matches!(self.word(before), "\"" | "“" | "«"));
        let mut before = if is_quoted { step(step(at)?)? } else { step(at)? };
        let n_between = if is_quoted { 8 } else { 1 };
        for _ in 0..n_between {
            let token = &self.tokens[before];
            if token.kind != TokenKind::Word || self.tokens[at].gap == Gap::Paragraph {
                return None;
            }
            let class = self.words.class(self.key(before));
            if class.is_any(traps) {
                // "il presidente dell'università Mario Bianchi" names the president.
                let is_head_of_office = token.case == Case::Lower && !is_quoted && self.offices().before(at).is_some();
                let is_held_alone = || {
                    self.sentence.pack.institutions.held_alone.contains(self.key(before))
                        && is_held(self.context.document, self.sentence, before)
                };
                return (!is_head_of_office && (is_quoted || !is_held_alone())).then_some(before);
            }
            let is_kind = || {
                self.words.ends_like_adjective(self.word(before)) || self.words.thing_kinds.contains(&self.key(before))
            };
            if !(is_quoted || token.case == Case::Lower && is_kind()) {
                return None;
            }
            before = step(before)?;
        }
        let class = self.words.class(self.key(before));
        (self.tokens[before].kind == TokenKind::Word && class.is_any(traps)).then_some(before)
    }
}
