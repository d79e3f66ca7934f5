//! `saksi sources`

use super::filter::{FilterArgs, empty, limit, more, note, open_for_names, told};
use super::table::{Format, FormatArgs, json, jsonl, or_dash, plain, table};
use crate::error::CliError;
use crate::input::write_out;
use clap::Args;
use saksi::Packs;
use saksi_query::{Order, Page, SaidRow, Sources};
use std::fmt::Write as _;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  saksi sources
  saksi sources --dyad PRK~RUS
  saksi sources KCNA --type AID --published-from 2025-07")]
pub(crate) struct SourcesArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
    /// The source whose word is shown, over time; without it, sources by how much they said
    #[arg(value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    filter: FilterArgs,
    /// At most so many rows
    #[arg(long, short = 'n', value_name = "N", default_value = "50")]
    limit: usize,
    /// The latest first
    #[arg(long, requires = "name")]
    reverse: bool,
    /// Go on after this report: what the page before named
    #[arg(long, value_name = "KEY", requires = "name")]
    after: Option<String>,
}

pub(crate) fn run(args: &SourcesArgs, packs: &Packs) -> Result<(), CliError> {
    let filter = args.filter.filter(packs)?;
    let limit = limit(args.limit)?;
    let collection = open_for_names(&args.db, packs, args.name.is_some() || args.filter.names_actors())?;
    let Some(name) = &args.name else {
        let found = saksi_query::sources(&collection, &filter, limit).map_err(told)?;
        if found.sources.is_empty() && !found.more_events {
            empty(&collection, &filter, "source")?;
        }
        write_out(&all(args, &found))?;
        if let (Some(events), true) = (found.events, found.more_events) {
            note(&format!("counted in the latest {events} events that are as asked for; there are more"));
        }
        return Ok(());
    };
    let page = Page { limit, order: Order::Time, reverse: args.reverse, after: args.after.clone() };
    let found = saksi_query::said(&collection, name, &filter, &page).map_err(told)?;
    if found.source.is_none() {
        note(&format!("no actor of the collection is called `{name}`; `--outlet` asks for what an outlet published"));
    } else if found.said.is_empty() && !found.stopped {
        empty(&collection, &filter, "report of that source")?;
    }
    let out = match args.format.format() {
        Format::Text => {
            let mut out = String::new();
            for (at, row) in found.said.iter().enumerate() {
                if at == 0
                    && let Some(source) = &found.source
                {
                    let _ = writeln!(out, "{} ({})  {}\n", plain(&source.name), source.kind, source.key);
                }
                said(&mut out, row);
            }
            out
        }
        Format::Json => json(&found),
        Format::Jsonl => jsonl(&found.said),
        Format::Csv => {
            let header = [
                "published",
                "outlet",
                "language",
                "event",
                "type",
                "actor",
                "recipient",
                "time",
                "status",
                "certainty",
                "stance",
                "cue",
                "depth",
                "sentence",
                "report",
            ];
            args.format.csv(&header, found.said.iter().map(row))
        }
    };
    write_out(&out)?;
    more(found.next.as_ref(), found.stopped);
    Ok(())
}

fn all(args: &SourcesArgs, found: &Sources) -> String {
    let rows = found.sources.iter().map(|source| {
        let country = source.country.clone().unwrap_or_default();
        vec![source.reports.to_string(), source.name.clone(), source.kind.clone(), country, source.key.clone()]
    });
    let header = ["reports", "name", "kind", "country", "key"];
    match args.format.format() {
        Format::Text if found.sources.is_empty() => String::new(),
        Format::Text => table(&header, rows),
        Format::Json => json(found),
        Format::Jsonl => jsonl(&found.sources),
        Format::Csv => args.format.csv(&header, rows),
    }
}

fn said(out: &mut String, row: &SaidRow) {
    let day = row.published.as_deref().unwrap_or("no day");
    let outlet = row.outlet.as_deref().map(|outlet| format!(" in {}", plain(outlet))).unwrap_or_default();
    let cue = row.cue.as_deref().map(|cue| format!(" (\"{}\")", plain(cue))).unwrap_or_default();
    let through = if row.depth == 0 { String::new() } else { ", through others".to_owned() };
    let who = or_dash(row.actor.join(", "));
    let whom = if row.recipient.is_empty() { String::new() } else { format!(" → {}", row.recipient.join(", ")) };
    let _ = writeln!(
        out,
        "{day}{outlet}  {}{cue}{through}: {} {} {}{}",
        row.stance,
        plain(&who),
        row.kind,
        row.status,
        plain(&whom)
    );
    let _ = writeln!(out, "  {}\n  {}\n", plain(row.sentence.trim()), row.event.as_deref().unwrap_or_default());
}

fn row(said: &SaidRow) -> Vec<String> {
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        or_empty(&said.published),
        or_empty(&said.outlet),
        said.language.clone(),
        or_empty(&said.event),
        said.kind.clone(),
        said.actor.join("|"),
        said.recipient.join("|"),
        or_empty(&said.time),
        said.status.clone(),
        said.certainty.clone(),
        said.stance.clone(),
        or_empty(&said.cue),
        said.depth.to_string(),
        said.sentence.clone(),
        said.report.clone(),
    ]
}
