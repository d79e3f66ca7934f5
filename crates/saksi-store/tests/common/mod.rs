//! Made-up articles, and all that a collection holds by keys.
#![allow(dead_code, reason = "each test uses some of it")]

use rusqlite::types::ValueRef;
use saksi_lang::Pack;
use saksi_merge::Gazetteer;
use saksi_record::{MentionForm, Record};
use saksi_store::{Connection, Incoming, Mode, Options, Origin, Store};
use saksi_testkit::{World, record};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

pub(crate) static GAZETTEER: LazyLock<Arc<Gazetteer>> = LazyLock::new(|| {
    let packs: Vec<Pack> = Pack::languages().into_iter().map(|code| Pack::builtin(code).unwrap()).collect();
    Arc::new(Gazetteer::compile(&Pack::builtin("world").unwrap(), &packs).unwrap())
});

static WORLD: LazyLock<World> = LazyLock::new(|| World::of(&Pack::builtin("world").unwrap()).unwrap());

/// A folder that goes when the test ends.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("saksi-store-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Record `number`; one in three is a copy of another.
pub(crate) fn made(number: u64) -> Record {
    record(&WORLD, 3, 330, number)
}

/// Record `number` in the other language: the same names, numbers and days among other words. One in three leaves out some
/// of the names, so that it may be too far from what it is a translation of, and near to another translation.
pub(crate) fn translated(number: u64) -> Record {
    let mut record = made(number);
    let names = record.actors.iter().flat_map(|actor| &actor.mentions).map(|mention| (mention.start, mention.end));
    let places = record.places.iter().flat_map(|place| &place.mentions).map(|mention| (mention.start, mention.end));
    let kept: Vec<(u32, u32)> = names.chain(places).collect();
    if number % 3 == 2 {
        let few = record.actors.len() / 3;
        for mention in record.actors.iter_mut().take(few).flat_map(|actor| &mut actor.mentions) {
            mention.form = MentionForm::Nominal;
        }
    }
    let other = |(at, letter): (usize, char)| {
        let named = kept.iter().any(|(start, end)| (*start..*end).contains(&(at as u32)));
        if named || !letter.is_ascii_lowercase() { letter } else { (b'a' + (letter as u8 - b'a' + 7) % 26) as char }
    };
    record.text = record.text.chars().enumerate().map(other).collect();
    let language = if record.article.language == "en" { "id" } else { "en" };
    record.article.language = String::from(language);
    record.article.outlet = Some("Kantor Berita".to_owned());
    record.article.url = Some(format!("https://example.org/translated/{number}"));
    blake3::hash(record.text.as_bytes()).to_hex()[..32].clone_into(&mut record.article.id);
    record
}

pub(crate) fn incoming(record: &Record) -> Incoming {
    let options = Options::default();
    let bytes = record.text.as_bytes();
    Incoming::new(record, &Origin { bytes: Some(bytes), options: &options, program: "test" }, &GAZETTEER)
}

pub(crate) fn open(path: &Path) -> Store {
    Store::open(path, Mode::Create, Duration::from_secs(20), Arc::clone(&GAZETTEER)).unwrap()
}

/// All rows, by keys and not by numbers, sorted.
pub(crate) fn dump(db: &Connection) -> Vec<String> {
    const QUERIES: [&str; 12] = [
        "SELECT 'article', key, text_id, outlet, published, witness, record, hex(signature), hex(outline), credit FROM article",
        "SELECT 'kin', one.key, (SELECT min(key) FROM article other WHERE other.kin = one.kin) FROM article one",
        "SELECT 'report', report.key, event.key, article.key, ordinal, source_kind, actor.key, report.review, report.report, \
         hex(features), original FROM report JOIN article ON article.id = report.article JOIN event ON event.id = report.event \
         LEFT JOIN actor ON actor.id = report.source",
        "SELECT 'linked', one.key, (SELECT min(key) FROM report other WHERE other.linked = one.linked) FROM report one",
        "SELECT 'event', key, type, mode, quad, status, certainty, value, earliest, latest, first_published, last_published, \
         reports, articles, sources, languages, review, summary FROM event",
        "SELECT 'party', event.key, role, actor.key, party.country FROM party JOIN event ON event.id = party.event \
         JOIN actor ON actor.id = party.actor",
        "SELECT 'place', event.key, place.key, name, country, lat, lon FROM place JOIN event ON event.id = place.event",
        "SELECT 'actor', key, name, kind, country, sector, wikidata FROM actor",
        "SELECT 'alias', key, alias.name, folded, articles FROM alias JOIN actor ON actor.id = alias.actor",
        "SELECT 'tally', key, voices, (SELECT count(*) FROM voice WHERE voice.actor = tally.actor) FROM tally \
         JOIN actor ON actor.id = tally.actor WHERE voices != 0",
        "SELECT 'words', article.key, words.title, body FROM words JOIN article ON article.id = words.rowid",
        "SELECT 'index', article.key, term, col, offset FROM temp.terms JOIN article ON article.id = terms.doc",
    ];
    db.execute_batch("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab (main, words, instance)").unwrap();
    let mut all = Vec::new();
    for (table, of) in [("band", "article"), ("block", "report")] {
        for (hash, number) in saksi_store::meetings(db, table).unwrap() {
            let key: String =
                db.query_row(&format!("SELECT key FROM {of} WHERE id = ?1"), [number], |row| row.get(0)).unwrap();
            all.push(format!("{table}|{hash}|{key}"));
        }
    }
    for query in QUERIES {
        let mut statement = db.prepare(query).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<String> = (0..columns)
                .map(|at| match row.get_ref(at).unwrap() {
                    ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    other => format!("{other:?}"),
                })
                .collect();
            all.push(cells.join("|"));
        }
    }
    all.sort();
    all
}

/// The two must be the same; shows the first rows that are not.
pub(crate) fn assert_same(one: &[String], other: &[String], what: &str) {
    if one == other {
        return;
    }
    let of = |some: &[String], others: &[String]| -> Vec<String> {
        some.iter().filter(|row| !others.contains(row)).take(3).map(|row| row.chars().take(4000).collect()).collect()
    };
    panic!("{what}\nonly here: {:#?}\nonly there: {:#?}", of(one, other), of(other, one));
}

pub(crate) fn assert_whole(db: &Connection) {
    assert_eq!(saksi_store::verify(db).unwrap(), Vec::<String>::new());
    db.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab (main, words, instance);
         CREATE VIRTUAL TABLE temp.again USING fts5 (title, body, tokenize = 'unicode61 remove_diacritics 2');
         CREATE VIRTUAL TABLE temp.terms_again USING fts5vocab (temp, again, instance);
         INSERT INTO temp.again (rowid, title, body) SELECT id, title, body FROM own_words;",
    )
    .unwrap();
    for (one, other) in [("terms", "terms_again"), ("terms_again", "terms")] {
        let sql = format!("SELECT count(*) FROM (SELECT * FROM temp.{one} EXCEPT SELECT * FROM temp.{other})");
        assert_eq!(db.query_row(&sql, [], |row| row.get::<_, i64>(0)), Ok(0), "words that only {one} has");
    }
    db.execute_batch("DROP TABLE temp.terms_again; DROP TABLE temp.again;").unwrap();
}
