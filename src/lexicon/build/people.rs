//! People whose offices make them public.

use super::{
    draft::Draft,
    source::{SourceError, Sources},
};

pub(super) fn read(sources: &Sources) -> Result<Vec<Draft>, SourceError> {
    let mut drafts = Vec::new();
    for thing in sources.table("public_persons")?.things()? {
        let thing = thing?;
        drafts.push(Draft {
            id: format!("local:{}", thing.id.replace(':', "-")),
            is_chosen: true,
            ..Draft::from_thing(&thing, "people/public", "person")
        });
    }
    Ok(drafts)
}
