//! Which lists a command goes by.

use super::error::Error;
use crate::{
    lexicon::{Files, Lexicon},
    pipeline::Engine,
};
use std::path::PathBuf;

/// The option that every command which reads releases has.
#[derive(Debug, clap::Args)]
pub(super) struct Lists {
    /// Lists to use in place of those in the program.
    #[arg(long, value_name = "DIR", env = "GAZZETTA_GAZETTEERS")]
    gazetteers: Option<PathBuf>,
}

impl Lists {
    /// The files of the lists.
    pub(super) fn files(&self) -> Result<Files, Error> {
        match &self.gazetteers {
            Some(folder) => Ok(Files::open(folder)?),
            None => shipped(),
        }
    }

    /// An engine that goes by the lists.
    pub(super) fn engine(&self) -> Result<Engine, Error> {
        self.engine_with(String::new())
    }

    /// The same; `config_hash` goes into every record.
    pub(super) fn engine_with(&self, config_hash: String) -> Result<Engine, Error> {
        Ok(Engine::new(Lexicon::load(&self.files()?)?, config_hash))
    }

    /// The lists of the configuration file, when none were given.
    pub(super) fn or(self, configured: Option<PathBuf>) -> Self {
        Self { gazetteers: self.gazetteers.or(configured) }
    }
}

#[cfg(feature = "embedded")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature there is an error")]
pub(super) fn shipped() -> Result<Files, Error> {
    Ok(Files::embedded())
}

#[cfg(not(feature = "embedded"))]
pub(super) fn shipped() -> Result<Files, Error> {
    Err(Error::usage("this program was built without lists; give a folder of them with --gazetteers"))
}
