//! Unlisted bodies in a series of bodies: `the University of A, Invest B and Coined`.

use crate::{
    annotate::{
        Confidence, Context, Evidence, Mention,
        names::{Reader, Seat, behind_brothers, behind_seat, seat},
    },
    document::{Case, CaseEvidence, Gap},
    lexicon::{Kind, Subtype, pack::heads::Head},
    text::Span,
};

/// Longest unlisted name in a series, in tokens.
const MAX_TOKENS: usize = 5;

/// Which capitalized words can be an unlisted member.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    /// Those that nobody has as a name.
    Plain,
    /// Those of firms, which are called by surnames and common words, too.
    Firms,
}

/// A member of a series: tokens `first..end`.
struct Member {
    first: usize,
    end: usize,
    is_known: bool,
    seat: Option<Seat>,
}

/// Finds the unlisted members of series in which bodies are established.
pub(super) fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    for sentence in &context.document.sentences {
        let reader = Reader::new(context, sentence);
        if reader.case != CaseEvidence::Strong || !names_body(context, sentence.span) {
            continue;
        }
        let mut at = sentence.first_token;
        while at < sentence.end_token {
            let (mut members, mut end) = series(&reader, at, Names::Plain);
            if members.first().is_some_and(|member| member.is_known) {
                let (firms, firms_end) = series(&reader, at, Names::Firms);
                if is_of_firms(&reader, &firms) {
                    (members, end) = (firms, firms_end);
                }
            }
            if at > sentence.first_token && is_behind_of(&reader, at) {
                members.clear();
            }
            if is_of_bodies(&members) || is_of_firms(&reader, &members) {
                let subtype = subtype(&reader, &members);
                found.extend(
                    members.iter().filter(|member| !member.is_known).map(|member| mention(&reader, member, subtype)),
                );
                found.extend(seats(&reader, &members));
            }
            at = end.max(at + 1);
        }
    }
}

/// The towns of the members, where two and more have theirs in one form and the lists know one of them.
fn seats(reader: &Reader<'_>, members: &[Member]) -> Vec<Mention> {
    let told = members.iter().filter_map(|member| member.seat);
    let forms: Vec<_> = told.clone().map(|seat| seat.form).collect();
    let is_shared = |form| {
        forms.iter().filter(|&&other| other == form).count() >= 2
            && told.clone().any(|seat| seat.form == form && seat.is_listed)
    };
    told.clone().filter(|seat| is_shared(seat.form)).filter_map(|seat| seat.mention(reader)).collect()
}

/// Whether the word at `at` stands behind a name and `of`: it is the town that the name is of, and opens no series.
fn is_behind_of(reader: &Reader<'_>, at: usize) -> bool {
    let is_of = reader.grammar().is_some_and(|grammar| grammar.is_bare(reader.small(at - 1)));
    is_of && at >= 2 && reader.is_name_word(at - 2)
}

/// Whether a body is established in the sentence: without one there is no series of bodies.
fn names_body(context: &Context<'_>, sentence: Span) -> bool {
    let first = context.established.partition_point(|mention| mention.span.end() <= sentence.start());
    let mut inside = context.established[first..].iter().take_while(|mention| mention.span.start() < sentence.end());
    inside.any(|mention| mention.kind == Kind::Institution)
}

/// The sort that the established members of a series share, where they are parties, clubs and the like; else that of firms.
fn subtype(reader: &Reader<'_>, members: &[Member]) -> Subtype {
    let established = reader.context.established;
    let of_member = |member: &Member| {
        let start = reader.token(member.first)?.span.start();
        established.iter().find(|mention| mention.span.start() == start)?.subtype
    };
    let mut told = members.iter().filter(|member| member.is_known).map(of_member);
    let shared = told.next().flatten().filter(|first| told.all(|other| other == Some(*first)));
    shared.filter(|&subtype| subtype == Subtype::Other).unwrap_or(Subtype::Company)
}

fn mention(reader: &Reader<'_>, member: &Member, subtype: Subtype) -> Mention {
    let span = reader.span(member.first, member.end);
    let mut mention = Mention::new(span, Kind::Institution, "institutions/series", Confidence::percent(68));
    mention.subtype = Some(subtype);
    mention.is_guess = true;
    mention
}

/// Two established bodies and more; or one, where three stand together and one unlisted has two words.
fn is_of_bodies(members: &[Member]) -> bool {
    let n_known = members.iter().filter(|member| member.is_known).count();
    let has_long = members.iter().any(|member| !member.is_known && member.end > member.first + 1);
    members.len() > n_known && (n_known >= 2 || n_known == 1 && members.len() >= 3 && has_long)
}

/// A firm that its legal form or a noun tells, and others: two and more of any name, or one that is no word of the language.
fn is_of_firms(reader: &Reader<'_>, members: &[Member]) -> bool {
    let established = reader.context.established;
    let is_told = |member: &Member| {
        let start = reader.token(member.first).map(|token| token.span.start());
        member.is_known
            && established.iter().any(|mention| {
                let (Evidence::Rule(rule) | Evidence::Both(_, rule)) = mention.why.by else { return false };
                Some(mention.span.start()) == start
                    && mention.subtype == Some(Subtype::Company)
                    && matches!(rule, "institutions/legal-form" | "institutions/cue")
            })
    };
    let parts = &reader.context.lexicon.name_parts;
    let is_coined = |member: &Member| {
        (member.first..member.end).all(|at| reader.zipf(at) == 0.0 && parts.get(reader.key(at)).is_none())
    };
    let mut unlisted = members.iter().filter(|member| !member.is_known);
    let form = |member: &Member| member.seat.map(|seat| seat.form);
    match members {
        [first, second] if form(first).is_some() && form(first) == form(second) => {
            is_told(first) && unlisted.next().is_some()
        }
        [first, _] => is_told(first) && unlisted.next().is_some_and(is_coined),
        _ => members.iter().any(is_told) && unlisted.next().is_some(),
    }
}

/// The series that begins at the token `at`, with the token behind it.
fn series(reader: &Reader<'_>, at: usize, names: Names) -> (Vec<Member>, usize) {
    let mut members = Vec::new();
    let mut next = at;
    while let Some(member) = member(reader, next, names) {
        let end = behind_seat(reader, member.end);
        members.push(member);
        next = end;
        match behind_separator(reader, end) {
            Some(start) => next = start,
            None => break,
        }
    }
    (members, next)
}

/// A body that is established at `at`, or capitalized words that nothing else explains.
fn member(reader: &Reader<'_>, at: usize, names: Names) -> Option<Member> {
    let token = reader.token(at)?;
    let established = reader.context.established;
    let idx = established.partition_point(|mention| mention.span.end() <= token.span.start());
    let is_here = |mention: &&Mention| mention.span.start() <= token.span.start() && !is_trade(reader, mention);
    if let Some(mention) = established.get(idx).filter(is_here) {
        let is_start = mention.span.start() == token.span.start();
        let mut end = reader.context.document.token_at(mention.span.end() - 1) + 1;
        let name_end = end;
        // An acronym in brackets goes with its name.
        if reader.word(end) == "(" && reader.word(end + 2) == ")" {
            end += 3;
        }
        return (is_start && mention.kind == Kind::Institution).then(|| Member {
            first: at,
            end,
            is_known: true,
            seat: seat(reader, name_end),
        });
    }
    let end = run_end(reader, at);
    let parts = &reader.context.lexicon.name_parts;
    let is_given = |word: usize| parts.get(reader.key(word)).is_some_and(|part| part.is_given);
    let is_surname = |word: usize| parts.get(reader.key(word)).is_some_and(|part| part.is_surname);
    let is_lone_word = end == at + 1 && reader.zipf(at) > 0.0;
    // "le Pôle fromager": the noun of bodies with a small word behind it names none.
    let heads = &reader.context.lexicon.packs.institution_heads;
    let is_home = |head: &Head| {
        heads.languages[head.language].code == reader.sentence.pack.code && head.kind == Kind::Institution
    };
    let is_small = reader.token(end).is_some_and(|token| token.case == Case::Lower) && !reader.is_function_word(end);
    let is_lone_head = end == at + 1 && is_small && heads.begin(reader.key(at)).any(is_home);
    let is_other = match names {
        Names::Plain => (at..end).any(|word| is_given(word) || is_surname(word)) || is_lone_word,
        Names::Firms => is_given(at) && !matches!(reader.word(at + 1), "&" | "."),
    };
    // "Swedish-born", "the Fratelli" before an established name: part of something longer.
    let goes_on = reader.is_name_word(end) && touches_established(reader, end)
        || reader.word(end) == "-" && reader.token(end).is_some_and(|token| token.gap == Gap::None);
    let is_plain = end > at && !is_other && !is_lone_head && !goes_on && !reader.is_function_word(at);
    is_plain.then(|| Member { first: at, end, is_known: false, seat: seat(reader, end) })
}

/// One past the capitalized words from `at` on that no established mention explains, with what joins them.
fn run_end(reader: &Reader<'_>, at: usize) -> usize {
    let is_free = |at: usize| reader.is_name_word(at) && !touches_established(reader, at);
    let gap = |at: usize| reader.token(at).map(|token| token.gap);
    let mut end = at;
    while end - at < MAX_TOKENS {
        match reader.word(end) {
            _ if is_free(end) && (end == at || gap(end) == Some(Gap::Blank)) => end += 1,
            "&" if end > at && is_free(end + 1) => end += 2,
            "-" if end > at && gap(end) == Some(Gap::None) && gap(end + 1) == Some(Gap::None) && is_free(end + 1) => {
                end += 2
            }
            "." if end > at => match behind_brothers(reader, end).filter(|&behind| is_free(behind - 1)) {
                Some(behind) => end = behind,
                None => break,
            },
            _ => break,
        }
    }
    end
}

fn touches_established(reader: &Reader<'_>, at: usize) -> bool {
    let Some(token) = reader.token(at) else { return false };
    let established = reader.context.established;
    let idx = established.partition_point(|mention| mention.span.end() <= token.span.start());
    established.get(idx).is_some_and(|mention| mention.span.overlaps(token.span) && !is_trade(reader, mention))
}

/// Whether a mention is one word with a capital for a trade, with another behind it: what a firm is called by (`Smalti Crati`).
fn is_trade(reader: &Reader<'_>, mention: &Mention) -> bool {
    let at = reader.context.document.token_at(mention.span.start());
    mention.kind == Kind::Sector
        && reader.token(at).is_some_and(|token| token.span == mention.span && token.case == Case::Title)
        && reader.is_name_word(at + 1)
        && reader.token(at + 1).is_some_and(|next| next.gap == Gap::Blank)
}

/// The start of the next member behind a comma, `and`, and an article or preposition with article.
fn behind_separator(reader: &Reader<'_>, at: usize) -> Option<usize> {
    use crate::lexicon::pack::heads::Joint;
    let grammar = reader.grammar()?;
    let joint = |at: usize| grammar.joint(reader.small(at));
    let mut next = match reader.word(at) {
        "," | ";" => at + 1,
        _ if joint(at) == Some(Joint::And) => at + 1,
        _ => return None,
    };
    if joint(next) == Some(Joint::And) {
        next += 1;
    }
    if matches!(joint(next), Some(Joint::Article)) {
        next += 1;
    }
    Some(next)
}
