//! The legal form that ends the name of a firm, in all its spellings: `S.r.l.`, `GmbH & Co`.

use super::Reader;
use crate::document::{Gap, TokenKind};

/// One past the legal form that begins at the token `at`, dotted or not.
pub(crate) fn form_end(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let forms = &reader.context.lexicon.packs.institution_heads.legal_forms;
    let mut letters = reader.word(at).to_owned();
    let mut end = at + 1;
    let mut longest = forms.contains_key(&letters).then_some(end);
    while reader.word(end) == "." && reader.token(end).is_some_and(|dot| dot.gap == Gap::None) {
        // The dot of `Ltd.` belongs to it, unless it ends the sentence.
        if longest == Some(end) && end + 1 < reader.sentence.end_token {
            longest = Some(end + 1);
        }
        let Some(next) = reader.token(end + 1).filter(|next| next.gap <= Gap::Blank && next.span.len() <= 3) else {
            break;
        };
        if next.kind != TokenKind::Word {
            break;
        }
        letters.push_str(reader.word(end + 1));
        end += 2;
        if forms.contains_key(&letters) {
            longest = Some(if reader.word(end) == "." { end + 1 } else { end });
        }
    }
    longest
}
