//! Makes up records, for trying collections: acts that several articles tell, told over and over as news is.

use crate::generate::Dice;
use saksi_lang::{Pack, PackError};
use saksi_record::{
    Actor, ActorKind, Anchor, Article, Attribution, Basis, Certainty, Event, EventTime, EventType, Form, Mention,
    MentionForm, Passage, PassageKind, Place, PlaceMention, Published, Quantity, Record, SCHEMA, Sentence, Source,
    SourceKind, Span, Stance, Status, Time, Timex,
};

/// Articles of one day.
const DAILY: u64 = 100;
/// Acts that happen on one day.
const ACTS: u64 = 600;
/// Events of an article, on average.
const EVENTS: u64 = 10;
/// The first day, since 1 January 1970: 1 January 2020.
const FIRST: u64 = 18_262;

/// Those who act, out of the tables of the world.
#[derive(Debug, Clone)]
pub struct World {
    states: Vec<Who>,
    others: Vec<Who>,
    outlets: Vec<String>,
}

#[derive(Debug, Clone)]
struct Who {
    name: String,
    kind: ActorKind,
    country: Option<String>,
    sector: Option<String>,
    place: Option<(f64, f64)>,
}

/// What happened.
struct Act {
    kind: EventType,
    actor: Who,
    recipient: Option<Who>,
    place: Option<Who>,
    day: u64,
    number: Option<u64>,
    verb: String,
}

impl World {
    /// The states, people and bodies of the tables.
    ///
    /// # Errors
    /// If a table is not well-formed.
    pub fn of(world: &Pack) -> Result<Self, PackError> {
        let some = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
        let table = world.table("countries.tsv")?;
        let (code, name, lat, lon) =
            (table.column("iso3")?, table.column("name")?, table.column("lat")?, table.column("lon")?);
        let states = table.rows().map(|row| Who {
            name: row.cell(name).to_owned(),
            kind: ActorKind::State,
            country: some(row.cell(code)),
            sector: Some("GOV".to_owned()),
            place: row.cell(lat).parse().ok().zip(row.cell(lon).parse().ok()),
        });
        let states: Vec<Who> = states.collect();
        let mut others = Vec::new();
        let mut outlets = Vec::new();
        for (file, kind) in [("people.tsv", ActorKind::Person), ("organizations.tsv", ActorKind::Organization)] {
            let table = world.table(file)?;
            let (name, country, sector) = (table.column("name")?, table.column("country")?, table.column("sector")?);
            for row in table.rows() {
                let (country, sector) = (some(row.cell(country)), some(row.cell(sector)));
                if sector.as_deref() == Some("MED") {
                    outlets.push(row.cell(name).to_owned());
                }
                others.push(Who { name: row.cell(name).to_owned(), kind, country, sector, place: None });
            }
        }
        Ok(Self { states, others, outlets })
    }

    fn who(&self, dice: &mut Dice) -> Who {
        // A few make most of the news: the lesser of two draws, twice over.
        let list = if dice.below(2) == 0 { &self.states } else { &self.others };
        let count = list.len() as u64;
        let at = dice.below(count).min(dice.below(count)).min(dice.below(count));
        list[at as usize].clone()
    }

    /// Act `number` of a seed.
    fn act(&self, seed: u64, number: u64) -> Act {
        let mut dice = Dice::of(seed, number, 11);
        let kind = EventType::ALL[dice.below(EventType::ALL.len() as u64) as usize];
        Act {
            kind,
            actor: self.who(&mut dice),
            recipient: (dice.below(10) < 7).then(|| self.who(&mut dice)),
            place: (dice.below(10) < 4).then(|| self.states[dice.below(self.states.len() as u64) as usize].clone()),
            day: number / ACTS,
            number: (dice.below(10) < 3).then(|| 2 + dice.below(500)),
            verb: word(&mut dice),
        }
    }
}

/// A word of no language.
fn word(dice: &mut Dice) -> String {
    const FIRST: [&str; 12] = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t"];
    const THEN: [&str; 5] = ["a", "e", "i", "o", "u"];
    (0..2 + dice.below(3)).flat_map(|_| [FIRST[dice.below(12) as usize], THEN[dice.below(5) as usize]]).collect()
}

/// Makes record `number` of a seed: the same every time, whatever was made before it. Of a thousand articles, `copies` are the
/// text of another under the name of another outlet.
///
/// A hundred articles make a day, so that a collection twice as large spans twice the time. An article tells some ten of the
/// acts of its day and the two days before, each of which is told by others too.
pub fn record(world: &World, seed: u64, copies: u64, number: u64) -> Record {
    let is_copy = |number: u64| number > 0 && Dice::of(seed, number, 12).below(1000) < copies;
    let mut dice = Dice::of(seed, number, 13);
    let mut of = number;
    while is_copy(of) {
        of -= 1 + dice.below(of.min(2 * DAILY));
    }
    let mut draft = Draft::new(world, seed, of);
    draft.write();
    let mut record = draft.record;
    record.article.outlet = Some(world.outlets[dice.below(world.outlets.len() as u64) as usize].clone());
    record.article.url = Some(format!("https://example.org/{number}"));
    record.article.published.value = Some(day(number / DAILY));
    blake3::hash(record.text.as_bytes()).to_hex()[..32].clone_into(&mut record.article.id);
    record
}

/// A record as it grows.
struct Draft<'w> {
    world: &'w World,
    dice: Dice,
    seed: u64,
    day: u64,
    length: u32,
    record: Record,
}

impl<'w> Draft<'w> {
    fn new(world: &'w World, seed: u64, number: u64) -> Self {
        let record = Record {
            schema: SCHEMA.to_owned(),
            article: Article {
                credit: None,
                group: None,
                id: String::new(),
                from: Some(format!("made-up.jsonl:{}", number + 1)),
                url: None,
                outlet: None,
                author: None,
                title: None,
                language: if number.is_multiple_of(2) { "en" } else { "id" }.to_owned(),
                published: Published { value: None, basis: Basis::Given },
            },
            text: String::new(),
            passages: Vec::new(),
            sentences: Vec::new(),
            actors: Vec::new(),
            places: Vec::new(),
            times: Vec::new(),
            events: Vec::new(),
            attributions: Vec::new(),
            attitudes: Vec::new(),
            notes: Vec::new(),
        };
        Self { world, dice: Dice::of(seed, number, 14), seed, day: number / DAILY, length: 0, record }
    }

    fn write(&mut self) {
        let title: Vec<String> = (0..6).map(|_| word(&mut self.dice)).collect();
        let title = title.join(" ");
        let span = self.say(&title);
        self.record.passages.push(Passage {
            kind: PassageKind::Title,
            start: span.start,
            end: span.end,
            rule: "title".into(),
        });
        self.record.sentences.push(Sentence { start: span.start, end: span.end, language: None });
        self.record.article.title = Some(title);
        self.say("\n\n");
        for _ in 0..EVENTS / 2 + self.dice.below(EVENTS + 1) {
            let back = self.dice.below(3).min(self.day);
            // The first acts of a day are told by many, the last by few.
            let (one, other) = (self.dice.below(ACTS), self.dice.below(ACTS));
            let act = self.world.act(self.seed, (self.day - back) * ACTS + one.min(other));
            self.sentence(&act);
            if self.dice.below(2) == 0 {
                let from = self.length;
                for _ in 0..8 + self.dice.below(12) {
                    let filler = word(&mut self.dice);
                    self.say(&filler);
                    self.say(" ");
                }
                self.say(". ");
                self.record.sentences.push(Sentence { start: from, end: self.length - 1, language: None });
            }
        }
    }

    fn say(&mut self, words: &str) -> Span {
        let start = self.length;
        self.record.text.push_str(words);
        self.length += words.chars().count() as u32;
        Span::new(start, self.length)
    }

    fn actor(&mut self, who: &Who) -> String {
        let span = self.say(&who.name);
        let mention = Mention { start: span.start, end: span.end, form: MentionForm::Name };
        if let Some(known) = self.record.actors.iter_mut().find(|actor| actor.name == who.name) {
            known.mentions.push(mention);
            return known.id.clone();
        }
        let id = format!("a{}", self.record.actors.len() + 1);
        self.record.actors.push(Actor {
            id: id.clone(),
            name: who.name.clone(),
            kind: who.kind,
            country: who.country.clone(),
            sector: who.sector.clone(),
            title: None,
            mentions: vec![mention],
        });
        id
    }

    fn sentence(&mut self, act: &Act) {
        let from = self.length;
        let actor = self.actor(&act.actor);
        self.say(" ");
        let trigger = self.say(&act.verb);
        self.say(" ");
        let mut recipient = Vec::new();
        if let Some(who) = &act.recipient {
            recipient.push(self.actor(who));
            self.say(" ");
        }
        let mut quantities = Vec::new();
        if let Some(number) = act.number {
            // Now and then an outlet has another figure.
            let number = if self.dice.below(5) == 0 { number + 1 + self.dice.below(9) } else { number };
            let span = self.say(&number.to_string());
            let value = Some(number as f64);
            quantities.push(Quantity {
                value,
                low: None,
                high: None,
                about: false,
                unit: None,
                start: span.start,
                end: span.end,
            });
            self.say(" ");
        }
        for _ in 0..5 + self.dice.below(6) {
            let filler = word(&mut self.dice);
            self.say(&filler);
            self.say(" ");
        }
        let mut place = Vec::new();
        if let Some(state) = &act.place {
            let span = self.say(&state.name);
            let id = format!("p{}", self.record.places.len() + 1);
            self.record.places.push(Place {
                id: id.clone(),
                name: state.name.clone(),
                country: state.country.clone(),
                lat: state.place.map(|place| place.0),
                lon: state.place.map(|place| place.1),
                mentions: vec![PlaceMention { start: span.start, end: span.end }],
            });
            place.push(id);
            self.say(" ");
        }
        let value = day(act.day);
        let span = self.say(&value);
        self.record.times.push(Time {
            start: span.start,
            end: span.end,
            timex: Timex::Date,
            value: Some(value.clone()),
            earliest: Some(value.clone()),
            latest: Some(value.clone()),
            anchor: Anchor::Stated,
            rule: "stated".to_owned(),
        });
        let mut attribution = Vec::new();
        let mut certainty = Certainty::Certain;
        if self.dice.below(2) == 0 {
            certainty = Certainty::Probable;
            self.say(", ");
            let cue = word(&mut self.dice);
            let cue = self.say(&cue);
            self.say(" ");
            let who = self.world.who(&mut self.dice);
            let start = self.length;
            let source = self.actor(&who);
            let id = format!("t{}", self.record.attributions.len() + 1);
            self.record.attributions.push(Attribution {
                id: id.clone(),
                source: Source {
                    start: Some(start),
                    end: Some(self.length),
                    actor: Some(source),
                    kind: SourceKind::Official,
                },
                cue: Some(cue),
                content: vec![Span::new(from, span.end)],
                form: Form::Indirect,
                stance: Stance::Asserts,
                channel: None,
                via: None,
                why: vec!["a cue after what was said".to_owned()],
            });
            attribution.push(id);
        }
        self.say(".");
        let sentence = self.record.sentences.len() as u32;
        self.record.sentences.push(Sentence { start: from, end: self.length, language: None });
        self.say(" ");
        self.record.events.push(Event {
            id: format!("e{}", self.record.events.len() + 1),
            kind: act.kind,
            mode: None,
            context: Vec::new(),
            quad: act.kind.quad(),
            actor: vec![actor],
            recipient,
            place,
            time: Some(EventTime {
                value: Some(value.clone()),
                earliest: Some(value.clone()),
                latest: Some(value),
                from: Some(self.record.times.len() as u32 - 1),
            }),
            status: if self.dice.below(12) == 0 { Status::Future } else { Status::Actual },
            historical: false,
            quantities,
            trigger,
            sentence,
            attribution,
            certainty,
            confidence: (50 + self.dice.below(50)) as f64 / 100.0,
            why: vec![format!("frame of {}", act.verb), "actor: subject".to_owned(), "recipient: object".to_owned()],
        });
    }
}

/// The day so many days after the first, ISO 8601. After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
fn day(number: u64) -> String {
    let z = number + FIRST + 719_468;
    let of_era = z % 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + z / 146_097 * 400 + u64::from(month <= 2);
    format!("{year}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_is_the_same_record_with_spans_in_its_text() {
        let world = World::of(&Pack::builtin("world").unwrap()).unwrap();
        for number in [0, 1, 57, 3001] {
            let made = record(&world, 7, 150, number);
            assert_eq!(made, record(&world, 7, 150, number));
            let text: Vec<char> = made.text.chars().collect();
            for actor in &made.actors {
                for mention in &actor.mentions {
                    let words: String = text[mention.start as usize..mention.end as usize].iter().collect();
                    assert_eq!(words, actor.name);
                }
            }
        }
        assert_eq!((day(0), day(59), day(366)), ("2020-01-01".into(), "2020-02-29".into(), "2021-01-01".into()));
    }
}
