//! The day of publication: from metadata, the dateline, the file name and the option, in that order. All texts are invented.

use gazzetta::{
    Engine, Lexicon, RawDocument,
    lexicon::Files,
    raw::{Media, Meta},
};
use std::sync::LazyLock;

/// An engine without names, which dates need not, and with a default day.
static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let shipped = Files::embedded();
    let pairs = shipped.below("").map(|file| {
        let (path, text) = file.expect("the shipped files are text");
        let is_names = path.ends_with(".tsv") && path.contains('/') && !path.starts_with("evidence/");
        (path.to_owned(), if is_names { text.lines().next().unwrap_or_default() } else { text }.to_owned() + "\n")
    });
    let lexicon = Lexicon::load(&Files::from_pairs(pairs.collect::<Vec<_>>())).expect("the languages load");
    Engine::new(lexicon, String::new()).default_published("2024-04-02".parse().ok())
});

#[track_caller]
fn check(id: &str, media: Media, text: &str, published: Option<&str>, expected: (&str, &str)) {
    let meta = Meta {
        id: id.to_owned(),
        published: published.map(str::to_owned),
        language: Some("it".to_owned()),
        ..Meta::default()
    };
    let record = ENGINE.process(RawDocument { meta, media, text: text.to_owned() });
    let found = record.published.expect("there is always the default");
    assert_eq!((found.date.as_str(), found.from.as_str()), expected);
}

const BODY: &str = "Apre la fiera.\n\nLa fiera apre domani a Modena con cento espositori.";
const DATELINE: &str = "Apre la fiera\n\nModena, 14 marzo 2024 - La fiera apre domani con cento espositori.";

#[test]
fn the_surest_source_wins() {
    check("2024-03-01-fiera.txt", Media::Plain, DATELINE, Some("2024-03-20"), ("2024-03-20", "meta"));
    check("2024-03-01-fiera.txt", Media::Plain, DATELINE, None, ("2024-03-14", "dateline"));
    check("2024-03-01-fiera.txt", Media::Plain, BODY, None, ("2024-03-01", "file-name"));
    check("in/2024/03/01/fiera.txt", Media::Plain, BODY, None, ("2024-03-01", "file-name"));
    check("fiera.txt", Media::Plain, BODY, None, ("2024-04-02", "option"));
}

#[test]
fn a_page_says_its_day_in_many_ways() {
    let page =
        |head: &str| format!("<html><head>{head}</head><body><p>La fiera apre domani a Modena.</p></body></html>");
    for head in [
        r#"<meta property="article:published_time" content="2024-03-20T09:30:00+01:00">"#,
        r#"<meta name="dcterms.date" content="20 marzo 2024">"#,
        r#"<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-20"}</script>"#,
    ] {
        check("2024-03-01-fiera.html", Media::Html, &page(head), None, ("2024-03-20", "meta"));
    }
}

#[test]
fn relative_dates_go_by_the_day_that_was_found() {
    let meta = Meta { id: "fiera.txt".to_owned(), language: Some("it".to_owned()), ..Meta::default() };
    let record = ENGINE.process(RawDocument { meta, media: Media::Plain, text: BODY.to_owned() });
    let values: Vec<String> = record
        .mentions
        .iter()
        .filter(|mention| mention.kind == "date")
        .map(|mention| serde_json::to_value(&mention.value).expect("a value is plain data").to_string())
        .collect();
    assert_eq!(values, ["\"2024-04-03\""]);
}
