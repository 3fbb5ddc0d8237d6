//! What elements do to the text they hold.

/// How an element lays out its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    /// Within a line.
    Inline,
    /// Never shown.
    Hidden,
    /// A line end (`br`).
    Break,
    /// Shown, but no text: stands between words (`img`).
    Object,
    /// A block of its own.
    Block,
    /// A block that holds a list, a table or a part of the page: what it holds are paragraphs again.
    Group,
    /// A heading of a level.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
    /// A cell of a table.
    Cell,
}

/// Elements that have no content and no end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// How the element `name`, in lower case, lays out its text.
pub(super) fn display_of(name: &str) -> Display {
    match name {
        "br" => Display::Break,
        "script" | "style" | "template" | "noscript" | "head" | "title" | "iframe" | "noembed" | "noframes"
        | "object" | "audio" | "video" | "canvas" | "svg" | "math" | "map" | "select" | "datalist" | "textarea"
        | "button" | "dialog" | "rp" | "rt" => Display::Hidden,
        "img" | "input" | "embed" | "meter" | "progress" => Display::Object,
        "h1" => Display::Heading(1),
        "h2" => Display::Heading(2),
        "h3" => Display::Heading(3),
        "h4" => Display::Heading(4),
        "h5" => Display::Heading(5),
        "h6" => Display::Heading(6),
        "li" | "dt" | "dd" => Display::Item,
        "tr" => Display::Row,
        "td" | "th" => Display::Cell,
        "ul" | "ol" | "dl" | "menu" | "table" | "thead" | "tbody" | "tfoot" | "article" | "section" | "main"
        | "body" | "html" | "nav" | "aside" | "header" | "footer" | "form" | "fieldset" | "figure" => Display::Group,
        "p" | "div" | "address" | "blockquote" | "center" | "caption" | "details" | "figcaption" | "hgroup" | "hr"
        | "legend" | "pre" | "summary" | "dir" | "search" | "xmp" | "listing" | "optgroup" | "option" => Display::Block,
        _ => Display::Inline,
    }
}

/// Elements that start tags of other kinds end, as [`ends_open`] says.
pub(super) const ENDED_BY_OTHERS: [&str; 9] =
    ["p", "title", "script", "style", "textarea", "iframe", "noembed", "noframes", "head"];

/// Whether a start tag of `name` may end an open element of its kind.
pub(super) fn ends_its_like(name: &str) -> bool {
    matches!(name, "li" | "dt" | "dd" | "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "option" | "optgroup")
}

/// Whether a start tag of `name` ends an open element `open` (`<li>` ends the item before it).
pub(super) fn ends_open(name: &str, display: Display, open: &str) -> bool {
    match open {
        "p" => !matches!(display, Display::Inline | Display::Hidden | Display::Break | Display::Object),
        "li" => name == "li",
        "dt" | "dd" => matches!(name, "dt" | "dd"),
        "td" | "th" => matches!(name, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot"),
        "tr" => matches!(name, "tr" | "tbody" | "thead" | "tfoot"),
        "tbody" | "thead" | "tfoot" => matches!(name, "tbody" | "thead" | "tfoot"),
        // They hold no markup: a tag inside shows that they are never closed.
        "title" | "script" | "style" | "textarea" | "iframe" | "noembed" | "noframes" => true,
        "option" => matches!(name, "option" | "optgroup"),
        "head" => !matches!(name, "title" | "meta" | "link" | "base" | "style" | "script" | "noscript" | "template"),
        _ => false,
    }
}

/// Whether an implied end does not reach past an open element `open`.
pub(super) fn is_barrier(name: &str, open: &str) -> bool {
    match name {
        "li" => matches!(open, "ul" | "ol" | "menu" | "table" | "td" | "th"),
        "dt" | "dd" => matches!(open, "dl" | "table" | "td" | "th"),
        "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" => open == "table",
        _ => matches!(open, "td" | "th" | "caption" | "table" | "button" | "object"),
    }
}
