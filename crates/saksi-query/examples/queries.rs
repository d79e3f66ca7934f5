//! How long the questions take over a big collection of rows that were made up.
//!
//! ```text
//! cargo run --release -p saksi-query --example queries -- make FILE [ARTICLES]
//! cargo run --release -p saksi-query --example queries -- time FILE [ROUNDS]
//! ```
//!
//! `make` fills a file with articles, ten events each; the same number gives the same rows. `time` opens the file anew for
//! each question, as the command line does, and prints the median and the 95th percentile of each kind of question, by the
//! clock and in time on a processor; `short` is how many answers end where the work is spent.
#![allow(clippy::print_stdout)] // a bench prints

use rusqlite::{Connection, Statement, params};
use saksi_merge::{Event, Interval, Party, Place, Report, Review, Voice};
use saksi_query::{
    Collection, Days, Dyad, Filter, Limits, Order, Page, QueryError, SearchFilter, Told, Words, compare, events, plain,
    said, search, sources, sql, who,
};
use saksi_record::{
    ActorKind, Article, Basis, Certainty, EventType, Published, Record, SCHEMA, SourceKind, Span, Stance, Status,
};
use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

const ACTORS: u64 = 20_000;
const COUNTRIES: u64 = 120;
const PLACES: u64 = 5_000;
const OUTLETS: u64 = 300;
const WORDS: u64 = 30_000;
const EVENTS_AN_ARTICLE: u64 = 10;
const DAYS: u64 = 4_000;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |default| args.get(2).map_or(Ok(default), |text| text.parse::<u64>());
    match args.first().map(String::as_str) {
        Some("make") if args.len() > 1 => make(Path::new(&args[1]), number(100_000)?),
        Some("time") if args.len() > 1 => time(Path::new(&args[1]), number(200)?),
        _ => Err("usage: queries make FILE [ARTICLES] | queries time FILE [ROUNDS]".into()),
    }
}

/// Numbers that are the same each time (`SplitMix64`, Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Low numbers far more often than high ones: the logarithm is even (Zipf).
    fn zipf(&mut self, n: u64) -> u64 {
        let part = self.below(1 << 30) as f64 / f64::from(1 << 30);
        ((n as f64).powf(part) as u64 - 1).min(n - 1)
    }
}

fn word(n: u64) -> String {
    const SYLLABLES: [&str; 32] = [
        "ka", "ri", "mo", "ta", "lu", "ne", "si", "ba", "do", "gu", "ha", "ji", "ke", "la", "mi", "no", "pa", "ra",
        "su", "te", "vu", "wa", "ya", "zo", "be", "ci", "da", "fe", "go", "hi", "jo", "ku",
    ];
    (0..3).map(|place| SYLLABLES[(n >> (5 * place)) as usize % 32]).collect()
}

fn country(n: u64) -> String {
    let letter = |n: u64| char::from(b'A' + (n % 26) as u8);
    [letter(n / 26 + 2), letter(n), letter(n / 5 + 7)].iter().collect()
}

fn day(n: u64) -> String {
    let first: jiff::civil::Date = jiff::civil::date(2015, 1, 1);
    first.checked_add(jiff::Span::new().days(n as i64)).map(|day| day.to_string()).unwrap_or_default()
}

fn party(n: u64) -> Party {
    let json = serde_json::json!({
        "key": format!("q{n:06}"), "name": format!("{} {}", word(n * 7 + 3), word(n * 31 + 5)), "folded": "",
        "kind": if n < COUNTRIES { ActorKind::State } else { ActorKind::Person }, "country": country(n % COUNTRIES),
        "sector": "GOV", "title": null
    });
    serde_json::from_value(json).expect("a party")
}

fn make(path: &Path, articles: u64) -> Result<(), Box<dyn Error>> {
    let db = Connection::open(path)?;
    db.execute_batch(
        "PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA cache_size = -1000000; PRAGMA foreign_keys = off;",
    )?;
    db.execute_batch(include_str!("../../saksi-store/src/schema.sql"))?;
    db.pragma_update(None, "application_id", saksi_store::APPLICATION)?;
    db.pragma_update(None, "user_version", saksi_store::VERSION)?;
    db.execute_batch("BEGIN")?;
    let mut dice = Dice(6);
    for n in 0..ACTORS {
        let party = party(n);
        let (key, name, country) = (party.key.as_str(), party.name.as_str(), party.country.as_deref());
        db.execute(
            "INSERT INTO actor (id, key, name, kind, country, sector) VALUES (?, ?, ?, ?, ?, 'GOV')",
            params![n as i64 + 1, key, name, party.kind.as_str(), country],
        )?;
        let alias = params![n as i64 + 1, party.name.as_str(), plain(&party.name), 10];
        db.execute("INSERT INTO alias (actor, name, folded, articles) VALUES (?, ?, ?, ?)", alias)?;
    }
    let mut add = Adder::new(&db)?;
    for n in 0..articles {
        add.article(n, &mut dice)?;
    }
    drop(add);
    db.execute_batch(
        "INSERT INTO tally SELECT actor, count(*) FROM voice WHERE actor IS NOT NULL GROUP BY actor; COMMIT",
    )?;
    db.execute_batch("PRAGMA journal_mode = wal")?;
    let [events, reports] = ["event", "report"].map(|table| {
        db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).unwrap_or(0)
    });
    println!("{articles} articles, {events} events, {reports} reports");
    Ok(())
}

/// The columns that a table of a schema must have and that questions do not look at.
fn insert<'a>(db: &'a Connection, table: &str, columns: &[&str]) -> Result<Statement<'a>, rusqlite::Error> {
    let mut known = db.prepare(&format!(
        "SELECT name FROM pragma_table_info('{table}') WHERE \"notnull\" AND dflt_value IS NULL AND NOT pk"
    ))?;
    let needed: Vec<String> = known.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let others: Vec<String> = needed.into_iter().filter(|name| !columns.contains(&name.as_str())).collect();
    let names: Vec<&str> = columns.iter().copied().chain(others.iter().map(String::as_str)).collect();
    let values: Vec<&str> = columns.iter().map(|_| "?").chain(others.iter().map(|_| "0")).collect();
    db.prepare(&format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", ")))
}

struct Adder<'a> {
    article: Statement<'a>,
    words: Statement<'a>,
    event: Statement<'a>,
    party: Statement<'a>,
    place: Statement<'a>,
    report: Statement<'a>,
    voice: Statement<'a>,
    update: Statement<'a>,
    last: i64,
    past: Vec<(i64, Event)>,
}

impl<'a> Adder<'a> {
    fn new(db: &'a Connection) -> Result<Self, rusqlite::Error> {
        Ok(Self {
            article: insert(db, "article", &["id", "key", "text_id", "outlet", "title", "language", "published", "basis", "program", "witness", "signature", "options", "record"])?,
            words: db.prepare("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)")?,
            event: insert(db, "event", &["id", "key", "type", "mode", "quad", "status", "certainty", "value", "earliest", "latest", "moment", "first_published", "last_published", "reports", "articles", "sources", "languages", "review", "summary"])?,
            party: insert(db, "party", &["event", "role", "actor", "country", "type", "moment"])?,
            place: insert(db, "place", &["event", "key", "name", "country", "moment"])?,
            report: insert(db, "report", &["key", "article", "event", "ordinal", "source_kind", "source", "review", "report"])?,
            voice: insert(db, "voice", &["report", "depth", "actor", "kind", "published"])?,
            update: db.prepare("UPDATE event SET reports = ?, articles = ?, sources = ?, last_published = ?, languages = ?, summary = ? WHERE id = ?")?,
            last: 0,
            past: Vec::new(),
        })
    }

    fn article(&mut self, n: u64, dice: &mut Dice) -> Result<(), Box<dyn Error>> {
        let id = n as i64 + 1;
        let key = format!("{:016x}", Dice(n).next());
        let language = ["en", "id", "en", "id", "ms"][if dice.chance(1) { 4 } else { dice.below(4) as usize }];
        let published = day(dice.below(DAYS));
        let title: Vec<String> = (0..8).map(|_| word(dice.zipf(WORDS))).collect();
        let body: Vec<String> = (0..300).map(|_| word(dice.zipf(WORDS))).collect();
        let (title, body) = (title.join(" "), body.join(" "));
        let outlet = format!("Outlet {}", dice.zipf(OUTLETS));
        let record = Record {
            schema: SCHEMA.into(),
            article: Article {
                credit: None,
                group: None,
                id: key.clone(),
                from: None,
                url: None,
                outlet: Some(outlet.clone()),
                author: None,
                title: Some(title.clone()),
                language: language.into(),
                published: Published { value: Some(published.clone()), basis: Basis::Given },
            },
            text: format!("{title}\n\n{body}"),
            passages: vec![],
            sentences: vec![],
            actors: vec![],
            places: vec![],
            times: vec![],
            events: vec![],
            attributions: vec![],
            attitudes: vec![],
            notes: vec![],
        };
        let json = serde_json::to_string(&record)?;
        self.article.execute(params![
            id, key, key, outlet, title, language, published, "given", "bench", key, [0_u8; 8], "{}", json
        ])?;
        self.words.execute(params![id, title, body])?;
        for ordinal in 0..EVENTS_AN_ARTICLE {
            let report = report(&key, ordinal, language, &published, &outlet, dice);
            let event = self.event(&report, dice)?;
            let voice = report.sources.first();
            let source = voice.and_then(|voice| voice.key.as_ref()).map(|key| key[1..].parse::<i64>().unwrap_or(0) + 1);
            self.report.execute(params![
                report.key,
                id,
                event,
                ordinal as i64,
                voice.map(|voice| voice.kind.as_str()),
                source,
                "unreviewed",
                serde_json::to_string(&report)?
            ])?;
            let row = self.last_report(dice, event);
            for (depth, voice) in report.sources.iter().enumerate() {
                let actor = voice.key.as_ref().map(|key| key[1..].parse::<i64>().unwrap_or(0) + 1);
                self.voice.execute(params![row, depth as i64, actor, voice.kind.as_str(), published])?;
            }
            // some events are told again by later articles
            if dice.chance(2) && self.past.len() > 100 {
                self.again(id, &key, language, &published, &outlet, dice)?;
            }
        }
        Ok(())
    }

    fn last_report(&mut self, _dice: &mut Dice, _event: i64) -> i64 {
        self.last += 1;
        self.last
    }

    fn event(&mut self, report: &Report, dice: &mut Dice) -> Result<i64, Box<dyn Error>> {
        let review = if dice.below(1_000) == 0 { Review::Accepted } else { Review::Unreviewed };
        let event = Event {
            key: report.key.clone(),
            kind: report.kind,
            mode: report.mode.clone(),
            quad: report.quad,
            actor: report.actor.clone(),
            recipient: report.recipient.clone(),
            place: report.place.clone(),
            time: report.time.clone(),
            status: report.status,
            certainty: report.certainty,
            reports: 1,
            articles: 1,
            sources: 1,
            languages: vec![report.language.clone()],
            published: report.published.clone().map(|day| (day.clone(), day)),
            review,
            differences: vec![],
        };
        let json = serde_json::to_string(&event)?;
        let moment = saksi_store::moment::of_event(&event);
        let time = report.time.as_ref();
        let id = self.event.insert(params![
            None::<i64>,
            event.key,
            event.kind.as_str(),
            event.mode.as_deref(),
            event.quad.as_str(),
            event.status.as_str(),
            event.certainty.as_str(),
            time.and_then(|time| time.value.as_deref()),
            time.and_then(|time| time.earliest.as_deref()),
            time.and_then(|time| time.latest.as_deref()),
            moment,
            report.published.as_deref(),
            report.published.as_deref(),
            1,
            1,
            1,
            serde_json::to_string(&event.languages)?,
            if review == Review::Accepted { "accepted" } else { "unreviewed" },
            json
        ])?;
        for (role, parties) in [("actor", &event.actor), ("recipient", &event.recipient)] {
            for party in parties {
                let row = party.key[1..].parse::<i64>()? + 1;
                let (country, kind) = (party.country.as_deref(), event.kind.as_str());
                let _ = self.party.execute(params![id, role, row, country, kind, moment]);
            }
        }
        for place in &event.place {
            let (key, name, country) = (place.key.as_str(), place.name.as_str(), place.country.as_deref());
            self.place.execute(params![id, key, name, country, moment])?;
        }
        if dice.chance(5) {
            self.past.push((id, event));
            if self.past.len() > 2_000 {
                self.past.swap_remove(dice.below(2_000) as usize);
            }
        }
        Ok(id)
    }

    fn again(
        &mut self,
        article: i64,
        key: &str,
        language: &str,
        published: &str,
        outlet: &str,
        dice: &mut Dice,
    ) -> Result<(), Box<dyn Error>> {
        let at = dice.zipf(self.past.len() as u64) as usize;
        let (id, event) = &mut self.past[at];
        let mut report = report(key, 100 + self.last as u64, language, published, outlet, dice);
        report.kind = event.kind;
        report.actor.clone_from(&event.actor);
        report.recipient.clone_from(&event.recipient);
        event.reports += 1;
        event.articles += 1;
        event.sources += u32::from(dice.chance(60));
        if !event.languages.iter().any(|known| known == language) {
            event.languages.push(language.into());
            event.languages.sort();
        }
        if let Some((first, last)) = &mut event.published {
            *last = last.clone().max(published.into());
            *first = first.clone().min(published.into());
        }
        let last = event.published.as_ref().map(|(_, last)| last.as_str());
        self.update.execute(params![
            event.reports,
            event.articles,
            event.sources,
            last,
            serde_json::to_string(&event.languages)?,
            serde_json::to_string(&*event)?,
            *id
        ])?;
        self.report.execute(params![
            report.key,
            article,
            *id,
            100,
            None::<String>,
            None::<i64>,
            "unreviewed",
            serde_json::to_string(&report)?
        ])?;
        self.last += 1;
        Ok(())
    }
}

fn report(article: &str, ordinal: u64, language: &str, published: &str, outlet: &str, dice: &mut Dice) -> Report {
    let kind = EventType::ALL[dice.zipf(16) as usize];
    let time = (!dice.chance(5)).then(|| {
        let first = dice.below(DAYS);
        let length = match dice.below(100) {
            0..80 => 0,
            80..90 => 1 + dice.below(6),
            90..96 => 30,
            _ => 365,
        };
        let [value, earliest, latest] = [first, first, first + length].map(|at| Some(day(at).into()));
        Interval { value, earliest, latest }
    });
    let mut sources = Vec::new();
    if dice.chance(60) {
        let kind = SourceKind::ALL[dice.zipf(14) as usize];
        for _ in 0..=u64::from(dice.chance(20)) {
            let party = party(dice.zipf(ACTORS));
            let named = dice.chance(80);
            sources.push(Voice {
                key: named.then(|| party.key.clone()),
                name: Some(party.name),
                kind,
                stance: Stance::ALL[dice.zipf(8) as usize],
                cue: Some(Span::new(30, 35)),
                channel: None,
            });
        }
    }
    let place = dice.chance(50).then(|| dice.zipf(PLACES)).map(|n| Place {
        key: format!("{}/{}", word(n * 13 + 1), country(n % COUNTRIES)).into(),
        name: word(n * 13 + 1).into(),
        country: Some(country(n % COUNTRIES).into()),
        lat: None,
        lon: None,
        reach: None,
    });
    let json = serde_json::json!({
        "key": format!("{article}:{}-{}:{kind}", ordinal * 40, ordinal * 40 + 6), "article": article, "witness": article,
        "event": format!("e{ordinal}"), "outlet": outlet, "language": language, "published": published,
        "kind": kind, "mode": dice.chance(30).then(|| format!("mode-{}", dice.below(4))), "context": [], "quad": kind.quad(),
        "actor": [party(dice.zipf(ACTORS))], "recipient": if dice.chance(70) { vec![party(dice.zipf(ACTORS))] } else { vec![] },
        "place": place.into_iter().collect::<Vec<_>>(), "time": time,
        "status": Status::ALL[(dice.below(6) as usize).saturating_sub(2)],
        "historical": false, "quantities": [], "certainty": Certainty::ALL[dice.zipf(4) as usize], "confidence": 0.8,
        "trigger": Span::new(70, 78), "sentence": Span::new(60, 180), "sources": sources,
        "marks": [dice.next(), dice.next(), dice.next()], "words": (0..10).map(|_| dice.next()).collect::<Vec<_>>(),
        "review": Review::Unreviewed
    });
    serde_json::from_value(json).expect("a report")
}

/// Rows of an answer, and whether it ends where the work is spent.
type Answer = (usize, bool);
type Question = Box<dyn Fn(&Collection) -> Result<Answer, QueryError>>;

fn time(path: &Path, rounds: u64) -> Result<(), Box<dyn Error>> {
    println!(
        "{:<34} {:>9} {:>9} {:>9} {:>9} {:>7} {:>7}",
        "question", "p50 ms", "p95 ms", "cpu p50", "cpu p95", "rows", "short"
    );
    for (name, make) in KINDS {
        let mut dice = Dice(600);
        let (mut times, mut busy, mut rows, mut short) = (Vec::new(), Vec::new(), 0, 0);
        let mut worst = (0.0, String::new());
        for _ in 0..rounds {
            let (said, question) = make(&mut dice, path);
            let (begin, before) = (Instant::now(), on_cpu());
            let collection = Collection::open(path, Duration::from_secs(5), plain)?;
            let answer = question(&collection)?;
            rows += answer.0;
            short += usize::from(answer.1);
            let took = begin.elapsed().as_secs_f64() * 1e3;
            let worked = on_cpu() - before;
            if worked > worst.0 {
                worst = (worked, said);
            }
            times.push(took);
            busy.push(worked);
        }
        times.sort_by(f64::total_cmp);
        busy.sort_by(f64::total_cmp);
        let at = |times: &[f64], percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
        println!(
            "{name:<34} {:>9.1} {:>9.1} {:>9.1} {:>9.1} {:>7} {short:>7}",
            at(&times, 50),
            at(&times, 95),
            at(&busy, 50),
            at(&busy, 95),
            rows as u64 / rounds
        );
        if std::env::var_os("WORST").is_some() {
            println!("    {:.1} {}", worst.0, worst.1);
        }
    }
    Ok(())
}

/// Milliseconds that this thread was on a processor, where the system tells (proc(5)): other programs do not count.
fn on_cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
}

/// The key of an actor; of the first more often.
fn someone(dice: &mut Dice) -> String {
    party(dice.zipf(ACTORS)).key.into()
}

type Kind = fn(&mut Dice, &Path) -> (String, Question);

const KINDS: [(&str, Kind); 16] = [
    ("events, one field", |dice, _| listed(fields(dice, 1), Order::Time)),
    ("events, two fields", |dice, _| listed(fields(dice, 2), Order::Time)),
    ("events, three fields", |dice, _| listed(fields(dice, 3), Order::Time)),
    ("events, five fields", |dice, _| listed(fields(dice, 5), Order::Time)),
    ("events, two fields, by sources", |dice, _| listed(fields(dice, 2), Order::Sources)),
    ("events, three fields, by reports", |dice, _| listed(fields(dice, 3), Order::Reports)),
    ("timeline, actor and window", |dice, _| {
        drawn(Filter { parties: vec![someone(dice)], time: year(dice), ..Filter::default() })
    }),
    ("timeline, actor", |dice, _| drawn(Filter { parties: vec![someone(dice)], ..Filter::default() })),
    ("timeline, window", |dice, _| drawn(Filter { time: year(dice), ..Filter::default() })),
    ("timeline, two fields", |dice, _| drawn(fields(dice, 2))),
    ("who", |dice, _| {
        let key = someone(dice);
        (key.clone(), Box::new(move |of| Ok((usize::from(who(of, &key, 10)?.is_some()), false))))
    }),
    ("compare", |dice, _| {
        let nth = dice.zipf(2_000) as usize;
        let question: Question = Box::new(move |of| {
            let page = Page { limit: nth % 200 + 1, order: Order::Reports, ..Page::default() };
            let found = events(of, &Filter::default(), &page)?;
            let event = found.events.last().map(|event| event.key.clone()).unwrap_or_default();
            Ok((compare(of, &event, 50)?.reports.len(), false))
        });
        (String::new(), question)
    }),
    ("search", |dice, _| {
        let words: Vec<String> = (0..=dice.below(3)).map(|_| word(dice.zipf(WORDS))).collect();
        let words = words.join(" ");
        (
            words.clone(),
            Box::new(move |of| {
                Ok((search(of, &Words::parse(&words)?, &SearchFilter::default(), 20, 0)?.hits.len(), false))
            }),
        )
    }),
    ("sources, of a filter", |dice, _| {
        let filter = fields(dice, 2);
        (
            format!("{filter:?}"),
            Box::new(move |of| {
                let found = sources(of, &filter, 50)?;
                Ok((found.sources.len(), found.more_events))
            }),
        )
    }),
    ("sources, of one", |dice, _| {
        let key = someone(dice);
        let filter = if dice.chance(50) { Filter::default() } else { fields(dice, 1) };
        (
            format!("{key} {filter:?}"),
            Box::new(move |of| {
                let found = said(of, &key, &filter, &Page::default())?;
                Ok((found.said.len(), found.stopped))
            }),
        )
    }),
    ("sql, one event by its key", |dice, path| {
        let path = path.to_owned();
        let article = format!("{:016x}", Dice(dice.below(1_000)).next());
        let question: Question = Box::new(move |_| {
            let statement = format!("SELECT * FROM event WHERE key >= '{article}' ORDER BY key LIMIT 10");
            Ok((sql(&path, Duration::from_secs(5), &statement, &Limits::default())?.rows.len(), false))
        });
        (String::new(), question)
    }),
];

fn listed(filter: Filter, order: Order) -> (String, Question) {
    paged(filter, Page { order, ..Page::default() })
}

/// As many events as `saksi timeline` shows.
fn drawn(filter: Filter) -> (String, Question) {
    paged(filter, Page { limit: 200, ..Page::default() })
}

fn paged(filter: Filter, page: Page) -> (String, Question) {
    let said = format!("{filter:?}").replace("[], ", "").replace("None", "-");
    let question: Question = Box::new(move |of| {
        let found = events(of, &filter, &page)?;
        Ok((found.events.len(), found.stopped))
    });
    (said, question)
}

fn year(dice: &mut Dice) -> Days {
    let from = dice.below(DAYS - 400);
    let length = [1, 7, 30, 365][dice.below(4) as usize];
    Days { from: Some(day(from)), to: Some(day(from + length)) }
}

/// So many fields, drawn by chance.
fn fields(dice: &mut Dice, count: usize) -> Filter {
    let mut filter = Filter::default();
    let mut left: Vec<u64> = (0..17).collect();
    for _ in 0..count {
        let field = left.swap_remove(dice.below(left.len() as u64) as usize);
        let nation = |dice: &mut Dice| country(dice.zipf(COUNTRIES));
        match field {
            0 => filter.types = vec![EventType::ALL[dice.zipf(16) as usize]],
            1 => filter.quads = vec![EventType::ALL[dice.zipf(16) as usize].quad()],
            2 => filter.actors = vec![someone(dice)],
            3 => filter.recipients = vec![someone(dice)],
            4 => filter.countries = vec![nation(dice)],
            5 => filter.actor_countries = vec![nation(dice)],
            6 => {
                let dyad = Dyad { actor: nation(dice), recipient: nation(dice), directed: dice.chance(50) };
                filter.dyads = vec![dyad];
            }
            7 => filter.time = year(dice),
            8 => filter.published = year(dice),
            9 => filter.places = vec![word(dice.zipf(PLACES) * 13 + 1)],
            10 => filter.place_countries = vec![nation(dice)],
            11 => filter.source_kinds = vec![Told::By(SourceKind::ALL[dice.zipf(14) as usize])],
            12 => filter.sources = vec![someone(dice)],
            13 => filter.statuses = vec![Status::ALL[dice.zipf(4) as usize]],
            14 => filter.certainty = Some(Certainty::ALL[dice.zipf(4) as usize]),
            15 => filter.languages = vec![["id", "en", "ms"][dice.below(3) as usize].into()],
            _ => filter.words = Some(word(dice.zipf(WORDS))),
        }
    }
    filter
}
