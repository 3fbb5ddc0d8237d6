//! How likely a stretch is a person's name.

use super::{
    Candidate, Reader,
    cues::Title,
    known::Listed,
    runs::{Shape, Unit},
};
use crate::{
    lexicon::{Kind, pack::WordClass},
    text::words::Case,
};

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

    /// Whether the word at `at` has an article before it, alone or inside a preposition; names of people have none.
    pub(super) fn follows_article(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        before.is_some_and(|before| {
            self.words.class(self.key(before)).is_any(WordClass::ARTICLE.with(WordClass::ARTICULATED))
        })
    }
}
