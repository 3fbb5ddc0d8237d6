//! The shipped lists, compiled once for all test programs.

use gazzetta::{
    Lexicon,
    lexicon::{Cache, Files},
};
use std::{env, fs, path::Path};

const PREFIX: &str = "lists-";

/// The shipped lists. Compiled they lie in a folder named by the program that was built with these tests, so that no test
/// meets what another program compiled.
pub fn lexicon() -> Lexicon {
    let program = fs::read(env!("CARGO_BIN_EXE_gazzetta")).expect("it was built");
    let (folder, name) = (Path::new(env!("CARGO_TARGET_TMPDIR")), blake3::hash(&program).to_hex());
    let own = format!("{PREFIX}{}", &name[..16]);
    for item in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = item.file_name().to_string_lossy().into_owned();
        if name.starts_with(PREFIX) && name != own {
            // Of a program that was built before; another test may have been faster.
            let _ = fs::remove_dir_all(item.path());
        }
    }
    Lexicon::load_cached(&Files::embedded(), &Cache::at(folder.join(own))).expect("the shipped lists load")
}
