//! Where lists come from: `pack.toml`.

use super::Findings;
use crate::lexicon::{Files, Kinds};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Debug, Deserialize)]
struct Pack {
    #[serde(default)]
    name: String,
    #[serde(default)]
    file: Vec<Stated>,
}

#[derive(Debug, Deserialize)]
struct Stated {
    path: String,
    #[serde(default)]
    source: String,
    #[serde(default, alias = "licence")]
    license: String,
}

pub(super) fn check(files: &Files, findings: &mut Findings) {
    let path = "pack.toml";
    let text = match files.text(path) {
        Ok(Some(text)) => text,
        Ok(None) => {
            let message = "there is no pack.toml; add one with name, version, and source and license of each file";
            return findings.warning(path, 0, "pack", message);
        }
        Err(error) => return findings.list_error(&error, "encoding"),
    };
    let pack: Pack = match toml::from_str(text) {
        Ok(pack) => pack,
        Err(error) => {
            let line = error.span().map_or(0, |span| 1 + text[..span.start].matches('\n').count());
            return findings.error(path, line, "pack", error.message().to_owned());
        }
    };
    if let Err(error) = Kinds::load(files) {
        findings.list_error(&error, "pack");
    }
    if pack.name.is_empty() {
        findings.warning(path, 0, "pack", "the pack has no name; write one (name = \"…\")");
    }
    let stated: BTreeSet<&str> = pack.file.iter().map(|file| file.path.as_str()).collect();
    for file in &pack.file {
        if !files.paths().any(|path| path == file.path) {
            let message = format!("'{}' is stated but not there; take the statement out or add the file", file.path);
            findings.error(path, 0, "pack", message);
        }
        if file.source.is_empty() || file.license.is_empty() {
            let message =
                format!("'{}' has no source or no license; say where it comes from and what is owed", file.path);
            findings.warning(path, 0, "pack", message);
        }
    }
    for file in files.paths().filter(|path| path.ends_with(".tsv") && !stated.contains(path)) {
        let message = "the file is not in pack.toml; add a [[file]] with its path, source and license";
        findings.warning(file, 0, "pack", message);
    }
}
