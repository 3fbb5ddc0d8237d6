//! Days of a month that is not said: `il 15`, `on the 18th`, `il prossimo 20`, `dia 12`.

use super::{
    expression::{Expression, Named, Point, Side},
    named::Read,
    reader::Run,
};
use crate::{
    document::Gap,
    lexicon::pack::dates::{Role, Sense},
};

impl Run<'_> {
    /// `il 15`, `on the 18th`, `am 3.`, `dia 12`: a day of a month that is not said, where nothing follows that it could count.
    pub fn day_alone(&self, at: usize) -> Read {
        let (day, end) = self.ordinal_day(at).or_else(|| self.digits(at).and_then(|_| self.day_number(at)))?;
        let is_ordinal = end > at + 1 || self.digits(at).is_none();
        let before = at.checked_sub(1)?;
        let lead = self.last_word(before);
        let is_of_days = lead.is(Role::DayArticle) || self.is(before, Role::DayArticle);
        let is_led = lead.is(Role::DayNoun) && !lead.is(Role::Plural)
            || is_of_days
                && (is_ordinal
                    || !self.words.has_month_before_day && (lead.is(Role::Article) || self.is_bound_phrase(before)));
        // The dot of a German ordinal is that of the sentence where nothing follows.
        let is_closed = self.is_mark(end - 1, &['.']) && self.following(end).is_none();
        let end = end - usize::from(is_closed);
        if !is_led || self.is_touched(at) || self.is_never(at) || !self.ends_phrase(end) {
            return None;
        }
        Some((Point::new(Expression::Named(Named { day: Some(day), ..Named::default() })), end))
    }

    /// Whether the phrase at `at` bounds a stretch and ends in an article (`fino al`, `entro il`, `bis zum`).
    fn is_bound_phrase(&self, at: usize) -> bool {
        let is_phrase = self.get(at).is_some_and(|it| self.text[it.start..it.end].contains(' '));
        is_phrase && [Role::BoundUntil, Role::BoundBy, Role::BoundFrom].iter().any(|&role| self.is(at, role))
    }

    /// `il 10 al Ministero`, `le 12, rencontre à Lyon`, `am 12. Besuch`: a day of a plan, where a day of the same month went before it.
    pub fn planned_day(&self, at: usize) -> Read {
        let (day, end) = self.ordinal_day(at).or_else(|| self.digits(at).and_then(|_| self.day_number(at)))?;
        let is_ordinal = end > at + 1 || self.digits(at).is_none();
        let before = at.checked_sub(1)?;
        let is_led = match (self.words.has_month_before_day, self.words.capitalizes_names) {
            // on the 12th, but not "the 12th edition"
            (true, _) => {
                is_ordinal && self.is(before, Role::Article) && before > 0 && self.is(before - 1, Role::DayArticle)
            }
            // am 12., but not "der 12. Kongress"
            (false, true) => is_ordinal && self.is(before, Role::DayArticle) && !self.is(before, Role::Article),
            (false, false) => {
                let is_one = !self.is(before, Role::Several) && !self.is_range_to(before);
                self.is(before, Role::DayArticle) && self.is(before, Role::Article) && is_one
            }
        };
        let is_free =
            !self.is_touched(at) && !self.is_never(at) && !self.is_counted(end) && self.sense(end).unit.is_none();
        let goes_on =
            self.is_comma(end) || self.following(end).is_some_and(|(word, _)| word.starts_with(char::is_alphabetic));
        (is_led && is_free && goes_on)
            .then(|| (Point::new(Expression::Named(Named { day: Some(day), ..Named::default() })), end))
    }

    /// `il prossimo 20`, `próximo dia 20`, `le 20 prochain`, `il 15 u.s.`: a day with the word that tells its month.
    pub fn day_and_side(&self, at: usize) -> Read {
        // the next 20, die letzten 20: where these words are not inflected, they count.
        if self.words.has_month_before_day || self.words.capitalizes_names {
            return None;
        }
        let said = self.side(at).filter(|_| !self.is(at, Role::Plural));
        let day_at = said.map_or(at, |(_, end)| end);
        let is_labeled = said.is_some() && self.is(day_at, Role::DayNoun) && !self.is(day_at, Role::Plural);
        let day_at = day_at + usize::from(is_labeled);
        let (day, end) = self.digits(day_at).and_then(|_| self.day_number(day_at))?;
        let (side, end) = match said {
            Some((side, _)) if is_labeled || self.ends_phrase(end) => (side, end),
            Some(_) => return None,
            None => {
                let is_led = at > 0 && self.is(at - 1, Role::DayArticle);
                let (side, side_end) = self.side(end).filter(|_| is_led && !self.is(end, Role::Plural))?;
                let is_behind = side != Side::This || self.is(end, Role::Current);
                (is_behind && self.sense(side_end).unit.is_none()).then_some((side, side_end))?
            }
        };
        if self.is_touched(day_at) || self.is_counted(end) {
            return None;
        }
        let named = Named { day: Some(day), side: Some(side), ..Named::default() };
        Some((Point::new(Expression::Named(named)), end))
    }

    /// What the last word of a phrase means by itself; of a single word, what that means.
    pub fn last_word(&self, at: usize) -> &Sense {
        let Some(lexeme) = self.get(at) else { return &Sense::NONE };
        let written = &self.text[lexeme.start..lexeme.end];
        match written.rsplit_once(char::is_whitespace).filter(|_| lexeme.is_phrase) {
            Some((_, last)) => self.words.sense(last).unwrap_or(&Sense::NONE),
            None => lexeme.sense,
        }
    }

    /// `18th`, `1er`: a day in digits with the ending of an ordinal.
    pub fn ordinal_day(&self, at: usize) -> Option<(u8, usize)> {
        self.get(at)?.digits?;
        let (day, end) = self.ordinal(at)?;
        Some((u8::try_from(day).ok().filter(|day| (1..=31).contains(day))?, end))
    }

    /// Whether nothing follows at `at` that a number before it could count: the end, a mark, a clock time.
    pub fn ends_phrase(&self, at: usize) -> bool {
        let is_stop = |word: &str| matches!(word, "." | "," | ";" | ":" | "!" | "?" | ")" | "»" | "\"" | "”");
        // 3,5 and 10:30 go on behind the mark.
        let goes_on = |at: usize| match self.get(at + 1) {
            Some(next) => next.gap == Gap::None && next.digits.is_some(),
            None => self.after.is_some_and(|token| {
                token.gap == Gap::None
                    && self.get(at).is_some()
                    && self.text.as_bytes()[token.span.start()].is_ascii_digit()
            }),
        };
        let is_clock = || self.is(at, Role::ClockAt) && self.hours_behind(at).is_some();
        match self.following(at) {
            None => true,
            Some((word, _)) => is_stop(word) && !goes_on(at) || is_clock(),
        }
    }
}
