//! The columns of a file: the fields of a record under the names of the tables of a database.

use arrow_schema::{DataType, Field, Fields, Schema};
use std::sync::Arc;

/// The column that holds the whole record as JSON, as databases hold it.
pub(super) const RECORD: &str = "record";
/// The columns of long text, no two of which are alike.
pub(super) const LONG: [&str; 2] = ["text", RECORD];

/// All columns, in their order.
pub(super) fn schema() -> Arc<Schema> {
    let words =
        ["id", "uri", "media", "charset", "hash", "language", "text", "gazzetta", "gazetteers", "config", RECORD];
    let mut columns: Vec<Field> = words.into_iter().map(text).collect();
    columns.extend(["title", "published", "published_from"].map(maybe_text));
    columns.extend([count("bytes"), share("language_confidence")]);
    columns.extend([
        Field::new_list("mentions", structure(mention()), false),
        Field::new_list("entities", structure(entity()), false),
        Field::new_list("roles", structure(role()), false),
        list("acronyms", [text("short"), text("long"), text("entity")]),
        list("foundings", [text("institution"), text("date"), count("start"), count("end")]),
        Field::new_list("missions", structure(mission()), false),
        list("sectors", [text("code"), count("mentions")]),
        list("warnings", [text("code"), maybe_text("mention"), text("text")]),
    ]);
    Arc::new(Schema::new(columns))
}

fn mention() -> Fields {
    let amount = [share("number"), text("unit"), Field::new("approx", DataType::Boolean, false)];
    Fields::from_iter([
        text("id"),
        text("kind"),
        count("start"),
        count("end"),
        maybe_count("source_start"),
        maybe_count("source_end"),
        text("text"),
        maybe_text("entity"),
        maybe_text("value"),
        Field::new("amount", DataType::Struct(Fields::from_iter(amount)), true),
        maybe_text("bound"),
        texts("inferred"),
        maybe_text("zone"),
        share("confidence"),
        text("found_by"),
        maybe_text("entry"),
        maybe_text("rule"),
        texts("folds"),
    ])
}

fn entity() -> Fields {
    Fields::from_iter([
        text("id"),
        text("kind"),
        maybe_text("subtype"),
        text("name"),
        maybe_text("label"),
        maybe_text("acronym"),
        maybe_text("link"),
        texts("same_as"),
        maybe_text("country"),
        list("candidates", [text("id"), share("score")]),
        texts("mentions"),
    ])
}

fn role() -> Fields {
    Fields::from_iter([
        text("person"),
        maybe_text("role"),
        maybe_text("text"),
        maybe_text("institution"),
        texts("mentions"),
        count("start"),
        count("end"),
    ])
}

fn mission() -> Fields {
    let meeting =
        [texts("with"), texts("people"), maybe_text("place"), maybe_text("date"), count("start"), count("end")];
    let agreement =
        [text("text"), texts("parties"), maybe_text("subject"), texts("sectors"), count("start"), count("end")];
    Fields::from_iter([
        maybe_text("origin"),
        list("destinations", [maybe_text("country"), texts("places")]),
        maybe_text("start"),
        maybe_text("end"),
        maybe_text("lead"),
        texts("participants"),
        texts("met"),
        texts("sectors"),
        list("meetings", meeting),
        list("agreements", agreement),
        maybe_text("kind"),
        maybe_text("status"),
        maybe_count("size"),
        maybe_text("key"),
        share("completeness"),
        share("confidence"),
        list("evidence", [text("slot"), count("start"), count("end")]),
    ])
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, false)
}

fn maybe_text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn count(name: &str) -> Field {
    Field::new(name, DataType::Int64, false)
}

fn maybe_count(name: &str) -> Field {
    Field::new(name, DataType::Int64, true)
}

fn share(name: &str) -> Field {
    Field::new(name, DataType::Float64, false)
}

fn texts(name: &str) -> Field {
    Field::new(name, DataType::List(Arc::new(text("element"))), false)
}

fn list(name: &str, fields: impl IntoIterator<Item = Field>) -> Field {
    Field::new_list(name, structure(Fields::from_iter(fields)), false)
}

fn structure(fields: Fields) -> Field {
    Field::new("element", DataType::Struct(fields), false)
}
