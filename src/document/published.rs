//! When a release was published: from its metadata, its dateline, its file name or the option, in that order.

use super::Sentence;
use crate::{
    lexicon::pack::dates::{DatesWords, Role},
    raw::Meta,
    text::{
        Text,
        words::{Token, TokenKind, tokenize},
    },
};
use jiff::civil::Date;

/// The day of publication and where it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The day.
    pub date: Date,
    /// Where it was read.
    pub from: PublishedFrom,
}

/// Where a publication date was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishedFrom {
    /// A field beside the text, or the page's metadata.
    Meta,
    /// The dateline.
    Dateline,
    /// The file name.
    FileName,
    /// The option `--default-published`.
    Option,
}

impl PublishedFrom {
    /// The word of records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Dateline => "dateline",
            Self::FileName => "file-name",
            Self::Option => "option",
        }
    }
}

/// Finds the day of publication. The clock is never asked.
pub(super) fn find(meta: &Meta, text: &Text, tokens: &[Token], sentences: &[Sentence<'_>]) -> Option<Published> {
    let words = sentences.first().map(|sentence| &sentence.pack.dates);
    let read = |written: &Option<String>| written_day(written.as_deref()?.trim(), words);
    if let Some(date) = read(&meta.published).or_else(|| read(&text.declared.published)) {
        return Some(Published { date, from: PublishedFrom::Meta });
    }
    if let Some(date) =
        dateline(text.as_str(), tokens, sentences).or_else(|| signature(text.as_str(), tokens, sentences))
    {
        return Some(Published { date, from: PublishedFrom::Dateline });
    }
    path_day(&meta.id).map(|date| Published { date, from: PublishedFrom::FileName })
}

/// The day in a file name, at its start or behind a mark (`comunicato_2024-04-02.txt`), or in its folders (`2024/04/02/`).
fn path_day(path: &str) -> Option<Date> {
    let is_mark = |mark: char| matches!(mark, '-' | '_' | '.' | ' ');
    let name = path.rsplit('/').next().unwrap_or_default();
    let starts = name.char_indices().filter(|&(_, it)| is_mark(it)).map(|(at, it)| at + it.len_utf8());
    let in_name = std::iter::once(0).chain(starts).find_map(|at| name_day(&name[at..]));
    in_name.or_else(|| {
        let folders: Vec<&str> = path.split('/').rev().skip(1).collect();
        folders.windows(3).find_map(|it| {
            let is_full = it[2].len() == 4 && it[1].len() == 2 && it[0].len() == 2;
            is_full.then(|| civil(it[2], it[1], it[0])).flatten()
        })
    })
}

/// A day as metadata writes it: ISO 8601, RFC 2822, eight figures, or as in running text.
fn written_day(written: &str, words: Option<&DatesWords>) -> Option<Date> {
    let iso = written.get(..10).and_then(|day| day.parse().ok());
    let mailed = || jiff::fmt::rfc2822::DateTimeParser::new().parse_zoned(written).ok().map(|time| time.date());
    let spelled = || {
        let tokens = tokenize(written);
        (0..tokens.len().min(8)).find_map(|at| day_at(written, &tokens, at, words?).map(|(date, _)| date))
    };
    iso.or_else(|| name_day(written)).or_else(mailed).or_else(spelled)
}

/// The day that a name begins with (`2024-04-02-corea.txt`, `20240402_corea.txt`, `2024_04_02.html`).
fn name_day(name: &str) -> Option<Date> {
    let figures: String = name.chars().take(10).filter(char::is_ascii_digit).collect();
    let n_marks = name.chars().take(10).take_while(|it| it.is_ascii_digit() || matches!(it, '-' | '_' | '.')).count();
    let is_plain = name.len() >= 8 && name.bytes().take(8).all(|byte| byte.is_ascii_digit());
    let goes_on = name.as_bytes().get(if is_plain { 8 } else { 10 }).is_some_and(u8::is_ascii_digit);
    if goes_on || !is_plain && (n_marks != 10 || figures.len() != 8) {
        return None;
    }
    civil(figures.get(..4)?, figures.get(4..6)?, figures.get(6..8)?)
}

fn civil(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = year.parse().ok().filter(|year| (1900..2200).contains(year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Furthest sentence that a dateline can open, counted from the first.
const MAX_SENTENCES: usize = 12;

/// Most words before the day of a dateline: the places, an agency.
const MAX_PLACES: usize = 10;

/// The full date of the dateline (`BOLOGNA, 14 marzo 2024 -`): near the start of one of the first sentences, behind
/// nothing but names, and set off from what follows.
fn dateline(text: &str, tokens: &[Token], sentences: &[Sentence<'_>]) -> Option<Date> {
    sentences.iter().take(MAX_SENTENCES).find_map(|sentence| {
        let words = &sentence.pack.dates;
        let end = sentence.end_token.min(sentence.first_token + MAX_PLACES);
        let is_name = |token: &&Token| {
            token.kind != TokenKind::Word
                || token.case.is_capital()
                || token.span.len() <= 4 && words.sense(*token).is_some()
        };
        let n_names = tokens[sentence.first_token..end].iter().take_while(is_name).count();
        (sentence.first_token..end.min(sentence.first_token + n_names + 1)).find_map(|at| {
            // Bologna, il 14 marzo 2024; but not "nata a Bologna il 14 marzo 1934".
            let article_at = at.checked_sub(1).filter(|&before| {
                before >= sentence.first_token
                    && tokens[before].kind == TokenKind::Word
                    && !tokens[before].case.is_capital()
            });
            let is_apart = article_at
                .is_none_or(|article| article > sentence.first_token && tokens[article - 1].kind == TokenKind::Mark);
            let (date, end) = is_apart.then(|| day_at(text, tokens, at, words))??;
            let is_set_off = end >= sentence.end_token
                || matches!(tokens[end].span.of(text), "-" | "–" | "—" | ")" | "." | ":" | "|" | "/" | "(" | ",");
            is_set_off.then_some(date)
        })
    })
}

/// Last sentences among which the place and date below a release are looked for.
const MAX_FROM_END: usize = 6;

/// The full date of a line that says nothing but places and a date, below the text (`Trieste, 5 maggio 2024`).
fn signature(text: &str, tokens: &[Token], sentences: &[Sentence<'_>]) -> Option<Date> {
    sentences.iter().rev().take(MAX_FROM_END).find_map(|sentence| {
        let words = &sentence.pack.dates;
        let end = sentence.end_token.min(sentence.first_token + MAX_PLACES);
        (sentence.first_token..end).find_map(|at| {
            let leads = tokens[sentence.first_token..at].iter().all(|token| {
                let word = token.span.of(text);
                token.kind == TokenKind::Word
                    && (token.case.is_capital() || words.sense(word).is_some_and(|sense| sense.is(Role::Glue)))
                    || word == ","
            });
            let opens_with_name = at > sentence.first_token && tokens[sentence.first_token].case.is_capital();
            let (date, end) = (leads && opens_with_name).then(|| day_at(text, tokens, at, words))??;
            (end + usize::from(end < sentence.end_token && tokens[end].span.of(text) == ".") >= sentence.end_token)
                .then_some(date)
        })
    })
}

/// The full date at token `at`, with the token behind it.
fn day_at(text: &str, tokens: &[Token], at: usize, words: &DatesWords) -> Option<(Date, usize)> {
    let word = |at: usize| tokens.get(at).map(|token| token.span.of(text));
    let number = |at: usize| word(at).filter(|it| it.len() <= 4 && it.bytes().all(|byte| byte.is_ascii_digit()));
    let month = |at: usize| words.sense(tokens.get(at)?)?.month.map(|month| month.to_string());
    let is = |at: usize, role: Role| tokens.get(at).and_then(|it| words.sense(it)).is_some_and(|it| it.is(role));
    let skip = |at: usize| {
        (at..at + 3).take_while(|&at| is(at, Role::Glue) || matches!(word(at), Some("," | "."))).count() + at
    };
    if let (Some(first), Some("/" | "-" | "."), Some(second), Some("/" | "-" | "."), Some(third)) =
        (number(at), word(at + 1), number(at + 2), word(at + 3), number(at + 4))
    {
        let date = if first.len() == 4 { civil(first, second, third) } else { civil(third, second, first) };
        return date.map(|date| (date, at + 5));
    }
    // The figures of a day, its ending left out: 1er, 3rd.
    let day = |at: usize| {
        let written = word(at)?;
        let figures = written.len() - written.trim_start_matches(|it: char| it.is_ascii_digit()).len();
        ((1..=2).contains(&figures) && written.len() <= figures + 3).then(|| &written[..figures])
    };
    if let Some(day) = day(at) {
        let mark = at + 1 + usize::from(is(at + 1, Role::OrdinalMark));
        let month_at = skip(mark);
        let (month, year_at) = (month(month_at)?, skip(month_at + 1));
        return Some((civil(number(year_at)?, &month, day)?, year_at + 1));
    }
    let month = month(at)?;
    let day_place = skip(at + 1);
    let year_at = skip(day_place + 1);
    Some((civil(number(year_at).filter(|year| year.len() == 4)?, &month, day(day_place)?)?, year_at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Files, Packs};

    #[track_caller]
    fn check_day(found: Option<Date>, expected: &str) {
        assert_eq!(found.map(|date| date.to_string()).unwrap_or_default(), expected);
    }

    #[test]
    fn a_file_name_may_begin_with_the_day() {
        check_day(name_day("2024-04-02-seoul.txt"), "2024-04-02");
        check_day(name_day("20240402_seoul.txt"), "2024-04-02");
        check_day(name_day("202404021030.txt"), "");
        check_day(name_day("release-7.txt"), "");
    }

    #[test]
    fn a_path_may_hold_the_day_behind_a_mark_or_in_folders() {
        check_day(path_day("in/comunicato_2024-04-02.txt"), "2024-04-02");
        check_day(path_day("in/cs-20240402-seoul.html"), "2024-04-02");
        check_day(path_day("in/2024/04/02/seoul.html"), "2024-04-02");
        check_day(path_day("in/2024/seoul-7.html"), "");
        check_day(path_day("in/delibera-120240402.txt"), "");
        check_day(path_day("in/tel-2024040212.txt"), "");
    }

    #[track_caller]
    fn check_published(text: &str, expected: &str) {
        let packs = Packs::load(&Files::embedded()).expect("the shipped packs load");
        let text = crate::text::clean(crate::raw::Media::Plain, text.to_owned());
        let detection = crate::lang::Detector::new(&packs).detect(&text, Some("it"));
        let document = crate::document::Document::new(Meta::default(), text, detection, &packs);
        check_day(document.published.map(|published| published.date), expected);
    }

    #[test]
    fn a_dateline_stands_apart() {
        check_published("Fiera aperta\n\nBologna, 14 marzo 2024 - Apre la fiera.", "2024-03-14");
        check_published("Fiera aperta\n\nBologna, lì 14 marzo 2024. Apre la fiera.", "2024-03-14");
        check_published("Ada Corvini\n\nNata a Bologna il 14 marzo 1934, dirige la fiera.", "");
    }

    #[test]
    fn place_and_day_may_stand_below_the_text() {
        let text = "Fiera aperta\n\nApre domani la fiera, e durerà tre giorni.\n\nBologna, 14 marzo 2024\n";
        check_published(text, "2024-03-14");
        let told = "Fiera aperta\n\nApre domani la fiera, e durerà tre giorni. La prima fu a Bologna il 14 marzo 1934.";
        check_published(told, "");
    }

    #[test]
    fn metadata_writes_days_in_many_ways() {
        let packs = Packs::load(&Files::embedded()).expect("the shipped packs load");
        let words = packs.iter().map(|pack| &pack.dates).find(|words| words.has_month_before_day);
        for written in
            ["2024-04-02T10:00:00Z", "Tue, 02 Apr 2024 10:00:00 +0200", "20240402", "April 2, 2024", "02/04/2024"]
        {
            check_day(written_day(written, words), "2024-04-02");
        }
        check_day(written_day("soon", words), "");
    }
}
