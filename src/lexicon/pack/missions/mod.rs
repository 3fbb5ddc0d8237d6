//! The vocabulary of the relation `missions`.
//!
//! Read this file, then `cues.rs` for how a wording is met in a text, and `openings.rs` for where one may begin.

mod cues;
mod openings;

pub use cues::CueTable;

use super::WordSet;
use crate::text::{KeyMap, WordKey};
use serde::Deserialize;
use std::collections::BTreeMap;

/// `missions.toml`: wordings that tell of a mission.
///
/// A wording is one word or several, one behind the other, in lower case. A word that ends in `*` stands for all that
/// begin so; `<by>` stands for any member of the form of that name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "Written")]
pub struct MissionsWords {
    /// Wordings by what they tell.
    pub cues: CueTable,
    /// Prepositions before the place or body that a party comes from (`della`).
    pub of: WordSet,
    /// Prepositions before the place that it goes to (`in`).
    pub to: WordSet,
    /// Articles that are also a form of [`Self::of`] or [`Self::to`] (`der`, `a`).
    pub articles: WordSet,
    /// Prepositions before the body that a journey is made for (`per`).
    pub on_behalf_of: WordSet,
    /// Prepositions before those who go along (`con`).
    pub with: WordSet,
    /// Words that open what an agreement is about (`per`, `sulla`).
    pub about: WordSet,
    /// Articles of a subject, which no preposition hides in (`il`, `l'`).
    pub subject_articles: WordSet,
    /// Nouns that the length of a journey is counted in (`giorni`).
    pub days: WordSet,
    /// What follows a number in a word that tells the length of a journey (`tägig` in `viertägige`).
    pub day_stems: Vec<String>,
    /// Forms of being or staying somewhere (`sarà`).
    pub be: WordSet,
    /// Countries by the adjectives of them and of their regions, taken from the list of demonyms (`giapponese`).
    demonyms: KeyMap<Box<str>>,
}

impl MissionsWords {
    /// The country that an adjective is of.
    pub fn country_of(&self, adjective: impl Into<WordKey>) -> Option<&str> {
        self.demonyms.get(&adjective.into()).map(AsRef::as_ref)
    }

    /// Takes the adjectives of countries and regions that are one word.
    pub(super) fn add_demonyms<'d>(&mut self, demonyms: impl Iterator<Item = (&'d str, &'d str)>) {
        let single = demonyms.filter(|(form, country)| !form.contains(' ') && !country.is_empty());
        self.demonyms.extend(single.map(|(form, country)| (WordKey::of(form), country.into())));
    }
}

/// `missions.toml` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    of: WordSet,
    #[serde(default)]
    to: WordSet,
    #[serde(default)]
    articles: WordSet,
    #[serde(default)]
    on_behalf_of: WordSet,
    #[serde(default)]
    with: WordSet,
    #[serde(default)]
    about: WordSet,
    #[serde(default)]
    subject_articles: WordSet,
    #[serde(default)]
    days: WordSet,
    #[serde(default)]
    day_stems: Vec<String>,
    #[serde(default)]
    be: WordSet,
    /// Adverbs that may stand inside a wording of several words (`ha poi incontrato`).
    #[serde(default)]
    adverbs: Vec<String>,
    /// Words that may stand for one another, by the name that wordings call them by.
    #[serde(default)]
    forms: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    cues: BTreeMap<Cue, Vec<String>>,
}

impl TryFrom<Written> for MissionsWords {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let cues = CueTable::new(&written.cues, &written.forms, &written.adverbs)?;
        Ok(Self {
            cues,
            of: written.of,
            to: written.to,
            articles: written.articles,
            on_behalf_of: written.on_behalf_of,
            with: written.with,
            about: written.about,
            subject_articles: written.subject_articles,
            days: written.days,
            day_stems: written.day_stems,
            be: written.be,
            demonyms: KeyMap::default(),
        })
    }
}

/// What a wording tells of a mission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Cue {
    /// People who travel together on behalf of a body (`delegazione`).
    Party,
    /// People who came, on whose behalf ever (`gli ospiti`).
    Guest,
    /// Firms that show together abroad (`collettiva`, `padiglione`).
    Stand,
    /// A journey on behalf of a body (`missione`).
    Mission,
    /// A journey of any sort (`visita`, `viaggio`).
    Visit,
    /// Makes a journey official (`istituzionale`, `imprenditoriale`).
    Official,
    /// Makes it something else (`umanitaria`, `guidata`).
    Unofficial,
    /// Somebody goes, comes or is on the way.
    Travel,
    /// Somebody is away, or may be: too weak to tell of a journey alone (`ha trascorso`).
    Stay,
    /// Somebody takes others along: with those who go, it tells of a journey (`porterà dodici imprese a`).
    Bring,
    /// Somebody comes back: what follows was visited, and the day is the last.
    Return,
    /// Another journey than this one: the visit in return, the next mission.
    Aside,
    /// The first day of the journey (`inizia`, `al via`).
    Begin,
    /// Its last day (`si è conclusa`, `fino a`).
    End,
    /// Somebody receives somebody: the subject was met.
    Host,
    /// Somebody is received: who stands right behind it is the host (`ricevuta da`).
    Hosted,
    /// People or bodies meet; what follows is met.
    Meet,
    /// Opens who heads the party, behind it or before it (`guidata da`).
    Lead,
    /// Opens who takes part (`composta da`, `con lui`).
    Join,
    /// Somebody takes part in a fair or meeting: with firms and days, abroad, it tells of a journey (`partecipano al`).
    Attend,
    /// Says what the party is made of (`comprende`): what follows takes part, as behind [`Self::Join`], whatever its country.
    Makeup,
    /// Says how many a firm employs: its people travel nowhere (`dà lavoro a`).
    Staff,
    /// What is sent, and travels without anybody (`saluti`, `orders`).
    Message,
    /// Names some of those who were said before: of those who travel, unless hosts were spoken of (`among them`).
    Among,
    /// A heading over those who take part (`le imprese e gli enti`).
    Crew,
    /// Closes who takes part (`fanno parte della delegazione`): what stands before it travels along.
    Joined,
    /// Opens a list of meetings (`incontri`, `programma`).
    Schedule,
    /// Says who set the mission up (`promossa da`).
    Organize,
    /// Says who helped it from afar (`con il contributo di`).
    Support,
    /// Says who set it up with the sender or host, without travelling for that (`in collaborazione con`).
    Partner,
    /// Says where somebody has a seat, and not where the journey goes (`con sede a`).
    Seat,
    /// What is yet to come.
    Future,
    /// What is over.
    Past,
    /// What is going on.
    Present,
    /// Something that is signed (`protocollo d'intesa`).
    Agreement,
    /// The signing itself.
    Sign,
    /// Another subject altogether: a match, a funeral, an offer of a holiday.
    OtherTopic,
    /// A gathering that people travel to, and that is no mission (`convegno`).
    Gathering,
    /// Those whom the size of a party is counted in (`persone`, `imprese`).
    Member,
    /// An envoy, who is a party of one (`ambasciatore`, `console`).
    Envoy,
}
