//! Whether the day or the month comes first where a date is written in numbers.

use crate::pack::{Pack, PackError};
use rustc_hash::FxHashMap;

/// The table, in the pack of facts of no language.
const FILE: &str = "dates.tsv";

/// What comes first in a date written in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// 13/07/2025.
    Day,
    /// 07/13/2025.
    Month,
}

/// What comes first, by language and region.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateOrders(FxHashMap<String, First>);

impl DateOrders {
    /// Compiles the table of `world`.
    ///
    /// # Errors
    /// If the pack lacks the table, or it is not well-formed.
    pub fn compile(world: &Pack) -> Result<Self, PackError> {
        let table = world.table(FILE)?;
        let (tag, order) = (table.column("tag")?, table.column("order")?);
        let mut orders = FxHashMap::default();
        for row in table.rows() {
            let first = match row.cell(order) {
                "day" => First::Day,
                "month" => First::Month,
                _ => return Err(PackError::Entry { at: row.location(), reason: "`order` is day or month".to_owned() }),
            };
            orders.insert(row.cell(tag).to_owned(), first);
        }
        Ok(Self(orders))
    }

    /// What comes first in a text in these languages (BCP 47, best first) at this address; none if nothing tells.
    ///
    /// ```
    /// use saksi_lang::{DateOrders, First, Pack};
    ///
    /// let orders = DateOrders::compile(&Pack::builtin("world").unwrap()).unwrap();
    /// assert_eq!(orders.first(&["id"], None), Some(First::Day));
    /// assert_eq!(orders.first(&["en", "en_US"], None), Some(First::Month));
    /// assert_eq!(orders.first(&["en"], Some("https://www.example.co.uk/a")), Some(First::Day));
    /// assert_eq!(orders.first(&["en"], Some("https://example.com/a")), None);
    /// ```
    pub fn first(&self, languages: &[&str], url: Option<&str>) -> Option<First> {
        let tags: Vec<(String, Option<String>)> = languages.iter().map(|tag| parts(tag)).collect();
        let known = |tag: &str| self.0.get(tag).copied();
        let full = tags.iter().find_map(|(language, region)| known(&format!("{language}-{}", region.as_deref()?)));
        full.or_else(|| tags.iter().find_map(|(language, _)| known(language)))
            .or_else(|| tags.iter().find_map(|(_, region)| known(region.as_deref()?)))
            .or_else(|| known(&ending(url?)?.to_ascii_uppercase()))
    }
}

/// The language of a tag in small letters, and its region in capitals.
fn parts(tag: &str) -> (String, Option<String>) {
    let mut parts = tag.split(['-', '_']);
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let region = parts.find(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    (language, region.map(str::to_ascii_uppercase))
}

/// The end of the host's name.
fn ending(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    host.trim_end_matches('.').rsplit_once('.').map(|(_, ending)| ending)
}
