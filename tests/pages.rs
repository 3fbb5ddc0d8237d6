//! Pages: what is read of them, and where it stands in their source. All pages are invented.

use gazzetta::{
    raw::Media,
    text::{BlockKind, Span, Text, clean},
};
use std::time::{Duration, Instant};

#[track_caller]
fn read(page: &str) -> Text {
    clean(Media::Html, page.to_owned())
}

/// The stretch of the source that the first `mention` in the text came from.
#[track_caller]
fn source_of(media: Media, source: &str, mention: &str) -> String {
    let text = clean(media, source.to_owned());
    let start = text.as_str().find(mention).unwrap_or_else(|| panic!("{mention:?} is not in {:?}", text.as_str()));
    let span = text.source_span(Span::new(start, start + mention.len()));
    source.chars().skip(span.start).take(span.end - span.start).collect()
}

/// Checks the text of a page, and the source of a mention in it.
#[track_caller]
fn check_page(page: &str, expected: &str, mention: &str, source: &str) {
    assert_eq!(read(page).as_str(), expected, "text of {page}");
    assert_eq!(source_of(Media::Html, page, mention), source, "source of {mention:?} in {page}");
}

#[test]
fn a_mention_maps_back_to_its_page() {
    // (page, its text, a mention, the source of the mention)
    let cases = [
        ("<p>La Regione Lombardia a Tokyo.</p>", "La Regione Lombardia a Tokyo.", "Tokyo", "Tokyo"),
        // References: with and without semicolon, by number, for two characters.
        (
            "<p>Universit&agrave; di Forl&igrave;</p>",
            "Università di Forlì",
            "Università di Forlì",
            "Universit&agrave; di Forl&igrave;",
        ),
        ("<p>Citt&agrave di Lecce</p>", "Città di Lecce", "Città", "Citt&agrave"),
        ("<p>M&#252;nchen &#x26; K&ouml;ln</p>", "München & Köln", "München & Köln", "M&#252;nchen &#x26; K&ouml;ln"),
        ("<p>A &NotEqualTilde; B</p>", "A ≂\u{338} B", "≂\u{338}", "&NotEqualTilde;"),
        ("<p>AT&T e R&amp;D</p>", "AT&T e R&D", "R&D", "R&amp;D"),
        ("<p>&amp;egrave; resta</p>", "&egrave; resta", "&egrave;", "&amp;egrave;"),
        // Blanks: a reference to one stays, line ends in the source are blanks.
        (
            "<p>Corea&nbsp;del&nbsp;Sud</p>",
            "Corea\u{a0}del\u{a0}Sud",
            "Corea\u{a0}del\u{a0}Sud",
            "Corea&nbsp;del&nbsp;Sud",
        ),
        (
            "<p>Camera di\n      Commercio\tdi  Bari</p>",
            "Camera di Commercio di Bari",
            "Camera di Commercio",
            "Camera di\n      Commercio",
        ),
        ("<p>  Ancona  </p>\n\n<p> Fermo</p>", "Ancona\n\nFermo", "Fermo", "Fermo"),
        // Markup: inside a word, nested, unclosed, wrongly closed, in capitals.
        (
            "<p><b>Uni</b>versit&agrave; <i>di <b>Bologna</b></i></p>",
            "Università di Bologna",
            "Università di Bologna",
            "Uni</b>versit&agrave; <i>di <b>Bologna",
        ),
        (
            "<p>Politecnico <em>di</em> <strong>Torino</strong>, oggi",
            "Politecnico di Torino, oggi",
            "Politecnico di Torino",
            "Politecnico <em>di</em> <strong>Torino",
        ),
        ("<p>Uno<p>Due<p>Tre", "Uno\n\nDue\n\nTre", "Due", "Due"),
        ("<b><p>Vero</b> nome</p>", "Vero nome", "Vero nome", "Vero</b> nome"),
        ("<P ALIGN=CENTER>Giunta<BR>regionale</P>", "Giunta\nregionale", "Giunta\nregionale", "Giunta<BR>regionale"),
        ("<p>Prima.<br><br/>Seconda.</p>", "Prima.\n\nSeconda.", "Seconda", "Seconda"),
        // What is no text: comments, scripts, sections of character data, attributes, other things that look like tags.
        ("<p>Clust<!-- > - -->-ER</p>", "Clust-ER", "Clust-ER", "Clust<!-- > - -->-ER"),
        ("<p>Prima</p><script>if (a<b) { p = '<p>x</p>' }</script><p>Dopo</p>", "Prima\n\nDopo", "Dopo", "Dopo"),
        ("<p>Via <![CDATA[nulla]]>libera</p>", "Via libera", "Via libera", "Via <![CDATA[nulla]]>libera"),
        ("<p title=\"a > b &egrave; <i>\" data-x='\"'>Testo</p>", "Testo", "Testo", "Testo"),
        ("<p>3 < 5 e <3 cuori</p>", "3 < 5 e <3 cuori", "5 e <3", "5 e <3"),
        ("<?xml version=\"1.0\"?><!DOCTYPE html><p>Avvio</p>", "Avvio", "Avvio", "Avvio"),
        ("<p>Zero\0uno\u{feff}due</p>", "Zerounodue", "Zerounodue", "Zero\0uno\u{feff}due"),
        // Lists and tables.
        ("<ul><li>Enea<ul><li>Cnr<li>Infn</ul><li>Asi</ul>", "Enea\nCnr\nInfn\nAsi", "Infn", "Infn"),
        ("<ol><li><p>Primo</p></li><li><p>Secondo</p></li></ol>", "Primo\nSecondo", "Secondo", "Secondo"),
        ("<table><tr><th>Ente<th>Citt&agrave;<tr><td>Enea<td>Roma</table>", "Ente\tCittà\nEnea\tRoma", "Roma", "Roma"),
        ("<dl><dt>Capofila<dd>Enea</dl>", "Capofila\nEnea", "Enea", "Enea"),
        ("<pre>Ore 9  avvio\n  Ore 10</pre>", "Ore 9  avvio\n  Ore 10", "avvio\n  Ore", "avvio\n  Ore"),
        ("Roma<img src=x alt='foto'>Milano", "Roma Milano", "Milano", "Milano"),
        ("<p>sof&shy;fice</p>", "sof\u{ad}fice", "sof\u{ad}fice", "sof&shy;fice"),
        ("<p>fine &#0; e &#x110000;</p>", "fine \u{fffd} e \u{fffd}", "fine \u{fffd}", "fine &#0;"),
    ];
    for (page, text, mention, source) in cases {
        check_page(page, text, mention, source);
    }
}

const PAGE: &str = r##"<!doctype html>
<html lang="it-IT"><head>
<title>Missione a Busan: firmato l&#8217;accordo - Regione di Prova</title>
<meta property="article:published_time" content="2025-03-28T10:00:00+01:00">
<meta name="description" content="Non &egrave; il testo">
<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-03-27"}</script>
<style>p { color: red }</style></head>
<body class="home with-sidebar">
<div id="cookie-banner"><p>Questo sito usa i cookie per migliorare la navigazione, come spiegato nella nostra informativa estesa.</p><button>Accetta</button></div>
<header class="site-header"><a href="/">Regione di Prova</a><nav><ul><li><a href="/giunta">Giunta</a></li><li><a href="/enti">Enti</a></li></ul></nav></header>
<div class="wrapper"><main><h1>Missione a Busan: firmato l’accordo</h1>
<div class="share"><a href="#">Condividi</a></div>
<p>La delegazione della Regione di Prova è rientrata ieri da Busan con un accordo sulla cantieristica.</p>
<p>Ne fanno parte otto imprese, due atenei e il <a href="/polo">Polo navale</a>, che ha guidato gli incontri.</p>
<ul><li>Ateneo di Prova</li><li>Istituto delle Onde</li></ul>
<p>Contatti: <a href="mailto:stampa@prova.example.org">stampa@prova.example.org</a></p>
<h3>Leggi anche</h3><ul><li><a href="/1">Missione a Osaka, le imprese</a></li><li><a href="/2">Un bando per i porti</a></li></ul>
</main><aside><h2>Notizie</h2><p>Altre notizie che non parlano di questa missione ma riempiono la colonna della pagina.</p></aside></div>
<footer><p>Regione di Prova, via delle Onde 1, tutti i diritti riservati, codice fiscale 000000000, posta certificata</p></footer>
</body></html>"##;

#[test]
fn the_page_around_a_release_is_left_out() {
    let text = read(PAGE);
    assert_eq!(
        text.as_str(),
        "Missione a Busan: firmato l’accordo\n\nLa delegazione della Regione di Prova è rientrata ieri da Busan con un accordo \
         sulla cantieristica.\n\nNe fanno parte otto imprese, due atenei e il Polo navale, che ha guidato gli incontri.\n\n\
         Ateneo di Prova\nIstituto delle Onde\n\nContatti: stampa@prova.example.org"
    );
    let kinds: Vec<BlockKind> = text.blocks.iter().map(|block| block.kind).collect();
    use BlockKind::{Heading, Item, Paragraph};
    assert_eq!(kinds, [Heading(1), Paragraph, Paragraph, Item, Item, Paragraph]);
}

#[test]
fn a_page_says_its_title_day_and_language() {
    let declared = read(PAGE).declared;
    assert_eq!(declared.title.as_deref(), Some("Missione a Busan: firmato l’accordo"));
    assert_eq!(declared.published.as_deref(), Some("2025-03-28T10:00:00+01:00"));
    assert_eq!(declared.language.as_deref(), Some("it-IT"));
}

#[test]
fn a_day_is_found_wherever_pages_put_it() {
    for page in [
        r#"<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"datePublished":"2025-01-02"}]}</script><p>x</p>"#,
        r#"<meta name="DC.date.issued" content="2025-01-02"><p>x</p>"#,
        r#"<meta itemprop="datePublished" content="2025-01-02"><p>x</p>"#,
        r#"<p>x <span itemprop="datePublished">2025-01-02</span></p>"#,
        r#"<p><time datetime="2025-01-02">ieri</time></p>"#,
    ] {
        assert_eq!(read(page).declared.published.as_deref(), Some("2025-01-02"), "{page}");
    }
}

#[test]
fn the_release_is_found_without_the_words_of_the_web() {
    let prose =
        "La missione ha portato in Giappone dodici imprese della meccanica e tre centri di ricerca della costa. "
            .repeat(3);
    let links = r#"<div><a href="/a">Una pagina del sito</a> <a href="/b">Altra pagina del sito</a></div>"#.repeat(6);
    let page = format!("<table><tr><td>{links}</td><td><p>{prose}</p><p>{prose}</p></td></tr></table>");
    assert_eq!(read(&page).as_str(), format!("{}\n\n{}", prose.trim(), prose.trim()));
}

#[test]
fn a_list_of_links_that_the_text_announces_stays() {
    let page = "<p>La delegazione ha incontrato in quattro giorni le università e i centri che seguono:</p>\
                <ul><li><a href=x>Università di Prova</a><li><a href=y>Centro delle Onde</a></ul>";
    assert!(read(page).as_str().ends_with("Università di Prova\nCentro delle Onde"));
}

#[test]
fn the_whole_text_is_never_lost() {
    for page in [
        "<nav><p>Una sola riga</p></nav>",
        "<div hidden>Testo che appare dopo</div>",
        "<div style='display: none'>Testo che appare dopo</div>",
        "<footer>Solo il piede</footer>",
        "<a href=x>Solo un link</a>",
        "<!-- mai chiuso <p>Testo dopo il commento</p>",
        "<title>Titolo mai chiuso<p>Testo dopo il titolo</p>",
        "<form><p>Tutta la pagina è in un modulo, come fanno certi programmi per fare pagine.</p></form>",
        "Nessun elemento",
    ] {
        assert!(!read(page).as_str().trim().is_empty(), "{page}");
    }
}

#[test]
fn a_page_without_text_has_none() {
    for page in ["", "<p></p>", "<script>x</script>", "<!-- x -->", "<img alt=x>", "<"] {
        assert!(read(page).as_str().len() <= 1, "{page}");
    }
}

#[test]
fn hostile_pages_cost_little() {
    let pages = [
        "<div>".repeat(1_000_000),
        "<ul><li>".repeat(100_000),
        "<b>".repeat(100_000),
        "<p><b>".repeat(100_000),
        "</div>".repeat(200_000),
        format!("<p title=\"{}\">x</p>", "a".repeat(10 << 20)),
        format!("<!-- {}", "-- ".repeat(1 << 20)),
        "<!--".repeat(300_000),
        "<title>".repeat(200_000),
        "<a b=\"".repeat(200_000),
        "&".repeat(1 << 20),
        "&eacute;".repeat(100_000),
        "<table><tr><td>".repeat(100_000),
        "<h1></h1>".repeat(200_000),
        "<time datetime=''></time>".repeat(100_000),
        "<p>x</p>".repeat(200_000),
        "<header>".repeat(100_000),
    ];
    for page in pages {
        let started = Instant::now();
        let text = read(&page);
        let head: String = page.chars().take(40).collect();
        // Generous, for a busy machine and a build without optimization.
        assert!(started.elapsed() < Duration::from_secs(10), "{head} took {:?}", started.elapsed());
        drop(text);
    }
}

#[test]
fn a_mention_maps_back_to_its_markdown() {
    // (source, its text, a mention, the source of the mention)
    let cases = [
        ("Testo *molto* **importante**", "Testo molto importante", "molto importante", "molto* **importante"),
        ("# Missione a Busan #\n\nParte domani.", "Missione a Busan\n\nParte domani.", "Parte", "Parte"),
        ("Missione\n========\nParte\ndomani", "Missione\n\nParte domani", "Parte domani", "Parte\ndomani"),
        (
            "Con il [Polo **navale**](http://x.example.org/a_b) oggi",
            "Con il Polo navale oggi",
            "Polo navale",
            "Polo **navale",
        ),
        ("Con![logo](l.png)Enea", "Con Enea", "Enea", "Enea"),
        ("Forl&igrave; e R\\&D", "Forlì e R&D", "Forlì", "Forl&igrave;"),
        ("Nome\\_con\\_segni", "Nome_con_segni", "Nome_con_segni", "Nome\\_con\\_segni"),
        ("- Enea\n- Cnr\n  - Infn\n\nFine", "Enea\nCnr\nInfn\n\nFine", "Infn", "Infn"),
        ("1. Enea\n\n   segue\n\n2. Cnr", "Enea\nsegue\nCnr", "segue", "segue"),
        ("| Ente | Sede |\n|---|---|\n| Enea | Roma |\n\nFine", "Ente\tSede\nEnea\tRoma\n\nFine", "Roma", "Roma"),
        ("Il `codice` resta\n\n    e il rientro", "Il codice resta\n\ne il rientro", "codice", "codice"),
        ("> Citazione\n> lunga", "Citazione lunga", "Citazione lunga", "Citazione\n> lunga"),
        ("Riga  \nnuova", "Riga\nnuova", "Riga\nnuova", "Riga  \nnuova"),
        ("Nota[^1] qui\n\n[^1]: Spiegata", "Nota qui\n\nSpiegata", "Nota qui", "Nota[^1] qui"),
        ("<div class=x>\n<p>Forl&igrave;</p>\n</div>\n\nFine", "Forlì\n\nFine", "Forlì", "Forl&igrave;"),
        ("Uni<b>versità</b> <!-- no -->qui", "Università qui", "Università", "Uni<b>versità"),
        ("~~No~~ sì<br>poi", "No sì\npoi", "sì", "sì"),
        ("---\ntitle: x\n---\n\nTesto\0 qui", "Testo qui", "Testo qui", "Testo\0 qui"),
    ];
    for (page, text, mention, source) in cases {
        assert_eq!(clean(Media::Markdown, page.to_owned()).as_str(), text, "text of {page}");
        assert_eq!(source_of(Media::Markdown, page, mention), source, "source of {mention:?} in {page}");
    }
}

#[track_caller]
fn check_title(front_matter: &str, title: Option<&str>) {
    let text = clean(Media::Markdown, format!("---\n{front_matter}\ndate: 2025-03-28 # il giorno\n---\nTesto\n"));
    assert_eq!(text.declared.title.as_deref(), title, "{front_matter}");
    assert_eq!(text.declared.published.as_deref(), Some("2025-03-28"), "{front_matter}");
}

#[test]
fn front_matter_is_read_as_yaml_writes_it() {
    check_title("title: 'L''Umbria a Busan'", Some("L'Umbria a Busan"));
    check_title("title: \"Il \\\"patto\\\" di Busan\"", Some("Il \"patto\" di Busan"));
    check_title("title: Missione a Busan # provvisorio", Some("Missione a Busan"));
    check_title("title: Missione n. 5 #imprese", Some("Missione n. 5"));
    check_title("title: >-\n  Missione\n  a Busan", Some("Missione a Busan"));
    check_title("title: |\n  Missione\n\n  a Busan\n", Some("Missione a Busan"));
    check_title("image:\n  title: Foto\ntitle: Missione", Some("Missione"));
    check_title("image:\n  title: Foto", None);
}

#[test]
fn front_matter_says_title_day_and_language() {
    let source = "---\ntitle: \"Missione a Busan: l'esito\"\ndate: 2025-03-28\nlang: it\n---\n# Titolo\n";
    let text = clean(Media::Markdown, source.to_owned());
    assert_eq!(text.declared.title.as_deref(), Some("Missione a Busan: l'esito"));
    assert_eq!(text.declared.published.as_deref(), Some("2025-03-28"));
    assert_eq!(text.declared.language.as_deref(), Some("it"));
    assert_eq!(text.as_str(), "Titolo");
}
