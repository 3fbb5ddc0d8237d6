//! Which stretches of a page are the release: by what the elements are called, and by where the running text is.

use super::{
    page::{Event, Page},
    parts::{self, Part},
    tags::Display,
};
use std::ops::Range;

/// Text between two edges of blocks.
#[derive(Debug)]
pub(super) struct Segment {
    /// The innermost element of its first text.
    pub element: usize,
    /// The events that make it.
    pub events: Range<usize>,
    /// Characters that are not blank, in bytes.
    n_text: usize,
    /// The same inside links to pages.
    n_link: usize,
    /// Whether it announces what follows.
    ends_in_colon: bool,
}

impl Segment {
    /// Whether nearly all of it is links: a menu, a list of related pages.
    fn is_links(&self) -> bool {
        self.n_link * 10 > self.n_text * 6
    }

    /// Whether it is long enough to be running text.
    fn is_prose(&self) -> bool {
        self.n_text >= 60 && self.n_link * 2 < self.n_text
    }
}

/// The stretches of a page, in order.
pub(super) fn segments(page: &Page<'_>) -> Vec<Segment> {
    let links = parts::links(page);
    let mut segments: Vec<Segment> = Vec::new();
    let mut is_open = false;
    for (at, event) in page.events.iter().enumerate() {
        match event {
            Event::Edge(element) => {
                is_open &=
                    matches!(page.elements[*element].display, Display::Inline | Display::Hidden | Display::Object);
            }
            Event::Break(_) => {}
            Event::Text(element, range) => {
                let text = &page.source[range.clone()];
                let n_text = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count();
                if n_text == 0 || page.elements[*element].display == Display::Hidden {
                    continue;
                }
                if !is_open {
                    let events = at..at + 1;
                    segments.push(Segment { element: *element, events, n_text: 0, n_link: 0, ends_in_colon: false });
                    is_open = true;
                }
                if let Some(segment) = segments.last_mut() {
                    segment.events.end = at + 1;
                    segment.n_text += n_text;
                    segment.n_link += if links[*element] { n_text } else { 0 };
                    segment.ends_in_colon = text.trim_end().ends_with(':');
                }
            }
        }
    }
    segments
}

/// Which of `segments` are the release; `title` is what the page calls itself.
pub(super) fn choose(page: &Page<'_>, segments: &[Segment], title: Option<&str>) -> Vec<bool> {
    let weights = weights(segments);
    let parts = parts::parts(page, segments, &weights);
    let at_least =
        |part: Part| -> Vec<bool> { segments.iter().map(|segment| parts[segment.element] >= part).collect() };
    let weigh = |kept: &[bool]| -> usize {
        kept.iter().zip(&weights).filter(|(kept, _)| **kept).map(|(_, weight)| weight).sum()
    };
    let (hidden, visible, shown) = (at_least(Part::Hidden), at_least(Part::Boilerplate), at_least(Part::Shown));
    // Nothing is lost by a wrong guess: where too little is left, the wider choice stands.
    if weigh(&visible) == 0 {
        return hidden;
    }
    if weigh(&shown) * 4 < weigh(&visible) {
        return visible;
    }
    let root = root(page, segments, &weights, &shown);
    let mut chosen: Vec<bool> =
        segments.iter().zip(&shown).map(|(segment, shown)| *shown && page.is_within(segment.element, root)).collect();
    trim_links(page, segments, &mut chosen);
    if weigh(&chosen) * 5 < weigh(&shown) * 2 {
        chosen = shown;
    }
    keep_headline(page, segments, title, &parts, &mut chosen);
    chosen
}

/// How much each segment counts as running text; on a page without any, every word beside the links counts.
fn weights(segments: &[Segment]) -> Vec<usize> {
    let prose = |segment: &Segment| if segment.is_prose() { segment.n_text } else { 0 };
    if segments.iter().any(Segment::is_prose) {
        segments.iter().map(prose).collect()
    } else {
        segments.iter().map(|segment| segment.n_text - segment.n_link).collect()
    }
}

/// The element that holds the release: one that says so, else the innermost with most of the running text.
fn root(page: &Page<'_>, segments: &[Segment], weights: &[usize], shown: &[bool]) -> usize {
    let mut held = vec![0; page.elements.len()];
    for ((segment, weight), _) in segments.iter().zip(weights).zip(shown).filter(|(_, shown)| **shown) {
        held[segment.element] += weight;
    }
    for element in (1..page.elements.len()).rev() {
        held[page.elements[element].parent] += held[element];
    }
    let total = held[0];
    // Later elements lie deeper or behind: of two that hold most of the text, the later lies in the earlier.
    let last =
        |is_candidate: &dyn Fn(usize) -> bool| (1..page.elements.len()).rev().find(|&element| is_candidate(element));
    let holds = |element: usize, percent: usize| held[element] * 100 >= total * percent;
    last(&|element| holds(element, 60) && parts::is_article_body(page, element))
        .or_else(|| last(&|element| holds(element, 60) && page.elements[element].name == "article"))
        .or_else(|| last(&|element| holds(element, 75) && parts::is_called_content(page, element)))
        .or_else(|| last(&|element| holds(element, 60) && parts::is_main(page, element)))
        .or_else(|| {
            let is_container =
                |element: usize| matches!(page.elements[element].display, Display::Block | Display::Group);
            last(&|element| holds(element, 80) && is_container(element) && page.elements[element].name != "p")
        })
        .unwrap_or(0)
}

/// Drops links before the first and after the last running text: shares, tags, related pages. A list of links that the
/// text announces stays, as do links amid the text.
fn trim_links(page: &Page<'_>, segments: &[Segment], chosen: &mut [bool]) {
    let kept: Vec<usize> = (0..segments.len()).filter(|&at| chosen[at]).collect();
    let is_heading = |at: usize| matches!(page.elements[segments[at].element].display, Display::Heading(_));
    for &at in kept.iter().take_while(|&&at| segments[at].is_links() && !is_heading(at)) {
        chosen[at] = false;
    }
    let n_links = kept.iter().rev().take_while(|&&at| segments[at].is_links()).count();
    let (text, links) = kept.split_at(kept.len() - n_links);
    if links.is_empty() || text.last().is_some_and(|&at| segments[at].ends_in_colon) {
        return;
    }
    for &at in links {
        chosen[at] = false;
    }
    // The heading over them goes with them.
    if let Some(&at) = text.last().filter(|&&at| is_heading(at) && text.len() > 1) {
        chosen[at] = false;
    }
}

/// Keeps the first main heading that says what the page is called, wherever it stands.
fn keep_headline(page: &Page<'_>, segments: &[Segment], title: Option<&str>, parts: &[Part], chosen: &mut [bool]) {
    let Some(first) = chosen.iter().position(|chosen| *chosen) else { return };
    let Some(title) = title.map(parts::letters) else { return };
    let headline = segments[..first].iter().position(|segment| {
        let text = parts::letters(&page.text_of_events(&segment.events));
        page.is_in_heading(segment.element)
            && parts[segment.element] >= Part::Boilerplate
            && text.len() >= 12
            && title.contains(&text)
    });
    if let Some(at) = headline {
        chosen[at] = true;
    }
}
