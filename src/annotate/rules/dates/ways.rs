//! The ways to read a single point of the calendar, with what each begins with and what it cannot do without.

use super::{named::Read, reader::Run};
use crate::lexicon::pack::dates::Traits;

/// A way to read a point.
pub(super) struct Way<'a> {
    /// Reads it at a place.
    read: fn(&Run<'a>, usize) -> Read,
    /// What it begins with: the first word has one of these.
    begins: Traits,
    /// What it cannot do without: for each of these, some word of the run has one of them.
    needs: [Traits; 2],
}

/// Traits that every word has that a point can begin with.
const NOTHING: Traits = Traits::NONE;

impl<'a> Way<'a> {
    const fn new(read: fn(&Run<'a>, usize) -> Read, begins: Traits, needs: [Traits; 2]) -> Self {
        Self { read, begins, needs }
    }

    /// What this way reads at `at`, if it can begin there and the run has what it needs.
    #[inline]
    pub fn read(&self, run: &Run<'a>, at: usize, first: Traits) -> Read {
        let has = |needed: Traits| needed == NOTHING || run.traits.is_any(needed);
        (first.is_any(self.begins) && self.needs.into_iter().all(has)).then(|| (self.read)(run, at))?
    }

    /// Those that begin with figures; of two that read as far, the earlier counts.
    pub const BY_FIGURES: [Self; 15] = {
        use Traits as T;
        const FIGURES: Traits = T::FIGURES;
        [
            Self::new(Run::numeric_date, FIGURES, [T::FIELD_MARK, NOTHING]),
            Self::new(Run::spaced_date, T::DAY_FIGURES, [T::YEAR_FIGURES, NOTHING]),
            Self::new(Run::length, FIGURES, [T::UNIT, T::SIDE.and(T::COUNTED)]),
            Self::new(Run::day_and_month, T::DAY_FIGURES, [T::MONTH.and(T::UNIT), NOTHING]),
            Self::new(Run::distance, FIGURES, [T::UNIT, T::DISTANCE_BEHIND]),
            Self::new(Run::distance_from, FIGURES, [T::UNIT, T::AWAY]),
            Self::new(Run::nth, T::DAY_FIGURES, [T::UNIT.and(T::WEEKDAY).and(T::CENTURY).and(T::CALENDAR_WEEK), NOTHING]),
            Self::new(Run::year_and_nth, T::YEAR_FIGURES, [T::PIECE.and(T::UNIT), NOTHING]),
            Self::new(Run::short_nth, T::PIECE, [NOTHING; 2]),
            Self::new(Run::decade, FIGURES, [T::DECADE, NOTHING]),
            Self::new(Run::year_and_month, T::YEAR_FIGURES, [T::MONTH, NOTHING]),
            Self::new(Run::day_alone, T::DAY_FIGURES, [NOTHING; 2]),
            Self::new(Run::day_and_side, T::DAY_FIGURES, [T::SIDE, NOTHING]),
            Self::new(Run::year_of_era, FIGURES, [T::ERA, NOTHING]),
            Self::new(Run::first_months, T::MONTH_MARK, [NOTHING; 2]),
        ]
    };

    /// Those that begin with a word.
    pub const BY_WORDS: [Self; 28] = {
        use Traits as T;
        const COUNTING: Traits = T::COUNTING;
        const SIDE: Traits = T::SIDE;
        const UNIT_TOLD: Traits = T::UNIT.and(T::SIDE).and(T::FAR);
        [
            Self::new(Run::numeric_date, T::WEEKDAY.and(T::MONTH), [T::FIELD_MARK, T::FIGURES]),
            Self::new(Run::side_and_numeric, SIDE, [T::FIELD_MARK, T::FIGURES]),
            Self::new(Run::year_to_date, T::YEAR_TO_DATE, [NOTHING; 2]),
            Self::new(Run::length, SIDE.and(T::COUNTED).and(T::NUMBER), [T::UNIT, SIDE.and(T::COUNTED)]),
            Self::new(Run::day_and_month, COUNTING.and(T::WEEKDAY).and(SIDE), [T::MONTH.and(T::UNIT), COUNTING]),
            Self::new(Run::month_and_day, T::MONTH.and(T::WEEKDAY).and(SIDE), [T::MONTH, COUNTING]),
            Self::new(Run::month_alone, T::MONTH.and(SIDE), [T::MONTH, NOTHING]),
            Self::new(Run::weekday_alone, T::WEEKDAY.and(SIDE), [T::WEEKDAY, NOTHING]),
            Self::new(Run::week_and_weekday, UNIT_TOLD, [T::UNIT, T::WEEKDAY]),
            Self::new(Run::relative_day, T::DAY, [NOTHING; 2]),
            Self::new(Run::relative_part, T::PART.and(SIDE), [T::PART, SIDE]),
            Self::new(Run::near, T::EDGE, [NOTHING; 2]),
            Self::new(Run::relative_unit, UNIT_TOLD, [T::UNIT, SIDE.and(T::FAR)]),
            Self::new(Run::distance, T::NUMBER.and(T::DISTANCE_BEFORE), [T::UNIT, T::DISTANCE_BEFORE.and(T::DISTANCE_BEHIND)]),
            Self::new(Run::distance_from, T::NUMBER.and(T::DISTANCE_BEFORE), [T::UNIT, T::AWAY]),
            Self::new(Run::part_of_running_unit, T::RUNNING, [T::UNIT, NOTHING]),
            Self::new(Run::week_and_weekdays, UNIT_TOLD, [T::UNIT, T::WEEKDAY]),
            Self::new(
                Run::nth,
                T::LAST_ONE.and(T::ORDINAL).and(T::ROMAN).and(T::NUMBER),
                [T::UNIT.and(T::WEEKDAY).and(T::CENTURY).and(T::CALENDAR_WEEK), NOTHING],
            ),
            Self::new(Run::short_nth, T::PIECE, [NOTHING; 2]),
            Self::new(Run::century, T::CENTURY.and(T::UNIT), [T::CENTURY.and(T::ROMAN), NOTHING]),
            Self::new(Run::decade, T::DECADE.and(T::NUMBER).and(T::APOSTROPHE), [T::DECADE, NOTHING]),
            Self::new(Run::season, T::SEASON.and(SIDE), [T::SEASON, NOTHING]),
            Self::new(Run::around, T::UNIT, [COUNTING, NOTHING]),
            Self::new(Run::pair_of_months, T::MONTH, [NOTHING; 2]),
            Self::new(Run::day_and_side, SIDE, [T::FIGURES, NOTHING]),
            Self::new(Run::holiday, T::HOLIDAY.and(SIDE), [T::HOLIDAY, NOTHING]),
            Self::new(Run::year_of_era, T::ERA, [T::FIGURES, NOTHING]),
            Self::new(Run::part_of_decade, T::COUNTED, [T::DECADE, NOTHING]),
        ]
    };
}
