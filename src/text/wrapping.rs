//! Which lines of a plain text go on in the next: lines that were wrapped, at a width or by hand.

/// Lines of this length and longer were wrapped where they do not end a sentence, in characters.
const WRAPPED_LEN: usize = 50;
/// The same where the rest of the text was wrapped.
const NARROW_LEN: usize = 25;
/// Longest line of a text that was wrapped, in characters.
const MAX_WIDTH: usize = 110;
/// Fewest lines that break off in mid sentence in a text that was wrapped by hand.
const MIN_BROKEN: usize = 3;
/// Letters of the longest word that no line ends with by choice.
const MAX_OPEN_WORD: usize = 3;
/// Longest stretch from a bracket to the end of a line that leaves it open, in bytes.
const MAX_OPEN_BYTES: usize = 12;

/// Longest heading in capitals, in bytes.
const MAX_HEADING_BYTES: usize = 200;

/// A line of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// The line without blanks around it.
    pub text: &'t str,
    /// Its length in characters.
    pub len: usize,
    /// Characters before it.
    pub indent: usize,
}

impl<'t> Line<'t> {
    pub(super) fn new(line: &'t str) -> Self {
        let text = line.trim();
        let indent = line.chars().take_while(|character| character.is_whitespace()).count();
        Self { text, len: text.chars().count(), indent }
    }

    fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether a sentence, or what announces the next line, may end here.
    fn ends_sentence(&self) -> bool {
        let text = self.text.trim_end_matches(['"', '”', '»', ')', '“', '’']);
        text.ends_with(['.', '!', '?', ':', ';'])
    }

    fn first_len(&self) -> usize {
        self.text.split_whitespace().next().map_or(0, |word| word.chars().count())
    }

    /// Whether the line begins in mid sentence, and not with an address of mail or of the web.
    fn opens_small(&self) -> bool {
        let first = self.text.split_whitespace().next().unwrap_or_default();
        first.starts_with(char::is_lowercase) && !first.contains(['@', '/']) && !first.starts_with("www.")
    }

    /// Whether a bracket that the line opens is still open at its end, a few letters behind (`Zarbik (46`).
    fn ends_in_bracket(&self) -> bool {
        let open = self.text.rfind('(').map(|open| &self.text[open..]);
        open.is_some_and(|open| open.len() <= MAX_OPEN_BYTES && !open.contains(')'))
    }

    /// Whether the line ends with a small word that no line ends with by choice (`Università di`).
    fn ends_open(&self) -> bool {
        let mut words = self.text.split_whitespace().rev();
        let (last, before) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        // "9000 mq": a unit.
        let is_unit = before.ends_with(|character: char| character.is_ascii_digit());
        last.chars().all(char::is_lowercase) && last.chars().count() <= MAX_OPEN_WORD && !before.is_empty() && !is_unit
    }

    /// Whether the line ends in the hyphen of a word or name that goes on in `next` (`Emilia-`).
    fn ends_in_hyphen(&self, next: &Self) -> bool {
        let stem = self.text.strip_suffix(['-', '\u{2010}', '\u{ad}']);
        stem.is_some_and(|stem| stem.ends_with(char::is_alphabetic)) && next.text.starts_with(char::is_alphabetic)
    }

    /// Whether a sentence that the line breaks off goes on in `next`, as its last word tells, or the small letter there.
    fn breaks_off(&self, next: &Self) -> bool {
        let is_broken = || !next.is_blank() && self.ends_open() || !self.ends_sentence() && next.opens_small();
        self.len >= NARROW_LEN && is_broken()
    }
}

/// How the lines of a text were wrapped.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wrapping {
    /// Width at which all was wrapped, in characters.
    width: Option<usize>,
    /// Length that lines have as a rule, where they were wrapped by hand or in a narrow column, in characters.
    usual: Option<usize>,
}

impl Wrapping {
    pub(super) fn of(lines: &[Line<'_>]) -> Self {
        Self { width: width(lines), usual: usual(lines) }
    }
}

/// The width at which a text was wrapped; nothing when its paragraphs are lines.
fn width(lines: &[Line<'_>]) -> Option<usize> {
    let longest = lines.iter().map(|line| line.len).max().filter(|&longest| longest <= MAX_WIDTH)?;
    let joints = || lines.windows(2).filter(|pair| !pair[0].is_blank() && !pair[1].is_blank());
    let is_wrapped =
        |pair: &&[Line<'_>]| pair[0].len >= WRAPPED_LEN && !pair[0].text.ends_with(['.', ':', ';', '!', '?']);
    let n_wrapped = joints().filter(is_wrapped).count();
    (n_wrapped >= 3 && n_wrapped * 2 > joints().count()).then_some(longest)
}

/// The usual length of lines that break off in mid sentence, where there are several and most of them are about as long.
fn usual(lines: &[Line<'_>]) -> Option<usize> {
    let broken = lines.windows(2).filter(|pair| pair[0].breaks_off(&pair[1]));
    let mut lens: Vec<usize> = broken.map(|pair| pair[0].len).collect();
    lens.sort_unstable();
    let usual = *lens.get(lens.len() / 2)?;
    let n_alike = lens.iter().filter(|&&len| len * 4 >= usual * 3 && len * 3 <= usual * 4).count();
    (lens.len() >= MIN_BROKEN && n_alike * 3 >= lens.len() * 2 && usual <= MAX_WIDTH).then_some(usual)
}

/// Lines without a blank one between.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stanza {
    /// Length of the longest, in characters.
    longest: usize,
    /// Whether a title may stand here, as often as not without a blank line behind it: in the first of the text, until a
    /// sentence went on.
    pub may_have_title: bool,
    /// Whether they are sentences, not a list or an address.
    is_prose: bool,
}

impl Stanza {
    /// The lines at the beginning of `lines`, up to a blank one.
    pub(super) fn of(lines: &[Line<'_>], is_first: bool) -> Self {
        let n_lines = lines.iter().position(Line::is_blank).unwrap_or(lines.len());
        let lines = &lines[..n_lines];
        let n_broken = lines.windows(2).filter(|pair| pair[0].breaks_off(&pair[1])).count();
        let ends = lines.last().is_some_and(Line::ends_sentence);
        let n_joints = n_lines.saturating_sub(1);
        Self {
            longest: lines.iter().map(|line| line.len).max().unwrap_or(0),
            may_have_title: is_first,
            is_prose: ends || n_broken * 3 >= n_joints.max(1),
        }
    }
}

/// Whether `line` goes on what the line `before` begins, of one stanza.
///
/// Where the whole text was wrapped at a width, a line that reaches near the width goes on in the next; where it was wrapped by
/// hand or in a narrow column, lines of the usual length do so; elsewhere a long line that does not end a sentence goes on when
/// the next begins in lower case.
pub(super) fn goes_on(before: &Line<'_>, line: &Line<'_>, stanza: Stanza, wrapping: Wrapping) -> bool {
    let least = if wrapping.usual.is_some() { NARROW_LEN } else { WRAPPED_LEN };
    let is_open = wrapping.usual.is_some() && stanza.is_prose && before.ends_open();
    let is_cut = before.ends_in_bracket() || before.ends_in_hyphen(line);
    if line.opens_small() && before.len >= least && !before.ends_sentence() || is_cut || is_open {
        return true;
    }
    if is_in_capitals(before.text) {
        return false;
    }
    // The first word of the next line did not fit: else a writer ended the line.
    let fits = |width: usize| before.len + 1 + line.first_len() <= width;
    if wrapping.width.is_some_and(|width| before.len >= WRAPPED_LEN && !fits(width)) {
        return true;
    }
    let Some(usual) = wrapping.usual.filter(|usual| stanza.is_prose && before.len * 4 >= usual * 3) else {
        return false;
    };
    if before.ends_sentence() || stanza.may_have_title {
        return before.len <= usual * 4 / 3 && !fits(stanza.longest);
    }
    true
}

/// Whether a line of several words is all in capitals and ends no sentence.
pub(super) fn is_in_capitals(line: &str) -> bool {
    line.len() <= MAX_HEADING_BYTES
        && !line.ends_with(['.', ':', ';', ','])
        && line.split_whitespace().nth(1).is_some()
        && line.chars().filter(|character| character.is_uppercase()).count() >= 6
        && !line.chars().any(char::is_lowercase)
}
