//! Reading tab-separated lists with a header line.

use std::{fmt, path::Path};

/// A list file that cannot be used: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListError {
    /// Path of the file.
    pub path: String,
    /// Line, counted from 1; 0 when the file as a whole is meant.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl ListError {
    /// An error at a line of a file.
    pub fn at(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }

    pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Self {
        Self::at(&path.to_string_lossy(), 0, format!("cannot be read: {error}"))
    }
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}: {}", self.path, self.message),
        }
    }
}

impl std::error::Error for ListError {}

/// A tab-separated table with a header line; cells are found by the names of their columns.
#[derive(Debug, Clone, Copy)]
pub struct Table<'f> {
    path: &'f str,
    header: &'f str,
    body: &'f str,
}

impl<'f> Table<'f> {
    /// The table in `text`, the content of the file at `path`.
    pub fn new(path: &'f str, text: &'f str) -> Self {
        let (header, body) = text.split_once('\n').unwrap_or((text, ""));
        Self { path, header: header.trim_end_matches('\r'), body }
    }

    /// The rows with the cells of `columns`, in that order; a column that the header does not name gives empty cells.
    ///
    /// Blank lines and lines that begin with `#` are passed over.
    pub fn rows<const N: usize>(self, columns: [&str; N]) -> impl Iterator<Item = Result<Row<'f, N>, ListError>> {
        let n_columns = self.header.split('\t').count();
        let first_named = |column| self.header.split('\t').position(|name| name == column);
        let mut targets = vec![Vec::new(); n_columns];
        for (target, place) in columns.into_iter().map(first_named).enumerate() {
            if let Some(place) = place {
                targets[place].push(target);
            }
        }
        self.body.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')).map(
            move |(idx, line)| {
                let mut cells = [""; N];
                let mut n_cells = 0;
                for (at, cell) in line.split('\t').enumerate() {
                    n_cells += 1;
                    for &target in targets.get(at).into_iter().flatten() {
                        cells[target] = cell.trim();
                    }
                }
                if n_cells > n_columns {
                    let message = format!("{n_cells} cells in a table of {n_columns} columns; take the extra tabs out");
                    return Err(ListError::at(self.path, idx + 2, message));
                }
                Ok(Row { path: self.path, line: idx + 2, cells })
            },
        )
    }

    /// The names of the columns.
    pub fn columns(&self) -> impl Iterator<Item = &'f str> {
        self.header.split('\t')
    }

    /// Checks that the header names every one of `columns`.
    ///
    /// # Errors
    ///
    /// Returns [`ListError`] at line 1 with the first column that is missing.
    pub fn require(self, columns: &[&str]) -> Result<Self, ListError> {
        match columns.iter().find(|&&column| !self.header.split('\t').any(|name| name == column)) {
            Some(column) => Err(ListError::at(self.path, 1, format!("the header names no column '{column}'"))),
            None => Ok(self),
        }
    }
}

/// One row of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'f, const N: usize> {
    /// Path of the file.
    pub path: &'f str,
    /// Line, counted from 1.
    pub line: usize,
    /// The cells that were asked for, without blanks around them.
    pub cells: [&'f str; N],
}

impl<const N: usize> Row<'_, N> {
    /// An error at this row.
    pub fn error(&self, message: impl Into<String>) -> ListError {
        ListError::at(self.path, self.line, message)
    }
}
