//! Markdown: CommonMark with tables, footnotes, strikethrough and front matter.
//!
//! Links keep their text, pictures have none. Code keeps its text: in a release it is a paragraph that was indented.

use super::{
    BlockKind, Declared, Text,
    control::control_characters,
    flow::{Flow, Gap},
    html,
};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Reads Markdown: its text without marks, and title, day and language from its front matter.
pub(super) fn clean(source: String) -> Text {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut reader = Reader::new(&source);
    for (event, range) in Parser::new_ext(&source, options).into_offset_iter() {
        reader.take(event, range);
    }
    let declared = reader.declared;
    let mut layout = reader.flow.finish();
    control_characters(&source, &mut layout.edits);
    layout.apply(source, declared)
}

struct Reader<'s> {
    flow: Flow<'s>,
    declared: Declared,
    kind: BlockKind,
    /// Items of lists that are open.
    n_items: usize,
    /// Pictures that are open: their text is not shown.
    n_pictures: usize,
    is_front_matter: bool,
}

impl<'s> Reader<'s> {
    fn new(source: &'s str) -> Self {
        Self {
            flow: Flow::new(source),
            declared: Declared::default(),
            kind: BlockKind::Paragraph,
            n_items: 0,
            n_pictures: 0,
            is_front_matter: false,
        }
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.is_front_matter => self.front_matter(&text),
            Event::Text(text) | Event::Code(text) if self.n_pictures == 0 => self.text(&text, range),
            Event::SoftBreak => self.flow.part(Gap::Blank),
            Event::HardBreak => self.flow.part(Gap::Line),
            Event::Rule => self.flow.part(Gap::Paragraph),
            Event::InlineHtml(tag) if tag.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br")) => {
                self.flow.end_line();
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.block(BlockKind::Heading(*level as u8), Gap::Paragraph),
            Tag::Item => {
                self.n_items += 1;
                self.block(BlockKind::Item, Gap::Row);
            }
            Tag::TableHead | Tag::TableRow => self.block(BlockKind::Row, Gap::Row),
            Tag::TableCell => self.flow.part(Gap::Cell),
            Tag::Image { .. } => {
                self.n_pictures += 1;
                self.flow.part(Gap::Blank);
            }
            Tag::MetadataBlock(_) => self.is_front_matter = true,
            Tag::HtmlBlock => {
                self.paragraph();
                html::flatten_piece(&self.flow.source[range.clone()], &mut self.flow, range.start);
                self.paragraph();
            }
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::FootnoteDefinition(_) | Tag::List(_) => self.paragraph(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.n_pictures -= 1,
            TagEnd::MetadataBlock(_) => self.is_front_matter = false,
            TagEnd::Item => {
                self.n_items -= 1;
                self.flow.part(Gap::Row);
            }
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::Table | TagEnd::List(_) => {
                self.paragraph()
            }
            _ => {}
        }
    }

    fn block(&mut self, kind: BlockKind, gap: Gap) {
        self.flow.part(gap);
        self.kind = kind;
    }

    /// A paragraph begins or a block ends; in an item all is part of the item.
    fn paragraph(&mut self) {
        match self.n_items {
            0 => self.block(BlockKind::Paragraph, Gap::Paragraph),
            _ => self.block(BlockKind::Item, Gap::Row),
        }
    }

    /// Shows `text`, which `range` of the source holds: as it is, within the marks of code, or as an entity.
    fn text(&mut self, text: &str, range: Range<usize>) {
        let written = &self.flow.source[range.clone()];
        // From the end: the backslash of an escape stands before what it escapes.
        match written.rfind(text) {
            Some(_) if text.is_empty() => {}
            Some(at) => self.flow.see(range.start + at..range.start + at + text.len(), self.kind),
            None => self.flow.see_as(range, text, self.kind),
        }
    }

    /// Reads `title: …`, `date: …` and `lang: …` of the outermost level.
    fn front_matter(&mut self, text: &str) {
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let Some((key, value)) = line.split_once([':', '=']) else { continue };
            let mut value = scalar(value.trim());
            if matches!(value.as_str(), ">" | ">-" | ">+" | "|" | "|-" | "|+") {
                let mut folded = Vec::new();
                while let Some(line) = lines.next_if(|line| line.is_empty() || line.starts_with([' ', '\t'])) {
                    folded.extend(line.split_whitespace());
                }
                value = folded.join(" ");
            }
            if value.is_empty() {
                continue;
            }
            // What is indented belongs to another thing: a picture has a title too.
            let field = match key.trim_end().to_ascii_lowercase().as_str() {
                "title" => &mut self.declared.title,
                "date" | "published" | "pubdate" | "publishdate" => &mut self.declared.published,
                "lang" | "language" | "locale" => &mut self.declared.language,
                _ => continue,
            };
            field.get_or_insert(value);
        }
    }
}

/// A value on one line, as YAML (<https://yaml.org/spec/1.2.2/#73-flow-scalar-styles>) and TOML write it, without its
/// quotation marks or what is noted behind it.
fn scalar(written: &str) -> String {
    let quoted = |mark: char| written.strip_prefix(mark)?.strip_suffix(mark);
    if let Some(inner) = quoted('"') {
        inner.replace("\\\"", "\"").trim().to_owned()
    } else if let Some(inner) = quoted('\'') {
        inner.replace("''", "'").trim().to_owned()
    } else {
        let value = written.split_once(" #").map_or(written, |(value, _)| value);
        value.trim().trim_matches(['"', '\'']).trim().to_owned()
    }
}
