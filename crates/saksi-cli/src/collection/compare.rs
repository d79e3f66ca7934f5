//! `saksi compare`

use super::filter::{limit, note, open, told};
use super::say::{line, number, review, when};
use super::table::{Format, FormatArgs, json, jsonl, or_dash, plain, table};
use crate::error::CliError;
use crate::input::write_out;
use clap::Args;
use saksi_query::{Comparison, Sayer, Teller};
use std::fmt::Write as _;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  saksi events --dyad PRK~RUS          # the last column is the key
  saksi compare 3f2a9c81…:120-131:CONSULT
  saksi compare KEY --format csv --spreadsheet > reports.csv")]
pub(crate) struct CompareArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
    /// Key of the event, or its first characters
    #[arg(value_name = "EVENT")]
    event: String,
    /// At most so many reports
    #[arg(long, short = 'n', value_name = "N", default_value = "100")]
    limit: usize,
    #[command(flatten)]
    format: FormatArgs,
}

pub(crate) fn run(args: &CompareArgs) -> Result<(), CliError> {
    let limit = limit(args.limit)?;
    let collection = open(&args.db)?;
    let found = saksi_query::compare(&collection, &args.event, limit).map_err(told)?;
    let out = match args.format.format() {
        Format::Text => text(&found),
        Format::Json => json(&found),
        Format::Jsonl => jsonl(&found.reports),
        Format::Csv => args.format.csv(&HEADER, found.reports.iter().map(row)),
    };
    write_out(&out)?;
    if found.more {
        note("there are more reports: --limit shows more");
    }
    Ok(())
}

const HEADER: [&str; 22] = [
    "report",
    "article",
    "outlet",
    "published",
    "language",
    "title",
    "address",
    "chain",
    "stance",
    "cue",
    "status",
    "certainty",
    "mode",
    "figures",
    "place",
    "time",
    "actor",
    "recipient",
    "review",
    "independent",
    "repeats",
    "sentence",
];

fn chain(teller: &Teller) -> String {
    teller.chain.iter().map(|link| link.name.as_deref().unwrap_or(&link.kind)).collect::<Vec<_>>().join(" < ")
}

fn row(teller: &Teller) -> Vec<String> {
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let nearest = teller.chain.last();
    vec![
        teller.report.clone(),
        teller.article.clone(),
        or_empty(&teller.outlet),
        or_empty(&teller.published),
        teller.language.clone(),
        or_empty(&teller.title),
        or_empty(&teller.address),
        chain(teller),
        nearest.map(|link| link.stance.clone()).unwrap_or_default(),
        nearest.and_then(|link| link.cue.clone()).unwrap_or_default(),
        teller.status.clone(),
        teller.certainty.clone(),
        or_empty(&teller.mode),
        teller.figures.join("|"),
        teller.place.join("|"),
        or_empty(&teller.time),
        teller.actor.join("|"),
        teller.recipient.join("|"),
        review(teller.review).to_owned(),
        teller.independent.map(|at| (at + 1).to_string()).unwrap_or_default(),
        or_empty(&teller.repeats),
        teller.sentence.clone(),
    ]
}

fn text(found: &Comparison) -> String {
    let mut out = String::new();
    let event = &found.event;
    let _ = writeln!(out, "{}  {}\n{}", when(event.time.as_ref()).0, plain(&line(event)), event.key);
    let _ = writeln!(
        out,
        "{}, {}, {}\n",
        number(u64::from(event.reports), "report", "reports"),
        number(u64::from(event.articles), "article", "articles"),
        number(u64::from(event.sources), "independent source", "independent sources")
    );
    let header =
        ["", "outlet, day", "according to", "status", "certainty", "time", "place", "who → whom", "figures", "repeats"];
    let place = |key: &str| found.reports.iter().position(|teller| teller.report == key).map(|at| at + 1);
    out.push_str(&table(
        &header,
        found.reports.iter().enumerate().map(|(at, teller)| {
            let whom = if teller.recipient.is_empty() {
                String::new()
            } else {
                format!(" → {}", teller.recipient.join(", "))
            };
            vec![
                (at + 1).to_string(),
                [teller.outlet.as_deref(), teller.published.as_deref()]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(", "),
                if teller.chain.is_empty() { "the article".to_owned() } else { chain(teller) },
                teller.status.clone(),
                teller.certainty.clone(),
                or_dash(teller.time.as_deref().unwrap_or_default()),
                or_dash(teller.place.join(", ")),
                format!("{}{whom}", or_dash(teller.actor.join(", "))),
                or_dash(teller.figures.join(", ")),
                match &teller.repeats {
                    Some(first) => place(first).map_or_else(|| first.clone(), |at| at.to_string()),
                    None => String::new(),
                },
            ]
        }),
    ));
    out.push('\n');
    for (at, teller) in found.reports.iter().enumerate() {
        let _ = writeln!(out, "{:>3}  {}", at + 1, plain(teller.sentence.trim()));
    }
    out.push('\n');
    for same in &found.agree {
        let reports = number(same.reports.len() as u64, "report", "reports");
        let _ = writeln!(out, "agree on {}: {} ({reports})", plain(&same.field), plain(&same.value));
    }
    for field in &found.differ {
        let _ = writeln!(out, "differ on {} (disagreement {:.2}):", plain(&field.field), field.disagreement);
        for value in &field.values {
            let independent = number(value.independent as u64, "independent source", "independent sources");
            let first = value.who.first().map(|who| format!("; first {}", plain(who))).unwrap_or_default();
            let reports = number(value.reports.len() as u64, "report", "reports");
            let _ = writeln!(out, "  {}: {reports}, {independent}{first}", plain(&value.value));
        }
    }
    for group in found.independent.iter().filter(|group| group.reports.len() > 1) {
        let numbers: Vec<String> = group.reports.iter().filter_map(|key| place(key)).map(|at| at.to_string()).collect();
        if numbers.len() < 2 {
            continue;
        }
        let _ = writeln!(out, "one source: {} ({})", plain(&group.origin), numbers.join(", "));
    }
    for denial in &found.denials {
        let day = denial.published.as_deref().unwrap_or("no day");
        let elsewhere = denial.event.as_ref().map(|event| format!(", told as {event}")).unwrap_or_default();
        let against: Vec<String> =
            denial.against.iter().filter_map(|key| place(key)).map(|at| at.to_string()).collect();
        let how = if denial.how == "negated" { "says it did not happen" } else { denial.how.as_str() };
        let _ = writeln!(out, "{day}: {} {how} (against {}{elsewhere})", plain(&denial.source), against.join(", "));
    }
    if !found.perhaps.is_empty() {
        out.push_str("\nperhaps of the same act, but not brought together (saksi review joins them):\n");
    }
    for other in &found.perhaps {
        let who: Vec<&str> = [other.outlet.as_deref(), other.published.as_deref()].into_iter().flatten().collect();
        let chain = if other.chain.is_empty() { String::new() } else { format!(", according to {}", other.chain) };
        let _ = writeln!(
            out,
            "  {:.2}  {}{}: {} ({})",
            other.chance,
            plain(&who.join(", ")),
            plain(&chain),
            plain(other.sentence.trim()),
            other.event
        );
        for field in &other.differ {
            let (its, ours): (Vec<_>, Vec<_>) =
                field.values.iter().partition(|value| value.reports.contains(&other.report));
            let values =
                |values: &[&Sayer]| values.iter().map(|value| plain(&value.value)).collect::<Vec<_>>().join(", ");
            let _ = writeln!(out, "        {}: {} there, {} here", plain(&field.field), values(&its), values(&ours));
        }
    }
    out
}
