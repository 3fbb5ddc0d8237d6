//! What part of a page an element is, by its name, its role and its classes. All of these are words of the web.

use super::{main_text::Segment, page::Page, tags::Display};

/// How far from the release an element is; what it holds is at least as far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// No text (`script`).
    Never,
    /// Text that is not shown.
    Hidden,
    /// Navigation, footers, banners, shares.
    Boilerplate,
    /// The rest.
    Shown,
}

/// Words in classes and ids of what is not the release.
const BOILERPLATE: [&str; 50] = [
    "addthis",
    "addtoany",
    "ads",
    "adv",
    "advert",
    "advertisement",
    "aside",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "consent",
    "cookie",
    "cookiebanner",
    "cookiebot",
    "cookies",
    "footer",
    "gdpr",
    "iubenda",
    "login",
    "masthead",
    "megamenu",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navi",
    "navigation",
    "newsletter",
    "onetrust",
    "overlay",
    "pager",
    "pagination",
    "popup",
    "promo",
    "recommended",
    "related",
    "search",
    "searchform",
    "share",
    "sharethis",
    "sharing",
    "sidebar",
    "skip",
    "skiplink",
    "skiplinks",
    "social",
    "socials",
    "submenu",
    "subscribe",
    "tagcloud",
];

/// Roles of what is not the release.
const BOILERPLATE_ROLES: [&str; 12] = [
    "alertdialog",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "menu",
    "menubar",
    "navigation",
    "search",
    "tablist",
    "toolbar",
    "tooltip",
];

/// Classes whose text is not seen.
const UNSEEN: [&str; 8] = [
    "assistive-text",
    "d-none",
    "element-invisible",
    "hidden",
    "screen-reader-text",
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
];

/// What part each element is; `weights` tell how much running text a segment is.
pub(super) fn parts(page: &Page<'_>, segments: &[Segment], weights: &[usize]) -> Vec<Part> {
    let mut held = vec![0; page.elements.len()];
    for (segment, weight) in segments.iter().zip(weights) {
        held[segment.element] += weight;
    }
    for element in (1..page.elements.len()).rev() {
        held[page.elements[element].parent] += held[element];
    }
    let mut parts = vec![Part::Shown; page.elements.len()];
    for element in 1..page.elements.len() {
        let own = match part_of(page, element) {
            // A wrapper of the page may be called anything.
            Part::Boilerplate if held[element] * 2 > held[0] => Part::Shown,
            part => part,
        };
        parts[element] = own.min(parts[page.elements[element].parent]);
    }
    parts
}

fn part_of(page: &Page<'_>, element: usize) -> Part {
    let (name, display) = (page.elements[element].name, page.elements[element].display);
    if display == Display::Hidden {
        return if matches!(name, "noscript" | "dialog") { Part::Hidden } else { Part::Never };
    }
    let by_name = match name {
        "nav" | "footer" | "aside" | "form" => Part::Boilerplate,
        "header" if !is_in_article(page, element) => Part::Boilerplate,
        _ => Part::Shown,
    };
    page.attributes(element).map(|(key, value)| part_by_attribute(name, key, value)).fold(by_name, Part::min)
}

fn part_by_attribute(name: &str, key: &str, value: &str) -> Part {
    let is = |name: &str| key.eq_ignore_ascii_case(name);
    let is_wrapper = matches!(name, "html" | "body" | "main" | "article");
    if is("hidden") && value != "until-found" || is("aria-hidden") && value == "true" {
        Part::Hidden
    } else if is("style") {
        let style: String = value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        if style.contains("display:none") || style.contains("visibility:hidden") { Part::Hidden } else { Part::Shown }
    } else if is("role") && BOILERPLATE_ROLES.iter().any(|role| value.eq_ignore_ascii_case(role)) {
        Part::Boilerplate
    } else if is("class") && !is_wrapper && value.split_ascii_whitespace().any(|class| UNSEEN.contains(&class)) {
        Part::Hidden
    } else if (is("class") || is("id")) && !is_wrapper && is_called_boilerplate(value) {
        Part::Boilerplate
    } else {
        Part::Shown
    }
}

fn is_called_boilerplate(names: &str) -> bool {
    names.split_ascii_whitespace().take(16).any(|name| {
        let mut has_site = false;
        let mut has_header = false;
        words(name, |word| {
            has_site |= matches!(word, "site" | "global" | "top" | "topbar");
            has_header |= matches!(word, "header" | "bar" | "topbar");
            BOILERPLATE.binary_search(&word).is_ok()
        }) || has_site && has_header
    })
}

/// Whether `is_hit` holds for a word of a class (`site-Header`, `siteHeader`, `site_header`), in lower case.
fn words(name: &str, mut is_hit: impl FnMut(&str) -> bool) -> bool {
    let mut word = String::new();
    let mut was_lower = false;
    for character in name.chars().take(80).chain([' ']) {
        if !character.is_ascii_alphabetic() || character.is_ascii_uppercase() && was_lower {
            if !word.is_empty() && is_hit(&word) {
                return true;
            }
            word.clear();
        }
        if character.is_ascii_alphabetic() {
            word.push(character.to_ascii_lowercase());
        }
        was_lower = character.is_ascii_lowercase();
    }
    false
}

fn is_in_article(page: &Page<'_>, mut element: usize) -> bool {
    while element > 0 {
        element = page.elements[element].parent;
        if matches!(page.elements[element].name, "article" | "main") {
            return true;
        }
    }
    false
}

/// Whether the element is the body of an article by its property (<https://schema.org/articleBody>).
pub(super) fn is_article_body(page: &Page<'_>, element: usize) -> bool {
    page.attribute(element, "itemprop")
        .is_some_and(|value| value.split_ascii_whitespace().any(|name| name == "articleBody"))
}

/// Whether the element is the main part of the page.
pub(super) fn is_main(page: &Page<'_>, element: usize) -> bool {
    page.elements[element].name == "main"
        || page.attribute(element, "role").is_some_and(|role| role.eq_ignore_ascii_case("main"))
}

/// Whether the element's class or id says that it holds the content of an article.
pub(super) fn is_called_content(page: &Page<'_>, element: usize) -> bool {
    page.attributes(element).filter(|(key, _)| key.eq_ignore_ascii_case("class") || key.eq_ignore_ascii_case("id")).any(
        |(_, value)| {
            value.split_ascii_whitespace().take(16).any(|name| {
                let (mut has_kind, mut has_content) = (false, false);
                words(name, |word| {
                    has_kind |= matches!(
                        word,
                        "article" | "entry" | "post" | "story" | "news" | "release" | "press" | "detail"
                    );
                    has_content |= matches!(word, "content" | "body" | "text");
                    matches!(word, "articlebody" | "articlecontent" | "entrycontent" | "postcontent")
                }) || has_kind && has_content
            })
        },
    )
}

/// For each element, whether it is in a link to a page; an address of mail or a telephone number is text.
pub(super) fn links(page: &Page<'_>) -> Vec<bool> {
    let mut links = vec![false; page.elements.len()];
    for element in 1..page.elements.len() {
        let is_link = || {
            let target = page.attribute(element, "href").map(str::trim_start);
            target.is_some_and(|target| !["mailto:", "tel:"].iter().any(|scheme| target.starts_with(scheme)))
        };
        links[element] = links[page.elements[element].parent] || page.elements[element].name == "a" && is_link();
    }
    links
}

/// The letters and digits of a text in lower case: a key to compare titles by.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_read_word_by_word() {
        assert!(is_called_boilerplate("block site-Header"));
        assert!(is_called_boilerplate("mainNavigation"));
        assert!(is_called_boilerplate("cookie_bar"));
        assert!(!is_called_boilerplate("canvas unrelatedness entry-header"));
    }

    #[test]
    fn the_words_are_sorted() {
        assert!(BOILERPLATE.is_sorted());
    }
}
