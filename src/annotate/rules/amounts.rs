//! Numbers with their unit or counted noun.
//!
//! A number is read first (digits or words, multipliers), then what follows it: a percent sign, a currency, a unit or a
//! noun. A number without any of these is no amount.

use super::Rule;
use crate::{
    annotate::{
        Confidence, Context, Mention,
        value::{Amount, Value},
    },
    document::{Case, Gap, Sentence, Token, TokenKind, Zone},
    lexicon::{Kind, Subtype, pack::AmountsWords},
    text::{Span, WordKey},
};
use std::borrow::Cow;

/// Numbers with their unit or counted noun.
pub(super) const RULE: Rule =
    Rule { name: "amounts", about: "Numbers with their unit or counted noun.", find, echo: None };

fn find(context: &Context<'_>, found: &mut Vec<Mention>) {
    // A number that is a year or a day counts nothing, though a word that could be counted follows it.
    let dates: Vec<Span> = found.iter().filter(|it| it.kind == Kind::Date).map(|it| it.span).collect();
    let is_date = |span: Span| {
        let at = dates.partition_point(|date| date.end() <= span.start());
        dates.get(at).is_some_and(|date| date.overlaps(span))
    };
    for sentence in context.document.sentences.iter().filter(|sentence| sentence.zone != Zone::Contacts) {
        let reader = Reader {
            text: context.document.as_str(),
            tokens: context.document.tokens_of(sentence),
            words: &sentence.pack.amounts,
            sentence,
        };
        let mut at = 0;
        while at < reader.tokens.len() {
            match reader.may_begin(at).then(|| reader.amount(at)).flatten() {
                Some((mention, end)) => {
                    if !is_date(mention.span) {
                        found.push(mention);
                    }
                    at = end;
                }
                None => at += 1,
            }
        }
    }
}

/// Reads the tokens of one sentence.
struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    words: &'a AmountsWords,
    sentence: &'a Sentence<'a>,
}

/// A number that was read.
#[derive(Debug, Clone, Copy)]
struct Number {
    value: f64,
    /// One past its last token.
    end: usize,
    is_approximate: bool,
    /// A multiplier or round number: its noun may follow with a preposition (`due milioni di visitatori`).
    takes_of: bool,
}

/// What an amount counts.
struct Unit {
    subtype: Subtype,
    name: String,
    /// One past its last token.
    end: usize,
}

impl Reader<'_> {
    fn amount(&self, at: usize) -> Option<(Mention, usize)> {
        if let Some(amount) = self.currency_first(at) {
            return Some(amount);
        }
        if self.is_joined_to_number(at) {
            return None;
        }
        let number = self.number(at)?;
        let unit = self.unit(&number)?;
        if unit.subtype == Subtype::Count && self.is_reference(at) {
            return None;
        }
        Some(self.mention(at, number, unit))
    }

    /// Whether an amount may begin with the token at `at`: digits, a number word, a currency.
    fn may_begin(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.kind == TokenKind::Number
            || self.text.as_bytes()[token.span.start()].is_ascii_digit()
            || self.words.opens(token)
            // Letters before the sign of a currency: `US$`.
            || self.touches(at + 1) && self.words.is_sign(&self.tokens[at + 1])
    }

    /// `€ 2,5 milioni`, `US$ 3 millones`, `EUR 250,000`.
    fn currency_first(&self, at: usize) -> Option<(Mention, usize)> {
        let (code, number_at) = self.currency(at)?;
        let is_sign = self.tokens[number_at - 1].kind == TokenKind::Mark || self.tokens[at].case == Case::Upper;
        let number = self.number(number_at).filter(|_| is_sign)?;
        let end = number.end;
        Some(self.mention(at, number, Unit { subtype: Subtype::Money, name: code, end }))
    }

    fn mention(&self, at: usize, number: Number, unit: Unit) -> (Mention, usize) {
        let (start, is_qualified) = self.qualifier_before(at, unit.subtype);
        let span = Span::new(self.tokens[start].span.start(), self.tokens[unit.end - 1].span.end());
        let amount =
            Amount { number: number.value, unit: unit.name, is_approximate: number.is_approximate || is_qualified };
        let confidence = Confidence::percent(if unit.subtype == Subtype::Count { 80 } else { 95 });
        let mention = Mention {
            subtype: Some(unit.subtype),
            value: Some(Value::Amount(amount)),
            ..Mention::new(span, Kind::Amount, RULE.name, confidence)
        };
        (mention, unit.end)
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.span.of(self.text))
    }

    fn lower(&self, at: usize) -> Cow<'_, str> {
        match self.tokens.get(at) {
            Some(token) if token.case.is_capital() => Cow::Owned(self.word(at).to_lowercase()),
            _ => Cow::Borrowed(self.word(at)),
        }
    }

    fn touches(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.gap == Gap::None)
    }

    /// Whether the number at `at` goes on from a number before it (`613-555-0156`, `3:15`).
    fn is_joined_to_number(&self, at: usize) -> bool {
        at >= 2
            && self.touches(at)
            && self.touches(at - 1)
            && matches!(self.word(at - 1), "-" | "/" | ":" | "." | ",")
            && self.tokens[at - 2].kind == TokenKind::Number
    }

    fn is_reference(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let before = if self.word(before) == "." { before.saturating_sub(1) } else { before };
        let is_year = |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        let word = self.lower(before);
        self.words.references.contains(word.as_ref())
            || is_year(self.word(at)) && (self.sentence.pack.prose.function_words.contains(&word) || word == ",")
    }

    fn number(&self, at: usize) -> Option<Number> {
        let token = self.tokens.get(at)?;
        let mut number = match token.kind {
            TokenKind::Number => self.digits(at)?,
            TokenKind::Word if token.span.of(self.text).starts_with(|first: char| first.is_ascii_digit()) => {
                self.joined(at)?
            }
            TokenKind::Word => self.number_word(at)?,
            TokenKind::Mark => return None,
        };
        while let Some(&factor) = self.words.multipliers.get(self.lower(number.end).as_ref()) {
            number.value *= factor;
            number.end += 1;
            number.takes_of = true;
            if self.word(number.end) == "." && self.touches(number.end) && !self.ends_sentence(number.end) {
                number.end += 1;
            }
        }
        Some(number)
    }

    fn ends_sentence(&self, at: usize) -> bool {
        at + 1 >= self.tokens.len()
    }

    /// Digits with groups and decimals; none when the marks make no number (`4.0`, `12.30`).
    fn digits(&self, at: usize) -> Option<Number> {
        let mut written = self.word(at).to_owned();
        let mut end = at + 1;
        let mut has_decimals = false;
        let is_group = |reader: &Self, at: usize| {
            reader.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number && token.span.len() == 3)
        };
        loop {
            let joins_number = self.touches(end)
                && self.touches(end + 1)
                && self.tokens.get(end + 1).is_some_and(|token| token.kind == TokenKind::Number);
            match self.word(end) {
                "." | "," if joins_number && !has_decimals => {
                    if self.word(end) == self.words.decimal_mark {
                        written.push('.');
                        has_decimals = true;
                    } else if !is_group(self, end + 1) || written.len() > 3 && end == at + 1 {
                        return None;
                    }
                    written.push_str(self.word(end + 1));
                    end += 2;
                }
                "." | "," | ":" | "/" | "-" if joins_number => return None,
                // Groups set apart by blanks: 1 250 000.
                _ if is_group(self, end) && !has_decimals && self.word(end - 1).len() <= 3 && self.word(at) != "0" => {
                    written.push_str(self.word(end));
                    end += 1;
                }
                _ => break,
            }
        }
        Some(Number { value: written.parse().ok()?, end, is_approximate: false, takes_of: false })
    }

    /// Digits joined to a multiplier: `40mila`.
    fn joined(&self, at: usize) -> Option<Number> {
        let word = self.lower(at);
        let letters = word.trim_start_matches(|character: char| character.is_ascii_digit());
        let digits = &word[..word.len() - letters.len()];
        let factor = self.words.joined_multipliers.get(letters)?;
        Some(Number { value: digits.parse::<f64>().ok()? * factor, end: at + 1, is_approximate: false, takes_of: true })
    }

    fn number_word(&self, at: usize) -> Option<Number> {
        if !self.words.articles.is_empty()
            && self.words.articles.contains(self.lower(at).as_ref())
            && let Some(&value) = self.words.round_numbers.get(self.lower(at + 1).as_ref())
        {
            return Some(Number { value, end: at + 2, is_approximate: true, takes_of: true });
        }
        let &value = self.words.numbers.get(self.lower(at).as_ref())?;
        Some(Number { value, end: at + 1, is_approximate: false, takes_of: false })
    }

    fn unit(&self, number: &Number) -> Option<Unit> {
        let at = number.end;
        if let Some(end) = self.percent(at) {
            return Some(Unit { subtype: Subtype::Percent, name: "%".to_owned(), end });
        }
        let has_of = self.words.of.contains(self.lower(at).as_ref());
        let noun_at = at + usize::from(has_of);
        if let Some((name, end)) = self.currency(noun_at) {
            return Some(Unit { subtype: Subtype::Money, name, end });
        }
        if has_of && !number.takes_of {
            return None;
        }
        let (name, end) = self.counted(noun_at)?;
        Some(Unit { subtype: Subtype::Count, name, end })
    }

    fn percent(&self, at: usize) -> Option<usize> {
        if self.word(at) == "%" {
            return Some(at + 1);
        }
        self.words.percent.iter().find_map(|wording| self.wording(at, wording))
    }

    /// One past the tokens that are the words of `wording`, from `at`.
    fn wording(&self, at: usize, wording: &[WordKey]) -> Option<usize> {
        let end = at + wording.len();
        let tokens = self.tokens.get(at..end)?;
        tokens.iter().zip(wording).all(|(token, &word)| token.key == word).then_some(end)
    }

    /// A currency by name or sign; a sign may have letters before it (`US$`).
    fn currency(&self, at: usize) -> Option<(String, usize)> {
        let code = |word: &str| self.words.currencies.get(word).cloned();
        if self.touches(at + 1) && self.words.is_sign(self.tokens.get(at + 1)?) {
            let both = format!("{}{}", self.word(at), self.word(at + 1));
            if let Some(code) = code(&both) {
                return Some((code, at + 2));
            }
        }
        let token = self.tokens.get(at)?;
        code(self.word(at)).or_else(|| code(&token.span.of(self.text).to_lowercase())).map(|code| (code, at + 1))
    }

    /// The noun that is counted, with adjectives before it passed over.
    fn counted(&self, at: usize) -> Option<(String, usize)> {
        let token = self.tokens.get(at)?;
        if token.kind != TokenKind::Word || token.gap > Gap::Line {
            return None;
        }
        let word = self.lower(at);
        let is_adjective = self.words.adjectives.contains(word.as_ref());
        let next_is_noun =
            self.tokens.get(at + 1).is_some_and(|next| next.case == Case::Lower && next.gap == Gap::Blank);
        if is_adjective || token.case == Case::Title && next_is_noun && !self.sentence.pack.prose.nouns_are_capitalized
        {
            return if next_is_noun || is_adjective { self.counted(at + 1) } else { None };
        }
        if self.words.units.contains(self.word(at)) {
            return Some((self.word(at).to_owned(), at + 1));
        }
        let expected = if self.sentence.pack.prose.nouns_are_capitalized { Case::Title } else { Case::Lower };
        let is_noun = token.case == expected
            && word.chars().count() > 2
            && !word.ends_with(['\'', '’'])
            && !self.words.not_counted.contains(word.as_ref())
            && !self.sentence.pack.prose.function_words.contains(&word);
        is_noun.then(|| (self.word(at).to_owned(), at + 1))
    }

    /// First token of the wording before `at` that makes the number approximate.
    fn qualifier_before(&self, at: usize, subtype: Subtype) -> (usize, bool) {
        let for_counts = self.words.approximate_counts.iter().filter(|_| subtype == Subtype::Count);
        for wording in self.words.approximate.iter().chain(for_counts) {
            let n_words = wording.len();
            if n_words <= at && self.wording(at - n_words, wording) == Some(at) {
                return (at - n_words, true);
            }
        }
        (at, false)
    }
}
