//! A small collection, written row by row through the schema.

use crate::collection::Collection;
use crate::words::plain;
use rusqlite::{Connection, params};
use saksi_merge::{Figure, Interval, Party, Place, Report, Review, Voice};
use saksi_record::{ActorKind, Certainty, EventType, SourceKind, Span, Stance, Status};
use std::collections::BTreeMap;

/// Key, outlet, language, day, text; the first line is the title.
type Article = (&'static str, Option<&'static str>, &'static str, Option<&'static str>, &'static str);

const ARTICLES: [Article; 6] = [
    (
        "antara",
        Some("Antara"),
        "id",
        Some("2025-07-13"),
        "Kim bertemu Lavrov\nKim Jong Un bertemu Lavrov di Wonsan, kata KCNA.",
    ),
    (
        "kompas",
        Some("Kompas"),
        "id",
        Some("2025-07-14"),
        "Kim bertemu Lavrov\nKim Jong Un bertemu Lavrov di Wonsan, kata KCNA.",
    ),
    (
        "reuters",
        Some("Reuters"),
        "en",
        Some("2025-07-13"),
        "North Korea sends troops\nKim met Lavrov. Officials said 11000 troops went to Kursk, a café owner saw them.",
    ),
    (
        "guardian",
        Some("The Guardian"),
        "en",
        Some("2025-08-02"),
        "Kursk troops\nZelensky said 10000 troops were in Kursk. The Kremlin denied it. Indonesia may impose sanctions.",
    ),
    ("tempo", None, "ms", None, "Tuduhan\nUkraine menuduh Rusia."),
    (
        "antara2",
        Some("Antara"),
        "id",
        Some("2025-07-20"),
        "Protes berlanjut\nWarga memprotes di Jakarta sejak tahun lalu.",
    ),
];

pub(super) fn party(key: &str) -> Party {
    let (name, kind, country) = match key {
        "kim" => ("Kim Jong Un", ActorKind::Person, Some("PRK")),
        "yo" => ("Kim Yo Jong", ActorKind::Person, Some("PRK")),
        "lavrov" => ("Sergei Lavrov", ActorKind::Person, Some("RUS")),
        "PRK" => ("North Korea", ActorKind::State, Some("PRK")),
        "RUS" => ("Russia", ActorKind::State, Some("RUS")),
        "UKR" => ("Ukraine", ActorKind::State, Some("UKR")),
        "IDN" => ("Indonesia", ActorKind::State, Some("IDN")),
        "kcna" => ("KCNA", ActorKind::Organization, Some("PRK")),
        "kremlin" => ("Kremlin", ActorKind::Organization, Some("RUS")),
        "zelensky" => ("Zelensky", ActorKind::Person, Some("UKR")),
        _ => ("warga", ActorKind::Group, Some("IDN")),
    };
    Party {
        key: key.into(),
        name: name.into(),
        folded: plain(name).into(),
        kind,
        country: country.map(Into::into),
        sector: None,
        title: None,
    }
}

/// Names beside those that parties have.
const ALIASES: [(&str, &str); 5] =
    [("kim", "Kim"), ("yo", "Kim"), ("lavrov", "Lawrow"), ("lavrov", "Lavrov"), ("RUS", "Rusia")];

/// A report in the article's own voice of what happened at no known time.
pub(super) fn report(article: &str, kind: EventType, actor: &[&str], recipient: &[&str]) -> Report {
    let (_, outlet, language, published, text) =
        ARTICLES.into_iter().find(|(key, ..)| *key == article).unwrap_or(("", None, "en", None, ""));
    let title = text.lines().next().unwrap_or_default().chars().count() as u32 + 1;
    let sentence = Span::new(title, text.chars().count() as u32);
    let parties = |keys: &[&str]| keys.iter().map(|key| party(key)).collect::<Vec<_>>();
    let json = serde_json::json!({
        "key": "", "article": article, "witness": if article == "kompas" { "antara" } else { article }, "event": "e1",
        "outlet": outlet, "language": language, "published": published, "kind": kind, "mode": null, "context": [],
        "quad": kind.quad(), "actor": parties(actor), "recipient": parties(recipient), "place": [], "time": null,
        "status": Status::Actual, "historical": false, "quantities": [], "certainty": Certainty::Certain,
        "confidence": 0.9, "trigger": Span::new(title, title + 3), "sentence": sentence, "sources": [], "marks": [],
        "words": [], "review": Review::Unreviewed
    });
    serde_json::from_value(json).unwrap()
}

pub(super) fn voice(key: Option<&str>, kind: SourceKind, stance: Stance) -> Voice {
    let name = key.map_or("officials", |key| match key {
        "kcna" => "KCNA",
        "kremlin" => "the Kremlin",
        _ => "Zelensky",
    });
    Voice { key: key.map(Into::into), name: Some(name.into()), kind, stance, cue: None, channel: None }
}

pub(super) fn between(earliest: Option<&str>, latest: Option<&str>) -> Interval {
    Interval { value: None, earliest: earliest.map(Into::into), latest: latest.map(Into::into) }
}

fn place(key: &str, name: &str, country: &str) -> Vec<Place> {
    vec![Place { key: key.into(), name: name.into(), country: Some(country.into()), lat: None, lon: None, reach: None }]
}

fn troops(number: f64) -> Vec<Figure> {
    let json = serde_json::json!({ "unit": "troops", "value": number, "low": null, "high": null, "about": false });
    vec![serde_json::from_value(json).unwrap()]
}

/// The events and the reports of each.
fn stories() -> Vec<(&'static str, Vec<Report>)> {
    let day = |day: &str| Some(between(Some(day), Some(day)));
    let wonsan = || place("wonsan", "Wonsan", "PRK");
    let kursk = || place("kursk", "Kursk", "RUS");
    let kcna = || vec![voice(Some("kcna"), SourceKind::StateMedia, Stance::Asserts)];
    let met = |article: &str| Report {
        time: day("2025-07-12"),
        place: wonsan(),
        sources: kcna(),
        mode: Some("visit".into()),
        ..report(article, EventType::Consult, &["kim"], &["lavrov"])
    };
    let sent = |article: &str, number: f64| Report {
        time: Some(between(Some("2025-07-01"), Some("2025-07-31"))),
        place: kursk(),
        figures: troops(number),
        ..report(article, EventType::Aid, &["PRK"], &["RUS"])
    };
    vec![
        ("met", vec![met("antara"), met("kompas"), Report { sources: vec![], ..met("reuters") }]),
        (
            "sent",
            vec![
                Report {
                    sources: vec![voice(None, SourceKind::Anonymous, Stance::Asserts)],
                    certainty: Certainty::Probable,
                    ..sent("reuters", 11000.0)
                },
                Report {
                    sources: vec![voice(Some("zelensky"), SourceKind::Government, Stance::Asserts)],
                    ..sent("guardian", 10000.0)
                },
                Report {
                    sources: vec![voice(Some("kremlin"), SourceKind::Government, Stance::Denies)],
                    status: Status::Negated,
                    figures: vec![],
                    ..sent("guardian", 0.0)
                },
            ],
        ),
        (
            "accused",
            vec![Report {
                status: Status::Hypothetical,
                certainty: Certainty::Possible,
                ..report("tempo", EventType::Accuse, &["UKR"], &["RUS"])
            }],
        ),
        (
            "sanctioned",
            vec![Report {
                time: Some(between(Some("2025-08-01"), Some("2025-08-05"))),
                status: Status::Negated,
                review: Review::Rejected,
                ..report("guardian", EventType::Sanction, &["IDN"], &["PRK"])
            }],
        ),
        (
            "threatened",
            vec![Report {
                time: Some(between(None, Some("2025-06-30"))),
                review: Review::Accepted,
                ..report("guardian", EventType::Threaten, &["yo"], &["UKR"])
            }],
        ),
        (
            "protested",
            vec![Report {
                time: Some(between(Some("2024-01-01"), Some("2025-12-31"))),
                place: place("jakarta", "Jakarta", "IDN"),
                ..report("antara2", EventType::Protest, &["warga"], &["IDN"])
            }],
        ),
    ]
}

/// The collection of the stories.
pub(super) fn collection() -> Collection {
    filled(stories())
}

/// A collection of events and their reports; of these, keys are made.
pub(super) fn filled(events: Vec<(&str, Vec<Report>)>) -> Collection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(include_str!("../../../saksi-store/src/schema.sql")).unwrap();
    db.execute_batch("PRAGMA foreign_keys = on").unwrap();
    let mut articles = BTreeMap::new();
    for (row, (key, outlet, language, published, text)) in (1_i64..).zip(ARTICLES) {
        let (title, body) = text.split_once('\n').unwrap();
        let record = serde_json::json!({
            "schema": saksi_record::SCHEMA,
            "article": { "id": key, "from": null, "url": null, "outlet": outlet, "author": null, "title": title,
                "language": language, "published": { "value": published, "basis": "given" } },
            "text": text, "passages": [{ "kind": "title", "start": 0, "end": title.chars().count(), "rule": "" }],
            "sentences": [], "actors": [], "places": [], "times": [], "events": [], "attributions": [], "notes": []
        });
        db.execute(
            "INSERT INTO article (id, key, text_id, outlet, title, language, published, basis, program, witness, signature, outline, kin, options, record)
             VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, 'given', 'test', ?2, x'', x'', ?1, '{}', ?7)",
            params![row, key, outlet, title, language, published, record.to_string()],
        )
        .unwrap();
        db.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", params![row, title, body]).unwrap();
        articles.insert(key, row);
    }
    let mut actors = BTreeMap::new();
    let mut actor = |key: &str| {
        let next = actors.len() as i64 + 1;
        *actors.entry(key.to_owned()).or_insert_with(|| {
            let party = party(key);
            db.execute(
                "INSERT INTO actor (id, key, name, kind, country) VALUES (?, ?, ?, ?, ?)",
                params![next, key, party.name.as_str(), party.kind.as_str(), party.country.as_deref()],
            )
            .unwrap();
            let more = ALIASES.into_iter().filter(|(of, _)| *of == key).map(|(_, name)| name.to_owned());
            for name in more.chain([party.name.into()]) {
                db.execute("INSERT INTO alias VALUES (?, ?, ?, 2)", params![next, name, plain(&name)]).unwrap();
            }
            next
        })
    };
    for (row, (key, mut reports)) in (1_i64..).zip(events) {
        for (at, report) in reports.iter_mut().enumerate() {
            report.key = format!("{key}-{at}-{}", report.article);
        }
        let event = saksi_merge::Event { key: key.into(), ..saksi_merge::event(&reports.iter().collect::<Vec<_>>()) };
        let time = event.time.as_ref();
        let moment = saksi_store::moment::of_event(&event);
        let (first, last) = event.published.as_ref().map(|(first, last)| (first.as_str(), last.as_str())).unzip();
        db.execute(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                row,
                key,
                event.kind.as_str(),
                event.mode.as_deref(),
                event.quad.as_str(),
                event.status.as_str(),
                event.certainty.as_str(),
                time.and_then(|time| time.value.as_deref()),
                time.and_then(|time| time.earliest.as_deref()),
                time.and_then(|time| time.latest.as_deref()),
                moment,
                first,
                last,
                event.reports,
                event.articles,
                event.sources,
                serde_json::to_string(&event.languages).unwrap(),
                crate::conditions::spelled(event.review),
                serde_json::to_string(&event).unwrap()
            ],
        )
        .unwrap();
        for (role, parties) in [("actor", &event.actor), ("recipient", &event.recipient)] {
            for party in parties {
                let sql =
                    "INSERT OR IGNORE INTO party (event, role, actor, country, type, moment) VALUES (?, ?, ?, ?, ?, ?)";
                db.execute(
                    sql,
                    params![row, role, actor(&party.key), party.country.as_deref(), event.kind.as_str(), moment],
                )
                .unwrap();
            }
        }
        for place in &event.place {
            let sql = "INSERT INTO place (event, key, name, country, moment) VALUES (?, ?, ?, ?, ?)";
            db.execute(sql, params![row, place.key.as_str(), place.name.as_str(), place.country.as_deref(), moment])
                .unwrap();
        }
        for report in &reports {
            let nearest = report.sources.first();
            let source = nearest.and_then(|voice| voice.key.as_ref()).map(|key| actor(key));
            db.execute(
                "INSERT INTO report (key, article, event, linked, ordinal, source_kind, source, review, report, features) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, x'000000000000000000000000')",
                params![
                    report.key, articles[report.article.as_str()], row, row, nearest.map(|voice| voice.kind.as_str()), source,
                    crate::conditions::spelled(report.review), serde_json::to_string(report).unwrap()
                ],
            )
            .unwrap();
            let id = db.last_insert_rowid();
            for (depth, voice) in report.sources.iter().enumerate() {
                let key = voice.key.as_ref().map(|key| actor(key));
                let sql = "INSERT INTO voice (report, depth, actor, kind, published) VALUES (?, ?, ?, ?, ?)";
                db.execute(sql, params![id, depth as i64, key, voice.kind.as_str(), report.published.as_deref()])
                    .unwrap();
            }
        }
    }
    let count = "INSERT INTO tally SELECT actor, count(*) FROM voice WHERE actor IS NOT NULL GROUP BY actor";
    db.execute_batch(count).unwrap();
    Collection::of(db, plain)
}
