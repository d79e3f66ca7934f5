//! `saksi show`

use super::DbArgs;
use crate::error::CliError;
use crate::{input, render};
use clap::{Args, ValueEnum};
use saksi_merge::{Interval, Party, Report, Review, Voice};
use saksi_record::Record;
use saksi_store::{Connection, Found, Mode, StoreError, connect, find};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  saksi show 3f2a91\n  saksi show 3f2a91 --format json > record.json")]
pub(crate) struct ShowArgs {
    /// The key of an article, event or report, or the beginning of one that no other has
    #[arg(value_name = "KEY")]
    pub(crate) key: String,
    #[command(flatten)]
    pub(crate) db: DbArgs,
    /// How to write it
    #[arg(long, short, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a person
    Text,
    /// One JSON object: the record of an article, an event with its reports, or a report
    Json,
}

pub(crate) fn run(args: &ShowArgs) -> Result<(), CliError> {
    let db = connect(&args.db.db, Mode::Read, args.db.wait()).map_err(args.db.error())?;
    let shown = show(&db, &args.key, args.format).map_err(args.db.error())?;
    input::write_out(&shown)
}

fn show(db: &Connection, key: &str, format: Format) -> Result<String, StoreError> {
    match find(db, key)? {
        Found::Article(key) => {
            let record = saksi_store::record(db, &key)?;
            let reports = saksi_store::reports_of_article(db, &key)?;
            Ok(match format {
                Format::Json => pretty(&serde_json::to_value(&record).unwrap_or_default()),
                Format::Text => {
                    let mut out = render::article(&record);
                    let _ = writeln!(out, "article {key}");
                    for (event, report) in reports {
                        let _ = writeln!(out, "  event {event}  report {}{}", report.key, reviewed(report.review));
                    }
                    out
                }
            })
        }
        Found::Report(key) => {
            let (event, report) = saksi_store::report(db, &key)?;
            let record = saksi_store::record(db, &report.article)?;
            Ok(match format {
                Format::Json => pretty(&serde_json::to_value(&report).unwrap_or_default()),
                Format::Text => format!("{}of event {event}\n", told(&report, &record)),
            })
        }
        Found::Event(key) => {
            let (summary, reports) = saksi_store::event(db, &key)?;
            if format == Format::Json {
                return Ok(pretty(&json!({ "event": summary, "reports": reports })));
            }
            let mut records: BTreeMap<&str, Record> = BTreeMap::new();
            for report in &reports {
                if !records.contains_key(report.article.as_str()) {
                    records.insert(&report.article, saksi_store::record(db, &report.article)?);
                }
            }
            let mut out = event(&key, &summary);
            for report in &reports {
                out.push('\n');
                out.push_str(&told(report, &records[report.article.as_str()]));
            }
            Ok(out)
        }
    }
}

fn pretty(value: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).unwrap_or_default())
}

/// An event for a person.
fn event(key: &str, summary: &Value) -> String {
    let text = |field: &str| summary[field].as_str().unwrap_or_default().to_owned();
    let names = |field: &str| -> String {
        let list = summary[field].as_array().map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(|party| party["name"].as_str()).collect::<Vec<_>>().join(", ")
    };
    let mut out = format!("event {key}  {}", text("type"));
    if let Some(mode) = summary["mode"].as_str() {
        let _ = write!(out, " {mode}");
    }
    let _ = writeln!(out, "  {}, {}", text("status"), text("certainty"));
    for field in ["actor", "recipient", "place"] {
        let names = names(field);
        if !names.is_empty() {
            let _ = writeln!(out, "  {field:10} {names}");
        }
    }
    let interval: Option<Interval> = serde_json::from_value(summary["time"].clone()).ok();
    if let Some(time) = interval {
        let _ = writeln!(out, "  {:10} {}", "time", when(&time));
    }
    let _ = writeln!(
        out,
        "  {:10} {} reports in {} articles, {} independent sources",
        "told in", summary["reports"], summary["articles"], summary["sources"]
    );
    for difference in summary["differences"].as_array().map(Vec::as_slice).unwrap_or_default() {
        let opinions = difference["opinions"].as_array().map(Vec::as_slice).unwrap_or_default();
        let said: Vec<String> = opinions
            .iter()
            .map(|opinion| {
                let count = opinion["reports"].as_array().map_or(0, Vec::len);
                format!("{} ({count})", opinion["value"].as_str().unwrap_or_default())
            })
            .collect();
        let _ = writeln!(out, "  differ on {}: {}", difference["field"].as_str().unwrap_or_default(), said.join(", "));
    }
    out
}

/// A report for a person, with the sentence it was read from and its sources.
fn told(report: &Report, record: &Record) -> String {
    let mut out = format!("report {}{}\n", report.key, reviewed(report.review));
    let article = &record.article;
    let _ = writeln!(
        out,
        "  {}, {}: {}",
        report.outlet.as_deref().or(article.from.as_deref()).unwrap_or("no outlet"),
        report.published.as_deref().unwrap_or("no date"),
        article.title.as_deref().unwrap_or("no title").replace('\n', " "),
    );
    let names = |parties: &[Party]| parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join(", ");
    let mode = report.mode.as_ref().map(|mode| format!(" {mode}")).unwrap_or_default();
    let _ = write!(out, "  {}{mode}: {}", report.kind, names(&report.actor));
    if !report.recipient.is_empty() {
        let _ = write!(out, " → {}", names(&report.recipient));
    }
    if let Some(time) = &report.time {
        let _ = write!(out, "; {}", when(time));
    }
    let _ = writeln!(out, "; {}, {}", report.status, report.certainty);
    let sentence: String =
        record.text.chars().skip(report.sentence.start as usize).take(report.sentence.len() as usize).collect();
    let _ = writeln!(out, "  “{}”", sentence.replace('\n', " "));
    if !report.sources.is_empty() {
        let voice = |voice: &Voice| {
            format!("{} ({}, {})", voice.name.as_deref().unwrap_or("not named"), voice.kind, voice.stance)
        };
        let _ = writeln!(
            out,
            "  according to {}",
            report.sources.iter().map(voice).collect::<Vec<_>>().join(", as told by ")
        );
    }
    out
}

fn reviewed(review: Review) -> &'static str {
    match review {
        Review::Unreviewed => "",
        Review::Accepted => "  accepted",
        Review::Edited => "  edited",
        Review::Rejected => "  rejected",
    }
}

fn when(time: &Interval) -> String {
    match (&time.value, &time.earliest, &time.latest) {
        (_, Some(earliest), Some(latest)) if earliest == latest => earliest.to_string(),
        (_, Some(earliest), Some(latest)) => format!("{earliest} to {latest}"),
        (Some(value), ..) => value.to_string(),
        (None, Some(earliest), None) => format!("since {earliest}"),
        (None, None, Some(latest)) => format!("until {latest}"),
        (None, None, None) => "no date".to_owned(),
    }
}
