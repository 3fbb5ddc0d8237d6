//! The command line, word for word: what is said, to whom, and what the shell is told.

use std::{
    fs,
    io::Write,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// A folder with a short list of names, so that each command is quick.
struct Place {
    folder: TempDir,
}

const LIST: &str = "id\tkind\tsubtype\tname\taliases\nlocal:banca-sud\tinstitution\tcompany\tBanca del Sud\t!Sud Banca\n\
                    local:perugia\tplace\tcity\tPerugia\t\n";

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().expect("a folder") };
        place.write("lists/institutions/few.tsv", LIST);
        place
    }

    /// A folder `in` with these files.
    fn with(files: &[(&str, &[u8])]) -> Self {
        let place = Self::new();
        for (name, bytes) in files {
            place.write(&format!("in/{name}"), bytes);
        }
        place
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gazzetta"));
        command.current_dir(&self.folder).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("GAZZETTA_") || name == "NO_COLOR") {
            command.env_remove(name);
        }
        command
    }

    fn output(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program starts")
    }

    /// The command ends with `code` and says `message` on standard error, no less and no more.
    #[track_caller]
    fn check(&self, arguments: &[&str], code: i32, message: &str) -> String {
        let output = self.output(arguments);
        assert_eq!(text(&output.stderr), message, "{arguments:?}");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        text(&output.stdout)
    }

    /// `gazzetta run in -o out.jsonl` with the short list.
    #[track_caller]
    fn check_run(&self, code: i32, message: &str) -> Vec<gazzetta::Record> {
        self.check(&["run", "in", "-o", "out.jsonl", "--gazetteers", "lists", "--quiet"], code, message);
        let records = self.read("out.jsonl");
        records.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("what we say is UTF-8")
}

const WELL: (&str, &[u8]) = ("well.txt", "La Banca del Sud è a Perugia.\n".as_bytes());

#[test]
fn an_empty_file_fails_alone() {
    let place = Place::with(&[("empty.txt", b""), ("blank.txt", b" \n\n"), WELL]);
    let message = "gazzetta: cannot decode 'blank.txt': there is no text in it; skipped\n\
                   gazzetta: cannot decode 'empty.txt': there is no text in it; skipped\n";
    assert_eq!(place.check_run(1, message)[0].id, "well.txt");
}

#[test]
fn a_page_that_shows_no_text_fails_alone() {
    let script = b"<html><head><title>Notizie</title></head><body><script>show()</script></body></html>";
    let place = Place::with(&[
        ("frames.html", b"<frameset><frame src=a><noframes>no frames</noframes></frameset>"),
        ("script.html", script),
        ("table.csv", b"id,text\n1,\"\0\"\n"),
        WELL,
    ]);
    let message = "gazzetta: cannot process 'frames.html': it shows no text; skipped\n\
                   gazzetta: cannot process 'script.html': it shows no text; skipped\n\
                   gazzetta: cannot process '1': it shows no text; skipped\n";
    assert_eq!(place.check_run(1, message).len(), 1);
}

#[test]
fn an_id_does_not_steer_the_terminal() {
    let lines = b"{\"id\":\"a\\u001b[2Jb\\nc\",\"text\":\"\"}\n{\"id\":\"d\\u0007e\",\"text\":\"Perugia\"}\n";
    let place = Place::with(&[("x.jsonl", lines)]);
    place.check_run(1, "gazzetta: cannot decode 'a[2Jbc': there is no text in it; skipped\n");
    let output = place.output(&["run", "in", "-o", "x.db", "--gazetteers", "lists", "-vv"]);
    let told = text(&output.stderr);
    assert!(told.contains("read 'de'") && !told.contains(['\u{1b}', '\u{7}']), "{told}");
    let output = place.output(&["run", "in", "-o", "y.db", "--gazetteers", "lists", "--dry-run"]);
    assert_eq!(text(&output.stdout), "fail a[2Jbc: there is no text in it\nread de\n");
}

#[test]
fn packed_lines_are_read_from_standard_input() {
    let place = Place::new();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(b"{\"id\":\"uno\",\"text\":\"Perugia\"}\n").expect("memory can be written");
    let mut command = place.command(&["run", "-", "-q", "--gazetteers", "lists"]);
    let mut child = command.stdin(Stdio::piped()).spawn().expect("the program starts");
    let packed = encoder.finish().expect("memory can be written");
    child.stdin.take().expect("it is piped").write_all(&packed).expect("it is read");
    let output = child.wait_with_output().expect("it ends");
    assert!(text(&output.stdout).contains("\"id\":\"uno\""), "{}", text(&output.stderr));
}

#[test]
fn a_file_that_is_no_text_fails_alone() {
    let place = Place::with(&[("program.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0\x01\0\0\0"), WELL]);
    let message = "gazzetta: cannot decode 'program.txt': it is not text, whatever its name says; skipped\n";
    assert_eq!(place.check_run(1, message).len(), 1);
}

#[test]
fn every_charset_is_read_as_its_writer_meant() {
    let utf16: Vec<u8> = "\u{feff}Perché a Perugia?\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let place = Place::with(&[
        ("cp1252.txt", b"Perch\xe9 no? L\x92ente \x96 Perugia\n"),
        ("marked.txt", "\u{feff}Arrivò a Perugia\n".as_bytes()),
        ("utf16.txt", &utf16),
    ]);
    let records = place.check_run(0, "");
    let read: Vec<(&str, &str)> =
        records.iter().map(|record| (record.source.charset.as_str(), record.text.as_str())).collect();
    let expected = [
        ("windows-1252", "Perché no? L’ente – Perugia\n"),
        ("utf-8", "Arrivò a Perugia\n"),
        ("utf-16le", "Perché a Perugia?\n"),
    ];
    assert_eq!(read, expected);
    assert!(records.iter().all(|record| record.mentions.iter().any(|mention| mention.text == "Perugia")));
}

#[test]
fn bytes_of_no_charset_are_read_around() {
    let place = Place::with(&[("invalid.txt", b"La Banca del Sud \xff\xfe\x81 a Perugia, in citt\xc3\xa0\n")]);
    let records = place.check_run(0, "");
    let names: Vec<&str> = records[0].mentions.iter().map(|mention| mention.text.as_str()).collect();
    assert_eq!(names, ["Banca del Sud", "Perugia"]);
}

#[test]
fn one_line_of_twenty_megabytes_is_read() {
    // Long words between the names: as many bytes, and a tenth of the work for a program that is not optimized.
    let piece = format!("La Banca del Sud apre a Perugia {}. ", ["abbondantissimamente"; 30].join(""));
    let n_pieces = 20_000_000 / piece.len() + 1;
    let line = piece.repeat(n_pieces);
    let place = Place::with(&[("long.txt", line.as_bytes())]);
    let records = place.check_run(0, "");
    assert_eq!((records[0].text.len(), records[0].mentions.len()), (line.len(), 2 * n_pieces));
}

#[test]
fn a_malformed_line_fails_alone() {
    let lines = b"{\"id\": \"one\", \"text\": \"La Banca del Sud\"}\n{\"text\": \n{\"title\": \"Niente\"}\n{\"id\": \"one\", \"text\": \"Due\"}\n{\"text\": \"Perugia\"}\n";
    let place = Place::with(&[("lines.jsonl", lines)]);
    let message = "gazzetta: cannot decode 'lines.jsonl#2': EOF while parsing a value at column 9; skipped\n\
                   gazzetta: cannot decode 'lines.jsonl#3': the object has no field 'text'; name it with --field text=NAME; skipped\n\
                   gazzetta: cannot read 'one': another document of this run has this id; the first is kept; skipped\n";
    let records = place.check_run(1, message);
    assert_eq!(records.iter().map(|record| record.id.as_str()).collect::<Vec<_>>(), ["one", "lines.jsonl#5"]);
}

#[cfg(unix)]
#[test]
fn a_pipe_among_the_files_is_never_opened() {
    let place = Place::with(&[WELL]);
    let made = Command::new("mkfifo").arg(place.folder.path().join("in/pipe.txt")).status().expect("mkfifo starts");
    assert!(made.success());
    let message = "gazzetta: cannot read 'pipe.txt': it is a pipe, a socket or a device, which are never opened; pipe it into - instead; skipped\n";
    assert_eq!(place.check_run(1, message).len(), 1);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_fails_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with(&[("secret.txt", b"Perugia"), WELL]);
    let secret = place.folder.path().join("in/secret.txt");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o0)).expect("changed");
    if fs::read(&secret).is_ok() {
        // The administrator may read everything: here the system does not refuse, and there is nothing to see.
        assert_eq!(place.check_run(0, "").len(), 2);
    } else {
        let message = "gazzetta: cannot read 'secret.txt': permission denied; skipped\n";
        assert_eq!(place.check_run(1, message).len(), 1);
    }
}

#[test]
fn a_missing_folder_is_wrong_usage() {
    let message = "gazzetta: cannot read 'nowhere': no such file or directory; give a file, a folder, a pattern or -\n";
    Place::new().check(&["run", "nowhere", "-o", "out.jsonl", "--gazetteers", "lists"], 2, message);
}

#[test]
fn an_unknown_option_is_wrong_usage() {
    let output = Place::new().output(&["run", "in", "--nope"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("error: unexpected argument '--nope' found\n"), "{output:?}");
    assert!(output.stdout.is_empty());
}

#[test]
fn an_unknown_kind_of_output_is_wrong_usage() {
    let output = Place::with(&[WELL]).output(&["run", "in", "-o", "out.docx", "--gazetteers", "lists"]);
    let message = text(&output.stderr);
    assert!(message.starts_with("gazzetta: cannot tell what to write to 'out.docx': give one of "), "{message}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn an_output_that_cannot_be_written_ends_the_run() {
    let place = Place::with(&[WELL]);
    for output in ["nowhere/out.jsonl", "nowhere/out.db"] {
        let message = format!("gazzetta: cannot write '{output}': no such file or directory; the folder must exist\n");
        place.check(&["run", "in", "-o", output, "--gazetteers", "lists"], 3, &message);
    }
}

#[test]
fn a_broken_row_is_told_with_file_and_line() {
    let place = Place::with(&[WELL]);
    place.write("lists/institutions/few.tsv", format!("{LIST}local:banca-sud\tinstitution\tcompany\tBanca Due\t\n"));
    let message = "gazzetta: institutions/few.tsv:4: the id 'local:banca-sud' is already taken at institutions/few.tsv:2; merge the two rows\n";
    place.check(&["run", "in", "--gazetteers", "lists"], 3, message);
    place.write("lists/institutions/few.tsv", format!("{LIST}local:x\tplanet\t\tMarte\t\n"));
    let output = place.output(&["run", "in", "--gazetteers", "lists"]);
    let message = text(&output.stderr);
    assert!(message.starts_with("gazzetta: institutions/few.tsv:4: ") && message.contains("'planet'"), "{message}");
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn records_go_to_standard_output_and_the_rest_does_not() {
    let place = Place::with(&[WELL]);
    let output = place.output(&["run", "in", "--gazetteers", "lists"]);
    let records = text(&output.stdout);
    assert_eq!(records.lines().count(), 1);
    assert!(records.starts_with(r#"{"schema":"gazzetta.record/1","id":"well.txt","#), "{records}");
    let said = text(&output.stderr);
    assert!(said.starts_with("1 document read, 31 bytes of text in "), "{said}");
    assert!(said.contains("no failures") && said.contains("institution"), "{said}");
    assert!(!said.contains('\u{1b}') && !said.contains("Next:"), "{said}");
}

#[test]
fn a_run_says_what_to_try_next_and_finds_nothing_new_the_second_time() {
    let place = Place::with(&[WELL]);
    let command = ["run", "in", "-o", "missions.db", "--gazetteers", "lists"];
    let first = text(&place.output(&command).stderr);
    assert!(first.contains("\nmissions.db is ready (1 document in it now). Next:\n"), "{first}");
    assert!(first.contains(" explain in/well.txt\n") && first.contains("v_missions"), "{first}");
    let second = text(&place.output(&command).stderr);
    assert!(second.starts_with("nothing new to read\n1 document unchanged, and not read again\n"), "{second}");
}

#[test]
fn more_is_said_when_asked_but_never_the_text() {
    let place = Place::with(&[WELL]);
    let said = text(&place.output(&["run", "in", "-o", "out.jsonl", "--gazetteers", "lists", "-vv"]).stderr);
    assert!(said.starts_with("gazzetta: read 'well.txt': 2 mentions, 0 missions\n"), "{said}");
    assert!(said.contains("  processing ") && !said.contains("Banca"), "{said}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = Place::with(&[]);
    place.write("in/many.jsonl", "{\"text\": \"La Banca del Sud è a Perugia.\"}\n".repeat(5_000));
    let mut child = place.command(&["run", "in", "--gazetteers", "lists", "--quiet"]).spawn().expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((text(&output.stderr).as_str(), output.status.code()), ("", Some(0)));
}

#[test]
fn standard_input_is_read() {
    let place = Place::new();
    let mut child = place
        .command(&["run", "-", "--gazetteers", "lists", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(b"{\"id\": \"one\", \"text\": \"La Banca del Sud\"}\n").expect("it is read");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert!(text(&output.stdout).contains(r#""id":"one""#), "{output:?}");
}

#[test]
fn one_two_and_eight_threads_write_the_same_bytes() {
    let place = Place::new();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let outputs = ["1", "2", "8"].map(|threads| place.check(&["run", samples, "--quiet", "--threads", threads], 0, ""));
    assert!(outputs[0].lines().count() >= 16);
    assert!(outputs[0] == outputs[1] && outputs[0] == outputs[2]);
}

#[test]
fn help_shows_every_command_and_how_to_call_it() {
    let place = Place::new();
    let help = place.check(&["--help"], 0, "");
    for word in ["run", "explain", "eval", "schema", "completions", "gazetteer", "Examples:", "Exit:"] {
        assert!(help.contains(word), "no '{word}' in {help}");
    }
    assert_eq!(place.output(&[]).status.code(), Some(2));
    assert_eq!(place.output(&["nothing"]).status.code(), Some(2));
    assert!(place.check(&["completions", "bash"], 0, "").contains("_gazzetta()"));
}

#[test]
fn the_schema_is_printed() {
    let schema = Place::new().check(&["schema", "record"], 0, "");
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    assert_eq!(schema["title"], "gazzetta.record/1");
    assert!(schema["properties"]["mentions"].is_object());
}

#[test]
fn a_release_is_explained_line_by_line() {
    let place = Place::with(&[WELL]);
    let explain = ["explain", "in/well.txt", "--gazetteers", "lists"];
    let page = place.check(&explain, 0, "");
    assert!(page.contains("\nLa [Banca del Sud] è a [Perugia].\n"), "{page}");
    assert!(page.contains("    Banca del Sud  institution company"), "{page}");
    assert!(page.contains("→ local:banca-sud"), "{page}");
    assert!(!page.contains('\u{1b}'), "no colors where nobody sees them");
    let colored = place.check(&[explain.as_slice(), &["--color", "always"]].concat(), 0, "");
    assert!(colored.contains("La \u{1b}[1;34mBanca del Sud\u{1b}[0m"), "{colored}");
    let record = place.check(&[explain.as_slice(), &["--json"]].concat(), 0, "");
    assert!(serde_json::from_str::<gazzetta::Record>(&record).is_ok());
    place.check(
        &[explain.as_slice(), &["--id", "other"]].concat(),
        2,
        "gazzetta: no document of 'in/well.txt' has the id 'other'\n",
    );
}

#[test]
fn a_release_is_explained_beside_a_day_of_publication() {
    let place = Place::with(&[("undated.txt", "Il rettore partirà domani per Osaka con la delegazione.\n".as_bytes())]);
    let explain = ["explain", "in/undated.txt", "--gazetteers", "lists", "--json"];
    let undated = place.check(&explain, 0, "");
    assert!(undated.contains("date-unanchored"), "{undated}");
    let dated = place.check(&[explain.as_slice(), &["--default-published", "2024-04-02"]].concat(), 0, "");
    assert!(dated.contains("2024-04-03"), "{dated}");
}

#[test]
fn a_release_is_explained_by_the_settings_of_the_run() {
    let place = Place::with(&[("undated.txt", "La Banca del Sud sarà domani a Osaka.\n".as_bytes())]);
    place.write("gazzetta.toml", "gazetteers = 'lists'\ndefault_published = '2024-04-02'\n");
    let page = place.check(&["explain", "in/undated.txt"], 0, "");
    assert!(page.contains("→ local:banca-sud") && page.contains("2024-04-03"), "{page}");
    place.write("gazzetta.toml", "gazetteers = 'nowhere'\n");
    place.check(
        &["explain", "in/undated.txt"],
        3,
        "gazzetta: nowhere: cannot be read: No such file or directory (os error 2)\n",
    );
}

#[test]
fn a_document_cannot_steer_the_terminal() {
    let line =
        br#"{"id": "\u001b[2Jone", "title": "\u001b]0;owned\u0007", "text": "La Banca del Sud \u001b[31m\u009b2J"}"#;
    let place = Place::with(&[("x.jsonl", line)]);
    let page = place.check(&["explain", "in/x.jsonl", "--gazetteers", "lists"], 0, "");
    assert!(!page.chars().any(|character| character.is_control() && character != '\n'), "{page:?}");
}

#[track_caller]
fn check_why_not(text: &str, name: &str, expected: &[&str]) {
    let place = Place::with(&[("x.txt", text.as_bytes())]);
    let answer = place.check(&["explain", "in/x.txt", "--gazetteers", "lists", "--why-not", name], 0, "");
    for words in expected {
        assert!(answer.contains(words), "no '{words}' in the answer for '{name}':\n{answer}");
    }
}

#[test]
fn a_name_that_was_not_found_is_answered_for() {
    let text = "La Banca del Sud apre.\nLa sud banca no.\nLa Banca del Nord chiude a Perugia.\n";
    check_why_not(text, "Banca del Sud", &["is in the text once", "line 1, 'Banca del Sud': found: institution by "]);
    check_why_not(text, "Banca", &["is in the text 3 times", "there stands 'Banca del Sud', institution by "]);
    check_why_not(
        text,
        "Banca dell Sud",
        &["is not in the text", "nearest: 'Banca del Sud' (institution, local:banca-sud at institutions/few.tsv:2)"],
    );
    check_why_not(text, "Sud Banca", &["line 2, 'sud banca': ", "a spelling that never counts alone"]);
    check_why_not(text, "Qzxwk Vvqj", &["'Qzxwk Vvqj' is not in the text", "no list has it, or a name like it"]);
}

#[test]
fn a_threshold_that_is_missed_is_told() {
    let place = Place::new();
    let gold = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/eval/gold");
    let predictions = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/eval/predictions.jsonl");
    let compare = |least: &'static str| ["eval", gold, "--pred", predictions, "--min", least];
    let table = place.check(&compare("person=0.5"), 0, "");
    assert!(table.contains("  person       0.600 0.500 0.545"), "{table}");
    place.check(&compare("person=0.9"), 1, "gazzetta: person is 0.5455, less than 0.9\n");
    let message = "gazzetta: nothing is counted under 'persons'; give institution, person, place, date, sector, all, or a name as in --json\n";
    place.check(&compare("persons=0.9"), 2, message);
    let message = "gazzetta: cannot read 'nowhere': no such file or directory\n";
    place.check(&["eval", "nowhere"], 2, message);
}

#[test]
fn a_report_runs_nothing_that_a_release_says() {
    let line = br#"{"id": "x", "title": "<script>alert(1)</script>", "text": "La Banca del Sud <img src=x onerror=alert(1)> a Perugia"}"#;
    let place = Place::with(&[("x.jsonl", line)]);
    place.check_run(0, "");
    place.check(&["report", "out.jsonl", "-o", "report.html"], 0, "");
    let page = place.read("report.html");
    assert!(page.contains("Content-Security-Policy") && page.contains("&lt;img src=x"), "{page}");
    assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
    assert!(
        page.contains(
            "title=\"institution: Banca del Sud · local:banca-sud · institutions/head\">Banca del Sud</mark>"
        ),
        "{page}"
    );
    assert_eq!(place.check(&["report", "out.jsonl"], 0, ""), page);
}

#[test]
fn mentions_less_sure_than_asked_are_left_out() {
    let place = Place::with(&[WELL]);
    let run = ["run", "in/well.txt", "--gazetteers", "lists", "--quiet"];
    let all = place.check(&run, 0, "");
    assert!(!all.contains(r#""mentions":[]"#), "{all}");
    let none = place.check(&[run.as_slice(), &["--min-confidence", "1"]].concat(), 0, "");
    assert!(none.contains(r#""mentions":[]"#), "{none}");
}
