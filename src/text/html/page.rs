//! The elements of a page as a flat list, and its text in order. There is no tree to walk and no recursion.

use super::{
    scan::{Attributes, Scanner, Tag, Token},
    tags::{self, Display},
};
use std::{collections::HashMap, ops::Range};

/// Elements deeper than this belong to the element at this depth; browsers cap at 512 too.
const MAX_DEPTH: usize = 512;

/// A page taken apart.
#[derive(Debug)]
pub(super) struct Page<'s> {
    pub source: &'s str,
    /// In the order of their start tags: a parent stands before what it holds. The first is the page itself.
    pub elements: Vec<Element>,
    /// What happens, in the order of the source.
    pub events: Vec<Event>,
}

/// An element of a page.
#[derive(Debug)]
pub(super) struct Element {
    /// Number of the element that holds it; its own for the page.
    pub parent: usize,
    /// Its name in lower case; empty for the page and for names that HTML does not know.
    pub name: &'static str,
    pub tag: Option<Tag>,
    pub display: Display,
    /// The events from its start to its end.
    pub events: Range<usize>,
}

/// What happens at a place of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    /// Text of an element begins and ends.
    Text(usize, Range<usize>),
    /// An element begins or ends: its layout counts, not its text.
    Edge(usize),
    /// A line ends.
    Break(usize),
}

/// Names of elements that are looked for by name; all others are known by their layout alone.
const NAMES: [&str; 58] = [
    "a",
    "address",
    "article",
    "aside",
    "b",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "html",
    "i",
    "li",
    "main",
    "menu",
    "nav",
    "noscript",
    "object",
    "ol",
    "option",
    "p",
    "pre",
    "script",
    "section",
    "span",
    "strong",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "u",
    "ul",
];

struct Reader<'s> {
    page: Page<'s>,
    /// Open elements, the innermost last.
    open: Vec<usize>,
    /// How many elements of a name are open: an end tag without its start tag must cost nothing.
    n_open: HashMap<String, usize>,
    /// Names of the open elements that are in no list.
    written: Vec<String>,
}

impl<'s> Page<'s> {
    /// Takes a page apart, in time linear in its length times [`MAX_DEPTH`] at worst.
    pub(super) fn new(source: &'s str) -> Self {
        let root = Element { parent: 0, name: "", tag: None, display: Display::Group, events: 0..usize::MAX };
        let page = Page { source, elements: vec![root], events: Vec::new() };
        let mut reader = Reader { page, open: vec![0], n_open: HashMap::new(), written: vec![String::new()] };
        for token in Scanner::new(source) {
            match token {
                Token::Text(range) | Token::Raw(range) => {
                    let element = reader.innermost();
                    reader.page.events.push(Event::Text(element, range));
                }
                Token::Tag(tag) if tag.is_end => reader.end_tag(&tag),
                Token::Tag(tag) => reader.start_tag(tag),
                Token::Nothing(_) => {}
            }
        }
        reader.page
    }

    /// The attributes of an element, as written.
    pub(super) fn attributes(&self, element: usize) -> impl Iterator<Item = (&'s str, &'s str)> + use<'s> {
        self.elements[element].tag.as_ref().map(|tag| Attributes::of(self.source, tag)).into_iter().flatten()
    }

    /// The value of an attribute, as written.
    pub(super) fn attribute(&self, element: usize, name: &str) -> Option<&'s str> {
        self.attributes(element).find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Whether `inner` is `outer` or lies in it.
    pub(super) fn is_within(&self, mut inner: usize, outer: usize) -> bool {
        while inner > outer {
            inner = self.elements[inner].parent;
        }
        inner == outer
    }
}

impl Reader<'_> {
    fn innermost(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    fn start_tag(&mut self, tag: Tag) {
        let written = self.page.source[tag.name.clone()].to_ascii_lowercase();
        let display = tags::display_of(&written);
        if display == Display::Break {
            self.page.events.push(Event::Break(self.innermost()));
            return;
        }
        self.end_implied(&written, display);
        let element = self.page.elements.len();
        let is_closed = tags::is_void(&written)
            || self.page.source[tag.attributes.clone()].ends_with('/') && self.is_foreign(&written);
        if is_closed || self.open.len() < MAX_DEPTH {
            let name = NAMES.iter().find(|name| **name == written).copied().unwrap_or_default();
            let parent = self.innermost();
            let first = self.page.events.len();
            let events = first..if is_closed { first + 1 } else { usize::MAX };
            self.page.elements.push(Element { parent, name, tag: Some(tag), display, events });
        }
        if is_closed {
            self.page.events.push(Event::Edge(element));
        } else if self.open.len() < MAX_DEPTH {
            self.page.events.push(Event::Edge(element));
            self.open.push(element);
            *self.n_open.entry(written.clone()).or_default() += 1;
            self.written.push(written);
        } else if !matches!(display, Display::Inline) {
            // Too deep to be an element; what it parts stays apart.
            self.page.events.push(Event::Break(self.innermost()));
        }
    }

    /// Whether `/>` closes an element: only in drawings and formulas.
    fn is_foreign(&self, name: &str) -> bool {
        matches!(name, "svg" | "math")
            || self.written.iter().rev().take(16).any(|open| matches!(open.as_str(), "svg" | "math"))
    }

    fn end_implied(&mut self, name: &str, display: Display) {
        if display == Display::Inline {
            return;
        }
        // Most tags end nothing but these: without one of them open, a page deep in blocks is not walked up at each tag.
        let is_open = |name: &&str| self.n_open.get(*name).is_some_and(|&n| n > 0);
        if !tags::ends_its_like(name) && !tags::ENDED_BY_OTHERS.iter().any(is_open) {
            return;
        }
        let mut keep = None;
        for depth in (1..self.open.len()).rev() {
            let open = self.written[depth].as_str();
            if tags::ends_open(name, display, open) {
                keep = Some(depth);
            }
            if tags::is_barrier(name, open) || open == "div" && !matches!(name, "li" | "dt" | "dd") {
                break;
            }
        }
        if let Some(keep) = keep {
            self.close_to(keep);
        }
    }

    fn end_tag(&mut self, tag: &Tag) {
        let written = self.page.source[tag.name.clone()].to_ascii_lowercase();
        if written == "br" {
            return self.page.events.push(Event::Break(self.innermost()));
        }
        if self.n_open.get(&written).is_none_or(|&n| n == 0) {
            if tags::display_of(&written) != Display::Inline {
                self.page.events.push(Event::Break(self.innermost()));
            }
            return;
        }
        let is_inline = tags::display_of(&written) == Display::Inline;
        for depth in (1..self.open.len()).rev() {
            let open = self.written[depth].as_str();
            if open == written {
                return self.close_to(depth);
            }
            let is_block = self.page.elements[self.open[depth]].display != Display::Inline;
            let is_cell = matches!(open, "td" | "th" | "caption");
            if is_inline && is_block
                || is_cell && !matches!(written.as_str(), "table" | "tr" | "tbody" | "body" | "html")
            {
                return;
            }
        }
    }

    /// Closes the open elements from `depth` on, the innermost first.
    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let (Some(element), Some(written)) = (self.open.pop(), self.written.pop()) else { return };
            if let Some(n) = self.n_open.get_mut(&written) {
                *n -= 1;
            }
            self.page.events.push(Event::Edge(element));
            self.page.elements[element].events.end = self.page.events.len();
        }
    }
}
