//! What every database holds.
//!
//! Read `tables.sql`, `views.sql` and `agreements.sql`, then this file (versions and dialects), then `rows.rs` (a record as rows). How rows
//! reach a database, and how they are kept apart from half a run, is each database's own affair.

mod rows;

pub(super) use rows::{Cell, Put, put_record};

/// What each version added; the version of a database is the number of these that it has.
///
/// A migration is never changed once a database may have had it.
pub(super) const MIGRATIONS: &[Migration] = &[
    Migration {
        tables: concat!(include_str!("tables.sql"), "\n", include_str!("views.sql")),
        own: [""; 2],
        fill: [""; 2],
    },
    Migration {
        tables: include_str!("agreements.sql"),
        own: [""; 2],
        fill: [include_str!("agreements.sqlite.sql"), include_str!("agreements.postgres.sql")],
    },
    Migration { tables: "", own: ["", include_str!("deletion.postgres.sql")], fill: [""; 2] },
];

/// The way from one version to the next.
#[derive(Debug)]
pub(super) struct Migration {
    /// What it makes, as SQLite takes it.
    tables: &'static str,
    /// What it makes in one dialect only, in the order of [`Dialect`].
    own: [&'static str; 2],
    /// How what it made is filled from the records that are there, in the order of [`Dialect`].
    fill: [&'static str; 2],
}

impl Migration {
    /// Its statements.
    pub(super) fn statements(&self, dialect: Dialect) -> String {
        format!("{}\n{}", self.schema(dialect), self.fill[dialect as usize])
    }

    /// Those that make something.
    fn schema(&self, dialect: Dialect) -> String {
        format!("{}{}", dialect.translate(self.tables), self.own[dialect as usize])
    }
}

/// Where databases speak differently. The statements are written as SQLite takes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// What PostgreSQL calls what the statements say in SQLite's words.
const POSTGRES_WORDS: &[(&str, &str)] = &[
    (" INTEGER", " BIGINT"),
    (" REAL", " DOUBLE PRECISION"),
    (") WITHOUT ROWID", ")"),
    // Text keeps the record to the byte, and holds the escaped NUL that the type JSONB refuses.
    ("record TEXT", "record JSON"),
    ("text TEXT GENERATED ALWAYS AS (record ->> '$.text') VIRTUAL", "text TEXT NOT NULL"),
    ("group_concat(", "string_agg("),
    ("instr(", "strpos("),
];

impl Dialect {
    /// The same statements in this dialect.
    fn translate(self, statements: &str) -> String {
        match self {
            Self::Sqlite => statements.to_owned(),
            Self::Postgres => {
                POSTGRES_WORDS.iter().fold(statements.to_owned(), |text, (ours, theirs)| text.replace(ours, theirs))
            }
        }
    }
}

/// The statements that make a database of the newest version.
pub fn schema(dialect: Dialect) -> String {
    let made: Vec<String> = MIGRATIONS.iter().map(|migration| migration.schema(dialect)).collect();
    made.join("\n")
}

/// A version that a program does not know, for a person.
pub(super) fn too_new(version: i64) -> String {
    format!("its tables have version {version} and this program knows {}; use the newer program", MIGRATIONS.len())
}

macro_rules! tables {
    ($($(#[$doc:meta])* $table:ident = $name:literal, $n_columns:literal;)*) => {
        /// A table of which a record fills rows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Table {
            $($(#[$doc])* $table,)*
        }

        impl Table {
            /// All of them; a table stands after those that its rows refer to.
            pub const ALL: &[Self] = &[$(Self::$table),*];

            /// Its name in the database.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$table => $name,)*
                }
            }

            /// Number of columns that are written.
            pub fn n_columns(self) -> usize {
                match self {
                    $(Self::$table => $n_columns,)*
                }
            }
        }
    };
}

tables! {
    /// The document, with its record and done-mark.
    Documents = "documents", 15;
    /// Rows of the lists; they belong to no document, and come again with each that names them.
    CanonicalEntities = "canonical_entities", 6;
    /// Things named.
    Entities = "entities", 11;
    /// Stretches that name them.
    Mentions = "mentions", 18;
    /// Values of mentions that are amounts.
    Amounts = "amounts", 5;
    /// Who is what, where.
    Roles = "roles", 8;
    /// Short and long forms.
    Acronyms = "acronyms", 5;
    /// Sectors of the document.
    DocumentSectors = "document_sectors", 4;
    /// Missions.
    Missions = "missions", 13;
    /// Countries and places of a mission.
    MissionDestinations = "mission_destinations", 6;
    /// Bodies of a mission.
    MissionParties = "mission_parties", 5;
    /// Sectors of a mission.
    MissionSectors = "mission_sectors", 4;
    /// Meetings of a mission.
    Meetings = "meetings", 7;
    /// Who took part in a meeting.
    MeetingParties = "meeting_parties", 6;
    /// What was signed.
    Agreements = "agreements", 9;
    /// When bodies came into being.
    Foundings = "foundings", 6;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_made_with_the_columns_that_rows_fill() {
        let statements = schema(Dialect::Sqlite);
        for table in Table::ALL {
            let head = format!("CREATE TABLE {} (", table.name());
            let begin = statements.find(&head).unwrap_or_else(|| panic!("{head}"));
            let body = &statements[begin..begin + statements[begin..].find("\n)").expect("an end")];
            let is_column = |line: &&str| {
                let first = line.split_whitespace().next().unwrap_or("--");
                !matches!(first, "--" | "PRIMARY" | "FOREIGN" | "CREATE") && !line.contains(" GENERATED ")
            };
            let added = format!("ALTER TABLE {} ADD COLUMN ", table.name());
            let n_columns = body.lines().filter(is_column).count() + statements.matches(&added).count();
            assert_eq!(n_columns, table.n_columns(), "{}", table.name());
        }
    }

    #[test]
    fn nothing_of_sqlite_is_left_for_postgres() {
        let statements = schema(Dialect::Postgres);
        for word in ["WITHOUT ROWID", "VIRTUAL", "group_concat", "instr(", " INTEGER", "$."] {
            assert!(!statements.contains(word), "{word}");
        }
    }
}
