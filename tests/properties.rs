//! What holds for any text.

mod shipped;

use gazzetta::{
    Lexicon,
    document::Document,
    lang::Detector,
    raw::{Media, Meta},
    text::{Span, Text, clean, words::tokenize},
};
use proptest::prelude::*;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(shipped::lexicon);

/// Pieces that texts of all kinds are made of.
fn source() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[a-zàèéìòùA-Z]{1,9}",
        4 => Just(" ".to_owned()),
        2 => prop::sample::select(vec![
            "\n", "\r\n", "\n\n", "\t", ". ", ", ", "–", " - ", "dell’", "l'", "S.p.A.", "&amp;", "&egrave;", "&nbsp;", "&eacute",
            "&NotEqualTilde;", "&#8217;", "&", "<b>", "</b>", "<p>", "</p>", "<br>", "<div class=nav>", "</div>", "<ul><li>", "</ul>",
            "<td>", "<!-- x -->", "<!--", "<script>x</script>", "<a href='x'>", "</a>", "<", ">", "<![CDATA[x]]>", "<h1>", "</h1>",
            "# ", "* ", "> ", "| a | b |\n|---|---|\n", "[x](y)", "![x](y)", "`", "***", "\\", "\0", "\u{feff}", "\u{ad}", "\u{200b}",
            "\u{301}", "Roma, 28 marzo 2025 – ", "Contatti: ", "1. ", "28/03/2025", "한국", "🙂", "<title>", "<pre>", "<table>", "<svg>",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn media() -> impl Strategy<Value = Media> {
    prop::sample::select(vec![Media::Plain, Media::Markdown, Media::Html])
}

fn source_piece(source: &str, text: &Text, span: Span) -> String {
    let found = text.source_span(span);
    assert!(found.start <= found.end && found.end <= source.chars().count(), "a source span lies in the source");
    source.chars().skip(found.start).take(found.end - found.start).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_word_comes_from_the_source_in_order(source in source(), media in media()) {
        let text = clean(media, source.clone());
        let mut at = 0;
        for token in tokenize(text.as_str()) {
            let piece = source_piece(&source, &text, token.span);
            let start = text.source_span(token.span).start;
            prop_assert!(start >= at, "words stand in the order of the source");
            at = start;
            // What was not touched reads the same in the source.
            if !piece.contains(['&', '<', '\\', '>', '\0', '\u{feff}', '\u{1}']) && !piece.chars().any(char::is_control) && media != Media::Markdown {
                prop_assert_eq!(piece.as_str(), token.span.of(text.as_str()));
            }
        }
    }

    #[test]
    fn plain_text_is_the_source_without_control_characters(source in source()) {
        let text = clean(Media::Plain, source.clone());
        let expected: String =
            source.chars().filter(|c| *c != '\u{feff}' && (!c.is_control() || matches!(c, '\n' | '\t' | '\r'))).collect();
        prop_assert_eq!(text.as_str(), expected);
    }

    #[test]
    fn blocks_are_in_order_and_not_blank(source in source(), media in media()) {
        let text = clean(media, source);
        let mut at = 0;
        for block in &text.blocks {
            prop_assert!(block.span.start() >= at && !block.span.of(text.as_str()).trim().is_empty());
            at = block.span.end();
        }
    }

    #[test]
    fn sentences_hold_every_token_once_and_in_order(source in source(), media in media()) {
        let text = clean(media, source);
        let detection = Detector::new(&LEXICON.packs).detect(&text, None);
        let covered: usize = detection.segments.iter().map(|segment| segment.span.len()).sum();
        prop_assert_eq!(covered, text.as_str().len(), "passages cover the text");
        let document = Document::new(Meta::default(), text, detection, &LEXICON.packs);
        let mut next = 0;
        for sentence in &document.sentences {
            prop_assert_eq!(sentence.first_token, next);
            prop_assert!(sentence.end_token > sentence.first_token);
            next = sentence.end_token;
            let tokens = document.tokens_of(sentence);
            prop_assert_eq!(sentence.span.start(), tokens[0].span.start());
            prop_assert_eq!(sentence.span.end(), tokens[tokens.len() - 1].span.end());
        }
        prop_assert_eq!(next, document.tokens.len());
        let mut at = 0;
        for token in &document.tokens {
            let between = &document.as_str()[at..token.span.start()];
            prop_assert!(between.chars().all(|c| c.is_whitespace() || c.is_control() || "\u{200b}\u{2060}\u{feff}".contains(c)), "{:?}", between);
            at = token.span.end();
        }
    }

    /// The scanner of pages is our own; another one must see the same text.
    #[test]
    fn markup_ends_where_html5gum_says(pieces in prop::collection::vec(prop::sample::select(vec![
        "uno", "due ", "è", "&egrave;", "&amp", "&x;", "&#65;", "<b>", "</b>", "<i class=\"a>b\">", "</i >", "<p a='b' c=d/e>", "<!-- a -- b -->",
        "<!-->", "<!x>", "</>", "</1>", "<1", "< a", "<?x y>", "<span title=a\"b>", "</span>", "<em/>", "<u a = 'x'>", "<q\n=\">", "\r\n", "=", "\"", "'", ">", "<br/>",
    ]), 0..40)) {
        // A tag that is never closed ends the text for both, but html5gum then still tells what came before.
        let page = format!("{} fine", pieces.concat());
        let found: String = clean(Media::Html, page.clone()).as_str().chars().filter(|c| !c.is_whitespace()).collect();
        let mut expected = String::new();
        for token in html5gum::Tokenizer::new(&page) {
            if let Ok(html5gum::Token::String(text)) = token {
                expected.push_str(&String::from_utf8_lossy(&text));
            }
        }
        expected.retain(|c| !c.is_whitespace());
        prop_assert_eq!(found, expected);
    }
}
