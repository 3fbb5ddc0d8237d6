//! Firms in the lines of a list that a noun in the plural announces: `Le imprese: / Alfa Pack (Sassuolo), imballaggi / …`.

use crate::{
    annotate::{
        Confidence, Context, Mention,
        names::Reader,
    },
    document::{Case, CaseEvidence, Gap, Sentence, TokenKind},
    lexicon::{Kind, Subtype, pack::heads::{Joint, Takes}},
};

/// Most lines that are read behind the line that announces them.
const MAX_LINES: usize = 30;

/// Longest line that can be a heading without a colon, in tokens.
const MAX_HEADING: usize = 7;

/// Longest name, in tokens.
const MAX_TOKENS: usize = 5;

/// Finds the firms that open the lines of announced lists.
pub(super) fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    let sentences = &context.document.sentences;
    let mut at = 0;
    while at < sentences.len() {
        let next = at + 1;
        if announces(context, &sentences[at]) {
            let lines = sentences[next..].iter().take(MAX_LINES).map_while(|line| item(context, line));
            let before = found.len();
            found.extend(lines.flatten());
            at = next + (found.len() - before);
        } else {
            at = next;
        }
    }
}

/// Whether a line ends with the announcement of firms: a colon, or a heading of a few words, with a noun for several.
fn announces(context: &Context<'_>, line: &Sentence<'_>) -> bool {
    let tokens = context.document.tokens_of(line);
    let Some(last) = tokens.last() else { return false };
    let ends_open = context.document.word(last) == ":";
    let is_heading = tokens.len() <= MAX_HEADING && last.kind == TokenKind::Word;
    if !ends_open && !is_heading {
        return false;
    }
    let heads = &context.lexicon.packs.institution_heads;
    tokens[tokens.len().saturating_sub(MAX_HEADING)..].iter().any(|token| {
        heads.may_begin(token.key)
            && heads.begin(token.key).any(|head| {
                let is_home = heads.languages[head.language].code == line.pack.code;
                is_home && head.words.len() == 1 && head.takes(Takes::Many) && head.subtype == Some(Subtype::Company)
            })
    })
}

/// The firm that opens a line, if there is one; none where the line is no line of a list.
fn item(context: &Context<'_>, line: &Sentence<'_>) -> Option<Option<Mention>> {
    let reader = Reader::new(context, line);
    let is_mark = |at: &usize| reader.token(*at).is_some_and(|token| token.kind != TokenKind::Word);
    let first = line.first_token + (line.first_token..line.end_token).take_while(is_mark).count();
    let token = reader.token(first).filter(|token| token.case.is_capital())?;
    if reader.case == CaseEvidence::Capitals || token.kind != TokenKind::Word {
        return None;
    }
    let joins = |at: usize| matches!(reader.word(at), "&" | "-" | "'" | "’") && reader.is_name_word(at + 1);
    let mut end = first + 1;
    while end < first + MAX_TOKENS && reader.token(end).is_some_and(|next| next.gap <= Gap::Blank) {
        match () {
            () if reader.is_name_word(end) => end += 1,
            () if joins(end) => end += 2,
            () => break,
        }
    }
    let closes = matches!(reader.word(end), "(" | "|" | "," | ";" | "–" | "—" | "-" | ":" | "\t") || end >= line.end_token || is_seat(&reader, end);
    if !closes {
        return None;
    }
    let parts = &context.lexicon.name_parts;
    let is_person = parts.get(reader.key(first)).is_some_and(|part| part.is_given) && end > first + 1;
    let is_listed = reader.lookup_at(first).is_some_and(|(_, listed)| listed >= end);
    let is_common = (first..end).all(|at| reader.zipf(at) > 0.0) || reader.token(first).is_some_and(|token| token.case == Case::Upper && end == first + 1);
    let is_other = is_person || is_listed || is_common || reader.is_function_word(first);
    Some((!is_other).then(|| {
        let mut mention = Mention::new(reader.span(first, end), Kind::Institution, "institutions/item", Confidence::percent(72));
        mention.subtype = Some(Subtype::Company);
        mention
    }))
}

/// Whether a preposition with a place of the lists stands at `at` (`Alfa Pack di Sassuolo`).
fn is_seat(reader: &Reader<'_>, at: usize) -> bool {
    let grammar = reader.grammar();
    let is_joint = grammar.is_some_and(|grammar| matches!(grammar.joint(reader.small(at)), Some(Joint::Of | Joint::At)));
    is_joint && reader.place_at(at + 1).is_some()
}
