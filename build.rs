//! Lists the files of `gazetteers/`, with their hashes, so that they can be put into the program.

use std::{env, fmt::Write, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=gazetteers");
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    let mut paths = Vec::new();
    collect(&Path::new(&root).join("gazetteers"), &mut paths);
    paths.sort();
    let mut code = String::from("pub(super) static FILES: &[(&str, &[u8], [u8; 32])] = &[\n");
    for path in paths {
        let name = path.rsplit_once("gazetteers/").map_or(path.as_str(), |(_, name)| name);
        let hash = blake3::hash(&fs::read(&path).expect("the file is there"));
        writeln!(code, "    ({name:?}, include_bytes!({path:?}), {:?}),", hash.as_bytes())
            .expect("a string takes everything");
    }
    code.push_str("];\n");
    fs::write(Path::new(&out).join("embedded.rs"), code).expect("the build folder can be written");
}

fn collect(folder: &Path, paths: &mut Vec<String>) {
    for item in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = item.path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "tsv" || extension == "toml") {
            paths.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
}
