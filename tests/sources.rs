//! Inputs: which documents arrive, under which ids, and what becomes of those that cannot be read.

use gazzetta::{
    raw::{Arrival, Media, RawDocument},
    source::{Options, SourceError, open},
};
use std::{fs, path::Path};
use tempfile::TempDir;

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it has a parent")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
    folder
}

fn arrivals(input: &Path, options: &Options) -> Vec<Arrival> {
    let input = input.to_str().expect("temporary paths are UTF-8").to_owned();
    open(&[input], options).expect("the input exists").collect()
}

/// Ids of documents, and `id: code` of failures.
fn listed(arrivals: &[Arrival]) -> Vec<String> {
    let show = |arrival: &Arrival| match arrival {
        Ok(raw) => raw.meta.id.clone(),
        Err(failure) => format!("{}: {}", failure.id, failure.code),
    };
    arrivals.iter().map(show).collect()
}

#[track_caller]
fn check_folder(files: &[(&str, &[u8])], options: &Options, expected: &[&str]) -> Vec<Arrival> {
    let folder = folder(files);
    let arrivals = arrivals(folder.path(), options);
    assert_eq!(listed(&arrivals), expected);
    arrivals
}

#[track_caller]
fn only(arrivals: Vec<Arrival>) -> RawDocument {
    assert_eq!(arrivals.len(), 1);
    arrivals.into_iter().next().expect("there is one").expect("it can be read")
}

#[test]
fn folders_are_read_sorted_and_whole() {
    let files: &[(&str, &[u8])] = &[
        ("b.TXT", b"uno"),
        ("a/z.htm", b"<p>due"),
        ("a/2024/x.md", b"tre"),
        (".hidden.txt", b"no"),
        (".git/x.txt", b"no"),
        ("foto.jpg", b"no"),
        ("c.jsonl", b"{\"text\":\"quattro\"}\n\n{\"id\":\"nostro/1\",\"text\":\"cinque\"}"),
        ("d.csv", b"id;text\n7;sei\n;\"sette\nrighe\"\n;otto\n"),
    ];
    check_folder(
        files,
        &Options::default(),
        &["a/2024/x.md", "a/z.htm", "b.TXT", "c.jsonl#1", "nostro/1", "7", "d.csv#3", "d.csv#5"],
    );
}

#[test]
fn patterns_choose_files() {
    let files: &[(&str, &[u8])] =
        &[("a/x.txt", b"uno"), ("b/x.txt", b"due"), ("b/y.note", b"tre"), ("x.txt", b"quattro")];
    let include = |pattern: &str| Options { include: vec![pattern.to_owned()], ..Options::default() };
    check_folder(files, &include("b/*"), &["b/x.txt", "b/y.note"]);
    check_folder(files, &include("*.note"), &["b/y.note"]);
    let folder = folder(files);
    assert_eq!(listed(&arrivals(&folder.path().join("*/x.txt"), &Options::default())), ["a/x.txt", "b/x.txt"]);
    assert_eq!(listed(&arrivals(&folder.path().join("*.txt"), &Options::default())), ["x.txt"]);
    let none = open(&[folder.path().join("*.pdf").to_string_lossy().into_owned()], &Options::default());
    assert!(matches!(none, Err(SourceError::NoMatch(_))));
}

#[test]
fn a_named_file_is_known_by_its_name() {
    let folder = folder(&[("2024/x.txt", b"uno"), ("2024/y.xyz", b"due")]);
    let options = Options::default();
    assert_eq!(listed(&arrivals(&folder.path().join("2024/x.txt"), &options)), ["x.txt"]);
    assert_eq!(listed(&arrivals(&folder.path().join("2024/y.xyz"), &options)), ["y.xyz: unknown-format"]);
    let options = Options { format: Some("markdown".to_owned()), ..options };
    assert_eq!(only(arrivals(&folder.path().join("2024/y.xyz"), &options)).media, Media::Markdown);
}

#[test]
fn a_missing_input_is_named() {
    let Err(error) = open(&["no/such/folder".to_owned()], &Options::default()) else {
        panic!("there is no such folder")
    };
    assert_eq!(
        error.to_string(),
        "cannot read 'no/such/folder': no such file or directory; give a file, a folder, a pattern or -"
    );
}

#[test]
fn unknown_formats_and_fields_are_refused() {
    let options = Options { format: Some("docx".to_owned()), ..Options::default() };
    let Err(error) = open(&[], &options) else { panic!("there is no such format") };
    assert_eq!(error.to_string(), "there is no format 'docx'; take one of html, markdown, jsonl, csv, text");
    let options = Options { fields: vec![("body".to_owned(), "text".to_owned())], ..Options::default() };
    assert!(matches!(open(&[], &options), Err(SourceError::UnknownField(_))));
}

#[test]
fn fields_are_read_under_their_names() {
    let options = Options { fields: vec![("text".to_owned(), "body".to_owned())], ..Options::default() };
    let line = "{\"id\": 12, \"body\": \"Testo\", \"text\": 3, \"title\": \"T\", \"published\": \"2025-01-02\", \"url\": \
                \"https://x.example.org/1\", \"language\": \"it\", \"other\": [1]}";
    let raw = only(check_folder(&[("x.jsonl", line.as_bytes())], &options, &["12"]));
    assert_eq!((raw.text.as_str(), raw.meta.title.as_deref()), ("Testo", Some("T")));
    assert_eq!((raw.meta.published.as_deref(), raw.meta.language.as_deref()), (Some("2025-01-02"), Some("it")));
    assert_eq!(raw.meta.uri, "https://x.example.org/1");
    let table = "ID,Body,Title\n12,\"Testo, \"\"con\"\" segni\",T\n";
    let raw = only(check_folder(&[("x.csv", table.as_bytes())], &options, &["12"]));
    assert_eq!((raw.text.as_str(), raw.meta.title.as_deref()), ("Testo, \"con\" segni", Some("T")));
}

#[track_caller]
fn check_table(table: &str, expected: &[&str]) {
    let arrivals = arrivals(folder(&[("x.csv", table.as_bytes())]).path(), &Options::default());
    let show = |arrival: &Arrival| match arrival {
        Ok(raw) => format!("{}: {}", raw.meta.id, raw.text),
        Err(failure) => format!("{}: {}", failure.id, failure.code),
    };
    assert_eq!(arrivals.iter().map(show).collect::<Vec<_>>(), expected, "{table:?}");
}

#[test]
fn tables_are_read_as_spreadsheets_write_them() {
    check_table("sep=;\nid;text\n1;Bari, Roma\n;Lecce\n", &["1: Bari, Roma", "x.csv#4: Lecce"]);
    check_table("\"sep=,\"\r\nid,text\r\n1,Bari; Roma\r\n", &["1: Bari; Roma"]);
    check_table("\n\r\nid;text\n1;Bari, Roma, Lecce\n", &["1: Bari, Roma, Lecce"]);
    check_table("id;text\r1;Bari, Roma, Lecce, Enna\r2;Como, Asti\r", &["1: Bari, Roma, Lecce, Enna", "2: Como, Asti"]);
    check_table("\"a, b, c, d\";id;text\nx;1;Bari\n", &["1: Bari"]);
    check_table("text\n\"Bari; la \"\"città\"\"\nnuova\"", &["x.csv#2: Bari; la \"città\"\nnuova"]);
    check_table("id,text\n1,Bari", &["1: Bari"]);
    check_table("id,text\n1,\"\"\n2,\"Bari\"", &["1: empty", "2: Bari"]);
}

#[test]
fn a_row_without_an_id_is_named_by_its_line() {
    for end in ["\n", "\r\n", "\r"] {
        let lines = ["id,text", ",Bari", ",Lecce", "", ",\"Roma", "nuova\"", "", "", ",Asti", "9,Enna", ",Como"];
        let cell = format!("x.csv#5: Roma{end}nuova");
        let expected = ["x.csv#2: Bari", "x.csv#3: Lecce", cell.as_str(), "x.csv#9: Asti", "9: Enna", "x.csv#11: Como"];
        check_table(&lines.join(end), &expected);
        check_table(&(lines.join(end) + end), &expected);
    }
    check_table("sep=;\r\nid;text\r\n;Bari\r\n;\"\"\r\n;Asti", &["x.csv#3: Bari", "x.csv#5: Asti"]);
    let long = format!(",{}\r\n", "Bari ".repeat(5_000));
    let text = "Bari ".repeat(5_000);
    check_table(
        &format!("id,text\r\n{}", long.repeat(3)),
        &[2, 3, 4].map(|n| format!("x.csv#{n}: {text}")).each_ref().map(String::as_str),
    );
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_told() {
    check_table("id,text\n1,Bari\n2,\"Roma\n3,Lecce\n", &["1: Bari", "x.csv#3: malformed-csv"]);
    check_table("id,text\n1,Bari\n2,\"Roma", &["1: Bari", "x.csv#3: malformed-csv"]);
    check_table("id,text\n1,\"Roma\"\"", &["x.csv#2: malformed-csv"]);
    check_table("\"id,text\n1,Roma\n", &["x.csv: malformed-csv"]);
    check_table("id,text\n1,21\" di schermo\n", &["1: 21\" di schermo"]);
}

#[test]
fn a_bad_line_costs_itself_alone() {
    let deep = format!("{{\"x\":{}1{},\"text\":\"x\"}}", "[".repeat(200_000), "]".repeat(200_000));
    let deep_text = format!("{{\"text\":{}1{}}}", "[".repeat(200_000), "]".repeat(200_000));
    let lines = [
        "{\"text\":\"buono\"}",
        "{\"text\":\"rotto",
        "[1, 2]",
        "{\"title\":\"senza\"}",
        "{\"text\":5}",
        "{\"text\":\"  \"}",
        deep.as_str(),
        deep_text.as_str(),
        "{\"text\":\"alla fine\"}",
    ]
    .join("\n");
    let arrivals = check_folder(
        &[("x.jsonl", lines.as_bytes())],
        &Options::default(),
        &[
            "x.jsonl#1",
            "x.jsonl#2: malformed-json",
            "x.jsonl#3: malformed-json",
            "x.jsonl#4: no-text",
            "x.jsonl#5: malformed-json",
            "x.jsonl#6: empty",
            "x.jsonl#7",
            "x.jsonl#8: malformed-json",
            "x.jsonl#9",
        ],
    );
    let told = arrivals[1].as_ref().expect_err("the second line is cut").to_string();
    assert_eq!(told, "cannot decode 'x.jsonl#2': EOF while parsing a string at column 14; skipped");
}

#[test]
fn half_a_character_is_replaced() {
    let line = br#"{"text": "un cuore \ud83d, intero \ud83d\ude00, \\ud83d e \udc00"}"#;
    let raw = only(check_folder(&[("x.jsonl", line)], &Options::default(), &["x.jsonl#1"]));
    assert_eq!(raw.text, "un cuore \u{fffd}, intero \u{1f600}, \\ud83d e \u{fffd}");
    assert!(raw.meta.had_replacements);
}

#[test]
fn what_is_no_text_is_told() {
    let files: &[(&str, &[u8])] = &[
        ("a.txt", b""),
        ("b.txt", b"\xef\xbb\xbf \n"),
        ("c.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("d.txt", b"abc\0\x01\x02\x03"),
        ("e.csv", b"title;body\nuno;due\n"),
        ("f.txt", b"buono"),
    ];
    check_folder(
        files,
        &Options::default(),
        &["a.txt: empty", "b.txt: empty", "c.txt: binary", "d.txt: binary", "e.csv: no-text", "f.txt"],
    );
}

#[test]
fn long_documents_are_refused_without_being_kept() {
    let folder = folder(&[("c.txt", b"buono")]);
    let options = Options { max_document_bytes: 1 << 20, ..Options::default() };
    // Holes: a gigabyte that takes no room on the disk.
    for name in ["a.txt", "b.jsonl", "d.csv"] {
        let mut file = fs::File::create(folder.path().join(name)).expect("a file can be made");
        if name == "d.csv" {
            std::io::Write::write_all(&mut file, b"id,text\n1,\"mai chiuso").expect("it can be written");
        }
        file.set_len(1 << 30).expect("a file can have holes");
    }
    let line = fs::OpenOptions::new().append(true).open(folder.path().join("b.jsonl"));
    std::io::Write::write_all(&mut line.expect("it can be opened"), b"\n{\"text\":\"dopo\"}")
        .expect("it can be written");
    assert_eq!(
        listed(&arrivals(folder.path(), &options)),
        ["a.txt: too-long", "b.jsonl#1: too-long", "b.jsonl#2", "c.txt", "d.csv#2: too-long"]
    );
}

#[test]
fn encodings_are_told_apart() {
    let wide: Vec<u8> = "\u{feff}{\"text\":\"Forlì\"}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let files: &[(&str, &[u8])] = &[
        ("a.txt", "\u{feff}Forlì".as_bytes()),
        ("b.txt", b"La citt\xe0 di Forl\xec, perch\xe9 no? \x93Universit\xe0\x94 e cos\xec via"),
        ("c.jsonl", &wide),
        ("d.csv", b"text\nLa citt\xe0 di Forl\xec e l\x92universit\xe0\n"),
        ("e.html", b"<meta charset=iso-8859-1><p>Forl\xec"),
    ];
    let arrivals = check_folder(files, &Options::default(), &["a.txt", "b.txt", "c.jsonl#1", "d.csv#2", "e.html"]);
    let found: Vec<(&str, &str)> = arrivals
        .iter()
        .map(|arrival| arrival.as_ref().expect("all are read"))
        .map(|raw| (raw.meta.charset.as_str(), raw.text.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("utf-8", "Forlì"),
            ("windows-1252", "La città di Forlì, perché no? “Università” e così via"),
            ("utf-8", "Forlì"),
            ("windows-1252", "La città di Forlì e l’università"),
            ("windows-1252", "<meta charset=iso-8859-1><p>Forlì"),
        ]
    );
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut encoder, bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

#[test]
fn packed_files_are_read_as_what_they_hold() {
    let lines = packed(b"{\"text\":\"uno\"}\n{\"text\":\"due\"}\n");
    let parts = [packed("La città".as_bytes()), packed(" di Bari".as_bytes())].concat();
    let arrivals = check_folder(
        &[
            ("a.jsonl.gz", &lines),
            ("b.txt.GZ", &parts),
            ("c.csv.gz", &packed(b"id,text\n7,tre\n")),
            ("d.html.gz", &packed(b"<meta charset=iso-8859-1><p>Forl\xec")),
            ("e.jpg.gz", b"no"),
            ("f.gz", b"no"),
        ],
        &Options::default(),
        &["a.jsonl.gz#1", "a.jsonl.gz#2", "b.txt.GZ", "7", "d.html.gz"],
    );
    let raw = arrivals[2].as_ref().expect("it is read");
    assert_eq!((raw.text.as_str(), raw.meta.n_bytes), ("La città di Bari", 17));
    assert_eq!(arrivals[4].as_ref().expect("it is read").media, Media::Html);
}

#[test]
fn damaged_packed_files_are_told() {
    let lines: String = (0..5000).map(|at| format!("{{\"text\":\"comunicato {}\"}}\n", at * 7919)).collect();
    let whole = packed(lines.as_bytes());
    let files: &[(&str, &[u8])] = &[
        ("a.txt.gz", b"not packed at all"),
        ("b.txt.gz", &packed(b"uno")[..12]),
        ("c.txt.gz", &packed(b"")),
        ("d.txt.gz", &packed(&packed(b"uno"))),
    ];
    check_folder(
        files,
        &Options::default(),
        &["a.txt.gz: unreadable", "b.txt.gz: unreadable", "c.txt.gz: empty", "d.txt.gz: binary"],
    );
    // What stands before the damage is read.
    let cut = arrivals(folder(&[("x.jsonl.gz", &whole[..whole.len() / 2])]).path(), &Options::default());
    assert!(cut.len() > 100 && cut.len() < 5000);
    assert_eq!(listed(&cut[..1]), ["x.jsonl.gz#1"]);
    assert_eq!(listed(&cut[cut.len() - 1..]), ["x.jsonl.gz: unreadable"]);
}

#[test]
fn what_unpacks_without_end_is_refused() {
    let bomb = packed(&vec![b' '; 32 << 20]);
    let options = Options { max_document_bytes: 1 << 20, ..Options::default() };
    check_folder(&[("a.txt.gz", &bomb)], &options, &["a.txt.gz: too-long"]);
    let files: &[(&str, &[u8])] = &[("a.txt.gz", &bomb), ("b.jsonl.gz", &bomb), ("c.csv.gz", &bomb)];
    let refused = check_folder(
        files,
        &Options::default(),
        &["a.txt.gz: unreadable", "b.jsonl.gz: unreadable", "c.csv.gz: unreadable"],
    );
    assert_eq!(
        refused[1].as_ref().expect_err("it is refused").to_string(),
        "cannot read 'b.jsonl.gz': it unpacks to more than 200 times its size, as no text does; skipped"
    );
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_never_opened() {
    let folder = folder(&[("b.txt", b"buono")]);
    let pipe = folder.path().join("a.txt");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success());
    let options = Options::default();
    assert_eq!(listed(&arrivals(folder.path(), &options)), ["a.txt: not-a-file", "b.txt"]);
    assert_eq!(listed(&arrivals(&pipe, &options)), ["a.txt: not-a-file"]);
    assert_eq!(listed(&arrivals(Path::new("/dev/zero"), &options)), ["zero: not-a-file"]);
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_nor_round() {
    use std::os::unix::fs::symlink;
    let elsewhere = folder(&[("x.txt", b"fuori")]);
    let folder = folder(&[("a/x.txt", b"dentro")]);
    let link = |target: &Path, name: &str| symlink(target, folder.path().join(name)).expect("a link can be made");
    link(folder.path(), "a/loop");
    link(&folder.path().join("a/x.txt"), "b.txt");
    link(&elsewhere.path().join("x.txt"), "c.txt");
    link(elsewhere.path(), "d");
    link(Path::new("nowhere.txt"), "e.txt");
    link(Path::new("f.txt"), "f.txt");
    assert_eq!(
        listed(&arrivals(folder.path(), &Options::default())),
        ["a/x.txt", "b.txt", "c.txt: link", "d/: link", "e.txt: link", "f.txt: link"]
    );
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_costs_itself_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.txt", b"chiuso"), ("b.txt", b"aperto"), ("c/x.txt", b"chiuso")]);
    for name in ["a.txt", "c"] {
        fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(0o000)).expect("it is ours");
    }
    // The superuser reads everything.
    let can_read_all = fs::read(folder.path().join("a.txt")).is_ok();
    let expected: &[&str] =
        if can_read_all { &["a.txt", "b.txt", "c/x.txt"] } else { &["a.txt: unreadable", "b.txt", "c/: unreadable"] };
    assert_eq!(listed(&arrivals(folder.path(), &Options::default())), expected);
    fs::set_permissions(folder.path().join("c"), fs::Permissions::from_mode(0o755)).expect("it is ours");
}

#[test]
fn a_hash_tells_a_changed_document() {
    let hash = |text: &str| only(check_folder(&[("x.csv", text.as_bytes())], &Options::default(), &["1"])).meta.hash;
    assert_eq!(hash("id,text\n1,uno\n"), hash("id,text\n1,\"uno\"\n"));
    assert_ne!(hash("id,text\n1,uno\n"), hash("id,text\n1,due\n"));
}
