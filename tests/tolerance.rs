//! What hides a name and what does not: each line of `tests/tolerance/cases.tsv` against the small list beside it.
//!
//! The text marks with brackets what is to be found; `\n`, `\t`, `\r` and `\u{…}` stand for the characters that a table
//! cannot show. For each find the columns `ids` and `folds` say, joined by blanks, which rows are read (joined by `,`)
//! and what had to be folded (joined by `+`, `-` for nothing).

use gazzetta::lexicon::{Files, Folds, Gazetteer, Lookup, Table};

const CASES: &str = include_str!("tolerance/cases.tsv");
const LIST: &str = include_str!("tolerance/list.tsv");
const PROSE: &str = "ampersand_words = [\"e\", \"ed\", \"and\", \"et\", \"y\", \"und\"]\n";
const LEGAL_FORMS: &str =
    "form\ns.r.l.\nsrl\ns.p.a.\nspa\nltd\ninc\ngmbh\n& co\ngmbh & co kg\nas\nsocietà per azioni\n";
const COMMON_WORDS: &str = "word\tlang\tzipf\nas\ten\t6.5\nfuturo\tit\t5\n";
const PARTICLES: &str = "particle\n는\n은\n에서\n과\n";

fn gazetteer() -> Gazetteer {
    let files = Files::from_pairs([
        ("names/list.tsv", LIST),
        ("languages/xx/prose.toml", PROSE),
        ("evidence/legal_forms.tsv", LEGAL_FORMS),
        ("evidence/common_words.tsv", COMMON_WORDS),
        ("evidence/particles.tsv", PARTICLES),
    ]);
    Gazetteer::load(&files).expect("the list is right")
}

#[test]
fn every_spelling_is_met_as_marked() {
    let gazetteer = gazetteer();
    let table = Table::new("tests/tolerance/cases.tsv", CASES);
    let mut wrong = Vec::new();
    let mut n_cases = 0;
    for row in table.rows(["text", "ids", "folds"]) {
        let row = row.expect("the table is right");
        let [marked, ids, folds] = row.cells;
        n_cases += 1;
        let marked = unescape(marked);
        let text = marked.replace(['[', ']'], "");
        let mut found = Vec::new();
        gazetteer.find(&text, &mut found);
        let shown = [
            mark(&text, &found),
            found.iter().map(|lookup| ids_of(&gazetteer, lookup)).collect::<Vec<_>>().join(" "),
            found.iter().map(|lookup| folds_of(lookup.folds)).collect::<Vec<_>>().join(" "),
        ];
        let expected = [marked, ids.to_owned(), folds.to_owned()];
        if shown != expected {
            wrong.push(format!("line {}: found {shown:?}\n    expected {expected:?}", row.line));
        }
    }
    assert!(n_cases >= 200, "{n_cases} cases");
    assert!(wrong.is_empty(), "{} of {n_cases} cases:\n{}", wrong.len(), wrong.join("\n"));
}

fn ids_of(gazetteer: &Gazetteer, lookup: &Lookup) -> String {
    let ids: Vec<&str> = gazetteer.readings(lookup.name).map(|reading| gazetteer.entry(reading.entry).id).collect();
    ids.join(",").replace("x:", "")
}

fn folds_of(folds: Folds) -> String {
    let words: Vec<&str> = folds.words().collect();
    if words.is_empty() { "-".to_owned() } else { words.join("+") }
}

fn mark(text: &str, found: &[Lookup]) -> String {
    let mut marked = text.to_owned();
    for lookup in found.iter().rev() {
        marked.insert(lookup.span.end(), ']');
        marked.insert(lookup.span.start(), '[');
    }
    marked
}

fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let (character, len) = match after.as_bytes().first() {
            Some(b'n') => ('\n', 1),
            Some(b't') => ('\t', 1),
            Some(b'r') => ('\r', 1),
            _ => {
                let end = after.find('}').expect("an escape is closed");
                let code = u32::from_str_radix(&after[2..end], 16).expect("an escape is a hexadecimal number");
                (char::from_u32(code).expect("an escape is a character"), end + 1)
            }
        };
        plain.push(character);
        rest = &after[len..];
    }
    plain + rest
}
