//! Later mentions of people whom the first pass established: by surname, by given name, in capitals.

use super::{Reader, holders, surname_first};
use crate::{
    annotate::{Confidence, Context, Evidence, Mention},
    lexicon::{Kind, Lookup, pack::WordClass},
    text::{
        KeyMap, Span, WordKey,
        words::{Case, Gap, Token, TokenKind, tokenize},
    },
};

/// Single words below this, in hundredths, found nobody else.
const SURE: Confidence = Confidence::percent(60);

/// Small words of a surname that stand before any noun, too.
const OF_THE_LANGUAGE: WordClass =
    WordClass::OF.with(WordClass::LOCATIVE).with(WordClass::ARTICULATED).with(WordClass::ARTICLE);

/// Bytes between a full name and the surname that stands for it without doubt, at most.
const SHORTLY: usize = 250;

/// A short form of an established name.
#[derive(Debug, Clone)]
struct Short {
    /// Its words.
    words: Vec<WordKey>,
    /// Whether it is a given name.
    is_given: bool,
    /// How sure it is that the full name is a person's; an echo is never surer.
    confidence: Confidence,
}

/// The words of a name; hyphens and apostrophes tie.
fn words_of(name: &str) -> Vec<&str> {
    let tokens = tokenize(name);
    let mut words: Vec<Span> = Vec::new();
    for token in &tokens {
        let ties = token.gap == Gap::None && !words.is_empty() && token.span.of(name) != ".";
        match words.last_mut() {
            Some(last) if ties => *last = last.cover(token.span),
            _ if token.kind == TokenKind::Word => words.push(token.span),
            _ => {}
        }
    }
    words.into_iter().map(|span| span.of(name)).collect()
}

/// Short forms by their first word.
type Shorts = KeyMap<Vec<Short>>;

fn shorts(context: &Context<'_>) -> Shorts {
    let text = context.document.as_str();
    let eastern = surname_first(context);
    let mut shorts = Shorts::default();
    let mut add = |words: &[&str], is_given: bool, confidence: Confidence| {
        let n_letters = words.iter().map(|word| word.chars().count()).sum::<usize>();
        let words: Vec<WordKey> = words.iter().flat_map(|word| tokenize(word)).map(|token| token.key).collect();
        let Some(first) = words.first() else { return };
        // "Carlo I": a letter stands for nobody.
        if words.len() == 1 && n_letters == 1 {
            return;
        }
        let known = shorts.entry(*first).or_default();
        match known.iter_mut().find(|short| short.words == words) {
            Some(short) => short.confidence = short.confidence.max(confidence),
            None => known.push(Short { words, is_given, confidence }),
        }
    };
    for person in context.established.iter().filter(|mention| mention.kind == Kind::Person) {
        let name = person.span.of(text);
        let words = words_of(name);
        let [first, rest @ ..] = &words[..] else { continue };
        let is_surname = || {
            let endings = &context.lexicon.packs.undetermined().people.surname_endings;
            context
                .lexicon
                .name_parts
                .get(*first)
                .map_or_else(|| endings.of(first).next().is_some(), |part| part.is_surname)
        };
        if rest.is_empty() && (first.chars().count() == 1 || person.confidence < SURE && !is_surname()) {
            continue;
        }
        add(&words, false, person.confidence);
        if rest.is_empty() {
            continue;
        }
        let part = context.lexicon.name_parts.get(*first);
        let is_eastern = part.is_some_and(|part| part.surname_origins & eastern != 0)
            && !(part.is_some_and(|p| p.is_given) && rest.len() == 1 && !rest[0].contains('-'));
        let is_particle = |word: &str| context.document.pack.people.class(word).is(WordClass::PARTICLE);
        let mut from = rest.len() - 1;
        while from > 0 && is_particle(rest[from - 1]) {
            from -= 1;
        }
        add(&rest[from..], false, person.confidence);
        // "Assad" for Bashar al-Assad
        let bare = rest[rest.len() - 1].split_once('-').filter(|(article, name)| {
            is_particle(article) && article.chars().all(char::is_lowercase) && name.starts_with(char::is_uppercase)
        });
        if let Some((_, name)) = bare {
            add(&[name], false, person.confidence);
        }
        // "Quesada" for María Quesada Zúñiga: of two surnames the first alone.
        let is_only_given =
            |word: &str| context.lexicon.name_parts.get(word).is_some_and(|part| part.is_given && !part.is_surname);
        if rest.len() == 2 && from == 1 && !is_eastern && !is_only_given(rest[0]) && !is_particle(rest[0]) {
            add(&rest[..1], false, person.confidence);
        }
        if is_eastern {
            add(&[first], false, person.confidence);
            // "Thao" for Nguyen Van Thao
            add(&rest[rest.len() - 1..], false, person.confidence);
        }
        // "Tapia y Franco", "Tapia" for Juan Tapia y Franco
        let joints = &context.document.pack.people.surname_joints;
        if let Some(joint) = (1..rest.len()).find(|&at| joints.contains(&WordKey::of(rest[at]))) {
            add(&rest[joint - 1..], false, person.confidence);
            add(&rest[joint - 1..joint], false, person.confidence);
            continue;
        }
        if from >= 2 || rest.len() >= 2 && from == rest.len() - 1 && from >= 1 {
            add(&rest[from - 1..], false, person.confidence);
        }
        if part.is_some_and(|part| part.is_given) && !is_eastern {
            add(&[first], true, person.confidence);
        }
    }
    shorts
}

/// Finds the short forms of established names in their other places.
pub(super) fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    holders::find(context, found);
    let shorts = shorts(context);
    if shorts.is_empty() {
        return;
    }
    let eastern = surname_first(context);
    for sentence in &context.document.sentences {
        let reader = Reader::new(context, sentence, eastern);
        let mut at = sentence.first_token;
        while at < sentence.end_token {
            let token = &reader.tokens[at];
            // "van den Berg": two small words, where the first means nothing else here.
            let has_capital = |at: usize| reader.token(at).is_some_and(|token| token.case.is_capital());
            let is_name_only = || !reader.words.class(token.key).is_any(OF_THE_LANGUAGE);
            let is_near = token.kind == TokenKind::Word && (at..at + 3).any(has_capital);
            let is_whole =
                |&(_, end): &(&Short, usize)| (at..at + 2).any(has_capital) || is_name_only() || reader.acts(at, end);
            let known = if is_near { reader.short_at(&shorts, at).filter(is_whole) } else { None };
            let Some((short, end)) = known else {
                at += 1;
                continue;
            };
            if let Some(confidence) = reader.echo_confidence(&shorts, short, at, end) {
                found.push(reader.mention(reader.span(at, end), "people/echo", confidence));
            }
            at = end;
        }
    }
}

impl Reader<'_> {
    fn short_at<'s>(&self, shorts: &'s Shorts, at: usize) -> Option<(&'s Short, usize)> {
        let known = shorts.get(&self.token(at)?.key)?;
        let longest = known.iter().filter(|short| self.is_short_at(short, at)).max_by_key(|short| short.words.len())?;
        Some((longest, at + longest.words.len()))
    }

    fn is_short_at(&self, short: &Short, at: usize) -> bool {
        let end = at + short.words.len();
        end <= self.sentence.end_token
            && self.tokens[at..end].iter().zip(&short.words).all(|(token, word)| token.key == *word)
            && self.tokens[at..end].iter().any(|token| token.case.is_capital())
    }

    /// How sure it is that a short form means the person; none where it means something else.
    fn echo_confidence(&self, shorts: &Shorts, short: &Short, first: usize, end: usize) -> Option<Confidence> {
        let last = &self.tokens[end - 1];
        if !last.case.is_capital() || self.is_tied(first, end) {
            return None;
        }
        let span = self.span(first, end);
        if short.words.len() > 2 {
            return Some(short.confidence);
        }
        if self.is_named_after(first) || self.is_part_of_longer(first, end) || self.is_where(first, end) {
            return None;
        }
        // "le maire de Wavre" beside Hugues de Wavre: the office has its town.
        if short.words.len() > 1 && self.words.class(self.key(first)).is(WordClass::OF) && self.governs_place(first) {
            return None;
        }
        if self.may_be_place(span) && self.is_beside_town(shorts, first, end) {
            return None;
        }
        // "Van Delft": a town in it is none.
        let covers = |lookup: &Lookup| short.words.len() == 1 || lookup.span.contains(span);
        let is_listed =
            |lookup: &Lookup| covers(lookup) && matches!(self.kind_of(lookup), Some(kind) if kind != Kind::Person);
        if self.is_whence(span, first) {
            return None;
        }
        let is_place = self.lookups(span).any(is_listed);
        let is_common = short.words.len() == 1
            && self
                .context
                .lexicon
                .common_words
                .zipf(self.word(first), &self.sentence.pack.code)
                .is_some_and(|zipf| zipf >= 3.0);
        let is_date = self.is_date(span);
        if is_date && !self.is_deed_of_people(end) && !self.follows_subject(end) {
            return None;
        }
        let needs_proof = is_date
            || is_place
            || is_common && (self.begins_sentence(first) || self.words.nouns_are_capital || self.is_capitals);
        if needs_proof && !self.acts_as_person(shorts, first, end, is_place) {
            return None;
        }
        let percent = match (needs_proof, short.is_given) {
            (true, _) => 80,
            (false, true) => 70,
            (false, false) => 94,
        };
        Some(Confidence::percent(percent).min(short.confidence))
    }

    /// Whether an established date is the stretch (`März` behind Gerlinde März).
    fn is_date(&self, span: Span) -> bool {
        let established = self.context.established;
        let at = established.partition_point(|mention| mention.span.start() < span.start());
        established.get(at).is_some_and(|mention| mention.kind == Kind::Date && mention.span == span)
    }

    /// Whether a preposition that only places have stands before the stretch (`in Landeck`): nobody is stood in.
    fn is_where(&self, first: usize, end: usize) -> bool {
        let places = &self.sentence.pack.places;
        let Some(before) = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token) else {
            return false;
        };
        let key = self.key(before);
        let has_owned = matches!(self.word(end), "'" | "’" | "'s" | "’s");
        end == first + 1
            && !places.before_somebody.is_empty()
            && places.before.contains(key)
            && !places.before_somebody.contains(key)
            && !has_owned
    }

    /// Whether a town bears the name and stands where one begins a phrase of its own (`la fiera, a Melfi`, `«Da Augusta a Gela`).
    fn is_whence(&self, span: Span, first: usize) -> bool {
        let Some(before) = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token) else {
            return false;
        };
        // "La missione parte da Prato": nor does one leave from somebody.
        let opens = || {
            before == self.sentence.first_token
                || matches!(self.word(before - 1), "," | "(" | "«" | "“" | "\"" | ";" | ":")
                || self.sentence.pack.places.motion.contains(self.key(before - 1))
        };
        let gazetteer = &self.context.lexicon.gazetteer;
        let is_town = |lookup: &Lookup| {
            let mut rows = gazetteer.readings(lookup.name).map(|reading| gazetteer.profile(reading.entry));
            lookup.span == span && rows.any(|row| row.kind == Kind::Place && row.priority >= super::VILLAGE)
        };
        self.sentence.pack.places.before.contains(self.key(before)) && opens() && self.lookups(span).any(is_town)
    }

    /// Whether hyphens or apostrophes tie the stretch to other words.
    fn is_tied(&self, first: usize, end: usize) -> bool {
        let is_word = |token: &Token| token.kind == TokenKind::Word;
        let tied_behind = self.word(end) == "-"
            && self.tokens[end].gap == Gap::None
            && self.token(end + 1).is_some_and(|next| next.gap == Gap::None && is_word(next));
        let before = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        let tied_before = self.tokens[first].gap == Gap::None
            && before.is_some_and(|before| self.word(before) == "-" && self.tokens[before].gap == Gap::None);
        tied_behind || tied_before
    }

    /// Whether a word right before names a thing after a person (`via Bianchi`).
    fn is_named_after(&self, first: usize) -> bool {
        let before = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        let traps = WordClass::STREET.with(WordClass::AWARD).with(WordClass::NAMED_AFTER).with(WordClass::SAINT);
        before.is_some_and(|before| self.words.class(self.key(before)).is_any(traps))
    }

    /// Whether capitalized words right beside it make it part of another name.
    fn is_part_of_longer(&self, first: usize, end: usize) -> bool {
        let before = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        let is_name = |at: usize| {
            self.token(at).is_some_and(|token| token.kind == TokenKind::Word && token.case.is_capital())
                && self
                    .context
                    .lexicon
                    .name_parts
                    .get(self.word(at))
                    .is_some_and(|part| part.is_given || part.is_surname)
        };
        if self.is_capitals {
            return false;
        }
        let joins_behind = self.token(end).is_some_and(|next| {
            next.kind == TokenKind::Word && next.case.is_capital() && next.gap != Gap::None && next.gap < Gap::Line
        });
        let joins_before = before.is_some_and(|before| {
            is_name(before)
                && !self.begins_sentence(before)
                && self.title_before(first).is_none()
                && self.tokens[first].gap != Gap::None
        });
        joins_behind || joins_before
    }

    /// Whether a word that could be something else does here what people do.
    fn acts_as_person(&self, shorts: &Shorts, first: usize, end: usize, is_place: bool) -> bool {
        let does = || self.opens_clause(first) && (self.is_deed_of_people(end) || self.has_done(end));
        if self.acts(first, end)
            || self.title_before(first).is_some()
            || (!self.is_town(first, end) || self.is_just_named(first, end)) && does()
        {
            return true;
        }
        let before = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        let class = before.map_or(WordClass::NONE, |before| self.words.class(self.key(before)));
        if is_place
            && (class.is_any(WordClass::LOCATIVE.with(WordClass::ARTICULATED).with(WordClass::ARTICLE))
                || self.is_marked_place(first))
        {
            return false;
        }
        if is_place && class.is(WordClass::OF) {
            return before.is_some_and(|of| !self.governs_place(of));
        }
        let has_verb = self.words.class(self.key(end)).is(WordClass::FOLLOWS_SUBJECT);
        let is_listed = self.words.class(self.key(end)).is(WordClass::AND) && self.short_at(shorts, end + 1).is_some();
        // "Bergheim, Valle et Dahl": beside the surname of another, which is no town.
        let is_surname = |at: usize| {
            self.short_at(shorts, at).is_some_and(|(short, behind)| !short.is_given && !self.is_town(at, behind))
        };
        let is_in_list = || {
            self.word(end) == "," && is_surname(end + 1)
                || before.is_some_and(|comma| {
                    self.word(comma) == "," && comma > self.sentence.first_token && is_surname(comma - 1)
                })
        };
        if is_in_list() {
            return true;
        }
        let is_subject = (self.begins_sentence(first) || class.is(WordClass::AND)) && (has_verb || is_listed);
        let follows_verb = class.is(WordClass::PRECEDES_PERSON) && !class.is(WordClass::OF);
        // "ha rassicurato Prato": a place has a preposition, a person as object has none.
        let is_object = is_place
            && !self.words.nouns_are_capital
            && !self.begins_sentence(first)
            && before.is_some_and(|before| self.tokens[before].case == Case::Lower && class == WordClass::NONE);
        is_subject || follows_verb || is_object || self.is_beside_person(first, end)
    }

    /// Whether the lists know the stretch as a place: towns receive guests and win, too.
    fn is_town(&self, first: usize, end: usize) -> bool {
        self.lookups(self.span(first, end)).any(|lookup| self.kind_of(lookup) == Some(Kind::Place))
    }

    /// Whether a place of the lists bears the name, however weak.
    fn may_be_place(&self, span: Span) -> bool {
        let gazetteer = &self.context.lexicon.gazetteer;
        let is_place = |lookup: &Lookup| {
            gazetteer.readings(lookup.name).any(|reading| gazetteer.profile(reading.entry).kind == Kind::Place)
        };
        self.lookups(span).any(|lookup| lookup.span == span && is_place(lookup))
    }

    /// Whether a listed place that is nobody's name is joined to the stretch (`Gijón y Avilés`).
    fn is_beside_town(&self, shorts: &Shorts, first: usize, end: usize) -> bool {
        let is_inside = |at: &usize| (self.sentence.first_token..self.sentence.end_token).contains(at);
        let is_and = |at: usize| self.words.class(self.key(at)).is(WordClass::AND);
        let is_name = |at: usize| is_inside(&at) && self.tokens[at].case.is_capital();
        let is_only_town = |at: usize| is_name(at) && self.short_at(shorts, at).is_none() && self.is_town(at, at + 1);
        let is_joint = |at: usize| is_and(at) || self.word(at) == ",";
        let ends_beside = || is_and(end) && is_only_town(end + 1) && !is_name(end + 2);
        let before = first.checked_sub(2).filter(is_inside);
        let begins_beside = |at: usize| is_and(at + 1) && is_only_town(at) && !at.checked_sub(1).is_some_and(is_name);
        // "Dinant, Namur et Orbe": of three in a series.
        let opens_series = || {
            self.word(end) == "," && is_only_town(end + 1) && is_joint(end + 2) && is_name(end + 3) && !is_name(end + 2)
        };
        let is_inside_series = |at: usize| is_joint(at + 1) && is_only_town(at) && is_joint(end) && is_name(end + 1);
        ends_beside() || opens_series() || before.is_some_and(|at| begins_beside(at) || is_inside_series(at))
    }

    /// Whether somebody whose name ends like the stretch is named shortly before it.
    fn is_just_named(&self, first: usize, end: usize) -> bool {
        let span = self.span(first, end);
        let people = self.context.established;
        let before = people[..people.partition_point(|mention| mention.span.end() <= span.start())].iter().rev();
        let near = before.take_while(|mention| span.start() - mention.span.end() <= SHORTLY);
        near.filter(|mention| mention.kind == Kind::Person)
            .any(|mention| mention.span.len() > span.len() && mention.span.of(self.text).ends_with(span.of(self.text)))
    }

    /// Whether brackets or the marks of a dateline make the stretch at `first` a place.
    fn is_marked_place(&self, first: usize) -> bool {
        let before = first.checked_sub(1).filter(|&before| before >= self.sentence.first_token);
        before.is_some_and(|before| self.word(before) == "(") || self.sentence.zone == crate::document::Zone::Dateline
    }

    /// Whether the preposition at `of` hangs on an office or a body, which have places (`sindaco di`, `comune di`).
    pub(super) fn governs_place(&self, of: usize) -> bool {
        let Some(head) = of.checked_sub(1).filter(|&head| head >= self.sentence.first_token) else { return false };
        let heads = WordClass::NAMED_AFTER.with(WordClass::NOT_NAME);
        self.tokens[head].case.is_capital()
            || self.words.class(self.key(head)).is_any(heads)
            || self.words.offices.end_at(self.text, self.tokens, head).is_some()
    }

    /// Whether an established person stands in the same list.
    fn is_beside_person(&self, first: usize, end: usize) -> bool {
        let span = self.span(first, end);
        let people = self.context.established;
        let at = people.partition_point(|mention| mention.span.end() <= span.start());
        let near = people[at.saturating_sub(1)..]
            .iter()
            .take(3)
            .filter(|mention| mention.kind == Kind::Person && mention.span != span);
        near.filter(|mention| !matches!(mention.why.by, Evidence::Entry(_))).any(|mention| {
            let tokens = (
                self.context.document.token_at(mention.span.start()),
                self.context.document.token_at(mention.span.end() - 1) + 1,
            );
            self.are_listed(tokens.1, first) || self.are_listed(end, tokens.0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn hyphens_and_apostrophes_tie_the_words_of_a_name() {
        assert_eq!(words_of("Massimo D'Alessandri"), ["Massimo", "D'Alessandri"]);
        assert_eq!(words_of("Jang Seok-hwan"), ["Jang", "Seok-hwan"]);
        assert_eq!(words_of("J. R. Rossi"), ["J", "R", "Rossi"]);
    }
}
