//! The start, middle and end of a stretch: `fine 2026`, `mid to late October`, `Jahresende`, `inizio autunno`.

use super::{
    expression::{Edge, Expression, Named, Point, YearSaid},
    named::Read,
    reader::Run,
};
use crate::lexicon::pack::dates::{Role, Unit};

impl Run<'_> {
    /// `fine 2026`, `metà maggio`, `mid-2024`, `inizio del prossimo anno`, `fine anno`.
    pub fn near(&self, at: usize) -> Read {
        let edge = self.edge(at)?;
        if let Some(unit) = self.sense(at).edge_of {
            return self.edge_of_unit(at, edge, unit);
        }
        if self.is(at + 1, Role::Inside) && self.get(at).is_some_and(|it| !self.text[it.start..it.end].contains(' ')) {
            return None;
        }
        if let Some(joined) = self.joined_edges(at, edge) {
            return Some(joined);
        }
        let inner = self.glue(at + 1 + usize::from(self.is_dash(at + 1)));
        // beginning January 7th: from that day on.
        if self.words.has_month_before_day && self.month_and_day(inner).is_some() {
            return None;
        }
        let (container, end) = self
            .nth_period(inner)
            .or_else(|| {
                self.is(inner, Role::DecadeNoun)
                    .then(|| self.decade(inner))
                    .flatten()
                    .map(|(point, end)| (point.expression, end))
            })
            .or_else(|| self.container(inner))
            .or_else(|| self.month_named(inner).map(|(point, end)| (point.expression, end)))
            .or_else(|| self.decade(inner).or_else(|| self.century(inner)).map(|(point, end)| (point.expression, end)))
            .or_else(|| self.running_week(inner))
            .or_else(|| self.season_named(inner))?;
        Some((Point::new(Expression::Near(edge, Box::new(container))), end))
    }

    /// A season that needs no evidence, since the words before it lead to one (`inizio autunno`, `late summer 2025`).
    fn season_named(&self, at: usize) -> Option<(Expression, usize)> {
        let season = self.sense(at).season?;
        let (year, year_end) = self.year_behind(at + 1);
        let end = if year == YearSaid::Unsaid { at + 1 } else { year_end };
        (!self.is(end, Role::FirmForm)).then_some((Expression::Season(season, year), end))
    }

    /// `mid to late October`, `Anfang bis Mitte Juni`, `metà-fine maggio`: both edges of one stretch.
    fn joined_edges(&self, at: usize, edge: Edge) -> Read {
        // early-to-mid 2026
        let joint = at + 1 + usize::from(self.is_dash(at + 1) && self.touches(at + 1) && self.is_range_to(at + 2));
        let joins =
            self.is_dash(joint) || self.is_range_to(joint) || self.is(joint, Role::And) || self.is_mark(joint, &['/']);
        let last_at = self.glue(joint + 1 + usize::from(self.is_dash(joint + 1) && self.is_range_to(joint)));
        self.edge(last_at).filter(|_| joins && self.sense(last_at).edge_of.is_none())?;
        let (Point { expression: Expression::Near(last, container), .. }, end) = self.near(last_at)? else {
            return None;
        };
        let is_year = matches!(
            *container,
            Expression::Named(Named { month: None, day: None, .. }) | Expression::Unit(Unit::Year, _)
        );
        let whole = Expression::Near(last, container.clone());
        let expression = if is_year {
            Expression::Range(Box::new(Expression::Near(edge, container)), Box::new(whole))
        } else {
            whole
        };
        Some((Point::new(expression), end))
    }

    fn edge(&self, at: usize) -> Option<Edge> {
        let edges = [(Role::Early, Edge::Early), (Role::Middle, Edge::Middle), (Role::Late, Edge::Late)];
        edges.into_iter().find(|&(role, _)| self.is(at, role)).map(|(_, edge)| edge)
    }

    /// `Jahresende`, `Jahresende 2024`, `year-end`: one word for the edge and its unit.
    fn edge_of_unit(&self, at: usize, edge: Edge, unit: Unit) -> Read {
        let inner = self.glue(self.comma(at + 1));
        let year =
            (unit == Unit::Year).then(|| self.year_number(inner)).flatten().filter(|&(_, end)| !self.is_counted(end));
        let (container, end) = match year {
            Some((year, end)) => (Expression::Named(Named { year: YearSaid::Number(year), ..Named::default() }), end),
            None => (Expression::Unit(unit, 0), at + 1),
        };
        Some((Point::new(Expression::Near(edge, Box::new(container))), end))
    }

    /// The running week behind a word for its start or end (`end of the week`).
    fn running_week(&self, at: usize) -> Option<(Expression, usize)> {
        let is_week = self.sense(at).unit == Some(Unit::Week) && !self.is(at, Role::Plural);
        is_week.then_some((Expression::Unit(Unit::Week, 0), at + 1))
    }
}
