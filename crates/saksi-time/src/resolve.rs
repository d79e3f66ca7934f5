//! The stage: finds the times of an article and resolves them in text order.

use crate::calendar::Point;
use crate::find::{Hit, find};
use crate::lex::Atom;
use crate::make::{Made, Scope, contradiction, full_date, make, pair};
use crate::rules::{Make, Rules};
use crate::tense::{Tense, tense};
use crate::types::{Found, Lead, Times};
use jiff::civil::Date;
use saksi_record::{Anchor, Basis, Note, Published, Time, Timex};
use saksi_tree::{Analysis, RegionKind, Sentence, Span, Text};

/// Finds the times of one article and resolves them against its publication day.
///
/// `published` is the day as the caller knows it. Where it has none, the date in `dateline` (the span of a dateline or
/// byline) is the publication day; failing that, a full date in the first sentence of the body is reported as the
/// day with basis `text`, but relative times stay open, for it is the day of an act and maybe not of publication.
/// What stays open has value null, and a note says what would resolve it.
///
/// Results are in text order and never overlap.
pub fn resolve(text: &Text, analysis: &Analysis, published: Published, dateline: Option<Span>, rules: &Rules) -> Times {
    let given: Option<Date> = published.value.as_deref().and_then(|value| value.get(..10)?.parse().ok());
    let (mut published, day) = match given {
        Some(day) => (published, Some(day)),
        None => match dateline.and_then(|span| date_in(text, span, rules)) {
            Some(day) => (Published { value: Some(day.to_string()), basis: Basis::Text }, Some(day)),
            None => (Published { value: None, basis: Basis::None }, None),
        },
    };
    let mut state = State {
        text,
        rules,
        published: day,
        named: None,
        named_day: None,
        past: None,
        found: Vec::new(),
        notes: Vec::new(),
        open: Vec::new(),
    };
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        state.sentence(index, sentence);
    }
    let State { found, mut notes, open, .. } = state;
    if day.is_none() {
        let lead = analysis.sentences.iter().position(|sentence| sentence.kind == RegionKind::Body);
        let date = lead.and_then(|lead| {
            let stated = |found: &&Found| found.time.anchor == Anchor::Stated && found.sentence as usize == lead;
            let value = found.iter().find(|found| stated(found) && day_of(&found.time).is_some());
            value.and_then(|found| day_of(&found.time))
        });
        if let Some(date) = &date {
            published = Published { value: Some(date.clone()), basis: Basis::Text };
        }
        if let Some(first) = open.first() {
            let hint = date.map_or_else(String::new, |date| {
                format!("; the only day at hand, {date}, is that of an act and may not be that of publication")
            });
            notes.push(note(
                format!("{} relative times stay open: the publication date would resolve them{hint}", open.len()),
                Some(*first),
            ));
        }
    }
    Times { found, published, notes }
}

fn day_of(time: &Time) -> Option<String> {
    let value = time.value.as_deref()?.get(..10)?;
    value.parse::<Date>().ok().map(|day| day.to_string())
}

fn note(message: String, span: Option<Span>) -> Note {
    Note { stage: "time".to_owned(), message, span }
}

/// The first full date in a stretch of text that is no sentence.
fn date_in(text: &Text, span: Span, rules: &Rules) -> Option<Date> {
    let sentence = Sentence { span, ..Sentence::default() };
    let atoms = rules.words.atoms(text.slice(span), span.start);
    let scope =
        Scope { published: None, named: None, named_day: None, past: None, beside: None, tense: Tense::Unknown };
    find(&atoms, &sentence, rules)
        .iter()
        .filter_map(|hit| {
            let rule = &rules.list[hit.rule];
            make(rule.make, rule, &hit.caps, &scope)
        })
        .find_map(|made| full_date(&made))
}

struct State<'a> {
    text: &'a Text,
    rules: &'a Rules,
    published: Option<Date>,
    named: Option<Point>,
    named_day: Option<Point>,
    past: Option<Point>,
    found: Vec<Found>,
    notes: Vec<Note>,
    open: Vec<Span>,
}

impl State<'_> {
    fn sentence(&mut self, index: usize, sentence: &Sentence) {
        if sentence.tokens.is_empty() {
            return; // a sentence in a language the pack does not read
        }
        let atoms = self.rules.words.atoms(self.text.slice(sentence.span), sentence.span.start);
        let mut beside = None;
        for hit in find(&atoms, sentence, self.rules) {
            let rule = &self.rules.list[hit.rule];
            let parts: &[(Make, Hit)] = &if rule.make == Make::Pair {
                let [first, second] = pair(&hit.caps);
                vec![
                    (Make::Date, Hit { end: hit.caps.first_at + 1, caps: first, from: hit.from, ..hit }),
                    (Make::Date, Hit { from: hit.caps.second_at, caps: second, ..hit }),
                ]
            } else {
                vec![(rule.make, hit)]
            };
            for (how, hit) in parts {
                let tense = tense(&atoms, hit.from, hit.end, sentence, self.rules);
                let scope = Scope {
                    published: self.published,
                    named: self.named,
                    named_day: self.named_day,
                    past: self.past,
                    beside,
                    tense,
                };
                let Some(made) = make(*how, rule, &hit.caps, &scope) else { continue };
                // "“Today we closed a wound,” he said": the day of speaking is none that the text goes on from
                let spoken = *how == Make::Deictic && self.is_quoted(sentence, atoms[hit.from].span.start);
                let before = (self.named, self.named_day, self.past);
                self.push(index, sentence, &atoms, hit, made, &mut beside);
                if spoken {
                    (self.named, self.named_day, self.past) = before;
                }
            }
        }
    }

    /// Whether a quotation is open before `at` in its sentence.
    fn is_quoted(&self, sentence: &Sentence, at: u32) -> bool {
        let before = self.text.slice(Span::new(sentence.span.start, at));
        let count = |mark: char| before.chars().filter(|&c| c == mark).count();
        count('“') > count('”') || count('"') % 2 == 1
    }

    fn push(
        &mut self,
        index: usize,
        sentence: &Sentence,
        atoms: &[Atom],
        hit: &Hit,
        made: Made,
        beside: &mut Option<Point>,
    ) {
        let span = atoms[hit.from].span.cover(atoms[hit.end - 1].span);
        if let Some(day) = contradiction(&hit.caps, &made) {
            let name = format!("{:?}", day.weekday());
            let words = self.text.slice(span);
            self.notes
                .push(note(format!("the weekday in “{words}” contradicts its date, {day}, a {name}"), Some(span)));
        }
        if made.value.is_none() && self.published.is_none() {
            self.open.push(span);
        }
        if made.point.is_some_and(|point| point.day().is_some()) {
            *beside = made.point;
            self.named_day = made.point;
        }
        if matches!(made.timex, Timex::Date | Timex::Time) && made.point.is_some() {
            self.named = made.point;
            let last = made.bounds.map(|(_, last)| last.year());
            if last.zip(self.published).is_some_and(|(last, published)| last < published.year()) {
                self.past = made.point;
            }
        }
        let tokens = sentence.tokens_in(span);
        let (value, (earliest, latest)) = (made.value, made.bounds.unzip());
        self.found.push(Found {
            time: Time {
                start: span.start,
                end: span.end,
                timex: made.timex,
                value,
                earliest: earliest.map(|day| day.to_string()),
                latest: latest.map(|day| day.to_string()),
                anchor: made.anchor,
                rule: self.rules.label(&self.rules.list[hit.rule]),
            },
            sentence: index as u32,
            first: tokens.start as u32,
            last: tokens.end.saturating_sub(1).max(tokens.start) as u32,
            lead: self.lead(atoms, hit.from, made.timex),
        });
    }

    fn lead(&self, atoms: &[Atom], from: usize, timex: Timex) -> Lead {
        let leads = &self.rules.leads;
        let start = self.rules.skip_about(atoms, from);
        let ordered = [
            (&leads.since, Lead::Since),
            (&leads.until, Lead::Until),
            (&leads.before, Lead::Before),
            (&leads.after, Lead::After),
            (&leads.during, Lead::During),
        ];
        let found = ordered.into_iter().find(|(class, lead)| {
            // "in 2019" is at, "in three days" is during; "up to 15 years" is no time at which something ends.
            let fits = match lead {
                Lead::During => timex == Timex::Duration,
                Lead::Since | Lead::Until => timex != Timex::Duration,
                _ => true,
            };
            fits && (class.before(atoms, start).is_some() || class.before(atoms, from).is_some())
        });
        found.map_or(Lead::At, |(_, lead)| lead)
    }
}
