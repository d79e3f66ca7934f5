use crate::error::QueryError;
use jiff::civil::Date;
use saksi_merge::Review;
use saksi_record::{Certainty, EventType, Quad, SourceKind, Status};
use std::str::FromStr;

/// Which events. Values of one field are alternatives; fields narrow each other. Empty fields ask for nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// PLOVER types.
    pub types: Vec<EventType>,
    /// PLOVER modes.
    pub modes: Vec<String>,
    /// Quad categories.
    pub quads: Vec<Quad>,
    /// Who acts: names in any spelling, or keys.
    pub actors: Vec<String>,
    /// At whom it is directed.
    pub recipients: Vec<String>,
    /// Who acts or is acted on.
    pub parties: Vec<String>,
    /// Countries of either side, ISO 3166-1 alpha-3.
    pub countries: Vec<String>,
    /// Countries of those who act.
    pub actor_countries: Vec<String>,
    /// Countries of those acted on.
    pub recipient_countries: Vec<String>,
    /// Countries of both sides.
    pub dyads: Vec<Dyad>,
    /// Days, one of which the event may have taken place on.
    pub time: Days,
    /// Days, on one of which an article reports it.
    pub published: Days,
    /// Where: names or keys.
    pub places: Vec<String>,
    /// Countries of places.
    pub place_countries: Vec<String>,
    /// Kinds of source in the chain of a report.
    pub source_kinds: Vec<Told>,
    /// Sources in the chain of a report: names in any spelling, or keys.
    pub sources: Vec<String>,
    /// Who published a report, in any case.
    pub outlets: Vec<String>,
    /// Statuses.
    pub statuses: Vec<Status>,
    /// The least certainty.
    pub certainty: Option<Certainty>,
    /// Languages of reports, BCP 47.
    pub languages: Vec<String>,
    /// Articles that report it, by their keys or the beginnings of these.
    pub articles: Vec<String>,
    /// What a person decided. Where it is empty, what was rejected is left out.
    pub reviews: Vec<Review>,
    /// Whether one report at least is such that nobody looked at it.
    pub unseen: bool,
    /// The least number of independent sources.
    pub min_sources: u32,
    /// Words of an article that reports it, as [`crate::Words`] reads them.
    pub words: Option<String>,
}

/// How many events, in which order, and from where on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Rows at most.
    pub limit: usize,
    /// In which order.
    pub order: Order,
    /// Whether to turn the order around; events of unknown time stay last.
    pub reverse: bool,
    /// Key of the last event of the page before.
    pub after: Option<String>,
}

impl Default for Page {
    fn default() -> Self {
        Self { limit: 50, order: Order::Time, reverse: false, after: None }
    }
}

/// By what events are put in order; the key decides between equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Earliest possible day first.
    Time,
    /// Most independent sources first.
    Sources,
    /// Most reports first.
    Reports,
}

/// Who told it: a kind of source, or the article itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// In the article's own voice.
    Article,
    /// By a source of this kind.
    By(SourceKind),
}

impl FromStr for Told {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "article" { Ok(Self::Article) } else { text.parse().map(Self::By) }
    }
}

/// The countries of actor and recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dyad {
    /// ISO 3166-1 alpha-3 of those who act.
    pub actor: String,
    /// Of those acted on.
    pub recipient: String,
    /// Whether it goes one way only.
    pub directed: bool,
}

impl Dyad {
    /// Reads `PRK-RUS`, or `PRK~RUS` for both ways.
    ///
    /// # Errors
    /// If it is neither; whether the countries exist is not looked at.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let directed = !text.contains('~');
        match text.split(['-', '~']).collect::<Vec<_>>()[..] {
            [actor, recipient] if !actor.is_empty() && !recipient.is_empty() => {
                Ok(Self { actor: actor.into(), recipient: recipient.into(), directed })
            }
            _ => Err(QueryError::usage(
                format!("`{text}` is no dyad"),
                "write who acts and who is acted on as PRK-RUS, or PRK~RUS for both ways",
            )),
        }
    }
}

/// Days from one to another, both included; either may be open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Days {
    /// First day, ISO 8601.
    pub from: Option<String>,
    /// Last day, ISO 8601.
    pub to: Option<String>,
}

impl Days {
    /// Reads two of `2025-07-13`, `2025-07`, `2025`: the first day of the one to the last day of the other.
    ///
    /// # Errors
    /// If one is no such time, or the first comes after the last.
    pub fn parse(from: Option<&str>, to: Option<&str>) -> Result<Self, QueryError> {
        let from = from.map(|text| bounds(text).map(|(first, _)| first)).transpose()?;
        let to = to.map(|text| bounds(text).map(|(_, last)| last)).transpose()?;
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            return Err(QueryError::usage(
                format!("the days go from {from} to {to}, which is before it"),
                "give the earlier day first",
            ));
        }
        Ok(Self { from: from.map(|day| day.to_string()), to: to.map(|day| day.to_string()) })
    }

    /// Whether nothing is asked.
    pub fn is_open(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}

/// First and last day of a day, month or year.
fn bounds(text: &str) -> Result<(Date, Date), QueryError> {
    let wrong = || {
        QueryError::usage(
            format!("`{text}` is no day, month or year of the calendar"),
            "write it as 2025-07-13, 2025-07 or 2025",
        )
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    if !parts.iter().all(|part| digits(part)) {
        return Err(wrong());
    }
    let first = match parts[..] {
        [year] if year.len() == 4 => format!("{year}-01-01"),
        [year, month] if (year.len(), month.len()) == (4, 2) => format!("{year}-{month}-01"),
        [year, month, day] if (year.len(), month.len(), day.len()) == (4, 2, 2) => text.to_owned(),
        _ => return Err(wrong()),
    };
    let first: Date = first.parse().map_err(|_| wrong())?;
    let last = match parts.len() {
        1 => first.last_of_year(),
        2 => first.last_of_month(),
        _ => first,
    };
    Ok((first, last))
}

/// The values of a vocabulary that `texts` spell.
///
/// # Errors
/// For a text that spells none, with all that are allowed.
pub fn terms<T: FromStr>(what: &str, texts: &[String], allowed: &[&str]) -> Result<Vec<T>, QueryError> {
    let value = |text: &String| {
        let spelled = allowed.iter().find(|allowed| allowed.eq_ignore_ascii_case(text)).copied().unwrap_or(text);
        spelled
            .parse()
            .map_err(|_| QueryError::usage(format!("`{text}` is no {what}"), format!("one of: {}", allowed.join(", "))))
    };
    texts.iter().map(value).collect()
}
