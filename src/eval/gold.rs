//! Annotated documents, as their files hold them, and the shape that predictions share with them.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// An annotated document.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Gold {
    /// Name of its text file, without the extension.
    pub id: String,
    /// ISO 639-1 code.
    pub lang: String,
    /// Day of publication, which a run may be told.
    #[serde(default)]
    pub reference_date: Option<String>,
    /// Its mentions; they never overlap.
    #[serde(rename = "entities")]
    pub mentions: Vec<Annotation>,
    /// Wording on which the scheme is silent: what is found there and fits no mention does not count.
    #[serde(default)]
    pub ignore: Vec<Stretch>,
    /// Who went where, when, to meet whom, about what.
    #[serde(default)]
    pub mission: Option<Mission>,
    /// Short and long forms.
    #[serde(default)]
    pub pairs: Vec<Pair>,
    /// The text, where it is at hand.
    #[serde(skip)]
    pub text: Option<String>,
}

/// A mention, annotated or predicted.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Annotation {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Word of its label.
    pub label: String,
    /// As written.
    #[serde(default)]
    pub text: Option<String>,
    /// The finer sort.
    #[serde(default)]
    pub subtype: Option<String>,
    /// Normal form.
    #[serde(default, deserialize_with = "plain")]
    pub value: Option<String>,
    /// Fullest name in the document.
    #[serde(default)]
    pub canonical: Option<String>,
    /// Words that name the person's office; `A; B` accepts either.
    #[serde(default)]
    pub role: Option<String>,
    /// Name of the person's institution; `A; B` accepts either.
    #[serde(default)]
    pub affiliation: Option<String>,
    /// How sure the finder is, from 0 to 1; annotations have none.
    #[serde(default)]
    pub confidence: Option<f64>,
}

impl Annotation {
    /// Whether the two share a character.
    pub(super) fn touches(&self, start: usize, end: usize) -> bool {
        self.start < end && start < self.end
    }

    /// Whether the label is `label`.
    pub(super) fn is(&self, label: Label) -> bool {
        self.label == label.as_str()
    }
}

/// A stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Stretch {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// A short and a long form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Pair {
    /// The short form.
    pub acronym: String,
    /// The long form.
    pub long: String,
}

/// The slots of a mission, by name of things rather than by entity; one value is a list of one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Mission {
    /// Whether there is one; when not said, whether any slot is filled.
    pub present: Option<bool>,
    /// The sending body or territory.
    #[serde(deserialize_with = "names")]
    pub origin: Vec<String>,
    /// ISO codes of the countries visited.
    #[serde(deserialize_with = "names")]
    pub countries: Vec<String>,
    /// Cities visited.
    #[serde(deserialize_with = "names")]
    pub cities: Vec<String>,
    /// First day or month.
    #[serde(deserialize_with = "names")]
    pub start: Vec<String>,
    /// Last day or month.
    #[serde(deserialize_with = "names")]
    pub end: Vec<String>,
    /// Who heads the party.
    #[serde(deserialize_with = "names")]
    pub lead: Vec<String>,
    /// Bodies that travel with the origin.
    #[serde(deserialize_with = "names")]
    pub participants: Vec<String>,
    /// Bodies met or visited.
    #[serde(deserialize_with = "names")]
    pub met: Vec<String>,
    /// Codes of the sectors.
    #[serde(deserialize_with = "names")]
    pub sectors: Vec<String>,
}

/// What a mention is, in the words of the annotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Label {
    /// A named body.
    Institution,
    /// A named person.
    Person,
    /// A named place.
    Place,
    /// A calendar expression.
    Date,
    /// A field of economy or research.
    Sector,
}

impl Label {
    /// Every label, in the order of the tables.
    pub const ALL: [Self; 5] = [Self::Institution, Self::Person, Self::Place, Self::Date, Self::Sector];

    /// The word of the annotations.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Institution => "INSTITUTION",
            Self::Person => "PERSON",
            Self::Place => "PLACE",
            Self::Date => "DATE",
            Self::Sector => "SECTOR",
        }
    }

    /// The label of a record's kind, if it has one.
    pub fn of_kind(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.as_str().eq_ignore_ascii_case(kind))
    }
}

/// A string, or a number read as one; anything else is nothing.
fn plain<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(to_plain(&Value::deserialize(deserializer)?))
}

fn to_plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A name, a list of names, or nothing; an object stands for its name.
fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let items = match Value::deserialize(deserializer)? {
        Value::Array(items) => items,
        item => vec![item],
    };
    let name = |item: &Value| match item {
        Value::Object(fields) => ["canonical", "name", "value"].iter().find_map(|name| to_plain(fields.get(*name)?)),
        item => to_plain(item),
    };
    Ok(items.iter().filter_map(name).filter(|name| !name.is_empty()).collect())
}
