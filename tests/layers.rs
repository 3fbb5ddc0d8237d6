//! The table of layers in `docs/ARCHITECTURE.md`, checked against the code: no import points up.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Which folders each folder may name.
type Layers = BTreeMap<String, Vec<String>>;

#[test]
fn no_import_points_up() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let layers = layers(&read(&root.join("docs/ARCHITECTURE.md")));
    let exports = exports(&read(&root.join("src/lib.rs")));
    let mut wrong = Vec::new();
    let files = files(&root.join("src"));
    for path in &files {
        let relative = path.strip_prefix(root.join("src")).expect("below src").to_string_lossy().replace('\\', "/");
        if !matches!(relative.as_str(), "lib.rs" | "main.rs") {
            wrong.extend(check(&relative, &read(path), &layers, &exports));
        }
    }
    assert!(files.len() > 50 && layers.len() > 10, "{} files, {} layers", files.len(), layers.len());
    assert!(wrong.is_empty(), "imports that point up:\n{}", wrong.join("\n"));
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let items = fs::read_dir(folder).into_iter().flatten().flatten().map(|item| item.path());
    let mut files: Vec<_> = items.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    files.sort();
    files
}

/// The table of layers: rows that begin with a folder of `src` in backticks; the last cell is what it may name.
fn layers(page: &str) -> Layers {
    let mut layers = Layers::new();
    let mut above: Vec<String> = Vec::new();
    for row in page.lines().filter_map(|line| line.strip_prefix("| `src/")) {
        let (folder, rest) = row.split_once('`').expect("the folder ends in a backtick");
        let cell = rest.trim_end_matches([' ', '|']).rsplit('|').next().expect("a row has cells").trim();
        let folder = folder.trim_end_matches(".rs").to_owned();
        let may_name = match cell {
            "nothing of ours" => Vec::new(),
            "everything above" => above.clone(),
            list => list.split('`').skip(1).step_by(2).map(str::to_owned).collect(),
        };
        above.push(folder.clone());
        layers.insert(folder, may_name);
    }
    layers
}

/// Names that `lib.rs` exports from a folder: importing one is importing the folder.
fn exports(lib: &str) -> BTreeMap<String, String> {
    let uses = lib.lines().filter_map(|line| line.strip_prefix("pub use ")?.strip_suffix(';'));
    let pairs = uses.flat_map(|path| {
        let (folder, names) = path.split_once("::").expect("an export names its folder");
        let names = names.trim_matches(['{', '}']).split(',');
        names.map(|name| (name.rsplit("::").next().unwrap_or(name).trim().to_owned(), folder.to_owned()))
    });
    pairs.collect()
}

/// What is wrong with the imports of the file at `path` below `src`.
fn check(path: &str, code: &str, layers: &Layers, exports: &BTreeMap<String, String>) -> Vec<String> {
    let parts: Vec<&str> = path.trim_end_matches(".rs").trim_end_matches("/mod").split('/').collect();
    let Some(allowed) = layers.get(parts[0]) else { return vec![format!("{path}: '{}' is in no layer", parts[0])] };
    let mut wrong = Vec::new();
    for (idx, line, name) in named(code, parts.len()) {
        let folder = exports.get(&name).unwrap_or(&name);
        if folder != parts[0] && !allowed.contains(folder) {
            let message = if layers.contains_key(folder) { "may not name" } else { "names what is in no layer:" };
            wrong.push(format!("src/{path}:{}: {} {message} {folder}: {}", idx + 1, parts[0], line.trim()));
        }
    }
    wrong
}

/// The first names behind `crate::`, or behind as many `super::` as lead there, with their lines.
///
/// Comments do not count, nor do the tests at the foot of a file: they may make their inputs with any layer.
fn named(code: &str, depth: usize) -> Vec<(usize, &str, String)> {
    let to_root = "super::".repeat(depth);
    let code = code.split("\n#[cfg(test)]\nmod ").next().unwrap_or(code);
    let mut found = Vec::new();
    let mut group: Option<usize> = None; // braces open inside `use crate::{…}`
    for (idx, line) in code.lines().enumerate() {
        let line = line.split("//").next().unwrap_or(line);
        let mut rest = line;
        while !rest.is_empty() {
            let Some(braces) = group else {
                let starts = [("crate::", "$crate::"), (to_root.as_str(), "\0")];
                let Some(at) = starts
                    .iter()
                    .filter_map(|(start, not)| {
                        rest.find(start).filter(|_| !rest.contains(not)).map(|at| at + start.len())
                    })
                    .min()
                else {
                    break;
                };
                rest = &rest[at..];
                match rest.strip_prefix('{') {
                    Some(inside) => (group, rest) = (Some(1), inside),
                    None => found.push((idx, line, first_word(rest))),
                }
                continue;
            };
            // Names at the first level of the group are folders; deeper ones are inside of these.
            let next = rest.chars().next().expect("the rest is not empty");
            match next {
                '{' => group = Some(braces + 1),
                '}' => group = Some(braces - 1).filter(|&left| left > 0),
                _ if next.is_alphabetic() && braces == 1 => {
                    found.push((idx, line, first_word(rest)));
                    // Past the whole path, up to the next item of the group or its own group.
                    let end = rest.find([',', '{', '}']).unwrap_or(rest.len());
                    rest = &rest[end..];
                    continue;
                }
                _ => {}
            }
            rest = &rest[next.len_utf8()..];
        }
    }
    found.retain(|(_, _, name)| name != "self");
    found
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|&character| character.is_alphanumeric() || character == '_').collect()
}

#[cfg(test)]
mod the_checker {
    use super::*;

    #[track_caller]
    fn check_wrong(path: &str, code: &str, expected: usize) {
        let page = "| `src/raw.rs` | What? | nothing of ours |\n| `src/text` | What? | `raw` |\n\
                    | `src/record` | What? | everything above |\n| `src/sink` | Where? | `raw`, `record` |";
        let exports = exports("pub use record::Record;");
        let wrong = check(path, code, &layers(page), &exports);
        assert_eq!(wrong.len(), expected, "{wrong:?}");
    }

    #[test]
    fn lets_imports_that_point_down_pass() {
        check_wrong("text/words.rs", "use super::Span;\nuse crate::raw::Meta;\nuse crate::text::Token;", 0);
        check_wrong("record/build.rs", "use crate::{\n    raw::Media,\n    text::{Span, words::Token},\n};", 0);
    }

    #[test]
    fn sees_an_import_that_points_up() {
        check_wrong("text/words.rs", "use crate::record::Record;", 1);
        check_wrong("raw.rs", "fn f() { crate::text::clean() }", 1);
    }

    #[test]
    fn sees_every_item_of_a_group_over_several_lines() {
        check_wrong(
            "text/words.rs",
            "use crate::{\n    raw::{Meta,\n    Media}, record::{self, Record},\n    sink,\n};",
            2,
        );
    }

    #[test]
    fn sees_through_the_names_that_the_library_exports() {
        check_wrong("text/mod.rs", "use crate::Record;", 1);
    }

    #[test]
    fn sees_a_way_up_by_super() {
        check_wrong("text/words.rs", "use super::super::record::Record;", 1);
        check_wrong("text/mod.rs", "use super::record::Record;", 1);
    }

    #[test]
    fn sees_a_folder_that_is_in_no_layer() {
        check_wrong("helpers/mod.rs", "", 1);
        check_wrong("text/mod.rs", "use crate::helpers::help;", 1);
    }

    #[test]
    fn passes_over_comments_and_tests_at_the_foot() {
        check_wrong(
            "text/mod.rs",
            "//! See [`crate::record`].\n#[cfg(test)]\nmod tests {\n    use crate::record;\n}",
            0,
        );
    }

    #[test]
    fn keeps_to_the_list_of_a_row() {
        check_wrong("sink/mod.rs", "use crate::{raw::Failure, record::Record};", 0);
        check_wrong("sink/mod.rs", "use crate::text::Text;", 1);
    }
}
