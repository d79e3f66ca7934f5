//! Counts of people, things and money in a sentence.

use crate::frames::Rules;
use crate::numbers::NumberWord;
use saksi_record::Quantity;
use saksi_tree::{Sentence, Text, Upos};

/// A count, and the token that stands for it in the tree.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Count {
    pub(crate) quantity: Quantity,
    /// The counted noun, or the number itself.
    pub(crate) head: usize,
}

/// Words between a number and what it counts.
const NEAR: usize = 4;
/// The same where all of them are of one noun phrase: "two Indonesian C-130 transport planes".
const FAR: usize = 8;

impl Rules {
    /// The counts of a sentence, leaving out tokens that `taken` claims (times).
    pub(crate) fn counts(&self, text: &Text, sentence: &Sentence, taken: impl Fn(usize) -> bool) -> Vec<Count> {
        let mut counts = Vec::new();
        let mut at = 0;
        while at < sentence.tokens.len() {
            match self.count_at(text, sentence, at, &taken) {
                Some((count, next)) => {
                    counts.push(count);
                    at = next;
                }
                None => at += 1,
            }
        }
        counts
    }

    /// The quantity word that begins at `at`, longest first, and how many tokens it takes.
    fn word_at(&self, sentence: &Sentence, at: usize) -> Option<(NumberWord, usize)> {
        for length in (1..=self.numbers.longest.min(sentence.tokens.len() - at)).rev() {
            let phrase: Vec<String> =
                sentence.tokens[at..at + length].iter().map(|token| token.form.to_lowercase().to_string()).collect();
            if let Some(word) = self.numbers.word(&phrase.join(" ")) {
                return Some((word, length));
            }
        }
        None
    }

    fn count_at(
        &self,
        text: &Text,
        sentence: &Sentence,
        start: usize,
        taken: &impl Fn(usize) -> bool,
    ) -> Option<(Count, usize)> {
        let mut quantity = Quantity { value: None, low: None, high: None, about: false, unit: None, start: 0, end: 0 };
        let mut at = start;
        let (mut at_least, mut at_most, mut between, mut currency) = (false, false, false, None);
        while at < sentence.tokens.len() {
            match self.word_at(sentence, at) {
                Some((NumberWord::About, length)) => quantity.about = advance(&mut at, length),
                Some((NumberWord::AtLeast, length)) => at_least = advance(&mut at, length),
                Some((NumberWord::AtMost, length)) => at_most = advance(&mut at, length),
                Some((NumberWord::Between, length)) => between = advance(&mut at, length),
                Some((NumberWord::Currency, length)) => {
                    currency = Some(sentence.tokens[at].form.to_string());
                    at += length;
                }
                _ => break,
            }
        }
        let first = at;
        let (value, vague, mut next) = self.number_at(sentence, at, taken)?;
        if measures(sentence, next) || designates(sentence, first) {
            return None;
        }
        if let Some((low, high)) = vague {
            quantity.about = true;
            quantity.low = Some(low);
            quantity.high = high;
        } else {
            quantity.value = value;
        }
        if (between || sentence.tokens.get(next).is_some_and(|token| matches!(token.form.as_str(), "-" | "–")))
            && let Some((word, length)) = self.word_at(sentence, next).or(Some((NumberWord::Joins, 1)))
            && word == NumberWord::Joins
            && let Some((upper, None, after)) = self.number_at(sentence, next + length, taken)
        {
            quantity.low = quantity.value.take();
            quantity.high = upper;
            next = after;
        }
        if at_least && quantity.value.is_some() {
            quantity.low = quantity.value.take();
        }
        if at_most && quantity.value.is_some() {
            quantity.high = quantity.value.take();
        }
        if currency.is_none()
            && let Some((NumberWord::Currency, length)) =
                sentence.tokens.get(next).and_then(|_| self.word_at(sentence, next))
        {
            currency = Some(sentence.tokens[next].form.to_string());
            next += length;
        }
        let number = next - 1;
        let grammar = &self.grammar;
        let measures = |at: usize| grammar.measure.contains(&sentence.tokens[at].form.to_lowercase().to_string());
        // "Sebanyak 40 buruh": what stands before the number and only measures is not counted
        let head = counted(sentence, first, number, &measures).filter(|&head| head > number || !measures(head));
        // "52 pucuk senapan"
        let head = head.map(|head| {
            let classifies = grammar.classifiers.contains(&sentence.tokens[head].form.to_lowercase().to_string());
            let noun = sentence.tokens.get(head + 1).is_some_and(|next| next.upos == Upos::Noun);
            head + usize::from(classifies && noun)
        });
        if currency.is_none() && head.is_none() && sentence.tokens[number].upos != Upos::Num && vague.is_none() {
            return None; // "one" as a pronoun, "se-" words
        }
        quantity.unit = currency.or_else(|| head.map(|head| sentence.tokens[head].form.to_lowercase().to_string()));
        let from = sentence.tokens[start].span.start;
        let until = sentence.tokens[number].span.end;
        if text.slice(saksi_tree::Span::new(from, until)).is_empty() {
            return None;
        }
        quantity.start = from;
        quantity.end = until;
        let after = next.max(start + 1);
        Some((Count { quantity, head: head.unwrap_or(number) }, after))
    }

    /// A number at `at`: its value or its vague bounds, and the token after it.
    #[allow(clippy::type_complexity, reason = "value, vague bounds, next token")]
    fn number_at(
        &self,
        sentence: &Sentence,
        at: usize,
        taken: &impl Fn(usize) -> bool,
    ) -> Option<(Option<f64>, Option<(f64, Option<f64>)>, usize)> {
        let token = sentence.tokens.get(at)?;
        // "a" is no number in "a five-storey block"
        let article = token.upos == Upos::Det && sentence.tokens.get(at + 1).is_some_and(|next| next.upos == Upos::Num);
        if taken(at) || article {
            return None;
        }
        let mut next = at + 1;
        let mut value = match self.numbers.digits(&token.form) {
            Some(value) => value,
            None => match self.word_at(sentence, at)? {
                (NumberWord::Vague { low, high }, length) => {
                    next = at + length;
                    let mut low = low;
                    while let Some((NumberWord::Times(times), length)) =
                        sentence.tokens.get(next).and_then(|_| self.word_at(sentence, next))
                    {
                        low *= times;
                        next += length;
                    }
                    return Some((None, Some((low, high)), next));
                }
                (NumberWord::Number(value), length) => {
                    next = at + length;
                    value
                }
                (NumberWord::Times(times), length) if length == 1 => {
                    next = at + length;
                    times
                }
                _ => return None,
            },
        };
        // "forty-five"
        if let [dash, unit] = sentence.tokens.get(next..next + 2).unwrap_or_default()
            && dash.form.as_str() == "-"
            && dash.span.start == sentence.tokens[next - 1].span.end
            && unit.span.start == dash.span.end
            && self.numbers.digits(&token.form).is_none()
            && (20.0..100.0).contains(&value)
            && value % 10.0 == 0.0
            && let Some((NumberWord::Number(more), 1)) = self.word_at(sentence, next + 1)
            && (1.0..10.0).contains(&more)
        {
            value += more;
            next += 2;
        }
        // "dua puluh lima ribu": what follows multiplies, or adds a smaller number
        let mut total = 0.0;
        while next < sentence.tokens.len() && !taken(next) {
            match self.word_at(sentence, next) {
                Some((NumberWord::Times(times), length)) => {
                    if times >= 1000.0 {
                        total = (total + value) * times;
                        value = 0.0;
                    } else {
                        value *= times;
                    }
                    next += length;
                }
                Some((NumberWord::Number(more), length))
                    if sentence.tokens[next].upos == Upos::Num && more < 1000.0 =>
                {
                    value += more;
                    next += length;
                }
                _ => break,
            }
        }
        Some((Some(total + value), None, next))
    }
}

fn advance(at: &mut usize, length: usize) -> bool {
    *at += length;
    true
}

/// Whether the number before `next` is part of an adjective: "five-storey", "a 14-year-old".
fn measures(sentence: &Sentence, next: usize) -> bool {
    let Some([number, dash, noun]) = next.checked_sub(1).and_then(|number| sentence.tokens.get(number..number + 3))
    else {
        return false;
    };
    let joined = number.span.end == dash.span.start && dash.span.end == noun.span.start;
    joined && dash.form.as_str() == "-" && noun.form.starts_with(char::is_alphabetic) && noun.upos != Upos::Num
}

/// Whether the number at `at` is part of a name: "C-130", "Su-27".
fn designates(sentence: &Sentence, at: usize) -> bool {
    let Some([name, dash, number]) = at.checked_sub(2).map(|first| &sentence.tokens[first..=at]) else { return false };
    let joined = name.span.end == dash.span.start && dash.span.end == number.span.start;
    joined && dash.form.as_str() == "-" && name.form.chars().all(char::is_uppercase)
}

/// Whether all between two tokens are of the noun phrase of the second.
fn is_phrase(sentence: &Sentence, from: usize, to: usize) -> bool {
    sentence.tokens[from + 1..to.max(from + 1)].iter().all(|token| {
        matches!(token.upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num) || token.form.as_str() == "-"
    })
}

/// The noun that the number from `first` to `last` counts.
fn counted(sentence: &Sentence, first: usize, last: usize, measures: &impl Fn(usize) -> bool) -> Option<usize> {
    let outside = (first..=last).find_map(|at| {
        let head = sentence.tokens[at].head? as usize;
        (head < first || head > last).then_some((at, head))
    });
    if let Some((at, head)) = outside
        && matches!(
            sentence.tokens[at].relation(),
            "nummod" | "det" | "amod" | "compound" | "clf" | "flat" | "nmod" | "advmod"
        )
        && matches!(sentence.tokens[head].upos, Upos::Noun | Upos::Propn)
        && !(head < first && measures(head))
        && (head.abs_diff(last) <= NEAR || head <= last + FAR && is_phrase(sentence, last, head))
    {
        return Some(skip_classifier(sentence, head));
    }
    // "hundreds of troops", "11.000 pasukan": the noun that follows
    let mut at = last + 1;
    let mut of = false;
    while let Some(token) = sentence.tokens.get(at) {
        match token.upos {
            Upos::Adp if at == last + 1 => {
                of = true;
                at += 1;
            }
            // "50.000 buruh garmen": no determiner stands behind a number
            Upos::Det if at == last + 1 && is_noun(sentence, (first, last), at) && !measures(at) => return Some(at),
            Upos::Adj | Upos::Det if at <= last + 3 => at += 1,
            // "kills four in Kharkiv" counts no Kharkiv: what is counted hangs on the number
            Upos::Noun | Upos::Propn if of => {
                // "dozens of ELN rebels"
                let mut noun = at;
                while let Some(head) = sentence.tokens[noun].head.map(|head| head as usize)
                    && head > noun
                    && matches!(sentence.tokens[noun].relation(), "compound" | "amod")
                {
                    noun = head;
                }
                let token = &sentence.tokens[noun];
                let counted = token.upos == Upos::Noun
                    && token.head.is_some_and(|head| (first..=last).contains(&(head as usize)));
                return counted.then(|| skip_classifier(sentence, noun));
            }
            Upos::Noun | Upos::Propn => return Some(skip_classifier(sentence, at)),
            _ => return None,
        }
    }
    None
}

/// Whether what is tagged as a determiner behind a number is the noun that the number hangs on or is joined to.
fn is_noun(sentence: &Sentence, (first, last): (usize, usize), at: usize) -> bool {
    let token = &sentence.tokens[at];
    let below = token.head.is_some_and(|head| (first..=last).contains(&(head as usize)));
    below && matches!(token.relation(), "det" | "flat") && token.feat("PronType").is_none()
}

/// "orang" in "12 orang prajurit" is a classifier where another bare noun follows it.
fn skip_classifier(sentence: &Sentence, at: usize) -> usize {
    match sentence.tokens.get(at + 1) {
        Some(next)
            if next.upos == Upos::Noun
                && sentence.tokens[at].relation() == "clf"
                && sentence.tokens[at].head == Some(at as u32 + 1) =>
        {
            at + 1
        }
        _ => at,
    }
}
