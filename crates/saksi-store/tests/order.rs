//! What is in a collection is a function of the articles, whatever the order, the batches, and what was taken out again.

mod common;

use common::{Folder, assert_same, assert_whole, dump, incoming, made, open, translated};
use proptest::prelude::*;
use saksi_store::{Connection, Incoming, lacking};

/// The articles of a story: of one day, so that they tell of the same acts. One in four is the translation of another.
fn articles(count: u64) -> Vec<Incoming> {
    let article = |number: u64| if number % 4 == 3 { translated(number / 2) } else { made(number) };
    (0..count).map(|number| incoming(&article(number))).collect()
}

fn witness(db: &Connection, article: &Incoming) -> String {
    db.query_row("SELECT witness FROM article WHERE key = ?1", [article.key()], |row| row.get(0)).unwrap()
}

/// An article that is no copy, and is long enough for its translation to be known.
const TOLD: u64 = 4;

#[test]
fn a_translation_is_of_the_same_witness_until_what_connects_them_is_gone() {
    let folder = Folder::new("translation");
    let mut store = open(&folder.file("a.db"));
    let mut original = made(TOLD);
    original.article.published.value = Some("2020-01-01".to_owned());
    let mut copy = original.clone();
    copy.article.outlet = Some("Warta".to_owned());
    copy.article.published.value = Some("2020-01-03".to_owned());
    let mut translation = translated(TOLD);
    translation.article.published.value = Some("2020-01-02".to_owned());
    let [original, copy, translation, other] =
        [original, copy, translation, made(TOLD + 2)].map(|record| incoming(&record));
    store.add(vec![translation.clone()]).unwrap();
    store.add(vec![copy.clone(), other.clone()]).unwrap();
    // The translation came out before the copy of what it is a translation of.
    assert_eq!(witness(store.connection(), &copy), translation.key());
    store.add(vec![original.clone()]).unwrap();
    for article in [&original, &copy, &translation] {
        assert_eq!(witness(store.connection(), article), original.key());
    }
    assert_eq!(witness(store.connection(), &other), other.key());
    let count = |db: &Connection, sql: &str| -> i64 { db.query_row(sql, [], |row| row.get(0)).unwrap() };
    let told = "SELECT count(*) FROM event WHERE articles = 3";
    assert!(count(store.connection(), told) > 3);
    assert_eq!(count(store.connection(), &format!("{told} AND sources > 1")), 0);
    store.remove(&[original.key().to_owned(), copy.key().to_owned()]).unwrap();
    assert_eq!(witness(store.connection(), &translation), translation.key());
    assert_whole(store.connection());
}

#[test]
fn articles_bring_reports_of_one_event_and_copies_of_one_text_together() {
    let folder = Folder::new("together");
    let mut store = open(&folder.file("a.db"));
    let added = store.add(articles(60)).unwrap();
    assert_eq!((added.added, added.known), (60, 0));
    let count = |sql: &str| -> i64 { store.connection().query_row(sql, [], |row| row.get(0)).unwrap() };
    assert!(count("SELECT count(*) FROM event WHERE reports > 1") > 10);
    assert!(count("SELECT count(*) FROM article WHERE witness != key") > 10);
    let translations = "SELECT count(*) FROM article one JOIN article other ON other.key = one.witness \
         WHERE one.language != other.language";
    assert!(count(translations) > 5);
    assert!(count("SELECT count(*) FROM report") > 400);
    assert_whole(store.connection());
    let again = store.add(articles(60)).unwrap();
    assert_eq!((again.added, again.known), (0, 60));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn order_and_batches_do_not_matter(
        order in Just((0..28_usize).collect::<Vec<_>>()).prop_shuffle(),
        sizes in prop::collection::vec(1_usize..12, 28),
        gone in prop::collection::vec(28_usize..34, 0..4),
        few in 0_u64..40,
    ) {
        let folder = Folder::new("order");
        let all = articles(34);
        let mut straight = open(&folder.file("straight.db"));
        straight.add(all[..28].to_vec()).unwrap();
        let expected = dump(straight.connection());

        let mut mixed = open(&folder.file("mixed.db"));
        mixed.leave_out_after(few);
        // Some that do not belong come in between, and are taken out at the end.
        let mut sequence = order;
        for (at, article) in gone.iter().enumerate() {
            if !sequence.contains(article) {
                sequence.insert(at * 7, *article);
            }
        }
        let mut rest = sequence.as_slice();
        for size in sizes {
            let (batch, after) = rest.split_at(size.min(rest.len()));
            let batch = batch.iter().map(|&at| all[at].clone()).collect();
            if few % 3 == 0 { mixed.add_ahead(batch) } else { mixed.add(batch) }.unwrap();
            rest = after;
        }
        mixed.add(rest.iter().map(|&at| all[at].clone()).collect()).unwrap();
        let mut taken: Vec<String> = gone.iter().map(|&at| all[at].key().to_owned()).collect();
        taken.sort();
        taken.dedup();
        // Without indexes for questions it is whole as well, and taking out does not need them.
        if few % 2 == 0 {
            mixed.complete().unwrap();
        }
        mixed.remove(&taken).unwrap();
        assert_same(&dump(mixed.connection()), &expected, "mixed and straight");
        assert_whole(mixed.connection());
        mixed.complete().unwrap();
        assert_eq!(lacking(mixed.connection()).unwrap(), Vec::<&str>::new());
        assert_whole(mixed.connection());
    }
}

#[test]
fn what_was_taken_out_and_added_again_is_as_before() {
    let folder = Folder::new("again");
    let mut store = open(&folder.file("a.db"));
    let all = articles(20);
    store.add(all.clone()).unwrap();
    let before = dump(store.connection());
    let keys: Vec<String> = all.iter().step_by(3).map(|article| article.key().to_owned()).collect();
    store.remove(&keys).unwrap();
    assert_whole(store.connection());
    store.add(all.iter().step_by(3).cloned().collect()).unwrap();
    assert_same(&dump(store.connection()), &before, "after and before");
    let every: Vec<String> = all.iter().map(|article| article.key().to_owned()).collect();
    store.remove(&every).unwrap();
    assert_eq!(dump(store.connection()), Vec::<String>::new());
    assert_whole(store.connection());
}
