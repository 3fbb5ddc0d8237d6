//! Sports clubs that are called by their town: `il Parma ha pareggiato`, `Lecce-Parma 2-1`, `contro il Bari`.
//!
//! A town takes no article in most languages, a club does; without an article it needs a score, an opponent, other clubs
//! beside it, or a club that the lists know by the name of the town. Each needs words of sport near it.

use crate::{
    annotate::{Confidence, Context, Mention},
    document::{Case, Document, Gap, Sentence, TokenKind},
    lexicon::{Kind, Lookup, NameId, Subtype, pack::WordSet},
};
use std::collections::HashSet;

/// Name of this part of the rule.
pub(super) const RULE_NAME: &str = "institutions/club";

/// Priority from which a town is large enough to have a club that is called by its name.
const MIN_PRIORITY: i16 = 50;

/// Words of sport in a release from which one in the sentence is not needed.
const MANY_CUES: usize = 3;

/// A name of the lists that a town has, a club, or both: tokens `first..end`.
#[derive(Debug, Clone, Copy)]
struct Site<'c> {
    lookup: &'c Lookup,
    sentence: &'c Sentence<'c>,
    first: usize,
    end: usize,
    /// A region has the name, and no town: only an article that the region does not take tells the club.
    is_region: bool,
    /// Only a club has the name.
    is_listed: bool,
    /// A town has the name, and a club that the lists call by it.
    is_shared: bool,
    is_club: bool,
}

/// Finds the clubs of a release that are called by their town.
pub(super) fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    let document = context.document;
    let n_cues: usize = document.sentences.iter().map(|sentence| count_cues(document, sentence)).sum();
    // Every club needs a word of sport: most releases have none, and their names need not be read for it.
    if n_cues == 0 {
        return;
    }
    let has_many = n_cues >= MANY_CUES;
    let mut sites = sites(context);
    for at in 0..sites.len() {
        if sites[at].is_listed {
            continue;
        }
        sites[at].is_club = if has_sign(document, &sites, at) {
            has_cue(document, &sites[at]) || has_many
        } else {
            sites[at].is_shared
                && !is_of_town(document, &sites, at)
                && speaks_of_clubs(document, &sites, at)
                && has_many
        };
    }
    if sites.iter().all(|site| !site.is_club) {
        return;
    }
    spread_in_series(document, &mut sites);
    spread_by_name(document, &mut sites);
    for site in sites.iter().filter(|site| site.is_club && !site.is_listed) {
        let mut mention = Mention::new(site.lookup.span, Kind::Institution, RULE_NAME, Confidence::percent(80));
        mention.subtype = Some(Subtype::Other);
        found.push(mention);
    }
}

/// A club makes clubs of the towns that stand in one series with it.
fn spread_in_series(document: &Document<'_>, sites: &mut [Site<'_>]) {
    let mut first = 0;
    while first < sites.len() {
        let mut last = first;
        while last + 1 < sites.len() && are_in_series(document, &sites[last], &sites[last + 1]) {
            last += 1;
        }
        let chain = &mut sites[first..=last];
        let opens_as_place = is_at(document, &chain[0]);
        if chain.len() > 1 && chain.iter().any(|site| site.is_club) && !opens_as_place && has_cue(document, &chain[0]) {
            chain.iter_mut().for_each(|site| site.is_club = true);
        }
        first = last + 1;
    }
}

/// A club that is named once has its name in other sentences on sport too, unless a preposition says that the town is meant.
fn spread_by_name(document: &Document<'_>, sites: &mut [Site<'_>]) {
    let clubs: HashSet<NameId> = sites.iter().filter(|site| site.is_club).map(|site| site.lookup.name).collect();
    for site in sites.iter_mut().filter(|site| !site.is_club && clubs.contains(&site.lookup.name)) {
        site.is_club = !is_behind(document, site, &site.sentence.pack.places.before) && has_cue(document, site);
    }
}

/// The names of towns and clubs in sentences of languages with words of sport, in order.
fn sites<'c>(context: &Context<'c>) -> Vec<Site<'c>> {
    let document = context.document;
    let mut sites = Vec::new();
    let mut lookups = context.lookups.iter().peekable();
    for sentence in &document.sentences {
        let is_told = !sentence.pack.institutions.clubs.cues.is_empty();
        while let Some(lookup) = lookups.next_if(|lookup| lookup.span.start() < sentence.span.end()) {
            if let Some([is_region, is_listed, is_shared]) = sort(context, lookup).filter(|_| is_told) {
                let first = document.token_at(lookup.span.start());
                let end = document.token_at(lookup.span.end() - 1) + 1;
                // `il Castello di …`, `il Terzo mondo`: a common word in capitals.
                if (first..end).any(|at| is_common(context, sentence, at)) {
                    continue;
                }
                sites.push(Site { lookup, sentence, first, end, is_region, is_listed, is_shared, is_club: is_listed });
            }
        }
    }
    sites
}

fn is_common(context: &Context<'_>, sentence: &Sentence<'_>, at: usize) -> bool {
    let zipfs = context.lexicon.common_words.of(&sentence.pack.code);
    zipfs.and_then(|zipfs| zipfs.get(context.document.tokens[at].key)).is_some_and(|zipf| zipf >= 3.0)
}

/// Whether a name is that of a region and no town, whether it is that of a body alone, and whether town and body share it;
/// none for other names.
fn sort(context: &Context<'_>, lookup: &Lookup) -> Option<[bool; 3]> {
    let gazetteer = &context.lexicon.gazetteer;
    let (mut is_town, mut is_region, mut is_body) = (false, false, false);
    for reading in gazetteer.readings(lookup.name) {
        let entry = gazetteer.profile(reading.entry);
        match (entry.kind, entry.subtype) {
            (Kind::Place, Some(Subtype::Country)) => return None,
            (Kind::Place, Some(Subtype::City)) => is_town |= entry.priority >= MIN_PRIORITY,
            (Kind::Place, _) => is_region = true,
            (Kind::Institution, Some(Subtype::Other)) => is_body = true,
            _ => {}
        }
    }
    let is_place = is_town || is_region;
    (is_town || is_body).then_some([is_region && !is_town, is_body && !is_place, is_body && is_place])
}

/// Whether nothing but a comma, `and`, a number or a hyphen stands between two names.
fn are_in_series(document: &Document<'_>, one: &Site<'_>, other: &Site<'_>) -> bool {
    let and = &one.sentence.pack.institutions.joints.and;
    one.sentence.first_token == other.sentence.first_token
        && (1..=4).contains(&other.first.saturating_sub(one.end))
        && document.tokens[one.end..other.first].iter().all(|token| {
            let word = document.word(token);
            token.kind == TokenKind::Number
                || matches!(word, "," | "-" | "–" | "(" | ")")
                || and.iter().any(|and| and == word)
        })
}

/// Whether something beside the name says that a club is meant.
fn has_sign(document: &Document<'_>, sites: &[Site<'_>], at: usize) -> bool {
    let site = &sites[at];
    let words = &site.sentence.pack.institutions.clubs;
    let goes_on =
        || document.tokens.get(site.end).is_some_and(|next| next.gap == Gap::Blank && next.case == Case::Title);
    let is_articled = || {
        !site.is_region && is_behind(document, site, &words.articles)
            || is_behind(document, site, &words.doubtful_articles) && has_cue(document, site)
    };
    let is_held = || is_behind_office(document, site) && !goes_on();
    is_articled() && !goes_on()
        || is_of_player(document, site)
        || is_behind(document, site, &words.opponents)
        || has_score(document, sites, at)
        || is_held()
}

/// Whether a player or coach stands before the name with an article in between (`il portiere della Lazio`): regions and towns
/// have none.
fn is_of_player(document: &Document<'_>, site: &Site<'_>) -> bool {
    let words = &site.sentence.pack.institutions.clubs;
    let people = &site.sentence.pack.people;
    let is_articled = is_behind(document, site, &words.articles) || is_behind(document, site, &words.doubtful_articles);
    let player = site.first.checked_sub(2).filter(|&player| player >= site.sentence.first_token);
    is_articled
        && player.is_some_and(|player| {
            document.tokens[player].case == Case::Lower
                && words.cues.contains(document.tokens[player].key)
                && people.offices.end_at(document.as_str(), &document.tokens, player).is_some()
        })
}

/// Whether an office in small letters stands right before the name (`vicepresidente Milan`): that of a town would have `of`.
fn is_behind_office(document: &Document<'_>, site: &Site<'_>) -> bool {
    let Some(last) = site.first.checked_sub(1).filter(|&last| last > site.sentence.first_token) else { return false };
    let people = &site.sentence.pack.people;
    document.tokens[last].case == Case::Lower
        && !people.nouns_are_capital
        && !people.adjectives_lead
        && people
            .offices
            .end_at(document.as_str(), &document.tokens, last)
            .is_some_and(|(first, _)| first >= site.sentence.first_token)
}

/// Whether the sentence of a name has a word of sport or a name that only a club has.
fn speaks_of_clubs(document: &Document<'_>, sites: &[Site<'_>], at: usize) -> bool {
    let first = sites[at].sentence.first_token;
    let start = sites[..at].iter().rposition(|site| site.sentence.first_token != first).map_or(0, |last| last + 1);
    let mut inside = sites[start..].iter().take_while(|site| site.sentence.first_token == first);
    has_cue(document, &sites[at]) || inside.any(|site| site.is_listed)
}

/// Whether a preposition of place stands before the name, and no word of a contest before that (`davanti a`).
fn is_at(document: &Document<'_>, site: &Site<'_>) -> bool {
    let words = &site.sentence.pack;
    let is_of_contest = || {
        let word = site.first.checked_sub(2).filter(|&word| word >= site.sentence.first_token);
        word.is_some_and(|word| words.institutions.clubs.opponents.contains(document.tokens[word].key))
    };
    is_behind(document, site, &words.places.before) && !is_of_contest()
}

/// Whether a preposition of place or a bare `of` before the name or its series, or a word that goes on, says that the town is
/// meant.
fn is_of_town(document: &Document<'_>, sites: &[Site<'_>], at: usize) -> bool {
    let mut opening = at;
    while opening > 0 && are_in_series(document, &sites[opening - 1], &sites[opening]) {
        opening -= 1;
    }
    let site = &sites[at];
    let before = site.first.checked_sub(1).map(|before| document.word(&document.tokens[before]));
    let is_of = before.is_some_and(|word| site.sentence.pack.institutions.joints.bare.iter().any(|of| of == word));
    let goes_on = document.tokens.get(site.end).is_some_and(|next| next.gap == Gap::Blank && next.case == Case::Title);
    is_of || goes_on || is_at(document, site) || is_at(document, &sites[opening])
}

/// Whether one of `words` stands before the name.
fn is_behind(document: &Document<'_>, site: &Site<'_>, words: &WordSet) -> bool {
    let Some(before) = site.first.checked_sub(1).filter(|&before| before >= site.sentence.first_token) else {
        return false;
    };
    // A capital opens the sentence, or the word is a name's.
    let token = &document.tokens[before];
    (token.case != Case::Title || before == site.sentence.first_token) && words.contains(token.key)
}

/// Whether the name stands in a score: `A-B 2-1`, `A 2-1 B`.
fn has_score(document: &Document<'_>, sites: &[Site<'_>], at: usize) -> bool {
    let site = &sites[at];
    let is_number = |at: usize| {
        document.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number && token.span.len() <= 3)
    };
    let is_dash =
        |at: usize| document.tokens.get(at).is_some_and(|token| matches!(document.word(token), "-" | "–" | ":"));
    let is_result = |at: usize| is_number(at) && is_dash(at + 1) && is_number(at + 2);
    let is_pair = |one: &Site<'_>, other: &Site<'_>| is_dash(one.end) && other.first == one.end + 1;
    let next = sites.get(at + 1);
    let last = at.checked_sub(1).map(|last| &sites[last]);
    last.is_some_and(|last| {
        is_pair(last, site) && is_result(site.end) || is_result(last.end) && site.first == last.end + 3
    }) || next.is_some_and(|next| {
        is_pair(site, next) && is_result(next.end) || is_result(site.end) && next.first == site.end + 3
    })
}

/// Whether the sentence of the name speaks of sport.
fn has_cue(document: &Document<'_>, site: &Site<'_>) -> bool {
    count_cues(document, site.sentence) > 0
}

fn count_cues(document: &Document<'_>, sentence: &Sentence<'_>) -> usize {
    let cues = &sentence.pack.institutions.clubs.cues;
    document
        .tokens_of(sentence)
        .iter()
        .filter(|token| token.kind == TokenKind::Word && cues.contains(token.key))
        .count()
}
