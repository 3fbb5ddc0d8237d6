//! Places that no list knows in a series of listed ones: `imprese di Cali, Yumbo, Jamundí e Vijes`.

use crate::{
    annotate::{Confidence, Mention, names::Reader},
    document::{Case, Gap},
    lexicon::{Kind, Subtype, pack::heads::Joint},
};

/// How sure such a place is.
const SURE: Confidence = Confidence::percent(66);

/// Fewest listed places of a series in which others are believed.
const MIN_LISTED: usize = 3;

/// A member of a series: tokens `first..end`.
struct Member {
    first: usize,
    end: usize,
    is_listed: bool,
}

/// Finds the unlisted members of the series of places of a sentence.
pub(super) fn find(reader: &Reader<'_>, found: &mut Vec<Mention>) {
    let Some(grammar) = reader.grammar() else { return };
    let is_and = |at: usize| grammar.joint(reader.small(at)) == Some(Joint::And);
    let mut at = reader.sentence.first_token;
    while at < reader.sentence.end_token {
        if reader.place_at(at).is_none() {
            at += 1;
            continue;
        }
        let (mut members, mut next, mut is_whole) = (Vec::new(), at, false);
        while let Some(member) = member(reader, next) {
            let end = member.end;
            members.push(member);
            let joins = is_and(end) || reader.word(end) == ",";
            if is_whole || !joins {
                break;
            }
            is_whole = is_and(end) || is_and(end + 1);
            next = end + 1 + usize::from(reader.word(end) == "," && is_and(end + 1));
        }
        at = members.last().map_or(at + 1, |last: &Member| last.end);
        let n_listed = members.iter().filter(|member| member.is_listed).count();
        if is_whole && n_listed >= MIN_LISTED && n_listed > members.len() / 2 {
            found.extend(members.iter().filter(|member| !member.is_listed).map(|member| mention(reader, member)));
        }
    }
}

fn mention(reader: &Reader<'_>, member: &Member) -> Mention {
    let mut mention = Mention::new(reader.span(member.first, member.end), Kind::Place, "places/series", SURE);
    mention.subtype = Some(Subtype::City);
    mention
}

/// A listed place at `at`, or one or two capitalized words that nothing else explains.
fn member(reader: &Reader<'_>, at: usize) -> Option<Member> {
    if let Some((_, end)) = reader.place_at(at).filter(|&(_, end)| !goes_on(reader, end)) {
        return Some(Member { first: at, end, is_listed: true });
    }
    let parts = &reader.context.lexicon.name_parts;
    let is_unknown = |at: usize| {
        let is_title = reader.token(at).is_some_and(|token| token.case == Case::Title);
        is_title && reader.zipf(at) == 0.0 && parts.get(reader.key(at)).is_none() && reader.lookup_at(at).is_none()
    };
    let end = at + 1 + usize::from(goes_on(reader, at + 1) && is_unknown(at + 1));
    (is_unknown(at) && !goes_on(reader, end)).then_some(Member { first: at, end, is_listed: false })
}

/// Whether another capitalized word goes on a name at `at`.
fn goes_on(reader: &Reader<'_>, at: usize) -> bool {
    reader.is_name_word(at) && reader.token(at).is_some_and(|token| token.gap <= Gap::Blank)
}
