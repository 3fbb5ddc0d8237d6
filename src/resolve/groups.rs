//! Which mentions name the same thing: one row, one name, an acronym and its long form, a short form and the full one.

use super::linking::Links;
use crate::{
    annotate::{Mention, abbreviates},
    document::Document,
    lexicon::{EntryId, Kind, Lexicon, pack::Packs, pack::heads::Joint},
    text::WordKey,
};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

/// Sets of mentions, as a forest: each mention leads to the first of its set.
pub(super) struct Groups {
    lead: Vec<usize>,
}

impl Groups {
    fn new(n_mentions: usize) -> Self {
        Self { lead: (0..n_mentions).collect() }
    }

    /// The first mention of the set.
    pub fn lead(&self, mention: usize) -> usize {
        let mut at = mention;
        while self.lead[at] != at {
            at = self.lead[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.lead(one), self.lead(other));
        let (first, second) = (one.min(other), one.max(other));
        self.lead[second] = first;
        // Paths stay short: every set leads to its first mention within a few steps.
        self.lead[one] = first;
        self.lead[other] = first;
    }
}

/// Groups the mentions; `fullest` gives for each mention of a person the one that has its full name.
pub(super) fn group(
    document: &Document<'_>,
    mentions: &[Mention],
    links: &Links,
    fullest: &[usize],
    lexicon: &Lexicon,
) -> Groups {
    let mut groups = Groups::new(mentions.len());
    let text = document.as_str();
    let mut by_row: HashMap<(Kind, EntryId), usize> = HashMap::default();
    // First mentions of names that mean two things.
    let mut split: HashSet<usize> = HashSet::default();
    let mut by_name: HashMap<(Kind, String), usize> = HashMap::default();
    for (at, mention) in mentions.iter().enumerate().filter(|(_, mention)| is_thing(mention.kind)) {
        if fullest[at] != at {
            groups.join(at, fullest[at]);
            continue;
        }
        if let Some(row) = links.row[at] {
            let first = *by_row.entry((mention.kind, row)).or_insert(at);
            groups.join(first, at);
        }
        let first = *by_name.entry((mention.kind, key(mention.span.of(text)))).or_insert(at);
        // "San José, in Costa Rica, e San José in California": two of one name.
        let are_others = links.row[first] != links.row[at] && links.row[at].is_some();
        if are_others && links.is_told[first] && links.is_told[at] {
            split.insert(first);
        }
        if !(are_others && split.contains(&first)) {
            groups.join(first, at);
        }
    }
    acronyms(document, mentions, links, &mut groups, lexicon);
    short_forms(document, mentions, &mut groups, &lexicon.packs);
    shortened(document, mentions, &mut groups, &lexicon.packs);
    groups
}

/// Whether mentions of a kind name things.
pub(super) fn is_thing(kind: Kind) -> bool {
    !matches!(kind, Kind::Date | Kind::Amount | Kind::Sector)
}

/// A name without case, marks and doubled blanks.
pub(super) fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for character in name.chars() {
        if !character.is_alphanumeric() {
            if !key.is_empty() && !key.ends_with(' ') {
                key.push(' ');
            }
        } else if character.is_ascii() {
            key.push(character.to_ascii_lowercase());
        } else {
            key.extend(character.to_lowercase());
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// An acronym in brackets behind a long form or told as such, and a long form behind its acronym.
fn acronyms(document: &Document<'_>, mentions: &[Mention], links: &Links, groups: &mut Groups, lexicon: &Lexicon) {
    for (at, pair) in mentions.windows(2).enumerate() {
        if pair[0].kind == Kind::Institution
            && pair[1].kind == Kind::Institution
            && (are_pair(document, &pair[0], &pair[1], &lexicon.packs)
                || is_translated(document, mentions, links, at, lexicon))
        {
            groups.join(at, at + 1);
        }
    }
}

/// Whether two neighbors are the long and the short form of one name, in either order.
fn are_pair(document: &Document<'_>, one: &Mention, other: &Mention, packs: &Packs) -> bool {
    let text = document.as_str();
    let between = text[one.span.end()..other.span.start()].trim();
    let (one, other) = (one.span.of(text), other.span.of(text));
    let is_bracket = between == "(" || between == "[";
    let is_apposition = matches!(between, "-" | "–" | "—" | ",") || between.starts_with(',') && between.len() <= 5;
    is_bracket && (abbreviates(other, one) || abbreviates(one, other))
        || is_apposition && is_acronym(one) && abbreviates(one, other) && !between.is_empty()
        || is_acronym(other) && abbreviates(other, one) && packs.institution_heads.is_alias(between)
}

/// Fewest words of a name that has the acronym of another language.
const MIN_TRANSLATED: usize = 3;

/// Whether the bracket right behind the name at `long` holds nothing but an acronym whose letters are those of another language
/// (`Autorità del sistema informativo estone (RIA)`). An acronym that the lists know is that of a body of the same sort abroad: one
/// of our own country would have the letters of the name, and is the parent's (`Istituto di Biofisica (CNR)`).
fn is_translated(document: &Document<'_>, mentions: &[Mention], links: &Links, long: usize, lexicon: &Lexicon) -> bool {
    let (text, short) = (document.as_str(), long + 1);
    let [name, acronym] = [long, short].map(|at| mentions[at].span);
    let is_enclosed = text[name.end()..acronym.start()].trim() == "(" && text[acronym.end()..].starts_with(')');
    if !is_enclosed || !is_acronym(acronym.of(text)) || name.of(text).split_whitespace().count() < MIN_TRANSLATED {
        return false;
    }
    let gazetteer = &lexicon.gazetteer;
    let sentence = document.sentences.partition_point(|sentence| sentence.span.end() <= name.start());
    let home = document.sentences.get(sentence).map_or(&[][..], |sentence| &sentence.pack.institutions.territories);
    let mut readings = gazetteer.spelling(acronym.of(text)).into_iter().flat_map(|name| gazetteer.readings(name));
    if readings.any(|reading| home.iter().any(|home| home == gazetteer.profile(reading.entry).country)) {
        return false;
    }
    let profile = |at: usize| links.row[at].map(|row| gazetteer.profile(row));
    profile(short).is_none_or(|listed| {
        listed.subtype == mentions[long].subtype && profile(long).is_none_or(|long| long.country == listed.country)
    })
}

fn is_acronym(name: &str) -> bool {
    name.chars().filter(|c| c.is_uppercase()).count() >= 2 && !name.contains(' ')
}

/// A short form joins the one longer name that it begins, where the rest begins with `of` or `and`
/// (`Consiglio superiore`, `Consiglio Superiore della Magistratura`), or that ends with it behind `of` (`Corte di Cassazione`).
fn short_forms(document: &Document<'_>, mentions: &[Mention], groups: &mut Groups, packs: &Packs) {
    let text = document.as_str();
    let mut names: HashMap<String, usize> = HashMap::default();
    for (at, mention) in mentions.iter().enumerate().filter(|(_, mention)| mention.kind == Kind::Institution) {
        names.entry(key(mention.span.of(text))).or_insert(at);
    }
    let is_joint = |word: &str| {
        let of_language = |language: &crate::lexicon::pack::heads::Grammar| {
            matches!(language.joint(word).or_else(|| language.joint(&format!("{word}'"))), Some(Joint::Of | Joint::And))
        };
        packs.institution_heads.languages.iter().any(of_language)
    };
    // By the short form: the long names that it stands for; only a single one counts.
    let mut fuller: HashMap<usize, Vec<usize>> = HashMap::default();
    for (long, &at) in &names {
        let words: Vec<&str> = long.split(' ').collect();
        for cut in 2..words.len() {
            let opening = || names.get(&words[..cut].join(" ")).filter(|_| is_joint(words[cut]));
            let closing = || names.get(words[cut]).filter(|_| cut + 1 == words.len() && is_joint(words[cut - 1]));
            let is_alike = |short: &usize| mentions[*short].subtype == mentions[at].subtype;
            for &short in opening().into_iter().chain(closing().filter(|short| is_alike(short))) {
                fuller.entry(short).or_default().push(at);
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (short, longs) in fuller {
        let first = groups.lead(longs[0]);
        if longs.iter().all(|&long| groups.lead(long) == first) {
            pairs.push((short, first));
        }
    }
    pairs.sort_unstable();
    for (short, long) in pairs {
        groups.join(short, long);
    }
}

/// Fewest words of a name, joints aside, that may do without its joints.
const MIN_CONTENT: usize = 3;
/// Longest article or preposition that an apostrophe ends, in bytes (`dell'`).
const MAX_ELIDED: usize = 6;

/// Names that differ in their joints (`Camera di Commercio della Toscana`, `Camera di Commercio Toscana`), and those the first words of
/// which stand by their initials (`Azienda Ospedaliero Universitaria di Ferrara`, `AOU di Ferrara`).
fn shortened(document: &Document<'_>, mentions: &[Mention], groups: &mut Groups, packs: &Packs) {
    let text = document.as_str();
    let is_joint = |word: &&str| {
        let elided = (word.len() <= MAX_ELIDED).then(|| WordKey::of(&format!("{word}'")));
        packs.institution_heads.languages.iter().any(|language| {
            let joint = language.joint(*word).or_else(|| language.joint(elided?));
            matches!(joint, Some(Joint::Of | Joint::And | Joint::Article))
        })
    };
    let content = |name: &str| name.split(' ').filter(|word| !is_joint(word)).collect::<Vec<_>>().join(" ");
    // The first mention of each name.
    let mut known: HashMap<String, usize> = HashMap::default();
    let mut short: Vec<usize> = Vec::new();
    for (at, mention) in mentions.iter().enumerate().filter(|(_, mention)| mention.kind == Kind::Institution) {
        let name = mention.span.of(text);
        let Some((first, _)) = name.split_once(' ') else { continue };
        if (2..=MAX_INITIALS).contains(&first.len()) && first.chars().all(char::is_uppercase) {
            short.push(at);
        }
        // Most names are too short, and told at a look.
        if name.chars().filter(|character| !character.is_alphanumeric()).count() < MIN_CONTENT - 1 {
            continue;
        }
        let content = content(&key(name));
        if content.split(' ').count() < MIN_CONTENT {
            continue;
        }
        let first = *known.entry(content).or_insert(at);
        groups.join(first, at);
    }
    if short.is_empty() {
        return;
    }
    let mut names: Vec<(String, usize)> = known.into_iter().collect();
    names.sort_unstable_by_key(|&(_, at)| at);
    let mut by_initials: HashMap<String, usize> = HashMap::default();
    for (content, at) in names {
        let words: Vec<&str> = content.split(' ').collect();
        for n_letters in 2..=MAX_INITIALS.min(words.len() - 1) {
            let initials = words[..n_letters].iter().filter_map(|word| word.chars().next());
            let short = initials.chain(" ".chars()).collect::<String>() + &words[n_letters..].join(" ");
            by_initials.entry(short).or_insert(at);
        }
    }
    for at in short {
        if let Some(&long) = by_initials.get(&content(&key(mentions[at].span.of(text)))) {
            groups.join(long, at);
        }
    }
}

/// Most letters of the initials that stand for the first words of a name.
const MAX_INITIALS: usize = 6;

/// How a word is cased by its letters, for names that are whole mentions.
pub(super) fn is_capitals(name: &str) -> bool {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    letters().count() > 3 && letters().all(char::is_uppercase)
}
