//! Firms by their legal form: `Fucine Alfa S.r.l.`.

use crate::{
    annotate::{
        Confidence, Mention,
        names::{Reader, announces_body, form_end},
    },
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::{Kind, Profile, Subtype, pack::heads::Joint},
};

/// Longest name before a legal form, in tokens.
const MAX_TOKENS: usize = 12;

/// Finds the firms of a sentence that end with a legal form.
pub(super) fn find(reader: &Reader<'_>, found: &mut Vec<Mention>) {
    let sentence = reader.sentence;
    let starts = &reader.context.lexicon.packs.institution_heads.legal_starts;
    for at in sentence.first_token + 1..sentence.end_token {
        if reader.token(at).is_none_or(|token| {
            token.kind != TokenKind::Word
                || token.span.len() > 12
                || token.gap > Gap::Blank
                || !starts.contains(&token.key)
        }) {
            continue;
        }
        let Some(end) = form_end(reader, at) else { continue };
        if is_other_word(reader, at, end) {
            continue;
        }
        let first = name_start(reader, at);
        if first < at {
            let mut mention = Mention::new(
                reader.span(first, end),
                Kind::Institution,
                "institutions/legal-form",
                Confidence::percent(95),
            );
            mention.subtype = Some(Subtype::Company);
            link(reader, (first, at, end), &mut mention);
            found.push(mention);
        }
    }
}

/// Gives the firm of the tokens `first..end`, whose legal form begins at `form`, the rows of the lists that have its name with
/// the form or without it. The form tells a firm, so that names count which are something else alone.
fn link(reader: &Reader<'_>, (first, form, end): (usize, usize, usize), mention: &mut Mention) {
    let ends_name = |listed: usize| listed == end || listed == form || listed + 1 == form && reader.word(listed) == ",";
    let Some((lookup, _)) = reader.lookup_at(first).filter(|&(_, listed)| ends_name(listed)) else { return };
    let is_firm =
        |profile: &Profile<'_>| profile.kind == Kind::Institution && profile.subtype == Some(Subtype::Company);
    super::take_rows(reader, lookup, mention, |_, profile| is_firm(profile));
}

/// Whether the letters of a legal form are more likely something else: a small word where all is in capitals, the two letters
/// that a name or a number goes on with (`Capitano AS Roccabruna`, `Elivento AS 350`), or a title behind a comma (`l'ambasciatore
/// in Italia, S.E. Anna Bianchi`).
fn is_other_word(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    // "Anna Conti, Nivora SA, Bassecourt": capitals behind a word that has not all of them are no small word.
    let is_upper = |at: usize| reader.token(at).is_some_and(|token| token.case == Case::Upper);
    let is_shouted = || !is_upper(at) || is_upper(at - 1);
    let is_word =
        reader.case != CaseEvidence::Strong && end == at + 1 && is_shouted() && reader.is_listed_function_word(at);
    let opens_name = || {
        let n_letters: usize = (at..end).map(|at| reader.word(at).chars().filter(|c| c.is_alphabetic()).count()).sum();
        let is_short = n_letters <= 2 && (end == at + 1 || reader.word(at - 1) == ",");
        is_short
            && reader.token(end).is_some_and(|next| {
                next.gap == Gap::Blank
                    && (next.kind == TokenKind::Number || next.case == Case::Title && reader.is_name_word(end))
            })
    };
    is_word || opens_name()
}

/// The first token of the name that ends before the legal form at `form`.
fn name_start(reader: &Reader<'_>, form: usize) -> usize {
    let mut first = form;
    let mut at = form;
    if reader.word(at - 1) == "," {
        at -= 1;
    }
    while at > reader.sentence.first_token && form - at < MAX_TOKENS {
        let before = at - 1;
        let Some(token) = reader.token(before) else { break };
        if reader.token(at).is_none_or(|token| token.gap > Gap::Blank) {
            break;
        }
        let is_joiner = matches!(reader.word(before), "&" | "-" | "'" | "’" | ".");
        if reader.is_name_word(before) || token.kind == TokenKind::Number && first < form {
            at = before;
            first = at;
        } else if is_joiner && before > reader.sentence.first_token && reader.is_name_word(before - 1) {
            at = before;
        } else {
            break;
        }
    }
    first = coordinated(reader, first).or_else(|| head_of_phrase(reader, first)).unwrap_or(first);
    while first < form && reader.opens_sentence(first) && reader.is_function_word(first) {
        first += 1;
    }
    // "Beim Maschinenbauer Kessler & Co": where all nouns have a capital, one that announces firms is none of the name.
    while first + 1 < form && announces_body(reader, first) && reader.is_name_word(first + 1) {
        first += 1;
    }
    // "Partecipano Officine Alfa Srl": a verb opens the sentence before the noun of the firm.
    let heads = &reader.context.lexicon.packs.institution_heads;
    let is_head = |at: usize| heads.begin(reader.key(at)).any(|head| head.subtype == Some(Subtype::Company));
    if first + 1 < form
        && reader.opens_sentence(first)
        && reader.zipf(first) > 0.0
        && !is_head(first)
        && is_head(first + 1)
    {
        first += 1;
    }
    // A capital alone is no name: `La S.p.A.`.
    let is_named = (first..form).any(|at| {
        reader.token(at).is_some_and(|t| t.case != Case::None && t.span.len() > 1) && !reader.is_function_word(at)
    });
    if is_named { first } else { form }
}

/// Where a coordination of two common words in capitals begins before `first`, with the names before it (`Roccabrunaer Hafen und
/// Logistik AG`): what two trades name is one firm.
fn coordinated(reader: &Reader<'_>, first: usize) -> Option<usize> {
    let grammar = reader.grammar()?;
    let noun = first.checked_sub(2).filter(|&noun| noun >= reader.sentence.first_token)?;
    let blank = |at: usize| reader.token(at).is_some_and(|token| token.gap == Gap::Blank);
    // Nouns that are put together, and those of trades, are in no list of words.
    let is_noun = |at: usize| {
        reader.sentence.pack.institutions.nouns_are_capitalized
            && reader.context.lexicon.name_parts.get(reader.key(at)).is_none()
    };
    let is_trade = |at: usize| {
        let is_title = reader.token(at).is_some_and(|token| token.case == Case::Title);
        is_title
            && reader.is_name_word(at)
            && !reader.is_function_word(at)
            && reader.place_at(at).is_none()
            && !announces_body(reader, at)
    };
    let is_pair =
        is_trade(noun) && is_trade(first) && reader.is_common(noun) && (reader.is_common(first) || is_noun(first));
    if reader.case != CaseEvidence::Strong
        || grammar.joint(reader.small(noun + 1)) != Some(Joint::And)
        || !is_pair
        || !blank(first)
    {
        return None;
    }
    let is_name = |at: usize| {
        at >= reader.sentence.first_token && blank(at + 1) && reader.is_name_word(at) && !reader.is_function_word(at)
    };
    let before = (reader.sentence.first_token..noun).rev().take_while(|&at| is_name(at)).count();
    (!reader.opens_sentence(noun - before)).then_some(noun - before)
}

/// The one common word in capitals that a firm's name begins with before `of`: `Valle del Crati Srl`. Where more than one word
/// in capitals stands there, somebody of the firm is told (`Anna Bianchi della Crati Srl`).
fn head_of_phrase(reader: &Reader<'_>, first: usize) -> Option<usize> {
    let grammar = reader.grammar()?;
    let head = first.checked_sub(2).filter(|&head| head >= reader.sentence.first_token)?;
    let blank = |at: usize| reader.token(at).is_some_and(|token| token.gap == Gap::Blank);
    let is_of = grammar.joint(reader.small(head + 1)) == Some(Joint::Of) && blank(head + 1);
    let is_name = |at: usize| reader.is_name_word(at) && !reader.is_function_word(at);
    let is_alone = head == reader.sentence.first_token || !is_name(head - 1);
    let is_noun = reader.is_common(head) || reader.context.lexicon.packs.place_heads.may_begin(reader.key(head));
    // "Die Präsidentin der Huber Guss AG": an office is none of the name.
    let is_office = || {
        reader
            .sentence
            .pack
            .people
            .offices
            .begin_at(reader.context.document.as_str(), &reader.context.document.tokens, head)
            .is_some()
    };
    (is_of && is_alone && is_name(head) && is_noun && !is_office()).then_some(head)
}
