//! Which column of a table, or key of a JSON object, holds what.

use saksi_lang::{DateOrders, First, Pack, PackError};
use std::collections::BTreeMap;
use std::fmt;

/// The table of usual names, in the pack of facts of no language.
const FILE: &str = "columns.tsv";

/// A part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Its text or page.
    Text,
    /// Its headline.
    Title,
    /// Its address.
    Url,
    /// When it was published.
    Published,
    /// Who published it.
    Outlet,
    /// Who wrote it.
    Author,
    /// Its language.
    Language,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Title, Self::Url, Self::Published, Self::Outlet, Self::Author, Self::Language];

    /// Its name on the command line and in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Title => "title",
            Self::Url => "url",
            Self::Published => "published",
            Self::Outlet => "outlet",
            Self::Author => "author",
            Self::Language => "language",
        }
    }
}

/// The names under which each part may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// Folded names, the first that a source has wins.
    usual: BTreeMap<Field, Vec<String>>,
    /// Names that the caller gave, as given; they rule the usual ones out.
    given: BTreeMap<Field, String>,
    /// What comes first in a date written in numbers.
    orders: DateOrders,
}

/// A mapping of columns that cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnError {
    /// It is not of the form `part=name`.
    Form(String),
    /// There is no such part.
    NoField(String),
}

impl fmt::Display for ColumnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = Field::ALL.map(Field::name).join(", ");
        match self {
            Self::Form(given) => write!(f, "`{given}` is not of the form PART=NAME, as in text=body"),
            Self::NoField(name) => write!(f, "there is no part `{name}`; there are {parts}"),
        }
    }
}

impl std::error::Error for ColumnError {}

impl Columns {
    /// The usual names, from the pack of facts of no language.
    ///
    /// # Errors
    /// If the pack lacks the table, or it names a part that there is not.
    pub fn compile(world: &Pack) -> Result<Self, PackError> {
        let table = world.table(FILE)?;
        let (field, names) = (table.column("field")?, table.column("names")?);
        let mut usual = BTreeMap::new();
        for row in table.rows() {
            let Some(part) = Field::ALL.into_iter().find(|part| part.name() == row.cell(field)) else {
                let reason = ColumnError::NoField(row.cell(field).to_owned()).to_string();
                return Err(PackError::Entry { at: row.location(), reason });
            };
            usual.insert(part, row.list(names).map(fold).collect());
        }
        Ok(Self { usual, given: BTreeMap::new(), orders: DateOrders::compile(world)? })
    }

    /// Adds a mapping of the form `text=body`; the part then has no other name.
    ///
    /// # Errors
    /// [`ColumnError`] for a mapping that cannot be followed.
    pub fn give(&mut self, mapping: &str) -> Result<(), ColumnError> {
        let Some((part, name)) = mapping.split_once('=').filter(|(_, name)| !name.is_empty()) else {
            return Err(ColumnError::Form(mapping.to_owned()));
        };
        let Some(field) = Field::ALL.into_iter().find(|field| field.name() == part.trim()) else {
            return Err(ColumnError::NoField(part.to_owned()));
        };
        self.given.insert(field, name.to_owned());
        Ok(())
    }

    /// What comes first in a date written in numbers, by the language and the address of an article.
    pub fn first(&self, language: Option<&str>, url: Option<&str>) -> Option<First> {
        self.orders.first(language.as_slice(), url)
    }

    /// The name that the caller gave for a part.
    pub(crate) fn given(&self, field: Field) -> Option<&str> {
        self.given.get(&field).map(String::as_str)
    }

    /// The best of `names` that `holds` accepts, as an index.
    pub(crate) fn pick(&self, field: Field, names: &[String], holds: impl Fn(usize) -> bool) -> Option<usize> {
        if let Some(given) = self.given(field) {
            let exact = names.iter().position(|name| name == given);
            return exact.or_else(|| names.iter().position(|name| fold(name) == fold(given)));
        }
        let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
        self.usual
            .get(&field)?
            .iter()
            .find_map(|usual| folded.iter().enumerate().position(|(at, name)| name == usual && holds(at)))
    }

    /// Whether `name` may hold any part of an article.
    pub(crate) fn is_known(&self, name: &str) -> bool {
        let name = fold(name);
        self.usual.values().any(|names| names.contains(&name)) || self.given.values().any(|given| fold(given) == name)
    }

    /// Whether `name` may hold an article's address.
    pub(crate) fn is_url(&self, name: &str) -> bool {
        self.is(Field::Url, name)
    }

    /// Whether `name` may hold an article's text.
    pub(crate) fn is_text(&self, name: &str) -> bool {
        self.is(Field::Text, name)
    }

    fn is(&self, field: Field, name: &str) -> bool {
        match self.given(field) {
            Some(given) => fold(given) == fold(name),
            None => self.usual.get(&field).is_some_and(|names| names.contains(&fold(name))),
        }
    }
}

impl Default for Columns {
    /// The usual names of the pack in the binary.
    fn default() -> Self {
        Pack::builtin("world").and_then(|world| Self::compile(&world)).unwrap_or(Self {
            usual: BTreeMap::new(),
            given: BTreeMap::new(),
            orders: DateOrders::default(),
        })
    }
}

/// A name without case, blanks and marks.
fn fold(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(of: &[&str]) -> Vec<String> {
        of.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn every_usual_name_finds_its_part_and_no_name_stands_for_two() {
        let columns = Columns::default();
        let mut seen = std::collections::BTreeMap::new();
        for (field, usual) in &columns.usual {
            assert!(!usual.is_empty());
            for name in usual {
                assert_eq!(columns.pick(*field, std::slice::from_ref(name), |_| true), Some(0), "{name}");
                assert_eq!(seen.insert(name.clone(), field), None, "{name} stands twice");
            }
        }
        assert_eq!(columns.usual.len(), Field::ALL.len());
    }

    #[test]
    fn letters_compare_without_case_and_marks() {
        let columns = Columns::default();
        assert_eq!(columns.pick(Field::Text, &names(&["Title", "Article Body"]), |_| true), Some(1));
        assert_eq!(columns.pick(Field::Published, &names(&["PUB-DATE"]), |_| true), Some(0));
    }

    #[test]
    fn the_first_usual_name_that_holds_something_wins() {
        let columns = Columns::default();
        let two = names(&["summary", "body"]);
        assert_eq!(columns.pick(Field::Text, &two, |_| true), Some(1));
        assert_eq!(columns.pick(Field::Text, &two, |at| at == 0), Some(0));
    }

    #[test]
    fn a_given_name_rules_the_usual_ones_out() {
        let mut columns = Columns::default();
        columns.give("text=lead").unwrap();
        assert_eq!(columns.pick(Field::Text, &names(&["body", "Lead"]), |_| true), Some(1));
        assert_eq!(columns.pick(Field::Text, &names(&["body"]), |_| true), None);
        assert_eq!(columns.give("text"), Err(ColumnError::Form("text".into())));
        assert_eq!(columns.give("lead=body"), Err(ColumnError::NoField("lead".into())));
    }
}
