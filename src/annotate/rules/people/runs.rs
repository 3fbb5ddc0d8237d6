//! What can be a name at all: runs of capitalized words with the small words that stand inside names.

use super::Reader;
use crate::{
    lexicon::{Kind, NamePart, pack::WordClass},
    text::{
        Span, WordKey,
        words::{Case, Gap, TokenKind},
    },
};

/// Most units of one run; longer ones are titles and tables, read in pieces.
const MAX_UNITS: usize = 12;

/// Zipf frequency from which a word of another language counts as a word.
const COMMON_ELSEWHERE: f32 = 4.3;

/// One part of a name: a word with what hyphens and apostrophes tie to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// What it is in a name.
    pub shape: Shape,
    /// What the tables say of it.
    pub part: NamePart,
    /// How common it is as a word (Zipf scale), 0 if it is not.
    pub zipf: f32,
    /// What the pack says of it.
    pub class: WordClass,
    /// How its first word is cased.
    pub case: Case,
}

impl Unit {
    /// Whether it is a particle with a capital (`La Russa`, `De Luca`).
    pub fn is_capital_particle(&self) -> bool {
        self.shape == Shape::Name
            && self.class.is(WordClass::PARTICLE)
            && self.case == Case::Title
            && self.end == self.first + 1
    }
}

/// What a unit is in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `Mario`, `Kyung-Soo`, `D'Alema`.
    Name,
    /// `J.`
    Initial,
    /// `van`, `dos`, `al-`.
    Particle,
    /// `XVI`.
    Numeral,
    /// `"il Rosso"`.
    Nickname,
    /// `Jr.`
    Suffix,
}

impl Reader<'_> {
    /// Whether a name may begin with the small word at `at` (`zu Guttenberg`): a capital follows, an office or title stands before.
    pub(super) fn begins_with_particle(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.case == Case::Lower
            && token.kind == TokenKind::Word
            && token.span.len() <= 3
            && self.token(at + 1).is_some_and(|next| next.case.is_capital())
            && self.words.class(self.key(at)).is(WordClass::PARTICLE)
            && !self.words.class(self.key(at)).is_any(
                WordClass::OF
                    .with(WordClass::ARTICLE)
                    .with(WordClass::ARTICULATED)
                    .with(WordClass::TO)
                    .with(WordClass::PRECEDES_PERSON),
            )
            && at > self.sentence.first_token
            && !self.lookups(self.tokens[at + 1].span).any(|lookup| self.is_known(lookup))
            && (self.title_before(at).is_some() || self.is_foreign_particle(at))
    }

    /// Whether the particle at `at` is no word of the language, and a word that nothing knows stands behind (`bin Zorvik`).
    pub(super) fn is_foreign_particle(&self, at: usize) -> bool {
        let is_word = |at: usize| self.zipfs.and_then(|zipfs| zipfs.get(self.key(at))).is_some();
        let goes_on = self.token(at + 2).is_some_and(|next| next.case.is_capital() && next.gap == Gap::Blank);
        let is_plain = self.token(at + 1).is_some_and(|next| next.case == Case::Title && next.gap == Gap::Blank);
        let follows_name = at > self.sentence.first_token && self.tokens[at - 1].case.is_capital();
        let is_known = self.anywhere.class(self.key(at)).is(WordClass::PARTICLE);
        is_known
            && self.word(at).len() == 3
            && is_plain
            && !goes_on
            && !follows_name
            && !self.words.nouns_are_capital
            && !is_word(at)
            && !is_word(at + 1)
    }

    /// Reads the run that begins at the token at `at` into `units`; returns one past its last token.
    pub(super) fn read_run(&self, at: usize, units: &mut Vec<Unit>) -> usize {
        units.clear();
        let mut next = at;
        while units.len() < MAX_UNITS {
            let Some(unit) = self.read_unit(next, units) else { break };
            next = unit.end;
            units.push(unit);
        }
        while units.last().is_some_and(|unit| unit.shape == Shape::Particle) {
            units.pop();
        }
        units.last().map_or(at + 1, |unit| unit.end)
    }

    fn read_unit(&self, at: usize, units: &[Unit]) -> Option<Unit> {
        let token = self.token(at)?;
        if !units.is_empty() && (token.gap == Gap::Paragraph || token.gap == Gap::None) {
            return None;
        }
        if token.kind == TokenKind::Mark {
            return self.nickname(at, units);
        }
        if token.kind != TokenKind::Word {
            return None;
        }
        if token.case == Case::Lower {
            return self.particle(at, units);
        }
        if !token.case.is_capital() {
            return None;
        }
        // "Bruna V., che ne parla": a full stop inside the sentence marks an initial.
        let is_dotted = self.word(at + 1) == "." && self.tokens[at + 1].gap == Gap::None && !self.ends_sentence(at + 1);
        if !units.is_empty() && is_numeral(self.word(at)) && !is_dotted {
            return Some(self.unit(at, at + 1, Shape::Numeral));
        }
        let is_single = self.word(at).chars().count() == 1;
        if is_single && self.word(at + 1) == "." && self.tokens[at + 1].gap == Gap::None {
            return Some(self.unit(at, at + 2, Shape::Initial));
        }
        // In capitals a preposition of one letter looks like an initial (`AIUTO A CENTO IMPRESE`).
        let is_word = self.is_capitals && self.words.class(self.key(at)) != WordClass::NONE;
        if is_single && !is_word && !units.is_empty() && self.token(at + 1).is_some_and(|next| next.case.is_capital()) {
            return Some(self.unit(at, at + 1, Shape::Initial));
        }
        if let Some(end) = self.suffix_end(at).filter(|_| !units.is_empty()) {
            return Some(self.unit(at, end, Shape::Suffix));
        }
        Some(self.unit(at, self.join_marks(at, units)?, Shape::Name))
    }

    /// One past the word at `at` that tells the son from the father (`Jr`), with the full stop that marks it as short.
    fn suffix_end(&self, at: usize) -> Option<usize> {
        // "El Director Sr. Juan Pérez": before a name it is a title.
        let is_title = || self.words.honorifics.begin_at(self.tokens, at).is_some();
        let is_suffix = !is_title()
            && self.anywhere.class(self.key(at)).is(WordClass::SUFFIX)
            && self.tokens[at].case == Case::Title;
        let is_dotted = self.word(at + 1) == "." && self.tokens[at + 1].gap == Gap::None;
        is_suffix.then_some(at + 1 + usize::from(is_dotted))
    }

    /// Whether nothing of the sentence stands behind the token at `at`, marks of quotation aside.
    fn ends_sentence(&self, at: usize) -> bool {
        self.token(at + 1)
            .is_none_or(|next| next.kind == TokenKind::Mark && matches!(self.word(at + 1), "\"" | "”" | "»" | "’"))
    }

    /// One past the last token that hyphens and apostrophes tie to the word at `at`; none for an elided article.
    fn join_marks(&self, at: usize, units: &[Unit]) -> Option<usize> {
        let mut end = at + 1;
        let is_word = |at: usize| self.token(at).is_some_and(|t| t.gap == Gap::None && t.kind == TokenKind::Word);
        if self.word(at).ends_with(['\'', '’', '´', 'ʼ', '‘', '`']) {
            let class = self.words.class(self.key(at));
            // "Marisa Dell'Orto": a preposition with a capital is part of a surname.
            let is_capital = !self.is_capitals
                && self.tokens[at].case.is_capital()
                && class.is_any(WordClass::OF.with(WordClass::ARTICULATED));
            // "Luca Sant'Elia": behind a given name a saint is a surname.
            let is_saint =
                class.is(WordClass::SAINT) && units.last().is_some_and(|unit| unit.part.is_given && unit.zipf < 3.0);
            let is_elision = class.is(WordClass::ELISION) || is_capital && !units.is_empty() || is_saint;
            let is_name = is_elision && (!units.is_empty() || !class.is(WordClass::ARTICLE));
            if !is_name || !is_word(end) || !self.tokens[end].case.is_capital() {
                return None;
            }
            end += 1;
        }
        while self.word(end) == "-" && self.tokens[end].gap == Gap::None && is_word(end + 1) {
            end += 2;
        }
        Some(end)
    }

    fn particle(&self, at: usize, units: &[Unit]) -> Option<Unit> {
        let class = self.words.class(self.key(at));
        if units.is_empty() {
            return self.begins_with_particle(at).then(|| self.unit(at, at + 1, Shape::Particle));
        }
        if self.word(at).ends_with(['\'', '’']) && class.is(WordClass::ELISION) {
            // "Massimo d'Alema", but not "Mario d'Italia" with the preposition: names of places are no surnames.
            // "Per l'Istituto Galvani": behind a preposition at the beginning an article is one.
            let is_article = class.is(WordClass::ARTICLE) && units.len() == 1 && units[0].class != WordClass::NONE;
            let is_name = !is_article
                && self.token(at + 1).is_some_and(|next| next.case.is_capital() && next.gap == Gap::None)
                && !self.lookups(self.tokens[at + 1].span).any(|lookup| self.is_known(lookup));
            return is_name.then(|| self.unit(at, at + 2, Shape::Name));
        }
        if self.joins_surname(at, units) {
            return Some(self.unit(at, at + 1, Shape::Particle));
        }
        if !class.is(WordClass::PARTICLE) {
            return None;
        }
        let mut end = at + 1;
        if self.word(end) == "-" && self.tokens[end].gap == Gap::None {
            // "al-Maliki"
            return self
                .token(end + 1)
                .filter(|next| next.case.is_capital())
                .map(|_| self.unit(at, end + 2, Shape::Name));
        }
        // "una mostra sulla Tracia di Anna Conti": a place has no surname.
        let is_behind_place = units.len() == 1
            && !units[0].part.is_given
            && self
                .lookups(self.span(units[0].first, units[0].end))
                .any(|lookup| self.kind_of(lookup) == Some(Kind::Place));
        if is_behind_place && class.is_any(WordClass::OF.with(WordClass::TO)) {
            return None;
        }
        let mut is_weak = class.is_any(WordClass::OF.with(WordClass::ARTICLE).with(WordClass::TO));
        while end < at + 3 && self.token(end).is_some_and(|token| token.case == Case::Lower) {
            let class = self.words.class(self.key(end));
            if !class.is(WordClass::PARTICLE) {
                return None;
            }
            is_weak &= class.is_any(WordClass::OF.with(WordClass::ARTICLE).with(WordClass::TO));
            end += 1;
        }
        let next = self.token(end).filter(|next| next.case.is_capital() && next.gap <= Gap::Line)?;
        if self.begins_longer(next.span)
            || is_weak
                && (!self.is_surname_behind(next.span, units) && !self.ends_titled(end, units)
                    || self.begins_anew(end)
                    || next.case == Case::Mixed)
        {
            return None;
        }
        Some(self.unit(at, end, Shape::Particle))
    }

    /// Whether a given name with a surname behind it begins at the token at `at` (`Amici di Maria Conti`).
    fn begins_anew(&self, at: usize) -> bool {
        let is_given = self.context.lexicon.name_parts.get(self.key(at)).is_some_and(|part| part.is_given);
        is_given && self.token(at + 1).is_some_and(|next| next.case == Case::Title && next.gap == Gap::Blank)
    }

    /// Whether a name of the lists, no person's, begins with the word and goes on behind it (`Domenico Sartori de La Tribuna`).
    pub(super) fn begins_longer(&self, word: Span) -> bool {
        self.lookups(word).any(|lookup| {
            let goes_on = lookup.span.start() == word.start() && lookup.span.end() > word.end();
            goes_on && self.kind_of(lookup).is_some_and(|kind| kind != Kind::Person)
        })
    }

    /// Whether a word behind a preposition that also stands in surnames is a surname rather than a place or a body.
    fn is_surname_behind(&self, span: Span, units: &[Unit]) -> bool {
        let word = span.of(self.text);
        let lexicon = self.context.lexicon;
        let is_surname = lexicon.name_parts.get(word).is_some_and(|part| part.is_surname);
        let is_listed = self.lookups(span).any(|lookup| self.is_known(lookup));
        let is_after_given = units.last().is_some_and(|unit| unit.part.is_given && unit.zipf < 3.0);
        // "Friederike von Hohenfels": a word that nothing knows, behind a given name.
        let is_unknown = || {
            self.words.class(word) == WordClass::NONE
                && lexicon.common_words.zipf(word, &self.sentence.pack.code).is_none()
                && self.words.body_noun(word).is_none()
        };
        is_surname && (!is_listed || is_after_given) || is_after_given && !is_listed && is_unknown()
    }

    /// A nickname in quotation marks behind a given name.
    fn nickname(&self, at: usize, units: &[Unit]) -> Option<Unit> {
        let close = match self.word(at) {
            "\"" => "\"",
            "“" => "”",
            "«" => "»",
            _ => return None,
        };
        units.last().filter(|unit| unit.shape == Shape::Name && unit.part.is_given)?;
        let end = (at + 2..at + 6).find(|&end| self.word(end) == close)?;
        self.token(end + 1).filter(|next| next.case.is_capital()).map(|_| self.unit(at, end + 1, Shape::Nickname))
    }

    fn unit(&self, first: usize, end: usize, shape: Shape) -> Unit {
        let whole = self.span(first, end).of(self.text);
        let word = self.word(first);
        let lexicon = self.context.lexicon;
        let names = &lexicon.name_parts;
        let (part, zipf) = match shape {
            Shape::Name => {
                let (key, is_single) = (self.key(first), end == first + 1);
                let joined = || names.get(whole).or_else(|| names.get(key)).or_else(|| names.get(self.key(end - 1)));
                let part = if is_single { names.get(key) } else { joined() };
                let zipf = self.zipfs.filter(|_| is_single).and_then(|zipfs| zipfs.get(key));
                let zipf =
                    zipf.or_else(|| if part.is_none() { self.zipf_elsewhere(key) } else { None }).unwrap_or_default();
                let part = part.unwrap_or_else(|| self.part_by_ending(whole, zipf));
                (part, zipf)
            }
            _ => (NamePart::default(), 0.0),
        };
        // "L’Hermite": what is an article before other words is none inside a name.
        let is_elided = end > first + 1 && word.ends_with(['\'', '’', '´', 'ʼ', '‘', '`']);
        let class = if is_elided { WordClass::NONE } else { self.words.class(self.key(first)) };
        Unit { first, end, shape, part, zipf, class, case: self.tokens[first].case }
    }
}

impl Reader<'_> {
    /// How common a word is in the language in which it is most common, where the language of the sentence does not know it.
    fn zipf_elsewhere(&self, word: WordKey) -> Option<f32> {
        let zipf = self.context.lexicon.common_words.highest_zipf(word)?;
        (zipf >= COMMON_ELSEWHERE).then_some(zipf)
    }

    /// A word that no table knows and that ends like a surname is one.
    fn part_by_ending(&self, word: &str, zipf: f32) -> NamePart {
        let is_like_surname = zipf == 0.0 && word.len() >= 5 && self.anywhere.surname_endings.of(word).next().is_some();
        NamePart { is_surname: is_like_surname, ..NamePart::default() }
    }
}

fn is_numeral(word: &str) -> bool {
    word.len() <= 5 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}
