//! How likely a stretch is a person's name.

use super::{
    Candidate, Reader,
    cues::Title,
    runs::{Shape, Unit},
};
use crate::{
    document::Zone,
    lexicon::{Kind, pack::WordClass},
    text::words::Case,
};

/// Priority from which a place is known well enough to be no surname behind a given name.
const KNOWN_PLACE: i16 = 50;

/// Priority from which a place is known so well that a given name is hardly meant.
const WELL_KNOWN_PLACE: i16 = 60;

/// Zipf frequency from which a word of another language is hardly a surname.
const VERY_COMMON_ELSEWHERE: f32 = 4.6;

/// What the lists say of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listed {
    No,
    Person,
    /// The stretch is the name of something else.
    Whole,
    /// The stretch lies inside a longer name.
    Inside,
}

impl Reader<'_> {
    /// Weighs the units from `start` to `end`; none when they cannot be a person at all.
    pub(super) fn weigh(&self, units: &[Unit], start: usize, end: usize) -> Option<Candidate> {
        let (start, end) = self.trim(units, start, end)?;
        let name = &units[start..end];
        if name.iter().any(|unit| self.is_tied_like_place(unit)) {
            return None;
        }
        let (first, last) = (name[0].first, name[name.len() - 1].end);
        let listed = self.listed(first, last);
        if listed == Listed::Inside
            || self.opens_with_head(first, last)
            || self.closes_with_head(first, last)
            || self.is_daughter(first, last)
            || self.is_firm(last)
            || name.len() > 1 && self.is_firm(name[name.len() - 1].first)
        {
            return None;
        }
        // "Atlas Primeurs, empresa de Agadir": a given name opens names of firms, too, where no surname follows.
        let tail = name[name.len() - 1].part;
        let is_given = name[0].part.is_given;
        let is_bare = || !self.words.class(self.key(last + 1)).is(WordClass::ARTICLE);
        let is_odd = is_given && name.len() == 2 && !tail.is_surname && !tail.is_given;
        let is_told = (!is_given || is_odd && is_bare()) && self.is_told_body(last);
        // "l'équipementier Atlas Composants": a word of some language is no surname that the tables lack.
        let is_word = || is_odd && self.context.lexicon.common_words.highest_zipf(self.key(last - 1)).is_some();
        if name.len() > 1 && (is_told || (!is_given || is_word()) && self.is_announced_body(first))
            || self.is_announced_by_phrase(first)
            || self.is_national_firm(first, last)
            || !is_given && self.is_among_firms(first)
        {
            return None;
        }
        let cue = self.cue_before(first);
        let title = cue.map(|(title, _)| title);
        let n_names = name.iter().filter(|unit| matches!(unit.shape, Shape::Name | Shape::Initial)).count();
        // "Il giovane della Florida Mario Bianchi": where somebody is from ends before the name.
        let is_behind_place =
            || self.ends_with_place(&units[start - 1]) && self.follows_preposition(units[start - 1].first);
        // "Il premio Nobel Anna Conti": the prize ends before its winner.
        let is_behind_prize = || self.is_prize(units[start - 1].first);
        let cut_before = start > 0
            && title.is_none()
            && self.is_suspect(&units[start - 1], start - 1)
            && !is_behind_place()
            && !is_behind_prize();
        let cut_behind = end < units.len() && self.is_suspect(&units[end], end);
        let (mut percent, mut why) = if listed == Listed::Person {
            (93, "people/listed")
        } else if n_names >= 2 && !self.is_veiled(name) {
            (self.parts(name), "people/parts")
        } else if name.len() == 2 && name[0].shape == Shape::Particle && self.is_foreign_particle(first) {
            (72, "people/particle")
        } else if self.is_regnal(name) {
            (85, "people/regnal")
        } else if self.is_veiled(name) {
            (80, "people/veiled")
        } else {
            (self.single(&name[name.len() - 1]), "people/name")
        };
        if listed == Listed::Whole || self.ends_like_thing(name) {
            percent = percent.min(30);
        }
        if percent > 0 && (cut_before || cut_behind) {
            percent = percent.saturating_sub(if percent >= 95 { 30 } else { 40 });
        }
        let is_known = name.iter().any(|unit| unit.part.is_given || unit.part.is_surname);
        let is_tail_of_office = n_names == 1 && !is_known && cue.is_some_and(|(_, has_complement)| has_complement);
        let title = title.filter(|_| !is_tail_of_office);
        if let Some(raised) = title.and_then(|title| self.with_title(name, n_names, title, listed)) {
            (percent, why) = (raised.max(percent), if raised > percent { "people/title" } else { why });
        } else if percent > 0 && percent < 90 && listed == Listed::No && !cut_before {
            let raised = self.with_cues(name, n_names, first, last);
            (percent, why) = if raised > percent { (raised, "people/cue") } else { (percent, why) };
        }
        // "Segundo o diretor da Robotiza Automação, Jonas Zanotto": names of people have no article.
        let is_of_body = || !is_given && self.follows_article(first);
        let may_join = n_names >= 2
            && percent >= 20
            && !is_of_body()
            && !self.is_firm_of_town(name)
            && !self.ends_with_place(&name[name.len() - 1])
            && listed == Listed::No
            && !cut_before
            && !cut_behind;
        let shares_office = title == Some(Title::Offices);
        let is_plain_name =
            n_names == 1 && percent > 0 && !cut_before && !cut_behind && self.is_plain_name(&name[0], first);
        let standing =
            (n_names == 1 && !cut_before && !cut_behind).then(|| self.standing(&name[0], first, last)).flatten();
        Some(Candidate { first, end: last, percent, why, may_join, is_plain_name, shares_office, standing })
    }

    /// Whether hyphens tie a small word between others, as they do in names of towns (`Montemor-o-Novo`).
    fn is_tied_like_place(&self, unit: &Unit) -> bool {
        let is_small =
            |at: usize| self.tokens[at].case == Case::Lower && self.word(at + 1) == "-" && self.word(at - 1) == "-";
        unit.shape == Shape::Name && unit.end >= unit.first + 5 && (unit.first + 2..unit.end - 2).any(is_small)
    }

    /// Whether the last word is what things of other languages are called by (`Victoria Park`, `Emmy Awards`).
    fn ends_like_thing(&self, name: &[Unit]) -> bool {
        let last = &name[name.len() - 1];
        let is_firm = || {
            let key = self.key(last.first);
            !last.part.is_surname
                && !last.part.is_given
                && (self.anywhere.firm_words.contains(&key)
                    || self.anywhere.firm_nouns.contains(&key)
                    || self.anywhere.ends_like_firm(self.word(last.first)))
        };
        name.len() > 1
            && last.end == last.first + 1
            && (self.is_firm_of_town(name)
                || self.anywhere.class(self.key(last.first)).is(WordClass::NOT_NAME)
                || is_firm())
    }

    /// Whether it is a place and what a firm does there (`Longarone Fiere`, `Liguria Export`).
    fn is_firm_of_town(&self, name: &[Unit]) -> bool {
        let [town, .., last] = name else { return false };
        let key = self.key(last.first);
        let is_firm = self.anywhere.firm_nouns.contains(&key) || self.anywhere.firm_words.contains(&key);
        is_firm && self.ends_with_place(town)
    }

    /// Whether it is a given name with the initial of a surname, as courts veil people (`Davide S.`). Where the initial ends a
    /// sentence, a small word or a mark goes on.
    fn is_veiled(&self, name: &[Unit]) -> bool {
        let [given, initial] = name else { return false };
        given.part.is_given
            && given.case == Case::Title
            && given.zipf < 4.5
            && initial.shape == Shape::Initial
            && !self.is_capitals
            && !self.words.nouns_are_capital
            && !self.is_listed(given)
            && self
                .token(initial.end)
                .is_some_and(|next| next.case == Case::Lower || matches!(self.word(initial.end), "," | ")" | ";"))
    }

    /// Whether it is a given name with a number (`Onorio XIII`), as popes and monarchs have; `I` is a word of its own.
    fn is_regnal(&self, name: &[Unit]) -> bool {
        let [given, number] = name else { return false };
        given.part.is_given
            && given.case == Case::Title
            && number.shape == Shape::Numeral
            && self.word(number.first) != "I"
    }

    pub(super) fn ends_with_place(&self, unit: &Unit) -> bool {
        self.lookups(self.span(unit.first, unit.end)).any(|lookup| self.kind_of(lookup) == Some(Kind::Place))
    }

    /// Leaves out places and bodies before the name, and what cannot begin or end one.
    fn trim(&self, units: &[Unit], mut start: usize, mut end: usize) -> Option<(usize, usize)> {
        // "AMBASCIATRICE DEL MESSICO": in capitals a preposition looks like the beginning of a name.
        let small = WordClass::ARTICLE.with(WordClass::OF).with(WordClass::TO);
        while self.is_capitals && start < end && units[start].class.is_any(small) {
            start += 1;
        }
        if start == end {
            return None;
        }
        let is_open = |unit: &Unit| {
            matches!(unit.shape, Shape::Particle | Shape::Nickname | Shape::Initial) || unit.is_capital_particle()
        };
        let is_veiled = end == start + 2 && self.is_veiled(&units[start..end]);
        // "Lucio Dalla": a particle with a capital that the tables have as a surname, too, behind a given name.
        let is_surname = |at: usize| {
            let (given, last) = (&units[at - 1], &units[at]);
            last.is_capital_particle()
                && last.part.is_surname
                && given.part.is_given
                && given.zipf < 3.0
                && !self.is_capitals
        };
        while !is_veiled && end > start + 1 && is_open(&units[end - 1]) && !is_surname(end - 1) {
            end -= 1;
        }
        // "il governo Bianchi IV": a surname has no number.
        if end > start + 1
            && units[end - 1].shape == Shape::Numeral
            && !units[end - 2].part.is_given
            && units[end - 2].part.is_surname
        {
            end -= 1;
        }
        if !is_veiled && matches!(units[end - 1].shape, Shape::Particle | Shape::Nickname | Shape::Initial) {
            return None;
        }
        // "Di Pietro ha detto": the particle has its capital from the sentence too.
        if end == start + 1 && start > 0 && units[start - 1].is_capital_particle() && units[start].part.is_surname {
            start -= 1;
        }
        // Words of a longer name that began before or goes on behind: "Stati Uniti d'America | Bill Clinton".
        while start < end && self.is_tail_of_listed(&units[start]) {
            start += 1;
        }
        // "il segretario dell'Onu Ban Ki-moon": a name of the East begins behind a body of the lists.
        let is_romanized = |unit: &Unit| unit.end == unit.first + 3 && self.tokens[unit.end - 1].case == Case::Lower;
        let is_eastern = |at: usize| {
            let is_surname = units[at].part.surname_origins & self.surname_first != 0 || is_romanized(&units[at + 1]);
            is_surname && self.is_eastern_given(&units[at + 1..end])
        };
        let is_body = || {
            let body = self
                .context
                .listed
                .starting_at(units[start].first)
                .filter(|&(_, body_end)| body_end == units[start].end);
            !units[start].part.is_given
                && body.is_some_and(|(idx, _)| self.context.listed.is_of_kind(idx, Kind::Institution))
        };
        if end - start >= 3 && is_body() && is_eastern(start + 1) {
            start += 1;
        }
        // "della Margherita Francesco Rutelli": no name of a person has the article that the first word has.
        if end - start >= 3 && self.follows_article(units[start].first) && units[start + 1].part.is_given {
            start += 1;
        }
        // A place, a body or an unknown word before a given name that begins the name anew ("Regione Toscana Mario Bianchi").
        let is_town = || self.follows_preposition(units[start].first) && self.ends_with_place(&units[start]);
        if end - start >= 3 && units[start].shape == Shape::Name && (!units[start].part.is_given || is_town()) {
            let given = (start + 1..end - 1).find(|&at| {
                let part = units[at].part;
                part.is_given && part.surname_origins & self.surname_first == 0
            });
            // "del Polo Anna Conti": so is the noun of a body.
            let is_noun = || {
                units[start + 1].part.is_given
                    && units[start + 1].zipf < 3.0
                    && self.words.body_noun(self.key(units[start].first)).is_some()
            };
            // "Tran Van Hoan": a surname of the East stands first.
            let is_eastern =
                units[start].part.surname_origins & self.surname_first != 0 && units[start].class == WordClass::NONE;
            let is_cut = !is_eastern && (start > 0 || self.is_listed(&units[start]) || is_noun());
            if let (Some(given), true) = (given, is_cut) {
                start = given;
            }
        }
        (start < end).then_some((start, end))
    }

    /// Whether the unit ends a name of the lists, no person's, that begins before it.
    fn is_tail_of_listed(&self, unit: &Unit) -> bool {
        let span = self.span(unit.first, unit.end);
        self.lookups(span).any(|lookup| {
            lookup.span.start() < span.start()
                && lookup.span.end() == span.end()
                && self.kind_of(lookup).is_some_and(|kind| kind != Kind::Person)
        })
    }

    /// Whether the first word of several is a place or a body and no given name (`Samsung Italia`).
    pub(super) fn begins_with_listed(&self, head: &Unit) -> bool {
        !head.part.is_given
            && head.part.surname_origins & self.surname_first == 0
            && self
                .lookups(self.span(head.first, head.end))
                .any(|lookup| self.kind_of(lookup).is_some_and(|kind| kind != Kind::Person))
    }

    /// Whether the lists know a word as something, villages aside: nobody knows them, and their names are like people's.
    pub(super) fn is_listed(&self, unit: &Unit) -> bool {
        self.lookups(self.span(unit.first, unit.end)).any(|lookup| self.is_known(lookup))
    }

    /// Whether the lists know a word as something, and not only as a small place.
    pub(super) fn is_of_note(&self, unit: &Unit) -> bool {
        let gazetteer = &self.context.lexicon.gazetteer;
        self.lookups(self.span(unit.first, unit.end)).any(|lookup| {
            let mut rows = gazetteer.readings(lookup.name).map(|reading| gazetteer.profile(reading.entry));
            rows.any(|row| row.kind != Kind::Place || row.priority >= KNOWN_PLACE)
        })
    }

    /// Whether the lists know a word as nothing but places that count alone.
    pub(super) fn is_only_place(&self, unit: &Unit) -> bool {
        let gazetteer = &self.context.lexicon.gazetteer;
        self.lookups(self.span(unit.first, unit.end)).all(|lookup| {
            let mut rows = gazetteer.readings(lookup.name).map(|reading| gazetteer.profile(reading.entry));
            rows.all(|row| row.kind == Kind::Place)
        })
    }

    /// Whether the lists know a given name as something else that counts alone; small places aside (`Luca` is Lucca elsewhere), if
    /// people of the language have it.
    fn is_thing_too(&self, head: &Unit) -> bool {
        let lexicon = self.context.lexicon;
        if head.part.origins & lexicon.name_parts.origin_bit(&self.sentence.pack.code) == 0 {
            return self.is_listed(head);
        }
        self.is_firmly_listed(head)
    }

    /// Whether the lists know a word as something that counts alone, people and small places aside.
    fn is_firmly_listed(&self, unit: &Unit) -> bool {
        let gazetteer = &self.context.lexicon.gazetteer;
        self.lookups(self.span(unit.first, unit.end)).any(|lookup| {
            let mut rows = gazetteer
                .readings(lookup.name)
                .filter(|reading| !reading.is_weak)
                .map(|reading| gazetteer.profile(reading.entry));
            rows.any(|row| row.kind != Kind::Person && (row.kind != Kind::Place || row.priority >= WELL_KNOWN_PLACE))
        })
    }

    fn listed(&self, first: usize, end: usize) -> Listed {
        let span = self.span(first, end);
        let mut listed = Listed::No;
        for lookup in self.lookups(span) {
            let Some(kind) = self.kind_of(lookup) else { continue };
            if matches!(kind, Kind::Sector | Kind::Date | Kind::Amount) {
                continue;
            }
            if lookup.span.contains(span) {
                listed = match kind {
                    Kind::Person => Listed::Person,
                    _ if lookup.span.len() > span.len() => return Listed::Inside,
                    _ => Listed::Whole,
                };
            } else if !span.contains(lookup.span) && kind != Kind::Person {
                return Listed::Inside;
            }
        }
        listed
    }

    /// Whether the mark of a firm follows (`Mario Bianchi S.p.A.`).
    fn is_firm(&self, at: usize) -> bool {
        // "Anna Conti & Bruno Rossi" are two.
        let is_two = || {
            self.word(at) == "&"
                && self.is_given(at + 1)
                && self.token(at + 2).is_some_and(|next| next.case == Case::Title)
        };
        self.token(at).is_some() && self.words.firm_marks.begin_at(self.tokens, at).is_some() && !is_two()
    }

    fn is_given(&self, at: usize) -> bool {
        self.context.lexicon.name_parts.get(self.key(at)).is_some_and(|part| part.is_given)
    }

    /// Whether a capitalized word beside the stretch makes it part of a title or a longer name.
    fn is_suspect(&self, unit: &Unit, idx: usize) -> bool {
        let is_sentence_start = idx == 0 && self.begins_sentence(unit.first);
        let is_title = self.words.offices.begin_at(self.text, self.tokens, unit.first).is_some()
            || self.words.offices.end_at(self.text, self.tokens, unit.end - 1).is_some()
            || self.words.honorifics.begin_at(self.tokens, unit.first).is_some();
        let is_particle = unit.shape == Shape::Particle;
        !is_title && !is_particle && !is_sentence_start && !self.is_capitals
    }

    /// Whether the token at `at` has its capital from the beginning of a sentence, a quotation or an item.
    pub(super) fn begins_sentence(&self, at: usize) -> bool {
        at == self.sentence.first_token
            || self.token(at - 1).is_some_and(|before| {
                matches!(
                    before.span.of(self.text),
                    "«" | "\"" | "“" | "„" | ":" | "•" | "-" | "–" | "—" | "‘" | ")" | "!" | "?" | "."
                )
            })
    }

    /// Two words and more by what the tables know of them.
    fn parts(&self, name: &[Unit]) -> u8 {
        let (head, last) = (&name[0], &name[name.len() - 1]);
        let is_behind_surname = name.len() > 1 && matches!(last.shape, Shape::Numeral | Shape::Suffix);
        let last = if is_behind_surname { &name[name.len() - 2] } else { last };
        let is_surname_last = last.part.is_surname;
        let is_common = |unit: &Unit| unit.zipf >= 3.0;
        let is_known_place = |unit: &Unit| self.is_listed(unit);
        let starts_common = is_common(head) && (self.begins_sentence(head.first) || self.words.nouns_are_capital);
        if starts_common && self.is_given_with_surname(name) {
            return 66;
        }
        if starts_common && self.sentence.zone == Zone::Contacts && self.is_given_in_contacts(name) {
            return 60;
        }
        if head.part.is_given && !starts_common {
            let sure = !is_common(head) && !self.is_thing_too(head);
            return match (
                is_surname_last,
                is_common(last) && !self.is_word_elsewhere(head, last) || self.is_of_note(last),
            ) {
                (true, false) if sure => 96,
                (true, false) => 88,
                (true, true) if sure => 90,
                (true, true) => 55,
                // "il Wanda Metropolitano", "l'Enea di Casaccia": names of people have no article.
                (false, false)
                    if sure && (name.len() == 2 || self.is_of_somewhere(name)) && self.follows_article(head.first) =>
                {
                    45
                }
                (false, false) if sure => 90,
                (false, false) => 62,
                (false, true) if sure && !self.words.nouns_are_capital && !self.is_capitals => 66,
                (false, true) if self.begins_sentence(head.first) && self.sentence.zone == Zone::Contacts => 60,
                (false, true) => 25,
            };
        }
        if head.part.surname_origins & self.surname_first != 0 && self.is_eastern_given(&name[1..]) {
            return 92;
        }
        let other_given =
            name[1..].iter().any(|unit| unit.part.is_given && unit.part.origins & self.surname_first != 0);
        match head.shape {
            Shape::Initial if is_surname_last && !is_common(last) => 88,
            Shape::Initial if !is_common(last) => 70,
            Shape::Initial => 30,
            _ if starts_common || is_known_place(head) => 20,
            _ if is_surname_last && last.part.surname_origins & self.surname_first != 0 && other_given => 75,
            _ if is_surname_last && !is_common(last) && !is_common(head) && !is_known_place(last) => 66,
            _ if head.part.is_surname && last.part.is_given && !is_common(last) && !is_common(head) => 66,
            // "Weiguang Li": what is a pronoun here is a surname there.
            _ if name.len() == 2
                && self.is_eastern_surname(last)
                && head.zipf == 0.0
                && !self.is_listed(head)
                && !self.follows_article(head.first) =>
            {
                60
            }
            // "Adilson Cabral dos Reis": a surname that is nothing else stands in the middle.
            _ if name.len() >= 3
                && !is_common(head)
                && !self.follows_article(head.first)
                && self.has_surname_inside(name) =>
            {
                60
            }
            _ if is_common(head) || is_common(last) => 20,
            _ if self.follows_article(head.first) => 25,
            _ if name.len() == 2 && self.is_like_subject(head.first, last.end) => 52,
            _ => 32,
        }
    }

    /// Whether it is one word and another behind `of`.
    fn is_of_somewhere(&self, name: &[Unit]) -> bool {
        matches!(name, [_, of, _] if of.shape == Shape::Particle && of.class.is(WordClass::OF))
    }

    /// Whether a surname that is no word and nothing of the lists stands between an unknown word and a particle with the last surname.
    fn has_surname_inside(&self, name: &[Unit]) -> bool {
        let [_, inner, .., particle, last] = name else { return false };
        let is_plain = |unit: &Unit| unit.part.is_surname && unit.zipf == 0.0 && !self.is_listed(unit);
        particle.shape == Shape::Particle && last.part.is_surname && is_plain(inner)
    }

    /// Whether a given name that is a word, too, has a surname behind it, which villages may bear: of those who answer the press
    /// that is enough (`Ufficio stampa: Chiara Parodi`).
    fn is_given_in_contacts(&self, name: &[Unit]) -> bool {
        let [head, last] = name else { return false };
        let are_titled = head.case == Case::Title && last.case == Case::Title;
        are_titled && head.part.is_given && last.part.is_surname && last.zipf == 0.0 && !self.is_listed(head)
    }

    /// Whether a given name that is a word, too, has a surname behind it that is nothing else (`Massimo Capuano resta`).
    fn is_given_with_surname(&self, name: &[Unit]) -> bool {
        let [head, last] = name else { return false };
        let small = WordClass::ARTICLE
            .with(WordClass::OF)
            .with(WordClass::TO)
            .with(WordClass::PRECEDES_PERSON)
            .with(WordClass::NOT_NAME);
        head.part.is_given
            && last.part.is_surname
            && last.zipf == 0.0
            && head.case == Case::Title
            && last.case == Case::Title
            && !head.class.is_any(small)
            && !self.words.nouns_are_capital
            && !self.is_capitals
            && !self.is_listed(head)
            && !self.is_listed(last)
    }

    /// Whether the last word is one of another language only, behind a given name that is no word at all (`Adam Lanza`: to
    /// Spaniards a lance).
    fn is_word_elsewhere(&self, head: &Unit, last: &Unit) -> bool {
        head.zipf == 0.0
            && last.case == Case::Title
            && last.zipf < VERY_COMMON_ELSEWHERE
            && self.zipfs.is_some_and(|zipfs| zipfs.get(self.key(last.first)).is_none())
            && !self.is_capitals
    }

    /// Whether the word at `at` has an article before it, alone or inside a preposition; names of people have none.
    pub(super) fn follows_article(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        before.is_some_and(|before| {
            self.words.class(self.key(before)).is_any(WordClass::ARTICLE.with(WordClass::ARTICULATED))
        })
    }

    /// Whether two unknown words without an article stand where people stand: before a verb, behind `secondo` and the like.
    fn is_like_subject(&self, first: usize, end: usize) -> bool {
        let before = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        let class = before.map_or(WordClass::NONE, |before| self.words.class(self.key(before)));
        let has_verb = self.follows_subject(end) || self.is_deed_of_strangers(end);
        let is_all_title = self.token(first).is_some_and(|token| token.case == Case::Title)
            && self.tokens[end - 1].case == Case::Title;
        let is_doer = class.is(WordClass::PRECEDES_PERSON) && !class.is_any(WordClass::OF.with(WordClass::AND));
        is_all_title && (has_verb && self.opens_clause(first) || is_doer || self.is_companion(first))
    }

    /// Whether a word with a capital inside a sentence is a surname of the East.
    fn is_eastern_surname(&self, unit: &Unit) -> bool {
        unit.part.surname_origins & self.surname_first != 0
            && unit.case == Case::Title
            && !self.is_capitals
            && !self.words.nouns_are_capital
    }

    /// Whether the units behind a surname are a given name of the East: hyphenated, two syllables, or known there.
    fn is_eastern_given(&self, rest: &[Unit]) -> bool {
        match rest {
            [one] => {
                let is_hyphenated = one.end - one.first == 3 && self.word(one.end - 1).len() <= 6;
                is_hyphenated || one.part.is_given && one.part.origins & self.surname_first != 0 && one.zipf < 3.0
            }
            [_, _] | [_, _, _] => rest.iter().all(|unit| {
                unit.shape == Shape::Name
                    && self.word(unit.first).len() <= 8
                    && unit.part.origins & self.surname_first != 0
            }),
            _ => false,
        }
    }

    fn single(&self, unit: &Unit) -> u8 {
        if unit.zipf >= 3.0 || self.is_listed(unit) {
            return if unit.part.is_surname { 10 } else { 0 };
        }
        10
    }
}
