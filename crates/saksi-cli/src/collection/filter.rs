//! Which events: the options that the questions over a collection share.

use crate::error::CliError;
use clap::{Args, ValueEnum};
use saksi::Packs;
use saksi_lang::Pack;
use saksi_merge::Review;
use saksi_query::{Collection, Days, Dyad, Filter, Order, Page, QueryError, Told, terms};
use saksi_record::{Certainty, EventType, Quad, SourceKind, Status};

/// Events asked for at once at most: more are a matter of `saksi export`.
const MOST: usize = 10_000;

/// Events asked for at once when the keys of a filter are gathered.
const KEYS: usize = 5_000;

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Which events (several values of one option are alternatives)")]
pub(crate) struct FilterArgs {
    /// PLOVER type, as CONSULT
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    types: Vec<String>,
    /// PLOVER mode, as visit
    #[arg(long = "mode", value_name = "MODE", value_delimiter = ',')]
    modes: Vec<String>,
    /// verbal-cooperation, material-cooperation, verbal-conflict or material-conflict
    #[arg(long = "quad", value_name = "QUAD", value_delimiter = ',')]
    quads: Vec<String>,
    /// Who acts: a name in any spelling, or a key
    #[arg(long = "actor", value_name = "NAME")]
    actors: Vec<String>,
    /// At whom it is directed
    #[arg(long = "recipient", value_name = "NAME")]
    recipients: Vec<String>,
    /// Who acts or is acted on
    #[arg(long = "party", value_name = "NAME")]
    parties: Vec<String>,
    /// Country of either side: a code, as PRK or KP, or an English name
    #[arg(long = "country", value_name = "COUNTRY", value_delimiter = ',')]
    countries: Vec<String>,
    /// Country of who acts
    #[arg(long = "actor-country", value_name = "COUNTRY", value_delimiter = ',')]
    actor_countries: Vec<String>,
    /// Country of who is acted on
    #[arg(long = "recipient-country", value_name = "COUNTRY", value_delimiter = ',')]
    recipient_countries: Vec<String>,
    /// Countries of who acts and who is acted on, as PRK-RUS; PRK~RUS for both ways
    #[arg(long = "dyad", value_name = "DYAD", value_delimiter = ',')]
    dyads: Vec<String>,
    /// First day, month or year it may have taken place in
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Last day, month or year it may have taken place in
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// First day, month or year of publication of a report
    #[arg(long, value_name = "DATE")]
    published_from: Option<String>,
    /// Last day, month or year of publication of a report
    #[arg(long, value_name = "DATE")]
    published_to: Option<String>,
    /// Where: the name of a place, or a country
    #[arg(long = "place", value_name = "PLACE")]
    places: Vec<String>,
    /// Kind of source in the chain of a report, as state-media; article for its own voice
    #[arg(long = "source-kind", value_name = "KIND", value_delimiter = ',')]
    source_kinds: Vec<String>,
    /// Source in the chain of a report: a name in any spelling, or a key
    #[arg(long = "source", value_name = "NAME")]
    sources: Vec<String>,
    /// Who published a report
    #[arg(long = "outlet", value_name = "NAME")]
    outlets: Vec<String>,
    /// actual, future, hypothetical or negated
    #[arg(long = "status", value_name = "STATUS", value_delimiter = ',')]
    statuses: Vec<String>,
    /// At least so certain: certain, probable, possible or unknown
    #[arg(long, value_name = "CERTAINTY")]
    certainty: Option<String>,
    /// Language of a report, as id
    #[arg(long = "language", value_name = "CODE", value_delimiter = ',')]
    languages: Vec<String>,
    /// An article that reports it, by the beginning of its key
    #[arg(long = "article", value_name = "KEY", value_delimiter = ',')]
    articles: Vec<String>,
    /// unreviewed, accepted, edited or rejected [default: all but rejected; in a review, what nobody looked at]
    #[arg(long = "review", value_name = "STATE", value_delimiter = ',')]
    reviews: Vec<String>,
    /// At least so many independent sources
    #[arg(long, value_name = "N", default_value = "0", hide_default_value = true)]
    min_sources: u32,
    /// Words of an article that reports it, as `saksi search` reads them
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    words: Option<String>,
}

#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "How many, and in which order")]
pub(crate) struct PageArgs {
    /// At most so many
    #[arg(long, short = 'n', value_name = "N", default_value = "50")]
    limit: usize,
    /// What comes first
    #[arg(long, value_enum, default_value = "time")]
    order: OrderArg,
    /// Turn the order around
    #[arg(long)]
    reverse: bool,
    /// Go on after this event: what the page before named
    #[arg(long, value_name = "KEY")]
    after: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OrderArg {
    /// The earliest day; what is of no known day comes last
    Time,
    /// The most independent sources
    Sources,
    /// The most reports
    Reports,
}

impl PageArgs {
    pub(crate) fn page(&self) -> Result<Page, CliError> {
        let order = match self.order {
            OrderArg::Time => Order::Time,
            OrderArg::Sources => Order::Sources,
            OrderArg::Reports => Order::Reports,
        };
        Ok(Page { limit: limit(self.limit)?, order, reverse: self.reverse, after: self.after.clone() })
    }
}

/// A number of rows that may be asked for.
pub(crate) fn limit(rows: usize) -> Result<usize, CliError> {
    if (1..=MOST).contains(&rows) {
        Ok(rows)
    } else {
        Err(CliError::Usage {
            reason: format!("--limit {rows} is not between 1 and {MOST}"),
            help: "go through pages with --after, or write everything with `saksi export`",
        })
    }
}

/// Names and codes of countries.
pub(crate) struct Countries(Vec<[String; 3]>);

impl Countries {
    pub(crate) fn of(packs: &Packs) -> Result<Self, CliError> {
        Self::read(&packs.pack("world").map_err(|error| CliError::Pack { reason: error.to_string() })?)
    }

    fn read(world: &Pack) -> Result<Self, CliError> {
        let broken = |error: saksi_lang::PackError| CliError::Pack { reason: error.to_string() };
        let table = world.table("countries.tsv").map_err(broken)?;
        let columns = ["iso3", "iso2", "name"].map(|name| table.column(name));
        let [iso3, iso2, name] = columns;
        let columns = [iso3.map_err(broken)?, iso2.map_err(broken)?, name.map_err(broken)?];
        Ok(Self(table.rows().map(|row| columns.map(|column| row.cell(column).to_owned())).collect()))
    }

    /// The code of a country, given as a code or by name.
    fn find(&self, text: &str) -> Option<String> {
        let same = |row: &&[String; 3]| row.iter().any(|cell| cell.to_lowercase() == text.to_lowercase());
        self.0.iter().find(same).map(|row| row[0].clone())
    }

    fn code(&self, text: &str) -> Result<String, QueryError> {
        self.find(text).ok_or_else(|| {
            let initial: String = text.chars().take(1).flat_map(char::to_lowercase).collect();
            let near: Vec<String> = self
                .0
                .iter()
                .filter(|row| row.iter().any(|cell| cell.to_lowercase().starts_with(&initial)))
                .map(|[iso3, _, name]| format!("{iso3} ({name})"))
                .collect();
            let near = if near.is_empty() || initial.is_empty() {
                self.0.iter().map(|row| row[0].clone()).collect::<Vec<_>>()
            } else {
                near
            };
            QueryError::Usage {
                reason: format!("`{text}` is no country"),
                help: format!("ISO 3166-1 codes or English names; of those beginning alike: {}", near.join(", ")),
            }
        })
    }

    fn codes(&self, texts: &[String]) -> Result<Vec<String>, QueryError> {
        texts.iter().map(|text| self.code(text)).collect()
    }
}

impl FilterArgs {
    /// Whether actors are named.
    pub(crate) fn names_actors(&self) -> bool {
        [&self.actors, &self.recipients, &self.parties, &self.sources].iter().any(|names| !names.is_empty())
    }

    /// The filter, with every value looked at.
    pub(crate) fn filter(&self, packs: &Packs) -> Result<Filter, CliError> {
        self.read(&Countries::of(packs)?).map_err(told)
    }

    fn read(&self, countries: &Countries) -> Result<Filter, QueryError> {
        let told: Vec<&str> =
            std::iter::once("article").chain(SourceKind::ALL.iter().map(|kind| kind.as_str())).collect();
        let mut places = Vec::new();
        let mut place_countries = Vec::new();
        for place in &self.places {
            match countries.find(place) {
                Some(code) => place_countries.push(code),
                None => places.push(place.clone()),
            }
        }
        if !places.is_empty() && !place_countries.is_empty() {
            return Err(QueryError::Usage {
                reason: "--place names places and countries at once".into(),
                help: "ask for the places, or for the countries".into(),
            });
        }
        let certainty: Vec<Certainty> = terms(
            "certainty",
            self.certainty.as_slice(),
            &Certainty::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>(),
        )?;
        let dyad = |text: &String| {
            let dyad = Dyad::parse(text)?;
            Ok(Dyad { actor: countries.code(&dyad.actor)?, recipient: countries.code(&dyad.recipient)?, ..dyad })
        };
        Ok(Filter {
            types: terms(
                "type of event",
                &self.types,
                &EventType::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>(),
            )?,
            modes: self.modes.clone(),
            quads: terms(
                "quad category",
                &self.quads,
                &Quad::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>(),
            )?,
            actors: self.actors.clone(),
            recipients: self.recipients.clone(),
            parties: self.parties.clone(),
            countries: countries.codes(&self.countries)?,
            actor_countries: countries.codes(&self.actor_countries)?,
            recipient_countries: countries.codes(&self.recipient_countries)?,
            dyads: self.dyads.iter().map(dyad).collect::<Result<_, QueryError>>()?,
            time: Days::parse(self.from.as_deref(), self.to.as_deref())?,
            published: Days::parse(self.published_from.as_deref(), self.published_to.as_deref())?,
            places,
            place_countries,
            source_kinds: terms::<Told>("kind of source", &self.source_kinds, &told)?,
            sources: self.sources.clone(),
            outlets: self.outlets.clone(),
            statuses: terms(
                "status",
                &self.statuses,
                &Status::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>(),
            )?,
            certainty: certainty.first().copied(),
            languages: self.languages.clone(),
            articles: self.articles.clone(),
            unseen: false,
            reviews: self.reviews.iter().map(|text| review(text)).collect::<Result<_, _>>()?,
            min_sources: self.min_sources,
            words: self.words.clone(),
        })
    }
}

fn review(text: &str) -> Result<Review, QueryError> {
    match text {
        "unreviewed" => Ok(Review::Unreviewed),
        "accepted" => Ok(Review::Accepted),
        "edited" => Ok(Review::Edited),
        "rejected" => Ok(Review::Rejected),
        _ => Err(QueryError::Usage {
            reason: format!("`{text}` is no review state"),
            help: "one of: unreviewed, accepted, edited, rejected".into(),
        }),
    }
}

/// What is wrong with a question, for the user.
pub(crate) fn told(error: QueryError) -> CliError {
    let reason = error.to_string();
    let (help, code) = match error {
        QueryError::File { help, .. } => (help, 3),
        QueryError::Stopped { help, .. } => (help, 1),
        QueryError::Usage { help, .. } => (help, 2),
        QueryError::Ambiguous { .. } => ("give the key of the one that is meant".into(), 2),
        _ => ("mend the statement; `saksi sql 'SELECT sql FROM sqlite_schema'` shows the tables".into(), 2),
    };
    CliError::Question { reason, help, code }
}

/// Opens the collection for a question.
pub(crate) fn open(db: &super::DbArgs) -> Result<Collection, CliError> {
    opened(db, saksi_query::plain)
}

/// Opens the collection for a question; `named` tells whether names of actors are in it, which take longer to look up.
pub(crate) fn open_for_names(db: &super::DbArgs, packs: &Packs, named: bool) -> Result<Collection, CliError> {
    if !named {
        return open(db);
    }
    let gazetteer = super::gazetteer(packs)?;
    opened(db, move |name| gazetteer.fold(name).into())
}

fn opened(db: &super::DbArgs, fold: impl Fn(&str) -> String + Send + Sync + 'static) -> Result<Collection, CliError> {
    let collection = Collection::open(&db.db, db.wait(), fold).map_err(told)?;
    if collection.is_empty().map_err(told)? {
        note("the collection is empty; `saksi add` reads articles into it");
    } else if collection.lacks_indexes().map_err(told)? {
        note(
            "an `add` is under way or was interrupted: answers take longer until it has made the indexes, or the next has",
        );
    }
    Ok(collection)
}

/// The keys of the events that a filter means, in order of time: `most` at most, and whether there are more.
pub(crate) fn keys(of: &Collection, filter: &Filter, most: usize) -> Result<(Vec<String>, bool), CliError> {
    let mut keys = Vec::new();
    let mut after = None;
    while keys.len() < most {
        let page = Page { limit: KEYS.min(most - keys.len()), order: Order::Time, reverse: false, after };
        let found = saksi_query::events(of, filter, &page).map_err(told)?;
        keys.extend(found.events.into_iter().map(|event| event.key));
        after = found.next;
        if after.is_none() {
            break;
        }
    }
    if keys.is_empty() {
        empty(of, filter, "event")?;
    }
    Ok((keys, after.is_some()))
}

/// A line on standard error.
pub(crate) fn note(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Says why an answer is empty.
pub(crate) fn empty(of: &Collection, filter: &Filter, what: &str) -> Result<(), CliError> {
    let unknown = saksi_query::unknown(of, filter).map_err(told)?;
    for (kind, name) in &unknown {
        note(&format!("no {kind} of the collection is called `{name}`"));
    }
    if unknown.is_empty() {
        note(&format!("no {what} in the collection is as asked for"));
    }
    Ok(())
}

/// Says that there are more rows, or may be, and how to get them.
pub(crate) fn more(next: Option<&String>, stopped: bool) {
    if let (Some(key), true) = (next, stopped) {
        note(&format!(
            "few of many are as asked for, and not all could be looked at; the rest: --after {key}, or ask for less at once"
        ));
    } else if let Some(key) = next {
        note(&format!("there are more: --after {key}"));
    }
}
