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
    #[arg(long, value_name = "DIR")]
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
        Ok(Engine::new(Lexicon::load(&self.files()?)?, String::new()))
    }
}

#[cfg(feature = "embedded")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature there is an error")]
fn shipped() -> Result<Files, Error> {
    Ok(Files::embedded())
}

#[cfg(not(feature = "embedded"))]
fn shipped() -> Result<Files, Error> {
    Err(Error::usage("this program was built without lists; give a folder of them with --gazetteers"))
}
