//! Towns behind the firms that are of them, where no list knows the town or it is somebody's name as well: `Alfa Pack srl di
//! Albino`, and in a series of firms whose towns stand in the same form.

use crate::{
    annotate::{
        Context, Evidence, Mention,
        names::{Reader, Seat, SeatForm, seat},
    },
    document::Sentence,
    lexicon::Subtype,
};

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
        // "A, de X, y B, de Y": nothing else stands so behind two firms.
        let is_apposed = group.iter().all(|firm| firm.seat.form == SeatForm::Apposed);
        let is_told = group.len() >= 2 && (is_apposed || group.iter().any(|firm| firm.seat.is_listed));
        let firms = group.iter().filter(|firm| may_be_seat(firm, is_told));
        found.extend(firms.filter_map(|firm| firm.seat.mention(&firm.reader)));
    }
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
            let is_announced = matches!(rule, "institutions/cue" | "firms/item" | "firms/enumeration");
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
        SeatForm::Apposed => is_told || firm.has_legal_form || is_listed,
        SeatForm::Bracket => is_told || is_listed || firm.has_legal_form,
        SeatForm::Of => {
            is_told && (is_listed || firm.is_announced) || firm.has_legal_form || is_listed && firm.is_announced
        }
        SeatForm::Comma | SeatForm::Dash => is_told || is_listed && firm.has_legal_form,
    }
}
