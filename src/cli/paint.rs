//! Colors on a terminal, and none elsewhere.

pub(super) use crate::raw::harmless;

use std::{
    env,
    io::{self, IsTerminal},
};

/// When to use colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum When {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Marks stretches of text, by color or with brackets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    is_colored: bool,
}

/// Styles of the terminal (ECMA-48, select graphic rendition).
const KINDS: [(&str, &str); 6] = [
    ("institution", "1;34"),
    ("person", "1;32"),
    ("place", "1;33"),
    ("date", "1;36"),
    ("sector", "1;35"),
    ("amount", "1;31"),
];

impl Paint {
    /// What `when` means for standard output.
    pub(super) fn new(when: When) -> Self {
        let may = || env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && io::stdout().is_terminal();
        Self { is_colored: when == When::Always || when == When::Auto && may() }
    }

    /// A mention in its text.
    pub(super) fn mention(self, kind: &str, text: &str) -> String {
        if self.is_colored { self.style(style_of(kind), text) } else { format!("[{text}]") }
    }

    /// A word of ours in the color of a kind.
    pub(super) fn word(self, kind: &str, text: &str) -> String {
        self.style(style_of(kind), text)
    }

    /// What stands back.
    pub(super) fn faint(self, text: &str) -> String {
        self.style("2", text)
    }

    /// What stands out.
    pub(super) fn strong(self, text: &str) -> String {
        self.style("1", text)
    }

    fn style(self, style: &str, text: &str) -> String {
        if self.is_colored && !text.is_empty() { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// The colors and what they mean; nothing without colors.
    pub(super) fn legend(self) -> String {
        if !self.is_colored {
            return String::new();
        }
        KINDS.map(|(kind, style)| self.style(style, kind)).join("  ") + "\n\n"
    }
}

fn style_of(kind: &str) -> &'static str {
    KINDS.iter().find(|(name, _)| *name == kind).map_or("1", |(_, style)| style)
}
