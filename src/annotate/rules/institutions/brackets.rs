//! Bodies by the acronym in brackets behind their name: `Alfa Beta Council (ABC)`.

use crate::{
    annotate::{
        Confidence, Context, Mention,
        names::{Reader, abbreviated_region, abbreviates},
    },
    document::{Case, CaseEvidence, Gap, TokenKind},
    lexicon::{
        Folds, Kind, Subtype,
        pack::heads::{Head, HeadCase, Joint, Left},
    },
};
use unicode_normalization::UnicodeNormalization;

/// Longest name of a body in the bracket behind a person, in tokens.
const MAX_TOLD: usize = 5;

/// Most tokens between a name and the short form that they tell of.
const MAX_TELLING: usize = 7;

/// Longest name of a place before the code of its province or its own letters, in tokens.
const MAX_PLACE: usize = 5;

/// Most bytes of a word that is a small one by how often it is used: some nouns are as common (`città`).
const MAX_CLOSED: usize = 4;

/// Longest name before a bracket, in tokens.
const MAX_TOKENS: usize = 14;

/// Finds the names of a sentence whose initials stand in brackets behind them.
pub(super) fn find(reader: &Reader<'_>, found: &mut Vec<Mention>) {
    let sentence = reader.sentence;
    for at in sentence.first_token + 2..sentence.end_token {
        if reader.word(at) != "(" {
            continue;
        }
        let end = acronym_end(reader, at + 1);
        if !matches!(reader.word(end), ")" | "," | ";") {
            found.extend(long_form(reader, at));
            continue;
        }
        let acronym = reader.word(at + 1);
        let Some(case) = reader.token(at + 1).map(|token| token.case) else { continue };
        if case == Case::Title {
            found.extend(titled(reader, at, end).into_iter().flatten());
            continue;
        }
        if !is_acronym(case) {
            continue;
        }
        // "Haute École Arc (HE-Arc)": with its part, or the letters before it alone.
        let whole = (end > at + 2)
            .then(|| spelled_by(reader, reader.span(at + 1, end).of(reader.context.document.as_str()), at))
            .flatten();
        let spelled = whole.or_else(|| spelled_by(reader, acronym, at)).map(|first| (first, Some(Subtype::Other)));
        let headed = headed_by(reader, acronym, at);
        if headed.is_none()
            && let Some(short) = short_of_place(reader, acronym, at, spelled.map(|(first, _)| first))
        {
            found.push(short);
            continue;
        }
        let is_guess = headed.is_none() && spelled.is_some();
        let Some((first, subtype)) = headed.or(spelled).or_else(|| translated(reader, at)) else { continue };
        found.extend(both(reader, (first, at, end), subtype).map(|mention| Mention { is_guess, ..mention }));
    }
}

/// The name `first..open` and the short form in the bracket behind it, which ends before `end`.
fn both(reader: &Reader<'_>, (first, open, end): (usize, usize, usize), subtype: Option<Subtype>) -> [Mention; 2] {
    [(first, open, 76), (open + 1, end, 80)].map(|(first, end, percent)| {
        let span = reader.span(first, end);
        let mut mention = Mention::new(span, Kind::Institution, "institutions/acronym", Confidence::percent(percent));
        mention.subtype = subtype;
        super::link(reader, first, &mut mention);
        mention
    })
}

/// A body that begins with its noun, and the short form in the bracket at `open` behind it that is written like a name (`Istituto di
/// metodologie per l'analisi ambientale (Imaa)`): towns and people stand there, too, so that the beginnings of its words spell it.
fn titled(reader: &Reader<'_>, open: usize, end: usize) -> Option<[Mention; 2]> {
    let acronym = reader.word(open + 1);
    let is_short =
        end == open + 2 && is_letters(acronym, 3) && !reader.is_common(open + 1) && reader.place_at(open + 1).is_none();
    if !is_short || reader.context.lexicon.name_parts.get(reader.key(open + 1)).is_some_and(|part| part.is_given) {
        return None;
    }
    let (first, subtype) = headed_by(reader, acronym, open)?;
    spells(reader, acronym, (first, open)).then(|| both(reader, (first, open, end), subtype))
}

/// Whether the beginnings of the words `first..end` make `acronym`, of each word at least its first letter, small words aside.
fn spells(reader: &Reader<'_>, acronym: &str, (first, end): (usize, usize)) -> bool {
    let Some(grammar) = reader.grammar() else { return false };
    let is_joint = |at: &usize| {
        grammar.joint(reader.small(*at)).is_some_and(|joint| !matches!(joint, Joint::Adjective | Joint::Field))
    };
    let is_word = |at: &usize| reader.token(*at).is_some_and(|token| token.kind == TokenKind::Word);
    let letters: Vec<char> = acronym.nfd().flat_map(char::to_lowercase).collect();
    // How many letters may be spelled so far: each word takes one and more.
    let mut taken = vec![0];
    for at in (first..end).filter(|at| is_word(at) && !is_joint(at)) {
        let word: Vec<char> = reader.word(at).nfd().flat_map(char::to_lowercase).collect();
        let longest = |from: usize| letters[from..].iter().zip(&word).take_while(|(one, other)| one == other).count();
        taken = taken.iter().flat_map(|&from| (1..=longest(from)).map(move |n| from + n)).collect();
    }
    taken.contains(&letters.len())
}

/// One past the acronym at the token `first`, with the part that a hyphen ties to it (`CNR-ISMAR`).
fn acronym_end(reader: &Reader<'_>, first: usize) -> usize {
    let touches = |at: usize| reader.token(at).is_some_and(|token| token.gap == Gap::None);
    let is_tied = reader.word(first + 1) == "-" && touches(first + 1) && touches(first + 2);
    let is_part = reader.token(first + 2).is_some_and(|token| token.kind == TokenKind::Word && token.case.is_capital());
    if is_tied && is_part { first + 3 } else { first + 1 }
}

/// What the letters in the bracket at the token `open` are short for behind a place that the lists know: a country that they spell
/// from its first word on (`Emirati Arabi Uniti (EAU)`), or the province of a town (`Ascoli Piceno (AP)`), which is no mention
/// whatever else the letters mean.
fn short_of_place(reader: &Reader<'_>, acronym: &str, open: usize, spelled: Option<usize>) -> Option<Mention> {
    let rule = "institutions/acronym";
    let place_before =
        |first: usize| reader.place_at(first).filter(|&(_, end)| end == open).map(|(place, _)| (first, place));
    let (first, place) = (1..=MAX_PLACE).find_map(|n| place_before(open.checked_sub(n)?))?;
    let gazetteer = &reader.context.lexicon.gazetteer;
    let rows = || gazetteer.readings(place.name).filter(|reading| !reading.is_weak).map(|reading| reading.entry);
    let country = rows().find(|&row| gazetteer.profile(row).subtype == Some(Subtype::Country));
    let is_whole = spelled.is_none_or(|spelled| spelled == first);
    let span = reader.span(open + 1, open + 2);
    let Some(country) = country else {
        // "Marche (PD)": a party behind a region.
        let best = rows().max_by_key(|&row| gazetteer.profile(row).priority);
        let is_town = best.is_some_and(|row| gazetteer.profile(row).subtype == Some(Subtype::City));
        // "Sobral (CE)": where a language names regions so, another rule does.
        let is_named =
            || rows().any(|row| abbreviated_region(reader, open + 1, gazetteer.profile(row).country).is_some());
        let is_code = is_town && is_whole && !is_named() && is_letters(acronym, 2) && acronym.chars().count() == 2;
        return is_code.then(|| Mention::new(span, Kind::Nothing, rule, Confidence::percent(70)));
    };
    let mention = Mention::new(span, Kind::Place, rule, Confidence::percent(90));
    (spelled.is_some() && is_whole).then(|| mention.naming(vec![country], Folds::NONE, gazetteer))
}

/// The long form in the bracket that opens at the token `open`, behind its acronym: `ABC (Alfa Beta Council)`. Terms and laws
/// have acronyms too, so that the long form begins with a noun that heads bodies, or holds one that ends their names.
fn long_form(reader: &Reader<'_>, open: usize) -> Option<Mention> {
    let short = reader.word(open.checked_sub(1).filter(|&short| short >= reader.sentence.first_token)?);
    let case = reader.token(open - 1)?.case;
    let is_short =
        is_acronym(case) || case == Case::Title && short.chars().count() <= 5 && reader.zipf(open - 1) == 0.0;
    let close =
        (open + 3..(open + 2 + MAX_TOKENS).min(reader.sentence.end_token)).find(|&at| reader.word(at) == ")")?;
    let first = open + 1;
    let has_other_mark = (first..close).any(|at| {
        reader.token(at).is_none_or(|token| token.kind == TokenKind::Number)
            || matches!(reader.word(at), ":" | ";" | "/" | "(" | "=" | "–" | "…")
    });
    if !is_short || has_other_mark || !reader.is_name_word(first) || !same_initial(reader.word(first), short) {
        return None;
    }
    let span = reader.span(first, close);
    if !abbreviates(&short.to_uppercase(), span.of(reader.context.document.as_str())) {
        return None;
    }
    let heads = &reader.context.lexicon.packs.institution_heads;
    let heads_name = |at: usize| {
        heads.begin(reader.key(at)).find(|head| {
            let stands = head.words.iter().enumerate().all(|(n, &word)| reader.key(at + n) == word);
            stands
                && head.kind == Kind::Institution
                && !head.is_outside
                && (at == first || head.left == Left::Any && reader.is_name_word(at))
        })
    };
    let head = (first..close).rev().find_map(heads_name)?;
    let mut mention = Mention::new(span, Kind::Institution, "institutions/acronym", Confidence::percent(84));
    mention.subtype = heads_name(first).unwrap_or(head).subtype;
    super::link(reader, first, &mut mention);
    Some(mention)
}

/// Whether two words begin with the same letter, whatever its case and accents.
fn same_initial(one: &str, other: &str) -> bool {
    let initial = |word: &str| word.nfd().next().and_then(|c| c.to_lowercase().next());
    initial(one).is_some() && initial(one) == initial(other)
}

/// Bodies that a bracket ties to an established mention: the acronym before a body in brackets (`ABC (Alfa Beta Council)`), one of
/// another language or in small letters behind it, and the party of a person (`Mario Bianchi (XY)`).
pub(super) fn beside_established(context: &Context<'_>) -> Vec<Mention> {
    context.established.iter().filter_map(|mention| beside(context, mention)).collect()
}

fn beside(context: &Context<'_>, mention: &Mention) -> Option<Mention> {
    let document = context.document;
    let word = |at: usize| document.tokens.get(at).map_or("", |token| document.word(token));
    let first = document.token_at(mention.span.start());
    let end = document.token_at(mention.span.end() - 1) + 1;
    let make = |at: usize, subtype: Option<Subtype>, percent: u8| {
        let mut short = Mention::new(
            document.tokens[at].span,
            Kind::Institution,
            "institutions/acronym",
            Confidence::percent(percent),
        );
        short.subtype = subtype;
        short
    };
    let opens = word(end) == "(" && word(end + 2) == ")" && document.tokens[end + 1].kind == TokenKind::Word;
    if mention.kind == Kind::Person {
        return match opens {
            true => is_party(context, end + 1).then(|| make(end + 1, Some(Subtype::Other), 72)),
            false => told_of(context, end),
        };
    }
    if mention.kind != Kind::Institution {
        return None;
    }
    let long = mention.span.of(document.as_str());
    if let Some(short) = told_short(context, long, end).or_else(|| apposed_short(context, long, first)) {
        return Some(make(short, mention.subtype, 84));
    }
    let is_short = |at: usize| {
        let token = &document.tokens[at];
        let is_coined = || {
            is_letters(word(at), 3)
                && word(at).chars().count() <= 5
                && context.lexicon.common_words.highest_zipf(token.key).is_none()
        };
        let is_part = || long.split([' ', '-']).any(|part| part == word(at));
        is_acronym(token.case) || token.case == Case::Title && is_coined() && !is_part()
    };
    if first >= 2 && word(first - 1) == "(" && abbreviates(&word(first - 2).to_uppercase(), long) && is_short(first - 2)
    {
        let mut short = make(first - 2, mention.subtype, 90);
        // "CNR-ISSMC": the parent's acronym goes before.
        if let Some(parent) =
            first.checked_sub(4).filter(|_| word(first - 3) == "-" && document.tokens[first - 2].gap == Gap::None)
            && document.tokens[parent].case == Case::Upper
            && document.tokens[first - 3].gap == Gap::None
        {
            short.span = document.tokens[parent].span.cover(short.span);
        }
        return Some(short);
    }
    // A body of another country has the acronym of its own language.
    let is_long =
        long.split_whitespace().count() >= 3 && !matches!(mention.subtype, Some(Subtype::Other | Subtype::Media));
    let translated = opens && is_long && is_letters(word(end + 1), 3) && document.tokens[end + 1].case == Case::Upper;
    let small = opens
        && document.tokens[end + 1].case == Case::Lower
        && is_coined(context, end + 1)
        && abbreviates(&word(end + 1).to_uppercase(), long);
    (translated || small).then(|| make(end + 1, mention.subtype, 82))
}

/// The token of the short form that words tell of behind the name `long`, which ends before the token `end` (`, noto con la
/// sigla ABC`).
fn told_short(context: &Context<'_>, long: &str, end: usize) -> Option<usize> {
    let document = context.document;
    let first = end + usize::from(matches!(document.word(document.tokens.get(end)?), "," | "("));
    let is_small =
        |at: usize| document.tokens.get(at).is_some_and(|token| token.case == Case::Lower && token.gap <= Gap::Blank);
    let n_words = (0..MAX_TELLING).take_while(|n_words| is_small(first + n_words)).count();
    let short = first + n_words;
    let token = document.tokens.get(short).filter(|token| n_words > 0 && is_acronym(token.case))?;
    let between = &document.as_str()[document.tokens[first].span.start()..token.span.start()];
    (abbreviates(document.word(token), long) && context.lexicon.packs.institution_heads.is_alias(between))
        .then_some(short)
}

/// The acronym before the name `long`, which begins at the token `first` and stands in apposition to it (`ABC, l'Alfa Beta
/// Council`).
fn apposed_short(context: &Context<'_>, long: &str, first: usize) -> Option<usize> {
    let document = context.document;
    let word = |at: usize| document.word(&document.tokens[at]);
    let before = first.checked_sub(2)?;
    let has_article =
        document.tokens[before + 1].case == Case::Lower && word(before + 1).chars().count() <= 3 && word(before) == ",";
    let comma = if has_article { before } else { before + 1 };
    let short = comma.checked_sub(1).filter(|_| word(comma) == ",")?;
    let is_short = document.tokens[short].case == Case::Upper && is_letters(word(short), 3);
    (is_short && abbreviates(word(short), long)).then_some(short)
}

/// The body of several capitalized words in the bracket at the token `open` behind a person: `Anna Conti (Nivora Telai)`.
fn told_of(context: &Context<'_>, open: usize) -> Option<Mention> {
    let document = context.document;
    let token = |at: usize| document.tokens.get(at);
    let word = |at: usize| token(at).map_or("", |token| document.word(token));
    if word(open) != "(" {
        return None;
    }
    let close = (open + 3..open + 2 + MAX_TOLD).find(|&at| word(at) == ")")?;
    let parts = &context.lexicon.name_parts;
    let is_name = |at: usize| {
        token(at)
            .is_some_and(|token| token.kind == TokenKind::Word && token.case.is_capital() && token.gap <= Gap::Blank)
    };
    let is_person = parts.get(token(open + 1)?.key).is_some_and(|part| part.is_given);
    let is_listed = context.listed.starting_at(open + 1).is_some_and(|(_, end)| end >= close);
    if is_person || is_listed || !(open + 1..close).all(is_name) {
        return None;
    }
    let span = token(open + 1)?.span.cover(token(close - 1)?.span);
    let mut mention = Mention::new(span, Kind::Institution, "institutions/told", Confidence::percent(64));
    mention.subtype = Some(Subtype::Company);
    mention.is_guess = true;
    Some(mention)
}

fn is_acronym(case: Case) -> bool {
    matches!(case, Case::Upper | Case::Mixed)
}

/// Whether a word has at least `min` letters, at most eight, and nothing else.
fn is_letters(word: &str, min: usize) -> bool {
    (min..=8).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic)
}

/// Whether a word is none of any language that the lists of words know.
fn is_coined(context: &Context<'_>, at: usize) -> bool {
    let token = &context.document.tokens[at];
    is_letters(context.document.word(token), 4) && context.lexicon.common_words.highest_zipf(token.key).is_none()
}

/// Whether the word at `at`, alone in a bracket behind a person, is a body that the lists know by it and no place.
fn is_party(context: &Context<'_>, at: usize) -> bool {
    let listed = context.listed.starting_at(at).filter(|&(_, end)| end == at + 1);
    // "gli assessori Anna Bianchi (Turismo) e": a common word is a field of office.
    let token = &context.document.tokens[at];
    let is_common = token.case == Case::Title && context.lexicon.common_words.highest_zipf(token.key).is_some();
    listed.filter(|_| !is_common).is_some_and(|(idx, _)| {
        context.listed.is_of_kind(idx, Kind::Institution) && !context.listed.is_of_kind(idx, Kind::Place)
    })
}

/// The head noun before the token `end` that the acronym begins with, where the words from there on can be abbreviated so, in
/// small letters too (`École de technologie supérieure`); with its subtype.
fn headed_by(reader: &Reader<'_>, acronym: &str, end: usize) -> Option<(usize, Option<Subtype>)> {
    let heads = &reader.context.lexicon.packs.institution_heads;
    let grammar = reader.grammar()?;
    let first = reader.sentence.first_token.max(end.saturating_sub(MAX_TOKENS));
    let mut has_comma = false;
    for at in (first..end).rev() {
        let token = reader.token(at)?;
        if token.kind == TokenKind::Mark && !matches!(reader.word(at), "-" | "’" | "'" | "&" | ",") {
            return None;
        }
        // "Istituto per i polimeri, compositi e biomateriali (IPCB)": a list of fields that the letters spell.
        has_comma |= reader.word(at) == ",";
        // "l'Università di Potenza ha firmato con la Universiti Pahang Malaysia (UPM)": no name has a verb.
        let is_small = token.case == Case::Lower;
        let is_closed =
            || reader.is_listed_function_word(at) || reader.is_function_word(at) && token.span.len() <= MAX_CLOSED;
        if is_small && grammar.joint(reader.small(at)).is_none() && is_closed() {
            return None;
        }
        if end - at < 2 || !same_initial(reader.word(at), acronym) {
            continue;
        }
        let is_home = |head: &&Head| heads.languages[head.language].code == reader.sentence.pack.code;
        let is_head = |head: &&Head| {
            let allows = head.case == HeadCase::Any && is_home(head)
                || !is_small && matches!(head.case, HeadCase::Capital | HeadCase::Told);
            head.kind == Kind::Institution && !head.is_outside && allows
        };
        let stands = |head: &&Head| head.words.iter().enumerate().all(|(n, &word)| reader.key(at + n) == word);
        if let Some(head) = heads.begin(reader.key(at)).filter(stands).find(is_head)
            && abbreviates(acronym, reader.span(at, end).of(reader.context.document.as_str()))
            && (!has_comma || spells(reader, acronym, (at, end)))
        {
            return Some((at, head.subtype));
        }
    }
    None
}

/// Least words of a translated name: fewer may be a body that the acronym belongs to and a word beside it.
const MIN_TRANSLATED: usize = 4;

/// The capitalized head noun before the bracket at the token `open`, where nothing but words of a name stand between them and the
/// bracket holds capitals only: a body of another country has the acronym of its own language (`Agenzia slovena per lo sviluppo
/// delle imprese (SPIRIT)`).
fn translated(reader: &Reader<'_>, open: usize) -> Option<(usize, Option<Subtype>)> {
    let is_told = is_letters(reader.word(open + 1), 3)
        && reader.token(open + 1)?.case == Case::Upper
        && reader.word(open + 2) == ")";
    if !is_told || reader.case != CaseEvidence::Strong {
        return None;
    }
    let heads = &reader.context.lexicon.packs.institution_heads;
    let grammar = reader.grammar()?;
    let (mut has_link, mut follows_for) = (false, false);
    let lowest = reader.sentence.first_token.max(open.saturating_sub(MAX_TOKENS));
    // From the bracket back to the head; an article is part of a name behind `for` only.
    for at in (lowest..open).rev() {
        let token = reader.token(at)?;
        if token.case.is_capital() && open - at >= MIN_TRANSLATED && has_link && !follows_for {
            let stands = |head: &&Head| head.words.iter().enumerate().all(|(n, &word)| reader.key(at + n) == word);
            let is_home = |head: &&Head| heads.languages[head.language].code == grammar.code;
            let is_head = |head: &&Head| {
                head.kind == Kind::Institution && !head.is_outside && head.case != HeadCase::Lower && is_home(head)
            };
            return heads.begin(reader.key(at)).filter(stands).find(is_head).map(|head| (at, head.subtype));
        }
        if token.kind != TokenKind::Word || token.case != Case::Lower || token.gap > Gap::Line {
            return None;
        }
        let joint = grammar.joint(reader.small(at));
        if follows_for && joint != Some(Joint::For) {
            return None;
        }
        has_link |= matches!(joint, Some(Joint::Of | Joint::For));
        follows_for = joint == Some(Joint::Article);
        if joint.is_none() && reader.is_function_word(at) {
            return None;
        }
    }
    None
}

/// The first token of the capitalized words before the token `end` whose initials are `acronym`.
fn spelled_by(reader: &Reader<'_>, acronym: &str, end: usize) -> Option<usize> {
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_uppercase()).collect();
    if letters.len() < 2 || letters.len() > 8 {
        return None;
    }
    let mut missing = letters.len();
    let mut at = end;
    while at > reader.sentence.first_token && end - at < MAX_TOKENS {
        at -= 1;
        let token = reader.token(at)?;
        if token.kind != TokenKind::Word && !matches!(reader.word(at), "-" | "&" | "," | "’" | "'") {
            return None;
        }
        let initial = reader.word(at).chars().next()?.to_uppercase().next()?;
        if missing > 0 && token.case.is_capital() && letters[missing - 1] == initial {
            missing -= 1;
            if missing == 0 {
                return (reader.token(at + 1)?.gap <= Gap::Blank).then_some(at);
            }
        } else if token.case == Case::Lower && token.span.len() > 6 && token.gap != Gap::None {
            return None;
        }
    }
    None
}
