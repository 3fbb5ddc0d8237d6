//! Towns behind the firms that are of them, where no list knows the town or it is somebody's name as well: `Alfa Pack srl di
//! Albino`, and in a series of firms whose towns stand in the same form.

use crate::{
    annotate::{
        Confidence, Context, Evidence, Mention,
        names::{Reader, Seat, SeatForm, seat},
    },
    document::Sentence,
    lexicon::{Kind, Subtype},
};

/// How sure a town of the lists is, and one that only its shape tells.
const LISTED: Confidence = Confidence::percent(78);
const UNLISTED: Confidence = Confidence::percent(66);

/// A firm with what stands behind it.
struct Firm<'a> {
    reader: Reader<'a>,
    /// Number of its sentence.
    line: usize,
    seat: Seat,
    has_legal_form: bool,
    /// A noun for firms or the lines of a list announce it.
    is_announced: bool,
}

/// Finds the towns behind established firms.
pub(super) fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    let firms = firms(context);
    let are_together = |a: &Firm<'_>, b: &Firm<'_>| a.seat.form == b.seat.form && b.line <= a.line + 1;
    for group in firms.chunk_by(are_together) {
        let n_listed = group.iter().filter(|firm| firm.seat.is_listed).count();
        let is_told = group.len() >= 2 && n_listed > 0;
        let firms = group.iter().filter(|firm| may_be_seat(firm, is_told) && !is_established(context, firm));
        found.extend(firms.map(mention));
    }
}

/// Whether something is established where the town stands.
fn is_established(context: &Context<'_>, firm: &Firm<'_>) -> bool {
    let span = firm.reader.span(firm.seat.first, firm.seat.end);
    let idx = context.established.partition_point(|mention| mention.span.end() <= span.start());
    context.established.get(idx).is_some_and(|mention| mention.span.overlaps(span) && mention.kind != Kind::Institution)
}

/// The established firms that a town may stand behind, in order.
fn firms<'a>(context: &'a Context<'a>) -> Vec<Firm<'a>> {
    let document = context.document;
    let mut firms = Vec::new();
    let mut lines = document.sentences.iter().enumerate().peekable();
    for mention in context.established.iter().filter(|mention| mention.subtype == Some(Subtype::Company)) {
        let (Evidence::Rule(rule) | Evidence::Both(_, rule)) = mention.why.by else { continue };
        while lines.next_if(|(_, line): &(usize, &Sentence<'_>)| line.span.end() <= mention.span.start()).is_some() {}
        let Some(&(line, sentence)) = lines.peek() else { break };
        let reader = Reader::new(context, sentence);
        let end = document.token_at(mention.span.end() - 1) + 1;
        if let Some(seat) = seat(&reader, end) {
            let has_legal_form = rule == "institutions/legal-form";
            let is_announced = matches!(rule, "institutions/cue" | "institutions/item");
            firms.push(Firm { reader, line, seat, has_legal_form, is_announced });
        }
    }
    firms
}

/// Whether the town behind a firm is one: firms beside it have theirs in the same form, one of which the lists know, or the firm
/// is one for sure.
fn may_be_seat(firm: &Firm<'_>, is_told: bool) -> bool {
    let Seat { form, is_listed, .. } = firm.seat;
    match form {
        SeatForm::Bracket => is_told || is_listed || firm.has_legal_form,
        SeatForm::Of => is_told && (is_listed || firm.is_announced) || firm.has_legal_form || is_listed && firm.is_announced,
        SeatForm::Comma => is_told || is_listed && firm.has_legal_form,
    }
}

fn mention(firm: &Firm<'_>) -> Mention {
    let reader = &firm.reader;
    let Seat { first, end, is_listed, .. } = firm.seat;
    let percent = if is_listed { LISTED } else { UNLISTED };
    let mut mention = Mention::new(reader.span(first, end), Kind::Place, "places/seat", percent);
    mention.subtype = Some(Subtype::City);
    if let Some((lookup, _)) = reader.place_at(first).filter(|_| is_listed) {
        let gazetteer = &reader.context.lexicon.gazetteer;
        let rows = gazetteer.readings(lookup.name).map(|reading| reading.entry);
        let mut places: Vec<_> = rows.filter(|&row| gazetteer.profile(row).kind == Kind::Place).collect();
        places.sort_by_key(|&row| std::cmp::Reverse(gazetteer.profile(row).priority));
        mention.subtype = places.first().and_then(|&row| gazetteer.profile(row).subtype);
        mention.candidates = places;
    }
    mention
}
