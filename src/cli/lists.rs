//! Which lists a command goes by.

use super::error::Error;
use crate::{
    config::Config,
    lexicon::{Cache, Files, Lexicon},
    pipeline::Engine,
};
use std::path::{Path, PathBuf};

/// The option that every command which reads releases has.
#[derive(Debug, clap::Args)]
pub(super) struct Lists {
    /// Lists of your own: their rows come first and stand for shipped rows of the same id.
    #[arg(long, value_name = "DIR", env = "GAZZETTA_GAZETTEERS")]
    gazetteers: Option<PathBuf>,
    /// Settings to use in place of gazzetta.toml in this folder.
    #[arg(long, value_name = "FILE", env = "GAZZETTA_CONFIG")]
    config: Option<PathBuf>,
    /// Compile the lists in memory, and neither read nor write the cache folder.
    #[arg(long)]
    no_cache: bool,
}

impl Lists {
    /// What the configuration file says.
    pub(super) fn config(&self) -> Result<Config, Error> {
        Config::load(self.config.as_deref()).map_err(Error::usage)
    }

    /// The files of the lists; those of one's own are where the option says, else where the configuration file does.
    pub(super) fn files(&self) -> Result<Files, Error> {
        match &self.gazetteers {
            Some(folder) => with_own(Some(folder)),
            None => with_own(self.config()?.gazetteers.as_deref()),
        }
    }

    /// Where compiled lists are kept.
    pub(super) fn cache(&self) -> Cache {
        if self.no_cache { Cache::none() } else { Cache::of_user() }
    }

    /// An engine that goes by the lists.
    pub(super) fn engine(&self) -> Result<Engine, Error> {
        self.engine_with(String::new())
    }

    /// The same; `config_hash` goes into every record.
    pub(super) fn engine_with(&self, config_hash: String) -> Result<Engine, Error> {
        Ok(Engine::new(Lexicon::load_cached(&self.files()?, &self.cache())?, config_hash))
    }
}

/// The lists inside the program, with those of a folder over them.
pub(super) fn with_own(folder: Option<&Path>) -> Result<Files, Error> {
    let own = folder.map(Files::open).transpose()?;
    if let (Some(folder), Some(false)) = (folder, own.as_ref().map(Files::has_tables)) {
        let folder = folder.display();
        return Err(Error::usage(format_args!(
            "'{folder}' has no lists; they lie in folders of it, as in '{folder}/institutions/members.tsv'"
        )));
    }
    match (built_in(), own) {
        (Some(shipped), Some(own)) => Ok(shipped.with(own)),
        (None, Some(own)) => Ok(own),
        (_, None) => shipped(),
    }
}

/// The lists inside the program.
pub(super) fn shipped() -> Result<Files, Error> {
    built_in()
        .ok_or_else(|| Error::usage("this program was built without lists; give a folder of them with --gazetteers"))
}

fn built_in() -> Option<Files> {
    #[cfg(feature = "embedded")]
    return Some(Files::embedded());
    #[cfg(not(feature = "embedded"))]
    return None;
}
