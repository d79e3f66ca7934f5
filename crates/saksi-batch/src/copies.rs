//! Which of the articles that are read together are copies of one text.

use crate::article::{Given, clean, read};
use crate::order::{Knobs, in_order};
use saksi::{CleanArticle, Packs};
use saksi_duplicates::{Dated, Group, Member, group, signature_of_parts};
use saksi_input::{Document, Documents, Found, When};
use saksi_record::{Record, WireGroup};
use std::collections::HashMap;
use std::ops::ControlFlow;

const SECONDS_A_DAY: i64 = 86_400;
/// Among more articles than this no copies are looked for before they are read: what is kept of one has 300 bytes.
const MOST: usize = 200_000;

/// The groups of a number of articles.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    pub(crate) groups: Vec<Group>,
    /// Of an article its group, and its place in that.
    places: HashMap<usize, (usize, usize)>,
}

impl Groups {
    pub(crate) fn of(articles: &[Dated]) -> Self {
        let groups = group(articles);
        let places = groups.iter().enumerate().flat_map(|(at, group)| {
            group.members.iter().enumerate().map(move |(place, member)| (member.article, (at, place)))
        });
        Self { places: places.collect(), groups }
    }

    pub(crate) fn find(&self, article: usize) -> Option<(&Group, &Member)> {
        let (group, place) = *self.places.get(&article)?;
        let group = &self.groups[group];
        Some((group, &group.members[place]))
    }

    /// What the record of an article says of its group; `id` gives the id of an article.
    pub(crate) fn told(&self, article: usize, id: impl Fn(usize) -> Option<String>) -> Option<WireGroup> {
        let (group, member) = self.find(article)?;
        let similarity = rounded(member.similarity);
        Some(WireGroup { id: id(group.earliest)?, earliest: article == group.earliest, kind: member.kind, similarity })
    }
}

/// A similarity as it is written.
pub(crate) fn rounded(similarity: f64) -> f64 {
    (similarity * 1000.0).round() / 1000.0
}

/// When an article was published, in seconds since 1970: the moment that its source gives, else its day.
pub(crate) fn moment(stated: Option<When>, day: Option<&str>) -> Option<i64> {
    let of_day = || day.and_then(saksi_input::when).map(|when| days(when) * SECONDS_A_DAY);
    stated.and_then(|when| when.moment).or_else(of_day)
}

/// Days since 1970.
fn days(when: When) -> i64 {
    let epoch = saksi_input::when("1970-01-01").map(|when| when.day);
    epoch.and_then(|epoch| epoch.until(when.day).ok()).map_or(0, |span| i64::from(span.get_days()))
}

/// The copies among documents that are then read one by one.
#[derive(Debug, Default)]
pub struct Copies {
    groups: Groups,
    /// The ids of the articles that are in groups.
    ids: HashMap<usize, String>,
}

impl Copies {
    /// Looks for copies among documents before they are read. `documents` gives all of them from the beginning each time it
    /// is called: it is called once, and once more where the day of a copy stands in nothing but its text.
    ///
    /// None is found among more than 200,000 documents, nor once `watch`, which is called now and then, breaks.
    pub fn among(
        documents: impl Fn() -> Documents,
        given: &Given,
        packs: &Packs,
        knobs: Knobs,
        mut watch: impl FnMut() -> ControlFlow<()>,
    ) -> Self {
        let mut articles: Vec<Dated> = Vec::new();
        let mut ids: Vec<[u8; 16]> = Vec::new();
        let mut ended = true;
        let work = |found: Found| match found {
            Found::Document(document) => clean(&document, given, packs).map(|clean| sketch(&document, &clean)),
            _ => None,
        };
        in_order(documents(), weight, knobs, work, |sketch| {
            // What has no text of its own is in no group, and keeps the count right.
            let (id, dated) =
                sketch.unwrap_or_else(|| ([0; 16], Dated { signature: signature_of_parts("", &[]), when: None }));
            articles.push(dated);
            ids.push(id);
            if articles.len() > MOST || watch().is_break() {
                ended = false;
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        if !ended {
            return Self::default();
        }
        let mut groups = Groups::of(&articles);
        let undated = |number: usize| articles[number].when.is_none() && groups.find(number).is_some();
        let open: Vec<bool> = (0..articles.len()).map(undated).collect();
        if let Some(last) = open.iter().rposition(|open| *open) {
            let work = |(number, found): (usize, Found)| match found {
                Found::Document(document) if open[number] => {
                    let record = read(&document, given, packs).ok()?;
                    Some((number, moment(document.about.published, record.article.published.value.as_deref())?))
                }
                _ => None,
            };
            let weight = |(_, found): &(usize, Found)| weight(found);
            in_order(documents().take(last + 1).enumerate(), weight, knobs, work, |found| {
                if let Some((number, when)) = found {
                    articles[number].when = Some(when);
                }
                watch()
            });
            groups = Groups::of(&articles);
        }
        let ids = groups.places.keys().map(|&number| (number, hex(ids[number]))).collect();
        Self { groups, ids }
    }

    /// The group of the document with that number, counted from 0 over all that was found; none if its record is not that
    /// of the text that was looked at.
    pub fn of(&self, number: usize, record: &Record) -> Option<WireGroup> {
        let same = self.ids.get(&number).is_some_and(|id| *id == record.article.id);
        same.then(|| self.groups.told(number, |number| self.ids.get(&number).cloned())).flatten()
    }
}

fn weight(found: &Found) -> usize {
    if let Found::Document(document) = found { document.bytes.len() } else { 0 }
}

fn sketch(document: &Document, clean: &CleanArticle) -> ([u8; 16], Dated) {
    let when = moment(document.about.published, clean.article.published.value.as_deref());
    (bytes(&clean.article.id), Dated { signature: signature_of_parts(&clean.text, &clean.passages), when })
}

/// The bytes of an article's id, which is 32 hexadecimal digits.
fn bytes(id: &str) -> [u8; 16] {
    u128::from_str_radix(id, 16).unwrap_or_default().to_be_bytes()
}

fn hex(id: [u8; 16]) -> String {
    format!("{:032x}", u128::from_be_bytes(id))
}
