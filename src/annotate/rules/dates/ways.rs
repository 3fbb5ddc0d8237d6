//! The ways to read a single point of the calendar, with what each begins with and what it cannot do without.

use super::{named::Read, reader::Run};
use crate::lexicon::pack::dates::Traits;

/// A way to read a point.
struct Way {
    /// Reads it at a place.
    read: fn(&Run<'_>, usize) -> Read,
    /// What it begins with: the first word has one of these.
    begins: Traits,
    /// What it cannot do without: for each of these, some word of the run has one of them.
    needs: [Traits; 2],
}

impl Way {
    const fn new(read: fn(&Run<'_>, usize) -> Read, begins: Traits, needs: [Traits; 2]) -> Self {
        Self { read, begins, needs }
    }
}

/// Some ways, in the order in which they count where two read as far.
pub(super) struct Ways {
    ways: &'static [Way],
    /// The ways that begin with each trait, one bit each, so that the others cost nothing.
    by_trait: [u32; Traits::N],
}

impl Ways {
    const fn new(ways: &'static [Way]) -> Self {
        let mut by_trait = [0; Traits::N];
        let mut at = 0;
        while at < ways.len() {
            let mut number = 0;
            while number < Traits::N {
                if ways[at].begins.has_number(number) {
                    by_trait[number] |= 1 << at;
                }
                number += 1;
            }
            at += 1;
        }
        Self { ways, by_trait }
    }

    /// What the way reads that reads furthest at `at`, where `first` is what stands there; of two, the earlier.
    pub fn furthest(&self, run: &Run<'_>, at: usize, first: Traits) -> Read {
        let mut open = first.numbers().fold(0, |ways, number| ways | self.by_trait[number]);
        let mut best: Read = None;
        while open != 0 {
            let way = &self.ways[open.trailing_zeros() as usize];
            open &= open - 1;
            if !way.needs.iter().all(|&needed| needed == NOTHING || run.traits.is_any(needed)) {
                continue;
            }
            let read = (way.read)(run, at);
            if let Some((_, end)) = &read
                && best.as_ref().is_none_or(|(_, furthest)| end > furthest)
            {
                best = read;
            }
        }
        best
    }
}

/// The need of a way that needs no more.
const NOTHING: Traits = Traits::NONE;

/// Those that begin with figures.
pub(super) static BY_FIGURES: Ways = Ways::new(&[
    Way::new(|run, at| run.numeric_date(at), Traits::FIGURES, [Traits::FIELD_MARK, NOTHING]),
    Way::new(|run, at| run.spaced_date(at), Traits::DAY_FIGURES, [Traits::YEAR_FIGURES, NOTHING]),
    Way::new(|run, at| run.length(at), Traits::FIGURES, [Traits::UNIT, Traits::SIDE.and(Traits::COUNTED)]),
    Way::new(|run, at| run.day_and_month(at), Traits::DAY_FIGURES, [Traits::MONTH.and(Traits::UNIT), NOTHING]),
    Way::new(|run, at| run.distance(at), Traits::FIGURES, [Traits::UNIT, Traits::DISTANCE_BEHIND]),
    Way::new(|run, at| run.distance_from(at), Traits::FIGURES, [Traits::UNIT, Traits::AWAY]),
    Way::new(
        |run, at| run.nth(at),
        Traits::DAY_FIGURES,
        [Traits::UNIT.and(Traits::WEEKDAY).and(Traits::CENTURY).and(Traits::CALENDAR_WEEK), NOTHING],
    ),
    Way::new(|run, at| run.year_and_nth(at), Traits::YEAR_FIGURES, [Traits::PIECE.and(Traits::UNIT), NOTHING]),
    Way::new(|run, at| run.short_nth(at), Traits::PIECE, [NOTHING; 2]),
    Way::new(|run, at| run.decade(at), Traits::FIGURES, [Traits::DECADE, NOTHING]),
    Way::new(|run, at| run.year_and_month(at), Traits::YEAR_FIGURES, [Traits::MONTH, NOTHING]),
    Way::new(|run, at| run.day_alone(at), Traits::DAY_FIGURES, [NOTHING; 2]),
    Way::new(|run, at| run.day_and_side(at), Traits::DAY_FIGURES, [Traits::SIDE, NOTHING]),
    Way::new(|run, at| run.year_of_era(at), Traits::FIGURES, [Traits::ERA, NOTHING]),
    Way::new(|run, at| run.first_months(at), Traits::MONTH_MARK, [NOTHING; 2]),
]);

/// A unit, or what stands before one and says which.
const UNIT_TOLD: Traits = Traits::UNIT.and(Traits::SIDE).and(Traits::FAR);

/// Those that begin with a word.
pub(super) static BY_WORDS: Ways = Ways::new(&[
    Way::new(|run, at| run.numeric_date(at), Traits::WEEKDAY.and(Traits::MONTH), [Traits::FIELD_MARK, Traits::FIGURES]),
    Way::new(|run, at| run.side_and_numeric(at), Traits::SIDE, [Traits::FIELD_MARK, Traits::FIGURES]),
    Way::new(|run, at| run.year_to_date(at), Traits::YEAR_TO_DATE, [NOTHING; 2]),
    Way::new(
        |run, at| run.length(at),
        Traits::SIDE.and(Traits::COUNTED).and(Traits::NUMBER),
        [Traits::UNIT, Traits::SIDE.and(Traits::COUNTED)],
    ),
    Way::new(
        |run, at| run.day_and_month(at),
        Traits::COUNTING.and(Traits::WEEKDAY).and(Traits::SIDE),
        [Traits::MONTH.and(Traits::UNIT), Traits::COUNTING],
    ),
    Way::new(
        |run, at| run.month_and_day(at),
        Traits::MONTH.and(Traits::WEEKDAY).and(Traits::SIDE),
        [Traits::MONTH, Traits::COUNTING],
    ),
    Way::new(|run, at| run.month_alone(at), Traits::MONTH.and(Traits::SIDE), [Traits::MONTH, NOTHING]),
    Way::new(|run, at| run.weekday_alone(at), Traits::WEEKDAY.and(Traits::SIDE), [Traits::WEEKDAY, NOTHING]),
    Way::new(|run, at| run.week_and_weekday(at), UNIT_TOLD, [Traits::UNIT, Traits::WEEKDAY]),
    Way::new(|run, at| run.relative_day(at), Traits::DAY, [NOTHING; 2]),
    Way::new(|run, at| run.relative_part(at), Traits::PART.and(Traits::SIDE), [Traits::PART, Traits::SIDE]),
    Way::new(|run, at| run.near(at), Traits::EDGE, [NOTHING; 2]),
    Way::new(|run, at| run.relative_unit(at), UNIT_TOLD, [Traits::UNIT, Traits::SIDE.and(Traits::FAR)]),
    Way::new(
        |run, at| run.distance(at),
        Traits::NUMBER.and(Traits::DISTANCE_BEFORE),
        [Traits::UNIT, Traits::DISTANCE_BEFORE.and(Traits::DISTANCE_BEHIND)],
    ),
    Way::new(
        |run, at| run.distance_from(at),
        Traits::NUMBER.and(Traits::DISTANCE_BEFORE),
        [Traits::UNIT, Traits::AWAY],
    ),
    Way::new(|run, at| run.part_of_running_unit(at), Traits::RUNNING, [Traits::UNIT, NOTHING]),
    Way::new(|run, at| run.week_and_weekdays(at), UNIT_TOLD, [Traits::UNIT, Traits::WEEKDAY]),
    Way::new(
        |run, at| run.nth(at),
        Traits::LAST_ONE.and(Traits::ORDINAL).and(Traits::ROMAN).and(Traits::NUMBER),
        [Traits::UNIT.and(Traits::WEEKDAY).and(Traits::CENTURY).and(Traits::CALENDAR_WEEK), NOTHING],
    ),
    Way::new(|run, at| run.short_nth(at), Traits::PIECE, [NOTHING; 2]),
    Way::new(
        |run, at| run.century(at),
        Traits::CENTURY.and(Traits::UNIT),
        [Traits::CENTURY.and(Traits::ROMAN), NOTHING],
    ),
    Way::new(
        |run, at| run.decade(at),
        Traits::DECADE.and(Traits::NUMBER).and(Traits::APOSTROPHE),
        [Traits::DECADE, NOTHING],
    ),
    Way::new(|run, at| run.season(at), Traits::SEASON.and(Traits::SIDE), [Traits::SEASON, NOTHING]),
    Way::new(|run, at| run.around(at), Traits::UNIT, [Traits::COUNTING, NOTHING]),
    Way::new(|run, at| run.pair_of_months(at), Traits::MONTH, [NOTHING; 2]),
    Way::new(|run, at| run.day_and_side(at), Traits::SIDE, [Traits::FIGURES, NOTHING]),
    Way::new(|run, at| run.holiday(at), Traits::HOLIDAY.and(Traits::SIDE), [Traits::HOLIDAY, NOTHING]),
    Way::new(|run, at| run.year_of_era(at), Traits::ERA, [Traits::FIGURES, NOTHING]),
    Way::new(|run, at| run.part_of_decade(at), Traits::COUNTED, [Traits::DECADE, NOTHING]),
]);
