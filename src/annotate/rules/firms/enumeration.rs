//! Firms that a line counts up with their towns: `Hanno aderito Alfa Pack (Sassuolo), Beta (Lugo) e Gamma (Imola)`, `la Alfa Pack di
//! Sassuolo e la Beta di Lugo`.

use super::{items::announces, names_firms};
use crate::{
    annotate::{
        Confidence, Context, Mention,
        names::{Reader, Seat, SeatForm, form_end, opens_body, seat},
    },
    document::{CaseEvidence, Gap, TokenKind},
    lexicon::{Kind, Subtype, pack::heads::Joint},
};

/// Most tokens of a name.
const MAX_TOKENS: usize = 6;

/// Most tokens that say what a firm makes, before the semicolon that parts it from the next.
const MAX_TRADE: usize = 12;

/// Fewest firms of a line that nothing announces.
const MIN_TOLD: usize = 3;

/// A firm, tokens `first..end`, and its town.
struct Member {
    first: usize,
    end: usize,
    seat: Seat,
    /// An article stands before it, as before no person.
    is_articled: bool,
}

/// Finds the firms that stand one behind the other with their towns.
pub(super) fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    for (idx, sentence) in context.document.sentences.iter().enumerate() {
        if sentence.case == CaseEvidence::Capitals {
            continue;
        }
        for form in [SeatForm::Bracket, SeatForm::Of] {
            chains(context, idx, form, found);
        }
    }
}

/// Finds the chains of firms of a sentence whose towns stand in one form.
fn chains(context: &Context<'_>, idx: usize, form: SeatForm, found: &mut Vec<Mention>) {
    let sentence = &context.document.sentences[idx];
    let reader = Reader::new(context, sentence).in_list();
    let Some(grammar) = reader.grammar() else { return };
    let mut chain: Vec<Member> = Vec::new();
    for at in sentence.first_token + 1..sentence.end_token {
        let may_lead = match form {
            SeatForm::Bracket => context.document.tokens[at].kind == TokenKind::Mark && reader.word(at) == "(",
            _ => grammar.is_bare(reader.small(at)) && reader.is_name_word(at + 1) && reader.is_name_word(at - 1),
        };
        let Some(member) = may_lead.then(|| member(&reader, at, form)).flatten() else { continue };
        if !chain.last().is_some_and(|last| follows(&reader, last.seat.behind, member.first)) {
            accept(&reader, idx, &chain, found);
            chain.clear();
        }
        chain.push(member);
    }
    accept(&reader, idx, &chain, found);
}

/// Takes the members of a chain as firms, where it is announced as one of firms or tells it.
fn accept(reader: &Reader<'_>, idx: usize, chain: &[Member], found: &mut Vec<Mention>) {
    let n_listed = chain.iter().filter(|member| member.seat.is_listed).count();
    if chain.len() < 2 || n_listed == 0 {
        return;
    }
    let is_coined = |member: &Member| member.is_articled && is_coined(reader, member);
    let is_of_coined = || chain[0].seat.form == SeatForm::Of && chain.iter().all(is_coined);
    let has_firm = || chain.iter().any(|member| is_body(reader, member) || has_form(reader, member));
    // "Palazzo Conti (Vignola), Villa Baroni (Imola)": sights.
    let has_sight =
        || chain.iter().any(|member| reader.context.lexicon.packs.place_heads.may_begin(reader.key(member.first)));
    let is_told = || is_of_coined() || chain.len() >= MIN_TOLD && n_listed >= 2 && has_firm() && !has_sight();
    if !is_announced(reader, idx, chain[0].first) && !is_told() {
        return;
    }
    let is_person = |member: &&Member| {
        let part = reader.context.lexicon.name_parts.get(reader.key(member.first));
        member.end > member.first + 1 && part.is_some_and(|part| part.is_given)
    };
    if chain.iter().filter(is_person).count() * 2 > chain.len() {
        return;
    }
    let firms = chain
        .iter()
        .filter(|member| !is_person(member) && !is_body(reader, member))
        .map(|member| mention(reader, member));
    found.extend(firms);
    found.extend(chain.iter().filter_map(|member| member.seat.mention(reader)));
}

fn mention(reader: &Reader<'_>, member: &Member) -> Mention {
    let span = reader.span(member.first, member.end);
    let mut mention = Mention::new(span, Kind::Institution, "firms/enumeration", Confidence::percent(74));
    mention.subtype = Some(Subtype::Company);
    mention
}

/// Whether a noun for several firms stands before the first of them, or as the line before.
fn is_announced(reader: &Reader<'_>, idx: usize, first: usize) -> bool {
    let document = reader.context.document;
    let heading = idx.checked_sub(1).map(|before| &document.sentences[before]);
    names_firms(reader.context, reader.sentence, reader.sentence.first_token, first)
        || heading.is_some_and(|heading| announces(reader.context, heading))
}

/// Whether a member is a body by what the lists or the noun that opens it say.
fn is_body(reader: &Reader<'_>, member: &Member) -> bool {
    reader.listed_at(member.first, Kind::Institution).is_some_and(|(_, end)| end == member.end)
        || opens_body(reader, member.first)
}

/// Whether a member has a word that nothing knows, and none that people are called by first.
fn is_coined(reader: &Reader<'_>, member: &Member) -> bool {
    let part = |at: usize| reader.context.lexicon.name_parts.get(reader.key(at));
    let is_unknown = |at: usize| reader.zipf(at) == 0.0 && part(at).is_none() && reader.lookup_at(at).is_none();
    !part(member.first).is_some_and(|part| part.is_given) && (member.first..member.end).any(is_unknown)
}

/// Whether a legal form ends the name of a member.
fn has_form(reader: &Reader<'_>, member: &Member) -> bool {
    (member.first + 1..member.end).any(|at| form_end(reader, at) == Some(member.end))
}

/// The name that ends before the token `open` that leads to its town. In a bracket the town stands alone; behind `of` the lists know it.
fn member(reader: &Reader<'_>, open: usize, form: SeatForm) -> Option<Member> {
    let is_told = |seat: &Seat| if form == SeatForm::Bracket { seat.end + 1 == seat.behind } else { seat.is_listed };
    let seat = seat(reader, open).filter(|seat| seat.form == form && is_told(seat))?;
    let grammar = reader.grammar()?;
    let lowest = open.saturating_sub(MAX_TOKENS).max(reader.sentence.first_token);
    let is_touching = |at: usize| reader.token(at).is_some_and(|token| token.gap == Gap::None);
    let mut first = open;
    while first > lowest {
        let at = first - 1;
        let is_joined = first == open || reader.token(first).is_some_and(|token| token.gap <= Gap::Blank);
        let is_inside = first < open && at > lowest && reader.is_name_word(at - 1);
        let is_joint = matches!(grammar.joint(reader.small(at)), Some(Joint::Of | Joint::At | Joint::Article));
        match () {
            () if !is_joined => break,
            () if reader.is_name_word(at) => first = at,
            () if is_inside && (reader.word(at) == "&" || is_joint && form == SeatForm::Bracket) => first = at - 1,
            () if is_inside
                && matches!(reader.word(at), "-" | "'" | "’" | ".")
                && (is_touching(at) || reader.word(at) == ".") =>
            {
                first = at - 1
            }
            () => break,
        }
    }
    let is_articled =
        first > reader.sentence.first_token && grammar.joint(reader.small(first - 1)) == Some(Joint::Article);
    let is_plain = first < open && !reader.is_function_word(first);
    is_plain.then_some(Member { first, end: open, seat, is_articled })
}

/// Whether a member that begins at `next` follows the one before that ends before `at`: a separator and an article, or what the firm
/// makes and a semicolon.
fn follows(reader: &Reader<'_>, at: usize, next: usize) -> bool {
    let Some(grammar) = reader.grammar() else { return false };
    let joint = |at: usize| grammar.joint(reader.small(at));
    let behind = |at: usize| {
        let at = at + usize::from(joint(at) == Some(Joint::And));
        at + usize::from(joint(at) == Some(Joint::Article))
    };
    if matches!(reader.word(at), "," | ";") && behind(at + 1) == next
        || joint(at) == Some(Joint::And) && behind(at) == next
    {
        return true;
    }
    let is_small =
        |at: usize| reader.token(at).is_some_and(|token| token.kind != TokenKind::Word || !token.case.is_capital());
    let semicolon = (at..next.min(at + MAX_TRADE)).find(|&at| reader.word(at) == ";");
    semicolon.is_some_and(|semicolon| behind(semicolon + 1) == next && (at..semicolon).all(is_small))
}
