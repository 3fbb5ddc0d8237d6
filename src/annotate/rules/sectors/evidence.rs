//! What the words around a name say: that a field is meant, or that none is.

use super::{Field, MAX_MENU, MAX_MENU_WORDS, Reader};
use crate::document::{Case, Gap, Token, TokenKind, Zone};

/// Words between a cue and its field, at most.
const CUE_REACH: usize = 4;

impl Reader<'_> {
    pub(super) fn has_cue(&self, field: &Field) -> bool {
        let words = &self.sentence.pack.sectors;
        let is_behind = || {
            words.cues_follow && (self.is_cue(field.end) || self.word(field.end) == "-" && self.is_cue(field.end + 1))
        };
        self.follows_cue(field)
            || self.is_topic(field)
            || is_behind()
            || words.closing_cues.contains(self.key(field.end))
            || self.heads_item(field)
            || self.fills_cell(field)
            || self.is_trade_of_line(field)
            || self.is_spoken_of(field)
                && (0..field.first).chain(field.end..self.tokens.len()).any(|at| self.is_cue(at))
    }

    fn is_cue(&self, at: usize) -> bool {
        self.sentence.pack.sectors.cues.contains(self.key(at))
    }

    fn is_about(&self, at: usize) -> bool {
        self.sentence.pack.missions.about.contains(self.key(at))
    }

    pub(super) fn is_of(&self, at: usize) -> bool {
        self.sentence.pack.missions.of.contains(self.key(at))
    }

    /// `settore farmaceutico`, `nel campo dell'energia`, `un progetto comune sulla pesca`: a cue stands before the field, with one
    /// other word between where that leads to the field.
    fn follows_cue(&self, field: &Field) -> bool {
        let is_quote = |at: usize| matches!(self.word(at), ":" | "«" | "“" | "„" | "\"");
        let mut has_skipped = false;
        // a maker of surgical lighting: what narrows the field stands between.
        let first = super::span::start_of_adjectives(self, self.start(field));
        for at in (first.saturating_sub(CUE_REACH)..first).rev() {
            if self.is_cue(at) {
                return true;
            }
            if self.is_function_word(at) || is_quote(at) {
                continue;
            }
            let leads = self.is_of(at + 1) || self.is_about(at + 1);
            let is_word = self.tokens[at].kind == TokenKind::Word && self.tokens[at].case == Case::Lower;
            if has_skipped || !leads || !is_word || at + 1 >= first {
                return false;
            }
            has_skipped = true;
        }
        false
    }

    /// Whether any cue of the sentence speaks of the field: what says little else in a release, and weak names that are narrowed
    /// (`conservación de alimentos`).
    fn is_spoken_of(&self, field: &Field) -> bool {
        let words = &self.sentence.pack.sectors;
        // la sua storica formazione is a band.
        let is_led = || {
            field.first.checked_sub(1).is_none_or(|at| {
                self.is_function_word(at) || self.tokens[at].kind != TokenKind::Word || self.is_cue(at)
            })
        };
        let is_named =
            || words.spoken_of.contains(self.key(field.end - 1)) || words.spoken_of.contains(self.key(field.first));
        is_named() && is_led() || self.is_acted_on(field) && !words.everyday.contains(self.key(field.first))
    }

    /// Whether an activity stands beside the field: `conservación de alimentos`, `glass recycling`.
    fn is_acted_on(&self, field: &Field) -> bool {
        let words = &self.sentence.pack.sectors;
        self.start(field) < field.first || words.cues_follow && words.activities.contains(self.key(field.end))
    }

    /// The first token of the field with the activity that it is the object of (`gestion` des forêts).
    fn start(&self, field: &Field) -> usize {
        let is_object = field.first > 1
            && self.is_of(field.first - 1)
            && self.sentence.pack.sectors.activities.contains(self.key(field.first - 2));
        if is_object { field.first - 2 } else { field.first }
    }

    /// Whether an activity or an adjective beside the field narrows it.
    pub(super) fn is_narrowed(&self, field: &Field) -> bool {
        self.is_acted_on(field) || super::span::is_narrowed(self, field)
    }

    /// `accordo triennale sulla formazione`; `Alla formazione è dedicato un corso`.
    fn is_topic(&self, field: &Field) -> bool {
        let missions = &self.sentence.pack.missions;
        let first = self.start(field);
        let is_behind_about = (first.saturating_sub(2)..first).any(|at| self.is_about(at));
        let opens = || {
            let is_to = |at: usize| self.is_about(at) || missions.to.contains(self.key(at));
            (0..field.first).all(|at| self.is_function_word(at) || is_to(at)) && (0..field.first).any(is_to)
        };
        let is_cue = |at: usize| self.is_cue(at);
        is_behind_about && ((0..field.first).any(is_cue) || self.is_narrowed(field))
            || opens() && (field.end..self.tokens.len()).any(is_cue)
    }

    /// `– pescaturismo: visita a …`, `2) formazione di otto tecnici`, `- l'alta formazione, con un dottorato`: the head of an item of
    /// a list.
    fn heads_item(&self, field: &Field) -> bool {
        let is_word = |at: usize| self.tokens[at].kind == TokenKind::Word && self.word(at).chars().count() > 1;
        let first = self.start(field);
        let is_article = first > 1 && self.is_function_word(first - 1);
        let n_before = first - usize::from(is_article);
        // The label ends in a mark: a single letter may be an article.
        let opens = (1..=MAX_LABEL_TOKENS).contains(&n_before)
            && self.tokens[n_before - 1].kind == TokenKind::Mark
            && !(0..n_before).any(is_word);
        // • Porto di Livorno
        let is_named = || {
            let is_capital = self.tokens.get(field.end + 1).is_some_and(|token| token.case.is_capital());
            is_capital && self.is_function_word(field.end) && !self.sentence.pack.prose.nouns_are_capitalized
        };
        let goes_on = || {
            field.is_strong
                || self.is_of(field.end)
                || self.is_about(field.end)
                || matches!(self.word(field.end), "," | "(" | "|")
        };
        opens && (matches!(self.word(field.end), ":" | ";" | "–" | "") || goes_on() && !is_named())
    }

    /// `Officine Rossi | stampi | Lecco`: a cell of a table.
    fn fills_cell(&self, field: &Field) -> bool {
        let opens = field.first > 0 && self.word(field.first - 1) == "|";
        opens && matches!(self.word(field.end), "|" | "" | ",")
    }

    /// `Officine Rossi (Lecco), stampi per la plastica`: what a firm makes, behind its name and its town.
    fn is_trade_of_line(&self, field: &Field) -> bool {
        let is_line = |mark: usize| mark > 0 && self.word(mark - 1) == ")" && self.tokens.len() <= MAX_LINE_TOKENS;
        let Some(mark) = field.first.checked_sub(1).filter(|&mark| is_line(mark)) else { return false };
        let is_named = (0..mark).all(|at| {
            self.tokens[at].kind != TokenKind::Word || self.tokens[at].case != Case::Lower || self.is_function_word(at)
        });
        let has_name = self.tokens[..mark].iter().any(|token| token.kind == TokenKind::Word && token.case.is_capital());
        let opens_complement =
            self.word(field.end).is_empty() || self.is_function_word(field.end) || self.word(field.end) == ",";
        matches!(self.word(mark), "," | "–" | "-" | ":" | "—") && is_named && has_name && opens_complement
    }

    /// `i giovani`, `la storia`, `aziende orafe`, but not `il settore casa`, `i comparti alimentare e orafo`.
    pub(super) fn is_everyday(&self, field: &Field) -> bool {
        let words = &self.sentence.pack.sectors;
        let is_word = |at: usize| words.everyday.contains(self.key(at));
        if field.end - field.first > 1
            || !(is_word(field.first) || field.is_adjective)
            || self.is_narrowed(field) && !field.is_adjective
        {
            return false;
        }
        let is_noun = |at: usize| words.sector_nouns.contains(self.key(at));
        let mut before =
            (field.first.saturating_sub(MAX_LISTED_TOKENS)..field.first).rev().filter(|&at| !self.is_function_word(at));
        let is_behind = if field.is_adjective {
            let is_member = |at: &usize| self.is_joint(*at) || self.is_joint(*at + 1) && !is_noun(*at);
            before.find(|at| !is_member(at)).is_some_and(is_noun)
        } else {
            before.next().is_some_and(is_noun)
        };
        !(is_behind || words.cues_follow && is_noun(field.end))
    }

    /// `assessora al Turismo`, `Ministero della Cultura`: within the noun phrase that an office opens.
    pub(super) fn is_of_office(&self, field: &Field) -> bool {
        let offices = &self.sentence.pack.sectors.offices;
        let mut before = (0..field.first).rev().take(5).take_while(|&at| {
            offices.contains(self.key(at)) || self.is_function_word(at) || self.tokens[at].case == Case::Lower
        });
        let is_behind = before.any(|at| offices.contains(self.key(at)));
        // conseiller délégué à l'aéronautique: the office governs the field.
        let mut governors = (field.first.saturating_sub(5)..field.first).rev().filter(|&at| !self.is_function_word(at));
        let governor = governors.next();
        // responsabile dell'innovazione navale: an adjective belongs to the noun right before it.
        let next = governors
            .next()
            .filter(|_| governor.is_some_and(|at| at + 1 == field.first && self.tokens[at].case == Case::Lower));
        let is_office = |at: usize| offices.contains(self.key(at));
        is_behind
            && (self.tokens[field.first].case.is_capital()
                || governor.is_some_and(is_office)
                || next.is_some_and(is_office))
    }

    /// `Scuola di Bioscienze e medicina veterinaria`: within the name that the capital of its head noun opens.
    pub(super) fn is_of_body(&self, field: &Field) -> bool {
        let words = &self.sentence.pack.sectors;
        let is_body = |at: usize| {
            let word = self.word(at);
            let is_head = || {
                words.bodies.contains(self.key(at))
                    || words.body_ends.iter().any(|end| word.len() > end.len() && word.ends_with(end.as_str()))
            };
            self.tokens[at].case.is_capital() && is_head()
        };
        let before = (field.first.saturating_sub(MAX_NAME_TOKENS)..field.first).rev();
        before.filter(|&at| is_body(at)).any(|head| self.goes_on_as_name(head + 1, field.first))
    }

    /// Whether the tokens from `at`, behind the head noun of a body, to `end` are its name: a preposition that leads on, and then
    /// nouns, articles and conjunctions alone.
    fn goes_on_as_name(&self, at: usize, end: usize) -> bool {
        let missions = &self.sentence.pack.missions;
        let is_word = |at: usize| {
            self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word) && !self.is_function_word(at)
        };
        // Institut supérieur de l'aéronautique
        let start = at + usize::from(is_word(at) && self.tokens[at].case == Case::Lower);
        let leads = self.is_of(start)
            || self.is_about(start)
            || start == at && start < end && self.tokens[start].case.is_capital();
        let leaves = |at: usize| {
            (missions.to.contains(self.key(at)) || missions.with.contains(self.key(at)) || self.is_about(at))
                && !self.is_of(at)
        };
        let is_noun = |at: usize| self.tokens[at].case.is_capital() || self.is_function_word(at - 1);
        let goes_on = |at: usize| match self.tokens[at].kind {
            TokenKind::Mark => self.word(at) == ",",
            _ if self.is_function_word(at) => !leaves(at),
            _ => is_noun(at),
        };
        // the School of Engineering robotics lab: what stands right behind a name is not in it.
        let is_joined = || self.tokens[end].case.is_capital() || !self.tokens[end - 1].case.is_capital();
        start < end && leads && (start + 1..end).all(goes_on) && is_joined()
    }

    /// `una protesi`, `due robot mobili`: a thing that is counted.
    pub(super) fn is_counted(&self, field: &Field) -> bool {
        let Some(before) = field.first.checked_sub(1) else { return false };
        let pack = self.sentence.pack;
        let is_more = || {
            let number = self.tokens[before].kind == TokenKind::Number
                && self.word(before).len() <= 3
                && self.word(before).bytes().all(|byte| byte.is_ascii_digit());
            number
                || pack
                    .dates
                    .sense(self.key(before))
                    .is_some_and(|sense| sense.number.is_some_and(|number| (2..1000).contains(&number)))
        };
        let is_followed = || {
            pack.sectors.cues_follow
                && self
                    .tokens
                    .get(field.end)
                    .is_some_and(|token| token.kind == TokenKind::Word && !self.is_function_word(field.end))
        };
        let is_one = || !pack.sectors.cues_follow && pack.sectors.single.contains(self.key(before));
        let opens_item = before == 0;
        !opens_item && (is_one() || is_more()) && !is_followed()
    }

    /// `progetti di ricerca`, `research projects`: of no field but of any.
    pub(super) fn is_idle(&self, field: &Field) -> bool {
        let words = &self.sentence.pack.sectors;
        // un programma di mobilità per dottorandi, spazio a moda e musica: of people, room for things, and no field.
        let is_thing = || words.concrete.contains(self.key(field.first));
        let opens = |at: usize| {
            self.is_of(at) || self.is_about(at) || is_thing() && words.complement_openers.contains(self.key(at))
        };
        if field.end - field.first == 1 && words.before_complement.contains(self.key(field.first)) && opens(field.end) {
            return true;
        }
        if field.end - field.first > 1 || !words.idle_complements.contains(self.key(field.first)) {
            return false;
        }
        let is_noun = |at: usize| {
            self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word && token.case == Case::Lower)
                && !self.is_function_word(at)
        };
        let is_complement = field.first > 1
            && self.is_of(field.first - 1)
            && is_noun(field.first - 2)
            && !words.sector_nouns.contains(self.key(field.first - 2));
        // laboratori di ricerca ed enti di formazione: another noun follows, with a complement of its own.
        let next = (field.end + 1..field.end + 3).find(|&at| !self.is_function_word(at));
        let opens_next = next.is_some_and(|at| self.is_of(at + 1));
        let goes_on = words.conjunctions.contains(self.key(field.end)) && !opens_next;
        (is_complement || words.cues_follow && is_noun(field.end) && !words.sector_nouns.contains(self.key(field.end)))
            && !goes_on
    }

    /// `una cena con formaggi e vino`, `guests were served cheese`: what is eaten at a meal is no field, unless a cue speaks of one.
    pub(super) fn is_served(&self, field: &Field) -> bool {
        let words = &self.sentence.pack.sectors;
        if !words.eaten.contains(&field.code) {
            return false;
        }
        let mut n_words = 0;
        for at in (field.first.saturating_sub(MAX_MENU)..field.first).rev() {
            if words.meals.contains(self.key(at)) {
                return true;
            }
            let ends_clause = matches!(self.word(at), ";" | "." | ":" | "(" | ")");
            let is_word = self.tokens[at].kind == TokenKind::Word && !self.is_function_word(at) && !self.is_joint(at);
            n_words += usize::from(is_word);
            if ends_clause || n_words > MAX_MENU_WORDS || self.is_cue(at) || self.is_about(at) && !self.is_of(at) {
                return false;
            }
        }
        false
    }

    /// `sala di supercalcolo`, `supercomputing room`; but `scambio nel turismo` is about it.
    pub(super) fn qualifies_a_thing(&self, field: &Field) -> bool {
        let words = &self.sentence.pack.sectors;
        let is_thing = |at: usize| words.things.contains(self.key(at));
        let is_of = |at: usize| self.sentence.pack.missions.of.contains(self.key(at));
        let is_behind = match field.first {
            0 => false,
            // gli operatori del settore alimentare: the noun of the field comes first.
            _ if field.end - field.first > 1 && self.is_cue(field.first) => false,
            first if is_thing(first - 1) => true,
            first => first > 1 && is_of(first - 1) && is_thing(first - 2),
        };
        is_behind || words.cues_follow && is_thing(field.end)
    }

    /// `il Polo Meccatronica`, `the Minister for Further and Higher Education`: within a name that the capital of its noun opens.
    pub(super) fn is_in_title(&self, field: &Field) -> bool {
        let words = &self.sentence.pack.sectors;
        if self.sentence.pack.prose.nouns_are_capitalized || self.tokens[field.first].case != Case::Title {
            return false;
        }
        let is_title = |at: usize| self.tokens[at].case == Case::Title;
        let reach = field.first.saturating_sub(CUE_REACH)..field.first;
        let mut before =
            reach.rev().take_while(|&at| is_title(at) || self.is_function_word(at)).filter(|&at| is_title(at));
        // What opens a sentence has its capital from there: only weak names are in a title then (`Settore Comunicazione`).
        let is_head = |at: usize| words.titles.contains(self.key(at)) || words.offices.contains(self.key(at));
        let opens = |at: usize| is_head(at) && (at > 0 || !field.is_strong && self.word(field.end) != ":");
        before.any(opens)
    }

    /// `dementia-friendly design`: the first part of an adjective.
    pub(super) fn opens_adjective(&self, field: &Field) -> bool {
        let touches = |at: usize| self.tokens.get(at).is_some_and(|token| token.gap == Gap::None);
        let is_joined = self.word(field.end) == "-" && touches(field.end) && touches(field.end + 1);
        is_joined && self.sentence.pack.sectors.joined_ends.contains(self.key(field.end + 1))
    }

    /// `il nostro patrimonio`, `la chimica Anna Neri`: what somebody has or is, and no field.
    pub(super) fn is_somebodys(&self, field: &Field) -> bool {
        let words = &self.sentence.pack.sectors;
        let is_owned = || !field.is_strong && field.first > 0 && words.possessives.contains(self.key(field.first - 1));
        let is_name = |token: &Token| token.case == Case::Title && token.gap == Gap::Blank;
        let is_calling = || {
            let is_word = field.end - field.first == 1 && self.tokens[field.first].case == Case::Lower;
            is_word && words.callings.contains(self.key(field.first)) && self.tokens.get(field.end).is_some_and(is_name)
        };
        is_owned() || is_calling()
    }

    /// A capital inside a sentence, beside another: part of a name that nobody knows.
    pub(super) fn is_part_of_name(&self, field: &Field) -> bool {
        let token = &self.tokens[field.first];
        if token.case != Case::Title || field.first == 0 || self.sentence.pack.prose.nouns_are_capitalized {
            return false;
        }
        let is_name = |at: usize| {
            self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word && token.case.is_capital())
        };
        let opens_item =
            matches!(self.word(field.first - 1), "," | ";" | ":" | "-" | "–" | "•" | "«" | "“" | "\"" | "(");
        !opens_item && (is_name(field.end) || is_name(field.first - 1) || self.sentence.zone == Zone::Body)
    }
}

/// Marks, numbers and letters before the first word of an item, at most.
const MAX_LABEL_TOKENS: usize = 3;
/// Tokens of a line that says what a firm makes, at most.
const MAX_LINE_TOKENS: usize = 16;
/// Tokens of a list of adjectives behind its noun, at most.
const MAX_LISTED_TOKENS: usize = 12;
/// Tokens of the name of a body up to a field in it, at most.
const MAX_NAME_TOKENS: usize = 8;
